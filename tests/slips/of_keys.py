"""Slips of the names that fields have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from campaign.core.reading.front_matter import parse_update_file, parse_yaml_file
from campaign.core.reading.problems import FieldPath, field_name

from .family import family
from .slip import Refused, Slip, slip
from .sound import CAMPAIGN, ENGLISH, EVENT, NEWEST, PAGE


def key_places(path: str) -> Iterator[tuple[str, int, FieldPath]]:
    """Every key of a sound file: the word, its line, and where it stands."""
    data = ENGLISH[path].encode()
    document = parse_yaml_file(path, data) if path == CAMPAIGN else parse_update_file(path, data)
    for place, line in document.lines.items():
        if isinstance(place[-1], str):
            yield place[-1], line, place


ANY_OF_MANY = {"totals": "totals", "gift_aid": "gift_aid", "counters": "counters"}
"""Keys below these are names of things that campaign.yaml lists."""


@family("A field's name loses a letter, has two swapped or one twice, begins with a capital, or has a space or hyphen.")
def keys() -> Iterator[Slip]:
    seen: set[tuple[str, str, str]] = set()
    for path in (CAMPAIGN, NEWEST, EVENT, PAGE):
        for key, line, place in key_places(path):
            group = re.sub(r"\[\d+\]", "[]", field_name(place[:-1]))
            for wrong, what in misspelt(key):
                if (path, group, wrong) in seen:
                    continue
                seen.add((path, group, wrong))
                if (made := in_line(path, line, rf"(?<![\w-]){key}(?=:)", wrong)) is None:
                    continue
                is_id = path == NEWEST and len(place) == 2 and place[0] in ANY_OF_MANY
                # What was the only field of its kind may be missed as well, where the slip is no near one.
                expected = Refused(
                    "unknown-id" if is_id else "unknown-field",
                    field_name((*place[:-1], wrong)),
                    also=("missing", "milestone", "image-alt", "unknown-id")
                    if len(key) < 4 or path == CAMPAIGN
                    else (),
                )
                name = f"{path.split('/')[0]} {field_name(place)} {what}: {wrong}"
                yield Slip(name, "english", path, {path: made}, expected)


def misspelt(key: str) -> Iterator[tuple[str, str]]:
    if len(key) > 3:
        yield key[:1] + key[2:], "a letter lost"
        yield key[:2] + key[3] + key[2] + key[4:], "two swapped"
    yield key.capitalize(), "a capital"
    if "_" in key:
        yield key.replace("_", "-"), "a hyphen"
        yield key.replace("_", " "), "a space"
        yield key.replace("_", ""), "nothing between"


def in_line(path: str, line: int, pattern: str, new: str) -> str | None:
    """A sound file with one word of one line written otherwise; None if that changes nothing."""
    lines = ENGLISH[path].split("\n")
    lines[line - 1], times = re.subn(pattern, new, lines[line - 1], count=1)
    return "\n".join(lines) if times and lines[line - 1] != ENGLISH[path].split("\n")[line - 1] else None


@family("A field has a name that means the same to a person and nothing here.")
def other_words_for_a_key() -> Iterator[Slip]:
    for key, words in {
        "title": ("headline", "name", "subject"),
        "date": ("day", "when", "datum"),
        "author": ("by", "writer"),
        "totals": ("total", "sums", "amounts", "sources"),
        "received": ("receipts", "recieved", "income"),
        "promised": ("promise", "pledged", "promises"),
        "gift_aid": ("giftaid", "gift aid", "tax"),
        "counters": ("counter", "counts"),
        "reached": ("milestones", "reach", "milestone"),
        "as_of": ("asof", "as of", "read_on", "as-of"),
    }.items():
        for word in words:
            also = ("missing",) if key in ("title", "date") else ()
            text = re.sub(rf"^{key}:", f"{word}:", ENGLISH[NEWEST], flags=re.MULTILINE)
            expected = Refused("unknown-field", word, also=also)
            if text != ENGLISH[NEWEST]:
                yield Slip(f"key {word} for {key}", "english", NEWEST, {NEWEST: text}, expected)
    for id, words in {
        "justgiving": ("JustGiving", "just-giving", "justgivng", "jg"),
        "bank": ("Bank", "banks", "charity"),
    }.items():
        for word in words:
            line = "justgiving: 25,480.20" if id == "justgiving" else "bank: 4,250"
            expected = Refused("unknown-id", f"totals.{word}")
            yield slip(f"source {word} for {id}", NEWEST, line, line.replace(id, word), expected)
