"""What a changelog says to families since the version that they have."""

from __future__ import annotations

import re
from dataclasses import dataclass

MUST_DO = "What families must do"
"""The heading of the block that each version has."""
UNRELEASED = "Unreleased"


@dataclass(frozen=True)
class News:
    """One version's part of a changelog."""

    version: str
    """As its heading says, such as 0.2.0; ``Unreleased`` for what is no version yet."""
    must_do: tuple[str, ...]
    """Each a sentence or more; none where families need do nothing."""
    others: int
    """How many other changes it lists."""


def news_since(before: str, after: str) -> tuple[News, ...]:
    """The parts of the changelog ``after`` that were not in ``before``, the newest first."""
    known = {line.strip() for line in before.splitlines()}
    found = []
    for version, text in sections(after).items():
        blocks = _parts(r"^### (.+)$", text)
        must = [item for item in _items(blocks.pop(MUST_DO, "")) if not _is_nothing(item)]
        others = [item for block in blocks.values() for item in _items(block)]
        new = [item for item in must if f"- {item.splitlines()[0]}" not in known]
        came = [item for item in others if f"- {item.splitlines()[0]}" not in known]
        if new or came:
            found.append(News(version, tuple(map(_plain, new)), len(came)))
    return tuple(found)


def sections(changelog: str) -> dict[str, str]:
    """The text below each version's heading, in their order; versions without the words around them."""
    parts = _parts(r"^## (.+)$", changelog)
    return {heading.split()[0].strip("[]").removeprefix("v"): text for heading, text in parts.items()}


def _parts(heading: str, text: str) -> dict[str, str]:
    parts = re.split(heading, text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _items(block: str) -> list[str]:
    """The entries of a list, lines that are further in included."""
    return [item.strip() for item in re.split(r"^- ", block, flags=re.MULTILINE)[1:]]


def _is_nothing(item: str) -> bool:
    return item.lower().startswith("nothing")


def _plain(item: str) -> str:
    """Markdown as a terminal shows it: without the signs around words, a link as its words and its address."""
    text = re.sub(r"\[([^\]]+)\]\((https?://[^)\s]+)\)", r"\1 (\2)", " ".join(item.split()))
    text = re.sub(r"\[([^\]]+)\]\([^)\s]*\)", r"\1", text)
    return text.replace("**", "").replace("`", "")
