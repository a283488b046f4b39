"""What a work state lets creditors take, where ours is missing or not the practice's."""

from odoo import api, fields, models

from ....tools.money import money
from ....tools.payroll.deduct.garnishlimits import StateRule, state_rule
from ....tools.payroll.law.limits import LimitMissing


class PayrollGarnishmentLimit(models.Model):
    """A state's dated limit on creditors' garnishments; it goes before the shipped one."""

    _name = "medical.payroll.garnishment.limit"
    _description = "Garnishment Limit"
    _inherit = ["medical.payroll.own.law"]
    _order = "state_id, date_from desc"

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

    def _shipped(self):
        try:
            rule = state_rule(self.state_id.code, self.date_from)
        except LimitMissing:
            return False
        return rule.source if rule else self.env._("Federal limit only")

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
