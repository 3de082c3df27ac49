"""The view: what pages get, in the order they show it."""

from dataclasses import fields
from datetime import date
from decimal import Decimal

from campaign.core.figures.assembly import build_view
from campaign.core.figures.ledger import fold
from campaign.core.reading.front_matter import parse_update_file
from campaign.core.reading.money import Qualifier
from campaign.core.reading.repository import Repository
from campaign.core.reading.update import parse_page, parse_update
from writing import a_campaign, a_view, an_event, an_update


def test_updates_come_newest_first_with_their_neighbours_and_years():
    campaign = a_campaign()
    updates = [
        an_update(campaign, "2023-12-31", "title: One"),
        an_update(campaign, "2024-01-02 09:00", "title: Two", slug="b"),
        an_update(campaign, "2024-01-02 10:00", "title: Three", slug="a"),
    ]
    view = a_view(campaign, *updates, on="2024-01-05")
    assert [update.title for update in view.updates] == ["Three", "Two", "One"]
    assert [(year, len(group)) for year, group in view.years] == [(2024, 2), (2023, 1)]
    two = view.by_slug["2024-01-02-b"]
    assert (two.older.title, two.newer.title, two.time) == ("One", "Three", "09:00")
    assert (view.updates[0].newer, view.updates[2].older) == (None, None)


def test_a_place_that_an_events_headline_says_is_not_said_again():
    named = an_event(a_campaign(), "fair", "title: May fair in the Mill\ndate: 2024-05-01\nplace: the mill")
    other = an_event(a_campaign(), "quiz", "title: Quiz night\ndate: 2024-05-02\nplace: The Mill")
    nowhere = an_event(a_campaign(), "walk", "title: Walk\ndate: 2024-05-03")
    view = a_view(a_campaign(), on="2024-04-01", events=(named, other, nowhere))
    assert [event.place_apart for event in view.events] == [None, "The Mill", None]


def first_said(*updates, more="", summary="The roof leaks.", on="2024-12-31"):
    campaign = a_campaign(f"goal: 1000\nsummary: '{summary}'\n{more}" if summary else f"goal: 1000\n{more}")
    return a_view(campaign, *(an_update(campaign, day, said) for day, said in updates), on=on).headline


def test_what_is_said_first_is_the_one_sentence_then_the_newest_title_then_that_of_the_end():
    begun = ("2024-01-05", "title: Begun\ntotals: {raised: 400}")
    there = ("2024-02-05", "title: We are there\ntotals: {raised: 1000}")
    ended = ("2024-03-05", "title: Thank you\nends: done")
    assert first_said(begun) == "The roof leaks."
    assert first_said(begun, summary="") == first_said(begun, summary="", on="2024-01-04")
    assert first_said(begun, there) == "We are there"
    assert first_said(begun, there, ended) == "Thank you"


def of_days(*days):
    campaign = a_campaign()
    amounts = ((day, 100 * (number + 1)) for number, day in enumerate(days))
    updates = [an_update(campaign, day, f"totals: {{raised: {amount}}}") for day, amount in amounts]
    return a_view(campaign, *updates, on="2024-12-31")


def test_few_statements_stand_on_one_page_and_else_each_earlier_year_on_its_own():
    months = [f"2023-{month:02}-05" for month in range(2, 12)]
    few = of_days("2022-12-31", *months, "2024-01-05")
    assert [of.year for of in few.newest_statements] == [2024, 2023, 2022]
    assert few.earlier_statements == ()
    many = of_days("2022-12-31", *months, "2023-12-05", "2024-01-05")
    assert [(of.year, len(of.updates)) for of in many.newest_statements] == [(2024, 1)]
    assert [(of.year, len(of.updates)) for of in many.earlier_statements] == [(2023, 11), (2022, 1)]
    before = [of.before and of.before.exact.amount for of in many.statements]
    assert before == [1200, 100, None]
    assert of_days().statements == ()


def test_a_new_update_moves_no_statement_of_an_earlier_year():
    days = [f"2022-{month:02}-05" for month in range(1, 13)] + [f"2023-{month:02}-05" for month in range(1, 13)]
    before, after = of_days(*days, "2024-01-05"), of_days(*days, "2024-01-05", "2024-02-05")
    slugs = [[[update.slug for update in of.updates] for of in view.earlier_statements] for view in (before, after)]
    assert slugs[0] == slugs[1]


def test_the_archive_names_a_hundred_updates_and_of_earlier_years_the_year_alone():
    days = [f"{month:02}-{day:02}" for month in range(1, 10) for day in range(1, 12)]  # 99 of them
    few = of_days("2022-05-01", *(f"2023-{day}" for day in days))
    assert [year for year, _ in few.listed_years] == [2023, 2022] and few.unlisted_years == ()
    more = of_days("2022-05-01", *(f"2023-{day}" for day in days), "2024-01-05")
    assert [(year, len(of)) for year, of in more.listed_years] == [(2024, 1), (2023, 99)]
    assert more.unlisted_years == (2022,)
    year = of_days("2022-05-01", *(f"2023-{day}" for day in [*days, "12-01", "12-02"]))
    assert [(year, len(of)) for year, of in year.listed_years] == [(2023, 101)] and year.unlisted_years == (2022,)
    assert of_days().listed_years == of_days().unlisted_years == ()


def test_promised_gifts_that_are_not_here_yet_are_added_up_where_there_are_several():
    campaign = a_campaign()
    promised = "promised:\n  - {id: a, amount: about 500}\n  - {id: b, amount: 250.50}\n"
    first = an_update(campaign, "2024-01-01", promised)
    kept = an_update(campaign, "2024-01-05", "kept: [a]\ntotals: {raised: 500}")
    assert a_view(campaign, first, on="2024-01-02").open_pledges.unrounded.amount == Decimal("750.50")
    assert a_view(campaign, first, kept, on="2024-01-06").open_pledges is None


def test_a_campaign_with_no_update_yet_is_shown_without_a_figure():
    view = a_view(a_campaign(), on="2024-01-01")
    assert (view.updates, view.now.raised, view.overall, view.counters, view.pledges) == ((), None, None, (), ())
    assert view.now.remaining.shown.amount == 50000


def test_what_an_update_added_is_shown_rounded_down_and_only_where_the_total_grew():
    campaign = a_campaign()
    first = an_update(campaign, "2024-01-01", "totals:\n  raised: 100.50")
    second = an_update(campaign, "2024-01-02", "totals:\n  raised: about 201")
    third = an_update(campaign, "2024-01-03", "totals:\n  raised: 150\ncorrection: Counted twice.")
    view = a_view(campaign, first, second, third, on="2024-01-05")
    added = [update.added for update in view.updates]
    assert (added[0], added[2]) == (None, None)
    assert (added[1].shown.amount, added[1].shown.qualifier) == (100, Qualifier.ABOUT)


def test_the_summary_is_the_volunteers_else_the_first_sentence():
    campaign = a_campaign()
    given = an_update(campaign, "2024-01-01", "summary: In short.", body="Long story. More.")
    taken = an_update(campaign, "2024-01-02", body="Long story. More.")
    view = a_view(campaign, given, taken, on="2024-01-05")
    assert [update.summary for update in view.updates] == ["Long story.", "In short."]
    events = (
        an_event(campaign, "fete", "title: Fete\ndate: 2024-02-01\nsummary: Cakes on the green."),
        an_event(campaign, "walk", "title: Walk\ndate: 2024-02-02"),
    )
    dated = a_view(campaign, on="2024-01-05", events=events).events
    assert [event.summary for event in dated] == ["Cakes on the green.", "Come along."]


def test_an_event_of_a_month_or_year_stands_behind_the_days_known_of_it_and_one_nobody_dates_last():
    campaign = a_campaign()
    events = tuple(
        an_event(campaign, slug, f"title: Any\n{fields}")
        for slug, fields in {
            "held-some-day": "held: true",
            "a-month-ago": "date: 2024-04\nheld: true",
            "a-day-of-it": "date: 2024-04-20",
            "last-year": "date: 2023",
            "this-month": "date: 2024-05",
            "its-last-day": "date: 2024-05-30",
            "this-year": "date: 2024",
            "open": "said: 2024-05-01",
        }.items()
    )
    view = a_view(campaign, on="2024-05-10", events=events)
    upcoming = ["its-last-day", "this-month", "this-year", "open"]
    assert [event.slug for event in view.events] == [
        *upcoming,
        *("a-month-ago", "a-day-of-it", "last-year", "held-some-day"),
    ]
    assert [event.slug for event in view.events if event.is_held] == ["a-month-ago", "held-some-day"]
    assert [event.slug for event in view.events if event.is_past] == ["a-month-ago", "a-day-of-it", "last-year"]
    assert [event.slug for event in view.dated_events] == ["a-day-of-it", "its-last-day"]
    assert view.event_by_slug["open"].said == date(2024, 5, 1)
    assert [event.state.value for event in view.events] == [
        *("to come", "to come", "to come", "announced"),
        *("held", "past", "past", "held"),
    ]


def test_an_event_of_which_nobody_said_anything_has_no_date_and_a_cancelled_one_is_neither_held_nor_past():
    campaign = a_campaign()
    off = an_event(campaign, "off", "title: Off\ndate: 2024-04\nstatus: cancelled")
    view = a_view(campaign, on="2024-05-10", events=(an_event(campaign, "open", "title: Open"), off))
    assert {event.slug: event.state.value for event in view.events} == {"open": "undated", "off": "cancelled"}


def test_on_a_past_day_a_month_is_not_known_to_be_held_before_it_is_over():
    campaign = a_campaign()
    fair = an_event(campaign, "fair", "title: Fair\ndate: 2024-05\nheld: true")
    day = date(2024, 5, 10)
    (then,) = build_view(campaign, fold(campaign, ()), day=day, is_past_day=True, events=[fair]).events
    (now,) = build_view(campaign, fold(campaign, ()), day=day, events=[fair]).events
    assert (then.is_held, now.is_held) == (False, True)
    last = date(2024, 5, 31)
    (then,) = build_view(campaign, fold(campaign, ()), day=last, is_past_day=True, events=[fair]).events
    assert then.is_held


def test_each_statement_leads_to_its_file_and_to_all_that_was_changed_in_it_where_that_is_known():
    campaign = a_campaign("repository: hall/roof")
    update = an_update(campaign, "2024-01-01", "totals:\n  raised: 100")
    (shown,) = a_view(campaign, update, on="2024-01-05").updates
    assert shown.file == "https://github.com/hall/roof/blob/HEAD/content/updates/2024-01-01-news.md"
    assert shown.history == "https://github.com/hall/roof/commits/HEAD/content/updates/2024-01-01-news.md"
    copy = Repository("fork/roof")
    (shown,) = build_view(campaign, fold(campaign, [update]), day=date(2024, 1, 5), repository=copy).updates
    assert shown.file.startswith("https://github.com/fork/roof/")
    (shown,) = a_view(a_campaign(), update, on="2024-01-05").updates
    assert (shown.file, shown.history) == (None, None)


def test_events_come_by_date_then_those_without_one_then_the_past():
    campaign = a_campaign("sources:\n  - {id: cash, label: Cash, records: receipts}")
    events = (
        an_event(campaign, "old", "title: Old\ndate: 2024-01-01"),
        an_event(campaign, "older", "title: Older\ndate: 2023-01-01"),
        an_event(campaign, "some-day", "title: Some day"),
        an_event(campaign, "later", "title: Later\ndate: 2024-03-01 19:00\nplace: The hall"),
        an_event(campaign, "soon", "title: Soon\ndate: 2024-02-01\nstatus: cancelled"),
    )
    update = an_update(
        campaign,
        "2024-01-02",
        "received:\n  - {source: cash, amount: 10, event: old}\n  - {source: cash, amount: 5, event: old}",
    )
    view = a_view(campaign, update, on="2024-02-01", events=events)
    assert [(event.slug, event.is_past, event.is_cancelled) for event in view.events] == [
        ("soon", False, True),
        ("later", False, False),
        ("some-day", False, False),
        ("old", True, False),
        ("older", True, False),
    ]
    assert [event.raised.exact.amount if event.raised else None for event in view.events] == [
        None,
        None,
        None,
        15,
        None,
    ]
    later = view.event_by_slug["later"]
    assert (later.title, later.time, later.place, later.summary) == ("Later", "19:00", "The hall", "Come along.")
    assert (view.event_by_slug["some-day"].time, view.event_by_slug["some-day"].day) == ("", None)


LIFE = """
    closed: 2024-12-01
    give:
      - {label: Page, url: "https://example.org/page", closes: 2024-06-30}
      - {label: Bank}
    promise: {too_much: It goes to the next roof., first_said: 2024-02-01}
    treatment:
      - {said: 2024-03-01, status: booked, when: spring}
      - {said: 2024-01-01, status: hoped}
    press:
      - {date: 2024-02, publication: The Echo}
      - {date: 2023, publication: The Bugle}
      - {date: 2024-05-05, publication: The Later}
    counters:
      - {id: names, label: names}
      - {id: cakes, label: cakes}
"""


def test_what_is_said_later_is_not_shown_on_an_earlier_day():
    campaign = a_campaign(LIFE)
    update = an_update(campaign, "2024-01-10", "counters:\n  names: 5")
    january = a_view(campaign, update, on="2024-01-31")
    march = a_view(campaign, update, on="2024-03-01")
    assert (january.promise, march.promise.too_much) == (None, "It goes to the next roof.")
    assert [plan.status for plan in january.treatment] == ["hoped"]
    assert [plan.status for plan in march.treatment] == ["booked", "hoped"]
    assert [report.publication for report in january.press] == ["The Bugle"]
    assert [report.publication for report in march.press] == ["The Echo", "The Bugle"]
    assert [(counter.counter.id, counter.count.number) for counter in march.counters] == [("names", 5)]


def test_a_way_to_give_is_open_to_the_end_of_its_last_day_and_none_is_once_closed():
    campaign = a_campaign(LIFE)
    last = a_view(campaign, on="2024-06-30")
    after = a_view(campaign, on="2024-07-01")
    closed = a_view(campaign, on="2024-12-01")
    assert [way.label for way in last.ways] == ["Page", "Bank"]
    assert ([way.label for way in after.ways], [way.label for way in after.closed_ways]) == (["Bank"], ["Page"])
    assert (closed.ways, len(closed.closed_ways)) == ((), 2)


def test_the_view_of_an_earlier_day_holds_nothing_that_was_said_or_began_later():
    campaign = a_campaign(
        LIFE
        + """
    goal:
      - {amount: 5}
      - {from: 2024-05-01, amount: 6}
    deadline:
      - {said: 2024-01-01, date: 2024-06-01}
      - {said: 2024-05-01, date: 2024-07-01}
    costs:
      - {id: a, label: A, estimate: 5, paid_by: [{from: 2024-05-01, who: Others, amount: 1}]}
    milestones:
      - {id: day, label: The day, date: 2024-09-01, said: 2024-05-01}
    """
    )
    early, late = a_view(campaign, on="2024-01-31").appeal, a_view(campaign, on="2024-06-01").appeal
    assert [len(early.goal), len(early.deadline), len(early.costs[0].paid_by), len(early.milestones)] == [1, 1, 0, 0]
    assert [len(early.treatment), len(early.press), early.promise] == [1, 1, None]
    assert [len(late.goal), len(late.deadline), len(late.costs[0].paid_by), len(late.milestones)] == [2, 2, 1, 1]


def test_an_other_cause_without_a_receipt_is_not_shown():
    campaign = a_campaign("other_causes:\n  - {id: unit, label: The unit}")
    assert a_view(campaign, an_update(campaign, "2024-01-01"), on="2024-01-01").causes == ()


SUMS = """
    sources:
      - {id: page, label: The page}
      - {id: cash, label: Cash, records: receipts}
    other_causes: [{id: unit, label: The unit}]
"""


def test_every_sum_that_is_reckoned_from_inexact_parts_is_shown_by_one_rule():
    """Three digits, two below 1,000; one part alone is shown as it was stated."""
    campaign = a_campaign(SUMS)
    fair = an_event(campaign, "fair", "title: Fair\ndate: 2024-01-01")
    one = an_update(
        campaign,
        "2024-01-01",
        """
        received:
          - {source: cash, amount: about 812, event: fair}
          - {amount: about 1234.50, cause: unit}
        promised: [{id: a, amount: about 12345}]
        gift_aid: {page: about 3456}
        """,
    )
    two = an_update(
        campaign,
        "2024-01-02",
        """
        received:
          - {source: cash, amount: 44.50, event: fair}
          - {amount: 1000, cause: unit}
        promised: [{id: b, amount: "1,000.75"}]
        gift_aid: {cash: 100.25}
        """,
    )

    def said(*updates):
        view = a_view(campaign, *updates, on="2024-01-05", events=(fair,))
        figures = [view.causes[0].amount, view.now.promised, view.now.gift_aid, view.events[0].raised]
        return [campaign.region.say(figure.in_full) for figure in (*figures, view.sources[1].amount)]

    assert said(one) == ["about £1,234.50", "about £12,345", "about £3,456", "about £812", "about £810"]
    assert said(one, two) == ["about £2,230", "about £13,300", "about £3,550", "about £850", "about £850"]
    assert said(two) == ["£1,000", "£1,000.75", "£100.25", "£44.50", "£44.50"]


def test_an_update_names_the_pence_that_it_added_where_both_figures_have_them():
    campaign = a_campaign()
    first = an_update(campaign, "2024-01-01", "totals:\n  raised: 12,345.50")
    second = an_update(campaign, "2024-01-02", "totals:\n  raised: 12,400.75")
    assert a_view(campaign, first, second, on="2024-01-02").updates[0].added.shown.amount == Decimal("55.25")


def test_an_update_that_added_less_than_is_shown_says_nothing_of_it():
    campaign = a_campaign("sources:\n  - {id: page, label: A}\n  - {id: bank, label: B}")
    first = an_update(campaign, "2024-01-01", "totals:\n  page: 100\n  bank: 5")
    second = an_update(campaign, "2024-01-02", "totals:\n  bank: 5.40")
    assert a_view(campaign, first, second, on="2024-01-02").updates[0].added is None


def test_pages_come_by_their_titles_whatever_their_capitals():
    campaign = a_campaign()

    def page(slug, title):
        source = f"---\ntitle: {title}\n---\nWords.\n".encode()
        return parse_page(parse_update_file(f"content/pages/{slug}.md", source), campaign)

    pages = [page("c", "charity"), page("b", "Bank"), page("a", "Charity"), page("d", "about us")]
    view = build_view(campaign, fold(campaign, ()), day=date(2024, 1, 1), pages=pages)
    assert [page.slug for page in view.pages] == ["d", "b", "a", "c"]


def test_what_an_event_brought_in_for_another_cause_is_no_part_of_what_it_brought_in():
    campaign = a_campaign(SUMS)
    fair = an_event(campaign, "fair", "title: Fair\ndate: 2024-01-01")
    update = an_update(
        campaign,
        "2024-01-02",
        "received: [{source: cash, amount: 20, event: fair}, {amount: 30, cause: unit, event: fair}]",
    )
    view = a_view(campaign, update, on="2024-01-03", events=(fair,))
    assert (view.events[0].raised.exact.amount, view.causes[0].amount.exact.amount) == (20, 30)
    assert (len(view.updates[0].statements[0].receipts), len(view.updates[0].cause_receipts)) == (1, 1)


def test_a_file_is_named_without_the_folders_of_somebodys_machine():
    campaign = a_campaign()
    for before in ("/home/amy/content", "C:/Users/Amy/content"):
        source = b"---\ntitle: News\ndate: 2024-01-01\n---\nNews.\n"
        update = parse_update(parse_update_file(f"{before}/updates/2024-01-01-news.md", source), campaign)
        assert a_view(campaign, update, on="2024-01-01").updates[0].path == "updates/2024-01-01-news.md"
    shown = a_view(campaign, an_update(campaign, "2024-01-01"), on="2024-01-01").updates[0]
    assert shown.path == "content/updates/2024-01-01-news.md"


def test_each_source_says_where_it_stands_whether_it_counts_and_in_what():
    campaign = a_campaign(
        "sources: [{id: page, label: A}, {id: tins, label: B, counted_in: page},"
        " {id: bank, label: C, ended: 2024-02-01}]"
    )
    update = an_update(campaign, "2024-01-01", "totals:\n  page: about 1,234\n  tins: 56.70\ngift_aid:\n  page: 300")
    view = a_view(campaign, update, on="2024-02-01")
    assert [
        (
            source.source.id,
            source.amount and campaign.region.say(source.amount.shown),
            source.is_counted,
            source.holder and source.holder.id,
            source.has_ended,
        )
        for source in view.sources
    ] == [
        ("page", "about £1,234", True, None, False),
        ("tins", "£56.70", False, "page", False),
        ("bank", None, True, None, True),
    ]
    assert [(said.label, said.is_counted) for said in view.updates[0].statements] == [("A", True), ("B", False)]
    assert (view.now.raised.exact.amount, view.now.gift_aid.exact.amount) == (1234, 300)


def test_what_is_asked_for_and_where_to_give_follow_from_the_phase():
    campaign = a_campaign(
        "closed: 2024-03-01\ndeadline: 2024-02-01\ngive: [{label: A, closes: 2024-01-15}, {label: B}]"
    )

    def on(day, *updates):
        view = a_view(campaign, *updates, on=day)
        return view.asks, [way.label for way in view.ways], [way.label for way in view.closed_ways]

    some = an_update(campaign, "2024-01-10", "totals:\n  raised: 100")
    assert on("2024-01-09") == (True, ["A", "B"], [])
    assert on("2024-01-15", some) == (True, ["A", "B"], [])
    assert on("2024-01-16", some) == (True, ["B"], ["A"])
    assert on("2024-02-02", some) == (False, ["B"], ["A"])
    assert on("2024-03-01", some) == (False, [], ["A", "B"])
    reached = an_update(campaign, "2024-01-11", "totals:\n  raised: 50,000\njump: A legacy.")
    assert on("2024-01-12", some, reached)[0] is False


def test_the_headline_is_the_plea_then_the_newest_title_and_the_name_where_there_is_none():
    paid = (
        "costs: [{id: roof, label: The roof, estimate: 50000, paid_by: [{from: 2024-01-05, who: Us, amount: 50000}]}]"
    )
    campaign = a_campaign(f"summary: It lets in rain.\n{paid}")
    news = an_update(campaign, "2024-01-06", "title: The council pays")
    assert a_view(campaign, on="2024-01-04").headline == "It lets in rain."
    assert (others := a_view(campaign, on="2024-01-05")).headline == campaign.name
    assert others.headlined is None
    assert a_view(campaign, news, on="2024-01-06").headline == "The council pays"


def test_the_overall_figure_is_no_sources_and_a_goal_that_is_reached_is_not_covered_by_others():
    campaign = a_campaign()
    view = a_view(campaign, an_update(campaign, "2024-01-01", "totals:\n  raised: 50,000"), on="2024-01-01")
    assert [said.label for said in view.updates[0].statements] == [""]
    assert (view.now.is_reached, view.now.is_covered) == (True, False)


def test_of_gift_aid_nothing_is_said_where_nobody_said_anything_of_it():
    campaign = a_campaign("sources: [{id: page, label: A}]")
    said = an_update(campaign, "2024-01-01", "totals:\n  page: 100")
    with_it = an_update(campaign, "2024-01-02", "totals: {page: 100}\ngift_aid: {page: 25}", slug="more")
    view = a_view(campaign, said, with_it, on="2024-01-02")
    assert [update.stood.gift_aid and update.stood.gift_aid.exact.amount for update in view.updates] == [25, None]
    assert a_view(campaign, on="2024-01-01").now.gift_aid is None


def test_a_page_has_its_own_summary_or_its_first_sentence_and_its_picture():
    def shown(fields):
        source = f"---\ntitle: About\n{fields}---\nLong story. More.\n".encode()
        page = parse_page(parse_update_file("content/pages/about.md", source), a_campaign())
        (view,) = build_view(a_campaign(), fold(a_campaign(), ()), day=date(2024, 1, 1), pages=[page]).pages
        return view.slug, view.title, view.summary, view.image, view.image_alt

    assert shown("") == ("about", "About", "Long story.", None, None)
    fields = "summary: In short.\nimage: images/walk.jpg\nimage_alt: The walk\n"
    assert shown(fields) == ("about", "About", "In short.", "images/walk.jpg", "The walk")


def test_the_page_to_write_on_is_of_today_and_of_a_known_project():
    campaign = a_campaign("repository: someone/roof")
    assert a_view(campaign, on="2024-01-01").is_written_to is True
    assert a_view(a_campaign(), on="2024-01-01").is_written_to is False


def test_what_every_updates_page_shares_has_the_names_and_the_values_of_the_view():
    """So that a part of a page can be shown with either; what changes with each update is none of it."""
    campaign = a_campaign()
    updates = [an_update(campaign, f"2024-02-0{day}", f"totals:\n  raised: {day}00") for day in (1, 2)]
    view = a_view(campaign, updates[0], on="2024-02-01")
    shared = view.shared
    own = {field.name for field in fields(shared)} - {"now", "day"}
    assert {name: getattr(shared, name) for name in own} == {name: getattr(view, name) for name in own}
    assert {field.name: getattr(view.now, field.name) for field in fields(shared.now)} == {
        field.name: getattr(shared.now, field.name) for field in fields(shared.now)
    }
    assert shared.day is None, "the next day's page is the same"
    assert a_view(campaign, *updates, on="2024-02-02").shared == shared
