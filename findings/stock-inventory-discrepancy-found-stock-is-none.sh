#!/usr/bin/env bash
# OCA stock_inventory_discrepancy 19.0.1.0.0.3 (Odoo 19.0): stock found where none should be has a
# discrepancy of 0 percent.
#
# What one would expect: a count that differs by more than the threshold is not applied until
# somebody with the right to do so confirms it (README). Of 10 in the books 12 counted are 20
# percent; 500 counted of none are beyond any percentage.
#
# What was seen: without a quantity in the books the percentage is set to 0, so the 500 are applied
# at once by whoever counted, while two too many of ten are held. Just that is how a lot gets
# into stock that nobody received, or a typing error at a shelf that was empty.
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   10 in the books, 12 counted, threshold 5: discrepancy 20, held, stock 10
#   0 in the books, 500 counted, threshold 5: discrepancy 0, applied, stock 500
. "$(dirname "$0")/_odoo.sh" odoo-addon-stock_inventory_discrepancy==19.0.1.0.0.3
odoo_install stock_inventory_discrepancy
odoo_run <<'PY'
import sys

env.company.inventory_discrepancy_enable = True
warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
warehouse.discrepancy_threshold = 5
location = warehouse.lot_stock_id
quants, seen = env["stock.quant"], []
for books, counted in ((10, 12), (0, 500)):
    product = env["product.product"].create({"name": "Vaccine", "is_storable": True})
    if books:
        quants._update_available_quantity(product, location, books)
    values = {"product_id": product.id, "location_id": location.id, "inventory_quantity": counted}
    quant = quants.with_context(inventory_mode=True).create(values)
    percent = quant.discrepancy_percent
    held = bool(quant.action_apply_inventory())
    stock = product.with_context(location=location.id).qty_available
    seen.append((percent, held, stock))
    state = "held" if held else "applied"
    print(f"{books} in the books, {counted} counted, threshold {quant.discrepancy_threshold:g}:", end=" ")
    print(f"discrepancy {percent:g}, {state}, stock {stock:g}")
sys.exit(seen != [(20, True, 10), (0, False, 500)])
PY
