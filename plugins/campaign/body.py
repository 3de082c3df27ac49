"""A story in Markdown becomes HTML in which nothing runs and every link leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Container

import nh3
from markdown import Markdown
from markdown.preprocessors import Preprocessor

from .core.links import SCHEMES, page_place, picture_place, scheme_of, site_place

TAGS = {
    *("h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "ul", "ol", "li", "blockquote", "pre", "code"),
    *("a", "img", "strong", "em", "b", "i", "s", "sub", "sup"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "th": {"scope"},
}

WIDEST = "/widest"
"""Stands behind a picture's place where a link leads to it, rather than showing it."""

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"<(/?)h([1-6])>")


class BodyRenderer:
    """One Markdown instance, used again for every story."""

    def __init__(self) -> None:
        self._markdown = Markdown(
            extensions=[f"markdown.extensions.{name}" for name in ("tables", "sane_lists", "fenced_code")],
            output_format="html",
        )
        # In place of Markdown's own reader of HTML, which takes a minute over a few hundred open brackets.
        self._markdown.preprocessors.register(_Comments(), "html_block", 20)

    def render(self, body: str, pages: Container[str] | None = None) -> str:
        """Safe HTML; pictures and pages of the site are named as Pelican resolves them, ``{static}/images/a.jpg``.

        pages: the files of content that have a page, as ``updates/2015-08-26-half-way.md``; a link to another one, of
        a later day than the site shows, is left as words. None where all have one.
        """

        def attribute(_element: str, name: str, value: str) -> str | None:
            if name == "src":
                place = picture_place(value.strip())
                return place and f"{{static}}/{place}"
            return _address(value.strip(), pages) if name == "href" else value

        self._markdown.reset()
        html = nh3.clean(
            self._markdown.convert(body),
            tags=TAGS | {"h1"},
            attributes=ATTRIBUTES,
            # Whether typed in Markdown or as HTML: Pelican would publish any file that a {static} names.
            attribute_filter=attribute,
            url_schemes=set(SCHEMES),
            link_rel="noopener",
            clean_content_tags={"script", "style"},
        )
        return _levels(html)


class _Comments(Preprocessor):
    """Takes out what an author hides from readers, also where it goes on past a blank line."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        # Only as far as a comment is closed, so that ten thousand open ones are not each looked for to the end.
        end = text.rfind("-->") + 3 if "-->" in text else 0
        return (_COMMENT.sub("", text[:end]) + text[end:]).split("\n")


def _address(address: str, pages: Container[str] | None) -> str | None:
    """Where a link leads, as Pelican resolves it; None where it leads to nothing that the site shows."""
    anchor = address[address.find("#") :] if "#" in address else ""
    if page := page_place(address):
        return f"{{filename}}/{page}{anchor}" if pages is None or page in pages else None
    if place := picture_place(address):
        return f"{{static}}/{place}{WIDEST}"
    if place := site_place(address):
        return f"{{static}}/{place}{anchor}"
    return address if scheme_of(address) in SCHEMES or address.startswith("#") else None


def _levels(html: str) -> str:
    """Headings begin at h2, since the page's title is the h1, and skip no level."""
    above: list[int] = []

    def placed(match: re.Match[str]) -> str:
        closing, level = match[1], int(match[2])
        if not closing:
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
        return f"<{closing}h{min(len(above) + 1, 6)}>"

    return _HEADING.sub(placed, html)
