"""A message says dates and amounts in the reader's format, not as the program keeps them:
``format_date`` and ``engine.core.amounts.amount_text``."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1] / "medical_office"
LAYERS = ("models", "engine", "wizard", "report", "controllers")
DAYS = {"Date", "Datetime"}
# what a name that is no field holds
LOCAL_DAYS = {"day", "today", "date_from", "date_to", "date_start", "date_end"}
WORDS = {"_", "_lt"}
DAY = re.compile("%[a-zA-Z]")
TEXT = re.compile(r"\bformat_date|(^|\.)_\(")  # a value that is said already
# hours and temperatures of a plain class, whose names are amounts elsewhere
NO_AMOUNTS = {"found.asked", "tally.lowest"}
# days that a program reads: the name of a file
FOR_PROGRAMS = {"%Y%m%d", "%Y-%m-%d", "%m-%d", "%H:%M"}


def sources():
    return {
        path: ast.parse(path.read_text(encoding="utf-8"))
        for layer in LAYERS
        for path in sorted((ROOT / layer).rglob("*.py"))
    }


def fields_of(trees, kinds):
    """Names that are fields of these kinds in each model that has them."""
    found = {}
    for tree in trees:
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Assign)
                and isinstance(node.value, ast.Call)
                and isinstance(node.value.func, ast.Attribute)
                and getattr(node.value.func.value, "id", "") == "fields"
            ):
                for target in node.targets:
                    kind = node.value.func.attr
                    found.setdefault(getattr(target, "id", ""), set()).add(kind)
    return {name for name, known in found.items() if known <= kinds}


# calls that answer a date, or say it as it is kept
KEPT_AS = ("date", "context_today", "isoformat", "to_string")


class Reader:
    """What a file says as it is kept."""

    def __init__(self, tree, days, amounts):
        self.tree, self.days, self.amounts = tree, days, amounts
        self.formatted = self._formatted()

    def _formatted(self):
        """Names that a call made a text of before they are said."""
        made = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Assign) and TEXT.search(ast.unparse(node.value)):
                made |= {
                    name.id
                    for target in node.targets
                    for name in ast.walk(target)
                    if isinstance(name, ast.Name)
                }
        return made

    def raw(self, node):
        """Whether an expression is a date or an amount as it is kept."""
        if isinstance(node, ast.BoolOp | ast.IfExp):
            parts = node.values if isinstance(node, ast.BoolOp) else [node.body]
            return any(map(self.raw, parts))
        if isinstance(node, ast.Call):
            of = node.func
            if getattr(of, "id", "") in ("str", "max", "min") and node.args:
                return self.raw(node.args[0])
            return getattr(of, "attr", "") in KEPT_AS
        if isinstance(node, ast.Attribute):
            known = node.attr in self.days or node.attr in self.amounts
            return known and ast.unparse(node) not in NO_AMOUNTS
        name = getattr(node, "id", "")
        return name in LOCAL_DAYS and name not in self.formatted

    def found(self):
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield from self._call(node)
            elif isinstance(node, ast.JoinedStr):
                yield from self._joined(node)

    def _call(self, node):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in WORDS:
            said = [*node.args[1:], *(one.value for one in node.keywords)]
            yield from filter(self.raw, said)
        elif name == "strftime" and node.args:
            form = getattr(node.args[0], "value", "")
            if form not in FOR_PROGRAMS:
                yield node

    def _joined(self, node):
        for part in node.values:
            if isinstance(part, ast.FormattedValue) and part.format_spec:
                form = "".join(
                    one.value
                    for one in part.format_spec.values
                    if isinstance(one, ast.Constant)
                )
                if form.endswith(",.2f") or (
                    DAY.search(form) and form not in FOR_PROGRAMS
                ):
                    yield node


def test_no_message_says_a_date_or_an_amount_as_it_is_kept():
    trees = sources()
    days = fields_of(trees.values(), DAYS)
    amounts = fields_of(trees.values(), {"Monetary"})
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}"
        for path, tree in trees.items()
        for node in Reader(tree, days, amounts).found()
    ]
    assert not wrong, "\n".join(wrong)
    assert len(days) > 100
    assert len(amounts) > 50


def test_the_reader_sees_what_is_wrong():
    tree = ast.parse(
        "_('On %s', one.date_due)\n"
        "self.env._('On %(day)s', day=day)\n"
        "self.env._('From %s', max(one.date_due, other))\n"
        "text = f'{amount:,.2f} of {start:%b %d}'\n"
        "_('On %s', format_date(env, one.date_due))\n"
    )
    found = [node.lineno for node in Reader(tree, {"date_due"}, set()).found()]
    assert found == [1, 2, 3, 4, 4]


def test_names_of_records_say_days_in_the_readers_format():
    """A W-4 was called "W-4 2025-01-01" in its list, its trail and every message."""
    trees = sources()
    days = set(fields_of(trees.values(), DAYS))
    kept = [
        f"{path.relative_to(ROOT)}:{piece.lineno} {ast.unparse(piece.value)}"
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and getattr(node.targets[0], "attr", "") == "display_name"
        for piece in ast.walk(node.value)
        if isinstance(piece, ast.FormattedValue)
        and not TEXT.search(ast.unparse(piece.value))
        and any(
            isinstance(part, ast.Attribute) and part.attr in days
            for part in ast.walk(piece.value)
        )
    ]
    assert not kept
