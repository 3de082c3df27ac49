"""One run of Pelican that fails for whatever anybody logs as a warning or worse, from the first import to the end."""

from __future__ import annotations

import sys

from .log_records import taken, watch


def main() -> str | None:
    """``python -m campaign.publishing.run_pelican``, with Pelican's own options; return what was logged, if anything.

    Pelican itself ends the process where it fails.
    """
    watch()
    from pelican import main as pelican  # noqa: PLC0415 (what it says as it is imported is heard, too)

    pelican()
    return "\n".join(taken()) or None


if __name__ == "__main__":
    sys.exit(main())
