"""Tag-out: who may, what pauses, and that nobody returns what he tagged himself."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .facility_case import FacilityCase


@tagged("post_install", "-at_install")
class TestFacilityTagout(FacilityCase):
    def tag_out(self, role="staff", reason="Gauge in the red"):
        return (
            self.env["medical.facility.tagout"]
            .with_user(self.users[role])
            .create({"equipment_id": self.extinguisher.id, "reason": reason})
        )

    def test_staff_tags_out_and_the_asset_shows_it(self):
        tag = self.tag_out()
        self.assertEqual(tag.tagged_by_id, self.users["staff"])
        self.assertTrue(self.extinguisher.medical_is_out)

    def test_a_tag_needs_its_reason(self):
        with self.assertRaisesRegex(UserError, "Enter why"):
            self.tag_out(reason="  ")

    def test_nobody_else_is_named_as_the_one_who_tagged(self):
        tags = self.env["medical.facility.tagout"].with_user(self.users["staff"])
        values = {"equipment_id": self.extinguisher.id, "reason": "Gauge in the red"}
        director = self.users["director"].id
        with self.assertRaisesRegex(AccessError, "program only"):
            tags.create({**values, "tagged_by_id": director})
        tag = tags.with_context(default_tagged_by_id=director).create(values)
        self.assertEqual(tag.tagged_by_id, self.users["staff"])

    def test_without_a_role_nothing_is_tagged_out(self):
        with self.assertRaises(AccessError):
            self.tag_out("plain")

    def test_who_tagged_out_does_not_return(self):
        tag = self.tag_out("head")
        with self.assertRaisesRegex(AccessError, "somebody else"):
            tag.action_return("Recharged")
        self.assertTrue(self.extinguisher.medical_is_out)

    def test_a_second_person_returns_with_what_was_checked(self):
        tag = self.tag_out("head").with_user(self.users["manager"])
        with self.assertRaisesRegex(UserError, "reason"):
            tag.action_return("")
        tag.action_return("Recharged, gauge in the green")
        self.assertEqual(tag.state, "returned")
        self.assertEqual(tag.returned_by_id, self.users["manager"])
        told = self.extinguisher.message_ids[:2].mapped("body")
        self.assertIn("Recharged, gauge in the green", told[0])
        self.assertIn("Gauge in the red", told[1])
        self.assertFalse(self.extinguisher.medical_is_out)

    def test_staff_does_not_return(self):
        tag = self.tag_out("manager").with_user(self.users["staff"])
        with self.assertRaises(AccessError):
            tag.action_return("Looks fine")
        with self.assertRaises(UserError):
            tag.write({"state": "returned"})

    def test_a_state_is_not_written_past_the_button(self):
        tag = self.tag_out().with_user(self.users["manager"])
        with self.assertRaisesRegex(UserError, "buttons"):
            tag.write({"state": "returned"})

    def test_two_tags_at_once_are_one(self):
        self.tag_out()
        again = self.extinguisher.with_user(self.users["staff"])._medical_tag_out("x")
        self.assertFalse(again)

    def test_a_tag_stays_on_record(self):
        tag = self.tag_out()
        with self.assertRaisesRegex(UserError, "stays on record"):
            tag.with_user(self.users["manager"]).sudo().unlink()

    def test_another_company_sees_nothing(self):
        tag = self.tag_out()
        foreign = self.as_outsider(tag)
        self.assertFalse(foreign.search([("id", "=", tag.id)]))
        with self.assertRaises(AccessError):
            foreign.action_return("mine")

    def test_its_rounds_pause(self):
        schedules = self.env["medical.core.schedule"]
        assets = self.extinguisher | self.fridge
        self.tag_out()
        self.assertEqual(schedules._medical_is_paused(assets), self.extinguisher)

    def test_a_round_that_comes_due_says_why_it_was_not_looked_at(self):
        schedule = self.env["medical.core.schedule"].create(
            {
                "checklist_id": self.env.ref(
                    "medical_office.facility_checklist_extinguisher_monthly"
                ).id,
                "equipment_ids": [(6, 0, self.extinguisher.ids)],
                "owner_id": self.users["staff"].id,
                "company_id": self.company.id,
                "skip_closed": "keep",
                "times": "23:59",
            }
        )
        self.tag_out()
        one = schedule._generate()[:1]
        one._ensure_lines()
        self.assertEqual(set(one.line_ids.mapped("result")), {"na"})
        self.assertIn("Out of service", one.line_ids[0].note)

    def test_the_check_names_what_is_out_and_ends_with_the_return(self):
        def rows():
            self.env.flush_all()
            found = self.env["medical.facility.tagout"]._medical_check_out().rows
            return {row.res_id: row.summary for row in found}

        self.tag_out()
        tag = self.chair._medical_tag_out("Leg broken")
        self.assertIn("Leg broken", rows()[self.chair.id])
        self.assertNotIn(self.extinguisher.id, rows(), "critical: another check's")
        tag.with_user(self.users["manager"]).action_return("New leg")
        self.assertNotIn(self.chair.id, rows())
        self.chair._medical_tag_out("Leg broken again")
        self.chair.active = False
        self.assertNotIn(self.chair.id, rows(), "retired")
