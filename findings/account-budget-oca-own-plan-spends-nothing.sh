#!/usr/bin/env bash
# OCA account_budget_oca 19.0.1.1.0.7 (Odoo 19.0): on an analytic account of an own plan nothing
# is ever spent.
#
# What one would expect: the practical amount of a budget line is what was posted to its
# accounts for its analytic account. An analytic account may belong to any plan ("Departments"),
# the field offers all of them, and a journal item may be split over several.
#
# What was seen: only the analytic lines' first column is looked at, which holds the accounts of
# the built-in plan. Each further plan has a column of its own (x_plan..._id), so a bill of 900
# for a department leaves its budget at 0. The same bill in the built-in plan counts, and so
# does the part of a split one.
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   built-in plan: planned -1000.00, spent -900.00
#   plan Departments: planned -1000.00, spent 0.00
. "$(dirname "$0")/_odoo.sh" odoo-addon-account_budget_oca==19.0.1.1.0.7
odoo_install account_budget_oca
odoo_run <<'PY'
import sys

ledger = env["account.account"].create(
    {"name": "Supplies", "code": "6100", "account_type": "expense"}
)
payable = env["account.account"].create(
    {"name": "Accrued", "code": "2100", "account_type": "liability_current"}
)
journal = env["account.journal"].create({"name": "Entries", "code": "ENT", "type": "general"})
position = env["account.budget.post"].create(
    {"name": "Supplies", "account_ids": [(6, 0, ledger.ids)]}
)
plans = env["account.analytic.plan"]
built_in, _others = plans._get_all_plans()
seen = []
for plan in (built_in, plans.create({"name": "Departments"})):
    department = env["account.analytic.account"].create({"name": "Front", "plan_id": plan.id})
    budget = env["crossovered.budget"].create(
        {"name": "October", "date_from": "2026-10-01", "date_to": "2026-10-31"}
    )
    line = env["crossovered.budget.lines"].create(
        {
            "crossovered_budget_id": budget.id,
            "analytic_account_id": department.id,
            "general_budget_id": position.id,
            "date_from": "2026-10-01",
            "date_to": "2026-10-31",
            "planned_amount": -1000,
        }
    )
    cost = {"account_id": ledger.id, "debit": 900, "analytic_distribution": {department.id: 100}}
    owed = {"account_id": payable.id, "credit": 900}
    env["account.move"].create(
        {
            "journal_id": journal.id,
            "date": "2026-10-12",
            "line_ids": [(0, 0, cost), (0, 0, owed)],
        }
    ).action_post()
    line.invalidate_recordset()
    seen.append(line.practical_amount)
    name = "built-in plan" if plan == built_in else f"plan {plan.name}"
    print(f"{name}: planned {line.planned_amount:.2f}, spent {line.practical_amount:.2f}")
sys.exit(seen != [-900, 0])
PY
