"""Every problem has its sentence, marked for translation, and every sentence a use."""

import ast
import re
from pathlib import Path

from tools.supply.barcode import problems

FOLDER = Path(problems.__file__).parent
OTHERS = [path for path in FOLDER.glob("*.py") if path.name != "problems.py"]


def test_every_sentence_is_marked() -> None:
    tree = ast.parse(Path(problems.__file__).read_text(encoding="utf-8"))
    marked = {
        ast.literal_eval(call.args[0])
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "_lt"
    }
    assert set(problems.TEXTS.values()) == marked


def test_every_problem_has_a_sentence_and_every_sentence_is_used() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in OTHERS)
    raised = set(
        re.findall(r'(?:Unreadable|Problem|_asks)\(\s*"(\w+)"', source)
        + re.findall(r'_refused\(\s*\w+,\s*"(\w+)"', source)
    )
    assert len(raised) > 30
    assert raised <= problems.TEXTS.keys()
    for code in problems.TEXTS:
        assert f'"{code}"' in source, f"{code} is used nowhere"


def test_sentences_say_what_to_do() -> None:
    """A full stop at the end; what is not kept at all needs no remedy."""
    for code, text in problems.TEXTS.items():
        assert text.endswith("."), code
