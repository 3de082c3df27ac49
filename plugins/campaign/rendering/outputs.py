"""Every file of a site that is neither page nor picture: data, badge, calendar, cards, what search engines read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from html import unescape
from typing import Any

from jinja2 import Environment

from campaign.core.figures.view import CampaignView, Snapshot
from campaign.loading.site_paths import BADGE, CALENDAR, DATA, ROBOTS, SCHEMA, SITEMAP, TABLE

from .cache import Cache
from .totals_csv import totals_csv
from .totals_json import SCHEMA_FILE, totals_json

_TEXT = re.compile(r"<(?:text|tspan)[^>]*>([^<]*)")


@dataclass(frozen=True, slots=True)
class Card:
    """What a link is shown with: its file's place in the site, what it says, and its drawing."""

    place: str
    """Its file, from the site's root."""
    alt: str
    """What it says, for those who cannot see it."""
    svg: str
    """Its drawing; what is published is a PNG."""


def share_cards(env: Environment, view: CampaignView, colours: object) -> Mapping[str, Card]:
    """The card of the campaign as it stands, under ``""``, and as it stood after each update, by slug.

    One that cannot be written in the card's font is left out. colours: the theme's, as its templates take them.
    """
    appeal = view.appeal
    wanted = {"": (view.now, appeal.name if view.headline != appeal.name else "", view.headline)}
    wanted |= {update.slug: (update.stood, appeal.name, update.title) for update in view.updates}
    cards = {slug: _card(env, colours, *card) for slug, card in wanted.items()}
    return {slug: card for slug, card in cards.items() if card}


def _card(env: Environment, colours: object, stood: Snapshot, above: str, headline: str) -> Card | None:
    from .share_cards import NAMES, can_write, fitted

    svg = env.get_template("card.svg").render(
        colours=colours, stood=stood, above=fitted(above, NAMES) if above else None, headline=fitted(headline)
    )
    if not can_write(unescape("".join(_TEXT.findall(svg)))):
        return None
    name = hashlib.sha256(svg.encode()).hexdigest()[:16]
    says = env.get_template("partials/wording.html").module
    has_figure = bool(stood.raised or not stood.ending)
    parts = [says.raised_of(stood)] if has_figure else []  # type: ignore[attr-defined]
    said = (part.striptags() for part in (*parts, says.beside(stood)))  # type: ignore[attr-defined]
    return Card(f"cards/{name}.png", " ".join(filter(None, (headline, *said))), svg)


def files(
    env: Environment, context: Mapping[str, Any], view: CampaignView, address: str, kept: Cache
) -> Iterator[tuple[str, bytes]]:
    """Each file's place and what it holds. address: of the public site; empty while writing, when there are fewer."""

    def rendered(name: str) -> bytes:
        return env.get_template(name).render(context).strip().encode() + b"\n"

    yield DATA, totals_json(view, address).encode()
    yield SCHEMA, SCHEMA_FILE.read_bytes()
    yield TABLE, totals_csv(view).encode()
    yield BADGE, rendered(BADGE)
    if not address:
        return
    from .share_cards import drawn_by, png

    yield ROBOTS, rendered(ROBOTS)
    if not view.appeal.example:
        yield SITEMAP, rendered(SITEMAP)
    if view.dated_events:
        from .calendar_file import calendar

        yield CALENDAR, calendar(view, address)
    for card in context["cards"].values():
        yield card.place, kept.once("card", (card.svg, *drawn_by()), partial(png, card.svg))
