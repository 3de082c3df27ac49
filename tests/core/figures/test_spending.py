"""What the money was spent on: in hand and paid together are what was raised, and raised never falls for it."""

from decimal import Decimal

import pytest

from campaign.reporting.summary import summary
from writing import a_campaign, a_view, an_update, problems, refusal

APPEAL = """
    goal: 60,000
    costs:
      - {id: surgery, label: The operation, estimate: 25000}
      - {id: aftercare, label: Aftercare, estimate: 5000}
    promise:
      too_much: It helps another child.
      too_little: It pays for as much as it can.
      not_needed: It helps another child.
"""
CAMPAIGN = a_campaign(APPEAL)
RAISED = an_update(CAMPAIGN, "2024-01-01", "totals:\n  raised: 63,000\njump: A legacy.")


def paid(*entries, day="2024-02-01", more="", slug="paid"):
    listed = "".join(f"\n  - {{{entry}}}" for entry in entries)
    return an_update(CAMPAIGN, day, f"paid:{listed}\n{more}", slug=slug)


SURGERY = "amount: 12000, to: The hospital, cost: surgery"
ANOTHER = "amount: 4000, to: Another child's operation, promise: too_much"


def test_what_was_paid_stands_by_cost_and_by_promise_and_by_neither():
    one = paid(SURGERY, "amount: 100.50, to: Taxis")
    two = paid("amount: 3000, to: The hospital, cost: surgery", ANOTHER, day="2024-03-01")
    view = a_view(CAMPAIGN, RAISED, one, two, on="2024-03-01")
    spending = view.spending
    assert (spending.paid.exact.amount, spending.in_hand.exact.amount) == (19100.50, 43899.50)
    (surgery,), (given,), other = spending.costs, spending.given_on, spending.other
    assert (surgery.cost, surgery.label, surgery.paid.exact.amount) == ("surgery", "The operation", 15000)
    assert [found.update.slug for found in surgery.payments] == ["2024-02-01-paid", "2024-03-01-paid"]
    assert (given.promise_key, given.promise, given.paid.exact.amount) == ("too_much", "It helps another child.", 4000)
    assert given.payments[0].payment.to == "Another child’s operation"
    assert (other.cost, other.label, other.promise_key, other.paid.exact.amount) == (None, None, None, 100.50)
    assert spending.lines == (surgery, given, other)
    assert sum(line.paid.exact.amount for line in spending.lines) == spending.paid.exact.amount
    assert [(out.payment.amount.amount, out.label) for out in view.by_slug["2024-02-01-paid"].paid] == [
        (12000, "The operation"),
        (100.50, None),
    ]
    assert [out.payment.to for out in view.updates[0].paid] == ["The hospital", "Another child’s operation"]


def test_before_the_first_payment_and_where_all_was_paid_back_there_is_no_word_of_it():
    assert a_view(CAMPAIGN, on="2024-01-01").spending is None
    assert a_view(CAMPAIGN, RAISED, on="2024-01-01").spending is None
    back = paid("amount: -12000, to: The hospital, cost: surgery", day="2024-03-01", more="correction: It was put off.")
    view = a_view(CAMPAIGN, RAISED, paid(SURGERY), back, on="2024-03-01")
    assert (view.spending, view.now.spent, view.now.raised.exact.amount) == (None, None, 63000)
    (correction,) = view.corrections
    assert [payment.amount.amount for payment in correction.paid_back] == [-12000]
    assert not correction.is_of_raised
    assert view.by_slug["2024-02-01-paid"].stood.spent.in_hand.exact.amount == 51000


def test_without_costs_and_other_payments_only_what_was_given_on_is_there_and_the_words_as_they_were_known():
    campaign = a_campaign("promise: {too_much: Another roof., first_said: 2024-06-01}")
    raised = an_update(campaign, "2024-01-01", "totals:\n  raised: 40,000")
    given = an_update(campaign, "2024-02-01", "paid:\n  - {amount: 400, to: St Mary, promise: too_much}")
    spending = a_view(campaign, raised, given, on="2024-02-01").spending
    assert (spending.costs, spending.given_on[0].promise, spending.other) == ((), None, None)
    assert a_view(campaign, raised, given, on="2024-06-01").spending.given_on[0].promise == "Another roof."


def test_what_is_left_of_an_inexact_figure_is_about():
    campaign = a_campaign()
    raised = an_update(campaign, "2024-01-01", "totals:\n  raised: about 40,000")
    view = a_view(
        campaign, raised, an_update(campaign, "2024-02-01", "paid:\n  - {amount: 400, to: A}"), on="2024-02-01"
    )
    assert campaign.region.say(view.now.spent.in_hand.shown) == "about £39,600"


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (
            "amount: 63000.01, to: A\njump: All of it.",
            "takes what was spent to £63,000.01, and only £63,000 has come in; what is in hand cannot be below zero, so"
            " state what has come in by now, or mend the amount [below-zero]",
        ),
        (
            "amount: -1, to: A\ncorrection: Paid back.",
            "takes what was paid for it to -£1; no more can be paid back than was paid, so name the cost or the promise"
            " that it was paid for [below-zero]",
        ),
        (
            "amount: 12601, to: A",
            "£12,601 to A is more than 20% of all that was raised, and no cost says how much it was to be; is there"
            " a digit too many? If it is right, say why on a line jump: … [leap]",
        ),
        (
            "amount: 40000, to: A, cost: surgery",
            "takes what was paid for The operation to £40,000, estimated at £25,000; is there a digit too many? If it"
            " is right, say why on a line jump: … [leap]",
        ),
        (
            "amount: 25000, to: A, cost: aftercare",
            "takes what was paid for Aftercare to £25,000, estimated at £5,000; is there a digit too many? If it is"
            " right, say why on a line jump: … [leap]",
        ),
    ],
)
def test_a_payment_that_cannot_be_or_is_a_digit_too_long_is_refused(entry, said):
    fields, _, more = entry.partition("\n")
    assert problems(CAMPAIGN, RAISED, paid(fields, more=more)) == [f"5: paid[1].amount: {said}"]


def test_a_large_payment_that_its_cost_expects_needs_no_reason_and_one_that_is_explained_is_listed():
    assert problems(CAMPAIGN, RAISED, paid("amount: 37500, to: A, cost: surgery")) == []
    assert problems(CAMPAIGN, RAISED, paid("amount: 12600, to: A")) == []
    # More than half as much again as was estimated, and a small part of what there is.
    assert problems(CAMPAIGN, RAISED, paid("amount: 8000, to: A, cost: aftercare")) == []
    told = paid("amount: 40000, to: A, cost: surgery", "amount: 50, to: B", more="jump: It was dearer.")
    view = a_view(CAMPAIGN, RAISED, told, on="2024-02-01")
    assert [payment.to for payment in view.jumps[-1].leapt_payments] == ["A"]
    assert view.jumps[-1].leapt == ()
    assert problems(CAMPAIGN, RAISED, paid("amount: 6301, to: A", more="jump: All beds at once.")) == []
    (left_over,) = problems(CAMPAIGN, RAISED, paid("amount: 6300, to: A", more="jump: Nothing."))
    assert left_over.endswith("leave jump out, and tell it in the story [leap]")


def test_money_is_spent_once_somebody_said_that_it_came_in():
    assert problems(CAMPAIGN, paid("amount: 5, to: A, cost: surgery")) == [
        "5: paid[1].amount: £5 was spent, and no update says yet what came in; state totals here or before [below-zero]"
    ]


def test_a_total_that_falls_below_what_was_spent_is_refused_once():
    spent = paid("amount: 37000, to: A, cost: surgery")
    fell = an_update(CAMPAIGN, "2024-03-01", "totals:\n  raised: 36,000\ncorrection: Counted twice.")
    later = an_update(CAMPAIGN, "2024-04-01")
    (told,) = problems(CAMPAIGN, RAISED, spent, fell, later)
    assert told.startswith("4: totals: takes what was spent to £37,000, and only £36,000 has come in")


def test_what_was_paid_back_says_why():
    assert refusal(CAMPAIGN, "2024-01-01", "paid:\n  - {amount: -5, to: A}") == [
        "5: paid[1].amount: was paid back; say why on a line correction: … [fall]"
    ]
    back = "amount: -5, to: The hospital, cost: surgery"
    assert problems(CAMPAIGN, RAISED, paid(SURGERY), paid(back, day="2024-03-01", more="correction: Too much.")) == []
    one = "totals:\n  raised: 62,000\ncorrection:\n  raised: Counted twice."
    (told,) = problems(CAMPAIGN, RAISED, paid(SURGERY), paid(back, day="2024-03-01", more=one))
    assert told == "5: paid[1].amount: was paid back; say why below correction: with paid: [fall]"
    both = paid(back, day="2024-03-01", more=f"{one}\n  paid: Too much.")
    assert problems(CAMPAIGN, RAISED, paid(SURGERY), both) == []
    of_raised, of_paid = a_view(CAMPAIGN, RAISED, paid(SURGERY), both, on="2024-03-01").corrections
    assert (len(of_raised.paid_back), len(of_paid.paid_back), of_paid.changes) == (0, 1, ())
    (several,) = problems(
        CAMPAIGN,
        RAISED,
        paid(SURGERY),
        paid(back, day="2024-03-01", more="totals:\n  raised: 62,000\ncorrection: Mistakes."),
    )
    assert "several totals fall (paid, raised)" in several


def test_a_payment_is_for_a_cost_or_under_a_promise():
    assert refusal(CAMPAIGN, "2024-01-01", "paid:\n  - {amount: 5, to: A, cost: surgery, promise: too_much}") == [
        "5: paid[1].promise: is for a cost or given on under a promise; keep one of the two, or write two payments"
        " [payment]"
    ]
    assert refusal(CAMPAIGN, "2024-01-01", "paid:\n  - {amount: 5, to: A, cost: surgey}") == [
        "5: paid[1].cost: there is no cost surgey: did you mean surgery? [unknown-id]"
    ]


def test_the_final_account_says_what_is_not_accounted_for_yet():
    end = an_update(CAMPAIGN, "2024-05-01", "ends: done", slug="end")
    spent = paid("amount: 37000, to: A, cost: surgery", ANOTHER)
    assert a_view(CAMPAIGN, RAISED, spent, on="2024-04-01").account is None
    assert a_view(CAMPAIGN, RAISED, end, on="2024-05-01").account is None
    view = a_view(CAMPAIGN, RAISED, spent, end, on="2024-05-01")
    account = view.account
    assert (account.raised.exact.amount, account.unaccounted.exact.amount) == (63000, 22000)
    assert account.spending == view.spending
    assert view.now.ending.promise_key == "too_much"
    pence = an_update(
        CAMPAIGN,
        "2024-06-01",
        "paid:\n  - {amount: 21999.50, to: Ward 3, promise: too_much}\njump: Nearly all the rest.",
        slug="pence",
    )
    nearly = a_view(CAMPAIGN, RAISED, spent, end, pence, on="2024-06-01").account.unaccounted
    assert nearly.exact.amount == Decimal("0.50")
    rest = an_update(
        CAMPAIGN,
        "2024-06-01",
        "paid:\n  - {amount: 22000, to: Ward 3, promise: too_much}\njump: All the rest.",
        slug="rest",
    )
    done = a_view(CAMPAIGN, RAISED, spent, end, rest, on="2024-06-01")
    assert done.account.unaccounted is None
    assert done.now.raised.exact.amount == 63000
    assert any("raised" in line for line in summary(done))


def test_what_was_given_on_as_too_much_was_too_much_whatever_the_estimates_say():
    little = an_update(CAMPAIGN, "2024-01-01", "totals:\n  raised: 20,000", slug="little")
    end = an_update(CAMPAIGN, "2024-05-01", "ends: done", slug="end")
    assert a_view(CAMPAIGN, little, end, on="2024-05-01").now.ending.promise_key == "too_little"
    given = paid(ANOTHER)
    assert a_view(CAMPAIGN, little, given, end, on="2024-05-01").now.ending.promise_key == "too_much"
    back = paid("amount: -4000, to: X, promise: too_much", day="2024-03-01", more="correction: It came back.")
    assert a_view(CAMPAIGN, little, given, back, end, on="2024-05-01").now.ending.promise_key == "too_little"


def test_too_much_that_was_paid_back_is_told_where_it_was_and_not_where_something_was_paid():
    (told,) = problems(CAMPAIGN, RAISED, paid("amount: -10, to: A", "amount: 4, to: A", more="correction: Paid back."))
    assert told.startswith("5: paid[1].amount: takes what was paid for it to -£6;")


def test_money_that_comes_back_is_never_a_digit_too_many():
    much = paid("amount: 25001, to: A, cost: aftercare", more="jump: It took a year.")
    back = paid("amount: -0.50, to: A, cost: aftercare", day="2024-03-01", more="correction: A coin.")
    assert problems(CAMPAIGN, RAISED, much, back) == []
