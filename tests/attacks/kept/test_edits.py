"""However a family's files, the theme, the settings and the clock change between two builds, what was kept is right.

Each site is built upon the one before it, by a command of its own or by the process that ``campaign serve`` keeps, and
compared byte by byte with that of a project beside it in which nothing was ever built.
"""

from __future__ import annotations

import difflib
import io
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from any_appeal import BEGUN, AnyAppeal
from campaign.core.reading.problems import CampaignError
from campaign.loading.load import load_campaign
from campaign.publishing.preview import Preview, _build
from campaign.publishing.signature import SIGNATURE
from campaign.publishing.warm_builds import WarmBuilds, can_warm
from site_folder import ROOT

EDITS = 6
"""Builds of one appeal before chance puts another together."""
OURS = ("plugins", "theme", "pelicanconf.py", "publishconf.py", "pyproject.toml")


def picture(dice: random.Random) -> bytes:
    data = io.BytesIO()
    size = dice.choice(((40, 30), (300, 200), (30, 40)))
    Image.new("RGB", size, tuple(dice.randrange(256) for _ in range(3))).save(data, "JPEG")
    return data.getvalue()


class Writing:
    """A project in a folder, and what people do to it between two builds."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.project, self.dice = folder / "project", random.Random(seed)
        self.now = datetime(2024, 7, 1, 12, tzinfo=UTC)
        self.as_of: date | None = None
        if not self.project.exists():
            for name in OURS:
                kind = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
                kind(ROOT / name, self.project / name) if self.project.mkdir(exist_ok=True) is None else None
        shutil.rmtree(self.content, ignore_errors=True)
        appeal = AnyAppeal(seed)
        self.write("campaign.yaml", appeal.campaign)
        self.write("images/walk.jpg", picture(self.dice))
        self.write("images/cake.jpg", picture(self.dice))
        self.write("pages/about.md", "---\ntitle: About\n---\nWho we are, and [the cake](images/cake.jpg).\n")
        for day, fields in appeal.updates.items():
            self.write(f"updates/{day}-news.md", f"---\ndate: {day}\n{fields}\n---\n{self.story()}\n")
        self.write("events/fair.md", "---\ntitle: The fair\ndate: 2024-08-03\n---\nCome along.\n")

    @property
    def content(self) -> Path:
        return self.project / "content"

    def write(self, name: str, text: str | bytes) -> None:
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def update(self) -> Path | None:
        found = sorted((self.content / "updates").glob("*.md"))
        return self.dice.choice(found) if found else None

    def story(self) -> str:
        parts = ("A few words.", "“Thank you”, said -- all 12 of them.", "See [about](pages/about.md).",
                 "![A walk](images/walk.jpg)", "![A cake](images/cake.jpg \"Cake\")", "- one\n- two",
                 "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "[The cake](images/cake.jpg) was good.",
                 "Come to [the fair](events/fair.md).", "See [the figures](/money.html).")  # fmt: skip
        linked = self.update() if (self.content / "updates").is_dir() else None
        more = [f"As [told](updates/{linked.name})."] if linked and self.dice.random() < 0.3 else []
        return "\n\n".join([*self.dice.sample(parts, self.dice.randrange(1, 4)), *more])

    def campaign(self, pattern: str, by: str) -> None:
        path = self.content / "campaign.yaml"
        path.write_text(re.sub(pattern, by, path.read_text(), count=1, flags=re.MULTILINE))

    def theirs(self, name: str, pattern: str, by: str) -> None:
        path = self.project / name
        path.write_text(re.sub(pattern, by, path.read_text("utf-8"), count=1, flags=re.MULTILINE), "utf-8")

    # -- updates

    def edit_a_story(self) -> None:
        if path := self.update():
            path.write_text(f"{path.read_text()}\n{self.story()}\n")

    def edit_in_the_same_second_to_the_same_size(self) -> None:
        if path := self.update():
            found = path.stat()
            path.write_text(re.sub("few|dew|new", self.dice.choice(("few", "dew", "new")), path.read_text(), count=1))
            os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))

    def edit_a_title(self) -> None:
        if path := self.update():
            title = self.dice.choice(("Oh", "Thank you.", "£5 of £9", "<i>So</i> & so"))
            path.write_text(re.sub("^title: .*", f"title: '{title}'", path.read_text(), count=1, flags=re.MULTILINE))

    def edit_a_figure(self) -> None:
        if path := self.update():
            by = self.dice.choice((r"\g<1>7", r"\g<1>", "10"))
            path.write_text(re.sub(r"(?<=: )(\d+)\d$", by, path.read_text(), count=1, flags=re.MULTILINE))

    def turn_totals_round(self) -> None:
        if path := self.update():
            path.write_text(
                re.sub(r"^(  \w+: .*\n)(  \w+: .*\n)", r"\2\1", path.read_text(), count=1, flags=re.MULTILINE)
            )

    def add_an_update(self) -> None:
        day = BEGUN + timedelta(days=self.dice.randrange(300))
        fields = self.dice.choice(("image: images/walk.jpg\nimage_alt: A walk", "author: Ann", "summary: In short.",
                                   f"totals: {{raised: {self.dice.randrange(5000)}}}"))  # fmt: skip
        self.write(f"updates/{day}-more.md", f"---\ntitle: More\ndate: {day}\n{fields}\n---\n{self.story()}\n")

    def remove_an_update(self) -> None:
        if path := self.update():
            path.unlink()

    def rename_an_update(self) -> None:
        if path := self.update():
            path.rename(path.with_name(f"{path.stem[:10]}-{self.dice.choice(('news', 'so', 'or'))}.md"))

    def move_an_update_to_another_day(self) -> None:
        if path := self.update():
            day = BEGUN + timedelta(days=self.dice.randrange(300))
            path.write_text(re.sub(r"^date: .*", f"date: {day}", path.read_text(), flags=re.MULTILINE))
            path.rename(path.with_name(f"{day}{path.name[10:]}"))

    # -- pictures, pages, events

    def another_photo_of_the_same_name(self) -> None:
        self.write(f"images/{self.dice.choice(('walk', 'cake'))}.jpg", picture(self.dice))

    def another_alt_text(self) -> None:
        if path := self.update():
            path.write_text(re.sub(r"!\[[^]]*\]|(?<=image_alt: ).*", lambda m: f"![{len(m[0])} of us]" if m[0][0] == "!"
                                   else f"{len(m[0])} of us", path.read_text(), count=1))  # fmt: skip

    def edit_a_page(self) -> None:
        self.write("pages/about.md", f"---\ntitle: {self.dice.choice(('About', 'Us'))}\n---\n{self.story()}\n")

    def add_or_remove_a_page(self) -> None:
        path = self.content / "pages/more.md"
        path.unlink() if path.exists() else self.write("pages/more.md", "---\ntitle: More\n---\nMore.\n")

    def edit_an_event(self) -> None:
        said = self.dice.choice(("date: 2024-08-03", "date: 2024-05-01", "date: 2024-08", "status: cancelled", ""))
        self.write("events/fair.md", f"---\ntitle: The fair\n{said}\n---\nCome along.\n")

    def add_or_remove_an_event(self) -> None:
        path = self.content / "events/run.md"
        path.unlink() if path.exists() else self.write("events/run.md", "---\ntitle: The run\n---\nRun along.\n")

    def add_or_remove_a_file_as_it_is(self) -> None:
        path = self.content / "extra/word.txt"
        path.unlink() if path.exists() else self.write("extra/word.txt", "Word.\n")

    # -- the campaign

    def another_name(self) -> None:
        self.campaign("^name: .*", f"name: {self.dice.choice(('A roof', 'A door', 'News'))}")

    def another_summary(self) -> None:
        self.campaign("^summary: .*", f"summary: {self.dice.choice(('It leaks', 'It drips'))}.")

    def another_currency(self) -> None:
        self.campaign("^currency: .*", f"currency: {self.dice.choice(('GBP', 'EUR', 'JPY'))}")

    def another_locale(self) -> None:
        self.campaign("^locale: .*", f"locale: {self.dice.choice(('en_GB', 'en_US', 'de_DE', 'fr_FR', 'pl_PL'))}")

    def another_timezone(self) -> None:
        self.campaign("^timezone: .*\n", "")
        self.campaign("^started: ", f"timezone: {self.dice.choice(('Asia/Tokyo', 'America/Lima'))}\nstarted: ")

    def another_goal(self) -> None:
        self.campaign("^goal: .*", f"goal: {self.dice.choice((900, 7000, 44000))}")

    def another_deadline(self) -> None:
        day = (self.now + timedelta(days=self.dice.randrange(-3, 9))).date()
        self.campaign("^deadline: .+", f"deadline: {day}")

    def ways_in_another_order(self) -> None:
        self.campaign("^(  - {label: .*\n)(  - {label: .*\n)", r"\2\1")

    def another_way(self) -> None:
        self.campaign("(?<=By )card|cheque", self.dice.choice(("card", "cheque")))

    def a_way_closes_soon(self) -> None:
        self.campaign(r"(?<=, )note: By card\.|(?<=fair\", )closes: [-\d]+", f"closes: {self.now.date()}")

    def other_costs(self) -> None:
        self.campaign(r"(?<=estimate: )(about )?\d+", str(self.dice.randrange(100, 9000)))

    def sources_in_another_order(self) -> None:
        self.campaign("^(  - {id: (?:page|bank|abroad|cash).*\n)(  - {id: (?:page|bank|abroad|cash).*\n)", r"\2\1")

    def another_promise(self) -> None:
        self.campaign("(?<=too_much: To the )(hall|barn)", self.dice.choice(("hall", "barn")))

    def more_press(self) -> None:
        self.campaign("(?<=title: Rain comes )in|out", self.dice.choice(("in", "out")))

    def another_source_label(self) -> None:
        self.campaign("(?<=label: The )(page|purse|bank)", self.dice.choice(("page", "purse")))

    def it_closes(self) -> None:
        self.campaign("^closed: .*\n", "")
        if self.dice.random() < 0.5:
            self.campaign("^started: ", f"closed: {self.now.date()}\nstarted: ")

    # -- the clock

    def midnight_goes_by(self) -> None:
        self.now = (self.now + timedelta(days=1)).replace(hour=self.dice.choice((0, 12, 23)))

    def weeks_go_by(self) -> None:
        self.now += timedelta(days=self.dice.randrange(5, 200))

    def an_earlier_day_is_asked_for(self) -> None:
        self.as_of = BEGUN + timedelta(days=self.dice.randrange(300))

    def today_is_asked_for(self) -> None:
        self.as_of = None

    # -- the project

    def edit_a_template(self) -> None:
        spaces = " " * self.dice.randrange(1, 5)
        self.theirs("theme/templates/article.html", "<article *>", f"<article{spaces}>")

    def edit_a_part_of_templates(self) -> None:
        name = self.dice.choice(("page_foot", "story", "share", "head", "wording"))
        self.theirs(f"theme/templates/partials/{name}.html", r"\s*\Z", "\n" * self.dice.randrange(1, 5))

    def edit_a_sheet(self) -> None:
        self.theirs("theme/static/css/tokens.css", r"^  --", f"  --n-{self.dice.randrange(9)}: 1;\n  --")

    def edit_a_catalog(self) -> None:
        self.theirs(
            "theme/locale/de.po", 'msgstr "(Alle|Sämtliche) ', f'msgstr "{self.dice.choice(("Alle", "Sämtliche"))} '
        )

    def edit_the_code(self) -> None:
        self.theirs(
            "plugins/campaign/rendering/story_parts.py",
            r"^SEEN_AT_ONCE = \d+",
            f"SEEN_AT_ONCE = {self.dice.randrange(9)}",
        )

    def edit_the_settings(self) -> None:
        self.theirs("pelicanconf.py", r"^DEFAULT_CATEGORY.*", f'DEFAULT_CATEGORY = "c{self.dice.randrange(9)}"')

    def ask_for_other_links(self) -> None:
        self.theirs("pelicanconf.py", r"^RELATIVE_URLS.*", f"RELATIVE_URLS = {self.dice.random() < 0.9}")

    # -- builds

    def environment(self, project: Path) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "SITEURL"))}
        return kept | {
            "PYTHONPATH": os.pathsep.join((str(project / "plugins"), *filter(None, sys.path))),
            "SOURCE_DATE_EPOCH": str(int(self.now.timestamp())),
            "PYTHONUTF8": "1",
        }

    @property
    def words(self) -> list[str]:
        return ["--as-of", str(self.as_of)] if self.as_of else []


class Builds:
    """The three ways in which one project is built."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.warm: dict[Path, tuple[WarmBuilds, dict[str, str]]] = {}

    def end(self) -> None:
        for warm, _ in self.warm.values():
            warm.end()

    def cold(self, of: Writing, project: Path, output: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "campaign", "build", "--content", str(project / "content"), "-o", str(output)]
        return subprocess.run(
            [*command, *of.words],
            cwd=project,
            env=of.environment(project),
            capture_output=True,
            text=True,
            check=False,
        )

    def kept_warm(self, of: Writing, project: Path, output: Path) -> subprocess.CompletedProcess[str]:
        warm, environment = self.warm.get(project, (None, {}))
        if warm is None or environment != of.environment(project):
            if warm:
                warm.end()
            environment = of.environment(project)
            warm = WarmBuilds(project, environment)
            self.warm[project] = warm, environment
        if of.words:
            done = warm.run(["build", "--content", str(project / "content"), "-o", str(output), *of.words])
            assert done
            return done
        found = []

        def build(folder: Path) -> subprocess.CompletedProcess[str]:
            found.append(_build(project, project / "content", warm, folder))
            return found[-1]

        Preview(output, build).rebuild()
        return found[0]

    def anew(self, of: Writing) -> tuple[subprocess.CompletedProcess[str], dict[str, bytes]]:
        """The same in a project in which nothing was ever built; of another build it has no more than compiled code."""
        clean, output = self.folder / "clean", self.folder / "from-nothing/site"
        shutil.rmtree(output.parent, ignore_errors=True)
        shutil.rmtree(clean / ".cache", ignore_errors=True)
        shutil.rmtree(clean / "content", ignore_errors=True)
        for name in (*OURS, "content"):
            copied(of.project / name, clean / name)
        way = self.kept_warm if of.dice.random() < 0.7 else self.cold
        done = way(of, clean, output)
        return done, files(output)


def copied(ours: Path, theirs: Path) -> None:
    """What is another is written anew, so that Python compiles it again."""
    for path in sorted(ours.rglob("*")) if ours.is_dir() else [ours]:
        to = theirs / path.relative_to(ours)
        if (
            path.is_file()
            and "__pycache__" not in path.parts
            and not (to.is_file() and to.read_bytes() == path.read_bytes())
        ):
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, to)


def is_right(of: Writing) -> bool:
    try:
        load_campaign(of.project, of.content, now=of.now, as_of=of.as_of)
    except CampaignError:
        return False
    return True


def files(folder: Path) -> dict[str, bytes]:
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {place: data for place, data in found.items() if place != SIGNATURE}


def difference(found: dict[str, bytes], right: dict[str, bytes], place: str) -> str:
    ours, theirs = (of.get(place, b"").decode("utf-8", errors="replace").splitlines() for of in (found, right))
    return "\n".join(difflib.unified_diff(ours, theirs, "with what was kept", "from nothing", n=0, lineterm=""))[:2000]


EDITINGS = [name for name, said in vars(Writing).items() if callable(said) and not name.startswith("_")]
EDITINGS = [
    name
    for name in EDITINGS
    if name not in ("content", "write", "update", "story", "campaign", "theirs", "environment", "words")
]


def edits(dice: random.Random) -> Iterator[str]:
    yield from dice.sample(EDITINGS, dice.choice((1, 1, 2, 3)))


@pytest.mark.attack
@pytest.mark.skipif(not can_warm(), reason="no process is doubled here")
def test_whatever_is_edited_between_two_builds_the_site_has_the_bytes_of_one_built_from_nothing(tmp_path, seconds):
    first = int(os.environ.get("SEED") or 1)
    until, seed, tried, refused, done = time.monotonic() + seconds, first, 0, 0, Counter[str]()
    builds = Builds(tmp_path)
    try:
        while time.monotonic() < until:
            writing = Writing(tmp_path, seed)
            if not is_right(writing):
                seed += 1
                continue
            told: list[str] = []
            for step in range(EDITS):
                for name in edits(writing.dice) if step else ():
                    before_it, day, now = files(writing.content), writing.as_of, writing.now
                    getattr(writing, name)()
                    if not is_right(writing) and writing.dice.random() < 0.9:
                        shutil.rmtree(writing.content)
                        for place, data in before_it.items():
                            writing.write(place, data)
                        writing.as_of, writing.now = day, now
                    else:
                        told.append(name)
                        done[name] += 1
                output = tmp_path / writing.dice.choice(("site", "site", "other-site"))
                before = files(output)
                is_warm = writing.dice.random() < 0.6
                told.append(f"<{'warm' if is_warm else 'cold'} {output.name}>")
                with_kept = (builds.kept_warm if is_warm else builds.cold)(writing, writing.project, output)
                clean, right = builds.anew(writing)
                what = f"seed {seed}: {' '.join(told)}\n{with_kept.stderr}\n{clean.stderr}"
                assert with_kept.returncode == clean.returncode, what
                found = files(output)
                if clean.returncode:
                    refused += 1
                    if os.environ.get("TELL"):
                        print("REFUSED", seed, told, clean.stderr[:400], flush=True)
                    assert with_kept.stderr == clean.stderr.replace(str(tmp_path / "clean"), str(writing.project)), what
                    assert found == before, what
                    continue
                others = [place for place in sorted({*found, *right}) if found.get(place) != right.get(place)]
                assert others == [], f"{what}\n{others}\n{difference(found, right, others[0])}"
                tried += 1
                if os.environ.get("TELL"):
                    print("ok", seed, told[-4:], flush=True)
            seed += 1
    finally:
        builds.end()
    never = sorted(set(EDITINGS).difference(done))
    print(
        f"\nsites upon sites, right to the byte: {tried}, of {seed - first} appeals; refused alike: {refused};"
        f" never tried: {never}"
    )
