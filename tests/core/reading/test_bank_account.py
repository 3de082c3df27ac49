"""A bank account to give to: check digits fit, it is written as people read it, and banks' apps can scan it."""

import pytest

from writing import a_campaign, campaign_refusal

GERMAN = "DE89 3704 0044 0532 0130 00"


def account(fields, rest="currency: EUR"):
    return a_campaign(f"{rest}\ngive:\n  - {{label: Transfer, account: {{{fields}}}}}").give[0].account


def refusal(fields):
    return campaign_refusal(f"give:\n  - {{label: Transfer, account: {{{fields}}}}}")


@pytest.mark.parametrize(
    ("fields", "written"),
    [
        (f"name: A, iban: {GERMAN}", (GERMAN,)),
        ("name: A, iban: de89370400440532013000", (GERMAN,)),
        (f"name: A, iban: 'IBAN: {GERMAN}'", (GERMAN,)),
        ("name: A, iban: 61 1090 1014 0000 0712 1981 2874", ("PL61 1090 1014 0000 0712 1981 2874",)),
        ("name: A, sort_code: 20 00 00, number: 5577 9911", ("20-00-00", "55779911")),
        ("name: A, sort_code: 200000, number: '05577991'", ("20-00-00", "05577991")),
    ],
)
def test_an_account_is_written_as_people_read_it(fields, written):
    assert account(fields).written == written


def test_a_name_and_a_reference_stand_on_one_line():
    text = f"""
    currency: EUR
    give:
      - label: A
        account:
          name: |
            Friends
            of James
          iban: {GERMAN}
          reference: 'JAMES  walks'
    """
    found = a_campaign(text).give[0].account
    assert (found.name, found.reference) == ("Friends of James", "JAMES walks")


def test_apps_of_banks_scan_a_transfer_in_euros():
    assert account(f"name: Für Łucja, iban: {GERMAN}, bic: cobadeffxxx, reference: JAMES").epc == (
        "BCD\n002\n1\nSCT\nCOBADEFFXXX\nFür Łucja\nDE89370400440532013000\n\n\n\nJAMES"
    )
    assert account(f"name: A, iban: {GERMAN}").epc == "BCD\n002\n1\nSCT\n\nA\nDE89370400440532013000"


@pytest.mark.parametrize(
    ("fields", "rest", "is_there"),
    [
        (f"name: A, iban: {GERMAN}", "currency: GBP", False),
        ("name: A, iban: CH93 0076 2011 6238 5295 7", "currency: EUR", False),
        ("name: A, iban: CH93 0076 2011 6238 5295 7, bic: UBSWCHZH80A", "currency: EUR", True),
        ("name: A, iban: TR33 0006 1005 1978 6457 8413 26, bic: TGBATRIS", "currency: EUR", False),
        ("name: A, sort_code: 20-00-00, number: 55779911", "currency: EUR", False),
        (f"name: A, iban: {GERMAN}, reference: {'ł' * 140}", "currency: EUR", True),
        (f"name: {'ł' * 20}, iban: {GERMAN}, reference: {'ł' * 140}", "currency: EUR", False),
    ],
)
def test_a_code_is_there_only_where_banks_take_it(fields, rest, is_there):
    assert (account(fields, rest).epc is not None) == is_there


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            "name: A, iban: DE89 3704 0044 0532 0130 01",
            ".iban: DE89 3704 0044 0532 0130 01 is no account number: its check digits do not fit, so a digit is wrong;"
            " copy it from the bank once more [account]",
        ),
        (
            "name: A, iban: DE89 3704 0044 0532 0130 0",
            ".iban: DE89 3704 0044 0532 0130 0 is no account number: its check digits do not fit, so a digit is wrong;"
            " copy it from the bank once more [account]",
        ),
        (
            "name: A, iban: 12345678",
            ".iban: expected an IBAN like GB29 NWBK 6016 1331 9268 19, got '12345678' [account]",
        ),
        (
            "name: A, iban: 61 1090 1014 0000 0712 1981 2875",
            ".iban: expected an IBAN like GB29 NWBK 6016 1331 9268 19, got '61 1090 1014 0000 0712 1981 2875'"
            " [account]",
        ),
        (
            "name: A, sort_code: 20-00-0, number: 55779911",
            ".sort_code: expected a sort code of six digits like 20-00-00, got '20-00-0' [account]",
        ),
        (
            "name: A, sort_code: 20-00-00, number: 5577991",
            ".number: expected the eight digits of an account, got '5577991'; write 05577991, if the bank says so"
            " [account]",
        ),
        (
            "name: A, sort_code: 20-00-00, number: 557799112",
            ".number: expected the eight digits of an account, got '557799112' [account]",
        ),
        (
            f"name: A, iban: {GERMAN}, bic: COBADE",
            ".bic: expected a bank's BIC like DEUTDEFF or DEUTDEFF500, got 'COBADE' [account]",
        ),
        (
            f"name: A, iban: {GERMAN}, sort_code: 20-00-00",
            ": an account is named in one way; keep iban or sort_code [account]",
        ),
        ("name: A", ": needs iban, or in the United Kingdom sort_code and number [account]"),
        ("name: A, number: 55779911", ": needs iban, or in the United Kingdom sort_code and number [account]"),
        (
            "name: A, sort_code: 20-00-00, number: 55779911, bic: COBADEFF",
            ": bic goes with iban; leave it out beside a sort code [account]",
        ),
        (
            "name: A, sort_code: 20-00-00, number: 55779911, reference: James and his long walk",
            ": British banks take a reference of 18 characters at most, got 23; write a shorter one [account]",
        ),
        (
            f"name: {'A' * 71}, iban: {GERMAN}",
            ".name: a bank's form has room for 70 characters of the holder's name, got 71 [too-long]",
        ),
    ],
)
def test_an_account_with_which_no_bank_could_do_anything_is_refused(fields, said):
    assert refusal(fields) == [f"2: give[1].account{said}"]
