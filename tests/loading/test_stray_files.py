"""What lies in the wrong place: whoever put it there is told a way that can be gone, and never over another file."""

import re

import pytest

from campaign.loading import stray_files as strays
from campaign.loading.load import CAMPAIGN_FILE
from campaign.loading.stray_files import EXTRA_KINDS, PICTURE_KINDS

UPDATE = "2015-08-26-cake-sale.md"
NAMES = (
    *(UPDATE, "cake.MD", "cake.txt", "cake.markdown", "cake", "cake.md.txt", "cake (1).md", "cake copy.md", "cake.md~"),
    *("cake.md.bak", ".md", "cake.docx", "cake.pages", "cake.odt", "cake.rtf", "cake.html", "cake.pdf", "cake.xlsx"),
    *("walk.jpg", "walk.JPG", "walk.jpeg~", "walk.heic", "IMG_0001.HEIC", "walk.heif", "walk.gif", "walk.svg"),
    *("walk.tif", "walk.tiff", "walk.bmp", "walk.avif", "walk.jfif", "walk.psd", "walk.dng", "walk.ico", "walk"),
    *("walk.mov", "walk.MP4", "song.mp3", "voice.opus", "~$cake.docx", "#cake.md#", "Thumbs.db", "desktop.ini"),
    *("campaign.yml", "campaign (1).yaml", "campaign.yaml.txt", "archive.zip", "x" * 300, "散歩.txt", "a.b.c", "~"),
)


def told(name, taken=(), pictures=()):
    """What is said of a name in each of the places where it does not belong."""
    taken = {*taken, name}
    said = {"content": strays.in_content(name, taken, pictures, CAMPAIGN_FILE)}
    if not name.endswith(".md"):
        said["updates"] = strays.in_texts(name, taken, pictures)
    if not name.lower().endswith(PICTURE_KINDS):
        said["images"] = strays.in_pictures(name, taken)
    if not name.lower().endswith(EXTRA_KINDS):
        said["extra"] = strays.in_extra(name, taken, pictures)
    return said


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name[:30])
def test_wherever_a_file_lies_it_is_said_what_to_do_with_it(name):
    for place, message in told(name).items():
        assert re.search("delete|rename it|move it|upload it|add |copy its text|put ", message), (place, message)
        assert "\n" not in message and not message.endswith(".")


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name[:30])
def test_no_file_is_told_to_take_a_name_that_another_has(name):
    """Whatever lies beside it: the remedy is tried with every name taken that the message itself gives."""
    taken = set()
    for _ in range(3):
        messages = list(told(name, taken, taken).values())
        renamed = set(re.findall(r"rename (?:it|this one) to (\S+?)(?:,|$)", "\n".join(messages), re.MULTILINE))
        assert not renamed & (taken - {name}), messages
        taken |= renamed


def test_a_backup_beside_its_original_is_never_given_the_originals_name():
    for backup in (f"{UPDATE}~", f"{UPDATE}.bak", f"{UPDATE}.orig"):
        assert strays.in_texts(backup, {UPDATE, backup}, ()) == f"is a copy of {UPDATE} that an editor left; delete it"
        assert f"rename it to {UPDATE}" in strays.in_texts(backup, {backup}, ())
    assert strays.in_pictures("walk.jpg~", {"walk.jpg"}) == "is a copy of walk.jpg that an editor left; delete it"


@pytest.mark.parametrize("name", ["IMG_0001.HEIC", "walk.heif"])
def test_a_photo_of_an_iphone_is_told_by_its_maker_and_its_setting(name):
    for message in told(name).values():
        assert "iPhone" in message and "Settings › Camera › Formats › Most Compatible" in message
        assert "screenshot" in message


def test_a_picture_in_another_folder_is_moved_as_github_can():
    how = "open it, choose Download raw file, delete it here, and upload it to content/images"
    for message in (*told("walk.jpg").values(), strays.folder_in_texts("updates", ["a.png"], ())):
        assert how in message
    for message in told("walk.jpg", pictures=("walk.jpg",)).values():
        assert "there is walk.jpg already; if it is the same picture, delete this one" in message


def test_names_that_differ_in_capitals_alone_are_told_with_one_that_is_free():
    names = ["Walk.jpg", "walk.jpg", "walk-2.jpg", "other.png", "cafe\u0301.jpg", "caf\xe9.jpg"]
    found = dict(strays.twins(names))
    assert set(found) == {"Walk.jpg", "cafe\u0301.jpg"}
    assert "differs from walk.jpg in capital letters alone" in found["Walk.jpg"]
    assert found["Walk.jpg"].endswith("give this one the name walk-3.jpg")


@pytest.mark.parametrize(
    ("name", "is_folder", "place"),
    [
        ("updates", True, "content/updates"),
        ("Images", True, "content/images"),
        (UPDATE, False, "content/updates"),
        ("docs", True, None),
        ("README.md", False, None),
        ("updates", False, None),
    ],
)
def test_what_lies_beside_content_is_told_only_where_it_was_surely_meant_to_be_in_it(name, is_folder, place):
    message = strays.outside(name, is_folder=is_folder)
    assert message is None if place is None else place in message


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Updates", "only a folder called updates, in small letters, is read"),
        ("photos", "put its pictures into images"),
        ("content", "move what is in it one folder up"),
        ("campaign.yaml", "is a folder, and campaign.yaml is a file"),
        ("music", "move it elsewhere"),
    ],
)
def test_a_folder_that_is_not_read_is_told_by_what_it_was_meant_for(name, told):
    assert told in strays.folder_in_content(name, CAMPAIGN_FILE)


@pytest.mark.parametrize(
    ("beginning", "found"),
    [
        (b"\0\0\0\x18ftypheic", "heic"),
        (b"\0\0\0\x18ftypmif1", "heic"),
        (b"\0\0\0\x18ftypavif", "picture"),
        (b"\0\0\0\x18ftypqt  ", "video"),
        (b"\0\0\0\x18ftypisom", "video"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "picture"),
        (b"RIFF\0\0\0\0AVI LIST", "video"),
        (b"%PDF-1.7", "pdf"),
        (b" <!DOCTYPE html>", "page"),
        (b"<svg xmlns", "page"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"II*\0", "picture"),
        (b"some words", ""),
        (b"", ""),
    ],
)
def test_a_file_is_known_by_its_beginning_whatever_it_is_called(beginning, found):
    assert strays.signature_of(beginning) == found
