"""Stories: what people write is allowed, and nothing that runs; the worst input is refused or quick."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.body import TAGS, BodyRenderer

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


@pytest.mark.parametrize(
    "worst",
    [
        "[" * 1000,
        "![" * 1000,
        "[a](" * 1000,
        "> " * 20_000 + "x",
        "- " * 20_000,
        "*" * 100_000,
        "`" * 100_000,
        "_a" * 60_000,
        "<" * 100_000,
        "&" * 100_000,
        "\n".join(" " * (n % 300) + "- x" for n in range(2000)),
    ],
    ids=lambda text: text[:4].strip().replace("\n", ""),
)
def test_the_worst_story_that_is_let_through_is_rendered(worst):
    """Bounded: `load` refuses more brackets than this, and files over 256 KB."""
    start = time.process_time()
    render(worst[: 256 * 1024])
    assert time.process_time() - start < 20  # far above the two seconds it may take: this only catches a minute


def test_a_link_to_an_update_that_the_site_does_not_show_yet_is_left_as_words():
    html = render("[before](2024-02-01-a.md#b) and [later](2024-03-01-b.md)", {"updates/2024-02-01-a.md"})
    assert '<a href="{filename}/updates/2024-02-01-a.md#b" rel="noopener">before</a>' in html
    assert "later</a>" in html
    assert "2024-03-01" not in html
