"""What attacks on the content begin with."""

import os

import pytest

from attacks.small_content import CAMPAIGN


@pytest.fixture
def content(tmp_path):
    """A content folder with a campaign and nothing else."""
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "campaign.yaml").write_text(CAMPAIGN)
    return folder


@pytest.fixture
def one_processor(monkeypatch):
    """No fork does a part of the work, so whoever counts what is done here counts all of it, on any machine."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0}, raising=False)
