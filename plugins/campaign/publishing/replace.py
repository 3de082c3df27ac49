"""A folder is made beside the one it replaces and put in its place; whatever is killed leaves one of the two whole."""

from __future__ import annotations

import contextlib
import ctypes
import os
import secrets
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

if sys.platform == "win32":  # pragma: no cover - the other half runs elsewhere
    import msvcrt
else:
    import fcntl

_SIGN = "made-by-campaign"
"""The file that says whose a work folder is."""
_NEW = "new"
"""How the names of temporary folders begin."""


class Busy(Exception):
    """Somebody else is about to replace the same folder."""


class Taken(Exception):
    """A person's own folder has the name that work folders have; its text is the folder's path."""


@contextlib.contextmanager
def exclusive_lock(folder: Path) -> Iterator[Path]:
    """Hold the folder's lock, and yield the folder that it lies in; what a killed run left is put right.

    The system frees the lock of a killed run.
    Everything temporary lies in one folder beside ``folder``, so that nothing of a person's is ever taken for ours.
    Raises Busy where another run holds the lock, and Taken where that folder is somebody else's.
    """
    work = _work(folder)
    with contextlib.suppress(FileExistsError):
        work.mkdir()
    if work.is_symlink() or not work.is_dir() or (any(work.iterdir()) and not (work / _SIGN).is_file()):
        raise Taken(work)
    (work / _SIGN).touch()
    with (work / "lock").open("a") as lock:
        try:
            if sys.platform == "win32":  # pragma: no cover
                msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Busy from None
        _recover(folder)
        yield work


@contextlib.contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """A temporary folder on the folder's own disk, gone afterwards whatever happens; only while it is ``alone``."""
    # Of a name that nobody had before: what a killed build has left running may go on writing into its own.
    fresh = _work(folder) / f"{_NEW}-{secrets.token_hex(8)}"
    fresh.mkdir(mode=0o755)
    try:
        yield fresh
    finally:
        _remove(fresh)


def replace(fresh: Path, folder: Path) -> None:
    """Put the new folder in the old one's place, in one step where the system can exchange two folders."""
    if not folder.exists():
        fresh.rename(folder)
        return
    # A folder that may not be written can be moved no more than its files can be removed.
    folder.chmod(folder.stat().st_mode | stat.S_IRWXU)
    if not _exchange(fresh, folder):
        # Killed between these two steps, the next run puts the old folder back.
        folder.rename(_old(folder))
        fresh.rename(folder)
        _remove(_old(folder))


def _work(folder: Path) -> Path:
    return folder.parent / f".{folder.name}.campaign"


def _old(folder: Path) -> Path:
    return _work(folder) / "old"


def _recover(folder: Path) -> None:
    """Finish or undo what a killed run left behind."""
    old = _old(folder)
    if old.is_dir():
        if folder.exists():
            _remove(old)
        else:
            old.rename(folder)
    for left in _work(folder).glob(f"{_NEW}*"):
        _remove(left)


def _remove(folder: Path) -> None:
    """Remove a folder of ours, also one whose folders may not be written."""

    def made_writable(remove: Callable[[str], object], path: str, _fault: object) -> None:
        for place in (Path(path).parent, Path(path)):
            with contextlib.suppress(OSError):
                place.chmod(place.lstat().st_mode | stat.S_IRWXU, follow_symlinks=place.is_dir())
        with contextlib.suppress(OSError):
            shutil.rmtree(path) if Path(path).is_dir() and not Path(path).is_symlink() else remove(path)

    if folder.is_dir():
        shutil.rmtree(folder, onerror=made_writable)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders' names at once; False where the system or its disk cannot."""
    exchange = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    here, replace = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
    return exchange is not None and exchange(here, os.fsencode(one), here, os.fsencode(other), replace) == 0
