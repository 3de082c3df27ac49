"""Once an appeal has ended, nothing that was built for it asks: every file of every such campaign is searched.

What the theme says is sorted in words/: a sentence that is new stands in none of these files until somebody has decided
whether it asks. Volunteers' own words (``data-said``) are theirs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from campaign.core.figures.ending import EndingKind
from campaign.core.figures.view import CampaignView
from campaign.core.reading.campaign_file import parse_campaign
from campaign.loading.load import Loaded, load_campaign, now_from_environment
from campaign.verifying.verify import Proof
from endings.asking import (
    DAY_PLACES,
    KINDS,
    NAME_PLACES,
    PICTURES,
    ROOT,
    in_language,
    pattern,
    patterns,
    plain,
    sorted_words,
    texts_of,
)
from site_folder import MOMENT, Site

ADDRESS = "https://appeal.example.org"
DAYS: dict[str, date | None] = {
    "closed-alone": None,
    "dollars": None,
    "matched": None,
    "remembered": None,
    "resumed": None,
    "resumed-as-it-first-ended": date(2025, 9, 1),
    "stopped": None,
    "the-day-it-was-said": date(2025, 11, 9),
    "village-hall": None,
}
"""Each campaign that has ended, and two on the very day or the day after; the day, None for today."""
FOLDERS = {"resumed-as-it-first-ended": "resumed", "the-day-it-was-said": "remembered"}


@dataclass(frozen=True)
class Ended:
    """A campaign that was built for the public after its end."""

    loaded: Loaded
    output: Path
    texts: dict[str, list[tuple[bool, str]]]
    """What each file says."""

    @property
    def view(self) -> CampaignView:
        return self.loaded.view

    def says(self, kind: str, *, but_in: tuple[str, ...] = ()) -> list[str]:
        """What is said of a kind, and in which files, outside of the records of days before the end.

        but_in: how the names of files begin in which it may stand.
        """
        language = self.view.appeal.locale.partition("_")[0]
        wanted = patterns(kind, language)
        found: dict[str, set[str]] = {}
        for name, texts in self.texts.items():
            if name.startswith(but_in):
                continue
            for is_record, text in texts:
                if is_record and name in self.older_pages:
                    continue
                for each in wanted:
                    if each.is_in(text):
                        found.setdefault(each.sentence, set()).add(name)
        return [f"“{sentence}” in {', '.join(sorted(names))}" for sentence, names in sorted(found.items())]

    @property
    def older_pages(self) -> tuple[str, ...]:
        """The pages of updates from before the end, or from between two."""
        return tuple(f"updates/{update.slug}.html" for update in self.view.updates if update.stood.ending is None)


@pytest.fixture(scope="module", params=DAYS)
def ended(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ended:
    day = DAYS[request.param]
    site = Site(tmp_path_factory.mktemp(request.param))
    site.content = ROOT / "tests/sites" / FOLDERS.get(request.param, request.param)
    settings = {"SOURCE_DATE_EPOCH": MOMENT, "SITEURL": ADDRESS}
    options = ["-e", f'CAMPAIGN_AS_OF="{day}"'] if day else []
    done = site.pelican("--fatal=warnings", *options, settings=ROOT / "publishconf.py", environ=settings)
    assert done.returncode == 0, done.stderr + done.stdout
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SOURCE_DATE_EPOCH", MOMENT)
        loaded = load_campaign(ROOT, site.content, now=now_from_environment(), as_of=day, public=True)
    assert loaded.view.now.ending
    files = [path for path in sorted(site.output.rglob("*")) if path.is_file()]
    return Ended(loaded, site.output, {path.relative_to(site.output).as_posix(): texts_of(path) for path in files})


def test_no_file_of_an_ended_appeal_asks_counts_down_or_calls_anything_missing(ended: Ended) -> None:
    assert not (found := ended.says("asks")), "\n".join(found)


def test_what_was_still_needed_stands_only_in_the_records_of_days_before_the_end(ended: Ended) -> None:
    assert not (found := ended.says("records")), "\n".join(found)


def test_after_it_is_not_needed_nothing_but_tables_and_records_holds_the_money_against_the_goal(ended: Ended) -> None:
    if ended.view.now.ending and ended.view.now.ending.kind is EndingKind.NOT_NEEDED:
        found = ended.says("measures", but_in=("money", "account", "feeds/", *ended.older_pages))
        assert not found, "\n".join(found)


def test_no_file_of_an_ended_appeal_holds_an_address_to_give_to(ended: Ended) -> None:
    appeal = parse_campaign(ended.loaded.campaign_file)
    wanted = {way.url for way in appeal.give if way.url}
    for account in (way.account for way in appeal.give if way.account):
        wanted |= {part for part in (account.iban, account.reference, *account.written) if part}
    wanted |= {counter.url for counter in appeal.counters if counter.url}
    found = [
        f"{path.relative_to(ended.output)}: {each}"
        for path in sorted(ended.output.rglob("*"))
        if path.is_file() and path.suffix not in PICTURES
        for each in sorted(wanted)
        if each in path.read_text(encoding="utf-8").replace("\u00a0", " ")
    ]
    assert not found, "\n".join(found)


def test_a_public_site_of_an_ended_appeal_is_right(ended: Ended) -> None:
    assert not (found := list(Proof(ended.output, ended.loaded, ADDRESS).faults())), "\n".join(found)


def test_the_update_that_ended_it_is_said_first(ended: Ended) -> None:
    page = (ended.output / "index.html").read_text(encoding="utf-8")
    assert plain(ended.view.headline) in plain(page.replace("\u00a0", " "))


# -- what is searched for -----------------------------------------------------------------------------


def test_each_sentence_of_the_theme_is_said_to_ask_or_not_to() -> None:
    """Put what is new into one of words/*.txt: does it ask, count down, call missing or only plan? Is it a record?"""
    known = [sentence for kind in KINDS for sentence in sorted_words(kind)]
    assert len(known) == len(set(known))
    for path in sorted((ROOT / "theme/locale").glob("*.po")):
        with path.open("rb") as file:
            sentences = {str(message.id) for message in read_po(file) if message.id and not message.context}
        assert sentences - set(known) == set(), path.name
        assert set(known) - sentences == set(), path.name


@pytest.mark.parametrize("kind", KINDS)
def test_the_sentences_of_a_kind_stand_in_order(kind: str) -> None:
    assert list(sorted_words(kind)) == sorted(sorted_words(kind))


def test_every_ending_and_every_language_of_the_theme_is_searched() -> None:
    def view(name: str) -> CampaignView:
        return load_campaign(ROOT, ROOT / "tests/sites" / name, now=now_from_environment()).view

    views = [view(FOLDERS.get(name, name)) for name in DAYS]
    kinds = {found.now.ending.kind for found in views if found.now.ending}
    assert kinds == set(EndingKind)
    spoken = {found.appeal.locale.partition("_")[0] for found in views}
    assert spoken == {"en", *(path.stem for path in (ROOT / "theme/locale").glob("*.po"))}
    every = [path.parent.name for path in (ROOT / "tests/sites").glob("*/campaign.yaml")]
    assert {name for name in every if view(name).now.ending} == set(DAYS) - set(FOLDERS)


@pytest.mark.parametrize(
    ("sentence", "text", "is_said"),
    [
        ("%(amount)s to go", "Half way, £4,400 to go", True),
        ("%(amount)s to go", "£4,400\u00a0to\u00a0go", True),
        ("%(amount)s to go", "Scan to see the appeal, or go to", False),
        ("Give", "Give", True),
        ("Give", "Those who give are thanked", False),
        ("still needed by %(due)s", "£12 still needed by 5 February 2016 at the latest", True),
        ("by %(due)s", "by the end of February 2016", True),
        ("by %(due)s", "Written by Mum", False),
        ("not reached", "(not reached)", True),
    ],
)
def test_a_sentence_is_found_with_anything_in_its_places(sentence: str, text: str, is_said: bool) -> None:
    assert pattern(sentence, sentence).is_in(plain(text)) is is_said


@pytest.mark.parametrize("language", ["en", "de", "fr", "pl"])
def test_each_sentence_is_found_as_it_would_stand_on_a_page(language: str) -> None:
    known = in_language(language)
    places = {**dict.fromkeys(DAY_PLACES, "5. 5. 2026"), **dict.fromkeys(NAME_PLACES, "Anna")}
    for kind in ("asks", "records", "measures"):
        wanted = patterns(kind, language)
        for sentence in sorted_words(kind):
            written = re.sub(r"%\((\w+)\)s", lambda place: places.get(place[1], "5 000"), known[sentence])
            assert any(each.sentence == sentence and each.is_in(plain(written)) for each in wanted), written


def test_what_is_read_of_a_page_is_all_but_volunteers_own_words(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '<p><b>£5</b> still <i>needed</i></p><a href="https://x.example/?text=Give%20on%20JustGiving">a</a>'
        '<section class="stood"><p>£5 was still needed by 5 May 2026.</p></section><p data-said>£6 to go</p>'
        '<script type="application/ld+json">{"potentialAction": {"name": "Give"}}</script>',
        encoding="utf-8",
    )
    texts = texts_of(page)
    said = {
        each.sentence
        for is_record, text in texts
        if not is_record
        for each in patterns("asks", "en")
        if each.is_in(text)
    }
    assert said == {"Give", "Give on %(way)s", "still needed", "Still needed"}
    assert {is_record for is_record, text in texts if "was still needed" in text} == {True}


def test_a_file_of_a_kind_that_nobody_can_read_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "figures.pdf").write_text("Give", encoding="utf-8")
    with pytest.raises(ValueError, match="how such a file is read"):
        texts_of(tmp_path / "figures.pdf")
