"""Slips of days and times."""

from __future__ import annotations

from collections.abc import Iterator

from .family import family
from .slip import Asked, Expected, Meant, Refused, Slip, meant, slip
from .sound import CAMPAIGN, NEWEST


@family("A day is written as people write it elsewhere, is not in the calendar, or slips by a digit.")
def dates() -> Iterator[Slip]:
    day = "date: 2024-05-26 18:30"
    for text in (
        *("26/05/2024", "26.5.2024", "5/26/2024", "26-05-2024", "26 May 2024", "May 26, 2024", "26th of May 2024"),
        *("2024/05/26", "2024.05.26", "2024-5-26", "20240526", "2024-05-32", "2024-13-26", "2024-05-00", "2024-05"),
        *("24-05-26", "2024 05 26", "2024-05-26-", "2024-05-2", "224-05-26", "20024-05-26", "2024-0526", "202405-26"),
        *("2024-May-26", "Sunday", "today", "yesterday", "Sunday 26 May 2024", "2024–05–26", "2024—05—26"),
        *("2024_05_26",),
        *("2024‑05‑26", "2O24-05-26", "2024-05-26.", "2024-05-26,", "“2024-05-26”", "2024-02-30", "2023-02-29"),
        *("٢٠٢٤-٠٥-٢٦", "２０２４-05-26", "2024-05-26 18.30", "2024-05-26 6.30pm", "2024-05-26 24:00"),
        *("2024-05-26 18:60",),
        *("2024-05-26 1830", "2024-05-26 18:3", "2024-05-26T18:30Z", "2024-05-26 at 18:30", "2024-05-26 18:30 BST"),
        *("2024-05-2618:30", "18:30 2024-05-26", "2024-05-26, 18:30", "2024-05-26 8:30"),
    ):  # fmt: skip
        yield slip(f"date {text}", NEWEST, day, f"date: {text}", Refused("date", "date"))
    for text in (
        "2024-05-27",
        "2024-06-26",
        "2025-05-26",
        "2014-05-26",
        "2024-02-26",
        "2024-05-25",
        "2024-05-16",
        "2204-05-26",
    ):
        also = ("as-of", "future") if text[:4] in ("2025", "2204") or text > "2024-06-10" else ("as-of", "same-time")
        also = (*also, "order", "fall", "leap", "sum", "before")
        yield slip(f"date {text} slipped", NEWEST, day, f"date: {text} 18:30", Refused("date-name", "date", also=also))
    for text in ("2024-05-26", "2024-05-26T18:30", "2024-05-26 18:30:00", '"2024-05-26 18:30"', "2024-05-26 18:20"):
        expected: Expected = Meant()
        if text in ("2024-05-26", "2024-05-26 18:20"):
            expected = meant(NEWEST, day, f'date: "{text}"')
        yield slip(f"date {text} said so", NEWEST, day, f"date: {text}", expected)
    for text in ("2024-05-27", "2025-05-25", "2024-12-25"):
        yield slip(f"as of {text}", NEWEST, "as_of: 2024-05-25", f"as_of: {text}", Refused("as-of", "as_of"))
    for text in ("2024-03-25", "2023-05-25", "2014-05-25", "2004-05-25"):
        expected = Refused("as-of", "totals.justgiving", at="justgiving: 25,480.20", also=("as-of",))
        yield slip(f"as of {text}", NEWEST, "as_of: 2024-05-25", f"as_of: {text}", expected)
    for text in ("25/05/2024", "2024-05-25 18:30", "25 May", "2024-05"):
        yield slip(f"as of {text}", NEWEST, "as_of: 2024-05-25", f"as_of: {text}", Refused("date", "as_of"))


@family("A day of campaign.yaml is no day, or cannot be that day.")
def dates_of_the_appeal() -> Iterator[Slip]:
    for text in ("8 January 2024", "2024-1-8", "08/01/2024", "2024-01-32", "2024"):
        yield slip(f"started {text}", CAMPAIGN, "started: 2024-01-08", f"started: {text}", Refused("date", "started"))
    for text in (
        "15 November 2024",
        "2024-11-31",
        "15/11/2024",
        "2024",
        "November 2024",
        "11/2024",
        "2024-11-15 10:00",
    ):
        yield slip(
            f"deadline {text}", CAMPAIGN, "date: 2024-11-15", f"date: {text}", Refused("date", "deadline[2].date")
        )
    for text in ("2024-13-01", "1.12.2024", "2024-12-1", "grudzień 2024", "2024-12-1O"):
        yield slip(
            f"deadline {text}",
            CAMPAIGN,
            "deadline: 2024-12-01",
            f"deadline: {text}",
            Refused("date", "deadline"),
            "polish",
        )
    for text in ("2023-11-15", "2014-11-15", "2024-01-15"):
        expected: Expected = Refused("order", "deadline[2].date")
        yield slip(f"deadline {text}", CAMPAIGN, "date: 2024-11-15", f"date: {text}", expected)
    yield slip("deadline in 2042", CAMPAIGN, "date: 2024-11-15", "date: 2042-11-15", Asked("2042", is_doubt=True))
    yield slip(
        "started in 2025",
        CAMPAIGN,
        "started: 2024-01-08",
        "started: 2025-01-08",
        Refused("future", "started", also=("order",)),
    )
    yield slip(
        "started in 2042",
        CAMPAIGN,
        "started: 2024-01-08",
        "started: 2042-01-08",
        Refused("future", "started", also=("order",)),
    )
    yield slip(
        "started in 1924",
        CAMPAIGN,
        "started: 2024-01-08",
        "started: 1924-01-08",
        Refused("order", "goal[1].from", at=9, also=("order",)),
    )
    yield slip(
        "said to come",
        CAMPAIGN,
        "{said: 2024-04-10",
        "{said: 2025-04-10",
        Refused("future", "deadline[2].said", also=("order",)),
    )
    yield slip(
        "said twice", CAMPAIGN, "{said: 2024-04-10", "{said: 2024-02-01", Refused("duplicate", "deadline[2].said")
    )
    yield slip(
        "until before from",
        CAMPAIGN,
        "until: 2024-12-31",
        "until: 2023-12-31",
        Refused("order", "costs[1].paid_by[1].until"),
    )
    yield slip(
        "goal from twice", CAMPAIGN, "{from: 2024-03-01", "{from: 2024-01-08", Refused("duplicate", "goal[2].from")
    )
    yield slip("goal from lost", CAMPAIGN, "{from: 2024-03-01, amount", "{amount", Refused("missing", "goal[2].from"))
    yield slip(
        "plan said to come",
        CAMPAIGN,
        "- {said: 2024-02-01, status",
        "- {said: 2204-02-01, status",
        Refused("future", "treatment[1].said", also=("order",)),
    )
    yield slip(
        "first said to come",
        CAMPAIGN,
        "first_said: 2024-01-08",
        "first_said: 2204-01-08",
        Refused("future", "promise.first_said", also=("order",)),
    )
    yield slip(
        "press in words",
        CAMPAIGN,
        "- {date: 2024-03, pub",
        "- {date: March 2024, pub",
        Refused("date", "press[1].date"),
    )
    yield slip(
        "closed before it began",
        CAMPAIGN,
        "started: 2024-01-08",
        "started: 2024-01-08\nclosed: 2023-01-08",
        Refused("order", "closed"),
    )
