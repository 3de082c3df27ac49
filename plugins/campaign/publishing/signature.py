"""Which files of a folder this project's command wrote, so that a folder with anything else in it is never replaced."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

SIGNATURE = ".campaign-site.json"
"""Lists the files of a site, in the site's own folder; web servers and GitHub Pages leave hidden files out."""
LITTER = frozenset((".DS_Store", "Thumbs.db", "desktop.ini"))
"""What a computer writes by itself into a folder that somebody looks at."""


def sign(folder: Path, files: Iterable[str]) -> None:
    """Say that ``files``, paths from ``folder`` with forward slashes, are this command's."""
    listed = {"written by": "campaign build", "files": sorted(files)}
    (folder / SIGNATURE).write_text(json.dumps(listed, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def strangers(folder: Path) -> list[str]:
    """What stands in ``folder`` and is not this command's, as paths from it; everything where nothing is signed.

    Folders are named with a slash, and nothing below a strange folder is looked at. Raises OSError where the folder
    cannot be read.
    """
    ours = _listed(folder / SIGNATURE)
    above = {parent.as_posix() for file in ours for parent in Path(file).parents}
    found: list[str] = []
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                place = Path(entry.path).relative_to(folder).as_posix()
                if entry.is_dir(follow_symlinks=False):
                    if place in above:
                        waiting.append(Path(entry.path))
                    else:
                        found.append(f"{place}/")
                elif place not in ours and entry.name not in LITTER:
                    found.append(place)
    return sorted(found)


def _listed(path: Path) -> frozenset[str]:
    """The files that a signature lists and the signature itself; none where there is no sound one."""
    try:
        said = json.loads(path.read_text(encoding="utf-8")) if not path.is_symlink() else None
    except (OSError, ValueError):
        return frozenset()
    files = said.get("files") if isinstance(said, dict) else None
    if not isinstance(files, list) or not all(isinstance(file, str) for file in files):
        return frozenset()
    return frozenset((*files, SIGNATURE))
