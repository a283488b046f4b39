"""What a work state lets creditors take, where ours is missing or not the practice's."""

from itertools import pairwise

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....engine.payroll.lawbook import by_law
from ....tools.money import money
from ....tools.payroll.deduct.garnishlimits import StateRule, state_rule
from ....tools.payroll.law.limits import LimitMissing


class PayrollGarnishmentLimit(models.Model):
    """A state's dated limit on creditors' garnishments; it goes before the shipped one."""

    _name = "medical.payroll.garnishment.limit"
    _description = "Garnishment Limit"
    _inherit = ["medical.core.guard"]
    _order = "state_id, date_from desc"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    active = fields.Boolean(default=True)
    state_id = fields.Many2one(
        "res.country.state", required=True, domain="[('country_id.code', '=', 'US')]"
    )
    date_from = fields.Date("From", required=True)
    date_to = fields.Date("Until")
    percent = fields.Float(
        "% of Disposable Pay",
        default=25,
        digits=(16, 2),
        help="The most that all creditors together may take of disposable pay. 0: the "
        "state does not allow creditors to take wages.",
        aggregator=None,
    )
    gross_percent = fields.Float(
        "% of Gross Pay",
        default=100,
        digits=(16, 2),
        help="The maximum share of gross pay; 100 if the state has no such limit.",
        aggregator=None,
    )
    hours = fields.Float(
        "Protected Hours per Week",
        digits=(16, 2),
        help="This many hours per week at the minimum wage are protected.",
        aggregator=None,
    )
    minimum_wage = fields.Monetary(
        help="The wage used for the protected hours: the state's or the city's.",
        aggregator=None,
    )
    excess_percent = fields.Float(
        "% of the Excess", default=100, digits=(16, 2), aggregator=None
    )
    support_percent = fields.Float(
        "% for Support",
        default=100,
        digits=(16, 2),
        help="If the state or the court lowers the federal limit for support. 100: the "
        "built-in limit of the state counts.",
    )
    citation = fields.Char(required=True, help="The source of the limit.")
    shipped = fields.Char("Built-in for That Day", compute="_compute_shipped")

    _in_range = models.Constraint(
        "CHECK (LEAST(percent, gross_percent, excess_percent, support_percent) >= 0 "
        "AND GREATEST(percent, gross_percent, excess_percent, support_percent) <= 100)",
        "Percentages must be from 0 to 100.",
    )
    _hours_have_a_wage = models.Constraint(
        "CHECK (hours >= 0 AND (hours = 0 OR COALESCE(minimum_wage, 0) > 0))",
        "Enter the minimum wage used for the protected hours.",
    )

    @api.depends("state_id", "date_from")
    def _compute_display_name(self):
        for limit in self:
            name = f"{limit.state_id.code or ''} {limit.date_from or ''}"
            limit.display_name = name.strip()

    @api.depends("state_id", "date_from")
    @by_law
    def _compute_shipped(self):
        for limit in self:
            limit.shipped = False
            if not limit.state_id or not limit.date_from:
                continue
            try:
                rule = state_rule(limit.state_id.code, limit.date_from)
            except LimitMissing:
                continue
            limit.shipped = rule.source if rule else self.env._("Federal limit only")

    @api.constrains("date_from", "date_to", "state_id", "active")
    def _check_days(self):
        for limit in self:
            if limit.date_to and limit.date_to < limit.date_from:
                raise ValidationError(
                    self.env._("%s: “Until” is before “From”.", limit.display_name)
                )
        every = self.search([("company_id", "in", self.company_id.ids)])
        for own in every.grouped(lambda x: (x.company_id, x.state_id)).values():
            for before, after in pairwise(own.sorted("date_from")):
                if not before.date_to or before.date_to >= after.date_from:
                    raise ValidationError(
                        self.env._(
                            "%(first)s and %(second)s overlap: set “Until” of the "
                            "first to the day before the second.",
                            first=before.display_name,
                            second=after.display_name,
                        )
                    )

    def _in_force(self, companies, day):
        """{(company id, state): StateRule} of the practice on a day, in one query."""
        found = self.search(
            [
                ("company_id", "in", companies.ids),
                ("date_from", "<=", day),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", day),
            ]
        )
        return {
            (limit.company_id.id, limit.state_id.code): limit._rule() for limit in found
        }

    def _rule(self):
        """For the calculator."""
        self.ensure_one()
        return StateRule(
            money(self.percent),
            money(self.hours),
            money(self.minimum_wage),
            money(self.excess_percent),
            money(self.support_percent),
            self.citation,
            money(self.gross_percent),
        )
