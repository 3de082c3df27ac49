"""The one reading of a story: what it links to and shows, its first sentence, what cannot be shown, and its HTML."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from xml.etree.ElementTree import Element

from .dialect import PARTS, decoded, is_as_typed, meant, reading, typed, unseen, unseen_entity, without_comments
from .limits import too_much
from .links import picture_place, video_site
from .told import Fault, Link, Piece, Step, Story, StoryPicture, Video
from .typography import typeset

MAX_SENTENCE = 240
"""Characters of a first sentence."""

_END = re.compile(r"[.!?…][\"'”’)»]*(?=\s|$)|[。！？][」』）]*")
_NO_END = re.compile(
    # A letter, a day, or what stands before a name or an example; "£25." is an end.
    r"(?:(?<!\S)[(\"“„«]?(?:[^\W\d_]|\d{1,2}|Dr|Mr|Mrs|Ms|Mx|St|Ste|Mt|Prof|Rev|Fr|Sr|Jr|Hr|Mme|Mlle|Nr|No|Tel|Str|ca|bzw|vgl"
    r"|inkl|approx|vs|e\.g|i\.e|z\.\s?B|d\.\s?h|np|tzn|ul|ks|św|dr|prof|nr|tel|bl\.a|t\.ex|p\.ex))\.\Z"
)
_LONGEST_NO_END = 20
"""More characters than ``_NO_END`` ever finds."""
_NEAR = 20_000
"""Characters within which a word is looked for; further on would be another one like it."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = ("p", "ul", "ol", "fenced", "blockquote", "table", "hr", "td", "th", "definition", *_HEADINGS)
_HOLDERS = ("ul", "ol", "table", "thead", "tbody")
"""Elements that hold only elements."""
_FIGURE_END = "</figure>\n"
_ROW_END = _FIGURE_END * 2
"""The end of the last of several pictures that follow each other, and of the figure that holds them."""
Node = Element | str
"""An element, or the text before, between or behind two."""


def read_story(body: str, locale: str = "") -> Story:
    """Read what stands below the fields of an update, an event or a page.

    locale: whose quotation marks and dashes it gets; empty for those that were typed.
    """
    if excess := too_much(body):
        return Story(body, faults=(Fault("too-complex", *excess),), locale=locale)
    return _Writer(locale).story(body)


def offsets(story: Story) -> Mapping[int, int]:
    """Where each link and picture stands, by its number, in characters into the story."""
    trail = read_story(story.body, story.locale).trail if story.trail is None else story.trail
    return dict(_offsets(story.body, trail or ()))


# -- where things stand -----------------------------------------------------------------------------------


def _offsets(body: str, trail: tuple[Step, ...]) -> Iterator[tuple[int, int]]:
    """Walk through what was written along what was read: both have the same order.

    Markdown does not say where it found something. Every word that was read stands behind the one before it, so each is
    looked for from there; one that is read otherwise than it was written, for an escaped sign in it, is passed over.
    """
    text, missing = without_comments(body)
    places: list[int] = []
    place = 0
    for step in trail:
        places.append(place)
        if step.number < 0:
            for word in step.text.split():
                if is_as_typed(word) and (found := text.find(word, place, place + _NEAR)) >= 0:
                    place = found + len(word)
            continue
        start = places[step.from_] if step.from_ >= 0 else place
        found = _defined(text, step) if step.by else text.find(step.text, start, start + _NEAR)
        if found < 0 or not step.text:
            found = place
            while found < len(text) and text[found].isspace():
                found += 1
        elif not step.by:
            place = max(place, found + len(step.text))
        lost = missing[bisect_right(missing, found, key=lambda gap: gap[0]) - 1][1]
        yield step.number, min(found + lost, len(body) - 1)


def _defined(text: str, step: Step) -> int:
    """Where ``[name]: address`` stands."""
    name = r"\s+".join(map(re.escape, step.by.split()))
    match = re.search(rf"^ *\[\s*{name}\s*\]:", text, re.MULTILINE | re.IGNORECASE)
    return text.find(step.text, match.end()) if match else -1


# -- the HTML ---------------------------------------------------------------------------------------------


def _html(text: str) -> str:
    """Text as a browser writes it down."""
    return escape(text, quote=False).replace("\u00a0", "&nbsp;")


class _Writer:
    """Writes one story down, and notes what it passes."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self.last = ""
        """The sign before, in this line."""
        self.is_code = False
        self.pieces: list[Piece] = []
        self.written: list[str] = []
        self.trail: list[Step] = []
        self.faults: list[tuple[str, str, int]] = []
        self.refused: set[str] = set()
        """Elements of HTML that something was said of."""
        self.above: list[int] = []
        """The levels of the headings that the next one stands below."""
        self.number = 0
        self.link: Link | None = None
        self.is_outermost: bool
        """Whether this is a paragraph that stands in nothing else."""
        self.row = (0, 0)
        """Where the first of the pictures that follow each other begins: in which piece, and how far into it."""
        self.after_first = 0
        self.sentence = ""

    def story(self, body: str) -> Story:
        text, _ = without_comments(body)
        root = reading().tree(text)
        for block in root:
            self.is_outermost = block.tag == "p"
            self._block(block)
        self._cut()
        trail = tuple(self.trail)
        found = dict(_offsets(body, trail)) if self.faults else {}
        return Story(
            body,
            tuple(self.pieces),
            self.after_first,
            self.sentence,
            tuple(Fault(name, message, found[number]) for name, message, number in self.faults),
            self.locale,
            trail if self.number else (),
        )

    def _cut(self, *pieces: Piece) -> None:
        """What was written so far becomes a piece."""
        if self.written:
            self.pieces.append("".join(self.written))
            self.written = []
        self.pieces += pieces

    def _refused(self, fault: Element) -> None:
        """One problem for a table that was typed as HTML, rather than one for each cell, and for a footnote."""
        name, message, source, of = (fault.attrib[key] for key in ("name", "message", "source", "of"))
        if name == "footnote":
            of = f"/{source}"
        element = of.removeprefix("/")
        if PARTS.get(element) not in self.refused and not (of != element and element in self.refused):
            self._fault(name, message, source)
        self.refused.add(element)

    def _fault(self, name: str, message: str, source: str) -> None:
        self.faults.append((name, message, self.number))
        self.trail.append(Step(typed(source), self.number))
        self.number += 1

    # Blocks, each on lines of its own.

    def _block(self, block: Element) -> None:
        tag = block.tag
        if tag == "p":
            self._paragraph(block)
        elif tag in _HOLDERS:
            start = f' start="{block.get("start")}"' if block.get("start") else ""
            self.written.append(f"<{tag}{start}>\n")
            for part in block:
                self._block(part)
            self.written.append(f"</{tag}>\n")
        elif tag == "fenced":
            code = "".join(block.itertext())
            self.trail.append(Step(code))
            self.written.append(f"<pre><code>{_html(code)}</code></pre>\n")
        elif tag == "hr":
            self.written.append("<hr>\n")
        elif tag == "definition":
            self.trail.append(Step(str(block.text)))
        elif tag in ("li", "blockquote", "tr"):
            self.written.append(f"<{tag}>")
            self._mixed(block)
            self.written.append(f"</{tag}>\n")
        else:
            name = self._level(tag) if tag in _HEADINGS else tag
            self.written.append(f"<{name}>")
            self._lines(_lines(_nodes(block)))
            self.written.append(f"</{name}>\n")

    def _level(self, tag: str) -> str:
        """Headings begin at h2, since the page's title is the h1, and skip no level."""
        level = int(tag[1:])
        while self.above and self.above[-1] >= level:
            self.above.pop()
        self.above.append(level)
        return f"h{min(len(self.above) + 1, 6)}"

    def _mixed(self, parent: Element) -> None:
        """An entry of a list, a quotation or a row: text and blocks."""
        gathered: list[Node] = []
        for node in _nodes(parent):
            if isinstance(node, Element) and node.tag in _BLOCKS:
                self._lines(_lines(gathered))
                gathered = []
                self._block(node)
            else:
                gathered.append(node)
        self._lines(_lines(gathered))

    def _paragraph(self, paragraph: Element) -> None:
        """Lines of text, and pictures that stand on lines of their own between them."""
        text: list[list[Node]] = []
        lines = _lines(_nodes(paragraph))
        while lines:
            line = lines.pop(0)
            if not _pictures(line):
                text.append(line)
                continue
            self._text(text)
            text = []
            pictures = [node for node in line if isinstance(node, Element)]
            for picture in pictures[:-1]:
                self._figure(picture, _title(_picture_in(picture)))
            last = pictures[-1]
            title = _title(_picture_in(last))
            under = _only(lines.pop(0)) if not title and lines and _is_caption(lines[0]) else None
            self._figure(last, title, under)
        self._text(text)

    def _text(self, lines: list[list[Node]]) -> None:
        if not any(lines):
            return
        start = len(self.written)
        self.written.append("<p>")
        self._lines(lines)
        if self.written[start:] == ["<p>"]:
            self.written.pop()
            return
        self.written.append("</p>\n")
        if self.is_outermost:
            said = " ".join(_words(line) for line in lines if not _only(line).get("bare"))
            self.sentence = self.sentence or self._set(first_sentence(said))
            if not self.after_first:
                self._cut()
                self.after_first = len(self.pieces)

    def _figure(self, picture: Element, title: str, under: Element | None = None) -> None:
        """A picture with its caption: its title, or what is written in italics in the line under it."""
        end = _ROW_END if self._is_beside() else _FIGURE_END
        self.written.append("<figure>")
        self._node(picture, titled=False)
        if title or under is not None:
            self.written.append("<figcaption>")
            self._lines([[title]] if under is None else _lines(_nodes(under)))
            self.written.append("</figcaption>")
        self.written.append(end)

    def _is_beside(self) -> bool:
        """Whether the picture to be written follows another, with nothing between them; then one figure holds both."""
        before = self.written[-1] if self.written else ""
        piece, place = self.row
        if before == _ROW_END:
            self.written[-1] = _FIGURE_END
        elif before == _FIGURE_END and piece < len(self.pieces):
            html = self.pieces[piece]
            assert isinstance(html, str), "a picture is cut out behind the beginning of its figure"
            self.pieces[piece] = f"{html[:place]}<figure>\n{html[place:]}"
        else:
            self.row = (len(self.pieces), len("".join(self.written)))
            return False
        return True

    # Within a line.

    def _set(self, text: str, before: str = "") -> str:
        return typeset(text, self.locale, before) if self.locale else text

    def _lines(self, lines: list[list[Node]]) -> None:
        for number, line in enumerate(lines):
            if number:
                self.written.append("<br>\n")
            self.last = ""
            alone = _only(line)
            if alone.tag == "a" and alone.get("bare"):
                address = decoded(alone.attrib["href"])
                if site := video_site(address):
                    self._video(alone, address, site)
                    continue
            for node in line:
                self._node(node)

    def _node(self, node: Node, *, titled: bool = True) -> None:
        if isinstance(node, str):
            self.trail.append(Step(node))
            said = meant(node)
            self.written.append(
                re.sub(r" *\n *", "<br>\n", _html(said if self.is_code else self._set(said, self.last)))
            )
            self.last = said[-1:] or self.last
        elif node.tag == "img":
            self._picture(node, titled)
        elif node.tag == "fault":
            self._refused(node)
        elif node.tag == "br":
            self.written.append("<br>\n")
        elif node.tag == "a":
            self._link(node, titled)
        else:
            self.written.append(f"<{node.tag}>")
            self.is_code = node.tag == "code"
            for inner in _nodes(node):
                self._node(inner)
            self.is_code = False
            self.written.append(f"</{node.tag}>")

    def _picture(self, picture: Element, titled: bool) -> None:
        address, alt, title = (picture.get(name) or "" for name in ("src", "alt", "title"))
        if entity := unseen_entity(f"{alt} {address} {title}"):
            self._fault(*unseen(entity), entity)
            return
        words = self._set(" ".join(decoded(alt).split()))
        said = self._set(" ".join(decoded(title).split())) if titled else ""
        written = decoded(address).strip()
        self._cut(StoryPicture(written, words, said, self.number, picture_place(written)))
        self.trail.append(Step(typed(address), self.number, picture.get("by", "")))
        self.number += 1

    def _link(self, node: Element, titled: bool) -> None:
        address, title = node.get("href"), node.get("title") or ""
        entity = unseen_entity(f"{address} {title}")
        if address is None or self.link or entity:
            if entity:
                self._fault(*unseen(entity), entity)
            elif self.link and not node.get("bare"):
                self._fault("link", "a link cannot stand within another; end the first one before it", address or "")
            for inner in _nodes(node):
                self._node(inner, titled=titled)
            return
        number, start = self.number, len(self.trail)
        self.number += 1
        leads, said = decoded(address).strip(), " ".join(decoded(title).split())
        link = Link(leads, said, _words([node], alt=True), number, picture_place(leads))
        self._cut(link)
        self.link = link
        for inner in _nodes(node):
            self._node(inner, titled=titled)
        self.link = None
        self.written.append("</a>")
        self.trail.append(Step(typed(node.get("bare") or address), number, node.get("by", ""), start))

    def _video(self, node: Element, address: str, site: str) -> None:
        self._cut(Video(Link(address, "", _words([node]), self.number), site))
        self.trail.append(Step(typed(node.attrib["bare"]), self.number))
        self.number += 1


def _nodes(parent: Element) -> Iterator[Node]:
    """What stands in an element, text and elements in their order."""
    if parent.text:
        yield str(parent.text)
    for child in parent:
        yield child
        if child.tail:
            yield str(child.tail)


def _lines(nodes: Iterable[Node]) -> list[list[Node]]:
    """The lines that a writer saw, none of them empty at the beginning or the end."""
    lines: list[list[Node]] = [[]]
    was_break = False
    """Whether the element before was a <br>; two texts never follow each other."""
    for node in nodes:
        if isinstance(node, str):
            first, *others = node.split("\n")
            # A line that ends in <br> ends once.
            if was_break and others and not first.strip():
                first, *others = others
            for number, text in enumerate((first, *others)):
                if number:
                    lines.append([])
                # Spaces at the end of a line say nothing, and those at its beginning neither.
                seen = text.rstrip(" ") if number < len(others) else text
                if seen := seen if lines[-1] else seen.lstrip(" "):
                    lines[-1].append(seen)
        elif node.tag == "br":
            lines.append([])
            was_break = True
        else:
            lines[-1].append(node)
            was_break = False
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return lines


def _only(line: list[Node]) -> Element:
    """The one element of a line that has no text besides; else one that stands for none."""
    elements = [node for node in line if not isinstance(node, str) or node.strip()]
    return elements[0] if len(elements) == 1 and isinstance(elements[0], Element) else Element("none")


def _pictures(line: list[Node]) -> bool:
    """Whether a line holds pictures, or links that hold one, and nothing else."""
    nodes = [node for node in line if not isinstance(node, str) or node.strip()]
    return bool(nodes) and all(isinstance(node, Element) and _picture_in(node) is not None for node in nodes)


def _picture_in(node: Element) -> Element | None:
    """The picture that an element is, or that it holds and nothing else."""
    if node.tag == "img":
        return node
    inner = _only(list(_nodes(node))) if node.tag == "a" else None
    return inner if inner is not None and inner.tag == "img" else None


def _is_caption(line: list[Node]) -> bool:
    """Whether a line is in italics from one end to the other."""
    return _only(line).tag in ("em", "i")


def _title(picture: Element | None) -> str:
    return " ".join(decoded(picture.get("title") or "").split()) if picture is not None else ""


def _words(line: Iterable[Node], *, alt: bool = False) -> str:
    """The text of a line as it is read; with alt, what its pictures show, too."""
    return " ".join("".join(_texts(line, alt)).split())


def _texts(line: Iterable[Node], alt: bool) -> Iterator[str]:
    for node in line:
        if isinstance(node, str):
            yield meant(node)
        elif node.tag == "img":
            yield decoded(node.get("alt") or "") if alt else ""
        elif node.tag == "br":
            yield " "
        else:
            yield from _texts(_nodes(node), alt)


def first_sentence(text: str) -> str:
    """The first sentence of a plain text, cut between words where it is very long."""
    text = " ".join(text.split())
    ends = (found.end() for found in _END.finditer(text) if not _goes_on(text, found))
    sentence = text[: next(ends, len(text))]
    if len(sentence) <= MAX_SENTENCE:
        return sentence
    return sentence[:MAX_SENTENCE].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _goes_on(text: str, end: re.Match[str]) -> bool:
    """Whether a full stop is one of ``5. Februar``, ``Dr. Smith`` or ``approx. ten`` rather than a sentence's."""
    behind = text[end.end() : end.end() + 2].lstrip()
    near = max(0, end.end() - _LONGEST_NO_END)
    return end[0] == "." and (behind.islower() or bool(_NO_END.search(text, near, end.end())))
