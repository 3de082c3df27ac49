"""Each folder here is one family of attacks."""

import ast
from pathlib import Path

import pytest

FAMILIES = sorted(path for path in Path(__file__).parent.iterdir() if path.is_dir() and path.name != "__pycache__")


@pytest.mark.parametrize("folder", FAMILIES, ids=lambda folder: folder.name)
def test_a_family_says_in_one_sentence_what_the_attacker_wants_and_is_tried(folder):
    said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
    assert said
    assert said.startswith("What the attacker wants: ")
    assert said.endswith(".")
    assert "\n" not in said
    assert list(folder.glob("test_*.py"))
