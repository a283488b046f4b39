"""Who sees and does what with rounds: role by role, right by right."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .round_case import RoundCase

# role -> (sees an open round, sees a missed round of the own department, of another
# one, answers lines, reopens, writes schedules of the own department)
EXPECTED = {
    "staff": (True, False, False, True, False, False),
    "head": (True, True, False, True, True, True),
    "hr": (True, False, False, True, False, False),
    "payroll": (True, False, False, True, False, False),
    "accountant": (True, False, False, True, False, False),
    "manager": (True, True, True, True, True, True),
    "director": (True, True, True, True, True, False),
    "auditor": (True, True, True, False, False, False),
    "plain": (False, False, False, False, False, False),
    "outsider": (False, False, False, False, False, False),
}
MODELS = ("medical.core.checklist", "medical.core.checklist.item",
          "medical.core.checklist.choice", "medical.core.schedule",
          "medical.core.round", "medical.core.round.line")  # fmt: skip
# role -> operations on each of MODELS
RIGHTS = {
    "staff": ("r", "r", "r", "r", "rw", "rw"),
    "head": ("r", "r", "r", "rwc", "rw", "rw"),
    "hr": ("r", "r", "r", "r", "rw", "rw"),
    "payroll": ("r", "r", "r", "r", "rw", "rw"),
    "accountant": ("r", "r", "r", "r", "rw", "rw"),
    "manager": ("rwcu", "rwcu", "rwcu", "rwcu", "rw", "rw"),
    "director": ("r", "r", "r", "rwc", "rw", "rw"),
    "auditor": ("r", "r", "r", "r", "r", "r"),
    "plain": ("", "", "", "", "", ""),
}
OPERATIONS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}


@tagged("post_install", "-at_install")
class TestRoundAccess(RoundCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # it falls to somebody who is none of the roles below
        cls.walker = cls.users["staff"].copy({"login": "walker", "name": "Walker"})
        cls.schedule.write({"owner_id": cls.walker.id, "backup_id": False})
        cls.open = cls.new_round()
        cls.open._ensure_lines()
        cls.own = cls.past_round(cls.schedule)
        cls.foreign = cls.past_round(
            cls.new_schedule(
                name="Desk",
                department_id=cls.front_desk.id,
                owner_id=cls.walker.id,
                backup_id=False,
            )
        )

    @classmethod
    def past_round(cls, schedule):
        day = schedule._today()
        schedule._generate(date_from=day, date_to=day)
        missed = schedule.round_ids.sorted("date_due")[0]
        cls.env["medical.core.round"]._miss(missed)
        return missed

    def as_role(self, records, role):
        company = self.other_company if role == "outsider" else self.company
        return records.with_user(self.users[role]).with_context(
            allowed_company_ids=company.ids
        )

    def can(self, records, role, operation):
        return self.as_role(records, role).has_access(operation)

    def test_rights_of_each_role_on_each_model(self):
        for role, rights in RIGHTS.items():
            for model, allowed in zip(MODELS, rights, strict=True):
                for letter, operation in OPERATIONS.items():
                    with self.subTest(role=role, model=model, operation=operation):
                        self.assertEqual(
                            self.env[model]
                            .with_user(self.users[role])
                            .has_access(operation),
                            letter in allowed,
                        )

    def test_which_rounds_each_role_sees(self):
        for role, expected in EXPECTED.items():
            for one, seen in zip(
                (self.open, self.own, self.foreign), expected, strict=False
            ):
                with self.subTest(role=role, round=one.display_name):
                    self.assertEqual(self.can(one, role, "read"), seen)
                    self.assertEqual(self.can(one.line_ids, role, "read"), seen)

    def test_who_answers_lines(self):
        for role, expected in EXPECTED.items():
            line = self.as_role(self.open.line_ids[0], role)
            with self.subTest(role=role):
                if expected[3]:
                    line.note = f"seen by {role}"
                    self.assertEqual(self.open.line_ids[0].note, f"seen by {role}")
                else:
                    with self.assertRaises(AccessError):
                        line.note = f"seen by {role}"

    def test_who_reopens(self):
        for role, expected in EXPECTED.items():
            one = self.as_role(self.own, role)
            with self.subTest(role=role):
                if expected[4]:
                    one.action_reopen("Network was down.")
                    self.assertEqual(self.own.state, "in_progress")
                    self.env["medical.core.round"]._miss(self.own)
                else:
                    with self.assertRaises(AccessError):
                        one.action_reopen("Network was down.")
                    self.assertEqual(self.own.state, "missed")

    def test_who_keeps_schedules(self):
        for role, expected in EXPECTED.items():
            if role == "director":
                continue  # heads no department: a rule, not a right, refuses
            with self.subTest(role=role):
                self.assertEqual(self.can(self.schedule, role, "write"), expected[5])

    def test_the_director_reads_schedules_and_does_not_prepare(self):
        self.assertFalse(self.can(self.schedule, "director", "write"))
        self.assertTrue(self.can(self.schedule, "director", "read"))

    def test_who_was_asked_keeps_seeing_their_own(self):
        mine = self.own.with_user(self.walker)
        self.assertTrue(mine.has_access("read"))
        signed = self.signed_by(self.walker)
        self.assertTrue(signed.with_user(self.walker).has_access("read"))
        self.assertFalse(self.can(signed, "staff", "read"))

    def signed_by(self, user):
        self.open.with_user(user).action_start()
        self.answer_all(self.open, user)
        self.open.with_user(user).action_sign()
        return self.open

    def test_heads_of_a_department_above_see_what_is_below(self):
        clinic = self.env["hr.department"].create(
            {"name": "Clinic", "company_id": self.company.id}
        )
        self.nursing.parent_id = clinic
        clinic.manager_id = self.employees["hr"]
        self.users["hr"].group_ids += self.env.ref("medical_office.core_group_head")
        self.assertTrue(self.can(self.own, "hr", "read"))
        self.assertFalse(self.can(self.foreign, "hr", "read"))

    def test_a_head_decides_who_walks_in_the_own_department(self):
        head = self.open.with_user(self.users["head"])
        head.user_id = self.users["hr"]
        self.assertTrue(self.open.is_assigned_by_hand)
        with self.assertRaisesRegex(AccessError, "decides who does"):
            self.open.with_user(self.users["staff"]).user_id = self.users["staff"]

    def test_schedules_of_another_department_are_not_the_heads(self):
        with self.assertRaises(AccessError):
            self.foreign.schedule_id.with_user(self.users["head"]).window_hours = 9
        with self.assertRaises(AccessError):
            self.foreign.with_user(self.users["head"]).action_excuse("For a friend.")

    def test_reading_and_writing_stay_in_the_company(self):
        for model in MODELS[3:]:
            with self.subTest(model):
                self.assertFalse(self.as_outsider(model).search_count([]))
        with self.assertRaises(AccessError):
            self.as_role(self.open, "outsider").action_start()
