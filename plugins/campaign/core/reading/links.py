"""Addresses in a story: where on the site each one leads, and what is wrong with one."""

from __future__ import annotations

import re
from typing import NewType
from urllib.parse import SplitResult, urlsplit

PicturePlace = NewType("PicturePlace", str)
"""Where a picture lies, from the content folder: ``images/walk.jpg``, in whatever way a volunteer named it."""
SCHEMES = ("https", "http", "mailto", "tel")
SITE_PAGES = ("index.html", "updates.html", "money.html", "events.html")

_HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_](?:[\w-]*[^\W_])?")
"""``www.example.org``, in any script."""
_ODD = re.compile(r"[\s\\<>\"^`{|}]")
"""Signs that an address holds only where something was pasted wrongly."""
_VIDEOS = {
    "youtube.com": ("YouTube", ("/watch", "/shorts/", "/live/", "/embed/", "/playlist")),
    "youtu.be": ("YouTube", ("/",)),
    "vimeo.com": ("Vimeo", ("/",)),
    "player.vimeo.com": ("Vimeo", ("/video/",)),
    "dailymotion.com": ("Dailymotion", ("/video/",)),
    "dai.ly": ("Dailymotion", ("/",)),
    "facebook.com": ("Facebook", ("/watch", "/videos/", "/reel/", "/share/v/", "/share/r/")),
    "fb.watch": ("Facebook", ("/",)),
    "instagram.com": ("Instagram", ("/reel/", "/reels/", "/tv/")),
    "tiktok.com": ("TikTok", ("/video/",)),
    "vm.tiktok.com": ("TikTok", ("/",)),
}
"""Sites of videos by host: their names, and what the path of a video there holds."""
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")


def scheme_of(address: str) -> str:
    """``https`` of a whole address, in small letters; empty for a place on this site."""
    match = _SCHEME.match(address)
    return match[1].lower() if match else "/" if address.startswith("//") else ""


def picture_place(address: str) -> PicturePlace | None:
    """The place that an address in a story, or a field, means; None for what is no picture of the site.

    ``images/walk.jpg``, ``/images/walk.jpg``, ``{static}/images/walk.jpg`` and ``{static}images/walk.jpg`` are one.
    """
    path = address.removeprefix("{static}").removeprefix("/")
    folder, _, name = path.partition("/")
    is_picture = folder == "images" and name and "/" not in name and not name.startswith(".")
    return PicturePlace(path) if is_picture else None


def page_place(address: str) -> str | None:
    """``updates/2015-08-26-half-way.md`` for a link to a file of content; None for any other address."""
    path = address.removeprefix("{filename}").removeprefix("/")
    if not path.endswith(".md") or scheme_of(address) or ".." in path:
        return None
    return path if "/" in path else f"updates/{path}"


def site_place(address: str) -> str | None:
    """``money.html`` for a link to one of the site's own pages; None for any other address."""
    path = address.removeprefix("{static}").removeprefix("/")
    return path if path in SITE_PAGES else None


def external_fault(address: str) -> str | None:
    """What is wrong with an address that has a scheme, and what to write; None where nothing is."""
    scheme = scheme_of(address)
    if scheme not in SCHEMES:
        return f"a link begins with https://, mailto: or tel:, got '{address}'"
    rest = address.partition(":")[2]
    if scheme == "mailto":
        is_whole = re.fullmatch(r"[^@\s?]+@[^@\s?]+\.[^@\s?.]+(?:\?\S*)?", rest)
        return None if is_whole else f"mailto: takes an e-mail address, got '{address}'"
    if scheme == "tel":
        is_whole = re.fullmatch(r"\+?[0-9][0-9().\- ]{2,}", rest)
        return None if is_whole else f"tel: takes a telephone number, got '{address}'"
    parts = _split(address)
    host = parts.hostname if parts else None
    if parts is None or not host or not _HOST.fullmatch(host) or _ODD.search(address):
        return f"'{address}' is no whole address; copy it from the browser's address bar"
    if parts.username is not None:
        return f"a web address must not hold a name or password, got '{address}'"
    return None


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        # Reading the port says whether it is one.
        return parts if parts.port is None or parts.port else None
    except ValueError:
        return None


def video_site(address: str) -> str:
    """``YouTube`` for the address of a video that is there; empty for any other address."""
    parts = _split(address) if scheme_of(address) in ("https", "http") else None
    if parts is None or parts.hostname is None:
        return ""
    name, beginnings = _VIDEOS.get(parts.hostname.removeprefix("www.").removeprefix("m."), ("", ()))
    for beginning in beginnings:
        _, is_there, rest = parts.path.partition(beginning)
        if is_there and (rest or not beginning.endswith("/")):
            return name
    return ""
