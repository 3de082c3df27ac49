"""What publishing would change, in words: for a terminal, as Markdown, as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from campaign.reporting.report import MAX_LINES, at_most, code, items, line

if TYPE_CHECKING:  # a check that compares nothing waits for nothing that compares
    from .changes import Changes

MAX_SAID = 8
"""Lines in a terminal of each group …"""
MANY = ("Pages and files", "What was said before")
"""… that can be as long as the appeal."""


def text(changes: Changes) -> str:
    """A few lines for a terminal, those to look at again last."""
    lines = [_first_line(changes)]
    for group, said in _groups(changes):
        most = MAX_SAID if group in MANY else MAX_LINES
        lines += ["", group, *(f"  {line(each)}" for each in at_most(most, said))]
    if changes.warnings:
        lines += ["", "Look again", *(f"  {line(str(warning))}" for warning in changes.warnings)]
    return "\n".join(lines)


def markdown(state: Sequence[str], changes: Changes | None) -> str:
    """For the summary of a run: where the campaign stands, and what publishing changes."""
    parts = ["### How the campaign stands", "", *items(state)]
    if changes is None:
        return "\n".join(parts)
    parts += ["", "### What publishing changes", "", code(_first_line(changes))]
    for group, said in _groups(changes):
        parts += ["", f"**{group}**", "", *items(said)]
    if changes.warnings:
        parts += ["", "**Look again: each may be right, and is not stopped**", "", *items(map(str, changes.warnings))]
    return "\n".join(parts)


def as_data(changes: Changes) -> dict[str, object]:
    """What changes, what looks wrong and what it is compared with, as JSON can hold it."""
    return {
        "against": changes.against,
        "nothing_there": changes.nothing_there,
        "changes": [asdict(change) for change in changes.changes],
        "warnings": [asdict(warning) for warning in changes.warnings],
    }


def _first_line(changes: Changes) -> str:
    if changes.nothing_there:
        return f"There is nothing to compare with: {changes.nothing_there}."
    if not changes.changes:
        return f"Against {changes.against}, publishing changes nothing."
    return f"Against {changes.against}, publishing changes this:"


def _groups(changes: Changes) -> Iterator[tuple[str, list[str]]]:
    """The groups that have changes, in order, each with its sentences."""
    groups: dict[str, list[str]] = {}
    for change in changes.changes:
        groups.setdefault(change.about, []).append(change.text)
    yield from groups.items()
