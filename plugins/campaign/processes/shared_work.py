"""Work in many pieces, each done by whichever process is free: by this one, and by forks of it where they pay."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from functools import partial
from io import FileIO
from typing import Any, BinaryIO

from .fork import begin, end, ended, in_memory, is_safe
from .log_records import taken

MAX_PROCESSES = 4
"""Processes; a handful of cards is drawn sooner than more of them have begun."""
_ROOM = 512
"""Bytes that every pipe has room for."""
_BYTES = 4
"""Of the number of a piece."""


def forks_for(pieces: int, worth_it: int) -> int:
    """How many forks pay: one for each further processor; none for fewer than ``worth_it``, or where none is safe."""
    if pieces < worth_it or not is_safe():
        return 0
    return min(len(os.sched_getaffinity(0)), MAX_PROCESSES) - 1


class SharedWork:
    """Pieces that forks begin with at once, while this process does something else until it joins in.

    A fork that cannot be made, is killed, fails or logs a warning has done nothing: its pieces are done here, where
    what is wrong with one is told as ever.
    """

    def __init__(self, pieces: int, do: Callable[[int], object], forks: int) -> None:
        """Begin. do: the piece of a number, from 0 on; it may be done twice, and what it returns is what JSON has.

        Forks that nobody waits for with ``finish`` end with this process.
        """
        self._do = do
        self._pieces = range(pieces)
        self._files = ExitStack()
        self._forks: dict[int, BinaryIO] = {}
        self._left: Iterable[int] = self._pieces
        if forks:
            with suppress(OSError):  # a system that gives no further process, or file, leaves the work to this one
                self._begin(forks)

    def _begin(self, forks: int) -> None:
        # What one process has read of a pipe is gone for the others. A file that all read on has no such promise.
        reading, writing = os.pipe()
        numbers = self._files.enter_context(FileIO(reading))
        step = -(-len(self._pieces) // (_ROOM // _BYTES))
        with FileIO(writing, "w") as all_numbers:
            all_numbers.write(b"".join(first.to_bytes(_BYTES) for first in self._pieces[::step]))
        self._left = (piece for first in _read(numbers) for piece in self._pieces[first : first + step])
        for _ in range(forks):
            made, said = (self._files.enter_context(in_memory()) for _ in range(2))
            child = begin(partial(self._in_fork, made), said, said, keeps=(numbers.fileno(), made.fileno()))
            self._forks[child] = made

    def finish(self) -> dict[int, Any]:
        """Do what is left, and wait for the others; returns what was made of each piece, by its number.

        What a fork returned comes as JSON has it: a tuple as a list.
        """
        with self._files:
            try:
                done = {piece: self._do(piece) for piece in self._left}
                while self._forks:
                    child, made = next(iter(self._forks.items()))
                    has_failed = ended(child)
                    del self._forks[child]
                    if not has_failed:
                        made.seek(0)
                        done.update(map(json.loads, made))
            finally:
                for child in self._forks:
                    end(child)
        return {piece: done[piece] if piece in done else self._do(piece) for piece in self._pieces}

    def _in_fork(self, made: BinaryIO) -> int:  # pragma: no cover - in a process that nobody measures
        taken()  # what was logged before is told by who logged it
        made.writelines(json.dumps([piece, self._do(piece)]).encode() + b"\n" for piece in self._left)
        made.flush()
        return 1 if taken() else 0


def _read(numbers: FileIO) -> Iterator[int]:
    while read := numbers.read(_BYTES):
        yield int.from_bytes(read)
