"""A folder goes from one commit to another as a whole, or stays, whatever fails and wherever it is killed."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from campaign.renewing import in_place
from campaign.renewing.in_place import InTheWay, Place, move, place_of, recover


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A folder at its first commit, and a second one that changes, adds, deletes, and makes a file runnable."""
    git(tmp_path, "init", "--quiet")
    for name, text in (("changed", "old"), ("folder/gone", "gone"), ("run", "run"), ("same", "same")):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "old")
    git(tmp_path, "tag", "old")
    (tmp_path / "changed").write_text("new")
    (tmp_path / "deep/er").mkdir(parents=True)
    (tmp_path / "deep/er/added").write_text("added")
    (tmp_path / "run").chmod(0o755)
    shutil.rmtree(tmp_path / "folder")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "new")
    git(tmp_path, "tag", "new")
    git(tmp_path, "reset", "--quiet", "--hard", "old")
    return place_of(tmp_path)


def commits(place: Place) -> tuple[str, str]:
    return git(place.root, "rev-parse", "old"), git(place.root, "rev-parse", "new")


def state(place: Place) -> tuple[object, ...]:
    """What a person finds: every file, the commit, and what git says is changed."""
    paths = sorted(path for path in place.root.rglob("*") if path.is_file() and ".git" not in path.parts)
    files = [(path, os.access(path, os.X_OK), path.read_bytes()) for path in paths]
    return files, git(place.root, "rev-parse", "HEAD"), git(place.root, "status", "--porcelain")


class Killed(BaseException):
    """As if the computer went off: nothing that would put things right runs any more."""


def failing_at(patched: pytest.MonkeyPatch, number: int, fault: type[BaseException]) -> list[str]:
    """Count whatever changes a disk; the step of this number fails, and where it is a kill, all behind it, too."""
    done: list[str] = []

    def counted(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def step(*words: object, **options: object) -> object:
            done.append(name)
            if len(done) - 1 == number or (fault is Killed and len(done) > number):
                raise fault(28, "No space left on device") if fault is OSError else fault()
            return real(*words, **options)

        return step

    for name in ("rename", "replace", "mkdir", "rmdir", "open", "write_text", "unlink"):
        patched.setattr(Path, name, counted(name, getattr(Path, name)))
    patched.setattr(in_place, "git", counted("git", in_place.git))
    for name in ("copy2", "rmtree"):
        patched.setattr(in_place.shutil, name, counted(name, getattr(shutil, name)))
    return done


def back(place: Place) -> None:
    git(place.root, "reset", "--quiet", "--hard", "old")


def test_every_file_the_branch_and_what_git_remembers_of_them_go_together(place):
    move(place, *commits(place), "renew")
    _, head, status = state(place)
    assert (head, status) == (commits(place)[1], "")
    assert (place.root / "deep/er/added").read_text() == "added" and os.access(place.root / "run", os.X_OK)
    assert not (place.root / "folder").exists() and not place.work.exists()
    assert "renew" in git(place.root, "reflog", "-1")


@pytest.mark.parametrize("fault", [OSError, Killed])
def test_whatever_fails_or_is_killed_leaves_all_or_nothing(place, fault):
    old, new = commits(place)
    before = state(place)
    found = []
    for number in range(200):
        with pytest.MonkeyPatch.context() as patched:
            done = failing_at(patched, number, fault)
            with contextlib.suppress(fault):
                move(place, old, new, "renew")
        recover(place)
        found.append(state(place))
        back(place)
        if number >= len(done):
            break
    after = found[-1]
    assert after[1] == new and len(found) > 25
    assert all(each in (before, after) for each in found)
    assert found.count(before) > 15
    assert not place.work.exists()


def test_a_fault_on_the_way_back_is_put_right_by_the_next_run(place):
    """Killed in the middle, and then again at each step of putting that right."""
    old, new = commits(place)
    before = state(place)
    for number in range(100):
        with pytest.MonkeyPatch.context() as patched, contextlib.suppress(Killed):
            failing_at(patched, 18, Killed)
            move(place, old, new, "renew")
        with pytest.MonkeyPatch.context() as patched, contextlib.suppress(Killed):
            done = failing_at(patched, number, Killed)
            recover(place)
        recover(place)
        assert state(place) == before
        if number >= len(done):
            return
    raise AssertionError("it never ended")


def test_what_git_does_not_know_is_in_the_way_and_stays(place):
    (place.root / "deep").write_text("mine")
    before = state(place)
    with pytest.raises(InTheWay, match=r"^deep$"):
        move(place, *commits(place), "renew")
    assert state(place) == before


def test_where_the_branch_moved_meanwhile_nothing_is_changed(place):
    git(place.root, "commit", "--quiet", "--allow-empty", "--message", "meanwhile")
    before = state(place)
    with pytest.raises(in_place.GitFailed):
        move(place, *commits(place), "renew")
    assert state(place) == before


@pytest.mark.parametrize("is_committed", [False, True])
def test_what_somebody_put_right_by_hand_after_a_kill_and_wrote_since_stays(place, is_committed):
    for number in range(10, 60):
        with pytest.MonkeyPatch.context() as patched, contextlib.suppress(Killed):
            failing_at(patched, number, Killed)
            move(place, *commits(place), "renew")
        if (place.root / "changed").exists() and (place.root / "changed").read_text() == "new":
            break
        recover(place)
    assert git(place.root, "rev-parse", "HEAD") == commits(place)[0]
    git(place.root, "reset", "--quiet", "--hard")
    (place.root / "changed").write_text("written since")
    if is_committed:
        git(place.root, "commit", "--quiet", "--all", "--message", "since")
    recover(place)
    assert (place.root / "changed").read_text() == "written since"
    assert git(place.root, "status", "--porcelain", "--", "same", "folder", "run") == ""
