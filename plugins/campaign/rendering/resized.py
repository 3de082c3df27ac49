"""A picture in content/images is decoded and written anew: upright, in sRGB, without a byte of metadata."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from PIL import Image, ImageCms, ImageOps, features

from campaign.loading.pictures import BROKEN, MAX_BYTES, READ, WIDTHS, Picture, published_name, sha256
from campaign.loading.plain_file import read_bytes

from .cache import Cache

_HIGHEST = 16_383
"""Pixels; no WebP is higher."""
_SPACES = {"L": "GRAY", "LA": "GRAY", "RGB": "RGB", "RGBA": "RGB", "CMYK": "CMYK"}
"""The space of colours that a profile for a picture of each mode is of."""


class Original:
    """A picture in content/images, and the files that are published of it, each made once and kept."""

    def __init__(self, path: Path, kept: Cache) -> None:
        """Raise OSError where the file cannot be read, or holds no whole picture."""
        self._path = path
        self._kept = kept
        self._hash = sha256(path)
        self._decoded: Image.Image | None = None
        with _broken_data_is_an_os_error():
            width, height = map(int, kept.once("picture", self._made_from("size"), self._size).split())
        self.picture = Picture(published_name(path, self._hash), width, height)

    def make(self, addresses: Iterable[str]) -> None:
        """Make what was not kept; raise OSError where it cannot be made."""
        with _broken_data_is_an_os_error():
            for address in addresses:
                self.written(address)
        self._decoded = None

    def written(self, address: str) -> bytes:
        """The file that is published at an address."""
        width, kind = self.picture.files[address]
        made_from = self._made_from(f"{width}.{kind}")
        return self._kept.once("picture", made_from, lambda: _encoded(self._upright(), width, kind))

    def _size(self) -> bytes:
        width, height = self._upright().size
        return f"{width} {height}".encode()

    def _made_from(self, what: str) -> tuple[str, ...]:
        return (what, self._hash, *_made_by())

    def _upright(self) -> Image.Image:
        if self._decoded is None:
            source = read_bytes(self._path, MAX_BYTES)
            if hashlib.sha256(source).hexdigest() != self._hash:
                raise OSError("the file was changed while the site was built")
            self._decoded = _upright(source)
        return self._decoded


@contextmanager
def _broken_data_is_an_os_error() -> Iterator[None]:
    try:
        yield
    except OSError:
        raise
    except BROKEN as error:
        raise OSError(str(error)) from error


@cache
def _made_by() -> tuple[str, ...]:
    """This code, its measures and the libraries behind it: what others of them made is made again."""
    libraries = (str(features.version(name)) for name in ("pil", "jpg", "webp", "littlecms2"))
    return (sha256(Path(__file__)), str(WIDTHS), *libraries)


def _upright(source: bytes) -> Image.Image:
    """The picture as it is meant to be seen, as large as its widest file, in sRGB: RGBA if one can see through it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(source), formats=READ) as picture:
            ImageOps.exif_transpose(picture, in_place=True)
            drawn = _plain(picture)
            scale = min(1, WIDTHS[-1] / drawn.width, _HIGHEST / drawn.height)
            if scale < 1:
                drawn = drawn.resize(_size(drawn, scale), Image.Resampling.LANCZOS)
            drawn = _in_srgb(drawn, picture.info.get("icc_profile"))
    # A fresh picture of the same pixels: nothing that came with the file can come along.
    bare = Image.new(drawn.mode, drawn.size)
    bare.paste(drawn)
    return bare


def _plain(picture: Image.Image) -> Image.Image:
    """The picture with 8 bits to a colour, and colours of a space that a profile can speak of."""
    if picture.mode in ("CMYK", "L", "LA", "RGB", "RGBA") and "transparency" not in picture.info:
        return picture
    if picture.mode.startswith("I"):  # 16 bits, which Pillow's own conversion cuts off at 255
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The same colours as RGB, or as RGBA where the picture has something to see through."""
    drawn = (_by_profile(picture, profile) if profile else None) or picture.convert("RGB")
    if "A" in picture.getbands():
        drawn.putalpha(picture.getchannel("A"))
    return drawn


def _by_profile(picture: Image.Image, profile: bytes) -> Image.Image | None:
    """The colours that the picture's profile stands for; None where it is broken or of another kind of picture."""
    try:
        theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        space = theirs.profile.xcolor_space.strip()
        if space != _SPACES[picture.mode]:
            return None
        colours = picture.convert("L" if space == "GRAY" else space)
        return ImageCms.profileToProfile(colours, theirs, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return None


def _encoded(picture: Image.Image, width: int, kind: str) -> bytes:
    """One file that is published. picture: as ``_upright`` returns it."""
    if width < picture.width:
        picture = picture.resize(_size(picture, width / picture.width), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    if kind == "webp":
        picture.save(written, "WEBP", quality=80, method=4)
    else:
        if picture.mode == "RGBA":
            paper = Image.new("RGB", picture.size, "white")
            paper.paste(picture, mask=picture)
            picture = paper
        picture.save(written, "JPEG", quality=80, optimize=True, progressive=True)
    return written.getvalue()


def _size(picture: Image.Image, scale: float) -> tuple[int, int]:
    return max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
