"""Slips of single signs: look-alikes, indentation, colons, quotation marks, braces."""

from __future__ import annotations

from collections.abc import Iterator

from .family import family
from .slip import Meant, Refused, Slip, meant, slip
from .sound import BIEG, CAMPAIGN, NEWEST


@family("A letter, digit, mark or space is another one that looks the same, or cannot be seen.")
def look_alikes() -> Iterator[Slip]:
    for sign, what in (("О", "Cyrillic O"), ("O", "the letter O"), ("o", "a small o")):
        yield slip(f"{what} for 0", NEWEST, "25,480.20", f"25,480.2{sign}", Refused("amount", "totals.justgiving"))
        yield slip(
            f"{what} for 0 in a day", NEWEST, "as_of: 2024-05-25", f"as_of: 2{sign}24-05-25", Refused("date", "as_of")
        )
    for text in ("2l,480.20", "2I,480.20", "25,480.20", "٢٥٬٤٨٠٫٢٠", "২৫,৪৮০.২০", "²5,480.20", "Ⅱ5,480.20"):
        if text != "25,480.20":
            yield slip(f"look-alike {text}", NEWEST, "25,480.20", text, Refused("amount", "totals.justgiving"))
    yield slip("digits of full width", NEWEST, "25,480.20", "２５,４８０.２０", Refused("amount", "totals.justgiving"))
    for code in (0x200B, 0x200D, 0x00AD, 0x2060, 0x034F):
        yield slip(
            f"U+{code:04X} in a figure",
            NEWEST,
            "25,480.20",
            f"25,{chr(code)}480.20",
            Refused("amount", "totals.justgiving"),
        )
        yield slip(
            f"U+{code:04X} in a name",
            NEWEST,
            "totals:",
            f"tot{chr(code)}als:",
            Refused("unknown-field", f"tot{chr(code)}als"),
        )
        yield slip(
            f"U+{code:04X} in a source",
            NEWEST,
            "  bank: 4",
            f"  ba{chr(code)}nk: 4",
            Refused("unknown-id", f"totals.ba{chr(code)}nk"),
        )
    for code in (0x202E, 0x2028, 0xFEFF, 0x0007, 0x2066, 0x0085):
        yield slip(
            f"U+{code:04X} in a title", NEWEST, "title: The walk", f"title: The {chr(code)}walk", Refused("character")
        )
    for wrong in ("tоtals", "totаls", "ｔotals", "tоtаls", "totaIs", "tota1s", "t0tals", "τotals"):
        yield slip(f"look-alike {wrong!a}", NEWEST, "totals:", f"{wrong}:", Refused("unknown-field", wrong))
    for wrong in ("bаnk", "ｂank", "banķ"):
        yield slip(
            f"look-alike {wrong!a}", NEWEST, "  bank: 4", f"  {wrong}: 4", Refused("unknown-id", f"totals.{wrong}")
        )
    for wrong in ("accерted", "ассepted", "acceptеd"):
        yield slip(f"look-alike {wrong!a}", NEWEST, "[accepted]", f"[{wrong}]", Refused("id", "reached[1]"))
    for code in (0x00A0, 0x3000, 0x2003, 0x0009):
        yield slip(f"indented by U+{code:04X}", NEWEST, "  bank: 4", f"{chr(code)} bank: 4", Refused("tab"))
        yield slip(f"one space and U+{code:04X}", NEWEST, "  bank: 4", f" {chr(code)}bank: 4", Refused("tab"))
    yield slip("a colon of full width", NEWEST, "author: Mum", "author： Mum", Refused("yaml"))
    yield slip(
        "a hyphen that does not break",
        NEWEST,
        "as_of: 2024-05-25",
        "as_of: 2024\u201105\u201125",
        Refused("date", "as_of"),
    )
    yield slip("U+00A0 after a colon", NEWEST, "author: Mum", "author:\u00a0Mum", Refused("yaml"))
    yield slip("U+00A0 around a figure", NEWEST, "25,480.20", "\u00a025,480.20", Meant())
    yield slip(
        "a composed accent",
        BIEG,
        "title: Bieg",
        "title: Bieg\u0301",
        meant(BIEG, "title: Bieg", "title: Bieg\u0301", "polish"),
        "polish",
    )


@family("A line begins too far to the left or right, or stands below the wrong one.")
def indentation() -> Iterator[Slip]:
    yield slip("a source at the left", NEWEST, "  bank: 4,250", "bank: 4,250", Refused("unknown-field", "bank"))
    yield slip(
        "both sources at the left",
        NEWEST,
        "  justgiving: 25,480.20\n  bank: 4,250",
        "justgiving: 25,480.20\nbank: 4,250",
        Refused("unknown-field", "justgiving", also=("unknown-field",)),
    )
    for spaces in (1, 3, 4, 6):
        yield slip(f"a source by {spaces}", NEWEST, "  bank: 4,250", f"{' ' * spaces}bank: 4,250", Refused("yaml"))
    for spaces in (1, 3, 4, 8):
        same = f"{' ' * spaces}justgiving: 25,480.20\n{' ' * spaces}bank: 4,250"
        yield slip(f"both sources by {spaces}", NEWEST, "  justgiving: 25,480.20\n  bank: 4,250", same, Meant())
    yield slip(
        "a field by two", NEWEST, "as_of: 2024-05-25", "  as_of: 2024-05-25", Refused("unknown-field", "totals.as_of")
    )
    yield slip("a field by one", NEWEST, "as_of: 2024-05-25", " as_of: 2024-05-25", Refused("yaml"))
    yield slip("the title by two", NEWEST, "title: The walk", "  title: The walk", Refused("yaml", at=3))
    yield slip(
        "counters by two",
        NEWEST,
        "counters:\n  petition",
        "  counters:\n    petition",
        Refused("unknown-field", "gift_aid.counters"),
    )
    yield slip(
        "a counter at the left",
        NEWEST,
        "  petition: more than 1,840",
        "petition: more than 1,840",
        Refused("unknown-field", "petition"),
    )
    yield slip("an entry at the left", NEWEST, "    amount: 1,250", "amount: 1,250", Refused("yaml", at="from: Raffle"))
    yield slip("an entry's field by one less", NEWEST, "    amount: 1,250", "   amount: 1,250", Refused("yaml"))
    yield slip("an entry's field by one more", NEWEST, "    amount: 1,250", "     amount: 1,250", Refused("yaml"))
    yield slip("a hyphen without its space", NEWEST, "  - source: cash", "  -source: cash", Refused("yaml"))
    yield slip("a hyphen lost", NEWEST, "  - source: cash", "    source: cash", Refused("yaml"))
    yield slip(
        "a hyphen lost in braces",
        NEWEST,
        "  - {amount: 586, from",
        "    {amount: 586, from",
        Refused("yaml", at="{amount"),
    )
    yield slip(
        "a hyphen too many",
        NEWEST,
        "    amount: 1,250",
        "  - amount: 1,250",
        Refused("missing", "received[2].amount", at="- source: cash", also=("missing",)),
    )
    yield slip("promises at the left", CAMPAIGN, "  too_little:", "too_little:", Refused("yaml", at="not_needed"))
    yield slip(
        "a cost's label at the left",
        CAMPAIGN,
        "    label: Physiotherapy",
        "label: Physiotherapy",
        Refused("yaml", at="estimate: 20,000"),
    )
    yield slip("paid_by at the entry", CAMPAIGN, "    paid_by:", "  paid_by:", Refused("yaml"))


@family("A colon, a space, a quotation mark or a hyphen is missing or too many.")
def colons_and_quotes() -> Iterator[Slip]:
    for key, value in (("title", "The walk"), ("author", "Mum")):
        yield slip(f"{key} without a colon", NEWEST, f"{key}: {value}", f"{key} {value}", Refused("yaml"))
        yield slip(f"{key} without a space", NEWEST, f"{key}: {value}", f"{key}:{value}", Refused("yaml"))
        yield slip(f"{key} with =", NEWEST, f"{key}: {value}", f"{key} = {value}", Refused("yaml"))
        yield slip(f"{key} with ;", NEWEST, f"{key}: {value}", f"{key}; {value}", Refused("yaml"))
        yield slip(f"{key} with a space before the colon", NEWEST, f"{key}: {value}", f"{key} : {value}", Meant())
        yield slip(f"{key} with a bullet", NEWEST, f"{key}: {value}", f"- {key}: {value}", Refused("yaml"))
        yield slip(f"{key} with a star", NEWEST, f"{key}: {value}", f"* {key}: {value}", Refused("yaml"))
        yield slip(f"{key} in bold", NEWEST, f"{key}: {value}", f"**{key}**: {value}", Refused("yaml"))
    for line in ("justgiving: 25,480.20", "bank: 4,250"):
        key, _, value = line.partition(": ")
        yield slip(f"{key} without a colon", NEWEST, line, f"{key} {value}", Refused("yaml"))
        yield slip(f"{key} without a space", NEWEST, line, f"{key}:{value}", Refused("yaml"))
        yield slip(f"{key} with two colons", NEWEST, line, f"{key}:: {value}", Refused("unknown-id", f"totals.{key}:"))
        yield slip(f"{key} with a comma behind", NEWEST, line, f"{key}: {value},", Refused("amount", f"totals.{key}"))
        yield slip(f"{key} in quotation marks not closed", NEWEST, line, f'{key}: "{value}', Refused("yaml"))
        yield slip(
            f"{key} in curly quotation marks", NEWEST, line, f"{key}: “{value}”", Refused("amount", f"totals.{key}")
        )
        yield slip(f"{key} with a Tab", NEWEST, line, f"{key}:\t{value}", Meant())
    yield slip("totals without a colon", NEWEST, "totals:", "totals", Refused("yaml"))
    yield slip(
        "totals on one line",
        NEWEST,
        "totals:\n  justgiving: 25,480.20",
        "totals: justgiving: 25,480.20",
        Refused("yaml"),
    )
    yield slip("a title with a colon", NEWEST, "title: The walk", "title: The walk: done", Refused("yaml"))
    yield slip("a title with a number sign", NEWEST, "title: The walk", "title: Walk #3", Refused("comment", "title"))
    yield slip("a title half in quotation marks", NEWEST, "title: The walk", 'title: "The" walk', Refused("yaml"))
    yield slip("a title with one mark", NEWEST, "title: The walk", "title: 'The walk", Refused("yaml"))
    yield slip("an apostrophe in single marks", NEWEST, "title: The walk", "title: 'Amy's walk'", Refused("yaml"))
    for sign in "@`%&*!|>[{":
        name = {"&": "yaml-alias", "*": "yaml-alias", "!": "yaml-tag"}.get(sign, "yaml")
        field = "title" if name != "yaml" else ""
        yield slip(f"a title with {sign}", NEWEST, "title: The walk", f"title: {sign}The walk", Refused(name, field))
    yield slip("a title over two lines", NEWEST, "title: The walk", "title: The\n  walk", Meant())
    yield slip(
        "a title with an ampersand",
        NEWEST,
        "title: The walk",
        "title: Walk & tea",
        meant(NEWEST, "title: The walk", 'title: "Walk & tea"'),
    )
    yield slip(
        "a title that is a number",
        NEWEST,
        "title: The walk",
        "title: 010",
        meant(NEWEST, "title: The walk", 'title: "010"'),
    )
    yield slip(
        "a title that is No", NEWEST, "title: The walk", "title: No", meant(NEWEST, "title: The walk", 'title: "No"')
    )
    yield slip("a title of nothing", NEWEST, "title: The walk", "title:", Refused("missing", "title"))
    yield slip("a date of nothing", NEWEST, "date: 2024-05-26 18:30", "date: ''", Refused("missing", "date"))


@family("Braces and brackets hold a comma, lack an end, or stand where none belong.")
def braces() -> Iterator[Slip]:
    totals = "totals:\n  justgiving: 25,480.20\n  bank: 4,250"
    yield slip("totals in braces", NEWEST, totals, "totals: {justgiving: 25480.20, bank: 4250}", Meant())
    yield slip("totals in braces, quoted", NEWEST, totals, 'totals: {justgiving: "25,480.20", bank: "4,250"}', Meant())
    yield slip(
        "totals in braces with a comma",
        NEWEST,
        totals,
        "totals: {justgiving: 25,480.20, bank: 4250}",
        Refused("comma-in-braces", "totals.justgiving"),
    )
    yield slip(
        "totals in braces with both commas",
        NEWEST,
        totals,
        "totals: {justgiving: 25,480.20, bank: 4,250}",
        Refused("comma-in-braces", "totals.justgiving", also=("comma-in-braces",)),
    )
    for text in ("842,30", "1,842,30", "1,586", "0,50", "12,5", "1.842,30"):
        expected = Refused("comma-in-braces", "received[1].amount")
        yield slip(f"in braces {text}", NEWEST, "amount: 318.40", f"amount: {text}", expected)
    yield slip(
        "a receipt without a comma",
        NEWEST,
        "{source: cash, amount: 318.40",
        "{source: cash amount: 318.40",
        Refused("yaml"),
    )
    yield slip("a receipt without its last brace", NEWEST, "event: buggy-walk}", "event: buggy-walk", Refused("yaml"))
    yield slip(
        "a receipt without its first brace",
        NEWEST,
        "- {source: cash, amount: 318.40",
        "- source: cash, amount: 318.40",
        Refused("yaml"),
    )
    yield slip(
        "a receipt in parentheses",
        NEWEST,
        "{source: cash, amount: 318.40, from: Collecting tins, event: buggy-walk}",
        "(source: cash, amount: 318.40, from: Collecting tins, event: buggy-walk)",
        Refused("yaml"),
    )
    yield slip(
        "a receipt in brackets",
        NEWEST,
        "{source: cash, amount: 318.40, from: Collecting tins, event: buggy-walk}",
        "[source: cash, amount: 318.40, from: Collecting tins, event: buggy-walk]",
        Refused("shape", "received[1]"),
    )
    yield slip("a receipt closed by a bracket", NEWEST, "event: buggy-walk}", "event: buggy-walk]", Refused("yaml"))
    yield slip(
        "a receipt with ;", NEWEST, "{source: cash, amount: 318.40", "{source: cash; amount: 318.40", Refused("yaml")
    )
    yield slip(
        "a comma in what it is from",
        NEWEST,
        "from: Collecting tins,",
        "from: Tins, raffle, tea,",
        Refused("comma-in-braces", "received[1].from"),
    )
    yield slip(
        "no space in braces",
        NEWEST,
        "{source: cash, amount: 318.40",
        "{source:cash, amount: 318.40",
        Refused("yaml", "received[1]", also=("missing",)),
    )
    yield slip("reached without brackets", NEWEST, "[accepted]", "accepted", Refused("shape", "reached"))
    yield slip("reached in braces", NEWEST, "[accepted]", "{accepted}", Refused("yaml", "reached"))
    yield slip("reached not closed", NEWEST, "[accepted]", "[accepted", Refused("yaml"))
    yield slip("reached in parentheses", NEWEST, "[accepted]", "(accepted)", Refused("shape", "reached"))
    yield slip("reached in quotation marks", NEWEST, "[accepted]", '["accepted"]', Meant())
    yield slip("reached on a line", NEWEST, "[accepted]", "\n  - accepted", Meant())
    yield slip(
        "a goal in braces with a comma",
        CAMPAIGN,
        "amount: 50000",
        "amount: 50,000",
        Refused("comma-in-braces", "goal[2].amount"),
    )
    yield slip(
        "a source closed twice",
        CAMPAIGN,
        "label: JustGiving}\n  - {id: bank",
        "label: JustGiving}}\n  - {id: bank",
        Refused("yaml"),
    )
    yield slip("a source not closed", CAMPAIGN, "label: Charity account}", "label: Charity account", Refused("yaml"))
    yield slip("a milestone closed by )", CAMPAIGN, "label: Half way}", "label: Half way)", Refused("yaml"))
    yield slip("a receipt with a trailing comma", NEWEST, "event: buggy-walk}", "event: buggy-walk,}", Meant())
