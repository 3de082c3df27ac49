"""Sabotages, generated: one change each in a template, a setting, the plugin, the words, the content, what is kept."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path

RENDERS = (
    *("plugin", "publishing/handover", "loading/story_html"),
    *(f"rendering/{name}" for name in ("filters", "story_parts", "no_break", "outputs", "share_cards", "schema_org")),
    *(f"rendering/{name}" for name in ("calendar_file", "totals_json", "totals_csv", "as_data", "resized", "cache")),
    *(f"rendering/{name}" for name in ("site", "theme")),
)
"""The modules that stand between the view and the files; what is above them decides the figures themselves."""


@dataclass(frozen=True)
class Sabotage:
    """One file's new text."""

    kind: str
    file: str
    """From the project's root; for ``after`` from the content, for ``kept`` the number of an entry."""
    what: str
    make: Callable[[], str | None] = field(compare=False)
    """What it makes of the file; None where it deletes it."""

    @property
    def text(self) -> str | None:
        return self.make()

    def __str__(self) -> str:
        return " ".join(f"{self.kind} {self.file}: {self.what}".split())


Change = tuple[str, str, str, str | None]
"""The same, its text at hand."""


def sabotages(root: Path, content: dict[str, str | bytes]) -> list[Sabotage]:
    """All of them, each once. root: a copy of the project."""
    found = [
        *_of_plugin(root),
        *_of_settings(root),
        *(
            Sabotage(kind, file, what, lambda text=text: text)  # type: ignore[misc]
            for of_kind in (
                _of_theme(root),
                _of_words(root / "theme/locale/de.po"),
                _of_content(content),
                _of_kept(),
            )
            for kind, file, what, text in of_kind
        ),
    ]
    return list(dict.fromkeys(found))


def _place(text: str, offset: int) -> str:
    """Line and column."""
    return f"{text.count(chr(10), 0, offset) + 1}.{offset - text.rfind(chr(10), 0, offset)}"


# -- the theme ---------------------------------------------------------------------------------------------

_TAG = re.compile(r"\{%-?\s*(\w+)(.*?)-?%\}|\{\{-?(.*?)-?\}\}", re.DOTALL)
_ATTRIBUTE = re.compile(r'\s([a-z-]+)="([^"{}<>]*(?:\{\{[^{}]*\}\}[^"{}<>]*)*)"')
_SENTENCE = re.compile(r"""_\(("[^"]+"|'[^']+')""")


def _of_theme(root: Path) -> Iterator[Change]:
    for path in sorted((root / "theme/templates").rglob("*.*")):
        text, file = path.read_text(encoding="utf-8"), path.relative_to(root).as_posix()
        for what, start, end, new in _in_template(text):
            line = _place(text, start)
            old = " ".join(text[start:end].split())[:60]
            yield ("theme", file, f"{line}: {what}: {old}", text[:start] + new + text[end:])
        lines = text.split("\n")
        for number, line in enumerate(lines):
            if line.strip() and not line.strip().startswith("{#"):
                less = "\n".join([*lines[:number], *lines[number + 1 :]])
                yield ("theme", file, f"{number + 1}: line deleted: {line.strip()[:60]}", less)
                more = "\n".join([*lines[: number + 1], *lines[number:]])
                yield ("theme", file, f"{number + 1}: line doubled: {line.strip()[:60]}", more)


def _in_template(text: str) -> Iterator[tuple[str, int, int, str]]:
    shown = [found[3].strip() for found in _TAG.finditer(text) if found[3]]
    for found in _TAG.finditer(text):
        start, end = found.span()
        keyword, of, expression = found[1], (found[2] or "").strip(), (found[3] or "").strip()
        if expression:
            yield "expression deleted", start, end, ""
            yield "expression doubled", start, end, found[0] * 2
            other = next((one for one in shown if one != expression), "")
            if other:
                yield f"expression replaced by {other[:30]}", start, end, "{{ " + other + " }}"
            if "|" in expression:
                yield "filter dropped", start, end, "{{ " + expression.rpartition("|")[0] + " }}"
            yield "made safe", start, end, "{{ (" + expression + ")|safe }}"
        elif keyword in ("if", "elif"):
            for what, new in (("negated", f"not ({of})"), ("always", "true"), ("never", "false")):
                yield f"condition {what}", start, end, "{% " + keyword + " " + new + " %}"
        elif keyword == "for":
            yield "loop reversed", start, end, re.sub(r"in (\S+)", r"in \1|reverse", found[0], count=1)
            yield "loop cut", start, end, re.sub(r"in (\S+)", r"in (\1|list)[1:]", found[0], count=1)
        elif keyword == "include":
            yield "include deleted", start, end, ""
            yield "include doubled", start, end, found[0] * 2
        elif keyword == "block":
            yield "block renamed", start, end, found[0].replace(of.split()[0], f"{of.split()[0]}x", 1)
        elif keyword in ("set", "extends", "with", "from"):
            yield f"{keyword} deleted", start, end, ""
        for name in re.finditer(r"\.([a-z_]+)\b(?!\()", found[0]):
            for one, other in (("raised", "goal"), ("shown", "exact"), ("in_full", "exact"), ("day", "month")):
                if name[1] == one:
                    at = start + name.start(1)
                    yield f"{one} becomes {other}", at, at + len(one), other
    for found in _ATTRIBUTE.finditer(text):
        yield "attribute deleted", *found.span(), ""
        if not found[1].startswith("class"):
            yield "attribute changed", found.start(2), found.end(2), found[2] + "x"
    for found in _SENTENCE.finditer(text):
        yield "sentence changed", found.start(1), found.end(1), found[1][0] + "Send cash to " + found[1][1:]
        yield "sentence taken from another", found.start(1), found.end(1), '"Every update"'


# -- settings ----------------------------------------------------------------------------------------------


def _of_settings(root: Path) -> Iterator[Sabotage]:
    for file in ("pelicanconf.py", "publishconf.py"):
        tree = ast.parse((root / file).read_text(encoding="utf-8"))
        for number, statement in enumerate(tree.body):
            if isinstance(statement, ast.Assign):
                for value in (None, "None", "''", "True", "False", "[]", "'other'", "{}", "1"):
                    what = f"{ast.unparse(statement)[:60]} → {value or 'deleted'}"
                    yield Sabotage("settings", file, what, partial(_set, tree, number, value))


def _set(tree: ast.Module, number: int, value: str | None) -> str:
    """Settings with one of them set to another value; None deletes it."""
    changed = copy.deepcopy(tree)
    if value is None:
        del changed.body[number]
    else:
        changed.body[number].value = ast.parse(value, mode="eval").body  # type: ignore[attr-defined]
    return ast.unparse(ast.fix_missing_locations(changed))


# -- the plugin --------------------------------------------------------------------------------------------


def _of_plugin(root: Path) -> Iterator[Sabotage]:
    for module in RENDERS:
        file = f"plugins/campaign/{module}.py"
        tree = ast.parse((root / file).read_text(encoding="utf-8"))
        for number, node in enumerate(ast.walk(tree)):
            for what, change in _changes(node):
                place = f"{getattr(node, 'lineno', 0)}.{getattr(node, 'col_offset', 0)}"
                yield Sabotage("plugin", file, f"{place}: {what}", partial(_changed, tree, number, change))


def _changed(tree: ast.Module, number: int, change: Callable[[ast.AST], None]) -> str:
    """A module with one node of it changed."""
    changed = copy.deepcopy(tree)
    change(next(node for at, node in enumerate(ast.walk(changed)) if at == number))
    return ast.unparse(ast.fix_missing_locations(changed))


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], None]]]:
    """What can be changed about one node, each with the function that does it."""
    if isinstance(node, ast.FunctionDef | ast.Module | ast.If | ast.For | ast.ClassDef | ast.With):
        for number, statement in enumerate(node.body):
            if isinstance(statement, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom | ast.Pass):
                continue
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                continue

            def drop(same: ast.AST, number: int = number) -> None:
                same.body[number] = ast.Pass()  # type: ignore[attr-defined]

            yield f"deleted: {ast.unparse(statement)[:60]}", drop
    if isinstance(node, ast.Return) and node.value is not None:
        yield f"returns nothing: {ast.unparse(node)[:60]}", lambda same: setattr(same, "value", ast.Constant(None))
        yield f"returns '': {ast.unparse(node)[:60]}", lambda same: setattr(same, "value", ast.Constant(""))
    if isinstance(node, ast.If | ast.IfExp):
        yield (
            f"condition negated: {ast.unparse(node.test)[:60]}",
            lambda same: setattr(same, "test", ast.UnaryOp(ast.Not(), same.test)),
        )
    if isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield f"and and or: {ast.unparse(node)[:60]}", lambda same: setattr(same, "op", other)
    if isinstance(node, ast.Compare):
        opposite = {ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Lt: ast.GtE}
        if kind := opposite.get(type(node.ops[0])):
            yield f"compared the other way: {ast.unparse(node)[:60]}", lambda same: setattr(same, "ops", [kind()])
    if isinstance(node, ast.Constant) and isinstance(node.value, int) and not isinstance(node.value, bool):
        yield f"{node.value} becomes one more", lambda same: setattr(same, "value", same.value + 1)
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield f"{node.value} the other way", lambda same: setattr(same, "value", not same.value)
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and 0 < len(node.value) < 80:
        yield f"text emptied: {node.value[:40]!r}", lambda same: setattr(same, "value", "")
        yield f"text changed: {node.value[:40]!r}", lambda same: setattr(same, "value", same.value + "9")
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub | ast.Mult | ast.Div):
        opposites = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
        yield (
            f"reckoned the other way: {ast.unparse(node)[:60]}",
            lambda same: setattr(same, "op", opposites[type(same.op)]()),
        )


# -- words, content, what is kept --------------------------------------------------------------------------


def _of_words(path: Path) -> Iterator[Change]:
    entries = path.read_text(encoding="utf-8").split("\n\n")
    file = "theme/locale/de.po"
    strings = [re.search(r'^msgstr "(.+)"$', entry, re.MULTILINE) for entry in entries]
    for number, (entry, found) in enumerate(zip(entries, strings, strict=True)):
        if not found or "msgctxt" in entry:
            continue
        for what, new in _translations(found[1]):
            changed = entry[: found.start(1)] + new + entry[found.end(1) :]
            text = "\n\n".join([*entries[:number], changed, *entries[number + 1 :]])
            yield ("words", file, f"{what}: {found[1][:60]}", text)
        text = "\n\n".join([*entries[:number], *entries[number + 1 :]])
        yield ("words", file, f"entry deleted: {found[1][:60]}", text)


def _translations(said: str) -> Iterator[tuple[str, str]]:
    yield "emptied", ""
    places = re.findall(r"%\(\w+\)s", said)
    for place in places:
        yield f"{place} lost", said.replace(place, "", 1)
        yield f"{place} doubled", said.replace(place, place * 2, 1)
    for one, other in pairwise(places):
        yield (
            f"{one} and {other} swapped",
            said.replace(one, "\0").replace(other, one).replace("\0", other),
        )


def _of_content(content: dict[str, str | bytes]) -> Iterator[Change]:
    """What somebody changes between the check and the build."""
    for file, text in content.items():
        if isinstance(text, bytes):
            continue
        yield ("after", file, "deleted", None)
        for found in re.finditer(r"\d", text):
            digit = "1" if found[0] != "1" else "2"
            line = (
                f"{text.count(chr(10), 0, found.start()) + 1}.{found.start() - text.rfind(chr(10), 0, found.start())}"
            )
            yield ("after", file, f"{line}: a digit changed", text[: found.start()] + digit + text[found.end() :])
        lines = text.split("\n")
        for number, line in enumerate(lines):
            if line.strip():
                less = "\n".join([*lines[:number], *lines[number + 1 :]])
                yield ("after", file, f"{number + 1}: line deleted: {line.strip()[:50]}", less)
                more = line + (" Mehr" if line[-1].isalpha() else "x")
                changed = "\n".join([*lines[:number], more, *lines[number + 1 :]])
                yield ("after", file, f"{number + 1}: line changed: {line.strip()[:50]}", changed)


def _of_kept() -> Iterator[Change]:
    for entry in range(24):
        for what in ("emptied", "cut", "one byte changed", "another's", "a folder", "longer"):
            yield ("kept", str(entry), what, what)
