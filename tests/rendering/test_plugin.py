"""What Pelican does behind one's back, row by row, and what is done about it; each with a real run of Pelican alone."""

import base64
import hashlib
import io
import json
import re
import shutil
import sys
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest
from PIL import Image

from campaign.loading.pictures import published_name
from photo import ALLOWED, SECRET, photo, shows_the_quarters, what_is_in
from site_folder import CAMPAIGN, ROOT, UPDATE, Site, run

BROKEN = UPDATE.replace("12,345", "12k")


def copied(tmp_path, **replaced):
    """A copy of everything a site is built with, with files replaced: ``{"pelicanconf.py": text}``."""
    project = tmp_path / "project"
    shutil.copytree(ROOT / "theme", project / "theme")
    if any(name.startswith("plugins/") for name in replaced):
        ignore = shutil.ignore_patterns("*.egg-info")
        shutil.copytree(ROOT / "plugins", project / "plugins", ignore=ignore)
    else:
        (project / "plugins").symlink_to(ROOT / "plugins")
    for name in ("pelicanconf.py", "publishconf.py"):
        shutil.copy(ROOT / name, project / name)
    for name, change in replaced.items():
        path = project / name
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    return project


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """The small site as it is, for all that only read it."""
    site = Site(tmp_path_factory.mktemp("plain"))
    assert site.pelican().returncode == 0
    return site


def refused(done, site, before):
    """The run failed in words, and nothing that was there before it changed."""
    assert done.returncode != 0
    assert "Traceback" not in done.stderr + done.stdout
    assert site.files() == before


def test_a_bad_update_ends_the_run_and_the_previous_output_is_byte_identical(site):
    assert site.pelican().returncode == 0
    before = site.files()
    assert before
    site.write("updates/2024-02-02-more.md", BROKEN.replace("02-01", "02-02"))
    done = site.pelican()
    refused(done, site, before)
    assert "content/updates/2024-02-02-more.md:5: totals.raised: expected an amount" in done.stderr
    assert "[amount]" in done.stderr


def test_a_bad_update_writes_nothing_where_there_was_nothing(site):
    site.write("updates/2024-02-02-more.md", BROKEN)
    assert site.pelican().returncode != 0
    assert not site.output.exists() or not site.files()


def test_every_problem_is_reported_at_once_in_one_order(site):
    site.write("updates/2024-02-02-a.md", "---\ntitle: A\ndate: 2024-02-02\ntotls: 5\nas_of: soon\n---\n")
    site.write("updates/2024-02-03-b.md", "---\ndate: 2024-02-03\n---\n")
    lines = [line for line in site.pelican().stderr.splitlines() if line.startswith("content/")]
    assert [line.split(": ")[0] for line in lines] == [
        "content/updates/2024-02-02-a.md:4",
        "content/updates/2024-02-02-a.md:5",
        "content/updates/2024-02-03-b.md:1",
    ]
    assert "3 problems" in site.pelican().stderr


def test_on_github_problems_are_annotations_too(site, tmp_path):
    site.write("updates/2024-02-02-more.md", BROKEN.replace("02-01", "02-02").replace("12k", "12%k"))
    summary = tmp_path / "summary.md"
    done = site.pelican(environ={"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)})
    assert "::error file=content/updates/2024-02-02-more.md,line=5,title=amount::totals.raised:" in done.stdout
    assert "'12%25k'" in done.stdout
    assert "2024-02-02-more" in summary.read_text()


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("pelicanconf.py", lambda text: text.replace("from campaign import plugin", "from campaing import plugin")),
        ("plugins/campaign/plugin.py", lambda text: "import nothing_of_this_name\n" + text),
        ("pelicanconf.py", lambda text: text + "\nraise RuntimeError('settings')\n"),
        ("plugins/campaign/plugin.py", lambda text: text.replace("signals.article", "1 / 0\n    signals.article", 1)),
        ("pelicanconf.py", lambda text: text.replace("PLUGINS = [plugin]", "PLUGINS = []")),
        ("theme/templates/base.html", lambda text: text.replace("view.appeal.name", "veiw.appeal.name")),
        ("theme/templates/index.html", lambda text: text.replace("{% endblock %}", "", 1)),
        ("pelicanconf.py", lambda text: text.replace('ROOT / "theme"', 'ROOT / "thme"')),
    ],
    ids=[
        "a misspelt plugin",
        "a plugin that cannot be imported",
        "settings that fail",
        "a register() that fails",
        "a plugin left out",
        "a name the templates do not have",
        "a template with a typo",
        "a theme that is not there",
    ],
)
def test_no_sabotage_of_plugin_settings_or_theme_ends_well(site, tmp_path, name, change):
    project = copied(tmp_path, **{name: change})
    theirs = {"PYTHONPATH": str(project / "plugins")} if name.startswith("plugins/") else {}
    done = site.pelican(settings=project / "pelicanconf.py", environ=theirs)
    assert done.returncode != 0


@pytest.mark.parametrize("package", ["markdown", "yaml", "babel", "pydantic"])
def test_a_missing_package_never_gives_an_empty_site(site, tmp_path, package):
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / f"{package}.py").write_text("raise ImportError('not installed')\n")
    done = site.pelican(environ={"PYTHONPATH": str(broken)})
    assert done.returncode != 0
    assert not site.output.exists() or not site.files()


DROPPED_OR_MISREAD = [
    ("updates/2024-02-02-x1.md", b"---\ndate: 2024-02-02\n---\nNo title.\n"),
    ("updates/2024-02-02-x2.md", b"---\ntitle: No date\n---\n"),
    ("updates/2024-02-02-x3.md", b"---\ntitle: X\ndate: 2024-02-02\nstatus: drfat\n---\n"),
    ("updates/2024-02-02-x4.md", "---\ntitle: Café\ndate: 2024-02-02\n---\n".encode("latin-1")),
    ("updates/2024-02-02-x5.md", b"---\ntitle: X\ndate: 2 February 2024\n---\n"),
    ("updates/2024-02-02-x6.md", b"---\ntitle: X\ndate: 05/02/2024\n---\n"),
    ("updates/2024-02-02-x7.md", b"---\ntitle: X\ndate: February 2024\n---\n"),
    ("updates/2024-02-02-x8.md", b"---\ntitle: X\ntitle: Y\ndate: 2024-02-02\n---\n"),
    ("updates/2024-04-01-x9.md", b"---\ntitle: Tomorrow\ndate: 2024-04-01\n---\n"),
    ("updates/2024-02-02-x10.md", b"---\ntitle: X\ndate: 2024-02-02\nsave_as: index.html\n---\n"),
    ("updates/2024-02-02-x11.md", b"---\ntitle: X\ndate: 2024-02-02\nurl: https://evil.example\n---\n"),
    ("updates/2024-02-02-x12.md", b"---\ntitle: X\ndate: 2024-02-02\ntemplate: page\n---\n"),
    ("updates/2024-02-02-x13.md", b"---\ntitle: X\ndate: 2024-02-02\nslug: other\n---\n"),
    ("updates/2024-02-02-x14.MD", b"---\ntitle: X\ndate: 2024-02-02\n---\n"),
    ("updates/2024-02-02-x15.rst", b"X\n=\n"),
    ("pages/about.html", b"<html></html>"),
    ("pages/money.md", b"---\ntitle: Mine\n---\n"),
    ("pages/index.md", b"---\ntitle: Mine\n---\n"),
    ("extra/index.html", b"mine"),
]


def test_what_pelican_would_drop_or_misread_is_refused(site):
    for name, data in DROPPED_OR_MISREAD:
        site.write(name, data)
    done = site.pelican()
    assert done.returncode == 1
    assert [name for name, _ in DROPPED_OR_MISREAD if f"content/{name}:" not in done.stderr] == []
    assert "Traceback" not in done.stderr
    assert not site.output.exists()


def test_a_closing_line_with_a_trailing_space_is_read(site):
    site.write("updates/2024-02-01-begun.md", UPDATE.replace("---\nThe first", "---  \nThe first"))
    assert site.pelican().returncode == 0
    assert "The first buckets" in site.page("updates/2024-02-01-begun.html")


def test_a_draft_is_nowhere_in_the_output(site):
    site.write("updates/2024-02-02-d.md", "---\ntitle: Zebra\ndate: 2024-02-02\nstatus: draft\n---\nZebra.\n")
    site.write("pages/plan.md", "---\ntitle: Zebra\nstatus: draft\n---\nZebra.\n")
    site.write("events/fair.md", "---\ntitle: Zebra\nstatus: draft\n---\nZebra.\n")
    assert site.pelican().returncode == 0
    assert not [name for name, data in site.files().items() if b"Zebra" in data or "draft" in name]


def test_a_past_day_shows_no_later_update(site):
    site.write("updates/2024-02-20-z.md", "---\ntitle: Zebra\ndate: 2024-02-20\n---\nZebra.\n")
    assert site.pelican("-e", 'CAMPAIGN_AS_OF="2024-02-10"').returncode == 0
    assert not [name for name, data in site.files().items() if b"Zebra" in data]
    assert "10\u00a0February\u00a02024" in site.page("index.html")


def test_a_past_day_that_is_no_day_is_named(site):
    done = site.pelican("-e", 'CAMPAIGN_AS_OF="soon"')
    assert done.returncode == 1
    assert "CAMPAIGN_AS_OF must be a day" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_page_left_from_an_earlier_run_is_never_passed_over(site):
    path = site.write("updates/2024-02-02-x.md", "---\ntitle: X\ndate: 2024-02-02\n---\n")
    assert site.pelican().returncode == 0
    path.unlink()
    done = site.pelican()
    assert done.returncode == 1
    assert "updates/2024-02-02-x.html was not expected" in done.stderr


def test_hidden_files_are_not_published(site):
    for name in ("updates/.secret.md", "pages/.secret.md", "images/.secret.jpg", "extra/.secret.txt", ".DS_Store"):
        site.write(name, b"---\ntitle: Secret\ndate: 2024-02-02\n---\nSecret.\n")
    assert site.pelican().returncode == 0
    assert not [name for name, data in site.files().items() if b"Secret" in data or "/." in f"/{name}"]


def test_nothing_in_a_story_runs(site):
    body = (
        'Hello <script>alert(1)</script><b onerror=alert(1)>you</b><iframe src="https://evil.example"></iframe>\n\n'
        "<p style='color:red' onclick='x()'>Plain</p> <svg onload=alert(1)></svg>\n"
    )
    site.write("updates/2024-02-02-x.md", f'---\ntitle: <b>X</b> & "Y"\ndate: 2024-02-02\n---\n{body}')
    done = site.pelican()
    assert done.returncode == 1
    assert re.findall(r":(\d+): <(\w+)> is not shown", done.stderr) == [
        *(("5", "iframe"), ("5", "script"), ("7", "p"), ("7", "svg"))
    ]
    site.write("updates/2024-02-02-x.md", '---\ntitle: <b>X</b> & "Y"\ndate: 2024-02-02\n---\n<X> & {static}\n')
    assert site.pelican().returncode == 0
    page = site.page("updates/2024-02-02-x.html")
    assert page.count("<script") == 1  # the theme's own
    assert "&lt;X&gt; &amp; {static}" in page
    assert "&lt;b&gt;X&lt;/b&gt; &amp; “Y”" in page


def test_a_javascript_link_is_refused(site):
    site.write("updates/2024-02-02-x.md", "---\ntitle: X\ndate: 2024-02-02\n---\n\n[here](javascript:alert(1))\n")
    done = site.pelican()
    assert done.returncode == 1
    assert "content/updates/2024-02-02-x.md:6: a link begins with https://" in done.stderr


LEAKS = [
    '<a href="{static}/campaign.yaml">all</a>',
    '<a href="{attach}/campaign.yaml">all</a>',
    "<a href='{static}/updates/2024-02-03-plan.md'>soon</a>",
    "[soon]({static}/updates/2024-02-03-plan.md)",
    "<a href={static}/../../../etc/hostname>name</a>",
    '<img src="https://evil.example/pixel.gif" alt="A dot">',
    "![A dot][dot]\n\n[dot]: https://evil.example/pixel.gif",
]


def test_a_story_publishes_no_file_but_pictures_of_the_site(site):
    site.write("updates/2024-02-03-plan.md", "---\ntitle: P\ndate: 2024-02-03\nstatus: draft\n---\nSecret.\n")
    for number, story in enumerate(LEAKS):
        site.write(f"updates/2024-02-02-x{number}.md", f"---\ntitle: X\ndate: 2024-02-02\n---\n{story}\n")
    done = site.pelican()
    assert done.returncode == 1
    places = [f"content/updates/2024-02-02-x{number}.md:" for number in range(len(LEAKS))]
    assert [place for place in places if place not in done.stderr] == []
    assert not site.output.exists()


PICTURED = """\
---
title: The walk
date: 2024-02-02
image: images/walk.jpg
image_alt: A field
---
The day was dry.

![One](/images/walk.jpg) ![Two](images/walk.jpg) ![Three]({static}/images/walk.jpg) [before](2024-02-01-begun.md)
"""


def published(site):
    return {name: data for name, data in site.files().items() if name.startswith("images/")}


def test_a_photo_is_published_upright_and_without_where_it_was_taken(site):
    path = site.write("images/walk.jpg", photo(size=(700, 1400), orientation=6))
    site.write("updates/2024-02-02-walk.md", PICTURED)
    assert site.pelican().returncode == 0
    name = published_name(path)
    sizes = {}
    for address, data in published(site).items():
        with Image.open(io.BytesIO(data)) as picture:
            sizes[address] = picture.size
            assert shows_the_quarters(picture)
        assert what_is_in(data) <= ALLOWED
        assert SECRET not in data
    assert sizes == {
        f"images/{name}-{width}.{kind}": (width, 2 * width) for width in (480, 700) for kind in ("webp", "jpg")
    }


def test_a_photo_that_only_a_draft_shows_is_not_published(site):
    for name in ("shown", "drafted", "nowhere"):
        site.write(f"images/{name}.jpg", photo())
    site.write("updates/2024-02-02-x.md", "---\ntitle: X\ndate: 2024-02-02\n---\n![A walk](images/shown.jpg)\n")
    site.write(
        "updates/2024-02-03-plan.md",
        "---\ntitle: P\ndate: 2024-02-03\nstatus: draft\n---\n![A plan](images/drafted.jpg)\n",
    )
    assert site.pelican().returncode == 0
    assert len(published(site)) == 2
    assert all(re.fullmatch(r"images/shown-[0-9a-f]{8}-60\.(webp|jpg)", name) for name in published(site))


def test_a_photo_that_is_only_linked_to_is_published_at_its_widest(site):
    path = site.write("images/poster.jpg", photo(size=(1000, 700)))
    site.write("updates/2024-02-02-x.md", "---\ntitle: X\ndate: 2024-02-02\n---\n[The poster](images/poster.jpg)\n")
    assert site.pelican("--fatal=warnings").returncode == 0
    (address,) = published(site)
    assert address == f"images/{published_name(path)}-1000.jpg"
    assert f'<a href="../{address}"' in site.page("updates/2024-02-02-x.html")


def test_a_photo_that_was_not_sent_whole_is_named_before_anything_is_written(site):
    written = io.BytesIO()
    Image.effect_noise((300, 200), 90).save(written, "JPEG")
    site.write("images/walk.jpg", written.getvalue()[:9000])
    site.write("updates/2024-02-02-walk.md", PICTURED)
    done = site.pelican()
    assert done.returncode == 1
    assert "content/images/walk.jpg:1: this picture cannot be read to its end" in done.stderr
    assert "Traceback" not in done.stderr
    assert not site.output.exists()


class Addresses(HTMLParser):
    """Every address of a picture on a page."""

    def __init__(self, html):
        super().__init__()
        self.pictures, self.found = [], set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "img":
            self.pictures.append(attrs)
            self.found.add(attrs["src"])
        if tag in {"img", "source"}:
            self.found |= {part.split()[0] for part in attrs["srcset"].split(",")}


@pytest.mark.parametrize(
    ("settings", "address"),
    [("pelicanconf.py", None), ("publishconf.py", "https://example.org"), ("publishconf.py", "https://example.org/r/")],
    ids=["while writing", "at a root", "below an address"],
)
def test_every_picture_that_a_page_may_choose_is_there(site, settings, address):
    path = site.write("images/walk.jpg", photo(size=(1700, 600)))
    site.write("campaign.yaml", CAMPAIGN + "image: /images/walk.jpg\nimage_alt: A roof\n")
    site.write("updates/2024-02-02-walk.md", PICTURED)
    site.write("pages/about.md", PICTURED.replace("date: 2024-02-02\n", ""))
    site.write("events/fair.md", PICTURED)
    done = site.pelican("--fatal=warnings", settings=ROOT / settings, environ={"SITEURL": address} if address else {})
    assert done.returncode == 0, done.stderr
    name, shown = published_name(path), 0
    for page in ("index.html", "about.html", "events/fair.html", "updates/2024-02-02-walk.html"):
        found = Addresses(site.page(page))
        base = ("../" * page.count("/") or "./").rstrip("/")
        assert found.found == {
            f"{base}/images/{name}-{width}.{kind}" for width in (480, 960, 1600) for kind in ("webp", "jpg")
        }
        for one in found.found:
            assert ((site.output / page).parent / one).is_file()
        assert all((one["width"], one["height"]) == ("1600", "565") for one in found.pictures)
        shown += len(found.pictures)
    # The picture of the fields stands in the story already.
    assert shown == 1 + 3 * 3
    if address:
        feed = site.page("feeds/updates.atom.xml")
        src = f"{address.rstrip('/')}/images/{name}-960.jpg"
        assert feed.count("&lt;img ") == feed.count(f'src="{src}"') == 3
        assert "srcset" not in feed
    assert not [name for name, data in site.files().items() if b"{static}" in data]


def test_the_first_picture_is_waited_for_and_the_others_are_not(site):
    site.write("images/walk.jpg", photo())
    site.write("updates/2024-02-02-walk.md", PICTURED)
    assert site.pelican().returncode == 0
    page = site.page("updates/2024-02-02-walk.html")
    one, *others = Addresses(page).pictures
    assert (one["alt"], one["fetchpriority"], one["decoding"]) == ("One", "high", "async")
    assert "loading" not in one
    assert [(other["alt"], other["loading"]) for other in others] == [(n, "lazy") for n in ("Two", "Three")]
    assert not [other for other in others if "fetchpriority" in other]


def test_the_picture_of_the_fields_goes_after_the_first_paragraph_where_the_story_does_not_show_it(site):
    site.write("images/walk.jpg", photo())
    site.write("updates/2024-02-02-walk.md", re.sub(r"!\[\w+\]\(\S+\)", "x", PICTURED))
    assert site.pelican().returncode == 0
    page = site.page("updates/2024-02-02-walk.html")
    assert re.search(r"<p>The day was dry\.</p>\s*<figure><picture>", page)


def test_a_picture_that_nobody_asked_for_ends_the_run(site):
    path = site.write("images/walk.jpg", photo())
    site.write("updates/2024-02-02-walk.md", PICTURED)
    assert site.pelican().returncode == 0
    (site.output / "images/walk.jpg").write_bytes(path.read_bytes())
    done = site.pelican()
    assert done.returncode == 1
    assert "images/walk.jpg was not expected" in done.stderr
    (site.output / "images/walk.jpg").unlink()
    old = published(site)
    path.write_bytes(photo(size=(61, 31)))
    done = site.pelican()
    assert done.returncode == 1
    assert all(address in done.stderr for address in old)


def test_a_picture_that_was_not_written_ends_the_run(site, tmp_path):
    site.write("images/walk.jpg", photo())
    site.write("updates/2024-02-02-walk.md", PICTURED)
    settings = tmp_path / "changed.py"
    settings.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n"
        "plugin.PicturesGenerator.generate_output = lambda *_: None\n"
    )
    done = site.pelican(settings=settings)
    assert done.returncode == 1
    assert re.search(r"The site is not whole: images/walk-[0-9a-f]{8}-60\.jpg, .* was not written", done.stderr)


def test_a_picture_is_found_whatever_letters_its_name_is_in(site):
    for name in ("café.jpg", "散歩.jpg", "a+b,c.jpg", "x_y.v2.JPG"):
        site.write(f"images/{name}", photo())
    site.write(
        "updates/2024-02-02-x.md",
        "---\ntitle: X\ndate: 2024-02-02\nimage: images/café.jpg\nimage_alt: A\n---\n"
        "![B](images/散歩.jpg) ![C](images/a+b,c.jpg) [D](images/x_y.v2.JPG) [E](images/café.jpg)\n",
    )
    for settings in ("pelicanconf.py", "publishconf.py"):
        shutil.rmtree(site.output, ignore_errors=True)
        done = site.pelican("--fatal=warnings", settings=ROOT / settings, environ={"SITEURL": "https://example.org"})
        assert done.returncode == 0, done.stderr
        names = [re.sub(r"-[0-9a-f]{8}-60", "", name) for name in published(site)]
        stems = ("a-b-c", "cafe", "picture")
        assert names == [*(f"images/{n}.{kind}" for n in stems for kind in ("jpg", "webp")), "images/x_y-v2.jpg"]
        page = site.page("updates/2024-02-02-x.html")
        assert set(re.findall(r'"\.\./(images/[^" ]+\.jpg)"', page)) == {
            name for name in published(site) if name.endswith(".jpg")
        }


# -- what is kept from build to build ------------------------------------------------------------------


@pytest.fixture
def project(tmp_path):
    """A project of its own, with a photo that the campaign and an update show."""
    site = Site(copied(tmp_path))
    site.write("images/walk.jpg", photo(size=(1000, 600)))
    site.write("updates/2024-02-02-walk.md", PICTURED)
    return site


def build(project, *options, settings="pelicanconf.py"):
    environ = {"SITEURL": "https://example.org"}
    done = project.pelican("-d", *options, settings=project.folder / settings, environ=environ)
    assert done.returncode == 0, done.stderr
    return project.files()


def kept(project, work="picture"):
    """Every entry of a kind of work, with when it was written."""
    return {path: path.stat().st_mtime_ns for path in (project.folder / ".cache").glob(f"{work}-*")}


def test_pictures_are_made_once_for_all_builds(project):
    first, entries = build(project), kept(project)
    assert len(entries) == 7
    assert build(project) == first
    assert kept(project) == entries


def test_a_public_site_is_made_of_nothing_that_was_kept(project):
    """A result that somebody forged whole, with its hash, is believed at home; it cannot be published."""
    first = build(project, settings="publishconf.py")
    assert not (project.folder / ".cache").exists()
    build(project)
    entries = {path: path.read_bytes() for path in kept(project)}
    for path, other in zip(entries, reversed(entries.values()), strict=True):
        forged = other[32:]
        path.write_bytes(hashlib.sha256(path.name.encode() + forged).digest() + forged)
    assert build(project, settings="publishconf.py") == first


def test_a_picture_that_was_kept_and_damaged_is_made_again(project):
    first = build(project)
    entries = {path: path.read_bytes() for path in kept(project)}
    for path, entry in entries.items():
        path.write_bytes(entry[:-9])
    assert build(project) == first
    assert {path: path.read_bytes() for path in kept(project)} == entries


def test_what_today_does_not_show_is_not_kept_but_an_earlier_day_drops_nothing(project):
    build(project)
    entries = kept(project)
    build(project, "-e", 'CAMPAIGN_AS_OF="2024-02-01"')
    assert kept(project) == entries
    project.write("images/walk.jpg", photo(size=(1000, 601)))
    build(project)
    assert len(kept(project)) == 7
    assert not kept(project).keys() & entries.keys()


def test_where_nothing_can_be_kept_the_site_is_the_same(project):
    first = build(project)
    settings = project.folder / "pelicanconf.py"
    text = settings.read_text()
    shutil.rmtree(project.folder / ".cache")
    for line in ("", "CAMPAIGN_CACHE = None", "CAMPAIGN_CACHE = ROOT / 'pelicanconf.py' / 'x'"):
        settings.write_text(re.sub(r"^CAMPAIGN_CACHE = .*", line, text, flags=re.MULTILINE))
        assert build(project) == first, line
        assert not (project.folder / ".cache").exists(), line


def test_nothing_of_content_that_lies_elsewhere_is_kept(project, tmp_path):
    elsewhere = Site(tmp_path / "elsewhere")
    shutil.copytree(project.content, elsewhere.content, dirs_exist_ok=True)
    assert elsewhere.pelican(settings=project.folder / "pelicanconf.py").returncode == 0
    assert not (project.folder / ".cache").exists()
    assert sorted(path.name for path in elsewhere.folder.iterdir()) == ["content", "output"]


@pytest.mark.parametrize(("address", "root"), [("https://example.org", ""), ("https://example.org/repo/", "/repo")])
def test_links_resolve_under_any_address(site, address, root):
    site.write("updates/2024-02-02-x.md", "---\ntitle: X\ndate: 2024-02-02\n---\n[before](2024-02-01-begun.md)\n")
    done = site.pelican(settings=ROOT / "publishconf.py", environ={"SITEURL": address})
    assert (done.returncode, "WARNING" in done.stderr + done.stdout) == (0, False)
    assert 'href="../updates/2024-02-01-begun.html"' in site.page("updates/2024-02-02-x.html")
    # The one page that is shown at any depth.
    assert f'href="{root}/index.html"' in site.page("404.html")


def test_while_writing_every_link_works_from_disk(site):
    site.write("images/walk.jpg", photo())
    site.write("updates/2024-02-02-walk.md", PICTURED)
    site.write("pages/about.md", "---\ntitle: About\n---\nSee [the money](/money.html) and [all](updates.html).\n")
    assert site.pelican().returncode == 0
    for name, data in site.files().items():
        if not name.endswith(".html"):
            continue
        folder = (site.output / name).parent
        for link in re.findall(r'(?:href|src)="([^"#]+)', data.decode()):
            assert link.startswith(("https://", "data:")) or (folder / link).resolve().is_file(), (name, link)


def test_updates_are_in_the_order_of_their_days_and_times(site):
    """In whatever order Python has what it reads: tests/publishing/test_reproducible.py builds with two hash seeds."""
    for number in range(1, 7):
        site.write(f"updates/2024-02-0{number}-n{number}.md", f"---\ntitle: N{number}\ndate: 2024-02-0{number}\n---\n")
    site.write("updates/2024-02-01-begun.md", UPDATE)
    site.write("updates/2024-02-06-a.md", "---\ntitle: Later\ndate: 2024-02-06 18:30\n---\n")
    assert site.pelican().returncode == 0
    titles = re.findall(r"data-said>(Later|N\d)<", site.page("updates.html"))
    assert titles == ["Later", "N6", "N5", "N4", "N3", "N2", "N1"]


def test_an_address_is_the_files_name_whatever_the_title(site):
    site.write("updates/2024-02-02-money.md", "---\ntitle: £25,000 🎉\ndate: 2024-02-02\n---\n")
    assert site.pelican().returncode == 0
    assert "£25,000 🎉" in site.page("updates/2024-02-02-money.html")


def test_the_feed_keeps_its_ids(site):
    site.pelican(settings=ROOT / "publishconf.py", environ={"SITEURL": "https://example.org"})
    first = ids(site)
    site.write("updates/2024-02-01-begun.md", UPDATE.replace("We have begun", "A better title"))
    site.pelican(settings=ROOT / "publishconf.py", environ={"SITEURL": "https://example.org/"})
    assert ids(site) == first == ["tag:example.org,2024-02-01:/updates/2024-02-01-begun.html"]


def test_the_feed_says_titles_as_they_were_written(site):
    site.write("campaign.yaml", CAMPAIGN.replace("A new roof", '"A roof for <200 & more"'))
    site.write("updates/2024-02-02-x.md", "---\ntitle: Cakes <£5 & pies >£3\ndate: 2024-02-02\n---\n")
    done = site.pelican(settings=ROOT / "publishconf.py", environ={"SITEURL": "https://example.org"})
    assert done.returncode == 0, done.stderr
    feed = ET.fromstring(site.page("feeds/updates.atom.xml"))
    titles = [element.text for element in feed.iter("{http://www.w3.org/2005/Atom}title")]
    assert titles == ["A roof for <200 & more", "Cakes <£5 & pies >£3", "We have begun"]
    assert "Cakes &lt;£5 &amp; pies &gt;£3" in site.page("updates.html")


def root_of(page):
    """The site's root, as a page of it is linked while writing."""
    return b".." if "/" in page else b"."


def ids(site):
    feed = ET.fromstring(site.page("feeds/updates.atom.xml"))
    return [
        entry.findtext("{http://www.w3.org/2005/Atom}id") for entry in feed.iter("{http://www.w3.org/2005/Atom}entry")
    ]


@pytest.mark.parametrize("address", [None, "", "example.org"])
def test_publishing_without_an_address_is_refused_in_words(site, address):
    environ = {} if address is None else {"SITEURL": address}
    done = site.pelican(settings=ROOT / "publishconf.py", environ=environ)
    assert done.returncode != 0
    assert "SITEURL must say where the site will be" in done.stderr
    assert "Traceback" not in done.stderr


def test_publishing_needs_the_promises(site):
    site.write("campaign.yaml", "name: A roof\ncurrency: GBP\ngoal: 50,000\n")
    done = site.pelican(settings=ROOT / "publishconf.py", environ={"SITEURL": "https://example.org"})
    assert done.returncode == 1
    assert done.stderr.count("[promise]") == 3


def test_only_what_the_theme_designs_is_written(site):
    site.write("events/fair.md", "---\ntitle: The fair\n---\nCome.\n")
    site.write("pages/about.md", "---\ntitle: About\n---\nUs.\n")
    site.write("extra/verify.txt", "a domain\n")
    assert site.pelican().returncode == 0
    assert sorted(site.files()) == [
        "404.html",
        "about.html",
        "badge.svg",
        "editors.html",
        "embed.html",
        "events.html",
        "events/fair.html",
        "index.html",
        "money.html",
        "poster-strips.html",
        "poster.html",
        "totals.csv",
        "totals.json",
        "totals.schema.json",
        "updates.html",
        "updates/2024-02-01-begun.html",
        "updates/2024.html",
        "verify.txt",
    ]


def test_the_data_says_what_the_page_says_in_decimal_text(plain):
    data = json.loads(plain.page("totals.json"))
    assert data["raised"] == {"amount": "12345", "shown": "12345", "qualifier": ""}
    assert (data["percent"], data["as_of"], data["phase"]) == (24, "2024-02-01", "raising")
    assert data["updates"][0]["raised"] == data["raised"]
    assert "£12,345" in plain.page("index.html")


def test_two_runs_in_one_process_each_load_afresh(site):
    script = (
        "import subprocess, sys\nfrom pelican import get_instance, parse_arguments\n"
        "args = parse_arguments(sys.argv[1:])\nget_instance(args)[0].run()\n"
        # Somebody else writes: a run itself writes into the output alone.
        "edit = ['sed', '-i', 's/12,345/23,456/', 'content/updates/2024-02-01-begun.md']\n"
        "subprocess.run(edit, check=True)\nget_instance(args)[0].run()\n"
    )
    command = [
        sys.executable,
        "-c",
        script,
        str(site.content),
        "-s",
        str(ROOT / "pelicanconf.py"),
        "-o",
        str(site.output),
    ]
    done = run(command, site.folder)
    assert done.returncode == 0, done.stderr
    assert "£23,456" in site.page("index.html")
    assert "£12,345" not in site.page("index.html")


def test_the_page_says_what_may_load_and_its_only_style_and_script_are_those_it_names(plain):
    for name, data in plain.files().items():
        if name.endswith(".html"):
            style = re.search(r"<style>(.*?)</style>", data.decode(), re.DOTALL)[1]
            digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
            assert f"style-src 'sha256-{digest}'" in data.decode()
            assert b" style=" not in data
            (script,) = re.findall(r"<script[^>]*>(.*?)</script>", data.decode(), re.DOTALL)
            digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
            assert f"script-src 'sha256-{digest}';" in data.decode()
            assert b'<script type="module">' in data
