"""How templates write figures and dates."""

from datetime import date
from decimal import Decimal

from campaign.core.figures.exchange import Rate
from campaign.core.reading.dates import Period
from campaign.core.reading.money import Count, Money, Qualifier
from campaign.core.reading.region import Region
from campaign.loading.translations import CATALOGS
from campaign.rendering.filters import filters
from campaign.verifying.voice import voice_of
from writing import a_campaign, an_update

BRITISH = filters(Region("GBP", "en_GB"))
FRENCH = filters(Region("EUR", "fr_FR"))
GERMAN = filters(Region("EUR", "de_DE"), {"about": "etwa", "the end of %s": "Ende %s"}.get)


def test_money_is_written_as_the_locale_does_with_its_qualifier_in_words():
    money = Money(Decimal("25000.50"), "GBP", Qualifier.ABOUT)
    assert BRITISH["say"](money) == "about £25,000.50"
    assert (BRITISH["money"](money), BRITISH["qualifier"](money)) == ("£25,000.50", "about")
    assert GERMAN["say"](Money(Decimal(25000), "EUR", Qualifier.ABOUT)) == "etwa 25.000\u00a0€"
    assert BRITISH["say"](Money(Decimal(5), "GBP")) == "£5"


def test_a_rate_is_written_with_every_digit_that_it_has():
    update = an_update(a_campaign(), "2024-01-01")
    for worth, british, german in (
        ("0.7931", "£0.7931", "0,7931\u00a0€"),
        ("0.8", "£0.80", "0,80\u00a0€"),
        ("4", "£4", "4\u00a0€"),
    ):
        rate = Rate("USD", Decimal(worth), date(2024, 1, 1), update)
        assert BRITISH["worth"](rate) == f"US$1\u00a0=\u00a0{british}"
        assert GERMAN["worth"](rate) == f"1\u00a0$\u00a0=\u00a0{german}"
        voices = (voice_of(Region("GBP", "en_GB"), CATALOGS), voice_of(Region("EUR", "de_DE"), CATALOGS))
        assert [voice.worth(rate) for voice in voices] == [("US$1", british), ("1\u00a0$", german)]


def test_a_column_has_room_for_the_longest_of_its_amounts():
    amounts = [Money(Decimal(25_000), "GBP"), Money(Decimal(5), "GBP")]
    assert (len(BRITISH["money"](amounts[0])), BRITISH["column"](amounts)) == (7, "4.62em")
    assert BRITISH["column"](amounts[1:]) == "1.32em"


def test_a_day_never_breaks_over_a_line():
    assert BRITISH["day"](date(2015, 8, 26)) == "26\u00a0August\u00a02015"


def test_the_first_of_a_month_is_an_ordinal_in_french():
    assert [FRENCH["day"](date(2025, 12, day)) for day in (1, 2, 11, 21)] == [
        f"{day}\u00a0décembre\u00a02025" for day in ("1er", "2", "11", "21")
    ]
    assert BRITISH["day"](date(2025, 12, 1)) == "1\u00a0December\u00a02025"


def test_a_name_within_a_sentence_has_a_small_article_where_its_language_has_one():
    within = "the parish council and the county"
    names = BRITISH["names"](["The parish council", "The county"])
    assert names.replace("<span data-said>", "").replace("</span>", "") == within
    assert "die Gemeinde" in GERMAN["names"](["Die Gemeinde"])
    assert "NFZ" in BRITISH["names"](["NFZ"])
    assert "Theatre" in BRITISH["names"](["Theatre fund"])
    assert "The fund" in FRENCH["names"](["The fund"])


def test_a_month_that_something_is_due_by_is_its_end():
    assert BRITISH["due"](Period(2016, 2)) == "the end of February\u00a02016"
    assert GERMAN["due"](Period(2016, 2)) == "Ende Februar\u00a02016"
    assert BRITISH["due"](Period(2016, 2, 5)) == "5\u00a0February\u00a02016"
    assert [BRITISH["period"](p) for p in (Period(2016), Period(2016, 2), Period(2016, 2, 5))] == [
        "2016",
        "February\u00a02016",
        "5\u00a0February\u00a02016",
    ]


def test_numbers_counts_shares_and_positions():
    assert BRITISH["number"](1800) == "1,800"
    assert BRITISH["count"](Count(1800, Qualifier.MORE_THAN)) == "more than 1,800"
    assert (BRITISH["percent"](112), GERMAN["percent"](50)) == ("112%", "50\u00a0%")
    assert [BRITISH["position"](Decimal(p)) for p in ("0.00", "62.69", "100.00")] == ["0%", "62.69%", "100%"]
    assert BRITISH["decimal"](Money(Decimal("1E+3"), "GBP")) == "1000"


def test_a_sentence_that_begins_with_a_figure_begins_with_a_capital():
    assert (BRITISH["capital"]("about £5"), BRITISH["capital"]("")) == ("About £5", "")
