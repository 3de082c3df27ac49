"""campaign.yaml: what is refused between fields, and the dated lists."""

import pytest

from writing import a_campaign, campaign_refusal


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
