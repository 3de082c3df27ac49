"""Problems become words: lines for a terminal, annotations beside the files and a summary on GitHub."""

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from .core.problems import Problem

EXPLAINED = "docs/errors.md"
"""Where every problem's name is explained."""


def text(problems: Sequence[Problem]) -> str:
    """One line a problem, and how many there are."""
    count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"
    lines = [str(problem) for problem in problems]
    return "\n".join([*lines, "", f"{count}; nothing was published. {EXPLAINED} explains the name in brackets."])


def annotations(problems: Sequence[Problem]) -> str:
    """GitHub's own form, which shows each problem at its line."""
    return "\n".join(
        f"::error file={_property(problem.path)},line={problem.line},title={_property(problem.name)}::"
        + _data(f"{problem.field}: {problem.message}" if problem.field else problem.message)
        for problem in problems
    )


def summary(problems: Sequence[Problem]) -> str:
    """A plain list for the run's summary; whatever a volunteer typed stays text there."""
    return "\n".join(["Nothing was published.", "", *(f"- {_plain(str(problem))}" for problem in problems)])


def on_github(problems: Sequence[Problem], environ: Mapping[str, str]) -> str:
    """The annotations where the run is GitHub's, after adding the list to the run's summary; else nothing."""
    if environ.get("GITHUB_ACTIONS") != "true":
        return ""
    if path := environ.get("GITHUB_STEP_SUMMARY"):
        # The annotations and the terminal say the same, so a summary that cannot be written stops nothing.
        with contextlib.suppress(OSError), Path(path).open("a", encoding="utf-8", errors="replace") as file:
            file.write(summary(problems) + "\n")
    return annotations(problems)


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def _plain(value: str) -> str:
    """Text that Markdown shows as it is: what could be markup is written as an entity."""
    return "".join(f"&#{ord(sign)};" if sign in "<>&*_`[]()!#|\\~@" else sign for sign in value)
