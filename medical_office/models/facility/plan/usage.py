"""Readings of usage counters: cycles, hours, kilometers; they only count up."""

from itertools import pairwise

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


class FacilityUsage(models.Model):
    """What an asset's counter showed on a day."""

    _name = "medical.facility.usage"
    _description = "Usage Reading"
    _inherit = ["medical.core.guard"]
    _order = "date desc, id desc"
    _past_fields = frozenset({"date"})
    _check_company_auto = True

    equipment_id = fields.Many2one(
        "maintenance.equipment",
        "Asset",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        compute="_compute_company_id",
        store=True,
        precompute=True,
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    value = fields.Float("Counter", required=True, digits=(12, 1), aggregator=None)
    # who read it is who is logged in: a reading makes preventive work due
    user_id = fields.Many2one(
        "res.users",
        "Read by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    note = fields.Char()

    _latest = models.Index("(equipment_id, date DESC)")
    _positive = models.Constraint("CHECK (value >= 0)", "A counter must be 0 or more.")

    @api.depends("equipment_id")
    def _compute_company_id(self):
        for reading in self:
            reading.company_id = reading.equipment_id.company_id or self.env.company

    @api.depends("equipment_id", "date", "value")
    def _compute_display_name(self):
        for reading in self:
            asset = reading.equipment_id.name
            reading.display_name = (
                asset
                and f"{asset}: {reading.value:g} ({format_date(self.env, reading.date)})"
            )

    @api.constrains("equipment_id", "date", "value")
    def _check_counts_up(self):
        """A counter does not run backwards: a smaller later reading is a typing error."""
        series = {}
        for reading in self.search(
            [("equipment_id", "in", self.equipment_id.ids)], order="date, value"
        ):
            series.setdefault(reading.equipment_id, []).append(reading)
        for readings in series.values():
            for before, after in pairwise(readings):
                if after.value < before.value and (before in self or after in self):
                    raise ValidationError(
                        self.env._(
                            "%(asset)s: %(later)s on %(later_day)s is less than "
                            "%(earlier)s on %(earlier_day)s, but a counter only goes "
                            "up. Correct the reading.",
                            asset=after.equipment_id.name,
                            later=f"{after.value:g}",
                            later_day=format_date(self.env, after.date),
                            earlier=f"{before.value:g}",
                            earlier_day=format_date(self.env, before.date),
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        """Store readings and look whether they make preventive work due."""
        readings = super().create(vals_list)
        # sudo: a reading plans work whoever took it
        plans = self.env["medical.facility.maintenance.plan"].sudo()
        plans = plans.search(
            [
                ("equipment_id", "in", readings.equipment_id.ids),
                ("basis", "=", "counter"),
            ]
        )
        plans._plan_by_counter()
        return readings
