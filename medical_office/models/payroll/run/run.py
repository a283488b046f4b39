"""The run: generated, computed and confirmed as a set, resumable after a kill."""

import re

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.tools import format_date

from ....engine.payroll.earning_codes import CHOSEN
from ....tools.payroll.books.opening import Origin
from ..column import set_default
from ..slip.generate import QUIET
from ..slip.slip import KINDS

CHUNK = 500


class HrPayslipRun(models.Model):
    """Pay run of one schedule and pay date."""

    _inherit = "hr.payslip.run"

    medical_schedule_id = fields.Many2one(
        "medical.payroll.schedule", "Pay Schedule", check_company=True
    )
    medical_date_pay = fields.Date("Pay Date", tracking=True, index="btree_not_null")
    medical_kind = fields.Selection(KINDS, "Pay Type", default="regular", required=True)
    medical_employee_ids = fields.Many2many(
        "hr.employee",
        "medical_payslip_run_employee_rel",
        context={"active_test": False},  # who has left may still be owed something
        string="Who Is Paid",
        check_company=True,
        help="For a bonus, off-cycle or final pay run.",
    )
    # the accountant reads totals of a run, not its slips
    medical_slip_count = fields.Integer(
        compute="_compute_medical_counts", compute_sudo=True, string="People"
    )
    medical_open_count = fields.Integer(
        "Not computed", compute="_compute_medical_counts", compute_sudo=True
    )
    medical_problem_count = fields.Integer(
        compute="_compute_medical_counts",
        compute_sudo=True,
        string="Cannot Be Computed",
    )
    medical_progress = fields.Char(
        "Progress", compute="_compute_medical_counts", compute_sudo=True
    )

    @api.depends("slip_ids")
    def _compute_medical_counts(self):
        counts = {}
        for run, state, count in self.env["hr.payslip"]._read_group(
            [("payslip_run_id", "in", self.ids)],
            ["payslip_run_id", "state"],
            ["__count"],
        ):
            counts.setdefault(run.id, {})[state] = count
        problems = dict(
            self.env["hr.payslip"]._read_group(
                [("payslip_run_id", "in", self.ids), ("medical_problem", "!=", False)],
                ["payslip_run_id"],
                ["__count"],
            )
        )
        for run in self:
            own = counts.get(run.id, {})
            total = sum(own.values())
            run.medical_slip_count = total
            run.medical_open_count = own.get("draft", 0)
            run.medical_problem_count = problems.get(run, 0)
            run.medical_progress = self.env._(
                "%(done)s of %(all)s computed",
                done=total - own.get("draft", 0),
                all=total,
            )

    @api.onchange("medical_kind")
    def _onchange_medical_kind(self):
        """A new regular run begins with the schedule that is paid next."""
        if self.medical_kind == "regular" and not self.medical_schedule_id:
            self.medical_schedule_id = self._medical_next_schedule()

    def _medical_next_schedule(self):
        """The schedule whose first open period is paid first; none where there is none."""
        company = self.company_id or self.env.company
        schedules = self.medical_schedule_id.search([("company_id", "=", company.id)])
        last = dict(
            self._read_group(
                [
                    ("medical_schedule_id", "in", schedules.ids),
                    ("medical_kind", "=", "regular"),
                ],
                ["medical_schedule_id"],
                ["date_end:max"],
            )
        )
        today = fields.Date.context_today(self)

        def next_pay_date(schedule):
            end = last.get(schedule)
            first = fields.Date.add(end, days=1) if end else today
            return schedule._pay_date(schedule._period_on(first).end)

        return min(schedules, key=next_pay_date, default=schedules)

    @api.onchange("medical_schedule_id")
    def _onchange_medical_schedule_id(self):
        """A regular run is proposed for the first period that has none yet."""
        if self.medical_schedule_id:
            today = fields.Date.context_today(self)
            first = self._medical_first_open() or self.date_start or today
            self._medical_propose(first)

    @api.onchange("date_start")
    def _onchange_date_start(self):
        if self.medical_schedule_id and self.date_start:
            self._medical_propose(self.date_start)

    def _medical_propose(self, day):
        """Period, pay date and name by the schedule; a name that was typed stays."""
        span = self.medical_schedule_id._period_on(day)
        self.date_start, self.date_end = span.start, span.end
        self.medical_date_pay = self.medical_schedule_id._pay_date(span.end)
        if not self.name or re.fullmatch(self._medical_named(".+", ".+"), self.name):
            self.name = self._medical_named(
                self.medical_schedule_id.name,
                format_date(self.env, self.medical_date_pay),
            )

    def _medical_named(self, schedule, paid):
        return self.env._("%(schedule)s, paid %(day)s", schedule=schedule, day=paid)

    def _medical_first_open(self):
        """First day after the last period with a regular run; of the first run that of
        the period which the opening balances name, else of the one that is paid next."""
        if self.medical_kind != "regular":
            return False
        last = self.search(
            [
                ("medical_schedule_id", "=", self.medical_schedule_id._origin.id),
                ("medical_kind", "=", "regular"),
                ("id", "!=", self._origin.id),
            ],
            order="date_end desc",
            limit=1,
        )
        if last:
            return fields.Date.add(last.date_end, days=1)
        opening = self.env["medical.payroll.opening.balance"].search(
            [
                ("company_id", "=", self.medical_schedule_id.company_id.id),
                ("state", "=", "approved"),
                # an insurer's sick pay comes beside the pay, all year long
                ("origin", "!=", Origin.SICK.value),
            ],
            order="date_start desc",
            limit=1,
        )
        begins = opening.date_start or fields.Date.context_today(self)
        return self.medical_schedule_id._first_paid_from(begins).start

    def init(self):
        """The database fills our required column, too: the host's own code and tests
        insert rows that know nothing of it."""
        super().init()
        set_default(self.env.cr, self._table, "medical_kind", "regular")

    # -------------------------------------------------------------------- buttons

    def action_medical_compute(self):
        """Make the missing slips, compute all that are not confirmed, run the preflight.

        :return: the dialog that does it chunk by chunk, where the run is a long one
        """
        self._check_preparer()
        if len(self) == 1 and self._medical_is_long():
            return self._medical_compute_dialog(restart=True)
        for run in self:
            run._medical_generate()
            run._medical_reopen()
            run._medical_compute()
        for run in self:
            run._medical_preflight()
        return True

    def _medical_is_long(self):
        """Whether the run takes more than one chunk."""
        schedule = self.medical_schedule_id.id
        people = self.env["hr.version"].search_count(
            [("medical_schedule_id", "=", schedule)], limit=CHUNK + 1
        )
        return bool(schedule) and people > CHUNK

    # --------------------------------------------------------------------- engine

    def _lock(self):
        """One computation of a run at a time."""
        try:
            self.lock_for_update()
        except LockError as error:
            raise UserError(
                self.env._(
                    "This pay run is being computed right now. Wait, then "
                    "reload the page."
                )
            ) from error

    def _medical_generate(self, employees=None, commit=False):
        """Make the draft slips that are missing; those there are stay.

        :param employees: whom to pay; when left out, everyone on the run's schedule, or
            the people named by a run that is not regular
        :return: the new slips; none of a void, whose slips mirror others
        """
        self.ensure_one()
        self._check_draft()
        if self.medical_kind == "void":
            return self.env["hr.payslip"]
        if employees is None and self.medical_kind in CHOSEN:
            employees = self._medical_chosen()
        self._lock()
        missing = self._medical_missing(employees)
        made = []
        for start in range(0, len(missing), CHUNK):
            part = self.env["hr.version"].browse(missing[start : start + CHUNK])
            made += self.env["hr.payslip"]._engine_create(self, part).ids
            self._end_chunk(commit)
        return self.env["hr.payslip"].browse(made)

    def _end_chunk(self, commit):
        """Let go of the records of a chunk, so that memory stays where it is."""
        if commit:
            self.env.cr.commit()  # pylint: disable=invalid-commit
            self._lock()
        else:
            self.env.invalidate_all()

    def _medical_missing(self, employees):
        """Ids of the contracts of those who have no slip in this run yet."""
        if employees is None:
            employees = self._medical_people()
        paid = {
            employee.id
            for (employee,) in self.env["hr.payslip"]._read_group(
                [("payslip_run_id", "=", self.id), ("state", "!=", "cancel")],
                ["employee_id"],
            )
        }
        # in order of the ids, so that the same people give the same slips
        contracts = employees.sorted("id")._get_contracts(
            date_start=self.date_start, date_end=self.date_end
        )
        if self.medical_kind in CHOSEN:
            left = employees.filtered(lambda person: not contracts.get(person.id))
            contracts = {**contracts, **self._medical_last_contracts(left)}
        return [
            contracts[person][0].id
            for person in employees.sorted("id").ids
            if person not in paid and contracts.get(person)
        ]

    def _medical_last_contracts(self, people):
        """{employee id: the last contract of somebody who has left}."""
        found = {}
        for version in self.env["hr.version"].search(
            [
                ("employee_id", "in", people.ids),
                ("company_id", "=", self.company_id.id),
                ("contract_date_start", "!=", False),
                ("contract_date_start", "<=", self.date_end),
            ],
            order="date_version",
        ):
            found[version.employee_id.id] = version
        return found

    def _medical_chosen(self):
        """Who is paid by a bonus, an off-cycle or a final pay."""
        if not self.medical_employee_ids:
            raise UserError(
                self.env._("Choose who is paid by “%s”, then compute.", self.name)
            )
        return self.medical_employee_ids

    def _medical_people(self):
        """Everyone whose version of the period is on the run's schedule."""
        if not self.medical_schedule_id:
            raise UserError(
                self.env._(
                    "Choose the pay schedule of the pay run %s first.", self.name
                )
            )
        versions = self.env["hr.version"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("medical_schedule_id", "=", self.medical_schedule_id.id),
                ("contract_date_start", "!=", False),
                ("contract_date_start", "<=", self.date_end),
                ("date_version", "<=", self.date_end),
                "|",
                ("contract_date_end", "=", False),
                ("contract_date_end", ">=", self.date_start),
            ]
        )
        people = versions.employee_id.with_context(active_test=False)
        latest = people._get_contracts(
            date_start=self.date_start, date_end=self.date_end
        )
        return people.filtered(
            lambda e: latest[e.id][:1].medical_schedule_id == self.medical_schedule_id
        )

    def _medical_reopen(self):
        """Computed slips become open again, so that a kill loses no place."""
        for run in self.filtered(lambda run: run.medical_kind != "void"):
            run._medical_slips("verify")._engine_set_state("draft")
            failed = run._medical_slips("draft", ("medical_problem", "!=", False))
            failed._pen().with_context(**QUIET).medical_problem = False
        self.invalidate_recordset()

    def _medical_compute(self, slips=None, commit=False):
        """Compute the open slips of the run, or ``slips`` of it, in chunks.

        With ``commit`` each chunk is kept: after a kill the next call goes on.

        :return: how many were computed; the others carry ``medical_problem``
        """
        self.ensure_one()
        self._check_draft()
        if self.medical_kind == "void":
            return 0
        self._lock()
        if slips is None:
            slips = self._medical_slips("draft")
        ids, done = slips.ids, 0
        for start in range(0, len(ids), CHUNK):
            done += slips.browse(ids[start : start + CHUNK])._engine_compute()
            self._end_chunk(commit)
        self.invalidate_recordset()
        return done

    def _medical_slips(self, state, *more):
        """The run's slips in a state, in order of their ids."""
        return self.env["hr.payslip"].search(
            [("payslip_run_id", "=", self.id), ("state", "=", state), *more],
            order="id",
        )

    def _medical_confirm(self):
        """Confirm all computed slips of the run; refused while one cannot be computed."""
        self.ensure_one()
        self._lock()
        open_slips = self._medical_slips("draft")
        if open_slips:
            raise UserError(
                self.env._(
                    "Payslips of %(run)s not computed: %(count)s. The first is for "
                    "%(who)s: %(why)s",
                    count=len(open_slips),
                    run=self.name,
                    who=open_slips[0].employee_id.name,
                    why=open_slips[0].medical_problem or self.env._("compute the run."),
                )
            )
        slips = self._medical_slips("verify")
        slips._engine_set_state("done")
        self._message_log(
            body=self.env._("Payslips confirmed: %(count)s.", count=len(slips))
        )
        return len(slips)
