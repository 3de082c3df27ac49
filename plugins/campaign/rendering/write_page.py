"""The page to write on: its modules joined into one script, its style and its data."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from gettext import NullTranslations
from pathlib import Path

from markupsafe import Markup

from campaign.loading.load import Loaded
from campaign.loading.site_paths import content_in_project

from .script import tight, with_short_names
from .styles import stripped_css, stylesheet
from .write_data import write_data

FIRST = "page.js"
"""The module that begins the page; those it imports are found from there."""
OPEN = "github.js"
"""The module that the key is given to; in the page, too, it can be read with its own names."""
_IMPORT = re.compile(r'^import (?:\{[\w$, \n]*\} from )?"\./([a-z-]+\.js)";\n', re.MULTILINE)
_RENAMED = re.compile(r"^import [^;]*\bas\b[^;]*;", re.MULTILINE)
_ANY_IMPORT = re.compile(r"^\s*import\b|\bimport\(|^\s*export\s*(?:\{|\*|default)", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|const|let|class)", re.MULTILINE)
_STRING = r'"(?:[^"\\\n]|\\.)*"'
_SAID = re.compile(rf"(?<![\w$.])_\(\s*({_STRING}(?:\s*\+\s*{_STRING})*)")


@dataclass(frozen=True, slots=True)
class WritePage:
    """What write.html is made of besides its template."""

    by_hand: str
    """Where GitHub's editor begins a new update, for whoever has no script."""
    data: str
    """The campaign, as JSON that holds no ``<``."""
    script: str
    """All modules as one, in the order in which they need each other, in the site's language, with few letters."""
    sheet: str
    """What of the theme's style the page uses, and the style of the page alone."""


def write_page(folder: Path, loaded: Loaded, words: NullTranslations, address: str) -> WritePage:
    """Everything for the page of a campaign. folder: the theme's ``static``. Raises OSError where a file is missing."""
    repository = loaded.view.repository
    assert repository is not None
    script = spoken(joined(folder / "write"), words)
    templates = folder.parent / "templates"
    template = (templates / "write.html").read_text("utf-8")
    template += "".join((templates / name).read_text("utf-8") for name in _INCLUDED.findall(template))
    sheet = stylesheet(folder / "css") + stripped_css((folder / "write/write.css").read_text("utf-8"))
    data = write_data(loaded, repository, address)
    return WritePage(
        repository.new_file(f"{content_in_project(loaded.view)}/updates"),
        Markup(as_json(data)),
        Markup(with_short_names(script, (folder / "write" / OPEN).read_text("utf-8"))),
        Markup(only_used(sheet, names_in(script + template))),
    )


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
        if _RENAMED.search(text) or _ANY_IMPORT.search(bare):
            raise ValueError(f"{name} imports or exports in a form that is not joined")
        del done[name]
        done[name] = bare

    add(first)
    return tight("\n".join(done.values()))


def sentences(script: str) -> tuple[str, ...]:
    """What a script asks ``_`` for, each once, in order."""
    return tuple(dict.fromkeys(map(_sentence, _SAID.finditer(script))))


def _sentence(match: re.Match[str]) -> str:
    return "".join(json.loads(part) for part in re.findall(_STRING, match[1]))


def spoken(script: str, words: NullTranslations) -> str:
    """A script that says its sentences in the language of a catalog: each stands in it once, where it is said."""

    def translated(match: re.Match[str]) -> str:
        said = json.dumps(words.gettext(_sentence(match)), ensure_ascii=False)
        return f"_({said.replace('<', chr(92) + 'u003c')}"

    return _SAID.sub(translated, script)


_INCLUDED = re.compile(r'include "([^"]+)"')


def names_in(text: str) -> frozenset[str]:
    """What may be a class, an id or an element in templates and scripts: ``.plain``, ``#main`` and ``h2``."""
    said = " ".join(re.findall(r"\b(?:class|id)\s*[:=]([^,}>]*)", text))
    marked = [name for words in re.findall('"([a-z0-9 -]+)"', said) for name in words.split()]
    elements = re.findall('(?:<|")([a-z][a-z0-9]*)', text)
    return frozenset((*(sign + name for sign in ".#" for name in marked), *elements, "html", "body"))


def only_used(sheet: str, known: frozenset[str]) -> str:
    """A style sheet without comments, less its rules for what is not known, and less values that nothing asks for."""

    def kept(css: str) -> str:
        pieces, at = [], 0
        while (opening := css.find("{", at)) >= 0:
            selector, end = css[at:opening], _closing(css, opening)
            inner = css[opening + 1 : end]
            before, semicolon, selector = selector.rpartition(";")
            if selector.strip().startswith(("@layer", "@media", "@container")):
                found = kept(inner)
            else:
                used = [each for each in _SELECTOR.findall(selector) if _may_apply(each, known)]
                selector, found = ",".join(used), inner if used else ""
            pieces.append(before + semicolon + (f"{selector}{{{found}}}" if found else ""))
            at = end + 1
        return "".join(pieces) + css[at:]

    used = kept(sheet)
    asked = frozenset(re.findall(r"var\((--[\w-]+)", used))
    used = _VALUE.sub(lambda match: match[0] if match[1] in asked else "", used)
    return re.sub(r"(?<=[\w-]): ", ":", used).replace(";}", "}")


_SELECTOR = re.compile(r"(?:[^,()]|\((?:[^()]|\([^()]*\))*\))+")
"""One of several selectors; commas in brackets, of which one pair may stand in another, part none."""
_VALUE = re.compile(r"(--[\w-]+): [^;}]*(?:;|(?=\}))")
_NAME = re.compile(r"(?<![\w:-])[.#]?[a-z][\w-]*")


_CHOICE = re.compile(r":(is|has|not)\(((?:[^()]|\([^()]*\))*)\)")


def _may_apply(selector: str, known: frozenset[str]) -> bool:
    """Whether all that a selector names is known, and one of what it leaves to choose; what it excludes need not be."""
    inner = [match[2] for match in _CHOICE.finditer(selector) if match[1] != "not"]
    named = _NAME.findall(re.sub(r"\([^)]*\)|\[[^\]]*\]|::?[\w-]+", "", _CHOICE.sub("", selector)))
    return known.issuperset(named) and all(
        any(_may_apply(each, known) for each in _SELECTOR.findall(choices)) for choices in inner
    )


def _closing(css: str, opening: int) -> int:
    """Where the brace that opens at a place is closed."""
    depth = 0
    for match in re.finditer("[{}]", css[opening:]):
        depth += 1 if match[0] == "{" else -1
        if not depth:
            return opening + match.start()
    raise ValueError("a brace of the style sheet is not closed")
