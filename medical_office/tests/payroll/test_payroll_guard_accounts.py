"""Where pay goes, who reads a payslip, and what looking leaves behind."""

import base64

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import RpcClient
from .guard_case import GuardCase
from .payroll_case import PAYDAY
from .run_case import NOW

LATER = "2026-06-24 15:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAccountMoves(GuardCase):
    def setUp(self):
        super().setUp()
        self.bank.prenote_new = True
        self.account = self.accounts[0]
        self.account.prenote_state = "done"
        self.assertFalse(self.account.date_changed)
        self.assertTrue(self.account._is_ready(PAYDAY))

    def assert_changed(self, role):
        self.assertEqual(self.account.changed_by_id, self.users[role])
        self.assertEqual(str(self.account.date_changed), LATER)
        self.assertTrue(self.account.is_recent)
        self.assertEqual(self.account.prenote_state, "wanted")
        self.assertFalse(self.account._is_ready(PAYDAY))

    def test_another_persons_account_counts_as_changed(self):
        for role in ("hr", "payroll"):
            self.account.write({"date_changed": False, "prenote_state": "done"})
            self.account.employee_id = self.nurse
            self.account.write({"date_changed": False, "prenote_state": "done"})
            with freeze_time(LATER):
                self.accounts[1].active = False
                self.as_role(self.account, role).employee_id = self.clerk
                self.assert_changed(role)
        text = " ".join(self.account.message_ids.mapped("body"))
        self.assertIn("Employee: Nora Salary → Hal Hourly", text)

    def test_an_old_account_used_again_counts_as_changed(self):
        self.account.active = False
        self.assertFalse(self.account.date_changed)
        with freeze_time(LATER):
            self.as_role(self.account, "hr").active = True
            self.assert_changed("hr")

    def test_unarchiving_is_the_same_door(self):
        self.account.action_archive()
        with freeze_time(LATER):
            self.as_role(self.account, "hr").action_unarchive()
            self.assert_changed("hr")

    def test_an_account_the_bank_sent_back_is_not_freed_by_using_it_again(self):
        self.account._pen().write({"to_check": True, "prenote_state": "returned"})
        hr = self.as_role(self.account, "hr")
        hr.active = False
        hr.active = True
        self.assertTrue(self.account.to_check)
        self.assertEqual(self.account.prenote_state, "returned")

    def test_a_run_that_was_approved_meanwhile_does_not_pay_it(self):
        self.bank.prenote_new = False
        run = self.posted()
        with freeze_time(LATER):
            payroll = self.as_role(self.account, "payroll")
            payroll.active = False
            payroll.active = True
            self.refused(
                run.action_medical_bank_file, UserError, "Nora Salary was changed after"
            )

    def test_the_preflight_finds_it(self):
        self.bank.prenote_new = False
        self.env.cr.execute(
            "UPDATE medical_payroll_account SET create_date = '2026-01-02'"
        )
        self.accounts.invalidate_recordset()
        hr = self.as_role(self.account, "hr")
        hr.active = False
        hr.active = True
        run = self.prepared()
        found = run.medical_finding_ids.filtered(lambda f: f.code == "bank_changed")
        self.assertEqual(found.employee_id, self.nurse)
        self.assertEqual(found.level, "blocker")
        self.refused(run.action_medical_submit, UserError, "cannot be submitted")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestOwnLogin(GuardCase):
    """Own payslips follow the login; nobody links the own one to another person."""

    def slips_of(self, user):
        return self.env["hr.payslip"].with_user(user).search([])

    def test_hr_does_not_link_the_own_login(self):
        self.paid_out()
        hr = self.users["hr"]
        own = self.employees["hr"]
        own_as_hr = own.with_user(hr)
        self.refused(lambda: own_as_hr.write({"user_id": False}), told="your own login")
        own.user_id = False
        self.env.flush_all()
        nurse = self.nurse.with_user(hr)
        self.refused(lambda: nurse.write({"user_id": hr.id}), told="your own login")
        resource = self.nurse.resource_id.with_user(hr)
        self.refused(lambda: resource.write({"user_id": hr.id}), told="your own login")
        people = self.env["hr.employee"].with_user(hr)
        values = {"name": "To be filled", "company_id": self.company.id}
        self.refused(
            lambda: people.create({**values, "user_id": hr.id}), told="your own login"
        )
        asked = people.with_context(default_user_id=hr.id)
        self.refused(lambda: asked.create(values), told="your own login")
        self.assertFalse(self.slips_of(hr))

    def test_hr_links_a_colleague_and_the_chatter_says_so(self):
        self.paid_out()
        self.employees["staff"].user_id = False
        self.env.flush_all()
        self.nurse.with_user(self.users["hr"]).user_id = self.users["staff"]
        self.assertEqual(self.slips_of(self.users["staff"]).employee_id, self.nurse)
        self.assertIn("user_id", self.nurse._track_get_fields())

    def test_an_administrator_may(self):
        admin = self.users["plain"]
        admin.group_ids += self.env.ref("base.group_system")
        admin.group_ids += self.env.ref("hr.group_hr_user")
        self.nurse.with_user(admin).user_id = admin
        self.assertEqual(self.nurse.user_id, admin)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestBankFileTrace(GuardCase):
    def test_no_role_reads_the_file_without_a_trace(self):
        run = self.posted()
        run.action_medical_bank_file()
        file = run.medical_bank_file_id
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", file._name),
                    ("res_id", "=", file.id),
                    ("res_field", "=", "content"),
                ]
            )
        )
        self.assertTrue(attachment)
        for role in self.users:
            own = file.with_user(self.users[role])
            with self.subTest(role):
                self.refused(lambda own=own: own.read(["content"]))
                self.refused(
                    lambda role=role: attachment.with_user(self.users[role]).read(
                        ["datas"]
                    )
                )
                if role not in ("payroll", "manager"):
                    self.refused(own.action_download)
        self.assertFalse(self.env["medical.core.opened"].search([]))

    def test_taking_the_file_leaves_a_line_for_each_person_each_time(self):
        run = self.posted()
        run.action_medical_bank_file()
        file = self.as_role(run.medical_bank_file_id, "payroll")
        for times in (1, 2):
            action = file.action_download()
            kept = self.env["medical.core.opened"].search([])
            self.assertEqual(len(kept), 2 * times)
        self.assertEqual(kept.employee_id, self.nurse | self.clerk)
        self.assertEqual(set(kept.mapped("detail")), {file.name})
        self.assertEqual(kept.user_id, self.users["payroll"])
        copy = self.copy_of(action)
        self.assertIn(b"1002003001", base64.b64decode(copy.content))
        self.assertEqual(copy.create_uid, self.users["payroll"])


@tagged("post_install", "-at_install")
class TestAccountsByRpc(GuardCase, RpcClient):
    """The same through the web's door; no frozen clock, which a session does not bear."""

    def test_hr_neither_clears_a_trace_nor_links_itself(self):
        self.env.flush_all()
        self.sign_in("hr")
        account = self.accounts[0]
        for values in (
            {"date_changed": "2020-01-01 00:00:00"},
            {"to_check": False},
            {"prenote_state": "done"},
            {"number": "666"},
        ):
            self.call_refused("medical.payroll.account", "write", account.ids, values)
        own = {"user_id": self.users["hr"].id}
        self.call_refused("hr.employee", "write", self.nurse.ids, own)
        self.call_refused("resource.resource", "write", self.nurse.resource_id.ids, own)

    def test_payroll_does_not_read_the_banks_file(self):
        with freeze_time(NOW):
            run = self.posted()
            run.action_medical_bank_file()
        self.env.flush_all()
        self.sign_in("payroll")
        file = run.medical_bank_file_id
        self.call_refused(file._name, "read", file.ids, ["content"])
        self.call_refused(file._name, "web_read", file.ids, {"content": {}})
        self.users["payroll"].group_ids += self.env.ref("base.group_allow_export")
        with self.assertRaises(AccessError):
            file.with_user(self.users["payroll"]).export_data(["content"])
