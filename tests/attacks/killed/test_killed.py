"""A build is killed at random moments, and each time the site is the old one or the new one, whole."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from campaign.publishing.build import build_site
from site_folder import NOW, ROOT, Site

KILLS = 100
SETTINGS = ROOT / "pelicanconf.py"


@pytest.mark.attack
def test_a_killed_build_leaves_the_old_site_or_the_new_one_whole(tmp_path, monkeypatch, seconds):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    site, dice, until = Site(tmp_path), random.Random(1), time.monotonic() + seconds
    texts = [site.content.joinpath("updates/2024-02-01-begun.md").read_text(encoding="utf-8")]
    texts.append(texts[0].replace("12,345", "13,579"))
    whole = []
    for text in texts:
        site.write("updates/2024-02-01-begun.md", text)
        begun = time.monotonic()
        build_site(ROOT, site.content, site.output, settings=SETTINGS)
        whole.append(site.files())
    took = time.monotonic() - begun
    killed = stood = 0
    command = [sys.executable, "-m", "campaign", "build", "--content", str(site.content), "-o", str(site.output)]
    while killed < KILLS and time.monotonic() < until:
        site.write("updates/2024-02-01-begun.md", texts[killed % 2])
        build = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(dice.uniform(0, 1.3 * took))
        if build.poll() is None:
            os.killpg(build.pid, signal.SIGKILL)
        build.wait()
        killed += 1
        found = site.files()
        assert found in whole, f"after {killed} kills the site is neither of the two"
        stood += found == whole[(killed - 1) % 2]
    print(f"\nkilled builds: {killed}, of which {stood} had put the new site in its place; 0 left half of one")
    build_site(ROOT, site.content, site.output, settings=SETTINGS)
    # The folder in which a build works stays, with its lock and its record; of what was killed nothing is left in it.
    left = {path.relative_to(tmp_path).as_posix() for path in (*tmp_path.glob("[!.]*"), *tmp_path.glob(".*/*"))}
    assert left == {
        "content",
        "output",
        *(f".output.campaign/{name}" for name in ("lock", "made-by-campaign", "pages")),
    }
