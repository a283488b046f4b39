"""What waits for somebody in the facility: a tagged-out asset, a repair to close."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .request_case import RequestCase


@tagged("post_install", "-at_install")
class TestFacilityDecision(RequestCase):
    def rows(self, record):
        return self.env["medical.core.decision"].search(
            [("res_model", "=", record._name), ("res_id", "=", record.id)]
        )

    def open_rows(self, record):
        return self.rows(record).filtered(lambda row: row.state == "open")

    def tag_out(self, asset, role="staff", **values):
        tags = self.env["medical.facility.tagout"].with_user(self.users[role])
        return tags.create({"equipment_id": asset.id, "reason": "Smokes", **values})

    def to_check(self, **values):
        """A request by hand that the technician has repaired."""
        request = self.report("staff", equipment_id=self.chair.id, **values)
        self.repair(request)
        return request.with_user(self.env.user)

    # ------------------------------------------------------------------- tag-outs

    def test_a_tag_waits_for_its_return_from_its_first_moment(self):
        tag = self.tag_out(self.chair)
        row = self.open_rows(tag)
        self.assertEqual(len(row), 1)
        self.assertEqual(row.domain, "facility")
        self.assertEqual(row.asked_by_id, self.users["staff"])
        self.assertEqual(row.barred_ids, self.users["staff"])
        self.assertFalse(row.with_user(self.users["staff"]).can_decide)
        self.assertTrue(row.with_user(self.users["manager"]).can_decide)

    def test_its_return_closes_the_row_with_what_was_checked(self):
        tag = self.tag_out(self.chair)
        row = self.open_rows(tag)
        tag.with_user(self.users["manager"]).action_return("Ran an hour, no smoke")
        self.assertEqual(row.state, "decided")
        self.assertEqual(row.decided_by_id, self.users["manager"])
        self.assertEqual(row.reason, "Ran an hour, no smoke")
        self.assertEqual(row.outcome, "Returned to service")

    def test_the_register_asks_what_was_checked(self):
        tag = self.tag_out(self.chair)
        row = self.open_rows(tag).with_user(self.users["manager"])
        action = row.action_approve()
        self.assertEqual(action["res_model"], "medical.core.reason.wizard")
        wizard = (
            self.env["medical.core.reason.wizard"]
            .with_user(self.users["manager"])
            .with_context(action["context"])
            .create({"reason": "Ran an hour, no smoke"})
        )
        wizard.action_confirm()
        self.assertEqual(tag.state, "returned")
        self.assertEqual(row.state, "decided")

    def test_several_rows_of_which_one_asks_are_refused(self):
        rows = self.open_rows(self.tag_out(self.chair)) | self.open_rows(
            self.tag_out(self.autoclave)
        )
        with self.assertRaisesRegex(UserError, "asks what was checked"):
            rows.with_user(self.users["manager"]).action_approve()
        self.assertEqual(set(rows.mapped("state")), {"open"})

    def test_who_may_not_return_it_may_not_from_the_register(self):
        row = self.open_rows(self.tag_out(self.chair, "head"))
        self.assertFalse(row.with_user(self.users["head"]).can_decide)
        with self.assertRaises(AccessError):
            row.with_user(self.users["staff"]).action_approve()
        with self.assertRaisesRegex(AccessError, "somebody else"):
            row.with_user(self.users["head"]).action_approve()
        self.assertEqual(row.state, "open")

    def test_while_it_is_being_repaired_a_tag_waits_for_nobody(self):
        request = self.report("staff", equipment_id=self.chair.id)
        tag = self.tag_out(self.chair, request_id=request.id)
        self.assertFalse(self.rows(tag))
        self.repair(request)
        self.assertFalse(self.rows(tag))
        request.with_user(self.users["manager"]).action_medical_close()
        row = self.open_rows(tag)
        self.assertEqual(row.barred_ids, self.users["staff"] | self.technician)
        self.assertFalse(row.with_user(self.technician).can_decide)

    # -------------------------------------------------------------------- repairs

    def test_a_repair_waits_to_be_closed_by_somebody_else(self):
        request = self.to_check()
        row = self.open_rows(request)
        self.assertEqual(len(row), 1)
        self.assertEqual(row.barred_ids, self.technician)
        self.assertFalse(row.with_user(self.technician).can_decide)
        self.assertFalse(row.with_user(self.users["staff"]).can_decide)
        with self.assertRaises(AccessError):
            row.with_user(self.users["plain"]).action_approve()
        row.with_user(self.users["manager"]).action_approve()
        self.assertTrue(request.done)
        self.assertEqual(row.state, "decided")
        self.assertEqual(row.decided_by_id, self.users["manager"])

    def test_who_repaired_it_does_not_close_it_from_the_register(self):
        request = self.report("manager", equipment_id=self.chair.id)
        self.repair(request, self.users["manager"])
        row = self.open_rows(request)
        with self.assertRaisesRegex(AccessError, "somebody else has to approve it"):
            row.with_user(self.users["manager"]).action_approve()
        self.assertEqual(row.state, "open")

    def test_back_in_work_and_canceled_it_does_not_wait(self):
        request = self.to_check()
        row = self.open_rows(request)
        request.stage_id = self.env["maintenance.stage"]._medical_stage("work")
        self.assertEqual(row.state, "decided")
        request.stage_id = self.env["maintenance.stage"]._medical_stage("check")
        again = self.open_rows(request)
        self.assertTrue(again and again != row)
        request.with_user(self.users["manager"]).archive = True
        self.assertEqual(again.state, "decided")
        self.assertEqual(again.outcome, "Canceled")

    def test_what_failed_a_check_waits_once_it_has_passed_again(self):
        request = self.fail_line(self.chair)
        self.repair(request)
        self.assertFalse(self.rows(request))
        retest = request.medical_retest_round_ids
        retest.line_ids.with_user(self.users["staff"]).result = "pass"
        self.assertEqual(len(self.open_rows(request)), 1)
