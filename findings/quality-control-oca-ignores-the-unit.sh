#!/usr/bin/env bash
# OCA quality_control_oca 19.0.1.0.0.8 (Odoo 19.0): a measured value is judged without its unit.
#
# What one would expect: a question has limits with a unit, and the answer may be given in another
# of the same family, which the form offers ("Root unit of the test UoM's family. Used to
# constrain the inspection UoM choice", help of the field). 1500 g are within 1 to 2 kg.
#
# What was seen: the conversion is asked of no unit, and Odoo gives the number back as it came. So
# 1500 g fails and 1.5 g passes, and so does a specimen of 1.5 milliliters where 1 to 2 liters
# are wanted. The inspection is then "Quality success", which nobody looks at again.
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   limits 1 to 2 kg: 1.5 kg success
#   limits 1 to 2 kg: 1500 g waiting
#   limits 1 to 2 kg: 1.5 g success
. "$(dirname "$0")/_odoo.sh" odoo-addon-quality_control_oca==19.0.1.0.0.8
odoo_install quality_control_oca
odoo_run <<'PY'
import sys

kilogram, gram = env.ref("uom.product_uom_kgm"), env.ref("uom.product_uom_gram")
question = {
    "name": "Net weight",
    "type": "quantitative",
    "min_value": 1,
    "max_value": 2,
    "uom_id": kilogram.id,
}
test = env["qc.test"].create({"name": "Receipt", "test_lines": [(0, 0, question)]})
seen = []
for value, unit in ((1.5, kilogram), (1500, gram), (1.5, gram)):
    inspection = env["qc.inspection"].create({"test": test.id})
    inspection.inspection_lines = inspection._prepare_inspection_lines(test)
    inspection.action_todo()
    line = inspection.inspection_lines
    allowed = env["uom.uom"].search([("id", "child_of", line.test_uom_category.id)])
    assert unit in allowed
    line.write({"quantitative_value": value, "uom_id": unit.id})
    inspection.action_confirm()
    seen.append(inspection.state)
    print(f"limits 1 to 2 kg: {value:g} {unit.name} {inspection.state}")
sys.exit(seen != ["success", "waiting", "success"])
PY
