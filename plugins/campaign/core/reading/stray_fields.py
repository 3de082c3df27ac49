"""Fields that stand in a story, where nobody reads them: a second block, or a closing --- too early."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from .front_matter import ALMOST_FENCE, Document
from .problems import Problem

_FIELD = re.compile(r"(?P<indent>\s*)(?P<entry>-\s+)?(?:\{\s*)?(?P<key>[^\W\d][\w-]*)\s*[:\uff1a](?!//)(?P<value>.*)")
"""A line that is written as a field: alone, as an entry of a list, or in braces."""
_ENTRY = re.compile(r"\s*-\s")
_COMMENT = re.compile(r"\s*#(?!#)")
_CODE = re.compile(r" {0,3}(```+|~~~+)")
_IN_BRACES = re.compile(r"\s*(\{.*:.*\}|\[[^\[\]]*\])\s*")
_SPELT_ALIKE = 0.85
"""How near a small word must come to a field's name to be taken for it (1 is the same)."""


@dataclass(frozen=True)
class Names:
    """What the fields of a file are called."""

    fields: Collection[str]
    """Those that begin at the left."""
    inner: Collection[str]
    """Those that stand below another."""
    accounts: Collection[str] = ()
    """Of the inner ones, those whose value is a figure."""

    def is_field(self, key: str) -> bool:
        """Whether a word is a field's name, or a slip of one; a capital is how a sentence begins."""
        close = difflib.get_close_matches(key, self.fields, n=1, cutoff=_SPELT_ALIKE)
        return key.islower() and bool(close)


def fields_in_story(document: Document, names: Names) -> Iterator[Problem]:
    """A problem for each place in the story where fields stand, at the first of them."""
    lines = _without_code(document.body.split("\n"))
    fences = [number for number, line in enumerate(lines) if line.strip() and ALMOST_FENCE.fullmatch(line)]
    told_until = -1
    for number, line in enumerate(lines):
        match = _FIELD.match(line)
        if match is None or number <= told_until:
            continue
        above = [earlier for earlier in lines[:number] if earlier.strip() and not _COMMENT.match(earlier)][-1:]
        begins = all(ALMOST_FENCE.fullmatch(earlier) for earlier in above)
        block = _block(lines, number, fences)
        if (
            (begins and _begins_fields(match, names))
            or _holds_fields(match, lines[number + 1 :], names)
            or (begins and _is_block(block) and _names_a_field(block, names))
        ):
            told_until = number + len(block or _run(lines[number:])) - 1
            message = _message(document.body_line - 1, is_first=not above, is_closed=_is_block(block))
            yield Problem(document.path, document.body_line + number, match["key"], message, "fields-in-story")


def _message(end: int, *, is_first: bool, is_closed: bool) -> str:
    """What to do about fields below the closing hyphens, which are on line ``end``."""
    what = f"stands in the story and would be lost there; move it up to the other fields, above the --- on line {end}"
    if is_first:
        remedy = "delete that ---" if is_closed else "move that --- below the last field"
        what = f"stands below the closing --- on line {end} and would be lost in the story; {remedy}"
    return f"{what}, or if this is story, put a word before it"


def _without_code(lines: Sequence[str]) -> list[str]:
    """The lines of a story, with those between marks of code left empty: there fields may be shown."""
    kept, mark = [], ""
    for line in lines:
        match = _CODE.match(line)
        is_mark = match is not None and match[1].startswith(mark)
        kept.append("" if mark or is_mark else line)
        if match and is_mark:
            mark = "" if mark else match[1]
    return kept


def _begins_fields(match: re.Match[str], names: Names) -> bool:
    """Whether a line right below hyphens is the first of a block of fields."""
    key = match["key"]
    if match["indent"] or match["entry"]:
        return names.is_field(key) or key in names.inner
    return names.is_field(key) or (key in names.accounts and any(sign.isdigit() for sign in match["value"]))


def _holds_fields(match: re.Match[str], below: Sequence[str], names: Names) -> bool:
    """Whether a line is a field that holds others, on the lines below it or in braces."""
    key, value = match["key"], match["value"]
    if match["entry"] or not (names.is_field(key) or key.lower() in names.fields):
        return False
    if value.strip():
        return key.islower() and bool(_IN_BRACES.fullmatch(value))
    inner = next((_FIELD.match(line) for line in below if line.strip()), None)
    if inner is None:
        return False
    if inner["entry"]:
        return inner["key"] in names.inner
    return bool(inner["indent"]) and not names.is_field(inner["key"])


def _block(lines: Sequence[str], start: int, fences: Sequence[int]) -> Sequence[str]:
    """What stands from a line to the next line of hyphens; empty where there is none."""
    end = next((fence for fence in fences if fence > start), None)
    return lines[start:end] if end is not None else ()


def _run(lines: Sequence[str]) -> Sequence[str]:
    """The lines up to the first that is empty."""
    return lines[: next((number for number, line in enumerate(lines) if not line.strip()), len(lines))]


def _is_block(block: Sequence[str]) -> bool:
    """Whether there are lines, each written as a field, an entry of a list or a comment."""
    return bool(block) and all(
        _FIELD.match(line) or _ENTRY.match(line) or _COMMENT.match(line) for line in block if line.strip()
    )


def _names_a_field(block: Sequence[str], names: Names) -> bool:
    """Whether a line of a block begins with the name of a field."""
    keys = [match["key"] for line in block if (match := _FIELD.match(line))]
    return any(names.is_field(key) or key in names.accounts for key in keys)
