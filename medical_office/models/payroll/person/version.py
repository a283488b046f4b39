"""How a person is paid, dated by the version."""

from bisect import bisect_right
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal

from odoo import SUPERUSER_ID, api, fields, models
from odoo.orm.models import NO_ACCESS

from ....tools.money import money
from ....tools.payroll.time.wage import PER_YEAR, salary
from ....tools.payroll.time.workperiod import Scheme
from ..column import set_default

PAY = "medical_office.core_group_payroll"
SETUP = "medical_office.core_group_payroll,medical_office.core_group_hr"
FULL_WEEK = 40
# weeks that a year's pay periods pay for: 27 biweekly ones pay for 54, 53 weekly ones for 53
WEEKS = {27: 54, 53: 53}


class HrVersion(models.Model):
    """The wage has a unit; overtime, schedule and state of work stand beside it."""

    _name = "hr.version"
    _inherit = ["hr.version", "medical.core.amounts"]

    # OCA shows these two to everybody, and breaks the public profile by it
    struct_id = fields.Many2one(groups="hr.group_hr_manager")
    schedule_pay = fields.Selection(groups="hr.group_hr_manager")
    # nobody's to read, search or export: see hr.employee for the masked number;
    # tracking would write the whole of it into the chatter
    ssnid = fields.Char(tracking=False, groups=NO_ACCESS)
    medical_wage_per = fields.Selection(
        [
            ("hour", "Hour"),
            ("period", "Pay period"),
            ("month", "Month"),
            ("year", "Year"),
        ],
        "Wage is per",
        # our screen begins with what most people of a practice are paid by; everything
        # that knows nothing of it means the host's wage, which is per month
        default=lambda self: (
            "hour" if self.env.context.get("medical_us_wage") else "month"
        ),
        required=True,
        tracking=True,
        groups="hr.group_hr_manager",
        help="Hourly: paid for the hours in attendance.",
    )
    medical_flsa_exempt = fields.Boolean(
        "Exempt from overtime",
        tracking=True,
        groups=SETUP,
        help="Executive, administrative or professional on a salary (29 USC 213(a)(1)).",
    )
    medical_salary_hours = fields.Float(
        "Salary covers (hours per week)",
        default=40,
        groups=SETUP,
        help="For a salaried nonexempt employee (29 CFR 778.113). 0: all hours worked "
        "(fluctuating workweek, 29 CFR 778.114).",
    )
    medical_overtime_scheme = fields.Selection(
        [("week", "Over 40 hours per week"), ("fortnight", "8 and 80, by agreement")],
        "Overtime Counts",
        default="week",
        required=True,
        tracking=True,
        groups=SETUP,
        help="8 and 80 is for hospitals and residential care only (29 USC 207(j)).",
    )
    medical_daily_hours = fields.Float(
        "Agreed workday (hours)",
        tracking=True,
        groups=SETUP,
        help="If a state requires daily overtime and allows a longer workday by "
        "agreement or election (Alaska, California, Nevada): the hours of that "
        "workday. 0: the state's own rule.",
    )
    medical_schedule_id = fields.Many2one(
        "medical.payroll.schedule",
        "Pay Schedule",
        check_company=True,
        index="btree_not_null",
        tracking=True,
        groups=SETUP,
    )
    medical_work_state_id = fields.Many2one(
        "res.country.state",
        "Work State",
        domain="[('country_id.code', '=', 'US')]",
        tracking=True,
        groups=SETUP,
        help="Empty: the state in the company's address.",
    )
    medical_split_ids = fields.One2many(
        "medical.payroll.split",
        "version_id",
        "Cost Split by Department",
        copy=True,
        groups=SETUP,
    )

    @api.model
    def _get_whitelist_fields_from_template(self):
        return [
            *super()._get_whitelist_fields_from_template(),
            "medical_wage_per",
            "medical_flsa_exempt",
            "medical_salary_hours",
            "medical_overtime_scheme",
            "medical_daily_hours",
            "medical_schedule_id",
            "medical_work_state_id",
        ]

    def init(self):
        """The database fills our required columns, too: the host's own code and tests
        insert rows that know nothing of them."""
        super().init()
        for column, value in (
            ("medical_wage_per", "month"),
            ("medical_overtime_scheme", "week"),
        ):
            set_default(self.env.cr, self._table, column, value)

    def _compute_dates(self):
        """As the host's, with one query for all versions instead of one for each."""
        siblings = self.env["hr.version"].search(
            [("employee_id", "in", self.employee_id.ids)]
        )
        dates = {
            employee: sorted(versions.mapped("date_version"))
            for employee, versions in siblings.grouped("employee_id").items()
        }
        for version in self:
            start, end = version.contract_date_start, version.contract_date_end
            version.date_start = (
                max(version.date_version, start) if start else version.date_version
            )
            own = dates.get(version.employee_id, [])
            place = bisect_right(own, version.date_version)
            if place < len(own):
                before = own[place] - timedelta(days=1)
                end = min(end, before) if end else before
            version.date_end = end

    def write(self, vals):
        """Pay written over by hand and a new Social Security number leave their trace."""
        if "wage" in vals and self.env.uid == SUPERUSER_ID:
            # what the program writes is approved
            vals = {**vals, "medical_by_hand_id": False}
        with self._keeping_agreed(vals), self._keeping_number(vals):
            return super().write(vals)

    @contextmanager
    def _keeping_number(self, vals):
        """A new Social Security number leaves a trace without the number."""
        # sudo: compared, not shown
        own = self.sudo() if "ssnid" in vals else self.browse()
        before = {version: version.ssnid for version in own}
        yield
        for version, number in before.items():
            if number != version.ssnid and version.employee_id:
                version.employee_id._message_log(
                    body=self.env._("The Social Security number was changed.")
                )

    def _pay_hourly(self):
        """Whether the person is paid by the hour."""
        self.ensure_one()
        return self.medical_wage_per == "hour"

    def _pay_per_year(self):
        """Pay periods of a year by the schedule; 26 without one."""
        schedule = self.medical_schedule_id
        return schedule._period().per_year if schedule else 26

    def _pay_salary(self, per_year):
        """Salary of one of ``per_year`` pay periods in dollars and cents."""
        self.ensure_one()
        wage = money(self.wage or 0)
        return salary(wage, self.medical_wage_per, per_year)

    def _pay_weekly_salary(self, per_year):
        """Salary of a week, unrounded, for overtime."""
        self.ensure_one()
        wage, weeks = money(self.wage or 0), WEEKS.get(per_year, 52)
        if self.medical_wage_per == "period":
            return wage * per_year / weeks
        return wage * PER_YEAR[self.medical_wage_per] / weeks

    def _pay_covers(self):
        """Hours a week the salary covers, or None for a fluctuating workweek."""
        self.ensure_one()
        return money(self.medical_salary_hours) if self.medical_salary_hours else None

    def _pay_scheme(self):
        self.ensure_one()
        fortnight = self.medical_overtime_scheme == "fortnight"
        return Scheme.FORTNIGHT if fortnight else Scheme.WEEK

    def _pay_base_rate(self, per_year):
        """Dollars an hour: the rate, or the salary by the hours it covers (40)."""
        self.ensure_one()
        if self._pay_hourly():
            return self._pay_rate()
        return self._pay_weekly_salary(per_year) / (self._pay_covers() or FULL_WEEK)

    def _pay_has_overtime(self):
        """Whether the Act's minimum wage and overtime are owed (29 USC 213(a)(1))."""
        self.ensure_one()
        return self._pay_hourly() or not self.medical_flsa_exempt

    def _pay_daily_hours(self):
        """Hours of the agreed workday, zero without one."""
        self.ensure_one()
        return money(self.medical_daily_hours or 0)

    def _pay_state(self):
        """The state of work."""
        self.ensure_one()
        return self.medical_work_state_id or self.company_id.state_id

    def _pay_rate(self):
        """Dollars an hour of an hourly person."""
        self.ensure_one()
        return money(self.wage or 0) if self._pay_hourly() else Decimal(0)
