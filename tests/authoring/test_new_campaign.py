"""A new appeal in the shipped one's place: asked for until it is right, checked, and never at a family's cost."""

import fcntl
import os
import pty
import re
import shutil
import subprocess
import sys
from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st

import warm
from campaign.authoring.new_campaign import (
    OF_THE_STORY,
    NewCampaign,
    NotReplaceable,
    WayToGive,
    campaign_text,
    fault,
    put_in_place,
    replaced,
)
from campaign.authoring.prompts import QUESTIONS, asked
from campaign.cli import main
from campaign.core.reading.front_matter import parse_yaml_file
from campaign.loading.load import load_campaign
from campaign.publishing.replace import exclusive_lock
from new_appeal import ALL, ANSWERS
from photo import photo
from site_folder import ROOT, Site
from test_cli import NOON, campaign, write

EXAMPLE = "name: A past appeal\nexample: true\ncurrency: EUR\ngoal: 5\nimage: images/old.jpg\nimage_alt: Old\n"
PLACE = ("", "", "")
"""Enter, for the country, the language and the time zone that are proposed."""
TYPED = ("Amy's wish", "GBP", *PLACE, *list(ANSWERS.values())[4:])
NEW = [
    "content/campaign.yaml",
    "content/events/.gitkeep",
    "content/extra/proof.txt",
    "content/images/.gitkeep",
    "content/pages/privacy.md",
    "content/updates/2015-08-29-the-first-update.md",
]


@pytest.fixture
def project(tmp_path):
    """A project that holds an example as the shipped one is, and everything else that only that one needs."""
    folder = tmp_path / "project"
    write(folder, "pelicanconf.py", "")
    write(folder, "content/campaign.yaml", EXAMPLE)
    write(folder, "content/updates/2014-01-01-old.md", "---\ntitle: Old\ndate: 2014-01-01\n---\nOld.\n")
    write(folder, "content/events/old.md", "---\ntitle: Old\n---\nOld.\n")
    write(folder, "content/pages/about.md", "---\ntitle: About\n---\nOld.\n")
    write(folder, "content/pages/privacy.md", "---\ntitle: Privacy\n---\nNobody is counted.\n")
    write(folder, "content/extra/proof.txt", "mine")
    write(folder, "content/images/old.jpg", "")
    (folder / "content/images/old.jpg").write_bytes(photo())
    write(folder, "tests/story/test_story.py", "")
    write(folder, "tests/test_other.py", "")
    for name in OF_THE_STORY[1:]:
        write(folder, name, "")
    return folder


def files(folder):
    """Every file but the lock, with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.parent.name != ".content.campaign"
    }


def at_a_terminal(folder, *words, typed, **set_to):
    """Run the command at a terminal where these lines are typed; its exit status and what the terminal showed."""
    here, there = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "TZ"))}
    if encoding := os.environ.get("LANG", "").partition(".")[2]:
        environment["LANG"] = f"C.{encoding}"  # no language, as others are encoded: one process is forked for all
    environment |= warm.PLAIN | {"SOURCE_DATE_EPOCH": NOON, "TZ": "UTC", **set_to}
    process = warm.start([sys.executable, "-m", "campaign", "init", *words], folder, environment, (there,) * 3)
    os.close(there)
    os.write(here, "".join(f"{line}\n" for line in typed).encode())
    shown = b""
    while True:
        try:
            part = os.read(here, 4096)
        except OSError:  # as Linux says that the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(here)
    return process.wait(), shown.decode().replace("\r\n", "\n")


def read(folder):
    return parse_yaml_file("campaign.yaml", (folder / "content/campaign.yaml").read_bytes()).fields


# -- asked -------------------------------------------------------------------------------------------------


def test_a_new_appeal_is_asked_for_and_takes_the_examples_place(project):
    giving = ["JustGiving", "https://www.justgiving.com/amy", "By bank transfer", "", ""]
    status, shown = at_a_terminal(project, typed=["y", *TYPED, *giving])
    assert status == 0, shown
    assert sorted(files(project)) == [*NEW, "pelicanconf.py", "tests/test_other.py"]
    assert read(project) == {
        "name": "Amy's wish",
        "summary": "Amy is four, and cannot walk.",
        "currency": "GBP",
        "locale": "en_GB",
        "timezone": "Europe/London",
        "goal": "£25,000",
        "promise": {
            "too_much": "It helps another child.",
            "too_little": "It pays for therapy.",
            "not_needed": "It helps another child.",
        },
        "give": [
            {"label": "JustGiving", "url": "https://www.justgiving.com/amy"},
            {"label": "By bank transfer"},
        ],
    }
    assert "Your appeal is in content/campaign.yaml and content/updates/2015-08-29-the-first-update.md." in shown
    assert campaign(project, "check").stdout.splitlines() == [
        "Amy’s wish",
        "No figure yet; the goal is £25,000.",
        "1 update, no drafts, no events; every file is right.",
    ]


def test_a_wrong_answer_is_told_in_the_words_of_a_check_and_asked_again(project):
    answers = [
        *("", "Amy\u202e", "Amy"),
        *("bananas", "dollars", "GBP"),
        *("Atlantis", "", "Klingon", "", "Nowhere", ""),
        *("25k", "0", "25,000"),
        *("  ", "She is four.", "a", "b", "c"),
        *("JustGiving", "http://justgiving.com/amy", "https://justgiving.com/amy", ""),
    ]
    status, shown = at_a_terminal(project, typed=["y", *answers])
    assert status == 0, shown
    assert re.findall("Error: (.*)", shown) == [
        "the invisible character U+202E is not allowed; delete it and type the word again",
        "expected a currency's three letters like GBP or EUR, got 'bananas'",
        "'dollars' can be AUD, CAD, HKD, NZD, TWD, USD, XCD; write the three letters of the one that is meant",
        "no country is called 'Atlantis'; write its name in English, or two letters like GB",
        "no language is called 'Klingon'; write its name in English, or its letters, like en",
        "expected a time zone like Europe/London, got 'Nowhere'",
        "expected an amount like 1,586 or 1,586.50, got '25k'; write 25,000 in full",
        "a goal must be more than zero",
        "expected some words, got none",
        "expected a web address that begins with https://, got 'http://justgiving.com/amy';"
        " write https://justgiving.com/amy",
    ]
    assert (read(project)["name"], read(project)["goal"]) == ("Amy", "25,000")
    assert read(project)["give"] == [{"label": "JustGiving", "url": "https://justgiving.com/amy"}]


def test_whoever_says_no_keeps_everything(project):
    before = files(project)
    for typed in (["n"], ["nie"], [""], ["maybe", "no"], ["tak", "Amy", "GBP", "\x04"]):
        status, shown = at_a_terminal(project, typed=typed)
        assert status == 1 and "Traceback" not in shown
        assert files(project) == before


def test_what_is_removed_is_named_before_and_nothing_else_is(project):
    before = set(files(project))
    _, shown = at_a_terminal(project, typed=["y", *TYPED, ""])
    named = re.findall(r"^  (\S+)$", shown.partition("Remove them?")[0], re.MULTILINE)
    gone = before - set(files(project)) | {"content/campaign.yaml"}
    assert {name for name in gone if not name.startswith("tests/story/")} | {"tests/story"} == set(named)


def test_what_is_given_as_an_option_is_not_asked(project):
    status, shown = at_a_terminal(project, *ALL, "--give", "PayPal=https://paypal.example.org/?a=b", "--yes", typed=[])
    assert status == 0 and "?" not in shown
    assert read(project)["give"] == [{"label": "PayPal", "url": "https://paypal.example.org/?a=b"}]


@pytest.mark.parametrize(
    ("set_to", "typed", "expected"),
    [
        ({}, ("£", *PLACE, "£25,000"), ("GBP", "en_GB", "Europe/London", "£25,000")),
        ({}, ("pounds", *PLACE, "25,000 pounds"), ("GBP", "en_GB", "Europe/London", "25,000 pounds")),
        ({}, ("zł", *PLACE, "25 000 złotych"), ("PLN", "pl_PL", "Europe/Warsaw", "25 000 złotych")),
        ({"LANG": "pl_PL.UTF-8"}, ("złotych", *PLACE, "25 000 zł"), ("PLN", "pl_PL", "Europe/Warsaw", "25 000 zł")),
        ({}, ("円", *PLACE, "5,000,000円"), ("JPY", "ja_JP", "Asia/Tokyo", "5,000,000円")),
        ({"LANG": "ar_EG.UTF-8"}, ("ج.م", *PLACE, "25000 ج.م"), ("EGP", "ar_EG", "Africa/Cairo", "25000")),
        ({"LANG": "de_AT.UTF-8"}, ("euro", *PLACE, "25.000 Euro"), ("EUR", "de_AT", "Europe/Vienna", "25.000 Euro")),
        ({}, ("EUR", "Irland", "Éire", "", "", "€25,000"), ("EUR", "en_IE", "Europe/Dublin", "€25,000")),
        ({}, ("eur", "Belgique", "français", "", "EUR 25000"), ("EUR", "fr_BE", "Europe/Brussels", "EUR 25000")),
        (
            {"LANG": "en_US.UTF-8", "TZ": "America/Chicago"},
            ("$", *PLACE, "$25,000"),
            ("USD", "en_US", "America/Chicago", "$25,000"),
        ),
        ({"LANG": "en_GB"}, ("GBP", "", "Polish", "", "25 000 £"), ("GBP", "pl_PL", "Europe/London", "25 000 £")),
        (
            {"LANG": "en_GB.UTF-8"},
            ("sek", "Sverige", "", "", "25000 kr"),
            ("SEK", "sv_SE", "Europe/Stockholm", "25000 kr"),
        ),
    ],
)
def test_money_and_place_are_read_as_people_call_them_and_proposed_from_each_other(
    monkeypatch, set_to, typed, expected
):
    for name in [name for name in os.environ if name.startswith(("LC_", "LANG", "TZ"))]:
        monkeypatch.delenv(name)
    for name, value in ({"TZ": "UTC"} | set_to).items():
        monkeypatch.setenv(name, value)
    asks = {"name": "Amy", **dict.fromkeys(("summary", "too_much", "too_little", "not_needed"), "It helps.")}
    with CliRunner().isolation("\n".join(typed)) as streams:
        appeal = asked(NewCampaign(), {field: asks.get(field) for field in QUESTIONS}, ())
        shown = streams[0].getvalue().decode()
    assert (appeal.currency, appeal.locale, appeal.timezone, appeal.goal) == expected
    assert f"[{expected[2]}]" in shown


def test_what_the_computer_is_set_to_is_proposed_at_a_terminal(project):
    typed = ["Amy", "złotych", *PLACE, "25 000 zł", *["It helps."] * 4, ""]
    status, shown = at_a_terminal(project, "--yes", typed=typed, LANG="pl_PL.UTF-8")
    assert status == 0, shown
    said = read(project)
    assert (said["currency"], said["locale"], said["timezone"]) == ("PLN", "pl_PL", "Europe/Warsaw")
    assert said["goal"] == "25 000 zł" and "[Europe/Warsaw]" in shown


def test_an_amount_in_another_currencys_words_is_refused(project):
    done = campaign(project, "init", *ALL, "--yes", "--goal", "25,000 dollars")
    assert done.returncode == 2 and "got '25,000 dollars'" in done.stderr


# -- not asked ---------------------------------------------------------------------------------------------


def test_with_every_option_nothing_is_asked(project):
    more = ["--locale", "de_DE", "--timezone", "Europe/Berlin", "--give", "Bank", "--yes", "--goal", "25.000 €"]
    done = campaign(project, "init", *ALL, *more, "--currency", "EUR")
    assert (done.returncode, done.stderr) == (0, "")
    said = read(project)
    assert (said["locale"], said["timezone"], said["goal"]) == ("de_DE", "Europe/Berlin", "25.000 €")
    assert said["give"] == [{"label": "Bank"}]


def test_where_nobody_can_be_asked_the_missing_options_are_named(project):
    before = files(project)
    done = campaign(project, "init", "--name", "Amy", "--goal", "5")
    missing = "--currency, --locale, --timezone, --summary, --too-much, --too-little, --not-needed, --yes"
    assert done.returncode == 1
    assert done.stderr == f"Error: this is no terminal, so nobody can be asked; add {missing}. Nothing was changed\n"
    assert files(project) == before


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--currency", "bananas", "like GBP or EUR"),
        ("--currency", "kr", "'kr' can be DKK, ISK, NOK, SEK; write the three letters"),
        ("--goal", "25k", "write 25,000 in full"),
        ("--name", " ", "expected some words, got none"),
        ("--summary", "a\u2028b", "the invisible character U+2028 is not allowed"),
        ("--locale", "english", "expected a language and country like en_GB"),
        ("--timezone", "Londn", "expected a time zone like Europe/London"),
        ("--give", "JustGiving=justgiving.com/amy", "write https://justgiving.com/amy"),
        ("--give", "=https://example.org", "expected some words, got none"),
    ],
)
def test_a_wrong_option_is_told_by_its_name_and_changes_nothing(project, monkeypatch, option, value, told):
    before = files(project)
    monkeypatch.chdir(project)
    done = CliRunner().invoke(main, ["init", *ALL, "--yes", option, value], catch_exceptions=False)
    assert done.exit_code == 2
    assert f"Invalid value for {option}: " in done.stderr and told in done.stderr
    assert files(project) == before


def test_an_option_that_is_no_text_is_told_by_its_name_and_changes_nothing(project):
    before = files(project)
    done = campaign(project, "init", *ALL, "--yes", "--name", b"Amy\xff")
    assert done.returncode == 2
    assert "Invalid value for --name: " in done.stderr and "no text that can be saved" in done.stderr
    assert "Traceback" not in done.stderr
    assert files(project) == before


# -- refused -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("content/campaign.yaml", EXAMPLE.replace("true", "false"), "is an appeal of its own"),
        ("content/campaign.yaml", EXAMPLE.replace("example: true\n", ""), "is an appeal of its own"),
        ("content/campaign.yaml", EXAMPLE.replace("true", "[true]"), "is an appeal of its own"),
        ("content/campaign.yaml", "example: true\nname: 'Amy\n", "cannot be read, so it may be your own"),
        ("content/campaign.yaml", None, "there is no content/campaign.yaml to say whose the other files are"),
        ("content/notes.txt", "Mine.", "content/notes.txt is no part of the shipped story"),
        ("content/.git/config", "Mine.", "content/.git is no part of the shipped story"),
    ],
)
def test_what_may_be_a_familys_own_is_never_touched(project, name, text, told):
    (project / name).unlink() if text is None else write(project, name, text)
    before = files(project)
    done = campaign(project, "init", *ALL, "--yes")
    assert done.returncode == 1 and told in done.stderr and done.stderr.endswith("nothing was changed\n")
    assert files(project) == before


def test_a_second_run_refuses_the_first_ones_appeal(project):
    assert campaign(project, "init", *ALL, "--yes").returncode == 0
    before = files(project)
    done = campaign(project, "init", *ALL, "--yes", "--name", "Another")
    assert done.returncode == 1 and "is an appeal of its own" in done.stderr
    assert files(project) == before


@pytest.mark.parametrize("folder", [".", "..", "content/.."])
def test_a_folder_that_holds_the_project_is_refused(project, folder):
    before = files(project)
    done = campaign(project, "init", *ALL, "--yes", "--content", folder)
    assert done.returncode == 1 and "holds the project itself" in done.stderr
    assert files(project) == before


def test_a_link_to_a_content_folder_is_refused(project):
    (project / "content").rename(project / "elsewhere")
    (project / "content").symlink_to("elsewhere")
    done = campaign(project, "init", *ALL, "--yes")
    assert done.returncode == 1 and "is no folder" in done.stderr
    assert read(project)["name"] == "A past appeal"


def test_outside_the_project_it_says_so(tmp_path):
    done = campaign(tmp_path, "init", *ALL, "--yes")
    assert done.returncode == 1 and "there is no pelicanconf.py here" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_two_at_once_do_not_meet(project):
    (project / ".content.campaign").mkdir()
    (project / ".content.campaign/made-by-campaign").touch()
    with (project / ".content.campaign/lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = campaign(project, "init", *ALL, "--yes")
    assert done.returncode == 1 and "another campaign init is under way" in done.stderr
    assert read(project)["name"] == "A past appeal"


def test_without_any_content_there_is_nothing_to_agree_to(project):
    shutil.rmtree(project / "content")
    for name in OF_THE_STORY:
        path = project / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert campaign(project, "init", *ALL).returncode == 0
    assert campaign(project, "check").returncode == 0


def test_another_content_folder_leaves_the_storys_tests_alone(project):
    shutil.copytree(project / "content", project / "other")
    assert campaign(project, "init", *ALL, "--yes", "--content", "other").returncode == 0
    assert campaign(project, "check", "--content", "other").stdout.startswith("Amy’s wish\n")
    assert (project / "tests/story/test_story.py").is_file()
    assert read(project)["name"] == "A past appeal"


def test_what_is_kept_must_fit_the_new_appeal(project):
    """A page that leads to one that goes would be a dead link."""
    write(project, "content/pages/privacy.md", "---\ntitle: Privacy\n---\n[About](about.md)\n[Old](pages/about.md)\n")
    before = files(project)
    done = campaign(project, "init", *ALL, "--yes")
    assert done.returncode == 1
    assert "content/pages/privacy.md:5: there is no file content/pages/about.md [link]" in done.stderr
    assert files(project) == before


def test_what_has_come_since_it_was_agreed_what_goes_is_not_removed(project):
    agreed = replaced(project, project / "content")
    write(project, "content/events/new.md", "---\ntitle: New\n---\nNew.\n")
    before = files(project)
    refused = pytest.raises(NotReplaceable, match="other files are there than a moment ago")
    with refused, exclusive_lock(project / "content"):
        put_in_place(project, project / "content", NewCampaign(), agreed, now=datetime(2024, 3, 1, tzinfo=UTC))
    assert files(project) == before


# -- what is written ---------------------------------------------------------------------------------------

WORDS = st.text(st.characters() | st.sampled_from("\"'\\#:-&*!|>%@`{}[],?~ \t\n€£🎈עא\u200f\u200d\ufeff\x85\u2028"))
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
TEXTS = [field.name for field in fields(NewCampaign) if field.name in ("name", "summary", "too_much", "not_needed")]


@given(WORDS, st.sampled_from(TEXTS))
@example("Amy: her #1 wish", "name")
@example("null", "name")
@example("---", "summary")
@example("\"quoted\" \\ and 'quoted'", "summary")
@example("משאלתה של עמית", "name")
@example("a\n---\nb", "too_much")
def test_any_text_is_read_back_as_it_was_typed_or_refused_for_what_nobody_can_see(text, field):
    text = text.strip()
    appeal = replace(NewCampaign(), **{field: text})
    if not text or UNSEEN.search(text):
        assert fault(appeal)
        return
    assert fault(appeal) is None
    said = parse_yaml_file("campaign.yaml", campaign_text(appeal).encode()).fields
    assert (said | said["promise"])[field] == text


@given(WORDS.filter(lambda text: text.strip() and not UNSEEN.search(text)))
def test_a_button_is_read_back_as_it_was_typed(label):
    way = WayToGive(label.strip(), "https://example.org/?a=1#b")
    text = campaign_text(replace(NewCampaign(), give=(way, way)))
    said = parse_yaml_file("campaign.yaml", text.encode()).fields
    assert said["give"] == [{"label": way.label, "url": way.url}] * 2


def test_the_comments_are_right_once_their_signs_are_taken_away(project):
    campaign(project, "init", *ALL, "--yes")
    (project / "content/images/walk.jpg").write_bytes(photo())
    for name in ("campaign.yaml", "updates/2015-08-29-the-first-update.md"):
        path = project / "content" / name
        lines = path.read_text(encoding="utf-8").split("\n")
        assert sum(line.startswith("# ") for line in lines) > 2
        bare = "\n".join(line.removeprefix("# ") for line in lines if not re.match("# ?([A-Z]|$)", line))
        path.write_text(bare.replace("  raised:   # none yet", "  page: 1250"), encoding="utf-8")
    loaded = load_campaign(project, project / "content", now=datetime(2015, 9, 1, tzinfo=UTC), public=True)
    assert len(loaded.view.costs.lines) == 2 and len(loaded.view.milestones) == 1
    assert loaded.view.now.raised and loaded.view.appeal.deadline


def test_a_new_appeal_with_odd_words_is_built_by_pelican_with_every_warning_fatal(project):
    odd = ["--name", 'עמית: <b>#1</b> & "more" 🎈', "--summary", "{{ x }} {% y %} [a](b) *c* <marquee>"]
    assert campaign(project, "init", *ALL, *odd, "--yes").returncode == 0
    site = Site(project.parent / "site")
    site.content = project / "content"
    for settings in ("pelicanconf.py", "publishconf.py"):
        done = site.pelican("--fatal=warnings", settings=ROOT / settings, environ={"SITEURL": "https://example.org"})
        assert done.returncode == 0, done.stderr
    home = site.page("index.html")
    assert "עמית: &lt;b&gt;#1&lt;/b&gt; &amp; " in home and "<marquee>" not in home
    assert "The first update" in home and not list(site.output.rglob(".gitkeep"))


# -- killed ------------------------------------------------------------------------------------------------

KILLED = """\
import os, signal, sys
import campaign.publishing.replace
from campaign.cli import main
import campaign.authoring.new_campaign
at, exchange = int(sys.argv.pop(1)), sys.argv.pop(1) == "exchange"
if not exchange:
    campaign.publishing.replace._exchange = lambda one, other: False
steps = []
def hook(event, args):
    writes = event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax")
    if writes or event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "shutil.rmtree", "ctypes.dlsym"):
        steps.append(event)
        if len(steps) == at:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
try:
    main()
finally:
    print(",".join(steps))
"""
"""The command, killed before it changes the disk for the nth time."""


@pytest.mark.parametrize("how", ["exchange", "two renames"])
@pytest.mark.parametrize("every", [7, pytest.param(1, marks=pytest.mark.attack)], ids=["every seventh", "every one"])
def test_killed_at_any_step_the_old_or_the_new_appeal_is_whole_and_the_next_run_ends_well(project, how, every):
    """At each step of the change of places and behind it, and at so many of the others."""

    def run(folder, at):
        words = [sys.executable, "-c", KILLED, str(at), how, "init", *ALL, "--yes"]
        return warm.run(words, folder, {**os.environ, **warm.PLAIN, "SOURCE_DATE_EPOCH": NOON})

    def content(folder):
        return {name: data for name, data in files(folder).items() if name.startswith("content/")}

    old = content(project)
    ready = shutil.copytree(project, project.parent / "ready")
    done = run(ready, 0)
    assert done.returncode == 0, done.stderr
    steps, new = done.stdout.split()[-1].split(","), files(ready)
    assert len(steps) > 20
    swaps = [at for at, step in enumerate(steps, 1) if step in ("os.rename", "ctypes.dlsym")]
    seen = set()
    for at in sorted({*range(1, len(steps), every), *swaps, *(min(at + 1, len(steps)) for at in swaps), len(steps)}):
        folder = shutil.copytree(project, project.parent / f"killed-{at}")
        assert run(folder, at).returncode == -9
        left = content(folder)
        if left == content(ready):
            seen.add("new")
            assert all(name.startswith(".content.campaign/") for name in set(files(folder)) - set(new))
            assert campaign(folder, "init", *ALL, "--yes").returncode == 1
        else:
            seen.add("old" if left else "none")
            assert left == old or (how == "two renames" and not left)
            again = campaign(folder, "init", *ALL, "--yes")
            assert again.returncode == 0, again.stderr
        assert files(folder) == new
        shutil.rmtree(folder)
    assert seen == {"old", "new"} | ({"none"} if how == "two renames" else set())


def test_a_content_that_cannot_be_written_beside_is_left_as_it_is(project):
    """As on a full disk: the system refuses to write on past a size."""
    before = files(project)
    limit = "import resource, os, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))"
    limit += "; os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "PYTHONDONTWRITEBYTECODE": "1"}
    words = [sys.executable, "-c", limit, "-m", "campaign", "init", *ALL, "--yes"]
    done = subprocess.run(words, cwd=project, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stderr == "File too large\n" or done.stderr.endswith(": File too large\n")
    assert files(project) == before


def test_what_nobody_has_answered_yet_is_no_fault():
    """Else each answer would be refused for another."""
    assert fault(NewCampaign()) is None
