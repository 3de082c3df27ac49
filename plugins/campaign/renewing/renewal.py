"""A family's site takes over a newer version of the project, as a whole or not at all."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from campaign.authoring.new_campaign import OF_THE_STORY
from campaign.comparing.git_command import GitFailed, answer, git
from campaign.publishing.replace import beside, exclusive_lock

from .changelog import News, news_since
from .git_trees import LINK, REPOSITORY, Blob, Tree, text_at, tree_of, write_blob, write_files, write_tree
from .in_place import InTheWay, Place, move, place_of, recover
from .merge_base import began_from
from .project_source import NoSuchProject, Source, Target, fetch, parse_source, target_at, target_of, versions
from .taken_over import CONTENT, RECORD, Record, is_taken_over, read_record, record_text
from .three_way import Joined, join
from .trial import LOCK, CannotTry, build, check, differences, python_for, python_of, running_project

CHANGELOG = "CHANGELOG.md"
_NEW = "refs/project/renewed"
_NOT_NEEDED = ("tests/", "docs/", "benchmarks/", "stubs/")
"""What no check and no build reads, and most of the files."""


class NotRenewable(Exception):
    """Why a site is not renewed, and what to do; one or more sentences, the last one without its full stop."""


class FiguresDiffer(NotRenewable):
    """The new version would publish other figures, or nothing."""


@dataclass(frozen=True)
class Renewal:
    """What a renewal would do, before anything of the site is changed."""

    place: Place
    bare: Path
    source: Source
    head: str
    base: Target
    target: Target
    news: tuple[News, ...]
    joined: Joined
    tree: Tree
    """Every file of the renewed site."""
    ours: Tree
    """Every file of the site as it is."""

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to take over."""
        return self.is_older or self.base.commit == self.target.commit or not self.changed

    @cached_property
    def is_older(self) -> bool:
        """Whether what is asked for is what the site had already, or something before it."""
        return _is_ancestor(self.bare, self.target.commit, self.base.commit)

    @cached_property
    def changed(self) -> tuple[str, ...]:
        """Files that change, come or go, apart from what is written down of the renewal itself."""
        return tuple(
            path
            for path in sorted({*self.ours, *self.tree})
            if path != RECORD and self.ours.get(path) != self.tree.get(path)
        )

    @property
    def stay_deleted(self) -> tuple[str, ...]:
        """Files that the family deleted; what goes with the shipped story is meant to be."""
        return tuple(path for path in self.joined.stay_deleted if not path.startswith(OF_THE_STORY))


@dataclass(frozen=True)
class Compared:
    """What the check says with the new version."""

    problems: tuple[str, ...]
    differences: tuple[str, ...]
    build: str = ""
    """What the build says where it fails."""

    @property
    def is_same(self) -> bool:
        """Whether the new version finds no problem, builds the site and shows the same figures."""
        return not (self.problems or self.differences or self.build)


@contextlib.contextmanager
def renewal(root: Path, asked: str, keep: Collection[str] = (), take: Collection[str] = ()) -> Iterator[Renewal]:
    """Fetch what is asked for beside the site, and say what taking it over would do, while nobody else renews.

    Raises NotRenewable, NoSuchProject, Busy and GitFailed; the site is as it was then.
    """
    place = _place(root)
    with exclusive_lock(place.git_folder / "renewal"), beside(place.git_folder / "renewal") as folder:
        recover(place)
        head = _must_be_clean(root, place)
        recorded = read_record(text_at(root, head, RECORD))
        source = parse_source(asked, recorded.project, root)
        bare = folder / "project.git"
        fetch(source, bare, *_of_git(root, "objects", "shallow"))
        tags = versions(bare)
        target = target_of(bare, source, tags)
        began = began_from(bare, head, target.commit, recorded.commit)
        if began is None:
            raise NotRenewable(
                f"this folder has too little in common with {source.address}; is that the project it was made from?"
            )
        yield _planned(place, bare, source, head, target_at(bare, began, tags), target, recorded, keep, take)


def _planned(
    place: Place,
    bare: Path,
    source: Source,
    head: str,
    base: Target,
    target: Target,
    recorded: Record,
    keep: Collection[str],
    take: Collection[str],
) -> Renewal:
    began, theirs, ours = (tree_of(bare, commit) for commit in (base.commit, target.commit, head))
    _must_be_plain(theirs)
    joined = join(bare, began, ours, theirs, keep, take)
    strangers = sorted({*keep, *take} - {*ours, *theirs})
    if strangers:
        raise NotRenewable(f"there is no file {strangers[0]}, neither yours nor a new one; write it as it is listed")
    tree = {path: blob for path, blob in ours.items() if path.startswith(f"{CONTENT}/")} | dict(joined.tree)
    record = Record(recorded.project if source.is_folder else source.address, target.version, target.commit)
    tree[RECORD] = Blob("100644", write_blob(bare, record_text(record).encode()))
    news = news_since(text_at(bare, base.commit, CHANGELOG), text_at(bare, target.commit, CHANGELOG))
    return Renewal(place, bare, source, head, base, target, news, joined, tree, ours)


def compare(renewal: Renewal, epoch: int) -> Compared:
    """Check the content with the old programs and with the new ones, in folders of their own, at one moment.

    Runs what was fetched. Where the family changed the programs or the theme, the site is built, too.
    Raises NotRenewable where the content is at fault already, and CannotTry.
    """
    root = renewal.place.root
    with tempfile.TemporaryDirectory() as folder:
        old, new = Path(folder) / "old", Path(folder) / "new"
        for tree, place in ((renewal.ours, old), (renewal.tree, new)):
            needed = {path: blob for path, blob in tree.items() if not path.startswith(_NOT_NEEDED)}
            write_files(renewal.bare, needed, place)
        python = python_of(root)
        try:
            before = check(old, python, epoch)
        except CannotTry as fault:
            raise NotRenewable(
                f"the version that is here cannot be run, so nobody can say whether the figures stay: {fault}"
            ) from None
        if before.problems:
            raise NotRenewable(
                f"the content has problems already, so figures cannot be compared; mend these first:\n"
                f"{_listed(before.problems)}"
            )
        known = {_locked(running_project()): sys.executable, _locked(old): python}
        python = python_for(new, known, Path(folder) / "environment")
        after = check(new, python, epoch)
        if after.problems:
            return Compared(after.problems, ())
        differ = differences(before.figures, after.figures)
        own = any(path.startswith(("theme/", "plugins/")) for path in (*renewal.joined.kept, *renewal.joined.mixed))
        return Compared((), differ, build(new, python, epoch) if own else "")


def _locked(project: Path) -> str:
    lock = project / LOCK
    return lock.read_text(encoding="utf-8") if lock.is_file() else ""


def apply(renewal: Renewal) -> str:
    """Put the renewed site in place as one commit, whose name is returned; raises NotRenewable, with all as it was."""
    root, bare = renewal.place.root, renewal.bare
    name = f"renew: {renewal.base.in_words} → {renewal.target.in_words}"
    told = f"{name}\n\nFrom {_public(renewal.source)}, {renewal.target.commit}."
    try:
        commit = git(
            bare, "commit-tree", write_tree(bare, renewal.tree), "-p", renewal.head, "-m", told, environ=_who(root)
        )
        new = commit.decode().strip()
        git(bare, "update-ref", _NEW, new)
        git(root, "fetch", "--quiet", "--no-write-fetch-head", "--no-tags", "--end-of-options", str(bare), _NEW)
        if _must_be_clean(root, renewal.place) != renewal.head:
            raise NotRenewable("somebody has committed something meanwhile; begin again")
        move(renewal.place, renewal.head, new, name)
    except InTheWay as way:
        raise NotRenewable(
            f"{way} is in the way: the new version has a file of that name, and git does not know yours;"
            " move it elsewhere, and begin again"
        ) from None
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        raise NotRenewable(f"the new files could not be written: {error.strerror or error}{place}") from None
    return new


def _public(source: Source) -> str:
    return "a folder of a computer" if source.is_folder else source.address


def _who(root: Path) -> Mapping[str, str]:
    """The family's own name, as git knows it in their project."""
    found = {}
    for role in ("AUTHOR", "COMMITTER"):
        said = answer(root, "var", f"GIT_{role}_IDENT") or ""
        found[f"GIT_{role}_NAME"], _, rest = said.partition(" <")
        found[f"GIT_{role}_EMAIL"] = rest.partition(">")[0]
    return found


# -- what a site must be ---------------------------------------------------------------------------------


def _place(root: Path) -> Place:
    try:
        top = answer(root, "rev-parse", "--show-toplevel")
    except GitFailed as failed:
        raise NotRenewable(f"{failed}, and a renewal needs it; git-scm.com has it for every computer") from None
    if top is None:
        raise NotRenewable(
            "git does not know this folder, as when it was downloaded as a ZIP file; get the project with git clone,"
            " or renew it on GitHub’s pages, as docs/setting-up.md says"
        )
    if Path(top).resolve() != root.resolve():
        raise NotRenewable(f"the project does not begin here; run campaign renew in {top}")
    version = (answer(root, "version") or "").split()
    numbers = [int(part) for part in version[2].split(".")[:2] if part.isdecimal()] if len(version) > 2 else []
    if numbers < [2, 38]:
        raise NotRenewable("git is too old here; a renewal needs git 2.38 of 2022 or a newer one")
    return place_of(root)


def _must_be_clean(root: Path, place: Place) -> str:
    """The commit that is checked out, where nothing else is under way."""
    head = answer(root, "rev-parse", "--verify", "--quiet", "HEAD")
    if head is None or answer(root, "symbolic-ref", "--quiet", "HEAD") is None:
        raise NotRenewable("no branch is checked out here; choose yours with git switch main")
    under_way = ("MERGE_HEAD", "REVERT_HEAD", "CHERRY_PICK_HEAD", "rebase-merge", "rebase-apply")
    if any((place.git_folder / name).exists() for name in under_way):
        raise NotRenewable("something of git’s is half done here; git status says what, and how it ends")
    rows = os.fsdecode(git(root, "status", "--porcelain", "-z", "--untracked-files=all", "--no-renames")).split("\0")
    changed = [row[3:] for row in rows if row and (row[:2] != "??" or row[3:].startswith(f"{CONTENT}/"))]
    if changed:
        raise NotRenewable(
            "something is changed here and not committed yet; commit it first, or undo it, so that a renewal can be"
            f" undone without losing it:\n{_listed(changed)}"
        )
    if not (answer(root, "var", "GIT_AUTHOR_IDENT") and answer(root, "var", "GIT_COMMITTER_IDENT")):
        raise NotRenewable(
            "git does not know who you are yet; tell it once, with your own words between the quotation marks:\n"
            '  git config --global user.name "Your name"\n  git config --global user.email "you@example.org"'
        )
    return head


def _must_be_plain(tree: Tree) -> None:
    """What is fetched holds files and nothing that leads elsewhere."""
    for path, blob in tree.items():
        if blob.mode in (LINK, REPOSITORY) and is_taken_over(path):
            what = "a link to elsewhere" if blob.mode == LINK else "another project inside it"
            raise NoSuchProject(f"it holds {what}, {path}, which this project never does; nothing of it is used")


def _is_ancestor(bare: Path, one: str, other: str) -> bool:
    return answer(bare, "merge-base", "--is-ancestor", one, other) is not None


def _of_git(root: Path, *names: str) -> list[Path]:
    """Where git keeps what it calls so."""
    asked = [word for name in names for word in ("--git-path", name)]
    return [root / line for line in os.fsdecode(git(root, "rev-parse", *asked)).splitlines()]


def _listed(lines: Collection[str], most: int = 8) -> str:
    named = [f"  {line}" for line in list(lines)[:most]]
    return "\n".join([*named, *([f"  and {len(lines) - most} more"] if len(lines) > most else [])])
