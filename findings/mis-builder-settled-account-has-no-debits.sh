#!/usr/bin/env bash
# OCA mis_builder 19.0.1.2.1 (Odoo 19.0): debe[...] and crde[...] forget what went through an
# account that was at zero when the period began.
#
# What one would expect: "deb" is a sum of debits and "e" means all until the end of the period
# for accounts of the balance sheet (help of the template: bal, crd, deb; p, i, e). Two bank
# accounts with the same entries but for one dollar show about the same debits.
#
# What was seen: where debits and credits before the period are equal, both are left out, not
# just their balance. An account with 1000 in and 1000 out last year shows debits of 50 at the
# end of this one; another, with 1000 in and 999 out, shows 1050. Balances are right, so no check
# of totals finds it; loans, advances and clearing accounts, which are settled as a rule, show it.
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   1000 in, 1000 out, then 50 in: debe 50.0 crde 0.0 bale 50.0
#   1000 in, 999 out, then 50 in: debe 1050.0 crde 999.0 bale 51.0
. "$(dirname "$0")/_odoo.sh" odoo-addon-mis_builder==19.0.1.2.1 \
    odoo-addon-date_range==19.0.1.0.1 odoo-addon-report_xlsx==19.0.1.0.2.2
odoo_install mis_builder
odoo_run <<'PY'
import sys


def account(code, kind):
    values = {"code": code, "name": code, "account_type": kind}
    return env["account.account"].create(values)


journal = env["account.journal"].create({"name": "Entries", "code": "ENT", "type": "general"})
income, cost = account("4000", "income"), account("6000", "expense")


def post(date, debit, credit, amount):
    lines = [
        (0, 0, {"account_id": debit.id, "debit": amount}),
        (0, 0, {"account_id": credit.id, "credit": amount}),
    ]
    values = {"journal_id": journal.id, "date": date, "line_ids": lines}
    env["account.move"].create(values).action_post()


modes, seen = ("debe", "crde", "bale"), []
for code, out in (("1010", 1000), ("1020", 999)):
    bank = account(code, "asset_cash")
    post("2025-03-01", bank, income, 1000)
    post("2025-04-01", cost, bank, out)
    post("2026-03-01", bank, income, 50)
    kpis = [
        (0, 0, {"name": mode, "description": mode, "expression": f"{mode}[{code}]"})
        for mode in modes
    ]
    report = env["mis.report"].create({"name": code, "kpi_ids": kpis})
    processor = report._prepare_aep(env.company)
    values = report.evaluate(processor, "2026-01-01", "2026-12-31")
    seen.append([values[mode] for mode in modes])
    shown = " ".join(f"{mode} {values[mode]}" for mode in modes)
    print(f"1000 in, {out} out, then 50 in: {shown}")
sys.exit(seen != [[50.0, 0.0, 50.0], [1050.0, 999.0, 51.0]])
PY
