"""A photo in a share card: how large it stands there, and how much room it leaves."""

from __future__ import annotations

from dataclasses import dataclass

from campaign.loading.pictures import Picture

WIDTH, HEIGHT = 1200, 630
"""Pixels: how wide and how high a card is."""
EDGE, BETWEEN = 60, 40
"""Pixels left of the text, and between it and a photo."""
MEASURE = 514
"""Pixels from the top: where the measure begins, on which a photo stands."""
LINE = 432
"""Pixels from the top: where a photo ends above a line that needs the whole width."""
MAX_SIZE = (520, 514)
"""Pixels: how wide and how high a photo can be."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo in the lower right corner of a card, whole; every measure in pixels."""

    address: str
    """The file that it is drawn from, from the site's root."""
    width: int
    """How wide it is drawn."""
    height: int
    """How high it is drawn."""

    @property
    def x(self) -> int:
        """Where it begins, from the left: it ends at the edge."""
        return WIDTH - self.width

    @property
    def room(self) -> int:
        """How long a line beside it may be."""
        return self.x - BETWEEN - EDGE


def photo(picture: Picture, foot: int) -> Photo:
    """The picture as large as a card has room for it; foot: how far it may reach, in pixels from the top."""
    scale = min(MAX_SIZE[0] / picture.width, min(MAX_SIZE[1], foot) / picture.height)
    return Photo(picture.fallback, max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
