"""What is printed to be read is what a reader hears: no more, no less, and in that order."""

from __future__ import annotations

from datetime import date

import pytest

from reading import days_of, reading, text_of
from site_folder import ROOT

PAGE = """\
<html><head><title>A roof</title><meta name="description" content="It leaks."><style>p { color: red }</style></head>
<body><header class="masthead"><a href="#main">A roof</a></header>
<main><h1>It <em>leaks</em>&nbsp;now</h1>
<p>First.</p><ul><li>One</li><li><b>Two</b> things</li></ul>
<svg role="img" aria-label="Half full."><text>50</text></svg><svg aria-hidden="true"><text>drawn</text></svg>
<p>Seen<img src="a.jpg" alt="A bucket"> <span hidden>unseen</span>after<br>next</p>
<progress max="4" value="1"></progress><script>alert("no")</script></main>
<footer class="contents"><div><p>Foot</p></div></footer></body></html>
"""
SAID = """\
Title: A roof
[description: It leaks.]
A roof
# It leaks now
First.
- One
- Two things
[drawing: Half full.]
Seen[picture: A bucket] after
next
[bar: 1 of 4]
Foot"""


def test_a_page_is_read_as_a_reader_hears_it() -> None:
    assert text_of(PAGE) == SAID


def test_what_stands_on_every_page_is_read_once() -> None:
    known: set[str] = set()
    assert text_of(PAGE, known) == SAID
    again = text_of(PAGE, known).splitlines()
    assert (again[2], again[-1]) == ("[…]", "[…]")
    other = text_of(PAGE.replace("Foot", "Another foot"), known).splitlines()
    assert (other[2], other[-1]) == ("[…]", "Another foot")


def test_an_appeal_is_read_at_each_of_its_phases_and_today() -> None:
    assert days_of(ROOT / "tests/sites/empty") == (None,)
    days = days_of(ROOT / "tests/sites/village-hall")
    assert {date(2024, 10, 4), date(2024, 10, 5), date(2025, 10, 1), date(2026, 3, 31)} <= set(days)
    assert days[-1] is None


@pytest.mark.pelican
def test_every_page_is_a_section() -> None:
    sections = list(reading(ROOT / "tests/sites/minimal", [None]))
    named = [section.splitlines()[2] for section in sections]
    assert named[0] == "tests/sites/minimal, today: index.html"
    assert "tests/sites/minimal, today: updates/2025-05-01-half-the-lamps.html" in named
    assert "tests/sites/minimal, today: badge.svg" in named
    assert all("<" not in section for section in sections)
