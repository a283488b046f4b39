"""QR labels for assets: whoever scans one reports a fault, without an account."""

from odoo import models
from odoo.exceptions import UserError


class FacilityAssetLabel(models.AbstractModel):
    """The sheets of the room labels, with assets on them."""

    _name = "medical.facility.asset.label"
    _inherit = "medical.core.room.label"
    _description = "Asset Labels"

    def _label_rooms(self, docids):
        """The assets to print, room by room in walking order.

        :raises UserError: no asset was chosen
        """
        assets = self.env["maintenance.equipment"].browse(docids or [])
        assets.check_access("read")
        if not assets:
            raise UserError(self.env._("Choose the assets to print labels for."))
        assets._medical_ensure_tokens()
        return assets.sorted(
            lambda a: (
                a.medical_site_id.name or "",
                a.location_id.medical_sequence,
                a.location_id.name or "",
                a.name,
                a.id,
            )
        )

    def _label_lines(self, room):
        asset = room
        serial = self.env._("No. %(serial)s", serial=asset.serial_no)
        return [
            " · ".join(
                filter(None, [asset.location_id.name, asset.medical_site_id.name])
            ),
            " · ".join(filter(None, [asset.model, asset.serial_no and serial])),
            self.env._("Fault? Scan to report it."),
        ]


class AssetLabelSmall(models.AbstractModel):
    _name = "report.medical_office.facility_asset_label_small"
    _inherit = "medical.facility.asset.label"
    _description = "Asset Labels, 30 per Sheet"
    _sheet = "5160"


class AssetLabel(models.AbstractModel):
    _name = "report.medical_office.facility_asset_label"
    _inherit = "medical.facility.asset.label"
    _description = "Asset Labels, 10 per Sheet"
    _sheet = "5163"
