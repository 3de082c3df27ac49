"""An update or an event to begin with: its name, and its text with what there is to fill in."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

from campaign.core.figures.view import CampaignView, EventView
from campaign.core.reading.campaign import Campaign
from campaign.core.reading.front_matter import parse_update_file
from campaign.core.reading.told import FIRST_WORDS
from campaign.core.reading.update import free, parse_event, parse_update
from campaign.reporting.summary import in_words


def update_text(view: CampaignView, title: str, day: date, story: str = FIRST_WORDS[0]) -> str:
    """An update that says nothing of money until a # is taken away: each source with its latest total beside it.

    What else an appeal of this kind may have to tell stands there, too: rates, what was promised, payments, the end.
    """
    campaign, region = view.appeal, view.appeal.region
    lines = ["---", f"title: {as_yaml(title)}", f"date: {day}"]
    totals = {
        source.source.id: source.balance for source in view.sources if source.source.is_running and not source.has_ended
    }
    if view.overall or not campaign.sources:
        totals["raised"] = view.overall
    if totals:
        lines += ["# What each account shows now: take the # away from totals and from each new figure.", "# totals:"]
    for id, balance in totals.items():
        latest = f" {region.write(balance.stated)}   # {in_words(balance.as_of)}" if balance else "   # none yet"
        lines.append(f"#   {id}:{latest}")
    lines += _rates(view)
    receipts = [source.source.id for source in view.sources if not source.source.is_running]
    if receipts:
        lines += ["# What came in since the last update, each amount by itself.", "# received:"]
        lines += [f"#   - {{source: {id}, amount: , from: }}" for id in receipts]
        for event in view.events:
            if _is_untold(event, day):
                title = json.dumps(event.title, ensure_ascii=False)
                lines.append(f"#   - {{source: {receipts[0]}, amount: , from: {title}, event: {event.slug}}}")
    return "\n".join([*lines, *_promised(view), *_paid(view), *_ending(view), "---", "", story, ""])


def _is_untold(event: EventView, day: date) -> bool:
    """Whether an event was held in the last eight weeks, and nobody has said yet what it brought."""
    is_over = event.is_past or event.is_held
    return is_over and event.raised is None and event.when is not None and event.when.last > day - timedelta(weeks=8)


def _rates(view: CampaignView) -> list[str]:
    """What other currencies were last worth, where an account that goes on is stated in one."""
    known = {rate.currency: rate for rate in view.rates}
    wanted: dict[str, list[str]] = {}
    for source in view.sources:
        if source.source.currency and not source.has_ended:
            wanted.setdefault(source.source.currency, []).append(source.source.id)
    lines = ["# rates:"] if wanted else []
    for currency, ids in wanted.items():
        lines.insert(-1, f"# What one {currency} is worth today: needed with a new figure of {', '.join(ids)}.")
        rate = known.get(currency)
        worth = f"{rate.worth}".replace(".", view.appeal.region.decimal) if rate else ""
        lines.append(f"#   {currency}: {worth}   # {in_words(rate.day) if rate else 'none yet'}")
    return lines


def _promised(view: CampaignView) -> list[str]:
    """What is promised and not here: gifts, and what gifts have called for of a match."""
    ids = [pledge.gift.id for pledge in view.pledges if pledge.is_open]
    ids += [match.match.id for match in view.now.matches if match.is_promised and match.used.exact.amount]
    if not ids:
        return []
    return [
        "# What was promised and has come in, so that it is in a total; withdrawn: instead, if it will not come.",
        f"# kept: [{', '.join(ids)}]",
    ]


def _paid(view: CampaignView) -> list[str]:
    """Payments, as soon as there is something to spend."""
    ending, spent = view.now.ending, view.now.spent
    in_hand = spent.in_hand if spent else view.now.raised
    if in_hand is None or not in_hand.exact.amount:
        return []
    kinds = [f", cost: {cost.id}" for cost in view.appeal.costs] or [""]
    if ending and ending.promise_key:
        kinds = [f", promise: {ending.promise_key}", *kinds]
    lines = [f"#   - {{amount: , to: {kind}}}" for kind in kinds]
    return ["# What the money was spent on since the last update, each payment by itself.", "# paid:", *lines]


def _ending(view: CampaignView) -> list[str]:
    if view.now.ending:
        return ["# Only if the appeal has to ask again.", "# resumes: true"]
    if not view.updates:
        return []
    return ["# Only if the appeal asks no more: done, not_needed or stopped.", "# ends: done"]


def event_text(title: str, day: date | None) -> str:
    """An event with what is known of it."""
    when = f"date: {day}" if day else "# date: 2025-06-14 14:00"
    lines = ["---", f"title: {as_yaml(title)}", when, "# place: The village hall", "---"]
    return "\n".join([*lines, "", FIRST_WORDS[1], ""])


def not_taken(path: Path) -> Path:
    """The path, or one with a number behind its name where a file is there already."""
    names = {other.name for other in path.parent.glob("*")}
    return path.with_name(free(path.name, names)) if path.name in names else path


def as_yaml(text: str) -> str:
    """A value that reads back as the same text: bare where it can be, else between double quotes."""
    bare = re.fullmatch(r"[^\W_](?:[\w ,.;!?()’'£€&/+-]|:(?! |$))*", text)
    return text if bare and text.lower() not in ("null", "true", "false") else json.dumps(text, ensure_ascii=False)


def try_out(path: Path, text: str, campaign: Campaign) -> None:
    """Raise CampaignError where the file would not pass a check, before it is written."""
    document = parse_update_file(path.as_posix(), text.encode())
    parse = parse_update if path.parent.name == "updates" else parse_event
    parse(document, campaign)


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, whole or not at all. Raises FileExistsError, and OSError with its path."""
    file = path.open("x", encoding="utf-8", newline="\n")
    try:
        with file:
            file.write(text)
    except OSError as error:
        path.unlink(missing_ok=True)  # an empty file would fail the next check
        raise OSError(error.errno, error.strerror, str(path)) from None
