"""A deposit that came back: booked, held, paid anew by another person's approval."""

import base64
from datetime import date

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...tools.payroll import ach
from .run_case import NOW, RunCase

LATER = "2026-06-30 15:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPayrollReturn(RunCase):
    def setUp(self):
        super().setUp()
        self.run = self.paid_out()
        self.payment = self.run.medical_payment_ids.filtered(
            lambda p: p.employee_id == self.nurse
        )
        self.net_account = (
            self.env["medical.payroll.posting"]
            ._book(self.company)["net", ""]
            .account_id
        )

    def returned(self, code="R03", role="payroll", **values):
        return (
            self.env["medical.payroll.deposit.return"]
            .with_user(self.users[role])
            .create(
                {
                    "company_id": self.company.id,
                    "payment_id": self.payment.id,
                    "code": code,
                    "date": date(2026, 6, 30),
                    **values,
                }
            )
        )

    def balance(self, account):
        [[total]] = self.env["account.move.line"]._read_group(
            [("account_id", "=", account.id), ("parent_state", "=", "posted")],
            [],
            ["balance:sum"],
        )
        return round(total, 2)

    # ------------------------------------------------------------------ the steps

    def test_the_money_is_owed_again_and_the_account_is_held(self):
        self.assertEqual(self.balance(self.net_account), 0)
        item = self.returned()
        item.action_book()
        self.assertEqual(item.amount, self.payment.amount)
        self.assertEqual(self.balance(self.net_account), -item.amount)
        self.assertEqual(item.sudo().move_id.date, date(2026, 6, 30))
        self.assertTrue(item.account_id.to_check)
        self.assertTrue(self.payment.returned)
        self.assertFalse(self.run._tie_out())
        with freeze_time("2026-07-07 15:00:00"):
            later = self.submitted(
                start=date(2026, 6, 21), end=date(2026, 7, 4), day=date(2026, 7, 10)
            )
        own = later.medical_payment_ids.filtered(lambda p: p.employee_id == self.nurse)
        self.assertEqual(own.method, "check")

    def test_a_check_pays_it_after_another_person_approved(self):
        item = self.returned()
        with self.assertRaisesRegex(UserError, "cannot go"):
            item.action_propose()
        item.action_book()
        item.action_propose()
        with self.assertRaises(AccessError):
            item.action_approve()
        with self.assertRaisesRegex(UserError, "can no longer be changed"):
            item.again_method = "deposit"
        self.as_role(item, "director").action_approve()
        with self.assertRaisesRegex(UserError, "the check number"):
            item.action_pay()
        item.check_number = "1044"
        item.action_pay()
        self.assertEqual(item.state, "paid")
        self.assertEqual(self.balance(self.net_account), 0)
        self.assertFalse(self.run._tie_out())

    def test_a_deposit_pays_it_in_a_file_of_its_own(self):
        item = self.returned()
        item.action_book()
        item.write({"again_method": "deposit", "again_account_id": item.account_id.id})
        with self.assertRaisesRegex(UserError, "cannot be paid yet"):
            item.action_propose()
        self.as_role(item.account_id, "payroll").action_checked()
        item.action_propose()
        self.as_role(item, "director").action_approve()
        with self.assertRaisesRegex(UserError, "file first"):
            item.action_pay()
        item.action_file()
        [entry] = item.file_id._read_back().entries
        self.assertEqual(float(entry.amount), item.amount)
        self.assertEqual((entry.trace, item.file_id.kind), (item.trace, "again"))
        with self.assertRaisesRegex(UserError, "waiting for its bank file"):
            item.action_file()
        item.action_pay()
        self.assertEqual(self.balance(self.net_account), 0)
        self.assertEqual(item.sudo().again_move_id.date, item.file_id.date_effective)
        with self.assertRaisesRegex(UserError, "already paid"):
            self.as_role(item.file_id, "director").action_void("too late")

    def test_the_director_sends_it_back_with_a_reason(self):
        item = self.returned()
        item.action_book()
        item.action_propose()
        director = self.as_role(item, "director")
        with self.assertRaisesRegex(UserError, "reason"):
            director.action_back("")
        director.action_back("ask her first")
        self.assertEqual(item.state, "booked")
        self.assertEqual(
            len(item.sudo().move_id), 1, "going back posts nothing a second time"
        )
        self.assertEqual(self.balance(self.net_account), -item.amount)

    def test_it_is_entered_once_and_kept(self):
        item = self.returned()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            self.returned()
            self.env.flush_all()
        item.action_book()
        with self.assertRaisesRegex(UserError, "is posted and cannot be deleted"):
            item.unlink()
        with self.assertRaisesRegex(UserError, "can no longer be changed"):
            item.code = "R02"

    def test_what_cannot_come_back_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "cannot be returned before"):
            self.returned(date=date(2026, 6, 25))
        unpaid = self.posted(
            start=date(2026, 6, 21), end=date(2026, 7, 4), day=date(2026, 7, 10)
        )
        with self.assertRaisesRegex(
            ValidationError, "only a deposit from a paid pay run"
        ):
            self.returned(payment_id=unpaid.medical_payment_ids[0].id)

    def test_roles_that_are_refused(self):
        for role in ("staff", "head", "hr", "accountant", "auditor", "director"):
            with self.assertRaises(AccessError):
                self.returned(role=role)
        item = self.returned()
        with self.assertRaises(AccessError):
            self.as_role(item, "director").note = "written by the approver"
        with self.assertRaises(AccessError):
            self.as_role(item, "director").action_book()

    def test_a_reason_of_the_bank_alone_holds_no_account(self):
        item = self.returned("R18")
        item.action_book()
        self.assertFalse(item.account_id.to_check)

    def test_what_waits_stands_in_the_register(self):
        check = self.env["medical.payroll.deposit.return"]._medical_check_open
        with freeze_time(LATER):
            self.assertFalse(check().rows)
            item = self.returned()
            [row] = check().rows
            self.assertEqual((row.res_id, row.severity), (item.id, "high"))
            self.assertEqual(row.money_at_risk, item.amount)
            item.action_book()
            self.assertTrue(check().rows)
            item.action_propose()
            self.as_role(item, "director").action_approve()
            item.check_number = "1044"
            item.action_pay()
            self.assertFalse(check().rows)

    # -------------------------------------------------------- prenotes and changes

    def test_a_returned_prenote_closes_the_account(self):
        account = self.accounts[0]
        account.prenote_state = "pending"
        item = self.returned(payment_id=False, account_id=account.id)
        self.assertEqual((item.about, item.amount), ("prenote", 0))
        item.action_book()
        self.assertEqual((item.state, account.prenote_state), ("closed", "returned"))
        self.assertFalse(account._is_ready(date(2026, 12, 31)))

    def test_a_change_takes_the_banks_figures_over(self):
        item = self.returned("C03")
        with self.assertRaisesRegex(UserError, "enter the numbers"):
            item.action_book()
        item.write({"new_routing": "231380104", "new_number": "9009009"})
        item.invalidate_recordset()
        self.assertFalse(item.new_number)
        self.assertEqual(item.new_masked, "••••9009")
        self.assertNotIn("9009009", str(item.read(["new_number", "new_masked"])))
        item.action_book()
        account = item.account_id
        self.assertEqual(account._numbers()[account.id], ("231380104", "9009009"))
        self.assertEqual((item.state, account.prenote_state), ("closed", "none"))
        self.assertTrue(account.is_recent)
        with self.assertRaises(AccessError):
            item.read(["new_stored"])

    # ------------------------------------------------------------- the bank's file

    def bank_file(self, rows):
        """A return file as a bank writes it: entry and addenda for each row of
        (addenda type, reason, trace of ours, account, cents, corrected data)."""
        lines = [
            "101 12104288213912345672606300900A094101"
            "OUR PRACTICE           LAKE BANK              ".ljust(54)
        ]
        bank, hashed, credit = "11100002", 0, 0
        lines.append(
            "5200TEST PRACTICE".ljust(40)
            + "1391234567PPDPAYROLL   260626260630   1"
            + bank
            + "0000001"
        )
        for number, (kind, reason, trace, account, cents, data) in enumerate(rows, 1):
            hashed += int(bank)
            credit += cents
            own = f"{bank}{number:07}"
            lines.append(
                f"621{bank}5{account:<17}{cents:010}{'7':<15}{'SALARY':<22}  1{own}"
            )
            lines.append(f"7{kind}{reason}{trace:<15}{'':6}{bank}{data:<44}{own}")
        count = 2 * len(rows)
        totals = f"{count:06}{hashed:010}{0:012}{credit:012}"
        lines.append(f"8200{totals}1391234567".ljust(79) + bank + "0000001")
        blocks = -(-(len(lines) + 1) // 10)
        lines.append(
            (f"9000001{blocks:06}{count:08}{hashed:010}{0:012}{credit:012}").ljust(94)
        )
        lines += ["9" * 94] * (blocks * 10 - len(lines))
        return "\n".join(line[:94].ljust(94) for line in lines) + "\n"

    def wizard(self, content):
        return (
            self.env["medical.payroll.deposit.return.wizard"]
            .with_user(self.users["payroll"])
            .create({"file": base64.b64encode(content.encode())})
        )

    @freeze_time(LATER)
    def test_the_banks_file_is_matched_by_trace_account_and_amount(self):
        cents = round(self.payment.amount * 100)
        number = self.payment.account_id._numbers()[self.payment.account_id.id][1]
        content = self.bank_file(
            [
                ("99", "R03", self.payment.trace, number, cents, ""),
                ("99", "R03", self.payment.trace, number, cents + 1, ""),
                ("98", "C01", self.payment.trace, number, 0, "777888"),
                ("99", "R99", self.payment.trace, number, cents, ""),
            ]
        )
        wizard = self.wizard(content)
        wizard.action_check()
        self.assertEqual(len(wizard.found.split("\n")), 2)
        self.assertIn("R03, SALARY", wizard.found)
        told = wizard.problems.split("\n")
        self.assertIn("nothing that was sent matches", told[0])
        self.assertIn("the code is not known", told[1])
        self.assertFalse(self.payment.return_ids)
        wizard.action_import()
        made = self.payment.return_ids
        self.assertEqual(sorted(made.mapped("code")), ["C01", "R03"])
        change = made.filtered(lambda item: item.about == "change")
        self.assertEqual(change.new_masked, "••••7888")
        wizard.action_check()
        self.assertIn("already entered", wizard.problems)

    @freeze_time(LATER)
    def test_a_payment_that_stands_twice_is_entered_once(self):
        cents = round(self.payment.amount * 100)
        number = self.payment.account_id._numbers()[self.payment.account_id.id][1]
        content = self.bank_file(
            [
                ("99", "R03", self.payment.trace, number, cents, ""),
                ("99", "R04", self.payment.trace, number, cents, ""),
            ]
        )
        wizard = self.wizard(content)
        wizard.action_check()
        self.assertIn("R03", wizard.found)
        self.assertIn("(R04", wizard.problems)
        self.returned("R02")
        wizard.action_check()
        self.assertFalse(wizard.found)
        self.assertEqual(wizard.problems.count("already entered"), 2)

    @freeze_time(LATER)
    def test_a_returned_prenote_is_found_by_its_trace(self):
        account = self.accounts[1]
        account.prenote_state = "wanted"
        self.as_role(self.bank, "payroll").action_prenotes()
        number = account._numbers()[account.id][1]
        wizard = self.wizard(
            self.bank_file([("99", "R04", account.prenote_trace, number, 0, "")])
        )
        wizard.action_import()
        item = self.env["medical.payroll.deposit.return"].search([("code", "=", "R04")])
        self.assertEqual((item.account_id, item.about), (account, "prenote"))

    def test_a_file_that_is_none_is_refused(self):
        with self.assertRaisesRegex(UserError, "Line 1"):
            self.wizard("no file").action_check()
        with self.assertRaisesRegex(UserError, "has no returns"):
            content = base64.b64decode(
                self.run.medical_bank_file_id._content()
            ).decode()
            self.wizard(content).action_check()

    def test_the_new_payment_may_come_back_too(self):
        item = self.returned("R18")
        item.action_book()
        item.write({"again_method": "deposit", "again_account_id": item.account_id.id})
        item.action_propose()
        self.as_role(item, "director").action_approve()
        item.action_file()
        item.action_pay()
        second = self.returned("R02", earlier_id=item.id)
        second.action_book()
        self.assertEqual(self.balance(self.net_account), -second.amount)

    def test_codes_are_dated_data_with_their_meaning(self):
        known = {reason.code: reason for reason in ach.reasons(date(2026, 6, 30))}
        self.assertLessEqual({"R01", "R02", "R03", "R04", "C01", "C07"}, known.keys())
        self.assertTrue(known["R03"].hold)
        self.assertTrue(known["C01"].change)
