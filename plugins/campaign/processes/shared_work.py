"""Work in many pieces, each done by whichever process is free: by this one, and by forks of it where they pay."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from io import FileIO
from typing import BinaryIO

from .fork import begin, called, end, ended, in_memory, is_safe
from .log_records import taken

MAX_PROCESSES = 4
"""Processes; a handful of cards is drawn sooner than more of them have begun."""
_KILLED = (
    "A process that helped was ended from outside ({}), which a computer does that runs out of memory."
    " Close other programs and build it again."
)
_ROOM = 512
"""Bytes that every pipe has room for."""
_BYTES = 4
"""Of the number of a piece."""


class NotDone(Exception):
    """A fork did not do its share; the message says why."""


def forks_for(pieces: int, worth_it: int) -> int:
    """How many forks pay: one for each further processor; none for fewer than ``worth_it``, or where none is safe."""
    if pieces < worth_it or not is_safe():
        return 0
    return min(len(os.sched_getaffinity(0)), MAX_PROCESSES) - 1


class SharedWork:
    """Pieces that forks begin with at once, while this process does something else until it joins in."""

    def __init__(self, pieces: int, do: Callable[[int], object], forks: int) -> None:
        """Begin. do: the piece of a number, from 0 on; what it makes goes into files, since forks hand nothing back.

        Forks that nobody waits for with ``finish`` end with this process.
        """
        self._do = do
        self._files = ExitStack()
        self._forks: dict[int, BinaryIO] = {}
        self._left: Iterable[int] = range(pieces)
        if not forks:
            return
        # What one process has read of a pipe is gone for the others. A file that all read on has no such promise.
        reading, writing = os.pipe()
        numbers = self._files.enter_context(FileIO(reading))
        step = -(-pieces // (_ROOM // _BYTES))
        with FileIO(writing, "w") as all_numbers:
            all_numbers.write(b"".join(first.to_bytes(_BYTES) for first in range(0, pieces, step)))
        self._left = (piece for first in _read(numbers) for piece in range(pieces)[first : first + step])
        for _ in range(forks):
            said = self._files.enter_context(in_memory())
            self._forks[begin(self._do_some_in_fork, said, said, keeps=(numbers.fileno(),))] = said

    def finish(self) -> None:
        """Do what is left, and wait for the others. Raises NotDone where one of them failed, when all have ended."""
        with self._files:
            try:
                self._do_some()
                while self._forks:
                    child, said = next(iter(self._forks.items()))
                    status = ended(child)
                    del self._forks[child]
                    if status < 0:
                        raise NotDone(_KILLED.format(called(-status)))
                    if status:
                        said.seek(0)
                        raise NotDone(said.read().decode(errors="replace").strip())
            finally:
                for child in self._forks:
                    end(child)

    def _do_some(self) -> None:
        for piece in self._left:
            self._do(piece)

    def _do_some_in_fork(self) -> int:  # pragma: no cover - in a process that nobody measures
        taken()  # what was logged before is told by who logged it
        self._do_some()
        told = taken()
        print("\n".join(told), file=sys.stderr)
        return 1 if told else 0


def _read(numbers: FileIO) -> Iterator[int]:
    while read := numbers.read(_BYTES):
        yield int.from_bytes(read)
