"""The tests' own fonts: what a machine has besides changes no result. Run by itself it names those that are missing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

SETS = {
    "android": ("Noto Serif", "Roboto"),
    "wide": ("DejaVu Serif", "DejaVu Sans"),
    "narrow": ("Liberation Serif", "Liberation Sans"),
    "palatino": ("P052", "Nimbus Sans"),
}
"""What donors' devices have, from narrow to wide: a serif for words, a sans for notes."""
GENERIC = "android"
"""The set that stands for ``serif`` and ``sans-serif``; where a page names a family that is here, it gets that."""
CODE = "Liberation Mono"
SCRIPTS = ("Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Thai")
"""For words that none of the above can write."""
PACKAGES = ("fonts-noto-core", "fonts-roboto-unhinted", "fonts-dejavu-core", "fonts-liberation", "fonts-urw-base35")
"""Debian's packages of them."""

_STYLES = ("-Regular", "-Roman", "-Bold", "-Italic", "-BoldItalic", "-BdIta", "-Oblique", "-BoldOblique", "")
_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "~/Library/Fonts",
    "/Library/Fonts",
)


def families() -> tuple[str, ...]:
    return (*(family for both in SETS.values() for family in both), CODE, *SCRIPTS)


def files() -> dict[str, list[Path]]:
    """The files of each family, by its name; none where it is not installed."""
    named = {name: family for family in families() for name in _names(family)}
    found: dict[str, list[Path]] = {family: [] for family in families()}
    for folder in _FOLDERS:
        for path in sorted(Path(folder).expanduser().rglob("*.[ot]tf")):
            family = named.get(path.stem)
            if family and path.name not in (known.name for known in found[family]):
                found[family].append(path)
    return found


def _names(family: str) -> Iterator[str]:
    plain = family.replace(" ", "")
    yield from (plain + style for style in _STYLES)


def configuration(folder: Path) -> Path:
    """A fontconfig file in ``folder`` with those fonts alone, the generic names mapped to one of the sets."""
    here = folder / "fonts"
    here.mkdir(parents=True)
    for family, paths in files().items():
        assert paths, f"{family} is not installed; tests/browser/machine says how"
        for path in paths:
            (here / path.name).symlink_to(path)
    serif, sans = SETS[GENERIC]
    generic = {"serif": serif, "sans-serif": sans, "system-ui": sans, "ui-monospace": CODE, "monospace": CODE}
    aliases = "".join(
        f'<alias binding="same"><family>{name}</family><prefer><family>{family}</family></prefer></alias>'
        for name, family in generic.items()
    )
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        f"<dir>{escape(str(here))}</dir><cachedir>{escape(str(folder / 'cache'))}</cachedir>{aliases}</fontconfig>",
        encoding="utf-8",
    )
    return path


if __name__ == "__main__":
    missing = [family for family, paths in files().items() if not paths]
    print(", ".join(missing))
    sys.exit(bool(missing))
