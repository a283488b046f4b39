"""The month-end close: steps with evidence, two signatures, and the books locked."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....engine.core.months import month_name
from ....engine.core.sealreader import covers
from ....tools.dates import month_end, next_business_day
from ...core.mixins.decidable import Waiting
from ...core.mixins.done import done
from ...core.mixins.guard import ALL, AllBut

KEEPERS = ("core_group_accountant", "core_group_manager")
APPROVERS = ("core_group_manager", "core_group_director")
EXPLAIN_DAYS = 10  # of the next month: until then variances are explained


class FinanceClose(models.Model):
    """One month of a company.

    Signed once every step is verified and every variance explained, approved by a second
    person, and locked by the host's own lock date. It is opened again by a decision with
    a reason, the youngest month first.
    """

    _name = "medical.finance.close"
    _description = "Month-End Close"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "month desc, id desc"

    _transitions = {
        ("open", "signed"): KEEPERS,
        ("signed", "closed"): APPROVERS,
        ("signed", "open"): APPROVERS,
        ("closed", "reopening"): (*KEEPERS, "core_group_director"),
        ("reopening", "open"): "core_group_director",
        ("reopening", "closed"): "core_group_director",
    }
    _segregated = {
        "closed": ("signed_by_id",),
        "open": ("reopen_asked_by_id",),
    }
    _reason_required = frozenset(
        {("signed", "open"), ("closed", "reopening"), ("reopening", "closed")}
    )
    _reason_methods = frozenset({"action_return", "action_ask_reopen", "action_keep"})
    _decisions = {
        "signed": Waiting("action_approve", "action_return", to="closed"),
        "reopening": Waiting("action_reopen", "action_keep", to="open"),
    }
    _decision_domain = "finance"
    _born_fields = frozenset({"company_id", "month"})
    _locked = {
        "signed": AllBut({"note"}),
        "closed": ALL,
        "reopening": ALL,
    }
    _deletable_in = frozenset()
    _seal_states = frozenset({"signed", "closed", "reopening"})
    _seal_schemes = (
        covers(
            "company_id month state signed_by_id signed_at approved_by_id approved_at "
            "lock_date",
            step_ids="name role owner_id date_due evidence looked_at found summary "
            "gathered_at note is_na done_by_id done_at verified_by_id verified_at state",
            variance_ids="department_id category_id actual base base_kind difference "
            "cause_id note explained_by_id explained_at state",
        ),
    )

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    month = fields.Date(
        required=True,
        default=lambda self: self._last_month(),
        help="Any day of the month; saved as the first.",
    )
    date_end = fields.Date("Last Day", compute="_compute_date_end", store=True)
    date_explain = fields.Date(
        "Variances Explained by", compute="_compute_date_end", store=True
    )
    step_ids = fields.One2many("medical.finance.close.step", "close_id", "Steps")
    variance_ids = fields.One2many("medical.finance.variance", "close_id", "Variances")
    adjusting_ids = fields.One2many(
        "medical.finance.adjusting", "close_id", "Adjusting Entries"
    )
    step_count = fields.Integer("Steps to Do", compute="_compute_counts")
    open_count = fields.Integer("Not Verified", compute="_compute_counts")
    variance_count = fields.Integer("To Explain", compute="_compute_counts")
    late_count = fields.Integer("Late", compute="_compute_counts")
    note = fields.Text(help="What the reader of these books should know.")
    signed_by_id = fields.Many2one("res.users", readonly=True)
    signed_at = fields.Datetime(readonly=True)
    approved_by_id = fields.Many2one("res.users", readonly=True)
    approved_at = fields.Datetime(readonly=True)
    lock_date = fields.Date(
        "Books Locked to", readonly=True, help="The host's lock date after approval."
    )
    lock_before = fields.Date("Locked Before to", readonly=True)
    reopen_asked_by_id = fields.Many2one("res.users", readonly=True)
    reopen_reason = fields.Text(readonly=True)
    reopened_by_id = fields.Many2one("res.users", readonly=True)
    reopened_at = fields.Datetime(readonly=True)
    reopen_count = fields.Integer("Times Reopened", readonly=True, aggregator=None)
    state = fields.Selection(
        [
            ("open", "Open"),
            ("signed", "Signed"),
            ("closed", "Closed"),
            ("reopening", "Asked to reopen"),
        ],
        required=True,
        readonly=True,
        default="open",
        copy=False,
        index=True,
    )

    _month_unique = models.UniqueIndex(
        "(company_id, month)",
        "The close of this month is there already: open that one.",
    )
    _month_first = models.Constraint(
        "CHECK (extract(day FROM month) = 1)", "A month is saved as its first day."
    )

    @api.model
    def _last_month(self):
        return fields.Date.context_today(self).replace(day=1) - relativedelta(months=1)

    @api.depends("month")
    def _compute_date_end(self):
        for close in self:
            close.date_end = close.month and month_end(close.month)
            close.date_explain = close.month and next_business_day(
                close.date_end + timedelta(days=EXPLAIN_DAYS)
            )

    @api.depends("month")
    def _compute_display_name(self):
        for close in self:
            close.display_name = close.month and month_name(self.env, close.month)

    def _compute_counts(self):
        today = fields.Date.context_today(self)
        steps = {}
        # sudo: a head reads the month and not its steps; how many there are is no secret
        rows = self.env["medical.finance.close.step"].sudo()
        for close, state, late in rows._read_group(
            [("close_id", "in", self.ids)],
            ["close_id", "state"],
            ["date_due:array_agg"],
        ):
            steps.setdefault(close.id, {})[state] = late
        waiting = {}
        variances = self.env["medical.finance.variance"]
        if variances.has_access("read"):  # payroll has steps and no variances
            waiting = dict(
                variances._read_group(
                    [("close_id", "in", self.ids), ("state", "=", "open")],
                    ["close_id"],
                    ["__count"],
                )
            )
        for close in self:
            own = steps.get(close.id, {})
            close.step_count = sum(map(len, own.values()))
            left = [day for state in ("open", "done") for day in own.get(state, ())]
            close.open_count = len(left)
            close.late_count = sum(bool(day) and day < today for day in left)
            close.variance_count = waiting.get(close, 0)

    # ----------------------------------------------------------------------- opening

    @api.model_create_multi
    def create(self, vals_list):
        """A month is opened with its steps, its variances and its adjusting entries.

        :raises UserError: the month is not over, or the books begin later
        """
        self._check_values(vals_list)
        today = fields.Date.context_today(self)
        for vals in vals_list:
            month = fields.Date.to_date(vals.get("month") or self._last_month())
            vals["month"] = month.replace(day=1)
            if vals["month"] >= today.replace(day=1):
                raise UserError(
                    self.env._(
                        "%s is not over yet. Close months that are over.",
                        month_name(self.env, vals["month"]),
                    )
                )
        closes = super().create(vals_list)
        closes._check_begun()
        for close in closes:
            close._take_steps()
            close._refresh()
        return closes

    def _check_begun(self):
        """Refuse months before the books begin: where nothing was ever posted, all but
        the last one."""
        # sudo: the day of the first entry, whoever may read entries
        days = dict(
            self.env["account.move"]
            .sudo()
            ._read_group(
                [("state", "=", "posted"), ("company_id", "in", self.company_id.ids)],
                ["company_id"],
                ["date:min"],
            )
        )
        for close in self:
            begin = days.get(close.company_id, self._last_month()).replace(day=1)
            if close.month < begin:
                raise UserError(
                    self.env._(
                        "The books begin in %(begin)s: %(month)s has nothing to close. "
                        "Choose a later month.",
                        begin=month_name(self.env, begin),
                        month=month_name(self.env, close.month),
                    )
                )

    def _take_steps(self):
        """Copy the tasks of the practice: a later change of them changes no month."""
        # sudo: steps are the program's copy, whoever opens the month
        own = self.sudo()._pen()
        tasks = own.env["medical.finance.close.task"].search(
            [("company_id", "in", (False, self.company_id.id))]
        )
        own.env["medical.finance.close.step"].create(
            [
                {
                    "close_id": self.id,
                    "sequence": task.sequence,
                    "name": task.name,
                    "help_text": task.note,
                    "role": task.role,
                    "owner_id": self._role_user(task.role, self.company_id),
                    "date_due": next_business_day(
                        self.date_end + timedelta(days=task.day_due)
                    ),
                    "evidence": task.evidence,
                    "is_strict": task.is_strict,
                }
                for task in tasks
            ]
        )

    @api.model
    def _role_user(self, role, company):
        """Id of the first user who has a role by itself in a company, or False.

        The host's administrator comes last: whoever set the practice up has every role,
        and does not close its months.
        """
        # sudo: who has which role is no secret, but reading groups is
        group = self.env.ref(f"medical_office.core_group_{role}").sudo()
        users = group.user_ids.filtered(
            lambda user: user.active and not user.share and company in user.company_ids
        )
        admin = self.env.ref("base.user_admin", raise_if_not_found=False)
        return users.sorted(lambda user: (user == admin, user.id))[:1].id

    @api.model
    def _cron_open(self):
        """Each night: open the month that is over for whoever keeps books, and work open
        months out again."""
        month = self._last_month()
        companies = self.env["account.move"]._read_group(
            [("state", "=", "posted"), ("date", ">=", month)], ["company_id"]
        )
        known = self.search([("month", "=", month)]).company_id
        for (company,) in companies:
            if company not in known:
                self.with_company(company).create(
                    {"company_id": company.id, "month": month}
                )
        self.env["medical.core.job.fault"]._each(
            self.env._("calculate open months"),
            self.search([("state", "=", "open")]),
            lambda close: close._refresh(),
        )

    def action_refresh(self):
        """Work out variances, adjusting entries and the evidence of open steps again."""
        self._check_caller(*KEEPERS)
        self.check_access("write")
        self._check_open()
        for close in self:
            close._refresh()
        return done(
            self.env,
            self.env._("Variances, adjusting entries and evidence are recalculated."),
        )

    def _refresh(self):
        """The figures of open months follow the ledger."""
        for close in self:
            close.env["medical.finance.adjusting"]._propose(close)
            close.env["medical.finance.variance"]._refresh(close)
        self.step_ids.filtered(lambda step: step.state == "open")._gather()

    def _check_open(self):
        for close in self:
            if close.state != "open":
                raise UserError(close._locked_message("step_ids"))

    def _check_waits(self, state):
        """Refuse a button on a month that does not wait for it."""
        for close in self:
            if close.state != state:
                raise UserError(
                    self.env._(
                        "%(month)s is “%(state)s”. Reload the page: somebody may have "
                        "changed it.",
                        month=close.display_name,
                        state=close._guard_state_label(),
                    )
                )

    # --------------------------------------------------------------------- signatures

    def action_sign(self):
        """Sign the month: every step is verified, every variance explained.

        :raises UserError: naming what is missing
        """
        self._check_caller(*KEEPERS)
        self._check_open()
        for close in self:
            close._refresh()
            close._check_ready()
        self._move_to("signed")

    def _check_ready(self):
        """Refuse what is not ready to be locked, as the ledger stands now."""
        left = self.step_ids.filtered(lambda step: step.state != "verified")
        if left or not self.step_ids:
            raise UserError(
                self.env._(
                    "%(month)s cannot be signed. Not verified yet:\n%(steps)s",
                    month=self.display_name,
                    steps="\n".join(f"• {step.name}" for step in left)
                    or self.env._("no step at all: set up the month-end tasks"),
                )
            )
        # sudo: all departments count, whoever signs
        self.sudo().variance_ids._check_explained()
        for step in self.step_ids.filtered("is_strict"):
            # sudo: as above
            measure = self.sudo()._measured(step.evidence)
            if measure.found:
                raise UserError(
                    self.env._(
                        "%(month)s cannot be signed: since “%(step)s” was verified, "
                        "%(found)s points came up.\n%(what)s",
                        month=self.display_name,
                        step=step.name,
                        found=measure.found,
                        what="\n".join(measure.summary.splitlines()[:5]),
                    )
                )

    def action_approve(self):
        """Approve a signed month as the second person: the books are locked."""
        self._check_caller(*APPROVERS)
        self._check_waits("signed")
        for close in self:
            close._check_ready()
        self._move_to("closed")

    def action_return(self, reason):
        """Send a signed month back to who signed it."""
        self._check_caller(*APPROVERS)
        self._check_waits("signed")
        self._move_to("open", reason)

    def action_ask_reopen(self, reason):
        """Ask to open a closed month again; the director decides."""
        self._check_caller(*KEEPERS, "core_group_director")
        self._check_waits("closed")
        self._check_youngest()
        self._move_to("reopening", reason)

    def action_reopen(self):
        """Open the month again: the lock date goes back, the steps stay as they are."""
        self._check_caller("core_group_director")
        self._check_waits("reopening")
        self._check_youngest()
        self._move_to("open")

    def action_keep(self, reason):
        """Leave the month closed."""
        self._check_caller("core_group_director")
        self._check_waits("reopening")
        self._move_to("closed", reason)

    def _state_values(self, state, reason):
        now = fields.Datetime.now()
        origin = self[:1].state
        if state == "signed":
            return {"signed_by_id": self.env.uid, "signed_at": now}
        if state == "reopening":
            return {"reopen_asked_by_id": self.env.uid, "reopen_reason": reason}
        if state == "closed" and origin == "reopening":
            return {"reopen_asked_by_id": False}
        if state == "closed":
            return {"approved_by_id": self.env.uid, "approved_at": now}
        if origin == "reopening":
            return {
                "reopened_by_id": self.env.uid,
                "reopened_at": now,
                "reopen_asked_by_id": False,
                "reopen_count": self[:1].reopen_count + 1,
                **dict.fromkeys(
                    ("signed_by_id", "signed_at", "approved_by_id", "approved_at"),
                    False,
                ),
            }
        return {"signed_by_id": False, "signed_at": False}

    def _before_closed(self):
        """Lock the books by the host's own date, unless they are locked further on."""
        for close in self.filtered(lambda each: each.state == "signed"):
            # sudo: the host keeps lock dates for its own administrators; two signatures
            # stand behind this one
            company = close.company_id.sudo()
            before = company.fiscalyear_lock_date
            if not before or before < close.date_end:
                company.fiscalyear_lock_date = close.date_end
            close.sudo()._pen().write(  # sudo: as above
                {"lock_date": company.fiscalyear_lock_date, "lock_before": before}
            )

    def _before_open(self):
        """Take the lock date back to the day before a month that is opened again."""
        for close in self.filtered(lambda each: each.state == "reopening"):
            # sudo: as in _before_closed; a director has decided
            company = close.company_id.sudo()
            if company.fiscalyear_lock_date == close.date_end:
                company.fiscalyear_lock_date = close.month - timedelta(days=1)
            close.sudo()._pen().write({"lock_date": False})  # sudo: as above

    def _check_youngest(self):
        """Months are opened from the youngest back, as their lock date goes."""
        for close in self:
            later = self.search(
                [
                    ("company_id", "=", close.company_id.id),
                    ("month", ">", close.month),
                    ("state", "!=", "open"),
                ],
                order="month",
                limit=1,
            )
            if later:
                raise UserError(
                    self.env._(
                        "%(later)s is closed, too: its lock covers %(month)s. Reopen it "
                        "first.",
                        later=later.display_name,
                        month=close.display_name,
                    )
                )

    def _locked_message(self, name):
        return self.env._(
            "%(month)s is “%(state)s”: nothing of it can be changed. Ask to reopen it, "
            "with a reason.",
            month=self.display_name,
            state=self._guard_state_label(),
        )

    # ---------------------------------------------------------------------- the screen

    def action_open_variances(self):
        """The month's variances."""
        return self._list_of("finance_variance_action", self.env._("Variances"))

    def action_open_adjusting(self):
        """The month's adjusting entries."""
        return self._list_of(
            "finance_adjusting_action", self.env._("Adjusting Entries")
        )

    def _list_of(self, action, name):
        self.check_access("read")
        self.ensure_one()
        found = self.env["ir.actions.act_window"]._for_xml_id(
            f"medical_office.{action}"
        )
        return found | {
            "name": f"{name}, {self.display_name}",
            "domain": [("close_id", "=", self.id)],
            "context": {},
            "path": False,
        }
