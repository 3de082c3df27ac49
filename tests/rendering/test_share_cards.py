"""Share cards: text that fits, in a font that comes with the project."""

import io

from PIL import Image

from campaign.rendering.share_cards import HEIGHT, NAMES, ROOM, SHAPES, WIDTH, can_write, fitted, png


def test_a_short_headline_is_as_large_as_it_gets():
    headline = fitted("May fair")
    assert (headline.lines, headline.size) == (("May fair",), SHAPES[0][0])


def test_a_longer_one_is_smaller_and_breaks_at_spaces():
    headline = fitted("The hall roof lets in the rain, and the village is putting a new one on before the timbers go")
    assert headline.size == SHAPES[2][0]
    assert 2 <= len(headline.lines) <= SHAPES[2][1]
    assert "".join(headline.lines).endswith("timbers go")


def test_no_headline_of_200_letters_and_no_name_of_120_is_cut():
    headline = "Help Amelie-Charlotte and her little brother to walk by themselves " * 3
    name = "The Nether Wickham and Upper Wickham village hall roof and gutters appeal, for all who ever danced there"
    for text, shapes in ((headline.strip(), SHAPES), (name, NAMES)):
        written = fitted(text, shapes)
        assert " ".join(written.lines) == text
        assert len(written.lines) <= max(most for _, most in shapes)


def test_one_that_never_fits_is_cut_with_an_ellipsis():
    headline = fitted("word " * 200)
    assert len(headline.lines) == SHAPES[-1][1]
    assert headline.lines[-1].endswith("word…")


def test_a_word_longer_than_a_line_is_broken():
    headline = fitted("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 3)
    assert 1 < len(headline.lines) <= SHAPES[-1][1]


def test_scripts_the_font_has_are_written_and_others_are_not():
    for text in ("£25,000 – 50%", "Grüße, Łódź, Ιατρική, Операция", "bis\u00a025.000\u00a0€"):
        assert can_write(text), text
        assert fitted(text) is not None
    for text in ("日本", "ניתוח", "العملية", "A 🎈"):
        assert not can_write(text), text
        assert fitted(text) is None


def test_a_drawing_becomes_a_picture_with_its_text_in_it():
    def drawn(text):
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="Source Serif Pro">'
        )
        return Image.open(io.BytesIO(png(f'{svg}<rect width="100%" height="100%" fill="#fff"/>{text}</svg>')))

    empty, written = drawn(""), drawn(f'<text x="60" y="300" font-size="200">{"M" * 4}</text>')
    assert empty.size == written.size == (WIDTH, HEIGHT)
    assert len(empty.convert("L").getcolors()) == 1
    assert written.convert("L").histogram()[0] > 10_000
    assert ROOM < WIDTH
