"""The sample practice's pay as it stands on a day in May: every paid run ties out."""

from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import TransactionCase, tagged

PARTS = [
    "company",
    "people",
    "pay_setup",
    "pay_people",
    "pay_time",
    "pay_hours",
    "pay_runs",
    "pay_hours_paid",
]


@tagged("post_install", "-at_install")
@freeze_time("2026-05-06 15:00:00")
class TestPayrollSample(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sample = cls.env["medical.core.sample"]
        cls.startClassPatcher(
            patch.object(type(cls.sample), "_parts", lambda _self: list(PARTS))
        )
        cls.company = cls.env["res.company"].browse(cls.sample.load())
        cls.runs = cls.env["hr.payslip.run"].search(
            [("company_id", "=", cls.company.id)], order="medical_date_pay, id"
        )

    def person(self, key):
        return self.env.ref(f"medical_office_sample.person_{key}")

    def test_runs_are_paid_up_to_today_and_one_waits_for_each_step(self):
        paid = self.runs.filtered(lambda run: run.state == "paid")
        self.assertEqual(len(paid), 9)
        self.assertEqual(paid[0].medical_date_pay, date(2026, 1, 2))
        self.assertEqual(paid[-1].medical_date_pay, date(2026, 4, 24))
        self.assertEqual([run._tie_out() for run in paid], [()] * 9)
        others = (self.runs - paid).mapped("state")
        self.assertEqual(sorted(others), ["draft", "submitted"])

    def test_everyone_is_paid_and_the_new_hire_from_april_on(self):
        slips = self.runs.filtered(lambda r: r.medical_kind == "regular").slip_ids
        self.assertFalse(any(slips.mapped("medical_problem")))
        counts = [len(run.slip_ids) for run in self.runs[:9]]
        self.assertEqual(counts, [27] * 9)
        new = slips.filtered(lambda s: s.employee_id == self.person("kim"))
        self.assertEqual(new.medical_date_pay, date(2026, 5, 8))

    def test_two_states_and_two_orders(self):
        items = self.runs.slip_ids.medical_item_ids
        states = {item.key for item in items if item.code == "SIT"}
        self.assertEqual(states, {"state:WI", "state:IL"})
        orders = {item.employee_id for item in items if item.code == "GARN"}
        self.assertEqual(orders, {self.person("bailey"), self.person("walker")})

    def test_late_hours_earn_the_evening_differential(self):
        items = self.runs.slip_ids.medical_item_ids
        evening = items.filtered(lambda item: item.code == "DIFF")
        self.assertEqual(set(evening.mapped("name")), {"Evening differential"})
        self.assertEqual(set(evening.mapped("rate")), {1.5})
        for item in evening:
            self.assertAlmostEqual(item.amount, round(item.hours * 1.5, 2))

    def test_the_quarter_is_filed_and_agrees_with_the_deposits(self):
        filing = self.env["medical.payroll.tax.return"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(
            (filing.kind, filing.quarter, filing.state), ("941", "1", "filed")
        )
        self.assertFalse(filing.problems)
        lines = {line.key: line.amount for line in filing.line_ids}
        self.assertAlmostEqual(lines["13"], lines["12"], delta=1)
