"""What a renewal is told in: every sentence of ``campaign renew``."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from campaign.reporting.summary import count

from .renewal import Compared, Renewal
from .three_way import Conflict

_MAX_NAMED = 12


def of_the_versions(renewal: Renewal) -> Iterator[str]:
    """Which version the site has, and which is there."""
    yield f"This site has version {renewal.base.in_words}; {renewal.source.address} has {renewal.target.in_words}."


def of_nothing_to_do(renewal: Renewal) -> str:
    """Why nothing is to be taken over."""
    if renewal.target.commit != renewal.base.commit and renewal.is_older:
        return (
            f"There is nothing to do: what this site has ({renewal.base.in_words}) is newer than"
            f" {renewal.target.in_words}. A renewal does not go back."
        )
    return f"There is nothing to do: this site has version {renewal.target.in_words} already."


def of_the_news(renewal: Renewal) -> Iterator[str]:
    """What families must do, version by version."""
    yield ""
    yield "What families must do"
    must = [(news.version, item) for news in renewal.news for item in news.must_do]
    for version, item in must:
        yield f"  {'' if version == 'Unreleased' else f'{version}: '}{item}"
    if not must:
        yield "  Nothing."
    others = sum(news.others for news in renewal.news)
    if others:
        yield f"  Besides, {count(others, 'change')} can be read in CHANGELOG.md, which comes along."


def of_the_files(renewal: Renewal) -> Iterator[str]:
    """What happens to the files here."""
    came = [path for path in renewal.changed if path not in renewal.ours]
    gone = [path for path in renewal.changed if path not in renewal.tree]
    changed = len(renewal.changed) - len(came) - len(gone)
    yield ""
    yield "What happens to the files here"
    yield f"  {count(changed, 'file')} changed, {len(came)} new, {len(gone)} gone; nothing in your folder content."
    yield from _named("Yours, and kept as they are", renewal.joined.kept)
    yield from _named(
        "Changed by you and by the project, in different places; both changes are kept", renewal.joined.mixed
    )
    yield from _named("Deleted by you, and they stay deleted", renewal.stay_deleted)


def of_the_conflicts(conflicts: Collection[Conflict], *, on_github: bool = False) -> Iterator[str]:
    """Which files somebody must choose between, and how."""
    yield ""
    yield f"Somebody must choose: {count(len(conflicts), 'file')} cannot be brought together."
    for conflict in conflicts:
        yield ""
        yield f"  {conflict.path}: {conflict.why}."
        yield from _passage("yours", conflict.yours)
        yield from _passage("the new version", conflict.new)
    first = next(iter(conflicts)).path
    yield ""
    if on_github:
        yield "Choose Run workflow again, and write under Choices for each of them, one behind another:"
    else:
        yield "Run the same command again and say for each of them which one you want:"
    yield f"  --keep-mine {first}    yours stays, without what the project has mended in it"
    yield f"  --take-new {first}    the project’s comes; yours can still be found in your project’s history"
    yield "Whoever wants both takes the new one, and then makes the own change in it once more."
    yield "Nothing was changed."


def of_the_trust(renewal: Renewal) -> Iterator[str]:
    """Where the programs come from, before they are run."""
    yield ""
    yield "What comes are programs. They come from"
    yield f"  {renewal.source.address}, commit {renewal.target.commit[:12]}"
    yield "They run now, for a check, and from then on whenever your site is made, here and on GitHub."
    yield "Whoever writes there can change what your site shows. Go on only if that is the project you trust."


def of_the_comparison(compared: Compared) -> Iterator[str]:
    """How the figures differ, and what else stands against the new version."""
    yield ""
    if compared.problems:
        yield f"With the new version the check finds {count(len(compared.problems), 'problem')} in your content:"
        yield from _lines(compared.problems)
    if compared.differences:
        yield "With the new version these figures would be others, which must never happen by itself:"
        yield from _lines(compared.differences)
    if compared.build:
        yield "The new version’s check is content, but the site cannot be built with it and your own changes:"
        yield f"  {compared.build}"
    if compared.is_same:
        yield "Checked with the new version: every figure is as it was."


def of_not_going_on(compared: Compared) -> Iterator[str]:
    """That nothing was changed because figures or problems differ, and what to do."""
    yield ""
    yield "Nothing was changed."
    if compared.differences:
        yield "Tell the project about it. If you have looked at each figure and want the new ones, add --even-so."
    elif compared.problems:
        yield "Mend these lines, commit them, and renew then."
        yield "If only the new version can read them then, add --even-so; until they are mended, nothing is published."
    else:
        yield "One of your own changes above no longer fits. With --take-new and its file the project’s comes instead."


def of_what_was_done(renewal: Renewal, commit: str, *, on_github: bool = False) -> Iterator[str]:
    """That it is done, how it is undone, and how it becomes public."""
    yield ""
    if on_github:
        yield f"The branch renew has version {renewal.target.in_words}."
        yield "Your site is as it was until you merge that branch:"
        yield "  choose Compare & pull request beside it on your project’s page."
        yield "  To undo it after that, open the pull request and choose Revert."
        return
    yield f"This site has version {renewal.target.in_words} now. Nothing is public yet."
    yield "  To see it:      campaign serve"
    yield "  To publish it:  git push"
    yield f"  To undo it:     git revert --no-edit {commit[:10]}"
    if any(path in renewal.changed for path in ("requirements.txt", "pyproject.toml")):
        yield "What a build needs has changed, too: make html, make serve and make check install it by themselves."


def _passage(whose: str, lines: tuple[str, ...]) -> Iterator[str]:
    if lines:
        yield f"    {whose}:"
        yield from (f"      {line.strip()}" for line in lines)


def _named(words: str, paths: Collection[str]) -> Iterator[str]:
    if paths:
        yield f"  {words}:"
        yield from (f"    {path}" for path in list(paths)[:_MAX_NAMED])
        if len(paths) > _MAX_NAMED:
            yield f"    and {len(paths) - _MAX_NAMED} more"


def _lines(lines: Collection[str]) -> Iterator[str]:
    yield from (f"  {line}" for line in list(lines)[:_MAX_NAMED])
    if len(lines) > _MAX_NAMED:
        yield f"  and {len(lines) - _MAX_NAMED} more"
