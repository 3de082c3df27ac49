"""A picture that is broken, huge or hides another is named by a check, and costs neither the build nor the memory."""

import contextlib
import io
import os
import random
import struct
import subprocess
import sys
import zlib

import pytest
from PIL import Image

from campaign.core.reading.problems import CampaignError
from campaign.loading.load import load_campaign, now_from_environment
from campaign.loading.pictures import picture_fault
from campaign.rendering.cache import Cache
from campaign.rendering.resized import Original
from photo import photo
from site_folder import ROOT


def files_of(path):
    original = Original(path, Cache(None))
    original.make(original.picture.files)
    return [original.written(address) for address in original.picture.files]


def chunks(data):
    """A PNG's parts."""
    place = 8
    while place + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, place)
        yield name, data[place + 8 : place + 8 + length]
        place += length + 12


def png(parts):
    written = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)


def palette_png(**options):
    written = io.BytesIO()
    Image.new("P", (40, 30)).save(written, "PNG", **options)
    return list(chunks(written.getvalue()))


@pytest.mark.parametrize("options", [{}, {"transparency": 0}], ids=["solid", "see-through"])
def test_a_picture_whose_list_of_colours_is_missing_is_named_by_a_check(site, options):
    parts = [part for part in palette_png(**options) if part[0] != b"PLTE"]
    site.write("images/walk.png", png(parts))
    with pytest.raises(CampaignError, match=r"images/walk.png:1: the list of its colours is missing.* \[picture\]"):
        load_campaign(site.folder, site.content, now=now_from_environment())


def test_a_png_whose_parts_are_lost_doubled_cut_or_mixed_is_an_os_error_and_nothing_else(tmp_path):
    whole = [palette_png(), palette_png(transparency=0)]
    for mode in ("L", "LA", "RGB", "RGBA", "1", "I;16"):
        written = io.BytesIO()
        Image.new(mode, (40, 30)).save(written, "PNG", icc_profile=b"no profile")
        whole.append(list(chunks(written.getvalue())))
    chosen, path = random.Random(1), tmp_path / "walk.png"
    for _ in range(1500):
        parts = list(chosen.choice(whole))
        for _ in range(chosen.randint(1, 3)):
            at = chosen.randrange(len(parts))
            name, data = parts[at]
            change = chosen.choice(["lost", "doubled", "mixed", "cut"])
            if change == "lost" and len(parts) > 1:
                del parts[at]
            elif change == "cut":
                parts[at] = (name, data[: chosen.randrange(len(data) + 1)])
            else:
                part = parts[at] if change == "doubled" else chosen.choice(chosen.choice(whole))
                parts.insert(chosen.randrange(len(parts) + 1), part)
        path.write_bytes(png(parts))
        if picture_fault(path) is None:
            with contextlib.suppress(OSError):
                files_of(path)


def test_a_strip_of_millions_of_points_is_refused_and_a_long_one_takes_little_memory(tmp_path):
    header = struct.pack(">IIBBBBB", 40_000_000, 1, 1, 0, 0, 0, 0)
    path = tmp_path / "strip.png"
    path.write_bytes(png([(b"IHDR", header), (b"IDAT", zlib.compress(bytes(5_000_001))), (b"IEND", b"")]))
    assert picture_fault(path) == "40000000 × 1 is longer than any picture can be (65535); make it shorter"
    for size in ((65_535, 1), (1, 65_535), (65_535, 610)):
        code = f"""
import resource, sys
from pathlib import Path
from PIL import Image
from campaign.rendering.cache import Cache
from campaign.rendering.resized import Original
path = Path(sys.argv[1])
Image.new("1", {size}).save(path)
original = Original(path, Cache(None))
original.make(original.picture.files)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
        words = [sys.executable, "-c", code, str(path)]
        done = subprocess.run(words, env=environment, capture_output=True, text=True, check=True)
        assert picture_fault(path) is None
        assert int(done.stdout) < 700  # MB; a strip of 40 million took 2600


def test_a_picture_among_the_extra_files_is_refused_whatever_it_is_called(site):
    """Behind what it shows it can carry another, or the name of who took it, in places that no list holds."""
    clean = io.BytesIO()
    Image.new("RGB", (5, 5)).save(clean, "JPEG")
    behind = clean.getvalue() + photo()
    for name in ("a.jpg", "b.png", "c.txt", "d.pdf", "e.csv", "f.webmanifest"):
        site.write(f"extra/{name}", behind)
    with pytest.raises(CampaignError) as error:
        load_campaign(site.folder, site.content, now=now_from_environment())
    assert [problem.path for problem in error.value.problems] == [
        f"content/extra/{name}" for name in ("a.jpg", "b.png", "c.txt", "d.pdf", "e.csv", "f.webmanifest")
    ]
    assert all("a picture belongs in content/images" in problem.message for problem in error.value.problems)
