"""A trial run: a pay period calculated beside the old provider's figures, and undone."""

from decimal import Decimal

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ....engine.core.amounts import change_text
from ....tools.money import money
from ....tools.payroll.books.payfile import FIGURES, paid_of
from ...core.mixins.done import done
from ...core.mixins.guard import ALL

PREPARE = "core_group_payroll"
CENT = 0.005


class _Undo(Exception):
    """Takes the run of a trial back."""


class PayrollTrial(models.Model):
    """What a pay run would pay, without a run: nothing is posted, paid or kept of it
    but these figures. It agrees when each difference is none or explained."""

    _name = "medical.payroll.trial"
    _description = "Trial Run"
    _inherit = ["medical.core.workflow"]
    _order = "date_pay desc, id desc"
    _check_company_auto = True

    _transitions = {("draft", "accepted"): PREPARE, ("accepted", "draft"): PREPARE}
    _reason_required = frozenset({("accepted", "draft")})
    _reason_methods = frozenset({"action_reopen"})
    _editors = {"*": PREPARE}
    _locked = {"accepted": ALL}
    _deletable_in = ("draft",)

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    schedule_id = fields.Many2one(
        "medical.payroll.schedule",
        "Pay Schedule",
        required=True,
        check_company=True,
        default=lambda self: self._default_schedule(),
    )
    date_start = fields.Date(
        "Any Day of the Period",
        required=True,
        default=fields.Date.context_today,
        help="The pay period is that of the schedule on this day.",
    )
    date_from = fields.Date("From", compute="_compute_period", store=True)
    date_to = fields.Date("To", compute="_compute_period", store=True)
    date_pay = fields.Date(compute="_compute_period", store=True)
    source = fields.Char(
        "Old Provider", required=True, help="Whose figures stand beside ours."
    )
    state = fields.Selection(
        [("draft", "Draft"), ("accepted", "Accepted")],
        "Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    calculated_at = fields.Datetime("Calculated", readonly=True, copy=False)
    problems = fields.Text("Cannot Be Computed", readonly=True, copy=False)
    line_ids = fields.One2many("medical.payroll.trial.line", "trial_id", "People")
    open_count = fields.Integer(
        "Differences without Explanation", compute="_compute_open_count"
    )

    @api.model
    def _default_schedule(self):
        found = self.env["medical.payroll.schedule"].search(
            [("company_id", "=", self.env.company.id)], limit=2
        )
        return found if len(found) == 1 else found.browse()

    @api.depends("schedule_id", "date_start")
    def _compute_period(self):
        for trial in self:
            if not trial.schedule_id or not trial.date_start:
                trial.date_from = trial.date_to = trial.date_pay = False
                continue
            span = trial.schedule_id._period_on(trial.date_start)
            trial.date_from, trial.date_to = span.start, span.end
            trial.date_pay = trial.schedule_id._pay_date(span.end)

    @api.depends("line_ids.differs", "line_ids.explanation")
    def _compute_open_count(self):
        for trial in self:
            trial.open_count = len(
                trial.line_ids.filtered(
                    lambda line: line.differs and not line.explanation
                )
            )

    @api.depends("source", "date_pay")
    def _compute_display_name(self):
        for trial in self:
            name = self.env._(
                "Trial run %s", format_date(self.env, trial.date_pay)
            ).strip()
            trial.display_name = f"{name}: {trial.source}" if trial.source else name

    # ---------------------------------------------------------------------- buttons

    def action_calculate(self):
        """Calculate the period for everybody on the schedule; nothing of it is kept but
        the figures.

        :raises UserError: nobody is on the schedule
        """
        self._check_caller(PREPARE)
        for trial in self:
            trial._check_locks({"line_ids": []})
            trial._take(*trial._calculated())
        return done(
            self.env,
            self.env._("Calculated for employees: %s.", len(self.line_ids.employee_id)),
        )

    def action_import(self):
        """Open the dialog that reads the old provider's figures."""
        self._check_caller(PREPARE)
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import the Old Provider's Figures"),
            "res_model": "medical.payroll.trial.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_trial_id": self.id},
        }

    def action_accept(self):
        """The figures agree, or each difference is explained.

        :raises UserError: not calculated yet, somebody cannot be computed, or a
            difference has no explanation
        """
        self._check_caller(PREPARE)
        for trial in self:
            if not trial.line_ids:
                raise UserError(self.env._("%s: calculate first.", trial.display_name))
            if trial.problems:
                raise UserError(trial.problems)
            if trial.open_count:
                raise UserError(
                    self.env._(
                        "%(trial)s: %(count)s people have a difference without an "
                        "explanation. Write why on each line, or correct the setup and "
                        "calculate again.",
                        trial=trial.display_name,
                        count=trial.open_count,
                    )
                )
        self._move_to("accepted")
        return True

    def action_reopen(self, reason):
        """Back to draft, with a reason."""
        self._check_caller(PREPARE)
        self._move_to("draft", reason=reason)
        return True

    # ------------------------------------------------------------------ calculation

    def _calculated(self):
        """({employee: Paid}, [sentences]) of a run that is made, read and taken back."""
        self.ensure_one()
        figures, problems = {}, []
        try:
            with self.env.cr.savepoint():
                run = self.env["hr.payslip.run"].create(self._run_values())
                run._medical_generate()
                run._medical_compute()
                figures, problems = self._read_run(run)
                raise _Undo
        except _Undo:
            self.env.invalidate_all(flush=False)
        if not figures and not problems:
            raise UserError(
                self.env._(
                    "Nobody is on the schedule “%(schedule)s” from %(start)s to %(end)s. "
                    "Enter the pay of the employees first.",
                    schedule=self.schedule_id.name,
                    start=format_date(self.env, self.date_from),
                    end=format_date(self.env, self.date_to),
                )
            )
        people = self.env["hr.employee"]
        return {people.browse(key): paid for key, paid in figures.items()}, problems

    def _run_values(self):
        return {
            "name": self.display_name,
            "company_id": self.company_id.id,
            "date_start": self.date_from,
            "date_end": self.date_to,
            "medical_schedule_id": self.schedule_id.id,
            "medical_date_pay": self.date_pay,
        }

    def _read_run(self, run):
        """({employee id: Paid}, [sentences]); no records, since they go with the run."""
        amounts = {}
        items = self.env["medical.payroll.item"]
        for slip, code, amount in items._read_group(
            [("slip_id.payslip_run_id", "=", run.id)],
            ["slip_id", "code"],
            ["amount:sum"],
        ):
            amounts.setdefault(slip.id, {})[code] = money(amount)
        figures = {
            slip.employee_id.id: paid_of(
                money(slip.medical_gross),
                money(slip.medical_net),
                amounts.get(slip.id, {}),
            )
            for slip in run.slip_ids
            if not slip.medical_problem
        }
        problems = [
            slip.medical_problem for slip in run.slip_ids if slip.medical_problem
        ]
        return figures, problems

    def _take(self, figures, problems):
        """Keep our figures; those of the old provider and the explanations stay."""
        self.ensure_one()
        trial = self._pen()
        known = {line.employee_id: line for line in trial.line_ids}
        commands = []
        for person, paid in figures.items():
            values = {f"{key}_ours": float(getattr(paid, key)) for key in FIGURES}
            if person in known:
                commands.append(Command.update(known[person].id, values))
            else:
                commands.append(Command.create({"employee_id": person.id, **values}))
        for person, line in known.items():
            if person not in figures:
                none = {f"{key}_ours": 0.0 for key in FIGURES}
                commands.append(Command.update(line.id, none))
        trial.write(
            {
                "line_ids": commands,
                "problems": "\n".join(problems) or False,
                "calculated_at": fields.Datetime.now(),
            }
        )


class PayrollTrialLine(models.Model):
    """One person: what we would pay, what the old provider paid, the difference."""

    _name = "medical.payroll.trial.line"
    _description = "Trial Run of an Employee"
    _inherit = ["medical.core.guard"]
    _order = "trial_id, employee_id"
    _locked_by = ("trial_id",)
    _editors = {"*": PREPARE}
    _rec_name = "employee_id"

    trial_id = fields.Many2one(
        "medical.payroll.trial", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="trial_id.company_id", store=True)
    currency_id = fields.Many2one(related="trial_id.currency_id")
    employee_id = fields.Many2one("hr.employee", required=True, ondelete="cascade")
    gross_ours = fields.Monetary("Gross", readonly=True)
    federal_ours = fields.Monetary("Federal Income Tax", readonly=True)
    security_ours = fields.Monetary("Social Security", readonly=True)
    medicare_ours = fields.Monetary("Medicare", readonly=True)
    state_ours = fields.Monetary("State Income Tax", readonly=True)
    other_ours = fields.Monetary("Other Deductions", readonly=True)
    net_ours = fields.Monetary("Net Pay", readonly=True)
    gross_theirs = fields.Monetary("Gross, Old Provider")
    federal_theirs = fields.Monetary("Federal Income Tax, Old Provider")
    security_theirs = fields.Monetary("Social Security, Old Provider")
    medicare_theirs = fields.Monetary("Medicare, Old Provider")
    state_theirs = fields.Monetary("State Income Tax, Old Provider")
    other_theirs = fields.Monetary("Other Deductions, Old Provider")
    net_theirs = fields.Monetary("Net Pay, Old Provider")
    difference = fields.Monetary(
        "Difference in Net Pay", compute="_compute_differs", store=True
    )
    differs = fields.Boolean(compute="_compute_differs", store=True)
    where = fields.Char(compute="_compute_differs", store=True)
    explanation = fields.Char(help="Why the figures differ, where that is right.")

    _once = models.Constraint(
        "UNIQUE (trial_id, employee_id)", "Each person can have only one line."
    )

    @api.depends(
        *(f"{key}_ours" for key in FIGURES), *(f"{key}_theirs" for key in FIGURES)
    )
    def _compute_differs(self):
        for line in self:
            apart = {
                key: line[f"{key}_ours"] - line[f"{key}_theirs"]
                for key in FIGURES
                if abs(line[f"{key}_ours"] - line[f"{key}_theirs"]) > CENT
            }
            line.difference = line.net_ours - line.net_theirs
            line.differs = bool(apart)
            labels = {
                key: line._fields[f"{key}_ours"]._description_string(self.env)
                for key in apart
            }
            line.where = ", ".join(
                f"{labels[key]} {change_text(self.env, amount)}"
                for key, amount in apart.items()
            )

    @api.model
    def _paid(self, values):
        """Values of a line for the old provider's figures of a row."""
        return {f"{key}_theirs": float(values[key] or Decimal()) for key in FIGURES}
