"""Stories: what people write is allowed, and nothing that runs; the worst input is refused or quick."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.body import TAGS, BodyRenderer
from campaign.core.bounds import too_much
from campaign.core.links import links_in
from campaign.core.story import first_sentence

render = BodyRenderer().render


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
        ("A\n=\n\nB\n-", ["h2", "h3"]),
        ("<h4>A</h4>\n\n# B\n\n<h1>C</h1>", ["h2", "h2", "h2"]),
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
    html = render(body).lower()
    for bad in ("<script", "onerror", "onload", "javascript:", "data:", "vbscript:", "<iframe", "<style", "style="):
        assert bad not in html
    for bad in ("<form", "<base", "<meta", "<svg", "evil.example/pixel"):
        assert bad not in html


@given(st.text(alphabet="<>/=\"' abcimgscriptonload:()[]!\n#*`&;{}", max_size=120))
def test_whatever_is_typed_only_allowed_elements_come_out(body):
    assert set(re.findall(r"<([a-z][a-z0-9]*)", render(body))) <= TAGS


SIZE = 256 * 1024


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "[",
            "![",
            "[a](",
            '![a](b "',
            "> ",
            "- ",
            "> - ",
            "1. ",
            "*",
            "**a ",
            "***a ",
            "*_",
            "_a",
            "`",
            "`a ",
            "``a`",
        ),
        *("<", "<a ", "<a href=", '<img alt="', "<b>", "<div>", "<!--", "<?", "<http://a", "&", "&#", "a@", "\\*"),
        *(
            "|a",
            "a\n",
            "a\n\n",
            "- a\n\n",
            "# a\n",
            "a\n=\n",
            "a\n-\n",
            "```\n",
            "~~~\n\n",
            "<!-- \n\n",
            "    a\n",
            "\t- ",
        ),
    ],
)
@pytest.mark.parametrize("most", [SIZE, 9000, 900], ids=["at once", "in paragraphs", "in short paragraphs"])
def test_the_worst_story_is_refused_or_rendered_in_seconds(unit, most):
    """All of a file of 256 KB is what nobody writes; the check and the page together take two seconds."""
    paragraph = (unit * most)[:most] + "\n\n"
    bounded((paragraph * (SIZE // len(paragraph) + 1))[:SIZE])


MIXTURES = [
    "![a](b " * 1000 + "x" * 200_000,
    ("![a](b " * 38 + "x" * 9500 + "\n\n") * 26,
    "[" * 500 + "x" * 8900 + "]" * 500 + "(y)",
    "\n".join("    " * n + "- x" for n in range(350)),
    ("\n".join("    " * n + "- x" for n in range(50)) + "\n\n") * 40,
    ("> " * 99 + "x\n\n") * 1200,
    " ".join("`" * n for n in range(1, 700)),
    "\n".join("`" * n for n in range(3, 190)) + "\n\n" + "x\n\n" * 9000,
    "".join(f"[a{n}]: http://x/{n}\n\n" for n in range(450)) + "[a1] " * 500,
]
"""Stories of several kinds of trouble at once."""


@pytest.mark.parametrize("story", MIXTURES, ids=lambda story: repr(story[:8]))
def test_the_worst_mixture_is_refused_or_rendered_in_seconds(story):
    bounded(story[:SIZE])


def bounded(story):
    """Work that grows without bound takes minutes; how many seconds it is, benchmarks/story.py measures."""
    start = time.process_time()
    read(story)
    assert time.process_time() - start < 30


def read(story):
    """What a check and a page do with a story."""
    if not too_much(story):
        list(links_in(story))
        first_sentence(story)
        render(story)


def test_what_is_hidden_in_a_comment_is_not_published():
    html = render("Seen <!-- not\n\nby anybody --> again\n\n```\n<!-- shown -->\n```\n")
    assert "anybody" not in html
    assert "&lt;!-- shown --&gt;" in html
    assert render("a <!-- b") == "<p>a &lt;!-- b</p>"


def test_html_leads_where_markdown_would():
    assert render('<img src="/images/a.jpg" alt="A">') == render("![A](images/a.jpg)").replace(
        'alt="A" src="{static}/images/a.jpg"', 'src="{static}/images/a.jpg" alt="A"'
    )
    assert render('<a href="/money.html#top">x</a>') == '<p><a href="{static}/money.html#top" rel="noopener">x</a></p>'
    for picture in ('<a href="/images/a.jpg">x</a>', "[x](images/a.jpg)"):
        assert render(picture) == '<p><a href="{static}/images/a.jpg/widest" rel="noopener">x</a></p>'
    for address in ("{static}/campaign.yaml", "{attach}/a.jpg", "/.site/x", "{static}/../../etc/passwd", "{index}"):
        assert "href" not in render(f'<a href="{address}">x</a> [x]({address})')


def test_code_is_shown_as_it_is_written():
    assert render("```\n![x](images/none.jpg) <b>\n```") == (
        "<pre><code>![x](images/none.jpg) &lt;b&gt;\n</code></pre>"
    )


def test_a_link_to_an_update_that_the_site_does_not_show_yet_is_left_as_words():
    html = render("[before](2024-02-01-a.md#b) and [later](2024-03-01-b.md)", {"updates/2024-02-01-a.md"})
    assert '<a href="{filename}/updates/2024-02-01-a.md#b" rel="noopener">before</a>' in html
    assert "later</a>" in html
    assert "2024-03-01" not in html
