"""Ways around the forms: calls that no button makes, two records at once, late changes."""

from datetime import date, timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .run_case import NOW, RunCase

MARCH = date(2026, 3, 31)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestOpeningSideDoors(RunCase):
    def opening(self, person, role="payroll", **values):
        return (
            self.env["medical.payroll.opening.balance"]
            .with_user(self.users[role])
            .create(
                {
                    "company_id": self.company.id,
                    "date_start": date(2026, 6, 26),
                    "source": "Old payroll",
                    "line_ids": [
                        Command.create(
                            {
                                "employee_id": person.id,
                                "date_pay": MARCH,
                                "what": "REG",
                                "amount": 1000,
                            }
                        )
                    ],
                    **values,
                }
            )
        )

    def approved(self, person, **values):
        opening = self.opening(person, **values)
        opening.action_submit()
        self.as_role(opening, "director").action_approve()
        return opening

    def test_two_approved_at_once_do_not_count_a_quarter_twice(self):
        both = self.opening(self.nurse) | self.opening(self.nurse)
        both.action_submit()
        with self.assertRaisesRegex(UserError, "has approved opening balances"):
            self.as_role(both, "director").action_approve()

    def test_nothing_is_moved_into_what_is_approved(self):
        fixed = self.approved(self.nurse)
        draft = self.opening(
            self.clerk, quarter_ids=[Command.create({"quarter": "1", "heads": 9})]
        )
        with self.assertRaisesRegex(UserError, "no longer a draft"):
            draft.line_ids.opening_id = fixed
        with self.assertRaisesRegex(UserError, "no longer a draft"):
            draft.quarter_ids.opening_id = fixed

    def test_a_correction_is_of_the_same_company_and_year(self):
        fixed = self.approved(self.nurse)
        other = fixed.browse(fixed.action_correct()["res_id"])
        other.date_start = date(2027, 1, 8)
        other.line_ids.date_pay = date(2027, 1, 2)
        with self.assertRaisesRegex(UserError, "same company, year and payer"):
            other.action_submit()

    def test_a_correction_takes_back_what_was_booked(self):
        fixed = self.approved(self.nurse)
        before = self.nurse.department_id
        self.nurse.department_id = self.front_desk
        action = fixed.action_correct()
        new = fixed.browse(action["res_id"])
        new.line_ids.amount = 900
        new.action_submit()
        self.as_role(new, "director").action_approve()
        action = new.action_correct()
        last = fixed.browse(action["res_id"])
        last.line_ids.amount = 800
        last.action_submit()
        self.as_role(last, "director").action_approve()
        items = (fixed | new | last).sudo().item_ids
        self.assertEqual(sum(items.mapped("amount")), 800)
        own = items.filtered(lambda item: item.department_id == before)
        self.assertEqual(sum(own.mapped("amount")), 0)

    def test_a_quarter_stays_before_the_start(self):
        draft = self.opening(
            self.nurse, quarter_ids=[Command.create({"quarter": "2", "heads": 9})]
        )
        draft.date_start = date(2026, 4, 1)
        with self.assertRaisesRegex(ValidationError, "leave it out"):
            draft.action_submit()


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDepositSideDoors(RunCase):
    def returned(self, payment, **values):
        return (
            self.env["medical.payroll.deposit.return"]
            .with_user(self.users["payroll"])
            .create(
                {
                    "company_id": self.company.id,
                    "payment_id": payment.id,
                    "code": "R18",
                    "date": date(2026, 6, 30),
                    **values,
                }
            )
        )

    def of(self, run, person):
        return run.medical_payment_ids.filtered(lambda p: p.employee_id == person)

    def test_a_return_is_of_the_account_that_was_paid(self):
        payment = self.of(self.paid_out(), self.nurse)
        with self.assertRaisesRegex(ValidationError, "did not go to"):
            self.returned(payment, account_id=self.accounts[1].id)

    def test_an_earlier_return_is_one_of_the_payment_that_was_paid_anew(self):
        run = self.paid_out()
        payment = self.of(run, self.nurse)
        first = self.returned(payment)
        with self.assertRaisesRegex(ValidationError, "earlier deposit return"):
            self.returned(payment, earlier_id=first.id)
        other = self.returned(self.of(run, self.clerk))
        with self.assertRaisesRegex(ValidationError, "earlier deposit return"):
            self.returned(payment, earlier_id=other.id)

    def test_an_account_changed_after_the_approval_is_not_paid_anew(self):
        item = self.returned(self.of(self.paid_out(), self.nurse))
        item.action_book()
        item.write({"again_method": "deposit", "again_account_id": item.account_id.id})
        item.action_propose()
        self.as_role(item, "director").action_approve()
        with freeze_time("2026-06-30 16:00:00"):
            self.as_role(item.account_id, "payroll").new_number = "66600666"
            with self.assertRaisesRegex(UserError, "changed after"):
                item.action_file()
            item.action_back("she has called: it is her new account")
            self.assertFalse(item.approved_by_id)
            item.action_propose()
            self.as_role(item, "director").action_approve()
            item.action_file()
            with self.assertRaisesRegex(UserError, "has to mark it void first"):
                item.action_back("by check after all")

    def test_an_account_sent_back_meanwhile_is_not_paid(self):
        run = self.posted()
        self.of(run, self.nurse).account_id._pen().to_check = True
        with self.assertRaisesRegex(UserError, "Nora Salary"):
            run.action_medical_bank_file()

    def test_the_trace_of_a_changed_number_is_not_written_by_hand(self):
        account = self.accounts[0]
        for values in (
            {"date_changed": False},
            {"to_check": False},
            {"prenote_clears": "2026-01-01"},
            {"routing": "121042882", "date_changed": "2026-01-01 00:00:00"},
        ):
            for role in ("payroll", "hr"):
                with self.assertRaises(AccessError):
                    self.as_role(account, role).write(values)

    def test_a_cleared_prenote_of_a_file_that_was_not_sent_waits_again(self):
        account = self.accounts[0]
        account.prenote_state = "wanted"
        self.as_role(self.bank, "payroll").action_prenotes()
        with freeze_time("2026-06-30 12:00:00"):
            self.env["medical.payroll.account"]._cron_prenotes()
        self.assertEqual(account.prenote_state, "done")
        self.as_role(account.prenote_file_id, "director").action_void("not sent")
        self.assertEqual(account.prenote_state, "wanted")

    def test_pay_that_was_taken_back_is_not_paid_anew(self):
        run = self.paid_out()
        item = self.returned(self.of(run, self.nurse))
        item.action_book()
        with self.assertRaisesRegex(UserError, "void the payslip first"):
            item.action_close()
        slip = item.payment_id.slip_id
        void = run.browse(slip.action_medical_void("not been calculated")["res_id"])
        with self.assertRaisesRegex(UserError, "nothing is paid again"):
            item.action_propose()
        with self.assertRaisesRegex(UserError, "void the payslip first"):
            item.action_close()
        void.action_medical_submit()
        self.as_role(void, "director").action_medical_approve()
        void.action_medical_post()
        item.action_close()
        self.assertEqual(item.state, "closed")

    def test_the_banks_figures_do_not_replace_a_newer_number(self):
        payment = self.of(self.paid_out(), self.nurse)
        item = self.returned(payment, code="C01", new_number="9009009")
        account = item.account_id
        account._pen().date_changed = item.create_date + timedelta(hours=1)
        with self.assertRaisesRegex(UserError, "was changed after this was entered"):
            item.action_book()
        self.assertEqual(account._numbers()[account.id][1], "1002003001")

    def test_a_return_is_not_born_with_what_its_steps_write(self):
        payment = self.of(self.paid_out(), self.nurse)
        file = payment.run_id.medical_bank_file_id
        with self.assertRaisesRegex(UserError, "set by its buttons"):
            self.returned(payment, file_id=file.id)

    def test_a_run_that_was_submitted_is_not_computed_anew(self):
        run = self.submitted()
        slips = run.slip_ids.mapped("state")
        for role in ("payroll", "director", "accountant"):
            with self.assertRaises(UserError):
                self.as_role(run, role).medical_compute_step(restart=True)
        self.assertEqual(run.slip_ids.mapped("state"), slips)
        with self.assertRaises(UserError):
            run.medical_compute_step()
