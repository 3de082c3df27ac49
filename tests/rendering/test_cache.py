"""What is kept is made once for the same source and the same code, and nothing that is damaged is believed."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.rendering.cache import Cache


class Work:
    """Slow work that counts how often it was done."""

    def __init__(self, result=b"result"):
        self.done = 0
        self.result = result

    def __call__(self):
        self.done += 1
        return self.result


def entries(folder):
    return sorted(path for path in folder.iterdir())


def test_what_was_made_is_not_made_again_not_even_by_the_next_run(tmp_path):
    work = Work()
    for _ in range(2):
        kept = Cache(tmp_path / "kept")
        assert [kept.once("work", ["a", b"b"], work) for _ in range(2)] == [b"result"] * 2
    assert work.done == 1


def test_other_parts_are_other_work(tmp_path):
    work, kept = Work(), Cache(tmp_path)
    for parts in (["ab", "c"], ["a", "bc"], ["abc"], ["abc", ""], [], [""]):
        kept.once("work", parts, work)
    assert work.done == 6


@given(st.lists(st.lists(st.text(max_size=3), max_size=3), unique_by=tuple, max_size=6))
def test_no_two_lists_of_parts_are_taken_for_each_other(lists):
    kept = Cache(None)
    for parts in lists:
        assert kept.once("work", parts, lambda parts=parts: repr(parts).encode()) == repr(parts).encode()


@pytest.mark.parametrize(
    "damage",
    [
        lambda entry: b"",
        lambda entry: entry[:-1],
        lambda entry: entry + b"x",
        lambda entry: entry[:40] + b"x" + entry[41:],
        lambda entry: bytes(len(entry)),
    ],
    ids=["emptied", "cut", "longer", "one byte", "zeros"],
)
def test_a_damaged_entry_is_made_again_and_is_whole_afterwards(tmp_path, damage):
    work = Work()
    Cache(tmp_path).once("work", "a", work)
    (entry,) = entries(tmp_path)
    whole = entry.read_bytes()
    entry.write_bytes(damage(whole))
    assert Cache(tmp_path).once("work", "a", work) == b"result"
    assert (work.done, entry.read_bytes()) == (2, whole)


def test_an_entry_under_anothers_name_is_not_believed(tmp_path):
    Cache(tmp_path).once("work", "a", Work(b"of a"))
    (of_a,) = entries(tmp_path)
    Cache(tmp_path).once("work", "b", Work(b"of b"))
    (of_b,) = set(entries(tmp_path)) - {of_a}
    of_a.replace(of_b)
    assert Cache(tmp_path).once("work", "b", Work(b"of b")) == b"of b"


def test_a_folder_in_an_entrys_place_is_gone_around(tmp_path):
    work = Work()
    Cache(tmp_path).once("work", "a", work)
    (entry,) = entries(tmp_path)
    entry.unlink()
    entry.mkdir()
    assert Cache(tmp_path).once("work", "a", work) == b"result"
    assert [path.name for path in tmp_path.iterdir()] == [entry.name]


def test_where_nothing_can_be_written_it_is_made_once_in_each_run(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    for folder in (None, blocked / "kept", Path("/proc/kept")):
        work = Work()
        for _ in range(2):
            kept = Cache(folder)
            assert [kept.once("work", "a", work) for _ in range(3)] == [b"result"] * 3
            kept.drop_the_rest()
        assert work.done == 2


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_folder_that_may_only_be_read_is_read(tmp_path):
    work = Work()
    Cache(tmp_path).once("work", "a", work)
    tmp_path.chmod(0o500)
    try:
        kept = Cache(tmp_path)
        kept.once("work", "a", work)
        kept.once("work", "b", Work(b"other"))
        kept.drop_the_rest()
    finally:
        tmp_path.chmod(0o700)
    assert work.done == 1


def test_what_a_run_did_not_ask_for_is_dropped_and_nothing_that_is_anybody_elses(tmp_path):
    work = Work()
    Cache(tmp_path).once("work", "old", work)
    (old,) = entries(tmp_path)
    half_written = tmp_path / f"{old.name}.a1b2c3_x"
    half_written.write_bytes(b"half")
    letter = tmp_path / "letter.txt"
    letter.write_text("dear")
    kept = Cache(tmp_path)
    kept.once("work", "new", work)
    kept.drop_the_rest()
    assert not old.exists()
    assert not half_written.exists()
    assert letter.exists()
    assert len(entries(tmp_path)) == 2
    Cache(tmp_path).once("work", "new", work)
    assert work.done == 2


def test_work_that_a_run_does_not_do_at_all_loses_nothing(tmp_path):
    work, kept = Work(), Cache(tmp_path)
    kept.once("card", "a", work)
    kept.once("work", "a", work)
    assert (len(entries(tmp_path)), work.done) == (2, 2)
    kept = Cache(tmp_path)
    kept.once("work", "b", work)
    kept.drop_the_rest()
    assert {path.name.partition("-")[0] for path in entries(tmp_path)} == {"card", "work"}
    assert (len(entries(tmp_path)), kept.once("card", "a", work), work.done) == (2, b"result", 3)


def test_what_fails_to_be_made_leaves_nothing_behind(tmp_path):
    def fail():
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        Cache(tmp_path).once("work", "a", fail)
    assert entries(tmp_path) == []


def test_entries_are_the_same_bytes_whenever_they_are_written(tmp_path):
    for name in ("one", "other"):
        Cache(tmp_path / name).once("work", "a", Work())
    (one,), (other,) = entries(tmp_path / "one"), entries(tmp_path / "other")
    assert (one.name, one.read_bytes()) == (other.name, other.read_bytes())


def test_a_pipe_or_a_sparse_file_in_an_entrys_place_is_made_again_and_never_waited_for(tmp_path):
    folder = tmp_path / "kept"
    Cache(folder).once("work", ["a"], Work())
    entry = entries(folder)[0]
    for put in (os.mkfifo, lambda path: (path.touch(), os.truncate(path, 3 * 1024**4))):
        entry.unlink()
        put(entry)
        work = Work()
        assert Cache(folder).once("work", ["a"], work) == b"result"
        assert work.done == 1 and entry.is_file() and entry.stat().st_size < 100
