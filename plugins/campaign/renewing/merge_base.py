"""Which commit of the project a site's programs began from, however the site was made."""

from __future__ import annotations

import os
from hashlib import sha1, sha256
from pathlib import Path

from campaign.comparing.git_command import answer, git

from .git_trees import LINK, REPOSITORY, Tree, blobs, tree_of
from .taken_over import is_taken_over

_MIN_SAME = 20
"""Files that a site must share with a state of the project to be thought of as made from it."""


def began_from(bare: Path, site: str, target: str, recorded: str) -> str | None:
    """The project's commit that the site's commit ``site`` was last equal to, but for what the family changed.

    In this order: the history that both share, as in a clone or a fork; what the last renewal wrote down; a commit
    of the site that is one of the project's, as “Use this template” makes it; the state of which the most files are
    the same. None where the site shares too little with any.
    """
    shared = answer(bare, "merge-base", site, target)
    known = recorded if recorded and _is_the_projects(bare, recorded) else None
    if shared and known:
        return shared if answer(bare, "merge-base", "--is-ancestor", known, shared) is not None else known
    return shared or known or _same_tree(bare, site) or _most_alike(bare, site)


def _is_the_projects(bare: Path, commit: str) -> bool:
    return bool(answer(bare, "for-each-ref", "--count=1", "--contains", commit, "refs"))


def _same_tree(bare: Path, site: str) -> str | None:
    projects: dict[str, str] = {}
    for line in git(bare, "log", "--all", "--topo-order", "--format=%T %H").decode().splitlines():
        tree, commit = line.split()
        projects[tree] = commit  # of several the oldest
    for tree in git(bare, "log", "--format=%T", site).decode().split():
        if tree in projects:
            return projects[tree]
    return None


def _most_alike(bare: Path, site: str) -> str | None:
    """The commit with the most files that are the site's too; of several the one with the fewest others, the oldest.

    An older state is safe where several fit: what the project has changed since is then the same on both sides.
    """
    words = ("--topo-order", "--reverse", "--raw", "-r", "--no-renames", "--no-abbrev", "-z", "--root")
    said = os.fsdecode(git(bare, "log", "--all", *words, "--diff-merges=first-parent", "--format=%x01%H %P"))
    history = [_changed(part) for part in said.split("\x01")[1:]]
    ours = {path: blob for path, blob in tree_of(bare, site).items() if is_taken_over(path)}
    names = _with_plain_ends(bare, ours, {new for _, _, rows in history for _, new, _ in rows})
    scores: dict[str, tuple[int, int]] = {}
    best: tuple[tuple[int, int], str] | None = None
    for commit, parent, rows in history:
        same, others = scores.get(parent, (0, 0))
        for old, new, path in rows:
            if not is_taken_over(path):
                continue
            for blob, step in ((old, -1), (new, 1)):
                if blob.strip("0"):
                    is_same = names.get(path) == blob
                    same, others = (same + step, others) if is_same else (same, others + step)
        scores[commit] = same, others
        if best is None or (same, -others) > best[0]:
            best = (same, -others), commit
    return best[1] if best and best[0][0] >= _MIN_SAME else None


def _changed(part: str) -> tuple[str, str, list[tuple[str, str, str]]]:
    """A commit, its first parent, and the old name, the new name and the path of each changed file."""
    head, *fields = part.replace("\n", "\0", 1).split("\0")
    commit, _, parents = head.strip().partition(" ")
    rows = []
    fields = [field.lstrip("\n") for field in fields if field.strip("\n")]
    for said, path in zip(fields[::2], fields[1::2], strict=True):
        _, _, old, new, _ = said.split(" ")
        rows.append((old, new, path))
    return commit, parents.partition(" ")[0], rows


def _with_plain_ends(bare: Path, tree: Tree, known: set[str]) -> dict[str, str]:
    """The name of each file's bytes, those of a copy whose line ends alone are others by the project's own name."""
    strange = [blob.name for blob in tree.values() if blob.name not in known and blob.mode not in (LINK, REPOSITORY)]
    names = {}
    for name, data in blobs(bare, strange).items():
        plain = data.replace(b"\r\n", b"\n")
        digest = sha1 if len(name) == 40 else sha256
        names[name] = digest(b"blob %d\0" % len(plain) + plain, usedforsecurity=False).hexdigest()
    return {path: names.get(blob.name, blob.name) for path, blob in tree.items()}
