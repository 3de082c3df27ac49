"""The form as somebody meets it who knows neither git nor YAML: on a phone, by touch or by keyboard, in any light."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.serving import serving
from browser.test_pages import AXE, DARK, FORCED, LIGHT, LISTEN, OF_COLOUR, RUN_AXE
from campaign.rendering.script import own_names, tokens
from campaign.rendering.write_page import joined
from site_folder import ROOT
from surfaces import surfaces

PHONE, SMALLEST = {"width": 390, "height": 844}, {"width": 320, "height": 640}
EVIL = '<img src=x onerror="window.ran = 1"></script><script>window.ran = 1</script>'
CAMPAIGN = f"""\
name: 'A roof {EVIL}'
currency: GBP
goal: 50,000
repository: someone/roof
costs:
  - {{id: surgery, label: 'The operation {EVIL}', estimate: 40,000}}
sources:
  - {{id: justgiving, label: 'JustGiving {EVIL}'}}
  - {{id: bank, label: Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft}}
  - {{id: cash, label: Cash, records: receipts}}
  - {{id: tins, label: Tins paid in, records: receipts, counted_in: bank}}
  - {{id: abroad, label: GoFundMe, currency: USD}}
counters:
  - {{id: petition, label: 'signatures {EVIL}'}}
other_causes:
  - {{id: ward, label: 'The ward {EVIL}'}}
milestones:
  - {{raised: 50%, label: 'Half way {EVIL}'}}
  - {{id: accepted, label: 'Accepted {EVIL}'}}
matches:
  - {{id: mill, who: 'A mill {EVIL}', up_to: 500, from: 2024-02-01}}
""".replace("40,000}", '"40,000"}')
UPDATES = {
    "2024-02-01": f"title: 'Begun {EVIL}'\ntotals:\n  justgiving: 21,157.70\n  bank: about 3,000",
    "2024-03-01": """\
received:
  - {source: cash, amount: 20}
promised:
  - {id: gift, amount: 300, from: A friend}
counters:
  petition: more than 1,800""",
}
NAMELESS = """() => [...document.querySelectorAll("input, select, textarea, button, summary, a")]
  .filter((each) => each.getClientRects().length && !(each.labels?.length || each.textContent.trim() || each.ariaLabel))
  .map((each) => each.outerHTML)"""
SMALL = """() => [...document.querySelectorAll("input, select, textarea, button, summary, label.choice, label.plain")]
  .filter((each) => each.getClientRects().length && !["checkbox", "radio", "file"].includes(each.type))
  .map((each) => [each.outerHTML.slice(0, 90), each.getBoundingClientRect().height])
  .filter(([, height]) => height < 44)"""
WIDER = "() => document.documentElement.scrollWidth - innerWidth"
OPEN = """() => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const more of document.querySelectorAll(".rows + button")) more.click();
}"""
REACHED = """() => {
  const { name, textContent, type } = document.activeElement;
  return name || textContent.trim() || type || "";
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("form")
    roof = surfaces(folder, CAMPAIGN, UPDATES)
    (folder / "write.html").write_text(roof.page("write.html"), encoding="utf-8")
    with serving(folder) as root:
        yield root


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """The page on a phone that keeps no draft yet; nothing may be said, asked of anybody or run on it by itself."""
    handset = browser.new_context(viewport=PHONE, has_touch=True, reduced_motion="reduce")
    page, said = handset.new_page(), list[str]()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(f"asked for {request.url}"))
    page.add_init_script(LISTEN)
    page.clock.set_fixed_time("2024-07-01T12:00:00Z")
    page.goto(f"{site}/write.html")
    yield page
    assert page.evaluate("window.ran") is None
    handset.close()
    assert said == [f"asked for {site}/write.html"]


def outcome(page: Page) -> str:
    return page.locator(".outcome").inner_text()


def file(page: Page) -> str:
    return page.locator("pre code").text_content() or ""


def test_in_every_light_and_at_every_size_nothing_is_wrong_with_it(page: Page) -> None:
    page.evaluate(OPEN)
    page.locator("#f-totals\\.justgiving").fill("5k")
    page.locator("#f-story").tap()
    page.evaluate(AXE)
    for size in (PHONE, SMALLEST):
        page.set_viewport_size(size)
        assert page.evaluate(WIDER) <= 0
        assert page.evaluate(SMALL) == []
        for light, rules in ((LIGHT, None), (DARK, OF_COLOUR), (FORCED, OF_COLOUR)):
            page.emulate_media(**light)
            assert page.evaluate(RUN_AXE, rules) == []
    assert page.evaluate(NAMELESS) == []
    assert page.locator("h1").count() == 1
    ids = page.evaluate("() => [...document.querySelectorAll('[id]')].map((each) => each.id)")
    assert len(ids) == len(set(ids))


def test_each_figure_stands_beside_its_field_with_its_day_and_what_it_has_become(page: Page) -> None:
    expect(page.locator("[data-field='totals.justgiving'] .was")).to_have_text("£21,157.70 on 1 February 2024")
    page.locator("#f-totals\\.justgiving").fill("21,557.70")
    expect(page.locator("[data-field='totals.justgiving'] output")).to_have_text("£400 more")
    assert "about £24,500" in outcome(page)
    assert "49%" in outcome(page)
    page.locator("#f-totals\\.justgiving").fill("22,000")
    assert "Half way" in outcome(page)


def test_a_reason_is_asked_for_only_where_a_figure_fell_or_leapt(page: Page) -> None:
    total, fell = page.locator("#f-totals\\.justgiving"), page.locator("#f-correction\\.justgiving")
    expect(fell).to_be_hidden()
    total.press_sequentially("400")
    expect(fell).to_be_hidden()  # it may still grow
    total.press("Tab")
    expect(fell).to_be_visible()
    expect(page.locator("#f-correction\\.justgiving-wrong")).to_contain_text("not what was added")
    fell.fill("A gift: it went back.")
    assert 'correction: "A gift: it went back."' in file(page)
    total.fill("210,157.70")
    total.press("Tab")
    expect(fell).to_be_hidden()
    expect(page.locator("#f-jump")).to_be_visible()
    page.locator("#f-jump").fill("One cheque")
    assert "jump: One cheque" in file(page)
    assert "correction:" not in file(page)


def test_an_amount_shows_what_it_is_added_to_and_one_without_its_point_is_asked_about(page: Page) -> None:
    page.get_by_role("button", name="Add an amount").tap()
    into, amount = page.locator("#f-received\\.0\\.into"), page.locator("#f-received\\.0\\.amount")
    beside, right = page.locator("[data-field='received.0.into'] output"), page.locator("#f-right\\.cash")
    into.select_option("source:tins")
    expect(beside).to_have_text(re.compile("^Tins paid in: no figure yet. Is counted within Donau.* changes nothing"))
    into.select_option("source:cash")
    amount.fill("21240")
    expect(right).to_be_hidden()  # it may still grow
    assert "…" in outcome(page)
    amount.press("Tab")
    expect(beside).to_have_text("Cash: £20 on 1 March 2024; £21,240 more")
    expect(page.locator("#f-jump-wrong")).to_contain_text("Leaps from £20 to £21,260")
    amount.fill("212.40")
    amount.press("Tab")
    expect(page.locator("#f-right\\.cash-wrong")).to_have_text(
        "Goes from £20 to £232.40, more than 3 times as much; is it right?"
    )
    waits = page.locator(".outcome a")
    expect(waits).to_contain_text("waits until")
    assert waits.get_attribute("href") == "#f-right.cash"
    right.check()
    expect(page.locator("#f-right\\.cash-wrong")).to_be_hidden()
    assert "about £24,300" in outcome(page)
    amount.fill("213.40")
    expect(right).not_to_be_checked()  # what was said of one figure is not said of another
    assert "right" not in file(page)


def test_what_is_marked_is_seen_wherever_it_stands(page: Page) -> None:
    more = page.locator("summary", has_text="Date, promises")
    more.tap()
    day = page.locator("#f-as_of")
    day.fill("2024-08-01")
    day.blur()
    more.tap()
    expect(day).to_be_hidden()
    page.locator("#f-totals\\.bank").fill("3,100")
    expect(page.locator("#f-as_of-wrong")).to_be_visible()
    page.locator(".outcome a").tap()
    expect(day).to_be_focused()


def test_what_is_wrong_is_said_beside_the_field_and_heard_with_it(page: Page) -> None:
    total = page.locator("#f-totals\\.justgiving")
    total.fill("25k")
    total.press("Tab")
    wrong = page.locator("#f-totals\\.justgiving-wrong")
    expect(wrong).to_have_text("Expected an amount like 1,586 or 1,586.50, got '25k'; write 25,000 in full")
    assert total.get_attribute("aria-invalid") == "true"
    assert "f-totals.justgiving-wrong" in (total.get_attribute("aria-describedby") or "")
    total.fill("25,000")
    expect(wrong).to_be_hidden()


def test_the_file_is_what_a_careful_person_would_write(page: Page) -> None:
    page.locator("#f-title").fill("Walk #3: the result")
    page.locator("#f-story").fill("Forty of us walked.\n\ntotals: many")
    page.locator("#f-totals\\.bank").fill("about 3,500")
    page.locator("summary", has_text="Date, promises").tap()
    page.get_by_role("button", name="Add an amount").tap()
    page.locator("#f-received\\.0\\.amount").fill("842.30")
    page.locator("#f-received\\.0\\.into").select_option("source:cash")
    page.locator("#f-received\\.0\\.from").fill("Sponsored walk")
    page.locator("#f-promise\\.gift").select_option("kept")
    page.locator("#f-reached\\.accepted").check()
    page.locator("#f-counters\\.petition").fill("more than 2,000")
    assert page.locator("code").first.text_content() == "content/updates/2024-07-01-walk-3-the-result.md"
    assert file(page) == (
        '---\ntitle: "Walk #3: the result"\ndate: 2024-07-01\ntotals:\n  bank: about 3,500\n'
        "received:\n  - source: cash\n    amount: 842.30\n    from: Sponsored walk\nkept: [gift]\n"
        "counters:\n  petition: more than 2,000\nreached: [accepted]\n---\n"
        "Forty of us walked.\n\ntotals&#58; many\n"
    )


def test_an_event_is_written_in_the_same_way(page: Page) -> None:
    page.get_by_role("radio", name="An event").tap()
    page.locator("#f-title").fill("Buggy walk")
    page.locator("#f-when\\.day").fill("2024-08-14")
    page.locator("#f-when\\.time").fill("10:30")
    page.locator("#f-place").fill("The park")
    page.locator("#f-story").fill("Bring a drum.")
    expect(page.locator("#f-totals\\.bank")).to_be_hidden()
    assert outcome(page).split("\n") == ["Event", "Buggy walk", "When", "14 August 2024, 10:30", "Where", "The park"]
    assert page.locator("code").first.text_content() == "content/events/buggy-walk.md"
    assert file(page) == "---\ntitle: Buggy walk\ndate: 2024-08-14 10:30\nplace: The park\n---\nBring a drum.\n"


def test_each_update_can_be_corrected_at_its_file(page: Page) -> None:
    links = page.locator("section", has_text="Correct an update").locator("li a")
    there = "https://github.com/someone/roof/edit/main/content/updates"
    leading = [link.get_attribute("href") for link in links.all()]
    assert leading == [f"{there}/2024-03-01-news.md", f"{there}/2024-02-01-news.md"]


def test_no_name_of_the_script_is_one_of_the_browser(page: Page) -> None:
    names = own_names(tokens(joined(ROOT / "theme/static/write")))
    assert page.evaluate("(names) => names.filter((name) => Object.hasOwn(window, name))", list(names)) == []


def test_everything_is_reached_by_the_keyboard_in_the_order_of_the_screen(page: Page) -> None:
    page.locator("#f-title").focus()
    reached = []
    for _ in range(60):
        reached.append(page.evaluate(REACHED))
        page.keyboard.press("Tab")
    order = ["title", "story", "Bold", "totals.justgiving", "totals.bank", "rates.USD"]
    places = [reached.index(name) for name in order]
    assert places == sorted(places)
    assert any("Date, promises" in name for name in reached)


def test_the_story_is_shown_as_it_will_look_and_runs_nothing(page: Page) -> None:
    page.locator("#f-story").fill(f"**Bold** and [here](https://example.org)\n\n- {EVIL}\n- [x](javascript:alert(1))")
    page.locator("summary", has_text="How the story").tap()
    look = page.locator(".story")
    expect(look.locator("strong")).to_have_text("Bold")
    assert [link.get_attribute("href") for link in look.locator("a").all()] == ["https://example.org"]
    assert look.locator("img, script").count() == 0
    assert "&lt;img" in file(page)


def test_without_script_it_says_how_to_write_in_githubs_editor(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/write.html")
    link = page.get_by_role("link", name="Write in GitHub")
    assert link.get_attribute("href") == "https://github.com/someone/roof/new/main/content/updates"
    context.close()
