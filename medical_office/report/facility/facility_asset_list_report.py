"""The assets, room by room: what stands where, in what condition, worth how much."""

from odoo import models

from ...tools.core.sheet import GROUP, Column, Sheet


class FacilityAssetListReport(models.AbstractModel):
    _name = "report.medical_office.facility_asset_list"
    _inherit = "medical.core.report"
    _description = "Asset List by Room"

    def _sheets(self, docs, data):
        assets = docs.sorted(
            lambda a: (
                a.medical_site_id.name or "",
                a.location_id.medical_sequence,
                a.location_id.name or "",
                a.medical_kind_id.family or "",
                a.name,
                a.id,
            )
        )
        return [
            Sheet(
                name=self.env._("Assets"),
                empty=self.env._("No assets were chosen."),
                rows=self._rows(assets),
                columns=self._columns(),
            )
        ]

    def _columns(self):
        _ = self.env._
        return [
            Column("asset", _("Asset"), width=28),
            Column("kind", _("Kind"), width=20),
            Column("serial", _("Serial number"), width=14),
            Column("model", _("Model"), width=20),
            Column("condition", _("Condition"), width=9),
            Column("out", _("Out of service"), "flag"),
            Column("bought", _("Bought"), "day"),
            Column("ends", _("End of life"), "day"),
            Column("warranty", _("Warranty"), "day"),
            Column("next", _("Next check"), "day"),
            Column("value", _("Replacement"), "money", total=True),
        ]

    def _rows(self, assets):
        rows = []
        for room, here in assets.grouped("location_id").items():
            place = filter(None, [here[:1].medical_site_id.name, room.name])
            rows.append({GROUP: ", ".join(place) or self.env._("Without a room")})
            rows += [self._row(asset) for asset in here]
        return rows

    def _row(self, asset):
        return {
            "asset": asset.name,
            "kind": asset.medical_kind_id.name,
            "serial": asset.serial_no,
            "model": asset.model,
            "condition": (asset.medical_condition or "").upper(),
            "out": asset.medical_is_out or None,
            "bought": asset.medical_purchase_date,
            "ends": asset.medical_end_of_life,
            "warranty": asset.warranty_date,
            "next": asset.medical_next_due
            and asset.company_id._medical_day(asset.medical_next_due),
            "value": asset.medical_replacement_value,
        }


class FacilityAssetListXlsx(models.AbstractModel):
    _name = "report.medical_office.facility_asset_list_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Asset List as a Spreadsheet"
    _source = "report.medical_office.facility_asset_list"
