"""What was said and sent while an enrollment is pending: a log that nobody rewrites."""

from odoo import api, fields, models

from .enrollment import KEEPERS


class PayerTouch(models.Model):
    """One call, mail or look into the portal. A correction is another entry."""

    _name = "medical.payer.touch"
    _description = "Follow-Up of an Enrollment"
    _inherit = ["medical.core.guard"]
    _order = "at desc, id desc"
    _editors = {"*": KEEPERS}
    _deletable_in = frozenset()
    _born_fields = frozenset(
        {"enrollment_id", "method", "contact", "reference", "said", "next_touch"}
    )

    enrollment_id = fields.Many2one(
        "medical.payer.enrollment", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="enrollment_id.company_id", store=True, index=True, precompute=True
    )
    at = fields.Datetime(
        "When", required=True, readonly=True, default=fields.Datetime.now
    )
    user_id = fields.Many2one(
        "res.users", "By", readonly=True, default=lambda self: self.env.user
    )
    method = fields.Selection(
        [
            ("phone", "Phone"),
            ("portal", "Portal"),
            ("email", "Email"),
            ("letter", "Letter or fax"),
        ],
        "How",
        required=True,
        default="phone",
    )
    contact = fields.Char("With whom")
    reference = fields.Char(help="Call or ticket number that the payer gave.")
    said = fields.Text("What was said", required=True)
    next_touch = fields.Date("Next follow-up")

    @api.depends("at", "enrollment_id")
    def _compute_display_name(self):
        for touch in self:
            touch.display_name = touch.enrollment_id.display_name or ""

    @api.model_create_multi
    def create(self, vals_list):
        """The next follow-up of the enrollment is what its last entry says."""
        touches = super().create(vals_list)
        for touch in touches.sorted("id"):
            if touch.enrollment_id.next_touch != touch.next_touch:
                touch.enrollment_id.next_touch = touch.next_touch
        return touches
