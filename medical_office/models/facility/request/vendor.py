"""Vendors that go: not while they repair something or are under contract."""

from odoo import fields, models

from .request import OPEN


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["medical.core.used", "res.partner"]

    def _medical_used_by(self):
        _ = self.env._
        return [
            *super()._medical_used_by(),
            (
                "maintenance.request",
                "medical_vendor_id",
                OPEN,
                _("repairs it does: %(names)s; close them or choose another vendor."),
            ),
            (
                "medical.facility.agreement",
                "partner_id",
                [("date_end", ">=", fields.Date.context_today(self))],
                _("agreements that run: %(names)s; end or archive them first."),
            ),
            (
                "medical.facility.duty",
                "partner_id",
                [],
                _("repairs that go there: %(names)s; choose another vendor there."),
            ),
        ]
