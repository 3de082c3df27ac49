"""A file's bytes, if it is a plain one and no larger than it may be: reading neither hangs nor fills the memory."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_CHUNK = 1024 * 1024
"""Bytes that are read at once of a file that has grown."""


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
    with _number_of(path, most) as (file, _), os.fdopen(file, "rb", closefd=False) as readable:
        yield readable


def read_bytes(path: Path, most: int) -> bytes:
    """Everything a file holds. Raises TooLarge beyond ``most`` bytes, and OSError as ``opened`` does."""
    with _number_of(path, most) as (file, size):
        data = part = os.read(file, size + 1)
        while part and len(data) <= most:
            part = os.read(file, _CHUNK)
            data += part
    if len(data) > most:  # it has grown since
        raise TooLarge(path, len(data), most)
    return data


@contextmanager
def _number_of(path: Path, most: int) -> Iterator[tuple[int, int]]:
    """Of an open file, with its size; raises what ``opened`` does."""
    file = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        found = os.fstat(file)
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "it is no plain file", str(path))
        if found.st_size > most:
            raise TooLarge(path, found.st_size, most)
        yield file, found.st_size
    finally:
        os.close(file)


def is_plain(path: Path) -> bool:
    """Whether a plain file, or a link to one, is there; False also for a name that no disk can hold."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def in_words(size: int) -> str:
    """``293 KB``, ``12 MB``; never rounded up."""
    return f"{size // 1024} KB" if size < 1024 * 1024 else f"{size // (1024 * 1024)} MB"
