"""A word of its own in every field of words that a model has, to be looked for in what is made of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args, get_origin, get_type_hints

from campaign.core.reading import campaign as appeal
from campaign.core.reading.campaign import Campaign
from campaign.core.reading.fields import ContactAddress, Fields, Text, WebAddress
from campaign.core.reading.update import EventFields, PageFields, Payment, PromisedGift, Receipt, UpdateFields

WORDS = {
    Text: "Sentinel{}",
    WebAddress: "https://sentinel{}.example.org/",
    ContactAddress: "mailto:sentinel{}@example.org",
}
"""The types of fields that hold a family's own words, and what the test writes into each."""
OTHERWISE: dict[tuple[type[Fields], str], Any] = {
    (Campaign, "image"): "images/walk.jpg",
    (Campaign, "image_dark"): "images/walk.jpg",
    (Campaign, "currency"): "GBP",
    (appeal.Goal, "amount"): "50,000",
    (appeal.Estimate, "amount"): "30,000",
    (appeal.Cost, "id"): "roof",
    (appeal.CostNote, "said"): "2024-01-02",
    (appeal.PaidBy, "from"): "2024-01-02",
    (appeal.PaidBy, "amount"): "1,000",
    (appeal.HeldBy, "kind"): "charity",
    (appeal.Source, "id"): "bank",
    (appeal.Account, "name"): "The charity",
    (appeal.Account, "iban"): "GB29 NWBK 6016 1331 9268 19",
    (appeal.Match, "id"): "mill",
    (appeal.Match, "up_to"): "1,000",
    (appeal.Match, "from"): "2024-01-01",
    (appeal.Deadline, "date"): "2024-12-31",
    (appeal.Milestone, "id"): "accepted",
    (appeal.Counter, "id"): "petition",
    (appeal.Treatment, "said"): "2024-01-02",
    (appeal.Treatment, "status"): "planned",
    (appeal.OtherCause, "id"): "unit",
    (appeal.Press, "date"): "2024-01-02",
    (UpdateFields, "date"): "2024-02-01",
    (UpdateFields, "image"): "images/walk.jpg",
    (UpdateFields, "totals"): {"bank": "1,000", "online": "30,000"},
    (UpdateFields, "counters"): {"petition": "10"},
    (Payment, "amount"): "10",
    (Receipt, "amount"): "10",
    (Receipt, "cause"): "unit",
    (PromisedGift, "id"): "gift",
    (PromisedGift, "amount"): "20",
    (EventFields, "image"): "images/walk.jpg",
    (PageFields, "image"): "images/walk.jpg",
}
"""Fields that hold no words, without which there would be no site, or nothing beside which words could stand."""


def parts(annotation: Any) -> Iterator[Any]:
    """An annotation, and every one within it."""
    yield annotation
    for inner in get_args(annotation):
        yield from parts(inner)


def sentinel(model: type[Fields], name: str, kind: Any) -> str:
    """Words that stand nowhere else, made of the field's own name."""
    said = f"{model.__name__}{name.title().replace('_', '')}"
    return WORDS[kind].format(said if kind == Text else said.lower())


def filled(model: type[Fields], sentinels: list[str]) -> dict[str, Any]:
    """Every field of words that a model has, and of the others those above; what was written is added to sentinels."""
    written: dict[str, Any] = {}
    hints = get_type_hints(model, include_extras=True)
    for attribute, field in model.model_fields.items():
        name = field.alias or attribute
        inside = list(parts(hints[attribute]))
        inner = [part for part in inside if isinstance(part, type) and issubclass(part, Fields)]
        kind = next((kind for kind in WORDS if kind in inside), None)
        if (model, name) in OTHERWISE:
            written[name] = OTHERWISE[model, name]
        elif inner:
            entry = filled(inner[0], sentinels)
            written[name] = [entry] if any(get_origin(part) is tuple for part in inside) else entry
        elif kind:
            written[name] = sentinel(model, name, kind)
            sentinels.append(written[name])
    return written
