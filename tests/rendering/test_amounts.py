"""Every amount in every file of a site is one of the view's; volunteers' own words are theirs."""

import dataclasses
import json
import re
import xml.etree.ElementTree as ET
from datetime import date
from decimal import Decimal

import pytest
from icalendar import Calendar
from pydantic import BaseModel

from campaign.core.figures.exchange import Rate
from campaign.core.reading.money import Money
from campaign.loading.load import load_campaign, now_from_environment
from campaign.rendering.filters import filters
from page_words import Words
from site_folder import MOMENT, ROOT

SITES = sorted(path.name for path in (ROOT / "tests/sites").iterdir() if path.is_dir())
DAYS = {
    "village-hall": ("", "2024-12-20", "2025-02-15", "2025-06-20", "2025-12-10"),
    "matched": ("", "2025-06-20"),
    "dollars": ("", "2025-07-10"),
}
pytestmark = pytest.mark.xdist_group("whole sites")
MARKS = re.compile("[\u200e\u200f\u061c]")
"""Direction marks, which some locales write around amounts."""


def moneys(value, seen, kind=Money):
    """Every amount (or rate) that a view holds, however deep; ``seen`` holds what was looked into, by identity."""
    if isinstance(value, kind):
        yield value
    if id(value) in seen:
        return
    seen[id(value)] = value
    for inner in inside(value):
        yield from moneys(inner, seen, kind)


def inside(value):
    if isinstance(value, dict):
        return tuple(value.values())
    if isinstance(value, (tuple, list)):
        return value
    if isinstance(value, BaseModel):
        return tuple(getattr(value, name) for name in type(value).model_fields)
    if dataclasses.is_dataclass(value):
        return tuple(getattr(value, field.name) for field in dataclasses.fields(value))
    return ()


def amounts(text, sign):
    """What is written as an amount: digits with the currency's sign before or after them."""
    number = r"\d(?:[\d.,'\u2019\u00a0\u202f]*\d)?"
    found = re.findall(rf"{re.escape(sign)}[ \u00a0]?{number}|{number}[ \u00a0]?{re.escape(sign)}", MARKS.sub("", text))
    return {one_space(amount) for amount in found}


def one_space(amount):
    """Without marks, and with one kind of space: French has two, and pages break at neither."""
    return re.sub(r"\s", "\u00a0", MARKS.sub("", amount))


@pytest.mark.parametrize(("name", "day"), [(name, day) for name in SITES for day in DAYS.get(name, ("",))])
def test_every_amount_in_every_file_is_one_of_the_views(name, day, built, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", MOMENT)
    site = built(name, day)
    as_of = date.fromisoformat(day) if day else None
    view = load_campaign(ROOT, site.content, now=now_from_environment(), as_of=as_of).view
    region = view.appeal.region
    known = list(moneys(view, {}))
    written = {one_space(region.format(money)).lstrip("-") for money in known}
    # A rate is an amount of this currency as well: $1 = £0.79.
    rates = {filters(region)["worth"](rate) for rate in moneys(view, {}, Rate)}
    written |= {one_space(rate.rpartition("=")[2].strip()) for rate in rates}
    sign = re.sub(r"[1\s]", "", MARKS.sub("", region.format(Money(Decimal(1), region.currency))))
    plain = {f"{money.amount:f}" for money in known}

    said = {}
    for place, data in site.files().items():
        if place.endswith(".html"):
            said[place] = "\n".join(Words(data.decode()).words)
        elif place.endswith(".svg") and not place.startswith("theme/"):
            root = ET.fromstring(data)
            said[place] = "\n".join([*(text.strip() for text in root.itertext()), root.get("aria-label", "")])
        elif place.endswith(".ics"):
            said[place] = " ".join(
                str(event.get("description", "")) for event in Calendar.from_ical(data).walk("VEVENT")
            )
        elif place.endswith(".json"):
            numbers = set(re.findall(r'"(?:amount|shown)": "([^"]*)"', data.decode()))
            assert numbers <= plain, numbers - plain
            assert not re.findall(r'": -?\d+\.', data.decode()), "no binary float may carry an amount"
            json.loads(data)
    found = {place: amounts(text, sign) for place, text in said.items()}
    if view.now.raised:
        assert one_space(region.format(view.now.raised.shown)) in found["index.html"], found["index.html"]
    strangers = {place: sorted(all_ - written) for place, all_ in found.items() if all_ - written}
    assert strangers == {}
