"""What search engines read: schema.org records of the campaign, its updates and its events, from the view alone."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from campaign.core.figures.view import CampaignView, EventView, UpdateView
from campaign.core.reading.campaign import Campaign
from campaign.core.reading.dates import zone

Record = dict[str, Any]
_CONTEXT = {"@context": "https://schema.org"}


def website(view: CampaignView, address: str) -> Record:
    """The campaign as a WebSite, with a DonateAction for each open way to give that has an address.

    address: of the public site, without a slash at its end.
    """
    appeal = view.appeal
    asks = [way for way in view.ways if way.url] if view.asks and not appeal.example else []
    return _CONTEXT | _said(
        {
            "@type": "WebSite",
            "name": appeal.name,
            "description": view.headline,
            "url": f"{address}/",
            "inLanguage": appeal.region.language_tag,
            "potentialAction": [
                _said({"@type": "DonateAction", "name": way.label, "target": way.url, "recipient": _holder(view)})
                for way in asks
            ],
        }
    )


def posting(appeal: Campaign, update: UpdateView, address: str, picture: str = "") -> Record:
    """An update as a BlogPosting. picture: the whole address of the one it is shared with."""
    return _CONTEXT | _said(
        {
            "@type": "BlogPosting",
            "headline": update.title,
            "description": update.summary,
            "datePublished": _moment(appeal, update.day, update.time),
            "url": f"{address}/updates/{update.slug}.html",
            "image": picture,
            "inLanguage": appeal.region.language_tag,
            "author": {"@type": "Person", "name": update.author}
            if update.author
            else {"@type": "Organization", "name": appeal.name},
            "isPartOf": {"@type": "WebSite", "name": appeal.name, "url": f"{address}/"},
        }
    )


def occasion(appeal: Campaign, event: EventView, address: str) -> Record | None:
    """An event as an Event; None while it has no day, which such a record needs, and where it was only planned."""
    if event.day is None or event.was_only_planned:
        return None
    return _CONTEXT | _said(
        {
            "@type": "Event",
            "name": event.title,
            "description": event.summary,
            "startDate": _moment(appeal, event.day, event.time),
            "eventStatus": f"https://schema.org/{'EventCancelled' if event.is_cancelled else 'EventScheduled'}",
            "location": {"@type": "Place", "name": event.place} if event.place else None,
            "url": f"{address}/events/{event.slug}.html",
            "organizer": {"@type": "Organization", "name": appeal.name, "url": f"{address}/"},
        }
    )


def _holder(view: CampaignView) -> Record | None:
    """A charity that holds the money; nobody's private name goes to a search engine."""
    holder = view.appeal.held_by
    if holder is None or holder.kind != "charity" or not holder.name:
        return None
    return _said({"@type": "NGO", "name": holder.name, "url": holder.url})


def _moment(appeal: Campaign, day: Any, clock: str) -> str:
    """A day, or with its time a moment in the campaign's zone: ``2015-06-14T10:30:00+01:00``."""
    if not clock:
        return str(day.isoformat())
    return datetime.combine(day, time.fromisoformat(clock), zone(appeal.timezone)).isoformat()


def _said(record: Record) -> Record:
    """A record without what is not known."""
    return {key: value for key, value in record.items() if value}
