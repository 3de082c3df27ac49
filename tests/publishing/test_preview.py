"""The site while writing: the real command on a free port, a project of its own, and a browser's questions."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 300
"""Seconds; a build takes one or two, but the machine may be busy with others."""
UPDATE = "---\ntitle: Begun\ndate: 2024-03-01\ntotals:\n  raised: {}\n---\nWords.\n"


@contextlib.contextmanager
def interrupts_heard():
    """What is started here hears Ctrl-C, also where the tests run in the background and ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class Serving:
    """A running ``campaign serve`` and what it has said so far."""

    def __init__(self, folder):
        self.folder = folder
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        self.said = []
        environment = {"PYTHONPATH": str(folder / "plugins"), "TMPDIR": str(self.temporary), "PYTHONUNBUFFERED": "1"}
        with interrupts_heard():
            self.process = subprocess.Popen(
                [sys.executable, "-m", "campaign", "serve", "--port", "0"],
                cwd=folder,
                env={**os.environ, **environment, "PYTHONUTF8": "1"},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
            )
        threading.Thread(target=lambda: self.said.extend(self.process.stdout), daemon=True).start()
        self.address = until(lambda: re.search(r"http://\S+/", self.output()))[0]

    def output(self):
        return "".join(self.said)

    def get(self, path=""):
        """Status and text of a page."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()

    def shows(self, *words, path=""):
        """Wait until a page holds all these words, and return it."""
        return until(lambda: (page := self.get(path)[1]) and all(word in page for word in words) and page)

    def shows_no_problem(self, word):
        """A new site is in place a moment before its build has ended."""
        until(lambda: word in (page := self.get()[1]) and 'role="alert"' not in page)

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def end(self, how=signal.SIGINT):
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(timeout=PATIENCE)


def until(found):
    """Ask again and again until there is an answer."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if answer := found():
            return answer
        time.sleep(0.1)
    pytest.fail(f"nothing after {PATIENCE} seconds")


def a_project(folder):
    """The generator with a small campaign: the shipped one must not be edited."""
    leave = shutil.ignore_patterns("*.egg-info")
    for name in ("plugins", "theme"):  # with what Python has compiled of it
        shutil.copytree(ROOT / name, folder / name, ignore=leave)
    shutil.copy(ROOT / "pelicanconf.py", folder)
    (folder / "content/updates").mkdir(parents=True)
    (folder / "content/campaign.yaml").write_text("name: A roof\ncurrency: GBP\ngoal: 50,000\n")
    (folder / BEGUN).write_text(UPDATE.format("12,345"))
    return folder


@contextlib.contextmanager
def serving(folder):
    """The command on a project, which ends with what asked for it."""
    site = Serving(folder)
    try:
        yield site
    finally:
        site.end(signal.SIGKILL)
        site.process.stdout.close()


@pytest.fixture
def project(tmp_path):
    return a_project(tmp_path)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """One that runs for all tests that only read and write the content: starting it is what takes longest."""
    with serving(a_project(tmp_path_factory.mktemp("served"))) as site:
        yield site


@pytest.fixture
def site(served):
    """It shows a good site, of whatever amount the test before left."""
    if (served.folder / BEGUN).read_text() == BROKEN:
        served.write(BEGUN, UPDATE.format("12,345"))
    served.shows_no_problem("£")
    return served


BEGUN = "content/updates/2024-03-01-begun.md"
BROKEN = UPDATE.format("12k <b>")

pytestmark = pytest.mark.xdist_group("preview")


def test_a_change_is_shown_a_broken_file_leaves_the_last_good_site_up_and_mending_it_clears_the_banner(site):
    assert 'campaign-problems"' not in site.shows("/.campaign-version")
    version = site.get(".campaign-version")

    site.write(BEGUN, UPDATE.format("23,456"))
    site.shows("£23,456")
    until(lambda: site.get(".campaign-version") != version)

    site.write(BEGUN, BROKEN)
    page = site.shows('role="alert"', "£23,456")
    assert f"{BEGUN}:5: totals.raised: expected an amount" in page
    assert "12k &lt;b&gt;" in page and "12k <b>" not in page
    until(lambda: f"{BEGUN}:5: totals.raised: expected an amount" in site.output())
    assert site.get("money.html")[0] == 200

    site.write(BEGUN, UPDATE.format("34,567"))
    site.shows_no_problem("£34,567")
    assert "Traceback" not in site.output()


def test_the_first_build_may_fail_too_and_when_the_machine_ends_it_nothing_is_left_behind(project):
    (project / BEGUN).write_text(BROKEN)
    with serving(project) as site:
        site.shows('role="alert"', f"{BEGUN}:5")
        assert site.get()[0] == 503
        site.write(BEGUN, UPDATE.format("12,345"))
        site.shows_no_problem("£12,345")
        it_ends_cleanly(site, signal.SIGTERM)


def test_a_change_to_the_theme_or_the_settings_is_shown_too_and_ctrl_c_leaves_nothing_behind(project):
    with serving(project) as site:
        site.shows("£12,345")
        base = project / "theme/templates/base.html"
        base.write_text(base.read_text().replace("</body>", "<p>A new foot.</p></body>"))
        site.shows("<p>A new foot.</p>")
        settings = project / "pelicanconf.py"
        saved = settings.with_suffix(".new")
        saved.write_text(settings.read_text() + "\nraise SystemExit('settings that end')\n")
        saved.replace(settings)
        site.shows('role="alert"', "<p>A new foot.</p>")
        it_ends_cleanly(site, signal.SIGINT)


def test_several_changes_at_once_end_with_the_last_one(site):
    def builds():
        # A new site is in place a moment before its build has ended, and is said then.
        return len(re.findall(r"^\d\d:\d\d:\d\d  ", site.output(), re.MULTILINE))

    before = builds()
    for amount in range(20_001, 20_031):
        site.write(BEGUN, UPDATE.format(amount))
        time.sleep(0.05)
    site.shows("£20,030")
    until(lambda: builds() > before)
    assert builds() - before < 15


def test_what_the_server_adds_is_never_in_the_files_and_only_this_computer_is_answered(site):
    def texts_of_pages():
        with contextlib.suppress(FileNotFoundError):  # the next site is put in place meanwhile
            return [page.read_text() for page in site.temporary.glob("*/site/**/*.html")]

    texts = until(texts_of_pages)
    assert not [text for text in texts if "campaign-version" in text or 'role="alert"' in text]
    assert site.address.startswith("http://127.0.0.1:")
    assert site.get("updates/")[0] == 404, "folders are not listed"
    assert site.get("../pelicanconf.py")[0] == 404


def it_ends_cleanly(site, how):
    assert site.end(how) == 0
    assert list(site.temporary.iterdir()) == []
    assert "Traceback" not in site.output()


def test_it_ends_cleanly_in_the_middle_of_a_build(project):
    with serving(project) as site:
        until(lambda: list(site.temporary.glob("*")))
        it_ends_cleanly(site, signal.SIGINT)


def test_a_port_that_is_taken_is_named(site):
    port = site.address.rstrip("/").rpartition(":")[2]
    done = subprocess.run(
        [sys.executable, "-m", "campaign", "serve", "--port", port],
        cwd=site.folder,
        env={**os.environ, "PYTHONPATH": str(site.folder / "plugins")},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    assert f"port {port} is taken; choose another with --port" in done.stderr
    assert "Traceback" not in done.stderr
