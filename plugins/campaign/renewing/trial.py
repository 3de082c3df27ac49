"""What a version of the programs says of a content, asked in a folder and a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LOCK = "requirements.txt"
_BESIDE = ("name", "currency", "example", "day", "updates")
"""Keys of the data that are no figure of the appeal as a whole."""
_WORDS = {
    "phase": "Where the appeal is",
    "raised": "Raised",
    "goal": "Goal",
    "percent": "Percent",
    "others_pay": "What others pay",
    "remaining": "Still needed",
    "as_of": "As of",
    "as_of_newest": "Its newest part as of",
    "deadline": "Deadline",
    "promised": "Promised",
    "gift_aid": "Gift Aid",
}


class CannotTry(Exception):
    """The programs could not be run; the message is a sentence without its full stop."""


@dataclass(frozen=True)
class Said:
    """The answer of a check."""

    problems: tuple[str, ...]
    figures: Mapping[str, Any]
    """The data of the campaign; empty where there are problems."""


def check(project: Path, python: str, epoch: int) -> Said:
    """What ``campaign check`` of the programs in ``project`` says of the content beside them, at a moment.

    epoch: seconds since 1970. Raises CannotTry where it says nothing that can be read.
    """
    done = _run(project, python, epoch, "check", "--json")
    try:
        said = json.loads(done.stdout)
        problems = tuple(_in_words(problem) for problem in said["problems"])
        figures = {} if problems else dict(said["campaign"])
    except (ValueError, KeyError, TypeError):
        raise CannotTry(f"its check did not run: {_last_line(done)}") from None
    return Said(problems, figures)


def build(project: Path, python: str, epoch: int) -> str:
    """Build the site with the programs in ``project``; what it says where that fails, else nothing."""
    done = _run(project, python, epoch, "build", "--output", str(project / "output"))
    return _last_line(done) if done.returncode else ""


def _run(project: Path, python: str, epoch: int, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "PYTHON"))}
    environment |= {
        "PYTHONPATH": str(project / "plugins"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "SOURCE_DATE_EPOCH": str(epoch),
    }
    command = [python, "-m", "campaign", *words]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, encoding="utf-8", check=False)


def _in_words(problem: Mapping[str, Any]) -> str:
    field = f"{problem['field']}: " if problem.get("field") else ""
    return f"{problem['path']}:{problem['line']}: {field}{problem['message']}"


def _last_line(done: subprocess.CompletedProcess[str]) -> str:
    lines = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"


# -- the environment that it runs in -------------------------------------------------------------------


def python_of(site: Path) -> str:
    """The Python that the site's programs run with: its own environment's, where there is one."""
    for place in (".venv/bin/python", ".venv/Scripts/python.exe"):
        if (site / place).exists():
            return str(site / place)
    return sys.executable


def python_for(project: Path, known: Mapping[str, str], folder: Path) -> str:
    """A Python with the packages that ``project`` asks for: one that is known to have them, or one made in ``folder``.

    known: what the lists of packages say → the Python that has these.
    Raises CannotTry where they cannot be had.
    """
    wanted = (project / LOCK).read_text(encoding="utf-8") if (project / LOCK).is_file() else ""
    if wanted in known:
        return known[wanted]
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    install = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes")
    for command in ([sys.executable, "-m", "venv", str(folder)], [str(python), *install, "-r", str(project / LOCK)]):
        done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
        if done.returncode:
            raise CannotTry(f"the packages that it needs cannot be installed: {_last_line(done)}")
    return str(python)


def running_project() -> Path:
    """The folder of the project whose programs these are."""
    above = Path(__file__).resolve().parents
    return next((folder for folder in above if (folder / "pyproject.toml").is_file()), above[2])


# -- figures -------------------------------------------------------------------------------------------


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Every figure that two answers do not share, in words; what only the newer one tells is no difference."""
    found = [*_differences(before, after, "")]
    later = {update.get("update"): update for update in after.get("updates", ())}
    for update in before.get("updates", ()):
        title = f"In “{update.get('title')}”: "
        if update.get("update") not in later:
            found.append(f"{title}it is not there any more")
        else:
            found += _differences(update, later[update["update"]], title)
    return tuple(found)


def _differences(before: Mapping[str, Any], after: Mapping[str, Any], where: str) -> Iterator[str]:
    for key, was in before.items():
        if key not in _BESIDE and was != after.get(key) and not _says_the_same(was, after.get(key)):
            yield f"{where}{_WORDS.get(key, key)}: {_say(was)} → {_say(after.get(key))}"


def _says_the_same(was: Any, now: Any) -> bool:
    return isinstance(was, dict) and isinstance(now, dict) and all(now.get(key) == was[key] for key in was)


def _say(value: Any) -> str:
    if isinstance(value, dict):
        word = value.get("qualifier", "")
        shown = value.get("shown", value.get("amount", ""))
        return f"{'' if word in ('', 'exact') else f'{word} '}{shown}"
    return "nothing" if value is None else str(value)
