"""Account numbers in a text or in fields of their own: whether their check digits fit, and how people read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .problems import FieldError

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
    signs = [place for place, sign in enumerate(written) if sign.isalnum()]
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


def read_iban(text: str) -> str:
    """An IBAN in capital letters without spaces; raise FieldError (``account``) where its check digits do not fit.

    Poland's own form, 26 digits, is read as the IBAN it is part of; the word IBAN before it, as banks print it, is no
    part of it.
    """
    number = _plain(re.sub(r"^\s*IBAN\b", "", text, flags=re.IGNORECASE))
    if re.fullmatch(r"\d{26}", number) and _fits(f"PL{number}"):
        return f"PL{number}"
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]+", number):
        raise FieldError("account", f"expected an IBAN like {in_fours(_SAMPLE)}, got '{text}'")
    if not _fits(number):
        raise FieldError("account", f"{in_fours(number)} {_NO_FIT}; copy it from the bank once more")
    return number


_SAMPLE = "GB29NWBK60161331926819"


def in_fours(number: str) -> str:
    """An IBAN as banks print it: ``GB29 NWBK 6016 1331 9268 19``."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))


def read_sort_code(text: str) -> str:
    """A British sort code as ``20-00-00``; raise FieldError (``account``) where it has not got six digits."""
    digits = _plain(text)
    if not re.fullmatch(r"\d{6}", digits):
        raise FieldError("account", f"expected a sort code of six digits like 20-00-00, got '{text}'")
    return "-".join((digits[:2], digits[2:4], digits[4:]))


def read_account_number(text: str) -> str:
    """The number that goes with a sort code; raise FieldError (``account``) where it has not got eight digits."""
    digits = _plain(text)
    if not re.fullmatch(r"\d{8}", digits):
        zeros = f"; write {digits.zfill(8)}, if the bank says so" if re.fullmatch(r"\d{6,7}", digits) else ""
        raise FieldError("account", f"expected the eight digits of an account, got '{text}'{zeros}")
    return digits


def read_bic(text: str) -> str:
    """A bank's BIC; raise FieldError (``account``) where it is none."""
    from stdnum import bic

    number = _plain(text)
    if not bic.is_valid(number):
        raise FieldError("account", f"expected a bank's BIC like DEUTDEFF or DEUTDEFF500, got '{text}'")
    return number


_EEA = (
    "AT", "BE", "BG", "HR", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HU", "IE", "IS", "IT", "LI", "LT",
    "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip
_SEPA_BEYOND = ("AD", "AL", "CH", "GB", "GI", "MC", "MD", "ME", "MK", "RS", "SM", "VA")
"""Countries whose banks take transfers in euros as well, and ask for the BIC."""


_EPC_BYTES = 331
"""The most that a code of the thirteenth size holds, beyond which banks' apps need not read."""


def epc_text(name: str, iban: str, bic: str, reference: str) -> str | None:
    """What a code of the European Payments Council says, which banks' apps scan to fill in a transfer in euros.

    None where a bank could not take it: outside the area of such transfers, without the BIC where one is needed, or
    where it would be longer than such a code may be.
    """
    country = iban[:2]
    if country not in _EEA and not (country in _SEPA_BEYOND and bic):
        return None
    # Service, version, UTF-8, transfer; then to whom; amount, purpose and structured reference stay open.
    text = f"BCD\n002\n1\nSCT\n{bic}\n{name}\n{iban}\n\n\n\n{reference}".rstrip("\n")
    return text if len(text.encode()) <= _EPC_BYTES else None
