"""A version is one number: in pyproject.toml, as a section of the changelog, and as a tag."""

from __future__ import annotations

import re
from pathlib import Path

from campaign.renewing.changelog import MUST_DO, UNRELEASED, sections
from campaign.renewing.project_source import parts, version_of

ROOT = Path(__file__).resolve().parents[2]
SECTIONS = sections((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
VERSION = version_of((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_newest_section_of_the_changelog_is_the_version_that_this_is():
    numbered = [version for version in SECTIONS if version != UNRELEASED]
    assert numbered[0] == VERSION
    assert numbered == sorted(numbered, key=parts, reverse=True)
    assert UNRELEASED not in list(SECTIONS)[1:]


def test_every_version_says_first_what_families_must_do():
    for version, text in SECTIONS.items():
        first = re.findall(r"^### (.+)$", text, re.MULTILINE)[0]
        assert first == MUST_DO, version
        assert re.search(rf"^### {MUST_DO}\n\n- \S", text, re.MULTILINE), version
