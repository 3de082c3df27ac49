"""Pictures are decoded and written anew: upright, no wider than a page needs, without a byte of metadata."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zlib
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 40_000_000
WIDEST = 1600
"""Pixels; twice the widest column a page has."""

_FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}


def picture_fault(path: Path) -> str | None:
    """What is wrong with a picture file, from its name and header alone; None where nothing is."""
    if re.search(r"[\s()<>\[\]\"'#?%]", path.name):
        return (
            "a picture's name holds no space, bracket or sign; delete it here, rename it (cake-sale.jpg), add it again"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path) as picture:
                kind, (width, height) = picture.format, picture.size
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return "this is no picture that can be read; save it again as a JPEG or PNG"
    if kind not in _FORMATS.values():
        return f"this is a {kind} picture under another name; save it again as a JPEG or PNG"
    if width * height > MOST_PIXELS:
        return f"{width} × {height} is over 40 megapixels; make it smaller"
    return None


def cleaned(path: Path) -> bytes:
    """The picture as it is published; raise OSError where its data is broken."""
    try:
        return _written_anew(path)
    except (SyntaxError, ValueError, struct.error, zlib.error) as error:  # what Pillow raises over some broken data
        raise OSError(str(error)) from error


def _written_anew(path: Path) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(path) as source:
            upright = ImageOps.exif_transpose(source)
            kind = _FORMATS[path.suffix.lower()]
            has_alpha = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
            picture = upright.convert("RGBA" if has_alpha and kind != "JPEG" else "RGB")
    if picture.width > WIDEST:
        height = max(1, round(picture.height * WIDEST / picture.width))
        picture = picture.resize((WIDEST, height), Image.Resampling.LANCZOS)
    # A fresh picture of the same pixels: nothing that came with the file can come along.
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    written = io.BytesIO()
    if kind == "JPEG":
        bare.save(written, kind, quality=82, optimize=True, progressive=True)
    else:
        bare.save(written, kind)
    return written.getvalue()
