"""Markdown as families write and paste it: a story's text becomes a tree of elements, and nothing of it is lost.

The tree has the elements of HTML, and three of its own: ``fenced`` is code between fences, ``fault`` what cannot be
shown, ``definition`` the address that a link by name leads to. What stands for an escaped sign is still in its texts:
``typed`` and ``meant`` say what was written, and what is read. A line break in a text is one.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from html import unescape
from typing import Any, cast
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor, BlockQuoteProcessor, HashHeaderProcessor, ReferenceProcessor
from markdown.extensions.sane_lists import SaneListExtension, SaneOListProcessor
from markdown.extensions.tables import TableExtension, TableProcessor
from markdown.inlinepatterns import (
    IMAGE_LINK_RE,
    IMAGE_REFERENCE_RE,
    LINK_RE,
    REFERENCE_RE,
    BacktickInlineProcessor,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
)
from markdown.util import ETX, STX, AtomicString

from .front_matter import UNSEEN
from .links import external_fault

Match = tuple[Element | str | None, int | None, int | None]
"""What an inline processor found, and from where to where; three times None where it is none."""
NONE: Match = (None, None, None)

INLINE = ("a", "b", "strong", "i", "em", "s", "sub", "sup", "code", "br", "img")
"""What may be typed as HTML."""
LONE = ("br", "img")
_ATTRIBUTES = {"a": ("href", "title"), "img": ("src", "alt", "title")}
_UNNOTICED = ("class", "id", "name", "target", "rel", "width", "height", "loading", "decoding", "border")
"""Attributes that may be left out: no reader sees the difference."""

_VIDEO = "put the video's address on a line of its own instead"
_RUNS = "nothing runs in a story; delete it"
_TABLE = "write a table as lines such as | Cake | 12 |"
_LIST = "begin each entry on a line of its own with a hyphen and a space"
_PARAGRAPH = "delete it, and leave an empty line between paragraphs"
_WORDS = "delete it, and keep the words"
_REMEDIES = {
    **dict.fromkeys(("iframe", "video", "embed", "object", "audio", "source", "track", "param", "picture"), _VIDEO),
    **dict.fromkeys(
        (
            "script",
            "style",
            "link",
            "meta",
            "base",
            "noscript",
            "template",
            "svg",
            "math",
            "canvas",
            "form",
            "input",
            "button",
            "select",
            "option",
            "textarea",
            "label",
            "fieldset",
            "dialog",
            "applet",
            "frame",
            "frameset",
            "head",
            "body",
            "html",
            "title",
            "xml",
        ),
        _RUNS,
    ),
    **dict.fromkeys(("table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "col", "colgroup"), _TABLE),
    **dict.fromkeys(("ul", "ol", "li", "dl", "dt", "dd", "menu"), _LIST),
    **dict.fromkeys(
        (
            "p",
            "div",
            "section",
            "article",
            "header",
            "footer",
            "nav",
            "main",
            "aside",
            "figure",
            "figcaption",
            "details",
            "summary",
            "center",
            "address",
        ),
        _PARAGRAPH,
    ),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "begin the heading's line with ## and a space"),
    **dict.fromkeys(
        (
            "span",
            "font",
            "big",
            "small",
            "u",
            "mark",
            "del",
            "ins",
            "strike",
            "abbr",
            "cite",
            "q",
            "kbd",
            "samp",
            "var",
            "tt",
            "dfn",
            "time",
            "wbr",
            "bdi",
            "bdo",
            "ruby",
            "rt",
            "rp",
            "nobr",
            "blink",
            "marquee",
            "data",
            "map",
            "area",
        ),
        _WORDS,
    ),
    "blockquote": "begin each line with > and a space",
    "pre": "put a line of three backticks above and below",
    "hr": "write --- on a line of its own",
}
"""What HTML is not shown, and what to write instead; other words between < and > are text."""

DEEPEST = 20
"""Tags of HTML that can stand in one another; reading them calls itself for every one."""
LONGEST_TARGET = 4000
"""Characters between the brackets behind a link's words, its title among them; no browser's address is longer."""

PARTS = {
    **dict.fromkeys(("thead", "tbody", "tfoot", "tr", "th", "td", "caption", "col", "colgroup"), "table"),
    **dict.fromkeys(("embed", "param"), "object"),
    **dict.fromkeys(("source", "track"), "video"),
}
"""Elements of which nothing is said where they stand in one of which something is."""

_HIDDEN = re.compile(r"<!--|^(?P<fence>`{3,}|~{3,})[^\n`]*(?:\n|\Z)", re.MULTILINE)
"""Where a comment begins, or code between fences."""
_ESCAPED = re.compile(rf"{STX}(\d+){ETX}")
_STASHED = re.compile(rf"{STX}klzzwxh:([0-9]+){ETX}")
"""What Markdown has put aside while it looks on."""
_FENCED = re.compile(rf"{STX}code:(\d+){ETX}")
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*+)"
    r"(?P<rest>(?:\s++[^\s\"'<>/=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`]++))?+)*+)\s*+/?>"
)
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?")
_BRACKET = re.compile(r"[\[\]]")
_ENTITY = re.compile(r"&(?:#[0-9]{1,9}|#[xX][0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{1,40});")
_ADDRESS = r"(?<![\w@/.])(?:https?://|www\.)[^\s<>\"“”«»]+"
_MAIL = rf"(?<![\w.+/@{ETX}-])[\w.+-]*\w@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{{2,}}(?![\w@])"
_PHONE = (
    r"(?<![\w+.,/])\+[1-9][\d ()/\u00a0-]{7,22}\d(?![\w])"
    r"|(?i:(?<=\btel)|(?<=\bphone)|(?<=\btelephone)|(?<=\bmobile)|(?<=\bcall)|(?<=\bring)|(?<=\btelefon)|(?<=\bwhatsapp))"
    r"[.:]?(?: (?:number|us|me|on|at|nr)){0,3}[.:]? {0,2}(?P<local>0[\d ()/\u00a0-]{7,14}\d)(?![\w.,])"
)
_MONEY_BEHIND = re.compile(r"[ \u00a0]?(?:[^\w\s.,;:!?()'\"–—-]|[A-Z]{3}\b|zł|kr\b|Ft\b|Kč|lei\b|%)|[.,]\d")

_SIGNS = re.compile(r"[`\\\[<&*_@]|://|www\.|\+[1-9]|(?<![\d,.])0\d")
"""One of these is in whatever is more than plain words."""

_ENDS = ".,;:!?'’*_~|…"
"""Signs that end a sentence, and no address."""
_LETTER = r"[^\W\d_]"
_BEFORE = rf"(?<![^\s([{{\"'“„\u2018\u201a«»\u2013\u2014/|:;,.!?>~_{ETX}-])"
_BEGINS = (
    rf"{_BEFORE}\*+(?![\s*,.;:!?)\]}}”’»%…]|$)"
    # Within a word only two begin anything, but where words stand without spaces between them, one does, too.
    rf"|(?<={_LETTER})\*\*+(?={_LETTER}|{STX})|(?<=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])\*(?={_LETTER}|{STX})"
)
_ENDS_THERE = r"(?<!^)(?<![\s*])\*+"
_ASTERISKS = re.compile(rf"(?P<ambiguous>(?<!^)(?<![\s*])(?:{_BEGINS}))|(?P<end>{_ENDS_THERE})|(?P<start>{_BEGINS})")
"""Asterisks that begin or end an emphasis. One behind a price or a word leads to a note below: ``50p*, tea £1*``."""
_OPENING = {")": "(", "]": "[", "}": "{"}

BULLETS = "•‣◦▪●○∙·\uf0b7"
"""Signs with which other programs begin the entries of a list."""
_ENTRY = re.compile(
    rf"(?P<indent> *)(?:(?P<sign>[-*+]) +|(?P<bullet>[{BULLETS}]) *|(?P<dash>[–—]) +"
    r"|(?P<number>\d{1,3})[.)] +)"
    r"(?P<text>\S.*)"
)
_RULER = set("|:- ")


_NEEDS = {"apostrophe": "`", "backtick": "`", "mail": "@", "phone": "+0", "times": "*", "address": ":."}
"""Signs of which whatever a pattern finds has one; those of the others are found as quickly as any sign is."""


class _OnlyWith:
    """A pattern that goes through a text only where one of its signs stands in it."""

    def __init__(self, signs: str, pattern: re.Pattern[str]) -> None:
        self._signs, self._pattern = signs, pattern

    def finditer(self, text: str, start: int) -> Iterable[re.Match[str]]:
        """As a pattern's own: all that Markdown asks it."""
        return self._pattern.finditer(text, start) if any(sign in text for sign in self._signs) else ()


class Reading:
    """One Markdown, used again for every story."""

    def __init__(self) -> None:
        self._markdown = markdown = Markdown(extensions=[SaneListExtension(), TableExtension()])
        # Fences and comments are cut out before; line breaks and what surrounds elements are the story's own matter.
        for name in ("normalize_whitespace", "html_block"):
            markdown.preprocessors.deregister(name)
        for name in ("prettify", "unescape"):
            markdown.treeprocessors.deregister(name)
        blocks = markdown.parser.blockprocessors
        blocks.deregister("setextheader")
        # An indented paragraph is one that a word processor or a mail has moved in; code stands between fences.
        blocks.deregister("code")
        blocks.register(_Fenced(self, markdown), "fenced", 95)
        blocks.register(_Heading(markdown.parser), "hashheader", 70)
        blocks.register(_Table(markdown.parser, {"use_align_attribute": False}), "table", 75)
        blocks.register(_Beginnings(markdown.parser), "beginnings", 45)
        blocks.register(_Numbered(markdown.parser), "olist", 40)
        blocks.register(_Quote(markdown.parser), "quote", 20)
        blocks.register(_Definitions(markdown.parser), "reference", 15)
        inline = markdown.inlinePatterns
        for name in ("linebreak", "html"):
            inline.deregister(name)
        self._named: tuple[_Used, ...] = (
            _Named(REFERENCE_RE, markdown),
            _NamedPicture(IMAGE_REFERENCE_RE, markdown),
            _ShortNamed(REFERENCE_RE, markdown),
            _ShortNamedPicture(IMAGE_REFERENCE_RE, markdown),
        )
        inline.register(_Apostrophe(r"(?<=[^\W\d_])`(?=[^\W\d_])", markdown), "apostrophe", 195)
        cast(Any, inline["em_strong"]).delimiters["*"].boundary = _ASTERISKS
        inline.register(_Backtick(markdown.inlinePatterns["backtick"].pattern), "backtick", 190)
        inline.register(_Tag(_TAG.pattern, markdown), "tag", 175)
        inline.register(_Link(LINK_RE, markdown), "link", 160)
        inline.register(_Picture(IMAGE_LINK_RE, markdown), "image_link", 150)
        inline.register(_Footnote(r"\[\^[^\]\s]+\]", markdown), "footnote", 173)
        named = cast(tuple[InlineProcessor, ...], self._named)
        inline.register(named[0], "reference", 170)
        inline.register(named[1], "image_reference", 140)
        inline.register(named[2], "short_reference", 130)
        inline.register(named[3], "short_image_ref", 125)
        inline.register(_InAngles(markdown.inlinePatterns["autolink"].pattern, markdown), "autolink", 120)
        inline.register(_MailInAngles(markdown.inlinePatterns["automail"].pattern, markdown), "automail", 110)
        inline.register(_Address(_ADDRESS, markdown), "address", 100)
        inline.register(_Mail(_MAIL, markdown), "mail", 99)
        inline.register(_Phone(_PHONE, markdown), "phone", 98)
        inline.register(_Entity(_ENTITY.pattern, markdown), "entity", 80)
        inline.register(_Times(r"(?<=\d)\*(?=\d)", markdown), "times", 70)
        for name, signs in _NEEDS.items():
            pattern = cast(Any, inline[name])
            pattern.compiled_re = _OnlyWith(signs, pattern.compiled_re)
        self.code: list[str] = []
        """What stands between the fences of the story that is being read."""

    def tree(self, text: str) -> Element:
        """The elements of a story, below one that stands for all of it.

        text: without comments, as ``without_comments`` gives it.
        """
        markdown = self._markdown.reset()
        for named in self._named:
            named.used.clear()
        lines = self._fenced(text.replace(STX, "").replace(ETX, "")).expandtabs(4).split("\n")
        root = cast(Element, markdown.parser.parseDocument([line if line.strip() else "" for line in lines]).getroot())
        inline = markdown.treeprocessors["inline"]
        _leave_plain(root)
        inline.run(root)
        used: set[str] = set().union(*(named.used for named in self._named))
        definitions = list(root.iter("definition"))
        unused = [element for element in definitions if element.get("id") not in used]
        for element in unused:
            del markdown.references[element.attrib["id"]]
        for element in unused:
            # What no link uses is what somebody wants to be read: "[Update]: tomorrow".
            element.tag, element.text = "p", str(element.text)
            del element.attrib["id"]
            around = Element("div")
            around.append(element)
            tail, element.tail = element.tail, None
            inline.run(around)
            element.tail = tail
        _nest(root)
        return root

    def _fenced(self, text: str) -> str:
        """Code between fences is put aside, whatever stands in it."""
        self.code.clear()
        kept, end = [], 0
        for start, stop, code in _put_aside(text):
            if code is not None:
                kept += [text[end:start], f"\n\n{STX}code:{len(self.code)}{ETX}\n\n"]
                self.code.append(code)
                end = stop
        return "".join([*kept, text[end:]])


@cache
def reading() -> Reading:
    """The one that reads every story of a run."""
    return Reading()


def without_comments(text: str) -> tuple[str, list[tuple[int, int]]]:
    """What an author hides from readers is taken out, also where it goes on past an empty line.

    Return the rest, and for each place in it from which on something is missing before: the place, and how many
    characters are missing before it altogether.
    """
    kept, missing, end, place = [], [(0, 0)], 0, 0
    for start, stop, code in _put_aside(text):
        if code is None:
            kept.append(text[end:start])
            place += start - end
            missing.append((place, stop - place))
            end = stop
    return "".join([*kept, text[end:]]), missing


def _put_aside(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Where comments and code between fences begin and end, and the code; none begins within another."""
    place, never_closed = 0, set()
    while match := _HIDDEN.search(text, place):
        place = match.end()
        closing = f"\n{match['fence']}" if match["fence"] else "-->"
        if closing in never_closed:
            continue
        end = _end_of_fence(text, closing, place - 1) if match["fence"] else text.find(closing, place)
        if end < 0:
            never_closed.add(closing)
        elif match["fence"]:
            code = text[place : end + 1]
            place = text.find("\n", end + 1) % (len(text) + 1)
            yield match.start(), place, code
        else:
            place = end + len(closing)
            yield match.start(), place, None


def _end_of_fence(text: str, closing: str, place: int) -> int:
    """Where the line break before the fence stands that closes; -1 where there is none."""
    found = re.compile(rf"{re.escape(closing)}[^\S\n]*$", re.MULTILINE).search(text, place)
    return found.start() if found else -1


def typed(text: str) -> str:
    """What was written, where a sign was escaped."""
    return _ESCAPED.sub(lambda match: "\\" + chr(int(match[1])), text) if STX in text else text


def meant(text: str) -> str:
    """What is read, where a sign was escaped."""
    return _ESCAPED.sub(lambda match: chr(int(match[1])), text) if STX in text else text


def is_as_typed(word: str) -> bool:
    """Whether a word stands in the story as it is read."""
    return STX not in word


def decoded(text: str) -> str:
    """What is read in an attribute, in which ``&amp;`` and its like are the signs that they stand for.

    Only those that end as they should: an address may hold ``&copy=2``.
    """
    text = meant(text)
    return _ENTITY.sub(lambda match: unescape(match[0]), text) if "&" in text else text


def unseen_entity(text: str) -> str:
    """The first ``&#8238;`` in a text that stands for a sign nobody sees; empty where there is none."""
    for match in _ENTITY.finditer(text) if "&" in text else ():
        sign = unescape(match[0])
        if not sign or UNSEEN.search(sign) or (sign == "\ufffd" and match[0][1] == "#"):
            return match[0]
    return ""


def _fault(name: str, message: str, source: str, of: str = "") -> Element:
    """of: the element of HTML that it is about, where it may be told of once for all of its parts."""
    return Element("fault", {"name": name, "message": message, "source": source, "of": of})


def unseen(entity: str) -> tuple[str, str]:
    """The name and the message of a problem: ``&#8238;`` stands for a sign nobody sees."""
    return "character", f"{entity} stands for an invisible character, which is not allowed; delete it"


# -- blocks -----------------------------------------------------------------------------------------------


class _Fenced(BlockProcessor):
    """Code that was put aside."""

    def __init__(self, reading: Reading, markdown: Markdown) -> None:
        super().__init__(markdown.parser)
        self.reading = reading

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        return bool(_FENCED.fullmatch(block.strip()))

    def run(self, parent: Element, blocks: list[str]) -> None:
        match = _FENCED.fullmatch(blocks.pop(0).strip())
        code = SubElement(parent, "fenced")
        code.text = AtomicString(self.reading.code[int(match[1])] if match else "")


class _Heading(HashHeaderProcessor):
    """A heading has a space behind its signs: ``#walk`` is a hashtag, and ``#1`` a number."""

    RE = re.compile(r"(?:^|\n)(?P<level>#{1,6}) +(?P<header>\S[^\n]*)(?:\n|$)")

    def run(self, parent: Element, blocks: list[str]) -> None:
        super().run(parent, blocks)
        words = (parent[-1].text or "").rstrip("#")
        if words.endswith(" ") and words.strip():
            parent[-1].text = words.rstrip()


class _Beginnings(BlockProcessor):
    """A list or table may follow a line of text directly, and a list have the signs of other programs.

    A line of text may follow a list directly, too.
    """

    def test(self, parent: Element, block: str) -> bool:
        return self._changed(parent, block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        changed = cast(tuple[str, str, str], self._changed(parent, blocks.pop(0)))
        before, rest, behind = changed
        if before:
            self.parser.parseBlocks(parent, [before])
        blocks[:0] = [rest, behind] if behind else [rest]

    def _changed(self, parent: Element, block: str) -> tuple[str, str, str] | None:
        """The lines before a list or table, it with Markdown's own signs, those behind; None where all is so."""
        lines = block.split("\n")
        entries = [_ENTRY.match(line) for line in lines]
        dashes = [entry["dash"] for entry in entries if entry]
        for number, entry in enumerate(entries):
            if entry and (entry["dash"] is None or dashes.count(entry["dash"]) > 1):
                if entry["number"] and not _is_counted(_numbers(entries[number:]), None if number else parent):
                    continue
                end = _end_of_list(lines, entries)
                rest = "\n".join(_entries(lines[number:end], entries[number:end]))
                changed = "\n".join(lines[:number]), rest, "\n".join(lines[end:])
                return changed if changed != ("", block, "") else None
            if number and _is_table(lines, number):
                return "\n".join(lines[:number]), "\n".join(lines[number:]), ""
        return None


def _end_of_list(lines: list[str], entries: list[re.Match[str] | None]) -> int:
    """Behind the last entry and what is written further in below it; only text can stand there."""
    end = max(number for number, entry in enumerate(entries, start=1) if entry)
    while end < len(lines) and lines[end].startswith(" "):
        end += 1
    return end


class _Numbered(SaneOListProcessor):
    """A list whose entries count: a page never shows another number than was typed, so all others are text."""

    def __init__(self, parser: Any) -> None:
        super().__init__(parser)
        self.RE = self.CHILD_RE

    def test(self, parent: Element, block: str) -> bool:
        entries = [_ENTRY.match(line) for line in block.split("\n")]
        numbered = bool(entries[0] and entries[0]["number"])
        return numbered and super().test(parent, block) and _is_counted(_numbers(entries), parent)

    def run(self, parent: Element, blocks: list[str]) -> None:
        numbers = _numbers([_ENTRY.match(line) for line in blocks[0].split("\n")])
        siblings = ["ol"] if _goes_on(parent, numbers[0]) else []
        setattr(self, "SIBLING_TAGS", siblings)  # noqa: B010
        super().run(parent, blocks)
        listed = parent if parent.tag == "ol" else parent[-1]
        listed.set("last", str(numbers[-1]))


def _numbers(entries: list[re.Match[str] | None]) -> list[int]:
    """What the entries of a list are numbered with, beginning with its first; deeper ones are lists of their own."""
    numbered = [entry for entry in entries if entry and entry["number"]]
    indent = len(numbered[0]["indent"]) + 1 if numbered else 0
    return [int(entry["number"]) for entry in numbered if len(entry["indent"]) <= indent]


def _is_counted(numbers: list[int], parent: Element | None) -> bool:
    """Whether numbers at the beginnings of lines are those of a list, and neither years nor days nor a countdown.

    parent: where they begin a paragraph; None where a line of text stands right before them.
    """
    first = numbers[0]
    if len(numbers) == 1:
        return parent is not None and (first == 1 or _goes_on(parent, first))
    return set(numbers) == {1} or numbers == list(range(first, first + len(numbers)))


def _goes_on(parent: Element, number: int) -> bool:
    """Whether an entry goes on with the list before it."""
    last = parent[-1].get("last") if len(parent) and parent[-1].tag == "ol" else None
    return last is not None and (number == int(last) + 1 or number == int(last) == 1)


class _Quote(BlockQuoteProcessor):
    """Lines that begin with ``>``, and none behind them: whose words a line holds is seen at its beginning."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        lines = blocks[0].split("\n")
        quoted = [line.lstrip(" ").startswith(">") and not line.startswith("    ") for line in lines]
        first = quoted.index(True)
        end = next((number for number in range(first, len(lines)) if not quoted[number]), len(lines))
        blocks[:1] = ["\n".join(lines[:end]), *filter(None, ["\n".join(lines[end:])])]
        super().run(parent, blocks)


class _Table(TableProcessor):
    """Rows, and none for a line of text that follows them."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        lines = blocks[0].split("\n")
        end = next((number for number, line in enumerate(lines) if "|" not in line), len(lines))
        blocks[:1] = ["\n".join(lines[:end]), *filter(None, ["\n".join(lines[end:])])]
        super().run(parent, blocks)


def _entries(lines: list[str], entries: list[re.Match[str] | None]) -> Iterator[str]:
    """The lines of a list as Markdown writes them: each level four spaces further in, ``-`` and ``1.``."""
    kind = _kind(entries[0])
    levels: list[int] = []
    for line, entry in zip(lines, entries, strict=True):
        if entry is None or (_kind(entry) != kind and not entry["indent"]):
            yield line
            continue
        indent = len(entry["indent"])
        while levels and levels[-1] > indent:
            levels.pop()
        if not levels or indent > levels[-1] + 1:
            levels.append(indent)
        begins = f"{entry['number']}." if entry["number"] else entry["sign"] or "-"
        yield f"{'    ' * (len(levels) - 1)}{begins} {entry['text']}"


def _kind(entry: re.Match[str] | None) -> str | None:
    """What begins an entry, so that a list goes on only with entries like its first; None for a sign of any kind."""
    return "number" if entry is None or entry["number"] else entry["dash"]


def _is_table(lines: list[str], number: int) -> bool:
    """Whether a table begins at a line: cells, and a ruler below them."""
    if "|" not in lines[number] or number + 1 >= len(lines):
        return False
    ruler = set(lines[number + 1])
    return ruler <= _RULER and {"|", "-"} <= ruler


class _Definitions(ReferenceProcessor):
    """An address by name, ``[walk]: https://example.org``, at the beginning of a block."""

    def run(self, parent: Element, blocks: list[str]) -> bool:
        match = self.RE.match(blocks[0])
        name = match[1].strip().lower() if match else ""
        if match is None or not name or name.startswith("^") or name in self.parser.md.references:
            return False
        block = blocks.pop(0)
        self.parser.md.references[name] = (match[2].lstrip("<").rstrip(">"), match[5] or match[6])
        definition = SubElement(parent, "definition", {"id": name})
        definition.text = AtomicString(match[0])
        if rest := block[match.end() :].lstrip("\n"):
            blocks.insert(0, rest)
        return True


def _leave_plain(root: Element) -> None:
    """Plain words are most of a story, and need not be searched for each of the patterns."""
    for element in root.iter():
        if element.text and not _SIGNS.search(element.text):
            element.text = AtomicString(element.text)


# -- within a line ----------------------------------------------------------------------------------------


class _Backtick(BacktickInlineProcessor):
    """Code within a line, as it was typed."""

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override] # noqa: N802
        element, start, end = super().handleMatch(m, data)
        if isinstance(element, Element):
            element.text = AtomicString(unescaped_code(str(element.text)))
        return element, start, end


def unescaped_code(text: str) -> str:
    """Code as it was typed, from what Markdown makes of it."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@lru_cache(maxsize=4)
def _closing(text: str) -> dict[int, int]:
    """Where the bracket stands that closes each one that is closed: found once, not again from each of them."""
    opened: list[int] = []
    found = {}
    for bracket in _BRACKET.finditer(text):
        if bracket[0] == "[":
            opened.append(bracket.start())
        elif opened:
            found[opened.pop()] = bracket.start()
    return found


class _AsTyped:
    """What stands in an address, or in the words of a picture, stays what was typed."""

    md: Markdown

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802
        """The words of a link, up to the bracket that closes the one before ``index``."""
        end = _closing(data).get(index - 1)
        return (data[index:end], end + 1, True) if end is not None else ("", len(data), False)

    def getLink(self, data: str, index: int) -> Any:  # noqa: N802
        """Where a link leads; Markdown looks for the end of each in all that follows, one sign after the other."""
        return super().getLink(data[: index + LONGEST_TARGET], index)  # type: ignore[misc]

    def unescape(self, text: str) -> str:
        found: dict[str, Element | str] = self.md.treeprocessors["inline"].stashed_nodes  # type: ignore[attr-defined]

        def source(match: re.Match[str]) -> str:
            node = found.get(match[1], "")
            return node if isinstance(node, str) else node.get("source") or "".join(node.itertext())

        return _STASHED.sub(source, text)


class _Link(_AsTyped, LinkInlineProcessor):
    """``[words](address)``"""


class _Picture(_AsTyped, ImageInlineProcessor):
    """``![what it shows](address)``"""


class _Used(_AsTyped):
    """Remembers which names links have used, and tells such links from others."""

    used: set[str]

    def __init__(self, pattern: str, md: Markdown) -> None:
        super().__init__(pattern, md)  # type: ignore[call-arg]
        self.used = set()

    def evalId(self, data: str, index: int, text: str) -> Any:  # noqa: N802
        found = super().evalId(data, index, text)  # type: ignore[misc]
        self._name = " ".join((found[0] or "").split())
        return found

    def makeTag(self, href: str, title: str, text: str) -> Element:  # noqa: N802
        self.used.add(self._name)
        element: Element = super().makeTag(href, title, text)  # type: ignore[misc]
        element.set("by", self._name)
        return element


class _Named(_Used, ReferenceInlineProcessor):
    """``[words][name]``"""


class _ShortNamed(_Used, ShortReferenceInlineProcessor):
    """``[name]``"""


class _NamedPicture(_Used, ImageReferenceInlineProcessor):
    """``![what it shows][name]``"""


class _ShortNamedPicture(_Used, ShortImageReferenceInlineProcessor):
    """``![name]``"""


class _Inline(_AsTyped, InlineProcessor):
    """A pattern, and what is made of its match."""

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # type: ignore[override] # noqa: ARG002, N802
        return self.found(m)

    @abstractmethod
    def found(self, m: re.Match[str]) -> Match:
        """What stands there; ``m.string`` is all that stands around it, too."""


class _Apostrophe(_Inline):
    """``it`s``, from a keyboard on which that sign is nearer."""

    def found(self, m: re.Match[str]) -> Match:
        return f"{STX}{ord('`')}{ETX}", m.start(0), m.end(0)


class _Footnote(_Inline):
    """``[^1]``, which other programs make a footnote of."""

    def found(self, m: re.Match[str]) -> Match:
        message = f"there are no footnotes; put what {m[0]} says into the story, within brackets (like this)"
        return _fault("footnote", message, m[0]), m.start(0), m.end(0)


class _Tag(_Inline):
    """A tag of HTML that was typed: one that may be, one that is refused, or words between < and >."""

    def found(self, m: re.Match[str]) -> Match:
        name = m["name"].lower()
        # An address with spaces stands between < and >, too.
        if m.string[max(0, m.start() - 9) : m.start()].rstrip().endswith("]("):
            return NONE
        if name not in INLINE and name not in _REMEDIES:
            return NONE
        source = self.unescape(m[0])
        if name in _REMEDIES:
            message = f"<{m['close']}{m['name']}> is not shown; {_REMEDIES[name]}"
            return _fault("html", message, source, m["close"] + name), m.start(0), m.end(0)
        said: dict[str, str] = {}
        lost = ""
        for found in _ATTRIBUTE.finditer(self.unescape(m["rest"])):
            key = found[1].lower()
            if key in _ATTRIBUTES.get(name, ()):
                value = found[2] or ""
                said.setdefault(key, value[1:-1] if value[:1] in ("'", '"') else value)
            elif key not in _UNNOTICED and not key.startswith(("data-", "aria-")):
                lost = f"{key}= in <{m['name']}> is not kept; leave it out, the site has its own colours and sizes"
        if name in LONE:
            element = _fault("html", lost, source) if lost else Element(name, {"source": source, **said})
        else:
            element = Element("raw", {"name": name, "close": m["close"], "source": source, "lost": lost, **said})
        return element, m.start(0), m.end(0)


class _Entity(_Inline):
    """``&eacute;``; what it stands for is never read as Markdown."""

    def found(self, m: re.Match[str]) -> Match:
        if unseen_entity(m[0]):
            return _fault(*unseen(m[0]), m[0]), m.start(0), m.end(0)
        signs = unescape(m[0])
        text = m[0] if signs == m[0] else "".join(f"{STX}{ord(sign)}{ETX}" for sign in signs)
        return text, m.start(0), m.end(0)


class _Times(_Inline):
    """``5*3`` is no emphasis."""

    def found(self, m: re.Match[str]) -> Match:
        return f"{STX}{ord('*')}{ETX}", m.start(0), m.end(0)


def _link(address: str, words: str, written: str) -> Element:
    """A link that nobody wrote as one; it is text where it stands in another."""
    element = Element("a", {"href": address, "bare": written})
    element.text = AtomicString(words)
    return element


class _InAngles(_Inline):
    """``<https://example.org>``"""

    def found(self, m: re.Match[str]) -> Match:
        address = self.unescape(m[1])
        return _link(address, decoded(address), address), m.start(0), m.end(0)


class _MailInAngles(_Inline):
    """``<roof@example.org>``"""

    def found(self, m: re.Match[str]) -> Match:
        address = self.unescape(m[1]).removeprefix("mailto:")
        return _link(f"mailto:{address}", decoded(address), address), m.start(0), m.end(0)


class _Address(_Inline):
    """An address by itself, without what ends the sentence that it stands in."""

    ANCESTOR_EXCLUDES = ("a",)

    def found(self, m: re.Match[str]) -> Match:
        written = m[0]
        for place in _STASHED.finditer(written):
            # An escaped sign belongs to the address, an element does not.
            if not isinstance(self.md.treeprocessors["inline"].stashed_nodes.get(place[1]), str):  # type: ignore[attr-defined]
                written = written[: place.start()]
                break
        written = _without_end(written)
        words = decoded(self.unescape(written))
        address = f"https://{words}" if words.startswith("www.") else words
        if external_fault(address):
            return self.unescape(written), m.start(0), m.start(0) + len(written)
        return _link(address, words, self.unescape(written)), m.start(0), m.start(0) + len(written)


def _without_end(written: str) -> str:
    """An address without the signs that end a sentence, and without a bracket that was opened before it."""
    while written[-1] in _ENDS or _closes_more(written, written[-1]):
        written = written[:-1]
    return written


def _closes_more(written: str, sign: str) -> bool:
    return sign in _OPENING and written.count(_OPENING[sign]) < written.count(sign)


class _Mail(_Inline):
    """An e-mail address by itself."""

    ANCESTOR_EXCLUDES = ("a",)

    def found(self, m: re.Match[str]) -> Match:
        return _link(f"mailto:{m[0]}", m[0], m[0]), m.start(0), m.end(0)


class _Phone(_Inline):
    """A telephone number: one that begins with + and its country, or with 0 right behind a word that says so.

    Everything else may be an amount, a day, a sort code or an account.
    """

    ANCESTOR_EXCLUDES = ("a",)

    def found(self, m: re.Match[str]) -> Match:
        written = m["local"] or m[0]
        digits = re.sub(r"\D", "", written.replace("(0)", ""))
        fits = 10 <= len(digits) <= 11 if m["local"] else 9 <= len(digits) <= 15
        if digits.startswith("1") and not m["local"]:
            fits = len(digits) == 11
        start = m.start("local") if m["local"] else m.start(0)
        if not fits or written.count("(") != written.count(")") or _MONEY_BEHIND.match(m.string, m.end(0)):
            return NONE
        return _link(f"tel:{'' if m['local'] else '+'}{digits}", written, written), start, m.end(0)


# -- what was typed as HTML -------------------------------------------------------------------------------


def _nest(parent: Element) -> None:
    """Tags that were typed become elements; those that do not open and close in one place become faults."""
    children = list(parent)
    for child in children:
        _nest(child)
    if not any(child.tag == "raw" for child in children):
        return
    for child in children:
        parent.remove(child)
    within, opened = [parent], [Element("raw")]
    for child in children:
        tail, child.tail = child.tail, None
        if child.tag != "raw":
            within[-1].append(child)
        elif not child.get("close"):
            within.append(_begun(within[-1], child, is_too_deep=len(within) > DEEPEST))
            opened.append(child)
        elif opened[-1].get("name") == (name := child.attrib["name"]):
            within.pop()
            opened.pop()
        else:
            message = f"</{name}> closes nothing here; delete it, or write <{name}> before it in the same paragraph"
            within[-1].append(_fault("html", message, child.attrib["source"]))
        _add_text(within[-1], tail)
    for around, element, child in zip(within[:-1], within[1:], opened[1:], strict=True):
        if element is around:
            continue
        message = f"<{child.get('name')}> is not closed; write </{child.get('name')}> behind it in the same paragraph"
        fault = _fault("html", message, child.attrib["source"])
        fault.tail, element.text = element.text, None
        element.insert(0, fault)


def _begun(around: Element, tag: Element, *, is_too_deep: bool) -> Element:
    """The element that a tag opens; the one around it, where it stands in too many."""
    name, source = tag.attrib["name"], tag.attrib["source"]
    if is_too_deep:
        around.append(_fault("html", f"<{name}> stands in too many others; delete it, and what closes it", source))
        return around
    element = SubElement(around, name, {key: said for key, said in tag.items() if key in _ATTRIBUTES.get(name, ())})
    if lost := tag.get("lost"):
        element.append(_fault("html", lost, source))
    return element


def _add_text(parent: Element, text: str | None) -> None:
    if text and len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    elif text:
        parent.text = (parent.text or "") + text
