#!/usr/bin/env bash
# OCA payroll 19.0.1.0.2.1 (Odoo 19.0): who leaves within the month gets the days of all of it.
#
# What one would expect: the worked days of a payslip (WORK100) are those within the contract.
# Whoever starts on 15 June 2026 gets the 12 working days from that day, and so whoever leaves on
# 12 June 2026 the 10 until that day. Odoo's hr.version offers both dates, date_start, date_end.
#
# What was seen: the start cuts the days, the end does not. The one who left after 10 working
# days has 22 on the payslip, and a rule that pays by WORK100 pays a whole month.
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   stays all of June:  22.0 days, paid 2200.0
#   starts on June 15:  12.0 days, paid 1200.0
#   leaves on June 12:  22.0 days, paid 2200.0
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


def payslip(start, end):
    person = {"name": "Person", "struct_id": structure.id, "wage": 2200.0, "date_version": start}
    contract = {"contract_date_start": start, "contract_date_end": end}
    employee = env["hr.employee"].create({**person, **contract})
    june = {"date_from": "2026-06-01", "date_to": "2026-06-30"}
    slip = env["hr.payslip"].create({"employee_id": employee.id, **june})
    slip.onchange_employee()
    slip.compute_sheet()
    return slip.worked_days_line_ids.number_of_days, slip.line_ids.total


seen = [
    payslip("2026-01-01", False),
    payslip("2026-06-15", False),
    payslip("2026-01-01", "2026-06-12"),
]
labels = ("stays all of June: ", "starts on June 15: ", "leaves on June 12: ")
for label, (days, paid) in zip(labels, seen):
    print(label, days, "days, paid", paid)
sys.exit(seen != [(22.0, 2200.0), (12.0, 1200.0), (22.0, 2200.0)])
PY
