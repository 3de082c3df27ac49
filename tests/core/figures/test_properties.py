"""What must hold for any campaign: quoted from the model, tried on many."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from campaign.core.figures.as_of import as_of
from campaign.core.figures.checks import broken_rules
from campaign.core.figures.costs import costs_met
from campaign.core.figures.figure import computed, rest, stated
from campaign.core.figures.in_force import in_force
from campaign.core.figures.ledger import fold
from campaign.core.figures.pace import Phase
from campaign.core.figures.progress import measure, percent
from campaign.core.reading.campaign import Campaign
from campaign.core.reading.front_matter import parse_update_file
from campaign.core.reading.money import Money, Qualifier, total
from campaign.core.reading.problems import CampaignError
from campaign.core.reading.region import Region
from campaign.core.reading.update import Update, parse_update
from writing import a_campaign, a_view, an_update

REGIONS = [
    Region(currency, locale)
    for currency, locale in [
        ("GBP", "en_GB"),
        ("EUR", "de_DE"),
        ("EUR", "fr_FR"),
        ("USD", "en_US"),
        ("JPY", "ja_JP"),
        ("INR", "hi_IN"),
        ("CHF", "de_CH"),
        ("PLN", "pl_PL"),
        ("BHD", "ar_BH"),
        ("KWD", "en"),
        ("BRL", "pt_BR"),
        ("SEK", "sv_SE"),
    ]
]

SOURCES = """
    goal: 1000000
    sources:
      - {id: page, label: Page}
      - {id: bank, label: Bank}
      - {id: cash, label: Cash, records: receipts}
      - {id: tins, label: Tins, records: receipts, counted_in: page}
    costs:
      - {id: one, label: One, estimate: 4000, paid_by: [{from: 2024-01-08, who: Others, amount: 900}]}
      - {id: two, label: Two, estimate: about 2500}
    milestones:
      - {raised: 1000}
      - {raised: 10%}
      - {cost: one}
"""
CAMPAIGN = a_campaign(SOURCES)

cents = st.integers(0, 10**6).map(lambda number: Decimal(number) / 100)
qualifiers = st.sampled_from(["", "about ", "at least ", "more than "])
amounts = st.tuples(qualifiers, cents).map(lambda pair: f"{pair[0]}{pair[1]:.2f}")
receipts = st.lists(st.tuples(st.sampled_from(["cash", "tins"]), cents), max_size=3)
totals = st.fixed_dictionaries({}, optional={"page": amounts, "bank": amounts})


@st.composite
def update_lists(draw: st.DrawFn) -> list[Update]:
    """Updates of distinct days that say why whatever falls falls, so that any figures may follow; none can leap."""
    days = draw(st.lists(st.integers(0, 20), unique=True, max_size=6))
    updates = []
    stood: dict[str, Decimal] = {}
    for number in sorted(days):
        day = date(2024, 1, 1) + timedelta(days=number)
        lines = ["---", "title: News", f"date: {day}"]
        if stated := draw(totals):
            now = {key: Decimal(amount.split()[-1]) for key, amount in stated.items()}
            if fell := [key for key in now if now[key] < stood.get(key, Decimal(0))]:
                lines += ["correction:", *(f"  {key}: Counted again." for key in fell)]
            stood |= now
            lines += ["totals:", *(f"  {key}: {amount}" for key, amount in stated.items())]
        if came_in := draw(receipts):
            lines += ["received:", *(f"  - {{source: {key}, amount: {amount:.2f}}}" for key, amount in came_in)]
        text = "\n".join([*lines, "---", "Words.", ""])
        document = parse_update_file(f"content/updates/{day}-news.md", text.encode())
        updates.append(parse_update(document, CAMPAIGN))
    return updates


@given(update_lists(), st.randoms())
def test_the_order_in_which_files_are_read_never_matters(updates, random):
    shuffled = list(updates)
    random.shuffle(shuffled)
    assert fold(CAMPAIGN, shuffled) == fold(CAMPAIGN, updates)


@given(update_lists())
def test_raised_is_the_sum_of_its_parts(updates):
    ledger = fold(CAMPAIGN, updates)
    assert not list(broken_rules(CAMPAIGN, ledger))
    for entry in ledger.entries:
        parts = [balance.amount for id, balance in entry.sources.items() if id != "tins"]
        assert entry.raised == (total(parts, "GBP") if parts else None)


@given(update_lists())
def test_a_source_of_receipts_stands_at_their_sum(updates):
    ledger = fold(CAMPAIGN, updates)
    for id in ("cash", "tins"):
        came_in = [r.amount for update in updates for r in update.said.received if r.source == id]
        if came_in:
            assert ledger.entries[-1].sources[id].amount == total(came_in, "GBP")


@given(update_lists())
def test_a_later_update_never_changes_an_earlier_entry_or_its_page(updates):
    ordered = sorted(updates, key=lambda update: update.order)
    whole = fold(CAMPAIGN, ordered).entries
    pages = {page.slug: page for page in a_view(CAMPAIGN, *ordered, on="2024-02-01").updates}
    for length in range(1, len(ordered) + 1):
        assert fold(CAMPAIGN, ordered[:length]).entries == whole[:length]
        page = a_view(CAMPAIGN, *ordered[:length], on="2024-02-01").updates[0]
        # Only the way to the next page appears when there is one.
        assert replace(page, newer=None) == replace(pages[page.slug], newer=None)


@given(amounts, st.integers(1, 20))
def test_what_is_met_plus_the_surplus_is_what_was_raised(text, number):
    raised = CAMPAIGN.region.parse(text)
    costs = costs_met(in_force(CAMPAIGN, date(2024, 1, number)), stated(raised))
    met = sum(line.met.exact.amount for line in costs.lines)
    assert met + (costs.surplus.exact.amount if costs.surplus else 0) == raised.amount
    assert all(line.met.exact.amount <= line.need.amount for line in costs.lines)


@given(amounts, cents)
def test_percent_never_rounds_up(text, more):
    raised, goal = CAMPAIGN.region.parse(text), Money(more + 1, "GBP")
    assert percent(raised, goal) * goal.amount <= 100 * raised.amount
    assert (percent(raised, goal) >= 100) == (raised.amount >= goal.amount)


@given(amounts, cents)
def test_the_bar_never_shows_more_than_there_is(text, more):
    raised, goal = CAMPAIGN.region.parse(text), Money(more + 1, "GBP")
    bar = measure(raised, goal)
    assert bar.done * max(raised.amount, goal.amount) <= 100 * raised.amount
    assert bar.done + bar.promised <= 100


@given(amounts)
def test_a_computed_figure_is_never_shown_as_more_than_it_is(text):
    money = CAMPAIGN.region.parse(text)
    shown = computed(money).shown
    assert shown.amount <= money.amount
    assert shown.qualifier is money.qualifier


@st.composite
def money_anywhere(draw: st.DrawFn) -> tuple[Region, Money]:
    region = draw(st.sampled_from(REGIONS))
    digits = draw(st.integers(0, 10**12))
    minor = draw(st.sampled_from([0, region.minor_digits]))
    amount = min(Decimal(digits).scaleb(-minor), Decimal(10) ** 12)
    return region, Money(amount, region.currency, draw(st.sampled_from(Qualifier)))


@given(money_anywhere())
def test_what_we_write_for_a_volunteer_is_read_as_the_same_money(pair):
    region, money = pair
    assert region.parse(region.write(money)) == money


@given(money_anywhere())
def test_what_pages_show_is_read_as_the_same_money(pair):
    region, money = pair
    if region.minor_digits == 3 and re.search(r"(?<![\d.,])[1-9]\d{0,2}[.,]\d{3}(?![\d.,])", region.format(money)):
        return  # one separator before three digits can be read two ways in this currency, and is refused
    assert region.parse(region.say(money)) == money


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_with_a_line(data):
    try:
        document = parse_update_file("content/updates/2024-01-01-x.md", b"---\n" + data)
        parse_update(document, CAMPAIGN)
    except CampaignError as error:
        assert all(problem.line >= 1 and problem.message for problem in error.problems)


yaml_bits = st.text(alphabet="abc:- \n'\"{}[]#&*!|>%@`0123456789,.~£\u00a0", max_size=80)


@given(yaml_bits)
def test_any_typing_is_read_or_refused_with_a_line_inside_the_file(text):
    source = f"---\ntitle: News\ndate: 2024-01-01\n{text}\n---\nWords.\n"
    try:
        parse_update(parse_update_file("content/updates/2024-01-01-x.md", source.encode()), CAMPAIGN)
    except CampaignError as error:
        last = source.count("\n") + 1
        assert all(1 <= problem.line <= last and problem.message for problem in error.problems)


days_of_goals = st.integers(1, 20).map(lambda number: date(2024, 1, number))
some_cents = st.integers(1, 10**6).map(lambda number: Decimal(number) / 100)
payments = st.lists(
    st.tuples(qualifiers, cents, days_of_goals, st.none() | st.integers(1, 9), st.booleans()), max_size=4
)


@st.composite
def campaigns_with_payers(draw: st.DrawFn) -> Campaign:
    """Two lines that others begin to pay, and stop paying, before and after a goal was set."""
    lines = ["goal:", f"  - {{amount: {draw(some_cents):.2f}}}"]
    lines += [f"  - {{from: {draw(days_of_goals)}, amount: {draw(qualifiers)}{draw(some_cents):.2f}}}"]
    paid: dict[bool, list[str]] = {True: [], False: []}
    for number, (qualifier, amount, day, length, is_first) in enumerate(draw(payments)):
        until = f"until: {day + timedelta(days=length)}, " if length else ""
        paid[is_first].append(f"      - {{from: {day}, {until}who: Payer {number}, amount: {qualifier}{amount:.2f}}}")
    lines.append("costs:")
    for is_first, id in ((True, "one"), (False, "two")):
        lines += [f"  - id: {id}", f"    label: {id}", f"    estimate: {draw(amounts)}"]
        lines += ["    paid_by:", *paid[is_first]] if paid[is_first] else []
    lines += [
        "sources: [{id: page, label: Page}, {id: bank, label: Bank}]",
        "milestones: [{raised: 100%}, {cost: two}]",
    ]
    return a_campaign("\n".join(lines))


@given(campaigns_with_payers(), st.none() | amounts, amounts)
def test_what_is_still_asked_for_is_what_is_missing_less_what_others_pay_and_never_below_nothing(campaign, page, bank):
    stated_ = f"totals:\n  page: {page}\n  bank: {bank}" if page else ""
    come_to = sum(CAMPAIGN.region.parse(amount).amount for amount in (page, bank) if amount)
    if page and come_to > in_force(campaign, date(2024, 1, 2)).goal.amount:
        stated_ += "\njump: So it was."
    now = (view := a_view(campaign, an_update(campaign, "2024-01-02", stated_), on="2024-01-12")).now
    raised = now.raised.exact.amount if now.raised else 0
    shown = now.raised.shown.amount if now.raised else 0
    others = now.others_pay.amount.exact.amount if now.others_pay else 0
    assert 0 <= others <= now.goal.amount
    assert (now.remaining is None) == (raised + others >= now.goal.amount) == (now.phase is Phase.REACHED)
    assert view.asks == (now.remaining is not None)
    if now.remaining:
        assert now.remaining.exact.amount == now.goal.amount - raised - others > 0
        # What is missing to the figure that the page shows, in whole units: a donor can check it there.
        assert now.remaining.exact.amount <= now.remaining.shown.amount < now.goal.amount - shown + 1
        assert view.surplus is None
    for state in view.milestones:
        if state.missing:
            assert now.remaining
            assert state.missing.exact.amount <= now.remaining.exact.amount


@given(amounts, amounts)
def test_what_is_left_of_a_figure_is_never_shown_as_more_than_it_is(whole, part):
    figure, taken = CAMPAIGN.region.parse(whole), CAMPAIGN.region.parse(part)
    for one in (stated(figure), computed(figure)):
        left = rest(one, taken)
        assert 0 <= left.shown.amount <= left.exact.amount == max(figure.amount - taken.amount, 0)


@given(update_lists())
def test_the_days_of_a_figure_are_days_on_which_somebody_stated_a_part_of_it(updates):
    for entry in fold(CAMPAIGN, updates).entries:
        days = as_of(CAMPAIGN, entry, date(2024, 2, 1))
        read = {balance.as_of for id, balance in entry.sources.items() if id != "tins"}
        assert (days is None) == (entry.raised is None)
        if days:
            assert days.oldest <= days.newest
            assert {days.oldest, days.newest} <= read
