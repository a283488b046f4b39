"""The sample practice is made by its people: what still needs all rights is listed here.

The list is ``sample_rights.csv``: each ``sudo()`` and each statement in SQL of
``medical_office/sample``, with its reason. A new one is added to it, or done as a role.
"""

import ast
import csv
import io
import re
import tokenize
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "medical_office/sample"
LIST = Path(__file__).with_name("sample_rights.csv")
WAYS = {
    "sudo": "sudo",
    "_program": "sudo",
    "execute": "sql",
    "execute_query": "sql",
    "copy_rows": "sql",
}
REASON = re.compile(r"#\s*(?:sudo|sql): (.+)")
SAME = "as above"


def comments(text):
    """{line: comment}, a comment of several lines joined at its first one."""
    found = {}
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.COMMENT:
            continue
        line, words = token.start[0], token.string
        before = found.get(line - 1)
        if before and not REASON.match(words):
            before[1] += " " + words.lstrip("# ")
            found[line] = before
        else:
            found[line] = [line, words]
    return {line: words for line, (_first, words) in found.items()}


def calls(text):
    """[(function, way, line)] of each call that lends rights or writes past the ORM."""
    found = []
    for function in ast.walk(ast.parse(text)):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in WAYS:
                    found.append((function.name, WAYS[name], node.func.end_lineno))
    return sorted(found, key=lambda row: row[2])


def reason(said, line):
    """The nearest comment at or above a line that gives a reason."""
    for number in range(line, max(line - 25, 0), -1):
        match = REASON.match(said.get(number, ""))
        if match:
            return match[1].strip()
    return ""


def needed():
    """Rows (file, function, how, why) of the whole sample, each once."""
    rows = {}
    for path in sorted(SAMPLE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        said, last = comments(text), ""
        for function, way, line in calls(text):
            why = reason(said, line)
            last = last if why.startswith(SAME) else why
            place = path.relative_to(SAMPLE).as_posix()
            rows[place, function, way, last] = None
    return [list(row) for row in rows]


def test_everything_that_needs_all_rights_is_listed_with_its_reason():
    with LIST.open(encoding="utf-8", newline="") as handle:
        listed = list(csv.reader(handle))[1:]
    found = needed()
    assert all(row[3] for row in found), [row for row in found if not row[3]]
    missing = [row for row in found if row not in listed]
    gone = [row for row in listed if row not in found]
    assert (missing, gone) == ([], [])
