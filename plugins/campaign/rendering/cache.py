"""What is slow to make is kept from build to build under the hash of what it was made from, and checked when read."""

from __future__ import annotations

import contextlib
import hashlib
import re
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from campaign.loading.plain_file import read_bytes

MAX_BYTES = 100 * 1024 * 1024
"""Of an entry; what is larger was never written here."""
_DIGEST = 32
"""Bytes of a SHA-256."""
_OURS = re.compile(r"([a-z]+)-[0-9a-f]{64}(\.\w+)?")
"""The names of entries, and of those that a killed build left half written. Nothing else is ever removed."""


class Cache:
    """Results of slow work in a folder; without one, or where it cannot be written, for this run alone."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._works: set[str] = set()
        self._asked_for: set[str] = set()
        self._held: dict[str, bytes] = {}
        """What could not be written."""

    def once(self, work: str, made_from: Iterable[str | bytes], make: Callable[[], bytes]) -> bytes:
        """What ``make`` returns, made only where it was not made from the same before.

        work: its name, in small letters. made_from: everything that decides the result: the source or its hash, and
        the versions of the code that does the work and of the libraries that it uses.
        """
        name = f"{work}-{_hash(made_from)}"
        self._works.add(work)
        self._asked_for.add(name)
        if name in self._held:
            return self._held[name]
        data = self._read(name)
        if data is None:
            data = make()
            if not self._write(name, data):
                self._held[name] = data
        return data

    def drop_the_rest(self) -> None:
        """Remove what this run did not ask for, so that the folder holds one site's worth and no more.

        Results of work that this run did not do at all stay: not every build does all.
        """
        with contextlib.suppress(OSError):
            for path in self._folder.iterdir() if self._folder else ():
                ours = _OURS.fullmatch(path.name)
                if ours and ours[1] in self._works and path.name not in self._asked_for:
                    path.unlink()

    def _read(self, name: str) -> bytes | None:
        """An entry, if it is there and is what was written."""
        if self._folder is None:
            return None
        try:
            entry = read_bytes(self._folder / name, MAX_BYTES)
        except OSError:
            return None
        digest, data = entry[:_DIGEST], entry[_DIGEST:]
        return data if digest == _digest(name, data) else None

    def _write(self, name: str, data: bytes) -> bool:
        """Write an entry under its name once it is whole; False where that cannot be done."""
        if self._folder is None:
            return False
        part = None
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._folder, prefix=f"{name}.", delete=False) as file:
                part = Path(file.name)
                file.write(_digest(name, data) + data)
            part.replace(self._folder / name)
        except OSError:
            if part:
                with contextlib.suppress(OSError):
                    part.unlink()
            return False
        return True


def _hash(made_from: Iterable[str | bytes]) -> str:
    """The parts' own lengths are hashed too, so that no two lists of parts have one name."""
    digest = hashlib.sha256()
    for part in made_from:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def _digest(name: str, data: bytes) -> bytes:
    """Of an entry under its name: one that was renamed is as damaged as one that was cut."""
    return hashlib.sha256(name.encode() + data).digest()
