"""Where a site will be: one address, read strictly, that never repeats a password."""

import pytest

from campaign.core.reading.problems import FieldError
from campaign.core.reading.site_address import parse_site_address

LIKE = "like SITEURL=https://example.org"


def refusal(text):
    with pytest.raises(FieldError) as refused:
        parse_site_address(text)
    return refused.value.name, refused.value.message


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://example.org", "https://example.org"),
        (" https://example.org/ ", "https://example.org"),
        ("http://example.org:8000/the/roof//", "http://example.org:8000/the/roof"),
        ("http://localhost", "http://localhost"),
        ("https://dach-für-łódź.example", "https://dach-für-łódź.example"),
        ("https://example.org/~amy/a.b_c-d%20e", "https://example.org/~amy/a.b_c-d%20e"),
    ],
)
def test_a_site_has_one_address_without_a_slash_at_its_end(text, address):
    assert parse_site_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        *("", "example.org", "ftp://example.org", "https://", "https:///roof", "https://-a.org", "https://a b.org"),
        *("https://example.org/../a", "https://example.org/./a", "https://example.org/a//b", "https://example.org:x"),
    ],
)
def test_what_is_no_address_of_a_site_is_refused(text):
    assert refusal(text) == ("address", f"SITEURL must say where the site will be, {LIKE}")


def test_nothing_stands_behind_the_folders():
    for text in ("https://example.org?a=b", "https://example.org/roof#top"):
        assert refusal(text) == ("address", f"SITEURL must say where the site will be and nothing after it, {LIKE}")


def test_a_password_is_refused_and_never_said_again():
    name, message = refusal("https://amy:secret@example.org/roof/")
    assert (name, message) == (
        "address",
        "SITEURL must not hold a name or a password, since every page shows it: write https://example.org/roof",
    )
