"""campaign.yaml: what is refused between fields, and the dated lists."""

from datetime import date
from zoneinfo import ZoneInfoNotFoundError

import pytest

from campaign.core.reading import dates
from campaign.core.reading.campaign_file import outline
from campaign.core.reading.front_matter import parse_yaml_file
from writing import a_campaign, a_view, an_update, campaign_refusal


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "costs:\n  - {id: a, label: A, estimate: 5}\n  - {id: a, label: B, estimate: 5}",
            "3: costs[2].id: the id a is taken; choose another [duplicate]",
        ),
        (
            "goal:\n  - {amount: 5}\n  - {amount: 6}",
            "3: goal[2].from: is needed in a list of several; add from: and a day [missing]",
        ),
        ("goal: 0", "1: goal: a goal must be more than zero [amount]"),
        (
            "started: 2024-02-01\nclosed: 2024-01-01",
            "2: closed: is before the appeal started (2024-02-01); change one of the two [order]",
        ),
        (
            "milestones:\n  - {label: Nothing}",
            "2: milestones[1]: needs raised, cost, counter with at, or an id and a label that an update can say"
            " is reached [milestone]",
        ),
        ("milestones:\n  - {raised: 5, cost: a}", None),
        (
            "milestones:\n  - {raised: 5, date: 2024-01-01}",
            "2: milestones[1]: is reached by raised; a planned date goes with an id and a label alone [milestone]",
        ),
        (
            "milestones:\n  - {raised: 0%}",
            "2: milestones[1].raised: expected a whole share of the goal like 50%, got '0%' [amount]",
        ),
        ("milestones:\n  - {counter: names}", None),
        ("deadline:\n  - {said: 2024-01-01, date: 2025}", None),
        (
            "sources:\n  - {id: raised, label: All}",
            "2: sources[1].id: no source can be called raised, the word for the whole; choose another [id]",
        ),
        (
            "sources:\n  - {id: a, label: A, counted_in: b}",
            "2: sources[1].counted_in: expected another source's id (none yet), got 'b' [unknown-id]",
        ),
        (
            "sources:\n  - {id: a, label: A}\n  - {id: b, label: B, counted_in: a}\n"
            "  - {id: c, label: C, counted_in: b}",
            "4: sources[3].counted_in: b is itself counted in a; write a [unknown-id]",
        ),
    ],
)
def test_what_does_not_fit_together_is_refused(text, found):
    refused = campaign_refusal(text)
    if found is not None:
        assert refused == [found]
    assert refused


def test_two_entries_of_one_day_are_refused():
    text = """
        costs:
          - id: a
            label: A
            estimate:
              - {from: 2024-01-01, amount: 5}
              - {from: 2024-01-01, amount: 6}
            paid_by:
              - {from: 2024-01-01, until: 2024-01-01, who: B, amount: 1}
    """
    assert campaign_refusal(text) == [
        "7: costs[1].estimate[2].from: two entries hold from 2024-01-01; keep one or change its day [duplicate]",
        "9: costs[1].paid_by[1].until: is not after from (2024-01-01); write the first day on which it no longer holds"
        " [order]",
    ]


def test_a_wrong_currency_is_reported_without_doubting_every_amount():
    assert campaign_refusal("currency: pounds\ngoal: £5\nstarted: soon") == [
        "1: currency: expected a currency's three letters like GBP or EUR, got 'pounds' [currency]",
        "3: started: expected a day like 2016-02-05, a month like 2016-02, got 'soon' [date]",
    ]


def test_an_amount_is_not_in_another_currency_than_one_that_is_none():
    assert campaign_refusal("currency: euro\ngoal: €5") == [
        "1: currency: expected a currency's three letters like GBP or EUR, got 'euro' [currency]"
    ]


def test_of_several_deadlines_each_but_the_first_says_when_it_was_said():
    assert campaign_refusal("deadline: [{date: 2024-02}, {date: 2024-03}]") == [
        "1: deadline[2].said: is needed in a list of several; add said: and a day [missing]"
    ]


def test_somebody_else_pays_from_the_first_day_on_until_the_day_on_which_they_do_not():
    text = """
        costs:
          - id: roof
            label: Roof
            estimate: 50
            paid_by:
              - {who: The town, amount: 5, from: 2024-01-02, until: 2024-01-04}
              - {who: The county, amount: 5, from: 2024-01-02}
    """
    town, county = a_campaign(text).costs[0].paid_by
    assert [day for day in range(1, 6) if town.holds_on(date(2024, 1, day))] == [2, 3]
    assert [day for day in range(1, 6) if county.holds_on(date(2024, 1, day))] == [2, 3, 4, 5]


def test_a_flag_and_an_address_to_write_to_are_read():
    campaign = a_campaign("example: True\ncontact: mailto:roof@example.org")
    assert campaign.example
    assert campaign.contact == "mailto:roof@example.org"


def test_an_account_number_beside_a_way_to_give_is_one_that_a_bank_knows():
    give = 'give:\n  - {{label: Bank transfer, note: "{}"}}'
    assert a_campaign(give.format("GB29 NWBK 6016 1331 9268 19")).give[0].note
    assert campaign_refusal(give.format("GB29 NWBK 6016 1331 9286 19")) == [
        "2: give[1].note: GB29NWBK60161331928619 is no account number: its check digits do not fit, so a digit is"
        " wrong; copy it from the bank once more [account]"
    ]


def test_a_source_that_will_end_is_restated_until_it_has():
    campaign = a_campaign("sources: [{id: bank, label: Bank, ended: 2024-05-01}, {id: page, label: Page}]")
    updates = [
        an_update(campaign, "2024-01-10", "totals:\n  bank: 100\n  page: 50"),
        an_update(campaign, "2024-04-10", "totals:\n  page: 60"),
    ]

    def bank(day):
        view = a_view(campaign, *updates, on=day)
        return view.sources[0].has_ended, str(view.now.as_of)

    assert bank("2024-04-30") == (False, "2024-01-10")
    assert bank("2024-05-01") == (True, "2024-04-10")
    assert not a_view(campaign, *updates, on="2030-01-01").sources[1].has_ended


def test_a_way_to_give_is_open_on_its_last_day_and_not_after():
    ways = a_campaign("give: [{label: A, closes: 2024-01-02}, {label: B}]").give
    assert [ways[0].open_on(date(2024, 1, day)) for day in (1, 2, 3)] == [True, True, False]
    assert ways[1].open_on(date.max)


@pytest.mark.parametrize("key", ["costs", "give", "sources", "milestones", "counters", "other_causes"])
def test_a_list_that_every_update_is_compared_with_has_a_hundred_entries_at_most(key):
    entry = {"costs": "id: n{}, label: L{}, estimate: 5", "milestones": "raised: 1{}", "give": "label: L{}"}
    written = entry.get(key, "id: n{}, label: L{}")

    def entries(number):
        return f"{key}:\n" + "".join(f"  - {{{written.format(n, n)}}}\n" for n in range(number))

    assert len(getattr(a_campaign(f"goal: 500\n{entries(100)}"), key)) == 100
    (problem,) = campaign_refusal(f"goal: 500\n{entries(101)}")
    assert problem == f"2: {key}: a list like this holds 100 entries at most; keep fewer [too-long]"


@pytest.mark.parametrize(
    ("milestone", "found"),
    [
        ("{raised: 5, cost: a}", "is reached in one way only; keep one of raised and cost"),
        ("{counter: names, at: 5, cost: a}", "is reached in one way only; keep one of cost and counter"),
        ("{cost: b}", "there is no cost with the id b; choose from a"),
        ("{counter: nams, at: 5}", "there is no counter with the id nams: did you mean names?"),
        (
            "{counter: names}",
            "counter and at go together; write both, the counter's id and the number it must come to",
        ),
        (
            "{raised: 5, at: 5}",
            "counter and at go together; write both, the counter's id and the number it must come to",
        ),
        (
            "{id: m}",
            "needs raised, cost, counter with at, or an id and a label that an update can say is reached",
        ),
        ("{cost: a, date: 2024-01-01}", "is reached by cost; a planned date goes with an id and a label alone"),
    ],
)
def test_a_milestone_is_reached_in_one_way_that_there_is(milestone, found):
    around = "costs: [{id: a, label: A, estimate: 5}]\ncounters: [{id: names, label: Names}]\n"
    assert campaign_refusal(f"{around}milestones: [{milestone}]") == [f"3: milestones[1]: {found} [milestone]"]


def test_a_milestone_says_as_much_as_it_needs_and_no_more():
    around = "costs: [{id: a, label: A, estimate: 5}]\ncounters: [{id: names, label: Names}]\n"
    given = "{raised: 5}, {raised: 50%}, {cost: a}, {counter: names, at: 5}, {id: m, label: M}"
    given += ", {id: n, label: N, date: 2024-01-01}"
    found = a_campaign(f"{around}milestones: [{given}]").milestones
    assert [milestone.is_computed for milestone in found] == [True, True, True, True, False, False]
    assert (found[0].raised.amount.amount, found[0].raised.percent) == (5, None)
    assert (found[1].raised.amount, found[1].raised.percent) == (None, 50)


def test_the_same_said_twice_is_one_too_many_and_two_that_differ_are_two():
    payer = "{from: 2024-01-01, who: B, amount: 1}"
    line = "costs: [{id: a, label: A, estimate: 5, paid_by: [%s, %s]}]"
    assert campaign_refusal(line % (payer, payer)) == [
        "1: costs[1].paid_by[2]: says the same as entry 1; delete one of the two [duplicate]"
    ]
    assert a_campaign(line % (payer, payer.replace("1}", "2}"))).costs[0].paid_by[1].amount.amount == 2
    for key, entry in (
        ("give", "{label: A}"),
        ("treatment", "{said: 2024-01-01, status: hoped}"),
        ("press", "{date: 2024, publication: A}"),
        ("milestones", "{raised: 5}"),
    ):
        assert campaign_refusal(f"{key}: [{entry}, {entry}]") == [
            f"1: {key}[2]: says the same as entry 1; delete one of the two [duplicate]"
        ]
    for key in ("sources", "counters", "other_causes", "milestones"):
        twice = campaign_refusal(f"{key}: [{{id: a, label: A}}, {{id: b, label: B}}, {{id: a, label: A}}]")
        assert twice == [f"1: {key}[3].id: the id a is taken; choose another [duplicate]"]


def test_a_source_is_counted_in_another_that_stands_by_itself():
    def counted_in(first, second):
        return campaign_refusal(
            f"sources: [{{id: a, label: A{first}}}, {{id: b, label: B{second}}}, {{id: c, label: C}}]"
        )

    assert counted_in(", counted_in: a", "") == [
        "1: sources[1].counted_in: expected another source's id (b, c), got 'a' [unknown-id]"
    ]
    assert counted_in("", ", counted_in: d") == [
        "1: sources[2].counted_in: expected another source's id (a, c), got 'd' [unknown-id]"
    ]
    assert counted_in(", counted_in: b", ", counted_in: c") == [
        "1: sources[1].counted_in: b is itself counted in c; write c [unknown-id]"
    ]


def test_an_appeal_may_close_on_the_day_it_starts():
    assert a_campaign("started: 2024-01-02\nclosed: 2024-01-02").closed == date(2024, 1, 2)
    assert campaign_refusal("started: 2024-01-02\nclosed: 2024-01-01") == [
        "2: closed: is before the appeal started (2024-01-02); change one of the two [order]"
    ]


def test_a_source_is_running_unless_it_records_receipts():
    campaign = a_campaign(
        "sources: [{id: a, label: A}, {id: b, label: B, records: receipts}, {id: c, label: C, records: total}]"
    )
    assert [source.id for source in campaign.running_sources] == ["a", "c"]


def test_a_time_zone_that_is_none_and_a_computer_that_knows_none_are_told_apart(monkeypatch):
    assert campaign_refusal("timezone: London") == [
        "1: timezone: expected a time zone like Europe/London, got 'London' [timezone]"
    ]

    def no_list(name):
        raise ZoneInfoNotFoundError(name)

    monkeypatch.setattr(dates, "ZoneInfo", no_list)
    assert campaign_refusal("timezone: Europe/London") == [
        "1: timezone: this computer has no list of time zones in which to look up 'Europe/London';"
        " install the project again, which brings one, or write UTC [timezone]"
    ]
    assert a_campaign("timezone: UTC").timezone == "UTC"


def test_a_language_and_country_may_stand_beside_a_hyphen():
    assert [a_campaign(f"locale: {typed}").locale for typed in ("en_GB", "en-GB", "cy-GB")] == [
        "en_GB",
        "en_GB",
        "cy_GB",
    ]


def test_of_a_campaign_file_that_is_broken_its_currency_and_language_still_hold_for_the_other_files():
    broken = parse_yaml_file("content/campaign.yaml", b"currency: EUR\nlocale: de_DE\ngoal: much\n")
    assert (outline(broken).currency, outline(broken).locale) == ("EUR", "de_DE")
    assert (outline(None).currency, outline(None).locale) == ("GBP", "en_GB")
