"""The page to write on, from the first letter to the live site: what is chosen, kept, sent, and said of it."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

import photo as photos
from browser.serving import serving
from browser.test_pages import AXE, OF_COLOUR, RUN_AXE
from browser.writing.github import (
    API,
    BAD_KEY,
    KEY,
    LIMIT,
    LOST,
    NOT_FOR_THIS_KEY,
    NOT_FOUND,
    OFFLINE,
    REPOSITORY,
    SERVER,
    STALE,
    GitHub,
    fault,
    refusal,
)
from browser.writing.stored import STORED
from surfaces import Surfaces, surfaces

CAMPAIGN = """name: A roof for Amy
summary: Amy needs a roof.
currency: GBP
locale: en_GB
timezone: Europe/London
goal: 50,000
repository: amys-mum/appeal
sources:
  - id: justgiving
    label: JustGiving
  - id: bank
    label: Bank
  - {id: cash, label: Cash, records: receipts}
other_causes:
  - {id: neonatal-unit, label: The neonatal unit}
promise:
  too_much: Another child gets it.
  too_little: It pays for a part.
  not_needed: Another child gets it.
"""
PAGE = "updates/2024-07-01-half-way-there.html"
PATH = "content/updates/2024-07-01-half-way-there.md"
BEFORE = {
    "2024-06-01": """title: The first
totals:
  justgiving: 21,157.70
promised:
  - {id: mill, amount: 10000, from: The mill}"""
}


@dataclass
class Visit:
    """An open page, the GitHub behind it, whether the site shows the new page, and what was asked of anybody else."""

    page: Page
    github: GitHub
    elsewhere: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    is_live: bool = False
    unanswered: set[Request] = field(default_factory=set)

    def status(self) -> str:
        return self.page.locator("#publish .state").inner_text()

    def says(self, words: str) -> None:
        expect(self.page.locator("#publish .state")).to_contain_text(words)

    def write(self, title: str = "Half way there", story: str = "Thank you.") -> None:
        self.page.locator("#f-title").fill(title)
        self.page.locator("#f-story").fill(story)

    def press(self) -> None:
        self.page.locator("#publish form button").click()

    def add(self, *files: bytes) -> None:
        chosen = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": data} for n, data in enumerate(files)]
        self.page.locator("#photos-chosen").set_input_files(chosen)
        expect(self.page.get_by_text("The photos are being made ready")).to_be_hidden()

    def comes_to(self, words: str) -> None:
        """Lets the page's own clock go on, at most for six minutes, until it says these words."""
        for _ in range(36):
            if words in self.status():
                return
            self.page.clock.run_for(10_000)
            self.page.wait_for_timeout(50)
            while self.unanswered:  # the page's clock stands still for them
                self.page.wait_for_timeout(10)
        self.says(words)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign with its content, and its page to write on."""
    folder = tmp_path_factory.mktemp("publishing")
    page = surfaces(folder, CAMPAIGN, BEFORE).page("write.html")
    (folder / "site").mkdir()
    (folder / "site/write.html").write_text(page, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with serving(folder / "site") as root:
        yield root


USUAL, SMALL = ({"width": 390, "height": 844}, {"width": 320, "height": 640})


@pytest.fixture(scope="module")
def handset(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=USUAL, color_scheme="light", has_touch=True, is_mobile=True)
    yield context
    context.close()


CLEAR = """() => {
  localStorage.clear();
  return new Promise(done => { indexedDB.deleteDatabase("writing").onsuccess = done; });
}"""


@pytest.fixture
def visit(handset: BrowserContext, address: str) -> Iterator[Visit]:
    opened = Visit(handset.new_page(), GitHub())
    enter(opened, address)
    yield opened
    opened.page.close()
    assert [line for line in opened.said if "Content Security Policy" in line or "Error" in line] == []
    assert opened.elsewhere == []
    # The next test begins with a phone that keeps nothing.
    cleared = handset.new_page()
    cleared.goto(f"{address}/empty.html")
    cleared.evaluate(CLEAR)
    cleared.close()


def enter(visit: Visit, address: str) -> None:
    page, github = visit.page, visit.github
    page.clock.install(time="2024-07-01T12:00:00Z")
    github.answer(page)
    page.on("console", lambda message: visit.said.append(message.text))
    page.on("pageerror", lambda error: visit.said.append(f"Error: {error}"))
    page.on("request", lambda asked: None if asked.url.startswith("blob:") else visit.unanswered.add(asked))
    for ends in ("requestfinished", "requestfailed"):
        page.on(ends, lambda asked: visit.unanswered.discard(asked))  # noqa: PLW0108 (Playwright marks what it calls)
    page.on(
        "request",
        lambda asked: None if asked.url.startswith((address, API, "blob:")) else visit.elsewhere.append(asked.url),
    )
    page.route(f"{address}/*/*", lambda route: route.fulfill(status=200 if visit.is_live else 404))
    page.goto(f"{address}/write.html")
    page.wait_for_selector("#publish")


def built(visit: Visit) -> Callable[[GitHub], None]:
    """Each look at the runs finds them one step further; at the end the page is there."""
    steps: list[Callable[[], None]] = [
        lambda: visit.github.run(1, "Build the site", "in_progress"),
        lambda: visit.github.run(1, "Build the site", "completed", "success"),
        lambda: (visit.github.run(2, "Put it live", "completed", "success"), setattr(visit, "is_live", True))[0],
    ]
    return lambda _: steps.pop(0)() if steps else None


def is_good(page: Page) -> None:
    """Whatever it says just now can be seen, read and heard, in the light and on a small phone in the dark."""
    page.evaluate(AXE)
    for size, light, rules in ((SMALL, "dark", None), (USUAL, "light", OF_COLOUR)):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=light)
        assert page.evaluate(RUN_AXE, rules) == [], light
        assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0


def test_an_update_with_a_photo_goes_from_the_button_to_the_site_in_one_commit(
    visit: Visit, address: str, folder: Path, tmp_path: Path
) -> None:
    page, github = visit.page, visit.github
    visit.write()
    page.locator("[id='f-totals.justgiving']").fill("25,057.70")
    visit.add(photos.photo(size=(1800, 2400), orientation=6))
    assert page.evaluate("document.activeElement.id") == "f-photos.0.alt", "the photo asks what it shows"
    page.locator("#f-key").fill(KEY)
    visit.press()
    visit.says("missing")
    wrong = page.locator("[id='f-photos.0.alt-wrong']")
    expect(wrong).to_contain_text("what it shows")
    page.get_by_label("What does this photo show?").fill("Forty people  in a park")
    expect(wrong).to_be_hidden()
    assert github.asked == [], "nothing is sent before everything is there"
    announced = page.locator("dl.outcome").inner_text()
    assert "£25,057" in announced and "50%" in announced
    is_good(page)

    github.on_look = built(visit)
    visit.press()
    visit.says("being checked")
    visit.comes_to("It is on the site.")
    expect(page.locator("#publish .became a")).to_have_attribute("href", f"{address}/{PAGE}")
    is_good(page)
    path, picture = github.files
    assert path == PATH
    assert re.fullmatch(r"content/images/photo-\w{8}\.jpg", picture)
    with Image.open(io.BytesIO(github.files[picture])) as made:
        assert made.size == (1500, 2000) and photos.shows_the_quarters(made)
    assert photos.what_is_in(github.files[picture]) <= photos.ALLOWED
    assert [commit["headline"] for commit in github.commits] == ["Half way there"]

    stored = page.evaluate(STORED)
    assert KEY not in stored and KEY not in page.content()
    assert page.locator("#f-key").input_value() == ""
    assert json.loads(stored)["kept"] == [[[]]], "what is published is no draft any more"
    expect(page.locator("#f-key")).to_be_hidden()
    assert page.locator("#f-title").input_value() == "", "the next one begins empty"

    shown = site_of(folder, github, tmp_path)
    assert "Forty people in a park" in shown.page(PAGE) and "Thank you." in shown.page(PAGE)
    assert "£25,057" in shown.page("index.html") and "50%" in shown.page("index.html")


@dataclass(frozen=True)
class Case:
    """Things that volunteers have to tell: what they fill in, the page this becomes, and words of another page then."""

    typed: dict[str, str]
    page: str
    elsewhere: str
    words: tuple[str, ...]


NEWS = "updates/2024-07-01-news.html"
CASES = {
    "a lower total with its reason, and a promise that was kept": Case(
        {
            "totals.justgiving": "20,407.70",
            "correction.justgiving": "A gift was made twice.",
            "totals.bank": "10,000",
            "promise.mill": "kept",
        },
        NEWS,
        "money.html",
        ("A gift was made twice.", "came in on"),
    ),
    "a total that leaps with its reason, cash that was counted, and money for another cause": Case(
        {
            "totals.justgiving": "21,200",
            "totals.bank": "30,000",
            "jump": "One cheque of a local business.",
            "received.0.amount": "842.30",
            "received.0.into": "source:cash",
            "received.0.from": "Cake sale",
            "received.1.amount": "1586",
            "received.1.into": "cause:neonatal-unit",
            "received.1.from": "Charity evening",
        },
        NEWS,
        "money.html",
        ("One cheque of a local business.", "Cake sale", "Charity evening"),
    ),
    "an event": Case(
        {"kind": "event", "when.day": "2024-08-10", "place": "The green"},
        "events/news.html",
        "events.html",
        ("News", "The green"),
    ),
}


def test_whatever_volunteers_tell_passes_the_check_and_shows_what_the_form_said(
    visit: Visit, folder: Path, tmp_path: Path
) -> None:
    page, github = visit.page, visit.github
    for number, (what, case) in enumerate(CASES.items()):
        visit.is_live = False
        github.files.clear()
        github.runs.clear()
        fill_in(page, case.typed)
        visit.write("News")
        announced = dict(
            zip(page.locator("dl dt").all_inner_texts(), page.locator("dl dd").all_inner_texts(), strict=True)
        )
        page.locator("#f-key").fill(KEY)
        github.on_look = built(visit)
        visit.press()
        visit.comes_to("It is on the site.")

        work = tmp_path / str(number)
        work.mkdir()
        shown = site_of(folder, github, work)
        assert [words for words in case.words if words not in shown.page(case.elsewhere)] == [], what
        if case.typed.get("kind") == "event":
            assert "The green" in shown.page(case.page) and "2024-08-10" in shown.page(case.page)
        else:
            raised = announced["Raised"].replace("about ", "")
            assert raised in shown.page("index.html") and raised in shown.page(case.page), what


def fill_in(page: Page, typed: dict[str, str]) -> None:
    """Fill in fields by their names, as somebody would: opening what is folded, adding rows, choosing from lists."""
    page.locator("[name=kind]").nth(int(typed.get("kind") == "event")).check(force=True)
    folded = page.locator("#write form details:not([open]) > summary:visible")
    while folded.count():
        folded.first.click()
    for _ in [name for name in typed if name.startswith("received.") and name.endswith(".amount")]:
        page.get_by_role("button", name="Add an amount").click()
    for name, value in typed.items():
        place = page.locator(f"[id='f-{name}']")
        if name == "kind":
            continue
        if place.evaluate("each => each.tagName") == "SELECT":
            place.select_option(value)
        else:
            place.fill(value)
            place.blur()  # a reason is asked for once its figure is typed to the end


def site_of(folder: Path, github: GitHub, work: Path) -> Surfaces:
    """The site after the commit: its content is checked, and its pages are made. Raises where the check refuses it."""
    shutil.copytree(folder / "content", work / "content")
    for path, data in github.files.items():
        (work / path).parent.mkdir(exist_ok=True)
        (work / path).write_bytes(data)
    return surfaces(work, CAMPAIGN, {})


REFUSALS: list[tuple[list[Any], str]] = [
    ([BAD_KEY], "does not know this key"),
    ([NOT_FOUND], "not for this project"),
    (["right", NOT_FOR_THIS_KEY], "not for this project"),
    (["right", STALE, "right", STALE], "publishing at this very moment"),
    (["right", fault("UNPROCESSABLE", "Changes must be made <b>through</b> a pull request.")], "made <b>through</b> a"),
    ([refusal(422, "Validation Failed")], "Validation Failed"),
    ([LIMIT], "asked too often"),
    ([OFFLINE], "no connection"),
    ([refusal(502, "Bad gateway")], "has a fault"),
    (["right", LOST], "no connection"),
]


def test_whatever_goes_wrong_is_said_in_words_and_one_tap_tries_again(visit: Visit) -> None:
    page, github = visit.page, visit.github
    visit.write()
    page.locator("#f-key").fill(KEY)
    for answers, words in REFUSALS:
        github.next = list(answers)
        visit.press()
        visit.says(words)
        expect(page.get_by_role("button", name="Try again")).to_be_enabled()
        assert KEY not in page.evaluate(STORED)
        assert page.locator("#publish b").count() == 0, "what GitHub says is text"
    is_good(page)
    page.locator("#f-key").press("End")
    page.locator("#f-key").press("Backspace")
    assert visit.status() == "", "what is changed is not what was refused"
    page.locator("#f-key").fill(KEY)
    github.on_look = built(visit)
    page.get_by_role("button", name="Publish now").click()
    visit.comes_to("It is on the site.")
    assert len(github.commits) == 1, "the one whose answer got lost"


def test_what_the_check_refuses_is_said_at_its_field_and_mended_in_the_same_file(visit: Visit) -> None:
    page, github = visit.page, visit.github
    visit.write()
    page.locator("#f-key").fill(KEY)
    note = {"annotation_level": "failure", "path": PATH, "title": "x"}
    of_title = {**note, "start_line": 2, "message": "title: <img src=x onerror=alert(1)>"}
    elsewhere = {**note, "path": "content/campaign.yaml", "start_line": 9, "message": "goal: <b>fell</b>"}
    github.on_look = lambda _: github.run(1, "Build the site", "completed", "failure", of_title, elsewhere)
    visit.press()
    visit.says("not published")
    expect(page.locator("#f-title-wrong")).to_have_text("Title: <img src=x onerror=alert(1)>")
    assert page.evaluate("document.activeElement.id") == "f-title"
    assert page.locator("#publish .problems li").all_inner_texts() == ["goal: <b>fell</b>"]
    is_good(page)
    expect(page.locator("#publish .became a")).to_have_attribute("href", f"{SERVER}/{REPOSITORY}/actions/runs/7/job/1")

    page.get_by_text("I have no key", exact=True).click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert github.files == {}, "what the check refuses keeps nobody else from publishing"

    # Where taking it back fails, the next attempt does it, even after the tab was closed, and under another name.
    page.locator("#f-story").fill("Thank you all.")
    github.next = ["right", "right", "right", "right", OFFLINE]
    visit.press()
    visit.says("not published")
    expect(page.locator("#publish form button")).to_be_enabled()
    assert list(github.files) == [PATH]
    page.reload()
    expect(page.get_by_text("You had sent this.")).to_be_visible()
    page.locator("#f-title").fill("Mended")
    page.locator("#f-key").fill(KEY)
    github.runs.clear()
    github.on_look = built(visit)
    visit.press()
    visit.comes_to("It is on the site.")
    assert list(github.files) == ["content/updates/2024-07-01-mended.md"]


def test_a_site_that_takes_its_time_is_no_failure_and_can_be_looked_at_again(visit: Visit) -> None:
    page, github = visit.page, visit.github
    visit.write()
    page.locator("#f-key").fill(KEY)
    visit.press()
    visit.says("sent")
    visit.comes_to("not on the site yet")
    expect(page.locator("#publish .became a")).to_have_attribute("href", f"{SERVER}/{REPOSITORY}/commit/{github.head}")
    visit.is_live = True
    page.get_by_role("button", name="Look again").click()
    visit.says("It is on the site.")
    assert len(github.commits) == 1


def test_nothing_that_was_typed_is_lost_with_a_tab(visit: Visit, handset: BrowserContext, address: str) -> None:
    page = visit.page
    page.get_by_role("radio", name="An event").tap()
    page.locator("#f-place").fill("The river")
    page.get_by_role("radio", name="An update").tap()
    visit.write("Begun", "A long story")
    page.locator("#f-key").fill(KEY)
    visit.add(photos.photo(), b"no photo", photos.photo())
    expect(page.get_by_text("One of the files is not a photo")).to_be_visible()
    page.get_by_label("What does this photo show?").first.fill("One")
    page.get_by_role("button", name="Leave this photo out").last.click()
    page.clock.run_for(1000)
    expect(page.get_by_text("Kept on this phone")).to_be_visible()
    assert KEY not in page.evaluate(STORED)
    page.close()

    visit.page = page = handset.new_page()
    enter(visit, address)
    expect(page.get_by_text("This is what you had begun.")).to_be_visible()
    assert page.locator("#f-story").input_value() == "A long story"
    assert page.locator("#f-place").input_value() == "The river"
    assert [place.input_value() for place in page.get_by_label("What does this photo show?").all()] == ["One"]
    assert page.locator("#f-key").input_value() == ""
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Throw this draft away").click()
    expect(page.locator("#f-title")).to_have_value("")
    expect(page.locator("ol.photos li")).to_have_count(0)
    assert json.loads(page.evaluate(STORED))["kept"] == [[[]]]
    assert visit.github.asked == []


def test_the_last_letter_before_a_tab_is_reloaded_is_kept_with_the_photos(visit: Visit) -> None:
    page = visit.page
    visit.add(photos.photo())
    page.clock.run_for(1000)
    expect(page.get_by_text("Kept on this phone")).to_be_visible()
    page.locator("#f-story").press_sequentially("Thank you!")
    page.reload()
    expect(page.get_by_text("This is what you had begun.")).to_be_visible()
    assert page.locator("#f-story").input_value() == "Thank you!"
    expect(page.locator("ol.photos li")).to_have_count(1)
    assert "Thank you!" in page.evaluate(STORED)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Throw this draft away").click()
    expect(page.locator("#f-story")).to_have_value("")
    page.reload()
    page.wait_for_selector("#publish")
    assert "Thank you!" not in page.evaluate(STORED)

    # Nothing was kept yet: the letter is the first of all.
    page.locator("#f-title").press_sequentially("A")
    page.reload()
    expect(page.locator("#f-title")).to_have_value("A")


def test_without_a_key_github_opens_filled_in_and_the_photos_go_first(visit: Visit) -> None:
    page = visit.page
    visit.write()
    page.get_by_text("I have no key", exact=True).click()
    link = page.get_by_role("link", name="Open GitHub")
    filled = parse_qs(urlsplit(link.get_attribute("href") or "").query)
    assert filled["filename"] == [PATH]
    assert filled["value"][0].startswith("---\ntitle: Half way there\ndate: 2024-07-01\n---\nThank you.\n")
    expect(page.get_by_role("button", name="Save the photos")).to_be_hidden()
    visit.add(photos.photo())
    expect(page.get_by_role("link", name="Upload the photos")).to_have_attribute(
        "href", f"{SERVER}/{REPOSITORY}/upload/main/content/images"
    )
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the photos").click()
    assert saved.value.suggested_filename.startswith("photo-")
    link.click()
    expect(page.locator("[id='f-photos.0.alt-wrong']")).to_be_visible()
    assert len(page.context.pages) == 1, "GitHub does not open before everything is there"

    page.locator("#f-story").fill("ö" * 3000)
    expect(page.get_by_role("button", name="Copy the text")).to_be_visible()
    assert "value=" not in (link.get_attribute("href") or "")
    assert visit.github.asked == []
