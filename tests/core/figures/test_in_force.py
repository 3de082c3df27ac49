"""What holds on a day."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from itertools import combinations, permutations
from textwrap import dedent

from campaign.core.figures.in_force import as_known, in_force
from writing import a_campaign, a_view, an_update


def test_the_first_goal_holds_from_the_beginning_and_the_newest_is_in_force():
    campaign = a_campaign("goal:\n  - {from: 2024-02-01, amount: 5}\n  - {from: 2024-03-01, amount: 6}")
    assert [goal.amount.amount for goal in in_force(campaign, date(2024, 1, 1)).goals] == [5]
    assert [goal.amount.amount for goal in in_force(campaign, date(2024, 3, 1)).goals] == [5, 6]


THREE_GOALS = "goal:\n  - {amount: 50}\n  - {from: 2024-02-01, amount: 60}\n  - {from: 2024-03-01, amount: 75}"


def test_in_whatever_order_goals_are_written_the_newest_is_in_force():
    head, *goals = dedent(THREE_GOALS).strip().splitlines()
    for order in permutations(goals[1:]):
        campaign = a_campaign("\n".join([head, goals[0], *order]))
        found = in_force(campaign, date(2024, 3, 1)).goals
        assert [int(goal.amount.amount) for goal in found] == [50, 60, 75]


def test_of_three_goals_the_newest_is_in_force_and_the_others_stay():
    campaign = a_campaign(THREE_GOALS)

    def goals(day):
        return [int(goal.amount.amount) for goal in in_force(campaign, date.fromisoformat(day)).goals]

    assert goals("2024-01-31") == [50]
    assert goals("2024-02-01") == [50, 60]
    assert goals("2024-02-29") == [50, 60]
    assert goals("2024-03-01") == [50, 60, 75]
    update = an_update(campaign, "2024-01-02", "totals:\n  raised: 30")
    now = a_view(campaign, update, on="2024-03-01").now
    assert ([int(goal.amount.amount) for goal in now.earlier_goals], now.goal.amount, now.percent) == ([50, 60], 75, 40)
    assert now.measure.earlier_goals == (Decimal("66.66"), 80)
    before = a_view(campaign, update, on="2024-02-29").now
    assert ([int(goal.amount.amount) for goal in before.earlier_goals], before.percent) == ([50], 50)


TOLD = """
costs:
  - id: a
    label: A
    estimate: [{from: 2024-01-02, amount: 5}, {from: 2024-01-04, amount: 6}]
    paid_by: [{from: 2024-01-03, until: 2024-01-05, who: B, amount: 1}]
    notes: [{said: 2024-01-05, note: Later}, {said: 2024-01-03, note: Sooner}]
promise: {too_much: It helps., first_said: 2024-01-03}
deadline:
  - {date: 2024-06}
  - {said: 2024-01-03, date: 2024-07-01}
  - {said: 2024-01-05, date: 2024-08-01}
milestones: [{id: m, label: M, said: 2024-01-03}, {id: n, label: N}]
treatment: [{said: 2024-01-03, status: hoped}, {said: 2024-01-05, status: booked}]
press: [{date: 2024-01-03, publication: One}, {date: 2024-01-05, publication: Two}]
"""


def test_on_a_day_only_what_was_said_by_then_holds():
    campaign = a_campaign(TOLD)

    def known(number):
        day = date(2024, 1, number)
        holds = in_force(campaign, day)
        then = as_known(campaign, holds)
        deadline = holds.deadline.date.isoformat()
        assert in_force(then, date.max).deadline.date.isoformat() == deadline
        assert then.treatment == holds.treatment and then.press == holds.press
        costs = [
            ([int(e.amount.amount) for e in c.estimate], len(c.paid_by), [n.note for n in c.notes]) for c in then.costs
        ]
        return (
            costs,
            then.promise is not None,
            deadline,
            [milestone.id for milestone in then.milestones],
            [plan.status for plan in then.treatment],
            [report.publication for report in then.press],
        )

    assert known(1) == ([], False, "2024-06", ["n"], [], [])
    assert known(2) == ([([5], 0, [])], False, "2024-06", ["n"], [], [])
    assert known(3) == ([([5], 1, ["Sooner"])], True, "2024-07-01", ["m", "n"], ["hoped"], ["One"])
    assert known(4)[0] == [([5, 6], 1, ["Sooner"])]
    assert known(5) == (
        [([5, 6], 1, ["Sooner", "Later"])],
        True,
        "2024-08-01",
        ["m", "n"],
        ["hoped", "booked"],
        ["Two", "One"],
    )
    payer = campaign.costs[0].paid_by[0]
    assert [payer.holds_on(date(2024, 1, day)) for day in (2, 3, 4, 5)] == [False, True, True, False]


def test_what_holds_is_the_same_whatever_held_before_and_what_still_does_is_held_once():
    campaign = a_campaign(TOLD)
    days = [date(2024, 1, number) for number in range(1, 7)]
    for early, late in combinations(days, 2):
        before = in_force(campaign, early)
        assert in_force(campaign, late, before=before) == in_force(campaign, late)
    before = in_force(campaign, days[-1])
    holds = in_force(campaign, date(2024, 1, 7), before=before)
    lists = [field.name for field in fields(holds) if isinstance(getattr(holds, field.name), tuple)]
    assert len(lists) == 8
    assert all(getattr(holds, name) is getattr(before, name) for name in lists)
