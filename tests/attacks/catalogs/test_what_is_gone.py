"""A catalog that is gone, or says one thing twice, is said aloud."""

import pytest

from campaign.core.reading.problems import CampaignError
from campaign.loading.translations import CATALOGS, in_english, words
from site_folder import CAMPAIGN, NOW
from test_cli import campaign

ABOUT = 'msgid "about"\nmsgstr "etwa"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{ABOUT}\n{ABOUT}", "4: the translation of 'about' stands in line 1 already; delete one of the two"),
        (
            f'{ABOUT}\nmsgid ""\n"ab"\n"out"\nmsgstr "rund"\n',
            "4: the translation of 'about' stands in line 1 already; delete one of the two",
        ),
        (
            f'msgctxt "typed"\n{ABOUT}\nmsgctxt "typed"\n{ABOUT}',
            "6: the translation of 'about' stands in line 2 already; delete one of the two",
        ),
    ],
)
def test_a_text_that_is_translated_twice_is_refused_at_its_second_line(tmp_path, text, told):
    (tmp_path / "de.po").write_text(text, encoding="utf-8")
    with pytest.raises(CampaignError) as refused:
        words(tmp_path, "de_AT")
    assert [str(each).removeprefix(f"{tmp_path.as_posix()}/de.po:") for each in refused.value.problems] == [
        f"{told} [catalog]"
    ]


def test_the_same_english_of_two_meanings_and_what_is_no_entry_any_more_are_no_doubles(tmp_path):
    other = f'msgctxt "typed"\n{ABOUT}'
    gone = "".join(f"#~ {line}\n" for line in ABOUT.splitlines())
    (tmp_path / "de.po").write_text(f'msgid ""\nmsgstr ""\n\n{ABOUT}\n{other}\n{gone}\n{gone}', encoding="utf-8")
    assert words(tmp_path, "de").gettext("about") == "etwa"


def test_who_has_no_catalog_is_told_that_pages_speak_english(tmp_path):
    told = "The pages speak English, because theme/locale holds no {}.po; only figures and dates are written as in {}."
    assert in_english("it_IT") == told.format("it", "it_IT")
    assert in_english("de_AT", tmp_path) == told.format("de", "de_AT")
    for spoken in ("en_GB", "en_IN", "de_AT", "fr_FR", "pl_PL"):
        assert in_english(spoken, CATALOGS) == ""
    (tmp_path / "de_AT.po").write_text(ABOUT, encoding="utf-8")
    assert in_english("de_AT", tmp_path) == ""


def test_a_check_says_so(site):
    site.write("campaign.yaml", CAMPAIGN.replace("GBP", "EUR\nlocale: it_IT").replace("50,000", "50000"))
    site.write("updates/2024-02-01-begun.md", "---\ntitle: Via\ndate: 2024-02-01\ntotals: {raised: 12345}\n---\n")
    for form in ("text", "markdown", "github"):
        done = campaign(site.folder, "check", "--format", form, SOURCE_DATE_EPOCH=NOW)
        assert done.returncode == 0 and "The pages speak English" in done.stdout, done.stderr
