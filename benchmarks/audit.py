"""Lighthouse on a test campaign as a slow phone meets it: 100 in every category, and the largest paint in time.

Home, update and money, without a picture and with one, of a campaign that is no example: the pages of one are hidden
from search engines, which costs points. Run by `make audit`.
"""

import functools
import gzip
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "plugins"), str(ROOT / "docs")]

from installed_browser import installed_browser  # noqa: E402

from browser.sites import build  # noqa: E402

PAGES = ("", "updates/2024-03-01-news.html", "money.html")
LARGEST_PAINT = {"live": 0.70, "live-with-picture": 1.0}
"""Seconds on Lighthouse's simulated slow 4G."""
RUNS = 5
"""The middle one of so many counts: what else a machine does in one second shows in a single run."""
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --disable-background-networking --disable-sync"


class Handler(SimpleHTTPRequestHandler):
    """A server that compresses and keeps its connections open, as the real one does."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None:
        pass

    def send_head(self):
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in (".html", ".js", ".svg") or not path.is_file():
            return super().send_head()
        data = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)) + "; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return io.BytesIO(data)


def lighthouse(address: str, report: Path) -> dict:
    command = [
        str(ROOT / "node_modules/.bin/lighthouse"),
        address,
        "--quiet",
        "--output=json",
        f"--output-path={report}",
    ]
    environment = os.environ | {"CHROME_PATH": installed_browser() or ""}
    subprocess.run([*command, f"--chrome-flags={FLAGS}"], env=environment, check=True, capture_output=True)
    return json.loads(report.read_text(encoding="utf-8"))


def largest_paint(found: dict) -> float:
    """In seconds."""
    return found["audits"]["largest-contentful-paint"]["numericValue"] / 1000


def measured(name: str, limit: float, work: Path) -> bool:
    """Print what each page of one campaign comes to; whether all of it is good enough."""
    served = work / name / "served"
    served.mkdir(parents=True)
    good = True
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(served))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        root = f"http://127.0.0.1:{server.server_port}"
        shutil.copytree(build(name, work / name / "made", root).output, served, dirs_exist_ok=True)
        for page in PAGES:
            runs = [lighthouse(f"{root}/{page}", work / "report.json") for _ in range(RUNS)]
            runs.sort(key=largest_paint)
            found = runs[RUNS // 2]
            points = {key: round(found["categories"][key]["score"] * 100) for key in CATEGORIES}
            paints = ", ".join(f"{largest_paint(run):.3f}" for run in runs)
            good &= largest_paint(found) <= limit and min(points.values()) == 100
            print(f"{name} {page}: {points}; largest paint {paints} s; the middle one to be {limit:.2f} at most")
            for part in (part for key in CATEGORIES for part in found["categories"][key]["auditRefs"]):
                audit = found["audits"][part["id"]]
                if part["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                    print(f"  {audit['title']}: {audit.get('displayValue', '')}")
        server.shutdown()
        thread.join()
    return good


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        results = [measured(name, limit, Path(folder)) for name, limit in LARGEST_PAINT.items()]
    return not all(results)


if __name__ == "__main__":
    sys.exit(main())
