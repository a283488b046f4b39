#!/usr/bin/env bash
# OCA maintenance_plan 19.0.1.0.1.5 (Odoo 19.0): a refrigerator bought after the plan has run is
# not serviced before a year is over.
#
# What one would expect: one plan may serve all equipment a domain finds ("we might have a single
# plan that will generate all the requests", README), and "generates all maintenance requests
# whose schedule date would fall inside that planning horizon", by default a year. What joins the
# group gets the coming months like the others; a plan made monthly is monthly from now on.
#
# What was seen: the plan goes on after its furthest request, whichever equipment that is for. So
# a second refrigerator has no request before the day the first has none left, and a plan
# changed from yearly to monthly makes its next one after a year. Both look planned.
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   monthly for all refrigerators: 13 requests in the year to come
#   the same for one bought next day: 0
#   yearly, made monthly: 2 requests in the year to come, as before
. "$(dirname "$0")/_odoo.sh" odoo-addon-maintenance_plan==19.0.1.0.1.5 \
    odoo-addon-base_maintenance==19.0.1.0.0.4
odoo_install maintenance_plan
odoo_run <<'PY'
import sys

from odoo import fields

equipment, requests = env["maintenance.equipment"], env["maintenance.request"]
category = env["maintenance.equipment.category"].create({"name": "Refrigerators"})
today = fields.Date.today()


def bought(name):
    return equipment.create({"name": name, "category_id": category.id})


def run():
    equipment._cron_generate_requests()


def planned(item):
    return requests.search_count([("equipment_id", "=", item.id)])


first = bought("First")
env["maintenance.plan"].create(
    {
        "name": "Filter",
        "generate_with_domain": True,
        "generate_domain": f"[('category_id', '=', {category.id})]",
        "interval": 1,
        "interval_step": "month",
        "start_maintenance_date": today,
    }
)
run()
second = bought("Second")
run()
seen = [planned(first), planned(second)]
print(f"monthly for all refrigerators: {seen[0]} requests in the year to come")
print(f"the same for one bought next day: {seen[1]}")

scale = equipment.create({"name": "Scale"})
plan = env["maintenance.plan"].create(
    {"name": "Check", "equipment_id": scale.id, "start_maintenance_date": today}
)
run()
seen.append(planned(scale))
plan.interval_step = "month"
run()
seen.append(planned(scale))
print(f"yearly, made monthly: {seen[3]} requests in the year to come, as before")
sys.exit(seen != [13, 0, 2, 2])
PY
