"""Shift differentials of the practice: what an evening, night or weekend hour earns."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ....tools.money import money
from ....tools.payroll.time.shifts import Differential

DAYS = {
    "every": frozenset(range(7)),
    "weekday": frozenset(range(5)),
    "weekend": frozenset({5, 6}),
}
# they do not change what a past slip was worked out from
ALWAYS = frozenset({"active", "date_to", "name"})


class PayrollDifferential(models.Model):
    """Dollars or a percent of the rate for each hour of a window of the clock, dated.

    It is worked out from attendances and paid beside the rate; overtime counts it in
    the regular rate. Several that hold at one time add up.
    """

    _name = "medical.payroll.differential"
    _description = "Shift Differential"
    _inherit = ["medical.core.guard"]
    _order = "name, date_from desc"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    active = fields.Boolean(default=True)
    name = fields.Char("On the payslip", required=True)
    date_from = fields.Date(
        "From",
        required=True,
        default=fields.Date.context_today,
        help="The first workday it applies to.",
    )
    date_to = fields.Date("Until", help="The last workday it applies to.")
    days = fields.Selection(
        [
            ("every", "Every day"),
            ("weekday", "Monday to Friday"),
            ("weekend", "Saturday and Sunday"),
        ],
        required=True,
        default="every",
        help="The days on which the hours start.",
    )
    hour_from = fields.Float("Begins", required=True, aggregator=None)
    hour_to = fields.Float(
        "Ends",
        required=True,
        help="If at or before the start, the next day. Both 0:00: the whole day.",
        aggregator=None,
    )
    kind = fields.Selection(
        [("amount", "Dollars per hour"), ("percent", "Percent of the rate")],
        "Paid as",
        required=True,
        default="amount",
    )
    amount = fields.Monetary("Dollars per hour", aggregator=None)
    percent = fields.Float(digits=(6, 3), help="Of the hourly rate.", aggregator=None)
    department_ids = fields.Many2many(
        "hr.department", string="Departments", check_company=True
    )
    employee_ids = fields.Many2many(
        "hr.employee",
        string="Employees",
        check_company=True,
        help="No employees and no departments: everyone. Both: the employees and the "
        "departments.",
    )

    @api.constrains("hour_from", "hour_to", "kind", "amount", "percent", "date_to")
    def _check_differential(self):
        for one in self:
            if one.date_to and one.date_to < one.date_from:
                raise ValidationError(
                    self.env._("%s: “Until” is before “From”.", one.name)
                )
            try:
                one._differential()
            except ValueError as error:
                raise ValidationError(str(error)) from error

    def _check_locks(self, names):
        """What a confirmed slip has paid by is ended, not changed."""
        super()._check_locks(names)
        if set(names) - ALWAYS:
            self._check_unused()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._check_unused()

    def _check_unused(self):
        keys = [f"shift:{one.id}" for one in self]
        # sudo: whether anybody was paid by it is asked; no figure is shown
        items = self.env["medical.payroll.item"].sudo()
        used = items.search([("key", "in", keys), ("confirmed", "=", True)], limit=1)
        if used:
            raise UserError(
                self.env._(
                    "“%(name)s” was paid on %(day)s. Set “Until” to its last workday "
                    "and enter a new one from the date of the change.",
                    name=used.name,
                    day=format_date(self.env, used.date_pay),
                )
            )

    def _differential(self):
        """For the calculator; raises ValueError."""
        self.ensure_one()
        by_amount = self.kind == "amount"
        return Differential(
            str(self.id),
            self.name,
            round(self.hour_from * 60),
            round(self.hour_to * 60),
            DAYS[self.days],
            money(self.amount or 0) if by_amount else money(0),
            money(0) if by_amount else money(self.percent or 0),
            self.date_from,
            self.date_to or None,
        )
