#!/usr/bin/env bash
# OCA mgmtsystem_action 19.0.1.0.1.3 (Odoo 19.0): the days to close of a corrective action are
# negative, and one more than it took.
#
# What one would expect: "# of days to close", a stored figure that the pivot of actions adds up,
# is the days from the action's creation to its closing: 10 for one closed ten days and an hour
# after it was written. So it is in mgmtsystem_nonconformity of the same repository.
#
# What was seen: the closing is taken from the creation, so that it is -11, rounded away from the
# ten; one closed within the hour has -1. A goal such as "closed in 30 days or less" is met by
# all, and the slower an action is, the smaller is its figure. The same goes for the days to open.
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   closed after 10 days and an hour: -11 days to close
#   closed within the hour: -1 days to close
. "$(dirname "$0")/_odoo.sh" odoo-addon-mgmtsystem_action==19.0.1.0.1.3 \
    odoo-addon-mgmtsystem==19.0.1.2.0.4
odoo_install mgmtsystem_action
odoo_run <<'PY'
import sys
from datetime import timedelta

from odoo import fields

closed = env.ref("mgmtsystem_action.stage_close")
seen = []
for when, took in (
    ("after 10 days and an hour", timedelta(days=10, hours=1)),
    ("within the hour", timedelta(minutes=40)),
):
    action = env["mgmtsystem.action"].create({"name": "Retrain", "type_action": "correction"})
    env.flush_all()
    env.cr.execute(
        "UPDATE mgmtsystem_action SET create_date = %s WHERE id = %s",
        [fields.Datetime.now() - took, action.id],
    )
    env.invalidate_all()
    action.stage_id = closed
    seen.append(action.number_of_days_to_close)
    print(f"closed {when}: {seen[-1]} days to close")
sys.exit(seen != [-11, -1])
PY
