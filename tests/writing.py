"""Campaigns and updates for tests, written as a volunteer writes them."""

from __future__ import annotations

from datetime import date
from textwrap import dedent

from campaign.core.figures.assembly import build_view
from campaign.core.figures.checks import broken_rules
from campaign.core.figures.ledger import Entry, fold
from campaign.core.figures.view import CampaignView
from campaign.core.reading.campaign import Campaign
from campaign.core.reading.campaign_file import parse_campaign
from campaign.core.reading.front_matter import parse_update_file, parse_yaml_file
from campaign.core.reading.problems import CampaignError
from campaign.core.reading.update import Event, Update, parse_event, parse_update

PLAIN = """
    name: A new roof
    currency: GBP
    goal: 50,000
"""


def a_campaign(text: str = "") -> Campaign:
    """A campaign from YAML; what is not said is a goal of £50,000."""
    written = dedent(text)
    for line in dedent(PLAIN).strip().splitlines():
        if f"\n{line.partition(':')[0]}:" not in f"\n{written}":
            written += f"\n{line}"
    return parse_campaign(parse_yaml_file("content/campaign.yaml", written.encode()))


def an_update(campaign: Campaign, day: str, text: str = "", *, slug: str = "news", body: str = "News.") -> Update:
    """An update of a day (or ``2015-08-26 18:30``) from the rest of its front matter."""
    fields = dedent(text).strip()
    if "title:" not in fields:
        fields = f"title: News\n{fields}"
    source = f"---\ndate: {day}\n{fields}\n---\n{body}\n"
    return parse_update(parse_update_file(f"content/updates/{day[:10]}-{slug}.md", source.encode()), campaign)


def an_event(campaign: Campaign, slug: str, text: str) -> Event:
    source = f"---\n{dedent(text).strip()}\n---\nCome along.\n"
    return parse_event(parse_update_file(f"content/events/{slug}.md", source.encode()), campaign)


def entries(campaign: Campaign, *updates: Update) -> tuple[Entry, ...]:
    """Fold updates that break no rule."""
    ledger = fold(campaign, updates)
    assert not list(broken_rules(campaign, ledger))
    return ledger.entries


def problems(campaign: Campaign, *updates: Update) -> list[str]:
    """What folding updates is refused for, each as ``line: field: message [name]``."""
    return [str(problem).partition(":")[2] for problem in sorted(broken_rules(campaign, fold(campaign, updates)))]


def refusal(campaign: Campaign, day: str, text: str) -> list[str]:
    """What reading one update is refused for."""
    try:
        an_update(campaign, day, text)
    except CampaignError as error:
        return [str(problem).partition(":")[2] for problem in error.problems]
    raise AssertionError("nothing was refused")


def campaign_refusal(text: str) -> list[str]:
    """What reading a campaign file is refused for."""
    try:
        a_campaign(text)
    except CampaignError as error:
        return [str(problem).partition(":")[2] for problem in error.problems]
    raise AssertionError("nothing was refused")


def a_view(campaign: Campaign, *updates: Update, on: str, events: tuple[Event, ...] = ()) -> CampaignView:
    """The view on a day; later updates are left out, as loading does."""
    day = date.fromisoformat(on)
    ledger = fold(campaign, [update for update in updates if update.day <= day])
    assert not list(broken_rules(campaign, ledger))
    return build_view(campaign, ledger, day=day, events=events)
