"""Takes a picture of a home page on a phone: of a built site, whole, or else the README's own.

``take_picture.py SITE PICTURE`` shows all of the page of the site in that folder. Without them the README's picture
is taken again: the first screen of the shipped appeal, as of 1 September 2015.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from installed_browser import installed_browser
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
README_PICTURE = ROOT / "docs" / "home-on-a-phone.png"
PHONE = {"width": 360, "height": 640}


def take_picture(site: Path, picture: Path, *, whole: bool) -> None:
    """Open the home page of a site in a folder, and write what a phone shows of it as PNG."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed_browser(), args=["--no-sandbox"])
        page = browser.new_page(viewport=PHONE, device_scale_factor=2, color_scheme="light")
        page.goto((site / "index.html").resolve().as_uri())
        page.screenshot(path=picture, full_page=whole)
        browser.close()


def main() -> None:
    if len(sys.argv) == 3:
        take_picture(Path(sys.argv[1]), Path(sys.argv[2]), whole=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        command = [sys.executable, "-m", "campaign", "build", "-o", str(site), "--as-of", "2015-09-01"]
        subprocess.run(command, cwd=ROOT, check=True)
        take_picture(site, README_PICTURE, whole=False)


if __name__ == "__main__":
    main()
