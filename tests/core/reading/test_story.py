"""The one reading of a story: its links and pictures, each at its line, its first sentence, and what it cannot hold."""

import re

import pytest

from campaign.core.reading.dialect import Reading, reading
from campaign.core.reading.story import MAX_SENTENCE, first_sentence, offsets, read_story
from campaign.core.reading.told import Link, StoryPicture, Video


def line(story, offset):
    return story.body.count("\n", 0, offset) + 1


def found(body):
    """Every link and picture: its address, what it says, and its line."""
    story = read_story(body)
    both = sorted([*story.links, *story.shown], key=lambda one: one.number)
    return [
        (one.address, one.alt if isinstance(one, StoryPicture) else one.words, line(story, offsets(story)[one.number]))
        for one in both
    ]


def faults(body):
    story = read_story(body)
    return [(fault.name, line(story, fault.offset)) for fault in story.faults]


def html(body):
    """What a story shows, as HTML, with its links and pictures in short."""

    def short(piece):
        if isinstance(piece, Link):
            return f"<a {piece.address}>"
        if isinstance(piece, StoryPicture):
            return f"<img {piece.address}>"
        return f"<{piece.site} {piece.link.address}>" if isinstance(piece, Video) else piece

    return "".join(map(short, read_story(body).pieces)).strip()


# -- links and pictures -----------------------------------------------------------------------------------

FORMS = [
    ("[a link](mony.html)", [("mony.html", "a link", 1)]),
    ('[a link](mony.html "Title")', [("mony.html", "a link", 1)]),
    ("[a link](<mony.html>)", [("mony.html", "a link", 1)]),
    ("[a link](<the money.html>)", [("the money.html", "a link", 1)]),
    ("[a](<b money.html>)", [("b money.html", "a", 1)]),
    ("[a [b] c](mony.html)", [("mony.html", "a [b] c", 1)]),
    ("[a *b* `c`](mony.html)", [("mony.html", "a b c", 1)]),
    ("[a\nb](\nmony.html)", [("mony.html", "a b", 3)]),
    ("[a link](a_(b).html)", [("a_(b).html", "a link", 1)]),
    ("[a link](a\\_b.html)", [("a_b.html", "a link", 1)]),
    ("[a link](a&amp;b.html)", [("a&b.html", "a link", 1)]),
    ("[a link][r]\n\n[r]: mony.html", [("mony.html", "a link", 3)]),
    ("[r]\n\n[R]: <mony.html> 'Title'", [("mony.html", "r", 3)]),
    ("[see][the  walk] it\n\nMore.\n\n[The walk]: mony.html", [("mony.html", "see", 5)]),
    ("[a]: mony.html\n\n[b](mony.html) [a]", [("mony.html", "b", 3), ("mony.html", "a", 1)]),
    ('[<img src="images/a.jpg">](mony.html)', [("mony.html", "", 1), ("images/a.jpg", "", 1)]),
    ("![A [b] c](images/missing.jpg)", [("images/missing.jpg", "A [b] c", 1)]),
    ("![A\nwalk](images/a.jpg 'Title')", [("images/a.jpg", "A walk", 2)]),
    ("![A walk][w]\n\n[W]: images/a.jpg", [("images/a.jpg", "A walk", 3)]),
    ("![w]\n\n[w]: images/a.jpg", [("images/a.jpg", "w", 3)]),
    ("[![A](images/a.jpg)](mony.html)", [("mony.html", "A", 1), ("images/a.jpg", "A", 1)]),
    ('<a class="x" HREF="mony.html">the money</a>', [("mony.html", "the money", 1)]),
    ("<a href=' mony.html '>the money</a>", [("mony.html", "the money", 1)]),
    ("<a href=mony.html>the <b>money</b></a>", [("mony.html", "the money", 1)]),
    ("<img alt='A walk' src=images/a.jpg>", [("images/a.jpg", "A walk", 1)]),
    ("<IMG data-src=x SRC='images/a.jpg'/>", [("images/a.jpg", "", 1)]),
    ("<https://example.org/a>", [("https://example.org/a", "https://example.org/a", 1)]),
    ("<jo@example.org>", [("mailto:jo@example.org", "jo@example.org", 1)]),
    ("![w]\n\nimages/a.jpg\n\n[w]: images/a.jpg", [("images/a.jpg", "w", 5)]),
    ("[w]\n\nmony.html\n\n[w]: mony.html", [("mony.html", "w", 5)]),
    ("<mailto:jo@example.org>", [("mailto:jo@example.org", "jo@example.org", 1)]),
    ("<jo&#46;b@example.org>", [("mailto:jo.b@example.org", "jo.b@example.org", 1)]),
    ("a <b>[x](mony.html)</b>", [("mony.html", "x", 1)]),
    ("| a |\n|---|\n| [x](mony.html) |", [("mony.html", "x", 3)]),
    ("> - [x](mony.html)", [("mony.html", "x", 1)]),
    ("    [moved](mony.html)", [("mony.html", "moved", 1)]),
    ("`[code](a.html)` and ``a ` [x](y) ``", []),
    ("```\n[code](a.html)\n\n<script>\n```", []),
    ("~~~ text\n[code](a.html)\n~~~\n[x](mony.html)", [("mony.html", "x", 4)]),
    ("<!-- [hidden](mony.html)\n\n ![x](y) --> [x](mony.html)", [("mony.html", "x", 3)]),
    ("`mony.html` and mony.html\n\n[x](mony.html)", [("mony.html", "x", 3)]),
    ("\\[x](mony.html) \\![x](mony.html)", [("mony.html", "x", 1)]),
    ("![A note] and ![another][none] [text]", []),
    ("One ` sign.\n\n[A link](a.html).\n\nAnother ` sign.", [("a.html", "A link", 3)]),
    ("<a name=top>here</a>", []),
    ("&lt;a href=x&gt; caf&eacute;\n<a href='mony.html'>x</a>", [("mony.html", "x", 2)]),
]


@pytest.mark.parametrize(("body", "expected"), FORMS, ids=[body[:30] for body, _ in FORMS])
def test_links_and_pictures_are_found_however_they_are_written_each_at_its_line(body, expected):
    assert found(body) == expected
    shifted = [(address, words, at + 4) for address, words, at in expected]
    assert found(f"mony.html images/a.jpg\n<!-- mony.html\n-->\n\n{body}") == shifted


def test_an_address_that_stands_otherwise_in_the_story_is_where_its_words_are():
    assert found("One\n\n![](a&#46;jpg\\_\n'x')\n\n[b](c\\\\d)") == [("a.jpg_", "", 3), ("c\\d", "b", 6)]
    assert [line for *_, line in found("One\n\n![](<a\tb.jpg>)")] == [3]


def test_the_same_address_twice_stands_where_each_stands():
    address = "https://example.org/a"
    assert found("[](a.html)\n\n[](a.html)") == [("a.html", "", 1), ("a.html", "", 3)]
    assert [line for *_, line in found(f"{address}\n\n{address}\n\n{address}")] == [1, 3, 5]


def test_a_table_has_a_ruler_of_nothing_else_and_signs_of_the_reader_itself_say_nothing():
    assert html("Text.\n| a |\n| - b |") == "<p>Text.<br>\n| a |<br>\n| - b |</p>"
    assert html("Text.\n| a |\n|---|").startswith("<p>Text.</p>\n<table>")
    assert html("It \x02rained\x03.") == "<p>It rained.</p>"


@pytest.mark.parametrize("title", ["'The walk'", '"The walk"', "(The walk)"])
def test_a_title_behind_an_address_by_name_is_a_caption_in_whatever_marks(title):
    shown = "<figure><img images/a.jpg><figcaption>The walk</figcaption></figure>"
    assert html(f"![r]\n\n[r]: images/a.jpg {title}") == shown


def test_a_picture_in_italics_is_a_picture_in_italics():
    assert html("*![A](images/a.jpg)*") == "<p><em><img images/a.jpg></em></p>"


def test_code_at_the_end_of_a_story_is_shown_and_nothing_of_its_marks():
    for body in ("```\na\n```", "```\na\n```\n", "~~~\na\n~~~\n\n"):
        assert html(body) == "<pre><code>a\n</code></pre>"


def test_headings_of_one_level_stay_of_one_level_and_lose_the_signs_behind_them():
    assert html("Text.\n\n# a #\n\n## b\n\n## c ##") == "<p>Text.</p>\n<h2>a</h2>\n<h3>b</h3>\n<h3>c</h3>"


def test_a_tag_that_is_not_closed_is_named():
    (fault,) = read_story("A <b>word.").faults
    assert fault.message.startswith("<b> is not closed; write </b> behind it")


def test_a_tag_that_does_not_open_and_close_in_one_place_is_told_at_its_line():
    assert faults("A.\n\nOne\n<b>word.") == [("html", 4)]
    told = [fault.message for fault in read_story("<b>" * 60 + "x").faults]
    assert len(told) == 60, "each tag is told of once"
    assert told[0].startswith("<b> is not closed")
    assert told[-1].startswith("<b> stands in too many others")
    assert faults("A.\n\nOne\nword.</b>") == [("html", 4)]


def test_what_no_reader_sees_of_a_tag_may_be_there_and_what_one_would_see_is_told():
    unseen = "class id name target rel width height loading decoding border data-x aria-label"
    for name in unseen.split():
        assert faults(f"A <b {name}=x>word</b>.") == [], name
    for name in ("style", "color", "align", "onclick", ""):
        assert faults(f"A <b {name or 'x'}=x>word</b>.") == [("html", 1)], name


def test_an_address_between_angles_is_a_link_and_its_angles_are_gone():
    assert html("See <https://x.org/a> now.") == "<p>See <a https://x.org/a>https://x.org/a</a> now.</p>"
    assert html("Ask <jo@x.org> now.") == "<p>Ask <a mailto:jo@x.org>jo@x.org</a> now.</p>"


def test_a_line_ends_once_at_a_br():
    assert html("a<br> <b>b</b>") == html("a<br>\n<b>b</b>") == "<p>a<br>\n<b>b</b></p>"
    assert html("a<br> b") == html("a<br>\nb") == "<p>a<br>\nb</p>"


def test_a_footnote_is_none_where_its_text_stands_either():
    assert faults("One.\n\n[^a]: Two.") == [("footnote", 3)]


def test_a_tag_that_is_not_closed_leaves_its_words_where_they_are():
    assert html("A <b>one *two* three") == "<p>A <b>one <em>two</em> three</b></p>"


def test_lines_of_text_before_and_behind_a_list_or_a_table_stay_lines():
    head, row = "<tr><th>a</th>\n<th>b</th>\n</tr>", "<tr><td>c</td>\n<td>d</td>\n</tr>"
    table = f"<table>\n<thead>\n{head}\n</thead>\n<tbody>\n{row}\n</tbody>\n</table>"
    assert html("x\ny\n- a\n- b\nz\nw") == "<p>x<br>\ny</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p>z<br>\nw</p>"
    assert html("x\n- a\n  b\nc") == "<p>x</p>\n<ul>\n<li>a<br>\nb</li>\n</ul>\n<p>c</p>"
    assert html("x\ny\n| a | b |\n|---|---|\n| c | d |") == f"<p>x<br>\ny</p>\n{table}"
    assert html("| a | b |\n|---|---|\n| c | d |\nz\nw") == f"{table}\n<p>z<br>\nw</p>"


def test_a_numbered_list_goes_on_behind_an_empty_line_where_its_numbers_do():
    assert html("1. a\n\n2. b") == "<ol>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ol>"
    assert html("1. a\n\n1. b") == html("1. a\n\n2. b")
    assert html("x\n1. a\n 2. b") == "<p>x</p>\n<ol>\n<li>a</li>\n<li>b</li>\n</ol>"
    assert html("1. a\n2. b\n\n2. c") == "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n<p>2. c</p>"


def test_a_table_has_a_line_of_heads_and_its_ruler_may_say_where_cells_stand():
    assert html("x\ny\n|---|---|") == "<p>x<br>\ny<br>\n|---|---|</p>"
    assert html("x\n| a | b |\n| :-- | --: |") == html("x\n| a | b |\n|---|---|")


def test_a_dash_in_a_list_of_hyphens_is_what_was_typed():
    assert html("- a\n- b\n– Amy") == "<ul>\n<li>a</li>\n<li>b<br>\n– Amy</li>\n</ul>"


def test_a_number_further_in_is_no_entry_of_the_list_around_it():
    assert html("1. a\n  7. b\n2. c") == "<ol>\n<li>a<p>7. b</p>\n</li>\n<li>c</li>\n</ol>"


def test_the_lines_behind_a_quotation_are_lines_of_their_own():
    assert html("> a\nb\nc") == "<blockquote><p>a</p>\n</blockquote>\n<p>b<br>\nc</p>"


def test_a_rule_stands_between_what_it_divides():
    assert html("a\n\n---\n\nb") == "<p>a</p>\n<hr>\n<p>b</p>"
    assert html("> a\n>\n> ---\n>\n> b") == "<blockquote><p>a</p>\n<hr>\n<p>b</p>\n</blockquote>"


def test_what_is_missing_words_is_found_too():
    assert found("Look:\n\n![](images/a.jpg) []( mony.html )") == [("images/a.jpg", "", 3), ("mony.html", "", 3)]


# -- what a chat or a word processor gives ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("One\ntwo  \nthree<br>\nfour", "<p>One<br>\ntwo<br>\nthree<br>\nfour</p>"),
        ("*One\ntwo*", "<p><em>One<br>\ntwo</em></p>"),
        ("<br>One<br><br>two<br>", "<p>One<br>\n<br>\ntwo</p>"),
        ("> One\n> two", "<blockquote><p>One<br>\ntwo</p>\n</blockquote>"),
        ("We need:\n- tea\n- cake", "<p>We need:</p>\n<ul>\n<li>tea</li>\n<li>cake</li>\n</ul>"),
        ("Buy:\n• tea\n•\tcake\nThanks!", "<p>Buy:</p>\n<ul>\n<li>tea</li>\n<li>cake</li>\n</ul>\n<p>Thanks!</p>"),
        ("- tea\n  and ice\n- cake\nand ice", "<ul>\n<li>tea<br>\nand ice</li>\n<li>cake</li>\n</ul>\n<p>and ice</p>"),
        ("- tea\nor ice\n- cake\n  or nuts", "<ul>\n<li>tea<br>\nor ice</li>\n<li>cake<br>\nor nuts</li>\n</ul>"),
        ("> We will.\n\nThanks", "<blockquote><p>We will.</p>\n</blockquote>\n<p>Thanks</p>"),
        ("He:\n> We\n> will.\nYes", "<p>He:</p>\n<blockquote><p>We<br>\nwill.</p>\n</blockquote>\n<p>Yes</p>"),
        (
            "| a | b |\n|---|---|\n| 1 | 2 |\nThanks",
            "<table>\n<thead>\n<tr><th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n"
            "<tr><td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n<p>Thanks</p>",
        ),
        ("    Moved in\n    by a mail\n\n\tand a tab", "<p>Moved in<br>\nby a mail</p>\n<p>and a tab</p>"),
        ("it`s James`s `code`", "<p>it`s James`s <code>code</code></p>"),
        ("– tea\n– cake", "<ul>\n<li>tea</li>\n<li>cake</li>\n</ul>"),
        ("He said\n– no.", "<p>He said<br>\n– no.</p>"),
        ("First:\n1) tea\n2) cake", "<p>First:</p>\n<ol>\n<li>tea</li>\n<li>cake</li>\n</ol>"),
        ("It was in\n2015. It rained.", "<p>It was in<br>\n2015. It rained.</p>"),
        ("It cost\n25) more", "<p>It cost<br>\n25) more</p>"),
        (
            "1. tea\n- green\n- black\n2. cake",
            "<ol>\n<li>tea<ul>\n<li>green</li>\n<li>black</li>\n</ul>\n</li>\n<li>cake</li>\n</ol>",
        ),
        (
            "- a\n  - b\n    - c\n- d",
            "<ul>\n<li>a<ul>\n<li>b<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>\n</li>\n<li>d</li>\n</ul>",
        ),
        ("* a\n\n* b", "<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>"),
        (
            "Sold:\n| a | b |\n|---|---|\n| 1 | 2 |",
            "<p>Sold:</p>\n<table>\n<thead>\n<tr><th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n"
            "<tr><td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>",
        ),
        ("Either | or\nnot a table", "<p>Either | or<br>\nnot a table</p>"),
        ("Either\na | or", "<p>Either<br>\na | or</p>"),
        ("#walk #cake\n#1 of all", "<p>#walk #cake<br>\n#1 of all</p>"),
        ("## Walk ##\n# C#\n## ##", "<h2>Walk</h2>\n<h2>C#</h2>\n<h3>##</h3>"),
        ("Our week\n---\nIt rained", "<p>Our week</p>\n<hr>\n<p>It rained</p>"),
        ("Our week\n====", "<p>Our week<br>\n====</p>"),
        ("<Name> and <3 and a<b", "<p>&lt;Name&gt; and &lt;3 and a&lt;b</p>"),
        ("5*3 cakes, snake_case", "<p>5*3 cakes, snake_case</p>"),
        (
            "&lt;b&gt; *&lt;i&gt; **&lt;i&gt;*** &foo; &amp;amp; &",
            "<p>&lt;b&gt; <em>&lt;i&gt; <strong>&lt;i&gt;</strong></em> &amp;foo; &amp;amp; &amp;</p>",
        ),
        ("Tea\u00a0&nbsp;cake", "<p>Tea&nbsp;&nbsp;cake</p>"),
        (
            "```\na &amp; <b>\n```\n\n```\n  c &amp; <d>\n```",
            "<pre><code>a &amp;amp; &lt;b&gt;\n</code></pre>\n<pre><code>  c &amp;amp; &lt;d&gt;\n</code></pre>",
        ),
        ("`a &amp; <b>`", "<p><code>a &amp;amp; &lt;b&gt;</code></p>"),
        ("```\nnever closed", "<p>```<br>\nnever closed</p>"),
        ("```\n```", "<pre><code></code></pre>"),
        ("a <!-- b", "<p>a &lt;!-- b</p>"),
        ("<!-<!-- x -->- y --> z", "<p>&lt;!-- y --&gt; z</p>"),
        ("~~~\na\n~~~b\nc", "<p>~~~<br>\na<br>\n~~~b<br>\nc</p>"),
        ("*a<br>b*", "<p><em>a<br>\nb</em></p>"),
        (
            "[Update]: tomorrow\n[a]: one\n\n[b]: *two* three",
            "<p>[Update]: tomorrow</p>\n<p>[a]: one</p>\n<p>[b]: <em>two</em> three</p>",
        ),
        (
            "[a][u] <b>x <i>y</i></b>z\n\n[u]: https://x.org\n[U]: more",
            "<p><a https://x.org>a</a> <b>x <i>y</i></b>z</p>\n<p><a https://x.org>U</a>: more</p>",
        ),
        ("- a\n\n    # b\n    c", "<ul>\n<li><p>a</p>\n<h2>b</h2>\n<p>c</p>\n</li>\n</ul>"),
        ("- # b\n  c", "<ul>\n<li><h2>b</h2>\nc</li>\n</ul>"),
        ("", ""),
        ("<!-- nothing -->", ""),
    ],
)  # fmt: skip
def test_a_story_comes_out_as_its_writer_saw_it(body, shown):
    assert html(body) == shown


NUMBERED = [
    "1. a\n2. b\n3. c",
    "1. a\n1. b\n1. c",
    "1. a\n\n1. b",
    "1. a\n\n2. b\n\n3. c",
    "0. a\n1. b",
    "24. Dezember: Ball\n25. Dezember: Lauf",
    "Ours:\n1) a\n2) b",
    "1. a\n2. b\n\n1. c\n2. d",
    "1. a\n   1. b\n   2. c\n2. d",
    "1. a\n2. b\n2. c\n3. d",
    "1. a\n\nBetween\n\n2. b",
]
"""Lists that count."""
UNCOUNTED = [
    "1. a\n3. b",
    "24. Dezember: Ball\n26. Dezember: Lauf",
    "5. Februar: Ball\n\n7. Februar: Lauf",
    "5. Februar war es soweit.",
    "Wir fahren am\n1. Februar nach London.",
    "10. drei\n9. zwei\n8. eins",
    "5) e\n4) d",
    "2015. What a year.\n\n2013. Worse.",
    "12. a\n\n12. b",
]
"""Numbers at the beginnings of lines that a list of HTML would count otherwise, or that are none."""


def shown_numbers(shown):
    """What a reader sees in front of each line: numbers that a browser counts, and those that were typed."""
    seen, counting = [], []
    for token in re.findall(r'<ol(?: start="\d+")?>|</ol>|<li>|(?:(?<=<p>)|(?<=\n))\d+(?=[.)] )', shown):
        if token.startswith("<ol"):
            counting.append(int(re.search(r"\d+", token)[0]) if "start" in token else 1)
        elif token == "</ol>":
            counting.pop()
        elif token == "<li>":
            seen.append(counting[-1])
            counting[-1] += 1
        else:
            seen.append(int(token))
    return seen


@pytest.mark.parametrize("body", [*NUMBERED, *UNCOUNTED])
def test_no_line_is_shown_with_another_number_than_was_typed(body):
    typed = [int(number) for number in re.findall(r"^ *(\d+)[.)]", body, re.MULTILINE)]
    if set(typed) == {1} and len(typed) > 1:
        typed = list(range(1, len(typed) + 1))  # every editor of Markdown counts for those who write 1. only
    assert shown_numbers(html(body)) == typed


@pytest.mark.parametrize("body", NUMBERED)
def test_what_counts_is_a_list(body):
    assert "<ol" in html(body)


@pytest.mark.parametrize("body", UNCOUNTED)
def test_what_does_not_count_is_text(body):
    assert "<ol" not in html(body)


@pytest.mark.parametrize(
    "body",
    [
        "Cakes 50p*, tea £1*, coffee £1.50*",
        "£5* each, £3* child",
        "£15** for a family, £5** for one",
        "£5*/£10**/£15***",
        "5 €* pro Person, 3 €* für Kinder",
        "adults* and children*",
        "“All”* and (most)*",
        "5*each or 3*each",
        "7/10*, 8/10*",
        "2 * 3 * 4",
        "*Terms apply\n**Adults",
        "*** Sold out ***",
    ],
)
def test_an_asterisk_that_leads_to_a_note_is_never_lost(body):
    assert html(body) == f"<p>{body.replace(chr(10), '<br>' + chr(10))}</p>"


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (
            "*a*, **b** (*c*) “*d*” – *e.* *£5*!",
            "<em>a</em>, <strong>b</strong> (<em>c</em>) “<em>d</em>” – <em>e.</em> <em>£5</em>!",
        ),
        ("Total:**£500**", "Total:<strong>£500</strong>"),
        ("un**believ**able", "un<strong>believ</strong>able"),
        ("日本**太字**です日本*斜*語", "日本<strong>太字</strong>です日本<em>斜</em>語"),
        ("*a **b** c* ***d***", "<em>a <strong>b</strong> c</em> <strong><em>d</em></strong>"),
    ],
)
def test_an_asterisk_before_a_word_begins_an_emphasis(body, shown):
    assert html(body) == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    ("body", "links"),
    [
        ("See https://example.org/a_b_c.", ["https://example.org/a_b_c"]),
        ("(https://example.org/a_(b)), <b>https://x.org</b>", ["https://example.org/a_(b)", "https://x.org"]),
        ("**https://example.org/** and “http://x.org/a,b”!", ["https://example.org/", "http://x.org/a,b"]),
        ("www.example.org/roof?a=1&amp;b=2", ["https://www.example.org/roof?a=1&b=2"]),
        ("https://x.org/a\\_b*c* https://x.org/`d`", ["https://x.org/a_b*c", "https://x.org/"]),
        (
            "Ask jo.b@example.org, or jo_b@mail.example.org.", ["mailto:jo.b@example.org",
            "mailto:jo_b@mail.example.org"],
        ),
        ("[https://x.org](https://y.org) [a@x.org](https://z.org)", ["https://y.org", "https://z.org"]),
        ("<a href='https://y.org'>https://x.org</a>", ["https://y.org"]),
        ("[+44 20 7946 0000](https://y.org) [jo@x.org](https://z.org)", ["https://y.org", "https://z.org"]),
        ("+44 20 7946 0000, +44 (0)20 7946-0000; +48 601 234 567.", ["tel:+442079460000"] * 2 + ["tel:+48601234567"]),
        ("Tel. 020 7946 0000 or call us on 07700 900123", ["tel:02079460000", "tel:07700900123"]),
        ("+1 202 555 0100", ["tel:+12025550100"]),
        ("+49 1234 567 890 123, +49 1234 567 890 1234", ["tel:+491234567890123"]),
        ("Phone 020 7946 095", ["tel:0207946095"]),
        ("Phone 020 7946 09581", []),
        ("Phone 020 7946 09", []),
        ("+48 12 345 67, +48 12 345 6", ["tel:+481234567"]),
        ("{https://x.org/a} (https://x.org/b) [https://x.org/c]", [f"https://x.org/{name}" for name in "abc"]),
        ("http:// www. https:// a@b a\\_b@x.org @walk", []),
        ("20-00-00 12345678, 5/2/2016, 2016-02-05, 01234 567890", []),
        ("£50,000 +25 000 000 zł, +100 000 000, +250 000 000 €, +123456789.50", []),
        ("call 10,000.50, call 01234567, +44 (20 7946 0000, +1 234 567 89", []),
        ("http://a https://me:word@x.org www.", []),
        ("https://youtu.be/a\n[a<br>b](https://x.org)", ["https://youtu.be/a", "https://x.org"]),
        ("`https://x.org` ![https://x.org](images/a.jpg)", []),
    ],
)  # fmt: skip
def test_an_address_by_itself_is_a_link_and_an_amount_or_an_account_is_none(body, links):
    assert [link.address for link in read_story(body).links] == links


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("https://youtu.be/abc", "<p><YouTube https://youtu.be/abc></p>"),
        (
            "Look:\nhttps://vimeo.com/1\n<https://youtu.be/a>",
            "<p>Look:<br>\n<Vimeo https://vimeo.com/1><br>\n<YouTube https://youtu.be/a></p>",
        ),
        ("Look: https://youtu.be/abc", "<p>Look: <a https://youtu.be/abc>https://youtu.be/abc</a></p>"),
        ("[Look](https://youtu.be/abc)", "<p><a https://youtu.be/abc>Look</a></p>"),
    ],
)  # fmt: skip
def test_the_address_of_a_video_on_its_own_line_is_called_by_its_name(body, shown):
    assert html(body) == shown


A, B = "![A](images/a.jpg)", "![B](images/b.jpg)"
BOTH = "<figure>\n<figure><img images/a.jpg></figure>\n<figure><img images/b.jpg></figure>\n</figure>"
THREE = BOTH.replace("\n</figure>", "\n<figure><img images/a.jpg></figure>\n</figure>")


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (f"{A}\n{B}", BOTH),
        (f"{A} {B}", BOTH),
        (f"{A}\n\n{B}", BOTH),
        (f"{A}\n\n{B}\n\n{A}\n\n## H\n\n{B}", f"{THREE}\n<h2>H</h2>\n<figure><img images/b.jpg></figure>"),
        (f"Look:\n{A}\n{B}\nThere.\n{A}", f"<p>Look:</p>\n{BOTH}\n<p>There.</p>\n<figure><img images/a.jpg></figure>"),
        (f"> {A}\n> {B}\n\n{A}", f"<blockquote>{BOTH}\n</blockquote>\n<figure><img images/a.jpg></figure>"),
        (f"[{A}](https://x.org)\n{B}", BOTH.replace("<img images/a.jpg>", "<a https://x.org><img images/a.jpg></a>")),
        (f"![&#x202e;](images/a.jpg)\n{A}\n{B}", f"<figure></figure>\n{BOTH}"),
        (f"Look:\n{A}\nThere.", "<p>Look:</p>\n<figure><img images/a.jpg></figure>\n<p>There.</p>"),
        (f"Look {A} there.", "<p>Look <img images/a.jpg> there.</p>"),
        (f"[{A}](https://x.org)", "<figure><a https://x.org><img images/a.jpg></a></figure>"),
        ('![A](images/a.jpg "The *walk*")', "<figure><img images/a.jpg><figcaption>The *walk*</figcaption></figure>"),
        (
            f"{A}\n*The [walk](x.md)*\nNext",
            "<figure><img images/a.jpg><figcaption>The <a x.md>walk</a></figcaption></figure>\n<p>Next</p>",
        ),
        (
            f'![A](images/a.jpg "One") {B}\n_Two_',
            "<figure>\n<figure><img images/a.jpg><figcaption>One</figcaption></figure>\n"
            "<figure><img images/b.jpg><figcaption>Two</figcaption></figure>\n</figure>",
        ),
        (
            '![A](images/a.jpg "One")\n*Two*',
            "<figure><img images/a.jpg><figcaption>One</figcaption></figure>\n<p><em>Two</em></p>",
        ),
        (f"{A}\n\n*Said.*", "<figure><img images/a.jpg></figure>\n<p><em>Said.</em></p>"),
        (f"*Said.*\n{A}", "<p><em>Said.</em></p>\n<figure><img images/a.jpg></figure>"),
        (f"- {A}", "<ul>\n<li><img images/a.jpg></li>\n</ul>"),
    ],
)  # fmt: skip
def test_pictures_on_lines_of_their_own_stand_apart_with_their_captions_and_those_in_a_row_in_one_figure(body, shown):
    assert html(body) == shown


def test_a_picture_within_a_line_keeps_its_title():
    assert [shown.title for shown in read_story(f'Look {A[:-1]} "The\n hall") {A}').shown] == ["The hall", ""]


# -- what is refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<iframe src=x></iframe>\n\n<embed src=x>", [("html", 1), ("html", 3)]),
        ("<SCRIPT>x</script>", [("html", 1)]),
        ("</div>", [("html", 1)]),
        ("<table>\n<tr><td bgcolor=red>a</td></tr>\n</table>", [("html", 1)]),
        ("<td>a</td>", [("html", 1)]),
        ("a\n<b style='x'>b</b>", [("html", 2)]),
        ("<img onerror=x src=images/a.jpg>", [("html", 1)]),
        ("a <b>b\n\nc</b>", [("html", 1), ("html", 3)]),
        ("a <b>b <i>c</b> d</i>", [("html", 1)] * 2),
        ("a\u00a0\nb &#1; `&#1;`", [("character", 2)]),
        ("&#0; &#x202e; &#xD800; &#173;", [("character", 1)] * 3),
        ("[a](b&#1;c)\n![a&#8238;](b)", [("character", 1), ("character", 2)]),
        ("a[^1]\n\n[^1]: Note.", [("footnote", 1)]),
        ("<a href=x>[b](c)</a>\n[<a href=d>e</a>](f)", [("link", 1), ("link", 2)]),
        ("[<my own.html>](<my own.html>) <Name> <b>a</b> a<br/>b <sup>c</sup>", []),
        ("[" * 2000, [("too-complex", 1)]),
    ],
)
def test_what_a_story_cannot_hold_is_refused_at_its_line(body, expected):
    assert faults(body) == expected
    if expected[:1] != [("too-complex", 1)]:
        assert faults(f"<!--\n-->\n\n{body}") == [(name, at + 3) for name, at in expected]


def test_what_is_refused_is_said_with_what_to_write():
    def said(body):
        return [fault.message for fault in read_story(body).faults]

    assert said("<video src=x>") == ["<video> is not shown; put the video's address on a line of its own instead"]
    assert said("<td style=x>") == ["<td> is not shown; write a table as lines such as | Cake | 12 |"]
    assert said("<b style=x>a</b>") == [
        "style= in <b> is not kept; leave it out, the site has its own colours and sizes"
    ]


# -- the first sentence -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("We did it. Thank you!", "We did it."),
        (
            "# Title\n\n![A walk](images/walk.jpg)\n\n> Quoted.\n\nThe *whole* village [came](https://x.org) **out**!",
            "The whole village came out!",
        ),
        ("He said “yes.” And then?", "He said “yes.”"),
        ("Am 5. Februar war es soweit. Danke!", "Am 5. Februar war es soweit."),
        ("Dr. Smith, i.e. J. Smith, said so. Yes.", "Dr. Smith, i.e. J. Smith, said so."),
        ("We have £25. Thanks.", "We have £25."),
        ("What a day! we walked all of it.", "What a day!"),
        ("We met at 5.", "We met at 5."),
        ("“M. Dupont” a dit ... oui. Merci.", "“M. Dupont” a dit ... oui."),
        ("No full stop\nat the end", "No full stop at the end"),
        ("It cost £25.50 in all. More.", "It cost £25.50 in all."),
        ("A \\*star\\* and <b>bold</b>.", "A *star* and bold."),
        ("snake_case stays.", "snake_case stays."),
        ("5*3 cakes and 4*2 tarts.", "5*3 cakes and 4*2 tarts."),
        ("Tea &amp; cake for 5 &lt; 6&nbsp;people.", "Tea & cake for 5 < 6 people."),
        ("<!-- phone 07700 900123 -->\nIt rained.", "It rained."),
        ("<!-- a\n\nb --> It rained.", "It rained."),
        ("屋根が直りました。ありがとう。", "屋根が直りました。"),
        ("![Only a picture](images/a.jpg) \n\nThen words.", "Then words."),
        ("![A](images/a.jpg)\n*A caption.*\nThen words.", "Then words."),
        ("<br>\n\nAfter it.", "After it."),
        ("https://youtu.be/abc\n\nOur film.", "Our film."),
        ("A<br>b.", "A b."),
        ("*It<br>rained.* More.", "It rained."),
        ("Look ![A walk](images/a.jpg) there. More.", "Look there."),
        ("- a\n- b", ""),
        ("```\ncode\n```", ""),
        ("", ""),
    ],
)
def test_the_first_sentence_of_the_first_prose_is_taken(body, sentence):
    assert read_story(body).first_sentence == sentence


def test_a_very_long_sentence_is_cut_between_words():
    cut = read_story("word " * 200).first_sentence
    assert len(cut) <= MAX_SENTENCE
    assert cut.endswith("word…")


# -- one reader -------------------------------------------------------------------------------------------


def test_one_reader_reads_every_story_and_nothing_of_one_is_left_in_the_next():
    assert reading() is reading()
    first = Reading()
    first.tree("[a]: https://x.org\n\n[a] ```\n```\nx\n```")
    assert [element.tag for element in first.tree("[a] x").iter()] == ["div", "p"]


def test_the_first_paragraph_ends_where_a_picture_may_be_put():
    story = read_story("## H\n\n> q\n\nOne *two*.\n\nThree.")
    assert "".join(map(str, story.pieces[: story.after_first])).endswith("<p>One <em>two</em>.</p>\n")
    assert read_story("- only a list").after_first == 0


VIDEO = "put the video's address on a line of its own instead"
RUNS = "nothing runs in a story; delete it"
TABLE = "write a table as lines such as | Cake | 12 |"
LIST = "begin each entry on a line of its own with a hyphen and a space"
PARAGRAPH = "delete it, and leave an empty line between paragraphs"
KEPT = "delete it, and keep the words"
ANSWERS = {
    VIDEO: "iframe video embed object audio source track param picture",
    RUNS: "script style link meta base noscript template svg math canvas form input button select option textarea label"
    " fieldset dialog applet frame frameset head body html title xml",
    TABLE: "table thead tbody tfoot tr th td caption col colgroup",
    LIST: "ul ol li dl dt dd menu",
    PARAGRAPH: "p div section article header footer nav main aside figure figcaption details summary center address",
    "begin the heading's line with ## and a space": "h1 h2 h3 h4 h5 h6",
    KEPT: "span font big small u mark del ins strike abbr cite q kbd samp var tt dfn time wbr bdi bdo ruby rt rp nobr"
    " blink marquee data map area",
    "begin each line with > and a space": "blockquote",
    "put a line of three backticks above and below": "pre",
    "write --- on a line of its own": "hr",
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_every_element_that_is_not_shown_is_answered_with_what_to_write_instead(answer):
    for tag in ANSWERS[answer].split():
        (fault,) = read_story(f"One\n<{tag}> two").faults
        assert (fault.name, fault.message, fault.offset) == ("html", f"<{tag}> is not shown; {answer}", 4), tag


def test_what_is_typed_as_html_within_a_line_is_kept():
    for tag in ("b", "strong", "i", "em", "s", "sub", "sup", "code"):
        assert html(f"One <{tag}>two</{tag}>") == f"<p>One <{tag}>two</{tag}></p>"
    assert html("One<br>two<br/>three") == "<p>One<br>\ntwo<br>\nthree</p>"


def test_of_an_element_and_its_parts_one_is_told():
    for whole, parts in {
        "table": "thead tbody tfoot tr th td caption col colgroup",
        "object": "embed param",
        "video": "source track",
    }.items():
        for part in parts.split():
            assert faults(f"<{whole}> a\n<{part}> b") == [("html", 1)], part
            assert faults(f"<{part}> a\n</{part}> b") == [("html", 1)], part


def test_headings_begin_below_the_title_and_skip_no_level():
    def levels(*signs):
        return re.findall(r"<(h\d)>", html("\n\n".join(f"{'#' * number} Words" for number in signs)))

    assert levels(1, 2, 3) == ["h2", "h3", "h4"]
    assert [levels(number) for number in range(1, 7)] == [["h2"]] * 6
    assert levels(3, 3, 1, 4) == ["h2", "h2", "h2", "h3"]
    assert levels(2, 3, 2, 3, 1) == ["h2", "h3", "h2", "h3", "h2"]
    assert levels(1, 2, 3, 4, 5, 6) == ["h2", "h3", "h4", "h5", "h6", "h6"]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("Bring:\n- a\n- b\nThanks", "<p>Bring:</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p>Thanks</p>"),
        ("• a\n• b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("– a\n– b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("– a", "<p>– a</p>"),
        ("– a\nand\n— b", "<p>– a<br>\nand<br>\n— b</p>"),
        ("- a\n  - b\n  - c\n- d", "<ul>\n<li>a<ul>\n<li>b</li>\n<li>c</li>\n</ul>\n</li>\n<li>d</li>\n</ul>"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("1) a\n2) b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("> a\n> b\nc", "<blockquote><p>a<br>\nb</p>\n</blockquote>\n<p>c</p>"),
        (" > a\nb", "<blockquote><p>a</p>\n</blockquote>\n<p>b</p>"),
        ("---", "<hr>"),
        ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>"),
        ("```\na <b>\n```", "<pre><code>a &lt;b&gt;\n</code></pre>"),
        ("# a #\n\nb", "<h2>a</h2>\n<p>b</p>"),
        ("#walk\n#1", "<p>#walk<br>\n#1</p>"),
        ("# C#", "<h2>C#</h2>"),
        ("`a &lt; b`", "<p><code>a &amp;lt; b</code></p>"),
        ("Tea & cake, 5 < 6 &amp; 7", "<p>Tea &amp; cake, 5 &lt; 6 &amp; 7</p>"),
    ],
)
def test_each_form_is_shown_as_what_it_was_written_for(body, shown):
    assert html(body) == shown


def test_cells_are_shown_as_a_table_and_a_line_behind_it_as_text():
    shown = re.sub(r"\s", "", html("Sold:\n| Cake | 12 |\n|---|---|\n| Tea | 5 |\nThanks"))
    assert shown == (
        "<p>Sold:</p><table><thead><tr><th>Cake</th><th>12</th></tr></thead><tbody><tr><td>Tea</td><td>5</td></tr>"
        "</tbody></table><p>Thanks</p>"
    )


def test_what_is_empty_is_no_paragraph_and_a_caption_goes_with_its_picture():
    assert html("<br>") == ""
    assert read_story("<div>").pieces == ()
    assert html("![A](images/a.jpg)\n**Bold**") == "<figure><img images/a.jpg></figure>\n<p><strong>Bold</strong></p>"
    assert html("![A](images/a.jpg)\n<i>Said</i>") == (
        "<figure><img images/a.jpg><figcaption>Said</figcaption></figure>"
    )


def test_the_words_of_a_link_and_of_a_picture_are_read_without_their_signs():
    (link,) = read_story('[a *b*\n![c &amp; d](images/e.jpg)](https://x.org "f &lt;\n g")').links
    assert (link.words, link.title, link.address) == ("a b c & d", "f < g", "https://x.org")
    (shown,) = read_story('Look ![a\n\\*b\\*](images/a_b.jpg "c") there').shown
    assert (shown.alt, shown.title, shown.address) == ("a *b*", "c", "images/a_b.jpg")


def test_a_sentence_is_whole_up_to_its_longest_and_cut_behind_it():
    whole = "x" * (MAX_SENTENCE - 1) + "."
    assert first_sentence(f"{whole} More.") == whole
    assert first_sentence(f"{'word ' * 80}".strip()).count("word") == MAX_SENTENCE // 5
    assert first_sentence("word, " * 100).endswith("word…")


def test_every_link_picture_and_video_has_a_number_of_its_own_by_which_it_is_found():
    body = "https://youtu.be/a\n\nhttps://youtu.be/b\n![c](images/c.jpg) [d](e.md)\n\nhttps://youtu.be/a\n"
    assert found(body) == [
        ("https://youtu.be/a", "https://youtu.be/a", 1),
        ("https://youtu.be/b", "https://youtu.be/b", 3),
        ("images/c.jpg", "c", 4),
        ("e.md", "d", 4),
        ("https://youtu.be/a", "https://youtu.be/a", 6),
    ]
    story = read_story(body)
    assert sorted(one.number for one in (*story.links, *story.shown)) == [0, 1, 2, 3, 4]


def test_a_telephone_number_is_a_link_and_the_word_before_it_is_not_said_twice():
    assert html("Tel. 020 7946 0000 now") == "<p>Tel. <a tel:02079460000>020 7946 0000</a> now</p>"
