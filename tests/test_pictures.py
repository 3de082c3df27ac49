"""Pictures: what cannot be shown is refused from its header, and what is shown carries nothing along."""

import contextlib
import io
import random

import pytest
from PIL import Image, PngImagePlugin

from campaign.core.problems import CampaignError
from campaign.load import load_campaign, now_from_environment
from campaign.pictures import WIDEST, cleaned, picture_fault


def saved(path, picture, kind, **options):
    picture.save(path, kind, **options)
    return path


def reopened(data):
    return Image.open(io.BytesIO(data))


def test_a_wide_picture_is_made_as_wide_as_a_page_needs(tmp_path):
    path = saved(tmp_path / "a.jpg", Image.new("RGB", (4000, 1000)), "JPEG")
    assert reopened(cleaned(path)).size == (WIDEST, 400)


@pytest.mark.parametrize(("name", "kind", "mode"), [("a.png", "PNG", "RGBA"), ("a.webp", "WEBP", "RGBA")])
def test_what_is_see_through_stays_so(tmp_path, name, kind, mode):
    path = saved(tmp_path / name, Image.new(mode, (10, 10), (1, 2, 3, 0)), kind)
    picture = reopened(cleaned(path))
    assert (picture.format, picture.mode) == (kind, mode)


def test_words_hidden_in_a_png_are_gone(tmp_path):
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "secret")
    path = saved(tmp_path / "a.png", Image.new("P", (10, 10)), "PNG", pnginfo=info)
    assert b"secret" in path.read_bytes()
    assert b"secret" not in cleaned(path)


def test_a_png_under_a_jpegs_name_is_published_as_its_name_says(tmp_path):
    path = saved(tmp_path / "a.jpg", Image.new("RGBA", (10, 10)), "PNG")
    assert reopened(cleaned(path)).format == "JPEG"


def test_what_is_no_picture_or_too_large_is_named(tmp_path):
    words = tmp_path / "a.jpg"
    words.write_text("no picture")
    assert "no picture that can be read" in picture_fault(words)
    assert "BMP picture" in picture_fault(saved(tmp_path / "b.jpg", Image.new("RGB", (5, 5)), "BMP"))
    huge = saved(tmp_path / "c.png", Image.new("1", (10_000, 5_000)), "PNG")
    assert picture_fault(huge) == "10000 × 5000 is over 40 megapixels; make it smaller"
    assert picture_fault(saved(tmp_path / "d.png", Image.new("1", (5, 5)), "PNG")) is None


def test_a_broken_picture_is_a_problem_with_its_file(site):
    site.write("images/walk.jpg", b"\xff\xd8 no more")
    with pytest.raises(CampaignError, match=r"content/images/walk.jpg:1: this is no picture .* \[picture\]"):
        load_campaign(site.folder, site.content, now=now_from_environment())


def test_a_picture_whose_name_no_link_can_hold_is_named(site):
    site.write("images/IMG 1 (2).jpg", b"\xff\xd8 no more")
    with pytest.raises(CampaignError, match=r"content/images/IMG 1 \(2\).jpg:1: a picture's name holds letters"):
        load_campaign(site.folder, site.content, now=now_from_environment())


@pytest.mark.parametrize(("name", "kind"), [("a.jpg", "JPEG"), ("a.png", "PNG"), ("a.webp", "WEBP")])
def test_broken_data_is_an_os_error_and_nothing_else(tmp_path, name, kind):
    path = saved(tmp_path / name, Image.effect_noise((90, 60), 80).convert("RGB"), kind)
    whole = path.read_bytes()
    chosen = random.Random(name)
    for _ in range(150):
        data = bytearray(whole[: chosen.choice([len(whole), chosen.randrange(len(whole))])])
        for _ in range(chosen.randrange(4) if data else 0):
            data[chosen.randrange(len(data))] = chosen.randrange(256)
        path.write_bytes(data)
        with contextlib.suppress(OSError):
            cleaned(path)
