"""The home page through an appeal's whole life: while a match is open, once money is spent, once it has ended."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from partials import Example, Views

PARTS = ("cover", "who_for", "paid_for", "door_frame", "promise")


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> Views:
    return Views(tmp_path_factory.mktemp("life"))


def html(views: Views, part: str, appeal: str, day: str) -> str:
    env, context = views.of(Example(part, "", appeal, day))
    return env.get_template(f"partials/{part}.html").render(context)


def said(views: Views, part: str, appeal: str, day: str) -> str:
    """What a part says, as plain words."""
    words = unescape(re.sub(r"<[^>]+>", " ", html(views, part, appeal, day)))
    return re.sub(r" ([.,:;])", r"\1", " ".join(words.replace("\u00a0", " ").split()))


def test_while_a_match_is_open_the_cover_says_what_it_makes_of_a_gift(views):
    cover = said(views, "cover", "matched", "2025-04-25")
    grows = "A local mill doubles every gift through the giving page, until 30 June 2025."
    assert f"{grows} Up to £5,000 in all; £2,250 of it is used." in cover
    assert cover.index("still needed") < cover.index("A local mill") < cover.index("Give on The giving page")


def test_a_match_that_adds_half_is_said_as_what_a_gift_becomes(views):
    assert "A bakery makes every gift 1.5 times as much through the giving page, until 15 July 2025." in said(
        views, "cover", "matched", "2025-06-29"
    )


@pytest.mark.parametrize("day", ["2025-07-20", "2025-09-10", "2026-05-01"])
def test_a_match_that_is_over_used_up_or_kept_makes_nothing_of_a_gift(views, day):
    assert not re.search("mill|bakery|every gift", said(views, "cover", "matched", day), re.IGNORECASE)


def test_who_it_is_for_is_told_below_the_cover_until_it_is_not_needed_any_more(views):
    assert "Robin is seven" in said(views, "who_for", "remembered", "2025-10-30")
    assert said(views, "who_for", "remembered", "2026-05-01") == ""


def test_what_was_paid_and_what_is_in_hand_come_to_what_was_raised(views):
    told = said(views, "paid_for", "matched", "2025-11-20")
    paid, left, raised = (
        int(amount.replace(",", ""))
        for amount in re.search(r"£([\d,]+) is paid and £([\d,]+) is left, of £([\d,]+) raised", told).groups()
    )
    assert paid + left == raised > 0 < paid
    assert "The operation" in told


def test_of_an_appeal_that_has_ended_what_nobody_has_accounted_for_is_said(views):
    assert "3 100 € sont payés; de 1 200 €, rien n’a encore été dit." in said(
        views, "paid_for", "stopped", "2026-05-01"
    ).replace("\u202f", " ")
    assert "All of it is paid: £" in said(views, "paid_for", "matched", "2026-05-01")


def test_what_was_given_on_is_said_with_whom_it_was_given_to(views):
    told = said(views, "paid_for", "remembered", "2026-05-01")
    assert "Given to others, as promised: the children’s ward and the hospice" in told


def test_nothing_is_said_of_payments_before_the_first(views):
    assert said(views, "paid_for", "matched", "2025-04-25") == ""


def test_the_cover_of_an_appeal_that_is_not_needed_is_its_last_words_the_sum_and_what_happens_to_it(views):
    """No measure, no percent, no goal, no picture of how old the figure is."""
    words = said(views, "cover", "remembered", "2026-05-01")
    assert words.startswith("Robin has died 9 November 2025, the whole update £12,815.40 raised Figure")
    cover = html(views, "cover", "remembered", "2026-05-01")
    assert cover.count("<svg") == cover.count("data-age") == cover.count("data-left") == cover.count("%") == 0
    assert "It goes to the children’s ward and the hospice." in unescape(cover)
    assert "40,000" not in cover and "next child on the ward" not in cover and "It brings Robin home" not in cover


@pytest.mark.parametrize("part", ["door_frame", "promise"])
def test_nothing_is_held_against_what_it_was_to_cost_once_it_is_not_needed(views, part):
    told = said(views, part, "remembered", "2026-05-01")
    assert not re.search(r"£|Robin\b(?!’s parents)|If there is", told)


def test_an_appeal_that_ended_with_too_little_says_that_promise_and_no_other(views):
    cover = said(views, "cover", "stopped", "2026-05-01")
    assert "Il paie un fauteuil d’occasion." in cover
    assert "Il aide un autre enfant" not in cover and "l’association" not in cover
    assert "12" in cover  # what it was of stays: it was asked for, and not reached


def test_an_appeal_that_campaign_yaml_closed_says_its_name_and_the_day(views):
    cover = said(views, "cover", "closed-alone", "2026-05-01")
    assert cover.startswith("A garden chair lift for the Birch Street home")
    assert "The appeal closed on December 31, 2025." in cover and "cannot reach" not in cover


@pytest.mark.parametrize("appeal", ["matched", "dollars", "remembered", "resumed", "stopped", "closed-alone"])
@pytest.mark.parametrize("part", PARTS)
def test_no_part_of_an_ended_home_page_asks_or_counts_down(views, appeal, part):
    told = html(views, part, appeal, "2026-05-01")
    assert 'class="give"' not in told and "data-left" not in told


def test_an_appeal_that_was_taken_up_again_asks_as_before(views):
    ended, resumed = (said(views, "cover", "resumed", day) for day in ("2025-09-10", "2025-11-10"))
    assert "Kuba ma dziewięć lat" not in ended and "Kuba ma dziewięć lat" in resumed
    assert 'class="give"' in html(views, "cover", "resumed", "2025-11-10")


def test_the_parts_are_looked_at_here():
    partials = Path(__file__).parents[2] / "theme/templates/partials"
    assert all((partials / f"{part}.html").is_file() for part in PARTS)
