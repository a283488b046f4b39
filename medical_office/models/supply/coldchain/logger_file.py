"""Files of loggers: a record of each that was read, and of each that was taken back."""

import base64
import hashlib
from datetime import datetime, timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_datetime

from ....engine.core.sentences import problem_sentence
from ....tools.supply.coldchain.answers import Told
from ....tools.supply.coldchain.clock import Clock
from ....tools.supply.coldchain.judge import judge
from ....tools.supply.coldchain.problems import LOGGER_TEXTS, LoggerError, is_asked
from ....tools.supply.coldchain.reader import open_logger
from ....tools.supply.coldchain.spans import Span
from .equipment import KEEPERS

CLOCKS = [
    ("kept", "As kept for this logger"),
    ("site", "Follows the site's clock"),
    ("fixed", "Keeps one offset all year"),
]
MOMENTS = ("start", "last", "before", "after")


def told_of(record, since=None):
    """What people say of a file, and what is kept of its logger's clock.

    :param record: a file on record, or the dialog that imports one
    :param since: when a clock was chosen for it; what was kept later corrects that
    """
    unit, chosen = record.equipment_id, None
    if record.clock == "fixed":
        chosen = Clock.fixed(timedelta(hours=record.utc_offset))
    elif record.clock == "site":
        chosen = Clock(unit._medical_site_zone())
    clock, always = unit._medical_clock(record.logger, chosen, since)
    return Told(
        unit=record.unit or "",
        column=record.column or "",
        day_first=record.day_order == "day" if record.day_order else None,
        clock=clock,
        corrections=always,
    )


class SupplyLoggerFile(models.Model):
    """What was imported, by whom, how it was read: enough to read it anew when the clock
    turns out to be wrong, and to take it back when all of it is."""

    _name = "medical.supply.logger.file"
    _description = "Logger File"
    _inherit = ["medical.core.guard"]
    _order = "create_date desc, id desc"
    _deletable_in = frozenset()
    _reason_methods = frozenset({"action_withdraw"})

    name = fields.Char("File", readonly=True)
    equipment_id = fields.Many2one(
        "maintenance.equipment",
        "Unit",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    content = fields.Binary("Contents", attachment=True, readonly=True)
    digest = fields.Char("SHA-256", readonly=True)
    logger = fields.Char(readonly=True, help="Its serial number.")
    unit = fields.Char("Degrees", readonly=True)
    column = fields.Char(readonly=True)
    day_order = fields.Char("Dates", readonly=True)
    clock = fields.Selection(CLOCKS, readonly=True)
    utc_offset = fields.Float("Hours from UTC", readonly=True, aggregator=None)
    clock_text = fields.Char("Clock as Read", readonly=True)
    kind = fields.Selection(
        [("readings", "Readings"), ("days", "Summaries of days")],
        "What",
        required=True,
        readonly=True,
        default="readings",
    )
    count = fields.Integer("Readings", readonly=True, aggregator="sum")
    first_at = fields.Datetime("First", readonly=True)
    last_at = fields.Datetime("Last", readonly=True)
    interval = fields.Integer("Every (s)", readonly=True, aggregator=None)
    spans = fields.Json("Proven by Days", readonly=True)
    state = fields.Selection(
        [("kept", "Counts"), ("withdrawn", "Withdrawn")],
        required=True,
        readonly=True,
        default="kept",
        index=True,
    )
    withdrawn_by_id = fields.Many2one("res.users", "Withdrawn by", readonly=True)
    withdrawn_at = fields.Datetime("Withdrawn", readonly=True)
    withdrawn_reason = fields.Char("Why", readonly=True)
    followed = fields.Text("What Followed", readonly=True)

    def _program_message(self, name):
        return self.env._(
            "A file stays on record as it was imported. Withdraw it with a reason."
        )

    def _kept_message(self):
        return self._program_message("name")

    # ----------------------------------------------------------------------- reading

    @api.model
    def _digest(self, content):
        return hashlib.sha256(content).hexdigest()

    def _open(self):
        """Read the file again, by the clock that is kept now.

        :return: (Logger, Findings)
        :raises UserError: by this clock it cannot be read
        """
        self.ensure_one()
        told = told_of(self, self.create_date)
        try:
            logger = open_logger(base64.b64decode(self.content), told)
            found = judge(
                logger, *self.equipment_id._medical_limits(), unit_told=bool(self.unit)
            )
            asked = [one for one in logger.tally.problems if is_asked(one)]
        except LoggerError as error:
            asked = [error.problem]
        if asked:
            raise UserError(
                self.env._(
                    "%(file)s cannot be read by this clock: %(why)s",
                    file=self.name or "",
                    why=problem_sentence(self.env, asked[0], LOGGER_TEXTS),
                )
            )
        return logger, found

    def _take_in(self, logger, found):
        """Keep what the file says: its readings, or what its summaries of days prove."""
        self.ensure_one()
        tally = logger.tally
        values = {"clock_text": str(logger.head.clock or "")}
        if self.kind == "days":
            spans = [span for span in found.spans if not span.readings]
            starts = [span.before or span.start for span in spans]
            ends = [span.after or span.last for span in spans]
            values |= {
                "spans": [_stored(span) for span in spans],
                "first_at": min(starts, default=False),
                "last_at": max(ends, default=False),
                "count": len(logger.days),
            }
        else:
            interval = found.interval and int(found.interval.total_seconds())
            values |= {
                "first_at": tally.first,
                "last_at": tally.last,
                "count": tally.readings,
                "interval": interval or 0,
            }
            readings = self.env["medical.supply.reading"]
            readings._keep(self, logger, self.equipment_id._medical_limits())
        self._pen().write(values)

    def _read_anew(self, why):
        """Read these files of a unit by the clock that is kept now, and work out all
        excursions of the unit anew.

        :return: sentences that tell what followed
        """
        told = []
        for unit, files in self.grouped("equipment_id").items():
            legacy = files.filtered(lambda one: not one.content)
            said = [
                self.env._(
                    "%s was imported before files were kept: withdraw it and import "
                    "it again.",
                    one.name or "",
                )
                for one in legacy
            ]
            if files - legacy:
                said = [*(files - legacy)._read_unit_anew(unit, why), *said]
            unit._message_log(body="\n".join([why, *said]))
            told += said
        return told

    def _read_unit_anew(self, unit, why):
        opened = {one: one._open() for one in self}
        marks = self._marks()
        self._forget()
        for one in self.sorted("id"):
            one._take_in(*opened[one])
        self._beside()._restore()
        moved = self._move_excursions(marks)
        done = unit.env["medical.supply.excursion"]._rework(unit, why=why)
        done = done._replace(changed=done.changed | moved.with_env(done.changed.env))
        names = ", ".join(filter(None, self.mapped("name")))
        return [self.env._("Read again: %s.", names), *done._told()]

    def _forget(self):
        """Delete the readings of these files; there may be hundreds of thousands."""
        self.env["medical.supply.reading"].flush_model()
        for one in self:
            self.env.cr.execute(SQL("DELETE FROM %s", one._rows()))
        self.env["medical.supply.reading"].invalidate_model()

    def _rows(self):
        """Its readings, by the unit and time: an index by file would cost each import."""
        self.ensure_one()
        return SQL(
            "medical_supply_reading WHERE equipment_id = %s AND file_id = %s "
            "AND at BETWEEN %s AND %s",
            self.equipment_id.id,
            self.id,
            self.first_at or None,
            self.last_at or None,
        )

    def _beside(self):
        """Other files of the same units and time that count: a temperature that several
        files say is kept once."""
        return self.search(
            [
                ("equipment_id", "in", self.equipment_id.ids),
                ("id", "not in", self.ids),
                ("state", "=", "kept"),
                ("kind", "=", "readings"),
                (
                    "first_at",
                    "<=",
                    max(self.mapped(lambda one: one.last_at or one.create_date)),
                ),
                (
                    "last_at",
                    ">=",
                    min(self.mapped(lambda one: one.first_at or one.create_date)),
                ),
            ]
        ).filtered("content")

    def _restore(self):
        """Write again what these files say and is no longer on record."""
        for one in self.sorted("id"):
            one._take_in(*one._open())

    # --------------------------------------------------------- excursions that move along

    def _marks(self):
        """Where the excursions of these files begin, as the logger shows it."""
        self.env["medical.supply.reading"].flush_model()
        readings = self.env.execute_query(
            SQL(
                """
                SELECT one.id, reading.file_id,
                       reading.at + reading.ahead * interval '1 second'
                  FROM medical_supply_excursion one
                  JOIN medical_supply_reading reading
                    ON reading.equipment_id = one.equipment_id
                   AND reading.at = one.started_at
                 WHERE reading.file_id = ANY(%s)
                   AND one.state NOT IN ('released', 'discarded')
                """,
                self.ids,
            )
        )
        days = [
            (one.id, [span["start"] for span in one.spans or []])
            for one in self.filtered(lambda one: one.kind == "days")
        ]
        return readings, days

    def _move_excursions(self, marks):
        """Excursions follow their readings to the corrected time: they stay the same.

        :return: those that moved
        """
        readings, days = marks
        board = self.env["medical.supply.excursion"]
        moved = {}
        for excursion, file, shown in readings:
            rows = self.env.execute_query(
                SQL(
                    "SELECT at FROM %s AND at + ahead * interval '1 second' = %s LIMIT 1",
                    self.browse(file)._rows(),
                    shown,
                )
            )
            if rows:
                moved[board.browse(excursion)] = rows[0][0]
        for file, before in days:
            after = [span["start"] for span in self.browse(file).spans or []]
            for old, new in zip(before, after, strict=False):
                same = board.search(
                    [
                        ("equipment_id", "=", self.browse(file).equipment_id.id),
                        ("started_at", "=", datetime.fromisoformat(old)),
                    ]
                )
                moved |= dict.fromkeys(same, datetime.fromisoformat(new))
        changed = board.browse()
        for one, at in moved.items():
            shift = at - one.started_at
            if shift and one._is_live():
                changed |= one
                one._pen().write(
                    {
                        name: one[name] + shift
                        for name in ("started_at", "ended_at", "last_at", "over_by")
                        if one[name]
                    }
                )
        return changed

    # ----------------------------------------------------------------------- taken back

    def action_ask_reason(self):
        """Open the dialog that asks why the file is withdrawn."""
        self._check_caller(*KEEPERS)
        wizard = self.env["medical.core.reason.wizard"]
        return wizard._asking(self, "action_withdraw", self.env._("Withdraw the File"))

    def action_withdraw(self, reason):
        """Take these files back: read in the wrong unit of degrees, or of another unit.

        What only they showed is taken back with them, see ``_take_back``; what was
        decided meanwhile is named. The same file can be imported again.

        :raises UserError: no reason, or withdrawn already
        """
        self._check_caller(*KEEPERS)
        self.check_access("read")
        reason = self._reason_given(
            reason, self.env._("Say why the file is withdrawn.")
        )
        for one in self.sudo():  # sudo: the record is the program's, the caller may
            if one.state != "kept":
                raise UserError(self.env._("%s is withdrawn already.", one.name or ""))
            one._withdraw(reason)

    def _withdraw(self, reason):
        count, first, last = self.count, self.first_at, self.last_at
        self._pen().write(
            {
                "state": "withdrawn",
                "withdrawn_by_id": self.env.uid,
                "withdrawn_at": fields.Datetime.now(),
                "withdrawn_reason": reason,
            }
        )
        self._forget()
        self._beside()._restore()
        why = self.env._(
            "The file %(file)s was withdrawn: %(reason)s",
            file=self.name or "",
            reason=reason,
        )
        unit = self.equipment_id
        done = self.env["medical.supply.excursion"]._rework(unit, why=why)
        told = [
            self.env._(
                "%(count)s readings from %(first)s to %(last)s were taken back.",
                count=count,
                first=first and format_datetime(self.env, first, dt_format="short"),
                last=last and format_datetime(self.env, last, dt_format="short"),
            ),
            *done._told(first, last),
        ]
        self._pen().followed = "\n".join(told)
        unit._message_log(body="\n".join([why, *told]))

    # ----------------------------------------------------------------- summaries of days

    def _day_spans(self):
        """What the summaries of days of these files prove."""
        return [_span(values) for one in self for values in one.spans or []]


def _stored(span):
    """A span of days, to be kept as JSON."""
    return {
        "kind": span.kind,
        "lowest": str(span.lowest),
        "highest": str(span.highest),
        "note": span.note,
        **{name: getattr(span, name) and str(getattr(span, name)) for name in MOMENTS},
    }


def _span(values):
    moments = {
        name: values[name] and datetime.fromisoformat(values[name]) for name in MOMENTS
    }
    return Span(
        kind=values["kind"],
        end=None,
        lowest=Decimal(values["lowest"]),
        highest=Decimal(values["highest"]),
        readings=0,
        note=values["note"],
        **moments,
    )
