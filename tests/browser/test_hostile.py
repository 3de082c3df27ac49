"""A pull request that tries to run something through every field there is: nothing runs and nothing escapes."""

from __future__ import annotations

import copy
import html
import json
import re
import shutil
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from icalendar import Calendar
from markdown_it import MarkdownIt
from playwright.sync_api import Page

from browser.conftest import Sites
from browser.test_publishing import git, served
from campaign.core.reading.front_matter import parse_update_file, parse_yaml_file
from campaign.core.reading.problems import CampaignError, Problem, field_name
from campaign.loading.load import load_campaign
from campaign.reporting import report
from site_folder import ROOT, run

HALL = ROOT / "tests/sites/village-hall"
ADDRESS = "https://family.github.io/roof"
NOW = datetime(2026, 5, 28, 12, tzinfo=UTC)
MARKUP = (
    """"'><img src=x onerror="window.hacked=1"></p></script><script>window.hacked=1</script>"""
    """<svg onload=window.hacked=1>]]>--><style>*{display:none}</style>{{ 7919 * 7919 }}{% raw %}"""
)
WORDS = (
    "::set-env name=HACKED::1 ##[set-env name=HACKED;]1 ::error::hacked ##[error]hacked %0A::error::hacked"
    " $(touch hacked); touch hacked | `touch hacked` ``` https://evil.example/ www.evil.example"
    " [x](https://evil.example) ![x](https://evil.example/x.png) <https://evil.example> @octocat #1 **bold** END:VEVENT"
)
PAYLOADS = (WORDS, MARKUP)
PICTURE = re.compile(r"<img[^>]*>|!\[x\]\(\S*\)")
COMMAND = re.compile(r"^\s*::(?P<name>[^\s:]+)(?: (?P<properties>.*?))?::(?P<data>.*)$")
OLD_COMMAND = re.compile(r"##\[(?P<name>[^\s;\]]+)[^\]]*\](?P<data>.*)$")
"""How GitHub's runner finds a command in a line of output: at its beginning, or in the older form anywhere."""

DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""The quick one, where there is one."""

Where = tuple[str | int, ...]


def commands(output: str) -> list[tuple[str, str, str]]:
    """Every command that GitHub would carry out: its name, its properties, its data."""
    found = []
    for line in re.split(r"\r\n|\r|\n", output):
        if match := COMMAND.match(line) or OLD_COMMAND.search(line):
            found.append((match["name"], match.groupdict().get("properties") or "", match["data"]))
    return found


def plain(value: str) -> str:
    """What GitHub shows of a command's data or property."""
    for code, sign in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        value = value.replace(code, sign)
    return value


# -- a campaign, hostile in every field that takes it --------------------------------------------------


@dataclass
class File:
    """One file of a campaign, to be written with other words in it."""

    path: Path
    fields: dict[str, Any]
    body: str

    @classmethod
    def read(cls, path: Path) -> File:
        parse = parse_yaml_file if path.suffix == ".yaml" else parse_update_file
        document = parse(path.name, path.read_bytes())
        return cls(path, copy.deepcopy(dict(document.fields)), document.body)

    def leaves(self, value: Any = None, where: Where = ()) -> Iterator[Where]:
        """Where every single text stands."""
        value = self.fields if not where else value
        if isinstance(value, str):
            yield where
        elif isinstance(value, dict | list):
            for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
                yield from self.leaves(inner, (*where, key))

    def at(self, where: Where) -> Any:
        value: Any = self.fields
        for part in where:
            value = value[part]
        return value

    def put(self, where: Where, text: str) -> None:
        self.at(where[:-1])[where[-1]] = text

    def write(self) -> None:
        fields = yaml.dump(self.fields, Dumper=DUMPER, allow_unicode=True, sort_keys=False, width=10**6)
        self.path.write_text(fields if self.path.suffix == ".yaml" else f"---\n{fields}---\n{self.body}", "utf-8")


def problems(content: Path) -> tuple[Problem, ...]:
    try:
        load_campaign(content.parent, content, now=NOW, public=True)
    except CampaignError as error:
        return error.problems
    return ()


@dataclass
class Hostile:
    """What became of trying every field."""

    content: Path
    taken: list[tuple[str, Where]]
    """Fields that hold whatever is typed."""
    refused: list[tuple[Problem, ...]]
    """What is said of all others, of a file's as long as any is refused."""


def hostile(content: Path) -> Hostile:
    """Put the payloads into every field of every file, and keep them where they are taken."""
    refused: list[tuple[Problem, ...]] = []
    files = [File.read(path) for path in sorted(content.rglob("*")) if path.suffix in (".yaml", ".md")]
    stories = [file for file in files if file.body]
    for payload in PAYLOADS:
        told = told_in_a_story(content, stories[0], payload, refused)
        for file in stories:
            file.body += told
    return Hostile(content, fill(content, files, refused), refused)


def told_in_a_story(content: Path, file: File, payload: str, refused: list[tuple[Problem, ...]]) -> str:
    """The payload as paragraphs that are taken: a picture that is not there is refused, and markup nobody would see."""
    pictureless, body = PICTURE.sub("", payload), file.body
    for words in (payload, pictureless, html.escape(pictureless)):
        told = f"\n\n{words}\n\n> {words}\n\n| a | b |\n|---|---|\n| {words} | 1 |\n"
        file.body = body + told
        file.write()
        if not (found := problems(content)):
            break
        refused.append(found)
    assert not found
    file.body = body
    return told


def fill(content: Path, files: list[File], refused: list[tuple[Problem, ...]]) -> list[tuple[str, Where]]:
    """Put the payloads behind each text of each file, instead of it where that is refused, or nowhere.

    All of them at once: whatever is complained of is put in otherwise, until nothing is. Each payload is the first of
    the two once, as what is said of a value may quote its beginning alone.
    """
    by_name = {file.path.relative_to(content.parent).as_posix(): file for file in files}
    before = {(name, where): file.at(where) for name, file in by_name.items() for where in file.leaves()}
    left = {spot: [f"{text} {WORDS} {MARKUP}", f"{MARKUP} {WORDS}", text] for spot, text in before.items()}
    while True:
        for (name, where), texts in left.items():
            by_name[name].put(where, texts[0])
        for file in files:
            file.write()
        if not (found := problems(content)):
            return [spot for spot, texts in left.items() if texts[0] != before[spot]]
        refused.append(found)
        said = {(problem.path, problem.field) for problem in found}
        named = [(name, where) for name, where in left if (name, field_name(where)) in said]
        assert all(len(left[spot]) > 1 for spot in named) and named, found
        for spot in named:
            del left[spot][0]


def repository(folder: Path) -> Path:
    content = folder / "content"
    shutil.copytree(HALL, content)
    campaign = content / "campaign.yaml"
    campaign.write_text(campaign.read_text("utf-8").replace("example: true\n", ""), "utf-8")
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "before")
    return content


@pytest.fixture(scope="module")
def attack(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    folder = tmp_path_factory.mktemp("hostile")
    found = hostile(repository(folder))
    assert {where[0] for name, where in found.taken if name == "content/campaign.yaml"} >= {
        *("name", "beneficiary", "summary", "goal", "costs", "promise", "held_by", "give", "sources", "deadline"),
        *("milestones", "counters", "treatment", "other_causes", "press"),
    }
    assert {where[0] for name, where in found.taken if name.endswith(".md")} >= {"title", "summary", "place"}
    assert len(found.taken) > 80
    assert len({(problem.path, problem.field) for refused in found.refused for problem in refused}) > 80
    return found


def on_github(folder: Path, *words: str) -> Any:
    environ = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(folder / "summary.md"), "SITEURL": ADDRESS}
    moment = str(int(NOW.timestamp()))
    shutil.copy(ROOT / "pelicanconf.py", folder)
    shutil.copy(ROOT / "publishconf.py", folder)
    return run([sys.executable, "-m", "campaign", *words], folder, environ | {"SOURCE_DATE_EPOCH": moment})


@pytest.fixture(scope="module")
def checked(attack: Hostile) -> Any:
    """The report on it, which leaves a summary beside the content."""
    return on_github(attack.content.parent, "check", "--against", "HEAD")


@pytest.fixture(scope="module")
def output(attack: Hostile) -> Path:
    """The site of it, as it would be published."""
    folder = attack.content.parent
    done = run(
        [sys.executable, "-m", "pelican", str(attack.content), "-s", str(ROOT / "publishconf.py"), "-o", "site"],
        folder,
        {"SITEURL": ADDRESS, "SOURCE_DATE_EPOCH": str(int(NOW.timestamp())), "GITHUB_ACTIONS": "true"},
    )
    assert done.returncode == 0, done.stderr
    assert commands(done.stdout + done.stderr) == []
    return folder / "site"


# -- GitHub --------------------------------------------------------------------------------------------


@pytest.mark.xdist_group("hostile")
def test_a_report_gives_github_no_command_but_its_own_warnings(attack: Hostile, checked: Any) -> None:
    assert checked.returncode == 0, checked.stderr
    found = commands(checked.stdout + checked.stderr)
    assert {name for name, _, _ in found} == {"warning"}
    for _, properties, _ in found:
        assert re.fullmatch(r"file=content/[\w./-]+,line=\d+,title=[a-z-]+", properties)
    assert not (attack.content.parent / "hacked").exists()


@pytest.mark.xdist_group("hostile")
@pytest.mark.usefixtures("checked")
def test_the_summary_is_headings_and_code_and_nothing_else(attack: Hostile) -> None:
    nothing_of_it_is_markup((attack.content.parent / "summary.md").read_text("utf-8"), *PAYLOADS)


def nothing_of_it_is_markup(summary: str, *payloads: str) -> None:
    known = re.compile(r"[A-Za-z ,:.]*")
    held = []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(summary):
        assert token.type not in ("html_block", "fence", "code_block", "table_open", "blockquote_open")
        for child in token.children or ():
            assert child.type in ("text", "code_inline", "strong_open", "strong_close", "softbreak"), (
                child.type,
                child.content,
            )
            if child.type == "text":
                assert known.fullmatch(child.content), child.content
            elif child.type == "code_inline":
                held.append(child.content)
    for payload in payloads:
        assert any(payload[:20] in words for words in held), payload


@pytest.mark.xdist_group("hostile")
def test_whatever_is_refused_is_quoted_without_becoming_a_command_or_markup(attack: Hostile) -> None:
    for refused in attack.refused:
        assert commands(report.text(refused)) == []
        told = commands(report.annotated(refused))
        assert len(told) == len(refused) == report.annotated(refused).count("\n") + 1
        for (name, properties, data), problem in zip(told, refused, strict=True):
            assert name == "error"
            field = f"{problem.field}: " if problem.field else ""
            assert plain(data) == field + problem.message
            assert properties == f"file={problem.path},line={problem.line},title={problem.name}"
    for payload in PAYLOADS:
        everything = [problem for refused in attack.refused for problem in refused if payload[:20] in problem.message]
        assert len(everything) > 50
        nothing_of_it_is_markup(report.markdown(everything[:150]), payload)


NAMES = [
    "updates/::error::hacked.md",
    "updates/2024-01-01-a\n::error::hacked.md",
    "updates/2024-01-01-a\r::error::hacked.md",
    "updates/##[error]hacked.md",
    "updates/a%0A::error::hacked.md",
    "updates/2024-01-01-x,line=9::hacked.md",
    "updates/$(touch hacked).md",
    "images/<img src=x onerror=hacked>.jpg",
    "images/`hacked`.jpg",
    "extra/::error::hacked.html",
    "hacked\u2028::error::x",
]


@pytest.mark.xdist_group("hostile")
def test_a_files_name_is_only_a_name(tmp_path: Path) -> None:
    content = repository(tmp_path)
    for name in NAMES:
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("---\ntitle: x\n---\n", encoding="utf-8")
    done = on_github(tmp_path, "check", "--against", "HEAD")
    assert done.returncode == 1
    found = commands(done.stdout + done.stderr)
    assert {name for name, _, _ in found} == {"error"}
    files = [re.fullmatch(r"file=([^:,\r\n]*),line=1,title=[a-z-]+", properties) for _, properties, _ in found]
    assert {plain(file[1]) if file else None for file in files} == {f"content/{name}" for name in NAMES}
    nothing_of_it_is_markup((tmp_path / "summary.md").read_text("utf-8"), "hacked")


# -- the site ------------------------------------------------------------------------------------------


MADE = """document => [
  [...document.querySelectorAll("*")].filter(element =>
    [...element.attributes].some(each => each.name.startsWith("on"))
    || ["IFRAME", "OBJECT", "EMBED", "BASE", "FORM"].includes(element.tagName)).map(element => element.outerHTML),
  [...document.scripts].map(script => script.type),
  document.querySelectorAll("style").length,
  [...document.links].map(link => link.protocol),
  document.body.innerText,
]"""
"""What a page was made to hold, in one question."""
HACKED = f"() => [window.hacked ?? null, ...({MADE})(document)]"
"""What a page that opened has become."""
PARSED = f"""texts => texts.map(text => {{
  const page = new DOMParser().parseFromString(text, "text/html");
  return [null, ...({MADE})(page)];
}})"""
"""What a browser reads in pages that it does not open."""


def as_typed(text: str) -> str:
    """With the marks of a keyboard: pages have those of the language."""
    marks = dict.fromkeys("\u201c\u201d\u201e", '"') | dict.fromkeys("\u2018\u2019", "'")
    return text.translate(str.maketrans(marks))


@pytest.mark.xdist_group("hostile")
def test_no_page_runs_or_loads_anything(output: Path, page: Page) -> None:
    said: list[str] = []
    others = served(page, output, ADDRESS)
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    shown = 0
    paths = sorted(output.rglob("*.html"))
    # What becomes no element of any page runs on none if it runs on none of a kind.
    found = {}
    for place in Sites(output.parent, ADDRESS).each(output.name):
        page.goto(f"{ADDRESS}/{place}")
        found[output / place] = page.evaluate(HACKED)
    others_read = [path for path in paths if path not in found]
    read = page.evaluate(PARSED, [path.read_text("utf-8") for path in others_read])
    found |= zip(others_read, read, strict=True)
    assert len(found) == len(paths) > 20
    for path, (hacked, elements, scripts, styles, links, text) in found.items():
        assert hacked is None, path
        assert elements == [], path
        assert sorted(scripts) in (["module"], ["application/ld+json", "module"]), path
        assert styles == 1, path
        assert set(links) <= {"https:", "mailto:", "tel:", "whatsapp:"}, path
        shown += all(payload[:20] in as_typed(text) for payload in PAYLOADS)
    assert shown > 10
    assert (others, said) == ([], [])
    assert not [path for path in output.rglob("*.html") if "62710561" in path.read_text("utf-8")]


@pytest.mark.xdist_group("hostile")
def test_what_machines_read_says_it_and_does_nothing_else(attack: Hostile, output: Path) -> None:
    name = json.loads((output / "totals.json").read_text("utf-8"))["name"]
    assert f"{WORDS} {MARKUP}" in as_typed(name)
    for path in output.rglob("*.html"):
        for data in re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', path.read_text("utf-8"), re.DOTALL
        ):
            assert "<" not in data
            read = as_typed(json.dumps(json.loads(data), ensure_ascii=False)).replace('\\"', '"')
            assert all(payload[:20] in read for payload in PAYLOADS)
    feed = ET.parse(output / "feeds/updates.atom.xml").getroot()
    atom = "{http://www.w3.org/2005/Atom}"
    assert f"{WORDS} {MARKUP}" in as_typed(feed.findtext(f"{atom}title") or "").replace("\xa0", " ")
    for entry in feed.iter(f"{atom}entry"):
        for content in (*entry.iter(f"{atom}content"), *entry.iter(f"{atom}summary")):
            inner = content.text or ""
            assert not re.search(r"<(script|style|svg|iframe|img[^>]*evil)|<[^>]*\son\w+=", inner, re.IGNORECASE)
        for link in entry.iter(f"{atom}link"):
            assert link.get("href", "").startswith(f"{ADDRESS}/updates/")
    badge = ET.parse(output / "badge.svg").getroot()
    assert {element.tag.rpartition("}")[2] for element in badge.iter()} <= {
        "svg",
        "rect",
        *("pattern", "circle", "line", "defs"),
        "path",
        "text",
        "title",
        "g",
        "tspan",
    }
    assert not [key for element in badge.iter() for key in element.attrib if key.startswith("on")]
    calendar = Calendar.from_ical((output / "events.ics").read_bytes())
    assert {part.name for part in calendar.walk()} == {"VCALENDAR", "VEVENT"}
    events = [path.read_text("utf-8") for path in (attack.content / "events").glob("*.md")]
    dated = [text for text in events if re.search(r"^date: '?\d{4}-\d\d-\d\d", text, re.MULTILINE)]
    assert len(calendar.walk("VEVENT")) == len(dated) > 3
    summaries = [as_typed(html.unescape(str(event["SUMMARY"]))) for event in calendar.walk("VEVENT")]
    assert any(all(payload[:20] in summary for payload in PAYLOADS) for summary in summaries)
    sitemap = ET.parse(output / "sitemap.xml").getroot()
    assert {(place.text or "").startswith(f"{ADDRESS}/") for place in sitemap.iter() if place.tag.endswith("loc")} == {
        True
    }


@pytest.mark.xdist_group("hostile")
def test_a_runner_would_have_found_such_commands() -> None:
    """The two payloads do what they say where nobody stops them; else the tests above could not fail."""
    assert [name for name, _, _ in commands(WORDS)] == ["set-env"]
    assert [name for name, _, _ in commands(f"x {WORDS}")] == ["set-env"]
    assert [name for name, _, _ in commands("a\n::error file=x::y")] == ["error"]
