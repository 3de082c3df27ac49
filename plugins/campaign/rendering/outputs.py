"""Every file of a site that is neither page nor picture: data, badge, calendar, cards, what search engines read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from jinja2 import Environment

from campaign.core.figures.view import CampaignView, Snapshot
from campaign.core.reading.links import PicturePlace
from campaign.loading.pictures import Picture
from campaign.loading.site_paths import BADGE, CALENDAR, DATA, ROBOTS, SCHEMA, SITEMAP, TABLE

from .card_photo import HEIGHT, LINE, MEASURE, Photo, photo
from .resized import Original
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
    """Its drawing; what is published is a PNG, or a JPEG where a photo stands in it."""
    photo: Photo | None = None
    """The photo in it; None without one."""


def share_cards(
    env: Environment, view: CampaignView, colours: object, pictures: Mapping[PicturePlace, Picture]
) -> Mapping[str, Card]:
    """The card of the campaign as it stands, under ``""``, and as it stood after each update, by slug.

    One that cannot be written in the card's font is left out. colours: the theme's, as its templates take them.
    pictures: as they are published; an update's stands in its card, and the campaign's where it has none.
    """
    appeal = view.appeal
    wanted = {"": (view.now, appeal.name if view.headline != appeal.name else "", view.headline, appeal.image)}
    wanted |= {
        update.slug: (update.stood, appeal.name, update.title, update.image or appeal.image) for update in view.updates
    }
    cards = {
        slug: _card(env, colours, stood, above, headline, pictures[image] if image else None)
        for slug, (stood, above, headline, image) in wanted.items()
    }
    return {slug: card for slug, card in cards.items() if card}


def _card(
    env: Environment, colours: object, stood: Snapshot, above: str, headline: str, picture: Picture | None
) -> Card | None:
    from .lettering import can_write, length
    from .share_cards import NAMES, NARROW, ROOM, SHAPES, fits, fitted, lower

    says = env.get_template("partials/wording.html").module
    beside = says.beside(stood).striptags()  # type: ignore[attr-defined]
    foot = MEASURE if stood.measure else HEIGHT
    beside_it = photo(picture, foot) if picture else None
    if picture and beside_it and length(beside, 28) > beside_it.room:
        foot = LINE
        beside_it = photo(picture, foot)
    room, shapes = (beside_it.room, NARROW) if beside_it else (ROOM, SHAPES)
    svg = env.get_template("card.svg").render(
        colours=colours,
        stood=stood,
        above=fitted(above, NAMES, room) if above else None,
        headline=fitted(headline, lower(shapes) if beside else shapes, room),
        photo=beside_it,
        foot=foot,
        room=room,
        fits=fits,
        length=length,
    )
    if not can_write(unescape("".join(_TEXT.findall(svg)))):
        return None
    name = hashlib.sha256(svg.encode()).hexdigest()[:16]
    has_figure = bool(stood.raised or not stood.ending)
    parts = [says.raised_of(stood).striptags()] if has_figure else []  # type: ignore[attr-defined]
    alt = " ".join(filter(None, (headline, *parts, beside)))
    return Card(f"cards/{name}.{'jpg' if beside_it else 'png'}", alt, svg, beside_it)


def drawn(card: Card, published: Mapping[str, Original]) -> bytes:
    """The file of a card. published: what the file of a picture is made from, by its address. Raises CannotDraw."""
    from .share_cards import jpeg, png

    if card.photo:
        return jpeg(card.svg, card.photo, published[card.photo.address].written(card.photo.address))
    return png(card.svg)


def files(
    env: Environment, context: Mapping[str, Any], view: CampaignView, address: str
) -> Iterator[tuple[str, bytes]]:
    """Each file's place and what it holds. address: of the public site; empty while writing, when there are fewer."""

    def rendered(name: str) -> bytes:
        return env.get_template(name).render(context).strip().encode() + b"\n"

    yield DATA, totals_json(view, address)
    yield SCHEMA, SCHEMA_FILE.read_bytes()
    yield TABLE, totals_csv(view).encode()
    yield BADGE, rendered(BADGE)
    if not address:
        return
    yield ROBOTS, rendered(ROBOTS)
    if not view.appeal.example:
        yield SITEMAP, rendered(SITEMAP)
    if view.dated_events:
        from .calendar_file import calendar

        yield CALENDAR, calendar(view, address)
