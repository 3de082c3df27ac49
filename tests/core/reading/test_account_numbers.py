"""Account numbers in a text are found as people write them, and a wrong digit in one is seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.reading.account_numbers import accounts_in, epc_text

IBAN = "GB29 NWBK 6016 1331 9268 19"
POLISH = "61 1090 1014 0000 0712 1981 2874"


def found(text):
    return [(account.number, not account.fault) for account in accounts_in(text)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (IBAN, "GB29NWBK60161331926819"),
        ("gb29nwbk60161331926819", "GB29NWBK60161331926819"),
        (f"To {IBAN} JAMES, please", "GB29NWBK60161331926819"),
        ("Konto DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000 (Verein)", "DE89370400440532013000"),
        ("BE68 5390 0754 7034", "BE68539007547034"),
        ("LI23 0881 0ABC DEFG HI12 3", "LI2308810ABCDEFGHI123"),
        ("BE41 5390 0754 7035", "BE41539007547035"),  # of a bank that no register knows
        (POLISH, POLISH.replace(" ", "")),
        (f"PL {POLISH}", f"PL{POLISH.replace(' ', '')}"),
        ("sort code 20-00-00, account 55779911", "200000 55779911"),
        ("Sort code: 20 00 00\nAccount number: 5577 9911.", "200000 55779911"),
    ],
)
def test_a_number_is_found_however_it_is_written(text, number):
    assert found(text) == [(number, True)]


@pytest.mark.parametrize(
    "text",
    [
        "GB29 NWBK 60166 1331 9268 19",
        "GB29 NWBK 6016 1331 9268 1",
        "GB29 NWBK 6016 1331 9268 195",
        "GB29NWBK601613319268195",
        "GB29 NWBK 6016 1331 9268 1 JAMES",
        "61 1090 1014 0000 0712 1981 287",
        "61 1090 1014 0000 0712 1981 28744",
        "sort code 20-00-00, account 5577991",
        "sort code 20-00-00, account 557799111",
    ],
)
def test_a_digit_too_many_or_too_few_is_seen(text):
    assert [is_right for _, is_right in found(text)] == [False]


@given(st.sampled_from((IBAN, f"PL{POLISH}", POLISH, "DE89370400440532013000")), st.data())
def test_one_wrong_digit_never_passes(number, data):
    places = [place for place, sign in enumerate(number) if sign.isdigit()]
    place = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != number[place]]))
    assert [is_right for _, is_right in found(number[:place] + digit + number[place + 1 :])] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We met at 12 to 14 May 2015, and ES2024 was the year.",
        "Call 020 7946 0958 or +44 7700 900123.",
        "no12 345 678 901 signatures",
        "No12 345 678 901 signatures",
        "LI96 0881 0ABC DEFG HIJ1 2",
        "Ref GB12 is not a number",
        "On 12-05-24 it rained.",
        "XX29 NWBK 6016 1331 9268 19",
    ],
)
def test_nothing_else_is_taken_for_one(text):
    assert found(text) == []


def test_each_is_named_once():
    assert found(f"{IBAN} and {IBAN}, and PL{POLISH}") == [
        ("GB29NWBK60161331926819", True),
        (f"PL{POLISH.replace(' ', '')}", True),
    ]


EUROS_ALONE = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"
WITH_A_BIC = "AD AL CH GB GI MC MD ME MK RS SM VA"


@pytest.mark.parametrize("country", EUROS_ALONE.split())
def test_a_code_to_scan_needs_no_bic_where_banks_of_the_single_area_take_euros(country):
    assert epc_text("A", f"{country}001", "", "") == f"BCD\n002\n1\nSCT\n\nA\n{country}001"


@pytest.mark.parametrize("country", WITH_A_BIC.split())
def test_a_code_to_scan_needs_a_bic_where_banks_beyond_take_euros(country):
    assert epc_text("A", f"{country}001", "", "") is None
    assert epc_text("A", f"{country}001", "BANK", "Roof") == f"BCD\n002\n1\nSCT\nBANK\nA\n{country}001\n\n\n\nRoof"


def test_a_code_to_scan_holds_three_hundred_and_thirty_one_bytes_and_no_more():
    longest = "é" * 130 + "x" * 45  # 305 bytes behind 26: BCD, 002, 1, SCT, A and DE001, and the ends of ten lines
    found = epc_text("A", "DE001", "", longest)
    assert found is not None and len(found.encode()) == 331
    assert epc_text("A", "DE001", "", f"{longest}x") is None


def test_a_bank_that_takes_no_euros_gets_no_code_to_scan():
    assert epc_text("A", "TR001", "BANK", "") is None
