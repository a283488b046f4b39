"""A draft of ours that is posted in the books counts as posted here, too."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _medical_adjusted(self):
        """Take back what is to be taken back, wherever the entry was posted."""
        # sudo: follows from the posting, whoever may read proposals
        rows = self.env["medical.finance.adjusting"].sudo()
        rows.search([("move_id", "in", self.ids)])._note_posted()
