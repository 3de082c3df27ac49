"""One run of Pelican that fails for whatever anybody logs as a warning or worse, from the first import to the end."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING

from campaign.processes.log_records import taken, watch

if TYPE_CHECKING:
    from pelican import Pelican

    from .handover import Handover

HANDED_OVER = "--handed-over"
"""Before Pelican's own options: what ``handover.packed`` returned comes in by the standard input."""


def main(options: Sequence[str], handover: Handover | None = None) -> str | None:
    """``python -m campaign.publishing.run_pelican``, with Pelican's own options; return what was logged, if anything.

    handover: what a build has loaded, where that is in this process. Pelican itself ends the process where it fails.
    """
    watch()
    # What they say as they are imported is heard, too.
    from pelican import main as pelican  # noqa: PLC0415
    from pelican import signals  # noqa: PLC0415
    from pelican.log import console  # noqa: PLC0415

    from .handover import SETTING, unpacked  # noqa: PLC0415

    # Nobody sees this sign that it is at work, and the thread that draws it is one beside which nothing can be forked.
    console.status = lambda _: nullcontext()
    if options[:1] == [HANDED_OVER]:
        handover, options = unpacked(sys.stdin.buffer.read()), options[1:]
    if handover:

        def hand_over(run: Pelican) -> None:
            run.settings[SETTING] = handover

        signals.initialized.connect(hand_over)
    pelican(options)
    return "\n".join(taken()) or None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
