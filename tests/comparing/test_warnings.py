"""What looks wrong in an edit, where no report is needed to see it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from campaign.comparing.warnings import warnings_about
from campaign.loading.load import Loaded, load_campaign

CAMPAIGN = """\
name: A ramp
currency: GBP
goal: 20,000
started: 2024-01-01
sources:
  - {id: page, label: Page}
  - {id: bank, label: Bank}
matches:
  - {id: later, who: A bakery, up_to: 500, from: 2024-12-01}
  - {id: mill, who: A mill, up_to: 5000, from: 2024-02-01, until: 2024-08-31, sources: [page]}
"""
UPDATE = "---\ntitle: News\ndate: 2024-02-10\ntotals:\n  page: 4,000\n---\nNews.\n"
MILL = "{id: mill, who: A mill, up_to: 5000, from: 2024-02-01, until: 2024-08-31, sources: [page]}"


def loaded(folder: Path, campaign: str = CAMPAIGN, update: str = UPDATE) -> Loaded:
    (folder / "content/updates").mkdir(parents=True, exist_ok=True)
    (folder / "content/campaign.yaml").write_text(campaign, "utf-8")
    (folder / "content/updates/2024-02-10-news.md").write_text(update, "utf-8")
    return load_campaign(folder, folder / "content", now=datetime(2024, 3, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("up_to: 5000", "up_to: 6000", ".up_to: donors were told of A mill: up to £5,000, and now up to £6,000"),
        ("who: A mill", "who: The mill", ".who: donors were told of The mill: A mill, and now The mill"),
        (
            "up_to: 5000",
            "each: 3, up_to: 5000",
            ".each: donors were told of A mill: 1 is added to each unit given, and now 3 is added to each unit given",
        ),
        (
            "from: 2024-02-01",
            "from: 2024-02-09",
            ".from: donors were told of A mill: from 1 February 2024 on, and now from 9 February 2024 on",
        ),
        (
            ", until: 2024-08-31",
            "",
            ".until: donors were told of A mill: until 31 August 2024, and now without a last day",
        ),
        (
            ", sources: [page]",
            "",
            ".sources: donors were told of A mill: for gifts to page, and now for every gift",
        ),
    ],
)
def test_a_match_is_asked_about_whatever_is_changed_of_it(one, other, said, tmp_path):
    after = loaded(tmp_path / "after", CAMPAIGN.replace(MILL, MILL.replace(one, other)))
    asked = [str(problem) for problem in warnings_about(loaded(tmp_path / "before"), after, {})]
    assert [line for line in asked if "other-match" in line] == [
        f"content/campaign.yaml:10: matches[2]{said}; is it meant? [other-match]"
    ]


def test_a_match_that_is_gone_is_asked_about_unless_the_appeal_has_ended(tmp_path):
    gone = CAMPAIGN.replace(f"  - {MILL}\n", "")
    before = loaded(tmp_path / "before")
    assert [str(problem) for problem in warnings_about(before, loaded(tmp_path / "after", gone), {})] == [
        "content/campaign.yaml:8: matches: donors were told that A mill adds to their gifts, and that is gone; is it"
        " meant? [other-match]"
    ]
    ended = loaded(tmp_path / "ended", gone, UPDATE.replace("totals", "ends: done\ntotals"))
    assert not [p for p in warnings_about(before, ended, {}) if p.name == "other-match"]


def test_a_large_match_is_asked_about_at_its_own_line(tmp_path):
    """Also where one that has not begun stands before it."""
    after = loaded(tmp_path / "after", CAMPAIGN.replace(MILL, MILL.replace("5000", "15000")))
    asked = {problem.name: (problem.line, problem.field) for problem in warnings_about(loaded(tmp_path), after, {})}
    assert asked["large-promise"] == (10, "matches[2].up_to")


def test_what_was_planned_before_the_end_is_asked_about_by_nobody_and_what_is_planned_after_it_is(tmp_path):
    before, died = loaded(tmp_path / "before"), UPDATE.replace("totals", "ends: not_needed\ntotals")
    ended = loaded(tmp_path / "ended", update=died)
    assert {problem.name for problem in warnings_about(before, ended, {})} == {"ends"}
    goal = CAMPAIGN.replace("20,000", "[{amount: 20000}, {from: 2024-02-20, amount: 30000, why: more}]")
    after = [p for p in warnings_about(ended, loaded(tmp_path / "after", goal, died), {}) if p.name == "after-the-end"]
    assert [problem.field for problem in after] == ["goal[2].from"]
    assert not [p for p in warnings_about(None, ended, {}) if p.name == "after-the-end"]
