#!/usr/bin/env bash
# OCA auditlog 19.0.2.0.1 (Odoo 19.0): the fast log has no trace of what is archived, cleared or
# set to zero.
#
# What one would expect: a rule that logs writes as "Fast log" has each of them with its new value:
# "only log the new values assigned through the create and write operations (less information,
# but it is faster)" (help of Type). A record of activity is asked for by 45 CFR 164.312(b).
#
# What was seen: the fast log takes the old value to be False for every field and keeps only those
# whose new value differs. So a vendor archived, its tax number cleared or an amount set to 0 leave
# no line, and without a line there is no log at all. Taking it back is logged. The full log has
# all of it.
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   fast log of: name = Vendor B, active = True
#   full log of: name = Vendor B, vat = False, color = 0, active = False, active = True
. "$(dirname "$0")/_odoo.sh" odoo-addon-auditlog==19.0.2.0.1
odoo_install auditlog
odoo_run <<'PY'
import sys

model = env.ref("base.model_res_partner")
rule = env["auditlog.rule"].create(
    {
        "name": "Partners",
        "model_id": model.id,
        "log_read": False,
        "log_create": False,
        "log_unlink": False,
        "log_write": True,
        "log_type": "fast",
    }
)
WRITES = [{"name": "Vendor B"}, {"vat": False}, {"color": 0}, {"active": False}, {"active": True}]
seen = {}
for kind in ("fast", "full"):
    rule.log_type = kind
    rule.set_to_confirmed()
    partner = env["res.partner"].create({"name": "Vendor A", "vat": "TAX-ID-1", "color": 3})
    for values in WRITES:
        partner.write(values)
    lines = env["auditlog.log.line"].search([("log_id.res_id", "=", partner.id)], order="id")
    written = {next(iter(values)) for values in WRITES}
    lines = lines.filtered(lambda line: line.field_name in written)
    seen[kind] = [f"{line.field_name} = {line.new_value}" for line in lines]
    rule.set_to_draft()
    print(f"{kind} log of:", ", ".join(seen[kind]))
sys.exit(
    seen
    != {
        "fast": ["name = Vendor B", "active = True"],
        "full": ["name = Vendor B", "vat = False", "color = 0", "active = False", "active = True"],
    }
)
PY
