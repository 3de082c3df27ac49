"""A build replaces a folder whole, so it must be one that this command wrote and that holds nothing else."""

import json
import os
import subprocess
import sys

import pytest

from campaign.publishing.build import BuildError, build_site
from campaign.publishing.replace import Taken, beside, exclusive_lock, replace
from campaign.publishing.signature import SIGNATURE, sign, strangers
from site_folder import NOW, ROOT


@pytest.fixture
def folder(tmp_path):
    """A folder that was signed: two files of ours."""
    folder = tmp_path / "output"
    (folder / "updates").mkdir(parents=True)
    for name in ("index.html", "updates/a.html"):
        (folder / name).write_text(name)
    sign(folder, ["index.html", "updates/a.html"])
    return folder


OTHERS = {
    "a repository": ".git/config",
    "a domain": "CNAME",
    "notes": "notes.txt",
    "a hidden file": ".htaccess",
    "a file among ours": "updates/plans.odt",
    "an empty folder": "letters/",
    "a folder of ours deeper": "updates/a.html.d/x",
    "a name with odd bytes": "notes \udcff.txt",
}


@pytest.mark.parametrize("name", OTHERS.values(), ids=OTHERS.keys())
def test_whatever_a_person_put_into_a_site_is_a_stranger_there(folder, name):
    assert strangers(folder) == []
    path = folder / name
    if name.endswith("/"):
        path.mkdir()
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_text("mine")
    assert strangers(folder) == [name if "d/x" not in name and ".git" not in name else name.rpartition("/")[0] + "/"]


def test_a_link_to_a_folder_is_a_stranger_and_is_not_followed(folder, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/mine.txt").write_text("mine")
    (folder / "updates").rename(folder / "moved")
    (folder / "updates").symlink_to(tmp_path / "elsewhere")
    assert strangers(folder) == ["moved/", "updates"]


def test_what_a_computer_writes_by_itself_is_nobodys(folder):
    (folder / ".DS_Store").write_bytes(b"\0")
    (folder / "updates/Thumbs.db").write_bytes(b"\0")
    assert strangers(folder) == []


@pytest.mark.parametrize(
    "said",
    ["", "{", "[]", '{"files": "index.html"}', '{"files": [1]}', '{"files": {"index.html": 1}}', "\0"],
)
def test_a_signature_that_is_not_sound_signs_nothing(folder, said):
    (folder / SIGNATURE).write_text(said)
    assert "index.html" in strangers(folder)


def test_a_signature_that_is_a_link_signs_nothing(folder, tmp_path):
    (folder / SIGNATURE).rename(tmp_path / "signature")
    (folder / SIGNATURE).symlink_to(tmp_path / "signature")
    assert "index.html" in strangers(folder)


@pytest.fixture
def built(site, monkeypatch):
    """A site and the function that builds it again."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)

    def build():
        return build_site(site.folder, site.content, site.output, settings=ROOT / "pelicanconf.py")

    build()
    return build


def test_a_folder_with_a_totals_json_is_not_ours_for_that(site, built):
    (site.output / SIGNATURE).unlink()
    before = site.files()
    with pytest.raises(BuildError, match="was not made by campaign build"):
        built()
    assert site.files() == before


def test_a_stranger_is_named_and_nothing_is_touched(site, built):
    (site.output / "CNAME").write_text("appeal.example.org")
    (site.output / ".git").mkdir()
    before = {path: path.stat().st_mtime_ns for path in site.folder.rglob("*") if ".output.campaign" not in str(path)}
    with pytest.raises(BuildError, match=r"holds what campaign build did not put there: \.git/, CNAME\. "):
        built()
    after = {path: path.stat().st_mtime_ns for path in site.folder.rglob("*") if ".output.campaign" not in str(path)}
    assert after == before


def test_what_is_put_into_the_old_site_during_the_build_is_not_lost(site, built, monkeypatch):
    def late(fresh, files):
        (site.output / "notes.txt").write_text("mine")
        sign(fresh, files)

    monkeypatch.setattr("campaign.publishing.build.sign", late)
    with pytest.raises(BuildError, match=r"notes\.txt"):
        built()
    assert (site.output / "notes.txt").read_text() == "mine"
    monkeypatch.undo()


def test_a_site_that_is_replaced_lists_its_files(site, built):
    listed = json.loads((site.output / SIGNATURE).read_text())["files"]
    assert listed == sorted(site.files())


def test_a_persons_own_folders_beside_the_site_stay(site, built):
    letters = [
        site.folder / name / "letters.txt"
        for name in (".output.old", ".output.new-1", ".output.lock", ".output.new", "output.old")
    ]
    for path in letters:
        path.parent.mkdir()
        path.write_text("dear")
    built()
    assert [path.read_text() for path in letters] == ["dear"] * len(letters)


def test_a_persons_folder_with_the_name_of_ours_stays_and_is_named(tmp_path):
    mine = tmp_path / ".output.campaign"
    mine.mkdir()
    (mine / "old").mkdir()
    with pytest.raises(Taken, match=r"\.output\.campaign"), exclusive_lock(tmp_path / "output"):
        pass
    assert [path.name for path in mine.iterdir()] == ["old"]


def test_a_link_with_the_name_of_ours_is_not_followed(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".output.campaign").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Taken), exclusive_lock(tmp_path / "output"):
        pass
    assert not any((tmp_path / "elsewhere").iterdir())


def read_only(folder):
    for path in sorted(folder.rglob("*"), reverse=True):
        path.chmod(0o555 if path.is_dir() else 0o444)
    folder.chmod(0o555)


REPLACE = f"""
import os, sys
sys.path.insert(0, {str(ROOT / "plugins")!r})
from pathlib import Path
import campaign.publishing.replace as it
import ctypes, shutil
ctypes.CDLL(None)
if os.getuid() == 0:  # the administrator may write everywhere
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
if sys.argv[1] == "two renames":
    it._exchange = lambda one, other: False
for number in "12":
    with it.exclusive_lock(Path("output")), it.beside(Path("output")) as fresh:
        (fresh / "deep").mkdir()
        (fresh / "deep/index.html").write_text(number)
        it.replace(fresh, Path("output"))
    for path in (Path("output/deep/index.html"), Path("output/deep"), Path("output")):
        path.chmod(0o555)
"""


@pytest.mark.parametrize("how", ["exchange", "two renames"])
def test_an_old_site_that_may_not_be_written_is_replaced_and_removed(tmp_path, how):
    tmp_path.chmod(0o777)
    for folder in list(tmp_path.parents)[:3]:  # a person without rights reaches it
        folder.chmod(folder.stat().st_mode | 0o755)
    (tmp_path / "output/deep").mkdir(parents=True)
    (tmp_path / "output/deep/index.html").write_text("0")
    for path in (tmp_path / "output/deep/index.html", tmp_path / "output/deep", tmp_path / "output"):
        if os.getuid() == 0:
            os.chown(path, 65534, 65534)
    read_only(tmp_path / "output")
    command = [sys.executable, "-c", REPLACE, how]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "output/deep/index.html").read_text() == "2"
    assert sorted(path.name for path in (tmp_path / ".output.campaign").iterdir()) == ["lock", "made-by-campaign"]


def test_a_killed_run_is_put_right_by_the_next(tmp_path):
    output = tmp_path / "output"
    with exclusive_lock(output), beside(output) as fresh:
        (fresh / "index.html").write_text("one")
        replace(fresh, output)
    output.rename(tmp_path / ".output.campaign/old")
    (tmp_path / ".output.campaign/new").mkdir()
    with exclusive_lock(output):
        assert (output / "index.html").read_text() == "one"
        assert not (tmp_path / ".output.campaign/new").exists()
