"""Front matter as text; what is refused has its cases in tests/errors."""

import pytest

from campaign.core.reading.front_matter import parse_update_file, parse_yaml_file
from campaign.core.reading.problems import CampaignError


def test_fields_are_text_with_their_lines_and_the_story_is_below():
    document = parse_update_file("a.md", b"\n---\ntitle: No\ntotals:\n  page: 010\n  bank:\n---\nWords.\nMore.\n")
    assert document.fields == {"title": "No", "totals": {"page": "010"}}
    assert document.lines[("totals", "page")] == 5
    assert (document.body, document.body_line) == ("Words.\nMore.\n", 8)
    assert document.body_problem("x", "y", len("Words.\n")).line == 9


def test_fields_that_were_let_go_are_read_again_with_their_lines():
    document = parse_update_file("a.md", b"\n---\ntitle: No\ntotals:\n  page: 010\n---\nWords.\n")
    fields, lines = document.fields, document.lines
    document.let_go()
    document.let_go()
    assert document.fields == fields and document.fields is not fields
    assert document.lines == lines and document.problem("amount", "no", "totals", "page").line == 5


def test_a_line_with_several_forbidden_characters_is_one_problem():
    with pytest.raises(CampaignError) as error:
        parse_update_file("a.md", "---\ntitle: a\u202eb\u202ec\n---\n\x07\n".encode())
    assert [(problem.line, problem.name) for problem in error.value.problems] == [(2, "character"), (4, "character")]


def test_a_text_that_is_too_long_is_not_read_wherever_it_comes_from():
    with pytest.raises(CampaignError, match="a file can be 256 KB at most, this one is 257 KB"):
        parse_update_file("a.md", b"x" * 257 * 1024)


def refused(text, *, whole=False):
    """What a file is refused for; of an update's file, or of one that is YAML throughout."""
    with pytest.raises(CampaignError) as error:
        (parse_yaml_file if whole else parse_update_file)("a.md", text.encode() if isinstance(text, str) else text)
    return [(problem.line, problem.field, problem.name, problem.message) for problem in error.value.problems]


def test_a_file_of_256_kb_is_read_to_its_last_byte_and_no_larger_one():
    story = b"---\ntitle: A\n---\n" + b"x" * (256 * 1024 - 17)
    assert len(story) == 262_144
    assert len(parse_update_file("a.md", story).body) == 262_144 - 17
    assert refused(story + b"x") == [
        (1, "", "too-long", "a file can be 256 KB at most, this one is 257 KB; split the story")
    ]


def test_the_fields_of_an_update_can_be_20_kb_and_campaign_yaml_the_whole_file():
    title = "title: " + "x" * (20 * 1024 - 8)
    assert parse_update_file("a.md", f"---\n{title}\n---\n".encode()).fields["title"] == title[7:]
    assert refused(f"\n---\n{title}x\n---\n") == [
        (3, "", "too-long", "the fields can be 20 KB at most; move text to the story")
    ]
    assert parse_yaml_file("a.yaml", f"{title}x".encode()).fields["title"] == f"{title[7:]}x"
    large = "title: " + "x" * (256 * 1024 - 8)
    assert len(parse_yaml_file("a.yaml", large.encode()).fields["title"]) == 256 * 1024 - 8


def test_a_list_has_two_thousand_entries_at_most_and_so_have_the_fields_below_a_field():
    most = "a:\n" + "  - b\n" * 2000
    assert len(parse_yaml_file("a.yaml", most.encode()).fields["a"]) == 2000
    message = "more than 2000 entries are too many to be meant; keep those that are right"
    assert refused(f"{most}  - b\n", whole=True) == [(2002, "a", "too-long", message)]
    fields = "a:\n" + "".join(f"  b{n}: c\n" for n in range(2000))
    assert len(parse_yaml_file("a.yaml", fields.encode()).fields["a"]) == 2000
    assert refused(f"{fields}  more: c\n", whole=True) == [(2002, "a", "too-long", message)]


def test_fields_stand_in_twelve_others_at_most():
    def nested(depth):
        return "".join(f"{'  ' * n}a{n}:\n" for n in range(depth)) + f"{'  ' * depth}b: c\n"

    fields = parse_yaml_file("a.yaml", nested(11).encode()).fields
    for depth in range(11):
        fields = fields[f"a{depth}"]
    assert fields == {"b": "c"}
    assert refused(nested(12), whole=True) == [(13, "a0.a1.a2", "yaml", "fields are nested too deeply")]


def test_of_many_faulty_lines_the_first_hundred_are_told_and_how_many_more_there_are():
    found = refused("---\n" + "\ta: b\n" * 100 + "---\n")
    assert [line for line, *_ in found] == list(range(2, 102))
    assert {message for *_, message in found} == {"indent with spaces, not with the Tab key"}
    more = refused("---\n" + "\ta: b\n" * 103 + "---\n")
    assert [line for line, *_ in more] == list(range(2, 103))
    assert more[-1][2:] == (
        "tab",
        "3 more lines, from this one on, have such a fault; was the file saved as plain text?",
    )


def test_every_line_with_a_forbidden_character_is_told_once_at_its_line():
    found = refused("---\ntitle: a\n---\nOne.\u200e\n\x07\x07\n\nTwo\x07.\u202e\n\x07")
    assert [(line, message.partition(" is not")[0]) for line, _, _, message in found] == [
        (5, "the invisible character U+0007"),
        (7, "the invisible character U+0007"),
        (8, "the invisible character U+0007"),
    ]


def test_what_two_people_changed_at_once_is_told_at_each_mark():
    found = refused("---\ntitle: a\n---\n<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> other\n<<<<<<<< eight\n")
    assert [(line, name) for line, _, name, _ in found] == [(4, "conflict"), (8, "conflict")]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("---\ntitle: é\n---\n".encode("utf-16-le"), 1),
        ("---\ntitle: é\n---\n".encode("latin-1"), 2),
        (b"---\ntitle: a\n---\nOne.\nTwo \xe9.\n", 5),
    ],
)
def test_a_file_in_another_encoding_is_told_at_its_line(data, line):
    ((found, _, name, message),) = refused(data)
    assert (found, name) == (line, "encoding")
    assert message.startswith("the file is not saved as UTF-8; open it in an editor")


def test_a_file_is_read_however_its_lines_end_and_whatever_stands_around_its_hyphens():
    plain = parse_update_file("a.md", b"---\ntitle: A\n---\nOne.\nTwo.\n")
    for ends in ("\r\n", "\r"):
        text = "\ufeff---\ntitle: A\n---\nOne.\nTwo.\n".replace("\n", ends)
        assert parse_update_file("a.md", text.encode()) == plain
    spaced = parse_update_file("a.md", b"\n \n--- \t\n\ntitle: A\n---  \nOne.\n---\n")
    assert (spaced.fields, spaced.lines, spaced.body, spaced.body_line) == (
        {"title": "A"},
        {("title",): 5},
        "One.\n---\n",
        7,
    )


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("", 1, "is empty"),
        ("\n \n", 1, "is empty"),
        ("\n\nTitle: a\n", 3, "begins with 'Title: a'"),
        (f"{'x' * 39} y\n", 1, f"begins with '{'x' * 39}'"),
        (f"{'x' * 41}\n", 1, f"begins with '{'x' * 40}'"),
        ("----\ntitle: a\n", 1, "begins with '----'"),
    ],
)
def test_a_file_that_does_not_begin_with_hyphens_is_told_how_it_begins(text, line, told):
    assert refused(text) == [
        (
            line,
            "",
            "front-matter",
            f"the file must begin with a line of three hyphens (---), then its fields, then another ---; it {told}",
        )
    ]


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("---\ntitle: a\nWords.\n", "put it between the fields and the story"),
        ("\n---\ntitle: a\n—\nWords.\n***\n", "write it instead of '—' on line 4"),
        ("---\ntitle: a\n----\nWords.\n", "write it instead of '----' on line 3"),
    ],
)
def test_fields_without_an_end_are_told_where_it_may_be_meant(text, remedy):
    ((line, _, name, message),) = refused(text)
    assert (line, name) == (2 if text.startswith("\n") else 1, "front-matter")
    assert message == f"the closing line of three hyphens (---) is missing; {remedy}"


def test_what_comes_to_nothing_is_absent_at_every_depth_and_takes_no_lines():
    text = "a:\nb: ''\nc: ~\nd: null\ne: NULL\nf: []\ng: {}\nh:\n  - \n  - x\n  - {i: ''}\n  - y\nj: 'null'\nk: nil\n"
    document = parse_yaml_file("a.yaml", text.encode())
    assert document.fields == {"h": ["x", "y"], "j": "null", "k": "nil"}
    assert {path: line for path, line in document.lines.items() if path[0] == "h"} == {
        ("h",): 8,
        ("h", 0): 10,
        ("h", 1): 12,
    }


def test_a_problem_stands_at_the_nearest_field_that_there_is():
    document = parse_yaml_file("a.yaml", b"\na:\n  - b: c\n")
    assert str(document.problem("n", "m", "a", 0, "b")) == "a.yaml:3: a[1].b: m [n]"
    assert str(document.problem("n", "m", "a", 0, "missing")) == "a.yaml:3: a[1].missing: m [n]"
    assert str(document.problem("n", "m", "a", 5, "b")) == "a.yaml:2: a: m [n]"
    assert str(document.problem("n", "m", "other")) == "a.yaml:1: other: m [n]"


def test_a_field_that_is_written_twice_is_told_with_its_first_line():
    text = "a: 1\nb:\n  c: 1\n  c: {d: '&'}\na: [x]\n"
    assert [(line, field, message) for line, field, _, message in refused(text, whole=True)] == [
        (4, "b.c", "is written twice (first on line 3); keep one of the two"),
        (5, "a", "is written twice (first on line 1); keep one of the two"),
    ]


def test_in_a_text_of_several_lines_nothing_is_cut_off():
    for sign in "|>":
        assert parse_yaml_file("a.yaml", f"a: {sign}\n  Walk #3\n".encode()).fields == {"a": "Walk #3"}


def test_what_stands_in_a_field_that_is_written_twice_is_told_by_its_own_name():
    assert [(line, field) for line, field, *_ in refused("a: 1\na:\n  b: 1\n  b: 2\n", whole=True)] == [
        (2, "a"),
        (4, "a.b"),
    ]


def test_a_line_below_an_empty_one_may_be_of_the_story():
    story = "; if this is the story, the closing --- is missing above it"
    for above, is_told in (("", False), ("\n", True), ("  \n", True)):
        ((line, *_, message),) = refused(f"title: a\n{above}We sold cakes.\n", whole=True)
        assert (line, message.endswith(story)) == (2 + bool(above), is_told)


def test_a_line_that_begins_too_far_in_is_told_with_the_line_above_it():
    ((line, *_, message),) = refused(f"a:\n  b: {'x' * 50}\n    d: e\n", whole=True)
    assert (line, message) == (
        3,
        f"this line begins further in than the line above it, 'b: {'x' * 37}', allows; line the two up, or line both up"
        " with their neighbours",
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("note: {Half", 'a text that begins with { needs quotes around it: write note: "{Half"'),
        ("note: {Half\nb: c", 'a text that begins with { needs quotes around it: write note: "{Half"'),
        ("note: {a: b\nc: d", "what is in braces or brackets cannot be read"),
        ("note: [Half: x", "what is in braces or brackets cannot be read"),
        ("{note: Half", "what is in braces or brackets cannot be read"),
        ("note: >50 people came", 'a text that begins with > needs quotes around it: write note: ">50 people came"'),
    ],
)
def test_a_brace_that_does_not_close_is_told_as_a_text_or_as_fields_as_it_goes_on(text, told):
    ((line, *_, message),) = refused(text, whole=True)
    assert (line, message[: len(told)]) == (1, told)


def test_what_a_sign_would_cut_off_is_seen_on_the_last_line_too():
    ((line, field, name, message),) = refused("title: Walk #3", whole=True)
    assert (line, field, name) == (1, "title", "comment")
    assert 'write title: "Walk #3"' in message


def test_a_text_with_its_own_marks_inside_is_told_with_the_others():
    ((_, _, _, message),) = refused('title: "He said "yes""', whole=True)
    assert message.endswith("""write title: "He said 'yes'\"""")
