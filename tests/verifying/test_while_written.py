"""Pages are proved while they are written, and only what was found in their last bytes counts."""

import os
import random
import subprocess
import sys
import time

import pytest

from campaign.loading.load import load_campaign, now_from_environment
from campaign.processes.fork import has_ended
from campaign.verifying import verify
from campaign.verifying.appearing import PAUSE, appearing
from campaign.verifying.verify import Proof
from campaign.verifying.written_page import written_page
from site_folder import NOW, ROOT, Site, run

BEGUN = "updates/2024-02-01-begun.html"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A small site that was built, its files, and what it was made of."""
    site = Site(tmp_path_factory.mktemp("built"))
    with pytest.MonkeyPatch.context() as machine:
        machine.setenv("SOURCE_DATE_EPOCH", NOW)
        done = site.pelican()
        assert done.returncode == 0, done.stderr
        return site.files(), load_campaign(site.folder, site.content, now=now_from_environment())


class Writer:
    """Whoever writes a site: does a step whenever it is waited for, and has ended when none is left."""

    def __init__(self, *steps):
        self.steps, self.waited = list(steps), []

    def __call__(self, seconds):
        self.waited.append(seconds)
        if seconds and self.steps:
            self.steps.pop(0)()
        return not self.steps


def putting(folder, files):
    """A step that writes files of a site."""

    def put():
        for place, data in files.items():
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            (folder / place).write_bytes(data)
        for path in {(folder / place).parent for place in files}:
            os.utime(path, ns=(0, random.randrange(10**18)))  # a disk's clock may be too slow for us

    return put


@pytest.fixture(params=[0, 2])
def proof(built, tmp_path, request, monkeypatch):
    """In the end pages are looked at by one process, or by three."""
    if request.param and sys.platform != "linux":
        pytest.skip("no process is forked here")
    monkeypatch.setattr(verify, "forks_for", lambda *_: request.param)
    return Proof(tmp_path, built[1])


@pytest.fixture
def read(monkeypatch):
    """How often each page's bytes were read through."""
    pages = []

    def counted(text):
        pages.append(text)
        return written_page(text)

    monkeypatch.setattr(verify, "written_page", counted)
    return pages


def test_a_page_that_was_proved_while_others_were_written_is_not_read_through_again(built, proof, tmp_path, read):
    files, _ = built
    pages = {place: data for place, data in files.items() if place.endswith(".html")}
    first = {place: pages[place] for place in sorted(pages)[:4]}
    proof.while_written(Writer(putting(tmp_path, first), putting(tmp_path, files), lambda: None, lambda: None))
    early = len(read)
    assert early == len(pages)
    assert list(proof.faults()) == []
    assert len(read) == early


def test_what_was_proved_early_is_what_is_proved_afterwards(built, proof, tmp_path):
    files, loaded = built
    proof.while_written(Writer(putting(tmp_path, files), lambda: None, lambda: None))
    assert list(proof.faults()) == []
    afterwards = Proof(tmp_path, loaded)
    assert list(afterwards.faults()) == []
    assert afterwards.proved == proof.proved


def test_a_page_that_changes_after_it_was_proved_is_refused(built, proof, tmp_path):
    files, _ = built
    changed = files[BEGUN].replace("£12,345".encode(), "£99,345".encode())
    assert changed != files[BEGUN]
    proof.while_written(Writer(putting(tmp_path, files), lambda: None))
    putting(tmp_path, {BEGUN: changed})()
    assert f"{BEGUN} says “£99,345" in "\n".join(proof.faults())


def test_a_page_that_is_written_slowly_is_proved_once_it_is_whole(built, proof, tmp_path):
    """Empty, a half, another's bytes: whatever was read early, the last bytes are what counts."""
    files, _ = built
    half = {place: data[: len(data) // 2] for place, data in files.items()}
    strange = {place: files["404.html"].replace(b"<style>", b"<style>b{}") for place in files}
    for early in (dict.fromkeys(files, b""), half, strange):
        proof.while_written(Writer(putting(tmp_path, early), lambda: None, lambda: None))
    putting(tmp_path, files)()
    assert list(proof.faults()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="no process is forked here")
def test_what_forks_find_in_pages_is_what_one_process_finds(built, tmp_path, monkeypatch, read):
    files, loaded = built
    wrong = {place: data.replace(b"<main", b"<p>\xc2\xa31,234,567</p><main") for place, data in files.items()}
    wrong |= {place: files[place] for place in sorted(files)[::2]}
    putting(tmp_path, wrong)()
    found, times, here = [], [], os.getpid()
    readers, read_now = tmp_path.with_name("readers"), Proof._read_now
    readers.mkdir()

    def noted(self, *given):
        (readers / str(os.getpid())).touch()
        return read_now(self, *given)

    def until_forks_have_begun():
        until = time.monotonic() + 60
        while forks and not {path.name for path in readers.iterdir()} - {str(here)} and time.monotonic() < until:
            time.sleep(0.01)
        return []

    monkeypatch.setattr(Proof, "_read_now", noted)
    for forks in (0, 2):
        monkeypatch.setattr(verify, "forks_for", lambda *_, forks=forks: forks)
        proof = Proof(tmp_path, loaded)
        monkeypatch.setattr(proof, "_figures", until_forks_have_begun)
        read.clear()
        found.append(([fault for fault in proof.faults() if fault], proof.proved))
        times.append(len(read))
    assert found[0] == found[1]
    assert "says “£1,234,567" in "".join(found[0][0])
    assert times[1] < times[0]


def test_a_fork_that_fails_leaves_no_page_unread(built, tmp_path, monkeypatch):
    files, loaded = built
    this, putting_all = os.getpid(), putting(tmp_path, files)
    putting_all()
    read_now = Proof._read_now

    def fails(self, *given):
        if os.getpid() != this:
            os.kill(os.getpid(), 9)
        return read_now(self, *given)

    monkeypatch.setattr(Proof, "_read_now", fails)
    monkeypatch.setattr(verify, "forks_for", lambda *_: 2 if sys.platform == "linux" else 0)
    proof = Proof(tmp_path, loaded)
    assert list(proof.faults()) == []
    assert sorted(proof.proved) == sorted(place for place in files if place.endswith(".html"))


def test_a_page_that_is_gone_again_is_missing(built, proof, tmp_path):
    proof.while_written(Writer(putting(tmp_path, built[0]), lambda: None))
    (tmp_path / BEGUN).unlink()
    assert f"{BEGUN} is missing" in list(proof.faults())


def test_whatever_stands_at_a_pages_place_nobody_waits_for_it(built, proof, tmp_path):
    def plant():
        os.mkfifo(tmp_path / "money.html")
        (tmp_path / "404.html").mkdir()
        (tmp_path / "index.html").symlink_to("/dev/zero")

    proof.while_written(Writer(plant, lambda: None, lambda: None))


def test_no_beginning_of_a_page_is_more_than_a_fault(built, proof):
    files, _ = built
    dice = random.Random(7)
    for place in (BEGUN, "index.html", "money.html", "404.html"):
        for end in sorted(dice.sample(range(len(files[place])), 60)):
            assert proof._read_now(place, files[place][:end], "")[1]


def test_files_are_named_as_they_appear_until_their_writer_ends(tmp_path):
    first, second, last = ({place: b"x"} for place in ("a.html", "b/c.html", "d.html"))
    writer = Writer(*(putting(tmp_path, files) for files in (first, second, last)))
    places = ("a.html", "b/c.html", "d.html", "e.html")
    assert list(appearing(tmp_path, places, writer)) == ["a.html", "b/c.html"]
    assert {*writer.waited} == {0, PAUSE}


def test_while_no_file_is_new_a_piece_of_something_else_is_done_at_a_time(tmp_path):
    done = []
    beside = (done.append(list(tmp_path.iterdir())) for _ in range(3))
    writer = Writer(lambda: None, putting(tmp_path, {"a.html": b"x"}), lambda: None)
    assert list(appearing(tmp_path, ["a.html"], writer, beside)) == ["a.html"]
    assert done == [[], [], []]
    assert writer.waited[:4] == [0, 0, 0, 0]


def test_nobody_waits_longer_once_every_file_is_there(tmp_path):
    putting(tmp_path, {"a.html": b"x"})()
    writer = Writer(lambda: None)
    assert list(appearing(tmp_path, ["a.html"], writer)) == ["a.html"]
    assert writer.waited == [0, 0]


SPOILT_AT_LAST = """
import pathlib, time
from pelican import signals
def spoil(pelican):
    time.sleep(1)
    page = pathlib.Path(pelican.output_path) / "updates/2024-02-01-begun.html"
    page.write_text(page.read_text().replace("£12,345", "£99,345"))
    {then}
class Spoiler:
    def register():
        signals.finalized.connect(spoil)
PLUGINS = [*PLUGINS, Spoiler]
"""
BUILD = """
import sys
from pathlib import Path
from campaign.publishing.build import BuildError, build_site
folder = Path(sys.argv[1])
try:
    build_site(folder, folder / "content", folder / "output", settings=folder / "changed.py")
except BuildError as refused:
    sys.exit(str(refused))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="no process is forked here")
@pytest.mark.parametrize(
    ("then", "said"),
    [
        ("pass", "says “£99,345"),
        ("raise SystemExit('half-way')", "Pelican could not build the site; the old one stands.\nhalf-way"),
        ("__import__('os').kill(__import__('os').getpid(), 9)", "ended from outside (SIGKILL)"),
    ],
)
def test_a_build_whose_pages_change_or_whose_writer_ends_after_they_were_proved_is_refused(site, then, said):
    settings = f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n"
    (site.folder / "changed.py").write_text(settings + SPOILT_AT_LAST.format(then=then), encoding="utf-8")
    done = run([sys.executable, "-c", BUILD, str(site.folder)], site.folder)
    assert said in done.stderr
    assert not site.output.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="no process is forked here")
def test_where_nobody_can_wait_for_so_long_and_no_longer_the_end_is_waited_for(monkeypatch):
    def refused(_process):
        raise PermissionError

    with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as reads:
        assert not has_ended(reads.pid, 0.01)
        assert reads.stdin
        reads.stdin.close()
        assert has_ended(reads.pid, 60)
        assert has_ended(reads.pid, 0)
    monkeypatch.setattr(os, "pidfd_open", refused)
    with subprocess.Popen(["sleep", "0.5"]) as sleeps:
        assert has_ended(sleeps.pid, 0.01)
        assert has_ended(sleeps.pid, 0)
    assert (reads.returncode, sleeps.returncode) == (0, 0)
