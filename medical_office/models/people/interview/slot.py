"""Times that HR offers for a round; a candidate takes one on the booking page."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_datetime


class PeopleInterviewSlot(models.Model):
    _name = "medical.people.interview.slot"
    _description = "Interview Time Offered"
    _inherit = ["medical.core.guard"]
    _order = "start, id"

    _born_fields = frozenset({"round_id"})

    round_id = fields.Many2one(
        "medical.people.interview.round", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="round_id.company_id", store=True, index=True)
    job_id = fields.Many2one(related="round_id.job_id")
    start = fields.Datetime("Begins", required=True, index=True)
    interview_id = fields.Many2one(
        "medical.people.interview",
        "Taken by",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )

    _once = models.UniqueIndex(
        "(round_id, start)", "This time is offered for the round already."
    )

    @api.depends("start", "round_id")
    def _compute_display_name(self):
        for slot in self:
            slot.display_name = slot.start and (
                f"{slot.round_id.name}: "
                f"{format_datetime(self.env, slot.start, dt_format='short')}"
            )

    @api.constrains("start")
    def _check_start(self):
        now = fields.Datetime.now()
        for slot in self:
            if slot.start < now and not slot.interview_id:
                raise ValidationError(
                    self.env._(
                        "%s has passed. Offer a time to come.",
                        format_datetime(self.env, slot.start, dt_format="short"),
                    )
                )
