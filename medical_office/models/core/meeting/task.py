"""What somebody does after a meeting, or has promised there, until when; overdue, it is an
exception."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools.misc import format_date

from ..check.answerable import Answerable, finding
from ..check.check import CheckResult
from .meeting import CHAIRS


class CoreMeetingTask(models.Model):
    """Given by a meeting, done by its owner, with a word about what was done."""

    _name = "medical.core.meeting.task"
    _description = "Action"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "date_due, id"

    _transitions = {
        ("open", "done"): "core_group_staff",
        ("open", "canceled"): CHAIRS,
        ("done", "open"): CHAIRS,
    }
    _reason_required = frozenset({"done", "canceled", ("done", "open")})
    _reason_methods = frozenset({"action_done", "action_cancel", "action_reopen"})
    _editors = {"*": CHAIRS}
    _born_fields = frozenset({"meeting_id"})
    _seen_fields = frozenset({"meeting_id", "item_id"})
    _locked = {
        state: frozenset({"name", "owner_id", "date_due", "item_id", "promised_by"})
        for state in ("done", "canceled")
    }
    _deletable_in = frozenset()

    meeting_id = fields.Many2one(
        "medical.core.meeting", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="meeting_id.company_id", store=True, index=True
    )
    item_id = fields.Many2one(
        "medical.core.meeting.item",
        "Point",
        domain="[('meeting_id', '=', meeting_id)]",
        ondelete="set null",
        index="btree_not_null",
    )
    name = fields.Char("What", required=True)
    owner_id = fields.Many2one(
        "res.users", required=True, index=True, domain="[('share', '=', False)]"
    )
    promised_by = fields.Selection(
        [("us", "We do"), ("them", "They promised")],
        "Who",
        required=True,
        default="us",
        tracking=True,
        help="What the other side promised has an owner here, too: who asks for it.",
    )
    outsider_id = fields.Many2one(
        related="meeting_id.outsider_id", store=True, index="btree_not_null"
    )
    date_due = fields.Date("Due", required=True, tracking=True)
    is_overdue = fields.Boolean("Overdue", compute="_compute_is_overdue")
    done_note = fields.Text("What Was Done", readonly=True)
    done_at = fields.Datetime(readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("done", "Done"), ("canceled", "Canceled")],
        required=True,
        readonly=True,
        default="open",
        index=True,
    )

    @api.depends("date_due", "state")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for task in self:
            task.is_overdue = (
                task.state == "open" and bool(task.date_due) and task.date_due < today
            )

    def action_done(self, reason):
        """Say that it is done, and what was done.

        :raises AccessError: somebody else owns it
        """
        self._check_caller("core_group_staff")
        for task in self:
            if task.owner_id != self.env.user and not self._is_program():
                raise AccessError(
                    self.env._(
                        "%(task)s: only %(who)s can say that it is done.",
                        task=task.name,
                        who=task.owner_id.name,
                    )
                )
        self._move_to("done", reason)

    def action_cancel(self, reason):
        """It is not needed anymore."""
        self._check_caller(*CHAIRS)
        self._move_to("canceled", reason)

    def action_reopen(self, reason):
        """It is not done after all."""
        self._check_caller(*CHAIRS)
        self._move_to("open", reason)

    def _state_values(self, state, reason):
        if state == "open":
            return {"done_note": False, "done_at": False}
        return {"done_note": reason, "done_at": fields.Datetime.now()}

    @api.model_create_multi
    def create(self, vals_list):
        tasks = super().create(vals_list)
        for task in tasks:
            if task.meeting_id.state in ("closed", "canceled"):
                raise UserError(task.meeting_id._locked_message("task_ids"))
        return tasks

    @api.constrains("item_id", "owner_id")
    def _check_whose(self):
        for task in self:
            if task.item_id and task.item_id.meeting_id != task.meeting_id:
                raise ValidationError(
                    self.env._("%s: choose a point of the same meeting.", task.name)
                )
            # sudo: whether a login is a visitor's is asked to refuse
            if task.owner_id.sudo().share:
                raise ValidationError(
                    self.env._(
                        "%s: choose an owner who works in the practice.", task.name
                    )
                )

    def _medical_answerable(self):
        self.ensure_one()
        return Answerable(
            self.owner_id.id, self.meeting_id.chair_id.id, False, self.company_id.id
        )

    @api.model
    def _medical_check_overdue(self):
        """Actions of meetings that are past their day."""
        today = fields.Date.context_today(self)
        tasks = self.search([("state", "=", "open")])
        rows = [
            finding(task, task._overdue_text())
            for task in tasks
            if task.date_due < today
        ]
        return CheckResult(looked_at=len(tasks), rows=rows)

    def _overdue_text(self):
        self.ensure_one()
        # sudo: who promised is named to the owner, who has no right on partners
        words = {
            "task": self.name,
            "day": format_date(self.env, self.date_due),
            "meeting": self.meeting_id.display_name,
            "who": self.sudo().outsider_id.name or "",
        }
        if self.promised_by == "them":
            return self.env._(
                "%(who)s promised “%(task)s” until %(day)s: ask for it (%(meeting)s)",
                **words,
            )
        return self.env._("%(task)s was due on %(day)s (%(meeting)s)", **words)

    @api.constrains("promised_by", "meeting_id")
    def _check_promised_by(self):
        for task in self:
            if task.promised_by == "them" and task.meeting_id.kind == "practice":
                raise ValidationError(
                    self.env._(
                        "%s: only somebody outside can have promised it. The meeting is "
                        "one of the practice itself.",
                        task.name,
                    )
                )
