"""Clock in and out with one tap, from any phone, by everybody with an employee record."""

from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date, format_time

from ....engine.payroll.clock_reader import ClockReader, zone_of
from ....tools.payroll.time.daysheet import clocked

# nobody is at work so long: the check-out was forgotten
LONGEST = timedelta(hours=16)
STAFF = "core_group_staff"
KIOSK = ("core_group_hr", "core_group_manager")


class PayrollTimesheet(models.Model):
    _inherit = "medical.payroll.timesheet"

    @api.model
    def clock_state(self):
        """What the clock shows to the person who looks.

        :return: {name, inside, since, forgotten: {day, at} or False, today: hours,
            sheet: whether there is a timesheet to look at}
        """
        self._check_caller(STAFF)
        person = self._clock_person()
        last = self._clock_open(person)
        zone = zone_of(person)
        today = fields.Datetime.now().astimezone(zone).date()
        reader = ClockReader(person.env, person, today, today)
        stretches = reader.of(person, today)
        since = last and pytz.utc.localize(last.check_in).astimezone(zone)
        forgotten = bool(last) and self._clock_forgotten(last)
        return {
            "name": person.name,
            "inside": bool(last) and not forgotten,
            "since": since and format_time(self.env, since.time(), time_format="short"),
            "since_at": bool(last) and fields.Datetime.to_string(last.check_in),
            "forgotten": forgotten
            and {
                "day": format_date(self.env, since.date(), date_format="EEEE, MMM d"),
                "at": format_time(self.env, since.time(), time_format="short"),
            },
            "today": float(clocked(stretches)),
            "sheet": bool(person.current_version_id.medical_schedule_id)
            and person.current_version_id._pay_has_overtime(),
        }

    @api.model
    def clock_tap(self, inside):
        """Clock out who is in, clock in who is not.

        :param inside: what the screen showed when it was tapped: a second tap on an old
            screen changes nothing
        :return: as :meth:`clock_state`
        """
        self._check_caller(STAFF)
        person = self._clock_person()
        person.lock_for_update()
        last = self._clock_open(person)
        if last and self._clock_forgotten(last):
            raise UserError(
                self.env._("Say first when you left: your last check-out is missing.")
            )
        if bool(last) == bool(inside):
            person._attendance_action_change()
        return self.clock_state()

    @api.model
    def clock_left(self, at):
        """Say when one left on the day of the missing check-out.

        It is a correction like any other: it stands on the timesheet with its reason, and
        the head approves it.

        :param at: time of day as the person reads it on the wall, “17:30”; before the
            check-in it is that of the next morning
        :return: as :meth:`clock_state`
        """
        self._check_caller(STAFF)
        person = self._clock_person()
        last = self._clock_open(person)
        if not last or not self._clock_forgotten(last):
            return self.clock_state()
        zone = zone_of(person)
        begun = pytz.utc.localize(last.check_in).astimezone(zone)
        left = self._clock_moment(begun, at, zone)
        if left - begun > LONGEST:
            raise UserError(
                self.env._(
                    "You came at %(at)s: %(left)s is more than %(most)s hours later. Ask "
                    "the head of your department to correct your timesheet.",
                    at=format_time(self.env, begun.time(), time_format="short"),
                    left=at,
                    most=LONGEST.seconds // 3600,
                )
            )
        last.check_out = left.astimezone(pytz.utc).replace(tzinfo=None)
        last._message_log(
            body=self.env._("Check-out entered later by the employee: %s", at)
        )
        self._clock_note(person, begun.date())
        return self.clock_state()

    @api.model
    def action_open_kiosk(self):
        """Open the host's kiosk, where everybody clocks in at one screen."""
        self._check_caller(*KIOSK)
        # sudo: the kiosk's address holds its key, which the host shows to its own roles
        company = self.env.company.sudo()
        return {
            "type": "ir.actions.act_url",
            "url": company.attendance_kiosk_url,
            "target": "new",
        }

    @api.model
    def _clock_person(self):
        """The employee who taps, with the rights to clock.

        :raises UserError: the login belongs to no employee
        """
        # sudo: one's own check-in and check-out; the host keeps attendances for its roles
        person = self.env.user.employee_id.sudo()
        if not person:
            raise UserError(
                self.env._(
                    "Your login is not linked to an employee record yet. Ask HR to link "
                    "it."
                )
            )
        return person

    @api.model
    def _clock_open(self, person):
        """The attendance without a check-out, if there is one."""
        return person.env["hr.attendance"].search(
            [("employee_id", "=", person.id), ("check_out", "=", False)],
            order="check_in desc",
            limit=1,
        )

    @api.model
    def _clock_forgotten(self, attendance):
        return fields.Datetime.now() - attendance.check_in > LONGEST

    @api.model
    def _clock_moment(self, begun, at, zone):
        """The moment at which the clock first shows ``at`` after ``begun``.

        :raises UserError: no time of day
        """
        try:
            hour, minute = (int(part) for part in str(at).split(":")[:2])
            moment = time(hour, minute)
        except ValueError as error:
            raise UserError(
                self.env._("Enter a time such as 17:30, not “%s”.", at)
            ) from error
        day = begun.date()
        if moment <= begun.time():
            day += timedelta(days=1)
        return zone.localize(datetime.combine(day, moment))

    @api.model
    def _clock_note(self, person, day):
        """Leave on the timesheet's day that the check-out was entered later."""
        # sudo: the program notes on the person's own timesheet what the person said
        line = (
            self.env["medical.payroll.timesheet.line"]
            .sudo()
            .search(
                [
                    ("employee_id", "=", person.id),
                    ("date", "=", day),
                    ("timesheet_id.state", "=", "draft"),
                ],
                limit=1,
            )
        )
        if line:
            line._pen().write(
                {
                    "reason": self.env._("Check-out entered later"),
                    "changed_by_id": self.env.uid,
                    "changed_at": fields.Datetime.now(),
                }
            )
