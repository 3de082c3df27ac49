"""Commands in forks of one process are what they are in processes of their own."""

import os
import shutil
import signal

import pytest

from campaign.publishing.warm_builds import WarmBuilds, can_warm
from site_folder import ROOT

pytestmark = pytest.mark.skipif(not can_warm(), reason="no process is forked here")


@pytest.fixture
def warm(tmp_path):
    # With what Python has compiled of it: only what a test changes is compiled again.
    shutil.copytree(ROOT / "plugins", tmp_path / "plugins", ignore=shutil.ignore_patterns("*.egg-info"))
    # No folder of the tests' own: whoever else writes there now would have everything loaded again.
    places = str(tmp_path / "plugins")
    builds = WarmBuilds(tmp_path, os.environ | {"PYTHONPATH": places, "PYTHONDONTWRITEBYTECODE": "1"})
    yield builds
    builds.end()


def test_code_that_changed_while_it_was_loaded_is_loaded_again_before_anything_is_built_by_it(warm, tmp_path):
    """Nobody knows whether what was loaded is the text before the change or the one behind it."""
    late, early = (tmp_path / "plugins/campaign" / name for name in ("rendering/update_page.py", "publishing/build.py"))
    changes = f"""
early = Path({str(early)!r})
if "# changed" not in early.read_text():
    early.write_text(early.read_text() + "# changed\\n")
"""
    late.write_text(late.read_text() + changes)
    begun = []
    begin = warm._begun
    warm._begun = lambda: begun.append(1) or begin()
    assert warm.run(["--help"]).returncode == 0
    assert "# changed" in early.read_text()
    assert len(begun) == 2


def test_each_command_has_its_own_words_complaints_and_status_and_runs_the_code_as_it_is_now(warm, tmp_path):
    assert "Updates in, a correct site out." in warm.run(["--help"]).stdout
    first = warm.number
    refused = warm.run(["check", "--content", "nowhere"])
    assert (refused.returncode, "there is no folder nowhere" in refused.stderr) == (1, True)
    assert (warm.run(["no-such"]).returncode, warm.number) == (2, first)
    cli = tmp_path / "plugins/campaign/cli.py"
    cli.write_text(cli.read_text().replace("Updates in, a correct", "News in, a correct"))
    assert "News in, a correct site out." in warm.run(["--help"]).stdout
    second = warm.number
    os.killpg(second, signal.SIGKILL)
    assert warm.run(["--help"]).returncode == 0
    assert len({first, second, warm.number}) == 3
    (tmp_path / "plugins/campaign/publishing/build.py").write_text("no Python")
    assert warm.run(["--help"]) is None
