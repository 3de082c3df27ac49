"""What of Pelican is used here, with the types that its own code leaves unsaid."""

from collections.abc import Sequence
from typing import Any

from . import signals as signals

__version__: str

class Pelican:
    settings: dict[str, Any]
    path: str
    output_path: str

def main(argv: Sequence[str] | None = None) -> None: ...
