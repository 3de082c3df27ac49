"""Work in pieces is done whole by one process or by several, or somebody says why not."""

import _thread
import errno
import logging
import os
import sys
import time
from contextlib import suppress

import pelican
import pytest
from pelican.log import console

from campaign.processes import fork, shared_work
from campaign.processes.log_records import watch
from campaign.processes.shared_work import MAX_PROCESSES, SharedWork, forks_for
from campaign.publishing import run_pelican

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="no process is forked here")


def is_there(process):
    with suppress(ProcessLookupError):
        os.kill(process, 0)
        return True
    return False


@pytest.fixture
def here(tmp_path):
    """A folder in which each process says who it is, once it has begun."""
    return tmp_path


@pytest.fixture
def alone(monkeypatch):
    """The threads that were there before, those of whoever runs the tests, do not count."""
    before, count = fork.threads() - 1, fork.threads
    monkeypatch.setattr(fork, "threads", lambda: count() - before)


def in_forks(here, does, forks=1):
    """Work of which each fork has begun with a piece, and nothing is left for this process. Returns who did each."""
    this = os.getpid()

    def do(piece):
        if os.getpid() != this:
            (here / f"fork-{os.getpid()}").touch()
            all_begin()
            does()
        return os.getpid() == this

    def all_begin():
        until = time.monotonic() + 60
        while len(list(here.glob("fork-*"))) < forks and time.monotonic() < until:
            time.sleep(0.01)

    work = SharedWork(forks, do, forks)
    all_begin()
    return work


@pytest.mark.parametrize("pieces", [1, 1000, 2500])
@pytest.mark.parametrize("forks", [0, 1, 3])
def test_each_piece_is_done_once_whoever_does_it(here, forks, pieces):
    def do(piece):
        with (here / str(os.getpid())).open("a") as file:
            file.write(f"{piece}\n")

    SharedWork(pieces, do, forks).finish()
    done = {path.name: path.read_text().split() for path in here.iterdir()}
    assert sorted(int(piece) for pieces in done.values() for piece in pieces) == list(range(pieces))
    assert len(done) <= forks + 1
    assert forks or set(done) == {str(os.getpid())}


def test_forks_begin_before_anybody_waits_for_them(here):
    in_forks(here, lambda: None, forks=2).finish()
    assert len(list(here.glob("fork-*"))) == 2


def test_no_fork_is_made_for_little_work_on_one_processor_or_beside_a_second_thread(monkeypatch, alone):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(2))
    assert [forks_for(pieces, 40) for pieces in (0, 39, 40, 4000)] == [0, 0, 1, 1]
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(64))
    assert forks_for(40, 40) == MAX_PROCESSES - 1
    waiting = _thread.allocate_lock()  # of a thread that Python's own threading knows nothing about, as a library's
    with waiting:
        _thread.start_new_thread(waiting.acquire, ())
        assert forks_for(40, 40) == 0
    while fork.threads() > 1:
        time.sleep(0.001)
    assert forks_for(40, 40) == MAX_PROCESSES - 1
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(1))
    assert forks_for(40, 40) == 0
    monkeypatch.setattr(shared_work, "is_safe", lambda: False)
    assert forks_for(40, 40) == 0


@pytest.mark.parametrize("forks", [0, 1, 3])
def test_what_is_made_of_each_piece_comes_back_in_their_order(here, forks):
    def do(piece):
        return None if piece == 7 else [piece, {"text": "\ud800 é\n"}]

    found = SharedWork(300, do, forks).finish()
    assert list(found) == list(range(300))
    assert found == {piece: do(piece) for piece in range(300)}


def test_what_forks_made_is_not_made_again(here):
    assert in_forks(here, lambda: None, forks=2).finish() == {0: False, 1: False}


@pytest.mark.parametrize(
    "does",
    [
        lambda: sys.exit("there is no room left"),
        lambda: 1 / 0,
        lambda: os.kill(os.getpid(), 9),
        lambda: logging.getLogger("PIL").warning("an odd file"),
    ],
)
def test_a_fork_that_fails_is_killed_or_logs_a_warning_has_done_nothing(here, does):
    watch()
    assert in_forks(here, does, forks=2).finish() == {0: True, 1: True}


@pytest.mark.parametrize("refused", ["os.fork", "os.pipe", "os.memfd_create"])
def test_where_the_system_gives_no_further_process_or_file_all_is_done_here(monkeypatch, refused):
    def refuse(*_):
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(refused, refuse)
    assert SharedWork(300, lambda piece: os.getpid(), 2).finish() == dict.fromkeys(range(300), os.getpid())


def test_what_fails_wherever_it_is_done_fails_here_in_its_words():
    with pytest.raises(ZeroDivisionError):
        SharedWork(200, lambda piece: 1 / (piece - 199), 2).finish()


def test_what_fails_here_ends_every_fork(here):
    work = in_forks(here, lambda: time.sleep(600), forks=2)
    work._left = iter(lambda: sys.exit("no"), None)
    with pytest.raises(SystemExit):
        work.finish()
    assert not any(is_there(int(path.name.removeprefix("fork-"))) for path in here.iterdir())


def test_nothing_of_pelicans_own_keeps_a_build_from_being_shared(monkeypatch, alone):
    """The sign that it is at work is drawn by a second thread."""
    monkeypatch.setattr(console, "status", console.status)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(2))
    found = []

    def run(_):
        with console.status("Generating..."):
            found.append(forks_for(40, 40))

    monkeypatch.setattr(pelican, "main", run)
    run_pelican.main([])
    assert found == [1]
