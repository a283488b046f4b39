"""A surveyor's login works while an access is open, and not a minute longer."""

from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _is_medical_surveyor(self):
        # sudo: who asks is this user, who may not read groups
        return self.sudo().has_group("medical_office.compliance_group_surveyor")

    def _medical_has_ended(self):
        """Whether this is a surveyor without an open access, too."""
        if super()._medical_has_ended():
            return True
        return self._is_medical_surveyor() and not self.env[
            "medical.compliance.surveyor"
        ]._open_of(self)

    def _medical_end_message(self):
        if self._is_medical_surveyor():
            return self.env._(
                "Your access as a surveyor is not open. Ask the practice for another."
            )
        return super()._medical_end_message()
