"""Pictures: what cannot be shown is refused from its header, and what is shown carries nothing along."""

import contextlib
import io
import random
import re

import pytest
from PIL import Image

from campaign.core.reading.problems import CampaignError
from campaign.loading.load import load_campaign, now_from_environment
from campaign.loading.pictures import picture_fault, published_name
from campaign.rendering import resized as originals
from campaign.rendering.cache import Cache
from campaign.rendering.resized import Original
from photo import (
    ALLOWED,
    BLUE,
    GREEN,
    RED,
    SECRET,
    grey_profile,
    photo,
    quartered,
    screen_profile,
    shows_the_quarters,
    what_is_in,
)

KINDS = ("JPEG", "PNG", "WEBP")


def saved(path, picture, kind, **options):
    picture.save(path, kind, **options)
    return path


def files_of(path, kept=None):
    """Everything that is published of a picture, by address."""
    original = Original(path, kept or Cache(None))
    original.make(original.picture.files)
    return {address: original.written(address) for address in original.picture.files}


def opened(data):
    return Image.open(io.BytesIO(data))


def drawn(path, kind="webp"):
    """The widest file of a picture."""
    return opened(next(data for address, data in reversed(files_of(path).items()) if address.endswith(kind)))


# -- what is published ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "sizes"),
    [
        ((4000, 1000), [(480, 120), (960, 240), (1600, 400)]),
        ((1600, 900), [(480, 270), (960, 540), (1600, 900)]),
        ((1000, 500), [(480, 240), (960, 480), (1000, 500)]),
        ((700, 350), [(480, 240), (700, 350)]),
        ((480, 90), [(480, 90)]),
        ((300, 600), [(300, 600)]),
        ((1, 1), [(1, 1)]),
        ((3000, 1), [(480, 1), (960, 1), (1600, 1)]),
    ],
)
def test_a_picture_is_made_in_the_widths_that_screens_need_and_never_wider_than_it_came(tmp_path, size, sizes):
    path = saved(tmp_path / "walk.jpg", Image.new("RGB", size), "JPEG")
    name = published_name(path)
    files = files_of(path)
    assert list(files) == [f"images/{name}-{width}.{kind}" for width, _ in sizes for kind in ("webp", "jpg")]
    assert [opened(data).size for data in files.values()] == [size for size in sizes for _ in range(2)]
    assert [opened(data).format for data in files.values()] == ["WEBP", "JPEG"] * len(sizes)
    picture = Original(path, Cache(None)).picture
    assert (picture.width, picture.height) == sizes[-1]
    assert picture.widest == f"images/{name}-{sizes[-1][0]}.jpg"
    assert picture.fallback == f"images/{name}-{max(width for width, _ in sizes if width <= 960)}.jpg"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright_however_the_phone_was_held(tmp_path, kind, orientation):
    path = tmp_path / "walk.jpg"
    path.write_bytes(photo(kind, size=(600, 200), orientation=orientation))
    for address, data in files_of(path).items():
        with opened(data) as picture:
            assert picture.size in {(480, 160), (600, 200)}, address
            assert shows_the_quarters(picture), address


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *(("JPEG", mode) for mode in ("RGB", "L")),
        *(("PNG", mode) for mode in ("RGB", "L", "P", "RGBA", "LA")),
        *(("WEBP", mode) for mode in ("RGB", "RGBA")),
    ],
)
@pytest.mark.parametrize("colours", [None, b"no profile"], ids=["with a profile", "with a broken one"])
def test_nothing_that_was_hidden_in_a_picture_is_published(tmp_path, kind, mode, colours):
    picture = quartered(500, 300).convert(mode)
    if mode.endswith("A"):
        picture.putalpha(100)
    path = tmp_path / "walk.png"
    path.write_bytes(photo(kind, picture=picture, orientation=6, profile=colours))
    assert SECRET in path.read_bytes()
    for address, data in files_of(path).items():
        assert what_is_in(data) <= ALLOWED, address
        assert SECRET not in data
        with opened(data) as found:
            assert dict(found.getexif()) == {}
            assert not {"exif", "xmp", "icc_profile", "comment", "Comment", "XML:com.adobe.xmp"} & set(found.info)


def test_a_picture_of_another_colour_space_is_shown_in_the_colours_it_was_taken_in(tmp_path):
    """The profile says that the first light is the green one."""
    red = Image.new("RGB", (40, 40), (250, 10, 10))
    path = tmp_path / "walk.jpg"
    path.write_bytes(photo(picture=red, profile=screen_profile(GREEN, RED, BLUE)))
    for data in files_of(path).values():
        r, g, b = opened(data).convert("RGB").getpixel((20, 20))
        assert (g > 230, max(r, b) < 60) == (True, True)
    path.write_bytes(photo("PNG", picture=red.convert("RGBA"), profile=screen_profile(GREEN, RED, BLUE)))
    assert drawn(path).convert("RGB").getpixel((20, 20))[1] > 230


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "broken",
    [
        b"no profile",
        screen_profile(GREEN, RED, BLUE)[:150],
        screen_profile(GREEN, RED, BLUE).replace(b"RGB ", b"GRAY", 1),
        grey_profile(1.8),
    ],
    ids=["words", "cut off", "of another space than it says", "for pictures without colours"],
)
def test_a_profile_that_is_broken_or_of_another_kind_of_picture_is_left_aside(tmp_path, kind, broken):
    path = tmp_path / "walk.jpg"
    path.write_bytes(photo(kind, size=(60, 60), profile=broken))
    assert all(shows_the_quarters(opened(data)) for data in files_of(path).values())


def test_a_grey_picture_is_grey_with_a_profile_for_colours_and_without(tmp_path):
    path = tmp_path / "walk.png"
    for options in ({}, {"icc_profile": screen_profile(RED, GREEN, BLUE)}):
        for mode in ("L", "LA", "1"):
            saved(path, Image.new("L", (40, 40), 255).convert(mode), "PNG", **options)
            assert all(opened(data).convert("RGB").getpixel((9, 9))[0] > 250 for data in files_of(path).values())
    for mode in ("L", "LA"):
        saved(path, Image.new("L", (40, 40), 128).convert(mode), "PNG", icc_profile=grey_profile(1))
        assert drawn(path).convert("RGB").getpixel((9, 9)) == pytest.approx((188, 188, 188), abs=2)
    saved(path, Image.new("I;16", (40, 40), 40_000), "PNG")
    assert drawn(path).convert("RGB").getpixel((9, 9)) == pytest.approx((156, 156, 156), abs=2)


def test_a_picture_for_print_is_shown_on_screens(tmp_path):
    path = saved(tmp_path / "walk.jpg", Image.new("CMYK", (40, 40), (0, 255, 255, 0)), "JPEG")
    r, g, b = drawn(path).convert("RGB").getpixel((20, 20))
    assert (r > 200, max(g, b) < 60) == (True, True)
    path = saved(
        path, Image.new("CMYK", (40, 40), (0, 255, 255, 0)), "JPEG", icc_profile=screen_profile(GREEN, RED, BLUE)
    )
    assert drawn(path).convert("RGB").getpixel((20, 20)) == (r, g, b)


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "LA"), ("PNG", "P"), ("WEBP", "RGBA")])
def test_what_is_see_through_stays_so_and_is_white_where_nothing_can_be(tmp_path, kind, mode):
    picture = Image.new("RGBA", (600, 60), (1, 2, 3, 0))
    picture.paste((0, 0, 0, 255), (300, 0, 600, 60))
    options = {"transparency": 0} if mode == "P" else {}
    if mode == "P":
        picture = Image.new("P", (600, 60), 0)
        picture.putpalette([1, 2, 3, 0, 0, 0])
        picture.paste(1, (300, 0, 600, 60))
    path = saved(tmp_path / "walk.png", picture.convert(mode) if mode != "P" else picture, kind, **options)
    for address, data in files_of(path).items():
        found = opened(data)
        left, right = (found.getpixel((found.width * n // 4, 30)) for n in (1, 3))
        if address.endswith("webp"):
            assert (found.mode, left[3], right[3]) == ("RGBA", 0, 255)
        else:
            assert (found.mode, min(left) > 250, max(right) < 5) == ("RGB", True, True)


def test_what_could_be_seen_through_and_cannot_is_an_ordinary_picture(tmp_path):
    path = saved(tmp_path / "walk.png", quartered(60, 60).convert("RGBA"), "PNG")
    assert what_is_in(files_of(path)[f"images/{published_name(path)}-60.webp"]) == {"VP8 "}


def test_the_same_picture_is_the_same_bytes(tmp_path):
    path = tmp_path / "walk.jpg"
    path.write_bytes(photo(size=(900, 500), orientation=6))
    assert files_of(path) == files_of(path)


def test_a_picture_higher_than_any_webp_can_be_is_made_lower(tmp_path):
    path = saved(tmp_path / "list.png", Image.new("1", (400, 20_000)), "PNG")
    assert drawn(path).size == (328, 16_383)


# -- names ---------------------------------------------------------------------------------------------


def test_no_two_pictures_have_one_address_and_a_changed_one_has_a_new_one(tmp_path):
    paths = [tmp_path / name for name in ("walk.jpg", "walk.png", "walk.webp")]
    for path, kind in zip(paths, KINDS, strict=True):
        path.write_bytes(photo(kind))
    names = {published_name(path) for path in paths}
    assert len(names) == 3
    assert all(re.fullmatch("walk-[0-9a-f]{8}", name) for name in names)
    paths[0].write_bytes(photo(size=(61, 30)))
    assert published_name(paths[0]) not in names


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("IMG_0001.JPG", "IMG_0001"),
        ("café+tea,2.jpg", "cafe-tea-2"),
        ("Łódź.jpg", "Lodz"),
        ("散歩.png", "picture"),
        ("a" * 200 + ".jpg", "a" * 80),
        ("-.jpg", "picture"),
    ],
)
def test_a_name_is_written_in_letters_that_every_server_can_hold(tmp_path, name, stem):
    path = tmp_path / name
    path.write_bytes(b"x")
    assert published_name(path) == f"{stem}-2d711642"


# -- what is kept --------------------------------------------------------------------------------------


class Counting(Cache):
    """Counts what is made."""

    made = 0

    def once(self, work, made_from, make):
        def counted():
            self.made += 1
            return make()

        return super().once(work, made_from, counted)


def made(path, folder):
    """How many results a build makes of a picture: its size and six files, or fewer."""
    kept = Counting(folder)
    files_of(path, kept)
    return kept.made


@pytest.fixture
def walk(tmp_path):
    path = tmp_path / "walk.jpg"
    path.write_bytes(photo(size=(1700, 300)))
    return path


def test_a_picture_is_made_again_only_when_it_is_changed(walk, tmp_path):
    folder = tmp_path / "kept"
    before = files_of(walk)
    assert [made(walk, folder) for _ in range(3)] == [7, 0, 0]
    assert files_of(walk, Cache(folder)) == before
    walk.write_bytes(photo(size=(1700, 301)))
    assert [made(walk, folder) for _ in range(2)] == [7, 0]


def test_a_picture_that_was_only_renamed_is_not_made_again(walk, tmp_path):
    assert made(walk, tmp_path / "kept") == 7
    assert made(walk.rename(tmp_path / "stroll.jpg"), tmp_path / "kept") == 0


def test_another_version_of_the_code_or_of_a_library_makes_every_picture_again(walk, tmp_path, monkeypatch):
    assert made(walk, tmp_path / "kept") == 7
    now = originals._made_by()
    assert len(now) == 6
    assert not {"None", ""} & set(now)
    for number in range(6):
        monkeypatch.setattr(originals, "_made_by", lambda n=number: (*now[:n], "another", *now[n + 1 :]))
        assert made(walk, tmp_path / "kept") == 7


def test_only_what_is_damaged_is_made_again_and_as_it_was(walk, tmp_path):
    before = files_of(walk, Cache(tmp_path / "kept"))
    entries = sorted((tmp_path / "kept").iterdir())
    assert len(entries) == 7
    for entry in entries:
        entry.write_bytes(entry.read_bytes()[:-1])
        assert made(walk, tmp_path / "kept") == 1
    assert files_of(walk, Cache(tmp_path / "kept")) == before


def test_a_picture_is_decoded_once_for_all_its_files_and_then_let_go(walk, monkeypatch):
    decoded = []
    monkeypatch.setattr(
        originals, "_upright", lambda source, real=originals._upright: decoded.append(1) or real(source)
    )
    original = Original(walk, Cache(None))
    original.make(original.picture.files)
    assert (len(decoded), original._decoded) == (1, None)


def test_a_picture_that_is_changed_while_the_site_is_built_is_not_mixed_up(walk):
    original = Original(walk, Cache(None))
    original.make([])
    walk.write_bytes(photo(size=(1700, 301)))
    with pytest.raises(OSError, match="changed while"):
        original.make(original.picture.files)


# -- what is refused -----------------------------------------------------------------------------------


def test_what_is_no_picture_or_too_large_is_named(tmp_path):
    words = tmp_path / "a.jpg"
    words.write_text("no picture")
    assert "no picture that can be read" in picture_fault(words)
    assert "BMP picture" in picture_fault(saved(tmp_path / "b.jpg", Image.new("RGB", (5, 5)), "BMP"))
    huge = saved(tmp_path / "c.png", Image.new("1", (10_000, 5_000)), "PNG")
    assert picture_fault(huge) == "10000 × 5000 is over 40 megapixels; make it smaller"
    assert picture_fault(saved(tmp_path / "d.png", Image.new("1", (5, 5)), "PNG")) is None


def test_a_phones_picture_with_another_behind_it_is_a_picture(tmp_path):
    path = saved(tmp_path / "a.jpg", quartered(60, 60), "MPO", save_all=True, append_images=[quartered(30, 30)])
    assert opened(path.read_bytes()).format == "MPO"
    assert picture_fault(path) is None
    assert all(shows_the_quarters(opened(data)) for data in files_of(path).values())


def test_a_broken_picture_is_a_problem_with_its_file(site):
    site.write("images/walk.jpg", b"\xff\xd8 no more")
    with pytest.raises(CampaignError, match=r"content/images/walk.jpg:1: this is no picture .* \[picture\]"):
        load_campaign(site.folder, site.content, now=now_from_environment())


@pytest.mark.parametrize("name", ["IMG 1 (2).jpg", "tea&cake.jpg", "tea;cake.jpg", "50%.jpg", "walk#2.jpg"])
def test_a_picture_whose_name_no_link_can_hold_is_named(site, name):
    site.write(f"images/{name}", photo())
    with pytest.raises(
        CampaignError, match=rf"content/images/{re.escape(name)}:1: a picture's name holds no space, bracket or sign"
    ):
        load_campaign(site.folder, site.content, now=now_from_environment())


@pytest.mark.parametrize("times", [100, pytest.param(3000, marks=pytest.mark.attack)])
@pytest.mark.parametrize("kind", KINDS)
def test_broken_data_is_an_os_error_and_nothing_else(tmp_path, kind, times):
    path = tmp_path / "walk.jpg"
    noise = Image.effect_noise((90, 60), 80).convert("RGB")
    whole = photo(kind, picture=noise, orientation=6, profile=screen_profile(GREEN, RED, BLUE))
    chosen = random.Random(kind)
    for _ in range(times):
        data = bytearray(whole[: chosen.choice([len(whole), chosen.randrange(len(whole))])])
        for _ in range(chosen.randrange(6) if data else 0):
            # As often in the first thousand bytes, where all but the pixels is.
            data[chosen.randrange(chosen.choice([len(data), min(len(data), 1000)]))] = chosen.randrange(256)
        path.write_bytes(data)
        if picture_fault(path) is None:
            with contextlib.suppress(OSError):
                files_of(path)


@pytest.mark.parametrize(
    ("beginning", "told"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "Settings › Camera › Formats › Most Compatible"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0", "videos and sound are not published here"),
        (b"%PDF-1.7 \n1 0 obj", "this is a PDF under another name"),
        (b"<!DOCTYPE html><title>Photo", "this is a web page or a drawing under another name"),
        (b"", "this file is empty, so it did not arrive whole"),
        (b"GIF89a\1\0\1\0\0\0\0\x2c\0\0\0\0\1\0\1\0\0\2\1\0\0;", "this is a GIF picture under another name"),
    ],
)
def test_a_file_that_only_calls_itself_a_picture_is_told_by_what_it_is(tmp_path, beginning, told):
    path = tmp_path / "walk.jpg"
    path.write_bytes(beginning)
    assert told in picture_fault(path)


def test_a_name_that_no_link_can_hold_is_given_another_that_is_free(tmp_path):
    for name in ("IMG 1 (2).JPG", "img-1-2.jpg", "Łódź 1.png"):
        (tmp_path / name).write_bytes(photo())
    assert "rename it (img-1-2-2.jpg)" in picture_fault(tmp_path / "IMG 1 (2).JPG")
    assert "rename it (lodz-1.png)" in picture_fault(tmp_path / "Łódź 1.png")
