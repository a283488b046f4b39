#!/usr/bin/env bash
# OCA hr_employee_calendar_planning 19.0.1.2.2 (Odoo 19.0): leave after a planned change of hours
# is counted by the hours of today.
#
# What one would expect: who works five days a week now and three from a Monday on has her next
# leave of a week counted as three days: "a unique working time is created for each employee
# with the proper composition" of what is planned "by date intervals" (README).
#
# What was seen: the employee's own working time is a copy of the one profile that holds on the day
# the plan is written. A leave in days takes five days off the balance; the same week asked for
# in hours is counted by the profile of its date, three days. The addon has no scheduled job, so
# the copy stays when the Monday comes, and all that reads the working time goes by 40 hours.
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   five days a week now, three from a Monday on; the working time has 40 hours
#   a week of leave after that Monday, in days: 5 days, 40 hours
#   a week of leave after that Monday, in hours: 3 days, 24 hours
#   scheduled jobs of the addon: 0
. "$(dirname "$0")/_odoo.sh" odoo-addon-hr_employee_calendar_planning==19.0.1.2.2
odoo_install hr_employee_calendar_planning,hr_holidays
odoo_run <<'PY'
import sys
from datetime import timedelta

from odoo import fields

today = fields.Date.today()
monday = today + timedelta(days=14 - today.weekday())


def profile(days):
    hours = [
        (0, 0, {"name": str(day), "dayofweek": str(day), "hour_from": 8, "hour_to": 16})
        for day in range(days)
    ]
    return env["resource.calendar"].create(
        {"name": f"{days} days", "attendance_ids": [(5, 0, 0), *hours], "tz": "UTC"}
    )


plan = [
    {"calendar_id": profile(5).id, "date_end": monday - timedelta(days=1)},
    {"calendar_id": profile(3).id, "date_start": monday},
]
employee = env["hr.employee"].create(
    {"name": "Nurse", "calendar_ids": [(0, 0, interval) for interval in plan]}
)
hours = employee.resource_calendar_id.hours_per_week
print(f"five days a week now, three from a Monday on; the working time has {hours:g} hours")
seen = [hours]
for week, unit in enumerate(("day", "hour")):
    kind = {"name": unit, "request_unit": unit, "requires_allocation": False}
    start = monday + timedelta(weeks=week)
    leave = env["hr.leave"].create(
        {
            "employee_id": employee.id,
            "holiday_status_id": env["hr.leave.type"].create(kind).id,
            "request_date_from": start,
            "request_date_to": start + timedelta(days=6),
        }
    )
    seen += [leave.number_of_days, leave.number_of_hours]
    print(f"a week of leave after that Monday, in {unit}s:", end=" ")
    print(f"{leave.number_of_days:g} days, {leave.number_of_hours:g} hours")
jobs = env["ir.model.data"].search_count(
    [("module", "=", "hr_employee_calendar_planning"), ("model", "=", "ir.cron")]
)
print("scheduled jobs of the addon:", jobs)
sys.exit([*seen, jobs] != [40, 5, 40, 3, 24, 0])
PY
