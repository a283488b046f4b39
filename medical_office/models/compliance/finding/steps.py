"""From open to closed: begun with a cause, corrected with proof, looked at by another."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ....tools.compliance.audit import look_again_day

KEEPERS = ("core_group_manager", "core_group_director")


class ComplianceAuditFinding(models.Model):
    _inherit = "medical.compliance.audit.finding"

    can_correct = fields.Boolean(
        compute="_compute_can_correct",
        help="Technical: the reader corrects it, as its owner or for the owner.",
    )

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_can_correct(self):
        keeps = self._guard_user_in(KEEPERS)
        for one in self:
            one.can_correct = keeps or one.user_id == self.env.user

    def action_begin(self):
        """Begin the correction: cause and first action are entered."""
        self._check_owner()
        self._move_to("action")
        return True

    def action_corrected(self):
        """All actions are done: somebody else looks whether it worked, after some time."""
        self._check_owner()
        self._move_to("look")
        return True

    def action_close(self):
        """It worked: close with the proof of the check."""
        self._check_caller("core_group_head")
        self._move_to("closed")
        return True

    def action_not_effective(self, reason):
        """It did not work: back to correction, with what the check showed."""
        self._check_caller("core_group_head")
        self._move_to("action", reason)

    def action_reopen(self, reason):
        """Open a closed or accepted finding again."""
        self._check_caller(*KEEPERS)
        self._move_to("action", reason)

    def action_accept(self, reason):
        """The director accepts the risk, for a reason."""
        self._check_caller("core_group_director")
        self._move_to("accepted", reason)

    def action_withdraw(self, reason):
        """The director takes back what turned out to be no finding."""
        self._check_caller("core_group_director")
        self._move_to("withdrawn", reason)

    def _check_owner(self):
        self._check_caller("core_group_staff")
        self.check_access("write")
        for one in self:
            if not one.can_correct:
                raise AccessError(
                    self.env._(
                        "“%(finding)s” is worked on by its owner, %(owner)s, or the "
                        "office manager.",
                        finding=one.display_name,
                        owner=one.user_id.name,
                    )
                )

    # -------------------------------------------------------------------- the steps

    def _before_action(self):
        for one in self.filtered(lambda finding: finding.state == "open"):
            if not (one.cause or "").strip():
                raise UserError(
                    self.env._(
                        "“%s”: enter the cause first. Without it the same thing is found "
                        "again.",
                        one.display_name,
                    )
                )
            if not one.action_ids:
                raise UserError(
                    self.env._(
                        "“%s”: enter at least one corrective action, with a person and a "
                        "day.",
                        one.display_name,
                    )
                )

    def _before_look(self):
        for one in self:
            open_ones = one.action_ids.filtered(lambda action: action.state != "done")
            if open_ones:
                raise UserError(
                    self.env._(
                        "“%(finding)s” still has actions to finish: %(names)s.",
                        finding=one.display_name,
                        names=", ".join(open_ones.mapped("name")),
                    )
                )
            fresh = one.action_ids.filtered(
                lambda action, since=one.returned_at: (
                    not since or action.done_at > since
                )
            )
            if not fresh:
                raise UserError(
                    self.env._(
                        "“%s” came back because the correction did not work: enter and "
                        "finish another action.",
                        one.display_name,
                    )
                )

    def _before_closed(self):
        today = fields.Date.context_today(self)
        for one in self:
            if one.look_due and today < one.look_due:
                raise UserError(
                    self.env._(
                        "“%(finding)s” is looked at from %(day)s on: the correction has "
                        "to stand for %(days)s days.",
                        finding=one.display_name,
                        day=format_date(self.env, one.look_due),
                        days=one.look_days,
                    )
                )
            if not (one.effect or "").strip():
                raise UserError(
                    self.env._(
                        "“%s”: enter what the effectiveness check showed.",
                        one.display_name,
                    )
                )
            if not one.effect_file and not (one.proof_note or "").strip():
                raise UserError(
                    self.env._(
                        "“%s” is not closed without proof: attach a file, or enter where "
                        "the proof is.",
                        one.display_name,
                    )
                )

    def _state_values(self, state, reason):
        now = fields.Datetime.now()
        if state == "closed":
            return {"checked_by_id": self.env.uid, "closed_at": now}
        if state == "accepted":
            return {"checked_by_id": self.env.uid, "treatment": "accept"}
        if state == "action":
            return {
                "checked_by_id": False,
                "closed_at": False,
                "look_due": False,
                "returned_at": now if reason else False,
            }
        return {}

    def _after_look(self):
        # sudo: the day of the check is the program's
        for one in self.sudo()._pen():
            days = [fields.Date.context_today(one, a.done_at) for a in one.action_ids]
            one.look_due = look_again_day(days, one.look_days)
