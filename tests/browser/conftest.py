"""A browser, a server on this machine alone, and the sites it shows."""

from __future__ import annotations

import functools
import os
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from browser.fonts import configuration
from browser.sites import HOME, PHASES, WHOLE, build

QUIET = ["background-networking", "component-update", "sync", "first-run", "default-browser-check"]
"""What a browser does for itself, which would look like a page's own requests."""


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    def handle_error(self, *args: object) -> None:
        """A browser that goes on to the next page hangs up on this one."""


class Sites:
    """Every site once, when it is first asked for, served below the address it was built for."""

    def __init__(self, folder: Path, root: str) -> None:
        self.folder, self.root = folder, root
        self._built: dict[str, Path] = {}

    def address(self, name: str) -> str:
        self.output(name)
        return f"{self.root}/{name}"

    def output(self, name: str) -> Path:
        if name not in self._built:
            work = self.folder.parent / "work" / name
            site = build(name, work, f"{self.root}/{name}")
            site.output.rename(self.folder / name)
            self._built[name] = self.folder / name
        return self._built[name]

    def pages(self, name: str) -> list[str]:
        output = self.output(name)
        return sorted(path.relative_to(output).as_posix() for path in output.rglob("*.html"))

    def kinds(self, name: str) -> list[str]:
        """One page of each kind, of each folder the fullest; of a small site those that its phase changes."""
        output, kinds = self.output(name), {}
        if name in HOME:
            return ["index.html", "poster.html", "embed.html"]
        if name in PHASES:
            updates = [page for page in self.pages(name) if page.endswith(("-news.html", "-begun.html"))]
            return ["index.html", max(updates, key=lambda page: (output / page).stat().st_size)]
        small = () if name in WHOLE else ("404.html", "updates.html", "events.html")
        for page in (page for page in self.pages(name) if page not in small):
            kind = (
                page if "/" not in page else "updates/YEAR" if page[8:12] + ".html" == page[8:] else page.split("/")[0]
            )
            if kind not in kinds or (output / page).stat().st_size > (output / kinds[kind]).stat().st_size:
                kinds[kind] = page
        return list(kinds.values())


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    folder = tmp_path_factory.mktemp("sites") / "served"
    folder.mkdir()
    handler = functools.partial(_Handler, directory=str(folder))
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Sites(folder, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    fonts = configuration(tmp_path_factory.mktemp("fonts"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            # Debian's own, else the one that playwright install brings.
            executable_path=shutil.which("chromium"),
            env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", *(f"--disable-{thing}" for thing in QUIET)],
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone's page."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, reduced_motion="reduce")
    yield context.new_page()
    context.close()
