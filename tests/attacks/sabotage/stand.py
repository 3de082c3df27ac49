"""Builds a site again and again, sabotaged each time, and says of each what came of it: ``python stand.py --help``.

Every build is a whole one: ``campaign build --publish`` in a process that was forked from one in which the libraries
are loaded already, with the project's own code read anew.

A site says something different from the right one if, on any page or in any file for machines,
a line has other figures (amounts, numbers, percents, days, with the word before them) than any line there had, or
figures that stood in a line are gone;
a text that the family wrote is gone from where it stood, or stands where it did not;
a link leads away to where none led, or none leads where one did; a bar is longer or shorter;
a sentence that says what a figure is not, or in which phase the appeal is, is gone or new;
the policy allows another thing, or anything is loaded that was not; or a file is missing, new, or has other data.
Words that hold none of this are the theme's and may change, as may its style sheet and its script.
"""

from __future__ import annotations

import argparse
import compileall
import html
import io
import json
import os
import random
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(ROOT / "tests")]

from appeal import ADDRESS, FILES, NOW  # noqa: E402
from generate import Sabotage, sabotages  # noqa: E402

from templates_once import compile_here, share_templates  # noqa: E402
from warm import seldom_look_for_what_nobody_uses  # noqa: E402

PATIENCE = 600
"""Seconds: a guard against a build that never ends, not a limit that a busy machine could break."""
REFUSED, SAME, PASSED = "refused", "same", "passed and says another thing"
_BLOCK = re.compile(r"</?(?:p|li|tr|h[1-6]|dt|dd|div|section|title|text|figcaption|summary|entry|pre|ul|ol|dl)\b[^>]*>")
_ALOUD = re.compile(r'\s(?:aria-label|alt|title)="([^"]*)"')
_FIGURE = re.compile(
    r"(?:(?:etwa|mindestens|mehr als)\s+)?[^\s\w.,;:()<>]?\d[\d.,:]*\d*(?:\s?[%€]|\.\s\w+)?", re.IGNORECASE
)
_LONG = re.compile(r'\s(x|width|value|max)="([^"]*)"')
_LEADS = re.compile(r'\s(?:href|src|srcset)="((?:[a-z]+:|//)[^"]*)"')
_LOADS = re.compile(r"<(?:script|iframe|object|embed|form|link|base|style)\b[^>]*>|\son[a-z]+=|http-equiv=[^>]*")
_NOTICES = (
    *("It is shown here and not counted in the total.", "counted in another", "not here yet and not counted"),
    *("The goal is reached.", "Nothing is left to ask for.", "A past appeal, kept as an example", "already counted in"),
    *("Thank you to everyone who gave.", "was raised for another cause:", "No figure yet", "closed", "Cancelled"),
)
_HASH = re.compile(r"sha256-[\w+/=]+")
_CARD = re.compile(r"cards/[0-9a-f]{16}\.(?:png|jpg)")


class Stand:
    """A copy of the project with an appeal, built whole once to see what is right."""

    def __init__(self, folder: Path, compiled: Path | None) -> None:
        """compiled: where others write what Jinja made of the theme, and read it."""
        self.root = folder / "project"
        for name in ("plugins", "theme", "pelicanconf.py", "publishconf.py"):
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
            copy(ROOT / name, self.root / name) if self.root.mkdir(exist_ok=True) is None else None
        # A family may keep what is slow to make for its public site, too: what is kept is sabotaged as well.
        public = self.root / "publishconf.py"
        public.write_text(public.read_text("utf-8").replace("CAMPAIGN_CACHE = None\n", ""), encoding="utf-8")
        # Every build reads the project's code anew; what no sabotage changes need not be compiled again.
        compileall.compile_dir(self.root / "plugins", quiet=1)
        self.before_a_build = share_templates(compiled)
        for place, data in FILES.items():
            path = self.root / "content" / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
        catalog = (ROOT / "theme/locale/de.po").read_text(encoding="utf-8")
        said = (re.search(rf'^msgid "{re.escape(of)}"\nmsgstr "(.+)"$', catalog, re.MULTILINE) for of in _NOTICES)
        self.notices = [found[1] for found in said if found]
        typed = "\n".join(text for text in FILES.values() if isinstance(text, str))
        pieces = re.findall(r"(?:^|: |, )[\w]+: ([^,{}\[\]|]*[^\W\d_]{4}[^,{}\[\]|\n]*)", typed)
        self.family = {" ".join(piece.strip('"').split()) for piece in pieces} - {"charity", "receipts"}
        if not self.build():
            sys.exit(f"The appeal cannot be built as it is:\n{(self.root / 'said.txt').read_text()}")
        self.right, self.differs = self.says(), list[str]()
        self.kept = sorted(path.name for path in (self.root / ".cache").iterdir())
        shutil.copytree(self.root / ".cache", folder / "kept")

    def all(self) -> list[Sabotage]:
        """What is kept has a number each; more than there are would be nothing that is sabotaged."""
        every = sabotages(self.root, FILES)
        return [one for one in every if one.kind != "kept" or int(one.file) < len(self.kept)]

    def outcome(self, of: Sabotage) -> str:
        """What came of a build with it; everything is put back."""
        shutil.rmtree(self.root / ".cache", ignore_errors=True)
        shutil.copytree(self.root.parent / "kept", self.root / ".cache")
        if of.kind == "kept":
            return self._with_kept(of)
        if of.kind == "after":
            return self._outcome(self.build(after=of))
        path = self.root / of.file
        before = path.read_text(encoding="utf-8")
        path.write_text(of.text or "", encoding="utf-8")
        try:
            return self._outcome(self.build())
        finally:
            path.write_text(before, encoding="utf-8")

    def _with_kept(self, of: Sabotage) -> str:
        path = self.root / ".cache" / self.kept[int(of.file)]
        before = path.read_bytes()
        other = (self.root / ".cache" / self.kept[int(of.file) - 1]).read_bytes()
        path.unlink()
        if of.what == "a folder":
            path.mkdir()
        else:
            path.write_bytes(
                {
                    "emptied": b"",
                    "cut": before[: len(before) // 2],
                    "one byte changed": before[:-9] + bytes([before[-9] ^ 1]) + before[-8:],
                    "another's": other,
                    "longer": before + b"\0",
                }[of.what]
            )
        return self._outcome(self.build())

    def _outcome(self, ran: bool) -> str:
        if not ran:
            return REFUSED
        says = self.says()
        if says == self.right:
            return SAME
        self.differs = [
            f"{place} {kind}: {right[kind]} → {now[kind]}"
            if isinstance(now, dict) and isinstance(right, dict)
            else place
            for place in sorted(says.keys() | self.right.keys())
            if (now := says.get(place)) != (right := self.right.get(place))
            for kind in (now if isinstance(now, dict) and isinstance(right, dict) else ("",))
            if kind == "" or now[kind] != right[kind]  # type: ignore[index]
        ]
        return PASSED

    def says(self) -> dict[str, object]:
        """What every file says, read as no parser of the project reads it."""
        output, found = self.root / "output", dict[str, object]()
        for path in sorted(output.rglob("*")):
            place = _CARD.sub("card", path.relative_to(output).as_posix())
            if path.suffix in (".html", ".svg", ".xml", ".ics", ".txt"):
                found[place] = self._facts(path.read_bytes().decode("utf-8", "replace"))
            elif path.is_file() and path.name != ".campaign-site.json":
                found[place] = json.loads(path.read_text(encoding="utf-8")) if path.suffix == ".json" else ""
        drawn = self.root / "cards.json"
        found["cards"] = self._facts(drawn.read_text()) if drawn.is_file() else ""
        return found

    def _facts(self, text: str) -> dict[str, object]:
        text = _HASH.sub("hash", _CARD.sub("card", text))
        loads = sorted(set(_LOADS.findall(text)))
        for tag in ("style", "script"):
            text = re.sub(rf"<{tag}\b(?!><)(?![^>]*json).*?</{tag}>", "", text, flags=re.DOTALL)
        text = html.unescape(text) if text.startswith("<?xml") and "<feed" in text else text
        lines = [html.unescape(re.sub(r"<[^>]*>", "", line)) for line in _BLOCK.split(text)]
        lines += [html.unescape(said) for said in _ALOUD.findall(text)]
        whole = " ".join("\n".join(lines).split())
        return {
            "figures": {tuple("".join(each.casefold().split()) for each in _FIGURE.findall(line)) for line in lines},
            "words": {words for words in self.family if words in whole},
            "notices": {said for said in self.notices if said in whole},
            "links": set(_LEADS.findall(text)),
            "bars": {tuple(_LONG.findall(found[0])) for found in re.finditer(r"<(?:rect|progress)\b[^>]*>", text)},
            "loads": loads,
        }

    def build(self, after: Sabotage | None = None) -> bool:
        """Whether a build exits with 0."""
        self.before_a_build()
        child = os.fork()
        if not child:
            status = 1
            try:
                status = self._in_child(after)
            except BaseException:  # noqa: BLE001 (whatever a sabotage raises is an exit that is not 0)
                traceback.print_exc()
            finally:
                os._exit(status)
        until = time.monotonic() + PATIENCE
        while (done := os.waitpid(child, os.WNOHANG))[0] == 0:
            if time.monotonic() > until:
                os.kill(child, 9)
                os.waitpid(child, 0)
                return False  # it took too long
            time.sleep(0.02)
        if os.WIFSIGNALED(done[1]):  # whoever ended it, it says nothing of the sabotage
            return self.build(after)
        return done[1] == 0

    def _in_child(self, after: Sabotage | None) -> int:
        os.chdir(self.root)
        written = os.open(self.root / "said.txt", os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
        os.dup2(written, 1)
        os.dup2(written, 2)
        os.environ |= {"SITEURL": ADDRESS, "SOURCE_DATE_EPOCH": NOW, "PYTHONDONTWRITEBYTECODE": "1"}
        sys.path.insert(0, str(self.root / "plugins"))
        sys.dont_write_bytecode = True
        compile_here()
        from campaign.processes.fork import HasEnded, has_ended
        from campaign.publishing import build
        from campaign.publishing.handover import Handover

        content = self.root / "content"

        def run(
            handover: Handover, fresh: Path, settings: Path, epoch: int, meanwhile: Callable[[HasEnded], object]
        ) -> None:
            """Pelican in a process of its own, as ever, without waiting for its libraries again."""
            child = os.fork()
            if not child:
                status = 1
                try:
                    if after:
                        path = content / after.file
                        path.unlink() if after.text is None else path.write_text(after.text, encoding="utf-8")
                    status = self._pelican(handover, fresh, settings)
                except SystemExit as exit_:
                    print(exit_.code)
                    status = 0 if exit_.code in (None, 0) else 1
                except BaseException:  # noqa: BLE001 (as above)
                    traceback.print_exc()
                finally:
                    sys.stdout.flush()
                    os._exit(status)
            meanwhile(partial(has_ended, child))
            status = os.waitpid(child, 0)[1]
            if os.WIFSIGNALED(status):
                os.kill(os.getpid(), os.WTERMSIG(status))
            if status:
                raise build.BuildError("Pelican could not build the site")

        build._run_pelican = run  # type: ignore[assignment]
        try:
            build.build_site(
                self.root, content, self.root / "output", settings=self.root / "publishconf.py", publish=True
            )
        finally:
            if after:
                (content / after.file).write_text(str(FILES[after.file]), encoding="utf-8")
        return 0

    def _pelican(self, handover: Any, fresh: Path, settings: Path) -> int:
        from campaign.publishing import run_pelican
        from campaign.publishing.handover import packed
        from campaign.rendering import outputs

        # Opened now: once Pelican runs, nothing outside its output may be.
        file = (self.root / "cards.json").open("w", encoding="utf-8")
        drawn: list[list[str]] = []
        made = outputs.Card

        def noted(place: str, alt: str, svg: str, photo: str) -> object:
            drawn.append([" ".join(re.sub(r"<[^>]*>", " ", svg).split())])
            return made(place, alt, svg, photo)

        outputs.Card = noted  # type: ignore[assignment, misc]
        sys.stdin = io.TextIOWrapper(io.BytesIO(packed(handover)))
        options = [run_pelican.HANDED_OVER, str(handover.content), "-s", str(settings), "-o", str(fresh)]
        if said := run_pelican.main(options):
            print(said)
            return 1
        file.write(json.dumps(sorted(drawn)))
        file.close()
        return 0


def warm() -> None:
    """Load what is no part of the project, once for all builds."""
    import babel.dates
    import babel.lists
    import babel.messages.pofile
    import icalendar
    import markdown
    import nh3
    import pelican.generators
    import pelican.writers
    import PIL.Image
    import pydantic
    import segno
    import yaml

    _ = (babel, icalendar, markdown, nh3, pelican, PIL, pydantic, segno, yaml)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--most", type=int, default=25, help="how many, some of every kind")
    asked.add_argument("--seconds", type=float, default=1e9, help="for how long")
    asked.add_argument("--kind", help="of one kind alone")
    asked.add_argument("--only", help="those whose name holds this")
    asked.add_argument("--compiled", type=Path, help="where others, too, write what Jinja made of the theme")
    asked.add_argument("--log", type=Path, help="where each outcome is written as it comes")
    said = asked.parse_args()
    seldom_look_for_what_nobody_uses()
    warm()
    until = time.monotonic() + said.seconds
    with tempfile.TemporaryDirectory() as folder:
        stand = Stand(Path(folder), said.compiled)
        every = [one for one in stand.all() if said.kind in (None, one.kind) and (said.only or "") in str(one)]
        chosen = drawn(every, said.seed, said.most)
        counted: Counter[str] = Counter()
        passed = []
        for one in chosen:
            if time.monotonic() > until:
                break
            outcome = stand.outcome(one)
            counted[outcome] += 1
            counted[f"{one.kind}: {outcome}"] += 1
            passed += [f"{one}\n  {stand.differs[0][:2000]}"] if outcome == PASSED else []
            if said.log:
                with said.log.open("a") as log:
                    log.write(f"{outcome}\t{one}\n")
        told = {outcome: counted[outcome] for outcome in (REFUSED, SAME, PASSED)}
        print(json.dumps({"of": len(every), "tried": sum(told.values())} | counted | told))
        for one in passed:
            print(one)
    sys.exit(bool(passed))


def drawn(every: list[Sabotage], seed: int, most: int) -> list[Sabotage]:
    """As many of each kind as of every other, as far as there are, in an order that the seed decides."""
    dice = random.Random(seed)
    kinds: dict[str, list[Sabotage]] = {}
    for one in dice.sample(every, len(every)):
        kinds.setdefault(one.kind, []).append(one)
    chosen: list[Sabotage] = []
    while len(chosen) < most and any(kinds.values()):
        for of_kind in kinds.values():
            chosen += [of_kind.pop()] if of_kind else []
    return chosen[:most]


if __name__ == "__main__":
    main()
