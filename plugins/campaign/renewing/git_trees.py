"""What git keeps of a folder, as a mapping from paths to files, read and written without a work tree."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from campaign.comparing.git_command import GitFailed, answer, git

LINK, REPOSITORY = "120000", "160000"
"""The modes of what is no file."""


class Blob(NamedTuple):
    """A file as git names it: its mode, six digits, and the name of its bytes."""

    mode: str
    name: str


Tree = dict[str, Blob]
"""Every file of a folder by its path, with forward slashes."""


def tree_of(repository: Path, commit: str) -> Tree:
    """Every file of a commit or tree."""
    found: Tree = {}
    for row in os.fsdecode(git(repository, "ls-tree", "-r", "-z", "--full-tree", commit)).split("\0"):
        said, tab, path = row.partition("\t")
        if tab:
            mode, _, name = said.split(" ")
            found[path] = Blob(mode, name)
    return found


def write_tree(repository: Path, tree: Mapping[str, Blob]) -> str:
    """The name of the tree with these files, written into the repository."""
    rows = b"".join(f"{blob.mode} {blob.name}\t".encode() + os.fsencode(path) + b"\0" for path, blob in tree.items())
    with tempfile.TemporaryDirectory() as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
        git(repository, "update-index", "-z", "--index-info", stdin=rows, environ=index)
        return git(repository, "write-tree", environ=index).decode().strip()


def write_blob(repository: Path, data: bytes) -> str:
    """The name of these bytes, written into the repository."""
    return git(repository, "hash-object", "-w", "--no-filters", "--stdin", stdin=data).decode().strip()


def blobs(repository: Path, names: Iterable[str]) -> dict[str, bytes]:
    """The bytes of each name; GitFailed where this clone lacks one."""
    wanted = sorted(set(names))
    said = git(repository, "cat-file", "--batch", stdin="".join(f"{name}\n" for name in wanted).encode())
    found, at = {}, 0
    for name in wanted:
        end = said.index(b"\n", at)
        if said[at:end].endswith(b" missing"):
            raise GitFailed("this clone does not hold every file of the project; get a whole one with git clone")
        size = int(said[at:end].split()[-1])
        found[name] = said[end + 1 : end + 1 + size]
        at = end + 2 + size
    return found


def text_at(repository: Path, commit: str, path: str) -> str:
    """A text file of a commit; empty where there is none."""
    said = git(repository, "cat-file", "--batch", stdin=f"{commit}:{path}\n".encode())
    head, _, data = said.partition(b"\n")
    if not head.endswith(b" missing"):
        return data[: int(head.split()[-1])].decode(errors="replace")
    if name := answer(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}:{path}"):
        blobs(repository, [name])  # which says that this clone lacks it
    return ""


def write_files(repository: Path, tree: Mapping[str, Blob], folder: Path) -> None:
    """Write every file of a tree below an empty folder; links are left out, so that nothing is written through one."""
    data = blobs(repository, (blob.name for blob in tree.values()))
    for path, blob in tree.items():
        if blob.mode not in (LINK, REPOSITORY):
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data[blob.name])
            place.chmod(0o755 if blob.mode == "100755" else 0o644)
