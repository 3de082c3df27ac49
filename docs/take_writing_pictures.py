"""Takes the pictures of the page to write on that docs/posting-updates.md shows, of a small appeal.

What is typed there is an example; nothing is sent. Run it again after the page has changed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from installed_browser import installed_browser
from PIL import Image
from playwright.sync_api import Page, sync_playwright

DOCS = Path(__file__).resolve().parent
PHONE = {"width": 360, "height": 640}
CAMPAIGN = """name: Amy's wish to walk
summary: Amy cannot walk by herself, and this appeal is for the operation that could help her to.
currency: GBP
locale: en_GB
timezone: Europe/London
example: true
repository: your-name/amys-wish
goal: 50,000
sources:
  - {id: justgiving, label: JustGiving}
  - {id: bank, label: The bank account}
"""
UPDATE = """---
title: Counting
date: 2015-08-26
totals:
  justgiving: 21,157.70
  bank: about 3,000
---
Thank you.
"""


def take_pictures(site: Path, folder: Path) -> None:
    """Fill in the page of a site in a folder as somebody would, and write what a phone shows of its parts as PNG."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed_browser(), args=["--no-sandbox"])
        page = browser.new_page(viewport=PHONE, device_scale_factor=2, color_scheme="light")
        page.clock.set_fixed_time("2015-08-31T12:00:00Z")
        page.goto((site / "write.html").resolve().as_uri())
        page.locator("#f-title").fill("Forty of us walked")
        page.locator("#f-story").fill(
            "The sun came out on Sunday, and so did the dogs.\n\nThank you to everybody who walked."
        )
        page.locator("[id='f-totals.justgiving']").fill("21,557.70")
        page.locator("#f-title").focus()
        page.locator("#f-title").blur()
        _take(page, folder / "writing-what-happened.png", "#f-title", "#f-story")
        _take(page, folder / "writing-the-figures.png", "input[id^='f-totals.']", "input[id^='f-totals.']")
        _take(page, folder / "writing-what-will-be-published.png", "dl.outcome", "dl.outcome")
        _take(page, folder / "writing-publish.png", "#f-project", "#publish form button")
        browser.close()


def _take(page: Page, picture: Path, first: str, last: str) -> None:
    """What stands from the heading above one element to the end of another, in few colours: it is words on paper."""
    top = page.locator(first).first.evaluate("each => each.closest('section').getBoundingClientRect().top + scrollY")
    end = page.locator(last).last.evaluate("each => each.getBoundingClientRect().bottom + scrollY")
    clip = {"x": 0, "y": top + 8, "width": PHONE["width"], "height": end - top + 4}
    with Image.open(BytesIO(page.screenshot(full_page=True, clip=clip))) as taken:
        taken.convert("RGB").quantize(48, dither=Image.Dither.NONE).save(picture, optimize=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        content, site = Path(folder) / "content", Path(folder) / "site"
        (content / "updates").mkdir(parents=True)
        (content / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
        (content / "updates/2015-08-26-counting.md").write_text(UPDATE, encoding="utf-8")
        command = [sys.executable, "-m", "campaign", "build", "--content", str(content), "-o", str(site)]
        subprocess.run(command, cwd=DOCS.parent, check=True)
        take_pictures(site, DOCS)


if __name__ == "__main__":
    main()
