"""Publication is whole or not at all: whatever fails, the site that was there stays."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime

import pytest

from campaign.core.reading.problems import CampaignError
from campaign.loading.load import load_campaign
from campaign.plugin import _loaded
from campaign.publishing.build import RECORD, BuildError, build_site
from campaign.publishing.handover import SETTING, Handover, packed, unpacked
from campaign.publishing.kept_pages import REPORT
from photo import photo
from site_folder import NOW, ROOT, UPDATE, Site, run

SETTINGS = ROOT / "pelicanconf.py"
MORE = UPDATE.replace("2024-02-01", "2024-02-10").replace("12,345", "23,456")


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)


def build(site, **options):
    return build_site(site.folder, site.content, site.output, settings=options.pop("settings", SETTINGS), **options)


def beside(site):
    """What lies beside the site: nothing of a build may stay but its lock and its record."""
    ours = ("content", "output", ".output.campaign", "lock", "made-by-campaign", RECORD)
    places = [*site.folder.iterdir(), *site.folder.glob(".output.campaign/*")]
    return sorted(p.name for p in places if p.name not in ours)


def test_a_build_says_what_it_made_and_leaves_nothing_else_behind(site):
    built = build(site)
    assert (built.pages, built.files, built.output) == (11, 15, site.output)
    assert built.view.now.raised.exact.amount == 12345
    assert beside(site) == []


def test_what_is_gone_from_the_content_is_gone_from_the_site(site):
    extra = site.write("updates/2024-02-10-more.md", MORE)
    build(site)
    assert (site.output / "updates/2024-02-10-more.html").is_file()
    extra.unlink()
    build(site)
    assert not (site.output / "updates/2024-02-10-more.html").exists()
    assert "£12,345" in site.page("index.html")


def test_a_refused_build_leaves_the_old_site_byte_identical(site):
    build(site)
    before = site.files()
    site.write("updates/2024-02-10-more.md", MORE.replace("23,456", "12k"))
    with pytest.raises(CampaignError):
        build(site)
    assert site.files() == before
    assert beside(site) == []


def test_a_build_that_fails_later_leaves_the_old_site_byte_identical_and_says_why(site, tmp_path):
    build(site)
    before = site.files()
    theme = shutil.copytree(ROOT / "theme", tmp_path / "theme")
    money = theme / "templates/money.html"
    money.write_text(money.read_text().replace("view.sources", "view.sorces"))
    settings = tmp_path / "changed.py"
    settings.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\nTHEME = {str(theme)!r}\n"
    )
    with pytest.raises(BuildError, match=r"money\.html:\d+: in this template\n.*sorces") as refused:
        build(site, settings=settings)
    assert "Traceback" not in str(refused.value)
    assert site.files() == before


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ("MONEY_SAVE_AS = ''", "money.html"),
        ("OUTPUT_SOURCES = True", "was not expected"),
        ("EVENTS_SAVE_AS = 'fairs.html'", "events.html is missing"),
        ("PLUGINS = []", "No filter named"),
    ],
)
def test_a_site_that_is_not_what_the_content_asks_for_is_not_put_in_place(site, tmp_path, change, wrong):
    settings = tmp_path / "changed.py"
    settings.write_text(f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n{change}\n")
    with pytest.raises(BuildError, match=wrong):
        build(site, settings=settings)
    assert not site.output.exists()


ONCE = """\
def a_second_time(*given, **more):
    raise SystemExit("the content is read a second time")
plugin.load_campaign = a_second_time
"""


def test_what_is_checked_is_what_is_shown_and_verified_for_a_build_reads_the_content_once(site, tmp_path):
    settings = tmp_path / "once.py"
    settings.write_text(f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n{ONCE}")
    build(site, settings=settings)
    handed, by_itself = site.files(), Site(tmp_path / "by-itself")
    assert by_itself.pelican().returncode == 0
    assert handed == by_itself.files()
    assert "a second time" in by_itself.pelican(settings=settings).stderr


def test_settings_that_ask_for_another_day_than_the_build_are_not_given_what_it_has_read(site, tmp_path):
    site.write("updates/2024-02-10-more.md", MORE)
    settings = tmp_path / "earlier.py"
    earlier = "CAMPAIGN_AS_OF = '2024-02-05'"
    settings.write_text(f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n{earlier}\n")
    with pytest.raises(BuildError, match=r"updates/2024-02-10-more\.html is missing"):
        build(site, settings=settings)


@pytest.mark.parametrize("path", [ROOT / "content", *sorted((ROOT / "tests/sites").iterdir())], ids=lambda p: p.name)
def test_what_is_handed_over_arrives_as_it_was(path):
    if not (path / "campaign.yaml").is_file():
        return
    loaded = load_campaign(path.parent, path, now=datetime(2027, 1, 1, tzinfo=UTC))
    given = Handover(path, None, False, loaded)
    arrived = unpacked(packed(given))
    assert arrived == given
    assert repr(arrived.loaded) == repr(loaded)
    assert arrived.loaded.view.appeal.region.vocabulary == loaded.view.appeal.region.vocabulary
    assert arrived.answers(path, None, public=False)
    assert not arrived.answers(path, None, public=True)
    assert not arrived.answers(path, date(2024, 2, 5), public=False)
    assert not arrived.answers(path.parent, None, public=False)


def test_content_outside_the_project_is_read_once_too(site, tmp_path):
    loaded = load_campaign(site.content.parent, site.content, now=datetime(2027, 1, 1, tzinfo=UTC))
    settings = {SETTING: Handover(site.content, None, False, loaded)}
    assert _loaded(settings, site.content, tmp_path / "elsewhere") is loaded
    assert _loaded(settings | {"CAMPAIGN_PUBLIC": True}, ROOT / "content", ROOT) is not loaded


PICTURED = MORE.replace("The first", "![A roof](images/roof.jpg)\n\nThe first")
SPOILT = """\
import pathlib
from pelican import signals
def spoil(pelican):
    pictures = pathlib.Path(pelican.output_path) / "images"
    pages = [page for page in pathlib.Path(pelican.output_path).rglob("*.html")]
    shown = sorted(pictures.iterdir())
    {spoil}
class Spoiler:
    def register():
        signals.finalized.connect(spoil)
PLUGINS = [*PLUGINS, Spoiler]
"""
"""Settings with a plugin that changes the finished site behind our own plugin's back."""


@pytest.fixture(scope="module")
def pictured(tmp_path_factory):
    """A site with a photo, and its files: what is refused afterwards changes neither."""
    site = Site(tmp_path_factory.mktemp("pictured"))
    site.write("images/roof.jpg", photo())
    site.write("updates/2024-02-10-more.md", PICTURED)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SOURCE_DATE_EPOCH", NOW)
        build(site)
    before = site.files()
    assert sum(name.startswith("images/") for name in before) == 2
    return site, before


@pytest.mark.parametrize(
    ("spoil", "wrong"),
    [
        ("(pictures / 'roof.jpg').write_bytes(b'as it came')", "images/roof.jpg was not expected"),
        ("shown[0].with_name(shown[0].name.replace('-60', '-59')).write_bytes(b'x')", "-59.jpg was not expected"),
        ("shown[0].unlink()", "-60.jpg is missing"),
        (
            "[page.write_text(page.read_text().replace('roof-', 'rook-')) for page in pages];"
            " [path.rename(path.with_name(path.name.replace('roof-', 'rook-'))) for path in shown]",
            "-60.jpg was made of no file in images",
        ),
        (
            "__import__('subprocess').run(['cp', '/dev/null', str(pathlib.Path(pelican.path, 'images/roof.jpg'))])",
            "-60.webp was made of no file in images",
        ),
    ],
    ids=["an original", "another width", "one missing", "one of no file", "one of a file that has changed"],
)
def test_no_picture_but_those_of_the_content_is_put_in_place_and_none_is_missing(pictured, tmp_path, spoil, wrong):
    site, before = pictured
    site.write("images/roof.jpg", photo())
    settings = tmp_path / "changed.py"
    settings.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n" + SPOILT.format(spoil=spoil)
    )
    with pytest.raises(BuildError, match=wrong):
        build(site, settings=settings)
    assert site.files() == before


def test_a_past_day_is_built_without_what_came_later(site):
    site.write("updates/2024-02-10-more.md", MORE)
    built = build(site, as_of=date(2024, 2, 5))
    assert built.view.now.raised.exact.amount == 12345
    assert "£23,456" not in site.page("index.html")


def test_a_public_build_has_absolute_links_and_a_feed(site, monkeypatch):
    monkeypatch.setenv("SITEURL", "https://example.org/repo/")
    build(site, settings=ROOT / "publishconf.py", publish=True)
    assert 'href="/repo/money.html"' in site.page("404.html")
    assert '<link rel="canonical" href="https://example.org/repo/money.html">' in site.page("money.html")
    assert "https://example.org/repo/updates/2024-02-01-begun.html" in site.page("feeds/updates.atom.xml")


def test_of_a_public_build_nothing_is_remembered_and_what_was_is_of_another_site(site, monkeypatch):
    monkeypatch.setenv("SITEURL", "https://example.org/repo/")
    build(site)
    record = site.folder / ".output.campaign" / RECORD
    assert record.is_file()
    build(site, settings=ROOT / "publishconf.py", publish=True)
    assert not record.exists()
    assert not (site.output / REPORT).exists()


def test_a_folder_that_holds_anything_else_is_never_replaced(site):
    with pytest.raises(BuildError, match="holds the project itself"):
        build_site(site.folder, site.content, site.folder, settings=SETTINGS)
    with pytest.raises(BuildError, match="holds the project itself"):
        build_site(site.folder, site.content, site.content, settings=SETTINGS)
    site.output.mkdir()
    (site.output / "letters.txt").write_text("dear")
    with pytest.raises(BuildError, match="was not made by campaign build"):
        build(site)
    assert (site.output / "letters.txt").read_text() == "dear"
    shutil.rmtree(site.output)
    site.output.write_text("a file")
    with pytest.raises(BuildError, match="is no folder"):
        build(site)


def test_a_second_build_at_once_ends_with_a_message(site):
    build(site)
    with (site.folder / ".output.campaign/lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BuildError, match="Another build"):
            build(site)
    build(site)


def test_two_builds_at_once_leave_one_whole_site(site):
    command = [sys.executable, "-m", "campaign", "build", "--content", str(site.content), "-o", str(site.output)]
    both = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    said = [process.communicate(timeout=600)[1].decode() for process in both]
    assert 0 in [process.returncode for process in both], said
    assert len(site.files()) == 15


def test_a_killed_build_leaves_the_old_site_or_the_new_one_whole(site):
    """Killed at three moments, with the content changed before each; `make attack` does so at every one."""
    command = [sys.executable, "-m", "campaign", "build", "--content", str(site.content), "-o", str(site.output)]
    started = time.monotonic()
    # By itself, as those that are killed: one that is forked has ended before these have loaded what they need.
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    whole = time.monotonic() - started
    shares = (0.5, 0.8, 0.95)
    for number, share in enumerate(shares):
        site.write("updates/2024-02-10-more.md", MORE.replace("23,456", f"{20000 + number}"))
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(share * whole)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        now = site.files()
        data = json.loads(now["totals.json"])
        # One whole site: its pages, its data and its list of updates are of one build.
        assert len(now) == 14 + len(data["updates"])
        shown = f"£{int(data['raised']['amount']):,}"
        assert all(shown.encode() in now[page] for page in ("index.html", "money.html"))
    build(site)
    assert beside(site) == []
    assert b"20,002" in site.files()["index.html"]


def test_an_interrupted_swap_is_undone_by_the_next_build(site):
    """Where a system cannot exchange two folders, a kill can fall between the two renames."""
    build(site)
    before = site.files()
    work = site.folder / ".output.campaign"
    site.output.rename(work / "old")
    (work / "new").mkdir()
    site.write("updates/2024-02-10-more.md", MORE.replace("23,456", "12k"))
    with pytest.raises(CampaignError):
        build(site)
    site.write("updates/2024-02-10-more.md", MORE)
    build(site)
    assert site.files() != before
    assert beside(site) == []
    (work / "old").mkdir()
    build(site)
    assert beside(site) == []


def test_a_swap_without_exchange_puts_the_new_site_in_place(site, monkeypatch):
    build(site)
    monkeypatch.setattr("campaign.publishing.replace._exchange", lambda one, other: False)
    site.write("updates/2024-02-10-more.md", MORE)
    build(site)
    assert "£23,456" in site.page("index.html")
    assert beside(site) == []


def test_when_writing_fails_half_way_the_old_site_stays(site):
    """As on a full disk: the system refuses to write on past a size, to the build and to Pelican alike."""
    build(site)
    before = site.files()
    site.write("updates/2024-02-10-more.md", MORE + ("Words. " * 1000 + "\n\n") * 30)
    command = [sys.executable, "-m", "campaign", "build", "--content", str(site.content), "-o", str(site.output)]
    limit = "import resource, os, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))"
    limit += "; os.execv(sys.argv[1], sys.argv[1:])"
    done = run([sys.executable, "-c", limit, *command], ROOT)
    assert done.returncode == 1
    assert "the old one stands.\nOSError: " in done.stderr
    assert "Traceback" not in done.stderr
    assert site.files() == before
    assert beside(site) == []


def test_where_nothing_can_be_written_the_build_says_so(site):
    build(site)
    before = site.files()
    blocked = site.folder / "file"
    blocked.write_text("no folder")
    with pytest.raises(BuildError, match="could not be written"):
        build_site(site.folder, site.content, blocked / "site", settings=SETTINGS)
    assert site.files() == before
