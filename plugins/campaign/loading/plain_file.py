"""A file's bytes, if it is a plain one and no larger than it may be: reading neither hangs nor fills the memory."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


class TooLarge(OSError):
    """A file that is larger than what is read of its kind."""

    def __init__(self, path: Path, size: int, most: int) -> None:
        """size, most: bytes."""
        super().__init__(errno.EFBIG, f"it is {in_words(size)}, and {in_words(most)} is the most", str(path))
        self.size = size


@contextmanager
def opened(path: Path, most: int) -> Iterator[BinaryIO]:
    """A file to be read.

    Raises TooLarge for more than ``most`` bytes, before any is read, and OSError for what cannot be read or is no
    plain file: a pipe would be waited for without end, and a device has none.
    """
    file = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(file, "rb") as readable:
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "it is no plain file", str(path))
        if found.st_size > most:
            raise TooLarge(path, found.st_size, most)
        yield readable


def read_bytes(path: Path, most: int) -> bytes:
    """Everything a file holds. Raises TooLarge beyond ``most`` bytes, and OSError as ``opened`` does."""
    with opened(path, most) as file:
        data = file.read(most + 1)
    if len(data) > most:  # it has grown since
        raise TooLarge(path, len(data), most)
    return data


def is_plain(path: Path) -> bool:
    """Whether a plain file, or a link to one, is there; False also for a name that no disk can hold."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def in_words(size: int) -> str:
    """``293 KB``, ``12 MB``; never rounded up."""
    return f"{size // 1024} KB" if size < 1024 * 1024 else f"{size // (1024 * 1024)} MB"
