"""Commands as processes of their own that need not load every library first: one process has, and forks for each.

Most of what a short command costs is what it loads. What runs here is what ``python -m`` runs, in a new process with
its own folder, environment, streams and exit status; only its libraries were loaded before. A real process is started
where that could tell: for the programs of another folder, and the first time that the interpreter is set in another
way (a hash seed, a locale, a path), so that each test run starts some of every kind.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import json
import os
import pkgutil
import runpy
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ("campaign", "pelican", "campaign.publishing.run_pelican")
PATIENCE = 600
"""Seconds: a guard against what never ends, not a limit that a busy machine could break."""

PLAIN = {"COLUMNS": "400", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
"""What a command is started with that is about something else: for each other way another interpreter loads all."""

Settings = tuple[tuple[str, str], ...]

_READ_AT_THE_START = ("PYTHON", "LC_", "LANG", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TERM", "TTY_")
"""What an interpreter and the libraries read once, as they are loaded."""
_asked: Counter[Settings] = Counter()
_warm: dict[Settings, _Warm] = {}


def run(
    command: Sequence[str | bytes | Path],
    cwd: Path,
    environ: Mapping[str, str],
    *,
    encoding: str = "utf-8",
) -> subprocess.CompletedProcess[str]:
    """The command, run to its end, with nothing to read; its words, its errors and its exit status.

    command: begins with this interpreter.
    """
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as wrong:
        with Path(os.devnull).open("rb") as nothing:
            streams = (nothing.fileno(), said.fileno(), wrong.fileno())
            process = start(command, cwd, environ, streams)
            status = process.wait(timeout=PATIENCE)
        texts = []
        for file in (said, wrong):
            file.seek(0)
            texts.append(file.read().decode(encoding).replace("\r\n", "\n"))
    return subprocess.CompletedProcess(list(command), status, *texts)


def subprocess_run(
    command: Sequence[str],
    env: Mapping[str, str],
    input: bytes = b"",  # noqa: A002 (as there)
    **_: object,
) -> subprocess.CompletedProcess[bytes]:
    """As ``subprocess.run``, for the one program that a build starts and hands something over to."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as wrong:
        given.write(input)
        given.seek(0)
        streams = (given.fileno(), said.fileno(), wrong.fileno())
        status = start(command, Path.cwd(), env, streams).wait(timeout=PATIENCE)
        for file in (said, wrong):
            file.seek(0)
        return subprocess.CompletedProcess(list(command), status, said.read(), wrong.read())


def start(
    command: Sequence[str | bytes | Path],
    cwd: Path,
    environ: Mapping[str, str],
    streams: tuple[int, int, int],
) -> subprocess.Popen[bytes] | Started:
    """The command, started with these files as what it reads, says and complains to; ``wait()`` gives its status."""
    words = [os.fsdecode(word) for word in command]
    sys.audit("subprocess.Popen", words[0], words, cwd, dict(environ))
    if _is_ours(words, cwd):
        settings = _settings(environ)
        _asked[settings] += 1
        if settings not in _warm and _asked[settings] > 1:
            _warm[settings] = _Warm(environ)
        if settings in _warm:
            return _warm[settings].start(words[1:], cwd, environ, streams)
    stdin, stdout, stderr = streams
    return subprocess.Popen(words, cwd=cwd, env=dict(environ), stdin=stdin, stdout=stdout, stderr=stderr)


def _settings(environ: Mapping[str, str]) -> Settings:
    """Those that an interpreter reads once, as it starts; of a language only how it is encoded."""
    read = {name: value for name, value in environ.items() if name.startswith(_READ_AT_THE_START)}
    encoded = {name: read[name].partition(".")[2] for name in read if name.startswith(("LC_", "LANG"))}
    return tuple(sorted((read | encoded).items()))


def _is_ours(words: Sequence[str], cwd: Path) -> bool:
    """A program of this project, not of a copy of it."""
    if not hasattr(os, "fork") or words[0] != sys.executable:
        return False
    if words[1] != "-c" and (words[1] != "-m" or words[2] not in MODULES):
        return False
    places = [cwd, *(Path(after).parent for word, after in pairwise(words) if word == "-s")]
    plugins = [place / "plugins" for place in places]
    return all(folder.resolve() == ROOT / "plugins" for folder in plugins if folder.exists())


class Started:
    """A process that was forked."""

    def __init__(self, answers: socket.socket) -> None:
        self._answers = answers
        self.returncode: int | None = None

    def wait(self, timeout: float = PATIENCE) -> int:
        if self.returncode is None:
            with self._answers:
                self._answers.settimeout(timeout)
                self.returncode = os.waitstatus_to_exitcode(json.loads(_received(self._answers)))
        return self.returncode


class _Warm:
    """A process that has loaded every library, under the settings of this environment."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        ours, theirs = socket.socketpair()
        # Nothing is measured in it, and no clock stands still in what is loaded once.
        environment = {name: value for name, value in environ.items() if not name.startswith("COVERAGE_")}
        self._asks = ours
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, str(Path(__file__)), str(theirs.fileno())],
                cwd=ROOT,
                env=environment,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )
        atexit.register(self._end)

    def start(
        self, words: Sequence[str], cwd: Path, environ: Mapping[str, str], streams: tuple[int, int, int]
    ) -> Started:
        asked = json.dumps([words, str(cwd), dict(environ)]).encode()
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._asks, [len(asked).to_bytes(8)], [*streams, theirs.fileno()])
            self._asks.sendall(asked)
        return Started(ours)

    def _end(self) -> None:
        self._asks.close()
        self._process.wait()


def _received(connection: socket.socket) -> bytes:
    """Everything until the other end is closed."""
    parts = []
    while part := connection.recv(65536):
        parts.append(part)
    return b"".join(parts)


# -- in the process that forks -------------------------------------------------------------------------------


def _serve(
    connection: socket.socket, before: Callable[[], None]
) -> tuple[list[str], str, dict[str, str], list[int]] | None:
    """Fork for every command that is asked for; in the new process its words, folder, environment and files.

    before: called before each.
    """
    while True:
        head, files, _, _ = socket.recv_fds(connection, 8, 4)
        _take_leave(os.WNOHANG if head else 0)
        if not head:
            return None
        rest = int.from_bytes(head)
        asked = b""
        while len(asked) < rest:
            asked += connection.recv(rest - len(asked))
        words, cwd, environ = json.loads(asked)
        answer = socket.socket(fileno=files[3])
        before()
        if os.fork():  # this one goes on; several commands may run at a time
            answer.close()
            for file in files[:3]:
                os.close(file)
            continue
        connection.close()
        if command := os.fork():  # and this one stays to say how the command ends
            for file in files[:3]:
                os.close(file)
            _, status = os.waitpid(command, 0)
            answer.sendall(json.dumps(status).encode())
            os._exit(0)
        answer.close()
        return words, cwd, environ, files[:3]


def _take_leave(options: int) -> None:
    """Of those that have ended."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, options)[0]:
            pass


def _become(cwd: str, environ: dict[str, str], files: list[int]) -> None:
    """Stand where a new process with these settings would."""
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environ)
    time.tzset()
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        old = getattr(sys, name)
        new = open(  # noqa: SIM115
            number, "r" if number == 0 else "w", encoding=old.encoding, errors=old.errors, closefd=False
        )
        if number == 2:
            new.reconfigure(line_buffering=True)
        setattr(sys, name, new)
        setattr(sys, f"__{name}__", new)


def _load() -> None:
    """Everything that a command may load, but the commands themselves and the plugin, which watches from its import."""
    sys.path.insert(0, str(ROOT / "plugins"))
    import campaign  # noqa: PLC0415

    for name in ("pelican", "runpy", "PIL.JpegImagePlugin", "PIL.PngImagePlugin", "PIL.WebPImagePlugin", "babel"):
        importlib.import_module(name)
    for module in pkgutil.walk_packages(campaign.__path__, "campaign."):
        if module.name.rpartition(".")[2] not in ("__main__", "run_pelican", "plugin"):
            importlib.import_module(module.name)
    for name in ("publishing.run_pelican", "plugin"):  # others may import them
        sys.modules.pop(f"campaign.{name}", None)
    sys.path.pop(0)


def _end(program: str, words: list[str], globals_: dict[str, object]) -> None:
    """Run a program and end as the interpreter does, but without taking apart all that was loaded, which takes long."""
    status: object = 0
    try:
        if program == "-c":
            sys.argv = ["-c", *words[1:]]
            exec(compile(words[0], "<string>", "exec"), globals_)
        else:
            sys.argv = words
            runpy.run_module(words[0], run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        status = ended.code or 0
        if not isinstance(status, int):
            print(status, file=sys.stderr)
            status = 1
    except BaseException:  # noqa: BLE001 (whatever it is, it is shown as the interpreter shows it)
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
        status = 1
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
    finally:
        os._exit(int(status) & 0xFF)


def _main() -> None:
    connection = socket.socket(fileno=int(sys.argv[1]))
    from templates_once import share_templates  # noqa: PLC0415 (as all that is loaded)

    before = sys.path[1:]
    _load()
    take_over_templates = share_templates()
    # What is there now is never collected: looking through it in every new process would copy it.
    gc.collect()
    gc.freeze()
    asked = _serve(connection, take_over_templates)
    if asked is None:
        return
    words, cwd, environ, files = asked
    _become(cwd, environ, files)
    sys.path[:] = ["" if words[0] == "-c" else cwd, *before]
    _end(words[0], words[1:], {"__name__": "__main__"})


if __name__ == "__main__":
    _main()
