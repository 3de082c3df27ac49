"""Nothing is written outside the folders that a run may write to, whoever in it writes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = {
    "os.rename": ((0, 2), (1, 3)),
    "os.link": ((1, 3),),
    "os.symlink": ((1, 2),),
    "os.mkdir": ((0, 2),),
    "os.remove": ((0, 1),),
    "os.rmdir": ((0, 1),),
    "os.truncate": ((0, None),),
    "shutil.rmtree": ((0, None),),
}
"""What changes a disk besides opening a file: which words of Python's report are places, and the folders' handles."""
_OF_PYTHON = ("__pycache__", os.devnull)


class OutsideTheOutput(BaseException):
    """Somebody writes where nothing may be written; a BaseException, because Pelican goes on after others."""


def guard_writes(folders: Iterable[Path]) -> None:
    """Refuse, from now on and to the end of this process, every write that is not below one of ``folders``.

    Pelican joins the output folder and whatever a plugin or a setting calls a file's place, and where it checks the
    result it does so for pages alone. Python reports each write before it is done. Raises OutsideTheOutput then.
    """
    allowed = tuple(folder.resolve() for folder in folders)

    def refuse(event: str, words: tuple[object, ...]) -> None:
        for place in _places(event, words):
            if not any(place.is_relative_to(folder) for folder in allowed):
                raise OutsideTheOutput(f"{place} would be written, which lies outside {allowed[0]}; nothing may be")

    sys.addaudithook(refuse)


def _places(event: str, words: tuple[object, ...]) -> Iterable[Path]:
    """The places that an event changes, links followed as the system follows them."""
    if event == "open":
        if isinstance(words[2], int) and words[2] & _WRITES and (path := _path(words[0], -1)):
            yield path.resolve()
        return
    for place, handle in _CHANGES.get(event, ()):
        if path := _path(words[place], -1 if handle is None else words[handle]):
            # A link itself is replaced or removed, not what it leads to.
            yield path.parent.resolve() / path.name


def _path(place: object, handle: object) -> Path | None:
    """A whole path; None for a file that is open already, and for what Python writes for itself."""
    if not isinstance(place, (str, bytes, os.PathLike)):
        return None
    path = Path(os.fsdecode(place))
    if any(part in str(path) for part in _OF_PYTHON):
        return None
    if isinstance(handle, int) and handle >= 0 and not path.is_absolute():
        opened = Path(f"/proc/self/fd/{handle}")
        if not opened.exists():  # the folder was looked at when it was opened, and cannot be here
            return None
        return opened.resolve() / path
    return path.absolute()
