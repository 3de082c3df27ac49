"""Fields that stand in a story are refused, and a story's own words never are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.reading.problems import CampaignError
from writing import a_campaign, an_event, an_update

ROOF = a_campaign(
    """
    sources:
      - {id: page, label: Online page}
      - {id: cash, label: Cash, records: receipts}
    counters:
      - {id: petition, label: signatures}
    """
)


def astray(body: str) -> list[str]:
    """The fields that are found in the story of an update whose closing hyphens are on line 4, as ``line: field``."""
    try:
        an_update(ROOF, "2024-03-02", "title: News", body=body)
    except CampaignError as error:
        assert {problem.name for problem in error.problems} == {"fields-in-story"}
        return [f"{problem.line}: {problem.field}" for problem in error.problems]
    return []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("totals:\n  page: 5", ["5: totals"]),
        ("\n\ntotals:\n  page: 5", ["7: totals"]),
        ("  page: 5", ["5: page"]),
        ("  - {source: cash, amount: 5}", ["5: source"]),
        ("page: 5", ["5: page"]),
        ("\n  \npage: 5", ["7: page"]),
        ("News.\n\n---\n \npage: 5", ["9: page"]),
        ("petition: more than 1,800", ["5: petition"]),
        ("date: 2024-03-02", ["5: date"]),
        ("date:2024-03-02", ["5: date"]),
        ("totls:\n  page: 5", ["5: totls"]),
        ("News.\n\n---\nauthor: Mum", ["8: author"]),
        ("News.\n\n----\nauthor: Mum", ["8: author"]),
        ("News.\n\n---\n# the figures\nfigures: now\ntotals: 5\n---\nMore.", ["9: figures"]),
        ("News.\n\n---\ntitle: News\ntotals:\n  page: 5\n---\nMore.\n\ntotals:\n  page: 6", ["8: title", "14: totals"]),
        ("News.\n\ntotals:\n  page: 5\n\nMore.", ["7: totals"]),
        ("News.\n\nTotals:\n  Page: 5\n\nMore.", ["7: Totals"]),
        ("News.\n\nreceived:\n  - {source: cash, amount: 5}", ["7: received"]),
        ("News.\n\nreceived:\n- source: cash\n  amount: 5", ["7: received"]),
        ("News.\n\ntotals: \n  page: 5", ["7: totals"]),
        ("  source: cash\n  amount: 5", ["5: source"]),
        ("- source: cash\n  amount: 5", ["5: source"]),
        ("News.\n\n---\nfigures: now\n# as of today\ntotals: 5\n---\nMore.", ["8: figures"]),
        ("News.\n\n---\nfigures: now\n- a gift\ntotals: 5\n---\nMore.", ["8: figures"]),
        ("```\ncode\n  ```\ntotals:\n  page: 5", ["8: totals"]),
        ("News.\n\ntotals: {page: 5}", ["7: totals"]),
        ("News.\n\nreached: [consent]", ["7: reached"]),
    ],
)  # fmt: skip
def test_fields_in_a_story_are_told_of_once_where_they_begin(body, found):
    assert astray(body) == found


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Totals:\n\n- Page: £5\n- Cash: £6",
        "Totals:\nPage: £5\nCash: £6",
        "Totals: £5 on the page, £6 in cash.",
        "Received: with thanks.",
        "Date: 14 June\nPlace: the hall",
        "News.\n\n---\n\nDate: 14 June\nPlace: the hall\n\n---\n\nMore.",
        "News.\n\n---\n\nraised by all of us",
        "News.\n\n---\n\npage: one of the album",
        "News.\n\ntitle: no field",
        "News.\n\nkept:",
        "News.\n\nreached: [the hall](https://example.org)",
        "News.\n\n---\nhttps://example.org",
        "```\n---\ntotals:\n  page: 5\n---\n```\nNews.",
        "~~~ yaml\ntotals:\n  page: 5\n```\n~~~\nNews.",
        "~~~\n```\ntotals:\n  page: 5\n~~~\nNews.",
        "update: we walked",
        "author's note: we walked",
        "our totals:\n  page: 5",
    ],
)
def test_words_of_a_story_are_left_to_it(body):
    assert astray(body) == []


def test_what_is_missing_above_and_stands_below_is_told_of_once():
    with pytest.raises(CampaignError) as refused:
        an_event(ROOF, "fair", "place: The hall\n---\ntitle: The fair\ndate: 2024-06-01")
    assert [problem.name for problem in refused.value.problems] == ["fields-in-story"]


def test_the_answer_says_whether_the_hyphens_are_to_be_moved_or_deleted():
    def answer(body: str) -> str:
        with pytest.raises(CampaignError) as refused:
            an_update(ROOF, "2024-03-02", "title: News", body=body)
        return refused.value.problems[0].message.partition("; ")[2].partition(", or")[0]

    assert answer("totals:\n  page: 5\n\nNews.") == "move that --- below the last field"
    assert answer("totals:\n  page: 5\n---\nNews.") == "delete that ---"
    assert answer("News.\n\ntotals:\n  page: 5") == "move it up to the other fields, above the --- on line 4"


SENTENCES = st.lists(st.sampled_from(["Amy", "walked", "totals", "page", "5", "on", "date", "raised"]), min_size=2)


@given(st.lists(SENTENCES.map(lambda words: " ".join(words).capitalize() + "."), min_size=1))
def test_sentences_are_never_fields(sentences):
    assert astray("\n\n".join(sentences)) == []


def test_a_field_that_is_wrong_above_and_stands_below_too_is_told_at_both():
    with pytest.raises(CampaignError) as refused:
        an_event(ROOF, "fair", "title: The fair\ndate: 2024-02-30\n---\ndate: 2024-06-01")
    assert [(problem.name, problem.line) for problem in refused.value.problems] == [
        ("date", 3),
        ("fields-in-story", 5),
    ]
