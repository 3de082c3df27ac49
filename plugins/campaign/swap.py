"""A folder is made beside the one it replaces and put in its place; whatever is killed leaves one of the two whole."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

if sys.platform == "win32":  # pragma: no cover - the other half runs elsewhere
    import msvcrt
else:
    import fcntl


class Busy(Exception):
    """Somebody else is about to replace the same folder."""


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, or raise Busy; what a killed run left is put right. The system frees a killed one's."""
    path = folder.parent / f".{folder.name}.lock"
    with path.open("a") as lock:
        try:
            if sys.platform == "win32":  # pragma: no cover
                msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Busy from None
        _recover(folder)
        yield


@contextlib.contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """A temporary folder on the folder's own disk, gone afterwards whatever happens."""
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.new-", dir=folder.parent))
    try:
        fresh.chmod(0o755)
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def swap(fresh: Path, folder: Path) -> None:
    """Put the new folder in the old one's place, in one step where the system can exchange two folders."""
    if not folder.exists():
        fresh.rename(folder)
    elif not _exchange(fresh, folder):
        # Killed between these two steps, the next run puts the old folder back.
        folder.rename(_old(folder))
        fresh.rename(folder)
        shutil.rmtree(_old(folder), ignore_errors=True)


def _old(folder: Path) -> Path:
    return folder.parent / f".{folder.name}.old"


def _recover(folder: Path) -> None:
    """Finish or undo what a killed run left behind."""
    old = _old(folder)
    if old.is_dir():
        if folder.exists():
            shutil.rmtree(old)
        else:
            old.rename(folder)
    for left in folder.parent.glob(f".{folder.name}.new-*"):
        shutil.rmtree(left)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders' names at once; False where the system or its disk cannot."""
    exchange = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    here, swap = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
    return exchange is not None and exchange(here, os.fsencode(one), here, os.fsencode(other), swap) == 0
