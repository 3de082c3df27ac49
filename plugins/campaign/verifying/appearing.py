"""The files of a folder, one by one, as they appear there while another process writes them."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

_NOTHING = iter(())
PAUSE = 0.02
"""Seconds without a new file after which the folders are looked at again."""


def appearing(
    folder: Path, places: Iterable[str], has_ended: Callable[[float], bool], beside: Iterator[object] = _NOTHING
) -> Iterator[str]:
    """Those of the files at these places that are there before whoever writes them has ended; each may be half written.

    has_ended: waits for that end so many seconds, and says whether it has come. beside: of this a piece is done
    whenever no file is new, until nothing is left of it.
    """
    missing: dict[Path, set[str]] = defaultdict(set)
    for place in places:
        missing[folder / place.rpartition("/")[0]].add(place)
    looked_at: dict[Path, int] = {}
    pause = 0.0
    while missing and not has_ended(pause):
        pause = PAUSE
        for parent in list(missing):
            for place in _new(folder, parent, missing[parent], looked_at):
                if has_ended(0):
                    return
                pause = 0
                missing[parent].remove(place)
                yield place
            if not missing[parent]:
                del missing[parent]
        if pause and next(beside, _NOTHING) is not _NOTHING:
            pause = 0


def _new(folder: Path, parent: Path, missing: set[str], looked_at: dict[Path, int]) -> list[str]:
    """In their order; nothing, and nothing is asked of the disk but its time, of a folder that is as it was."""
    with suppress(OSError):  # not there yet, or not any more
        time = parent.stat().st_mtime_ns
        if looked_at.get(parent) != time:
            looked_at[parent] = time
            before = parent.relative_to(folder).as_posix()
            found = {name if before == "." else f"{before}/{name}" for name in os.listdir(parent)}  # noqa: PTH208 (names)
            return sorted(missing & found)
    return []
