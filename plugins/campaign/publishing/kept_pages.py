"""What a build remembers of the site that it put in place, so that the next one takes what would be the same."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from campaign.loading.plain_file import read_bytes
from campaign.loading.record_file import read_parts, remove_halves, write_parts

MAX_BYTES = 200 * 1024 * 1024
"""Of a page; what is larger was never written here."""
_PIECE = 1 << 16
"""Bytes of a file that are compared at a time."""
REPORT = ".campaign-pages.json"
"""In the new site while it is made: every page's key. It is read and removed."""


class Changed(Exception):
    """Somebody wrote to the old site while the new one was made; its text is the file's path."""


@dataclass(frozen=True)
class Kept:
    """Pages of the site that stands, each with the key of what it was made from."""

    made_by: str = ""
    """A hash of the code, the theme and the settings that make this build's pages."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """By the page's place: only of pages whose bytes are those that were recorded."""


@dataclass(frozen=True)
class Record:
    """What was put in place: each page's key, the hash of its bytes, and what the proof found in it."""

    made_by: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)
    proved: Mapping[str, object] = field(default_factory=dict)


def read_record(path: Path, made_by: str) -> Record:
    """The record in a file; an empty one where there is none, it is damaged, or another version wrote it."""
    return Record(made_by, *read_parts(path, made_by, ("keys", "hashes", "proved")))


def write_record(path: Path, record: Record) -> None:
    """Put a record in a file's place, whole or not at all. One that cannot be written is no fault: nothing is kept."""
    parts = {"keys": record.keys, "hashes": record.hashes, "proved": record.proved}
    write_parts(path, record.made_by, parts)


def forget(path: Path) -> None:
    """Remove a record, and what killed builds left half written of others."""
    with suppress(OSError):
        path.unlink()
    remove_halves(path)


def kept_in(site: Path, record: Record) -> Kept:
    """What can be taken from the site that stands: pages whose bytes are still those of the record."""
    same = {place for place, hash_of_it in record.hashes.items() if hash_of_it and hash_of_it == hash_of(site / place)}
    return Kept(record.made_by, {place: key for place, key in record.keys.items() if place in same})


def hash_of(path: Path) -> str | None:
    """Of a file's bytes; None where there is no plain file."""
    try:
        return sha256(_bytes_of(path)).hexdigest()
    except (OSError, ValueError):  # also for a name that no disk can hold
        return None


def _bytes_of(path: Path) -> bytes:
    """Of a file itself: what a link leads to is nobody's record, and no page of ours."""
    if path.is_symlink():
        raise OSError(errno.EINVAL, "it is a link", str(path))
    return read_bytes(path, MAX_BYTES)


def report(site: Path, keys: Mapping[str, str]) -> None:
    """Say in the new site what the pages' keys are; those that ``Kept`` has are to be taken from the old one."""
    (site / REPORT).write_text(json.dumps(dict(keys)), encoding="utf-8")


def taken_over(fresh: Path, old: Path, record: Record) -> tuple[Mapping[str, str], frozenset[str]]:
    """Put the pages that were not written into the new site; return every page's key by its place, and the places of
    those that were put there.

    Done once nothing writes to the new site any more: a file of the old one has two names until that is gone. Whether
    they are what they were when the build began is asked of the bytes that the proof reads, see ``all_as_recorded``.
    """
    try:
        new = (fresh / REPORT).stat()
        keys: dict[str, str] = json.loads((fresh / REPORT).read_bytes())
    except (OSError, ValueError):
        return {}, frozenset()
    (fresh / REPORT).unlink()
    places = frozenset(
        place for place, key in keys.items() if record.keys.get(place) == key and not (fresh / place).exists()
    )
    for folder in {(fresh / place).parent for place in places}:
        folder.mkdir(parents=True, exist_ok=True)
    for place in places:
        _taken(old / place, fresh / place, new)
    return keys, places


def all_as_recorded(places: Iterable[str], hashes: Mapping[str, str], record: Record, old: Path) -> None:
    """Raise Changed where a page that was taken from the old site is not what it was when the build began.

    hashes: of the bytes that were proved, by place.
    """
    for place in sorted(places):
        if hashes[place] != record.hashes[place]:
            raise Changed(old / place)


def keep_unchanged(fresh: Path, old: Path, files: Iterable[str]) -> None:
    """Let each file that is as it was have its old time, so that nobody copies or sends it again."""
    for file in files:
        ours, theirs = fresh / file, old / file
        with suppress(OSError):
            mine, its = ours.lstat(), theirs.lstat()
            is_another = (mine.st_ino, mine.st_dev) != (its.st_ino, its.st_dev)
            if is_another and mine.st_size == its.st_size and _are_alike(ours, theirs):
                os.utime(ours, ns=(its.st_atime_ns, its.st_mtime_ns))


def _are_alike(one: Path, other: Path) -> bool:
    """Whether two files hold the same, neither of them whole in memory: one may be as large as all that was loaded.

    Not as ``filecmp`` has it, which takes what it found earlier for files of the same size and time.
    """
    with one.open("rb") as first, other.open("rb") as second:
        while piece := first.read(_PIECE):
            if second.read(_PIECE) != piece:
                return False
        return not second.read(1)


def _taken(theirs: Path, ours: Path, new: os.stat_result) -> None:
    """A file of the old site in the new one, with its time: the file itself, or its bytes alone.

    The file itself only where nothing but its name would differ from one that is written now, as ``new`` was: it has
    the same owner and rights, and no other name, by which somebody who keeps a copy might write to both.
    """
    its = theirs.lstat()
    if (its.st_mode, its.st_uid, its.st_gid, its.st_nlink) == (new.st_mode, new.st_uid, new.st_gid, new.st_nlink):
        with suppress(OSError):  # not every disk has second names
            os.link(theirs, ours, follow_symlinks=False)
            return
    shutil.copyfile(theirs, ours, follow_symlinks=False)
    os.utime(ours, ns=(its.st_atime_ns, its.st_mtime_ns), follow_symlinks=False)
