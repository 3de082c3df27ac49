"""Of which days a figure is: one rule for pages, cards, data and the terminal."""

from datetime import date

import pytest

from campaign.rendering.totals_json import totals
from campaign.reporting.summary import summary
from writing import a_campaign, a_view, an_update

SOURCES = """
    sources:
      - {id: page, label: The page}
      - {id: bank, label: The bank, ended: 2015-05-01}
      - {id: cash, label: Cash, records: receipts}
      - {id: tins, label: Tins, records: receipts, counted_in: page}
"""
JANUARY = "as_of: 2015-01-05\ntotals:\n"
CASH = "received:\n  - {source: cash, amount: 50}"


def days(*updates, on="2015-06-10", sources=SOURCES):
    """The oldest and the newest day of the figure, after updates that are each a day and its front matter."""
    campaign = a_campaign(sources)
    return a_view(campaign, *(an_update(campaign, day, text) for day, text in updates), on=on)


@pytest.mark.parametrize(
    ("totals", "rest"),
    [
        ("  page: 0", ""),
        ("  bank: 0", ""),
        ("  bank: 300", ""),
        ("  page: 0\n  bank: 300", ""),
        ("  page: 0", "received:\n  - {source: tins, amount: 5}"),
    ],
)
def test_a_figure_that_nobody_read_again_never_gets_the_day_of_an_unrelated_update(totals, rest):
    view = days(("2015-01-10", JANUARY + totals), ("2015-06-01", rest))
    assert (view.now.as_of, view.now.as_of_newest) == (date(2015, 1, 5), None)
    assert view.updates[0].stood.as_of == date(2015, 1, 5)


def test_receipts_are_as_of_the_newest_update_that_has_one_and_make_no_figure_older():
    begun = ("2015-01-10", f"{JANUARY}  page: 100\n{CASH}")
    restated = ("2015-02-01", "totals:\n  page: 200")
    walk = ("2015-03-01", CASH)
    unrelated = ("2015-06-01", "")
    assert span(days(begun, unrelated)) == (date(2015, 1, 5), date(2015, 1, 10))
    assert span(days(begun, restated, unrelated)) == (date(2015, 2, 1), None)
    assert span(days(begun, restated, walk, unrelated)) == (date(2015, 2, 1), date(2015, 3, 1))
    assert span(days(walk, unrelated)) == (date(2015, 3, 1), None)


def test_what_has_ended_makes_a_figure_old_only_where_nothing_else_is_in_it():
    both = ("2015-01-10", f"{JANUARY}  page: 100\n  bank: 300")
    page = ("2015-04-01", "totals:\n  page: 120")
    assert span(days(both, page, on="2015-04-30")) == (date(2015, 1, 5), date(2015, 4, 1))
    assert span(days(both, page, on="2015-05-01")) == (date(2015, 4, 1), None)
    assert span(days(("2015-01-10", f"{JANUARY}  bank: 300"), ("2015-04-01", CASH))) == (date(2015, 4, 1), None)


def test_what_has_ended_makes_a_figure_newer_since_its_money_is_in_it():
    begun, later = ("2015-01-10", f"{JANUARY}  page: 100"), ("2015-04-01", "totals:\n  bank: 300")
    assert span(days(begun, later)) == (date(2015, 1, 5), date(2015, 4, 1))
    assert span(days(("2015-01-10", CASH), later)) == (date(2015, 4, 1), None)
    ended_cash = SOURCES.replace(
        "records: receipts}\n      - {id: tins", "records: receipts, ended: 2015-05-01}\n      - {id: tins"
    )
    assert span(days(begun, ("2015-04-01", CASH), sources=ended_cash)) == (date(2015, 1, 5), date(2015, 4, 1))


def test_an_overall_figure_is_of_the_day_on_which_it_was_read():
    view = days(("2015-01-10", f"{JANUARY}  raised: 100"), ("2015-06-01", ""), sources="")
    assert span(view) == (date(2015, 1, 5), None)


def test_the_terminal_and_the_data_name_the_same_days():
    view = days(("2015-01-10", f"{JANUARY}  page: 100"), ("2015-03-01", CASH), ("2015-06-01", ""))
    assert "£150 of £50,000 raised, 0%, as of 5 January 2015, its newest part of 1 March 2015." in list(summary(view))
    data = totals(view)
    assert (data["as_of"], data["as_of_newest"]) == ("2015-01-05", "2015-03-01")
    assert (data["updates"][0]["as_of"], data["updates"][0]["as_of_newest"]) == ("2015-01-05", "2015-03-01")
    assert data["updates"][2]["as_of_newest"] is None


def span(view):
    return view.now.as_of, view.now.as_of_newest
