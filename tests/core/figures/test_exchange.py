"""Accounts in another currency: stated and judged in their own, counted in the campaign's."""

from decimal import Decimal

import pytest

from campaign.core.reading.money import Money, Qualifier
from writing import a_campaign, a_view, an_event, an_update, campaign_refusal, problems, refusal

APPEAL = """
    sources:
      - {id: bank, label: Bank}
      - {id: page, label: Page, currency: USD}
      - {id: shop, label: Shop, currency: USD, records: receipts}
      - {id: yen, label: Yen, currency: JPY}
      - {id: same, label: Same, currency: GBP}
    other_causes:
      - {id: bells, label: Bells}
    matches:
      - {id: mill, who: A mill, up_to: 1000, from: 2024-02-01, sources: [page]}
"""
CAMPAIGN = a_campaign(APPEAL)


def update(day, text, slug="news"):
    return an_update(CAMPAIGN, day, text, slug=slug)


def dollars(text):
    return Money(Decimal(text), "USD")


def about(text):
    return Money(Decimal(text), "GBP", Qualifier.ABOUT)


FIRST = update("2024-01-01", "totals:\n  page: 10,000.99\nrates: {USD: 0.79}")


def test_amounts_are_read_in_the_accounts_own_currency_and_with_its_sign():
    for written in ("$10,000.99", "10,000.99", "US$10000.99", "USD 10,000.99", "10,000.99 dollars"):
        said = update("2024-01-01", f"totals:\n  page: {written}\nrates: {{USD: 0.79}}").said
        assert said.totals["page"] == dollars("10000.99")
    said = update("2024-01-01", "totals:\n  yen: ¥1000\n  same: £5\nrates: {JPY: 0.0053}").said
    assert said.totals["yen"] == Money(Decimal(1000), "JPY")
    receipt = update("2024-01-01", "received:\n  - {source: shop, amount: $5.50}\nrates: {USD: 0.79}").said.received[0]
    assert receipt.amount == dollars("5.50")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "totals:\n  page: £5\nrates: {USD: 0.79}",
            "5: totals.page: this account counts in USD, got '£5'; write the amount in USD without another currency's"
            " sign [currency]",
        ),
        (
            "totals:\n  bank: $5",
            "5: totals.bank: this campaign counts in GBP, got '$5'; write the amount in GBP without another currency's"
            " sign [currency]",
        ),
        ("totals:\n  yen: 5.50\nrates: {JPY: 0.0053}", "5: totals.yen: expected an amount like 1,586, got '5.50'"),
        (
            "totals:\n  page: 5",
            "5: totals.page: page counts in USD; say what one USD was worth in GBP that day, on a line"
            " rates: {USD: …} [rate]",
        ),
        (
            "received:\n  - {source: shop, amount: 5}\n  - {source: shop, amount: 6}",
            "5: received[1].amount: shop counts in USD; say what one USD was worth in GBP that day, on a line"
            " rates: {USD: …} [rate]",
        ),
        (
            "rates: {EUR: 0.79}",
            "4: rates.EUR: no source in campaign.yaml counts in EUR; those of this appeal are in JPY, USD; leave it out"
            " [rate]",
        ),
        (
            "rates: {USD: 79%}",
            "4: rates.USD: expected what one unit is worth in GBP, like 0.79 or 1.27, got '79%' [rate]",
        ),
        ("rates: {usd: 0.79}\ntotals:\n  page: 5", "4: rates.usd: write USD, in capital letters [rate]"),
        ("rates: {USD: 0.00}", "4: rates.USD: a currency is not worth nothing, got '0.00' [rate]"),
    ],
)
def test_what_cannot_be_counted_is_refused(text, said):
    (told,) = refusal(CAMPAIGN, "2024-01-01", text)
    assert told.startswith(said)


def test_a_rate_is_read_as_the_country_writes_it_and_never_two_ways():
    text = "currency: EUR\nlocale: de_DE\ngoal: 50.000\nsources:\n  - {id: page, label: P, currency: USD}"
    campaign = a_campaign(text)
    for written in ("0,92", "0.92", "'0,92'"):
        line = f"rates:\n  USD: {written}"
        assert an_update(campaign, "2024-01-01", line).said.rates == {"USD": Decimal("0.92")}
    (told,) = refusal(campaign, "2024-01-01", "rates:\n  USD: 1.123")
    assert told == "5: rates.USD: '1.123' can be read two ways; write 1,123 or 1123, whichever is meant [rate]"
    (told,) = refusal(campaign, "2024-01-01", "rates: {USD: 0,92}")
    assert "inside braces a comma ends a value" in told and told.endswith("[comma-in-braces]")


def test_an_appeal_in_one_currency_needs_no_rates():
    (told,) = refusal(a_campaign(), "2024-01-01", "rates: {USD: 0.79}")
    assert told == "4: rates.USD: no source in campaign.yaml counts in USD; leave it out [rate]"
    assert campaign_refusal("sources:\n  - {id: page, label: P, currency: dollars}")[0].endswith("[currency]")


def test_a_falling_rate_changes_what_is_counted_and_never_the_accounts_own_figure_nor_asks_for_a_correction():
    second = update("2024-01-20", "totals:\n  page: 10,100\nrates: {USD: 0.75}")
    assert problems(CAMPAIGN, FIRST, second) == []
    view = a_view(CAMPAIGN, FIRST, second, on="2024-01-20")
    source = view.sources[1]
    assert (source.own.exact, source.amount.exact) == (dollars("10100"), about("7575"))
    by_rate = source.balance.by_rate
    assert (by_rate.before.worth, by_rate.now.worth, by_rate.stood) == (
        Decimal("0.79"),
        Decimal("0.75"),
        dollars("10000.99"),
    )
    assert by_rate.difference == about("-400")
    assert view.updates[1].stood.raised.exact == about("7900")
    assert [rate.worth for rate in view.rates] == [Decimal("0.75")]


def test_a_rate_is_carried_forward_and_one_alone_counts_the_account_anew():
    bank = update("2024-01-10", "totals:\n  bank: 100")
    view = a_view(CAMPAIGN, FIRST, bank, on="2024-01-10")
    assert view.now.raised.exact == about("8000")
    assert view.sources[1].balance.by_rate is None
    alone = update("2024-01-20", "rates: {USD: 0.80}")
    source = a_view(CAMPAIGN, FIRST, bank, alone, on="2024-01-20").sources[1]
    assert (source.amount.exact, str(source.balance.as_of)) == (about("8000"), "2024-01-01")
    assert source.balance.by_rate.difference == about("100")
    same = update("2024-01-30", "totals:\n  page: 10,200\nrates: {USD: 0.80}")
    assert a_view(CAMPAIGN, FIRST, alone, same, on="2024-01-30").sources[1].balance.by_rate is None


def test_an_update_tells_what_its_own_rate_made_of_an_account_and_no_later_one_does():
    bank = update("2024-01-10", "totals:\n  bank: 100")
    alone = update("2024-01-20", "rates: {USD: 0.80}")
    same = update("2024-01-30", "totals:\n  page: 10,200\nrates: {USD: 0.80}")
    view = a_view(CAMPAIGN, FIRST, bank, alone, same, on="2024-01-30")
    by_slug = {of.slug[:10]: of.by_rate for of in view.updates}
    ((told,), *others) = (by_slug[day] for day in ("2024-01-20", "2024-01-01", "2024-01-10", "2024-01-30"))
    assert (told.label, told.change.difference) == (view.sources[1].source.label, about("100"))
    assert others == [(), (), ()]


def test_a_rate_that_makes_no_whole_unit_of_difference_is_not_told():
    first = update("2024-01-01", "totals:\n  page: 3\nrates: {USD: 0.70}")
    view = a_view(CAMPAIGN, first, update("2024-01-02", "rates: {USD: 0.71}"), on="2024-01-02")
    assert view.updates[0].by_rate == ()


def test_a_fall_is_a_fall_in_the_accounts_own_currency():
    rose = update("2024-01-20", "totals:\n  page: 10,000\nrates: {USD: 0.95}")
    (told,) = problems(CAMPAIGN, FIRST, rose)
    assert told.startswith(
        "5: totals.page: falls from US$10,000.99 (in content/updates/2024-01-01-news.md) to US$10,000"
    )


def test_a_leap_is_a_leap_in_the_accounts_own_currency():
    small = update("2024-01-01", "totals:\n  page: 2,500\nrates: {USD: 0.79}")
    for total, is_leap in (("12,499", False), ("12,500", False), ("15,500", True)):
        found = problems(CAMPAIGN, small, update("2024-01-20", f"totals:\n  page: {total}\nrates: {{USD: 0.79}}"))
        # £10,000 is a fifth of the goal.
        assert bool(found) == is_leap
    assert "leaps from US$2,500 to US$15,500" in found[0]


@pytest.mark.parametrize(("rate", "is_asked"), [("0.9875", False), ("0.9876", True), ("0.632", False), ("0.631", True)])
def test_a_rate_the_other_way_round_is_asked_about(rate, is_asked):
    text = f"totals:\n  page: 10,100\nrates: {{USD: {rate}}}"
    found = problems(CAMPAIGN, FIRST, update("2024-01-20", text))
    assert bool(found) == is_asked
    if is_asked:
        assert found[0] == (
            f"6: rates.USD: one USD was worth 0.79 on 2024-01-01, and is worth {rate} now; is it the other way round,"
            " or a digit wrong? If it is right, say why on a line jump: … [leap]"
        )
        assert problems(CAMPAIGN, FIRST, update("2024-01-20", f"{text}\njump: The pound fell.")) == []


def test_receipts_in_another_currency_add_up_in_it():
    one = update("2024-01-01", "received:\n  - {source: shop, amount: 10.99, event: fair}\nrates: {USD: 0.5}")
    two = update(
        "2024-01-02",
        "received:\n  - {source: shop, amount: 1.02, event: fair}\n  - {source: shop, amount: 40, cause: bells}\n"
        "rates: {USD: 0.5}",
    )
    fair = an_event(CAMPAIGN, "fair", "title: Fair\ndate: 2024-01-01")
    view = a_view(CAMPAIGN, one, two, on="2024-01-02", events=(fair,))
    shop = view.sources[2]
    assert (shop.own.exact, shop.own.shown, shop.amount.exact) == (dollars("12.01"), dollars("12"), about("6"))
    assert view.events[0].raised.exact == about("5")
    assert (view.causes[0].amount.exact, view.causes[0].receipts[0].counts_for) == (about("20"), about("20"))
    (statement,) = view.updates[0].statements
    assert (statement.own.exact, statement.amount.exact, statement.rate.worth) == (
        dollars("12.01"),
        about("6"),
        Decimal("0.5"),
    )
    back = update("2024-01-03", "received:\n  - {source: shop, amount: -13}\ncorrection: Returned.\nrates: {USD: 0.5}")
    (told,) = problems(CAMPAIGN, one, two, back)
    assert told.startswith("4: received: takes shop to -US$0.99; a source cannot fall below zero")


def test_nothing_in_another_currency_is_exactly_nothing():
    view = a_view(CAMPAIGN, update("2024-01-01", "totals:\n  page: 0\nrates: {USD: 0.79}"), on="2024-01-01")
    assert view.now.raised.exact == Money(Decimal(0), "GBP")
    again = update("2024-01-02", "rates: {USD: 0.80}")
    view = a_view(CAMPAIGN, update("2024-01-01", "totals:\n  page: 0\nrates: {USD: 0.79}"), again, on="2024-01-02")
    assert view.sources[1].balance.by_rate is None


def test_a_match_counts_what_came_in_and_not_what_a_rate_made_of_it():
    second = update("2024-02-02", "totals:\n  page: 10,100.99\nrates: {USD: 0.95}")
    (match,) = a_view(CAMPAIGN, FIRST, second, on="2024-02-02").now.matches
    assert match.used.exact == about("95")
    begun = update("2024-02-02", "totals:\n  page: 100.99\nrates: {USD: 0.95}")
    (match,) = a_view(CAMPAIGN, begun, on="2024-02-02").now.matches
    assert match.used.exact == about("95")


def test_an_account_of_the_campaigns_own_currency_is_like_any_other():
    view = a_view(CAMPAIGN, update("2024-01-01", "totals:\n  same: £5.50"), on="2024-01-01")
    assert (view.sources[4].own, view.now.raised.exact) == (None, Money(Decimal("5.50"), "GBP"))
    assert CAMPAIGN.currency_of("same") == CAMPAIGN.currency_of("bank") == "GBP"


def test_a_total_of_the_same_moment_is_told_in_its_own_currency():
    (told,) = problems(CAMPAIGN, FIRST, update("2024-01-01", "totals:\n  page: 9,000\nrates: {USD: 0.79}", "b"))
    assert "US$9,000" in told and "US$10,000.99" in told and told.endswith("[same-time]")


def test_a_rate_that_takes_what_is_in_hand_below_nothing_is_told_the_remedy():
    spent = update("2024-01-10", "paid:\n  - {amount: 7800, to: The hospital}\njump: The bill.")
    (told,) = problems(CAMPAIGN, FIRST, spent, update("2024-01-20", "rates: {USD: 0.75}"))
    assert told == (
        "4: rates: takes what was spent to £7,800, and only about £7,500 has come in; what is in hand cannot be below"
        " zero, so state what has come in by now, or mend the amount; for money that was exchanged before it was spent,"
        " write the rate at which it was [below-zero]"
    )


def test_a_match_of_all_accounts_grows_by_what_was_given_and_not_by_what_a_rate_makes_of_it():
    campaign = a_campaign(
        "sources: [{id: bank, label: Bank}, {id: page, label: Page, currency: USD}]\n"
        "matches: [{id: mill, who: A mill, up_to: 5000, from: 2024-02-01}]"
    )
    first = an_update(campaign, "2024-01-01", "totals: {page: 10000}\nrates: {USD: 0.79}")
    second = an_update(campaign, "2024-02-10", "totals: {bank: 100}\nrates: {USD: 0.89}")
    now = a_view(campaign, first, second, on="2024-02-10").now
    assert (now.raised.exact.amount, now.matches[0].used.exact.amount) == (9_000, 100)


def test_what_a_rate_made_of_an_account_that_is_counted_in_another_is_not_told():
    campaign = a_campaign(
        "sources: [{id: page, label: Page, currency: USD}, {id: tins, label: Tins, currency: USD, counted_in: page}]"
    )
    first = an_update(campaign, "2024-01-01", "totals: {page: 1000, tins: 100}\nrates: {USD: 0.80}")
    view = a_view(campaign, first, an_update(campaign, "2024-02-01", "rates: {USD: 0.70}"), on="2024-02-01")
    assert [(made.label, made.change.difference) for made in view.updates[0].by_rate] == [("Page", about("-100"))]
    assert view.now.raised.exact == about("700")
