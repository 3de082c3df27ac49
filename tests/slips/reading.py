"""What a typed figure can mean, worked out without the code under test."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

MARKS = " .,'’_·٬٫\u00a0\u202f\u2009"
GROUP = {"english": ",", "polish": " "}
DECIMAL = {"english": ".", "polish": ","}
_NO_FIGURE = re.compile(
    r"on line \d+|'.'|with the digits .*|\d{4}-\d\d(?:-\d\d)?(?: \d\d:\d\d)?|from \d\d(?::00)? to [\d:]+"
    r"|\b\d{1,2} [A-Z][a-z]+"
)
"""Digits in a message that are no figure to be written."""


def strictly(text: str, language: str) -> Decimal | None:
    """The one number that plain digits write there; None where it is not plain."""
    group, decimal = re.escape(GROUP[language]), re.escape(DECIMAL[language])
    whole = rf"(?:0|[1-9]\d*|[1-9]\d{{0,2}}(?:{group}\d{{3}})+)"
    if re.fullmatch(rf"{whole}(?:{decimal}\d\d)?", text):
        plain = re.sub(group, "", text).replace(DECIMAL[language], ".")
        return Decimal(plain)
    return Decimal(text) if re.fullmatch(r"(?:0|[1-9]\d*)\.\d\d", text) else None


def ways(text: str) -> set[Decimal]:
    """Every number that a text can mean to anybody: each mark in it may group, or set off a part."""
    found: set[Decimal] = set()
    thousands = re.search(r"\d\s*(k\b|thousand|tys)", text, re.IGNORECASE)
    text = unicodedata.normalize("NFKC", text).translate(str.maketrans("oOlI", "0011"))
    for token in re.findall(rf"\d(?:[\d{MARKS}]*\d)?", text):
        parts = re.split(rf"[{MARKS}]+", token)
        if all(len(part) == 3 for part in parts[1:]):
            found.add(Decimal("".join(parts)))
        if len(parts) > 1:
            found.add(Decimal("".join(parts[:-1]) + "." + parts[-1]))
    return found | ({number * 1000 for number in found} if thousands else set())


def suggested(message: str) -> list[Decimal]:
    """The figures that a message says should be written; days, times and names are none."""
    told = re.findall(r"\bwrite ([^;()]*)", message)
    figures: list[Decimal] = []
    for text in told:
        plain = _NO_FIGURE.sub("", text)
        for token in re.findall(rf"(?<![\w-])\d(?:[\d{MARKS}]*\d)?(?![\w-])", plain):
            parts = re.split(rf"[{MARKS}]+", token)
            is_whole = len(parts[-1]) == 3 or len(parts) == 1
            figures.append(Decimal("".join(parts) if is_whole else "".join(parts[:-1]) + "." + parts[-1]))
    return figures
