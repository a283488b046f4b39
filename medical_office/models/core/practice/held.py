"""What pending payer enrollments hold back: asked below, answered by the payer domain."""

from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _medical_money_held(self, day):
        """Money that pending enrollments keep the practice from being paid. Hook.

        :return: {company id: amount in the company's currency, or None where nobody
            follows enrollments}; the payer domain answers
        """
        return dict.fromkeys(self.ids)
