"""How an appeal ended: of which kind, since when, and with which update."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from campaign.core.reading.update import Update


class EndingKind(Enum):
    """Why an appeal asks no more. The values are what an update writes under ``ends``."""

    DONE = "done"
    """The money does what it was asked for."""
    NOT_NEEDED = "not_needed"
    """Whoever it was for does not need it any more, or can no longer be helped by it."""
    STOPPED = "stopped"
    """The family stops."""


@dataclass(frozen=True, slots=True)
class Ending:
    """An ending that holds, since ``day``."""

    kind: EndingKind
    day: date
    update: Update | None
    """The update that said so; None where campaign.yaml alone does, under ``closed``."""


def ending_on(day: date, closed: date | None, said: Ending | None, last: date | None) -> Ending | None:
    """The ending on ``day``: as the updates left it, or since ``closed``, where that is later than all they said.

    said: where the updates left it; last: the day of the newest of them, None before the first.
    """
    if said is None and closed is not None and closed <= day and (last is None or last < closed):
        return Ending(EndingKind.DONE, closed, None)
    return said


def ending_after(update: Update, before: Ending | None) -> Ending | None:
    """The ending once an update has spoken; ``before`` holds until then. What changes nothing is refused elsewhere."""
    said = update.said
    if said.resumes:
        return None
    if said.ends is None or not may_end(before, EndingKind(said.ends)):
        return before
    return Ending(EndingKind(said.ends), update.day, update)


def may_end(before: Ending | None, kind: EndingKind) -> bool:
    """Whether an update may end an appeal that stands as ``before``.

    Once an update has ended it, only one thing can still happen to whoever it was for: that it is not needed any more.
    """
    if before is None or before.update is None:
        return True
    return kind is EndingKind.NOT_NEEDED and before.kind is not EndingKind.NOT_NEEDED
