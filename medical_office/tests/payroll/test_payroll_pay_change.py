"""Raises and the pay review: approval, versions, what is paid already, the pool."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import RpcClient
from .offer_case import OfferCase
from .payroll_case import END, PAYDAY, START

NOW = "2026-07-01 15:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPayrollPayChange(OfferCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nurse = cls.hire("Nora Salary", 78000, job_id=cls.job.id)

    def change(self, role="hr", **values):
        return (
            self.env["medical.people.pay.change"]
            .with_user(self.users[role])
            .create(
                {
                    "employee_id": self.nurse.id,
                    "date_from": START,
                    "wage_after": 80600,
                    "reason": "New license",
                    **values,
                }
            )
        )

    def test_a_raise_dated_back_is_paid_by_the_next_run(self):
        run = self.run_of(START, END, PAYDAY)
        run._medical_generate(self.nurse)
        run._medical_compute()
        run._medical_confirm()
        change = self.change()
        self.assertEqual((change.wage_before, change.per), (78000, "year"))
        self.assertAlmostEqual(change.year_change, 2600, 2)
        self.assertEqual(len(change.corrected.splitlines()), 1)
        change.action_submit()
        with freeze_time("2026-07-02 15:00:00"):
            self.env.cr.execute(
                "UPDATE hr_payslip SET create_date = '2026-06-20' WHERE id = %s",
                run.slip_ids.ids,
            )
            change.with_user(self.users["director"]).action_approve()
            self.env.flush_all()
        version = self.nurse._get_version(START)
        self.assertEqual((version.date_version, version.wage), (START, 80600))
        following = self.run_of(date(2026, 6, 21), date(2026, 7, 4), date(2026, 7, 10))
        following._medical_generate(self.nurse)
        following._medical_compute()
        items = following.slip_ids.medical_item_ids
        retro = items.filtered(lambda item: item.code == "RETRO")
        self.assertAlmostEqual(sum(retro.mapped("amount")), 100, 2)
        self.assertAlmostEqual(
            sum(items.filtered(lambda i: i.code == "REG").mapped("amount")), 3100, 2
        )

    def test_nobody_approves_what_they_prepared_or_their_own(self):
        self.nurse.user_id = False
        change = self.change("manager")
        change.action_submit()
        with self.assertRaisesRegex(AccessError, "somebody else"):
            change.action_approve()
        own = self.change("manager", employee_id=self.employees["manager"].id)
        with self.assertRaisesRegex(AccessError, "your own pay"):
            own.action_submit()

    def test_a_raise_above_the_limit_needs_the_director(self):
        change = self.change(wage_after=140000)
        change.action_submit()
        with self.assertRaisesRegex(AccessError, "approval limit"):
            change.with_user(self.users["manager"]).action_approve()
        self.assertEqual(self.nurse.version_id.wage, 78000)

    def test_a_later_version_carries_the_raise_on(self):
        later = self.nurse.create_version(
            {"date_version": date(2026, 9, 1), "department_id": self.front_desk.id}
        )
        change = self.change(date_from=date(2026, 7, 1))
        change.action_submit()
        change.with_user(self.users["director"]).action_approve()
        self.assertEqual(later.wage, 80600)

    # ------------------------------------------------------------- the pay review

    def review(self, percent=3):
        review = (
            self.env["medical.people.pay.review"]
            .with_user(self.users["hr"])
            .create(
                {
                    "name": "Pay Review 2027",
                    "company_id": self.company.id,
                    "date_from": date(2026, 7, 5),
                    "date_due": date(2026, 7, 3),
                    "pool_percent": percent,
                }
            )
        )
        review.action_fill()
        return review

    def test_a_review_gives_from_its_pool_and_puts_all_in_force(self):
        clerk = self.hire("Hal Hourly", 20, "hour", job_id=self.job.id)
        review = self.review()
        lines = {line.employee_id: line for line in review.line_ids}
        self.assertEqual(set(lines), {self.nurse, clerk})
        self.assertAlmostEqual(review.pool_amount, (78000 + 20 * 2080) * 0.03, 2)
        review.action_fill()
        self.assertEqual(len(review.line_ids), 2, "nobody stands there twice")
        lines[clerk].wage_after = 22
        self.assertLess(review.left, 0)
        with self.assertRaisesRegex(UserError, "more than its pool"):
            review.action_submit()
        lines[clerk].wage_after = 21
        self.assertAlmostEqual(review.used, 2080, 2)
        (row,) = self.env["medical.people.pay.review"]._medical_check_due().rows
        self.assertEqual(row.res_id, review.id)
        review.action_submit()
        with self.assertRaises(UserError):
            lines[clerk].wage_after = 30
        review.with_user(self.users["director"]).action_approve()
        self.assertEqual(clerk._get_version(date(2026, 7, 5)).wage, 21)
        self.assertEqual(set(review.line_ids.mapped("state")), {"done"})
        self.assertEqual(len(self.nurse.version_ids), 1, "no raise, no version")

    def test_a_line_of_a_review_is_not_decided_alone(self):
        line = self.review().line_ids[:1]
        with self.assertRaisesRegex(UserError, "pay review instead"):
            line.action_submit()

    def test_total_compensation_adds_pay_and_benefits(self):
        run = self.run_of(START, END, PAYDAY)
        run._medical_generate(self.nurse)
        run._medical_compute()
        run._medical_confirm()
        self.env["medical.people.enrollment"].create(
            {
                "employee_id": self.nurse.id,
                "plan_id": self.health.id,
                "tier_id": self.health.tier_ids.id,
                "date_from": date(2026, 6, 1),
            }
        )
        report = self.env["report.medical_office.people_compensation_report"]
        rows = report._sheets(self.nurse, {})[0].rows
        named = {row["what"]: row["amount"] for row in rows if "what" in row}
        self.assertAlmostEqual(named["Pay"], 3000, 2)
        self.assertAlmostEqual(named["Health plan (2)"], 960, 2)
        others = sum(v for k, v in named.items() if k != "Total compensation")
        self.assertAlmostEqual(named["Total compensation"], others, 2)


@tagged("post_install", "-at_install")
class TestPayrollPayChangeRoles(OfferCase, RpcClient):
    def test_raises_are_for_hr_and_director(self):
        nurse = self.hire("Nora Salary", 78000)
        change = self.env["medical.people.pay.change"].create(
            {"employee_id": nurse.id, "wage_after": 80000}
        )
        for role in ("staff", "head", "payroll", "accountant", "auditor"):
            self.sign_in(role)
            for model in ("pay.change", "pay.review"):
                with self.subTest(role=role, model=model):
                    self.call_refused(f"medical.people.{model}", "search_read", [])
            self.call_refused(
                "medical.people.pay.change", "action_approve", [change.id]
            )
        self.sign_in("hr")
        for name, value in (("state", "done"), ("wage_before", 1), ("per", "hour")):
            self.call_refused(
                "medical.people.pay.change", "write", [change.id], {name: value}
            )
        self.sign_in("director")
        self.call_refused(
            "medical.people.pay.change", "write", [change.id], {"wage_after": 1}
        )
