"""Everything that a site's pages are made of, made before the first of them is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from campaign.core.reading.links import PicturePlace
from campaign.core.reading.problems import CampaignError, Problem
from campaign.loading.load import Loaded
from campaign.loading.pictures import Picture
from campaign.loading.translations import words

from . import schema_org
from .cache import Cache
from .filters import filters
from .no_break import unbroken
from .resized import Original
from .story_parts import part_filters
from .theme import digest


@dataclass(frozen=True)
class Site:
    """Everything that can fail for what a volunteer wrote, done before a file is written."""

    loaded: Loaded
    pictures: Mapping[PicturePlace, Picture]
    """The pictures that pages show or link to; none that only a draft shows."""
    published: Mapping[str, Original]
    """What each file of a picture is made from, by the file's address."""
    cache: Cache
    """Where slow work is kept from build to build."""
    words: NullTranslations
    """The theme's words in the campaign's language."""

    def unbroken(self, text: str) -> str:
        """A text or HTML whose figures and dates stay on one line."""
        region = self.loaded.view.appeal.region
        return unbroken(text, region.locale, region.currency)


def prepared(loaded: Loaded, content: Path, theme: Path, cache: Cache) -> Site:
    """The site of what was loaded, with every picture that it shows made.

    content: the folder whose pictures are read. theme: the folder whose catalogs are. Raises CampaignError
    (``picture``) with every picture that is broken.
    """
    pictures: dict[PicturePlace, Picture] = {}
    published: dict[str, Original] = {}
    problems: list[Problem] = []
    for place in sorted(loaded.pictures_shown | loaded.pictures_linked):
        try:
            original = Original(content / place, cache)
            picture = pictures[place] = original.picture
            addresses = picture.files if place in loaded.pictures_shown else (picture.widest,)
            original.make(addresses)
            published |= dict.fromkeys(addresses, original)
        except OSError:
            message = "this picture cannot be read to its end; put it here again"
            problems.append(Problem(str(loaded.folder / place), 1, "", message, "picture"))
    if problems:
        raise CampaignError(problems)
    return Site(loaded, pictures, published, cache, words(theme / "locale", loaded.view.appeal.locale))


def site_filters(site: Site, address: str) -> dict[str, Callable[..., Any]]:
    """Every filter that templates use, by name.

    address: where the site will be, ``https://example.org/roof``; empty for one that is opened from disk.
    """
    view = site.loaded.view
    return {
        **filters(view.appeal.region, site.words.gettext),
        **part_filters(site.pictures, site.loaded.stories, site.unbroken),
        "digest": digest,
        "unbroken": site.unbroken,
        "website": lambda view: schema_org.website(view, address),
        "posting": lambda update, card: schema_org.posting(view, update, address, card and f"{address}/{card.place}"),
        "occasion": lambda event: schema_org.occasion(view, event, address),
    }
