"""The conversation of ``campaign renew``: what is there, what would happen, go on?, done."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import Path

import click

from campaign.authoring.prompts import agrees
from campaign.reporting.report import is_on_github, line

from .renewal import NotRenewable, apply, compare, renewal
from .sentences import (
    of_not_going_on,
    of_nothing_to_do,
    of_the_comparison,
    of_the_conflicts,
    of_the_files,
    of_the_news,
    of_the_trust,
    of_the_versions,
    of_what_was_done,
)


def renew_here(
    root: Path,
    asked: str,
    keep: Collection[str],
    take: Collection[str],
    now: datetime,
    *,
    agreed: bool,
    even_so: bool,
) -> bool:
    """Renew the site in ``root``, asking before anything is run or changed unless it is ``agreed``.

    False where nothing was changed although something is there to take over.
    Raises what ``renewal``, ``compare`` and ``apply`` raise.
    """
    on_github = is_on_github(os.environ)
    with renewal(root, asked, keep, take) as planned:
        if planned.is_nothing:
            _say([of_nothing_to_do(planned)])
            return True
        _say(of_the_versions(planned))
        _say(of_the_news(planned))
        _say(of_the_files(planned))
        if planned.joined.conflicts:
            _say(of_the_conflicts(planned.joined.conflicts, on_github=on_github))
            return False
        _say(of_the_trust(planned))
        if not agreed and not _agrees():
            return False
        click.echo("Checking your content with both versions …")
        compared = compare(planned, int(now.timestamp()))
        _say(of_the_comparison(compared))
        if not compared.is_same and not even_so:
            _say(of_not_going_on(compared))
            return False
        _say(of_what_was_done(planned, apply(planned), on_github=on_github))
    return True


def _agrees() -> bool:
    if not sys.stdin.isatty():
        raise NotRenewable("this is no terminal, so nobody can be asked; add --yes if you want it")
    click.echo()
    if agrees("Go on?"):
        return True
    click.echo("Nothing was changed.")
    return False


def _say(lines: Iterable[str]) -> None:
    for each in lines:
        click.echo(line(each))
