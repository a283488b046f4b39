"""The draft of a budget request: each source by itself, with its arithmetic in words."""

from datetime import date

from odoo import Command
from odoo.tests import tagged

from ...tools.money import cents, money
from .budget_case import JUNE, BudgetCase

MAY = date(2026, 5, 5)


@tagged("post_install", "-at_install")
class TestFinanceDraft(BudgetCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.equipment = cls.category("equipment")
        kind = cls.env.ref("medical_office.facility_kind_vaccine_refrigerator")
        cls.fridge, cls.other_fridge = cls.env["maintenance.equipment"].create(
            [
                {
                    "name": name,
                    "medical_kind_id": kind.id,
                    "location_id": cls.rooms[3].id,
                    "company_id": cls.company.id,
                    "equipment_assign_to": "other",
                }
                for name in ("Fridge", "Other Fridge")
            ]
        )
        cls.other_fridge.department_id = cls.front_desk

    def drafted(self, **values):
        """{(category code, source): line} of a new draft."""
        request = self.request({}, **values)
        request.action_draft_lines()
        return {(line.category_id.code, line.source): line for line in request.line_ids}

    def test_orders(self):
        item = self.env["product.product"].create(
            {
                "name": "Gauze",
                "type": "consu",
                "property_account_expense_id": self.supplies.id,
            }
        )
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.vendor.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": item.id,
                            "product_qty": 2,
                            "price_unit": 40,
                            "date_planned": "2026-07-08 12:00:00",
                            "tax_ids": [Command.clear()],
                            "analytic_distribution": self.of_nursing,
                        }
                    )
                ],
            }
        )
        order.button_confirm()
        line = self.drafted()["medical_supply", "order"]
        self.assertEqual(line.amount, 80)
        self.assertIn(order.name, line.working)

    def test_maintenance_calendar(self):
        self.env["medical.facility.maintenance.plan"].create(
            {
                "equipment_id": self.fridge.id,
                "basis": "date",
                "every": 1,
                "unit": "year",
                "date_next": "2026-07-10",
            }
        )
        request = self.env["maintenance.request"].create(
            {
                "name": "Yearly service",
                "equipment_id": self.fridge.id,
                "maintenance_type": "preventive",
                "request_date": "2025-07-10",
                "company_id": self.company.id,
            }
        )
        self.env["medical.facility.cost"].create(
            {
                "request_id": request.id,
                "kind": "labor",
                "hours": 2,
                "rate": 120,
                "date": "2025-07-10",
            }
        )
        line = self.drafted()["equipment", "maintenance"]
        self.assertEqual(line.amount, 240)
        self.assertIn("Fridge on 07/10/2026: $\N{NO-BREAK SPACE}240.00", line.working)

    def test_contracts_that_end(self):
        self.env["medical.facility.agreement"].create(
            {
                "name": "Cold chain service",
                "kind": "service",
                "partner_id": self.vendor.id,
                "company_id": self.company.id,
                "date_start": "2025-08-01",
                "date_end": "2026-07-31",
                "yearly_cost": 900,
                "equipment_ids": [Command.set((self.fridge | self.other_fridge).ids)],
            }
        )
        line = self.drafted()["equipment", "contract"]
        self.assertEqual(line.amount, 450)
        self.assertIn(
            "900.00 a year × 1 of 2 assets = $\N{NO-BREAK SPACE}450.00", line.working
        )

    def test_repair_or_replace(self):
        rows = [
            {"equipment": asset, "amount": 3000, "verdict": verdict, "score": 9,
             "reason": "failures in 12 months: 4"}
            for asset, verdict in (
                (self.fridge, "replace"), (self.other_fridge, "replace"),
            )
        ]  # fmt: skip
        self.patch(type(self.fridge), "_medical_replacements", lambda *_args: rows)
        line = self.drafted()["equipment", "replacement"]
        self.assertEqual((line.name, line.amount), ("Replace Fridge", 3000))
        self.assertIn("failures in 12 months: 4", line.working)

    def test_supply_forecast(self):
        item = self.env["product.product"].create(
            {
                "name": "Gloves",
                "type": "consu",
                "is_storable": True,
                "medical_kind": "medical",
                "property_account_expense_id": self.supplies.id,
                "seller_ids": [
                    Command.create(
                        {"partner_id": self.vendor.id, "price": 7, "min_qty": 0}
                    )
                ],
            }
        )
        par = self.env["stock.warehouse.orderpoint"].create(
            {
                "product_id": item.id,
                "location_id": self.rooms[3].id,
                "warehouse_id": self.site.id,
                "product_min_qty": 1,
                "product_max_qty": 5,
                "company_id": self.company.id,
            }
        )
        par._pen().medical_week_use = 10
        # what the books say of the same category is replaced by it
        self.bill([(self.supplies, 999, self.of_nursing)], MAY)
        lines = self.drafted()
        # 10 a week × 31 / 7 weeks × $7
        self.assertEqual(lines["medical_supply", "supply"].amount, 310)
        self.assertNotIn(("medical_supply", "books"), lines)

    def test_head_count_and_pay(self):
        wages = self.env["medical.payroll.posting"].search(
            [("company_id", "=", self.company.id), ("kind", "=", "wages")], limit=1
        )
        self.map_account(wages.account_id, "staff_clinical")
        self.patch(
            type(self.env["hr.employee"]),
            "_medical_pay_of_year",
            lambda people, *_span: {
                person: {"pay": 3000, "taxes": 300, "benefits": 0}
                for person in people[:2]
            },
        )
        line = self.drafted()["staff_clinical", "people"]
        self.assertEqual(line.amount, 2200)
        self.assertIn("6,600.00", line.working)
        self.assertIn("÷ 3 × 1", line.working)

    def test_pay_by_the_pay_dates_of_the_months(self):
        """Seven pay dates of the quarter, two in June: a third of it would be too much."""
        wages = self.env["medical.payroll.posting"].search(
            [("company_id", "=", self.company.id), ("kind", "=", "wages")], limit=1
        )
        self.map_account(wages.account_id, "staff_clinical")
        people = self.env["hr.employee"].search(
            [("department_id", "=", self.nursing.id)]
        )
        people.medical_schedule_id = self.env["medical.payroll.schedule"].create(
            {
                "name": "Every two weeks",
                "company_id": self.company.id,
                "frequency": "biweekly",
                "date_anchor": "2026-01-04",  # paid March 6 to May 29, June 12 and 26
                "pay_days_after": 6,
                "week_start": "6",
            }
        )
        self.patch(
            type(people),
            "_medical_pay_of_year",
            lambda people, *_span: {people[0]: {"pay": 6000, "taxes": 600}},
        )
        line = self.drafted()["staff_clinical", "people"]
        self.assertEqual(line.amount, 1885.71)
        self.assertIn("÷ 7 pay dates × 2", line.working)
        self.assertFalse(line.weights)  # a single month has nothing to spread

        # a year of 26: the months of three get half as much again, however the request
        # spreads its other lines
        line = self.drafted(span="year", date_from=date(2027, 1, 1))[
            "staff_clinical", "people"
        ]
        self.assertIn("÷ 7 pay dates × 26, spread over the months", line.working)
        self.assertEqual(sum(line.weights.values()), 26)
        parts = dict(line._phased(line.amount))
        self.assertEqual(sum(parts.values()), money(line.amount))
        for month, part in parts.items():
            due = line.weights[month.isoformat()] * 6600 / 7
            self.assertAlmostEqual(float(part), due, delta=0.02)
        self.assertEqual(set(line.weights.values()), {2, 3})

        # what is granted of it is booked so, and the next version keeps it
        request = line.request_id
        line.consequence = "Shifts stay empty."
        request.action_submit()
        request.with_user(self.users["manager"]).action_review()
        request.with_user(self.users["director"]).action_grant()
        grants = self.env["medical.finance.grant"].search(
            [("request_line_id", "=", line.id)]
        )
        self.assertEqual(
            {grant.date_from: cents(grant.balance) for grant in grants}, parts
        )
        self.assertEqual(
            set(grants.mapped("note")), {"By pay dates, of Jan 2027 – Dec 2027"}
        )
        revision = request.browse(request.action_revise()["res_id"])
        self.assertEqual(dict(revision.line_ids._phased(line.granted)), parts)

    def test_what_the_books_say_is_less_what_is_known(self):
        self.bill([(self.rent, 1000, self.of_nursing)], MAY)
        self.env["medical.finance.recurring"].create(
            {
                "name": "Rent",
                "amount": 200,
                "company_id": self.company.id,
                "partner_id": self.vendor.id,
                "date_first": JUNE,
            }
        )
        lines = self.drafted()
        self.assertEqual(lines["building", "recurring"].amount, 200)
        # 1,000 of three months is 333.33 a month
        self.assertEqual(lines["building", "books"].amount, 133.33)
        self.assertIn(
            "less $\N{NO-BREAK SPACE}200.00", lines["building", "books"].working
        )

    def test_a_year(self):
        self.bill([(self.rent, 300, self.of_nursing)], MAY)
        lines = self.drafted(span="year")
        self.assertEqual(lines["building", "books"].amount, 1200)
