"""Every kind of page of every site, as readers meet it: with a screen reader, a keyboard, a small phone, no script."""

from __future__ import annotations

import functools
import itertools
import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from browser.conftest import Sites
from browser.fonts import SETS, families
from browser.shapes import shapes
from browser.sites import EVERY, HOME, PHASES, SCRIPTED, SEEN_BY_AXE, WHOLE
from site_folder import ROOT

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RUN_AXE = """async rules => {
  const options = { resultTypes: ["violations"], preload: false };
  const found = await axe.run(document, { ...options, ...(rules && { runOnly: rules }) });
  return found.violations.map(({ id, help, nodes }) =>
    `${id}: ${help}: ${nodes.map(node => `${node.target} ${node.failureSummary}`).join("; ")}`);
}"""
OF_COLOUR = ["color-contrast", "link-in-text-block"]
"""Axe's rules that see colours; the others find the same in any light."""
LISTEN = """addEventListener("securitypolicyviolation", event =>
    console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`))"""
WIDE, PHONE, SMALLEST = ({"width": 1280, "height": 800}, {"width": 360, "height": 640}, {"width": 320, "height": 640})

LIGHT = {"color_scheme": "light", "forced_colors": "none"}
DARK = {"color_scheme": "dark", "forced_colors": "none"}
FORCED = {"color_scheme": "light", "forced_colors": "active"}

each_site = pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in EVERY])


Found = dict[tuple[object, ...], list[str]]
"""The faults found in each of the circumstances in which they were looked for."""


@dataclass(frozen=True)
class Visit:
    """What was found on one page."""

    axe: Found
    layout: Found
    nameless: list[str]
    small: list[str]
    text: str
    title: str
    told: dict[str, str]
    """What is told to messengers and search engines: its name and address, and the records of what it is about."""
    records: list[str]


@dataclass(frozen=True)
class Visited:
    """What was found on a site, and what its pages asked for and complained of as they were read."""

    pages: dict[str, Visit]
    asked: list[str]
    said: list[str]
    cookies: list[object]


@pytest.fixture(scope="session")
def visited(sites: Sites, phone: BrowserContext) -> Callable[[str], Visited]:
    """A site by its name, each page of which is opened once for all that is asked of it."""
    return functools.cache(lambda name: _visit(sites, phone, name, [_asked(name, page) for page in sites.kinds(name)]))


@dataclass(frozen=True)
class Asked:
    """Of one page: on what screen it is opened, how axe looks at it, and how it is laid out."""

    place: str
    screen: dict[str, int]
    looks: tuple[Look, ...]
    shapes: tuple[Shape, ...]


def _asked(name: str, place: str) -> Asked:
    is_usual = name == "hall" and place in USUAL
    return Asked(place, PHONE if is_usual else SMALLEST, looks_at(name, place), EVERY_SHAPE if is_usual else SHAPES)


def _visit(sites: Sites, phone: BrowserContext, name: str, asked_of: list[Asked]) -> Visited:
    """Open these pages of a site and look at each."""
    address, asked, said = sites.address(name), [], []
    page = phone.new_page()
    page.add_init_script(LISTEN)
    page.on("request", lambda request: asked.append(request.url))
    # What a page had not yet got when it was left is no fault of its own.
    page.on("requestfailed", lambda gone: said.append(gone.url) if gone.failure != "net::ERR_ABORTED" else None)
    page.on("response", lambda response: said.append(response.url) if response.status >= 400 else None)
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    found = {}
    for of in asked_of:
        _in_size(page, of.screen)
        page.goto(f"{address}/{of.place}", wait_until="load")
        text, nameless, small, *told = page.evaluate(AT_FIRST)
        axe = _axe(page, of.looks)
        found[of.place] = Visit(axe, _layout(page, of.shapes), nameless, small, "\n".join(text), *told)
    cookies = list(phone.cookies())
    page.close()
    return Visited(found, asked, said, cookies)


USUAL = ("index.html", "money.html", "updates/2025-05-04-may-fair.html")
"""The pages of ``hall`` that hold most, which are looked at in every light and laid out in every way."""
Look = tuple[dict[str, int], list[str] | None, dict[str, str]]
"""How axe looks at a page: the screen, the rules (none for all), and the light."""
LOOKS: tuple[Look, ...] = (
    (PHONE, None, LIGHT),
    (PHONE, OF_COLOUR, DARK),
    (PHONE, OF_COLOUR, FORCED),
    (WIDE, OF_COLOUR, FORCED),
    (WIDE, OF_COLOUR, DARK),
    (WIDE, None, LIGHT),
)


def looks_at(name: str, place: str) -> tuple[Look, ...]:
    """In the light and in the dark at each kind of page, and at what is made of anything else; at the usual in all.

    A light has the same colours on a wide screen: there the usual are looked at in the light alone.
    """
    if name == "hall" and place in USUAL:
        return (*LOOKS[:3], LOOKS[-1])
    is_seen = name in ("hall", "matched") or place in SEEN_BY_AXE.get(name, ())
    return ((SMALLEST, None, LIGHT), (WIDE, OF_COLOUR, DARK)) if is_seen else ()


def _in_size(page: Page, size: dict[str, int]) -> None:
    if page.viewport_size != size:
        page.set_viewport_size(size)


def _axe(page: Page, looks: tuple[Look, ...]) -> Found:
    found = {}
    if looks:
        page.evaluate(AXE)
    for size, rules, media in looks:
        _in_size(page, size)
        page.emulate_media(**media)
        found[size["width"], *media.values()] = page.evaluate(RUN_AXE, rules)
    return found


LAYOUT = (ROOT / "tests/browser/layout.js").read_text(encoding="utf-8")
WRITTEN_IN = """([serif, sans]) => {
  document.documentElement.style.setProperty("--serif", `"${serif}"`);
  document.documentElement.style.setProperty("--sans", `"${sans}"`);
}"""
Shape = tuple[dict[str, int], str, tuple[str, ...]]
"""In what a page is laid out: the screen, the size of text, and sets of fonts."""
MEDIUM = {"width": 900, "height": 800}
EVERY_SHAPE: tuple[Shape, ...] = tuple(
    (size, share, tuple(SETS))
    for size, share in ((WIDE, "100%"), (WIDE, "200%"), (MEDIUM, "100%"), (SMALLEST, "100%"), (PHONE, "200%"))
)
SHAPES: tuple[Shape, ...] = (
    (WIDE, "100%", ("android",)),
    (WIDE, "142%", ("palatino",)),
    (WIDE, "200%", ("narrow",)),
    (SMALLEST, "100%", ("wide",)),
    (SMALLEST, "178%", ("wide",)),
)
"""The same on two screens, as lines are measured in letters; each set once, the widest where there is least room."""


LAID_OUT = f"""shapes => {{
  const writeIn = {WRITTEN_IN};
  const faults = {LAYOUT.rstrip()};
  document.querySelectorAll("details").forEach(one => {{ one.open = true }});
  return shapes.map(([share, sets, longest]) => {{
    document.documentElement.style.fontSize = share;
    return Object.entries(sets).map(([name, both]) => {{ writeIn(both); return [share, name, faults(longest)]; }});
  }}).flat();
}}"""


def _layout(page: Page, shapes: tuple[Shape, ...]) -> Found:
    """It leaves the page with other fonts, other sizes and everything unfolded."""
    found = {}
    for size, each in itertools.groupby(shapes, key=itemgetter(0)):
        _in_size(page, size)
        asked = [
            [share, {name: SETS[name] for name in sets}, 13 if size["width"] < 2 * float(share.rstrip("%")) else 40]
            for _, share, sets in each
        ]
        for share, fonts, faults in page.evaluate(LAID_OUT, asked):
            found[size["width"], share, fonts] = faults
    return found


def faulty(found: dict[str, Found]) -> dict[tuple[object, ...], list[str]]:
    """The pages on which something was found, and in which circumstances."""
    return {(page, *where): faults for page, each in found.items() for where, faults in each.items() if faults}


def from_elsewhere(sites: Sites, name: str, site: Visited) -> list[str]:
    """What its pages asked anybody else for."""
    return [url for url in site.asked if not url.startswith((f"{sites.address(name)}/", "data:"))]


@pytest.mark.xdist_group("hall")
def test_of_each_kind_of_page_one_is_looked_at_in_every_way_and_the_home_page_in_each_phase(sites: Sites) -> None:
    """Which pages there are is asked of the theme, so that a new kind is looked at, too."""
    kinds = {
        *("404.html", "about.html", "editors.html", "embed.html", "events.html", "index.html", "money.html"),
        *("poster.html", "poster-strips.html", "updates.html", "updates/2025.html"),
    }
    made_of = {path.stem for path in (ROOT / "theme/templates").glob("*.html")} - {"base"}
    elsewhere = {"matched": "account.html", "eighty-updates": "money/2023.html"}
    for name, place in elsewhere.items():
        assert place in sites.kinds(name)
    # And an update and an event, of names of their own, and the page to write on, which has tests of its own.
    assert len(kinds | {*elsewhere.values()}) + 3 == len(made_of)
    for name in ("hall", "right-to-left"):
        there = set(sites.kinds(name))
        assert {place for place in there if "/" not in place or place.count("-") == 0} == kinds
        assert {place.split("/")[0] for place in there - kinds} == {"updates", "events"}
    assert set(USUAL) <= set(sites.kinds("hall"))
    for name in PHASES:
        assert [place.split("/")[0] for place in sites.kinds(name)][:2] == ["index.html", "updates"]


@pytest.mark.xdist_group("checker")
def test_whatever_a_page_of_any_site_is_made_of_axe_has_seen_in_the_light_and_in_the_dark(sites: Sites) -> None:
    """Else the page is one to be opened: tests/browser/sites.py says which are."""
    made_of = {(name, page): shapes(sites.output(name) / page) for name in EVERY for page in sites.pages(name)}
    seen = [made_of[name, page] for name in EVERY for page in sites.kinds(name) if looks_at(name, page)]
    assert {shape: page for page, found in made_of.items() for shape in found.difference(*seen)} == {}
    assert sum(map(len, seen)) > 1000


@each_site
def test_axe_finds_nothing_at_any_width_in_any_light(visited: Callable[[str], Visited], name: str) -> None:
    found = {page: visit.axe for page, visit in visited(name).pages.items()}
    assert faulty(found) == {}
    for page, looked in found.items():
        assert list(looked) == [(size["width"], *light.values()) for size, _, light in looks_at(name, page)]


NAMELESS = """() => [...document.querySelectorAll("progress, [role=img], img, svg:not([role=img] *)")]
  .filter(one => !(one.closest("[aria-hidden]") || one.getAttribute("alt") || one.ariaLabel
    || one.getAttribute("aria-labelledby")?.split(" ").map(id => document.getElementById(id)?.textContent).join("")))
  .map(one => one.outerHTML.slice(0, 200))"""


@pytest.mark.attack
@pytest.mark.parametrize("name", EVERY)
def test_every_kind_of_page_of_every_site_holds_in_every_way(sites: Sites, phone: BrowserContext, name: str) -> None:
    """Where the tests that always run ask less of pages that are made of what others are made of."""
    places = sites.pages(name) if name in WHOLE else {*sites.each(name), *sites.kinds(name)}
    site = _visit(sites, phone, name, [Asked(place, PHONE, LOOKS, EVERY_SHAPE) for place in sorted(places)])
    assert faulty({page: visit.axe for page, visit in site.pages.items()}) == {}
    assert faulty({page: visit.layout for page, visit in site.pages.items()}) == {}
    assert {
        page: visit.nameless + visit.small for page, visit in site.pages.items() if visit.nameless + visit.small
    } == {}
    assert from_elsewhere(sites, name, site) == []
    assert site.said == []


@each_site
def test_every_drawing_and_every_bar_has_a_name(visited: Callable[[str], Visited], name: str) -> None:
    """Axe does not see a progress bar without one."""
    assert {page: visit.nameless for page, visit in visited(name).pages.items() if visit.nameless} == {}


@each_site
def test_nothing_comes_from_elsewhere_and_nothing_is_complained_of(
    sites: Sites, visited: Callable[[str], Visited], name: str
) -> None:
    site = visited(name)
    assert {f"{sites.address(name)}/{place}" for place in sites.kinds(name)} <= set(site.asked)
    assert from_elsewhere(sites, name, site) == []
    assert site.said == []
    assert site.cookies == []


SEEN = """() => document.body.innerText.split("\\n").map(line => line.trim()).filter(Boolean)"""


@pytest.fixture(scope="session")
def without(browser: Browser) -> BrowserContext:
    """A phone that runs no script."""
    return browser.new_context(java_script_enabled=False, viewport=PHONE)


WITHOUT_SCRIPT = """() => {
  const texts = of => [...document.querySelectorAll(of)].map(element => element.textContent);
  const hidden = texts("[hidden], details:not([open]) > :not(summary) *, script");
  return [document.body.innerText, texts("main *:not(:has(*)):not(svg *)"), hidden];
}"""


@each_site
def test_what_search_engines_and_messengers_read_is_what_the_page_says(
    sites: Sites, visited: Callable[[str], Visited], name: str
) -> None:
    for place, visit in visited(name).pages.items():
        address = f"{sites.address(name)}/{place}".removesuffix("index.html")
        assert visit.told == {"title": visit.title, "address": address}
        for text in visit.records:
            record = json.loads(text)
            assert (record.get("headline") or record["name"]) in visit.text
            assert record["url"] == address
    if name not in HOME:
        assert any(visit.records for visit in visited(name).pages.values())


@pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in SCRIPTED])
def test_without_script_nothing_is_missing(
    sites: Sites, without: BrowserContext, visited: Callable[[str], Visited], name: str
) -> None:
    plain = without.new_page()
    for place in sites.kinds(name) if name in ("hall", "live-with-picture") else ["index.html"]:
        plain.goto(f"{sites.address(name)}/{place}")
        scripted = visited(name).pages[place].text
        shown, missing, hidden = plain.evaluate(WITHOUT_SCRIPT)
        assert shown.strip()
        for line in filter(None, map(str.strip, shown.split("\n"))):
            assert line in scripted, f"{place}: {line!r} is only there without script"
        flat = " ".join(shown.split())
        for text in filter(str.strip, missing):
            assert " ".join(text.split()) in flat or any(text in other for other in hidden), place
    plain.close()


@each_site
def test_every_layout_holds_in_any_font_at_any_width_and_with_text_of_twice_the_size(
    visited: Callable[[str], Visited], name: str
) -> None:
    found = {page: visit.layout for page, visit in visited(name).pages.items()}
    assert faulty(found) == {}
    for page, looked in found.items():
        laid_out = _asked(name, page).shapes
        assert list(looked) == [(size["width"], share, font) for size, share, fonts in laid_out for font in fonts]


def test_every_set_of_fonts_and_every_width_in_letters_is_tried_on_every_site() -> None:
    assert {fonts for _, _, each in SHAPES for fonts in each} == set(SETS)

    def letters(shapes: tuple[Shape, ...]) -> list[float]:
        return sorted({round(size["width"] / float(share.rstrip("%")), 1) for size, share, _ in shapes})

    assert letters(SHAPES) == letters(EVERY_SHAPE)


@pytest.mark.xdist_group("hall")
def test_the_fonts_are_the_tests_own(sites: Sites, page: Page) -> None:
    page.goto(f"{sites.address('hall')}/index.html")
    devtools = page.context.new_cdp_session(page)
    devtools.send("DOM.enable")
    devtools.send("CSS.enable")
    body = devtools.send("DOM.getDocument", {"depth": -1})["root"]["nodeId"]

    def used(selector: str) -> set[str]:
        node = devtools.send("DOM.querySelector", {"nodeId": body, "selector": selector})["nodeId"]
        return {font["familyName"] for font in devtools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]}

    assert (used("h1") | used(".asof")) <= set(families())
    for serif, sans in SETS.values():
        page.evaluate(WRITTEN_IN, (serif, sans))
        page.evaluate(LAYOUT, 40)
        assert (used("h1"), used(".asof")) == ({serif}, {sans})


FOCUS = (ROOT / "tests/browser/focus.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "size", "light"),
    [
        pytest.param("hall", PHONE, "light", marks=pytest.mark.xdist_group("hall")),
        pytest.param("right-to-left", WIDE, "dark", marks=pytest.mark.xdist_group("right-to-left")),
        pytest.param("hall", WIDE, "dark", marks=pytest.mark.attack),
        pytest.param("right-to-left", PHONE, "light", marks=pytest.mark.attack),
    ],
    ids=["phone", "right-to-left-wide-and-dark", "wide-and-dark", "right-to-left-phone"],
)
@pytest.mark.parametrize("place", ["index.html", "money.html", "updates/2025-06-15-scaffolding-is-booked.html"])
def test_from_top_to_bottom_by_keyboard_the_focus_is_always_seen(
    sites: Sites, page: Page, name: str, place: str, size: dict[str, int], light: str
) -> None:
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=light)
    page.goto(f"{sites.address(name)}/{place}")
    places = []
    while len(places) < 200:
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None or focus["place"] in places:
            break
        assert focus["outline"] >= 2, focus
        assert focus["inside"], focus
        assert focus["seen"], focus
        assert focus["contrast"] >= 3, focus
        places.append(focus["place"])
    assert len(places) > 10
    assert places == sorted(places)
    shown = page.locator("a[href]:visible, summary:visible, button:visible").count()
    assert len(places) >= shown - 1  # the skip link is seen only while it has the focus


SMALL_TARGETS = """() => [...document.querySelectorAll("a[href], button, summary")].filter(element => {
  const box = element.getBoundingClientRect(), style = getComputedStyle(element);
  if (!box.width || element.matches(".skip")) return false;
  // Within a sentence a link is as high as its line.
  const inText = style.display === "inline" && element.closest("p, li, dd, td, th, dt");
  return box.height < (inText ? 15 : 44);
}).map(element => `${element.outerHTML.slice(0, 140)} ${element.getBoundingClientRect().height}`)"""


@each_site
def test_what_is_pressed_is_large_enough_for_a_thumb(visited: Callable[[str], Visited], name: str) -> None:
    assert {page: visit.small for page, visit in visited(name).pages.items() if visit.small} == {}


TOLD = """() => ({
  title: document.querySelector('meta[property="og:title"]')?.content,
  address: document.querySelector("link[rel=canonical]")?.href,
})"""
RECORDS = """() => [...document.querySelectorAll('script[type="application/ld+json"]')].map(record => record.text)"""
_ASKED = (SEEN, NAMELESS, SMALL_TARGETS, "() => document.title", TOLD, RECORDS)
AT_FIRST = f"""async () => {{
  await new Promise(done => requestAnimationFrame(() => setTimeout(() => setTimeout(done))));
  const said = [{", ".join(f"({asked})()" for asked in _ASKED)}];
  scrollTo(0, document.body.scrollHeight);
  await new Promise(done => requestAnimationFrame(done));
  scrollTo(0, 0);
  return said;
}}"""
"""All that is asked of a page as it was opened, in one question, once its script has said how far off the days are.

Then the page is seen to its end, so that it loads what it loads late.
"""

NEWER = ("Unrecognized at-rule “@container”", "Property “container-type” doesn't exist.")
"""What the checker's idea of CSS lacks."""
NEWER_UNIT = "cqi"
"""A share of a container's width; the checker says only that it cannot read the line."""


@pytest.mark.xdist_group("checker")
def test_the_html_checker_has_no_complaint(sites: Sites) -> None:
    """It is started once for every page, and reads each style sheet once: starting and styles take it longest."""
    pages, styles = [], set()
    for name, place in ((site, page) for site in EVERY for page in sites.kinds(site)):
        text = (sites.output(name) / place).read_text(encoding="utf-8")
        (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
        path = sites.folder / "checked" / name / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(style, "") if style in styles else text, encoding="utf-8")
        styles.add(style)
        # By its address, so that a policy's 'self' is the site; the checker asks no private ones unless told to.
        pages.append(f"{sites.root}/checked/{name}/{place}")
    java = [
        "java",
        "-Xss4m",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Dnu.validator.servlet.allow-forbidden-hosts=true",
    ]
    checker = [*java, "-jar", str(ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"), "--format", "json"]
    done = subprocess.run([*checker, "--exit-zero-always", *pages], capture_output=True, text=True, check=True)
    found = {
        (message["url"], message["message"])
        for message in json.loads(done.stderr)["messages"]
        if not message["message"].endswith(NEWER) and NEWER_UNIT not in message.get("extract", "")
    }
    assert found == set()
    assert len(styles) < 3
