from collections.abc import Callable
from contextlib import AbstractContextManager

class Console:
    status: Callable[[str], AbstractContextManager[object]]

console: Console
