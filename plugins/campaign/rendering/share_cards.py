"""Share cards: drawings with text → PNG, in a font that is installed with us: every machine draws the same."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import distribution, version
from pathlib import Path

import resvg_py
from PIL import ImageFont

WIDTH, HEIGHT = 1200, 630
ROOM = 1080
"""Pixels a line of a headline may be long."""
SHAPES = ((76, 2), (64, 2), (54, 3), (44, 4), (36, 5))
"""Sizes of a headline, and how many lines of each there is room for."""
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


@lru_cache(maxsize=1)
def drawn_by() -> tuple[str, ...]:
    """This code, the program and the font that draw: what others of them drew is drawn again."""
    return (hashlib.sha256(Path(__file__).read_bytes()).hexdigest(), version("resvg-py"), version(_PACKAGE))


def can_write(text: str) -> bool:
    """Whether the font has a glyph for every character: a card with empty boxes is worse than none."""
    return all(_has_glyph(sign) for sign in text)


def fitted(text: str, shapes: tuple[tuple[int, int], ...] = SHAPES) -> Headline | None:
    """The text as large as it fits, cut with an ellipsis where it never does; None if it has no glyphs."""
    if not can_write(text):
        return None
    for size, most in shapes:
        lines = _wrapped(text, size)
        if len(lines) <= most:
            break
    if len(lines) > most:
        last = lines[most - 1]
        while _length(f"{last}…", size) > ROOM:
            last = last[:-1]
        lines = [*lines[: most - 1], f"{last.rstrip()}…"]
    return Headline(tuple(lines), size)


def _wrapped(text: str, size: int) -> list[str]:
    """Lines broken at spaces, and within a word that is longer than a line."""
    lines = [""]
    for word in text.split():
        if _length(f"{lines[-1]} {word}".strip(), size) <= ROOM:
            lines[-1] = f"{lines[-1]} {word}".strip()
            continue
        if lines[-1]:
            lines.append("")
        for sign in word:
            if _length(lines[-1] + sign, size) > ROOM:
                lines.append("")
            lines[-1] += sign
    return lines


@lru_cache(maxsize=1)
def _fonts() -> tuple[Path, Path]:
    """Regular and bold."""
    package = distribution(_PACKAGE)
    folder = f"{_PACKAGE.replace('-', '_')}/files"
    return tuple(Path(str(package.locate_file(f"{folder}/SourceSerifPro-{name}.ttf"))) for name in ("Regular", "Bold"))  # type: ignore[return-value]


@lru_cache(maxsize=8)
def _bold(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_fonts()[1], size)


def _length(text: str, size: int) -> float:
    return _bold(size).getlength(text)


@lru_cache(maxsize=4096)
def _has_glyph(sign: str) -> bool:
    if sign.isspace():
        return True
    font = _bold(54)
    return bytes(font.getmask(sign)) != bytes(font.getmask("\uffff"))
