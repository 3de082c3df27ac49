"""A family's site takes over a newer version: all but its content and its own changes, as a whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from campaign.cli import main
from campaign.comparing.git_command import GitFailed
from campaign.renewing.changelog import news_since
from campaign.renewing.git_trees import blobs, text_at
from campaign.renewing.project_source import NoSuchProject, parse_source
from campaign.renewing.renewal import renewal
from campaign.renewing.taken_over import RECORD, read_record

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """\
import json, sys
from pathlib import Path
figure = Path("content/campaign.yaml").read_text().split()[-1]
FACTOR = 1
FIELD = "raised"
if sys.argv[1] == "build":
    assert "{{ old }}" not in Path("theme/base.html").read_text(), "base.html asks for old, which is not there any more"
elif Path("content/bad").exists():
    print(json.dumps({"problems": [{"path": "content/bad", "line": 1, "field": "goal", "message": "is bad"}]}))
    sys.exit(1)
else:
    amount = str(int(figure) * FACTOR)
    now = {"name": "A roof", FIELD: {"amount": amount, "shown": amount, "qualifier": "about"}}
    print(json.dumps({"problems": [], "campaign": now | {"updates": [{"update": "a", "title": "We begin", **now}]}}))
"""
"""Stands for the generator: its figures are what campaign.yaml says, times a factor."""
CHANGELOG = """\
# Changelog

## 0.1.0

### What families must do

- Nothing.
"""
NEWER = """\
# Changelog

## 0.2.0

### What families must do

- Look at **Settings › Pages** once,
  and at [the page](docs/x.md).

### For donors

- Larger letters.

## 0.1.0

### What families must do

- Nothing.
"""
LINES = "".join(f"line {number}\n" for number in range(40))
PICTURE = bytes(range(256)) * 4
BEGUN: dict[str, str | bytes] = {
    "pyproject.toml": '[project]\nversion = "0.1.0"\n',
    "CHANGELOG.md": CHANGELOG,
    "plugins/campaign/__init__.py": "",
    "plugins/campaign/__main__.py": PROGRAM,
    "plugins/campaign/old/gone.py": "gone = 1\n" + LINES,
    "plugins/campaign/moved.py": "moved = 1\n" + LINES.replace("line", "# of what moves"),
    "theme/tokens.css": LINES.replace("line 5\n", "--bar: green;\n"),
    "theme/base.html": "<p>base</p>\n" + LINES,
    "theme/logo.png": PICTURE,
    "install": "#!/bin/sh\necho old\n",
    "requirements.txt": "",
    ".github/dependabot.yml": "version: 2\n" + LINES,
    "content/campaign.yaml": "raised: 100\n",
    "content/pages/privacy.md": "As shipped.\n",
    "tests/story/test_story.py": "story = 1\n",
    "requirements-dev.txt": "a==1\n",
    ".github/workflows/check.yml": f"uses: actions/checkout@{'1' * 40} # v1.0.0\n{LINES}",
    **{f"docs/page-{number}.md": f"page {number}\n{LINES}" for number in range(15)},
}
CHANGED: dict[str, str | bytes | None] = {
    "pyproject.toml": '[project]\nversion = "0.2.0"\n',
    "CHANGELOG.md": NEWER,
    "plugins/campaign/old/gone.py": None,
    "plugins/campaign/moved.py": None,
    "plugins/campaign/new/moved.py": "moved = 2\n" + LINES.replace("line", "# of what moves"),
    "plugins/campaign/new/added.py": "added = 1\n",
    "theme/tokens.css": LINES.replace("line 5\n", "--bar: green;\n").replace("line 30\n", "--gap: 2rem;\n"),
    "theme/logo.png": PICTURE[::-1],
    ".github/dependabot.yml": "version: 2\n# weekly\n" + LINES,
    "content/pages/privacy.md": "As shipped now.\n",
    "content/pages/new.md": "An example.\n",
    "tests/story/test_story.py": "story = 2\n",
    "docs/page-8.md": f"page 8, newer\n{LINES}",
    "docs/page-9.md": f"page 9, newer\n{LINES}",
    "requirements-dev.txt": "a==3\n",
    ".github/workflows/check.yml": f"uses: actions/checkout@{'3' * 40} # v3.0.0\n{LINES}",
}
Files = Mapping[str, "str | bytes | None"]


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=Amy's mum", "-c", "user.email=mum@example.org", "-c", "commit.gpgsign=false")
    settings = ("-c", "core.autocrlf=false", "-c", "core.safecrlf=false", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *who, *settings, *words], cwd=folder, check=True, capture_output=True)
    return done.stdout.decode()


def write(folder: Path, files: Files) -> None:
    for name, data in files.items():
        path = folder / name
        if data is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())


def commit(folder: Path, files: Files, message: str = "changed") -> str:
    write(folder, files)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(folder, "rev-parse", "HEAD").strip()


def everything(folder: Path) -> dict[str, tuple[bytes, bool]]:
    """Every file that is there, with its bytes and whether it can be run; git's own and Python's left out."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), os.access(path, os.X_OK))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not {".git", "__pycache__"} & set(path.relative_to(folder).parts)
    }


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the versions 0.1.0 and 0.2.0, and a site that was made from the first with one commit."""
    folder = tmp_path_factory.mktemp("renew")
    project = folder / "project"
    project.mkdir()
    git(project, "init", "--quiet", "--template=")
    commit(project, {"README.md": "soon\n"}, "begin")
    commit(project, {"README.md": None, **BEGUN}, "0.1.0")
    (project / "install").chmod(0o644)
    git(project, "tag", "v0.1.0")
    made_from(project, folder / "site")
    (project / "install").chmod(0o755)
    commit(project, CHANGED, "0.2.0")
    git(project, "tag", "v0.2.0")
    for each in (project, folder / "site"):  # copied for each test, so in few files
        git(each, "repack", "--quiet", "-a", "-d")
        git(each, "prune-packed", "--quiet")
        (each / ".git/info").mkdir(exist_ok=True)
    return folder


def made_from(project: Path, site: Path, *, rev: str = "v0.1.0") -> None:
    """As “Use this template” makes it: the same files, and none of the history."""
    site.mkdir()
    git(site, "init", "--quiet", "--template=")
    git(site, "config", "user.name", "Amy's mum")
    git(site, "config", "user.email", "mum@example.org")
    git(site, "fetch", "--quiet", str(project), f"refs/tags/{rev}")
    git(site, "read-tree", "FETCH_HEAD")
    git(site, "checkout-index", "--all")
    git(site, "commit", "--quiet", "--message", "Initial commit")
    (site / ".git/FETCH_HEAD").unlink()


@pytest.fixture
def both(shipped: Path, tmp_path: Path) -> Path:
    shutil.copytree(shipped, tmp_path / "both", symlinks=True)
    return tmp_path / "both"


@pytest.fixture
def site(both: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The site, in which commands are run; without what a person's own git says."""
    monkeypatch.chdir(both / "site")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1440849600")
    return both / "site"


def project_of(site: Path) -> Path:
    return site.parent / "project"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["renew", *words], catch_exceptions=False)


def renewed(site: Path, *words: str) -> Result:
    """A renewal that is agreed to and succeeds; afterwards the folder is as git has it."""
    done = run("../project", "--yes", *words)
    assert done.exit_code == 0, done.output
    assert git(site, "status", "--porcelain", "--untracked-files=all") == ""
    return done


def refused(site: Path, *words: str) -> str:
    """A renewal that changes nothing; returns what it says."""
    before = everything(site), git(site, "rev-parse", "HEAD"), git(site, "status", "--porcelain")
    done = run(*(words or ("../project", "--yes")))
    assert done.exit_code == 1, done.output
    assert (everything(site), git(site, "rev-parse", "HEAD"), git(site, "status", "--porcelain")) == before
    assert "Traceback" not in done.output
    return done.output


# -- what is taken over ----------------------------------------------------------------------------------


def test_a_site_takes_over_everything_but_its_content(site):
    commit(site, {"content/campaign.yaml": "raised: 250\n"})
    renewed(site)
    project = everything(project_of(site))
    ours = everything(site)
    assert ours.pop(RECORD)
    assert {path for path in project if not path.startswith("content/")} == {
        path for path in ours if not path.startswith("content/")
    }
    assert all(ours[path] == project[path] for path in ours if not path.startswith("content/"))
    assert ours["content/campaign.yaml"][0] == b"raised: 250\n"
    assert ours["content/pages/privacy.md"][0] == b"As shipped.\n"
    assert "content/pages/new.md" not in ours


def test_it_says_in_words_what_is_there_what_to_do_and_how_it_is_undone(site):
    said = renewed(site).output
    project, newest = project_of(site).resolve(), git(project_of(site), "rev-parse", "HEAD").strip()
    assert (
        said
        == f"""\
This site has version 0.1.0; {project} has 0.2.0.

What families must do
  0.2.0: Look at Settings › Pages once, and at the page.
  Besides, 1 change can be read in CHANGELOG.md, which comes along.

What happens to the files here
  11 files changed, 2 new, 2 gone; nothing in your folder content.

What comes are programs. They come from
  {project}, commit {newest[:12]}
They run now, for a check, and from then on whenever your site is made, here and on GitHub.
Whoever writes there can change what your site shows. Go on only if that is the project you trust.
Checking your content with both versions …

Checked with the new version: every figure is as it was.

This site has version 0.2.0 now. Nothing is public yet.
  To see it:      campaign serve
  To publish it:  git push
  To undo it:     git revert --no-edit {git(site, "rev-parse", "HEAD")[:10]}
What a build needs has changed, too: make html, make serve and make check install it by themselves.
"""
    )


def test_the_command_that_is_said_undoes_it_and_leaves_what_was_written_since(site):
    before = everything(site)
    done = renewed(site)
    commit(site, {"content/updates/new.md": "since\n"})
    (command,) = [line.partition(":")[2].split() for line in done.output.splitlines() if "To undo it" in line]
    git(site, *command[1:])
    after = everything(site)
    assert after.pop("content/updates/new.md")[0] == b"since\n"
    assert after == before


def test_renewed_twice_there_is_nothing_to_do_and_nothing_is_committed(site):
    renewed(site)
    head = git(site, "rev-parse", "HEAD")
    done = run("../project")
    assert (done.exit_code, done.output) == (0, "There is nothing to do: this site has version 0.2.0 already.\n")
    assert git(site, "rev-parse", "HEAD") == head


def test_a_renewal_does_not_go_back(site):
    renewed(site)
    done = run("../project@0.1.0")
    assert "is newer than 0.1.0. A renewal does not go back." in done.output


def test_what_came_after_the_newest_version_is_taken_only_where_it_is_asked_for(site):
    commit(project_of(site), {"docs/page-1.md": "not yet\n"})
    renewed(site)
    assert (site / "docs/page-1.md").read_text(encoding="utf-8").startswith("page 1\n")
    done = run("../project@main", "--yes")
    assert "0.2.0 and what came after it" in done.output
    assert (site / "docs/page-1.md").read_text(encoding="utf-8") == "not yet\n"


def test_what_is_private_to_a_computer_is_not_written_down(site):
    renewed(site)
    assert str(site.parent) not in (site / RECORD).read_text(encoding="utf-8")
    assert str(site.parent) not in git(site, "log", "-1", "--format=%B")


# -- what the family changed ------------------------------------------------------------------------------

ADDED: Files = {
    "theme/base.html": "<p>ours</p>\n",
    "theme/ours.css": "ours\n",
    "plugins/campaign/ours.py": "ours = 1\n",
    ".github/dependabot.yml": None,
    "docs/page-3.md": None,
}


@pytest.fixture(scope="module")
def family(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A site in which a family changed this and that, and what was said when it was renewed."""
    folder = tmp_path_factory.mktemp("family") / "both"
    shutil.copytree(shipped, folder, symlinks=True)
    site = folder / "site"

    def read(name: str) -> str:
        return (site / name).read_text(encoding="utf-8")

    changed: Files = {
        "theme/tokens.css": read("theme/tokens.css").replace("green", "purple"),
        "plugins/campaign/moved.py": read("plugins/campaign/moved.py") + "ours = 1\n",
        "install": "#!/bin/sh\necho ours\n",
        "docs/page-8.md": read("docs/page-8.md").replace("\n", "\r\n"),
        "docs/page-9.md": (read("docs/page-9.md") + "ours\n").replace("\n", "\r\n"),
        "tests/story/test_story.py": None,
        "requirements-dev.txt": "a==2\n",
        ".github/workflows/check.yml": f"uses: actions/checkout@{'2' * 40} # v2.0.0\n{LINES}",
    }
    commit(site, {**ADDED, **changed})
    (site / "plugins/campaign/old/__pycache__").mkdir()
    (site / "plugins/campaign/old/__pycache__/gone.pyc").write_bytes(b"x")
    (site / ".git/info/exclude").write_text("__pycache__/\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(site)
        patched.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patched.setenv("SOURCE_DATE_EPOCH", "1440849600")
        yield site, renewed(site).output


def test_a_colour_that_the_family_changed_stays_and_the_projects_change_of_that_file_comes_too(family):
    site, said = family
    now = (site / "theme/tokens.css").read_text(encoding="utf-8")
    assert "--bar: purple;" in now and "--gap: 2rem;" in now
    both = said.partition("in different places; both changes are kept:\n")[2]
    assert "    theme/tokens.css\n" in both


def test_what_the_family_changed_added_or_deleted_stays_so(family):
    site, said = family
    for name, data in ADDED.items():
        path = site / name
        assert (path.read_bytes() if path.exists() else None) == (data.encode() if isinstance(data, str) else data)
    assert (
        "Yours, and kept as they are:\n    plugins/campaign/ours.py\n    theme/base.html\n    theme/ours.css\n" in said
    )
    assert "Deleted by you, and they stay deleted:\n    .github/dependabot.yml\n    docs/page-3.md\n\n" in said


def test_the_storys_tests_stay_deleted_without_a_word(family):
    site, said = family
    assert "tests/story" not in said and not (site / "tests/story/test_story.py").exists()


def test_a_change_of_a_file_that_the_project_moved_goes_along(family):
    site, _ = family
    assert not (site / "plugins/campaign/moved.py").exists()
    now = (site / "plugins/campaign/new/moved.py").read_text(encoding="utf-8")
    assert now.startswith("moved = 2\n") and now.endswith("ours = 1\n")


def test_what_the_weekly_pull_requests_changed_gives_way_to_what_fits_together(family):
    site, said = family
    for name in ("requirements-dev.txt", ".github/workflows/check.yml"):
        assert (site / name).read_bytes() == (project_of(site) / name).read_bytes()
        assert name not in said


def test_a_mode_and_a_text_that_were_changed_by_one_each_are_joined(family):
    site, _ = family
    assert os.access(site / "install", os.X_OK) and "ours" in (site / "install").read_text(encoding="utf-8")


def test_other_line_ends_alone_are_no_change_of_the_familys(family):
    site, said = family
    assert (site / "docs/page-8.md").read_bytes() == (project_of(site) / "docs/page-8.md").read_bytes()
    assert "page-8" not in said


def test_a_change_in_a_file_with_other_line_ends_is_joined_all_the_same(family):
    site, _ = family
    assert (site / "docs/page-9.md").read_bytes() == f"page 9, newer\n{LINES}ours\n".encode()


def test_folders_in_which_nothing_is_left_go_and_others_stay(family):
    site, _ = family
    assert not (site / "plugins/campaign/old").exists()
    assert (site / "plugins/campaign/new/added.py").is_file()


def test_a_file_that_the_family_deleted_does_not_come_back_under_another_name(site):
    commit(site, {"plugins/campaign/moved.py": None})
    renewed(site)
    assert not (site / "plugins/campaign/moved.py").exists()
    assert not (site / "plugins/campaign/new/moved.py").exists()


def test_a_file_that_both_gave_another_name_has_both(site):
    text = (site / "plugins/campaign/moved.py").read_text(encoding="utf-8")
    commit(site, {"plugins/campaign/moved.py": None, "plugins/campaign/mine.py": text})
    renewed(site)
    assert (site / "plugins/campaign/mine.py").is_file()
    assert (site / "plugins/campaign/new/moved.py").read_text(encoding="utf-8").startswith("moved = 2\n")


@pytest.mark.parametrize("mine", ["plugins/campaign/new", "theme/new/inner.css"])
def test_a_file_where_the_project_has_a_folder_or_the_reverse_is_named(site, mine):
    commit(project_of(site), {"theme/new": "a file\n"})
    commit(site, {mine: "ours\n"})
    name = "theme/new" if "theme" in mine else mine
    said = refused(site, "../project@main", "--yes")
    assert f"  {name}: this is a file for one of you and a folder for the other; give yours another name first." in said


# -- conflicts -------------------------------------------------------------------------------------------


def conflicting(site: Path) -> None:
    css = (site / "theme/tokens.css").read_text(encoding="utf-8")
    changed: Files = {
        "theme/tokens.css": css.replace("line 30\n", "--gap: 3rem;\n"),
        "theme/logo.png": PICTURE[:100],
        "plugins/campaign/old/gone.py": "gone = 2\n" + LINES,
        "plugins/campaign/new/added.py": "ours = 1\n",
    }
    commit(site, changed)


def test_conflicts_are_told_in_words_with_what_to_do_and_nothing_is_changed(site):
    conflicting(site)
    said = refused(site)
    assert (
        said[said.index("Somebody") :]
        == """\
Somebody must choose: 4 files cannot be brought together.

  plugins/campaign/new/added.py: you and the project each added a file of this name.
    yours:
      ours = 1
    the new version:
      added = 1

  plugins/campaign/old/gone.py: you changed it, and the new version does not have it any more.

  theme/logo.png: you and the project each have another picture or other data there.

  theme/tokens.css: you and the project both changed the same lines of it.
    yours:
      --gap: 3rem;
    the new version:
      --gap: 2rem;

Run the same command again and say for each of them which one you want:
  --keep-mine plugins/campaign/new/added.py    yours stays, without what the project has mended in it
  --take-new plugins/campaign/new/added.py    the project’s comes; yours can still be found in your project’s history
Whoever wants both takes the new one, and then makes the own change in it once more.
Nothing was changed.
"""
    )


def test_whoever_chooses_gets_what_was_chosen(site):
    conflicting(site)
    keep = ("theme/tokens.css", "plugins/campaign/old/gone.py")
    take = ("theme/logo.png", "plugins/campaign/new/added.py")
    words = [
        word for option, paths in (("--keep-mine", keep), ("--take-new", take)) for p in paths for word in (option, p)
    ]
    before = everything(site)
    renewed(site, *words)
    after, project = everything(site), everything(project_of(site))
    assert all(after[path] == before[path] for path in keep)
    assert all(after[path] == project[path] for path in take)


def test_a_file_that_is_taken_may_be_gone(site):
    conflicting(site)
    words = ("--keep-mine", "theme/tokens.css", "--keep-mine", "theme/logo.png")
    renewed(site, *words, "--take-new", "plugins/campaign/old/gone.py", "--keep-mine", "plugins/campaign/new/added.py")
    assert not (site / "plugins/campaign/old").exists()


def test_a_choice_of_no_file_is_named(site):
    assert "there is no file theme/tokns.css" in refused(site, "../project", "--take-new", "theme/tokns.css", "--yes")


# -- figures ---------------------------------------------------------------------------------------------


def version_3(site: Path, old: str, new: str) -> None:
    commit(project_of(site), {"plugins/campaign/__main__.py": PROGRAM.replace(old, new)})
    git(project_of(site), "tag", "v0.3.0")


def test_a_version_with_other_figures_is_not_taken_over_unless_it_is_told_to_be(site):
    version_3(site, "FACTOR = 1", "FACTOR = 10")
    said = refused(site)
    assert (
        "these figures would be others, which must never happen by itself:\n"
        "  Raised: about 100 → about 1000\n"
        "  In “We begin”: Raised: about 100 → about 1000\n"
        "\nNothing was changed.\n"
    ) in said
    renewed(site, "--even-so")
    assert "FACTOR = 10" in (site / "plugins/campaign/__main__.py").read_text(encoding="utf-8")


def test_a_figure_that_is_no_longer_said_is_a_difference_and_one_that_is_new_is_none(site):
    version_3(site, 'FIELD = "raised"', 'FIELD = "got"')
    said = refused(site)
    assert "Raised: about 100 → nothing" in said and "got" not in said


def test_a_content_that_the_new_check_refuses_is_told_with_its_lines(site):
    version_3(site, 'Path("content/bad").exists()', 'Path("content/campaign.yaml").exists()')
    said = refused(site)
    assert "With the new version the check finds 1 problem in your content:\n  content/bad:1: goal: is bad\n" in said


def test_a_content_that_is_wrong_already_is_mended_first(site):
    commit(site, {"content/bad": "x\n"})
    assert "the content has problems already" in refused(site)


def test_programs_that_do_not_run_change_nothing(site):
    version_3(site, "import json", "import jsn")
    assert "its check did not run: ModuleNotFoundError: No module named 'jsn'" in refused(site)


def test_a_theme_of_the_familys_own_is_built_with_the_new_programs_before_anything_is_changed(site):
    version_3(site, "{{ old }}", "<p>ours</p>")
    commit(site, {"theme/base.html": "<p>ours</p>\n"})
    said = refused(site)
    assert "the site cannot be built with it and your own changes" in said and "which is not there any more" in said


def test_nothing_is_run_before_somebody_agrees(site, tmp_path):
    ran = tmp_path / "ran"
    version_3(site, "import json", f"open({str(ran)!r}, 'w').close(); import json")
    said = refused(site, "../project")
    assert "this is no terminal, so nobody can be asked; add --yes if you want it" in said
    assert "They come from\n  " in said and not ran.exists()


# -- how a site began ------------------------------------------------------------------------------------


def base_of(site: Path, rev: str = "v0.1.0") -> None:
    with renewal(site, "../project") as found:
        assert found.base.commit == git(project_of(site), "rev-parse", f"{rev}^{{commit}}").strip()


def test_a_site_of_one_commit_is_known_by_its_files(site):
    base_of(site)


def test_a_clone_with_the_projects_history_is_known_by_that(site, both, monkeypatch):
    shutil.rmtree(site)
    git(both, "clone", "--quiet", "project", "site")
    git(both / "site", "reset", "--quiet", "--hard", "v0.1.0")
    git(both / "site", "config", "user.name", "Mum")
    git(both / "site", "config", "user.email", "mum@example.org")
    commit(both / "site", {"theme/tokens.css": "ours\n"})
    monkeypatch.chdir(both / "site")
    base_of(both / "site")


def test_a_clone_of_the_newest_commits_alone_is_renewed(site, both, monkeypatch):
    commit(site, {"content/campaign.yaml": "raised: 300\n"})
    git(both, "clone", "--quiet", "--depth=1", f"file://{site}", "part")
    git(both / "part", "config", "user.name", "Mum")
    git(both / "part", "config", "user.email", "mum@example.org")
    monkeypatch.chdir(both / "part")
    renewed(both / "part")


def test_a_clone_that_lacks_a_file_says_so(site):
    with pytest.raises(GitFailed, match="this clone does not hold every file"):
        blobs(site, ["1" * 40])
    head = commit(site, {"theme/ours.css": "ours\n"})
    assert (text_at(site, head, "theme/ours.css"), text_at(site, head, "theme/nowhere.css")) == ("ours\n", "")
    name = git(site, "rev-parse", "HEAD:theme/ours.css").strip()
    (site / ".git/objects" / name[:2] / name[2:]).unlink()
    with pytest.raises(GitFailed, match="this clone does not hold every file"):
        text_at(site, head, "theme/ours.css")


def test_a_site_whose_first_commit_was_changed_already_is_known_by_most_of_its_files(site):
    changed: Files = {f"docs/page-{number}.md": f"ours {number}\n" for number in range(5)}
    write(site, {**changed, "tests/story/test_story.py": None, "theme/ours.css": "x\n"})
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--amend", "--message", "all at once")
    base_of(site)


def test_a_site_that_was_uploaded_from_windows_is_known_all_the_same(site):
    write(
        site, {path: data.replace(b"\n", b"\r\n") for path, (data, _) in everything(site).items() if b"\0" not in data}
    )
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--amend", "--message", "uploaded")
    base_of(site)


def test_of_several_states_that_fit_the_oldest_is_meant_so_that_nothing_is_taken_back(site):
    """The family changed the very file that is all the project changed next, too."""
    project = project_of(site)
    commit(project, {"docs/page-1.md": "the project's\n"})
    write(site, {"docs/page-1.md": "ours\n", "theme/ours.css": "x\n"})
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--amend", "--message", "all at once")
    base_of(site)


def test_a_renewed_site_begins_from_what_it_was_renewed_to(site):
    renewed(site)
    commit(project_of(site), {"theme/tokens.css": "new\n"})
    git(project_of(site), "tag", "v0.3.0")
    base_of(site, "v0.2.0")
    renewed(site)
    assert (site / "theme/tokens.css").read_text(encoding="utf-8") == "new\n"


def test_a_renewal_that_was_undone_can_be_made_again(site):
    renewed(site)
    git(site, "revert", "--no-edit", "HEAD")
    base_of(site)
    renewed(site)


def test_a_record_that_was_edited_by_hand_names_no_strange_commit(site):
    for commit_named in ("0" * 40, "--output=x", git(site, "rev-parse", "HEAD").strip()):
        commit(site, {RECORD: json.dumps({"commit": commit_named, "project": 5})})
        base_of(site)
    assert read_record("[]") == read_record("no json")


def test_a_folder_that_was_not_made_from_it_is_not_touched(site, both):
    shutil.rmtree(site)
    site.mkdir()
    git(site, "init", "--quiet")
    git(site, "config", "user.name", "x")
    git(site, "config", "user.email", "x@example.org")
    commit(site, {"index.html": "mine\n"})
    os.chdir(site)
    assert "this folder has too little in common with" in refused(site)


# -- when it is refused ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data"), [("theme/tokens.css", "x\n"), ("content/updates/draft.md", "x\n"), ("docs/page-1.md", None)]
)
def test_what_is_not_committed_comes_first(site, name, data):
    write(site, {name: data})
    said = refused(site)
    assert "something is changed here and not committed yet; commit it first, or undo it" in said
    assert f"  {name}" in said


def test_what_git_does_not_know_is_never_overwritten(site):
    (site / ".git/info/exclude").write_text("added.py\n", encoding="utf-8")
    write(site, {"plugins/campaign/new/added.py": "not committed\n"})
    assert "plugins/campaign/new/added.py is in the way" in refused(site)


def test_nothing_is_written_through_a_link(site, tmp_path):
    (site / ".git/info/exclude").write_text("plugins/campaign/new\n", encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    (site / "plugins/campaign/new").symlink_to(tmp_path / "elsewhere")
    assert "plugins/campaign/new is in the way" in refused(site)
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_folder_that_is_no_repository_a_half_done_merge_and_no_branch_are_answered_in_words(site, both, monkeypatch):
    git(site, "checkout", "--quiet", "--detach")
    assert "no branch is checked out here" in refused(site)
    git(site, "checkout", "--quiet", "-")
    (site / ".git/MERGE_HEAD").write_text(git(site, "rev-parse", "HEAD"), encoding="utf-8")
    assert "something of git’s is half done here" in refused(site)
    monkeypatch.chdir(site / "theme")
    assert "the project does not begin here; run campaign renew in " in run("../../project").output
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(both.parent))
    monkeypatch.chdir(both)
    assert "git does not know this folder, as when it was downloaded as a ZIP file" in run("project").output


def test_a_machine_without_git_or_a_name_is_told_what_to_do(site, monkeypatch):
    git(site, "config", "--unset", "user.name")
    git(site, "config", "--unset", "user.email")
    git(site, "config", "user.useConfigOnly", "true")
    assert 'git config --global user.name "Your name"' in refused(site)
    monkeypatch.setenv("PATH", "")
    done = run("../project", "--yes")
    assert "git is not installed here, and a renewal needs it" in done.output


def test_two_at_once_do_not_get_into_each_others_way(site):
    with renewal(site, "../project"):
        assert "another campaign renew is under way here" in refused(site)


# -- where it comes from ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "ext::sh -c touch% /tmp/x",
        "http://example.org/x",
        "git://example.org/x",
        "fd::17",
        "--upload-pack=touch x",
        "https://me:secret@example.org/x",
        "nowhere",
        "ftp://example.org/x",
        "",
        "0.2.0",
    ],
)
def test_only_folders_and_addresses_that_are_safe_are_fetched_from(address, tmp_path):
    with pytest.raises(NoSuchProject):
        parse_source(address, "", tmp_path)


@pytest.mark.parametrize(
    ("asked", "address", "ref"),
    [
        ("https://example.org/a/b", "https://example.org/a/b", ""),
        ("https://example.org/a/b@0.2.0", "https://example.org/a/b", "0.2.0"),
        ("https://me@example.org/a/b", "https://me@example.org/a/b", ""),
        ("ssh://git@example.org/a/b@main", "ssh://git@example.org/a/b", "main"),
        ("git@example.org:a/b.git", "git@example.org:a/b.git", ""),
        ("git@example.org:a/b.git@v1.0", "git@example.org:a/b.git", "v1.0"),
        ("0.2.0", "https://example.org/known", "0.2.0"),
        ("", "https://example.org/known", ""),
    ],
)
def test_an_address_a_version_or_nothing_is_read(asked, address, ref, tmp_path):
    found = parse_source(asked, "https://example.org/known", tmp_path)
    assert (found.address, found.ref) == (address, ref)


def test_what_is_typed_as_an_option_of_gits_is_none(site):
    for words in ("../project@--output=x", "--", "../project@0.9"):
        assert run(words, "--yes").exit_code != 0
    assert "the project has no '0.9'; its newest versions are 0.2.0, 0.1.0" in refused(site, "../project@0.9", "--yes")


def test_the_address_is_written_down_and_a_version_is_enough_from_then_on(site, monkeypatch):
    monkeypatch.setenv(
        "GIT_CONFIG_COUNT", "1"
    )  # a web address that is a folder of this computer, so nothing is fetched
    monkeypatch.setenv("GIT_CONFIG_KEY_0", f"url.{project_of(site)}.insteadOf")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "https://example.org/project")
    assert run("https://example.org/project@0.1.0").exit_code == 0
    done = run("https://example.org/project", "--yes")
    assert done.exit_code == 0, done.output
    assert read_record((site / RECORD).read_text(encoding="utf-8")).project == "https://example.org/project"
    assert "this site has version 0.2.0 already" in run().output
    assert "this site has version 0.2.0 already" in run("0.2.0").output


def test_a_project_that_holds_a_link_or_another_project_is_not_used(site):
    project = project_of(site)
    (project / "theme/link").symlink_to("/etc/passwd")
    commit(project, {})
    git(project, "tag", "v0.3.0")
    assert "it holds a link to elsewhere, theme/link" in refused(site)
    (project / "theme/link").unlink()
    git(project, "update-index", "--add", "--cacheinfo", f"160000,{git(project, 'rev-parse', 'HEAD').strip()},sub")
    git(project, "commit", "--quiet", "--message", "sub")
    git(project, "tag", "v0.4.0")
    assert "it holds another project inside it, sub" in refused(site)


def test_no_hook_runs_whosever_it_is(site, tmp_path):
    for folder in (site, project_of(site)):
        for name in (
            "reference-transaction",
            "post-checkout",
            "post-merge",
            "pre-commit",
            "post-commit",
            "post-rewrite",
        ):
            hook = folder / ".git/hooks" / name
            hook.parent.mkdir(exist_ok=True)
            hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n", encoding="utf-8")
            hook.chmod(0o755)
    assert run("../project", "--yes").exit_code == 0
    assert not (tmp_path / "ran").exists()


def test_a_folder_that_is_no_project_is_named(site, tmp_path):
    (tmp_path / "empty").mkdir()
    assert "empty cannot be fetched: it is no folder that git keeps" in refused(site, str(tmp_path / "empty"), "--yes")


# -- on GitHub -------------------------------------------------------------------------------------------


def test_on_github_it_becomes_a_branch_to_look_at_and_workflows_are_left_to_the_family(site, tmp_path):
    project = project_of(site)
    workflow: Files = {".github/workflows/publish.yml": "new\n", ".github/install": "#!/bin/sh\n"}
    commit(project, workflow)
    (project / ".github/install").chmod(0o755)
    commit(project, {".gitignore": ".venv\n"})
    git(project, "tag", "v0.3.0")
    shutil.copy(ROOT / ".github/renew", project / ".github/renew")
    program = project / ".venv/bin/campaign"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m campaign "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    commit(site, {".github/workflows/publish.yml": "old\n"})
    summary, output = tmp_path / "summary", tmp_path / "output"
    environment = {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(output), "GITHUB_ACTIONS": "true"}
    environment |= {"PYTHONPATH": str(ROOT / "plugins"), "GITHUB_ACTOR": "amys-mum"}

    def renew(**more: str) -> int:
        command = [str(project / ".github/renew"), str(project)]
        return subprocess.run(command, cwd=site, env=os.environ | environment | more, check=False).returncode

    assert renew() == 1 and not output.exists()
    assert "write under Choices for each of them" in summary.read_text(encoding="utf-8")
    git(site, "switch", "--quiet", "main")
    assert renew(CHOICES="--take-new .github/workflows/publish.yml", VERSION="0.3.0") == 0
    assert output.read_text(encoding="utf-8") == "renewed=true\n"
    said = summary.read_text(encoding="utf-8")
    assert "The branch renew has version 0.2.0.\nYour site is as it was until you merge that branch" in said
    assert "- `.github/workflows/publish.yml` from <" in said
    git(site, "switch", "--quiet", "main")
    git(site, "fetch", "--quiet", "--force", "renewed.bundle", "renew:fetched")
    changed = git(site, "diff", "--name-only", "main", "fetched").split()
    assert "theme/tokens.css" in changed and ".github/workflows/publish.yml" not in changed
    assert git(site, "log", "-1", "--format=%an", "fetched").strip() == "amys-mum"


# -- as a whole or not at all: tests/renewing/test_in_place.py ----------------------------------------------------


def test_a_name_that_a_folder_had_can_become_a_files_and_the_reverse(site):
    project = project_of(site)
    commit(project, {"docs/page-1.md": None, "docs/page-2.md": None, "install": None})
    commit(project, {"docs/page-1.md/inner.md": "inner\n", "install/run": "x\n", "plugins/campaign/new/moved.py": None})
    commit(project, {"plugins/campaign/new/added.py": None})
    shutil.rmtree(project / "plugins/campaign/new")
    commit(project, {"plugins/campaign/new": "a file\n"})
    git(project, "tag", "v0.3.0")
    renewed(site)
    assert (site / "docs/page-1.md/inner.md").is_file() and (site / "plugins/campaign/new").is_file()
    renewed_head = git(site, "rev-parse", "HEAD")
    git(site, "revert", "--no-edit", renewed_head.strip())
    assert (site / "docs/page-1.md").is_file()


# -- the changelog ---------------------------------------------------------------------------------------


def test_only_what_a_family_has_not_been_told_yet_is_told():
    older = NEWER.replace("## 0.2.0", "## Unreleased")
    newest = NEWER.replace(
        "# Changelog\n",
        "# Changelog\n\n## 0.3.0\n\n### What families must do\n\n- Nothing.\n\n### For donors\n\n- Blue.\n",
    )
    assert news_since(older, NEWER) == ()
    ((news),) = news_since(NEWER, newest)
    assert (news.version, news.must_do, news.others) == ("0.3.0", (), 1)
    assert [found.version for found in news_since("", newest)] == ["0.3.0", "0.2.0"]
