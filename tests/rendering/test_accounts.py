"""Bank accounts to give to: each value stands by itself, is copied whole, and no other can take its place."""

import re

import pytest
import segno

from surfaces import ADDRESS, surfaces

GIVE = """\
give:
  - {label: JustGiving, url: "https://www.justgiving.com/x"}
  - {label: Bank transfer, account: {name: Roof & hall, sort_code: 20-00-00, number: 55779911, reference: JAMES}}
  - {label: From abroad, account: {name: Roof & hall, iban: GB29 NWBK 6016 1331 9268 19, bic: NWBKGB2L}}
"""
HEAD = "name: A new roof\ngoal: 50,000\n"
PROMISE = "promise: {too_much: More., too_little: Less., not_needed: Another.}\n"
BRITISH = f"{HEAD}{PROMISE}currency: GBP\n{GIVE}"
EURO = f"""\
name: Ein neues Dach
goal: 50.000
currency: EUR
locale: de_DE
{PROMISE}give:
  - label: Überweisung
    account: {{name: Für das Dach, iban: DE89 3704 0044 0532 0130 00, bic: COBADEFFXXX, reference: DACH 2024}}
"""
FIRST = {"2024-02-01": "totals:\n  raised: 12345"}


@pytest.fixture(scope="module")
def british(tmp_path_factory):
    of = surfaces(tmp_path_factory.mktemp("british"), BRITISH, FIRST)
    of.faults("404.html")  # the frame that all pages share
    return of


@pytest.fixture(scope="module")
def euro(tmp_path_factory):
    of = surfaces(tmp_path_factory.mktemp("euro"), EURO, FIRST)
    of.faults("404.html")
    return of


def values(text):
    return re.findall(r'<span class="value" dir="auto" data-said>(.*?)</span>', text)


def copied(text):
    return re.findall(r'data-copy="(.*?)"', text)


def drawn(text):
    return re.findall(r'class="qr">.*? d="([^"]*)"', text)


def code(text, *, boost):
    made = segno.make_qr(text, error="m", boost_error=boost, encoding="utf-8")
    return made.svg_inline().partition(' d="')[2].partition('"')[0]


def test_each_value_stands_by_itself_and_is_copied_as_banks_take_it(british):
    page = british.page("index.html")
    assert values(page) == [
        *("Roof &amp; hall", "20-00-00", "55779911", "JAMES"),
        *("Roof &amp; hall", "GB29 NWBK 6016 1331 9268 19", "NWBKGB2L"),
    ]
    assert copied(page) == [
        *("Roof &amp; hall", "200000", "55779911", "JAMES"),
        *("Roof &amp; hall", "GB29NWBK60161331926819", "NWBKGB2L"),
    ]
    # The script shows the buttons; without it each value can be selected whole.
    assert all(" hidden>" in button for button in re.findall(r"<button[^>]*data-copy[^>]*>", page))
    assert ".account .value{user-select: all" in page
    assert drawn(page) == []


def test_apps_of_banks_find_a_code_beside_an_account_in_euros(euro):
    page, account = euro.page("index.html"), euro.view.ways[0].account
    assert drawn(page) == [code(account.epc, boost=False)]
    assert re.search(
        r"<details>\s*<summary>Ein Code für die Banking-App</summary>\s*<div class=\"code\" role=\"img\"", page
    )
    assert 'aria-label="Ein Code für Bank-Apps: eine Überweisung an Für das Dach"' in page
    assert drawn(euro.page("poster.html")) == [code(account.epc, boost=False), code(f"{ADDRESS}/", boost=True)]


def test_the_code_is_in_the_letters_that_it_says_it_is_in(euro):
    account = euro.view.ways[0].account
    assert "ü" in account.epc and account.epc.splitlines()[2] == "1"  # UTF-8
    assert code(account.epc, boost=False) != segno.make_qr(account.epc, error="m", boost_error=False).svg_inline()
    made = segno.make_qr(account.epc, error="m", boost_error=False, encoding="utf-8")
    assert (made.error, made.version <= 13) == ("M", True)


def test_the_poster_has_the_accounts_to_read_and_nothing_to_press(british):
    poster = british.page("poster.html")
    assert values(poster) == values(british.page("index.html"))
    assert copied(poster) == []


def test_the_page_for_editors_has_its_texts_to_copy_before_the_accounts(british):
    assert copied(british.page("editors.html"))[-7:] == copied(british.page("index.html"))
    assert british.faults("editors.html") == []
    assert british.faults("editors.html", 'data-copy="55779911"', 'data-copy="55779912"') != []


def test_a_poster_has_room_for_two_accounts(tmp_path):
    third = "  - {label: Third, account: {name: Third, sort_code: 20-00-01, number: 55779912}}\n"
    of = surfaces(tmp_path, BRITISH + third, FIRST)
    of.faults("404.html")
    assert "Third" in of.page("index.html") and "Third" not in of.page("poster.html")
    assert of.faults("poster.html") == of.faults("index.html") == []


@pytest.mark.parametrize("campaign", [BRITISH, EURO])
def test_an_examples_account_is_there_to_read_only(tmp_path, campaign):
    of = surfaces(tmp_path, f"{campaign}example: true\n", FIRST)
    of.faults("404.html")
    assert values(of.page("index.html")) and copied(of.page("index.html")) == drawn(of.page("index.html")) == []
    assert values(of.page("poster.html")) == []
    assert of.faults("index.html") == of.faults("poster.html") == []


def test_an_account_that_is_closed_or_whose_goal_is_reached_is_not_asked_for(tmp_path):
    closes = BRITISH.replace("label: From abroad,", "label: From abroad, closes: 2024-06-30,")
    of = surfaces(tmp_path, closes, {"2024-02-01": "totals:\n  raised: 56000"})
    of.faults("404.html")
    assert "GB29" not in of.page("index.html") and "55779911" in of.page("index.html")
    assert values(of.page("poster.html")) == []
    assert of.faults("index.html") == of.faults("poster.html") == []


@pytest.mark.parametrize("place", ["index.html", "money.html", "poster.html", "poster-strips.html"])
def test_a_right_page_is_right(british, euro, place):
    assert british.faults(place) == euro.faults(place) == []


NUMBER = "GB29 NWBK 6016 1331 9268 19"
WRONG = [
    ("index.html", f">{NUMBER}<", f">{NUMBER[:-2]}91<", "by itself, in its place"),
    ("index.html", f">{NUMBER}<", f">{NUMBER}X<", "by itself, in its place"),
    ("index.html", ">JAMES<", ">JAMESON<", "must say “JAMES” of a bank account by itself"),
    ("index.html", 'data-copy="55779911"', 'data-copy="55779912"', "offers Roof & hall, 200000, 55779912"),
    ("index.html", 'data-copy="JAMES"', 'data-copy="JAME"', "to be copied, which must be"),
    ("index.html", "</dl>", "</dl><p><span>20-00-00</span></p>", "must say the account number 20-00-00 1 times"),
    ("poster.html", ">55779911<", ">55779912<", "must say “55779911” of a bank account by itself"),
    ("poster.html", "</main>", '<p data-copy="1">1</p></main>', "has data-copy in <p>"),
    ("poster.html", 'stroke="#000" d="M4 4.5h7', 'stroke="#000" d="M4 4.5h6', "has a code to scan that is none"),
]


@pytest.mark.parametrize(("place", "old", "new", "said"), WRONG)
def test_what_is_wrong_about_an_account_is_found(british, place, old, new, said):
    found = british.faults(place, old, new, 1)
    assert [fault for fault in found if said in fault], found


def test_another_banks_code_is_found(euro):
    right = code(euro.view.ways[0].account.epc, boost=False)
    wrong = code(euro.view.ways[0].account.epc.replace("DE89", "DE90"), boost=False)
    for place in ("index.html", "poster.html"):
        assert "has a code to scan that is none of this page’s" in euro.faults(place, right, wrong)
