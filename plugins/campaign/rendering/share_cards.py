"""Share cards: drawings with text → PNG, or JPEG with a photo, in a font of ours: every machine draws the same."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import distribution
from pathlib import Path

import resvg_py
from PIL import Image, ImageFont

from .card_photo import Photo

ROOM = 1080
"""Pixels a line of a headline may be long."""
SHAPES = ((76, 2), (64, 2), (54, 3), (44, 4), (36, 5))
"""Sizes of a headline, and how many lines of each there is room for."""
NARROW = ((64, 2), (54, 3), (44, 4), (36, 5), (30, 6), (26, 7))
"""The same of a headline beside a photo."""
NAMES = ((34, 1), (26, 2), (20, 3))
"""The same of the appeal's name above it."""

_PACKAGE = "font-source-serif-pro"


@dataclass(frozen=True, slots=True)
class Headline:
    """A text broken into lines that fit, and its size in pixels."""

    lines: tuple[str, ...]
    size: int


def png(svg: str) -> bytes:
    """The drawing as a PNG, with no font but ours."""
    fonts = [str(path) for path in _fonts()]
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, font_files=fonts, skip_system_fonts=True))


def jpeg(svg: str, of: Photo, file: bytes) -> bytes:
    """The drawing with its photo as a JPEG: as a PNG it would be too large for a messenger. file: the photo's.

    It is brought to its size here, so that it stands in the drawing pixel for pixel.
    """
    with Image.open(io.BytesIO(file)) as opened:
        small = opened.convert("RGB").resize((of.width, of.height), Image.Resampling.LANCZOS)
    inside, written = io.BytesIO(), io.BytesIO()
    small.save(inside, "PNG")
    within = f"data:image/png;base64,{base64.b64encode(inside.getvalue()).decode()}"
    with Image.open(io.BytesIO(png(svg.replace(f'href="{of.address}"', f'href="{within}"')))) as drawn:
        drawn.convert("RGB").save(written, "JPEG", quality=88, subsampling=0, optimize=True)
    return written.getvalue()


def can_write(text: str) -> bool:
    """Whether the font has a glyph for every character: a card with empty boxes is worse than none."""
    return all(_has_glyph(sign) for sign in text)


def lower(shapes: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """The same above a figure that stands a line higher."""
    return tuple((size, most - 1 if most > 2 else most) for size, most in shapes)


def fits(text: str, sizes: tuple[int, ...], room: float, *, is_bold: bool = False) -> int:
    """The first of some sizes, largest first, in which a line is no longer than ``room`` pixels; else the last."""
    return next((size for size in sizes if length(text, size, is_bold=is_bold) <= room), sizes[-1])


def length(text: str, size: int, *, is_bold: bool = False) -> float:
    """How long a line is, in pixels."""
    return _font(size, is_bold).getlength(text)


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


@lru_cache(maxsize=1)
def _fonts() -> tuple[Path, Path]:
    """Regular and bold."""
    package = distribution(_PACKAGE)
    folder = f"{_PACKAGE.replace('-', '_')}/files"
    return tuple(Path(str(package.locate_file(f"{folder}/SourceSerifPro-{name}.ttf"))) for name in ("Regular", "Bold"))  # type: ignore[return-value]


@lru_cache(maxsize=32)
def _font(size: int, is_bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_fonts()[is_bold], size)


def _length(text: str, size: int) -> float:
    return length(text, size, is_bold=True)


@lru_cache(maxsize=4096)
def _has_glyph(sign: str) -> bool:
    if sign.isspace():
        return True
    font = _font(54, True)
    return bytes(font.getmask(sign)) != bytes(font.getmask("\uffff"))
