"""Reading and writing amounts."""

from decimal import Decimal

import pytest

from campaign.core.reading.money import Count, Money, Qualifier, total
from campaign.core.reading.problems import FieldError
from campaign.core.reading.region import Region

POUNDS = Region("GBP", "en_GB")
EUROS = Region("EUR", "de_DE")
FRANCS = Region("EUR", "fr_FR")
YEN = Region("JPY", "ja_JP")
DINARS = Region("BHD", "en")


def refusal(region, text, **options):
    with pytest.raises(FieldError) as refused:
        region.parse(text, **options)
    return f"{refused.value.message} [{refused.value.name}]"


@pytest.mark.parametrize(
    ("region", "text", "amount"),
    [
        (POUNDS, "25000", "25000"),
        (POUNDS, "25,000", "25000"),
        (POUNDS, "£25,000", "25000"),
        (POUNDS, "£ 25,000", "25000"),
        (POUNDS, "25,000 GBP", "25000"),
        (POUNDS, "25000.50", "25000.50"),
        (POUNDS, "25,000.50", "25000.50"),
        (POUNDS, "0", "0"),
        (POUNDS, "0.50", "0.50"),
        (POUNDS, "1000000000000", "1000000000000"),
        (EUROS, "25.000", "25000"),
        (EUROS, "25.000,50 €", "25000.50"),
        (EUROS, "25000.50", "25000.50"),
        (FRANCS, "25 000,50 €", "25000.50"),
        (FRANCS, "25\u00a0000", "25000"),
        (FRANCS, "25\u202f000,50", "25000.50"),
        (YEN, "¥25,000", "25000"),
        (YEN, "25000", "25000"),
        (DINARS, "1,025.500", "1025.500"),
        (DINARS, "1025.500", "1025.500"),
        (DINARS, "0.500", "0.500"),
        (DINARS, "25.5000", "25.500"),
        (Region("USD", "en_US"), "$25,000", "25000"),
        (Region("CAD", "en_CA"), "CA$25,000", "25000"),
        (Region("INR", "en_IN"), "₹12,34,567", "1234567"),
        (Region("CHF", "de_CH"), "CHF 25’000", "25000"),
        (Region("BHD", "ar_BH"), "\u200f1,234,567\xa0د.ب.\u200f", "1234567"),
        (Region("PLN", "pl_PL"), "25 000,50 zł", "25000.50"),
    ],
)
def test_an_amount_is_read_as_the_locale_writes_it(region, text, amount):
    assert region.parse(text) == Money(Decimal(amount), region.currency)


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("about 25,000", Qualifier.ABOUT),
        ("About £25,000", Qualifier.ABOUT),
        ("~25,000", Qualifier.ABOUT),
        ("~ £25,000", Qualifier.ABOUT),
        ("at least 25,000", Qualifier.AT_LEAST),
        ("25,000+", Qualifier.AT_LEAST),
        ("£25,000 +", Qualifier.AT_LEAST),
        ("more than 25,000", Qualifier.MORE_THAN),
        ("over 25,000", Qualifier.MORE_THAN),
    ],
)
def test_a_qualifier_stands_before_the_amount_or_a_plus_behind_it(text, qualifier):
    assert POUNDS.parse(text) == Money(Decimal(25000), "GBP", qualifier)


LIKE = "expected an amount like 1,586 or 1,586.50, got"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("25k", f"{LIKE} '25k'; write 25,000 in full [amount]"),
        ("2.5m", f"{LIKE} '2.5m'; write 2,500,000 in full [amount]"),
        ("25.000", f"{LIKE} '25.000'; write 25,000 or 25.00 [amount]"),
        ("1,58", f"{LIKE} '1,58'; write 1.58 [amount]"),
        ("25000.5", f"{LIKE} '25000.5'; write 25,000.50 [amount]"),
        ("025", f"{LIKE} '025'; write 25 without the zero in front [amount]"),
        ("NaN", f"{LIKE} 'NaN' [amount]"),
        ("£", f"{LIKE} '£' [amount]"),
        ("twelve", f"{LIKE} 'twelve' [amount]"),
        (
            "12:30",
            f"{LIKE} '12:30'; write only the amount, in GBP; about, at least or more than can stand before it [amount]",
        ),
        (
            "1e5",
            f"{LIKE} '1e5'; write only the amount, in GBP; about, at least or more than can stand before it [amount]",
        ),
        ("٢٥", f"{LIKE} '٢٥'; write 25 [amount]"),
        ("1.2345", f"{LIKE} '1.2345' [amount]"),
        ("5,", f"{LIKE} '5,'; write 5 without the ',' [amount]"),
        ("1,2,3", f"{LIKE} '1,2,3' [amount]"),
        ("1,000.5", f"{LIKE} '1,000.5'; write 1,000.50 [amount]"),
        ("about about 5", f"{LIKE} 'about about 5'; write about 5 [amount]"),
    ],
)
def test_what_can_be_read_two_ways_or_none_is_refused_with_what_to_write(text, message):
    assert refusal(POUNDS, text) == message


@pytest.mark.parametrize("text", ["€5", "5 USD", "$5", "5 EUR"])
def test_another_currency_is_refused(text):
    assert refusal(POUNDS, text) == (
        f"this campaign counts in GBP, got '{text}'; write the amount in GBP without another currency's sign [currency]"
    )


def test_a_yen_has_no_parts():
    assert refusal(YEN, "25.50") == "expected an amount like 1,586, got '25.50' [amount]"
    assert refusal(YEN, "25.00") == "expected an amount like 1,586, got '25.00'; write 25 [amount]"


@pytest.mark.parametrize("text", ["25.000", "25,000"])
def test_where_a_currency_has_three_minor_digits_one_separator_before_three_is_ambiguous(text):
    assert refusal(DINARS, text) == (
        f"'{text}' can be read two ways in BHD; write 25000 or 25.0000, whichever is meant [amount]"
    )


def test_an_amount_below_zero_is_read_only_where_it_may_be():
    assert refusal(POUNDS, "-5").startswith("an amount cannot be below zero, got '-5'")
    assert POUNDS.parse("-5", negative=True) == Money(Decimal(-5), "GBP")
    assert POUNDS.parse("\u2212£5", negative=True) == Money(Decimal(-5), "GBP")


def test_an_amount_above_a_trillion_is_refused():
    assert "9,000" not in refusal(POUNDS, "9000000m"), "nor is it suggested"
    assert (
        refusal(POUNDS, "1000000000001") == "an amount above a trillion cannot be right, got '1000000000001' [amount]"
    )


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1800", Count(1800)),
        ("more than 1,800", Count(1800, Qualifier.MORE_THAN)),
        ("1,800+", Count(1800, Qualifier.AT_LEAST)),
    ],
)
def test_a_count_is_a_whole_number_with_its_qualifier(text, count):
    assert POUNDS.parse_count(text) == count


@pytest.mark.parametrize("text", ["1.5", "many", "£5", "9,000,000,000,000"])
def test_no_count_is_guessed(text):
    with pytest.raises(FieldError, match="expected a whole number like 1,800"):
        POUNDS.parse_count(text)


@pytest.mark.parametrize(
    ("first", "second", "sum_"),
    [
        ("5", "5", Qualifier.EXACT),
        ("about 5", "5", Qualifier.ABOUT),
        ("5", "at least 5", Qualifier.AT_LEAST),
        ("more than 5", "5", Qualifier.AT_LEAST),
        ("more than 5", "more than 5", Qualifier.AT_LEAST),
        ("more than 5", "about 5", Qualifier.ABOUT),
    ],
)
def test_qualifiers_add(first, second, sum_):
    assert (POUNDS.parse(first) + POUNDS.parse(second)).qualifier is sum_


def test_what_is_left_of_an_inexact_amount_is_about():
    assert (POUNDS.parse("50") - POUNDS.parse("at least 20")) == POUNDS.parse("about 30")
    assert (POUNDS.parse("50") - POUNDS.parse("20")) == POUNDS.parse("30")


def test_two_currencies_are_never_added():
    with pytest.raises(ValueError, match="GBP and EUR cannot be added"):
        total([POUNDS.parse("5"), EUROS.parse("5")], "GBP")


@pytest.mark.parametrize(
    ("text", "down", "up"),
    [
        ("37,866.77", "37866", "37867"),
        ("about 37,866.77", "37800", "37867"),
        ("about 986.50", "980", "987"),
        ("about 1,005", "1000", "1005"),
        ("about 7", "7", "7"),
        ("about 7.50", "7", "8"),
        ("about 0", "0", "0"),
        ("about 0.50", "0", "1"),
    ],
)
def test_a_computed_sum_is_never_shown_as_more_than_it_is(text, down, up):
    assert POUNDS.parse(text).rounded_down().amount == Decimal(down)
    assert POUNDS.parse(text).rounded_up().amount == Decimal(up)


@pytest.mark.parametrize(
    ("region", "amount", "written"),
    [
        (POUNDS, "25000", "£25,000"),
        (POUNDS, "25000.00", "£25,000"),
        (POUNDS, "842.3", "£842.30"),
        (EUROS, "25000.5", "25.000,50\xa0€"),
        (EUROS, "25000", "25.000\xa0€"),
        (YEN, "25000", "￥25,000"),
        (DINARS, "1025.5", "BHD1,025.500"),
    ],
)
def test_an_amount_is_written_as_the_locale_does_without_empty_pence(region, amount, written):
    assert region.format(Money(Decimal(amount), region.currency)) == written


def test_a_region_knows_its_language_and_the_direction_of_its_script():
    assert (POUNDS.language_tag, POUNDS.direction) == ("en-GB", "ltr")
    assert Region("BHD", "ar_BH").direction == "rtl"


def test_an_amount_that_nobody_writes_is_refused_before_any_pattern_sees_it():
    assert refusal(POUNDS, "1" + "approx" * 40_000) == (
        "an amount of 240001 characters cannot be right, got '1approxapproxapproxapproxapproxapproxapp' and more"
        " [amount]"
    )


def test_a_message_writes_a_count_as_the_locale_does():
    assert POUNDS.say_count(Count(1800, Qualifier.MORE_THAN)) == "more than 1,800"
    assert EUROS.say_count(Count(1800)) == "1.800"
