"""A page as it was written, read without the theme: its text, its elements, its links, whatever it loads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from types import MappingProxyType

_INLINE = """
a b i em strong s sub sup span time code img picture source br progress button
svg g defs pattern rect line circle path meta link
"""
INLINE = frozenset(_INLINE.split())
"""Elements that stand within a line; all others begin one of their own."""
NEVER_CLOSED = frozenset(("br", "hr", "img", "meta", "link", "source", "rect", "line", "circle", "path", "progress"))
HEARD = ("aria-label", "alt", "title", "data-label", "data-done")
"""Attributes that somebody hears or sees."""
READ = frozenset(("description", "og:site_name", "og:title", "og:description", "og:image:alt"))
"""What the head says that people read."""

EDGE = "\u200b"
"""Stands in a page's text where an element begins or ends within a line: no figure goes on behind it."""

_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[^\s"'<>/=]+(?:="[^"]*")?)*)\s*/?>""")
"""A tag as templates and nh3 write it. Browsers read more than that in more ways than one, so no more is allowed."""
_ATTRIBUTE = re.compile(r"""\s+([^\s"'<>/=]+)(?:="([^"]*)")?""")
_BEGINNING = re.compile(r"\s*(?:<!doctype html>|<\?xml[^<>]*\?>)?\s*", re.IGNORECASE)
_NOT_IN_TEXT = re.compile(r"[<>\0]")
_DATA = {"application/ld+json": "data", "application/json": "form"}
"""What a script is that is none, by its type."""
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Element:
    """An element, and where its text stands in the page's."""

    tag: str
    said: Mapping[str, str]
    """Its attributes."""
    start: int
    end: int


@dataclass
class WrittenPage:
    """What a file of HTML or SVG holds."""

    text: str = ""
    """What it says, a line a block."""
    elements: list[Element] = field(default_factory=list)
    """In the order in which they begin."""
    heard: list[tuple[int, str]] = field(default_factory=list)
    """What stands in attributes and is read or heard, with its place in the text."""
    inline: dict[str, list[str]] = field(default_factory=dict)
    """The texts of inline scripts, data for search engines, data of a form, and style sheets: by ``script``, ``data``,
    ``form`` and ``style``."""
    faults: list[str] = field(default_factory=list)
    """What no parser of ours should meet."""

    @property
    def links(self) -> set[str]:
        """Every address that an attribute holds."""
        found = {
            of.said[name] for of in self.elements for name in ("href", "src", "poster", "action") if name in of.said
        }
        sources = (of.said["srcset"].split(",") for of in self.elements if "srcset" in of.said)
        return found | {source.split()[0] for each in sources for source in each if source.strip()}

    @property
    def places(self) -> frozenset[str]:
        """What ``#…`` can name."""
        return frozenset(of.said["id"] for of in self.elements if "id" in of.said)

    def says(self, element: Element) -> str:
        """The text within an element, without the marks of where elements end."""
        return self.text[element.start : element.end].replace(EDGE, "")


def written_page(text: str) -> WrittenPage:
    """Read a file; whatever is written in another way than ours is among its faults."""
    page = WrittenPage()
    _Reader(page).read(text)
    return page


class _Reader:
    def __init__(self, page: WrittenPage) -> None:
        self.page = page
        self._pieces: list[str] = []
        self._length = 0
        self._open: list[Element] = []

    def read(self, text: str) -> None:
        found = _BEGINNING.match(text)
        end = found.end() if found else 0
        while tag := _TAG.search(text, end):
            self._say(text[end : tag.start()])
            end, name = tag.end(), tag[2].lower()
            if tag[1]:
                self._close(name)
                continue
            self._begin(name, tag[3])
            if name in ("script", "style"):  # what stands in it is read as it is
                closing = text.find(f"</{name}>", end)
                closing = len(text) if closing < 0 else closing
                kind = _DATA.get(self.page.elements[-1].said.get("type", ""), name)
                self.page.inline.setdefault(kind, []).append(text[end:closing])
                end = closing
        self._say(text[end:])
        if self._open:
            self.page.faults.append(f"leaves <{self._open[-1].tag}> open")
        self.page.text = "".join(self._pieces)

    def _say(self, text: str) -> None:
        if text:
            read, strange = _text(text)
            if strange:
                self.page.faults.append(f"holds what is neither a tag nor escaped: {strange}")
            self._add(read)

    def _add(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)

    def _begin(self, tag: str, written: str) -> None:
        self._add("\n" if tag not in INLINE or tag == "br" else EDGE)
        said, twice = _attributes(written) if written else _NONE
        self.page.faults += (f"says {name} twice in <{tag}>" for name in twice)
        element = Element(tag, said, self._length, self._length)
        self.page.elements.append(element)
        if said:
            self.page.heard += ((self._length, said[name]) for name in HEARD if name in said)
        if tag == "meta" and said.get("name", said.get("property")) in READ:
            self.page.heard.append((self._length, said.get("content", "")))
        if tag not in NEVER_CLOSED:
            self._open.append(element)

    def _close(self, tag: str) -> None:
        if tag not in NEVER_CLOSED:
            if not self._open or self._open[-1].tag != tag:
                self.page.faults.append(f"closes <{tag}>, which is not the last that it opened")
                return
            self._open.pop().end = self._length
        self._add("\n" if tag not in INLINE else EDGE)


# What one page has, the next one has again.


@lru_cache(maxsize=1 << 12)
def _text(written: str) -> tuple[str, str]:
    """What people read of what stands between two tags; the first of it that may not stand there."""
    found = _NOT_IN_TEXT.search(written)
    read = _SPACE.sub(" ", unescape(written) if "&" in written else written).replace(EDGE, "")
    return read, written[found.start() : found.start() + 40] if found else ""


@lru_cache(maxsize=1 << 12)
def _attributes(written: str) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """An element's attributes; the names of those that it has twice."""
    said, twice = dict[str, str](), list[str]()
    for name, value in _ATTRIBUTE.findall(written):
        if name.lower() in said:  # a browser takes the first, other readers the last
            twice.append(name)
        said[name.lower()] = unescape(value) if "&" in value else value
    return MappingProxyType(said), tuple(twice)


_NONE = _attributes("")
