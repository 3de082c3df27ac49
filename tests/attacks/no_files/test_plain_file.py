"""Reading never waits for what does not come and never fills the memory."""

import os
import socket

import pytest

from campaign.loading.plain_file import TooLarge, in_words, is_plain, opened, read_bytes


def test_a_plain_file_is_read_whole(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    assert read_bytes(path, 5) == b"12345"
    assert is_plain(path)


def test_what_is_larger_than_it_may_be_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "a"
    path.touch()
    os.truncate(path, 3 * 1024**4)  # sparse: three terabytes that no disk here holds
    with pytest.raises(TooLarge, match="it is 3145728 MB, and 5 KB is the most") as refused:
        read_bytes(path, 5 * 1024)
    assert refused.value.size == 3 * 1024**4


def test_a_file_that_grows_while_it_is_read_is_too_large(tmp_path, monkeypatch):
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    with opened(path, 5) as file:
        path.write_bytes(b"123456")
        assert file.read(6) == b"123456"
    monkeypatch.setattr("campaign.loading.plain_file.opened", lambda path, most: path.open("rb"))
    with pytest.raises(TooLarge):
        read_bytes(path, 5)


def test_what_is_no_plain_file_is_an_error_and_never_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        for path in (tmp_path / "pipe", tmp_path / "socket", tmp_path, tmp_path / "none", tmp_path / ("x" * 300)):
            assert not is_plain(path)
            with pytest.raises(OSError, match=r".+"):
                read_bytes(path, 10)
    assert not is_plain(tmp_path / "a\0b")


def test_sizes_are_never_rounded_up():
    assert [in_words(size) for size in (1023, 300_000, 1024**2 - 1, 1024**2, 52_428_799)] == [
        *("0 KB", "292 KB", "1023 KB", "1 MB", "49 MB")
    ]
