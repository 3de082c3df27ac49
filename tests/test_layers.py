"""The order of the rooms is the design: each imports only from those before it, and each module from those above it."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import campaign

PACKAGE = Path(campaign.__file__).parent
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.name not in ("__init__.py", "__main__.py"))
DOORS = ("plugin", "cli")
"""What Pelican and people come in by."""
FORKS = ("processes.fork",)
"""Where another process begins, which ends there, too."""
BANNED_IN_CORE = ("pelican", "jinja2", "logging", "time", "os", "pathlib", "click", "PIL", "markdown", "random")
ALLOWED = {"core.reading.dialect": {"markdown"}}
"""A story's Markdown is read once, and from there on nothing knows that it was any; PyYAML has its one module, too."""


def listed(package: str) -> list[str]:
    """What a package's docstring lists, in its order."""
    lines = (import_module(package).__doc__ or "").splitlines()
    return [match[1] for line in lines[1:] if (match := re.match(r"([a-z_.]+)  +\S", line))]


ROOMS = [name for name in listed("campaign") if name not in DOORS]
MAP = [f"{room}.{name}" for room in ROOMS for name in listed(f"campaign.{room}")] + list(DOORS)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports_of(path: Path) -> tuple[ast.Import | ast.ImportFrom, ...]:
    """Every import of a file, wherever in it that stands."""
    return tuple(node for node in statements_of(tree_of(path)) if isinstance(node, ast.Import | ast.ImportFrom))


def statements_of(node: ast.AST) -> Iterator[ast.AST]:
    """Every statement, wherever it stands; what statements are made of is ten times as much."""
    for inner in ast.iter_child_nodes(node):
        if not isinstance(inner, ast.expr):
            yield inner
            yield from statements_of(inner)


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def room_of(name: str) -> str:
    return name.rpartition(".")[0] or name


def own_imports(path: Path) -> set[str]:
    """The package's modules that a file imports."""
    here = module_name(path).split(".")
    found = set()
    for node in imports_of(path):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = here[: len(here) - node.level]
            target = [*base, *(node.module.split(".") if node.module else [])]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("campaign"):
            target = (node.module or "").split(".")[1:]
        else:
            continue
        found |= {".".join([*target, alias.name]) for alias in node.names} | {".".join(target)}
    return {name for name in found if name in MAP}


def test_the_maps_name_every_room_and_module_and_no_other():
    assert sorted(MAP) == sorted(module_name(path) for path in FILES)


def test_a_module_imports_only_from_rooms_before_its_own_and_modules_above_it():
    wrong = {
        name: own_imports(path) - set(MAP[: MAP.index(name)]) for path in FILES if (name := module_name(path)) in MAP
    }
    assert {name: imported for name, imported in wrong.items() if imported} == {}


def test_a_dot_before_a_name_means_the_same_room():
    for path in FILES:
        for node in imports_of(path):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("campaign."):
                assert room_of(module_name(path)) != room_of(node.module.removeprefix("campaign.")), path


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_in_one_sentence_what_happens_in_it(room):
    first = (import_module(f"campaign.{room}").__doc__ or "").splitlines()[0]
    assert first.endswith(".")
    assert f"{first}\n" in campaign.__doc__


def test_core_knows_no_files_no_clock_and_no_pelican():
    for path in (path for path in FILES if "core" in path.parts):
        imported = set()
        for node in imports_of(path):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif not node.level:
                imported.add((node.module or "").split(".")[0])
        assert not imported & set(BANNED_IN_CORE) - ALLOWED.get(module_name(path), set()), path
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(?<![\w.])open\(", text), path
        assert not re.search(r"\b(date\.today|datetime\.now|datetime\.utcnow)\b", text), path


def test_a_module_begins_with_one_sentence_that_says_what_it_knows():
    for path in FILES:
        first = (ast.get_docstring(tree_of(path)) or " ").splitlines()[0]
        assert first.endswith(".") and len(first) > 20, path


def test_no_module_is_a_drawer_for_everything():
    assert not {path.stem for path in FILES} & {"utils", "helpers", "common", "constants", "misc"}


def test_the_ends_of_a_range_have_the_fields_words():
    """``MAX_FILE``, ``MIN_WIDTH``: everybody knows them, and finds them."""
    for path in FILES:
        names = [
            of.id
            for each in tree_of(path).body
            if isinstance(each, ast.Assign)
            for of in each.targets
            if isinstance(of, ast.Name)
        ]
        assert not [name for name in names if re.match(r"_?(MOST|LEAST|LARGEST|SMALLEST)(_|$)", name)], path


def test_markdown_and_yaml_are_each_known_to_one_module():
    for package, only in (("markdown", "core.reading.dialect"), ("yaml", "core.reading.front_matter")):
        text = rf"^\s*(import|from) {package}\b"
        knowing = [module_name(path) for path in FILES if re.search(text, path.read_text("utf-8"), re.MULTILINE)]
        assert knowing == [only]


LEAVING = r"\bsys\.exit\(|\bSystemExit\b|\bos\._exit\(|\bclick\.\w*(?:Exception|Error|BadParameter|Abort|Exit)\b"
"""What ends a process, or a command."""


def test_only_the_doors_end_a_run():
    """Whoever calls what stands behind them decides what a fault ends; a module that is run itself is a door, too."""
    for path in (path for path in FILES if module_name(path) not in (*DOORS, *FORKS)):
        library, _, _ = path.read_text(encoding="utf-8").partition('if __name__ == "__main__":')
        assert not re.search(LEAVING, library), path
        assert not re.search(r"^from (click|sys) import", library, re.MULTILINE), path


def test_every_module_is_checked_for_its_types():
    """What is untyped elsewhere has its types said in stubs/; nothing is passed over."""
    settings = tomllib.loads((PACKAGE.parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert settings["strict"] is True
    assert not {"overrides", "exclude", "ignore_errors", "ignore_missing_imports"} & settings.keys()
    for path in FILES:
        assert "mypy: " not in path.read_text(encoding="utf-8")


def test_the_types_that_are_said_for_pelican_are_of_what_pelican_has():
    for stub in sorted((PACKAGE.parent.parent / "stubs/pelican").glob("*.pyi")):
        module = import_module("pelican") if stub.stem == "__init__" else None
        module = module or getattr(import_module("pelican"), stub.stem, None) or import_module(f"pelican.{stub.stem}")
        for node in ast.parse(stub.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                assert hasattr(module, node.name), (stub.name, node.name)
                methods = [each.name for each in node.body if isinstance(each, ast.FunctionDef)]
                assert all(hasattr(getattr(module, node.name), name) for name in methods)
            elif isinstance(node, ast.AnnAssign):
                assert hasattr(module, ast.unparse(node.target)), (stub.name, ast.unparse(node.target))


def test_a_pictures_place_is_read_where_its_file_is_and_carried_from_there():
    """References alone looks again: at the fields of files of which another field is wrong."""
    reading = {module_name(path) for path in FILES if "picture_place(" in path.read_text(encoding="utf-8")}
    assert reading == {"core.reading.links", "core.reading.fields", "core.reading.story", "loading.references"}


def said(path):
    """Every public class, function and method of a module, by name, with what is said of it."""
    waiting = [("", node) for node in tree_of(path).body]
    while waiting:
        within, node = waiting.pop()
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            yield f"{within}{node.name}", node, ast.get_docstring(node) or ""
            if isinstance(node, ast.ClassDef):
                waiting += [(f"{node.name}.", inner) for inner in node.body]


def raised_in(function):
    """The errors that a function names where it raises them."""
    for node in ast.walk(function):
        fault = node.exc.func if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) else None
        fault = fault or (node.exc if isinstance(node, ast.Raise) else None)
        if isinstance(fault, ast.Name) and fault.id[0].isupper():
            yield fault.id


def test_what_is_public_says_what_it_is_and_which_errors_it_raises():
    """Where a private function raises for it, whoever calls that says so; a test cannot see through the calls."""
    silent = []
    for path in FILES:
        for name, node, doc in said(path):
            faults = raised_in(node) if isinstance(node, ast.FunctionDef) else ()
            unsaid = [fault for fault in faults if not re.search(rf"\b{fault}\b", doc)]
            silent += [(module_name(path), name, *unsaid)] if unsaid or not doc else []
    assert silent == []
