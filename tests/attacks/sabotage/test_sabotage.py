"""Whatever one change does to a project: the build ends with an error, or the site says what it says without it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import warm
from site_folder import ROOT

KINDS = {"theme", "plugin", "words", "settings", "after", "kept"}
STAND = Path(__file__).parent / "stand.py"


def attacked(*options):
    command = [sys.executable, STAND, "--compiled", warm.compiled_templates(), *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout.splitlines()[0])


def test_a_sabotage_of_every_kind_changes_nothing_that_is_published():
    """One of each kind, always the same ones; `make attack` tries as many as there is time for."""
    told = attacked("--most", str(len(KINDS)), "--seed", "11")
    assert told["tried"] == len(KINDS)
    assert {key.partition(":")[0] for key in told if ": " in key} == KINDS
    assert told["of"] > 10_000


@pytest.mark.attack
def test_no_sabotage_changes_what_is_published(seconds):
    told = attacked("--most", "100000", "--seed", "1", "--seconds", str(seconds))
    print(f"\nsabotages: {told}")
    assert told["passed and says another thing"] == 0
