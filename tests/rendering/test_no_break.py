"""No amount and no date of a story is broken over a line, and nothing is said otherwise than it was."""

import re

import pytest
from babel.localedata import locale_identifiers

from campaign.rendering.no_break import unbroken

KEPT = {
    ("en_GB", "GBP"): (
        "26 August 2015",
        "26th August",
        "August 2015",
        "5 Feb 2016",
        "£2.5 million",
        "12 km",
        "3 hours",
        "50 GBP",
        "£ 300",
        "40 %",
    ),
    ("en_US", "USD"): ("August 26, 2015", "August 26", "Aug 26, 2015"),
    ("de_DE", "EUR"): ("26. August 2015", "26. August", "1.204,50 €", "2 Millionen €", "43 %", "5 Kilometer"),
    ("fr_FR", "EUR"): ("26 août 2015", "1er août 2015", "25 000 €", "1 250 000,50 €"),
    ("pl_PL", "PLN"): ("26 sierpnia 2015", "25 000 zł", "3,5 tys. zł"),
    ("es_ES", "EUR"): ("26 de agosto de 2015", "300 €"),
    ("sv_SE", "SEK"): ("26 augusti 2015", "25 000 kr"),
}


@pytest.mark.parametrize(("locale", "currency"), KEPT)
def test_an_amount_and_a_date_stay_on_one_line(locale, currency):
    for said in KEPT[locale, currency]:
        html = f"<p>So {said} it is,\nand <b>{said}</b></p>"
        whole = said.replace(" ", "\u00a0")
        assert unbroken(html, locale, currency) == f"<p>So {whole} it is,\nand <b>{whole}</b></p>", said


def test_nothing_else_is_joined_and_code_and_addresses_are_left_alone():
    for said in (
        "<p>In 2015 200 people came, 7 of them twice</p>",
        "<p>Room 12 was marvellous. May we? 3 mice</p>",
        '<p><a href="https://x.example/a 5 km" title="5 km">5</a></p>',
        "<pre><code>26 August 2015</code></pre>",
        "<p>5</p> <p>km</p>",
    ):
        assert unbroken(said, "en_GB", "GBP") == said


def test_only_spaces_are_changed():
    story = "<p>On 26\nAugust 2015 we had £ 25,000, 5 &amp; 6 km, 1&nbsp;200 £ and <em>4 weeks</em>.</p>"
    after = unbroken(story, "en_GB", "GBP")
    assert after != story
    assert re.sub(r"\s", " ", after) == re.sub(r"\s", " ", story)


def test_every_language_is_known_as_far_as_it_goes():
    for language in ("ja", "ar", "he", "zh", *sorted(name for name in locale_identifiers() if "_" not in name)[::9]):
        assert unbroken("<p>300 €, 5 %</p>", language, "EUR") == "<p>300\u00a0€, 5\u00a0%</p>", language
