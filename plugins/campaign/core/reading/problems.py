"""A problem is one fault in one place, said so that a volunteer can mend it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

FieldPath = tuple[str | int, ...]
"""Where a value stands in a file: ``("received", 0, "amount")``; list positions count from 0."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault; sorts by path, then line."""

    path: str
    """From the project's root, with forward slashes."""
    line: int
    """Counted from 1."""
    field: str
    """As a volunteer would say it: ``totals.justgiving``, ``received[2].amount``; empty for a whole file."""
    message: str
    """What was expected, what was found, how to mend it; one line."""
    name: str
    """Stable; an anchor in ``docs/errors.md``."""

    def __str__(self) -> str:
        field = f"{self.field}: " if self.field else ""
        return f"{self.path}:{self.line}: {field}{self.message} [{self.name}]"


class FieldError(ValueError):
    """One text cannot be read as what its field asks for; whoever knows path and line makes it a Problem."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name
        self.message = message


class CampaignError(Exception):
    """Every problem of every file, sorted: nothing may be published."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def look_alike(text: str) -> str:
    """The end of a message about a text that holds a character which looks like another or like nothing."""
    is_latin = any(sign.isascii() and sign.isalpha() for sign in text)
    for sign in text:
        kind = unicodedata.category(sign)
        is_odd = kind in ("Cf", "Mn", "Zs") or unicodedata.normalize("NFKC", sign).isascii()
        # A Cyrillic or Greek letter within a word of Latin ones is one that looks the same.
        is_odd |= is_latin and unicodedata.name(sign, "").startswith(("CYRILLIC", "GREEK"))
        # A raised ² typed again would be a digit more.
        if not sign.isascii() and is_odd and kind != "No":
            return (
                f"; it holds the character U+{ord(sign):04X}, which looks like another or like nothing:"
                " delete it and type it again"
            )
    return ""


def field_name(path: FieldPath) -> str:
    """Write a path as people count: ``("received", 0, "amount")`` is ``received[1].amount``."""
    name = ""
    for part in path:
        name += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if name else part
    return name
