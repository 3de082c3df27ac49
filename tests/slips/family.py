"""The families of slips, each with a sentence, and the one way to make them all."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator

from .slip import Slip, numbered

FAMILIES: dict[str, str] = {}
"""What each family is, in a sentence."""
_MAKERS: dict[str, Callable[[], Iterator[Slip]]] = {}


def family(sentence: str) -> Callable[[Callable[[], Iterator[Slip]]], Callable[[], Iterator[Slip]]]:
    def keep(maker: Callable[[], Iterator[Slip]]) -> Callable[[], Iterator[Slip]]:
        name = maker.__name__.replace("_", " ")
        FAMILIES[name], _MAKERS[name] = sentence, maker
        return maker

    return keep


def all_slips() -> dict[str, list[Slip]]:
    """Every slip of every family, in one order, each with a name of its own."""
    made = {name: list(maker()) for name, maker in _MAKERS.items()}
    seen: set[Hashable] = set()
    for name, slips in made.items():
        # What two families make is told once.
        made[name] = [slip for slip in slips if slip.key not in seen and not seen.add(slip.key)]
    named = numbered([slip for slips in made.values() for slip in slips])
    found: dict[str, list[Slip]] = {}
    for name, slips in made.items():
        found[name], named = named[: len(slips)], named[len(slips) :]
    return found
