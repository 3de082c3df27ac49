"""Adding up: every rule of section 3 of the model."""

from datetime import date
from decimal import Decimal
from textwrap import dedent

import pytest

from campaign.core.figures.checks import broken_rules
from campaign.core.figures.ledger import fold
from campaign.core.reading.money import Money, Qualifier
from writing import a_campaign, a_view, an_update, entries, problems, refusal

TWO = """
    sources:
      - {id: page, label: The page}
      - {id: bank, label: The bank}
      - {id: cash, label: Cash, records: receipts}
"""

FALL = (
    "a total is all that has come in so far, not what was added, so write the new total or leave it out;"
    " only if money was lost or given back, say why on a line correction: … [fall]"
)


def amounts(found):
    return [entry.raised.amount if entry.raised else None for entry in found]


def test_a_total_that_is_not_restated_is_carried_forward():
    campaign = a_campaign(TWO)
    first = an_update(campaign, "2024-01-01", "totals:\n  page: 100\n  bank: 50")
    second = an_update(campaign, "2024-01-02", "totals:\n  page: 120")
    third = an_update(campaign, "2024-01-03")
    assert amounts(entries(campaign, first, second, third)) == [150, 170, 170]


def test_the_order_of_files_never_matters():
    campaign = a_campaign(TWO)
    first = an_update(campaign, "2024-01-01", "totals:\n  page: 100")
    second = an_update(campaign, "2024-01-02", "totals:\n  page: 120")
    assert entries(campaign, second, first) == entries(campaign, first, second)


def test_receipts_are_summed_and_running_totals_are_not():
    campaign = a_campaign(TWO)
    receipts = "received:\n  - {source: cash, amount: 10}\n  - {source: cash, amount: 2.50}"
    first = an_update(campaign, "2024-01-01", receipts)
    second = an_update(campaign, "2024-01-02", "totals:\n  page: 100\nreceived:\n  - {source: cash, amount: 1}")
    assert amounts(entries(campaign, first, second)) == [Decimal("12.50"), Decimal("113.50")]


def test_before_the_first_statement_there_is_no_figure():
    campaign = a_campaign(TWO)
    view = a_view(campaign, an_update(campaign, "2024-01-01"), on="2024-01-05")
    assert (view.now.raised, view.now.percent, view.now.as_of, view.now.pace) == (None, None, None, None)
    assert view.now.remaining.shown.amount == 50000


def test_a_receipt_for_another_cause_is_in_no_total():
    campaign = a_campaign(TWO + "\n    other_causes:\n      - {id: unit, label: The unit}\n")
    update = an_update(
        campaign,
        "2024-01-01",
        """
        received:
          - {source: cash, amount: 10}
          - {amount: 1586, from: Charity evening, cause: unit}
          - {source: cash, amount: 5, cause: unit}
        """,
    )
    view = a_view(campaign, update, on="2024-01-01")
    assert view.now.raised.exact.amount == 10
    assert view.causes[0].amount.exact.amount == 1591
    (statement,) = view.updates[0].statements
    assert [(receipt.amount.amount, receipt.is_taken_back) for receipt in statement.receipts] == [(10, False)]
    assert view.updates[0].other_receipts == ()
    assert [receipt.amount.amount for receipt in view.updates[0].cause_receipts] == [1586, 5]


def test_a_running_total_under_received_and_receipts_under_totals_are_refused():
    campaign = a_campaign(TWO)
    assert refusal(campaign, "2024-01-01", "totals:\n  cash: 5\nreceived:\n  - {source: page, amount: 5}") == [
        "5: totals.cash: cash records receipts, each amount as it comes in; write it under received with source: cash"
        " [records]",
        "7: received[1].source: page records a running total; write under totals what it stands at now [records]",
    ]


def test_two_updates_of_one_day_that_state_one_source_need_different_times():
    campaign = a_campaign(TWO)
    morning = an_update(campaign, "2024-01-01", "totals:\n  page: 100", slug="a")
    again = an_update(campaign, "2024-01-01", "totals:\n  page: 120", slug="b")
    evening = an_update(campaign, "2024-01-01 18:30", "totals:\n  page: 120", slug="b")
    other = an_update(campaign, "2024-01-01", "totals:\n  bank: 7", slug="c")
    assert problems(campaign, morning, again) == [
        "5: totals.page: content/updates/2024-01-01-a.md:5 says £100 on the same day, and neither says when; if £120 is"
        " the newer total, write date: 2024-01-01 18:30 on line 2 here, and if it is the older, on line 2 of that file"
        " [same-time]"
    ]
    assert amounts(entries(campaign, evening, morning, other)) == [100, 107, 127]


def test_of_two_totals_of_one_moment_the_higher_is_asked_for_its_time():
    campaign = a_campaign(TWO)
    one = an_update(campaign, "2024-01-01 18:30", "totals:\n  page: 120\ngift_aid:\n  page: 9", slug="a")
    other = an_update(campaign, "2024-01-01 18:30", "totals:\n  page: 100\ngift_aid:\n  page: 9", slug="b")
    assert problems(campaign, one, other) == [
        "5: totals.page: content/updates/2024-01-01-b.md:5 says £100 at 18:30, too; if £120 is the newer total, write"
        " date: 2024-01-01 and a later time on line 2 here, and if it is the older, on line 2 of that file [same-time]",
        "7: gift_aid.page: content/updates/2024-01-01-a.md:7 says £9 at 18:30, too; if £9 is the newer total, write"
        " date: 2024-01-01 and a later time on line 2 here, and if it is the older, on line 2 of that file [same-time]",
    ]


def test_a_later_total_without_a_time_is_asked_for_it_where_it_stands():
    campaign = a_campaign(TWO)
    morning = an_update(campaign, "2024-01-01 09:00", "totals:\n  page: 100", slug="a")
    later = an_update(campaign, "2024-01-01", "totals:\n  page: 120", slug="b")
    told = [str(problem) for problem in broken_rules(campaign, fold(campaign, [morning, later]))]
    assert told == [
        "content/updates/2024-01-01-b.md:5: totals.page: says £120 without a time, so it counts before"
        " content/updates/2024-01-01-a.md:5, which says £100 at 09:00; if £120 is the newer total, write date:"
        " 2024-01-01 and a time after 09:00 on line 2 here; if it is the older, one of the two is mistyped [same-time]"
    ]


def test_the_overall_figure_rules_until_a_source_is_stated():
    campaign = a_campaign(TWO)
    first = an_update(campaign, "2024-01-01", "totals:\n  raised: about 100")
    second = an_update(campaign, "2024-01-02", "totals:\n  page: 80\n  bank: 40\n  raised: 120")
    third = an_update(campaign, "2024-01-03", "totals:\n  page: 90")
    found = entries(campaign, first, second, third)
    assert [(entry.raised.amount, entry.raised.qualifier) for entry in found] == [
        (100, Qualifier.ABOUT),
        (120, Qualifier.EXACT),
        (130, Qualifier.EXACT),
    ]
    assert [entry.by_source for entry in found] == [False, True, True]


def test_a_source_that_is_counted_in_another_does_not_end_the_overall_figure():
    campaign = a_campaign(
        """
        sources:
          - {id: page, label: The page}
          - {id: tins, label: Tins, records: receipts, counted_in: page}
        """
    )
    first = an_update(campaign, "2024-01-01", "totals:\n  raised: 100\nreceived:\n  - {source: tins, amount: 20}")
    assert amounts(entries(campaign, first)) == [100]


def test_the_check_names_both_figures_and_the_difference():
    campaign = a_campaign(TWO)
    much = an_update(campaign, "2024-01-01", "totals:\n  page: 25,586.50\n  raised: 25,600")
    little = an_update(campaign, "2024-01-01", "totals:\n  page: 25,586.50\n  raised: about 25,000")
    right = an_update(campaign, "2024-01-01", "totals:\n  page: about 25,586.50\n  raised: 25586.50")
    assert problems(campaign, much) == [
        "6: totals.raised: the sources add up to £25,586.50 but raised says £25,600 (£13.50 too much) [sum]"
    ]
    assert problems(campaign, little) == [
        "6: totals.raised: the sources add up to £25,586.50 but raised says about £25,000 (£586.50 too little) [sum]"
    ]
    assert problems(campaign, right) == []


def test_the_first_figure_by_source_passes_the_rules_of_falls_and_leaps():
    campaign = a_campaign(TWO)
    first = an_update(campaign, "2024-01-01", "totals:\n  raised: 1000")
    lower = an_update(campaign, "2024-01-02", "totals:\n  page: 900")
    leap = an_update(campaign, "2024-01-02", "totals:\n  page: 20,000")
    receipts = an_update(campaign, "2024-01-02", "received:\n  - {source: cash, amount: 5}")
    corrected = an_update(campaign, "2024-01-02", "totals:\n  page: 900\ncorrection:\n  raised: Counted twice.")
    assert problems(campaign, first, lower) == [
        f"4: totals.raised: the sources together fall from £1,000 to £900; {FALL}"
    ]
    assert problems(campaign, first, leap) == [
        "4: totals.raised: leaps from £1,000 to £20,000; is there a digit too many? If it is right, say why on a line"
        " jump: … [leap]"
    ]
    assert len(problems(campaign, first, receipts)) == 1
    assert problems(campaign, first, corrected) == []


def test_several_falls_need_a_correction_for_each():
    campaign = a_campaign(TWO)
    first = an_update(campaign, "2024-01-01", "totals:\n  page: 100\n  bank: 50")
    fall = "totals:\n  page: 90\n  bank: 40\n"
    sentence = an_update(campaign, "2024-01-02", fall + "correction: A mistake.")
    half = an_update(campaign, "2024-01-02", fall + "correction:\n  page: A mistake.")
    both = an_update(campaign, "2024-01-02", fall + "correction:\n  page: A mistake.\n  bank: A fee.")
    assert problems(campaign, first, sentence) == [
        "7: correction: several totals fall (bank, page); write a line for each below correction: [correction]"
    ]
    assert problems(campaign, first, half) == [
        f"6: totals.bank: falls from £50 (in content/updates/2024-01-01-news.md) to £40; {FALL}"
    ]
    assert problems(campaign, first, both) == []
    assert [(c.key, c.why) for c in entries(campaign, first, both)[1].corrections] == [
        ("page", "A mistake."),
        ("bank", "A fee."),
    ]


def test_the_overall_figure_may_fall_only_with_a_correction():
    campaign = a_campaign()
    first = an_update(campaign, "2024-01-01", "totals:\n  raised: 100")
    second = an_update(campaign, "2024-01-02", "totals:\n  raised: 90")
    corrected = an_update(campaign, "2024-01-02", "totals:\n  raised: 90\ncorrection: A mistake.")
    assert len(problems(campaign, first, second)) == 1
    assert problems(campaign, first, corrected) == []


def test_a_receipt_below_zero_needs_a_correction_and_never_takes_a_source_below_zero():
    campaign = a_campaign(TWO)
    back = "received:\n  - {source: cash, amount: -10, from: Returned}\n"
    first = an_update(campaign, "2024-01-01", "received:\n  - {source: cash, amount: 15}")
    assert refusal(campaign, "2024-01-02", back) == [
        "5: received[1].amount: takes money back; say why on a line correction: … [fall]"
    ]
    second = an_update(campaign, "2024-01-02", back + "correction: A cheque bounced.")
    assert amounts(entries(campaign, first, second)) == [15, 5]
    third = an_update(campaign, "2024-01-03", back + "correction: Another.")
    assert problems(campaign, first, second, third) == [
        "4: received: takes cash to -£5; a source cannot fall below zero [below-zero]"
    ]
    elsewhere = an_update(campaign, "2024-01-02", "totals:\n  page: 5\n" + back + "correction:\n  page: A fee.")
    assert problems(campaign, first, elsewhere) == [
        "7: received[1].amount: takes back from cash; say why below correction: [fall]",
        "9: correction.page: page does not fall in this update; leave this line out, and tell it in the story"
        " [correction]",
    ]


def test_a_zero_too_many_is_refused_without_a_jump():
    campaign = a_campaign(TWO)
    first = an_update(campaign, "2024-01-01", "totals:\n  page: 3,000")
    slip = an_update(campaign, "2024-01-02", "totals:\n  page: 30,000")
    meant = an_update(campaign, "2024-01-02", "totals:\n  page: 30,000\njump: One cheque from a local business.")
    small = an_update(campaign, "2024-01-02", "totals:\n  page: 13,000")
    four = an_update(campaign, "2024-01-02", "totals:\n  page: 14,999.99")
    five = an_update(campaign, "2024-01-02", "totals:\n  page: 15,000")
    assert problems(campaign, first, slip) == [
        "5: totals.page: leaps from £3,000 to £30,000; is there a digit too many? If it is right, say why on a line"
        " jump: … [leap]"
    ]
    assert problems(campaign, first, meant) == []
    assert problems(campaign, first, small) == []
    assert problems(campaign, first, four) == []
    assert len(problems(campaign, first, five)) == 1


def test_five_times_a_small_figure_is_no_leap_and_neither_is_the_first_figure():
    campaign = a_campaign(TWO)
    first = an_update(campaign, "2024-01-01", "totals:\n  page: 0")
    second = an_update(campaign, "2024-01-02", "totals:\n  page: 1000")
    third = an_update(campaign, "2024-01-03", "totals:\n  page: 11,000")
    assert problems(campaign, first, second, third) == []
    fourth = an_update(campaign, "2024-01-04", "totals:\n  bank: 5")
    fifth = an_update(campaign, "2024-01-05", "totals:\n  bank: 10,005")
    assert problems(campaign, first, second, third, fourth, fifth) == []


def test_from_under_the_goal_to_half_as_much_again_is_refused_without_a_jump():
    campaign = a_campaign(TWO)
    first = an_update(campaign, "2024-01-01", "totals:\n  page: 40,000")
    at = an_update(campaign, "2024-01-02", "totals:\n  page: 75,000")
    past = an_update(campaign, "2024-01-02", "totals:\n  page: 75,000.01")
    receipt = an_update(campaign, "2024-01-02", "received:\n  - {source: cash, amount: 40000}")
    beyond = an_update(campaign, "2024-01-03", "totals:\n  page: 150,000")
    assert problems(campaign, first, at) == []
    assert len(problems(campaign, first, past)) == 1
    assert problems(campaign, first, receipt) == [
        "4: received: begins at £40,000, which reaches the goal of £50,000; is there a digit too many? If it is right,"
        " say why on a line jump: … [leap]"
    ]
    assert problems(campaign, first, at, beyond) == []


def test_as_of_is_not_ahead_and_never_goes_back():
    campaign = a_campaign(TWO)
    assert refusal(campaign, "2024-01-02", "totals:\n  page: 1\nas_of: 2024-01-03") == [
        "6: as_of: 2024-01-03 is after the update's date, 2024-01-02;"
        " write the day on which the totals were read [as-of]"
    ]
    first = an_update(campaign, "2024-01-05", "totals:\n  page: 1")
    second = an_update(campaign, "2024-01-06", "totals:\n  page: 2\n  bank: 3\nas_of: 2024-01-04")
    assert problems(campaign, first, second) == [
        "5: totals.page: was read on 2024-01-04, but content/updates/2024-01-05-news.md already has it as of"
        " 2024-01-05; a total's day never goes back, so mend the one that is wrong [as-of]"
    ]


def test_the_figure_is_as_old_as_its_oldest_running_part_that_counts():
    campaign = a_campaign(
        """
        sources:
          - {id: page, label: The page}
          - {id: bank, label: The bank, ended: 2024-03-01}
          - {id: till, label: The till}
          - {id: cash, label: Cash, records: receipts}
        """
    )
    first = an_update(campaign, "2024-01-01", "totals:\n  bank: 50\n  till: 0")
    second = an_update(campaign, "2024-02-01", "totals:\n  page: 100\nas_of: 2024-01-30")
    third = an_update(campaign, "2024-04-01", "received:\n  - {source: cash, amount: 5}")
    february = a_view(campaign, first, second, third, on="2024-02-10").now
    assert (february.as_of, february.as_of_newest) == (date(2024, 1, 1), date(2024, 1, 30))
    march = a_view(campaign, first, second, third, on="2024-03-01").now
    assert (march.as_of, march.as_of_newest) == (date(2024, 1, 30), None)


def test_receipts_alone_are_as_of_the_newest_update_that_has_one():
    campaign = a_campaign(TWO)
    first = an_update(campaign, "2024-01-01", "received:\n  - {source: cash, amount: 5}")
    second = an_update(campaign, "2024-02-01", "received:\n  - {source: cash, amount: 5}")
    unrelated = an_update(campaign, "2024-02-20")
    now = a_view(campaign, first, second, unrelated, on="2024-03-01").now
    assert (now.as_of, now.as_of_newest) == (date(2024, 2, 1), None)


def test_promises_and_gift_aid_are_never_in_raised():
    campaign = a_campaign(TWO)
    first = an_update(
        campaign,
        "2024-01-01",
        """
        totals:
          page: 100
        gift_aid:
          page: 25
        promised:
          - {id: match, amount: about 5000, from: A local business}
          - {id: raffle, amount: 30}
        """,
    )
    second = an_update(campaign, "2024-01-02", "withdrawn: [raffle]")
    third = an_update(campaign, "2024-01-03", "totals:\n  page: 5,100\nkept: [match]")
    now = a_view(campaign, first, second, on="2024-01-02").now
    assert (now.raised.exact.amount, now.gift_aid.exact.amount, now.promised.exact.amount) == (100, 25, 5000)
    view = a_view(campaign, first, second, third, on="2024-01-03")
    assert view.now.promised is None
    assert [pledge.is_open for pledge in view.pledges] == [False, False]
    first, second, third = (update.slug for update in reversed(view.updates))
    fates = {pledge.gift.id: (pledge.update, pledge.kept, pledge.withdrawn) for pledge in view.pledges}
    assert {id: [each and each.slug for each in updates] for id, updates in fates.items()} == {
        "match": [first, third, None],
        "raffle": [first, None, second],
    }


def test_a_promise_is_made_once_and_ended_once():
    campaign = a_campaign()
    first = an_update(campaign, "2024-01-01", "promised:\n  - {id: match, amount: 50}")
    again = an_update(campaign, "2024-01-02", "promised:\n  - {id: match, amount: 60}\nkept: [other]")
    kept = an_update(campaign, "2024-01-02", "kept: [match]\nwithdrawn: [match]")
    late = an_update(campaign, "2024-01-03", "withdrawn: [match]")
    assert problems(campaign, first, again) == [
        "5: promised[1].id: a promise match was made before; give this one another id [promise-id]",
        "6: kept[1]: no update so far has promised other; choose from match [unknown-id]",
    ]
    assert problems(campaign, first, kept, late) == [
        "5: withdrawn[1]: match was already kept or withdrawn [promise-id]",
        "4: withdrawn[1]: match was already kept or withdrawn [promise-id]",
    ]


def test_gift_aid_is_a_running_total_too():
    campaign = a_campaign(TWO)
    first = an_update(campaign, "2024-01-01", "gift_aid:\n  page: 3000")
    fall = an_update(campaign, "2024-01-02", "gift_aid:\n  page: 2000")
    leap = an_update(campaign, "2024-01-02", "gift_aid:\n  page: 30,000")
    assert [line[-6:] for line in problems(campaign, first, fall)] == ["[fall]"]
    assert [line[-6:] for line in problems(campaign, first, leap)] == ["[leap]"]
    assert a_view(campaign, first, on="2024-01-01").now.raised is None


def test_a_statement_says_whose_figure_it_is_and_a_jump_says_why():
    campaign = a_campaign(
        """
        sources:
          - {id: page, label: The page}
          - {id: tins, label: Tins, records: receipts, counted_in: page}
        """
    )
    first = an_update(campaign, "2024-01-01", "totals:\n  raised: 100")
    second = an_update(
        campaign,
        "2024-01-02",
        "totals:\n  page: 220\nreceived:\n  - {source: tins, amount: 7}\njump: A street collection.",
    )
    view = a_view(campaign, first, second, on="2024-01-02")
    newest = view.updates[0]
    assert [(s.label, s.change.after.amount, s.is_counted) for s in newest.statements] == [
        ("The page", 220, True),
        ("Tins", 7, False),
    ]  # and not what they come to, which nobody stated
    assert newest.added.exact == Money(Decimal(120), "GBP")
    assert [(change.key, change.rise) for change in newest.leapt] == [("raised", 120)]
    assert view.jumps == (newest,)
    assert view.updates[1].statements[0].as_of == date(2024, 1, 1)
    assert view.sources[1].holder.id == "page"


def test_a_milestone_that_an_update_says_is_reached_is_said_once():
    campaign = a_campaign("milestones:\n  - {id: permit, label: The permit}")
    first = an_update(campaign, "2024-01-01", "reached: [permit]")
    second = an_update(campaign, "2024-01-02", "reached: [permit]")
    assert problems(campaign, first, second) == [
        "4: reached[1]: permit was already reached in content/updates/2024-01-01-news.md; leave it out here [milestone]"
    ]


def test_a_correction_shows_inexact_receipts_rounded_and_a_total_as_it_was_stated():
    campaign = a_campaign(TWO)
    first = an_update(
        campaign, "2024-01-01", "totals:\n  page: about 1,234.50\nreceived:\n  - {source: cash, amount: about 1234.50}"
    )
    second = an_update(
        campaign,
        "2024-01-02",
        """
        totals: {page: about 1111.50}
        received: [{source: cash, amount: -100}]
        correction: {page: Twice., cash: Twice.}
        """,
    )
    say = campaign.region.say
    corrections = a_view(campaign, first, second, on="2024-01-02").corrections
    changes = [change for correction in corrections for change in correction.changes]
    assert {change.key: (say(change.before_shown), say(change.after_shown)) for change in changes} == {
        "page": ("about £1,234.50", "about £1,111.50"),
        "cash": ("about £1,230", "about £1,130"),
    }


def test_money_is_given_back_where_the_reason_names_its_source():
    campaign = a_campaign(TWO)
    came = an_update(campaign, "2024-01-01", "received:\n  - {source: cash, amount: 20}")
    back = an_update(
        campaign, "2024-01-02", "received:\n  - {source: cash, amount: -5}\ncorrection: {cash: A cheque bounced.}"
    )
    assert amounts(entries(campaign, came, back)) == [20, 15]


def test_a_correction_has_the_figures_it_is_about_beside_it_those_of_gift_aid_too():
    campaign = a_campaign(TWO + "\n    other_causes:\n      - {id: unit, label: The unit}\n")
    first = an_update(
        campaign,
        "2024-01-01",
        """
        totals:
          page: 100
          bank: 50
        gift_aid:
          page: 30
        received:
          - {source: cash, amount: 80}
          - {amount: 500, cause: unit}
        """,
    )
    second = an_update(
        campaign,
        "2024-01-02",
        """
        totals:
          page: 90
          bank: 70
        gift_aid:
          page: 20
        received:
          - {source: cash, amount: 60}
          - {source: cash, amount: -45}
        correction:
          page: A gift was returned.
          cash: A cheque bounced.
        """,
    )
    third = an_update(campaign, "2024-01-03", "gift_aid:\n  page: 15\ncorrection: It was claimed twice.")
    back = "received:\n  - {amount: -500, cause: unit}\ncorrection: It was counted twice."
    fourth = an_update(campaign, "2024-01-04", back)
    view = a_view(campaign, first, second, third, fourth, on="2024-01-04")
    assert [
        (
            correction.key,
            [(change.key, change.is_gift_aid, change.rise) for change in correction.changes],
            [receipt.amount.amount for receipt in correction.taken_back],
            correction.is_of_raised,
        )
        for correction in view.corrections
    ] == [
        ("page", [("page", False, -10), ("page", True, -10)], [], True),
        ("cash", [], [-45], True),
        ("", [("page", True, -5)], [], False),
        ("", [], [-500], False),
    ]
    assert [step.is_corrected for step in view.growth.steps] == [False, True]


def test_more_than_came_in_cannot_be_taken_back_from_another_cause():
    campaign = a_campaign("other_causes:\n  - {id: unit, label: The unit}\n  - {id: bells, label: Bells}\n")
    first = an_update(
        campaign, "2024-01-01", "received:\n  - {amount: 300, cause: unit}\n  - {amount: 9, cause: bells}"
    )
    back = "received:\n  - {{amount: -{}, cause: unit}}\ncorrection: Counted twice."
    whole = an_update(campaign, "2024-01-02", back.format(300))
    more = an_update(campaign, "2024-01-02", back.format(600))
    assert problems(campaign, first, whole) == []
    assert problems(campaign, first, more) == [
        "5: received[1].amount: takes unit to -£300; no more can be taken back than came in [below-zero]"
    ]


def test_a_reason_without_its_fall_or_leap_is_refused():
    campaign = a_campaign(TWO)
    first = an_update(campaign, "2024-01-01", "totals:\n  page: 2,000\n  bank: 50\ngift_aid:\n  page: 30")
    for reason, message in (
        ("correction: A gift was missed.", "correction: nothing falls in this update; leave correction out, and"),
        ("correction:\n  bank: A fee.", "correction.bank: bank does not fall in this update; leave this line out, and"),
        ("jump: One cheque.", "jump: nothing leaps in this update; leave jump out, and"),
    ):
        rises = an_update(campaign, "2024-01-02", f"totals:\n  page: 3,900\n{reason}")
        name = reason.partition(":")[0].replace("jump", "leap")
        (found,) = problems(campaign, first, rises)
        assert f"{message} tell it in the story [{name}]" in found
    nothing = an_update(campaign, "2024-01-02", "jump: One cheque.")
    assert len(problems(campaign, nothing)) == 1


def test_a_jump_is_left_beside_a_total_that_doubles_or_much_of_the_goal():
    campaign = a_campaign(TWO)
    first = an_update(campaign, "2024-01-01", "totals:\n  page: 2,000\ngift_aid:\n  page: 30")
    for more in (
        "totals:\n  page: 4,000",
        "gift_aid:\n  page: 60",
        "totals:\n  bank: 5,001",
        "received:\n  - {source: cash, amount: 5001}",
    ):
        update = an_update(campaign, "2024-01-02", f"{more}\njump: A bequest.")
        assert problems(campaign, first, update) == []
        assert len(a_view(campaign, first, update, on="2024-01-02").updates[0].leapt) == 1


def test_the_very_first_figure_is_asked_about_where_it_is_far_past_the_goal():
    campaign = a_campaign(TWO)
    for text, count in (
        ("totals:\n  raised: 75,000", 0),
        ("totals:\n  raised: 75,001", 1),
        ("totals:\n  page: 40,000\n  bank: 36,000", 1),
        ("received:\n  - {source: cash, amount: 750000}", 1),
        ("totals:\n  raised: 500,000\njump: The page was opened when all was done.", 0),
    ):
        found = problems(campaign, an_update(campaign, "2024-01-01", text))
        assert [line[-6:] for line in found] == ["[leap]"] * count


def test_what_has_no_earlier_figure_to_be_compared_with_may_not_reach_the_goal_unasked():
    campaign = a_campaign(TWO + "      - {id: tins, label: Tins, records: receipts, counted_in: page}\n")
    first = an_update(campaign, "2024-01-01", "totals:\n  page: 39,000")
    for text, count in (
        ("totals:\n  bank: 11,000", 1),
        ("totals:\n  bank: 10,500", 0),
        ("received:\n  - {source: cash, amount: 11000}", 1),
        ("received:\n  - {source: cash, amount: 9000}\ntotals:\n  page: 42,000", 0),
        ("gift_aid:\n  page: 12,000\ntotals:\n  page: 50,000", 0),
        ("received:\n  - {source: tins, amount: 11000}\ntotals:\n  page: 50,000", 0),
    ):
        assert len(problems(campaign, first, an_update(campaign, "2024-01-02", text))) == count, text


def test_a_raised_that_is_stated_beside_receipts_may_not_leap_unasked():
    campaign = a_campaign(TWO)
    first = an_update(campaign, "2024-01-01", "totals:\n  page: 900")
    text = "received:\n  - {source: cash, amount: 15000}\ntotals:\n  raised: 15,900"
    assert problems(campaign, first, an_update(campaign, "2024-01-02", text)) == [
        "7: totals.raised: leaps from £900 to £15,900; is there a digit too many? If it is right, say why on a line"
        " jump: … [leap]"
    ]
    told = an_update(campaign, "2024-01-02", f"{text}\njump: A legacy in cash.")
    assert problems(campaign, first, told) == []
    small = "received:\n  - {source: cash, amount: 100}\ntotals:\n  raised: 1,000"
    assert problems(campaign, first, an_update(campaign, "2024-01-02", small)) == []


def test_a_receipt_with_a_digit_too_many_is_asked_about():
    campaign = a_campaign(TWO)
    first = an_update(campaign, "2024-01-01", "received:\n  - {source: cash, amount: 2,100}".replace("2,100", "2100"))
    slip = an_update(campaign, "2024-01-02", "received:\n  - {source: cash, amount: 12000}")
    assert [line[-6:] for line in problems(campaign, first, slip)] == ["[leap]"]


def test_many_goals_are_asked_about_however_they_were_reached():
    campaign = a_campaign()
    days = [("2024-01-01", 70), ("2024-01-02", 160), ("2024-01-03", 240), ("2024-01-04", 260), ("2024-01-05", 300)]
    updates = [an_update(campaign, day, f"totals:\n  raised: {figure},000") for day, figure in days]
    assert problems(campaign, *updates) == [
        "4: totals: raised: leaps from £240,000 to £260,000, more than 5 times the goal of £50,000; is there a digit"
        " too many? If it is right, say why on a line jump: … [leap]"
    ]
    assert (
        problems(campaign, *updates[:3], an_update(campaign, "2024-01-04", "totals:\n  raised: 260,000\njump: So."))
        == []
    )


def test_there_is_an_end_to_promises():
    """Every update's page says what was promised by then, so that their number is work for each of them."""
    campaign = a_campaign()

    def promises(first, number):
        return "promised:\n" + "".join(f"  - {{id: g{first + n}, amount: 5}}\n" for n in range(number))

    many = an_update(campaign, "2024-01-01", promises(0, 300))
    assert problems(campaign, many) == []
    assert problems(campaign, many, an_update(campaign, "2024-01-02", promises(300, 2))) == [
        "5: promised[1]: an appeal can keep 300 promises; put several under one id, with their sum [too-long]"
    ]


def test_the_same_promise_twice_in_one_update_is_one_too_many():
    campaign = a_campaign()
    twice = "promised:\n  - {id: match, amount: 50}\n  - {id: match, amount: 60}"
    assert problems(campaign, an_update(campaign, "2024-01-01", twice)) == [
        "6: promised[2].id: a promise match was made before; give this one another id [promise-id]"
    ]
    ended = an_update(campaign, "2024-01-01", "promised:\n  - {id: match, amount: 50}\nkept: [match, match]")
    assert problems(campaign, ended) == ["6: kept[2]: match was already kept or withdrawn [promise-id]"]


def test_a_receipt_is_as_of_its_update_and_a_total_as_of_the_day_it_was_read():
    campaign = a_campaign(TWO)
    both = "as_of: 2024-01-05\ntotals:\n  page: 100\nreceived:\n  - {source: cash, amount: 5}"
    later = an_update(campaign, "2024-02-01", "received:\n  - {source: cash, amount: 5}")
    view = a_view(campaign, an_update(campaign, "2024-01-10", both), later, on="2024-02-02")

    stands = {source.source.id: str(source.balance.as_of) for source in view.sources if source.balance}
    assert (stands["page"], stands["cash"]) == ("2024-01-05", "2024-02-01")
    first = a_view(campaign, an_update(campaign, "2024-01-10", both), on="2024-01-10")
    assert {source.source.id: str(source.balance.as_of) for source in first.sources if source.balance} == {
        "page": "2024-01-05",
        "cash": "2024-01-10",
    }
    assert (first.now.as_of, first.now.as_of_newest) == (date(2024, 1, 5), date(2024, 1, 10))


@pytest.mark.parametrize(
    ("raised", "difference"),
    [("150.50", "£0.50 too much"), ("149.50", "£0.50 too little"), ("151", "£1 too much"), ("150", None)],
)
def test_a_check_may_not_be_a_penny_off(raised, difference):
    campaign = a_campaign("sources: [{id: page, label: A}, {id: bank, label: B}]")
    update = an_update(campaign, "2024-01-01", f"totals:\n  page: 100\n  bank: 50\n  raised: {raised}")
    assert [message.partition("(")[2].partition(")")[0] for message in problems(campaign, update)] == (
        [difference] if difference else []
    )


def test_what_was_reached_and_then_fell_is_not_said_to_be_missing():
    campaign = a_campaign("milestones:\n  - {raised: 100, label: A}\n  - {raised: 500, label: B}")
    first = an_update(campaign, "2024-01-01", "totals:\n  raised: 100")
    fell = an_update(campaign, "2024-01-02", "totals:\n  raised: 90\ncorrection: Counted twice.")
    a, b = a_view(campaign, first, fell, on="2024-01-02").milestones
    assert (a.label, a.missing, a.is_not_asked_for, a.reached is not None) == ("A", None, False, True)
    assert (b.label, b.missing.shown.amount, b.reached) == ("B", 410, None)


JUMPS = "sources: [{id: page, label: A}, {id: bank, label: B}, {id: tins, label: C, counted_in: page}]\ngoal: 1000"


@pytest.mark.parametrize(
    ("before", "after", "leaps"),
    [
        ("page: 50", "page: 250", False),  # five times as much, and a fifth of the goal: not more than a fifth
        ("page: 50", "page: 250.01", True),
        ("page: 51", "page: 254.99", False),  # not five times as much
        ("page: 60", "page: 300", True),
        ("page: 300", "page: 1500", True),
        ("page: 400", "page: 1500", False),  # exactly one and a half times the goal
        ("page: 400", "page: 1500.01", True),
        ("page: 1000", "page: 4999", False),  # the goal was reached before
        ("page: 1000", "page: 5000", True),
        ("page: 900", "page: 900\n  bank: 100", False),  # reaches the goal, but by a tenth of it
        ("page: 800", "page: 800\n  bank: 200", False),
        ("page: 799", "page: 799\n  bank: 201", True),  # a first figure of more than a fifth that reaches the goal
        ("page: 700", "page: 700\n  bank: 299", False),
        ("page: 900", "page: 900\n  tins: 300", False),  # it is counted already
    ],
)
def test_a_leap_is_five_times_or_past_the_goal_and_nothing_less(before, after, leaps):
    campaign = a_campaign(JUMPS)
    first = an_update(campaign, "2024-01-01", f"totals:\n  {before}")
    second = an_update(campaign, "2024-01-02", f"totals:\n  {after}")
    assert [message[-6:] for message in problems(campaign, first, second)] == ["[leap]"] * leaps
    said = an_update(campaign, "2024-01-02", f"totals:\n  {after}\njump: A legacy.")
    assert [message for message in problems(campaign, first, said) if leaps] == []


@pytest.mark.parametrize(
    ("before", "after", "is_notable"),
    [("100", "200", True), ("500", "600", False), ("500", "600.01", True), ("10", "20", True), ("10", "19.99", False)],
)
def test_a_jump_is_left_where_a_total_doubles_or_grows_by_more_than_a_tenth_of_the_goal(before, after, is_notable):
    campaign = a_campaign(JUMPS)
    first = an_update(campaign, "2024-01-01", f"totals:\n  page: {before}")
    second = an_update(campaign, "2024-01-02", f"totals:\n  page: {after}\njump: A legacy.")
    assert (problems(campaign, first, second) == []) is is_notable
    if is_notable:
        (change,) = a_view(campaign, first, second, on="2024-01-02").updates[0].leapt
        assert (change.key, str(change.before.amount), str(change.after.amount)) == ("page", before, after)


def test_a_total_may_be_read_on_the_same_day_again_and_not_on_the_day_before():
    campaign = a_campaign(JUMPS)
    first = an_update(campaign, "2024-01-10", "as_of: 2024-01-05\ntotals:\n  page: 100")

    def again(day):
        return problems(campaign, first, an_update(campaign, "2024-01-11", f"as_of: {day}\ntotals:\n  page: 110"))

    assert again("2024-01-05") == []
    assert [message[-7:] for message in again("2024-01-04")] == ["[as-of]"]


def test_what_came_in_for_another_cause_may_lie_where_a_running_total_is_read():
    campaign = a_campaign("sources: [{id: page, label: A}]\nother_causes: [{id: unit, label: B}]")
    said = an_update(campaign, "2024-01-01", "received: [{source: page, amount: 5, cause: unit}]")
    assert problems(campaign, said) == []
    assert [message[-9:] for message in refusal(campaign, "2024-01-01", "received: [{source: page, amount: 5}]")] == [
        "[records]"
    ]


def test_of_what_came_in_with_a_correction_only_what_is_below_nothing_was_taken_back():
    campaign = a_campaign("sources: [{id: cash, label: A, records: receipts}]")
    first = an_update(campaign, "2024-01-01", "received: [{source: cash, amount: 50}]")
    received = "received: [{source: cash, amount: 0.50}, {source: cash, amount: 0}, {source: cash, amount: -0.75}]"
    (entry,) = entries(campaign, first, an_update(campaign, "2024-01-02", f"{received}\ncorrection: A coin."))[1:]
    assert [str(receipt.amount.amount) for receipt in entry.corrections[0].taken_back] == ["-0.75"]


def test_every_source_that_leaps_is_told_of_and_what_they_come_to_is_not():
    campaign = a_campaign("sources: [{id: page, label: A}, {id: bank, label: B}]")
    first = an_update(campaign, "2024-01-01", "totals: {page: 1000, bank: 1000}")

    def leaping(page, bank):
        said = an_update(campaign, "2024-01-02", f"totals:\n  page: {page}\n  bank: {bank}", slug="more")
        return [problem.split(": ")[1] for problem in problems(campaign, first, said)]

    assert leaping(20_000, 30_000) == ["totals.page", "totals.bank"]
    assert leaping(20_000, 1_000) == ["totals.page"]


def test_a_correction_says_of_what_it_is_where_nothing_was_taken_back_from_another_cause():
    campaign = a_campaign(
        "sources: [{id: cash, label: A, records: receipts}]\nother_causes: [{id: unit, label: The unit}]"
    )
    first = an_update(campaign, "2024-01-01", "received: [{source: cash, amount: 50}, {amount: 50, cause: unit}]")

    def told(amount):
        text = f"received: [{{amount: {amount}, cause: unit}}]\ncorrection: A mistake."
        return problems(campaign, first, an_update(campaign, "2024-01-02", text, slug="more"))

    assert told(-1) == []
    assert [message[-12:] for message in told(0)] == ["[correction]"]


def test_a_source_of_receipts_may_come_to_nothing_and_not_below():
    campaign = a_campaign("sources: [{id: cash, label: A, records: receipts}]\nother_causes: [{id: unit, label: B}]")
    first = an_update(campaign, "2024-01-01", "received: [{source: cash, amount: 50}, {amount: 50, cause: unit}]")

    def back(amount):
        text = "received: [{source: cash, amount: -%s}, {amount: -%s, cause: unit}]\ncorrection: Given back."
        return problems(campaign, first, an_update(campaign, "2024-01-02", text % (amount, amount)))

    assert back(50) == []
    assert [message[-12:] for message in back("50.01")] == ["[below-zero]"] * 2


def test_an_entry_holds_on_its_day_and_until_the_next():
    campaign = a_campaign()
    ledger = fold(campaign, [an_update(campaign, f"2024-01-0{day}", f"totals:\n  raised: {day}") for day in (4, 2)])
    found = [ledger.entry_on(date(2024, 1, day)) for day in range(1, 6)]
    assert [entry and int(entry.raised.amount) for entry in found] == [None, 2, 2, 4, 4]


def test_a_jump_is_left_where_it_is_asked_for_however_small_the_step_is():
    campaign = a_campaign(JUMPS)
    first = an_update(campaign, "2024-01-01", "totals:\n  page: 5000\njump: A legacy.")
    assert [
        message[-6:]
        for message in problems(campaign, first, an_update(campaign, "2024-01-02", "totals:\n  page: 5001"))
    ] == ["[leap]"]
    assert (
        problems(campaign, first, an_update(campaign, "2024-01-02", "totals:\n  page: 5001\njump: Still right.")) == []
    )


def test_of_two_totals_with_their_times_the_later_may_not_be_less_and_neither_is_asked_for_a_time():
    campaign = a_campaign()
    early = an_update(campaign, "2024-01-01 09:00", "totals:\n  raised: 100", slug="a")
    late = an_update(campaign, "2024-01-01 10:00", "totals:\n  raised: 90", slug="b")
    assert [message[-6:] for message in problems(campaign, early, late)] == ["[fall]"]


def test_a_promise_is_kept_or_withdrawn_as_the_update_says():
    campaign = a_campaign()
    made = an_update(campaign, "2024-01-01", "promised: [{id: a, amount: 5}, {id: b, amount: 7}, {id: c, amount: 9}]")
    ended = an_update(campaign, "2024-01-02", "kept: [a]\nwithdrawn: [b]")
    view = a_view(campaign, made, ended, on="2024-01-02")
    assert [
        (pledge.gift.id, pledge.kept and str(pledge.kept.day), pledge.withdrawn and str(pledge.withdrawn.day))
        for pledge in view.pledges
    ] == [("a", "2024-01-02", None), ("b", None, "2024-01-02"), ("c", None, None)]
    assert view.now.promised.exact.amount == 9


def test_a_jump_at_the_step_to_accounts_tells_of_the_account_and_not_again_of_what_they_come_to():
    campaign = a_campaign(TWO)
    whole = an_update(campaign, "2024-01-01", "totals:\n  raised: 10,000")
    parts = an_update(campaign, "2024-01-02", "totals:\n  page: 30,000\njump: The page was never counted.")
    leapt = a_view(campaign, whole, parts, on="2024-01-02").updates[0].leapt
    assert [(change.key, change.before, change.after.amount) for change in leapt] == [("page", None, 30_000)]


def test_an_update_that_states_no_figure_changes_none():
    campaign = a_campaign()
    first = an_update(campaign, "2024-01-01", "totals:\n  raised: 100")
    found = entries(campaign, first, an_update(campaign, "2024-01-02"))
    assert [[(change.key, change.after.amount) for change in entry.changes] for entry in found] == [
        [("raised", 100)],
        [],
    ]


def test_a_total_that_falls_is_told_with_the_file_in_which_that_same_total_stood():
    campaign = a_campaign(TWO)
    page = an_update(campaign, "2024-01-01", "totals:\n  page: 100", slug="page")
    bank = an_update(campaign, "2024-01-02", "totals:\n  bank: 50", slug="bank")
    fell = an_update(campaign, "2024-01-03", "totals:\n  page: 110\n  bank: 40")
    assert problems(campaign, page, bank, fell) == [
        f"6: totals.bank: falls from £50 (in content/updates/2024-01-02-bank.md) to £40; {FALL}"
    ]


def test_not_a_penny_more_is_taken_back_from_another_cause_than_came_in():
    campaign = a_campaign("other_causes: [{id: unit, label: The unit}]")
    first = an_update(campaign, "2024-01-01", "received: [{amount: 0.50, cause: unit}]")

    def back(amount):
        text = f"received: [{{amount: -{amount}, cause: unit}}]\ncorrection: Given back."
        return problems(campaign, first, an_update(campaign, "2024-01-02", text))

    assert back("0.50") == []
    assert back("0.51") == [
        "4: received[1].amount: takes unit to -£0.01; no more can be taken back than came in [below-zero]"
    ]


def test_what_an_update_leaves_as_it_was_is_held_once():
    campaign = a_campaign(
        f"{dedent(TWO)}  - {{id: abroad, label: Abroad, currency: EUR}}\n"
        "matches: [{id: m, who: Z, from: 2024-01-01, up_to: 5}]\nmilestones: [{id: a, label: A}]"
    )
    everything = """
        totals: {page: 100}
        rates: {EUR: 0.85}
        gift_aid: {page: 5}
        promised: [{id: g, amount: 10}, {id: h, amount: 10}]
        paid: [{amount: 7, to: A shop}]
        reached: [a]
    """
    told = [
        an_update(campaign, "2024-01-01", everything),
        an_update(campaign, "2024-01-02"),
        an_update(campaign, "2024-01-03", "kept: [h, m]"),
        an_update(campaign, "2024-01-04"),
    ]
    first, second, third, fourth = fold(campaign, told).entries
    for name in ("sources", "rates", "gift_aid", "counters", "pledges", "paid", "reached", "settled"):
        assert getattr(second, name) is getattr(first, name)
        assert getattr(fourth, name) is getattr(third, name)
    assert first.pledges["h"].is_open
    assert not third.pledges["h"].is_open
    assert not first.settled and third.settled["m"].is_kept
    assert all(getattr(first, name) for name in ("sources", "rates", "gift_aid", "pledges", "paid", "reached"))
