"""Every problem: each folder below errors/ holds what a volunteer might write, and the exact answer to it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from campaign.core.reading.problems import CampaignError
from campaign.loading.load import load_campaign

ERRORS = Path(__file__).parents[1] / "errors"
CASES = sorted(path.name for path in ERRORS.iterdir() if path.is_dir())
ABOUT_THE_CASE = ("expected.txt", "without.txt")
"""The answer, and names of files that every other case has and this one has not."""
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)


def content_of(case: str, root: Path) -> Path:
    """A case's content: what every case has, and on top of it what this one holds."""
    content = root / "content"
    content.mkdir()
    shutil.copy(ERRORS / "campaign.yaml", content)
    shutil.copytree(ERRORS / case, content, ignore=shutil.ignore_patterns(*ABOUT_THE_CASE), dirs_exist_ok=True)
    if (without := ERRORS / case / "without.txt").exists():
        for name in without.read_text(encoding="utf-8").split():
            (content / name).unlink()
    return content


def problems_of(content: Path, *, public: bool = False) -> list[str]:
    try:
        load_campaign(content.parent, content, now=NOW, public=public)
    except CampaignError as error:
        return [str(problem) for problem in error.problems]
    return []


@pytest.mark.parametrize("case", CASES)
def test_what_a_volunteer_wrote_is_answered_so_that_it_can_be_mended(case, tmp_path):
    expected = (ERRORS / case / "expected.txt").read_text(encoding="utf-8").splitlines()
    # A site for the public needs more than one to look at.
    assert problems_of(content_of(case, tmp_path), public=case.startswith("public-")) == expected
    assert expected


def test_what_every_case_is_made_on_has_no_problem(tmp_path):
    (tmp_path / "content").mkdir()
    shutil.copy(ERRORS / "campaign.yaml", tmp_path / "content")
    assert problems_of(tmp_path / "content") == []


def test_a_case_is_named_after_its_problem():
    for case in CASES:
        named = [line.rpartition("[")[2].rstrip("]") for line in answer(case)]
        assert case.startswith(("several-", "public-", "braces-", "brackets-", "amount-", *named)), case


def test_every_message_is_one_line_with_a_place_and_says_what_to_do():
    for case in CASES:
        for line in answer(case):
            assert line.startswith("content/"), case
            path, number, _ = line.split(":", 2)
            assert path.count("\n") == 0 and int(number) >= 1
            assert "Traceback" not in line and "None" not in line


def test_a_file_of_more_than_256_kb_is_refused(tmp_path):
    content = content_of("future", tmp_path)
    shutil.rmtree(content / "updates")
    path = content / "updates/2015-08-26-cake-sale.md"
    path.parent.mkdir()
    path.write_text("---\ntitle: Cake sale\ndate: 2015-08-26\n---\n" + "cake " * 60_000)
    assert problems_of(content) == [
        "content/updates/2015-08-26-cake-sale.md:1: a file can be 256 KB at most, this one is 294 KB;"
        " split the story [too-long]"
    ]


def answer(case: str) -> list[str]:
    return (ERRORS / case / "expected.txt").read_text(encoding="utf-8").splitlines()
