"""Raises and the pay review: approval, versions, what is paid already, the pool."""

from datetime import date
from decimal import Decimal

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...tools.money import cents, to_cents
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
        mine = self.employees["manager"].id
        with self.assertRaisesRegex(AccessError, "your own pay"):
            self.change("manager", employee_id=mine)
        # HR has prepared it, and the manager makes it larger
        own = self.change(employee_id=mine).with_user(self.users["manager"])
        with self.assertRaisesRegex(AccessError, "your own pay"):
            own.wage_after = 90000
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

    def worksheet(self, raises):
        """A submitted review: {employee: new pay}; its pool bears it."""
        review = self.review(percent=90)
        for line in review.line_ids:
            line.wage_after = raises.get(line.employee_id, line.wage_before)
        review.action_submit()
        return review

    def test_nobody_approves_a_review_with_a_raise_of_their_own(self):
        boss = self.employees["director"]
        boss.write({"wage": 200000, "contract_date_start": date(2025, 1, 6)})
        boss.version_id.write({"medical_wage_per": "year"})
        review = self.worksheet({boss: 210000})
        with self.assertRaisesRegex(AccessError, "raise of your own"):
            review.with_user(self.users["director"]).action_approve()
        self.assertEqual(review.state, "submitted")

    def test_who_wrote_an_amount_does_not_approve_it(self):
        manager = self.users["manager"]
        change = self.change()
        change.with_user(manager).wage_after = 81000
        change.action_submit()
        review = self.review(percent=90)
        review.line_ids[:1].with_user(manager).wage_after += 100
        review.action_submit()
        for record in (change, review):
            with self.assertRaisesRegex(AccessError, "Written by"):
                record.with_user(manager).action_approve()
        review.with_user(self.users["director"]).action_approve()
        self.assertEqual(review.state, "done")

    def test_who_stands_on_a_worksheet_without_a_raise_approves_it(self):
        boss = self.employees["director"]
        boss.write({"wage": 200000, "contract_date_start": date(2025, 1, 6)})
        boss.version_id.write({"medical_wage_per": "year"})
        review = self.worksheet({self.nurse: 79000})
        self.assertIn(boss, review.line_ids.employee_id)
        review.with_user(self.users["director"]).action_approve()
        self.assertEqual(set(review.line_ids.mapped("state")), {"done"})
        self.assertEqual(self.nurse._get_version(date(2026, 7, 5)).wage, 79000)
        self.assertEqual(len(boss.version_ids), 1)

    def test_the_limit_of_a_review_counts_raises_and_no_cuts(self):
        clerk = self.hire("Hal Hourly", 40, "hour", job_id=self.job.id)
        review = self.worksheet({self.nurse: 140000, clerk: 20})
        self.assertLess(review.used, 60000)
        with self.assertRaisesRegex(AccessError, "62,000.00 a year in raises"):
            review.with_user(self.users["manager"]).action_approve()
        review.with_user(self.users["director"]).action_approve()

    def test_the_limit_of_a_department_binds_its_part_of_a_review(self):
        self.env["medical.core.limit"].create(
            {
                "kind": "offer",
                "role": "manager",
                "amount": 1000,
                "department_id": self.nursing.id,
            }
        )
        review = self.worksheet({self.nurse: 80000})
        with self.assertRaisesRegex(AccessError, r"\(Nursing\), more than"):
            review.with_user(self.users["manager"]).action_approve()

    def test_a_raise_cut_in_two_passes_no_limit(self):
        limit = self.env["medical.core.limit"].search(
            [("kind", "=", "offer"), ("role", "=", "manager")]
        )
        limit.amount = 3000
        first = self.change(wage_after=80000)
        first.action_submit()
        first.with_user(self.users["manager"]).action_approve()
        second = self.change(date_from=date(2026, 9, 6), wage_after=82000)
        second.action_submit()
        with self.assertRaisesRegex(AccessError, "with other raises within twelve"):
            second.with_user(self.users["manager"]).action_approve()
        second.with_user(self.users["director"]).action_approve()

    def test_what_an_hour_costs_by_what_was_really_paid(self):
        clerk = self.hire("Hal Hourly", 20, "hour")
        nobody = self.env["hr.employee"].create(
            {"name": "No Wage", "company_id": self.company.id}
        )
        people = self.nurse | clerk | nobody
        day = date(2026, 7, 1)
        costs = people._medical_hour_cost(day)
        # 78,000 / 2,080 = 37.50; nothing is paid yet: 7.65 %
        self.assertEqual(
            costs,
            {
                self.nurse.id: Decimal("40.37"),
                clerk.id: Decimal("21.53"),
                nobody.id: None,
            },
        )
        run = self.run_of(START, END, PAYDAY)
        run._medical_generate(self.nurse)
        run._medical_compute()
        run._medical_confirm()
        sums = self.nurse._medical_pay_of_year(PAYDAY, PAYDAY)[self.nurse]
        expected = Decimal("37.5") * (1 + cents(sums["taxes"]) / cents(sums["pay"]))
        self.assertGreater(expected, Decimal("40.37"))  # unemployment taxes, too
        cost = people._medical_hour_cost(day)[self.nurse.id]
        self.assertEqual(cost, to_cents(expected))

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
        sheets = {
            role: report.with_user(self.users[role])._sheets(
                self.nurse.with_user(self.users[role]), {}
            )
            for role in ("hr", "director")
        }
        rows = sheets["hr"][0].rows
        self.assertEqual(rows, sheets["director"][0].rows)
        named = {row["what"]: row["amount"] for row in rows if "what" in row}
        self.assertAlmostEqual(named["Pay"], 3000, 2)
        self.assertAlmostEqual(named["Health plan (2)"], 960, 2)
        others = sum(v for k, v in named.items() if k != "Total compensation")
        self.assertAlmostEqual(named["Total compensation"], others, 2)
        other = self.hire("Paula Salary", 78000)
        pages = report.with_user(self.users["hr"])._get_report_values(
            (self.nurse | other).ids
        )["sheets"]
        heads = [page["rows"][0]["cells"][0]["text"] for page in pages]
        self.assertEqual(heads, [self.nurse.name, other.name])


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
