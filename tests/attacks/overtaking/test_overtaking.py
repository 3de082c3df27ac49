"""Nothing is published but the newest commit of main, whichever run GitHub starts, repeats or takes first."""

import os
import subprocess

import pytest
import yaml

from site_folder import ROOT

PUBLISH = yaml.safe_load((ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8"))
BUILD, DEPLOY = (PUBLISH["jobs"][job]["steps"] for job in ("build", "deploy"))
OURS, NEWER = "a" * 40, "b" * 40


@pytest.fixture
def machine(tmp_path):
    """Runs a step as GitHub does, on a machine whose ``gh`` knows which commit is the newest of main."""

    def run(step, answer):
        gh = tmp_path / "gh"
        gh.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/asked\n{answer}\n', encoding="utf-8")
        gh.chmod(0o755)
        environment = {
            "PATH": f"{tmp_path}:{os.defpath}",
            "GH_REPO": "family/roof",
            "GITHUB_SHA": OURS,
            "GITHUB_REF_NAME": "an-old-tag",
            **PUBLISH["env"],
        }
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        # The branch itself, not whatever the run was started for, nor a tag of the same name.
        assert (tmp_path / "asked").read_text() == "api repos/family/roof/git/ref/heads/main --jq .object.sha\n"
        return done

    return run


def test_the_build_asks_before_anything_else_and_the_deployment_right_before_it_deploys():
    assert BUILD[0] == DEPLOY[0]
    assert len(DEPLOY) == 2
    assert DEPLOY[1]["uses"].startswith("actions/deploy-pages@")


@pytest.mark.parametrize("steps", [BUILD, DEPLOY], ids=["build", "deploy"])
def test_the_newest_commit_is_published(machine, steps):
    done = machine(steps[0], f"echo {OURS}")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("steps", [BUILD, DEPLOY], ids=["build", "deploy"])
def test_any_other_commit_is_refused_in_words_and_its_run_is_red(machine, steps):
    """A run that is skipped instead would be green, and its commit be taken for the one that was published last."""
    done = machine(steps[0], f"echo {NEWER}")
    assert done.returncode == 1
    assert done.stdout == (
        "::error::This is not the newest commit of main, so it is not published;"
        " the newest one's run publishes this change, too.\n"
    )
    assert not any("if" in step or "continue-on-error" in step for step in (BUILD[0], *DEPLOY))


@pytest.mark.parametrize("answer", ["echo", "exit 1", f"echo {OURS}; exit 1", "echo Not Found", "echo null"])
@pytest.mark.parametrize("steps", [BUILD, DEPLOY], ids=["build", "deploy"])
def test_nothing_is_published_where_nobody_says_which_is_the_newest(machine, steps, answer):
    assert machine(steps[0], answer).returncode == 1


def test_who_deploys_may_read_the_project_and_change_nothing_in_it():
    permissions = PUBLISH["jobs"]["deploy"]["permissions"]
    assert permissions == {"contents": "read", "pages": "write", "id-token": "write"}
