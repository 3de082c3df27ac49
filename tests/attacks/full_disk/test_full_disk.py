"""The disk fills up while a site is built, at any moment: the site is the old one or the new one, and words say why."""

import itertools
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
DISK = 48 * 1024 * 1024
"""Bytes of a disk that holds a project, two sites and what is kept."""
COMMAND = (sys.executable, "-m", "campaign")
OURS = {"lock", "made-by-campaign", "pages"}
"""What stays in the folder in which a build works."""


@pytest.mark.attack
def test_a_disk_that_fills_up_leaves_the_old_site_or_the_new_one_whole(tmp_path, seconds):
    (tmp_path / "disk").mkdir()
    # A disk of its own, which nobody else sees and which ends with the process.
    own = ["unshare", "--map-root-user", "--mount"]
    if shutil.which("unshare") is None or subprocess.run([*own, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system makes no disks for those who may not")
    done = subprocess.run([*own, sys.executable, __file__, str(tmp_path / "disk"), str(seconds)], check=False)
    assert done.returncode == 0


def main(disk: Path, seconds: float) -> None:
    """Build the two sites of two texts in turns, each time with another number of bytes left on the disk."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", disk], check=True)
    project, dice, until = _project(disk), random.Random(1), time.monotonic() + seconds
    update = project / "content/updates/2024-11-17-every-account-by-itself.md"
    texts = [update.read_text("utf-8")]
    texts.append(texts[0] + "\nOne more sentence.\n")
    whole = []
    for text in texts:
        update.write_text(text, "utf-8")
        assert _run(project, "build").returncode == 0
        whole.append(_files(project))
    assert whole[0] != whole[1]
    took = sum(map(len, whole[0].values()))
    refused = built = 0
    for turn in itertools.count():
        if time.monotonic() > until and turn > 1:
            break
        old, new = whole[(turn + 1) % 2], whole[turn % 2]
        update.write_text(texts[turn % 2], "utf-8")
        # Much is tried where little is left: there the first files fail, and what is written beside the site.
        left = int(took * 1.5 * dice.random() ** 2)
        filler = _fill(disk, left)
        done = _run(project, "build")
        found = _files(project)
        assert "Traceback" not in done.stdout + done.stderr, done.stderr
        if done.returncode:
            assert found == old, f"with {left} bytes left half a site was put in place"
            assert "No space left" in done.stderr, done.stderr
            assert "old one stands" in done.stderr, done.stderr
            refused += 1
        else:
            assert found == new, f"with {left} bytes left a build that failed said nothing"
            built += 1
        assert {path.name for path in (project / ".output.campaign").iterdir()} <= OURS
        assert not list((project / ".cache").glob("*.*")), "half of what is kept takes room that others need"
        assert _run(project, "check").returncode == 0
        filler.unlink()
        assert _run(project, "build").returncode == 0
        assert _files(project) == new, f"what was kept with {left} bytes left was believed"
    print(f"\nfull disks: {refused + built}, of which {built} had room for the new site; 0 left half of one")


def _project(disk: Path) -> Path:
    """A project on the disk, with everything that commands write beside it."""
    project = disk / "project"
    for name in ("plugins", "theme"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pelicanconf.py", project)
    shutil.copytree(ROOT / "tests/sites/village-hall", project / "content")
    (disk / "tmp").mkdir()
    return project


def _run(project: Path, command: str) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "SITEURL", "CI"))
    }
    environment |= {
        "PYTHONPATH": str(project / "plugins"),
        "TMPDIR": str(project.parent / "tmp"),
        "SOURCE_DATE_EPOCH": "1780000000",
    }
    return subprocess.run(
        [*COMMAND, command], cwd=project, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def _files(project: Path) -> dict[str, bytes]:
    output = project / "output"
    return {str(path.relative_to(output)): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def _fill(disk: Path, left: int) -> Path:
    """Take all of the disk but so many bytes."""
    filler = disk / "filler"
    stood = os.statvfs(disk)
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, stood.f_bavail * stood.f_frsize - left))
    return filler


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
