"""Every kind of page of every site, as readers meet it: with a screen reader, a keyboard, a small phone, no script."""

from __future__ import annotations

import functools
import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from browser.conftest import Sites
from browser.fonts import SETS, families
from browser.sites import EVERY
from site_folder import ROOT

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RUN_AXE = """async rules => {
  const found = await axe.run(document, { resultTypes: ["violations"], ...(rules && { runOnly: rules }) });
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


@dataclass(frozen=True)
class Visit:
    """What was found on one page; each a list of faults, or by the circumstances they were found in."""

    axe: dict[tuple[object, ...], list[str]]
    layout: dict[tuple[object, ...], list[str]]
    nameless: list[str]
    small: list[str]
    text: str


@dataclass(frozen=True)
class Visited:
    """What was found on a site, and what its pages asked for and complained of as they were read."""

    pages: dict[str, Visit]
    asked: list[str]
    said: list[str]
    cookies: list[object]


@pytest.fixture(scope="session")
def visited(sites: Sites, browser: Browser) -> Callable[[str], Visited]:
    """A site by its name, each page of which is opened once for all that is asked of it."""
    return functools.cache(lambda name: _visit(sites, browser, name))


def _visit(sites: Sites, browser: Browser, name: str) -> Visited:
    address, asked, said = sites.address(name), [], []
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce")
    page = context.new_page()
    page.add_init_script(LISTEN)
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda gone: said.append(gone.url))
    page.on("response", lambda response: said.append(response.url) if response.status >= 400 else None)
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    kinds, found = sites.kinds(name), {}
    for place in dict.fromkeys([*kinds, *sites.pages(name)[:60]]):
        page.goto(f"{address}/{place}", wait_until="load")
        if place in kinds:
            text, nameless, small = (page.evaluate(asked_of_it) for asked_of_it in (SEEN, NAMELESS, SMALL_TARGETS))
        page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
        if place in kinds:
            page.evaluate("() => scrollTo(0, 0)")
            found[place] = Visit(_axe(page), _layout(page), nameless, small, "\n".join(text))
            page.set_viewport_size(PHONE)
    cookies = list(context.cookies())
    context.close()
    return Visited(found, asked, said, cookies)


def _axe(page: Page) -> dict[tuple[object, ...], list[str]]:
    found = {}
    page.evaluate(AXE)
    for size in (PHONE, WIDE):
        page.set_viewport_size(size)
        for rules, media in ((None, LIGHT), (OF_COLOUR, DARK), (OF_COLOUR, FORCED)):
            page.emulate_media(**media)
            if faults := page.evaluate(RUN_AXE, rules):
                found[size["width"], *media.values()] = faults
    page.emulate_media(**LIGHT)
    return found


LAYOUT = (ROOT / "tests/browser/layout.js").read_text(encoding="utf-8")
WRITTEN_IN = """([serif, sans]) => {
  document.documentElement.style.setProperty("--serif", `"${serif}"`);
  document.documentElement.style.setProperty("--sans", `"${sans}"`);
}"""
SHAPES = ((SMALLEST, "100%"), (PHONE, "200%"), ({"width": 900, "height": 800}, "100%"), (WIDE, "100%"), (WIDE, "200%"))


def _layout(page: Page) -> dict[tuple[object, ...], list[str]]:
    """It leaves the page with other fonts, other sizes and everything unfolded."""
    found = {}
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true })")
    for size, share in SHAPES:
        page.set_viewport_size(size)
        page.evaluate("share => { document.documentElement.style.fontSize = share }", share)
        for fonts, both in SETS.items():
            page.evaluate(WRITTEN_IN, both)
            if faults := page.evaluate(LAYOUT, 13 if (size, share) == (PHONE, "200%") else 40):
                found[size["width"], share, fonts] = faults
    return found


def faulty(visited: Visited, what: str) -> dict[str, object]:
    """The pages on which something was found."""
    assert visited.pages
    return {place: faults for place, visit in visited.pages.items() if (faults := getattr(visit, what))}


@each_site
def test_axe_finds_nothing_at_any_width_in_any_light(visited: Callable[[str], Visited], name: str) -> None:
    assert faulty(visited(name), "axe") == {}


NAMELESS = """() => [...document.querySelectorAll("progress, [role=img], img, svg:not([role=img] *)")]
  .filter(one => !(one.closest("[aria-hidden]") || one.getAttribute("alt") || one.ariaLabel
    || one.getAttribute("aria-labelledby")?.split(" ").map(id => document.getElementById(id)?.textContent).join("")))
  .map(one => one.outerHTML.slice(0, 200))"""


@each_site
def test_every_drawing_and_every_bar_has_a_name(visited: Callable[[str], Visited], name: str) -> None:
    """Axe does not see a progress bar without one."""
    assert faulty(visited(name), "nameless") == {}


@each_site
def test_nothing_comes_from_elsewhere_and_nothing_is_complained_of(
    sites: Sites, visited: Callable[[str], Visited], name: str
) -> None:
    site = visited(name)
    assert len(site.asked) > 1
    assert [url for url in site.asked if not url.startswith((f"{sites.address(name)}/", "data:"))] == []
    assert site.said == []
    assert site.cookies == []


SEEN = """() => document.body.innerText.split("\\n").map(line => line.trim()).filter(Boolean)"""


@each_site
def test_without_script_nothing_is_missing(
    sites: Sites, browser: Browser, visited: Callable[[str], Visited], name: str
) -> None:
    without = browser.new_context(java_script_enabled=False, viewport=PHONE)
    plain = without.new_page()
    for place in sites.kinds(name):
        plain.goto(f"{sites.address(name)}/{place}")
        scripted = visited(name).pages[place].text
        # innerText needs a script; the text of what is shown does not.
        for line in filter(None, map(str.strip, plain.locator("body").inner_text().split("\n"))):
            assert line in scripted, f"{place}: {line!r} is only there without script"
        shown = "\n".join(plain.locator("body").inner_text().split("\n"))
        missing = [text for text in plain.locator("main *:not(:has(*)):not(svg *)").all_text_contents() if text.strip()]
        hidden = set(plain.locator("[hidden], details:not([open]) > :not(summary) *, script").all_text_contents())
        for text in missing:
            line = " ".join(text.split())
            assert line in " ".join(shown.split()) or text in hidden or any(text in other for other in hidden), place
    without.close()


@each_site
def test_every_layout_holds_in_any_font_at_any_width_and_with_text_of_twice_the_size(
    visited: Callable[[str], Visited], name: str
) -> None:
    assert faulty(visited(name), "layout") == {}


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


@pytest.mark.parametrize(("size", "light"), [(PHONE, "light"), (WIDE, "dark")], ids=["phone", "wide-and-dark"])
@pytest.mark.parametrize("place", ["index.html", "money.html", "updates/2025-06-15-scaffolding-is-booked.html"])
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ("hall", "right-to-left")]
)
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
    assert faulty(visited(name), "small") == {}


NEWER = ("Unrecognized at-rule “@container”", "Property “container-type” doesn't exist.")
"""What the checker's idea of CSS lacks."""


@pytest.mark.xdist_group("checker")
def test_the_html_checker_has_no_complaint(sites: Sites) -> None:
    """It is started once for every page: starting is what takes it longest."""
    # By their addresses, so that a policy's 'self' is the site; the checker asks no private ones unless it is told to.
    java = ["java", "-Xss4m", "-XX:TieredStopAtLevel=1", "-Dnu.validator.servlet.allow-forbidden-hosts=true"]
    checker = [*java, "-jar", str(ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"), "--format", "json"]
    pages = [f"{sites.address(name)}/{place}" for name in EVERY for place in sites.kinds(name)]
    done = subprocess.run([*checker, "--exit-zero-always", *pages], capture_output=True, text=True, check=True)
    found = {(message["url"], message["message"]) for message in json.loads(done.stderr)["messages"]}
    assert {(page, said) for page, said in found if not said.endswith(NEWER)} == set()
