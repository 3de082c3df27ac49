"""No message suggests an amount that was not typed: the families of slips, in many locales."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from campaign.core.reading.campaign import Campaign
from campaign.core.reading.dates import parse_day, parse_moment, parse_period
from campaign.core.reading.fields import read_fields
from campaign.core.reading.front_matter import CutByComma, parse_update_file
from campaign.core.reading.money import Qualifier
from campaign.core.reading.problems import CampaignError, FieldError, look_alike
from campaign.core.reading.region import ENGLISH, Region, Vocabulary
from campaign.core.reading.update import EventFields, UpdateFields

WORDS = Vocabulary({"około": Qualifier.ABOUT, "ca.": Qualifier.ABOUT, "co najmniej": Qualifier.AT_LEAST}, {"tak": True})
REGIONS = [
    Region(currency, locale, WORDS)
    for currency, locale in [
        ("GBP", "en_GB"), ("EUR", "de_DE"), ("EUR", "fr_FR"), ("PLN", "pl_PL"), ("CHF", "de_CH"), ("EUR", "de_AT"),
        ("INR", "en_IN"), ("INR", "hi_IN"), ("EGP", "ar_EG"), ("SEK", "sv_SE"), ("JPY", "ja_JP"), ("GBP", "ja_JP"),
        ("BHD", "ar_BH"), ("BHD", "en"), ("KWD", "de_DE"), ("JPY", "de_DE"), ("PLN", "en_GB"), ("BRL", "pt_BR"),
        ("IRR", "fa_IR"), ("BDT", "bn_BD"), ("USD", "en_US"), ("NOK", "nb_NO"), ("EUR", "es_ES"), ("ILS", "he_IL"),
    ]
]  # fmt: skip
REMARK = re.compile(r" (?:in full|without the .+|with the digits 0 and 1, not the letters O and l)$")
QUALIFIER = re.compile(r"(?:about|at least|more than|over|około|ca\.|co najmniej|approx\.?|~)\s*")


def suggested(message):
    """The amounts that a message says to write; none where it names no figure."""
    found = re.search(r"; write (.*)", message)
    if not found or found[1].startswith(("only the amount", "“at least”", "the amount in")):
        return []
    remedy = found[1].partition("; it holds")[0].removesuffix(", whichever is meant")
    return [REMARK.sub("", part) for part in remedy.split(" or ")]


def writings(amount, minor):
    """Every way in which somebody somewhere writes an amount with digits and marks, of any locale or of none.

    What the code knows of readings is not used here: a value is a meaning of a text if the text is among these.
    """
    whole, _, part = f"{amount:f}".partition(".")
    part = part.rstrip("0")
    wholes = {whole}
    for first, next_ in ((3, 3), (3, 2)):
        groups = [whole[-first:]]
        rest = whole[:-first]
        while rest:
            groups.insert(0, rest[-next_:])
            rest = rest[:-next_]
        wholes |= {mark.join(groups) for mark in " .,'_\u066c"}
    parts = {""} if not part else set()
    for length in range(max(len(part), 1), max(minor, 3) + 1):
        parts |= {f"{mark}{part.ljust(length, '0')}" for mark in ".,·\u066b"}
    return {
        whole + part
        for whole in wholes
        for part in parts
        if not (part and part[0] in re.sub("[0-9]", "", whole))  # one mark is not both
    }


def normal(text):
    """Typed digits without what surely stands around them."""
    text = text.translate({**dict.fromkeys(map(ord, "–—\u2212\u2011"), "-"), 0x2019: "'"})
    text = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)
    text = QUALIFIER.sub("", re.sub(r"\s+", " ", text)).replace("\uff0c", ",").strip("“”\u2018\"' ")
    text = re.sub(r"^[£€¥$₹]|zł$|€$|kr$", "", text.removesuffix("+")).strip()
    return re.sub(r"^-\s*", "", text)


def can_mean(text, amount, region):
    """Whether a typed text can mean an amount: as digits and marks, or with one of the documented endings."""
    text, minor = normal(text), region.minor_digits
    amount = abs(amount)
    without_zeros = re.sub(r"^0+(?=[1-9])", "", text)
    if {text, without_zeros} & writings(amount, minor):
        return True
    if short := re.fullmatch(r"(.*?) ?(k|m|thousand|million)", text, re.IGNORECASE):
        factor = 1000 if short[2].lower() in ("k", "thousand") else 1_000_000
        return short[1] in writings(amount / factor, 6)
    if parts := re.fullmatch(r"([0-9]{1,2}) ?(?:p|ct?)", text):
        return amount == Decimal(parts[1]) / 100
    if dashed := re.fullmatch(r"(.*)[.,]--?", text):
        return dashed[1] in writings(amount, 0)
    lettered = text.translate(str.maketrans("oOlI", "0011"))
    return any(form in writings(amount, minor) for form in (lettered, text[:-1]))


def refusal(region, text, *, negative=False):
    try:
        region.parse(text, negative=negative)
    except FieldError as refused:
        return refused.message
    return ""


whole = st.one_of(st.integers(0, 10**13), st.integers(0, 99999), st.sampled_from([0, 5, 25, 842, 1586, 25000, 1000000]))


@st.composite
def slips(draw):
    """An amount as somebody else's locale writes it, and what happens to it on a telephone."""
    number = str(draw(whole))
    mark = draw(st.sampled_from(["", "", ".", ",", " ", "'", "’", "\u00a0", "\u202f", "_", "\u066c"]))
    sizes = draw(st.sampled_from([(3, 3), (3, 2), (2, 3), (4, 4)]))
    groups, rest = [number[-sizes[0] :]], number[: -sizes[0]]
    while rest:
        groups.insert(0, rest[-sizes[1] :])
        rest = rest[: -sizes[1]]
    text = mark.join(groups)
    if draw(st.booleans()):
        text += draw(st.sampled_from([".", ",", "·", "\u066b"])) + draw(st.text("0123456789", min_size=0, max_size=5))
    if draw(st.integers(0, 3)) == 0 and text:
        at = draw(st.integers(0, len(text) - 1))
        change = draw(st.sampled_from(["lose", "double", "join", "letter"]))
        letter = {"0": "O", "1": "l"}.get(text[at], text[at])
        text = text[:at] + {"lose": "", "double": text[at] * 2, "join": "9", "letter": letter}[change] + text[at + 1 :]
    digits = draw(st.sampled_from([0, 0, 0, 0xFF10, 0x660, 0x6F0, 0x966]))
    if digits:
        text = "".join(chr(digits + int(sign)) if "0" <= sign <= "9" else sign for sign in text)
    before = draw(st.sampled_from(["", "", "", "about ", "~", "około ", "ca.", "approx. ", "0", "-", "–", "£", "“"]))
    behind = draw(
        st.sampled_from(["", "", "", "k", " m", "p", " ct", ",-", ".–", ".", " zł", " €", "”", "²", "+", "½"])
    )
    return before + text + behind


@given(st.sampled_from(REGIONS), slips(), st.booleans())
@example(Region("GBP", "en_GB"), "842,30", False)
@example(Region("GBP", "en_GB"), "25²", False)
@example(Region("JPY", "ja_JP"), "25.50", False)
@example(Region("GBP", "en_GB"), "25.123", False)
def test_a_suggested_amount_is_read_as_something_that_was_typed(region, text, negative):
    for figure in suggested(refusal(region, text, negative=negative)):
        money = region.parse(figure, negative=negative)
        assert can_mean(text, money.amount, region), f"{text} is not {figure}"


@given(st.sampled_from(REGIONS), st.text("0123456789.,' -£€kOm~+eE%\u0660\u0665²½", max_size=12))
def test_any_typing_is_suggested_nothing_else_either(region, text):
    for figure in suggested(refusal(region, text, negative=True)):
        assert can_mean(text, region.parse(figure, negative=True).amount, region), f"{text} is not {figure}"


@given(st.sampled_from(REGIONS), slips())
def test_what_braces_cut_is_suggested_only_as_it_would_be_read(region, typed):
    text = f"---\ntitle: News\ndate: 2024-01-01\ntotals: {{page: {typed}, bank: 5}}\n---\nWords.\n"
    try:
        document = parse_update_file("content/updates/2024-01-01-x.md", text.encode())
        read_fields(UpdateFields, document, region)
    except CampaignError as error:
        told = [problem for problem in error.problems if problem.name == "comma-in-braces"]
        for problem in told:
            joined = document.fields["totals"]["page"]
            if offered := re.search(r'; write (.+) or "(.*)", or put it', problem.message):
                assert region.parse(offered[1]) == region.parse(offered[2]) == region.parse(joined)
            for figure in suggested(problem.message) if not offered else ():
                assert can_mean(joined, region.parse(figure).amount, region), f"{joined} is not {figure}"


@given(st.sampled_from(REGIONS), whole, st.booleans())
def test_every_example_in_a_message_is_written_as_the_locale_writes_it_and_read(region, number, has_part):
    amount = min(Decimal(number), Decimal(10) ** 12)
    if has_part and region.minor_digits:
        amount += Decimal(5).scaleb(-1)
        amount = min(amount, Decimal(10) ** 12)
    assert region.parse(region.figure(amount)).amount == amount
    assert region.parse_count(region.number(min(number, 10**12))).number == min(number, 10**12)


@pytest.mark.parametrize("region", REGIONS, ids=lambda region: f"{region.currency}-{region.locale}")
def test_numbers_of_any_length_are_answered(region):
    for shape in ("{}", "{}.00", "{},00", "0.{}", "{}k", "{}m", "about {}", "-{}", "1e{}", "{}%"):
        for digits in (19, 28, 29, 30, 90):
            text = shape.format("7" * digits)
            assert "digits cannot be right" in refusal(region, text, negative=True), text
            with pytest.raises(FieldError, match="cannot be right"):
                region.parse_count(text)


@pytest.mark.parametrize("field", ["totals: {page: %s}", "received: [{amount: %s}]", "counters: {walkers: %s}"])
def test_what_nobody_writes_is_refused_before_any_pattern_sees_it(field):
    for typed in ("1" + "approx" * 2000, "1" * 15000, "c" * 15000, "- " * 5000 + "1"):
        text = f"---\ntitle: News\ndate: 2024-01-01\n{field % repr(typed)}\n---\n"
        document = parse_update_file("content/updates/x.md", text.encode())
        with pytest.raises(CampaignError, match="characters at most"):
            read_fields(UpdateFields, document, REGIONS[0])


def in_other_scripts(text):
    for zero in (0xFF10, 0x660, 0x6F0, 0x966):
        yield "".join(chr(zero + int(sign)) if sign.isdecimal() else sign for sign in text)


@given(st.dates(date(1, 1, 1)), st.sampled_from(["%d/%m/%Y", "%d.%m.%y", "%Y/%m/%d", "%d %B %Y", "%m/%Y", "%B %Y"]))
def test_a_suggested_day_or_month_is_read(day, form):
    for text in (day.strftime(form), *in_other_scripts(day.strftime(form))):
        for read in (parse_day, parse_moment, parse_period):
            try:
                read(text)
            except FieldError as refused:
                for written in re.findall(r"(?:write|or) (\S+)(?= for|$)", refused.message.partition("got")[2]):
                    read(written)


@pytest.mark.parametrize("model", [UpdateFields, EventFields, Campaign])
def test_no_field_takes_what_a_comma_in_braces_cut(model):
    for name, field in model.model_fields.items():
        key = field.alias or name
        for value in (CutByComma("2024-01-01, 5"), [CutByComma("5,5")], {"page": CutByComma("5,5")}):
            with pytest.raises(ValidationError) as refused:
                model.model_validate({key: value}, context=REGIONS[0])
            assert key in {fault["loc"][0] for fault in refused.value.errors()}, (key, value)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("około 25 000 zł", Qualifier.ABOUT),
        ("OKOŁO 25 000", Qualifier.ABOUT),
        ("oko\u0142o 25 000", Qualifier.ABOUT),
        ("ca. 25 000", Qualifier.ABOUT),
        ("ca.25 000", Qualifier.ABOUT),
        ("co  najmniej 25 000", Qualifier.AT_LEAST),
        ("about 25 000", Qualifier.ABOUT),
        ("25 000 złotych", Qualifier.EXACT),
    ],
)
def test_the_languages_own_words_are_read_before_an_amount(typed, read):
    money = Region("PLN", "pl_PL", WORDS).parse(typed)
    assert (money.amount, money.qualifier) == (25000, read)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("25 000 zł około", "; write około 25 000"),
        ("około około 25 000", "; write około 25 000"),
        ("około 25k", "; write około 25 000 in full"),
        ("około co najmniej 25 000", "can stand before it"),
        ("25 000 co najmniej", "can stand before it"),
        ("około", "got 'około'"),
    ],
)
def test_own_words_at_the_wrong_place_are_told_where_they_go(typed, told):
    assert refusal(Region("PLN", "pl_PL", WORDS), typed).endswith(told)


def test_a_campaign_without_words_of_its_own_reads_english():
    assert Region("PLN", "pl_PL").vocabulary is ENGLISH


@pytest.mark.parametrize(
    ("region", "typed", "amount"),
    [
        (Region("PLN", "en_GB"), "290,000 zł", 290000),
        (Region("UAH", "en_GB"), "5₴", 5),
        (Region("CHF", "de_CH"), "25'000 Franken", 25000),
        (Region("GBP", "en_GB"), "25,000 pounds", 25000),
        (Region("EUR", "de_DE"), "25.000 Euro", 25000),
        (Region("ZMW", "en_ZM"), "K25", 25),
        (Region("XXX", "en_GB"), "XXX 5", 5),
        (Region("AQD", "en_GB"), "5 AQD", 5),
        (Region("EGP", "ar_EG"), "\u0662\u0665\u066c\u0660\u0660\u0660\u066b\u0665\u0660", Decimal("25000.50")),
        (Region("INR", "hi_IN"), "१२,३४,५६७", 1234567),
        (Region("JPY", "ja_JP"), "\uff12\uff15\uff0c\uff10\uff10\uff10円", 25000),
    ],
)
def test_a_currencys_own_sign_and_name_and_a_locales_own_digits_are_read(region, typed, amount):
    assert region.parse(typed).amount == amount


@pytest.mark.parametrize(
    ("region", "typed"),
    [(Region("ZMW", "en_ZM"), "25K"), (Region("EGP", "ar_EG"), "2\u0665"), (REGIONS[0], "\u0662\u0665")],
)
def test_what_could_be_another_amount_is_not_read(region, typed):
    assert refusal(region, typed).startswith("expected an amount like")


@pytest.mark.parametrize("region", REGIONS, ids=lambda region: f"{region.currency}-{region.locale}")
def test_what_pages_show_below_zero_is_read_where_it_may_be(region):
    money = region.parse("-5", negative=True)
    assert region.parse(region.format(money), negative=True) == money
    assert "below zero" in refusal(region, region.format(money))


def test_a_word_that_runs_into_its_figure_is_no_word_of_it():
    region = Region("GBP", "en_GB")
    assert refusal(region, "about5000").endswith("; write about 5,000")
    assert refusal(region, "over5000").endswith("can stand before it")


def test_letters_of_another_script_look_alike_only_among_latin_ones():
    """What has no Latin letter is a word of its own language, and no figure is typed again for it."""
    assert look_alike("5\u043c\u0430\u044f") == ""
    assert "U+0430" in look_alike("1 M\u0430y")
