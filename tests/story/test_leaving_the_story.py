"""The shipped appeal gives way to a family's own: by hand, as docs/setting-up.md says it, and by the command."""

from __future__ import annotations

import re
import shutil
import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pytest

from campaign.loading.load import load_campaign
from new_appeal import ALL
from site_folder import Site
from test_cli import campaign

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/setting-up.md").read_text(encoding="utf-8")
STEPS = re.split(
    r"^\d+\. ",
    re.split(r"^## ", GUIDE.partition("## Your appeal in the story's place\n")[2], flags=re.MULTILINE)[0],
    flags=re.MULTILINE,
)[1:]
OF_JAMES = ("James", "Great Ormond", "NHS", "Rhizotomy", "the-path", "Hampshire")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The project with what is shipped for the story."""
    folder = tmp_path / "project"
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copytree(ROOT / "tests/story", folder / "tests/story")
    (folder / "docs").mkdir()
    for name in ("pelicanconf.py", "docs/draw_picture.py"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def follow(step: str, project: Path) -> None:
    """Do at a copy of the project what a step of the guide says."""
    shown = [textwrap.dedent(block) for block in re.findall(r"```\w+\n(.*?) *```", step, re.DOTALL)]
    if deleted := re.match(r"Delete the folder `([\w/]+)`\.", step):
        shutil.rmtree(project / deleted[1])
    elif deleted := re.match(r"Delete the file `([\w/.-]+)`\.", step):
        (project / deleted[1]).unlink()
    elif edited := re.match(r"Open the file `([\w/.]+)`, .*write this", step):
        assert (project / edited[1]).is_file()
        (project / edited[1]).write_text(shown[0], encoding="utf-8")
    elif written := re.match(r"Write the first update: open `content`, .* such as `([\w/.-]+)`", step):
        path = project / "content" / written[1]
        path.parent.mkdir()
        path.write_text(shown[0], encoding="utf-8")
    else:
        pytest.fail(f"nobody knows how to follow this step: {step}")


def words(folder: Path) -> str:
    names = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file()]
    return "\n".join([*names, *((folder / name).read_text(encoding="utf-8") for name in names)])


def built(project: Path) -> str:
    """Every page that Pelican makes of the content, with every warning fatal."""
    site = Site(project.parent / "site")
    site.content = project / "content"
    for settings in ("pelicanconf.py", "publishconf.py"):
        done = site.pelican("--fatal=warnings", settings=ROOT / settings, environ={"SITEURL": "https://example.org"})
        assert done.returncode == 0, done.stderr
    return "\n".join(data.decode() for name, data in site.files().items() if name.endswith((".html", ".xml", ".json")))


def test_by_hand_every_step_leaves_a_content_that_is_right_for_the_public(project: Path) -> None:
    assert len(STEPS) == 8
    for step in STEPS:
        follow(step, project)
        load_campaign(project, project / "content", now=datetime(2026, 6, 1, tzinfo=UTC), public=True)
    assert not (project / "tests/story").exists()
    assert sorted(path.name for path in (project / "content").rglob("*.*")) == [
        "2015-08-26-we-begin.md",
        "campaign.yaml",
        "privacy.md",
    ]
    pages = words(project / "content") + built(project)
    assert "Amy" in pages and [word for word in OF_JAMES if word in pages] == []


def test_by_the_command_nothing_of_the_story_is_left(project: Path) -> None:
    done = campaign(project, "init", *ALL, "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert campaign(project, "check").returncode == 0
    pages = words(project) + built(project)
    assert "Amy" in pages
    assert [word for word in OF_JAMES if word in pages] == []
    assert not (project / "tests/story").exists()
