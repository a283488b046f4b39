"""Dialogs on exceptions: waive them, give them to somebody else."""

from odoo import api, fields, models

from ...models.core.exception.exception import SECOND_PERSON_RANK
from ...models.core.mixins.done import CLOSE, done, standing, stepped


class CoreWaiveWizard(models.TransientModel):
    _name = "medical.core.waive.wizard"
    _description = "Waive Exceptions"
    _inherit = ["medical.core.wizard"]

    exception_ids = fields.Many2many("medical.core.exception", required=True)
    reason = fields.Text(required=True)
    until = fields.Date(
        required=True,
        default=lambda self: fields.Date.add(fields.Date.context_today(self), days=7),
        help="Last day of the waiver; the day after, the exception is open again.",
    )
    severe_count = fields.Integer(compute="_compute_counts")
    request_count = fields.Integer(compute="_compute_counts")

    @api.depends("exception_ids")
    def _compute_counts(self):
        for wizard in self:
            exceptions = wizard.exception_ids
            wizard.severe_count = len(
                exceptions.filtered(lambda e: e.severity_rank >= SECOND_PERSON_RANK)
            )
            wizard.request_count = len(
                exceptions.filtered(lambda e: not e._may_waive_at_once())
            )

    def action_confirm(self):
        """Waive, or ask for the waiver; the exceptions check who may do what."""
        self.env["medical.core.guard"]._check_caller("core_group_staff")
        self.ensure_one()
        before = standing(self.exception_ids)
        self.exception_ids.action_waive(self.reason, self.until)
        return stepped(self.env, before, then=CLOSE)


class CoreAssignWizard(models.TransientModel):
    _name = "medical.core.assign.wizard"
    _description = "Reassign Exceptions"
    _inherit = ["medical.core.wizard"]

    exception_ids = fields.Many2many("medical.core.exception", required=True)
    user_id = fields.Many2one(
        "res.users",
        string="New Owner",
        required=True,
        domain=lambda self: self._staff(),
    )
    backup_id = fields.Many2one("res.users", domain=lambda self: self._staff())

    @api.model
    def _staff(self):
        return [
            ("share", "=", False),
            (
                "all_group_ids",
                "in",
                self.env.ref("medical_office.core_group_staff").ids,
            ),
        ]

    def action_confirm(self):
        """Reassign; the exceptions check who may and to whom."""
        self.env["medical.core.guard"]._check_caller("core_group_head")
        self.ensure_one()
        self.exception_ids.action_reassign(self.user_id.id, self.backup_id.id)
        return done(
            self.env,
            self.env._(
                "Exceptions reassigned to %(owner)s: %(count)s.",
                owner=self.user_id.name,
                count=len(self.exception_ids),
            ),
            then=CLOSE,
        )
