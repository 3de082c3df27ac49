"""What a slip of one key makes of campaign.yaml, and what only looks like one."""

from textwrap import dedent

import pytest

from campaign.core.figures.ledger import fold
from campaign.core.figures.plausibility import slips
from campaign.core.reading.campaign_file import parse_campaign
from campaign.core.reading.front_matter import parse_yaml_file
from writing import an_update

PLAIN = ("name: A roof", "currency: GBP", "goal: 50,000")


def slipped(text, *updates):
    """What is refused in campaign.yaml and its updates, each a day and the rest of its front matter."""
    written = dedent(text)
    written += "".join(f"\n{line}" for line in PLAIN if f"\n{line.partition(':')[0]}:" not in f"\n{written}")
    document = parse_yaml_file("content/campaign.yaml", written.encode())
    campaign = parse_campaign(document)
    made = [an_update(campaign, day, more) for day, more in updates]
    return [f"{p.field} [{p.name}]" for p in sorted(slips(campaign, fold(campaign, made), document))]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("started: 2015-01-01\ndeadline: 2014-06", "deadline"),
        ("deadline:\n  - {said: 2015-08-26, date: 2015-02}", "deadline[1].date"),
        ("deadline: 2014-06-30", "deadline"),
        ("closed: 2014-06-30", "closed"),
        ("started: 2015-01\ngive:\n  - {label: A, closes: 2014-12-31}", "give[1].closes"),
        ("started: 2015-01\nsources:\n  - {id: a, label: A, ended: 2014-12-31}", "sources[1].ended"),
        ("milestones:\n  - {id: a, label: A, said: 2016-01-07, date: 2015-02-05}", "milestones[1].date"),
        ("started: 2015-01\nmilestones:\n  - {id: a, label: A, date: 2014-02-05}", "milestones[1].date"),
        ("closed: 2015-12-31\ngoal:\n  - amount: 50000\n  - {from: 2016-01-01, amount: 60000}", "goal[2].from"),
        ("closed: 2015-12-31\ndeadline:\n  - {said: 2016-01-01, date: 2016-02}", "deadline[1].said"),
        (
            "deadline:\n  - {said: 2015-08-26, date: 2016-02}\n  - {said: 2015-01-07, date: 2016-02-05}",
            "deadline[2].said",
        ),
        (
            "treatment:\n  - {said: 2015-08-26, status: hoped}\n  - {said: 2015-01-07, status: booked}",
            "treatment[2].said",
        ),
        ("goal:\n  - {from: 2015-08-01, amount: 50000}\n  - {from: 2014-09-01, amount: 60000}", "goal[2].from"),
        ("promise: {too_much: It helps another., first_said: 1915-11-02}", "promise.first_said"),
        ("deadline: 2062-02-05", "deadline"),
        ("press:\n  - {date: 1915, publication: A paper}", "press[1].date"),
        (
            "costs:\n  - {id: a, label: A, estimate: 30000, paid_by: [{from: 2051-01-01, who: B, amount: 5}]}",
            "costs[1].paid_by[1].from",
        ),
    ],
)
def test_days_in_an_impossible_order_are_refused(text, field):
    assert slipped(text, ("2015-08-26", "")) == [f"{field} [order]"]


def test_money_of_more_than_a_year_before_the_start_is_refused():
    money, later = "totals:\n  raised: 5", ("2015-02-01", "")
    assert slipped("started: 2015-01-15", ("2014-01-13", money), later) == ["date [order]"]
    assert slipped("started: 2015-01-15", ("2014-01-13", "")) == ["started [order]"]
    assert slipped("started: 2015-01-15", ("2014-01-15", money), later) == []


def test_what_a_family_wrote_years_before_it_asked_for_anything_is_no_slip():
    assert slipped("started: 2015-01-15", ("2009-01-13", ""), ("2015-02-01", "")) == []
    assert slipped("started: 2015-01-15", ("1915-01-13", ""), ("2015-02-01", "")) == ["date [order]"]


def test_days_that_belong_together_are_right():
    text = """
    started: 2015-01
    closed: 2016-12-31
    deadline:
      - {date: 2016-02}
      - {said: 2016-01-07, date: 2016-02-05}
    give:
      - {label: A, closes: 2016-03-01}
      - {label: B}
    treatment:
      - {said: 2013-08-26, status: hoped}
      - {said: 2016-01-07, status: booked}
    milestones:
      - {id: a, label: A, said: 2016-01-07, date: 2016-02-05}
    """
    assert slipped(text, ("2015-08-26", "")) == []
    assert slipped(text) == []
    assert slipped("deadline: 2016-02") == []


@pytest.mark.parametrize(
    ("before", "after", "is_refused"),
    [("290000", "29000", True), ("29000", "290000", True), ("50000", "66300", False), ("50000", "10001", False)],
)
def test_a_goal_and_an_estimate_a_digit_apart_need_their_reason(before, after, is_refused):
    goal = "goal:\n  - amount: {}\n  - {{from: 2015-06-01, why: A quote., amount: {}{}}}"
    estimate = "goal: 60000\ncosts:\n  - {{id: b, label: B, estimate: 60000}}\n"
    estimate += "  - id: a\n    label: A\n    estimate:\n      - amount: {}\n      - {{from: 2015-06-01, amount: {}{}}}"
    expected = ["goal[2].amount [leap]"] if is_refused else []
    assert slipped(goal.format(before, after, "")) == expected
    assert slipped(goal.format(before, after, ", jump: Another operation.")) == []
    assert ("costs[2].estimate[2].amount [leap]" in slipped(estimate.format(before, after, ""))) is is_refused
    assert "costs[2].estimate[2].amount [leap]" not in slipped(estimate.format(before, after, ", jump: Another."))


def test_an_estimate_of_nothing_is_no_lost_digit():
    text = "costs:\n  - {id: b, label: B, estimate: 50000}\n  - id: a\n    label: A\n    estimate:\n"
    assert slipped(text + "      - amount: 5000\n      - {from: 2015-06-01, amount: 0}") == []


GOALS = "goal:\n  - amount: 50000\n  - {{from: 2015-08-01, amount: {}}}"


def test_a_goal_that_falls_to_what_is_in_hand_needs_its_reason():
    raised = ("2015-07-01", "totals:\n  raised: 21,000")
    assert slipped(GOALS.format(20000), raised) == ["goal[2].amount [leap]"]
    assert slipped(GOALS.format("20000, jump: The rest is paid for"), raised) == []
    assert slipped(GOALS.format(22000), raised) == []
    assert slipped(GOALS.format(20000)) == []
    assert slipped(GOALS.format(20000), ("2015-09-01", "totals:\n  raised: 21,000")) == []
    assert slipped(GOALS.format(40000), ("2015-07-01", "totals:\n  raised: 51,000")) == []


def test_what_others_pay_is_at_most_the_line():
    line = "costs:\n  - {{id: a, label: A, estimate: 50000, paid_by: [{{from: 2015-01-01, who: B, amount: {}}}]}}"
    assert slipped(line.format(100000)) == ["costs[1].paid_by[1].amount [digits]"]
    assert slipped(line.format(10000)) == []


def test_the_goal_and_the_costs_are_not_a_digit_apart():
    costs = "costs:\n  - {id: a, label: A, estimate: 30000}\n  - {id: b, label: B, estimate: 20000}\n"
    assert slipped(costs + "goal: 5000") == ["goal [digits]"]
    assert slipped(costs + "goal: 500000") == ["goal [digits]"]
    assert slipped(costs + "goal:\n  - {amount: 5000, jump: For the first step alone.}") == []
    paid = "costs:\n  - {id: a, label: A, estimate: 50000, paid_by: [{from: 2015-01-01, who: B, amount: 44000}]}\n"
    assert slipped(paid + "goal: 6000") == []
    assert slipped(costs + "goal: 10001") == []


@pytest.mark.parametrize(
    ("raised", "is_refused"),
    [("500%", True), ("499%", False), ("150%", False), ("250000", True), ("249,999", False)],
)
def test_a_milestone_of_many_goals_is_refused(raised, is_refused):
    text = f"milestones:\n  - id: a\n    label: A\n  - raised: {raised}"
    assert slipped(text) == (["milestones[2].raised [digits]"] if is_refused else [])
