"""A story of one long paragraph is read and written with work that grows as it does, whatever it is made of."""

import time

import pytest

from campaign.core.reading.dialect import DEEPEST, INLINE, LONE
from campaign.core.reading.limits import MAX_PARAGRAPH
from campaign.core.reading.story import first_sentence, read_story
from campaign.loading.story_html import whole
from campaign.rendering.no_break import unbroken

TIMES = 8
SMALL = MAX_PARAGRAPH // TIMES - 10
MAX_TIMES = 4 * TIMES
"""Eight times as much takes eight times as long, or 64 times where each sign is compared with all others."""


def longer(work, unit, rest=""):
    """How many times as long it takes to do something with eight times as much; the best of three."""

    def seconds(size):
        text = (unit * size)[:size] + rest
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            work(text)
            best = min(best, time.process_time() - start)
        return best

    work(unit)
    return seconds(SMALL * TIMES) / max(seconds(SMALL), 0.0005)


@pytest.mark.parametrize(
    "unit", ["1", "12,", "1.", "1'", "1 ", "111 ", "1''", "£ 1'", "26 ", "1,", "a", "1 k", "1\u00a0"]
)
@pytest.mark.parametrize("locale", ["en_GB", "pl_PL"])
def test_figures_are_looked_for_once(unit, locale):
    assert longer(lambda text: unbroken(text, locale, "EUR"), unit) < MAX_TIMES


@pytest.mark.parametrize("unit", ["A. ", "Dr. ", "z. B. ", "5. ", "!", "a"])
def test_the_first_sentence_is_looked_for_once(unit):
    assert longer(first_sentence, unit) < MAX_TIMES


@pytest.mark.parametrize(
    "start",
    ["[" * 100, "![" * 100, "[a][" * 50, "![a](b " * 50, "[a](b (" * 50, '[a](b "' * 50, "``a`" * 50],
    ids=lambda start: start[:7],
)
def test_what_opens_and_never_closes_is_looked_for_once(start):
    """Before: a hundred brackets in each of 26 paragraphs were a quarter of a minute."""
    text = start + "x" * (MAX_PARAGRAPH - len(start) - 1)
    plain = "x " * (MAX_PARAGRAPH // 2 - 1)

    def seconds(body):
        start = time.process_time()
        for _ in range(3):
            read_story(body)
        return (time.process_time() - start) / 3

    seconds(plain)
    assert seconds(text) < 0.2 + 20 * seconds(plain)


@pytest.mark.parametrize("name", sorted(set(INLINE) - set(LONE)))
def test_tags_that_stand_in_one_another_are_refused_before_the_machine_gives_up(name):
    opens, closes = (f"<{name}{' href=money.html' if name == 'a' else ''}>", f"</{name}>")
    for many in (DEEPEST + 1, 300, 900):
        for body in (opens * many + "x" + closes * many, opens * many):
            told = [fault.message for fault in read_story(body[:MAX_PARAGRAPH]).faults]
            assert any("stands in too many others" in message for message in told)
    assert name == "a" or not read_story(opens * DEEPEST + "x" + closes * DEEPEST).faults


@pytest.mark.parametrize("unit", ["[", "![", "*a **b ", "_a *b ", "> ", "- ", "<b>*a "])
def test_nothing_is_nested_so_deeply_that_the_machine_gives_up(unit):
    closing = {"[": "](b)", "![": "](b)"}.get(unit, "")
    for many in (90, 300, 900):
        whole(read_story((unit * many)[: MAX_PARAGRAPH // 2] + "x" + closing * many))
