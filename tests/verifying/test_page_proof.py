"""Each page of a site is compared with its facts: whatever is changed about one is found, whatever words say it."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from PIL import Image

from attacks.sabotage.appeal import ADDRESS, FILES
from attacks.sabotage.appeal import NOW as THEN
from campaign.core.reading.region import Region
from campaign.loading.load import load_campaign, now_from_environment
from campaign.loading.site_paths import BADGE, CALENDAR, FEED, pages_of
from campaign.loading.translations import CATALOGS
from campaign.publishing.build import build_site
from campaign.verifying.figures_said import FiguresSaid
from campaign.verifying.page_facts import Table
from campaign.verifying.page_proof import PageProof
from campaign.verifying.voice import voice_of
from campaign.verifying.written_page import written_page
from site_folder import ROOT, Site
from surfaces import surfaces

FIRST, SECOND = "updates/2024-01-05-es-geht-los.html", "updates/2024-02-10-erste-zahlen.html"
FOURTH = "updates/2024-05-30-ein-grosser-schritt.html"


@pytest.fixture(scope="module")
def rich(tmp_path_factory):
    """An appeal with something of everything, built once; and what proves its pages."""
    site = Site(tmp_path_factory.mktemp("rich"))
    (site.content / "updates/2024-02-01-begun.md").unlink()
    for place, data in FILES.items():
        site.write(place, data)
    with pytest.MonkeyPatch.context() as machine:
        machine.setenv("SOURCE_DATE_EPOCH", THEN)
        machine.setenv("SITEURL", ADDRESS)
        build_site(site.folder, site.content, site.output, settings=ROOT / "publishconf.py", publish=True)
        loaded = load_campaign(site.folder, site.content, now=now_from_environment())
    return site, loaded


def told(rich, place, old="", new="", count=1):
    """What is said of a page in which something was replaced."""
    site, loaded = rich
    text = (site.output / place).read_bytes().decode()
    assert old in text, old
    text = text.replace(old, new, count)
    view = loaded.view
    proof = PageProof(view, voice_of(view.appeal.region, CATALOGS), loaded.stories, ADDRESS)
    list(proof.faults("404.html", written_page((site.output / "404.html").read_text())))  # the frame that all share
    if place == FEED:
        return list(proof.feed_faults(text))
    return list(proof.calendar_faults(text) if place == CALENDAR else proof.faults(place, written_page(text)))


def test_every_page_holds_its_facts(rich):
    for place in (*pages_of(rich[1].view), BADGE, FEED, CALENDAR):
        assert told(rich, place) == []


CHANGES = [
    # The figure, its goal, its percent and its day stand on their page once.
    ("index.html", "15.570\u00a0€</b>", "99.000\u00a0€</b>", "must say “15.570 € · 50.000 € · 31 %” once"),
    ("index.html", "<span>von 50.000", "<span>von 5.000", "must say “15.570 € · 50.000 €"),
    (
        "index.html",
        "gesammelt – 31\u00a0%</span>",
        "gesammelt – 41\u00a0%</span>",
        "says “15.570 € von 50.000 € gesammelt – 41 %”",
    ),
    ("poster.html", '<p class="asof">', '<p class="asof">30. Mai 2024</p><p>', "says “30. Mai 2024”, which no line"),
    (SECOND, "Stand: 10.\u00a0Februar", "Stand: 11.\u00a0Februar", "must say “Stand: 10. Februar 2024” once"),
    ("embed.html", "15.570\u00a0€</b>", "15.571\u00a0€</b>", "must say “15.570 €"),
    (BADGE, "15.570\u00a0€</text>", "15.571\u00a0€</text>", "lacks a line with “15.570 €”"),
    # A figure that nobody knows stands nowhere, and none lacks the word before it.
    ("events.html", "<footer", "<p>£99,000</p><footer", "says “£99,000”, which no line of this page can say"),
    ("404.html", "<footer", "<p>1. April 2024</p><footer", "says “1. April 2024”, which"),
    ("index.html", "etwa 21.000", "21.000", "lacks a line with “Die Operation"),
    ("index.html", "Mehr als 120", "120", "lacks a line with “mehr als 120 · Helferinnen"),
    ("index.html", "Fortschritt: 15.570", "Fortschritt: 19.570", "says “Fortschritt: 19.570"),
    # Every row is there, with its own words, day and link, in its place.
    ("index.html", "Ein großer Schritt</a></b>", "Andere</a></b>", "lacks a line with “Ein großer Schritt · 30. Mai"),
    ("index.html", "Es geht an ein anderes Kind.</dd>", "Es geht an uns.</dd>", "lacks a line with “"),
    ("money.html", "davon 250\u00a0€", "davon 260\u00a0€", "lacks a line with “10. Februar 2024 · Erste Zahlen"),
    ("money.html", "Eine Spende kam zweimal.", "Nichts.", "lacks a line with “20. März 2024 · Eine Spende"),
    (
        "money.html",
        "etwa 20.000",
        "20.000",
        "lacks a line with “Die Operation · 1. März 2024 · schriftlich",
    ),
    ("updates.html", "2024-02-10-erste-zahlen.html", "2024-03-20-ein-fehler.html", "leading to updates/2024-02-10"),
    ("events.html", "brachte 120,50", "brachte 12,50", "lacks a line with “12. Mai 2024, 10:00 · hat stattgefunden"),
    (FOURTH, "Ein Betrieb hat gespendet.", "So.", "lacks a line with “Ein Betrieb hat gespendet.”"),
    # The title and the story.
    (SECOND, "<h1 data-said>Erste Zahlen</h1>", "", "must have one heading of the first level, “Erste Zahlen”"),
    (SECOND, "<title>Erste Zahlen – Annas", "<title>Erste Zahlen – Ottos", "must have one title"),
    (SECOND, 'lang="de-DE"', 'lang="en"', "is said to be in the language en"),
    (SECOND, "<strong>schon</strong>", "", "must tell the story in updates/2024-02-10-erste-zahlen.md once"),
    (
        FIRST,
        'href="https://example.org/x?a=1&amp;b=2"',
        'href="./x"',
        "lacks the story’s link to https://example.org/x",
    ),
    # Whatever leads away was named by the content.
    (
        "index.html",
        'href="https://give.example.org/anna"',
        'href="https://evil.example.org/"',
        "leads to https://evil.example.org/",
    ),
    # Days for machines, and those that are counted from.
    ("money.html", 'datetime="2024-05-30"', 'datetime="2024-05-31"', "says 2024-05-31 to machines"),
    ("money.html", 'datetime="2024-05-30"', 'datetime="soon"', "says soon to machines"),
    ("index.html", 'data-left="2024-11-15"', 'data-left="2025-11-15"', "counts the days from 2025-11-15"),
    # What search engines read.
    (FIRST, '"datePublished": "2024-01-05"', '"datePublished": "2025-01-05"', "tells search engines “2025-01-05” as"),
    (
        "index.html",
        '"name": "Online"',
        '"name": "Online", "price": "5"',
        "tells search engines of potentialAction0.price",
    ),
    (
        FIRST,
        '"https://schema.org"',
        '"https://schema.example"',
        "tells search engines “https://schema.example” as @context",
    ),
    (FIRST, '{"@context"', '{{"@context"', "tells search engines “None” as url"),
    # Bars are as long as they are.
    ("index.html", 'class="done" y="15" width="31.14%"', 'class="done" y="15" width="91.14%"', "has a bar of 91.14%"),
    ("index.html", 'class="done" y="15" width="31.14%"', 'class="done" y="15"', "has no bar of 31.14%"),
    ("index.html", 'width="3rem" height="31.14%"', 'width="3rem" height="91.14%"', "is filled for 91.14% from 68.86%"),
    ("index.html", 'width="3rem" height="31.14%"', 'width="3rem" height="0%"', "is not filled for 31.14%"),
    (
        "index.html",
        '<line class="leader" x1="3.5rem" x2="5rem" y1="',
        '<line class="leader" x1="3.5rem" x2="5rem" y1="7.77',
        "draws something at 7.77",
    ),
    ("index.html", '<line class="was" x1="80%"', '<line class="was" x1="10.01%"', "draws something at 10.01%"),
    # What a page may hold.
    ("wir.html", "<footer", "<iframe></iframe><footer", "holds <iframe>"),
    ("wir.html", "<footer", '<iframe src="x"></iframe><footer', "holds <iframe>"),
    ("wir.html", "<footer", '<footer onclick="x"', "has onclick in <footer>"),
    ("wir.html", "<footer", '<img src="//evil.example/x.png" alt=""><footer', "loads //evil.example/x.png in <img>"),
    ("wir.html", "<footer", '<img src="x.png" alt=""><footer', "shows a picture without its width and height"),
    ("wir.html", ".webp 700w", ".webp 9w", "names a picture’s width otherwise than its file"),
    ("wir.html", '<link rel="icon"', '<link rel="icon" href="x"><link rel="icon"', "loads x as icon"),
    ("wir.html", "<footer", '<a href="javascript:x">x</a><footer', "links to javascript:x"),
    ("wir.html", "default-src 'none'", "default-src *", "carries another policy than the one policy"),
    ("wir.html", "http-equiv=", "name=", "carries no policy"),
    ("wir.html", "<style>", "<style>@import", "loads something from its style sheet: @import"),
    ("wir.html", "<style>", "<style>b{}", "has a style of its own"),
    ("wir.html", "</body>", "<script>x</script></body>", "has not one style sheet and one script"),
    ("index.html", 'aria-labelledby="h-frame"', 'aria-labelledby="h-fram"', "names something by #h-fram, which is not"),
    (SECOND, 'property="og:image"', 'property="og:img"', "is shared without a card"),
    # How it is written.
    ("wir.html", "<footer", "< footer", "holds what is neither a tag nor escaped"),
    ("wir.html", "</footer>", "", "closes <body>, which is not the last that it opened"),
    ("wir.html", "</html>", "", "leaves <html> open"),
    ("wir.html", '<footer class="', '<footer class="a" class="', "says class twice in <footer>"),
    # Files for machines.
    (FEED, "<title>Ein Fehler", "<title>Kein Fehler", "has “Kein Fehler” of 2024-03-20"),
    (FEED, "<published>2024-02-10T18:30", "<published>2024-02-10T00:00", "“Erste Zahlen” of 2024-02-10T18:30 belongs"),
    (FEED, "<title>Annas", "<title>Ottos", "is called “Ottos"),
    (FEED, "/updates/2024-03-20-ein-fehler.html", "/updates.html", "leads from “Ein Fehler” elsewhere"),
    (FEED, "&lt;p&gt;Wir haben uns verzählt.", "&lt;p&gt;Wir", "must tell the story in updates/2024-03-20"),
    (FEED, "15.570", "16.570", "which no line of this page can say (in the entry “Ein großer Schritt”)"),
    (FEED, "Viel auf einmal, an einem Tag.", "Viel.", "sums up “Ein großer Schritt” as “Viel.”"),
    (FEED, "<feed", "<feed<", "cannot be read"),
    (CALENDAR, "SUMMARY:Der Lauf", "SUMMARY:Der Gang", "has the events ['Der Gang'"),
    (CALENDAR, "DTSTART;VALUE=DATE:20240914", "DTSTART;VALUE=DATE:20240915", "has events on"),
    (CALENDAR, "LOCATION:Am See", "LOCATION:Im See", "says ['ImSee'"),
]


@pytest.mark.parametrize(("place", "old", "new", "said"), CHANGES)
def test_what_is_changed_about_a_page_is_found(rich, place, old, new, said):
    found = told(rich, place, old, new)
    assert any(said in fault for fault in found), found


def test_another_order_of_sections_and_other_words_are_the_themes_own(rich):
    """A theme of somebody's own is proved by the facts that it shows."""
    assert told(rich, "index.html", "gesammelt –", "kamen zusammen:", 100) == []
    site, _ = rich
    page = (site.output / "index.html").read_text(encoding="utf-8")
    frame = page[page.index('<section class="part" aria-labelledby="h-frame">') :]
    frame = frame[: frame.index("</section>") + len("</section>")]
    plan = page[page.index('<section class="part" aria-labelledby="h-treatment">') :]
    plan = plan[: plan.index("</section>") + len("</section>")]
    path = site.output / "moved.html"
    path.write_text(page.replace(frame, "\0").replace(plan, frame).replace("\0", plan), encoding="utf-8")
    try:
        view = rich[1].view
        proof = PageProof(view, voice_of(view.appeal.region, CATALOGS), rich[1].stories, ADDRESS)
        assert list(proof.faults("index.html", written_page(path.read_text(encoding="utf-8")))) == []
    finally:
        path.unlink()


YAML, LAST = FILES["campaign.yaml"], FILES["updates/2024-05-30-ein-grosser-schritt.md"]
MORE = {"updates/2024-05-30-ein-grosser-schritt.md": LAST.replace("online: 15.200", "online: 60000.25")}
PHASES = {
    "closed": {"campaign.yaml": f"{YAML}closed: 2024-06-05\n"},
    "closed with more than was needed": {"campaign.yaml": f"{YAML}closed: 2024-06-05\n", **MORE},
    "reached": MORE,
    "others pay the rest": {
        "campaign.yaml": YAML.replace("amount: etwa 4.000", "amount: 36.000")
        .replace("etwa 20.000", "37.000")
        .replace("amount: 25.000", "amount: 37.000")
    },
    "past the deadline": {"campaign.yaml": YAML.replace("2024-11-15, why", "2024-06-01, why")},
    "an example": {"campaign.yaml": f"{YAML}example: true\n"},
    "without a deadline": {"campaign.yaml": YAML[: YAML.index("deadline:")] + YAML[YAML.index("milestones:") :]},
    "figures in every name": {
        "campaign.yaml": YAML.replace('Annas "Weg" & Ziel', "Annas 3 Wege 2024")
        .replace("label: Online,", "label: Konto 2 von 3,")
        .replace("summary: Anna", "summary: 7 Jahre ist Anna alt. Anna")
        .replace("label: Helferinnen", "label: Helferinnen 2024")
        .replace("label: Die Operation\n", "label: 2. Operation\n")
        .replace("what: Eine Operation,", "what: Mai 2024 oder 5 %,"),
        "events/markt.md": FILES["events/markt.md"].replace("Der Markt, bald", "Mai 2024"),
        "updates/2024-05-30-ein-grosser-schritt.md": LAST.replace("Ein großer Schritt", "15.570 €"),
    },
}


@pytest.mark.parametrize(
    "phase",
    [
        phase if phase.startswith("figures") else pytest.param(phase, marks=pytest.mark.attack)  # each is a whole build
        for phase in PHASES
    ],
)
def test_a_right_site_is_never_refused(tmp_path, monkeypatch, phase):
    site = Site(tmp_path)
    (site.content / "updates/2024-02-01-begun.md").unlink()
    for place, data in {**FILES, **PHASES[phase]}.items():
        site.write(place, data)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", THEN)
    monkeypatch.setenv("SITEURL", ADDRESS)
    build_site(site.folder, site.content, site.output, settings=ROOT / "publishconf.py", publish=True)
    assert (site.output / "index.html").is_file()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("15.570", "16.570", "lacks a line with “15.570"),
        ("Anna braucht", "Otto braucht", "begins with “Otto"),
        ("</svg></svg>", "<text>5 €</text></svg></svg>", "which no card of that day can say"),
        ("images/anna-", "images/otto-", "must show images/anna.jpg, and shows images/otto-"),
    ],
)
def test_a_share_card_is_read_before_it_is_drawn(rich, old, new, said):
    view = rich[1].view
    proof = PageProof(view, voice_of(view.appeal.region, CATALOGS), rich[1].stories, ADDRESS)
    card = (
        "<svg><text>Anna braucht eine Operation</text><text>15.570 €</text><text>von 50.000 € gesammelt – 31 %</text>"
        "<text>Vom Ziel übernommen: etwa 4.000 € (die Kasse).</text>"
        '<text>Stand: 30. Mai 2024</text><rect width="31.14%"/>'
        '<image href="images/anna-1a2b3c4d-960.jpg"></image><svg></svg></svg>'
    )
    assert list(proof.card_faults(card, "")) == []
    assert any(said in fault for fault in proof.card_faults(card.replace(old, new), ""))


SITES = (ROOT / "content", *sorted(path.parent for path in (ROOT / "tests/sites").glob("*/campaign.yaml")))


def test_a_story_of_pictures_alone_may_show_something_with_a_number(tmp_path):
    picture = io.BytesIO()
    Image.new("RGB", (40, 30)).save(picture, "JPEG")
    (tmp_path / "content/images").mkdir(parents=True)
    (tmp_path / "content/images/walk.jpg").write_bytes(picture.getvalue())
    campaign = "name: Roof\ncurrency: GBP\ngoal: 1000\nstarted: 2024-01-01\n"
    stories = ("![9 of us](images/walk.jpg)", '![9 of us](images/walk.jpg)\n\n![8 of us](images/walk.jpg "7 of us")')
    updates = {f"2024-02-0{day}": f"title: Ann\n---\n{story}\n" for day, story in enumerate(stories, 1)}
    shown = surfaces(tmp_path, campaign, updates)
    for day in updates:
        assert shown.faults(f"updates/{day}-news.html") == []
    assert shown.faults("updates/2024-02-01-news.html", "9 of us", "90 of us") != []


@pytest.mark.parametrize("content", SITES, ids=lambda path: path.name)
def test_on_every_day_each_page_of_an_appeal_has_its_facts(content):
    now = now_from_environment()
    view = load_campaign(ROOT, content, now=now).view
    days = {update.day for update in view.updates} | {line.date.last + timedelta(1) for line in view.appeal.deadline}
    days |= {view.appeal.closed} if view.appeal.closed else set()
    for day in (None, *sorted(day for day in days if day < view.day)):
        view = load_campaign(ROOT, content, now=now, as_of=day).view
        table = Table(view, voice_of(view.appeal.region, CATALOGS), "https://a.example")
        for place in (*pages_of(view), BADGE):
            facts = table.of(place)
            assert all(each.facts for each in facts.once), place


@pytest.mark.parametrize(
    ("locale", "currency", "text", "figures"),
    [
        ("en_GB", "GBP", "About £1,234.50 and 12 £5", ["about£1,234.50", "12", "£5"]),
        ("en_GB", "GBP", "26 August 2015, at least 50%", ["26august", "2015", "atleast50%"]),
        ("en_US", "USD", "August 26, 2015", ["august26", "2015"]),
        ("de_DE", "EUR", "ab 1. März 2024 mehr als 25.000 €", ["1.märz", "2024", "mehrals25.000€"]),
        ("fr_FR", "EUR", "le 1er mai 2024, 12 250 €", ["1ermai", "2024", "12", "250€"]),
        ("pl_PL", "PLN", "12 maja 2024: 25 000 zł", ["12maja", "2024", "25", "000zł"]),
        ("en_GB", "GBP", "no figure, in May or later", []),
    ],
)
def test_figures_are_found_as_a_locale_writes_them(locale, currency, text, figures):
    said = FiguresSaid(voice_of(Region(currency, locale), CATALOGS), currency)
    assert [figure for _, _, figure in said.of(text)] == figures


def test_no_figure_goes_on_in_the_element_beside_it():
    said = FiguresSaid(voice_of(Region("GBP", "en_GB"), CATALOGS), "GBP")
    page = written_page("<p><time>4 May 2025</time> <a>May fair</a> <b>5</b>% <i>about</i> £5</p>")
    assert [figure for _, _, figure in said.of(page.text)] == ["4may", "2025", "5", "about£5"]


def test_what_proves_shares_nothing_with_what_renders():
    """verify.py alone looks at the files themselves, too."""
    for path in (ROOT / "plugins/campaign/verifying").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "campaign.rendering" not in text and "campaign.plugin" not in text, path.name
        assert path.name == "verify.py" or "loading.story_html" not in text, path.name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("about\n£25", ["about£25"]),
        ("about \n\u200b\n£25", ["about£25"]),
        ("nothing here\nat least\n£25\nnothing", ["atleast£25"]),
        ("5 at least\n25", ["5", "atleast25"]),
        ("£5\n£6\n\n£7 and £8", ["£5", "£6", "£7", "£8"]),
        ("roundabout\n25", ["25"]),
    ],
)
def test_a_word_before_a_figure_is_found_at_the_end_of_the_line_above(text: str, found: list[str]) -> None:
    said = FiguresSaid(voice_of(Region("GBP", "en_GB"), CATALOGS), "GBP")
    assert [figure for _, _, figure in said.of(text)] == found
    assert all("".join(text[start:end].split()).replace("\u200b", "") == figure for start, end, figure in said.of(text))
