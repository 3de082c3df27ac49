"""Where a project is public: the address of a file, and of all that was ever changed in it, for whoever checks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from .problems import FieldError

GITHUB = "https://github.com"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*/[A-Za-z0-9._-]*[A-Za-z0-9_-][A-Za-z0-9._-]*", re.ASCII)
_SERVER = re.compile(r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]{1,5})?", re.ASCII | re.IGNORECASE)
_BRANCH = re.compile(r"\w[\w./-]*", re.ASCII)
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?github\.com/([^/\s]+/[^/\s?#]+?)(?:\.git)?(?:[/?#].*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Repository:
    """A public project on GitHub, or on a server of its kind."""

    name: str
    """``owner/name``."""
    server: str = GITHUB
    """Its address begins so, without a slash at the end."""
    branch: str = "main"
    """The branch that is published."""

    @property
    def address(self) -> str:
        """Where everybody can look at it: ``https://github.com/owner/name``."""
        return f"{self.server}/{self.name}"

    def file(self, path: str) -> str | None:
        """Where a file can be read as it is now; None for one that does not lie in the project.

        HEAD is the branch that the project shows first, whatever it is called.
        """
        return self._place("blob/HEAD", path)

    def history(self, path: str) -> str | None:
        """Where every change of a file is listed; None as above."""
        return self._place("commits/HEAD", path)

    def new_file(self, folder: str) -> str:
        """Where its editor begins a file in a folder of the branch that is published."""
        return f"{self.address}/new/{quote(self.branch)}/{quote(folder)}"

    def _place(self, kind: str, path: str) -> str | None:
        if {"", "..", "."}.intersection(path.split("/")):  # an absolute path begins with a slash
            return None
        return f"{self.address}/{kind}/{quote(path)}"


def parse_repository(text: str) -> Repository:
    """Read ``owner/name``; raise FieldError (``repository``) with that form where it can be guessed."""
    if _NAME.fullmatch(text):
        return Repository(text)
    meant = _ADDRESS.fullmatch(text)
    hint = f"; write {meant[1]}" if meant and _NAME.fullmatch(meant[1]) else ""
    raise FieldError("repository", f"expected a project on GitHub as owner/name, got '{text}'{hint}")


def repository_on(server: str, name: str, branch: str = "") -> Repository | None:
    """What a machine says of the project it works on; None where that is no address a page could link to.

    branch: the one that is published; ``main`` where the machine does not say, or says what is no name of one.
    """
    server = server.rstrip("/")
    branch = branch if _BRANCH.fullmatch(branch) else "main"
    return Repository(name, server, branch) if _SERVER.fullmatch(server) and _NAME.fullmatch(name) else None
