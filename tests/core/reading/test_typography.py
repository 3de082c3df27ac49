"""Straight signs become those of the language, and what is no quotation, no apostrophe and no dash stays as it was."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.reading.story import read_story
from campaign.core.reading.typography import typeset
from campaign.loading.story_html import whole


@pytest.mark.parametrize(
    ("locale", "typed", "shown"),
    [
        ("en_GB", 'James\'s "wish"', "James’s “wish”"),
        ("en_GB", "It's 'a word' here, the '90s, the boys' club", "It’s \u2018a word’ here, the ’90s, the boys’ club"),
        ("en_GB", "\"He said 'no'\" ('tis so)", "“He said \u2018no’” (’tis so)"),
        ("en_US", 'We ("all of us") said "Yes!"', "We (“all of us”) said “Yes!”"),
        ("de_DE", "Er sagte: \"Ja\", und 'nein'. Das war's", "Er sagte: „Ja“, und \u201anein\u2018. Das war’s"),
        ("de_AT", '"Ja"', "„Ja“"),
        ("sk_SK", '"Áno"', "„Áno“"),
        ("en_GB", '"£5 a week" is enough', "“£5 a week” is enough"),
        ("de_CH", "\"Er 'x' y\"", "«Er \u2039x› y»"),
        ("fr_FR", 'Elle a dit "bonjour" à l\'hôpital', "Elle a dit «\u00a0bonjour\u00a0» à l’hôpital"),
        ("pl_PL", 'Mówi "tak"', "Mówi „tak”"),
        ("el_GR", "\"x\" l'a 'b'", '"x" l’a ’b’'),
    ],
)
def test_quotation_marks_and_apostrophes_are_those_of_the_language(locale, typed, shown):
    assert typeset(typed, locale) == shown
    assert typeset(shown, locale) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("We walked - all of us -- home", "We walked – all of us – home"),
        ("well--known", "well–known"),
        ("soon -\nvery soon", "soon –\nvery soon"),
    ],
)
def test_hyphens_that_stand_for_a_dash_are_one(typed, shown):
    assert typeset(typed, "en_GB") == shown


@pytest.mark.parametrize(
    "typed",
    [
        *("5 - 3", "10-12", "well-known", "---", "- a", "--help", "a -", "x---", "12-34-56"),
        *("6'2\" tall", '27" wide', 'a " b', "a ' b", "https://x.org/it's--here", "o'neill--x@x.org", "www.x.org/a'b"),
    ],
)
def test_what_may_be_something_else_stays_as_it_was_typed(typed):
    assert typeset(typed, "en_GB") == typed


def test_a_story_has_the_marks_of_its_language_across_emphasis_but_not_in_code_and_addresses():
    body = """He said "*yes*" and "[no](https://x.org/it's)" - `"it's" - x`

```
"it's"
```

![It's "him"](images/a.jpg "The 'walk'")

"Go" **'n'** https://x.org/it's--so"""
    assert whole(read_story(body, "en_GB")) == (
        '<p>He said “<em>yes</em>” and “<a href="https://x.org/it\'s" rel="noopener">no</a>” –'
        ' <code>"it\'s" - x</code></p>\n<pre><code>"it\'s"\n</code></pre>\n'
        '<figure><img src="images/a.jpg" alt="It’s “him”"><figcaption>The \u2018walk’</figcaption></figure>\n'
        '<p>“Go” <strong>\u2018n’</strong> <a href="https://x.org/it\'s--so" rel="noopener">https://x.org/it\'s--so</a></p>\n'
    )
    assert read_story("It's so. And.", "en_GB").first_sentence == "It’s so."
    assert read_story("It's so.").first_sentence == "It's so."


@given(st.text(alphabet="ab1 \n\"'-–(./@"), st.sampled_from(["en_GB", "de_DE", "el_GR"]))
def test_nothing_but_these_signs_is_changed(typed, locale):
    bare = str.maketrans("", "", "\"'-–“”„’\u2018\u201a")
    assert typeset(typed, locale).translate(bare) == typed.translate(bare)


@pytest.mark.parametrize("sign", ["'", '"', "'a ", 'a" ', "a--", "- ", "@'", "a'"])
def test_no_text_keeps_it_busy(sign):
    start = time.process_time()
    typeset(sign * 20_000, "en_GB")
    assert time.process_time() - start < 5
