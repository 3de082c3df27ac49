"""Whatever happened to what the last build left, the next site has the bytes of one that was built from nothing."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from datetime import date
from hashlib import sha256

import pytest
from many_updates import posts, write_campaign, write_update

from campaign.publishing.build import RECORD, build_site
from site_folder import NOW, ROOT

NUMBER = 20


def build(content, output, **options):
    build_site(content.parent, content, output, settings=options.pop("settings", ROOT / "pelicanconf.py"), **options)
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def signed(said):
    data = json.dumps(said).encode()
    return sha256(data).hexdigest().encode() + b"\n" + data


class Trial:
    """A campaign, and what can happen to it and to what its builds left."""

    def __init__(self, folder, dice):
        self.content, self.output, self.dice = folder / "content", folder / "site", dice
        write_campaign(self.content, NUMBER)
        self.others = [folder / "other-site", folder / "third-site"]
        self.later = list(posts(NUMBER + 40))[NUMBER:]
        self.old = b""

    def update(self):
        return self.dice.choice(sorted((self.content / "updates").iterdir()))

    def page(self):
        return self.dice.choice(sorted((self.output / "updates").glob("*-news-*.html")))

    @property
    def record(self):
        return self.output.parent / f".{self.output.name}.campaign" / RECORD

    # -- content

    def a_story_is_edited(self):
        path = self.update()
        path.write_text(f"{path.read_text()}\nAnd {self.dice.randrange(99)} thanks.\n")

    def a_title_is_edited(self):
        path = self.update()
        path.write_text(path.read_text().replace("title: ", f"title: {self.dice.choice(('Oh', 'So', 'Now'))} ", 1))

    def an_update_is_added(self):
        if self.later:
            write_update(self.content, self.later.pop(0))

    def the_newest_update_is_removed(self):
        max((self.content / "updates").iterdir()).unlink()

    def the_campaign_is_edited(self):
        path = self.content / "campaign.yaml"
        path.write_text(path.read_text().replace("summary: Robin", f"summary: {self.dice.choice('ABC')}. Robin", 1))

    # -- what is kept

    def the_record_is_gone(self):
        self.record.unlink(missing_ok=True)

    def the_record_is_damaged(self):
        data = bytearray(self.record.read_bytes())
        data[self.dice.randrange(len(data))] ^= 1 << self.dice.randrange(8)
        self.record.write_bytes(data[: self.dice.choice((len(data), len(data) // 2))])

    def the_record_is_an_older_one(self):
        self.old, now = self.record.read_bytes(), self.old
        if now:
            self.record.write_bytes(now)

    def the_record_is_another_sites(self):
        build(self.content, self.others[0])
        theirs = self.others[0].parent / f".{self.others[0].name}.campaign" / RECORD
        shutil.copy(theirs, self.record)

    def keys_are_planted(self):
        said = json.loads(self.record.read_bytes().partition(b"\n")[2])
        places = list(said["keys"])
        self.dice.shuffle(places)
        said["keys"] = dict(zip(places, said["keys"].values(), strict=True))
        self.record.write_bytes(signed(said))

    def hashes_are_planted(self):
        page, said = self.page(), json.loads(self.record.read_bytes().partition(b"\n")[2])
        place = page.relative_to(self.output).as_posix()
        said["hashes"][place] = sha256(self.page().read_bytes()).hexdigest()
        said["proved"] = {}
        self.record.write_bytes(signed(said))

    def another_version_wrote_the_record(self):
        said = json.loads(self.record.read_bytes().partition(b"\n")[2])
        said["made_by"] = "another"
        self.record.write_bytes(signed(said))

    # -- the site that stands

    def a_page_is_edited(self):
        page = self.page()
        page.write_bytes(page.read_bytes().replace(b"raised", b"stolen"))

    def a_page_is_anothers(self):
        self.page().write_bytes(self.page().read_bytes())

    def a_page_is_a_link(self):
        page, other = self.page(), self.page()
        if page != other:
            page.unlink()
            page.symlink_to(other)

    def pages_are_gone(self):
        for _ in range(3):
            self.page().unlink()

    def the_templates_kept_are_damaged(self):
        for path in (ROOT / ".cache").glob("templates-*"):
            path.write_bytes(path.read_bytes()[:-9])

    # -- other builds

    def it_is_built_of_an_earlier_day(self):
        build(self.content, self.output, as_of=date(2017, 1, 6))

    def it_is_built_for_the_public(self):
        build(self.content, self.output, settings=ROOT / "publishconf.py", publish=True)

    def two_are_built_at_once(self):
        words = [sys.executable, "-m", "campaign", "build", "--content", str(self.content), "-o"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": ROOT}
        both = [subprocess.Popen([*words, str(output)], **quiet) for output in (self.output, self.others[1])]
        assert [process.wait() for process in both] == [0, 0]

    def it_is_killed(self):
        words = [sys.executable, "-m", "campaign", "build", "--content", str(self.content), "-o", str(self.output)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": ROOT}
        process = subprocess.Popen(words, start_new_session=True, **quiet)
        time.sleep(self.dice.uniform(0.3, 3))
        if process.poll() is None:
            os.killpg(process.pid, 9)
        process.wait()


HAPPENS = [name for name in vars(Trial) if not name.startswith("_") and name not in ("update", "page", "record")]


@pytest.mark.attack
def test_whatever_happened_to_what_is_kept_a_site_has_the_bytes_of_one_built_from_nothing(
    tmp_path, monkeypatch, seconds
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    monkeypatch.setenv("SITEURL", "https://robin.example.org")
    dice, until, tried, missed = random.Random(1), time.monotonic() + seconds, 0, set(HAPPENS)
    trial = Trial(tmp_path, dice)
    build(trial.content, trial.output)
    while time.monotonic() < until:
        what = [dice.choice(sorted(missed) or HAPPENS), *dice.sample(HAPPENS, dice.randrange(2))]
        for name in what:
            if not trial.record.is_file():  # an event before left none
                build(trial.content, trial.output)
            getattr(trial, name)()
            missed.discard(name)
        fresh = tmp_path / "fresh"
        right = build(trial.content, fresh)
        shutil.rmtree(fresh)
        shutil.rmtree(tmp_path / ".fresh.campaign")
        assert build(trial.content, trial.output) == right, what
        tried += 1
    print(f"\nsites taken in part from what was left, and right to the byte: {tried}; never tried: {sorted(missed)}")
