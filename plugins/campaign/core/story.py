"""The first sentence of a story, as plain text, for lists and descriptions."""

from __future__ import annotations

import re

LONGEST = 240

_PICTURE = re.compile(r"!\[[^\]]*\](\([^)]*\)|\[[^\]]*\])")
_LINK = re.compile(r"\[([^\]]*)\](\([^)]*\)|\[[^\]]*\])")
_TAG = re.compile(r"<[^<>]{0,500}>")
_EMPHASIS = re.compile(r"(?<!\\)(\*\*|__|\*|`|(?<!\w)_|_(?!\w))")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SENTENCE = re.compile(r".+?(?:[.!?…][\"'”’)»]*(?=\s|$)|[。！？][」』）]*)", re.DOTALL)
_NOT_PROSE = re.compile(r"\s*(#|>|[-*+]\s|\d+[.)]\s|\||```|~~~|    |\t|={3,}|-{3,}|!\[)")


def first_sentence(body: str) -> str:
    """The first sentence of the first paragraph that is prose; empty where there is none."""
    for paragraph in re.split(r"\n\s*\n", body[:20_000]):
        if not paragraph.strip() or _NOT_PROSE.match(paragraph.lstrip("\n")):
            continue
        text = _TAG.sub("", _LINK.sub(r"\1", _PICTURE.sub("", paragraph)))
        text = " ".join(_ESCAPED.sub(r"\1", _EMPHASIS.sub("", text)).split())
        if text:
            match = _SENTENCE.match(text)
            return _short(match[0] if match else text)
    return ""


def _short(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rsplit(" ", 1)[0].rstrip(",;:") + "…"
