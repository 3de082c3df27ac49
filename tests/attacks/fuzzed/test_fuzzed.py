"""Whatever is typed into a content: it is read, or refused at its line; in no time, and never with a traceback."""

import random
import time
from datetime import UTC, datetime

import pytest

from attacks.sabotage.appeal import FILES
from campaign.core.reading.problems import CampaignError
from campaign.loading.load import load_campaign

NOW = datetime(2024, 6, 10, tzinfo=UTC)
MAX_SECONDS = 20
PIECES = (
    *("---\n", ": ", "\n", "  ", "- ", "{", "}", "[", "]", '"', "'", "|", ">", "&a", "*a", "!!x ", "#"),
    *("%", "\t", "\r"),
    *("0", "9" * 30, "1e9", "-", "£", "€", ",", ".", "approx", "etwa ", "2024-02-30", "31. Juni", "null", "true", "~"),
    *("\0", "\u202e", "\ufeff", "\U0001f600", "\ud7ff", "<b>", "<!--", "]]>", "{{ x }}", "{static}/x", "../"),
    *("javascript:", "![a](images/anna.jpg)", "[a](b.md)", "`" * 40, "*" * 40, "> " * 40, "| a " * 40),
    *("received:\n", "totals: {a: 1}\n"),
)


def fuzzed(dice: random.Random, text: str) -> str:
    """A text in which a few stretches are lost, doubled, moved or replaced."""
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(text) + 1)
        end = min(len(text), at + dice.choice((0, 1, 1, 5, 40)))
        piece = dice.choice((dice.choice(PIECES), text[at:end] * 2, "", text[end : end + 30]))
        text = text[:at] + piece + text[end:]
    return text


def outcome(content, seed: int) -> str:
    """What is said of a content of which one file was fuzzed: read, or refused."""
    dice = random.Random(seed)
    place = dice.choice([place for place, data in FILES.items() if isinstance(data, str)])
    path = content / place
    path.write_bytes(fuzzed(dice, FILES[place]).encode("utf-8", "surrogatepass"))
    try:
        load_campaign(content.parent, content, now=NOW)
    except CampaignError as error:
        assert all(problem.path and problem.message for problem in error.problems), seed
        return "refused"
    finally:
        path.write_text(FILES[place], encoding="utf-8")
    return "read"


@pytest.fixture
def content(tmp_path):
    for place, data in FILES.items():
        path = tmp_path / "content" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return tmp_path / "content"


def test_some_of_what_is_typed_by_chance_is_read_or_refused(content):
    assert {outcome(content, seed) for seed in range(30)} == {"read", "refused"}


@pytest.mark.attack
def test_whatever_is_typed_by_chance_is_read_or_refused(content, seconds):
    until, told, seed, slowest = time.monotonic() + seconds, [], 0, 0.0
    while time.monotonic() < until:
        seed, begun = seed + 1, time.process_time()
        told.append(outcome(content, seed))
        slowest = max(slowest, time.process_time() - begun)
    print(f"\nfuzzed contents: {seed}, of which {told.count('refused')} were refused and {told.count('read')} read")
    assert slowest < MAX_SECONDS
