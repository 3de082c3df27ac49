"""What is said and typed in the campaign's language, from the catalogs in ``theme/locale``; else in English."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path
from types import MappingProxyType

from babel.messages import Catalog, Message
from babel.messages.pofile import PoFileError, denormalize, read_po

from campaign.core.reading.money import Qualifier
from campaign.core.reading.problems import CampaignError, Problem
from campaign.core.reading.region import ENGLISH, Vocabulary

from .plain_file import read_bytes

CATALOGS = Path(__file__).parents[3] / "theme" / "locale"
"""The project's own catalogs, for what is typed; a theme of somebody's own brings its own for what is shown."""
MAX_BYTES = 1024 * 1024
"""Of a catalog; ours have 40 KB."""

IN_ANOTHER_ORDER = "in the order"
"""How a translator's comment begins above a sentence whose figures stand in another order than in English."""

_STRING = r'"[^\n]*(?:\n[ \t]*"[^\n]*)*'
_ENTRY = re.compile(
    rf"^[ \t]*(?:msgctxt (?P<context>{_STRING})\n[ \t]*)?(?P<begins>msgid) (?P<id>{_STRING})", re.MULTILINE
)
"""What an entry of a catalog begins with."""
_PLACE = re.compile(r"%(?:\(\w+\))?.?", re.DOTALL)
"""Where a name or a figure is put in."""
_FIGURE = re.compile(r"\d")
_MARKUP = re.compile(r'[<>"&\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]')
"""What a browser does not take for words; pages take translations as they are, since they are the theme's own."""


class Translations(NullTranslations):
    """What catalogs say; remembers what they were asked for in vain, which is shown in English."""

    def __init__(self, said: Mapping[tuple[str | None, str], str]) -> None:
        """said: each translation by its context and its English."""
        super().__init__()
        self.unsaid: set[str] = set()
        self._words = dict(said)

    def gettext(self, message: str) -> str:
        """The words for an English text; the text itself where the catalog lacks it."""
        return self._of(None, message)

    def pgettext(self, context: str, message: str) -> str:
        """As ``gettext``, of a text that means another thing elsewhere; ``context`` says which."""
        return self._of(context, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """In English: no word of ours has a plural of its own, since a figure may be no whole number."""
        return self._of(None, msgid1 if n == 1 else msgid2)

    def _of(self, context: str | None, message: str) -> str:
        if (context, message) not in self._words:
            self.unsaid.add(message)
        return self._words.get((context, message), message)


def words(folder: Path, locale: str) -> NullTranslations:
    """The catalog for a locale such as ``de_AT``: ``de_AT.po`` in ``folder`` where it says something, then ``de.po``.

    English where neither is there. A catalog is read as its translator wrote it, so that there is no compiled file to
    forget. Raises CampaignError (``catalog``) for one that is not whole: a page would be half in English, or lack a
    figure.
    """
    language = locale.partition("_")[0]
    paths = [folder / f"{name}.po" for name in dict.fromkeys((language, locale))]
    read = [_read(path, _bytes_of(path)) for path in paths if path.exists() or path.is_symlink()]
    if problems := [problem for _, found in read for problem in found]:
        raise CampaignError(sorted(problems, key=lambda problem: (problem.path, problem.line)))
    if not read:
        return NullTranslations()
    return Translations({key: text for said, _ in read for key, text in said.items()})


def in_english(locale: str, folder: Path = CATALOGS) -> str:
    """A sentence for whoever builds, where pages say everything in English that their locale would say otherwise."""
    language = locale.partition("_")[0]
    if language == "en" or any((folder / f"{name}.po").exists() for name in (language, locale)):
        return ""
    return (
        f"The pages speak English, because theme/locale holds no {language}.po;"
        f" only figures and dates are written as in {locale}."
    )


def unsaid(words: NullTranslations) -> list[str]:
    """What was asked of a catalog that says nothing for it."""
    return sorted(words.unsaid) if isinstance(words, Translations) else []


def _bytes_of(path: Path) -> bytes:
    try:
        return read_bytes(path, MAX_BYTES)
    except OSError as error:
        raise CampaignError([_problem(path, 1, f"the catalog cannot be read ({error.strerror})")]) from None


@lru_cache(maxsize=8)
def _read(path: Path, data: bytes) -> tuple[Mapping[tuple[str | None, str], str], tuple[Problem, ...]]:
    """What a catalog says by its context and its English, and what is wrong with it.

    A build asks twice, for what is typed and for what is shown; and a catalog takes longer to read than an appeal.
    """
    try:
        catalog = read_po(io.BytesIO(data), abort_invalid=True)
        text = data.decode(catalog.charset)
    except PoFileError as error:
        raise CampaignError(
            [_problem(path, error.lineno + 1, "this is no line of a catalog; see the ones beside it")]
        ) from None
    except (ValueError, LookupError):
        raise CampaignError([_problem(path, 1, "the catalog cannot be read; save it as UTF-8")]) from None
    said = {(message.context, str(message.id)): str(message.string) for message in catalog if message.id}
    return said, (*_faults(path, catalog), *_doubles(path, text))


def _faults(path: Path, catalog: Catalog) -> Iterator[Problem]:
    translated = [message for message in catalog if message.id]
    if not translated:
        yield _problem(path, 1, "the catalog says nothing; bring it back, or delete it to have the pages in English")
    for message in translated:
        if fault := _fault(message):
            yield _problem(path, message.lineno or 1, fault)


def _doubles(path: Path, text: str) -> Iterator[Problem]:
    """Texts that are translated twice: whoever reads the catalog sees the first, and the page shows the last."""
    first: dict[tuple[str, str], int] = {}
    line, counted = 1, 0
    for entry in _ENTRY.finditer(text):
        line, counted = line + text.count("\n", counted, entry.start("begins")), entry.start("begins")
        english = denormalize(entry["id"])
        before = first.setdefault((denormalize(entry["context"] or ""), english), line)
        if english and before != line:
            message = f"the translation of '{english}' stands in line {before} already; delete one of the two"
            yield _problem(path, line, message)


def _fault(message: Message) -> str:
    english, said = message.id, message.string
    if not isinstance(english, str) or not isinstance(said, str):
        return "no word of the pages has a plural of its own; write one msgid and one msgstr"
    named = f"the translation of '{english}'"
    if not said.strip():
        return f"{named} is missing; without it the page would be half in English"
    if message.fuzzy:
        return f"{named} is marked as fuzzy, which nobody has confirmed; read it, then delete the word fuzzy above it"
    order = _PLACE.findall(said)
    places = sorted(_PLACE.findall(english))
    if places != sorted(order):
        how = f"must hold {' and '.join(places)} just as the English does" if places else "must hold no %"
        return f"{named} {how}: there the page puts in a name or a figure"
    meant = f"{IN_ANOTHER_ORDER} {', '.join(place[2:-2] for place in order)}"
    if order != _PLACE.findall(english) and meant not in message.user_comments:
        return f"{named} has its figures in another order; if they belong there, write '# {meant}' above it"
    if sorted(_FIGURE.findall(english)) != sorted(_FIGURE.findall(said)):
        return f"{named} must hold the same figures as the English"
    if sorted(_MARKUP.findall(english)) != sorted(_MARKUP.findall(said)):
        return f'{named} must hold no < > " & and no hidden sign that the English has not'
    if (english[0].isspace(), english[-1].isspace()) != (said[0].isspace(), said[-1].isspace()):
        return f"{named} must begin and end with a space where the English does, and only there"
    return ""


def _problem(path: Path, line: int, message: str) -> Problem:
    root = CATALOGS.parents[1]
    named = path.relative_to(root) if path.is_relative_to(root) else path
    return Problem(named.as_posix(), line, "", message, "catalog")


def vocabulary(locale: str, folder: Path = CATALOGS) -> Vocabulary:
    """What people type in a locale's language: the words before an amount that is not exact, and yes and no.

    Raises CampaignError (``catalog``) where the catalog is not whole.
    """
    catalog = words(folder, locale)
    if not isinstance(catalog, Translations):
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
    if missing := unsaid(catalog):
        path = folder / f"{locale.partition('_')[0]}.po"
        message = "the catalog says nothing for {}, which is needed to read what people type"
        raise CampaignError([_problem(path, 1, message.format(" and ".join(f"'{each}'" for each in missing)))])
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
