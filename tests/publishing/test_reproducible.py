"""Two builds of one commit are the same bytes."""

import shutil

from photo import photo
from site_folder import ROOT, Site


def built(folder, **environ):
    site = Site(folder)
    shutil.rmtree(site.content)
    shutil.copytree(ROOT / "tests/sites/village-hall", site.content)
    site.write("images/hall.jpg", photo(size=(1700, 900), orientation=6))
    site.write("updates/2025-02-03-hall.md", "---\ntitle: Hall\ndate: 2025-02-03\n---\n![The hall](images/hall.jpg)\n")
    moment = {"SOURCE_DATE_EPOCH": "1780000000", "SITEURL": "https://example.org"}
    done = site.pelican(settings=ROOT / "publishconf.py", environ=moment | environ)
    assert done.returncode == 0, done.stderr
    return site.files()


def test_neither_hash_seed_nor_time_zone_nor_language_nor_folder_changes_a_byte(tmp_path):
    one = built(tmp_path / "one", PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C")
    other = built(tmp_path / "another" / "place", PYTHONHASHSEED="2", TZ="Pacific/Auckland", LC_ALL="C.UTF-8")
    assert one.keys() == other.keys()
    assert sum(name.startswith("images/") for name in one) == 6
    assert [name for name in one if one[name] != other[name]] == []
