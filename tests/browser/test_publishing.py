"""Both workflows, step by step in a clean clone, to the artifact that GitHub deploys; then every link, in a browser."""

from __future__ import annotations

import importlib.util
import mimetypes
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
import yaml
from PIL import Image
from playwright.sync_api import Page, Route

from site_folder import unpack

ROOT = Path(__file__).resolve().parents[2]
ADDRESSES = ["https://family.github.io/roof", "https://www.appeal.example/"]
"""What configure-pages answers for a project's site, and for a domain of the family's: a root, as a user's own is."""
SYSTEM = "/usr/local/bin:/usr/bin:/bin"


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=A volunteer", "-c", "user.email=volunteer@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@dataclass
class Machine:
    """What GitHub does with a workflow, as far as these two need it; whatever else they asked for would fail here."""

    clone: Path
    python: Path
    """The folder in which setup-python puts ``python``."""
    expressions: Mapping[str, str]
    """What each ``${{ … }}`` stands for; outputs of steps are added on the way."""
    sha: str
    """The commit that was pushed."""
    outputs: dict[str, str] = field(default_factory=dict)

    @property
    def summary(self) -> Path:
        return self.clone.parent / "summary.md"

    @property
    def artifact(self) -> Path:
        return self.clone.parent / "artifact.tar"

    def workflow(self, name: str) -> dict[Any, Any]:
        read = yaml.safe_load((self.clone / f".github/workflows/{name}.yml").read_text(encoding="utf-8"))
        assert isinstance(read, dict)
        return read

    def evaluate(self, text: str) -> str:
        return re.sub(r"\$\{\{ (.*?) \}\}", lambda found: {**self.expressions, **self.outputs}[found[1]], text)

    def environment(self, *given: Mapping[str, str]) -> dict[str, str]:
        found = {name: self.evaluate(value) for env in given for name, value in env.items()}
        files = {"GITHUB_STEP_SUMMARY": self.summary, "GITHUB_OUTPUT": self.clone.parent / "output.txt"}
        return {
            "PATH": f"{self.python}:{SYSTEM}",
            "HOME": os.environ["HOME"],
            "GITHUB_ACTIONS": "true",
            "CI": "true",
            "GITHUB_SHA": self.sha,
            **{name: str(path) for name, path in files.items()},
            **{name: value for name, value in os.environ.items() if name.startswith(("PIP_", "UV_", "SSL_"))},
            # GitHub's machines trust what uv brings; another may stand behind a certificate of its own.
            "UV_SYSTEM_CERTS": "true",
            "UV_NATIVE_TLS": "true",
            **found,
        }

    def run(self, name: str, job: str, *, since: str = "") -> list[subprocess.CompletedProcess[str]]:
        """Run a job's steps until one fails; ``since``: begin with the step that holds these words."""
        workflow = self.workflow(name)
        done = []
        steps = workflow["jobs"][job]["steps"]
        begun = not since
        for step in steps:
            begun = begun or since in str(step)
            if not begun:
                continue
            env = self.environment(workflow.get("env", {}), step.get("env", {}))
            if "uses" in step:
                self.use(step)
            elif step["run"] == "make test":  # what runs this test
                assert step.get("if", "") in ("", "steps.changed.outputs.code == 'true'")
            else:
                done.append(self.command(step, env))
                if done[-1].returncode:
                    break
        return done

    def command(self, step: Mapping[str, Any], env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        Path(env["GITHUB_OUTPUT"]).write_text("", encoding="utf-8")
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(command, cwd=self.clone, env=dict(env), capture_output=True, text=True, check=False)
        if step["run"].startswith(".github/install"):
            self.take_what_was_compiled()
        for line in Path(env["GITHUB_OUTPUT"]).read_text(encoding="utf-8").splitlines():
            key, _, value = line.partition("=")
            self.outputs[f"steps.{step['id']}.outputs.{key}"] = value
        return done

    def take_what_was_compiled(self) -> None:
        """What Python made of the packages of the workflow before: it takes that of the same file alone."""
        for folder in (self.clone.parent / "before").glob("lib/python*/site-packages/**/__pycache__"):
            here = self.clone / ".venv" / folder.relative_to(self.clone.parent / "before")
            if here.parent.is_dir() and not here.exists():
                folder.rename(here)

    def use(self, step: Mapping[str, Any]) -> None:
        action = step["uses"].partition("@")[0].removeprefix("actions/")
        given = step.get("with", {})
        if action == "upload-pages-artifact":
            # As the action does it: no links, no hidden files.
            tar = ["tar", "--dereference", "--hard-dereference", "--directory", given["path"], "-cf", self.artifact]
            tar += ["--exclude=.git", "--exclude=.github", "--exclude=.[^/]*", "."]
            subprocess.run(tar, cwd=self.clone, check=True)
        elif action == "upload-artifact":
            assert (self.clone / given["path"]).exists()
        else:
            assert action in ("checkout", "setup-python", "configure-pages")


def bare_python(folder: Path) -> None:
    """A Python with nothing but pip, which is copied from where these tests run: installing it takes seconds."""
    pip = importlib.util.find_spec("pip")
    has_pip = pip is not None and pip.origin is not None
    subprocess.run([sys.executable, "-m", "venv", *(["--without-pip"] if has_pip else []), folder], check=True)
    if has_pip:
        (packages,) = folder.glob("lib/python*/site-packages")
        shutil.copytree(Path(pip.origin).parent, packages / "pip")


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """A clean clone of the project as it stands, and a Python with nothing installed."""
    folder = tmp_path_factory.mktemp("machine")
    clone = folder / "clone"
    git(ROOT, "clone", "--quiet", str(ROOT), str(clone))
    listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    for name in filter(None, listed):
        if not (ROOT / name).exists():
            (clone / name).unlink(missing_ok=True)
        else:
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, clone / name, follow_symlinks=False)
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--allow-empty", "--message", "as it stands")
    bare_python(folder / "python")
    sha = git(clone, "rev-parse", "HEAD")
    git(clone, "update-ref", "refs/remotes/origin/main", sha)
    gh = folder / "python/bin/gh"
    gh.write_text(f'#!/bin/sh\necho "$@" > "{folder}/gh.txt"\necho {sha}\n', encoding="utf-8")
    gh.chmod(0o755)
    expressions = {"github.token": "a token", "github.repository": "family/roof"}
    return Machine(clone, folder / "python/bin", expressions, sha)


@pytest.fixture(scope="module")
def installed(machine: Machine) -> Machine:
    """The same after the checks of a pull request, which install most."""
    machine.summary.write_text("", encoding="utf-8")
    done = machine.run("check", "content")
    assert [step.returncode for step in done] == [0] * len(done), done[-1].stdout + done[-1].stderr
    assert len(done) == 6
    return machine


@pytest.mark.xdist_group("publishing")
def test_a_pull_request_gets_its_report_its_picture_and_the_site(installed: Machine) -> None:
    summary = installed.summary.read_text(encoding="utf-8")
    assert "### What publishing changes" in summary
    assert "publishing changes nothing." in summary
    with Image.open(installed.clone / "home.png") as picture:
        assert picture.width == 720
        # All of the page, whose length is the family's own; the first screen of the phone has 640 lines.
        assert picture.height > 2 * 640
    assert (installed.clone / "_site/totals.json").is_file()
    assert installed.outputs["steps.changed.outputs.code"] == "false"


@pytest.mark.xdist_group("publishing")
def test_a_pull_request_with_a_mistake_ends_at_the_check_with_the_line_named(installed: Machine) -> None:
    path = installed.clone / "content/updates/2016-02-06-after.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text("---\ntitle: After\ndate: 2016-02-06\ntotals:\n  raised: 60k\n---\n", encoding="utf-8")
    installed.summary.write_text("", encoding="utf-8")
    try:
        done = installed.run("check", "content", since="--against")
    finally:
        path.unlink()
    assert [step.returncode for step in done] == [1]
    annotation = (
        "::error file=content/updates/2016-02-06-after.md,line=5,title=amount::totals.raised: expected an amount"
    )
    assert annotation in done[0].stdout
    assert "2016-02-06-after.md:5: totals.raised" in installed.summary.read_text(encoding="utf-8")


@pytest.mark.xdist_group("publishing")
@pytest.mark.parametrize("change", ["content/updates/2016-02-06-after.md", "theme/static/css/base.css"])
def test_the_tests_run_only_when_more_than_the_content_changed(installed: Machine, change: str) -> None:
    before = git(installed.clone, "rev-parse", "HEAD")
    path = installed.clone / change
    path.parent.mkdir(exist_ok=True)
    text = path.read_text(encoding="utf-8") if path.exists() else "---\ntitle: After\ndate: 2016-02-06\n---\n"
    path.write_text(f"{text}\n", encoding="utf-8")
    git(installed.clone, "add", "--all")
    git(installed.clone, "commit", "--quiet", "--message", "a change")
    changed = subprocess.run(
        [".github/changed", before], cwd=installed.clone, capture_output=True, text=True, check=True
    )
    git(installed.clone, "reset", "--quiet", "--hard", before)
    assert changed.stdout == f"code={'false' if change.startswith('content/') else 'true'}\n"
    unknown = subprocess.run(
        [".github/changed", "0" * 40], cwd=installed.clone, capture_output=True, text=True, check=False
    )
    assert (unknown.returncode, unknown.stdout) == (0, "code=true\n")


@pytest.fixture(scope="module")
def published(machine: Machine, installed: Machine) -> Machine:
    """The publishing workflow from its first step, with only what it installs itself."""
    (machine.clone / ".venv").rename(machine.clone.parent / "before")
    shutil.rmtree(machine.clone / "_site")
    machine.outputs["steps.pages.outputs.base_url"] = ADDRESSES[0]
    done = machine.run("publish", "build")
    assert [step.returncode for step in done] == [0] * len(done), done[-1].stdout + done[-1].stderr
    assert len(done) == 6
    return machine


@pytest.mark.xdist_group("publishing")
def test_what_is_published_is_compared_with_what_was_published_last(published: Machine) -> None:
    asked = (published.clone.parent / "gh.txt").read_text(encoding="utf-8")
    assert asked.startswith("run list --workflow publish.yml --branch main --status success --limit 1 ")
    assert published.outputs["steps.before.outputs.sha"] == git(published.clone, "rev-parse", "HEAD")
    for answer in ("", "f" * 40, "\n::error::x"):
        gh = published.python / "gh"
        told = gh.read_text(encoding="utf-8")
        gh.write_text(f"#!/bin/sh\nprintf '{answer}'\n", encoding="utf-8")
        step = {"id": "before", "run": '.github/before live >> "$GITHUB_OUTPUT"'}
        assert published.command(step, published.environment()).returncode == 0
        assert published.outputs["steps.before.outputs.sha"] == "0" * 40
        gh.write_text(told, encoding="utf-8")
    git(published.clone, "update-ref", "-d", "refs/remotes/origin/main")
    step = {"id": "before", "run": '.github/before branch >> "$GITHUB_OUTPUT"'}
    assert published.command(step, published.environment()).returncode == 0
    assert published.outputs["steps.before.outputs.sha"] == "0" * 40


def served(page: Page, folder: Path, address: str) -> list[str]:
    """Serve a folder at an address as Pages does, to this page alone; returns whatever else it asks for."""
    others: list[str] = []
    origin, base = address.split("/", 3)[:3], urlsplit(f"{address}/").path.rstrip("/") + "/"

    def answer(route: Route) -> None:
        url = route.request.url
        place = unquote(urlsplit(url).path)
        if url.split("/", 3)[:3] != origin or not f"{place}/".startswith(base):
            others.append(url)
            route.abort()
            return
        path = folder / place.removeprefix(base)
        path = path / "index.html" if path.is_dir() else path
        found = path if path.is_file() else folder / "404.html"
        kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
        route.fulfill(status=200 if found is path else 404, body=found.read_bytes(), content_type=kind)

    page.route("**/*", answer)
    return others


class Links(HTMLParser):
    """The addresses that a page leads to or shows, and the places in it that can be led to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.to: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids |= {given["id"] or ""} if "id" in given else set()
        self.to += [given[name] or "" for name in ("href", "src") if name in given]
        self.to += [part.split()[0] for part in (given.get("srcset") or "").split(",") if part.strip()]


def dead_ends(folder: Path, address: str) -> Iterator[str]:
    """Links of a site's pages, as served at an address, that lead to no file or place of its own."""
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    pages = {name: Links((folder / name).read_text(encoding="utf-8")) for name in names if name.endswith(".html")}
    for name, page in pages.items():
        # What is not found may be looked for in any folder.
        here = f"{address}/no/such/page.html" if name == "404.html" else f"{address}/{name}"
        for link in page.to:
            url, fragment = urldefrag(urljoin(here, link))
            place = unquote(url.removeprefix(f"{address}/"))
            place = name if url == here else place + "index.html" * (not place or place.endswith("/"))
            if not f"{url}/".startswith(f"{address}/"):
                is_ours = urlsplit(url).netloc == urlsplit(address).netloc
                leads_on = bool(re.match(r"(https|mailto|tel|data|whatsapp|sms):", url)) and not is_ours
            else:
                leads_on = place in names and (not fragment or unquote(fragment) in pages[place].ids)
            if not leads_on:
                yield f"{name}: {link}"


@pytest.mark.xdist_group("publishing")
@pytest.mark.parametrize("address", ADDRESSES)
def test_the_artifact_is_a_site_on_which_every_link_leads_on(
    published: Machine, address: str, page: Page, tmp_path: Path
) -> None:
    if address != published.outputs["steps.pages.outputs.base_url"]:
        published.outputs["steps.pages.outputs.base_url"] = address
        done = published.run("publish", "build", since="campaign build")
        assert [step.returncode for step in done] == [0] * len(done), done[-1].stdout + done[-1].stderr
    address = address.rstrip("/")
    with tarfile.open(published.artifact) as artifact:
        assert {member.type for member in artifact} == {tarfile.REGTYPE, tarfile.DIRTYPE}
        unpack(artifact, tmp_path)
    files = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()]
    assert not [name for name in files if "/." in f"/{name}" or name.endswith((".md", ".yaml"))]
    assert f'<link rel="canonical" href="{address}/">' in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert list(dead_ends(tmp_path, address)) == []
    if address == ADDRESSES[0]:
        every_page_opens(page, tmp_path, address, files)


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    page = '<p id="here"><a href="{}">x</a><img src="there.html" srcset="there.html 1x, {} 2x">'
    (tmp_path / "there.html").write_text("<p id=place>", encoding="utf-8")
    for link in (
        "there.html#place",
        "#here",
        "https://a.example/b/there.html",
        "https://b.example/c",
        "mailto:a@b.example",
    ):
        (tmp_path / "index.html").write_text(page.format(link, "there.html"), encoding="utf-8")
        assert list(dead_ends(tmp_path, "https://a.example/b")) == []
    for link in ("none.html", "there.html#none", "#none", "../there.html", "/there.html", "javascript:x"):
        (tmp_path / "index.html").write_text(page.format(link, "there.html"), encoding="utf-8")
        assert list(dead_ends(tmp_path, "https://a.example/b")) == [f"index.html: {link}"]
    (tmp_path / "index.html").write_text(page.format("there.html", "none.jpg"), encoding="utf-8")
    assert list(dead_ends(tmp_path, "https://a.example/b")) == ["index.html: none.jpg"]


def every_page_opens(page: Page, folder: Path, address: str, files: list[str]) -> None:
    """In a browser, from link to link: each page with its pictures, and nothing asked of anybody else."""
    others = served(page, folder, address)
    page.goto(f"{address}/")
    waiting, there = {f"{address}/", f"{address}/no/such/page.html"}, {}
    places: dict[str, set[str]] = {}
    linked = "() => [...document.querySelectorAll('a[href], link[href]')].map(link => link.href)"
    while waiting:
        # Each page is opened once, and each file asked for once, whichever of its places are linked.
        url = waiting.pop()
        there[url] = set()
        if not url.endswith(("/", ".html")):
            assert page.evaluate("url => fetch(url).then(answer => answer.status)", url) == 200, url
            continue
        answer = page.goto(url, wait_until="load")
        assert answer is not None
        assert answer.status == (404 if "no/such" in url else 200), url
        assert page.evaluate("() => [...document.images].every(image => image.complete && image.naturalWidth)"), url
        there[url] = set(page.evaluate("() => [...document.querySelectorAll('[id]')].map(element => element.id)"))
        for link in page.evaluate(linked):
            if link.startswith(f"{address}/"):
                places.setdefault(urldefrag(link).url, set()).add(unquote(urldefrag(link).fragment))
        waiting |= places.keys() - there.keys()
    assert {url: found for url, named in places.items() if (found := named - there[url] - {""})} == {}
    assert sum(bool(named - {""}) for named in places.values()) > 1
    pages = {url.removeprefix(f"{address}/") or "index.html" for url in there}
    assert {name for name in files if name.endswith(".html")} - pages <= {"404.html", "embed.html"}
    assert others == []
