"""Money in other currencies, matches, payments and the final account, as the pages of figures and updates say them."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from types import SimpleNamespace

import pytest

from campaign.loading.load import load_campaign
from campaign.loading.site_paths import pages_of
from campaign.loading.translations import CATALOGS
from campaign.verifying.page_proof import PageProof
from campaign.verifying.voice import voice_of
from campaign.verifying.written_page import written_page
from partials import NOW, Example, Views

CAMPAIGN = """\
name: Ola learns to walk
currency: GBP
goal: 60,000
summary: Ola needs an operation.
costs:
  - id: surgery
    label: The operation
    estimate: 25000
    paid_by: [{from: 2024-04-02, who: The council, amount: 3000}]
  - {id: aftercare, label: Aftercare, estimate: 20000}
promise: {too_much: It helps another child., too_little: It buys a chair., not_needed: It goes to the ward.}
sources:
  - {id: page, label: The page}
  - {id: abroad, label: The page abroad, currency: USD}
  - {id: jar, label: A jar, records: receipts}
matches:
  - {id: mill, who: a mill, up_to: 4000, from: 2024-01-10, until: 2024-03-31, sources: [page]}
  - {id: shop, who: The shop, each: 0.5, up_to: 500, from: 2024-02-01, until: 2024-04-30}
  - {id: bank, who: The bank, each: 2, up_to: 90000, from: 2024-02-01}
"""
UPDATES = {
    "2024-01-05-begun": "totals: {page: 1000, abroad: 10000}\nrates: {USD: 0.79}\n",
    "2024-02-10-rate": "rates: {USD: 0.7531}\n",
    "2024-03-05-mill": "totals: {page: 9000}\nkept: [mill]\n",
    "2024-04-10-paid": (
        "totals: {page: 32000, abroad: 12500.50}\nrates: {USD: 0.81}\njump: A legacy, and a bill.\nwithdrawn: [shop]\n"
        "paid:\n  - {amount: 12000, to: The hospital, cost: surgery}\n  - {amount: 310.50, to: Trains}\n"
    ),
    "2024-05-01-back": (
        "paid:\n  - {amount: -500, to: The hospital, cost: surgery}\ncorrection: A day too much was charged.\n"
    ),
}
FAIR = "---\ntitle: A summer fair\ndate: 2024-08\n---\nCome.\n"
WALK = "---\ntitle: The walk\ndate: 2024-02\nheld: true\n---\nAll walked.\n"
SOME_DAY = "---\ntitle: Some day\n---\nWe shall see.\n"
ENDS = {
    "asking": {},
    "done": {
        "2024-06-01-end": (
            "ends: done\njump: The whole course at once.\n"
            "paid:\n  - {amount: 20000, to: The therapist, cost: aftercare}\n"
            "  - {amount: 4000, to: Another child, promise: too_much}\n"
        )
    },
    "gone": {
        "2024-06-01-end": "title: Ola died on Sunday\nends: not_needed\n",
        "2024-07-01-given": "jump: As we had said.\npaid:\n  - {amount: 30000, to: The ward, promise: not_needed}\n",
    },
    "left": {"2024-06-01-end": "ends: stopped\n"},
}
DAY = "2024-07-10"


@pytest.fixture(scope="module")
def views(tmp_path_factory):
    views = Views(tmp_path_factory.mktemp("money"))
    for name, more in ENDS.items():
        folder = views.folder / "content" / name
        (folder / "updates").mkdir(parents=True)
        (folder / "events").mkdir()
        (folder / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
        for slug, text in {**UPDATES, **more}.items():
            title = "" if "title:" in text else f"title: News of {slug[11:]}\n"
            written = f"---\n{title}date: {slug[:10]}\n{text}---\nWords.\n"
            (folder / f"updates/{slug}.md").write_text(written, encoding="utf-8")
        for slug, text in (("fair", FAIR), ("walk", WALK), ("some-day", SOME_DAY)):
            (folder / f"events/{slug}.md").write_text(text, encoding="utf-8")
    return views


def page(views, appeal, place, day=DAY):
    """The HTML of a page."""
    env, context = views.of(Example("", "", appeal, day))
    folder, _, slug = place.removesuffix(".html").rpartition("/")
    kind = {"updates": "article", "events": "event"}.get(folder, slug)
    given = {"output_file": place, "page": SimpleNamespace(slug=slug)}
    if folder == "updates":
        given |= {"view": context["view"].shared, "update": context["view"].by_slug[slug]}
    if folder == "money":
        kind, years = "money_year", context["view"].earlier_statements
        given["of_year"] = next(each for each in years if each.year == int(slug))
    return env.get_template(f"{kind}.html").render(context | given)


def words(html):
    """The words of its main part."""
    html = html.partition('<main id="main">')[2].partition("</main>")[0]
    return " ".join(re.sub(r"\s+([.,:;)])", r"\1", unescape(re.sub(r"<[^>]+>", " ", html))).replace("( ", "(").split())


def said(views, appeal, place, day=DAY):
    return words(page(views, appeal, place, day))


def test_each_account_in_another_currency_has_its_own_figure_and_its_rate_beside_the_sum(views):
    own = "about £10,125 US$12,500.50 at US$1 = £0.81, the rate of 10 April 2024"
    for place in ("money.html", "account.html"):
        assert own in said(views, "done", place)
    update = said(views, "done", "updates/2024-04-10-paid.html")
    assert f"The page abroad: {own.replace(' US$12', ' (US$12')})" in update


def test_nobody_takes_what_a_rate_alone_made_for_a_gift_or_a_loss(views):
    fell = "The rate alone took about £369 off, and nobody took it out: US$10,000 counted at US$1 = £0.79, and then"
    rose = "The rate alone added about £569, which is nobody’s gift: US$10,000 counted at US$1 = £0.7531, and then"
    money = said(views, "asking", "money.html")
    assert (money.count(fell), money.count(rose)) == (1, 2)  # the newest one beside the source, too
    rated = said(views, "asking", "updates/2024-02-10-rate.html")
    assert f"{fell} at US$1 = £0.7531." in rated and "more than in the update before" not in rated
    assert fell not in said(views, "asking", "updates/2024-03-05-mill.html")


def test_a_rate_is_written_with_all_of_its_digits(views):
    assert "US$1\u00a0=\u00a0£0.7531" in page(views, "asking", "updates/2024-02-10-rate.html")


def test_an_update_tells_of_its_payments_and_of_what_was_in_hand_after_it(views):
    paid = said(views, "asking", "updates/2024-04-10-paid.html")
    assert "Paid out £12,000 – The hospital, for: The operation £310.50 – Trains By then £12,310.50 of what was" in paid
    assert "had been paid out, and about £29,814.50 was left." in paid
    assert "A legacy, and a bill. The page: £9,000 became £32,000" in paid
    back = said(views, "asking", "updates/2024-05-01-back.html")
    assert "A day too much was charged. £500 was paid back: The hospital" in back
    assert "paid back: £500 – The hospital" in back
    assert "In hand" not in said(views, "asking", "updates/2024-03-05-mill.html")


def test_what_became_of_a_match_stands_with_the_update_that_said_so(views):
    kept = said(views, "asking", "updates/2024-03-05-mill.html")
    assert "A matched gift has come in: a mill (gifts" not in kept  # nothing came to the page before it was kept
    assert "A matched gift has come in: a mill" in kept
    assert "A matched gift will not come: The shop, up to £500" in said(views, "asking", "updates/2024-04-10-paid.html")


def test_the_money_page_says_what_became_of_each_match(views):
    money = said(views, "asking", "money.html")
    assert "A mill, up to £4,000 Each gift was doubled (the page), from 10 January 2024 until 31 March 2024" in money
    assert "Came in on 5 March 2024. What came in is in the total." in money
    assert "Each gift became 1.5 times as much, from 1 February 2024 until 30 April 2024 Withdrawn on 10" in money
    assert "Each gift becomes 3 times as much, from 1 February 2024 " in money
    ended = said(views, "gone", "money.html")
    assert "Somebody added to what others gave" in ended and "The bank" not in ended and "The shop" not in ended


def test_matches_that_are_used_up_over_or_not_called_for(views):
    assert "All of it is used." in said(views, "matched", "money.html", "2025-06-10")
    over = said(views, "matched", "money.html", "2025-07-20")
    assert "It is over: £600 of it was used. It has not come in yet and is not counted." in over
    early = said(views, "asking", "money.html", "2024-02-05")
    assert "None of it is used so far." in early


def test_the_payments_and_what_is_in_hand_come_to_what_was_raised(views):
    for appeal, place in (("matched", "account.html"), ("remembered", "account.html"), ("matched", "money.html")):
        html = page(views, appeal, place, "2026-05-01")
        table = html.partition('<table class="spending">')[2].partition("</thead>")[2].partition("</table>")[0]
        rows = [
            (unescape(name), 0 if "nothing" in cell else float(re.sub(r"[^\d.]", "", cell)))
            for name, cell in re.findall(
                r'<tr(?: class="(\w*)")?><th.*?<td class="n">([^<]*)</td></tr>', table, re.DOTALL
            )
        ]
        raised, *lines = [amount for kind, amount in rows if kind]
        *payments, paid, left = [amount for kind, amount in rows if not kind]
        assert sum(payments) == sum(lines) == paid > 0
        assert raised == paid + left


def test_no_account_says_that_more_was_spent_than_came_in(views):
    """What came in is about €11,288, rounded about €11,200, and all of it was spent."""
    told = said(views, "dollars", "account.html", "2026-05-01").replace("\u00a0", " ")
    assert "Etwa 11.288 € kamen zusammen; 11.288 € davon" in told and "11.200" not in told
    assert "Noch übrig nichts" in told


def test_a_final_account_says_plainly_what_nobody_has_accounted_for(views):
    stopped = said(views, "left", "account.html")
    assert stopped.startswith("What became of the money The final account About £42,125 was raised, and £11,810.50")
    assert "About £30,314.50 not accounted for yet: the updates do not say yet what becomes of it." in stopped
    assert "The appeal closed on 1 June 2024. News of end" in stopped
    assert "Not accounted for yet about £30,314.50" in stopped and "In hand" not in stopped
    told = said(views, "matched", "account.html", "2026-05-01")
    assert "Nothing is left, and every payment stands below" in told and "accounted for yet" not in told
    assert "Still left nothing" in told


def test_there_is_a_final_account_once_the_appeal_has_ended_and_told_of_payments(views):
    for appeal, day, has_one in (
        ("asking", DAY, False),
        ("done", "2024-05-20", False),
        ("done", DAY, True),
        ("closed-alone", "2026-05-01", False),
    ):
        _, context = views.of(Example("", "", appeal, day))
        assert ("account.html" in pages_of(context["view"])) is has_one
        assert ('href="./account.html"' in page(views, appeal, "money.html", day)) is has_one


def test_once_it_has_ended_an_update_carries_the_ending_and_its_own_title_once(views):
    end = said(views, "gone", "updates/2024-06-01-end.html")
    assert end.count("Ola died on Sunday") == 1
    assert "The appeal closed on 1 June 2024. What happens to the money, as promised: It goes to the ward." in end
    given = said(views, "gone", "updates/2024-07-01-given.html")
    assert "The appeal closed on 1 June 2024. Ola died on Sunday" in given
    for told in (end, given):
        assert not re.search(r"needed|short of|to go|£60,000|%|still|missing", told)
    assert "was still needed" in said(views, "gone", "updates/2024-03-05-mill.html")  # the record of its day
    assert "How the appeal ended" in said(views, "gone", "updates/2024-03-05-mill.html")


@pytest.mark.parametrize("appeal", ["done", "gone", "left"])
def test_once_it_has_ended_goals_and_costs_are_a_record_of_what_was(views, appeal):
    money = said(views, appeal, "money.html")
    assert "The goal, as it was £60,000. No earlier goal is on record." in money
    assert "What the money was for Cost Estimate Others were to pay The operation The council was to pay" in money
    assert "£25,000 £3,000 Aftercare £20,000 – Together £45,000 £3,000" in money
    assert "The council was to pay £3,000 from 2 April 2024" in money
    assert not re.search(r"still needed|is needed|the goal is|That leaves|pays £|no figure yet|not here yet", money)
    if appeal == "gone":
        assert not re.search(r"%| of £60,000|more than", money)


def test_what_was_only_planned_is_no_invitation_once_the_appeal_has_ended(views):
    assert "A summer fair" in said(views, "asking", "events.html")
    listed = said(views, "gone", "events.html")
    assert "The walk" in listed and "February 2024 – took place" in listed
    assert "A summer fair" not in listed and "Some day" not in listed
    assert said(views, "gone", "events/fair.html").startswith("Was planned for August 2024 A summer fair")
    assert said(views, "gone", "events/some-day.html").startswith("Was planned, without a date Some day")


def tables(html):
    """Every table of a page with sums at its foot: the amounts of its rows, column by column, and those sums."""
    for table in re.findall(r"<table>.*?</table>|<table class=\"costs\">.*?</table>", html, re.DOTALL):
        body, foot = table.partition("<tbody>")[2], table.partition("<tfoot>")[2]
        rows = [
            [amount(cell) for cell in re.findall(r'<td class="n"[^>]*>(.*?)</td>', row, re.DOTALL)]
            for row in re.findall(r"<tr>.*?</tr>", body.partition("<tfoot>")[0], re.DOTALL)
        ]
        sums = [amount(cell) for cell in re.findall(r'<td class="n"[^>]*>(.*?)</td>', foot, re.DOTALL)]
        if sums:
            yield list(zip(*rows, strict=True)), sums


def amount(cell):
    """The number of an amount in British English; a dash and words are nothing."""
    said = unescape(cell).partition("<")[0]
    number = float(re.sub(r"[^\d.]", "", said) or 0)
    return -number if "taken back" in said else number


@pytest.mark.parametrize(
    ("appeal", "day"),
    [
        *(("asking", f"2024-{day}") for day in ("01-06", "02-11", "03-06", "04-11", "07-10")),
        *(
            (appeal, day)
            for appeal in ("village-hall", "matched")
            for day in ("2025-06-20", "2025-09-10", "2026-05-01")
        ),
        *((appeal, DAY) for appeal in ("done", "gone", "left")),
    ],
)
def test_every_table_of_the_money_page_adds_up_by_itself(views, appeal, day):
    """By source and by cost they are sums; of the goal, the first row less those below it; rounding is in none."""
    found = list(tables(page(views, appeal, "money.html", day)))
    assert found
    for columns, sums in found:
        is_goal = len(columns) == len(sums) == 1 and round(sum(columns[0]), 2) != sums[0]
        right = [columns[0][0] - sum(columns[0][1:])] if is_goal else [sum(column) for column in columns]
        assert [round(each, 2) for each in right] == sums


def test_what_is_rounded_down_at_the_top_stands_in_full_in_the_table_and_the_page_says_why(views):
    money = said(views, "done", "money.html")
    assert "About £42,100 raised of £60,000" in money and "Raised about £42,125" in money
    assert "Elsewhere the total is rounded down" in money
    assert "Elsewhere the total is rounded down" not in said(views, "matched", "money.html", "2026-05-01")


def test_where_there_is_one_of_a_thing_there_is_no_table_of_it(views):
    money = page(views, "minimal", "money.html", "2025-05-02")
    assert money.count("<table") == 2  # the goal and what came in, and the statements
    assert "£50,000. No earlier goal is on record." in words(money)


def test_once_the_money_is_not_needed_nothing_is_held_against_the_goal_and_no_chart_is_drawn(views):
    for appeal, day in (("gone", DAY), ("remembered", "2026-05-01"), ("dollars", "2026-05-01")):
        html = page(views, appeal, "money.html", day)
        assert 'id="h-growth"' not in html and 'class="pairs"' not in html
    for appeal, day in (("asking", DAY), ("done", DAY), ("matched", "2026-05-01")):
        html = page(views, appeal, "money.html", day)
        assert 'id="h-growth"' in html and 'class="chart"' in html
    assert "Still needed" in said(views, "asking", "money.html")
    assert "Nicht zusammengekommen" in said(views, "euro", "money.html", "2026-05-01")


def test_a_large_payment_is_not_said_to_have_come_in(views):
    money = said(views, "remembered", "money.html", "2026-05-01")
    assert "Large sums at once, and why 14 December 2025 As we had said. £9,000: The children" in money


def test_nobody_holds_what_has_all_been_paid_out(views):
    assert "Nell’s aunts The money is held by the family." in said(views, "matched", "index.html", "2025-05-01")
    gone = said(views, "matched", "index.html", "2026-05-01")
    assert "Who held the money Nell’s aunts The money was held by the family." in gone
    assert "is held by" not in gone and "What happens to the money" not in gone
    left = said(views, "village-hall", "index.html", "2026-05-01")
    assert "Who holds the money Nether Wickham Village Hall, charity number 1000000 The money is held by" in left


def test_statements_stand_newest_first_and_earlier_years_have_pages_of_their_own(views):
    day = "2026-05-01"
    money = said(views, "village-hall", "money.html", day)
    assert money.index("2026 20 April 2026 Open again") < money.index("Raised before 2026 £47,300")
    assert "Earlier years What was stated in 2025 What was stated in 2024" in money
    assert "Raised then" in money and "Opening night" not in money
    html = page(views, "village-hall", "money/2025.html", day)
    year = words(html)
    assert year.startswith("What was stated in 2025 Newest first") and "Raised then 7 December 2025" in year
    assert "Raised before 2025" in year and "Other years What was stated in 2024" in year
    assert 'href="./money.html"' in html and 'href="./money/2024.html"' in html
    oldest = said(views, "village-hall", "money/2024.html", day)
    assert "Raised before 2024" not in oldest  # nobody had stated a figure by then
    view = views.of(Example("", "", "village-hall", day))[1]["view"]
    pages = [page(views, "village-hall", f"money{place}.html", day) for place in ("", "/2025", "/2024")]
    for update in view.updates:
        assert sum(f'updates/{update.slug}.html" data-said' in each.partition("h-statements")[2] for each in pages) == 1


PLACES = ("money", "account.html", "events.html", "updates/", "events/")
LIVES = [(appeal, DAY) for appeal in ENDS] + [
    (appeal, day)
    for appeal in ("matched", "dollars", "remembered", "resumed", "stopped", "closed-alone")
    for day in ("2025-07-14", "2026-05-01")
]
LIVES.append(("village-hall", "2026-05-01"))


@pytest.mark.parametrize(("appeal", "day"), LIVES)
def test_every_page_of_figures_says_what_is_so_and_nothing_else(views, appeal, day):
    """As a build proves it, in every language of the examples."""
    view = views.of(Example("", "", appeal, day))[1]["view"]
    loaded = load_campaign(views.folder, views.folder / "content" / appeal, now=NOW, as_of=date.fromisoformat(day))
    proof = PageProof(view, voice_of(view.appeal.region, CATALOGS), loaded.stories, "")
    for place in sorted(pages_of(view)):
        if place.startswith(PLACES) and not re.fullmatch(r"updates/\d{4}\.html", place):
            assert list(proof.faults(place, written_page(page(views, appeal, place, day)))) == [], place


@pytest.mark.parametrize(
    ("place", "old", "new"),
    [
        ("account.html", "about £30,314.50</td>", "about £20,314.50</td>"),
        ("account.html", "£12,000</td>", "£13,000</td>"),
        ("account.html", "About £30,314.50 not", "About £20,314.50 not"),
        ("account.html", "It helps another child.", "It is ours."),
        ("money.html", "£0.7531, and", "£0.7541, and"),
        ("money.html", "US$12,500.50", "US$12,600.50"),
        ("money.html", "about £42,125</td>", "about £42,225</td>"),
        ("money.html", "£45,000</td>", "£46,000</td>"),
        ("money.html", "£3,000</td>", "£4,000</td>"),
        ("money.html", "paid back: £500</b>", "paid back: £50</b>"),
        ("updates/2024-04-10-paid.html", "about £29,814.50 was", "about £39,814.50 was"),
        ("updates/2024-04-10-paid.html", "The shop</span>", "The bank</span>"),
        ("updates/2024-06-01-end.html", "It helps another child.", "It is ours."),
    ],
)
def test_what_is_changed_about_money_is_found(views, place, old, new):
    appeal = "left"
    html = page(views, appeal, place).replace("\u00a0", " ")
    assert old in html
    view = views.of(Example("", "", appeal, DAY))[1]["view"]
    loaded = load_campaign(views.folder, views.folder / "content" / appeal, now=NOW, as_of=date.fromisoformat(DAY))
    proof = PageProof(view, voice_of(view.appeal.region, CATALOGS), loaded.stories, "")
    assert list(proof.faults(place, written_page(html))) == []
    assert list(proof.faults(place, written_page(html.replace(old, new)))), new


@pytest.mark.parametrize(
    ("place", "old", "new"),
    [
        ("money/2025.html", "£2,905.50", "£2,950.50"),
        ("money/2025.html", "Raised before 2025</th>", "Raised before 2024</th>"),
        ("money/2025.html", "updates/2025-05-04-", "updates/2025-03-16-"),
        (
            "money.html",
            '>Raised before 2026</th><td class="n">£47,300',
            '>Raised before 2026</th><td class="n">£47,200',
        ),
        ("money.html", "100V", "100V1"),
    ],
)
def test_a_statement_of_an_earlier_year_and_the_chart_are_read_like_everything_else(views, place, old, new):
    html = page(views, "village-hall", place, "2026-05-01").replace("\u00a0", " ")
    view = views.of(Example("", "", "village-hall", "2026-05-01"))[1]["view"]
    content = views.folder / "content/village-hall"
    loaded = load_campaign(views.folder, content, now=NOW, as_of=date(2026, 5, 1))
    proof = PageProof(view, voice_of(view.appeal.region, CATALOGS), loaded.stories, "")
    above, slim, rest = html.partition('<header class="slim">')
    assert old in rest
    assert list(proof.faults(place, written_page(html))) == []
    assert list(proof.faults(place, written_page(above + slim + rest.replace(old, new, 1)))), new
