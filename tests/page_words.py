"""What a page says by itself, without what volunteers said."""

from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Words(HTMLParser):
    """What a page says itself: its text and what it is described with, without what volunteers said."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[bool] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        is_said = "data-said" in attrs or tag in ("title", "style", "script", "code")
        if tag not in VOID:
            self.open.append(is_said or bool(self.open and self.open[-1]))
        if not (self.open and self.open[-1]):
            self.words += [attrs[name] for name in ("aria-label", "alt", "title") if attrs.get(name) and tag != "link"]

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data):
        if not (self.open and self.open[-1]):
            self.words.append(data)
