#!/usr/bin/env bash
# OCA kpi 19.0.1.0.1 (Odoo 19.0): the scheduler computes an indicator once and never again.
#
# What one would expect: an active indicator with a period of one day is computed by the hourly
# job when its next execution date has come, and then again a day later ("Only active KPIs will be
# updated by the scheduler based on the periodicity configuration", help of the field Active).
#
# What was seen: the job looks for those whose next execution date is empty; the "or" of its
# domain takes in the wrong pair of the three conditions. The first run fills that date, and from
# then on the indicator is passed over. The value of the first day stands there as the last one,
# with its color, however late or low things have become; only the button computes anew.
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   day 1: computed 1 times, value 3.0
#   day 2: computed 1 times, value 3.0
#   day 3: computed 1 times, value 3.0
. "$(dirname "$0")/_odoo.sh" odoo-addon-kpi==19.0.1.0.1 odoo-addon-base_external_dbsource==19.0.1.0.0.6
odoo_install kpi
odoo_run <<'PY'
import sys
from datetime import timedelta

from odoo import fields

threshold = env["kpi.threshold"].create({"name": "None"})
overdue = env["kpi"].create(
    {
        "name": "Overdue",
        "category_id": env["kpi.category"].create({"name": "Practice"}).id,
        "threshold_id": threshold.id,
        "kpi_type": "python",
        "kpi_code": "self.env['res.partner.category'].search_count([])",
        "periodicity": 1,
        "periodicity_uom": "day",
    }
)
env["res.partner.category"].search([]).unlink()
env["res.partner.category"].create([{"name": str(number)} for number in range(3)])
seen = []
for day in (1, 2, 3):
    env["kpi"].update_kpi_value()
    seen.append((len(overdue.history_ids), overdue.value))
    print(f"day {day}: computed {len(overdue.history_ids)} times, value {overdue.value}")
    # a day goes by: what was due a day after the run is due now, and there is one more
    overdue.next_execution_date = fields.Datetime.now() - timedelta(hours=1)
    env["res.partner.category"].create({"name": f"day {day}"})
sys.exit(seen != [(1, 3.0)] * 3)
PY
