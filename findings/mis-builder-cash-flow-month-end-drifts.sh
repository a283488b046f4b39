#!/usr/bin/env bash
# OCA mis_builder_cash_flow 19.0.1.0.0.3 (Odoo 19.0): rent due on the last of each month is planned
# for the 28th from February on.
#
# What one would expect: a monthly plan from January 31, 2026 gives a line on the last day of each
# month, or on the 31st where there is one and the last day elsewhere: what a month after the
# first date means in Odoo (start plus so many months).
#
# What was seen: each date is a month after the one before, so that February 28 stays for the
# rest of the year: ten of the twelve payments stand up to three days early. A plan from the 30th
# or 29th drifts in the same way. In a cash flow by week or by half month that is another column.
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   from 2026-01-31: 31 28 28 28 28 28 28 28 28 28 28 28
#   from 2026-01-28: 28 28 28 28 28 28 28 28 28 28 28 28
. "$(dirname "$0")/_odoo.sh" odoo-addon-mis_builder_cash_flow==19.0.1.0.0.3 \
    odoo-addon-mis_builder==19.0.1.2.1 odoo-addon-date_range==19.0.1.0.1 \
    odoo-addon-report_xlsx==19.0.1.0.2.2
odoo_install mis_builder_cash_flow
odoo_run <<'PY'
import sys

rent = env["account.account"].create(
    {"code": "6100", "name": "Rent", "account_type": "expense"}
)
seen = []
for start in ("2026-01-31", "2026-01-28"):
    plan = env["mis.cash.flow.plan"].create(
        {
            "name": "Rent",
            "account_id": rent.id,
            "balance": -9000,
            "date_start": start,
            "date_end": "2026-12-31",
            "periodicity": "months",
        }
    )
    plan.action_generate_forecast_lines()
    seen.append([day.day for day in sorted(plan.forecast_line_ids.mapped("date"))])
    print(f"from {start}:", *seen[-1])
sys.exit(seen != [[31] + [28] * 11, [28] * 12])
PY
