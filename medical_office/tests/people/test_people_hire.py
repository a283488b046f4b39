"""Hiring in one sitting, leaving with its clocks, changes a person asks for, imports."""

import base64
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import RpcClient
from .people_case import PeopleCase


class HireCase(PeopleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wisconsin = cls.env.ref("base.state_us_50")
        cls.company.write({"state_id": cls.wisconsin.id})
        cls.nurse.work_email = "nurse@lakeside.example"

    def hr(self, model):
        return self.env[model].with_user(self.users["hr"])


@tagged("post_install", "-at_install")
@freeze_time("2026-11-30 15:00:00")
class TestPeopleHire(HireCase):
    def test_what_is_missing_and_who_can_give_it(self):
        wizard = (
            self.env["medical.people.hire.wizard"]
            .with_user(self.users["hr"])
            .browse(
                self.nurse.with_user(self.users["hr"]).action_medical_hire()["res_id"]
            )
        )
        gaps = {gap.code: gap.who for gap in wizard.gap_ids}
        self.assertEqual(gaps["address"], "The person")
        self.assertEqual(gaps["start"], "Office manager")
        self.assertIn("paper_confidentiality", gaps)
        self.assertIn(f"credential_{self.bls_asked.id}", gaps)
        self.assertIn("wage", gaps)  # what payroll adds
        self.assertNotIn("job", gaps)
        self.nurse.write({"private_street": "1 Elm Street", "private_zip": "53703"})
        self.assertNotIn(
            "address", dict(g[:2] for g in self.nurse._medical_hire_gaps())
        )

    def test_an_emergency_contact_is_asked_for_once_and_settles_its_paper(self):
        self.nurse._medical_request_documents()
        kind = self.env.ref("medical_office.people_document_type_emergency_contact")

        def asked():
            return [
                code for code, *_ in self.nurse._medical_hire_gaps() if "emerg" in code
            ]

        self.assertEqual(asked(), ["emergency"])
        self.nurse.write(
            {"emergency_contact": "Leo Berg", "emergency_phone": "555-0100"}
        )
        self.nurse._medical_follow_papers()
        self.assertEqual(asked(), [])
        paper = self.env["medical.people.document"].search(
            [("employee_id", "=", self.nurse.id), ("type_id", "=", kind.id)]
        )
        self.assertEqual(paper.state, "accepted")

    def test_begin_asks_for_papers_and_starts_the_list_once(self):
        wizard = self.hr("medical.people.hire.wizard").create(
            {"employee_id": self.nurse.id}
        )
        wizard.action_begin()
        wizard.action_begin()
        schedule = self.env["medical.core.schedule"].search(
            [("employee_id", "=", self.nurse.id)]
        )
        self.assertEqual(len(schedule), 1)
        self.assertEqual(len(schedule.round_ids), 1)
        self.assertEqual(schedule.kind, "onboarding")
        self.assertEqual(
            self.env["medical.people.i9"].search_count(
                [("employee_id", "=", self.nurse.id)]
            ),
            1,
        )
        round_ = schedule.round_ids.with_user(self.users["manager"])
        before = self.env["maintenance.request"].search_count([])
        round_.action_start()
        line = round_.line_ids[0]
        line.write({"result": "fail", "note": "Not here yet"})
        self.assertEqual(self.env["maintenance.request"].search_count([]), before)

    def test_staff_opens_no_hire(self):
        with self.assertRaises(AccessError):
            self.nurse.with_user(self.users["staff"]).action_medical_hire()

    # ---------------------------------------------------------------------- leaving

    def leaving(self, **values):
        return self.hr("medical.people.leaving").create(
            {
                "employee_id": self.nurse.id,
                "last_day": "2026-12-03",
                "ended": "fired",
                **values,
            }
        )

    def test_final_pay_follows_the_state(self):
        one = self.leaving(state_id=self.env.ref("base.state_us_5").id)
        self.assertEqual(one.final_pay_due, date(2026, 12, 3))
        self.assertIn("Lab. Code 201-203", one.final_pay_rule)
        one.state_id = self.env.ref("base.state_us_44")  # Texas: six days
        self.assertEqual(one.final_pay_due, date(2026, 12, 9))
        one.write({"state_id": self.wisconsin.id, "payday": "2026-12-11"})
        self.assertEqual(one.final_pay_due, date(2026, 12, 11))
        self.assertEqual(one.round_id.kind, "leaving")

    def test_the_clocks_are_told_and_the_departure_closes_when_they_stop(self):
        duty = self.env["medical.people.duty"].create({"name": "Triage"})
        put = self.env["medical.people.assignment"].create(
            {"duty_id": duty.id, "employee_id": self.nurse.id}
        )
        one = self.leaving(payday="2026-12-11", has_cobra=True)
        self.assertEqual(put.date_to, date(2026, 12, 3))
        self.assertEqual(one.cobra_due, date(2027, 1, 2))
        with freeze_time("2026-12-12"):
            rows = self.env["medical.people.leaving"]._medical_check_clocks().rows
            self.assertEqual([(r.key, r.severity) for r in rows], [("pay", "critical")])
        with self.refused(UserError, "when final pay was given"):
            one.action_close()
        with freeze_time("2026-12-20"):
            one.write({"final_pay_on": "2026-12-11", "cobra_sent_on": "2026-12-20"})
        with self.refused(UserError, "leaving list"):
            one.action_close()
        # sudo: the list is walked elsewhere (tests of rounds)
        one.round_id.sudo()._pen().state = "done"
        one.action_close()
        with self.refused(UserError, "Closed"):
            one.final_pay_on = "2026-11-29"
        with self.assertRaises(AccessError):
            one.with_user(self.users["head"]).read(["last_day"])

    # ---------------------------------------------------------------------- changes

    def change(self, role="staff", **values):
        return (
            self.env["medical.people.change"]
            .with_user(self.users[role])
            .create(
                {
                    "kind": "address",
                    "street": "9 Oak Street",
                    "city": "Madison",
                    "state_id": self.wisconsin.id,
                    "zip": "53704",
                    **values,
                }
            )
        )

    def test_nothing_is_written_before_somebody_else_releases_it(self):
        self.nurse.private_street = "1 Elm Street"
        change = self.change()
        change.action_ask()
        self.assertEqual(self.nurse.private_street, "1 Elm Street")
        waiting = self.env["medical.core.decision"].search(
            [("res_model", "=", change._name), ("res_id", "=", change.id)]
        )
        self.assertEqual(waiting.state, "open")
        with self.assertRaises(AccessError):
            change.action_release()
        change.with_user(self.users["hr"]).action_release()
        self.assertEqual(self.nurse.private_street, "9 Oak Street")
        self.assertEqual(self.nurse.private_state_id, self.wisconsin)
        self.assertIn("1 Elm Street", change.before)
        self.assertEqual(waiting.state, "decided")

    def test_hr_does_not_release_its_own_and_an_empty_field_is_refused(self):
        change = self.change("hr")
        change.action_ask()
        with self.refused(AccessError, "somebody else"):
            change.action_release()
        with self.refused(UserError, "fill in ZIP"):
            self.change(zip=False).action_ask()
        refused = self.change()
        refused.action_ask()
        refused.with_user(self.users["manager"]).action_refuse("Not your address")
        self.assertEqual(refused.state, "refused")
        self.assertNotEqual(self.nurse.private_street, "9 Oak Street")


@tagged("post_install", "-at_install")
class TestPeopleImport(HireCase):
    def wizard(self, text, kind="staff", role="hr", **values):
        return (
            self.env["medical.people.import.wizard"]
            .with_user(self.users[role])
            .create({"kind": kind, "file": base64.b64encode(text.encode()), **values})
        )

    def test_a_dry_run_shows_before_and_after_and_writes_nothing(self):
        self.nurse.work_phone = "(608) 555-0101"
        wizard = self.wizard(
            "Work email,Name,Job,City,First day\n"
            "nurse@lakeside.example,Staff Person,nurse,Madison,\n"
            "new@lakeside.example,Nell New,Nurse,,2026-12-07\n"
        )
        wizard.action_check()
        self.assertFalse(wizard.problems)
        self.assertEqual((wizard.new_count, wizard.changed_count), (1, 1))
        self.assertIn("Row 2, Staff Person", wizard.preview)
        self.assertIn("— → Madison", wizard.preview)
        self.assertFalse(self.nurse.private_city)
        wizard.action_import()
        self.assertEqual(self.nurse.private_city, "Madison")
        self.assertEqual(self.nurse.work_phone, "(608) 555-0101")
        new = self.env["hr.employee"].search(
            [("work_email", "=", "new@lakeside.example")]
        )
        self.assertEqual((new.name, new.job_id), ("Nell New", self.nurse_job))
        self.assertEqual(new.contract_date_start, date(2026, 12, 7))

    def test_a_person_twice_or_an_unknown_job_stops_the_whole_file(self):
        wizard = self.wizard(
            "Work email,Name,Job\n"
            "a@lakeside.example,Ada,Nurse\n"
            "A@lakeside.example,Ada,Nurse\n"
            "b@lakeside.example,Ben,Astronaut\n"
            "c@lakeside.example,,Nurse\n"
        )
        wizard.action_check()
        self.assertIn(
            "Row 3, Work email: a@lakeside.example is already in row 2", wizard.problems
        )
        self.assertIn("Row 4, Job: “Astronaut” is not known", wizard.problems)
        self.assertIn("Row 5, Name: a new person needs a name", wizard.problems)
        with self.refused(UserError, "already in row 2"):
            wizard.action_import()
        self.assertFalse(
            self.env["hr.employee"].search([("work_email", "=", "a@lakeside.example")])
        )

    def test_nobody_becomes_their_own_manager(self):
        wizard = self.wizard(
            "Work email,Manager email\nnurse@lakeside.example,nurse@lakeside.example\n"
        )
        wizard.action_check()
        self.assertIn("nobody is their own manager", wizard.problems)

    def test_credentials_with_headings_of_another_program(self):
        text = (
            "E-Mail,Card,No.,Issued,Ends\n"
            "nurse@lakeside.example,npi,1234567893,2026-01-01,\n"
            "nurse@lakeside.example,bls,B-1,2026-01-01,2028-01-31\n"
        )
        mapping = "Card = Credential\nNo. = Number\nEnds = Last day"
        wizard = self.wizard(text, "credentials", mapping=mapping)
        wizard.action_check()
        self.assertFalse(wizard.problems)
        wizard.action_import()
        made = self.env["medical.core.credential"].search(
            [("user_id", "=", self.users["staff"].id)]
        )
        self.assertEqual(set(made.mapped("state")), {"entered"})
        self.assertEqual(made.create_uid, self.users["hr"])
        again = self.wizard(text.replace("B-1", "B-2"), "credentials", mapping=mapping)
        again.action_check()
        self.assertEqual((again.new_count, again.changed_count), (0, 1))
        self.verify(made.filtered(lambda c: c.type_id == self.bls))
        again.action_check()
        self.assertIn("is verified and not changed", again.problems)

    def test_rows_of_credentials_that_cannot_be(self):
        mine = self.employees["hr"]
        mine.work_email = "hr@lakeside.example"
        wizard = self.wizard(
            "Work email,Credential,Number,From,Last day\n"
            "nurse@lakeside.example,npi,1234567899,2026-01-01,\n"
            "nurse@lakeside.example,bls,B-1,2026-01-01,2025-01-31\n"
            "nobody@lakeside.example,bls,B-1,2026-01-01,\n"
            "hr@lakeside.example,bls,B-1,2026-01-01,\n",
            "credentials",
        )
        wizard.action_check()
        for words in (
            "Row 2, Number: its check digit is wrong",
            "Row 3, Last day: It ends before it begins",
            "Row 4, Work email: nobody with this email",
            "Row 5, Work email: you cannot enter your own",
        ):
            self.assertIn(words, wizard.problems)
        with self.refused(UserError, "check digit"):
            wizard.action_import()


@tagged("post_install", "-at_install")
class TestPeopleHireRpc(HireCase, RpcClient):
    def test_a_client_asks_for_nobody_else_and_releases_nothing(self):
        self.sign_in("staff")
        self.call_refused(
            "medical.people.change",
            "create",
            [{"employee_id": self.employees["head"].id, "kind": "address"}],
        )
        change = self.call("medical.people.change", "create", [{"kind": "reach"}])
        self.call_refused("medical.people.change", "write", change, {"state": "done"})
        self.call_refused("medical.people.change", "action_release", change)
        self.call_refused("medical.people.import.wizard", "create", [{"kind": "staff"}])
        self.call_refused("medical.people.leaving", "search_read", [])
        self.sign_in("hr")
        self.call_refused("medical.people.change", "action_ask", change)
