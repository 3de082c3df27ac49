"""The form and the check agree: what the one accepts the other accepts, reads as the same, and shows as was said."""

import functools
import random
import time

import pytest

from browser.writing.agreement import disagreements, of_one, read_by_check
from browser.writing.cases import ODD, PLACES, READ, amount, data_of, loaded, modules, region_of, write_content
from campaign.core.reading.dates import parse_day, parse_period
from campaign.core.reading.fields import parse_rate
from campaign.core.reading.problems import FieldError
from campaign.core.reading.slug import of_language, slug, written_letters
from campaign.loading import load
from campaign.loading.load import Loaded
from campaign.rendering.write_data import region_data

AMOUNTS = """([region, texts, negative]) => texts.map((text) => {
  try {
    const { units, qualifier, currency } = amount(text, region, negative);
    return { units: String(units), qualifier, currency };
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    return refused.message;
  }
})"""
OTHERS = """([name, texts, region]) => texts.map((text) => {
  try {
    const value = window[name](text, region);
    return typeof value === "bigint" ? String(value) : value.number === undefined ? String(value)
      : `${value.qualifier} ${value.number}`.trim();
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    return null;
  }
})"""
PIECES = (
    *("0", "1", "5", "25", "000", "12", ",", ".", " ", "'", "-", "−", "£", "€", "zł", "about ", "~", "+", "k", "m"),
    *("approx ", "ish", "\u00a0", "\u202f", "p", "O", "l", "“", "”", "to", "USD", "EUR", "pounds", "etwa ", "_", "½"),
)


@pytest.fixture(scope="module")
def form(browser):
    """The form's modules in a page."""
    page = browser.new_page()
    with modules(page) as ready, pytest.MonkeyPatch.context() as patch:
        # Reading the catalog of a language takes longer than reading an appeal in it.
        patch.setattr(load, "vocabulary", functools.cache(load.vocabulary))
        yield ready
    page.close()


def other_readings(form, seed, number):
    """Amounts that form and check read, or refuse, in different ways: in every place, some of them junk."""
    dice = random.Random(seed)
    for locale, currency in PLACES:
        region = region_of(locale, currency)
        texts = [*ODD, *(amount(dice, region) for _ in range(number))]
        texts += ["".join(dice.choices(PIECES, k=dice.randint(1, 6))) for _ in range(number)]
        texts = [text for text in (" ".join(text.split()) for text in texts) if text]
        for negative in (False, True):
            read = form.evaluate(AMOUNTS, [region_data(region), texts, negative])
            for text, said in zip(texts, read, strict=True):
                if said != (right := read_by_check(region, text, negative=negative)):
                    yield f"{locale} {text!r}: {said}, and not {right}"


def refused_as_none(read, *given):
    try:
        return str(read(*given))
    except FieldError:
        return None


def said_count(region, text):
    return region.say_count(region.parse_count(text))


def billionths(text, region):
    return int(parse_rate(text, region).scaleb(9))


def written_period(text):
    return parse_period(text, year=True).isoformat()


def test_an_amount_is_read_as_the_check_reads_it_or_refused_in_the_same_words(form):
    assert list(other_readings(form, 1, 15)) == []


def test_counts_rates_and_days_are_read_as_the_check_reads_them(form):
    days = (
        "2016-02-05",
        "2016-02-30",
        "2016-2-5",
        "0000-01-01",
        "2016-13-01",
        "5/2/2016",
        "2016",
        "2016-02",
        "2016-00",
    )
    rates = ("0.79", "0,79", "1.270", "1,270", "0", "0.0", "79", "x", "1.", ".5", "-1", "1e3", "0.123456789", "12345.6")
    for locale, currency in PLACES:
        region = region_of(locale, currency)
        data = region_data(region)
        counts = ("1800", region.number(1800), "12.5", "more than 1,800", "about 5", "~5", "x", "-1", "+5", "5+", "007")
        told = [refused_as_none(said_count, region, text) for text in counts]
        bare = [said and "".join(sign for sign in said if sign not in f"{region.group} \u202f") for said in told]
        found = [said and said.replace(" ", "") for said in form.evaluate(OTHERS, ["count", counts, data])]
        assert found == bare, locale
        worth = [refused_as_none(billionths, text, region) for text in rates]
        assert form.evaluate(OTHERS, ["rate", rates, data]) == worth, locale
    assert form.evaluate(OTHERS, ["readDay", days, {}]) == [refused_as_none(parse_day, day) for day in days]
    periods = [refused_as_none(written_period, day) for day in days]
    assert form.evaluate(OTHERS, ["readPeriod", days, True]) == periods


@pytest.mark.parametrize("locale", ["en_GB", "de_DE", "pl_PL", "uk_UA", "sr_RS", "da_DK"])
def test_a_file_is_named_as_the_command_line_names_it(form, locale):
    titles = (
        "Half way there!",
        "Łódź, für Zoë",
        "Ελλάδα μου",
        "Щастя їм",
        "l'été à Åre",
        "ありがとう",
        "x" * 90,
        "--",
        "ß Æ ð",
    )
    data = {"own": of_language(locale), "letters": written_letters(), "longest": 60}
    named = form.evaluate("([titles, data]) => titles.map((title) => slug(title, data))", [titles, data])
    assert named == [slug(title, locale) for title in titles]


def test_what_the_form_accepts_the_check_accepts_and_shows_and_what_it_refuses_is_said_before(form, tmp_path):
    found = [line for seed in range(24) for line in disagreements(form, tmp_path, seed, 6)]
    assert found == []


DOUBTED = """\
name: A roof
currency: GBP
locale: en_GB
goal: 20,000
timezone: UTC
sources:
  - {id: bank, label: Bank}
  - {id: shop, label: Shop}
  - {id: cash, label: Cash, records: receipts}
  - {id: abroad, label: Abroad, currency: USD}
counters:
  - {id: petition, label: signatures}
"""
BEFORE_DOUBTS = """---
title: Begun
date: 2026-06-01
totals:
  bank: 12,000
received:
  - {source: cash, amount: 300}
counters:
  petition: 900
---
We began.
"""
CASH = {"received.0.into": "source:cash"}
DOUBTS: tuple[tuple[dict[str, str], set[str]], ...] = (
    ({"totals.bank": "12,400"}, set()),
    ({"totals.bank": "19,700"}, {"raised"}),
    ({"totals.bank": "20,100"}, {"bank"}),
    ({"totals.shop": "4,000"}, set()),
    ({"totals.shop": "4,001"}, {"shop"}),
    ({**CASH, "received.0.amount": "600"}, set()),
    ({**CASH, "received.0.amount": "601"}, {"cash"}),
    ({**CASH, "received.0.amount": "7,700", "jump": "One cheque."}, set()),
    ({"totals.abroad": "100", "rates.USD": "0.79"}, {"rates:USD"}),
    ({"counters.petition": "2,700"}, set()),
    ({"counters.petition": "2,701"}, {"counters:petition"}),
    ({"counters.petition": "899"}, {"counters:petition"}),
    ({"promised.0.amount": "10,000"}, set()),
    ({"promised.0.amount": "10,001"}, {"promised:0"}),
    ({"promised.0.amount": "10,001", "ends": "stopped"}, set()),
)
"""What is typed, and of what the form then asks whether it is right."""


def test_the_form_asks_whether_a_figure_is_right_where_the_check_asks_it(form, tmp_path):
    files = {"campaign.yaml": DOUBTED, "updates/2026-06-01-begun.md": BEFORE_DOUBTS}
    content = write_content(tmp_path, files)
    before = loaded(content)
    assert isinstance(before, Loaded)
    shared = {"kind": "update", "title": "News", "story": "Thank you.", "date": "2026-06-20"}
    # Each twice: what is asked is answered every other time.
    typed = [{**shared, **strings} for strings, _ in DOUBTS for _ in "12"]
    results = form.evaluate(READ, [data_of(before), typed])
    for (strings, asked), unanswered, answered in zip(DOUBTS, results[::2], results[1::2], strict=True):
        assert {each["key"] for each in unanswered["doubts"]} == asked, strings
        assert {each["field"] for each in unanswered["problems"]} == {f"right.{key}" for key in asked}, strings
        assert answered["problems"] == [], strings
        assert list(of_one(content, before, answered)) == [], strings


EVENTS = (
    {"when.day": "2026-07-04", "when.time": "10:30", "place": "The park: by the gate"},
    {"when.period": "2026-08", "said": "2026-06-20"},
    {"when.period": "2026", "summary": "Come all", "draft": "yes"},
    {"when.day": "2026-05-01", "held": "yes"},
    {"cancelled": "yes"},
    {"when.time": "10:30"},
    {"when.period": "August"},
    {"when.day": "2026-07-04", "when.period": "2026-07"},
    {"when.day": "2026-07-04", "held": "yes"},
    {"held": "yes", "cancelled": "yes"},
    {"said": "2026-06-21"},
    {"title": ""},
)
"""Of these, the first five can be."""


def test_an_event_that_the_form_accepts_is_one_that_the_check_accepts(form, tmp_path):
    content = write_content(tmp_path, {"campaign.yaml": "name: A roof\ncurrency: GBP\ngoal: 500\ntimezone: UTC\n"})
    typed = [{"kind": "event", "title": "A walk", "story": "Bring a drum.", **each} for each in EVENTS]
    for number, result in enumerate(form.evaluate(READ, [data_of(loaded(content)), typed])):
        assert bool(result["problems"]) == (number >= 5), (typed[number], result["problems"])
        if not result["problems"]:
            (content / "events").mkdir(exist_ok=True)
            (tmp_path / result["file"]["path"]).write_text(result["file"]["text"], encoding="utf-8")
            assert isinstance(loaded(content), Loaded), loaded(content)
            (tmp_path / result["file"]["path"]).unlink()


@pytest.mark.attack
def test_form_and_check_agree_for_as_long_as_the_attack_goes_on(form, tmp_path, seconds):
    end, seed = time.monotonic() + seconds, 1000
    while time.monotonic() < end:
        seed += 1
        assert list(disagreements(form, tmp_path, seed, 12)) == []
        if seed % 40 == 0:
            assert list(other_readings(form, seed, 100)) == []
