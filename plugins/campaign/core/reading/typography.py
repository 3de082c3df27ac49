"""What was typed with the straight signs of a keyboard, in the quotation marks and dashes of its language."""

from __future__ import annotations

import re
from functools import lru_cache

_MARKS = {
    **dict.fromkeys(("en", "nl"), "“”\N{LEFT SINGLE QUOTATION MARK}’"),
    **dict.fromkeys(("de", "cs", "sk"), "„“\N{SINGLE LOW-9 QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"),
    **dict.fromkeys(("pl", "ro", "hu"), "„”\N{SINGLE LOW-9 QUOTATION MARK}’"),
    **dict.fromkeys(("es", "it"), "«»“”"),
    **dict.fromkeys(("sv", "fi"), "””’’"),
    **dict.fromkeys(("fr", "de_CH"), "«»\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}›"),
}
"""What opens and closes a quotation, and one within it, by locale or language. Where another language is written, marks
stay as they were typed: a wrong one is worse than a plain one."""
_SPACED = "fr"
"""The language that has a space within its quotation marks."""
_SPACE = "\u00a0"
_OF_AN_ADDRESS = ("://", "www.", "@")
_NEAR = 500
"""Characters within which the other end of a quotation is looked for: no text can keep this busy."""
_WORD = re.compile(r"\S+")
_STRAIGHT = re.compile("[\"']")
_CLOSES = re.compile(r"\S'(?!\w)")
_DASH = re.compile(r"(?<=\S)([ \u00a0])-{1,3}(?=[ \n](?:\S|\Z))")
_LONG_DASH = re.compile(r"(?<=[^\W\d_])-{2,3}(?=[^\W\d_])")
_OPENS_BEHIND = " \n\t\u00a0\u202f([{–—-/"
_QUOTES = "“„«\"'"
"""What a quotation begins behind, and what it begins behind if a word follows."""


def typeset(text: str, locale: str, before: str = "") -> str:
    """A text with curly quotation marks and apostrophes, and with dashes; addresses in it stay as they were typed.

    locale: as ``en_GB``. before: what stands before it in its line; empty where it begins one.
    A sign whose meaning is open stays as it was typed: what may be feet or inches, a mark that nothing closes, a hyphen
    between digits.
    """
    if not _STRAIGHT.search(text) and "-" not in text:
        return text
    marks, signs = _marks(locale), list(text)
    is_open = dict.fromkeys("\"'", False)
    for word in _WORD.finditer(text):
        if any(sign in word[0] for sign in _OF_AN_ADDRESS):
            continue
        for found in _STRAIGHT.finditer(text, *word.span()):
            signs[found.start()] = _mark(text, found.start(), before, marks, is_open)
        for found in _LONG_DASH.finditer(text, *word.span()):
            signs[found.start() : found.end()] = ["–", *[""] * (len(found[0]) - 1)]
    first = before[-1:]
    return _DASH.sub(_dashed, first + "".join(signs))[len(first) :]


def _dashed(found: re.Match[str]) -> str:
    """A hyphen between spaces as a dash, unless it stands between digits, where it may be a minus."""
    text = found.string
    is_between_digits = text[found.start() - 1].isdigit() and text[found.end() + 1 : found.end() + 2].isdigit()
    return found[0] if is_between_digits else f"{found[1]}–"


@lru_cache(maxsize=8)
def _marks(locale: str) -> tuple[str, ...]:
    """What opens and closes a quotation, and one within it, with the spaces within; empty where it is not known."""
    language = locale.partition("_")[0]
    marks = _MARKS.get(locale) or _MARKS.get(language, "")
    if language == _SPACED:
        return tuple(f"{_SPACE}{mark}" if number % 2 else f"{mark}{_SPACE}" for number, mark in enumerate(marks))
    return tuple(marks)


def _mark(text: str, at: int, before: str, marks: tuple[str, ...], is_open: dict[str, bool]) -> str:
    """What a straight sign is; itself where nobody can say. is_open: whether a quotation is, by its straight sign."""
    sign = text[at]
    last, following = (text[at - 1] if at else before[-1:]), text[at + 1 : at + 2]
    opens, opened = _opens(last, following), is_open[sign]
    if sign == '"':
        if not marks or (last.isspace() and not opens) or (last.isdigit() and not opened):
            return sign
        is_open[sign] = opens
        return marks[0] if opens else marks[1]
    if marks and opens and following.isalpha() and _CLOSES.search(text, at + 1, at + _NEAR):
        is_open[sign] = True
        return marks[2]
    if marks and opened and not following.isalnum():
        is_open[sign] = False
        return marks[3]
    return sign if last.isdigit() or (last.isspace() and not following.isalnum()) else "’"


def _opens(last: str, following: str) -> bool:
    """Whether a quotation can begin between two signs."""
    if last and last in _QUOTES:
        return following.isalnum()
    return (not last or last in _OPENS_BEHIND) and not following.isspace()
