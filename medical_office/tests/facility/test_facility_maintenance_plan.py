"""Preventive work: due by date, by completion, by counter; missed ones stay on record."""

from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .request_case import RequestCase


@tagged("post_install", "-at_install")
class TestFacilityPlan(RequestCase):
    def plan(self, **values):
        return (
            self.env["medical.facility.maintenance.plan"]
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

    def test_by_date_it_keeps_the_months_end(self):
        with freeze_time("2027-01-20 18:00:00"):
            plan = self.plan(basis="date", every=1, date_next="2027-01-31")
        days = []
        for now in ("2027-01-31 18:00:00", "2027-02-28 18:00:00"):
            with freeze_time(now):
                plan.sudo().schedule_id._generate()
                self.sign(self.occurrence(plan))
            days.append(str(plan.date_next))
        self.assertEqual(days, ["2027-02-28", "2027-03-31"])
        with freeze_time("2027-03-01 18:00:00"):
            plan.with_user(self.users["manager"]).date_next = "2027-03-15"
        with freeze_time("2027-03-15 18:00:00"):
            plan.sudo().schedule_id._generate()
            self.sign(self.occurrence(plan))
        self.assertEqual(str(plan.date_next), "2027-04-15")

    def archived_behind_its_plans_back(self, plan):
        """An asset as older databases have it: archived, its plan still active."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE maintenance_equipment SET active = false WHERE id = %s",
            [plan.equipment_id.id],
        )
        self.env.invalidate_all()

    def test_one_plan_that_cannot_go_on_stops_no_other_round(self):
        good = self.plan(equipment_id=self.chair.id)
        bad = self.plan()
        rounds = self.occurrence(good) | self.occurrence(bad)
        other = self.round
        other._pen().date_late = "2026-12-15 12:00:00"
        self.archived_behind_its_plans_back(bad)
        with (
            freeze_time("2026-12-16 18:00:00"),
            patch.object(
                type(self.env["ir.cron"]), "_commit_progress", return_value=60
            ),
            mute_logger(
                "odoo.addons.medical_office.models.facility.maintenance.plan.plan"
            ),
        ):
            self.env["medical.core.round"]._cron_upkeep()
        self.env.invalidate_all()
        self.assertEqual(set((rounds | other).mapped("state")), {"missed"})
        self.assertEqual(good.date_next, date(2026, 12, 17))
        self.assertFalse(good.problem)
        self.assertEqual(bad.date_next, date(2026, 12, 1))
        self.assertIn("has no rooms or equipment", bad.problem)
        register = self.env["medical.core.exception"]
        found = register.search(
            [("check_id.code", "=", "facility_maintenance_plan_stopped")]
        )
        self.assertEqual(found.res_id, bad.id)
        self.assertIn("has no rooms or equipment", found.summary)
        # the cause is mended: the next day it goes on by itself
        bad.equipment_id.active = True
        with freeze_time("2026-12-17 18:00:00"):
            self.env["medical.facility.maintenance.plan"]._cron_plan()
        self.assertEqual((bad.problem, bad.date_next), (False, date(2026, 12, 18)))
        self.assertEqual(found.state, "closed")

    def test_a_plan_that_cannot_go_on_stops_no_signature(self):
        plan = self.plan()
        one = self.occurrence(plan)
        with freeze_time("2026-12-01 18:00:00"):
            one.with_user(self.users["staff"]).action_start()
            required = one.line_ids.filtered("required")
            required.with_user(self.users["staff"]).write({"result": "pass"})
            self.archived_behind_its_plans_back(plan)
            with mute_logger(
                "odoo.addons.medical_office.models.facility.maintenance.plan.plan"
            ):
                one.with_user(self.users["staff"]).action_sign()
        self.assertEqual(one.state, "done")
        self.assertTrue(plan.problem)

    def test_an_asset_that_others_lean_on_is_not_archived(self):
        plan = self.plan()
        request = self.report("staff", equipment_id=self.autoclave.id)
        asset = self.autoclave.with_user(self.users["manager"])
        with self.assertRaisesRegex(UserError, "Broken.*it has maintenance plans"):
            asset.action_archive()
        plan.active = False
        with self.assertRaisesRegex(UserError, "it has open work"):
            asset.active = False
        request.with_user(self.users["manager"]).action_medical_close()
        asset.action_archive()
        self.assertFalse(self.autoclave.active)

    def test_what_a_plan_an_asset_or_a_duty_leans_on_is_not_archived(self):
        plan = self.plan()
        kind = self.autoclave.medical_kind_id
        licensed = self.env["medical.core.credential.type"].create(
            {"name": "Sterilizer", "code": "sterilizer"}
        )
        kind.credential_type_id = licensed
        vendor = self.env["res.partner"].create({"name": "Sterile Inc."})
        team = self.env["maintenance.team"].create({"name": "Sterile Processing"})
        duty = self.env["medical.facility.duty"].create(
            {
                "kind_id": kind.id,
                "partner_id": vendor.id,
                "team_id": team.id,
                "company_id": self.company.id,
            }
        )
        for record, reason in (
            (plan.schedule_id, "a maintenance plan runs on it"),
            (kind, "assets of this type: "),
            (licensed, "types of assets that ask for it: "),
            (vendor, "repairs that go there: "),
            (team, "duties of the team: "),
        ):
            with self.subTest(reason), self.assertRaisesRegex(UserError, reason):
                record.active = False
        duty.active = plan.active = False
        self.assertFalse(plan.schedule_id.active)
        kind.credential_type_id = False
        licensed.active = vendor.active = team.active = False

    def test_a_room_with_an_open_repair_is_not_archived(self):
        request = self.report("staff", medical_room_id=self.exam_2.id)
        self.schedule.room_ids = self.exam_1
        with self.assertRaisesRegex(UserError, "open repairs in it: 1"):
            self.exam_2.with_user(self.users["manager"]).active = False
        request.with_user(self.users["manager"]).action_medical_close()
        self.exam_2.with_user(self.users["manager"]).active = False
        self.assertFalse(self.exam_2.active)

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
        with self.assertRaisesRegex(ValidationError, "only goes up"):
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
        with self.assertRaisesRegex(ValidationError, "enter the first due date"):
            self.plan(date_next=False)
        with self.assertRaisesRegex(ValidationError, "how many counter units"):
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
        for model in ("medical.facility.maintenance.plan", "medical.facility.usage"):
            found = self.as_outsider(model).search(
                [("equipment_id", "=", self.autoclave.id)]
            )
            self.assertFalse(found)
