"""The calendar of a schedule: its fields, the same in words, the next due times."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date, format_time
from odoo.tools.date_utils import float_to_time

from ....engine.core.labels import labels_of
from ....tools.core import recurrence
from ....tools.core.opening import Closure, Opening
from .schedule import RULE_FIELDS, WEEKDAYS

WEEKDAY_NAMES = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]
# frequency -> unit of the pure rule and how many units make one interval
UNITS = {
    "once": ("once", 1),
    "daily": ("day", 1),
    "weekly": ("week", 1),
    "monthly": ("month", 1),
    "quarterly": ("month", 3),
    "yearly": ("month", 12),
}
PREVIEW = 10
PREVIEW_WINDOWS = (45, 400, 8000)  # days; a yearly round needs the longest


class CoreSchedule(models.Model):
    _inherit = "medical.core.schedule"

    frequency = fields.Selection(
        [
            ("once", "Once"),
            ("daily", "Daily"),
            ("weekly", "Weekly"),
            ("monthly", "Monthly"),
            ("quarterly", "Quarterly"),
            ("yearly", "Yearly"),
        ],
        required=True,
        default="daily",
        tracking=True,
    )
    every = fields.Integer(
        default=1,
        required=True,
        help="1: every day, week, month, quarter or year. 2: every other one.",
    )
    mon = fields.Boolean(default=True)
    tue = fields.Boolean(default=True)
    wed = fields.Boolean(default=True)
    thu = fields.Boolean(default=True)
    fri = fields.Boolean(default=True)
    sat = fields.Boolean()
    sun = fields.Boolean()
    month_by = fields.Selection(
        [
            ("day", "Day of the month"),
            ("last", "Last day of the month"),
            ("weekday", "Weekday of the month"),
        ],
        required=True,
        default="day",
    )
    month_day = fields.Integer(
        "On day",
        default=1,
        required=True,
        help="In shorter months the 31st means the last day.",
    )
    month_week = fields.Selection(
        [
            ("1", "First"),
            ("2", "Second"),
            ("3", "Third"),
            ("4", "Fourth"),
            ("-1", "Last"),
        ],
        required=True,
        default="1",
    )
    month_weekday = fields.Selection(WEEKDAY_NAMES, required=True, default="0")
    times = fields.Char(
        "At",
        required=True,
        default="08:00",
        help="Times of day in the site's time zone, separated by commas: 7:30 AM, "
        "4:00 PM. Each time is a separate round.",
    )
    skip_closed = fields.Selection(
        [
            ("skip", "Skip it"),
            ("next", "Move to the next open day"),
            ("previous", "Move to the previous open day"),
            ("keep", "Keep it"),
        ],
        "On a closed day",
        required=True,
        compute="_compute_skip_closed",
        store=True,
        readonly=False,
        precompute=True,
        help="Closed days are days without opening hours and the public holidays in "
        "the site's calendar. What comes every day is skipped then; what comes more "
        "rarely moves, so that no month goes without it.",
    )
    date_start = fields.Date(
        "From",
        required=True,
        default=fields.Date.context_today,
        help="Intervals count from here: quarterly from this month, every other week "
        "from this week, yearly in this month.",
    )
    date_end = fields.Date("Until", help="No rounds after this day.")
    rule_text = fields.Char("Due", compute="_compute_rule_text")
    preview = fields.Text("Next rounds", compute="_compute_preview")

    @api.depends("frequency", "every")
    def _compute_skip_closed(self):
        for schedule in self:
            every_day = schedule.frequency == "daily" and schedule.every <= 1
            schedule.skip_closed = "skip" if every_day else "next"

    @api.depends(*(RULE_FIELDS - {"site_id", "date_start", "date_end"}))
    @api.depends_context("lang")
    def _compute_rule_text(self):
        for schedule in self:
            try:
                at = [
                    format_time(self.env, one, time_format="short")
                    for one in recurrence.parse_times(schedule.times or "")
                ]
            except recurrence.TimesError:
                schedule.rule_text = False
                continue
            schedule.rule_text = self.env._(
                "%(days)s at %(times)s",
                days=schedule._days_in_words(),
                times=", ".join(at),
            )

    @api.depends(*RULE_FIELDS, "company_id")
    @api.depends_context("lang")
    def _compute_preview(self):
        for schedule in self:
            try:
                schedule._check_rule()
            except ValidationError as problem:
                schedule.preview = str(problem)
                continue
            lines = [schedule._in_words(one) for one in schedule._next_occurrences()]
            schedule.preview = "\n".join(lines) or self.env._(
                "No round will be due: every day under this rule is closed or past."
            )

    @api.constrains(*RULE_FIELDS)
    def _check_rule(self):
        for schedule in self:
            problem = schedule._rule_problem()
            if problem:
                raise ValidationError(problem)

    def _rule_problem(self):
        """What is wrong with the calendar, in words, or None."""
        self.ensure_one()
        _ = self.env._
        if self.every < 1:
            return _("“Every” must be 1 or more.")
        if self.frequency == "weekly" and not any(self[day] for day in WEEKDAYS):
            return _("Choose at least one day of the week.")
        if self._by_month() and self.month_by == "day":
            if not 1 <= self.month_day <= 31:
                return _("The day of the month must be between 1 and 31.")
        if self.date_end and self.date_start and self.date_end < self.date_start:
            return _("“Until” is before “From”.")
        if not self.date_start:
            return _("Set the day from which the rounds are due.")
        try:
            recurrence.parse_times(self.times or "")
        except recurrence.TimesError as error:
            return _(
                "“%(piece)s” is not a time of day. Enter times such as 7:30 AM, 4:00 "
                "PM or 07:30, 16:00.",
                piece=error.piece,
            )
        return None

    def _by_month(self):
        return UNITS[self.frequency][0] == "month"

    # ----------------------------------------------------------- the pure rule

    def _rule(self):
        """The calendar as a rule of ``tools.core.recurrence``."""
        self.ensure_one()
        unit, size = UNITS[self.frequency]
        by_weekday = unit == "month" and self.month_by == "weekday"
        day = None
        if unit == "month" and not by_weekday:
            day = recurrence.LAST if self.month_by == "last" else self.month_day
        return recurrence.Rule(
            unit=unit,
            first=self.date_start,
            last=self.date_end or None,
            every=1 if unit == "once" else self.every * size,
            times=recurrence.parse_times(self.times),
            weekdays=frozenset(
                number for number, name in enumerate(WEEKDAYS) if self[name]
            ),
            month_day=day,
            week_of_month=int(self.month_week) if by_weekday else None,
            weekday=int(self.month_weekday) if by_weekday else None,
            closed=self.skip_closed,
        )

    def _calendar(self):
        """The calendar with the opening days of the site, else of the company."""
        self.ensure_one()
        return self.site_id.resource_calendar_id or self.company_id.resource_calendar_id

    def _zone(self):
        """The time zone on whose clock the rounds are due."""
        calendar_zone = self._calendar().tz
        return ZoneInfo(calendar_zone or self.company_id.partner_id.tz or "UTC")

    def _occurrences(self, windows):
        """The due times of each schedule.

        :param windows: {schedule: (first day, last day)}; days of the schedule's clock
        :return: {schedule: [recurrence.Occurrence]}; two queries, however many schedules
        """
        if not windows:
            return {}
        reach = timedelta(days=2 * recurrence.REACH)
        openings = self._openings(
            min(start for start, stop in windows.values()) - reach,
            max(stop for start, stop in windows.values()) + reach,
        )
        found = {}
        for schedule, (start, stop) in windows.items():
            found[schedule] = recurrence.occurrences(
                schedule._rule(),
                start,
                stop,
                openings[schedule._calendar()].is_closed,
                schedule._zone(),
            )
        return found

    def _openings(self, start, stop):
        """{calendar: Opening} for all calendars of ``self`` in the days given."""
        calendars = self.env["resource.calendar"].union(
            *(schedule._calendar() for schedule in self)
        )
        hours = {calendar: {} for calendar in calendars}
        fixed = calendars.filtered(lambda calendar: not calendar.flexible_hours)
        for one in fixed.attendance_ids:
            if one.display_type or one.day_period == "lunch":
                continue
            span = (float_to_time(one.hour_from), float_to_time(one.hour_to))
            # without a week type the hours hold in both of two alternating weeks
            for week in (one.week_type,) if one.week_type else ("0", "1"):
                weekday = int(one.dayofweek) + 7 * int(week)
                hours[one.calendar_id].setdefault(weekday, []).append(span)
        closures = self._closures(calendars, start, stop)
        openings = {
            calendar: Opening(
                hours[calendar],
                closures.get(calendar, []) + closures.get(calendar.company_id, []),
                calendar.two_weeks_calendar,
            )
            for calendar in calendars
        }
        openings[self.env["resource.calendar"]] = Opening()
        return openings

    def _closures(self, calendars, start, stop):
        """Public holidays by calendar, or by company where they hold for all of it."""
        # sudo: public holidays are no secret, but their rule hides other companies' ones
        leaves = self.env["resource.calendar.leaves"].sudo()
        leaves = leaves.search(
            [
                ("resource_id", "=", False),
                ("time_type", "=", "leave"),
                ("calendar_id", "in", [False, *calendars.ids]),
                ("date_from", "<=", fields.Datetime.to_datetime(stop)),
                ("date_to", ">=", fields.Datetime.to_datetime(start)),
            ]
        )
        closures = {}
        for leave in leaves:
            zone_name = (leave.calendar_id or leave.company_id.resource_calendar_id).tz
            zone = ZoneInfo(zone_name or "UTC")
            span = [
                moment.replace(tzinfo=ZoneInfo("UTC"))
                .astimezone(zone)
                .replace(tzinfo=None)
                for moment in (leave.date_from, leave.date_to)
            ]
            holder = leave.calendar_id.sudo(False) or leave.company_id.sudo(False)
            closures.setdefault(holder, []).append(Closure(*span))
        return closures

    # -------------------------------------------------------------------- words

    def _next_occurrences(self, count=PREVIEW):
        """The next due times from now on, at most ``count``."""
        self.ensure_one()
        now = fields.Datetime.now().replace(tzinfo=ZoneInfo("UTC"))
        today = now.astimezone(self._zone()).date()
        start = max(today, self.date_start)
        for length in PREVIEW_WINDOWS:
            window = (start, start + timedelta(days=length))
            found = self._occurrences({self: window})[self]
            coming = [one for one in found if one.at > now]
            if len(coming) >= count:
                break
        return coming[:count]

    def _in_words(self, occurrence):
        return self.env._(
            "%(day)s, %(time)s",
            day=format_date(self.env, occurrence.day, date_format="full"),
            time=format_time(self.env, occurrence.time, time_format="short"),
        )

    def _days_in_words(self):
        """Such as "Every 2 weeks on Monday, Thursday"."""
        self.ensure_one()
        _ = self.env._
        if self.frequency == "once":
            return _("Once")
        if self.frequency == "daily":
            if self.every > 1:
                return _("Every %(number)s days", number=self.every)
            return _("Every open day") if self.skip_closed == "skip" else _("Every day")
        if self.frequency == "weekly":
            names = [
                self._weekday_name(number)
                for number, day in enumerate(WEEKDAYS)
                if self[day]
            ]
            if self.every > 1:
                return _(
                    "Every %(number)s weeks on %(days)s",
                    number=self.every,
                    days=", ".join(names),
                )
            return _("Weekly on %(days)s", days=", ".join(names))
        return self._months_in_words()

    def _months_in_words(self):
        _ = self.env._
        months = self.every * UNITS[self.frequency][1]
        if self.month_by == "day":
            day = _("on day %(day)s", day=self.month_day)
        elif self.month_by == "last":
            day = _("on the last day")
        else:
            weeks = labels_of(self, "month_week")
            day = _(
                "on the %(week)s %(weekday)s",
                week=(weeks.get(self.month_week) or "").lower(),
                weekday=self._weekday_name(int(self.month_weekday)),
            )
        if months == 1:
            return _("Monthly %(day)s", day=day)
        if months == 12:
            return _(
                "Yearly in %(month)s %(day)s",
                month=format_date(self.env, self.date_start, date_format="MMMM"),
                day=day,
            )
        return _("Every %(number)s months %(day)s", number=months, day=day)

    def _weekday_name(self, number):
        names = self._fields["month_weekday"]._description_selection(self.env)
        return dict(names)[str(number)]

    @api.model
    def _midnight(self, day, zone):
        """The naive UTC instant at which ``day`` begins on the clock of ``zone``."""
        return recurrence.to_utc(day, time(0), zone).replace(tzinfo=None)
