"""The files of a published site that are neither pages nor pictures say what its pages say."""

import io
import json
import re
import shutil
import xml.etree.ElementTree as ET
from datetime import date, datetime
from shutil import rmtree
from urllib.parse import unquote

import pytest
from icalendar import Calendar
from PIL import Image

from site_folder import CAMPAIGN, ROOT, UPDATE, Site

ADDRESS = "https://example.org/roof"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
GIVE = """\
give:
  - {label: The page, url: "https://give.example.org/roof", closes: 2024-12-31}
  - {label: By cheque, note: Ask us.}
  - {label: An old page, url: "https://old.example.org/", closes: 2024-01-31}
held_by: {kind: charity, name: The hall, number: 1000000}
"""


def published(site, campaign=CAMPAIGN + GIVE, environ=None):
    site.write("campaign.yaml", campaign)
    site.write(
        "events/fair.md", "---\ntitle: The fair\ndate: 2024-06-01 11:00\nplace: The green, by the pond\n---\nCome.\n"
    )
    site.write("events/walk.md", "---\ntitle: A walk\ndate: 2024-05-01\nstatus: cancelled\n---\nSlow.\n")
    site.write("events/ball.md", "---\ntitle: A ball\n---\nSome day.\n")
    site.write("events/sale.md", "---\ntitle: A sale\ndate: 2024-01\nheld: true\n---\nSold out.\n")
    site.write("pages/about.md", "---\ntitle: About\n---\nUs.\n")
    site.write(
        "updates/2024-02-10-more.md", UPDATE.replace("2024-02-01", "2024-02-10 18:30").replace("12,345", "about 20,000")
    )
    done = site.pelican(settings=ROOT / "publishconf.py", environ={"SITEURL": ADDRESS} | (environ or {}))
    assert done.returncode == 0, done.stderr + done.stdout
    return site


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    """A site for all that only read what is usual about one."""
    return published(Site(tmp_path_factory.mktemp("usual")))


def records(site, page):
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', site.page(page), re.DOTALL)
    return [json.loads(record) for record in found]


def head(site, page):
    return dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', site.page(page)))


def test_search_engines_read_what_the_pages_say(usual):
    (home,) = records(usual, "index.html")
    assert (home["@type"], home["name"], home["url"]) == ("WebSite", "A new roof", f"{ADDRESS}/")
    (ask,) = home["potentialAction"]  # not the way without an address, nor the one that has closed
    assert (ask["@type"], ask["target"]) == ("DonateAction", "https://give.example.org/roof")
    assert ask["recipient"] == {"@type": "NGO", "name": "The hall"}
    (update,) = records(usual, "updates/2024-02-10-more.html")
    assert (update["@type"], update["headline"]) == ("BlogPosting", "We have begun")
    assert update["datePublished"] == "2024-02-10T18:30:00+00:00"
    assert update["url"] == f"{ADDRESS}/updates/2024-02-10-more.html"
    (fair,) = records(usual, "events/fair.html")
    assert (fair["startDate"], fair["location"]["name"]) == ("2024-06-01T11:00:00+00:00", "The green, by the pond")
    assert fair["eventStatus"].endswith("EventScheduled")
    assert records(usual, "events/walk.html")[0]["eventStatus"].endswith("EventCancelled")
    assert records(usual, "events/ball.html") == records(usual, "events/sale.html") == []


def test_nobody_is_asked_to_give_to_an_example_or_after_the_end(site):
    published(site, CAMPAIGN + GIVE + "example: true\n")
    assert "potentialAction" not in records(site, "index.html")[0]
    assert head(site, "index.html")["robots"] == "noindex"
    rmtree(site.output)
    published(site, CAMPAIGN + GIVE + "closed: 2024-02-20\n")
    assert "potentialAction" not in records(site, "index.html")[0]


def test_a_personal_holder_is_not_named_to_search_engines(site):
    published(site, CAMPAIGN + GIVE.replace("kind: charity", "kind: personal"))
    assert "recipient" not in records(site, "index.html")[0]["potentialAction"][0]


def test_the_calendar_holds_every_event_with_a_date(usual):
    calendar = Calendar.from_ical((usual.output / "events.ics").read_bytes())
    walk, fair = calendar.walk("VEVENT")
    assert (str(walk["summary"]), walk["dtstart"].dt, str(walk["status"])) == ("A walk", date(2024, 5, 1), "CANCELLED")
    assert fair["dtstart"].dt == datetime.fromisoformat("2024-06-01T11:00:00+00:00")
    assert str(fair["location"]) == "The green, by the pond"
    assert str(fair["url"]) == f"{ADDRESS}/events/fair.html"
    assert fair["dtstamp"].dt.date() == date(2024, 2, 10)
    assert len({str(event["uid"]) for event in (walk, fair)}) == 2


def test_a_title_cannot_begin_a_line_of_the_calendar(site):
    site.write(
        "events/odd.md", '---\ntitle: "A; B, C\\\\nATTENDEE:x"\ndate: 2024-06-02\nplace: "END:VEVENT"\n---\nX.\n'
    )
    published(site)
    events = Calendar.from_ical((site.output / "events.ics").read_bytes()).walk("VEVENT")
    assert [str(event["summary"]) for event in events if "attendee" in event] == []
    assert len(events) == 3


def test_the_sitemap_lists_every_page_that_is_to_be_found_and_when_an_update_changed_it(usual):
    entries = {
        url.find(f"{SITEMAP}loc").text: getattr(url.find(f"{SITEMAP}lastmod"), "text", None)
        for url in ET.fromstring(usual.page("sitemap.xml"))
    }
    listed = {place.removeprefix(f"{ADDRESS}/") or "index.html" for place in entries}
    pages = {name for name in usual.files() if name.endswith(".html")}
    assert pages - listed == {"404.html", "poster.html", "poster-strips.html", "embed.html"}
    assert listed <= pages
    assert entries[f"{ADDRESS}/"] == entries[f"{ADDRESS}/money.html"] == "2024-02-10"
    assert entries[f"{ADDRESS}/updates/2024-02-01-begun.html"] == "2024-02-01"
    assert entries[f"{ADDRESS}/about.html"] is None
    assert f"Sitemap: {ADDRESS}/sitemap.xml" in usual.page("robots.txt")


def test_what_a_build_writes_does_not_depend_on_its_clock(site):
    published(site)
    before = site.files()
    published(site, environ={"SOURCE_DATE_EPOCH": "1709380800"})  # a day later
    assert {name for name, data in site.files().items() if data != before[name]} == {"totals.json"}  # its own day


def test_search_engines_are_asked_to_leave_an_example(site):
    published(site, CAMPAIGN + "example: true\n")
    assert not (site.output / "sitemap.xml").exists()
    assert "Sitemap" not in site.page("robots.txt")


def test_every_page_is_shared_with_its_own_words_and_the_campaign_as_it_stood(usual):
    home, first, newest = (
        head(usual, page) for page in ("index.html", "updates/2024-02-01-begun.html", "updates/2024-02-10-more.html")
    )
    assert (home["og:title"], home["og:type"], home["og:url"]) == ("A new roof", "website", f"{ADDRESS}/")
    assert (newest["og:title"], newest["og:type"]) == ("We have begun – A new roof", "article")
    assert "about £20,000 raised of £50,000 – 40%" in newest["og:image:alt"]
    assert "£12,345 raised of £50,000 – 24%" in first["og:image:alt"]
    assert "20,000" not in first["og:image:alt"]
    for page in (home, first, newest):
        place = page["og:image"].removeprefix(f"{ADDRESS}/")
        assert re.fullmatch(r"cards/[0-9a-f]{16}\.png", place)
        picture = Image.open(io.BytesIO(usual.files()[place]))
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert len([name for name in usual.files() if name.startswith("cards/")]) == 3
    assert head(usual, "money.html")["og:image"] == home["og:image"]


def test_a_card_that_cannot_be_written_is_left_out_and_one_whose_headline_cannot_goes_without_it(site):
    published(site, CAMPAIGN.replace("The hall roof lets in the rain.", "屋根が漏れています"))
    assert "og:image" in head(site, "index.html")
    assert "屋根が漏れています" in head(site, "index.html")["og:image:alt"]
    shutil.rmtree(site.output)
    published(site, CAMPAIGN.replace("currency: GBP", "currency: GBP\nlocale: ja_JP"))
    assert "og:image" not in head(site, "index.html")
    assert not (site.output / "cards").exists()


def test_the_badge_is_a_drawing_that_says_the_figure(usual):
    badge = ET.fromstring(usual.page("badge.svg"))
    assert badge.get("aria-label") == "A new roof: about £20,000 raised of £50,000 – 40%"
    texts = [element.text for element in badge.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == ["About £20,000", "raised of £50,000 – 40%"]


@pytest.mark.parametrize("page", ["poster.html", "poster-strips.html", "embed.html", "404.html"])
def test_pages_for_paper_and_for_other_sites_are_not_to_be_found(usual, page):
    if page != "404.html":
        assert head(usual, page)["robots"] == "noindex"
    assert page not in usual.page("sitemap.xml")


def test_while_writing_nothing_needs_an_address(site):
    site.write("events/fair.md", "---\ntitle: The fair\ndate: 2024-06-01\n---\nCome.\n")
    assert site.pelican().returncode == 0
    assert not {"sitemap.xml", "robots.txt", "events.ics", "feeds/updates.atom.xml"} & set(site.files())
    for name, data in site.files().items():
        if name.endswith(".html"):
            assert b'rel="canonical"' not in data and b"og:" not in data and b"ld+json" not in data, name


def test_a_colour_that_is_changed_in_one_place_is_another_on_pages_cards_badge_and_icon(site):
    theme = site.folder / "theme"
    shutil.copytree(ROOT / "theme", theme)
    tokens = theme / "static/css/tokens.css"
    text = tokens.read_text(encoding="utf-8")
    others = {"stock": "#aabbcc", "paper": "#eeeeff", "ink": "#112233", "progress": "#440055"}
    for name, colour in others.items():
        text = re.sub(rf"--{name}: #\w+;", f"--{name}: {colour};", text, count=1)
    tokens.write_text(text.replace("--stock: #12343f", "--stock: #334455"), encoding="utf-8")
    settings = site.folder / "settings.py"
    lines = ["import sys", f"sys.path.insert(0, {str(ROOT)!r})", "from publishconf import *", f"THEME = {str(theme)!r}"]
    settings.write_text("\n".join(lines), encoding="utf-8")
    site.write("campaign.yaml", CAMPAIGN + GIVE)
    done = site.pelican(settings=settings, environ={"SITEURL": ADDRESS})
    assert done.returncode == 0, done.stderr
    page, badge = site.page("index.html"), site.page("badge.svg")
    (card,) = re.findall(r'og:image" content="[^"]*/(cards/[^"]+)"', page)
    icon = unquote(re.findall(r'rel="icon" href="([^"]*)"', page)[0])
    with Image.open(site.output / card) as drawn:
        assert drawn.convert("RGB").getpixel((1190, 10)) == (0xAA, 0xBB, 0xCC)
        seen = {"#{:02x}{:02x}{:02x}".format(*colour) for _, colour in drawn.convert("RGB").getcolors(1 << 20)}
    for colour in others.values():
        assert colour in page and colour in badge and colour in icon and colour in seen, colour
    assert [*re.findall(r'theme-color" content="(#\w+)"', page)] == ["#aabbcc", "#334455"]


def test_no_colour_is_written_outside_the_one_file():
    for path in sorted((ROOT / "theme").rglob("*")):
        if path.suffix in (".html", ".svg", ".css", ".js") and path.name != "tokens.css":
            text = path.read_text(encoding="utf-8")
            assert not re.findall(r"(?<!&)#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\b|\b(?:rgb|hsl|oklch)a?\(", text), (
                path.name
            )


WHOLE = re.compile(
    r'<(?:link rel="canonical"|meta property="og:)[^>]*>|<script type="application/ld.*?</script>', re.DOTALL
)
"""Where a page must say its whole address."""
SENT_ON = re.compile(r'<a href="(?:https://wa\.me/|mailto:)[^"]*"|<pre.*?</pre>', re.DOTALL)
"""What is sent to others, and pasted by them."""


def test_a_page_finds_its_pictures_and_the_other_pages_at_whatever_domain_it_is(site):
    picture = io.BytesIO()
    Image.new("RGB", (600, 400), (90, 120, 60)).save(picture, "JPEG")
    site.write("images/roof.jpg", picture.getvalue())
    with_picture = CAMPAIGN + GIVE + "image: images/roof.jpg\nimage_alt: The roof\n"
    site.write(
        "updates/2024-02-12-seen.md",
        UPDATE.replace("2024-02-01", "2024-02-12").replace("12,345", "21,000") + "\n![It](images/roof.jpg)\n",
    )
    published(site, with_picture)
    pages = {name: data.decode() for name, data in site.files().items() if name.endswith(".html")}
    shown = 0
    for name, page in pages.items():
        bare = SENT_ON.sub("", WHOLE.sub("", page))
        linked = [link for links in re.findall(r'(?:src|href|srcset)="([^"]*)"', bare) for link in links.split(", ")]
        assert not [link for link in linked if link.startswith("https://example.org")], name
        if name == "404.html":
            # It is shown at any depth.
            assert all(link.startswith(("/roof/", "#", "data:", "https:", "mailto:")) for link in linked), linked
            continue
        for link in linked:
            if not re.match("[a-z]+:|#", link):
                assert (site.output / name).parent.joinpath(link.partition(" ")[0].partition("#")[0]).is_file(), link
                shown += "images/" in link
    assert shown > 6


ATOM = "{http://www.w3.org/2005/Atom}"


def test_each_entry_of_the_feed_has_its_author_its_picture_and_where_the_total_stood(site):
    picture = io.BytesIO()
    Image.new("RGB", (600, 400), (90, 120, 60)).save(picture, "JPEG")
    site.write("images/roof.jpg", picture.getvalue())
    seen = UPDATE.replace("2024-02-01", "2024-02-12").replace(
        "totals", "author: 'Jo <b>&amp; Al'\nimage: images/roof.jpg\nimage_alt: 'The \"roof\" & <rain>'\ntotals"
    )
    site.write("updates/2024-02-12-seen.md", seen.replace("12,345", "20,123.50"))
    published(site)
    feed = ET.fromstring(site.files()["feeds/updates.atom.xml"])
    entries = {
        entry.find(f"{ATOM}link").get("href").rpartition("/")[2]: entry for entry in feed.findall(f"{ATOM}entry")
    }
    assert len(entries) == 3
    by = {name: entry.findtext(f"{ATOM}author/{ATOM}name") for name, entry in entries.items()}
    assert by["2024-02-12-seen.html"] == "Jo <b>&amp; Al"
    assert by["2024-02-01-begun.html"] == "A new roof"
    told = {name: entry.findtext(f"{ATOM}content") for name, entry in entries.items()}
    story = told["2024-02-12-seen.html"]
    (shown,) = re.findall(
        r'<img src="https://example\.org/roof/(images/[^"]*)" width="600" height="400" alt="([^"]*)">', story
    )
    assert (site.output / shown[0]).is_file()
    assert shown[1] == "The “roof” &amp; &lt;rain&gt;"
    assert story.index("first buckets") < story.index("<img") < story.index("£20,123.50")
    assert "£20,123.50 raised of £50,000 – 40%. Figure of 12\u00a0February\u00a02024." in story
    assert "£12,345 raised of £50,000 – 24%" in told["2024-02-01-begun.html"]
    assert "about £20,000 raised of £50,000 – 40%" in told["2024-02-10-more.html"]


def test_beyond_the_goal_a_badge_and_a_card_show_the_goal_and_what_is_more(site):
    site.write("updates/2024-02-20-all.md", UPDATE.replace("2024-02-01", "2024-02-20").replace("12,345", "56,200.50"))
    published(site)
    badge = ET.fromstring(site.files()["badge.svg"])
    svg = "{http://www.w3.org/2000/svg}"
    assert "£56,200.50" in "".join(badge.itertext())
    assert "£6,200.50 beyond the goal" in "".join(badge.itertext())
    done, beyond = badge.find(f"{svg}svg").findall(f"{svg}rect")
    assert (done.get("width"), beyond.get("x"), beyond.get("width")) == ("88.96%", "88.96%", "11.04%")
    assert badge.findall(f"{svg}svg")[1].find(f"{svg}line").get("x1") == "88.96%"
