"""Payers side by side on the codes that the practice bills, and against Medicare."""

from odoo import api, fields, models

from ....engine.payer.comparison import comparison_query, year_rows
from .schedule import KINDS


class PayerComparison(models.Model):
    """Worked out each time it is read, by one statement (engine.payer.comparison)."""

    _name = "medical.payer.comparison"
    _description = "Contract Comparison"
    _auto = False
    _order = "units desc, code, modifier, place, price desc"
    # what the statement reads: written to the database before it runs
    _depends = {
        "medical.payer.contract": ["escalator_percent", "state"],
        "medical.payer.fee": [
            "amount", "code", "date_from", "date_to", "modifier", "place", "schedule_id"
        ],
        "medical.payer.schedule": [
            "active", "company_id", "contract_id", "date_from", "fee_count", "kind",
            "payer_id",
        ],
        "medical.payer.volume": [
            "code", "company_id", "modifier", "month", "place", "units"
        ],
    }  # fmt: skip

    code = fields.Char(readonly=True)
    modifier = fields.Char(readonly=True)
    place = fields.Char(readonly=True)
    schedule_id = fields.Many2one("medical.payer.schedule", readonly=True)
    kind = fields.Selection(KINDS, "Type", readonly=True)
    payer_id = fields.Many2one("medical.payer.payer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    units = fields.Integer("Units a year", readonly=True, aggregator="max")
    price = fields.Float(readonly=True, digits=(12, 2), aggregator="avg")
    medicare = fields.Float(
        "Medicare's price", readonly=True, digits=(12, 2), aggregator="avg"
    )
    percent = fields.Float(
        "Percent of Medicare", readonly=True, digits=(8, 1), aggregator="avg"
    )
    money = fields.Monetary("A year", readonly=True, aggregator="sum")

    @property
    def _table_query(self):
        return comparison_query(fields.Date.context_today(self))

    @api.depends("code", "modifier", "schedule_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = " ".join(
                filter(None, [row.code, row.modifier, row.schedule_id.name])
            )

    @api.model
    def _year_figures(self, schedules):
        """What a year of the practice's codes brings at each schedule's prices.

        :return: {schedule id: {"money", "codes", "effect", "percent"}}; one query
        """
        if not schedules.ids:
            return {}
        self.env.flush_all()
        day = fields.Date.context_today(self)
        return {
            row["schedule_id"]: row for row in year_rows(self.env, day, schedules.ids)
        }
