"""Assets that go: not while somebody still works on them or a plan counts on them."""

from odoo import models

from ..request.request import OPEN


class MaintenanceEquipment(models.Model):
    _name = "maintenance.equipment"
    _inherit = ["medical.core.used", "maintenance.equipment"]

    def _medical_used_by(self):
        return [
            *super()._medical_used_by(),
            (
                "maintenance.request",
                "equipment_id",
                OPEN,
                self.env._("it has open work (%(names)s); close or cancel that first."),
            ),
            (
                "medical.facility.maintenance.plan",
                "equipment_id",
                [],
                self.env._("it has maintenance plans (%(names)s); archive them first."),
            ),
        ]
