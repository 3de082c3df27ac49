"""How a region's amounts are typed and shown, as another language is told of it."""

import pytest

from campaign.core.reading.region import Region


@pytest.mark.parametrize(
    ("locale", "currency", "plus", "minus", "group", "decimal", "groups"),
    [
        ("en_GB", "GBP", ("£", ""), ("-£", ""), ",", ".", (3, 3)),
        ("de_DE", "EUR", ("", "\u00a0€"), ("-", "\u00a0€"), ".", ",", (3, 3)),
        ("en_IN", "INR", ("₹", ""), ("-₹", ""), ",", ".", (3, 2)),
        ("ja_JP", "JPY", ("￥", ""), ("-￥", ""), ",", ".", (3, 3)),
        ("en_US", "BHD", ("BHD", ""), ("-BHD", ""), ",", ".", (3, 3)),
    ],
)
def test_what_stands_around_and_between_the_digits(locale, currency, plus, minus, group, decimal, groups):
    writing = Region(currency, locale).writing
    assert (writing.plus, writing.minus, writing.group) == (plus, minus, group)
    assert (writing.decimal, writing.groups) == (decimal, groups)


def test_what_is_typed_for_a_sign_a_name_and_a_word():
    writing = Region("GBP", "en_GB").writing
    assert writing.symbols == ("GBP", "£")
    assert "pounds" in writing.names
    assert writing.words == {"about": ("about", "~"), "at least": ("at least",), "more than": ("more than", "over")}
    assert writing.digits == {}
    assert Region("EGP", "ar_EG").writing.digits["٣"] == "3"
