"""Loading a content folder: days, drafts, files that do not belong, and every problem in one run."""

import sys
import time
import zoneinfo
from datetime import UTC, date, datetime

import pytest

from campaign.core.reading.problems import CampaignError, FieldError
from campaign.core.reading.repository import Repository
from campaign.loading.load import load_campaign, now_from_environment, repository_from_environment
from photo import photo

NOON = datetime(2024, 3, 10, 12, tzinfo=UTC)

CAMPAIGN = "name: A roof\ncurrency: GBP\ngoal: 50,000\n"


@pytest.fixture
def content(tmp_path):
    """A campaign with one update, as a folder."""
    folder = tmp_path / "content"
    (folder / "updates").mkdir(parents=True)
    (folder / "campaign.yaml").write_text(CAMPAIGN)
    write(folder, "updates/2024-03-01-begun.md", "title: Begun\ndate: 2024-03-01\ntotals:\n  raised: 100")
    return folder


def write(folder, name, fields, body="Words."):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"---\n{fields}\n---\n{body}\n", encoding="utf-8")
    return path


def load(folder, **options):
    return load_campaign(folder.parent, folder, now=options.pop("now", NOON), **options)


def problems(folder, **options):
    with pytest.raises(CampaignError) as error:
        load(folder, **options)
    return [str(problem) for problem in error.value.problems]


def test_a_name_a_currency_a_goal_and_one_update_are_enough(content):
    loaded = load(content)
    assert loaded.view.now.raised.exact.amount == 100
    assert list(loaded.documents) == ["updates/2024-03-01-begun.md"]


def test_a_campaign_with_no_update_yet_is_valid(content):
    (content / "updates/2024-03-01-begun.md").unlink()
    (content / "updates").rmdir()
    assert load(content).view.now.raised is None


def test_today_is_the_campaigns_own_day(content):
    write(content, "updates/2024-03-11-late.md", "title: Late\ndate: 2024-03-11")
    assert "is after today, 2024-03-10 in UTC" in problems(content)[0]
    (content / "campaign.yaml").write_text(CAMPAIGN + "timezone: Pacific/Auckland\n")
    assert load(content).view.day == date(2024, 3, 11)


def test_a_draft_counts_for_nothing_and_may_be_of_a_later_day(content):
    draft = "title: Later\ndate: 2024-04-01\nstatus: draft\ntotals:\n  raised: 5"
    write(content, "updates/2024-04-01-later.md", draft)
    write(content, "pages/about.md", "title: About\nstatus: draft")
    write(content, "events/fair.md", "title: Fair\nstatus: draft")
    loaded = load(content)
    assert loaded.view.now.raised.exact.amount == 100
    assert loaded.drafts == ("content/events/fair.md", "content/pages/about.md", "content/updates/2024-04-01-later.md")
    assert list(loaded.documents) == ["updates/2024-03-01-begun.md"]
    assert (loaded.view.events, loaded.view.pages) == ((), ())


def test_a_past_day_leaves_later_updates_out_but_checks_them(content):
    later = write(content, "updates/2024-03-05-more.md", "title: More\ndate: 2024-03-05\ntotals:\n  raised: 200")
    loaded = load(content, as_of=date(2024, 3, 2))
    assert loaded.view.now.raised.exact.amount == 100
    assert (loaded.view.day, loaded.view.is_past_day) == (date(2024, 3, 2), True)
    assert list(loaded.documents) == ["updates/2024-03-01-begun.md"]
    write(content, "updates/2024-05-05-ahead.md", "title: Ahead\ndate: 2024-05-05")
    assert load(content, as_of=date(2024, 3, 2)).view == loaded.view
    later.write_text(later.read_text().replace("200", "20"))
    assert (
        "falls from £100 (in content/updates/2024-03-01-begun.md) to £20; "
        in problems(content, as_of=date(2024, 3, 2))[0]
    )


def test_a_day_that_has_not_come_cannot_be_asked_for(content):
    assert problems(content, as_of=date(2024, 3, 11)) == [
        "content/campaign.yaml:1: as of 2024-03-11 is after today, 2024-03-10 [future]"
    ]


def test_what_somebody_said_they_said_by_today(content):
    (content / "campaign.yaml").write_text(
        CAMPAIGN
        + "deadline:\n  - {said: 2024-05-01, date: 2024-06-01}\n"
        + "treatment:\n  - {said: 2024-05-02, status: hoped}\n"
        + "milestones:\n  - {raised: 5, said: 2024-05-03}\n"
        + "promise:\n  first_said: 2024-05-04\n"
    )
    assert [line.split(": ")[1] for line in problems(content)] == [
        "deadline[1].said",
        "treatment[1].said",
        "milestones[1].said",
        "promise.first_said",
    ]


def test_a_public_site_says_what_happens_to_the_money(content):
    assert load(content, public=False)
    assert [line.split(": ")[1] for line in problems(content, public=True)] == [
        "promise.not_needed",
        "promise.too_little",
        "promise.too_much",
    ]
    promise = "promise: {too_much: It helps others., too_little: It helps a little., not_needed: It helps others.}\n"
    (content / "campaign.yaml").write_text(CAMPAIGN + promise)
    assert load(content, public=True)


def test_every_problem_of_every_file_is_reported_in_one_run_by_path_and_line(content):
    write(content, "updates/2024-03-02-a.md", "title: A\ndate: 2024-03-02\ntotls:\n  raised: 5\nas_of: soon")
    write(content, "updates/2024-03-03-b.md", "title: B\ndate: 3/3/2024")
    (content / "campaign.yaml").write_text(CAMPAIGN + "goals: 5\n")
    assert [line.split(": ")[0] for line in problems(content)] == [
        "content/campaign.yaml:4",
        "content/updates/2024-03-02-a.md:4",
        "content/updates/2024-03-02-a.md:6",
        "content/updates/2024-03-03-b.md:3",
    ]


def test_with_a_broken_campaign_file_only_what_is_sure_is_said_of_the_others(content):
    (content / "campaign.yaml").write_text("name: A roof\ncurrency: pounds\ngoal: £5\n")
    write(content, "updates/2024-03-02-a.md", "title: A\ndate: 2024-03-02\ntotals:\n  bank: £5\nreached: [roof]")
    assert [line.split(": ")[0] for line in problems(content)] == ["content/campaign.yaml:2"]


def test_hidden_files_are_nobodys_content(content):
    (content / ".DS_Store").write_bytes(b"\x00")
    (content / "updates/.secret.md").write_text("not even front matter")
    assert len(load(content).documents) == 1


def test_files_that_do_not_belong_are_named(content):
    (content / "updates/notes.txt").write_text("hello")
    (content / "updates/2024").mkdir()
    (content / "updates/2024-03-02-link.md").symlink_to(content / "updates/2024-03-01-begun.md")
    (content / "music").mkdir()
    (content / "images").mkdir()
    (content / "images/film.mov").write_bytes(b"")
    (content / "extra/deep").mkdir(parents=True)
    found = problems(content)
    assert [line.split(":")[0] for line in found] == [
        "content/extra/deep",
        "content/images/film.mov",
        "content/music",
        "content/updates/2024",
        "content/updates/2024-03-02-link.md",
        "content/updates/notes.txt",
    ]
    assert all(line.endswith("[stray-file]") for line in found)


def test_an_event_that_receipts_name_must_be_there(content):
    (content / "campaign.yaml").write_text(CAMPAIGN + "sources:\n  - {id: cash, label: Cash, records: receipts}\n")
    fields = "title: Fair\ndate: 2024-03-02\nreceived:\n  - {source: cash, amount: 5, event: fair}"
    (content / "updates/2024-03-01-begun.md").unlink()
    write(content, "updates/2024-03-02-fair.md", fields)
    assert problems(content) == [
        "content/updates/2024-03-02-fair.md:5: received[1].event: there is no event content/events/fair.md;"
        " write the name of an event's file without .md, or leave event out [unknown-id]"
    ]
    write(content, "events/fair.md", "title: The fair")
    assert load(content).view.events[0].raised.exact.amount == 5


def test_a_missing_campaign_file_is_named_and_the_updates_are_still_looked_at(content):
    (content / "campaign.yaml").unlink()
    write(content, "updates/2024-03-02-a.md", "title: 'A")
    assert [line.split(":")[0] for line in problems(content)] == [
        "content/campaign.yaml",
        "content/updates/2024-03-02-a.md",
    ]


def test_a_file_that_cannot_be_read_is_a_problem_and_no_traceback(content):
    path = content / "updates/2024-03-02-a.md"
    path.write_text("---\ntitle: A\ndate: 2024-03-02\n---\n")
    path.chmod(0)
    try:
        path.read_bytes()
    except PermissionError:
        assert problems(content) == [
            "content/updates/2024-03-02-a.md:1: the file cannot be read (Permission denied) [unreadable]"
        ]
    else:  # root reads everything
        assert load(content)
    finally:
        path.chmod(0o644)


def test_the_clock_can_be_set_for_a_reproducible_build(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1441065600")
    assert now_from_environment() == datetime(2015, 9, 1, tzinfo=UTC)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert abs((now_from_environment() - datetime.now(UTC)).total_seconds()) < 60


@pytest.mark.parametrize("moment", ["soon", "1.5", "9" * 30])
def test_a_moment_that_is_none_is_named(moment, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
    with pytest.raises(FieldError, match="SOURCE_DATE_EPOCH must be seconds since 1970"):
        now_from_environment()


def test_an_entry_of_which_every_field_is_empty_is_absent(site):
    """As a form writes one that nobody filled in."""
    site.write("campaign.yaml", CAMPAIGN + "sources:\n  - {id: tins, label: Tins, records: receipts}\n")
    site.write(
        "updates/2024-02-02-x.md",
        "---\ntitle: X\ndate: 2024-02-02\nreceived:\n"
        "  - {source: , amount: }\n  - {source: tins, amount: 20000}\n  - {source: tins, amount: 5}\n---\n",
    )
    view = load_campaign(site.folder, site.content, now=datetime(2024, 3, 1, tzinfo=UTC)).view
    assert view.now.raised.exact.amount == 20005


def test_money_for_another_cause_may_have_come_in_through_any_source(site):
    causes = "sources:\n  - {id: page, label: Page}\nother_causes:\n  - {id: bells, label: Bells}\n"
    site.write("campaign.yaml", CAMPAIGN + causes)
    received = "received:\n  - {source: page, cause: bells, amount: 50}\n"
    site.write("updates/2024-02-02-x.md", f"---\ntitle: X\ndate: 2024-02-02\n{received}---\n")
    view = load_campaign(site.folder, site.content, now=datetime(2024, 3, 1, tzinfo=UTC)).view
    assert view.now.raised.exact.amount == 12345
    assert view.causes[0].amount.exact.amount == 50


def test_an_example_tells_the_promises_that_were_made_and_a_live_appeal_needs_all_three(content):
    promise = "promise: {too_much: It mends the gutters.}\n"
    (content / "campaign.yaml").write_text(CAMPAIGN + promise + "example: true\n")
    assert load(content, public=True).view.promise.too_little is None
    (content / "campaign.yaml").write_text(CAMPAIGN + promise)
    assert [problem.rpartition(" ")[2] for problem in problems(content, public=True)] == ["[promise]", "[promise]"]


def test_a_site_of_an_earlier_day_has_no_event_or_page_that_was_announced_later(content):
    write(content, "events/fair.md", "title: Fair\nsaid: 2024-03-05")
    write(content, "pages/grant.md", "title: Grant\nsaid: 2024-03-05")
    before, after = load(content, as_of=date(2024, 3, 4)), load(content, as_of=date(2024, 3, 5))
    assert ([*before.view.events, *before.view.pages], list(before.documents)) == ([], ["updates/2024-03-01-begun.md"])
    assert [event.slug for event in after.view.events] == ["fair"]
    assert [page.slug for page in after.view.pages] == ["grant"]
    assert set(after.documents) - set(before.documents) == {"events/fair.md", "pages/grant.md"}


def test_on_github_the_project_is_known_by_itself(monkeypatch, tmp_path):
    for name in ("REPOSITORY", "SERVER_URL", "EVENT_PATH", "REF_TYPE", "REF_NAME"):
        monkeypatch.delenv(f"GITHUB_{name}", raising=False)
    assert repository_from_environment() is None
    monkeypatch.setenv("GITHUB_REPOSITORY", "hall/roof")
    assert repository_from_environment() == Repository("hall/roof")
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://git.example.org")
    assert repository_from_environment() == Repository("hall/roof", "https://git.example.org")
    monkeypatch.setenv("GITHUB_REF_NAME", "live")
    assert repository_from_environment() == Repository("hall/roof", "https://git.example.org")
    monkeypatch.setenv("GITHUB_REF_TYPE", "branch")
    assert repository_from_environment() == Repository("hall/roof", "https://git.example.org", "live")
    event = tmp_path / "event.json"
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(event))
    # Not there, no JSON, a schedule's, a public project's: nothing that speaks against it.
    assert repository_from_environment()
    for said in ("{", "[]", "{}", '{"repository": null}', '{"repository": {"private": false}}'):
        event.write_text(said)
        assert repository_from_environment()
    event.write_text('{"repository": {"private": true}}')
    assert repository_from_environment() is None


# -- beside the content ------------------------------------------------------------------------------------


def test_what_was_put_beside_the_content_is_told_of(content):
    """Nobody reads it there, and whoever wrote it believes that it is published."""
    (content.parent / "updates").mkdir()
    write(content.parent, "2024-03-02-a.md", "title: A\ndate: 2024-03-02")
    (content.parent / "docs").mkdir()
    assert [line.split(":")[0] for line in problems(content)] == ["2024-03-02-a.md", "updates"]


def test_two_pictures_that_many_disks_take_for_one_are_told_of(content):
    (content / "images").mkdir()
    for name in ("walk.jpg", "Walk.JPG"):
        (content / "images" / name).write_bytes(photo())
    assert [line.split(":")[0] for line in problems(content)] == ["content/images/Walk.JPG"]


# -- bounds -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["sources", "costs", "milestones", "counters", "give", "other_causes"])
def test_of_what_every_update_is_compared_with_there_are_a_hundred_at_most(content, key):
    def text(count):
        entries = {"costs": ", estimate: 500", "give": ""}.get(key, "")
        ids = ["" if key == "give" else f"id: x{n}, " for n in range(count)]
        return CAMPAIGN + f"{key}:\n" + "".join(f"  - {{{id}label: A{n}{entries}}}\n" for n, id in enumerate(ids))

    (content / "campaign.yaml").write_text(text(100))
    assert load(content)
    (content / "campaign.yaml").write_text(text(101))
    assert f"{key}: a list like this holds 100 entries at most; keep fewer [too-long]" in problems(content)[0]


@pytest.mark.parametrize("line", ["\x01 unseen", "<<<<<<< HEAD"])
def test_of_thousands_of_faulty_lines_the_first_are_told_and_the_others_counted(content, line):
    write(content, "updates/2024-03-02-a.md", "title: A\ndate: 2024-03-02", f"{line}\n" * 15_000)
    started = time.process_time()
    found = problems(content)
    assert len(found) == 101 and found[0].startswith("content/updates/2024-03-02-a.md:5: ")
    assert "14900 more lines, from this one on, have such a fault" in found[100]
    assert time.process_time() - started < 60  # each line was counted from the file's beginning once: minutes


def test_fields_and_entries_that_nobody_can_mean_are_not_compared_one_by_one(content):
    for text in ("".join(f"x{n}: 5\n" for n in range(5000)), "press:\n" + "  - {date: 2024}\n" * 5000):
        (content / "campaign.yaml").write_text(CAMPAIGN + text)
        assert "more than 2000 entries are too many to be meant" in problems(content)[0]


@pytest.fixture
def no_list_of_time_zones(monkeypatch):
    """Neither the computer's own nor the package that stands in for it."""
    path = zoneinfo.TZPATH
    for name in {"tzdata", *(name for name in sys.modules if name.startswith("tzdata."))}:
        monkeypatch.setitem(sys.modules, name, None)
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()
    yield
    zoneinfo.reset_tzpath(to=path)
    zoneinfo.ZoneInfo.clear_cache()


def test_without_a_list_of_time_zones_the_message_says_so(content, no_list_of_time_zones):
    (content / "campaign.yaml").write_text(CAMPAIGN + "timezone: Europe/London\n")
    (problem,) = problems(content)
    assert "this computer has no list of time zones in which to look up 'Europe/London'" in problem
    (content / "campaign.yaml").write_text(CAMPAIGN)  # which says UTC
    assert load(content)


@pytest.mark.parametrize("written", ["images/walk.jpg", "/images/walk.jpg", "{static}/images/walk.jpg"])
def test_however_a_picture_is_named_it_has_one_place_from_its_file_to_its_page(site, written):
    site.write("images/walk.jpg", photo())
    site.write("images/map.jpg", photo())
    fields = f"image: '{written}'\nimage_alt: A walk\n"
    site.write("campaign.yaml", CAMPAIGN + fields)
    story = f"---\ntitle: X\ndate: 2024-02-02\n{fields}---\n![A]({written}) [B]({written.replace('walk', 'map')})\n"
    site.write("updates/2024-02-02-x.md", story)
    site.write("events/x.md", story)
    site.write("pages/x.md", story.replace("date: 2024-02-02\n", ""))
    loaded = load_campaign(site.folder, site.content, now=datetime(2024, 3, 1, tzinfo=UTC))
    view = loaded.view
    named = [view.appeal.image, view.updates[0].image, view.events[0].event.said.image, view.pages[0].image]
    shown = [picture.place for story in loaded.stories.values() for picture in story.shown]
    assert {*named, *shown} == {"images/walk.jpg"}
    assert (loaded.pictures_shown, loaded.pictures_linked) == ({"images/walk.jpg"}, {"images/map.jpg"})
