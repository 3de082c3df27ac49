"""How the total grew, as geometry."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
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
    assert [(step.x, step.y, step.percent) for step in found.steps] == [(10, 80, 20), (50, 50, 50)]
    assert [line.amount.amount for line in found.lines] == [10_000, 20_000, 30_000, 40_000, 50_000]
    assert found.lines[-1].y == 0


def test_a_line_that_is_too_near_to_the_goal_has_no_amount_and_its_column_has_room_for_all():
    def labelled(goal):
        found = chart(("2024-01-01", "1,000"), ("2024-02-01", "2,000"), text=f"goal: {goal}\n")
        assert [amount.amount for amount in found.amounts] == [*(line.amount.amount for line in found.lines), goal]
        return [int(line.amount.amount) for line in found.labelled_lines]

    assert labelled(50_000) == [10_000, 20_000, 30_000, 40_000]
    assert labelled(44_000) == [10_000, 20_000, 30_000, 50_000]  # 40,000 is 8 percent of the height away
    assert labelled(45_000) == [10_000, 20_000, 30_000, 40_000, 50_000]


def test_without_a_deadline_the_last_step_still_has_a_width():
    found = chart(("2024-01-01", "10,000"), ("2024-04-01", "25,000"))
    assert found.steps[0].x == 0
    assert 95 <= found.steps[-1].x < found.runs[-1].until == 100


def test_a_deadline_that_has_passed_does_not_stretch_the_chart():
    found = chart(("2024-01-01", "1,000"), ("2024-02-01", "2,000"), text="deadline: 2025-01-01\n", on="2025-06-01")
    assert found.steps[-1].x > 90


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
    assert found.steps[-1].x < 1
    assert len(found.dates) <= MAX_DATES + 1


HUNDRED = "started: 2024-01-01\ndeadline: 2024-04-10\n"
"""A chart of a hundred days, so that a day is one percent."""


def test_a_chart_of_a_hundred_days_has_everything_at_its_day():
    found = chart(("2024-01-11", "10,000"), ("2024-02-20", "about 25,000"), text=HUNDRED, on="2024-02-21")
    assert [(mark.day.isoformat(), mark.x, mark.place, mark.says_year) for mark in found.dates] == [
        ("2024-01-01", 0, "start", True),
        ("2024-02-01", 31, "middle", False),
        ("2024-03-01", 60, "middle", False),
        ("2024-04-01", 91, "middle", False),
    ]
    assert [(line.amount.amount, line.y) for line in found.lines] == [(10_000 * n, 100 - 20 * n) for n in range(1, 6)]
    # The last step is as wide as a twenty-fourth of the 50 days before it: two days.
    assert [(run.is_exact, run.until, run.end, [step.x for step in run.steps]) for run in found.runs] == [
        (True, 50, 50, [10]),
        (False, 52, 50, [50]),
    ]
    assert [(goal.x, goal.until, goal.y) for goal in found.goals] == [(0, 100, 0)]
    assert (found.by_month, found.is_thinned, found.is_corrected, found.has_flags) == (True, False, False, False)


def test_a_chart_begins_with_the_first_figure_where_that_was_before_the_start_and_ends_behind_the_last():
    found = chart(("2024-01-01", "10,000"), ("2024-04-10", "25,000"), text="started: 2024-01-31\n")
    # 100 days, and a twenty-fourth of them.
    assert [step.x for step in found.steps] == [0, Decimal("96.15")]
    short = chart(("2024-01-01", "10,000"), ("2024-01-02", "25,000"))
    assert [step.x for step in short.steps] == [0, 50]


def test_an_update_without_a_figure_makes_the_last_step_longer_and_the_same_figure_again_is_no_step():
    campaign = a_campaign()
    updates = stated(campaign, ("2024-01-01", "1,000"), ("2024-01-02", "1,000"), ("2024-01-05", "2,000"))
    found = a_view(campaign, *updates, an_update(campaign, "2024-01-09", slug="last"), on="2024-01-09").growth
    assert [step.day.day for step in found.steps] == [1, 5]
    assert [step.x for step in found.steps] == [0, Decimal("44.44")]  # four days of nine


def test_each_step_is_of_the_goal_of_its_day_and_each_goal_holds_until_the_next():
    goals = (
        "goal:\n  - {amount: 20000}\n  - {from: 2024-01-21, amount: 40000, why: a}\n"
        "  - {from: 2024-02-10, amount: 50000, why: b}\n"
    )
    found = chart(
        *(("2024-01-11", "10,000"), ("2024-01-20", "10,500"), ("2024-01-21", "20,000"), ("2024-02-20", "25,000")),
        text=goals + HUNDRED,
        on="2024-02-21",
    )
    assert [step.percent for step in found.steps] == [50, 52, 50, 50]
    assert [(int(goal.goal.amount.amount), goal.x, goal.until, goal.y) for goal in found.goals] == [
        (20_000, 0, 20, 60),
        (40_000, 20, 40, 20),
        (50_000, 40, 100, 0),
    ]


def test_a_goal_said_before_the_start_is_drawn_from_the_start():
    goals = "goal:\n  - {from: 2023-12-01, amount: 50000}\n"
    found = chart(("2024-01-11", "10,000"), ("2024-02-20", "25,000"), text=goals + HUNDRED, on="2024-02-21")
    assert [goal.x for goal in found.goals] == [0]


def test_the_scale_is_a_round_sum_at_or_above_the_highest():
    def lines(raised, goal="50,000"):
        found = chart(("2024-01-01", "10,000"), ("2024-02-01", raised, "jump: A legacy.\n"), text=f"goal: {goal}\n")
        return [int(line.amount.amount) for line in found.lines]

    assert lines("50,000") == [10_000, 20_000, 30_000, 40_000, 50_000]
    assert lines("50,001") == [20_000, 40_000, 60_000]
    assert lines("60,000.01") == [20_000, 40_000, 60_000, 80_000]
    assert lines("40,000", "100,001") == [50_000, 100_000, 150_000]


def test_forty_steps_are_drawn_and_of_forty_one_the_last_of_each_month():
    assert (len(chart(*many(40, 5)).steps), chart(*many(40, 5)).is_thinned) == (40, False)
    found = chart(*many(41, 5))  # 200 days from 10 January to 29 July 2022
    assert [step.day.isoformat() for step in found.steps] == [
        *("2022-01-30", "2022-02-24", "2022-03-31", "2022-04-30", "2022-05-30", "2022-06-29", "2022-07-29"),
    ]
    assert found.is_thinned


def test_beyond_forty_months_the_last_of_each_two_is_kept():
    found = chart(*many(45, 28), on="2026-01-01")  # 10 January 2022 to 26 May 2025: 41 months, 21 pairs of them
    assert len(found.steps) == 21
    assert [step.day.isoformat() for step in found.steps[:2]] == ["2022-02-07", "2022-04-04"]


def test_what_was_reached_with_a_step_that_is_left_out_is_said_at_the_next():
    figures = [(day, str(1000 * n + 1000)) for n, (day, _) in enumerate(many(41, 5))]
    found = chart(*figures, text="milestones:\n  - raised: 2,000\n  - raised: 20,000\n", on="2022-12-31")
    assert [step.reached for step in found.steps] == [True, False, False, True, False, False, False]
    assert found.has_flags


@pytest.mark.parametrize(
    ("until", "days", "by_month"),
    [
        ("2024-05-31", ["2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01", "2024-05-01"], True),
        ("2024-06-01", ["2024-01-01", "2024-03-01", "2024-05-01"], True),
        ("2024-10-31", ["2024-01-01", "2024-03-01", "2024-05-01", "2024-07-01", "2024-09-01"], True),
        ("2024-11-01", ["2024-01-01", "2024-04-01", "2024-07-01", "2024-10-01"], True),
        ("2025-03-31", ["2024-01-01", "2024-04-01", "2024-07-01", "2024-10-01", "2025-01-01"], True),
        ("2025-04-01", ["2024-01-01", "2024-07-01", "2025-01-01"], True),
        ("2026-06-30", ["2024-01-01", "2024-07-01", "2025-01-01", "2025-07-01", "2026-01-01"], True),
        ("2026-07-01", ["2024-01-01", "2025-01-01", "2026-01-01"], False),
        ("2030-01-01", ["2024-01-01", "2026-01-01", "2028-01-01", "2030-01-01"], False),
        ("2034-01-01", ["2025-01-01", "2030-01-01"], False),
        ("2050-01-01", ["2030-01-01", "2040-01-01", "2050-01-01"], False),
        ("2130-01-01", ["2040-01-01", "2060-01-01", "2080-01-01", "2100-01-01", "2120-01-01"], False),
        ("2400-01-01", ["2100-01-01", "2200-01-01", "2300-01-01", "2400-01-01"], False),
        ("3000-01-01", ["3000-01-01"], False),
        ("9016-01-01", [], False),
    ],
)
def test_five_dates_at_most_are_written_and_as_far_apart_as_it_takes(until, days, by_month):
    found = chart(
        *(("2024-01-01", "1,000"), ("2024-01-02", "2,000")),
        text=f"started: 2024-01-01\ndeadline: {until}\n",
        on="2024-01-03",
    )
    assert ([mark.day.isoformat() for mark in found.dates], found.by_month) == (days, by_month)
    years = [mark.day.year for mark in found.dates]
    assert [mark.says_year for mark in found.dates] == [n == 0 or years[n - 1] != years[n] for n in range(len(years))]


def test_a_date_is_written_inside_within_seven_percent_of_an_edge():
    def places(start, end):
        found = chart(
            *((start, "1,000"), (start[:-2] + f"{int(start[-2:]) + 1:02}", "2,000")),
            text=f"started: {start}\ndeadline: {end}\n",
            on=start[:-2] + f"{int(start[-2:]) + 2:02}",
        )
        return [(float(mark.x), mark.place) for mark in found.dates]

    assert places("2024-02-23", "2024-06-02") == [(7, "middle"), (38, "middle"), (68, "middle"), (99, "end")]
    assert places("2024-02-24", "2024-06-03")[0] == (6, "start")
    assert places("2024-01-29", "2024-05-08")[-1] == (93, "middle")
    assert places("2024-01-28", "2024-05-07")[-1] == (94, "end")


def test_an_appeal_that_began_in_a_month_is_drawn_from_its_first_day():
    found = chart(("2024-02-20", "100"), ("2024-03-01", "200"), text="started: 2024-02\n")
    assert [step.x for step in found.steps] == [Decimal("63.33"), Decimal("96.66")]  # 19 and 29 days of 30


def test_the_last_of_each_month_is_kept_up_to_forty_months():
    months = [(f"{2022 + n // 12}-{n % 12 + 1:02}-10", str(1000 + n)) for n in range(40)]
    found = chart(("2022-01-05", "500"), *months)
    assert (len(found.steps), found.is_thinned) == (40, True)
    assert [step.day.isoformat() for step in found.steps[:2]] == ["2022-01-10", "2022-02-10"]


def test_what_was_reached_without_money_is_no_flag_of_the_chart():
    found = chart(
        ("2024-01-01", "10,000"),
        ("2024-02-01", "11,000", "reached: [permit]\n"),
        text="milestones:\n  - {id: permit, label: The permit}\n",
    )
    assert not found.has_flags


def test_a_step_is_so_much_of_the_goal_as_came_in_and_not_as_is_shown_of_it():
    campaign = a_campaign("goal: 100.60\nsources: [{id: page, label: A}, {id: bank, label: B}]")
    first = an_update(campaign, "2024-01-01", "totals:\n  page: 90")
    second = an_update(campaign, "2024-02-01", "totals:\n  page: 100\n  bank: 0.60")
    steps = a_view(campaign, first, second, on="2024-02-01").growth.steps
    assert [(str(step.raised.shown.amount), step.percent) for step in steps] == [("90", 89), ("100", 100)]
