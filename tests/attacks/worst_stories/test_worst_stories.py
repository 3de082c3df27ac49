"""The worst that a file can hold is refused or rendered in seconds."""

import time

import pytest

from campaign.core.reading.story import offsets, read_story
from campaign.loading.story_html import is_safe, whole
from campaign.rendering.no_break import unbroken

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
@pytest.mark.parametrize(
    "most",
    [
        pytest.param(SIZE, id="at once"),
        pytest.param(9000, id="in paragraphs", marks=pytest.mark.attack),
        pytest.param(900, id="in short paragraphs", marks=pytest.mark.attack),
    ],
)
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
    ("[" * 38 + "x" * 9900 + "\n\n") * 26,
    ("1," * 4950 + "\n\n") * 26,
    ("<b>" * 3000 + "\n\n") * 3,
    ("``a`" * 600 + "x" * 7000 + "\n\n") + ("x" * 9990 + "\n\n") * 25,
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
    """What a check and a page do with a story: where every link stands is looked for only where one is wrong."""
    found = read_story(story)
    offsets(found)
    html = whole(found)
    is_safe(html)
    unbroken(html, "pl_PL", "PLN")
