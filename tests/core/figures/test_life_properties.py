"""What must hold for the whole life of any appeal: payments, matches, other currencies and endings, tried on many."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from campaign.core.figures.checks import broken_rules
from campaign.core.figures.ledger import fold
from campaign.core.figures.matches import MatchState
from campaign.core.figures.pace import Phase
from campaign.core.reading.money import total
from campaign.core.reading.update import Update
from writing import a_campaign, a_view, an_update

CAMPAIGN = a_campaign(
    """
    goal: 100000
    started: 2024-01-01
    deadline: 2024-03-15
    summary: Help us.
    story: It rains in.
    costs:
      - {id: roof, label: Roof, estimate: 90000}
    promise: {too_much: Another roof., too_little: Slates., not_needed: The hospice.}
    give:
      - {label: Online, url: "https://example.org/"}
    sources:
      - {id: page, label: Page}
      - {id: abroad, label: Abroad, currency: USD}
      - {id: tins, label: Tins, records: receipts, counted_in: page}
    matches:
      - {id: mill, who: A mill, up_to: 800, from: 2024-01-05, until: 2024-01-25, sources: [page, abroad]}
      - {id: bakery, who: A bakery, each: 0.5, up_to: 90, from: 2024-01-08}
    milestones:
      - {raised: 1000}
      - {raised: 100%}
      - {id: begun, label: Begun, date: 2024-02-01}
    treatment:
      - {said: 2024-01-02, status: booked}
    """
)
LAST_DAY = "2024-02-20"
cents = st.integers(0, 10**6).map(lambda number: Decimal(number) / 100)
rates = st.integers(70, 80).map(lambda number: Decimal(number) / 100)


@st.composite
def lives(draw: st.DrawFn) -> list[Update]:
    """Updates of distinct days that break no rule, whatever they state, spend and end."""
    page = abroad = spent = Decimal(0)
    rate = draw(rates)
    ended, settled, updates = False, set[str](), []
    for number in sorted(draw(st.lists(st.integers(0, 40), unique=True, max_size=8))):
        day = date(2024, 1, 1) + timedelta(days=number)
        lines, totals, fell = [], [], []
        if draw(st.booleans()):
            new = max(draw(cents), spent)
            totals, fell = [f"  page: {new:.2f}"], ["  page: Counted again."] if new < page else []
            page = new
        if draw(st.booleans()):
            new, rate = draw(cents), draw(rates)
            if int(page) + int(new * rate) >= spent:
                totals.append(f"  abroad: {new:.2f}")
                fell += ["  abroad: Counted again."] if new < abroad else []
                abroad = new
                lines.append(f"rates: {{USD: {rate}}}")
        left = int(page) + int(abroad * rate) - spent if totals or updates else 0
        if left > 1 and abroad == 0 and draw(st.booleans()):
            paid = Decimal(draw(st.integers(1, int(left))))
            spent += paid
            lines += ["paid:", f"  - {{amount: {paid}, to: The slater, cost: roof}}"]
        if draw(st.integers(0, 4)) == 0:
            lines.append(
                "resumes: true" if ended else f"ends: {draw(st.sampled_from(['done', 'not_needed', 'stopped']))}"
            )
            ended = not ended
        if number >= 10 and draw(st.integers(0, 4)) == 0 and "mill" not in settled:
            settled.add("mill")
            lines.append(draw(st.sampled_from(["kept: [mill]", "withdrawn: [mill]"])))
        lines += ["totals:", *totals] if totals else []
        lines += ["correction:", *fell] if fell else []
        updates.append(an_update(CAMPAIGN, str(day), "\n".join(lines)))
    assert not list(broken_rules(CAMPAIGN, fold(CAMPAIGN, updates)))
    return updates


@given(lives(), st.randoms())
def test_the_order_of_files_never_matters(updates, random):
    shuffled = list(updates)
    random.shuffle(shuffled)
    assert fold(CAMPAIGN, shuffled) == fold(CAMPAIGN, updates)
    assert a_view(CAMPAIGN, *shuffled, on=LAST_DAY).now == a_view(CAMPAIGN, *updates, on=LAST_DAY).now


@given(lives())
def test_raised_is_the_sum_of_its_parts_and_holds_no_match(updates):
    for entry in fold(CAMPAIGN, updates).entries:
        parts = [balance.amount for id, balance in entry.sources.items() if id != "tins"]
        assert entry.raised == (total(parts, "GBP") if parts else None)


@given(lives())
def test_what_is_in_hand_and_what_was_paid_are_together_what_was_raised(updates):
    view = a_view(CAMPAIGN, *updates, on=LAST_DAY)
    for stood in (view.now, *(update.stood for update in view.updates)):
        if stood.spent:
            assert stood.spent.paid.exact.amount + stood.spent.in_hand.exact.amount == stood.raised.exact.amount
            assert stood.spent.in_hand.exact.amount >= 0
    if view.spending:
        assert sum(line.paid.exact.amount for line in view.spending.lines) == view.spending.paid.exact.amount


@given(lives())
def test_a_match_is_never_more_than_its_sum_nor_counted(updates):
    view = a_view(CAMPAIGN, *updates, on=LAST_DAY)
    for stood in (view.now, *(update.stood for update in view.updates)):
        for match in stood.matches:
            assert 0 <= match.used.shown.amount <= match.used.exact.amount <= match.up_to.amount
            assert (match.left is not None) == (match.state is MatchState.OPEN)
            if match.left:
                assert match.left.exact.amount + match.used.exact.amount == match.up_to.amount
        waiting = sum(match.used.exact.amount for match in stood.matches if match.is_promised)
        assert (stood.promised.exact.amount if stood.promised else 0) == waiting


@given(lives())
def test_a_later_update_never_changes_an_earlier_page(updates):
    pages = {page.slug: page for page in a_view(CAMPAIGN, *updates, on=LAST_DAY).updates}
    for length in range(1, len(updates) + 1):
        page = a_view(CAMPAIGN, *updates[:length], on=LAST_DAY).updates[0]
        assert replace(page, newer=None) == replace(pages[page.slug], newer=None)


@given(lives())
def test_a_rate_never_changes_an_accounts_own_figure(updates):
    stated = None
    for entry in fold(CAMPAIGN, updates).entries:
        stated = entry.update.said.totals.get("abroad", stated)
        assert ("abroad" in entry.sources) == (stated is not None)
        if stated is not None:
            balance = entry.sources["abroad"]
            assert balance.own == stated
            assert balance.amount.amount <= stated.amount * balance.rate.worth < balance.amount.amount + 1


@given(lives())
def test_an_appeal_that_has_ended_asks_for_nothing(updates):
    view = a_view(CAMPAIGN, *updates, on=LAST_DAY)
    for stood in (view.now, *(update.stood for update in view.updates)):
        assert (stood.ending is not None) == (stood.phase is Phase.ENDED)
        if stood.ending:
            asking = (stood.remaining, stood.pace, stood.deadline, stood.promised, stood.others_pay)
            assert asking == (None,) * 5
            assert all(match.state is MatchState.KEPT for match in stood.matches)
            if stood.measure:
                assert stood.measure.promised == 0
                assert all(flag.is_reached for flag in stood.measure.flags)
    if view.now.ending:
        assert not (view.asks or view.ways or view.next_milestone or view.treatment or view.costs.current)
        assert all(state.reached for state in view.milestones)
        assert all(way.url is None and way.account is None for way in (*view.appeal.give, *view.closed_ways))
        assert not any(source.times for source in view.sources)
        words = [view.promise.too_much, view.promise.too_little, view.promise.not_needed] if view.promise else []
        assert [word for word in words if word] == ([view.now.ending.promise] if view.now.ending.promise else [])
