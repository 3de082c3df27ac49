"""Three states of the programs, how they began, the family's and the project's, become one, or name what conflicts."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from campaign.comparing.git_command import answer_with_status, git

from .git_trees import LINK, REPOSITORY, Blob, Tree, blobs, tree_of, write_blob, write_tree
from .taken_over import is_taken_over

_NOBODY = {
    "GIT_AUTHOR_NAME": "campaign renew",
    "GIT_AUTHOR_EMAIL": "campaign@localhost",
    "GIT_COMMITTER_NAME": "campaign renew",
    "GIT_COMMITTER_EMAIL": "campaign@localhost",
}
_LOCKS = {
    "requirements.txt": "requirements.in",
    "requirements-dev.txt": "requirements-dev.in",
    "requirements-uv.txt": "requirements-uv.in",
    "package-lock.json": "package-lock.json",  # with both, since they are changed together
    "package.json": "package.json",
}
"""What machines write, and what a person changes who wants something else in it."""
_PIN = re.compile(rb"@[0-9a-f]{40} # v[0-9.]+")
_MAX_LINES = 4
"""Of a passage that is shown."""


@dataclass(frozen=True)
class Conflict:
    """A file that both changed, so that somebody must choose."""

    path: str
    why: str
    """What each did, in words."""
    yours: tuple[str, ...] = ()
    """The first lines of the first passage that both changed, where it is text."""
    new: tuple[str, ...] = ()


@dataclass(frozen=True)
class Joined:
    """What a site would have, and what became of the family's own changes."""

    tree: Tree
    """Every file but the content."""
    conflicts: tuple[Conflict, ...]
    kept: tuple[str, ...]
    """Files that are the family's own: changed or added by them, and not by the project."""
    mixed: tuple[str, ...]
    """Files that both changed, in different places: they have both now."""
    stay_deleted: tuple[str, ...]
    """Files that the family deleted and the project still has."""


def join(
    bare: Path, base: Tree, ours: Tree, theirs: Tree, keep: Collection[str] = (), take: Collection[str] = ()
) -> Joined:
    """Join the three; for a conflict named in ``keep`` the family's file stays, in ``take`` the project's comes."""
    base, theirs = ({path: blob for path, blob in tree.items() if is_taken_over(path)} for tree in (base, theirs))
    mine = {path: blob for path, blob in ours.items() if is_taken_over(path)}
    mine = _with_the_projects_line_ends(bare, mine, base)
    for path in _changed_by_machines(bare, base, mine, theirs):
        mine[path] = base[path]
    for path in take:
        _as_it_began(mine, path, base)
    for path in keep:
        if path in base and path in theirs:
            _as_it_began(theirs, path, base)
    # Two commits with one before them are what git joins, whatever the site's own history is.
    first = _commit(bare, write_tree(bare, base))
    names = [_commit(bare, write_tree(bare, tree), first) for tree in (mine, theirs)]
    options = ("-c", "merge.directoryRenames=false", "-c", "merge.renameLimit=20000", "-c", "merge.conflictStyle=merge")
    words = ("merge-tree", "--write-tree", "-z", *names)
    said = os.fsdecode(answer_with_status(bare, *options, *words, good=(0, 1))).split("\0")
    tree = tree_of(bare, said[0])
    stages: dict[str, dict[str, Blob]] = {}
    for row in said[1 : said.index("", 1)]:
        what, _, path = row.partition("\t")
        mode, name, stage = what.split(" ")
        stages.setdefault(path, {})[stage] = Blob(mode, name)
    conflicts = []
    for path, of in stages.items():
        if path in take or path in keep:
            _choose(tree, path, of.get("3" if path in take else "2"))
        elif set(of) in ({"1"}, {"1", "3"}):
            _choose(tree, path, None)  # both gave it another name, or the family deleted it
        elif set(of) in ({"2"}, {"3"}) and path in (mine if "2" in of else theirs):
            _choose(tree, path, of["2" if "2" in of else "3"])  # the other name that each gave it
        else:
            conflicts.append(_conflict(bare, path, of, tree))
    return Joined(
        tree,
        tuple(conflicts),
        tuple(p for p in tree if p in mine and mine[p] == tree[p] != theirs.get(p) and mine[p] != base.get(p)),
        tuple(p for p in tree if p not in stages and p in theirs and tree[p] not in (theirs[p], mine.get(p))),
        tuple(p for p in theirs if p in base and p not in mine and p not in tree),
    )


def _as_it_began(tree: Tree, path: str, base: Mapping[str, Blob]) -> None:
    """Forget one side's change of a file, so that the other's holds, whatever name it has given it."""
    tree.pop(path, None)
    if path in base:
        tree[path] = base[path]


def _choose(tree: Tree, path: str, blob: Blob | None) -> None:
    tree.pop(path, None)
    if blob is not None:
        tree[path] = blob


def _commit(bare: Path, tree: str, *parents: str) -> str:
    before = [word for parent in parents for word in ("-p", parent)]
    return git(bare, "commit-tree", tree, *before, "-m", "joined", environ=_NOBODY).decode().strip()


def _with_the_projects_line_ends(bare: Path, ours: Tree, base: Tree) -> Tree:
    """Files whose lines end as on Windows are as they would be here: other line ends alone are no change."""
    changed = {
        path: blob
        for path, blob in ours.items()
        if path in base and base[path].name != blob.name and blob.mode not in (LINK, REPOSITORY)
    }
    known = blobs(bare, [blob.name for path, old in changed.items() for blob in (old, base[path])])
    found = dict(ours)
    for path, blob in changed.items():
        data = known[blob.name]
        if b"\r\n" in data and b"\0" not in data and b"\r" not in known[base[path].name]:
            found[path] = Blob(blob.mode, write_blob(bare, data.replace(b"\r\n", b"\n")))
    return found


def _changed_by_machines(bare: Path, base: Tree, ours: Tree, theirs: Tree) -> list[str]:
    """Files that a weekly pull request changed and nobody else: where the project changed them, too, its own come."""
    both = [path for path in ours if path in base and path in theirs and base[path] not in (ours[path], theirs[path])]
    found = [
        path
        for path in both
        if path in _LOCKS and (_LOCKS[path] == path or ours.get(_LOCKS[path]) == base.get(_LOCKS[path]))
    ]
    pinned = [path for path in both if path.startswith(".github/workflows/")]
    data = blobs(bare, [tree[path].name for path in pinned for tree in (base, ours)])
    unpinned = {name: _PIN.sub(b"", text) for name, text in data.items()}
    return found + [path for path in pinned if unpinned[base[path].name] == unpinned[ours[path].name]]


def _conflict(bare: Path, path: str, of: Mapping[str, Blob], tree: Tree) -> Conflict:
    if len(of) == 1:  # a name that git has made up, for two things of one name
        name = path.rpartition("~")[0] or path
        return Conflict(name, "this is a file for one of you and a folder for the other; give yours another name first")
    if "3" not in of:
        return Conflict(path, "you changed it, and the new version does not have it any more")
    if "1" not in of:
        why = "you and the project each added a file of this name"
    else:
        why = "you and the project both changed the same lines of it"
    data = blobs(bare, [blob.name for blob in (of["2"], of["3"], *([tree[path]] if path in tree else []))])
    if any(b"\0" in data[of[stage].name] for stage in "23"):
        return Conflict(path, "you and the project each have another picture or other data there")
    marked = data[tree[path].name].decode(errors="replace").splitlines() if path in tree else []
    yours, new = _first_passage(marked)
    return Conflict(path, why, yours, new)


def _first_passage(lines: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    sides: tuple[list[str], list[str]] = ([], [])
    side = -1
    for line in lines:
        if line.startswith("<<<<<<< "):
            side = 0
        elif line.startswith("=======") and side == 0:
            side = 1
        elif line.startswith(">>>>>>> ") and side == 1:
            break
        elif side >= 0:
            sides[side].append(line)
    return tuple(sides[0][:_MAX_LINES]), tuple(sides[1][:_MAX_LINES])
