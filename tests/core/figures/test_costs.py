"""Costs: lines met in order, what others pay, surplus."""

from datetime import date
from decimal import Decimal

from campaign.core.figures.costs import costs_met, is_paid_for, still_to_ask
from campaign.core.figures.figure import stated
from campaign.core.figures.in_force import in_force
from writing import a_campaign, a_view, an_update

LINES = """
    closed: 2024-12-01
    costs:
      - id: roof
        label: The roof
        estimate:
          - {amount: 20000}
          - {from: 2024-03-01, amount: 24000, why: The second quote}
        paid_by:
          - {from: 2024-04-01, until: 2024-06-01, who: The council, amount: 30000}
      - {id: walls, label: The walls, estimate: about 10000}
"""


def said(campaign, line):
    return [campaign.region.say(money) for money in (line.estimate, line.others_pay, line.need, line.met.exact)]


def on(day, raised="21,000"):
    campaign = a_campaign(LINES)
    view = a_view(campaign, an_update(campaign, "2024-01-01", f"totals:\n  raised: {raised}"), on=day)
    return campaign, view.costs


def test_lines_are_met_in_order_and_what_is_met_plus_surplus_is_what_was_raised():
    campaign, costs = on("2024-02-29")
    assert [said(campaign, line) for line in costs.lines] == [
        ["£20,000", "£0", "£20,000", "£20,000"],
        ["about £10,000", "£0", "about £10,000", "£1,000"],
    ]
    assert [line.is_met for line in costs.lines] == [True, False]
    assert costs.current.cost.id == "walls"
    assert costs.surplus is None


def test_a_table_of_costs_has_the_sums_of_its_columns():
    def sums(campaign, costs):
        figures = (costs.estimated, costs.others_pay, costs.needed, costs.met)
        return [campaign.region.say(figure.unrounded) if figure else None for figure in figures]

    assert sums(*on("2024-02-29")) == ["about £30,000", None, "about £30,000", "£21,000"]
    assert sums(*on("2024-04-01")) == ["about £34,000", "£30,000", "about £10,000", "about £10,000"]


def test_the_newest_estimate_on_or_before_the_day_is_in_force():
    campaign, costs = on("2024-03-01")
    assert said(campaign, costs.lines[0]) == ["£24,000", "£0", "£24,000", "£21,000"]
    assert [estimate.why for estimate in costs.lines[0].estimates] == [None, "The second quote"]
    assert costs.current.cost.id == "roof"


def test_a_line_that_somebody_else_pays_needs_nothing_while_it_holds_and_stays():
    campaign, costs = on("2024-04-01")
    assert said(campaign, costs.lines[0]) == ["£24,000", "£30,000", "£0", "£0"]
    assert costs.lines[0].is_met
    assert campaign.region.say(costs.surplus.shown) == "about £11,000"
    _, later = on("2024-06-01")
    assert (later.lines[0].payers, len(later.lines[0].past_payers)) == ((), 1)
    assert later.surplus is None


def test_enough_for_everything_leaves_no_current_line_and_exactly_enough_no_surplus():
    _, costs = on("2024-02-29", raised="30,000")
    assert (costs.current, costs.surplus) == (None, None)


def test_before_the_first_figure_nothing_is_met():
    campaign = a_campaign(LINES)
    costs = a_view(campaign, an_update(campaign, "2024-01-01"), on="2024-01-01").costs
    assert costs.surplus is None
    assert [line.met.exact.amount for line in costs.lines] == [0, 0]


# What others have begun to pay since the goal was set.

PAID = """
    goal:
      - {from: 2024-01-01, amount: 30000}
      - {from: 2024-03-01, amount: 34000}
    costs:
      - id: roof
        label: The roof
        estimate: 24000
        paid_by:
          - {from: 2024-02-01, who: The council, amount: 1000}
          - {from: 2024-04-01, until: 2024-06-01, who: The lottery, amount: about 5000}
      - id: walls
        label: The walls
        estimate: 10000
        paid_by: [{from: 2024-05-01, who: The lottery, amount: 2000}, {from: 2024-05-01, who: The club, amount: 345.50}]
"""


def others(day, text=PAID):
    """Who pays of the goal on a day, how much of it, and what is still needed with £10,000 raised."""
    campaign = a_campaign(text)
    now = a_view(campaign, an_update(campaign, "2024-01-02", "totals:\n  raised: 10,000"), on=day).now
    say = campaign.region.say
    pay = now.others_pay and (now.others_pay.who, say(now.others_pay.amount.shown))
    return pay, now.remaining and say(now.remaining.shown)


def test_only_what_began_after_the_goal_in_force_was_set_comes_off_it():
    assert others("2024-01-31") == (None, "£20,000")
    assert others("2024-02-29") == ((("The council",), "£1,000"), "£19,000")
    assert others("2024-03-01") == (None, "£24,000")  # the new goal knew of it


def test_several_payers_are_each_named_once_and_their_sum_is_rounded_like_any_other():
    assert others("2024-04-01") == ((("The lottery",), "about £5,000"), "£19,000")
    assert others("2024-05-01") == ((("The lottery", "The club"), "about £7,340"), "£16,660")


def test_what_has_ended_is_asked_for_again():
    assert others("2024-06-01") == ((("The lottery", "The club"), "£2,345"), "£21,655")


def test_a_payment_that_begins_on_the_goals_own_day_is_in_the_goal_and_one_after_an_undated_goal_is_not():
    assert others("2024-04-01", PAID.replace("2024-03-01", "2024-04-01"))[0] is None
    undated = PAID.replace("{from: 2024-01-01, amount: 30000}", "{amount: 30000}")
    assert others("2024-02-29", undated)[1] == "£19,000"


def test_nobody_takes_over_more_of_a_line_than_it_is_estimated_at():
    assert others("2024-04-01", PAID.replace("about 5000", "90000")) == ((("The lottery",), "£23,000"), "£1,000")
    all_of_it = PAID.replace("who: The council, amount: 1000", "who: The council, amount: 24000")
    assert others("2024-04-01", all_of_it) == (None, "£24,000")


def test_of_a_goal_nobody_pays_more_than_all_of_it_and_with_that_nothing_is_asked_for_before_the_first_figure():
    campaign = a_campaign(PAID.replace("34000", "4000"))
    now = a_view(campaign, on="2024-04-01").now
    assert (now.raised, now.remaining, now.is_covered) == (None, None, True)
    assert now.others_pay.amount.shown.amount == 4000
    part = a_view(a_campaign(PAID), on="2024-04-01").now
    assert (part.phase.value, part.remaining.shown.amount) == ("before the first figure", 29_000)


def test_a_payment_for_a_line_that_nobody_has_estimated_yet_is_of_no_goal():
    later = PAID.replace("estimate: 24000", "estimate: [{from: 2024-05-01, amount: 24000}]")
    assert others("2024-04-30", later)[0] is None


def test_no_page_asks_for_what_it_calls_a_surplus():
    campaign = a_campaign("closed: 2024-06-01\ncosts:\n  - {id: roof, label: The roof, estimate: 40000}")
    update = an_update(campaign, "2024-01-02", "totals:\n  raised: 45,000")
    asking, closed = a_view(campaign, update, on="2024-05-31"), a_view(campaign, update, on="2024-06-01")
    assert (asking.now.remaining.shown.amount, asking.surplus) == (5000, None)
    assert closed.surplus.shown.amount == 5000
    assert a_view(a_campaign(), on="2024-01-01").surplus is None


def test_on_one_page_the_same_sum_is_shown_in_one_way():
    """What is met, what is left over and what came in beyond the goal are reckoned from the figure that is shown."""
    sums = "sources:\n  - {id: page, label: A}\n  - {id: bank, label: B}\n"
    lines = "costs:\n  - {id: a, label: A, estimate: 40000}\n  - {id: b, label: B, estimate: 10000}\n"

    def shown(text, raised):
        campaign = a_campaign(text)
        view = a_view(campaign, an_update(campaign, "2024-01-01", f"totals:\n{raised}"), on="2024-01-01")
        say = campaign.region.say
        figures = [line.met.shown for line in view.costs.lines] + [
            figure.shown for figure in (view.surplus, view.now.beyond) if figure
        ]
        return [say(view.now.raised.shown), *map(say, figures)]

    assert shown(lines, "  raised: about 12,345") == ["about £12,345", "about £12,345", "£0"]
    assert shown(lines, "  raised: 12,345.67") == ["£12,345.67", "£12,345.67", "£0"]
    assert shown(sums + lines, "  page: 12,000.67\n  bank: 345") == ["£12,345", "£12,345", "£0"]
    assert shown(lines, "  raised: 45,000.50") == ["£45,000.50", "£40,000", "£5,000.50"]
    assert shown(lines, "  raised: about 45,678") == ["about £45,678", "£40,000", "about £5,670"]
    assert shown(lines, "  raised: 50,800.50") == ["£50,800.50", "£40,000", "£10,000", "£800.50", "£800.50"]
    assert shown(lines, "  raised: 50,000.40") == ["£50,000.40", "£40,000", "£10,000", "£0.40", "£0.40"]
    assert shown(sums + lines, "  page: 50,000.60\n  bank: 800.30") == [
        *("£50,800", "£40,000", "£10,000"),
        *("£800", "£800"),
    ]
    assert shown(sums + lines, "  page: about 50,000\n  bank: 878") == [
        *("about £50,800", "£40,000", "£10,000"),
        *("about £800", "about £800"),
    ]
    assert shown(sums + lines, "  page: about 40,000\n  bank: 45") == ["about £40,000", "£40,000", "£0"]


def test_a_need_that_is_reckoned_is_in_full_where_it_is_exact_and_rounded_down_where_it_is_not():
    def need(estimate, amount):
        line = (
            f"  - {{id: a, label: A, estimate: {estimate}, paid_by: [{{from: 2024-01-01, who: B, amount: {amount}}}]}}"
        )
        campaign = a_campaign(f"costs:\n{line}")
        return campaign.region.say(a_view(campaign, on="2024-01-01").costs.lines[0].need_shown)

    assert need("about 25000", "about 9876") == "about £15,100"
    alone = a_campaign("costs: [{id: a, label: A, estimate: about 15155}]")
    assert alone.region.say(a_view(alone, on="2024-01-01").costs.lines[0].need_shown) == "about £15,155"
    assert need("25000", "9876.50") == "£15,123.50"
    assert need("about 25000", "about 25000") == "£0"


# Who pays, and from when it is the money that reaches through a line.


def test_who_pays_now_is_not_among_those_who_paid_before():
    def payers(day):
        line = on(day)[1].lines[0]
        return [payer.who for payer in line.payers], [payer.who for payer in line.past_payers]

    assert payers("2024-03-31") == ([], [])
    assert payers("2024-04-01") == (["The council"], [])
    assert payers("2024-05-31") == (["The council"], [])
    assert payers("2024-06-01") == ([], ["The council"])
    for_good = a_campaign(LINES.replace("until: 2024-06-01, ", ""))
    line = a_view(for_good, on="2030-01-01").costs.lines[0]
    assert (len(line.payers), line.past_payers) == (1, ())


def test_nothing_is_paid_for_with_nothing_though_others_pay_for_all_of_it():
    campaign = a_campaign(
        "costs: [{id: roof, label: The roof, estimate: 100, paid_by: [{from: 2024-01-01, who: A, amount: 100}]}]"
    )
    parse = campaign.region.parse

    def is_so(raised):
        costs = costs_met(in_force(campaign, date(2024, 1, 1)), stated(parse(raised)) if raised else None)
        return is_paid_for(costs, "roof", parse(raised) if raised else None)

    assert (is_so(None), is_so("0"), is_so("0.01"), is_so("5")) == (False, False, True, True)


def test_a_line_is_paid_for_at_its_last_penny_and_only_where_there_is_such_a_line():
    campaign = a_campaign("costs: [{id: a, label: A, estimate: 60}, {id: b, label: B, estimate: 40}]")
    parse = campaign.region.parse

    def paid_for(raised):
        costs = costs_met(in_force(campaign, date(2024, 1, 1)), stated(parse(raised)))
        return [id for id in ("a", "b", "c") if is_paid_for(costs, id, parse(raised))]

    assert paid_for("59.99") == []
    assert paid_for("60") == ["a"]
    assert paid_for("99.99") == ["a"]
    assert paid_for("100") == ["a", "b"]
    assert not is_paid_for(None, "a", parse("100"))


def test_of_what_is_asked_for_comes_off_what_others_pay_and_nothing_is_left_at_the_goal_exactly():
    campaign = a_campaign(
        "goal: 100\ncosts: [{id: a, label: A, estimate: 60, paid_by: [{from: 2024-01-02, who: B, amount: 40}]}]"
    )
    parse = campaign.region.parse

    def left(day, raised):
        figure = still_to_ask(in_force(campaign, date(2024, 1, day)), stated(parse(raised)) if raised else None)
        return figure and (figure.exact.amount, figure.shown.amount)

    assert left(1, None) == (100, 100)
    assert left(2, None) == (60, 60)
    assert left(1, "59.50") == (Decimal("40.50"), 41)
    assert left(2, "59.50") == (Decimal("0.50"), 1)
    assert left(2, "60") is None
    assert left(1, "100") is None


def test_a_line_that_is_met_to_the_penny_is_met_by_its_own_estimate():
    campaign = a_campaign(
        "sources: [{id: page, label: A}, {id: bank, label: B}]\ncosts: [{id: a, label: A, estimate: 100.60}]"
    )
    update = an_update(campaign, "2024-01-01", "totals:\n  page: 100\n  bank: 0.60")
    view = a_view(campaign, update, on="2024-01-01")
    assert str(view.now.raised.shown.amount) == "100"
    assert str(view.costs.lines[0].met.shown.amount) == "100.60"


def test_lines_are_met_by_what_is_needed_and_not_by_what_is_shown_of_it():
    campaign = a_campaign(
        """
        costs:
          - {id: a, label: A, estimate: about 25000, paid_by: [{from: 2024-01-01, who: B, amount: about 9876}]}
          - {id: b, label: B, estimate: 50000}
        """
    )

    def lines(raised):
        update = an_update(campaign, "2024-01-01", f"totals:\n  raised: {raised}")
        return a_view(campaign, update, on="2024-01-01").costs.lines

    first, second = lines(20_000)
    assert (first.need.amount, first.need_shown.amount) == (15_124, 15_100)
    assert (first.met.exact.amount, second.met.exact.amount) == (15_124, 4_876)
    assert [line.is_met for line in lines(15_110)] == [False, False]
    assert [line.is_met for line in lines(15_124)] == [True, False]


def test_more_than_is_needed_follows_from_what_is_needed_and_not_from_what_is_shown_of_it():
    lines = "{id: a, label: A, estimate: about 15155}, {id: b, label: B, estimate: about 10000}"
    campaign = a_campaign(f"costs: [{lines}]\n")

    def costs(raised):
        said = an_update(campaign, "2024-01-01", f"totals:\n  raised: {raised}")
        found = a_view(campaign, said, on="2024-01-01").costs
        return [figure and figure.exact.amount for figure in (found.needed, found.surplus)]

    assert costs(25_120) == [25_155, None]
    assert costs(25_155) == [25_155, None]
    assert costs(30_000) == [25_155, 4_845]


def test_a_line_that_needs_nothing_takes_nothing_from_what_is_shown():
    campaign = a_campaign(
        """
        costs:
          - {id: a, label: A, estimate: 50, paid_by: [{from: 2024-01-01, who: B, amount: 50}]}
          - {id: b, label: B, estimate: 50000}
        """
    )
    update = an_update(campaign, "2024-01-01", "totals:\n  raised: about 12,345")
    lines = a_view(campaign, update, on="2024-01-01").costs.lines
    assert [campaign.region.say(line.met.shown) for line in lines] == ["£0", "about £12,345"]


def test_of_what_was_said_of_a_cost_a_day_has_what_had_been_said_by_then_oldest_first():
    notes = "[{said: 2024-03-01, note: Moved to May.}, {said: 2024-02-01, note: It is booked.}]"
    campaign = a_campaign(f"costs: [{{id: roof, label: The roof, estimate: 5000, notes: {notes}}}]")
    for day, told in (
        ("2024-01-31", []),
        ("2024-02-29", ["It is booked."]),
        ("2024-03-01", ["It is booked.", "Moved to May."]),
    ):
        (line,) = a_view(campaign, on=day).costs.lines
        assert [note.note for note in line.notes] == told


def test_the_last_pence_behind_a_line_that_is_met_meet_a_part_of_the_next():
    campaign = a_campaign("costs: [{id: a, label: A, estimate: 60}, {id: b, label: B, estimate: 40}]")
    view = a_view(campaign, an_update(campaign, "2024-01-01", "totals:\n  raised: 60.50"), on="2024-01-01")
    assert [(str(line.met.exact.amount), str(line.met.shown.amount)) for line in view.costs.lines] == [
        ("60", "60"),
        ("0.50", "0.50"),
    ]


def test_pence_that_are_left_over_are_left_over_though_the_sum_is_shown_without_them():
    campaign = a_campaign(
        "sources: [{id: page, label: A}, {id: bank, label: B}]\ncosts: [{id: a, label: A, estimate: 100}]"
    )
    update = an_update(campaign, "2024-01-01", "totals:\n  page: 90\n  bank: 10.60")
    view = a_view(campaign, update, on="2024-01-01")
    assert (str(view.now.raised.shown.amount), str(view.costs.surplus.exact.amount)) == ("100", "0.60")
