"""Contents of any size, each large in one way: what a loop over what people write may be run through with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

CAMPAIGN = "name: A new roof\ncurrency: GBP\ngoal: 50,000\n"
FIRST = date(2000, 1, 1)


def day(number: int) -> str:
    return str(FIRST + timedelta(days=number))


def update(number: int, fields: str = "", story: str = "News.") -> tuple[str, str]:
    name = f"updates/{day(number)}-news.md"
    return name, f"---\ntitle: News\ndate: {day(number)}\n{fields}---\n{story}\n"


Files = Iterator[tuple[str, str]]


def plain(size: int) -> Files:
    yield "campaign.yaml", CAMPAIGN
    for number in range(size):
        yield update(number, f"totals:\n  raised: {1000 + number}\n")


def linked_to_each_other(size: int) -> Files:
    yield "campaign.yaml", CAMPAIGN
    for number in range(size):
        others = [(number + step) % size for step in (1, 2, 3, size // 2)]
        yield update(number, "", " ".join(f"[then]({day(other)}-news.md)" for other in others))


def drafts(size: int) -> Files:
    yield "campaign.yaml", CAMPAIGN
    for number in range(size):
        yield update(number, "status: draft\n", f"See [this]({day((number + 1) % size)}-news.md) as a draft.")


SOURCES = "sources:\n  - {id: page, label: Page}\n  - {id: cash, label: Cash, records: receipts}\n"


def receipts(size: int) -> Files:
    yield "campaign.yaml", CAMPAIGN + SOURCES
    for number in range(size):
        yield update(number, f"totals: {{page: {1000 + number}}}\nreceived:\n  - {{source: cash, amount: 1}}\n")


def corrections(size: int) -> Files:
    yield "campaign.yaml", CAMPAIGN + SOURCES
    for number in range(size):
        why = "correction: Counted again.\n" if number % 2 else ""
        yield update(number, f"totals: {{page: {1000 + 10 * ((number + 1) % 2)}}}\n{why}")


def promises(size: int) -> Files:
    yield "campaign.yaml", CAMPAIGN
    made = "".join(f"  - {{id: gift-{number}, amount: 5}}\n" for number in range(40))
    for number in range(size):
        yield update(number, f"promised:\n{made}" if number == 0 else "kept: [gift-1]\n" if number == 1 else "")


def other_causes(size: int) -> Files:
    causes = "".join(f"  - {{id: cause-{number}, label: Cause}}\n" for number in range(20))
    yield "campaign.yaml", f"{CAMPAIGN}other_causes:\n{causes}"
    for number in range(size):
        yield update(number, f"received:\n  - {{cause: cause-{number % 20}, amount: 5}}\n")


def milestones(size: int) -> Files:
    planned = "".join(f"  - {{id: day-{number}, label: A day}}\n" for number in range(50))
    yield "campaign.yaml", f"{CAMPAIGN}milestones:\n{planned}"
    for number in range(size):
        yield update(number, f"totals: {{raised: {1000 + number}}}\n" + ("reached: [day-1]\n" if number == 1 else ""))


def counters(size: int) -> Files:
    named = "".join(f"  - {{id: walk-{number}, label: walkers}}\n" for number in range(20))
    yield "campaign.yaml", f"{CAMPAIGN}counters:\n{named}"
    for number in range(size):
        yield update(number, f"counters: {{walk-{number % 20}: {number + 1}}}\n")


def events(size: int) -> Files:
    yield "campaign.yaml", CAMPAIGN + SOURCES
    for number in range(size):
        yield f"events/fair-{number}.md", f"---\ntitle: Fair\ndate: {day(number)}\n---\nCome.\n"
        yield update(number, f"received:\n  - {{source: cash, amount: 1, event: fair-{number}}}\n")


def pages(size: int) -> Files:
    yield "campaign.yaml", CAMPAIGN
    for number in range(size):
        yield f"pages/p{number}.md", f"---\ntitle: Page\n---\nSee [more](pages/p{(number + 1) % size}.md).\n"


def wrong(size: int) -> Files:
    """Every file with a problem of its own."""
    yield "campaign.yaml", CAMPAIGN
    for number in range(size):
        yield update(number, "totls: 5\n", "![A walk](images/none.jpg) and [more](nowhere.md)")


def misnamed(size: int) -> Files:
    yield "campaign.yaml", CAMPAIGN
    for number in range(size):
        yield f"updates/news {number} copy.md", "---\ntitle: News\ndate: 2024-01-01\n---\nNews.\n"


def paragraphs(size: int) -> Files:
    yield "campaign.yaml", CAMPAIGN
    yield update(0, "", "\n\n".join(["A [walk](https://example.org), *again* and £5."] * size))


def list_in_a_story(size: int) -> Files:
    yield "campaign.yaml", CAMPAIGN
    yield update(0, "", "\n\n".join(f"- one of **{number}** things" for number in range(size)))


CONTENTS: dict[str, Callable[[int], Files]] = {
    "updates": plain,
    "updates that link to each other": linked_to_each_other,
    "drafts that link to each other": drafts,
    "receipts": receipts,
    "corrections": corrections,
    "updates beside promises": promises,
    "money for other causes": other_causes,
    "updates beside milestones": milestones,
    "counters": counters,
    "events": events,
    "pages": pages,
    "problems": wrong,
    "files with odd names": misnamed,
    "paragraphs of a story": paragraphs,
    "a list in a story": list_in_a_story,
}
"""Each is read with work that grows as its size does."""


def write(folder: Path, files: Files) -> Path:
    """Write a content below ``folder``; returns its own folder."""
    for name, text in files:
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return folder / "content"
