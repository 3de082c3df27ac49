"""What publishing would change: each folder below changes/ is an edit of changes/base, and the exact report of it."""

from __future__ import annotations

import atexit
import contextlib
import functools
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from campaign.cli import main
from photo import photo

CHANGES = Path(__file__).parents[1] / "changes"
BASE = CHANGES / "base"
CASES = sorted(path.name for path in CHANGES.iterdir() if path.is_dir() and path != BASE)
ABOUT_THE_CASE = ("expected.*", "without.txt", "rev.txt", "before")
"""The answer; names of files that are deleted; what it is compared with, if not HEAD; what the base had besides."""
NOW = "1712318400"  # 5 April 2024


def git(folder: Path, *words: str) -> None:
    name = ("-c", "user.name=A volunteer", "-c", "user.email=volunteer@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *name, *words], cwd=folder, check=True, capture_output=True)


def committed(folder: Path, *contents: Path) -> None:
    """A repository in the folder, whose one commit holds these contents over each other."""
    for content in contents:
        shutil.copytree(content, folder / "content", dirs_exist_ok=True)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "before")


@functools.cache
def the_base() -> Path:
    """A repository with the base alone, made once to be copied."""
    folder = Path(tempfile.mkdtemp(prefix="base-"))
    atexit.register(shutil.rmtree, folder)
    committed(folder, BASE)
    return folder


def repository(folder: Path, case: Path) -> Path:
    """A repository whose last commit is the base, with the case's edit in the work tree."""
    content, before = folder / "content", case / "before"
    if before.is_dir():
        committed(folder, BASE, before)
    else:
        shutil.copytree(the_base(), folder, dirs_exist_ok=True)
    edited = {"dirs_exist_ok": True, "copy_function": shutil.copy}  # git looks at the time when a file was written
    shutil.copytree(BASE, content, **edited)
    shutil.copytree(case, content, ignore=shutil.ignore_patterns(*ABOUT_THE_CASE), **edited)
    if (without := case / "without.txt").is_file():
        for name in without.read_text(encoding="utf-8").split():
            (content / name).unlink()
    return folder


def check(folder: Path, *options: str, environ: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """The command in this process; that it is the same in one of its own is held by tests/test_cli.py."""
    unset: dict[str, str | None] = {key: None for key in os.environ if key.startswith("GITHUB_")}
    with contextlib.chdir(folder):
        environment = unset | {"SOURCE_DATE_EPOCH": NOW} | (environ or {})
        done = CliRunner().invoke(main, ["check", *options], env=environment, catch_exceptions=False)
    return subprocess.CompletedProcess(["check", *options], done.exit_code, done.stdout, done.stderr)


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


def test_a_hook_of_git_compares_the_folder_it_is_asked_about(tmp_path):
    """git tells what it runs as a hook where its own folder is, which may be another's."""
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "--quiet")
    (tmp_path / "ours").mkdir()
    folder = repository(tmp_path / "ours", CHANGES / "edited-update")
    done = check(folder, "--against", "HEAD", environ={"GIT_DIR": str(other / ".git"), "GIT_WORK_TREE": str(other)})
    assert done.stdout == (CHANGES / "edited-update/expected.txt").read_text(encoding="utf-8")


def test_a_clone_of_the_newest_commits_alone_says_what_to_fetch(tmp_path):
    (tmp_path / "whole").mkdir()
    folder = repository(tmp_path / "whole", CHANGES / "edited-update")
    first = subprocess.run(["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True, check=True)
    git(folder, "commit", "--all", "--quiet", "--message", "edited")
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{folder}", "part")
    done = check(tmp_path / "part", "--against", first.stdout.strip())
    assert done.returncode == 2
    assert "git fetch --unshallow" in done.stderr


def test_it_is_the_same_from_inside_the_content(tmp_path):
    folder = repository(tmp_path, CHANGES / "edited-update")
    done = check(folder / "content/updates", "--content", "..", "--against", "HEAD")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (CHANGES / "edited-update/expected.txt").read_text(encoding="utf-8")


def test_a_picture_that_no_page_shows_changes_nothing(tmp_path):
    folder = repository(tmp_path, CHANGES / "nothing")
    (folder / "content/images").mkdir()
    (folder / "content/images/walk.jpg").write_bytes(photo())
    assert "publishing changes nothing" in check(folder, "--against", "HEAD").stdout
    page = folder / "content/pages/about.md"
    page.write_text(page.read_text("utf-8") + "\n![A walk](images/walk.jpg)\n", encoding="utf-8")
    said = check(folder, "--against", "HEAD").stdout
    assert "  New: images/walk.jpg\n" in said
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "a picture")
    page.write_text(page.read_text("utf-8").partition("![")[0], encoding="utf-8")
    assert "  Gone: images/walk.jpg\n" in check(folder, "--against", "HEAD").stdout


def test_of_two_ways_with_one_label_neither_is_lost(tmp_path):
    folder = repository(tmp_path, CHANGES / "nothing")
    campaign = folder / "content/campaign.yaml"
    text = campaign.read_text("utf-8")
    way = '  - {label: JustGiving, url: "https://example.org/give"}\n'
    campaign.write_text(text.replace(way, way + way.replace("/give", "/other")), encoding="utf-8")
    git(folder, "commit", "--all", "--quiet", "--message", "two")
    campaign.write_text(text.replace(way, way.replace("org/give", "com/x") + way.replace("/give", "/other")), "utf-8")
    said = check(folder, "--against", "HEAD").stdout
    assert "Way to give: JustGiving, https://example.com/x; before: JustGiving, https://example.org/give" in said
    assert "JustGiving leads elsewhere now: https://example.com/x; is it meant? [other-way]" in said


def test_the_figures_are_never_cut(tmp_path):
    """However many sources there are, what donors read first is among the lines."""
    folder = repository(tmp_path, CHANGES / "nothing")
    campaign = folder / "content/campaign.yaml"
    ids = [f"s{number}" for number in range(12)]
    sources = "".join(f"  - {{id: {id}, label: Source {id}}}\n" for id in ids)
    campaign.write_text(campaign.read_text("utf-8").replace("sources:\n", f"sources:\n{sources}"), encoding="utf-8")
    totals = "".join(f"  {id}: 100\n" for id in ids)
    update = f"---\ntitle: Many\ndate: 2024-04-01\ntotals:\n{totals}---\n"
    (folder / "content/updates/2024-04-01-many.md").write_text(update, encoding="utf-8")
    said = check(folder, "--against", "HEAD").stdout
    assert said.count("the first figure") == 12
    assert "  Raised: about £7,900 → about £9,100, about £1,200 more in 31 days\n" in said
