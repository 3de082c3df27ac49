"""An update's page is a function of one value, and of nothing else; equal values have one key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader

from campaign.core.figures.view import SharedView, UpdateView
from campaign.core.reading.links import PicturePlace, page_place
from campaign.core.reading.told import Story
from campaign.loading.digest import Digests
from campaign.loading.pictures import Picture

from .outputs import Card
from .parts_once import parts_once
from .site import Site
from .story_parts import part_filters
from .theme import Given, theme_filters, translate

TEMPLATE = "article.html"
_EVERYWHERE = ("address", "root", "stylesheet", "script", "colours")
"""What ``Given`` has for every page alike."""


@dataclass(frozen=True, slots=True)
class UpdatePage:
    """All that an update's page is made of, besides the theme and the code."""

    view: SharedView
    update: UpdateView
    story: Story
    pictures: Mapping[PicturePlace, Picture]
    """Those that it shows or links to, by place."""
    pages: frozenset[str]
    """The files that it links to and that have a page."""
    cards: Mapping[str, Card]
    """Its own, under its slug; none where it has none."""
    everywhere: tuple[tuple[str, object], ...]
    """What is the same on every page of the site, by the name that templates use."""

    @property
    def place(self) -> str:
        """Its file, from the site's root."""
        return f"updates/{self.update.slug}.html"


class UpdatePages:
    """The pages of a site's updates. Their templates see no more than an UpdatePage: whatever else they name fails."""

    def __init__(
        self,
        site: Site,
        given: Given,
        more: Mapping[str, object],
        *,
        theme: Path,
        jinja: Mapping[str, Any],
        compiled: BytecodeCache | None = None,
        made_by: str = "",
    ) -> None:
        """more: what Pelican gives each of them alike, by name. theme: its folder. jinja: Pelican's setting.

        made_by: a hash of the code and the theme, see ``fingerprint``.
        """
        view = site.loaded.view
        self._site, self._cards, self._shared = site, given.cards, view.shared
        self._everywhere = (*((name, getattr(given, name)) for name in _EVERYWHERE), *sorted(more.items()))
        self._made_by, self._digests = made_by, Digests()
        self._digests.keep(self._everywhere)
        self.env = Environment(  # noqa: S701 (it escapes as the settings say, and a build holds them to it)
            loader=FileSystemLoader(theme / "templates"), auto_reload=False, bytecode_cache=compiled, **jinja
        )
        translate(self.env, site.words)
        self.env.filters.update(
            theme_filters(self._shared.appeal, stories={}, pictures={}, words=site.words, address=given.address)
        )
        self.env.globals["once"] = parts_once(self.env)

    def of(self, slug: str) -> UpdatePage:
        """What an update's page is made of."""
        loaded, update = self._site.loaded, self._site.loaded.view.by_slug[slug]
        story = loaded.stories[f"updates/{slug}.md"]
        links = list(story.links)
        # Each once, in an order of their own: a mapping's order is part of a key.
        named = dict.fromkeys(
            (update.image, *(shown.place for shown in story.shown), *(link.picture for link in links))
        )
        linked = {page_place(link.address) for link in links}
        return UpdatePage(
            view=self._shared,
            update=update,
            story=story,
            pictures={place: self._site.pictures[place] for place in named if place},
            pages=frozenset(page for page in linked if page and page in loaded.stories),
            cards={slug: self._cards[slug]} if slug in self._cards else {},
            everywhere=self._everywhere,
        )

    def key(self, page: UpdatePage) -> str:
        """Equal for pages that are written alike: of every value that the template is given, the code and the theme."""
        parts = (self._made_by, *((field.name, getattr(page, field.name)) for field in fields(page)))
        return self._digests.of(parts).hex()

    def written(self, page: UpdatePage) -> str:
        """The page."""
        self.env.filters.update(
            part_filters(page.pictures, {page.place.replace(".html", ".md"): page.story}, self._together, page.pages)
        )
        return self.env.get_template(TEMPLATE).render(
            dict(page.everywhere),
            view=page.view,
            update=page.update,
            cards=page.cards,
            output_file=page.place,
        )

    def _together(self, text: str) -> str:
        unbroken: str = self.env.filters["unbroken"](text)
        return unbroken
