"""A story in Markdown becomes HTML in which nothing runs and every link leads somewhere."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Container

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from .core.links import SCHEMES, page_place, picture_place, site_place

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

_HEADING = re.compile(r"h([1-6])")


class BodyRenderer:
    """One Markdown instance, used again for every story."""

    def __init__(self) -> None:
        self._markdown = Markdown(
            extensions=["markdown.extensions.tables", "markdown.extensions.sane_lists", _SiteExtension()],
            output_format="html",
        )

    def render(self, body: str, pages: Container[str] | None = None) -> str:
        """Safe HTML; pictures and pages of the site are named as Pelican resolves them, ``{static}/images/a.jpg``.

        pages: the files of content that have a page, as ``updates/2015-08-26-half-way.md``; a link to another one, of
        a later day than the site shows, is left as words. None where all have one.
        """
        self._markdown.reset()
        html = nh3.clean(
            self._markdown.convert(body),
            tags=TAGS,
            attributes=ATTRIBUTES,
            url_schemes=set(SCHEMES),
            link_rel="noopener",
            clean_content_tags={"script", "style"},
        )

        def resolved(match: re.Match[str]) -> str:
            attribute, kind, place = match.groups()
            if kind == "filename" and pages is not None and place.partition("#")[0] not in pages:
                return ""
            return f'{attribute}="{{{kind}}}/{place}"'

        return _PLACE.sub(resolved, html)


_MARK = "/.site/"
"""Stands for ``{static}/`` and ``{filename}/`` while the HTML is cleaned, which knows no such addresses."""
_PLACE = re.compile(rf'(src|href)="{re.escape(_MARK)}(static|filename)/([^"]*)"')


class _SiteExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's own name
        md.treeprocessors.register(_Headings(md), "campaign-headings", 5)
        md.treeprocessors.register(_Addresses(md), "campaign-addresses", 4)


class _Headings(Treeprocessor):
    """Headings begin at h2, since the page's title is the h1, and skip no level."""

    def run(self, root: etree.Element) -> None:
        above: list[int] = []
        for element in root.iter():
            if match := _HEADING.fullmatch(element.tag):
                level = int(match[1])
                while above and above[-1] >= level:
                    above.pop()
                above.append(level)
                element.tag = f"h{min(len(above) + 1, 6)}"


class _Addresses(Treeprocessor):
    """Pictures come from the site alone; links to other updates' files lead to their pages."""

    def run(self, root: etree.Element) -> None:
        for element in root.iter("img"):
            place = picture_place(element.get("src", ""))
            element.set("src", f"{_MARK}static/{place}" if place else "")
        for element in root.iter("a"):
            address = element.get("href", "")
            anchor = address[address.find("#") :] if "#" in address else ""
            if page := page_place(address):
                element.set("href", f"{_MARK}filename/{page}{anchor}")
            elif place := picture_place(address) or site_place(address):
                element.set("href", f"{_MARK}static/{place}{anchor}")
