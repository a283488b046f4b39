"""Assets that go: not while somebody still works on them or a plan counts on them."""

from odoo import models
from odoo.exceptions import UserError

from ..request.request import OPEN

NAMED = 3  # requests or plans a refusal names


class MaintenanceEquipment(models.Model):
    _inherit = "maintenance.equipment"

    def write(self, vals):
        """Refuse to archive what others still lean on."""
        if "active" in vals and not vals["active"]:
            self.check_access("write")  # what hangs on it is not told to everybody
            self._medical_check_unused()
        return super().write(vals)

    def _medical_check_unused(self):
        """Raise a UserError that names the asset, what hangs on it, what to do first."""
        for asset, reasons in self.filtered("active")._medical_uses().items():
            raise UserError(
                self.env._(
                    "%(asset)s cannot be archived yet: %(reasons)s",
                    asset=asset.display_name,
                    reasons=" ".join(reasons),
                )
            )

    def _medical_uses(self):
        """What still hangs on these assets. Domains add theirs.

        :return: {asset: [sentence that says what it is and what to do first]}
        """
        uses = {}
        if not self:
            return uses
        texts = {
            "maintenance.request": self.env._(
                "it has open work (%(names)s); close or cancel that first."
            ),
            "medical.facility.maintenance.plan": self.env._(
                "it has maintenance plans (%(names)s); archive them first."
            ),
        }
        for model, text in texts.items():
            # sudo: what hangs on an asset counts, also where this user may not see it
            records = self.env[model].sudo()
            domain = OPEN if model == "maintenance.request" else []
            for asset, found in records._read_group(
                [*domain, ("equipment_id", "in", self.ids)],
                ["equipment_id"],
                ["id:recordset"],
            ):
                names = ", ".join(found[:NAMED].mapped("name"))
                uses.setdefault(self.browse(asset.id), []).append(
                    text % {"names": names}
                )
        return uses
