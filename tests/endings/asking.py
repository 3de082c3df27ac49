"""What the theme says while an appeal asks, sorted, and how it is found again in any file and language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, unquote

from babel.messages.pofile import read_po
from icalendar import Calendar

ROOT = Path(__file__).parents[2]
WORDS = Path(__file__).parent / "words"
KINDS = ("asks", "records", "measures", "silent")
"""What asks, counts down, calls missing or only plans; the same of a day that is over, which stays on that day's page;
what holds the money against the goal; and everything else."""
PICTURES = frozenset((".png", ".jpg", ".jpeg", ".webp", ".woff2", ".ico"))
WORDLESS = frozenset((".css", ".js", ".yaml"))
"""Files without a sentence of the theme."""
SCHEMA = "totals.schema.json"
"""It explains the words of the data, and says them of no appeal."""

_PLACE = re.compile(r"%\((\w+)\)s|%s")
_AROUND = " ().,:;–"
_AMOUNT_BEFORE = r"(?:.{0,30}\d.{0,12} )?"
DAY_PLACES = frozenset(("day", "due", "start", "end", "oldest", "newest", "first", "last", "from", "to"))
NAME_PLACES = frozenset(("who", "way", "what", "cost", "name", "site"))


def sorted_words(kind: str) -> tuple[str, ...]:
    """The theme's English sentences of one kind, one on each line of a file."""
    return tuple((WORDS / f"{kind}.txt").read_text(encoding="utf-8").splitlines())


def in_language(language: str) -> dict[str, str]:
    """What each sentence of the theme is in a language; English is itself."""
    path = ROOT / f"theme/locale/{language}.po"
    if not path.is_file():
        return {text: text for kind in KINDS for text in sorted_words(kind)}
    with path.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id and not message.context}


def plain(text: str) -> str:
    """As it is compared: small letters, one kind of space and of apostrophe."""
    return " ".join(text.replace("’", "'").split()).casefold()


@dataclass(frozen=True, slots=True)
class Pattern:
    """One sentence of the theme as it can stand on a page, with anything in its places."""

    sentence: str
    found: re.Pattern[str]
    is_whole: bool
    """Whether it is so short that it says something only where it stands alone, as on a button."""

    def is_in(self, text: str) -> bool:
        """Whether a text, made plain, says it."""
        return bool(self.found.fullmatch(text.strip(_AROUND)) if self.is_whole else self.found.search(text))


def pattern(sentence: str, said: str) -> Pattern:
    """What finds ``said``, which is ``sentence`` in some language."""
    words = re.findall(r"\w+", _PLACE.sub(" ", said))
    places = [place[1] for place in _PLACE.finditer(said)]
    is_whole = len(words) <= 2
    said = said.strip(_AROUND) if is_whole else said
    parts: list[str] = [_AMOUNT_BEFORE] if is_whole and not DAY_PLACES.intersection(places) else []
    end = 0
    for place in _PLACE.finditer(said):
        parts += [re.escape(_with_ends(said[end : place.start()])), _anything(place[1] or "")]
        end = place.end()
    parts.append(re.escape(_with_ends(said[end:])))
    return Pattern(sentence, re.compile(rf"(?<!\w){''.join(parts)}(?!\w)"), is_whole)


def _with_ends(text: str) -> str:
    """``plain``, with one space at either end where there was any."""
    bare = plain(text)
    if not bare:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{bare}{' ' if text[-1].isspace() else ''}"


def _anything(name: str) -> str:
    if name in DAY_PLACES:
        return r".{0,30}?\d{4}"
    return r".{1,80}?" if name in NAME_PLACES or not name else r".{0,30}?\d.{0,20}?"


def patterns(kind: str, language: str) -> tuple[Pattern, ...]:
    """Each sentence of a kind, in English and in a language."""
    known = in_language(language)
    texts = [(sentence, said) for sentence in sorted_words(kind) for said in {sentence, known.get(sentence, sentence)}]
    return tuple(pattern(sentence, said) for sentence, said in texts if said)


# -- what a file says ----------------------------------------------------------------------------------

_INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "br", "cite", "em", "i", "small", "span", "strong", "time", "u", "mark", "sup", "sub")
)
_VOID = frozenset(("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source"))
_SAYING = frozenset(
    (
        "alt",
        "aria-description",
        "aria-label",
        "aria-valuetext",
        "content",
        "href",
        "label",
        "placeholder",
        "title",
        "value",
    )
)
"""The attributes in which there are words."""


class _Said(HTMLParser):
    """Every text and attribute of a page, and every block as one text; not what volunteers wrote.

    What stands in the section of how it stood is apart.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[bool, str]] = []
        """Whether it is of the record, and the text."""
        self._open: list[tuple[str, bool, bool, bool]] = []
        """Each element, and whether it and what is in it is the volunteers', of the record, or data."""
        self._block: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        inside = self._open[-1][1:] if self._open else (False, False, False)
        is_theirs = inside[0] or "data-said" in said or tag in ("style", "title")
        is_record = inside[1] or "stood" in said.get("class", "").split()
        # What the card of that day shows is said of it in the head.
        is_record = is_record or said.get("property") == "og:image:alt"
        is_data = inside[2] or tag == "script"
        if tag not in _INLINE:
            self._end_block()
        if not is_theirs:
            for value in (value for name, value in said.items() if name in _SAYING or name.startswith("data-")):
                self.found += [(is_record, unquote(value))]
                # A share text stands in an address, encoded.
                self.found += [(is_record, unquote(text)) for _, text in parse_qsl(value.partition("?")[2])]
        if tag not in _VOID:
            self._open.append((tag, is_theirs, is_record, is_data))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self._end_block()
        while self._open and tag not in _VOID:
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        _, is_theirs, is_record, is_data = self._open[-1] if self._open else ("", False, False, False)
        if is_data:
            if data.lstrip().startswith(("{", "[")):
                self.found += [(False, text) for text in _leaves(json.loads(data))]
        elif not is_theirs:
            self.found.append((is_record, data))
            self._block.append(data)

    def _end_block(self) -> None:
        is_record = bool(self._open and self._open[-1][2])
        self.found.append((is_record, "".join(self._block)))
        self._block.clear()


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    elif isinstance(value, str):
        yield value


def _of_markup(text: str) -> list[tuple[bool, str]]:
    reader = _Said()
    reader.feed(text)
    reader.close()
    # A feed holds pages within its texts.
    inner = [found for _, said in reader.found if "</" in said for found in _of_markup(said)]
    return [*reader.found, *inner]


def texts_of(path: Path) -> list[tuple[bool, str]]:
    """Every text of a file that was built, made plain, and whether it is a record of a day that is over.

    Raises ValueError for a file of a kind that nobody has taught this to read.
    """
    if path.suffix in PICTURES | WORDLESS or path.name.startswith(".") or path.name == SCHEMA:
        return []
    text = path.read_text(encoding="utf-8")
    if path.suffix in (".html", ".svg", ".xml"):
        found = _of_markup(text)
    elif path.suffix in (".json", ".webmanifest"):
        found = [(False, leaf) for leaf in _leaves(json.loads(text))]
    elif path.suffix == ".ics":
        calendar = Calendar.from_ical(text)
        found = [(False, str(value)) for part in calendar.walk() for _, value in part.property_items()]
    elif path.suffix in (".csv", ".txt"):
        lines = text.splitlines()
        found = [(False, cell) for line in lines for cell in (line, *line.split(","))]
    else:
        raise ValueError(f"{path.name}: nobody has said how such a file is read")
    return list(dict.fromkeys((is_record, plain(said)) for is_record, said in found if said.strip()))
