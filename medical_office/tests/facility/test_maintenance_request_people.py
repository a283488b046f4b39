"""The right people: proposed, refused with the names of who could, escalated."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .request_case import TODAY, RequestCase


@tagged("post_install", "-at_install")
class TestMaintenanceRequestPeople(RequestCase):
    def license(self, user, until="2027-01-01"):
        return self.env["medical.core.credential"].create(
            {
                "user_id": user.id,
                "type_id": self.credential_type("electrical").id,
                "company_id": self.company.id,
                "date_from": "2020-01-01",
                "date_to": until,
            }
        )

    def wiring(self, **values):
        return self.report("manager", medical_is_electrical=True, **values)

    def test_the_rule_proposes_team_and_technician(self):
        request = self.report("staff", equipment_id=self.chair.id)
        self.assertEqual(request.maintenance_team_id, self.team)
        self.assertEqual(request.user_id, self.technician)
        self.assertEqual(request.medical_backup_id, self.second)

    def test_the_more_special_rule_wins(self):
        special = self.duty.copy(
            {"kind_id": self.kind.id, "user_id": self.users["staff"].id}
        )
        request = self.report("staff", equipment_id=self.autoclave.id)
        self.assertEqual(request.medical_duty_id, special)
        self.assertEqual(request.user_id, self.users["staff"])

    def test_time_off_hands_it_to_the_backup(self):
        self.time_off(self.technician, TODAY)
        request = self.report("staff", equipment_id=self.chair.id)
        self.assertEqual(request.user_id, self.second)
        self.assertTrue(request.medical_is_backup)

    def test_an_absent_assignee_is_refused_with_who_could(self):
        self.time_off(self.technician, TODAY)
        request = self.report("manager", equipment_id=self.chair.id)
        with self.assertRaisesRegex(UserError, f"time off.*{self.second.login}"):
            request.user_id = self.technician

    def test_electrical_work_takes_a_license(self):
        request = self.wiring(medical_room_id=self.exam_1.id)
        self.assertFalse(request.user_id)
        self.license(self.second)
        with self.assertRaisesRegex(UserError, f"credential.*{self.second.login}"):
            request.user_id = self.technician
        request.user_id = self.second

    def test_a_license_that_has_ended_is_none(self):
        self.license(self.technician, until="2026-11-23")
        request = self.wiring(medical_room_id=self.exam_1.id)
        with self.assertRaisesRegex(UserError, "Nobody on record"):
            request.user_id = self.technician

    def test_a_vendor_needs_approval_and_insurance_in_force(self):
        request = self.wiring(medical_room_id=self.exam_1.id)
        with self.assertRaisesRegex(UserError, "not an approved vendor"):
            request.medical_vendor_id = self.vendor
        approval = self.approve_vendor(insurance_until="2026-11-23")
        with self.assertRaisesRegex(UserError, "certificate of insurance.*expired"):
            request.medical_vendor_id = self.vendor
        hvac = self.credential_type("hvac")
        approval.write(
            {
                "insurance_until": "2027-01-01",
                "credential_type_ids": [Command.set(hvac.ids)],
            }
        )
        with self.assertRaisesRegex(UserError, "not licensed"):
            request.medical_vendor_id = self.vendor
        approval.credential_type_ids |= self.credential_type("electrical")
        request.medical_vendor_id = self.vendor
        self.assertEqual(request.medical_vendor_id, self.vendor)

    def test_the_rules_vendor_is_proposed_where_nobody_may(self):
        self.approve_vendor()
        self.duty.partner_id = self.vendor
        request = self.wiring(medical_room_id=self.exam_1.id)
        self.assertFalse(request.user_id)
        self.assertEqual(request.medical_vendor_id, self.vendor)

    def test_unlicensed_hands_do_not_finish_electrical_work(self):
        request = self.wiring(medical_room_id=self.exam_1.id)
        with self.assertRaisesRegex(UserError, "credential"):
            request.with_user(self.users["manager"]).action_medical_repaired()

    def test_a_signature_takes_the_checklists_credential(self):
        self.asset_list.credential_type_id = self.credential_type("electrical")
        self.round.with_user(self.users["staff"]).action_start()
        self.round.line_ids.with_user(self.users["staff"]).result = "pass"
        with self.assertRaisesRegex(UserError, "“Electrical”"):
            self.round.with_user(self.users["staff"]).action_sign()
        self.license(self.users["staff"])
        self.round.with_user(self.users["staff"]).action_sign()
        self.assertEqual(self.round.state, "done")

    def test_waiting_too_long_goes_to_the_backup_then_to_the_manager(self):
        self.site.medical_manager_id = self.users["manager"]
        request = self.fail_line(self.chair)  # priority 2: 12 and 48 hours
        requests = self.env["maintenance.request"]
        with freeze_time("2026-11-25 06:00:00"):
            requests._cron_medical_escalate()
            self.assertEqual(request.medical_escalation, "0")
        with freeze_time("2026-11-25 07:00:00"):
            requests._cron_medical_escalate()
        self.assertEqual(request.medical_escalation, "1")
        self.assertEqual(request.user_id, self.second)
        with freeze_time("2026-11-26 18:31:00"):
            requests._cron_medical_escalate()
            requests._cron_medical_escalate()
        self.assertEqual(request.medical_escalation, "2")
        self.assertEqual(request.activity_ids.user_id, self.users["manager"])
        self.assertEqual(len(request.activity_ids), 1)

    def test_taken_in_hand_it_stays_with_its_technician(self):
        request = self.fail_line(self.chair)
        request.with_user(self.technician).action_medical_start()
        with freeze_time("2026-11-25 08:00:00"):
            self.env["maintenance.request"]._cron_medical_escalate()
        self.assertEqual(request.user_id, self.technician)
        self.assertEqual(request.medical_escalation, "0")

    def test_an_older_level_holds_for_what_came_in_under_it(self):
        request = self.fail_line(self.chair)
        level = self.env.ref("medical_office.facility_sla_normal")
        level.date_to = "2026-11-24"
        level.copy(
            {
                "date_from": "2026-11-25",
                "date_to": False,
                "hours": 4,
                "backup_hours": 1,
                "manager_hours": 2,
            }
        )
        request.priority = "2"
        self.assertEqual(str(request.medical_due), "2026-11-26 18:30:00")
        with freeze_time("2026-11-25 10:00:00"):
            later = self.report("manager", equipment_id=self.autoclave.id, priority="2")
        self.assertEqual(str(later.medical_due), "2026-11-25 14:00:00")

    def test_the_rules_team_beats_the_companys_first(self):
        self.env["maintenance.team"].create(
            {"name": "AAA", "company_id": self.company.id}
        )
        other = self.env["maintenance.team"].create(
            {"name": "Devices", "company_id": self.company.id}
        )
        self.duty.copy({"kind_id": self.kind.id, "team_id": other.id})
        request = self.report("staff", equipment_id=self.autoclave.id)
        self.assertEqual(request.maintenance_team_id, other)

    def test_a_failed_outlet_is_electrical_work(self):
        panel = self.env["medical.facility.panel"].create(
            {
                "name": "A",
                "company_id": self.company.id,
                "room_id": self.exam_1.id,
            }
        )
        breaker = self.env["medical.facility.breaker"].create(
            {"position": 12, "panel_id": panel.id}
        )
        circuit = self.env["medical.facility.circuit"].create(
            {"name": "12", "breaker_id": breaker.id}
        )
        outlet = self.env["medical.facility.outlet"].create(
            {"name": "E1-03", "circuit_id": circuit.id, "room_id": self.exam_1.id}
        )
        schedule = self.new_schedule(
            name="Outlets",
            checklist_id=self.asset_list.id,
            room_ids=False,
            outlet_ids=[(6, 0, outlet.ids)],
        )
        one = self.new_round(schedule)
        one._ensure_lines()
        one.line_ids.with_user(self.users["staff"]).result = "fail"
        request = one.line_ids.medical_request_id
        self.assertEqual(request.medical_outlet_id, outlet)
        self.assertEqual(request.medical_room_id, self.exam_1)
        self.assertTrue(request.medical_is_electrical)
        self.assertEqual(request.medical_credential_type_id.code, "electrical")
        self.assertFalse(request.user_id)
        self.assertIn("Nobody", request.medical_assignee_note)
