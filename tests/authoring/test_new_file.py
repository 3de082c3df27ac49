"""A new update offers what an appeal of its kind may have to tell, as comments: in each phase of whole campaigns."""

import resource
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from campaign.authoring.new_file import try_out, update_text, write_new
from campaign.core.figures.view import CampaignView
from campaign.loading.load import load_campaign

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def view_of(name: str, day: str = "") -> CampaignView:
    as_of = date.fromisoformat(day) if day else None
    return load_campaign(ROOT, ROOT / "tests/sites" / name, now=NOW, as_of=as_of).view


def offered(name: str, day: str = "") -> list[str]:
    """The comments that are fields, from the rates on."""
    lines = update_text(view_of(name, day), "News", date.fromisoformat(day or "2026-06-01")).splitlines()
    return [line.removeprefix("# ") for line in lines if line.startswith("# ") and not line[2:3].isupper()]


def test_an_account_in_another_currency_is_offered_in_it_with_its_last_rate() -> None:
    assert offered("dollars", "2025-08-03")[:6] == [
        "totals:",
        "  seite: 6300   # 3 August 2025",
        "  konto: 2900   # 6 July 2025",
        "  amerika: 2400.40   # 3 August 2025",
        "rates:",
        "  USD: 0,86   # 3 August 2025",
    ]
    assert offered("dollars", "2025-05-04")[3:6] == ["  amerika:   # none yet", "rates:", "  USD:    # none yet"]


def test_what_was_promised_and_is_not_here_is_offered_as_kept() -> None:
    assert "kept: [mill]" in offered("matched", "2025-06-08")
    assert "kept: [bakery]" in offered("matched", "2025-07-13")
    assert not [line for line in offered("matched", "2025-09-07") if line.startswith("kept")]
    assert "kept: [shop, friends]" in offered("remembered", "2025-10-26")
    assert not [line for line in offered("remembered", "2025-11-09") if line.startswith("kept")]


def test_payments_are_offered_by_cost_and_after_the_end_first_under_the_promise_that_applies() -> None:
    assert offered("matched", "2025-09-07")[-4:] == [
        "paid:",
        "  - {amount: , to: , cost: operation}",
        "  - {amount: , to: , cost: therapy}",
        "ends: done",
    ]
    assert offered("remembered", "2025-11-09")[-5:-1] == [
        "paid:",
        "  - {amount: , to: , promise: not_needed}",
        "  - {amount: , to: , cost: transplant}",
        "  - {amount: , to: , cost: journey}",
    ]


@pytest.mark.parametrize(("name", "day"), [("matched", ""), ("remembered", ""), ("empty", "")])
def test_where_nothing_is_in_hand_no_payment_is_offered(name: str, day: str) -> None:
    assert "paid:" not in offered(name, day)


def test_an_appeal_that_asks_may_end_and_one_that_has_ended_may_be_taken_up_again() -> None:
    assert offered("closed-alone", "2025-11-23")[-1] == "ends: done"
    assert offered("closed-alone")[-1] == "resumes: true"
    assert not [line for line in offered("empty") if line.startswith(("ends", "resumes"))]


def test_an_event_that_is_over_is_offered_to_say_what_it_brought() -> None:
    wanted = '  - {source: cash, amount: , from: "Jumble sale in three garages", event: jumble-sale}'
    assert wanted in offered("village-hall", "2025-10-12")
    assert not [line for line in offered("village-hall") if "event:" in line]
    assert not [line for line in offered("matched", "2025-04-20") if "event:" in line]


@pytest.mark.parametrize("name", sorted(path.parent.name for path in (ROOT / "tests/sites").glob("*/campaign.yaml")))
def test_as_it_is_a_new_update_passes_a_check_in_every_campaign(name: str) -> None:
    view = view_of(name)
    try_out(Path("content/updates/2026-06-01-news.md"), update_text(view, "News", date(2026, 6, 1)), view.appeal)


def test_a_file_for_which_there_is_no_room_is_not_begun(tmp_path: Path) -> None:
    """As on a full disk: the system refuses to write on past a size."""
    path = tmp_path / "2026-06-01-news.md"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        with pytest.raises(OSError, match=r"File too large: '.*2026-06-01-news\.md'"):
            write_new(path, "Words. " * 100)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "news.md").write_text("Words.")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "news.md", "Others.")
    assert (tmp_path / "news.md").read_text() == "Words."
