"""Milestones: who reached them, what is next, and that reached is never undone."""

from decimal import Decimal

import pytest

from campaign.core.figures.milestones import Kind, Note
from writing import a_campaign, a_view, an_update


def states(view):
    return [
        (state.label or state.kind.value, state.reached.day.isoformat() if state.reached else None)
        for state in view.milestones
    ]


ALL = """
    costs:
      - {id: roof, label: The roof, estimate: 20000}
    counters:
      - {id: walkers, label: walkers}
    milestones:
      - {raised: 50%, label: Half way}
      - {raised: 10000, label: Ten thousand}
      - {cost: roof}
      - {counter: walkers, at: 100}
      - {id: permit, label: The permit}
      - {id: opening, date: 2024-09-01, label: The opening, said: 2024-03-01}
"""


def test_each_kind_is_reached_by_the_first_update_at_or_past_it():
    campaign = a_campaign(ALL)
    first = an_update(campaign, "2024-01-01", "totals:\n  raised: 10000\ncounters:\n  walkers: 99")
    second = an_update(campaign, "2024-02-01", "totals:\n  raised: 25,000\ncounters:\n  walkers: more than 100")
    third = an_update(campaign, "2024-03-05", "reached: [permit]")
    view = a_view(campaign, first, second, third, on="2024-03-05")
    assert states(view) == [
        ("Ten thousand", "2024-01-01"),
        ("Half way", "2024-02-01"),
        ("cost", "2024-02-01"),
        ("counter", "2024-02-01"),
        ("The permit", "2024-03-05"),
        ("The opening", None),
    ]
    assert [state.label or state.kind.value for state in view.updates[1].reached] == ["Half way", "cost", "counter"]
    assert view.updates[2].reached[0].missing is None
    assert view.milestones[3].count.number == 100
    assert view.milestones[2].cost_label == "The roof"
    assert view.milestones[0].reached.raised.shown.amount == 10000


def test_before_the_first_figure_what_is_named_before_the_money_comes_first():
    said = "{id: accepted, label: Accepted}"
    campaign = a_campaign(ALL.replace("milestones:\n", f"milestones:\n      - {said}\n"))
    first = an_update(campaign, "2024-01-01", "")
    for view in (a_view(campaign, on="2024-01-01"), a_view(campaign, first, on="2024-01-01")):
        assert [state.label or state.kind.value for state in view.milestones] == [
            "Accepted",
            "Ten thousand",
            "cost",
            "Half way",
            "counter",
            "The permit",
        ]
    reached = an_update(campaign, "2024-01-01", "reached: [permit]")
    assert [state.label for state in a_view(campaign, reached, on="2024-01-01").milestones][:2] == [
        "The permit",
        "Accepted",
    ]


def test_what_is_next_comes_after_with_money_first_and_says_what_is_missing():
    campaign = a_campaign(ALL)
    first = an_update(campaign, "2024-01-01", "totals:\n  raised: 5,600")
    view = a_view(campaign, first, on="2024-03-05")
    assert [state.kind for state in view.milestones] == [
        Kind.AMOUNT,
        Kind.COST,
        Kind.PERCENT,
        Kind.COUNTER,
        Kind.PLANNED,
        Kind.SAID,
    ]
    assert campaign.region.say(view.next_milestone.missing.shown) == "£4,400"
    assert str(view.milestones[4].planned) == "2024-09-01"


def test_a_planned_day_is_known_from_the_day_it_was_said():
    campaign = a_campaign(ALL)
    view = a_view(campaign, an_update(campaign, "2024-01-01"), on="2024-02-29")
    assert Kind.PLANNED not in [state.kind for state in view.milestones]


def test_a_planned_day_that_has_passed_is_not_reached_until_an_update_says_so():
    campaign = a_campaign(ALL)
    first = an_update(campaign, "2024-01-01")
    done = an_update(campaign, "2024-09-03", "reached: [opening]")
    assert ("The opening", None) in states(a_view(campaign, first, done, on="2024-09-02"))
    assert ("The opening", "2024-09-03") in states(a_view(campaign, first, done, on="2024-09-03"))


def test_a_later_fall_adds_a_note_and_does_not_undo():
    campaign = a_campaign("milestones:\n  - {raised: 10000}")
    first = an_update(campaign, "2024-01-01", "totals:\n  raised: 10000")
    second = an_update(campaign, "2024-01-02", "totals:\n  raised: 9000\ncorrection: Counted twice.")
    view = a_view(campaign, first, second, on="2024-01-02")
    reached = view.milestones[0].reached
    assert (reached.day.isoformat(), reached.slug, reached.title) == ("2024-01-01", "2024-01-01-news", "News")
    assert view.milestones[0].note is Note.FELL
    assert view.updates[1].reached[0].note is None


def test_a_raised_goal_adds_a_note_and_does_not_undo():
    campaign = a_campaign(
        "goal:\n  - {amount: 20000}\n  - {from: 2024-02-01, amount: 50000}\nmilestones:\n  - {raised: 50%}"
    )
    first = an_update(campaign, "2024-01-01", "totals:\n  raised: 10000")
    assert a_view(campaign, first, on="2024-01-31").milestones[0].note is None
    view = a_view(campaign, first, on="2024-02-01")
    assert view.milestones[0].reached is not None
    assert view.milestones[0].note is Note.TARGET_ROSE
    assert view.now.phase.value == "raising"


GROWN = "goal:\n  - {amount: 20000}\n  - {from: 2024-02-01, amount: 50000}\nmilestones:\n  - {raised: 50%}"


@pytest.mark.parametrize(("figure", "note"), [("11,990", Note.TARGET_ROSE), ("9,990", Note.FELL)])
def test_where_both_changed_the_note_says_what_the_milestone_failed_by(figure, note):
    """The goal grew, and the figure fell a little: only below half of the old goal has it fallen below it."""
    campaign = a_campaign(GROWN)
    first = an_update(campaign, "2024-01-01", "totals:\n  raised: 12000")
    less = an_update(campaign, "2024-02-02", f"totals:\n  raised: {figure}\ncorrection: Counted twice.")
    assert a_view(campaign, first, less, on="2024-02-02").milestones[0].note is note


def test_a_cost_whose_estimate_grew_did_not_fall():
    costs = "costs:\n  - {id: roof, label: Roof, estimate: [{amount: 10000}, {from: 2024-02-01, amount: 15000}]}\n"
    campaign = a_campaign(costs + "milestones:\n  - {cost: roof}")
    first = an_update(campaign, "2024-01-01", "totals:\n  raised: 12000")
    for figure, note in (("11,000", Note.TARGET_ROSE), ("9,000", Note.FELL), ("0", Note.FELL)):
        less = an_update(campaign, "2024-02-02", f"totals:\n  raised: {figure}\ncorrection: Counted twice.")
        assert a_view(campaign, first, less, on="2024-02-02").milestones[0].note is note


def test_a_counter_that_falls_adds_a_note():
    campaign = a_campaign(ALL)
    first = an_update(campaign, "2024-01-01", "counters:\n  walkers: 120")
    second = an_update(campaign, "2024-01-02", "counters:\n  walkers: 80")
    view = a_view(campaign, first, second, on="2024-01-02")
    assert view.milestones[0].note is Note.FELL


def test_a_cost_is_not_paid_for_before_there_is_money():
    campaign = a_campaign(ALL)
    nothing = an_update(campaign, "2024-01-01", "totals:\n  raised: 0")
    assert a_view(campaign, nothing, on="2024-01-01").milestones[0].reached is None


def test_an_update_page_is_not_touched_by_what_a_later_update_reaches():
    campaign = a_campaign(ALL)
    first = an_update(campaign, "2024-01-01", "totals:\n  raised: 5,000")
    second = an_update(campaign, "2024-02-01", "totals:\n  raised: 12,000")
    alone = a_view(campaign, first, on="2024-01-01").updates[0]
    later = a_view(campaign, first, second, on="2024-02-01").updates[1]
    assert (later.stood, later.reached) == (alone.stood, alone.reached)


LATER = """
    costs:
      - {id: roof, label: The roof, estimate: 10000}
      - id: gutters
        label: Gutters
        estimate:
          - {from: 2024-06-01, amount: 5000}
    milestones:
      - {cost: gutters, label: The gutters are paid for}
      - {raised: 1000, said: 2024-06-01, label: A first thousand}
"""


def test_what_was_estimated_or_said_later_is_on_no_page_of_before():
    campaign = a_campaign(LATER)
    first = an_update(campaign, "2024-01-01", "totals:\n  raised: 12,000")
    second = an_update(campaign, "2024-06-02", "totals:\n  raised: 16,000")
    before = a_view(campaign, first, on="2024-02-01")
    assert before.milestones == ()
    assert [line.cost.id for line in before.costs.lines] == ["roof"]
    assert before.costs.surplus.exact.amount == 2000
    after = a_view(campaign, first, second, on="2024-06-02")
    assert [line.cost.id for line in after.costs.lines] == ["roof", "gutters"]
    assert states(after) == [("A first thousand", "2024-01-01"), ("The gutters are paid for", "2024-06-02")]
    assert after.updates[1].reached == ()  # its page knows no more than it did that day
    assert [state.label for state in after.updates[0].reached] == ["The gutters are paid for"]


def test_a_campaign_whose_only_cost_is_estimated_later_has_none_yet():
    campaign = a_campaign("costs:\n  - {id: a, label: A, estimate: [{from: 2024-06-01, amount: 50}]}")
    first = an_update(campaign, "2024-01-01", "totals:\n  raised: 12,000")
    assert a_view(campaign, first, on="2024-01-02").costs is None


def test_a_line_that_others_take_over_is_met_and_no_longer_next():
    campaign = a_campaign(
        """
        costs:
          - id: roof
            label: The roof
            estimate: 20000
            paid_by: [{from: 2024-02-01, who: The council, amount: 15000}]
        milestones:
          - {cost: roof, label: The roof is paid for}
          - raised: 30000
        """
    )
    first = an_update(campaign, "2024-01-01", "totals:\n  raised: 6,000")
    view = a_view(campaign, first, on="2024-03-01")
    assert view.costs.lines[0].is_met
    assert (view.milestones[0].reached, view.milestones[0].missing) == (None, None)
    assert view.next_milestone.amount.amount == 30_000


def test_no_milestone_is_further_to_go_than_what_is_still_asked_for():
    campaign = a_campaign(
        """
        deadline: 2024-06-30
        closed: 2024-12-01
        costs:
          - {id: a, label: A, estimate: 50000, paid_by: [{from: 2024-02-01, who: B, amount: 20000}]}
        milestones:
          - {raised: 20000, label: Twenty}
          - {raised: 50%, label: Half}
          - {raised: 100%, label: All}
          - {cost: a, label: A is paid for}
        """
    )
    update = an_update(campaign, "2024-01-01", "totals:\n  raised: 8,000")

    def to_go(day):
        view = a_view(campaign, update, on=day)
        return {state.label: state.missing and int(state.missing.shown.amount) for state in view.milestones}, [
            state.label for state in view.milestones if state.is_not_asked_for
        ]

    assert to_go("2024-01-31") == ({"Twenty": 12_000, "Half": 17_000, "All": 42_000, "A is paid for": 42_000}, [])
    assert to_go("2024-02-01") == ({"Twenty": 12_000, "Half": 17_000, "A is paid for": 22_000, "All": None}, ["All"])
    assert to_go("2024-06-30")[0]["Half"] == 17_000
    assert to_go("2024-07-01") == (
        dict.fromkeys(("Twenty", "Half", "A is paid for", "All")),
        ["Twenty", "Half", "A is paid for", "All"],
    )
    assert to_go("2024-12-01") == ({}, [])  # nothing is to be reached once the appeal has ended
    assert a_view(campaign, update, on="2024-12-01").next_milestone is None
    covered = a_view(campaign, an_update(campaign, "2024-02-02", "totals:\n  raised: 30,000"), on="2024-02-02")
    assert [(state.label, state.missing) for state in covered.milestones if not state.reached] == [("All", None)]


def test_what_counts_and_what_is_planned_come_behind_the_money_in_their_own_order():
    campaign = a_campaign(
        """
        counters: [{id: a, label: A}, {id: b, label: B}]
        milestones:
          - {id: late, label: Late, date: 2024-09-02}
          - {id: soon, label: Soon, date: 2024-09-01}
          - {id: any, label: Any day}
          - {counter: b, at: 5, label: B}
          - {counter: a, at: 50, label: A}
          - {raised: 50%, label: Half}
          - {raised: 24999, label: Less}
        """
    )
    update = an_update(campaign, "2024-01-01", "totals:\n  raised: 100\ncounters:\n  b: 4")
    view = a_view(campaign, update, on="2024-01-01")
    assert [state.label for state in view.milestones] == ["Less", "Half", "B", "A", "Soon", "Late", "Any day"]
    assert [state.count and state.count.number for state in view.milestones[2:4]] == [4, None]
    assert [state.counter.label for state in view.milestones[2:4]] == ["B", "A"]
    assert [int(state.missing.shown.amount) for state in view.milestones[:2]] == [24_899, 24_900]
    assert view.next_milestone.label == "Less"


def test_what_was_reached_stands_in_the_order_in_which_it_was():
    campaign = a_campaign(
        "milestones:\n  - {raised: 300, label: C}\n  - {raised: 200, label: B}\n  - {raised: 100, label: A}\n"
        "  - {id: z, label: Z}\n  - {id: y, label: Y}\n"
    )
    updates = [
        an_update(campaign, "2024-01-01", "totals:\n  raised: 100\nreached: [y]"),
        an_update(campaign, "2024-01-02 09:00", "totals:\n  raised: 300", slug="b"),
        an_update(campaign, "2024-01-02 10:00", "reached: [z]", slug="a"),
    ]
    view = a_view(campaign, *updates, on="2024-01-02")
    assert [state.label for state in view.milestones] == ["A", "Y", "C", "B", "Z"]
    assert [[state.label for state in update.reached] for update in view.updates] == [["Z"], ["C", "B"], ["A", "Y"]]


def test_a_share_of_the_goal_is_reached_at_its_last_penny():
    campaign = a_campaign("goal: 333\nmilestones:\n  - {raised: 50%, label: Half}")

    def half(raised):
        view = a_view(campaign, an_update(campaign, "2024-01-01", f"totals:\n  raised: {raised}"), on="2024-01-01")
        (state,) = view.milestones
        return state.reached is not None, state.missing and state.missing.exact.amount

    assert half("166.49") == (False, Decimal("0.01"))
    assert half("166.50") == (True, None)
    assert a_view(campaign, on="2024-01-01").milestones[0].amount.amount == Decimal("166.50")


def test_a_counter_is_reached_at_its_number():
    campaign = a_campaign("counters: [{id: a, label: A}]\nmilestones:\n  - {counter: a, at: 100}")
    for count, is_so in (("99", False), ("100", True), ("at least 100", True)):
        update = an_update(campaign, "2024-01-01", f"counters:\n  a: {count}")
        assert (a_view(campaign, update, on="2024-01-01").milestones[0].reached is not None) is is_so


def test_a_cost_as_a_milestone_is_what_the_lines_up_to_it_need_together():
    campaign = a_campaign(
        """
        costs:
          - {id: a, label: A, estimate: 60}
          - {id: b, label: B, estimate: 40, paid_by: [{from: 2024-02-01, who: C, amount: 15}]}
          - {id: c, label: C, estimate: 900}
        milestones: [{cost: b}, {cost: a}]
        """
    )
    first = an_update(campaign, "2024-01-01", "totals:\n  raised: 59.99")

    def amounts(day, *updates):
        states = a_view(campaign, *updates, on=day).milestones
        return {state.cost_label: (state.amount.amount, state.reached and str(state.reached.day)) for state in states}

    assert amounts("2024-01-31", first) == {"A": (60, None), "B": (100, None)}
    assert amounts("2024-02-01", first) == {"A": (60, None), "B": (85, None)}
    more = an_update(campaign, "2024-01-02", "totals:\n  raised: 85")
    assert amounts("2024-01-31", first, more) == {"A": (60, "2024-01-02"), "B": (100, None)}
    enough = an_update(campaign, "2024-02-02", "counters: {}")
    assert amounts("2024-02-02", first, more, enough) == {"A": (60, "2024-01-02"), "B": (85, "2024-02-02")}


def test_a_milestone_is_known_from_its_own_day_on():
    campaign = a_campaign("milestones:\n  - {id: a, label: A, said: 2024-01-02}")
    assert [len(a_view(campaign, on=f"2024-01-0{day}").milestones) for day in (1, 2, 3)] == [0, 1, 1]


def test_on_the_last_day_of_the_deadline_something_is_still_to_go_and_on_the_day_it_closes_nothing():
    campaign = a_campaign("deadline: 2024-06-30\nclosed: 2024-06-30\nmilestones:\n  - {raised: 100}")
    update = an_update(campaign, "2024-01-01", "totals:\n  raised: 50")
    assert a_view(campaign, update, on="2024-06-29").next_milestone.missing.shown.amount == 50
    assert a_view(campaign, update, on="2024-06-30").next_milestone is None
    one = a_campaign("deadline: 2024-06-30\nmilestones:\n  - {raised: 100}")
    assert a_view(one, update, on="2024-06-30").next_milestone.missing.shown.amount == 50
    assert a_view(one, update, on="2024-07-01").next_milestone is None


def test_before_the_first_figure_and_without_money_to_reach_what_is_counted_comes_first():
    campaign = a_campaign(
        "counters: [{id: a, label: A}]\nmilestones:\n  - {id: m, label: M}\n  - {counter: a, at: 5, label: Five}"
    )
    assert [state.label for state in a_view(campaign, on="2024-01-01").milestones] == ["Five", "M"]


def test_where_nothing_is_asked_for_no_penny_is_called_missing_to_a_milestone():
    campaign = a_campaign(
        """
        costs:
          - {id: a, label: A, estimate: 50000, paid_by: [{from: 2024-01-01, who: B, amount: 20000}]}
        milestones:
          - {raised: 30000.50, label: Nearly}
        """
    )
    update = an_update(campaign, "2024-01-02", "totals:\n  raised: 30,000")
    view = a_view(campaign, update, on="2024-01-02")
    assert (view.now.remaining, view.next_milestone) == (None, None)
    assert [(state.missing, state.is_not_asked_for) for state in view.milestones] == [(None, True)]
