"""The appeal's pages: what each day's reader finds, and what the README shows of them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from reading import text_of
from site_folder import NOW, ROOT, run

SAID_LATER = ("Nottingham", "Queen’s Medical", "5 February", "2016-02-05")


def built(folder: Path, *options: str) -> tuple[dict[str, str], subprocess.CompletedProcess[str]]:
    """Every page and file of words, by name, and what the build said."""
    command = [sys.executable, "-m", "campaign", "build", "-o", str(folder / "site"), *options]
    done = run(command, ROOT, {"SOURCE_DATE_EPOCH": NOW})
    assert done.returncode == 0, done.stderr
    kinds = (".html", ".xml", ".json")
    files = [path for path in (folder / "site").rglob("*") if path.suffix in kinds]
    return {
        path.relative_to(folder / "site").as_posix(): path.read_text("utf-8").replace("\u00a0", " ") for path in files
    }, done


@pytest.fixture(scope="module")
def middle(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return built(tmp_path_factory.mktemp("middle"), "--as-of", "2015-09-01")[0]


@pytest.fixture(scope="module")
def end(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], subprocess.CompletedProcess[str]]:
    return built(tmp_path_factory.mktemp("end"))


def test_no_page_of_1_september_2015_knows_nottingham_or_5_february(middle: dict[str, str]) -> None:
    assert len(middle) > 10
    for name, text in middle.items():
        assert not [later for later in SAID_LATER if later in text], name


def test_the_page_of_that_day_says_half_what_is_needed_and_by_when(middle: dict[str, str]) -> None:
    for words in ("raised of £50,000 – 50%", "still needed", "the end of February 2016", "Figure of 26 August 2015"):
        assert words in middle["index.html"]


def test_the_appeals_picture_is_on_the_home_page_and_with_the_first_good_news(middle: dict[str, str]) -> None:
    pages = {name: text for name, text in middle.items() if name.endswith(".html")}
    shown = {name for name, text in pages.items() if "images/the-path-" in text}
    update = "updates/2015-08-26-great-ormond-street-says-yes.html"
    assert shown == {"index.html", "poster.html", "poster-strips.html", update}
    assert all('alt="A path that is marked like a ruler' in middle[name] for name in shown)
    # A dark screen gets the one that was drawn for it, in every browser, before any other is tried.
    sources = re.findall("<source [^>]*>", middle["index.html"])
    assert ["prefers-color-scheme: dark" in source for source in sources] == [True, True, False]
    assert ["images/the-path-at-night-" in source for source in sources] == [True, True, False]


def test_an_update_of_the_past_is_the_same_page_for_ever(
    middle: dict[str, str], end: tuple[dict[str, str], subprocess.CompletedProcess[str]]
) -> None:
    page = "updates/2014-03-24-an-appeal-begins.html"
    strip = "as it stood on 1 September 2015"
    assert strip in middle[page]
    before = middle[page].replace(f"A past appeal, {strip}", "A past appeal, kept as an example")
    assert before.partition("<main")[2].partition("</article>")[0] in end[0][page]
    assert "No figure yet" in end[0][page]


def test_what_was_quoted_what_others_pay_and_what_is_left_are_three_figures(
    end: tuple[dict[str, str], subprocess.CompletedProcess[str]],
) -> None:
    for page in ("index.html", "money.html"):
        assert "NHS England pays about £10,000 from 2 November 2015" in text_of(end[0][page])
    # What was said of it since stands beside the figures it may change; the update says it on the home page.
    assert "7 January 2016: It is said again that" in text_of(end[0]["money.html"])
    assert "Estimated at about £25,000" in text_of(end[0]["index.html"])
    table = "about £25,000\nabout £10,000\nabout £15,000\nabout £15,000\nPhysiotherapy and aftercare"
    assert table in text_of(end[0]["money.html"])
    assert "About £15,000 of about £15,000. Paid for." in text_of(end[0]["index.html"])


def test_no_event_is_still_to_come_and_the_charity_evening_is_of_no_day(
    end: tuple[dict[str, str], subprocess.CompletedProcess[str]],
) -> None:
    for page in ("index.html", "events.html"):
        said = text_of(end[0][page])
        assert "no date yet" not in said
        # Said once of the three that were announced together.
        assert said.count("Announced on 24 March 2014, without a date") == 1
        # The home page has those that somebody may still come to.
        assert said.count("Took place, no date given") == (page == "events.html")
    assert "£1,586 – A charity evening told on 24 March 2014" in text_of(end[0]["money.html"])


def test_all_three_hospitals_are_visible_at_the_end(
    end: tuple[dict[str, str], subprocess.CompletedProcess[str]],
) -> None:
    home = end[0]["index.html"]
    assert home.count("Great Ormond Street Hospital") >= 2
    assert "Nottingham" in home
    assert "The goal is reached." in home
    assert "£1,586" in end[0]["money.html"] and "£1,586" not in home
    assert "More than 1,800" in home


def test_the_readme_shows_what_the_build_says(
    end: tuple[dict[str, str], subprocess.CompletedProcess[str]],
) -> None:
    said = end[1].stdout.strip().splitlines()[:-1]  # the last line names the folder
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "\n".join(said) in readme
