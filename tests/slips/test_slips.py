"""Whatever slips is refused with an answer that mends it, read exactly as meant, or announced before it is public."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from campaign.comparing.changes import changes
from campaign.core.reading import story
from campaign.core.reading.front_matter import Document
from campaign.core.reading.problems import CampaignError, Problem
from campaign.loading import load, stories
from campaign.loading.load import Loaded, load_campaign

from .accepted import ACCEPTED, NOT_YET
from .families import FAMILIES, all_slips
from .reading import suggested, ways
from .slip import SOUND, Asked, Files, Meant, Refused, Slip
from .sound import BIEG, NEWEST, NOW

OF_FAMILIES = all_slips()
SLIPS = {slip.name: slip for slips in OF_FAMILIES.values() for slip in slips}
DOCS = (Path(__file__).parents[2] / "docs/errors.md").read_text(encoding="utf-8")
NAMES = set(re.findall(r"^## ([a-z-]+)$", DOCS, re.MULTILINE))
REMEDY = re.compile(
    r"\b(?:writ|add|put|keep|remov|delet|renam|give |mov|leave |choos|indent|type it|open it|save|mend|change one|split"
    r"|line (?:it|the two) up|say why|did you mean|the fields here are|belongs|begins? (?:the|with)|go on lines"
    r"|expected .+ like|expected (?:fields|a list) below|expected [\w, ]+ (?:or|and) [\w ]+, got"
    r"|needs? (?:quotes|another|raised)|must (?:begin|end)|fields that belong together|between fields"
    r"|is the year right|a digit too many)"
)
"""Words that say what to do, or show what is expected."""


READERS = (
    "vocabulary",
    "parse_yaml_file",
    "parse_update_file",
    "parse_campaign",
    "parse_update",
    "parse_event",
    "parse_page",
)
"""What a check reads a campaign's files with."""


def read_once(read: Callable[..., Any]) -> Callable[..., Any]:
    """The same reader, which is asked once for the very same things: core is pure, and what it reads is frozen."""
    kept: dict[tuple[Hashable, ...], tuple[Any, Any]] = {}

    def again(*asked: Any) -> Any:
        key = tuple(each if isinstance(each, str | bytes | frozenset) else id(each) for each in asked)
        if key not in kept:
            kept[key] = asked, read(*asked)  # what was asked stays, so that no other gets its id
        return kept[key][1]

    return again


@pytest.fixture(scope="module", autouse=True)
def files_that_stay_the_same_are_read_once() -> Iterator[None]:
    """A slip changes one file of eight; the campaign is checked, added up and shown as ever."""
    with pytest.MonkeyPatch.context() as patch:
        for module, names in ((load, READERS), (story, ("read_story",)), (stories, ("whole", "is_safe"))):
            for name in names:
                patch.setattr(module, name, read_once(getattr(module, name)))
        yield


class Folder:
    """A content folder that holds one campaign after another; what stays the same stays written."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.there: dict[str, bytes] = {}

    def load(self, files: Files) -> Loaded:
        content = self.root / "content"
        wanted = {name: text.encode() if isinstance(text, str) else text for name, text in files.items()}
        for name in self.there.keys() - wanted.keys():
            path = content / name
            path.unlink()
            if path.parent != content and not list(path.parent.iterdir()):
                path.parent.rmdir()
        for name, data in wanted.items():
            if self.there.get(name) != data:
                (content / name).parent.mkdir(parents=True, exist_ok=True)
                (content / name).write_bytes(data)
        self.there = wanted
        return load_campaign(self.root, content, now=NOW)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return Folder(tmp_path_factory.mktemp("slips"))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What was public before a campaign's newest update, and the campaign with it: both as they should be."""

    @cache
    def of(language: str) -> tuple[Loaded, Loaded]:
        newest = {"english": NEWEST, "polish": BIEG}[language]
        public = {name: text for name, text in SOUND[language].items() if name != newest}
        folders = (Folder(tmp_path_factory.mktemp(language)) for _ in range(2))
        return next(folders).load(public), next(folders).load(SOUND[language])

    return of


def meaning(value: Any, seen: dict[int, tuple[Any, Any]] | None = None) -> Any:
    """A value as plain data, without where in its file each part of it was written.

    seen: what was looked into, by identity, with its meaning; a view holds the same parts in many places.
    """
    seen = {} if seen is None else seen
    if id(value) not in seen:
        seen[id(value)] = value, _meaning(value, seen)
    return seen[id(value)][1]


def _meaning(value: Any, seen: dict[int, tuple[Any, Any]]) -> Any:
    if isinstance(value, Document):
        return value.path, value.body
    if isinstance(value, BaseModel):
        return {name: meaning(getattr(value, name), seen) for name in type(value).model_fields}
    if is_dataclass(value) and not isinstance(value, type):
        return {name: meaning(getattr(value, name), seen) for name in compared(type(value))}
    if isinstance(value, dict):
        return {key: meaning(part, seen) for key, part in value.items()}
    return [meaning(part, seen) for part in value] if isinstance(value, tuple | list) else value


@cache
def compared(kind: type) -> tuple[str, ...]:
    """The fields that make two values of a kind the same."""
    return tuple(field.name for field in fields(kind) if field.compare)


def announced(before: Loaded, after: Loaded) -> tuple[list[str], tuple[Problem, ...]]:
    """What a check against the published content says of the difference, and what it asks about."""
    found = changes("published", before, after)
    return [change.text for change in found.changes] + [doubt.message for doubt in found.warnings], found.warnings


def answer(slip: Slip, folder: Folder, sound: Any) -> None:
    """Hold what becomes of a slip against what must become of it."""
    match slip.expected:
        case Refused() as refused:
            is_refused(slip, refused, problems_of(folder, slip.content))
        case Meant(files):
            content = {**slip.content, **SOUND[slip.language], **files}
            view = folder.load(slip.content).view
            right = sound(slip.language)[1].view
            if content == slip.content:  # another title or story, and the very same figures
                assert meaning(view.now) == meaning(right.now)
                return
            assert meaning(view) == meaning(right if content == SOUND[slip.language] else folder.load(content).view)
        case Asked(words, is_doubt):
            assert words
            before, after = sound(slip.language)
            told, _ = announced(before, after)
            says, asks = announced(before, folder.load(slip.content))
            new = [text for text in says if text not in told]
            assert any(words in text for text in new), (words, new)
            if is_doubt:
                asked = [doubt for doubt in asks if doubt.message in new and doubt.path == f"content/{slip.path}"]
                assert asked, new


def problems_of(folder: Folder, files: Files) -> tuple[Problem, ...]:
    try:
        folder.load(files)
    except CampaignError as error:
        return error.problems
    return ()


def is_refused(slip: Slip, expected: Refused, problems: tuple[Problem, ...]) -> None:
    path = f"content/{expected.path or slip.path}"
    place = (path, slip.line, expected.field, expected.name)
    told = [problem for problem in problems if (problem.path, problem.line, problem.field, problem.name) == place]
    assert told, [str(problem) for problem in problems]
    assert not [str(problem) for problem in problems if problem not in told and problem.name not in expected.also]
    for problem in problems:
        assert problem.name in NAMES
        assert REMEDY.search(problem.message), str(problem)
        assert "\n" not in str(problem) and "None" not in str(problem)
        can_be_meant(slip, problem)


def can_be_meant(slip: Slip, problem: Problem) -> None:
    """A figure that a message suggests is one that the line, as it was typed, can mean."""
    text = slip.content.get(problem.path.removeprefix("content/"), "")
    text = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    line = text.splitlines()[problem.line - 1] if text else ""
    figures = suggested(problem.message)
    assert set(figures) <= ways(line), (str(problem), figures)


def outcome(slip: Slip, folder: Folder, sound: Any) -> str:
    """What is wrong with what becomes of a slip; nothing where all is as it must be.

    A slip that still waits for a rule must fail, so that the list of those is never too long.
    """
    try:
        answer(slip, folder, sound)
    except AssertionError as error:
        return "" if slip.name in NOT_YET else str(error) or "refused"
    return "no longer waits" if slip.name in NOT_YET else ""


@pytest.mark.parametrize("family", FAMILIES)
def test_every_slip_of_a_family_is_answered_or_read_as_it_was_meant_or_announced(family, folder, sound):
    wrong = {slip.name: outcome(slip, folder, sound) for slip in OF_FAMILIES[family]}
    assert {name: said for name, said in wrong.items() if said} == {}


def test_there_are_many_slips_and_no_two_are_the_same():
    made = {slip.key for slip in SLIPS.values()}
    assert len(made) == len(SLIPS) == sum(map(len, OF_FAMILIES.values())) >= 400
    again = [slip for slips in all_slips().values() for slip in slips]
    assert again == list(SLIPS.values())
    for slip in SLIPS.values():
        assert slip.content != SOUND[slip.language], slip.name


def test_every_family_has_its_sentence_and_slips():
    for name, slips in OF_FAMILIES.items():
        assert FAMILIES[name].endswith(".") and slips


def test_whatever_is_accepted_is_listed_with_its_reason_and_nothing_else_is():
    listed = [name for names in ACCEPTED.values() for name in names]
    assert len(listed) == len(set(listed))
    accepted = {name for name, slip in SLIPS.items() if not isinstance(slip.expected, Refused)}
    assert set(listed) == accepted
    assert NOT_YET.keys() <= SLIPS.keys()


def test_a_total_that_loses_a_digit_is_never_accepted_and_one_that_gains_one_is_refused_or_asked_about():
    for name, slip in SLIPS.items():
        if slip not in OF_FAMILIES["a running total"] or isinstance(slip.expected, Meant):
            continue
        if " without its " in name:
            assert isinstance(slip.expected, Refused), name
        if " twice" in name:
            assert isinstance(slip.expected, Refused) or slip.expected.is_doubt, name
