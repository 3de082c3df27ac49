"""How far: percent, what is shown, what is missing, and the measure's geometry."""

from decimal import Decimal

import pytest

from campaign.core.figures.figure import Figure, beyond, computed, remaining
from campaign.core.figures.progress import is_reached, measure, percent
from campaign.core.reading.region import Region
from writing import a_campaign, a_view, an_update

REGION = Region("GBP", "en_GB")
parse = REGION.parse


@pytest.mark.parametrize(
    ("raised", "goal", "shown"), [("49,999.99", "50,000", 99), ("50,000", "50,000", 100), ("56,200", "50,000", 112)]
)
def test_percent_is_floored_and_uncapped(raised, goal, shown):
    assert percent(parse(raised), parse(goal)) == shown


def test_the_goal_is_reached_at_the_goal_exactly():
    assert is_reached(parse("50,000"), parse("50,000"))
    assert not is_reached(parse("49,999.99"), parse("50,000"))
    assert not is_reached(None, parse("50,000"))


def test_a_stated_figure_is_shown_as_stated_and_a_sum_rounded_down():
    campaign = a_campaign("sources:\n  - {id: page, label: A}\n  - {id: bank, label: B}")
    alone = an_update(campaign, "2024-01-01", "totals:\n  page: about 25,586.50\n  bank: 0")
    both = an_update(campaign, "2024-01-02", "totals:\n  bank: 1")
    view = a_view(campaign, alone, both, on="2024-01-02")
    assert [campaign.region.say(update.stood.raised.shown) for update in view.updates] == [
        "about £25,500",
        "about £25,586.50",
    ]


def test_to_go_is_from_the_shown_figure_and_an_exact_one_is_rounded_up():
    shown = Figure(parse("37,866.77"), parse("37,866"))
    assert remaining(shown, parse("45,000")).shown == parse("7,134")
    assert remaining(shown, parse("45,000")).exact == parse("7,133.23")
    stated = Figure(parse("21,157.70"), parse("21,157.70"))
    assert remaining(stated, parse("50,000")).shown == parse("28,843")
    about = Figure(parse("about 25,586.50"), parse("about 25,500"))
    assert remaining(about, parse("50,000")).shown == parse("about 24,500")


def test_nothing_is_missing_once_the_goal_is_reached_even_where_less_is_shown():
    assert remaining(Figure(parse("about 50,040"), parse("about 50,000")), parse("50,010")) is None


def test_what_is_beyond_the_goal_is_rounded_down():
    assert beyond(Figure(parse("56,200.90"), parse("56,200")), parse("50,000")).shown == parse("6,200")
    assert beyond(Figure(parse("50,000"), parse("50,000")), parse("50,000")) is None


def test_the_bar_never_shows_more_than_there_is():
    assert measure(parse("49,999.99"), parse("50,000")).done == Decimal("99.99")


def test_before_the_first_figure_the_case_is_empty_and_the_goal_flag_open():
    bar = measure(None, parse("50,000"))
    assert (bar.done, bar.promised, bar.beyond, bar.goal) == (0, 0, 0, 100)
    assert [(flag.position, flag.is_reached) for flag in bar.flags] == [(100, False)]


def test_promised_is_hatched_up_to_the_goal_and_not_counted():
    assert measure(parse("30,000"), parse("50,000"), promised=parse("about 5,000")).promised == 10
    assert measure(parse("30,000"), parse("50,000"), promised=parse("90,000")).promised == 40
    assert measure(parse("60,000"), parse("50,000"), promised=parse("5,000")).promised == 0


def test_beyond_the_goal_the_scale_grows_and_the_goal_keeps_its_place():
    bar = measure(parse("62,500"), parse("50,000"), earlier_goals=[parse("25,000")])
    assert (bar.done, bar.goal, bar.beyond, bar.earlier_goals) == (80, 80, 20, (40,))
    assert bar.flags[-1].is_reached


@pytest.mark.parametrize("goal", ["100", "1,000", "38,000", "46,500", "50,000", "51,999", "66,300", "1,000,000"])
def test_the_ruler_has_a_readable_number_of_ticks_with_every_fifth_long(goal):
    bar = measure(None, parse(goal))
    assert 20 <= len(bar.ticks) <= 53
    assert [tick.is_long for tick in bar.ticks[:6]] == [True, False, False, False, False, True]


def test_a_small_goal_has_a_tick_for_each_unit():
    assert len(measure(None, parse("5")).ticks) == 6
    assert [label.amount.amount for label in measure(None, parse("4")).labels] == [0, 4]


def test_the_ruler_names_nothing_the_middle_and_the_goal():
    assert [(label.amount.amount, label.place) for label in measure(None, parse("46,500")).labels] == [
        (0, "start"),
        (25000, "middle"),
        (46500, "end"),
    ]
    assert [label.amount.amount for label in measure(parse("90,000"), parse("46,500")).labels] == [0, 46500]


def test_flags_that_would_touch_are_one_and_there_are_at_most_eight():
    close = measure(parse("0"), parse("100"), milestones=[(parse("50"), False), (parse("52"), False)])
    assert [flag.position for flag in close.flags] == [52, 100]
    apart = measure(parse("51"), parse("100"), milestones=[(parse("50"), True), (parse("52"), False)])
    assert [flag.position for flag in apart.flags] == [50, 52, 100]
    many = [(parse(str(n)), n <= 40) for n in range(10, 100, 5)]
    flags = measure(parse("40"), parse("100"), milestones=many).flags
    assert len(flags) == 8
    assert (flags[0].position, flags[0].is_reached, flags[-1].position) == (40, True, 100)


def test_with_many_flags_and_none_reached_the_first_ones_are_kept():
    flags = measure(None, parse("100"), milestones=[(parse(str(n)), False) for n in range(10, 100, 5)]).flags
    assert (len(flags), flags[0].position, flags[-1].position) == (8, 10, 100)


def test_a_milestone_beyond_the_scale_is_no_flag():
    assert len(measure(None, parse("100"), milestones=[(parse("200"), False)]).flags) == 1


def test_what_rounds_down_to_nothing_says_nothing_and_what_was_taken_back_has_no_minus():
    assert not computed(parse("0.40")).says_something
    assert beyond(computed(parse("50001")), parse("50000")).says_something
    assert abs(REGION.parse("-45", negative=True)) == parse("45")
