"""Every log record of a run that is a warning or worse, whoever logs it and however little is printed."""

from __future__ import annotations

import logging
import sys
from typing import Any

PELICAN = "pelican"
"""The logger that Pelican's command silences when it is asked to be quiet."""


class _Watching:
    """Makes log records, as the one before it did, and remembers the serious ones.

    Pelican's own ``--fatal`` counts neither what ``--quiet`` keeps from being logged nor what it says a second time,
    and is raised where Pelican catches it. Python calls the record factory for each record, before any filter.
    """

    def __init__(self, make: Any) -> None:
        self.make = make
        self.serious: list[str] = []
        self.is_from_the_start = PELICAN not in sys.modules

    def __call__(self, *said: Any, **more: Any) -> logging.LogRecord:
        record: logging.LogRecord = self.make(*said, **more)
        if record.levelno >= logging.WARNING:
            fault = f" ({record.exc_info[1]!r})" if record.exc_info and record.exc_info[1] else ""
            self.serious.append(f"{record.name}: {record.levelname}: {record.getMessage()}{fault}")
        return record


def watch() -> None:
    """Watch from now on, where nobody does yet; warnings are logged whatever a command line says."""
    make = logging.getLogRecordFactory()
    if not isinstance(make, _Watching):
        logging.setLogRecordFactory(_Watching(make))
    listen()


def hears_all() -> bool:
    """Whether all that Pelican said was heard, from its import on, or it was not imported yet."""
    make = logging.getLogRecordFactory()
    return PELICAN not in sys.modules or (isinstance(make, _Watching) and make.is_from_the_start)


def listen() -> None:
    """Let warnings be logged that ``--quiet`` or ``logging.disable`` would keep back."""
    logging.disable(logging.NOTSET)
    for logger in (logging.getLogger(), logging.getLogger(PELICAN)):
        if logger.level > logging.WARNING:
            logger.setLevel(logging.WARNING)


def taken() -> tuple[str, ...]:
    """What was logged at WARNING and above, each as logger, level and message; told once, so that a run begins anew."""
    make = logging.getLogRecordFactory()
    if not isinstance(make, _Watching):
        return ()
    said, make.serious = tuple(make.serious), []
    return said
