"""What the form made of what was typed, held against what the check makes of the file that it wrote."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from browser.writing.cases import READ, appeal, data_of, loaded, typed, write_content
from campaign.comparing.warnings import warnings_about
from campaign.core.figures.view import CampaignView
from campaign.core.reading.money import Money
from campaign.core.reading.problems import FieldError
from campaign.core.reading.region import Region
from campaign.loading.load import Loaded

FORM_ALONE = (
    *("is needed here", "figures of a day before the newest update", "a link begins with", "has no words"),
    *("expected ", "cannot be right", "can be read two ways", "cannot be below zero", "counts in", "is not worth"),
    *("there is no ", "is still there", "is after", "characters at most", "is it right?"),
)
"""What the form says of a value that it then leaves out of the file, or is stricter about than the check."""


ASKED = frozenset(
    ("more-than-triples", "past-the-goal", "begins-high", "other-count", "first-rate", "large-promise"),
)
"""What the check asks about figures, and the form beside their fields."""


def disagreements(page: Any, folder: Path, seed: int, cases: int) -> Iterator[str]:
    """Of one appeal and several forms typed for it: every way in which form and check differ, as a line."""
    dice = random.Random(seed)
    of = appeal(dice)
    content = write_content(folder, of.files)
    before = loaded(content)
    if not isinstance(before, Loaded):
        shutil.rmtree(content)
        return
    forms = [typed(dice, of) for _ in range(cases)]
    results = page.evaluate(READ, [data_of(before), forms])
    for number, (strings, result) in enumerate(zip(forms, results, strict=True)):
        for fault in of_one(content, before, result):
            yield f"{seed}.{number}: {fault}\n{strings}\n{result['file']['text']}\n{result['problems']}"
    shutil.rmtree(content)


def of_one(content: Path, before: Loaded, result: Mapping[str, Any]) -> Iterator[str]:
    """Every way in which form and check differ about one form that was typed for the appeal of a folder."""
    path = content.parent / result["file"]["path"]
    if path.exists():
        yield "the form would write over a file"
        return
    path.parent.mkdir(exist_ok=True)
    path.write_text(result["file"]["text"], encoding="utf-8")
    after = loaded(content)
    path.unlink()
    if not result["problems"]:
        if not isinstance(after, Loaded):
            yield f"the form accepts what the check refuses: {[str(problem) for problem in after]}"
        else:
            yield from _other_values(after, path.stem, result)
        if isinstance(after, Loaded):
            yield from _other_doubts(before, after, result)
    elif isinstance(after, Loaded) and not _is_stricter(result):
        yield "the form refuses what the check accepts"


def _is_stricter(result: Mapping[str, Any]) -> bool:
    """Whether the form may refuse what the check accepts: it asks of a draft what it will need once it is published."""
    problems = [problem["message"] for problem in result["problems"]]
    is_draft = "\nstatus: draft\n" in result["file"]["text"]
    return is_draft or any(words in message for message in problems for words in FORM_ALONE)


def _other_doubts(before: Loaded, after: Loaded, result: Mapping[str, Any]) -> Iterator[str]:
    """What the check asks about figures, and the form does not, or the other way round."""
    doubts = [_ungrouped(each["message"]) for each in result["doubts"]]
    asked = [_ungrouped(problem.message) for problem in warnings_about(before, after, {}) if problem.name in ASKED]
    unasked = [message for message in asked if not any(message.endswith(doubt) for doubt in doubts)]
    # A leap has its reason, and of what that tells nothing is asked besides.
    if unasked and "\njump: " not in result["file"]["text"]:
        yield f"the check asks {unasked}, and the form {doubts}"
    if needless := [doubt for doubt in doubts if not any(message.endswith(doubt) for message in asked)]:
        yield f"the form asks {needless}, and the check {asked}"


def _ungrouped(message: str) -> str:
    """A message as it is whatever stands between the digits, and behind the name of what it is about."""
    return " " + re.sub(r"(?<=\d)[.,\s'’](?=\d)", "", message)


def _other_values(after: Loaded, slug: str, result: Mapping[str, Any]) -> Iterator[str]:
    update = next((entry.update for entry in after.ledger.entries if entry.update.slug == slug), None)
    if update is None:
        if result["published"] is not None:
            yield "the update is not published, and the form says what it will change"
        return
    said = update.said
    for name in ("totals", "gift_aid"):
        read = {key: _units(money) for key, money in getattr(said, name).items()}
        if read != result[name]:
            yield f"{name} are read as {read}"
    counters = {
        id: {"number": str(each.number), "qualifier": each.qualifier.value} for id, each in said.counters.items()
    }
    if counters != result["counters"]:
        yield f"counters are read as {counters}"
    for name in ("received", "paid"):
        amounts = [_units(row.amount) for row in getattr(said, name)]
        if amounts != result[name]:
            yield f"{name} are read as {amounts}"
    if result["published"]:
        yield from _other_figures(after.view, slug, result["published"])


def _other_figures(view: CampaignView, slug: str, published: Mapping[str, Any]) -> Iterator[str]:
    now = view.now
    right = {
        "raised": _units(now.raised.shown) if now.raised else None,
        "percent": now.percent,
        "remaining": _units(now.remaining.shown) if now.remaining else None,
        "goal": _units(now.goal),
        "ending": now.ending.kind.value if now.ending else None,
    }
    for name, value in right.items():
        if published[name] != value:
            yield f"{name} is {value}, and the form says {published[name]}"
    reached = len(view.by_slug[slug].reached)
    if len(published["reached"]) != reached:
        yield f"{reached} milestones are reached, and the form says {published['reached']}"


def _units(money: Money) -> dict[str, str]:
    units = money.amount.scaleb(4).to_integral_value()
    return {"units": str(int(units)), "qualifier": money.qualifier.value, "currency": money.currency}


def read_by_check(region: Region, text: str, *, negative: bool) -> dict[str, str] | str:
    """An amount as the check reads it, or its sentence."""
    try:
        return _units(region.parse(text, negative=negative))
    except FieldError as refused:
        return refused.message


def rate_in_billionths(worth: Decimal) -> str:
    """A rate as the form has it."""
    return str(int(worth.scaleb(9)))
