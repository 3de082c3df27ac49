"""A story that was read before is taken only where reading it again would give the same."""

import errno
import json
import os
import sys
import time
from dataclasses import fields
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from campaign.core.reading import story
from campaign.core.reading.problems import CampaignError
from campaign.core.reading.story import offsets, read_story
from campaign.core.reading.told import Link, Story, StoryPicture, Video
from campaign.loading import stories as module
from campaign.loading.digest import Digests
from campaign.loading.load import load_campaign
from campaign.loading.stories import Stories
from campaign.processes import shared_work
from campaign.publishing import build as building
from campaign.rendering.kept_stories import FILE, kept_stories

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2024, 3, 10, 12, tzinfo=UTC)
BODY = 'Over the bridge, "twice".\n\n![The bridge](images/bridge.jpg)\n\n[More](money.html)\n'
VIDEO = "Before.\n\nhttps://www.youtube.com/watch?v=abcdefghijk\n\nBehind it -- much."
UNSAFE = "<script>alert(1)</script>"


@pytest.fixture
def file(tmp_path):
    return tmp_path / ".cache/stories"


def read_and_kept(file, *bodies, made_by="1", locale="en_GB"):
    """Stories that one run has read and kept."""
    stories = Stories(file, made_by)
    read = [stories.of(body, locale) for body in bodies]
    assert all(map(stories.is_safe, read))
    stories.keep()
    return read


def nothing_is_read(monkeypatch):
    def read(*_):
        raise AssertionError("a story was read")

    monkeypatch.setattr(story, "read_story", read)
    for name in ("is_safe", "whole"):
        monkeypatch.setattr(module, name, read)


@pytest.mark.parametrize("body", [BODY, VIDEO, "", "One [a] two\n\n[a]: https://example.org 'Title'\n"])
@pytest.mark.parametrize("locale", ["en_GB", "de_DE", ""])
def test_a_story_that_was_kept_is_the_one_that_was_read_with_the_place_of_each_link(file, monkeypatch, body, locale):
    (read,) = read_and_kept(file, body, locale=locale)
    with monkeypatch.context() as patch:
        nothing_is_read(patch)
        later = Stories(file, "1")
        kept = later.of(body, locale)
        assert later.is_safe(kept)
    assert kept == read == read_story(body, locale)
    assert Digests().of(kept) == Digests().of(read)
    assert offsets(kept) == offsets(read)
    assert len(offsets(read)) == len([*read.links, *read.shown])


def test_every_story_of_the_shipped_appeal_is_kept_as_it_was_read(file):
    bodies = [path.read_text("utf-8").split("---\n", 2)[2] for path in sorted((ROOT / "content").glob("updates/*.md"))]
    read = read_and_kept(file, *bodies)
    assert read
    later = Stories(file, "1")
    assert [later.of(body, "en_GB") for body in bodies] == read


def test_every_field_of_a_story_is_kept_or_follows_from_why_it_is():
    kept = {"body", "locale", "pieces", "after_first", "first_sentence"}
    follows = {"faults", "trail"}
    """None, and read again."""
    assert {field.name for field in fields(Story)} == kept | follows
    assert set(module._KINDS.values()) == {Link, StoryPicture, Video}


def test_another_text_another_language_and_other_code_are_read(file):
    (read,) = read_and_kept(file, BODY)
    for body, locale, made_by in ((f"{BODY}.", "en_GB", "1"), (BODY, "de_DE", "1"), (BODY, "en_GB", "2")):
        stories = Stories(file, made_by)
        found = stories.of(body, locale)
        assert found == read_story(body, locale)
        assert found.trail is not None
    assert Stories(file, "1").of(BODY, "en_GB") == read


def sealed(said):
    data = said if isinstance(said, bytes) else json.dumps(said).encode()
    return sha256(data).hexdigest().encode() + b"\n" + data


NAME = sha256(f"en_GB\n{BODY}".encode()).hexdigest()


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda data: data[:-1],
        lambda data: data + b" ",
        lambda data: data.replace(b"bridge", b"ridges"),
        lambda data: data.partition(b"\n")[2],
        lambda _: b"",
        lambda _: sealed(b"\xff"),
        lambda _: sealed(b"[" * 100_000),
        lambda _: sealed([]),
        lambda _: sealed({"stories": {}}),
        lambda _: sealed({"made_by": "1", "stories": [NAME]}),
        *(
            lambda _, planted=planted: sealed({"made_by": "1", "stories": {NAME: planted}})
            for planted in (
                1,
                "ab",
                [1, "a"],
                [1, "a", 3],
                [1, "a", [["Path", "/"]]],
                [1, "a", [["Link", 1]]],
                [0, "", [[]]],
            )
        ),
    ],
)
def test_a_file_that_is_damaged_or_was_written_by_nobody_of_us_changes_nothing(file, spoilt):
    (read,) = read_and_kept(file, BODY)
    file.write_bytes(spoilt(file.read_bytes()))
    stories = Stories(file, "1")
    found = stories.of(BODY, "en_GB")
    assert found == read
    assert found.trail is not None
    assert stories.is_safe(found)
    stories.keep()
    assert Stories(file, "1").of(BODY, "en_GB").trail is None


def test_what_a_link_leads_to_is_not_believed(file):
    read_and_kept(file, BODY)
    file.rename(file.with_name("elsewhere"))
    file.symlink_to("elsewhere")
    assert Stories(file, "1").of(BODY, "en_GB").trail is not None


def test_a_story_of_which_something_must_be_said_is_never_kept(file, monkeypatch):
    stories = Stories(file, "1")
    assert not stories.is_safe(Story("Words.", (UNSAFE,)))
    faulty = stories.of("<iframe></iframe>", "en_GB")
    assert faulty.faults
    stories.is_safe(faulty)
    stories.keep()
    assert not file.exists()


def test_only_what_this_run_asked_for_stays_and_a_file_that_holds_it_is_not_written_again(file):
    read_and_kept(file, BODY, VIDEO)
    (file.parent / "stories.left").write_text("half")
    before = file.stat()
    read_and_kept(file, VIDEO, BODY)
    assert file.stat() == before
    read_and_kept(file, BODY)
    assert list(json.loads(file.read_bytes().partition(b"\n")[2])["stories"]) == [NAME]
    assert [path.name for path in file.parent.iterdir()] == ["stories"]


def test_nothing_is_left_of_a_file_for_which_there_was_no_room(file, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    read_and_kept(file, BODY)
    assert list(file.parent.iterdir()) == []


def test_where_nothing_can_be_written_stories_are_read_all_the_same(tmp_path):
    (tmp_path / ".cache").write_text("a file")
    (read,) = read_and_kept(tmp_path / ".cache/stories", BODY)
    assert read == read_story(BODY, "en_GB")


# -- a run --------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with one update."""
    monkeypatch.delenv("CI", raising=False)
    updates = tmp_path / "content/updates"
    updates.mkdir(parents=True)
    (tmp_path / "pelicanconf.py").touch()
    (tmp_path / "content/campaign.yaml").write_text("name: A roof\ncurrency: GBP\ngoal: 50,000\n")
    (updates / "2024-03-02-more.md").write_text("---\ntitle: More\ndate: 2024-03-02\n---\nMore.\n")
    (updates / "2024-03-01-begun.md").write_text(
        "---\ntitle: Begun\ndate: 2024-03-01\n---\nWords.\n\nThey\nlead [on](2024-03-02-more.md).\n"
    )
    return tmp_path


def load(project, content=None, **options):
    content = content or project / "content"
    return load_campaign(project, content, now=NOW, **({"stories": kept_stories(project, content)} | options))


def test_a_second_run_reads_no_story_and_shows_the_same(project, monkeypatch):
    monkeypatch.setattr("campaign.rendering.kept_stories.of_code", lambda: "1")
    first = load(project)
    with monkeypatch.context() as patch:
        nothing_is_read(patch)
        second = load(project)
    assert second.stories == first.stories
    assert second.view == first.view


@pytest.fixture(params=[1, 3])
def forks(request, monkeypatch):
    """So many forks help, however little there is to read."""
    if sys.platform != "linux":
        pytest.skip("no process is forked here")
    monkeypatch.setattr(shared_work, "forks_for", lambda *_: request.param)
    monkeypatch.setattr(module, "MANY", 1)
    return request.param


def told(project, **options):
    with pytest.raises(CampaignError) as found:
        load_campaign(project, project / "content", now=NOW, **options)
    return [str(problem) for problem in found.value.problems]


def written(project, *stories):
    for number, body in enumerate(stories):
        text = f"---\ntitle: News {number}\ndate: 2024-03-03 12:{number:02}\n---\n{body}\n"
        (project / f"content/updates/2024-03-03-news-{number}.md").write_text(text, encoding="utf-8")


def test_forks_read_ahead_what_one_process_reads(project, forks, monkeypatch):
    written(project, *(f'Day {number} -- "well".\n\n[On](2024-03-02-more.md)\n' for number in range(30)), VIDEO)
    files = sorted((project / "content/updates").iterdir())
    ahead = Stories()
    with ahead.reading_ahead(files, "en_GB"):
        time.sleep(0.3)  # the forks have begun by then
    assert len(ahead._ahead) == len(files)
    with monkeypatch.context() as alone:
        alone.setattr(shared_work, "forks_for", lambda *_: 0)
        one = load_campaign(project, project / "content", now=NOW, stories=Stories(project / "one", "1"))
    several = load_campaign(project, project / "content", now=NOW, stories=Stories(project / "several", "1"))
    assert several == one
    assert Digests().of(several.stories) == Digests().of(one.stories)
    assert (project / "several").read_bytes() == (project / "one").read_bytes()
    with monkeypatch.context() as patch:
        nothing_is_read(patch)
        again = load_campaign(project, project / "content", now=NOW, stories=Stories(project / "several", "1"))
    assert again == one


@pytest.mark.usefixtures("forks")
def test_what_is_wrong_with_a_story_that_was_read_ahead_is_told_at_its_line(project, monkeypatch):
    written(project, "Words.\n\n<iframe></iframe>", "![](images/a.jpg)", "[on](nowhere.md)", "Words.")
    several = told(project)
    monkeypatch.setattr(module, "MANY", 1000)
    assert told(project) == several
    assert [problem.partition(": ")[0] for problem in several] == [
        "content/updates/2024-03-03-news-0.md:7",
        "content/updates/2024-03-03-news-1.md:5",
        "content/updates/2024-03-03-news-2.md:5",
    ]


@pytest.mark.usefixtures("forks")
def test_a_story_that_is_saved_while_others_are_read_is_the_one_that_this_process_read(project, monkeypatch):
    """The two read the file at different times: what the other made of it counts only for the same text."""
    read_ahead = Stories._read_ahead

    def earlier(self, file, locale):
        of = file.with_name("of-before")
        of.write_text(file.read_text().replace("Words", "Other words"))
        return read_ahead(self, of, locale)

    monkeypatch.setattr(Stories, "_read_ahead", earlier)
    (project / "content/updates/2024-03-02-more.md").write_text("---\ntitle: Words\ndate: 2024-03-02\n---\nWords.\n")
    work = load_campaign(project, project / "content", now=NOW).stories["updates/2024-03-02-more.md"]
    assert work.pieces == read_story("Words.\n", "en_GB").pieces


@pytest.mark.usefixtures("forks")
def test_stories_are_read_where_every_fork_is_killed_and_where_a_file_is_none(project, monkeypatch):
    this, read_ahead = os.getpid(), Stories._read_ahead

    def killed(self, *given):
        if os.getpid() != this:
            os.kill(os.getpid(), 9)
        return read_ahead(self, *given)

    monkeypatch.setattr(Stories, "_read_ahead", killed)
    found = load_campaign(project, project / "content", now=NOW)
    assert all(story.pieces for story in found.stories.values())
    updates = project / "content/updates"
    (updates / "2024-03-04-half.md").write_bytes(b"---\ntitle: \xff")
    (updates / "2024-03-05-gone.md").write_text("no fields")
    several = told(project)
    monkeypatch.setattr(module, "MANY", 1000)
    assert told(project) == several


def test_no_fork_is_begun_where_little_is_left_to_read(project, monkeypatch):
    def begun(*_):
        raise AssertionError("a fork was asked for")

    monkeypatch.setattr("campaign.rendering.kept_stories.of_code", lambda: "1")
    monkeypatch.setattr(module, "MANY", 2)
    load(project)
    monkeypatch.setattr(shared_work, "forks_for", begun)
    load(project)
    written(project, "Words.")
    load(project)
    monkeypatch.setattr(module, "MANY", 1)
    with pytest.raises(AssertionError, match="a fork was asked for"):
        load(project, stories=Stories())


def test_a_link_that_led_somewhere_when_its_story_was_kept_is_told_at_its_line(project, monkeypatch):
    monkeypatch.setattr("campaign.rendering.kept_stories.of_code", lambda: "1")
    load(project)
    (project / "content/updates/2024-03-02-more.md").unlink()

    problems = told(project, stories=kept_stories(project, project / "content"))
    assert problems == told(project)
    assert problems[0].startswith("content/updates/2024-03-01-begun.md:8:")


def test_nothing_is_kept_of_content_elsewhere_outside_a_project_or_on_a_machine_that_builds_for_others(
    project, monkeypatch
):
    elsewhere = project.parent / "elsewhere"
    (project / "content").rename(elsewhere)
    load(project, elsewhere)
    elsewhere.rename(project / "content")
    (project / "pelicanconf.py").unlink()
    load(project)
    (project / "pelicanconf.py").touch()
    monkeypatch.setenv("CI", "true")
    load(project)
    assert not (project / FILE).exists()


def test_a_site_for_the_public_takes_no_story_that_was_kept(project, monkeypatch):
    class Asked(Exception):
        pass

    def ask(*_, stories, **__):
        raise Asked(stories)

    monkeypatch.setattr(building, "load_campaign", ask)
    monkeypatch.setenv("SITEURL", "https://example.org")
    taken = {}
    for publish in (False, True):
        with pytest.raises(Asked) as asked:
            building.build_site(
                project,
                project / "content",
                project / "output",
                settings=project / "pelicanconf.py",
                publish=publish,
            )
        (taken[publish],) = asked.value.args
    assert isinstance(taken[False], Stories)
    assert taken[True] is None


def test_no_story_of_a_site_holds_where_its_links_stand_and_a_wrong_one_is_told_with_its_line(tmp_path):
    (tmp_path / "updates").mkdir()
    (tmp_path / "campaign.yaml").write_text("name: A roof\ncurrency: GBP\ngoal: 1000\n")
    update = tmp_path / "updates/2024-01-01-news.md"
    for link in ("https://example.org/", "updates.html"):
        update.write_text(f"---\ntitle: News\ndate: 2024-01-01\n---\nWe [tell]({link}).\n\n[More]({link}).\n")
        (story,) = load_campaign(tmp_path, tmp_path, now=NOW).stories.values()
        assert story.trail is None
        assert len(offsets(story)) == 2
    update.write_text("---\ntitle: News\ndate: 2024-01-01\n---\nWe tell.\n\n[More](gone.html).\n")
    with pytest.raises(CampaignError) as refused:
        load_campaign(tmp_path, tmp_path, now=NOW)
    assert [(problem.line, problem.name) for problem in refused.value.problems] == [(7, "link")]
