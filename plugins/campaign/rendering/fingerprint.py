"""One hash of everything besides values that decides a page: Python, the packages that render, our code, the theme."""

from __future__ import annotations

import platform
import site
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from campaign import BEGUN

PACKAGES = ("Babel", "Jinja2", "MarkupSafe", "Markdown", "nh3", "pelican", "pydantic", "PyYAML", "segno")
"""What a page's bytes are made with, besides our own code."""
_OURS = Path(__file__).resolve().parent.parent
_CODE = (".py", ".json", ".txt")


def of_code() -> str:
    """Of the interpreter, the packages and every file of this package, as they are now."""
    changed = max(path.stat().st_mtime_ns for path in _files(_OURS, _CODE)) > BEGUN
    # What runs may be older than the files: nothing is taken from this run, nor by it.
    doubt = str(time.time_ns()) if changed else ""
    return sha256("\n".join((*_versions(), of_files(_OURS, _CODE), doubt)).encode()).hexdigest()


@cache
def _versions() -> tuple[str, ...]:
    return (sys.version, platform.python_implementation(), *(f"{name} {version(name)}" for name in PACKAGES))


def of_settings() -> str:
    """Of the settings and whatever else this process has loaded that is neither ours nor of a package."""
    return sha256("\n".join(_around()).encode()).hexdigest()


def _around() -> Iterator[str]:
    known = (str(_OURS), *map(str, {sys.prefix, sys.base_prefix, sys.exec_prefix}), *site.getsitepackages())
    files = {str(getattr(module, "__file__", None) or "") for module in list(sys.modules.values())}
    for file in sorted(file for file in files if file.endswith(".py") and not file.startswith(known)):
        with suppress(OSError):
            yield f"{file} {sha256(Path(file).read_bytes()).hexdigest()}"


def of_files(folder: Path, endings: Iterable[str] = ()) -> str:
    """Of the names and bytes of every file below a folder; ``endings``: of these kinds alone."""
    digest = sha256()
    for path in _files(folder, endings):
        for part in (path.relative_to(folder).as_posix().encode(), path.read_bytes()):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _files(folder: Path, endings: Iterable[str]) -> list[Path]:
    kinds = tuple(endings)
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return sorted(path for path in files if not kinds or path.suffix in kinds)
