"""A catalog that is not whole is refused at its line: by a check, by a build, and before a word of it is shown."""

import os
import re
import shutil
from datetime import UTC, datetime
from functools import partial

import pytest

from campaign.core.reading.problems import CampaignError
from campaign.loading.load import load_campaign
from campaign.loading.translations import answers, unsaid, vocabulary, words
from site_folder import CAMPAIGN, ROOT

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
SHIPPED = ROOT / "theme/locale"
GERMAN = (SHIPPED / "de.po").read_text(encoding="utf-8")
ABOUT = 'msgid "about"\nmsgstr "etwa"\n'
LOST = partial(re.sub, 'msgstr "von %.goal.s', 'msgstr "von 50.000')
AFTER = 'msgid "after %(share)s"\nmsgstr "nach %(share)s"\n'


def said_of(folder, text, locale="de_AT"):
    """The answers to a catalog, without the file's name, which each begins with."""
    (folder / "de.po").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(CampaignError) as refused:
        words(folder, locale)
    told = [str(problem) for problem in refused.value.problems]
    assert all(line.startswith(f"{folder.as_posix()}/de.po:") and line.endswith(" [catalog]") for line in told)
    return [line.removeprefix(f"{folder.as_posix()}/de.po:").removesuffix(" [catalog]") for line in told]


def test_a_catalog_that_is_whole_is_read(tmp_path):
    (tmp_path / "de.po").write_text(ABOUT + "\n" + AFTER, encoding="utf-8")
    assert words(tmp_path, "de_AT").gettext("after %(share)s") == "nach %(share)s"
    for path in SHIPPED.glob("*.po"):
        assert unsaid(words(SHIPPED, path.stem)) == []


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\n\n",
        b"# nothing\n",
        b'msgid ""\nmsgstr ""\n"Language: de\\n"\n',
        b'#~ msgid "about"\n#~ msgstr "etwa"\n',
    ],
)
def test_an_empty_catalog_is_refused(tmp_path, text):
    assert said_of(tmp_path, text) == [
        "1: the catalog says nothing; bring it back, or delete it to have the pages in English"
    ]


FAULTS = {
    **{
        ABOUT.replace("etwa", wrong): (
            "1: the translation of 'about' is missing; without it the page would be half in English"
        )
        for wrong in ("", "  ")
    },
    f"#, fuzzy\n{ABOUT}": (
        "2: the translation of 'about' is marked as fuzzy, which nobody has confirmed;"
        " read it, then delete the word fuzzy above it"
    ),
    f"#, python-format, fuzzy\n{AFTER}": (
        "2: the translation of 'after %(share)s' is marked as fuzzy, which nobody has confirmed;"
        " read it, then delete the word fuzzy above it"
    ),
    'msgid "about"\nmsgid_plural "abouts"\nmsgstr[0] "etwa"\nmsgstr[1] "etwa"\n': (
        "1: no word of the pages has a plural of its own; write one msgid and one msgstr"
    ),
    **{
        AFTER.replace("nach %(share)s", wrong): (
            "1: the translation of 'after %(share)s' must hold %(share)s just as the English does:"
            " there the page puts in a name or a figure"
        )
        for wrong in (
            *("nach allem", "nach %(shares)s", "nach %(share)d", "nach %(share) s", "nach % (share)s"),
            *("nach %(share)s %(share)s", "nach %(share)s %", "nach %(share)s %%", "nach %s", "nach {share}"),
        )
    },
    ABOUT.replace("etwa", "etwa %(raised)s"): (
        "1: the translation of 'about' must hold no %: there the page puts in a name or a figure"
    ),
    **{
        ABOUT.replace("etwa", wrong): "1: the translation of 'about' must hold the same figures as the English"
        for wrong in ("etwa £99,000", "etwa ٩")
    },
    **{
        ABOUT.replace("etwa", wrong): (
            "1: the translation of 'about' must hold no < > \" & and no hidden sign that the English has not"
        )
        for wrong in ("<script>etwa", "etwa &eacute;", 'etwa\\" onclick=\\"x', "etwa\u202e", "et\x07wa", "et\\nwa")
    },
    ABOUT.replace("etwa", " etwa"): (
        "1: the translation of 'about' must begin and end with a space where the English does, and only there"
    ),
}


@pytest.mark.parametrize("text", FAULTS)
def test_a_translation_that_would_change_what_a_page_says_is_refused_at_its_line(tmp_path, text):
    assert said_of(tmp_path, text) == [FAULTS[text]]


def test_every_fault_of_a_catalog_is_named_at_once_at_its_line(tmp_path):
    told = said_of(tmp_path, LOST(string=GERMAN).replace('msgstr "etwa"', 'msgstr ""', 1))
    lines = GERMAN.splitlines()
    for each in told:
        line, _, message = each.partition(": ")
        assert lines[int(line) - 1].startswith("msgid"), message
    assert len(told) >= 2


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('msgid "about"\nmsgstr "etwa"\nrubbish\n', 3),
        ("<<<<<<< HEAD\n" + ABOUT, 1),
        ('msgid "about"\n', 1),
    ],
)
def test_what_is_no_catalog_is_said_to_be_none(tmp_path, text, line):
    assert said_of(tmp_path, text) == [f"{line}: this is no line of a catalog; see the ones beside it"]


@pytest.mark.parametrize(
    "text",
    [
        ABOUT.replace("etwa", "ungefähr").encode("latin-1"),
        ABOUT.encode("utf-16"),
        b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=nothing\\n"\n\n' + ABOUT.encode(),
        b'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=two; plural=__import__(1)\\n"\n\n' + ABOUT.encode(),
    ],
)
def test_a_catalog_in_no_known_form_is_refused(tmp_path, text):
    (told,) = said_of(tmp_path, text)
    assert "the catalog cannot be read; save it as UTF-8" in told or "this is no line of a catalog" in told


def test_a_catalog_that_is_no_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "de.po")
    (tmp_path / "fr.po").mkdir()
    (tmp_path / "pl.po").symlink_to(tmp_path / "gone")
    (tmp_path / "it.po").write_bytes(b"#" * 2**21)
    for locale in ("de_DE", "fr_FR", "pl_PL", "it_IT"):
        with pytest.raises(CampaignError, match=r"1: the catalog cannot be read \("):
            words(tmp_path, locale)


def test_a_country_says_only_what_is_said_otherwise_there(tmp_path):
    shutil.copy(SHIPPED / "de.po", tmp_path)
    (tmp_path / "de_CH.po").write_text(ABOUT.replace("etwa", "öppe"), encoding="utf-8")
    swiss = words(tmp_path, "de_CH")
    assert (swiss.gettext("about"), swiss.gettext("more than")) == ("öppe", words(tmp_path, "de").gettext("more than"))
    assert unsaid(swiss) == []


def test_what_is_asked_for_in_vain_is_remembered(tmp_path):
    (tmp_path / "de.po").write_text(ABOUT, encoding="utf-8")
    german = words(tmp_path, "de")
    assert german.gettext("about") == "etwa" and unsaid(german) == []
    assert german.gettext("Give now") == "Give now"
    assert german.pgettext("typed", "about") == "about"
    assert german.ngettext("a gift", "gifts", 2) == "gifts"
    assert unsaid(german) == ["Give now", "about", "gifts"]
    assert unsaid(words(tmp_path, "en_GB")) == []


def test_what_people_type_is_not_read_with_half_a_catalog(tmp_path):
    (tmp_path / "de.po").write_text(ABOUT, encoding="utf-8")
    for read in (lambda: vocabulary("de_AT", tmp_path), lambda: answers(tmp_path)):
        with pytest.raises(
            CampaignError, match="the catalog says nothing for 'about' and 'at least' and 'more than' and"
        ):
            read()


def german(site):
    site.write("campaign.yaml", CAMPAIGN.replace("GBP", "EUR\nlocale: de_AT").replace("50,000", "50000"))
    site.write("updates/2024-02-01-begun.md", "---\ntitle: Los\ndate: 2024-02-01\ntotals: {raised: 12345}\n---\n")


def test_a_check_says_it_and_nothing_else_of_which_nobody_can_be_sure(site, tmp_path, monkeypatch):
    german(site)
    site.write("updates/2024-02-02-more.md", "---\ntitle: Mehr\ndate: 2024-02-02\ntotals: {raised: etwa 13000}\n---\n")
    assert load_campaign(site.folder, site.content, now=NOW)
    (tmp_path / "de.po").write_text("", encoding="utf-8")
    monkeypatch.setattr(vocabulary, "__defaults__", (tmp_path,))
    with pytest.raises(CampaignError) as refused:
        load_campaign(site.folder, site.content, now=NOW)
    assert [problem.name for problem in refused.value.problems] == ["catalog"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (LOST, "must hold %(goal)s and %(percent)s just as the English does"),
        (lambda string: "", "the catalog says nothing"),
        (lambda string: ABOUT, "Pages are half in English: the catalog for de_AT lacks "),
    ],
)
def test_no_page_is_published_in_half_a_language(site, change, told):
    german(site)
    theme = shutil.copytree(ROOT / "theme", site.folder / "theme")
    (theme / "locale/de.po").write_text(change(string=GERMAN), encoding="utf-8")
    settings = site.folder / "changed.py"
    settings.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\nTHEME = {str(theme)!r}\n"
    )
    done = site.pelican(settings=settings)
    assert done.returncode != 0 and told in done.stderr
    assert "Traceback" not in done.stderr


PAYS = 'msgid "%(who)s pays %(amount)s of %(goal)s"\nmsgstr "{}"\n'
SWAPPED = "%(who)s zahlt %(goal)s von %(amount)s"


def test_figures_that_changed_places_are_refused_unless_a_comment_says_their_order(tmp_path):
    assert said_of(tmp_path, PAYS.format(SWAPPED)) == [
        "1: the translation of '%(who)s pays %(amount)s of %(goal)s' has its figures in another order;"
        " if they belong there, write '# in the order who, goal, amount' above it"
    ]
    comment = "# in the order who, goal, amount\n"
    (tmp_path / "de.po").write_text(comment + PAYS.format(SWAPPED), encoding="utf-8")
    assert words(tmp_path, "de").gettext("%(who)s pays %(amount)s of %(goal)s") == SWAPPED


def test_a_comment_that_names_one_order_allows_no_other(tmp_path):
    text = "# in the order who, goal, amount\n" + PAYS.format("%(goal)s: %(who)s zahlt %(amount)s")
    assert len(said_of(tmp_path, text)) == 1
