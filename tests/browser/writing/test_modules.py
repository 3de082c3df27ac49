"""What the page's modules do, each on an empty page: photos made ready, drafts kept, files published and followed."""

from __future__ import annotations

import base64
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page

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
    SECOND_LIMIT,
    SERVER,
    SLOW,
    STALE,
    GitHub,
    fault,
    git_name,
    refusal,
)
from browser.writing.stored import STORED
from site_folder import ROOT

MODULES = ROOT / "theme/static/write"
POLICY = (
    f"default-src 'none'; script-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; connect-src 'self' {API}; "
    "base-uri 'none'; form-action 'none'"
)
BEGIN = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}"><title>A page to try modules on</title>
<script type="module">
import * as photos from "./photos.js"; import * as drafts from "./drafts.js"; import * as github from "./github.js";
window.modules = {{ photos, drafts, github }};
</script>"""
PATH = "content/updates/2026-11-22-half-way-there.md"
TEXT = "---\ntitle: Half way there – “ok”\ndate: 2026-11-22\n---\nŁódź says hello.\n"


@dataclass
class Bench:
    """The empty page: how it is opened, and what it complained of."""

    context: BrowserContext
    address: str
    said: list[str]

    def open(self) -> Page:
        page = self.context.new_page()
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.goto(f"{self.address}/index.html")
        page.wait_for_function("window.modules")
        return page


@pytest.fixture(scope="module")
def bench(phone: BrowserContext, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("modules")
    for module in MODULES.glob("*.js"):
        shutil.copy(module, folder)
    (folder / "index.html").write_text(BEGIN.format(policy=POLICY), encoding="utf-8")
    with serving(folder) as address:
        yield Bench(phone, address, [])


@pytest.fixture(scope="module")
def here(bench: Bench) -> Iterator[Page]:
    page = bench.open()
    yield page
    page.close()


# -- photos ----------------------------------------------------------------------------------------------

PREPARE = """async ([data, type, limits]) => {
  const bytes = Uint8Array.from(atob(data), sign => sign.charCodeAt(0));
  try {
    const file = new File([bytes], "IMG_20150614.heic", { type });
    const { blob, name, width, height } = await modules.photos.prepare(file, limits);
    const made = new Uint8Array(await blob.arrayBuffer());
    let text = "";
    for (const byte of made) text += String.fromCharCode(byte);
    return { made: btoa(text), type: blob.type, name, width, height };
  } catch (fault) { return { key: fault.key, is: fault.constructor.name }; }
}"""
LIMITS = {"side": 2000, "bytes": 2_000_000}


def prepared(page: Page, data: bytes, kind: str = "image/jpeg", **limits: int) -> Any:
    answer = page.evaluate(PREPARE, [base64.b64encode(data).decode(), kind, LIMITS | limits])
    if "made" in answer:
        answer["made"] = base64.b64decode(answer["made"])
    return answer


def test_a_photo_of_12_megapixels_comes_out_upright_small_and_with_nothing_hidden_in_it(here: Page) -> None:
    taken = photos.photo(size=(3000, 4000), orientation=6)
    assert b"Exif" in taken and photos.SECRET in taken
    made = prepared(here, taken)
    with Image.open(io.BytesIO(made["made"])) as picture:
        assert picture.format == "JPEG"
        assert picture.size == (made["width"], made["height"]) == (1500, 2000)
        assert photos.shows_the_quarters(picture)
        assert not picture.getexif() and "icc_profile" not in picture.info
    assert photos.what_is_in(made["made"]) <= photos.ALLOWED
    assert photos.SECRET not in made["made"] and b"Exif" not in made["made"]
    assert len(made["made"]) <= LIMITS["bytes"]
    assert made["type"] == "image/jpeg"
    assert re.fullmatch(r"photo-[a-z2-9]{8}\.jpg", made["name"]), "a name tells nothing of when it was taken"


def test_every_way_of_holding_a_phone_comes_out_upright(here: Page) -> None:
    for orientation in range(1, 9):
        made = prepared(here, photos.photo(size=(60, 30), orientation=orientation))
        with Image.open(io.BytesIO(made["made"])) as picture:
            assert picture.size == (60, 30), "a small photo is not made larger"
            assert photos.shows_the_quarters(picture), orientation


def test_what_can_be_looked_through_becomes_white(here: Page) -> None:
    drawing = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(drawing, "PNG")
    with Image.open(io.BytesIO(prepared(here, drawing.getvalue(), "image/png")["made"])) as picture:
        assert picture.getpixel((20, 20)) == (255, 255, 255)


def test_a_photo_keeps_to_the_bytes_it_may_have(here: Page) -> None:
    noise = Image.effect_noise((1200, 900), 120).convert("RGB")
    made = prepared(here, photos.photo(size=(1200, 900), picture=noise), bytes=90_000)
    assert len(made["made"]) <= 90_000
    assert made["width"] < 1200


def test_a_file_that_is_no_photo_is_said_to_be_none_and_a_photo_of_another_phone_is_named(here: Page) -> None:
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)
    assert prepared(here, heic, "image/heic") == {"key": "heic", "is": "Unreadable"}
    for data in (b"", b"no photo at all", photos.photo()[:40]):
        assert prepared(here, data)["key"] == "unreadable"
    gone = """async () => {
      const file = new File(["x"], "a.jpg");
      file.slice = () => ({ arrayBuffer: () => Promise.reject(new DOMException("", "NotReadableError")) });
      return modules.photos.prepare(file, { side: 2000, bytes: 1e6 }).catch(fault => fault.key);
    }"""
    assert here.evaluate(gone) == "gone"


def test_where_a_browser_cannot_make_photos_small_while_it_reads_them_they_are_drawn(here: Page) -> None:
    here.evaluate(
        "() => { window.kept = createImageBitmap; createImageBitmap = () => Promise.reject(new TypeError()); }"
    )
    try:
        made = prepared(here, photos.photo(size=(2400, 1200), orientation=8))
    finally:
        here.evaluate("() => { createImageBitmap = kept; }")
    with Image.open(io.BytesIO(made["made"])) as picture:
        assert picture.size == (2000, 1000)
        assert photos.shows_the_quarters(picture)


def test_photos_that_are_chosen_at_once_are_read_one_after_another(here: Page) -> None:
    most = here.evaluate(
        """async data => {
          const bytes = Uint8Array.from(atob(data), sign => sign.charCodeAt(0));
          const real = createImageBitmap; let open = 0, most = 0;
          createImageBitmap = async (...given) => {
            most = Math.max(most, ++open); const made = await real(...given);
            await new Promise(done => setTimeout(done, 20)); open--; return made; };
          const files = [1, 2, 3, 4].map(() => new File([bytes], "a.jpg"));
          const limits = { side: 2000, bytes: 1e6 };
          const made = await Promise.all(files.map(file => modules.photos.prepare(file, limits)));
          createImageBitmap = real;
          return [most, new Set(made.map(({ name }) => name)).size];
        }""",
        base64.b64encode(photos.photo()).decode(),
    )
    assert most == [1, 4]


# -- drafts ----------------------------------------------------------------------------------------------

KEEP = """([key, title]) => modules.drafts.keep(key, {
  fields: { title },
  photos: [{ name: "a.jpg", alt: "A walk", blob: new Blob(["pixels"], { type: "image/jpeg" }) }] })"""
RECALL = """async key => {
  const draft = await modules.drafts.recall(key);
  return draft && { ...draft, photos: await Promise.all(draft.photos.map(
    async ({ name, alt, blob }) => [name, alt, blob.type, await blob.text()])) };
}"""


def test_a_draft_outlives_its_tab_and_two_tabs_keep_one_each(bench: Bench) -> None:
    first, second = bench.open(), bench.open()
    photo = ["a.jpg", "A walk", "image/jpeg", "pixels"]
    assert first.evaluate(RECALL, "walk") is None
    assert first.evaluate(KEEP, ["walk", "First"]) is True
    assert second.evaluate(RECALL, "walk") is None, "the other tab is writing it"
    assert second.evaluate(KEEP, ["walk", "Second"]) is True
    assert first.evaluate(RECALL, "walk") == {"fields": {"title": "First"}, "photos": [photo], "earlier": {}}

    first.close()
    third = bench.open()
    assert third.evaluate(RECALL, "walk")["fields"] == {"title": "First"}, "taken up where it was left"
    assert third.evaluate(RECALL, "another appeal of the same account") is None
    third.reload()
    third.wait_for_function("window.modules")
    assert third.evaluate(RECALL, "walk")["fields"] == {"title": "First"}

    third.evaluate("key => modules.drafts.forget(key)", "walk")
    assert third.evaluate(RECALL, "walk") is None
    assert second.evaluate(RECALL, "walk")["fields"] == {"title": "Second"}
    second.evaluate("key => modules.drafts.forget(key)", "walk")
    for page in (second, third):
        page.close()


def test_what_was_typed_last_is_what_is_kept_and_a_published_draft_does_not_come_back(here: Page) -> None:
    last = """async () => {
      const slow = new Blob(["x"]);
      slow.arrayBuffer = () => new Promise(done => setTimeout(() => done(new ArrayBuffer(1)), 50));
      const photos = [{ name: "a.jpg", alt: "", blob: slow }];
      const all = [modules.drafts.keep("order", { fields: { title: "old" }, photos }),
                   modules.drafts.keep("order", { fields: { title: "new" }, photos: [] })];
      await Promise.all(all);
      const kept = (await modules.drafts.recall("order")).fields.title;
      modules.drafts.keep("order", { fields: {}, photos });
      await modules.drafts.forget("order");
      return [kept, await modules.drafts.recall("order")];
    }"""
    assert here.evaluate(last) == ["new", None]


def test_where_a_phone_keeps_nothing_the_draft_lives_as_long_as_the_tab_and_that_is_said(bench: Bench) -> None:
    page = bench.open()
    page.evaluate("() => { IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError') } }")
    assert page.evaluate(KEEP, ["private", "Mine"]) is False
    assert page.evaluate(RECALL, "private")["fields"] == {"title": "Mine"}
    page.evaluate("key => modules.drafts.forget(key)", "private")
    assert page.evaluate(RECALL, "private") is None
    page.close()


# -- GitHub ----------------------------------------------------------------------------------------------

PUBLISH = """async ([given, pictures]) => {
  const said = [];
  const picture = new Blob([new Uint8Array([255, 216, 0, 7])]);
  const files = [...given.files, ...pictures.map(path => ({ path, content: picture }))];
  try { return { ...await modules.github.publish({ ...given, files }, step => said.push(step)), said }; }
  catch ({ kind, detail, seconds, constructor }) { return { kind, detail, seconds, is: constructor.name }; }
}"""
FOLLOW = """async given => {
  const said = [];
  const found = await modules.github.follow(given, step => said.at(-1) === step || said.push(step));
  return { ...found, said };
}"""


@pytest.fixture
def github(here: Page) -> Iterator[GitHub]:
    there = GitHub()
    there.answer(here)
    yield there
    here.unroute_all()


def published(page: Page, *, pictures: tuple[str, ...] = (), text: str = TEXT, **changes: object) -> Any:
    given = {
        "repository": REPOSITORY,
        "branch": "main",
        "key": KEY,
        "author": "Written by Mum",
        "message": "Half way there",
        "files": [{"path": PATH, "content": text}],
        **changes,
    }
    return page.evaluate(PUBLISH, [given, list(pictures)])


def test_an_update_and_its_pictures_are_one_commit_of_exactly_these_bytes(here: Page, github: GitHub) -> None:
    answer = published(here, pictures=("content/images/photo-a.jpg",))
    assert answer == {"commit": github.head, "said": ["looking", "sending"]}
    assert github.files == {PATH: TEXT.encode(), "content/images/photo-a.jpg": b"\xff\xd8\x00\x07"}
    assert github.commits == [{"headline": "Half way there", "body": "Written by Mum"}]
    assert github.asked == ["POST /graphql", "POST /graphql"]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (BAD_KEY, "key_expired"),
        (NOT_FOR_THIS_KEY, "other_project"),
        (NOT_FOUND, "other_project"),
        (fault("NOT_FOUND", f"Could not resolve to a Repository with the name '{REPOSITORY}'."), "other_project"),
        (refusal(403, "Resource not accessible by personal access token"), "other_project"),
        (refusal(403, "Resource protected by organization SAML enforcement."), "other_project"),
        (OFFLINE, "offline"),
        (refusal(500, "Server Error"), "down"),
        ((502, "<html>Bad gateway", {}), "down"),
        ((200, "no JSON of ours", {}), "down"),
        (fault("", "Something went wrong while executing your query. This may be the result of a timeout"), "down"),
        (SECOND_LIMIT, "too_many"),
        (LIMIT, "too_many"),
        (refusal(429, "Too many requests", retry_after="60"), "too_many"),
        (fault("RATE_LIMITED", "API rate limit exceeded for user ID 1."), "too_many"),
        (refusal(413, "Payload Too Large"), "too_large"),
        (refusal(422, "Sorry, your input was too large to process."), "too_large"),
        (refusal(422, "Validation Failed"), "refused"),
        (
            fault("UNPROCESSABLE", "Repository rule violations found: Changes must be made through a pull request."),
            "refused",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_way_in_which_github_does_not_publish_has_a_kind_of_its_own(
    here: Page, github: GitHub, answer: Any, kind: str
) -> None:
    for before in ([], ["right"]):  # of the look, and of the commit itself
        github.next = [*before, answer]
        said = published(here)
        assert (said["is"], said["kind"]) == ("Failed", kind)
        assert github.commits == []
    assert published(here)["commit"] == github.head, "trying again is enough"


def test_what_github_says_of_a_refusal_and_of_waiting_is_handed_on(here: Page, github: GitHub) -> None:
    github.next = ["right", fault("UNPROCESSABLE", "Changes must be made <b>through</b> a pull request.")]
    assert published(here)["detail"] == "Changes must be made <b>through</b> a pull request."
    github.next = [refusal(429, "Too many requests", retry_after="60")]
    assert published(here)["seconds"] == 60


def test_a_branch_that_moved_is_looked_at_once_more_and_not_for_ever(here: Page, github: GitHub) -> None:
    github.next = ["right", STALE]
    answer = published(here)
    assert answer["said"] == ["looking", "sending", "looking", "sending"]
    assert len(github.commits) == 1

    github.files.clear()
    for stale in (STALE, refusal(409, "Conflict")):
        github.next = ["right", stale, "right", stale]
        assert published(here)["kind"] == "moved"


def test_a_file_of_that_name_by_somebody_else_is_never_written_over(here: Page, github: GitHub) -> None:
    github.someone_publishes(PATH)
    assert published(here)["kind"] == "taken"
    assert github.files[PATH] == b"theirs"


def test_a_commit_whose_answer_got_lost_is_not_made_twice(here: Page, github: GitHub) -> None:
    github.next = ["right", LOST]
    assert published(here, pictures=("content/images/photo-a.jpg",))["kind"] == "offline"
    again = published(here, pictures=("content/images/photo-a.jpg",))
    assert again == {"commit": github.head, "said": ["looking"]}
    assert len(github.commits) == 1
    assert git_name(TEXT.encode()) == git_name(github.files[PATH])


def test_what_was_refused_is_written_over_by_its_correction_and_goes_when_that_has_another_name(
    here: Page, github: GitHub
) -> None:
    first, other = git_name(TEXT.encode()), git_name(b"other")
    published(here)
    assert published(here, text="mended\n")["kind"] == "taken", "who does not say so may be somebody else"
    assert "commit" in published(here, text="mended\n", earlier={PATH: [other, first]})
    assert github.files == {PATH: b"mended\n"}

    mended = {"content/updates/2026-11-22-other.md": "again\n"}
    files = [{"path": path, "content": text} for path, text in mended.items()]
    earlier = {PATH: [first, git_name(b"mended\n")], "content/updates/never-arrived.md": [other]}
    assert "commit" in published(here, files=files, earlier=earlier)
    assert github.files == {path: text.encode() for path, text in mended.items()}

    github.someone_publishes(PATH)
    assert "commit" in published(here, files=files, earlier=earlier)
    sent = {path: [git_name(text.encode())] for path, text in mended.items()}
    assert "commit" in published(here, files=[], earlier={**earlier, **sent})
    assert list(github.files) == [PATH], "taken back"
    assert github.files[PATH] == b"theirs", "what somebody else made of it stays"


def test_a_connection_that_is_too_slow_is_given_up_and_loses_nothing(here: Page, github: GitHub) -> None:
    here.evaluate(
        "() => { window.inTime = AbortSignal.timeout; AbortSignal.timeout = () => inTime.call(AbortSignal, 100) }"
    )
    github.next = ["right", SLOW]
    assert published(here)["kind"] == "offline"
    # An older phone has no such signal, and waits.
    here.evaluate("() => { AbortSignal.timeout = undefined }")
    assert published(here)["commit"] == github.head
    here.evaluate("() => { AbortSignal.timeout = inTime }")


def test_a_key_that_cannot_be_one_and_a_text_with_a_key_in_it_are_sent_nowhere(here: Page, github: GitHub) -> None:
    for key in ("", "Grüße", "two words", "short"):
        assert published(here, key=key)["kind"] == "key_expired"
    assert published(here, text=f"---\ntitle: x\n---\n{KEY}\n")["kind"] == "key_in_text"
    assert published(here, text=TEXT + "ghp_" + "a" * 36)["kind"] == "key_in_text"
    assert github.asked == []
    assert "commit" in published(here, key=f"  {KEY}\n"), "a key that was pasted with a space is the same key"


def followed(at: Page, github: GitHub, **changes: object) -> Any:
    given = {
        "server": SERVER,
        "repository": REPOSITORY,
        "commit": github.head,
        "key": KEY,
        "page": at.url,
        "every": 0.02,
        "seconds": 5,
        **changes,
    }
    return at.evaluate(FOLLOW, given)


def test_a_commit_is_followed_until_the_page_is_there(here: Page, github: GitHub) -> None:
    looks: list[Callable[[], None]] = [
        lambda: github.run(1, "Build the site", "in_progress"),
        lambda: github.run(1, "Build the site", "completed", "success"),
        lambda: github.run(2, "Put it live", "in_progress"),
        lambda: github.run(2, "Put it live", "completed", "success"),
    ]
    github.on_look = lambda _: looks.pop(0)() if looks else None
    page = here.url.replace("index.html", "updates/new.html")
    here.route(f"{page}?*", lambda route: route.fulfill(status=404 if looks else 200))
    assert followed(here, github, page=page) == {"state": "live", "address": page, "said": ["checking", "going_live"]}
    assert all("authorization" not in asked for asked in github.asked)


def test_problems_are_handed_on_each_with_its_file_and_line(here: Page, github: GitHub) -> None:
    note = {"path": PATH, "start_line": 4, "annotation_level": "failure", "title": "total-fell"}
    noise = {
        "path": ".github",
        "start_line": 17,
        "annotation_level": "failure",
        "message": "Process completed with exit code 1.",
    }
    asks = {**note, "annotation_level": "warning", "message": "Is this right?"}
    github.run(1, "Build the site", "completed", "failure", {**note, "message": "totals: <i>fell</i>"}, asks, noise)
    answer = followed(here, github, page=here.url.replace("index", "none"))
    assert answer["state"] == "refused"
    assert answer["problems"] == [{"path": PATH, "line": 4, "name": "total-fell", "message": "totals: <i>fell</i>"}]
    assert answer["address"] == f"{SERVER}/{REPOSITORY}/actions/runs/7/job/1"

    github.runs[0]["html_url"] = "https://elsewhere.example/"
    github.notes[1] = [noise]
    answer = followed(here, github, page=here.url.replace("index", "none"))
    assert answer["problems"] == []
    assert answer["address"] == f"{SERVER}/{REPOSITORY}/commit/{github.head}", "no address but GitHub's own is shown"


def test_a_change_that_a_newer_one_brings_along_is_no_failure(here: Page, github: GitHub) -> None:
    words = re.search(r"::error::(.*)\"", (ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8"))[1]
    note = {"path": ".github", "start_line": 1, "annotation_level": "failure", "title": "", "message": words}
    github.run(1, "Build the site", "completed", "failure", note)
    answer = followed(here, github, page=here.url.replace("index", "none"), seconds=0.1)
    assert (answer["state"], answer["said"]) == ("late", ["overtaken"])
    assert followed(here, github)["state"] == "live"


def test_of_a_private_project_only_the_page_tells(bench: Bench) -> None:
    page, github = bench.open(), GitHub(is_public=False)
    github.answer(page)
    assert followed(page, github)["state"] == "live"
    late = followed(page, github, page=page.url.replace("index", "none"), seconds=0.1)
    assert late == {"state": "late", "address": f"{SERVER}/{REPOSITORY}/commit/{github.head}", "said": []}
    assert len(github.asked) <= 4, "who may not look is not asked again and again"
    page.close()


def test_a_commit_is_followed_through_a_tunnel_and_through_a_limit(here: Page, github: GitHub) -> None:
    github.run(1, "Build the site", "completed", "success")
    github.next = [OFFLINE, refusal(503, "Unavailable"), "right"]
    # A draft has no page; its runs are enough.
    assert followed(here, github, page=None)["state"] == "live"
    github.next = [SECOND_LIMIT, refusal(429, "Too many requests", retry_after="60")]
    assert followed(here, github, page=None, seconds=0.1)["state"] == "late"


def test_addresses_are_githubs_own_pages_and_whatever_is_in_a_text_stays_text(here: Page) -> None:
    given = {"server": SERVER, "repository": REPOSITORY, "branch": "main", "path": PATH, "text": "a&b=#ö\ud83d\n"}
    filled = here.evaluate("given => modules.github.newFileAddress(given)", given)
    assert filled == {
        "address": f"{SERVER}/{REPOSITORY}/new/main?filename=content%2Fupdates%2F2026-11-22-half-way-there.md"
        "&value=a%26b%3D%23%C3%B6%EF%BF%BD%0A",
        "isWhole": True,
    }
    long = here.evaluate("given => modules.github.newFileAddress(given)", given | {"text": "ö" * 1300})
    assert not long["isWhole"] and "value" not in long["address"]
    assert here.evaluate("given => modules.github.uploadAddress(given)", given) == (
        f"{SERVER}/{REPOSITORY}/upload/main/content/images"
    )
    assert here.evaluate("given => modules.github.editAddress(given)", given | {"branch": "a/b c"}) == (
        f"{SERVER}/{REPOSITORY}/edit/a/b%20c/{PATH}"
    )


# -- afterwards ------------------------------------------------------------------------------------------


def test_no_module_keeps_the_key_or_breaks_the_pages_policy(here: Page, bench: Bench, github: GitHub) -> None:
    published(here)
    here.evaluate(KEEP, ["after", "Something"])
    stored = here.evaluate(STORED)
    assert KEY not in stored
    assert "Something" in json.dumps(stored), "the draft is there, so the place that was read is the right one"
    here.evaluate("modules.drafts.forget('after')")
    assert [line for line in bench.said if "Content Security Policy" in line or "Uncaught" in line] == []


def test_the_modules_take_words_for_words_alone() -> None:
    for module in sorted(Path(MODULES).glob("*.js")):
        text = module.read_text(encoding="utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function|sessionStorage", text
        ), module
        assert text.count("localStorage") == (module.name == "drafts.js"), module
