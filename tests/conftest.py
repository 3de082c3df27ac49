"""What tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from site_folder import Site

settings.register_profile("campaign", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile("campaign")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)
