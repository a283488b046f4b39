"""From a failed line to a closed repair: opened, joined, repaired, retested, closed."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .request_case import RequestCase


@tagged("post_install", "-at_install")
class TestMaintenanceRequest(RequestCase):
    def test_a_failed_line_opens_its_request_at_once(self):
        request = self.fail_line(self.chair, note="Leg is loose")
        self.assertEqual(request.equipment_id, self.chair)
        self.assertEqual(request.medical_room_id, self.exam_1)
        self.assertEqual(request.medical_source, "round")
        self.assertEqual(request.priority, "2")  # a severity of "high"
        self.assertIn("Leg is loose", request.description)
        self.assertEqual(request.user_id, self.technician)
        self.assertEqual(str(request.medical_due), "2026-11-26 18:30:00")  # 48 hours
        self.assertFalse(self.chair.medical_is_out)

    def test_who_only_reads_a_request_is_offered_no_work_on_it(self):
        request = self.fail_line(self.chair)
        for role, may in (("manager", True), ("director", False), ("auditor", False)):
            seen = request.with_user(self.users[role])
            self.assertEqual(seen.medical_may_work, may, role)
        self.assertTrue(request.with_user(self.technician).medical_may_work)

    def test_a_second_failure_joins_the_open_request(self):
        request = self.fail_line(self.chair)
        with freeze_time("2026-11-25 18:30:00"):
            later = self.new_round(self.asset_schedule)
            later = self.env["medical.core.round"].search(
                [("schedule_id", "=", self.asset_schedule.id),
                 ("date_due", ">", "2026-11-25 18:00:00")], order="date_due", limit=1,
            )  # fmt: skip
            again = self.fail_line(self.chair, note="Now it fell off", one=later)
        self.assertEqual(again, request)
        self.assertEqual(len(request.medical_round_line_ids), 2)
        self.assertIn("Now it fell off", request.message_ids[0].body)

    def test_the_same_item_elsewhere_is_another_fault(self):
        self.assertNotEqual(self.fail_line(self.chair), self.fail_line(self.autoclave))

    def test_a_room_is_a_target_too(self):
        one = self.new_round()
        one._ensure_lines()
        line = self.lines_of(one, self.table)[0].with_user(self.users["staff"])
        line.write({"result": "fail", "note": "Torn"})
        request = line.sudo().medical_request_id
        self.assertEqual(request.medical_room_id, line.room_id)
        self.assertFalse(request.equipment_id)

    def test_a_checklist_for_which_somebody_else_follows_up_opens_none(self):
        self.asset_list.makes_request = False
        self.assertFalse(self.fail_line(self.chair))

    def test_a_critical_asset_is_tagged_out_with_its_request(self):
        request = self.fail_line(self.autoclave)
        self.assertTrue(self.autoclave.medical_is_out)
        tag = self.autoclave.medical_tagout_ids
        self.assertEqual(tag.request_id, request)
        with self.assertRaisesRegex(UserError, "close the request"):
            tag.with_user(self.users["manager"]).action_return("Looks fine")

    def test_repaired_is_not_closed_before_it_passed_again(self):
        request = self.fail_line(self.chair)
        self.repair(request)
        self.assertEqual(request.medical_step, "check")
        head = request.with_user(self.users["head"])
        with self.assertRaisesRegex(UserError, "must pass again"):
            head.action_medical_close()
        retest = request.medical_retest_round_ids
        self.assertEqual(retest.line_ids.mapped("equipment_id"), self.chair)
        with freeze_time("2026-11-24 19:30:00"):
            retest.line_ids.with_user(self.users["staff"]).result = "pass"
            retest.with_user(self.users["staff"]).action_sign()
            self.assertEqual(request.medical_retest_state, "passed")
            head.action_medical_close()
        self.assertTrue(request.done)
        self.assertEqual(str(request.medical_closed_at), "2026-11-24 19:30:00")

    def test_the_next_regular_round_settles_it_too(self):
        request = self.fail_line(self.chair)
        self.repair(request)
        with freeze_time("2026-11-25 20:30:00"):
            later = self.env["medical.core.round"].search(
                [("schedule_id", "=", self.asset_schedule.id),
                 ("date_due", ">", "2026-11-25 18:00:00")], order="date_due", limit=1,
            )  # fmt: skip
            self.line(self.chair, later).with_user(self.users["staff"]).result = "pass"
        self.assertEqual(request.medical_retest_state, "passed")

    def test_a_pass_before_the_repair_settles_nothing(self):
        request = self.fail_line(self.chair)
        with freeze_time("2026-11-24 18:40:00"):
            self.line(self.chair).with_user(self.users["staff"]).result = "pass"
        with freeze_time("2026-11-24 19:00:00"):
            self.repair(request)
        self.assertEqual(request.medical_retest_state, "waiting")

    def test_a_retest_that_fails_puts_it_back_to_work(self):
        request = self.fail_line(self.chair)
        self.repair(request)
        retest = request.medical_retest_round_ids
        with freeze_time("2026-11-24 19:30:00"):
            again = self.fail_line(self.chair, one=retest)
        self.assertEqual(again, request)
        self.assertEqual(request.medical_step, "work")
        self.assertFalse(request.medical_repaired_by_id)

    def test_who_repaired_does_not_close(self):
        request = self.report("head", equipment_id=self.chair.id)
        request.sudo().user_id = self.users["head"]
        request.action_medical_start()
        request.action_medical_repaired()
        with self.assertRaisesRegex(AccessError, "somebody else"):
            request.action_medical_close()
        request.with_user(self.users["manager"]).action_medical_close()
        self.assertTrue(request.done)

    def test_staff_does_not_close_cancel_or_delete_what_a_round_opened(self):
        request = self.fail_line(self.chair)
        self.repair(request)
        own = request.with_user(self.users["staff"])
        done = self.env["maintenance.stage"]._medical_stage("done")
        with self.assertRaises(AccessError):
            own.stage_id = done
        with self.assertRaises(AccessError):
            own.archive_equipment_request()
        with self.assertRaisesRegex(UserError, "Cancel it instead"):
            request.with_user(self.users["manager"]).unlink()

    def test_scrapping_needs_no_retest(self):
        request = self.fail_line(self.chair)
        scrap = self.env["maintenance.stage"]._medical_stage("scrap")
        request.with_user(self.users["manager"]).stage_id = scrap
        self.assertTrue(request.done)

    def test_what_the_program_writes_is_refused_from_outside(self):
        request = self.fail_line(self.chair).with_user(self.users["manager"])
        for values in (
            {"medical_repaired_by_id": self.users["staff"].id},
            {"medical_source": "manual"},
            {"medical_item_id": False},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                request.write(values)
        line = self.line(self.chair).with_user(self.users["staff"])
        with self.assertRaises(AccessError):
            line.write({"medical_request_id": False})

    def test_an_auditor_reads_and_changes_nothing(self):
        request = self.fail_line(self.chair).with_user(self.users["auditor"])
        self.assertTrue(request.name)
        with self.assertRaises(AccessError):
            request.name = "Mine"
        with self.assertRaises(AccessError):
            self.report("auditor")

    def test_another_company_sees_nothing(self):
        self.fail_line(self.chair)
        self.assertFalse(
            self.as_outsider("maintenance.request").search(
                [("equipment_id", "=", self.chair.id)]
            )
        )

    def test_staff_sees_what_they_reported_and_not_the_rest(self):
        mine = self.report("staff", equipment_id=self.chair.id)
        other = self.report("manager", equipment_id=self.autoclave.id)
        seen = self.env["maintenance.request"].with_user(self.users["staff"]).search([])
        self.assertIn(mine, seen)
        self.assertNotIn(other, seen)

    def test_queries_do_not_grow_with_the_failures(self):
        def cost(count):
            assets = self.env["maintenance.equipment"].create(
                [
                    {
                        "name": f"Stool {count}-{index}",
                        "location_id": self.exam_2.id,
                        "company_id": self.company.id,
                        "equipment_assign_to": "other",
                        "medical_kind_id": self.plain_kind.id,
                    }
                    for index in range(count)
                ]
            )
            schedule = self.new_schedule(
                name=f"Stools {count}",
                checklist_id=self.asset_list.id,
                room_ids=False,
                equipment_ids=[(6, 0, assets.ids)],
            )
            one = self.new_round(schedule)
            one._ensure_lines()
            self.env.flush_all()
            self.env.invalidate_all()
            lines = one.line_ids.sudo()
            lines.write({"entered_by_id": self.env.uid})
            lines.invalidate_recordset()
            before = self.env.cr.sql_log_count
            lines.write({"result": "fail"})
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        cost(2)
        few, many = cost(3), cost(30)
        # the host subscribes followers request by request; ours adds nothing to that
        self.assertLess((many - few) / 27, 12, (few, many))
