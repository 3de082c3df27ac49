"""Where the project is fetched from, and which of its versions is meant."""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from campaign.comparing.git_command import GitFailed, answer, git

from .git_trees import text_at

_VERSION = re.compile(r"v?(\d+(?:\.\d+)+)")
_URL = re.compile(r"(?:https|ssh)://[^/\s]+/\S+|[\w.-]+@[\w.-]+:[^\s:]+")
_ANY_URL = re.compile(r"[a-z][a-z0-9+.-]*:(?::|//)", re.IGNORECASE)
_REF = re.compile(r"[\w][\w./+-]*")
_PASSWORD = re.compile(r"[a-z]+://[^/@]*:[^/@]*@")


class NoSuchProject(Exception):
    """An address, a version or a repository that cannot be used; the message is a sentence without its full stop."""


@dataclass(frozen=True)
class Source:
    """A repository, and what of it is asked for."""

    address: str
    """A web address, or the whole path of a folder."""
    ref: str
    """A version, a branch, a tag or a commit; empty for the newest version."""

    @property
    def is_folder(self) -> bool:
        """Whether the project lies on this disk."""
        return Path(self.address).is_absolute()


@dataclass(frozen=True)
class Target:
    """The commit that is asked for."""

    commit: str
    version: str
    """As its pyproject.toml says, such as 0.2.0; empty where it says none."""
    tag: str
    """The version's tag where it is exactly that; else empty."""

    @property
    def in_words(self) -> str:
        """``0.2.0``, or what it is besides a version, within a sentence."""
        return self.version if self.tag else f"{self.version or 'a state'} and what came after it"


def parse_source(asked: str, recorded: str, here: Path) -> Source:
    """``VERSION``, ``PATH``, ``URL``, ``PATH@REF``, ``URL@REF`` or nothing → a source.

    recorded: the address that the site was last renewed from, where a version alone, or nothing, is fetched from.
    Raises NoSuchProject.
    """
    if not asked or _VERSION.fullmatch(asked):
        if not recorded:
            raise NoSuchProject(
                "it is not written down yet where this site's programs come from; name the address of the project"
                " that yours was made from, such as campaign renew https://github.com/NAME/PROJECT"
                f"{'@' + asked if asked else ''} (on your project's page at GitHub it stands"
                " below the name, behind “generated from”)"
            )
        return Source(recorded, asked)
    address, at, ref = asked.rpartition("@")
    if at and _REF.fullmatch(ref) and ".." not in ref and _is_address(address, here):
        return Source(_whole(address, here), ref)
    if _is_address(asked, here):
        return Source(_whole(asked, here), "")
    if _PASSWORD.match(asked):
        raise NoSuchProject("an address with a password in it is not used, because it would be written down")
    if _ANY_URL.match(asked):
        raise NoSuchProject(f"'{asked}' is no address that is used here; expected one that begins with https://")
    raise NoSuchProject(f"there is no folder '{asked}' here, and it is no version like 0.2.0 and no https:// address")


def _is_address(text: str, here: Path) -> bool:
    if _PASSWORD.match(text) or text.startswith("-"):
        return False
    if _URL.fullmatch(text):
        return True
    return bool(text) and not _ANY_URL.match(text) and (here / text).is_dir()


def _whole(address: str, here: Path) -> str:
    return address if _URL.fullmatch(address) else str((here / address).resolve())


def fetch(source: Source, bare: Path, objects: Path, shallow: Path) -> None:
    """Bring the project's whole history into ``bare``, a new repository beside the site's own ``objects``.

    The site's repository is only read; ``shallow`` is where git keeps which of its commits have no history there.
    Raises NoSuchProject where there is nothing to fetch.
    """
    git(bare.parent, "init", "--quiet", "--bare", "--template=", str(bare))
    (bare / "objects/info").mkdir(parents=True, exist_ok=True)
    (bare / "objects/info/alternates").write_bytes(os.fsencode(objects) + b"\n")
    if shallow.is_file():
        shutil.copyfile(shallow, bare / "shallow")
    wanted = ("+HEAD:refs/project/head", "+refs/heads/*:refs/project/heads/*", "+refs/tags/*:refs/tags/*")
    options = ("--quiet", "--no-recurse-submodules", "--no-write-fetch-head", "--update-shallow", "--no-tags")
    try:
        git(bare, "fetch", *options, "--end-of-options", source.address, *wanted)
    except GitFailed as failed:
        raise NoSuchProject(f"{source.address} cannot be fetched: {_why(str(failed))}") from None


def _why(said: str) -> str:
    if "could not read Username" in said or "terminal prompts disabled" in said or "not found" in said:
        return "there is no such project, or not everybody may read it"
    if "Could not resolve host" in said or "unable to access" in said:
        return f"is there a connection to the Internet? ({said})"
    if "does not appear to be a git repository" in said:
        return "it is no folder that git keeps"
    return said


def target_of(bare: Path, source: Source, tags: Mapping[str, str]) -> Target:
    """The commit that a source asks for: its ref, else its newest version, else what stands on its main branch.

    tags: as ``versions`` has them. Raises NoSuchProject where there is none.
    """
    if source.ref:
        commit = _commit_called(bare, source.ref)
        if commit is None:
            known = ", ".join(list(tags)[:5])
            has = f"its newest versions are {known}" if known else "it has no versions yet"
            raise NoSuchProject(f"the project has no '{source.ref}'; {has}")
    elif tags:
        commit = next(iter(tags.values()))
    else:
        commit = answer(bare, "rev-parse", "--verify", "--quiet", "refs/project/head^{commit}")
    if commit is None:
        raise NoSuchProject(f"{source.address} has no versions and no main branch")
    return target_at(bare, commit, tags)


def target_at(bare: Path, commit: str, tags: Mapping[str, str]) -> Target:
    """A commit with the version that it is of. tags: as ``versions`` has them."""
    found = [version for version, tagged in tags.items() if tagged == commit]
    return Target(commit, version_of(text_at(bare, commit, "pyproject.toml")), found[0] if found else "")


def _commit_called(bare: Path, ref: str) -> str | None:
    names = [f"refs/tags/{ref}", f"refs/tags/v{ref}", f"refs/project/heads/{ref}"]
    names += [ref] if re.fullmatch(r"[0-9a-f]{7,64}", ref) else []
    for name in names:
        found = answer(bare, "rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}")
        if found and answer(bare, "for-each-ref", "--count=1", "--contains", found, "refs"):
            return found
    return None


def versions(bare: Path) -> dict[str, str]:
    """The commits of the project's versions, the newest version first."""
    said = git(bare, "for-each-ref", "--format=%(refname:strip=2) %(*objectname) %(objectname)", "refs/tags")
    rows = [row.split() for row in said.decode().splitlines()]
    # Of a tag with words of its own the commit that it is of, else the commit.
    found = {match[1]: row[1] for row in rows if (match := _VERSION.fullmatch(row[0]))}
    return {version: found[version] for version in sorted(found, key=parts, reverse=True)}


def parts(version: str) -> tuple[int, ...]:
    """``0.10.0`` → (0, 10, 0), to be compared."""
    return tuple(map(int, version.split(".")))


def version_of(pyproject: str) -> str:
    """The version that a pyproject.toml says; empty where it says none."""
    try:
        said = tomllib.loads(pyproject).get("project", {}).get("version", "")
    except (tomllib.TOMLDecodeError, AttributeError):
        return ""
    return said if isinstance(said, str) and _VERSION.fullmatch(said) else ""
