"""How far: percent, what is shown, what is missing, and the measure's geometry."""

from decimal import Decimal
from itertools import pairwise

import pytest

from campaign.core.figures.figure import Figure, added_up, beyond, computed, gained, remaining, rest, stated
from campaign.core.figures.progress import is_reached, measure, percent, round_step
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
    assert [update.stood.raised.is_rounded for update in view.updates] == [True, False]


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


def places(marks):
    return [float(mark.position) for mark in marks]


def test_every_tick_stands_where_its_sum_does_and_every_fifth_is_long():
    hundred = measure(None, parse("100")).ticks
    assert places(hundred) == [2.0 * n for n in range(51)]
    assert [tick.position for tick in hundred if tick.is_long] == [10 * n for n in range(11)]
    uneven = measure(None, parse("300")).ticks  # one for each £10, a thirtieth of the way, rounded down
    assert places(uneven)[:7] == [0, 3.33, 6.66, 10, 13.33, 16.66, 20]
    assert (len(uneven), uneven[-1].position) == (31, 100)
    past_the_goal = measure(parse("400"), parse("300")).ticks
    assert places(past_the_goal) == [2.5 * n for n in range(41)]
    assert places(measure(None, parse("7.50")).ticks) == [0, 13.33, 26.66, 40, 53.33, 66.66, 80, 93.33]


@pytest.mark.parametrize(
    ("scale", "step"),
    [(1, 1), (52, 1), (53, 2), (104, 2), (105, 5), (260, 5), (261, 10), (520, 10), (521, 20), (2600, 50), (2601, 100)],
)
def test_the_ruler_has_the_smallest_round_step_that_leaves_it_readable(scale, step):
    assert round_step(Decimal(scale), 52) == step


@pytest.mark.parametrize(
    ("raised", "goal", "labels"),
    [
        (None, "60", [(0, 0), (30, 50), (60, 100)]),
        (None, "300", [(0, 0), (150, 50), (300, 100)]),
        (None, "52", [(0, 0), (25, 48.07), (52, 100)]),
        ("100", "70", [(0, 0), (50, 50), (70, 70)]),
        ("100", "69", [(0, 0), (69, 69)]),
        (None, "9", [(0, 0), (5, 55.55), (9, 100)]),
    ],
)
def test_the_middle_of_the_ruler_is_a_round_sum_at_its_place_and_left_out_where_the_goal_comes_close(
    raised, goal, labels
):
    found = measure(raised and parse(raised), parse(goal)).labels
    assert [(label.amount.amount, float(label.position)) for label in found] == labels


def flags(*marks, raised="0"):
    return [
        (float(flag.position), flag.is_reached)
        for flag in measure(parse(raised), parse("100"), milestones=[(parse(at), is_so) for at, is_so in marks]).flags
    ]


def test_two_flags_are_drawn_as_one_only_where_they_touch_and_say_the_same():
    assert flags(("50", False), ("54", False)) == [(50, False), (54, False), (100, False)]
    assert flags(("50", False), ("53.99", False)) == [(53.99, False), (100, False)]
    assert flags(("50", True), ("53.99", False)) == [(50, True), (53.99, False), (100, False)]
    assert flags(("96.01", False)) == [(100, False)]
    assert flags(("54", False), ("50", False)) == [(50, False), (54, False), (100, False)]


def test_eight_flags_stay_and_of_nine_those_around_the_last_that_was_reached():
    seven = [(str(10 * n), n < 4) for n in range(1, 8)]
    assert flags(*seven) == [*((10 * n, n < 4) for n in range(1, 8)), (100, False)]
    eight = [(str(10 * n), n < 4) for n in range(1, 9)]
    assert flags(*eight) == [*((10 * n, n < 4) for n in range(3, 9)), (100, False)]


def test_the_goals_own_flag_is_reached_at_the_goal_and_an_earlier_goal_is_no_tick_at_the_end():
    assert flags(raised="99.99")[-1] == (100, False)
    assert flags(raised="100")[-1] == (100, True)
    bar = measure(parse("50"), parse("100"), earlier_goals=[parse("40"), parse("80"), parse("100"), parse("120")])
    assert bar.earlier_goals == (40, 80)
    past_it = measure(parse("125"), parse("100"), milestones=[(parse("125"), True), (parse("125.01"), False)])
    assert places(past_it.flags) == [80, 100]


def test_the_bar_ends_where_the_goal_and_what_is_in_hand_end():
    def bar(raised, promised=None):
        drawn = measure(parse(raised), parse("50"), promised=promised and parse(promised))
        return [float(width) for width in (drawn.done, drawn.promised, drawn.goal, drawn.beyond)]

    assert bar("0") == [0, 0, 100, 0]
    assert bar("20", "10") == [40, 20, 100, 0]
    assert bar("20", "30") == [40, 60, 100, 0]
    assert bar("50", "10") == [100, 0, 100, 0]
    assert bar("50.01") == [99.98, 0, 99.98, 0.02]
    assert bar("150") == [33.33, 0, 33.33, 66.67]


def figure(exact, shown):
    return Figure(parse(exact), parse(shown))


def test_what_is_missing_is_whole_pounds_that_are_enough_less_what_others_pay():
    def missing(raised, others=None):
        found = remaining(raised and stated(parse(raised)), parse("100"), others and stated(parse(others)))
        return found and (found.exact.amount, found.shown.amount)

    assert missing(None) == (100, 100)
    assert missing(None, "30.50") == (Decimal("69.50"), 70)
    assert missing(None, "100") is None
    assert missing("60", "40") is None
    assert missing("60", "39.99") == (Decimal("0.01"), 1)
    assert missing("60.50") == (Decimal("39.50"), 40)
    assert missing("100.01") is None


def test_what_is_left_is_reckoned_from_the_figure_that_is_shown_and_never_below_nothing():
    assert rest(figure("100.50", "100.50"), parse("40")) == figure("60.50", "60.50")
    assert rest(figure("about 12,345", "about 12,300"), parse("1,000")) == figure("about 11,345", "about 11,300")
    assert rest(figure("about 12,345", "about 12,300"), parse("1")) == figure("about 12,344", "about 12,200")
    assert rest(figure("40", "40"), parse("40")) == figure("0", "0")
    assert rest(figure("about 40", "about 40"), parse("41")) == figure("0", "0")


def test_a_sum_of_one_part_is_shown_as_stated_and_of_several_rounded_down():
    assert added_up([parse("842.30")], "GBP") == figure("842.30", "842.30")
    assert added_up([parse("842.30"), parse("0")], "GBP") == figure("842.30", "842.30")
    assert added_up([parse("842.30"), parse("0.40")], "GBP") == figure("842.70", "842")
    assert added_up([parse("about 842"), parse("5")], "GBP") == figure("about 847", "about 840")
    assert added_up([], "GBP") == figure("0", "0")


def test_growth_is_said_in_pence_only_where_both_figures_were_and_not_at_all_where_none_is_seen():
    assert gained(figure("100", "100"), figure("100.50", "100.50")) == figure("0.50", "0.50")
    assert gained(figure("100.50", "100"), figure("201.20", "201.20")) == figure("100.70", "100")
    assert gained(figure("100.50", "100.50"), figure("201.20", "201")) == figure("100.70", "100")
    assert gained(figure("100", "100"), figure("about 1,999", "about 1,999")) == figure("about 1,899", "about 1,890")
    assert gained(figure("100.50", "100"), figure("101.20", "101")) is None
    assert gained(figure("100", "100"), figure("100", "100")) is None


def test_what_receipts_alone_come_to_is_rounded_down_and_one_total_alone_is_shown_as_stated():
    campaign = a_campaign("sources: [{id: page, label: A}, {id: cash, label: B, records: receipts}]")

    def shown(*texts):
        updates = [an_update(campaign, f"2024-01-0{number}", text) for number, text in enumerate(texts, 1)]
        raised = a_view(campaign, *updates, on="2024-01-09").now.raised
        return str(raised.exact.amount), str(raised.shown.amount)

    assert shown("received: [{source: cash, amount: 842.30}]") == ("842.30", "842")
    assert shown("received: [{source: cash, amount: 842.30}]", "totals:\n  page: 0") == ("842.30", "842")
    assert shown("totals:\n  page: 842.30") == ("842.30", "842.30")
    assert shown("totals:\n  page: 842.30\nreceived: [{source: cash, amount: 1.20}]") == ("843.50", "843")


def test_before_the_first_figure_not_a_penny_is_in_the_bar_of_a_small_goal():
    bar = measure(None, parse("5"))
    assert (bar.done, bar.promised, bar.beyond) == (0, 0, 0)


def test_the_standing_measure_is_the_lying_one_from_the_top_down():
    up = measure(parse("30,000"), parse("50,000"), promised=parse("5,000"), earlier_goals=[parse("40,000")]).upright
    assert (up.done.top, up.done.height) == (40, 60)
    assert (up.promised.top, up.promised.height) == (30, 10)
    assert (up.goal, up.beyond.height, up.earlier_goals) == (0, 0, (20,))
    written = [(rung.top, rung.amount.amount) for rung in up.rungs if rung.amount]
    assert written == [(10 * n, 50_000 - 5_000 * n) for n in range(11)]
    assert [rung.top for rung in up.rungs] == sorted(rung.top for rung in up.rungs)
    assert sum(rung.is_long for rung in up.rungs) == len(written)


def test_beyond_the_goal_the_standing_measure_grows_past_it():
    up = measure(parse("62,500"), parse("50,000")).upright
    assert (up.goal, up.done.top, up.done.height) == (20, 20, 80)
    assert (up.beyond.top, up.beyond.height) == (0, 20)


def test_beside_the_standing_measure_no_sum_stands_in_the_goals_way():
    up = measure(parse("1,000"), parse("46,500")).upright
    sums = [rung.amount.amount for rung in up.rungs if rung.amount]
    assert sums[:2] == [46_500, 40_000]  # 45,000 would touch the goal
    tops = [rung.top for rung in up.rungs if rung.amount]
    assert min(later - earlier for earlier, later in pairwise(tops)) >= 4


def test_what_bars_of_one_length_have_alike_is_made_once_and_what_they_show_is_as_if_it_were_not():
    def bar(raised):
        milestones = [(parse("200"), True), (parse("900"), False)]
        return measure(parse(raised), parse("1000"), earlier_goals=[parse("500")], milestones=milestones)

    one, other = bar("300"), bar("400")
    assert one.done != other.done
    assert all(getattr(one, name) is getattr(other, name) for name in ("flags", "ticks", "labels", "goal"))
    longer = bar("2000")
    assert [flag.position for flag in longer.flags] == [flag.position / 2 for flag in one.flags]
    assert [label.position for label in longer.labels] != [label.position for label in one.labels]
