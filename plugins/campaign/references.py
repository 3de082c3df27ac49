"""What a file names must be there: its pictures, its links, the event of a receipt, a name of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .addresses import PICTURES, TAKEN
from .core.bounds import too_much
from .core.front_matter import Document
from .core.links import SCHEMES, Link, links_in, page_place, picture_place, scheme_of, site_place
from .core.problems import Problem
from .core.update import Event, Page, Update
from .plain_file import is_plain


@dataclass(frozen=True)
class References:
    """The files of a content folder, looked at for what they name."""

    content: Path
    campaign: Document | None
    """campaign.yaml, where it can be read."""
    updates: Sequence[Update]
    events: Sequence[Event]
    pages: Sequence[Page]
    unparsed: Sequence[Document] = ()
    """Files of which a field is wrong."""

    def problems(self) -> Iterator[Problem]:
        items: list[Update | Event | Page] = [*self.updates, *self.events, *self.pages]
        documents = [*(item.document for item in items), *self.unparsed]
        for document in (self.campaign, *documents):
            if document:
                yield from self._image(document)
        for document in documents:
            yield from self._story(document)
        yield from self._events()
        yield from self._names()

    def _image(self, document: Document) -> Iterator[Problem]:
        image = document.fields.get("image")
        if isinstance(image, str) and not self._has_picture(image):
            yield document.problem("no-picture", self._no_picture(image), "image")

    def _has_picture(self, address: str) -> bool:
        place = picture_place(address)
        return place is not None and is_plain(self.content / place)

    def _story(self, document: Document) -> Iterator[Problem]:
        """A story whose pictures or links lead nowhere, or that would take Markdown minutes to read."""
        if excess := too_much(document.body):
            yield document.body_problem("too-complex", *excess)
            return
        for link in links_in(document.body):
            if found := self._wrong_picture(link) if link.is_picture else self._wrong_link(link):
                yield document.body_problem(*found, link.offset)

    def _wrong_picture(self, link: Link) -> tuple[str, str] | None:
        if not link.text:
            return "image-alt", f"the picture {link.address} needs words between its brackets: what it shows"
        if scheme_of(link.address):
            return "no-picture", f"pictures come from content/images alone; put {link.address} there"
        if not self._has_picture(link.address):
            return "no-picture", self._no_picture(link.address)
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
        address = link.address
        scheme = scheme_of(address)
        if scheme in SCHEMES or address.startswith("#"):
            return None
        if scheme:
            return "link", f"a link begins with https://, mailto: or tel:, got '{address}'"
        if place := page_place(address):
            if not is_plain(self.content / place):
                return "link", f"there is no file content/{place}"
            if place in self._drafts():
                return "link", f"content/{place} is a draft, so there is no page to lead to"
            return None
        if site_place(address) or self._has_picture(address):
            return None
        return (
            "link",
            f"'{address}' leads nowhere; write a whole address with https://, or the name of an update's file",
        )

    def _drafts(self) -> set[str]:
        items: list[Update | Event | Page] = [*self.updates, *self.events, *self.pages]
        drafts = (item.document.path for item in items if item.said.status == "draft")
        return {"/".join(path.rsplit("/", 2)[-2:]) for path in drafts}

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
