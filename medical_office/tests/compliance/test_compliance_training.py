"""The training matrix: what counts, when it is due again, who enters it."""

from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from ..common import RpcClient
from .incident_case import NOW, TODAY, IncidentCase


class TrainingCase(IncidentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # only what a test makes itself is asked
        cls.env["medical.compliance.training"].search([]).active = False
        cls.training = cls.make_training()
        for employee in cls.employees.values():
            employee.version_ids.write({"contract_date_start": date(2026, 1, 5)})

    @classmethod
    def make_training(cls, **values):
        return cls.env["medical.compliance.training"].create(
            {
                "name": "Sharps",
                "months": 12,
                "first_days": 10,
                "lead_days": 30,
                "company_id": cls.company.id,
                "citation": "29 CFR 1910.1030(g)(2)",
                **values,
            }
        )

    def record(self, person="staff", day=TODAY, role="hr", **values):
        return (
            self.env["medical.compliance.training.record"]
            .with_user(self.users[role])
            .create(
                {
                    "training_id": self.training.id,
                    "employee_id": self.employees[person].id,
                    "done_on": day,
                    **values,
                }
            )
        )

    def status(self, person="staff", training=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["medical.compliance.training.status"].search(
            [
                ("employee_id", "=", self.employees[person].id),
                ("training_id", "=", (training or self.training).id),
            ]
        )


@tagged("post_install", "-at_install")
class TestComplianceTraining(TrainingCase):
    def test_what_was_done_holds_for_its_months(self):
        self.record(day=date(2025, 12, 24))
        for today, status in (
            (date(2025, 12, 24), "held"), (date(2026, 11, 23), "held"),
            (date(2026, 11, 24), "ending"), (date(2026, 12, 24), "ending"),
            (date(2026, 12, 25), "expired"),
        ):  # fmt: skip
            with freeze_time(today):
                row = self.status()
                self.assertEqual(row.status, status, today)
                self.assertEqual(row.due, date(2026, 12, 24))

    def test_a_training_of_the_leap_day_is_due_a_day_earlier(self):
        self.record(day=date(2024, 2, 29))
        self.assertEqual(self.status().due, date(2025, 2, 28))

    def test_the_first_time_is_counted_from_the_hire(self):
        for today, status in (
            (date(2026, 1, 15), "coming"),
            (date(2026, 1, 16), "missing"),
        ):
            with freeze_time(today):
                self.assertEqual(self.status().status, status)
                self.assertEqual(self.status().due, date(2026, 1, 15))

    def test_once_is_enough_where_nothing_comes_again(self):
        self.training.months = 0
        self.record(day=date(2020, 1, 1))
        self.assertEqual((self.status().status, self.status().due), ("held", False))

    def test_of_whom_it_is_asked(self):
        job = self.env["hr.job"].create(
            {"name": "Nurse", "company_id": self.company.id}
        )
        self.employees["hr"].job_id = job
        self.employees["payroll"].department_id = self.front_desk
        for values, asked in (
            ({"basis": "job", "job_ids": job.ids}, {"hr"}),
            (
                {"basis": "department", "department_ids": self.front_desk.ids},
                {"payroll"},
            ),
            (
                {
                    "basis": "role",
                    "group_ids": self.env.ref("medical_office.core_group_hr").ids,
                },
                {"hr", "manager"},  # the manager's role implies HR's
            ),
        ):
            training = self.make_training(
                name="T",
                **{
                    name: [Command.set(value)] if isinstance(value, list) else value
                    for name, value in values.items()
                },
            )
            found = {role for role in self.employees if self.status(role, training)}
            self.assertEqual(found, asked, values)
        with self.assertRaisesRegex(ValidationError, "choose the"):
            self.make_training(basis="job")

    def test_papers_and_credentials_count_without_being_entered_twice(self):
        kind = self.env["medical.people.document.type"].create(
            {"name": "Sharps paper", "code": "sharps_paper"}
        )
        self.training.document_type_id = kind
        document = self.env["medical.people.document"].create(
            {
                "employee_id": self.employees["staff"].id,
                "type_id": kind.id,
                "date": date(2026, 10, 1),
            }
        )
        self.assertEqual(self.status().status, "missing")
        document._pen().write({"state": "accepted"})
        self.assertEqual(self.status().status, "held")
        card = self.env["medical.core.credential.type"].create(
            {"name": "Sharps card", "code": "sharps_card", "must_verify": False}
        )
        self.training.credential_type_ids = card
        self.env["medical.core.credential"].create(
            {
                "type_id": card.id,
                "user_id": self.users["hr"].id,
                "date_from": date(2026, 1, 1),
                "date_to": date(2027, 6, 30),
            }
        )
        row = self.status("hr")
        self.assertEqual((row.status, row.due), ("held", date(2027, 6, 30)))

    def test_a_training_settles_the_paper_that_was_asked_for(self):
        kind = self.env["medical.people.document.type"].create(
            {"name": "Sharps paper", "code": "sharps_paper"}
        )
        self.training.document_type_id = kind
        papers = self.env["medical.people.document"]
        papers.create({"employee_id": self.employees["staff"].id, "type_id": kind.id})
        self.record(day=date(2026, 3, 1))
        self.env.flush_all()
        self.employees["staff"]._medical_follow_papers()
        paper = papers.search(
            [
                ("employee_id", "=", self.employees["staff"].id),
                ("type_id", "=", kind.id),
            ]
        )
        self.assertEqual((paper.state, paper.date), ("accepted", date(2026, 3, 1)))
        self.record(day=date(2026, 11, 1))
        self.assertEqual(paper.date, date(2026, 11, 1))

    def test_a_session_gives_each_attendee_a_record(self):
        session = (
            self.env["medical.compliance.training.session"]
            .with_user(self.users["hr"])
            .create(
                {
                    "training_id": self.training.id,
                    "trainer": "Dana Reyes, RN",
                    "attendee_ids": [
                        Command.set(
                            [self.employees["staff"].id, self.employees["head"].id]
                        )
                    ],
                }
            )
        )
        session.action_done()
        self.assertEqual(len(session.record_ids), 2)
        self.assertEqual(self.status().status, "held")
        self.assertEqual(
            self.status("head").record_id,
            session.record_ids.filtered(
                lambda one: one.employee_id == self.employees["head"]
            ),
        )
        with self.assertRaises(UserError):
            session.trainer = "Somebody"
        session.action_void("Wrong day")
        self.assertEqual(self.status().status, "missing")

    def test_nobody_confirms_or_enters_their_own(self):
        with self.assertRaisesRegex(AccessError, "your own"):
            self.record("hr", role="hr")
        session = (
            self.env["medical.compliance.training.session"]
            .with_user(self.users["hr"])
            .create(
                {
                    "training_id": self.training.id,
                    "trainer": "Dana Reyes, RN",
                    "attendee_ids": [Command.set(self.employees["hr"].ids)],
                }
            )
        )
        with self.assertRaisesRegex(AccessError, "somebody else"):
            session.action_done()
        session.with_user(self.users["manager"]).action_done()
        record = session.record_ids.with_user(self.users["hr"])
        with self.assertRaisesRegex(AccessError, "Somebody else"):
            record.action_void("x")

    def test_what_cannot_be_is_refused(self):
        with self.assertRaisesRegex(UserError, "to come"):
            self.record(day=TODAY + timedelta(days=1))
        session = self.env["medical.compliance.training.session"].create(
            {"training_id": self.training.id, "trainer": "Dana"}
        )
        with self.assertRaisesRegex(UserError, "who attended"):
            session.with_user(self.users["hr"]).action_done()
        session.write(
            {
                "held_on": TODAY + timedelta(days=3),
                "attendee_ids": [Command.set(self.employees["staff"].ids)],
            }
        )
        with self.assertRaisesRegex(UserError, "still to come"):
            session.with_user(self.users["hr"]).action_done()

    def test_a_passed_quiz_is_a_training_done(self):
        survey = self.env["survey.survey"].create(
            {
                "title": "Sharps",
                "scoring_type": "scoring_without_answers",
                "scoring_success_min": 80,
                "question_and_page_ids": [
                    Command.create(
                        {
                            "title": "Where do needles go?",
                            "question_type": "simple_choice",
                            "suggested_answer_ids": [
                                Command.create(
                                    {
                                        "value": "Sharps container",
                                        "is_correct": True,
                                        "answer_score": 1,
                                    }
                                ),
                                Command.create({"value": "Trash"}),
                            ],
                        }
                    )
                ],
            }
        )
        self.training.survey_id = survey
        action = self.status().with_user(self.users["staff"]).action_quiz()
        self.assertIn("/survey/", action["url"])
        question = survey.question_ids
        for answer, status in ((1, "missing"), (0, "held")):
            taken = survey._create_answer(
                user=self.users["staff"], check_attempts=False
            )
            self.env["survey.user_input.line"].create(
                {
                    "user_input_id": taken.id,
                    "question_id": question.id,
                    "answer_type": "suggestion",
                    "suggested_answer_id": question.suggested_answer_ids[answer].id,
                }
            )
            taken._mark_done()
            self.assertEqual(self.status().status, status)
        self.assertEqual(self.status().record_id.source, "quiz")

    def test_a_card_is_one_act_and_its_lack_one_finding(self):
        """What a credential proves and a credential requirement asks for is no twin."""
        credentials = self.env["medical.core.credential"]
        kind = self.env["medical.core.credential.type"].create(
            {"name": "Sharps card", "code": "sharps_card"}
        )
        self.training.credential_type_ids = kind
        self.env["medical.people.requirement"].search([]).active = False
        asked = self.env["medical.people.requirement"].create(
            {"basis": "everyone", "type_ids": [Command.set(kind.ids)]}
        )
        person = self.employees["staff"]

        def found():
            self.env.flush_all()
            self.env.invalidate_all()  # as each run of the checks begins
            checks = (
                self.env["medical.compliance.training.status"]._medical_check_late,
                self.env["medical.people.readiness"]._medical_check_missing,
                credentials._medical_check_ending,
            )
            names = ("Sharps", kind.name)
            return [
                row.summary
                for check in checks
                for row in check().rows
                if person.name in row.summary
                and any(name in row.summary for name in names)
            ]

        self.assertEqual(found(), [f"{person.name}: Sharps card is missing"])
        asked.active = False  # asked as a training alone, and said as that
        self.assertEqual(found(), [f"{person.name}: Sharps is missing"])
        asked.active = True
        credentials.create(
            {
                "type_id": kind.id,
                "user_id": person.user_id.id,
                "date_from": date(2026, 1, 1),
                "date_to": date(2027, 6, 30),
            }
        )
        self.assertEqual(found(), [])
        self.assertEqual(self.status().status, "held")
        self.assertEqual(person.medical_readiness, "1 of 1")

    def test_late_trainings_are_found_for_each_person(self):
        self.record("staff")
        check = self.env["medical.compliance.training.status"]
        rows = check._medical_check_late().rows
        mine = [row for row in rows if row.company_id == self.company.id]
        self.assertEqual(len(mine), len(self.employees) - 1)
        self.assertNotIn(self.users["staff"].id, {row.user_id for row in mine})
        self.assertIn("Sharps is missing", mine[0].summary)

    def test_the_matrix_in_a_fixed_number_of_queries(self):
        self.record("staff")
        matrix = self.env["medical.compliance.training.status"].with_user(
            self.users["hr"]
        )
        matrix.matrix()
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            data = matrix.matrix()
        self.assertEqual(len(data["rows"]), len(self.employees))
        self.assertEqual([c["name"] for c in data["columns"]], ["Sharps"])
        gaps = matrix.matrix(only_gaps=True)["rows"]
        self.assertEqual(len(gaps), len(self.employees) - 1)

    def test_heads_see_their_own_people_staff_themselves(self):
        self.employees["payroll"].department_id = self.front_desk
        rows = self.env["medical.compliance.training.status"]
        everybody = set(self.employees)
        for role, seen in (
            ("staff", {"staff"}),
            ("head", everybody - {"payroll"}),
            ("hr", everybody),
            ("officer", everybody),
            ("auditor", everybody),
        ):
            found = rows.with_user(self.users[role]).search([]).sudo().employee_id
            self.assertEqual(
                {r for r in self.employees if self.employees[r] in found}, seen, role
            )

    def test_printed(self):
        self.record("staff")
        rows = self.env["medical.compliance.training.status"].search(
            [("company_id", "=", self.company.id)]
        )
        report = self.env["report.medical_office.compliance_training_matrix"]
        (sheet,) = report._sheets(rows, {})
        by_name = {row["name"]: row for row in sheet.rows}
        self.assertEqual(by_name["Staff Person"]["ready"], "1 of 1")
        self.assertIn("In force", by_name["Staff Person"][f"t{self.training.id}"])


@tagged("post_install", "-at_install")
class TestComplianceTrainingRpc(TrainingCase, RpcClient):
    def test_others_enter_and_change_nothing(self):
        record = self.record()
        model = "medical.compliance.training.record"
        values = {
            "training_id": self.training.id,
            "employee_id": self.employees["staff"].id,
            "done_on": str(TODAY),
        }
        for role in ("staff", "head", "payroll", "director", "auditor"):
            self.sign_in(role)
            self.call_refused(model, "create", [values])
            self.call_refused(model, "action_void", record.ids, "x")
            self.call_refused(
                "medical.compliance.training", "write", self.training.ids, {"months": 0}
            )
        self.sign_in("staff")
        self.call_refused("medical.compliance.training.status", "matrix")
        self.sign_in("hr")
        for change in (
            {"state": "void"},
            {"done_on": "2027-01-01"},
            {"source": "quiz"},
        ):
            self.call_refused(model, "write", record.ids, change)
        self.call_refused(model, "unlink", record.ids)
        self.assertTrue(NOW)
