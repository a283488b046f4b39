"""What the preflight looks for; each check is one or two queries for the whole run."""

from datetime import timedelta

from odoo import fields, models
from odoo.tools import format_date

from ....engine.core.amounts import amount_text
from ....tools.payroll.ach.bankdays import is_banking_day
from ..person.account import COOLING_OFF_DAYS
from .preflight import Found


class HrPayslipRun(models.Model):
    _inherit = "hr.payslip.run"

    def _of(self, slip, code, level, summary, **more):
        """A finding about one slip, fixed on the employee unless told otherwise."""
        more = {"res_model": "hr.employee", "res_id": slip.employee_id.id, **more}
        who = slip.employee_id.name
        text = summary if summary.startswith(who) else f"{who}: {summary}"
        return Found(code, level, text, slip.employee_id.id, **more)

    def _preflight_problems(self):
        """Slips that cannot be computed, or are not."""
        for slip in self.slip_ids:
            if slip.medical_problem:
                yield self._of(
                    slip, "problem", "blocker", slip.medical_problem, can_waive=False
                )
            elif slip.state == "draft":
                text = self.env._("the payslip is not computed. Compute the pay run.")
                yield self._of(
                    slip,
                    "open",
                    "blocker",
                    text,
                    can_waive=False,
                    res_model="hr.payslip",
                    res_id=slip.id,
                )

    def _preflight_law(self):
        """Payslips computed before other tables came into force; and where payslips
        cannot be computed, all that the law of their year lacks at once: a payslip stops
        at the first figure that it misses."""
        run = {"res_model": self._name, "res_id": self.id, "can_waive": False}
        if text := self._other_law():
            yield Found("law", "blocker", text, **run)
        if self.medical_date_pay and any(self.slip_ids.mapped("medical_problem")):
            for text in self.company_id._medical_law_missing(self.medical_date_pay):
                yield Found("law_missing", "blocker", text, **run)

    def _other_law(self):
        """What is wrong where tables were released or withdrawn, or provisional pay was
        agreed or ended, after the payslips were computed; else nothing."""
        self.ensure_one()
        if self.medical_kind == "void" or not self.medical_date_pay:
            return ""
        # sudo: the needs of people and plans are asked; no person is named
        law = self.company_id.sudo()._medical_law(self.medical_date_pay)
        # sudo: by what tables a payslip was computed; no pay is shown
        slips = self.sudo().slip_ids.filtered("medical_law")
        other = slips.filtered(lambda slip: slip.medical_law != law.edition)
        if not other:
            return ""
        return self.env._(
            "%(count)s payslips of %(run)s were computed by %(before)s; for "
            "%(day)s %(now)s is in force now. Compute the pay run again.",
            count=len(other),
            run=self.name,
            before=other[0].medical_law,
            day=format_date(self.env, self.medical_date_pay),
            now=law.edition,
        )

    def _preflight_dates(self):
        day, run = self.medical_date_pay, {"res_model": self._name, "res_id": self.id}
        if not day:
            text = self.env._("The pay run has no pay date.")
            yield Found("date", "blocker", text, can_waive=False, **run)
            return
        if self.medical_kind == "void":
            return  # no money moves: any day will do, of last year as well
        if not is_banking_day(day):
            text = self.env._(
                "The pay date %s is not a banking day.", format_date(self.env, day)
            )
            yield Found("date", "blocker", text, **run)
        if day < fields.Date.context_today(self):
            text = self.env._(
                "The pay date %s is in the past.", format_date(self.env, day)
            )
            yield Found("date_past", "warning", text, **run)

    def _preflight_people(self):
        """Somebody without a slip, or paid twice for the same time."""
        if self.medical_kind == "regular" and self.medical_schedule_id:
            missing = self._medical_people() - self.slip_ids.employee_id
            for employee in missing:
                text = self.env._(
                    "%s is on the pay schedule but has no payslip in this pay run.",
                    employee.name,
                )
                yield Found(
                    "missing",
                    "warning",
                    text,
                    employee.id,
                    res_model="hr.employee",
                    res_id=employee.id,
                )
        if self.medical_kind != "regular":
            return
        others = self.env["hr.payslip"].search(
            [
                ("employee_id", "in", self.slip_ids.employee_id.ids),
                ("payslip_run_id", "!=", self.id),
                ("medical_kind", "=", "regular"),
                ("medical_voided", "=", False),
                ("state", "!=", "cancel"),
                ("date_from", "<=", self.date_end),
                ("date_to", ">=", self.date_start),
            ]
        )
        for other in others:
            text = self.env._(
                "the days %(start)s to %(end)s are also paid in “%(run)s”.",
                start=format_date(self.env, other.date_from),
                end=format_date(self.env, other.date_to),
                run=other.payslip_run_id.name or other.number,
            )
            yield self._of(
                other, "twice", "blocker", text, res_model="hr.payslip", res_id=other.id
            )

    def _preflight_bars(self):
        """Whoever may not be paid at all, by what a domain above knows."""
        slips = {slip.employee_id: slip for slip in self.slip_ids}
        day = self.medical_date_pay or self.date_end
        bars = self.env["medical.core.bar"]._bars(self.slip_ids.employee_id, day, "pay")
        for employee, text in bars.items():
            yield self._of(slips[employee], "bar", "blocker", text, can_waive=False)

    def _preflight_net(self):
        for slip in self.slip_ids:
            if slip.medical_net < 0:
                text = self.env._(
                    "the net pay is %s, below zero.",
                    amount_text(self.env, slip.medical_net),
                )
                yield self._of(slip, "negative", "blocker", text, can_waive=False)

    def _preflight_bank(self):
        """No account, or one that was changed in the last days."""
        since = fields.Datetime.now() - timedelta(days=COOLING_OFF_DAYS)
        for slip in self.slip_ids:
            accounts = slip.employee_id.medical_account_ids
            if not accounts and slip.medical_net > 0:
                text = self.env._("no bank account: will be paid by check.")
                yield self._of(slip, "bank", "warning", text)
            waiting = accounts.filtered(
                lambda a: not a._is_ready(self.medical_date_pay)
            )
            if waiting and slip.medical_net > 0:
                text = self.env._(
                    "nothing goes to %s yet (prenote or deposit return): its share "
                    "goes to the other accounts or a check.",
                    ", ".join(waiting.mapped("display_name")),
                )
                yield self._of(slip, "bank_waits", "warning", text)
            for account in accounts:
                if (
                    account.date_changed
                    and account.date_changed >= since
                    and account._changed_on()
                ):
                    text = self.env._(
                        "the bank account %(account)s was changed on %(day)s by "
                        "%(user)s. Confirm with the employee at a phone number you "
                        "already have before you pay.",
                        account=account.display_name,
                        day=format_date(self.env, account.date_changed),
                        user=account.changed_by_id.name,
                    )
                    yield self._of(
                        slip,
                        "bank_changed",
                        "blocker",
                        text,
                        res_model="medical.payroll.account",
                        res_id=account.id,
                    )

    def _preflight_forms(self):
        """No Form W-4 in force, no Social Security number."""
        day = self.medical_date_pay or self.date_end
        signed = self.env["medical.payroll.w4"]._of(self.slip_ids.employee_id, day)
        for slip in self.slip_ids:
            if slip.employee_id not in signed.employee_id:
                text = self.env._(
                    "no Form W-4: income tax is withheld as for a single filer with "
                    "no other entries."
                )
                yield self._of(slip, "w4", "blocker", text)
            if not slip.employee_id.medical_ssn_masked:
                text = self.env._("the Social Security number is missing.")
                yield self._of(slip, "ssn", "warning", text)

    def _preflight_change(self):
        """Net pay far from the last one."""
        limit = self.company_id.medical_net_change_percent
        if not limit or self.medical_kind != "regular":
            return
        for slip in self.slip_ids:
            before = slip.medical_previous_net
            if before > 0 and abs(slip.medical_net - before) > before * limit / 100:
                text = self.env._(
                    "net pay of %(now)s after %(before)s: %(why)s",
                    now=amount_text(self.env, slip.medical_net),
                    before=amount_text(self.env, before),
                    why=slip.medical_change_text or "",
                )
                yield self._of(
                    slip,
                    "change",
                    "warning",
                    text,
                    res_model="hr.payslip",
                    res_id=slip.id,
                )

    def _preflight_licenses(self):
        """People whose license or other credential has ended before the pay date."""
        slips = {slip.employee_id.id: slip for slip in self.slip_ids}
        day = self.medical_date_pay or self.date_end
        problems = self.slip_ids.employee_id._medical_license_problems(day)
        for employee_id, text in problems.items():
            yield self._of(slips[employee_id], "license", "warning", text)

    def _preflight_remarks(self):
        """What the calculation remarked, once for everyone it says the same about."""
        remarks = {}
        for slip in self.slip_ids:
            for remark in (slip.medical_notes or "").splitlines():
                remarks.setdefault(remark, []).append(slip)
        for remark, slips in remarks.items():
            if remark.startswith("There is no Form W-4"):
                continue  # has a line of its own
            if len(slips) == 1:
                yield self._of(
                    slips[0],
                    "remark",
                    "warning",
                    remark,
                    res_model="hr.payslip",
                    res_id=slips[0].id,
                )
            else:
                text = self.env._(
                    "%(remark)s (employees: %(count)s)", remark=remark, count=len(slips)
                )
                yield Found("remark", "warning", text)
