"""One run of Pelican in a process of its own: a fork where the system can make a good one, else a fresh interpreter."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping, Sequence
from typing import BinaryIO, NoReturn

from . import run_pelican
from .handover import Handover, packed
from .log_records import hears_all


def run(options: Sequence[str], handover: Handover, environment: Mapping[str, str]) -> tuple[int, str]:
    """Whether the run failed, as its exit status, and all that it said. options: Pelican's own.

    What it does to its process (what a plugin changes, what may be written, what was logged) ends with that process:
    whoever reads the site afterwards was loaded before, and is as it was.
    """
    if can_fork():
        return _forked(options, handover, environment)
    command = [sys.executable, "-m", run_pelican.__name__, run_pelican.HANDED_OVER, *options]
    done = subprocess.run(command, env=environment, input=packed(handover), capture_output=True, check=False)
    return done.returncode, (done.stdout + done.stderr).decode(errors="replace")


def can_fork() -> bool:
    """Whether a fork is as good as a fresh process: Pelican was heard from its import on, and has not run in this one.

    With a second thread a fork may wait for ever; on a Mac it may end for what the system's own libraries do.
    """
    return sys.platform == "linux" and threading.active_count() == 1 and hears_all()


def _forked(options: Sequence[str], handover: Handover, environment: Mapping[str, str]) -> tuple[int, str]:
    with tempfile.TemporaryFile() as said:
        sys.stdout.flush()
        sys.stderr.flush()
        child = os.fork()
        if not child:
            _be_pelican(said, options, handover, environment)
        try:
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        except BaseException:  # as subprocess.run: what is interrupted leaves nobody behind
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            raise
        said.seek(0)
        return status, said.read().decode(errors="replace")


def _be_pelican(
    said: BinaryIO, options: Sequence[str], handover: Handover, environment: Mapping[str, str]
) -> NoReturn:  # pragma: no cover - in a process that nobody measures
    """In the fork: run Pelican and end, whatever happens; nothing of the other process is cleaned up here."""
    status = 1
    try:
        nothing = os.open(os.devnull, os.O_RDONLY)
        for ours, theirs in ((nothing, 0), (said.fileno(), 1), (said.fileno(), 2)):
            os.dup2(ours, theirs)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))  # the lock among them: it is free as soon as the build has ended
        sys.stdout = open(1, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", errors="replace", closefd=False, buffering=1)  # noqa: SIM115
        os.environ.clear()
        os.environ.update(environment)
        told = run_pelican.main(options, handover)
        status = 1 if told else 0
        if told:
            print(told, file=sys.stderr)
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1 if end.code else 0
        if status and not isinstance(end.code, int):
            print(end.code, file=sys.stderr)
    except BaseException:  # noqa: BLE001 (its words are all that is left of it)
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
