"""What is published of a picture: its files, their addresses, and what a file must be to become one."""

from __future__ import annotations

import hashlib
import io
import re
import struct
import warnings
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from PIL import Image

from campaign.core.reading.slug import ascii_of, slug
from campaign.core.reading.update import free

from .plain_file import TooLarge, in_words, opened, read_bytes
from .stray_files import HEIC, VIDEO, signature_of

MAX_PIXELS = 40_000_000
MAX_SIDE = 65_535
"""Pixels; no JPEG is longer, and to make a strip of millions smaller takes as much memory as a film."""
MAX_BYTES = 50 * 1024 * 1024
"""Of a picture's file; what a phone writes has a tenth of it."""
WIDTHS = (480, 960, 1600)
"""Pixels: a phone, a phone with a fine screen, and twice the widest column a page has."""
KINDS = ("webp", "jpg")
"""What every browser made since 2020 shows, and what everything else shows."""
READ = ("JPEG", "PNG", "WEBP")
"""The kinds of file that are read."""

BROKEN = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError, OSError, RuntimeError),
    *(SyntaxError, TypeError, ValueError, struct.error, zlib.error, Image.DecompressionBombError),
)
"""What Pillow raises over some broken data. None may end a run without the name of the file that it is in."""

_FALLBACK = 960
_HARMLESS = frozenset(
    (
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "dpi",
        "gamma",
        "srgb",
        "chromaticity",
        "transparency",
        "interlace",
        "progressive",
        "progression",
        "adobe",
        "adobe_transform",
        "loop",
        "background",
        "timestamp",
        "duration",
        "IHDR",
        "PLTE",
        "IDAT",
        "IEND",
        "tRNS",
        "gAMA",
        "cHRM",
        "sRGB",
        "sBIT",
        "bKGD",
        "hIST",
        "pHYs",
    )
)
"""What Pillow tells of a file, and chunks of a PNG, that say only how it is to be shown."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is published: upright, in several widths, each as WebP and as JPEG."""

    name: str
    """``walk-1a2b3c4d``: its file's name and the hash of its bytes, so that no two pictures have one address and no
    browser shows an old picture for a new one."""
    width: int
    """Pixels, of the widest that is published; never more than the picture came with."""
    height: int
    """Pixels, of the same."""

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths it is published in, in pixels, narrowest first."""
        return (*(width for width in WIDTHS if width < self.width), self.width)

    def address(self, width: int, kind: str) -> str:
        """``images/walk-1a2b3c4d-960.webp``, from the site's root."""
        return f"images/{self.name}-{width}.{kind}"

    @property
    def files(self) -> Mapping[str, tuple[int, str]]:
        """The width and the kind of every file that can be published, by address."""
        return {self.address(width, kind): (width, kind) for width in self.widths for kind in KINDS}

    @property
    def fallback(self) -> str:
        """The address for what does not choose between widths, such as a reader of feeds."""
        return self.address(max(width for width in self.widths if width <= _FALLBACK), "jpg")

    @property
    def widest(self) -> str:
        """The address for a link that leads to the picture itself."""
        return self.address(self.width, "jpg")


def picture_fault(path: Path) -> str | None:
    """What is wrong with a picture file, from its name, size and header alone; None where nothing is."""
    if re.search(r"[\s()<>\[\]\"'#?%&;\\]", path.name):
        meant = f"{slug(path.stem) or 'picture'}{path.suffix.lower()}"
        taken = {other.name for other in path.parent.glob("*")}
        meant = free(meant, taken) if meant in taken else meant
        return f"a picture's name holds no space, bracket or sign; delete it here, rename it ({meant}), add it again"
    try:
        with opened(path, MAX_BYTES) as file:
            beginning = file.read(16)
            file.seek(0)
            try:
                with warnings.catch_warnings():  # Pillow doubts some metadata, none of which is kept
                    warnings.simplefilter("ignore")
                    with Image.open(file) as picture:
                        kind, (width, height) = picture.format, picture.size
                        has_colours = picture.mode != "P" or picture.palette is not None
            except BROKEN:
                return _no_picture(beginning)
    except TooLarge as large:
        return f"this picture is {in_words(large.size)}, and {in_words(MAX_BYTES)} is the most; save it smaller"
    except OSError as error:
        return f"this picture cannot be read ({error.strerror})"
    # A phone that keeps a second picture behind the first, as for brighter screens, writes an MPO and calls it .jpg.
    if kind not in (*READ, "MPO"):
        return f"this is a {kind} picture under another name; save it again as a JPEG or PNG"
    if width * height > MAX_PIXELS:
        return f"{width} × {height} is over 40 megapixels; make it smaller"
    if max(width, height) > MAX_SIDE:
        return f"{width} × {height} is longer than any picture can be ({MAX_SIDE}); make it shorter"
    if not has_colours:
        return "the list of its colours is missing, so it is not whole; save it again as a JPEG or PNG"
    return None


def _no_picture(beginning: bytes) -> str:
    """What to do with a file that is called a picture and is none. beginning: its first 16 bytes."""
    found = signature_of(beginning)
    if not beginning:
        return "this file is empty, so it did not arrive whole; delete it and add the picture again"
    if found == "heic":
        return HEIC
    if found == "video":
        return VIDEO
    if found in ("pdf", "page"):
        what = "a PDF" if found == "pdf" else "a web page or a drawing"
        return f"this is {what} under another name; add a picture of it instead, as a screenshot is"
    return "this is no picture that can be read; save it again as a JPEG or PNG"


def metadata_in(path: Path) -> str:
    """What a picture's file says besides what it shows: where and with what it was taken, notes; empty if nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            data = read_bytes(path, MAX_BYTES)
            with Image.open(io.BytesIO(data)) as picture:
                if picture.format == "PNG":
                    found = set(_pieces_of_png(data))
                else:
                    found = {str(key).lower() for key, value in picture.info.items() if value}
                    found |= {"exif"} if picture.getexif() else set()
        except BROKEN:
            return "it cannot be read"
    return ", ".join(sorted(found - _HARMLESS))


def _pieces_of_png(data: bytes) -> Iterator[str]:
    """The names of a PNG's chunks, also of those behind the picture, which Pillow reads only with the picture."""
    place = 8
    while place + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, place)
        yield name.decode("latin-1")
        place += length + 12


def published_name(path: Path, source: str = "") -> str:
    """``walk-1a2b3c4d``, in letters that every server, disk and list of addresses can hold.

    source: the SHA-256 of the file, where it is known. Raise OSError where the file cannot be read.
    """
    return f"{published_stem(path)}-{(source or sha256(path))[:8]}"


def published_stem(path: PurePath) -> str:
    """``walk``: what the published name of a picture begins with, whatever its bytes are."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", ascii_of(path.stem))[:80].strip("-") or "picture"


def sha256(path: Path) -> str:
    """The SHA-256 of a picture's file, in hexadecimal.

    Raises TooLarge beyond ``MAX_BYTES``, and OSError where the file cannot be read.
    """
    return hashlib.sha256(read_bytes(path, MAX_BYTES)).hexdigest()
