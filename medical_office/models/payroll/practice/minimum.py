"""A minimum wage that the practice is under and our table does not know."""

from itertools import pairwise

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....engine.payroll.lawbook import by_law
from ....tools.money import money
from ....tools.payroll.law.limits import LimitMissing
from ....tools.payroll.time.minimumwage import Minimum, floor


class PayrollMinimum(models.Model):
    """Dated dollars an hour: of a state, or of one work location (a city's ordinance)."""

    _name = "medical.payroll.minimum"
    _description = "Minimum Wage"
    _inherit = ["medical.core.guard"]
    _order = "state_id, work_location_id, date_from desc"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    active = fields.Boolean(default=True)
    state_id = fields.Many2one(
        "res.country.state", required=True, domain="[('country_id.code', '=', 'US')]"
    )
    work_location_id = fields.Many2one(
        "hr.work.location",
        index="btree_not_null",
        check_company=True,
        help="Empty: the whole state, instead of the built-in figure. Otherwise only "
        "employees at this location, in addition to the state's figure: the "
        "higher one applies.",
    )
    date_from = fields.Date("From", required=True)
    date_to = fields.Date("Until")
    amount = fields.Monetary("Dollars per hour", required=True, aggregator=None)
    citation = fields.Char(required=True, help="The source of the amount.")
    shipped = fields.Char(
        "Built-in for that day",
        compute="_compute_shipped",
        help="The higher of the federal and state minimum wages, without yours.",
    )

    _positive = models.Constraint(
        "CHECK (amount > 0)", "Enter a minimum wage above zero."
    )

    @api.depends("state_id", "work_location_id", "date_from")
    def _compute_display_name(self):
        for one in self:
            where = one.work_location_id.name or one.state_id.code or ""
            one.display_name = f"{where} {one.date_from or ''}".strip()

    @api.depends("state_id", "date_from")
    @by_law
    def _compute_shipped(self):
        for one in self:
            one.shipped = False
            if not one.state_id or not one.date_from:
                continue
            state = one.state_id
            try:
                least, known = floor(state.code, state.name, one.date_from)
            except LimitMissing:
                continue
            one.shipped = self.env._(
                "%(amount)s since %(start)s (%(law)s)",
                amount=f"{least.amount:.2f}",
                start=least.start,
                law=least.law,
            )
            if not known:
                one.shipped += self.env._(", nothing about the state")
            elif not least.checked:
                one.shipped += self.env._(", from one public source only")

    @api.constrains("date_from", "date_to", "state_id", "work_location_id", "active")
    def _check_days(self):
        for one in self:
            if one.date_to and one.date_to < one.date_from:
                raise ValidationError(
                    self.env._("%s: “Until” is before “From”.", one.display_name)
                )
        every = self.search([("company_id", "in", self.company_id.ids)])
        places = every.grouped(
            lambda m: (m.company_id, m.state_id, m.work_location_id)
        ).values()
        for place in places:
            ordered = place.sorted("date_from")
            for before, after in pairwise(ordered):
                if not before.date_to or before.date_to >= after.date_from:
                    raise ValidationError(
                        self.env._(
                            "%(first)s and %(second)s overlap: set “Until” of the "
                            "first to the day before the second.",
                            first=before.display_name,
                            second=after.display_name,
                        )
                    )

    def _minimum(self):
        """For the calculator."""
        self.ensure_one()
        return Minimum(
            self.work_location_id.name or self.state_id.name,
            money(self.amount),
            self.date_from,
            self.date_to or None,
            self.citation,
        )
