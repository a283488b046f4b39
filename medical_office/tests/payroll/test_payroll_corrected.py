"""What is filed stays; a corrected return shows reported, correct and difference."""

from datetime import date
from decimal import Decimal
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...tools.payroll.deduct import deductions
from ...tools.payroll.law import deductionkinds
from ...tools.payroll.law.deductionkinds import Follows, StateRule
from ...tools.payroll.tax import sutawages
from .run_case import NOW, RunCase

LATER = "2026-10-12 15:00:00"
AFTER = "2026-07-02 15:00:00"
NEXT_YEAR = "2027-01-20 15:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPayrollCorrected(RunCase):
    def filed(self, role="payroll", **values):
        filing = (
            self.env["medical.payroll.tax.return"]
            .with_user(self.users[role])
            .create({"company_id": self.company.id, "year": 2026, **values})
        )
        filing.action_compute()
        filing.reference = "ACK-1"
        with freeze_time(AFTER if filing.quarter else NEXT_YEAR):  # it is over
            filing.action_file()
        return filing

    def corrected(self, filing):
        with freeze_time(LATER):
            action = filing.action_correct()
        new = filing.browse(action["res_id"])
        new.action_compute()
        return new

    def void(self, run, person):
        """The person's slip of a run is taken back."""
        slip = run.slip_ids.filtered(lambda s: s.employee_id == person)
        void = run.browse(slip.action_medical_void("not been calculated")["res_id"])
        void.action_medical_submit()
        self.as_role(void, "director").action_medical_approve()
        void.action_medical_post()

    def test_a_void_gives_back_what_a_state_left_out(self):
        """A state's limit of 100 on dependent care, 80 a pay: 80 and 20 are left out; the
        first is taken back, and the next pay has 80 of the room. Without it the W-2 has
        what the year's 80 leaves out."""
        plan = self.env["medical.people.benefit.plan"].create(
            {
                "name": "Care",
                "kind": "dependent_care_fsa",
                "company_id": self.company.id,
            }
        )
        self.env["medical.people.enrollment"].create(
            {
                "employee_id": self.nurse.id,
                "plan_id": plan.id,
                "date_from": "2026-01-01",
                "amount": 80,
            }
        )
        own = StateRule(Follows.LIMITED, Decimal(100), Decimal(50), "a test")
        asked = {
            "side_effect": lambda key, state, day: (
                own if (key, state) == ("dependent_care_fsa", "WI") else None
            )
        }
        with (
            patch.object(deductions, "state_rule", **asked),
            patch.object(deductionkinds, "state_rule", **asked),
        ):
            first = self.posted(
                start=date(2026, 5, 24), end=date(2026, 6, 6), day=date(2026, 6, 12)
            )
            second = self.posted()
            self.assertEqual(self.state_wages(first), 2920)
            self.assertEqual(self.state_wages(second), 2980)
            self.void(first, self.nurse)
            box16 = self.filed(kind="w2").line_ids.filtered(
                lambda x: (x.employee_id, x.key) == (self.nurse, "16 WI")
            )
            self.assertEqual(box16.amount, 2920)
            third = self.prepared(
                start=date(2026, 6, 21), end=date(2026, 7, 4), day=date(2026, 7, 10)
            )
            self.assertEqual(self.state_wages(third), 2920)

    def state_wages(self, run):
        items = run.slip_ids.filtered(
            lambda s: s.employee_id == self.nurse
        ).medical_item_ids
        return sum(items.filtered(lambda i: i.code == "SIT").mapped("wages"))

    def lines(self, filing):
        return {
            (line.employee_id, line.key): (line.reported, line.amount, line.difference)
            for line in filing.line_ids
        }

    def test_941x_has_three_columns(self):
        run = self.posted()
        filing = self.filed(kind="941", quarter="2")
        before = {line.key: line.amount for line in filing.line_ids}
        self.void(run, self.clerk)
        gone = run.slip_ids.filtered(lambda s: s.employee_id == self.clerk)
        self.assertEqual({x.key: x.amount for x in filing.line_ids}, before)
        new = self.corrected(filing)
        self.assertEqual(new.display_name, "Form 941-X Q2 2026")
        # found in the fourth quarter: with its return, due after the year
        self.assertEqual(new.date_due, date(2027, 2, 1))
        nobody = self.env["hr.employee"]
        reported, correct, difference = self.lines(new)[nobody, "2"]
        self.assertEqual(reported, before["2"])
        self.assertAlmostEqual(-difference, gone.medical_gross, 2)
        self.assertAlmostEqual(correct, reported + difference, 2)
        self.assertNotIn((nobody, "13"), self.lines(new))

    def test_a_void_of_a_later_quarter_is_of_the_quarter_of_the_payment(self):
        """26 CFR 31.6413(a)-2: by Form 941-X, never as negative wages of the later one."""
        run = self.posted()
        filing = self.filed("accountant", kind="941", quarter="2")
        with freeze_time("2026-10-14 15:00:00"):
            self.void(run, self.clerk)
        gone = run.slip_ids.filtered(lambda s: s.employee_id == self.clerk)
        void = gone.medical_voided_by_ids
        self.assertEqual(void.medical_date_pay, date(2026, 10, 14))
        new = self.corrected(filing)
        nobody = self.env["hr.employee"]
        _reported, _correct, difference = self.lines(new)[nobody, "2"]
        self.assertAlmostEqual(-difference, gone.medical_gross, 2)
        later = filing.create(
            {
                "company_id": self.company.id,
                "kind": "941",
                "year": 2026,
                "quarter": "4",
            }
        )
        later.action_compute()
        self.assertFalse([x.key for x in later.line_ids if x.amount])
        year = filing.create(
            {"company_id": self.company.id, "kind": "940", "year": 2026}
        )
        year.action_compute()
        by_line = {line.key: line.amount for line in year.line_ids}
        self.assertEqual((by_line["16c"], by_line["16d"]), (0, 0))
        self.assertGreater(by_line["16b"], 0)

    def test_w2c_is_for_whom_something_changes(self):
        run = self.posted()
        filing = self.filed(kind="w2")
        self.assertIn(self.nurse, filing.line_ids.employee_id)
        self.void(run, self.clerk)
        new = self.corrected(filing)
        self.assertEqual(new.line_ids.employee_id, self.clerk)
        reported, correct, difference = self.lines(new)[self.clerk, "1"]
        self.assertGreater(reported, 0)
        self.assertEqual((correct, difference), (0, -reported))
        self.assertIn("EFW2C", new.problems)
        self.assertFalse(new.sudo().content)

    def test_a_correction_says_why_and_is_fixed_once_filed(self):
        run = self.posted()
        filing = self.filed(kind="941", quarter="2")
        self.void(run, self.clerk)
        new = self.corrected(filing)
        new.reference = "ACK-2"
        with self.assertRaisesRegex(UserError, "explain what was wrong"):
            new.action_file()
        new.explanation = "A week was paid that was not been calculated."
        with freeze_time(LATER):
            new.action_file()
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            new.explanation = "other"
        with self.assertRaisesRegex(UserError, "already has a correction"):
            filing.action_correct()

    def test_a_second_correction_begins_where_the_first_ended(self):
        run = self.posted()
        filing = self.filed(kind="w2")
        self.void(run, self.clerk)
        first = self.corrected(filing)
        first.write({"reference": "ACK-2", "explanation": "Not worked."})
        with freeze_time(NEXT_YEAR):
            first.action_file()
        self.void(run, self.nurse)
        second = self.corrected(first)
        self.assertEqual(second.line_ids.employee_id, self.nurse)
        total = self.lines(second)[self.env["hr.employee"], "1"]
        self.assertEqual(total[0], self.lines(first)[self.env["hr.employee"], "1"][1])

    def test_what_did_not_change_needs_no_correction(self):
        self.posted()
        new = self.corrected(self.filed(kind="w2"))
        self.assertFalse(new.line_ids)
        self.assertIn("Nothing differs", new.problems)

    def test_only_what_is_filed_is_corrected_and_by_whom_it_concerns(self):
        self.posted()
        draft = self.env["medical.payroll.tax.return"].create(
            {"kind": "940", "year": 2026}
        )
        with self.assertRaisesRegex(UserError, "not filed yet"):
            self.as_role(draft, "payroll").action_correct()
        with self.assertRaisesRegex(UserError, "same type and period"):
            draft.create({"kind": "940", "year": 2026, "corrects_id": draft.id})
        people = self.filed(kind="w2")
        for role in ("accountant", "director", "hr", "staff"):
            with self.assertRaises(AccessError):
                self.as_role(people, role).action_correct()

    def test_it_is_printed_with_three_columns(self):
        run = self.posted()
        filing = self.filed(kind="w2")
        self.void(run, self.clerk)
        new = self.corrected(filing)
        report = self.env["report.medical_office.payroll_tax_return_report"]
        [sheet] = report.with_user(self.users["payroll"])._sheets(new, {})
        self.assertEqual(
            [column.key for column in sheet.columns],
            ["who", "key", "name", "reported", "correct", "difference"],
        )
        own = [row for row in sheet.rows if row["who"] == self.clerk.name]
        self.assertTrue(own)
        self.assertEqual(own[0]["difference"], own[0]["correct"] - own[0]["reported"])

    # ------------------------------------------ numbers that leave with a return

    def test_who_prints_or_takes_the_numbers_is_kept(self):
        self.company.write(
            {
                "vat": "39-1234567",
                "medical_ssa_user_id": "ABCD1234",
                "phone": "608-555-0100",
                "email": "pay@example.com",
            }
        )
        self.posted()
        filing = self.filed(kind="w2")
        shown = self.env["medical.core.opened"].search([])
        report = self.env["report.medical_office.payroll_tax_return_report"]
        sheet = report.with_user(self.users["director"])._sheets(filing, {})[0]
        self.assertIn("•••-••-4567", {row["ssn"] for row in sheet.rows})
        self.assertEqual(self.env["medical.core.opened"].search([]), shown)
        sheet = report.with_user(self.users["payroll"])._sheets(filing, {})[0]
        self.assertIn("401-23-4567", {row["ssn"] for row in sheet.rows})
        kept = self.env["medical.core.opened"].search([]) - shown
        self.assertEqual(kept.employee_id, self.nurse | self.clerk)
        self.assertEqual(kept.user_id, self.users["payroll"])

    def test_the_file_is_taken_by_its_button(self):
        self.posted()
        filing = self.filed(kind="w2")
        filing.sudo()._pen().write(
            {"content": b"MTIz", "file_name": "W2REPORT-2026.txt"}
        )
        for role in ("payroll", "director"):
            with self.assertRaises(AccessError):
                self.as_role(filing, role).read(["content"])
        with self.assertRaises(AccessError):
            self.as_role(filing, "director").action_download()
        action = filing.action_download()
        copy = self.copy_of(action)
        self.assertEqual(copy.content, b"MTIz")
        self.assertEqual(copy.create_uid, self.users["payroll"])
        kept = self.env["medical.core.opened"].search(
            [("detail", "=", "W2REPORT-2026.txt")]
        )
        self.assertEqual(kept.employee_id, filing.line_ids.employee_id)

    # ------------------------------------------------- state unemployment wages

    @patch.object(sutawages, "shipped", new=lambda _state, _day: {})
    def test_a_state_may_tax_what_the_federal_tax_does_not(self):
        plan = self.env["medical.people.benefit.plan"].create(
            {"name": "Health", "kind": "health_125", "company_id": self.company.id}
        )
        self.env["medical.people.enrollment"].create(
            {
                "employee_id": self.nurse.id,
                "plan_id": plan.id,
                "amount": 100,
                "date_from": "2026-01-01",
            }
        )
        account = self.env["medical.payroll.state.account"].search(
            [("state_id", "=", self.wisconsin.id)]
        )
        self.assertIn("not verified", account.suta_remark)

        def wages(run):
            own = run.slip_ids.filtered(lambda s: s.employee_id == self.nurse)
            items = {item.code: item for item in own.medical_item_ids}
            return items["FUTA"].wages, items["SUTA"].wages

        run = self.prepared()
        futa, suta = wages(run)
        self.assertEqual(futa, suta)
        self.as_role(account, "accountant").suta_section_125 = "taxed"
        run.action_medical_compute()
        self.assertEqual(wages(run), (futa, futa + 100))
        self.assertIn("Wisconsin taxes them", account.suta_remark)
        with self.assertRaises(AccessError):
            self.as_role(account, "hr").suta_section_125 = "exempt"

    @patch.object(sutawages, "shipped", new=lambda _state, _day: {})
    def test_the_wage_report_names_what_nobody_has_checked(self):
        plan = self.env["medical.people.benefit.plan"].create(
            {"name": "Health", "kind": "health_125", "company_id": self.company.id}
        )
        self.env["medical.people.enrollment"].create(
            {
                "employee_id": self.nurse.id,
                "plan_id": plan.id,
                "amount": 100,
                "date_from": "2026-01-01",
            }
        )
        self.posted()
        report = self.env["medical.payroll.tax.return"].create(
            {
                "kind": "suta",
                "year": 2026,
                "quarter": "2",
                "state_id": self.wisconsin.id,
            }
        )
        self.as_role(report, "payroll").action_compute()
        self.assertIn("not verified for Wisconsin", report.problems)
        self.assertNotIn("401(k)", report.problems)
        self.env["medical.payroll.state.account"].search(
            [("state_id", "=", self.wisconsin.id)]
        ).suta_section_125 = "exempt"
        self.as_role(report, "payroll").action_compute()
        self.assertNotIn("not verified", report.problems or "")
