"""The log of controlled items on paper: one sheet an item and place, oldest first."""

from odoo import models

from ...engine.core.labels import labels_of
from ...tools.core.sheet import Column, Sheet


class SupplyControlledReport(models.AbstractModel):
    _name = "report.medical_office.supply_controlled"
    _inherit = "medical.core.report"
    _description = "Controlled Item Log, Printed"
    _on_practice_clock = True

    def _sheets(self, docs, _data):
        groups = docs.sorted("id").grouped(lambda e: (e.product_id, e.location_id))
        return [
            self._sheet(item, place, entries)
            for (item, place), entries in groups.items()
        ]

    def _sheet(self, item, place, entries):
        kinds = labels_of(entries, "kind")
        _ = self.env._
        return Sheet(
            name=f"{item.display_name}, {place.display_name}",
            columns=[
                Column("at", _("Time"), "moment"),
                Column("kind", _("What"), width=14),
                Column("lot", _("Lot"), width=14),
                Column("change", _("+/−"), "number"),
                Column("counted", _("Counted"), "number"),
                Column("difference", _("Differs"), "number"),
                Column("balance", _("Balance"), "number"),
                Column("by", _("By"), width=18),
                Column("witness", _("Witness"), width=18),
                Column("reference", _("Reference"), width=18),
                Column("note", _("Note"), width=20),
            ],
            rows=[self._row(entry, kinds) for entry in entries],
            note=_("Keep for at least two years (21 CFR 1304.04)."),
        )

    def _row(self, entry, kinds):
        is_count = entry.kind == "counted"
        waiting = self.env._("not signed") if entry.state == "waiting" else None
        return {
            "at": entry.at,
            "kind": kinds[entry.kind],
            "lot": entry.lot_id.name,
            "change": None if is_count else entry.change,
            "counted": entry.counted if is_count else None,
            "difference": entry.difference or None,
            "balance": entry.balance,
            # sudo: the signers' names belong to the record
            "by": entry.sudo().user_id.name,
            "witness": entry.sudo().witness_id.name or waiting,
            "reference": entry.reference,
            "note": entry.note,
        }


class SupplyControlledXlsx(models.AbstractModel):
    _name = "report.medical_office.supply_controlled_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Controlled Item Log as a Spreadsheet"
    _source = "report.medical_office.supply_controlled"
