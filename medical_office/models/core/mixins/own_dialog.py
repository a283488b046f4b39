"""What somebody types into a dialog is theirs: no colleague reads or changes it."""

from odoo import api, models
from odoo.fields import Domain


class IrRule(models.Model):
    _inherit = "ir.rule"

    @api.model
    def _compute_domain(self, model_name, mode="read"):
        """A dialog of ours belongs to who opened it.

        The host gives a dialog's rows to everybody whose role may open such a dialog: a
        reason, a salary or a file that was typed in was read, and changed before it was
        confirmed, by others.
        """
        domain = super()._compute_domain(model_name, mode)
        if (
            self.env.su
            or not model_name.startswith("medical.")
            or not self.env[model_name]._transient
        ):
            return domain
        return domain & Domain("create_uid", "=", self.env.uid)
