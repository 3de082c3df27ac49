"""What tests share is made once, because those that share it go to one worker."""

import pytest


@pytest.mark.xdist_group("those that share")
def test_a_group_is_told_with_its_tests_names_to_whoever_deals_them_out(request):
    """Where it is not, every worker makes what a group shares, and nothing but the time tells."""
    dealt_out = getattr(request.config.option, "loadgroup", False)
    assert request.node.nodeid.endswith("@those that share") is dealt_out


def test_a_test_without_a_group_keeps_its_name(request):
    assert "@" not in request.node.nodeid
