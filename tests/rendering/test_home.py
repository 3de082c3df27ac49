"""The home page of the appeal that is shipped: short, and nothing on it said twice."""

from datetime import date

import pytest

from page_words import Words
from site_folder import ROOT
from surfaces import surfaces, surfaces_of

APPEAL = """\
name: A new roof
currency: GBP
locale: en_GB
timezone: Europe/London
started: 2024-01-01
goal: 50000
summary: The roof of the hall lets in the rain.
"""
FAIR = "title: Summer fair in Church Lane\nsaid: 2024-02-01\nplace: Church lane"


@pytest.fixture(scope="module")
def shipped():
    return surfaces_of(ROOT / "content", as_of=date(2015, 9, 1))


def test_the_theme_says_fewer_than_four_hundred_words_on_the_home_page(shipped):
    said = " ".join(Words(shipped.page("index.html")).words).split()
    assert 150 < len(said) < 400


def test_events_of_one_day_stand_together_below_it_and_a_place_that_the_title_says_is_not_said_again(tmp_path):
    events = {
        "fair": FAIR,
        "race": "title: Race\nsaid: 2024-02-01\nplace: The park",
        "tea": "title: Tea\ndate: 2024-09-01",
    }
    of = surfaces(tmp_path, APPEAL, {"2024-02-01": "totals:\n  raised: 12345"}, events)
    for place in ("index.html", "events.html"):
        page = of.page(place)
        assert page.count("Announced on 1\u00a0February\u00a02024, without a date") == 1
        assert "The park" in page and "Church lane" not in page
        assert of.faults(place) == []
        assert of.faults(place, "The park", "The pub") != []


def test_no_page_but_its_foot_leads_to_the_same_twice(shipped):
    body = shipped.page("index.html").split("<main")[1].split("</main>")[0]
    for to in ("updates.html", "editors.html", "events.html"):
        assert body.count(f'href="./{to}"') <= 1, to
