"""The letters of a share card: how far apart they stand, and which there are."""

import pytest
from PIL import Image, ImageFont, features

from campaign.rendering import lettering
from campaign.rendering.lettering import PARTS, can_write, length, letter, placed, written

SIGNS = "ABCDEFGJKLOPRSTUVWXYZabcdefghijklmnoprstuvwxyz0123456789 .,:-–’“”!?%&()£€ÄÜßéłŁżĄГУТАрдуΤΑαλ"


@pytest.mark.skipif(not features.check("raqm"), reason="another reader of fonts to hold ours against")
@pytest.mark.parametrize("is_bold", [False, True])
def test_letters_stand_as_far_apart_as_in_any_other_program(is_bold):
    theirs = ImageFont.truetype(lettering._files()[is_bold], 1000, layout_engine=ImageFont.Layout.RAQM)
    for one in SIGNS:
        for other in SIGNS:
            if (pair := one + other) not in ("ff", "fi", "fl"):
                told = theirs.getlength(pair, features=["-liga"])
                assert length(pair, 1000, is_bold=is_bold) == pytest.approx(told, abs=0.6), pair
    for line in ("An office for five flights: raffle, offload", "£1,234.56 of 25 000 € – 5%", "Ευχαριστώ, Спасибо"):
        assert length(line, 1000, is_bold=is_bold) == pytest.approx(theirs.getlength(line), abs=0.6), line


def test_a_line_is_as_long_as_its_size():
    assert length("Wheels", 30) == pytest.approx(3 * length("Wheels", 10))
    assert length("AV", 100) < length("A", 100) + length("V", 100)
    assert length("", 100) == 0


def test_letters_that_would_touch_are_one_and_what_is_not_seen_is_not_drawn():
    assert [sign for sign, _ in placed("office\u00ad fi\u200bn")] == ["o", "ﬃ", "c", "e", "ﬁ", "n"]
    assert placed("Non\u2011stop")[3][0] == "-"
    assert can_write("a\u202fb\u2011c\u00add\u2060")


def test_a_space_that_the_font_lacks_is_a_narrow_one():
    assert 0 < length("1\u202f000", 100) - length("1000", 100) < length("1 000", 100) - length("1000", 100)


def test_a_mark_by_itself_stands_on_the_letter_before_it():
    (_, base), (mark, at), (_, behind) = placed("x\u0301x")
    assert mark == "\u0301" and base < at < behind
    assert length("x\u0301x", 100) == pytest.approx(length("xx", 100), abs=1)
    assert placed("e\u0301") == placed("é")


def test_a_letter_begins_in_every_quarter_of_a_pixel():
    masks = {letter("l", 38, part, is_bold=False)[0].tobytes() for part in range(PARTS)}
    assert len(masks) == PARTS
    assert len({sum(mask) // 1000 for mask in masks}) == 1


def test_every_letter_of_the_font_is_drawn_whole():
    for sign in filter(can_write, map(chr, range(0x21, 0x500))):
        mask, _, _ = letter(sign, 20, 3, is_bold=True)
        edge = mask.crop((0, 0, mask.width, 1)), mask.crop((mask.width - 1, 0, mask.width, mask.height))
        assert not any(part.getbbox() for part in edge), sign
        assert mask.getbbox() or lettering._is_unseen(sign), sign


def middle(text, part=0):
    """Where the middle of a line's ink is, from the pixel in which it begins."""
    mask, left, _ = written(text, 40, part, is_bold=True)
    columns = mask.resize((mask.width, 1), Image.Resampling.BOX).get_flattened_data()
    return left + 0.5 + sum(x * ink for x, ink in enumerate(columns)) / sum(columns)


def test_a_line_begins_in_the_part_of_a_pixel_that_is_asked_for_and_each_letter_in_its_own():
    for part in range(PARTS):
        assert middle("Any line", part) - middle("Any line") == pytest.approx(part / PARTS, abs=0.02)
        assert middle("n n", part) == pytest.approx(middle("n", part) + length(" n", 40, is_bold=True) / 2, abs=0.15)
    assert written(" \u00ad", 40, 0, is_bold=True)[0].size == (0, 0)
