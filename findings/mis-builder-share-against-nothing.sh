#!/usr/bin/env bash
# OCA mis_builder 19.0.1.2.1 (Odoo 19.0): a percentage compared with nothing is points gained.
#
# What one would expect: a column that compares two others stays empty where one of them has no
# value, as it does for amounts. A budget without revenue has no overhead ratio (its expression
# ends in AccountingNone, the documented way around a division by zero), so there is nothing to
# be better or worse than.
#
# What was seen: for an indicator of type percentage the missing one counts as 0 %: 58.9 % against
# nothing reads +58.9 pp, while 404,024 against nothing is empty in the same column. The two kinds
# of "nothing" cannot be told apart by ==, since AccountingNone equals 0; a test for it goes by "is".
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   amount, 404024 against nothing: ''
#   percentage, 58.9 % against nothing: '+58.9 pp'
#   percentage, 58.9 % against 0 %: '+58.9 pp'
. "$(dirname "$0")/_odoo.sh" odoo-addon-mis_builder==19.0.1.2.1 \
    odoo-addon-date_range==19.0.1.0.1 odoo-addon-report_xlsx==19.0.1.0.2.2
odoo_install mis_builder
odoo_run <<'PY'
import sys

from odoo.addons.mis_builder.models.accounting_none import AccountingNone

styles = env["mis.report.style"]
one_digit = styles.create({"name": "one digit", "dp_inherit": False, "dp": 1})
lang = env["res.lang"]._lang_get("en_US")


def against(kind, value, base):
    props = styles.merge([one_digit])
    shown = styles.compare_and_render(lang, props, kind, "pct", value, base)[1]
    return shown.replace("\xa0", " ")


seen = [
    against("num", 404024, AccountingNone),
    against("pct", 0.589, AccountingNone),
    against("pct", 0.589, 0.0),
]
for words, shown in zip(
    (
        "amount, 404024 against nothing",
        "percentage, 58.9 % against nothing",
        "percentage, 58.9 % against 0 %",
    ),
    seen,
):
    print(f"{words}: {shown!r}")
sys.exit(seen != ["", "+58.9 pp", "+58.9 pp"])
PY
