"""What a record without a name of its own is called."""

from odoo import models

OWN = "medical."


class Base(models.AbstractModel):
    _inherit = "base"

    def _compute_display_name(self):
        """“Spending Limit 12” instead of “medical.core.limit,12”.

        A new one has no name yet: the client then says “New”. Models with a name of
        their own, and the host's, are called as ever.
        """
        if self._rec_name or not self._name.startswith(OWN):
            return super()._compute_display_name()
        # sudo: what a model is called is no secret
        label = self.env["ir.model"].sudo()._get(self._name).name
        for record in self:
            number = record._origin.id
            record.display_name = f"{label} {number}" if number else False
        return None
