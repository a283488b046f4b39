"""docs/models says what the models say, and the reader of the models misses nothing."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from devtools.model_fields import LAYERS, ancestors, guard_of, read_models

ROOT = Path(__file__).resolve().parent.parent
ADDON = ROOT / "medical_office"
SCRIPT = ROOT / "bin" / "model-tables"

SOURCE = '''
from odoo import fields, models
from .mixins.guard import ALL, AllBut

TERMS = frozenset({"amount"})
STATES = [("draft", "Draft"), ("sent", "Sent"), ("void", "Void")]


class Order(models.Model):
    """What is ordered | by whom.

    More of it.
    """

    _name = "medical.core.order"
    _description = "Order"
    _inherit = ["medical.core.guard"]
    _program_fields = frozenset({"given"})
    _open_fields = frozenset({"shown"})
    _born_fields = frozenset({"room_id"})
    _locked = {"sent": TERMS | {"note"}, "void": AllBut({"note"})}

    state = fields.Selection(STATES, required=True)
    room_id = fields.Many2one("stock.location", "Room", help="Where it goes.")
    line_ids = fields.One2many("medical.core.order.line", "order_id", "Lines")
    amount = fields.Monetary("Total cost", aggregator=None)
    note = fields.Char()
    given = fields.Char()
    shown = fields.Char(readonly=True)
    seen = fields.Char(readonly=True)
    total = fields.Float(compute="_compute_total")
    kept = fields.Float(compute="_compute_total", store=True)
    typed = fields.Float(compute="_compute_total", store=True, readonly=False)
    site_id = fields.Many2one(related="room_id.warehouse_id", store=True)
'''

MORE = """
from odoo import fields, models


class Order(models.Model):
    _inherit = "medical.core.order"

    reason = fields.Text()


class Plain:
    reason = fields.Text()
"""


@pytest.fixture
def models(tmp_path):
    room = tmp_path / "models" / "core" / "order"
    room.mkdir(parents=True)
    (room / "order.py").write_text(SOURCE, encoding="utf-8")
    (room / "reason.py").write_text(MORE, encoding="utf-8")
    return read_models(tmp_path)


def test_the_pages_are_up_to_date():
    done = subprocess.run(
        [sys.executable, SCRIPT, "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_classes_of_one_model_are_read_together(models):
    assert list(models) == [("core", "medical.core.order")]
    order = models["core", "medical.core.order"]
    assert (order.title, order.purpose, order.kind, order.is_ours) == (
        "Order",
        "What is ordered | by whom.",
        "record",
        True,
    )
    assert len(order.fields) == 13


def test_labels_and_types(models):
    found = models["core", "medical.core.order"].fields
    labels = {name: found[name].label for name in found}
    assert labels["room_id"] == "Room"
    assert labels["line_ids"] == "Lines"
    assert labels["amount"] == "Total cost"
    assert labels["given"] == "Given"  # the host's reading of the name
    assert labels["site_id"] == ""  # that of the field it follows
    assert found["room_id"].comodel == "stock.location"
    assert found["state"].choices == ["draft", "sent", "void"]


@pytest.mark.parametrize(
    ("name", "guarded"),
    [
        ("state", "fixed: void"),
        ("room_id", "at birth"),
        ("amount", "fixed: sent, void"),
        ("note", "fixed: sent"),
        ("given", "program"),
        ("shown", "fixed: void"),
        ("seen", "program"),
        ("total", ""),  # not stored: nobody can write it
        ("kept", "program"),
        ("typed", "fixed: void"),
        ("site_id", "program"),
        ("reason", "fixed: void"),
    ],
)
def test_who_writes_a_field(models, name, guarded):
    order = models["core", "medical.core.order"]
    parents = ancestors(order, models)
    assert guard_of(order, order.fields[name], parents) == guarded


def declared_fields():
    """(path, class, field) of every ``name = fields.X(...)`` in a class of the addon."""
    for layer in LAYERS:
        for path in sorted((ADDON / layer).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                for statement in getattr(node, "body", ()) if is_model(node) else ():
                    if is_field(statement):
                        yield path, node.name, statement.targets[0].id


def is_model(node):
    return isinstance(node, ast.ClassDef) and any(
        isinstance(base, ast.Attribute) and base.attr.endswith("Model")
        for base in node.bases
    )


def is_field(statement):
    value = getattr(statement, "value", None)
    return (
        isinstance(statement, ast.Assign)
        and isinstance(value, ast.Call)
        and isinstance(value.func, ast.Attribute)
        and getattr(value.func.value, "id", "") == "fields"
    )


def test_no_field_of_the_addon_is_missed():
    read = {name for model in read_models(ADDON).values() for name in model.fields}
    declared = list(declared_fields())
    assert len(declared) > 1000
    missed = [entry for entry in declared if entry[2] not in read]
    assert not missed


def test_every_own_model_has_a_name_and_a_title():
    models = read_models(ADDON)
    own = [model for model in models.values() if model.is_ours and model.fields]
    assert len(own) > 80
    assert [model.name for model in own if not model.title] == []
