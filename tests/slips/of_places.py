"""Slips of right words at the wrong place, and of files."""

from __future__ import annotations

from collections.abc import Iterator

from .family import family
from .slip import Asked, Meant, Refused, Slip, renamed, saved, slip
from .sound import CAMPAIGN, ENGLISH, EVENT, NEWEST, PAGE


@family("A value stands under another key than it belongs to.")
def wrong_places() -> Iterator[Slip]:
    yield slip(
        "a receipt's source under totals",
        NEWEST,
        "bank: 4,250",
        "bank: 4,250\n  cash: 1,568.40",
        Refused("records", "totals.cash"),
    )
    yield slip(
        "a running source under received",
        NEWEST,
        "- source: cash\n",
        "- source: bank\n",
        Refused("records", "received[2].source"),
    )
    yield slip(
        "a source's label under totals",
        NEWEST,
        "bank: 4,250",
        "Charity account: 4,250",
        Refused("unknown-id", "totals.Charity account"),
    )
    yield slip(
        "a counter under totals",
        NEWEST,
        "bank: 4,250",
        "bank: 4,250\n  petition: 1,840",
        Refused("unknown-id", "totals.petition"),
    )
    yield slip(
        "a source under counters",
        NEWEST,
        "petition: more than 1,840",
        "bank: 4,250",
        Refused("unknown-id", "counters.bank"),
    )
    yield slip(
        "a milestone under counters",
        NEWEST,
        "petition: more than 1,840",
        "accepted: 1",
        Refused("unknown-id", "counters.accepted"),
    )
    yield slip(
        "a day as the title and the reverse",
        NEWEST,
        "title: The walk\ndate: 2024-05-26 18:30",
        "title: 2024-05-26\ndate: The walk",
        Refused("date", "date", at="date:"),
    )
    yield slip(
        "the amount as from and the reverse",
        NEWEST,
        "amount: 1,250\n    from: Raffle and tea",
        "amount: Raffle and tea\n    from: 1,250",
        Refused("amount", "received[2].amount"),
    )
    yield slip(
        "a cause as the source", NEWEST, "cause: ward}", "source: ward}", Refused("unknown-id", "received[3].source")
    )
    yield slip(
        "a source as the cause", NEWEST, "cause: ward}", "cause: cash}", Refused("unknown-id", "received[3].cause")
    )
    yield slip(
        "no source",
        NEWEST,
        "  - source: cash\n    amount: 1,250",
        "  - amount: 1,250",
        Refused("missing", "received[2].source"),
    )
    yield slip(
        "no cause", NEWEST, "from: Evening, cause: ward}", "from: Evening}", Refused("missing", "received[3].source")
    )
    yield slip(
        "an event that is not there",
        NEWEST,
        "event: buggy-walk",
        "event: buggy",
        Refused("unknown-id", "received[1].event"),
    )
    yield slip(
        "an event with .md", NEWEST, "event: buggy-walk", "event: buggy-walk.md", Refused("id", "received[1].event")
    )
    yield slip(
        "an event by its title", NEWEST, "event: buggy-walk", "event: Buggy walk", Refused("id", "received[1].event")
    )
    yield slip(
        "a computed milestone as reached", NEWEST, "[accepted]", "[half-way]", Refused("unknown-id", "reached[1]")
    )
    yield slip(
        "a milestone's label as reached",
        NEWEST,
        "[accepted]",
        "[Accepted for the operation]",
        Refused("id", "reached[1]"),
    )
    yield slip(
        "a promise kept that nobody made",
        NEWEST,
        "reached: [accepted]",
        "kept: [mil]",
        Refused("unknown-id", "kept[1]"),
    )
    yield slip(
        "the promise under received",
        NEWEST,
        "promised:\n  - {id: mill, amount: about 5000, from: A local mill}\n",
        "  - {id: mill, amount: 5000, from: A local mill}\n",
        Refused("unknown-field", "received[4].id", also=("missing",)),
    )
    yield slip(
        "totals as a list",
        NEWEST,
        "  justgiving: 25,480.20\n  bank: 4,250",
        "  - justgiving: 25,480.20\n  - bank: 4,250",
        Refused("shape", "totals", at="totals:"),
    )
    yield slip(
        "totals on the line",
        NEWEST,
        "totals:\n  justgiving: 25,480.20\n  bank: 4,250",
        "totals: 29,730.20",
        Refused("shape", "totals"),
    )
    yield slip(
        "raised for a source",
        NEWEST,
        "  justgiving: 25,480.20\n",
        "  raised: 25,480.20\n",
        Refused("sum", "totals.raised"),
    )
    yield slip(
        "what was added for the total",
        NEWEST,
        "justgiving: 25,480.20",
        "justgiving: 4,322.50",
        Refused("fall", "totals.justgiving"),
    )
    yield slip("the sum for a source", NEWEST, "bank: 4,250", "bank: 32,140.90", Refused("leap", "totals.bank"))
    yield slip(
        "the bank's figure for the page's",
        NEWEST,
        "justgiving: 25,480.20\n  bank: 4,250",
        "justgiving: 4,250\n  bank: 25,480.20",
        Refused("fall", "totals.justgiving", also=("leap",)),
    )
    yield slip("the figure of before", NEWEST, "justgiving: 25,480.20", "justgiving: 21,157.70", Asked("still"))
    yield slip(
        "the counter's figure for the bank's", NEWEST, "bank: 4,250", "bank: 1,840", Refused("fall", "totals.bank")
    )
    yield slip(
        "a counter of before last",
        NEWEST,
        "petition: more than 1,840",
        "petition: more than 184",
        Asked("184", is_doubt=True),
    )
    yield slip("a counter with a part", NEWEST, "more than 1,840", "1,840.5", Refused("count", "counters.petition"))
    yield slip("a counter with a sign", NEWEST, "more than 1,840", "£1,840", Refused("count", "counters.petition"))
    yield slip("a counter in words", NEWEST, "more than 1,840", "lots", Refused("count", "counters.petition"))
    yield slip(
        "a day as the goal's amount",
        CAMPAIGN,
        "{from: 2024-03-01, amount: 50000",
        "{from: 50000, amount: 2024-03-01",
        Refused("date", "goal[2].from", also=("amount",)),
    )
    yield slip(
        "the goal as a text", CAMPAIGN, "amount: 50000", "amount: fifty thousand", Refused("amount", "goal[2].amount")
    )
    yield slip("the currency's sign", CAMPAIGN, "currency: GBP", "currency: £", Refused("currency", "currency"))
    yield slip(
        "the currency in small letters", CAMPAIGN, "currency: GBP", "currency: gbp", Refused("currency", "currency")
    )
    yield slip(
        "the currency's letters swapped", CAMPAIGN, "currency: GBP", "currency: GPB", Refused("currency", "currency")
    )
    yield slip("another currency", CAMPAIGN, "currency: GBP", "currency: USD", Asked("currency"))
    yield slip("the language alone", CAMPAIGN, "locale: en_GB", "locale: English", Refused("locale", "locale"))
    yield slip(
        "a city as the time zone",
        CAMPAIGN,
        "timezone: Europe/London",
        "timezone: London",
        Refused("timezone", "timezone"),
    )
    yield slip("a kind that is none", CAMPAIGN, "kind: charity", "kind: Charity", Refused("choice", "held_by.kind"))
    yield slip(
        "a status that is none",
        CAMPAIGN,
        "status: accepted",
        "status: acepted",
        Refused("choice", "treatment[1].status"),
    )
    yield slip(
        "records that are none",
        CAMPAIGN,
        "records: receipts",
        "records: receipt",
        Refused("choice", "sources[3].records"),
    )
    yield slip(
        "a cost that is not there", CAMPAIGN, "cost: surgery", "cost: surgey", Refused("milestone", "milestones[3]")
    )
    yield slip(
        "a counter that is not there",
        CAMPAIGN,
        "counter: petition",
        "counter: petitions",
        Refused("milestone", "milestones[4]"),
    )
    yield slip(
        "a counter without at", CAMPAIGN, "petition, at: 2000", "petition", Refused("milestone", "milestones[4]")
    )
    yield slip(
        "an address without https",
        CAMPAIGN,
        '"https://example.org/amy"',
        "example.org/amy",
        Refused("address", "give[1].url"),
    )
    yield slip(
        "an address with a space",
        CAMPAIGN,
        '"https://example.org/amy"',
        '"https://example.org/ amy"',
        Refused("address", "give[1].url"),
    )
    yield slip(
        "an address with http",
        CAMPAIGN,
        '"https://example.org/amy"',
        '"http://example.org/amy"',
        Refused("address", "give[1].url"),
    )
    yield slip(
        "a contact without mailto", CAMPAIGN, "mailto:amy@example.org", "amy@example.org", Refused("address", "contact")
    )
    yield slip("a draft by mistake", EVENT, "status: published", "status: Draft", Refused("choice", "status"))
    yield slip(
        "receipts recorded as a total",
        CAMPAIGN,
        ", records: receipts",
        "",
        Refused("records", "received[1].source", path="updates/2024-03-03-cake-sale.md", at=5, also=("records", "sum")),
    )


@family("Something stands there twice.")
def duplicates() -> Iterator[Slip]:
    for line in (
        "title: The walk",
        "date: 2024-05-26 18:30",
        "as_of: 2024-05-25",
        "author: Mum",
        "reached: [accepted]",
    ):
        key = line.partition(":")[0]
        yield slip(f"{key} twice", NEWEST, line, f"{line}\n{line}", Refused("duplicate", key))
    yield slip(
        "a source twice", NEWEST, "  bank: 4,250", "  bank: 4,250\n  bank: 4,250", Refused("duplicate", "totals.bank")
    )
    yield slip(
        "a source twice with another figure",
        NEWEST,
        "  bank: 4,250",
        "  bank: 4,250\n  bank: 4,520",
        Refused("duplicate", "totals.bank"),
    )
    yield slip(
        "the other source is this one again",
        NEWEST,
        "  bank: 4,250",
        "  justgiving: 4,250",
        Refused("duplicate", "totals.justgiving"),
    )
    yield slip(
        "totals twice",
        NEWEST,
        "as_of: 2024-05-25",
        "totals:\n  bank: 4,250\nas_of: 2024-05-25",
        Refused("duplicate", "totals"),
    )
    yield slip(
        "an amount twice in a receipt",
        NEWEST,
        "amount: 1,250",
        "amount: 1,250\n    amount: 1,520",
        Refused("duplicate", "received[2].amount"),
    )
    yield slip(
        "a milestone reached twice", NEWEST, "[accepted]", "[accepted, accepted]", Refused("duplicate", "reached[2]")
    )
    yield slip(
        "a receipt twice",
        NEWEST,
        "  - source: cash\n    amount: 1,250\n    from: Raffle and tea\n",
        "  - source: cash\n    amount: 1,250\n    from: Raffle and tea\n" * 2,
        Asked("3,660.70", is_doubt=True),
    )
    yield slip(
        "a promise twice",
        NEWEST,
        "from: A local mill}",
        "from: A local mill}\n  - {id: mill, amount: about 5000, from: A local mill}",
        Refused("promise-id", "promised[2].id"),
    )
    for group, line in {
        "sources": "  - {id: bank, label: Charity account}",
        "counters": "  - {id: petition, label: signatures}",
        "other_causes": "  - {id: ward, label: The ward}",
    }.items():
        place = {"sources": 3}.get(group, 2)
        yield slip(
            f"an id of {group} twice", CAMPAIGN, line, f"{line}\n{line}", Refused("duplicate", f"{group}[{place}].id")
        )
    yield slip(
        "a milestone twice",
        CAMPAIGN,
        "  - {raised: 50%, label: Half way}",
        "  - {raised: 50%, label: Half way}\n  - {raised: 50%, label: Half way}",
        Refused("duplicate", "milestones[3]"),
    )
    yield slip(
        "a way to give twice",
        CAMPAIGN,
        "give:\n",
        'give:\n  - {label: JustGiving, url: "https://example.org/amy", closes: 2024-12-31}\n',
        Refused("duplicate", "give[2]"),
    )
    for key in ("currency: GBP", "started: 2024-01-08", "contact: mailto:amy@example.org"):
        yield slip(f"{key} twice", CAMPAIGN, key, f"{key}\n{key}", Refused("duplicate", key.partition(":")[0]))
    again = ENGLISH[NEWEST]
    for name in ("updates/2024-05-26-the-walk-2.md", "updates/2024-05-26-again.md"):
        expected = Refused(
            "same-time",
            "totals.justgiving",
            at="justgiving: 25,480.20",
            path="updates/2024-05-26-the-walk.md" if name.endswith("again.md") else name,
            also=("same-time", "milestone", "promise-id", "duplicate"),
        )
        yield Slip(f"the update again as {name}", "english", name, {name: again}, expected)


@family("A file has another name, lies elsewhere, or was saved by another program.")
def files() -> Iterator[Slip]:
    for name in (
        *("2024-5-26-the-walk.md", "the-walk.md", "2024-05-26.md", "2024-05-26-The-Walk.md", "2024-05-26 the walk.md"),
        *("2024_05_26_the_walk.md", "2024-05-26-the_walk.md", "2024-05-26-the--walk.md", "26-05-2024-the-walk.md"),
        *("2024-05-26-the-walk (1).md", "2024-05-26-the-walk.md.md", "20240526-the-walk.md", "2024-05-26-łódź.md"),
        *("Copy of 2024-05-26-the-walk.md", "2024-05-26-the-walk-.md", "2024–05–26-the-walk.md", "2024-05-26-walk!.md"),
    ):
        yield renamed(f"named {name}", NEWEST, f"updates/{name}", Refused("file-name", at=1))
    for name in (
        "2024-05-27-the-walk.md",
        "2023-05-26-the-walk.md",
        "2024-06-26-the-walk.md",
        "2024-05-62-the-walk.md",
    ):
        yield renamed(f"named {name}", NEWEST, f"updates/{name}", Refused("date-name", "date", at="date:"))
    for name in (
        "2024-05-26-the-walk.txt",
        "2024-05-26-the-walk.markdown",
        "2024-05-26-the-walk.MD",
        "2024-05-26-the-walk",
        "2024-05-26-the-walk.docx",
        "2024-05-26-the-walk.md~",
        "2024-05-26-the-walk.md.txt",
    ):
        yield renamed(f"named {name}", NEWEST, f"updates/{name}", Refused("stray-file", at=1))
    for folder in ("update", "Updates", "posts", "updates/2024", "."):
        to = f"{folder}/2024-05-26-the-walk.md" if folder != "." else "2024-05-26-the-walk.md"
        told = folder if folder != "." else to
        yield renamed(f"in {folder}", NEWEST, to, Refused("stray-file", at=1, path=told))
    yield renamed(
        "among events",
        NEWEST,
        "events/2024-05-26-the-walk.md",
        Refused("unknown-field", "totals", at="totals:", also=("unknown-field",)),
    )
    yield renamed(
        "among pages",
        NEWEST,
        "pages/2024-05-26-the-walk.md",
        Refused("unknown-field", "totals", at="totals:", also=("unknown-field",)),
    )
    yield renamed(
        "an event among updates",
        EVENT,
        "updates/2024-05-26-buggy-walk.md",
        Refused("unknown-field", "place", at="place:", also=("unknown-id",)),
    )
    yield renamed(
        "campaign.yml", CAMPAIGN, "campaign.yml", Refused("no-campaign", at=1, path=CAMPAIGN, also=("stray-file",))
    )
    yield renamed(
        "Campaign.yaml", CAMPAIGN, "Campaign.yaml", Refused("no-campaign", at=1, path=CAMPAIGN, also=("stray-file",))
    )
    yield renamed(
        "an event with a capital", EVENT, "events/Buggy-walk.md", Refused("file-name", at=1, also=("unknown-id",))
    )
    yield renamed("a page with a space", PAGE, "pages/about us.md", Refused("file-name", at=1))
    yield renamed("a page named as the site's own", PAGE, "pages/money.md", Refused("reserved-name", at=1))
    text = ENGLISH[NEWEST]
    yield saved("with Windows' line ends", text.replace("\n", "\r\n").encode(), Meant())
    yield saved("with a mark of order", b"\xef\xbb\xbf" + text.encode(), Meant())
    yield saved("without its last line end", text.rstrip("\n").encode(), Meant({NEWEST: text.rstrip("\n")}))
    yield saved("as UTF-16", text.encode("utf-16"), Refused("encoding", at=1))
    yield saved("as UTF-16 without its mark", text.encode("utf-16-le"), Refused("encoding", at=1))
    yield saved("in an old code", text.replace("Mum", "Zoë").encode("latin-1"), Refused("encoding", at=4))
    yield saved("in Windows' code", text.replace("25,480.20", "£25,480.20").encode("cp1252"), Refused("encoding", at=7))
    yield saved("with nothing in it", b"", Refused("front-matter", at=1))
    yield slip(
        "a conflict",
        NEWEST,
        "  bank: 4,250",
        "<<<<<<< HEAD\n  bank: 4,250\n=======\n  bank: 4,350\n>>>>>>> other",
        Refused("conflict", also=("conflict",)),
    )
    yield slip(
        "a conflict in the story",
        NEWEST,
        "Thank you to everybody.",
        "<<<<<<< HEAD\nThank you.\n=======\nThank you!\n>>>>>>> other",
        Refused("conflict", also=("conflict",)),
    )
    yield slip("rich text", NEWEST, "title: The walk", "<p>title: The walk</p>", Refused("unknown-field", "<p>title"))
