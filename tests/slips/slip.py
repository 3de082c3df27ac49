"""A slip: one thing that a volunteer typed otherwise than it should be, and what must become of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from .sound import ENGLISH, NEWEST, POLISH

Files = Mapping[str, str | bytes]
SOUND: dict[str, dict[str, str]] = {"english": ENGLISH, "polish": POLISH}


@dataclass(frozen=True)
class Refused:
    """A problem of this name at the slip's line, and of this field; none other, but for those in ``also``."""

    name: str
    field: str = ""
    """As the problem says it; empty for a file or a line that is no field."""
    at: str | int = ""
    """The line where it is told, if it is not the slip's: its beginning without the spaces, or its number."""
    path: str = ""
    """The file where it is told, if it is not the slip's."""
    also: tuple[str, ...] = ()
    """Other problems that follow from it and are told, too."""


@dataclass(frozen=True)
class Meant:
    """Read as what these files say; as the sound campaign where there are none."""

    files: Files = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """It cannot be told from the truth, so publishing it is announced in these words."""

    words: str
    is_doubt: bool = False
    """Whether it is asked if it is right; else it is announced like any other change."""


Expected = Refused | Meant | Asked


@dataclass(frozen=True)
class Slip:
    """``files``: those that differ from the sound campaign of this ``language``; None is a file that is not there."""

    name: str
    language: str
    path: str
    files: Mapping[str, str | bytes | None]
    expected: Expected

    @property
    def content(self) -> dict[str, str | bytes]:
        """Every file as it then lies in the content folder."""
        files: dict[str, str | bytes | None] = {**SOUND[self.language], **self.files}
        return {name: text for name, text in files.items() if text is not None}

    @property
    def key(self) -> tuple[str, tuple[tuple[str, str | bytes], ...]]:
        """What tells it from every other."""
        return self.language, tuple(sorted(self.content.items()))

    @property
    def line(self) -> int:
        """The first line that is not as it should be."""
        text, sound = self.files.get(self.path), SOUND[self.language].get(self.path, "")
        text = text.decode("utf-8", "replace") if isinstance(text, bytes) else text or ""
        if isinstance(self.expected, Refused) and self.expected.at:
            at = self.expected.at
            if isinstance(at, int):
                return at
            return next(n for n, line in enumerate(text.split("\n"), 1) if line.strip().startswith(at))
        pairs = zip(text.split("\n"), sound.split("\n"), strict=False)
        return next((number for number, (wrong, right) in enumerate(pairs, 1) if wrong != right), 1)


def replaced(language: str, path: str, old: str, new: str) -> str:
    """A sound file's text with ``old``, which stands in it once, written ``new``."""
    text = SOUND[language][path]
    assert text.count(old) == 1, (path, old, text.count(old))
    return text.replace(old, new)


def slip(name: str, path: str, old: str, new: str, expected: Expected, language: str = "english") -> Slip:
    """One text written otherwise in one file."""
    return Slip(name, language, path, {path: replaced(language, path, old, new)}, expected)


def meant(path: str, old: str, new: str, language: str = "english") -> Meant:
    return Meant({path: replaced(language, path, old, new)})


def with_text(name: str, text: str, expected: Expected, path: str = NEWEST) -> Slip:
    """A whole file written otherwise."""
    return Slip(name, "english", path, {path: text}, expected)


def saved(name: str, data: bytes, expected: Expected) -> Slip:
    """The newest update as another program saves it."""
    return Slip(name, "english", NEWEST, {NEWEST: data}, expected)


def renamed(name: str, path: str, to: str, expected: Refused | Meant, language: str = "english") -> Slip:
    """A file under another name."""
    text = SOUND[language][path]
    return Slip(name, language, to, {path: None, to: text}, expected)


def numbered(slips: list[Slip]) -> list[Slip]:
    """The same slips, those of one name told apart by a number."""
    names = [slip.name for slip in slips]
    return [
        replace(each, name=f"{each.name} {names[:n].count(each.name) + 1}") if names.count(each.name) > 1 else each
        for n, each in enumerate(slips)
    ]


def fingers(figure: str) -> dict[str, str]:
    """What fingers make of a figure, one slip each: the text, and what happened to it."""
    made: dict[str, str] = {}
    places = [n for n, sign in enumerate(figure) if sign.isdigit()]
    for n in places:
        made.setdefault(figure[:n] + figure[n + 1 :], f"{figure} without its {figure[n]}")
    for n in places:
        made.setdefault(figure[:n] + figure[n] * 2 + figure[n + 1 :], f"{figure} with {figure[n]} twice")
    for n, m in pairwise(places):
        signs = list(figure)
        signs[n], signs[m] = signs[m], signs[n]
        made.setdefault("".join(signs), f"{figure} with {figure[n]} and {figure[m]} swapped")
    for n, sign in enumerate(figure):
        if not sign.isdigit():
            made.setdefault(figure[:n] + figure[n + 1 :], f"{figure} without its {sign!r}")
    made.pop(figure, None)
    return made
