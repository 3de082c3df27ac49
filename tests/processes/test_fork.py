"""A fork of a process ends with it, tells how it ended, and never goes on in its place."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from campaign.processes.fork import called
from campaign.publishing import build, pelican_process
from campaign.publishing.build import BuildError, build_site
from site_folder import NOW, ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="no process is forked here")

BEGINS = """
import os, sys, time, signal
from pathlib import Path
from campaign.processes.fork import run_in_fork
here = Path(sys.argv[1])
said, problems = (here / "said").open("wb+"), (here / "problems").open("wb+")
"""
"""What each of these programs begins with."""


def program(folder, text, **options):
    environment = os.environ | {"PYTHONPATH": str(ROOT / "plugins")}
    return subprocess.Popen([sys.executable, "-c", BEGINS + text, str(folder)], env=environment, **options)


def is_running(process):
    """Whether it runs, and is not one that has ended and that nobody has asked about yet."""
    with suppress(OSError):
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    return False


def test_a_fork_whose_parent_is_killed_ends_as_well(tmp_path):
    process = program(tmp_path, "run_in_fork(lambda: (here / 'fork').write_text(str(os.getpid())), said, problems)")
    process.wait()
    process = program(
        tmp_path, "run_in_fork(lambda: print(os.getpid(), flush=True) or time.sleep(600), said, problems)"
    )
    while not (tmp_path / "said").read_text().strip():
        time.sleep(0.02)
    fork = int((tmp_path / "said").read_text())
    assert is_running(fork)
    process.kill()
    process.wait()
    until = time.monotonic() + 60
    while is_running(fork) and time.monotonic() < until:
        time.sleep(0.02)
    assert not is_running(fork)


@pytest.mark.parametrize(
    ("does", "status", "said"),
    [
        ("print('so') or 3", 3, "so\n"),
        ("sys.exit('no')", 1, "no\n"),
        ("1 / 0", 1, "ZeroDivisionError"),
        ("os.kill(os.getpid(), 9)", -9, ""),
        ("print(*sorted(map(int, os.listdir('/proc/self/fd')))[:3]) or 0", 0, "0 1 2\n"),
        ("len(os.listdir('/proc/self/fd')) - 1", 3, ""),
        ("sys.stdin.read() and 1 or 0", 0, ""),
    ],
)
@pytest.mark.parametrize("before", ["", "signal.signal(signal.SIGCHLD, signal.SIG_IGN)", "os.close(0)"])
def test_a_fork_has_its_own_streams_and_status_and_nothing_else_that_was_open(tmp_path, does, status, said, before):
    process = program(tmp_path, f"{before}\nprint(run_in_fork(lambda: {does}, said, problems))", stdout=subprocess.PIPE)
    assert process.communicate()[0].decode() == f"{status}\n"
    told = (tmp_path / "said").read_text() + (tmp_path / "problems").read_text()
    assert said in told if said else not told


def test_a_fork_whose_words_find_no_room_ends_all_the_same(tmp_path):
    text = (
        "said = open('/dev/full', 'wb')\nprint(run_in_fork(lambda: print('x' * 99999) or 1, said, said))\nprint('once')"
    )
    process = program(tmp_path, text, stdout=subprocess.PIPE)
    assert process.communicate()[0].decode() == "1\nonce\n"


def test_a_command_whose_streams_were_closed_from_the_start_builds_as_any_other(tmp_path):
    """As a timer may start it."""
    text = "print(run_in_fork(lambda: 4, said, problems), file=(here / 'status').open('w'))"
    command = [sys.executable, "-c", BEGINS + text, str(tmp_path)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "plugins")}
    subprocess.run(["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *command], env=environment, check=True)
    assert (tmp_path / "status").read_text() == "4\n"


def test_a_build_that_is_ended_from_outside_says_so(site, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    monkeypatch.setattr(build.pelican_process, "run", lambda *_: (-signal.SIGKILL, ""))
    with pytest.raises(BuildError, match=r"ended from outside \(SIGKILL\).*runs out of memory.*the old site stands"):
        build_site(site.folder, site.content, site.output, settings=ROOT / "pelicanconf.py")
    assert [called(number) for number in (9, 250)] == ["SIGKILL", "250"]
    assert pelican_process.run


def test_what_fails_beside_a_fork_is_raised_and_leaves_nobody_behind(tmp_path):
    text = """
def fails(has_ended):
    assert not has_ended(0)
    1 / 0
try:
    run_in_fork(lambda: time.sleep(600), said, problems, fails)
except ZeroDivisionError:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        print("nobody")
"""
    done = program(tmp_path, text, stdout=subprocess.PIPE, stderr=subprocess.PIPE).communicate()
    assert done[0].decode().strip() == "nobody", done[1].decode()
