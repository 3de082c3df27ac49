"""The command, run as a volunteer runs it: words in, words out, never a traceback."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import warm
from campaign.core.reading.told import FIRST_WORDS

ROOT = Path(__file__).parent.parent
NOON = "1440849600"  # 29 August 2015, noon
CAMPAIGN = """\
name: A ramp for the hall
currency: GBP
goal: 50,000
deadline: 2016-02
sources:
  - {id: page, label: Giving page}
  - {id: bank, label: Bank}
  - {id: tins, label: Tins, records: receipts}
milestones:
  - {raised: 50%, label: Half way}
"""
UPDATE = """\
---
title: A good week
date: 2015-08-26
totals:
  page: 21,157.70
  bank: about 3,000
---
Words.
"""


@pytest.fixture
def site(tmp_path):
    """A small campaign in a folder of its own."""
    write(tmp_path, "content/campaign.yaml", CAMPAIGN)
    write(tmp_path, "content/updates/2015-08-26-a-good-week.md", UPDATE)
    return tmp_path


def write(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def campaign(folder, *words, **environment):
    """Run the command in a folder, with a clock that stands still and none of GitHub's variables."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "SITEURL"))}
    return warm.run(
        [sys.executable, "-m", "campaign", *words],
        folder,
        {**inherited, **warm.PLAIN, "SOURCE_DATE_EPOCH": NOON, **environment},
    )


def test_a_check_says_how_the_campaign_stands(site):
    done = campaign(site, "check")
    assert done.stdout.splitlines() == [
        "A ramp for the hall",
        "About £24,100 of £50,000 raised, 48%, as of 26 August 2015.",
        "About £25,900 still needed by the end of February 2016.",
        "Next milestone: Half way, about £900 to go.",
        "1 update, no drafts, no events; every file is right.",
    ]
    assert (done.returncode, done.stderr) == (0, "")


def test_before_the_first_figure_there_is_none(site):
    (site / "content/updates/2015-08-26-a-good-week.md").unlink()
    said = campaign(site, "check").stdout
    assert "No figure yet; the goal is £50,000." in said
    assert "£0" not in said and "0%" not in said


def test_a_reached_goal_asks_for_nothing(site):
    write(site, "content/updates/2015-08-27-all.md", "---\ntitle: All\ndate: 2015-08-27\ntotals: {page: 47000}\n---\n")
    said = campaign(site, "check").stdout
    assert "The goal is reached." in said and "needed" not in said


def test_a_closed_appeal_asks_for_nothing(site):
    write(site, "content/campaign.yaml", CAMPAIGN + "closed: 2015-08-28\n")
    said = campaign(site, "check").stdout
    assert "The appeal closed on 28 August 2015." in said and "needed" not in said


def test_a_deadline_that_has_passed_is_told_as_past(site):
    write(site, "content/campaign.yaml", CAMPAIGN.replace("2016-02", "2015-08-27"))
    assert "About £25,900 still needed; the deadline was 27 August 2015." in campaign(site, "check").stdout


def test_figures_of_different_days_say_so(site):
    later = "---\ntitle: More\ndate: 2015-08-28\ntotals: {page: 22000}\n---\n"
    write(site, "content/updates/2015-08-28-more.md", later)
    assert "as of 26 August 2015, its newest part of 28 August 2015." in campaign(site, "check").stdout


def test_every_problem_is_told_with_its_place_and_where_it_is_explained(site):
    wrong = UPDATE.replace("21,157.70", "21k").replace("2015-08-26", "26 August", 1)
    write(site, "content/updates/2015-08-26-a-good-week.md", wrong)
    done = campaign(site, "check")
    lines = done.stderr.splitlines()
    assert done.returncode == 1 and done.stdout == ""
    assert [re.sub(r": .*", "", line) for line in lines[:2]] == [
        "content/updates/2015-08-26-a-good-week.md:3",
        "content/updates/2015-08-26-a-good-week.md:5",
    ]
    assert lines[2:] == ["", "2 problems; nothing was published. docs/errors.md explains the name in brackets."]


def test_json_holds_the_state_or_the_problems(site):
    state = json.loads(campaign(site, "check", "--json").stdout)
    assert state["problems"] == []
    assert state["campaign"]["raised"] == {"amount": "24157.70", "shown": "24100", "qualifier": "about"}
    assert state["campaign"]["as_of"] == "2015-08-26"
    write(site, "content/updates/2015-08-26-a-good-week.md", UPDATE.replace("21,157.70", "21k"))
    done = campaign(site, "check", "--json")
    (problem,) = json.loads(done.stdout)["problems"]
    assert done.returncode == 1
    assert (problem["line"], problem["field"], problem["name"]) == (5, "totals.page", "amount")


def test_on_github_problems_stand_beside_the_file_and_in_the_summary(site, tmp_path):
    write(site, "content/updates/2015-08-26-a-good-week.md", UPDATE.replace("21,157.70", "100%"))
    summary = tmp_path / "summary.md"
    done = campaign(site, "check", GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(summary))
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("::error ")]
    assert "file=content/updates/2015-08-26-a-good-week.md,line=5," in line
    assert "100%25" in line and "100%'" not in line
    assert "content/updates/2015-08-26-a-good-week.md" in summary.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["check"], "there is no folder content"),
        (["check", "--content", "nowhere"], "there is no folder nowhere"),
        (["build"], "there is no folder content"),
        (["serve"], "there is no folder content"),
        (["new", "update", "A title"], "there is no folder content"),
        (["build", "--as-of", "1/9/2015"], "expected a day like 2015-09-01"),
    ],
)
def test_what_is_typed_in_the_wrong_place_is_answered_in_words(tmp_path, words, told):
    done = campaign(tmp_path, *words)
    assert done.returncode != 0
    assert told.replace("2015-09-01", "2016-02-05") in done.stderr
    assert "Traceback" not in done.stderr


def test_a_content_folder_that_is_a_file_is_answered_in_words(tmp_path):
    write(tmp_path, "content", "")
    done = campaign(tmp_path, "check")
    assert done.returncode == 1 and "Traceback" not in done.stderr


def test_a_check_waits_for_neither_pelican_nor_pillow(site):
    program = (
        "import sys; from campaign.cli import main; main(['check'], standalone_mode=False);"
        "print(sorted({'pelican', 'PIL', 'jinja2', 'watchfiles'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=site,
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "SOURCE_DATE_EPOCH": NOON},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"


def told(site):
    """Somebody has written a story into every new file."""
    for path in (site / "content").glob("*/*.md"):
        text = path.read_text(encoding="utf-8")
        for words in FIRST_WORDS:
            text = text.replace(words, "We sold every cake.")
        path.write_text(text, encoding="utf-8")
    return site


# -- new -----------------------------------------------------------------------------------------------


def test_a_new_update_lists_the_sources_with_their_latest_totals_and_passes_a_check(site):
    done = campaign(site, "new", "update", "Cake sale: £400 & more")
    assert done.stdout == "content/updates/2015-08-29-cake-sale-400-more.md\n"
    assert (site / done.stdout.strip()).read_text(encoding="utf-8").splitlines() == [
        "---",
        'title: "Cake sale: £400 & more"',
        "date: 2015-08-29",
        "# What each account shows now: take the # away from totals and from each new figure.",
        "# totals:",
        "#   page: 21157.70   # 26 August 2015",
        "#   bank: about 3000   # 26 August 2015",
        "# What came in since the last update, each amount by itself.",
        "# received:",
        "#   - {source: tins, amount: , from: }",
        "# What the money was spent on since the last update, each payment by itself.",
        "# paid:",
        "#   - {amount: , to: }",
        "# Only if the appeal asks no more: done, not_needed or stopped.",
        "# ends: done",
        "---",
        "",
        "Tell here what happened.",
    ]
    assert "'Tell here what happened.' is still there" in campaign(site, "check").stderr
    state = campaign(told(site), "check").stdout.splitlines()[-1]
    assert state == "2 updates, no drafts, no events; every file is right."


def test_a_new_updates_comments_are_right_once_their_signs_are_taken_away(site):
    """An amount that was never written is missed, not made up, and so is to whom something was paid."""
    path = site / campaign(site, "new", "update", "Uncommented").stdout.strip()
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not re.match("# [A-Z]", line)]
    path.write_text("\n".join(line.removeprefix("# ") for line in lines), encoding="utf-8")
    (problem, *_) = campaign(site, "check").stderr.splitlines()
    assert ":8: received[1].amount: " in problem
    path.write_text(path.read_text(encoding="utf-8").replace("amount: ,", "amount: 12,"), encoding="utf-8")
    assert ": paid[1].to: " in campaign(site, "check").stderr
    path.write_text(path.read_text(encoding="utf-8").replace("to: }", "to: The baker}"), encoding="utf-8")
    assert campaign(told(site), "check").returncode == 0


def test_a_campaign_with_one_overall_figure_is_offered_it(site):
    write(site, "content/campaign.yaml", "name: A\ncurrency: GBP\ngoal: 50000\n")
    write(site, "content/updates/2015-08-26-a-good-week.md", UPDATE.replace("page: 21,157.70\n  bank", "raised"))
    path = site / campaign(site, "new", "update", "More").stdout.strip()
    assert "#   raised: about 3000   # 26 August 2015" in path.read_text(encoding="utf-8")


def test_a_new_event_passes_a_check(site):
    done = campaign(site, "new", "event", "Barn dance", "--date", "2015-10-03")
    assert done.stdout == "content/events/barn-dance.md\n"
    assert campaign(site, "new", "event", "No day yet").returncode == 0
    assert "2 events" in campaign(told(site), "check").stdout


def test_a_file_that_is_there_is_never_written_over(site):
    first = campaign(site, "new", "update", "Twice", "--date", "2015-08-27")
    path = site / first.stdout.strip()
    path.write_text(path.read_text().replace("Tell", "Told"))
    second = campaign(site, "new", "update", "Twice", "--date", "2015-08-27")
    assert second.returncode == 1
    assert "content/updates/2015-08-27-twice.md is there already" in second.stderr
    assert "Told" in path.read_text()


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Łódź & Gdańsk", ["2015-08-29-lodz-gdansk.md"]),
        ("Чернобыль", ["2015-08-29-chernobyl.md"]),
        ("散歩", ["2015-08-29-update.md", "2015-08-29-update-2.md"]),
    ],
)
def test_a_new_files_name_is_spelt_from_its_title_or_is_the_days_next(site, title, names):
    """Where no name can be made of a title, another title cannot be asked for either."""
    for name in names:
        done = campaign(site, "new", "update", title)
        assert (done.returncode, done.stdout) == (0, f"content/updates/{name}\n")
    assert campaign(told(site), "check").returncode == 0


@pytest.mark.parametrize(
    "title",
    [
        "null",
        "~",
        "- 12:30",
        "'quoted'",
        'say "yes"',
        "#3",
        "Walk #3",
        "Ends:",
        "💐",
        "\u202e",
        "  a \n b ",
        b"Amy\xff",
    ],
)
def test_whatever_the_title_is_the_new_file_passes_a_check_or_is_not_written(site, title):
    done = campaign(site, "new", "update", title)
    assert "Traceback" not in done.stderr
    assert done.returncode == 0 or len(list((site / "content/updates").iterdir())) == 1
    checked = campaign(told(site), "check")
    assert checked.returncode == 0, checked.stderr


def test_an_update_cannot_be_of_a_day_to_come(site):
    done = campaign(site, "new", "update", "Soon", "--date", "2015-08-30")
    assert done.returncode == 1 and "2015-08-30 is after today, 2015-08-29" in done.stderr


# -- build ---------------------------------------------------------------------------------------------


def test_a_build_says_in_words_what_it_made_and_where_to_look(site):
    done = campaign(ROOT, "build", "--content", str(site / "content"), "-o", str(site / "public"))
    assert done.returncode == 0, done.stderr
    assert "About £24,100 of £50,000 raised, 48%, as of 26 August 2015." in done.stdout
    assert re.search(r"^Built \d+ pages, \d+ files in all\.$", done.stdout, re.MULTILINE)
    assert done.stdout.splitlines()[-1] == f"Look at {(site / 'public/index.html').as_posix()}"
    assert (site / "public/index.html").is_file()


def test_a_build_as_of_a_day_leaves_out_what_came_later(site):
    words = ["build", "--content", str(site / "content"), "-o", str(site / "public"), "--as-of", "2015-08-01"]
    done = campaign(ROOT, *words)
    assert "A ramp for the hall, as it stood on 1 August 2015\nNo figure yet" in done.stdout
    assert not (site / "public/updates/2015-08-26-a-good-week.html").exists()


def test_a_refused_build_tells_every_problem_and_writes_nothing(site):
    write(site, "content/updates/2015-08-26-a-good-week.md", UPDATE.replace("21,157.70", "21k"))
    done = campaign(ROOT, "build", "--content", str(site / "content"), "-o", str(site / "public"))
    assert done.returncode == 1
    assert "2015-08-26-a-good-week.md:5: totals.page: expected an amount" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (site / "public").exists()


def test_publishing_without_an_address_is_answered_in_words(site):
    done = campaign(ROOT, "build", "--publish", "--content", str(site / "content"), "-o", str(site / "public"))
    assert done.returncode == 1
    assert "SITEURL is not set" in done.stderr and "Traceback" not in done.stderr
