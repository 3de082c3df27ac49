"""A story's HTML is cut at its pictures and videos, so that a template says how each is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from campaign.core.reading.links import PicturePlace
from campaign.core.reading.told import Story, StoryPicture, Video
from campaign.loading.pictures import Picture
from campaign.loading.story_html import SITE, WIDEST, html_of, opened

SEEN_AT_ONCE = 600
"""Characters of a story's HTML that a phone's first screen holds below a title, or less."""
_FIGURE = re.compile("</?figure>")


@dataclass(frozen=True, slots=True)
class Part:
    """A picture, a video, or the stretch of HTML before, between or behind two.

    A stretch may begin or end within an element.
    """

    html: str = ""
    """The stretch itself; empty for a picture."""
    picture: Picture | None = None
    """The picture to be shown; None for a stretch of HTML or a video."""
    alt: str = ""
    """What the picture shows."""
    title: str = ""
    """The words under it; often empty."""
    is_apart: bool = False
    """Whether it is the picture of the file's fields, for which the story has no place of its own."""
    is_beside: bool = False
    """Whether it has another picture beside it, and half of the column."""
    is_early: bool = False
    """Whether it is the first picture, and so near the top that it is most likely seen at once."""
    video: str = ""
    """The site that a video is on; ``html`` opens the link to it."""


def parts(
    story: Story,
    pictures: Mapping[PicturePlace, Picture],
    image: PicturePlace | None = None,
    alt: str = "",
    *,
    site: str = "",
    pages: Container[str] | None = None,
    written: Callable[[str], str] = str,
) -> tuple[Part, ...]:
    """Cut a story at its pictures and videos.

    pictures: by place. image, alt: the picture of the file's fields, and what it shows; it is
    put in after the first paragraph, unless the story shows it at a place of its own. site: the way to the site's root.
    pages: the files of content that have a page; None where all have one. written: what is done to each stretch.
    """
    has_a_place = any(shown.place == image for shown in story.shown)
    apart = pictures[image] if image and not has_a_place else None
    pieces: list[str | StoryPicture | Video | Picture] = list(html_of(story, pages))
    if apart:
        pieces.insert(story.after_first, apart)
    return tuple(_parts(pieces, pictures, alt, site, written))


def _parts(
    pieces: list[str | StoryPicture | Video | Picture],
    pictures: Mapping[PicturePlace, Picture],
    alt: str,
    site: str,
    written: Callable[[str], str],
) -> Iterator[Part]:
    html: list[str] = []
    length = 0
    is_first = True
    beside = frozenset(_beside(pieces))
    for number, piece in enumerate(pieces):
        if isinstance(piece, str):
            html.append(_resolved(piece, pictures, site))
            length += len(piece)
            continue
        if html:
            yield Part(html=written("".join(html)))
            html = []
        if isinstance(piece, Video):
            yield Part(html=opened(piece.link), video=piece.site)
            continue
        is_early = is_first and length < SEEN_AT_ONCE
        is_first = False
        if isinstance(piece, StoryPicture):
            assert piece.place is not None, "what is loaded shows pictures of the site alone"
            of, is_beside = pictures[piece.place], number in beside
            yield Part(picture=of, alt=piece.alt, title=piece.title, is_beside=is_beside, is_early=is_early)
        else:
            yield Part(picture=piece, alt=alt, is_apart=True, is_early=is_early)
    if html:
        yield Part(html=written("".join(html)))


def _beside(pieces: list[str | StoryPicture | Video | Picture]) -> Iterator[int]:
    """The numbers of the pictures that have another beside them: those in one figure, but for an odd last one."""
    row: list[int] = []
    depth = 0
    for number, piece in enumerate(pieces):
        if isinstance(piece, str):
            for tag in _FIGURE.findall(piece):
                depth += -1 if tag[1] == "/" else 1
                if not depth:
                    yield from row[: len(row) // 2 * 2]
                    row = []
        elif depth > 1:
            row.append(number)


def _resolved(html: str, pictures: Mapping[PicturePlace, Picture], site: str) -> str:
    """HTML whose links lead from the page that it stands on."""
    if SITE not in html:
        return html
    before, *links = html.split(SITE)
    resolved = [before]
    for link in links:
        address, quote, rest = link.partition('"')
        if address.endswith(WIDEST):
            place = PicturePlace(address.removesuffix(WIDEST).removeprefix("/"))
            address = f"/{pictures[place].widest}"
        resolved += [site, address, quote, rest]
    return "".join(resolved)


def part_filters(
    pictures: Mapping[PicturePlace, Picture],
    stories: Mapping[str, Story],
    written: Callable[[str], str] = str,
    pages: Container[str] | None = None,
) -> dict[str, Callable[..., Any]]:
    """The filters with which templates show pictures and stories.

    pictures: those of the site, by place. stories: those of its pages, as ``pages/about.md``. written: as
    ``parts`` takes it. pages: the files of content that have a page; None for those of ``stories``.
    """

    def picture(place: PicturePlace) -> Picture:
        """The picture that a file's fields name."""
        return pictures[place]

    def cut(file: str, site: str, image: PicturePlace | None = None, alt: str | None = None) -> tuple[Part, ...]:
        """The parts of a file's story, with the picture that its fields name."""
        known = stories if pages is None else pages
        return parts(stories[file], pictures, image, alt or "", site=escape(site), pages=known, written=written)

    return {"picture": picture, "parts": cut}
