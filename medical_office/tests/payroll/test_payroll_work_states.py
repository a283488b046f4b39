"""A move to another state in mid-period: wages, taxes and returns of each state."""

from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .payroll_case import START
from .run_case import NOW, RunCase

MOVE = date(2026, 6, 14)  # the second week of the period


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPayrollWorkStates(RunCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mover = cls.hire("Mo Mover", 20, "hour", ssnid="407-23-4567")
        cls.work(cls.mover, 8, cls.days(START, 5))
        cls.work(cls.mover, 4, cls.days(MOVE, 5))
        cls.mover.create_version(
            {"date_version": MOVE, "medical_work_state_id": cls.illinois.id}
        )

    def slip(self, run, person=None):
        return run.slip_ids.filtered(lambda s: s.employee_id == (person or self.mover))

    def of(self, slip, code):
        return {item.key: item for item in slip.medical_item_ids if item.code == code}

    def test_wages_are_split_by_the_hours_in_each_state(self):
        slip = self.slip(self.prepared())
        self.assertFalse(slip.medical_problem)
        for code in ("SIT", "SUTA"):
            with self.subTest(code):
                wages = {key: item.wages for key, item in self.of(slip, code).items()}
                self.assertEqual(wages, {"state:WI": 800, "state:IL": 400})
        self.assertEqual(self.of(slip, "SUTA")["state:IL"].amount, 13.40)
        self.assertIn(
            "66.67% of the wages", str(self.of(slip, "SIT")["state:WI"].steps)
        )
        self.assertIn("Wisconsin 66.67%, Illinois 33.33%", slip.medical_notes)

    def test_a_salary_is_split_by_its_scheduled_days(self):
        person = self.hire("Sal Mover", 78000, ssnid="408-23-4567")
        person.create_version(
            {
                "date_version": date(2026, 6, 17),
                "medical_work_state_id": self.illinois.id,
            }
        )
        slip = self.slip(self.prepared(), person)
        wages = {key: item.wages for key, item in self.of(slip, "SIT").items()}
        self.assertEqual(wages, {"state:WI": 2100, "state:IL": 900})

    def test_a_raise_without_a_move_splits_nothing(self):
        person = self.hire("Ray Raise", 78000, ssnid="408-23-4567")
        person.create_version({"date_version": MOVE, "wage": 80000})
        slip = self.slip(self.prepared(), person)
        self.assertEqual(list(self.of(slip, "SIT")), ["state:WI"])
        self.assertNotIn("several states", slip.medical_notes or "")

    def test_each_state_follows_its_own_form(self):
        forms = self.env["medical.payroll.state.form"].create(
            [
                {
                    "employee_id": self.mover.id,
                    "state_id": state.id,
                    "date_from": "2026-01-01",
                }
                for state in (self.wisconsin, self.illinois)
            ]
        )
        run = self.prepared()
        before = {k: i.amount for k, i in self.of(self.slip(run), "SIT").items()}
        forms[0].extra, forms[1].extra = 5, 7
        run._medical_reopen()
        run.action_medical_compute()
        now = {k: i.amount for k, i in self.of(self.slip(run), "SIT").items()}
        self.assertAlmostEqual(before["state:WI"] - now["state:WI"], 5)
        self.assertAlmostEqual(before["state:IL"] - now["state:IL"], 7)

    def test_a_home_state_taxes_all_pay_less_the_other_states_tax(self):
        self.env["medical.payroll.state.form"].create(
            {
                "employee_id": self.mover.id,
                "state_id": self.illinois.id,
                "role": "home",
                "credit": True,
                "date_from": "2026-01-01",
            }
        )
        tax = self.of(self.slip(self.prepared()), "SIT")
        self.assertEqual(tax["state:IL"].wages, 1200)
        self.assertEqual(tax["state:WI"].wages, 800)

    def test_a_missing_rate_of_the_second_state_is_named(self):
        self.env["medical.payroll.state.account"].search(
            [("state_id", "=", self.illinois.id)]
        ).unlink()
        slip = self.slip(self.prepared())
        self.assertIn("unemployment rate of Illinois", slip.medical_problem)

    def test_the_run_ties_out_and_the_w2_has_a_line_for_each_state(self):
        run = self.paid_out()
        self.assertEqual(run.state, "paid")
        filing = self.env["medical.payroll.tax.return"].create(
            {"company_id": self.company.id, "kind": "w2", "year": 2026}
        )
        form = filing._forms_w2()[self.mover]
        self.assertEqual(
            {box.state: box.wages for box in form.states}, {"WI": 800, "IL": 400}
        )
        taxes = self.of(self.slip(run), "SIT")
        self.assertEqual(
            {box.state: float(box.tax) for box in form.states},
            {key[6:]: -item.amount for key, item in taxes.items()},
        )
