"""Read the file of a temperature data logger: a dry run first, then the readings."""

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ...engine.core.sentences import problem_sentences
from ...models.core.mixins.listing import shown
from ...models.supply.coldchain.logger_file import CLOCKS, told_of
from ...tools.supply.coldchain import WARM
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
    logger = fields.Char(
        compute="_compute_logger",
        store=True,
        readonly=False,
        help="Its serial number, if the unit has several.",
    )
    clock = fields.Selection(
        CLOCKS,
        default="kept",
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

    @api.depends("equipment_id")
    def _compute_logger(self):
        """The one of the unit's last file."""
        # sudo: which logger is in a unit is no secret
        board = self.env["medical.supply.logger.file"].sudo()
        for wizard in self:
            last = board.search(
                [("equipment_id", "=", wizard.equipment_id.id)], limit=1
            )
            wizard.logger = last.logger

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
        is_days = logger.days and not logger.tally.readings
        if not is_days and not logger.tally.readings:
            raise UserError(self.env._("The file has no readings."))
        for moment in (
            [one.start for one in found.spans] if is_days else [logger.tally.last]
        ):
            self._check_past(moment)
        content = base64.b64decode(self.file)
        # sudo: files and readings are the program's to write
        board = self.env["medical.supply.logger.file"].sudo()
        if self._known_file(content):
            return self._records(is_days)
        rule = self.equipment_id._medical_files()._rule()
        one = board._pen().create(self._file_values(content, is_days))
        one._take_in(logger, found)
        done = one._lay_down_pen()._work_out(rule)
        # sudo: the program keeps the record
        for excursion in done.opened.sudo() if is_days else ():
            excursion._message_log(
                body=self.env._(
                    "%(file)s: a summary of days. When it began and for how long it "
                    "lasted is not known.",
                    file=self.file_name or "",
                )
            )
        return self._records(is_days)

    def _records(self, is_days):
        if is_days:
            return self.equipment_id.action_medical_excursions()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "medical_office.supply_reading_action"
            ),
            "domain": [("equipment_id", "=", self.equipment_id.id)],
        }

    def _known_file(self, content):
        """The same file, read the same way, that counts already."""
        # sudo: staff need not see what others imported
        board = self.env["medical.supply.logger.file"].sudo()
        return board.search(
            [
                ("equipment_id", "=", self.equipment_id.id),
                ("state", "=", "kept"),
                ("digest", "=", board._digest(content)),
                ("unit", "=", self.unit or False),
                ("column", "=", self.column or False),
                ("day_order", "=", self.day_order or False),
                ("clock", "=", self.clock),
                ("utc_offset", "=", self.utc_offset),
                ("logger", "=", self.logger or False),
            ],
            limit=1,
        )

    def _file_values(self, content, is_days):
        return {
            "name": self.file_name or self.env._("Logger's file"),
            "equipment_id": self.equipment_id.id,
            "company_id": self.equipment_id._medical_own_company().id,
            "content": self.file,
            "digest": self.env["medical.supply.logger.file"]._digest(content),
            "logger": (self.logger or "").strip() or False,
            "unit": self.unit,
            "column": self.column,
            "day_order": self.day_order,
            "clock": self.clock,
            "utc_offset": self.utc_offset,
            "kind": "days" if is_days else "readings",
        }

    # ---------------------------------------------------------------------- reading

    def _read(self):
        """The file, what it shows, and everything that is wrong with it.

        :return: (logger or None, ``Findings``, problems)
        """
        told = told_of(self)
        low, high = self._limits()
        try:
            logger = open_logger(base64.b64decode(self.file or b""), told)
            found = judge(logger, low, high, unit_told=bool(self.unit))
        except LoggerError as error:
            return None, Findings(), [error.problem]
        return logger, found, [*found.problems, *logger.tally.problems]

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
            self.env._(
                "Clock: %(clock)s. Kept of this logger: %(kept)s",
                clock=head.clock,
                kept=self.equipment_id._medical_clock_text(self.logger),
            ),
        ]
        if self._known_file(base64.b64decode(self.file)):
            lines.append(
                self.env._("This file was imported already: nothing will be added.")
            )
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
        """What the file says differently from what is on record: both count."""
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
                "Both will count.",
                time=self._when(one.at, logger.head.clock),
                known=" / ".join(f"{value / 100:g}" for value in sorted(known[one.at])),
                new=one.celsius,
            )
            for one in logger.readings()
            if one.at in known and round(one.celsius * 100) not in known[one.at]
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
