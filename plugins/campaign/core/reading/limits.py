"""How much a story may ask of Markdown, which takes minutes over what nobody writes."""

from __future__ import annotations

import re

MAX_BRACKETS = 1000
MAX_BACKTICKS = 2000
"""Markdown looks for the other end of each in all that follows, and again behind every one that it has found."""
MAX_PARAGRAPH = 10_000
"""Characters; Markdown reads a paragraph again for every sign in it that may begin something."""
MAX_LINES = 500
"""In a paragraph, a list or a table; Markdown copies the rest of it for every heading."""
MAX_PARAGRAPHS = 10_000
MAX_SIGNS = 20_000
"""Of those that begin or end something, all together."""
MAX_INDENT = 200
"""Columns of spaces and of the signs of lists and quotes; Markdown calls itself for every level."""

_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?![ \t]*\n)[^\n]+)*")
_INDENT = re.compile(r"(?:[ \t>]|[-*+][ \t]|[0-9]+\.[ \t])*")


def too_much(body: str) -> tuple[str, int] | None:
    """What is too much and where, as characters into the story; None for a story that is read in two seconds."""
    if body.count("[") > MAX_BRACKETS:
        return f"a story can hold {MAX_BRACKETS} square brackets at most; split it", 0
    if body.count("`") > MAX_BACKTICKS:
        return f"a story can hold {MAX_BACKTICKS} backticks at most; split it", 0
    if sum(map(body.count, "*_`<>+-=#\\")) > MAX_SIGNS:
        return f"a story can hold {MAX_SIGNS} signs such as * _ ` < > + - = # at most; split it", 0
    for number, match in enumerate(_PARAGRAPH.finditer(body), start=1):
        if number > MAX_PARAGRAPHS:
            return f"a story can hold {MAX_PARAGRAPHS} paragraphs at most; split it", match.start()
        if len(match[0]) > MAX_PARAGRAPH:
            return f"a paragraph can hold {MAX_PARAGRAPH} characters at most; put blank lines in it", match.start()
        if match[0].count("\n") >= MAX_LINES:
            return f"a list or table can hold {MAX_LINES} lines at most; put blank lines in it", match.start()
    start = 0
    for line in body.splitlines(keepends=True):
        indent = _INDENT.match(line)
        if indent and len(indent[0].expandtabs(4)) > MAX_INDENT:
            return "lists and quotes are nested too deeply here; begin further to the left", start
        start += len(line)
    return None
