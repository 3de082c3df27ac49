"""An update or an event to begin with: its name, and its text with what there is to fill in."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

from campaign.core.figures.view import CampaignView
from campaign.core.reading.campaign import Campaign
from campaign.core.reading.front_matter import parse_update_file
from campaign.core.reading.story import FIRST_WORDS
from campaign.core.reading.update import free, parse_event, parse_update
from campaign.reporting.summary import in_words


def update_text(view: CampaignView, title: str, day: date, story: str = FIRST_WORDS[0]) -> str:
    """An update that says nothing of money until a # is taken away: each source with its latest total beside it."""
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
    receipts = [source.source.id for source in view.sources if not source.source.is_running]
    if receipts:
        lines += ["# What came in since the last update, each amount by itself.", "# received:"]
        lines += [f"#   - {{source: {id}, amount: , from: }}" for id in receipts]
    return "\n".join([*lines, "---", "", story, ""])


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
