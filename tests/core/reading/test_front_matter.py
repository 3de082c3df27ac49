"""Front matter as text; what is refused has its cases in tests/errors."""

import pytest

from campaign.core.reading.front_matter import parse_update_file
from campaign.core.reading.problems import CampaignError


def test_fields_are_text_with_their_lines_and_the_story_is_below():
    document = parse_update_file("a.md", b"\n---\ntitle: No\ntotals:\n  page: 010\n  bank:\n---\nWords.\nMore.\n")
    assert document.fields == {"title": "No", "totals": {"page": "010"}}
    assert document.lines[("totals", "page")] == 5
    assert (document.body, document.body_line) == ("Words.\nMore.\n", 8)
    assert document.body_problem("x", "y", len("Words.\n")).line == 9


def test_a_line_with_several_forbidden_characters_is_one_problem():
    with pytest.raises(CampaignError) as error:
        parse_update_file("a.md", "---\ntitle: a\u202eb\u202ec\n---\n\x07\n".encode())
    assert [(problem.line, problem.name) for problem in error.value.problems] == [(2, "character"), (4, "character")]


def test_a_text_that_is_too_long_is_not_read_wherever_it_comes_from():
    with pytest.raises(CampaignError, match="a file can be 256 KB at most, this one is 257 KB"):
        parse_update_file("a.md", b"x" * 257 * 1024)
