"""Appeals and what is typed into their form, by chance but the same for a seed; and what form and check make of it."""

from __future__ import annotations

import functools
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from campaign.core.reading.money import Money
from campaign.core.reading.problems import CampaignError, Problem
from campaign.core.reading.region import Region
from campaign.core.reading.repository import Repository
from campaign.loading.load import Loaded, load_campaign
from campaign.loading.translations import vocabulary
from campaign.rendering.write_data import write_data
from campaign.rendering.write_page import as_json, joined

ROOT = Path(__file__).resolve().parents[3]
MODULES = ROOT / "theme/static/write"
TODAY = date(2026, 6, 20)
NOW = datetime(2026, 6, 20, 12, 0, tzinfo=UTC)
PROJECT = Repository("someone/appeal")
PLACES = (
    *(("en_GB", "GBP"), ("de_DE", "EUR"), ("fr_FR", "EUR"), ("pl_PL", "PLN"), ("en_IN", "INR"), ("de_CH", "CHF")),
    *(("ja_JP", "JPY"), ("ar_BH", "BHD"), ("ar_EG", "EGP"), ("es_ES", "EUR"), ("sv_SE", "SEK"), ("de_AT", "EUR")),
    *(("en_US", "USD"), ("hi_IN", "INR"), ("cs_CZ", "CZK"), ("pt_PT", "EUR"), ("bn_BD", "BDT"), ("uk_UA", "UAH")),
)


@contextmanager
def modules(page: Any, first: str = "fields.js") -> Iterator[Any]:
    """The form's modules in an empty page of a browser, which answers ``window.names``."""
    page.goto("about:blank")
    names = "reading, amount, count, rate, readDay, readPeriod, money, say, slug, asYaml, safeStory, Refused"
    page.evaluate(f"() => {{ {joined(MODULES, first)}\nObject.assign(window, {{ {names} }}); }}")
    yield page


@functools.cache
def region_of(locale: str, currency: str) -> Region:
    """How an appeal of a place reads and writes money."""
    return Region(currency, locale, vocabulary(locale))


# -- appeals ----------------------------------------------------------------------------------------------


@dataclass
class Appeal:
    """A content folder's files, and how its money is read."""

    region: Region
    files: dict[str, str]
    sources: list[dict[str, Any]]
    counters: list[str]
    causes: list[str]
    costs: list[str]
    sayable: list[str]
    promises: list[str]
    events: list[str]


def appeal(dice: random.Random) -> Appeal:
    """An appeal with some of everything that an update can touch, and a few updates."""
    locale, currency = dice.choice(PLACES)
    goal = dice.choice((1000, 20_000, 50_000))
    lines = [f"{key}: {value}" for key, value in {"name": "A roof", "currency": currency, "locale": locale}.items()]
    lines += ["timezone: UTC", *dice.choice(((), ("started: 2026-01-05",))), "goal:", f"  - {{amount: {goal}}}"]
    if dice.random() < 0.4:
        lines.append(f"  - {{from: {dice.choice(('2026-03-01', '2026-06-20', '2026-09-01'))}, amount: {goal * 2}}}")
    found = _sources(dice, "USD" if currency != "USD" else "GBP")
    entries = ["{" + ", ".join(f"{key}: {value}" for key, value in each.items()) + "}" for each in found]
    costs = ["surgery", "after"][: dice.choice((0, 1, 2))]
    counters, causes = ["petition"] * (dice.random() < 0.5), ["ward"] * (dice.random() < 0.4)
    milestones = [f"{{raised: {goal // 4}}}", "{raised: 50%, label: Half way}", "{id: accepted, label: Accepted}"]
    milestones += ["{cost: surgery}"] * bool(costs) + ["{counter: petition, at: 1000}"] * bool(counters)
    kept = [each for each in milestones if dice.random() < 0.7]
    promises = ["mill"] * (dice.random() < 0.3)
    match = f"{{id: mill, who: A mill, up_to: 100, from: {dice.choice(('2026-02-01', '2026-06-25'))}}}"
    lines += _list("sources", entries) + _costs(dice, costs, goal) + _list("milestones", kept)
    lines += _list("counters", ["{id: petition, label: signatures}"] * len(counters))
    lines += _list("other_causes", ["{id: ward, label: The ward}"] * len(causes))
    lines += _list("matches", [match] * len(promises))
    files = {"campaign.yaml": "\n".join(lines) + "\n"}
    events = ["walk"] * (dice.random() < 0.4)
    files |= dict.fromkeys((f"events/{id}.md" for id in events), "---\ntitle: A walk\ndate: 2026-05-01\n---\nCome.\n")
    files |= _history(dice, goal, found, counters, promises, causes)
    sayable = ["accepted"] if any("accepted" in each for each in kept) else []
    return Appeal(region_of(locale, currency), files, found, counters, causes, costs, sayable, promises, events)


def _list(key: str, entries: Sequence[str]) -> list[str]:
    return [f"{key}:", *(f"  - {each}" for each in entries)] if entries else []


def _sources(dice: random.Random, other: str) -> list[dict[str, Any]]:
    found = []
    for id in ("bank", "shop", "tins", "abroad")[: dice.choice((0, 0, 1, 2, 3, 4))]:
        source: dict[str, Any] = {"id": id, "label": id.title()}
        if id == "tins" or (id == "shop" and dice.random() < 0.3):
            source["records"] = "receipts"
        if id == "tins" and dice.random() < 0.3:
            source["counted_in"] = "bank"
        if id == "abroad":
            source["currency"] = other
        found.append(source)
    return found


def _costs(dice: random.Random, costs: Sequence[str], goal: int) -> list[str]:
    lines = ["costs:"] * bool(costs)
    for id in costs:
        lines += [f"  - id: {id}", f"    label: The {id}", f"    estimate: {goal // 2}"]
        if dice.random() < 0.4:
            begins = dice.choice(("2026-02-10", "2026-06-20"))
            lines += ["    paid_by:", f"      - {{from: {begins}, who: The council, amount: about {goal // 5}}}"]
    return lines


def _history(
    dice: random.Random,
    goal: int,
    sources: Sequence[Mapping[str, Any]],
    counters: Sequence[str],
    promises: list[str],
    causes: Sequence[str],
) -> dict[str, str]:
    files, share = {}, 0.05
    for number in range(dice.choice((0, 1, 2, 3))):
        day = date(2026, 2, 1) + timedelta(days=45 * number)
        share += dice.random() * 0.4
        lines = ["---", f"title: Update {number}", f"date: {day}{dice.choice(('', '', ' 10:30'))}"]
        lines += _stated(sources, int(goal * share), dice.choice(("", "", "about ")))
        rows = [f"{{source: {each['id']}, amount: {int(goal * share / 20)}}}" for each in sources if "records" in each]
        lines += _list("received", rows or ["{cause: ward, amount: 20}"] * len(causes))
        lines += ["counters:", f"  petition: {300 * (number + 1)}"] if counters else []
        if number == 0 and dice.random() < 0.3:
            promises.append("gift")
            lines += ["promised:", "  - {id: gift, amount: 300, from: A friend}"]
        files[f"updates/{day}-update-{number}.md"] = "\n".join([*lines, "---", "A few words.", ""])
    return files


def _stated(sources: Sequence[Mapping[str, Any]], whole: int, about: str) -> list[str]:
    """Totals of every account, one in another currency with its rate."""
    if not sources:
        return ["totals:", f"  raised: {about}{whole}"]
    running = [each["id"] for each in sources if "records" not in each and "currency" not in each]
    lines = [f"  {id}: {about}{whole // len(running)}" for id in running]
    abroad = [each for each in sources if "currency" in each]
    lines += [f"  {each['id']}: {whole // 10}" for each in abroad]
    rates = ["rates:", *(f"  {each['currency']}: 0.79" for each in abroad)] if abroad else []
    return [*(["totals:"] if lines else []), *lines, *rates]


# -- what is typed ----------------------------------------------------------------------------------------

ODD = (
    *("25k", "1.58", "1,58", "12,5", "25.000", "25,000", "1.000.000", "2 500", "2'500", "025", "NaN", "£", "-5", "−20"),
    *("~300", "about 300", "approx 300", "300+", "more than 1,800", "over 300", "etwa 300", "env. 300", "około 300"),
    *(
        "300 pounds",
        "300 €",
        "$300",
        "€ 300",
        "300 zł",
        "٣٠٠",
        "३००",
        "３００",
        "3OO",
        "l00",
        "10-20",
        "300.-",
        "300,00",
    ),
    *(
        "0.5",
        "50p",
        "1e3",
        "1_000",
        "«300»",
        "“300”",
        "300?",
        "12,34,567",
        "1,234,567",
        "12.34",
        "0",
        "0.00",
        "٫٥",
        "1 m",
    ),
    *("1.5k", "2 thousand", "300\u00a0000", "1\u202f000,50", "30О", "twelve", "9" * 20, "9" * 14, "GBP 300", "300 EUR"),
    *("about", "at least", "about about 300", "about at least 300", "300 ish", "300 or so", "+300", "--5", "-", "300-"),
    *("1.2345", "1,2345", "0,5000", "1.500", "1,500", "10.000", "1.5000", "£-5", "-£5", "(300)", "300;", "#300", "1/2"),
)


def amount(dice: random.Random, region: Region, near: int = 1000) -> str:
    """An amount as somebody might type it, most of them right."""
    value = Decimal(dice.randint(0, 2 * near))
    if region.minor_digits and dice.random() < 0.4:
        value += Decimal(dice.randint(1, 99)) / 100
    kind = dice.random()
    if kind < 0.35:
        return region.figure(value)
    if kind < 0.55:
        return f"{dice.choice(('about ', 'at least ', '~', 'more than '))}{region.figure(value)}"
    if kind < 0.7:
        return region.format(Money(value, region.currency))
    if kind < 0.85:
        words = dice.choice(sorted(region.vocabulary.qualifiers))
        return f"{words} {region.figure(value)}"
    return dice.choice(ODD)


def typed(dice: random.Random, of: Appeal) -> dict[str, str]:
    """What somebody types into the form of an appeal."""
    day = TODAY - timedelta(days=dice.choice((0, 0, 0, 1, 30, 100)))
    strings = {"kind": "update", "title": dice.choice(TITLES), "story": dice.choice(STORIES), "date": str(day)}
    for source in of.sources:
        strings |= _of_source(dice, of, source)
    strings |= _of_money(dice, of) | _of_the_rest(dice, of, day)
    return {name: text for name, text in strings.items() if text}


def _of_source(dice: random.Random, of: Appeal, source: Mapping[str, Any]) -> dict[str, str]:
    region, strings, id = of.region, {}, source["id"]
    own = Region(source["currency"], region.locale, region.vocabulary) if "currency" in source else region
    if "currency" in source and dice.random() < 0.8:
        strings[f"rates.{source['currency']}"] = dice.choice(("0.79", "0,79", "0.8", "1.27", "0.812", "0", "79"))
    if source.get("records") != "receipts":
        if dice.random() < 0.5:
            strings[f"totals.{id}"] = amount(dice, own, 3000 * dice.choice((1, 1, 10, 40)))
        return strings
    for row in range(dice.choice((0, 0, 1, 2))):
        days = ("", "", "2026-05", "2026", "5.2.2026", "2026-13", "2027")
        strings |= {f"received.{row}.into": f"source:{id}", f"received.{row}.amount": amount(dice, own, 300)}
        strings |= {f"received.{row}.from": dice.choice(TITLES), f"received.{row}.date": dice.choice(days)}
        strings[f"received.{row}.event"] = dice.choice(("", *of.events))
    return strings


def _of_money(dice: random.Random, of: Appeal) -> dict[str, str]:
    region, strings = of.region, {}
    if dice.random() < (0.2 if of.sources else 0.7):
        strings["totals.raised"] = amount(dice, region, 3000 * dice.choice((1, 5, 20)))
    if of.causes and dice.random() < 0.4:
        strings |= {"received.7.into": "cause:ward", "received.7.amount": amount(dice, region, 100)}
    if dice.random() < 0.3:
        kinds = ("", *(f"cost:{id}" for id in of.costs), "promise:too_much")
        for row in range(dice.choice((1, 2))):
            strings |= {f"paid.{row}.amount": amount(dice, region, 200), f"paid.{row}.to": dice.choice(TITLES)}
            strings[f"paid.{row}.is_for"] = dice.choice(kinds)
    if dice.random() < 0.2:
        strings[f"gift_aid.{of.sources[0]['id'] if of.sources else 'raised'}"] = amount(dice, region, 300)
    if dice.random() < 0.2:
        strings |= {"promised.0.amount": amount(dice, region), "promised.0.from": dice.choice(TITLES)}
    return strings


def _of_the_rest(dice: random.Random, of: Appeal, day: date) -> dict[str, str]:
    strings = {f"promise.{id}": dice.choice(("", "", "kept", "withdrawn")) for id in of.promises}
    strings |= {f"reached.{id}": dice.choice(("", "yes")) for id in of.sayable}
    if of.counters and dice.random() < 0.5:
        counts = ("1800", "more than 1,800", of.region.number(1800), "12.5", "about 900")
        strings["counters.petition"] = dice.choice(counts)
    if dice.random() < 0.15:
        strings["as_of"] = str(day - timedelta(days=dice.choice((-1, 0, 3, 200))))
    if dice.random() < 0.1:
        strings["ends"] = dice.choice(("done", "not_needed", "stopped"))
    if dice.random() < 0.4:
        strings["jump"] = "One cheque of a business."
    if dice.random() < 0.4:
        keys = ["*", "paid", "raised", *(each["id"] for each in of.sources)]
        strings |= {f"correction.{key}": "A gift was made twice: it went back." for key in keys}
    if dice.random() < 0.1:
        strings["draft"] = "yes"
    return strings


TITLES = (
    *(
        "Half way there",
        "Walk #3: the result",
        "“Yes”",
        "- 5 days",
        "Łódź, für Zoë",
        "a: b",
        "true",
        "null",
        "~",
        "{x}",
    ),
    *(
        "100% cotton",
        "it's here",
        '"quoted"',
        "back\\slash",
        "Спасибо",
        "ありがとう",
        "\U0001f600 hooray",
        "a\u00a0b",
        "&c",
        "!d",
    ),
    *(
        "[e]",
        "*f*",
        "> g",
        "| h",
        "@i",
        "`j`",
        "key: value # not",
        "x\u202ey",
        "5",
        "2026-05-01",
        "yes: no",
        "tab\there",
    ),
)
STORIES = (
    *("We walked.", "", "Thank you!\n\n- one\n- two\n\n**Bold** and [a link](https://example.org).", "<b>hello</b>"),
    *(
        "<script>alert(1)</script>",
        "totals: 5",
        "raised: 300\n  bank: 5",
        "---\ntitle: again\n---\n",
        "title: A\ndate: B",
    ),
    *(
        "![x](y.jpg)",
        "![](images/a.jpg)",
        "[x]: https://example.org",
        "a[^1]\n\n[^1]: b",
        "`code`",
        "    indented",
        "\ttab",
    ),
    *(
        "> quote\n> more",
        "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x",
        "[x](javascript:alert(1))",
        "[x](nowhere)",
        "5 < 6 & 7 > 2",
    ),
    *(
        "http://example.org/a_b_c",
        "a\u202eb",
        "1) one\n2) two",
        "# Heading\n\n### Deep",
        "* * *",
        "a\n---\nb",
        "<!-- x -->",
    ),
    *(
        "date : tomorrow\n\nPlace: here",
        "- amount: 5\n- from: us",
        "{source: cash}",
        "&#x202e;x",
        "a|b\n-|-\n1|2",
        "<https://e.org>",
    ),
    *(
        "[![a](images/b.jpg)](https://example.org)",
        "![a][b]",
        "[b][]",
        "<iframe src=x>",
        "[a](<b c>)",
        '[a](https://e.org "t")',
    ),
)


# -- what becomes of it -----------------------------------------------------------------------------------


def write_content(folder: Path, files: Mapping[str, str]) -> Path:
    """The files of an appeal below ``folder``."""
    for place, text in files.items():
        path = folder / "content" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "content"


def loaded(content: Path) -> Loaded | tuple[Problem, ...]:
    """The appeal as the check reads it today, or what it says."""
    try:
        return load_campaign(content.parent, content, now=NOW, repository=PROJECT)
    except CampaignError as error:
        return error.problems


READ = """
([data, cases]) => cases.map((strings, place) => {
  const units = (value) =>
    value && { units: String(value.units), qualifier: value.qualifier, currency: value.currency };
  const counted = ({ number, qualifier }) => ({ number: String(number), qualifier });
  const now = ["2026-06-20", "12:00"];
  const { doubts } = reading(data, strings, now);
  // Every other time, somebody says of whatever is asked that it is right.
  const sure = place % 2 ? Object.fromEntries(doubts.map(({ key, message }) => [`right.${key}`, message])) : {};
  const { said, file, problems, published } = reading(data, { ...strings, ...sure }, now);
  const values = (of) => Object.fromEntries(Object.entries(of ?? {}).map(([key, value]) => [key, units(value)]));
  return {
    file, problems, doubts,
    totals: values(said.totals), gift_aid: values(said.gift_aid),
    counters: Object.fromEntries(Object.entries(said.counters ?? {}).map(([key, value]) => [key, counted(value)])),
    received: (said.received ?? []).map(({ amount }) => units(amount)),
    paid: (said.paid ?? []).map(({ amount }) => units(amount)),
    published: published && {
      raised: published.raised && units(published.raised.shown), percent: published.percent,
      remaining: units(published.remaining), ending: published.ending?.kind ?? null, goal: units(published.goal),
      reached: published.reached.map(({ label }) => label),
    },
  };
})
"""


def data_of(of: Loaded) -> Any:
    """The data of the form, as the page has it."""
    return json.loads(as_json(write_data(of, PROJECT, "")))
