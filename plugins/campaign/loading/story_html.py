"""A story that was read becomes HTML in which nothing runs and every link leads somewhere."""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import cache
from html import escape

import nh3

from campaign.core.reading.links import SCHEMES, page_place, scheme_of, site_place
from campaign.core.reading.told import Link, Story, StoryPicture, Video

TAGS = {
    *("h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "ul", "ol", "li", "blockquote", "pre", "code"),
    *("a", "img", "strong", "em", "b", "i", "s", "sub", "sup", "figure", "figcaption"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
}
SITE = "\x1d"
"""Stands for the way to the site's root in a link; nobody can type it."""
WIDEST = "/widest"
"""Stands behind a picture's place where a link leads to it, rather than showing it."""


def html_of(story: Story, pages: Container[str] | None = None) -> Iterator[str | StoryPicture | Video]:
    """A story's HTML, cut where something is shown in a way of its own.

    pages: the files of content that have a page, as ``updates/2015-08-26-half-way.md``; a link to another one, of a
    later day than the site shows, is left as words. None where all have one.
    """
    for piece in story.pieces:
        yield opened(piece, pages) if isinstance(piece, Link) else piece


def opened(link: Link, pages: Container[str] | None = None) -> str:
    """The tag that opens a link."""
    address = href(link, pages)
    title = f' title="{_attribute(link.title)}"' if link.title else ""
    return f'<a href="{_attribute(address)}"{title} rel="noopener">' if address else "<a>"


def href(link: Link, pages: Container[str] | None = None) -> str | None:
    """Where a link leads, the site's root as ``SITE``; None where it leads to nothing that the site shows.

    pages: as ``html_of`` takes them.
    """
    address = link.address
    if (page := page_place(address)) is not None:
        folder, _, name = page.removesuffix(".md").partition("/")
        place = f"{name}.html" if folder == "pages" else f"{folder}/{name}.html"
        return f"{SITE}/{place}" if pages is None or page in pages else None
    if link.picture:
        return f"{SITE}/{link.picture}{WIDEST}"
    if own := site_place(address):
        return f"{SITE}/{own}"
    return address.replace(" ", "%20") if scheme_of(address) in SCHEMES else None


def whole(story: Story, pages: Container[str] | None = None) -> str:
    """A story's HTML in one piece: its pictures as they are named in it, its videos as links."""
    pieces = []
    for piece in html_of(story, pages):
        if isinstance(piece, StoryPicture):
            title = f' title="{_attribute(piece.title)}"' if piece.title else ""
            pieces.append(f'<img src="{_attribute(piece.address)}" alt="{_attribute(piece.alt)}"{title}>')
        elif isinstance(piece, Video):
            pieces.append(f"{opened(piece.link)}{escape(piece.link.words, quote=False)}</a>")
        else:
            pieces.append(piece)
    return "".join(pieces)


def is_safe(html: str) -> bool:
    """The last wall: whether somebody else's list of what is harmless finds nothing to take out."""
    return html == _cleaner().clean(html)


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=set(SCHEMES),
        link_rel=None,
        allowed_classes={},
        set_tag_attribute_values={},
        tag_attribute_values={"a": {"rel": {"noopener"}}},
    )


def _attribute(text: str) -> str:
    """A text as a browser writes it down between quotation marks."""
    return escape(text, quote=False).replace('"', "&quot;").replace("\u00a0", "&nbsp;")
