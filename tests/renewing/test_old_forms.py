"""Whatever a version could read is read for a year of versions: each folder of old_forms/ is a content of then."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from campaign.core.reading.campaign import Campaign
from campaign.core.reading.fields import Fields
from campaign.core.reading.update import EventFields, PageFields, UpdateFields
from campaign.loading.load import load_campaign
from campaign.rendering.totals_json import totals

FORMS = Path(__file__).parents[1] / "old_forms"
CASES = sorted(path.name for path in FORMS.iterdir() if path.is_dir())
ROOTS = {"campaign.yaml": Campaign, "update": UpdateFields, "event": EventFields, "page": PageFields}


@pytest.mark.parametrize("case", CASES)
def test_a_content_of_an_earlier_version_is_read_with_the_same_figures(case):
    expected = json.loads((FORMS / case / "expected.json").read_text(encoding="utf-8"))
    view = load_campaign(FORMS / case, FORMS / case / "content", now=datetime(2016, 2, 1, tzinfo=UTC)).view
    now = totals(view)
    assert {key: now[key] for key in expected["figures"]} == expected["figures"]
    assert set(expected) == {"first read by", "replaced in", "figures"}


def names(model: type[Fields], path: str) -> Iterator[str]:
    """``campaign.yaml costs paid_by who``: every field that a file can have, with those it stands in."""
    for name, field in model.model_fields.items():
        here = f"{path} {field.alias or name}"
        yield here
        waiting = [field.annotation]
        while waiting:
            inner = waiting.pop()
            if isinstance(inner, type) and issubclass(inner, Fields):
                yield from names(inner, here)
            waiting += get_args(inner)


def test_no_field_is_forgotten_that_a_version_could_read():
    """A new one is added to fields.txt in the same change; one goes a year after the version that replaced it."""
    now = {name for file, model in ROOTS.items() for name in names(model, file)}
    listed = (FORMS / "fields.txt").read_text(encoding="utf-8").splitlines()
    assert listed == sorted(set(listed))
    assert now == set(listed)
