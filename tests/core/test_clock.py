"""Nobody takes the day of UTC for the day of the practice.

In Chicago's evening UTC has begun the next day: what takes that one calls a thing late that
is due today, refuses today as a day to come, and fails in a test between 18:00 and midnight
only. A person's day is ``fields.Date.context_today``, a practice's ``_medical_today()``, the
day of a moment ``_medical_day(moment)`` of its company.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ADDON = ROOT / "medical_office"
PLACES = ("controllers", "engine", "models", "report", "sample", "tools", "wizard")
# the host's arithmetic, in the host's days: the figures have to be the same
HOSTS = {"models/supply/par/settle.py", "models/supply/par/terms.py"}
# moments that the host keeps
MOMENTS = {
    "check_in", "check_out", "create_date", "date_done", "date_planned", "expiration_date",
    "last_update", "now", "refuse_date", "removal_date", "schedule_date",
    "scheduled_date", "write_date",
}  # fmt: skip
# the same name is a moment on the clock of a place there
LOCAL = {"start", "stop", "end", "first", "last"}


def sources():
    """(path below the addon, its tree)."""
    found = [path for place in PLACES for path in (ADDON / place).rglob("*.py")]
    return [
        (path.relative_to(ADDON).as_posix(), ast.parse(path.read_text("utf-8")))
        for path in sorted([*found, ADDON / "hooks.py"])
    ]


def moments(trees):
    """Names of the fields that hold a moment."""
    return MOMENTS.union(
        node.targets[0].id
        for _name, tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func) == "fields.Datetime"
    )


def said(node):
    """The names that an expression is made of, but for what a call makes of them."""
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        return said(node.values[-1])
    if isinstance(node, ast.BoolOp):
        return {name for value in node.values for name in said(value)}
    if isinstance(node, ast.IfExp):
        return said(node.body) | said(node.orelse)
    if isinstance(node, ast.Attribute):
        return {node.attr}
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
        ("cr.now", "Datetime.now")
    ):
        return {"now"}
    return set()


def faults_of(tree, names):
    """(line, why) of what takes the day of UTC."""
    for function in ast.walk(tree):
        if not isinstance(function, (ast.FunctionDef, ast.Lambda, ast.Module)):
            continue
        held = (
            {
                node.targets[0].id: said(node.value)
                for node in ast.walk(function)
                if isinstance(node, ast.Assign)
                and isinstance(node.targets[0], ast.Name)
            }
            if isinstance(function, ast.FunctionDef)
            else {}
        )
        for node in ast.walk(function):
            if not isinstance(node, ast.Call) or not isinstance(
                node.func, ast.Attribute
            ):
                continue
            of = node.func.value
            if node.func.attr == "today" and ast.unparse(of) in (
                "date",
                "datetime",
                "datetime.date",
                "fields.Date",
                "fields.Datetime",
            ):
                yield node.lineno, f"{ast.unparse(node)}: whose today?"
            if node.func.attr == "date" and not node.args and not node.keywords:
                known = held.get(of.id, set()) if isinstance(of, ast.Name) else said(of)
                if (known - LOCAL) & names:
                    yield node.lineno, f"{ast.unparse(node)}: the day of UTC"
            if node.func.attr == "replace" and any(
                word.arg == "hour" for word in node.keywords
            ):
                known = held.get(of.id, set()) if isinstance(of, ast.Name) else said(of)
                if known & names:
                    yield node.lineno, f"{ast.unparse(node)}: midnight of UTC"


def test_no_day_of_utc_is_taken_for_the_practices():
    trees = sources()
    names = moments(trees)
    assert len(names) > 60
    faults = sorted(
        {
            f"{name}:{line} {why}"
            for name, tree in trees
            if name not in HOSTS
            for line, why in faults_of(tree, names)
        }
    )
    assert not faults, "\n".join(faults)


def test_a_story_types_the_day_of_the_practice():
    faults = [
        f"{path.name}:{line} {why}"
        for path in sorted((ROOT / "e2e").glob("*.py"))
        for line, why in faults_of(ast.parse(path.read_text("utf-8")), set())
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "source",
    [
        "def f(one):\n    return fields.Date.today()",
        "def f(one):\n    return one.date_due.date()",
        "def f(one):\n    at = one.date_due or one.create_date\n    return at.date()",
        "def f(one):\n    return one and one.create_date.date()",
        "def f(one):\n    now = fields.Datetime.now()\n    return now.replace(hour=0)",
    ],
)
def test_the_kind_is_seen(source):
    assert list(faults_of(ast.parse(source), MOMENTS | {"date_due"}))


@pytest.mark.parametrize(
    "source",
    [
        "def f(one):\n    return fields.Date.context_today(one)",
        "def f(one):\n    at = one._local(one.date_due)\n    return at.date()",
        "def f(one):\n    return one.company_id._medical_day(one.date_due)",
    ],
)
def test_what_is_right_is_not(source):
    assert not list(faults_of(ast.parse(source), MOMENTS | {"date_due"}))
