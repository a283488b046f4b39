"""A point of an agenda, what came of it, and what that allowed."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..mixins.open_action import open_action


class CoreMeetingItem(models.Model):
    _name = "medical.core.meeting.item"
    _description = "Agenda Point"
    _inherit = ["medical.core.guard"]
    _order = "meeting_id desc, sequence, id"
    _locked_by = ("meeting_id",)
    _born_fields = frozenset({"exception_id", "decision_id", "task_id", "before_id"})
    # by their names a head would read what is late at payroll
    _seen_fields = _born_fields

    meeting_id = fields.Many2one(
        "medical.core.meeting", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="meeting_id.company_id", store=True)
    sequence = fields.Integer(default=1000)
    kind = fields.Selection(
        [
            ("topic", "Topic"),
            ("exception", "Exception"),
            ("request", "Request"),
            ("action", "Action not done"),
        ],
        required=True,
        default="topic",
    )
    name = fields.Char("Point", required=True)
    exception_id = fields.Many2one(
        "medical.core.exception", index="btree_not_null", ondelete="set null"
    )
    decision_id = fields.Many2one(
        "medical.core.decision", "Request", index="btree_not_null", ondelete="restrict"
    )
    task_id = fields.Many2one(
        "medical.core.meeting.task", "Action", index="btree_not_null"
    )
    before_id = fields.Many2one(
        "medical.core.meeting.item", "Put off from", index="btree_not_null"
    )
    after_ids = fields.One2many("medical.core.meeting.item", "before_id")
    note = fields.Text("What Was Said")
    result = fields.Selection(
        [
            ("open", "Open"),
            ("decided", "Decided"),
            ("noted", "Noted"),
            ("deferred", "Put off"),
        ],
        required=True,
        default="open",
    )
    resolution = fields.Text("Decision", help="In one sentence.")
    allowed_model = fields.Char("What It Allows: Model")
    allowed_id = fields.Many2oneReference(
        "What It Allows", model_field="allowed_model", help="What the decision allowed."
    )
    allowed_name = fields.Char("Allows", compute="_compute_allowed_name")

    _resolution_said = models.Constraint(
        "CHECK (result <> 'decided' OR coalesce(trim(resolution), '') <> '')",
        "A point that is decided has its decision in a sentence.",
    )

    def _seen(self, name):
        """Id of a record that the point names, if the reader may see it; else False."""
        record = self[name]
        return record.has_access("read") and record.id

    def _sources(self):
        """By what a point is known again when the agenda is written once more."""
        self.ensure_one()
        return self.meeting_id._sources_of(
            {name: self[name].id for name in self._born_fields}
        )

    @api.depends("allowed_model", "allowed_id", "decision_id")
    def _compute_allowed_name(self):
        for item in self:
            record = item._allowed()
            item.allowed_name = record.display_name if record else False

    def _allowed(self):
        """The record that the decision allowed, if the reader may see it: named by hand,
        else what the request is about."""
        self.ensure_one()
        decision = self.decision_id
        model = self.allowed_model or (decision and decision.res_model)
        number = self.allowed_id if self.allowed_model else decision.res_id
        if not model or not number or model not in self.env:
            return None
        record = self.env[model].browse(number).exists()
        return record if record and record.has_access("read") else None

    @api.constrains("allowed_model", "allowed_id")
    def _check_allowed(self):
        for item in self.filtered("allowed_model"):
            if not item._allowed():
                raise UserError(
                    self.env._(
                        "%(point)s: there is no record %(number)s of “%(model)s” that "
                        "you may see.",
                        point=item.name,
                        number=item.allowed_id,
                        model=item.allowed_model,
                    )
                )

    def action_open(self):
        """Open what the point is about, or what its decision allowed."""
        self._check_caller("core_group_staff", "core_group_auditor")
        self.check_access("read")
        self.ensure_one()
        record = self._allowed()
        if not record and self.exception_id.has_access("read"):
            record = self.exception_id
        if not record:
            raise UserError(
                self.env._("%s is about no record that you may open.", self.name)
            )
        return open_action(record)
