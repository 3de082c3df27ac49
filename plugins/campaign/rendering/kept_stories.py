"""Whether a run may take the stories that an earlier one read, and where they are kept."""

from __future__ import annotations

import os
from pathlib import Path

from campaign.loading.stories import Stories

from .fingerprint import of_code

FILE = ".cache/stories"


def kept_stories(root: Path, content: Path) -> Stories:
    """What runs on this computer have read of the project in ``root``.

    Nothing of content that lies elsewhere, and nothing where machines build what somebody sent them: the file may have
    come with it.
    """
    root = root.resolve()
    is_project = (root / "pelicanconf.py").is_file() and content.resolve().is_relative_to(root)
    return Stories(root / FILE, of_code()) if is_project and not os.environ.get("CI") else Stories()
