"""What an editor with a schema would underline in a file, without the editor."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

ROOT = Path(__file__).resolve().parents[1]
KINDS = {"updates": "update", "events": "event", "pages": "page"}
"""Which schema a file has by the folder that it lies in; campaign.yaml has its own."""


@cache
def schema(name: str) -> Draft202012Validator:
    known = json.loads((ROOT / f"docs/schemas/{name}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(known)
    return Draft202012Validator(known)


def underlined(name: str, fields: object) -> list[str]:
    """What breaks the schema of that name, where the fields are as YAML has them today, in which a day is a text."""
    typed = json.loads(json.dumps(fields, default=str))
    return [error.message for error in schema(name).iter_errors(typed)]


def underlined_in(text: str, name: str) -> list[str]:
    """The same of what a file holds: a YAML file, or the fields at the beginning of a story.

    A text that is no YAML is one fault, which an editor needs no schema for.
    """
    if name != "campaign":
        text = text.replace("\r\n", "\n").lstrip("\ufeff").partition("---\n")[2].partition("\n---")[0]
    try:
        return underlined(name, YAML(typ="safe").load(text))
    except (YAMLError, ValueError, TypeError) as broken:  # TypeError: a key that is a list
        return [f"no YAML: {type(broken).__name__}"]


def files(content: Path) -> Iterator[tuple[Path, str]]:
    """Every file of a content that has fields, with its schema's name."""
    if (content / "campaign.yaml").exists():
        yield content / "campaign.yaml", "campaign"
    for folder, name in KINDS.items():
        for path in sorted((content / folder).glob("*.md")):
            yield path, name
