"""The appeal that ships as the site's content: what it must say, and on which day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from pydantic import BaseModel

from campaign.core.figures.milestones import MilestoneState
from campaign.core.figures.pace import Phase
from campaign.core.figures.view import CampaignView
from campaign.core.reading.money import Count, Money, Qualifier
from campaign.loading.load import Loaded, load_campaign

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "content"
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)

LAUNCH = date(2014, 3, 24)
ACCEPTED = date(2015, 8, 26)
MIDDLE = date(2015, 9, 1)
REACHED = date(2015, 11, 2)
OPERATION_DATED = date(2016, 1, 7)

SAID_LATER = ("Nottingham", "Queen’s Medical", "5 February", "2016-02-05")
"""What nobody knew on 1 September 2015."""


@cache
def load(as_of: date | None = None) -> Loaded:
    return load_campaign(ROOT, CONTENT, now=NOW, as_of=as_of, public=True)


def appeal(as_of: date | None = None) -> CampaignView:
    return load(as_of).view


def about(amount: int) -> Money:
    return Money(Decimal(amount), "GBP", Qualifier.ABOUT)


def exactly(amount: int) -> Money:
    return Money(Decimal(amount), "GBP")


def labels(states: tuple[MilestoneState, ...]) -> list[str | None]:
    return [state.label for state in states]


def texts(value: object) -> Iterator[str]:
    """Every text in a value, however deep; a date as ISO writes it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, date):
        yield value.isoformat()
    elif isinstance(value, Mapping):
        yield from texts(tuple(value.items()))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, BaseModel):
        yield from texts([getattr(value, name) for name in type(value).model_fields])
    elif is_dataclass(value) and not isinstance(value, type):
        if hasattr(value, "isoformat"):
            yield value.isoformat()
        yield from texts([getattr(value, field.name) for field in fields(value)])


def test_at_the_launch_there_is_a_goal_and_no_figure() -> None:
    now = appeal(LAUNCH).now
    assert now.goal == exactly(50000)
    assert now.raised is None
    assert now.percent is None
    assert now.as_of is None
    assert now.phase is Phase.BEFORE


def test_about_25000_is_half_of_the_goal() -> None:
    now = appeal(ACCEPTED).now
    assert now.raised is not None
    assert now.remaining is not None
    assert now.raised.exact == now.raised.shown == about(25000)
    assert now.percent == 50
    assert now.remaining.shown == about(25000)
    assert now.as_of == ACCEPTED
    assert now.phase is Phase.RAISING


def test_about_25000_pays_for_the_operation_as_first_quoted_and_for_nothing_after_it() -> None:
    costs = appeal(ACCEPTED).costs
    assert costs is not None
    assert [line.cost.label for line in costs.lines] == ["The operation as first quoted", "Physiotherapy and aftercare"]
    assert [line.met.shown.amount for line in costs.lines] == [25000, 0]
    assert [line.is_met for line in costs.lines] == [True, False]


def test_the_day_james_is_accepted_three_milestones_are_reached() -> None:
    update = appeal().by_slug["2015-08-26-great-ormond-street-says-yes"]
    assert labels(update.reached) == [
        "Accepted for the operation",
        "The operation as first quoted is paid for",
        "Half way",
    ]


def test_the_50000_that_were_needed_are_the_whole_goal_and_reach_it() -> None:
    now = appeal(REACHED).now
    assert now.raised is not None
    # Reported as the sum that was needed, and without "about".
    assert now.raised.exact == now.raised.shown == exactly(50000)
    assert now.percent == 100
    assert now.is_reached
    assert now.remaining is None
    assert now.beyond is None
    assert now.phase is Phase.REACHED
    assert labels(appeal().by_slug["2015-11-02-the-goal-is-reached"].reached) == ["The whole goal"]


def test_when_the_nhs_pays_about_10000_the_needs_are_15000_and_25000() -> None:
    before, since = appeal(date(2015, 11, 1)).costs, appeal(REACHED).costs
    assert before is not None
    assert since is not None
    assert [line.need for line in before.lines] == [about(25000), about(25000)]
    assert [line.need for line in since.lines] == [about(15000), about(25000)]
    assert [(payer.who, payer.amount) for payer in since.lines[0].payers] == [("NHS England", about(10000))]


def test_when_the_nhs_pays_the_surplus_is_about_10000_and_goal_and_percent_stay() -> None:
    view = appeal(REACHED)
    assert view.costs is not None
    assert view.costs.surplus is not None
    assert view.costs.surplus.exact == view.costs.surplus.shown == about(10000)
    assert view.now.goal == exactly(50000)
    assert view.now.percent == 100
    assert all(line.is_met for line in view.costs.lines)


def test_what_is_met_and_the_surplus_are_together_what_was_raised_on_every_day() -> None:
    for update in appeal().updates:
        view = appeal(update.day)
        if view.costs is None:  # at the launch nobody had said what anything costs
            assert view.now.raised is None
            continue
        parts = [line.met.exact.amount for line in view.costs.lines]
        parts += [view.costs.surplus.exact.amount] if view.costs.surplus else []
        assert sum(parts) == (view.now.raised.exact.amount if view.now.raised else 0)


def test_the_petition_has_more_than_1800_signatures() -> None:
    (petition,) = appeal().counters
    assert petition.count == Count(1800, Qualifier.MORE_THAN)
    assert appeal(MIDDLE).counters == ()


def test_1586_pounds_for_the_neonatal_unit_are_shown_and_not_counted() -> None:
    for day in (LAUNCH, ACCEPTED, REACHED):
        (unit,) = appeal(day).causes
        assert (unit.cause.id, unit.amount.in_full) == ("neonatal-unit", exactly(1586))
    assert appeal(LAUNCH).now.raised is None
    assert appeal(LAUNCH).updates[0].other_receipts == ()


def test_all_three_plans_for_the_operation_stay_visible_with_the_newest_first() -> None:
    plans = [(plan.said, plan.status, plan.where) for plan in appeal().treatment]
    assert plans == [
        (OPERATION_DATED, "booked", "Great Ormond Street Hospital"),
        (REACHED, "planned", "Queen’s Medical Centre, Nottingham"),
        (ACCEPTED, "accepted", "Great Ormond Street Hospital"),
        (LAUNCH, "hoped", None),
    ]
    assert [plan.when for plan in appeal().treatment] == [
        "5 February 2016",
        "January or February 2016",
        "early 2016",
        None,
    ]


def test_the_deadline_is_the_end_of_february_until_the_operation_has_a_day() -> None:
    def last_day(day: date) -> date | None:
        deadline = appeal(day).now.deadline
        return deadline.date.last if deadline else None

    assert last_day(LAUNCH) is None
    assert last_day(MIDDLE) == date(2016, 2, 29)
    assert last_day(OPERATION_DATED) == date(2016, 2, 5)


def test_the_operation_is_planned_and_nobody_has_reported_it_done() -> None:
    (operation,) = [state for state in appeal().milestones if state.planned]
    assert operation.planned == date(2016, 2, 5)
    assert operation.reached is None
    assert not [state for state in appeal(REACHED).milestones if state.planned]


def test_an_update_without_a_total_leaves_the_figure_as_it_was() -> None:
    stood = appeal(OPERATION_DATED).now
    assert stood.raised == appeal(REACHED).now.raised
    assert stood.as_of == REACHED
    assert appeal().by_slug["2016-01-07-a-date-for-the-operation"].added is None


def test_the_only_promise_is_the_one_that_was_reported_from_the_day_it_was_said() -> None:
    assert appeal(date(2015, 11, 1)).promise is None
    promise = appeal(REACHED).promise
    assert promise is not None
    assert promise.too_much
    assert (promise.too_little, promise.not_needed) == (None, None)


def test_three_events_were_announced_and_which_were_held_is_not_reported() -> None:
    announced = ["ball", "cake-sale", "sponsored-buggy-walk"]
    for day in (LAUNCH, MIDDLE):
        assert [(event.slug, event.said, event.is_held) for event in appeal(day).events] == [
            (slug, LAUNCH, False) for slug in announced
        ]
    events = appeal(REACHED).events
    assert [event.slug for event in events if event.is_held] == ["events-of-the-months-between"]
    assert not [event for event in appeal().events if event.when or event.is_past or event.is_cancelled]


def test_no_cost_was_known_before_26_august_2015() -> None:
    assert appeal(LAUNCH).costs is None
    assert appeal(date(2015, 8, 25)).costs is None
    assert [state.label for state in appeal(LAUNCH).milestones] == ["Half way", "The whole goal"]


def test_the_first_quote_stays_what_it_was_beside_what_remains_of_it() -> None:
    for day in (OPERATION_DATED, None):
        costs = appeal(day).costs
        assert costs is not None
        first = costs.lines[0]
        assert (first.estimate, first.others_pay, first.need) == (about(25000), about(10000), about(15000))


def test_reports_that_contradict_each_other_both_stay_with_their_days() -> None:
    def notes(day: date) -> list[date]:
        costs = appeal(day).costs
        return [note.said for note in costs.lines[0].notes] if costs else []

    assert [notes(day) for day in (MIDDLE, REACHED, OPERATION_DATED)] == [[], [REACHED], [REACHED, OPERATION_DATED]]
    days = [report.date.first for report in appeal().press]
    assert days == [OPERATION_DATED, REACHED, ACCEPTED, LAUNCH]
    assert all(report.says and not report.url for report in appeal().press)


def test_the_charity_evening_has_no_day_of_its_own() -> None:
    ((found,),) = [cause.receipts for cause in appeal().causes]
    assert (found.receipt.date, found.update.day) == (None, LAUNCH)


NOWHERE_REPORTED = (
    *("16 months", "never walked", "everything that was raised", "half of everything", "everybody who has baked"),
    *("as much physiotherapy as", "yet to be held", "about £50,000"),
)
"""What was once written here, and is in no report."""


def test_nothing_is_told_that_no_report_holds() -> None:
    loaded = load()
    said = [text for document in loaded.documents.values() for text in (document.body, *texts(document.fields))]
    said += texts(loaded.campaign_file.fields)
    assert not [text for text in said for words in NOWHERE_REPORTED if words.lower() in text.lower()]


def test_the_pages_say_that_the_dates_are_inferred() -> None:
    assert [page.slug for page in appeal().pages] == ["about", "how-the-money-is-used", "privacy"]
    assert "inferred" in load().documents["pages/about.md"].body


def test_the_view_of_1_september_2015_knows_neither_nottingham_nor_5_february() -> None:
    view = appeal(MIDDLE)
    # ``appeal`` is the file itself, with all its days; pages take dated lists from the other fields.
    said = [text for field in fields(view) if field.name != "appeal" for text in texts(getattr(view, field.name))]
    assert "Great Ormond Street Hospital" in said
    assert not [text for text in said if any(later in text for later in SAID_LATER)]


def test_the_view_of_7_january_2016_knows_both() -> None:
    said = " ".join(texts((appeal(OPERATION_DATED).treatment, appeal(OPERATION_DATED).now)))
    assert "Nottingham" in said
    assert "5 February 2016" in said
    assert "2016-02-05" in said


def test_no_file_rendered_on_1_september_2015_knows_nottingham_or_5_february() -> None:
    documents = load(MIDDLE).documents
    assert sorted(path for path in documents if path.startswith("updates/")) == [
        "updates/2014-03-24-an-appeal-begins.md",
        "updates/2015-08-26-great-ormond-street-says-yes.md",
    ]
    said = [text for document in documents.values() for text in (document.body, *texts(document.fields))]
    assert not [text for text in said if any(later in text for later in SAID_LATER)]


def test_the_sentence_at_the_top_and_the_name_hold_on_every_day() -> None:
    summary = appeal().appeal.summary
    assert summary is not None
    assert 10 <= len(summary) <= 120
    for word in (*SAID_LATER, "NHS", "Great Ormond Street", "2016", "£"):
        assert word not in summary
