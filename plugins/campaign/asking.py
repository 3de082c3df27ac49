"""The questions of ``campaign init``, each asked until its answer is right."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from . import report

# Only whoever is asked waits for what tries an answer.
if TYPE_CHECKING:
    from .new_campaign import NewCampaign

QUESTIONS = {
    "name": "What is the appeal called?",
    "currency": "In which currency does it count? Three letters, like GBP or EUR.",
    "goal": "How much is it to raise?",
    "summary": "Who is it for, and why? One sentence.",
    "too_much": "If more comes in than is needed, what happens to the money?",
    "too_little": "If less comes in, what happens to it?",
    "not_needed": "If the treatment is not needed or not possible, what happens to it?",
}
"""What a new appeal is asked; each is an option, too."""


def option_of(field: str) -> str:
    return f"--{field.replace('_', '-')}"


def must_be_answerable(answers: dict[str, str | None], *, agreed: bool) -> None:
    """Where nobody can be asked, every answer must be there."""
    missing = [option_of(field) for field, answer in answers.items() if answer is None]
    missing += [] if agreed else ["--yes"]
    if missing and not sys.stdin.isatty():
        raise click.ClickException(
            f"this is no terminal, so nobody can be asked; add {', '.join(missing)}. Nothing was changed"
        )


def agree_to_remove(going: list[str]) -> None:
    click.echo("Your appeal takes the place of the shipped story. These are removed:")
    for name in going:
        click.echo(f"  {report.line(name)}")
    if not click.confirm("Remove them?"):
        raise click.ClickException("nothing was changed")


def asked(appeal: NewCampaign, answers: dict[str, str | None], give: tuple[str, ...]) -> NewCampaign:
    """The appeal with every answer: those that were given, and those that are asked for until they are right."""
    for field, question in QUESTIONS.items():
        answer = answers[field]
        if answer is not None:
            appeal = tried(appeal, field, answer)
        else:
            appeal = click.prompt(question, prompt_suffix="\n> ", value_proc=partial(tried, appeal, field))
    for way in give:
        label, _, address = way.partition("=")
        appeal = _with_way(appeal, label, address)
    if not give and sys.stdin.isatty():
        appeal = _asked_for_ways(appeal)
    return appeal


def _asked_for_ways(appeal: NewCampaign) -> NewCampaign:
    ask: Any = partial(click.prompt, prompt_suffix="\n> ", default="", show_default=False)
    question = "How can people give? The name of a giving page, like JustGiving, or Enter to leave it for later."
    while label := ask(question, value_proc=partial(_label, appeal)):
        question = "Another way to give? Enter if there is none."
        appeal = ask(
            f"The address of {label}, with https://? Enter if it has none.",
            value_proc=partial(_with_way, appeal, label),
        )
    return appeal


def _label(appeal: NewCampaign, text: str) -> str:
    if text.strip():
        _with_way(appeal, text, "")
    return text.strip()


def _with_way(appeal: NewCampaign, label: str, address: str) -> NewCampaign:
    from .new_campaign import WayToGive

    return tried(appeal, "give", (*appeal.give, WayToGive(label.strip(), address.strip())))


def tried(appeal: NewCampaign, field: str, value: Any) -> NewCampaign:
    """The appeal with another answer, or what is wrong with that answer."""
    from .new_campaign import fault

    answer: dict[str, Any] = {field: value.strip() if isinstance(value, str) else value}
    tried = replace(appeal, **answer)
    if wrong := fault(tried):
        raise click.BadParameter(wrong, param_hint=option_of(field))
    return tried
