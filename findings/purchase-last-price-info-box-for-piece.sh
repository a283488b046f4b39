#!/usr/bin/env bash
# OCA purchase_last_price_info 19.0.1.0.0.5 (Odoo 19.0): the last price of a product is that of the
# box it came in, and without the discount.
#
# What one would expect: "Last Purchase Price" of a product that is kept by the piece is the price of
# a piece, as all prices on the product are (its cost, its sales price) in its unit of measure.
# Five boxes of 100 gloves for $20 each, 500 gloves at $0.20, and 500 at $0.25 less 20 percent are
# the same $100 for 500 gloves: $0.20 each time.
#
# What was seen: it is the price of the purchase line as it stands there, in the line's unit and
# before its discount, and no unit is shown beside it: $20.00, $0.20 and $0.25. Who compares it with
# a cost or an offer by the piece sees a hundred times the price.
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   5 boxes at 20.00: order 100.00, last price of a piece 20.00
#   500 pieces at 0.20: order 100.00, last price of a piece 0.20
#   500 pieces at 0.25 less 20 percent: order 100.00, last price of a piece 0.25
. "$(dirname "$0")/_odoo.sh" odoo-addon-purchase_last_price_info==19.0.1.0.0.5
odoo_install purchase_last_price_info
odoo_run <<'PY'
import sys

piece = env.ref("uom.product_uom_unit")
box = env["uom.uom"].create(
    {"name": "Box of 100", "relative_uom_id": piece.id, "relative_factor": 100}
)
vendor = env["res.partner"].create({"name": "Vendor"})
seen = []
for label, unit, quantity, price, discount in (
    ("5 boxes at 20.00", box, 5, 20.0, 0),
    ("500 pieces at 0.20", piece, 500, 0.2, 0),
    ("500 pieces at 0.25 less 20 percent", piece, 500, 0.25, 20),
):
    gloves = env["product.product"].create({"name": label, "uom_id": piece.id})
    line = {
        "product_id": gloves.id,
        "product_qty": quantity,
        "product_uom_id": unit.id,
        "price_unit": price,
        "discount": discount,
        "tax_ids": False,
    }
    order = env["purchase.order"].create({"partner_id": vendor.id, "order_line": [(0, 0, line)]})
    order.button_confirm()
    seen.append((order.amount_total, gloves.last_purchase_price))
    print(f"{label}: order {seen[-1][0]:.2f}, last price of a piece {seen[-1][1]:.2f}")
sys.exit(seen != [(100.0, 20.0), (100.0, 0.2), (100.0, 0.25)])
PY
