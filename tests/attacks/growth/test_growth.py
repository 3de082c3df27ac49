"""Four times as much to read is about four times the work, whatever there is more of; counted in calls, not seconds."""

import contextlib
import sys
from datetime import UTC, datetime

import pytest

from campaign.core.reading.problems import CampaignError
from campaign.loading.load import load_campaign

from .contents import CONTENTS, write

NOW = datetime(2040, 1, 1, tzinfo=UTC)
SMALL, TIMES = 40, 4
MAX_TIMES = 1.05 * TIMES


def calls(content) -> int:
    """How many functions, Python's own among them, are called to load a content, right or wrong."""
    count = 0

    def counted(_frame, event, _value):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        with contextlib.suppress(CampaignError):
            load_campaign(content.parent, content, now=NOW)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.usefixtures("one_processor")
@pytest.mark.parametrize("name", CONTENTS)
def test_four_times_as_much_is_four_times_the_work(tmp_path, name):
    make = CONTENTS[name]
    write(tmp_path / "first", make(2))
    calls(tmp_path / "first/content")  # what is done once for all
    few = calls(write(tmp_path / "few", make(SMALL)))
    many = calls(write(tmp_path / "many", make(SMALL * TIMES)))
    assert many <= MAX_TIMES * few, f"{few} calls became {many}"
