"""A site from the first days of ``campaign init`` is renewed to what this project is now."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from campaign.cli import main
from site_folder import unpack

ROOT = Path(__file__).resolve().parents[2]
THEN = Path(__file__).parent / "first-with-init.tar.xz"
"""The project as it was at the first commit that had ``campaign init``, without most of its tests and documents."""
NOW = ("plugins", "theme", "content", "docs", ".github", "pelicanconf.py", "publishconf.py", "pyproject.toml")
FILES = ("requirements.txt", "requirements-dev.txt", "Makefile", ".gitattributes", ".gitignore", "CHANGELOG.md")
ANSWERS = {
    "name": "A new roof",
    "currency": "GBP",
    "locale": "en_GB",
    "timezone": "Europe/London",
    "goal": "50,000",
    "summary": "The hall roof lets in the rain.",
    "too-much": "It mends the gutters.",
    "too-little": "It mends half.",
    "not-needed": "It mends the gutters.",
}
UPDATE = "---\ntitle: A good week\ndate: 2015-08-26\ntotals:\n  raised: about 12,345\n---\nThank you.\n"
DAY = {"SOURCE_DATE_EPOCH": "1440849600", "GIT_CONFIG_GLOBAL": os.devnull}  # 29 August 2015


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=Sam's dad", "-c", "user.email=dad@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, text=True).stdout


def committed(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "x")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with an appeal of its own and a bar of its own colour, beside the project that it was made from."""
    with tarfile.open(THEN) as archive:
        unpack(archive, tmp_path)
    project, site = tmp_path / "project", tmp_path / "site"
    shutil.copytree(project, site)
    for folder in (project, site):
        git(folder, "init", "--quiet")
        committed(folder)
    for name in project.iterdir():
        if name.name != ".git":
            shutil.rmtree(name) if name.is_dir() else name.unlink()
    for name in NOW + FILES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy(ROOT / name, project / name)
    committed(project)
    for name, value in DAY.items():
        monkeypatch.setenv(name, value)
    words = [word for name, answer in ANSWERS.items() for word in (f"--{name}", answer)]
    begin = [sys.executable, "-m", "campaign", "init", "--yes", *words]
    environment = os.environ | {"PYTHONPATH": str(site / "plugins")}
    subprocess.run(begin, cwd=site, env=environment, check=True, capture_output=True)
    (site / "content/updates/2015-08-26-a-good-week.md").write_text(UPDATE, encoding="utf-8")
    tokens = site / "theme/static/css/tokens.css"
    tokens.write_text(tokens.read_text(encoding="utf-8").replace("--", "/* ours */ --", 1), encoding="utf-8")
    git(site, "config", "user.name", "Sam's dad")
    git(site, "config", "user.email", "dad@example.org")
    committed(site)
    monkeypatch.chdir(site)
    return site


def test_a_site_of_the_first_days_is_renewed_with_its_figures_and_its_colour(site):
    done = CliRunner().invoke(main, ["renew", "../project", "--yes"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert "every figure is as it was" in done.output
    assert "/* ours */" in (site / "theme/static/css/tokens.css").read_text(encoding="utf-8")
    assert (site / "content/updates/2015-08-26-a-good-week.md").read_text(encoding="utf-8") == UPDATE
    assert not (site / "tests/story").exists() or not any((site / "tests/story").iterdir())
    assert (site / "plugins/campaign/renewing/renewal.py").is_file()
    assert git(site, "status", "--porcelain") == ""
