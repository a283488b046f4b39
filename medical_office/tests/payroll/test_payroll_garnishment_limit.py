"""What a state lets creditors take: shipped, or as the practice entered it."""

from datetime import date
from unittest.mock import patch

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...tools.payroll.slip import grosstonet
from .payroll_case import START, PayrollCase


@tagged("post_install", "-at_install")
class TestPayrollGarnishmentLimit(PayrollCase):
    def limit(self, **values):
        return self.env["medical.payroll.garnishment.limit"].create(
            {
                "company_id": self.company.id,
                "state_id": self.wisconsin.id,
                "date_from": "2026-01-01",
                "percent": 20,
                "citation": "Wis. Stat. 812.34(1)",
                **values,
            }
        )

    def ordered(self):
        """A nurse with an order that takes all that the law allows."""
        nurse = self.hire("Nora Salary", 78000)
        payee = self.env["res.partner"].create({"name": "Court"})
        self.env["medical.payroll.garnishment"].create(
            {
                "employee_id": nurse.id,
                "claim": "creditor",
                "name": "J-1",
                "date_from": START,
                "date_received": START,
                "payee_id": payee.id,
            }
        )
        return self.paid().slip_ids

    def disposable(self, slip):
        codes = ("FIT", "SS", "MED", "ADDMED", "SIT", "SOTH", "LIT")
        return 3000 + sum(self.total(slip, code) for code in codes)

    def test_without_a_rule_the_federal_limit_counts_and_the_slip_says_so(self):
        with patch.object(grosstonet, "state_rule", return_value=None):
            slip = self.ordered()
        self.assertFalse(slip.medical_problem)
        taken = -self.total(slip, "GARN")
        self.assertAlmostEqual(taken, self.disposable(slip) * 0.25, delta=0.01)
        self.assertIn("limit of WI is not shipped", slip.medical_notes)

    def test_the_shipped_limit_of_the_work_state_counts(self):
        """Wis. Stat. 812.34(2)(a): 80 percent are exempt."""
        slip = self.ordered()
        taken = -self.total(slip, "GARN")
        self.assertAlmostEqual(taken, self.disposable(slip) * 0.20, delta=0.01)
        self.assertNotIn("not shipped", slip.medical_notes or "")

    def test_the_practices_own_limit_goes_before(self):
        self.limit(percent=15)
        self.limit(date_from="2025-01-01", date_to="2025-12-31", percent=5)
        slip = self.ordered()
        taken = -self.total(slip, "GARN")
        self.assertAlmostEqual(taken, self.disposable(slip) * 0.15, delta=0.01)
        self.assertNotIn("not shipped", slip.medical_notes or "")

    def test_a_state_that_lets_no_creditor_take_wages(self):
        self.limit(percent=0)
        slip = self.ordered()
        self.assertEqual(self.total(slip, "GARN"), 0)
        self.assertIn("does not let creditors take wages", slip.medical_notes or "")

    def test_the_form_shows_what_is_shipped(self):
        new = self.env["medical.payroll.garnishment.limit"].new
        day = date(2026, 6, 1)
        shipped = new({"state_id": self.texas.id, "date_from": day}).shipped
        self.assertIn("Tex. Const. art. XVI", shipped)
        florida = self.env["res.country.state"].search(
            [("code", "=", "FL"), ("country_id.code", "=", "US")]
        )
        own = new({"state_id": florida.id, "date_from": day}).shipped
        self.assertEqual(own, "Federal limit only")

    def test_what_cannot_be_is_refused(self):
        self.limit(date_to="2026-12-31")
        for sentence, wrong in (
            ("overlap", {"date_from": "2026-05-01"}),
            ("is before", {"date_from": "2027-05-01", "date_to": "2027-04-01"}),
        ):
            with (
                self.subTest(sentence),
                self.assertRaisesRegex(ValidationError, sentence),
                self.cr.savepoint(),
            ):
                self.limit(**wrong)
        for wrong in ({"percent": 101}, {"hours": 40}):
            with (
                self.subTest(wrong),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.cr.savepoint(),
            ):
                self.limit(date_from="2029-01-01", **wrong)

    def test_payroll_and_the_accountant_enter_it_others_do_not(self):
        limit = self.limit()
        for role in ("payroll", "accountant"):
            limit.with_user(self.users[role]).write({"percent": 19})
        for role in ("hr", "head", "staff", "director"):
            with self.subTest(role), self.assertRaises(AccessError):
                limit.with_user(self.users[role]).write({"percent": 25})
