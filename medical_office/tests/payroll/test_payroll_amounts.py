"""Amounts and days that a context brings to a table of pay are looked at, too."""

import math

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..common import PracticeCase


@tagged("post_install", "-at_install")
class TestPayrollAmounts(PracticeCase):
    def test_what_the_context_brings_is_looked_at_as_well(self):
        """``default_amount`` fills a field that the call itself leaves out."""
        earnings = self.env["medical.payroll.earning"].with_user(self.users["payroll"])
        values = {"name": "On call", "employee_id": self.employees["staff"].id}
        for bad in (math.inf, math.nan, 1e308):
            with self.assertRaisesRegex(ValidationError, "“Amount”: enter a number"):
                earnings.with_context(default_amount=bad).create(values)
        for day in ("0001-01-01", "9999-12-31"):
            with self.assertRaisesRegex(UserError, "“From” of this Additional"):
                earnings.with_context(default_amount=5, default_date_from=day).create(
                    values
                )
        self.assertEqual(
            earnings.with_context(default_amount=5).create(values).amount, 5
        )
