"""The pages of a built site are compared with the facts that each must hold, whatever their words and their order."""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from hashlib import sha256
from itertools import zip_longest
from operator import itemgetter
from pathlib import PurePosixPath
from urllib.parse import parse_qsl, urljoin, urlsplit
from xml.etree import ElementTree

import segno

from campaign.core.figures.door_frame import DoorFrame
from campaign.core.figures.view import CampaignView
from campaign.core.reading.links import SCHEMES, PicturePlace, scheme_of
from campaign.core.reading.told import Story, StoryPicture, Video
from campaign.loading.pictures import published_stem
from campaign.loading.site_paths import BADGE, FEED, WRITE

from .figures_said import FiguresSaid, Found
from .form_record import form_figures, form_record
from .harmless import faults_in
from .page_facts import PageFacts, Row, Table, account_values, positions, row
from .voice import Voice
from .where_links_lead import where_it_leads
from .written_page import EDGE, INLINE, Element, WrittenPage, written_page

_STEP = re.compile(r"([MHV])([-\d.]+)(?: ([-\d.]+))?")
MAX_SAID = 160
"""Characters of what a page says that a fault shows."""
_ATOM = "{http://www.w3.org/2005/Atom}"
_CARRIED = frozenset((*map(chr, range(0x20, 0x180)), *"€–—“”„…\u2018\u2019\u00a0\u202f"))
"""Signs that the font of share cards has for sure."""
_PASSES_ON = ("https://wa.me/?", "mailto:?")
"""How links begin that pass a page on."""
_NOWHERE = "https://site.invalid"
_AT = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Wanted:
    """All that a page is held against: what was found in it stays so while neither this nor the page changes."""

    place: str
    facts: PageFacts
    story: Story | None
    """The one that it tells."""
    record: Mapping[str, str]
    """What it tells search engines."""
    name: str
    """The appeal's."""
    language: str
    """As pages say it: ``en-GB``."""
    on_card: str
    """What the card that it is shared with says."""
    left: frozenset[str]
    """The days to which it may count, as machines read them."""
    age: frozenset[str]
    """The days from which it may count."""
    has_figure: bool
    """Whether the measure that stands has one."""
    form: Mapping[str, object]
    """The figures that the page to write on holds against what is typed; of every other page nothing."""


class PageReader:
    """Reads pages, and knows no more of the campaign than how it writes and what each page is held against."""

    def __init__(self, voice: Voice, currency: str, address: str) -> None:
        """address: of the public site, or ''."""
        self.voice, self.address = voice, address
        self.base = f"{address or _NOWHERE}/"
        self.figures = FiguresSaid(voice, currency)
        self._frames: dict[str, str] = {}

    def read(self, page: WrittenPage, wanted: Wanted) -> Iterator[str]:
        """What is wrong with a page by itself, as sentences without a subject."""
        yield from page.faults
        yield from faults_in(wanted.place, page)
        if wanted.place != BADGE:
            yield from self._heading(page, wanted)
            if wanted.place == WRITE:  # for those who write: nobody passes it on
                yield from self._form(page, wanted)
            else:
                yield from self._card(page, wanted)
        yield from self._compared(page, wanted)
        yield from self._drawn(page, wanted.facts, has_figure=wanted.has_figure)
        yield from self._cost_bars(page, wanted.facts)

    # -- one page ----------------------------------------------------------------------------------------------

    def _heading(self, page: WrittenPage, wanted: Wanted) -> Iterator[str]:
        facts = wanted.facts
        headings = [" ".join(page.says(of).split()) for of in page.elements if of.tag == "h1"]
        if len(headings) != 1 or not headings[0] or (facts.title and headings[0] != " ".join(facts.title.split())):
            yield f"must have one heading of the first level, “{facts.title or 'its title'}”, and has {headings}"
        name, titles = _folded(wanted.name), [page.says(of) for of in page.elements if of.tag == "title"]
        if len(titles) != 1 or name not in _folded(titles[0]):
            yield f"must have one title, with the name of the appeal in it, and has {titles}"
        root = page.elements[0].said if page.elements else {}
        if root.get("lang") != wanted.language:
            yield f"is said to be in the language {root.get('lang')}"

    def _frame(self, page: WrittenPage) -> Iterator[str]:
        """One sheet and one script for all: what is tried on one page holds for every one."""
        for kind in ("style", "script"):
            for text in page.inline.get(kind, ()):
                yield from self.framed(kind, sha256(text.encode()).hexdigest())

    def framed(self, kind: str, hash_of_it: str) -> Iterator[str]:
        """A page's sheet or script; every page of a site is told of, in one order, whenever it was read."""
        if self._frames.setdefault(kind, hash_of_it) != hash_of_it:
            yield f"has a {kind} of its own"

    @staticmethod
    def _form(page: WrittenPage, wanted: Wanted) -> Iterator[str]:
        """What the page to write on holds against what is typed: each figure with its day, as the view has them."""
        try:
            said = json.loads("".join(page.inline.get("form", ())))
            held = form_figures(said)
        except (ValueError, TypeError, KeyError, AttributeError):
            yield "has no data for its form, or has it in another form"
            return
        for name, right in wanted.form.items():
            if held.get(name) != right:
                yield f"gives its form {name} as {held.get(name)}, which must be {right}"

    def _card(self, page: WrittenPage, wanted: Wanted) -> Iterator[str]:
        """A link is shown with a card wherever its font can write the figure."""
        has_card = any(of.said["property"] == "og:image" for of in page.saying("property"))
        if self.address and not has_card and _CARRIED.issuperset(wanted.on_card):
            yield "is shared without a card"

    def _compared(self, page: WrittenPage, wanted: Wanted) -> Iterator[str]:
        place, facts, told = wanted.place, wanted.facts, wanted.story
        blocks = [of for of in page.elements if of.end > of.start and (of.tag not in INLINE or of.tag in ("a", "text"))]
        story: Element | None = None
        if facts.story and told:
            found = list(self._told(page, blocks, told))
            if len(found) != 1 and self._words_of(told):
                yield f"must tell the story in {facts.story} once, word for word, and does so {len(found)} times"
            story = found[0] if found else None
        inside = range(story.start, story.end + 1) if story else range(0)
        said = [found for found in self.figures.of(page.text) if found[0] not in inside]
        outside = [of for of in blocks if of.start not in inside]
        rows = _Rows(page, outside, said, self.figures, self.base, place)
        yield from (f"says “{of}”, which is not so" for of in facts.never if _folded(of) in _folded(page.text))
        yield from rows.not_once(facts.once)
        for listed in facts.lists:
            yield from rows.lacks(listed)
        # Words alone say where a story stands: one of pictures has none, or no more than are below one of them.
        pictures = [row(shown.alt) for shown in told.shown if shown.alt] if told else []
        for each in (*facts.also, *pictures, row(urljoin(self.base, "" if place == "index.html" else place))):
            rows.may_say(each)
        heard = rows.misheard(heard for at, heard in page.heard if at not in inside)
        for line in (*rows.unknown(), *heard):
            yield f"says “{_short(line)}”, which no line of this page can say"
        places = page.places
        labels = {name for of in page.saying("aria-labelledby") for name in of.said["aria-labelledby"].split()}
        for name in labels - places:
            yield f"names something by #{name}, which is not there"
        yield from self._paid_to(page, facts, inside)
        yield from self._links(page, wanted)
        yield from self._days(page, wanted)
        yield from self._data(page, wanted)

    # -- the story ---------------------------------------------------------------------------------------------

    def _html_of(self, story: Story) -> str:
        pieces = []
        for piece in story.pieces:
            if isinstance(piece, Video):
                pieces.append(f"<a>{self.voice.words('Video on %(site)s', site=piece.site)}</a>")
            elif isinstance(piece, str):
                pieces.append(piece)
            elif not isinstance(piece, StoryPicture):
                pieces.append("<a>")
        return "".join(pieces)

    def _words_of(self, story: Story) -> list[str]:
        return written_page(self._html_of(story)).text.replace(EDGE, "").split()

    def _told(self, page: WrittenPage, blocks: list[Element], story: Story) -> Iterator[Element]:
        """Where the story stands; around an element that holds it alone, others may."""
        words = self._words_of(story)
        least = sum(map(len, words))
        found: list[Element] = []
        for of in blocks:
            if words and of.end - of.start >= least and page.says(of).split() == words:
                if found and of.start < found[-1].end:
                    found.pop()
                found.append(of)
        yield from found

    # -- links, days, bars -------------------------------------------------------------------------------------

    def _links(self, page: WrittenPage, wanted: Wanted) -> Iterator[str]:
        """Whatever leads away was named by the content, and is shown where it was named."""
        place, facts, story = wanted.place, wanted.facts, wanted.story
        rows = [*facts.once, *facts.also, *(each for rows in facts.lists for each in rows)]
        known = {link for each in rows for link in each.leads_to}
        told = [link.address.replace(" ", "%20") for link in story.links] if story else []
        told = [address for address in told if scheme_of(address) in SCHEMES]
        leading = [of.said["href"] for of in page.saying("href") if of.tag == "a"]
        for address in leading:
            leads_away = scheme_of(address) or address.startswith("//")
            if not leads_away or self._is_own(address) or address in {*known, *told}:
                continue
            if address.startswith(_PASSES_ON):
                yield from self._shares(
                    address, urljoin(self.base, "" if place == "index.html" else place), facts.shared
                )
            else:
                yield f"leads to {address}, which nobody named for it"
        yield from (f"lacks the story’s link to {address}" for address in told if address not in leading)

    def _shares(self, address: str, here: str, wanted: list[Row]) -> Iterator[str]:
        """A message says what the page says, figure, day and all, and ends with the page's address."""
        parts = parse_qsl(urlsplit(address).query)
        said, folded = dict(parts), [_folded(fact) for fact in _facts(wanted[:1])]
        is_mail = address.startswith("mailto:")
        text = said.pop("body" if is_mail else "text", "")
        if is_mail and [_folded(said.pop("subject", ""))] != folded:
            yield f"sends a message under another title than {_all_named(wanted[:1])}"
        facts, told = _facts(wanted), _folded(text.removesuffix(here))
        if said or len(parts) != 1 + is_mail or not text.endswith(here) or not wanted:
            yield f"leads to {_short(address)}, which nobody named for it"
        elif not _holds(told, facts) or self.figures.key([told]) != self.figures.key(facts):
            yield f"sends the message “{_short(text)}”, which must say {_all_named(wanted)} and no other figure"

    def _is_own(self, address: str) -> bool:
        return bool(self.address) and f"{address}/".startswith(self.base)

    def _days(self, page: WrittenPage, wanted: Wanted) -> Iterator[str]:
        """A day that a machine reads is the one that people read."""
        for of in page.saying("datetime"):
            try:
                said = self.voice.day(date.fromisoformat(of.said["datetime"]))
            except ValueError:
                said = ""
            if _folded(said) != _folded(page.says(of)):
                yield f"says {of.said['datetime']} to machines and “{_short(page.says(of))}” to people"
        for name, days in (("data-left", wanted.left), ("data-age", wanted.age)):
            for of in page.saying(name):
                if of.said[name] not in days:
                    yield f"counts the days from {of.said[name]}"

    def _data(self, page: WrittenPage, wanted: Wanted) -> Iterator[str]:
        """What search engines read: the page's own title, words, day and address, and the open ways to give."""
        right = wanted.record
        for text in page.inline.get("data", ()):
            try:
                said = dict(_flat(json.loads(text)))
            except ValueError:
                said = {}
            for name, value in right.items():
                if said.get(name) != value:
                    yield f"tells search engines “{said.get(name)}” as {name}, which must be “{value}”"
            if others := [name for name in said if name not in right and name.lstrip("@") not in _FORMAL]:
                yield f"tells search engines of {', '.join(others)}"

    def _drawn(self, page: WrittenPage, facts: PageFacts, *, has_figure: bool = False) -> Iterator[str]:
        """Bars are as long as the view says, and there is one of each figure."""
        bars, across, down = positions(facts)
        is_drawn = bool(facts.bars or facts.chart or facts.upright)
        drawn: set[tuple[Decimal, Decimal]] = set()
        for of in page.elements:
            if of.tag in ("rect", "svg") and "%" in of.said.get("width", ""):
                drawn.add((_percent(of.said.get("x", "0%")), _percent(of.said["width"])))
            for name, said in of.said.items() if is_drawn else ():
                known = across if name in _ACROSS else down if name in _DOWN else None
                if known is not None and "%" in said and _percent(said) not in known:
                    yield f"draws something at {said}, where none of its figures stands"
        if is_drawn:
            yield from (f"has a bar of {of[1]}% from {of[0]}%, which is none of its figures" for of in drawn - bars)
            yield from self._paths(page, across, down)
        if facts.frame:
            yield from self._upright(page, facts.frame, has_figure=has_figure)
        if facts.upright:
            yield from self._standing(page, facts)
        for stood in facts.bars:
            bar = stood.measure
            if bar is None or stood.raised is None:
                continue
            if (Decimal(0), bar.done) not in drawn:
                yield f"has no bar of {bar.done}%"
            if bar.beyond and (bar.goal, bar.beyond) not in drawn:
                yield f"has no bar beyond the goal of {bar.beyond}%"

    @staticmethod
    def _upright(page: WrittenPage, frame: DoorFrame, *, has_figure: bool) -> Iterator[str]:
        """The measure that stands is filled as far as the view says."""
        filled = {(frame.done_y, frame.done)} if has_figure else set()
        filled |= {(Decimal(0), frame.beyond)} if frame.beyond else set()
        right = filled | ({(frame.promised_y, frame.promised)} if frame.promised else set())
        whole = (Decimal(0), Decimal(100))
        drawn = {
            (_percent(of.said.get("y", "0%")), _percent(of.said["height"]))
            for of in page.elements
            if of.tag in ("rect", "svg") and "%" in of.said.get("height", "")
        }
        yield from (
            f"is filled for {of[1]}% from {of[0]}%, which is none of its figures" for of in drawn - right - {whole}
        )
        yield from (f"is not filled for {of[1]}% from {of[0]}%" for of in right - drawn)

    @staticmethod
    def _standing(page: WrittenPage, facts: PageFacts) -> Iterator[str]:
        """The same of bars that stand: each stretch from its top, in percent of the height."""
        found = {
            (_percent(of.said.get("y", "0%")), _percent(of.said["height"]))
            for of in page.elements
            if of.tag == "rect" and "%" in of.said.get("height", "")
        }
        known = {(Decimal(0), Decimal(100))}
        for stood in facts.upright:
            if bar := stood.measure:
                done = (100 - bar.done, bar.done)
                beyond = (100 - bar.goal - bar.beyond, bar.beyond)
                known |= {done, beyond, (100 - bar.done - bar.promised, bar.promised)}
                if stood.raised and done not in found:
                    yield f"has no standing bar of {bar.done}%"
                if bar.beyond and beyond not in found:
                    yield f"has no standing bar beyond the goal of {bar.beyond}%"
        yield from (f"has a standing bar of {of[1]}%, which is none of its figures" for of in found - known)

    @staticmethod
    def _cost_bars(page: WrittenPage, facts: PageFacts) -> Iterator[str]:
        """How much of each cost is met."""
        met = [(of.said.get("value"), of.said.get("max")) for of in page.elements if of.tag == "progress"]
        right = [(line.met.exact.amount, line.need.amount) for line in facts.parts]
        if [(_bare(value), _bare(most)) for value, most in met] != right:
            must = ", ".join(f"{value} of {most}" for value, most in right)
            yield f"has bars of costs of {met}, which must be of {must or 'nothing'}"

    def _paid_to(self, page: WrittenPage, facts: PageFacts, story: range) -> Iterator[str]:
        """Each value of a bank account stands whole, alone and in its order; nothing else is copied or is a code."""
        alone = self._alone(page, story) if facts.accounts else []
        left = iter(alone)
        for value in (value for account in facts.accounts for value in account_values(account)):
            if " ".join(value.split()) not in left:
                yield f"must say “{value}” of a bank account by itself, in its place"
        numbers = Counter(number for account in facts.accounts for number in account.written)
        for number, count in numbers.items():
            if (said := alone.count(number)) != count:
                yield f"must say the account number {number} {count} times, and says it {said} times"
        copied = [of.said["data-copy"] for of in page.saying("data-copy")]
        # What is there to be copied whole stands beside its button, before all that is copied of accounts.
        whole, copied = copied[: len(facts.ready)], copied[len(facts.ready) :]
        shown = {" ".join(page.says(of).split()) for of in page.elements if of.tag == "code"}
        for text, wanted in zip_longest(whole, facts.ready):
            if text is None or " ".join(text.split()) not in shown or not _is_said_by(text, wanted, self.figures):
                yield f"must offer {_named(wanted)} to be copied, and offers “{_short(text or 'nothing')}”"
        if copied and copied != facts.copied:
            yield f"offers {', '.join(copied)} to be copied, which must be {', '.join(facts.copied) or 'nothing'}"
        known = {drawing for text in facts.codes for drawing in _drawings(text)}
        for code in (of for of in page.elements if of.said.get("class") == "qr"):
            paths = {
                of.said.get("d") for of in page.elements if of.tag == "path" and code.start <= of.start <= code.end
            }
            if not paths <= known:
                yield "has a code to scan that is none of this page’s"

    @staticmethod
    def _alone(page: WrittenPage, story: range) -> list[str]:
        """What stands in elements that hold no other, outside of the story."""
        follow = [*page.elements[1:], None]
        leaves = [of for of, after in zip(page.elements, follow, strict=False) if not after or after.start > of.end]
        return [" ".join(page.says(of).split()) for of in leaves if of.start not in story]

    @staticmethod
    def _paths(page: WrittenPage, across: set[Decimal], down: set[Decimal]) -> Iterator[str]:
        """A chart that is drawn in percent."""
        charts = [of for of in page.elements if of.said.get("viewbox") == "0 0 100 100"]
        for of in page.elements:
            if of.tag == "path" and any(chart.start <= of.start <= chart.end for chart in charts):
                for sign, x, y in _STEP.findall(of.said.get("d", "")):
                    if (_number(x) not in (down if sign == "V" else across)) or (y and _number(y) not in down):
                        yield f"draws a line to {sign}{x} {y}, where none of its figures stands"


class PageProof(PageReader):
    """What the pages of a site say, and what they must hold."""

    def __init__(self, view: CampaignView, voice: Voice, stories: Mapping[str, Story], address: str) -> None:
        """stories: of every file with a page, by path from the content folder. address: of the public site, or ''."""
        super().__init__(voice, view.appeal.currency, address)
        self.view, self.stories = view, stories
        self.table = Table(view, voice, address)

    def faults(self, place: str, page: WrittenPage) -> Iterator[str]:
        """What is wrong with the page at ``place``, as sentences without a subject."""
        yield from self.read(page, self.wanted(place))
        if place not in (BADGE, WRITE):
            yield from self._frame(page)

    def wanted(self, place: str) -> Wanted:
        """What the page at ``place`` is held against."""
        return self._wanted(place, self.table.of(place))

    def _wanted(self, place: str, facts: PageFacts) -> Wanted:
        view, now = self.view, self.view.now
        update = view.by_slug.get(place.removeprefix("updates/").removesuffix(".html"))
        card = self.table.card(update.stood if update else now)
        left = {way.closes for way in view.ways} | ({now.deadline.date.last} if now.deadline else set())
        return Wanted(
            place=place,
            facts=facts,
            story=self.stories[facts.story] if facts.story else None,
            record=self.table.record(place),
            name=view.appeal.name,
            language=view.appeal.region.language_tag,
            on_card="".join(fact for each in card.lists[0] for fact in each.facts) + view.appeal.name,
            left=frozenset(() if view.is_past_day else map(str, left)),
            # An update's page tells of its own day.
            age=frozenset(() if view.is_past_day or update else (str(now.as_of),)),
            has_figure=facts.frame is not None and now.raised is not None,
            form=form_record(view) if place == WRITE else {},
        )

    def card_faults(self, svg: str, slug: str) -> Iterator[str]:
        """What is wrong with the drawing of a share card. slug: the update's; empty for the campaign as it stands.

        Asked before it becomes a picture, in which nobody can read anything any more.
        """
        update = self.view.by_slug.get(slug)
        page, facts = written_page(svg), self.table.card(update.stood if update else self.view.now)
        names = [_folded(name) for name in (self.view.appeal.name, update.title if update else self.view.headline)]
        texts = [of for of in page.elements if of.tag == "text"]
        rows = _Rows(page, texts, self.figures.of(page.text), self.figures, self.base, "")
        yield from page.faults
        for wanted in facts.lists:
            yield from rows.lacks(wanted)
        for line in rows.unknown():
            if not any(_folded(line.rstrip("…")) in name for name in names):
                yield f"says “{_short(line)}”, which no card of that day can say"
        if not any(word in name for name in names for word in _folded(page.says(texts[0])).split()[:1]):
            yield f"begins with “{_short(page.says(texts[0]))}”"
        yield from self._photo(page, (update.image if update else None) or self.view.appeal.image)
        yield from self._drawn(page, facts)

    @staticmethod
    def _photo(page: WrittenPage, of: PicturePlace | None) -> Iterator[str]:
        """The picture in a card is the update's, and the campaign's where it has none."""
        shown = [element.said.get("href", "") for element in page.elements if element.tag == "image"]
        stem = published_stem(PurePosixPath(of)) if of else ""
        is_right = len(shown) == 1 and re.fullmatch(rf"images/{re.escape(stem)}-[0-9a-f]{{8}}-\d+\.jpg", shown[0])
        if not is_right if of else shown:
            yield f"must show {of or 'no picture'}, and shows {', '.join(shown) or 'none'}"

    # -- files for machines ------------------------------------------------------------------------------------

    def badge_faults(self, text: str) -> Iterator[str]:
        """What is wrong with the figure that others show on their pages."""
        yield from self.faults(BADGE, written_page(text))

    def feed_faults(self, text: str) -> Iterator[str]:
        """Each entry has its update's title, day, story and figure, newest first."""
        try:
            root = ElementTree.fromstring(text)  # noqa: S314 (this run wrote it)
        except ElementTree.ParseError as error:
            yield f"cannot be read: {error}"
            return
        if (root.findtext(f"{_ATOM}title") or "") != self.view.appeal.name:
            yield f"is called “{root.findtext(f'{_ATOM}title')}”"
        entries = root.findall(f"{_ATOM}entry")
        for entry, update in zip(entries, self.view.updates, strict=False):
            said = {name: entry.findtext(f"{_ATOM}{name}") or "" for name in ("title", "published", "content")}
            link, summary = entry.find(f"{_ATOM}link"), entry.findtext(f"{_ATOM}summary") or ""
            place = f"updates/{update.slug}.html"
            page, facts = written_page(said["content"]), self.table.entry(update)
            # A feed has no element around the story: here it gets one.
            whole = written_page(f"<div>{said['content'].rpartition('<p>')[0]}</div>{_last_line(said['content'])}")
            moment = f"{update.day}T{update.time or '00:00'}"
            if said["title"] != update.title or said["published"][: len(moment)] != moment:
                yield f"has “{said['title']}” of {said['published']} where “{update.title}” of {moment} belongs"
            if link is None or link.get("href") != f"{self.base}{place}":
                yield f"leads from “{update.title}” elsewhere"
            if _folded(written_page(summary).text) != _folded(update.summary):
                yield f"sums up “{update.title}” as “{_short(summary)}”"
            for fault in (
                *page.faults,
                *faults_in(FEED, page, self.base),
                *self._compared(whole, self._wanted(place, facts)),
            ):
                yield f"{fault} (in the entry “{update.title}”)"

    def calendar_faults(self, text: str) -> Iterator[str]:
        """Each event with its day, as far as that is known."""
        lines = text.replace("\r\n ", "").split("\r\n")
        names = [line.partition(":")[2] for line in lines if line.startswith("SUMMARY:")]
        days = [line.rpartition(":")[2][:8] for line in lines if line.startswith("DTSTART")]
        said = {
            name: [_plain(line.partition(":")[2]) for line in lines if line.startswith(f"{name}:")]
            for name in ("LOCATION", "DESCRIPTION", "URL", "STATUS")
        }
        events = self.view.dated_events
        if [_plain(name) for name in names] != [_plain(event.title) for event in events]:
            yield f"has the events {names}"
        # A moment is in the zone of Greenwich there, and so may be of the day before.
        whole = [str(event.day).replace("-", "") for event in events]
        near = [not event.time and day != right for event, day, right in zip(events, days, whole, strict=False)]
        if len(days) != len(events) or any(near):
            yield f"has events on {days}, which must be on {whole}"
        right = {
            "LOCATION": [_plain(event.place) for event in events if event.place],
            "DESCRIPTION": [_plain(event.summary) for event in events if event.summary],
            "URL": [f"{self.address}/events/{event.slug}.html" for event in events],
            "STATUS": ["CANCELLED" if event.is_cancelled else "CONFIRMED" for event in events],
        }
        for name, values in right.items():
            if said[name] != values:
                yield f"says {said[name]} as {name} of its events, which must be {values}"


class _Rows:
    """The lines, list entries and table rows of a page, by the figures that they hold."""

    def __init__(
        self, page: WrittenPage, blocks: list[Element], said: list[Found], figures: FiguresSaid, base: str, place: str
    ) -> None:
        """base: the site's address. place: of the page in it."""
        self.page, self.said, self.figures = page, said, figures
        self.root = urljoin(base, "/") if "invalid" in base else base
        self.known: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        self._starts = starts = [start for start, _, _ in said]
        self._by_key: dict[tuple[str, ...], list[Element]] = defaultdict(list)
        written = [figure for _, _, figure in said]
        for of in blocks:
            first = bisect_left(starts, of.start)
            self._by_key[tuple(written[first : bisect_left(starts, of.end, first)])].append(of)
        self._covered = [False] * len(said)
        self._lines: dict[tuple[str, ...], list[tuple[Element, str]]] = {}
        self._leading: list[tuple[int, str]] = [
            (of.start, where_it_leads(base, place, of.said["href"])) for of in page.saying("href") if of.tag == "a"
        ]

    def _with(self, key: tuple[str, ...]) -> list[tuple[Element, str]]:
        """The elements that hold these figures, and what they say; asked for once for each row that has the same."""
        if key not in self._lines:
            self._lines[key] = [(of, _folded(self.page.says(of))) for of in self._by_key.get(key, ())]
        return self._lines[key]

    def _within(self, of: Element) -> tuple[int, int]:
        return bisect_left(self._starts, of.start), bisect_left(self._starts, of.end)

    def may_say(self, wanted: Row) -> None:
        """A row that is not asked for: its figures, if it has any, are known wherever it stands."""
        if key := self.figures.key(wanted.facts):
            self.all_of(wanted)
        else:
            self.known[key].append(wanted)

    def all_of(self, wanted: Row) -> list[Element]:
        """Every line that holds the row and no other figure; the innermost where one stands in another."""
        key = self.figures.key(wanted.facts)
        self.known[key].append(wanted)
        facts = [_folded_fact(fact) for fact in wanted.facts]
        found: list[Element] = []
        for of, text in self._with(key):
            if _follow(text, facts) and self._leads(of, wanted.leads_to):
                if found and of.start < found[-1].end:
                    found.pop()
                found.append(of)
                first, last = self._within(of)
                self._covered[first:last] = [True] * (last - first)
        return found

    def lacks(self, wanted: Iterable[Row]) -> Iterator[str]:
        """What is not there of a list, or not in its order."""
        end, before = 0, ""
        for each in wanted:
            if not each.facts:
                continue
            found = self.all_of(each)
            after = next((of for of in found if of.start >= end), None)
            if after is None:
                yield f"lacks a line with {_named(each)}{f' after {before}' if found and before else ''}"
            else:
                end, before = after.end, _named(each)

    def _leads(self, of: Element, links: Iterable[str]) -> bool:
        if not links:
            return True
        first = bisect_left(self._leading, of.start, key=_AT)
        last = bisect_right(self._leading, of.end, key=_AT)
        here = {link for _, link in self._leading[first:last]}
        return all(
            where_it_leads(self.root, "", link) in here or link in here or self._ends(link, here) for link in links
        )

    @staticmethod
    def _ends(link: str, here: set[str]) -> bool:
        return not scheme_of(link) and any(urlsplit(other).path.endswith(f"/{link}") for other in here)

    def not_once(self, wanted: Iterable[Row]) -> Iterator[str]:
        """What does not stand there exactly once."""
        for each in wanted:
            if (count := len(self.all_of(each))) != 1:
                yield f"must say {_named(each)} once, in a line of its own, and says it {count} times"

    def misheard(self, heard: Iterable[str]) -> Iterator[str]:
        """Of what stands in attributes, that in which figures are in no row."""
        for said in heard:
            key = self.figures.key([said])
            if key and not any(_holds(said, each.facts) for each in self.known.get(key, ())):
                yield said

    def unknown(self) -> list[str]:
        """The lines in which figures stand that are in no row."""
        lines = dict[int, str]()
        for is_covered, (start, end, _) in zip(self._covered, self.said, strict=True):
            if not is_covered:
                first, last = self.page.text.rfind("\n", 0, start) + 1, self.page.text.find("\n", end)
                lines[first] = self.page.text[first : last if last >= 0 else None].strip()
        return list(lines.values())


def _facts(rows: Iterable[Row]) -> list[str]:
    return [fact for each in rows for fact in each.facts]


def _all_named(rows: Iterable[Row]) -> str:
    return ", ".join(map(_named, rows)) or "nothing"


def _is_said_by(text: str, wanted: Row, figures: FiguresSaid) -> bool:
    """Whether a text begins and ends as a row does, and holds its facts and no other figure."""
    first, last = wanted.facts[0], wanted.facts[-1]
    whole = _folded(text)
    has_ends = whole.startswith(_folded(first)) and whole.endswith(_folded(last))
    return has_ends and _holds(text, wanted.facts) and figures.key([text]) == figures.key(wanted.facts)


def _holds(text: str, facts: Iterable[str]) -> bool:
    """Whether a text holds all facts in this order."""
    return _follow(_folded(text), map(_folded_fact, facts))


def _follow(text: str, facts: Iterable[str]) -> bool:
    """The same of what is folded."""
    at = 0
    for fact in facts:
        found = text.find(fact, at)
        if found < 0:
            return False
        at = found + len(fact)
    return True


def _folded(text: str) -> str:
    return " ".join(text.replace(EDGE, "").split()).casefold()


# What is looked for on one page is looked for on many.
_folded_fact = lru_cache(maxsize=1 << 14)(_folded)


_ACROSS, _DOWN = frozenset(("x", "x1", "x2")), frozenset(("y", "y1", "y2"))
"""Attributes of what is drawn that say how far from the left it is, and from the top."""
_KINDS = ("Person", "Organization", "WebSite", "Place", "NGO", "DonateAction")
"""What a part of a record for search engines may be."""
_FORMAL = frozenset(("inLanguage", "image"))
"""What a record for search engines may hold besides; whatever is a type is as well."""


def _flat(record: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Every value of a record by its name, as ``location.name``."""
    if isinstance(record, dict):
        for key, value in record.items():
            if key != "@type" or not name or value not in _KINDS:
                yield from _flat(value, f"{name}.{key}" if name else key)
    elif isinstance(record, list):
        for number, value in enumerate(record):
            yield from _flat(value, f"{name}{number}")
    else:
        yield name, str(record)[:10] if name in ("datePublished", "startDate") else str(record)


def _plain(text: str) -> str:
    """People's words as a calendar writes them, without its signs."""
    return "".join(text.replace("\\n", " ").replace("\\", "").split())


def _named(each: Row) -> str:
    links = f", leading to {', '.join(each.leads_to)}" if each.leads_to else ""
    return f"“{' · '.join(_short(fact) for fact in each.facts)}”{links}"


def _short(text: str) -> str:
    line = " ".join(text.replace(EDGE, "").split())
    return line if len(line) <= MAX_SAID else f"{line[:MAX_SAID]}…"


def _last_line(html: str) -> str:
    return f"<p>{html.rpartition('<p>')[2]}"


def _drawings(text: str) -> Iterator[str]:
    """How a code of a text is drawn, with as much error correction as is asked for, or as there is room for."""
    for boost in (False, True):
        drawn = segno.make_qr(text, error="m", boost_error=boost, encoding="utf-8").svg_inline(lineclass=None)
        yield drawn.partition(' d="')[2].partition('"')[0]


@lru_cache(maxsize=1 << 12)
def _percent(said: str) -> Decimal:
    return _number(said.removesuffix("%"))


def _number(said: str) -> Decimal:
    try:
        return Decimal(said)
    except InvalidOperation:
        return Decimal(-1)


def _bare(number: object) -> Decimal:
    return _number(str(number))
