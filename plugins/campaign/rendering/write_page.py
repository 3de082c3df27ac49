"""The page to write on: its modules joined into one script, its style, and its data with the sentences it says."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from gettext import NullTranslations
from pathlib import Path

from markupsafe import Markup

from campaign.loading.load import Loaded

from .write_data import write_data

FIRST = "page.js"
"""The module that begins the page; those it imports are found from there."""
_IMPORT = re.compile(r'^import (?:\{[\w$, \n]*\} from )?"\./([a-z-]+\.js)";\n', re.MULTILINE)
_RENAMED = re.compile(r"^import [^;]*\bas\b[^;]*;", re.MULTILINE)
_ANY_IMPORT = re.compile(r"^\s*import\b|\bimport\(|^\s*export\s*(?:\{|\*|default)", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|const|let|class)", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*//.*\n|^[ \t]*/\*\*(?s:.*?)\*/\n|(?<=[;{,]) // .*$", re.MULTILINE)
_STRING = r'"(?:[^"\\\n]|\\.)*"'
_SAID = re.compile(rf"(?<![\w$.])_\(\s*({_STRING}(?:\s*\+\s*{_STRING})*)")


@dataclass(frozen=True, slots=True)
class WritePage:
    """What write.html is made of besides its template."""

    data: Markup
    """The campaign and the sentences, as JSON that holds no ``<``."""
    script: Markup
    """All modules as one, in the order in which they need each other."""
    sheet: Markup
    """The style of the page alone, a cascade layer after the theme's."""


def write_page(folder: Path, loaded: Loaded, words: NullTranslations, address: str) -> WritePage:
    """Everything for the page of a campaign. folder: the theme's ``static``. Raises OSError where a file is missing."""
    repository = loaded.view.repository
    assert repository is not None
    script = joined(folder / "write")
    data = write_data(loaded, repository, address) | {"words": _translated(script, words)}
    sheet = re.sub(r"/\*.*?\*/|\n\s*", "", (folder / "write/write.css").read_text("utf-8"), flags=re.DOTALL)
    return WritePage(Markup(as_json(data)), Markup(script), Markup(sheet))


def as_json(data: Mapping[str, object]) -> str:
    """JSON that ends no element and begins no comment, whatever it holds."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})


def joined(folder: Path, first: str = FIRST) -> str:
    """The modules of a folder as one script: each once, behind those it imports, without imports, exports and comments.

    Names are one room's, so no two modules may give the same name to different things. Raises ValueError for an import
    or an export in another form than ``import { a } from "./b.js"`` and ``export function``.
    """
    done: dict[str, str] = {}

    def add(name: str) -> None:
        if name in done:
            return
        done[name] = ""  # a ring of imports ends here
        text = (folder / name).read_text("utf-8")
        needs = _IMPORT.findall(text)
        for each in needs:
            add(each)
        bare = _EXPORT.sub("", _IMPORT.sub("", text))
        if strange := _RENAMED.search(text) or _ANY_IMPORT.search(_COMMENT.sub("", bare)):
            raise ValueError(f"{name} imports or exports in a form that is not joined: {strange[0].strip()}")
        del done[name]
        done[name] = bare

    add(first)
    whole = _COMMENT.sub("", "".join(done.values()))
    lines = (re.sub(r"^ +", "", line).rstrip() for line in whole.splitlines())
    return "\n".join(line for line in lines if line)


def sentences(script: str) -> tuple[str, ...]:
    """What a script asks ``_`` for, each once, in order."""
    found = ("".join(json.loads(part) for part in re.findall(_STRING, match)) for match in _SAID.findall(script))
    return tuple(dict.fromkeys(found))


def _translated(script: str, words: NullTranslations) -> dict[str, str]:
    """What is said otherwise than in English."""
    said = {english: words.gettext(english) for english in sentences(script)}
    return {english: other for english, other in said.items() if other != english}
