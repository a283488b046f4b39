"""Read the file of a temperature data logger: a dry run first, then the readings."""

import base64
from datetime import timezone

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ...tools.supply.coldchain import WARM, excursions, gaps
from ...tools.supply.logger import LOGGER_TEXTS, read_logger

SHOWN = 20  # problems named; the rest is counted


class SupplyLoggerWizard(models.TransientModel):
    _name = "medical.supply.logger.wizard"
    _inherit = "medical.core.file.wizard"
    _description = "Import a Data Logger"

    equipment_id = fields.Many2one(
        "maintenance.equipment",
        "Unit",
        required=True,
        domain="[('medical_vaccine_storage', '=', True)]",
    )
    file = fields.Binary(required=True)
    unit = fields.Selection(
        [("C", "Celsius"), ("F", "Fahrenheit")],
        "Degrees",
        help="Empty: as the file says.",
    )
    day_first = fields.Boolean("Day before month", help="03/04 is April 3.")
    leave_out = fields.Boolean("Leave out the rows that cannot be read")
    checked = fields.Boolean(readonly=True)
    problem_count = fields.Integer(readonly=True)
    problems = fields.Text(readonly=True)
    summary = fields.Text("What was found", readonly=True)

    def action_check(self):
        """Dry run: say what would be written and what is wrong; nothing is changed."""
        self.ensure_one()
        self.check_access("write")
        self._say(self._read())
        return self._again(self.env._("Import a Data Logger"))

    def action_import(self):
        """Keep the readings, open the excursions that they show.

        :raises UserError: rows cannot be read and were not to be left out, or nothing
            is left
        """
        self.ensure_one()
        self.check_access("write")
        found = self._read()
        if found.errors and not self.leave_out:
            raise UserError(
                self.env._(
                    "Some rows cannot be read. Put them right, or tick “Leave out the "
                    "rows that cannot be read”:\n%s",
                    self._problem_text(found.errors),
                )
            )
        if not found.readings:
            raise UserError(self.env._("The file holds no reading."))
        fresh = self._keep(found.readings)
        self._open_excursions(fresh)
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "medical_office.supply_reading_action"
            ),
            "domain": [("equipment_id", "=", self.equipment_id.id)],
        }

    # ---------------------------------------------------------------------- reading

    def _read(self):
        return read_logger(
            base64.b64decode(self.file or b""),
            self.unit or None,
            True if self.day_first else None,
        )

    def _limits(self):
        limits = self.equipment_id._medical_limits()
        if not limits:
            raise UserError(
                self.env._(
                    "%(unit)s has no temperature range. Choose it on the unit's page "
                    "“Temperatures”.",
                    unit=self.equipment_id.name,
                )
            )
        return limits

    def _say(self, found):
        stretches = excursions(found.readings, *self._limits())
        lines = []
        if found.readings:
            first, last = found.readings[0], found.readings[-1]
            lines = [
                self.env._(
                    "%(count)s readings from %(first)s to %(last)s, %(low)s to %(high)s °C",
                    count=len(found.readings),
                    first=self._clock(first.at),
                    last=self._clock(last.at),
                    low=min(one.celsius for one in found.readings),
                    high=max(one.celsius for one in found.readings),
                )
            ]
        if found.repeated:
            lines.append(self.env._("%s rows are repeated.", found.repeated))
        lines += [
            self.env._(
                "%(kind)s from %(start)s to %(end)s, worst %(worst)s °C",
                kind=self.env._("Too warm")
                if one.kind == WARM
                else self.env._("Too cold"),
                start=self._clock(one.start),
                end=self._clock(one.end) if one.end else self.env._("the last reading"),
                worst=one.worst,
            )
            for one in stretches[:SHOWN]
        ]
        lines += [
            self.env._(
                "No reading from %(start)s to %(end)s",
                start=self._clock(gap.start),
                end=self._clock(gap.end),
            )
            for gap in gaps(found.readings)[:SHOWN]
        ]
        if found.readings and not stretches:
            lines.append(self.env._("Never out of range."))
        self.write(
            {
                "checked": True,
                "problem_count": len(found.errors),
                "problems": self._problem_text(found.errors),
                "summary": "\n".join(lines),
            }
        )

    def _problem_text(self, errors):
        texts = [error.english(LOGGER_TEXTS) for error in errors[:SHOWN]]
        if len(errors) > SHOWN:
            texts.append(self.env._("and %s more", len(errors) - SHOWN))
        return "\n".join(texts)

    def _clock(self, moment):
        """A time of the logger's own clock, in the reader's way to write it."""
        return format_datetime(self.env, moment, tz="UTC", dt_format="short")

    # ---------------------------------------------------------------------- keeping

    def _zone(self):
        unit = self.equipment_id
        company = unit.company_id or self.env.company
        return company._medical_zone()

    def _utc(self, moment, zone):
        local = moment.replace(tzinfo=zone)
        return local.astimezone(timezone.utc).replace(tzinfo=None)

    def _keep(self, readings):
        """Write what is not yet on record.

        :return: the readings that were new
        """
        unit, zone = self.equipment_id, self._zone()
        low, high = self._limits()
        # an hour that the clock repeats in autumn is kept once
        moments = {self._utc(one.at, zone): one for one in readings}
        last = max(moments)
        if last > fields.Datetime.now():
            raise UserError(
                self.env._(
                    "The file has readings of the future (%(at)s). Check the order of "
                    "day and month, and the logger's clock.",
                    at=format_datetime(self.env, last, dt_format="short"),
                )
            )
        # sudo: readings are the program's to write, and files may overlap
        board = self.env["medical.supply.reading"].sudo()
        known = {
            one.at: one
            for one in board.search_fetch(
                [
                    ("equipment_id", "=", unit.id),
                    ("at", ">=", min(moments)),
                    ("at", "<=", last),
                ],
                ["at", "celsius"],
            )
        }
        company = unit.company_id or unit.location_id.company_id or self.env.company
        board._pen().create(
            [
                {
                    "equipment_id": unit.id,
                    "company_id": company.id,
                    "at": at,
                    "celsius": float(one.celsius),
                    "is_outside": not low <= one.celsius <= high,
                    "source": self.file_name,
                }
                for at, one in moments.items()
                if at not in known
            ]
        )
        return [one for at, one in moments.items() if at not in known]

    def _open_excursions(self, readings):
        """One excursion for each side of the limits that the new readings are beyond."""
        zone = self._zone()
        found = [
            {
                "unit": self.equipment_id,
                "celsius": float(one.worst),
                "kind": one.kind,
                "at": self._utc(one.start, zone),
                "ended": one.end and self._utc(one.end, zone),
            }
            for one in excursions(readings, *self._limits())
        ]
        if found:
            self.env["medical.supply.excursion"]._report(found)
