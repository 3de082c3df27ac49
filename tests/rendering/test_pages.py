"""The pages of whole small campaigns: every phase and shape says what is true and nothing else."""

import gzip
import re
import shutil
from html.parser import HTMLParser

import pytest

from site_folder import CAMPAIGN, MOMENT, ROOT

SITES = sorted(path.name for path in (ROOT / "tests/sites").iterdir() if path.is_dir())
pytestmark = pytest.mark.xdist_group("whole sites")


class Page(HTMLParser):
    """What tests ask of a page."""

    def __init__(self, html):
        super().__init__()
        self.html = html
        self.headings, self.ids, self.hrefs, self.elements, self.words = [], [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.elements.append((tag, attrs))
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if "href" in attrs:
            self.hrefs.append(attrs["href"])

    def handle_data(self, data):
        if self.elements[-1:] != [("style", {})]:
            self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).replace("\u00a0", " ").split())


APART = {
    *("p", "li", "ul", "ol", "div", "section", "article", "header", "footer", "nav", "main", "h1", "h2", "h3"),
    *(
        "h4",
        "dl",
        "dt",
        "dd",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "figure",
        "figcaption",
        "details",
        "summary",
    ),
    *("svg", "text", "button", "pre", "blockquote", "br", "img", "body", "title", "form", "aside"),
}
"""Between these there is a space, or a line of its own, whatever stands in the file."""


class Touching(HTMLParser):
    """Places where two words, each in an element of its own, have no space between them."""

    def __init__(self, html):
        super().__init__()
        self.found, self.before, self.is_new, self.said, self.skipped, self.unheard = [], "", False, [], 0, []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        # A drawing that is not heard parts no words.
        self._boundary("" if dict(attrs).get("aria-hidden") == "true" else tag)
        self.unheard += [tag] if dict(attrs).get("aria-hidden") == "true" else []
        self.skipped += tag in ("script", "style")
        for name, value in attrs:
            if name in ("aria-label", "content", "alt") and re.search(r"[a-z0-9%][.;:,][A-Z]", value or ""):
                self.found.append(value)
        if self.said or "data-said" in dict(attrs):
            self.said += [tag] if tag not in ("img", "br", "source") else []

    def handle_endtag(self, tag):
        if self.unheard[-1:] == [tag]:
            self.unheard.pop()
        else:
            self._boundary(tag)
        self.skipped -= tag in ("script", "style")
        if self.said and self.said[-1] == tag:
            self.said.pop()

    def _boundary(self, tag):
        self.is_new = True
        if tag in APART:
            self.before = " "

    def handle_data(self, data):
        if not data or self.skipped:
            return
        if self.is_new and len(self.said) < 2 and re.match(r"[\w)%.;:,][\w(£€]", self.before[-1:] + data[:1]):
            self.found.append(f"{self.before[-30:]}|{data[:30]}")
        self.before, self.is_new = data, False


def pages_of(site):
    return {name: Page(data.decode()) for name, data in site.files().items() if name.endswith(".html")}


@pytest.fixture(scope="module", params=SITES)
def pages(request, built):
    return pages_of(built(request.param))


def test_every_page_has_one_h1_and_skips_no_heading(pages):
    for name, page in pages.items():
        assert page.headings.count(1) == 1, name
        assert page.headings[0] == 1, name
        assert all(after <= before + 1 for before, after in zip(page.headings, page.headings[1:], strict=False)), name


def test_no_two_words_touch(pages):
    assert {name: Touching(page.html).found for name, page in pages.items() if Touching(page.html).found} == {}


def test_no_id_is_given_twice_and_every_anchor_is_there(pages):
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), name
        anchors = [href[1:] for href in page.hrefs if href.startswith("#")]
        assert set(anchors) <= set(page.ids), name


def test_every_bar_and_drawing_has_a_name_and_no_value_is_past_its_end(pages):
    for name, page in pages.items():
        for tag, attrs in page.elements:
            if tag == "progress":
                assert set(attrs["aria-labelledby"].split()) <= set(page.ids), name
                assert float(attrs["value"]) <= float(attrs["max"]), name
            if tag == "svg" and attrs.get("role") == "img":
                assert attrs["aria-label"].endswith(".")
            if tag == "img":
                assert attrs["alt"]


def test_nothing_leads_to_a_stranger_but_https_without_opener(pages):
    for page in pages.values():
        for tag, attrs in page.elements:
            if tag == "a" and re.match(r"[a-z]+:", attrs["href"]):
                assert attrs["href"].startswith(("https://", "mailto:")), attrs
                assert attrs["rel"] == "noopener"
            if "src" in attrs:
                assert not re.match(r"[a-z]+:|//", attrs["src"])


def test_no_sum_has_a_minus_before_it_and_nothing_is_said_to_have_come_in(pages):
    for name, page in pages.items():
        assert not re.search(
            r"[-\u2212][£€¥]|(?<![\d.,])[£€¥]0 (?:more|has|beyond|was|is|so far|for|in all)", page.text
        ), name
        assert not re.search(r"(?<![\d.,])(?:[£€¥￥]0|0 (?:€|zł)) (?:of|von|z)\b", page.text), name


def test_every_sentence_begins_with_a_capital_whatever_a_payer_or_a_figure_begins_with(pages):
    for name, page in pages.items():
        for tag, attrs in page.elements:
            if tag == "svg" and attrs.get("role") == "img" and not attrs["aria-label"].startswith("Step"):
                assert not re.search(r"[a-zł%]\. [a-z]", attrs["aria-label"]), (name, attrs["aria-label"])
        assert not re.search(r"\. (?:gmina|about|at least) ", page.text), name
        assert not re.search(r"(?:that|and|by) The ", page.text), name


def test_what_stands_at_nothing_is_not_where_money_came_from(pages):
    assert not re.search(r"<dd>(?:[£€¥￥]0|0[\s\u00a0](?:€|zł))</dd>", pages["index.html"].html)


def test_a_poster_says_a_name_once(pages):
    name = pages["index.html"].html.split("<title>")[1].split("</title>")[0]
    assert re.sub(r"<title>.*?</title>|<meta[^>]*>", "", pages["poster.html"].html).count(f">{name}<") == 1


@pytest.mark.parametrize("pages", ["village-hall"], indirect=True)
def test_the_money_page_puts_each_sum_beside_what_it_is_a_part_of(pages):
    said = " ".join(pages[f"money{year}.html"].text for year in ("", "/2025", "/2024"))
    assert "Cash and cheques £4,343.95 of it £2,310.20 – Stalls and teas taken back: £45 – A cheque" in said
    assert "Tins paid in online £212.40 counted in another of it £154.20 – Tins on every stall" in said
    assert "2 February 2025 the survey found two more rotten trusses and no insulation at all £46,500" in said
    assert "A sawmill in the next valley promised on 19 January 2025 Withdrawn on 25 May 2025 about £5,000" in said
    # What others were to pay and do not any more was never paid.
    assert "The parish council was to pay £4,000; that held from 10 June 2025 until 1 November 2025" in said
    assert "paid £4,000" not in said
    booked = pages["updates/2025-06-15-scaffolding-is-booked.html"].text
    assert "30 September 2025. £4,000 of the goal of £46,500 was already paid by the parish council" in booked


def test_gift_aid_is_named_only_where_there_is_any(pages, request):
    updates = (ROOT / "tests/sites" / request.node.callspec.params["pages"] / "updates").glob("*.md")
    has_any = any("\ngift_aid:" in path.read_text(encoding="utf-8") for path in updates)
    assert ("Gift Aid" in pages["money.html"].text) == has_any


SLIGHT = """\
sources:
  - {id: page, label: Online page}
  - {id: cash, label: Cash, records: receipts}
other_causes:
  - {id: bells, label: The bells}
costs:
  - {id: roof, label: The roof, estimate: 50000}
  - {id: paint, label: The paint, estimate: 0}
  - {id: door, label: The door, estimate: 500, paid_by: [{from: 2024-01-10, who: The council, amount: 500}]}
started: 2024-01-01
"""


def test_what_comes_to_less_than_a_pound_or_was_taken_back_is_in_no_sentence_as_a_sum(site):
    site.write("campaign.yaml", CAMPAIGN + SLIGHT)
    site.write("events/quiz.md", "---\ntitle: The quiz\ndate: 2024-01-20\n---\nQuestions.\n")
    for day, more in (
        (
            "2024-01-15",
            "totals:\n  page: 49,900\nreceived:\n  - {source: cash, amount: 100}\n  - {amount: 300, cause: bells}\n",
        ),
        (
            "2024-01-25",
            "totals:\n  page: 49,945.40\nreceived:\n  - {source: cash, amount: -45, event: quiz}\n"
            "  - {amount: -300, cause: bells}\ngift_aid:\n  page: 0\ncorrection:\n  cash: A cheque bounced.\n",
        ),
    ):
        site.write(f"updates/{day}-news.md", f"---\ntitle: News\ndate: {day}\n{more}---\nWords.\n")
    (site.content / "updates/2024-02-01-begun.md").unlink()
    done = site.pelican(environ={"SOURCE_DATE_EPOCH": MOMENT})
    assert done.returncode == 0, done.stderr
    pages = pages_of(site)
    said = {name: page.text for name, page in pages.items()}
    for name, text in said.items():
        # A ruler begins at nothing, the standing one below its first sum.
        assert not re.search(r"(?<!Estimated at )(?<!£5,000 )£0(?![\d.,]|.{0,3}£25,000)|-£", text), (
            name,
            re.findall(r".{30}(?:£0|-£).{20}", text),
        )
    home = said["index.html"]
    assert "The goal is reached. " in home and "has come in beyond it" not in home
    assert "The paint Nothing is needed for it." in home
    assert "The council pays £500 from 10 January 2024. Paid for by others." in home
    assert "another cause" not in home
    money = said["money.html"]
    assert "A cheque bounced. Cash : £100 became £55 £45 was taken back" in money
    assert "taken back: £45" in money
    # What came in stands below the total that it is a part of, and whose name begins a sentence begins with a capital.
    assert re.search(r"Cash £100 of it £100", money)
    assert "All of it was taken back" in money
    update = said["updates/2024-01-25-news.html"]
    assert "£300 for another cause was taken back" in update
    assert "more than in the update before" not in update
    assert "It brought in" not in said["events/quiz.html"]


def test_a_leap_and_a_correction_stand_beside_their_figures(site):
    site.write("campaign.yaml", CAMPAIGN + "sources:\n  - {id: page, label: Online page}\nstarted: 2024-01-01\n")
    (site.content / "updates/2024-02-01-begun.md").unlink()
    for day, more in (
        ("2024-01-15", "totals:\n  page: 1,000\ngift_aid:\n  page: 300\n"),
        (
            "2024-01-25",
            "totals:\n  page: 16,000\ngift_aid:\n  page: 250\ncorrection: Claimed twice.\njump: A legacy.\n",
        ),
    ):
        site.write(f"updates/{day}-news.md", f"---\ntitle: News\ndate: {day}\n{more}---\nWords.\n")
    done = site.pelican(environ={"SOURCE_DATE_EPOCH": MOMENT})
    assert done.returncode == 0, done.stderr
    pages = pages_of(site)
    for name in ("money.html", "updates/2024-01-25-news.html"):
        assert "Claimed twice. Gift Aid, Online page : £300 became £250" in pages[name].text
        assert "A legacy. Online page : £1,000 became £16,000" in pages[name].text


# The phases of one small campaign, each with what its home page must and must not say.

LIFE = CAMPAIGN + "started: 2024-01-01\ndeadline: 2024-06-30\nclosed: 2024-12-01\n"
GIVE = 'give:\n  - {label: The page, url: "https://example.org/give", closes: 2024-10-31}\n'


def home(site, epoch_day, totals, extra=""):
    site.write("campaign.yaml", LIFE + GIVE + extra)
    stated = f"totals:\n  raised: {totals}\n" if totals else ""
    site.write("updates/2024-02-01-begun.md", f"---\ntitle: News\ndate: 2024-02-01\n{stated}---\nWords.\n")
    done = site.pelican("-e", f'CAMPAIGN_AS_OF="{epoch_day}"', environ={"SOURCE_DATE_EPOCH": MOMENT})
    assert done.returncode == 0, done.stderr
    return Page(site.page("index.html"))


def buttons(page):
    return [attrs["href"] for tag, attrs in page.elements if tag == "a" and attrs.get("class") == "give"]


def test_before_the_first_figure_there_is_no_figure_and_no_percent(site):
    page = home(site, "2024-02-10", None)
    assert "No figure yet" in page.text
    assert "£50,000 still needed by 30 June 2024" in page.text
    assert "%" not in page.text
    assert "£0 raised" not in page.text
    assert "https://example.org/give" in buttons(page)


def test_while_raising_the_page_says_how_much_how_much_still_by_when_and_asks(site):
    page = home(site, "2024-02-10", "about 12,345")
    assert "about £12,345 raised of £50,000 – 24%" in page.text
    assert "Figure of 1 February 2024" in page.text
    assert "About £37,655 still needed by 30 June 2024" in page.text
    assert buttons(page)


def test_once_the_goal_is_reached_nothing_is_still_needed(site):
    page = home(site, "2024-02-10", "56,200")
    assert "The goal is reached." in page.text
    assert "£6,200 has come in beyond it" in page.text
    assert "still needed" not in page.text
    assert "to go" not in page.text
    assert "The goal is reached. What comes in now goes beyond it. It mends the gutters." in page.text
    assert buttons(page) == []
    assert "https://example.org/give" in page.hrefs


def test_after_the_deadline_the_page_says_what_was_missing(site):
    page = home(site, "2024-07-01", "12,345")
    assert "£37,655 less than the goal. The deadline was 30 June 2024." in page.text
    assert "by 30 June" not in page.text
    assert buttons(page) == []
    assert "these ways are still open" in page.text
    page = home(site, "2024-07-01", "12,345", "milestones:\n  - {raised: 50%, label: Half way}\n")
    assert "Half way not reached" in page.text
    assert "to go" not in page.text


def test_after_closing_nobody_is_asked(site):
    page = home(site, "2024-12-01", "12,345")
    assert "The appeal closed on 1 December 2024." in page.text
    assert buttons(page) == []
    assert "still needed" not in page.text
    assert "to go" not in page.text


def test_when_every_way_to_give_is_closed_there_is_no_button(site):
    page = home(site, "2024-11-01", "12,345")
    assert buttons(page) == []
    assert "closed on 31 October 2024" in page.text


def test_a_past_or_invented_appeal_leads_nowhere_and_asks_to_be_left_out_of_searches(site):
    page = home(site, "2024-02-10", "12,345", "example: true\n")
    assert set(buttons(page)) == {"#give"}
    assert "example.org/give" in page.text
    assert not [href for href in page.hrefs if href.startswith("https:")]
    assert ("meta", {"name": "robots", "content": "noindex"}) in page.elements


def test_an_update_of_the_past_says_nothing_that_came_later(site):
    site.write("updates/2024-03-01-more.md", "---\ntitle: More\ndate: 2024-03-01\ntotals:\n  raised: 20,000\n---\n")
    home(site, "2024-02-10", "12,345")
    before = Page(site.page("updates/2024-02-01-begun.html")).text
    home(site, "2024-03-10", "12,345")
    after = Page(site.page("updates/2024-02-01-begun.html")).text
    assert "£12,345 raised of £50,000 – 24%" in after
    assert "£20,000" not in after
    # What is new is the strip that says which day the pages are of, and the way to the next update.
    assert after.replace("10 March", "10 February").replace("The next update More ", "") == before


SAID_AT_FIRST = """\
name: A new roof
currency: GBP
goal: 50,000
deadline: 2024-06-30
costs: [{id: roof, label: The roof, estimate: 50000}]
milestones: [{raised: 50%, label: Half}]
"""
SAID_LATER = """\
name: A new roof
currency: GBP
goal:
  - {amount: 50000}
  - {from: 2024-03-20, amount: 30000, jump: The rest is paid for}
promise: {too_much: It mends the gutters., too_little: Half., not_needed: None., first_said: 2024-03-05}
deadline:
  - {date: 2024-06-30}
  - {said: 2024-03-05, date: 2024-07-31}
closed: 2024-12-01
costs:
  - {id: roof, label: The roof, estimate: 50000, paid_by: [{from: 2024-03-05, who: The council, amount: 40000}]}
milestones: [{raised: 50%, label: Half}]
"""


def test_an_updates_page_stays_as_it_is_when_a_later_one_arrives_whatever_that_changes(site):
    """Byte for byte, but for the way to the newer one: nothing is reached, promised, moved, paid or closed on it."""
    page = "updates/2024-02-01-begun.html"
    seen = []
    for day, epoch in (("2024-02-20", "1708430400"), ("2024-03-10", "1710072000"), ("2024-12-10", "1733832000")):
        site.write("campaign.yaml", (SAID_LATER if seen else SAID_AT_FIRST) + GIVE)
        if seen:
            text = f"---\ntitle: More\ndate: {day}\ntotals:\n  raised: 31,000\n---\nWords.\n"
            site.write(f"updates/{day}-more.md", text)
        options = ("-e", "CAMPAIGN_PUBLIC=false")
        environ = {"SOURCE_DATE_EPOCH": epoch, "SITEURL": "https://example.org"}
        shutil.rmtree(site.output, ignore_errors=True)  # what an earlier day drew would be in the way
        done = site.pelican(*options, settings=ROOT / "publishconf.py", environ=environ)
        assert done.returncode == 0, done.stderr
        # What stands around the record follows the appeal: once it has ended, no page is on the paper that asks, has a
        # button to give, or is passed on with a figure.
        around = (
            r'<header class="masthead">.*?</header>'
            r'|<li>[^\n]*rel="next"[^\n]*</li>\n| class="ended"(?=>)|<meta name="theme-color"[^>]*>'
            r"|Where the appeal stands now|How the appeal ended"
            r'|<li><a href="#give">.*?</li>|<section class="ways".*?</section>|<section class="part share".*?</section>'
        )
        seen.append(re.sub(r"\n+", "\n", re.sub(around, "", site.page(page), flags=re.DOTALL)))
        assert ('rel="next"' in site.page(page)) == (len(seen) > 1)
    assert seen[0] == seen[1] == seen[2]
    assert "It mends the gutters." not in seen[0]
    assert "It mends the gutters." in site.page("index.html")
    assert "£37,655 was still needed by" in seen[0]


def test_an_updates_page_leads_to_the_ways_to_give_and_names_none_below_its_masthead(site):
    home(site, "2024-02-10", "12,345")
    whole = site.page("updates/2024-02-01-begun.html")
    assert buttons(Page(whole)) == ["https://example.org/give"]
    page = Page(re.sub(r'<header class="masthead">.*?</header>', "", whole, flags=re.DOTALL))
    assert buttons(page) == []
    assert "https://example.org/give" not in page.hrefs
    assert "../index.html#give" in page.hrefs


PAID = """\
costs:
  - id: roof
    label: The roof
    estimate: 50000
    paid_by:
      - {from: 2024-02-02, who: "The <council>", amount: about 30000}
"""


def test_what_others_have_begun_to_pay_is_said_where_less_is_asked_for(site):
    page = home(site, "2024-02-10", "12,345", PAID)
    others = "About £30,000 of the goal is paid by the <council>."
    assert f"£7,655 still needed by 30 June 2024 {others}" in page.text.replace(" .", ".")
    assert "£7,655 to go" in page.text
    assert "37,655" not in page.text
    page = home(site, "2024-07-01", "12,345", PAID)
    assert f"£7,655 less than is needed. The deadline was 30 June 2024. {others}" in page.text.replace(" .", ".")
    assert "Thank you to everyone who gave. The ways to give that are still open" in page.text


def test_when_others_pay_what_is_missing_the_page_asks_for_nothing_and_does_not_say_that_the_goal_is_reached(site):
    page = home(site, "2024-02-10", "20,000", PAID)
    assert "Nothing is left to ask for. Now that the <council> pays about £30,000 of the goal" in page.text
    assert "The goal is reached" not in page.text
    assert "still needed" not in page.text
    assert "to go" not in page.text
    assert "£20,000 raised of £50,000 – 40%" in page.text
    assert "Nothing is left to ask for. What comes in now is more than is needed. It mends the gutters." in page.text
    assert buttons(page) == []


def test_a_page_that_asks_calls_nothing_more_than_is_needed(site):
    page = home(site, "2024-02-10", "45,000", "costs:\n  - {id: roof, label: The roof, estimate: 40000}\n")
    assert "£5,000 still needed" in page.text
    assert "Together this comes to £40,000; the goal is £50,000." in page.text
    assert "On these estimates" not in page.text
    assert "On these estimates" not in Page(site.page("money.html")).text


def test_a_pace_of_several_days_is_a_bound_and_says_why(site):
    more = "sources:\n  - {id: page, label: A}\n  - {id: bank, label: B}\n"
    site.write("updates/2024-02-05-bank.md", "---\ntitle: B\ndate: 2024-02-05\ntotals:\n  bank: 200\n---\n")
    site.write("updates/2024-02-19-page.md", "---\ntitle: A\ndate: 2024-02-19\ntotals:\n  page: 9,000\n---\n")
    page = home(site, "2024-02-20", None, more)
    assert "At least £1,314 a week so far; at most £2,164 a week from here." in page.text
    assert "Figures of 5 February 2024 to 19 February 2024" in page.text


def test_the_home_page_does_not_grow_with_the_number_of_updates(site):
    for day in range(2, 29):
        site.write(
            f"updates/2024-02-{day:02}-n.md",
            f"---\ntitle: News\ndate: 2024-02-{day:02}\ntotals:\n  raised: {12_345 + day}\n---\nWords.\n",
        )
    page = home(site, "2024-02-10", "12,345")
    assert sum(1 for tag, attrs in page.elements if tag == "h3" and "data-said" not in attrs) <= 6
    assert len(gzip.compress(site.page("index.html").encode())) < 14_000
