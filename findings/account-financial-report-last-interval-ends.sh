#!/usr/bin/env bash
# OCA account_financial_report 19.0.0.0.26.3 (Odoo 19.0), aged partner balance with intervals of
# one's own: what is overdue longer than the last limit stands in no column.
#
# What one would expect: the last interval is open, so that the columns add up to the residual.
# The addon's own CONFIGURE says so of the limits 15, 30 and 60: "the first interval is from 0
# to 15, the second from 16 to 30, and the third is 61+".
#
# What was seen: a limit is where its interval ends, the last one too: the third is 31 to 60. A
# debt of 100 days is in the residual and in none of the columns (the XLSX has the same ones);
# the percentages do not make 100. Without intervals of one's own there is a column for older.
# A last line with a limit that nobody reaches (99999) shows them.
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   overdue for {10: 10.0, 20: 20.0, 45: 45.0, 100: 100.0} not due 5.0
#   Partner  Residual  Not due  1-15  16-30  61+
#   Payer  $ 180.00  $ 5.00  $ 10.00  $ 20.00  $ 45.00
#   with a fourth line: ['$ 5.00', '$ 10.00', '$ 20.00', '$ 45.00', '$ 100.00']
. "$(dirname "$0")/_odoo.sh" odoo-addon-account_financial_report==19.0.0.0.26.3 \
    odoo-addon-date_range==19.0.1.0.1 odoo-addon-report_xlsx==19.0.1.0.2.2
odoo_install account_financial_report
odoo_run <<'PY'
import sys
from datetime import date, timedelta

from lxml import html


def account(code, kind):
    values = {"code": code, "name": code, "account_type": kind, "reconcile": kind != "income"}
    return env["account.account"].create(values)


debt, income = account("1200", "asset_receivable"), account("4000", "income")
journal = env["account.journal"].create({"name": "Entries", "code": "ENT", "type": "general"})
payer, day = env["res.partner"].create({"name": "Payer"}), date(2026, 6, 30)


def owe(amount, due):
    owed = {"account_id": debt.id, "partner_id": payer.id, "debit": amount, "date_maturity": due}
    lines = [(0, 0, owed), (0, 0, {"account_id": income.id, "credit": amount})]
    values = {"journal_id": journal.id, "date": min(due, day), "line_ids": lines}
    env["account.move"].create(values).action_post()


overdue = {days: float(days) for days in (10, 20, 45, 100)}
for days, amount in overdue.items():
    owe(amount, day - timedelta(days=days))
owe(5.0, day + timedelta(days=5))


def report(**limits):
    lines = [(0, 0, {"name": name, "inferior_limit": limit}) for name, limit in limits.items()]
    of = env["account.age.report.configuration"].create({"name": "Ours", "line_ids": lines})
    values = {"date_at": day, "account_ids": debt.ids, "age_partner_config_id": of.id}
    wizard = env["aged.partner.balance.report.wizard"].create(values)
    data = {**wizard._prepare_report_data(), "date_at": str(day)}
    name = "account_financial_report.aged_partner_balance"
    page = env["ir.actions.report"]._render_qweb_html(name, wizard.ids, data)[0]
    rows = html.fromstring(page).xpath("//div[contains(@class, 'act_as_row')]")
    rows = [[cell.text_content().strip().replace("\xa0", " ") for cell in row] for row in rows]
    return next([*rows[i : i + 2]] for i, row in enumerate(rows) if row[0] == "Partner")


print("overdue for", overdue, "not due 5.0")
names, seen = report(**{"1-15": 15, "16-30": 30, "61+": 60})
print(*names, sep="  ")
print(*seen, sep="  ")
more = report(**{"1-15": 15, "16-30": 30, "31-60": 60, "61+": 99999})[1][2:]
print("with a fourth line:", more)
columns = ["$ 5.00", "$ 10.00", "$ 20.00", "$ 45.00"]
sys.exit(seen != ["Payer", "$ 180.00", *columns] or more != [*columns, "$ 100.00"])
PY
