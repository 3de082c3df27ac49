"""The figures as data: what totals.json and totals.csv hold, what they never hold, and that version 1 stays."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from campaign.core.figures.view import CampaignView
from campaign.core.reading.campaign import Campaign
from campaign.core.reading.update import EventFields, UpdateFields
from campaign.loading.load import load_campaign
from campaign.rendering.totals_csv import COLUMNS, harmless, totals_csv
from campaign.rendering.totals_json import SCHEMA_FILE, totals, totals_json
from campaign.verifying.totals_record import totals_record, totals_table, undescribed
from photo import photo
from sentinels import filled
from writing import a_campaign, a_view, an_update

ROOT = Path(__file__).parents[2]
ADDRESS = "https://example.org/roof"
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
CONTENTS = ["content", *(f"tests/sites/{path.name}" for path in sorted((ROOT / "tests/sites").iterdir()))]
VERSION_1 = Path(__file__).with_name("totals-1.txt")
"""Every field of version 1 and what it is: lines are added, and none is ever changed or taken away."""

APPEAL = """
    name: Sam's operation
    started: 2024-01-01
    costs:
      - {id: surgery, label: The operation, estimate: 40000, paid_by: [{from: 2024-02-01, who: The fund, amount: 5000}]}
      - {id: therapy, label: The therapy, estimate: about 10000}
    promise: {too_much: It goes on., too_little: It pays for less., not_needed: It goes to another child.}
    sources:
      - {id: page, label: The page}
      - {id: abroad, label: The account in dollars, currency: USD}
      - {id: tins, label: Tins, records: receipts, counted_in: page}
    matches: [{id: mill, who: The mill, up_to: 2000, from: 2024-03-01, sources: [page]}]
    deadline: 2024-12
    milestones: [{raised: 50%, label: Half way}, {cost: surgery}, {counter: names, at: 100}, {id: yes, label: Accepted}]
    counters: [{id: names, label: signatures}]
"""
UPDATES = (
    ("2024-02-01", "totals: {page: 1000}\ncounters: {names: more than 90}\nreached: [yes]"),
    ("2024-03-10", "totals: {page: 1500, abroad: 100.50}\nrates: {USD: 0.5}\nreceived: [{source: tins, amount: 20}]"),
    ("2024-04-01", "promised: [{id: a, amount: 30}, {id: b, amount: 40}, {id: c, amount: 50}]\ngift_aid: {page: 100}"),
    ("2024-04-05", "kept: [a]\nwithdrawn: [b]\npaid: [{amount: 60, to: The ward, cost: surgery}]"),
)


def told(*more: tuple[str, str], on: str = "2024-04-10") -> CampaignView:
    """The appeal on a day, after the updates above and more of them."""
    campaign = a_campaign(APPEAL)
    told = (an_update(campaign, day, text, slug=f"news-{number}") for number, (day, text) in enumerate(UPDATES + more))
    return a_view(campaign, *told, on=on)


ENDINGS = {
    "raising": told(),
    "done": told(
        ("2024-05-01", "ends: done\npaid: [{amount: 100, to: The ward, promise: too_little}]"), on="2024-06-01"
    ),
    "not needed": told(("2024-05-01", "ends: not_needed"), on="2024-06-01"),
    "stopped": told(("2024-05-01", "ends: stopped"), on="2024-06-01"),
    "resumed": told(("2024-05-01", "ends: stopped"), ("2024-06-01", "resumes: true"), on="2024-06-02"),
}


@cache
def loaded(name: str, as_of: date | None = None) -> CampaignView:
    return load_campaign(ROOT, ROOT / name, now=NOW, as_of=as_of).view


def days_of(name: str) -> list[CampaignView]:
    """A campaign today, and after its first and its middle update."""
    view = loaded(name)
    days = sorted({update.day for update in view.updates})
    return [view, *(loaded(name, day) for day in {*days[:1], *days[len(days) // 2 :][:1]})]


@cache
def strict() -> Draft202012Validator:
    """The published schema, with every field that it does not list refused."""
    schema = json.loads(SCHEMA_FILE.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    for part in (schema, *schema["$defs"].values()):
        part["additionalProperties"] = False
    return Draft202012Validator(schema)


def whole(record: dict[str, Any]) -> dict[str, Any]:
    """A record whose updates can be gone through more than once."""
    return record | {"updates": list(record["updates"])}


def is_sound(view: CampaignView) -> dict[str, Any]:
    """What a view says as data, once everything that must be true of any such file was found to be."""
    data = totals(view, ADDRESS)
    strict().validate(data)
    schema = json.loads(SCHEMA_FILE.read_text("utf-8"))
    assert undescribed(data, schema) == set()
    assert json.loads(totals_json(view, ADDRESS)) == data == whole(totals_record(view, ADDRESS))
    lines = [line.strip().rstrip(",") for line in totals_json(view, ADDRESS).decode().splitlines()]
    assert [json.loads(line) for line in lines if line.startswith('{"update"')] == data["updates"]
    assert totals(view) == whole(totals_record(view, ""))
    assert totals_csv(view) == totals_table(view)
    for stood in (data, *data["updates"]):
        is_silent = stood["phase"] == "ended"
        assert is_silent == (stood["ending"] is not None)
        if is_silent:
            asking = ("remaining", "others_pay", "deadline", "promised")
            assert [stood[key] for key in asking] == [None] * 4
        if is_silent and stood["ending"]["kind"] == "not_needed":
            assert [stood[key] for key in ("goal", "percent", "beyond")] == [None] * 3
    if data["ending"]:
        assert {match["state"] for match in data["matches"]} <= {"kept"}
        assert all(gift["state"] != "open" for gift in data["promised_gifts"])
        assert all(milestone["reached"] for milestone in data["milestones"])
        said = {key for key in ("too_much", "too_little", "not_needed") if data["promise"] and data["promise"][key]}
        assert said == ({data["ending"]["promise"]} - {None})
    return data


@pytest.mark.parametrize("name", CONTENTS)
def test_the_data_of_every_appeal_is_as_its_schema_says_and_asks_nothing_after_its_end(name):
    for view in days_of(name):
        is_sound(view)


@pytest.mark.parametrize("name", ENDINGS)
def test_the_data_of_an_appeal_is_sound_however_it_ends(name):
    data = is_sound(ENDINGS[name])
    assert (data["ending"] or {"kind": None})["kind"] == {"raising": None, "resumed": None}.get(
        name, name.replace(" ", "_")
    )


def test_every_figure_stands_where_the_documents_say():
    data = is_sound(ENDINGS["raising"])
    assert list(data)[:2] == ["version", "name"]
    assert data["raised"] == {"amount": "1550", "shown": "1550", "qualifier": "about"}
    page, abroad, tins = data["sources"]
    assert (page["own"], page["rate"], page["currency"]) == (None, None, "GBP")
    assert abroad["own"] == {"currency": "USD", "amount": "100.50", "shown": "100.50", "qualifier": ""}
    assert abroad["rate"] == {"currency": "USD", "worth": "0.5", "day": "2024-03-10", "update": "2024-03-10-news-1"}
    assert abroad["amount"] == {"amount": "50", "shown": "50", "qualifier": "about"}
    assert (tins["records"], tins["counted_in"], tins["amount"]["amount"]) == ("receipts", "page", "20")
    surgery, therapy = data["costs"]
    assert [surgery[key]["amount"] for key in ("estimate", "others_pay", "need", "met")] == [
        "40000",
        "5000",
        "35000",
        "1550",
    ]
    assert (therapy["estimate"]["qualifier"], therapy["met"]["amount"]) == ("about", "0")
    assert data["spending"]["payments"] == [
        {
            "update": "2024-04-05-news-3",
            "day": "2024-04-05",
            "amount": {"amount": "60", "qualifier": ""},
            "cost": "surgery",
            "promise": None,
        }
    ]
    assert (data["paid"]["amount"], data["in_hand"]["amount"]) == ("60", "1490")
    assert [(m["kind"], m["reached"] and m["reached"]["update"]) for m in data["milestones"]] == [
        ("said", "2024-02-01-news-0"),
        ("percent", None),
        ("cost", None),
        ("counter", None),
    ]
    assert [gift["state"] for gift in data["promised_gifts"]] == ["kept", "withdrawn", "open"]
    (match,) = data["matches"]
    assert (match["state"], match["used"]["amount"], match["left"]["amount"]) == ("open", "500", "1500")
    assert data["counters"][0]["count"] == {"number": 90, "qualifier": "more than"}
    newest = data["updates"][2]
    assert [(said["source"], said["amount"]["amount"]) for said in newest["stated"]] == [
        ("page", "1500"),
        ("abroad", "50"),
        ("tins", "20"),
    ]
    assert newest["page"] == f"{ADDRESS}/updates/2024-03-10-news-1.html"
    assert totals(ENDINGS["raising"])["addresses"]["site"] is None


def test_what_is_not_accounted_for_at_the_end_is_said():
    spending = totals(ENDINGS["done"])["spending"]
    assert (spending["unaccounted"]["amount"], ENDINGS["raising"].account) == ("1390", None)
    assert [(line["cost"], line["promise"], line["paid"]["amount"]) for line in spending["lines"]] == [
        ("surgery", None, "60"),
        (None, "too_little", "100"),
    ]


def test_one_overall_figure_is_of_no_account():
    campaign = a_campaign()
    view = a_view(campaign, an_update(campaign, "2024-02-01", "totals: {raised: about 500}"), on="2024-02-02")
    data = is_sound(view)
    assert (data["sources"], data["updates"][0]["stated"][0]["source"]) == ([], None)


def test_before_the_first_figure_nothing_is_said_to_be_met():
    campaign = a_campaign(APPEAL)
    data = is_sound(a_view(campaign, on="2024-01-02"))
    assert (data["raised"], data["updates"], data["costs"][0]["met"]) == (None, [], None)
    assert totals_csv(a_view(campaign, on="2024-01-02")) == ",".join(COLUMNS) + "\r\n"


def test_an_appeal_that_ends_before_its_first_figure_still_says_what_it_asked_for():
    campaign = a_campaign(f"{APPEAL}    closed: 2024-01-20\n")
    view = a_view(campaign, an_update(campaign, "2024-01-10", ""), on="2024-02-02")
    data = is_sound(view)
    assert (data["phase"], data["raised"], data["goal"]) == ("ended", None, data["goals"][-1]["amount"])
    assert data["costs"][0]["need"] == totals_record(view, "")["costs"][0]["need"] is not None
    assert totals_csv(view) == totals_table(view)


# -- nothing personal ----------------------------------------------------------------------------------

LABELS = {
    "CampaignName",
    "CostLabel",
    "CounterLabel",
    "MilestoneLabel",
    "PromiseNotNeeded",
    "PromiseTooLittle",
    "PromiseTooMuch",
    "SourceLabel",
    "UpdateFieldsTitle",
}
"""The only words of a family's own that are in the data: labels of the campaign, and its promises."""


def test_no_words_are_in_the_data_but_the_campaigns_own_labels(tmp_path):
    """A word of its own in every field of words that there is, and in every id that may be a person's name."""
    words: list[str] = []
    appeal = filled(Campaign, words)
    appeal["milestones"] = [{"raised": "10%", "label": "SentinelMilestoneLabel"}]
    appeal["sources"] = [{"id": "bank", "label": "SentinelSourceLabel"}, {"id": "online", "label": "The page"}]
    appeal["matches"][0]["id"] = "sentinel-match"
    update = filled(UpdateFields, words)
    update["promised"][0]["id"] = "sentinel-pledge"
    event = filled(EventFields, words)
    content = tmp_path / "content"
    for place, said in {
        "campaign.yaml": "".join(f"{name}: {json.dumps(value)}\n" for name, value in appeal.items()),
        "updates/2024-01-03-before.md": front_matter(
            {"title": "Before", "date": "2024-01-03", "totals": {"bank": "1100", "online": "4000"}}
        ),
        "updates/2024-02-01-then.md": front_matter(update) + "SentinelStory\n",
        "events/walk.md": front_matter(event) + "SentinelStory\n",
        "images/walk.jpg": "",
    }.items():
        (content / place).parent.mkdir(parents=True, exist_ok=True)
        (content / place).write_text(said, encoding="utf-8")
    (content / "images/walk.jpg").write_bytes(photo())
    view = load_campaign(tmp_path, content, now=datetime(2024, 3, 1, tzinfo=UTC)).view
    data = totals_json(view, ADDRESS).decode()
    assert view.pledges and view.now.matches and view.spending and view.corrections and view.jumps
    assert {word for word in words if word in data} == {f"Sentinel{label}" for label in LABELS}
    assert "sentinel-" not in data and "SentinelStory" not in data
    assert {word for word in words if word in totals_csv(view)} == {"SentinelUpdateFieldsTitle"}
    assert len(words) > 40


def test_a_value_of_another_kind_than_the_schema_says_is_told_of():
    schema = json.loads(SCHEMA_FILE.read_text("utf-8"))
    for name, value in {"raised": "12", "percent": True, "name": None, "version": 2, "day": 7, "other": ""}.items():
        assert undescribed({name: value}, schema) == {name}
    record = {"raised": {"amount": "1.", "shown": "1", "qualifier": "nearly"}}
    assert undescribed({**record, "updates": iter([record])}, schema) == {
        *("raised.amount", "raised.qualifier", "updates.raised.amount", "updates.raised.qualifier")
    }


def front_matter(said: dict[str, Any]) -> str:
    return "---\n" + "".join(f"{name}: {json.dumps(value)}\n" for name, value in said.items()) + "---\n"


# -- what stays ----------------------------------------------------------------------------------------


def promised(part: dict[str, Any], schema: dict[str, Any], here: str) -> Iterator[str]:
    """``raised: null``, ``raised.shown: string``, ``phase = 'ended'``: all that a schema promises of a place."""
    part = schema["$defs"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part
    for choice in part.get("anyOf", ()):
        yield from promised(choice, schema, here)
    if "type" in part:
        yield f"{here}: {part['type']}"
    yield from (f"{here} = {each!r}" for each in part.get("enum", [part["const"]] if "const" in part else []))
    if "items" in part:
        yield from promised(part["items"], schema, f"{here}[]")
    for name, each in part.get("properties", {}).items():
        assert name in part["required"]
        yield from promised(each, schema, f"{here}.{name}")


def test_no_field_of_version_1_goes_or_changes():
    """A new field or word is added to totals-1.txt in the same change; no line of it is ever changed or taken away."""
    kept = VERSION_1.read_text("utf-8").splitlines()
    schema = json.loads(SCHEMA_FILE.read_text("utf-8"))
    assert kept == sorted(set(promised(schema, schema, "totals")))


COLUMNS_OF_VERSION_1 = (
    "date update currency phase raised raised_shown qualifier as_of as_of_newest goal percent others_pay remaining"
    " promised gift_aid paid in_hand ending title"
)


def test_the_columns_of_the_table_stay_and_the_words_of_a_person_come_last():
    assert set(COLUMNS_OF_VERSION_1.split()) <= set(COLUMNS)
    assert list(COLUMNS)[-1] == "title"


def test_the_data_grows_with_the_updates_and_no_faster():
    campaign = a_campaign(APPEAL)
    days = [date(2024, 2, 1 + number) for number in range(24)]
    told = [an_update(campaign, str(day), f"totals: {{page: {1000 + n}}}") for n, day in enumerate(days)]
    sizes = [len(totals_json(a_view(campaign, *told[:count], on="2024-02-28"), ADDRESS)) for count in (8, 16, 24)]
    assert abs((sizes[2] - sizes[1]) - (sizes[1] - sizes[0])) < 0.1 * (sizes[1] - sizes[0])


# -- the table -----------------------------------------------------------------------------------------


def test_the_table_has_a_line_for_each_update_oldest_first():
    lines = list(csv.DictReader(io.StringIO(totals_csv(ENDINGS["not needed"]), newline="")))
    assert [line["date"] for line in lines] == ["2024-02-01", "2024-03-10", "2024-04-01", "2024-04-05", "2024-05-01"]
    assert lines[1] | {"title": ""} == {
        "date": "2024-03-10",
        "update": "2024-03-10-news-1",
        "currency": "GBP",
        "phase": "raising",
        "raised": "1550",
        "raised_shown": "1550",
        "qualifier": "about",
        "as_of": "2024-03-10",
        "as_of_newest": "",
        "goal": "50000",
        "percent": "3",
        "others_pay": "5000",
        "remaining": "43450",
        "promised": "500",
        "gift_aid": "",
        "paid": "",
        "in_hand": "",
        "ending": "",
        "title": "",
    }
    assert [lines[-1][key] for key in ("phase", "ending", "goal", "percent", "remaining")] == [
        "ended",
        "not_needed",
        "",
        "",
        "",
    ]


FORMULAS = {
    "=1+1": "'=1+1",
    "+44 is our number": "'+44 is our number",
    "-5 degrees": "'-5 degrees",
    "@everybody": "'@everybody",
    "\uff1d1": "'\uff1d1",
    "\u22125 degrees": "'\u22125 degrees",
    '"=1+1"': '"\'=1+1"',
    "Half way; =1+1": "Half way; '=1+1",
    "Half way,=1+1": "Half way,'=1+1",
    "Half way - and on": "Half way - and on",
    "a=b, c+d": "a=b, c+d",
    "'=1": "''=1",
}
"""Titles, and what a spreadsheet is given."""


@pytest.mark.parametrize("title", FORMULAS)
def test_no_title_is_a_formula_to_a_spreadsheet(title):
    campaign = a_campaign()
    view = a_view(campaign, an_update(campaign, "2024-02-01", f"title: {json.dumps(title)}"), on="2024-02-02")
    shown = view.updates[0].title
    text = totals_csv(view)
    assert text == totals_table(view)
    (line,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (line["title"], harmless(title)) == (harmless(shown), FORMULAS[title])
    for separator in ",;\t":  # as the spreadsheets of other countries read it, quotes or none
        cells = [cell for row in text.splitlines()[1:] for cell in row.split(separator)]
        assert not [cell for cell in cells if cell.strip(" \"'")[:1] in tuple("=+-@\uff1d\u2212") and "'" not in cell]
