"""What an update leaves as it was is the very object of the update before; nothing else changes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from campaign.core.figures.held_once import held_once, reckoned_once
from campaign.core.reading.money import Money
from writing import a_campaign, a_view, an_update


@dataclass(frozen=True)
class Pair:
    one: Money | None
    other: tuple[Money, ...]


@dataclass(frozen=True)
class Single:
    money: Money


def pounds(amount: str) -> Money:
    return Money(Decimal(amount), "GBP")


def test_what_is_alike_is_held_once():
    before, new = (Pair(pounds("1"), (pounds("2"), pounds("3"))) for _ in range(2))
    assert new is not before
    assert held_once(new, before) is before


def test_only_the_parts_that_are_alike_are_and_the_value_is_the_new_one():
    before = Pair(pounds("1"), (pounds("2"), pounds("3")))
    held = held_once(Pair(pounds("1"), (pounds("2"), pounds("4"))), before)
    assert held == Pair(pounds("1"), (pounds("2"), pounds("4")))
    assert held.one is before.one and held.other[0] is before.other[0]
    for new in (Pair(None, ()), Pair(pounds("7"), (pounds("2"),))):
        assert held_once(new, before) == new
    single = Single(pounds("1"))
    assert held_once(Single(pounds("1")), single) is single
    assert held_once(Single(pounds("2")), single) == Single(pounds("2"))


def test_what_is_equal_and_written_otherwise_stays_as_it_is_written():
    held = held_once(pounds("10"), pounds("10.00"))
    assert str(held.amount) == "10"


def test_what_is_asked_again_of_the_very_same_is_reckoned_once_and_of_what_is_only_equal_again():
    asked = []

    @reckoned_once
    def doubled(money, times=2):
        asked.append(money)
        return pounds(str(money.amount * times))

    one = pounds("10")
    first = doubled(one)
    assert doubled(one) is first and len(asked) == 1
    assert str(doubled(pounds("10.00")).amount) == "20.00"
    assert doubled(one) == first and doubled(one, times=3) == pounds("30") and len(asked) == 4


def test_an_update_without_a_figure_stands_where_the_one_before_it_stood():
    campaign = a_campaign()
    said = ("totals: {raised: 10.50}", "", "totals: {raised: 10.50}", "totals: {raised: 11}")
    view = a_view(
        campaign,
        *(an_update(campaign, f"2024-01-0{day}", of) for day, of in enumerate(said, start=1)),
        on="2024-01-31",
    )
    newest, stated, silent, first = (update.stood for update in view.updates)
    assert first.raised is silent.raised is stated.raised and newest.raised is not first.raised
    assert [stood.day.day for stood in (first, silent, stated, newest)] == [1, 2, 3, 4]
