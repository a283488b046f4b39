"""Steps of the setup that somebody left out, with the reason."""

from odoo import fields, models

GUIDE = "guide"  # the code by which the whole guide is closed


class CoreSetupSkip(models.Model):
    """One step of one company; taken up again, the record goes."""

    _name = "medical.core.setup.skip"
    _description = "Skipped Setup Step"
    _inherit = ["medical.core.guard"]
    _order = "id desc"
    _rec_name = "code"
    _deletable_in = frozenset()

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    code = fields.Char("Step", required=True, readonly=True)
    reason = fields.Char(required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Skipped By", required=True, readonly=True)
    at = fields.Datetime(
        "Skipped At", required=True, readonly=True, default=fields.Datetime.now
    )

    _unique = models.Constraint(
        "UNIQUE (company_id, code)", "This step is skipped already."
    )
