"""A pipe in the content is never waited for, and a file of gigabytes never read."""

import os

import pytest

from attacks.small_content import problems


@pytest.mark.parametrize(
    "name", ["updates/2024-03-02-a.md", "images/walk.jpg", "extra/a.txt", "pages/a.md", "events/a.md", "a.txt"]
)
def test_a_pipe_is_told_of_and_never_waited_for(content, name):
    path = content / name
    path.parent.mkdir(exist_ok=True)
    os.mkfifo(path)
    assert [line.split(":")[0] for line in problems(content)] == [f"content/{name}"]


def test_a_pipe_for_a_campaign_file_is_told_of_and_never_waited_for(content):
    (content / "campaign.yaml").unlink()
    os.mkfifo(content / "campaign.yaml")
    assert "content/campaign.yaml:1: this is no file that can be read; delete it [stray-file]" in problems(content)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("campaign.yaml", "a file can be 256 KB at most, this one is 3145728 KB; split the story [too-long]"),
        ("updates/2024-03-02-a.md", "a file can be 256 KB at most, this one is 3145728 KB; split the story [too-long]"),
        ("images/walk.jpg", "this picture is 3072 MB, and 50 MB is the most; save it smaller [picture]"),
        ("extra/letter.pdf", "it is 3072 MB, and 25 MB is the most; publish a smaller one [too-long]"),
    ],
)
def test_a_file_of_three_gigabytes_is_refused_before_it_is_read(content, name, told, monkeypatch):
    path = content / name
    path.parent.mkdir(exist_ok=True)
    path.touch()
    os.truncate(path, 3 * 1024**3)
    read = []
    monkeypatch.setattr(os, "read", lambda *words: read.append(words))
    assert problems(content) == [f"content/{name}:1: {told}"]
    assert read == []
