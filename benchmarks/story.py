"""The worst stories of 256 KB against plain prose of the same size: how long the check and the page of one take.

The goal is two seconds each. What is refused for being too complex takes as long as it takes to find that out.
"""

import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / place) for place in ("tests", "plugins")]

from test_body import MIXTURES, SIZE, read  # noqa: E402

PLAIN = (
    "So many of you came to the hall on Saturday, and nobody left before the last cake was sold. " * 9 + "\n\n"
) * 400


def seconds(story: str) -> float:
    start = time.perf_counter()
    read(story)
    return time.perf_counter() - start


def main() -> None:
    seconds(PLAIN[:SIZE])
    for story in MIXTURES:
        worst, plain = seconds(story[:SIZE]), seconds(PLAIN[:SIZE])
        print(f"{story[:12]!r}: {worst / plain:.2f} of plain prose ({worst:.2f} s against {plain:.2f} s)")


if __name__ == "__main__":
    main()
