"""The register of decisions: what waits is listed, decided from the list, and closed."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .check_case import CheckCase
from .round_case import RoundCase

WHY = "The new unit comes on Friday."
UNTIL = "2026-12-01"
NO = "It can be mended today."


class RegisterCase:
    """How tests look into the register."""

    def rows(self, record):
        rows = self.env["medical.core.decision"].search(
            [("res_model", "=", record._name), ("res_id", "=", record.id)], order="id"
        )
        rows.invalidate_recordset()
        return rows

    def mine(self, user):
        """What “My Approvals” lists for a user."""
        register = self.env["medical.core.decision"].with_user(user)
        return register.search([("can_decide", "=", True)])


@tagged("post_install", "-at_install")
class TestWaiverDecision(RegisterCase, CheckCase):
    def requested(self, severity="medium", by=None, **values):
        exception = self.found(
            self.row(severity=severity, **{"user_id": self.staff.id, **values})
        ).filtered("is_open")
        exception.with_user(by or self.staff).action_waive(WHY, UNTIL)
        self.assertEqual(exception.state, "requested")
        return exception, self.rows(exception)[-1]

    def test_who_may_decide_finds_it(self):
        """(severity) -> roles that see it in their list."""
        for severity, roles in (
            ("medium", {"head", "manager", "director"}),
            ("critical", {"manager", "director"}),
        ):
            exception, row = self.requested(severity)
            with self.subTest(severity):
                self.assertEqual(row.domain, "supply")
                self.assertEqual(row.asked_by_id, self.staff)
                self.assertEqual(row.department_id, self.nursing)
                self.assertIn(exception.summary, row.name)
                seeing = {
                    role
                    for role in self.users.keys() - {"outsider", "plain"}
                    if row.id in self.mine(self.users[role]).ids
                }
                self.assertEqual(seeing, roles)
                exception.with_user(self.staff).action_refuse_waiver("Mended.")

    def test_a_head_decides_for_the_departments_headed(self):
        _exception, row = self.requested(department_id=self.front_desk.id)
        self.front_desk.manager_id = False
        self.assertNotIn(row.id, self.mine(self.head).ids)
        with self.assertRaises(AccessError):
            row.with_user(self.head).read(["name"])
        self.assertIn(row.id, self.mine(self.manager).ids)
        count = self.env["medical.core.decision"].with_user(self.manager).count_mine()
        self.assertEqual(count, len(self.mine(self.manager)))

    def test_approved_from_the_list(self):
        exception, row = self.requested()
        row.with_user(self.head).action_approve()
        self.assertEqual(exception.state, "waived")
        self.assertEqual(exception.waive_approved_by_id, self.head)
        self.assertRecordValues(
            row, [{"state": "decided", "decided_by_id": self.head.id, "reason": WHY}]
        )
        self.assertFalse(self.mine(self.head))
        with self.assertRaisesRegex(UserError, "is no longer waiting"):
            row.with_user(self.manager).action_approve()

    def test_sent_back_from_the_list_with_the_reason(self):
        exception, row = self.requested()
        row.with_user(self.head).action_return(NO)
        self.assertEqual(exception.state, "open")
        self.assertRecordValues(
            row, [{"state": "decided", "decided_by_id": self.head.id, "reason": NO}]
        )

    def test_sent_back_through_the_dialog(self):
        _exception, row = self.requested()
        action = (
            row.with_user(self.head)
            .with_context(medical_reason_method="action_return")
            .action_ask_reason()
        )
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.head)
            .with_context(**action["context"])
        )
        form = Form(wizard)
        form.reason = NO
        form.save().action_confirm()
        self.assertEqual(row.reason, NO)

    def test_who_asked_is_refused(self):
        exception, row = self.requested("high", by=self.manager)
        self.assertNotIn(row.id, self.mine(self.manager).ids)
        with self.assertRaises(AccessError):
            row.with_user(self.manager).action_approve()
        self.assertEqual((exception.state, row.state), ("requested", "open"))

    def test_the_wrong_role_is_refused_by_the_record_itself(self):
        exception, row = self.requested("high")
        for role in ("staff", "head", "auditor"):
            with self.subTest(role), self.assertRaises(AccessError):
                row.with_user(self.users[role]).action_approve()
        self.assertEqual((exception.state, row.state), ("requested", "open"))

    def test_every_other_way_out_closes_the_row(self):
        exception, row = self.requested()
        exception.with_user(self.staff).action_refuse_waiver("Mended meanwhile.")
        self.assertEqual(row.state, "withdrawn")
        exception, row = self.requested()
        self.found()  # its cause is gone
        self.assertEqual((exception.state, row.state), ("closed", "withdrawn"))
        exception, row = self.requested()
        exception.with_user(self.manager).action_approve_waiver()
        self.assertEqual(row.state, "decided")
        self.assertFalse(self.mine(self.manager))

    def test_asked_again_is_a_row_of_its_own(self):
        exception, first = self.requested()
        first.with_user(self.head).action_return(NO)
        exception.with_user(self.staff).action_waive(WHY, UNTIL)
        first_row, second = self.rows(exception)
        self.assertEqual((first_row, second.state), (first, "open"))

    def test_no_row_is_made_or_changed_by_a_client(self):
        _exception, row = self.requested()
        register = self.env["medical.core.decision"]
        values = {
            "name": "Pay me",
            "domain": "payroll",
            "res_model": "res.partner",
            "res_id": 1,
            "waiting_state": "requested",
        }
        for role in self.users:
            user = self.users[role]
            with self.subTest(role):
                with self.assertRaises(AccessError):
                    register.with_user(user).create(values)
                with self.assertRaises(UserError):
                    row.with_user(user).write({"state": "decided"})
                with self.assertRaises(AccessError):
                    row.with_user(user).write({"barred_ids": [(5,)]})
                with self.assertRaises(AccessError):
                    row.with_user(user).unlink()
        self.assertEqual(row.state, "open")

    def test_a_row_that_names_another_record_presses_nothing(self):
        """Even changed in the database it only presses buttons of decidable models."""
        _exception, row = self.requested()
        row._pen().write({"res_model": "res.partner", "res_id": self.things[0].id})
        self.env.flush_all()
        with self.assertRaises(UserError):
            row.with_user(self.manager).action_approve()

    def test_an_activity_and_its_message_for_who_may_decide(self):
        self.head.notification_type = "email"
        self.head.email = "head@practice.example"
        before = self.env["mail.mail"].search([])
        _exception, row = self.requested()
        people = row.activity_ids.user_id
        self.assertIn(self.head, people)
        self.assertNotIn(self.staff, people)
        mails = self.env["mail.mail"].search([]) - before
        self.assertIn(self.head.partner_id, mails.recipient_ids)
        row.with_user(self.head).action_approve()
        self.assertFalse(row.activity_ids)


@tagged("post_install", "-at_install")
class TestLeaveDecision(RegisterCase, RoundCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.approver = cls.users["manager"]
        cls.officer = new_test_user(
            cls.env,
            "test_officer",
            groups="medical_office.core_group_hr,hr_holidays.group_hr_holidays_user",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        cls.person = cls.users["accountant"].employee_id
        cls.person.leave_manager_id = cls.approver

    def asked(self, validation="manager"):
        kind = self.env["hr.leave.type"].create(
            {
                "name": "Vacation",
                "requires_allocation": False,
                "leave_validation_type": validation,
                "company_id": self.company.id,
            }
        )
        leave = (
            self.env["hr.leave"]
            .with_user(self.person.user_id)
            .create(
                {
                    "employee_id": self.person.id,
                    "holiday_status_id": kind.id,
                    "request_date_from": date(2026, 12, 8),
                    "request_date_to": date(2026, 12, 9),
                }
            )
        )
        leave = leave.with_user(self.env.user)
        return leave, self.rows(leave)

    def test_the_approver_finds_it_and_approves(self):
        leave, row = self.asked()
        self.assertEqual((row.domain, row.state), ("people", "open"))
        self.assertEqual(row.asked_by_id, self.person.user_id)
        self.assertIn(row.id, self.mine(self.approver).ids)
        self.assertNotIn(row.id, self.mine(self.person.user_id).ids)
        self.assertNotIn(row.id, self.mine(self.users["head"]).ids)
        row.with_user(self.approver).action_approve()
        self.assertEqual(leave.state, "validate")
        self.assertRecordValues(
            row, [{"state": "decided", "decided_by_id": self.approver.id}]
        )

    def test_refused_with_the_reason(self):
        leave, row = self.asked()
        row.with_user(self.approver).action_return("Two are away already.")
        self.assertEqual(leave.state, "refuse")
        self.assertEqual(row.reason, "Two are away already.")
        bodies = " ".join(str(message.body) for message in leave.message_ids)
        self.assertIn("Two are away already.", bodies)

    def test_a_second_approval_is_a_second_row(self):
        leave, row = self.asked("both")
        row.with_user(self.approver).action_approve()
        first, second = self.rows(leave)
        self.assertEqual((first.state, second.state), ("decided", "open"))
        self.assertNotIn(second.id, self.mine(self.approver).ids)
        self.assertIn(second.id, self.mine(self.officer).ids)
        second.with_user(self.officer).action_approve()
        self.assertEqual((leave.state, second.state), ("validate", "decided"))

    def test_who_asked_and_who_may_not_are_refused_by_the_host_and_here(self):
        leave, row = self.asked()
        for user in (self.person.user_id, self.users["staff"], self.users["hr"]):
            with self.subTest(user.login), self.assertRaises(UserError):
                row.with_user(user).action_approve()
        self.assertEqual((leave.state, row.state), ("confirm", "open"))

    def test_an_officer_does_not_approve_an_own_one_from_the_list(self):
        self.person.user_id = self.officer
        _leave, row = self.asked("hr")
        self.assertNotIn(row.id, self.mine(self.officer).ids)
        with self.assertRaisesRegex(AccessError, "somebody else"):
            row.with_user(self.officer).action_approve()

    def test_decided_on_its_own_form_or_deleted_closes_the_row(self):
        leave, row = self.asked()
        leave.with_user(self.approver).action_refuse()
        self.assertEqual(row.state, "decided")
        leave, row = self.asked()
        leave.with_user(self.person.user_id).unlink()
        self.assertEqual((row.state, row.outcome), ("withdrawn", "Deleted"))

    def test_what_needs_no_approval_never_waits(self):
        leave, rows = self.asked("no_validation")
        self.assertEqual(leave.state, "validate")
        self.assertFalse(rows)
