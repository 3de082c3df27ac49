"""A name that is too long for a disk is told of at its line, wherever it stands."""

import pytest

from attacks.small_content import CAMPAIGN, NOON, problems
from campaign.loading.load import load_campaign


def write(folder, name, fields, body="Words."):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"---\n{fields}\n---\n{body}\n", encoding="utf-8")


def test_a_name_that_no_disk_can_hold_is_a_name_of_nothing(content):
    """As ids, in links and as pictures: the system itself answers with an error."""
    long = "x" * 300
    (content / "campaign.yaml").write_text(CAMPAIGN + "sources:\n  - {id: cash, label: Cash, records: receipts}\n")
    fields = f"title: A\ndate: 2024-03-02\nimage: images/{long}.jpg\nimage_alt: A\n"
    write(content, "updates/2024-03-02-a.md", fields, f"[a](updates/{long}.md) ![b](images/{long}.jpg) [c]({long})")
    receipt = f"received:\n  - {{source: cash, amount: 5, event: {long}}}"
    write(content, "updates/2024-03-03-b.md", f"title: B\ndate: 2024-03-03\n{receipt}")
    found = problems(content)
    assert sorted(line.rpartition("[")[2] for line in found) == [*["link]"] * 2, *["no-picture]"] * 2, "too-long]"]
    assert "received[1].event: can be 100 characters at most, got 300 that begin with 'xxx" in found[-1]


@pytest.mark.parametrize("folder", ["updates", "events", "pages"])
def test_a_files_name_leaves_room_for_the_pages_longer_ending(content, folder):
    start = "2024-03-02-" if folder == "updates" else ""
    fields = "title: A" + ("\ndate: 2024-03-02" if start else "")
    write(content, f"{folder}/{start}{'x' * (197 - len(start))}.md", fields)
    assert load_campaign(content.parent, content, now=NOON)
    write(content, f"{folder}/{start}{'y' * (198 - len(start))}.md", fields)
    assert [line.partition(": ")[2] for line in problems(content)] == [
        f"a file's name can be 200 characters at most; rename it to {start}{'y' * 60}.md [file-name]"
    ]
