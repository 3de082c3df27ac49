"""A page as it was written, read without the theme: its text, its elements, its links, whatever it loads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from types import MappingProxyType
from typing import NamedTuple

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
_NOTED = "href src srcset poster action id aria-labelledby datetime data-left data-age data-copy property"
NOTED = frozenset(_NOTED.split())
"""Attributes by which a page's elements are asked for again and again."""

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
    noted: dict[str, list[Element]] = field(default_factory=dict)
    """The elements that have an attribute, by each of ``NOTED``; see ``saying``."""

    def saying(self, name: str) -> list[Element]:
        """The elements that have an attribute, in their order."""
        return self.noted.get(name, []) if name in NOTED else [of for of in self.elements if name in of.said]

    @property
    def links(self) -> set[str]:
        """Every address that an attribute holds."""
        found = {of.said[name] for name in ("href", "src", "poster", "action") for of in self.saying(name)}
        sources = (of.said["srcset"].split(",") for of in self.saying("srcset"))
        return found | {source.split()[0] for each in sources for source in each if source.strip()}

    @property
    def places(self) -> frozenset[str]:
        """What ``#…`` can name."""
        return frozenset(of.said["id"] for of in self.saying("id"))

    def says(self, element: Element) -> str:
        """The text within an element, without the marks of where elements end."""
        return self.text[element.start : element.end].replace(EDGE, "")


def written_page(text: str) -> WrittenPage:
    """Read a file; whatever is written in another way than ours is among its faults."""
    page = WrittenPage()
    _read_into(page, text)
    return page


def _read_into(page: WrittenPage, text: str) -> None:
    """Few calls for each tag, since much of what a proof does is here."""
    pieces, opened, length = list[str](), list[Element](), 0
    found = _BEGINNING.match(text)
    end = found.end() if found else 0
    tags = _TAG.finditer(text, end)
    while tag := next(tags, None):
        if tag.start() > end:
            read = _said_in(page, text[end : tag.start()])
            pieces.append(read)
            length += len(read)
        end = tag.end()
        of = _tag(tag[0])
        if of.closes:
            if of.stays_open and not _has_closed(page, opened, of.name, length):
                continue
            pieces.append(of.edge)
            length += 1
            continue
        pieces.append(of.edge)
        length += 1
        element = Element(of.name, of.said, length, length)
        page.elements.append(element)
        if of.is_noted:
            _note(page, element, of)
        if of.stays_open:
            opened.append(element)
        if of.name in ("script", "style"):  # what stands in it is read as it is
            end = _inline(page, of, text, end)
            tags = _TAG.finditer(text, end)
    pieces.append(_said_in(page, text[end:]))
    if opened:
        page.faults.append(f"leaves <{opened[-1].tag}> open")
    page.text = "".join(pieces)


def _said_in(page: WrittenPage, written: str) -> str:
    read, strange = _text(written)
    if strange:
        page.faults.append(f"holds what is neither a tag nor escaped: {strange}")
    return read


def _has_closed(page: WrittenPage, opened: list[Element], name: str, length: int) -> bool:
    if not opened or opened[-1].tag != name:
        page.faults.append(f"closes <{name}>, which is not the last that it opened")
        return False
    opened.pop().end = length
    return True


def _note(page: WrittenPage, element: Element, of: _Tag) -> None:
    page.faults += of.faults
    page.heard += ((element.start, each) for each in of.heard)
    for each in of.noted:
        page.noted.setdefault(each, []).append(element)


def _inline(page: WrittenPage, of: _Tag, text: str, end: int) -> int:
    """Where a script or a style sheet closes that begins at ``end``."""
    closing = text.find(f"</{of.name}>", end)
    closing = len(text) if closing < 0 else closing
    page.inline.setdefault(_DATA.get(of.said.get("type", ""), of.name), []).append(text[end:closing])
    return closing


# What one page has, the next one has again.


@lru_cache(maxsize=1 << 12)
def _text(written: str) -> tuple[str, str]:
    """What people read of what stands between two tags; the first of it that may not stand there."""
    found = _NOT_IN_TEXT.search(written)
    read = _SPACE.sub(" ", unescape(written) if "&" in written else written).replace(EDGE, "")
    return read, written[found.start() : found.start() + 40] if found else ""


class _Tag(NamedTuple):
    """All that follows from how a tag is written."""

    closes: bool
    name: str
    said: Mapping[str, str]
    faults: tuple[str, ...]
    edge: str
    """What stands for it in the page's text."""
    stays_open: bool
    """Whether such an element is closed by a tag of its own."""
    heard: tuple[str, ...]
    noted: tuple[str, ...]
    """Attributes by which its element is asked for."""
    is_noted: bool
    """Whether it says anything for a page to remember besides the element itself."""


@lru_cache(maxsize=1 << 12)
def _tag(written: str) -> _Tag:
    found = _TAG.fullmatch(written)
    closing, tag, attributes = found.groups() if found else ("", "", "")
    name, stays_open = tag.lower(), tag.lower() not in NEVER_CLOSED
    if closing:
        return _Tag(True, name, {}, (), EDGE if name in INLINE else "\n", stays_open, (), (), False)
    said, twice = dict[str, str](), list[str]()
    for attribute, value in _ATTRIBUTE.findall(attributes):
        if attribute.lower() in said:  # a browser takes the first, other readers the last
            twice.append(f"says {attribute} twice in <{name}>")
        said[attribute.lower()] = unescape(value) if "&" in value else value
    heard = [said[each] for each in HEARD if each in said]
    if name == "meta" and said.get("name", said.get("property")) in READ:
        heard.append(said.get("content", ""))
    edge = "\n" if name not in INLINE or name == "br" else EDGE
    noted = tuple(each for each in said if each in NOTED)
    is_noted = bool(twice or heard or noted)
    return _Tag(False, name, MappingProxyType(said), tuple(twice), edge, stays_open, tuple(heard), noted, is_noted)
