"""Whether one run wrote every file of a site, and whether the folder holds anything else."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from campaign.core.figures.view import CampaignView
from campaign.loading.site_paths import CARD, files_of, unexpected


def incompleteness(
    output: Path,
    view: CampaignView,
    *,
    public: bool,
    written: Collection[str],
    pictures: Collection[str],
    extra: Collection[str],
) -> str:
    """What is wrong with the files of a site, in one sentence; empty where nothing is.

    written: the real paths of the files that this run wrote; one of an earlier run counts for nothing. pictures:
    files of pictures, as ``images/walk-1a2b3c4d-480.webp``. extra: names of files that are published as they are.
    """
    there = {
        place.as_posix()
        for place in (path.relative_to(output) for path in output.rglob("*") if not path.is_dir())
        if not any(part.startswith(".") for part in place.parts)
    }
    expected = files_of(view, public=public)
    by_this_run = {place for place in there if os.path.realpath(output / place) in written}
    if missing := sorted({*expected, *pictures} - by_this_run):
        return f"The site is not whole: {', '.join(missing)} was not written."
    cards = {place for place in by_this_run if CARD.fullmatch(place)}
    if others := sorted(unexpected(there, expected, extra, cards, pictures)):
        return (
            f"{', '.join(others)} was not expected in {output}: remove it if it is left from an earlier build,"
            " or use `campaign build`, which replaces the folder whole."
        )
    return ""
