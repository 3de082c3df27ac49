"""The theme's style sheets as one, as short as they can be without saying less."""

from __future__ import annotations

import re
from pathlib import Path

LAYERS = ("reset", "tokens", "base", "layout", "components", "utilities")
"""The theme's style sheets, each a cascade layer, in the order in which they yield to each other."""


def stylesheet(folder: Path) -> str:
    """The theme's layers as one sheet, without comments and needless white space.

    folder: holds ``tokens.css`` and the other layers. Raises OSError where one of them cannot be read.
    """
    css = f"@layer {','.join(LAYERS)};" + "".join((folder / f"{layer}.css").read_text("utf-8") for layer in LAYERS)
    return stripped_css(css)


def stripped_css(css: str) -> str:
    """A sheet without comments and needless white space."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r" ?([{};,]) ?", r"\1", css).replace(";}", "}").strip()
