"""`campaign check` on a content folder against `import pelican`: the goal is at most 1.5 on the shipped content."""

import sys

from paired import PYTHON, compare

content = sys.argv[1] if len(sys.argv) > 1 else "content"
compare(
    "campaign check / import pelican",
    [PYTHON, "-m", "campaign", "check", "--content", content],
    [PYTHON, "-c", "import pelican"],
)
