"""Problems become words: for a terminal, as Markdown, as JSON, and as GitHub's annotations and summary."""

from __future__ import annotations

import contextlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from campaign.core.reading.problems import Problem

EXPLAINED = "docs/errors.md"
"""Where every problem's name is explained."""
MAX_LINES = 200
"""Lines of one kind in a summary, of which GitHub takes a mebibyte."""


# -- problems ------------------------------------------------------------------------------------------


def text(problems: Sequence[Problem]) -> str:
    """One line a problem, and how many there are."""
    count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"
    lines = [line(str(problem)) for problem in problems]
    return "\n".join([*lines, "", f"{count}; nothing was published. {EXPLAINED} explains the name in brackets."])


def markdown(problems: Sequence[Problem]) -> str:
    """A list, in which whatever a volunteer typed stays text."""
    return "\n".join(["Nothing was published.", "", *items(map(str, problems))])


def annotated(problems: Iterable[Problem], kind: str = "error") -> str:
    """GitHub's own form, which shows each problem at its line; ``kind``: error or warning."""
    return "\n".join(
        f"::{kind} file={_property(problem.path)},line={problem.line},title={_property(problem.name)}::"
        + _data(f"{problem.field}: {problem.message}" if problem.field else problem.message)
        for problem in problems
    )


# -- GitHub --------------------------------------------------------------------------------------------


def is_on_github(environ: Mapping[str, str]) -> bool:
    """Whether this run is one of GitHub's own machines."""
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
    """A value as text for programs, in the letters that people typed. Raises TypeError for what JSON cannot hold."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def line(words: str) -> str:
    """One line that GitHub takes for words, whoever wrote them: not for one of its commands, and not for several."""
    words = "".join("\N{REPLACEMENT CHARACTER}" if _breaks(sign) else sign for sign in words)
    words = words.replace("##[", "# #[")
    return f"| {words}" if words.lstrip().startswith("::") else words


def _breaks(sign: str) -> bool:
    """Whether a character ends a line, or is one that nobody sees."""
    return unicodedata.category(sign) in ("Cc", "Zl", "Zp")


def at_most(most: int, lines: Iterable[str]) -> Iterator[str]:
    """The first ``most`` of the lines, and how many more there are."""
    lines = list(lines)
    yield from lines[:most]
    if len(lines) > most:
        yield f"and {len(lines) - most} more"


def items(lines: Iterable[str]) -> Iterator[str]:
    """Lines as a list in Markdown, each as it was typed; how many more there are beyond ``MAX_LINES``."""
    return (f"- {code(each)}" for each in at_most(MAX_LINES, lines))


def code(words: str) -> str:
    """Markdown's code, in which nothing is markup, a link or somebody's name."""
    words = line(words)
    fence = "`" * (1 + max(map(len, re.findall("`+", words)), default=0))
    return f"{fence} {words} {fence}"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
