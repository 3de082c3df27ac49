"""A checked-out folder goes from one commit to another as a whole; what a kill leaves is put right by the next run."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from campaign.comparing.git_command import GitFailed, answer, git

from .git_trees import LINK, Blob, Tree, blobs, tree_of

_WORK = "campaign-renewal"
"""The folder within git's own, where what is new waits and what is old is kept until all is done."""
_JOURNAL = "journal.json"
_LEFT_BY_PYTHON = "__pycache__"


class InTheWay(Exception):
    """Something stands where a file would go; its text is the path."""


@dataclass(frozen=True)
class Place:
    """A repository with its work tree."""

    root: Path
    git_folder: Path
    index: Path

    @property
    def work(self) -> Path:
        """The folder for what is temporary, which nobody else uses."""
        return self.git_folder / _WORK

    def at(self, path: str) -> Path:
        """Where a path of the repository lies on this disk."""
        return self.root / path


def place_of(root: Path) -> Place:
    """The repository whose top folder is ``root``; GitFailed where there is none."""
    said = git(root, "rev-parse", "--absolute-git-dir", "--git-path", "index")
    folder, index = os.fsdecode(said).splitlines()
    return Place(root, Path(folder), root / index)


def move(place: Place, old: str, new: str, message: str) -> None:
    """Change every file that differs between the two commits, then the branch, from ``old`` to ``new``.

    What is new is written out before anything is changed, so that a full disk changes nothing; then files are only
    renamed. Raises InTheWay, OSError or GitFailed, and has changed nothing then.
    """
    recover(place)
    was, now = tree_of(place.root, old), tree_of(place.root, new)
    steps = [(path, was.get(path), now.get(path)) for path in sorted({*was, *now}) if was.get(path) != now.get(path)]
    _must_be_free(place, was, [path for path, before, _ in steps if before is None])
    try:
        _write_out(place, old, new, steps)
        _rename(place, steps)
        git(place.root, "update-ref", "-m", message, "HEAD", new, old)
    except BaseException:
        recover(place, under_way=True)
        raise
    recover(place)


def recover(place: Place, *, under_way: bool = False) -> bool:
    """Put right what a killed run left, or the one ``under_way``: all of it, or nothing. Says if there was any."""
    if not place.work.is_dir():
        return False
    said = place.work / _JOURNAL
    if said.is_file():
        journal = json.loads(said.read_text(encoding="utf-8"))
        head = answer(place.root, "rev-parse", "HEAD")
        # Where somebody has committed since, they have put it right, and it is no longer ours.
        if head == journal["old"] or (under_way and head != journal["new"]):
            _take_back(place, journal["paths"], journal["waited"])
        said.unlink()  # before what it speaks of
    shutil.rmtree(place.work)
    with contextlib.suppress(GitFailed):  # only so that git need not look at each file again
        git(place.root, "update-index", "-q", "--refresh")
    return True


def _must_be_free(place: Place, was: Tree, added: list[str]) -> None:
    """Nothing that git does not know is ever overwritten, and nothing is written through a link."""
    folders = {parent.as_posix() for path in was for parent in Path(path).parents}
    for path in added:
        for above in list(Path(path).parents)[:-1]:
            there = place.at(above.as_posix())
            if (there.is_symlink() or (there.exists() and not there.is_dir())) and above.as_posix() not in was:
                raise InTheWay(above.as_posix())
        if os.path.lexists(place.at(path)) and path not in folders:
            raise InTheWay(path)


def _write_out(place: Place, old: str, new: str, steps: list[tuple[str, Blob | None, Blob | None]]) -> None:
    for name in ("new", "old"):
        (place.work / name).mkdir(parents=True)
    data = blobs(place.root, [after.name for _, _, after in steps if after])
    for number, (_, _, after) in enumerate(steps):
        if after:
            _write(place.work / "new" / str(number), after, data[after.name])
    # The index of the new commit waits, too, beside a copy of the one that is there.
    git(place.root, "read-tree", new, environ={"GIT_INDEX_FILE": str(place.work / "new/index")})
    shutil.copy2(place.index, place.work / "index")
    journal = {
        "old": old,
        "new": new,
        "paths": [path for path, _, _ in steps],
        "waited": {
            number: _digest(place.work / "new" / str(number)) for number, (*_, after) in enumerate(steps) if after
        },
    }
    waiting = place.work / "journal"
    waiting.write_text(json.dumps(journal), encoding="utf-8")
    with waiting.open("rb") as file:
        os.fsync(file.fileno())
    waiting.rename(place.work / _JOURNAL)


def _write(path: Path, blob: Blob, data: bytes) -> None:
    if blob.mode == LINK:
        path.symlink_to(os.fsdecode(data))
        return
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if blob.mode == "100755":
        path.chmod(path.stat().st_mode | 0o111)


def _digest(path: Path) -> str:
    """What is in a file, or where a link leads; empty for a folder."""
    if path.is_symlink():
        return sha256(os.fsencode(path.readlink())).hexdigest()
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _rename(place: Place, steps: list[tuple[str, Blob | None, Blob | None]]) -> None:
    for number, (path, before, _) in enumerate(steps):
        if before:
            with contextlib.suppress(FileNotFoundError):  # left out by a checkout of some folders only
                place.at(path).rename(place.work / "old" / str(number))
    _remove_empty(place, [path for path, before, after in steps if before and not after])
    for number, (path, _, after) in enumerate(steps):
        if after:
            target = place.at(path)
            target.parent.mkdir(parents=True, exist_ok=True)
            (place.work / "new" / str(number)).rename(target)
    (place.work / "new/index").replace(place.index)


def _take_back(place: Place, paths: list[str], waited: dict[str, str]) -> None:
    """Undo the renaming, of which each step may have been made or not: what no longer waits went to its place.

    Somebody may have put things right by hand since: what is not as it was put there is theirs, and stays.
    """
    old, new = place.work / "old", place.work / "new"
    for name, digest in waited.items():
        there = place.at(paths[int(name)])
        if not os.path.lexists(new / name) and os.path.lexists(there) and _digest(there) == digest:
            there.rename(new / name)
    _remove_empty(place, paths)
    for number, path in enumerate(paths):
        if os.path.lexists(old / str(number)) and not os.path.lexists(place.at(path)):
            place.at(path).parent.mkdir(parents=True, exist_ok=True)
            (old / str(number)).rename(place.at(path))
    if not (new / "index").exists() and (place.work / "index").exists():
        (place.work / "index").replace(place.index)


def _remove_empty(place: Place, paths: list[str]) -> None:
    """Folders in which nothing is left but what Python keeps for itself."""
    for folder in _folders_of(paths):
        there = place.at(folder)
        if there.is_dir() and not there.is_symlink() and all(each.name == _LEFT_BY_PYTHON for each in there.iterdir()):
            shutil.rmtree(there / _LEFT_BY_PYTHON, ignore_errors=True)
            with contextlib.suppress(OSError):
                there.rmdir()


def _folders_of(paths: list[str]) -> Iterator[str]:
    """The folders that files lie in, the deepest first."""
    found = {parent.as_posix() for path in paths for parent in Path(path).parents} - {"."}
    yield from sorted(found, key=lambda folder: folder.count("/"), reverse=True)
