"""Days of what has happened: nobody enters one that is still to come."""

from datetime import timedelta

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
