"""Order proposals on paper: a table for each vendor, what is empty first on top."""

from odoo import models

from ...engine.core.labels import labels_of
from ...tools.core.sheet import Column, Sheet


class SupplyProposalReport(models.AbstractModel):
    _name = "report.medical_office.supply_proposal"
    _inherit = "medical.core.report"
    _description = "Order Proposals by Vendor"

    def _sheets(self, docs, data):
        """A sheet per vendor; lines that lack a vendor come last."""
        groups = docs.sorted(lambda line: (line.days_left, line.id)).grouped(
            "partner_id"
        )
        vendors = sorted(groups, key=lambda one: (not one, one.name or "", one.id))
        return [self._sheet(vendor, groups[vendor]) for vendor in vendors]

    def _sheet(self, vendor, lines):
        _ = self.env._
        return Sheet(
            name=vendor.name or _("Without vendor"),
            columns=[
                Column("site", _("Site"), width=16),
                Column("item", _("Item"), width=34),
                Column("code", _("Code"), width=10),
                Column("on_hand", _("On hand"), "number"),
                Column("on_order", _("On order"), "number"),
                Column("days", _("Days left"), "number"),
                Column("needed", _("Short"), "number"),
                Column("packs", _("Packs"), "number"),
                Column("pack", _("of"), "number"),
                Column("price", _("Pack price"), "money"),
                Column("above", _("Above contract"), "percent"),
                Column("amount", _("Amount"), "money", total=True),
                Column("state", _("Status"), width=10),
            ],
            rows=[self._row(line) for line in lines],
        )

    def _row(self, line):
        states = labels_of(line, "state")
        row = {
            "site": line.site_id.name,
            "item": line.product_id.name,
            "code": line.product_id.default_code,
            "needed": line.needed,
            "packs": line.packs,
            "pack": line.pack,
            "price": line.price,
            "above": line.over_contract / 100 or None,
            "amount": line.amount,
            "state": states[line.state],
        }
        if line.source == "need":  # of a request nobody worked these out
            row |= {
                "on_hand": line.on_hand,
                "on_order": line.on_order,
                "days": line.days_left if line.week_use else None,
            }
        return row


class SupplyProposalXlsx(models.AbstractModel):
    _name = "report.medical_office.supply_proposal_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Order Proposals as a Spreadsheet"
    _source = "report.medical_office.supply_proposal"
