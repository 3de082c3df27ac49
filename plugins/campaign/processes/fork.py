"""A fork of this process: it has what was loaded and nothing that was open, and ends with whoever made it."""

from __future__ import annotations

import ctypes
import gc
import os
import select
import signal
import sys
from collections.abc import Callable, Collection
from contextlib import suppress
from functools import partial
from typing import BinaryIO, NoReturn

HasEnded = Callable[[float], bool]
"""Waits for the end of a fork, so many seconds at most, and says whether it has come."""

_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux."""


def is_safe() -> bool:
    """Whether a fork goes on as this process would.

    With a second thread it may wait for ever; on a Mac it may end for what the system's own libraries do.
    """
    with suppress(OSError):  # a system that says nothing about its processes
        return sys.platform == "linux" and threads() == 1
    return False


def threads() -> int:
    """How many this process has, also those that a library began and Python does not know. On Linux alone."""
    return len(os.listdir("/proc/self/task"))  # noqa: PTH208 (numbers)


def in_memory() -> BinaryIO:
    """A file for what a fork says: on no disk, since a full one would take no words. On Linux alone."""
    return os.fdopen(os.memfd_create("said"), "wb+")


def run_in_fork(
    do: Callable[[], int], said: BinaryIO, problems: BinaryIO, meanwhile: Callable[[HasEnded], object] | None = None
) -> int:
    """Fork, let the fork do something, and return the status that it ended with: that of a signal is below 0.

    meanwhile: done here before the fork is waited for. The rest is as ``begin`` has it. What is interrupted, or fails
    here, leaves nobody behind.
    """
    child = 0
    try:
        child = begin(do, said, problems)
        if meanwhile:
            meanwhile(partial(has_ended, child))
        return ended(child)
    except BaseException:  # as subprocess.run
        if child:
            end(child)
        raise


def begin(do: Callable[[], int], said: BinaryIO, problems: BinaryIO, keeps: Collection[int] = ()) -> int:
    """Fork, let the fork do something, and return its number, with which ``ended`` must be asked, or ``end``.

    do: returns the status; its output goes to ``said``, what it complains of to ``problems``, and it has nothing else
    open but the files whose numbers it ``keeps``. A fork whose parent is killed is killed as well. On Linux alone.
    """
    for stream in filter(None, (sys.stdout, sys.stderr)):  # none where it was closed from the start
        stream.flush()
    if signal.getsignal(signal.SIGCHLD) != signal.SIG_DFL:
        # Where somebody ignores the end of others, nobody would learn how this one ended.
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    parent = os.getpid()
    child = os.fork()
    if not child:
        _be_the_fork(do, (said, problems), keeps, parent)
    return child


def has_ended(child: int, seconds: float) -> bool:
    """Whether a fork has ended within so many seconds; ``ended`` still says how.

    Where the system cannot wait for it so long and no longer, it is waited for to its end.
    """
    try:
        handle = os.pidfd_open(child)
    except OSError:
        os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        return True
    try:
        waiting = select.poll()
        waiting.register(handle, select.POLLIN)
        return bool(waiting.poll(seconds * 1000))
    finally:
        os.close(handle)


def ended(child: int) -> int:
    """Wait for a fork, and return the status that it ended with: that of a signal is below 0."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def end(child: int) -> None:
    """Kill a fork, unless it has ended and somebody asked."""
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(child, 0)


def called(number: int) -> str:
    """A signal's name; its number where it has none."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def _be_the_fork(
    do: Callable[[], int], streams: tuple[BinaryIO, BinaryIO], keeps: Collection[int], parent: int
) -> NoReturn:  # pragma: no cover - in a process that nobody measures
    """Never returns, whatever happens: else two processes would go on as one, and one clean up what the other uses."""
    import fcntl  # noqa: PLC0415 (there is none on Windows, where nothing is forked)

    status = 1
    try:
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() == parent:  # else it ended before anybody could say so
            opened = (os.open(os.devnull, os.O_RDONLY), *(file.fileno() for file in streams))
            # Each elsewhere first: where a stream was closed from the start, another file has its number.
            for number, ours in enumerate([fcntl.fcntl(ours, fcntl.F_DUPFD, 3) for ours in opened]):
                os.dup2(ours, number)
            # The lock among them: it is free once the build has ended. There may be room for a billion.
            for number in map(int, os.listdir("/proc/self/fd")):  # noqa: PTH208 (numbers)
                if number > 2 and number not in keeps:
                    with suppress(OSError):  # the one with which they were listed
                        os.close(number)
            sys.stdout = open(1, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
            sys.stderr = open(2, "w", encoding="utf-8", errors="replace", closefd=False, buffering=1)  # noqa: SIM115
            gc.freeze()  # else memory that both share would be copied as Python looks through it for what is not used
            status = do()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1 if end.code else 0
        if status and not isinstance(end.code, int):
            with suppress(OSError):
                print(end.code, file=sys.stderr)
    except BaseException:  # noqa: BLE001 (as an interpreter: its words are all that is left of it)
        with suppress(OSError):
            sys.excepthook(*sys.exc_info())
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):  # a disk that is full takes no words
                stream.flush()
        os._exit(status)
