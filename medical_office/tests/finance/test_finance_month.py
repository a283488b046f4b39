"""Monthly numbers and the measures that follow from them."""

import base64
from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .finance_case import FinanceCase

MAY = date(2026, 5, 1)
NUMBERS = {
    "month": MAY,
    "visits": 1200,
    "new_patients": 90,
    "charges": 300000.0,
    "payments": 180000.0,
    "adjustments": 100000.0,
    "ar_30": 150000.0,
    "ar_60": 50000.0,
    "ar_90": 15000.0,
    "ar_120": 5000.0,
    "ar_over": 30000.0,
    "physicians": 2.5,
}
HEAD = (
    "Month,Visits,New patients,Charges,Payments,Adjustments,"
    "A/R 0-30,A/R 31-60,A/R 61-90,A/R 91-120,A/R over 120\n"
)
ROW = "2026-05,1200,90,300000,180000,100000,150000,50000,15000,5000,30000\n"


@tagged("post_install", "-at_install")
class TestFinanceMonth(FinanceCase):
    def months(self, role="manager"):
        return self.env["medical.finance.month"].with_user(self.users[role])

    def values(self, month=MAY):
        rows = self.env["medical.finance.measure"].search(
            [("company_id", "=", self.company.id), ("month", "=", month)]
        )
        return {row.code: row.value for row in rows}

    def test_the_measures_follow_from_numbers_and_ledger(self):
        self.map_account(self.rent, "building")
        self.map_account(self.fees, "collections")
        self.bill([(self.rent, 60000, None)], date(2026, 5, 3))
        self.bill(
            [(self.fees, 200000, None)], date(2026, 5, 3), "out_invoice", self.payer
        )
        self.months().create(NUMBERS)
        values = self.values()
        self.assertEqual(values["overhead"], 30)
        self.assertEqual(values["cost_per_visit"], 50)
        self.assertEqual(values["net_collection"], 90)
        self.assertEqual(values["collections_per_physician"], 72000)
        self.assertAlmostEqual(
            values["days_in_ar"], 25.8, 2
        )  # 250,000 / (300,000 / 31)
        self.assertEqual(values["staff_share"], 0)

    def test_without_a_ledger_only_what_can_be_known_is_there(self):
        self.months().create({**NUMBERS, "physicians": 0})
        values = self.values()
        self.assertNotIn("overhead", values)
        self.assertNotIn("collections_per_physician", values)
        self.assertEqual(values["gross_collection"], 60)

    def test_a_year_later_the_trend_says_better_or_worse(self):
        before = {**NUMBERS, "month": date(2025, 5, 1), "payments": 150000.0}
        self.months().create([before, NUMBERS])
        row = self.env["medical.finance.measure"].search(
            [
                ("company_id", "=", self.company.id),
                ("month", "=", MAY),
                ("code", "=", "net_collection"),
            ]
        )
        self.assertEqual((row.before, row.change, row.trend), (75, 15, "better"))

    def test_a_number_is_corrected_with_a_reason_and_measured_anew(self):
        numbers = self.months().create(NUMBERS)
        with self.assertRaisesRegex(UserError, "Reason for the Correction"):
            numbers.payments = 170000
        numbers.write({"payments": 160000, "reason": "Refunds were left out"})
        self.assertEqual(self.values()["net_collection"], 80)

    def test_what_cannot_be_is_refused(self):
        with self.assertRaisesRegex(UserError, "do not go with"):
            self.months().create(
                {**NUMBERS, "charges": 18000, "month": date(2026, 4, 1)}
            )
        with self.assertRaisesRegex(UserError, "not over yet"):
            self.months().create({**NUMBERS, "month": date(2026, 6, 1)})
        self.months().create(NUMBERS)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.months().create(NUMBERS)

    def test_a_file_is_checked_first_and_then_imported_whole(self):
        wizard = self.env["medical.finance.month.wizard"].with_user(
            self.users["manager"]
        )
        bad = wizard.create({"file": base64.b64encode((HEAD + ROW + ROW).encode())})
        bad.action_check()
        self.assertRegex(bad.problems, "Row 3, Month: This month is already in row 2")
        with self.assertRaisesRegex(UserError, "already in row 2"):
            bad.action_import()
        self.assertFalse(self.months().search([("company_id", "=", self.company.id)]))
        good = wizard.create({"file": base64.b64encode((HEAD + ROW).encode())})
        good.action_check()
        self.assertEqual((good.problems, good.new_count), (False, 1))
        good.action_import()
        other = ROW.replace("180000", "181000")
        again = wizard.create({"file": base64.b64encode((HEAD + other).encode())})
        again.action_check()
        self.assertEqual((again.new_count, again.corrected_count), (0, 1))
        with self.assertRaisesRegex(UserError, "Enter why"):
            again.action_import()
        again.reason = "Late payments"
        again.action_import()
        self.assertEqual(self.months().search([("month", "=", MAY)]).payments, 181000)

    def test_who_enters_and_who_does_not(self):
        for role in ("director", "head", "auditor", "staff"):
            with self.assertRaises(AccessError):
                self.months(role).create(NUMBERS)
        self.months("accountant").create(NUMBERS)
        self.assertTrue(
            self.env["medical.finance.measure"]
            .with_user(self.users["auditor"])
            .search([("company_id", "=", self.company.id)])
        )

    def test_nobody_types_a_measure(self):
        self.months().create(NUMBERS)
        row = self.env["medical.finance.measure"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        with self.assertRaises(AccessError):
            row.with_user(self.users["manager"]).value = 1

    def test_the_number_of_queries_does_not_grow_with_the_measures(self):
        rows = [{**NUMBERS, "month": date(2026, month, 1)} for month in range(1, 6)]
        self.months().create(rows)
        with self.assertQueryCount(40):
            self.env["medical.finance.measure"]._refresh(
                self.company, [row["month"] for row in rows]
            )
