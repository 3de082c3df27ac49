"""A text in any of the scripts of Europe becomes a name of small letters, digits and hyphens."""

from __future__ import annotations

import re
import unicodedata

MAX_LENGTH = 60
"""Characters of a name that is made or suggested; people read it, and pass it on."""

_OF_A_LANGUAGE = {
    "bg": {"щ": "sht", "ъ": "a", "х": "h"},
    "da": {"å": "aa", "ø": "oe"},
    "de": {"ä": "ae", "ö": "oe", "ü": "ue"},
    "sr": {"ж": "z", "х": "h", "ц": "c", "ч": "c", "ш": "s"},
    "uk": {"г": "h", "и": "y", "й": "i"},
}
"""What one language writes otherwise than the others, by its code."""
_WRITTEN = (
    # Latin letters that are no letter with an accent; of those, Unicode itself says what they are.
    "ł=l ø=o đ=d ß=ss æ=ae œ=oe ð=d þ=th ı=i ħ=h ŋ=n ŧ=t ĸ=k ə=a ƒ=f ɛ=e ɔ=o ɓ=b ɗ=d ƙ=k",
    # Greek, as passports have it.
    "ου=ou α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o",
    # Cyrillic, as passports and newspapers have it.
    "а=a б=b в=v г=g д=d е=e ж=zh з=z и=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ъ=",
    "ы=y ь= э=e ю=yu я=ya і=i є=ie ґ=g ђ=dj ј=j љ=lj њ=nj ћ=c џ=dz ѕ=dz",
)
_LETTERS = dict(pair.split("=") for line in _WRITTEN for pair in line.split())
_LETTER = re.compile("|".join(sorted(_LETTERS, key=len, reverse=True)))


def slug(text: str, locale: str = "", longest: int = MAX_LENGTH) -> str:
    """``Łódź, für Zoë`` is ``lodz-fur-zoe``, or ``lodz-fuer-zoe`` with the locale ``de_DE``.

    Empty where the text holds no digit and no letter of a script that is known here: Latin, Greek and Cyrillic. Of
    other scripts nobody can say how a word sounds without knowing its language, so nothing is made up.
    """
    return re.sub("[^a-z0-9]+", "-", ascii_of(text.lower(), locale).lower()).strip("-")[:longest].strip("-")


def ascii_of(text: str, locale: str = "") -> str:
    """The text with its letters as ASCII writes them; a space for whatever has no such letter."""
    own = of_language(locale)
    whole = unicodedata.normalize("NFC", text)
    for letter, written in own.items():
        whole = whole.replace(letter, written).replace(letter.upper(), written.capitalize())
    # Accents stand behind their letters now, and are left out; so are signs within a word, as in l'été and col·lecta.
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", whole) if not unicodedata.combining(sign))
    bare = _LETTER.sub(lambda match: _LETTERS[match[0]], re.sub("['\u2019\u02bc\u00b7]", "", bare))
    return "".join(sign if sign.isascii() else _LETTERS.get(sign.lower(), " ").capitalize() for sign in bare)


def of_language(locale: str) -> dict[str, str]:
    """What the language of a locale writes otherwise than the others: ``ä`` is ``ae`` in German."""
    return dict(_OF_A_LANGUAGE.get(locale.partition("_")[0], {}))


def written_letters() -> dict[str, str]:
    """Every letter that is no Latin one with an accent, as ASCII writes it."""
    return dict(_LETTERS)
