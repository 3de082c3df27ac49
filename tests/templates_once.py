"""Jinja's work shared by processes: each template is compiled by the first that needs it.

Most of what a small build costs is what Jinja makes of the theme. What one process has compiled it adds to a file, and
the others read it there; one that forks reads it before it forks again. Compiled code is taken for the very
same text, name and settings alone, in whichever folder the template lies; where Jinja asked a filter or a test as it
compiled, which are a site's own, it is made anew in every process.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import Environment, nodes
from jinja2.utils import _PassArg

SETTINGS = (
    *("block_start_string", "block_end_string", "variable_start_string", "variable_end_string"),
    *("comment_start_string", "comment_end_string", "line_statement_prefix", "line_comment_prefix", "trim_blocks"),
    *("lstrip_blocks", "newline_sequence", "keep_trailing_newline", "optimized", "sandboxed", "is_async", "finalize"),
    *("newstyle_gettext", "policies"),
)
"""What Jinja's code for a text depends on, besides its filters' and tests' ways of being called."""


def share_templates(path: Path | None = None) -> Callable[[], None]:
    """Let this process, and every one that is forked from it, take what others have compiled; returns what is to be
    called in this one before it forks.

    path: a file that others share, too; None for those alone that are forked from this one.
    """
    shared = _Shared(path)
    compiled: dict[bytes, CodeType] = {}
    asked: list[str] = []

    def take_over() -> None:
        compiled.update(map(marshal.loads, shared.new()))

    as_const = nodes._FilterTestCommon.as_const

    def noted(self: Any, eval_ctx: Any = None) -> Any:
        value = as_const(self, eval_ctx)
        asked.append(self.name)
        return value

    compile_ = Environment.compile

    def once(
        self: Environment,
        source: Any,
        name: str | None = None,
        filename: str | None = None,
        raw: bool = False,
        defer_init: bool = False,
    ) -> Any:
        if raw or defer_init or not isinstance(source, str):
            return compile_(self, source, name, filename, raw, defer_init)
        key = _key(self, source, name)
        if key not in compiled:
            take_over()
        if key not in compiled:
            asked.clear()
            code = compile_(self, source, name, filename)
            if asked:
                return code
            shared.append(marshal.dumps((key, code)))
            compiled[key] = code
        return _of(compiled[key], filename or "<template>")

    nodes._FilterTestCommon.as_const = noted  # type: ignore[method-assign]
    Environment.compile = once  # type: ignore[method-assign, assignment]
    return take_over


def compile_here() -> None:
    """Compile templates in no fork: it has nothing open by which to share them, and most are compiled already."""
    from campaign.rendering import compiled  # noqa: PLC0415 (that of the program which is run)

    compiled.forks_for = lambda *_: 0  # type: ignore[assignment]


class _Shared:
    """A file to which several processes add records, whoever writes them; nothing is in it for one that closed it.

    A fork of the program's own closes all that it did not open, and its number may be another file's by then.
    """

    def __init__(self, path: Path | None) -> None:
        """path: None for a file without a name."""
        self._file = os.open(path, _FLAGS, 0o600) if path else _without_a_name()
        self._identity = self._is()
        self._read = 0

    def new(self) -> Iterator[bytes]:
        """Every record that was added since this was asked for last."""
        while self._is() == self._identity and (head := os.pread(self._file, 8, self._read)):
            size = int.from_bytes(head)
            record = os.pread(self._file, size, self._read + 8)
            if len(head) < 8 or len(record) < size:
                return  # another is just writing it
            self._read += 8 + size
            yield record

    def append(self, record: bytes) -> None:
        """Add one, whole."""
        if self._is() == self._identity:
            os.write(self._file, len(record).to_bytes(8) + record)

    def _is(self) -> tuple[int, int] | None:
        """Which file has the number; None where none has."""
        try:
            found = os.fstat(self._file)
        except OSError:
            return None
        return found.st_dev, found.st_ino


_FLAGS = os.O_RDWR | os.O_APPEND | os.O_CREAT


def _without_a_name() -> int:
    file, name = tempfile.mkstemp()
    os.close(file)
    file = os.open(name, _FLAGS)
    Path(name).unlink()
    return file


def _of(code: CodeType, filename: str) -> CodeType:
    """The same code, as of this file: that is told where it fails, and nothing else of it is in the code."""
    if code.co_filename == filename:
        return code
    consts = tuple(_of(const, filename) if isinstance(const, CodeType) else const for const in code.co_consts)
    return code.replace(co_filename=filename, co_consts=consts)


def _key(environment: Environment, source: str, name: str | None) -> bytes:
    autoescape = environment.autoescape
    depends_on = (
        *(source, name, f"{type(environment).__module__}.{type(environment).__qualname__}"),
        autoescape(name) if callable(autoescape) else autoescape,
        [repr(getattr(environment, setting, None)) for setting in SETTINGS],
        sorted(environment.extensions),
        [
            sorted((key, str(_PassArg.from_obj(call))) for key, call in calls.items())
            for calls in (environment.filters, environment.tests)
        ],
    )
    return hashlib.sha256(repr(depends_on).encode("utf-8", "surrogatepass")).digest()
