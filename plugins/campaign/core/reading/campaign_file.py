"""campaign.yaml → Campaign, once its fields are right, each alone and together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .account_numbers import accounts_in
from .campaign import DEFAULT_LOCALE, OVERALL, Account, Campaign, Milestone, currency_code, locale_code
from .fields import (
    Fields,
    did_you_mean,
    read_fields,
)
from .front_matter import Document
from .problems import CampaignError, FieldError, Problem
from .region import ENGLISH, Region, Vocabulary

BRITISH_REFERENCE = 18


def locale_of(document: Document | None) -> str:
    """The locale that a campaign file names, or the one it has without naming any; before anything else is read."""
    try:
        return locale_code(str(document.fields.get("locale", DEFAULT_LOCALE))) if document else DEFAULT_LOCALE
    except FieldError:
        return DEFAULT_LOCALE


def parse_campaign(document: Document, vocabulary: Vocabulary = ENGLISH) -> Campaign:
    """Read campaign.yaml; raise CampaignError with every problem found.

    vocabulary: the words of the language of ``locale_of(document)``, which are read in updates, too.
    """
    region, region_is_known = _region(document, vocabulary)
    try:
        campaign = read_fields(Campaign, document, region)
    except CampaignError as error:
        # Amounts read in a made-up currency or locale would be reported for the wrong reason.
        raise CampaignError(
            problem
            for problem in error.problems
            if region_is_known
            or (problem.name not in _NEEDS_REGION and (problem.name != "currency" or problem.field == "currency"))
        ) from None
    problems = list(_inconsistent(campaign, document))
    if problems:
        raise CampaignError(problems)
    return campaign


_NEEDS_REGION = ("amount", "count", "comma-in-braces")


NEEDS_CAMPAIGN = (*_NEEDS_REGION, "currency", "milestone", "rate", "records", "unknown-id")
"""Problems that a sound campaign.yaml is needed to be sure of."""


def outline(document: Document | None, vocabulary: Vocabulary = ENGLISH) -> Campaign:
    """Enough of a broken campaign.yaml to look for problems in other files, but for those in NEEDS_CAMPAIGN."""
    region, _ = _region(document, vocabulary) if document else (Region("GBP", DEFAULT_LOCALE), False)
    fields = f'name: "?"\ncurrency: {region.currency}\nlocale: {region.locale}\ngoal: "1"\n'
    return read_fields(Campaign, Document("", fields), region)


def _region(document: Document, vocabulary: Vocabulary) -> tuple[Region, bool]:
    """How the file's amounts are to be read, found before anything else is; and whether the file says so."""
    try:
        currency = currency_code(str(document.fields.get("currency")))
        return Region(currency, locale_code(str(document.fields.get("locale", DEFAULT_LOCALE))), vocabulary), True
    except FieldError:
        return Region("GBP", DEFAULT_LOCALE), False


def _inconsistent(campaign: Campaign, document: Document) -> Iterator[Problem]:
    """What is wrong between fields that are each right alone."""
    yield from without_words(document)
    yield from _twice(campaign, document)
    yield from _dates(campaign, document)
    yield from _sources(campaign, document)
    yield from _accounts(campaign, document)
    yield from _matches(campaign, document)
    for index, goal in enumerate(campaign.goal):
        if goal.amount.amount == 0:
            yield document.problem("amount", "a goal must be more than zero", "goal", index, "amount")
    for index, milestone in enumerate(campaign.milestones):
        for message in _milestone(campaign, milestone):
            yield document.problem("milestone", message, "milestones", index)


def without_words(document: Document) -> Iterator[Problem]:
    """A picture that those who cannot see it are told nothing about."""
    if document.fields.get("image_dark") and not document.fields.get("image"):
        message = "it is shown in place of image where a screen is dark, so name a picture under image, too"
        yield document.problem("no-picture", message, "image_dark")
    if document.fields.get("image") and not document.fields.get("image_alt"):
        message = "a picture needs image_alt: what it shows, for those who cannot see it"
        yield document.problem("image-alt", message, "image")


def _twice(campaign: Campaign, document: Document) -> Iterator[Problem]:
    for key in ("costs", "sources", "counters", "other_causes", "milestones", "matches"):
        seen: set[str | None] = set()
        for index, entry in enumerate(getattr(campaign, key)):
            if entry.id is not None and entry.id in seen:
                yield document.problem("duplicate", f"the id {entry.id} is taken; choose another", key, index, "id")
            seen.add(entry.id)
    lists: list[tuple[tuple[str | int, ...], tuple[Fields, ...]]] = [
        (("milestones",), campaign.milestones),
        (("give",), campaign.give),
        (("treatment",), campaign.treatment),
        (("press",), campaign.press),
        *((("costs", index, "paid_by"), cost.paid_by) for index, cost in enumerate(campaign.costs)),
    ]
    for path, entries in lists:
        first: dict[Fields, int] = {}
        for index, entry in enumerate(entries):
            earlier = first.setdefault(entry, index)
            if earlier < index and getattr(entry, "id", None) is None:
                message = f"says the same as entry {earlier + 1}; delete one of the two"
                yield document.problem("duplicate", message, *path, index)


def _dates(campaign: Campaign, document: Document) -> Iterator[Problem]:
    histories: list[tuple[tuple[str | int, ...], str, list[date | None]]] = [
        (("goal",), "from", [goal.from_ for goal in campaign.goal]),
        (("story",), "from", [told.from_ for told in campaign.story]),
        (("deadline",), "said", [deadline.said for deadline in campaign.deadline]),
    ]
    for index, cost in enumerate(campaign.costs):
        histories.append((("costs", index, "estimate"), "from", [estimate.from_ for estimate in cost.estimate]))
        for number, payer in enumerate(cost.paid_by):
            if payer.until and payer.until <= payer.from_:
                yield document.problem(
                    "order",
                    f"is not after from ({payer.from_}); write the first day on which it no longer holds",
                    *("costs", index, "paid_by", number, "until"),
                )
    for path, key, days in histories:
        for index, day in enumerate(days):
            if day is None and index > 0:
                yield document.problem(
                    "missing", f"is needed in a list of several; add {key}: and a day", *path, index, key
                )
            elif day is not None and day in days[:index]:
                yield document.problem(
                    "duplicate", f"two entries hold from {day}; keep one or change its day", *path, index, key
                )
    if campaign.closed and campaign.started and campaign.closed < campaign.started.first:
        yield document.problem(
            "order", f"is before the appeal started ({campaign.started.isoformat()}); change one of the two", "closed"
        )


def _sources(campaign: Campaign, document: Document) -> Iterator[Problem]:
    ids = [source.id for source in campaign.sources]
    for index, source in enumerate(campaign.sources):
        if source.id == OVERALL:
            yield document.problem(
                "id", "no source can be called raised, the word for the whole; choose another", "sources", index, "id"
            )
        if source.counted_in is None:
            continue
        holder = next((other for other in campaign.sources if other.id == source.counted_in), None)
        if holder is None or holder.id == source.id:
            others = ", ".join(id for id in ids if id != source.id) or "none yet"
            message = f"expected another source's id ({others}), got '{source.counted_in}'"
        elif holder.counted_in is not None:
            message = f"{holder.id} is itself counted in {holder.counted_in}; write {holder.counted_in}"
        else:
            continue
        yield document.problem("unknown-id", message, "sources", index, "counted_in")


def _accounts(campaign: Campaign, document: Document) -> Iterator[Problem]:
    """An account number beside a way to give with which no bank could do anything."""
    for index, way in enumerate(campaign.give):
        if way.account:
            for message in _ways_of_naming(way.account):
                yield document.problem("account", message, "give", index, "account")
        for key, text in (("label", way.label), ("note", way.note)):
            for account in accounts_in(text) if text else ():
                if account.fault:
                    message = f"{account.number} {account.fault}; copy it from the bank once more"
                    yield document.problem("account", message, "give", index, key)


def _matches(campaign: Campaign, document: Document) -> Iterator[Problem]:
    ids = [source.id for source in campaign.sources]
    holders = {source.id: source.counted_in for source in campaign.sources}
    for index, match in enumerate(campaign.matches):
        if match.up_to.amount == 0:
            yield document.problem("amount", "a match of nothing adds nothing", "matches", index, "up_to")
        if match.until and match.until < match.from_:
            message = f"is before from ({match.from_}); write the last day on which gifts grow"
            yield document.problem("order", message, "matches", index, "until")
        for place, id in enumerate(match.sources):
            path = ("matches", index, "sources", place)
            if id not in ids:
                yield document.problem("unknown-id", f"there is no source {id}{did_you_mean(id, ids)}", *path)
            elif id in match.sources[:place]:
                yield document.problem("duplicate", f"{id} is written twice; keep one", *path)
            elif holders[id] in match.sources:
                message = f"{id} is counted in {holders[id]} already, so its gifts would grow twice; leave it out"
                yield document.problem("match", message, *path)


def _ways_of_naming(account: Account) -> Iterator[str]:
    british = [key for key in ("sort_code", "number") if getattr(account, key)]
    if account.iban and british:
        yield f"an account is named in one way; keep iban or {' and '.join(british)}"
    elif not account.iban and len(british) < 2:
        yield "needs iban, or in the United Kingdom sort_code and number"
    if account.bic and not account.iban:
        yield "bic goes with iban; leave it out beside a sort code"
    if british and account.reference and len(account.reference) > BRITISH_REFERENCE:
        most, has = BRITISH_REFERENCE, len(account.reference)
        yield f"British banks take a reference of {most} characters at most, got {has}; write a shorter one"


def _milestone(campaign: Campaign, milestone: Milestone) -> Iterator[str]:
    kinds = [key for key in ("raised", "cost", "counter") if getattr(milestone, key) is not None]
    if len(kinds) > 1:
        yield f"is reached in one way only; keep one of {' and '.join(kinds)}"
    if not kinds and (milestone.id is None or milestone.label is None):
        yield "needs raised, cost, counter with at, or an id and a label that an update can say is reached"
    if kinds and milestone.date:
        yield f"is reached by {kinds[0]}; a planned date goes with an id and a label alone"
    costs, counters = [cost.id for cost in campaign.costs], [counter.id for counter in campaign.counters]
    if milestone.cost and milestone.cost not in costs:
        yield f"there is no cost with the id {milestone.cost}{did_you_mean(milestone.cost, costs)}"
    if milestone.counter and milestone.counter not in counters:
        yield f"there is no counter with the id {milestone.counter}{did_you_mean(milestone.counter, counters)}"
    if (milestone.counter is None) != (milestone.at is None):
        yield "counter and at go together; write both, the counter's id and the number it must come to"
