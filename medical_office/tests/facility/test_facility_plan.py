"""Preventive work: due by date, by completion, by counter; missed ones stay on record."""

from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .request_case import RequestCase


@tagged("post_install", "-at_install")
class TestFacilityPlan(RequestCase):
    def plan(self, **values):
        return (
            self.env["medical.facility.plan"]
            .with_user(self.users["manager"])
            .create(
                {
                    "equipment_id": self.autoclave.id,
                    "company_id": self.company.id,
                    "owner_id": self.users["staff"].id,
                    "basis": "completion",
                    "every": 3,
                    "unit": "month",
                    "date_next": "2026-12-01",
                    "window_days": 14,
                    **values,
                }
            )
        )

    def reading(self, value, day, role="staff"):
        return (
            self.env["medical.facility.usage"]
            .with_user(self.users[role])
            .create({"equipment_id": self.autoclave.id, "value": value, "date": day})
        )

    def occurrence(self, plan):
        return plan.sudo().schedule_id.round_ids.sorted("date_due")[-1:]

    def sign(self, one):
        one = one.with_user(self.users["staff"])
        one.action_start()
        one.line_ids.filtered("required").write({"result": "pass"})
        one.action_sign()

    def test_a_plan_makes_its_round(self):
        plan = self.plan()
        one = self.occurrence(plan)
        self.assertEqual(str(one.date_due), "2026-12-01 15:00:00")  # 9:00 in Chicago
        self.assertEqual(one.user_id, self.users["staff"])

    def test_by_completion_it_counts_from_the_day_of_the_work(self):
        plan = self.plan()
        with freeze_time("2026-12-09 18:00:00"):
            self.sign(self.occurrence(plan))
        self.assertEqual(plan.date_next, date(2027, 3, 9))

    def test_by_date_the_rhythm_stays(self):
        plan = self.plan(basis="date")
        with freeze_time("2026-12-09 18:00:00"):
            self.sign(self.occurrence(plan))
        self.assertEqual(plan.date_next, date(2027, 3, 1))

    def test_a_missed_one_stays_on_record_and_is_due_anew(self):
        plan = self.plan()
        first = self.occurrence(plan)
        with freeze_time("2026-12-16 18:00:00"):
            self.env["medical.core.round"]._miss(first)
            self.assertEqual(plan.date_next, date(2026, 12, 17))
            self.assertEqual(plan.missed_count, 1)
            self.assertEqual(first.state, "missed")
            second = self.occurrence(plan)
            self.assertNotEqual(first, second)
        with freeze_time("2026-12-18 18:00:00"):
            self.sign(second)
        self.assertEqual(plan.date_next, date(2027, 3, 18))
        self.assertEqual((plan.round_count, plan.missed_count), (2, 1))

    def test_the_counter_makes_it_due(self):
        plan = self.plan(basis="counter", counter_every=500, date_next=False)
        self.assertFalse(plan.schedule_id)
        self.reading(100, "2026-11-01")
        self.assertFalse(plan.date_next)
        self.reading(510, "2026-11-24")
        self.assertEqual(plan.date_next, date(2026, 11, 24))
        one = self.occurrence(plan)
        self.assertEqual(str(one.date_due), "2026-11-24 15:00:00")
        self.sign(one)
        self.assertEqual(plan.counter_done, 510)
        self.assertFalse(plan.date_next)
        with freeze_time("2026-11-30 18:00:00"):
            self.reading(1010, "2026-11-30")
        self.assertEqual(plan.date_next, date(2026, 11, 30))

    def test_the_counter_is_foreseen_by_the_use_so_far(self):
        plan = self.plan(basis="counter", counter_every=500, date_next=False)
        self.reading(0, "2026-11-14")
        self.reading(400, "2026-11-24")  # 40 a day: 100 left in 2.5 days
        self.assertEqual(plan.date_next, date(2026, 11, 27))

    def test_a_counter_does_not_run_backwards(self):
        self.reading(100, "2026-11-01")
        with self.assertRaisesRegex(ValidationError, "only counts up"):
            self.reading(90, "2026-11-02")

    def test_what_fails_on_it_opens_a_repair(self):
        plan = self.plan(date_next="2026-11-24")
        one = self.occurrence(plan).with_user(self.users["staff"])
        one.action_start()
        one.line_ids[0].write({"result": "fail", "note": "Valve stuck"})
        request = one.sudo().line_ids[0].medical_request_id
        self.assertEqual(request.equipment_id, self.autoclave)
        # its retest is no occurrence of the plan
        self.repair(request)
        before = plan.date_next
        retest = request.medical_retest_round_ids
        with freeze_time("2026-11-24 19:00:00"):
            self.sign(retest)
        self.assertEqual(plan.date_next, before)
        self.assertEqual(plan.round_count, 1)

    def test_with_a_request_that_closes_after_the_round(self):
        plan = self.plan(makes_request=True, date_next="2026-11-24")
        one = self.occurrence(plan)
        request = self.env["maintenance.request"].search(
            [("medical_round_id", "=", one.id)]
        )
        self.assertEqual(request.maintenance_type, "preventive")
        self.assertEqual(request.medical_source, "plan")
        manager = request.with_user(self.users["manager"])
        with self.assertRaisesRegex(UserError, "when its round"):
            manager.action_medical_close()
        self.sign(one)
        manager.action_medical_close()
        self.assertTrue(request.done)

    def test_a_plan_says_when(self):
        with self.assertRaisesRegex(ValidationError, "set the day"):
            self.plan(date_next=False)
        with self.assertRaisesRegex(ValidationError, "how many units"):
            self.plan(basis="counter", date_next=False)

    def test_another_day_moves_the_round_and_leaves_one(self):
        plan = self.plan()
        plan.date_next = "2026-12-05"
        rounds = plan.sudo().schedule_id.round_ids
        self.assertEqual(rounds.mapped("date_due")[0].day, 5)
        self.assertEqual(len(rounds), 1)

    def test_archived_it_plans_nothing(self):
        plan = self.plan()
        plan.active = False
        self.assertFalse(plan.sudo().schedule_id.round_ids)

    def test_staff_reads_plans_and_enters_readings_only(self):
        plan = self.plan()
        with self.assertRaises(AccessError):
            plan.with_user(self.users["staff"]).date_next = "2027-01-01"
        reading = self.reading(5, "2026-11-24")
        with self.assertRaises(AccessError):
            reading.value = 4

    def test_another_companys_manager_sees_neither(self):
        self.plan()
        self.reading(5, "2026-11-24")
        for model in ("medical.facility.plan", "medical.facility.usage"):
            found = self.as_outsider(model).search(
                [("equipment_id", "=", self.autoclave.id)]
            )
            self.assertFalse(found)
