"""Draws the shipped appeal's picture: a road that is a ruler, with flags on the way, up a hill to a low sun or moon."""

from math import cos, exp, hypot, pi, sin
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageColor, ImageDraw

from campaign.rendering.theme import Colours, colours

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "content" / "images"
WIDTH, HEIGHT = 1600, 900
FINE = 4
"""Drawn so many times larger and scaled down, so that edges are smooth."""

TOP, FRONT = 442, 930
"""Where the road ends and begins, in points from the picture's upper edge."""
FLAT = 2.6
"""How much shorter than wide the ground looks."""
STEPS = 25

Point = tuple[float, float]
Colour = tuple[int, int, int]


class Palette(NamedTuple):
    """What each thing is drawn in."""

    sky: Colour
    sun: Colour
    hills: tuple[Colour, Colour, Colour]
    """From the farthest to the one with the road."""
    front: Colour
    road: Colour
    ticks: Colour
    flags: Colour
    last_flag: Colour


class Sheet:
    """Paper to draw on, measured in the picture's own points."""

    def __init__(self, ground: Colour) -> None:
        self.image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), ground)
        self._draw = ImageDraw.Draw(self.image)

    def shape(self, points: list[Point], colour: Colour) -> None:
        self._draw.polygon([(x * FINE, y * FINE) for x, y in points], fill=colour)

    def disc(self, centre: Point, radius: float, colour: Colour) -> None:
        x, y = centre
        angles = [n * pi / 360 for n in range(720)]
        self.shape([(x + radius * cos(angle), y + radius * sin(angle)) for angle in angles], colour)

    def hills(self, base: float, *hills: tuple[float, float, float], colour: Colour) -> None:
        """A ridge of hills, each with its middle, its height above the base and its width."""
        ridge = [
            (x, base - sum(high * exp(-(((x - at) / wide) ** 2)) for at, high, wide in hills))
            for x in range(-4, WIDTH + 5, 4)
        ]
        self.shape([*ridge, (WIDTH + 4, HEIGHT + 4), (-4, HEIGHT + 4)], colour)


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """The second colour laid over the first."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def curve(*through: Point, steps: int = 300) -> list[Point]:
    """A smooth line through points, as Catmull and Rom drew it."""
    points = [through[0], *through, through[-1]]
    line = []
    for a, b, c, d in zip(points, points[1:], points[2:], points[3:], strict=False):
        for t in (step / steps for step in range(steps)):
            x, y = (
                (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t**2 + (3 * q - p - 3 * r + s) * t**3) / 2
                for p, q, r, s in zip(a, b, c, d, strict=True)
            )
            line.append((x, y))
    return [*line, through[-1]]


def near(y: float) -> float:
    """How large things are at this height of the picture: 1 in front."""
    return 0.045 + 0.955 * (max(0.0, y - TOP) / (FRONT - TOP)) ** 1.1


def day() -> Palette:
    """The theme's own colours, as in the light."""
    of = known().light
    stock, paper, progress, ink = (ImageColor.getrgb(of[name]) for name in ("stock", "paper", "progress", "ink"))
    hills = (mixed(stock, progress, 0.2), mixed(stock, progress, 0.45), progress)
    return Palette(stock, paper, hills, ink, stock, ink, paper, ink)


def night() -> Palette:
    """The theme's own colours, as in the dark: hills as by day, farther from the light, and a moon."""
    of, by_day = known().dark, known().light
    stock, paper, progress, ink = (ImageColor.getrgb(of[name]) for name in ("stock", "paper", "progress", "ink"))
    hill = ImageColor.getrgb(by_day["progress"])
    hills = (mixed(stock, hill, 0.4), mixed(stock, hill, 0.75), mixed(hill, paper, 0.15))
    return Palette(stock, progress, hills, paper, mixed(progress, paper, 0.15), paper, ink, ink)


def known() -> Colours:
    """The colours of the theme."""
    return colours((ROOT / "theme/static/css/tokens.css").read_text(encoding="utf-8"))


def main() -> None:
    draw(day()).save(PICTURES / "the-path.png", optimize=True)
    draw(night()).save(PICTURES / "the-path-at-night.png", optimize=True)


def draw(of: Palette) -> Image.Image:
    """The picture in such colours."""
    sheet = Sheet(of.sky)
    for radius, share in ((392, 0.22), (276, 0.5), (172, 1)):
        sheet.disc((1075, 398), radius, mixed(of.sky, of.sun, share))
    far, middle, near_by = of.hills
    sheet.hills(560, (200, 120, 210), (770, 95, 230), (1440, 140, 230), colour=far)
    sheet.hills(640, (-60, 20, 160), (430, 115, 260), (1330, 95, 230), colour=middle)
    sheet.hills(800, (1075, 358, 400), (420, 60, 330), colour=near_by)
    road(sheet, of)
    sheet.hills(980, (1640, 210, 420), colour=of.front)
    return sheet.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def road(sheet: Sheet, of: Palette) -> None:
    """A ruler that winds up the hill: a tick for each step, a longer one for every fifth, and flags."""
    way = curve(
        *((60, 975), (400, 868), (860, 790), (1180, 716), (1175, 640)),
        *((1040, 590), (960, 545), (1000, 496), (1060, 464), (1075, TOP)),
    )
    # Steps are equally long on the ground, so they look shorter the farther away they are.
    walked, left, right, ahead = [0.0], [], [], []
    for (x, y), (x1, y1), (x2, y2) in zip(way, [way[0], *way], [*way[1:], way[-1]], strict=False):
        size = near(y)
        dx, dy = x2 - x1, (y2 - y1) * FLAT
        long = hypot(dx, dy)
        side = (-dy / long * 84 * size, dx / long * 84 * size / FLAT)
        left.append((x - side[0], y - side[1]))
        right.append((x + side[0], y + side[1]))
        ahead.append((dx / long * 7 * size, dy / long * 7 * size / FLAT))
        walked.append(walked[-1] + hypot(x2 - x, (y2 - y) * FLAT) / size)
    sheet.shape([*left, *reversed(right)], of.road)
    for step in range(1, STEPS):
        at = next(number for number, far in enumerate(walked) if far >= walked[-1] * step / STEPS)
        (x, y), (dx, dy) = left[at], ahead[at]
        share = 1 if step % 5 == 0 else 0.44
        end = (x + (right[at][0] - x) * share, y + (right[at][1] - y) * share)
        sheet.shape(
            [(x - dx, y - dy), (end[0] - dx, end[1] - dy), (end[0] + dx, end[1] + dy), (x + dx, y + dy)], of.ticks
        )
        if step in (5, 10):  # on the far edge, so that no pole stands in the road
            flag(sheet, min(left[at], right[at], key=lambda edge: edge[1]), of.flags)
    flag(sheet, left[-1], of.last_flag, 0.4)


def flag(sheet: Sheet, foot: Point, colour: Colour, least: float = 0.15) -> None:
    """A pole with a pennant."""
    x, y = foot
    size = max(least, near(y) + 0.12)
    pole, top, wide, high = 4.5 * size, y - 190 * size, 110 * size, 76 * size
    sheet.shape([(x, y), (x - pole, y), (x - pole, top), (x, top)], colour)
    sheet.shape([(x, top), (x - wide, top + high / 2), (x, top + high)], colour)


if __name__ == "__main__":
    main()
