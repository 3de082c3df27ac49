"""What is read without opening a page says what the page says."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET

import pytest

from browser.conftest import Sites

ATOM = "{http://www.w3.org/2005/Atom}"
NAMES = ("hall", "odd-words", "euro", "dinar", "live")


@pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in NAMES])
def test_each_entry_of_the_feed_is_a_page_with_its_title_and_day(sites: Sites, name: str) -> None:
    feed = ET.parse(sites.output(name) / "feeds/updates.atom.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == len([place for place in sites.pages(name) if re.match(r"updates/.{11}", place)])
    for entry in entries:
        link = entry.find(f"{ATOM}link").get("href")
        assert link.startswith(f"{sites.address(name)}/")
        page = (sites.output(name) / link.removeprefix(f"{sites.address(name)}/")).read_text(encoding="utf-8")
        (title,) = re.findall(r"<h1\b[^>]*>(.*?)</h1>", page, re.DOTALL)
        title = html.unescape(re.sub(r"<[^>]*>", "", title))
        assert title.split() == entry.find(f"{ATOM}title").text.split()
        (header,) = re.findall(r"<header class=\"[^\"]*\".*?</header>", page.partition("<main")[2], re.DOTALL)
        (day,) = re.findall(r'<time\b[^>]*datetime="([^"]*)"', header)
        assert day == entry.find(f"{ATOM}published").text[:10]
        for source in re.findall(r'(?:src|href)="([^"]+)"', entry.find(f"{ATOM}content").text or ""):
            assert re.match(r"https?://|mailto:|tel:|#", source)
