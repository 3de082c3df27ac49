"""Share cards: a headline that fits, and a drawing → PNG, or JPEG with a photo, the same on every machine."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image

from .card_photo import Photo
from .drawing import picture
from .lettering import can_write, length

ROOM = 1080
"""Pixels a line of a headline may be long."""
SHAPES = ((76, 2), (64, 2), (54, 3), (44, 4), (36, 5))
"""Sizes of a headline, and how many lines of each there is room for."""
NARROW = ((64, 2), (54, 3), (44, 4), (36, 5), (30, 6), (26, 7))
"""The same of a headline beside a photo."""
NAMES = ((34, 1), (26, 2), (20, 3))
"""The same of the appeal's name above it."""

_EFFORT = 2
"""Of 9, to make a PNG small: as it is, it is three fifths of what it would be without its palette."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A text broken into lines that fit, and its size in pixels."""

    lines: tuple[str, ...]
    size: int


def png(svg: str) -> bytes:
    """The drawing as a PNG, whose palette is that of its colours."""
    written = io.BytesIO()
    picture(svg).save(written, "PNG", compress_level=_EFFORT)
    return written.getvalue()


def jpeg(svg: str, of: Photo, file: bytes) -> bytes:
    """The drawing with its photo as a JPEG: as a PNG it would be too large for a messenger. file: the photo's."""
    written = io.BytesIO()
    picture(svg, _brought_to(of.width, of.height, file)).save(written, "JPEG", quality=88, subsampling=0, optimize=True)
    return written.getvalue()


@lru_cache(maxsize=2)
def _brought_to(width: int, height: int, file: bytes) -> Image.Image:
    """The photo as large as it is drawn: that of the campaign is in the cards of many updates."""
    with Image.open(io.BytesIO(file)) as opened:
        return opened.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)


def lower(shapes: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """The same above a figure that stands a line higher."""
    return tuple((size, most - 1 if most > 2 else most) for size, most in shapes)


def fits(text: str, sizes: tuple[int, ...], room: float, *, is_bold: bool = False) -> int:
    """The first of some sizes, largest first, in which a line is no longer than ``room`` pixels; else the last."""
    return next((size for size in sizes if length(text, size, is_bold=is_bold) <= room), sizes[-1])


def fitted(text: str, shapes: tuple[tuple[int, int], ...] = SHAPES, room: int = ROOM) -> Headline | None:
    """The text as large as it fits, cut with an ellipsis where it never does; None if it has no glyphs.

    shapes: sizes, and how many lines of each there is room for; room: how long a line may be. All in pixels.
    """
    if not can_write(text):
        return None
    for size, most in shapes:
        lines = _wrapped(text, size, room)
        if len(lines) <= most:
            break
    if len(lines) > most:
        last = lines[most - 1]
        while _length(f"{last}…", size) > room:
            last = last[:-1]
        lines = [*lines[: most - 1], f"{last.rstrip()}…"]
    return Headline(tuple(lines), size)


def _wrapped(text: str, size: int, room: int) -> list[str]:
    """Lines broken at spaces, and within a word that is longer than a line."""
    lines = [""]
    for word in text.split():
        if _length(f"{lines[-1]} {word}".strip(), size) <= room:
            lines[-1] = f"{lines[-1]} {word}".strip()
            continue
        if lines[-1]:
            lines.append("")
        for sign in word:
            if _length(lines[-1] + sign, size) > room:
                lines.append("")
            lines[-1] += sign
    return lines


def _length(text: str, size: int) -> float:
    return length(text, size, is_bold=True)
