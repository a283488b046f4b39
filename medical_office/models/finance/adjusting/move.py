"""A draft of ours that is posted in the books counts as posted here, too."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def action_post(self):
        """Take back what is to be taken back when the entry is posted in the books. What
        was posted past this button is noted when the month is worked out again."""
        result = super().action_post()
        if self.ids:
            # sudo: follows from the posting, whoever may read proposals
            rows = self.env["medical.finance.adjusting"].sudo()
            rows.search([("move_id", "in", self.ids)])._note_posted()
        return result
