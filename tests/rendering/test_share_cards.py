"""Share cards: text that fits, in a font that comes with the project, and a photo beside it."""

import io
import re
import sys
from dataclasses import replace

import pytest
from PIL import Image

from campaign import plugin
from campaign.loading.pictures import Picture
from campaign.plugin import SITE, WRITTEN, CardsGenerator
from campaign.processes import shared_work
from campaign.rendering.card_photo import EDGE, HEIGHT, LINE, MEASURE, WIDTH, photo
from campaign.rendering.lettering import can_write, length
from campaign.rendering.outputs import Card
from campaign.rendering.share_cards import (
    NAMES,
    NARROW,
    ROOM,
    SHAPES,
    fits,
    fitted,
    jpeg,
    lower,
    png,
)
from photo import photo as a_photo
from surfaces import surfaces


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
    narrow = 500
    for text, shapes, room in (
        (headline.strip(), SHAPES, ROOM),
        (headline.strip(), lower(SHAPES), ROOM),
        (name, NAMES, ROOM),
        (headline.strip()[:200].strip(), NARROW, narrow),
        (name, NAMES, narrow),
    ):
        written = fitted(text, shapes, room)
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
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" fill="#000">'
        return Image.open(io.BytesIO(png(f'{svg}<rect width="100%" height="100%" fill="#fff"/>{text}</svg>')))

    empty, written = drawn(""), drawn(f'<text x="60" y="300" font-size="200">{"M" * 4}</text>')
    assert empty.size == written.size == (WIDTH, HEIGHT)
    assert len(empty.convert("L").getcolors()) == 1
    assert written.convert("L").histogram()[0] > 10_000
    assert ROOM < WIDTH


CAMPAIGN = """\
name: Robin’s wheels
summary: Robin is six and wants to race her brother to the gate of the school.
currency: GBP
locale: en_GB
timezone: Europe/London
started: 2024-01-01
goal: 20000
image: images/robin.jpg
image_alt: Robin
"""
PICTURED = "image: images/gate.jpg\nimage_alt: The gate\n"


@pytest.fixture(scope="module")
def pictured(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pictured")
    (folder / "content/images").mkdir(parents=True)
    (folder / "content/images/robin.jpg").write_bytes(a_photo(size=(900, 600)))
    (folder / "content/images/gate.jpg").write_bytes(a_photo(size=(600, 900)))
    told = {
        "2024-01-10": "",
        "2024-02-01": f"totals:\n  raised: about 9000\n{PICTURED}",
        "2024-03-01": "totals:\n  raised: 12000\npromised:\n  - {id: mill, amount: 3000, from: The mill}",
        "2024-04-01": "totals:\n  raised: 24000",
        "2024-05-01": f"ends: done\n{PICTURED}",
    }
    return surfaces(folder, CAMPAIGN, told)


def shown(card):
    """The name of the picture in a card, and the row of pixels that it ends at."""
    found = re.search(r'<image x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)" href="images/(\w+)-', card.svg)
    left, top, wide, high = map(int, found.groups()[:4])
    assert left + wide == WIDTH and card.place.endswith(".jpg")
    return found[5], top + high


def test_an_updates_photo_stands_in_its_card_and_the_campaigns_in_every_other_above_a_line_that_is_long(pictured):
    names = {slug: shown(card) for slug, card in pictured.context["cards"].items()}
    assert names == {
        "": ("robin", MEASURE),
        "2024-01-10-news": ("robin", MEASURE),
        "2024-02-01-news": ("gate", MEASURE),
        "2024-03-01-news": ("robin", MEASURE),
        "2024-04-01-news": ("robin", LINE),
        "2024-05-01-news": ("gate", MEASURE),
    }


def test_no_card_shows_another_photo_than_its_own(pictured):
    for slug, card in pictured.context["cards"].items():
        assert list(pictured.proof.card_faults(card.svg, slug)) == []
        other = card.svg.replace("images/robin-", "images/gat-").replace("images/gate-", "images/robin-")
        assert list(pictured.proof.card_faults(other, slug)) != []
        assert list(pictured.proof.card_faults(re.sub("<image.*?</image>", "", card.svg), slug)) != []


def test_no_line_of_a_card_reaches_a_photo_that_stands_beside_it(pictured):
    for card in pictured.context["cards"].values():
        for size, line in re.findall(r'<text x="60" y="\d+" font-size="(\d+)">([^<]+)<', card.svg):
            assert length(line, int(size)) <= (card.photo.room if shown(card)[1] == MEASURE or size != "28" else ROOM)
        for size, of in re.findall(r'<text x="56" y="\d+" font-size="(\d+)" font-weight="700">(.*?)</text>', card.svg):
            about = re.search(r'font-size="52" font-weight="400">(.*?)<', of)
            figure = re.sub("<tspan.*?</tspan>", "", of)
            assert length(about[1] if about else "", 52) + length(figure, int(size), is_bold=True) <= card.photo.room


def test_a_photo_is_shown_whole_as_large_as_there_is_room_for_it():
    for (width, height), drawn in {(1600, 800): (520, 260), (600, 900): (343, 514), (40, 30): (520, 390)}.items():
        of = photo(Picture("x-1a2b3c4d", width, height), MEASURE)
        assert (of.width, of.height, of.x) == (*drawn, WIDTH - drawn[0])
        assert EDGE + of.room < of.x
    assert photo(Picture("x-1a2b3c4d", 600, 900), LINE).height == LINE
    assert fitted("Help Amelie-Charlotte and her little brother to walk " * 4, NARROW, 500).lines[-1][-1] != "…"
    assert fits("£1,234,567", (128, 96), 10, is_bold=True) == 96


def test_a_photo_is_drawn_where_the_card_has_it_and_the_same_each_time(pictured):
    card, file = pictured.card(), a_photo(size=(900, 600))
    of = card.photo
    written = jpeg(card.svg, of, file)
    assert written == jpeg(card.svg, of, file) and len(written) < 300_000
    picture = Image.open(io.BytesIO(written))
    assert picture.size == (WIDTH, HEIGHT)
    ground = picture.getpixel((of.x - 20, MEASURE - 100))
    corners = {picture.getpixel((x, y)) for x in (of.x + 20, WIDTH - 20) for y in (MEASURE - of.height + 20, 490)}
    assert len(corners | {ground}) == 5


def drawn_to(folder, pictured, cards=None):
    """A run's drawing of its cards."""
    generator = object.__new__(CardsGenerator)
    generator.settings, generator.output_path = {SITE: pictured.site}, str(folder)
    generator.context = {"cards": cards or pictured.context["cards"], WRITTEN: set()}
    generator.generate_context()
    generator.generate_output(None)
    assert len(generator.context[WRITTEN]) == len({card.place for card in generator.context["cards"].values()})
    return {path.name: path.read_bytes() for path in (folder / "cards").iterdir()}


@pytest.mark.skipif(sys.platform != "linux", reason="no process is forked here")
def test_several_processes_draw_the_same_bytes_as_one(pictured, tmp_path, monkeypatch):
    begun, begin = [], shared_work.begin
    monkeypatch.setattr(shared_work, "begin", lambda *given, **more: begun.append(begin(*given, **more)) or begun[-1])
    many = dict(cards := pictured.context["cards"])
    for slug, card in cards.items():
        bare = re.sub("<image.*?</image>", "", card.svg)
        many[f"{slug}-bare"] = replace(card, place=f"cards/{slug}.png", svg=bare, photo=None)
    monkeypatch.setattr(plugin, "forks_for", lambda *_: 2)
    several = drawn_to(tmp_path / "several", pictured, many)
    assert len(begun) == 2
    monkeypatch.undo()
    assert drawn_to(tmp_path / "one", pictured, many) == several
    assert len(begun) == 2 and len(several) == len(many), "few cards are drawn without a fork"


def test_a_card_that_cannot_be_drawn_ends_the_run_and_says_whose_it_is(pictured, tmp_path):
    cards = {"2024-02-01-news": Card("cards/a.png", "", '<svg xmlns="http://www.w3.org/2000/svg"><circle/></svg>')}
    with pytest.raises(
        SystemExit, match="The share card of 2024-02-01-news cannot be drawn, because nothing draws <cir"
    ):
        drawn_to(tmp_path, pictured, cards)
