"""What holds on a day."""

from datetime import date

from campaign.core.figures.in_force import in_force
from writing import a_campaign


def test_the_first_goal_holds_from_the_beginning_and_the_newest_is_in_force():
    campaign = a_campaign("goal:\n  - {from: 2024-02-01, amount: 5}\n  - {from: 2024-03-01, amount: 6}")
    assert [goal.amount.amount for goal in in_force(campaign, date(2024, 1, 1)).goals] == [5]
    assert [goal.amount.amount for goal in in_force(campaign, date(2024, 3, 1)).goals] == [5, 6]
