"""What the fast tests would not notice: changes one place of core/ at a time, and runs the tests that reach it.

    make mutants SEED=1 SECONDS=600
    make mutants MODULE=dates,fields TESTS=tests/core/reading

Each change is a mutant: a boundary moved, a condition forced, two arguments swapped, a statement taken out. One that
some test fails with is killed. One that survives is a fault that could be made tomorrow without anybody being told;
each is printed as ``file:line before → after``. So that a sample is the same for everybody, mutants are shuffled by the
seed, and tried until the seconds are over.

All tests are collected once. A mutant is tried in a fork: the functions of its module get their changed code where
they are, and only tests that came past the changed line are run, those of the module's own file first. What stands
outside of functions is there before any test; for such a mutant the fork imports everything anew. Not changed are
sentences that people read (golden files hold them), regular expressions (no change of one sign is as likely as
another), annotations, and what only names or describes.
"""

from __future__ import annotations

import argparse
import ast
import gc
import importlib.util
import os
import pickle
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import coverage
import pytest
from _pytest.runner import runtestprotocol
from hypothesis import settings

ROOT = Path(__file__).parents[1]
CORE = ROOT / "plugins/campaign/core"
FAST = (
    "tests/core",
    *(f"tests/loading/test_{name}.py" for name in ("errors", "accepted", "story_html")),
    "tests/rendering/test_story_parts.py",
    "tests/test_docs.py",
)
"""What kills quickly: no run of Pelican, no browser, no other process."""
SLOW = 10
"""Seconds from which a test is not a fast one."""
GUARD = 60
"""Seconds that the tests of one mutant may take; one that makes a test go on for ever is killed."""
KILLED, SURVIVED, ANEW = 0, 1, 2
"""How a fork ends; the last where functions cannot be changed where they are."""

EQUIVALENT = (
    ("checks", "for receipt in self", "→ receipt.cause is None", "a receipt has a source or a cause"),
    ("fields", "get_close_matches(", "1 → 2", "only the first of the nearest names is taken"),
    ("stray_fields", "get_close_matches(", "1 → 2", "it is asked whether there is a near name, not how many"),
    ("meanings", 'mark = re.sub("[0-9]"', "0 → -1", "where the marks differ, the text is no number by either"),
    ("pace", "so_far, to_go =", "started.first → started.last", "this start is a day"),
    ("milestones", "default=0", "0 → -1", "every place in a list is at or behind both"),
    ("plausibility", "share.percent or 0", "0 → 1", "a share without an amount has a percent"),
    ("milestones", "milestone.raised.percent or 0", "0 → 1", "as above"),
    ("money", "self.is_exact or self.amount <= 0", "0 → 1", "up to one unit both ways round to the same"),
    ("checks", 'way = "much"', "difference >= 0", "it is not nothing there"),
    ("progress", "0 < middle < goal.amount", "middle <= goal.amount", "the middle never is the goal"),
    ("progress", "0 < middle < goal.amount", "0 → 1", "the middle is nothing or at least 5"),
    ("view", "self.when.is_day", "self.when.first → self.when.last", "this is a day"),
    ("fields", "include_url=False", "False → True", "nobody looks at the addresses"),
    ("story", "text.find(step.text, match.end())", "1 → 2", "it is asked whether it is below nothing"),
    (
        "pace",
        "missing is None or",
        "→ phase_of(holds, raised) is not Phase.RAISING",
        "an appeal that raises lacks some",
    ),
    ("money", "self.amount >= 1000", "self.amount > 1000", "a thousand is as round with two digits as with three"),
    ("dialect", "_FENCED.fullmatch", "_FENCED.match", "the mark of code stands alone in its block"),
    ("growth", "goals[-1].amount.currency", "1 → 0", "a campaign has one currency"),
    ("dialect", 'return "number" if', "'number' → ''", "a name of its own, which no dash is"),
    ("dialect", 'found.get(match[1], "")', "'' → 'x'", "only what was put aside is looked for"),
    ("dialect", '"tag", 175', "'tag' → ''", "a name of its own, which nobody looks for"),
    *(
        ("dialect", f'"{name}", {priority}', f"'{name}' → ''", "a name of its own, which nobody looks for")
        for name, priority in (("apostrophe", 195), ("footnote", 173), ("address", 100), ("mail", 99), ("phone", 98))
    ),
    ("dialect", '"entity", 80', "'entity' → ''", "as above"),
    ("dialect", '"times", 70', "'times' → ''", "as above"),
    ("dialect", "element.text = AtomicString(element.text)", "→ (nothing)", "it saves looking for what is not there"),
    ("update", "if said is None or problems", "→ problems", "where nothing was read there is a problem"),
    ("front_matter", "limit // 1024", "1024 → 1023", "as many whole KB"),
    ("account_numbers", "written[:2].isupper()", "2 → 3", "the third sign is a digit or a space"),
    ("dialect", '"beginnings", 45', "'beginnings' → ''", "a name of its own, which nobody looks for"),
    ("dialect", 'if "&" in text else', "'&' → ''", "it saves looking for what is not there"),
    ("dialect", "if end < 0:", "0 → 1", "what closes stands behind what opens it"),
    *(
        ("story", "_LONGEST_NO_END = 20", f"20 → {other}", "more characters than are ever found, too")
        for other in (19, 21)
    ),
    ("dialect", "self.reading.code[int(match[1])]", "match → True", "only what was tested to match is run"),
)
"""Mutants that behave as what they were made from: module, a part of the line, the end of the change, the reason."""

# -- what is changed -------------------------------------------------------------------------------------------

OTHERS: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,), ast.NotIn: (ast.In,), ast.And: (ast.Or,), ast.Or: (ast.And,),
    ast.Add: (ast.Sub,), ast.Sub: (ast.Add,), ast.Mult: (ast.FloorDiv,), ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,), ast.Mod: (ast.Mult,), ast.BitOr: (ast.BitAnd,), ast.Pow: (ast.Mult,),
}  # fmt: skip
NAMES = {"min": "max", "any": "all", "ROUND_FLOOR": "ROUND_CEILING", "bisect_right": "bisect_left", "first": "last"}
NAMES |= {"startswith": "endswith", "removeprefix": "removesuffix", "partition": "rpartition", "fullmatch": "match"}
NAMES |= {"exact": "shown", "kept": "withdrawn"}
NAMES |= {new: old for old, new in NAMES.items() if old != "fullmatch"}
DROPPED = {"strip", "lstrip", "rstrip", "lower", "casefold", "removeprefix", "removesuffix", "rounded_down", "in_full"}
DROPPED |= {"rounded_up", "replace"}
"""Methods without which a value stays of its type."""
UNSEEN = {
    *(("arg", "annotation"), ("AnnAssign", "annotation"), ("FunctionDef", "returns"), ("Raise", "cause")),
    *(("FunctionDef", "type_params"), ("Assert", "test"), ("Assert", "msg"), ("ClassDef", "bases")),
}
"""What stands in a program and is not what it does."""
SPEAKING = {"re", "TypeVar", "ValueError", "NewType"}
"""What is called with patterns, names and words for programmers."""
NAMING = {"description", "strict", "repr", "frozen", "slots", "compare", "init", "alias"}
KEEPING = {"cache", "lru_cache", "cached_property", "dataclass", "overload", "runtime_checkable", "property"}
"""Decorators without which a value is the same, or nothing runs at all."""


@dataclass(frozen=True)
class Place:
    """Where a node hangs in its tree, and the outermost function it stands in."""

    owner: ast.AST
    field: str
    position: int | None
    node: ast.AST
    function: ast.FunctionDef | None

    def put(self, new: ast.AST) -> None:
        if self.position is None:
            setattr(self.owner, self.field, new)
        else:
            getattr(self.owner, self.field)[self.position] = new


def places(owner: ast.AST, function: ast.FunctionDef | None = None) -> Iterator[Place]:
    """Every place of a module that may be changed, in the order of its source."""
    for field, value in ast.iter_fields(owner):
        if (type(owner).__name__, field) in UNSEEN:
            continue
        for number, node in enumerate(value if isinstance(value, list) else [value]):
            if not isinstance(node, ast.AST) or not _does_something(owner, node):
                continue
            inside = function
            if isinstance(owner, ast.FunctionDef) and function is owner and field in ("decorator_list", "args"):
                inside = None
            elif function is None and isinstance(node, ast.FunctionDef):
                inside = node
            yield Place(owner, field, number if isinstance(value, list) else None, node, inside)
            yield from places(node, inside)


def _does_something(owner: ast.AST, node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Import() | ast.ImportFrom():
            return False
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return False
        case ast.keyword(arg=arg):
            return arg not in NAMING
        case ast.Constant(value=str()):
            is_said = isinstance(owner, ast.JoinedStr) or " " in node.value
            return not is_said
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name)) | ast.Name(id=name)):
            return name not in SPEAKING
        case ast.Constant(value=int()) if isinstance(owner, ast.Call):
            # One more or less of a priority is the same place in the order.
            return not (isinstance(owner.func, ast.Attribute) and owner.func.attr == "register")
        case ast.ClassDef(bases=[ast.Name(id="Protocol")]):
            return False
    return True


def variants(place: Place) -> Iterator[ast.AST]:
    """What may stand in a place instead: each does something else, or nothing."""
    node, is_test = place.node, place.field in ("test", "ifs")
    if is_test:
        yield from (ast.Constant(value) for value in (True, False) if value is False or not _is_loop(place))
    match node:
        case ast.Compare():
            for index, operator in enumerate(node.ops):
                others = OTHERS[type(operator)]
                for other in others[:1] if is_test and len(others) > 1 else () if is_test else others:
                    ops = [*node.ops[:index], other(), *node.ops[index + 1 :]]
                    yield ast.Compare(node.left, ops, node.comparators)
        case ast.BoolOp():
            yield ast.BoolOp(OTHERS[type(node.op)][0](), node.values)
            for index in range(len(node.values)):
                kept = [*node.values[:index], *node.values[index + 1 :]]
                yield kept[0] if len(kept) == 1 else ast.BoolOp(node.op, kept)
        case ast.UnaryOp(op=ast.Not() | ast.USub()) if not is_test:
            yield node.operand
        case ast.BinOp() if place.function or not isinstance(node.op, ast.BitOr):
            yield from (ast.BinOp(node.left, other(), node.right) for other in OTHERS.get(type(node.op), ()))
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield ast.Return(ast.Constant(None))
        case ast.Raise() | ast.AugAssign() | ast.Delete() | ast.Expr() | ast.Continue() | ast.Break():
            yield ast.Pass()
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield ast.Pass()
        case ast.Constant(value=bool()):
            yield ast.Constant(not node.value)
        case ast.Constant(value=int()):
            yield from (ast.Constant(node.value + step) for step in (1, -1))
        case ast.Constant(value=str()):
            yield ast.Constant("" if node.value else "x")
        case ast.Name(id=name) if name in NAMES and isinstance(node.ctx, ast.Load):
            yield ast.Name(NAMES[name], node.ctx)
        case ast.Attribute(attr=name) if name in NAMES and isinstance(node.ctx, ast.Load):
            yield ast.Attribute(node.value, NAMES[name], node.ctx)
        case ast.FunctionDef(decorator_list=decorators):
            for index, decorator in enumerate(decorators):
                if ast.unparse(decorator).partition("(")[0] not in KEEPING:
                    kept = [*decorators[:index], *decorators[index + 1 :]]
                    yield ast.FunctionDef(node.name, node.args, node.body, kept, node.returns)
        case ast.Call():
            for index in range(len(node.args) - 1):
                first, second = node.args[index : index + 2]
                is_order_free = isinstance(node.func, ast.Name) and node.func.id in ("max", "min")
                if not is_order_free and not isinstance(first, ast.Starred) and not isinstance(second, ast.Starred):
                    swapped = [*node.args[:index], second, first, *node.args[index + 2 :]]
                    yield ast.Call(node.func, swapped, node.keywords)
            for index, keyword in enumerate(node.keywords):
                if keyword.arg in {"key", "default", "reverse", "max_length", "limit", "negative", "year", "tzinfo"}:
                    yield ast.Call(node.func, node.args, [*node.keywords[:index], *node.keywords[index + 1 :]])
            if isinstance(node.func, ast.Attribute) and node.func.attr in DROPPED:
                yield node.func.value


def _is_loop(place: Place) -> bool:
    return isinstance(place.owner, ast.While)


@dataclass(frozen=True)
class Mutant:
    path: Path
    number: int
    """Which of the module's places."""
    variant: int
    lines: tuple[int, int]
    before: str
    after: str

    @property
    def is_equivalent(self) -> bool:
        line = self.path.read_text(encoding="utf-8").split("\n")[self.lines[0] - 1]
        change = f"{self.before} → {self.after}"
        return any(
            module == self.path.stem and part in line and change.endswith(end) for module, part, end, _ in EQUIVALENT
        )

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.lines[0]}  {self.before}  →  {self.after}"

    @property
    def module(self) -> str:
        return ".".join(self.path.relative_to(ROOT / "plugins").with_suffix("").parts)

    def code(self) -> tuple[CodeType, ast.FunctionDef | None]:
        """The changed module, and the function that is changed; None where that is outside of functions."""
        tree = ast.parse(_source(self.path))
        place = list(places(tree))[self.number]
        new = list(variants(place))[self.variant]
        place.put(ast.copy_location(new, place.node))
        return compile(ast.fix_missing_locations(tree), str(self.path), "exec", dont_inherit=True), place.function


@cache
def _source(path: Path) -> str:
    """A module as it was when this began, whatever is written meanwhile."""
    return path.read_text(encoding="utf-8")


def mutants_of(path: Path) -> Iterator[Mutant]:
    tree = ast.parse(_source(path))
    seen = set()
    for number, place in enumerate(places(tree)):
        for variant, new in enumerate(variants(place)):
            before, after = (_shortly(node) for node in (place.node, ast.fix_missing_locations(new)))
            start = getattr(place.node, "lineno", getattr(place.owner, "lineno", 1))
            found = Mutant(path, number, variant, (start, getattr(place.node, "end_lineno", start)), before, after)
            if before != after and (start, place.node.col_offset, found.after, before) not in seen:
                seen.add((start, place.node.col_offset, found.after, before))
                yield found


def _shortly(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return "(nothing)" if isinstance(node, ast.Pass) else text if len(text) <= 110 else f"{text[:107]} …"


# -- how it is tried -------------------------------------------------------------------------------------------


class Trial:
    """A plugin of pytest: in place of running what was collected, tries mutants on it."""

    def __init__(self, wanted: Sequence[Mutant], tests: Sequence[str], seconds: float, *, verbose: bool) -> None:
        self.wanted, self.tests, self.seconds, self.verbose = wanted, tests, seconds, verbose
        self.killed: list[Mutant] = []
        self.survived: list[Mutant] = []
        self.items: list[pytest.Item] = []

    def pytest_collection_modifyitems(self) -> None:
        _the_same_examples_always()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        begun = time.monotonic()
        self.items = session.items
        self.seconds_of, self.lines = _in_fork(self._measure)
        slow = [item.nodeid for number, item in enumerate(self.items) if self.seconds_of.get(number, SLOW) >= SLOW]
        print(f"{len(self.items)} tests, {time.monotonic() - begun:.0f} s to see what each reaches.")
        print(*(f"Not used, since it fails or is slow: {name}" for name in slow), sep="\n", end="\n" * bool(slow))
        self._find_what_is_alive()
        gc.freeze()
        begun = time.monotonic()
        for mutant in self.wanted:
            if time.monotonic() - begun > self.seconds:
                break
            started = time.monotonic()
            result = self._try(mutant)
            (self.survived if result == SURVIVED else self.killed).append(mutant)
            if result == SURVIVED or self.verbose:
                word = "survived" if result == SURVIVED else "killed  "
                print(f"{word} {time.monotonic() - started:4.1f} s  {mutant}", flush=True)
        return True

    def _try(self, mutant: Mutant) -> int:
        code, function = mutant.code()
        if function:
            result = _fork(lambda: self._try_where_it_is(mutant, code, function))
        else:
            result = _fork(lambda: self._try_with_other_values(mutant, code))
        return _fork(lambda: _try_anew(mutant, code, self.tests), 10 * GUARD) if result == ANEW else result

    def _measure(self) -> tuple[dict[int, float], dict[str, dict[int, list[str]]]]:
        """How long each test takes, and which lines of core it reaches."""
        caches = _caches()
        measured = coverage.Coverage(data_file=None, include=[f"{CORE}/*"], config_file=False, messages=False)
        measured.start()
        taken = {}
        for number, item in enumerate(self.items):
            measured.switch_context(str(number))
            for kept in caches:
                kept.cache_clear()  # else only the first test comes past what is made once
            started = time.monotonic()
            if not _fails(item, self.items[number + 1 : number + 2]):
                taken[number] = time.monotonic() - started
        measured.stop()
        data = measured.get_data()
        return taken, {name: data.contexts_by_lineno(name) for name in data.measured_files()}

    def _find_what_is_alive(self) -> None:
        """Every function of core, and what core has kept since it was imported."""
        alive = gc.get_objects()
        self.functions = [
            f for f in alive if isinstance(f, FunctionType) and f.__code__.co_filename.startswith(str(CORE))
        ]
        self.caches = _caches()
        self.keeping = [
            (thing.__dict__, names)
            for thing in alive
            if str(type(thing).__module__).startswith("campaign.")
            and hasattr(thing, "__dict__")
            and (names := [key for key, kept in vars(type(thing)).items() if isinstance(kept, cached_property)])
        ]

    def _try_where_it_is(self, mutant: Mutant, code: CodeType, function: ast.FunctionDef) -> int:
        first = min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])
        changed = {
            (code.co_qualname, code.co_firstlineno): code
            for code in _codes(code)
            if first <= code.co_firstlineno <= function.end_lineno
        }
        for live in self.functions:
            new = changed.get((live.__code__.co_qualname, live.__code__.co_firstlineno))
            if new is not None and live.__code__.co_filename == str(mutant.path):
                if new.co_freevars != live.__code__.co_freevars:
                    return ANEW
                live.__code__ = new
        for kept in self.caches:
            kept.cache_clear()
        for values, names in self.keeping:
            for name in names:
                values.pop(name, None)
        reaching = self._likeliest(mutant, function)
        return self._result(reaching) if reaching else ANEW  # what runs while modules are imported

    def _try_with_other_values(self, mutant: Mutant, code: CodeType) -> int:
        """For a name outside of functions: what it stands for is changed wherever it was imported to."""
        module = sys.modules[mutant.module]
        new = {key: value for key, value in vars(module).items() if key.startswith("__")}
        exec(code, new)
        old = {
            key: value
            for key, value in vars(module).items()
            if not key.startswith("__")
            and not isinstance(value, (type, FunctionType))
            # Types and what is made of them are in the classes already.
            and not type(value).__module__.startswith(("campaign", "typing"))
            and repr(new.get(key)) != repr(value)
            and " at 0x" not in repr(value)  # a function of its own: it is another each time
        }
        for holder in [module for module in sys.modules.values() if hasattr(module, "__dict__")]:
            for key in old.keys() & vars(holder).keys():
                if vars(holder)[key] is old[key]:
                    setattr(holder, key, new.get(key))
        using = [
            live.__code__
            for live in self.functions
            if any(old.keys() & {*code.co_names} for code in _codes(live.__code__))
        ]
        if not using:
            return ANEW
        places = {(code.co_filename, line) for live in using for code in _codes(live) for _, _, line in code.co_lines()}
        return self._result(self._usable(mutant, (self.lines.get(name, {}).get(line, ()) for name, line in places)))

    def _likeliest(self, mutant: Mutant, function: ast.FunctionDef) -> list[pytest.Item]:
        """The fast tests that came past what is changed."""
        reached = self.lines.get(str(mutant.path), {})
        found = self._usable(mutant, (reached.get(line, ()) for line in range(mutant.lines[0], mutant.lines[1] + 1)))
        lines = range(function.lineno, (function.end_lineno or 0) + 1)
        return found or self._usable(mutant, (reached.get(line, ()) for line in lines))

    def _usable(self, mutant: Mutant, reaching: Iterable[Sequence[str]]) -> list[pytest.Item]:
        """Of tests, those that are fast: the module's own first, then those of its room, then the quickest."""
        numbers = {int(test) for tests in reaching for test in tests if test}
        usable = [number for number in numbers if self.seconds_of.get(number, SLOW) < SLOW]
        own, room = f"test_{mutant.path.stem}.py", mutant.path.parent.name

        def place(number: int) -> tuple[bool, bool, float]:
            path = self.items[number].path
            return path.name != own, path.parent.name != room, self.seconds_of[number]

        usable.sort(key=place)
        return [self.items[number] for number in usable]

    def _result(self, items: Sequence[pytest.Item]) -> int:
        started = time.process_time()  # its own, so that a busy machine kills no fewer
        for number, item in enumerate(items):
            if time.process_time() - started > GUARD / 3:
                break
            if _fails(item, items[number + 1 : number + 2]):
                return KILLED
        return SURVIVED


def _caches() -> list[Any]:
    """What keeps what functions of the project have given."""
    return [
        thing
        for thing in gc.get_objects()
        if type(thing).__name__ == "_lru_cache_wrapper" and str(getattr(thing, "__module__", "")).startswith("campaign")
    ]


def _the_same_examples_always() -> None:
    settings.register_profile("mutants", settings.default, derandomize=True, database=None, max_examples=30)
    settings.load_profile("mutants")


def _try_anew(mutant: Mutant, code: CodeType, tests: Sequence[str]) -> int:
    """Import everything again with one module changed; the module's own tests first, then all."""
    own = (ROOT / "tests").rglob(f"test_{mutant.path.stem}.py")
    for group in ([str(path) for path in own if "core" in path.parts], [str(ROOT / name) for name in tests]):
        if group and _fork(lambda group=group: _run_anew(mutant, code, group), 5 * GUARD) == KILLED:
            return KILLED
    return SURVIVED


def _run_anew(mutant: Mutant, code: CodeType, files: list[str]) -> int:
    tests = str(ROOT / "tests")
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "campaign" or str(getattr(module, "__file__", "")).startswith(tests):
            del sys.modules[name]
    sys.meta_path.insert(0, _Changed(mutant.module, str(mutant.path), code))
    with tempfile.TemporaryDirectory() as folder:
        return KILLED if pytest.main([*_options(folder), "-x", *files], plugins=[_Quickly()]) else SURVIVED


class _Quickly:
    def pytest_collection_modifyitems(self) -> None:
        _the_same_examples_always()


class _Changed:
    """Finds one module, with code of its own."""

    def __init__(self, name: str, path: str, code: CodeType) -> None:
        self.name, self.path, self.code = name, path, code

    def find_spec(self, name: str, *_: object) -> object:
        if name != self.name:
            return None
        loader = SourceFileLoader(name, self.path)
        loader.get_code = lambda _: self.code
        return importlib.util.spec_from_file_location(name, self.path, loader=loader)


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _fails(item: pytest.Item, following: Sequence[pytest.Item]) -> bool:
    reports = runtestprotocol(item, log=False, nextitem=following[0] if following else None)
    return any(report.failed for report in reports)


def _fork(work: Callable[[], int], guard: int = GUARD) -> int:
    """What ``work`` returns in a process of its own, which prints nothing; killed where it does not end."""
    sys.stdout.flush()
    pid = os.fork()
    if not pid:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        status = KILLED
        try:
            status = work()
        except BaseException:  # noqa: BLE001 a mutant may raise whatever it likes, and is killed by it
            status = KILLED
        finally:
            os._exit(status)
    until = time.monotonic() + guard
    pause = 0.001
    while time.monotonic() < until:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else KILLED
        time.sleep(pause)
        pause = min(pause * 1.5, 0.05)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return KILLED


def _in_fork(work: Callable[[], Any]) -> Any:
    """What ``work`` returns in a process of its own, so that nothing is kept of it here."""
    with tempfile.NamedTemporaryFile() as file:
        pid = os.fork()
        if not pid:
            Path(file.name).write_bytes(pickle.dumps(work()))
            os._exit(0)
        os.waitpid(pid, 0)
        return pickle.loads(Path(file.name).read_bytes())


def _options(folder: str) -> list[str]:
    words = (
        f"-qq -s -p no:xdist -p no:cacheprovider --no-summary --no-header --rootdir={ROOT} --basetemp={folder}/tests"
    )
    ignored = ("-W", "ignore::pytest.PytestAssertRewriteWarning")  # what a fork imports anew was there before
    return [*words.split(), "-o", "tmp_path_retention_policy=none", *ignored]


def main() -> None:
    parser = argparse.ArgumentParser(description="Change one place of core/ at a time and see whether a test notices.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--only", default="", help="modules, with commas; else all")
    parser.add_argument("--tests", default=",".join(FAST), help="files or folders of tests, with commas")
    parser.add_argument("--list", action="store_true", help="print every mutant and try none")
    parser.add_argument("--verbose", action="store_true", help="print those that are killed, too")
    words = parser.parse_args()
    every = [mutant for path in sorted(CORE.rglob("*.py")) for mutant in mutants_of(path)]
    random.Random(words.seed).shuffle(every)
    only = set(filter(None, words.only.split(",")))
    chosen = [m for m in every if (not only or m.path.stem in only) and not m.is_equivalent]
    if words.list:
        print(*chosen, sep="\n")
        print(f"{len(chosen)} mutants")
        return
    os.chdir(ROOT)
    tests = tuple(words.tests.split(","))
    trial = Trial(chosen, tests, words.seconds, verbose=words.verbose)
    with tempfile.TemporaryDirectory() as folder:
        pytest.main([*_options(folder), *tests], plugins=[trial])
    _report(trial, len(chosen), words.seed)


def _report(trial: Trial, there_are: int, seed: int) -> None:
    killed, survived = (Counter(m.path.stem for m in found) for found in (trial.killed, trial.survived))
    tried = len(trial.killed) + len(trial.survived)
    print(f"\n{'module':16} killed  of     %")
    for module in sorted({*killed, *survived}):
        of = killed[module] + survived[module]
        print(f"{module:16} {killed[module]:6} {of:3}  {100 * killed[module] / of:4.0f}")
    print(f"{'all':16} {len(trial.killed):6} {tried:3}  {100 * len(trial.killed) / max(tried, 1):4.1f}")
    print(f"Seed {seed}; {tried} of {there_are} mutants.")


if __name__ == "__main__":
    main()
