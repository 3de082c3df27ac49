"""A small campaign in a folder of its own, and what a real Pelican run makes of it."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from pathlib import Path

import warm
from campaign.publishing.signature import SIGNATURE

ROOT = Path(__file__).resolve().parent.parent
# 1 March 2024: after every date in the small campaigns below.
NOW = "1709294400"
# 28 May 2026: after every date in the whole campaigns of tests/sites.
MOMENT = "1780000000"

CAMPAIGN = """\
name: A new roof
currency: GBP
goal: 50,000
summary: The hall roof lets in the rain.
promise: {too_much: It mends the gutters., too_little: It mends half., not_needed: It mends the gutters.}
"""
UPDATE = """\
---
title: We have begun
date: 2024-02-01
totals:
  raised: 12,345
---
The first buckets are full.
"""


class Site:
    """A campaign in a folder, and what Pelican makes of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.content = folder / "content"
        self.output = folder / "output"
        self.write("campaign.yaml", CAMPAIGN)
        self.write("updates/2024-02-01-begun.md", UPDATE)

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def pelican(
        self, *options: str, settings: Path = ROOT / "pelicanconf.py", environ: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """``pelican content`` alone: no wrapper and no ``--fatal``."""
        command = [sys.executable, "-m", "pelican", str(self.content), "-s", str(settings), "-o", str(self.output)]
        return run([*command, *options], self.folder, environ)

    def page(self, name: str) -> str:
        return (self.output / name).read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """Every file of the site, with its bytes: all of the output but what says whose it is."""
        return {
            path.relative_to(self.output).as_posix(): path.read_bytes()
            for path in sorted(self.output.rglob("*"))
            if path.is_file() and path.name != SIGNATURE
        }


def run(command: list[str], cwd: Path, environ: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """A command on the day of the small campaigns, its words in a plain wide terminal."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GITHUB_")}
    environment |= warm.PLAIN | {"SOURCE_DATE_EPOCH": NOW} | dict(environ or {})
    return warm.run(command, cwd, environment)


def unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """Everything in an archive, into a folder and nowhere else; Python knows no filter before 3.11.4."""
    if hasattr(tarfile, "data_filter"):
        archive.extractall(folder, filter="data")
    else:
        archive.extractall(folder, [member for member in archive if member.isreg() or member.isdir()])
