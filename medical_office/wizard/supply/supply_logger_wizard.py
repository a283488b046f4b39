"""Read the file of a temperature data logger: a dry run first, then the readings."""

import base64
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ...engine.core.sentences import problem_sentences
from ...models.core.mixins.listing import shown
from ...tools.supply.coldchain import WARM
from ...tools.supply.coldchain.answers import Told
from ...tools.supply.coldchain.clock import Clock
from ...tools.supply.coldchain.judge import Findings, judge
from ...tools.supply.coldchain.problems import LOGGER_TEXTS, LoggerError, is_asked
from ...tools.supply.coldchain.reader import open_logger

SHOWN = 20  # spans and gaps named; the rest is counted


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
        help="Empty: as in the file.",
    )
    day_order = fields.Selection(
        [("day", "Day before month"), ("month", "Month before day")],
        "Dates",
        help="Empty: as in the file. 03/04 is April 3 or March 4.",
    )
    column = fields.Char(
        help="Heading or number of the column with the unit's temperature. Empty: as "
        "in the file."
    )
    clock = fields.Selection(
        [("site", "Follows the site's clock"), ("fixed", "Keeps one offset all year")],
        default="site",
        required=True,
        help="Most USB loggers do not follow daylight saving time. What the file says "
        "about its clock takes precedence.",
    )
    utc_offset = fields.Float(
        "Hours from UTC", help="-7 for Mountain standard time, all year."
    )
    leave_out = fields.Boolean("Leave out the rows that cannot be read")
    checked = fields.Boolean(readonly=True)
    problem_count = fields.Integer(readonly=True)
    problems = fields.Text(readonly=True)
    summary = fields.Text("What was found", readonly=True)

    def action_check(self):
        """Dry run: say what would be written and what is wrong; nothing is changed."""
        self.ensure_one()
        self.check_access("write")
        self._say(*self._read())
        return self._again(self.env._("Import a Data Logger"))

    def action_import(self):
        """Keep the readings, open the excursions that they show.

        :raises UserError: a question is open, rows cannot be read and were not to be
            left out, or nothing is left
        """
        self.ensure_one()
        self.check_access("write")
        logger, found, errors = self._read()
        asked = [one for one in errors if is_asked(one)]
        if asked:
            raise UserError(self._problem_text(asked))
        if errors and not self.leave_out:
            raise UserError(
                self.env._(
                    "Some rows cannot be read. Correct them, or check “Leave out the "
                    "rows that cannot be read”:\n%s",
                    self._problem_text(errors),
                )
            )
        if logger.days and not logger.tally.readings:
            return self._import_days(found)
        if not logger.tally.readings:
            raise UserError(self.env._("The file has no readings."))
        first, last, limits = logger.tally.first, logger.tally.last, self._limits()
        self._check_past(last)
        # sudo: readings are the program's to write
        board = self.env["medical.supply.reading"].sudo()
        board._keep(self.equipment_id, logger, limits, self.file_name)
        self.env["medical.supply.excursion"]._from_readings(
            self.equipment_id, first, last, limits, found.interval
        )
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "medical_office.supply_reading_action"
            ),
            "domain": [("equipment_id", "=", self.equipment_id.id)],
        }

    def _import_days(self, found):
        """Summaries of days (Fridge-tag): the excursions that they prove are opened,
        their ends unknown; there are no readings to keep."""
        for one in found.spans:
            self._check_past(one.start)
        excursions = self.env["medical.supply.excursion"]
        opened = excursions._from_spans(self.equipment_id, found.spans)
        for one in opened:
            one._message_log(
                body=self.env._(
                    "%(file)s: a summary of days. When it began and for how long it "
                    "lasted is not known.",
                    file=self.file_name or "",
                )
            )
        return self.equipment_id.action_medical_excursions()

    # ---------------------------------------------------------------------- reading

    def _read(self):
        """The file, what it shows, and everything that is wrong with it.

        :return: (logger or None, ``Findings``, problems)
        """
        told = Told(
            unit=self.unit or "",
            column=self.column or "",
            day_first=self.day_order == "day" if self.day_order else None,
            clock=self._clock(),
        )
        low, high = self._limits()
        try:
            logger = open_logger(base64.b64decode(self.file or b""), told)
            found = judge(logger, low, high, unit_told=bool(self.unit))
        except LoggerError as error:
            return None, Findings(), [error.problem]
        return logger, found, [*found.problems, *logger.tally.problems]

    def _clock(self):
        """The clock of a logger whose file names none: the unit's site has its own zone,
        by its opening days, or that of the company."""
        if self.clock == "fixed":
            return Clock.fixed(timedelta(hours=self.utc_offset))
        # sudo: what time it is at a site is no secret, its calendar may be closed
        unit = self.equipment_id.sudo()
        company = unit.company_id or self.env.company
        opening = unit.medical_site_id.resource_calendar_id
        return Clock.follows(opening.tz or str(company._medical_zone()))

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

    def _say(self, logger, found, errors):
        lines = self._lines(logger, found) if logger else []
        self.write(
            {
                "checked": True,
                "problem_count": len(errors),
                "problems": self._problem_text(errors),
                "summary": "\n".join(lines),
            }
        )

    def _lines(self, logger, found):
        """What the dry run says of a file that can be read."""
        head, tally = logger.head, logger.tally
        lines = [
            self.env._(
                "Read: %(columns)s, in °%(unit)s (%(where)s)",
                columns=", ".join(head.columns),
                unit=head.unit,
                where=head.unit_from,
            ),
            self.env._("Clock: %s", head.clock),
        ]
        if head.left_out:
            lines.append(self.env._("Not read: %s", ", ".join(head.left_out)))
        if tally.readings:
            lines.append(
                self.env._(
                    "Readings: %(count)s, from %(first)s to %(last)s, %(low)s to "
                    "%(high)s °C",
                    count=tally.readings,
                    first=self._when(tally.first, head.clock),
                    last=self._when(tally.last, head.clock),
                    low=tally.lowest,
                    high=tally.highest,
                )
            )
        if tally.repeated:
            lines.append(self.env._("Repeated rows: %s.", tally.repeated))
        spans = [
            self.env._(
                "%(kind)s from %(start)s to %(end)s, worst %(worst)s °C",
                kind=self.env._("Too warm")
                if one.kind == WARM
                else self.env._("Too cold"),
                start=self._when(one.start, head.clock),
                end=self._when(one.end, head.clock)
                if one.end
                else self.env._("a time that is not known"),
                worst=one.worst,
            )
            for one in found.spans
        ]
        gaps = [
            self.env._(
                "No reading from %(start)s to %(end)s",
                start=self._when(gap.start, head.clock),
                end=self._when(gap.end, head.clock),
            )
            for gap in found.gaps
        ]
        for part in (spans, gaps, self._contradictions(logger)):
            lines += shown(self.env, part, SHOWN)
        if not spans:
            lines.append(self.env._("Never out of range."))
        return lines

    def _problem_text(self, errors):
        return self._listed(problem_sentences(self.env, errors, LOGGER_TEXTS))

    def _when(self, moment, clock):
        """A time on the logger's clock, in the reader's way to write it."""
        local = clock.local(moment).replace(tzinfo=None)
        return format_datetime(self.env, local, tz="UTC", dt_format="short")

    # ---------------------------------------------------------------------- keeping

    def _contradictions(self, logger):
        """What the file says differently from what is on record: that is not changed."""
        if not logger.tally.readings:
            return []
        # sudo: staff need not see what other files said
        board = self.env["medical.supply.reading"].sudo()
        known = board._known(self.equipment_id, logger.tally.first, logger.tally.last)
        if not known:
            return []
        return [
            self.env._(
                "%(time)s: %(known)s °C is on record, but the file says %(new)s °C. "
                "The record is kept.",
                time=self._when(one.at, logger.head.clock),
                known=known[one.at],
                new=one.celsius,
            )
            for one in logger.readings()
            if one.at in known and abs(known[one.at] - float(one.celsius)) > 0.005
        ]

    def _check_past(self, last):
        """Refuse readings of the future: the day was taken for the month."""
        if last > fields.Datetime.now():
            raise UserError(
                self.env._(
                    "The file has readings in the future (%(at)s). Check the order of "
                    "day and month, and the logger's clock.",
                    at=format_datetime(self.env, last, dt_format="short"),
                )
            )
