"""What an author hid is neither on a page nor in a summary, and a summary says what was typed."""

import pytest

from campaign.core.reading.story import read_story
from campaign.loading.story_html import whole

HIDDEN = "0161 496 0000"
COMMENT = f"<!-- ring {HIDDEN} -->"
PLACES = (
    f"{COMMENT}\n\nWe sold cakes.",
    f"{COMMENT} We sold cakes.",
    f"We {COMMENT}sold cakes.",
    f"We sold cakes. {COMMENT}",
    f"<!--\n\nring\n\n{HIDDEN}\n\n-->\n\nWe sold cakes.",
    f"<!-- a --> <!-- {HIDDEN} -->We sold cakes.",
    f"We sold cakes.\n<!-- {HIDDEN}\n-->",
    f"<!--{HIDDEN}-->We sold cakes.",
    f"<!-- -- > {HIDDEN} -->We sold cakes.",
    f"<!-- ``` {HIDDEN} -->We sold cakes.\n\n```\na\n```",
    f"We sold cakes.\n\n- one {COMMENT}\n- two",
    f"We sold cakes.\n\n> {COMMENT} said",
    f"We sold cakes.\n\n| a | b |\n|---|---|\n| {COMMENT} | 2 |",
    f"We sold cakes.\n\n[walk{COMMENT}](money.html)",
    f"We sold cakes.\n\n![walk {COMMENT}](images/a.jpg)",
    f"We sold cakes.\n\n    <!-- {HIDDEN} -->",
    f"We sold cakes.\n\n## Sums {COMMENT}",
)


@pytest.mark.parametrize("story", PLACES)
def test_what_is_hidden_is_nowhere(story):
    read = read_story(story)
    seen = "".join([whole(read), read.first_sentence, *(link.words for link in read.links)])
    seen += "".join(shown.alt + shown.title for shown in read.shown)
    assert HIDDEN not in seen and "ring" not in seen and "&lt;!--" not in seen
    assert read.first_sentence == "We sold cakes."


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("We sold 5*3 cakes and 2*4 pies.", "We sold 5*3 cakes and 2*4 pies."),
        ("Caf&eacute; &amp; hall &pound;5.", "Café & hall £5."),
        ("A **bold** [walk](https://example.org) `x*y`.", "A bold walk x*y."),
        ("\\*Not\\* so.", "*Not* so."),
        ("a_b_c and <Name> &lt;b&gt;.", "a_b_c and <Name> <b>."),
        ("We <b>sold</b> cakes.", "We sold cakes."),
    ],
)
def test_a_summary_says_what_was_typed(typed, said):
    assert read_story(typed).first_sentence == said
