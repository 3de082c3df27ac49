"""A part that stands on many pages is rendered once for the values that it is given; its template sees nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from jinja2 import Environment
from markupsafe import Markup

MAX_KEPT = 256
"""Parts held at a time: the few that every page has, and a ruler for each length that many updates share."""


def parts_once(env: Environment) -> Callable[..., Markup]:
    """What templates call ``once``: a part of the theme, shown with what it is given by name.

    A part is a function of these values and of nothing else: what it is not given it cannot see, and a part that asks
    for more ends the build. So one that is given the same again is as it was. The values must never change. It has the
    filters that there are by now: one that a page brings along may know of that page.
    """
    filters = dict(env.filters)
    kept: dict[tuple[object, ...], tuple[Markup, object]] = {}

    @cache
    def own() -> Environment:
        # Not before it is asked for: until then the environment may come to know where compiled templates are kept.
        overlay = env.overlay()
        overlay.filters = filters
        return overlay

    def once(part: str, **given: object) -> Markup:
        # By what a text says, and else by identity: equal values need not be written alike.
        key = (part, *((name, value if type(value) is str else id(value)) for name, value in given.items()))
        if key not in kept:
            if len(kept) == MAX_KEPT:
                kept.clear()
            # With the values themselves, so that no other gets the identity of one.
            kept[key] = Markup(own().get_template(part).render(given)), given  # noqa: S704 (the template has escaped it)
        return kept[key][0]

    return once
