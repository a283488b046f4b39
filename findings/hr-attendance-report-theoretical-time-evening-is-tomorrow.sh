#!/usr/bin/env bash
# OCA hr_attendance_report_theoretical_time 19.0.1.1.0.4 (Odoo 19.0): an evening worked as planned is
# overtime of the day after.
#
# What one would expect: who is planned for Mondays from 18:30 to 22:30 in Chicago and works just
# that has on Monday four hours worked, four planned and no difference, as for a Monday morning.
#
# What was seen: the day of an attendance is that of its beginning in UTC, where 18:30 of January 12
# in Chicago is half past midnight of the 13th. So the four hours stand on Tuesday, for which
# nothing is planned: four hours too many. West of Greenwich that is so for each evening, from 6 or
# 7 p.m. in Chicago, and at a month's end it is another month.
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   morning: Monday 2026-01-12 worked 4.0, planned 4.0, difference 0.0
#   evening: Tuesday 2026-01-13 worked 4.0, planned 0.0, difference 4.0
. "$(dirname "$0")/_odoo.sh" odoo-addon-hr_attendance_report_theoretical_time==19.0.1.1.0.4 \
    odoo-addon-hr_holidays_public==19.0.1.0.4 odoo-addon-calendar_public_holiday==19.0.1.0.0.4 \
    openupgradelib==3.13.7
odoo_install hr_attendance_report_theoretical_time
odoo_run <<'PY'
import sys

env.user.tz = "America/Chicago"
seen = []
for label, start, check_in, check_out in (
    ("morning", 8, "2026-01-12 14:00:00", "2026-01-12 18:00:00"),
    ("evening", 18.5, "2026-01-13 00:30:00", "2026-01-13 04:30:00"),
):
    monday = {"name": label, "dayofweek": "0", "hour_from": start, "hour_to": start + 4}
    hours = env["resource.calendar"].create(
        {
            "name": label,
            "tz": "America/Chicago",
            "attendance_ids": [(5, 0, 0), (0, 0, {**monday, "day_period": "morning"})],
        }
    )
    person = env["hr.employee"].create(
        {
            "name": label,
            "tz": "America/Chicago",
            "resource_calendar_id": hours.id,
            "date_version": "2025-12-01",
            "contract_date_start": "2025-12-01",
        }
    )
    times = {"check_in": check_in, "check_out": check_out}
    env["hr.attendance"].create({"employee_id": person.id, **times})
    env.flush_all()
    report = env["hr.attendance.theoretical.time.report"]
    for row in report.search([("employee_id", "=", person.id)]):
        figures = (row.worked_hours, row.theoretical_hours, row.difference)
        seen.append((str(row.date), *figures))
        day = f"{row.date:%A} {row.date}"
        print(f"{label}: {day} worked {figures[0]}, planned {figures[1]}, difference {figures[2]}")
sys.exit(seen != [("2026-01-12", 4.0, 4.0, 0.0), ("2026-01-13", 4.0, 0.0, 4.0)])
PY
