"""What a page is made of, as a style sheet and a screen reader tell elements apart."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

EMPTY = frozenset(("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))
"""Elements that HTML never closes."""
TOLD_BY = ("aria-", "data-", "role", "hidden", "dir", "open", "alt")
"""Attributes that a style sheet or a screen reader goes by, whatever they say."""


def shapes(page: Path) -> frozenset[str]:
    """Each kind of element of a page within its kind of parent: their names, classes and telling attributes."""
    parser = _Shapes()
    parser.feed(page.read_text(encoding="utf-8"))
    return frozenset(parser.found)


class _Shapes(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.open = [("", "")]
        """The elements that are open, each with its name and its kind."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = self._kind(tag, dict(attrs))
        if tag not in EMPTY:
            self.open.append((tag, kind))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._kind(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        while self.open.pop()[0] != tag:
            pass

    def _kind(self, tag: str, given: dict[str, str | None]) -> str:
        classes = "".join(f".{name}" for name in sorted((given.get("class") or "").split()))
        kind = tag + classes + "".join(f"[{name}]" for name in sorted(given) if name.startswith(TOLD_BY))
        self.found.add(f"{self.open[-1][1]} {kind}".strip())
        return kind
