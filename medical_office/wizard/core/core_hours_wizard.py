"""Opening hours of the week, the time zone, and the days on which the practice is closed."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...models.core.mixins.done import CLOSE, done
from ...models.core.schedule.schedule import WEEKDAYS
from ...tools.core.closures import federal_holidays

ZONES = [
    ("America/New_York", "Eastern"),
    ("America/Chicago", "Central"),
    ("America/Denver", "Mountain"),
    ("America/Phoenix", "Arizona"),
    ("America/Los_Angeles", "Pacific"),
    ("America/Anchorage", "Alaska"),
    ("Pacific/Honolulu", "Hawaii"),
    ("America/Puerto_Rico", "Puerto Rico"),
]


class CoreHoursWizard(models.TransientModel):
    """One week for the whole practice; a site with other hours gets its own later."""

    _name = "medical.core.hours.wizard"
    _description = "Opening Hours and Closures"
    _inherit = ["medical.core.wizard"]

    tz = fields.Selection(ZONES, "Time Zone", required=True)
    hour_from = fields.Float("Opens", required=True, default=8.0)
    hour_to = fields.Float("Closes", required=True, default=17.0)
    break_from = fields.Float("Closed From", default=12.0)
    break_to = fields.Float("To", default=13.0)
    mon = fields.Boolean("Monday", default=True)
    tue = fields.Boolean("Tuesday", default=True)
    wed = fields.Boolean("Wednesday", default=True)
    thu = fields.Boolean("Thursday", default=True)
    fri = fields.Boolean("Friday", default=True)
    sat = fields.Boolean("Saturday")
    sun = fields.Boolean("Sunday")
    line_ids = fields.One2many(
        "medical.core.hours.wizard.line",
        "wizard_id",
        "Closed On",
        default=lambda self: self._default_lines(),
    )

    @api.model
    def default_get(self, names):
        """The zone that the practice has, if it is one of these."""
        values = super().default_get(names)
        zone = self.env.company.resource_calendar_id.tz
        if "tz" in names and zone in dict(ZONES):
            values["tz"] = zone
        return values

    @api.model
    def _default_lines(self):
        """The federal holidays still to come this year, and those of the next."""
        today = fields.Date.context_today(self)
        known = self._known_days()
        return [
            Command.create({"day": day, "name": name})
            for year in (today.year, today.year + 1)
            for day, name in federal_holidays(year)
            if day >= today and day not in known
        ]

    @api.model
    def _known_days(self):
        leaves = self.env["resource.calendar.leaves"].search_fetch(
            [
                ("resource_id", "=", False),
                ("company_id", "=", self.env.company.id),
            ],
            ["date_from"],
        )
        zone = self.env.company._medical_zone()
        return {
            leave.date_from.replace(tzinfo=UTC).astimezone(zone).date()
            for leave in leaves
        }

    def action_save(self):
        """Set the week and add the closures; the company's calendar becomes this one.

        :raises UserError: no day is open, or the hours do not follow on each other
        """
        self.env["medical.core.guard"]._check_caller("core_group_manager")
        self.ensure_one()
        self._check_hours()
        calendar = self._calendar()
        # the host takes them as entered on the clock of the user and moves them to that
        # of the calendar
        zone = ZoneInfo(self.env.user.tz or "UTC")
        known = self._known_days()
        # sudo: the host keeps public holidays for its time off administrator; here the
        # days are added on which one's own practice is closed
        self.env["resource.calendar.leaves"].sudo().create(
            [
                {
                    "name": line.name,
                    "calendar_id": calendar.id,
                    "company_id": self.env.company.id,
                    "date_from": self._moment(line.day, time.min, zone),
                    "date_to": self._moment(line.day, time(23, 59, 59), zone),
                }
                for line in self.line_ids
                if line.day not in known
            ]
        )
        return done(
            self.env,
            self.env._("The opening hours are saved: %s.", calendar.name),
            then=CLOSE,
        )

    @staticmethod
    def _moment(day, hour, zone):
        local = datetime.combine(day, hour, tzinfo=zone)
        return local.astimezone(UTC).replace(tzinfo=None)

    def _check_hours(self):
        if not any(self[day] for day in WEEKDAYS):
            raise UserError(self.env._("Check the days on which the practice is open."))
        hours = [self.hour_from, self.hour_to]
        if self.break_to > self.break_from:
            hours = [self.hour_from, self.break_from, self.break_to, self.hour_to]
        if not (hours == sorted(set(hours)) and hours[0] >= 0 and hours[-1] <= 24):
            raise UserError(
                self.env._(
                    "The hours must follow on each other: opens, closed from, to, "
                    "closes. For a day without a break enter 0:00 to 0:00 as the break."
                )
            )

    def _calendar(self):
        """The company's own calendar with this week; another company's stays as it is."""
        company = self.env.company
        values = {"tz": self.tz, "attendance_ids": self._attendances()}
        calendar = company.resource_calendar_id
        # sudo: whether another company keeps this calendar is asked, nothing is shown
        shared = (
            self.env["res.company"]
            .sudo()
            .search_count(
                [("id", "!=", company.id), ("resource_calendar_id", "=", calendar.id)],
                limit=1,
            )
        )
        if calendar and calendar.company_id == company and not shared:
            calendar.write(values)
            return calendar
        calendar = calendar.create(
            {**values, "name": self.env._("Office hours"), "company_id": company.id}
        )
        # sudo: the host's administrator alone may write companies
        company.sudo().resource_calendar_id = calendar
        sites = self.env["stock.warehouse"]._medical_sites(company)
        sites.resource_calendar_id = calendar
        return calendar

    def _attendances(self):
        spans = [(self.hour_from, self.hour_to, "morning")]
        if self.break_to > self.break_from:
            spans = [
                (self.hour_from, self.break_from, "morning"),
                (self.break_to, self.hour_to, "afternoon"),
            ]
        return [
            Command.clear(),
            *(
                Command.create(
                    {
                        "name": f"{self._fields[day].string} {hour_from:g}",
                        "dayofweek": str(number),
                        "hour_from": hour_from,
                        "hour_to": hour_to,
                        "day_period": period,
                    }
                )
                for number, day in enumerate(WEEKDAYS)
                if self[day]
                for hour_from, hour_to, period in spans
            ),
        ]


class CoreHoursWizardLine(models.TransientModel):
    _name = "medical.core.hours.wizard.line"
    _description = "Day on Which the Practice Is Closed"
    _inherit = ["medical.core.wizard"]
    _order = "day"

    wizard_id = fields.Many2one(
        "medical.core.hours.wizard", required=True, ondelete="cascade", index=True
    )
    day = fields.Date(required=True)
    name = fields.Char("Reason", required=True)
