"""How the total grew, as geometry."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from campaign.core.figures.growth import MAX_DATES, MAX_LINES, MAX_STEPS
from writing import a_campaign, a_view, an_update


def stated(campaign, *figures):
    """Updates that state the overall figure, as ``("2024-01-01", "1,000")`` or with more front matter."""
    return [
        an_update(campaign, day, f"totals:\n  raised: {figure}\n{''.join(more)}", slug=f"news-{number}")
        for number, (day, figure, *more) in enumerate(figures)
    ]


def chart(*figures, text="", on="2025-12-31"):
    campaign = a_campaign(text)
    return a_view(campaign, *stated(campaign, *figures), on=on).growth


def test_one_figure_is_no_growth():
    assert chart() is None
    assert chart(("2024-01-01", "1,000")) is None
    assert chart(("2024-01-01", "1,000"), ("2024-02-01", "1,000")) is None


def test_a_step_stands_where_its_day_and_its_figure_are():
    found = chart(
        ("2024-01-11", "10,000"),
        ("2024-02-20", "25,000"),
        text="started: 2024-01-01\ndeadline: 2024-04-10\n",
        on="2024-02-21",
    )
    assert (found.start, found.end) == (date(2024, 1, 1), date(2024, 4, 10))
    assert [(step.x, step.y, step.percent) for step in found.steps] == [(10, 80, 20), (50, 50, 50)]
    assert [line.amount.amount for line in found.lines] == [10_000, 20_000, 30_000, 40_000, 50_000]
    assert found.lines[-1].y == 0


def test_without_a_deadline_the_last_step_still_has_a_width():
    found = chart(("2024-01-01", "10,000"), ("2024-04-01", "25,000"))
    assert found.steps[0].x == 0
    assert 95 <= found.steps[-1].x < found.runs[-1].until == 100


def test_a_deadline_that_has_passed_does_not_stretch_the_chart():
    found = chart(("2024-01-01", "1,000"), ("2024-02-01", "2,000"), text="deadline: 2025-01-01\n", on="2025-06-01")
    assert found.end < date(2024, 3, 1)


def test_figures_that_are_not_exact_are_drawn_by_themselves_and_the_line_goes_on():
    found = chart(("2024-01-01", "about 1,000"), ("2024-01-11", "2,000"), ("2024-01-21", "2,500"))
    assert [(run.is_exact, len(run.steps)) for run in found.runs] == [(False, 1), (True, 2)]
    assert (found.runs[0].until, found.runs[0].end) == (found.steps[1].x, found.steps[1].y)
    assert found.is_inexact
    assert not chart(("2024-01-01", "1,000"), ("2024-01-11", "2,000")).is_inexact


def test_the_goal_is_drawn_as_it_changed():
    goals = "goal:\n  - {from: 2024-01-01, amount: 40000}\n  - {from: 2024-01-26, amount: 50000, why: a quote}\n"
    found = chart(("2024-01-01", "10,000"), ("2024-04-10", "20,000"), text=goals + "started: 2024-01-01\n")
    assert [(step.goal.amount.amount, step.x, step.y) for step in found.goals] == [
        (40_000, 0, 20),
        (50_000, found.goals[0].until, 0),
    ]
    assert found.goals[-1].until == 100
    assert [step.percent for step in found.steps] == [25, 40]


def test_more_than_the_goal_stays_inside_the_chart():
    found = chart(("2024-01-01", "10,000"), ("2024-02-01", "72,000", "jump: A legacy.\n"))
    assert min(step.y for step in found.steps) >= 0
    assert found.lines[-1].amount.amount >= 72_000


def test_corrections_and_milestones_are_marked_at_their_step():
    found = chart(
        ("2024-01-01", "10,000"),
        ("2024-02-01", "9,500", "correction: A gift was made twice.\n"),
        ("2024-03-01", "26,000"),
        text="milestones:\n  - raised: 50%\n",
    )
    assert [(step.is_corrected, step.reached) for step in found.steps] == [(False, False), (True, False), (False, True)]
    assert (found.is_corrected, found.has_flags) == (True, True)


def many(days, apart):
    first = date(2022, 1, 10)
    return [((first + timedelta(days=n * apart)).isoformat(), str(1000 + n)) for n in range(days)]


def test_beyond_forty_steps_only_the_last_of_each_month_stays():
    found = chart(*many(200, 5))
    assert found.is_thinned
    assert len(found.steps) <= MAX_STEPS
    assert len({(step.day.year, step.day.month) for step in found.steps}) == len(found.steps)
    assert found.steps[-1].raised.exact.amount == 1199
    assert not chart(*many(40, 5)).is_thinned


def test_what_happened_with_a_step_that_is_left_out_is_said_at_the_next():
    figures = many(60, 5)
    figures[1] = (figures[1][0], "900", "correction: Counted twice.\n")
    found = chart(*figures)
    assert [step.is_corrected for step in found.steps[:2]] == [True, False]


def test_over_ten_years_the_steps_are_further_apart_than_months():
    found = chart(*many(130, 28), on="2035-01-01")
    assert 12 < len(found.steps) <= MAX_STEPS
    assert not found.by_month
    assert all(mark.day.month == 1 for mark in found.dates)


@given(
    st.lists(st.tuples(st.integers(0, 4000), st.integers(1, 40)), min_size=2, max_size=30),
    st.booleans(),
)
def test_whatever_was_raised_lies_inside_the_chart_and_goes_forward(figures, has_start):
    days = sorted({day for day, _ in figures})
    total, written = 1000, []
    for day, (_, more) in zip(days, figures, strict=False):
        total += more * 20
        written.append(((date(2014, 3, 24) + timedelta(days=day)).isoformat(), str(total)))
    found = chart(*written, text="started: 2014-03-01\n" if has_start else "")
    if len(written) < 2:
        assert found is None
        return
    places = [step.x for step in found.steps]
    assert places == sorted(places)
    for place in (*places, *(step.y for step in found.steps), *(mark.x for mark in found.dates)):
        assert Decimal(0) <= place <= 100
    assert len(found.dates) <= MAX_DATES + 1
    assert 1 <= len(found.lines) <= MAX_LINES + 1


def test_a_date_at_an_edge_is_written_inside():
    found = chart(("2024-01-01", "1,000"), ("2024-03-01", "2,000"))
    assert (found.dates[0].x, found.dates[0].place, found.dates[0].says_year) == (0, "start", True)
    assert [mark.place for mark in found.dates[1:]] == ["middle", "end"]
    assert not found.dates[1].says_year


def test_a_year_that_was_mistyped_is_drawn_too():
    found = chart(("2024-01-01", "1,000"), ("2024-03-01", "2,000"), text="deadline: 9016-02-05\n", on="2024-03-02")
    assert found.end == date(9016, 2, 5)
    assert len(found.dates) <= MAX_DATES + 1
