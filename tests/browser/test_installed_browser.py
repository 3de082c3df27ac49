"""Whatever opens a browser looks for the same ones, so a machine with one of them is enough."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from installed_browser import installed_browser

from site_folder import ROOT

OPENS_ONE = re.compile(r"chromium\.launch\(|CHROME_PATH\"")


@pytest.mark.parametrize("name", ["chromium-headless-shell", "chromium", "google-chrome"])
def test_one_browser_is_enough_whichever_it_is(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / name).write_text("#!/bin/sh\n")
    (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert installed_browser() == str(tmp_path / name)


def test_nothing_looks_for_a_browser_by_itself() -> None:
    sources = [path for folder in ("docs", "benchmarks", "tests") for path in (ROOT / folder).rglob("*.py")]
    opening = [text for path in sources if OPENS_ONE.search(text := path.read_text(encoding="utf-8"))]
    assert len(opening) == 4
    assert all("installed_browser()" in text for text in opening)
