"""The stories of one run; those that an earlier run read are known by the hash of their text, and not read again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import Any

from campaign.core.reading.front_matter import MAX_FILE, split_update_file
from campaign.core.reading.problems import CampaignError
from campaign.core.reading.told import Link, Piece, Story, StoryPicture, Video

from .plain_file import read_bytes
from .record_file import read_parts, write_parts
from .story_html import is_safe, whole

MANY = 40
"""Stories that nobody has read yet: so many pay for another process."""

_KINDS: dict[str, Callable[..., Piece]] = {kind.__name__: kind for kind in (Link, StoryPicture, Video)}


class Stories:
    """Reads stories, and keeps those of which nothing need be said in a file, if there is one.

    A story follows from its text, its locale and the code that reads it, and the file knows it by just these.
    """

    def __init__(self, file: Path | None = None, made_by: str = "") -> None:
        """file: in a folder that may not be there yet. made_by: a hash of the code, of Python and of the packages."""
        self._file, self._made_by = file, made_by
        self._kept = read_parts(file, made_by, ("stories",))[0] if file else {}
        self._asked: dict[str, Any] = {}
        """What this run asked for, ready to be kept."""
        self._ahead: dict[str, Any] = {}
        """What was read before anybody asked, as it would be kept."""

    @contextmanager
    def reading_ahead(self, files: Sequence[Path], locale: str) -> Iterator[None]:
        """Read the stories of files in other processes, where that pays, while this one does something else.

        On leaving, this process reads what is left, too. What can be shown as it is written is known from then on by
        its text, as what was kept; of any other file nothing is, so that whoever asks for its story reads it.
        """
        if len(files) - len(self._kept) < MANY:
            yield
            return
        from campaign.processes.shared_work import SharedWork, forks_for  # noqa: PLC0415 (seldom needed)

        forks = forks_for(len(files), MANY)
        work = SharedWork(len(files), lambda number: self._read_ahead(files[number], locale), forks) if forks else None
        yield
        if work:
            self._ahead = dict(filter(None, work.finish().values()))

    def _read_ahead(self, file: Path, locale: str) -> tuple[str, Any] | None:
        """A story's name and what is kept of it, if it is one to be kept, and is not yet."""
        try:
            body = split_update_file("", read_bytes(file, MAX_FILE)).body
        except (OSError, CampaignError):
            return None
        name = _name(body, locale)
        if name in self._kept:
            return None
        from campaign.core.reading.story import read_story  # noqa: PLC0415 (as in of)

        story = read_story(body, locale)
        return (name, _packed(story)) if not story.faults and is_safe(whole(story)) else None

    def of(self, body: str, locale: str) -> Story:
        """What ``read_story`` makes of the same."""
        name = _name(body, locale)
        if kept := self._kept.get(name) or self._ahead.get(name):
            with suppress(TypeError, ValueError, KeyError):
                story = _unpacked(body, locale, kept)
                self._asked[name] = kept
                return story
        from campaign.core.reading.story import read_story  # noqa: PLC0415 (it takes Markdown to read one)

        return read_story(body, locale)

    def is_safe(self, story: Story) -> bool:
        """Whether nothing need be taken out of the HTML of a story that came from ``of``."""
        name = _name(story.body, story.locale)
        if name in self._asked:  # no other is ever kept
            return True
        safe = is_safe(whole(story))
        if safe and self._file and not story.faults:
            self._asked[name] = _packed(story)
        return safe

    def keep(self) -> None:
        """Write the file anew, unless it holds just what was asked for, and hold none of it any longer.

        One that cannot be written is no fault.
        """
        if self._file and self._asked != self._kept:
            write_parts(self._file, self._made_by, {"stories": self._asked})
        self._kept, self._asked, self._ahead = {}, {}, {}


def _name(body: str, locale: str) -> str:
    return sha256(f"{locale}\n{body}".encode("utf-8", "surrogatepass")).hexdigest()


def _packed(story: Story) -> list[Any]:
    return [story.after_first, story.first_sentence, [_packed_piece(piece) for piece in story.pieces]]


def _packed_piece(piece: Piece) -> Any:
    """A stretch of HTML as it is; else the name of its kind and what each of its fields holds."""
    if isinstance(piece, str):
        return piece
    parts = [getattr(piece, field.name) for field in fields(piece)]
    return [type(piece).__name__, *(_packed_piece(part) if isinstance(part, Link) else part for part in parts)]


def _unpacked(body: str, locale: str, packed: Any) -> Story:
    after_first, first_sentence, pieces = packed
    return Story(body, tuple(map(_unpacked_piece, pieces)), after_first, first_sentence, (), locale, trail=None)


def _unpacked_piece(packed: Any) -> Piece:
    if isinstance(packed, str):
        return packed
    kind, *parts = packed
    return _KINDS[kind](*(_unpacked_piece(part) if isinstance(part, list) else part for part in parts))
