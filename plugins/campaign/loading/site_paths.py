"""Which files a site consists of, and which names are therefore taken."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from campaign.core.figures.view import CampaignView

PICTURES = "images"
"""The folder of pictures, in content and in the site."""
PAGES = (
    *("index.html", "updates.html", "money.html", "events.html", "404.html"),
    *("editors.html", "poster.html", "poster-strips.html", "embed.html"),
)
"""The pages every site has."""
ACCOUNT = "account.html"
"""The page of what became of the money, of an appeal that has ended and has told of payments."""
WRITE = "write.html"
"""The page to write on, where it is known in which project the files lie."""
FOLDERS = ("updates", "money", "events", "images", "feeds", "theme", "cards")
DATA, BADGE = "totals.json", "badge.svg"
SCHEMA, TABLE = "totals.schema.json", "totals.csv"
"""What the data may hold, and its history as a table."""
FEED, CALENDAR, SITEMAP, ROBOTS = "feeds/updates.atom.xml", "events.ics", "sitemap.xml", "robots.txt"
"""Those that hold whole addresses, so that only a site for the public has them."""
TAKEN = frozenset((*PAGES, ACCOUNT, WRITE, *FOLDERS, DATA, SCHEMA, TABLE, BADGE, CALENDAR, SITEMAP, ROBOTS))
"""Names in the site's root that no plain page and no extra file may take."""
CARD = re.compile(r"cards/[0-9a-f]{16}\.(?:png|jpg)")
"""A share card, named after what is drawn on it."""


def content_in_project(view: CampaignView) -> str:
    """The content folder's place in the project, as the files of updates tell it; ``content`` where none does."""
    return (view.updates[0].path.rpartition("/updates/")[0] if view.updates else "") or "content"


def statements_of(year: int) -> str:
    """The page of what was stated in a year that is no longer on the money page."""
    return f"money/{year}.html"


def pages_of(view: CampaignView) -> frozenset[str]:
    """Every page of a site, from its root."""
    return frozenset(
        (
            *PAGES,
            *((ACCOUNT,) if view.account else ()),
            *((WRITE,) if view.is_written_to else ()),
            *(f"updates/{year}.html" for year, _ in view.years),
            *(statements_of(of.year) for of in view.earlier_statements),
            *(f"updates/{update.slug}.html" for update in view.updates),
            *(f"events/{event.slug}.html" for event in view.events),
            *(f"{page.slug}.html" for page in view.pages),
        )
    )


def files_of(view: CampaignView, *, public: bool) -> frozenset[str]:
    """Every file that a site must hold besides its pictures and its share cards."""
    files = {*pages_of(view), DATA, SCHEMA, TABLE, BADGE}
    if public:
        files |= {FEED, ROBOTS}
        if view.dated_events:
            files.add(CALENDAR)
        if not view.appeal.example:  # search engines are asked to leave an example
            files.add(SITEMAP)
    return frozenset(files)


def unexpected(files: Iterable[str], *expected: Container[str]) -> list[str]:
    """Those of a site's files that its content does not ask for."""
    return [file for file in files if not any(file in asked_for for asked_for in expected)]
