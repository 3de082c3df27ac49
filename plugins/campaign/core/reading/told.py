"""What a story is once it was read, known without the library that read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .links import PicturePlace

FIRST_WORDS = ("Tell here what happened.", "Tell here what it will be.")
"""What a new update and a new event say until somebody has told their story."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link; what follows it in a story's pieces, up to ``</a>``, is what it says."""

    address: str
    title: str
    words: str
    """Its words, or what the picture in it shows."""
    number: int
    """Where it stands in the story, as ``story.offsets`` says."""
    picture: PicturePlace | None = None
    """The picture of the site that it leads to; None where it leads elsewhere."""


@dataclass(frozen=True, slots=True)
class StoryPicture:
    """A picture."""

    address: str
    alt: str
    title: str
    """What is said when a pointer rests on it; a picture with a caption has none."""
    number: int
    place: PicturePlace | None
    """None where the address is no picture of the site's, which is refused when the content is loaded."""


@dataclass(frozen=True, slots=True)
class Video:
    """The address of a video on a line of its own."""

    link: Link
    site: str
    """``YouTube``"""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a story cannot hold."""

    name: str
    message: str
    offset: int
    """Characters into the story."""


Piece = str | Link | StoryPicture | Video
"""A stretch of HTML, which may begin or end within an element, or what is shown in a way of its own."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way through a story: words, or something whose place may be asked for."""

    text: str
    number: int = -1
    """-1 for words."""
    by: str = ""
    """The name of the address, where it stands elsewhere."""
    from_: int = -1
    """The step from whose place on it may stand; its own where it is -1."""


@dataclass(frozen=True)
class Story:
    """A story, read."""

    body: str = field(repr=False)
    pieces: tuple[Piece, ...] = ()
    after_first: int = 0
    """How many pieces make up the first paragraph that stands in nothing else, and what is before it; 0 for none."""
    first_sentence: str = ""
    """As plain text, for lists and descriptions; empty where there is no prose."""
    faults: tuple[Fault, ...] = ()
    locale: str = field(default="", repr=False)
    """What it was read with."""
    trail: tuple[Step, ...] | None = field(default=(), repr=False, compare=False)
    """What was passed in reading, for ``story.offsets``; None where nobody kept it: then the story is read again."""

    @property
    def links(self) -> Iterator[Link]:
        """Every link, as it stands in the HTML."""
        for piece in self.pieces:
            if isinstance(piece, Link):
                yield piece
            elif isinstance(piece, Video):
                yield piece.link

    @property
    def shown(self) -> Iterator[StoryPicture]:
        """Every picture, as it stands in the HTML."""
        return (piece for piece in self.pieces if isinstance(piece, StoryPicture))
