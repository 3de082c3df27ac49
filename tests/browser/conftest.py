"""A browser, a server on this machine alone, and the sites it shows."""

from __future__ import annotations

import fcntl
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from installed_browser import installed_browser
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from browser.fonts import configuration
from browser.serving import serving
from browser.sites import BESIDES, FIGURES, HOME, WHOLE, build
from site_folder import ROOT

TEMPLATES = {path.name for path in (ROOT / "theme/templates").glob("*.html")} | {"updates.html"}
"""Whose names pages have; the list of updates is made by Pelican's template of archives."""
PATIENCE = 120_000
"""Milliseconds that a page may take to show what it is to show, on a machine that does other things as well."""
QUIET = ["background-networking", "component-update", "sync", "first-run", "default-browser-check"]
"""What a browser does for itself, which would look like a page's own requests."""


class Sites:
    """Every site once, when any worker first asks for it, served below the address it was built for."""

    def __init__(self, folder: Path, root: str) -> None:
        self.folder, self.root = folder, root

    def address(self, name: str) -> str:
        self.output(name)
        return f"{self.root}/{name}"

    def output(self, name: str) -> Path:
        there = self.folder / name
        if not there.exists():
            with (self.folder.parent / f"{name}.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                if not there.exists():
                    work = Path(tempfile.mkdtemp(prefix=name, dir=self.folder.parent))
                    build(name, work, f"{self.root}/{name}").output.rename(there)
        return there

    def pages(self, name: str) -> list[str]:
        output = self.output(name)
        return sorted(path.relative_to(output).as_posix() for path in output.rglob("*.html"))

    def kinds(self, name: str) -> list[str]:
        """Of a site those of ``each`` that what is its own changes."""
        each, output = self.each(name), self.output(name)
        if name in WHOLE:
            chosen = each
        elif name in HOME:
            chosen = ["index.html", "poster.html", "embed.html"]
        else:
            of_figures = ("money.html", "account.html", "poster.html", "embed.html") if name in FIGURES else ()
            updates = [page for page in self.pages(name) if re.match(r"updates/\d{4}-\d\d-\d\d-", page)]
            fullest = max(updates, key=lambda page: (output / page).stat().st_size)
            chosen = ["index.html", fullest, *(page for page in of_figures if page in each)]
        return [*chosen, *BESIDES.get(name, ())]

    def each(self, name: str) -> list[str]:
        """One page of each kind, of each folder the fullest."""
        output, kinds = self.output(name), {}
        for page in self.pages(name):
            kind = "updates/YEAR" if re.fullmatch(r"updates/\d{4}\.html", page) else page.split("/")[0]
            # A page of the family's own has no template of its name.
            kind = kind if "/" in page or kind in TEMPLATES else "page.html"
            if kind not in kinds or (output / page).stat().st_size > (output / kinds[kind]).stat().st_size:
                kinds[kind] = page
        return list(kinds.values())


@pytest.fixture(scope="session")
def sites(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    if shared := getattr(pytestconfig, "workerinput", {}).get("sites"):
        yield Sites(Path(shared["folder"]), shared["root"])
        return
    folder = tmp_path_factory.mktemp("sites") / "served"
    folder.mkdir()
    with serving(folder) as root:
        yield Sites(folder, root)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    fonts = configuration(tmp_path_factory.mktemp("fonts"))
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=installed_browser(),
            env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", *(f"--disable-{thing}" for thing in QUIET)],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def phone(browser: Browser) -> BrowserContext:
    """A phone, whose every page is opened as if it were the first; starting one takes longer than opening a page."""
    return browser.new_context(viewport={"width": 360, "height": 640}, reduced_motion="reduce")


@pytest.fixture
def page(phone: BrowserContext) -> Iterator[Page]:
    """A phone's page."""
    page = phone.new_page()
    yield page
    page.close()
    assert phone.cookies() == []
