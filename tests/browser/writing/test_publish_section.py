"""The photos and the publishing of the page, beside a form of two fields: what is chosen, kept, sent, and said."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

import photo as photos
from browser.serving import serving
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
from site_folder import ROOT

POLICY = (
    f"default-src 'none'; script-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; connect-src 'self' {API}; "
    "base-uri 'none'; form-action 'none'"
)
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ policy }}"><title>A form of two fields</title></head>
<body><main><h1>Write</h1>
<label>Title <input id="title"></label><p id="of-title"></p>
<label>Story <textarea id="story"></textarea></label>
{% include "partials/write_photos.html" %}{% include "partials/write_publish.html" %}</main>
<script type="module">
import { mount } from "./publish.js";
const [title, story] = [document.getElementById("title"), document.getElementById("story")];
const listeners = [];
for (const place of [title, story]) place.addEventListener("input", () => listeners.forEach(tell => tell()));
const form = {
  project: { repository: "REPOSITORY", branch: "main", server: "SERVER", content: "content" },
  written: () => ({
    path: `content/updates/2026-11-22-${title.value.toLowerCase().replaceAll(" ", "-")}.md`,
    text: `---\\ntitle: ${title.value}\\n---\\n${story.value}\\n`
      + album.photos().map(({ name, alt }) => `![${alt}](images/${name})\\n`).join(""),
    title: title.value, author: "Mum", address: new URL("updates/new.html", location).href,
    problems: title.value ? [] : ["title"] }),
  show_problem: (line, message) => {
    if (line === 2) document.getElementById("of-title").textContent = message;
    return line === 2;
  },
  changed: listener => listeners.push(listener),
  fields: () => ({ title: title.value, story: story.value }),
  fill: fields => { title.value = fields.title; story.value = fields.story; },
};
const album = mount(form);
window.isMounted = true;
</script></body></html>"""


@dataclass
class Visit:
    """An open page, the GitHub behind it, whether the site shows the new page, and what was asked of anybody else."""

    page: Page
    github: GitHub
    elsewhere: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    is_live: bool = False

    def status(self) -> str:
        return self.page.locator(".outcome .state").inner_text()

    def says(self, words: str) -> None:
        expect(self.page.locator(".outcome .state")).to_contain_text(words)

    def write(self, title: str = "Half way there", story: str = "Thank you.") -> None:
        self.page.get_by_label("Title").fill(title)
        self.page.get_by_label("Story").fill(story)

    def press(self) -> None:
        self.page.locator(".with-key button").click()

    def add(self, *files: bytes) -> None:
        chosen = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": data} for n, data in enumerate(files)]
        self.page.locator("#photos-chosen").set_input_files(chosen)
        expect(self.page.locator("#photos .state")).not_to_contain_text("being made ready")

    def comes_to(self, words: str) -> None:
        """Lets the page's own clock go on, at most for six minutes, until it says these words."""
        for _ in range(36):
            if words in self.status():
                return
            self.page.clock.run_for(10_000)
            self.page.wait_for_timeout(50)
        self.says(words)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("publish")
    for module in (ROOT / "theme/static/write").glob("*.js"):
        shutil.copy(module, folder)
    templates = Environment(
        loader=FileSystemLoader(ROOT / "theme/templates"), extensions=["jinja2.ext.i18n"], autoescape=True
    )
    templates.install_null_translations()
    made = templates.from_string(PAGE).render(policy=POLICY).replace("REPOSITORY", REPOSITORY).replace("SERVER", SERVER)
    (folder / "write.html").write_text(made, encoding="utf-8")
    with serving(folder) as root:
        yield root


@pytest.fixture(scope="module")
def handset(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    yield context
    context.close()


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
    cleared.evaluate("() => new Promise(done => indexedDB.deleteDatabase('writing').onsuccess = done)")
    cleared.close()


def enter(visit: Visit, address: str) -> None:
    page, github = visit.page, visit.github
    page.clock.install()
    github.answer(page)
    page.on("console", lambda message: visit.said.append(message.text))
    page.on("pageerror", lambda error: visit.said.append(f"Error: {error}"))
    page.on(
        "request",
        lambda asked: None if asked.url.startswith((address, API, "blob:")) else visit.elsewhere.append(asked.url),
    )
    page.route(f"{address}/updates/new.html*", lambda route: route.fulfill(status=200 if visit.is_live else 404))
    page.goto(f"{address}/write.html")
    page.wait_for_function("window.isMounted")


def built(visit: Visit) -> Callable[[GitHub], None]:
    """Each look at the runs finds them one step further; at the end the page is there."""
    steps: list[Callable[[], None]] = [
        lambda: visit.github.run(1, "Build the site", "in_progress"),
        lambda: visit.github.run(1, "Build the site", "completed", "success"),
        lambda: (visit.github.run(2, "Put it live", "completed", "success"), setattr(visit, "is_live", True))[0],
    ]
    return lambda _: steps.pop(0)() if steps else None


def test_an_update_with_a_photo_goes_from_the_button_to_the_site_in_one_commit(visit: Visit, address: str) -> None:
    page, github = visit.page, visit.github
    visit.write()
    visit.add(photos.photo(size=(400, 300), orientation=6))
    assert page.evaluate("document.activeElement.closest('#photos li') !== null"), "the photo asks what it shows"
    page.get_by_label("Key").fill(KEY)
    visit.press()
    visit.says("missing")
    expect(page.locator("#photos .problem")).to_have_text("Say in a few words what this photo shows.")
    page.get_by_label("What does this photo show?").fill("Forty people  in a park")
    expect(page.locator("#photos .problem")).to_be_hidden()
    assert github.asked == [], "nothing is sent before everything is there"

    github.on_look = built(visit)
    visit.press()
    visit.says("being checked")
    visit.comes_to("It is on the site.")
    expect(page.locator(".leads a")).to_have_attribute("href", f"{address}/updates/new.html")
    path, picture = github.files
    assert re.fullmatch(r"content/images/photo-\w{8}\.jpg", picture)
    assert github.files[path].decode().endswith(f"![Forty people in a park]({picture.removeprefix('content/')})\n")
    with Image.open(io.BytesIO(github.files[picture])) as made:
        assert made.size == (400, 300) and photos.shows_the_quarters(made)
    assert photos.what_is_in(github.files[picture]) <= photos.ALLOWED
    assert github.commits == [{"headline": "Half way there", "body": "Mum"}]

    stored = page.evaluate(STORED)
    assert KEY not in stored and KEY not in page.content()
    assert page.locator("input[type=password]").input_value() == ""
    assert json.loads(stored)["kept"] == [[[]]], "what is published is no draft any more"
    expect(page.get_by_label("Key")).to_be_hidden()


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
    page.get_by_label("Key").fill(KEY)
    for answers, words in REFUSALS:
        github.next = list(answers)
        visit.press()
        visit.says(words)
        expect(page.get_by_role("button", name="Try again")).to_be_enabled()
        assert KEY not in page.evaluate(STORED)
        assert page.locator(".outcome b").count() == 0, "what GitHub says is text"
    github.on_look = built(visit)
    visit.press()
    visit.comes_to("It is on the site.")
    assert len(github.commits) == 1, "the one whose answer got lost"


def test_what_the_check_refuses_is_said_at_its_field_and_mended_in_the_same_file(visit: Visit) -> None:
    page, github = visit.page, visit.github
    visit.write("Half <b>way</b>")
    page.get_by_label("Key").fill(KEY)
    path = "content/updates/2026-11-22-half-<b>way</b>.md"
    note = {"annotation_level": "failure", "path": path, "title": "x"}
    of_title = {**note, "start_line": 2, "message": "title: <img src=x onerror=alert(1)>"}
    of_figures = {**note, "start_line": 9, "message": "totals: fell"}
    github.on_look = lambda _: github.run(1, "Build the site", "completed", "failure", of_title, of_figures)
    visit.press()
    visit.says("not published")
    expect(page.locator("#of-title")).to_have_text("title: <img src=x onerror=alert(1)>")
    assert page.locator(".problems li").all_inner_texts() == ["totals: fell"]
    expect(page.locator(".leads a")).to_have_attribute("href", f"{SERVER}/{REPOSITORY}/actions/runs/7/job/1")

    # Even in another tab, days later, and under another name.
    expect(page.locator(".draft")).to_contain_text("Kept on this phone")
    page.reload()
    page.wait_for_function("window.isMounted")
    expect(page.get_by_label("Title")).to_have_value("Half <b>way</b>")
    page.get_by_label("Title").fill("Mended")
    page.get_by_label("Key").fill(KEY)
    github.runs.clear()
    github.on_look = built(visit)
    visit.press()
    visit.says("checked")
    visit.comes_to("It is on the site.")
    assert list(github.files) == ["content/updates/2026-11-22-mended.md"]


def test_a_site_that_takes_its_time_is_no_failure_and_can_be_looked_at_again(visit: Visit) -> None:
    page, github = visit.page, visit.github
    visit.write()
    page.get_by_label("Key").fill(KEY)
    visit.press()
    visit.says("sent")
    visit.comes_to("not on the site yet")
    expect(page.locator(".leads a")).to_have_attribute("href", f"{SERVER}/{REPOSITORY}/commit/{github.head}")
    visit.is_live = True
    page.get_by_role("button", name="Look again").click()
    visit.says("It is on the site.")
    assert len(github.commits) == 1


def test_nothing_that_was_typed_is_lost_with_a_tab(visit: Visit, handset: BrowserContext, address: str) -> None:
    page = visit.page
    visit.write("Begun", "A long story")
    visit.add(photos.photo(), b"no photo", photos.photo())
    expect(page.locator("#photos .state")).to_contain_text("is not a photo")
    page.get_by_label("What does this photo show?").first.fill("One")
    page.get_by_role("button", name="Leave this photo out").last.click()
    page.clock.run_for(1000)
    expect(page.locator(".draft")).to_contain_text("Kept on this phone")
    page.close()

    visit.page = page = handset.new_page()
    enter(visit, address)
    expect(page.locator(".draft")).to_have_text("This is what you had begun.")
    assert page.get_by_label("Story").input_value() == "A long story"
    assert [place.input_value() for place in page.get_by_label("What does this photo show?").all()] == ["One"]
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Throw this draft away").click()
    page.wait_for_function("document.getElementById('title').value === ''")
    assert visit.github.asked == []


def test_without_a_key_github_opens_filled_in_and_the_photos_go_first(visit: Visit) -> None:
    page = visit.page
    visit.write()
    page.get_by_text("I have no key", exact=True).click()
    link = page.get_by_role("link", name="Open GitHub")
    assert link.get_attribute("href") == (
        f"{SERVER}/{REPOSITORY}/new/main?filename=content%2Fupdates%2F2026-11-22-half-way-there.md"
        "&value=---%0Atitle%3A%20Half%20way%20there%0A---%0AThank%20you.%0A"
    )
    expect(page.get_by_role("button", name="Save the photos")).to_be_hidden()
    visit.add(photos.photo())
    page.clock.run_for(1000)
    expect(page.get_by_role("link", name="Upload the photos")).to_have_attribute(
        "href", f"{SERVER}/{REPOSITORY}/upload/main/content/images"
    )
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the photos").click()
    assert saved.value.suggested_filename.startswith("photo-")

    page.get_by_label("Story").fill("ö" * 3000)
    page.clock.run_for(1000)
    expect(page.get_by_role("button", name="Copy the text")).to_be_visible()
    assert "value=" not in link.get_attribute("href")
    assert visit.github.asked == []
