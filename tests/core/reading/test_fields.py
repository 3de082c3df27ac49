"""What a field may hold: addresses, names, words that are chosen from, and where a list may be one value."""

import pytest

from campaign.core.reading.campaign import Campaign
from campaign.core.reading.fields import parse_rate
from campaign.core.reading.problems import CampaignError, FieldError
from campaign.core.reading.region import Region
from campaign.core.reading.update import EventFields, UpdateFields
from writing import a_campaign, an_event, campaign_refusal, refusal

CONTACT = (
    "1: contact: expected mailto: and an email address, or a web address that begins with https://, got '{}' [address]"
)
WEB = "1: {}: expected a web address that begins with https://, got '{}'{} [address]"
GIVE = 'give: [{{label: Page, url: "{}"}}]'


@pytest.mark.parametrize(
    "text",
    [
        "mailto:",
        "mailto:user",
        "mailto:user@",
        "mailto:user@example",
        "mailto:@example.org",
        "mailto:a user@example.org",
        "mailto:user@exam ple.org",
        "mailto:user@example.org now",
        "mailto:user@example.org?subject=Roof",
        "mailto:user@example@example.org",
        "MAILTO:user@example.org.uk now",
        "user",
        "user@",
        "user@example",
        "@example.org",
        "a user@example.org",
        "user@example.org now",
        "ftp://example.org",
    ],
)
def test_an_address_to_write_to_that_reaches_nobody_is_refused(text):
    assert campaign_refusal(f'contact: "{text}"') == [CONTACT.format(text)]


def test_an_address_to_write_to_is_kept_as_it_was_written():
    for text in ("mailto:user@example.org", "mailto:a.user+roof@post.example.org", "https://example.org/write"):
        assert a_campaign(f"contact: {text}").contact == text
    assert campaign_refusal("contact: user@example.org") == [
        CONTACT.format("user@example.org").replace(" [", "; write mailto:user@example.org [")
    ]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("https://", ""),
        ("https://example", ""),
        ("https:///example.org", ""),
        ("https://[", ""),
        ("ftp://example.org", ""),
        ("example", ""),
        ("http://example.org", "; write https://example.org"),
        ("www.example.org", "; write https://www.example.org"),
        ("example.org/roof?a=b", "; write https://example.org/roof?a=b"),
        ("https://example.org/the roof", "; leave the space out"),
        ("the roof.org", "; leave the space out"),
        ("example.org/the roof", "; leave the space out"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused_with_the_one_that_was_meant(text, meant):
    assert campaign_refusal(GIVE.format(text)) == [WEB.format("give[1].url", text, meant)]


@pytest.mark.parametrize("who", ["user@", "user:word@", ":word@"])
def test_an_address_publishes_nobodys_name_or_password(who):
    assert campaign_refusal(GIVE.format(f"https://{who}example.org")) == [
        f"1: give[1].url: a web address must not hold a name or password, got 'https://{who}example.org' [address]"
    ]


def test_an_address_of_up_to_two_thousand_characters_is_kept_whole():
    address = f"https://example.org/{'a' * 1980}"
    assert len(address) == 2000
    assert a_campaign(GIVE.format(address)).give[0].url == address
    (problem,) = campaign_refusal(GIVE.format(f"{address}a"))
    assert problem == (
        "1: give[1].url: can be 2,000 characters at most, got 2,001 that begin with"
        " 'https://example.org/aaaaaaaaaaaaaaaaaaaa' [too-long]"
    )


def test_an_address_to_write_to_may_be_as_long():
    contact = f"https://example.org/{'a' * 1980}"
    assert a_campaign(f"contact: {contact}").contact == contact
    (problem,) = campaign_refusal(f"contact: {contact}a")
    assert problem.startswith("1: contact: can be 2,000 characters at most, got 2,001")


def test_a_name_of_up_to_a_hundred_characters_is_kept_whole():
    source = "sources: [{{id: {}, label: A}}]"
    assert a_campaign(source.format("a" * 100)).sources[0].id == "a" * 100
    assert campaign_refusal(source.format("a" * 101)) == [
        f"1: sources[1].id: can be 100 characters at most, got 101 that begin with '{'a' * 40}' [too-long]"
    ]


@pytest.mark.parametrize(
    ("text", "meant"),
    [("Cash box", "; write cash-box"), ("cash--box", "; write cash-box"), ("box.md", "; write box"), ("-", "")],
)
def test_a_name_that_is_none_is_refused_with_the_one_that_was_meant(text, meant):
    assert campaign_refusal(f'sources: [{{id: "{text}", label: A}}]') == [
        f"1: sources[1].id: expected small letters, digits and single hyphens, got '{text}'{meant} [id]"
    ]


@pytest.mark.parametrize(
    ("text", "meant"),
    [("receipt", ": did you mean receipts?"), ("TOTAL", ": did you mean total?"), ("weekly", "")],
)
def test_a_word_that_cannot_be_chosen_is_refused_with_those_that_can(text, meant):
    assert campaign_refusal(f"sources: [{{id: page, label: A, records: {text}}}]") == [
        f"1: sources[1].records: expected total or receipts, got '{text}'{meant} [choice]"
    ]


@pytest.mark.parametrize(
    ("text", "is_example"), [("true", True), ("True", True), ("false", False), ("FALSE", False), ('""', False)]
)
def test_an_appeal_is_an_example_only_where_it_says_so(text, is_example):
    assert a_campaign(f"example: {text}").example is is_example


@pytest.mark.parametrize(
    ("text", "meant"), [("yes", "; write true"), ("No", "; write false"), ("1", ""), ("perhaps", "")]
)
def test_what_is_neither_true_nor_false_is_refused_with_the_one_that_was_meant(text, meant):
    assert campaign_refusal(f"example: {text}") == [f"1: example: expected true or false, got '{text}'{meant} [flag]"]


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("totls: 5", ": did you mean totals?"),
        ("Totals : 5", ": did you mean totals?"),
        ("sums: 5", ": did you mean totals?"),
        ("read-on: 5", ": did you mean as_of?"),
        ("Read on: 5", ": did you mean as_of?"),
        ("picture: 5", ": did you mean image?"),
        ("we sold cakes: 5", "; if this is the story, the closing --- is missing above it"),
    ],
)
def test_a_field_that_there_is_not_is_refused_with_the_one_that_was_meant(key, meant):
    (problem,) = refusal(a_campaign(), "2024-01-01", key)
    assert problem.startswith(f"4: {key.partition(':')[0].strip()}: there is no such field{meant} [")


def test_a_field_that_is_like_no_other_is_refused_with_those_that_there_are():
    assert campaign_refusal("counters: [{id: names, label: Names, colour: blue}]") == [
        "1: counters[1].colour: there is no such field; the fields here are id, label, url [unknown-field]"
    ]


def test_a_field_under_a_misspelt_name_is_not_called_missing_too():
    assert campaign_refusal("counters: [{id: names, lable: Names}]") == [
        "1: counters[1].lable: there is no such field: did you mean label? [unknown-field]"
    ]
    account = "give: [{label: A, account: {nmae: A, iban: DE89370400440532013000}}]"
    assert campaign_refusal(account) == [
        "1: give[1].account.nmae: there is no such field: did you mean name? [unknown-field]"
    ]
    assert campaign_refusal("counters: [{id: names, colour: Names}]") == [
        "1: counters[1].colour: there is no such field; the fields here are id, label, url [unknown-field]",
        "1: counters[1].label: is needed here; add label: and its value [missing]",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("counters: names", "counters: expected a list below it, each entry after a hyphen and a space, got 'names'"),
        ("counters: {id: a}", "counters: expected a list below it, each entry after a hyphen and a space, got fields"),
        (
            "counters: [names]",
            "counters[1]: expected fields below it, each on a line of its own like “  name: value”, got 'names'",
        ),
        (
            'counters: ["id:names"]',
            "counters[1]: expected fields below it, each on a line of its own like “  name: value”, got 'id:names';"
            " put a space after the colon",
        ),
        (
            "promise: [a]",
            "promise: expected fields below it, each on a line of its own like “  name: value”, got a list",
        ),
        ("contact: {a: b}", "contact: expected one value on this line, got fields below it"),
        (
            "contact: [a]",
            "contact: expected one value on this line, got a list; put quotes around a text that begins with [",
        ),
    ],
)
def test_a_list_where_one_value_belongs_and_the_other_way_round_is_refused(text, found):
    assert campaign_refusal(text) == [f"1: {found} [shape]"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "costs: [{id: a, label: A, estimate: 25,000}]",
            'costs[1].estimate: inside braces a comma ends a value; write 25000 or "25,000", or put it on a line of'
            " its own",
        ),
        (
            "milestones: [{counter: a, at: over 1,800}]",
            'milestones[1].at: inside braces a comma ends a value; write more than 1800 or "over 1,800", or put it on a'
            " line of its own",
        ),
    ],
)
def test_what_braces_cut_is_refused_with_what_they_leave_whole(text, found):
    assert f"1: {found} [comma-in-braces]" in campaign_refusal(text)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("image_alt", "alt"),
        ("totals", "amounts sums"),
        ("author", "by writer"),
        ("date", "datum day time when"),
        ("title", "headline name subject"),
        ("received", "income receipts"),
        ("reached", "milestone milestones"),
        ("image", "photo picture"),
        ("promised", "pledged"),
        ("as_of", "read_on"),
        ("status", "draft"),
        ("rates", "exchange"),
        ("ends", "closed ended"),
        ("paid", "expenses payments spent"),
    ],
)
def test_what_people_call_a_field_of_an_update_is_answered_with_its_name(field, words):
    for word in words.split():
        (problem,) = refusal(a_campaign(), "2024-01-01", f"{word}: 5")
        assert f" {word}: there is no such field: did you mean {field}? [" in problem


def test_what_people_call_the_place_of_an_event_is_answered_with_its_name():
    for word in ("location", "venue", "where"):
        with pytest.raises(CampaignError) as error:
            an_event(a_campaign(), "walk", f"title: Walk\n{word}: The hall")
        assert [problem.message for problem in error.value.problems] == ["there is no such field: did you mean place?"]


def test_a_field_has_no_other_name_than_its_own():
    assert campaign_refusal("goal: [{amount: 5}, {amount: 6, from_: 2024-01-01}]") == [
        "1: goal[2].from_: there is no such field: did you mean from? [unknown-field]"
    ]


GBP, EUR = Region("GBP", "en_GB"), Region("EUR", "de_DE")


@pytest.mark.parametrize(
    ("region", "text", "worth"),
    [
        (GBP, "0.79", "0.79"),
        (GBP, "1.234", "1.234"),
        (GBP, "123456789.000000001", "123456789.000000001"),
        (EUR, "0,79", "0.79"),
        (EUR, "0.79", "0.79"),
        (EUR, "1,234", "1.234"),
        (EUR, "0.123", "0.123"),
        (EUR, "1.2345", "1.2345"),
        (EUR, "2", "2"),
    ],
)
def test_what_another_currency_is_worth_is_read_with_a_point_or_the_locales_own_mark(region, text, worth):
    assert str(parse_rate(text, region)) == worth


@pytest.mark.parametrize(
    ("region", "text", "told"),
    [
        (EUR, "1.234", "'1.234' can be read two ways; write 1,234 or 1234, whichever is meant"),
        (EUR, "0,79 €", "expected what one unit is worth in EUR, like 0.79 or 0,79, got '0,79 €'"),
        (GBP, "0,79", "expected what one unit is worth in GBP, like 0.79 or 1.27, got '0,79'"),
        (GBP, "1234567890", "expected what one unit is worth in GBP, like 0.79 or 1.27, got '1234567890'"),
        (GBP, "0.00", "a currency is not worth nothing, got '0.00'"),
    ],
)
def test_what_another_currency_is_worth_is_said_in_one_way(region, text, told):
    with pytest.raises(FieldError) as refused:
        parse_rate(text, region)
    assert (refused.value.name, refused.value.message) == ("rate", told)


def said_in(schema):
    for key, value in schema.items() if isinstance(schema, dict) else ():
        if key == "type":
            yield from [value] if isinstance(value, str) else value
        for inner in value if isinstance(value, list) else [value]:
            yield from said_in(inner)


@pytest.mark.parametrize("model", [Campaign, UpdateFields, EventFields])
def test_what_editors_are_told_is_in_the_words_of_json_schema(model):
    assert {*said_in(model.model_json_schema())} <= {
        "string",
        "number",
        "integer",
        "boolean",
        "array",
        "object",
        "null",
    }


def test_matching_is_answered_with_matches():
    assert campaign_refusal("matching: A mill") == [
        "1: matching: there is no such field: did you mean matches? [unknown-field]"
    ]
