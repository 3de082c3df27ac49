"""How an appeal is passed on: what a message says, what is there for editors, and how near giving is."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from rendering.test_accounts import BRITISH
from surfaces import ADDRESS, surfaces

DAY = "2024-02-01"
DEADLINE = "deadline: 2024-12-24\n"
FIGURE = "Figure of 1 February 2024."
OF_GOAL = f"£12,345 raised of £50,000 – 24%. {FIGURE}"
HOME = f"A new roof\n{OF_GOAL} £37,655 still needed by 24 December 2024."


@pytest.fixture(scope="module")
def asking(tmp_path_factory):
    updates = {DAY: "title: Half a roof & 100 slates\ntotals:\n  raised: 12345", "2024-03-01": "title: No figure"}
    events = {"ball": "title: A ball\nsaid: 2024-02-01\ndate: 2024-12-24"}
    press = 'press:\n  - {date: 2024-02-02, publication: The Mercury, title: A roof, url: "https://mercury.example.org/1"}\n'
    of = surfaces(tmp_path_factory.mktemp("asking"), BRITISH + DEADLINE + press, updates, events)
    of.faults("404.html")  # the frame that all pages share
    return of


def messages(page):
    """The texts that WhatsApp and an e-mail are opened with, and the e-mail's subject."""
    links = [unescape(link) for link in re.findall(r'class="send" href="([^"]*)"', page)]
    chat, mail = (parse_qs(urlsplit(link).query, strict_parsing=True) for link in links)
    (text,), (body,), (subject,) = chat["text"], mail["body"], mail["subject"]
    assert body.replace("\r\n", "\n") == text and "\n" not in body.replace("\r\n", "")
    return text, subject


def with_updates(folder, campaign, *fields):
    of = surfaces(folder, campaign, {f"2024-0{month}-01": said for month, said in enumerate(fields, 2)})
    of.faults("404.html")
    return of


def test_a_message_says_whose_appeal_the_figure_with_its_day_what_is_needed_and_where(asking):
    assert messages(asking.page("index.html")) == (f"{HOME}\n{ADDRESS}/", "A new roof")


def test_a_message_of_an_update_has_its_title_first_the_figure_of_its_day_and_nothing_that_is_needed(tmp_path):
    first = "title: Half a roof & 100 slates\ntotals:\n  raised: 12345"
    of = with_updates(tmp_path, BRITISH + DEADLINE, first, "totals:\n  raised: 20000")
    text, subject = messages(of.page(f"updates/{DAY}-news.html"))
    assert subject == "Half a roof & 100 slates – A new roof"
    assert text == f"{subject}\n{OF_GOAL}\n{ADDRESS}/updates/{DAY}-news.html"
    assert of.faults(f"updates/{DAY}-news.html") == []


@pytest.mark.parametrize(
    ("more", "totals", "said"),
    [
        ("", "", "No figure yet; the goal is £50,000."),
        ("", "totals:\n  raised: about 12345", f"About {OF_GOAL} About £37,655 still needed."),
        ("", "totals:\n  raised: 12345", f"{OF_GOAL} £37,655 still needed."),
        ("", "totals:\n  raised: 56000", f"£56,000 raised of £50,000 – 112%. {FIGURE} The goal is reached."),
        ("deadline: 2024-05-01\n", "totals:\n  raised: 12345", OF_GOAL),
        ("example: true\n", "totals:\n  raised: 12345", f"{OF_GOAL} A past appeal, kept as an example."),
    ],
)
def test_a_message_is_true_of_the_phase_that_the_appeal_is_in(tmp_path, more, totals, said):
    of = with_updates(tmp_path, BRITISH + more, totals)
    assert messages(of.page("index.html"))[0] == f"A new roof\n{said}\n{ADDRESS}/"
    assert of.faults("index.html") == of.faults("editors.html") == []


WRONG = [
    ("index.html", "37%2C655", "27%2C655", "sends the message"),
    ("index.html", "Figure%20of%201%20February", "Figure%20of%202%20February", "sends the message"),
    ("index.html", "%0A%C2%A312%2C345", "%0A%C2%A312%2C346", "sends the message"),
    ("index.html", "?text=A%20new%20roof", "?text=Another%20roof", "sends the message"),
    ("index.html", "?subject=A%20new%20roof", "?subject=Another", "sends a message under another title"),
    ("index.html", "https://wa.me/?text=", "https://wa.me/?phone=44&amp;text=", "which nobody named for it"),
    ("index.html", "mailto:?subject=", "mailto:?cc=x%40y.example&amp;subject=", "which nobody named for it"),
    ("index.html", 'roof/" rel', 'roof/updates.html" rel', "which nobody named for it"),
    (f"updates/{DAY}-news.html", "Figure%20of", "%C2%A337%2C655%20still%20needed.%20Figure%20of", "no other figure"),
    ("editors.html", 'data-copy="A new roof\n£12,345', 'data-copy="A new roof\n£12,346', "must offer"),
    ("editors.html", "raised of £50,000", "raised of £50,001", "must offer"),
    ("editors.html", 'data-copy="&lt;iframe', 'data-copy="&lt;frame', "must offer"),
    ("editors.html", f'data-copy="{ADDRESS}/totals.csv"', f'data-copy="{ADDRESS}/totals.json"', "must offer"),
    ("editors.html", 'y="75.31%"', 'y="65.31%"', "has no standing bar of 24.69%"),
    ("poster.html", 'height="24.69%"', 'height="34.69%"', "has a standing bar of 34.69%"),
    ("poster.html", 'y1="20%"', 'y1="21%"', "draws something at 21%"),
    ("poster.html", ">£40,000<", ">£41,000<", "says “£41,000”"),
    ("poster-strips.html", 'stroke="#000" d="M4 4.5h7', 'stroke="#000" d="M4 4.5h6', "has a code to scan that is none"),
]


@pytest.mark.parametrize(("place", "old", "new", "said"), WRONG)
def test_what_is_wrong_about_passing_it_on_is_found(asking, place, old, new, said):
    found = asking.faults(place, old, new)
    assert [fault for fault in found if said in fault], found


@pytest.mark.parametrize("place", ["index.html", "editors.html", "poster.html", "poster-strips.html", "money.html"])
def test_a_right_page_is_right(asking, place):
    assert asking.faults(place) == []


def test_giving_is_one_tap_from_every_page_while_the_appeal_asks(asking, tmp_path):
    def leads(of, place):
        masthead = of.page(place).partition("<header")[2].partition("</header>")[0]
        return re.findall(r'class="give" href="([^"]*)"', masthead)

    update = f"updates/{DAY}-news.html"
    places = ("index.html", "money.html", "editors.html", "404.html", update)
    assert {tuple(leads(asking, place)) for place in places} == {("https://www.justgiving.com/x",)}
    example = with_updates(tmp_path / "example", BRITISH + "example: true\n", "totals:\n  raised: 12345")
    assert (leads(example, "money.html"), leads(example, update)) == (["#give"], ["../index.html#give"])
    reached = with_updates(tmp_path / "reached", BRITISH, "totals:\n  raised: 56000")
    assert leads(reached, "money.html") == leads(reached, update) == []


def test_editors_find_everything_on_one_page_as_it_looks_and_ready_to_copy(asking):
    page = asking.page("editors.html")
    ready = [unescape(text) for text in re.findall(r'<div class="ready">.*?data-copy="(.*?)"', page, re.DOTALL)]
    assert ready == [
        f"{HOME}\n{ADDRESS}/",
        f'<iframe src="{ADDRESS}/embed.html" title="A new roof" width="300" height="480" loading="lazy"></iframe>',
        f'<a href="{ADDRESS}/"><img src="{ADDRESS}/badge.svg" alt="A new roof"></a>',
        *(f"{ADDRESS}/{file}" for file in ("totals.csv", "totals.json", "feeds/updates.atom.xml", "events.ics")),
    ]
    assert '<div class="embed">' in page and '<svg class="sheet"' in page and "The Mercury" in page
    height = re.search(r'height="(\d+)"', asking.page("badge.svg"))[1]
    assert f'<img src="./badge.svg" width="300" height="{height}"' in page
    home = asking.page("index.html")
    assert home.count('href="./editors.html"') == 1  # in the foot, as on every page
    assert "iframe" not in home and "badge.svg" not in home


def test_a_poster_can_be_coloured_in_above_its_figure(asking):
    poster = asking.page("poster.html")
    assert '<rect class="done" y="75.31%" width="100%" height="24.69%"/>' in poster
    sums = re.findall(r'<text(?: class="aimed")? x="34mm" y="([^"]*)">(.*?)</text>', poster)
    assert sums[0] == ("0%", "£50,000") and sums[-1] == ("100%", "£0") and ("20%", "£40,000") in sums


def test_strips_to_tear_off_have_the_code_the_name_and_the_address_and_are_heard_once(asking):
    page = asking.page("poster-strips.html")
    strips = re.findall(r"<li(.*?)>(.*?)</li>", page.partition('class="strips"')[2], re.DOTALL)
    assert len(strips) == 8 and [said for said, _ in strips] == ["", *[' aria-hidden="true"'] * 7]
    assert all('class="qr"' in strip and "A new roof" in strip and "example.org/roof" in strip for _, strip in strips)
    assert "55779911" not in page and 'class="scan"' not in page


def test_what_others_pay_is_in_the_message(tmp_path):
    payer = "{from: 2024-01-05, who: The NFZ, amount: 20000}"
    costs = f"costs:\n  - {{id: a, label: Roof, estimate: 50000, paid_by: [{payer}]}}\n"
    campaign = f"{BRITISH}started: 2024-01-01\n{costs}"
    of = with_updates(tmp_path, campaign, "totals:\n  raised: 12345")
    assert "now that the NFZ pays £20,000 of the goal of £50,000." in messages(of.page("index.html"))[0]
    assert of.faults("index.html") == of.faults("editors.html") == []


def test_an_address_runs_from_left_to_right_whatever_the_page_does(asking):
    for place, times in (("index.html", 1), ("editors.html", 0), ("poster.html", 1), ("poster-strips.html", 8)):
        body = asking.page(place).partition("<body")[2]
        bare = ADDRESS.removeprefix("https://")
        assert len(re.findall(rf'dir="ltr">(?:https://)?{re.escape(bare)}/?<', body)) == times, place
        assert not re.search(rf"<(?!code)[a-z]+(?![^>]*dir=)[^>]*>(?:https://)?{re.escape(bare)}[^<]*<", body), place
        assert body.count("<pre") == body.count('<pre dir="auto"')
