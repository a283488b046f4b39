"""Schedules: when their rounds are due, who they fall to, what a change does."""

from datetime import date, datetime, timedelta
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged, warmup

from .round_case import NOW, RoundCase


@tagged("post_install", "-at_install")
class TestSchedule(RoundCase):
    def due(self, schedule=None):
        rounds = (schedule or self.schedule).round_ids.sorted("date_due")
        return [str(one.date_due) for one in rounds]

    # ---------------------------------------------------------------- bad input

    def test_without_target_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "add at least one"):
            self.new_schedule(room_ids=False)
        with self.assertRaisesRegex(ValidationError, "add at least one"):
            self.schedule.room_ids = False

    def test_checklist_without_items_is_refused(self):
        empty = self.env["medical.core.checklist"].create({"name": "Nothing yet"})
        with self.assertRaisesRegex(ValidationError, "Nothing yet.*no items"):
            self.new_schedule(checklist_id=empty.id)

    def test_time_that_is_none_is_named(self):
        with self.assertRaisesRegex(ValidationError, "“noonish” is not a time of day"):
            self.schedule.times = "08:00, noonish"

    def test_calendar_that_names_no_day_is_refused(self):
        for values, message in (
            ({"every": 0}, "must be 1 or more"),
            ({"frequency": "monthly", "month_day": 32}, "between 1 and 31"),
            ({"date_end": "2026-10-31"}, "is before"),
            (
                {
                    "frequency": "weekly",
                    **dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), False),
                },
                "at least one day",
            ),
        ):
            with self.subTest(values), self.assertRaisesRegex(ValidationError, message):
                self.new_schedule(**values)

    def test_owner_is_not_their_own_backup(self):
        with self.assertRaisesRegex(ValidationError, "both owner and backup"):
            self.schedule.backup_id = self.owner

    # ----------------------------------------------------------------- planning

    def test_twice_each_open_day_on_the_clock_of_the_site(self):
        """Chicago is six hours behind UTC in November; the week-end is closed."""
        self.schedule.horizon_days = 4
        self.schedule._generate()
        self.assertEqual(
            self.due(),
            [
                # this morning's 8:00 is past its window: it does not begin missed
                "2026-11-24 20:00:00",
                "2026-11-25 14:00:00",
                "2026-11-25 20:00:00",
                "2026-11-26 14:00:00",
                "2026-11-26 20:00:00",
                "2026-11-27 14:00:00",
                "2026-11-27 20:00:00",
            ],
        )

    def test_a_round_carries_its_window_and_its_people(self):
        one = self.new_round()
        self.assertRecordValues(
            one,
            [
                {
                    "checklist_id": self.checklist.id,
                    "company_id": self.company.id,
                    "site_id": self.site.id,
                    "department_id": self.nursing.id,
                    "user_id": self.owner.id,
                    "date_due": datetime(2026, 11, 24, 20),
                    "date_open": datetime(2026, 11, 24, 8),
                    "date_late": datetime(2026, 11, 25, 0),
                    "state": "planned",
                    "line_count": 0,
                }
            ],
        )

    def test_planning_again_changes_nothing(self):
        self.schedule._generate()
        before = self.schedule.round_ids
        self.assertFalse(self.schedule._generate())
        self.assertFalse(
            self.schedule._generate(date_from=self.today() + timedelta(days=1))
        )
        self.assertEqual(self.schedule.round_ids, before)

    def test_planning_goes_on_where_it_stopped(self):
        """A server that was down for two days plans those days as well."""
        self.schedule.horizon_days = 1
        self.schedule._generate()
        with freeze_time("2026-12-01 18:30:00"):
            self.schedule._generate()
        self.assertIn("2026-11-30 14:00:00", self.due())
        self.assertIn("2026-12-02 20:00:00", self.due())

    def test_holiday_of_the_calendar(self):
        self.holiday("2026-11-26")
        self.schedule.horizon_days = 4
        self.schedule._generate()
        self.assertNotIn("2026-11-26 14:00:00", self.due())
        self.assertIn("2026-11-27 14:00:00", self.due())

    def test_holiday_entered_later_takes_planned_rounds_away(self):
        self.schedule._generate()
        self.assertIn("2026-11-26 14:00:00", self.due())
        holiday = self.holiday("2026-11-26")
        self.assertNotIn("2026-11-26 14:00:00", self.due())
        holiday.unlink()
        self.assertIn("2026-11-26 14:00:00", self.due())

    def test_holiday_moves_a_monthly_round(self):
        monthly = self.new_schedule(
            frequency="monthly", month_day=26, times="08:00", skip_closed="next"
        )
        monthly._generate()
        self.assertEqual(self.due(monthly), ["2026-11-26 14:00:00"])
        self.holiday("2026-11-26", "2026-11-27")
        self.assertEqual(self.due(monthly), ["2026-11-30 14:00:00"])

    def holiday(self, first, last=None):
        """A public holiday; Chicago's midnight is 6:00 in UTC."""
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "Thanksgiving",
                "calendar_id": self.company.resource_calendar_id.id,
                "date_from": f"{first} 06:00:00",
                "date_to": datetime.fromisoformat(last or first)
                + timedelta(days=1, hours=5, minutes=59, seconds=59),
            }
        )

    def test_cron_plans_every_schedule_and_reports_progress(self):
        more = [self.new_schedule(name=f"Schedule {n}") for n in range(3)]
        progress = []

        def commit(cron, processed=0, *, remaining=None, deactivate=False):
            progress.append((processed, remaining))
            return 60

        path = "odoo.addons.medical_office.models.core.schedule.generate.BATCH"
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", commit), patch(path, 2):
            self.env["medical.core.schedule"]._cron_generate()
            self.assertEqual(progress[0][0], 0)
            self.assertGreaterEqual(progress[0][1], 4)
            self.assertEqual(progress[-1][1], 0)
            planned = len(self.schedule.round_ids)
            self.assertGreater(planned, 10)
            self.assertEqual({len(one.round_ids) for one in more}, {planned})
            progress.clear()
            self.env["medical.core.schedule"]._cron_generate()
        self.assertEqual(progress, [(0, 0)])

    def test_cron_stops_when_its_time_is_over_and_goes_on_later(self):
        second = self.new_schedule(name="Second")
        cron = type(self.env["ir.cron"])
        path = "odoo.addons.medical_office.models.core.schedule.generate.BATCH"
        with patch.object(cron, "_commit_progress", return_value=0), patch(path, 1):
            waiting = self.env["medical.core.schedule"].search([])
            self.env["medical.core.schedule"]._cron_generate()
            self.assertEqual(len(waiting.filtered("generated_until")), 1)
            for _run in waiting:
                self.env["medical.core.schedule"]._cron_generate()
        self.assertTrue(self.schedule.round_ids and second.round_ids)

    @warmup
    def test_queries_do_not_grow_with_the_number_of_schedules(self):
        def plan(schedules):
            schedules.flush_recordset()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            schedules._generate()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        one = self.new_schedule(name="One")
        many = self.env["medical.core.schedule"].browse()
        for number in range(20):
            many |= self.new_schedule(name=f"Schedule {number}")
        plan(self.new_schedule(name="Warm"))
        single = plan(one)
        queries = plan(many)
        planned = len(many.round_ids)
        self.assertEqual(planned, 20 * len(one.round_ids))
        # the host inserts 100 rows at a time
        self.assertEqual(queries, single + (planned - 1) // 100)

    # ------------------------------------------------------------------ changes

    def test_new_times_move_the_coming_rounds(self):
        today = self.new_round()
        self.schedule.times = "09:00"
        self.assertFalse(today.exists())
        self.assertEqual(self.due()[0], "2026-11-25 15:00:00")
        self.assertFalse([due for due in self.due() if not due.endswith("15:00:00")])

    def test_a_started_round_stays_when_the_calendar_changes(self):
        today = self.new_round()
        today.with_user(self.owner).action_start()
        self.schedule.times = "09:00"
        self.assertEqual(today.state, "in_progress")

    def test_new_owner_and_window_reach_planned_rounds(self):
        one = self.new_round()
        self.schedule.write({"owner_id": self.users["hr"].id, "window_hours": 1})
        self.assertEqual(one.user_id, self.users["hr"])
        self.assertEqual(one.date_late, datetime(2026, 11, 24, 21))

    def test_new_room_reaches_rounds_that_are_not_started(self):
        one = self.new_round()
        one._ensure_lines()
        self.assertEqual(one.line_count, 8)
        self.schedule.room_ids += self.rooms[0]
        self.assertEqual(one.line_count, 0)
        one._ensure_lines()
        self.assertEqual(one.line_count, 12)

    def test_archived_it_plans_nothing_and_keeps_the_record(self):
        missed = self.missed_round()
        self.schedule._generate()
        self.schedule.active = False
        self.assertEqual(self.schedule.round_ids.filtered("missed_at"), missed)
        self.assertFalse(
            self.schedule.round_ids.filtered(lambda r: str(r.date_due) > NOW)
        )
        self.schedule.active = True
        self.assertIn("2026-11-25 14:00:00", self.due())

    def test_deleted_only_while_nothing_happened(self):
        planned = self.new_schedule(name="A mistake")
        planned._generate()
        rounds = planned.round_ids
        planned.unlink()
        self.assertFalse(rounds.exists())
        self.missed_round()
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            self.schedule.unlink()

    def test_company_of_a_schedule_with_rounds_stays(self):
        self.schedule._generate()
        with self.assertRaisesRegex(UserError, "Create a new schedule"):
            self.schedule.company_id = self.other_company

    # ----------------------------------------------------------------- time off

    def test_approved_time_off_moves_planned_rounds_to_the_backup(self):
        self.schedule._generate()
        leave = self.time_off(self.owner, "2026-11-25")
        self.assertEqual(self.people("2026-11-25"), [self.backup, self.backup])
        self.assertEqual(self.people("2026-11-27"), [self.owner, self.owner])
        handed = self.schedule.round_ids.filtered("is_handed_over")
        self.assertEqual({one.date_due.date() for one in handed}, {date(2026, 11, 25)})
        leave.action_refuse()
        self.assertEqual(self.people("2026-11-25"), [self.owner, self.owner])
        self.assertFalse(self.schedule.round_ids.filtered("is_handed_over"))

    def test_time_off_approved_before_the_rounds_are_planned(self):
        self.time_off(self.owner, "2026-11-25")
        self.schedule._generate()
        self.assertEqual(self.people("2026-11-25"), [self.backup, self.backup])

    def test_a_day_off_covers_a_round_before_working_hours(self):
        """The host lets a day off begin with the working hours, at 8:00."""
        early = self.new_schedule(times="06:30")
        self.time_off(self.owner, "2026-11-25")
        early._generate()
        self.assertEqual(self.people("2026-11-25", early), [self.backup])

    def test_hours_off_move_only_what_is_due_in_them(self):
        self.time_off(
            self.owner,
            "2026-11-25",
            kind={"request_unit": "hour"},
            request_unit_hours=True,
            request_hour_from=13,
            request_hour_to=16,
        )
        self.schedule._generate()
        self.assertEqual(self.people("2026-11-25"), [self.owner, self.backup])

    def test_both_away_is_marked(self):
        self.schedule._generate()
        self.time_off(self.owner, "2026-11-25")
        self.time_off(self.backup, "2026-11-25")
        rounds = self.on("2026-11-25")
        self.assertEqual(rounds.user_id, self.owner)
        self.assertTrue(all(rounds.mapped("is_uncovered")))
        self.assertFalse(any(rounds.mapped("is_handed_over")))

    def test_time_off_leaves_started_and_hand_picked_rounds_alone(self):
        self.schedule._generate()
        morning, afternoon = self.on("2026-11-25")
        morning.with_user(self.users["head"]).user_id = self.users["hr"]
        self.time_off(self.owner, "2026-11-25")
        self.assertEqual(morning.user_id, self.users["hr"])
        self.assertEqual(afternoon.user_id, self.backup)

    def test_somebody_who_has_left_walks_no_rounds(self):
        self.owner.active = False
        self.schedule._generate()
        self.assertEqual(self.schedule.round_ids.user_id, self.backup)

    def test_planned_rounds_of_somebody_who_leaves_fall_to_the_backup(self):
        self.schedule._generate()
        rounds = self.schedule.round_ids.filtered(lambda r: str(r.date_due) > NOW)
        self.assertEqual(rounds.user_id, self.owner)
        self.owner.active = False
        self.assertEqual(rounds.user_id, self.backup)
        self.assertTrue(all(rounds.mapped("is_handed_over")))
        self.owner.active = True
        self.assertEqual(rounds.user_id, self.owner)

    def test_who_has_no_backup_hands_over_before_leaving(self):
        for gone in (False, 0):
            with self.assertRaisesRegex(
                UserError, "is still in use: schedules without a backup: Exam"
            ):
                self.schedule.backup_id = False
                self.owner.active = gone
        with self.assertRaisesRegex(AccessError, "not allowed"):  # nor told what
            self.owner.with_user(self.users["staff"]).active = False
        self.schedule.backup_id = self.backup
        started = self.new_round()
        started.with_user(self.owner).action_start()
        with self.assertRaisesRegex(UserError, "rounds in progress: .*Exam rooms"):
            self.owner.write({"active": False})
        started.with_user(self.users["head"]).user_id = self.backup
        self.owner.active = False

    def test_who_is_away_on_a_day(self):
        self.time_off(self.owner, "2026-11-25")
        absent = self.schedule._medical_absent_users
        both = self.owner | self.backup
        self.assertEqual(absent(both, date(2026, 11, 25)), self.owner)
        self.assertFalse(absent(both, date(2026, 11, 26)))

    def on(self, day, schedule=None):
        rounds = (schedule or self.schedule).round_ids
        return rounds.filtered(lambda r: str(r.date_due.date()) == day).sorted(
            "date_due"
        )

    def people(self, day, schedule=None):
        return [one.user_id for one in self.on(day, schedule)]

    # -------------------------------------------------------------------- words

    def test_rule_in_words(self):
        for values, words in (
            ({"times": "07:30, 16:00"}, "Every open day at 7:30 AM, 4:00 PM"),
            ({"every": 3}, "Every 3 days at"),
            ({"skip_closed": "keep"}, "Every day at"),
            (
                {"frequency": "weekly", "tue": False, "thu": False, "fri": False},
                "Weekly on Monday, Wednesday at",
            ),
            ({"frequency": "monthly", "month_day": 15}, "Monthly on day 15 at"),
            (
                {"frequency": "quarterly", "month_by": "weekday", "month_weekday": "4"},
                "Every 3 months on the first Friday at",
            ),
            (
                {"frequency": "yearly", "month_by": "last"},
                "Yearly in November on the last day at",
            ),
        ):
            with self.subTest(values):
                text = self.new_schedule(**{"times": "08:00", **values}).rule_text
                self.assertIn(words, text.replace("\u202f", " "))

    def test_preview_shows_the_next_ten_while_typing(self):
        with Form(self.env["medical.core.schedule"]) as form:
            form.checklist_id = self.checklist
            form.room_ids.add(self.exam_1)
            form.owner_id = self.owner
            form.frequency = "yearly"
            form.times = "9:00 am"
            lines = form.preview.splitlines()
            self.assertEqual(len(lines), 10)
            self.assertTrue(lines[0].startswith("Monday, November 1, 2027"), lines[0])
            form.times = "soon"
            self.assertIn("“soon” is not a time of day", form.preview)
            form.times = "9:00"

    # ------------------------------------------------------------------- access

    def test_heads_keep_the_schedules_of_their_department(self):
        own = self.schedule.with_user(self.users["head"])
        own.window_hours = 3
        other = self.new_schedule(department_id=self.front_desk.id)
        with self.assertRaises(AccessError):
            other.with_user(self.users["head"]).window_hours = 3

    def test_staff_and_auditor_read_schedules_only(self):
        for role in ("staff", "auditor"):
            with self.subTest(role):
                schedule = self.schedule.with_user(self.users[role])
                self.assertEqual(schedule.name, "Exam rooms")
                with self.assertRaises(AccessError):
                    schedule.name = "Mine"
                with self.assertRaises(AccessError):
                    schedule.action_generate()

    def test_the_director_plans_rounds_and_keeps_no_schedule(self):
        schedule = self.schedule.with_user(self.users["director"])
        with self.assertRaises(AccessError):
            schedule.window_hours = 3
        self.assertFalse(schedule.round_ids)
        schedule.action_generate()
        self.assertTrue(schedule.round_ids)

    def test_other_company_does_not_see_them(self):
        found = self.as_outsider("medical.core.schedule")
        self.assertFalse(found.search([("id", "=", self.schedule.id)]))

    def test_several_targets_in_walking_order(self):
        self.exam_1.medical_sequence, self.exam_2.medical_sequence = 20, 10
        fridge = self.env["maintenance.equipment"].create(
            {"name": "Fridge", "location_id": self.exam_2.id}
        )
        self.schedule.equipment_ids = [Command.link(fridge.id)]
        one = self.new_round()
        one._ensure_lines()
        self.assertEqual(
            list(dict.fromkeys(one.line_ids.sorted("id").mapped("target_name"))),
            ["Exam 2", "Exam 2 – Fridge", "Exam 1"],
        )

    def test_a_paused_target_is_not_asked_for(self):
        model = type(self.env["medical.core.schedule"])
        paused = patch.object(
            model,
            "_medical_is_paused",
            lambda _self, targets: targets.filtered(lambda t: t.name == "Exam 2"),
        )
        one = self.new_round()
        with paused:
            one._ensure_lines()
        away = one.line_ids.filtered(lambda line: line.room_id == self.exam_2)
        self.assertEqual(set(away.mapped("result")), {"na"})
        self.assertEqual(one.open_count, 4)
