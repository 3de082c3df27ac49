"""Slips of the lines of hyphens, and fields on the wrong side of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .family import family
from .slip import Meant, Refused, Slip, slip, with_text
from .sound import CAMPAIGN, ENGLISH, EVENT, NEWEST, PAGE

HEAD = ENGLISH[NEWEST].split("---\n")[1]
STORY = ENGLISH[NEWEST].split("---\n")[2]
SECOND = "fields-in-story"


@family("The lines of hyphens around the fields are missing, others, at another place or too many.")
def fences() -> Iterator[Slip]:
    for opening in (
        "--",
        "----",
        "—",
        "–––",
        "***",
        "===",
        "+++",
        "…",
        "- - -",
        "---yaml",
        "-- -",
        "--- #",
        "```",
        "'---'",
        "\\---",
    ):
        yield with_text(f"opened by {opening}", f"{opening}\n{HEAD}---\n{STORY}", Refused("front-matter", at=1))
    for closing in (
        "--",
        "----",
        "—",
        "–––",
        "***",
        "===",
        "+++",
        " ---",
        "...",
        "~~~",
        "- - -",
        "--- the story",
        "``",
    ):
        at, name = 1, "front-matter"
        yield with_text(f"closed by {closing}", f"---\n{HEAD}{closing}\n{STORY}", Refused(name, at=at))
    yield with_text("no hyphens above", f"{HEAD}---\n{STORY}", Refused("front-matter", at=1))
    yield with_text("no hyphens below", f"---\n{HEAD}{STORY}", Refused("front-matter", at=1))
    yield with_text("no hyphens", f"{HEAD}{STORY}", Refused("front-matter", at=1))
    yield with_text("a greeting above", f"Hello!\n---\n{HEAD}---\n{STORY}", Refused("front-matter", at=1))
    yield with_text("an empty file", "", Refused("front-matter", at=1))
    yield with_text("only a story", STORY, Refused("front-matter", at=1))
    yield with_text("in a block of code", f"```\n---\n{HEAD}---\n{STORY}\n```\n", Refused("front-matter", at=1))
    yield with_text("opened twice", f"---\n---\n{HEAD}---\n{STORY}", Refused(SECOND, "title", at=3))
    yield with_text("closed twice", f"---\n{HEAD}---\n---\n{STORY}", Meant({NEWEST: f"---\n{HEAD}---\n---\n{STORY}"}))
    yield with_text("spaces behind the hyphens", f"--- \n{HEAD}---\t\n{STORY}", Meant())
    yield with_text("an empty line above", f"\n\n---\n{HEAD}---\n{STORY}", Meant())
    yield with_text("an empty line in the fields", f"---\n\n{HEAD}\n---\n{STORY}", Meant())


@family("Fields stand where the story is: the closing hyphens come too early, or a second block follows.")
def fields_below_the_hyphens() -> Iterator[Slip]:
    lines = HEAD.splitlines(keepends=True)
    for n in range(1, len(lines)):
        early = "".join(lines[:n]) + "---\n" + "".join(lines[n:])
        name = re.match(r"\s*(?:- )?\{?(\w+):", lines[n])
        assert name
        also = ("missing",) if name[1] in ("amount", "from") else ()
        yield with_text(
            f"closed above line {n + 2}", f"---\n{early}{STORY}", Refused(SECOND, name[1], at=n + 3, also=also)
        )
        yield with_text(
            f"closed above line {n + 2} and again",
            f"---\n{early}---\n{STORY}",
            Refused(SECOND, name[1], at=n + 3, also=also),
        )
    base = "title: The walk\ndate: 2024-05-26\n"
    for what, block in {
        "totals": "totals:\n  justgiving: 25,480.20\n",
        "totals in braces": "totals: {justgiving: 25480.20}\n",
        "totals misspelt": "totls:\n  justgiving: 25,480.20\n",
        "Totals": "Totals:\n  Justgiving: 25,480.20\n",
        "totals and an unknown source": "totals:\n  page: 25,480.20\n",
        "totals, by Tab": "totals:\n\tjustgiving: 25,480.20\n",
        "totals, by five spaces": "totals:\n     justgiving: 25,480.20\n",
        "a source": "justgiving: 25,480.20\n",
        "a sum": "raised: 32,140.90\n",
        "a whole block": "title: The walk\ndate: 2024-05-26\ntotals:\n  justgiving: 25,480.20\n",
        "a receipt": "received:\n  - {source: cash, amount: 318.40}\n",
        "a receipt on lines": "received:\n  - source: cash\n    amount: 318.40\n",
        "a correction": "correction: A gift was refunded.\n",
        "a promise": "promised:\n  - {id: mill, amount: 5000}\n",
        "counters": "counters:\n  petition: 1,900\n",
        "Gift Aid": "gift_aid:\n  justgiving: 2,871.95\n",
        "reached": "reached: [accepted]\n",
        "a status": "status: draft\n",
        "full-width": "totals：\n  justgiving：25,480.20\n",
    }.items():
        key = re.match(r"\w+", block)
        assert key
        at = base.count("\n") + 3
        yield with_text(f"{what} below", f"---\n{base}---\n{block}\nWe walked.\n", Refused(SECOND, key[0], at=at))
        yield with_text(
            f"{what} below an empty line",
            f"---\n{base}---\n\n{block}\nWe walked.\n",
            Refused(SECOND, key[0], at=at + 1),
        )
        yield with_text(
            f"{what} in a second block", f"---\n{base}---\n{block}---\nWe walked.\n", Refused(SECOND, key[0], at=at)
        )
        yield with_text(
            f"{what} after the story",
            f"---\n{base}---\nWe walked.\n\n---\n{block}---\n",
            Refused(SECOND, key[0], at=at + 3),
        )
        if what not in ("a source", "a sum", "a correction", "a status", "totals misspelt"):
            text = f"---\n{base}---\nWe walked.\n\n{block}\nThank you.\n"
            first, line = ("totals", at + 4) if what == "a whole block" else (key[0], at + 2)
            yield with_text(f"{what} inside the story", text, Refused(SECOND, first, at=line))
    for path, fields in ((EVENT, "place: The hall\n"), (PAGE, "summary: Who we are.\n")):
        text = ENGLISH[path].rstrip("\n") + f"\n\n---\n{fields}---\n"
        yield with_text(
            f"a second block in {path}", text, Refused(SECOND, fields.partition(":")[0], at=text.count("\n") - 1), path
        )
    yield slip(
        "campaign.yaml in two",
        CAMPAIGN,
        "costs:\n  - id: surgery",
        "---\ncosts:\n  - id: surgery",
        Refused("yaml", at="---"),
    )
    for what, story in {
        "a heading and a list": "Totals:\n\n- JustGiving: £25,480.20\n- Bank: £4,250\n",
        "what, when and where": "Come!\n\n---\n\nDate: 14 June\nPlace: the recreation ground\n\n---\n\nThank you.\n",
        "a sentence with a colon": "Received: one parcel of warm words.\n",
        "a shown block": "This is how:\n\n```\n---\ntotals:\n  page: 5\n---\n```\n",
        "a rule and a sentence": "We walked.\n\n---\n\nraised by all of us: thank you.\n",
        "an address": "We walked.\n\n---\n\nhttps://example.org\n",
        "a quarrel of words": "We walked.\n\nkept: nothing, lost: nothing.\n",
    }.items():
        text = f"---\n{HEAD}---\n{story}"
        yield with_text(f"a story with {what}", text, Meant({NEWEST: text}))
