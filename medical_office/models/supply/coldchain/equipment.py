"""A unit that stores vaccines: what lies in it, which temperatures are allowed."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ....tools.supply.coldchain import to_fahrenheit
from ....tools.supply.coldchain.ranges import storage_range

RANGES = [
    ("refrigerator", "Refrigerator"),
    ("freezer", "Freezer"),
    ("ultracold", "Ultracold freezer"),
]
# what the kinds of facility's library are
KIND_RANGES = {"vaccine_refrigerator": "refrigerator", "vaccine_freezer": "freezer"}
CHART_DAYS = 31
KEEPERS = ("core_group_head", "core_group_manager", "core_group_director")


class MaintenanceEquipment(models.Model):
    _name = "maintenance.equipment"
    _inherit = ["maintenance.equipment", "medical.core.guard"]

    medical_shelf_id = fields.Many2one(
        "stock.location",
        "Shelf inside",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The stock location of this unit: its contents are quarantined when the "
        "unit is too warm or too cold.",
    )
    medical_range = fields.Selection(
        RANGES,
        "Temperature range",
        compute="_compute_medical_range",
        store=True,
        readonly=False,
    )
    medical_range_text = fields.Char(
        "Allowed", compute="_compute_medical_range_text", compute_sudo=True
    )
    medical_excursion_ids = fields.One2many(
        "medical.supply.excursion",
        "equipment_id",
        "Excursions",
        groups="medical_office.core_group_staff,medical_office.core_group_auditor",
    )
    medical_excursion_count = fields.Integer(
        "Excursion Count",
        compute="_compute_medical_excursion_count",
        compute_sudo=True,
    )
    medical_temperature_chart = fields.Json(
        "Temperatures", compute="_compute_medical_temperature_chart"
    )

    def _medical_used_by(self):
        _ = self.env._
        return [
            *super()._medical_used_by(),
            (
                "medical.supply.excursion",
                "equipment_id",
                [("state", "not in", ("released", "discarded"))],
                _("it was out of range (%(names)s); decide about its lots first."),
            ),
            (
                "medical.supply.kit",
                "equipment_id",
                [],
                _("kits are in it: %(names)s; move or archive them first."),
            ),
        ]

    @api.depends("medical_kind_id")
    def _compute_medical_range(self):
        for unit in self:
            unit.medical_range = KIND_RANGES.get(unit.medical_kind_id.code)

    @api.depends("medical_range")
    def _compute_medical_range_text(self):
        today = fields.Date.context_today(self)
        for unit in self:
            if not unit.medical_range:
                unit.medical_range_text = False
                continue
            found = storage_range(unit.medical_range, today)
            unit.medical_range_text = self.env._(
                "%(low)s to %(high)s °C (%(low_f)s to %(high_f)s °F)",
                low=f"{float(found.low):g}",
                high=f"{float(found.high):g}",
                low_f=f"{float(to_fahrenheit(found.low)):g}",
                high_f=f"{float(to_fahrenheit(found.high)):g}",
            )

    def _compute_medical_excursion_count(self):
        counts = dict(
            self.env["medical.supply.excursion"]._read_group(
                [("equipment_id", "in", self.ids)], ["equipment_id"], ["__count"]
            )
        )
        for unit in self:
            unit.medical_excursion_count = counts.get(unit._origin, 0)

    def write(self, vals):
        """A unit that is moved takes its shelf along."""
        result = super().write(vals)
        if vals.get("location_id"):
            # sudo: the shelf is the unit itself, whoever may move the unit moves it
            shelves = self.sudo().medical_shelf_id
            if shelves:
                shelves.location_id = vals["location_id"]
        return result

    # ------------------------------------------------------------------------ shelf

    def action_medical_contents(self):
        """Show what lies in the unit; the first time, make its shelf.

        :raises UserError: the unit stands in no room of a site
        """
        self.ensure_one()
        self.check_access("read")
        if not self.medical_shelf_id:
            self._medical_make_shelf()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "medical_office.stock_quant_expiry_action"
            ),
            "name": self.name,
            "domain": [
                ("location_id", "child_of", self.medical_shelf_id.id),
                ("quantity", ">", 0),
            ],
            "context": {},
        }

    def _medical_make_shelf(self):
        """Give each unit a place in stock, in the room where it stands.

        It is a room of its own kind: it has a label, par levels and counts.
        """
        self.check_access("read")
        if not (self._is_program() or self._guard_user_in(KEEPERS)):
            raise AccessError(
                self.env._(
                    "Only a department head or the office manager decides which units "
                    "store vaccines."
                )
            )
        for unit in self:
            room = unit.location_id
            if not unit.medical_vaccine_storage or not room.warehouse_id:
                raise UserError(
                    self.env._(
                        "%(unit)s needs “Stores vaccines” and a room at a site before "
                        "it can hold stock.",
                        unit=unit.name,
                    )
                )
        # sudo: a head may not lay out locations, but this one is the unit itself
        shelves = (
            self.env["stock.location"]
            .sudo()
            .create(
                [
                    {
                        "name": unit.name,
                        "usage": "internal",
                        "location_id": unit.location_id.id,
                        "company_id": unit.location_id.company_id.id,
                        "medical_room_type": "cold_unit",
                        "medical_floor": unit.location_id.medical_floor,
                        "medical_sequence": unit.location_id.medical_sequence,
                        "medical_manager_id": unit.location_id.medical_manager_id.id,
                        "medical_department_id": (
                            unit.location_id.medical_department_id.id
                        ),
                    }
                    for unit in self
                ]
            )
        )
        # sudo: as above
        for unit, shelf in zip(self.sudo()._pen(), shelves, strict=True):
            unit.medical_shelf_id = shelf

    def action_medical_excursions(self):
        """The excursions of this unit."""
        self.check_access("read")
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "medical_office.supply_excursion_action"
            ),
            "domain": [("equipment_id", "=", self.id)],
            "context": {"default_equipment_id": self.id},
        }

    def action_medical_clocks(self):
        """What is kept of the clocks of this unit's loggers."""
        self.env["medical.supply.logger.clock"].check_access("read")
        self.check_access("read")
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "medical_office.supply_logger_clock_action"
            ),
            "domain": [("equipment_id", "=", self.id)],
            "context": {"default_equipment_id": self.id},
        }

    def action_medical_import_logger(self):
        """Read the file of this unit's data logger."""
        self.env["medical.supply.logger.wizard"].check_access("create")
        self.check_access("read")
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "medical_office.supply_logger_wizard_action"
            ),
            "context": {"default_equipment_id": self.id},
        }

    # ------------------------------------------------------------------------ chart

    def _medical_files(self):
        """The loggers' files that count for these units: those not withdrawn."""
        # sudo: what is on record of a unit counts for whoever works on it
        files = self.env["medical.supply.logger.file"].sudo()
        return files.search([("equipment_id", "in", self.ids), ("state", "=", "kept")])

    def _medical_limits(self):
        """(low, high) in Celsius by today's table, or None where no range is set."""
        self.ensure_one()
        if not self.medical_range:
            return None
        found = storage_range(self.medical_range, fields.Date.context_today(self))
        return found.low, found.high

    def _compute_medical_temperature_chart(self):
        units = self._origin.filtered("medical_vaccine_storage")
        points = units._medical_chart_points() if units else {}
        since = fields.Datetime.now() - timedelta(days=CHART_DAYS)
        for unit in self:
            limits = unit._medical_limits()
            here = points.get(unit._origin.id)
            unit.medical_temperature_chart = (
                limits
                and here
                and {
                    "low": float(limits[0]),
                    "high": float(limits[1]),
                    "since": since.isoformat(),
                    "until": fields.Datetime.now().isoformat(),
                    "points": here,
                }
            ) or False

    def _medical_chart_points(self):
        """{unit id: [[hour, lowest, highest, who measured]]} of the last month, Celsius.

        An hour of a logger is one point with its extremes, so that a month of readings
        by the minute draws as fast as one by the hour and hides nothing.
        """
        since = fields.Datetime.now() - timedelta(days=CHART_DAYS)
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT equipment_id, date_trunc('hour', at) AS moment,
                       min(celsius), max(celsius), 'logger'
                  FROM medical_supply_reading
                 WHERE equipment_id = ANY(%(units)s) AND at >= %(since)s
                   AND file_id IS NOT NULL
                 GROUP BY 1, 2
                UNION ALL
                SELECT equipment_id, entered_at, degrees, degrees, 'round'
                  FROM (
                    SELECT equipment_id, entered_at,
                           CASE uom WHEN '°C' THEN value_number
                                ELSE (value_number - 32) * 5 / 9 END AS degrees
                      FROM medical_core_round_line
                     WHERE equipment_id = ANY(%(units)s) AND entered_at >= %(since)s
                       AND item_type = 'number' AND uom IN ('°C', '°F')
                       AND value_number IS NOT NULL) AS line
                 ORDER BY 1, 2
                """,
                units=self.ids,
                since=since,
            )
        )
        points = {}
        for unit, moment, low, high, source in rows:
            points.setdefault(unit, []).append(
                [moment.isoformat(), round(low, 2), round(high, 2), source]
            )
        return points
