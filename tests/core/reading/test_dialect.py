"""What is passed over to read stories quickly is what would have found nothing."""

from hypothesis import given
from hypothesis import strategies as st

from campaign.core.reading.dialect import reading

INLINE = reading()._markdown.inlinePatterns
PIECES = (
    "`",
    "\\",
    "@",
    "+",
    "0",
    "*",
    ":",
    ".",
    "/",
    "www",
    "http",
    "s",
    "a",
    "é",
    "7",
    "49",
    "tel",
    " ",
    "call",
    "-",
    "(",
    ")",
)


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_a_pattern_that_is_passed_over_finds_nothing_in_the_text(text):
    for pattern in INLINE:
        if hasattr(pattern.compiled_re, "_signs"):
            looked_for = [found[0] for found in pattern.compiled_re.finditer(text, 0)]
            assert looked_for == [found[0] for found in pattern.compiled_re._pattern.finditer(text)]


def test_what_those_patterns_are_there_for_is_found():
    said = "it`s `so`, 2*3, ann@example.org, +44 20 7946 0958, tel 020 7946 0958, https://example.org, www.example.org"
    some = [pattern for pattern in INLINE if hasattr(pattern.compiled_re, "_signs")]
    assert len(some) == 6
    assert all(list(pattern.compiled_re.finditer(said, 0)) for pattern in some)
