"""How a region's amounts are typed and shown, as another language is told of it."""

import pytest

from campaign.core.reading.amounts import Region
from campaign.core.reading.repository import Repository, repository_on


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


@pytest.mark.parametrize(
    ("branch", "is_of"), [("live", "live"), ("a/b.c-d", "a/b.c-d"), ("", "main"), ("a b", "main"), ("-x", "main")]
)
def test_a_new_file_begins_in_the_branch_that_is_published(branch, is_of):
    told = repository_on("https://github.com/", "someone/roof", branch)
    assert told == Repository("someone/roof", branch=is_of)
    assert told.new_file("content/updates") == f"https://github.com/someone/roof/new/{is_of}/content/updates"
