"""Payroll's benefit plans and elections become people's plans and enrollments, and the
counter of the fault page becomes core's, for every public page.

Tables, columns, external ids and all references by name follow, by the steps of
19.0.2.0.0. It can run twice: what has its new name already is left alone.
"""

import importlib.util
from pathlib import Path

# old word in names -> new word; the longer ones first
WORDS = {
    "payroll.benefit.plan.tier": "people.benefit.match",
    "payroll.benefit.plan": "people.benefit.plan",
    "payroll.election": "people.enrollment",
    "facility.hit": "core.hit",
}
# (table, old column) -> new column
COLUMNS = {("medical_payroll_opening_balance_line", "election_id"): "enrollment_id"}
# further columns that hold the name of a model as text
MODEL_COLUMNS = (
    ("medical_core_opened", "res_model"),
    ("medical_core_decision", "res_model"),
    ("ir_act_server", "model_name"),
)
NAMES = Path(__file__).parents[1] / "19.0.2.0.0" / "pre-names.py"


def steps():
    """The renaming of the version before, with the words of this one."""
    spec = importlib.util.spec_from_file_location("names_of_19_0_2", NAMES)
    names = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(names)
    names.WORDS, names.COLUMNS, names.VALUES = WORDS, COLUMNS, ()
    names.MODEL_COLUMNS += MODEL_COLUMNS
    return names


def migrate(cr, version):
    """Rename; no row is written or lost.

    :param version: the one installed before; nothing is asked of it
    """
    steps().migrate(cr, version)
    # views are read anew one by one; until its turn a stored one has the old field
    cr.execute(
        "UPDATE ir_ui_view SET arch_db = replace(arch_db::text, %(old)s, %(new)s)::jsonb "
        "WHERE arch_db::text LIKE '%%' || %(old)s || '%%'",
        {"old": "medical_election_ids", "new": "medical_enrollment_ids"},
    )
