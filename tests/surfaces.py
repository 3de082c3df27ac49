"""The surfaces of a small appeal as text, rendered in this process: no Pelican is started, and no picture is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from campaign.core.figures.view import CampaignView
from campaign.loading.load import load_campaign
from campaign.loading.translations import CATALOGS
from campaign.plugin import SITE, equip, prepared
from campaign.rendering.cache import Cache
from campaign.rendering.outputs import share_cards
from campaign.rendering.site import Site
from campaign.rendering.styles import stylesheet
from campaign.rendering.theme import Given, colours, script
from campaign.rendering.update_page import UpdatePages
from campaign.rendering.write_page import write_page
from campaign.verifying.page_proof import PageProof
from campaign.verifying.voice import voice_of
from campaign.verifying.written_page import written_page

THEME = Path(__file__).resolve().parent.parent / "theme"
NOW = datetime(2024, 7, 1, tzinfo=UTC)
ADDRESS = "https://example.org/roof"
DRAWN = colours((THEME / "static/css/tokens.css").read_text("utf-8"))
SHEET, SCRIPT = Markup(stylesheet(THEME / "static/css")), Markup(script(THEME / "static/site.js"))


@dataclass(frozen=True)
class Surfaces:
    """What an appeal shows, and what proves it."""

    site: Site

    view: CampaignView
    proof: PageProof
    env: Environment
    context: Mapping[str, Any]
    updates: UpdatePages

    def page(self, place: str) -> str:
        """A page or the badge, by its place in the site."""
        folder, _, name = place.removesuffix(".html").rpartition("/")
        given: dict[str, Any] = {"output_file": place, "SITEURL": ".." if folder else "."}
        template = "archives.html" if place == "updates.html" else place
        if folder == "money":
            template = "money_year.html"
            given["of_year"] = next(of for of in self.view.earlier_statements if of.year == int(name))
        elif folder == "updates" and name in self.view.by_slug:
            return self.updates.written(self.updates.of(name))
        elif folder == "updates":
            template, given["period_num"] = "period_archives.html", (int(name),)
        elif folder == "events":
            template, given["page"] = "event.html", SimpleNamespace(slug=name)
        return self.env.get_template(template).render(self.context | given)

    def card(self, slug: str = "") -> Any:
        """The card of an update; of the campaign as it stands without one."""
        return self.context["cards"][slug]

    def entry(self, slug: str) -> str:
        """What the feed holds of an update."""
        of = self.view.by_slug[slug]
        return self.env.get_template("partials/feed_entry.html").render(self.context | {"update": of})

    def faults(self, place: str, old: str = "", new: str = "", count: int = -1) -> list[str]:
        """What the proof says of a page in which something was replaced."""
        text = self.page(place)
        assert old in text, old
        return list(self.proof.faults(place, written_page(text.replace(old, new, count))))


def surfaces(
    folder: Path, campaign: str, updates: Mapping[str, str], events: Mapping[str, str] | None = None
) -> Surfaces:
    """The surfaces of an appeal. updates: by day, what their fields say besides title and day, or with a title."""
    content = folder / "content"
    for name, text in (events or {}).items():
        (content / "events").mkdir(parents=True, exist_ok=True)
        (content / f"events/{name}.md").write_text(f"---\n{text}\n---\nCome along.\n", encoding="utf-8")
    (content / "updates").mkdir(parents=True, exist_ok=True)
    (content / "campaign.yaml").write_text(campaign, encoding="utf-8")
    for day, fields in updates.items():
        title = "" if "title:" in fields else "title: News\n"
        text = f"---\n{title}date: {day}\n{fields}\n---\nA few words.\n"
        (content / f"updates/{day}-news.md").write_text(text, encoding="utf-8")
    return surfaces_of(content)


def surfaces_of(content: Path, as_of: date | None = None, now: datetime = NOW) -> Surfaces:
    """The surfaces of content that is there, as it stood on a day."""
    loaded = load_campaign(content.parent, content, now=now, as_of=as_of)
    view = loaded.view
    site = prepared(loaded, content, THEME, Cache(None))
    env = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    context: dict[str, Any] = {"view": view, "address": ADDRESS, "FEED_ALL_ATOM": "feeds/updates.atom.xml"}
    equip(SimpleNamespace(settings={SITE: site, "THEME": str(THEME)}, env=env, context=context))
    given = Given(
        view=view,
        address=ADDRESS,
        root="/roof",
        stylesheet=SHEET,
        script=SCRIPT,
        colours=DRAWN,
        write=write_page(THEME / "static", loaded, site.words, ADDRESS) if view.is_written_to else None,
        cards=share_cards(env, view, DRAWN, site.pictures),
    )
    context |= {name: getattr(given, name) for name in Given.__dataclass_fields__}
    proof = PageProof(view, voice_of(view.appeal.region, CATALOGS), loaded.stories, ADDRESS)
    jinja = {"autoescape": True, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    more = {"SITEURL": "..", "FEED_ALL_ATOM": context["FEED_ALL_ATOM"]}
    updates = UpdatePages(site, given, more, theme=THEME, jinja=jinja, compiled=env.bytecode_cache)
    return Surfaces(site, view, proof, env, context, updates)
