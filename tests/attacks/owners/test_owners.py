"""Everything has an owner but what volunteers write, whoever that is: a family puts its own name there."""

import re
import subprocess

import pytest

from site_folder import ROOT

RULES = [
    line.split()
    for line in (ROOT / ".github/CODEOWNERS").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
if [pattern for pattern, *_ in RULES] != ["*", "/content/updates/", "/content/events/", "/content/images/"]:
    pytest.skip("this project has rules of its own", allow_module_level=True)
WRITTEN = ("content/updates/", "content/events/", "content/images/")


def owners(path):
    """The last rule that matches counts."""
    found = []
    for pattern, *who in RULES:
        if pattern == "*" or path.startswith(pattern[1:]):
            found = who
    return found


def test_everything_has_an_owner_but_what_volunteers_write():
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    for path in filter(None, tracked):
        assert bool(owners(path)) != path.startswith(WRITTEN), path


@pytest.mark.parametrize(
    "path",
    [
        *(
            "content/campaign.yaml",
            "content/updates",
            "content/updates.md",
            "content/pages/about.md",
            "content/extra/a.txt",
        ),
        *(
            ".github/CODEOWNERS",
            ".github/workflows/publish.yml",
            "plugins/content/updates/x.py",
            "theme/content/images/x",
        ),
    ],
)
def test_nothing_else_is_taken_for_what_volunteers_write(path):
    assert owners(path)


def test_the_guide_says_where_a_familys_own_name_goes():
    """Until then the owner is nobody: a name at GitHub would be a stranger's to every family but one."""
    (owner,) = RULES[0][1:]
    assert re.fullmatch(r"@[\w-]+(/[\w-]+)?|[^@\s]+@[^@\s]+", owner)
    guide = (ROOT / "docs/setting-up.md").read_text(encoding="utf-8")
    assert "in place of `organiser@example.org`" in guide
