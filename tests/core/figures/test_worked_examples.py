"""The worked examples of the specification, figure by figure: each is a test with those very figures.

Of  What it works out                                                Held by
A   £37,866.77, 84%, then 57%; a fall refused; 55% with a reason     test_a_… (four)
B   about £25,000 of three kinds of parts; the first line is met     test_b_…
C   £341 a week so far, £1,074 needed                                test_c_…
D   the appeal of the story, from no figure to a surplus             test_d_…, and whole in tests/story
3.12  $10,000.50 at 0.79 counts as about £7,900                      test_3_12_…; rates that move: test_exchange.py
3.13  £5,250 of £10,000 matched, promised, not counted               test_3_13_…; its other states: test_matches.py
4.4   needs of 15,000 + 25,000, about £10,000 over, still 100%       test_4_4_…
4.5   £17,054 still needed, now that NFZ pays about £60,000          test_4_5_… (three); tests/sites/zloty
4.6   63,000 less 12,000 and 4,000 is £47,000 in hand                test_4_6_…; the rest of it: test_spending.py
7     no pace from parts 42 weeks apart; at least £205, at most £1,800   test_7_… (two); endings: test_ending.py

What must hold beyond examples is tried on many in test_properties.py and test_life_properties.py; whole campaigns that
were worked out by hand are in tests/rendering/test_sites.py.
"""

from datetime import date
from decimal import Decimal

import pytest

from campaign.core.figures.pace import Phase
from campaign.core.reading.money import Count, Money, Qualifier
from campaign.reporting.summary import pace_in_words, summary
from writing import a_campaign, a_view, an_update, entries, problems

A = """
    goal:
      - {amount: 45000}
      - {from: 2015-06-01, amount: 66300, why: the physiotherapy quote came in}
    sources:
      - {id: justgiving, label: JustGiving}
      - {id: bank, label: Charity account}
      - {id: tins, label: Tins paid into JustGiving, records: receipts, counted_in: justgiving}
"""


def a_first(campaign):
    return an_update(
        campaign,
        "2015-05-01",
        """
        totals:
          justgiving: 23,963.56
          bank: 13,903.21
        received:
          - {source: tins, amount: 212.40}
        """,
    )


def pounds(text, qualifier=Qualifier.EXACT):
    return Money(Decimal(text), "GBP", qualifier)


def test_a_the_sources_add_up_to_the_penny_and_tins_counted_in_another_source_are_not_added():
    campaign = a_campaign(A)
    view = a_view(campaign, a_first(campaign), on="2015-05-01")
    assert view.now.raised.exact == pounds("37866.77")
    assert view.now.raised.shown == pounds("37866")
    assert view.now.percent == 84
    tins = view.sources[2]
    assert (tins.balance.amount, tins.is_counted) == (pounds("212.40"), False)


def test_a_a_larger_goal_makes_the_same_figure_a_smaller_share():
    campaign = a_campaign(A)
    view = a_view(campaign, a_first(campaign), on="2015-06-01")
    assert view.now.raised.exact == pounds("37866.77")
    assert view.now.goal == pounds("66300")
    assert view.now.percent == 57
    assert [goal.amount for goal in view.now.earlier_goals] == [pounds("45000")]


def test_a_a_fall_without_a_correction_is_refused_naming_both_figures():
    campaign = a_campaign(A)
    second = an_update(campaign, "2015-06-02", "totals:\n  justgiving: 23,213.56")
    assert problems(campaign, a_first(campaign), second) == [
        "5: totals.justgiving: falls from £23,963.56 (in content/updates/2015-05-01-news.md) to £23,213.56;"
        " a total is all that has come in so far, not what was added, so write the new total or leave it out;"
        " only if money was lost or given back, say why on a line correction: … [fall]"
    ]


def test_a_a_fall_with_a_correction_is_taken_and_listed():
    campaign = a_campaign(A)
    second = an_update(
        campaign,
        "2015-06-02",
        """
        totals:
          justgiving: 23,213.56
        correction: A £750 gift was made twice and was refunded.
        """,
    )
    view = a_view(campaign, a_first(campaign), second, on="2015-06-02")
    assert view.now.raised.exact == pounds("37116.77")
    assert view.now.percent == 55
    assert [(c.why, c.changes[0].before, c.changes[0].after) for c in view.corrections] == [
        ("A £750 gift was made twice and was refunded.", pounds("23963.56"), pounds("23213.56"))
    ]


def test_b_an_exact_an_approximate_and_a_received_part_make_about_25000_and_pay_for_the_first_line():
    campaign = a_campaign(
        """
        costs:
          - {id: surgery, label: The operation, estimate: 25000}
          - {id: aftercare, label: Aftercare, estimate: 25000}
        sources:
          - {id: justgiving, label: JustGiving}
          - {id: tree-of-hope, label: Tree of Hope}
          - {id: cash, label: Cash, records: receipts}
        milestones:
          - {cost: surgery, label: The operation is paid for}
        """
    )
    update = an_update(
        campaign,
        "2015-08-26",
        """
        totals:
          justgiving: 21,157.70
          tree-of-hope: about 3,000
        received:
          - {source: cash, amount: 842.30}
        """,
    )
    view = a_view(campaign, update, on="2015-08-26")
    assert view.now.raised.exact == pounds("25000.00", Qualifier.ABOUT)
    assert campaign.region.say(view.now.raised.shown) == "about £25,000"
    assert view.now.percent == 50
    first, second = view.costs.lines
    assert (first.met.exact.amount, first.is_met) == (25000, True)
    assert (second.met.exact, second.is_met) == (pounds("0"), False)
    assert view.milestones[0].reached.entry.update is update


def test_c_the_pace_is_worked_out_on_the_day_of_the_figure():
    campaign = a_campaign("started: 2014-04-01\ndeadline: 2016-02-05")
    update = an_update(campaign, "2015-08-26", "totals:\n  raised: 25,000")
    pace = a_view(campaign, update, on="2015-09-20").now.pace
    assert (pace.days_so_far, pace.days_to_go) == (512, 163)
    assert (pace.so_far, pace.needed) == (pounds("341"), pounds("1074"))
    assert pace.on == date(2015, 8, 26)


def test_4_4_when_the_health_service_pays_part_the_goal_and_the_total_stay():
    campaign = a_campaign(
        """
        costs:
          - id: surgery
            label: The operation
            estimate: about 25,000
            paid_by:
              - {from: 2015-11-02, who: NHS England, amount: about 10000}
          - {id: aftercare, label: Aftercare, estimate: about 25000}
        """
    )
    update = an_update(campaign, "2015-11-02", "totals:\n  raised: about 50,000")
    view = a_view(campaign, update, on="2015-11-02")
    assert [line.need for line in view.costs.lines] == [
        pounds("15000", Qualifier.ABOUT),
        pounds("25000", Qualifier.ABOUT),
    ]
    assert view.costs.surplus.shown == pounds("10000", Qualifier.ABOUT)
    assert (view.now.goal, view.now.percent) == (pounds("50000"), 100)
    assert view.now.phase is Phase.REACHED
    assert entries(campaign, update)[0].raised == pounds("50000", Qualifier.ABOUT)


GRANT = """
    goal: 290000
    costs:
      - id: surgery
        label: The operation
        estimate: 210000
        paid_by:
          - {from: 2026-03-02, who: NFZ, amount: about 60000}
      - {id: aftercare, label: Aftercare, estimate: 80000}
"""


def test_4_5_what_others_have_begun_to_pay_comes_off_what_is_still_needed():
    campaign = a_campaign(GRANT)
    update = an_update(campaign, "2026-03-01", "totals:\n  raised: 212,946")
    before, since = (a_view(campaign, update, on=day) for day in ("2026-03-01", "2026-03-02"))
    assert before.now.remaining.shown == pounds("77054")
    assert (since.now.remaining.shown, since.now.remaining.exact) == (pounds("17054"), pounds("17054"))
    assert list(summary(since))[-1] == (
        "£17,054 still needed, now that NFZ pays about £60,000 of the goal of £290,000."
    )
    assert (since.now.goal, since.now.percent, since.now.phase) == (pounds("290000"), 73, Phase.RAISING)


def test_4_5_nothing_is_left_to_ask_for_once_raised_and_those_payments_are_the_goal():
    campaign = a_campaign(GRANT)
    short, enough = (
        a_view(campaign, an_update(campaign, "2026-03-03", f"totals:\n  raised: {raised}"), on="2026-03-03")
        for raised in ("229,999.99", "230,000")
    )
    assert (short.now.phase, short.now.remaining.shown, short.now.is_covered) == (Phase.RAISING, pounds("1"), False)
    assert (enough.now.phase, enough.now.remaining, enough.asks) == (Phase.REACHED, None, False)
    assert (enough.now.is_reached, enough.now.is_covered, enough.now.percent) == (False, True, 79)
    assert list(summary(enough))[-1] == ("Nothing is left to ask for; NFZ pays about £60,000 of the goal of £290,000.")


SEVERAL_DAYS = """
    started: 2026-01-01
    goal: 20,000
    deadline: 2026-12-22
    sources:
      - {id: justgiving, label: JustGiving}
      - {id: charity, label: The charity}
"""


def test_7_there_is_no_pace_from_parts_that_are_42_weeks_apart():
    campaign = a_campaign(SEVERAL_DAYS)
    charity = an_update(campaign, "2026-01-20", "totals:\n  charity: 200")
    page = an_update(campaign, "2026-11-10", "totals:\n  justgiving: 9,000\njump: The evening news.")
    assert a_view(campaign, charity, page, on="2026-11-10").now.pace is None


def test_7_with_parts_of_different_days_the_pace_is_at_least_and_at_most():
    campaign = a_campaign(SEVERAL_DAYS)
    charity = an_update(campaign, "2026-11-01", "totals:\n  charity: 200")
    page = an_update(campaign, "2026-11-10", "totals:\n  justgiving: 9,000\njump: The evening news.")
    pace = a_view(campaign, charity, page, on="2026-11-12").now.pace
    assert (pace.on, pace.days_so_far, pace.days_to_go) == (date(2026, 11, 10), 313, 42)
    assert (pace.so_far, pace.needed) == (pounds("205", Qualifier.AT_LEAST), pounds("1800"))
    assert pace.needs_at_most
    assert pace_in_words(pace, campaign.region) == "at least £205 a week so far, at most £1,800 a week needed"


def test_d_the_appeal_of_the_story_from_no_figure_to_more_than_is_needed():
    campaign = a_campaign(
        """
        started: 2014-03-24
        costs:
          - id: surgery
            label: The operation as first quoted
            estimate:
              - {from: 2015-08-26, amount: "about 25,000"}
            paid_by:
              - {from: 2015-11-02, who: NHS England, amount: about 10000}
          - id: aftercare
            label: Aftercare
            estimate:
              - {from: 2015-08-26, amount: "about 25,000"}
        counters:
          - {id: petition, label: signatures}
        other_causes:
          - {id: neonatal-unit, label: The neonatal unit}
        treatment:
          - {said: 2015-08-26, status: accepted, where: Great Ormond Street Hospital}
          - {said: 2015-11-02, status: planned, where: Nottingham}
          - {said: 2016-01-07, status: booked, where: Great Ormond Street Hospital, when: 5 February 2016}
        deadline:
          - {said: 2015-08-26, date: 2016-02}
          - {said: 2016-01-07, date: 2016-02-05}
        """
    )
    updates = (
        an_update(campaign, "2014-03-24", "received:\n  - {amount: 1586, cause: neonatal-unit}"),
        an_update(campaign, "2015-08-26", "totals:\n  raised: about 25,000"),
        an_update(campaign, "2015-11-02", "totals:\n  raised: 50,000\ncounters:\n  petition: more than 1,800"),
        an_update(campaign, "2016-01-07"),
    )

    launch = a_view(campaign, *updates, on="2014-04-01")
    assert (launch.now.raised, launch.now.percent, launch.now.phase, launch.costs) == (None, None, Phase.BEFORE, None)
    assert [cause.amount.exact for cause in launch.causes] == [pounds("1586")]

    middle = a_view(campaign, *updates, on="2015-09-01")
    assert (middle.now.raised.shown, middle.now.percent) == (pounds("25000", Qualifier.ABOUT), 50)
    assert [line.is_met for line in middle.costs.lines] == [True, False]
    assert [plan.where for plan in middle.treatment] == ["Great Ormond Street Hospital"]
    assert middle.now.deadline.date.last == date(2016, 2, 29)

    end = a_view(campaign, *updates, on="2016-01-08")
    # Reported as what was needed, without "about": exact; what it is compared with is not.
    assert (end.now.raised.exact, end.now.percent, end.now.phase) == (pounds("50000"), 100, Phase.REACHED)
    first = end.costs.lines[0]
    quoted, left = pounds("25000", Qualifier.ABOUT), pounds("15000", Qualifier.ABOUT)
    assert (first.estimate, first.others_pay, first.need) == (quoted, pounds("10000", Qualifier.ABOUT), left)
    assert (end.costs.surplus.shown, end.now.goal) == (pounds("10000", Qualifier.ABOUT), pounds("50000"))
    assert [counted.count for counted in end.counters] == [Count(1800, Qualifier.MORE_THAN)]
    assert [plan.where for plan in end.treatment] == [
        "Great Ormond Street Hospital",
        "Nottingham",
        "Great Ormond Street Hospital",
    ]
    assert end.now.deadline.date.last == date(2016, 2, 5)


def test_4_6_what_is_spent_comes_off_what_is_in_hand_and_never_off_what_was_raised():
    campaign = a_campaign("costs:\n  - {id: surgery, label: The operation, estimate: 25000}")
    raised = an_update(campaign, "2015-11-02", "totals:\n  raised: 63,000\njump: A legacy.")
    paid = an_update(
        campaign,
        "2016-02-05",
        """
        paid:
          - {amount: 12000, to: The hospital, cost: surgery}
          - {amount: 4000, to: Another child's operation, promise: too_much}
        """,
    )
    assert a_view(campaign, raised, on="2016-02-04").now.spent is None
    now = a_view(campaign, raised, paid, on="2016-02-05").now
    assert now.spent.paid.exact == pounds("16000")
    assert now.spent.in_hand.exact == now.spent.in_hand.shown == pounds("47000")
    assert now.raised.exact == pounds("63000")


def test_3_13_a_match_is_a_promise_that_grows_with_what_others_give():
    campaign = a_campaign(
        """
        sources:
          - {id: justgiving, label: JustGiving}
          - {id: bank, label: Bank}
        matches:
          - id: mill
            who: A local mill
            each: 1
            up_to: 10,000
            from: 2015-06-01
            until: 2015-08-31
            sources: [justgiving]
        """
    )
    first = an_update(campaign, "2015-05-31", "totals:\n  justgiving: 4,000\n  bank: 1,000")
    second = an_update(campaign, "2015-06-14", "totals:\n  justgiving: 9,250\n  bank: 1,500")
    assert a_view(campaign, first, on="2015-05-31").now.matches == ()
    now = a_view(campaign, first, second, on="2015-06-14").now
    (match,) = now.matches
    assert (match.used.shown, match.up_to) == (pounds("5250"), pounds("10000"))
    assert (match.left.shown, match.times, match.is_open, match.until) == (pounds("4750"), 2, True, date(2015, 8, 31))
    assert now.promised.shown == pounds("5250")
    assert now.raised.exact == pounds("10750")
    assert now.measure.promised == Decimal("10.50")


def test_3_12_an_account_in_another_currency_is_stated_in_it_and_counted_about_and_in_whole_units():
    campaign = a_campaign(
        """
        sources:
          - {id: bank, label: Bank}
          - {id: gofundme, label: GoFundMe, currency: USD}
        """
    )
    update = an_update(
        campaign, "2015-06-01", "totals:\n  bank: 1,000\n  gofundme: $10,000.50\nrates: {USD: 0.79}\nas_of: 2015-05-31"
    )
    view = a_view(campaign, update, on="2015-06-01")
    source = view.sources[1]
    assert source.own.shown == Money(Decimal("10000.50"), "USD")
    assert source.amount.shown == pounds("7900", Qualifier.ABOUT)
    assert (source.balance.rate.worth, source.balance.rate.day) == (Decimal("0.79"), date(2015, 5, 31))
    assert view.now.raised.exact == pounds("8900", Qualifier.ABOUT)


PHASES = (
    GRANT
    + """
    started: 2026-01-01
    deadline: 2026-06-01
    closed: 2026-09-01
"""
)


@pytest.mark.parametrize(
    ("day", "raised", "phase", "remaining", "asks"),
    [
        ("2026-03-02", None, Phase.BEFORE, 230_000, True),
        ("2026-03-02", "200,000", Phase.RAISING, 30_000, True),
        ("2026-06-02", "200,000", Phase.PAST_DEADLINE, 30_000, False),
        ("2026-03-02", "230,000", Phase.REACHED, None, False),
        ("2026-06-02", "230,000", Phase.REACHED, None, False),
        ("2026-09-01", "200,000", Phase.ENDED, None, False),
        ("2026-09-01", "230,000", Phase.ENDED, None, False),
    ],
)
def test_4_5_what_others_pay_comes_off_in_every_phase(day, raised, phase, remaining, asks):
    campaign = a_campaign(PHASES)
    update = an_update(campaign, "2026-03-02", f"totals:\n  raised: {raised}" if raised else "")
    view = a_view(campaign, update, on=day)
    now = view.now
    assert (now.phase, view.asks) == (phase, asks)
    assert (int(now.remaining.shown.amount) if now.remaining else None) == remaining
    if now.pace:
        assert now.pace.needed.amount == 2308  # £30,000 over 91 days
    assert (now.others_pay is None) == (phase is Phase.ENDED)
