"""Pictures as phones, scanners and drawing programs write them, with all that they hide in them."""

from __future__ import annotations

import io
import struct

from PIL import Image, PngImagePlugin

SECRET = b"Somebody's phone"
QUARTERS = {
    "north-west": (200, 30, 30),
    "north-east": (30, 160, 30),
    "south-west": (30, 30, 200),
    "south-east": (220, 210, 40),
}
_LAID_DOWN = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How pixels lie in a file whose orientation is the number, when a person sees them upright."""


def quartered(width: int, height: int) -> Image.Image:
    """A picture with a colour of its own in each quarter."""
    picture = Image.new("RGB", (width, height))
    for place, colour in zip([(0, 0), (1, 0), (0, 1), (1, 1)], QUARTERS.values(), strict=True):
        corner = place[0] * width // 2, place[1] * height // 2
        picture.paste(colour, (*corner, corner[0] + (width + 1) // 2, corner[1] + (height + 1) // 2))
    return picture


def shows_the_quarters(picture: Image.Image) -> bool:
    """Whether each quarter still has its colour, as far as a photo keeps it."""
    width, height = picture.size
    plain = picture.convert("RGB")
    for place, colour in zip([(1, 1), (3, 1), (1, 3), (3, 3)], QUARTERS.values(), strict=True):
        found = plain.getpixel((place[0] * width // 4, place[1] * height // 4))
        if max(abs(a - b) for a, b in zip(found, colour, strict=True)) > 24:
            return False
    return True


def exif(orientation: int = 1) -> Image.Exif:
    """The place, the time and the phone."""
    hidden = Image.Exif()
    hidden[0x0112] = orientation
    hidden[0x010F] = SECRET.decode()
    hidden[0x0132] = "2024:02:02 10:00:00"
    hidden.get_ifd(0x8825)[2] = (51.0, 4.0, 3.0)
    return hidden


def photo(
    kind: str = "JPEG",
    *,
    size: tuple[int, int] = (60, 30),
    orientation: int = 1,
    picture: Image.Image | None = None,
    profile: bytes | None = None,
) -> bytes:
    """A file with everything that can be hidden in one. size: as a person sees it, upright."""
    upright = picture or quartered(*size)
    turn = _LAID_DOWN[orientation]
    lying = upright.transpose(turn) if turn is not None else upright
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + SECRET + b"</x:xmpmeta>"
    hidden = {"exif": exif(orientation), "icc_profile": profile or screen_profile(RED, GREEN, BLUE)}
    written = io.BytesIO()
    if kind == "JPEG":
        lying.save(written, kind, **hidden, xmp=xmp, comment=SECRET, dpi=(300, 300), quality=92)
    elif kind == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_text("Comment", SECRET.decode())
        words.add_text("Author", SECRET.decode(), zip=True)
        words.add_itxt("XML:com.adobe.xmp", xmp.decode())
        words.add(b"tIME", b"\x07\xe8\x02\x02\x0a\x00\x00")
        lying.save(written, kind, **hidden, pnginfo=words, dpi=(300, 300))
    else:
        lying.save(written, kind, **hidden, xmp=xmp, quality=95)
    return written.getvalue()


def screen_profile(red: tuple[float, ...], green: tuple[float, ...], blue: tuple[float, ...]) -> bytes:
    """An ICC profile of a screen whose three lights have these colours, in XYZ."""
    lights = {b"rXYZ": _xyz(red), b"gXYZ": _xyz(green), b"bXYZ": _xyz(blue)}
    return _profile(b"RGB ", lights | dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), _curve(2.2)))


def grey_profile(gamma: float) -> bytes:
    """An ICC profile for pictures without colours."""
    return _profile(b"GRAY", {b"kTRC": _curve(gamma)})


def _profile(space: bytes, tags: dict[bytes, bytes]) -> bytes:
    white = _xyz((0.9642, 1.0, 0.8249))
    tags |= {b"wtpt": white}
    table, data, start = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for name, tag in tags.items():
        table += name + struct.pack(">II", start + len(data), len(tag))
        data += tag
    head = struct.pack(">I4xI", start + len(data), 0x02400000) + b"mntr" + space + b"XYZ " + bytes(12) + b"acsp"
    head += bytes(28) + white[8:]
    return head.ljust(128, b"\0") + table + data


def _curve(gamma: float) -> bytes:
    return b"curv" + struct.pack(">4xIHxx", 1, round(gamma * 256))


RED, GREEN, BLUE = (0.4360, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141)
"""The lights of sRGB."""


def _xyz(values: tuple[float, ...]) -> bytes:
    return b"XYZ " + struct.pack(">4x3i", *(round(value * 65536) for value in values))


def what_is_in(data: bytes) -> set[str]:
    """The names of the parts that a JPEG or WebP file consists of."""
    if data.startswith(b"RIFF"):
        names, place = set(), 12
        while place < len(data):
            names.add(data[place : place + 4].decode())
            (size,) = struct.unpack("<I", data[place + 4 : place + 8])
            place += 8 + size + size % 2
        return names
    names, place = set(), 2
    while data[place + 1] != 0xDA:
        assert data[place] == 0xFF
        names.add(f"{data[place + 1]:X}")
        (size,) = struct.unpack(">H", data[place + 2 : place + 4])
        place += 2 + size
    # Behind the first scan come only scans and their tables, up to the end.
    assert data.endswith(b"\xff\xd9") and data.count(b"\xff\xd9") == 1
    return names


ALLOWED = {"E0", "DB", "C0", "C2", "C4", "DD", "VP8 ", "VP8L", "VP8X", "ALPH"}
"""Pixels and what is needed to read them. E0 is the JPEG's own mark."""
