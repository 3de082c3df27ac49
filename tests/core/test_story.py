"""The first sentence of a story, as plain text."""

import pytest

from campaign.core.story import LONGEST, first_sentence


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("We did it. Thank you!", "We did it."),
        (
            "# Title\n\n![A walk](images/walk.jpg)\n\n> Quoted.\n\nThe *whole* village [came](https://x.org) **out**!",
            "The whole village came out!",
        ),
        ("He said “yes.” And then?", "He said “yes.”"),
        ("No full stop\nat the end", "No full stop at the end"),
        ("It cost £25.50 in all. More.", "It cost £25.50 in all."),
        ("A \\*star\\* and <b>bold</b>.", "A *star* and bold."),
        ("snake_case stays.", "snake_case stays."),
        ("屋根が直りました。ありがとう。", "屋根が直りました。"),
        ("![Only a picture](images/a.jpg) \n\nThen words.", "Then words."),
        ("<br>\n\nAfter it.", "After it."),
        ("- a\n- b", ""),
        ("", ""),
    ],
)
def test_the_first_sentence_of_the_first_prose_is_taken(body, sentence):
    assert first_sentence(body) == sentence


def test_a_very_long_sentence_is_cut_between_words():
    cut = first_sentence("word " * 200)
    assert len(cut) <= LONGEST
    assert cut.endswith("word…")
