"""Updates, events and pages: what their files may be called."""

from campaign.core.reading.update import free


def test_a_name_that_is_free_differs_from_all_others_in_more_than_capitals():
    assert free("walk.md", ["walk.md"]) == "walk-2.md"
    assert free("walk.md", ["walk.md", "Walk-2.md"]) == "walk-3.md"
