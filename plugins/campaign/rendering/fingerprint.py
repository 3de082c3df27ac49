"""One hash of everything besides values that decides a page: Python, the packages that render, our code, the theme."""

from __future__ import annotations

import os
import platform
import site
import sys
import sysconfig
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path

from campaign import BEGUN

PACKAGES = ("Babel", "Jinja2", "MarkupSafe", "Markdown", "nh3", "pelican", "pydantic", "PyYAML", "segno")
"""What a page's bytes are made with, besides our own code."""
_OURS = Path(__file__).resolve().parent.parent
_CODE = (".py", ".json", ".txt")


def of_code() -> str:
    """Of the interpreter, the packages and every file of this package, as they are now."""
    files = _files(_OURS, _CODE)
    # What runs may be older than the files: nothing is taken from this run, nor by it.
    doubt = str(time.time_ns()) if _may_have_changed(files) else ""
    return sha256("\n".join((*_versions(), _of(_OURS, files), doubt)).encode()).hexdigest()


def _may_have_changed(files: Iterable[Path]) -> bool:
    """Whether a file changed since this process began, or may not be what Python has compiled of it.

    Python compiles again what has another size or another second. What was compiled in the second of the change may be
    of the text before: it is removed, so that the next run compiles it anew.
    """
    changed = False
    for path in files:
        found = path.stat()
        # Whoever sets a file's time back, or moves an older one here, changes the second of these.
        changed |= max(found.st_mtime_ns, found.st_ctime_ns) > BEGUN
        if path.suffix == ".py":
            compiled = Path(cache_from_source(str(path)))
            with suppress(OSError):
                if 0 <= int(compiled.stat().st_mtime) - int(found.st_mtime) <= 1:
                    changed = True
                    compiled.unlink()
    return changed


@cache
def _versions() -> tuple[str, ...]:
    return (sys.version, platform.python_implementation(), *(f"{name} {version(name)}" for name in PACKAGES))


def of_settings() -> str:
    """Of the settings and whatever else this process has loaded that is neither ours nor of a package."""
    return sha256("\n".join(_around()).encode()).hexdigest()


def _around() -> Iterator[str]:
    folders = (sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib"))
    known = tuple(f"{folder}{os.sep}" for folder in (_OURS, *folders, *site.getsitepackages()))
    files = {str(getattr(module, "__file__", None) or "") for module in list(sys.modules.values())}
    for file in sorted(file for file in files if file.endswith(".py") and not file.startswith(known)):
        with suppress(OSError):
            yield f"{file} {sha256(Path(file).read_bytes()).hexdigest()}"


def of_files(folder: Path, endings: Iterable[str] = ()) -> str:
    """Of the names and bytes of every file below a folder; ``endings``: of these kinds alone."""
    return _of(folder, _files(folder, endings))


def _of(folder: Path, files: Iterable[Path]) -> str:
    digest, above = sha256(), len(folder.parts)
    for path in files:
        for part in ("/".join(path.parts[above:]).encode(), path.read_bytes()):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _files(folder: Path, endings: Iterable[str]) -> list[Path]:
    """Those that links lead to, too, as templates are looked for; no folder is gone into from within itself."""
    kinds, found = tuple(endings), list[Path]()
    for place, below, names in os.walk(folder, followlinks=True):
        above = os.path.realpath(place)
        below[:] = [
            each
            for each in below
            if each != "__pycache__"
            and not f"{above}{os.sep}".startswith(f"{os.path.realpath(Path(place, each))}{os.sep}")
        ]
        found += [Path(place, name) for name in names if not kinds or name.endswith(kinds)]
    return sorted(path for path in found if path.is_file())
