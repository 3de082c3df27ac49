"""What a file names must be there: its pictures, its links, the event of a receipt, a name of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from campaign.core.reading.front_matter import Document
from campaign.core.reading.links import (
    PicturePlace,
    external_fault,
    page_place,
    picture_place,
    scheme_of,
    site_place,
    video_site,
)
from campaign.core.reading.problems import Problem
from campaign.core.reading.told import FIRST_WORDS, Link, Story, StoryPicture
from campaign.core.reading.update import Event, Page, Update

from .plain_file import is_plain
from .site_paths import PICTURES, TAKEN
from .stories import Stories

_MAIL = re.compile(r"[^\s@:/?]+@[^\s@:/?]+\.[^\s@:/?.]+")
_BARE = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?")
"""An address without its https://."""
_WHOLE = " write a whole address with https://, or the name of an update's file"


@dataclass(frozen=True)
class References:
    """The files of a content folder, looked at for what they name."""

    content: Path
    campaign: Document | None
    """campaign.yaml, where it can be read."""
    updates: Sequence[Update]
    events: Sequence[Event]
    pages: Sequence[Page]
    unparsed: Sequence[Document]
    """Files of which a field is wrong."""
    stories: Stories
    """Knows which stories nothing need be taken out of."""

    def problems(self) -> Iterator[Problem]:
        """Every name that leads nowhere, and every story that cannot be shown, file by file."""
        documents = [*(item.document for item in self._items), *self.unparsed]
        for document in (self.campaign, *documents):
            if document:
                yield from self._image(document)
        for item in self._items:
            yield from self._story(item.document, item.story)
        for document in self.unparsed:
            yield from self._story(document, self.stories.of(document.body, ""))
        yield from self._events()
        yield from self._names()

    def _image(self, document: Document) -> Iterator[Problem]:
        for field in ("image", "image_dark"):
            image = document.fields.get(field)
            if isinstance(image, str) and not self._has_picture(picture_place(image)):
                yield document.problem("no-picture", self._no_picture(image), field)

    def _has_picture(self, place: PicturePlace | None) -> bool:
        return place is not None and place.removeprefix(f"{PICTURES}/") in self._pictures

    def _story(self, document: Document, story: Story) -> Iterator[Problem]:
        """A story that cannot be shown as it is written, or whose pictures or links lead nowhere."""
        found = [(fault.name, fault.message, fault.offset) for fault in story.faults]
        misleading = [(shown.number, wrong) for shown in story.shown if (wrong := self._wrong_picture(shown))]
        misleading += [(link.number, wrong) for link in story.links if (wrong := self._wrong_link(link))]
        if misleading:
            from campaign.core.reading.story import offsets  # noqa: PLC0415 (as in stories.py)

            places = offsets(story)
            found += [(*wrong, places.get(number, 0)) for number, wrong in misleading]
        if not found and not self.stories.is_safe(story):  # what is refused before is all that can be unsafe
            found.append(("html", "this story holds what cannot be shown; write it in plain words", 0))
        for name, message, offset in found:
            yield document.body_problem(name, message, offset)
        if document.fields.get("status") != "draft":
            for words in FIRST_WORDS:
                if (offset := document.body.find(words)) >= 0:
                    message = f"'{words}' is still there; write your story in its place, or add status: draft above"
                    yield document.body_problem("placeholder", message, offset)

    def _wrong_picture(self, shown: StoryPicture) -> tuple[str, str] | None:
        address = shown.address
        if video_site(address):
            return "no-picture", f"a video cannot be shown as a picture; put {address} on a line of its own"
        if scheme_of(address):
            where = "is an attachment at GitHub" if "/user-attachments/" in address else "is not on this site"
            message = f"{address} {where}; upload the picture to content/{PICTURES} and write {PICTURES}/ and its name"
            return "no-picture", message
        if not shown.alt:
            return "image-alt", f"the picture {address} needs words between its brackets: what it shows"
        if not self._has_picture(shown.place):
            return "no-picture", self._no_picture(address)
        return None

    def _no_picture(self, address: str) -> str:
        """What is wrong with the name of a picture that is not there, or not so."""
        name = address.rpartition("/")[2]
        there = {path.name.lower(): path.name for path in self.content.glob(f"{PICTURES}/*")}
        if name.lower() in there:
            return f"there is no picture {address}; write {PICTURES}/{there[name.lower()]}"
        return (
            f"there is no picture {address}; put it into content/{PICTURES} and write {PICTURES}/ and its name,"
            " in the same small and capital letters"
        )

    def _wrong_link(self, link: Link) -> tuple[str, str] | None:
        if message := self._nowhere(link):
            return "link", message
        if not link.words.strip():
            return "link", f"the link to {link.address} has no words; write them between its brackets"
        return None

    def _nowhere(self, link: Link) -> str | None:
        """Why a link leads nowhere, and what to write; None where it leads somewhere."""
        address = link.address
        if _MAIL.fullmatch(address):
            return f"an e-mail address in a link begins with mailto:; write mailto:{address}"
        if scheme_of(address):
            return external_fault(address)
        path, sign, _ = address.partition("#")
        if sign and (not path or page_place(path) or site_place(path)):
            whole = f"; write {path}" if path else ""
            return f"'{address}' leads to a place within a page, which no page has{whole}"
        if place := page_place(address):
            if place not in self._files:
                return f"there is no file content/{place}{self._meant(address)}"
            if place in self._drafts:
                return f"content/{place} is a draft, so there is no page to lead to"
            return None
        if site_place(address) or self._has_picture(link.picture):
            return None
        if link.picture:
            return self._no_picture(address)
        if _BARE.fullmatch(address) and not address.endswith((".html", ".md")):
            return f"'{address}' leads nowhere; write https://{address}"
        return f"'{address}' leads nowhere;{self._meant(address).removeprefix(';') or _WHOLE}"

    def _meant(self, address: str) -> str:
        """The end of a message about the name of a file that is written in another way."""
        name = address.rpartition("/")[2].removesuffix(".html").removesuffix(".md").lower()
        file = self._by_name.get(name)
        return f"; write {file.removeprefix('updates/')}" if file else ""

    @cached_property
    def _files(self) -> frozenset[str]:
        """Every file that has a page, as ``updates/2015-08-26-half-way.md``."""
        folders = ("updates", "events", "pages")
        return frozenset(
            f"{folder}/{path.name}"
            for folder in folders
            for path in self.content.glob(f"{folder}/*.md")
            if is_plain(path)
        )

    @cached_property
    def _by_name(self) -> dict[str, str]:
        """The files by their own names without an ending; of several that have the same, an update is meant."""
        return {file.rpartition("/")[2].removesuffix(".md"): file for file in sorted(self._files)}

    @cached_property
    def _drafts(self) -> frozenset[str]:
        drafts = (item.document.path for item in self._items if item.said.status == "draft")
        return frozenset("/".join(path.rsplit("/", 2)[-2:]) for path in drafts)

    @cached_property
    def _pictures(self) -> frozenset[str]:
        return frozenset(path.name for path in self.content.glob(f"{PICTURES}/*") if is_plain(path))

    @property
    def _items(self) -> list[Update | Event | Page]:
        return [*self.updates, *self.events, *self.pages]

    def _events(self) -> Iterator[Problem]:
        for update in self.updates:
            for index, receipt in enumerate(update.said.received):
                if receipt.event is not None and not is_plain(self.content / "events" / f"{receipt.event}.md"):
                    message = (
                        f"there is no event content/events/{receipt.event}.md; write the name of an event's file"
                        " without .md, or leave event out"
                    )
                    yield update.document.problem("unknown-id", message, "received", index, "event")

    def _names(self) -> Iterator[Problem]:
        for page in self.pages:
            if f"{page.slug}.html" in TAKEN or page.slug in TAKEN:
                message = f"the site has a page {page.slug} of its own; rename the file"
                yield page.document.problem("reserved-name", message)
