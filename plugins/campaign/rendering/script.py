"""A script with fewer letters that does the same: no comments, no needless spaces, short names for what is its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count, product
from string import ascii_letters

Token = tuple[str, str]
"""What it is (space, text, number, name, sign or template) and its letters."""

_TOKEN = re.compile(
    r"(?P<space>\s+|//[^\n]*|/\*(?s:.*?)\*/)"
    r"|(?P<text>\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')"
    r"|(?P<number>[0-9][\w.]*)"
    r"|(?P<name>[\w$]+)"
    r"|(?P<sign>=>|\?\.|\.\.\.|[=!<>+*%&|?-]+|\S)"
)
_PATTERN = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
_BEFORE_PATTERN = re.compile(r"(?:[(,=:\[!&|?{};+<>-]|\breturn|^)$")
"""Behind anything else a slash divides."""
_TEMPLATE = re.compile(r"[`}](?:[^`\\$]|\\.|\$(?!\{))*(?:`|\$\{)", re.DOTALL)
_DECLARED = frozenset(("const", "let", "function", "class"))
_BEFORE_METHOD = frozenset(("{", "}", ",", ";", "*", "async", "get", "set", "static"))
_WORD_ENDS, _WORD_BEGINS = re.compile(r"[\w$]$"), re.compile(r"[\w$]")
_MAY_END, _MAY_BEGIN = re.compile(r"[\w$)\]}\"'`/]$"), re.compile(r"[\w$\[(`\"'+!-]")


def tokens(script: str) -> Iterator[Token]:
    """What a script consists of, in order and without a gap. Raises ValueError at what it cannot read."""
    at, before, braces = 0, "", list[int]()
    while at < len(script):
        is_template = script[at] == "`" or (script[at] == "}" and braces[-1:] == [0])
        is_pattern = script[at] == "/" and script[at + 1 : at + 2] not in "/*" and _BEFORE_PATTERN.search(before)
        match = (_TEMPLATE if is_template else _PATTERN if is_pattern else _TOKEN).match(script, at)
        if match is None:
            raise ValueError(f"what begins here is not closed: {script[at : at + 40]!r}")
        text = match[0]
        kind = "template" if is_template else match.lastgroup or "text"
        if is_template:
            # Each open brace of a template counts those that are open within it.
            braces[len(braces) - (text[0] == "}") :] = [0] if text.endswith("${") else []
        elif braces and text in "{}":
            braces[-1] += 1 if text == "{" else -1
        at = match.end()
        before = before if kind == "space" else text
        yield kind, text
    if braces:
        raise ValueError("a template of the script is not closed")


def tight(script: str) -> str:
    """A script without comments and needless spaces; a line ends where the next might go on with it."""
    kept: list[str] = [""]
    space = ""
    for kind, text in tokens(script):
        if kind == "space":
            space = "\n" if "\n" in space + text else " "
            continue
        last = kept[-1]
        if space and _needs(space, last, text):
            kept.append(space)
        elif text in (")", "]", "}") and last == "," and kept[-2] not in (",", "["):
            kept.pop()
        kept.append(text)
        space = ""
    return "".join(kept)


def _needs(space: str, last: str, text: str) -> bool:
    """Whether two tokens would be others, or one statement, without the space between them."""
    if space == "\n" and _MAY_END.search(last) and _MAY_BEGIN.match(text):
        return True
    return bool(_WORD_ENDS.search(last) and _WORD_BEGINS.match(text)) or (
        last[-1:] in ("+", "-") and text[0] == last[-1]
    )


def with_short_names(script: str, but: str = "") -> str:
    """A tight script in which a name is short where it is declared in it, and nowhere a key or behind a point.

    All things of one name get one name, so whatever was one stays one; a name of the browser must not be declared.
    but: a part of the script that stays as it is.
    """
    read = tuple(tokens(script))
    kept = frozenset(text for _, text in tokens(but))
    short = dict(zip((name for name in own_names(read) if name not in kept), _fresh(), strict=False))
    return "".join(short.get(text, text) if kind == "name" else text for kind, text in read)


def own_names(script: Iterable[Token]) -> tuple[str, ...]:
    """The names of a script's tokens that may be others, the most frequent first."""
    read = [token for token in script if token[0] != "space"]
    declared, others, frequent = set[str](), set[str](), Counter[str]()
    around: list[str] = []
    for place, (kind, text) in enumerate(read):
        before, after = read[place - 1][1] if place else "", read[place + 1][1] if place + 1 < len(read) else ""
        if kind == "template":
            around[len(around) - (text[0] == "}") :] = ["${"] if text.endswith("${") else []
        elif kind == "sign" and text in "({[":
            around.append(text)
        elif kind == "sign" and text in ")}]":
            around.pop()
        elif kind == "name":
            frequent[text] += 1
            if before in _DECLARED:
                declared.add(text)
            is_key = around[-1:] == ["{"] and before in ("{", ",") and after in (",", "}", ":", "=")
            if is_key or before in (".", "?.") or (before in _BEFORE_METHOD and _is_method(read, place)):
                others.add(text)
    return tuple(name for name, _ in frequent.most_common() if name in declared - others and len(name) > 2)


def _is_method(read: list[Token], place: int) -> bool:
    """Whether a name begins a method: what stands in brackets behind it, and then a brace."""
    depth = 0
    for at in range(place + 1, len(read)):
        kind, text = read[at]
        depth += (kind == "sign") * ((text == "(") - (text == ")"))
        if not depth:
            return at > place + 1 and read[at + 1 : at + 2] == [("sign", "{")]
    return False


def _fresh() -> Iterator[str]:
    for length in count(1):
        yield from ("$" + "".join(letters) for letters in product(ascii_letters, repeat=length))
