"""Costs: lines met in order, what others pay, surplus and shortfall."""

from .writing import a_campaign, a_view, an_update

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
    assert [(line.is_met, line.is_begun) for line in costs.lines] == [(True, True), (False, True)]
    assert costs.current.cost.id == "walls"
    assert costs.surplus is None
    assert campaign.region.say(costs.shortfall.shown) == "about £9,000"


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


def test_an_exact_shortfall_is_rounded_up():
    campaign = a_campaign("costs:\n  - {id: roof, label: The roof, estimate: 100}")
    update = an_update(campaign, "2024-01-01", "totals:\n  raised: 50.40")
    costs = a_view(campaign, update, on="2024-01-01").costs
    assert costs.shortfall.shown.amount == 50
    assert costs.shortfall.exact == campaign.region.parse("49.60")


def test_enough_for_everything_leaves_no_current_line_and_exactly_enough_no_surplus():
    _, costs = on("2024-02-29", raised="30,000")
    assert (costs.current, costs.surplus, costs.shortfall) == (None, None, None)


def test_before_the_first_figure_nothing_is_met():
    campaign = a_campaign(LINES)
    costs = a_view(campaign, an_update(campaign, "2024-01-01"), on="2024-01-01").costs
    assert (costs.surplus, costs.shortfall) == (None, None)
    assert [line.met.exact.amount for line in costs.lines] == [0, 0]
