"""A US pay run from draft to paid: who may move it, and what is locked when."""

from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import hmac

from ....engine.core.sealreader import covers
from ....tools.money import money
from ....tools.payroll.books.runhash import fingerprint
from ...core.mixins.decidable import Waiting

BANK_DAYS = 2  # the bank has the file so long before the pay date
# days before the pay date by which a run has left a state, to be paid on time
ACT_DAYS = {"draft": BANK_DAYS + 2, "submitted": BANK_DAYS + 1}
PREPARE = "core_group_payroll"
PAY = ("core_group_payroll", "core_group_accountant")
# what a run is about: fixed once it is submitted
TERMS = frozenset(
    {
        "date_start",
        "date_end",
        "company_id",
        "struct_id",
        "credit_note",
        "medical_schedule_id",
        "medical_date_pay",
        "medical_kind",
        "medical_employee_ids",
        "slip_ids",
    }
)


class HrPayslipRun(models.Model):
    """Preparer submits, another person approves; then it is posted and paid.

    On submission the figures get a fingerprint. Each later step compares it, so that what
    is paid is what was approved. Runs of other structures keep OCA's draft and close.
    """

    _name = "hr.payslip.run"
    _inherit = ["hr.payslip.run", "medical.core.workflow"]

    _transitions = {
        ("draft", "submitted"): PREPARE,
        ("submitted", "draft"): (PREPARE, "core_group_director"),
        ("submitted", "approved"): "core_group_director",
        ("approved", "draft"): "core_group_director",
        ("approved", "posted"): PAY,
        ("posted", "paid"): PAY,
        ("draft", "close"): "payroll.group_payroll_user",
        ("close", "draft"): "payroll.group_payroll_user",
    }
    _segregated = {"approved": ("medical_submitted_by_id", "create_uid")}
    _reason_required = frozenset({("submitted", "draft"), ("approved", "draft")})
    _reason_methods = frozenset({"action_medical_return"})
    _decisions = {
        "submitted": Waiting(
            "action_medical_approve", "action_medical_return", to="approved"
        )
    }
    _decision_domain = "payroll"
    _editors = {"*": PREPARE}
    _locked = dict.fromkeys(("submitted", "approved", "posted", "paid", "close"), TERMS)
    _deletable_in = ("draft",)
    _seal_states = frozenset({"approved", "posted", "paid"})
    _seal_schemes = (
        covers(
            "name date_start date_end company_id state medical_submitted_by_id "
            "medical_submitted_at medical_approved_by_id medical_approved_at "
            "medical_hash",
            slip_ids="employee_id date_from date_to company_id",
            slip_ids__line_ids="code amount quantity rate total",
            slip_ids__medical_item_ids="code key amount wages taxed_wages payee_id",
            medical_payment_ids="slip_id account_id method amount paid_to",
        ),
    )

    name = fields.Char(readonly=False)
    date_start = fields.Date(readonly=False)
    date_end = fields.Date(readonly=False)
    state = fields.Selection(
        selection_add=[
            ("submitted", "Submitted"),
            ("approved", "Approved"),
            ("posted", "Posted"),
            ("paid", "Paid"),
            ("close",),
        ],
        tracking=False,  # the workflow keeps its own trace, with the reason
        # what was posted stays closed in the host's eyes when the addon goes
        ondelete={
            "submitted": "set default",
            "approved": "set default",
            "posted": "set close",
            "paid": "set close",
        },
    )
    medical_is_us = fields.Boolean(
        compute="_compute_medical_is_us", store=True, string="Paid by US Rules"
    )
    medical_submitted_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, string="Submitted By"
    )
    medical_submitted_at = fields.Datetime(
        readonly=True, copy=False, string="Submitted At"
    )
    medical_approved_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, string="Approved By"
    )
    medical_approved_at = fields.Datetime(
        readonly=True, copy=False, string="Approved At"
    )
    medical_paid_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, string="Paid By"
    )
    medical_paid_at = fields.Datetime(readonly=True, copy=False, string="Paid At")
    medical_hash = fields.Char("Fingerprint", readonly=True, copy=False)
    company_id = fields.Many2one(index=True)

    @api.depends("medical_schedule_id", "medical_kind")
    def _compute_medical_is_us(self):
        for run in self:
            run.medical_is_us = bool(run.medical_schedule_id) or (
                run.medical_kind != "regular"
            )

    # -------------------------------------------------------------------- buttons

    def close_payslip_run(self):
        """OCA's end of a run, for runs of other structures."""
        self._move_to("close")
        return True

    def draft_payslip_run(self):
        """OCA's way back, for runs of other structures."""
        self._move_to("draft")
        return True

    def action_medical_submit(self):
        """Hand the runs to the director, and say who that is."""
        self._move_to("submitted")
        directors = self._medical_directors()
        who = {user.name for run in self for user in run._medical_approvers(directors)}
        return self._medical_told(
            self.env._("Submitted"),
            self.env._(
                "%(run)s waits for approval by %(who)s.",
                run="%s",
                who=self.env._(" or ").join(sorted(who))
                or self.env._("a director; nobody else holds that role yet"),
            ),
        )

    def action_medical_return(self, reason):
        """Back to the preparer, with the reason."""
        self._move_to("draft", reason)

    def action_medical_approve(self):
        """Approve the figures, and say who goes on with them."""
        self._move_to("approved")
        return self._medical_told(
            self.env._("Approved"),
            self.env._(
                "%(run)s goes back to payroll (%(who)s), to be posted and paid.",
                run="%s",
                # sudo: a colleague's name is no secret to who approves
                who=", ".join(self.sudo().medical_submitted_by_id.mapped("name")),
            ),
        )

    def action_medical_post(self):
        """Confirm the payslips and write the entry, and say what comes next."""
        self._move_to("posted")
        written = self.env._(
            "%(run)s: payslips are confirmed and the entry is in the books.", run="%s"
        )
        by = self._medical_pays_by()
        if "deposit" in by:
            following = self.env._("Create the bank file next.")
        elif by:
            following = self.env._("Hand out the checks, then mark it as paid.")
        elif "void" in self.mapped("medical_kind"):
            following = self.env._(
                "Nothing is paid out: ask for the net pay, then mark the void as done."
            )
        else:
            following = self.env._("Nothing is paid out: mark it as paid.")
        return self._medical_told(self.env._("Posted"), f"{written} {following}")

    def action_medical_pay(self):
        """Mark the runs as paid, after everything agrees to the cent."""
        self._move_to("paid")
        if set(self.mapped("medical_kind")) == {"void"}:
            return self._medical_told(
                self.env._("Done"),
                self.env._("%(run)s is closed: payslips and books agree.", run="%s"),
            )
        return self._medical_told(
            self.env._("Paid"),
            self.env._(
                "%(run)s is paid: payslips, books and bank file agree.", run="%s"
            ),
        )

    def _medical_told(self, title, message):
        """A notice of what a step did, with a link to the run.

        :param message: sentence with one “%s” where the client puts the link
        """
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "title": title,
                "message": message.replace("%s", ", ".join("%s" for _run in self)),
                "links": [
                    {"label": run.name, "url": f"/odoo/pay-runs/{run.id}"}
                    for run in self
                ],
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # ---------------------------------------------------------------- the steps

    def _state_values(self, state, reason):
        now, user = fields.Datetime.now(), self.env.uid
        if state == "submitted":
            return {"medical_submitted_by_id": user, "medical_submitted_at": now}
        if state == "approved":
            return {"medical_approved_by_id": user, "medical_approved_at": now}
        if state == "paid":
            return {"medical_paid_by_id": user, "medical_paid_at": now}
        if state == "draft":
            return {
                "medical_hash": False,
                "medical_submitted_by_id": False,
                "medical_submitted_at": False,
                "medical_approved_by_id": False,
                "medical_approved_at": False,
            }
        return {}

    def _before_close(self):
        ours = self.filtered(lambda run: run.medical_is_us or run.slip_ids._us_slips())
        if ours:
            raise UserError(
                self.env._(
                    "%s is a US pay run: submit, approve, post and pay it instead of "
                    "closing it.",
                    ours[0].name,
                )
            )

    def _before_submitted(self):
        """Everything computed, every blocker fixed or waived, payments laid out."""
        for run in self:
            run._check_can_submit()
            run._medical_preflight()
            run._check_no_blocker()
            run._make_payments()
            run._lock_sheets()
            run._pen().medical_hash = run._fingerprint()

    def _check_can_submit(self):
        if not self.medical_is_us or not self.medical_date_pay:
            raise UserError(
                self.env._("Set the pay schedule and the pay date of %s.", self.name)
            )
        if not self.slip_ids:
            raise UserError(
                self.env._("%s has no payslip: compute the run first.", self.name)
            )

    def _check_no_blocker(self):
        open_blockers = self.medical_finding_ids.filtered(
            lambda f: f.level == "blocker" and not f.is_waived
        )
        if open_blockers:
            raise UserError(
                self.env._(
                    "%(run)s cannot be submitted. Fix these, or waive them with a "
                    "reason:\n%(what)s",
                    run=self.name,
                    what="\n".join(f"• {f.summary}" for f in open_blockers[:10]),
                )
            )

    def _before_approved(self):
        self._check_unchanged()
        for run in self:
            if text := run._other_law():
                raise UserError(text)
            run._check_first_pay()

    def _before_posted(self):
        self._check_unchanged()
        for run in self:
            # sudo: the right to confirm is lent: approved figures, and they are unchanged
            run.sudo()._medical_confirm()
            run._post()
            run._agree_by_hand()

    def _before_paid(self):
        self._check_unchanged()
        for run in self:
            run._check_tied_out()
            run._post_payment()

    def _before_draft(self):
        ours = self.filtered("medical_is_us")
        ours._drop_payments()
        ours._unlock_sheets()

    # ------------------------------------------------------------- the decision

    def _decision_amount(self):
        return self.medical_net

    def _decision_values(self):
        """Due early enough for the bank, which needs the file days before payday."""
        values = super()._decision_values()
        latest = datetime.combine(self._medical_last_day(), time(23, 59, 59))
        return {**values, "date_due": min(values["date_due"], latest)}

    def _medical_last_day(self):
        """The last day on which the run can be approved and still be paid on time."""
        self.ensure_one()
        return self.medical_date_pay - timedelta(days=BANK_DAYS)

    def _medical_act_day(self):
        """The day on which somebody has to make the next step."""
        self.ensure_one()
        days = ACT_DAYS.get(self.state, BANK_DAYS)
        return self.medical_date_pay - timedelta(days=days)

    @api.model
    def _medical_directors(self):
        """Everybody who may approve a run, of whatever company."""
        role = self.env.ref("medical_office.core_group_director")
        # sudo: who holds the role is asked, nothing of them is shown
        users = self.env["res.users"].sudo()
        return users.search(
            [("all_group_ids", "in", role.ids), ("share", "=", False)], order="id"
        )

    def _medical_answers(self, directors):
        """Who acts next: the preparer, or the director while the run waits for approval.

        :param directors: users who may approve, see ``_medical_directors``
        :return: a user; the preparer where nobody else may approve
        """
        self.ensure_one()
        preparer = self.medical_submitted_by_id or self.create_uid
        if self.state != "submitted":
            return preparer
        return self._medical_approvers(directors)[:1] or preparer

    def _medical_approvers(self, directors):
        """Those of the users who may approve the run: of its company, and not its maker."""
        self.ensure_one()
        prepared = self.medical_submitted_by_id | self.create_uid
        return (directors - prepared).filtered(
            lambda user: self.company_id in user.company_ids
        )

    # -------------------------------------------------------------- the figures

    def _check_unchanged(self):
        """Refuse a step when a figure is not the one that was submitted."""
        for run in self:
            if run._fingerprint() != run.medical_hash:
                raise UserError(
                    self.env._(
                        "The figures of %s have changed since it was submitted. "
                        "Return the pay run to draft, compute it and submit it again.",
                        run.name,
                    )
                )

    def _fingerprint(self):
        """The digest of the figures, keyed: whoever reads the figures could work a plain
        one out; the key is the database's own, which no role of the practice reads."""
        # sudo: the secret keys the fingerprint and leaves the server in no other way
        return hmac(self.sudo().env, "medical-pay-run", self._digest())

    def _digest(self):
        """SHA-256 over every figure of the run: items, lines, payments, dates."""
        self.ensure_one()
        self.env.flush_all()
        rows = [("run", str(self.medical_date_pay), str(self.date_start))]
        rows += [
            (kind, *(money(c) if isinstance(c, float) else c or "" for c in row))
            for kind, found in self._figures().items()
            for row in found
        ]
        return fingerprint(rows)

    def _figures(self):
        """Rows of the run's tables, as tuples, by table: three queries."""
        # sudo: read whole whoever asks: a figure left out by a record rule would not match
        env = self.sudo().env
        own = [("slip_id.payslip_run_id", "=", self.id)]
        items = env["medical.payroll.item"].search_fetch(
            own,
            ["slip_id", "code", "key", "amount", "wages", "taxed_wages", "payee_id"],
        )
        lines = env["hr.payslip.line"].search_fetch(own, ["slip_id", "code", "total"])
        payments = env["medical.payroll.payment"].search_fetch(
            [("run_id", "=", self.id)], ["slip_id", "account_id", "amount"]
        )
        return {
            "item": [
                (i.slip_id.id, i.code, i.key, i.amount, i.wages, i.taxed_wages)
                + (i.payee_id.id,)
                for i in items
            ],
            "line": [(line.slip_id.id, line.code, line.total) for line in lines],
            "payment": [(p.slip_id.id, p.account_id.id, p.amount) for p in payments],
        }

    # -------------------------------------------------------------------- locks

    def _check_preparer(self):
        """
        :raises AccessError: the user's roles do not prepare pay runs
        """
        self.check_access("write")
        if not self._is_program() and not self._guard_user_in(PREPARE):
            raise AccessError(
                self.env._(
                    "Payroll prepares a pay run; your role can only use its buttons."
                )
            )

    def _check_draft(self):
        closed = self.filtered(lambda run: run.state != "draft")
        if closed:
            raise UserError(closed[0]._locked_message("slip_ids"))

    def _locked_message(self, name):
        self.ensure_one()
        return self.env._(
            "%(run)s is %(state)s and locked. Return it to draft first, or correct it "
            "in the next pay run.",
            run=self.name,
            state=self._workflow_label(self.state).lower(),
        )

    def _kept_message(self):
        return self._locked_message("state")

    def _program_message(self, name):
        return self.env._(
            "“%s” of a pay run is set only by its steps.",
            self._guard_label(name),
        )

    def unlink(self):
        """A draft US run goes with its slips, which nothing has confirmed."""
        self._unlink_as_declared()
        slips = self.filtered("medical_is_us").slip_ids
        slips._engine_set_state("draft")
        slips.unlink()
        return super().unlink()
