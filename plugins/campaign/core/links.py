"""What a story links to and shows: every address in its Markdown, and where on the site each one leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SCHEMES = ("https", "http", "mailto", "tel")
SITE_PAGES = ("index.html", "updates.html", "money.html", "events.html")

_CODE = re.compile(
    r"^(```|~~~).*?^\1|(?<![`\\])(`++)(?:[^\n]|\n(?![ \t]*\n))*?(?<!`)\2(?!`)|<!--(?:(?!<!--).)*?-->",
    re.DOTALL | re.MULTILINE,
)
"""Code between fences or within a paragraph, and comments."""
_INLINE = re.compile(r"(?P<picture>!?)\[(?P<text>(?:[^\[\]\n]|\n(?!\n))*)\]\(\s*<?(?P<address>[^\s()<>]*)")
_REFERENCE = re.compile(r"^ {0,3}\[(?P<label>[^\]\n]+)\]:\s*<?(?P<address>[^\s<>]+)", re.MULTILINE)
_PICTURE_BY_REFERENCE = re.compile(r"!\[(?P<text>[^\[\]]*)\](?: ?\[(?P<label>[^\[\]]*)\])?(?!\()")
_ELEMENT = re.compile(r"<(?P<tag>a|img)\s(?P<rest>[^<>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"(?<![\w-])(?P<name>href|src|alt)\s*=\s*(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"'>]+)", re.IGNORECASE
)
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")


@dataclass(frozen=True, slots=True)
class Link:
    """One address in a story, ``offset`` characters into it."""

    offset: int
    address: str
    is_picture: bool
    text: str
    """A link's words, a picture's alternative text."""


def links_in(body: str) -> Iterator[Link]:
    """Every link and picture outside code and comments, written in Markdown, by reference or in HTML."""
    bare = _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), body)
    for match in _INLINE.finditer(bare):
        yield Link(match.start(), match["address"], bool(match["picture"]), match["text"].strip())
    for match in _REFERENCE.finditer(bare):
        yield Link(match.start(), match["address"], is_picture=False, text=match["address"])
    named = {match["label"].lower(): match["address"] for match in _REFERENCE.finditer(bare)}
    for match in _PICTURE_BY_REFERENCE.finditer(bare):
        if address := named.get((match["label"] or match["text"]).lower()):
            yield Link(match.start(), address, is_picture=True, text=match["text"].strip())
    for match in _ELEMENT.finditer(bare):
        said = {found["name"].lower(): found["value"].strip("\"' \n") for found in _ATTRIBUTE.finditer(match["rest"])}
        is_picture = match["tag"].lower() == "img"
        if is_picture or "href" in said:
            yield Link(match.start(), said.get("src" if is_picture else "href", ""), is_picture, said.get("alt", ""))


def scheme_of(address: str) -> str:
    """``https`` of a whole address, in small letters; empty for a place on this site."""
    match = _SCHEME.match(address)
    return match[1].lower() if match else "/" if address.startswith("//") else ""


def picture_place(address: str) -> str | None:
    """``images/walk.jpg``, however it is written; None for what is no picture of the site."""
    path = address.removeprefix("{static}").removeprefix("/")
    folder, _, name = path.partition("/")
    return path if folder == "images" and name and "/" not in name and not name.startswith(".") else None


def page_place(address: str) -> str | None:
    """``updates/2015-08-26-half-way.md`` for a link to a file of content; None for any other address."""
    path = address.removeprefix("{filename}").removeprefix("/").partition("#")[0]
    if not path.endswith(".md") or scheme_of(address) or ".." in path:
        return None
    return path if "/" in path else f"updates/{path}"


def site_place(address: str) -> str | None:
    """``money.html`` for a link to one of the site's own pages; None for any other address."""
    path = address.removeprefix("{static}").removeprefix("/").partition("#")[0]
    return path if path in SITE_PAGES else None
