"""A drawing becomes a picture: what is drawn, where, in which colours, and what is refused."""

import io
import math

import pytest
from PIL import Image, ImageChops, ImageColor

from campaign.rendering.canvas import MAX_COLOURS, CannotDraw
from campaign.rendering.drawing import picture
from campaign.rendering.lettering import written
from campaign.rendering.share_cards import png
from surfaces import DRAWN

INK, PAPER, PROGRESS = (16, 38, 46), (255, 254, 250), (10, 90, 105)
BEGIN = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="60" fill="#10262e">'
GROUND = '<rect width="100" height="60" fill="#fffefa"/>'
HATCH = (
    '<pattern id="h" width="14" height="14" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path stroke="#0a5a69" stroke-width="5" d="M4 0V14"/></pattern>'
)


def drawn(*things, photo=None):
    return picture(f"{BEGIN}{GROUND}{''.join(things)}</svg>", photo).convert("RGB")


def box(image, colour):
    """Where the picture has a colour."""
    sought = Image.new("L", image.size)
    sought.putdata([255 if each == colour else 0 for each in image.get_flattened_data()])
    return sought.getbbox()


def test_a_rectangle_and_its_edge_end_between_pixels():
    image = drawn('<rect x="10" y="20" width="30%" height="20" fill="#0a5a69" stroke="#10262e" stroke-width="4"/>')
    assert box(image, INK) == (8, 18, 42, 42)
    assert box(image, PROGRESS) == (12, 22, 38, 38)
    assert {colour for _, colour in image.getcolors()} == {INK, PAPER, PROGRESS}


def test_what_is_there_at_all_is_seen_and_what_is_nothing_is_not():
    assert box(drawn('<rect x="10" width="0.1%" height="5" fill="#0a5a69"/>'), PROGRESS) == (10, 0, 11, 5)
    assert box(drawn('<rect x="10" width="0%" height="5" fill="#0a5a69"/>'), PROGRESS) is None


def test_a_part_has_its_own_corner_and_shares_are_of_its_width():
    image = drawn(
        '<svg x="20" y="10" width="50" height="30"><rect x="50%" width="50%" height="100%" fill="#0a5a69"/></svg>'
    )
    assert box(image, PROGRESS) == (45, 10, 70, 40)


def test_lines_are_equally_thick_wherever_they_stand_and_may_have_gaps():
    for x in (10, 10.3, 10.5, 10.8):
        left, top, right, bottom = box(
            drawn(f'<line x1="{x}" x2="{x}" y1="5" y2="25" stroke="#10262e" stroke-width="3"/>'), INK
        )
        assert (right - left, top, bottom) == (3, 5, 25)
    gaps = drawn('<line x1="10" x2="10" y2="40" stroke="#10262e" stroke-width="4" stroke-dasharray="8 6"/>')
    assert [gaps.getpixel((10, y)) == INK for y in (1, 7, 9, 13, 15, 21, 23)] == [
        True,
        True,
        False,
        False,
        True,
        True,
        False,
    ]


def test_stripes_rise_and_are_the_same_wherever_their_rectangle_begins():
    rect = '<rect x="{}" y="10" width="60" height="40" fill="url(#h)"/>'
    one, other = (drawn(HATCH, rect.format(x)) for x in (5, 25))
    shared = (25, 10, 65, 50)
    assert max(high for _, high in ImageChops.difference(one.crop(shared), other.crop(shared)).getextrema()) < 70
    for x in range(30, 60):
        assert one.getpixel((x, 20)) == one.getpixel((x - 5, 25)) == one.getpixel((x + 5, 15))
    share = sum(part != PAPER for part in one.crop(shared).get_flattened_data()) / (40 * 40)
    assert 5 / 14 < share < 8 / 14
    assert one.crop((0, 0, 5, 60)).getcolors() == [(300, PAPER)]


def test_text_stands_on_its_line_each_part_behind_the_other_and_the_next_line_below():
    image = drawn('<text x="10" y="30" font-size="20" font-weight="700">HH<tspan font-size="10">H</tspan></text>')
    left, top, right, bottom = box(image, INK)
    assert (left, bottom) == (11, 30) and top in (16, 17) and right > 45
    below = drawn('<text y="20" font-size="16"><tspan x="10">H</tspan><tspan x="30" dy="1.5em">H</tspan></text>')
    assert below.crop((0, 21, 29, 60)).getcolors() == [(29 * 39, PAPER)]
    assert box(below, INK)[3] == 44


def test_a_photo_stands_at_its_corner():
    photo = Image.new("RGB", (20, 10), (1, 2, 3))
    assert box(drawn('<image x="80" y="50" width="20" height="10" href="x"/>', photo=photo), (1, 2, 3)) == (
        80,
        50,
        100,
        60,
    )


@pytest.mark.parametrize(
    ("thing", "told"),
    [
        ("<circle/>", "<circle>"),
        ('<text x="0" y="0" font-size="9" textLength="90">a</text>', "textLength of <text>"),
        ('<rect width="9" height="9" fill="red"/>', "“red”"),
        ('<rect width="9" height="9" fill="url(#x)"/>', "“url"),
        ('<line x1="1" x2="2" y1="1" y2="2" stroke="#000" stroke-width="1"/>', "upright"),
        (HATCH.replace("45", "30") + '<rect width="9" height="9" fill="url(#h)"/>', "45 degrees"),
        ('<image x="0" y="0" width="9" height="9" href="x"/>', "not there"),
    ],
)
def test_what_would_not_be_drawn_is_refused(thing, told):
    with pytest.raises(CannotDraw, match=told):
        drawn(thing)


def test_a_png_has_the_very_colours_of_its_drawing_and_as_many_between_as_edges_need():
    text = '<text x="10" y="30" font-size="24">aesop</text>'
    bar = '<rect y="40" width="50" height="20" fill="#0a5a69"/>'
    image = Image.open(io.BytesIO(png(f"{BEGIN}{GROUND}{bar}{text}</svg>")))
    assert image.mode == "P"
    found = image.convert("RGB")
    assert found.getpixel((5, 5)) == PAPER and found.getpixel((5, 50)) == PROGRESS and box(found, INK)
    assert 8 < len(found.getcolors()) < 40


def test_the_themes_own_colours_are_all_in_one_palette_each_as_it_is():
    light = DRAWN.light
    names = [light[name] for name in ("ink", "paper", "progress", "stock")]
    drawing = "".join(f'<rect x="{n}" width="1" height="1" fill="{colour}"/>' for n, colour in enumerate(names))
    found = drawn(drawing)
    assert [found.getpixel((n, 0)) for n in range(4)] == [ImageColor.getrgb(name) for name in names]


def bars(colours):
    return "".join(
        f'<rect x="{n % 100}" y="{n // 100}" width="1" height="1" fill="#{colour:06x}"/>'
        for n, colour in enumerate(colours)
    )


def test_as_many_colours_as_a_palette_holds_are_each_as_they_are_and_one_more_is_refused():
    colours = range(MAX_COLOURS - 2)  # beside white, on which all is painted, and the ground
    found = drawn(bars(colours))
    assert [found.getpixel((n % 100, n // 100)) for n in range(len(colours))] == [(0, 0, each) for each in colours]
    with pytest.raises(CannotDraw, match="more than 256 colours"):
        drawn(bars([*colours, 254]))
    with pytest.raises(CannotDraw, match="at the edges of letters"):
        drawn(bars(colours), '<text x="10" y="40" font-size="20">a</text>')


@pytest.mark.parametrize("y", [-3, 2, 24, 31, 40, 66])
@pytest.mark.parametrize("x", [-14, 5.3, 40, 88.6])
def test_text_is_between_its_colour_and_whatever_is_behind_it(x, y):
    """As paint of every colour would have it, but for colours that no eye tells apart."""
    behind = (
        '<rect x="20" y="10" width="40" height="20" fill="#0a5a69"/>',
        '<rect x="60" width="10" height="60" fill="#ffb81c"/>',
        '<text x="12" y="38" font-size="30" fill="#8c1d40">on</text>',
    )
    before, after = drawn(*behind), drawn(*behind, f'<text x="{x}" y="{y}" font-size="26">Any</text>')
    whole, part = divmod(round(x * 4), 4)
    mask, left, top = written("Any", 26, part, is_bold=False)
    before.paste(INK, (whole + left, y + top), mask)
    pixels = zip(before.get_flattened_data(), after.get_flattened_data(), strict=True)
    assert max(math.dist(one, other) for one, other in pixels) < 20


def test_what_is_painted_over_a_photo_hides_it_there_and_nowhere_else():
    photo = Image.effect_noise((60, 40), 90).convert("RGB")
    over = '<rect x="30" y="20" width="10" height="10" fill="#0a5a69"/><text x="45" y="40" font-size="20">a</text>'
    image = drawn('<image x="20" y="10" width="60" height="40" href="x"/>', over, photo=photo)
    assert image.crop((30, 20, 40, 30)).getcolors() == [(100, PROGRESS)]
    assert image.crop((20, 10, 30, 50)).tobytes() == photo.crop((0, 0, 10, 40)).tobytes()
    assert box(image.crop((40, 20, 70, 50)), INK)
    assert image.getpixel((19, 10)) == PAPER
