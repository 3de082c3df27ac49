"""Reads content/, gathers every problem of every file, and returns the view with the documents behind it."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TypeVar

from campaign.core.figures.assembly import build_view
from campaign.core.figures.checks import broken_rules
from campaign.core.figures.ledger import Ledger, fold
from campaign.core.figures.plausibility import slips
from campaign.core.figures.view import CampaignView
from campaign.core.reading.campaign import Campaign
from campaign.core.reading.campaign_file import NEEDS_CAMPAIGN, locale_of, outline, parse_campaign
from campaign.core.reading.dates import zone
from campaign.core.reading.front_matter import MAX_FILE, Document, parse_update_file, parse_yaml_file, too_long
from campaign.core.reading.links import PicturePlace
from campaign.core.reading.problems import CampaignError, FieldError, Problem
from campaign.core.reading.repository import GITHUB, Repository, repository_on
from campaign.core.reading.told import Story
from campaign.core.reading.update import Event, Page, Update, parse_event, parse_page, parse_update

from . import stray_files as strays
from .plain_file import TooLarge, is_plain, opened, read_bytes
from .references import References
from .site_paths import PICTURES, TAKEN
from .stories import Stories
from .stray_files import EXTRA, EXTRA_KINDS, FOLDERS, PICTURE_KINDS
from .translations import vocabulary

CAMPAIGN_FILE = "campaign.yaml"
MAX_BYTES = 25 * 1024 * 1024
"""Of a file in ``extra``; GitHub's own page takes no larger one."""

T = TypeVar("T")
Item = TypeVar("Item", Update, Event, Page)


@dataclass(frozen=True)
class Loaded:
    """What a checked content folder holds."""

    view: CampaignView
    campaign: Campaign
    """All of campaign.yaml, what holds later, too."""
    ledger: Ledger
    """Where everything stood after each update that the view shows."""
    documents: Mapping[str, Document]
    """The files to be rendered, by path from the content folder, as ``updates/2015-08-26-half-way.md``."""
    stories: Mapping[str, Story]
    """Their stories, read once for the check, the view and the pages."""
    content: Path
    """The content folder."""
    campaign_file: Document
    """campaign.yaml."""
    folder: PurePosixPath
    """The content folder, as problems name it."""
    drafts: tuple[str, ...]
    """Paths of drafts: they count for nothing and are rendered nowhere."""

    @cached_property
    def pictures_shown(self) -> frozenset[PicturePlace]:
        """The pictures that pages show: those of the files' fields, and those of their stories."""
        view = self.view
        images = [view.appeal.image, view.appeal.image_dark, *(update.image for update in view.updates)]
        images += [event.event.said.image for event in view.events] + [page.image for page in view.pages]
        images += [shown.place for story in self.stories.values() for shown in story.shown]
        return frozenset(image for image in images if image)

    @cached_property
    def pictures_linked(self) -> frozenset[PicturePlace]:
        """The pictures that stories link to."""
        return frozenset(link.picture for story in self.stories.values() for link in story.links if link.picture)


def _is_shown(item: Event | Page, day: date) -> bool:
    """Whether a site of ``day`` has it: no draft, and nothing that was said later."""
    return item.said.status != "draft" and (item.said.said is None or item.said.said <= day)


def now_from_environment() -> datetime:
    """The clock, or ``SOURCE_DATE_EPOCH`` (seconds since 1970) where a build is to be reproduced; aware, in UTC.

    Raises FieldError (``date``) where ``SOURCE_DATE_EPOCH`` is no such number.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(epoch) if epoch else time.time(), UTC)
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH must be seconds since 1970, as 1441065600, got {epoch!r}; nothing was built"
        raise FieldError("date", message) from None


def repository_from_environment() -> Repository | None:
    """Where the project is public, as GitHub tells its machines; None elsewhere, and for a private project.

    A link to a private one would lead a donor to a page that is not there.
    """
    is_branch = os.environ.get("GITHUB_REF_TYPE") == "branch"
    told = repository_on(
        os.environ.get("GITHUB_SERVER_URL", GITHUB),
        os.environ.get("GITHUB_REPOSITORY", ""),
        os.environ.get("GITHUB_REF_NAME", "") if is_branch else "",
    )
    return None if told is None or _is_private(os.environ.get("GITHUB_EVENT_PATH")) else told


def _is_private(event: str | None) -> bool:
    """Whether the event that GitHub started this run for is one of a project that few may see."""
    try:
        told = json.loads(Path(event).read_text("utf-8")) if event else {}
    except (OSError, ValueError):
        return False
    project = told.get("repository") if isinstance(told, dict) else None
    return isinstance(project, dict) and bool(project.get("private"))


def load_campaign(
    root: Path,
    content: Path,
    *,
    now: datetime,
    as_of: date | None = None,
    public: bool = False,
    repository: Repository | None = None,
    beginning: bool = False,
    stories: Stories | None = None,
) -> Loaded:
    """Read, check and fold everything under ``content``; raise CampaignError with every problem of every file.

    root: problems name files from here. now: an aware instant; the campaign's time zone makes it a day.
    as_of: leave out what came later. public: a build for the public, which needs all three promises, unless the
    appeal is an example. repository: where the machine says that the project is public. beginning: a file may still
    hold the words that another was begun with, since nothing is published. stories: what earlier runs read; None where
    each is to be read anew.
    """
    reading = _Reading(root, content, stories or Stories())
    campaign, campaign_file = reading.campaign(), reading.document
    if campaign is None or campaign_file is None:
        reading.look_without_campaign()
        raise CampaignError(reading.problems)
    today = now.astimezone(zone(campaign.timezone)).date()
    reading.public_needs(campaign, public=public)
    reading.not_in_future(campaign, today)
    if as_of is not None and as_of > today:
        reading.problems.append(
            Problem(reading.name(content / CAMPAIGN_FILE), 1, "", f"as of {as_of} is after today, {today}", "future")
        )
    updates = reading.folder("updates", parse_update, campaign)
    events = reading.folder("events", parse_event, campaign)
    pages = reading.folder("pages", parse_page, campaign)
    reading.not_in_future_files(events, pages, today)
    reading.other_files()
    reading.look_at_names(updates, events, pages)
    reading.stories.keep()
    live = [update for update in updates if not update.is_draft]
    if as_of is None:
        reading.no_future_updates(campaign, live, today)
    ledger = fold(campaign, live)
    reading.problems += broken_rules(campaign, ledger)
    reading.problems += slips(campaign, ledger, campaign_file)
    if beginning:
        reading.problems = [problem for problem in reading.problems if problem.name != "placeholder"]
    if reading.problems:
        raise CampaignError(reading.problems)
    day = as_of or today
    shown = [update for update in live if update.day <= day]
    shown_events = [event for event in events if _is_shown(event, day)]
    shown_pages = [page for page in pages if _is_shown(page, day)]
    if len(shown) < len(live):
        ledger = fold(campaign, shown)
    view = build_view(
        campaign,
        ledger,
        day=day,
        is_past_day=day < today,
        events=shown_events,
        pages=shown_pages,
        repository=repository,
    )
    rendered: list[Update | Event | Page] = [*shown, *shown_events, *shown_pages]
    files: list[Update | Event | Page] = [*updates, *events, *pages]
    return Loaded(
        view=view,
        campaign=campaign,
        ledger=ledger,
        documents={reading.inside(item.document): item.document for item in rendered},
        stories={reading.inside(item.document): item.story for item in rendered},
        content=reading.content,
        campaign_file=campaign_file,
        folder=PurePosixPath(reading.name(reading.content)),
        drafts=tuple(sorted(item.document.path for item in files if item.said.status == "draft")),
    )


class _Reading:
    """One walk through a content folder, gathering problems on the way."""

    def __init__(self, root: Path, content: Path, stories: Stories) -> None:
        self.root = root.resolve()
        self.content = content.resolve()
        self.stories = stories
        self.problems: list[Problem] = []
        self.unparsed: list[Document] = []
        """Files with a field that is wrong; what their stories name is looked at all the same."""
        self.document: Document | None = None
        """campaign.yaml, once read."""
        self._places: dict[str, str] = {}

    def name(self, path: Path) -> str:
        """A path as problems name it: from the root where it lies below it."""
        path = path if path.is_absolute() else Path.cwd() / path
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()

    def inside(self, document: Document) -> str:
        """Where a Markdown file lies in the content folder, however problems name that: ``updates/a.md``."""
        return self._places[document.path]

    def _problem(self, path: Path, name: str, message: str) -> None:
        self.problems.append(Problem(self.name(path), 1, "", message, name))

    def _read(self, path: Path, read: Callable[[str, bytes], T]) -> T | None:
        try:
            return read(self.name(path), read_bytes(path, MAX_FILE))
        except TooLarge as large:
            self._problem(path, "too-long", too_long(large.size))
        except CampaignError as error:
            self.problems += error.problems
        except OSError as error:
            self._problem(path, "unreadable", f"the file cannot be read ({error.strerror})")
        return None

    def campaign(self) -> Campaign | None:
        path = self.content / CAMPAIGN_FILE
        if path.is_symlink():
            self._problem(path, "stray-file", strays.LINK)
            return None
        if path.exists() and not path.is_dir() and not is_plain(path):
            self._problem(path, "stray-file", strays.NO_FILE)
            return None
        if not is_plain(path):
            self._problem(
                path, "no-campaign", "the campaign file is missing; write one with at least name, currency and goal"
            )
            return None
        self.document = self._read(path, parse_yaml_file)
        if self.document is None:
            return None
        typed = vocabulary(locale_of(self.document))  # where no word can be read, there is nothing to say of amounts
        try:
            return parse_campaign(self.document, typed)
        except CampaignError as error:
            self.problems += error.problems
            return None

    def _files(self, folder: Path) -> Iterator[Path]:
        """The entries of a folder in one order; hidden files are nobody's content and never published."""
        # What lies behind a link is not of this content; the link itself is told of as a file that is nobody's.
        if folder.is_dir() and (folder == self.content or not folder.is_symlink()):
            yield from (folder / name for name in sorted(os.listdir(folder)) if not name.startswith("."))  # noqa: PTH208

    def _names(self, folder: Path) -> frozenset[str]:
        """What lies in a folder, and so cannot be the new name of anything."""
        return frozenset(path.name for path in self._files(folder))

    @cached_property
    def _pictures(self) -> frozenset[str]:
        return self._names(self.content / PICTURES)

    def _markdown(self, folder: str, taken: Collection[str]) -> Iterator[Path]:
        for path in self._files(self.content / folder):
            if path.is_symlink():
                self._problem(path, "stray-file", strays.LINK)
            elif path.is_dir():
                within = self._names(path)
                self._problem(path, "stray-file", strays.folder_in_texts(folder, within, self._pictures))
            elif not is_plain(path):
                self._problem(path, "stray-file", strays.NO_FILE)
            elif path.suffix != ".md":
                self._problem(path, "stray-file", strays.in_texts(path.name, taken, self._pictures))
            else:
                yield path

    def look_without_campaign(self) -> None:
        """Say what can be said about the other files while campaign.yaml is broken."""
        sketch = outline(self.document, vocabulary(locale_of(self.document)))
        found, self.problems = self.problems, []
        updates = self.folder("updates", parse_update, sketch)
        events = self.folder("events", parse_event, sketch)
        pages = self.folder("pages", parse_page, sketch)
        self.other_files()
        self.look_at_names(updates, events, pages)
        self.problems = found + [problem for problem in self.problems if problem.name not in NEEDS_CAMPAIGN]

    def look_at_names(self, updates: list[Update], events: list[Event], pages: list[Page]) -> None:
        """What the files name must be there, and their stories such as can be shown."""
        names = References(self.content, self.document, updates, events, pages, self.unparsed, self.stories)
        self.problems += names.problems()

    def folder(
        self, folder: str, parse: Callable[[Document, Campaign, Collection[str]], Item], campaign: Campaign
    ) -> list[Item]:
        parsed = []
        taken = self._names(self.content / folder)
        files = list(self._markdown(folder, taken))
        with self.stories.reading_ahead(files, campaign.locale):
            for path in files:
                document = self._read(path, parse_update_file)
                if document is None:
                    continue
                self._places[document.path] = f"{folder}/{path.name}"
                try:
                    parsed.append(parse(document, campaign, taken))
                except CampaignError as error:
                    self.problems += error.problems
                    self.unparsed.append(document)
        for item in parsed:
            # Where its links stand is asked of few: of those the story is read again.
            item.tell(replace(self.stories.of(item.document.body, item.locale), trail=None))
        return parsed

    def other_files(self) -> None:
        """Refuse what is not part of a campaign, so that nothing is published by accident or silently left out."""
        self._beside_content()
        self._in_content()
        self._in_pictures()
        self._in_extra()

    def _beside_content(self) -> None:
        """What was put into the project's own folder instead of the content's: nobody reads it."""
        if self.content.parent != self.root:
            return
        for path in self._files(self.root):
            if path != self.content and (told := strays.outside(path.name, is_folder=path.is_dir())):
                self._problem(path, "stray-file", told)

    def _in_content(self) -> None:
        taken = self._names(self.content)
        for path in self._files(self.content):
            is_folder = path.is_dir() and not path.is_symlink()
            if is_folder and path.name in (*FOLDERS, PICTURES, EXTRA):
                continue
            if path.name == CAMPAIGN_FILE and not is_folder:
                continue
            if path.is_symlink():
                told = strays.LINK
            elif is_folder:
                told = strays.folder_in_content(path.name, CAMPAIGN_FILE)
            else:
                told = strays.in_content(path.name, taken, self._pictures, CAMPAIGN_FILE)
            self._problem(path, "stray-file", told)

    def _in_pictures(self) -> None:
        for path in self._files(self.content / PICTURES):
            if path.is_symlink():
                self._problem(path, "stray-file", strays.LINK)
            elif path.is_dir():
                self._problem(path, "stray-file", strays.folder_in_pictures())
            elif not is_plain(path):
                self._problem(path, "stray-file", strays.NO_FILE)
            elif path.suffix.lower() not in PICTURE_KINDS:
                self._problem(path, "stray-file", strays.in_pictures(path.name, self._pictures))
            elif fault := _picture_fault(path):
                self._problem(path, "picture", fault)
        self._twins(self.content / PICTURES)

    def _in_extra(self) -> None:
        taken = self._names(self.content / EXTRA)
        for path in self._files(self.content / EXTRA):
            if path.is_symlink():
                self._problem(path, "stray-file", strays.LINK)
            elif path.is_dir():
                self._problem(path, "stray-file", f"only plain files belong in {EXTRA}, and no folders or links")
            elif not is_plain(path):
                self._problem(path, "stray-file", strays.NO_FILE)
            elif path.name in TAKEN:
                self._problem(path, "reserved-name", f"the site has a file {path.name} of its own; rename this one")
            elif path.suffix.lower() not in EXTRA_KINDS:
                self._problem(path, "stray-file", strays.in_extra(path.name, taken, self._pictures))
            else:
                self._whole_extra(path)
        self._twins(self.content / EXTRA)

    def _whole_extra(self, path: Path) -> None:
        """Refuse what is too large to be published, and a picture under another name: it may say where it was taken."""
        try:
            with opened(path, MAX_BYTES) as file:
                found = strays.signature_of(file.read(16))
        except TooLarge as large:
            self._problem(path, "too-long", f"{large.strerror}; publish a smaller one")
        except OSError as error:
            self._problem(path, "unreadable", f"the file cannot be read ({error.strerror})")
        else:
            if found in ("picture", "heic"):
                self._problem(path, "stray-file", strays.picture_in_extra(path.name, self._pictures))

    def _twins(self, folder: Path) -> None:
        for name, fault in strays.twins(self._names(folder)):
            self._problem(folder / name, "file-name", fault)

    def public_needs(self, campaign: Campaign, *, public: bool) -> None:
        # An example makes nobody a promise: it tells those that were made.
        if not public or campaign.example or self.document is None:
            return
        for key in ("too_much", "too_little", "not_needed"):
            if campaign.promise is None or getattr(campaign.promise, key) is None:
                self.problems.append(
                    self.document.problem(
                        "promise",
                        f"a public site says what happens to the money; add promise: with {key}: and a sentence",
                        *("promise", key),
                    )
                )

    def not_in_future_files(self, events: list[Event], pages: list[Page], today: date) -> None:
        """What was announced or held, was by today."""
        files: list[Event | Page] = [*events, *pages]
        for file in files:
            if file.said.said is not None and file.said.said > today:
                message = f"{file.said.said} is after today, {today}; nobody can have said it yet"
                self.problems.append(file.document.problem("future", message, "said"))
        for event in events:
            if event.said.held and event.when is not None and event.when.first > today:
                message = f"{event.when.isoformat()} is after today, {today}; nothing can have been held then yet"
                self.problems.append(event.document.problem("future", message, "held"))

    def not_in_future(self, campaign: Campaign, today: date) -> None:
        """What somebody said, they said by today."""
        if self.document is None:
            return
        said: list[tuple[tuple[str | int, ...], date | None]] = [
            *((("treatment", n, "said"), plan.said) for n, plan in enumerate(campaign.treatment)),
            *((("deadline", n, "said"), deadline.said) for n, deadline in enumerate(campaign.deadline)),
            *((("milestones", n, "said"), milestone.said) for n, milestone in enumerate(campaign.milestones)),
            *(
                (("costs", n, "notes", m, "said"), note.said)
                for n, cost in enumerate(campaign.costs)
                for m, note in enumerate(cost.notes)
            ),
            (("promise", "first_said"), campaign.promise.first_said if campaign.promise else None),
        ]
        for path, day in said:
            if day is not None and day > today:
                self.problems.append(
                    self.document.problem(
                        "future",
                        f"{day} is after today, {today}; nobody can have said it yet, so write the day it was said",
                        *path,
                    )
                )

    def no_future_updates(self, campaign: Campaign, updates: list[Update], today: date) -> None:
        started = campaign.started
        if updates and self.document and started and started.first > today:
            message = (
                f"{started.isoformat()} is after today, {today}, and there are updates already;"
                " write the day on which the appeal began"
            )
            self.problems.append(self.document.problem("future", message, "started"))
        for update in updates:
            if update.day > today:
                self.problems.append(
                    update.document.problem(
                        "future",
                        f"{update.day} is after today, {today} in {campaign.timezone}; write today's date, or keep it"
                        " as status: draft until then",
                        "date",
                    )
                )


# Pillow is imported only where there is a picture: a check of words and figures need not wait for it.


def _picture_fault(path: Path) -> str | None:
    from .pictures import picture_fault

    return picture_fault(path)
