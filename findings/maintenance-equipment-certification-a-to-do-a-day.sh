#!/usr/bin/env bash
# OCA maintenance_equipment_certification 19.0.1.0.2.1 (Odoo 19.0): equipment without a technician
# gets a new to-do each day until its certificate has run out.
#
# What one would expect: "reminder rules" control "how many days before expiration each
# notification is sent" (README): with one rule, 30 days before, there is one reminder for a
# certificate, whoever it goes to.
#
# What was seen: with a technician there is one. Without one the reminder is a to-do on the
# equipment, but it is not counted as sent, so that the daily job makes another one each time it
# runs: 31 of the same for one rule. On the day after the expiration there is none at all.
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   technician, job run 3 times: messages 1, to-dos 0
#   no technician, job run 3 times: messages 0, to-dos 3
. "$(dirname "$0")/_odoo.sh" odoo-addon-maintenance_equipment_certification==19.0.1.0.2.1
odoo_install maintenance_equipment_certification
odoo_run <<'PY'
import sys
from datetime import timedelta

from odoo import fields

env["ir.config_parameter"].set_param(
    "maintenance_equipment_certification.expiration_notify_enabled", "True"
)
certificates = env["maintenance.equipment.certificate"]
env["maintenance.certificate.reminder.rule"].search([]).unlink()
env["maintenance.certificate.reminder.rule"].create({"name": "A month", "days_before": 30})
technician = env["res.users"].create(
    {"name": "Technician", "login": "technician", "email": "technician@example.com"}
)
renewal = fields.Date.context_today(certificates) + timedelta(days=20)
seen = []
for user in (technician, env["res.users"]):
    autoclave = env["maintenance.equipment"].create(
        {"name": "Autoclave", "technician_user_id": user.id, "owner_user_id": False}
    )
    certificate = certificates.create(
        {"name": "Validation", "renewal_date": renewal, "equipment_id": autoclave.id}
    )
    for day in range(3):
        certificates._cron_notify_expiring_certificates()
    reminders = autoclave.message_ids.filtered(lambda post: "reminder sent" in (post.body or ""))
    todos = autoclave.activity_ids.filtered(lambda todo: "no assignee" in (todo.summary or ""))
    seen.append((len(reminders), len(todos)))
    certificate.unlink()
    who = "technician" if user else "no technician"
    print(f"{who}, job run 3 times: messages {len(reminders)}, to-dos {len(todos)}")
sys.exit(seen != [(1, 0), (0, 3)])
PY
