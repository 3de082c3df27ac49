"""The command ``campaign``: check what is written, build it, show it while writing, begin a file or an appeal."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from campaign.authoring.prompts import (
    QUESTIONS,
    NobodyAgreed,
    WrongAnswer,
    agree_to_remove,
    asked,
    must_be_answerable,
    option_of,
)
from campaign.core.reading.dates import parse_day, zone
from campaign.core.reading.problems import CampaignError, FieldError
from campaign.loading.translations import in_english
from campaign.reporting import report

# Each command imports what it needs when it runs: a check must not wait for Pelican, Markdown or Pillow.
if TYPE_CHECKING:
    from campaign.comparing.changes import Changes
    from campaign.loading.load import Loaded

F = TypeVar("F", bound=Callable[..., Any])


class _Day(click.ParamType[date]):
    """A day as 2015-09-01."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return parse_day(value)
        except FieldError as refused:
            self.fail(refused.message, param, ctx)


class _Commands(click.Group):
    """Commands that end in words, whatever a volunteer's files hold."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CampaignError as error:
            _tell_problems(error)
        except FieldError as refused:  # of what the environment says
            click.echo(refused.message, err=True)
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"{place}{error.strerror or error}", err=True)
        sys.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def main(ctx: click.Context) -> None:
    """Updates in, a correct site out.

    Run it in the project's folder.
    """
    # What a command loads stays until it ends: Python need not look through it for what nobody uses any more.
    gc.disable()
    ctx.call_on_close(gc.enable)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that knows no pound sign shows something else for it, instead of ending the run.
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")


def _content_option(command: F) -> F:
    return click.option(
        "--content",
        type=click.Path(path_type=Path),
        default=Path("content"),
        show_default=True,
        help="The folder that holds campaign.yaml.",
    )(command)


@main.command()
@_content_option
@click.option("--against", metavar="REV", help="Say what publishing would change since this commit, branch or tag.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json", "github"]),
    help="How to say it: github writes annotations and the run's summary; text, if you name none.",
)
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
def check(content: Path, against: str | None, form: str | None) -> None:
    """Check every file; say how the campaign stands, or every problem.

    With --against, say also what publishing would change.
    """
    form = form or ("github" if report.is_on_github(os.environ) else "text")
    now = _now()
    try:
        loaded = _load(content, now)
    except CampaignError as error:
        _say_problems(error, form)
        sys.exit(1)
    changes = _changes(against, loaded, now) if against is not None else None
    _say_state(loaded, changes, form)


@main.command()
@_content_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("output"),
    show_default=True,
    help="The folder to put the site into.",
)
@click.option("--publish", is_flag=True, help="Build for the public, at the address in SITEURL.")
@click.option("--as-of", type=_Day(), help="Leave out what came after this day.")
def build(content: Path, output: Path, publish: bool, as_of: date | None) -> None:
    """Check everything, build the site, and put it in place once it is whole."""
    from campaign.publishing.build import BuildError, build_site
    from campaign.reporting.summary import count, summary

    settings = Path("publishconf.py" if publish else "pelicanconf.py")
    _must_be_here(content, settings)
    if publish and not os.environ.get("SITEURL"):
        raise click.ClickException(
            "SITEURL is not set, so links cannot be written for the public;"
            " say where the site will be: SITEURL=https://example.org campaign build --publish"
        )
    try:
        built = build_site(
            Path.cwd(),
            content.absolute(),
            output.absolute(),
            settings=settings.absolute(),
            publish=publish,
            as_of=as_of,
        )
    except BuildError as error:
        raise click.ClickException("\n".join(map(report.line, str(error).splitlines()))) from None
    for line in filter(None, (*summary(built.view), in_english(built.view.appeal.locale))):
        click.echo(report.line(line))
    click.echo(f"Built {count(built.pages, 'page')}, {count(built.files, 'file')} in all.")
    click.echo(f"Look at {_look_at(built.output / 'index.html')}")


@main.command()
@_content_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free one.")
def serve(content: Path, port: int) -> None:
    """Show the site while you write: rebuilt on every change, on this computer only."""
    from campaign.publishing.preview import PortTaken, serve_site

    gc.enable()  # it may run for days
    settings = Path("pelicanconf.py")
    _must_be_here(content, settings)
    try:
        serve_site(Path.cwd(), content.absolute(), port=port, settings=settings.absolute(), echo=click.echo)
    except PortTaken as taken:
        raise click.ClickException(str(taken)) from None


@main.command()
@_content_option
@click.argument("kind", type=click.Choice(["update", "event"]))
@click.argument("title", required=False)
@click.option("--date", "day", type=_Day(), help="The day; an update's is today if you name none.")
def new(content: Path, kind: str, title: str | None, day: date | None) -> None:
    """Begin an update or an event: write its file and say where it is."""
    from campaign.authoring.new_file import event_text, not_taken, try_out, update_text, write_new
    from campaign.core.reading.slug import slug

    now = _now()
    loaded = _load(content, now, beginning=True)
    campaign = loaded.view.appeal
    title = " ".join((title or click.prompt("Title")).split())
    words = slug(title, campaign.region.locale)
    if kind == "update":
        today = now.astimezone(zone(campaign.timezone)).date()
        day = day or today
        if day > today:
            raise click.ClickException(f"{day} is after today, {today}; an update tells what has happened")
        path = content / "updates" / f"{day}-{words or kind}.md"
        text = update_text(loaded.view, title, day)
    else:
        path = content / "events" / f"{words or kind}.md"
        text = event_text(title, day)
    if not words:  # a title in a script of which no name can be made is no reason to choose another
        path = not_taken(path)
    try:
        try_out(path, text, campaign)
    except UnicodeEncodeError:
        raise click.ClickException("the title is no text that can be saved; type it again") from None
    path.parent.mkdir(exist_ok=True)
    try:
        write_new(path, text)
    except FileExistsError:
        raise click.ClickException(f"{path.as_posix()} is there already; choose another title") from None
    click.echo(path.as_posix())


def _questions_as_options(command: F) -> F:
    for field, question in reversed(QUESTIONS.items()):
        command = click.option(option_of(field), field, help=question)(command)
    return command


@main.command()
@_content_option
@_questions_as_options
@click.option("--give", multiple=True, metavar="LABEL=https://…", help="A way to give; again for each.")
@click.option("--yes", is_flag=True, help="Remove the shipped story without asking.")
def init(content: Path, give: tuple[str, ...], yes: bool, **answers: str | None) -> None:
    """Put your own appeal in the shipped story's place.

    It asks the few things a new appeal needs; what you give as an option is not asked.
    """
    from campaign.authoring.new_campaign import NewCampaign, NotReplaceable, put_in_place, replaced
    from campaign.publishing.replace import Busy, Taken, exclusive_lock

    root, content = Path.cwd(), content.absolute()
    _must_be_in_project(Path("pelicanconf.py"))
    if root.is_relative_to(content.resolve()):
        raise click.ClickException(f"{content} holds the project itself; name the folder with campaign.yaml")
    try:
        with exclusive_lock(content):
            going = replaced(root, content)
            must_be_answerable(answers, agreed=yes or not going)
            if going and not yes:
                agree_to_remove(going)
            written = put_in_place(root, content, asked(NewCampaign(), answers, give), going, now=_now())
    except Busy:
        raise click.ClickException("another campaign init is under way here; wait until it has ended") from None
    except Taken as taken:
        raise click.ClickException(
            f"{taken} is no folder of this command, which needs that name; move it away"
        ) from None
    except NotReplaceable as refusal:
        raise click.ClickException(f"{refusal}; nothing was changed") from None
    except NobodyAgreed as nobody:
        raise click.ClickException(str(nobody)) from None
    except WrongAnswer as wrong:
        raise click.BadParameter(str(wrong), param_hint=wrong.option) from None
    click.echo(f"Your appeal is in {' and '.join(written)}.")
    click.echo("See it with campaign serve; docs/setting-up.md says how it goes live.")


@main.command()
@click.argument("version", metavar="[VERSION|PATH|URL]", required=False, default="")
@click.option("--yes", is_flag=True, help="Take the new programs over without asking.")
@click.option(
    "--keep-mine", multiple=True, metavar="FILE", help="Where both changed a file, keep yours; again for each."
)
@click.option(
    "--take-new", multiple=True, metavar="FILE", help="Where both changed a file, take the new one; again for each."
)
@click.option("--even-so", is_flag=True, help="Go on although figures differ or the new check finds problems.")
def renew(version: str, yes: bool, keep_mine: tuple[str, ...], take_new: tuple[str, ...], even_so: bool) -> None:
    """Take over a newer version of the project: all but your content and what you changed yourself.

    Name a version like 0.2.0, or where the project is: an https:// address or a folder, with @VERSION if you like.
    Nothing is changed before you agree, and it can be undone with one command.
    """
    from campaign.comparing.git_command import GitFailed
    from campaign.publishing.replace import Busy
    from campaign.renewing.conversation import renew_here
    from campaign.renewing.project_source import NoSuchProject
    from campaign.renewing.renewal import NotRenewable
    from campaign.renewing.trial import CannotTry

    try:
        renewed = renew_here(Path.cwd(), version, keep_mine, take_new, _now(), agreed=yes, even_so=even_so)
    except (NotRenewable, NoSuchProject, CannotTry, GitFailed) as refusal:
        raise click.ClickException(
            f"{refusal}{'' if str(refusal)[-1:] in '.?' or chr(10) in str(refusal) else '.'}\nNothing was changed."
        ) from None
    except Busy:
        raise click.ClickException("another campaign renew is under way here; wait until it has ended") from None
    if not renewed:
        sys.exit(1)


def _now() -> datetime:
    from campaign.loading.load import now_from_environment

    return now_from_environment()


def _load(content: Path, now: datetime, *, beginning: bool = False) -> Loaded:
    from campaign.loading.load import load_campaign
    from campaign.rendering.kept_stories import kept_stories

    _must_be_here(content)
    root = Path.cwd()
    return load_campaign(root, content, now=now, beginning=beginning, stories=kept_stories(root, content))


def _changes(rev: str, after: Loaded, now: datetime) -> Changes:
    from campaign.comparing.git import NoSuchRevision, changes_since

    try:
        return changes_since(rev, Path.cwd(), after, now=now)
    except NoSuchRevision as unknown:
        raise click.BadParameter(str(unknown), param_hint="--against") from None


def _say_problems(error: CampaignError, form: str) -> None:
    if form == "json":
        click.echo(report.as_json({"problems": [asdict(problem) for problem in error.problems]}))
    elif form == "markdown":
        click.echo(report.markdown(error.problems))
    else:
        click.echo(report.text(error.problems), err=True)
        if form == "github":
            click.echo(report.annotated(error.problems))
            report.add_to_summary(report.markdown(error.problems), os.environ)


def _say_state(loaded: Loaded, changes: Changes | None, form: str) -> None:
    """How a content that is right stands, and what publishing it would change."""
    from campaign.comparing import change_report
    from campaign.reporting.summary import count, summary

    view = loaded.view
    if form == "json":
        from campaign.rendering.totals_json import totals

        found = {"problems": [], "drafts": loaded.drafts, "campaign": totals(view)}
        click.echo(report.as_json(found | (change_report.as_data(changes) if changes else {})))
        return
    counts = [
        count(len(view.updates), "update"),
        count(len(loaded.drafts), "draft"),
        count(len(view.events), "event"),
    ]
    lines = [*summary(view), f"{', '.join(counts)}; every file is right.".capitalize()]
    if english := in_english(view.appeal.locale):
        lines.append(english)
    if form == "markdown":
        click.echo(change_report.markdown(lines, changes))
        return
    for line in lines:
        click.echo(report.line(line))
    if changes:
        click.echo()
        click.echo(change_report.text(changes))
    if form == "github":
        if changes and changes.warnings:
            click.echo(report.annotated(changes.warnings, "warning"))
        report.add_to_summary(change_report.markdown(lines, changes), os.environ)


def _must_be_here(content: Path, settings: Path | None = None) -> None:
    """Say so where the command was run in the wrong folder."""
    if not content.is_dir():
        raise click.ClickException(f"there is no folder {content}; run campaign in the project's folder")
    if settings:
        _must_be_in_project(settings)


def _must_be_in_project(settings: Path) -> None:
    if not settings.is_file():
        raise click.ClickException(f"there is no {settings} here; run campaign in the project's folder")


def _tell_problems(error: CampaignError) -> None:
    """Every problem on a line of its own; on GitHub also beside the file and in the run's summary."""
    _say_problems(error, "github" if report.is_on_github(os.environ) else "text")


def _look_at(page: Path) -> str:
    """A page as a person finds it: from here if it lies below, else its whole path."""
    here = Path.cwd()
    return (page.relative_to(here) if page.is_relative_to(here) else page).as_posix()
