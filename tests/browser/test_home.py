"""The home page: its weight, what the script adds, and what paper gets."""

from __future__ import annotations

import gzip
import html
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import Sites
from browser.fonts import SETS
from browser.test_pages import WRITTEN_IN
from site_folder import ROOT
from surfaces import surfaces_of


def weight(sites: Sites, name: str) -> int:
    """Bytes of HTML with its style, as they travel."""
    return len(gzip.compress((sites.output(name) / "index.html").read_bytes(), 9))


@pytest.mark.xdist_group("eighty-updates")
def test_the_first_view_is_one_flight_and_does_not_grow_with_the_updates(sites: Sites) -> None:
    few, lots = weight(sites, "twenty-updates"), weight(sites, "eighty-updates")
    assert few <= 14_000
    assert lots <= 14_000
    # Both charts have their most steps or fewer; between 20 and 40 of them lie a few hundred bytes, then no more.
    assert lots - few < 1_000
    assert weight(sites, "hall") <= 14_000


def test_the_home_page_that_is_shipped_is_short_on_a_phone(page: Page, tmp_path: Path) -> None:
    shipped = surfaces_of(ROOT / "content", as_of=date(2015, 9, 1))
    (tmp_path / "images").mkdir()
    for address, original in shipped.site.published.items():
        (tmp_path / address).write_bytes(original.written(address))
    (tmp_path / "index.html").write_text(shipped.page("index.html"), encoding="utf-8")
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto((tmp_path / "index.html").as_uri())
    for name in ("android", "palatino"):
        page.evaluate(WRITTEN_IN, SETS[name])
        assert page.evaluate("() => document.documentElement.scrollHeight") <= 3600, name


def on(browser: Browser, moment: str) -> Page:
    page = browser.new_context(viewport={"width": 360, "height": 640}, timezone_id="Pacific/Auckland").new_page()
    page.clock.set_fixed_time(datetime.fromisoformat(moment).replace(tzinfo=UTC))
    return page


@pytest.mark.xdist_group("live")
def test_the_script_says_how_far_off_a_day_is_and_how_old_a_figure(sites: Sites, browser: Browser) -> None:
    page = on(browser, "2024-06-20T12:00")  # already the 21st where this reader is, the 20th where the appeal is
    page.goto(f"{sites.address('live')}/index.html")
    expect(page.locator(".need")).to_contain_text("still needed by 30\u00a0June\u00a02024 (in 10 days)")
    expect(page.locator(".asof")).to_contain_text("Figure of 1\u00a0March\u00a02024 (3 months ago)")
    page.context.close()


@pytest.mark.xdist_group("live")
@pytest.mark.parametrize(
    ("moment", "says"), [("2024-06-29T12:00", "(tomorrow)"), ("2024-06-30T12:00", "(today)"), ("2024-07-01T12:00", "")]
)
def test_no_day_is_ever_fewer_than_none_away(sites: Sites, browser: Browser, moment: str, says: str) -> None:
    page = on(browser, moment)
    page.goto(f"{sites.address('live')}/index.html")
    expect(page.locator(".asof [data-age]")).not_to_be_empty()  # the script has said what it has to say
    assert page.locator(".need [data-left]").inner_text().strip() == says
    assert not re.search(r"-\d|\bin 0\b|\b0 days", page.locator("main").inner_text())
    page.context.close()


@pytest.mark.xdist_group("hall")
def test_a_page_of_a_past_day_says_nothing_of_today(sites: Sites, page: Page) -> None:
    page.goto(f"{sites.address('hall')}/index.html")
    assert page.locator("[data-left], [data-age]").count() == 0


@pytest.mark.xdist_group("live")
def test_the_address_is_copied_and_said_so(sites: Sites, browser: Browser) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{sites.address('live')}/index.html")
    page.get_by_role("button", name="Copy its address").click()
    expect(page.get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate("() => navigator.clipboard.readText()") == f"{sites.address('live')}/"
    context.close()


@pytest.mark.xdist_group("live")
def test_the_phones_own_sheet_is_offered_where_there_is_one(sites: Sites, page: Page) -> None:
    page.add_init_script("navigator.share = async data => { window.shared = data }")
    page.goto(f"{sites.address('live')}/updates/2024-03-01-news.html")
    page.get_by_role("button", name="Share this page").click()
    assert page.evaluate("() => window.shared.url") == f"{sites.address('live')}/updates/2024-03-01-news.html"


LETTERS = """() => new Set([...document.body.querySelectorAll("*")].filter((each) =>
  !["SCRIPT", "STYLE"].includes(each.tagName) && each.getClientRects().length &&
  [...each.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())
).map(getComputedStyle).map((of) => [of.fontFamily, of.fontWeight, of.fontStyle, of.fontSize].join())).size"""


@pytest.mark.xdist_group("live")
def test_few_kinds_of_letters_stand_between_a_page_and_its_first_paint(sites: Sites, page: Page) -> None:
    page.set_viewport_size({"width": 412, "height": 823})
    page.goto(f"{sites.address('live')}/index.html")
    # A browser asks its system for each face, and for each size of it, before it can set a line.
    assert page.evaluate(LETTERS) <= 12


@pytest.mark.xdist_group("live")
def test_the_script_is_small(sites: Sites, page: Page) -> None:
    page.goto(f"{sites.address('live')}/index.html")
    assert len(page.evaluate("() => document.scripts[document.scripts.length - 1].text")) <= 4096


@pytest.mark.xdist_group("live")
def test_the_sticky_bar_comes_when_the_button_has_gone_and_leaves_at_the_slip(sites: Sites, page: Page) -> None:
    page.goto(f"{sites.address('live')}/index.html")
    bar = page.locator(".hold")
    visible = "e => { const box = e.getBoundingClientRect(); return box.top < innerHeight && box.bottom > 0 }"
    assert not bar.evaluate(visible)
    expect(page.locator(".cover .give")).to_be_in_viewport(ratio=1)  # all four things are on the first screen
    page.evaluate("() => scrollTo(0, 1500)")
    expect(bar).to_be_in_viewport(ratio=1)
    page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    bar_box, slip = bar.bounding_box(), page.locator("#give").bounding_box()
    assert bar_box["y"] + bar_box["height"] <= slip["y"] + 1  # it lies above the slip, and over nothing


@pytest.mark.xdist_group("live")
@pytest.mark.parametrize(("size", "share"), [((320, 256), "100%"), ((360, 640), "200%"), ((640, 360), "100%")])
def test_the_sticky_bar_leaves_room_to_read(sites: Sites, page: Page, size: tuple[int, int], share: str) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{sites.address('live')}/index.html")
    page.evaluate("share => { document.documentElement.style.fontSize = share }", share)
    page.evaluate("() => scrollTo(0, document.querySelector('#h-frame').getBoundingClientRect().top)")
    covered = """element => {
      const box = element.getBoundingClientRect();
      return box.height && Math.max(0, innerHeight - box.top) / innerHeight;
    }"""
    assert page.locator(".hold").evaluate(covered) <= (0 if size[1] < 400 else 0.3)


GROUNDS = """() => [document.documentElement, document.querySelector(".embed")]
  .map(element => getComputedStyle(element).backgroundColor)"""
FRAMED = [
    pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ("hall", "surplus", "live", "euro", "yen")
]


@pytest.mark.parametrize("name", FRAMED)
def test_the_card_for_other_sites_fits_and_fills_the_frame_that_is_pasted(sites: Sites, page: Page, name: str) -> None:
    pasted = html.unescape((sites.output(name) / "editors.html").read_text("utf-8"))
    width, height = map(int, re.search(r'<iframe [^>]*width="(\d+)" height="(\d+)"', pasted).groups())
    page.goto(f"{sites.address(name)}/embed.html")
    for wide in (width, 600):
        page.set_viewport_size({"width": wide, "height": height})
        for families in SETS.values():
            page.evaluate(WRITTEN_IN, families)
            assert page.evaluate("() => document.scrollingElement.scrollHeight") <= height, families
            assert len(set(page.evaluate(GROUNDS))) == 1


@pytest.mark.xdist_group("live")
def test_paper_is_a4_and_keeps_its_colours(sites: Sites, page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(f"{sites.address('live')}/index.html")
    colours = (
        "() => ['--progress', '--ink', '--paper'].map(name => getComputedStyle(document.body).getPropertyValue(name))"
    )
    assert page.evaluate(colours) == ["#0a5a69", "#10262e", "#fff"]
    sheets = page.pdf(prefer_css_page_size=True, print_background=True)
    assert set(re.findall(rb"/MediaBox \[0 0 (\d+)[.\d]* (\d+)[.\d]*\]", sheets)) <= {
        (b"594", b"841"),
        (b"595", b"842"),
        (b"595", b"841"),
    }


@pytest.mark.xdist_group("live")
def test_on_paper_there_is_nothing_to_press_and_a_poster_is_one_sheet(sites: Sites, page: Page) -> None:
    for place in ("poster.html", "poster.html#black", "poster-strips.html"):
        page.goto("about:blank")
        page.goto(f"{sites.address('live')}/{place}")
        sheets = page.pdf(format="A4", prefer_css_page_size=True, print_background=True)
        assert len(re.findall(rb"/Type\s*/Page\b", sheets)) == 1, place
    page.goto(f"{sites.address('live')}/index.html")
    page.emulate_media(media="print")
    for gone in (".hold", ".cover .give", ".actions", "nav"):
        for element in page.locator(gone).all():
            expect(element).to_be_hidden()
    for there in (page.locator(".figure").first, page.locator(".share .by")):
        expect(there).to_be_visible()


@pytest.mark.xdist_group("right-to-left")
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_with_large_text_a_narrow_ruler_stands_where_lines_begin(sites: Sites, page: Page, direction: str) -> None:
    page.goto(f"{sites.address('right-to-left')}/index.html")
    ruler, door = page.evaluate(
        """direction => {
          document.documentElement.dir = direction;
          document.documentElement.style.fontSize = "400%";
          const box = of => document.querySelector(of).getBoundingClientRect();
          return [box(".door > svg .post"), box(".door")].map(of => [of.left, of.right]);
        }""",
        direction,
    )
    edge = 0 if direction == "ltr" else 1
    assert ruler[edge] == pytest.approx(door[edge], abs=2)
    assert ruler[1] - ruler[0] == pytest.approx(3 * 0.4 * 64, abs=2)
    expect(page.locator(".door > svg")).to_be_visible()
