"""What stands beside the door frame: how much room each label needs, and where its line leads from its mark."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from html import unescape
from typing import Any

from markupsafe import Markup

from campaign.core.figures.door_frame import Mark, MarkKind, apart

LOWEST = Decimal(30)
"""A frame is at least as high, in rem."""
SPARE = Decimal("1.05")
"""How much higher than all of its labels together, so that most stand near their marks."""
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Lettering:
    """How a label is written. No font that phones have is wider; where one is, the labels below move down."""

    line: Decimal
    """The height of a line, in rem."""
    letters: int
    """How many go into a line at 320 px."""


TITLE = Lettering(Decimal("1.42"), 17)
LARGE = Lettering(Decimal("2.1"), 10)
SMALL = Lettering(Decimal("1.37"), 22)
BELOW = Decimal(1)
"""What stays empty below a label, in rem."""


@dataclass(frozen=True, slots=True)
class FrameLabel:
    """A label, and its place; heights in rem."""

    mark: Mark
    """The mark that it is of."""
    title: str
    """What is written large."""
    below: str
    """What is written below that; may be empty."""
    gap: str
    """How much is empty above it, as ``4.5rem``."""
    room: str
    """How much it needs, as ``4.5rem``."""
    begins: str
    """Where its line ends, from the top, as ``4.5rem``."""


@dataclass(frozen=True, slots=True)
class FrameLabels:
    """All labels of a frame, from the top."""

    height: str
    """Of the frame, as ``45rem``."""
    labels: tuple[FrameLabel, ...]
    """From the top."""


def beside(labels: Sequence[Mapping[str, Any]]) -> FrameLabels:
    """Place labels beside the frame. Each has ``mark``, ``title`` and ``by``, from the top; heights are rem."""
    sizes = [_size(each["mark"], each["title"], each["by"]) for each in labels]
    height = max(LOWEST, sum(sizes, Decimal(0)) * SPARE).quantize(_CENT, ROUND_UP)
    wanted = [(height * (100 - each["mark"].height) / 100, size) for each, size in zip(labels, sizes, strict=True)]
    return FrameLabels(
        _rem(height),
        tuple(
            FrameLabel(
                mark=each["mark"],
                title=Markup(each["title"]),  # noqa: S704 -- the template's own
                below=Markup(each["by"]),  # noqa: S704
                gap=_rem(place.gap),
                room=_rem(size),
                begins=_rem(place.top + _lettering(each["mark"]).line / 2),
            )
            for each, size, place in zip(labels, sizes, apart(wanted, height), strict=True)
        ),
    )


def frame_filters() -> dict[str, Callable[..., Any]]:
    """The filters that the frame's template takes, by name."""
    return {"beside": beside}


def _lettering(mark: Mark) -> Lettering:
    return LARGE if mark.kind is MarkKind.TO_GO else TITLE


def _size(mark: Mark, title: str, by: str) -> Decimal:
    return _lines(title, _lettering(mark)) + _lines(by, SMALL) + BELOW


def _lines(html: str, lettering: Lettering) -> Decimal:
    """The height of some words, each paragraph on lines of its own."""
    paragraphs = (unescape(re.sub(r"<[^>]+>", "", part)).split() for part in re.split(r"</p>|<br>", html))
    return lettering.line * sum(math.ceil(len(" ".join(words)) / lettering.letters) for words in paragraphs)


def _rem(height: Decimal) -> str:
    return f"{height.quantize(_CENT).normalize():f}rem"
