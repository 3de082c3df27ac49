"""What attacks on the content begin with."""

import pytest

from attacks.small_content import CAMPAIGN


@pytest.fixture
def content(tmp_path):
    """A content folder with a campaign and nothing else."""
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "campaign.yaml").write_text(CAMPAIGN)
    return folder
