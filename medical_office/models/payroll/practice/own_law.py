"""What the practice enters of a state's law: dated, with its source, never twice a day."""

from itertools import pairwise

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....engine.payroll.lawbook import by_law


class PayrollOwnLaw(models.AbstractModel):
    """A state's figure from a day on, until another day or for good.

    It goes before the shipped one, which ``shipped`` shows beside it.
    """

    _name = "medical.payroll.own.law"
    _description = "State Figure of the Practice"
    _inherit = ["medical.core.guard"]

    # the fields beside the days that tell one series of figures from another
    _series = ("company_id", "state_id")

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
    citation = fields.Char(required=True, help="The source of the figure.")
    shipped = fields.Char("Built-in for That Day", compute="_compute_shipped")

    @api.depends("state_id", "date_from")
    @by_law
    def _compute_shipped(self):
        for one in self:
            known = one.state_id and one.date_from
            one.shipped = one._shipped() if known else False

    def _shipped(self):
        """The shipped figure of the state and day in words, False if there is none."""
        return False

    @api.constrains("date_from", "date_to", "company_id", "state_id", "active")
    def _check_days(self):
        for one in self:
            if one.date_to and one.date_to < one.date_from:
                raise ValidationError(
                    self.env._("%s: “Until” is before “From”.", one.display_name)
                )
        every = self.search([("company_id", "in", self.company_id.ids)])
        series = every.grouped(lambda x: tuple(x[name] for name in self._series))
        for own in series.values():
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
