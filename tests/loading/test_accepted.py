"""What volunteers and their computers write that must be accepted, and is read as it was meant."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from campaign.core.reading.money import Money, Qualifier
from campaign.loading.load import load_campaign
from editors import underlined_in

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
CAMPAIGN = """name: A roof
currency: {currency}
locale: {locale}
goal: 5000000
sources:
  - {{id: page, label: Online page}}
  - {{id: cash, label: Cash, records: receipts}}
milestones:
  - {{id: consent, label: Planning consent}}
"""
HEAD = "title: Cake sale\ndate: 2015-08-26"
STORY = "We sold cakes.\n"


@pytest.fixture
def read(tmp_path):
    """Read one update as a whole campaign, and return its fields, its body and the campaign as it then stands."""

    def read(fields="", *, source=None, currency="GBP", locale="en_GB"):
        content = tmp_path / "content"
        (content / "updates").mkdir(parents=True)
        (content / "campaign.yaml").write_text(CAMPAIGN.format(currency=currency, locale=locale), encoding="utf-8")
        typed = f"---\n{HEAD}\n{fields}\n---\n{STORY}" if source is None else ""
        source = typed.encode() if source is None else source
        (content / "updates/2015-08-26-cake-sale.md").write_bytes(source)
        loaded = load_campaign(tmp_path, content, now=NOW)
        document = loaded.documents["updates/2015-08-26-cake-sale.md"]
        # A list of nothing in the place of a text is what forms write, and nobody in an editor.
        if typed and len(document.fields) > 2:
            assert underlined_in(typed, "update") == []
        return document, loaded.view

    return read


PLAIN = f"---\n{HEAD}\ntotals:\n  page: £25,000\n---\n{STORY}"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(PLAIN.encode(), id="plain"),
        pytest.param(b"\xef\xbb\xbf" + PLAIN.encode(), id="byte order mark"),
        pytest.param(PLAIN.replace("\n", "\r\n").encode(), id="Windows line ends"),
        pytest.param(b"\xef\xbb\xbf" + PLAIN.replace("\n", "\r\n").encode(), id="both"),
        pytest.param(PLAIN.replace("\n", "\r").encode(), id="old Macintosh line ends"),
        pytest.param(PLAIN.replace("---\n", "--- \t \n").encode(), id="spaces after the hyphens"),
        pytest.param(b"\n \n" + PLAIN.encode(), id="empty lines before the hyphens"),
        pytest.param(
            PLAIN.replace("page:", "page:   ").replace("000\n", "000  \n").encode(), id="spaces around values"
        ),
        pytest.param(PLAIN.replace("page:", "page:\t").encode(), id="a tab behind a colon"),
        pytest.param(PLAIN.replace("page:", "page :").encode(), id="a space before a colon"),
        pytest.param(PLAIN.replace("title", "\ntitle").encode(), id="empty lines between fields"),
        pytest.param(
            f"---\n  {HEAD}\n  totals:\n    page: £25,000\n---\n{STORY}".replace("\nd", "\n  d").encode(),
            id="all indented",
        ),
        pytest.param(PLAIN.replace("  page", "     page").encode(), id="indented by five"),
        pytest.param(PLAIN.replace("totals:\n  page: £25,000", "totals: {page: 25000}").encode(), id="in braces"),
        pytest.param(
            PLAIN.replace("totals:\n  page: £25,000", 'totals: {page: "25,000"}').encode(), id="quoted in braces"
        ),
        pytest.param(PLAIN.replace("£25,000", "'£25,000'").encode(), id="in single quotes"),
        pytest.param(PLAIN.replace("£25,000", '"£25,000"').encode(), id="in double quotes"),
        pytest.param(PLAIN.replace("£25,000", "£25,000   # from the page").encode(), id="with a comment"),
        pytest.param(
            PLAIN.replace("title", "# a comment\n#and another\ntitle").encode(), id="comments on lines of their own"
        ),
        pytest.param(PLAIN.replace("£25,000", "£25,000\n# " + "-" * 40).encode(), id="a ruled comment"),
    ],
)
def test_a_file_may_be_written_on_any_computer(read, source):
    document, view = read(source=source)
    assert document.fields == {"title": "Cake sale", "date": "2015-08-26", "totals": document.fields["totals"]}
    assert view.now.raised.exact == Money(Decimal(25000), "GBP")
    assert document.body == STORY


AMOUNTS = {
    ("GBP", "en_GB"): {
        "25000": "25000", "25,000": "25000", "£25,000": "25000", "£ 25,000": "25000", "25,000 GBP": "25000",
        "GBP25000": "25000", "25,000£": "25000", "25000.50": "25000.50", "25,000.50": "25000.50", "0.50": "0.50",
        "£1,000,000": "1000000", "0": "0", "'25,000'": "25000",
    },
    ("USD", "en_US"): {"$25,000": "25000", "25,000.50": "25000.50", "USD 25,000": "25000"},
    ("EUR", "de_DE"): {"25.000": "25000", "25.000,50 €": "25000.50", "25000,50": "25000.50", "25000.50": "25000.50"},
    ("EUR", "fr_FR"): {
        "25 000 €": "25000", "25\u00a0000,50 €": "25000.50", "25\u202f000": "25000", "25\u2009000": "25000",
        "25\u2007000": "25000", "25000": "25000",
    },
    ("EUR", "en_IE"): {"€25,000": "25000"},
    ("PLN", "pl_PL"): {"25 000,50 zł": "25000.50"},
    ("SEK", "sv_SE"): {"25 000 kr": "25000"},
    ("CHF", "de_CH"): {"CHF 25’000.50": "25000.50"},
    ("INR", "en_IN"): {"₹12,34,567": "1234567"},
    ("JPY", "ja_JP"): {"¥25,000": "25000", "￥25,000": "25000", "25000": "25000"},
    ("BHD", "en"): {"1,025.500": "1025.500", "1025.500": "1025.500", "25.5000": "25.500", "25": "25"},
    ("GBP", "cy_GB"): {"£25,000.50": "25000.50"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("currency", "locale", "text", "amount"),
    [(*region, text, amount) for region, amounts in AMOUNTS.items() for text, amount in amounts.items()],
)
def test_an_amount_may_be_written_as_people_there_write_it(read, currency, locale, text, amount):
    _, view = read(f"totals:\n  page: {text}", currency=currency, locale=locale)
    assert view.now.raised.exact == Money(Decimal(amount), currency)


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("about 25,000", Qualifier.ABOUT),
        ("About £25,000", Qualifier.ABOUT),
        ("~25,000", Qualifier.ABOUT),
        ("at least 25,000", Qualifier.AT_LEAST),
        ("25,000+", Qualifier.AT_LEAST),
        ("more than 25,000", Qualifier.MORE_THAN),
        ("over £25,000", Qualifier.MORE_THAN),
    ],
)
def test_a_figure_may_say_that_it_is_not_exact(read, text, qualifier):
    assert read(f"totals:\n  page: {text}")[1].now.raised.exact == Money(Decimal(25000), "GBP", qualifier)


@pytest.mark.parametrize(
    ("currency", "locale", "text", "qualifier"),
    [
        ("PLN", "pl_PL", "około 25 000 zł", Qualifier.ABOUT),
        ("PLN", "pl_PL", "ponad 25 000 złotych", Qualifier.MORE_THAN),
        ("PLN", "en_GB", "about 25,000 zł", Qualifier.ABOUT),
        ("EUR", "de_AT", "ca. 25.000 Euro", Qualifier.ABOUT),
        ("EUR", "de_DE", "mindestens 25.000", Qualifier.AT_LEAST),
        ("EUR", "fr_FR", "À peu près 25 000 €", Qualifier.ABOUT),
        ("EUR", "fr_FR", "plus de 25 000 euros", Qualifier.MORE_THAN),
        ("CHF", "de_CH", "rund 25'000 Franken", Qualifier.ABOUT),
        ("GBP", "en_GB", "25,000 pounds", Qualifier.EXACT),
    ],
)
def test_a_figure_may_say_so_in_the_campaigns_own_language(read, currency, locale, text, qualifier):
    _, view = read(f"totals:\n  page: {text}", currency=currency, locale=locale)
    assert view.now.raised.exact == Money(Decimal(25000), currency, qualifier)


@pytest.mark.parametrize(
    "nothing", ["", "null", "Null", "NULL", "~", "''", '""', "[]", "{}", "[null]", "{page: null}", "  # not yet"]
)
@pytest.mark.parametrize("field", ["totals", "received", "reached", "summary", "status", "image", "as_of", "jump"])
def test_a_field_that_says_nothing_is_absent(read, field, nothing):
    document, view = read(f"{field}: {nothing}")
    assert document.fields == {"title": "Cake sale", "date": "2015-08-26"}
    assert view.now.raised is None


@pytest.mark.parametrize(
    "text",
    [
        "No", "Yes", "on", "off", "true", "010", "12:30", "25.000", "0x1F", "1e5", "NaN", "2015-02-30", "5/2/2016",
        "1_000", "Mum’s walk", "“Half way”", "Half’ way", "Walk#3", "Half way!", "50% there", "http://example.org",
        "Half way 🎉 👨\u200d👩\u200d👧",
        "10:30 start", "-5 degrees", "~ half", "£25,000 & more", "a @ b", "naïve café – Tŷ", "عربي",
        "1,586", "null and void",
    ],
)  # fmt: skip
def test_a_text_stays_the_text_that_was_typed(read, text):
    document, view = read(source=f"---\ntitle: {text}\ndate: 2015-08-26\nauthor: {text}\n---\n{STORY}".encode())
    assert document.fields["title"] == text
    assert view.updates[0].title == view.updates[0].author == text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("'No'", "No"),
        ('"Walk #3"', "Walk #3"),
        ("'James''s walk: done'", "James's walk: done"),
        ('"null"', "null"),
        ('"*cakes* & {tea}"', "*cakes* & {tea}"),
        ("Cakes\n  and tea", "Cakes and tea"),
        (">\n  Cakes\n  and tea", "Cakes and tea"),
        ("|\n  Cakes\n  #and tea", "Cakes\n#and tea"),
        (">-\n  Walk #3: done", "Walk #3: done"),
    ],
)
def test_quotation_marks_and_longer_texts_are_yamls_own(read, written, text):
    assert read(f"summary: {written}")[0].fields["summary"] == text


@pytest.mark.parametrize(
    "fields",
    [
        "received:\n  - {source: cash, amount: 1586, from: Mum's walk}",
        'received:\n  - {source: cash, amount: "1,586", from: "Walk, talk & tea: the #3"}',
        "received: [{source: cash, amount: 1586}]",
        "received:\n  - source: cash\n    amount: 1,586\n    from: Walk, talk and tea",
        "received:\n- source: cash\n  amount: 1,586",
        "received:\n  -\n    source: cash\n    amount: 1,586",
        "received:\n  - {\n      source: cash,  # the tin\n      amount: 1586,\n    }",
        "received:\n  - {source: cash, amount: 1586, event: , cause: null}",
        "received:\n  - {source: cash, amount: 1600}\n  - {source: cash, amount: -14}\ncorrection: A note was foreign.",
    ],
)
def test_a_list_may_be_written_in_any_of_yamls_ways(read, fields):
    assert read(fields)[1].now.raised.exact.amount == 1586


@pytest.mark.parametrize(
    "written", ["reached: [consent]", "reached:\n  - consent", "reached:\n- consent", "reached: ['consent']"]
)
def test_a_list_of_names_may_be_written_in_any_of_yamls_ways(read, written):
    assert read(written)[1].milestones[0].reached is not None


@pytest.mark.parametrize(
    "text",
    ["2015-08-26", "'2015-08-26'", "2015-08-26 18:30", "2015-08-26T18:30", "2015-08-26 18:30:00", '"2015-08-26 00:00"'],
)
def test_a_date_may_say_the_time(read, text):
    document, view = read(source=f"---\ntitle: Cake sale\ndate: {text}\n---\n{STORY}".encode())
    assert view.updates[0].day == date(2015, 8, 26)
    assert document.body == STORY


def test_a_story_may_hold_what_front_matter_may_not(read):
    story = "Heading\n=======\n\n---\n\n\tcode with a Tab\n\ntitle: no field\n\n> > > quoted\n\n*cakes* & [tea](https://example.org)\n"
    document, _ = read(source=f"---\n{HEAD}\n---\n{story}".encode())
    assert document.body == story
    assert document.body_line == 5


def test_an_update_needs_no_story_and_no_line_end(read):
    document, _ = read(source=f"---\n{HEAD}\n---".encode())
    assert document.body == ""


def test_the_file_is_found_whatever_folder_it_is_read_from(read, monkeypatch, tmp_path):
    monkeypatch.chdir(os.sep)
    assert read("totals:\n  page: 25,000")[1].updates[0].path == "content/updates/2015-08-26-cake-sale.md"
