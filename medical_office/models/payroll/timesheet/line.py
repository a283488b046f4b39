"""A day of a timesheet: the clock's hours, and what is typed instead."""

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date, format_time

from ....engine.payroll.clock_reader import zone_of
from ....tools.money import money
from ....tools.payroll.time.daysheet import Day, clocked, is_same, laid

TYPED = frozenset({"hours", "begin", "reason"})


class PayrollTimesheetLine(models.Model):
    """Hours of one day. The clock's are a frozen copy in seconds of the day; who types
    others says why, and stays on record."""

    _name = "medical.payroll.timesheet.line"
    _description = "Day of a Timesheet"
    _inherit = ["medical.core.guard"]
    _order = "timesheet_id, date"
    _locked_by = ("timesheet_id",)
    _deletable_in = frozenset()
    _rec_name = "date"

    timesheet_id = fields.Many2one(
        "medical.payroll.timesheet",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    employee_id = fields.Many2one(related="timesheet_id.employee_id", store=True)
    company_id = fields.Many2one(related="timesheet_id.company_id", store=True)
    date = fields.Date(required=True, readonly=True, index=True)
    stretches = fields.Json(
        readonly=True, help="From and to of the clock, in seconds of the day."
    )
    clocked = fields.Float("Clock Hours", readonly=True, digits=(16, 6))
    open_count = fields.Integer(
        "Missing Check-Outs", readonly=True, help="Check-ins without a check-out."
    )
    hours = fields.Float(digits=(16, 6), help="The hours that are paid.")
    begin = fields.Float(
        "Began at",
        help="Only where hours are typed and the clock does not say when work began: "
        "for shift differentials. Empty: 8:00 AM.",
    )
    reason = fields.Char(help="Why the hours differ from the clock.")
    is_typed = fields.Boolean("Typed", readonly=True)
    is_missing = fields.Boolean("No Check-Out", compute="_compute_is_missing")
    changed_by_id = fields.Many2one("res.users", "Typed by", readonly=True)
    changed_at = fields.Datetime("Typed at", readonly=True)
    day_name = fields.Char("Day", compute="_compute_day_name")
    clock_text = fields.Char("Clock", compute="_compute_clock_text", compute_sudo=True)
    away_text = fields.Char("Time Off", compute="_compute_away_text", compute_sudo=True)

    _one_day = models.UniqueIndex(
        "(timesheet_id, date)", "A timesheet has each day once."
    )
    _hours = models.Constraint(
        "CHECK (hours >= 0 AND begin >= 0 AND begin < 24)",
        "Hours cannot be negative, and work begins between midnight and midnight.",
    )

    @api.depends("date")
    def _compute_day_name(self):
        for line in self:
            line.day_name = (
                format_date(self.env, line.date, date_format="EEE, MMM d")
                if line.date
                else False
            )

    @api.depends("open_count", "is_typed", "date")
    def _compute_is_missing(self):
        """A check-out that was forgotten; who is at work today forgot nothing."""
        today = fields.Date.context_today(self)
        for line in self:
            line.is_missing = (
                line.open_count > 0 and not line.is_typed and line.date < today
            )

    @api.depends("stretches", "date")
    def _compute_clock_text(self):
        for line in self:
            if not line.stretches:
                line.clock_text = False
                continue
            day = line._day()
            parts = [
                f"{line._clock(day, start)} – "
                f"{self.env._('no check-out') if end is None else line._clock(day, end)}"
                for start, end in line.stretches
            ]
            line.clock_text = ", ".join(parts)

    def _clock(self, day, second):
        """A second of the day as the clock on the wall shows it."""
        wall = day.moment(second).astimezone(day.zone)
        return format_time(self.env, wall.time(), time_format="short")

    def _compute_away_text(self):
        """Approved time off of the day; one query."""
        leaves = self.env["hr.leave"].search_fetch(
            [
                ("employee_id", "in", self.employee_id.ids),
                ("state", "=", "validate"),
                ("request_date_from", "<=", max(self.mapped("date"), default=False)),
                ("request_date_to", ">=", min(self.mapped("date"), default=False)),
            ],
            ["employee_id", "request_date_from", "request_date_to"],
        )
        for line in self:
            away = leaves.filtered(
                lambda leave, line=line: (
                    leave.employee_id == line.employee_id
                    and leave.request_date_from <= line.date <= leave.request_date_to
                )
            )
            line.away_text = self.env._("Time off") if away else False

    def _day(self):
        """The day on the person's clock."""
        # sudo: a person's time zone is HR's to read
        return Day(self.date, zone_of(self.sudo().employee_id))

    # -------------------------------------------------------------------- typed hours

    def write(self, vals):
        """What people type is checked, and leaves who typed it."""
        typed = TYPED.intersection(vals) and not self._is_program()
        result = super().write(vals)
        if typed:
            for line in self:
                line._note_typed(vals)
        return result

    def _note_typed(self, vals):
        """Whether the line now differs from the clock; then who says so, and why."""
        now = fields.Datetime.now()
        same = is_same(money(self.hours), money(self.clocked)) and not self.open_count
        typed = not same or bool(self.begin)
        if typed:
            self._check_typed(vals)
        # sudo: the program notes who typed
        own = self.sudo()._pen()
        if not typed:
            own.write(
                {
                    "is_typed": False,
                    "hours": self.clocked,
                    "changed_by_id": False,
                    "changed_at": False,
                }
            )
            return
        own.write({"is_typed": True, "changed_by_id": self.env.uid, "changed_at": now})
        own.timesheet_id.corrector_ids |= self.env.user
        if self.open_count:
            self._close_clock()

    def _check_typed(self, vals):
        """
        :raises UserError: hours of a day to come, more than the day has, or no reason
        """
        day = self._day()
        told = {"sheet": self.timesheet_id.display_name, "day": self.day_name}
        if self.date > fields.Date.context_today(self) and self.hours:
            raise UserError(
                self.env._("%(sheet)s, %(day)s: this day is still to come.", **told)
            )
        if self.hours * 3600 > day.length:
            raise UserError(
                self.env._(
                    "%(sheet)s, %(day)s: a day has %(most)s hours, not %(hours)s.",
                    most=day.length // 3600,
                    hours=f"{self.hours:g}",
                    **told,
                )
            )
        if (self.clocked or self.open_count) and not (self.reason or "").strip():
            raise UserError(
                self.env._(
                    "%(sheet)s, %(day)s: enter a reason. The clock says %(clock)s hours.",
                    clock=f"{self.clocked:.2f}",
                    **told,
                )
            )

    def _close_clock(self):
        """End the attendance that has no check-out where the typed hours end, so that
        the next check-in is a check-in."""
        day = self._day()
        end = max(
            (
                stop
                for _start, stop in laid(
                    money(self.hours), self.stretches or [], day.length
                )
            ),
            default=0,
        )
        # sudo: the clock is closed by who corrects the day; the attendance says so
        attendance = self.env["hr.attendance"].sudo()
        open_ones = attendance.search(
            [
                ("employee_id", "=", self.employee_id.id),
                ("check_out", "=", False),
                ("check_in", ">=", day.moment(0).replace(tzinfo=None)),
                ("check_in", "<", day.moment(day.length).replace(tzinfo=None)),
            ]
        )
        for one in open_ones:
            begun = pytz.utc.localize(one.check_in)
            left = max(day.moment(end), begun).replace(tzinfo=None)
            if left > fields.Datetime.now():
                continue  # still at work
            one.check_out = left
            one._message_log(
                body=self.env._(
                    "Check-out entered on the timesheet by %(who)s: %(why)s",
                    who=self.env.user.name,
                    why=self.reason,
                )
            )

    def _check_whole(self):
        """Refuse a timesheet with a day of which nobody knows when it ended.

        :raises UserError: naming the first
        """
        for line in self:
            if line.open_count and not line.is_typed:
                raise UserError(
                    self.env._(
                        "%(sheet)s, %(day)s: there is no check-out. Enter the hours of "
                        "the day and the reason.",
                        sheet=line.timesheet_id.display_name,
                        day=line.day_name,
                    )
                )

    # ---------------------------------------------------------------------- the clock

    def _take(self, stretches):
        """What the clock says now; a day that somebody typed keeps its hours.

        :param stretches: of the day, see ``tools.payroll.time.daysheet``
        """
        count = float(clocked(stretches))
        values = {
            "stretches": [list(one) for one in stretches] or False,
            "clocked": count,
            "open_count": sum(end is None for _start, end in stretches),
        }
        if not self.is_typed:
            values["hours"] = count
        changed = {
            name: value
            for name, value in values.items()
            if (self[name] or False) != (value or False)
        }
        if changed:
            self.write(changed)

    def _values_for(self, sheet):
        """Values of the same day in a correction."""
        return {
            "timesheet_id": sheet.id,
            "date": self.date,
            "stretches": self.stretches,
            "clocked": self.clocked,
            "open_count": self.open_count,
            "hours": self.hours,
            "begin": self.begin,
            "reason": self.reason,
            "is_typed": self.is_typed,
            "changed_by_id": self.changed_by_id.id,
            "changed_at": self.changed_at,
        }
