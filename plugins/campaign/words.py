"""The theme's words in the campaign's language, from the catalogs in ``theme/locale``; English where there is none."""

from __future__ import annotations

import io
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def words(folder: Path, locale: str) -> NullTranslations:
    """The catalog for a locale such as ``de_AT``: ``de_AT.po`` in ``folder``, else ``de.po``, else English.

    A catalog is read as its translator wrote it, so that there is no compiled file to forget.
    """
    for name in (locale, locale.partition("_")[0]):
        path = folder / f"{name}.po"
        if path.is_file():
            compiled = io.BytesIO()
            with path.open("rb") as written:
                write_mo(compiled, read_po(written, locale=locale, abort_invalid=True))
            compiled.seek(0)
            return GNUTranslations(compiled)
    return NullTranslations()
