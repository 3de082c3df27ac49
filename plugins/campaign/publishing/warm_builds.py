"""A process that has loaded what builds need and forks for each of them; it ends once the code has changed."""

from __future__ import annotations

import gc
import importlib
import json
import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from campaign.processes.fork import in_memory, run_in_fork
from campaign.processes.log_records import watch

LOADED = (
    "pelican",
    "campaign.core.reading.story",
    "campaign.publishing.build",
    "campaign.rendering.update_page",
    "campaign.rendering.share_cards",
)
"""What takes long to load. Neither the plugin nor the settings: each build reads those itself."""


def can_warm() -> bool:
    """Whether the system forks processes well enough; see ``pelican_process.can_fork``."""
    return sys.platform == "linux"


class WarmBuilds:
    """Runs ``python -m campaign`` in forks of one process, begun anew whenever the code or the libraries changed."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        """folder: where commands run."""
        self._folder, self._environment = folder, environment
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def number(self) -> int:
        """The process's own; 0 while none runs."""
        return self._process.pid if self._process else 0

    def end(self) -> None:
        """End the process with all that it has started."""
        if process := self._process:
            self._process = None
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            with suppress(BrokenPipeError):
                process.communicate()

    def run(self, words: Sequence[str]) -> subprocess.CompletedProcess[str] | None:
        """``campaign`` with these words, run to its end: its status, what it said and what it complained of.

        None where the process ends at once, as one does whose code cannot be imported: a fresh one can say why.
        """
        for _ in range(2):
            process = self._process = self._process or self._begun()
            assert process.stdin, "it is a pipe"
            assert process.stdout, "it is a pipe"
            try:
                process.stdin.write(json.dumps(list(words)).encode() + b"\n")
                process.stdin.flush()
                answer = process.stdout.readline()
            except BrokenPipeError:
                answer = b""
            if answer:
                status, said, problems = json.loads(answer)
                return subprocess.CompletedProcess(list(words), status, said, problems)
            self.end()  # its code has changed, or somebody ended it
        return None

    def _begun(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "campaign.publishing.warm_builds"],
            cwd=self._folder,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Ctrl-C reaches the process that shows the site alone, which then ends this one with all it has started.
            start_new_session=True,
        )


def main() -> None:
    """Answer each line of words with what the command came to, until the code changes or nobody asks any more."""
    # Before the code is loaded: what changes in the meantime may be what was loaded, or not.
    loaded = dict(_on_disk())
    watch()  # what Pelican says as it is loaded, each build tells
    for name in LOADED:
        importlib.import_module(name)
    gc.freeze()  # so that forks share what was loaded
    for line in sys.stdin.buffer:
        if dict(_on_disk()) != loaded:
            return
        sys.stdout.buffer.write(json.dumps(_done(json.loads(line))).encode() + b"\n")
        sys.stdout.flush()


def _on_disk() -> Iterator[tuple[str, tuple[int, ...] | None]]:
    """What is on the disk of our own code and of the folders of the libraries, without reading it."""
    ours = Path(__file__).resolve().parent.parent
    code = (path for path in ours.rglob("*.*") if path.parent.name != "__pycache__" and path.is_file())
    for path in (*code, *map(Path, sys.path)):
        try:
            found = path.stat()
        except OSError:
            yield str(path), None
        else:
            # Whoever sets a file's time back, or moves one here, changes the second of these.
            yield str(path), (found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_size)


def _done(words: list[str]) -> tuple[int, str, str]:
    def command() -> int:  # pragma: no cover - in a process that nobody measures
        sys.argv = ["campaign", *words]
        runpy.run_module("campaign", run_name="__main__", alter_sys=True)
        return 0

    with in_memory() as said, in_memory() as problems:
        status = run_in_fork(command, said, problems)
        texts = []
        for file in (said, problems):
            file.seek(0)
            texts.append(file.read().decode("utf-8", errors="replace"))
    return status, texts[0], texts[1]


if __name__ == "__main__":
    main()
