"""Reading and writing amounts."""

import unicodedata
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
        ("€ twelve", f"{LIKE} '€ twelve' [amount]"),
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
    for text in ("-5", "- 5", "£ - 5"):
        assert POUNDS.parse(text, negative=True) == Money(Decimal(-5), "GBP")
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


@pytest.mark.parametrize(
    ("region", "text", "message"),
    [
        (EUROS, "25.0000", "expected an amount like 1.586 or 1.586,50, got '25.0000'"),
        (EUROS, "25.5000", "expected an amount like 1.586 or 1.586,50, got '25.5000'"),
        (POUNDS, "25.0000", f"{LIKE} '25.0000'"),
        (DINARS, "25.5001", "expected an amount like 1586 or 1,586.500, got '25.5001'"),
        (DINARS, "1.000", "'1.000' can be read two ways in BHD; write 1000 or 1.0000, whichever is meant"),
        (DINARS, "999,500", "'999,500' can be read two ways in BHD; write 999500 or 999.5000, whichever is meant"),
    ],
)
def test_four_decimals_are_read_only_where_the_last_is_the_way_out_of_two_readings(region, text, message):
    assert refusal(region, text) == f"{message} [amount]"


@pytest.mark.parametrize(
    ("region", "text", "amount"),
    [
        (DINARS, "25.5000", "25.500"),
        (DINARS, "1000.000", "1000"),
        (DINARS, "0.000", "0"),
        (POUNDS, "5 pounds", "5"),
        (Region("EUR", "sl_SI"), "2 evra", "2"),
        (Region("CHF", "en_GB"), "25 franchi", "25"),
        (POUNDS, " 25,000 ", "25000"),
        (POUNDS, "5 pound", "5"),
        (POUNDS, "GBP5", "5"),
        (Region("PLN", "pl_PL"), "25 000 złotych", "25000"),
        (Region("PLN", "pl_PL"), "zł 25", "25"),
        (Region("PLN", "pl_PL"), "1 złoty", "1"),
        (Region("PLN", "pl_PL"), "2 złote", "2"),
        (Region("PLN", "pl_PL"), "5 złotych", "5"),
        (Region("PLN", "en_GB"), "25 złotych", "25"),
        (Region("SEK", "en_GB"), "25 kr", "25"),
        (EUROS, "Euro 5", "5"),
        (EUROS, "5 euros", "5"),
        (Region("CHF", "de_CH"), "25'000.50", "25000.50"),
        (YEN, "２５，０００", "25000"),
        (Region("BHD", "ar_BH"), "١٬٢٣٤٫٥٠٠", "1234.500"),
        (Region("ZMW", "en_ZM"), "K25", "25"),
        (Region("CAD", "en_CA"), "$5", "5"),
        (Region("CAD", "en_GB"), "$5", "5"),
        (POUNDS, "0.00", "0"),
        (POUNDS, "1000000000000.00", "1000000000000"),
    ],
)
def test_what_a_family_types_for_its_own_money_is_read(region, text, amount):
    assert region.parse(text) == Money(Decimal(amount), region.currency)


@pytest.mark.parametrize(
    ("region", "text", "meant"),
    [
        (POUNDS, "£5 or so", "about 5"),
        (POUNDS, "5ish", "about 5"),
        (POUNDS, "circa 5", "about 5"),
        (POUNDS, "5 (about)", "about 5"),
        (POUNDS, "about 5k", "about 5,000 in full"),
        (POUNDS, "at least 5+", "at least 5"),
        (POUNDS, "5-10", "“at least” and the smaller of the two amounts"),
        (POUNDS, "£5 and £10", "“at least” and the smaller of the two amounts"),
        (POUNDS, "5 000", "5,000"),
        (POUNDS, "5.-", "5 without the '.-'"),
        (POUNDS, "5,--", "5 without the ',--'"),
        (POUNDS, "5.", "5 without the '.'"),
        (YEN, "25.", "25 without the '.'"),
        (POUNDS, "50p", "0.50"),
        (POUNDS, "5 pence", "0.05"),
        (POUNDS, "99p", "0.99"),
        (EUROS, "50c", "0,50"),
        (EUROS, "50 cents", "0,50"),
        (POUNDS, "1O0", "100 with the digits 0 and 1, not the letters O and l"),
        (POUNDS, "l00", "100 with the digits 0 and 1, not the letters O and l"),
        (POUNDS, "1,5k", "1,500 in full"),
        (POUNDS, "2 thousand", "2,000 in full"),
        (POUNDS, "1.5 million", "1,500,000 in full"),
        (POUNDS, "1.234567m", "1,234,567 in full"),
        (POUNDS, "0.0001k", "0.10 in full"),
        (POUNDS, "1,00,000", "100,000"),
        (POUNDS, "12,34,567", "1,234,567"),
        (POUNDS, "1.000.000", "1,000,000"),
        (POUNDS, "0,500", "0.50"),
        (POUNDS, "007", "7 without the zero in front"),
        (POUNDS, "1.000,50", "1,000.50"),
        (POUNDS, "1.000,500", "1,000.50"),
        (POUNDS, "1.000,000", "1,000.00"),
        (POUNDS, "1_000", "1,000"),
        (POUNDS, "1·50", "1.50"),
        (POUNDS, "25.500", "25,500 or 25.50"),
        (POUNDS, "\uff12\uff15\uff0c\uff10\uff10\uff10", "25,000"),
        (Region("INR", "en_IN"), "100,000", "1,00,000 or 100.00"),
        (Region("ZMW", "en_ZM"), "25K", "25,000 in full"),
        (Region("PLN", "pl_PL"), "25 000,5", "25 000,50"),
    ],
)
def test_what_is_no_amount_is_answered_with_all_that_it_can_mean(region, text, meant):
    message = refusal(region, text)
    assert message.partition(f"got '{text}'; write ")[2] == f"{meant} [amount]"


ONLY = "; write only the amount, in {}; about, at least or more than can stand before it"


@pytest.mark.parametrize(
    ("region", "text", "remedy"),
    [
        (POUNDS, "25.50000", ""),
        (POUNDS, "25.5040", ""),
        (POUNDS, "1,000,00", ""),
        (POUNDS, "123,45,678", ""),
        (POUNDS, "00.50", ""),
        (POUNDS, "1234,567", ""),
        (POUNDS, "12,3456,789", ""),
        (POUNDS, "1,2,345", ""),
        (POUNDS, "25kg", ONLY),
        (POUNDS, "50pm", ONLY),
        (POUNDS, "pounds 5 pounds", ONLY),
        (Region("PLN", "pl_PL"), "25 z", ONLY),
        (Region("CHF", "de_CH"), "F 25", ONLY),
        (POUNDS, "100p", ONLY),
        (POUNDS, "50c", ONLY),
        (EUROS, "50p", ONLY),
        (POUNDS, "1.2345678m", ONLY),
        (POUNDS, "over about 5", ONLY),
        (POUNDS, "--5", ONLY),
        (POUNDS, "5 GBP 3", ONLY),
        (POUNDS, "5 XYZ", ONLY),
        (Region("USD", "en_US"), "US$5", ONLY),
    ],
)
def test_what_nobody_can_be_sure_of_gets_no_figure(region, text, remedy):
    assert refusal(region, text).partition(f"got '{text}'")[2] == f"{remedy.format(region.currency)} [amount]"


def test_an_amount_has_eighteen_digits_and_a_hundred_characters_at_most():
    assert refusal(POUNDS, "1" * 18).startswith("an amount above a trillion")
    assert refusal(POUNDS, "1" * 19) == f"an amount of 19 digits cannot be right, got '{'1' * 19}' [amount]"
    assert refusal(POUNDS, "x" * 100) == f"{LIKE} '{'x' * 100}' [amount]"
    assert refusal(POUNDS, "x" * 101) == (
        f"an amount of 101 characters cannot be right, got '{'x' * 40}' and more [amount]"
    )
    assert refusal(POUNDS, "1000000000000.01").startswith("an amount above a trillion")
    with pytest.raises(FieldError, match="a count of 19 digits cannot be right"):
        POUNDS.parse_count("1" * 19)
    assert POUNDS.parse_count("1000000000000").number == 10**12


def test_below_zero_is_below_zero_wherever_the_minus_stands():
    for text in ("-5", "£-5", "-£5", "\u22125", "about -5", "-0"):
        assert refusal(POUNDS, text).startswith(f"an amount cannot be below zero, got '{text}'; when a total falls")
    for text in ("-1586.5", "-1.586,50", "-12 000"):  # whatever it was to be, it is below zero
        assert refusal(POUNDS, text).startswith(f"an amount cannot be below zero, got '{text}'")
    assert str(POUNDS.parse("-0", negative=True).amount) == "0"
    assert POUNDS.parse("about £-5", negative=True) == Money(Decimal(-5), "GBP", Qualifier.ABOUT)
    assert refusal(POUNDS, "-5k", negative=True) == f"{LIKE} '-5k'; write -5,000 in full [amount]"


def test_what_is_written_for_a_volunteer_is_read_as_the_same():
    for region, text, written in (
        (POUNDS, "about 25,000.50", "about 25000.50"),
        (POUNDS, "25,000.00", "25000"),
        (DINARS, "about 25.5000", "about 25.5000"),
        (DINARS, "1025.500", "1025.500"),
        (DINARS, "1000.500", "1000.500"),
        (DINARS, "999.5000", "999.5000"),
        (YEN, "over 25000", "more than 25000"),
    ):
        assert region.write(region.parse(text)) == written
        assert region.parse(written) == region.parse(text)


def test_an_inexact_sum_keeps_three_digits_from_a_thousand_on_and_two_below():
    def shown(text):
        return str(POUNDS.parse(text).rounded_down().amount.to_integral_value())

    assert [shown(f"about {text}") for text in ("99.99", "100", "999.99", "1000", "1009", "10099", "123456")] == [
        *("99", "100", "990", "1000", "1000", "10000", "123000"),
    ]
    assert shown("123456.78") == "123456"
    assert POUNDS.parse("123456.78").in_full() == POUNDS.parse("123456.78")
    assert POUNDS.parse("about 123456.78").in_full() == POUNDS.parse("about 123000")
    assert POUNDS.parse("-5.50", negative=True).rounded_down().amount == -6


@pytest.mark.parametrize(
    ("locale", "script"),
    [
        *(("ar_EG", "arabic-indic"), ("fa_IR", "extended arabic-indic"), ("mr_IN", "devanagari"), ("bn_BD", "bengali")),
        *(("pa_IN", "gurmukhi"), ("gu_IN", "gujarati"), ("or_IN", "oriya"), ("ta_IN", "tamil"), ("te_IN", "telugu")),
        *(("kn_IN", "kannada"), ("ml_IN", "malayalam"), ("th_TH", "thai"), ("lo_LA", "lao"), ("dz_BT", "tibetan")),
        *(("my_MM", "myanmar"), ("km_KH", "khmer"), ("ja_JP", "fullwidth"), ("ko_KR", "fullwidth")),
        ("zh_CN", "fullwidth"),
    ],
)
def test_a_locales_own_digits_are_read_each_as_what_it_is(locale, script):
    names = ("nine", "eight", "seven", "six", "five", "four", "three", "two", "one", "zero")
    digits = "".join(unicodedata.lookup(f"{script} digit {name}") for name in names)
    assert Region("USD", locale).parse(digits).amount == 9876543210
    assert refusal(Region("USD", "de_DE"), digits).startswith("expected an amount like")
