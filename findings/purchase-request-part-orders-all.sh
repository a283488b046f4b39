#!/usr/bin/env bash
# OCA purchase_request 19.0.1.0.3 (Odoo 19.0): who orders a part of an approved request orders all
# of it, and may then order all of it again.
#
# What one would expect: the dialog "Create RFQ" of a request for 10 boxes has a column "Quantity to
# purchase"; with 4 typed there the order is for 4, the dialog offers the 6 that are left the next
# time, and after both the vendors are asked for 10.
#
# What was seen: the order line is made with 4 and at once set to what all linked request lines ask
# for: 10. The dialog offers what was not yet received instead of what was not yet ordered, so that
# a second order to another vendor, before the first arrives, is offered 10 and gets 10. The request
# shows 20 as ordered.
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   first vendor: offered 10, typed 4, ordered 10
#   second vendor: offered 10, typed 6, ordered 10
#   requested 10, on orders 20
. "$(dirname "$0")/_odoo.sh" odoo-addon-purchase_request==19.0.1.0.3
odoo_install purchase_request
odoo_run <<'PY'
import sys

gloves = env["product.product"].create({"name": "Gloves, box", "is_storable": True})
request = env["purchase.request"].create(
    {"line_ids": [(0, 0, {"product_id": gloves.id, "product_uom_id": gloves.uom_id.id, "product_qty": 10})]}
)
request.button_to_approve()
request.button_approved()
line = request.line_ids
seen = []
for label, typed in (("first", 4), ("second", 6)):
    vendor = env["res.partner"].create({"name": label})
    dialog = env["purchase.request.line.make.purchase.order"].with_context(
        active_model="purchase.request.line", active_ids=line.ids
    ).create({"supplier_id": vendor.id})
    offered = dialog.item_ids.product_qty
    dialog.item_ids.product_qty = typed
    orders = env["purchase.order"].search(dialog.make_purchase_order()["domain"])
    orders.button_confirm()
    seen.append((offered, sum(orders.order_line.mapped("product_qty"))))
    print(f"{label} vendor: offered {offered:.0f}, typed {typed}, ordered {seen[-1][1]:.0f}")
line.invalidate_recordset()
print(f"requested {line.product_qty:.0f}, on orders {line.purchased_qty:.0f}")
sys.exit(seen != [(10, 10), (10, 10)] or line.purchased_qty != 20)
PY
