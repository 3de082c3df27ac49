"""A new appeal in place of the shipped one: its first files, checked, and put in its place as a whole."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path

from campaign.core.reading.campaign_file import locale_of, parse_campaign
from campaign.core.reading.dates import zone
from campaign.core.reading.front_matter import MAX_FILE, parse_yaml_file
from campaign.core.reading.problems import CampaignError
from campaign.loading.load import CAMPAIGN_FILE, load_campaign
from campaign.loading.plain_file import is_plain, read_bytes
from campaign.loading.site_paths import PICTURES
from campaign.loading.stray_files import EXTRA, FOLDERS
from campaign.loading.translations import vocabulary
from campaign.publishing.replace import beside, replace

from .new_file import as_yaml, update_text

OF_THE_STORY = ("tests/story", "docs/draw_picture.py")
"""What the project holds for the shipped appeal alone, besides its content."""
KEPT = ("pages/privacy.md", EXTRA)
"""What stays of a content: a page that is true of every appeal, and files that somebody put there to be published."""
STAYING = ("events", PICTURES)
"""Folders that are empty at first; git keeps one only for a file in it, and volunteers are told to open them."""
FIRST_TITLE = "The first update"
FIRST_STORY = """\
From today on, you can read here how the appeal goes.

Every figure on this site says which day it is of."""
"""True of any appeal on any day, for it may be public before anybody has found words of their own."""


class NotReplaceable(Exception):
    """What is there may be a family's own; the message says why."""


@dataclass(frozen=True)
class WayToGive:
    """A button's words, and where it leads; empty where it leads nowhere."""

    label: str
    url: str


@dataclass(frozen=True)
class NewCampaign:
    """What a new appeal says, as it was typed; what nobody has answered yet is made up, and right."""

    name: str = "?"
    currency: str = "GBP"
    locale: str = "en_GB"
    timezone: str = "UTC"
    goal: str = "1"
    summary: str = "?"
    too_much: str = "?"
    too_little: str = "?"
    not_needed: str = "?"
    give: tuple[WayToGive, ...] = ()


def fault(appeal: NewCampaign) -> str | None:
    """What is wrong with an appeal, in the words of a check; None where nothing is."""
    texts = [getattr(appeal, field.name) for field in fields(appeal) if field.name != "give"]
    if not all([*texts, *(way.label for way in appeal.give)]):
        return "expected some words, got none"
    try:
        document = parse_yaml_file(CAMPAIGN_FILE, campaign_text(appeal).encode())
        parse_campaign(document, vocabulary(locale_of(document)))
    except UnicodeEncodeError:
        return "what you typed is no text that can be saved; type it again"
    except CampaignError as error:
        return error.problems[0].message
    return None


def campaign_text(appeal: NewCampaign) -> str:
    """The fields of campaign.yaml, each to be read back as it was typed."""
    lines = [
        f"name: {as_yaml(appeal.name)}",
        f"summary: {as_yaml(appeal.summary)}",
        f"currency: {as_yaml(appeal.currency)}",
        f"locale: {as_yaml(appeal.locale)}",
        f"timezone: {as_yaml(appeal.timezone)}",
        "",
        f"goal: {as_yaml(appeal.goal)}",
        "",
        "promise:",
        f"  too_much: {as_yaml(appeal.too_much)}",
        f"  too_little: {as_yaml(appeal.too_little)}",
        f"  not_needed: {as_yaml(appeal.not_needed)}",
    ]
    if appeal.give:
        lines += ["", "give:"]
    for way in appeal.give:
        lines.append(f"  - label: {as_yaml(way.label)}")
        lines += [f"    url: {as_yaml(way.url)}"] if way.url else []
    return "\n".join([*lines, ""])


def _more_to_say(day: date) -> str:
    """Comments: the next fields that a family may want."""
    return f"""
# What else it can say: take away the # and the space behind it, and change the rest.
# Each of these and more is explained in docs/posting-updates.md.
#
# beneficiary: Sam
#
# Who it is for, in two or three sentences, below the figure on the home page.
# story: Sam is three, and wants to run where others run.
#
# image: images/walk.jpg
# image_alt: What the picture shows, for those who cannot see it
# contact: mailto:appeal@example.org
# held_by: {{kind: personal, name: Sam's parents}}
#
# By when the money is needed: a day or a month.
# deadline: {day.year + 1}-02
#
# A bank account is a way to give, too, with its IBAN, or its sort code and number, under account: in give.
#
# What the money is for, met in this order.
# costs:
#   - {{id: operation, label: The operation, estimate: about 10000}}
#   - {{id: therapy, label: The therapy after it, estimate: about 5000}}
#
# The separate accounts that the total is made of. Without them, updates state one figure: raised.
# sources:
#   - {{id: page, label: Our giving page}}
#   - {{id: cash, label: Cash and cheques, records: receipts}}
# An account in another currency has it beside its label, as in currency: USD.
#
# Somebody who doubles what others give, up to a sum.
# matches:
#   - {{id: mill, who: A local mill, up_to: 1000, from: {day.year + 1}-01-01, until: {day.year + 1}-03-31}}
#
# What there is to reach.
# milestones:
#   - {{raised: 50%, label: Half way}}
"""


def replaced(root: Path, content: Path) -> list[str]:
    """The files that a new appeal takes the place of, as they are called from ``root``.

    Raises NotReplaceable unless the content is an example, or there is none.
    """
    files = [path for path in _files(content) if not path.name.startswith(".") and not _is_kept(path, content)]
    if files:
        _must_be_example(root, content)
    return [_name(path, root) for path in (*files, *_of_the_story(root, content))]


def _files(content: Path) -> list[Path]:
    if content.is_symlink() or (content.exists() and not content.is_dir()):
        raise NotReplaceable(f"{content} is no folder")
    return sorted(path for path in content.rglob("*") if not path.is_dir())


def _is_kept(path: Path, content: Path) -> bool:
    place = path.relative_to(content)
    return place.as_posix() in KEPT or place.parts[0] in KEPT


def _must_be_example(root: Path, content: Path) -> None:
    """A family's own appeal is never touched, nor is anything that is no part of an appeal."""
    for path in sorted(content.iterdir()):
        is_hidden_file = path.name.startswith(".") and path.is_file()
        if path.name not in (CAMPAIGN_FILE, *FOLDERS, PICTURES, EXTRA) and not is_hidden_file:
            raise NotReplaceable(f"{_name(path, root)} is no part of the shipped story and would be lost; move it away")
    file = content / CAMPAIGN_FILE
    name = _name(file, root)
    if not is_plain(file):
        raise NotReplaceable(f"there is no {name} to say whose the other files are; delete them, or bring it back")
    try:
        said = parse_yaml_file(name, read_bytes(file, MAX_FILE)).fields
    except CampaignError:
        raise NotReplaceable(f"{name} cannot be read, so it may be your own; campaign check says why") from None
    if str(said.get("example", "")).lower() != "true":
        raise NotReplaceable(f"{name} is an appeal of its own, not the shipped example; change it as you like, there")


def _of_the_story(root: Path, content: Path) -> list[Path]:
    """What only the shipped content needs, where that is the content in question."""
    if content.resolve() != root.resolve() / "content":
        return []
    return [root / name for name in OF_THE_STORY if (root / name).exists()]


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def put_in_place(root: Path, content: Path, appeal: NewCampaign, going: list[str], *, now: datetime) -> list[str]:
    """Write the appeal's files beside the content, check them as for the public, and swap them in.

    going: the files that may be removed; NotReplaceable if there are others by now.
    The story's own tests go first: killed before the swap, the shipped content is still an example, and the next run
    begins again; killed after it, the appeal is whole. Returns the files that were written.
    """
    with beside(content) as fresh:
        place = fresh / content.name
        written = _write(place, appeal, now)
        for name in KEPT:
            _copy(content / name, place / name)
        load_campaign(fresh, place, now=now, public=True)
        if replaced(root, content) != going:
            raise NotReplaceable("other files are there than a moment ago, so begin again")
        for path in _of_the_story(root, content):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        replace(place, content)
    return [_name(content / name, root) for name in written]


def _write(place: Path, appeal: NewCampaign, now: datetime) -> list[str]:
    """The first files of an appeal, in a new folder."""
    day = now.astimezone(zone(appeal.timezone)).date()
    for folder in ("updates", *STAYING):
        (place / folder).mkdir(parents=True)
    for folder in STAYING:
        (place / folder / ".gitkeep").touch()
    _save(place / CAMPAIGN_FILE, campaign_text(appeal) + _more_to_say(day))
    view = load_campaign(place.parent, place, now=now).view
    update = f"updates/{day}-the-first-update.md"
    _save(place / update, update_text(view, FIRST_TITLE, day, FIRST_STORY))
    return [CAMPAIGN_FILE, update]


def _save(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _copy(path: Path, place: Path) -> None:
    if path.is_dir():
        shutil.copytree(path, place, symlinks=True)
    elif path.exists():
        place.parent.mkdir(exist_ok=True)
        shutil.copy(path, place)
