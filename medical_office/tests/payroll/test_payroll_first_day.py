"""The accounts of a new practice, made by the people whose work it is."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged

from .payroll_case import END, PAYDAY, START, PayrollCase


@tagged("post_install", "-at_install")
class TestPayrollFirstDay(PayrollCase):
    def set_up(self, role):
        book = self.env["medical.payroll.posting"].with_user(self.users[role])
        action = book.action_set_up()
        self.assertEqual(action["res_model"], "medical.payroll.posting")
        return (
            self.env["medical.payroll.posting"]
            .search([("company_id", "=", self.company.id)])
            .grouped("kind")
        )

    def test_the_accountant_sets_up_what_posting_takes(self):
        self.assertFalse(self.company.medical_payroll_journal_id)
        book = self.set_up("accountant")
        self.assertEqual(len(book), 14)
        self.assertEqual(book["wages"].account_id.account_type, "expense")
        self.assertEqual(book["net"].account_id.account_type, "liability_current")
        self.assertEqual(self.company.medical_payroll_journal_id.type, "general")
        self.assertTrue(self.nursing.medical_analytic_account_id)
        self.assertEqual(self.set_up("accountant"), book, "a second time makes nothing")

    def test_the_manager_does_too_and_nobody_else(self):
        for role in ("staff", "head", "hr", "payroll", "director", "auditor", "plain"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.set_up(role)
        self.assertEqual(len(self.set_up("manager")), 14)

    def account(self, name, code, kind, **values):
        return self.env["account.account"].create(
            {
                "name": name,
                "code": code,
                "account_type": kind,
                "company_ids": [Command.set(self.company.ids)],
                **values,
            }
        )

    def test_nothing_of_a_chart_is_overwritten(self):
        other = self.account("Rent", "601000", "expense")
        asset = self.account("Wages and salaries", "601001", "asset_current")
        journal = self.env["account.journal"].create(
            {
                "name": "Parking",
                "code": "PAY",
                "type": "general",
                "company_id": self.company.id,
            }
        )
        book = self.set_up("accountant")
        wages = book["wages"].account_id
        self.assertEqual((wages.code, wages.name), ("601002", "Wages and salaries"))
        self.assertEqual((other.name, asset.account_type), ("Rent", "asset_current"))
        self.assertNotIn(other, {line.account_id for line in book.values()})
        own = self.company.medical_payroll_journal_id
        self.assertNotEqual(own, journal)
        self.assertEqual((own.code, journal.name), ("PAY1", "Parking"))

    def test_an_account_with_the_tag_is_taken_if_it_is_of_the_type(self):
        tag = self.env["account.account.tag"].create(
            {"name": "Payroll: Net pay payable", "applicability": "accounts"}
        )
        tags = {"tag_ids": [Command.set(tag.ids)]}
        self.account("Wrong type", "219000", "expense", **tags)
        payable = self.account("Accrued pay", "219900", "liability_current", **tags)
        self.assertEqual(self.set_up("accountant")["net"].account_id, payable)

    def test_another_company_keeps_its_own(self):
        self.set_up("accountant")
        self.assertFalse(
            self.env["medical.payroll.posting"].search(
                [("company_id", "=", self.other_company.id)]
            )
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-06-23 15:00:00")
class TestPayrollProposal(PayrollCase):
    def form(self):
        runs = self.env["hr.payslip.run"].with_user(self.users["payroll"])
        return Form(
            runs.with_context(
                default_company_id=self.company.id, default_date_start=START
            )
        )

    def test_a_run_is_proposed_for_the_first_open_period(self):
        self.run_of()
        form = self.form()
        form.medical_schedule_id = self.schedule
        self.assertEqual(
            (form.date_start, form.date_end, form.medical_date_pay),
            (date(2026, 6, 21), date(2026, 7, 4), date(2026, 7, 10)),
        )
        self.assertEqual(form.name, "Every two weeks, paid 07/10/2026")

    def test_the_first_run_ever_is_that_of_its_day(self):
        form = self.form()
        form.medical_schedule_id = self.schedule
        self.assertEqual(
            (form.date_start, form.date_end, form.medical_date_pay),
            (START, END, PAYDAY),
        )

    def test_a_new_run_begins_with_the_schedule_that_is_paid_next(self):
        form = self.form()
        self.assertEqual(form.medical_schedule_id, self.schedule)
        self.assertEqual(form.medical_date_pay, PAYDAY)
        soon = self.schedule.copy({"name": "Weekly", "frequency": "weekly"})
        self.assertEqual(self.form().medical_schedule_id, soon)
        self.run_of()  # its first open period is the next one now
        soon.date_anchor = date(2026, 6, 30)
        form = self.form()
        self.assertEqual(form.medical_schedule_id, soon)
        form.medical_kind = "bonus"
        form.medical_schedule_id = self.schedule.browse()
        form.medical_kind = "regular"
        self.assertEqual(form.medical_schedule_id, soon)

    def test_without_a_schedule_nothing_is_proposed(self):
        self.env["medical.payroll.schedule"].search([]).active = False
        form = self.form()
        self.assertFalse(form.medical_schedule_id)
        self.assertFalse(form.medical_date_pay)

    def test_the_name_follows_the_date_unless_it_was_typed(self):
        form = self.form()
        form.medical_schedule_id = self.schedule
        form.date_start = date(2026, 7, 8)
        self.assertEqual(form.date_start, date(2026, 7, 5))
        self.assertEqual(form.name, "Every two weeks, paid 07/24/2026")
        form.name = "Summer pay"
        form.date_start = date(2026, 7, 20)
        self.assertEqual(form.name, "Summer pay")

    def test_a_void_or_bonus_is_no_period(self):
        self.run_of(medical_kind="bonus")
        form = self.form()
        form.medical_schedule_id = self.schedule
        self.assertEqual(form.date_start, START)


@tagged("post_install", "-at_install")
class TestHostColumns(PayrollCase):
    def test_the_database_fills_our_required_columns_in_tables_of_the_host(self):
        """The host's own tests insert rows while our fields are not loaded."""
        self.env.cr.execute(
            """SELECT table_name, column_name FROM information_schema.columns
                WHERE table_name IN ('hr_version', 'hr_employee', 'hr_payslip',
                                     'hr_payslip_run', 'hr_leave_type', 'hr_department',
                                     'hr_payroll_structure', 'res_company')
                  AND column_name LIKE 'medical\\_%' AND is_nullable = 'NO'"""
        )
        ours = set(self.env.cr.fetchall())
        self.assertIn(("hr_version", "medical_wage_per"), ours)
        self.env.cr.execute(
            """SELECT table_name, column_name FROM information_schema.columns
                WHERE table_schema = 'public' AND column_default IS NOT NULL"""
        )
        self.assertFalse(ours - set(self.env.cr.fetchall()))
