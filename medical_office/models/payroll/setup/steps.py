"""Setup of pay: accounts, bank, schedule, states, people, opening balances, first run."""

from odoo import api, fields, models

from ...core.setup.step import Step
from ..practice.posting import KEEPERS, KINDS

PAY = ("core_group_payroll",)


class CoreSetup(models.AbstractModel):
    _inherit = "medical.core.setup"

    @api.model
    def _steps(self):
        return [*super()._steps(), *self._payroll_steps()]

    @api.model
    def _payroll_steps(self):
        return [
            *self._pay_book_steps(),
            self._pay_schedule_step(),
            self._pay_people_step(),
            self._pay_state_step(),
            *self._pay_run_steps(),
        ]

    @api.model
    def _pay_own(self):
        return [("company_id", "=", self.env.company.id)]

    @api.model
    def _pay_book_steps(self):
        _, company = self.env._, self.env.company
        lines = self.env["medical.payroll.posting"].search([*self._pay_own()])
        kinds = {line.kind for line in lines if not line.key}
        lost = [label for kind, label in KINDS if kind not in kinds]
        missing = [_("Payroll accounts: %s are missing.", len(lost))] if lost else []
        if not company.medical_payroll_journal_id:
            missing.append(_("The payroll journal."))
        bank = self.env["medical.payroll.bank"].search_count(self._pay_own(), limit=1)
        return [
            Step(
                "pay_accounts", "books", 15, _("Payroll accounts"),
                _("Where wages, taxes and deductions are recorded; what is missing is "
                  "made with one button."),
                KEEPERS, missing, "payroll_posting_action", after=("chart",),
            ),
            Step(
                "pay_bank", "books", 30, _("Payroll bank account"),
                _("The figures of your bank's letter for direct deposit files."),
                ("core_group_accountant",),
                [] if bank else [_("The payroll bank account.")],
                "payroll_bank_action", form=not bank, after=("chart",),
            ),
        ]  # fmt: skip

    @api.model
    def _pay_schedule_step(self):
        _ = self.env._
        there = self.env["medical.payroll.schedule"].search_count(
            self._pay_own(), limit=1
        )
        return Step(
            "pay_schedule", "pay", 10, _("Pay schedule"),
            _("How often people are paid, and when after the period ends."),
            PAY, [] if there else [_("There is no pay schedule yet.")],
            "payroll_schedule_action", form=not there,
        )  # fmt: skip

    @api.model
    def _pay_staff(self):
        """Everybody of the company but the administrator of the database."""
        admin = self.env.ref("base.user_admin")
        return self.env["hr.employee"].search(
            [
                *self._pay_own(),
                "|",
                ("user_id", "=", False),
                ("user_id", "!=", admin.id),
            ]
        )

    @api.model
    def _pay_people_step(self):
        """Counts what people still miss until they can be paid."""
        _ = self.env._
        people = self._pay_staff()
        people.current_version_id.fetch(
            ["wage", "medical_schedule_id", "contract_date_start", "struct_id"]
        )
        today = fields.Date.context_today(self)
        signed = self.env["medical.payroll.w4"]._of(people, today).employee_id
        banked = self.env["medical.payroll.account"].search(
            [("employee_id", "in", people.ids)]
        )
        versions = {person: person.current_version_id for person in people}
        lost = (
            (
                _("Employees without a first day: %s."),
                [p for p, v in versions.items() if not v.contract_date_start],
            ),
            (
                _("Employees without a wage: %s."),
                [p for p, v in versions.items() if not v.wage],
            ),
            (
                _("Employees without a pay schedule: %s."),
                [p for p, v in versions.items() if not v.medical_schedule_id],
            ),
            (_("Employees without a Form W-4: %s."), people - signed),
            (
                _("Employees without a bank account (paid by check): %s."),
                people - banked.employee_id,
            ),
        )
        missing = [text % len(some) for text, some in lost if len(some)]
        if not people:
            missing = [_("No employees yet.")]
        return Step(
            "pay_people", "pay", 20, _("Pay of each employee"),
            _("Wage, pay schedule, Form W-4 and bank account; bring a list (CSV) or "
              "enter them on the employee."),
            PAY, missing, "payroll_pay_wizard_action",
            after=("staff", "pay_schedule"),
        )  # fmt: skip

    @api.model
    def _pay_state_step(self):
        _, today = self.env._, fields.Date.context_today(self)
        states = self.env["res.country.state"]
        people = self._pay_staff().filtered("current_version_id.wage")
        for version in people.current_version_id:
            states |= version._pay_state() or states
        states = states or self.env.company.state_id
        known = self.env["medical.payroll.state.account"].search(
            [*self._pay_own(), ("year", "=", today.year)]
        )
        missing = [
            _(
                "%(state)s: account numbers and unemployment rate of %(year)s.",
                state=state.name,
                year=today.year,
            )
            for state in states - known.state_id
        ]
        if not states:
            missing = [_("The state in the company's address.")]
        return Step(
            "pay_state", "pay", 30, _("State accounts"),
            _("The rate of the state's notice and the account numbers of its agencies."),
            ("core_group_payroll", "core_group_accountant"), missing,
            "payroll_state_account_action",
            form=bool(states - known.state_id), after=("company",),
            context={"default_state_id": (states - known.state_id)[:1].id},
        )  # fmt: skip

    @api.model
    def _pay_run_steps(self):
        _ = self.env._
        balances = self.env["medical.payroll.opening.balance"].search_count(
            [*self._pay_own(), ("state", "=", "approved")], limit=1
        )
        runs = self.env["hr.payslip.run"]
        own = [*self._pay_own(), ("medical_is_us", "=", True)]
        paid = runs.search_count([*own, ("state", "=", "paid")], limit=1)
        compared = paid or self.env["medical.payroll.trial"].search_count(
            [*self._pay_own(), ("state", "=", "accepted")], limit=1
        )
        return [
            Step(
                "pay_opening", "pay", 40, _("Opening balances"),
                _("What was paid elsewhere this year, so that wage bases, limits and "
                  "tax returns count it. Skip it if you begin on January 1."),
                PAY,
                [] if balances else [_("No opening balance is approved yet.")],
                "payroll_opening_balance_action", form=not balances,
                after=("pay_people",),
            ),
            Step(
                "pay_trial", "pay", 50, _("Trial run"),
                _("Calculate a pay period beside the old provider's figures: nothing is "
                  "paid or posted."),
                PAY,
                [] if compared else [_("No trial run agrees yet.")],
                "payroll_trial_action", form=not compared,
                after=("pay_people", "pay_state"),
            ),
            Step(
                "pay_run", "pay", 60, _("First pay run"),
                _("Payroll prepares, the director approves; then it is posted and paid."),
                PAY,
                [] if paid else [_("No pay run is paid yet.")],
                "payroll_run_action",
                after=("pay_trial", "pay_accounts", "pay_bank", "pay_people"),
            ),
        ]  # fmt: skip
