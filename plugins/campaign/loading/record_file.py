"""What one run keeps in a file for the next: believed only whole, and as the same code wrote it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from .plain_file import read_bytes

MAX_BYTES = 200 * 1024 * 1024
"""Of a file; a larger one was never written here."""


def read_parts(path: Path, made_by: str, names: tuple[str, ...]) -> tuple[dict[str, Any], ...]:
    """The parts of these names, in their order; all empty where there is no such file, it is damaged, a link, or of
    another version.

    made_by: a hash of the code, of Python and of the packages.
    """
    nothing: tuple[dict[str, Any], ...] = tuple({} for _ in names)
    try:
        digest, _, data = read_bytes(path, MAX_BYTES).partition(b"\n")
        if digest != sha256(data).hexdigest().encode() or path.is_symlink():
            return nothing
        said = json.loads(data)
        parts = tuple(said[name] for name in names)
        is_ours = said["made_by"] == made_by and all(isinstance(part, dict) for part in parts)
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return nothing
    return parts if is_ours else nothing


def write_parts(path: Path, made_by: str, parts: Mapping[str, object]) -> None:
    """Put them in a file's place, whole or not at all. What cannot be written is no fault: nothing is kept."""
    data = json.dumps({"made_by": made_by, **parts}, separators=(",", ":")).encode()
    try:
        path.parent.mkdir(exist_ok=True)
        remove_halves(path)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f"{path.name}.", delete=False) as file:
            file.write(sha256(data).hexdigest().encode() + b"\n" + data)
        Path(file.name).replace(path)
    except OSError:
        remove_halves(path)  # where the disk is full, others need the room


def remove_halves(path: Path) -> None:
    """Remove what runs that were killed left half written of a file."""
    for left in path.parent.glob(f"{path.name}.*"):
        with suppress(OSError):
            left.unlink()
