#!/usr/bin/env bash
# OCA date_range 19.0.1.0.1 (Odoo 19.0): ranges shared by all companies may overlap, whatever
# their type says.
#
# What one would expect: where a type does not allow overlaps (allow_overlap off, as it is by
# default) no two of its ranges hold the same day, be they of a company or, with the company left
# empty, of all of them. A report by fiscal year or a budget takes its dates from such a range.
#
# What was seen: only ranges that both name the same company are compared. Two fiscal years that
# share seven months are refused with a company and accepted without; so is a company's own
# year over a shared one. The help of allow_overlap ("If set, ... must not overlap") says the
# reverse of what it does.
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   both of one company:         refused
#   both shared:                 accepted
#   one shared, one a company's: accepted
. "$(dirname "$0")/_odoo.sh" odoo-addon-date_range==19.0.1.0.1
odoo_install date_range
odoo_run <<'PY'
import sys

from odoo.exceptions import ValidationError


def years(name, *companies):
    kind = env["date.range.type"].create({"name": name, "company_id": False})
    dates = (("2026-01-01", "2026-12-31"), ("2026-06-01", "2027-05-31"))
    try:
        for (start, end), company in zip(dates, companies):
            values = {"date_start": start, "date_end": end, "company_id": company}
            env["date.range"].create({"name": start, "type_id": kind.id, **values})
            env.flush_all()  # as at the end of each request
    except ValidationError:
        return "refused"
    return "accepted"


ours = env.company.id
seen = {
    "both of one company:        ": years("Fiscal year", ours, ours),
    "both shared:                ": years("Shared year", False, False),
    "one shared, one a company's:": years("Mixed year", False, ours),
}
for label, answer in seen.items():
    print(label, answer)
sys.exit(list(seen.values()) != ["refused", "accepted", "accepted"])
PY
