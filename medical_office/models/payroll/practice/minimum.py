"""A minimum wage that the practice is under and our table does not know."""

from odoo import api, fields, models
from odoo.tools.misc import format_date

from ....engine.core.amounts import amount_text
from ....tools.money import money
from ....tools.payroll.law.limits import LimitMissing
from ....tools.payroll.time.minimumwage import Minimum, floor


class PayrollMinimum(models.Model):
    """Dated dollars an hour: of a state, or of one work location (a city's ordinance)."""

    _name = "medical.payroll.minimum"
    _description = "Minimum Wage"
    _inherit = ["medical.payroll.own.law"]
    _order = "state_id, work_location_id, date_from desc"
    _series = ("company_id", "state_id", "work_location_id")

    work_location_id = fields.Many2one(
        "hr.work.location",
        index="btree_not_null",
        check_company=True,
        help="Empty: the whole state, instead of the built-in figure. Otherwise only "
        "employees at this location, in addition to the state's figure: the "
        "higher one applies.",
    )
    amount = fields.Monetary("Dollars per hour", required=True, aggregator=None)
    shipped = fields.Char(
        help="The higher of the federal and state minimum wages, without yours."
    )

    _positive = models.Constraint(
        "CHECK (amount > 0)", "Enter a minimum wage above zero."
    )

    @api.depends("state_id", "work_location_id", "date_from")
    def _compute_display_name(self):
        for one in self:
            where = one.work_location_id.name or one.state_id.code or ""
            day = format_date(self.env, one.date_from)
            one.display_name = f"{where} {day}".strip()

    def _shipped(self):
        state = self.state_id
        try:
            least, known = floor(state.code, state.name, self.date_from)
        except LimitMissing:
            return False
        text = self.env._(
            "%(amount)s since %(start)s (%(law)s)",
            amount=amount_text(self.env, least.amount),
            start=format_date(self.env, least.start),
            law=least.law,
        )
        if not known:
            return text + self.env._(", nothing about the state")
        if not least.checked:
            return text + self.env._(", from one public source only")
        return text

    @api.constrains(
        "date_from", "date_to", "company_id", "state_id", "active", "work_location_id"
    )
    def _check_days(self):
        return super()._check_days()

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
