"""``make`` on machines that lack something, and what its commands start."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
COMMANDS = [
    *(
        "help",
        "serve",
        "html",
        "check",
        "test",
        "quick",
        "lint",
        "attack",
        "read",
        "audit",
        "bench",
        "mutants",
        "publish",
        "clean",
        "lock",
        "reference",
        "words",
    )
]


@pytest.fixture
def folder(tmp_path):
    """A folder with the files that make looks at, and a small campaign."""
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "content").mkdir()
    (tmp_path / "content/campaign.yaml").write_text("name: A roof\ncurrency: GBP\ngoal: 50,000\n")
    return tmp_path


@pytest.fixture
def ready(folder):
    """The same, with an environment that is there already: this one."""
    (folder / ".venv/bin").mkdir(parents=True)
    for name, words in (("campaign", "-m campaign"), ("python", "")):
        program(folder / ".venv/bin" / name, f'PYTHONPATH="{ROOT / "plugins"}" exec "{sys.executable}" {words} "$@"')
    for stamp in (".python", ".build", ".test"):
        (folder / ".venv" / stamp).touch()
    return folder


def program(path, words):
    path.write_text(f"#!/bin/sh\n{words}\n")
    path.chmod(0o755)
    return path


def make(folder, *words, **environment):
    # A make that runs the tests must not tell this one how to run.
    inherited = {
        name: value for name, value in os.environ.items() if not re.match("MAKE|MFLAGS|PYTEST|GITHUB_|SITEURL", name)
    }
    return subprocess.run(
        ["make", *words],
        cwd=folder,
        env={**inherited, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_help_says_what_every_command_does(folder):
    for words in ([], ["help"]):
        done = make(folder, *words)
        assert done.returncode == 0
        assert re.findall(r"^  (\w+)\t\S+", done.stdout, re.MULTILINE) == COMMANDS


def test_a_machine_without_python_is_told_how_to_get_it(folder):
    done = make(folder, "html", "PYTHON=no-such-python")
    assert done.returncode != 0
    assert "There is no no-such-python on this machine" in done.stdout
    assert "apt install python3 python3-venv" in done.stdout


def test_an_old_python_is_named_with_what_is_needed(folder):
    old = program(folder / "old", 'if [ "$1" = --version ]; then echo "Python 3.9.2"; else exit 1; fi')
    done = make(folder, "html", f"PYTHON={old}")
    assert done.returncode != 0
    assert "Python 3.9.2 is too old; this needs 3.11 or later." in done.stdout


def test_a_python_without_venv_is_named_with_its_remedy(folder):
    lacking = program(folder / "lacking", f'case "$2" in *venv*) exit 1;; esac; exec "{sys.executable}" "$@"')
    done = make(folder, "html", f"PYTHON={lacking}")
    assert done.returncode != 0
    assert "sudo apt install python3-venv" in done.stdout
    assert not (folder / ".venv").exists()


def test_an_installation_that_fails_shows_why_and_is_tried_again(ready):
    (ready / ".venv/.build").unlink()
    program(ready / ".venv/bin/python", "echo the network is down; exit 1")
    for _ in range(2):
        done = make(ready, "check")
        assert done.returncode != 0
        assert "the network is down" in done.stdout and "Installing what a build needs failed" in done.stdout


def test_check_needs_no_second_installation_and_is_quiet(ready):
    done = make(ready, "check")
    assert done.stdout.splitlines()[0] == "A roof"
    assert (done.returncode, done.stderr) == (0, "")


def test_publish_without_an_address_is_refused_in_words(ready):
    (ready / "publishconf.py").touch()
    done = make(ready, "publish")
    assert done.returncode != 0 and "SITEURL is not set" in done.stderr


def test_clean_removes_what_was_made_and_nothing_else(ready):
    (ready / "output").mkdir()
    (ready / ".cache").mkdir()
    (ready / "plugins/__pycache__").mkdir(parents=True)
    (ready / "tests").mkdir()
    assert make(ready, "clean").returncode == 0
    left = {path.name for path in ready.iterdir()}
    assert left == {
        "Makefile",
        "requirements.txt",
        "requirements-dev.txt",
        "pyproject.toml",
        "content",
        "plugins",
        "tests",
    }
    assert not list((ready / "plugins").iterdir())


def test_the_locks_hold_hashes_for_everything_and_name_no_registry():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        assert "://" not in text
        pinned = re.findall(r"^([a-z0-9-]+)==.*\\\n    --hash=sha256:", text, re.MULTILINE)
        named = re.findall(r"^[A-Za-z0-9].*", text, re.MULTILINE)
        assert pinned and len(pinned) == len(named)


def test_what_a_build_needs_is_the_same_in_both_locks():
    def pins(name):
        return set(re.findall(r"^[a-z0-9-]+==[^ ;\\]+", (ROOT / name).read_text(), re.MULTILINE))

    assert pins("requirements.txt") <= pins("requirements-dev.txt")
