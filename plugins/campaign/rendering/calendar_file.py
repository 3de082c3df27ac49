"""The events as a calendar that a phone can subscribe to."""

from __future__ import annotations

from datetime import UTC, datetime, time

from icalendar import Calendar, vText
from icalendar import Event as Entry

from campaign.core.figures.view import CampaignView, EventView
from campaign.core.reading.dates import zone


def calendar(view: CampaignView, address: str) -> bytes:
    """Every event with a date, as iCalendar (RFC 5545). address: of the public site, without a slash at its end."""
    file = Calendar()
    file.add("prodid", "-//campaign//events//")
    file.add("version", "2.0")
    file.add("x-wr-calname", vText(view.appeal.name))  # for names of its own the library escapes nothing
    for event in view.dated_events:
        file.add_component(_entry(view, event, address))
    return bytes(file.to_ical())


def _entry(view: CampaignView, event: EventView, address: str) -> Entry:
    entry, day = Entry(), event.day
    page = f"{address}/events/{event.slug}.html"
    entry.add("uid", page.partition("://")[2])
    entry.add("summary", event.title)
    if event.time and day:
        begin = datetime.combine(day, time.fromisoformat(event.time), zone(view.appeal.timezone))
        entry.add("dtstart", begin.astimezone(UTC))
    else:
        entry.add("dtstart", day)
    # When it was last vouched for: with the newest update, never by the clock of a build.
    vouched = view.updates[0].day if view.updates else view.day
    entry.add("dtstamp", datetime.combine(vouched, time(), UTC))
    entry.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    entry.add("url", page)
    if event.place:
        entry.add("location", event.place)
    if event.summary:
        entry.add("description", event.summary)
    return entry
