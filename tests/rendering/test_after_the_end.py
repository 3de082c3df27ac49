"""Once an appeal has ended, every small surface carries the ending and asks for nothing, in each kind of ending."""

import json
import re
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from page_words import Words
from rendering.test_accounts import GIVE
from surfaces import DRAWN, Surfaces, surfaces

APPEAL = f"""\
name: A new roof
currency: GBP
goal: 50,000
summary: Help us, the hall roof lets in the rain.
started: 2024-01-01
promise: {{too_much: It mends the gutters., too_little: It mends half., not_needed: It goes to the hospice.}}
{GIVE}"""
FIRST, LAST = "2024-02-01", "2024-06-01"
RAISED = "totals:\n  raised: 30,000\n"
ENDINGS = {
    "full": (APPEAL, f"title: Dry at last\nends: done\njump: A bequest.\n{RAISED.replace('30', '63')}"),
    "too little": (APPEAL, f"title: Half of it\nends: done\n{RAISED}"),
    "not needed": (APPEAL, f"title: Goodbye\nends: not_needed\n{RAISED}"),
    "stopped": (APPEAL, f"title: We stop\nends: stopped\n{RAISED}"),
    "closed": (f"{APPEAL}closed: {LAST}\n", None),
    "no figure": (APPEAL, "title: Goodbye\nends: not_needed"),
    "stopped without a figure": (APPEAL, "title: We stop\nends: stopped"),
}
PROMISES = {"full": "It mends the gutters.", "not needed": "It goes to the hospice."}
PAGES = (
    *("index.html", "money.html", "updates.html", "404.html", "editors.html"),
    *("poster.html", "poster-strips.html", "embed.html", "badge.svg"),
)
SMALL = ("404.html", "editors.html", "poster.html", "poster-strips.html", "embed.html", "badge.svg")
"""What shows the ending, and no record of an earlier day but in lists."""
ASKING = re.compile(
    r"\bgive\b|\bdonat|still needed|\d to go\b|short of|missing|\bscan\b|pass it on|no figure yet|see the appeal",
    re.IGNORECASE,
)
BANK = ("GB29", "20-00-00", "55779911", "JAMES", "justgiving.com", 'href="#give"')


@pytest.fixture(scope="module", params=ENDINGS)
def ended(request, tmp_path_factory) -> tuple[str, Surfaces]:
    campaign, last = ENDINGS[request.param]
    first = "title: We begin" + ("\ntotals:\n  raised: 12,345" if "figure" not in request.param else "")
    updates = {FIRST: first} | ({LAST: last} if last else {})
    events = {"ball": "title: A ball\nsaid: 2024-02-01\ndate: 2024-12-24", "past": "title: Stalls\ndate: 2024-03-02"}
    return request.param, surfaces(tmp_path_factory.mktemp("ended"), campaign, updates, events)


def own_words(text: str) -> str:
    """What the theme says on a page, without what is told of it in its head and the family's own words."""
    return " ".join(" ".join(Words(text).words).replace("\u00a0", " ").split())


def test_no_surface_asks_and_none_leads_to_a_way_to_give(ended):
    kind, of = ended
    places = [*PAGES, *(f"updates/{update.slug}.html" for update in of.view.updates)]
    for place in places:
        text = of.page(place)
        if place in (*SMALL, *places[len(PAGES) :]):
            # The record of how it stood on an earlier day stays.
            text = re.sub(r'<section class="stood".*?</section>', "", text, flags=re.DOTALL)
            assert not ASKING.search(own_words(text)), (kind, place, ASKING.findall(own_words(text)))
        assert not [said for said in BANK if said in text], (kind, place)
        assert 'class="give"' not in text and 'class="qr"' not in text and "Ways to give" not in text, (kind, place)


def test_the_proof_finds_nothing_wrong_with_them(ended):
    kind, of = ended
    for place in (*SMALL, f"updates/{FIRST}-news.html"):
        assert of.faults(place) == [], (kind, place)
    for slug, card in of.context["cards"].items():
        assert list(of.proof.card_faults(card.svg, slug)) == [], (kind, slug)


def test_each_carries_how_and_when_it_ended(ended):
    kind, of = ended
    title = of.view.now.ending.title
    day = "1 June 2024"
    for place in ("poster.html", "embed.html", "badge.svg", "404.html", f"updates/{FIRST}-news.html"):
        text = of.page(place).replace("\u00a0", " ")
        assert day in text, (kind, place)
        assert not title or place == "badge.svg" or title in text, (kind, place)
    assert f"The appeal closed on {day}." in of.card().svg.replace("\u00a0", " ")
    # Coloured paper asks; what asks nothing more is on white.
    stock = DRAWN.light["stock"]
    assert stock not in of.card().svg + of.page("badge.svg") and stock in of.card(f"{FIRST}-news").svg
    assert f"The appeal closed on {day}." in of.card().alt.replace("\u00a0", " ")
    promise = PROMISES.get(kind, "It goes to the hospice." if kind == "no figure" else "It mends half.")
    poster = of.page("poster.html")
    told = [words for words in ("gutters", "half.", "hospice") if words in poster]
    assert told == (
        [] if "without" in kind else [promise.split()[-1].rstrip(".") if "half" not in promise else "half."]
    )
    assert 'class="embed"' in of.page("embed.html") and "Read more" in of.page("embed.html")


def test_where_it_is_not_needed_nothing_holds_the_money_against_a_goal(ended):
    kind, of = ended
    for shown in (of.page("poster.html"), of.page("embed.html"), of.page("badge.svg"), of.card().svg, of.card().alt):
        text = re.sub(r"<style>.*?</style>", "", shown, flags=re.DOTALL)
        is_measured = "£50,000" in text and ("%" in re.sub(r'"[^"]*"', "", text))
        assert is_measured == (kind in ("full", "too little", "stopped", "closed")), kind
        assert ("£30,000" in text or "£63,000" in text or "£12,345" in text) == ("figure" not in kind)
    if kind == "not needed":
        assert "£30,000 raised" in of.page("badge.svg")
        assert "raised" in own_words(of.page("embed.html"))


def test_nobody_is_thanked_in_words_that_a_family_in_grief_did_not_write(ended):
    kind, of = ended
    is_thanked = ["Thank you" in of.page(place) for place in PAGES if place.endswith(".html")]
    assert any(is_thanked) == (of.view.now.ending.kind.value != "not_needed"), kind


def test_what_is_shared_and_what_search_engines_read_says_how_it_ended(ended):
    _, of = ended
    home = of.page("index.html")
    title = of.view.now.ending.title
    said = f"{title} – A new roof" if title else "A new roof"
    assert f'<meta name="description" content="{title or "A new roof"}">' in home
    assert "wa.me/?text=" + re.sub(" ", "%20", said).replace("–", "%E2%80%93") in home
    (record,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', home, re.DOTALL)
    assert "potentialAction" not in json.loads(record)
    assert json.loads(record)["description"] == (title or "A new roof")
    assert "Sharing this page" in home
    # A message of it is of no figure, nor is one of an update of before.
    earlier = of.page(f"updates/{FIRST}-news.html")
    texts = re.findall(r'wa\.me/\?text=([^"]*)"', home + earlier)
    first = "We%20begin%20%E2%80%93%20A%20new%20roof"
    here = "https%3A//example.org/roof/"
    assert texts == [f"{quote(said)}%0A{here}", f"{first}%0A{here}updates/{FIRST}-news.html"]


def test_editors_are_offered_nothing_that_would_show_it_as_one_that_asks(ended):
    kind, of = ended
    page = of.page("editors.html")
    assert ("poster.html" in page) == (kind in ("full", "too little", "closed"))
    assert not [said for said in ("iframe", "badge.svg", "poster-strips.html", 'class="embed"') if said in page]
    assert all(said in page for said in ("totals.csv", "totals.json", "feeds/updates.atom.xml", "events.ics"))


def test_an_event_that_was_only_planned_is_told_to_nobody(ended):
    _, of = ended
    assert [event.slug for event in of.view.dated_events] == ["past"]
    assert "ld+json" not in of.page("events/ball.html")
    assert "ld+json" in of.page("events/past.html")


def test_entries_of_the_feed_carry_the_ending_from_it_on_and_none_before(tmp_path):
    last = f"title: Goodbye\nends: not_needed\n{RAISED}"
    of = surfaces(tmp_path, APPEAL, {FIRST: "totals:\n  raised: 12,345", LAST: last, "2024-06-20": "title: Thanks"})
    assert "£12,345 raised of £50,000 – 24%" in of.entry(f"{FIRST}-news")
    assert "closed" not in of.entry(f"{FIRST}-news") + of.card(f"{FIRST}-news").svg
    for day in (LAST, "2024-06-20"):
        entry = of.entry(f"{day}-news")
        assert (
            "£30,000 raised." in entry and "The appeal closed on 1\u00a0June\u00a02024." in entry and "%" not in entry
        )
        assert "The appeal closed on" in of.card(f"{day}-news").svg
    # The ending's own page does not lead to itself; the others do.
    assert f'class="way" href="../updates/{LAST}' not in of.page(f"updates/{LAST}-news.html")
    assert f'class="way" href="../updates/{LAST}' in of.page("updates/2024-06-20-news.html")


SVG = "{http://www.w3.org/2000/svg}"
MATCH = "matches:\n  - {id: mill, who: A mill, each: 1, up_to: 10000, from: 2024-06-01}\n"
PAID = (
    "costs:\n  - {id: a, label: Roof, estimate: 50000, paid_by: [{from: 2024-05-01, who: The <NFZ>, amount: 20000}]}\n"
)


@pytest.mark.parametrize(
    ("more", "totals", "said"),
    [
        (MATCH, "20,000", "£7,655 promised, not counted."),
        (PAID, "12,345", "£20,000 of the goal is paid by the <NFZ>."),
        (PAID, "30,000", "Now that the <NFZ> pays £20,000 of the goal of £50,000, there is enough."),
        ("", "56,000", "The goal is reached."),
        ("", "20,000", ""),
    ],
)
def test_card_badge_and_embed_say_what_is_beside_the_figure(tmp_path, more, totals, said):
    of = surfaces(tmp_path, APPEAL + more, {FIRST: "totals:\n  raised: 12,345", LAST: f"totals:\n  raised: {totals}"})
    card, badge = (ElementTree.fromstring(text.strip()) for text in (of.card().svg, of.page("badge.svg")))
    for drawing in (card, badge):
        texts = [text.text for text in drawing.iter(f"{SVG}text")]
        assert (said in texts) == bool(said), texts
        hatched = [rect for rect in drawing.iter(f"{SVG}rect") if rect.get("fill") == "url(#hatch)"]
        assert [(rect.get("x"), rect.get("width")) for rect in hatched] == (
            [("40%", "15.31%")] if more == MATCH else []
        )
    assert badge.get("aria-label").endswith(said or "40%") and of.card().alt.endswith(said or "40%")
    assert badge.get("height") == ("94" if said else "76")
    assert list(of.proof.card_faults(of.card().svg, "")) == of.faults("badge.svg") == []
    of.faults("404.html")
    assert of.faults("embed.html") == []
