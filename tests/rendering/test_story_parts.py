"""Stories are cut at their pictures and videos, and put together again by a template without anything lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.reading.story import read_story
from campaign.loading.pictures import Picture
from campaign.loading.story_html import whole
from campaign.rendering.story_parts import SEEN_AT_ONCE, Part, part_filters, parts

WALK, CAKE = Picture("walk-00000000", 1600, 900), Picture("cake-00000000", 300, 200)
PICTURES = {"images/walk.jpg": WALK, "images/cake.png": CAKE}


def cut(body, image=None, alt="", site=".."):
    return parts(read_story(body), PICTURES, image, alt, site=site)


def pictures(found):
    return [(part.picture, part.alt) for part in found if part.picture]


def html_of(found):
    return [part.html for part in found]


def test_a_story_without_pictures_is_one_part():
    found = cut("One.\n\nTwo > one & *three*.")
    assert "".join(html_of(found)) == "<p>One.</p>\n<p>Two &gt; one &amp; <em>three</em>.</p>\n"
    assert cut("") == ()


def test_a_picture_is_a_part_between_what_stands_before_and_after_it():
    found = cut("Before ![A *field*](images/walk.jpg) and\nafter.")
    assert html_of(found) == ["<p>Before ", "", " and<br>\nafter.</p>\n"]
    assert pictures(found) == [(WALK, "A *field*")]


@pytest.mark.parametrize(
    ("count", "beside"), [(1, [False]), (2, [True] * 2), (3, [True, True, False]), (4, [True] * 4)]
)
def test_pictures_in_a_row_have_half_the_column_but_the_last_of_an_odd_number_has_all_of_it(count, beside):
    found = cut("Look:\n\n" + "\n\n".join(["![A](images/walk.jpg)"] * count) + "\n\nThere: ![B](images/cake.png)")
    assert [part.is_beside for part in found if part.picture] == [*beside, False]


def test_words_of_a_picture_are_what_was_typed():
    found = cut('So: ![Tea > "cake" & co <b>](images/walk.jpg "In the \'hall\' > 5") ![Tarts](/images/cake.png)')
    assert [(part.alt, part.title) for part in found if part.picture] == [
        ('Tea > "cake" & co <b>', "In the 'hall' > 5"),
        ("Tarts", ""),
    ]


def test_a_picture_typed_as_html_is_one_like_the_others():
    assert pictures(cut("<img src='images/walk.jpg' alt='A > B' width=9>")) == [(WALK, "A > B")]


@given(st.lists(st.sampled_from(["Words.", "![A](images/walk.jpg)", "> q", "- l", "## H", "`<img src>`"])))
def test_nothing_but_the_pictures_is_taken_out_of_a_story(blocks):
    story = read_story("\n\n".join(blocks))
    found = parts(story, PICTURES)
    again = "".join(part.html or '<img src="images/walk.jpg" alt="A">' for part in found)
    assert again == whole(story)
    assert len(pictures(found)) == blocks.count("![A](images/walk.jpg)")


@pytest.mark.parametrize("site", ["..", ".", "https://example.org/a&b"])
def test_links_lead_from_the_page_that_they_stand_on(site):
    body = '[a](money.html "{static}") [b](images/cake.png) [c](2024-01-02-x.md) ["](https://x.org/{static}/a)'
    html = "".join(html_of(part_filters(PICTURES, {"pages/a.md": read_story(body)})["parts"]("pages/a.md", site)))
    root = site.replace("&", "&amp;")
    assert f'<a href="{root}/money.html" title="{{static}}" rel="noopener">a</a>' in html
    assert f'<a href="{root}/{CAKE.widest}" rel="noopener">b</a>' in html
    assert "<a>c</a>" in html
    assert '<a href="https://x.org/{static}/a" rel="noopener">"</a>' in html


def test_a_video_is_a_part_that_a_template_names():
    found = cut("Look:\nhttps://youtu.be/a")
    assert [part.video for part in found] == ["", "YouTube", ""]
    assert found[1].html == '<a href="https://youtu.be/a" rel="noopener">'
    assert found[2].html == "</p>\n"


@pytest.mark.parametrize(
    ("body", "before"),
    [
        ("One *two*.\n\nThree.", "<p>One <em>two</em>.</p>\n"),
        ("## Head\n\nOne.\n\nTwo.", "<h2>Head</h2>\n<p>One.</p>\n"),
        ("> Quoted.\n\nOne.\n\nTwo.", "<blockquote><p>Quoted.</p>\n</blockquote>\n<p>One.</p>\n"),
        ("A<br>b\n\n---\n\nc", "<p>A<br>\nb</p>\n"),
        ("- only\n- a list", ""),
        ("", ""),
    ],
)
def test_the_picture_of_a_file_goes_after_the_first_paragraph_that_stands_in_nothing_else(body, before):
    found = cut(body, image="images/walk.jpg", alt="A field")
    place = next(number for number, part in enumerate(found) if part.picture)
    assert "".join(html_of(found[:place])) == before
    assert found[place] == Part(picture=WALK, alt="A field", is_apart=True, is_early=True)
    assert before + "".join(html_of(found[place + 1 :])) == whole(read_story(body))


def test_a_picture_that_the_story_shows_is_not_put_in_a_second_time():
    found = cut("One.\n\n![The walk](/images/walk.jpg)", image="images/walk.jpg", alt="A field")
    assert pictures(found) == [(WALK, "The walk")]
    assert len(pictures(cut("One.\n\n[the walk](images/walk.jpg)", image="images/walk.jpg", alt="A"))) == 1


def early(found):
    return [part.is_early for part in found if part.picture]


def test_only_the_first_picture_is_waited_for_and_only_near_the_top():
    near, far = "W" * (SEEN_AT_ONCE - 50), "W" * (SEEN_AT_ONCE + 50)
    walk, cake = "images/walk.jpg", "images/cake.png"
    assert early(cut("![A](images/walk.jpg) ![B](images/cake.png)")) == [True, False]
    assert early(cut(f"{near}\n\n![A](images/walk.jpg)")) == [True]
    assert early(cut(f"{far}\n\n![A](images/walk.jpg)")) == [False]
    assert early(cut(f"{near}\n\nTwo", image=walk)) == [True]
    assert early(cut(f"{far}\n\nTwo", image=walk)) == [False]
    assert early(cut("One\n\n![A](images/walk.jpg)", image=cake)) == [True, False]
    found = cut("![A](images/walk.jpg)\n\nTwo", image=cake, alt="B")
    assert (pictures(found), early(found)) == ([(WALK, "A"), (CAKE, "B")], [True, False])


def test_what_a_story_shows_is_told_from_what_it_links_to_and_from_what_it_only_says():
    story = read_story(
        '![A](images/a.jpg) <img src="/images/b.jpg" alt="x > y">\n\n'
        '[c](images/c.jpg) <a href="/images/d.jpg">d</a>\n\n'
        '`src="images/e.jpg"`\n\n```\n<img src="images/f.jpg">\n```\n'
    )
    assert [shown.place for shown in story.shown] == ["images/a.jpg", "images/b.jpg"]
    assert [link.picture for link in story.links] == ["images/c.jpg", "images/d.jpg"]
