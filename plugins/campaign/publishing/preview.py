"""The site while writing: built again on every change, on this computer only; the last good one stays up."""

from __future__ import annotations

import errno
import html
import io
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from watchfiles import watch

from .warm_builds import WarmBuilds, can_warm

HOST = "127.0.0.1"
"""Never another: drafts and half-written figures are nobody else's."""
NAMES = (HOST, "localhost", "[::1]")
"""What a browser on this computer calls it. Whoever owns a name can make it lead here, and its pages would be let read
ours; by which port does not matter, since a way from another computer may have its own."""
AT_ONCE = 512
"""Requests that wait to be taken; a browser that opens many pages sends hundreds."""
PATIENCE = 30
"""Seconds that a connection may say nothing."""
VERSION_URL = "/.campaign-version"
LOOK_EVERY = 100
"""Milliseconds between two looks at the settings; other files are reported by the system."""
STILL = 20
"""Milliseconds without a further change before a build begins, so that a file is not read half saved."""
ASK_EVERY = 100
"""Milliseconds between two questions of an open page; browsers ask seldom for one that nobody sees."""

_STYLE = """<style>
.campaign-problems{position:relative;z-index:9;margin:0;padding:1rem;background:#8a1020;color:#fff;
font:1rem/1.5 system-ui,sans-serif}
.campaign-problems pre{margin:.5rem 0 0;white-space:pre-wrap;overflow-wrap:anywhere;font:.875rem/1.5 monospace}
</style>"""
_RELOAD = """<script>
setInterval(async () => {
  try {
    const answer = await fetch("%s", {cache: "no-store"});
    if (answer.ok && await answer.text() !== "%s") location.reload();
  } catch {}
}, %d);
</script>"""
_NOTHING_YET = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>%s</title></head><body></body></html>"""


class PortTaken(Exception):
    """Another program listens on the port; its text says what to do."""


@dataclass(frozen=True, slots=True)
class LastBuild:
    """What the browser is shown: a new value for every build, taken whole."""

    version: str
    """Differs between any two builds, those of an earlier run of the command too."""
    problems: str
    """Why the last build failed; empty if it did not."""


class Preview:
    """One folder with the last good site, and what is known about the last build."""

    def __init__(self, folder: Path, build: Callable[[Path], subprocess.CompletedProcess[str]]) -> None:
        self.folder = folder
        self.address = ""
        self.shown = LastBuild(version=str(time.time_ns()), problems="")
        self._build = build

    def rebuild(self) -> str:
        """Build in place; return how it went. A failed build leaves the folder as it was."""
        done = self._build(self.folder)
        problems = (done.stderr.strip() or f"the build ended with status {done.returncode}") if done.returncode else ""
        self.shown = LastBuild(version=str(time.time_ns()), problems=problems)
        return problems or "built"


class _Handler(SimpleHTTPRequestHandler):
    """Serves the preview's folder; adds to pages, on their way out, what only a preview needs."""

    protocol_version = "HTTP/1.0"
    timeout = PATIENCE

    def __init__(self, *args: Any, preview: Preview) -> None:
        self.preview = preview
        super().__init__(*args, directory=str(preview.folder))

    def send_head(self) -> io.BytesIO | None:
        if not _is_here(self.headers.get_all("Host", [])):
            said = f"The preview answers at {self.preview.address} only.\n"
            return self._send(said, "text/plain", HTTPStatus.MISDIRECTED_REQUEST)
        shown = self.preview.shown
        if self.path.partition("?")[0] == VERSION_URL:
            return self._send(shown.version, "text/plain")
        if not (self.preview.folder / "index.html").is_file():
            title = "The site cannot be built yet" if shown.problems else "The site is being built"
            return self._send(_decorated(_NOTHING_YET % title, shown), "text/html", HTTPStatus.SERVICE_UNAVAILABLE)
        try:
            return self._file(shown)
        except (FileNotFoundError, ValueError):  # it has just gone, or no disk can hold its name
            self.send_error(HTTPStatus.NOT_FOUND)
            return None

    def _file(self, shown: LastBuild) -> io.BytesIO | None:
        path = self.translate_path(self.path)
        is_folder = os.path.isdir(path)  # noqa: PTH112 (answers for any name, as Path's own does from Python 3.14 on)
        if is_folder and self.path.partition("?")[0].endswith("/"):
            path = f"{path.rstrip('/')}/index.html"
        if path.endswith(".html") and os.path.isfile(path):  # noqa: PTH113 (as above)
            return self._send(_decorated(Path(path).read_text("utf-8", errors="replace"), shown), "text/html")
        return super().send_head()  # type: ignore[return-value]

    def _send(self, text: str, kind: str, status: HTTPStatus = HTTPStatus.OK) -> io.BytesIO:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def list_directory(self, path: str | os.PathLike[str]) -> None:  # noqa: ARG002 (the base class's)
        """A folder without a page is not found, as in public."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class's)
        """The terminal is for problems."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = AT_ONCE

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 (the base class's)
        """A browser that has left needs no answer; the terminal is for problems, in words."""
        fault = sys.exception()
        if not isinstance(fault, ConnectionError | TimeoutError):
            sys.stderr.write(f"A page could not be shown: {type(fault).__name__}: {fault}\n")


def _is_here(hosts: list[str]) -> bool:
    """Whether a request is for this computer by one of its own names."""
    return len(hosts) == 1 and re.sub(r":[0-9]*$", "", hosts[0].strip()).lower() in NAMES


def _decorated(page: str, shown: LastBuild) -> str:
    """Add to a page the script that reloads it, and the problems if there are any.

    A page's own policy binds only what comes after it, so that the script and the style go before it; the
    policy must let the script ask for the version, and of two equal directives the first counts.
    """
    head = _STYLE + _RELOAD % (VERSION_URL, shown.version, ASK_EVERY)
    page = re.sub(
        r"<meta\b[^>]*Content-Security-Policy[^>]*>",
        lambda meta: re.sub(r"(content=[\"']?)", r"\1connect-src &#39;self&#39;; ", meta[0], count=1),
        page,
        count=1,
        flags=re.IGNORECASE,
    )
    page = re.sub(r"<head\b[^>]*>", lambda tag: tag[0] + head, page, count=1, flags=re.IGNORECASE)
    if not shown.problems:
        return page
    banner = (
        '<div class="campaign-problems" role="alert"><strong>The files as they are now cannot be published;'
        f" anything below is the last good site.</strong><pre>{html.escape(shown.problems)}</pre></div>"
    )
    return re.sub(r"<body\b[^>]*>", lambda tag: tag[0] + banner, page, count=1, flags=re.IGNORECASE)


def serve_site(root: Path, content: Path, *, port: int, settings: Path, echo: Callable[[str], object]) -> None:
    """Serve until Ctrl-C or a polite end from outside; raise PortTaken where another program listens.

    port: 0 takes any free one. echo: writes one line to the terminal.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="campaign-", ignore_cleanup_errors=True) as temporary:
        warm = WarmBuilds(root, _environment()) if can_warm() else None
        preview = Preview(Path(temporary) / "site", partial(_build, root, content, warm))
        try:
            with _listening(port, preview) as address:
                echo(f"The site is at {address} and follows your changes; Ctrl-C ends it.")
                for _ in _occasions(root, content, settings):
                    echo(f"{time.strftime('%H:%M:%S')}  {preview.rebuild()}")
        except KeyboardInterrupt:
            echo("Ended.")
        finally:
            if warm:
                warm.end()


@contextmanager
def _listening(port: int, preview: Preview) -> Iterator[str]:
    try:
        listening = _Server((HOST, port), partial(_Handler, preview=preview))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise PortTaken(f"port {port} is taken; choose another with --port") from None
    with listening as server:
        preview.address = f"http://{HOST}:{server.server_port}/"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        try:
            yield preview.address
        finally:
            server.shutdown()


def _occasions(root: Path, content: Path, settings: Path) -> Iterator[None]:
    """Yield once at the start, then after every change; what changes during a build is one occasion after it."""
    folders = [folder for folder in (content, root / "theme", root / "plugins") if folder.is_dir()]
    read = None
    # Editors replace a file when they save it, which ends the watch on a single file; so the settings are looked at.
    for changes in watch(*folders, rust_timeout=LOOK_EVERY, yield_on_timeout=True, debounce=400, step=STILL):
        now = settings.stat().st_mtime_ns if settings.exists() else 0
        if changes or now != read:
            read = now
            yield


def _environment() -> Mapping[str, str]:
    """What builds run in."""
    return {**os.environ, "PYTHONUTF8": "1", "GITHUB_ACTIONS": ""}


def _build(root: Path, content: Path, warm: WarmBuilds | None, output: Path) -> subprocess.CompletedProcess[str]:
    """Build in a process of its own, so that changed plugins and settings count and nothing is left from before.

    warm: what forks a process that has loaded all it needs; None where that cannot be.
    """
    words = ["build", "--content", str(content), "--output", str(output)]
    if warm and (done := warm.run(words)):
        return done
    command = [sys.executable, "-m", "campaign", *words]
    with subprocess.Popen(
        command,
        cwd=root,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        # Ctrl-C reaches this process alone, which then ends the build with all it has started.
        start_new_session=True,
    ) as process:
        try:
            said, problems = process.communicate()
        except KeyboardInterrupt:
            _end(process)
            raise
    return subprocess.CompletedProcess(command, process.returncode, said, problems)


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
