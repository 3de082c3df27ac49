"""Every partial of the theme with examples of real appeals, in one page: to look at, and for the browser's test.

``python tests/partials.py page.html`` writes it; its pictures lie beside it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from campaign.loading.load import load_campaign
from campaign.plugin import SITE, equip, prepared
from campaign.rendering.cache import Cache
from campaign.rendering.styles import stylesheet
from campaign.rendering.theme import Colours, Given, colours, script
from photo import photo

ROOT = Path(__file__).resolve().parent.parent
THEME = ROOT / "theme"
NOW = datetime(2026, 5, 28, tzinfo=UTC)
IN_OTHERS = {
    *("closed", "growth_chart", "give_button", "page_links", "notice", "picture", "wording", "measure_ticks"),
    *("account", "bank_code", "upright_case", "measure_patterns", "measure_key"),
}
"""Partials that are seen within others."""
IN_THE_HEAD = {"head", "head_colours"}
"""What is seen on no page, and is in this one's head."""
FRAMES = dict.fromkeys(
    (
        "raised_of_goal",
        "small_card",
        "press_line",
        "measure",
        "matches",
        "still_needed",
        "update_list",
        "event_list",
        "feed_entry",
        "spending_table",
        "statements",
        "statement_years",
    ),
    "wrap",
)
FRAMES |= dict.fromkeys(("story", "update_figures"), "part read")
FRAMES |= {"small_card": "embed"}
"""What partials stand in that are no part of a page by themselves."""
OF_A_PAGE = {"address": "", "root": "", "SITEURL": ".", "FEED_ALL_ATOM": "feeds/updates.atom.xml", "here": ""}
OF_A_PAGE |= {"output_file": "index.html"}


@dataclass(frozen=True)
class Example:
    """A partial, and what it is shown with."""

    partial: str
    name: str
    """What is to be seen."""
    appeal: str = "village-hall"
    """The folder below tests/sites."""
    day: str = "2025-06-20"
    given: Mapping[str, Any] = field(default_factory=dict)
    """What the partial takes besides the view; a text that begins with ``view.`` is looked up."""


PUBLIC = {"here": "https://example.org/roof/", "address": "https://example.org/roof"}
BOOKED = 'view.by_slug["2025-06-15-scaffolding-is-booked"]'
EXAMPLES = (
    Example("masthead", "an appeal"),
    Example("masthead", "a past day of an appeal in Polish", "zloty", "2026-03-01"),
    Example("cover", "an appeal that asks"),
    Example("cover", "before the first figure", "village-hall", "2024-10-05"),
    Example("cover", "a long sum in zloty", "zloty", "2026-03-01"),
    Example("cover", "yen", "yen", "2025-12-01"),
    Example("cover", "a gift that grows", "matched", "2025-06-29"),
    Example("cover", "not needed any more", "remembered", "2026-05-01"),
    Example("cover", "stopped, in French", "stopped", "2026-05-01"),
    Example("who_for", "in the family's words", "matched", "2025-06-29"),
    Example("upright", "to be coloured in", given={"stood": "view.now"}),
    Example("upright", "beyond the goal", day="2026-05-01", given={"stood": "view.now"}),
    Example("small_card", "for other sites", given={"stood": "view.now", "is_shown": True}),
    Example("press_line", "the newest report", day="2026-05-01"),
    Example("matches", "on the cover", "matched", "2025-06-29"),
    Example("paid_for", "at the end", "matched", "2026-05-01"),
    Example("match_list", "what became of each", "matched", "2025-09-10"),
    Example("spending_table", "at the end", "matched", "2026-05-01", {"spending": "view.spending"}),
    Example("update_figures", "at the end", "matched", "2026-05-01", {"update": "view.updates[0]"}),
    Example("raised_of_goal", "a figure", given={"stood": "view.now"}),
    Example("raised_of_goal", "none yet", "empty", given={"stood": "view.now"}),
    Example("measure", "promised gifts and earlier goals", given={"stood": "view.now"}),
    Example("measure", "beyond the goal", day="2026-05-01", given={"stood": "view.now"}),
    Example("still_needed", "by a deadline, for a reason"),
    Example("still_needed", "closed", day="2026-05-01"),
    Example("door_frame", "promised gifts, who else pays, an earlier goal"),
    Example("door_frame", "in German", "euro", "2025-09-01"),
    Example("door_frame", "before the first figure", day="2024-10-05"),
    Example("door_frame", "beyond the goal", day="2026-03-01"),
    Example("door_frame", "ended", "stopped", "2026-05-01"),
    Example("update_list", "the newest", given={"updates": "view.updates[:3]", "heading": "h3"}),
    Example("event_list", "every kind", given={"events": "view.events", "heading": "h3"}),
    Example("statements", "a year", given={"statements": "view.newest_statements", "has_before": True}),
    Example("statement_years", "two of them", day="2026-05-01", given={"here": 2023}),
    Example("growth", "a chart"),
    Example("growth", "one figure", "minimal", "2025-05-02"),
    Example("treatment", "plans, the newest first"),
    Example("sources", "at the end, on the account", "dollars", "2026-05-01"),
    Example("promise", "who it is for, the promises, who holds it"),
    Example("press", "reports", day="2026-05-01"),
    Example("share", "with what is for others", given={"text": "A new roof", "for_others": True} | PUBLIC),
    Example("page_title", "a title", given={"title": "Every figure", "above": "15 June 2025", "said": False}),
    Example(
        "story",
        "words, a list and a table",
        given={
            "file": "updates/2025-06-15-scaffolding-is-booked.md",
            "image": "images/walk.jpg",
            "image_alt": "The bench in the sun",
        },
    ),
    Example("update_figures", "after an update", given={"update": BOOKED}),
    Example("update_figures", "before any figure", day="2024-10-05", given={"update": "view.updates[0]"}),
    Example("feed_entry", "in a feed", given={"update": BOOKED}),
    Example("ways_to_give", "open and closed"),
    Example("ways_to_give", "after the end", day="2026-05-01", given={"output_file": "money.html"}),
    Example("page_foot", "the foot"),
    Example("give_bar", "the bar at the foot of a phone"),
)


class Views:
    """Each appeal as of each day, loaded once, and what renders for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        """Where the pictures go."""
        self._made: dict[tuple[str, str], tuple[Environment, dict[str, Any]]] = {}

    def of(self, example: Example) -> tuple[Environment, dict[str, Any]]:
        key = example.appeal, example.day
        if key not in self._made:
            self._made[key] = self._make(*key)
        return self._made[key]

    def _make(self, appeal: str, day: str) -> tuple[Environment, dict[str, Any]]:
        content = self.folder / "content" / appeal
        for path in (ROOT / "tests/sites" / appeal).rglob("*.*"):
            copy = content / path.relative_to(ROOT / "tests/sites" / appeal)
            copy.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text(encoding="utf-8")
            if path.name == "campaign.yaml" and appeal == "village-hall":
                text += "\nimage: images/walk.jpg\nimage_alt: The bench in the sun\n"
            if path.name == "2025-06-15-scaffolding-is-booked.md":
                text = text.replace("---\n", "---\nimage: images/walk.jpg\nimage_alt: The bench\n", 1)
            copy.write_text(text, encoding="utf-8")
        if appeal == "village-hall":
            (content / "images").mkdir(exist_ok=True)
            (content / "images/walk.jpg").write_bytes(photo())
        loaded = load_campaign(self.folder, content, now=NOW, as_of=date.fromisoformat(day))
        site = prepared(loaded, content, THEME, Cache(None))
        for address, original in site.published.items():
            target = self.folder / address
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(original.written(address))
        env = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        context = {"view": loaded.view, "cards": {}} | OF_A_PAGE
        equip(SimpleNamespace(settings={SITE: site, "THEME": str(THEME)}, env=env, context=context))
        given = Given(
            view=loaded.view,
            address="",
            root="",
            stylesheet=Markup(stylesheet(THEME / "static/css")),
            script=Markup(script(THEME / "static/site.js")),
            colours=self._colours(),
            write=None,
            cards={},
        )
        return env, context | {name: getattr(given, name) for name in Given.__dataclass_fields__}

    def _colours(self) -> Colours:
        return colours((THEME / "static/css/tokens.css").read_text(encoding="utf-8"))


def rendered(views: Views) -> Iterator[tuple[Example, str]]:
    """Each example's HTML, its ids its own."""
    for number, example in enumerate(EXAMPLES):
        env, context = views.of(example)
        given = {
            name: env.compile_expression(value)(**context) if str(value).startswith("view.") else value
            for name, value in example.given.items()
        }
        html = env.get_template(f"partials/{example.partial}.html").render(context | given)
        if frame := FRAMES.get(example.partial):
            html = f'<div class="{frame}">{html}</div>'
        yield example, _apart(html, number)


def _apart(html: str, number: int) -> str:
    """HTML whose ids, and what points to them, stand nowhere else on the page."""
    html = re.sub(
        r'\b(id|aria-labelledby)="([^"]+)"', lambda found: f'{found[1]}="{_suffixed(found[2], number)}"', html
    )
    return re.sub(r'href="#([\w-]+)"', rf'href="#\1-{number}"', html)


def _suffixed(ids: str, number: int) -> str:
    return " ".join(f"{each}-{number}" if each not in ("hatch", "dots") else each for each in ids.split())


PAGE = """\
{% extends "base.html" %}
{% block title %}Every part of the theme{% endblock %}
{% block body %}<main id="main">{{ parts }}</main>{% endblock %}
"""


def page(folder: Path) -> str:
    """The page; the pictures that it shows are written into ``folder``."""
    views = Views(folder)
    parts = Markup().join(
        Markup('<article aria-label="{}: {}" data-example="{}"><p class="by wrap">{}: {}</p>{}</article>\n').format(
            *(example.partial, example.name, example.partial, example.partial, example.name), Markup(html)
        )
        for example, html in rendered(views)
    )
    env, context = views.of(EXAMPLES[0])
    return env.from_string(PAGE).render(context | {"parts": parts, "output_file": "index.html"})


if __name__ == "__main__":
    place = Path(sys.argv[1])
    place.write_text(page(place.resolve().parent), encoding="utf-8")
