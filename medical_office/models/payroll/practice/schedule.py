"""How often people are paid: the pay periods and pay dates of a schedule."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ....tools.payroll.ach.bankdays import is_banking_day
from ....tools.payroll.law.period import PayPeriod
from ....tools.payroll.time.workperiod import Span

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]
DAYS = {"weekly": 7, "biweekly": 14}
BANK_CLOSED = 7  # days by which a pay date moves at most, and more


class PayrollSchedule(models.Model):
    """Pay periods without gap or overlap, and when each is paid."""

    _name = "medical.payroll.schedule"
    _description = "Pay Schedule"
    _inherit = ["medical.core.guard"]
    _order = "name"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    frequency = fields.Selection(
        [
            ("weekly", "Weekly"),
            ("biweekly", "Every two weeks"),
            ("semimonthly", "Twice a month (1st to 15th, 16th to end)"),
            ("monthly", "Monthly"),
        ],
        required=True,
        default="biweekly",
    )
    date_anchor = fields.Date(
        "A period starts on",
        required=True,
        help="The first day of any pay period; weekly and biweekly periods are "
        "counted from it. For 8 and 80 it also starts the 14 days.",
    )
    pay_days_after = fields.Integer(
        "Paid after (days)",
        default=5,
        help="Days from the end of the period to the pay date. A pay date on a "
        "weekend or bank holiday moves to the previous business day.",
        aggregator=None,
    )
    week_start = fields.Selection(
        WEEKDAYS,
        "Workweek starts on",
        required=True,
        default="6",
        help="Overtime is counted by this fixed week of seven days (29 CFR 778.105).",
    )

    use_timesheets = fields.Boolean(
        "Timesheets",
        default=True,
        help="Each hourly employee gets a timesheet for every period: filled from the "
        "clock, submitted by the employee, approved by the department head. Off: the "
        "pay run takes check-ins and check-outs as they are.",
    )

    extra_salary = fields.Selection(
        [
            ("usual", "As on every other pay date: the year costs one pay more"),
            ("spread", "The salary of the year is divided by all its pay dates"),
        ],
        "27th (53rd) Pay Date",
        required=True,
        default="usual",
        help="Some years have 27 biweekly (53 weekly) pay dates. A salary by the year "
        "or month is either paid by the 26th (52nd) part as ever, or divided by 27 (53) "
        "in that year, which makes each paycheck smaller. Say so to the people concerned "
        "before the year begins.",
    )

    _after = models.Constraint(
        "CHECK (pay_days_after BETWEEN 0 AND 31)",
        "The pay date must be 0 to 31 days after the end of the period.",
    )

    def _period(self):
        """The payroll period of the tax tables."""
        self.ensure_one()
        return PayPeriod[self.frequency.upper()]

    def _period_on(self, day):
        """The pay period in which ``day`` lies, as a Span."""
        self.ensure_one()
        if self.frequency in DAYS:
            length = DAYS[self.frequency]
            start = day - timedelta(days=(day - self.date_anchor).days % length)
            return Span(start, start + timedelta(days=length - 1))
        last = day + relativedelta(day=31)
        if self.frequency == "monthly":
            return Span(day.replace(day=1), last)
        if day.day <= 15:
            return Span(day.replace(day=1), day.replace(day=15))
        return Span(day.replace(day=16), last)

    def _first_paid_from(self, day):
        """The first pay period whose pay date is ``day`` or later, as a Span."""
        span = self._period_on(day - timedelta(days=self.pay_days_after + BANK_CLOSED))
        while self._pay_date(span.end) < day:
            span = self._period_on(span.end + timedelta(days=1))
        return span

    def _medical_open_action(self, finding=None):
        """What is found about a schedule is a pay run that nobody started."""
        if not finding or finding.check_id.code == "payroll_extra_date":
            return self.get_formview_action()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Pay Run"),
            "res_model": "hr.payslip.run",
            "views": [(False, "form")],
            "context": {"default_medical_schedule_id": self.id},
        }

    def _hourly_people(self, span):
        """Who is paid by the hour on this schedule, on some day of the period."""
        self.ensure_one()
        versions = self.env["hr.version"].search(
            [
                ("medical_schedule_id", "=", self.id),
                ("medical_wage_per", "=", "hour"),
                ("contract_date_start", "!=", False),
                ("contract_date_start", "<=", span.end),
                ("date_version", "<=", span.end),
                "|",
                ("contract_date_end", "=", False),
                ("contract_date_end", ">=", span.start),
            ]
        )
        people = versions.employee_id.with_context(active_test=False)
        latest = people._get_contracts(date_start=span.start, date_end=span.end)
        return people.filtered(
            lambda person: (
                (own := latest[person.id][:1])
                and own.medical_schedule_id == self
                and own._pay_hourly()
            )
        )

    def _pay_date(self, end):
        """The pay date of the period that ends on ``end``."""
        self.ensure_one()
        day = end + timedelta(days=self.pay_days_after)
        while not is_banking_day(day):
            day -= timedelta(days=1)
        return day

    def _is_extra(self, pay_date, end):
        """Whether the pay date is the 27th biweekly (53rd weekly) one of its year."""
        self.ensure_one()
        if self.frequency not in DAYS:
            return False
        usual = timedelta(days=DAYS[self.frequency] * self._period().per_year)
        return self._pay_date(end - usual).year == pay_date.year

    def _extra_date(self, year):
        """The 27th (53rd) pay date of a year, or None."""
        self.ensure_one()
        if self.frequency not in DAYS:
            return None
        end = self._period_on(date(year, 12, 31)).end
        while (day := self._pay_date(end)).year > year:
            end -= timedelta(days=DAYS[self.frequency])
        return day if self._is_extra(day, end) else None

    def _salary_parts_in(self, year):
        """Into how many pays a yearly salary is divided in a calendar year."""
        self.ensure_one()
        usual = self._period().per_year
        spread = self.extra_salary == "spread" and self._extra_date(year)
        return usual + 1 if spread else usual

    def _salary_parts(self, end):
        """The same for the pay period that ends on ``end``: its pay date decides."""
        self.ensure_one()
        if self.extra_salary != "spread":
            return self._period().per_year
        return self._salary_parts_in(self._pay_date(end).year)

    def write(self, vals):
        changed = self.filtered(
            lambda schedule: (
                vals.get("extra_salary", schedule.extra_salary) != schedule.extra_salary
            )
        )
        changed._check_extra_unpaid()
        return super().write(vals)

    def _check_extra_unpaid(self):
        """
        :raises UserError: a year with the extra date was begun: its pays would not add up
        """
        # sudo: a payslip counts, whoever may read it
        runs = self.env["hr.payslip.run"].sudo()
        for schedule, paid in runs._read_group(
            [
                ("medical_schedule_id", "in", self.ids),
                ("medical_kind", "=", "regular"),
                ("state", "in", ["posted", "paid"]),
            ],
            ["medical_schedule_id"],
            ["medical_date_pay:array_agg"],
        ):
            for year in sorted({day.year for day in paid if day}):
                if schedule._extra_date(year):
                    raise UserError(
                        self.env._(
                            "%(schedule)s has paid salaries of %(year)s already, a year "
                            "with an extra pay date: make another schedule from the next "
                            "year on, and move people to it.",
                            schedule=schedule.name,
                            year=year,
                        )
                    )

    def _week_anchor(self):
        """First day of a workweek."""
        self.ensure_one()
        shift = (self.date_anchor.weekday() - int(self.week_start)) % 7
        return self.date_anchor - timedelta(days=shift)
