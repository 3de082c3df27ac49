"""The questions of ``campaign init``, each asked until its answer is right."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import click

from campaign.reporting import report

# Only whoever is asked waits for what tries an answer.
if TYPE_CHECKING:
    from .new_campaign import NewCampaign

T = TypeVar("T")

QUESTIONS = {
    "name": "What is the appeal called?",
    "currency": "In which currency does it count? Its name, its sign, or three letters like GBP or EUR.",
    "locale": "How are words, figures and dates written? A language and a country, like en_GB.",
    "timezone": "Which time zone says what day it is? The city of it, or its name, like Europe/London.",
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
    if not click.prompt("Remove them? [y/N]", default="", show_default=False, value_proc=yes_or_no):
        raise click.ClickException("nothing was changed")


def yes_or_no(text: str) -> bool:
    """Yes or no, in English or in any language that there is a catalog for; Enter is no."""
    from campaign.loading.translations import answers

    typed = text.strip().lower()
    if typed and typed not in answers():
        raise click.BadParameter("answer yes or no")
    return bool(typed) and answers()[typed]


def asked(appeal: NewCampaign, answers: dict[str, str | None], give: tuple[str, ...]) -> NewCampaign:
    """The appeal with every answer: those that were given, and those that are asked for until they are right."""
    country = ""
    for field, question in QUESTIONS.items():
        answer = answers[field]
        if answer is not None:
            appeal = tried(appeal, field, answer)
        elif field == "locale":
            appeal, country = _asked_for_locale(appeal)
        else:
            proposed = _zone_proposed(country or country_of(appeal.locale)) if field == "timezone" else ""
            appeal = _ask(question, partial(tried, appeal, field), proposed)
    for way in give:
        label, _, address = way.partition("=")
        appeal = _with_way(appeal, label, address)
    if not give and sys.stdin.isatty():
        appeal = _asked_for_ways(appeal)
    return appeal


def _ask(question: str, read: Callable[[str], T], proposed: str = "") -> T:
    """Ask until the answer can be read; Enter alone takes what is proposed, which is shown."""
    answer: T = click.prompt(question, prompt_suffix="\n> ", default=proposed or None, value_proc=read)
    return answer


def _zone_proposed(country: str) -> str:
    from .whereabouts import zone_of_the_machine, zone_proposed

    return zone_proposed(country, zone_of_the_machine(os.environ))


def _asked_for_locale(appeal: NewCampaign) -> tuple[NewCampaign, str]:
    """The appeal in the language it is written in, and its country, which may be one where few speak that.

    Both are proposed from the currency and from what this computer is set to.
    """
    from . import whereabouts

    language, country = whereabouts.of_the_machine(os.environ)
    proposed = whereabouts.country_proposed(appeal.currency, country)
    question = "In which country is the appeal? Its name, or its two letters."
    country = _ask(question, _country, proposed and whereabouts.name_of_country(proposed))
    proposed = whereabouts.language_proposed(country, language)
    question = "In which language is it written? Its name, or its letters."
    language = _ask(question, partial(_language, country), proposed and whereabouts.name_of_language(proposed))
    return tried(appeal, "locale", whereabouts.locale_for(language, country)), country


def _country(text: str) -> str:
    from .whereabouts import country_called

    if found := country_called(text):
        return found
    raise click.BadParameter(f"no country is called '{text}'; write its name in English, or two letters like GB")


def _language(country: str, text: str) -> str:
    from .whereabouts import language_called

    if found := language_called(text, country):
        return found
    raise click.BadParameter(f"no language is called '{text}'; write its name in English, or its letters, like en")


def country_of(locale: str) -> str:
    """``GB`` of ``en_GB``."""
    return locale.rpartition("_")[2]


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

    answer: dict[str, Any] = {field: _meant(appeal, field, value.strip()) if isinstance(value, str) else value}
    tried = replace(appeal, **answer)
    if wrong := fault(tried):
        raise click.BadParameter(wrong, param_hint=option_of(field))
    return tried


def _meant(appeal: NewCampaign, field: str, text: str) -> str:
    """An answer as a file has it: a currency's letters, a zone's whole name, an amount without the currency's words.

    What cannot be read so stays as it was typed, for a check to say what is wrong with it.
    """
    from . import currencies, whereabouts

    language, country = whereabouts.of_the_machine(os.environ)
    if field == "currency":
        found = currencies.currencies_called(text, country, language or "en")
        if len(found) > 1:
            several = f"'{text}' can be {', '.join(found)}; write the three letters of the one that is meant"
            raise click.BadParameter(several, param_hint=option_of(field))
        return found[0] if found else text
    if field == "timezone":
        return whereabouts.zone_called(text, country_of(appeal.locale))
    if field == "goal":
        bare = currencies.without_currency(text, appeal.currency, language or "en")
        return bare if _is_amount(appeal, bare) and not _is_amount(appeal, text) else text
    return text


def _is_amount(appeal: NewCampaign, text: str) -> bool:
    from campaign.core.reading.problems import FieldError
    from campaign.core.reading.region import Region

    try:
        Region(appeal.currency, appeal.locale).parse(text)
    except FieldError:
        return False
    return True
