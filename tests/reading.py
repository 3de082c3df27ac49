"""Sites as plain text, to be read from top to bottom: every page a section, every sentence as a reader hears it.

``python tests/reading.py`` prints the shipped appeal at each of its phases, and every site below tests/sites/.
``python tests/reading.py content --as-of 2015-09-01`` prints one of them as of the days that are named.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

from campaign.core.reading.campaign_file import parse_campaign
from campaign.loading.load import load_campaign, now_from_environment
from campaign.publishing.build import build_site

ROOT = Path(__file__).resolve().parent.parent
SITES = ROOT / "tests/sites"

_INLINE = frozenset(
    (
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "br",
        "cite",
        "code",
        "del",
        "em",
        "i",
        "img",
        "ins",
        "kbd",
        "mark",
        "meta",
        "picture",
    )
) | frozenset(("q", "s", "small", "source", "span", "strong", "sub", "sup", "svg", "time", "u", "button", "progress"))
"""Elements that stand within a line; all others begin one of their own."""
_VOID = frozenset(("br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))
_SILENT = frozenset(("script", "style", "template", "noscript"))
_FRAME = frozenset(("masthead", "ways", "contents"))
"""The classes of what stands on every page; it is read once, on the first, unless it differs."""
_MARKS = {"h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### ", "li": "- ", "dt": "- ", "title": "Title: "}


class _Reader(HTMLParser):
    """One page's words, a line for each block; what is drawn is read by its name, as a screen reader reads it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._line = ""
        self._mark = ""
        self._silent: list[str] = []
        """Open elements of which nothing is read, the outermost first."""
        self._open: list[str] = []
        self.frames: list[tuple[int, int]] = []
        """From which line to which something stands that every page has."""
        self._frame: tuple[int, int] | None = None
        """How deep in the page, and at which line, such a part began."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if self._silent:
            self._silent += [] if tag in _VOID else [tag]
            return
        if tag not in _INLINE:
            self._end_line()
            self._mark = _MARKS.get(tag, self._mark)
        if self._frame is None and _FRAME.intersection(said.get("class", "").split()):
            self._frame = len(self._open), len(self.lines)
        self._open += [] if tag in _VOID else [tag]
        if tag == "meta" and said.get("name", said.get("property")) in ("description", "og:title", "og:image:alt"):
            self._say(f"[{said.get('name', said.get('property'))}: {said['content']}]")
            self._end_line()
        if tag == "br":
            self._end_line()
        if tag == "img":
            self._say(f"[picture: {said.get('alt', '')}]")
        if tag == "progress":
            self._say(f"[bar: {said.get('value')} of {said.get('max')}]")
        if tag in ("section", "nav", "main", "div", "article", "svg") and said.get("aria-label"):
            self._say(f"[{'drawing' if said.get('role') == 'img' else 'part'}: {said['aria-label']}]")
            self._end_line()
        is_drawing = tag == "svg" and said.get("role") == "img"
        if tag not in _VOID and (tag in _SILENT or said.get("aria-hidden") == "true" or "hidden" in said or is_drawing):
            self._silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag in self._silent:
                while self._silent.pop() != tag:
                    pass
            if self._silent:
                return
        if tag not in _INLINE:
            self._end_line()
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if self._frame and len(self._open) <= self._frame[0]:
            self.frames.append((self._frame[1], len(self.lines)))
            self._frame = None

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._say(data)

    def _say(self, words: str) -> None:
        self._line += words

    def _end_line(self) -> None:
        line = " ".join(self._line.split())
        if line:
            self.lines.append(self._mark + line)
            self._mark = ""
        self._line = ""

    def text(self, known: set[str]) -> str:
        self.close()
        self._end_line()
        lines = list(self.lines)
        for start, end in reversed(self.frames):
            frame = "\n".join(lines[start:end])
            if frame in known:
                lines[start:end] = ["[…]"]
            known.add(frame)
        return "\n".join(lines)


def text_of(page: str, known: set[str] | None = None) -> str:
    """What a page of HTML says, names of drawings and alternative texts included.

    known: the head and foot of pages that were read before, which are not repeated; this page's are added.
    """
    reader = _Reader()
    reader.feed(page)
    return reader.text(set() if known is None else known)


def site_text(site: Path) -> Iterator[tuple[str, str]]:
    """Every page of a site that was built, and what it says; then its badge, its feed and its calendar."""
    pages = sorted(site.rglob("*.html"), key=lambda path: (path.name != "index.html", path.as_posix()))
    others = [path for pattern in ("badge.svg", "feeds/*.xml", "*.ics") for path in sorted(site.glob(pattern))]
    known: set[str] = set()
    for path in (*pages, *others):
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            said = text_of(text, known)
        elif path.suffix == ".svg":
            said = "\n".join(map(unescape, re.findall(r'aria-label="([^"]*)"', text)))
        elif path.suffix == ".xml":
            said = "\n".join(text_of(found) for found in re.findall(r"<(?:title|subtitle|summary)[^>]*>[^<]+", text))
        else:
            said = text.replace("\r\n ", "").replace("\r", "")
        yield path.relative_to(site).as_posix(), said.replace("\u00a0", " ")


def days_of(content: Path) -> tuple[date | None, ...]:
    """The days on which an appeal changes: before its first update, of each, after a deadline, of its close; today."""
    loaded = load_campaign(ROOT, content, now=now_from_environment())
    view, said = loaded.view, parse_campaign(loaded.campaign_file)
    days = {update.day for update in view.updates}
    if days:
        days.add(min(days) - timedelta(1))
    days |= {deadline.date.last + timedelta(1) for deadline in said.deadline}
    days |= {said.closed} if said.closed else set()
    return *sorted(day for day in days if day < view.day), None


def reading(content: Path, days: Iterable[date | None]) -> Iterator[str]:
    """What every page of an appeal says, as of each day; None is today."""
    for day in days:
        with tempfile.TemporaryDirectory() as folder:
            site = Path(folder) / "site"
            build_site(ROOT, content, site, settings=ROOT / "pelicanconf.py", as_of=day)
            of = f"{content.relative_to(ROOT) if content.is_relative_to(ROOT) else content.name}, {day or 'today'}"
            for page, said in site_text(site):
                yield f"\n{'=' * 100}\n{of}: {page}\n{'=' * 100}\n{said}\n"


def main() -> None:
    asked = argparse.ArgumentParser(description="Print what the pages of an appeal say, as plain text.")
    asked.add_argument("content", nargs="*", type=Path, help="folders that hold a campaign.yaml; all of the project's")
    asked.add_argument("--as-of", action="append", type=date.fromisoformat, help="a day; again for each")
    said = asked.parse_args()
    everything = [ROOT / "content", *sorted(path.parent for path in SITES.glob("*/campaign.yaml"))]
    for content in said.content or everything:
        place = content.resolve()
        for section in reading(place, said.as_of or days_of(place)):
            sys.stdout.write(section)


if __name__ == "__main__":
    main()
