"""Account numbers in a text: found as people write them, and whether their check digits fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

_SPACE = "[ \u00a0\u2009\u202f-]?"
_IBAN = re.compile(rf"(?<![^\W_])(?:[A-Za-z]{{2}}\d{{2}}|[A-Z]{{2}}{_SPACE}\d{{2}})(?:{_SPACE}[A-Za-z0-9])+")
_POLISH = re.compile(rf"(?<!\d)\d(?:{_SPACE}\d){{24,26}}(?!\d)")
"""Poland's own form, 26 digits, and one too few or too many."""
_SORT_CODE = re.compile(
    r"(?:(?<!\d)\d\d-\d\d-\d\d(?!\d)|sort\s?code\W{0,3}\d\d[ -]?\d\d[ -]?\d\d(?!\d))"
    r"\D{1,40}?(?P<account>\d(?: ?\d){5,9})(?!\d)",
    re.IGNORECASE,
)
_MIN_DIGITS = 8
"""What begins like an IBAN and has fewer digits is something else."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account number: as digits and letters alone, and what is wrong with it, or nothing."""

    number: str
    fault: str = ""


def accounts_in(text: str) -> tuple[Account, ...]:
    """The account numbers in a text, each once: IBANs, Polish numbers, British sort codes with their account."""
    return tuple(dict.fromkeys(_found(text)))


def _found(text: str) -> Iterator[Account]:
    rest, place = "", 0
    for match in _IBAN.finditer(text):
        if account := _iban(match[0]):
            yield account
            rest, place = f"{rest}{text[place : match.start()]}.", match.end()
    rest += text[place:]
    for match in _POLISH.finditer(rest):
        number = _plain(match[0])
        yield Account(number, "" if len(number) == 26 and _fits(f"PL{number}") else _NO_FIT)
    for match in _SORT_CODE.finditer(rest):
        code = _plain(match[0].removesuffix(match["account"]))
        number = _plain(match["account"])
        fault = "" if len(number) == 8 else f"has {len(number)} digits after the sort code, where an account has 8"
        yield Account(f"{re.sub('[^0-9]', '', code)} {number}", fault)


_NO_FIT = "is no account number: its check digits do not fit, so a digit is wrong"


def _plain(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "", text).upper()


def _iban(written: str) -> Account | None:
    """What begins like an IBAN, read as far as an IBAN of its country goes; None where it is something else."""
    from stdnum import numdb  # reads a register of countries, which most campaigns do not need

    structure = numdb.get("iban").info(_plain(written[:2]))[0][1].get("bban")
    if structure is None:
        return None
    length = 4 + sum(int(count) for count in re.findall(r"(\d+)!", structure))
    signs = list(islice((place for place, sign in enumerate(written) if sign.isalnum()), length + 1))
    number = _plain(written)[:length]
    if sum(sign.isdigit() for sign in number[4:]) < _MIN_DIGITS:
        return None
    goes_on = len(signs) > length and signs[length] == signs[length - 1] + 1
    if goes_on or not _fits(number):
        if not written[:2].isupper() and not written.isalnum():
            return None  # "no12 345 …": a small word and figures
        return Account(_plain(written) if goes_on else number, _NO_FIT)
    return Account(number)


def _fits(number: str) -> bool:
    from stdnum import iban

    # Some countries' own rules ask for a bank that the register knows; a new bank's customers are right all the same.
    return bool(iban.is_valid(number, check_country=False))
