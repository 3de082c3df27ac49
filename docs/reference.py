"""Writes what the documents say of every field anew: the tables for volunteers, the schemas for editors, theme.md."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from types import UnionType
from typing import Any, Literal, NewType, Union, get_args, get_origin, get_type_hints

from babel import Locale
from markupsafe import Markup
from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from campaign.core.figures.in_force import CostInForce
from campaign.core.figures.ledger import Entry
from campaign.core.figures.view import CampaignView, UpdateView
from campaign.core.reading import campaign as appeal
from campaign.core.reading.campaign import Campaign
from campaign.core.reading.campaign_file import parse_campaign
from campaign.core.reading.fields import Fields
from campaign.core.reading.front_matter import Document, parse_yaml_file
from campaign.core.reading.region import Region, Vocabulary
from campaign.core.reading.story import Story
from campaign.core.reading.update import (
    EventFields,
    PageFields,
    Payment,
    PromisedGift,
    Receipt,
    TitledFields,
    UpdateFields,
)
from campaign.rendering import totals_fields
from campaign.rendering.frame_labels import FrameLabels
from campaign.rendering.outputs import Card
from campaign.rendering.story_parts import Part
from campaign.rendering.theme import FROM_PELICAN, Colours, Given, theme_filters
from campaign.rendering.totals_csv import COLUMNS
from campaign.rendering.totals_json import SCHEMA_FILE
from campaign.rendering.write_page import WritePage

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
    "matches": appeal.Match,
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
    Payment: "What the money was spent on",
    appeal.Account: "give",
    appeal.Introduction: "story",
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
    "rates": "other-currencies",
    "paid": "what-the-money-was-spent-on",
    "resumes": "taking-an-ending-back",
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
    if inner is None or inner in (appeal.Account, appeal.Estimate, appeal.Introduction):
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
        return value | {"enum": [*value["enum"], "", None]}
    if "pattern" in value:
        value = value | {"pattern": rf"^\s*$|{value['pattern']}"}
    if "type" in value:
        types = value["type"]
        return value | {"type": [*([types] if isinstance(types, str) else types), "null"]}
    about = {word: value[word] for word in ("description", "examples") if word in value}
    return {"anyOf": [{word: said for word, said in value.items() if word not in about}, {"type": "null"}], **about}


# -- what a theme may use ------------------------------------------------------------------------------

SIMPLE = {"str": "text", "bool": "yes or no", "int": "number", "Decimal": "number", "date": "day", "NoneType": "None"}
NOT_FOR_THEMES = (Document, Story, Entry, CostInForce, Region, Vocabulary, Markup, Enum, Locale)
"""Types of which a template asks nothing: what is of them is left out, and may change without a word."""
REGION = {
    "language_tag": "the language and country as HTML has them: `en-GB`",
    "direction": "`ltr`, or `rtl` where the language is written from right to left",
}
"""The two things that a page asks of `appeal.region`."""


@cache
def attributes(kind: type) -> dict[str, tuple[Any, str]]:
    """What a type has for templates, each with its type and its sentence, in the order of its source."""
    hints = get_type_hints(kind)
    if issubclass(kind, Fields):
        found = {name: (hints[name], f"{field.description}.") for name, field in kind.model_fields.items()}
    else:
        found = {name: (hints[name], said) for name, said in _said(kind).items() if name in hints}
    for base in reversed(kind.__mro__):
        for name, member in vars(base).items() if base.__module__.startswith("campaign.") else ():
            if isinstance(member, property) and not name.startswith("_"):
                found[name] = (get_type_hints(member.fget).get("return"), inspect.getdoc(member) or "")
    return {name: each for name, each in found.items() if not set(_kinds(each[0])) & {*NOT_FOR_THEMES}}


def _said(kind: type) -> dict[str, str]:
    """The text below each public field of a dataclass; empty where there is none."""
    said: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        if not dataclasses.is_dataclass(base):
            continue
        body = _classes(base.__module__)[base.__name__].body
        for node, after in zip(body, [*body[1:], None], strict=True):
            if isinstance(node, ast.AnnAssign) and not node.target.id.startswith("_"):
                is_text = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
                said[node.target.id] = inspect.cleandoc(after.value.value) if is_text else ""
    return said


@cache
def _classes(module: str) -> dict[str, ast.ClassDef]:
    """Each class as a module's source has it; ``inspect`` would read the module again for each."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}


def _kinds(annotation: Any) -> Iterator[type]:
    """The types that an annotation is made of."""
    if isinstance(annotation, type) and not get_args(annotation):
        yield annotation
    for part in get_args(annotation):
        yield from _kinds(part)


def reached(*roots: type) -> list[type]:
    """Every type of ours that a template comes to from these, each before those that it leads to."""
    found: list[type] = []
    waiting = list(roots)
    while waiting:
        kind = waiting.pop(0)
        if kind in found or not kind.__module__.startswith("campaign.") or issubclass(kind, NOT_FOR_THEMES):
            continue
        found.append(kind)
        waiting += [inner for annotation, _ in attributes(kind).values() for inner in _kinds(annotation)]
    return found


@cache
def view_types() -> list[type]:
    return reached(CampaignView, Colours, Card, WritePage, Part, FrameLabels)


def _named(annotation: Any) -> str:
    """A type as the page has it: `Figure` or None, list of `Goal`."""
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Union or origin is UnionType:
        return " or ".join(_named(each) for each in inside)
    if origin is tuple:
        if inside[-1] is Ellipsis:
            return f"list of {_named(inside[0])}"
        return f"({', '.join(map(_named, inside))})"
    if origin in (dict, Mapping):
        return f"{_named(inside[1])} by {_named(inside[0])}"
    if annotation.__name__ in SIMPLE:
        return SIMPLE[annotation.__name__]
    if isinstance(annotation, NewType):
        return _named(annotation.__supertype__)
    if issubclass(annotation, Enum):
        return " or ".join(f"`{each.value}`" if each.value else "empty" for each in annotation)
    return f"[{annotation.__name__}](#{annotation.__name__.lower()})"


def _sentence(text: str) -> str:
    """A docstring in one cell of a table: its first paragraph, in Markdown."""
    return " ".join(text.split("\n\n", maxsplit=1)[0].split()).replace("``", "`").replace("|", "\\|")


def _type_section(kind: type) -> str:
    rows = [f"| `{name}` | {_named(what)} | {_sentence(said)} |" for name, (what, said) in attributes(kind).items()]
    head = ["| name | is | what it means |", "|---|---|---|"]
    return "\n".join([f"### {kind.__name__}", "", _sentence(inspect.getdoc(kind) or ""), "", *head, *rows])


def theme(text: str) -> str:
    """theme.md with everything behind its line anew; what stands before it is written by hand."""
    names = [f"| `{name}` | {_named(what)} | {_sentence(said)} |" for name, (what, said) in attributes(Given).items()]
    names += [f"| `{name}` | text | {said} |" for name, said in TEXT_GIVEN.items()]
    names.append(f"| `update` | {_named(UpdateView)} | {OF_AN_UPDATE} |")
    names.append(f"| `once` | function | {ONCE} |")
    names += [f"| `{name}` | of Pelican | {said} |" for name, said in FROM_PELICAN.items()]
    rows = [
        f"| `{name}` | {_sentence(inspect.getdoc(each) or '')} |"
        for name, each in sorted(theme_filters_known().items())
    ]
    parts = [
        "## The names that every template knows\n\n| name | is | what it means |\n|---|---|---|\n" + "\n".join(names),
        "## The parts of a page\n\n"
        "In `theme/templates/partials`; `Takes` names what has to be set before one is included, `Sees` all that one is"
        " given by `once`.\n\n"
        "| partial | shows |\n|---|---|\n" + "\n".join(_partials()),
        "## The filters\n\nBeside [Jinja's own](https://jinja.palletsprojects.com/en/stable/templates/#builtin-filters).\n\n"
        "| filter | makes |\n|---|---|\n" + "\n".join(rows),
        "## Everything that can be shown\n\n"
        "A field of `campaign.yaml` or of front matter that a family left out is None, or an empty list.\n"
        "Of `appeal.region` a page asks two things: "
        + " and ".join(f"`{name}`, {said}" for name, said in REGION.items())
        + ".",
        *map(_type_section, view_types()),
    ]
    return text.partition(LINE)[0] + LINE + "\n\n" + "\n\n".join(parts) + "\n"


def _partials() -> Iterator[str]:
    """A row for each partial: its name, and the comment that it begins with."""
    for path in sorted(PARTIALS.glob("*.html")):
        comment = path.read_text(encoding="utf-8").partition("#}")[0].removeprefix("{#")
        yield f"| `{path.stem}` | {_sentence(comment)} |"


TEXT_GIVEN = {"stylesheet": "the theme's style sheets as one", "script": "the theme's script"}
ONCE = (
    'shows a part with what it is given by name and nothing else, as `once("partials/page_foot.html", view=view,'
    " SITEURL=SITEURL)`; what is given the same again is not rendered again"
)
OF_AN_UPDATE = (
    "on an update's page alone, where `view` is a [SharedView](#sharedview) and `cards` holds no card but its own: "
    "nothing else of the campaign is there, so that the page changes with nothing else"
)
LINE = "<!-- From here on written by make reference. -->"
THEME = DOCS / "theme.md"
PARTIALS = DOCS.parent / "theme/templates/partials"


@cache
def theme_filters_known() -> dict[str, Callable[..., Any]]:
    """Every filter, as if for a campaign of nothing."""
    campaign = parse_campaign(parse_yaml_file("campaign.yaml", b"name: A roof\ncurrency: GBP\ngoal: 1\n"))
    return theme_filters(campaign, stories={}, pictures={}, words=NullTranslations(), address="")


# -- the figures as data -------------------------------------------------------------------------------

DATA = DOCS / "data.md"


def records() -> list[type]:
    """The records of totals.json, each before those that it leads to."""
    found: list[type] = []
    waiting: list[type] = [totals_fields.Totals]
    while waiting:
        kind = waiting.pop(0)
        if dataclasses.is_dataclass(kind) and kind not in found:
            found.append(kind)
            waiting += [inner for annotation in get_type_hints(kind).values() for inner in _kinds(annotation)]
    return found


def totals_schema() -> str:
    """What totals.json may hold, with a sentence for each field; a field that is not listed is no fault."""
    made = TypeAdapter(totals_fields.Totals).json_schema()
    for name, part in {"Totals": made, **made["$defs"]}.items():
        kind = getattr(totals_fields, name)
        said = {key: _sentence(text) for key, text in _said(kind).items()}
        assert set(said) == set(part["required"]), name
        part["description"] = _sentence(inspect.getdoc(kind) or "")
        for key, field in part["properties"].items():
            field["description"] = said[key]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "totals.json, version 1"}
    return json.dumps(head | _plain(made, is_properties=False), indent=1, ensure_ascii=False) + "\n"


def data(text: str) -> str:
    """data.md with everything behind its line anew; what stands before it is written by hand."""
    columns = [f"| `{name}` | {said} |" for name, said in COLUMNS.items()]
    parts = [
        "## Every field of `totals.json`",
        *map(_record_section, records()),
        "## Every column of `totals.csv`\n\n| column | what it means |\n|---|---|\n" + "\n".join(columns),
    ]
    return text.partition(LINE)[0] + LINE + "\n\n" + "\n\n".join(parts) + "\n"


def _record_section(kind: type) -> str:
    hints, said = get_type_hints(kind), _said(kind)
    rows = [f"| `{name}` | {_as_json(hints[name])} | {_sentence(text)} |" for name, text in said.items()]
    head = ["| field | is | what it means |", "|---|---|---|"]
    return "\n".join([f"### {kind.__name__}", "", _sentence(inspect.getdoc(kind) or ""), "", *head, *rows])


def _as_json(annotation: Any) -> str:
    """A type as the page of the data has it: [Figure](#figure) or null, list of [Goal](#goal)."""
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Union or origin is UnionType:
        return " or ".join(_as_json(each) for each in inside)
    if origin is Literal:
        return " or ".join(f"`{each}`" if each != "" else "empty" for each in inside)
    if origin is tuple:
        return f"list of {_as_json(inside[0])}"
    if annotation in AS_JSON:
        return AS_JSON[annotation]
    return f"[{annotation.__name__}](#{annotation.__name__.lower()})"


AS_JSON = {str: "text", bool: "true or false", int: "number", type(None): "null"}


# ------------------------------------------------------------------------------------------------------


@cache
def written() -> dict[Path, str]:
    """Every file that is made of the code, with what it must hold."""
    files = {POSTING: posting_updates(POSTING.read_text(encoding="utf-8"))}
    files[THEME] = theme(THEME.read_text(encoding="utf-8"))
    files[DATA] = data(DATA.read_text(encoding="utf-8"))
    files[SCHEMA_FILE] = totals_schema()
    return files | {DOCS / "schemas" / f"{name}.json": schema(name) for name in SCHEMAS}


def main() -> None:
    for path, text in written().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
