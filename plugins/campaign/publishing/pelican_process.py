"""One run of Pelican in a process of its own: a fork where the system can make a good one, else a fresh interpreter."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence

from campaign.processes.fork import HasEnded, in_memory, is_safe, run_in_fork
from campaign.processes.log_records import hears_all

from . import run_pelican
from .handover import Handover, packed


def run(
    options: Sequence[str],
    handover: Handover,
    environment: Mapping[str, str],
    meanwhile: Callable[[HasEnded], object],
) -> tuple[int, str]:
    """Whether the run failed, as its exit status, and all that it said. options: Pelican's own.

    meanwhile: what this process does beside a fork, until that has ended; it is left out where there is none.

    What it does to its process (what a plugin changes, what may be written, what was logged) ends with that process:
    whoever reads the site afterwards was loaded before, and is as it was.
    """
    if can_fork():
        return _forked(options, handover, environment, meanwhile)
    command = [sys.executable, "-m", run_pelican.__name__, run_pelican.HANDED_OVER, *options]
    done = subprocess.run(command, env=environment, input=packed(handover), capture_output=True, check=False)
    return done.returncode, (done.stdout + done.stderr).decode(errors="replace")


def can_fork() -> bool:
    """Whether a fork is as good as a fresh process: Pelican was heard from its import on, and has not run here."""
    return is_safe() and hears_all()


def _forked(
    options: Sequence[str],
    handover: Handover,
    environment: Mapping[str, str],
    meanwhile: Callable[[HasEnded], object],
) -> tuple[int, str]:
    def pelican() -> int:  # pragma: no cover - in a process that nobody measures
        os.environ.clear()
        os.environ.update(environment)
        told = run_pelican.main(options, handover)
        if told:
            print(told, file=sys.stderr)
        return 1 if told else 0

    # What was loaded stays, as in ``cli.main``; what is made from here on may be much.
    gc.freeze()
    gc.enable()
    with in_memory() as said:
        status = run_in_fork(pelican, said, said, meanwhile)
        said.seek(0)
        return status, said.read().decode(errors="replace")
