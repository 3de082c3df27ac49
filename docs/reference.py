"""Writes what the documents say of every field anew: the tables for volunteers, the schemas for editors, theme.md."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from pydantic.fields import FieldInfo

from campaign.core.reading import campaign as appeal
from campaign.core.reading.campaign import Campaign
from campaign.core.reading.fields import Fields
from campaign.core.reading.update import EventFields, PageFields, PromisedGift, Receipt, TitledFields, UpdateFields

DOCS = Path(__file__).resolve().parent
POSTING = DOCS / "posting-updates.md"

TABLES: dict[str, type[Fields]] = {
    "Everything an update can say": UpdateFields,
    "Events": EventFields,
    "Pages": PageFields,
    "campaign.yaml": Campaign,
    "goal": appeal.Goal,
    "costs": appeal.Cost,
    "promise": appeal.Promise,
    "held_by": appeal.HeldBy,
    "give": appeal.Give,
    "sources": appeal.Source,
    "deadline": appeal.Deadline,
    "milestones": appeal.Milestone,
    "counters": appeal.Counter,
    "treatment": appeal.Treatment,
    "other_causes": appeal.OtherCause,
    "press": appeal.Press,
}
"""The headings in posting-updates.md below which a table lists a model's fields."""
IN_SENTENCES: dict[type[Fields], str] = {
    Receipt: "Receipts",
    PromisedGift: "Promises",
    appeal.PaidBy: "costs",
    appeal.CostNote: "costs",
    appeal.Estimate: "goal",
}
"""Those whose fields are named in sentences, examples or another table instead, below which heading."""
BELOW = {
    "totals": "totals",
    "received": "receipts",
    "promised": "promises",
    "gift_aid": "gift-aid",
    "counters": "counters-and-milestones",
    "correction": "corrections",
    "jump": "jumps",
}
"""Fields of an update that have a heading of their own."""
SCHEMAS: dict[str, type[Fields]] = {
    "campaign": Campaign,
    "update": UpdateFields,
    "event": EventFields,
    "page": PageFields,
}
"""What an editor may check while somebody types, by the schema's name."""


# -- tables for volunteers -----------------------------------------------------------------------------


def models(model: type[Fields]) -> Iterator[type[Fields]]:
    """A model, and every one inside it."""
    yield model
    for field in model.model_fields.values():
        for inner in _inner(field.annotation):
            yield from models(inner)


def _inner(annotation: Any) -> Iterator[type[Fields]]:
    if isinstance(annotation, type) and issubclass(annotation, Fields):
        yield annotation
    for part in get_args(annotation):
        yield from _inner(part)


def table(model: type[Fields]) -> str:
    """What is needed first, then what a file of this kind alone has, then what others have too."""
    shared = TitledFields.model_fields if issubclass(model, TitledFields) else ()
    fields = sorted(
        model.model_fields.items(),
        key=lambda each: (not each[1].is_required(), not each[1].is_required() and each[0] in shared),
    )
    has_examples = issubclass(model, TitledFields)
    head = ["| field | says | for example |", "|---|---|---|"] if has_examples else ["| key | says |", "|---|---|"]
    return "\n".join([*head, *(_row(field.alias or name, field, has_examples=has_examples) for name, field in fields)])


def _row(name: str, field: FieldInfo, *, has_examples: bool) -> str:
    says = f"{field.description}{_listed(field) if not has_examples else ''}{'; needed' if field.is_required() else ''}"
    if not has_examples:
        return f"| `{name}` | {says} |"
    if name in BELOW:
        return f"| `{name}` | {says} | [below](#{BELOW[name]}) |"
    (example,) = field.examples or ()
    return f"| `{name}` | {says} | `{name}: {_typed(example)}` |"


def _listed(field: FieldInfo) -> str:
    """The fields of a list's entries that have no table of their own."""
    inner = next((model for model in _inner(field.annotation) if model in IN_SENTENCES), None)
    if inner is None or inner is appeal.Estimate:
        return ""
    names = [
        f"`{each.alias or name}`{' (needed)' if each.is_required() else ''}"
        for name, each in inner.model_fields.items()
    ]
    return f": a list with {', '.join(names[:-1])} and {names[-1]}"


def _typed(value: object) -> str:
    """A value as a volunteer types it."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"[{', '.join(value)}]" if isinstance(value, list) else str(value)


def posting_updates(text: str) -> str:
    """posting-updates.md with its tables as the models have them; every sentence stays."""
    for heading, model in TABLES.items():
        before, title, rest = re.split(rf"^(#+ {re.escape(heading)}\n)", text, maxsplit=1, flags=re.MULTILINE)
        rest, count = re.subn(
            r"^\| (?:field|key) \|(?:.*\n)(?:\|.*\n)*", f"{table(model)}\n", rest, count=1, flags=re.MULTILINE
        )
        assert count, heading
        text = before + title + rest
    return text


# -- schemas for editors -------------------------------------------------------------------------------


def schema(name: str) -> str:
    """A model as JSON Schema: what an editor offers, explains and underlines while somebody types."""
    made = _plain(SCHEMAS[name].model_json_schema(), is_properties=False)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"{name} of this site"}
    return json.dumps(head | made, indent=1, ensure_ascii=False) + "\n"


def _plain(part: Any, *, is_properties: bool) -> Any:
    """Without titles that only repeat a name, and defaults that nobody writes; nothing may be written as nothing."""
    if isinstance(part, list):
        return [_plain(each, is_properties=False) for each in part]
    if not isinstance(part, dict):
        return part
    kept = {
        key: _plain(value, is_properties=key in ("properties", "$defs") and not is_properties)
        for key, value in part.items()
        if is_properties or key not in ("title", "default")
    }
    if not is_properties:
        for key in kept.get("properties", {}).keys() - set(part.get("required", ())):
            kept["properties"][key] = _or_nothing(kept["properties"][key])
    return kept


def _or_nothing(value: dict[str, Any]) -> dict[str, Any]:
    """A value that may be left empty, said as simply as it can be: of several choices an editor names none."""
    choices = [each for each in value.get("anyOf", ()) if each != {"type": "null"}]
    if len(choices) == 1:
        value = choices[0] | {word: said for word, said in value.items() if word != "anyOf"}
    if "anyOf" in value:
        return value | {"anyOf": [*choices, {"type": "null"}]}
    if "enum" in value:
        return value | {"enum": [*value["enum"], None]}
    if "type" in value:
        types = value["type"]
        return value | {"type": [*([types] if isinstance(types, str) else types), "null"]}
    about = {word: value[word] for word in ("description", "examples") if word in value}
    return {"anyOf": [{word: said for word, said in value.items() if word not in about}, {"type": "null"}], **about}


# ------------------------------------------------------------------------------------------------------


def written() -> dict[Path, str]:
    """Every file that is made of the code, with what it must hold."""
    files = {POSTING: posting_updates(POSTING.read_text(encoding="utf-8"))}
    return files | {DOCS / "schemas" / f"{name}.json": schema(name) for name in SCHEMAS}


def main() -> None:
    for path, text in written().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
