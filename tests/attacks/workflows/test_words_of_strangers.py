"""Whatever a stranger writes into a pull request, no workflow runs it, and what it starts may only read."""

import re

import pytest
import yaml

from site_folder import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
STRANGERS = r"head_ref|\.(?:title|body|label|message|email|name|login|ref|page_name|default_branch)\b"
"""What of an event a stranger chooses: names of branches, titles, texts, names of authors."""


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_words_of_a_stranger_are_taken_into_a_workflow(path):
    for expression in re.findall(r"\$\{\{(.*?)\}\}", path.read_text(encoding="utf-8"), re.DOTALL):
        assert not re.search(rf"github\.event\b.*(?:{STRANGERS})|github\.head_ref|secrets\.", expression), expression


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_what_a_stranger_can_start_may_write_nothing(path):
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    by_strangers = {"pull_request", "pull_request_target", "issues", "issue_comment", "workflow_run", "fork"}
    assert not by_strangers - {"pull_request"} & set(workflow[True])
    if "pull_request" in workflow[True]:
        for job in workflow["jobs"].values():
            assert "write" not in job["permissions"].values()


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_program_gets_words_in_its_environment_and_never_in_its_text(path):
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    for job in workflow["jobs"].values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            assert not re.search(r"\beval\b|sh -c", step.get("run", ""))
