"""Names of files and ids: letters of every European script are spelt out, and nothing is made up for others."""

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.reading.slug import ascii_of, slug, written_letters


@pytest.mark.parametrize(
    ("text", "locale", "written"),
    [
        ("Łódź", "pl_PL", "lodz"),
        ("Zażółć gęślą jaźń", "pl_PL", "zazolc-gesla-jazn"),
        ("Smørrebrød på Østbanen", "nb_NO", "smorrebrod-pa-ostbanen"),
        ("Smørrebrød på Ærø", "da_DK", "smoerrebroed-paa-aeroe"),
        ("Straße für Jörg", "de_DE", "strasse-fuer-joerg"),
        ("ÜBER ALLES", "de_AT", "ueber-alles"),
        ("Über alles", "de", "ueber-alles"),
        ("Straße für Jörg", "en_GB", "strasse-fur-jorg"),
        ("Đurđica i Ćiril", "hr_HR", "durdica-i-ciril"),
        ("Þór og Ásdís", "is_IS", "thor-og-asdis"),
        ("Œuvre d’été", "fr_FR", "oeuvre-dete"),
        ("İstanbul ılık", "tr_TR", "istanbul-ilik"),
        ("Νίκου Χατζή, Σάμος", "el_GR", "nikou-chatzi-samos"),
        ("Київ і Львів", "uk_UA", "kyiv-i-lviv"),
        ("Щука и ёж", "ru_RU", "shchuka-i-ezh"),
        ("Български ъгъл", "bg_BG", "balgarski-agal"),
        ("Ђорђе Живковић", "sr_RS", "djordje-zivkovic"),
        ("Хлеб, цвет, чаша, шума", "sr_RS", "hleb-cvet-casa-suma"),
        ("Хлеб, цвет, чаша, шума", "ru_RU", "khleb-tsvet-chasha-shuma"),
        ("Хляб, щит, ъгъл", "bg_BG", "hlyab-shtit-agal"),
        ("Гай, син", "uk_UA", "hai-syn"),
        ("Ärger, Öl", "de_DE", "aerger-oel"),
        ("cafe\u0301", "", "cafe"),
        ("ﬁne ½ price №5", "", "fine-1-2-price-no5"),
        ("Amy's & Sam’s 2nd walk!", "", "amys-sams-2nd-walk"),
        ("散歩", "ja_JP", ""),
        ("散歩 2015 with Amy", "ja_JP", "2015-with-amy"),
        ("✓ …", "", ""),
    ],
)
def test_a_title_becomes_a_name_as_its_language_spells_it(text, locale, written):
    assert slug(text, locale) == written


def test_every_latin_letter_with_an_accent_or_a_stroke_keeps_its_letter():
    """Of those that people write: what the European alphabets hold. Latin letters of phonetics are no names."""
    for number in (*range(0xC0, 0x180), *range(0x1E00, 0x1E9A), *range(0x1EA0, 0x1EFA)):
        letter = chr(number)
        if unicodedata.category(letter)[0] == "L":
            assert re.fullmatch("[a-zA-Z]{1,3}", ascii_of(letter)), (letter, unicodedata.name(letter))


def test_every_greek_and_cyrillic_letter_of_today_is_spelt_out():
    for letter in "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ" + "абвгдежзийклмнопрстуфхцчшщыэюяёієїґђјљњћџѓќѕў":
        assert re.fullmatch("[a-z]{1,4}", ascii_of(letter)), letter
        assert re.fullmatch("[A-Z][a-z]{0,3}", ascii_of(letter.upper())) or letter in "ςΐΰ", letter


@given(st.text(max_size=200), st.sampled_from(["", "de_DE", "uk_UA", "xx"]))
def test_whatever_a_text_holds_its_name_can_be_a_files_and_is_its_own_name(text, locale):
    name = slug(text, locale)
    assert re.fullmatch("(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", name) and len(name) <= 60
    assert slug(name, locale) == name
    assert ascii_of(text).isascii()


def test_a_name_neither_begins_nor_ends_with_a_hyphen():
    assert slug("“The walk!”", "en_GB") == "the-walk"


def test_a_long_title_is_cut_and_never_at_a_hyphen():
    assert slug("walk " * 100) == ("walk-" * 12).strip("-")
    assert slug("“" + "x" * 70) == "x" * 60
    assert slug("x" * (sys.maxunicode // 100), longest=5) == "xxxxx"


def test_every_letter_that_is_spelt_out_is_spelt_in_ascii():
    letters = written_letters()
    assert letters["ł"] == "l"
    assert all(written.isascii() and not letter.isascii() for letter, written in letters.items())
