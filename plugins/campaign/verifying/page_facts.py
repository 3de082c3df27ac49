"""What each kind of page must hold: the facts of every row, the headline, the title, the story. Words are the theme's.

A row is what one line, list entry or table row holds together: its figures in this order and no others, with the
family's words and the links that belong to them. To show a new fact, add it to its row here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby

from campaign.core.figures.costs import CostLine
from campaign.core.figures.door_frame import DoorFrame, Mark, MarkKind
from campaign.core.figures.ending import EndingKind
from campaign.core.figures.exchange import RateChange
from campaign.core.figures.figure import Figure
from campaign.core.figures.growth import Growth
from campaign.core.figures.ledger import Change, Correction
from campaign.core.figures.matches import MatchState
from campaign.core.figures.milestones import Kind, MilestoneState, Note
from campaign.core.figures.outcome import EndingView
from campaign.core.figures.pace import Phase
from campaign.core.figures.spending import PaidOut
from campaign.core.figures.view import (
    CampaignView,
    CauseView,
    EventView,
    Snapshot,
    SourceView,
    Statement,
    UpdateView,
    YearOfStatements,
)
from campaign.core.reading.campaign import Account, PaidBy
from campaign.core.reading.update import Payment, Receipt
from campaign.loading.site_paths import CALENDAR, DATA, FEED, TABLE, content_in_project

from .voice import Voice


@dataclass(frozen=True, slots=True)
class Row:
    """What stands together, in this order."""

    facts: tuple[str, ...]
    leads_to: tuple[str, ...] = ()
    """Whole addresses, and files of the site by their place in it."""


@dataclass(slots=True)
class PageFacts:
    """What one page must hold and may hold."""

    title: str | None = None
    """Its first heading, in the family's words; None where the theme words it."""
    once: list[Row] = field(default_factory=list)
    """Each stands there exactly once."""
    lists: list[list[Row]] = field(default_factory=list)
    """Each list has all of its rows, in this order."""
    also: list[Row] = field(default_factory=list)
    """What may be said besides."""
    never: list[str] = field(default_factory=list)
    """What is said at another time only."""
    story: str | None = None
    """The file of content whose story it tells, exactly once."""
    bars: list[Snapshot] = field(default_factory=list)
    """What a bar is drawn of."""
    upright: list[Snapshot] = field(default_factory=list)
    """What a standing bar is drawn of."""
    ready: list[Row] = field(default_factory=list)
    """Texts that are there to be copied, each whole, in their order."""
    shared: list[Row] = field(default_factory=list)
    """What a message holds that passes the page on: a line each, the first the title that it goes under."""
    chart: Growth | None = None
    frame: DoorFrame | None = None
    parts: list[CostLine] = field(default_factory=list)
    """Costs, each with a bar of its own."""
    accounts: list[Account] = field(default_factory=list)
    """Bank accounts that are shown, in their order; each of their values stands by itself."""
    copied: list[str] = field(default_factory=list)
    """What may be copied with one tap, in its order."""
    codes: list[str] = field(default_factory=list)
    """What codes to scan may say."""


def row(*facts: str | Iterable[str] | None, to: Iterable[str | None] = ()) -> Row:
    """A row of the facts that there are."""
    flat = [part for fact in facts if fact for part in ((fact,) if isinstance(fact, str) else fact)]
    return Row(tuple(part for part in flat if part), tuple(link for link in to if link))


def account_values(account: Account) -> tuple[str, ...]:
    """What a bank account's lines say: whose it is, its number as people read it, and what belongs to it."""
    return tuple(filter(None, (account.name, *account.written, account.bic, account.reference)))


class Table:
    """The table of facts of one campaign; the method of a kind of page says what such a page holds."""

    def __init__(self, view: CampaignView, voice: Voice, address: str) -> None:
        self.view, self.voice, self.address = view, voice, address
        self.say, self.words, self.day = voice.say, voice.words, voice.day

    # -- the kinds of pages ------------------------------------------------------------------------------------

    def of(self, place: str) -> PageFacts:
        """What the page at ``place`` holds."""
        folder, _, name = place.removesuffix(".html").rpartition("/")
        if folder == "events":
            return self.event(self.view.event_by_slug[name])
        if folder == "money":
            return self.money_year(int(name))
        if folder == "updates":
            update = self.view.by_slug.get(name)
            return self.update(update) if update else self.year(int(name))
        kind = {
            "index": self.home,
            "money": self.money,
            "account": self.account,
            "updates": self.updates,
            "events": self.events,
            "404": self.page,
            "editors": self.editors,
            "poster": self.poster,
            "poster-strips": lambda: self.poster(tears=bool(self.address) and not self.view.now.ending),
            "embed": self.embed,
            "badge.svg": self.badge,
            "write": self.write,
        }.get(name)
        return kind() if kind else self.plain(name)

    def page(
        self, title: str | None = None, *, has_ways: bool = True, card: tuple[str, ...] | None = None
    ) -> PageFacts:
        """What every page with a masthead and a foot holds. card: what its own says, where it is not the campaign's."""
        view, page = self.view, PageFacts(title)
        page.lists.append(list(self._strip()))
        page.never += self._other_strips()
        page.also += [row(view.appeal.name), *([row(title), row(title, view.appeal.name)] if title else [])]
        page.also.append(row(card or self._card(view.now, view.headline)))
        page.also += [row(of.title) for of in view.pages]
        page.also += [row(view.headline), row(to=[view.appeal.contact])]
        if has_ways and view.now.ending:
            page.lists.append(list(self._ended(view.now.ending)))
        elif has_ways and view.appeal.give:
            page.lists.append(list(self._ways()))
            page.lists.append(list(self._about_ways()))
            self._accounts(page, [way.account for way in view.ways if way.account], is_copied=not view.appeal.example)
        if view.asks and view.ways:
            page.also.append(row(view.ways[0].label, to=[view.ways[0].url]))
        return page

    def home(self) -> PageFacts:
        """What the home page must hold."""
        # Once it has ended, the cover says what the slip says elsewhere.
        view, page = self.view, self.page(self.view.headline, has_ways=not self.view.now.ending)
        self._headline(page, view.now)
        self._need(page)
        self._matches(page)
        page.also.append(row(view.appeal.image_alt))
        if view.now.phase is Phase.REACHED:
            page.lists.append([row(self.words("Thank you."))])
        if told := view.headlined:
            page.also.append(row(self.day(told.day), to=[f"updates/{told.slug}.html"]))
        page.lists += [[row(each) for each in view.story], list(self._paid_for())]
        page.lists += [
            self._events([event for event in view.listed_events if event.is_to_come][:3]),
            list(self._plans()),
            list(self._promise()),
        ]
        if view.frame:
            self._door_frame(page, view.frame)
        else:
            page.lists.append([self._listed(update) for update in view.updates[:3]])
        page.also += [row(each.facts[1:3], to=each.leads_to) for each in list(self._press())[:1]]
        ended = view.now.ending.title if view.now.ending else None
        page.shared = self._message(view.now, f"{ended} – {view.appeal.name}" if ended else view.appeal.name)
        return page

    def money(self) -> PageFacts:
        """What the page of all figures must hold."""
        view, page, figures = self.view, self.page(), self.view.now
        raised = (self._raised(figures), self._as_of(figures))
        page.once.append(row(*raised))
        page.lists += [list(self._by_source()), list(self._rates())]
        if figures.measure:
            self._growth(page)
        page.lists += [
            list(self._goals()),
            [row(self.voice.due(of.date), of.why, self._on(of.said)) for of in reversed(view.deadlines)],
            list(self._costs_in_full()),
            list(self._surplus(home=False)),
            list(self._spending()),
            list(self._pledges()),
            list(self._match_list()),
            list(self._gift_aid()),
            *map(self._cause, view.causes),
            [self._correction(correction) for correction in view.corrections],
            [self._jump(update) for update in view.jumps],
            list(self._statements(view.newest_statements)),
            [row(str(of.year), to=[f"money/{of.year}.html"]) for of in view.earlier_statements],
        ]
        return page

    def money_year(self, year: int) -> PageFacts:
        """What the page of an earlier year's statements must hold."""
        page, years = self.page(), self.view.earlier_statements
        page.also += [row(str(year)), row(str(year), self.view.appeal.name)]
        page.lists += [
            list(self._statements([of for of in years if of.year == year], is_named=False)),
            [row(str(of.year), to=[f"money/{of.year}.html"]) for of in years if of.year != year],
        ]
        return page

    def account(self) -> PageFacts:
        """What the final account must hold: what came in, every payment, and what nobody has accounted for yet."""
        page, account, say = self.page(), self.view.account, self.say
        if account:
            values = {"raised": say(account.raised.unrounded), "paid": say(account.spending.paid.unrounded)}
            sentence = "%(raised)s was raised, and %(paid)s of it has been paid out."
            page.once.append(row(self.voice.in_order(sentence, **values), self._as_of(self.view.now)))
            if account.unaccounted:
                left = say(account.unaccounted.unrounded)
                page.once.append(row(self.words("%(amount)s not accounted for yet", amount=left)))
        page.lists += [list(self._closed(self.view.now, "")), list(self._spending()), list(self._sources())]
        return page

    def update(self, update: UpdateView) -> PageFacts:
        """What an update's page must hold."""
        stood = update.stood
        page = self.page(update.title, has_ways=False, card=self._card(stood, update.title))
        page.lists.append([row(self.day(update.day), update.author)])
        page.story = f"updates/{update.slug}.md"
        if ending := self.view.now.ending:
            page.lists.append(list(self._ended(ending, at=update.slug)))
        self._headline(page, stood)
        page.also += [row(update.summary), row(update.image_alt)]
        page.also += [row(near.title) for near in (update.newer, update.older) if near]
        page.lists += [
            [row(near.title, to=[f"updates/{near.slug}.html"]) for near in (update.newer, update.older) if near],
            list(self._after(update)),
        ]
        page.shared = self._message(stood, f"{update.title} – {self.view.appeal.name}", is_record=True)
        return page

    def event(self, event: EventView) -> PageFacts:
        """What an event's page must hold."""
        page = self.page(event.title)
        page.story = f"events/{event.slug}.md"
        page.also += [row(event.summary), row(event.event.said.image_alt)]
        page.lists.append([row(self._occasion(event)), row(event.place)])
        if event.raised:
            page.lists.append([row(self.say(event.raised.in_full))])
        return page

    def plain(self, slug: str) -> PageFacts:
        """What a plain page must hold; ``slug`` is its file's name without an ending."""
        of = self.view.page_by_slug[slug]
        page = self.page(of.title)
        page.story = f"pages/{slug}.md"
        page.also += [row(of.summary), row(of.image_alt)]
        return page

    def updates(self) -> PageFacts:
        """What the list of all updates must hold."""
        page = self.page()
        for year, updates in self.view.listed_years:
            listed = (row(self.day(of.day), of.title, to=[f"updates/{of.slug}.html"]) for of in updates)
            page.lists.append([row(str(year), to=[f"updates/{year}.html"]), *listed])
        page.lists.append([row(str(year), to=[f"updates/{year}.html"]) for year in self.view.unlisted_years])
        return page

    def year(self, year: int) -> PageFacts:
        """What the list of one year's updates must hold."""
        page = self.page()
        page.also += [row(str(year)), row(str(year), self.view.appeal.name)]
        page.lists += [[self._listed(update) for update in of] for its, of in self.view.years if its == year]
        return page

    def events(self) -> PageFacts:
        """What the list of events must hold."""
        page = self.page()
        page.lists.append(self._events(self.view.listed_events))
        return page

    def editors(self) -> PageFacts:
        """What the page for editors and other websites must hold."""
        view, page, now = self.view, self.page(), self.view.now
        if not now.ending:
            self._headline(page, now, is_alone=False)
            self._matches(page)
            page.lists.append([row(view.appeal.name), row(self._standing(now))])
            # A past appeal says so in the strip, in its message and on its card.
            page.also += self._strip()
        if now.measure and (not now.ending or now.ending.kind is EndingKind.DONE):
            page.upright = [now]
        page.also.append(row("A4"))
        if self.address:
            message = [*self._message(now, view.appeal.name), row(f"{self.address}/")] if not now.ending else []
            ready = [row(*(each.facts for each in message))] if message else []
            ready += self._pasted() if not now.ending else ()
            files = (TABLE, DATA, FEED, *((CALENDAR,) if view.dated_events else ()))
            page.ready = [*ready, *(row(f"{self.address}/{file}") for file in files)]
            page.lists.append(page.ready)
        newest = [update for update in view.updates[:3] if update.stood.raised]
        figures = ((update.day, update.stood.raised) for update in newest)
        page.lists.append([row(self.day(day), self._full(raised)) for day, raised in figures])
        if self.address:
            to_updates = ((of, f"updates/{of.slug}.html") for of in view.updates[:2])
            page.lists.append(
                [each for of, to in to_updates for each in (row(self.day(of.day)), row(of.title, to=[to]))]
            )
            events = ((of, f"events/{of.slug}.html") for of in view.dated_events[:2])
            page.lists.append([each for of, to in events for each in (row(self._occasion(of)), row(of.title, to=[to]))])
        page.lists.append(list(self._press()))
        return page

    def poster(self, *, tears: bool = False) -> PageFacts:
        """What the poster must hold; ``tears``: with strips to tear off in place of accounts and code."""
        view, appeal = self.view, self.view.appeal
        page = self.page(self.view.headline, has_ways=False)
        self._headline(page, view.now, stands=True)
        self._need(page)
        self._matches(page)
        page.also.append(row(appeal.image_alt))
        if (ending := view.now.ending) and ending.slug:
            page.lists.append([row(view.headline), row(self.day(ending.day))])
        shows = view.asks and not appeal.example and not tears
        for way in [way for way in view.ways if way.account][:2] if shows else ():
            page.lists.append([row(way.label)])
            self._accounts(page, [way.account] if way.account else [])
        if self.address and not view.now.ending:
            page.codes.append(f"{self.address}/")
        page.lists[0] = [row(self.words("A past appeal, kept as an example"))] if appeal.example else []
        page.never.clear()
        bare = self.address.partition("://")[2]
        page.also += [row("A4"), row(f"{self.address}/"), row(bare), row(appeal.name, bare)]
        if appeal.held_by and appeal.held_by.number and not appeal.example:
            page.lists.append([row(appeal.held_by.name, appeal.held_by.number)])
        return page

    def write(self) -> PageFacts:
        """What the page to write on must hold; what its form knows stands in its data."""
        page, repository = self.page(has_ways=False), self.view.repository
        folder = f"{content_in_project(self.view)}/updates"
        page.also.append(row(to=[repository.new_file(folder) if repository else None]))
        if self.view.now.ending:
            page.once.append(row(self._standing(self.view.now)))
        return page

    def embed(self) -> PageFacts:
        """What the page for other sites to show must hold."""
        page, now = self.page(self.view.appeal.name, has_ways=False), self.view.now
        self._headline(page, now)
        self._matches(page)
        page.lists.append([row(now.ending.title if now.ending else None), row(self._standing(now))])
        return page

    def badge(self) -> PageFacts:
        """What the badge must hold."""
        page, stood = PageFacts(bars=_with_bar(self.view.now)), self.view.now
        beyond = self._shown(stood.beyond)
        figure = self._raised(stood) if stood.raised or not stood.ending else ()
        page.also.append(row(self.view.appeal.name, figure, self._beside(stood)))
        rows = []
        if stood.raised:
            of_goal = [row(self._of_goal(stood), beyond)] if stood.percent is not None else []
            rows += [row(self.say(stood.raised.shown)), *of_goal]
        elif not stood.ending:
            rows += [row(self.words("No figure yet")), row(self.say(stood.goal))]
        page.lists.append([*rows, row(self._beside(stood))])
        return page

    def card(self, stood: Snapshot) -> PageFacts:
        """The drawing that a link is shown with; whoever reads it takes away what it says of the family."""
        if stood.raised:
            said = [row(self.say(stood.raised.shown)), row(self._of_goal(stood))]
        else:
            said = [] if stood.ending else [row(self.words("No figure yet")), row(self.say(stood.goal))]
        figures = [*said, row(self._beside(stood)), row(self._as_of(stood))]
        return PageFacts(lists=[[each for each in figures if each.facts]], bars=_with_bar(stood))

    def entry(self, update: UpdateView) -> PageFacts:
        """What a feed holds of an update."""
        page = PageFacts(story=f"updates/{update.slug}.md")
        ended = self._standing(update.stood) if update.stood.ending else ()
        page.once.append(row(self._raised(update.stood), self._as_of(update.stood), ended))
        page.also.append(row(update.image_alt))
        return page

    def record(self, place: str) -> dict[str, str]:
        """What the page at ``place`` tells search engines, each value by its name; empty for one that tells nothing."""
        view, name = self.view, self.view.appeal.name
        folder, _, slug = place.removesuffix(".html").rpartition("/")
        said: dict[str, str | None] = {
            "@context": "https://schema.org",
            "url": f"{self.address}/{'' if place == 'index.html' else place}",
        }
        if folder == "updates" and (update := view.by_slug.get(slug)):
            said |= {
                "@type": "BlogPosting",
                "headline": update.title,
                "description": update.summary,
                "datePublished": str(update.day),
            }
            said |= {"author.name": update.author or name}
            said |= {"isPartOf.name": name, "isPartOf.url": f"{self.address}/"}
        elif folder == "events":
            event = view.event_by_slug[slug]
            said |= {"@type": "Event", "name": event.title, "description": event.summary, "startDate": str(event.day)}
            said |= {"location.name": event.place}
            said["eventStatus"] = f"https://schema.org/{'EventCancelled' if event.is_cancelled else 'EventScheduled'}"
            said |= {"organizer.name": name, "organizer.url": f"{self.address}/"}
        else:
            said |= {"@type": "WebSite", "name": name, "description": view.headline}
            holder = view.appeal.held_by
            charity = holder if holder and holder.kind == "charity" and holder.name else None
            ways = [way for way in view.ways if way.url] if view.asks and not view.appeal.example else []
            for number, way in enumerate(ways):
                action = f"potentialAction{number}"
                said |= {f"{action}.name": way.label, f"{action}.target": way.url}
                if charity:
                    said |= {f"{action}.recipient.name": charity.name, f"{action}.recipient.url": charity.url}
        return {key: value for key, value in said.items() if value}

    # -- the figure --------------------------------------------------------------------------------------------

    def _shown(self, figure: Figure | None) -> str | None:
        """A figure as a sentence has it, where there is one."""
        return self.say(figure.shown) if figure else None

    def _full(self, figure: Figure | None) -> str | None:
        """The same, as a table has it."""
        return self.say(figure.in_full) if figure else None

    def _on(self, day: date | None) -> str | None:
        return self.day(day) if day else None

    def _figures(self, stood: Snapshot) -> dict[str, str]:
        return {
            "raised": self.say(stood.raised.shown) if stood.raised else "",
            "goal": self.say(stood.goal),
            "percent": "" if stood.percent is None else self.voice.percent(stood.percent),
        }

    def _raised(self, stood: Snapshot) -> tuple[str, ...]:
        if stood.raised and stood.percent is None:
            return (self.words("%(amount)s raised", amount=self.say(stood.raised.shown)),)
        if stood.raised:
            return self.voice.in_order("%(raised)s raised of %(goal)s – %(percent)s", **self._figures(stood))
        if stood.ending:
            return (self.words("No figure was given"),)
        return (self.words("No figure yet; the goal is %(goal)s", goal=self.say(stood.goal)),)

    def _of_goal(self, stood: Snapshot) -> tuple[str, ...]:
        """Of which goal and how much; nothing where the money is not needed any more."""
        if stood.percent is None:
            return ()
        return self.voice.in_order("raised of %(goal)s – %(percent)s", **self._figures(stood))

    def _as_of(self, stood: Snapshot) -> tuple[str, ...]:
        return tuple(self.day(day) for day in (stood.as_of, stood.as_of_newest) if day)

    def _of_which_day(self, stood: Snapshot, as_of: date) -> str:
        if stood.as_of_newest:
            days = {"oldest": self.day(as_of), "newest": self.day(stood.as_of_newest)}
            return self.words("Figures of %(oldest)s to %(newest)s", **days)
        return self.words("Figure of %(day)s", day=self.day(as_of))

    def _card(self, stood: Snapshot, headline: str) -> tuple[str, ...]:
        figure = self._raised(stood) if stood.raised or not stood.ending else ()
        return (headline, *figure, *self._beside(stood))

    def _standing(self, stood: Snapshot) -> tuple[str, ...]:
        """Where in its life the appeal is, for what has little room; nothing while it just goes on."""
        if stood.ending:
            return (self.words("The appeal closed on %(day)s.", day=self.day(stood.ending.day)),)
        if stood.is_covered:
            return self._others(stood, "Now that %(who)s pay %(amount)s of the goal of %(goal)s, there is enough.")
        if stood.is_reached:
            return (self.words("The goal is reached."),)
        return self._others(stood, "%(amount)s of the goal is paid by %(who)s.")

    def _beside(self, stood: Snapshot) -> tuple[str, ...]:
        """What a drawing says beside its figure."""
        is_hatched = stood.measure and stood.promised and stood.promised.says_something
        amount = self.say(stood.promised.shown) if stood.promised else ""
        hatched = self.words("%(amount)s promised, not counted.", amount=amount)
        return (*((hatched,) if is_hatched else ()), *self._standing(stood))

    def _headline(self, page: PageFacts, stood: Snapshot, *, is_alone: bool = True, stands: bool = False) -> None:
        """The figure, goal and percent, once; its day, once; the bar; and what the figure is not.

        is_alone: whether nothing else on the page tells the same; stands: whether the bar does.
        """
        (page.upright if stands else page.bars).extend(_with_bar(stood))
        once: list[Row] = []
        if stood.raised:
            said = row(self.say(stood.raised.shown), self._of_goal(stood))
            # An amount alone may stand in lists as well.
            (page.also if stood.percent is None else once).append(said)
        elif not stood.ending:
            once.append(row(self.words("No figure yet"), self.say(stood.goal)))
        if stood.as_of:
            once.append(row(self._of_which_day(stood, stood.as_of)))
        if is_alone:
            page.once += once
        else:
            page.lists.append(once)
        promised = stood.promised and stood.promised.says_something and self.say(stood.promised.shown)
        beyond = self._shown(stood.beyond)
        earlier = [self.say(goal.amount) for goal in stood.earlier_goals if stood.measure]
        not_counted = promised and self.words("%(amount)s promised, not counted", amount=promised)
        if beside := row(not_counted or None, beyond, earlier).facts:
            page.lists.append([Row(beside)])
        if stood.measure:
            page.also += [row(self._raised(stood), beyond, promised or None, earlier)]
            sums = stood.measure.upright.rungs if stands else stood.measure.labels
            page.lists.append([row(self.voice.money(each.amount)) for each in sums if each.amount])

    def _message(self, stood: Snapshot, title: str, *, is_record: bool = False) -> list[Row]:
        """What passes a page on: its title, then the figure of the page with its day, and what is needed today."""
        view, past = self.view, tuple(self._strip())
        if view.now.ending:
            return [row(title)]
        facts: list[str | Iterable[str] | None] = [self._raised(stood), self._as_of(stood)]
        if past:
            facts += [each.facts for each in past]
        elif not is_record and stood.phase is Phase.REACHED:
            facts.append(self._standing(stood))
        elif not is_record and view.asks and stood.raised:
            due = self.voice.due(stood.deadline.date) if stood.deadline else ""
            needed = self.words("still needed by %(due)s", due=due) if due else self.words("still needed")
            facts += [self._shown(stood.remaining), needed]
            facts.append(self._others(stood, ", now that %(who)s pay %(amount)s of the goal of %(goal)s"))
        return [row(title), row(*facts)]

    def _others(self, stood: Snapshot, sentence: str) -> tuple[str, ...]:
        """Who else pays, and how much of the goal."""
        if not stood.others_pay:
            return ()
        who, amount = stood.others_pay.who, self.say(stood.others_pay.amount.shown)
        return self.voice.in_order(sentence, who=who, amount=amount, goal=self.say(stood.goal))

    def _need(self, page: PageFacts) -> None:
        """What is still needed, or what holds instead."""
        view, now, phase, words = self.view, self.view.now, self.view.now.phase, self.words
        left = self._shown(now.remaining)
        due = self.voice.due(now.deadline.date) if now.deadline else None
        why = now.deadline.why if now.deadline else None
        others = self._others(now, "%(amount)s of the goal is paid by %(who)s.")
        closed = "The appeal closed on %(day)s."
        if now.ending and now.ending.slug:
            closed = "" if now.ending.kind is EndingKind.NOT_NEEDED else "The appeal has closed."
        said = {
            Phase.ENDED: words(closed, day=self.day(now.ending.day if now.ending else view.day)) if closed else "",
            Phase.REACHED: words("Nothing is left to ask for." if now.is_covered else "The goal is reached."),
            Phase.PAST_DEADLINE: words("The deadline was %(due)s.", due=due),
            Phase.RAISING: words("still needed by %(due)s", due=due) if due else words("still needed"),
        }
        said[Phase.BEFORE] = said[Phase.RAISING]
        if phase is Phase.REACHED and now.is_covered:
            enough = "Now that %(who)s pay %(amount)s of the goal of %(goal)s, there is enough."
            page.once.append(row(said[phase], self._others(now, enough)))
        elif phase is Phase.REACHED:
            page.once.append(row(said[phase], self._shown(now.beyond)))
        elif phase is Phase.ENDED:
            if said[phase]:
                page.once.append(row(said[phase]))
            if now.ending and now.ending.promise:
                page.once.append(row(words(_of_promise(now)), now.ending.promise))
        elif phase is Phase.PAST_DEADLINE:
            page.once.append(row(*((left,) if now.raised else ()), said[phase], others, why))
        else:
            page.once.append(row(left, said[phase], others, why))
        for sentence in _PHASES:
            if (piece := self.voice.piece(sentence)) not in said[phase]:
                page.never.append(piece)
        if view.asks:
            page.also.append(row(left, due))

    def _matches(self, page: PageFacts) -> None:
        """By how much a gift grows today."""
        grows = {Decimal(2): "doubles every gift", Decimal(3): "triples every gift"}
        for of in self.view.now.matches if self.view.asks else ():
            if of.is_open:
                times = self.voice.number(of.times)
                said = self.words(grows.get(of.times, "makes every gift %(times)s times as much"), times=times)
                labels = [source.label for source in of.sources]
                used = self.say(of.used.shown) if of.used.says_something else None
                page.once.append(row(of.who, said, labels, self._on(of.until), self.say(of.up_to), used))

    def _paid_for(self) -> Iterator[Row]:
        """What was paid for each thing, in short, and what is left."""
        spending, raised = self.view.spending, self.view.now.raised
        if spending is None or raised is None:
            return
        for of in spending.lines:
            given_on = self.words("Given to others, as promised") if of.promise_key else self.words("Other payments")
            to = dict.fromkeys(out.payment.to for out in of.payments) if of.promise_key else ()
            yield row(of.label or given_on, to, self.say(of.paid.unrounded))
        values = {"paid": spending.paid, "left": spending.in_hand, "raised": raised}
        said = "%(paid)s is paid and %(left)s is left, of %(raised)s raised."
        if self.view.account and self.view.account.unaccounted:
            said = "%(paid)s is paid; %(left)s is not accounted for yet."
        elif not spending.in_hand.unrounded.amount:
            said = "All of it is paid: %(paid)s."
        yield row(self.voice.in_order(said, **{name: self.say(of.unrounded) for name, of in values.items()}))

    # -- notices and ways --------------------------------------------------------------------------------------

    def _strip(self) -> Iterator[Row]:
        view, day = self.view, self.day(self.view.day)
        if view.appeal.example and view.is_past_day:
            yield row(self.words("A past appeal, as it stood on %(day)s", day=day))
        elif view.appeal.example:
            yield row(self.words("A past appeal, kept as an example"))
        elif view.is_past_day:
            yield row(self.words("As it stood on %(day)s", day=day))

    def _other_strips(self) -> list[str]:
        if self.view.appeal.example:
            return []
        return [self.words("A past appeal, kept as an example")]

    def _ended(self, ending: EndingView, at: str = "") -> Iterator[Row]:
        """What stands in the place of all ways to give. at: the update whose own page it is, or nothing."""
        yield row(self.words("The appeal has ended"))
        if ending.slug and ending.slug != at:
            yield row(self.day(ending.day), ending.title, to=[f"updates/{ending.slug}.html"])
        else:
            yield row(self.day(ending.day))
        if ending.kind is not EndingKind.NOT_NEEDED:
            yield row(self.words("Thank you to everyone who gave."))

    def _accounts(self, page: PageFacts, accounts: Iterable[Account], *, is_copied: bool = False) -> None:
        """Bank accounts to give to: all of one together, and the name of each heard with its code."""
        for account in accounts:
            page.lists.append([row(account_values(account))])
            page.accounts.append(account)
            if account.epc and not self.view.appeal.example:
                page.also.append(row(account.name))
                page.codes.append(account.epc)
            if is_copied:
                bare = (account.iban,) if account.iban else ((account.sort_code or "").replace("-", ""), account.number)
                page.copied += filter(None, (account.name, *bare, account.bic, account.reference))

    def _about_ways(self) -> Iterator[Row]:
        view, words = self.view, self.words
        spare = view.promise.too_much if view.promise else None
        if view.appeal.example:
            yield row(words("This is a past appeal, so the addresses are here to read, not to follow."))
        elif view.asks and not view.ways:
            yield row(words("At the moment there is no way to give."))
        elif not view.ways:
            yield row(words("The appeal does not ask any more. Thank you."))
        elif view.now.phase is Phase.REACHED:
            covered = "Nothing is left to ask for. What comes in now is more than is needed."
            reached = "The goal is reached. What comes in now goes beyond it."
            yield row(words(covered if view.now.is_covered else reached), spare)
        elif not view.asks:
            yield row(words("The time for the appeal has passed; these ways are still open."))

    def _ways(self) -> Iterator[Row]:
        view = self.view
        for way in view.ways:
            closes = self._on(way.closes)
            account = account_values(way.account) if way.account else ()
            if view.appeal.example:
                shown = way.url and way.url.replace("https://", "").replace("www.", "")
                yield row(way.label, shown, account, way.note, closes)
            else:
                again = way.label if way.url else None
                yield row(way.label, again, account, way.note, closes, to=[way.url])
        for way in view.closed_ways:
            is_over = way.closes and way.closes < view.day
            said = self.words("closed on %(day)s", day=self.day(way.closes)) if way.closes and is_over else ""
            yield row(way.label, said or self.words("closed"))

    # -- home --------------------------------------------------------------------------------------------------

    def _payer(self, payer: PaidBy) -> tuple[str, ...]:
        amount = self.voice.in_order(
            "pays %(amount)s from %(day)s", amount=self.say(payer.amount), day=self.day(payer.from_)
        )
        return (payer.who, *amount, payer.covers or "")

    def _cost(self, line: CostLine) -> Row:
        need = self.say(line.need_shown)
        facts: list[str | Iterable[str]] = [line.cost.label]
        if line.payers:
            facts += [self.say(line.estimate), *map(self._payer, line.payers)]
        return row(*facts, *self._met(line, need))

    def _met(self, line: CostLine, need: str) -> list[str]:
        view, words = self.view, self.words
        if not line.estimate.amount:
            return [words("Nothing is needed for it.")]
        if not line.need.amount:
            return [words("Paid for by others.")]
        if not view.now.raised:
            return [need]
        met = self.say(line.met.shown) if line.met.says_something else words("nothing yet")
        if line.is_met:
            return [met, words("of %(need)s. Paid for.", need=need)]
        if view.now.ending:
            return [need]
        if not view.asks:
            return [met, words("of %(need)s.", need=need)]
        current = view.costs.current if view.costs else None
        sentence = "of %(need)s. This is what gifts pay for now." if current is line else "of %(need)s. Comes after."
        return [met, words(sentence, need=need)]

    def _surplus(self, *, home: bool) -> Iterator[Row]:
        view, costs, promise = self.view, self.view.costs, self.view.promise if home else None
        if not costs:
            return
        if view.now.ending and not home and not view.surplus:
            return
        if home and view.now.ending:
            return
        if view.surplus and view.surplus.says_something:
            yield row(self.say(view.surplus.shown), promise.too_much if promise else None)
        elif costs.surplus:
            values = {"needed": self.say(costs.needed.in_full), "goal": self.say(view.now.goal)}
            yield row(self.voice.in_order("Together this comes to %(needed)s; the goal is %(goal)s.", **values))

    def _name_of(self, state: MilestoneState) -> tuple[str, ...]:
        if state.label:
            return (state.label,)
        if state.kind is Kind.AMOUNT and state.amount:
            return (self.say(state.amount),)
        if state.kind is Kind.PERCENT and state.milestone.raised:
            return (self.voice.percent(state.milestone.raised.percent or 0),)
        if state.kind is Kind.COST:
            return (state.cost_label or "",)
        if state.milestone.at and state.counter:
            return (self.voice.count(state.milestone.at), state.counter.label)
        return ()

    def _milestone(self, state: MilestoneState) -> Row:
        name, words, view = self._name_of(state), self.words, self.view
        if state.reached:
            by = view.by_slug[state.reached.entry.update.slug]
            at = self.say(state.reached.raised.shown) if state.amount and state.reached.raised else None
            return row(name, self.day(by.day), at, self._since(state), to=[f"updates/{by.slug}.html"])
        if state.missing:
            return row(name, self.say(state.missing.shown))
        if state.is_not_asked_for:
            is_over = view.now.phase is Phase.PAST_DEADLINE
            return row(name, words("not reached" if is_over else "more than is still asked for"))
        if state.amount and view.now.raised:
            return row(name, words("met since the goal or the costs changed"))
        if state.planned:
            said = "was planned for %(day)s" if state.planned < view.day else "planned for %(day)s"
            return row(name, words(said, day=self.day(state.planned)))
        return row(name, self.voice.count(state.count) if state.count else words("still to come"))

    def _since(self, state: MilestoneState) -> str | None:
        """What became of a milestone since it was reached."""
        rose = "The goal or the costs have grown since."
        fell = "The figure has fallen below it since."
        return self.words(fell if state.note is Note.FELL else rose) if state.note else None

    def _door_frame(self, page: PageFacts, frame: DoorFrame) -> None:
        """The measure standing up: every label, from the top, and what has no height."""
        page.frame = frame
        page.lists += [
            [self._label(mark) for mark in frame.labels],
            [self._cost(line) for line in frame.costs_apart],
            [self._milestone(state) for state in frame.to_come],
            list(self._counters()),
            list(self._surplus(home=True)),
        ]
        if pace := self.view.now.pace:
            sentence = "at most %(amount)s a week from here" if pace.needs_at_most else "%(amount)s a week from here"
            page.lists.append([row(self.say(pace.so_far), self.words(sentence, amount=self.say(pace.needed)))])

    def _label(self, mark: Mark) -> Row:
        """What is written beside one mark."""
        now = self.view.now
        if mark.kind is MarkKind.GOAL:
            return row(self.words("The goal is %(goal)s", goal=self.say(now.goal)))
        if mark.kind is MarkKind.TO_GO:
            due = self.words("by %(due)s", due=self.voice.due(now.deadline.date)) if now.deadline else None
            return row(self._shown(now.remaining), due)
        if mark.cost:
            return self._cost(mark.cost)
        if mark.milestone:
            return self._milestone(mark.milestone)
        update = self.view.by_slug[mark.slug or ""]
        raised = update.stood.raised if mark.kind is MarkKind.UPDATE else None
        reached = [
            part
            for state in mark.milestones
            for part in (*(() if state.has_its_updates_title else self._name_of(state)), self._since(state) or "")
        ]
        to = [f"updates/{update.slug}.html"]
        return row(update.title, self.day(update.day), self._shown(raised), reached, to=to)

    def _counters(self) -> Iterator[Row]:
        for of in self.view.counters:
            url = None if self.view.appeal.example else of.counter.url
            yield row(self.voice.count(of.count), of.counter.label, self.day(of.update.day), to=[url])

    def _listed(self, update: UpdateView) -> Row:
        stood = update.stood
        figures: tuple[str, ...] = (self.words("No figure yet"),)
        if stood.raised:
            figures = (self.say(stood.raised.shown),)
            if stood.percent is not None and self.view.now.measure:
                figures += self.voice.in_order("%(percent)s of %(goal)s", **self._figures(stood))
        return row(self.day(update.day), update.title, update.summary, figures, to=[f"updates/{update.slug}.html"])

    def _occasion(self, event: EventView) -> tuple[str, ...]:
        when = self.voice.period(event.when) if event.when else ""
        when = f"{when}, {event.time}" if event.day and event.time else when
        words = self.words
        if event.is_cancelled:
            return (words("Cancelled"), when)
        if event.was_only_planned:
            if when or not event.said:
                planned = self.voice.period(event.when) if event.when else ""
                said = (
                    words("Was planned for %(day)s", day=planned) if planned else words("Was planned, without a date")
                )
                return (said,)
        elif event.is_held:
            return (when, words("took place")) if when else (words("Took place, no date given"),)
        if when:
            return (when, words("past") if event.is_past else "")
        if event.said:
            return (words("Announced on %(day)s, without a date", day=self.day(event.said)),)
        return (words("Planned, no date yet"),)

    def _events(self, events: Iterable[EventView]) -> list[Row]:
        """Events that are of one day, or were announced on one, stand together below it."""
        return [
            row(
                occasion,
                *(fact for event in together for fact in (event.title, event.place_apart, self._full(event.raised))),
                to=[f"events/{event.slug}.html" for event in together],
            )
            for occasion, of_it in groupby(events, self._occasion)
            for together in (tuple(of_it),)
        ]

    def _plans(self) -> Iterator[Row]:
        names = {"hoped": "Hoped for", "planned": "Planned", "accepted": "Accepted", "booked": "Booked"}
        names |= {"done": "Done", "cancelled": "Cancelled"}
        for plan in self.view.treatment:
            yield row(self.words(names[plan.status]), plan.what, plan.where, plan.when, self.day(plan.said))

    def _sources(self) -> Iterator[Row]:
        view, raised = self.view, self.view.now.raised
        for of in view.sources if raised and not view.overall else ():
            is_said = of.amount and (of.amount.says_something or not (raised and raised.says_something))
            if of.balance and of.is_counted and is_said:
                yield row(of.source.label, self.day(of.balance.as_of), self._full(of.amount), self._own(of))
        yield from self._gift_aid("Gift Aid comes on top: %(amount)s so far. It is not counted in the total.")
        for cause in view.causes:
            if cause.amount.says_something:
                not_counted = self.words("It is shown here and not counted in the total.")
                yield row(self.say(cause.amount.in_full), cause.cause.label, not_counted)

    def _gift_aid(
        self, sentence: str = "%(amount)s so far, on top of what was raised and not counted in it."
    ) -> Iterator[Row]:
        if (aid := self.view.now.gift_aid) and aid.says_something:
            yield row(self.words(sentence, amount=self.say(aid.in_full)))

    def _promise(self) -> Iterator[Row]:
        promise, holder = self.view.promise, self.view.appeal.held_by
        promise = None if self.view.now.ending else promise
        if self.view.appeal.beneficiary and promise and self.view.now.measure:
            yield row(self.view.appeal.beneficiary)
        if promise:
            for question, answer in (
                ("If there is more than is needed", promise.too_much),
                ("If there is less", promise.too_little),
                ("If it is not needed at all", promise.not_needed),
            ):
                if answer:
                    yield row(self.words(question), answer)
            if promise.first_said:
                yield row(self.day(promise.first_said))
        if holder:
            is_gone = bool(self.view.now.ending) and _is_all_paid_out(self.view.now)
            whose = "charity" if holder.kind == "charity" else "family"
            by = self.words(_HELD_BY[whose, is_gone])
            url = holder.url if holder.name and not self.view.appeal.example else None
            yield row(holder.name or by, holder.number, by if holder.name else None, to=[url])

    def _press(self) -> Iterator[Row]:
        for report in self.view.press:
            title = report.title or (report.url or "").replace("https://", "")
            url = None if self.view.appeal.example else report.url
            yield row(self.voice.period(report.date), report.publication, title, report.says, to=[url])

    def _growth(self, page: PageFacts) -> None:
        view, growth, pace = self.view, self.view.growth, self.view.now.pace
        page.chart = growth
        if growth:
            steps, goals, day, say = growth.steps, growth.goals, self.day, self.say
            first, last, goal = steps[0], steps[-1], self.say(goals[-1].goal.amount)
            drawn = {"first": say(first.raised.shown), "from": day(first.day), "goal": goal}
            drawn |= {"last": say(last.raised.shown), "to": day(last.day)}
            sentence = (
                "A drawing of the total over time: from %(first)s on %(from)s to %(last)s on %(to)s;"
                " the goal is %(goal)s."
            )
            earlier = [say(step.goal.amount) for step in goals[:-1]]
            corrected = [day(step.day) for step in steps if step.is_corrected]
            page.also.append(row(self.voice.in_order(sentence, **drawn), earlier, corrected))
            page.lists += [
                [row(goal)],
                [row(day(s.day), say(s.raised.in_full), self.voice.percent(s.percent)) for s in steps],
            ]
            # A sum that stands near the goal's would run into it.
            apart = [line for line in growth.lines if abs(line.y - goals[-1].y) > _NEAR]
            page.lists.append([row(self.voice.money(line.amount)) for line in apart])
            page.also += [row(self.voice.money(goals[-1].goal.amount))]
            for mark in growth.dates:
                page.also += [row(self.voice.month(mark.day)), row(self.voice.year(mark.day))]
            years = [mark.day for mark in growth.dates if mark.says_year or not growth.by_month]
            page.lists.append([row(self.voice.year(day)) for day in years])
        elif view.now.raised and view.now.as_of:
            page.also.append(row(self.day(view.now.as_of)))
        if pace:
            needed = self.say(pace.needed)
            needed = self.words("at most %(amount)s", amount=needed) if pace.needs_at_most else needed
            sentence = (
                "Worked out on %(day)s, the day of the figure: %(so_far)s days since the start, %(to_go)s to %(due)s."
            )
            if pace.is_of_several_days:
                sentence = (
                    "Worked out on %(day)s, the newest day of the figures: %(so_far)s days since the start, %(to_go)s"
                    " to %(due)s. What came in since the older figures were read is missing from it."
                )
            days = {"so_far": self.voice.number(pace.days_so_far), "to_go": self.voice.number(pace.days_to_go)}
            days |= {"day": self.day(pace.on), "due": self.voice.due(pace.deadline.date)}
            page.lists.append([row(self.say(pace.so_far)), row(needed), row(self.voice.in_order(sentence, **days))])

    def _pasted(self) -> Iterator[Row]:
        """What others paste into their own pages."""
        name = self.view.appeal.name.translate(_ESCAPED)
        frame = (
            f'<iframe src="{self.address}/embed.html" title="{name}" width="300" height="480" loading="lazy"></iframe>'
        )
        badge = f'<a href="{self.address}/"><img src="{self.address}/badge.svg" alt="{name}"></a>'
        yield from (row(frame), row(badge))

    # -- money -------------------------------------------------------------------------------------------------

    def _by_source(self) -> Iterator[Row]:
        """Each source and what they come to; of one figure for everything, only which they are."""
        view, raised = self.view, self.view.now.raised
        if view.overall:
            yield row([of.source.label for of in view.sources])
            return
        yield from map(self._source, view.sources)
        if view.sources[1:] and raised:
            yield row(self.words("Raised"), self.say(raised.unrounded))

    def _goals(self) -> Iterator[Row]:
        """Every goal, newest first, and the newest held against what came in."""
        view, now, say, words = self.view, self.view.now, self.say, self.words
        for goal in reversed(view.goals):
            amount, since = say(goal.amount), (self._on(goal.from_) or "", goal.why or "", goal.jump or "")
            yield row(since, amount) if view.goals[1:] else row(amount, since)
        if not now.raised:
            return
        goal_is, raised_is = row(words("Goal"), say(now.goal)), row(words("Raised"), say(now.raised.unrounded))
        if now.remaining:
            yield from (goal_is, raised_is)
            if now.others_pay:
                yield row(words("Paid by others"), now.others_pay.who, say(now.others_pay.amount.unrounded))
            yield row(words("still needed" if view.asks else "Not raised"), say(now.remaining.unrounded))
        elif now.beyond:
            yield from (raised_is, goal_is, row(words("More than the goal"), say(now.beyond.unrounded)))

    def _source(self, of: SourceView) -> Row:
        counted = (self.words("already counted in"), of.holder.label) if of.holder else ()
        ended = self.words("ended") if of.has_ended else None
        if not of.balance:
            nothing = self.words("no figure" if self.view.now.ending else "no figure yet")
            return row(of.source.label, counted, ended, nothing)
        amount = self.say(of.amount.unrounded) if of.amount else None
        return row(of.source.label, counted, ended, self.day(of.balance.as_of), amount, self._own(of))

    def _own(self, of: SourceView | Statement) -> tuple[str, ...]:
        """What an account holds in its own currency, and the rate at which that counts."""
        rate = of.rate if isinstance(of, Statement) else of.balance.rate if of.balance else None
        if not of.own or not rate:
            return ()
        values = {"own": self.say(of.own.in_full), "rate": self.voice.worth(rate), "day": self.day(rate.day)}
        return self.voice.in_order("%(own)s at %(rate)s, the rate of %(day)s", **values)

    def _of_rate(self, label: str, of: RateChange) -> Row:
        values = {"amount": self.say(abs(of.difference)), "stood": self.say(of.stood)}
        rates = {"before": self.voice.worth(of.before), "now": self.voice.worth(of.now)}
        return row(label, self.voice.in_order(_ROSE if of.difference.amount > 0 else _FELL, **values, **rates))

    def _rates(self) -> Iterator[Row]:
        for of in self.view.sources:
            if of.is_counted and of.balance and of.balance.by_rate and of.balance.by_rate.difference.amount:
                yield self._of_rate(of.source.label, of.balance.by_rate)

    def _payment(self, payment: Payment) -> str:
        said = self.say(abs(payment.amount))
        return self.words("paid back: %(amount)s", amount=said) if payment.amount.amount < 0 else said

    def _paid(self, out: PaidOut) -> tuple[str, ...]:
        given_on = self.words("as promised") if out.payment.promise else ""
        return (self._payment(out.payment), out.payment.to, out.label or given_on)

    def _spending(self) -> Iterator[Row]:
        """From what came in to what is in hand."""
        view, spending, words = self.view, self.view.spending, self.words
        if not spending or not view.now.raised:
            return
        yield row(words("Raised"), self.say(view.now.raised.unrounded))
        for line in spending.lines:
            label = line.label or line.promise or ""
            yield row(label, self.say(line.paid.unrounded))
            for out in line.payments:
                to = [f"updates/{out.update.slug}.html"]
                said = (out.payment.to, self.day(out.update.day), out.update.said.title, self._payment(out.payment))
                yield row(*said, to=to)
        yield row(self.say(spending.paid.unrounded))
        is_open = view.account and view.account.unaccounted
        left = self.say(spending.in_hand.unrounded) if spending.in_hand.unrounded.amount else words("nothing")
        yield row(words("Not accounted for yet" if is_open else "Still left"), left)

    def _closed(self, stood: Snapshot, slug: str) -> Iterator[Row]:
        """Since when nobody is asked, with which update, and what was promised for that."""
        if ending := stood.ending:
            closed = self.words("The appeal closed on %(day)s.", day=self.day(ending.day))
            is_own = ending.slug is None or ending.slug == slug
            yield row(closed) if is_own else row(closed, ending.title, to=[f"updates/{ending.slug}.html"])
            yield row(ending.promise)

    def _match_list(self) -> Iterator[Row]:
        for of in self.view.now.matches:
            yield row(of.who, self.say(of.up_to))
            is_double, times = of.times == 2, self.voice.number(of.times)
            each = self.words("Each gift %s doubled" % ("is" if of.is_open else "was")) if is_double else times
            yield row(each, [source.label for source in of.sources], self.day(of.match.from_), self._on(of.until))
            used = self._shown(of.used) if of.used.says_something else None
            if of.update:
                yield row(self.day(of.update.day), used if of.state is MatchState.KEPT else None)
            elif used and of.state is MatchState.OVER:
                yield row(used)
            elif used and of.left:
                values = {"used": used, "left": self.say(of.left.shown)}
                yield row(self.voice.in_order(_STILL_OPEN, **values))

    def _receipt(self, receipt: Receipt) -> tuple[str, ...]:
        sentence = "taken back: %(amount)s" if receipt.amount.amount < 0 else "of it %(amount)s"
        amount = self.words(sentence, amount=self.say(abs(receipt.amount)))
        return (amount, receipt.from_ or "", self.voice.period(receipt.date) if receipt.date else "")

    def _statements(self, years: Iterable[YearOfStatements], *, is_named: bool = True) -> Iterator[Row]:
        """Every update of some years, newest first, and what there was before each year that stands alone.

        A page of one year names it in its title.
        """
        view = self.view
        for of in years:
            if view.years[1:] and is_named:
                yield row(str(of.year))
            yield from map(self._stated, of.updates)
            if view.earlier_statements and of.before:
                before = self.words("Raised before %(year)s", year=str(of.year))
                yield row(before, self.say(of.before.in_full))

    def _stated(self, update: UpdateView) -> Row:
        path = None if update.file else update.path
        facts: list[str | Iterable[str] | None] = [self.day(update.day), update.title, path]
        for of in update.statements:
            facts += [of.label or self.words("everything together"), self.say(of.amount.in_full)]
            facts.append(self._own(of))
            facts += [self.day(of.as_of)] if of.as_of != update.day else []
            facts += [] if of.is_counted else [self.words("counted in another")]
            facts += [self._receipt(each) for each in of.receipts]
        facts += [fact for each in update.by_rate for fact in self._of_rate(each.label, each.change).facts]
        facts += [self._paid(each) for each in update.paid]
        facts += [self._receipt(each) for each in update.other_receipts]
        raised = update.stood.raised
        facts.append(self.say(raised.in_full) if raised else self.words("no figure yet"))
        return row(*facts, to=[f"updates/{update.slug}.html", update.file, update.history])

    def _change(self, change: Change) -> tuple[str, ...]:
        label = next((of.source.label for of in self.view.sources if of.source.id == change.key), "")
        label = label or ("" if change.is_gift_aid else self.words("everything together"))
        aid = self.words("Gift Aid") if change.is_gift_aid else ""
        if not change.before_shown:
            return (aid, label, self.say(change.after_shown))
        values = {"before": self.say(change.before_shown), "after": self.say(change.after_shown)}
        return (aid, label, *self.voice.in_order("%(before)s became %(after)s", **values))

    def _fell(self, correction: Correction, *, named: bool) -> Iterator[Iterable[str]]:
        yield (correction.why,)
        yield from (self._change(change) for change in correction.changes)
        for receipt in correction.taken_back:
            yield (self.say(abs(receipt.amount)), (receipt.from_ or "") if named else "")
        for payment in correction.paid_back:
            yield (self.say(abs(payment.amount)), payment.to)

    def _correction(self, correction: Correction) -> Row:
        update = correction.update
        facts = (self.day(update.day), *self._fell(correction, named=True), update.said.title)
        return row(*facts, to=[f"updates/{update.slug}.html"])

    def _jump(self, update: UpdateView) -> Row:
        facts = (
            self.day(update.day),
            update.jump,
            *map(self._change, update.leapt),
            *self._leapt(update),
            update.title,
        )
        return row(*facts, to=[f"updates/{update.slug}.html"])

    def _leapt(self, update: UpdateView) -> Iterator[tuple[str, str]]:
        yield from ((self.say(payment.amount), payment.to) for payment in update.leapt_payments)

    def _costs_in_full(self) -> Iterator[Row]:
        """Each cost with all that was said of it; several are a table that adds up."""
        costs, say, is_over = self.view.costs, self.say, self.view.now.ending is not None
        if not costs:
            return
        is_table, raised = bool(costs.lines[1:]), self.view.now.raised
        nothing, not_yet = self.words("nothing"), self.words("nothing yet")
        for line in costs.lines:
            facts = [line.cost.label, *self._told_of(line, is_table=is_table)]
            if is_table:
                facts += [say(line.estimate) if line.estimate.amount else nothing]
                facts += [say(line.others_pay)] if line.payers else []
                facts += [say(line.need) if line.need.amount else nothing] if costs.others_pay and not is_over else []
                met = say(line.met.unrounded) if line.met.unrounded.amount else not_yet if line.need.amount else ""
                facts += [met] if raised and not is_over else []
            yield row(facts)
        if is_table:
            total = [say(costs.estimated.unrounded), say(costs.others_pay.unrounded) if costs.others_pay else ""]
            needed = costs.needed.unrounded
            total += [say(needed) if needed.amount else nothing] if costs.others_pay and not is_over else []
            met = say(costs.met.unrounded) if costs.met.unrounded.amount else not_yet
            total += [met] if raised and not is_over else []
            yield row(self.words("Together"), total)

    def _told_of(self, line: CostLine, *, is_table: bool) -> Iterator[str]:
        """What was said of a cost: its estimates, who else pays, and notes."""
        say, day = self.say, self.day
        for said in reversed(line.estimates):
            # The newest has a column of its own in a table.
            amount = None if is_table and said is line.estimates[-1] else say(said.amount)
            yield from filter(None, (amount, self._on(said.from_), said.why, said.jump))
        for payer in line.payers:
            yield from self._payer_in_full(payer)
        for payer in line.past_payers:
            values = {"amount": say(payer.amount), "start": day(payer.from_), "end": day(payer.until or payer.from_)}
            sentence = "was to pay %(amount)s; that held from %(start)s until %(end)s"
            yield from (payer.who, *self.voice.in_order(sentence, **values), payer.covers or "")
        if not is_table and line.payers and line.need.amount and not self.view.now.ending:
            yield say(line.need_shown)
        for note in line.notes:
            yield from (day(note.said), note.note)

    def _payer_in_full(self, payer: PaidBy) -> tuple[str, ...]:
        if not self.view.now.ending:
            return self._payer(payer)
        values = {"amount": self.say(payer.amount), "day": self.day(payer.from_)}
        return (payer.who, *self.voice.in_order("was to pay %(amount)s from %(day)s", **values), payer.covers or "")

    def _pledges(self) -> Iterator[Row]:
        for pledge in self.view.pledges:
            became = self.words("not here yet and not counted")
            if pledge.kept:
                became = self.words("came in on %(day)s", day=self.day(pledge.kept.day))
            elif pledge.withdrawn:
                became = self.words("withdrawn on %(day)s", day=self.day(pledge.withdrawn.day))
            amount, whose = self.say(pledge.gift.amount), pledge.gift.from_ or ""
            facts = (whose, self.day(pledge.update.day), became)
            yield row(facts, amount) if self.view.pledges[1:] else row(amount, facts)
        if self.view.open_pledges:
            yield row(self.words("Not here yet, together"), self.say(self.view.open_pledges.unrounded))

    def _cause(self, of: CauseView) -> list[Row]:
        whole = self.words("All of it was taken back; it was never counted in the total.")
        if of.amount.says_something:
            whole = self.words("%(amount)s in all, not counted in the total.", amount=self.say(of.amount.in_full))
        rows = [row(of.cause.label), row(whole)]
        for found in of.receipts:
            amount, date = found.receipt.amount, found.receipt.date
            said = self.words("taken back: %(amount)s", amount=self.say(abs(amount)))
            brought = said if amount.amount < 0 else self.say(amount)
            whose, when = found.receipt.from_ or "", self.voice.period(date) if date else ""
            if of.receipts[1:]:
                is_own = amount.currency == found.counts_for.currency
                worth = None if is_own else self.say(abs(found.counts_for))
                rows.append(row(whose, when, self.day(found.update.day), brought, worth))
            else:
                rows.append(row(brought, whose, when, self.day(found.update.day)))
        if of.receipts[1:]:
            together = of.amount.unrounded
            worth = self.say(together) if together.amount > 0 else self.words("nothing")
            rows.append(row(self.words("Together"), worth))
        return rows

    # -- an update ---------------------------------------------------------------------------------------------

    def _after(self, update: UpdateView) -> Iterator[Row]:
        """What an update added, corrected, paid and reached, and how much was missing then."""
        stood, say = update.stood, self.say
        yield from self._closed(stood, update.slug)
        yield from (row(of.label, self._full(of.amount), self._own(of)) for of in update.statements if of.own)
        if update.added and update.added.says_something:
            yield row(say(update.added.shown))
        yield from (self._of_rate(each.label, each.change) for each in update.by_rate)
        had = self._others(stood, "%(amount)s of the goal of %(goal)s was already paid by %(who)s.")
        if stood.is_covered:
            yield row(self.words("Nothing was left to ask for."), had)
        elif stood.remaining and stood.raised:
            left = say(stood.remaining.shown)
            due = self.voice.due(stood.deadline.date) if stood.deadline else ""
            if stood.phase is not Phase.RAISING:
                said = self.words("That was %(amount)s less than the goal.", amount=left)
            elif due:
                said = self.words("%(amount)s was still needed by %(due)s.", amount=left, due=due)
            else:
                said = self.words("%(amount)s was still needed.", amount=left)
            yield row(said, had)
        yield from self._why(update)
        for receipt in update.cause_receipts:
            if receipt.amount.amount:
                back = "%(amount)s for another cause was taken back; it was never counted in the total."
                sentence = (
                    back if receipt.amount.amount < 0 else "%(amount)s for another cause, not counted in the total."
                )
                yield row(self.words(sentence, amount=say(abs(receipt.amount))))
        yield from self._paid_out(update)
        yield from (row(self._name_of(state)) for state in update.reached)

    def _why(self, update: UpdateView) -> Iterator[Row]:
        """Why totals fell or leapt, and what became of matches."""
        for correction in update.corrections:
            yield from (row(facts) for facts in self._fell(correction, named=False))
        if update.jump:
            yield row(update.jump)
            yield from (row(self._change(change)) for change in update.leapt)
            yield from (row(leapt) for leapt in self._leapt(update))
        for match in update.kept_matches:
            yield row(match.who, self._shown(match.used) if match.used.says_something else None)
        yield from (row(match.who, self.say(match.up_to)) for match in update.withdrawn_matches)

    def _paid_out(self, update: UpdateView) -> Iterator[Row]:
        """What it says was paid, and what was in hand after it."""
        stood, say = update.stood, self.say
        yield from (row(self._paid(out)) for out in update.paid)
        if stood.spent and stood.spent.in_hand.unrounded.amount:
            values = {"paid": say(stood.spent.paid.unrounded), "in_hand": say(stood.spent.in_hand.unrounded)}
            sentence = "By then %(paid)s of what was raised had been paid out, and %(in_hand)s was left."
            yield row(self.voice.in_order(sentence, **values))
        elif stood.spent:
            yield row(self.words("By then all that was raised had been paid out."))


_STILL_OPEN = "%(used)s of it is used so far; it has not come in yet and is not counted. %(left)s is left."
_ROSE = "The rate alone added %(amount)s, which is nobody’s gift: %(stood)s counted at %(before)s, and then at %(now)s."
_FELL = (
    "The rate alone took %(amount)s off, and nobody took it out: %(stood)s counted at %(before)s, and then at %(now)s."
)
_NEAR = 8
"""Percent of the height of a chart."""
_PHASES = (
    *("The appeal closed on %(day)s.", "The appeal has closed.", "Nothing is left to ask for.", "The goal is reached."),
    "The deadline was %(due)s.",
)
"""What is true of one phase alone."""
_HELD_BY = {
    ("charity", False): "The money is held by a charity.",
    ("charity", True): "The money was held by a charity.",
    ("family", False): "The money is held by the family.",
    ("family", True): "The money was held by the family.",
}
"""By whose it is, and whether all of it has been paid out."""
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"})


def _is_all_paid_out(stood: Snapshot) -> bool:
    return stood.spent is not None and not stood.spent.in_hand.unrounded.amount


def _of_promise(stood: Snapshot) -> str:
    """Before the promise that applies after an ending: what will be of the money, or what was to be."""
    return "What was promised:" if _is_all_paid_out(stood) else "What happens to the money now:"


def _with_bar(stood: Snapshot) -> list[Snapshot]:
    """The figures, where a bar is drawn of them."""
    return [stood] if stood.measure else []


def positions(page: PageFacts) -> tuple[set[tuple[Decimal, Decimal]], set[Decimal], set[Decimal]]:
    """Where bars begin and how long they are; where else anything stands, across and down; in percent."""
    nothing, whole = Decimal(0), Decimal(100)
    bars, across, down = {(nothing, nothing), (nothing, whole)}, {nothing, whole}, {nothing, whole}
    for measure in (stood.measure for stood in page.bars if stood.measure):
        bars |= {(nothing, measure.done), (measure.done, measure.promised), (measure.goal, measure.beyond)}
        across |= {measure.done, measure.goal, *measure.earlier_goals}
        across |= {at.position for each in (measure.ticks, measure.flags, measure.labels) for at in each}
    for measure in (stood.measure for stood in page.upright if stood.measure):
        bars.add((nothing, measure.done))
        down |= {whole - at for at in (measure.done, measure.goal, *measure.earlier_goals)}
        down |= {whole - measure.done - measure.promised, whole - measure.goal - measure.beyond}
        down |= {whole - tick.position for tick in measure.ticks}
    if chart := page.chart:
        across |= {step.x for step in chart.steps} | {run.until for run in chart.runs}
        across |= {goal.until for goal in chart.goals} | {mark.x for mark in chart.dates}
        down |= {step.y for step in chart.steps} | {run.end for run in chart.runs}
        down |= {of.y for each in (chart.goals, chart.lines) for of in each}
    if frame := page.frame:
        down |= {frame.done_y, frame.promised_y, *frame.bands_y, *frame.earlier_goals_y}
        down |= {at.y for each in (frame.ticks, frame.notches, frame.labels) for at in each}
    return bars, across, down
