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


class WrongAnswer(ValueError):
    """An answer that cannot be taken; the text says why, and what to write."""

    def __init__(self, message: str, option: str = "") -> None:
        """option: the one that the answer can be given with, as ``--goal``; empty where there is none."""
        super().__init__(message)
        self.option = option


class NobodyAgreed(Exception):
    """Nobody could be asked, or whoever was asked said no; the text says which. Nothing was changed."""


def option_of(field: str) -> str:
    """``--too-much`` for ``too_much``."""
    return f"--{field.replace('_', '-')}"


def must_be_answerable(answers: dict[str, str | None], *, agreed: bool) -> None:
    """Raise NobodyAgreed where nobody can be asked and an answer is missing.

    answers: by field, None for one that was not given. agreed: whether what is there may go.
    """
    missing = [option_of(field) for field, answer in answers.items() if answer is None]
    missing += [] if agreed else ["--yes"]
    if missing and not sys.stdin.isatty():
        raise NobodyAgreed(
            f"this is no terminal, so nobody can be asked; add {', '.join(missing)}. Nothing was changed"
        )


def agree_to_remove(going: list[str]) -> None:
    """Say what is removed, ``going``, and ask; raise NobodyAgreed where the answer is no."""
    click.echo("Your appeal takes the place of the shipped story. These are removed:")
    for name in going:
        click.echo(f"  {report.line(name)}")
    if not agrees("Remove them?"):
        raise NobodyAgreed("nothing was changed")


def agrees(question: str) -> bool:
    """Ask a question until the answer is yes or no; Enter is no."""
    return _until_right(f"{question} [y/N]", _yes_or_no, default="", show_default=False)


def _yes_or_no(text: str) -> bool:
    """Yes or no, in English or in any language that there is a catalog for."""
    from campaign.loading.translations import answers

    typed = text.strip().lower()
    if typed and typed not in answers():
        raise WrongAnswer("answer yes or no")
    return bool(typed) and answers()[typed]


def _until_right(question: str, read: Callable[[str], T], **shown: Any) -> T:
    """Ask until ``read`` takes the answer, each time saying why it does not. shown: as click.prompt takes it."""
    while True:
        try:
            return read(click.prompt(question, **shown))
        except WrongAnswer as wrong:
            click.echo(f"Error: {wrong}")


def asked(appeal: NewCampaign, answers: dict[str, str | None], give: tuple[str, ...]) -> NewCampaign:
    """The appeal with every answer: those that were given, and those that are asked for until they are right.

    answers: by field, None for one that was not given. give: ways to give, each as ``JustGiving=https://…``. Raises
    WrongAnswer for a given answer that cannot be taken.
    """
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
    return _until_right(question, read, prompt_suffix="\n> ", default=proposed or None)


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
    raise WrongAnswer(f"no country is called '{text}'; write its name in English, or two letters like GB")


def _language(country: str, text: str) -> str:
    from .whereabouts import language_called

    if found := language_called(text, country):
        return found
    raise WrongAnswer(f"no language is called '{text}'; write its name in English, or its letters, like en")


def country_of(locale: str) -> str:
    """``GB`` of ``en_GB``."""
    return locale.rpartition("_")[2]


def _asked_for_ways(appeal: NewCampaign) -> NewCampaign:
    ask: Any = partial(_until_right, prompt_suffix="\n> ", default="", show_default=False)
    question = "How can people give? The name of a giving page, like JustGiving, or Enter to leave it for later."
    while label := ask(question, partial(_label, appeal)):
        question = "Another way to give? Enter if there is none."
        appeal = ask(
            f"The address of {label}, with https://? Enter if it has none.",
            partial(_with_way, appeal, label),
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
    """The appeal with ``value`` for ``field``; raise WrongAnswer, with what is wrong, where it cannot be taken."""
    from .new_campaign import fault

    answer: dict[str, Any] = {field: _meant(appeal, field, value.strip()) if isinstance(value, str) else value}
    tried = replace(appeal, **answer)
    if wrong := fault(tried):
        raise WrongAnswer(wrong, option_of(field))
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
            raise WrongAnswer(several, option_of(field))
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
