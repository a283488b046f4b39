"""What payroll tells the register: taxes due, runs late, returns due, people unpaid."""

from datetime import datetime, time, timedelta

from odoo import api, fields, models

from ..core.core_check import CheckResult, CheckRow

SOON = 5  # days before a deposit is due
RETURN_SOON = 14


class PayrollDeposit(models.Model):
    _inherit = "medical.payroll.deposit"

    @api.model
    def _medical_check_due(self):
        """Deposits that are due within days, or overdue."""
        today = fields.Date.context_today(self)
        everything = self.search([("state", "=", "due")])
        rows = []
        for deposit in everything:
            if deposit.amount <= 0 or deposit.date_due > today + timedelta(days=SOON):
                continue
            late = deposit.date_due < today
            text = (
                self.env._("%(what)s is overdue: %(amount)s.")
                if late
                else self.env._("%(what)s has to be paid: %(amount)s.")
            )
            rows.append(
                CheckRow(
                    self._name,
                    deposit.id,
                    text
                    % {
                        "what": deposit.display_name,
                        "amount": f"{deposit.amount:,.2f}",
                    },
                    "critical" if late else "medium",
                    money_at_risk=deposit.penalty,
                    date_due=deposit.date_due,
                    company_id=deposit.company_id.id,
                )
            )
        rows = self.env["res.company"]._medical_for_preparers(rows)
        return CheckResult(len(everything), rows)


class HrPayslipRun(models.Model):
    _inherit = "hr.payslip.run"

    @api.model
    def _medical_check_unpaid(self):
        """Runs that are not paid two days before the pay date: banks need that long."""
        today = fields.Date.context_today(self)
        runs = self.search(
            [
                ("medical_is_us", "=", True),
                ("medical_kind", "!=", "void"),
                ("state", "not in", ["paid", "close"]),
                ("medical_date_pay", "!=", False),
            ]
        )
        rows = []
        for run in runs:
            if run.medical_date_pay > today + timedelta(days=2):
                continue
            late = run.medical_date_pay < today
            rows.append(
                CheckRow(
                    self._name,
                    run.id,
                    self.env._(
                        "%(run)s is %(state)s; people are to be paid on %(day)s.",
                        run=run.name,
                        state=run._workflow_label(run.state).lower(),
                        day=run.medical_date_pay,
                    ),
                    "critical" if late else "high",
                    user_id=(run.medical_submitted_by_id or run.create_uid).id,
                    date_due=run.medical_date_pay,
                    company_id=run.company_id.id,
                )
            )
        rows = self.env["res.company"]._medical_for_preparers(rows)
        return CheckResult(len(runs), rows)

    @api.model
    def _medical_check_bank_changed(self):
        """Bank accounts changed in the last days: ask the person before the next pay."""
        account = self.env["medical.payroll.account"]
        since = datetime.combine(
            fields.Date.context_today(self) - timedelta(days=10), time.min
        )
        everything = account.search_count([])
        changed = account.search([("date_changed", ">=", since)]).filtered(
            lambda a: a.date_changed.date() > a.create_date.date()
        )
        rows = [
            CheckRow(
                account._name,
                one.id,
                self.env._(
                    "The bank account of %(who)s was changed on %(day)s.",
                    who=one.employee_id.name,
                    day=one.date_changed.date(),
                ),
                "high",
                company_id=one.company_id.id,
                date_due=one.date_changed.date() + timedelta(days=10),
            )
            for one in changed
        ]
        rows = self.env["res.company"]._medical_for_preparers(rows)
        return CheckResult(everything, rows)


class PayrollFiling(models.Model):
    _inherit = "medical.payroll.filing"

    @api.model
    def _medical_check_due(self):
        """Returns that are begun and not filed as their day comes near."""
        today = fields.Date.context_today(self)
        everything = self.search([("state", "=", "draft")])
        rows = [
            CheckRow(
                self._name,
                filing.id,
                self.env._("%s is not filed yet.", filing.display_name),
                "critical" if filing.date_due < today else "medium",
                date_due=filing.date_due,
                company_id=filing.company_id.id,
            )
            for filing in everything
            if filing.date_due <= today + timedelta(days=RETURN_SOON)
        ]
        rows = self.env["res.company"]._medical_for_preparers(rows)
        return CheckResult(len(everything), rows)


class PayrollReturn(models.Model):
    _inherit = "medical.payroll.return"

    @api.model
    def _medical_check_open(self):
        """Pay that came back and is not paid anew: wages are due on payday."""
        today = fields.Date.context_today(self)
        waiting = self.search([("state", "not in", ["paid", "closed"])])
        rows = [
            CheckRow(
                self._name,
                item.id,
                self.env._(
                    "A deposit of %(who)s came back on %(day)s and is not paid anew.",
                    who=item.employee_id.name,
                    day=item.date,
                )
                if item.about == "payment"
                else self.env._(
                    "The bank's answer about an account of %s waits to be worked in.",
                    item.employee_id.name,
                ),
                "high" if item.about == "payment" else "medium",
                money_at_risk=item.amount,
                # a notification of change is worked in within six banking days
                date_due=item.date
                + timedelta(days=2 if item.about == "payment" else 8),
                company_id=item.company_id.id,
            )
            for item in waiting
            if item.date <= today
        ]
        rows = self.env["res.company"]._medical_for_preparers(rows)
        return CheckResult(len(waiting), rows)
