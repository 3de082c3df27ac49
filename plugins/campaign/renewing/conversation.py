"""The conversation of ``campaign renew``: what is there, what would happen, go on?, done."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import Path

import click

from campaign.authoring.prompts import yes_or_no
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
) -> None:
    """Renew the site in ``root``, asking before anything is run or changed unless it is ``agreed``.

    Ends the command with status 1 where nothing is changed although something is there to take over.
    Raises what ``renewal``, ``compare`` and ``apply`` raise.
    """
    on_github = is_on_github(os.environ)
    with renewal(root, asked, keep, take) as planned:
        if planned.is_nothing:
            _say([of_nothing_to_do(planned)])
            return
        _say(of_the_versions(planned))
        _say(of_the_news(planned))
        _say(of_the_files(planned))
        if planned.joined.conflicts:
            _say(of_the_conflicts(planned.joined.conflicts, on_github=on_github))
            sys.exit(1)
        _say(of_the_trust(planned))
        if not agreed:
            _agree()
        click.echo("Checking your content with both versions …")
        compared = compare(planned, int(now.timestamp()))
        _say(of_the_comparison(compared))
        if not compared.is_same and not even_so:
            _say(of_not_going_on(compared))
            sys.exit(1)
        _say(of_what_was_done(planned, apply(planned), on_github=on_github))


def _agree() -> None:
    if not sys.stdin.isatty():
        raise NotRenewable("this is no terminal, so nobody can be asked; add --yes if you want it")
    click.echo()
    if not click.prompt("Go on? [y/N]", default="", show_default=False, value_proc=yes_or_no):
        click.echo("Nothing was changed.")
        sys.exit(1)


def _say(lines: Iterable[str]) -> None:
    for each in lines:
        click.echo(line(each))
