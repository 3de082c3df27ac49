"""A file's text becomes fields, the line of each, and a body; YAML is read as text and nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from .problems import CampaignError, FieldPath, Problem, field_name

try:  # libyaml is eight times faster; the pure Python parser gives the same events
    from yaml import CSafeLoader as _Loader
except ImportError:  # pragma: no cover - depends on how PyYAML was built
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

MAX_FILE = 256 * 1024
MAX_FRONT_MATTER = 20 * 1024
MAX_DEPTH = 12

_FENCE = re.compile(r"---[ \t]*")
_FORBIDDEN = re.compile(
    r"(?P<conflict>^(?:<{7}|>{7})(?: |$))|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", re.MULTILINE
)
"""A merge conflict's marker, a control character, or one that overrides the direction of the text."""
_ABSENT = ("", "~", "null", "Null", "NULL")
_NUMERIC = re.compile(r"[\d.,\s]+")


@dataclass(frozen=True)
class Document:
    """One file, read: its fields as text, where each stands, and the text below them."""

    path: str
    """From the project's root, with forward slashes."""
    fields: Mapping[str, Any]
    """str, list and dict only; absent fields (empty, ``null``, ``''``, ``[]``) are left out."""
    lines: Mapping[FieldPath, int] = field(repr=False)
    """The line of every field and list entry, counted from 1."""
    body: str = field(default="", repr=False)
    body_line: int = 1

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
    """Split a Markdown file into front matter and body; raise CampaignError with every problem found."""
    text = _decode(path, data)
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if not _FENCE.fullmatch(lines[first]):
        raise _error(
            path,
            first + 1,
            "front-matter",
            "the file must begin with a line of three hyphens (---), then its fields, then another ---",
        )
    closing = next((n for n in range(first + 1, len(lines)) if _FENCE.fullmatch(lines[n])), None)
    if closing is None:
        raise _error(
            path,
            first + 1,
            "front-matter",
            "the closing line of three hyphens (---) is missing; put it between the fields and the story",
        )
    header = "\n".join(lines[first + 1 : closing]) + "\n"
    fields, where = _parse_yaml(path, header, first + 2)
    return Document(path, fields, where, "\n".join(lines[closing + 1 :]), closing + 2)


def parse_yaml_file(path: str, data: bytes) -> Document:
    """Read a file that is YAML throughout; raise CampaignError with every problem found."""
    fields, where = _parse_yaml(path, _decode(path, data) + "\n", 1, limit=MAX_FILE)
    return Document(path, fields, where)


def _error(path: str, line: int, name: str, message: str, field: str = "") -> CampaignError:
    return CampaignError([Problem(path, line, field, message, name)])


def _decode(path: str, data: bytes) -> str:
    """Bytes to text with ``\\n`` line ends, or CampaignError with everything that must not be in a file."""
    if len(data) > MAX_FILE:
        size = f"{len(data) // 1024} KB"
        raise _error(path, 1, "too-long", f"a file can be 256 KB at most, this one is {size}; split the story")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _error(
            path,
            line,
            "encoding",
            "the file is not saved as UTF-8; open it in an editor, choose “Save with encoding: UTF-8” and save again",
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems = list(_forbidden(path, text))
    if problems:
        raise CampaignError(problems)
    return text


def _forbidden(path: str, text: str) -> Iterator[Problem]:
    reported: set[int] = set()
    for match in _FORBIDDEN.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        if line in reported:
            continue
        reported.add(line)
        if match["conflict"]:
            name, message = "conflict", (
                "two people changed this at once and git left both versions; keep the right lines and delete the"
                " <<<<<<<, ======= and >>>>>>> lines"
            )
        else:
            code = f"U+{ord(match[0]):04X}"
            name, message = "character", f"the invisible character {code} is not allowed; delete it and type the word again"
        yield Problem(path, line, "", message, name)


def _parse_yaml(
    path: str, text: str, first_line: int, limit: int = MAX_FRONT_MATTER
) -> tuple[dict[str, Any], dict[FieldPath, int]]:
    if len(text.encode()) > limit:
        raise _error(path, first_line, "too-long", f"the fields can be {limit // 1024} KB at most; move text to the story")
    problems = [
        Problem(path, number, "", "indent with spaces, not with the Tab key", "tab")
        for number, line in enumerate(text.split("\n"), start=first_line)
        if re.match(r" *\t", line) and line.strip()
    ]
    if problems:
        raise CampaignError(problems)
    reader = _Reader(path, first_line)
    try:
        fields = reader.read(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        number = min(mark.line, text.count("\n") - 1) if mark else 0
        raise CampaignError(
            [*reader.problems, Problem(path, number + first_line, "", _explain(error, text, number), "yaml")]
        ) from None
    except yaml.YAMLError:
        raise _error(path, first_line, "character", "there is a character here that YAML does not allow") from None
    if reader.problems:
        raise CampaignError(reader.problems)
    return fields, reader.lines


def _explain(error: yaml.MarkedYAMLError, text: str, number: int) -> str:
    """Say a YAML fault in a volunteer's words, from the line it is on."""
    line = text.split("\n")[number].strip() if text else ""
    key, colon, value = line.partition(":")
    value = value.strip()
    what = error.problem or ""
    if "mapping values are not allowed" in what and ": " in value:
        return f"a colon inside a text needs quotes around the text: write {key}: \"{value.replace(chr(34), chr(39))}\""
    if "mapping values are not allowed" in what:
        return "this line is indented further than the line above allows; line it up with its neighbours"
    if value[:1] in tuple("@`%&*!|>{[") and colon:
        return f"a text that begins with {value[0]} needs quotes around it: write {key}: \"{value}\""
    if value[:1] in ("'", '"') or "quoted scalar" in f"{error.context} {what}":
        return (
            "a text in quotation marks must end with the mark it began with and nothing may follow it;"
            " or leave the marks out"
        )
    if line and not colon:
        return f"expected a field and its value like “title: Cake sale”, got '{line}'"
    return "these lines cannot be read as YAML; check the indentation, the colons and the quotation marks around here"


class _Reader:
    """Builds text, lists and mappings from YAML's events, noting each one's line and every problem."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.lines: dict[FieldPath, int] = {}
        self.problems: list[Problem] = []
        self._text = ""

    def read(self, text: str) -> dict[str, Any]:
        self._text = text
        events = iter(yaml.parse(text, Loader=_Loader))
        next(events)  # stream start
        if isinstance(next(events), yaml.StreamEndEvent):
            return {}
        event = next(events)
        value = self._value(event, events, ())
        if value is None:
            value = {}
        if not isinstance(value, dict):
            self._problem(event, (), "yaml", "expected fields, each a name, a colon and a value, like “title: Cake sale”")
            value = {}
        next(events)  # document end
        if not isinstance(event := next(events), yaml.StreamEndEvent):
            self._problem(event, (), "yaml", "only one block of fields is allowed; remove the second ---")
        return value

    def _line(self, event: yaml.Event) -> int:
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
            self._problem(
                event, path, "yaml-alias", "a value that begins with & or * needs quotes around it (YAML aliases are not used here)"
            )
        elif getattr(event, "tag", None):
            self._problem(event, path, "yaml-tag", "a value that begins with ! needs quotes around it (YAML tags are not used here)")
        if isinstance(event, yaml.ScalarEvent):
            text = str(event.value).strip()
            absent = not text or (event.style is None and text in _ABSENT)
            return None if absent else text
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(events, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, events, path)
        return None  # an alias, refused above

    def _list(self, events: Iterator[yaml.Event], path: FieldPath) -> list[Any] | None:
        values: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            here = (*path, len(values))
            self.lines[here] = self._line(event)
            value = self._value(event, events, here)
            if value is not None:
                values.append(value)
        return values or None

    def _mapping(
        self, start: yaml.MappingStartEvent, events: Iterator[yaml.Event], path: FieldPath
    ) -> dict[str, Any] | None:
        values: dict[str, Any] = {}
        split: dict[str, list[str]] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise _error(
                    self.path, self._line(event), "yaml", "expected a field's name here; put quotes around a text that"
                    " begins with { or [", field_name(path)
                )
            if event.anchor or event.tag:
                self._problem(event, path, "yaml-alias", "a field's name is a plain word, without &, * or !")
            key = str(event.value)
            here = (*path, key)
            if here in self.lines:
                self._problem(
                    event,
                    here,
                    "duplicate",
                    f"is written twice (first on line {self.lines[here]}); keep one of the two",
                )
                self._value(next(events), events, ("", *here))
                continue
            self.lines[here] = self._line(event)
            value_event = next(events)
            value = self._value(value_event, events, here)
            if start.flow_style and self._is_bare(event, value_event) and (values or _NUMERIC.fullmatch(key)):
                # YAML takes what follows a comma for a field without a value; nobody means that.
                split.setdefault(next(reversed(values), ""), []).append(key)
                continue
            if value is not None:
                values[key] = value
        for key, rest in split.items():
            parts = [str(values.get(key, "")), *rest]
            is_number = all(_NUMERIC.fullmatch(part) for part in rest)
            write = f"{''.join(parts)} or \"{','.join(parts)}\"" if is_number else f'"{", ".join(parts)}"'
            self._problem(
                start,
                (*path, key) if key else path,
                "comma-in-braces",
                f"inside braces a comma ends a value; write {write}, or put it on a line of its own",
            )
        return values or None
