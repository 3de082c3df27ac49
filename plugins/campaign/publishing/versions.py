"""Which versions of Pelican this is written for."""

from __future__ import annotations

import re

PELICANS = ((4, 12), (5,))
"""The first version of Pelican that this is written for, and the first that it is not; pyproject.toml says the same."""


def unfit(version: str) -> str:
    """Why a version of Pelican, such as ``4.12.0``, will not do, in one sentence; empty for one that will."""
    first, never = (".".join(map(str, bound)) for bound in PELICANS)
    found = tuple(map(int, re.findall(r"[0-9]+", version)[:2]))
    if PELICANS[0] <= found < PELICANS[1]:
        return ""
    return (
        f"This site needs Pelican {first} or later, and before {never}; here is {version or 'one without a version'}."
        " Install what requirements.txt lists; nothing was built."
    )
