"""What is read without opening a page says what the page says."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from playwright.sync_api import Page

from browser.conftest import Sites

ATOM = "{http://www.w3.org/2005/Atom}"
NAMES = ("hall", "odd-words", "euro", "dinar", "live")


@pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in NAMES])
def test_each_entry_of_the_feed_is_a_page_with_its_title_and_day(sites: Sites, page: Page, name: str) -> None:
    feed = ET.parse(sites.output(name) / "feeds/updates.atom.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == len([place for place in sites.pages(name) if re.match(r"updates/.{11}", place)])
    for entry in entries:
        link = entry.find(f"{ATOM}link").get("href")
        assert link.startswith(sites.address(name))
        assert page.goto(link).status == 200
        assert page.locator("h1").inner_text().split() == entry.find(f"{ATOM}title").text.split()
        assert page.locator("header time").get_attribute("datetime") == entry.find(f"{ATOM}published").text[:10]
        for source in re.findall(r'(?:src|href)="([^"]+)"', entry.find(f"{ATOM}content").text or ""):
            assert re.match(r"https?://|mailto:|tel:|#", source)
