"""Stories: what people write is allowed, and nothing that runs."""

import re
import string
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.reading.links import picture_place, scheme_of
from campaign.core.reading.story import offsets, read_story
from campaign.core.reading.told import Link
from campaign.loading.story_html import SITE, TAGS, href, is_safe, whole


def render(body, pages=None):
    return whole(read_story(body), pages)


def test_what_people_write_is_allowed():
    html = render(
        "# Top\n\nA **bold** *word*, a [link](https://example.org).\n\n> Quoted\n\n- one\n- two\n\n1. first\n\n"
        "| Cake | Sold |\n|---|---|\n| Lemon | 12 |\n"
    )
    for part in (
        "<h2>Top</h2>",
        "<strong>bold</strong>",
        '<a href="https://example.org" rel="noopener">link</a>',
        "<blockquote>",
        "<li>one</li>",
        "<ol>",
        "<td>Lemon</td>",
    ):
        assert part in html


@pytest.mark.parametrize(
    ("body", "levels"),
    [
        ("# A\n\n## B\n\n# C", ["h2", "h3", "h2"]),
        ("### A\n\n##### B\n\n### C", ["h2", "h3", "h2"]),
        ("## A\n\n# B", ["h2", "h2"]),
        ("# A\n\n## B\n\n### C\n\n#### D\n\n##### E\n\n###### F", ["h2", "h3", "h4", "h5", "h6", "h6"]),
    ],
)
def test_headings_begin_at_two_and_skip_no_level(body, levels):
    assert re.findall(r"<(h\d)>", render(body)) == levels


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "<a href='vbscript:x'>x</a>",
        "<iframe src=https://evil.example></iframe>",
        "<style>*{display:none}</style>",
        "<svg onload=alert(1)>",
        "<form action=https://evil.example><input></form>",
        "<p style='position:fixed'>x</p>",
        "![x](https://evil.example/pixel.gif)",
        '<base href="https://evil.example">',
        "<meta http-equiv=refresh content=0>",
        '<img src="https://evil.example/pixel.gif" alt="x">',
        "![x][y]\n\n[y]: https://evil.example/pixel.gif",
        "[x](//evil.example/pixel.gif)",
    ],
)
def test_nothing_runs_or_loads(body):
    story = read_story(body)
    html = whole(story).lower()
    for bad in ("<script", "onerror", "onload", "<iframe", "<style", "style=", "<form", "<base", "<meta", "<svg"):
        assert bad not in html
    for bad in ('="javascript', '="data', '="vbscript', '="//', 'href="https://evil'):
        assert bad not in html
    # And the check refuses it: as no story's, as an address that leads nowhere, as a picture from elsewhere.
    elsewhere = any(scheme_of(shown.address) for shown in story.shown)
    assert story.faults or elsewhere or any(href(link) is None for link in story.links)


@given(st.text(alphabet="<>/=\"' abcimgscriptonload:()[]!\n#*`&;{}", max_size=120))
def test_whatever_is_typed_only_allowed_elements_come_out(body):
    story = read_story(body)
    html = whole(story)
    assert set(re.findall(r"<([a-z][a-z0-9]*)", html)) <= TAGS
    if all(href(link) for link in story.links):
        assert is_safe(html)


def test_what_is_hidden_in_a_comment_is_not_published():
    html = render("Seen <!-- not\n\nby anybody --> again\n\n```\n<!-- shown -->\n```\n")
    assert "anybody" not in html
    assert "&lt;!-- shown --&gt;" in html
    assert render("a <!-- b") == "<p>a &lt;!-- b</p>\n"


def test_html_leads_where_markdown_would():
    assert render('<img src="/images/a.jpg" alt="A">') == render("![A](/images/a.jpg)")
    for picture in ('<a href="/images/a.jpg">x</a>', "[x](images/a.jpg)"):
        assert render(picture) == f'<p><a href="{SITE}/images/a.jpg/widest" rel="noopener">x</a></p>\n'


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("2015-01-02-walk.md", "/updates/2015-01-02-walk.html"),
        ("events/ball.md", "/events/ball.html"),
        ("{filename}/pages/about.md", "/about.html"),
        ("/money.html", "/money.html"),
    ],
)
def test_a_link_within_the_site_leads_to_its_page(address, leads):
    assert href(Link(address, "", "", 0, picture_place(address))) == SITE + leads


@pytest.mark.parametrize(
    "address",
    ["{static}/campaign.yaml", "{attach}/a.jpg", "/.site/x", "{static}/../../etc/passwd", "{index}", "#x", "../a.md"],
)
def test_a_link_to_what_is_no_page_leads_nowhere(address):
    assert "href" not in render(f"[x]({address})")


def test_the_last_wall_finds_what_no_story_may_hold():
    for html in ("<script>x</script>", '<a href="javascript:x">x</a>', "<p onclick=x>", '<a href="https:////">x</a>'):
        assert not is_safe(html)
    assert is_safe('<p><a href="https://example.org" rel="noopener">x</a></p>')


def test_a_link_to_an_update_that_the_site_does_not_show_yet_is_left_as_words():
    html = render("[before](2024-02-01-a.md) and [later](2024-03-01-b.md)", {"updates/2024-02-01-a.md"})
    assert f'<a href="{SITE}/updates/2024-02-01-a.html" rel="noopener">before</a>' in html
    assert "<a>later</a>" in html
    assert "2024-03-01" not in html


# -- what the check sees is what the page shows, and nothing that was typed is lost --------------------------


class Page(HTMLParser):
    """A reader of HTML that knows nothing of Markdown."""

    def __init__(self, html):
        super().__init__()
        self.links, self.pictures, self.text = [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        said = dict(attributes)
        if tag == "a":
            self.links.append(said["href"].replace("%20", " "))
        elif tag == "img":
            self.pictures.append((said["src"], said["alt"]))
            self.text.append(f" {said['alt']} {said.get('title', '')} ")

    def handle_data(self, data):
        self.text.append(data)


LINKS = (
    "[{w} [{v}] x](https://{a}.example)",
    "[{w}](<https://{a}.example/a b>)",
    '[{w} {v}](https://{a}.example "{u}")',
    "[{w}](mailto:{a}@example.org)",
    "[{w} *{v}*](https://{a}.example/_b_)",
    "![{w} [{v}] x](images/{a}.jpg)",
    '![{w}](images/{a}.jpg "{u}")',
    "[![{w}](images/{a}.jpg)](https://{a}.example)",
    '<a href="https://{a}.example" class="x">{w} <b>{v}</b></a>',
    "<img alt='{w}' src=images/{a}.jpg>",
    "<https://{a}.example/{w}>",
    "https://{a}.example/{w}_b_c.",
    "{w}@{a}.example",
    "www.{a}.example/{w}",
    "\\[{w}](https://{a}.example) \\*{v}\\*",
    "{w} &lt;a href=x&gt; {v} &amp;amp; &copy; {u}",
    "[{w}]({a}&amp;b.html)",
    "`{w} ![{v}](images/{a}.jpg)` {u}",
    "*{w} **{v}** _{u}*",
    "<{w}> {v} < {u} [x",
    "+44 20 7946 0000 {w}",
)
BLOCKS = (
    "{0} {1}\n{2}",
    "- {0}\n- {1}\n{2}",
    "{0}:\n• {1}\n• {2}",
    "{0}:\n1) {1}\n2) {2}",
    "> {0}\n{1}\n>\n> - {2}",
    "## {0}\n{1}\n---\n{2}",
    "#{0}\n#{1} {2}",
    "| {0} | b |\n|---|---|\n| {1} | {2} |",
    "{0}\n| {1} | b |\n|---|---|\n| a | {2} |",
    "```\n{0}\n\n{1}\n```\n{2}",
    "    {0}\n    {1}\n\n{2}",
    "<!-- hidden\n\n![x](images/hidden.jpg) --> {0} {1} {2}",
    "{0}\n\n[{1}]: {2}",
    "- {0}\n\n    {1}\n\n- {2}",
)


@st.composite
def stories(draw):
    """Markdown as it may be pasted, and every word in it: no two are the same."""
    words = []

    def word():
        words.append(f"w{len(words)}q")
        return words[-1]

    blocks = []
    for _ in range(draw(st.integers(1, 5))):
        lines = [draw(st.sampled_from(LINKS)).format(w=word(), v=word(), u=word(), a=word()) for _ in range(3)]
        blocks.append(draw(st.sampled_from(BLOCKS)).format(*lines))
    return "\n\n".join(blocks), words


@given(stories())
def test_every_link_and_picture_of_the_page_was_seen_by_the_check_and_no_word_is_lost(case):
    body, words = case
    story = read_story(body)
    html = whole(story)
    page = Page(html.replace("<a>", '<a href="">'))
    seen = [href(link) or "" for link in story.links]
    assert page.links == [address.replace("%20", " ") for address in seen]
    assert page.pictures == [(shown.address, shown.alt) for shown in story.shown]
    shown = "".join([*page.text, *page.links, *(link.address + link.title for link in story.links)])
    typed = set(re.findall(r"w[0-9]+q", body))
    assert not [word for word in words if word in typed and word not in shown + str(page.pictures)]
    if all(seen) and not story.faults:
        assert is_safe(html)
    # Each stands where it was typed: on the line that holds its address.
    for one in (*story.links, *story.shown):
        line = body.count("\n", 0, offsets(story)[one.number])
        if name := re.search(r"w[0-9]+q", one.address):
            assert name[0] in body.split("\n")[line]


@given(st.text(alphabet=string.ascii_letters[:6] + " \n.,:;-–•1)#>|`*_[]()!<>/\"'=&+@", max_size=150))
def test_no_letter_of_a_text_is_lost_whatever_signs_stand_around_it(body):
    story = read_story(body)
    if story.faults:
        return
    page = Page(whole(story).replace("<a>", '<a href="">'))
    said = "".join([*page.text, *(link.address + link.title for link in story.links), *(str(s) for s in page.pictures)])
    hidden = re.sub(r"<!--.*?-->|<[^<>]*>|\]: *\S+.*|&\w+;|```[^\n]*", "", body, flags=re.DOTALL)
    for letter in "abcdef":
        assert said.count(letter) >= hidden.count(letter)
