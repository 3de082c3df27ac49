"""What a build takes from the site that stands is what it would have written, whatever lies beside that site."""

import json
import os
import shutil
import sys
from dataclasses import dataclass, fields, make_dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType

import pytest
from jinja2 import DictLoader, StrictUndefined, UndefinedError
from many_updates import write_campaign
from pydantic import BaseModel, PrivateAttr

from campaign.core.figures.view import SharedView, UpdateView
from campaign.loading import digest
from campaign.loading.digest import Digests
from campaign.publishing import build as building
from campaign.publishing.build import RECORD, BuildError, build_site
from campaign.publishing.handover import Handover
from campaign.publishing.kept_pages import (
    Kept,
    Record,
    keep_unchanged,
    kept_in,
    read_record,
    report,
    taken_over,
    write_record,
)
from campaign.rendering.update_page import UpdatePage
from site_folder import NOW, ROOT, run
from surfaces import surfaces
from writing import a_campaign, a_view, an_update

CAMPAIGN = "name: Roof\ncurrency: GBP\ngoal: 1000\nstarted: 2024-01-01\nsources: [{id: page, label: Page}]\n"
UPDATES = {f"2024-02-0{day}": f"totals: {{page: {day}00}}" for day in range(1, 5)}
JINJA = {"autoescape": True, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    return surfaces(tmp_path_factory.mktemp("shown"), CAMPAIGN, UPDATES)


def key(shown, slug="2024-02-02-news", **changed):
    return shown.updates.key(replace(shown.updates.of(slug), **changed))


# -- a page is a function of what it is given ------------------------------------------------------------------


def with_a_field(value):
    """The same value with one field more than its type has today."""
    names = [(field.name, object) for field in fields(value)]
    kind = make_dataclass(type(value).__name__, [*names, ("new", object)], frozen=True)
    kind.__module__, kind.__qualname__ = type(value).__module__, type(value).__qualname__
    return [kind(*(getattr(value, name) for name, _ in names), new) for new in (1, 2)]


@pytest.mark.parametrize(("name", "kind"), [("view", SharedView), ("update", UpdateView)])
def test_a_field_that_is_new_in_what_a_page_is_given_is_in_its_key(shown, name, kind):
    value = getattr(shown.updates.of("2024-02-02-news"), name)
    assert type(value) is kind
    keys = {key(shown), *(key(shown, **{name: more}) for more in with_a_field(value))}
    assert len(keys) == 3


@pytest.mark.parametrize("name", [field.name for field in fields(UpdatePage)])
def test_each_part_of_what_a_page_is_given_is_in_its_key(shown, name):
    assert key(shown, **{name: "another"}) != key(shown)


def test_each_field_of_what_every_page_shares_is_in_the_key(shown):
    view = shown.updates.of("2024-02-02-news").view
    keys = [key(shown, view=replace(view, **{field.name: "another"})) for field in fields(view)]
    assert len({key(shown), *keys}) == 1 + len(fields(view))


def test_a_template_that_reaches_for_more_than_a_page_is_given_fails(shown):
    for reach in ("view.updates", "view.now.raised", "view.by_slug", "view.costs", "articles", "article", "stories"):
        updates, page = shown.updates, shown.updates.of("2024-02-02-news")
        before, updates.env.loader = updates.env.loader, DictLoader({"article.html": f"{{{{ {reach} }}}}"})
        updates.env.cache.clear()
        try:
            with pytest.raises(UndefinedError):
                updates.written(page)
        finally:
            updates.env.loader = before
            updates.env.cache.clear()


def test_an_update_changes_the_keys_of_its_own_page_and_its_neighbours_alone(shown, tmp_path):
    more = surfaces(tmp_path, CAMPAIGN, UPDATES | {"2024-02-05": "totals: {page: 600}"})
    slugs = [update.slug for update in shown.view.updates]
    assert [slug for slug in slugs if key(shown, slug) != key(more, slug)] == ["2024-02-04-news"]


# -- equal values have one hash ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pair:
    one: object
    other: object


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a", b"a"),
        (1, True),
        (1, Decimal(1)),
        ("1", 1),
        (None, "None"),
        (("a", "b"), ("ab",)),
        (("a", ("b",)), (("a",), "b")),
        (("a',", "b"), ("a", ",'b")),
        (("a','b",), ("a", "b")),
        ((("a", ("b",)),), (("a",), ("b",))),
        ((("a", ["b"]), "c"), (("a", ["b"], "c"),)),
        (("a",), ["a"]),
        ((), frozenset()),
        ({"a": "b"}, {"b": "a"}),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        (frozenset("ab"), frozenset("ac")),
        (Pair("a", "b"), Pair("b", "a")),
        (Pair(("a", "b"), ()), Pair(("a",), ("b",))),
    ],
)
def test_what_differs_has_another_hash(one, other):
    assert Digests().of(one) != Digests().of(other)
    assert Digests().of((one, one)) != Digests().of((one, other))


def test_what_is_equal_has_one_hash_in_whatever_order_it_was_made():
    one, other = {"a": frozenset("xyz"), "b": 1}, {"a": frozenset("zyx"), "b": 1}
    assert Digests().of(one) == Digests().of(other)
    assert Digests().of((MappingProxyType(one),)) == Digests().of((MappingProxyType(other),))


class Account(BaseModel):
    name: str
    _region: str = PrivateAttr("GB")

    @cached_property
    def initial(self):
        return object()


def test_a_model_is_told_from_another_by_what_it_keeps_to_itself_and_not_by_what_was_asked_of_it():
    one, other = Account(name="A"), Account(name="A")
    before = Digests().of((one,))
    assert one.initial
    assert Digests().of((one,)) == before
    other._region = "IE"
    assert Digests().of((other,)) != before


def test_a_hash_is_the_same_however_much_is_remembered_and_it_is_never_much(monkeypatch):
    statements = a_view_of_many().updates
    shared = ["a list that is kept"]
    values = [(shared, update) for update in statements for _ in range(2)]
    much, little = Digests(), Digests()
    kept = much.keep(shared), little.keep(shared)
    found = [much.of(value) for value in values]
    monkeypatch.setattr(digest, "_MAX_KNOWN", 7)
    assert [little.of(value) for value in values] == found and kept[0] == kept[1]
    assert len(little._known) <= 7 < len(much._known)
    assert found[0] == found[1] and len(set(found)) == len(statements)


def test_what_nobody_knows_how_to_tell_apart_is_no_part_of_a_key():
    with pytest.raises(TypeError, match="no key can hold a object"):
        Digests().of((object(),))


def a_view_of_many():
    campaign = a_campaign()
    days = [f"2024-01-{day:02}" for day in range(1, 6)]
    return a_view(
        campaign, *(an_update(campaign, day, f"totals: {{raised: {day[-1]}0}}") for day in days), on="2024-01-31"
    )


# -- the record ----------------------------------------------------------------------------------------------------


def test_a_record_is_believed_only_as_it_was_written_and_by_the_code_that_wrote_it(tmp_path):
    path, record = tmp_path / "pages", Record("code", {"a.html": "key"}, {"a.html": "hash"}, {"a.html": {}})
    write_record(path, record)
    assert read_record(path, "code") == record
    assert read_record(path, "other code") == Record("other code")
    whole = path.read_bytes()
    for damaged in (b"", whole[:-1], whole.replace(b"key", b"kex"), whole[::-1], b"{}", b"\xff" * 99):
        path.write_bytes(damaged)
        assert read_record(path, "code") == Record("code")
    deep = b"[" * 100_000
    path.write_bytes(sha256(deep).hexdigest().encode() + b"\n" + deep)
    assert read_record(path, "code") == Record("code")
    for planted in ({"made_by": "code"}, {"made_by": "code", "keys": [], "hashes": 1, "proved": None}, [], 7):
        data = json.dumps(planted).encode()
        path.write_bytes(sha256(data).hexdigest().encode() + b"\n" + data)
        assert read_record(path, "code") == Record("code")
    path.unlink()
    path.symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").write_bytes(whole)
    assert read_record(path, "code") == Record("code")


def test_a_text_that_many_pages_have_is_held_once(tmp_path):
    pages = {place: {"links": ["money.html", f"updates/{place}"], "places": []} for place in ("a.html", "b.html")}
    write_record(tmp_path / "pages", Record("code", proved=pages))
    first, second = read_record(tmp_path / "pages", "code").proved.values()
    assert first["links"] == ("money.html", "updates/a.html") and first["places"] == ()
    assert first["links"][0] is second["links"][0]


def test_a_page_is_taken_only_with_the_bytes_that_were_recorded(tmp_path):
    (tmp_path / "same.html").write_text("same")
    (tmp_path / "edited.html").write_text("edited")
    (tmp_path / "linked.html").symlink_to(tmp_path / "same.html")
    names = ("same.html", "edited.html", "linked.html", "gone.html", "no\0name", "\ud800", "unknown.html")
    hashes = dict.fromkeys(names[:6], sha256(b"same").hexdigest())
    assert kept_in(tmp_path, Record("code", dict.fromkeys(names, "key"), hashes)).keys == {"same.html": "key"}


def test_a_page_is_taken_as_it_is_only_where_nothing_but_its_time_tells_it_from_one_that_is_written_now(tmp_path):
    """Who may read it is as of today, and a copy that somebody keeps under another name is no part of the site."""
    old, fresh = tmp_path / "old", tmp_path / "fresh"
    for folder in (old, fresh):
        folder.mkdir()
    names = ("same.html", "hidden.html", "backed-up.html")
    for name in names:
        (old / name).write_text(name)
        os.utime(old / name, (1, 1))
    (old / "hidden.html").chmod(0o600)
    os.link(old / "backed-up.html", tmp_path / "backup.html")
    keys, hashes = dict.fromkeys(names, "key"), {name: sha256(name.encode()).hexdigest() for name in names}
    report(fresh, keys)
    assert taken_over(fresh, old, Record("code", keys, hashes)) == (keys, frozenset(names))
    (tmp_path / "backup.html").write_text("Somebody writes into the copy.")
    assert {path.name: path.read_text() for path in fresh.iterdir()} == {name: name for name in names}
    right = (fresh / "same.html").stat()
    assert {(path.stat().st_mode, path.stat().st_mtime) for path in fresh.iterdir()} == {(right.st_mode, 1)}
    assert right.st_ino == (old / "same.html").stat().st_ino


def test_a_file_that_is_as_it_was_keeps_its_time_and_one_that_is_not_does_not(tmp_path):
    old, fresh, long = tmp_path / "old", tmp_path / "fresh", 100_000 * "ab"
    for folder, texts in ((old, ("same", "before")), (fresh, ("same", "behind"))):
        folder.mkdir()
        for name, text in zip(("a", "b"), texts, strict=True):
            (folder / name).write_text(long + text)
            os.utime(folder / name, (1, 1) if folder == old else (2, 2))
    (fresh / "c").write_text("new")
    keep_unchanged(fresh, old, ["a", "b", "c"])
    assert [(fresh / name).stat().st_mtime for name in ("a", "b")] == [1, 2]
    texts = {path.name: path.read_text().removeprefix(long) for path in fresh.iterdir()}
    assert texts == {"a": "same", "b": "behind", "c": "new"}


# -- whole sites -----------------------------------------------------------------------------------------------------


@pytest.fixture
def content(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    write_campaign(tmp_path / "content", 6)
    return tmp_path / "content"


def build(content, output, **options):
    build_site(content.parent, content, output, settings=options.pop("settings", ROOT / "pelicanconf.py"), **options)
    return files(output)


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def record_of(output):
    return output.parent / f".{output.name}.campaign" / RECORD


def times(output):
    return {path: path.stat().st_mtime_ns for path in output.rglob("*") if path.is_file()}


def test_what_did_not_change_is_not_written_again_and_what_did_is_written_anew(content, tmp_path):
    output = tmp_path / "site"
    build(content, output)
    before = times(output)
    build(content, output)
    assert times(output) == before
    edited = sorted((content / "updates").iterdir())[4]
    edited.write_text(edited.read_text() + "\nOne more sentence.\n")
    assert build(content, output) == build(content, tmp_path / "anew")
    pages = {
        path.name for path, time in times(output).items() if path.parent.name == "updates" and time != before[path]
    }
    assert pages == {f"{edited.stem}.html"}


def test_neither_a_damaged_nor_a_planted_record_nor_a_spoilt_page_changes_a_byte(content, tmp_path):
    output = tmp_path / "site"
    right = build(content, output)
    record = record_of(output)
    places = [place for place in right if place.startswith("updates/") and "news" in place]
    page, other = (output / place for place in places[:2])
    page.write_bytes(other.read_bytes())  # a page in another's place
    other.write_bytes(other.read_bytes().replace(b"raised", b"spent"))
    assert build(content, output) == right
    said = json.loads(record.read_bytes().partition(b"\n")[2])
    said["keys"][places[0]], said["keys"][places[1]] = said["keys"][places[1]], said["keys"][places[0]]
    data = json.dumps(said).encode()
    record.write_bytes(sha256(data).hexdigest().encode() + b"\n" + data)  # keys of other pages
    assert build(content, output) == right
    record.write_bytes(record.read_bytes()[:-9])
    assert build(content, output) == right
    said = json.loads(record.read_bytes().partition(b"\n")[2])
    other.write_bytes(page.read_bytes())  # a page with another's bytes, and a record that says so
    said["hashes"][places[1]], said["proved"] = said["hashes"][places[0]], {}
    data = json.dumps(said).encode()
    record.write_bytes(sha256(data).hexdigest().encode() + b"\n" + data)
    assert build(content, output) == right
    record.unlink()
    assert build(content, output) == right


def test_a_page_that_somebody_changes_while_it_is_taken_ends_the_build(content, tmp_path, monkeypatch):
    output = tmp_path / "output"
    build(content, output)
    record, page = record_of(output).read_bytes(), next(iter(sorted(output.glob("updates/*.html"))))

    def taken(fresh, old, record):
        found = taken_over(fresh, old, record)
        page.write_bytes(page.read_bytes().replace(b"</html>", b"</html> "))  # which says nothing else than before
        return found

    with monkeypatch.context() as patch:
        patch.setattr("campaign.publishing.build.taken_over", taken)
        with pytest.raises(BuildError, match=rf"{page.name} was changed while the site was being built"):
            build(content, output)
    assert record_of(output).read_bytes() == record
    assert build(content, output) == build(content, tmp_path / "anew")


def test_a_public_site_takes_nothing_from_an_earlier_one_however_right_its_record_looks(content, tmp_path, monkeypatch):
    monkeypatch.setenv("SITEURL", "https://robin.example.org")
    public, output = {"publish": True, "settings": ROOT / "publishconf.py"}, tmp_path / "site"
    made = []
    with monkeypatch.context() as patch:  # what a build would remember that is not for the public
        patch.setattr(building, "Record", lambda *given: made.append(Record(*given)) or made[-1])
        patch.setattr(building, "Handover", lambda *given: Handover(*given[:4], Kept(made[0].made_by)))
        right = build(content, output, **public)
    record = record_of(output)
    write_record(record, made[-1])
    said = json.loads(record.read_bytes().partition(b"\n")[2])
    for place in said["hashes"]:
        forged = (output / place).read_bytes().replace(b"raised", b"stolen")
        (output / place).write_bytes(forged)
        hash_of_it = sha256(forged).hexdigest()
        said["hashes"][place] = said["proved"][place]["hash"] = hash_of_it
    data = json.dumps(said).encode()
    record.write_bytes(sha256(data).hexdigest().encode() + b"\n" + data)
    believed = kept_in(output, read_record(record, made[-1].made_by))
    assert believed.keys == said["keys"] != {}, "of any other site it would be"
    assert build(content, output, **public) == right


def test_an_earlier_day_another_address_and_today_are_never_mixed(content, tmp_path, monkeypatch):
    monkeypatch.setenv("SITEURL", "https://robin.example.org")
    day = datetime(2017, 1, 6, tzinfo=UTC).date()
    kinds = ({}, {"as_of": day}, {"publish": True, "settings": ROOT / "publishconf.py"})
    right = [build(content, tmp_path / f"anew-{number}", **kind) for number, kind in enumerate(kinds)]
    for number in (0, 1, 0, 2, 1, 2):
        assert build(content, tmp_path / "site", **kinds[number]) == right[number]


def test_a_build_that_is_killed_leaves_no_record_of_another_site(content, tmp_path):
    """Before each step that changes a disk, from the moment that the new site is whole."""
    output = tmp_path / "site"
    build(content, output)
    edited = sorted((content / "updates").iterdir())[4]
    text = edited.read_text()
    steps = ("forget", "replace", "write_record")
    for number, step in enumerate(steps):
        edited.write_text(f"{text}\nA sentence for {number}.\n")
        killed = (
            "import os, sys; from pathlib import Path; from campaign.publishing import build\n"
            f"build.{step} = lambda *_: os._exit(9)\n"
            f"build.build_site(Path({str(tmp_path)!r}), Path({str(content)!r}), Path({str(output)!r}),"
            f" settings=Path({str(ROOT / 'pelicanconf.py')!r}))\n"
        )
        assert run([sys.executable, "-c", killed], tmp_path).returncode == 9
        whole = files(output)
        edited.write_text(text)  # what a record of the other site would believe to be there still
        right = build(content, tmp_path / f"anew-{number}")
        assert build(content, output) == right
        assert whole.keys() == right.keys()
        shutil.rmtree(tmp_path / f"anew-{number}")
