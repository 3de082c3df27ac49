"""Everything that a site's pages are made of, made before the first of them is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from gettext import NullTranslations
from pathlib import Path

from campaign.core.reading.links import PicturePlace
from campaign.core.reading.problems import CampaignError, Problem
from campaign.loading.load import Loaded
from campaign.loading.pictures import Picture
from campaign.loading.translations import words

from .cache import Cache
from .resized import Original


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
