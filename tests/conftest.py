"""What tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, settings

import warm
from site_folder import Site

settings.register_profile("campaign", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile("campaign")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


@pytest.fixture
def warm_builds(monkeypatch: pytest.MonkeyPatch) -> None:
    """What ``build_site`` starts in this process is started from one that has loaded its libraries."""
    monkeypatch.setattr("campaign.publishing.build.subprocess", SimpleNamespace(run=warm.subprocess_run))


@pytest.fixture(scope="session", autouse=True)
def only_this_process_is_measured() -> Iterator[None]:
    """What tests start writes no coverage: a build may write nothing beside its site."""
    with pytest.MonkeyPatch.context() as environment:
        for name in [name for name in os.environ if name.startswith("COVERAGE_")]:
            environment.delenv(name)
        yield


@pytest.fixture
def seconds() -> float:
    """For how long an attack may go on: ``make attack SECONDS=3600``."""
    return float(os.environ.get("SECONDS_TO_ATTACK") or 600)
