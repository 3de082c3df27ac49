"""Run two commands in turn and print the ratio of their times: the machine's drift falls on both alike."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence


def seconds(command: Sequence[str]) -> float:
    """How long one run of a command takes; CalledProcessError if it fails."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def compare(name: str, command: Sequence[str], reference: Sequence[str], *, runs: int = 15) -> float:
    """Print and return the median of command ÷ reference, pair by pair, after one run of each that is not counted."""
    seconds(command)
    seconds(reference)
    pairs = [(seconds(command), seconds(reference)) for _ in range(runs)]
    ratios = [ours / theirs for ours, theirs in pairs]
    ratio = statistics.median(ratios)
    print(
        f"{name}: {ratio:.2f} (from {min(ratios):.2f} to {max(ratios):.2f} in {runs} pairs;"
        f" {statistics.median(ours for ours, _ in pairs):.3f} s"
        f" against {statistics.median(theirs for _, theirs in pairs):.3f} s)"
    )
    return ratio


PYTHON = sys.executable
