"""Every sentence of the notes is marked for translation, and every note has one."""

import ast
import re
from pathlib import Path

from tools.supply import texts

FOLDER = Path(texts.__file__).parent


def test_every_sentence_is_marked() -> None:
    tree = ast.parse(Path(texts.__file__).read_text(encoding="utf-8"))
    marked = {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "_lt"
        and isinstance(call.args[0], ast.Constant)
    }
    assert set(texts.TEXTS.values()) == marked


def test_every_note_has_a_sentence() -> None:
    codes = {
        code
        for path in FOLDER.rglob("*.py")
        for code in re.findall(
            r'\b(?:note|say)\(\s*"(\w+)"', path.read_text(encoding="utf-8")
        )
    }
    assert len(codes) > 20
    assert codes <= texts.TEXTS.keys()
