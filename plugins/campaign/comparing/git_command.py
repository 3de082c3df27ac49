"""git as this command runs it: in one folder, with no hooks, no questions and nothing but files, https and ssh."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

OF_A_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX")
"""What git tells the programs that it starts; where it runs us as a hook, these name another folder."""
CAREFUL = (
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "submodule.recurse=false"),
    *("-c", "fetch.fsckObjects=true"),  # no file whose name leads out of the folder
    *("-c", "gc.auto=0"),
    *("-c", "maintenance.auto=false"),
)
"""No program of a repository is started, and nothing is fetched beside what is asked for."""


class GitFailed(Exception):
    """git is not there, or ended with a fault; the message is its last sentence, and ``status`` its number."""

    def __init__(self, message: str, status: int = -1) -> None:
        super().__init__(message)
        self.status = status


def git(folder: Path, *words: str, stdin: bytes = b"", environ: Mapping[str, str] | None = None) -> bytes:
    """What git prints when it is run in ``folder``; GitFailed where it ends with a fault."""
    done = _run(folder, words, stdin, environ or {})
    if done.returncode:
        raise GitFailed(_last_sentence(done.stderr), done.returncode)
    return done.stdout


def answer(folder: Path, *words: str) -> str | None:
    """One line of git's, or None where git knows no answer; GitFailed where there is no git."""
    done = _run(folder, words, b"", {})
    return os.fsdecode(done.stdout).strip() if done.returncode == 0 else None


def answer_with_status(folder: Path, *words: str, good: tuple[int, ...]) -> bytes:
    """As ``git``, where every status in ``good`` is no fault; raise GitFailed at any other."""
    done = _run(folder, words, b"", {})
    if done.returncode not in good:
        raise GitFailed(_last_sentence(done.stderr), done.returncode)
    return done.stdout


def _run(
    folder: Path, words: tuple[str, ...], stdin: bytes, environ: Mapping[str, str]
) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("git")
    if program is None:
        raise GitFailed("git is not installed here")
    command = [program, "-C", str(folder), *CAREFUL, *words]
    return subprocess.run(command, input=stdin, env=_environment() | dict(environ), capture_output=True, check=False)


def _last_sentence(said: bytes) -> str:
    lines = [line for line in said.decode(errors="replace").splitlines() if line.strip()]
    told = [line for line in lines if line.startswith(("fatal:", "error:"))]
    return (told or lines or ["git says nothing of it"])[0].partition(": ")[2] or (lines or ["nothing"])[-1]


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in OF_A_HOOK}
    return kept | {
        "GIT_ALLOW_PROTOCOL": "file:https:ssh",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C",
    }
