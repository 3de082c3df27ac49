"""Lines of letters in a font that is installed with the project: how long they are, and what they look like."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.metadata import distribution
from pathlib import Path

import uharfbuzz as harfbuzz
from PIL import Image, ImageDraw, ImageFont

PARTS = 4
"""Into how many a pixel is parted, for a letter to begin in."""

_PACKAGE = "font-source-serif-pro"
_JOINED = {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}
"""Letters that would touch, and the one letter that the font has for them."""
_SAME = {"\u2011": "-"}
"""What differs only in where lines end."""
_FOUND = re.compile("|".join((*_JOINED, *_SAME)))


def can_write(text: str) -> bool:
    """Whether the font has a glyph for every character: a card with empty boxes is worse than none."""
    return all(_is_unseen(sign) or _shapes(True).get_nominal_glyph(ord(sign)) for sign in set(_set(text)))


def length(text: str, size: float, *, is_bold: bool = False) -> float:
    """How long a line is, in pixels."""
    return _placed(text, is_bold)[1] * size


def placed(text: str, *, is_bold: bool = False) -> tuple[tuple[str, float], ...]:
    """What is drawn of a line, and where each letter begins, as a share of the size."""
    return _placed(text, is_bold)[0]


@lru_cache(maxsize=32)
def written(text: str, size: int, part: int, *, is_bold: bool) -> tuple[Image.Image, int, int]:
    """A line as a mask, and where its corner is, from the line and from the pixel in whose ``part`` it begins.

    Cards of one campaign share many of their lines.
    """
    letters = []
    for sign, at in placed(text, is_bold=is_bold):
        whole, within = divmod(part + round(at * size * PARTS), PARTS)
        mask, left, top = letter(sign, size, within, is_bold=is_bold)
        letters.append((mask, whole + left, top))
    left, top = min((x for _, x, _ in letters), default=0), min((y for *_, y in letters), default=0)
    right = max((x + mask.width for mask, x, _ in letters), default=left)
    bottom = max((y + mask.height for mask, _, y in letters), default=top)
    line = Image.new("L", (right - left, bottom - top))
    for mask, x, y in letters:
        line.paste(255, (x - left, y - top), mask)
    return line, left, top


@lru_cache(maxsize=2048)
def letter(sign: str, size: int, part: int, *, is_bold: bool) -> tuple[Image.Image, int, int]:
    """The same of one letter."""
    font = _font(size * PARTS, is_bold)
    left, top, right, bottom = map(int, font.getbbox(sign, anchor="ls"))
    # Drawn larger, since Pillow begins a letter at whole pixels only; with an edge that whole pixels end at.
    left, top = (left + part) // PARTS - 1, top // PARTS - 1
    wide, high = right // PARTS + 3 - left, bottom // PARTS + 2 - top
    mask = Image.new("L", (wide * PARTS, high * PARTS))
    ImageDraw.Draw(mask).text((part - left * PARTS, -top * PARTS), sign, 255, font, anchor="ls")
    return mask.reduce(PARTS), left, top


@lru_cache(maxsize=4096)
def _placed(text: str, is_bold: bool) -> tuple[tuple[tuple[str, float], ...], float]:
    """Each letter that is drawn and where it begins, and where the line ends; as shares of the size."""
    font, line, at, letters = _shapes(is_bold), _set(text), 0, []
    buffer = harfbuzz.Buffer()
    buffer.cluster_level = harfbuzz.BufferClusterLevel.CHARACTERS
    buffer.add_str(line)
    buffer.guess_segment_properties()
    # Letters are drawn one by one, so those that the font would join stand in the line joined.
    harfbuzz.shape(font, buffer, {"liga": False})
    for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True):
        if not _is_unseen(sign := line[glyph.cluster]):
            letters.append((sign, (at + place.x_offset) / font.face.upem))
        at += place.x_advance
    return tuple(letters), at / font.face.upem


def _set(text: str) -> str:
    """As a printer sets it, each letter one sign with its marks where there is such a sign."""
    text = unicodedata.normalize("NFC", text)
    return _FOUND.sub(lambda found: _JOINED.get(found[0]) or _SAME[found[0]], text)


def _is_unseen(sign: str) -> bool:
    """Spaces, and signs that only tell how others are to be shown."""
    return sign.isspace() or unicodedata.category(sign) == "Cf" or "\ufe00" <= sign <= "\ufe0f"


@lru_cache(maxsize=32)
def _font(size: int, is_bold: bool) -> ImageFont.FreeTypeFont:
    # A letter by itself is the same in either layout, and not every machine has the other.
    return ImageFont.truetype(_files()[is_bold], size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=2)
def _shapes(is_bold: bool) -> harfbuzz.Font:
    """The font as HarfBuzz reads it, which knows how far apart its letters stand."""
    return harfbuzz.Font(harfbuzz.Face(harfbuzz.Blob.from_file_path(str(_files()[is_bold]))))


@lru_cache(maxsize=1)
def _files() -> tuple[Path, Path]:
    """Regular and bold."""
    package = distribution(_PACKAGE)
    folder = f"{_PACKAGE.replace('-', '_')}/files"
    return tuple(Path(str(package.locate_file(f"{folder}/SourceSerifPro-{name}.otf"))) for name in ("Regular", "Bold"))  # type: ignore[return-value]
