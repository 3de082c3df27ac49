"""A site is read through before it is put in place: each fault is planted in a real one and found."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from campaign.core.reading.repository import Repository
from campaign.loading.load import load_campaign, now_from_environment
from campaign.loading.pictures import metadata_in
from campaign.verifying import verify
from campaign.verifying.verify import Proof
from photo import SECRET, photo
from site_folder import NOW, ROOT, Site

ADDRESS = "https://family.github.io/roof"
STORY = """\
---
title: A walk
date: 2024-02-10
image: images/walk.jpg
image_alt: The walk
---
![Walkers](images/walk.jpg) [the first](2024-02-01-begun.md) [all](updates.html) [abroad](https://family.github.io/hall/)
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A public site with a picture, an event, a page and an extra file."""
    site = Site(tmp_path_factory.mktemp("built"))
    site.write("images/walk.jpg", photo())
    site.write("updates/2024-02-10-walk.md", STORY)
    site.write("events/fair.md", "---\ntitle: The fair\ndate: 2024-05-01\n---\nCome.\n")
    site.write("pages/about.md", "---\ntitle: About\n---\nUs.\n")
    site.write("extra/proof.txt", f"caf\xe9 {ADDRESS}/gone.html\n".encode("latin-1"))
    done = site.pelican(settings=ROOT / "publishconf.py", environ={"SITEURL": ADDRESS})
    assert done.returncode == 0, done.stderr
    return site


@pytest.fixture
def public(built: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A copy of that site, to spoil."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    site = Site(tmp_path)
    for folder in ("content", "output"):
        shutil.copytree(built.folder / folder, tmp_path / folder, dirs_exist_ok=True)
    return site


def faults(site: Site, address: str = ADDRESS) -> list[str]:
    loaded = load_campaign(site.folder, site.content, now=now_from_environment())
    return list(Proof(site.output, loaded, address).faults())


def test_a_site_that_is_whole_has_no_fault(public):
    assert faults(public) == []
    assert public.files()["updates/2024-02-10-walk.html"].count(b"https://family.github.io/hall/") == 1


@pytest.mark.parametrize(
    "address", ["", "https://family.github.io", "https://family.github.io/a/b", "http://a.example:8000"]
)
def test_a_site_is_whole_wherever_it_will_stand(site, monkeypatch, address):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    settings = ROOT / ("publishconf.py" if address else "pelicanconf.py")
    assert site.pelican(settings=settings, environ={"SITEURL": address}).returncode == 0
    assert faults(site, address) == []


PLANTED = {
    "index.html links to ./monye.html, which is not there": ("index.html", '"./money.html', '"./monye.html'),
    "404.html links to /roof/monye.html, which is not there": ("404.html", '"/roof/money.html', '"/roof/monye.html'),
    "index.html links to /x.html, which is outside the site at {}/": ("index.html", 'href="#main"', 'href="/x.html"'),
    "money.html links to ./updates/, which is not there": ("money.html", '"./events.html', '"./updates/'),
    "index.html links to #mian, which has no such place": ("index.html", 'href="#main"', 'href="#mian"'),
    "updates/2024-02-10-walk.html links to gone.webp, which is not there": (
        "updates/2024-02-10-walk.html",
        'srcset="',
        'srcset="gone.webp 1w, ',
    ),
    "feeds/updates.atom.xml has an entry of no update: {}/events.html": (
        "feeds/updates.atom.xml",
        "<entry>",
        '<entry><link href="{}/events.html" />',
    ),
    "sitemap.xml links to {}/moneys.html, which is not there": ("sitemap.xml", "{}/money.html", "{}/moneys.html"),
    "events.ics links to {}/events/fare.html, which is not there": (
        "events.ics",
        "{}/events/fair",
        "{}/events/fare",
    ),
    "updates.html carries no policy": ("updates.html", '<meta http-equiv="Content-Security-Policy"', "<meta"),
    "totals.json does not hold the campaign's figures": ("totals.json", "12345", "12346"),
    "totals.csv does not hold the campaign's figures": ("totals.csv", ",12345,", ",12346,"),
    "totals.schema.json does not know updates.raised.shown as totals.json has it": (
        "totals.schema.json",
        '"shown": {',
        '"shwon": {',
    ),
}
"""What is said of each fault, and how it comes about: in which file, what is replaced by what."""


@pytest.mark.parametrize("said", PLANTED)
def test_a_fault_is_found(public, said):
    file, old, new = (text.replace("{}", ADDRESS) for text in PLANTED[said])
    path = public.output / file
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())
    assert said.format(ADDRESS) in faults(public)


def test_the_data_is_right_in_whatever_order_its_fields_stand_and_wrong_in_another_kind_of_value(public):
    path = public.output / "totals.json"
    data = json.loads(path.read_bytes())
    path.write_text(json.dumps(dict(reversed(data.items()))), encoding="utf-8")
    assert faults(public) == []
    wrong = "totals.json does not hold the campaign's figures"
    for other in (
        data | {"version": True},
        data | {"version": 1.0},
        data | {"updates": data["updates"][:-1]},
        data | {"updates": list(reversed(data["updates"]))},
        data | {"updates": [*data["updates"], data["updates"][-1]]},
        data | {"sources": [*data["sources"], data["updates"][0]]},
        data | {"name": data["updates"][0]},
        data["updates"][0],
        [],
        None,
    ):
        path.write_text(json.dumps(other), encoding="utf-8")
        assert wrong in faults(public)
    for text in ("{", '{"updates":' + '[{"stated":' * 3 + "0" + "}]" * 3 + "}", "[" * 100_000):
        path.write_text(text, encoding="utf-8")
        assert faults(public) == [wrong]


def test_links_to_the_projects_own_files_are_right_also_where_its_server_is_the_sites_host(site, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    machine = {"GITHUB_SERVER_URL": "https://git.example.org", "GITHUB_REPOSITORY": "hall/roof"}
    address = "https://git.example.org/pages/hall/roof"
    done = site.pelican(settings=ROOT / "publishconf.py", environ={"SITEURL": address} | machine)
    assert done.returncode == 0, done.stderr
    project = Repository("hall/roof", "https://git.example.org")
    loaded = load_campaign(site.folder, site.content, now=now_from_environment(), repository=project)
    assert list(Proof(site.output, loaded, address).faults()) == []
    money = site.page("money.html")
    for kind in ("blob", "commits"):
        place = f"https://git.example.org/hall/roof/{kind}/HEAD/content/updates/2024-02-01-begun.md"
        assert f'<a href="{place}" rel="noopener">' in money
    assert "The links beside the statements below lead to every change" in money


def test_where_the_project_is_not_known_to_be_public_a_file_is_named_and_nothing_is_promised_of_it(public):
    money = public.page("money.html")
    assert "content/updates/2024-02-01-begun.md" in money
    assert "No update lowers a total." in money
    assert not [said for said in ("/blob/", "/commits/", "every change", "has ever been") if said in money]


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("updates/2024-02-01-begun.md", "was not expected"),
        (".env", "was not expected"),
        ("updates/2024-02-11-a-draft.html", "was not expected"),
        ("images/walk.jpg", "says more than it shows"),
    ],
)
def test_nothing_is_published_that_nobody_asked_for(public, name, wrong):
    (public.output / name).write_bytes(photo())
    assert any(fault.startswith(name) and wrong in fault for fault in faults(public))


def test_a_page_or_a_picture_that_is_missing_is_named(public):
    (public.output / "money.html").unlink()
    picture = next(path for path in (public.output / "images").iterdir() if path.suffix == ".webp")
    picture.unlink()
    found = faults(public)
    assert {"money.html is missing", f"images/{picture.name} is missing"} <= set(found)


def test_a_link_in_the_folder_is_no_file(public):
    (public.output / "proof.txt").unlink()
    (public.output / "proof.txt").symlink_to("/etc/hostname")
    assert "proof.txt is a link to another file" in faults(public)


def test_a_site_larger_than_pages_takes_is_refused(public, monkeypatch):
    monkeypatch.setattr(verify, "MAX_BYTES", 50_000)
    assert any("GitHub Pages takes 1 GB" in fault for fault in faults(public))


def test_a_feed_without_entries_is_no_feed(public):
    feed = public.output / "feeds/updates.atom.xml"
    feed.write_text(feed.read_text("utf-8").partition("<entry>")[0] + "</feed>", encoding="utf-8")
    assert "feeds/updates.atom.xml has 0 entries for 2 updates" in faults(public)


def test_a_picture_among_the_extra_files_is_refused_before_anything_is_built(site, tmp_path):
    path = site.write("extra/badge.jpg", photo())
    assert SECRET in path.read_bytes()
    assert metadata_in(path)
    done = site.pelican()
    assert done.returncode == 1
    assert "content/extra/badge.jpg:1: a picture belongs in content/images" in done.stderr


def test_every_picture_of_the_site_says_only_what_it_shows(public):
    pictures = [path for path in public.output.rglob("*") if path.suffix in (".jpg", ".webp", ".png")]
    assert len(pictures) >= 3
    assert [metadata_in(path) for path in pictures] == [""] * len(pictures)


@pytest.mark.parametrize("place", ["campaign.yaml", "updates"])
def test_what_lies_behind_a_link_is_not_read(site, tmp_path, place):
    elsewhere = tmp_path / "elsewhere"
    (site.content / place).rename(elsewhere)
    (site.content / place).symlink_to(elsewhere)
    if elsewhere.is_dir():
        (elsewhere / "secret.md").write_text("a secret", encoding="utf-8")
    done = site.pelican()
    assert done.returncode == 1
    assert f"content/{place}:1: " in done.stderr
    assert "secret" not in done.stderr
    assert not os.path.lexists(site.output)


def test_it_reads_a_thousand_links_without_following_one(public):
    """Addresses of others are nobody's business here: no request is made, whatever they are."""
    page = public.output / "about.html"
    page.write_text(page.read_text("utf-8").replace("Us.", '<a href="https://example.org/x">x</a>' * 1000), "utf-8")
    assert [fault for fault in faults(public) if " links to " in fault] == []
    assert Path(page).is_file()
