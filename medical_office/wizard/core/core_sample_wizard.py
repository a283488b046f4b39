"""The one action that loads the sample practice, with a word of warning."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...sample.core.practice import COMPANY


class CoreSampleWizard(models.TransientModel):
    _name = "medical.core.sample.wizard"
    _description = "Load the Sample Practice"
    _inherit = ["medical.core.wizard"]

    company_name = fields.Char(default=COMPANY, readonly=True)
    confirmed = fields.Boolean(
        string=(
            "I understand that this fills the database with people and a year of "
            "records"
        )
    )

    def action_load(self):
        """Load the sample practice, then show its cockpit. Administrators only."""
        self.check_access("write")
        self.ensure_one()
        if not self.confirmed:
            raise UserError(
                self.env._("Check the box first: loading cannot be undone.")
            )
        company_id = self.env["medical.core.sample"].load()
        return {
            "type": "ir.actions.act_url",
            "url": f"/odoo?cids={company_id}",
            "target": "self",
        }
