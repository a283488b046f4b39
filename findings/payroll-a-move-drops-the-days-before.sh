#!/usr/bin/env bash
# OCA payroll 19.0.1.0.2.1 (Odoo 19.0): a change of the employee's record within the month takes
# the days before it off the payslip.
#
# What one would expect: moving to another department on 16 June changes no day and no dollar. In
# Odoo 19 each such change is a new hr.version of the same contract, from the day it counts;
# the contract's own start, contract_date_start, stays.
#
# What was seen: the payslip knows one version, the last, and begins its days at date_start, which
# is the version's day, not the contract's. 11 of 22 working days remain, and a rule that
# pays by WORK100 pays half. No line and no warning tells of the days before.
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   before the move: 22.0 days, paid 2200.0
#   after the move:  11.0 days, paid 1100.0
#   contract since:  2026-01-01 and 2026-01-01
. "$(dirname "$0")/_odoo.sh" odoo-addon-payroll==19.0.1.0.2.1
odoo_install payroll
odoo_run <<'PY'
import sys

category = env["hr.salary.rule.category"].create({"name": "Basic", "code": "BASIC"})
rule = {
    "name": "Pay by the day",
    "code": "PAY",
    "category_id": category.id,
    "amount_select": "code",
    "amount_python_compute": "result = contract.wage / 22 * worked_days.WORK100.number_of_days",
}
structure = env["hr.payroll.structure"].create(
    {"name": "Staff", "code": "STAFF", "parent_id": False, "rule_ids": [(0, 0, rule)]}
)
since = {"date_version": "2026-01-01", "contract_date_start": "2026-01-01"}
employee = env["hr.employee"].create(
    {"name": "Person", "struct_id": structure.id, "wage": 2200.0, **since}
)


def payslip():
    june = {"date_from": "2026-06-01", "date_to": "2026-06-30"}
    slip = env["hr.payslip"].create({"employee_id": employee.id, **june})
    slip.onchange_employee()
    slip.compute_sheet()
    return sum(slip.worked_days_line_ids.mapped("number_of_days")), sum(slip.line_ids.mapped("total"))


before = payslip()
laboratory = env["hr.department"].create({"name": "Laboratory"})
employee.create_version({"date_version": "2026-06-16", "department_id": laboratory.id})
after = payslip()
print("before the move:", before[0], "days, paid", before[1])
print("after the move: ", after[0], "days, paid", after[1])
starts = [str(version.contract_date_start) for version in employee.version_ids]
print("contract since: ", " and ".join(starts))
sys.exit((before, after, starts) != ((22.0, 2200.0), (11.0, 1100.0), ["2026-01-01"] * 2))
PY
