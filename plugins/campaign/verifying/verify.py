"""A site that was built is read through before it is put in place: whole, nothing else in it, every link leading on."""

from __future__ import annotations

import html
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any, Self
from urllib.parse import unquote, urldefrag

from campaign.loading.digest import Digests
from campaign.loading.load import CAMPAIGN_FILE, Loaded
from campaign.loading.pictures import metadata_in, published_name
from campaign.loading.plain_file import read_bytes
from campaign.loading.site_paths import (
    BADGE,
    CALENDAR,
    CARD,
    DATA,
    FEED,
    FOLDERS,
    PICTURES,
    SCHEMA,
    TABLE,
    WRITE,
    files_of,
    pages_of,
    unexpected,
)
from campaign.loading.stray_files import EXTRA, PICTURE_KINDS
from campaign.loading.translations import CATALOGS
from campaign.processes.shared_work import SharedWork, forks_for

from .appearing import appearing
from .page_proof import PageProof, Wanted
from .totals_record import STATED, totals_record, totals_table, undescribed
from .voice import voice_of
from .where_links_lead import where_it_leads
from .written_page import written_page

MAX_BYTES = 1_000_000_000
"""GitHub Pages takes no larger site."""
MANY = 40
"""Pages that are still to be read: so many pay for another process."""
MAX_IN_ADVANCE = 400
"""Pages of which it is worked out what they will be held against, which is 10 KB each, before they are there."""
FROM_DISK = "https://site.invalid"
"""What stands for the address of a site that is opened from disk."""

_PICTURE = re.compile(r"images/[A-Za-z0-9_-]+-[0-9a-f]{8}-[0-9]+\.(?:webp|jpg)")
"""A file of a picture, as a page names it."""
_DATA_FILES = (".xml", ".ics", ".json", ".csv", ".txt", ".html")
"""Files that are text; whole addresses of the site may stand anywhere in them."""


@dataclass(frozen=True, slots=True)
class ProvedPage:
    """A page's bytes, what they were held against, and what the proof of other files asks of it."""

    wanted: str
    """The hash of what it was held against."""
    hash: str
    """Of its bytes."""
    links: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    """What ``#…`` can name on it."""
    pictures: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    frame: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Hashes of its sheets and scripts."""

    @property
    def as_data(self) -> Mapping[str, object]:
        """Its fields by name; nothing is copied, since ten thousand pages are handed on at once."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @classmethod
    def of_data(cls, said: Mapping[str, Any]) -> Self:
        """From what ``as_data`` said, once JSON has had it."""
        frame = {kind: _in_order(hashes) for kind, hashes in said["frame"].items()}
        texts = {name: _in_order(said[name]) for name in ("links", "places", "pictures", "cards")}
        return cls(said["wanted"], said["hash"], frame=frame, **texts)

    @classmethod
    def earlier(cls, said: object, wanted: str | None, hash_of_it: str) -> Self | None:
        """What an earlier proof said of the same bytes, held against the same; None where it did not."""
        if not isinstance(said, dict) or (said.get("wanted"), said.get("hash")) != (wanted, hash_of_it):
            return None
        return cls(**said) if said.keys() == cls.__dataclass_fields__.keys() else None


@lru_cache(maxsize=16)
def _hash_of(text: str) -> str:
    """Of a sheet or a script, which is the same on every page."""
    return sha256(text.encode()).hexdigest()


def _hash_of_data(data: object) -> bytes:
    """Equal for data that JSON writes alike, in whatever order the fields of a record stand.

    Of an update's record the hash is as good as the record: all of them at once are many times as large as the file.
    """
    found = sha256()
    for name, value in sorted(data.items()) if isinstance(data, dict) else [("", data)]:
        found.update(_line(name))
        if isinstance(value, Iterable) and not isinstance(value, str | bytes | dict):
            for entry in value:
                found.update(b"- " + _line(_hash_of_update(entry)))
        else:
            found.update(_line(value))
    return found.digest()


def _line(part: object) -> bytes:
    return (part if isinstance(part, bytes) else json.dumps(part, sort_keys=True).encode()) + b"\n"


def _hash_of_update(record: Any) -> Any:
    """Of an update's record the hash; whatever else there is as it is."""
    if isinstance(record, dict) and STATED in record:
        return sha256(_line(record)).hexdigest().encode()
    return record


def _in_order(texts: Iterable[str]) -> tuple[str, ...]:
    """Each once, and held in memory once for all pages, since most of them stand on every one."""
    return tuple(map(sys.intern, sorted(set(texts))))


class Proof:
    """A site in a folder, compared with what the content asks for."""

    def __init__(
        self, site: Path, loaded: Loaded, address: str = "", proved: Mapping[str, object] | None = None
    ) -> None:
        """address: where the site will be, ``https://example.org/roof``; empty for one that is opened from disk.

        proved: what an earlier proof by the same code gave as ``proved``, by place, each a mapping of its fields.
        """
        self.site = site
        self.view = loaded.view
        self.content = loaded.content
        self.stories = loaded.stories
        self.address = address.rstrip("/")
        self._earlier = proved or {}
        self._faults: dict[str, list[str]] = {}
        """Of the pages that were read now."""
        self._ahead: dict[str, tuple[ProvedPage, list[str]]] = {}
        """What was found in a page, and what is wrong with it, while others were still being written."""
        self._wanted: dict[str, tuple[Wanted, str]] = {}
        """What pages will be held against that are not there yet, and its hash."""
        self._digests = Digests()
        self._everywhere = self._digests.of((self.address, self.view.appeal.region))

    def while_written(self, has_ended: Callable[[float], bool]) -> None:
        """Prove pages as they appear, until whoever writes them has ended. has_ended: see ``appearing``.

        The proof takes of it only what was found in the very bytes that a page has in the end, so that it makes no
        difference when a page was read, or how much of it.
        """
        _ = self._asked
        for place in appearing(self.site, pages_of(self.view), has_ended, self._in_advance()):
            with suppress(OSError):  # it may be gone again
                data = read_bytes(self.site / place, MAX_BYTES)
                hash_of_it = sha256(data).hexdigest()
                if data and not self._proved_earlier(place, hash_of_it):
                    self._ahead[place] = self._read_now(place, data, hash_of_it)

    def _in_advance(self) -> Iterator[None]:
        """What is done before there is a page, a little at a time, in the order in which they will be written."""
        _ = self._totals
        for update in self.view.updates[:MAX_IN_ADVANCE]:
            place = f"updates/{update.slug}.html"
            if place not in self._earlier and place not in self._ahead:
                self._wanted[place] = self._wanted_at(place)
                yield

    @cached_property
    def _asked(self) -> Mapping[str, str]:
        """The hash of what each page is held against that an earlier proof knew; there need be no site yet."""
        known = pages_of(self.view).intersection(self._earlier)
        return {place: self._wanted_at(place)[1] for place in sorted(known)}

    def _wanted_at(self, place: str) -> tuple[Wanted, str]:
        wanted = self._proof.wanted(place)
        return wanted, self._digests.of((wanted, self._everywhere)).hex()

    @cached_property
    def files(self) -> list[str]:
        """All that the site holds, by place; looked at once."""
        return sorted(path.relative_to(self.site).as_posix() for path in self.site.rglob("*") if not path.is_dir())

    def faults(self) -> Iterator[str]:
        """Whatever is not as it must be, a line each."""
        _ = self._reading  # where there are many pages, they are read while this looks at the figures
        figures = list(self._figures())  # before what was found in the pages is held, too
        yield from self._links_in_the_folder()
        yield from self._other_files()
        yield from figures
        yield from self._what_it_says()
        yield from self._dead_links()
        yield from self._feed()
        yield from self._metadata()
        yield from self._size()

    @property
    def proved(self) -> Mapping[str, ProvedPage]:
        """What is known of each page that this site holds; for the next proof, as data, once there are no faults."""
        return self._read

    @cached_property
    def _ours(self) -> frozenset[str]:
        """Every file of ours that is text; what is published as it came is its author's."""
        return frozenset(file for file in self.files if file.endswith(_DATA_FILES) and file not in self._extra)

    def _text(self, file: str) -> str:
        return (self.site / file).read_bytes().decode("utf-8", errors="replace")

    @cached_property
    def _proof(self) -> PageProof:
        return PageProof(self.view, voice_of(self.view.appeal.region, CATALOGS), self.stories, self.address)

    @cached_property
    def _read(self) -> dict[str, ProvedPage]:
        """Every page, with what it leads to and shows, and what is wrong with it: one after the other is held.

        What an earlier proof found in the same bytes, held against the same, is so still.
        """
        found = {}
        for place, (hash_of_it, *read) in zip(self._places_of_pages, self._reading.finish().values(), strict=True):
            found[place], faults = self._known(place, hash_of_it) or (ProvedPage.of_data(read[0]), read[1])
            if faults:
                self._faults[place] = faults
        self._ahead.clear()
        return found

    @cached_property
    def _places_of_pages(self) -> list[str]:
        return sorted(pages_of(self.view).intersection(self.files))

    @cached_property
    def _reading(self) -> SharedWork:
        """Every page's bytes looked at in the end, by as many processes as pay."""
        pages = len(self._places_of_pages)
        return SharedWork(pages, self._read_in_the_end, forks_for(pages, MANY))

    def _read_in_the_end(self, number: int) -> tuple[object, ...]:
        """The hash of a page's bytes; behind it what they hold and what is wrong with it, unless that is known."""
        place = self._places_of_pages[number]
        data = (self.site / place).read_bytes()
        hash_of_it = sha256(data).hexdigest()
        if self._known(place, hash_of_it):
            return (hash_of_it,)
        page, faults = self._read_now(place, data, hash_of_it)
        return hash_of_it, page.as_data, faults

    def _known(self, place: str, hash_of_it: str) -> tuple[ProvedPage, list[str]] | None:
        """What was found in these very bytes, by an earlier proof or while others were written."""
        if earlier := self._proved_earlier(place, hash_of_it):
            return earlier, []
        ahead = self._ahead.get(place)
        return ahead if ahead and ahead[0].hash == hash_of_it else None

    def _proved_earlier(self, place: str, hash_of_it: str) -> ProvedPage | None:
        return ProvedPage.earlier(self._earlier.get(place), self._asked.get(place), hash_of_it)

    def _read_now(self, place: str, data: bytes, hash_of_it: str) -> tuple[ProvedPage, list[str]]:
        """What a page holds, and what is wrong with it."""
        prepared = self._wanted.pop(place, None)
        wanted, hash_of_wanted = prepared or self._wanted_at(place)
        text = data.decode("utf-8", errors="replace")
        written = written_page(text)
        own = self._own_addresses(text) if self.address else ()
        page = ProvedPage(
            hash_of_wanted,
            hash_of_it,
            links=_in_order(link for link in (*written.links, *own) if not link.startswith("data:")),
            places=_in_order(written.places),
            pictures=_in_order(_PICTURE.findall(text)) if "images/" in text else (),
            cards=_in_order(CARD.findall(text)) if "cards/" in text else (),
            frame={
                kind: _in_order(map(_hash_of, written.inline.get(kind, ())))
                for kind in ("style", "script")
                if place != WRITE
            },
        )
        return page, list(self._proof.read(written, wanted))

    @cached_property
    def _extra(self) -> frozenset[str]:
        return frozenset(path.name for path in (self.content / EXTRA).glob("*"))

    def _links_in_the_folder(self) -> Iterator[str]:
        """Pages publishes files and folders alone."""
        for path in self.site.rglob("*"):
            if path.is_symlink():
                yield f"{path.relative_to(self.site).as_posix()} is a link to another file"

    def _other_files(self) -> Iterator[str]:
        """What is missing, and what nobody asked for: a draft, a source, a hidden file, a picture that was removed."""
        expected = files_of(self.view, public=bool(self.address))
        yield from (f"{file} is missing" for file in sorted(expected.difference(self.files)))
        shown, cards = set(), set()
        for page in sorted(pages_of(self.view).intersection(self.files)):
            shown |= set(self._read[page].pictures)
            cards |= set(self._read[page].cards)
        yield from (f"{picture} is missing" for picture in sorted((shown | cards).difference(self.files)))
        yield from (f"{picture} was made of no file in {PICTURES}" for picture in self._strangers(shown))
        others = unexpected(self.files, expected, self._extra, shown, cards)
        yield from (f"{file} was not expected" for file in others)

    def _strangers(self, shown: set[str]) -> list[str]:
        """Of the pictures that pages show, those that were made of no file of the content as it is now."""
        folder = self.content / PICTURES
        originals = [path for path in folder.glob("[!.]*") if path.is_file()] if shown else []
        known = {published_name(path) for path in originals}
        return sorted(picture for picture in shown if Path(picture).name.rpartition("-")[0] not in known)

    @cached_property
    def _totals(self) -> bytes:
        """The hash of what the data must say, of which as much is held as there are updates."""
        return _hash_of_data(totals_record(self.view, self.address))

    def _figures(self) -> Iterator[str]:
        if DATA in self._ours and self._data_hash() != self._totals:
            yield f"{DATA} does not hold the campaign's figures"
        if TABLE in self._ours and self._text(TABLE) != totals_table(self.view):
            yield f"{TABLE} does not hold the campaign's figures"
        if SCHEMA in self._ours:
            schema = self._data(SCHEMA)
            # What the data must say, and does, unless that has been told of.
            record = totals_record(self.view, self.address)
            places = undescribed(record, schema) if isinstance(schema, dict) else {"anything"}
            yield from (f"{SCHEMA} does not know {place} as {DATA} has it" for place in sorted(places))

    def _data(self, file: str) -> Any:
        try:
            return json.loads(self._text(file))
        except ValueError:
            return None

    def _data_hash(self) -> bytes | None:
        try:
            return _hash_of_data(json.loads(self._text(DATA), object_hook=_hash_of_update))
        except (ValueError, TypeError, RecursionError):  # also where an update's record stands within another
            return None

    def _what_it_says(self) -> Iterator[str]:
        proof = self._proof
        for place, page in self._read.items():
            yield from (f"{place} {fault}" for fault in self._faults.get(place, ()))
            for kind, texts in page.frame.items():
                yield from (f"{place} {fault}" for each in texts for fault in proof.framed(kind, each))
        for place, read in ((BADGE, proof.badge_faults), (FEED, proof.feed_faults), (CALENDAR, proof.calendar_faults)):
            if place in self._files:
                text = (self.site / place).read_bytes().decode("utf-8", errors="replace")
                yield from (f"{place} {fault}" for fault in read(text))

    # -- links -----------------------------------------------------------------------------------------

    def _dead_links(self) -> Iterator[str]:
        """Every address of the site that a page or a file holds leads to a file of it, and to a place in that."""
        base = f"{self.address or FROM_DISK}/"
        faults: dict[str, str | None] = {}
        for file in sorted(self._ours):
            for link in self._links_of(file):
                whole = where_it_leads(base, file, link)
                if whole not in faults:
                    faults[whole] = self._fault_of(whole, base)
                if (fault := faults[whole]) and not self._is_a_neighbours(link, base):
                    yield f"{file} links to {link}, {fault}"

    def _links_of(self, file: str) -> Iterable[str]:
        """In their order."""
        if file in self._read:
            return self._read[file].links
        links = written_page(self._text(file)).links if file.endswith(".html") else set()
        return sorted(links.union(self._own_addresses(self._text(file)) if self.address else ()))

    def _own_addresses(self, text: str) -> Iterator[str]:
        """Whole addresses of the site, wherever they stand: in the head, in data for search engines, in a feed."""
        unfolded = text.replace("\r\n ", "")  # a calendar's long lines
        # An address ends where a quotation mark could begin, also one that is written as an entity.
        pattern = re.escape(self.address) + r"(?![\w.:-])[^\s\"'<>\\|)&]*"
        return (found.rstrip(".,;") for found in re.findall(pattern, unfolded))

    def _fault_of(self, link: str, base: str) -> str | None:
        if self._is_of_the_project(link):
            return None
        address, fragment = urldefrag(link)
        address = address.partition("?")[0]
        origin = base.split("/", 3)[:3]
        if address.split("/", 3)[:3] != origin:
            return None  # somebody else's
        if not f"{address}/".startswith(base):
            return f"which is outside the site at {base}"
        place = unquote(address[len(base) :])
        page = f"{place}index.html" if not place or place.endswith("/") else place
        if page not in self._files:
            return "which is not there"
        if fragment and page.endswith(".html") and page in self._ours and unquote(fragment) not in self._places(page):
            return "which has no such place"
        return None

    def _is_of_the_project(self, link: str) -> bool:
        """Whether it leads to a file of the project, whose server may be the host of the site, too."""
        project = self.view.repository
        return project is not None and link.startswith(f"{project.address}/")

    def _is_a_neighbours(self, link: str, base: str) -> bool:
        """Whether a volunteer typed a whole address that is no page of ours, though its host is: a sister project's."""
        if "://" not in link or link not in self._typed:
            return False
        folder, slash, _ = link.removeprefix(base).partition("/")
        return not link.startswith(base) or (folder not in FOLDERS if slash else not folder.endswith(".html"))

    @cached_property
    def _typed(self) -> str:
        """All that people wrote."""
        sources = [self.content / CAMPAIGN_FILE, *sorted(self.content.glob("*/*.md"))]
        return "\n".join(path.read_text("utf-8", errors="replace") for path in sources)

    @cached_property
    def _files(self) -> frozenset[str]:
        return frozenset(self.files)

    def _places(self, page: str) -> frozenset[str]:
        """What ``#…`` can name on a page; asked for once."""
        if page not in self._ids:
            read = self._read.get(page)
            self._ids[page] = frozenset(read.places) if read else written_page(self._text(page)).places
        return self._ids[page]

    @cached_property
    def _ids(self) -> dict[str, frozenset[str]]:
        return {}

    def _feed(self) -> Iterator[str]:
        """Each entry of the feed leads to its update's page, and there are as many as there can be."""
        if FEED not in self._ours:
            return
        pages = {f"{self.address}/updates/{update.slug}.html" for update in self.view.updates}
        entries = self._text(FEED).split("<entry>")[1:]
        for entry in entries:
            link = re.search(r'<link href="([^"]*)"', entry)
            if link is None or html.unescape(link[1]) not in pages:
                yield f"{FEED} has an entry of no update: {link[1] if link else 'without a link'}"
        if bool(entries) != bool(pages):
            yield f"{FEED} has {len(entries)} entries for {len(pages)} updates"

    # -- what no site may hold -------------------------------------------------------------------------

    def _metadata(self) -> Iterator[str]:
        for file in self.files:
            if PurePosixPath(file).suffix.lower() in PICTURE_KINDS and (found := metadata_in(self.site / file)):
                yield f"{file} says more than it shows ({found})"

    def _size(self) -> Iterator[str]:
        size = sum((self.site / file).lstat().st_size for file in self.files)
        if size > MAX_BYTES:
            yield f"the site is {size / 1e9:.1f} GB large, and GitHub Pages takes 1 GB: publish fewer or smaller files"
