"""What tests share."""

from __future__ import annotations

import contextlib
import functools
import gc
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from _pytest.nodeid import NodeId
from _pytest.runner import runtestprotocol
from hypothesis import HealthCheck, settings

import warm
from browser.serving import serving
from site_folder import Site

HERE = Path(__file__).resolve().parent
settings.register_profile(
    "campaign",
    deadline=None,
    max_examples=int(os.environ.get("EXAMPLES") or 25),  # `make attack` tries a thousand
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.load_profile("campaign")


ROOMS_OF_QUICK_TESTS = (
    *("core", "loading", "slips", "comparing"),
    *(f"attacks/{family}" for family in ("check_and_build", "hidden", "long_names", "no_files")),
    *("test_docs.py", "test_layers.py", "test_reading.py"),
)
"""Folders and files whose tests ask for values, not for a site that was built."""
QUICK = pytest.StashKey[bool]()


@functools.cache
def is_quick(path: Path) -> bool:
    return any(path.is_relative_to(HERE / room) for room in ROOMS_OF_QUICK_TESTS)


def pytest_configure(config: pytest.Config) -> None:
    """While a quick test runs, no Pelican is started, whoever starts it; and what is of no use is seldom looked for."""
    warm.seldom_look_for_what_nobody_uses()

    def refuse(event: str, about: tuple[object, ...]) -> None:
        if event == "subprocess.Popen" and config.stash.get(QUICK, False):
            words = " ".join(map(str, about[1])) if isinstance(about[1], (list, tuple)) else str(about[1])
            if re.search(r"-m (pelican|campaign\.publishing|campaign (build|serve))|\bpelican content", words):
                pytest.fail("this starts Pelican; mark it @pytest.mark.pelican, or ask for a value instead")

    sys.addaudithook(refuse)


def pytest_collection_finish() -> None:
    """The tests themselves stay to the end."""
    gc.freeze()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where only quick tests are asked for, the others' files need not be read."""
    if _only_quick(config) and collection_path.name.startswith("test_") and not is_quick(collection_path):
        return True
    return None


def _only_quick(config: pytest.Config) -> bool:
    return str(config.option.markexpr).startswith("quick and ")


SITES = pytest.StashKey[tuple[contextlib.ExitStack, dict[str, str]]]()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """One worker more than there are processors, where tests wait for builds and browsers; else as many."""
    if _only_quick(config):
        return None
    return 1 + (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """All workers share one folder of sites, served by the process that started them: each site is built once."""
    stash = node.config.stash
    if SITES not in stash:
        stack = contextlib.ExitStack()
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sites-"))) / "served"
        folder.mkdir()
        stash[SITES] = (stack, {"folder": str(folder), "root": stack.enter_context(serving(folder))})
    node.workerinput["sites"] = stash[SITES][1]


def pytest_unconfigure(config: pytest.Config) -> None:
    if SITES in config.stash:
        config.stash[SITES][0].close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if is_quick(item.path) and not item.get_closest_marker("pelican"):
            item.add_marker("quick")
        # A worker tells the group with the test's name; pytest-xdist says it where pytest 9.2 does not look.
        groups = sorted({mark.args[0] for mark in item.iter_markers("xdist_group")})
        if groups and getattr(config.option, "loadgroup", False) and "@" not in item.nodeid.rpartition("]")[2]:
            item._id = NodeId.parse(f"{item.nodeid}@{'_'.join(groups)}")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Each group of tests, and each file of tests without one, goes to one worker, so what they share is made once."""
    if config.getvalue("dist") != "loadgroup":
        return None
    from xdist.scheduler import LoadGroupScheduling  # noqa: PLC0415 (only where there are workers)

    class ByGroupOrFile(LoadGroupScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return super()._split_scope(nodeid).partition("::")[0]

    return ByGroupOrFile(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """A worker says one thing of a quick test, not five: of thousands, what is told takes longer than what is done."""
    is_one = item.get_closest_marker("quick") is not None
    item.config.stash[QUICK] = is_one
    if not is_one or not hasattr(item.config, "workerinput"):
        return None
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if report.when == "call" or not report.passed:
            item.ihook.pytest_runtest_logreport(report=report)
    return True


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


@pytest.fixture(scope="session", autouse=True)
def warm_builds(request: pytest.FixtureRequest) -> Iterator[None]:
    """What ``build_site`` starts in this process is started from one that has loaded its libraries.

    What a page that is rendered in this process needs compiled is compiled once for all workers, too.
    """
    if shared := getattr(request.config, "workerinput", {}).get("sites"):
        warm.share(Path(shared["folder"]).parent / "warm")
    if "jinja2" in sys.modules:  # else nobody here renders
        from templates_once import compile_here, share_templates  # noqa: PLC0415 (it loads Jinja)

        compile_here()
        share_templates(warm.compiled_templates())
    with pytest.MonkeyPatch.context() as patch:
        if process := sys.modules.get("campaign.publishing.pelican_process"):  # else nobody here builds
            patch.setattr(process, "subprocess", SimpleNamespace(run=warm.subprocess_run))
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
