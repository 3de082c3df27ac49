"""What the hash of code and theme sees, and when nobody can say which code runs."""

import os
import py_compile
from importlib.util import cache_from_source

import pytest

from campaign.rendering import fingerprint


@pytest.fixture
def code(tmp_path, monkeypatch):
    monkeypatch.setattr(fingerprint, "_OURS", tmp_path / "ours")
    path = tmp_path / "ours/one.py"
    path.parent.mkdir()
    path.write_text("GOAL = 1\n")
    monkeypatch.setattr(fingerprint, "BEGUN", path.stat().st_ctime_ns)
    return path


def test_code_as_it_was_when_the_process_began_has_one_hash(code):
    assert fingerprint.of_code() == fingerprint.of_code()


def test_a_file_that_was_put_there_since_has_no_hash_twice_however_old_it_says_it_is(code):
    other = code.with_name("two.py")
    other.write_text("GOAL = 2\n")
    os.utime(other, (1, 1))
    other.replace(code)
    assert fingerprint.of_code() != fingerprint.of_code()


def test_what_was_compiled_in_the_second_of_a_change_is_compiled_again_before_anything_is_kept(code):
    """Python itself takes the older code for that of another text of the same length."""
    second = int(code.stat().st_mtime)
    for text in ("GOAL = 1\n", "GOAL = 2\n"):
        code.write_text(text)
        os.utime(code, (second, second))
        compiled = py_compile.compile(str(code)) if "1" in text else cache_from_source(str(code))
    os.utime(compiled, (second, second))
    fingerprint.BEGUN = code.stat().st_ctime_ns
    doubted = fingerprint.of_code()
    assert not os.path.exists(compiled)  # noqa: PTH110 (a text)
    py_compile.compile(str(code))
    os.utime(compiled, (second + 2, second + 2))
    assert doubted != fingerprint.of_code() == fingerprint.of_code()


def test_templates_in_a_folder_that_a_link_leads_to_are_part_of_the_theme(tmp_path):
    theme, elsewhere = tmp_path / "theme", tmp_path / "elsewhere"
    for folder in (theme, elsewhere):
        folder.mkdir()
    (theme / "partials").symlink_to(elsewhere)
    (elsewhere / "round").symlink_to(theme)
    before = fingerprint.of_files(theme)
    (elsewhere / "foot.html").write_text("The end.")
    assert fingerprint.of_files(theme) != before
