"""What is said and typed in the campaign's language, from the catalogs in ``theme/locale``; else in English."""

from __future__ import annotations

import io
from collections.abc import Mapping
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from types import MappingProxyType

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from .core.money import ENGLISH, Qualifier, Vocabulary

CATALOGS = Path(__file__).parents[2] / "theme" / "locale"
"""The project's own catalogs, for what is typed; a theme of somebody's own brings its own for what is shown."""


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


def vocabulary(locale: str, folder: Path = CATALOGS) -> Vocabulary:
    """What people type in a locale's language: the words before an amount that is not exact, and yes and no."""
    catalog = words(folder, locale)
    if type(catalog) is NullTranslations:
        return ENGLISH
    before_amounts = {
        Qualifier.ABOUT: catalog.pgettext("typed before an amount; all words for it, with commas", "about"),
        Qualifier.AT_LEAST: catalog.pgettext("typed before an amount; all words for it, with commas", "at least"),
        Qualifier.MORE_THAN: catalog.pgettext("typed before an amount; all words for it, with commas", "more than"),
    }
    # What pages say can be typed, too, whether or not it is among these.
    shown = {
        catalog.gettext("about").lower(): Qualifier.ABOUT,
        catalog.gettext("at least").lower(): Qualifier.AT_LEAST,
        catalog.gettext("more than").lower(): Qualifier.MORE_THAN,
    }
    answers = {
        True: catalog.pgettext("typed as an answer; all words for it, with commas", "yes"),
        False: catalog.pgettext("typed as an answer; all words for it, with commas", "no"),
    }
    return Vocabulary(
        MappingProxyType(shown | {word: meant for meant, typed in before_amounts.items() for word in _listed(typed)}),
        MappingProxyType({word: meant for meant, typed in answers.items() for word in _listed(typed)}),
    )


def answers(folder: Path = CATALOGS) -> Mapping[str, bool]:
    """Yes and no in every language that there is a catalog for, for questions before the language is known."""
    found = {"y": True, "n": False, **ENGLISH.answers}
    for path in sorted(folder.glob("*.po")):
        found |= vocabulary(path.stem, folder).answers
    return MappingProxyType(found)


def _listed(words: str) -> list[str]:
    return [word.strip().lower() for word in words.split(",") if word.strip()]
