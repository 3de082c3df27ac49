"""Problems and changes become words: for a terminal, as Markdown, as JSON, and as GitHub's annotations and summary."""

from __future__ import annotations

import contextlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from .core.problems import Problem

if TYPE_CHECKING:
    from .changes import Changes

EXPLAINED = "docs/errors.md"
"""Where every problem's name is explained."""
MOST = 200
"""Lines of one kind in a summary, of which GitHub takes a mebibyte."""
MOST_SAID = 8
"""Lines in a terminal of each group …"""
MANY = ("Pages and files", "What was said before")
"""… that can be as long as the appeal."""


# -- problems ------------------------------------------------------------------------------------------


def text(problems: Sequence[Problem]) -> str:
    """One line a problem, and how many there are."""
    count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"
    lines = [line(str(problem)) for problem in problems]
    return "\n".join([*lines, "", f"{count}; nothing was published. {EXPLAINED} explains the name in brackets."])


def markdown(problems: Sequence[Problem]) -> str:
    """A list, in which whatever a volunteer typed stays text."""
    return "\n".join(["Nothing was published.", "", *_items(map(str, problems))])


def annotated(problems: Iterable[Problem], kind: str = "error") -> str:
    """GitHub's own form, which shows each problem at its line; ``kind``: error or warning."""
    return "\n".join(
        f"::{kind} file={_property(problem.path)},line={problem.line},title={_property(problem.name)}::"
        + _data(f"{problem.field}: {problem.message}" if problem.field else problem.message)
        for problem in problems
    )


# -- changes -------------------------------------------------------------------------------------------


def text_of_changes(changes: Changes) -> str:
    """A few lines for a terminal, those to look at again last."""
    lines = [_first_line(changes)]
    for group, said in _groups(changes):
        most = MOST_SAID if group in MANY else MOST
        lines += ["", group, *(f"  {line(each)}" for each in _at_most(most, said))]
    if changes.warnings:
        lines += ["", "Look again", *(f"  {line(str(warning))}" for warning in changes.warnings)]
    return "\n".join(lines)


def markdown_of_state(state: Sequence[str], changes: Changes | None) -> str:
    """For the summary of a run: where the campaign stands, and what publishing changes."""
    parts = ["### How the campaign stands", "", *_items(state)]
    if changes is None:
        return "\n".join(parts)
    parts += ["", "### What publishing changes", "", _code(_first_line(changes))]
    for group, said in _groups(changes):
        parts += ["", f"**{group}**", "", *_items(said)]
    if changes.warnings:
        parts += ["", "**Look again: each may be right, and is not stopped**", "", *_items(map(str, changes.warnings))]
    return "\n".join(parts)


def changes_as_data(changes: Changes) -> dict[str, object]:
    return {
        "against": changes.against,
        "nothing_there": changes.nothing_there,
        "changes": [asdict(change) for change in changes.changes],
        "warnings": [asdict(warning) for warning in changes.warnings],
    }


def _first_line(changes: Changes) -> str:
    if changes.nothing_there:
        return f"There is nothing to compare with: {changes.nothing_there}."
    if not changes.changes:
        return f"Against {changes.against}, publishing changes nothing."
    return f"Against {changes.against}, publishing changes this:"


def _groups(changes: Changes) -> Iterator[tuple[str, list[str]]]:
    """The groups that have changes, in order, each with its sentences."""
    groups: dict[str, list[str]] = {}
    for change in changes.changes:
        groups.setdefault(change.about, []).append(change.text)
    yield from groups.items()


# -- GitHub --------------------------------------------------------------------------------------------


def is_on_github(environ: Mapping[str, str]) -> bool:
    return environ.get("GITHUB_ACTIONS") == "true"


def on_github(problems: Sequence[Problem], environ: Mapping[str, str]) -> str:
    """The annotations where the run is GitHub's, after adding the list to the run's summary; else nothing."""
    if not is_on_github(environ):
        return ""
    add_to_summary(markdown(problems), environ)
    return annotated(problems)


def add_to_summary(words: str, environ: Mapping[str, str]) -> None:
    """Add to the run's summary, where there is one."""
    if path := environ.get("GITHUB_STEP_SUMMARY"):
        # The annotations and the terminal say the same, so a summary that cannot be written stops nothing.
        with contextlib.suppress(OSError), Path(path).open("a", encoding="utf-8", errors="replace") as file:
            file.write(words + "\n")


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def line(words: str) -> str:
    """One line that GitHub takes for words, whoever wrote them: not for one of its commands, and not for several."""
    words = "".join("\N{REPLACEMENT CHARACTER}" if _breaks(sign) else sign for sign in words)
    words = words.replace("##[", "# #[")
    return f"| {words}" if words.lstrip().startswith("::") else words


def _breaks(sign: str) -> bool:
    """Whether a character ends a line, or is one that nobody sees."""
    return unicodedata.category(sign) in ("Cc", "Zl", "Zp")


def _at_most(most: int, lines: Iterable[str]) -> Iterator[str]:
    lines = list(lines)
    yield from lines[:most]
    if len(lines) > most:
        yield f"and {len(lines) - most} more"


def _items(lines: Iterable[str]) -> Iterator[str]:
    return (f"- {_code(each)}" for each in _at_most(MOST, lines))


def _code(words: str) -> str:
    """Markdown's code, in which nothing is markup, a link or somebody's name."""
    words = line(words)
    fence = "`" * (1 + max(map(len, re.findall("`+", words)), default=0))
    return f"{fence} {words} {fence}"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
