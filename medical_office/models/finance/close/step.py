"""A step of a month's close: done by its owner, verified by somebody else."""

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from ....engine.core.months import short_month
from ...core.check.answerable import Answerable, finding
from ...core.check.check import CheckResult
from ...core.mixins.done import done
from ...core.mixins.listing import shown
from .task import EVIDENCE, ROLES

DOERS = (
    "core_group_accountant",
    "core_group_payroll",
    "core_group_manager",
    "core_group_director",
)
VERIFIERS = ("core_group_accountant", "core_group_manager", "core_group_director")
KEEPERS = ("core_group_accountant", "core_group_manager")


class FinanceCloseStep(models.Model):
    """What was to be done is copied from its task when the month was opened; what the
    evidence said is kept as it was when the step was done."""

    _name = "medical.finance.close.step"
    _description = "Month-End Step"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "close_id desc, sequence, id"

    _transitions = {
        ("open", "done"): DOERS,
        ("done", "verified"): VERIFIERS,
        ("done", "open"): VERIFIERS,
        ("verified", "open"): VERIFIERS,
    }
    _segregated = {"verified": ("done_by_id", "explainer_ids")}
    _reason_required = frozenset({("done", "open"), ("verified", "open")})
    _reason_methods = frozenset({"action_open", "action_not_applicable"})
    _editors = {"owner_id": KEEPERS, "date_due": KEEPERS}
    _locked = {"verified": frozenset({"note", "owner_id", "date_due"})}
    _locked_by = ("close_id",)
    _deletable_in = frozenset()

    close_id = fields.Many2one(
        "medical.finance.close",
        "Month-End Close",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="close_id.company_id", store=True, index=True)
    month = fields.Date(related="close_id.month", store=True)
    close_state = fields.Selection(related="close_id.state", string="Month's Status")
    sequence = fields.Integer(readonly=True)
    name = fields.Char("Step", required=True, readonly=True)
    help_text = fields.Text("How", readonly=True)
    role = fields.Selection(ROLES, "Done by", required=True, readonly=True)
    owner_id = fields.Many2one(
        "res.users", index=True, domain="[('share', '=', False)]"
    )
    date_due = fields.Date("Due")
    is_late = fields.Boolean(compute="_compute_is_late")
    evidence = fields.Selection(EVIDENCE, readonly=True)
    is_strict = fields.Boolean("Must Be Clean", readonly=True)
    looked_at = fields.Integer(readonly=True, aggregator=None)
    found = fields.Integer("Open Points", readonly=True, aggregator=None)
    summary = fields.Text("What Was Found", readonly=True)
    gathered_at = fields.Datetime("Evidence of", readonly=True)
    note = fields.Text(help="What was done, or why something is left open.")
    is_na = fields.Boolean("Not Applicable", readonly=True)
    explainer_ids = fields.Many2many(
        "res.users",
        "medical_finance_close_step_explainer_rel",
        "step_id",
        "user_id",
        "Explained by",
        readonly=True,
        help="Who explained what the evidence counts: none of them verifies it.",
    )
    done_by_id = fields.Many2one("res.users", readonly=True)
    done_at = fields.Datetime(readonly=True)
    verified_by_id = fields.Many2one("res.users", readonly=True)
    verified_at = fields.Datetime(readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("done", "Done"), ("verified", "Verified")],
        required=True,
        readonly=True,
        default="open",
        index=True,
    )

    _late = models.Index("(date_due) WHERE state <> 'verified'")

    @api.depends("name", "month")
    def _compute_display_name(self):
        for step in self:
            month = step.month and short_month(self.env, step.month)
            step.display_name = ", ".join(filter(None, [step.name, month]))

    @api.depends("date_due", "state", "close_state")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for step in self:
            step.is_late = (
                step.close_state == "open"
                and step.state != "verified"
                and bool(step.date_due)
                and step.date_due < today
            )

    # ---------------------------------------------------------------------- the steps

    def action_gather(self):
        """Read the evidence as it is now, without doing the step."""
        self._check_caller(*DOERS)
        self.check_access("read")
        self._check_month_open()
        self.filtered(lambda step: step.state == "open")._gather()
        return done(self.env, self.env._("The evidence is read as it is now."))

    def action_done(self):
        """Say that the step is done: its evidence is read and kept with it.

        :raises AccessError: somebody else owns the step
        :raises UserError: the evidence shows something open and the step must be clean,
            or no note says why it is left
        """
        self._check_caller(*DOERS)
        self._check_month_open()
        self._check_owner()
        self._gather()
        for step in self.filtered("found"):
            if step.is_strict:
                raise UserError(
                    self.env._(
                        "%(step)s is not done: %(found)s points are open.\n%(what)s",
                        step=step.display_name,
                        found=step.found,
                        what=step._summary_start(),
                    )
                )
            if not step.note:
                raise UserError(
                    self.env._(
                        "%(step)s: %(found)s points are open. Settle them, or enter in "
                        "the note why they are left.\n%(what)s",
                        step=step.display_name,
                        found=step.found,
                        what=step._summary_start(),
                    )
                )
        self._move_to("done")

    def action_not_applicable(self, reason):
        """There is nothing to do this month: with a reason, and somebody else agrees by
        verifying it. A step that must be clean is always to be done."""
        self._check_caller(*KEEPERS)
        self._check_month_open()
        reason = self._reason_given(
            reason, self.env._("Enter why this step does not apply.")
        )
        for step in self.filtered("is_strict"):
            raise UserError(
                self.env._(
                    "%s must be clean each month, so it always applies.",
                    step.display_name,
                )
            )
        self._gather()
        self._move_to("done", reason)
        # sudo: the reason is kept with the step by the program
        self.sudo()._pen().write({"is_na": True, "note": reason})

    def action_verify(self):
        """Agree that the step was done, as somebody else than who did it."""
        self._check_caller(*VERIFIERS)
        self._check_month_open()
        self._move_to("verified")

    def action_open(self, reason):
        """Send a step back to be done again."""
        self._check_caller(*VERIFIERS)
        self._check_month_open()
        self._move_to("open", reason)

    def _state_values(self, state, reason):
        now = fields.Datetime.now()
        if state == "done":
            return {"done_by_id": self.env.uid, "done_at": now, "is_na": False}
        if state == "verified":
            return {"verified_by_id": self.env.uid, "verified_at": now}
        return dict.fromkeys(
            ("done_by_id", "done_at", "verified_by_id", "verified_at", "is_na"), False
        )

    def _check_month_open(self):
        for step in self:
            if step.close_state != "open":
                raise UserError(step.close_id._locked_message("step_ids"))

    def _check_owner(self):
        """Refuse who neither owns the step nor, where nobody does, has its role."""
        for step in self:
            own = step.owner_id
            if own == self.env.user or self._is_program():
                continue
            if own or not self._guard_user_in(f"core_group_{step.role}"):
                raise AccessError(
                    self.env._(
                        "%(step)s is done by %(who)s. The accountant or the office "
                        "manager can give it to somebody else.",
                        step=step.display_name,
                        who=own.name or dict(ROLES)[step.role],
                    )
                )

    def _gather(self):
        """Read the evidence of these steps and keep it."""
        now = fields.Datetime.now()
        for step in self.filtered("evidence"):
            # sudo: the step shows how many are open, whoever does it
            own = step.sudo()._pen()
            measure = own.close_id._measured(step.evidence)
            hands = own.close_id._explainers(step.evidence)
            own.write(
                {
                    **measure._asdict(),
                    "gathered_at": now,
                    "explainer_ids": [Command.set(hands.ids)],
                }
            )

    def _summary_start(self):
        return "\n".join(shown(self.env, (self.summary or "").splitlines(), 5))

    # ---------------------------------------------------------------------- the check

    def _medical_answerable(self):
        self.ensure_one()
        backup = self.env["medical.finance.close"]._role_user(
            "accountant", self.company_id
        )
        return Answerable(self.owner_id.id, backup, False, self.company_id.id)

    def _medical_open_action(self, finding=None):
        """A step is dealt with in the list of its month."""
        return self.close_id.get_formview_action()

    @api.model
    def _medical_check_late(self):
        """Steps of open months that are past their day."""
        today = fields.Date.context_today(self)
        steps = self.search([("close_state", "=", "open"), ("state", "!=", "verified")])
        rows = [
            finding(
                step,
                self.env._(
                    "%(step)s was due on %(day)s and is not verified",
                    step=step.display_name,
                    day=format_date(self.env, step.date_due),
                )
                if step.state == "done"
                else self.env._(
                    "%(step)s was due on %(day)s and is not done",
                    step=step.display_name,
                    day=format_date(self.env, step.date_due),
                ),
            )
            for step in steps
            if step.date_due and step.date_due < today
        ]
        return CheckResult(looked_at=len(steps), rows=rows)
