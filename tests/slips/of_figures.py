"""Slips of figures: digits, marks, words beside them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from .family import family
from .reading import strictly
from .slip import Asked, Expected, Meant, Refused, Slip, fingers, slip
from .sound import BIEG, CAMPAIGN, HALF_WAY, NEWEST


def unread(text: str, field: str) -> Refused:
    """A figure that is none; one that begins with a comma is none that YAML could hold."""
    return Refused("yaml") if text.startswith(",") else Refused("amount", field)


def restated(
    text: str, figure: str, before: str, others: str, total: str, goal: str, language: str, field: str
) -> Expected:
    """What must become of a running total: judged by what stood before, the other sources and the goal."""
    value = strictly(text, language)
    if value is None:
        return unread(text, field)
    if value == strictly(figure, language):
        return Meant()
    was, besides, raised, aim = (Decimal(each) for each in (before, others, total, goal))
    if value < was:
        return Refused("fall", field)
    if value >= 5 * was and value - was > aim / 5:
        return Refused("leap", field)
    if raised < aim and value + besides > aim * 3 / 2:
        return Refused("leap", "totals", at="totals:")
    says = f"{value:,.2f}".removesuffix(".00")
    if language == "polish":
        says = says.replace(",", "\u00a0").replace(".", ",")
    return Asked(says, value > 3 * was or value > aim)


@family("A digit of a running total is lost, typed twice or swapped with its neighbour, or its mark is lost.")
def a_running_total() -> Iterator[Slip]:
    sums = "25140.00"
    for text, what in fingers("25,480.20").items():
        expected = restated(text, "25,480.20", "21157.70", "6660.70", sums, "50000", "english", "totals.justgiving")
        yield slip(what, NEWEST, "justgiving: 25,480.20", f"justgiving: {text}", expected)
    for text, what in fingers("4,250").items():
        expected = restated(text, "4,250", "3140", "27890.90", sums, "50000", "english", "totals.bank")
        yield slip(what, NEWEST, "bank: 4,250", f"bank: {text}", expected)
    for text, what in fingers("96 412,75").items():
        expected = restated(text, "96 412,75", "81250.40", "31750", "93550.40", "290000", "polish", "totals.zrzutka")
        yield slip(what, BIEG, "zrzutka: 96 412,75", f"zrzutka: {text}", expected, "polish")
    for text, what in fingers("31 750").items():
        expected = restated(text, "31 750", "12300", "96412.75", "93550.40", "290000", "polish", "totals.konto")
        yield slip(what, BIEG, "konto: 31 750", f"konto: {text}", expected, "polish")


@family("A figure that is checked by the sum of the sources cannot slip by any digit.")
def a_checked_total() -> Iterator[Slip]:
    for key, figure in (("justgiving", "21,157.70"), ("bank", "3,140"), ("raised", "25,140.00")):
        for text, what in fingers(figure).items():
            expected: Expected = Refused("sum", "totals.raised", at="raised:", also=("fall", "leap"))
            if strictly(text, "english") is None:
                expected = unread(text, f"totals.{key}")
            elif strictly(text, "english") == strictly(figure, "english"):
                expected = Meant()
            yield slip(f"checked {what}", HALF_WAY, f"  {key}: {figure}", f"  {key}: {text}", expected)


@family("Two figures run together, or one is typed before or into the other.")
def joined_figures() -> Iterator[Slip]:
    for text in ("25,480.204,250", "21,157.7025,480.20", "25,48020", "25480 4250", "25,480.20 4,250", "25,480.20.20"):
        at = strictly(text, "english")
        expected: Expected = Refused("amount" if at is None else "leap", "totals.justgiving")
        yield slip(f"joined {text}", NEWEST, "justgiving: 25,480.20", f"justgiving: {text}", expected)
    for text in ("42504,250", "4,2504250", "4,250 + 300", "4,250/300", "4,250-4,300", "4,250 bank"):
        yield slip(f"joined {text}", NEWEST, "bank: 4,250", f"bank: {text}", Refused("amount", "totals.bank"))
    yield slip("42504250 whole", NEWEST, "bank: 4,250", "bank: 42504250", Refused("leap", "totals.bank"))
    yield slip("joined 96 41231 750", BIEG, "96 412,75", "96 41231 750", Refused("amount", "totals.zrzutka"), "polish")
    yield slip("joined 96 412 750", BIEG, "96 412,75", "96 412 750", Refused("leap", "totals.zrzutka"), "polish")


WRONG_MARKS = (
    *("25.480,20", "25 480.20", "25'480.20", "25’480.20", "25,480,20", "25.480.20", "25,480.2", "25,480."),
    *("25,480.200", ".25,480.20", ",25,480.20", "25,,480.20", "25_480.20", "254,80.20", "2,54,80.20", "25,480.20."),
    *("25，480.20", "25,480。20", "25;480.20", "25:480.20", "25,480-20", "25/480.20", "25·480.20", "25,480·20"),
    *("25, 480.20", "25 ,480.20", "25,480 .20", "2 5,480.20", "25-480.20", "25,480..20", "25 480,20", "025,480.20"),
)


@family("A mark between the digits is another country's, stands at another place, is doubled or has a space.")
def separators() -> Iterator[Slip]:
    for text in WRONG_MARKS:
        yield slip(
            f"separators {text}",
            NEWEST,
            "justgiving: 25,480.20",
            f"justgiving: {text}",
            unread(text, "totals.justgiving"),
        )
    for text in ("4.250", "4 250", "4'250", "42,50", "4,25", "4,2500", "4,250,", ",4250", "4.25.0", "4250.", "4.2"):
        yield slip(f"separators {text}", NEWEST, "bank: 4,250", f"bank: {text}", unread(text, "totals.bank"))
    for text in (
        "96,412.75",
        "96.412,75",
        "96 412.75",
        "96'412,75",
        "96 412,7",
        "96 412,750",
        "9 6412,75",
        "96,412,75",
    ):
        yield slip(f"separators {text}", BIEG, "96 412,75", text, Refused("amount", "totals.zrzutka"), "polish")
    for text in ("31.750", "31,750", "31 75", "317 50", "31 750,"):
        yield slip(f"separators {text}", BIEG, "31 750", text, Refused("amount", "totals.konto"), "polish")
    for text in ("290.000", "290,000", "29 0000", "290 00", "290 000,0"):
        yield slip(f"goal {text}", CAMPAIGN, "goal: 290 000", f"goal: {text}", Refused("amount", "goal"), "polish")


@family("The figure is written in another way that says the same.")
def other_spellings() -> Iterator[Slip]:
    for text in ("25480.20", "£25,480.20", "£ 25,480.20", "25,480.20 GBP", "GBP25,480.20", "25,480.20£", '"25,480.20"'):
        yield slip(f"also {text}", NEWEST, "25,480.20", text, Meant())
    for text in ("4250", "4,250.00", "'4,250'", "4,250  # from the bank", "£4250.00"):
        yield slip(f"also {text}", NEWEST, "4,250", text, Meant())
    for text in ("96412,75", "96412.75", "96\u00a0412,75", "96\u202f412,75", "96 412,75 zł", "96 412,75 PLN"):
        yield slip(f"also {text!r}", BIEG, "96 412,75", text, Meant(), "polish")
    for text in ("31750", "31 750,00", "31750.00"):
        yield slip(f"also {text}", BIEG, "31 750", text, Meant(), "polish")


@family("A word, a sign or a unit stands beside the figure or in its place.")
def words_beside_a_figure() -> Iterator[Slip]:
    for text in (
        *("25k", "25.5k", "£25k", "25 thousand", "abut 25,480.20", "25,480.20!", "25,480.20?", "(25,480.20)"),
        *("=25,480.20", "+25,480.20", "25,480.20 points", "25,480.20 raised", "twenty-five thousand", "tbc", "£"),
        *("25,480.20%", "25,480.20-", "25,480.20p", "circa 25,480.20", "<25,480.20", "nearly 26,000", "NaN", "inf"),
        *("2.548e4", "25,480.20 so far", "0x638", "25,480.20 (JustGiving)", "#25,480.20", "25 480 20", "∞"),
    ):
        name, field = ("amount", "totals.justgiving")
        if text.startswith("#"):
            name = "comment"
        yield slip(f"beside {text}", NEWEST, "25,480.20", text, Refused(name, field))
    for text in ("$25,480.20", "€25,480.20", "25,480.20 USD", "US$25,480.20"):
        yield slip(f"beside {text}", NEWEST, "25,480.20", text, Refused("currency", "totals.justgiving"))
    for text in ("-25,480.20", "−25,480.20", "£-25,480.20"):
        yield slip(f"beside {text}", NEWEST, "25,480.20", text, Refused("amount", "totals.justgiving"))
    for text in ("96 412,75 €", "$96 412,75", "96 412,75 EUR"):
        yield slip(f"beside {text}", BIEG, "96 412,75", text, Refused("currency", "totals.zrzutka"), "polish")
    for text in ("96 tys.", "96 412,75,-", "96 412,75 punktów", "mniej 96 412,75", "96 412-75"):
        yield slip(f"beside {text}", BIEG, "96 412,75", text, Refused("amount", "totals.zrzutka"), "polish")
    for text in ("0", "0.00"):
        yield slip(f"beside {text}", NEWEST, "25,480.20", text, Refused("fall", "totals.justgiving"))


@family("An amount that came in, is promised or comes from Gift Aid slips by a digit.")
def other_figures() -> Iterator[Slip]:
    for text, what in fingers("318.40").items():
        value = strictly(text, "english")
        expected: Expected = unread(text, "received[1].amount") if value is None else receipt(value)
        yield slip(f"receipt {what}", NEWEST, "amount: 318.40", f"amount: {text}", expected)
    for text, what in fingers("2,871.95").items():
        value = strictly(text, "english")
        expected = unread(text, "gift_aid.justgiving")
        if value is not None:
            expected = Refused("fall", "gift_aid.justgiving") if value < Decimal("2310.45") else Asked(f"{value:,}")
            if value == Decimal("2871.95"):
                expected = Meant()
            if value >= 5 * Decimal("2310.45") and value - Decimal("2310.45") > 10000:
                expected = Refused("leap", "gift_aid.justgiving")
        yield slip(f"Gift Aid {what}", NEWEST, "justgiving: 2,871.95", f"justgiving: {text}", expected)
    for text, what in fingers("1,250").items():
        value = strictly(text, "english")
        expected = unread(text, "received[2].amount") if value is None else receipt(value, Decimal("318.40"))
        yield slip(f"receipt {what}", NEWEST, "amount: 1,250", f"amount: {text}", expected)


def receipt(value: Decimal, other: Decimal = Decimal(1250)) -> Expected:
    """A receipt beside another one, of a source that stood at 842.30."""
    after = Decimal("842.30") + value + other
    if after == Decimal("2410.70"):
        return Meant()
    if after >= 5 * Decimal("842.30") and after - Decimal("842.30") > 10000:
        return Refused("leap", "received", at="received:")
    words = f"{after:,.2f}".removesuffix(".00")
    return Asked(words, after > 3 * Decimal("842.30"))


@family("A figure of campaign.yaml slips by a digit: it was public, so its change is announced.")
def figures_of_the_appeal() -> Iterator[Slip]:
    for text, what in fingers("50000").items():
        expected: Expected = Refused("amount", "goal[2].amount")
        if strictly(text, "english") is not None:
            expected = Refused("leap", "goal[2].amount", also=("digits", "leap"))
        yield slip(f"goal {what}", CAMPAIGN, "amount: 50000", f"amount: {text}", expected)
    for text, what in fingers("290 000").items():
        value = strictly(text, "polish")
        said = f"{value or 0:,}".replace(",", "\u00a0")
        expected = Refused("amount", "goal") if value is None else Asked(said, is_doubt=True)
        if value == 290000:
            expected = Meant()
        elif value is not None and value * 5 <= 290000:  # all costs
            expected = Refused("digits", "goal", also=("leap",))
        yield slip(f"goal {what}", CAMPAIGN, "goal: 290 000", f"goal: {text}", expected, "polish")
    for text, what in fingers("20,000").items():
        value = strictly(text, "english")
        expected = unread(text, "costs[2].estimate") if value is None else Asked(f"{value:,}")
        if value is not None and 30000 + value >= 5 * 50000:  # all costs, and the goal
            expected = Refused("digits", "goal", at="goal:")
        if value == 20000:
            expected = Meant()
        yield slip(f"estimate {what}", CAMPAIGN, "estimate: 20,000", f"estimate: {text}", expected)
    for text, what in (("5%", "a digit lost"), ("500%", "a digit more"), ("55%", "twice")):
        expected = Refused("digits", "milestones[2].raised") if text == "500%" else Asked("Half way")
        yield slip(f"share {text} {what}", CAMPAIGN, "raised: 50%", f"raised: {text}", expected)
    for text in ("50", "0%", "050%", "50.5%", "50 percent", "-50%", "50%%", "half"):
        if text == "50":
            yield slip(f"share {text}", CAMPAIGN, "raised: 50%", "raised: 50", Asked("Half way"))
            continue
        yield slip(
            f"share {text}", CAMPAIGN, "raised: 50%", f"raised: {text}", Refused("amount", "milestones[2].raised")
        )
