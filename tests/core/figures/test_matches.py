"""Matched gifts: what others' gifts call for of somebody's promise."""

from decimal import Decimal

import pytest

from campaign.core.figures.ledger import fold
from campaign.core.figures.matches import MatchState
from campaign.core.figures.plausibility import slips
from campaign.core.reading.front_matter import parse_yaml_file
from writing import a_campaign, a_view, an_update, campaign_refusal, problems

SOURCES = """
    sources:
      - {id: page, label: Page}
      - {id: bank, label: Bank}
      - {id: cash, label: Cash, records: receipts}
      - {id: tins, label: Tins, records: receipts, counted_in: page}
"""
MATCHES = (
    SOURCES
    + """
    matches:
      - {id: mill, who: A mill, up_to: 1000, from: 2024-02-01, until: 2024-03-31, sources: [page]}
"""
)
CAMPAIGN = a_campaign(MATCHES)


def update(day, text, campaign=CAMPAIGN, slug="news"):
    return an_update(campaign, day, text, slug=slug)


FIRST = update("2024-01-31", "totals:\n  page: 400")


def the_match(*updates, on, campaign=CAMPAIGN):
    (found,) = a_view(campaign, *updates, on=on).now.matches
    return found


@pytest.mark.parametrize(
    ("total", "day", "state", "used", "left"),
    [
        ("400", "2024-02-01", MatchState.OPEN, 0, 1000),
        ("1,399", "2024-03-31", MatchState.OPEN, 999, 1),
        ("1,400", "2024-03-31", MatchState.USED_UP, 1000, None),
        ("1,900", "2024-04-30", MatchState.USED_UP, 1000, None),
        ("1,399", "2024-04-01", MatchState.OVER, 999, None),
    ],
)
def test_a_match_is_open_until_it_is_used_up_or_its_last_day_is_over(total, day, state, used, left):
    found = the_match(FIRST, update("2024-02-01", f"totals:\n  page: {total}"), on=day)
    assert (found.state, found.used.exact.amount) == (state, used)
    assert (found.left.exact.amount if found.left else None) == left
    assert (found.times, found.who) == (2, "A mill")


def test_only_gifts_of_its_days_and_of_its_accounts_count():
    late = update("2024-04-01", "totals:\n  page: 1,000\n  bank: 300")
    assert the_match(FIRST, update("2024-02-02", "totals:\n  page: 450"), late, on="2024-04-01").used.exact.amount == 50


def test_an_account_that_was_not_stated_when_it_began_stood_at_nothing():
    assert the_match(update("2024-02-10", "totals:\n  page: 450"), on="2024-02-10").used.exact.amount == 450
    begun = update("2024-01-31", "totals:\n  bank: 400")
    assert the_match(begun, update("2024-02-10", "totals:\n  page: 450"), on="2024-02-10").used.exact.amount == 450
    assert the_match(begun, on="2024-02-10").used.exact.amount == 0
    assert the_match(on="2024-02-10").used.exact.amount == 0


def test_a_correction_takes_back_what_was_called_for_and_no_more_than_that():
    grown = update("2024-02-02", "totals:\n  page: 450")
    fell = update("2024-02-03", "totals:\n  page: 420\ncorrection: Counted twice.")
    assert the_match(FIRST, grown, fell, on="2024-02-03").used.exact.amount == 20
    below = update("2024-02-03", "totals:\n  page: 320\ncorrection: Counted twice.")
    view = a_view(CAMPAIGN, FIRST, grown, below, on="2024-02-03")
    assert (view.now.matches[0].used.exact.amount, view.now.promised) == (0, None)
    assert view.by_slug["2024-02-02-news"].stood.matches[0].used.exact.amount == 50


def test_receipts_and_what_is_counted_in_another_account_can_be_matched():
    campaign = a_campaign(MATCHES.replace("[page]", "[cash]").replace("up_to: 1000", "up_to: 1000, each: 0.5"))
    cash = update("2024-02-02", "received:\n  - {source: cash, amount: 81}\n  - {source: tins, amount: 7}", campaign)
    found = the_match(cash, on="2024-02-02", campaign=campaign)
    assert (found.used.exact.amount, found.used.shown.amount, found.times) == (Decimal("40.5"), 40, Decimal("1.5"))
    tins = a_campaign(MATCHES.replace("[page]", "[tins]"))
    found = the_match(
        update("2024-02-02", "received:\n  - {source: tins, amount: 7}", tins), on="2024-02-02", campaign=tins
    )
    assert found.used.exact.amount == 7


def test_without_accounts_a_match_is_of_everything_that_counts():
    campaign = a_campaign(MATCHES.replace(", sources: [page]", ""))
    first = update("2024-01-31", "totals:\n  page: 400", campaign)
    more = update("2024-02-02", "totals:\n  page: 450\n  bank: 30\nreceived:\n  - {source: tins, amount: 7}", campaign)
    view = a_view(campaign, first, more, on="2024-02-02")
    assert view.now.matches[0].used.exact.amount == 80
    assert [source.times for source in view.sources] == [2, 2, 2, None]


def test_one_overall_figure_can_be_matched_and_so_can_the_step_from_it_to_accounts():
    one = a_campaign("matches:\n  - {id: mill, who: A mill, up_to: 1000, from: 2024-02-01}")
    first, second = (update(f"2024-0{n}-10", f"totals:\n  raised: {400 + 50 * n}", one) for n in (1, 2))
    assert the_match(first, second, on="2024-12-31", campaign=one).used.exact.amount == 50
    assert the_match(second, on="2024-12-31", campaign=one).used.exact.amount == 500
    campaign = a_campaign(MATCHES.replace(", sources: [page]", ""))
    whole = update("2024-01-31", "totals:\n  raised: 400", campaign)
    parts = update("2024-02-02", "totals:\n  page: 450\n  bank: 30", campaign)
    assert the_match(whole, parts, on="2024-02-02", campaign=campaign).used.exact.amount == 80


TWO = MATCHES + "      - {id: bakery, who: A bakery, each: 2, up_to: 300, from: 2024-02-02}\n"


def test_two_matches_of_one_account_each_add_to_a_gift():
    campaign = a_campaign(TWO)
    first = update("2024-01-31", "totals:\n  page: 400", campaign)
    view = a_view(campaign, first, update("2024-02-10", "totals:\n  page: 500", campaign), on="2024-02-10")
    assert [(found.match.id, found.used.exact.amount, found.state) for found in view.now.matches] == [
        ("mill", 100, MatchState.OPEN),
        ("bakery", 200, MatchState.OPEN),
    ]
    assert view.now.promised.exact.amount == 300
    assert [source.times for source in view.sources] == [4, 3, 3, None]
    used = a_view(campaign, first, update("2024-02-10", "totals:\n  page: 600", campaign), on="2024-02-10")
    assert [source.times for source in used.sources] == [2, None, None, None]


def test_what_was_kept_is_in_the_account_and_is_promised_no_more():
    grown = update("2024-02-10", "totals:\n  page: 900")
    came = update("2024-02-20", "totals:\n  page: 1,400\nkept: [mill]", slug="kept")
    view = a_view(CAMPAIGN, FIRST, grown, came, on="2024-03-01")
    (found,) = view.now.matches
    # What the mill itself paid in calls for nothing more of it.
    assert (found.state, found.used.exact.amount, found.left) == (MatchState.KEPT, 500, None)
    assert (view.now.promised, view.now.raised.exact.amount) == (None, 1400)
    assert (found.update.slug, view.updates[0].withdrawn_matches) == ("2024-02-20-kept", ())
    assert view.updates[0].kept_matches == (found,)
    assert view.updates[1].stood.promised.exact.amount == 500
    assert view.updates[1].kept_matches == ()


def test_what_will_not_come_is_promised_no_more():
    gone = update("2024-02-20", "withdrawn: [mill]", slug="gone")
    view = a_view(CAMPAIGN, FIRST, update("2024-02-10", "totals:\n  page: 900"), gone, on="2024-03-01")
    (found,) = view.now.matches
    assert (found.state, view.now.promised, found.is_promised) == (MatchState.WITHDRAWN, None, False)
    assert view.updates[0].withdrawn_matches == (found,)


def test_a_match_is_kept_or_withdrawn_once_and_not_before_it_begins():
    early = update("2024-01-31", "totals:\n  page: 5\nkept: [mill]")
    assert problems(CAMPAIGN, early) == [
        "6: kept[1]: the match mill begins on 2024-02-01, so nothing has become of it yet; leave it out [match]"
    ]
    kept = update("2024-02-10", "kept: [mill]")
    assert problems(CAMPAIGN, kept, update("2024-02-11", "withdrawn: [mill]")) == [
        "4: withdrawn[1]: mill was already kept or withdrawn [promise-id]"
    ]
    assert problems(CAMPAIGN, update("2024-02-11", "promised:\n  - {id: mill, amount: 5}")) == [
        "5: promised[1].id: mill is a match in campaign.yaml; give this promise another id [promise-id]"
    ]
    assert problems(CAMPAIGN, update("2024-02-11", "kept: [mil]")) == [
        "4: kept[1]: no update so far has promised mil: did you mean mill? [unknown-id]"
    ]


def test_once_an_appeal_has_ended_no_match_is_left_but_what_was_kept():
    grown = update("2024-02-10", "totals:\n  page: 900")
    end = update("2024-02-20", "ends: done", slug="end")
    view = a_view(CAMPAIGN, FIRST, grown, end, on="2024-02-20")
    assert (view.now.matches, view.now.promised, view.appeal.matches, view.now.measure.promised) == ((), None, (), 0)
    came = update("2024-03-20", "totals:\n  page: 1,400\nkept: [mill]", slug="came")
    view = a_view(CAMPAIGN, FIRST, grown, end, came, on="2024-03-20")
    assert [found.state for found in view.now.matches] == [MatchState.KEPT]


def refused(match):
    return campaign_refusal(f"{SOURCES}\n    matches:\n      - {{id: m, who: A, {match}}}")


@pytest.mark.parametrize(
    ("match", "said"),
    [
        ("from: 2024-02-01, up_to: 0", ".up_to: a match of nothing adds nothing [amount]"),
        (
            "from: 2024-02-02, up_to: 5, until: 2024-02-01",
            ".until: is before from (2024-02-02); write the last day on which gifts grow [order]",
        ),
        (
            "from: 2024-02-02, up_to: 5, sources: [pag]",
            ".sources[1]: there is no source pag: did you mean page? [unknown-id]",
        ),
        (
            "from: 2024-02-02, up_to: 5, sources: [page, page]",
            ".sources[2]: page is written twice; keep one [duplicate]",
        ),
        (
            "from: 2024-02-02, up_to: 5, sources: [tins, page]",
            ".sources[1]: tins is counted in page already, so its gifts would grow twice; leave it out [match]",
        ),
        (
            "from: 2024-02-02, up_to: 5, each: double",
            ".each: expected what is added to each GBP given, like 1 or 0.5, with two digits behind the point at most,"
            " got 'double' [amount]",
        ),
        ("from: 2024-02-02, up_to: 5, each: 11", ".each: expected more than nothing and 10 at most, got '11' [amount]"),
        (
            "from: 2024-02-02, up_to: 5, each: 10.01",
            ".each: expected more than nothing and 10 at most, got '10.01' [amount]",
        ),
        ("from: 2024-02-02, up_to: 5, each: 0", ".each: expected more than nothing and 10 at most, got '0' [amount]"),
    ],
)
def test_a_match_that_cannot_be_is_refused(match, said):
    assert [line.partition(": ")[2] for line in refused(match)] == [f"matches[1]{said}"]


def test_a_match_of_many_goals_or_after_the_end_is_asked_about():
    def slipped(text):
        campaign = a_campaign(text)
        document = parse_yaml_file("content/campaign.yaml", text.encode())
        return [problem.field for problem in slips(campaign, fold(campaign, []), document)]

    match = "matches:\n  - {id: m, who: A, from: 2024-02-01, up_to: %s}\n"
    assert slipped(match % "250000") == ["matches[1].up_to"]
    assert slipped(match % "249999") == []
    assert slipped(f"closed: 2024-01-31\n{match % 5}") == ["matches[1].from"]
    assert slipped(f"started: 2024-03-01\n{match % '5, until: 2024-02-02'}") == ["matches[1].until"]


def test_each_is_read_as_the_country_writes_it():
    match = "{id: m, who: A, from: 2024-02-01, up_to: 5, each: '0,5'}"
    text = f"locale: de_DE\ncurrency: EUR\ngoal: 50.000\nmatches:\n  - {match}"
    assert a_campaign(text).matches[0].each == Decimal("0.5")
    assert a_campaign(text.replace("0,5", "10")).matches[0].each == 10
    (found,) = campaign_refusal(text.replace("0,5", "10,01"))
    assert found.endswith(".each: expected more than nothing and 10 at most, got '10,01' [amount]")


def test_what_is_used_and_what_is_left_add_up_as_shown_and_nothing_left_is_ever_called_nothing():
    found = the_match(FIRST, update("2024-02-02", "totals:\n  page: 1,399.60"), on="2024-02-02")
    assert (found.used.shown.amount, found.left.shown.amount, found.left.exact.amount) == (999, 1, Decimal("0.40"))
    about = the_match(FIRST, update("2024-02-02", "totals:\n  page: about 878.17"), on="2024-02-02")
    assert (about.used.shown.amount, about.left.shown.amount) == (470, 530)


@pytest.mark.parametrize(
    ("currency", "each", "came", "used"),
    [("GBP", "0.5", "0.01", "0.00"), ("GBP", "0.5", "2.03", "1.01"), ("JPY", "0.33", "1,001", "330")],
)
def test_a_match_promises_no_part_of_the_smallest_coin(currency, each, came, used):
    match = f"{{id: mill, who: A mill, each: {each}, up_to: 900, from: 2024-02-01}}"
    campaign = a_campaign(f"{SOURCES}\n    currency: {currency}\n    matches:\n      - {match}")
    found = the_match(update("2024-02-10", f"totals:\n  page: {came}", campaign), on="2024-02-10", campaign=campaign)
    assert found.used.exact.amount == Decimal(used)


def test_what_one_match_alone_promises_is_shown_as_the_match_has_it():
    for came in ("819.67", "about 819.67"):
        now = a_view(CAMPAIGN, FIRST, update("2024-02-10", f"totals:\n  page: {came}"), on="2024-02-10").now
        assert now.promised == now.matches[0].used


def test_what_became_of_a_match_is_told_by_the_update_that_says_so_and_by_none_after_it():
    grown = update("2024-02-02", "totals:\n  page: 450")
    for word in ("kept", "withdrawn"):
        settled = update("2024-04-01", f"{word}: [mill]")
        view = a_view(CAMPAIGN, FIRST, grown, settled, update("2024-05-01", ""), on="2024-05-01")
        told = [
            (str(of.day), word, found.match.id)
            for of in view.updates
            for word, matches in (("kept", of.kept_matches), ("withdrawn", of.withdrawn_matches))
            for found in matches
        ]
        assert told == [("2024-04-01", word, "mill")]
