"""A training session: when, by whom, what was taught, who was there."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ...core.mixins.guard import ALL
from .training import KEEPERS


class ComplianceTrainingSession(models.Model):
    """29 CFR 1910.1030(h)(2)(i): dates, contents, trainer, names and job titles."""

    _name = "medical.compliance.training.session"
    _description = "Training Session"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "held_on desc, id desc"

    _transitions = {
        ("draft", "done"): KEEPERS,
        ("done", "void"): KEEPERS,
    }
    _reason_required = frozenset({"void"})
    _reason_methods = frozenset({"action_void"})
    _locked = {"done": ALL, "void": ALL}
    _deletable_in = frozenset({"draft"})

    training_id = fields.Many2one(
        "medical.compliance.training", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    held_on = fields.Date("Held on", required=True, default=fields.Date.context_today)
    trainer = fields.Char(required=True)
    qualification = fields.Char(
        "Trainer's qualification", help="Kept with the record: 1910.1030(h)(2)(i)(C)."
    )
    content = fields.Text(help="A summary of what was taught.")
    attendee_ids = fields.Many2many(
        "hr.employee",
        "medical_compliance_training_attendee_rel",
        "session_id",
        "employee_id",
        string="Attendees",
        domain="[('company_id', '=', company_id)]",
    )
    attendee_count = fields.Integer(
        "Attended", compute="_compute_attendee_count", aggregator="sum"
    )
    proof = fields.Binary("Sign-in sheet", attachment=True)
    proof_name = fields.Char()
    record_ids = fields.One2many("medical.compliance.training.record", "session_id")
    state = fields.Selection(
        [("draft", "Planned"), ("done", "Held"), ("void", "Void")],
        required=True,
        default="draft",
        readonly=True,
        index=True,
    )

    @api.depends("training_id.name", "held_on")
    def _compute_display_name(self):
        for session in self:
            session.display_name = self.env._(
                "%(training)s, %(day)s",
                training=session.training_id.name or self.env._("Training"),
                day=format_date(self.env, session.held_on),
            )

    @api.depends("attendee_ids")
    def _compute_attendee_count(self):
        for session in self:
            session.attendee_count = len(session.attendee_ids)

    @api.onchange("training_id")
    def _onchange_training_id(self):
        self.content = self.content or self.training_id.content

    def action_done(self):
        """Confirm that it was held: each attendee gets a record.

        :raises UserError: nobody attended, or it is still to come
        :raises AccessError: the caller attended it
        """
        self._check_caller(*KEEPERS)
        self._move_to("done")

    def action_void(self, reason):
        """Take it back, with the records it made."""
        self._check_caller(*KEEPERS)
        self._move_to("void", reason)

    def _before_done(self):
        today = fields.Date.context_today(self)
        for session in self:
            if not session.attendee_ids:
                raise UserError(
                    self.env._("%s: enter who attended.", session.display_name)
                )
            if session.held_on > today:
                raise UserError(
                    self.env._(
                        "%s is still to come: confirm it once it was held.",
                        session.display_name,
                    )
                )
            # sudo: who attended is asked to refuse
            if self.env.user in session.sudo().attendee_ids.user_id:
                raise AccessError(
                    self.env._(
                        "%s: you attended it, so somebody else confirms it.",
                        session.display_name,
                    )
                )

    def _after_done(self):
        # sudo: records of a session are the program's
        records = self.env["medical.compliance.training.record"].sudo()._pen()
        records.create(
            [
                {
                    "training_id": session.training_id.id,
                    "employee_id": person.id,
                    "done_on": session.held_on,
                    "session_id": session.id,
                    "source": "session",
                }
                for session in self
                for person in session.attendee_ids
            ]
        )

    def _after_void(self):
        # sudo: as above
        records = self.sudo().record_ids.filtered(lambda one: one.state == "valid")
        if records:
            records._pen().write({"state": "void"})
