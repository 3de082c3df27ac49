"""The theme's templates, compiled once for all the environments of a run, and kept from build to build."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path

from jinja2 import BytecodeCache, Environment, TemplateError
from jinja2.bccache import Bucket
from jinja2.filters import FILTERS

from campaign.processes.shared_work import SharedWork, forks_for

from .cache import Cache

MANY = 10
"""Templates: so many pay for another process."""


class CompiledTemplates(BytecodeCache):
    """Compiled templates by name and by the hash of their text; one with another text is compiled by Jinja anew."""

    def __init__(self, compiled: Mapping[tuple[str, str], bytes]) -> None:
        """compiled: as ``marshal`` writes code."""
        self._compiled = {key: marshal.loads(code) for key, code in compiled.items()}  # noqa: S302 (see cache.py)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 (the base class's)
        """The name: one folder holds them all."""
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja."""
        bucket.code = self._compiled.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja: what is not here belongs to one environment alone."""


def compiled_templates(env: Environment, theme: Path, cache: Cache, made_by: tuple[str, ...]) -> CompiledTemplates:
    """Every template of the theme, compiled where the cache has none of the same.

    env: has its filters. made_by: hashes of the code and of the theme.
    """
    plain = _knowing_nothing(env)

    def compiled() -> bytes:
        folder, keys = theme / "templates", CompiledTemplates({})
        paths = sorted(path for path in folder.rglob("*") if path.is_file())

        def code_of(number: int) -> tuple[str, str, str] | None:
            path = paths[number]
            name, source = path.relative_to(folder).as_posix(), path.read_text("utf-8")
            try:
                code = plain.compile(source, name, str(path))
            except TemplateError:  # its fault is told by whoever shows it
                return None
            return name, keys.get_source_checksum(source), marshal.dumps(code).hex()

        made = SharedWork(len(paths), code_of, forks_for(len(paths), MANY)).finish()
        return marshal.dumps({(name, of): bytes.fromhex(code) for name, of, code in filter(None, made.values())})

    made_from = (*made_by, str(theme), repr(sorted(_options(env).items())))
    return CompiledTemplates(marshal.loads(cache.once("templates", made_from, compiled)))  # noqa: S302 (see cache.py)


def _knowing_nothing(env: Environment) -> Environment:
    """The same environment, whose filters refuse: what they make of a constant would be compiled in.

    Jinja works out what is constant as it compiles, and they know of one campaign: its currency, words and stories.
    """

    def refusing(filter_: Callable[..., object]) -> Callable[..., object]:
        @wraps(filter_)  # which also says what Jinja passes to it
        def refuse(*_: object, **__: object) -> object:
            raise RuntimeError("a filter of one campaign is asked while templates are compiled for all")

        return refuse

    plain = env.overlay()
    plain.filters = {name: each if FILTERS.get(name) is each else refusing(each) for name, each in env.filters.items()}
    return plain


def _options(env: Environment) -> dict[str, str]:
    names = ("autoescape", "trim_blocks", "lstrip_blocks", "keep_trailing_newline", "newline_sequence", "optimized")
    return {name: repr(getattr(env, name)) for name in names}
