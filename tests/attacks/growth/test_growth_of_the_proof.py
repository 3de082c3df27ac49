"""Four times as many updates are about four times the work for whoever proves their pages; counted in calls."""

import sys
from datetime import date, timedelta

import pytest

from campaign.loading.load import load_campaign, now_from_environment
from campaign.verifying.verify import Proof
from site_folder import NOW, ROOT, Site

ADDRESS = "https://family.example.org/roof"
FEW, TIMES = 25, 4
MAX_TIMES = 1.15 * TIMES


def calls(folder, updates: int) -> int:
    """How many functions, Python's own among them, are called to prove a site of so many updates."""
    site = Site(folder)
    for number in range(updates - 1):
        day = date(2023, 1, 1) + timedelta(number)
        fields = f"title: Number {number}\ndate: {day}\ntotals: {{raised: {12000 + number}}}"
        site.write(f"updates/{day}-news.md", f"---\n{fields}\n---\nSome [words](updates.html) of day {number}.\n")
    assert site.pelican(settings=ROOT / "publishconf.py", environ={"SITEURL": ADDRESS}).returncode == 0
    proof = Proof(site.output, load_campaign(site.folder, site.content, now=now_from_environment()), ADDRESS)
    count = 0

    def counted(_frame, event, _value):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        assert list(proof.faults()) == []
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.attack
@pytest.mark.usefixtures("one_processor")
def test_four_times_as_many_updates_are_four_times_the_work(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    few = calls(tmp_path / "few", FEW)
    many = calls(tmp_path / "many", FEW * TIMES)
    print(f"\nproof of {FEW} updates: {few} calls; of {FEW * TIMES}: {many}")
    assert many <= MAX_TIMES * few
