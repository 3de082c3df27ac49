"""Every figure and day in a text, with its sign, its month and the word before it, as the locale writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from babel import Locale

from campaign.core.reading.money import Money

from .voice import Voice
from .written_page import EDGE

Found = tuple[int, int, str]
"""Where a figure begins and ends, and how it is written."""


class FiguresSaid:
    """Finds the figures of a text in one campaign's locale."""

    def __init__(self, voice: Voice, currency: str) -> None:
        """currency: ISO 4217."""
        locale = Locale.parse(voice.locale)
        months = {
            name.removesuffix(".")
            for context in locale.months.values()
            for width in ("wide", "abbreviated")
            for name in context.get(width, {}).values()
            if not name.isdecimal()
        }
        month = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
        # A sign stands on one side of a figure, so that it is never taken from the one beside it.
        money, percent = (_around(said) for said in (voice.money(Money(Decimal(5), currency)), voice.percent(5)))
        before = "|".join(re.escape(side) for side in (money[0], percent[0]) if side)
        after = "|".join(re.escape(side) for side in (money[1], percent[1]) if side)
        words = [voice.words(word) for word in ("about", "at least", "more than")]
        qualifier = "|".join(re.escape(word) for word in words)
        lead = rf"(?:(?<!\w)(?:{month})\.?|{before or _NEVER}|[{_SIGNS}]) ?"
        number = r"[-\u2212]?\d+(?:[.,:/'\u2019-]\d+)*"
        of_month = rf"\d{{1,2}}(?:er|\.)? (?:de |d’)?(?:{month})(?!\w)"
        word = rf"(?<!\w)(?:{qualifier})[\s{EDGE}]{{1,{_GAP}}}"
        self._pattern = re.compile(
            rf"(?:{word})?(?:{of_month}|(?:{lead})?{number}(?: ?(?:{after or _NEVER}))?)", re.IGNORECASE
        )
        # The word before a figure may end the line above it.
        self._reach = max(map(len, words)) + _GAP
        # The same facts stand on many pages.
        self._of_fact = lru_cache(maxsize=1 << 14)(self._figures)

    def of(self, text: str) -> list[Found]:
        """In their order; every white space counts as one space."""
        found, end = list[Found](), 0
        for line in _WITH_DIGIT.finditer(text):  # the slow pattern goes only through these
            for figure in self._pattern.finditer(text, max(end, line.start() - self._reach), line.end()):
                end = figure.end()
                found.append((figure.start(), end, "".join(figure[0].replace(EDGE, "").casefold().split())))
        return found

    def key(self, facts: Iterable[str]) -> tuple[str, ...]:
        """The figures of several texts."""
        return tuple(figure for fact in facts for figure in self._of_fact(fact))

    def _figures(self, fact: str) -> tuple[str, ...]:
        return tuple(figure for _, _, figure in self.of(_SPACE.sub(" ", fact)))


_NEVER = "(?!)"
_SIGNS = "$¢-¥\u058f\u060b\u09f2\u09f3\u0e3f\u20a0-\u20cf"
"""Of currencies, the campaign's own or not."""
_GAP = 4
"""How many spaces and marks may stand between a word and its figure."""
_WITH_DIGIT = re.compile(r"^[^\n\d]*\d[^\n]*", re.MULTILINE)
_SPACE = re.compile(r"\s+")


def _around(said: str) -> tuple[str, str]:
    """What stands before a figure and behind it."""
    before, _, after = said.partition(next(sign for sign in said if sign.isdecimal()))
    return before.strip(), after.strip()
