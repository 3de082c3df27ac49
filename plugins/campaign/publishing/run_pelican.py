"""One run of Pelican that fails for whatever anybody logs as a warning or worse, from the first import to the end."""

from __future__ import annotations

import sys

from .log_records import taken, watch


def main() -> None:
    """``python -m campaign.publishing.run_pelican``, with Pelican's own options."""
    watch()
    from pelican import main as pelican  # type: ignore[import-untyped]  # noqa: PLC0415 (what it says as it is imported is heard, too)

    pelican()
    if said := taken():
        sys.exit("\n".join(said))


if __name__ == "__main__":
    main()
