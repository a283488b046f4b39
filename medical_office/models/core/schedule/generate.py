"""Planning rounds ahead: set-based, restartable, each occurrence once."""

from collections import defaultdict
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models

BATCH = 50
UTC = ZoneInfo("UTC")


class CoreSchedule(models.Model):
    _inherit = "medical.core.schedule"

    @api.model
    def _cron_generate(self):
        """Plan the rounds of all schedules up to their horizon, batch by batch.

        Cut off, it goes on where it stopped: a schedule keeps the day until which its
        rounds are planned, and an occurrence that exists is not made again.
        """
        waiting = self.search([]).filtered(lambda schedule: schedule._is_behind())
        self.env["medical.core.job.fault"]._each_batch(
            self.env._("plan rounds"), waiting, lambda batch: batch._generate(), BATCH
        )

    def _is_behind(self):
        """Whether there are days up to the horizon for which nothing is planned yet."""
        self.ensure_one()
        last = self._today() + timedelta(days=self.horizon_days)
        if self.date_end:
            last = min(last, self.date_end)
        return self.date_start <= last and (
            not self.generated_until or self.generated_until < last
        )

    def _today(self):
        """The day it is now on the clock of the schedule."""
        return self._day_of(fields.Datetime.now())

    def _day_of(self, moment):
        """The day of a naive UTC moment on the clock of the schedule."""
        return moment.replace(tzinfo=UTC).astimezone(self._zone()).date()

    def _generate(self, date_from=None, date_to=None):
        """Create the rounds that are still missing; the number of queries does not
        depend on the number of schedules.

        :param date_from: first day, past days included (a history that is loaded);
            by default the day after the last one planned, and for a new schedule now
        :param date_to: last day; by default today plus the horizon
        :return: the new rounds
        """
        now = fields.Datetime.now().replace(tzinfo=UTC)
        windows, fresh = {}, set()
        for schedule in self:
            today = schedule._today()
            start = date_from
            if not start and schedule.generated_until:
                start = schedule.generated_until + timedelta(days=1)
            elif not start:
                start = today
                fresh.add(schedule)
            stop = date_to or today + timedelta(days=schedule.horizon_days)
            if start <= stop:
                windows[schedule] = (start, stop)
        due = self._occurrences(windows)
        for schedule in fresh & due.keys():
            # a schedule made at noon does not begin with a missed morning
            window = timedelta(hours=schedule.window_hours)
            due[schedule] = [one for one in due[schedule] if one.at + window > now]
        rounds = self._create_rounds(due)
        by_day = defaultdict(self.browse)
        for schedule, (_start, stop) in windows.items():
            if not schedule.generated_until or schedule.generated_until < stop:
                by_day[stop] |= schedule
        for stop, schedules in by_day.items():
            # sudo: a bookkeeping field; the right to plan was checked by the caller
            schedules.sudo()._pen().generated_until = stop
        return rounds

    def _create_rounds(self, due):
        """Rounds for the occurrences in ``due`` that have none yet.

        :param due: {schedule: [recurrence.Occurrence]}
        """
        moments = [one.at.replace(tzinfo=None) for ones in due.values() for one in ones]
        # sudo: rounds are made by their schedule alone, nobody has the right to
        rounds = self.env["medical.core.round"].sudo()
        if not moments:
            return rounds.sudo(False)
        low, high = min(moments), max(moments)
        schedules = self.browse().union(*due)
        existing = {
            (known.schedule_id.id, known.date_due)
            for known in rounds.search_fetch(
                [
                    ("schedule_id", "in", schedules.ids),
                    ("date_due", ">=", low),
                    ("date_due", "<=", high),
                ],
                ["schedule_id", "date_due"],
            )
        }
        absences = schedules._absences_of_people(low, high)
        values = []
        for schedule, ones in due.items():
            for one in ones:
                moment = one.at.replace(tzinfo=None)
                if (schedule.id, moment) not in existing:
                    values.append(schedule._round_values(moment, absences))
        context = {
            "tracking_disable": True,
            "mail_create_nolog": True,
            "mail_create_nosubscribe": True,
        }
        return rounds._pen().with_context(**context).create(values).with_env(self.env)

    def _round_values(self, moment, absences):
        """The values of one round; overridable."""
        self.ensure_one()
        return {
            "schedule_id": self.id,
            "date_due": moment,
            # known, so that nothing is counted and written a second time
            "line_count": 0,
            "open_count": 0,
            "failed_count": 0,
            **self._routing_values(moment),
            **self._falls_to(moment, absences),
        }

    def _routing_values(self, moment):
        """What a planned round takes from its schedule beside its person."""
        return {
            "checklist_id": self.checklist_id.id,
            "company_id": self.company_id.id,
            "site_id": self.site_id.id,
            "department_id": self.department_id.id,
            "date_open": moment - timedelta(hours=self.lead_hours),
            "date_late": moment + timedelta(hours=self.window_hours),
        }

    def _replan(self):
        """Make the coming planned rounds those of the calendar as it is now.

        Rounds that are no longer due and nobody has started go, missing ones come; what
        is past, started or done stays as it is.
        """
        now = fields.Datetime.now()
        windows = {
            schedule: (schedule._today(), schedule.generated_until)
            for schedule in self
            if schedule.active
            and schedule.generated_until
            and schedule.generated_until >= schedule._today()
        }
        due = self._occurrences(windows)
        wanted = {
            (schedule.id, one.at.replace(tzinfo=None))
            for schedule, ones in due.items()
            for one in ones
        }
        # sudo: planned rounds follow their schedule whoever was allowed to change it
        rounds = self.env["medical.core.round"].sudo()
        planned = rounds.search(
            [
                ("schedule_id", "in", [schedule.id for schedule in windows]),
                ("state", "=", "planned"),
                ("date_due", ">", now),
            ]
        )
        planned.filtered(
            lambda r: (r.schedule_id.id, r.date_due) not in wanted
        ).unlink()
        self._create_rounds(
            {
                schedule: [one for one in ones if one.at.replace(tzinfo=None) > now]
                for schedule, ones in due.items()
            }
        )
        planned.exists()._follow_schedule()

    def _replan_active(self, active):
        """Archived, a schedule plans nothing more; woken up, it begins anew."""
        if active:
            # sudo: a bookkeeping field; the right to unarchive was checked by write
            self.sudo()._pen().generated_until = False
            self._generate()
        else:
            self._planned_rounds().filtered(
                lambda r: r.date_due > fields.Datetime.now()
            ).unlink()

    # ---------------------------------------------------------------- absences

    def _falls_to(self, moment, absences):
        """Who has to walk a round due at ``moment``.

        :param absences: {user id: [(from, to)]} as from ``_absences_of_people``
        :return: values for the round: the owner, else the backup; the owner all the same
            where both are away, marked as uncovered
        """
        self.ensure_one()

        def away(user):
            spans = absences.get(user.id, ())
            return not user.active or any(low <= moment <= high for low, high in spans)

        owner, backup = self.owner_id, self.backup_id
        if not away(owner):
            return self._falls_to_values(owner)
        if backup and not away(backup):
            return self._falls_to_values(backup, is_handed_over=True)
        return self._falls_to_values(owner, is_uncovered=True)

    def _falls_to_values(self, user, *, is_handed_over=False, is_uncovered=False):
        return {
            "user_id": user.id,
            "is_handed_over": is_handed_over,
            "is_uncovered": is_uncovered,
        }

    def _absences_of_people(self, low, high):
        return self._medical_absences(self.owner_id | self.backup_id, low, high)

    @api.model
    def _medical_absences(self, users, low, high):
        """Hook. When ``users`` are away between two moments, in one query.

        :param users: ``res.users``
        :param low: naive UTC datetime
        :param high: naive UTC datetime
        :return: {user id: [(from, to)]}, naive UTC; approved time off by days covers
            the whole days on the clock of the person, time off by hours just these
        """
        # sudo: whether somebody is away is asked, not why; staff may not read time off
        leaves = self.env["resource.calendar.leaves"].sudo()
        leaves = leaves.search(
            [
                ("resource_id.user_id", "in", users.ids),
                ("date_from", "<=", high + timedelta(days=1)),
                ("date_to", ">=", low - timedelta(days=1)),
            ]
        )
        absences = defaultdict(list)
        for leave in leaves:
            absences[leave.resource_id.user_id.id].append(leave._medical_span())
        # who may not be given work counts as away all the time
        for user in self.env["medical.core.bar"]._bars(users, low.date(), "assign"):
            absences[user.id].append((low, high))
        return absences

    @api.model
    def _medical_absent_users(self, users, day):
        """Those of ``users`` who have approved time off at some hour of ``day``."""
        zone = self.env.company._medical_zone()
        low = self._midnight(day, zone)
        high = self._midnight(day + timedelta(days=1), zone)
        absences = self._medical_absences(users, low, high)
        return users.filtered(
            lambda user: any(
                start < high and stop > low for start, stop in absences.get(user.id, ())
            )
        )


class ResourceCalendarLeaves(models.Model):
    """Time off moves planned rounds to the backup; holidays take them away."""

    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._medical_move_rounds(leaves._medical_reach())
        return leaves

    def write(self, vals):
        before = self._medical_reach()
        result = super().write(vals)
        if vals.keys() & {"date_from", "date_to", "resource_id", "calendar_id"}:
            self._medical_move_rounds(before + self._medical_reach())
        return result

    def unlink(self):
        reach = self._medical_reach()
        result = super().unlink()
        self._medical_move_rounds(reach)
        return result

    def _medical_span(self):
        """(from, to) of an absence in naive UTC; by days it takes the days whole."""
        self.ensure_one()
        leave = self.holiday_id
        by_days = leave and not (leave.request_unit_half or leave.request_unit_hours)
        if not by_days or not leave.request_date_from:
            return self.date_from, self.date_to
        zone = ZoneInfo(self.resource_id.tz or "UTC")
        ends = (
            datetime.combine(leave.request_date_from, time(0)),
            datetime.combine(leave.request_date_to + timedelta(days=1), time(0)),
        )
        return tuple(
            end.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)
            for end in ends
        )

    def _medical_reach(self):
        """What these leaves touch: [(user, calendar, company, from, to)]."""
        return [
            (
                leave.resource_id.user_id if leave.resource_id else None,
                leave.calendar_id,
                leave.company_id,
                *leave._medical_span(),
            )
            # sudo: whoever enters time off need not know who walks rounds
            for leave in self.sudo()
        ]

    @api.model
    def _medical_move_rounds(self, reach):
        """Reassign the planned rounds in reach, replan the sites that close or open."""
        # sudo: whoever enters time off need not know who walks rounds
        schedules = self.env["medical.core.schedule"].sudo()
        people = [one for one in reach if one[0]]
        if people:
            users = self.env["res.users"].union(*(one[0] for one in people))
            # sudo: as above
            self.env["medical.core.round"].sudo()._reassign(
                users, min(one[3] for one in people), max(one[4] for one in people)
            )
        closures = [one for one in reach if one[0] is None]
        if closures:
            calendars = [one[1].id for one in closures if one[1]]
            companies = [one[2].id for one in closures if not one[1]]
            schedules.search([("skip_closed", "!=", "keep")]).filtered(
                lambda schedule: (
                    schedule._calendar().id in calendars
                    or schedule.company_id.id in companies
                )
            )._replan()
