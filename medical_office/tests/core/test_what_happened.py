"""Days of what has happened: nobody enters one that is still to come."""

from datetime import date, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..past_days import AHEAD, ELSEWHERE, entered_days
from .round_case import RoundCase


@tagged("post_install", "-at_install")
class TestWhatHappened(RoundCase):
    def test_every_day_called_so_is_declared(self):
        missing = {
            (model._name, name)
            for model, name in entered_days(self.env)
            if name.endswith(("_on", "_at")) and name not in model._past_fields
        }
        self.assertEqual(missing - AHEAD.keys() - ELSEWHERE, set())

    def test_a_day_to_come_is_refused_and_today_is_not(self):
        days = 0
        for model, name in entered_days(self.env):
            if name not in model._past_fields:
                continue
            days += 1
            asked = model.with_user(self.users["manager"])
            if model._fields[name].type == "datetime":
                now = fields.Datetime.now()
                later = now + timedelta(hours=1)
            else:
                now = fields.Date.context_today(asked)
                later = max(now, fields.Date.today()) + timedelta(days=1)
            with self.subTest(f"{model._name}.{name}"):
                asked._check_values([{name: now}])
                asked._check_values([{name: fields.Date.to_string(now)}])
                for value in (later, str(later)):
                    with self.assertRaisesRegex(UserError, "still to come"):
                        asked._check_values([{name: value}])
        self.assertGreater(days, 20)

    def test_today_is_the_readers_day_in_the_evening(self):
        """UTC has begun December; a practice west of it and its people have not."""
        self.company.resource_calendar_id.tz = "America/Chicago"
        model, name = next(
            (model, name)
            for model, name in entered_days(self.env)
            if name in model._past_fields and model._fields[name].type == "date"
        )
        for zone, latest in (
            ("America/Chicago", date(2026, 11, 30)),
            ("Pacific/Honolulu", date(2026, 11, 30)),
            ("America/New_York", date(2026, 11, 30)),
            ("Europe/Paris", date(2026, 12, 1)),
            (False, date(2026, 12, 1)),  # a program's user: UTC's day
        ):
            user = self.users["manager"]
            user.tz = zone
            with self.subTest(zone=zone), freeze_time("2026-12-01 02:00:00"):
                asked = model.with_user(user).with_context(tz=zone)
                asked._check_values([{name: latest}])
                with self.assertRaisesRegex(UserError, "still to come"):
                    asked._check_values([{name: latest + timedelta(days=1)}])

    def test_who_is_behind_the_practice_enters_its_day(self):
        """Eleven in the evening in Honolulu is the next morning in Chicago."""
        self.company.resource_calendar_id.tz = "America/Chicago"
        model, name = next(
            (model, name)
            for model, name in entered_days(self.env)
            if name in model._past_fields and model._fields[name].type == "date"
        )
        with freeze_time("2026-12-01 09:00:00"):
            asked = model.with_user(self.users["manager"])
            asked = asked.with_context(tz="Pacific/Honolulu")
            asked._check_values([{name: date(2026, 12, 1)}])
            with self.assertRaisesRegex(UserError, "still to come"):
                asked._check_values([{name: date(2026, 12, 2)}])
