"""A content folder as it was at a commit, and what changed since: nothing is checked out and nothing is fetched."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from campaign.core.reading.problems import CampaignError
from campaign.loading.load import Loaded, load_campaign
from campaign.reporting.summary import count

from .changes import Changes, changes
from .git_command import OF_A_HOOK

MAX_BYTES = 100 * 1024 * 1024
"""Of a file; what is larger is refused wherever it lies, so that its bytes say nothing."""
_HASH = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_LINK, _REPOSITORY = "120000", "160000"
"""The modes of what is no file."""


class NoSuchRevision(Exception):
    """A name that git does not know, or no repository at all; the message says which."""


@dataclass(frozen=True)
class Revision:
    """A commit's content, for as long as it is looked at."""

    name: str
    """As it was asked for, a long hash in short."""
    root: Path | None
    """The folder that stands for the project's; None where there is no such commit, or no content in it."""
    content: Path | None


def changes_since(rev: str, root: Path, after: Loaded, *, now: datetime) -> Changes:
    """What publishing ``after`` would change since ``rev``, both as of the same moment.

    Raises NoSuchRevision where there is nothing of that name.
    """
    with content_at(rev, root, after.content) as there:
        if there.content is None or there.root is None:
            is_first = not rev.strip("0")
            nothing = "nothing was published before" if is_first else f"there was no content at {there.name}"
            return changes(there.name, None, after, nothing)
        try:
            before = load_campaign(there.root, there.content, now=now)
        except CampaignError as error:
            problems = f"{count(len(error.problems), 'problem')}, first of all {error.problems[0]}"
            return changes(there.name, None, after, f"at {there.name} the content had {problems}")
        return changes(there.name, before, after)


@contextlib.contextmanager
def content_at(rev: str, root: Path, content: Path) -> Iterator[Revision]:
    """Write ``content`` as it was at ``rev`` into a temporary folder, gone afterwards.

    A whole hash that is not here stands for nothing to compare with: it is what GitHub gives for the commit before
    the first one, or for one that a forced push has dropped. Raises NoSuchRevision for any other name, and in a clone
    of the newest commits alone, where it may only not have been fetched.
    """
    content = content.resolve()
    name = rev[:12] if _HASH.fullmatch(rev) else rev
    top = Path(_git(content, "rev-parse", "--show-toplevel").strip())
    commit = _commit(content, rev)
    if commit is None:
        yield Revision(name, None, None)
        return
    place = content.relative_to(top).as_posix()
    with tempfile.TemporaryDirectory() as folder:
        _write(top, commit, place, Path(folder))
        there = Path(folder) / place
        # Problems and places read as they do now: from the project's folder.
        inside = Path(folder) / root.resolve().relative_to(top) if root.resolve().is_relative_to(top) else Path(folder)
        yield Revision(name, inside, there) if there.is_dir() else Revision(name, None, None)


def _commit(content: Path, rev: str) -> str | None:
    if re.fullmatch("0+", rev):  # what stands for "before the first commit"
        return None
    try:
        return _git(content, "rev-parse", "--verify", "--quiet", "--end-of-options", rev + "^{commit}").strip()
    except NoSuchRevision:
        if _HASH.fullmatch(rev):
            if _git(content, "rev-parse", "--is-shallow-repository").strip() == "true":
                message = (
                    f"this clone holds only the newest commits, and not {rev}; fetch all with git fetch --unshallow"
                )
                raise NoSuchRevision(message) from None
            return None
        message = f"git knows no '{rev}' here; name a commit, a branch or a tag, as main or origin/main"
        raise NoSuchRevision(message) from None


def _write(top: Path, commit: str, place: str, folder: Path) -> None:
    """Every file below ``place``, and links as links, so that they are refused as they are now."""
    rows = [row.partition("\t") for row in _git(top, "ls-tree", "-r", "-z", "--full-tree", commit, place).split("\0")]
    listed = [(said.split(" "), PurePosixPath(path)) for said, found, path in rows if found]
    # Links last: nothing is ever written through one.
    files = sorted((mode, blob, path) for (mode, _, blob), path in listed if mode != _REPOSITORY)
    for (mode, _, path), (size, data) in zip(files, _blobs(top, [blob for _, blob, _ in files]), strict=True):
        target = folder / path
        if ".." in path.parts:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        if mode == _LINK:
            target.symlink_to(os.fsdecode(data))
        else:
            target.write_bytes(data)
            os.truncate(target, size)  # as large as it was, so that it is refused as it would be now


def _blobs(top: Path, blobs: list[str]) -> Iterator[tuple[int, bytes]]:
    """What git holds under each name, one after another: its size, and its bytes unless they are too many."""
    asked = "".join(f"{blob}\n" for blob in blobs).encode()
    with tempfile.TemporaryFile() as names:
        names.write(asked)
        names.seek(0)
        command = _command(top, "cat-file", "--batch")
        with subprocess.Popen(command, stdin=names, stdout=subprocess.PIPE, env=_environment()) as git:
            if git.stdout is None:  # pragma: no cover - it was asked for
                return
            for _ in blobs:
                header = git.stdout.readline().split()
                if len(header) != 3:
                    raise NoSuchRevision("this clone does not hold the whole of that commit; fetch it first")
                size = int(header[2])
                if size <= MAX_BYTES:
                    yield size, git.stdout.read(size)
                else:
                    for rest in range(size, 0, -MAX_BYTES):
                        git.stdout.read(min(rest, MAX_BYTES))
                    yield size, b""
                git.stdout.read(1)


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(_command(folder, *words), env=_environment(), capture_output=True, check=False)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip() or "nothing is known of it"
        raise NoSuchRevision(f"git cannot say what was there before: {said}")
    return os.fsdecode(done.stdout)


def _command(folder: Path, *words: str) -> list[str]:
    git = shutil.which("git")
    if git is None:
        raise NoSuchRevision("git is not installed here, and what was there before is read from it")
    return [git, "-C", str(folder), *words]


def _environment() -> dict[str, str]:
    """Ours, so that nothing is fetched; where git runs us as a hook, its own names for another folder are left out."""
    kept = {name: value for name, value in os.environ.items() if name not in OF_A_HOOK}
    return kept | {"GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
