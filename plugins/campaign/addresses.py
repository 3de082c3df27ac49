"""Which files a site consists of, and which names are therefore taken."""

from __future__ import annotations

from collections.abc import Container, Iterable

from .core.view import CampaignView

PAGES = ("index.html", "updates.html", "money.html", "events.html", "404.html")
"""The pages every site has."""
FOLDERS = ("updates", "events", "images", "feeds", "theme")
DATA = "totals.json"
TAKEN = frozenset((*PAGES, *FOLDERS, DATA, "sitemap.xml"))
"""Names in the site's root that no plain page and no extra file may take."""
_OTHER = ("theme/icon.svg", "feeds/updates.atom.xml")
"""What a site holds besides its pages, its data, its pictures and the files of extra/."""


def pages_of(view: CampaignView) -> frozenset[str]:
    """Every page of a site, from its root."""
    return frozenset(
        (
            *PAGES,
            *(f"updates/{year}.html" for year, _ in view.years),
            *(f"updates/{update.slug}.html" for update in view.updates),
            *(f"events/{event.slug}.html" for event in view.events),
            *(f"{page.slug}.html" for page in view.pages),
        )
    )


def unexpected(files: Iterable[str], view: CampaignView, *others: Container[str]) -> list[str]:
    """Those of a site's files that its content does not ask for. others: the files of extra/, and of pictures."""
    expected: tuple[Container[str], ...] = (pages_of(view), (DATA, *_OTHER), *others)
    return [file for file in files if not any(file in asked_for for asked_for in expected)]
