"""What a theme is given: the names that every template knows, every filter, and the theme's own style and colours."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from jinja2 import Environment
from jinja2.ext import i18n
from markupsafe import Markup

from campaign.core.figures.view import CampaignView, EventView, UpdateView
from campaign.core.reading.campaign import Campaign
from campaign.core.reading.links import PicturePlace
from campaign.core.reading.told import Story
from campaign.loading.pictures import Picture

from . import schema_org
from .filters import filters
from .frame_labels import frame_filters
from .no_break import unbroken
from .outputs import Card
from .story_parts import part_filters
from .write_page import WritePage

TEMPLATES = (
    *("index.html", "article.html", "page.html", "event.html", "events.html", "archives.html", "period_archives.html"),
    *(
        "money.html",
        "money_year.html",
        "account.html",
        "404.html",
        "editors.html",
        "poster.html",
        "poster-strips.html",
        "embed.html",
        "write.html",
        "badge.svg",
        "card.svg",
        "icon.svg",
        "robots.txt",
    ),
    "sitemap.xml",
)
"""What a site's files are written from."""
FROM_PELICAN = {
    "SITEURL": "the way from a page to the site's root, without a slash at its end; nothing may be linked without it",
    "FEED_ALL_ATOM": "the feed's place in the site",
    "output_file": "the page's own place in the site, as `updates/2015-08-26-half-way.html`",
    "page": "on an event's and a page's page alone: its `slug` finds it in `view.event_by_slug` or `view.page_by_slug`",
    "of_year": "on the page of an earlier year's statements alone: which of `view.earlier_statements`",
    "period_num": "on the page of a year alone: a tuple, of which the year is the first",
}
"""What the templates use of all that Pelican gives them."""


@dataclass(frozen=True, slots=True)
class Colours:
    """The theme's colours, by their names in ``tokens.css`` without the two hyphens: ``light["stock"]``."""

    light: Mapping[str, str]
    """On a screen in the light; a drawing, such as a card, the badge or the icon, has these."""
    dark: Mapping[str, str]
    """On a screen in the dark: those that are others there."""


@dataclass(frozen=True, slots=True)
class Given:
    """What every template is given by its name."""

    view: CampaignView
    """Everything about the campaign as of one day."""
    address: str
    """Where the site will be, without a slash at its end; empty for one that is opened from disk."""
    root: str
    """The path within that address, as ``/appeal``, for the one page that is shown at any depth; often empty."""
    stylesheet: Markup
    """The theme's style sheets as one."""
    script: Markup
    """The theme's script."""
    colours: Colours
    """The theme's colours, for what knows no style sheet."""
    write: WritePage | None
    """What the page to write on is made of besides its template; None where there is none."""
    cards: Mapping[str, Card]
    """What links are shown with: of the campaign under an empty name, of an update under its slug; none without
    ``address``, nor where the card's font lacks a letter."""


def missing_templates(folder: Path) -> tuple[str, ...]:
    """The names of the templates that ``folder`` lacks, in the order of ``TEMPLATES``.

    Pelican would take others of the same name from its own theme.
    """
    return tuple(name for name in TEMPLATES if not (folder / name).is_file())


def script(path: Path) -> str:
    """The theme's script without the lines that only explain it. Raises OSError where ``path`` cannot be read."""
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def colours(tokens: str) -> Colours:
    """The colours that ``tokens.css`` sets: first those of the light, then those of ``prefers-color-scheme: dark``."""
    light, _, rest = re.sub(r"/\*.*?\*/", "", tokens, flags=re.DOTALL).partition("(prefers-color-scheme: dark)")
    return Colours(_colours_in(light), _colours_in(rest.partition("@media")[0]))


def _colours_in(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-fA-F]{3,8})\s*[;}]", css))


def translate(env: Environment, words: NullTranslations) -> None:
    """Let an environment's templates say ``_("…")`` in a campaign's language; ``words``: the theme's in that."""
    env.add_extension(i18n)
    # The extension adds this method to the environment.
    env.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]

    @cache
    def alone(sentence: str) -> Markup:
        return Markup(words.gettext(sentence)) % {}

    def said(sentence: str, **values: object) -> Markup:
        """As the extension says it; a sentence in which nothing stands is made once."""
        return Markup(words.gettext(sentence)) % values if values else alone(sentence)

    env.globals["_"] = said


def theme_filters(
    appeal: Campaign,
    *,
    stories: Mapping[str, Story],
    pictures: Mapping[PicturePlace, Picture],
    words: NullTranslations,
    address: str,
) -> dict[str, Callable[..., Any]]:
    """Every filter besides Jinja's own, by the name that templates use.

    stories, pictures: by place, as ``pages/about.md`` and ``images/walk.jpg``. words: the theme's, in the campaign's
    language. address: as in ``Given``.
    """
    region = appeal.region

    def together(text: str) -> str:
        """A text or HTML whose figures and dates stay on one line."""
        return unbroken(text, region.locale, region.currency)

    @lru_cache(maxsize=8)  # every page has the same sheet and script, and data of its own
    def digest(text: str) -> str:
        """What a policy calls an inline style or script by: ``sha256-…``."""
        return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    def tables(html: str, name: str) -> Markup:
        """A story's HTML whose tables may be wider than a phone: each is scrolled to, by keyboard too, by its name."""
        opened = Markup('<div class="wide" role="group" aria-label="{}" tabindex="0"><table>').format(name)
        return Markup(html).replace(Markup("<table>"), opened).replace(Markup("</table>"), Markup("</table></div>"))

    def website(of: CampaignView) -> schema_org.Record:
        """What search engines read of the campaign."""
        return schema_org.website(of, address)

    def posting(update: UpdateView, card: Card | None) -> schema_org.Record:
        """What search engines read of an update; ``card`` is the one that it is shared with, or nothing."""
        return schema_org.posting(appeal, update, address, f"{address}/{card.place}" if card else "")

    def occasion(event: EventView) -> schema_org.Record | None:
        """What search engines read of an event; None while it has no day."""
        return schema_org.occasion(appeal, event, address)

    return (
        filters(region, words.gettext)
        | part_filters(pictures, stories, together)
        | frame_filters()
        | {
            "unbroken": together,
            "tables": tables,
            "digest": digest,
            "website": website,
            "posting": posting,
            "occasion": occasion,
        }
    )
