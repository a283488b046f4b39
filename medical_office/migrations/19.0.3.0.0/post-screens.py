"""Items of a US practice lose the 15 % of the generic chart, which is no US tax."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Able to run twice: what has no such default any more is left as it is."""
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    taxes = env["res.company"].search([])._medical_drop_generic_tax()
    if not taxes:
        return
    items = (
        env["product.template"]
        .with_context(active_test=False)
        .search(
            [
                ("medical_kind", "!=", False),
                "|",
                ("taxes_id", "in", taxes.ids),
                ("supplier_taxes_id", "in", taxes.ids),
            ]
        )
    )
    for tax in taxes:
        items.write({"taxes_id": [(3, tax.id)], "supplier_taxes_id": [(3, tax.id)]})
