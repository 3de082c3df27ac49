"""How much a story may ask of Markdown."""

import pytest

from campaign.core.reading.limits import (
    MAX_BACKTICKS,
    MAX_BRACKETS,
    MAX_INDENT,
    MAX_LINES,
    MAX_PARAGRAPH,
    MAX_PARAGRAPHS,
    MAX_SIGNS,
    too_much,
)


@pytest.mark.parametrize(
    "story",
    [
        "",
        "A story.\n\nOf two paragraphs, and [a link](money.html).\n",
        "[" * MAX_BRACKETS,
        "`" * MAX_BACKTICKS,
        ("*" * 100 + "\n\n") * (MAX_SIGNS // 100),
        "x" * MAX_PARAGRAPH + "\n \t\n" + "x" * MAX_PARAGRAPH,
        "x\n\n" * MAX_PARAGRAPHS,
        " " * MAX_INDENT + "x",
        "|---|---|\n" + "| a | b |\n" * (MAX_LINES - 1),
    ],
    ids=lambda story: repr(story[:8]),
)
def test_a_story_that_somebody_might_write_is_not_too_much(story):
    assert too_much(story) is None


@pytest.mark.parametrize(
    ("story", "message", "offset"),
    [
        ("[" * (MAX_BRACKETS + 1), "a story can hold 1000 square brackets", 0),
        ("`" * (MAX_BACKTICKS + 1), "a story can hold 2000 backticks", 0),
        ("*_" * MAX_SIGNS, "a story can hold 20000 signs", 0),
        ("\\" * (MAX_SIGNS + 1), "a story can hold 20000 signs", 0),
        ("One.\n\n" + "x" * (MAX_PARAGRAPH + 1), "a paragraph can hold 10000 characters", 6),
        ("One.\n\n" + "- x\n" * (MAX_LINES + 1), "a list or table can hold 500 lines", 6),
        ("x\n\n" * MAX_PARAGRAPHS + "x", "a story can hold 10000 paragraphs", 30_000),
        ("One.\n" + "    " * 51 + "- x", "lists and quotes are nested too deeply", 5),
        ("One.\n" + "\t" * 51 + "- x", "lists and quotes are nested too deeply", 5),
        ("> - 1. " * 30, "lists and quotes are nested too deeply", 0),
    ],
    ids=lambda value: repr(value[:8]) if isinstance(value, str) else None,
)
def test_what_nobody_writes_is_refused_at_its_place(story, message, offset):
    found = too_much(story)
    assert found is not None
    assert found[0].startswith(message)
    assert found[1] == offset
