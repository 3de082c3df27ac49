"""Two contents become what publishing the later one would change, each change in a sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .addresses import PICTURES
from .core.money import Money
from .core.problems import Problem
from .core.view import CampaignView, UpdateView
from .differences import FIGURES, REACHED, Change, differences
from .doubts import doubts
from .load import CAMPAIGN_FILE, EXTRA, Loaded
from .state import in_words

PAGES, HISTORY, APPEAL = "Pages and files", "What was said before", "The appeal itself"
GROUPS = (FIGURES, REACHED, PAGES, HISTORY, APPEAL)
"""What changes are about, in the order they are told."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What publishing would change, and what somebody should look at again before."""

    against: str
    """The name of what it is compared with."""
    nothing_there: str
    """Why there was nothing to compare with; empty where there was."""
    changes: tuple[Change, ...]
    warnings: tuple[Problem, ...]
    """Never errors: each may be right."""


def changes(against: str, before: Loaded | None, after: Loaded, nothing_there: str = "") -> Changes:
    """Compare two contents that were loaded as of one day; without ``before``, only ``after`` is looked at.

    Both must still lie in their folders: their pictures are compared byte for byte.
    """
    renamed = dict(_renamed(before.view, after.view)) if before else {}
    found = tuple(_Contents(before, after, renamed).changes()) if before else ()
    return Changes(against, nothing_there, found, tuple(doubts(before, after, renamed)))


class _Contents:
    """What was published, and what would be."""

    def __init__(self, before: Loaded, after: Loaded, renamed: Mapping[str, str]) -> None:
        self.before = before
        self.after = after
        self.renamed = renamed
        """The ids that sources had before, by the ids that they have now."""

    def changes(self) -> Iterator[Change]:
        yield from differences(self.before.view, self.after.view, self.renamed)
        yield from self._pages()
        yield from self._history()
        yield from self._appeal()

    def _pages(self) -> Iterator[Change]:
        was, now = _pieces(self.before), _pieces(self.after)
        gone = [place for place in was if place not in now]
        came = [place for place in now if place not in was]
        moved = {was[place]: place for place in gone}
        for place in came:
            if old := moved.pop(now[place], None):
                gone.remove(old)
                text = f"Moved: {address(old)} → {_title(self.after, place)}; links to the old one lead nowhere"
                yield Change(PAGES, "page", address(place), address(old), address(place), text)
            else:
                yield Change(PAGES, "page", address(place), None, address(place), f"New: {_title(self.after, place)}")
        for place in now:
            if place in was and was[place] != now[place]:
                where = address(place)
                yield Change(PAGES, "page", where, where, where, f"Changed: {_title(self.after, place)}")
        for place in gone:
            text = f"Gone: {_title(self.before, place)}; links to it lead nowhere"
            yield Change(PAGES, "page", address(place), address(place), None, text)

    def _history(self) -> Iterator[Change]:
        """Figures of updates that were there before: nobody expects those to change."""
        for update in reversed(self.before.view.updates):
            day, after = in_words(update.day), self.after.view.by_slug.get(update.slug)
            old = dict(self._figures_of(update, self.before.view, {}))
            if after is None:
                said = old.get("raised") or ("", "no figure")
                text = f"{day} said {said[1]} and is gone ({update.title})"
                yield Change(HISTORY, "history", update.slug, said[1], None, text)
                continue
            new = dict(self._figures_of(after, self.after.view, self.renamed))
            if after.day != update.day:
                text = f"{day} is dated {in_words(after.day)} now ({after.title})"
                yield Change(HISTORY, "history", update.slug, update.day.isoformat(), after.day.isoformat(), text)
            for key in {**old, **new}:
                label, one = old.get(key, (new.get(key, ("", ""))[0], "nothing"))
                other = new.get(key, ("", "nothing"))[1]
                if one != other:
                    about = f"{label} " if label else ""
                    text = f"{day} said {about}{one}, now says {other}"
                    yield Change(HISTORY, "history", f"{update.slug}:{key}", one, other, text)

    def _figures_of(
        self, update: UpdateView, view: CampaignView, renamed: Mapping[str, str]
    ) -> Iterator[tuple[str, tuple[str, str]]]:
        """What an update's page says of money: a key, what it is called, and the amount as shown."""
        say = view.appeal.region.say
        stood = update.stood
        yield "raised", ("", say(stood.raised.shown) if stood.raised else "no figure")
        yield "goal", ("goal", say(stood.goal))
        for statement in update.statements:
            key = statement.change.key
            if statement.label:
                yield f"source {renamed.get(key, key)}", (statement.label, say(statement.change.after))
        for number, receipt in enumerate((*update.receipts, *update.cause_receipts), 1):
            yield f"receipt {number}", ("received", say(receipt.amount))

    def _appeal(self) -> Iterator[Change]:
        """What campaign.yaml says besides the figures: every field that differs is at least named."""
        was, now = self.before.campaign_file.fields, self.after.campaign_file.fields
        fields = [key for key in {**was, **now} if was.get(key) != now.get(key)]
        if fields:
            text = f"{CAMPAIGN_FILE}: {', '.join(fields)} changed"
            yield Change(APPEAL, "fields", "", None, fields, text)
        one = {way.label: way.url for way in self.before.view.appeal.give}
        other = {way.label: way.url for way in self.after.view.appeal.give}
        for label in {**one, **other}:
            before, after = one.get(label), other.get(label)
            if label not in other:
                yield Change(APPEAL, "give", label, before, None, f"Way to give gone: {label}")
            elif label not in one:
                text = f"New way to give: {label}{f', which leads to {after}' if after else ''}"
                yield Change(APPEAL, "give", label, None, after, text)
            elif before != after:
                text = f"Way to give: {label} leads to {after or 'nowhere'} instead of {before or 'nowhere'}"
                yield Change(APPEAL, "give", label, before, after, text)


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


def _pieces(loaded: Loaded) -> dict[str, str]:
    """What is published of a content, by path: the hash of what each page or file is made of."""
    pieces = {
        place: hashlib.sha256(repr((document.fields, document.body)).encode()).hexdigest()
        for place, document in loaded.documents.items()
    }
    for folder in (PICTURES, EXTRA):
        for path in sorted((loaded.content / folder).glob("[!.]*")):
            pieces[f"{folder}/{path.name}"] = hashlib.sha256(path.read_bytes()).hexdigest()
    return pieces
