"""The smallest content, and what a check says of one."""

from datetime import UTC, datetime

import pytest

from campaign.core.reading.problems import CampaignError
from campaign.loading.load import load_campaign

NOON = datetime(2024, 3, 10, 12, tzinfo=UTC)
CAMPAIGN = "name: A roof\ncurrency: GBP\ngoal: 50,000\n"


def problems(folder):
    with pytest.raises(CampaignError) as error:
        load_campaign(folder.parent, folder, now=NOON)
    return [str(problem) for problem in error.value.problems]
