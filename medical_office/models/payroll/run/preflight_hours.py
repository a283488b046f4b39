"""Hours that stand in a run's way: nobody approved them, or there are none."""

from odoo import models
from odoo.tools import format_date

from ....tools.money import money
from ....tools.payroll.time.workperiod import Span

# a bonus pays no time; a void takes back what was paid
NO_TIME = ("bonus", "void")
WORKED = ("REG", "OT")
SAME = 0.02  # hours: what two roundings of a period may differ by


class HrPayslipRun(models.Model):
    """Each finding leads to the timesheet, where payroll, HR, the manager and the head of
    the department may enter what is missing."""

    _inherit = "hr.payslip.run"

    def _preflight_hours(self):
        """Missing check-outs, hours that nobody approved, hourly people without any."""
        if self.medical_kind in NO_TIME:
            return
        slips = {
            slip.employee_id: slip
            for slip in self.slip_ids
            # the hours of a salaried person with overtime rights are paid by as well
            if slip.contract_id._pay_has_overtime()
        }
        if not slips:
            return
        people = self.env["hr.employee"].union(*slips)
        sheets = self.env["medical.payroll.timesheet"]._in_force(
            people, self.date_start, self.date_end
        )
        approved = {
            person
            for person, sheet in sheets.items()
            if sheet.state in ("approved", "locked")
        }
        clock = self._preflight_attendances(people)
        away = self._preflight_away(people)
        wrong = {}
        for person, slip in slips.items():
            found = self._preflight_hours_of(
                slip, sheets.get(person), person in approved, clock.get(person), away
            )
            if found:
                wrong[person] = found
        sheets |= self._preflight_sheets(
            people.browse(p.id for p in wrong if p not in sheets), slips
        )
        for person, (code, text, can_waive) in wrong.items():
            sheet = sheets.get(person)
            where = (
                {"res_model": sheet._name, "res_id": sheet.id}
                if sheet
                else {"res_model": "hr.employee", "res_id": person.id}
            )
            yield self._of(
                slips[person], code, "blocker", text, can_waive=can_waive, **where
            )
        for person in people.filtered(lambda p: p in clock and p not in approved):
            waiting = clock[person].filtered(
                lambda a: a.check_out and a.overtime_status == "to_approve"
            )
            if waiting:
                text = self.env._(
                    "overtime waiting for approval; attendance entries: %s.",
                    len(waiting),
                )
                yield self._of(slips[person], "overtime", "warning", text)

    def _preflight_attendances(self, people):
        """{employee: attendances that begin in the period and lasted, or have no end}."""
        begin, end = self.company_id._medical_moments(self.date_start, self.date_end)
        attendances = self.env["hr.attendance"].search(
            [
                ("employee_id", "in", people.ids),
                ("check_in", ">=", begin),
                ("check_in", "<", end),
            ]
        )
        lasted = attendances.filtered(lambda one: one.check_out != one.check_in)
        return lasted.grouped("employee_id")

    def _preflight_away(self, people):
        """Time off of the period that is not refused."""
        return self.env["hr.leave"].search(
            [
                ("employee_id", "in", people.ids),
                ("state", "in", ["confirm", "validate1", "validate"]),
                ("request_date_from", "<=", self.date_end),
                ("request_date_to", ">=", self.date_start),
            ]
        )

    def _preflight_hours_of(self, slip, sheet, is_approved, clock, away):
        """(code, what is wrong, whether it can be waived) of one person, or None.

        One person has one finding: what has to be done first.
        """
        if is_approved:
            return self._preflight_stale(slip, sheet)
        still = clock.filtered(lambda a: not a.check_out) if clock else ()
        if sheet:
            still = still if sheet.open_count else ()
        if still:
            text = self.env._(
                "attendance without a check-out: %(count)s, the first on %(day)s. "
                "Those hours are not paid. Enter them on the timesheet.",
                count=len(still),
                day=format_date(self.env, min(still.mapped("check_in"))),
            )
            return "attendance", text, True
        hourly = slip.contract_id._pay_hourly()
        nothing = not clock and not (sheet and sheet.hours)
        if hourly and nothing and slip.employee_id not in away.employee_id:
            text = self.env._(
                "paid by the hour, without any hours from %(start)s to %(end)s. "
                "Enter them on the timesheet, or waive this if there were none.",
                start=format_date(self.env, self.date_start),
                end=format_date(self.env, self.date_end),
            )
            return "no_hours", text, True
        if not sheet or not self._preflight_asks(sheet):
            return None
        text = self.env._(
            "the hours are not approved (timesheet: %(state)s). Otherwise the clock's "
            "%(hours)s hours are paid.",
            state=sheet._workflow_label(sheet.state).lower(),
            hours=f"{sheet.clocked:.2f}",
        )
        return "timesheet", text, True

    def _preflight_asks(self, sheet):
        """Whether a timesheet has to be approved before its hours are paid: where the
        schedule has timesheets, and wherever somebody typed or submitted one."""
        uses = sheet.schedule_id.use_timesheets
        return uses or sheet.state == "submitted" or bool(sheet.typed_count)

    def _preflight_stale(self, slip, sheet):
        """The timesheet was approved after the slip was computed, with other hours."""
        if not slip.contract_id._pay_hourly() or slip.state == "draft":
            return None
        if (sheet.date_start, sheet.date_end) != (self.date_start, self.date_end):
            return None
        days = slip.worked_days_line_ids.filtered(lambda day: day.code in WORKED)
        paid = sum(days.mapped("number_of_hours"))
        if abs(money(paid) - money(sheet.hours)) <= SAME:
            return None
        text = self.env._(
            "the approved timesheet has %(sheet)s hours and the payslip %(slip)s. "
            "Compute the pay run again.",
            sheet=f"{sheet.hours:.2f}",
            slip=f"{paid:.2f}",
        )
        return "hours_changed", text, False

    def _preflight_sheets(self, people, slips):
        """{employee: timesheet}: made for those who have none and need one now."""
        found = {}
        span = Span(self.date_start, self.date_end)
        by_schedule = people.grouped(
            lambda person: slips[person].contract_id.medical_schedule_id
        )
        for schedule, own in by_schedule.items():
            if schedule and schedule._period_on(self.date_start) == span:
                sheets = self.env["medical.payroll.timesheet"]._ensure(
                    own, schedule, span
                )
                found |= {sheet.employee_id: sheet for sheet in sheets}
        return found

    def _preflight_leave(self):
        """Time off of the period that nobody decided yet."""
        slips = {slip.employee_id: slip for slip in self.slip_ids}
        away = self._preflight_away(self.slip_ids.employee_id)
        for leave in away.filtered(lambda leave: leave.state != "validate"):
            text = self.env._(
                "time off from %(start)s to %(end)s is not approved yet.",
                start=leave.request_date_from,
                end=leave.request_date_to,
            )
            yield self._of(
                slips[leave.employee_id],
                "leave",
                "warning",
                text,
                res_model="hr.leave",
                res_id=leave.id,
            )
