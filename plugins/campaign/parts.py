"""A story's HTML is cut at its pictures, so that a template says how a picture is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from .body import WIDEST
from .core.links import picture_place
from .pictures import Picture

SEEN_AT_ONCE = 600
"""Characters of a story's HTML that a phone's first screen holds below a title, or less."""

_ATTRIBUTE = r"\s+([a-z]+)=\"([^\"]*)\""
_ELEMENT = re.compile(rf"<(/?)([a-z][a-z0-9]*)((?:{_ATTRIBUTE})*)\s*/?>")
"""As nh3 writes it: every value within quotation marks, and none in a value."""
_STATIC = re.compile(r"\{static\}/(images/[^/]+)")
_NEVER_CLOSED = ("br", "hr", "img")


@dataclass(frozen=True, slots=True)
class Part:
    """A picture, or the stretch of HTML before, between or behind two; a stretch may begin or end within an element."""

    html: str = ""
    picture: Picture | None = None
    alt: str = ""
    title: str = ""
    is_apart: bool = False
    """Whether the picture stands between paragraphs, rather than in one."""
    is_early: bool = False
    """Whether it is the first picture, and so near the top that it is most likely seen at once."""


def pictures_in(html: str) -> tuple[set[str], set[str]]:
    """The pictures that a rendered story shows, and those that it links to, as ``images/walk.jpg``."""
    shown, linked = set(), set()
    if "{static}/images/" in html:
        for element in _ELEMENT.finditer(html):
            said = _attributes(element[3])
            if found := _STATIC.fullmatch(said.get("src", "")):
                shown.add(found[1])
            if found := _STATIC.fullmatch(said.get("href", "").removesuffix(WIDEST)):
                linked.add(found[1])
    return shown, linked


def parts(html: str, pictures: Mapping[str, Picture], first: Picture | None = None, alt: str = "") -> tuple[Part, ...]:
    """Cut a story at its pictures.

    html: a story whose links are resolved. pictures: by the address that a resolved picture has, from the site's root.
    first, alt: a picture to be put in after the first paragraph, and what it shows.
    """
    cuts: list[tuple[int, int, Part]] = []
    if first:
        place = _after_first_paragraph(html)
        cuts.append((place, place, Part(picture=first, alt=alt, is_apart=True)))
    if "<img" in html:
        for element in _ELEMENT.finditer(html):
            said = _attributes(element[3]) if element[2] == "img" else {}
            address = said.get("src", "")
            if picture := pictures.get(address[address.rfind("images/") :]):
                part = Part(picture=picture, alt=said.get("alt", ""), title=said.get("title", ""))
                cuts.append((element.start(), element.end(), part))
    found, end = [], 0
    for number, (start, after, part) in enumerate(sorted(cuts, key=lambda cut: cut[0])):
        found.append(Part(html=html[end:start]))
        found.append(replace(part, is_early=number == 0 and start < SEEN_AT_ONCE))
        end = after
    return tuple(part for part in (*found, Part(html=html[end:])) if part.picture or part.html)


def part_filters(pictures: Mapping[str, Picture]) -> dict[str, Callable[..., Any]]:
    """The filters with which templates show pictures. pictures: those of the site, as ``images/walk.jpg``."""
    by_address = {picture.fallback: picture for picture in pictures.values()}

    def picture(address: str) -> Picture:
        """The picture that a file's fields name."""
        return pictures[picture_place(address) or address]

    def cut(html: str, image: str | None = None, alt: str | None = None) -> tuple[Part, ...]:
        """A story's parts, with the picture that its file's fields name."""
        return parts(html, by_address, picture(image) if image else None, alt or "")

    return {"picture": picture, "parts": cut}


def _attributes(text: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in re.findall(_ATTRIBUTE, text)}


def _after_first_paragraph(html: str) -> int:
    """Where the first paragraph that stands in nothing else ends; 0 where there is none."""
    depth = 0
    for element in _ELEMENT.finditer(html):
        if element[2] in _NEVER_CLOSED:
            continue
        depth += -1 if element[1] else 1
        if element[1] and element[2] == "p" and depth == 0:
            return element.end()
    return 0
