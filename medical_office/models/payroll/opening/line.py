"""The figures of opening balances, and what returns ask of the quarters before."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ....tools.dates import quarter_span
from ....tools.money import ZERO, money
from ....tools.payroll.books.opening import WHATS, Figure


class PayrollOpeningRow(models.AbstractModel):
    """A row of opening balances: it comes, changes and goes only with a draft."""

    _name = "medical.payroll.opening.balance.row"
    _description = "Opening Balance Row"
    _inherit = ["medical.core.guard"]
    _locked_by = ("opening_id",)

    opening_id = fields.Many2one(
        "medical.payroll.opening.balance", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="opening_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")


class PayrollOpeningQuarter(models.Model):
    """What Forms 941 and 940 ask of a quarter beside the pay: heads, checks, deposits."""

    _name = "medical.payroll.opening.balance.quarter"
    _inherit = "medical.payroll.opening.balance.row"
    _description = "Quarter Before the Start"
    _order = "opening_id, quarter"

    quarter = fields.Selection(
        [("1", "January to March"), ("2", "April to June"), ("3", "July to September")]
        + [("4", "October to December")],
        required=True,
    )
    heads = fields.Integer(
        "Employees",
        help="Form 941, line 1: employees paid in the period that includes the 12th "
        "of the last month. Leave 0 if that period is paid here.",
    )
    checks = fields.Integer(
        "Paychecks",
        help=("Used to check how many cents of difference rounding can explain."),
    )
    federal_deposits = fields.Monetary(
        "Deposited, federal taxes",
        help="Form 941, line 13, for pay dates before the start.",
    )
    futa_deposits = fields.Monetary("Deposited, FUTA", help="Form 940, line 13.")

    _once = models.Constraint(
        "UNIQUE (opening_id, quarter)", "Each quarter can be entered only once."
    )
    _range = models.Constraint(
        "CHECK (heads >= 0 AND checks >= 0)", "Counts cannot be negative."
    )

    @api.constrains("quarter", "opening_id")
    def _check_before_start(self):
        for row in self:
            start = row.opening_id.date_start
            first, _last = quarter_span(start.year, int(row.quarter))
            if first >= start:
                raise ValidationError(
                    self.env._(
                        "Quarter %(number)s begins on or after %(start)s, the first pay "
                        "date here: leave it out.",
                        number=row.quarter,
                        start=format_date(self.env, start),
                    )
                )


class PayrollOpeningLine(models.Model):
    """One figure of a person and a pay date, as the old payroll's report has it."""

    _name = "medical.payroll.opening.balance.line"
    _inherit = "medical.payroll.opening.balance.row"
    _description = "Opening Balance Line"
    _order = "opening_id, employee_id, date_pay, sequence, id"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    employee_id = fields.Many2one(
        "hr.employee",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    date_pay = fields.Date(
        "Pay date",
        required=True,
        help="The last day of a quarter represents the whole quarter.",
    )
    what = fields.Selection(
        [(key, this.label) for key, this in WHATS.items()], required=True
    )
    state_id = fields.Many2one(
        "res.country.state", domain="[('country_id.code', '=', 'US')]"
    )
    tax_code = fields.Char(
        "Tax", help="CA_SDI, or the code of the local tax; IN:Marion for a county."
    )
    enrollment_id = fields.Many2one(
        "medical.people.enrollment",
        "Plan",
        domain="[('employee_id', '=', employee_id)]",
        ondelete="restrict",
    )
    garnishment_id = fields.Many2one(
        "medical.payroll.garnishment",
        "Order",
        domain="[('employee_id', '=', employee_id)]",
        ondelete="restrict",
    )
    amount = fields.Monetary(help="Positive as paid or withheld.")
    wages = fields.Monetary(
        "All wages", help="The wages the tax was figured on, before any wage base."
    )
    taxed_wages = fields.Monetary(
        "Taxable wages",
        help="Within the wage base; for federal income tax, box 1 of the W-2.",
    )
    hours = fields.Float(digits=(16, 2))

    def _is_whole(self):
        return bool(self.employee_id and self.date_pay and self.what)

    def _figures(self):
        """For the pure functions; the order is kept."""
        return [line._figure() for line in self]

    def _figure(self):
        self.ensure_one()
        of = {
            "state": self.state_id.code,
            "tax": self.tax_code,
            "plan": str(self.enrollment_id.id or ""),
            "order": str(self.garnishment_id.id or ""),
        }.get(WHATS[self.what].of, "")
        row = f"{self.employee_id.name}, {self.date_pay}, {WHATS[self.what].label}"
        return Figure(
            row,
            self.employee_id._origin.id or self.employee_id.id,
            self.date_pay,
            self.what,
            money(self.amount),
            money(self.wages),
            money(self.taxed_wages) if WHATS[self.what].capped else ZERO,
            of or "",
            self.enrollment_id.plan_id.kind or "",
        )

    @api.constrains("employee_id", "enrollment_id", "garnishment_id")
    def _check_own(self):
        for line in self:
            for of in (line.enrollment_id, line.garnishment_id):
                if of and of.employee_id != line.employee_id:
                    raise ValidationError(
                        self.env._(
                            "%(what)s does not belong to %(who)s.",
                            what=of.display_name,
                            who=line.employee_id.name,
                        )
                    )
