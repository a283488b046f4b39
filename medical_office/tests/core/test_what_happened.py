"""Days of what has happened: nobody enters one that is still to come."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .round_case import RoundCase

# ends as such a day is called, and may lie ahead
AHEAD = {
    ("medical.compliance.training.session", "held_on"): "planned, then confirmed",
    ("medical.payer.distribution", "record_on"): "announced",
    ("medical.payer.notice", "effective_on"): "takes effect later",
    ("medical.supply.kit.line", "expires_on"): "an expiry",
    ("medical.supply.rescue", "expires_on"): "an expiry",
}
# refused by a rule with more to say; of a phone whose clock is wrong; shipped with its day
ELSEWHERE = {
    ("medical.compliance.breach.notice", "done_on"),
    ("medical.compliance.incident", "happened_on"),
    ("medical.core.checklist", "checked_on"),
    ("medical.core.look", "looked_at"),
    ("medical.people.i9", "section_1_on"),
    ("medical.supply.count.line", "counted_at"),
    ("medical.supply.excursion", "started_at"),
}


@tagged("post_install", "-at_install")
class TestWhatHappened(RoundCase):
    def guarded(self):
        """(model, name of the field) of the days that people enter."""
        for name in self.env.registry:
            model = self.env[name]
            if not hasattr(model, "_past_fields") or model._abstract:
                continue
            for field in model._fields.values():
                if (
                    field.type in ("date", "datetime")
                    and field.store
                    and not (field.compute or field.related or field.readonly)
                    and (name.startswith("medical.") or field.name[:8] == "medical_")
                ):
                    yield model, field.name

    def test_every_day_called_so_is_declared(self):
        missing = {
            (model._name, name)
            for model, name in self.guarded()
            if name.endswith(("_on", "_at")) and name not in model._past_fields
        }
        self.assertEqual(missing - AHEAD.keys() - ELSEWHERE, set())

    def test_a_day_to_come_is_refused_and_today_is_not(self):
        days = 0
        for model, name in self.guarded():
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
