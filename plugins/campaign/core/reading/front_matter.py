"""A file's text becomes fields, the line of each, and a body; YAML is read as text and nothing is guessed."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import yaml

from .problems import CampaignError, FieldPath, Problem, field_name, look_alike

try:  # libyaml is eight times faster; the pure Python parser gives the same events
    from yaml import CSafeLoader as _Loader
except ImportError:  # pragma: no cover - depends on how PyYAML was built
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

MAX_FILE = 256 * 1024
MAX_FRONT_MATTER = 20 * 1024
MAX_DEPTH = 12
MAX_NODES = 2000
"""In a list, and fields below one field; each that is unknown is compared with every known one."""
MAX_PROBLEMS = 100
"""Lines of one file that are told of one by one."""

_FENCE = re.compile(r"---[ \t]*")
ALMOST_FENCE = re.compile(r"\s*(?:[-–—_=*.~+]{2,}|—)\s*")
"""A line of three hyphens, or what people and their phones make of one."""
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
"""A control character, one that breaks a line unseen, or one that overrides the direction of the text."""
_FORBIDDEN = re.compile(rf"(?P<conflict>^(?:<{{7}}|>{{7}})(?: |$))|{UNSEEN.pattern}")
"""In a line: a merge conflict's marker, or an unseen character."""
_INDENTED_ODDLY = re.compile(r" *([\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])")
_LOST = re.compile(r"[ \t]+(#[^\s#].*)")
"""A comment without a space after its #: most likely ``Walk #3`` or a hashtag, and no comment at all."""
_GLUED = re.compile(r"([\w-]+):(?!//|[ \t])\s*(\S.*)")
"""A field without a space after its colon, or with one that only looks like a space."""
_FIGURE = re.compile(r"[^\w\s]*\s*[^\w\s]?\d[\d.,\s]*\W*")
"""A value that looks like an amount."""
_BULLETS = ("*", "+", "•", "·", "–", "—")
_ABSENT = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True)
class _Bare:
    """What stands in braces without a colon."""

    begun: tuple[str, int] | None
    """The field whose value a comma cut in two here, and where that value begins."""
    key: str
    event: Any


class CutByComma(str):
    """A value in braces that a comma cut in two, put together as it was typed, for whoever knows what it should be.

    Every type of field refuses it, so that it is never read by mistake.
    """

    __slots__ = ()


@dataclass(frozen=True)
class Document:
    """One file, read: its fields as text, where each stands, and the text below them."""

    path: str
    """From the project's root, with forward slashes."""
    yaml: str = field(repr=False)
    """The text of its fields."""
    yaml_line: int = 1
    body: str = field(default="", repr=False)
    body_line: int = 1

    @cached_property
    def _parsed(self) -> tuple[Mapping[str, Any], Mapping[FieldPath, int]]:
        return _parse_yaml(self.path, self.yaml, self.yaml_line)

    @property
    def fields(self) -> Mapping[str, Any]:
        """str, list and dict only; absent fields (empty, ``null``, ``''``, ``[]``) are left out.

        Raises CampaignError with every problem of a file that nobody has asked for its fields before.
        """
        return self._parsed[0]

    @property
    def lines(self) -> Mapping[FieldPath, int]:
        """The line of every field and list entry, counted from 1."""
        return self._parsed[1]

    def let_go(self) -> None:
        """Hold the fields no longer; who asks for them has them read again."""
        vars(self).pop("_parsed", None)

    def problem(self, name: str, message: str, *path: str | int) -> Problem:
        """A problem of the field at ``path``, or of the nearest field around it that stands in the file."""
        known = path
        while known and known not in self.lines:
            known = known[:-1]
        # A field that is missing is named whole, at the line of what it is missing from.
        shown = path if all(isinstance(part, str) for part in path[len(known) :]) else known
        return Problem(self.path, self.lines.get(known, 1), field_name(shown), message, name)

    def body_problem(self, name: str, message: str, offset: int) -> Problem:
        """A problem of the body, ``offset`` characters into it."""
        line = self.body_line + self.body.count("\n", 0, offset)
        return Problem(self.path, line, "", message, name)


def parse_update_file(path: str, data: bytes) -> Document:
    """Read a Markdown file that begins with fields; raise CampaignError with every problem found."""
    return _parsed(split_update_file(path, data))


def split_update_file(path: str, data: bytes) -> Document:
    """Split a Markdown file into front matter and body, and read neither; raise CampaignError where that cannot be."""
    text = _decode(path, data)
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if not _FENCE.fullmatch(lines[first]):
        found = f"begins with '{lines[first][:40].rstrip()}'" if lines[first].strip() else "is empty"
        raise _error(
            path,
            first + 1,
            "front-matter",
            f"the file must begin with a line of three hyphens (---), then its fields, then another ---; it {found}",
        )
    closing = next((n for n in range(first + 1, len(lines)) if _FENCE.fullmatch(lines[n])), None)
    if closing is None:
        almost = next((n for n in range(first + 1, len(lines)) if ALMOST_FENCE.fullmatch(lines[n])), None)
        remedy = "put it between the fields and the story"
        if almost is not None:
            remedy = f"write it instead of '{lines[almost]}' on line {almost + 1}"
        message = f"the closing line of three hyphens (---) is missing; {remedy}"
        raise _error(path, first + 1, "front-matter", message)
    header = "\n".join(lines[first + 1 : closing]) + "\n"
    if len(header.encode()) > MAX_FRONT_MATTER:
        message = f"the fields can be {MAX_FRONT_MATTER // 1024} KB at most; move text to the story"
        raise _error(path, first + 2, "too-long", message)
    return Document(path, header, first + 2, "\n".join(lines[closing + 1 :]), closing + 2)


def parse_yaml_file(path: str, data: bytes) -> Document:
    """Read a file that is YAML throughout; raise CampaignError with every problem found."""
    return _parsed(Document(path, _decode(path, data) + "\n"))


def _parsed(document: Document) -> Document:
    """A document whose fields have been read; CampaignError where they cannot be."""
    _ = document.fields
    return document


def _error(path: str, line: int, name: str, message: str, field: str = "") -> CampaignError:
    return CampaignError([Problem(path, line, field, message, name)])


def too_long(size: int) -> str:
    """What is wrong with a file of more than MAX_FILE bytes."""
    return f"a file can be {MAX_FILE // 1024} KB at most, this one is {-(-size // 1024)} KB; split the story"


def _decode(path: str, data: bytes) -> str:
    """Bytes to text with ``\\n`` line ends, or CampaignError with everything that must not be in a file."""
    if len(data) > MAX_FILE:
        raise _error(path, 1, "too-long", too_long(len(data)))
    message = "the file is not saved as UTF-8; open it in an editor, choose “Save with encoding: UTF-8” and save again"
    if 4 * data.count(0) > len(data):  # UTF-16 without its mark: every other byte of plain English is 0
        raise _error(path, 1, "encoding", message)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _error(path, data.count(b"\n", 0, error.start) + 1, "encoding", message) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems = _first_of(_forbidden(path, text))
    if problems:
        raise CampaignError(problems)
    return text


def _forbidden(path: str, text: str) -> Iterator[Problem]:
    """The first fault of every line that holds one."""
    for line, written in enumerate(text.split("\n"), start=1):
        match = _FORBIDDEN.search(written)
        if match is None:
            continue
        if match["conflict"]:
            name, message = (
                "conflict",
                (
                    "two people changed this at once and git left both versions; keep the right lines and delete the"
                    " <<<<<<<, ======= and >>>>>>> lines"
                ),
            )
        else:
            code = f"U+{ord(match[0]):04X}"
            name = "character"
            message = f"the invisible character {code} is not allowed; delete it and type the word again"
        yield Problem(path, line, "", message, name)


def _first_of(problems: Iterable[Problem]) -> list[Problem]:
    """The first of a file's problems, and how many more there are: nobody reads thousands."""
    found = list(problems)
    if rest := found[MAX_PROBLEMS:]:
        more = f"{len(rest)} more lines, from this one on, have such a fault; was the file saved as plain text?"
        found[MAX_PROBLEMS:] = [replace(rest[0], message=more)]
    return found


def _parse_yaml(path: str, text: str, first_line: int) -> tuple[dict[str, Any], dict[FieldPath, int]]:
    problems = [
        Problem(path, number, "", _indent_help(match[1]), "tab")
        for number, line in enumerate(text.split("\n"), start=first_line)
        if (match := _INDENTED_ODDLY.match(line)) and line.strip()
    ]
    if problems:
        raise CampaignError(_first_of(problems))
    reader = _Reader(path, first_line)
    try:
        fields = reader.read(text)
    except yaml.MarkedYAMLError as error:
        number, message = _explain(error, text.split("\n")[:-1])
        # A line that was found to be wrong already is why YAML cannot go on.
        if not any(problem.name == "yaml" or problem.line == number + first_line for problem in reader.problems):
            reader.problems.append(Problem(path, number + first_line, "", message, "yaml"))
    if reader.problems:
        raise CampaignError(reader.problems)
    return fields, reader.lines


def _indent_help(sign: str) -> str:
    if sign == "\t":
        return "indent with spaces, not with the Tab key"
    return f"indent with ordinary spaces; this line begins with U+{ord(sign):04X}, which only looks like one"


def _explain(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[int, str]:
    """Say a YAML fault in a volunteer's words, and on which line it is (from 0)."""
    what, context = str(error.problem), str(error.context)
    # A quotation mark or a brace is wrong where it was opened, a line without a colon where it stands.
    opened = error.context_mark and re.search("quoted scalar|flow|simple key", context)
    mark: Any = error.context_mark if opened else error.problem_mark
    number = min(mark.line, len(lines) - 1)
    line = lines[number].strip()
    if "mapping values" in what and not (": " in line.partition(":")[2] or line.endswith(":")):
        return _explain_too_far(lines, number)
    if _is_no_field(line):
        return number, _explain_no_field(lines, number)
    return number, _explain_field(line.removeprefix("- "), what, context)


def _explain_too_far(lines: list[str], number: int) -> tuple[int, str]:
    """Say what is wrong with a field that YAML takes for the end of the text above it."""
    above = max(earlier for earlier in range(number) if lines[earlier].strip())
    around = next((line for line in reversed(lines[:above]) if _indent(line) < _indent(lines[above])), "")
    if _indent(lines[above]) == _indent(lines[number]) and around.endswith(":") and _is_no_field(lines[above].strip()):
        return above, _explain_no_field(lines, above)
    return number, (
        f"this line begins further in than the line above it, '{lines[above].strip()[:40]}', allows;"
        " line the two up, or line both up with their neighbours"
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_no_field(line: str) -> bool:
    return ":" not in line or line.startswith(_BULLETS) or bool(_GLUED.match(line))


def _explain_no_field(lines: list[str], number: int) -> str:
    """Say what is wrong with a line that is no field."""
    line = lines[number].strip()
    if glued := _GLUED.match(line):
        return f"put a space after the colon: write {glued[1]}: {glued[2]}"
    if line.startswith(_BULLETS):
        return (
            f"this line begins with {line[0]}; a field begins with its name,"
            " an entry of a list with a hyphen and a space"
        )
    message = f"expected a name, a colon, a space and a value, like “title: Cake sale”, got '{line}'{look_alike(line)}"
    if not all(above.strip() for above in lines[:number]):
        message += "; if this is the story, the closing --- is missing above it"
    return message


def _explain_field(line: str, what: str, context: str) -> str:
    """Say what is wrong with the value of a field, or with where it stands."""
    key, _, value = line.partition(":")
    value = value.strip()
    if key.startswith("{") or ("flow" in context and ("{" in key or re.match(r"\[|\{[^:]*: ", value))):
        return (
            "what is in braces or brackets cannot be read: each needs its closing } or ], a comma between its parts,"
            " and quotes around a text with a comma, a colon or a #; or put each part on a line of its own"
        )
    if "escape" in what:
        return "between double quotation marks a backslash (\\) begins a code; leave it out, or use single marks"
    if "mapping values" in what or value[:1] in tuple("@`%&*!|>{[,]}?-"):
        return _explain_bare_text(key, value)
    if re.fullmatch("(['\"]).+\\1", value):
        inner = value[1:-1].replace('"', "'")
        return f'a text in quotation marks cannot hold the same mark: write {key}: "{inner}"'
    if value[:1] in ("'", '"'):
        return (
            "a text in quotation marks must end with the mark it began with and nothing may follow it;"
            " or leave the marks out"
        )
    if "block collection" in context:
        return (
            "this line belongs to no entry; line it up with the fields of the entry above, or begin it with a hyphen"
            " and a space"
        )
    return "this line does not line up; fields that belong together begin at the same distance from the left"


def _explain_bare_text(key: str, value: str) -> str:
    """Say what is wrong with a value that has no quotation marks and needs them."""
    inner = value.replace('"', "'")
    quoted = f'write {key}: "{inner}"'
    if re.match("[a-z][a-z0-9_-]*: ", value):
        return (
            f"two fields cannot share a line; put “{value}” on the next line, two spaces further in,"
            f" or if it is a text, {quoted}"
        )
    if value[:1] == ">" and _FIGURE.fullmatch(value):
        return "a value cannot begin with >; write the words more than in its place"
    if picture := re.fullmatch(r"!\[[^\]]*\]\(([^)]*)\)", value):
        return f"that is how a story shows a picture; here write only {key}: {picture[1]}"
    if _FIGURE.fullmatch(value):
        return f"a figure cannot begin with {value[0]}; write {key}: and the figure alone"
    if value.startswith("- "):
        return f"the entries of a list go on lines of their own; put “{value}” on the next line, or {quoted}"
    if not value:
        return "this line does not line up; fields that belong together begin at the same distance from the left"
    if value[0] in "@`%&*!|>{[,]}?":
        return f"a text that begins with {value[0]} needs quotes around it: {quoted}"
    return f"a colon inside a text needs quotes around the text: {quoted}"


class _Reader:
    """Builds text, lists and mappings from YAML's events, noting each one's line and every problem."""

    _text: str
    """What is being read."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.lines: dict[FieldPath, int] = {}
        self.problems: list[Problem] = []

    def read(self, text: str) -> dict[str, Any]:
        self._text = text
        events = iter(yaml.parse(text, Loader=_Loader))
        next(events)  # stream start
        if isinstance(next(events), yaml.StreamEndEvent):
            return {}
        event = next(events)
        if not isinstance(event, yaml.MappingStartEvent):
            line = self._line(event)
            raise _error(self.path, line, "yaml", _explain_no_field(text.split("\n"), line - self.first_line))
        value = self._value(event, events, ()) or {}
        next(events)  # document end
        if not isinstance(event := next(events), yaml.StreamEndEvent):
            self._problem(event, (), "yaml", "only one block of fields is allowed; remove the second ---")
        return value

    def _line(self, event: Any) -> int:
        return int(event.start_mark.line) + self.first_line

    def _problem(self, event: yaml.Event, path: FieldPath, name: str, message: str) -> None:
        self.problems.append(Problem(self.path, self._line(event), field_name(path), message, name))

    def _is_bare(self, key: Any, value: Any) -> bool:
        """Whether no colon stands between a key and its value, as in ``{a, b}``."""
        return ":" not in self._text[key.end_mark.index : value.start_mark.index]

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], path: FieldPath) -> Any:
        """The value that begins at ``event``; None where it is an absent field."""
        if len(path) > MAX_DEPTH:
            raise _error(self.path, self._line(event), "yaml", "fields are nested too deeply", field_name(path[:3]))
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            message = "a value that begins with & or * needs quotes around it (YAML aliases are not used here)"
            self._problem(event, path, "yaml-alias", message)
        elif getattr(event, "tag", None):
            message = "a value that begins with ! needs quotes around it (YAML tags are not used here)"
            self._problem(event, path, "yaml-tag", message)
        if isinstance(event, yaml.ScalarEvent):
            return self._text_of(event, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(events, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, path, braces=bool(event.flow_style))
        return None  # an alias, refused above

    def _text_of(self, event: Any, path: FieldPath) -> str | None:
        if match := UNSEEN.search(event.value):
            code = f"U+{ord(match[0]):04X}"
            self._problem(event, path, "character", f"holds a code for the invisible character {code}; leave it out")
        if event.style not in ("|", ">"):
            self._no_lost_comment(event, path)
        text = str(event.value).strip()
        is_plain = not event.style  # None or "", as the parser has it
        return None if not text or (is_plain and text in _ABSENT) else text

    def _no_lost_comment(self, event: Any, path: FieldPath) -> None:
        """Refuse ``title: Walk #3``, which YAML would cut short silently."""
        start, end = event.start_mark.index, event.end_mark.index
        rest = self._text[end : self._text.find("\n", end)]
        if match := _LOST.fullmatch(rest):
            key = f"{path[-1]}: " if isinstance(path[-1], str) else "- "
            lost, whole = match[1], f"{self._text[start:end]}{rest}".strip().replace('"', "'")
            if "{" not in whole and "[" not in whole:  # what closes the braces around is no part of the text
                lost, whole = lost.rstrip("}] "), whole.rstrip("}] ")
            self._problem(
                event,
                path,
                "comment",
                f"what follows a # is a comment and would be lost; if “{lost}” belongs to the text, write"
                f' {key}"{whole}", if it is a comment, put a space after the #',
            )

    def _not_too_many(self, event: yaml.Event, path: FieldPath, count: int) -> None:
        if count >= MAX_NODES:
            message = f"more than {MAX_NODES} entries are too many to be meant; keep those that are right"
            raise _error(self.path, self._line(event), "too-long", message, field_name(path))

    def _list(self, events: Iterator[yaml.Event], path: FieldPath) -> list[Any] | None:
        values: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            self._not_too_many(event, path, len(values))
            here, before = (*path, len(values)), len(self.lines)
            self.lines[here] = self._line(event)
            value = self._value(event, events, here)
            if value is not None:
                values.append(value)
            else:  # an absent entry: the next one takes its place, with lines of its own
                while len(self.lines) > before:
                    self.lines.popitem()
        return values or None

    def _mapping(self, events: Iterator[yaml.Event], path: FieldPath, *, braces: bool) -> Any:
        """The fields that begin here; None where there are none, CutByComma for braces around one value."""
        values: dict[str, Any] = {}
        bare: list[_Bare] = []
        begun: tuple[str, int] | None = None
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            self._not_too_many(event, path, len(values))
            key = self._key(event, path)
            value_event: Any = next(events)
            here = (*path, key)
            if braces and self._is_bare(event, value_event):
                # YAML takes what has no colon for a field without a value; nobody means that.
                bare.append(_Bare(begun, key, event))
                continue
            if key.startswith("-"):
                self._problem(event, path, "yaml", f"put a space after the hyphen: write - {key[1:]}: …")
            begun = None
            if here in self.lines:
                message = f"is written twice (first on line {self.lines[here]}); keep one of the two"
                self._problem(event, here, "duplicate", message)
                self._value(value_event, events, ("", *here))
            else:
                self.lines[here] = self._line(event)
                value = self._value(value_event, events, here)
                if value is not None:
                    values[key] = value
                if isinstance(value, str):
                    begun = key, value_event.start_mark.index
        if bare and not values and all(_FIGURE.fullmatch(part.key) for part in bare):
            return self._uncut(bare[0].event.start_mark.index, bare[-1])
        self._no_bare(bare, values, path)
        return values or None

    def _key(self, event: yaml.Event, path: FieldPath) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            message = "expected a field's name here; put quotes around a text that begins with { or ["
            raise _error(self.path, self._line(event), "yaml", message, field_name(path))
        if event.anchor or event.tag:
            self._problem(event, path, "yaml-alias", "a field's name is a plain word, without &, * or !")
        return sys.intern(event.value)  # the same few in every file

    def _uncut(self, start: int, last: _Bare) -> CutByComma:
        """What was typed from ``start`` to the end of the last part."""
        return CutByComma(" ".join(self._text[start : last.event.end_mark.index].split()))

    def _no_bare(self, bare: list[_Bare], values: dict[str, Any], path: FieldPath) -> None:
        """Put together what a comma cut in two; refuse what else stands in braces without a colon."""
        glued = [(match[1], part.event) for part in bare if (match := _GLUED.match(part.key))]
        for name, event in glued:
            self._problem(event, path, "yaml", f"put a space after the colon that follows {name}")
        for part in bare if not glued else ():
            if part.begun:
                key, start = part.begun
                values[key] = self._uncut(start, part)
            else:
                self._problem(
                    part.event,
                    path,
                    "yaml",
                    f"braces hold fields, each a name, a colon, a space and a value, got '{part.key}';"
                    " put quotes around a text that holds braces",
                )
