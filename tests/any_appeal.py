"""Appeals that chance puts together, as families type them; some of them are refused, as some of theirs are."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

BEGUN = date(2023, 9, 1)
LOCALES = (("en_GB", "GBP"), ("de_DE", "EUR"), ("fr_FR", "EUR"), ("pl_PL", "PLN"), ("en_US", "USD"))
QUALIFIERS = ("", "", "", "about ", "at least ")
# Families write what the theme writes, too.
TITLES = (
    *(
        "Thank you.",
        "Danke.",
        "No figure yet",
        "The appeal has ended",
        "2 October 2023",
        "100%",
        "News",
        "“News”, again",
    ),
    *("£5,000 of £40,000", "Raised: 900 €", "about 250.000 €", "still needed", "Ways to give", "<b>Bold</b> & brave"),
)


class AnyAppeal:
    """One appeal; the same seed gives the same."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.locale, self.currency = self.chance.choice(LOCALES)
        self.other = "USD" if self.currency != "USD" else "GBP"
        self.goal: int = self.chance.choice((900, 5_000, 40_000, 250_000))
        self.costs = [f"c{number}" for number in range(self.chance.choice((0, 0, 1, 2, 3, 6)))]
        accounts = ((), ("page",), ("page", "bank"), ("page", "bank", "abroad"), ("page", "cash"))
        self.sources: tuple[str, ...] = self.chance.choice(accounts)
        self.has_counter, self.has_said = self.of(0.3), self.of(0.4)
        self.campaign = "\n".join(filter(None, self._campaign())) + "\n"
        self.updates = dict(self._updates())

    def of(self, share: float) -> bool:
        """Whether it is so this time, as often as ``share`` says."""
        return self.chance.random() < share

    def maybe(self, text: str, share: float = 0.5) -> str:
        return text if self.of(share) else ""

    def day(self, after: int = 0, until: int = 300) -> date:
        return BEGUN + timedelta(days=self.chance.randrange(after, until))

    # -- campaign.yaml -----------------------------------------------------------------------------------------

    def _campaign(self) -> Iterator[str]:
        plea = self.chance.choice(("It lets in rain.", *TITLES))
        yield f"name: A roof\ncurrency: {self.currency}\nlocale: {self.locale}\nstarted: {BEGUN}"
        yield self.maybe(f"summary: '{plea}'")
        yield self._goal()
        yield self._deadline()
        yield self.maybe(f"closed: {self.day(200)}", 0.15)
        yield self.maybe("story: It is old.")
        yield _listed("costs", [self._cost(cost) for cost in self.costs])
        yield _listed("milestones", self._milestones())
        yield "counters: [{id: names, label: names}]" if self.has_counter else ""
        promise = "promise: {too_much: To the hall., too_little: To half of it., not_needed: To the school.}"
        yield self.maybe(promise, 0.7)
        yield _listed("give", self._ways())
        yield self.maybe("held_by: {kind: charity, name: The hall’s friends, number: '1234567'}", 0.4)
        yield self.maybe(f"press: [{{date: {self.day()}, publication: The Echo, title: Rain comes in}}]", 0.3)
        yield self.maybe("other_causes: [{id: bells, label: The bells}]", 0.2)
        status = self.chance.choice(("hoped", "planned", "booked", "done", "cancelled"))
        yield self.maybe(f"treatment: [{{said: {self.day()}, status: {status}, what: New slates}}]", 0.3)
        said_more = {"abroad": f", currency: {self.other}", "cash": ", records: receipts"}
        yield _listed("sources", [f"{{id: {of}, label: The {of}{said_more.get(of, '')}}}" for of in self.sources])
        if "page" in self.sources and self.of(0.5):
            until = self.maybe(f", until: {self.day(150)}")
            terms = f"each: {self.chance.choice(('1', '2', '0.5'))}, up_to: {self.goal // 4}, from: {self.day(0, 90)}"
            yield f"matches: [{{id: mill, who: A mill, {terms}{until}, sources: [page]}}]"

    def _goal(self) -> str:
        if self.of(0.7):
            return f"goal: {self.goal}"
        later = (
            f"{{from: {self.day(60)}, amount: {int(self.goal * self.chance.choice((0.6, 1.4)))}, why: A new estimate.}}"
        )
        return _listed("goal", [f"{{from: {BEGUN}, amount: {self.goal}}}", later])

    def _deadline(self) -> str:
        if self.of(0.4):
            return ""
        due = self.chance.choice((self.day(100, 500).isoformat(), f"{self.day(100, 500):%Y-%m}"))
        moved = f"{{said: {self.day(30, 90)}, date: {self.day(100, 500)}, why: The builder is ill.}}"
        return f"deadline: {due}" if self.of(0.6) else _listed("deadline", [f"{{date: {due}}}", moved])

    def _cost(self, cost: str) -> str:
        estimate = (
            f"{self.chance.choice(('', 'about '))}{int(self.goal * self.chance.choice((0.1, 0.3, 0.5, 0.9, 1.3)))}"
        )
        part = int(self.goal * self.chance.choice((0.1, 0.3)))
        payer = self.maybe(f", paid_by: [{{from: {self.day()}, who: The council, amount: {part}}}]", 0.3)
        return f"{{id: {cost}, label: Cost {cost}, estimate: {estimate}{payer}}}"

    def _milestones(self) -> list[str]:
        said = [f"{{raised: {int(self.goal * share)}}}" for share in (0.1, 0.5, 1, 1.2) if self.of(0.4)]
        said += [f"{{raised: {share}%, label: Share {share}}}" for share in (25, 100, 150) if self.of(0.4)]
        said += [f"{{cost: {cost}, label: Paid {cost}}}" for cost in self.costs if self.of(0.4)]
        said += ["{counter: names, at: 100}"] if self.has_counter else []
        said += [f"{{id: m0, date: {self.day()}, label: A day}}"] if self.of(0.3) else []
        return [*said, *(["{id: m1, label: Said}"] if self.has_said else [])]

    def _ways(self) -> list[str]:
        ways = [
            self.maybe('{label: Online, url: "https://give.example.org/roof", note: By card.}', 0.7),
            self.maybe("{label: Bank, account: {name: The hall, iban: DE89370400440532013000}}", 0.4),
            self.maybe(f'{{label: The fair, url: "https://give.example.org/fair", closes: {self.day()}}}', 0.2),
        ]
        return [way for way in ways if way]

    # -- the updates -------------------------------------------------------------------------------------------

    def _updates(self) -> Iterator[tuple[str, str]]:
        self.stands = dict.fromkeys(self.sources or ("raised",), 0)
        self.spent, self.has_ended = 0, False
        self.pledged: list[str] = []
        for number, day in enumerate(sorted({self.day() for _ in range(self.chance.choice((0, 1, 3, 6, 15)))})):
            title = f"News {number}" if self.of(0.5) else self.chance.choice(TITLES)
            fields = [f"title: '{title}'", *(self._totals(number) if self.of(0.75) else ())]
            fields += [*self._promised(number), *self._paid(), *self._ending(number)]
            fields.append(f"counters: {{names: {50 + number * 20}}}" if self.has_counter and self.of(0.4) else "")
            fields.append(self.maybe("reached: [m1]", 0.15) if self.has_said else "")
            yield day.isoformat(), "\n".join(filter(None, fields))

    def _totals(self, number: int) -> Iterator[str]:
        totals, has_fallen = [], False
        for source in self.stands:
            if source != "cash" and self.stands[source] and self.of(0.06):
                self.stands[source] = int(self.stands[source] * self.chance.choice((0, 0.4, 0.9)))
                totals.append(f"  {source}: {self.stands[source]}")
                has_fallen = True
            elif self.of(0.8):
                grown = int(self.goal * self.chance.random() * self.chance.choice((0.05, 0.3)))
                self.stands[source] += grown
                if source != "cash":
                    about = self.chance.choice(QUALIFIERS) if number else ""
                    totals.append(f"  {source}: {about}{self.stands[source]}")
                elif grown:
                    yield f"received: [{{source: cash, amount: {grown}, from: A sale}}]"
                if source == "abroad":
                    yield f"rates: {{{self.other}: 0.{self.chance.randrange(70, 90)}}}"
        if totals:
            yield "\n".join(["totals:", *totals])
        if has_fallen:
            yield "correction: Counted twice."
        # A leap without its reason is refused; one that is not one is refused with a reason.
        yield self.maybe("jump: A legacy.", 0.15)

    def _promised(self, number: int) -> Iterator[str]:
        if self.pledged and self.of(0.4):
            yield f"{self.chance.choice(('kept', 'withdrawn'))}: [{self.pledged.pop()}]"
        if self.of(0.25):
            amount = f"{self.chance.choice(('', 'about '))}{self.goal // 10}"
            yield f"promised: [{{id: p{number}, amount: {amount}, from: A shop}}]"
            self.pledged.append(f"p{number}")

    def _paid(self) -> Iterator[str]:
        in_hand = sum(self.stands.values()) - self.spent
        if in_hand > self.goal // 5 and self.of(0.25):
            of = f", cost: {self.chance.choice(self.costs)}" if self.costs and self.of(0.6) else ""
            yield f"paid: [{{amount: {int(in_hand * 0.15)}, to: A builder{of}}}]"
            self.spent += int(in_hand * 0.15)

    def _ending(self, number: int) -> Iterator[str]:
        if not self.has_ended and number > 1 and self.of(0.12):
            self.has_ended = True
            yield f"ends: {self.chance.choice(('done', 'not_needed', 'stopped'))}"
        elif self.has_ended and self.of(0.2):
            self.has_ended = False
            yield "resumes: true"


def _listed(name: str, entries: list[str]) -> str:
    return "\n".join([f"{name}:", *(f"  - {entry}" for entry in entries)]) if entries else ""
