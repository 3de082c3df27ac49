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
        ("matches:\n  - {id: a, who: A mill, up_to: 5000, from: 2051-01-01}", "matches[1].from"),
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


def told(text, *updates):
    """The messages, too."""
    written = dedent(text)
    written += "".join(f"\n{line}" for line in PLAIN if f"\n{line.partition(':')[0]}:" not in f"\n{written}")
    document = parse_yaml_file("content/campaign.yaml", written.encode())
    campaign = parse_campaign(document)
    made = [an_update(campaign, day, more) for day, more in updates]
    return [f"{p.line}: {p.field}: {p.message}" for p in sorted(slips(campaign, fold(campaign, made), document))]


def test_what_ends_may_end_on_the_very_day_it_was_said_or_began():
    assert slipped("started: 2015-01-02\ndeadline:\n  - {said: 2015-01-02, date: 2015-01-02}") == []
    assert slipped("deadline: 2015-01-02", ("2015-01-02", "")) == []
    assert slipped("closed: 2015-01-02", ("2015-01-02", "")) == []
    assert slipped("closed: 2015-01-02\ngoal:\n  - {from: 2015-01-02, amount: 50000}") == []
    assert slipped("deadline:\n  - {said: 2015-01-02, date: 2016-01}\n  - {said: 2015-01-03, date: 2016-01}") == []
    assert slipped("treatment:\n  - {said: 2015-01-02, status: hoped}\n  - {said: 2015-01-02, status: booked}") == []
    assert (
        slipped("give:\n  - {label: A, closes: 2015-01-01}\nsources:\n  - {id: a, label: A, ended: 2015-01-01}") == []
    )


def test_a_day_out_of_order_is_told_with_the_one_it_does_not_fit():
    mend = "mend whichever of the two days is wrong"
    first = ("2015-01-05", "")
    assert told("deadline:\n  - {said: 2015-01-03, date: 2015-01-02}", first) == [
        f"2: deadline[1].date: is before the day on which it was said (2015-01-03); {mend}"
    ]
    assert told("started: 2015-01-03\ndeadline: 2015-01-02", first) == [
        f"2: deadline: is before the appeal started (2015-01-03); {mend}"
    ]
    assert told("deadline: 2015-01-04", first, ("2015-01-06", "")) == [
        f"1: deadline: is before the first update (2015-01-05); {mend}"
    ]
    assert told("closed: 2015-01-04", first) == [f"1: closed: is before the first update (2015-01-05); {mend}"]
    assert told("closed: 2015-01-09\ngoal:\n  - {from: 2015-01-10, amount: 50000}", first) == [
        f"3: goal[1].from: 2015-01-10 is after the appeal closed (2015-01-09); {mend}"
    ]
    assert told("goal:\n  - {from: 2015-01-02, amount: 5}\n  - {from: 2015-01-01, amount: 6}", first) == [
        "3: goal[2].from: 2015-01-01 is before the entry above it (2015-01-02); mend the day, or put the entries in"
        " order, the oldest first"
    ]


def test_an_estimate_out_of_order_is_told_at_its_line():
    text = (
        "costs:\n  - {id: a, label: A, estimate: 25000}\n  - id: b\n    label: B\n    estimate:\n"
        "      - {from: 2015-02-02, amount: 25000}\n      - {from: 2015-02-01, amount: 26000}"
    )
    assert slipped(text) == ["costs[2].estimate[2].from [order]"]


def test_twenty_years_from_the_beginning_are_the_most():
    """Twenty years of 366 days: 7320 days, so until 16 January 2035 for an appeal of 1 January 2015."""
    for key in ("deadline", "closed"):
        assert slipped(f"started: 2015-01-01\n{key}: 2035-01-16") == []
        assert told(f"started: 2015-01-01\n{key}: 2035-01-17") == [
            f"2: {key}: 2035-01-17 is 20 years after the appeal began (2015-01-01); is the year right?"
        ]
    assert told("press:\n  - {date: 1994-12-16, publication: A}", ("2015-01-01", ""), ("2015-01-02", "")) == [
        "2: press[1].date: 1994-12-16 is 20 years before the appeal began (2015-01-01); is the year right?"
    ]
    assert slipped("press:\n  - {date: 1994-12-17, publication: A}", ("2015-01-01", "")) == []
    assert slipped("press:\n  - {date: 1894-12-18, publication: A}") == []


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("give:\n  - {label: A, closes: 2115-01-02}", "give[1].closes"),
        ("sources:\n  - {id: a, label: A, ended: 2115-01-02}", "sources[1].ended"),
        ("goal:\n  - {from: 2115-01-02, amount: 50000}", "goal[1].from"),
        ("treatment:\n  - {said: 2115-01-02, status: hoped}", "treatment[1].said"),
        ("deadline:\n  - {said: 1915-01-02, date: 2016-01-02}", "deadline[1].said"),
        ("deadline:\n  - {said: 2015-01-02, date: 2116-01-02}", "deadline[1].date"),
        ("milestones:\n  - {id: a, label: A, date: 2115-01-02}", "milestones[1].date"),
        ("milestones:\n  - {id: a, label: A, said: 1915-01-02}", "milestones[1].said"),
        ("costs:\n  - {id: a, label: A, estimate: [{from: 2115-01-02, amount: 50000}]}", "costs[1].estimate[1].from"),
        (
            "costs:\n  - {id: a, label: A, estimate: 50000, paid_by: [{from: 2015-01-02, until: 2115-01-02, who: B,"
            " amount: 5}]}",
            "costs[1].paid_by[1].until",
        ),
    ],
)
def test_no_day_of_an_appeal_is_a_hundred_years_away(text, field):
    assert slipped(text, ("2015-01-01", "")) == [f"{field} [order]"]


def test_a_year_before_the_start_is_the_most_for_money_and_twenty_for_a_story():
    """366 days before 15 January 2015 is 14 January 2014; 7320 days before it is 31 December 1994."""
    later = ("2015-02-01", "")
    for money in ("totals:\n  raised: 5", "promised:\n  - {id: a, amount: 5}"):
        assert slipped("started: 2015-01-15", ("2014-01-14", money), later) == []
        assert told("started: 2015-01-15", ("2014-01-13", money), later) == [
            "2: date: 2014-01-13 is more than a year before the appeal started (2015-01-15); is the year right? If it"
            " is, write under started in campaign.yaml when the appeal began"
        ]
    cash = "sources:\n  - {id: cash, label: A, records: receipts}\n  - {id: page, label: B}\nstarted: 2015-01-15"
    for money in ("received:\n  - {source: cash, amount: 5}", "gift_aid:\n  page: 5"):
        assert slipped(cash, ("2014-01-13", money), later) == ["date [order]"]
    assert slipped("started: 2015-01-15", ("1994-12-31", ""), later) == []
    assert told("started: 2015-01-15", ("1994-12-30", ""), later) == [
        "2: date: 1994-12-30 is more than 20 years before the appeal started (2015-01-15); is the year right? If it"
        " is, write under started in campaign.yaml when the appeal began"
    ]


def test_a_start_of_a_year_after_the_newest_update_is_told_once():
    money = "totals:\n  raised: 5"
    assert told("started: 2015-01-15", ("2013-01-01", money), ("2014-01-13", "")) == [
        "1: started: is more than a year after the newest update (2014-01-13); is the year right?"
    ]
    assert slipped("started: 2015-01-15", ("2014-01-14", "")) == []


def test_a_digit_apart_is_five_times_and_nothing_is_no_digit():
    goal = "goal:\n  - {{amount: {}}}\n  - {{from: 2015-06-01, amount: {}}}"
    assert slipped(goal.format(10, 50)) == ["goal[2].amount [leap]"]
    assert slipped(goal.format(50, 10)) == ["goal[2].amount [leap]"]
    assert slipped(goal.format(10, 49)) == []
    assert slipped(goal.format(49, 10)) == []
    assert told(goal.format(10, 50)) == [
        "3: goal[2].amount: goes from £10 to £50; is there a digit too many or too few? If it is right, say why beside"
        " it under jump"
    ]


def test_a_goal_that_lost_a_digit_is_told_of_once_whatever_is_in_hand():
    assert len(slipped(GOALS.format(5000), ("2015-07-01", "totals:\n  raised: 6,000"))) == 1


def test_a_goal_falls_to_what_is_in_hand_at_its_very_penny():
    raised = ("2015-07-01", "totals:\n  raised: 21,000")
    assert told(GOALS.format(21000), raised) == [
        "3: goal[2].amount: falls from £50,000 to £21,000, and £21,000 was in hand by then, so nobody would be asked"
        " any more; if it is right, say why beside it under jump"
    ]
    assert slipped(GOALS.format("21000.01"), raised) == []
    assert slipped(GOALS.format(20000), ("2015-07-01", "totals:\n  raised: 49,999.99")) == ["goal[2].amount [leap]"]
    assert slipped(GOALS.format(20000), ("2015-07-01", "totals:\n  raised: 50,000")) == []
    assert slipped(GOALS.format(20000), ("2015-08-01", "totals:\n  raised: 21,000")) == ["goal[2].amount [leap]"]
    assert slipped(GOALS.format(20000), ("2015-08-02", "totals:\n  raised: 21,000")) == []


def test_others_may_pay_all_of_a_line_by_its_largest_estimate():
    line = (
        "costs:\n  - id: a\n    label: A\n"
        "    estimate: [{{from: 2015-01-01, amount: 50000}}, {{from: 2015-02-01, amount: 40000}}]\n"
        "    paid_by: [{{from: 2015-01-01, who: B, amount: 5}}, {{from: 2015-01-01, who: C, amount: {}}}]"
    )
    assert slipped(line.format(50000)) == []
    assert told(line.format("50000.01")) == [
        "5: costs[1].paid_by[2].amount: £50,000.01 is more than the whole line was ever estimated at (£50,000); write"
        " what they pay of this line"
    ]


def test_the_goal_and_the_costs_are_a_digit_apart_at_five_times():
    costs = "costs:\n  - {id: a, label: A, estimate: 30}\n  - {id: b, label: B, estimate: 20}\n"
    assert told(costs + "goal: 10") == [
        "4: goal: the goal is £10, and the costs come to £50; has one of them a digit too many or too few? If it is"
        " right, write the goal as a list, and say why beside it under jump"
    ]
    assert slipped(costs + "goal: 10.01") == []
    assert slipped(costs + "goal: 250") == ["goal [digits]"]
    assert slipped(costs + "goal: 249.99") == []
    assert slipped("costs:\n  - {id: a, label: A, estimate: 0}\ngoal: 250") == []
    newest = "costs:\n  - id: a\n    label: A\n"
    newest += "    estimate: [{from: 2015-01-01, amount: 50}, {from: 2015-02-01, amount: 60}]\n"
    assert slipped(newest + "goal: 12") == ["goal [digits]"]
    assert slipped(newest + "goal: 12.01") == []


def test_what_others_pay_for_good_is_no_part_of_what_the_goal_is_for():
    line = (
        "costs:\n  - {{id: a, label: A, estimate: 50, paid_by: [{{from: 2015-01-01, who: B, amount: 40{}}}]}}\ngoal: {}"
    )
    assert slipped(line.format("", "2.01")) == []
    assert slipped(line.format("", "2")) == ["goal [digits]"]
    assert slipped(line.format(", until: 2015-06-01", "10")) == ["goal [digits]"]
    assert slipped(line.format(", until: 2015-06-01", "10.01")) == []


def test_a_milestone_of_five_goals_is_told_as_it_was_written():
    goals = "goal:\n  - {amount: 100}\n  - {from: 2015-01-01, amount: 80}\nmilestones:\n"
    assert told(goals + "  - raised: 500%") == [
        "5: milestones[1].raised: 500% of the goal is far beyond the goal of £100; is there a digit too many?"
    ]
    assert told(goals + "  - raised: 500") == [
        "5: milestones[1].raised: £500 is far beyond the goal of £100; is there a digit too many?"
    ]
    assert slipped(goals + "  - raised: 499.99") == []


def test_a_way_may_close_within_the_month_in_which_the_appeal_started():
    assert slipped("started: 2015-01\ngive:\n  - {label: A, closes: 2015-01-15}") == []
    assert slipped("started: 2015-01\ngive:\n  - {label: A, closes: 2014-12-31}") == ["give[1].closes [order]"]


def test_an_appeal_that_was_taken_up_again_on_the_day_it_closed_may_set_a_goal_after_it():
    text = "closed: 2015-12-31\ngoal:\n  - amount: 50000\n  - {from: 2016-01-01, amount: 60000}"
    first = ("2015-08-26", "")
    assert slipped(text, first, ("2015-12-31", "")) == ["goal[2].from [order]"]
    assert slipped(text, first, ("2015-12-31", "resumes: true")) == []
    assert slipped(text, first, ("2016-01-01", "resumes: true")) == []
