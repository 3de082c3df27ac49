"""A canvas whose pixels are numbers of colours: what a picture with a palette is painted on."""

from __future__ import annotations

from math import dist

from PIL import Image, ImageChops

Colour = tuple[int, int, int]
"""Red, green and blue, of 255."""
Box = tuple[int, int, int, int]
"""Left, top, right and bottom, between pixels."""
MAX_COLOURS = 256
"""Of a palette."""
_APART = 20
"""How far apart the colours at the edge of a letter are: no eye sees less."""
_SEEN = [0, *[255] * 255]
_WHITE = (255, 255, 255)


class CannotDraw(Exception):
    """The drawing holds what is not drawn here."""


class Canvas:
    """White at first. A colour has its number from when it is first used, and those between two have theirs.

    To paint with numbers takes half as long as to paint with colours and find each pixel's in a palette afterwards.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        self._numbers = Image.new("L", size)
        self._colours = [_WHITE]
        self._number_of = {_WHITE: 0}
        self._ramps: dict[tuple[int, Colour], list[int]] = {}
        self._photo: tuple[Image.Image, Box, int] | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self._numbers.size

    def fill(self, colour: Colour, box: Box) -> None:
        """Paint a rectangle. Raises CannotDraw where there is no room for its colour."""
        self._numbers.paste(self._number(colour), box)

    def blend(self, colour: Colour, mask: Image.Image, corner: tuple[int, int]) -> None:
        """Paint what a mask shows, and where it shows a part of it what lies between the colour and what is there.

        Raises CannotDraw where there is no room for the colours between them.
        """
        (left, top), (width, height) = corner, mask.size
        there = self._numbers.crop((left, top, left + width, top + height))
        if same := there.getcolors(maxcolors=1):
            self._numbers.paste(mask.point(self._between(same[0][1], colour)), corner)  # type: ignore[arg-type]
            return
        seen = mask.point(_SEEN)
        for ground, pixels in enumerate(there.histogram(mask)):
            if pixels:
                here = ImageChops.darker(seen, there.point(_only(ground)))
                self._numbers.paste(mask.point(self._between(ground, colour)), corner, here)

    def show(self, photo: Image.Image, corner: tuple[int, int]) -> None:
        """Let a photo be seen wherever nothing is painted over it. Raises CannotDraw for a second one."""
        if self._photo:
            raise CannotDraw("nothing draws a second photo")
        (left, top), (width, height) = corner, photo.size
        self._photo = photo, (left, top, left + width, top + height), self._add(_WHITE)
        self._numbers.paste(self._photo[2], self._photo[1])

    def finished(self) -> Image.Image:
        """The picture, with a palette, or in RGB with a photo; nothing can be painted afterwards."""
        picture, palette = self._numbers, [part for colour in self._colours for part in colour]
        if not self._photo:
            picture.putpalette(palette)
            return picture
        photo, box, number = self._photo
        seen = picture.crop(box).point(_only(number))
        picture.putpalette(palette)
        picture = picture.convert("RGB")
        picture.paste(photo, box, seen)
        return picture

    def _between(self, ground: int, colour: Colour) -> list[int]:
        """The number of each of a mask's 256 shades of a colour on a ground."""
        found = self._ramps.get((ground, colour))
        if found is None:
            of = self._colours[ground]
            steps = max(int(dist(of, colour) / _APART), 1)
            mixed = (_mixed(of, colour, step / steps) for step in range(1, steps))
            ramp = [ground, *map(self._number, mixed), self._number(colour)]
            found = self._ramps[ground, colour] = [ramp[round(shade * steps / 255)] for shade in range(256)]
        return found

    def _number(self, colour: Colour) -> int:
        number = self._number_of.get(colour)
        if number is None:
            number = self._number_of[colour] = self._add(colour)
        return number

    def _add(self, colour: Colour) -> int:
        if len(self._colours) == MAX_COLOURS:
            raise CannotDraw(f"nothing draws more than {MAX_COLOURS} colours, with those at the edges of letters")
        self._colours.append(colour)
        return len(self._colours) - 1


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _only(number: int) -> list[int]:
    """Of each number whether it is this one, as a mask has it."""
    return [255 * (other == number) for other in range(MAX_COLOURS)]
