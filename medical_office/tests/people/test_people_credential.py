"""Credentials: numbers refused, proof of the look-up, readiness, duties, reminders."""

from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import RpcClient
from .people_case import TODAY, PeopleCase

FAULTS = "odoo.addons.medical_office.models.core.job.fault"
REMINDER = "odoo.addons.medical_office.models.people.credential.reminder"


@tagged("post_install", "-at_install")
@freeze_time("2026-11-30 15:00:00")
class TestPeopleCredential(PeopleCase):
    # --------------------------------------------------------------------- numbers

    def test_numbers_that_cannot_be_right_are_refused(self):
        self.nurse.user_id.name = "Eva Jones"
        for kind, number, why in (
            (self.npi, "1234567899", "check digit"),
            (self.npi, "123456789", "ten digits"),
            (self.dea, "MS3614511", "Registered as"),
            (self.dea, "MJ3614512", "check digit"),
            (self.dea, "M93614511X", "two letters"),
        ):
            with self.subTest(number), self.refused(ValidationError, why):
                self.enter(kind, number=number)
        self.assertTrue(self.enter(self.npi, number="1234567893"))
        self.assertTrue(self.enter(self.dea, number="MJ3614511"))
        # the letter of the name it was given under
        self.assertTrue(
            self.enter(self.dea, number="MS3614511", registered_name="Smith")
        )

    def test_a_pattern_nobody_checked_is_a_remark_and_refuses_nothing(self):
        wisconsin = self.env.ref("base.state_us_50")
        odd = self.enter(self.rn, number="123456-20", state_id=wisconsin.id)
        self.assertIn("Wisconsin DSPS", odd.number_remark)
        self.assertFalse(
            self.enter(self.rn, number="1-30", state_id=wisconsin.id).number_remark
        )

    def test_the_term_of_the_type_proposes_the_last_day(self):
        card = self.env["medical.core.credential"].new(
            {"type_id": self.bls.id, "date_from": "2026-03-10"}
        )
        card._onchange_term()
        self.assertEqual(card.date_to, date(2028, 3, 31))

    # ----------------------------------------------------------------- verification

    def test_a_second_person_verifies_with_proof(self):
        credential = self.enter(self.rn, number="1-30")
        with self.refused(UserError, "verified with proof"):
            credential.with_user(self.users["manager"]).action_verify("Seen it")
        with self.refused(AccessError, "somebody else"):
            self.verify(credential, "hr")
        self.assertFalse(credential.proof)
        with self.refused(UserError, "still to come"):
            self.verify(credential, day=TODAY + timedelta(days=1))
        self.verify(credential, day=TODAY)
        self.assertEqual(credential.state, "verified")
        self.assertEqual(credential.verified_by_id, self.users["manager"])
        self.assertEqual(credential.looked_up_on, TODAY)
        self.assertTrue(credential.proof)
        with self.assertRaises(AccessError):
            credential.with_user(self.users["hr"]).proof = b"cHJvb2Y="

    # -------------------------------------------------------------------- readiness

    def statuses(self, person=None):
        self.env.flush_all()
        self.env.invalidate_all()
        rows = self.env["medical.people.readiness"].search(
            [("employee_id", "=", (person or self.nurse).id)]
        )
        return {row.requirement_id: row.status for row in rows}

    def test_readiness_follows_the_credentials(self):
        self.assertEqual(
            self.statuses(),
            {self.bls_asked: "missing", self.license_asked: "missing"},
        )
        self.assertEqual(self.nurse.medical_readiness, "0 of 2")
        license_ = self.enter(self.lpn, date_to="2027-12-31")
        card = self.enter(self.bls, date_to="2026-12-31")
        self.assertEqual(set(self.statuses().values()), {"unverified"})
        self.verify(license_)
        self.verify(card)
        self.assertEqual(
            self.statuses(), {self.bls_asked: "ending", self.license_asked: "held"}
        )
        self.assertEqual(self.nurse.medical_readiness, "2 of 2")
        renewal = self.enter(self.bls, date_from="2027-01-01", date_to="2028-12-31")
        self.assertEqual(self.statuses()[self.bls_asked], "held")
        renewal.action_void("entered wrongly")
        with freeze_time("2027-01-02 15:00:00"):
            self.assertEqual(self.statuses()[self.bls_asked], "expired")

    def test_asked_by_a_job_and_by_a_duty_it_stands_once(self):
        duty = self.env["medical.people.duty"].create(
            {"name": "Rapid response", "department_id": self.nursing.id}
        )
        head = self.employees["head"]  # asked by the duty alone
        self.env["medical.people.assignment"].create(
            [
                {"duty_id": duty.id, "employee_id": who.id, "date_from": "2026-11-01"}
                for who in (self.nurse, head)
            ]
        )
        by_duty = self.env["medical.people.requirement"].create(
            {"basis": "duty", "duty_id": duty.id, "type_ids": [(6, 0, self.bls.ids)]}
        )
        self.assertEqual(set(self.statuses()), {self.bls_asked, self.license_asked})
        self.assertEqual(set(self.statuses(head)), {self.bls_asked})
        self.assertEqual(self.nurse.medical_readiness, "0 of 2")
        matrix = self.env["medical.people.readiness"].with_user(self.users["hr"])
        names = [column["name"] for column in matrix.matrix()["columns"]]
        self.assertEqual(names.count(self.bls.name), 1)
        missing = self.env["medical.people.readiness"]._medical_check_missing().rows
        self.assertEqual(len([r for r in missing if self.bls.name in r.summary]), 2)
        # one of several that would do is another thing asked
        by_duty.type_ids |= self.rn
        self.assertEqual(set(self.statuses(head)), {by_duty})
        by_duty.type_ids = self.bls
        # the job's no longer stands for it once it asks nobody
        self.bls_asked.active = False
        self.assertEqual(set(self.statuses()), {by_duty, self.license_asked})

    def test_what_expired_is_one_row_in_all_checks(self):
        """The credential that ended says it; until then, what was never there does."""

        def found():
            self.env.invalidate_all()  # as each run of the checks begins
            credentials = self.env["medical.core.credential"]
            return [
                (row.res_model, row.summary)
                for check in (
                    self.env["medical.people.readiness"]._medical_check_missing,
                    credentials._medical_check_ending,
                )
                for row in check().rows
                if self.bls.name in row.summary or self.bls_asked.name in row.summary
            ]

        ((model, text),) = found()
        self.assertEqual(model, "hr.employee.public")
        self.assertIn("is missing", text)
        card = self.enter(self.bls, date_from="2024-01-01", date_to="2026-11-01")
        ((model, text),) = found()
        self.assertEqual(model, "medical.core.credential")
        self.assertIn("expired on", text)
        # a renewal that begins later leaves days without any: of that nothing ended
        self.enter(self.bls, date_from="2027-01-01", date_to="2028-12-31")
        ((model, text),) = found()
        self.assertEqual(model, "hr.employee.public")
        self.assertIn("is missing", text)
        self.assertTrue(card.exists())

    def test_a_requirement_of_a_state_an_end_or_another_company_asks_not(self):
        self.license_asked.state_id = self.env.ref("base.state_us_5")  # California
        self.bls_asked.write({"date_to": "2026-11-29"})
        self.assertFalse(self.statuses())
        self.company.partner_id.state_id = self.env.ref("base.state_us_5")
        self.assertEqual(list(self.statuses()), [self.license_asked])
        self.license_asked.company_id = self.other_company
        self.assertFalse(self.statuses())

    def test_the_same_number_of_queries_for_ten_times_as_many(self):
        def queries(number):
            people = self.env["hr.employee"].create(
                [
                    {
                        "name": f"Nurse {number} {n}",
                        "company_id": self.company.id,
                        "job_id": self.nurse_job.id,
                    }
                    for n in range(number)
                ]
            )
            matrix = self.env["medical.people.readiness"].with_user(self.users["hr"])
            people.with_user(self.users["hr"]).mapped("medical_readiness")
            matrix.matrix()  # rules and views are read once, not each time
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            people.with_user(self.users["hr"]).mapped("medical_readiness")
            middle = self.env.cr.sql_log_count
            matrix.matrix()
            return middle - before, self.env.cr.sql_log_count - middle

        queries(1)
        few, many = queries(3), queries(30)
        self.assertLessEqual(many[0], few[0])
        self.assertLessEqual(many[1], few[1])

    # ------------------------------------------------------------------- who sees it

    def test_heads_see_their_people_without_health_and_staff_themselves(self):
        hepatitis = self.env.ref("medical_office.people_credential_type_hep_b")
        self.env["medical.people.requirement"].create(
            {"type_ids": [(6, 0, hepatitis.ids)], "basis": "everyone"}
        )
        other = self.env["hr.employee"].create(
            {
                "name": "Not in Nursing",
                "company_id": self.company.id,
                "department_id": self.front_desk.id,
                "job_id": self.nurse_job.id,
            }
        )
        self.env.flush_all()

        def seen(role):
            rows = self.env["medical.people.readiness"].with_user(self.users[role])
            rows = rows.with_context(allowed_company_ids=rows.env.user.company_ids.ids)
            return rows.search([("company_id", "=", self.company.id)])

        led = seen("head").filtered(
            lambda row: row.employee_id != self.employees["head"]
        )
        self.assertEqual(led.employee_id, self.nurse)
        self.assertNotIn(True, led.requirement_id.mapped("is_health"))
        self.assertEqual(seen("staff").employee_id, self.nurse)
        self.assertIn(True, seen("staff").requirement_id.mapped("is_health"))
        self.assertIn(other, seen("hr").employee_id)
        self.assertFalse(seen("payroll").employee_id - self.employees["payroll"])
        self.assertFalse(seen("outsider"))

    def test_the_matrix_lists_people_with_gaps(self):
        rows = self.env["medical.people.readiness"].with_user(self.users["manager"])
        self.verify(self.enter(self.bls, date_to="2027-12-31"))
        data = rows.matrix(only_gaps=True)
        row = next(r for r in data["rows"] if r["id"] == self.nurse.id)
        self.assertEqual((row["held"], row["asked"]), (1, 2))
        self.assertEqual(row["cells"][self.bls_asked.id]["status"], "held")
        self.assertEqual(
            {c["name"] for c in data["columns"]},
            {self.bls_asked.name, self.license_asked.name},
        )
        self.assertFalse(rows.matrix(self.front_desk.id, only_gaps=True)["rows"])

    def test_the_matrix_as_pdf_and_spreadsheet(self):
        self.verify(self.enter(self.bls, date_to="2027-12-31"))
        rows = self.env["medical.people.readiness"].search(
            [("employee_id", "=", self.nurse.id)]
        )
        report = self.env["report.medical_office.people_matrix"]
        sheet = report.with_user(self.users["hr"])._sheets(rows, {})[0]
        self.assertEqual(sheet.name, "Nursing")
        line = sheet.rows[0]
        self.assertEqual((line["name"], line["ready"]), (self.nurse.name, "1 of 2"))
        self.assertIn("12/31/2027", line[f"r{self.bls_asked.id}"])
        action = rows.with_user(self.users["hr"]).print_matrix("xlsx")
        self.assertEqual(action["report_type"], "xlsx")
        content, _kind = self.env["ir.actions.report"]._render_xlsx(
            "medical_office.people_matrix_xlsx", rows.ids, {}
        )
        self.assertEqual(content[:2], b"PK")

    # ------------------------------------------------------------------------ duties

    def duty(self):
        duty = self.env["medical.people.duty"].create(
            {"name": "Code team", "department_id": self.nursing.id}
        )
        self.env["medical.people.requirement"].create(
            {
                "basis": "duty",
                "duty_id": duty.id,
                "type_ids": [(6, 0, self.bls.ids)],
            }
        )
        return duty

    def put(self, duty, role="head", **values):
        assignments = self.env["medical.people.assignment"].with_user(self.users[role])
        return assignments.create(
            {"duty_id": duty.id, "employee_id": self.nurse.id, **values}
        )

    def test_nobody_without_the_credential_is_put_on_a_duty(self):
        duty = self.duty()
        with self.refused(ValidationError, "cannot be put on “Code team”"):
            self.put(duty)
        card = self.verify(self.enter(self.bls, date_to="2026-12-31"))
        with self.refused(ValidationError, "01/04/2027"):
            self.put(duty, date_from="2027-01-04")
        self.assertTrue(self.put(duty))
        card.action_void("revoked")
        with self.refused(ValidationError, "not in force on 12/08/2026"):
            self.put(duty, date_from="2026-12-08")

    def test_staff_and_other_heads_put_nobody_on_a_duty(self):
        duty = self.duty()
        self.verify(self.enter(self.bls, date_to="2026-12-31"))
        with self.assertRaises(AccessError):
            self.put(duty, "staff")
        self.nursing.manager_id = self.employees["manager"]
        with self.assertRaises(AccessError):
            self.put(duty, "head")

    # ------------------------------------------------------------- checks and tasks

    def test_the_checks_tell_what_is_missing_and_unverified(self):
        result = self.env["medical.people.readiness"]._medical_check_missing()
        rows = [row for row in result.rows if row.res_id == self.nurse.id]
        self.assertEqual(len(rows), 2)
        self.assertEqual(rows[0].user_id, self.users["staff"].id)
        self.assertEqual(rows[0].backup_id, self.users["head"].id)
        card = self.enter(self.bls)
        result = self.env["medical.core.credential"]._medical_check_unverified()
        self.assertIn(card.id, [row.res_id for row in result.rows])
        self.verify(card)
        result = self.env["medical.core.credential"]._medical_check_unverified()
        self.assertNotIn(card.id, [row.res_id for row in result.rows])

    def test_a_renewal_is_a_task_of_the_person_then_of_the_manager(self):
        card = self.enter(
            self.bls, date_to=fields.Date.to_string(TODAY + timedelta(50))
        )
        self.nurse.parent_id = self.employees["manager"]
        self.remind()
        self.assertEqual(card.activity_ids.user_id, self.users["staff"])
        self.remind()
        self.assertEqual(len(card.activity_ids), 1)
        with freeze_time(TODAY + timedelta(days=25)):
            self.remind()
            self.assertEqual(
                card.activity_ids.user_id, self.users["staff"] | self.users["manager"]
            )
            self.enter(self.bls, date_from="2027-01-01", date_to="2028-12-31")
            self.remind()
        self.assertFalse(card.activity_ids)

    def remind(self, seconds=60):
        """The nightly job, with so many seconds left after each batch."""
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", return_value=seconds):
            self.env["medical.core.credential"]._cron_remind()

    def ending_cards(self, count):
        """Cards of as many people that end within their lead."""
        people = self.env["res.users"].create(
            [
                {
                    "name": f"Person {n}",
                    "login": f"ending{n}",
                    "email": f"e{n}@x.example",
                }
                for n in range(count)
            ]
        )
        self.env["hr.employee"].create(
            [
                {"name": user.name, "user_id": user.id, "company_id": self.company.id}
                for user in people
            ]
        )
        return self.env["medical.core.credential"].create(
            [
                {
                    "type_id": self.bls.id,
                    "user_id": user.id,
                    "company_id": self.company.id,
                    "date_from": "2025-01-01",
                    "date_to": TODAY + timedelta(days=20),
                }
                for user in people
            ]
        )

    def test_tasks_make_no_mail_and_no_follower(self):
        """The morning digest tells them: a mail for each card would be hundreds."""
        cards = self.ending_cards(3)
        mails = self.env["mail.mail"].search_count([])
        followers = cards.message_partner_ids
        self.remind()
        self.assertEqual(cards.activity_ids.user_id, cards.user_id)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertEqual(cards.message_partner_ids, followers)

    def test_one_bad_card_does_not_stop_the_others(self):
        cards = self.ending_cards(3)
        model = type(cards)
        plain = model._renewal_tasks

        def fails(card, *given):
            if card == cards[1]:
                raise ValueError("Broken record")
            return plain(card, *given)

        with patch.object(model, "_renewal_tasks", fails), mute_logger(FAULTS):
            self.remind()
        self.assertEqual([len(card.activity_ids) for card in cards], [1, 0, 1])
        fault = self.env["medical.core.job.fault"].search(
            [("res_model", "=", cards._name)]
        )
        self.assertEqual((fault.res_id, fault.cause), (cards[1].id, "Broken record"))
        self.remind()  # mended meanwhile
        self.assertEqual(len(cards[1].activity_ids), 1)
        self.assertFalse(fault.exists())

    def test_what_was_cut_off_is_done_the_next_time(self):
        cards = self.ending_cards(5)
        with patch(f"{REMINDER}.BATCH", 2):
            self.remind(seconds=0)
            first = len(cards.activity_ids)
            self.assertLess(first, 5)
            self.remind()
        self.assertEqual([len(card.activity_ids) for card in cards], [1] * 5)

    def test_the_queries_of_the_check_do_not_grow_with_the_people(self):
        everybody = self.bls_asked.copy({"basis": "everyone", "job_ids": False})

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows = self.env["medical.people.readiness"]._medical_check_missing().rows
            return len(rows), self.env.cr.sql_log_count - before

        self.assertTrue(everybody)
        queries()  # what is looked up once
        few, cost = queries()
        cards = self.ending_cards(30)
        cards._pen().write({"state": "void"})
        many, later = queries()
        self.assertGreaterEqual(many, few + 30)
        self.assertLessEqual(later, cost + 2)

    def test_the_queries_of_a_batch_do_not_grow_with_the_cards(self):
        today = fields.Date.context_today(self.nurse)

        def queries(cards):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            cards._give_tasks(today)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        cards = self.ending_cards(45)
        queries(cards[:1])  # what is looked up once
        few, many = queries(cards[1:6]), queries(cards[6:])
        self.assertLessEqual(many, few)

    def test_pay_is_told_what_a_job_asks(self):
        told = self.nurse._medical_license_problems(TODAY)
        self.assertIn(self.license_asked.name, told[self.nurse.id])
        for kind in (self.bls, self.rn):
            self.verify(self.enter(kind, date_to="2027-12-31"))
        self.assertFalse(self.nurse._medical_license_problems(TODAY))

    def test_a_requirement_without_its_jobs_is_refused(self):
        requirements = self.env["medical.people.requirement"].with_user(
            self.users["hr"]
        )
        with self.refused(ValidationError, "say of which"):
            requirements.create({"type_ids": [(6, 0, self.bls.ids)], "basis": "job"})
        with self.refused(ValidationError, "the practice for those"):
            requirements.create(
                {"type_ids": [(6, 0, self.bls.ids)], "basis": "practice"}
            )
        with self.assertRaises(AccessError):
            requirements.with_user(self.users["staff"]).create(
                {"type_ids": [(6, 0, self.bls.ids)], "basis": "everyone"}
            )


@tagged("post_install", "-at_install")
class TestPeopleCredentialRpc(PeopleCase, RpcClient):
    def test_a_client_writes_no_proof_and_no_one_verifies_alone(self):
        credential = self.enter(self.rn, number="1-30")
        self.sign_in("hr")
        self.call_refused(
            "medical.core.credential", "write", credential.ids, {"proof": "cHJvb2Y="}
        )
        self.call_refused(
            "medical.core.credential", "action_verify", credential.ids, "me"
        )
        wizard = self.call(
            "medical.people.verify.wizard",
            "create",
            [{"credential_id": credential.id, "source": "x", "proof": "cHJvb2Y="}],
        )
        self.call_refused("medical.people.verify.wizard", "action_confirm", wizard)
        values = {"type_id": self.bls.id, "user_id": self.nurse.user_id.id}
        self.call_refused(
            "medical.core.credential",
            "create",
            [{**values, "date_from": "2026-05-01", "date_to": "2026-04-30"}],
            error="ValidationError",
        )
        self.sign_in("staff")
        self.call_refused(
            "medical.people.verify.wizard",
            "create",
            [{"credential_id": credential.id, "source": "x"}],
        )
        self.call_refused("medical.people.readiness", "matrix")
        self.call_refused(
            "medical.people.requirement", "write", self.bls_asked.ids, {"active": False}
        )
        credential.invalidate_recordset()
        self.assertEqual(credential.state, "entered")
        self.assertFalse(credential.proof)
