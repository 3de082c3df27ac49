"""What publishing would change: each folder below changes/ is an edit of changes/base, and the exact report of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHANGES = Path(__file__).parent / "changes"
BASE = CHANGES / "base"
CASES = sorted(path.name for path in CHANGES.iterdir() if path.is_dir() and path != BASE)
ABOUT_THE_CASE = ("expected.*", "without.txt", "rev.txt", "before")
"""The answer; names of files that are deleted; what it is compared with, if not HEAD; what the base had besides."""
NOW = "1712318400"  # 5 April 2024


def git(folder: Path, *words: str) -> None:
    name = ("-c", "user.name=A volunteer", "-c", "user.email=volunteer@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *name, *words], cwd=folder, check=True, capture_output=True)


def repository(folder: Path, case: Path) -> Path:
    """A repository whose last commit is the base, with the case's edit in the work tree."""
    content = folder / "content"
    shutil.copytree(BASE, content)
    if (case / "before").is_dir():
        shutil.copytree(case / "before", content, dirs_exist_ok=True)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "before")
    shutil.copytree(BASE, content, dirs_exist_ok=True)
    shutil.copytree(case, content, ignore=shutil.ignore_patterns(*ABOUT_THE_CASE), dirs_exist_ok=True)
    if (without := case / "without.txt").is_file():
        for name in without.read_text(encoding="utf-8").split():
            (content / name).unlink()
    return folder


def check(folder: Path, *options: str, environ: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GITHUB_")}
    environment |= {"SOURCE_DATE_EPOCH": NOW, "PYTHONIOENCODING": "utf-8"} | (environ or {})
    command = [sys.executable, "-m", "campaign", "check", *options]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def rev_of(case: Path) -> str:
    named = case / "rev.txt"
    return named.read_text(encoding="utf-8").strip() if named.is_file() else "HEAD"


@pytest.mark.parametrize("case", CASES)
def test_an_edit_is_reported_before_it_is_published(case, tmp_path):
    folder = repository(tmp_path, CHANGES / case)
    done = check(folder, "--against", rev_of(CHANGES / case))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (CHANGES / case / "expected.txt").read_text(encoding="utf-8")


# -- the forms of a report -----------------------------------------------------------------------------

ORDINARY = "leaps"
FORMS = {"markdown": "md", "json": "json", "github": "github"}


@pytest.mark.parametrize("form", FORMS)
def test_a_report_is_said_in_every_form(form, tmp_path):
    folder = repository(tmp_path, CHANGES / ORDINARY)
    done = check(folder, "--against", "HEAD", "--format", form)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (CHANGES / ORDINARY / f"expected.{FORMS[form]}").read_text(encoding="utf-8")


def test_on_github_the_summary_and_the_annotations_need_no_option(tmp_path):
    folder = repository(tmp_path, CHANGES / ORDINARY)
    summary = tmp_path / "summary.md"
    done = check(folder, "--against", "HEAD", environ={"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)})
    assert done.stdout == (CHANGES / ORDINARY / "expected.github").read_text(encoding="utf-8")
    assert summary.read_text(encoding="utf-8") == (CHANGES / ORDINARY / "expected.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", [*FORMS, "text"])
def test_problems_are_said_in_every_form_and_nothing_is_compared(form, tmp_path):
    folder = repository(tmp_path, CHANGES / "ordinary-update")
    (folder / "content/updates/2024-04-01-half-way.md").write_text("---\ntitle: No date\n---\n", encoding="utf-8")
    done = check(folder, "--against", "HEAD", "--format", form)
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "is needed here; add date: and its value" in said
    assert "publishing" not in said
    if form == "json":
        assert [problem["line"] for problem in json.loads(done.stdout)["problems"]] == [1]
    if form == "github":
        assert done.stdout.startswith("::error file=content/updates/2024-04-01-half-way.md,line=1,title=missing::date")


def test_as_data_money_is_decimal_text_with_its_day(tmp_path):
    folder = repository(tmp_path, CHANGES / "ordinary-update")
    data = json.loads(check(folder, "--against", "HEAD", "--json").stdout)
    assert data["campaign"]["percent"] == 61
    raised = next(change for change in data["changes"] if change["kind"] == "raised")
    assert raised["before"] == {"amount": "7900", "qualifier": "about", "as_of": "2024-03-01"}
    assert raised["after"] == {"amount": "12200", "qualifier": "about", "as_of": "2024-04-01"}


# -- what it is compared with --------------------------------------------------------------------------


def test_a_name_that_git_does_not_know_is_refused_and_says_what_to_write(tmp_path):
    done = check(repository(tmp_path, CHANGES / "nothing"), "--against", "mian")
    assert done.returncode == 2
    assert "git knows no 'mian' here; name a commit, a branch or a tag, as main or origin/main" in done.stderr


@pytest.mark.parametrize("rev", ["--output=x", "-h", "", "HEAD:content", ":/before", "\n", "a b"])
def test_no_name_is_taken_for_an_option_or_ends_in_a_traceback(rev, tmp_path):
    done = check(repository(tmp_path, CHANGES / "nothing"), f"--against={rev}")
    assert "Traceback" not in done.stderr
    assert (done.returncode, "Error" in done.stderr) in ((2, True), (0, False))


def test_outside_a_repository_it_says_so(tmp_path):
    shutil.copytree(BASE, tmp_path / "content")
    done = check(tmp_path, "--against", "HEAD", environ={"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)})
    assert done.returncode == 2
    assert "not a git repository" in done.stderr


def test_a_commit_before_there_was_content_is_nothing_to_compare_with(tmp_path):
    (tmp_path / "README.md").write_text("soon\n", encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "begin")
    shutil.copytree(BASE, tmp_path / "content")
    done = check(tmp_path, "--against", "HEAD")
    assert done.returncode == 0
    assert "nothing to compare with: there was no content at HEAD." in done.stdout


def test_a_project_below_the_top_of_its_repository_is_compared_all_the_same(tmp_path):
    repository(tmp_path, CHANGES / "edited-update")
    inner = tmp_path / "appeals" / "ramp"
    inner.mkdir(parents=True)
    shutil.copytree(BASE, inner / "content")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "inner")
    shutil.copytree(
        CHANGES / "edited-update", inner / "content", ignore=shutil.ignore_patterns("expected.*"), dirs_exist_ok=True
    )
    assert check(inner, "--against", "HEAD").stdout == (CHANGES / "edited-update/expected.txt").read_text("utf-8")


def test_nothing_is_checked_out_and_the_work_tree_stays_as_it_is(tmp_path):
    folder = repository(tmp_path, CHANGES / "edited-update")
    state = subprocess.run(["git", "status", "--porcelain"], cwd=folder, capture_output=True, check=True).stdout
    check(folder, "--against", "HEAD")
    assert subprocess.run(["git", "status", "--porcelain"], cwd=folder, capture_output=True, check=True).stdout == state


def test_a_clone_without_the_commits_files_says_so_and_fetches_nothing(tmp_path):
    folder = repository(tmp_path / "whole", CHANGES / "nothing") if (tmp_path / "whole").mkdir() is None else None
    git(folder, "add", "--all")
    git(folder, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", "--no-checkout", f"file://{folder}", "part")
    shutil.copytree(BASE, tmp_path / "part/content")
    shutil.move(folder, tmp_path / "gone")
    done = check(tmp_path / "part", "--against", "HEAD")
    assert done.returncode == 2
    assert "this clone does not hold the whole of that commit; fetch it first" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_link_in_the_old_content_is_refused_and_not_followed(tmp_path):
    folder = repository(tmp_path, CHANGES / "nothing")
    (folder / "content/updates/2024-02-02-x.md").symlink_to("/etc/hostname")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "link")
    (folder / "content/updates/2024-02-02-x.md").unlink()
    assert "at HEAD the content had 1 problem" in check(folder, "--against", "HEAD").stdout
