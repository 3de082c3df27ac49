"""What one run keeps in a file for the next: believed only whole, and as the same code wrote it."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from operator import attrgetter
from pathlib import Path
from typing import Any

from .plain_file import read_bytes

MAX_BYTES = 200 * 1024 * 1024
"""Of a file; a larger one was never written here."""
_DIGEST = len(sha256().hexdigest()) + 1
"""Bytes of a file's first line: the hash of what is below it."""


def read_parts(path: Path, made_by: str, names: tuple[str, ...]) -> tuple[dict[str, Any], ...]:
    """The parts of these names, in their order; all empty where there is no such file, it is damaged, a link, or of
    another version.

    made_by: a hash of the code, of Python and of the packages.
    """
    nothing: tuple[dict[str, Any], ...] = tuple({} for _ in names)
    try:
        data = read_bytes(path, MAX_BYTES)
        if path.is_symlink() or data[:_DIGEST] != _digest_of(data):
            return nothing
        said = json.loads(data[_DIGEST:], object_hook=_with_shared_texts)
        parts = tuple(said[name] for name in names)
        is_ours = said["made_by"] == made_by and all(isinstance(part, dict) for part in parts)
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return nothing
    return parts if is_ours else nothing


def _digest_of(data: bytes) -> bytes:
    """The line that a file of these bytes begins with."""
    return sha256(memoryview(data)[_DIGEST:]).hexdigest().encode() + b"\n"


def _with_shared_texts(record: dict[str, Any]) -> dict[str, Any]:
    """A record whose lists of texts hold each text once for all records: ten thousand have the most in common."""
    for name, value in record.items():
        if type(value) is list and all(type(part) is str for part in value):
            record[name] = tuple(map(sys.intern, value))
    return record


def write_parts(path: Path, made_by: str, parts: Mapping[str, Mapping[str, object]]) -> None:
    """Put them in a file's place, whole or not at all. What cannot be written is no fault: nothing is kept.

    parts: of what JSON has, and of values that say what they are ``as_data``.
    """
    try:
        path.parent.mkdir(exist_ok=True)
        remove_halves(path)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f"{path.name}.", delete=False) as file:
            digest = sha256()
            file.write(bytes(_DIGEST))
            for piece in _pieces(made_by, parts):
                digest.update(piece)
                file.write(piece)
            file.seek(0)
            file.write(digest.hexdigest().encode() + b"\n")
        Path(file.name).replace(path)
    except OSError:
        remove_halves(path)  # where the disk is full, others need the room


def _pieces(made_by: str, parts: Mapping[str, Mapping[str, object]]) -> Iterator[bytes]:
    """The file below its first line, an entry at a time: all of them at once are as large as what was loaded."""
    yield b'{"made_by":' + _written(made_by).encode()
    for name, part in parts.items():
        yield f",{_written(name)}:{{".encode()
        for number, (key, value) in enumerate(part.items()):
            yield f"{',' if number else ''}{_written(key)}:{_written(value)}".encode()
        yield b"}"
    yield b"}"


_written = json.JSONEncoder(separators=(",", ":"), default=attrgetter("as_data")).encode


def remove_halves(path: Path) -> None:
    """Remove what runs that were killed left half written of a file."""
    for left in path.parent.glob(f"{path.name}.*"):
        with suppress(OSError):
            left.unlink()
