"""Two contents become what publishing the later one would change, each change in a sentence."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from campaign.core.figures.view import CampaignView, UpdateView
from campaign.core.reading.campaign import Give
from campaign.core.reading.money import Money
from campaign.core.reading.problems import Problem
from campaign.loading.load import CAMPAIGN_FILE, Loaded
from campaign.loading.stray_files import EXTRA
from campaign.reporting.summary import account_in_words, in_words

from .differences import FigureChange, differences
from .warnings import warnings_about

PAGES, HISTORY, APPEAL = "Pages and files", "What was said before", "The appeal itself"
"""What changes are about, besides the figures, in the order in which they are told."""
TOLD = ("title", "date", "totals", "gift_aid", "summary", "author", "image", "image_alt")
"""Fields of an update whose changes are told by themselves, or are no more than words of the page."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What publishing would change, and what somebody should look at again before."""

    against: str
    """The name of what it is compared with."""
    nothing_there: str
    """Why there was nothing to compare with; empty where there was."""
    changes: tuple[FigureChange, ...]
    warnings: tuple[Problem, ...]
    """Never errors: each may be right."""


def changes(against: str, before: Loaded | None, after: Loaded, nothing_there: str = "") -> Changes:
    """Compare two contents that were loaded as of one day; without ``before``, only ``after`` is looked at.

    Both must still lie in their folders: their pictures are compared byte for byte.
    """
    renamed = dict(_renamed(before.view, after.view)) if before else {}
    found = tuple(_Contents(before, after, renamed).changes()) if before else ()
    return Changes(against, nothing_there, found, tuple(warnings_about(before, after, renamed)))


class _Contents:
    """What was published, and what would be."""

    def __init__(self, before: Loaded, after: Loaded, renamed: Mapping[str, str]) -> None:
        self.before = before
        self.after = after
        self.renamed = renamed
        """The ids that sources had before, by the ids that they have now."""

    def changes(self) -> Iterator[FigureChange]:
        yield from differences(self.before.view, self.after.view, self.renamed)
        yield from self._pages()
        yield from self._history()
        yield from self._appeal()

    def _pages(self) -> Iterator[FigureChange]:
        was, now = self._was, self._now
        gone = [place for place in was if place not in now and place not in self._moved.values()]
        for place in now:
            where = address(place)
            if place in self._moved:
                old = address(self._moved[place])
                text = f"Moved: {old} → {_title(self.after, place)}; links to the old one lead nowhere"
                yield FigureChange(PAGES, "page", where, old, where, text)
            elif place not in was:
                yield FigureChange(PAGES, "page", where, None, where, f"New: {_title(self.after, place)}")
            elif was[place] != now[place]:
                yield FigureChange(PAGES, "page", where, where, where, f"Changed: {_title(self.after, place)}")
        for place in gone:
            dead = "; links to it lead nowhere" if place.endswith(".md") else ""
            yield FigureChange(
                PAGES, "page", address(place), address(place), None, f"Gone: {_title(self.before, place)}{dead}"
            )

    @cached_property
    def _was(self) -> dict[str, str]:
        return _pieces(self.before)

    @cached_property
    def _now(self) -> dict[str, str]:
        return _pieces(self.after)

    @cached_property
    def _moved(self) -> dict[str, str]:
        """What has another name and is the same otherwise: the new place, the old one."""
        gone = {piece: place for place, piece in self._was.items() if place not in self._now}
        came = [place for place in self._now if place not in self._was and self._now[place] in gone]
        return {place: gone.pop(self._now[place]) for place in came if self._now[place] in gone}

    def _history(self) -> Iterator[FigureChange]:
        """What updates that were there before said: nobody expects that to change."""
        slugs = {_slug(old): _slug(new) for new, old in self._moved.items()}
        days = Counter(update.day for update in self.before.view.updates)
        for update in reversed(self.before.view.updates):
            day = in_words(update.day) + (f" ({update.title})" if days[update.day] > 1 else "")
            after = self.after.view.by_slug.get(slugs.get(update.slug, update.slug))
            old = dict(self._figures_of(update, self.before.view, {}))
            if after is None:
                text = f"{day} said {old['raised'][1]} and is gone ({update.title})"
                yield FigureChange(HISTORY, "history", update.slug, old["raised"][1], None, text)
                continue
            new = dict(self._figures_of(after, self.after.view, self.renamed))
            if after.day != update.day:
                text = f"{day} is dated {in_words(after.day)} now ({after.title})"
                yield FigureChange(HISTORY, "history", update.slug, update.day.isoformat(), after.day.isoformat(), text)
            for key in {**old, **new}:
                label, one = old.get(key, (new.get(key, ("", ""))[0], "nothing"))
                other = new.get(key, ("", "nothing"))[1]
                if one != other:
                    about = f"{label} " if label else ""
                    text = f"{day} said {about}{one}, now says {other}"
                    yield FigureChange(HISTORY, "history", f"{update.slug}:{key}", one, other, text)
            yield from self._other_fields(day, update, after)

    def _other_fields(self, day: str, update: UpdateView, after: UpdateView) -> Iterator[FigureChange]:
        """Whatever else stands above the story and counts: promises, receipts, reasons for a fall or a leap."""
        was = self.before.documents[f"updates/{update.slug}.md"].fields
        now = self.after.documents[f"updates/{after.slug}.md"].fields
        keys = [key for key in {**was, **now} if key not in TOLD and was.get(key) != now.get(key)]
        if keys:
            text = f"{day} says something else under {', '.join(keys)}"
            yield FigureChange(HISTORY, "fields", update.slug, None, keys, text)

    def _figures_of(
        self, update: UpdateView, view: CampaignView, renamed: Mapping[str, str]
    ) -> Iterator[tuple[str, tuple[str, str]]]:
        """What an update's page says of money: a key, what it is called, and the amount as shown."""
        say = view.appeal.region.say
        stood = update.stood
        yield "raised", ("", say(stood.raised.shown) if stood.raised else "no figure")
        yield "goal", ("goal", say(stood.goal))
        if stood.gift_aid:
            yield "gift-aid", ("Gift Aid", say(stood.gift_aid.in_full))
        for statement in update.statements:
            key = statement.change.key
            if statement.label:
                yield f"source {renamed.get(key, key)}", (statement.label, say(statement.amount.in_full))

    def _appeal(self) -> Iterator[FigureChange]:
        """What campaign.yaml says besides the figures: every field that differs is at least named."""
        was, now = self.before.campaign_file.fields, self.after.campaign_file.fields
        fields = [key for key in {**was, **now} if was.get(key) != now.get(key)]
        if fields:
            yield FigureChange(APPEAL, "fields", "", None, fields, f"{CAMPAIGN_FILE}: {', '.join(fields)} changed")
        yield from self._ways()

    def _ways(self) -> Iterator[FigureChange]:
        """Where donors send their money, one way after another: two may have one label."""
        was, now = self.before.view, self.after.view
        earlier = list(was.appeal.give)
        if now.now.ending:
            earlier = []  # no address stands on any page, and that it has ended is told
        for way in () if now.now.ending else now.appeal.give:
            same = [each for each in earlier if each == way] or [each for each in earlier if each.label == way.label]
            said = _way(way)
            if not same:
                yield FigureChange(APPEAL, "give", way.label, None, said, f"New way to give: {said}")
                continue
            earlier.remove(same[0])
            if same[0] != way:
                text = f"Way to give: {said}; before: {_way(same[0])}"
                yield FigureChange(APPEAL, "give", way.label, _way(same[0]), said, text)
        for gone in earlier:
            yield FigureChange(APPEAL, "give", gone.label, _way(gone), None, f"Way to give gone: {_way(gone)}")
        one, other = (view.ways[0].label if view.ways else "none" for view in (was, now))
        if one != other:
            yield FigureChange(APPEAL, "button", "", one, other, f"The main button: {one} → {other}")


def _way(way: Give) -> str:
    parts = [f"until {in_words(way.closes)}"] if way.closes else []
    account = account_in_words(way.account)
    return ", ".join(filter(None, (way.label, way.url, account, way.note and f"“{way.note}”", *parts)))


def _renamed(was: CampaignView, now: CampaignView) -> Iterator[tuple[str, str]]:
    """Sources that have another id and the very same statements: new id, old id."""
    ids, old_ids = {source.id for source in now.appeal.sources}, {source.id for source in was.appeal.sources}
    gone = {_statements(was, id): id for id in sorted(old_ids - ids)}
    for source in now.appeal.sources:
        said = _statements(now, source.id)
        # The first statements decide: the newest update may state it once more.
        for series, id in list(gone.items()):
            if source.id not in old_ids and series and said[: len(series)] == series:
                yield source.id, id
                del gone[series]
                break


def _statements(view: CampaignView, id: str) -> tuple[tuple[str, Money], ...]:
    """Everything that was stated of a source: update and total, oldest first."""
    return tuple(
        (update.slug, statement.change.after)
        for update in reversed(view.updates)
        for statement in update.statements
        if statement.change.key == id
    )


def address(place: str) -> str:
    """The address of what a file in the content becomes: ``updates/a.md`` is ``updates/a.html``."""
    page = place.removesuffix(".md") + ".html" if place.endswith(".md") else place
    return page.removeprefix("pages/").removeprefix("extra/")


def _title(loaded: Loaded, place: str) -> str:
    document = loaded.documents.get(place)
    return f"{address(place)} ({document.fields['title']})" if document else address(place)


def _slug(place: str) -> str:
    return place.removeprefix("updates/").removesuffix(".md")


def _pieces(loaded: Loaded) -> dict[str, str]:
    """What is published of a content, by path: the hash of what each page or file is made of."""
    pieces = {
        place: _hash(json.dumps((document.fields, document.body), sort_keys=True).encode())
        for place, document in loaded.documents.items()
    }
    for place in sorted(loaded.pictures_shown | loaded.pictures_linked):  # no other is published
        pieces[place] = _hash((loaded.content / place).read_bytes())
    for path in sorted((loaded.content / EXTRA).glob("[!.]*")):
        data = path.read_bytes()
        # git may end the lines of a text on another computer in another way.
        pieces[f"{EXTRA}/{path.name}"] = _hash(data if b"\0" in data else data.replace(b"\r\n", b"\n"))
    return pieces


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
