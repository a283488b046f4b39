"""A run from preflight to paid: prepared, submitted, approved by another, posted, paid."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...tools.money import money
from .payroll_case import PAYDAY
from .run_case import NOW, RunCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPayrollRun(RunCase):
    def test_a_run_from_preflight_to_paid(self):
        run = self.prepared()
        self.assertEqual(len(run.slip_ids), 2)
        self.assertEqual(run.medical_blocker_count, 0)
        self.assertAlmostEqual(run.medical_gross, 3000 + 1600, 2)

        run.action_medical_submit()
        self.assertEqual(run.state, "submitted")
        self.assertEqual(run.medical_submitted_by_id, self.users["payroll"])
        self.assertEqual(len(run.medical_hash), 64)

        self.as_role(run, "director").action_medical_approve()
        self.assertEqual(run.medical_approved_by_id, self.users["director"])

        run.action_medical_post()
        self.assertEqual(set(run.slip_ids.mapped("state")), {"done"})
        self.assertTrue(all(run.slip_ids.medical_item_ids.mapped("confirmed")))
        move = run.sudo().medical_move_id
        self.assertEqual(move.state, "posted")
        self.assertEqual(move.date, PAYDAY)
        self.assertEqual(run._tie_out(), ("The bank file has not been created yet.",))

        run.action_medical_bank_file()
        file = run.medical_bank_file_id
        self.assertEqual(file.credit, run.medical_net)
        self.assertEqual(run._tie_out(), ())

        run.action_medical_pay()
        self.assertEqual(run.state, "paid")
        paid = run.sudo().medical_payment_move_id
        bank = paid.line_ids.filtered(lambda line: line.account_id == self.bank_account)
        self.assertEqual(sum(bank.mapped("credit")), run.medical_net)

    def test_the_entry_carries_the_cost_to_the_departments(self):
        move = self.posted().sudo().medical_move_id
        by_department = {
            line.name: line for line in move.line_ids if line.analytic_distribution
        }
        wages = by_department["Wages and salaries · Nursing"]
        self.assertEqual(wages.debit, 3000)
        center = self.nursing.sudo().medical_analytic_account_id
        self.assertEqual(wages.analytic_distribution, {str(center.id): 100})
        self.assertEqual(by_department["Wages and salaries · Front Desk"].debit, 1600)
        order = move.line_ids.filtered(lambda line: line.partner_id == self.court)
        self.assertEqual(order.credit, 50)

    def test_a_split_bears_its_part(self):
        self.env["medical.payroll.split"].create(
            [
                {
                    "version_id": self.nurse.version_id.id,
                    "department_id": department.id,
                    "percent": percent,
                }
                for department, percent in ((self.nursing, 75), (self.front_desk, 25))
            ]
        )
        move = self.posted().sudo().medical_move_id
        debits = {line.name: line.debit for line in move.line_ids}
        self.assertEqual(debits["Wages and salaries · Nursing"], 2250)
        self.assertEqual(debits["Wages and salaries · Front Desk"], 1600 + 750)

    def test_the_preparer_does_not_approve(self):
        run = self.submitted()
        both = self.users["payroll"]
        both.group_ids |= self.env.ref("medical_office.core_group_director")
        with self.assertRaisesRegex(AccessError, "somebody else has to move it"):
            run.with_user(both).action_medical_approve()

    def test_only_the_director_approves(self):
        run = self.submitted()
        for role in ("manager", "accountant", "payroll"):
            with self.assertRaises(AccessError):
                self.as_role(run, role).action_medical_approve()

    def test_the_director_cannot_prepare(self):
        run = self.prepared()
        with self.assertRaises(AccessError):
            self.as_role(run, "director").write({"medical_date_pay": "2026-06-25"})
        with self.assertRaises(AccessError):
            self.as_role(run, "director").action_medical_submit()

    def test_steps_cannot_be_skipped_nor_written(self):
        run = self.prepared()
        for method in ("action_medical_post", "action_medical_pay"):
            with self.assertRaisesRegex(UserError, "cannot go from"):
                getattr(run, method)()
        with self.assertRaisesRegex(UserError, "with its buttons, not by editing"):
            run.write({"state": "paid"})
        with self.assertRaisesRegex(UserError, "US pay run"):
            run.close_payslip_run()

    def test_a_submitted_run_is_locked(self):
        run = self.submitted()
        slip = run.slip_ids[0]
        with self.assertRaisesRegex(UserError, "locked"):
            run.write({"medical_date_pay": "2026-06-25"})
        with self.assertRaisesRegex(UserError, "locked"):
            run.action_medical_compute()
        with self.assertRaisesRegex(UserError, "locked"):
            slip.compute_sheet()
        with self.assertRaisesRegex(UserError, "not draft"):
            slip.unlink()
        with self.assertRaisesRegex(UserError, "locked"):
            run.unlink()
        with self.assertRaisesRegex(UserError, "confirmed with its pay run"):
            slip.action_payslip_done()

    def test_a_figure_changed_after_submission_stops_the_run(self):
        run = self.submitted()
        line = run.sudo().slip_ids[0].line_ids.filtered(lambda line: line.code == "NET")
        line._pen().amount += 100  # as a fault of the program would
        with self.assertRaisesRegex(UserError, "have changed since it was submitted"):
            self.as_role(run, "director").action_medical_approve()

    def test_a_run_goes_back_with_a_reason_and_comes_again(self):
        run = self.submitted()
        director = self.as_role(run, "director")
        with self.assertRaisesRegex(UserError, "Give a reason"):
            director.action_medical_return("")
        director.action_medical_return("Hal worked only one week")
        self.assertEqual(run.state, "draft")
        self.assertFalse(run.medical_hash)
        self.assertFalse(run.medical_payment_ids)
        run.action_medical_compute()
        run.action_medical_submit()
        self.assertEqual(run.state, "submitted")

    def test_an_account_changed_after_submission_is_not_paid(self):
        run = self.posted()
        with freeze_time("2026-06-24 15:00:00"):
            self.accounts[0].new_number = "999"
            with self.assertRaisesRegex(UserError, "Nora Salary was changed after"):
                run.action_medical_bank_file()

    def test_no_second_bank_file_unless_the_director_voids_the_first(self):
        run = self.posted()
        run.action_medical_bank_file()
        with self.assertRaisesRegex(UserError, "has a bank file"):
            run.action_medical_bank_file()
        with self.assertRaises(AccessError):
            run.medical_bank_file_id.action_void("not sent")
        first = run.medical_bank_file_id
        self.as_role(first, "director").action_void("The bank was closed")
        run.action_medical_bank_file()
        self.assertNotEqual(run.medical_bank_file_id, first)
        self.assertEqual(run._tie_out(), ())

    def test_a_run_whose_books_differ_cannot_be_paid(self):
        run = self.posted()
        run.action_medical_bank_file()
        liability = run.sudo().medical_liability_ids.filtered(
            lambda item: item.kind == "federal"
        )
        liability._pen().amount += 0.01
        with self.assertRaisesRegex(UserError, "Federal payroll taxes payable"):
            run.action_medical_pay()

    def test_parts_of_the_net_go_to_their_accounts(self):
        self.env["medical.payroll.account"].create(
            {
                "employee_id": self.nurse.id,
                "name": "Savings",
                "kind": "savings",
                "routing": "111000025",
                "new_number": "777",
                "share": "fixed",
                "value": 200,
            }
        ).date_changed = False
        run = self.posted()
        own = run.medical_payment_ids.filtered(lambda p: p.employee_id == self.nurse)
        self.assertIn(200, own.mapped("amount"))
        slip = run.slip_ids.filtered(lambda s: s.employee_id == self.nurse)
        self.assertEqual(
            sum(money(p.amount) for p in own), money(f"{slip.medical_net:.2f}")
        )
        run.action_medical_bank_file()
        self.assertEqual(run.medical_bank_file_id.entry_count, 3)

    def test_nobody_else_reads_a_run_or_its_payments(self):
        run = self.posted()
        for role in ("staff", "head", "hr"):
            for records in (run, run.medical_payment_ids, run.medical_liability_ids):
                with self.assertRaises(AccessError):
                    self.as_role(records, role).read(["company_id"])
        with self.assertRaises(AccessError):
            self.as_role(run.medical_payment_ids, "accountant").read(["amount"])
        outsider = self.as_role(run, "outsider")
        with self.assertRaises(AccessError):
            outsider.read(["name"])

    def test_nobody_writes_the_trace_of_a_run_or_a_locked_slip(self):
        run = self.submitted()
        for values in ({"medical_hash": "0" * 64}, {"medical_approved_by_id": 1}):
            with self.assertRaisesRegex(AccessError, "set only by its steps"):
                run.write(values)
        with self.assertRaisesRegex(AccessError, "set only by its steps"):
            run.create({"name": "Forged", "medical_hash": "0" * 64})
        with self.assertRaisesRegex(UserError, "locked"):
            run.slip_ids[0].write({"state": "done"})
        run.action_medical_return("another look")
        with self.assertRaisesRegex(UserError, "confirmed with its pay run"):
            run.slip_ids[0].write({"state": "done"})

    def test_a_draft_run_is_deleted_with_its_slips(self):
        run = self.prepared()
        slips = run.slip_ids
        run.unlink()
        self.assertFalse(slips.exists())
