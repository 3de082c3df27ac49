"""The schemas for editors refuse what they can and nothing that is right; what they cannot is listed, with why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from campaign.core.reading.campaign import Campaign
from campaign.core.reading.update import EventFields, PageFields, UpdateFields
from editors import ROOT, files, underlined, underlined_in
from sentinels import filled

TESTS = ROOT / "tests"
RIGHT = [
    ROOT / "content",
    *sorted((TESTS / "sites").iterdir()),
    *sorted((TESTS / "old_forms").glob("*/content")),
    *sorted((TESTS / "changes").iterdir()),
    *sorted((TESTS / "changes").glob("*/before")),
]
NOT_RIGHT = {"changes/broken-before/before/updates/2024-03-01-spring.md"}
"""A file that is refused for what it says, beside those that are right."""
ERRORS = sorted(path for path in (TESTS / "errors").iterdir() if path.is_dir())


@pytest.mark.parametrize("content", RIGHT, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_an_editor_underlines_nothing_in_a_file_that_is_right(content: Path) -> None:
    for path, name in files(content):
        is_right = path.relative_to(TESTS if TESTS in path.parents else ROOT).as_posix() not in NOT_RIGHT
        assert (underlined_in(path.read_text("utf-8"), name) == []) == is_right, path


def test_there_is_such_a_file_for_every_kind() -> None:
    assert {name for content in RIGHT for _, name in files(content)} == {"campaign", "update", "event", "page"}


def test_every_field_that_there_is_is_known_to_an_editor() -> None:
    """Each that a test can fill with words, and those of an appeal's whole life as somebody types them."""
    models = {"campaign": Campaign, "update": UpdateFields, "event": EventFields, "page": PageFields}
    assert [underlined(name, filled(model, [])) for name, model in models.items()] == [[]] * 4
    assert underlined_in(WHOLE_LIFE, "campaign") == []
    assert underlined_in(f"---\n{LAST_UPDATE}---\n", "update") == []
    assert underlined_in("---\ntitle: A fair\ndate: 2015\nheld: TRUE\n---\n", "event") == []


WHOLE_LIFE = """
name: Zosia
currency: EUR
locale: de-DE
goal: ungefähr 25.000 €
deadline: 2016-02
closed: 2016-03-01
story: Zosia is four.
sources:
  - {id: 2015, label: Konto, currency: USD, ended: 2015-12-31}
matches: [{id: mill, who: The mill, each: "0,5", up_to: 10.000, from: 2015-01-01, until: 2015-02-01, sources: [2015]}]
give:
  - {label: Konto, account: {name: Verein, iban: DE89 3704 0044 0532 0130 00, bic: COBADEFF, reference: 4711}}
  - {label: Bank, account: {name: The hall, sort_code: 20-00-00, number: 55779911}}
milestones: [{raised: 50 %}, {raised: 1000}]
press: [{date: 2015, publication: The Gazette, url: "HTTPS://example.org/"}]
example: "true"
repository: somebody/zosia
"""
LAST_UPDATE = """
title: The end
date: 2016-03-01 18:30
totals: {2015: "1.234,50", raised: ٢٥٠٠}
rates: {USD: "0,92", PLN: 0.23}
paid:
  - {amount: -5, to: The hospital, cost: operation}
  - {amount: 1.586, to: Another child, promise: not_needed}
kept: [mill]
withdrawn: [other]
ends: not_needed
resumes: false
correction: One sentence.
"""

CANNOT = {
    "account": "which fields go together; and check digits are reckoned",
    "amount": "what an amount is depends on the locale, the currency and the words of the language",
    "as-of": "it is about the totals of other updates",
    "below-zero": "it is about what came in by then",
    "character": "YAML takes it, and it stands within somebody's words",
    "comment": "YAML takes what follows # for a comment, and the rest is right",
    "conflict": "it stands in the story",
    "correction": "it is about the totals of other updates",
    "count": "what a number is depends on the locale and the words of the language",
    "currency": "the list of currencies is the library's, and an amount may have a sign before it",
    "date-name": "it is about the file's name",
    "digits": "how many digits there may be depends on the currency",
    "duplicate": "it is about several entries, or files",
    "ending": "it is about what other updates said",
    "fall": "it is about the totals of other updates",
    "fields-in-story": "it stands in the story",
    "file-name": "it is about the file's name",
    "footnote": "it stands in the story",
    "front-matter": "it is about where the fields begin and end, which an editor must find first",
    "future": "it is about today",
    "held": "which fields go together",
    "html": "it stands in the story",
    "id": "one short name is taken",
    "image-alt": "which fields go together, or it stands in the story",
    "leap": "it is about the totals of other updates",
    "link": "it stands in the story",
    "locale": "the list of languages and countries is the library's",
    "match": "it is about the accounts, or today",
    "milestone": "which fields go together",
    "missing": "which fields go together",
    "no-campaign": "there is no file",
    "no-picture": "it is about other files",
    "order": "it is about several days",
    "payment": "which fields go together",
    "picture": "it is about a picture",
    "placeholder": "it is a right text, and nobody's",
    "promise": "it is asked for when a site is published",
    "promise-id": "it is about other updates",
    "rate": "it is about the currencies of the accounts",
    "records": "it is about the accounts in another file",
    "repository": "what a server calls a project is known to no list",
    "reserved-name": "it is about the file's name",
    "same-time": "it is about other updates",
    "stray-file": "it is about the file's name and place",
    "sum": "it is about other totals",
    "timezone": "the list of zones is the library's",
    "too-complex": "it stands in the story",
    "too-long": "it is about the whole file",
    "unknown-field": "what may stand below totals is said in another file",
    "unknown-id": "it is about what other files say",
    "yaml-alias": "YAML has such names, and what they stand for is right",
    "yaml-tag": "YAML has such marks, and what they make is right",
}
"""Why a schema cannot refuse what each of these problems is about, or some cases of it."""
SOME = {
    "amount": "below-zero infinity nan no to-be-confirmed word",
    "braces": "hash-in-text",
    "comment": "for-title",
    "conflict": "",
    "currency": "name small",
    "duplicate": "field source",
    "front-matter": "blank-file close-indented closed-by-dots empty-file long-dash none not-closed of-another-kind"
    " only-hyphens",
    "id": "file-name label not-plain polish",
    "locale": " with-more",
    "missing": "amount date empty-campaign entry-split everything in-campaign title title-is-empty",
    "rate": "in-words",
    "repository": "owner-alone",
    "several": "campaign-and-its-picture in-one-update",
    "too-long": "amount id",
    "unknown-field": "capital counter-not-indented draft hyphen in-campaign invisible location merge-key misspelt"
    " raised save-as source-not-indented source-short story-before-the-end",
    "yaml-alias": "begins-with-ampersand begins-with-star",
    "yaml-tag": "begins-with-exclamation-mark",
}
"""Of these problems, the cases that are refused all the same: by their names behind the problem's."""


def refused(case: Path) -> bool:
    """Whether an editor underlines anything in the fields of a case; of another encoding it shows no text."""
    found: list[str] = []
    for path, name in files(case):
        try:
            found += underlined_in(path.read_bytes().decode(), name)
        except UnicodeDecodeError:
            return True
    return bool(found)


def named(case: Path) -> set[str]:
    """The problems of a case."""
    answers = (case / "expected.txt").read_text("utf-8").splitlines()
    return {line.rpartition("[")[2].rstrip("]") for line in answers}


def test_an_editor_underlines_whatever_a_schema_can_refuse() -> None:
    accepted = [case for case in ERRORS if not refused(case)]
    assert set().union(*map(named, accepted)) == set(CANNOT)
    some = {f"{name}-{case}".rstrip("-") for name, cases in SOME.items() for case in cases.split(" ")}
    may_be_accepted = {case.name for case in ERRORS if named(case) <= set(CANNOT)}
    assert {case.name for case in accepted} == may_be_accepted - some
    assert some <= may_be_accepted


def test_an_editor_finds_the_schema_without_a_network_and_is_offered_what_reads_it() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))
    ((schema, file),) = settings["yaml.schemas"].items()
    assert (ROOT / schema).is_file() and (ROOT / file.lstrip("/")).is_file()
    offered = json.loads((ROOT / ".vscode/extensions.json").read_text("utf-8"))
    assert offered == {"recommendations": ["redhat.vscode-yaml"]}
