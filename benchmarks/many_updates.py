"""A campaign of any number of updates that uses every field, and the same prose for generators that know no figures.

The same number gives the same bytes. Four updates in ten state a total, as families' do; the story of each has about
250 words, with a list, a quotation, a table or links in some.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

BEGUN = datetime(2017, 1, 4, 8, 0)
PROSE = (
    "so many of you came to the hall on saturday and nobody left before the last cake was sold the children drew "
    "a poster for every lamp post in the street and grandmother counted the coins twice because she did not trust "
    "her own eyes the doctors wrote that the next appointment can be in spring and that we should keep on with the "
    "exercises every morning after breakfast we walked along the river with the new frame and a stranger stopped to "
    "ask what it was for and then walked with us to the bridge thank you for the letters we read them aloud at night"
)
WORDS = tuple(PROSE.split(" "))

CAMPAIGN = """\
name: A frame for Robin
beneficiary: Robin
summary: Robin is four, and wants to walk to school.
currency: GBP
locale: en_GB
timezone: Europe/London
started: 2017-01-01
goal:
  - {{from: 2017-01-01, amount: {first}}}
  - {{from: 2017-03-01, amount: {goal}, why: The hospital sent a new estimate.}}
deadline:
  - {{date: 2026-12, said: 2017-01-01, why: After that the operation is no longer possible.}}
story: Robin cannot stand alone. An operation and a year of training would change that.
costs:
  - {{id: operation, label: The operation, estimate: about {half}}}
  - {{id: training, label: The training, estimate: about {quarter}, paid_by: [{{from: 2017-05-01, who: The council,
      amount: {tenth}}}]}}
  - {{id: travel, label: Travel, estimate: {tenth}, notes: [{{said: 2017-04-01, note: Six journeys.}}]}}
promise:
  too_much: It goes to another child on the same ward.
  too_little: It pays for training at home.
  not_needed: It goes to the ward.
held_by: {{kind: personal, name: Robin's parents}}
contact: https://robin.example.org/contact
give:
  - {{label: The page, url: "https://give.example.org/robin"}}
sources:
  - {{id: page, label: The page}}
  - {{id: bank, label: The bank account}}
  - {{id: abroad, label: The page abroad, currency: USD}}
  - {{id: cash, label: Cash, records: receipts}}
matches:
  - {{id: mill, who: The mill, each: 1, up_to: {tenth}, from: 2017-02-01, until: 2017-12-31, sources: [page]}}
milestones:
  - {{raised: 10%}}
  - {{raised: 50%, label: Half way}}
  - {{cost: operation}}
  - {{counter: names, at: 1000}}
  - {{id: accepted, label: Accepted for the operation, said: 2017-02-01}}
counters: [{{id: names, label: names on the petition}}]
treatment:
  - {{said: 2017-01-10, status: hoped, what: The operation, where: The children's hospital}}
  - {{said: 2017-06-10, status: planned, what: The operation, where: The children's hospital, when: next year}}
other_causes: [{{id: ward, label: The ward}}]
press: [{{date: 2017-02-02, publication: The Echo, title: A frame for Robin, says: A street walks.}}]
"""


@dataclass(frozen=True, slots=True)
class Post:
    """An update by parts: when, what it is called, its fields besides these, and its story."""

    at: datetime
    title: str
    fields: str
    story: str

    @property
    def name(self) -> str:
        """The file's name without an ending."""
        return f"{self.at:%Y-%m-%d}-news-at-{self.at:%H%M}"


def posts(number: int) -> Iterator[Post]:
    """So many updates, oldest first; a longer series begins with the shorter."""
    for count in range(number):
        chance = random.Random(count)
        # Three a day where there are thousands, so that the years stay a family's.
        at = BEGUN + timedelta(days=count // 3, hours=count % 3 * 5, minutes=count % 50)
        yield Post(at, f"{_sentence(chance, 4)} {count + 1}", "\n".join(_fields(count, chance)), _story(count, chance))


def _fields(count: int, chance: random.Random) -> Iterator[str]:
    """A total that grows by 20 with each update, on four accounts."""
    if count % 5 in (0, 2):
        about = "about " if count % 10 == 2 else ""
        yield f"totals:\n  page: {about}{20 * count + 100}\n  bank: {6 * count + 50}.{count % 100:02d}"
    elif count % 25 == 4:
        yield f"totals:\n  abroad: {2 * count + 40}\nrates: {{USD: 0.{640 + count % 20}}}"
    if count % 10 == 3:
        yield f"received:\n  - {{source: cash, amount: {30 + count % 7}.50, from: The cake sale, event: walk}}"
        yield "  - {cause: ward, amount: 12, from: A friend}"
    now_and_then = {
        (100, 6): f"promised: [{{id: p{count}, amount: 50, from: A shop}}]",
        (100, 56): f"{'kept' if count % 200 == 56 else 'withdrawn'}: [p{count - 50}]",
        (20, 7): f"counters: {{names: {100 + count}}}",
        (50, 49): "paid: [{amount: 200, to: The hospital, cost: operation}]",
        (9, 1): "author: Mum",
        (11, 1): f"summary: {_sentence(chance, 9)}.",
    }
    yield from (field for (every, at), field in now_and_then.items() if count % every == at)
    if count == 90:
        yield "reached: [accepted]"


def _sentence(chance: random.Random, words: int) -> str:
    start = chance.randrange(len(WORDS) - words)
    return " ".join(WORDS[start : start + words]).capitalize()


def _story(count: int, chance: random.Random) -> str:
    parts = [" ".join(f"{_sentence(chance, chance.randrange(7, 15))}." for _ in range(5)) for _ in range(4)]
    if count % 4 == 1:
        parts.insert(1, "\n".join(f"- {_sentence(chance, 5)}" for _ in range(4)))
    if count % 6 == 2:
        parts.insert(2, f"> {_sentence(chance, 12)}.")
    if count % 12 == 5:
        parts.insert(1, "| Day | Cakes |\n|---|---|\n| Friday | 40 |\n| Saturday | 61 |")
    parts[0] = (
        f"{parts[0]} **{_sentence(chance, 3)}**, and [what the hospital says](https://hospital.example.org/walk)."
    )
    return "\n\n".join(parts)


def write_campaign(content: Path, number: int) -> None:
    """The content folder of a campaign with so many updates."""
    goal = max(60_000, 45 * number)
    (content / "updates").mkdir(parents=True)
    sums = {"goal": goal, "first": goal * 4 // 5, "half": goal // 2, "quarter": goal // 4, "tenth": goal // 10}
    (content / "campaign.yaml").write_text(CAMPAIGN.format(**sums), encoding="utf-8")
    (content / "events").mkdir()
    walk = (
        "---\ntitle: The walk\ndate: 2017-01-30 10:30\nheld: true\nplace: The river\n---\nWe walked along the river.\n"
    )
    (content / "events/walk.md").write_text(walk, encoding="utf-8")
    (content / "pages").mkdir()
    (content / "pages/robin.md").write_text("---\ntitle: Robin\n---\nRobin likes trains.\n", encoding="utf-8")
    for post in posts(number):
        write_update(content, post)


def write_update(content: Path, post: Post) -> Path:
    """One update's file, as a volunteer writes it."""
    fields = f"{post.fields}\n" if post.fields else ""
    path = content / f"updates/{post.name}.md"
    path.write_text(
        f"---\ntitle: {post.title}\ndate: {post.at:%Y-%m-%d %H:%M}\n{fields}---\n{post.story}\n", encoding="utf-8"
    )
    return path
