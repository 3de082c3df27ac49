"""The theme's words: complete in every catalog, and none on a page that a catalog cannot replace."""

import re
import shutil
from gettext import NullTranslations

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from campaign.core.reading.region import ENGLISH, Region
from campaign.loading.translations import answers, vocabulary, words
from catalog import PLACE, an_invented_catalog, theme_words
from page_words import Words
from site_folder import CAMPAIGN, ROOT

LOCALE = ROOT / "theme" / "locale"
CATALOGS = sorted(path.stem for path in LOCALE.glob("*.po"))


def typed_words():
    """What each language is asked for that families type, with the context that says so."""
    found = extract_from_dir(ROOT / "plugins/campaign", method_map=[("loading/translations.py", "python")])
    return {(message[4], message[2]) for message in found if message[4]}


TYPED = typed_words()


def test_there_are_words_and_a_complete_translation_besides_english():
    assert len(theme_words()) > 150
    assert {"de", "fr", "pl"} <= set(CATALOGS)


@pytest.mark.parametrize("name", CATALOGS)
def test_a_catalog_is_complete_and_holds_nothing_else(name):
    with (LOCALE / f"{name}.po").open("rb") as file:
        catalog = read_po(file, locale=name, abort_invalid=True)
    translated = {message.id: message.string for message in catalog if message.id and not message.context}
    typed = {(message.context, message.id): message.string for message in catalog if message.context}
    assert set(translated) == theme_words(), "run make words, then translate what is new"
    assert set(typed) == TYPED and all(words.strip() for words in typed.values()), "run make words"
    assert not [text for text in catalog.obsolete if text]
    assert not [message.id for message in catalog if message.id and message.fuzzy]
    for text, translation in translated.items():
        assert translation.strip(), text
        assert sorted(PLACE.findall(translation)) == sorted(PLACE.findall(text)), text
        assert (text[0].isspace(), text[-1].isspace()) == (translation[0].isspace(), translation[-1].isspace()), text


def test_a_language_serves_all_its_countries_and_a_country_may_have_its_own(tmp_path):
    shutil.copy(LOCALE / "de.po", tmp_path)
    (tmp_path / "de_CH.po").write_text('msgid "about"\nmsgstr "öppe"\n', encoding="utf-8")
    assert words(tmp_path, "de_AT").gettext("about") == words(tmp_path, "de").gettext("about") == "etwa"
    assert words(tmp_path, "de_CH").gettext("about") == "öppe"
    assert type(words(tmp_path, "cy_GB")) is NullTranslations
    assert words(tmp_path, "cy_GB").gettext("about") == "about"


@pytest.mark.parametrize("name", CATALOGS)
def test_a_catalogs_typed_words_are_read_and_no_two_meanings_share_one(name):
    own, of_all = vocabulary(name), answers()
    region = Region("EUR", name, own)
    catalog = words(LOCALE, name)
    seen = set()
    for context, text in TYPED:
        listed = [word.strip() for word in catalog.pgettext(context, text).split(",")]
        assert not seen & set(listed), "a word means one thing"
        seen |= set(listed)
        for word in listed:
            if "amount" in context:
                assert region.parse(f"{word} 5").qualifier.value == text
                assert region.parse(f"{word.upper()} 5").qualifier.value == text
            else:
                assert of_all[word] is own.answers[word] is (text == "yes")


@pytest.mark.parametrize("name", CATALOGS)
def test_what_a_page_shows_before_an_amount_can_be_typed(name):
    region, catalog = Region("EUR", name, vocabulary(name)), words(LOCALE, name)
    for shown in ("about", "at least", "more than"):
        assert region.parse(f"{catalog.gettext(shown)} 5").qualifier.value == shown


def test_a_language_without_a_catalog_is_typed_in_english():
    assert vocabulary("cy_GB") is ENGLISH
    of_all = answers()
    assert of_all["yes"] and of_all["tak"] and not of_all["non"]


@pytest.mark.pelican
def test_no_word_of_the_theme_is_out_of_a_translators_reach(site, tmp_path):
    """With an invented catalog from right to left, every word left in Latin letters is a volunteer's."""
    theme = tmp_path / "theme"
    shutil.copytree(ROOT / "theme", theme)
    an_invented_catalog(theme / "locale" / "he.po")
    shutil.copytree(ROOT / "tests/sites/village-hall", site.content, dirs_exist_ok=True)
    for name in ("2024-02-01-begun.md",):
        (site.content / "updates" / name).unlink()
    campaign = (site.content / "campaign.yaml").read_text(encoding="utf-8")
    (site.content / "campaign.yaml").write_text(campaign.replace("locale: en_GB", "locale: he_IL"), encoding="utf-8")
    settings = tmp_path / "settings.py"
    settings.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom publishconf import *\nTHEME = {str(theme)!r}\n",
        encoding="utf-8",
    )
    environ = {"SITEURL": "https://example.org", "SOURCE_DATE_EPOCH": "1780000000"}
    done = site.pelican("-e", 'CAMPAIGN_AS_OF="2025-06-20"', settings=settings, environ=environ)
    assert done.returncode == 0, done.stderr + done.stdout
    assert '<html lang="he-IL" dir="rtl"' in site.page("index.html")
    strangers = {}
    for name, data in site.files().items():
        if name.endswith(".html"):
            said = re.sub(r"https?://\S+|\S+/\S+\.md|example\.org\S*", "", "\n".join(Words(data.decode()).words))
            latin = set(re.findall(r"[A-Za-z][A-Za-z’]+", said)) - {"WhatsApp", "GBP"}
            strangers[name] = latin
    assert not {name: latin for name, latin in strangers.items() if latin}


@pytest.mark.pelican
def test_a_german_page_speaks_german(site):
    site.write(
        "campaign.yaml", CAMPAIGN.replace("currency: GBP", "currency: EUR\nlocale: de_AT").replace("50,000", "50000")
    )
    site.write("updates/2024-02-01-begun.md", "---\ntitle: Los\ndate: 2024-02-01\ntotals: {raised: about 12345}\n---\n")
    assert site.pelican().returncode == 0
    home = site.page("index.html")
    assert "<i>etwa</i>" in home
    assert "von €\u00a050.000 gesammelt" in home


def test_no_polish_word_of_one_letter_is_left_behind_at_the_end_of_a_line():
    with (LOCALE / "pl.po").open("rb") as file:
        said = [str(message.string) for message in read_po(file, locale="pl") if message.id]
    assert len(said) > 150
    assert [text for text in said if re.search(r"\b[aiouwz] (?=\S)", text, re.IGNORECASE)] == []
