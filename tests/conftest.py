"""What tests share."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, settings

import warm
from campaign.publishing import build
from site_folder import Site

HERE = Path(__file__).resolve().parent
settings.register_profile("campaign", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile("campaign")


ROOMS_OF_QUICK_TESTS = (
    *("core", "loading", "slips", "comparing", "attacks/check_and_build", "attacks/hidden"),
    *("test_docs.py", "test_layers.py", "test_reading.py"),
)
"""Folders and files whose tests ask for values, not for a site that was built."""
QUICK = pytest.StashKey[bool]()


def pytest_configure(config: pytest.Config) -> None:
    """While a quick test runs, no Pelican is started, whoever starts it."""

    def refuse(event: str, about: tuple[object, ...]) -> None:
        if event == "subprocess.Popen" and config.stash.get(QUICK, False):
            words = " ".join(map(str, about[1])) if isinstance(about[1], (list, tuple)) else str(about[1])
            if re.search(r"-m (pelican|campaign\.publishing|campaign (build|serve))|\bpelican content", words):
                pytest.fail("this starts Pelican; mark it @pytest.mark.pelican, or ask for a value instead")

    sys.addaudithook(refuse)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    quick = [HERE / room for room in ROOMS_OF_QUICK_TESTS]
    for item in items:
        if any(item.path.is_relative_to(room) for room in quick) and not item.get_closest_marker("pelican"):
            item.add_marker("quick")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    item.config.stash[QUICK] = item.get_closest_marker("quick") is not None
    try:
        return (yield)
    finally:
        item.config.stash[QUICK] = False


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


@pytest.fixture(scope="session", autouse=True)
def warm_builds() -> Iterator[None]:
    """What ``build_site`` starts in this process is started from one that has loaded its libraries."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "subprocess", SimpleNamespace(run=warm.subprocess_run))
        yield


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
