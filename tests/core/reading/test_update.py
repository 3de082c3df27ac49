"""Updates, events and pages: what their files may be called."""

import pytest

from campaign.core.reading.problems import CampaignError
from campaign.core.reading.update import free
from writing import a_campaign, an_event, an_update, refusal

ACCOUNTS = """
    sources: [{id: page, label: Page}]
    counters: [{id: names, label: Names}]
    costs: [{id: surgery, label: Surgery, estimate: 50}]
    milestones: [{raised: 50%}, {id: halfway, label: Half}]
"""


def test_a_name_that_is_free_differs_from_all_others_in_more_than_capitals():
    assert free("walk.md", ["walk.md"]) == "walk-2.md"
    assert free("walk.md", ["walk.md", "Walk-2.md"]) == "walk-3.md"


@pytest.mark.parametrize("group", ["totals", "gift_aid", "counters"])
def test_a_field_of_the_update_below_a_group_is_told_where_it_begins(group):
    assert refusal(a_campaign(ACCOUNTS), "2024-01-01", f"{group}: {{as_of: 5}}") == [
        f"4: {group}.as_of: is a field of its own and no part of {group}; begin the line at the left, with as_of:"
        " [unknown-field]"
    ]


def test_an_account_that_is_called_as_a_field_is_an_account():
    named = a_campaign("sources: [{id: image, label: Image}]")
    (found,) = refusal(named, "2024-01-01", "totals: {image: 5k}")
    assert found.startswith("4: totals.image: expected an amount like") and found.endswith(" [amount]")


def test_a_milestone_that_there_is_not_is_refused_with_those_that_have_a_name():
    assert refusal(a_campaign(ACCOUNTS), "2024-01-01", "reached: [walked]") == [
        "4: reached[1]: there is no milestone walked; choose from halfway [unknown-id]"
    ]


def test_a_payment_is_for_a_cost_or_a_promise_or_for_what_it_says_alone():
    said = """
        paid:
          - {amount: 5, cost: surgery, to: A}
          - {amount: 5, promise: too_much, to: A}
          - {amount: 5, to: A}
    """
    paid = an_update(a_campaign(ACCOUNTS), "2024-01-01", said).said.paid
    assert [payment.is_for for payment in paid] == [("cost", "surgery"), ("promise", "too_much"), ("", "")]


def test_an_account_in_another_currency_says_what_that_was_worth_for_totals_and_for_what_came_in():
    dollars = "sources: [{{id: shop, label: Shop, currency: USD{}}}, {{id: page, label: Page, currency: GBP}}]"
    rate = "shop counts in USD; say what one USD was worth in GBP that day, on a line rates: {USD: …} [rate]"
    receipts = a_campaign(dollars.format(", records: receipts"))
    twice = "received: [{amount: $5, source: shop}, {amount: $6, source: shop}]"
    assert refusal(receipts, "2024-01-01", twice) == [f"4: received[1].amount: {rate}"]
    assert refusal(a_campaign(dollars.format("")), "2024-01-01", "totals: {shop: $5}") == [f"4: totals.shop: {rate}"]
    assert refusal(receipts, "2024-01-01", "totals: {page: €5}") == [
        "4: totals.page: this campaign counts in GBP, got '€5'; write the amount in GBP without another currency's sign"
        " [currency]"
    ]


def test_a_currency_in_small_letters_is_told_once_with_its_capitals():
    dollars = a_campaign("sources: [{id: shop, label: Shop, currency: USD}]")
    assert refusal(dollars, "2024-01-01", "totals: {shop: $5}\nrates: {usd: 0.79}") == [
        "5: rates.usd: write USD, in capital letters [rate]"
    ]
    assert refusal(a_campaign(), "2024-01-01", "rates: {usd: 0.79}") == [
        "4: rates.usd: no source in campaign.yaml counts in usd; leave it out [rate]"
    ]


def test_what_came_in_is_told_on_its_day_or_later():
    cash = a_campaign("sources: [{id: cash, label: Cash, records: receipts}]")
    said = "received: [{{amount: 5, source: cash, date: {}}}]"
    for day in ("2024-02-03", "2024-02-02", "2024-02", "2024"):
        assert an_update(cash, "2024-02-03", said.format(day)).said.received[0].amount.amount == 5
    assert refusal(cash, "2024-02-03", said.format("2024-02-04")) == [
        "4: received[1].date: is after the update's date, 2024-02-03; what came in later is told later [order]"
    ]


def test_what_says_nothing_of_its_status_is_published():
    assert an_update(a_campaign(), "2024-01-01").said.status == "published"
    event = an_event(a_campaign(), "walk", "title: Walk")
    assert (event.said.status, event.said.held, event.time) == ("published", False, "")


def test_a_files_name_is_two_hundred_characters_long_at_most():
    slug = "x" * (200 - len("2024-01-01-.md"))
    assert an_update(a_campaign(), "2024-01-01", slug=slug).slug.endswith(slug)
    with pytest.raises(CampaignError, match="a file's name can be 200 characters at most; rename it to 2024-01-01-x"):
        an_update(a_campaign(), "2024-01-01", slug=f"{slug}x")


def test_an_events_file_has_a_name_of_two_hundred_characters_at_most_too():
    assert an_event(a_campaign(), "x" * 197, "title: Walk").slug == "x" * 197
    with pytest.raises(CampaignError, match="a file's name can be 200 characters at most; rename it to x"):
        an_event(a_campaign(), "x" * 198, "title: Walk")
