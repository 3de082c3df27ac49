"""Where a site may be written: never among what it is made from."""

from __future__ import annotations

from pathlib import Path

OWN = ("theme", "plugins", "tests", "docs", "benchmarks", "stubs", ".git", ".github", ".ci", ".cache")
"""The project's folders in which a site would be taken for a part of it."""


def in_the_way(output: Path, content: Path, project: Path, *others: Path) -> str:
    """Why a site cannot be written to ``output``; nothing where it can.

    others: what this project has elsewhere, such as a theme.
    """
    place, own = output.resolve(), [(project / name).resolve() for name in OWN] + [other.resolve() for other in others]
    if any(path.is_relative_to(place) for path in (project.resolve(), content.resolve(), *own)):
        return f"{output} holds the project itself and would be replaced; name another folder with -o."
    if place.is_relative_to(content.resolve()):
        return f"{output} lies in the content and would be read with it; name another folder with -o."
    if any(place.is_relative_to(path) for path in own):
        return f"{output} lies among the project's own files; name another folder with -o."
    return ""
