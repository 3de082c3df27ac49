"""A right site is never refused: the pages of appeals that chance put together have the facts that each must hold."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from any_appeal import AnyAppeal
from campaign.core.reading.problems import CampaignError
from campaign.loading.site_paths import BADGE, DATA, TABLE, pages_of
from campaign.rendering.totals_csv import totals_csv
from campaign.rendering.totals_json import totals_json
from campaign.verifying.totals_record import totals_record, totals_table
from surfaces import ADDRESS, surfaces


def is_proved(folder: Path, seed: int) -> bool:
    """Whether an appeal was accepted, all of whose pages then hold their facts."""
    appeal = AnyAppeal(seed)
    try:
        shown = surfaces(folder, appeal.campaign, appeal.updates)
    except CampaignError:
        return False
    places = (*sorted(pages_of(shown.view)), BADGE)
    faults = [f"{place} {fault}" for place in places for fault in shown.faults(place)]
    record = totals_record(shown.view, ADDRESS)
    if json.loads(totals_json(shown.view, ADDRESS)) != record | {"updates": list(record["updates"])}:
        faults.append(f"{DATA} does not hold the campaign's figures")
    if totals_csv(shown.view) != totals_table(shown.view):
        faults.append(f"{TABLE} does not hold the campaign's figures")
    assert not faults, "\n".join(
        [f"seed {seed}", *faults[:9], appeal.campaign, *map(": ".join, appeal.updates.items())]
    )
    return True


def test_every_page_of_an_appeal_that_chance_put_together_holds_its_facts(tmp_path):
    accepted = [is_proved(tmp_path / str(seed), seed) for seed in range(12)]
    assert sum(accepted) >= 5


@pytest.mark.attack
def test_every_page_of_many_such_appeals_holds_its_facts(tmp_path):
    until, seed = time.monotonic() + float(os.environ.get("SECONDS_TO_ATTACK") or 600), 1000
    while time.monotonic() < until:
        is_proved(tmp_path / str(seed), seed)
        seed += 1
    assert seed > 1010
