"""An address that would tell a password, a folder that is no place for a site, and pages of before."""

import pytest

from campaign.core.reading.problems import FieldError
from campaign.core.reading.site_address import parse_site_address
from campaign.publishing.build import BuildError, build_site
from campaign.publishing.output_folder import OWN, in_the_way
from photo import photo
from site_folder import ROOT

# -- the address ---------------------------------------------------------------------------------------

RIGHT = {
    "https://example.org": "https://example.org",
    "https://example.org/": "https://example.org",
    " https://example.org/roof/ ": "https://example.org/roof",
    "https://family.github.io/amys-wish": "https://family.github.io/amys-wish",
    "https://family.github.io/a.b_c~d/%20": "https://family.github.io/a.b_c~d/%20",
    "http://localhost:8000": "http://localhost:8000",
    "http://127.0.0.1:8000/x": "http://127.0.0.1:8000/x",
    "https://müller.example": "https://müller.example",
    "https://xn--mller-kva.example": "https://xn--mller-kva.example",
}


@pytest.mark.parametrize("text", RIGHT)
def test_an_address_is_taken_as_it_is_without_the_slash_at_its_end(text):
    assert parse_site_address(text) == RIGHT[text]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "example.org",
            "//example.org",
            "ftp://example.org",
            "javascript://example.org",
            "https://",
            "https:///x",
        ),
        *(
            "https://exa mple.org",
            "https://example.org/a b",
            "https://example.org\n.evil.example",
            "https://-x.example",
        ),
        *("https://example..org", "https://example.org:", "https://example.org:http", "https://example.org/a//b"),
        *("https://example.org/../x", "https://example.org/x/.", "https://example.org/a\\b", 'https://example.org/"x'),
        *("https://example.org/<x>", "https://example.org/{x}", "https://example.org\u202e", "https://[::1"),
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(FieldError) as refused:
        parse_site_address(text)
    assert refused.value.message == "SITEURL must say where the site will be, like SITEURL=https://example.org"


@pytest.mark.parametrize("text", ["https://example.org/?page=2", "https://example.org/roof#top"])
def test_nothing_stands_after_an_address(text):
    with pytest.raises(FieldError) as refused:
        parse_site_address(text)
    assert "where the site will be and nothing after it" in refused.value.message


@pytest.mark.parametrize("who", ["amy", "amy:s3cret", ":s3cret", "", "a@b:s3cret"])
def test_a_name_and_a_password_are_refused_and_not_repeated(who):
    with pytest.raises(FieldError) as refused:
        parse_site_address(f"https://{who}@example.org/roof/")
    assert refused.value.message == (
        "SITEURL must not hold a name or a password, since every page shows it: write https://example.org/roof"
    )


def test_no_build_begins_with_a_password_and_no_log_shows_it(site, monkeypatch):
    secret = "https://amy:s3cret@example.org"
    for settings, environ, options in (
        ("publishconf.py", {"SITEURL": secret}, ()),
        ("pelicanconf.py", {}, ("-e", f'SITEURL="{secret}"')),
    ):
        done = site.pelican(*options, settings=ROOT / settings, environ=environ)
        assert done.returncode != 0
        assert "write https://example.org; nothing was built" in done.stderr
        assert "s3cret" not in done.stdout + done.stderr
    monkeypatch.setenv("SITEURL", secret)
    with pytest.raises(BuildError, match=r"write https://example\.org\. Nothing was built"):
        build_site(site.folder, site.content, site.output, settings=ROOT / "publishconf.py", publish=True)
    assert not site.output.exists()


# -- the folder ----------------------------------------------------------------------------------------


def test_a_site_is_never_written_among_what_it_is_made_from(tmp_path):
    content, elsewhere = tmp_path / "content", tmp_path / "somewhere/theme"
    for folder in (content / "updates", elsewhere):
        folder.mkdir(parents=True)
    (tmp_path / "link").symlink_to(content)

    def why(name):
        return in_the_way(tmp_path / name, content, tmp_path, elsewhere)

    for name in ("content", ".", "..", "content/..", "link", "somewhere"):
        assert "holds the project itself" in why(name), name
    for name in ("content/updates", "content/site", "link/site", "output/../content/x"):
        assert "lies in the content" in why(name), name
    for name in (*(f"{own}/site" for own in OWN), "somewhere/theme/static"):
        assert "lies among the project's own files" in why(name), name
    for name in ("output", "contents", "themes", "somewhere/else", "../elsewhere"):
        assert why(name) == "", name


@pytest.mark.parametrize("where", [".", "updates", "site"])
def test_plain_pelican_writes_nothing_into_the_content(site, where):
    site.output = site.content / where
    before = {path: path.is_file() and path.read_bytes() for path in site.content.rglob("*")}
    done = site.pelican()
    assert done.returncode != 0 and "name another folder with -o. Nothing was built." in done.stderr
    assert {path: path.is_file() and path.read_bytes() for path in site.content.rglob("*")} == before


# -- pages of before -----------------------------------------------------------------------------------

ONE_LESS = """
import pelican.writers, campaign.plugin as plugin
{}
"""
FORGETFUL = {
    "a page": "_kept = pelican.writers.Writer.write_file\n"
    "def write_file(self, name, *args, **more):\n"
    "    if name != 'money.html': _kept(self, name, *args, **more)\n"
    "pelican.writers.Writer.write_file = write_file",
    "the figures": "_kept = plugin.files\n"
    "plugin.files = lambda *given: [file for file in _kept(*given) if file[0] != 'totals.json']",
    "a picture": "plugin.PicturesGenerator.generate_output = lambda self, writer: None",
}


@pytest.mark.parametrize("what", FORGETFUL)
def test_a_file_of_an_earlier_build_is_not_taken_for_one_of_this(site, what):
    site.write("images/walk.jpg", photo())
    site.write("updates/2024-02-02-walk.md", "---\ntitle: Walk\ndate: 2024-02-02\n---\n![A walk](images/walk.jpg)\n")
    assert site.pelican().returncode == 0
    settings = site.folder / "forgetful.py"
    settings.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n{ONE_LESS.format(FORGETFUL[what])}"
    )
    done = site.pelican(settings=settings)
    assert done.returncode != 0
    assert "The site is not whole: " in done.stderr and "was not written" in done.stderr


def test_a_second_build_into_the_same_folder_goes_well(site):
    assert site.pelican().returncode == site.pelican().returncode == 0
