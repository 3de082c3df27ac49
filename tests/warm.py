"""Commands as processes of their own that need not load every library first: one process has, and forks for each.

Most of what a short command costs is what it loads. What runs here is what ``python -m`` runs, in a new process with
its own folder, environment, streams and exit status; only its libraries were loaded before. A real process is started
where that could tell: for the programs of another folder, and the first time that the interpreter is set in another
way (a hash seed, a locale, a path), so that each test run starts some of every kind. Workers that run tests at a time
share these processes where they share a folder: what one of them loaded is loaded for all.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import hashlib
import importlib
import json
import logging
import os
import pkgutil
import runpy
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ("campaign", "pelican", "campaign.publishing.run_pelican")
LIBRARIES = (
    *("pelican", "runpy", "babel", "rich.emoji", "rich.status", "rich.table"),
    *("PIL.JpegImagePlugin", "PIL.PngImagePlugin", "PIL.WebPImagePlugin"),
)
PATIENCE = 600
"""Seconds: a guard against what never ends, not a limit that a busy machine could break."""

PLAIN = {"COLUMNS": "400", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
"""What a command is started with that is about something else: for each other way another interpreter loads all."""

Settings = tuple[tuple[str, str], ...]

_READ_AT_THE_START = ("PYTHON", "LC_", "LANG", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TERM", "TTY_")
"""What an interpreter and the libraries read once, as they are loaded."""
_folder: list[Path] = []
_warm: dict[Settings, _Warm] = {}


def seldom_look_for_what_nobody_uses() -> None:
    """Tests stay to the end by the thousand, and each makes little; a fork is set as what it is made from."""
    gc.set_threshold(100_000, 20, 100)


def share(with_others: Path) -> None:
    """Find the processes of every other that shares this folder, and let them find those of this one."""
    with_others.mkdir(exist_ok=True)
    _folder[:] = [with_others]


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
        if settings not in _warm and _was_asked(settings):
            _warm[settings] = _Warm(environ, _place(settings))
        if settings in _warm:
            return _warm[settings].start(words[1:], cwd, environ, streams)
    stdin, stdout, stderr = streams
    return subprocess.Popen(words, cwd=cwd, env=dict(environ), stdin=stdin, stdout=stdout, stderr=stderr)


def _settings(environ: Mapping[str, str]) -> Settings:
    """Those that an interpreter reads once, as it starts; of a language only how it is encoded."""
    read = {name: value for name, value in environ.items() if name.startswith(_READ_AT_THE_START)}
    encoded = {name: read[name].partition(".")[2] for name in read if name.startswith(("LC_", "LANG"))}
    return tuple(sorted((read | encoded).items()))


def folder() -> Path:
    """What is shared: one of this process alone, where nobody said with whom."""
    if not _folder:
        own = tempfile.TemporaryDirectory(prefix="warm-")
        atexit.register(own.cleanup)
        _folder[:] = [Path(own.name)]
    return _folder[0]


def compiled_templates() -> Path:
    """The file of what Jinja made of templates; see templates_once.py."""
    return folder() / "templates"


def _place(settings: Settings) -> Path:
    """Where those who share a folder meet for commands with these settings."""
    return folder() / hashlib.sha256(repr(settings).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _was_asked(settings: Settings) -> bool:
    """Whether such a command was started before; from now on it was."""
    try:
        _place(settings).with_suffix(".asked").touch(exist_ok=False)
    except FileExistsError:
        return True
    return False


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

    def __init__(self, environ: Mapping[str, str], place: Path) -> None:
        self._asks = socket.socket(socket.AF_UNIX)
        self._process: subprocess.Popen[bytes] | None = None
        import fcntl  # noqa: PLC0415 (there is none on Windows, where nothing is forked)

        with place.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            try:
                self._asks.connect(str(place))
            except (FileNotFoundError, ConnectionRefusedError):
                place.unlink(missing_ok=True)
                self._process = _begun(environ, place)
                self._asks.connect(str(place))

    def start(
        self, words: Sequence[str], cwd: Path, environ: Mapping[str, str], streams: tuple[int, int, int]
    ) -> Started:
        asked = json.dumps([words, str(cwd), dict(environ)]).encode()
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._asks, [len(asked).to_bytes(8)], [*streams, theirs.fileno()])
            self._asks.sendall(asked)
        return Started(ours)

    def close(self) -> None:
        self._asks.close()

    def wait(self) -> None:
        """Until the process has ended, which it does once nobody is left who may ask; if it was begun here."""
        if self._process:
            self._process.wait()


def _begun(environ: Mapping[str, str], place: Path) -> subprocess.Popen[bytes]:
    """A process that listens here, and answers once it has loaded everything."""
    # Nothing is measured in it, and no clock stands still in what is loaded once.
    environment = {name: value for name, value in environ.items() if not name.startswith("COVERAGE_")}
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(place))
        listening.listen(64)
        return subprocess.Popen(
            [sys.executable, str(Path(__file__)), str(listening.fileno()), str(compiled_templates())],
            cwd=ROOT,
            env=environment,
            pass_fds=[listening.fileno()],
            stdin=subprocess.DEVNULL,
        )


@atexit.register
def _end_all() -> None:
    """All are let go before any is waited for: each may be waiting for somebody who shares it, who waits alike."""
    for warm in _warm.values():
        warm.close()
    for warm in _warm.values():
        warm.wait()


def _received(connection: socket.socket) -> bytes:
    """Everything until the other end is closed."""
    parts = []
    while part := connection.recv(65536):
        parts.append(part)
    return b"".join(parts)


# -- in the process that forks -------------------------------------------------------------------------------


def _serve(
    listening: socket.socket, before: Callable[[], None]
) -> tuple[list[str], str, dict[str, str], list[int]] | None:
    """Fork for every command that is asked for; in the new process its words, folder, environment and files.

    before: called before each. None once nobody is left who may ask.
    """
    answers: dict[int, socket.socket] = {}
    ends, ended = socket.socketpair()
    ends.setblocking(False)
    ended.setblocking(False)
    signal.set_wakeup_fd(ended.fileno(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    connections: set[socket.socket] = set()
    with selectors.DefaultSelector() as waiting:
        waiting.register(listening, selectors.EVENT_READ)
        waiting.register(ends, selectors.EVENT_READ)
        while True:
            for one in [key.fileobj for key, _ in waiting.select()]:
                assert isinstance(one, socket.socket)
                if one is listening:
                    connection, _ = one.accept()
                    waiting.register(connection, selectors.EVENT_READ)
                    connections.add(connection)
                elif one is ends:
                    _answer_for_those_that_ended(ends, answers)
                elif asked := _asked(one):
                    before()
                    process = os.fork()  # this one goes on; several commands may run at a time
                    if not process:
                        _leave({listening, ends, ended, *connections, *answers.values()})
                        os.close(asked[-1][3])
                        return asked
                    answers[process] = socket.socket(fileno=asked[-1][3])
                    _close(asked[-1][:3])
                else:
                    waiting.unregister(one)
                    one.close()
                    connections.remove(one)
                    if not connections:
                        return None


def _close(files: Sequence[int]) -> None:
    for file in files:
        os.close(file)


def _leave(sockets: set[socket.socket]) -> None:
    """In a process that was just forked: let go of what the one that forks holds."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for each in sockets:
        each.close()


def _asked(one: socket.socket) -> tuple[list[str], str, dict[str, str], list[int]] | None:
    """What somebody asks for; None from somebody who is gone."""
    try:
        head, files, _, _ = socket.recv_fds(one, 8, 4)
    except ConnectionResetError:
        return None
    if not head:
        return None
    rest = int.from_bytes(head)
    asked = b""
    while len(asked) < rest:
        asked += one.recv(rest - len(asked))
    return *json.loads(asked), files


def _answer_for_those_that_ended(ends: socket.socket, answers: dict[int, socket.socket]) -> None:
    with contextlib.suppress(BlockingIOError):
        ends.recv(4096)
    with contextlib.suppress(ChildProcessError):
        while True:
            process, status = os.waitpid(-1, os.WNOHANG)
            if not process:
                return
            with answers.pop(process) as answer, contextlib.suppress(BrokenPipeError):
                answer.sendall(json.dumps(status).encode())


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
    from campaign.processes.log_records import watch  # noqa: PLC0415
    from templates_once import compile_here  # noqa: PLC0415

    watch()  # else a build would not believe to have heard what Pelican says as it is loaded, and load it again
    for name in LIBRARIES:
        importlib.import_module(name)
    for module in pkgutil.walk_packages(campaign.__path__, "campaign."):
        if module.name.rpartition(".")[2] not in ("__main__", "run_pelican", "plugin"):
            importlib.import_module(module.name)
    compile_here()
    for name in ("publishing.run_pelican", "plugin"):  # others may import them
        sys.modules.pop(f"campaign.{name}", None)
    _practise()
    sys.path.pop(0)


def _practise() -> None:
    """Have a content read, so that patterns and a country's ways to write figures are known to whoever reads one."""
    from campaign.core.reading.problems import CampaignError  # noqa: PLC0415 (as all that is loaded)
    from campaign.loading.load import load_campaign  # noqa: PLC0415
    from campaign.rendering.fingerprint import of_code  # noqa: PLC0415
    from campaign.rendering.no_break import unbroken  # noqa: PLC0415

    with contextlib.suppress(CampaignError):  # whoever tests that content says what is wrong with it
        load_campaign(ROOT, ROOT / "tests/sites/village-hall", now=datetime(2027, 1, 1, tzinfo=UTC))
    unbroken("", "en_GB", "GBP")
    of_code()


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
    listening = socket.socket(fileno=int(sys.argv[1]))
    from templates_once import share_templates  # noqa: PLC0415 (as all that is loaded)

    before = sys.path[1:]
    seldom_look_for_what_nobody_uses()
    _load()
    take_over_templates = share_templates(Path(sys.argv[2]))
    # What is there now is never collected: looking through it in every new process would copy it.
    gc.collect()
    gc.freeze()
    asked = _serve(listening, take_over_templates)
    if asked is None:
        return
    words, cwd, environ, files = asked
    if words[:2] == ["-m", "pelican"]:  # which nobody hears before the plugin is loaded
        logging.setLogRecordFactory(logging.LogRecord)
    _become(cwd, environ, files[:3])
    sys.path[:] = ["" if words[0] == "-c" else cwd, *before]
    for name in ("templates_once", "__mp_main__"):  # not known to a new process, and pages' keys hold what is
        sys.modules.pop(name, None)
    _end(words[0], words[1:], {"__name__": "__main__"})


if __name__ == "__main__":
    _main()
