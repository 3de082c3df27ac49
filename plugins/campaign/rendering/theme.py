"""A page's style, script and icon as the theme's folder has them, and the templates that a site is written from."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

TEMPLATES = (
    *("index.html", "article.html", "page.html", "event.html", "events.html", "archives.html", "period_archives.html"),
    *("money.html", "404.html", "poster.html", "embed.html", "badge.svg", "card.svg", "robots.txt", "sitemap.xml"),
)
"""What a site's files are written from."""
LAYERS = ("reset", "tokens", "base", "layout", "components", "utilities")
"""The theme's style sheets, each a cascade layer, in the order in which they yield to each other."""


def missing_templates(folder: Path) -> tuple[str, ...]:
    """The names of the templates that ``folder`` lacks, in the order of ``TEMPLATES``.

    Pelican would take others of the same name from its own theme.
    """
    return tuple(name for name in TEMPLATES if not (folder / name).is_file())


def stylesheet(folder: Path) -> str:
    """The theme's layers as one sheet, without comments and needless white space.

    folder: holds ``tokens.css`` and the other layers. Raises OSError where one of them cannot be read.
    """
    css = f"@layer {','.join(LAYERS)};" + "".join((folder / f"{layer}.css").read_text("utf-8") for layer in LAYERS)
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r" ?([{};,]) ?", r"\1", css).replace(";}", "}").strip()


def script(path: Path) -> str:
    """The theme's script without the lines that only explain it. Raises OSError where ``path`` cannot be read."""
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def icon(path: Path) -> str:
    """The theme's icon, an SVG. Raises OSError where ``path`` cannot be read."""
    return path.read_text("utf-8").strip()


def digest(text: str) -> str:
    """What a page's policy calls an inline style or script by: ``sha256-`` and the hash in base 64."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
