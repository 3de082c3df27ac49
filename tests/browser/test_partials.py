"""Every partial by itself, in one page: none is forgotten, and each holds at any width, in any light."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

import partials
from browser.serving import serving
from browser.test_pages import AXE, DARK, LAYOUT, LIGHT, LISTEN, PHONE, WIDE

RUN_AXE = """async off => {
  const rules = Object.fromEntries(off.map(rule => [rule, { enabled: false }]));
  const found = await axe.run(document, { resultTypes: ["violations"], preload: false, rules });
  return found.violations.map(({ id, help, nodes }) =>
    `${id}: ${help}: ${nodes.map(node => `${node.target} ${node.failureSummary}`).join("; ")}`);
}"""
OF_WHOLE_PAGES = ["heading-order", "landmark-unique", "page-has-heading-one", "region"]
"""What is true of a page, and not of its parts one after another, some of them twice."""
EMPTY = """() => [...document.querySelectorAll("[data-example]")]
  .filter(one => one.getBoundingClientRect().height < 40 || !one.querySelector(":scope > :not(.by.wrap)"))
  .map(one => one.ariaLabel)"""

pytestmark = pytest.mark.xdist_group("partials")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("partials")
    (folder / "page.html").write_text(partials.page(folder), encoding="utf-8")
    with serving(folder) as root:
        yield f"{root}/page.html"


def test_every_partial_has_an_example_or_is_seen_within_one_that_has() -> None:
    there = {path.stem for path in (partials.THEME / "templates/partials").glob("*.html")}
    shown = {example.partial for example in partials.EXAMPLES}
    assert shown | partials.IN_OTHERS | partials.IN_THE_HEAD == there
    texts = {name: (partials.THEME / f"templates/partials/{name}.html").read_text("utf-8") for name in there}
    within, more = set(shown), True
    while more:
        used = {name for each in within for name in re.findall(r'"partials/(\w+)\.html"', texts[each])}
        more, within = bool(used - within), within | used
    assert within >= partials.IN_OTHERS


def test_each_part_of_the_theme_holds_on_a_phone_and_on_a_wide_screen_in_the_light_and_in_the_dark(
    page: Page, address: str
) -> None:
    said: list[str] = []
    page.add_init_script(LISTEN)
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("response", lambda response: said.append(response.url) if response.status >= 400 else None)
    page.goto(address)
    assert page.evaluate(EMPTY) == []
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.evaluate(AXE)
    found = {}
    # A colour is the same at both widths, and a name in both lights.
    for size, media in ((PHONE, LIGHT), (WIDE, DARK)):
        page.set_viewport_size(size)
        page.emulate_media(**media)
        if faults := page.evaluate(LAYOUT, 40) + page.evaluate(RUN_AXE, OF_WHOLE_PAGES):
            found[size["width"], media["color_scheme"]] = faults
    assert not found
    assert said == []
