"""Stories are cut at their pictures, and put together again by a template without anything lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.body import BodyRenderer
from campaign.parts import SEEN_AT_ONCE, Part, parts, pictures_in
from campaign.pictures import Picture

WALK, CAKE = Picture("walk-00000000", 1600, 900), Picture("cake-00000000", 300, 200)
PICTURES = {"images/walk.jpg": WALK, "images/cake.png": CAKE}
render = BodyRenderer().render


def cut(body, first=None, alt="", site=".."):
    """A story as a template gets it: rendered, and its links resolved by Pelican."""
    html = render(body)
    for place, picture in PICTURES.items():
        html = html.replace(f'src="{{static}}/{place}"', f'src="{site}/{picture.fallback}"')
    return html, parts(html, {picture.fallback: picture for picture in PICTURES.values()}, first, alt)


def pictures(found):
    return [(part.picture, part.alt) for part in found if part.picture]


def html_of(found):
    return [part.html for part in found]


def test_a_story_without_pictures_is_one_part():
    html, found = cut("One.\n\nTwo > one & *three*.")
    assert found == (Part(html=html),)
    assert cut("") == ("", ())


@pytest.mark.parametrize("site", ["..", ".", "https://example.org", "https://example.org/images/repo", "/repo"])
def test_a_picture_is_a_part_between_what_stands_before_and_after_it(site):
    _, found = cut("Before ![A *field*](images/walk.jpg) and\nafter.", site=site)
    assert html_of(found) == ["<p>Before ", "", " and\nafter.</p>"]
    assert pictures(found) == [(WALK, "A *field*")]


def test_words_of_a_picture_are_what_was_typed():
    _, found = cut('![Tea > "cake" & co <b>](images/walk.jpg "In the \'hall\' > 5") ![Tarts](/images/cake.png)')
    assert [(part.alt, part.title) for part in found if part.picture] == [
        ('Tea > "cake" & co <b>', "In the 'hall' > 5"),
        ("Tarts", ""),
    ]


def test_a_picture_typed_as_html_is_one_like_the_others():
    _, found = cut("<img src='images/walk.jpg' alt='A > B' onload=x>")
    assert pictures(found) == [(WALK, "A > B")]


@given(st.lists(st.sampled_from(["Words.", "![A](images/walk.jpg)", "[b](#b)", "> q", "- l", "## H", "`<img src>`"])))
def test_nothing_but_the_pictures_is_taken_out_of_a_story(blocks):
    html, found = cut("\n\n".join(blocks))
    again = "".join(part.html or f'<img alt="A" src="../{part.picture.fallback}">' for part in found)
    assert again == html
    assert len(pictures(found)) == blocks.count("![A](images/walk.jpg)")


@pytest.mark.parametrize(
    ("body", "before"),
    [
        ("One *two*.\n\nThree.", "<p>One <em>two</em>.</p>"),
        ("## Head\n\nOne.\n\nTwo.", "<h2>Head</h2>\n<p>One.</p>"),
        (
            "> Quoted.\n>\n> More.\n\nOne.\n\nTwo.",
            "<blockquote>\n<p>Quoted.</p>\n<p>More.</p>\n</blockquote>\n<p>One.</p>",
        ),
        ("- a\n\n- b\n\nOne.\n\nTwo.", "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>\n<p>One.</p>"),
        ("A<br>b\n\n---\n\nc", "<p>A<br>b</p>"),
        ('<a title="x > y">One</a>.\n\nTwo', '<p><a title="x &gt; y" rel="noopener">One</a>.</p>'),
        ("- only\n- a list", ""),
        ("", ""),
    ],
)
def test_the_picture_of_a_file_goes_after_the_first_paragraph_that_stands_in_nothing_else(body, before):
    html, found = cut(body, first=WALK, alt="A field")
    place = next(number for number, part in enumerate(found) if part.picture)
    assert "".join(html_of(found[:place])) == before
    assert found[place] == Part(picture=WALK, alt="A field", is_apart=True, is_early=True)
    assert before + "".join(html_of(found[place + 1 :])) == html


def early(found):
    return [part.is_early for part in found if part.picture]


def test_only_the_first_picture_is_waited_for_and_only_near_the_top():
    near, far = "W" * (SEEN_AT_ONCE - 50), "W" * (SEEN_AT_ONCE + 50)
    assert early(cut("![A](images/walk.jpg) ![B](images/cake.png)")[1]) == [True, False]
    assert early(cut(f"{near}\n\n![A](images/walk.jpg)")[1]) == [True]
    assert early(cut(f"{far}\n\n![A](images/walk.jpg)")[1]) == [False]
    assert early(cut(f"{near}\n\nTwo", first=WALK)[1]) == [True]
    assert early(cut(f"{far}\n\nTwo", first=WALK)[1]) == [False]
    assert early(cut("One\n\n![A](images/walk.jpg)", first=CAKE)[1]) == [True, False]
    found = cut("![A](images/walk.jpg)\n\nTwo", first=CAKE, alt="B")[1]
    assert (pictures(found), early(found)) == ([(WALK, "A"), (CAKE, "B")], [True, False])


def test_what_a_story_shows_is_told_from_what_it_links_to_and_from_what_it_only_says():
    html = render(
        '![A](images/a.jpg) <img src="/images/b.jpg" alt="x > y">\n\n'
        '[c](images/c.jpg) <a href="/images/d.jpg">d</a>\n\n'
        '`src="{static}/images/e.jpg"`\n\n    <img src="{static}/images/f.jpg">\n'
    )
    assert pictures_in(html) == ({"images/a.jpg", "images/b.jpg"}, {"images/c.jpg", "images/d.jpg"})
    assert pictures_in(render("None.")) == (set(), set())
