"""What a repair costs, what an asset has cost, and bills that should not be paid."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .request_case import RequestCase


@tagged("post_install", "-at_install")
class TestFacilityCost(RequestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request = cls.env["maintenance.request"].create(
            {
                "name": "Door seal leaks",
                "company_id": cls.company.id,
                "equipment_id": cls.autoclave.id,
            }
        )
        cls.seal = cls.env["product.product"].create(
            {
                "name": "Door seal",
                "type": "consu",
                "is_storable": True,
                "company_id": cls.company.id,
            }
        )
        cls.seal.with_company(cls.company).standard_price = 35
        cls.shelf = cls.site.lot_stock_id
        cls.env["stock.quant"]._update_available_quantity(cls.seal, cls.shelf, 2)
        account = cls.env["account.account"].create(
            {
                "name": "Repairs",
                "code": "6100",
                "account_type": "expense",
                "company_ids": [Command.set(cls.company.ids)],
            }
        )
        payable = cls.env["account.account"].create(
            {
                "name": "Payable",
                "code": "2000",
                "account_type": "liability_payable",
                "company_ids": [Command.set(cls.company.ids)],
            }
        )
        cls.vendor.with_company(cls.company).property_account_payable_id = payable
        cls.journal = cls.env["account.journal"].create(
            {
                "name": "Bills",
                "code": "BILL",
                "type": "purchase",
                "company_id": cls.company.id,
                "default_account_id": account.id,
            }
        )

    def cost(self, user=None, **values):
        return (
            self.env["medical.facility.cost"]
            .with_user(user or self.technician)
            .create({"request_id": self.request.id, **values})
        )

    def part(self, **values):
        return self.cost(kind="part", product_id=self.seal.id, **values)

    def bill(self, amount=300.0, move_type="in_invoice", post=True):
        move = self.env["account.move"].create(
            {
                "move_type": move_type,
                "company_id": self.company.id,
                "journal_id": self.journal.id,
                "partner_id": self.vendor.id,
                "invoice_date": "2026-11-24",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Repair",
                            "quantity": 1,
                            "price_unit": amount,
                            "tax_ids": [],
                            "medical_request_id": self.request.id,
                        }
                    )
                ],
            }
        )
        if post:
            move.action_post()
        return move

    def there(self):
        return self.seal.with_context(location=self.shelf.id).qty_available

    def test_hours_cost_what_the_team_costs_when_they_are_entered(self):
        cost = self.cost(hours=1.5)
        self.assertEqual(cost.sudo().amount, 60)
        self.team.medical_hour_cost = 100
        self.assertEqual(cost.sudo().amount, 60)
        self.assertEqual(self.request.medical_hours, 1.5)

    def test_the_technician_does_not_see_what_an_hour_costs(self):
        cost = self.cost(hours=1)
        with self.assertRaises(AccessError):
            cost.read(["amount"])

    def test_a_part_leaves_the_stock_at_once(self):
        cost = self.part()
        self.assertEqual(cost.sudo().amount, 35)
        self.assertEqual(cost.sudo().move_id.state, "done")
        self.assertEqual(self.there(), 1)

    def test_more_than_is_there_is_refused_with_what_there_is(self):
        with self.assertRaisesRegex(UserError, "3 needed, 2 in"):
            self.part(quantity=3)
        self.assertEqual(self.there(), 2)

    def test_a_part_kept_by_lot_asks_for_its_lot(self):
        self.seal.tracking = "lot"
        with self.assertRaisesRegex(UserError, "choose the lot"):
            self.part()

    def test_what_left_the_stock_is_not_changed_or_deleted(self):
        cost = self.part()
        with self.assertRaisesRegex(UserError, "Return it"):
            cost.quantity = 2
        with self.assertRaisesRegex(UserError, "Return it"):
            cost.unlink()
        cost.note = "The old one was brittle"

    def test_hours_and_parts_need_their_figures(self):
        with self.assertRaisesRegex(UserError, "hours of work"):
            self.cost(hours=0)
        with self.assertRaisesRegex(UserError, "Choose the part"):
            self.cost(kind="part")

    def test_somebody_elses_request_takes_no_hours(self):
        cost = self.cost(hours=1)
        with self.assertRaises(AccessError):
            cost.with_user(self.users["staff"]).hours = 5

    def test_a_closed_request_takes_no_more_costs(self):
        self.request.stage_id = self.env["maintenance.stage"]._medical_stage("done")
        with self.assertRaisesRegex(UserError, "is closed"):
            self.cost(hours=1)

    def test_bill_lines_count_when_posted_refunds_take_away(self):
        self.cost(hours=1)
        draft = self.bill(500, post=False)
        self.assertEqual(self.request.medical_cost, 40)
        draft.action_post()
        self.request.invalidate_recordset()
        self.assertEqual(self.request.medical_cost, 540)
        self.bill(200, move_type="in_refund")
        self.request.invalidate_recordset()
        self.assertEqual(self.request.medical_cost, 340)

    def test_the_asset_adds_up_its_repairs_and_says_replace(self):
        self.autoclave.medical_purchase_value = 4000
        self.cost(hours=2)
        self.part()
        self.bill(2500)
        self.autoclave.invalidate_recordset()
        self.assertEqual(self.autoclave.medical_cost_12m, 80 + 35 + 2500)
        self.assertEqual(self.autoclave.medical_cost_total, 4000 + 2615)
        self.assertEqual(self.autoclave.medical_advice, "replace")
        self.assertIn("52% of a new one", self.autoclave.medical_advice_reason)
        found = self.env["maintenance.equipment"].search(
            [("medical_advice", "=", "replace"), ("company_id", "=", self.company.id)]
        )
        self.assertEqual(found, self.autoclave)
        replacements = self.env["maintenance.equipment"]._medical_replacements(
            self.company
        )
        self.assertEqual(
            [(one["equipment"], one["amount"]) for one in replacements],
            [(self.autoclave, 5000)],
        )

    def test_time_out_of_service_counts_from_tag_to_return(self):
        tag = self.autoclave._medical_tag_out("Leaks")
        tag.sudo().date_out = "2026-11-23 18:30:00"
        self.autoclave.invalidate_recordset()
        self.assertEqual(self.autoclave.medical_downtime_hours, 24)

    def test_money_is_not_for_staff(self):
        with self.assertRaises(AccessError):
            self.autoclave.with_user(self.users["staff"]).read(["medical_cost_12m"])
        figures = self.autoclave.with_user(self.users["accountant"]).read(
            ["medical_cost_12m"]
        )
        self.assertEqual(figures[0]["medical_cost_12m"], 0)

    def test_a_bill_under_warranty_is_an_exception_before_it_is_paid(self):
        self.autoclave.warranty_date = "2027-01-01"
        bill = self.bill(300)
        self.assertIn("under warranty", bill.medical_covered_note)
        found = self.env["medical.core.exception"].search(
            [("res_model", "=", "account.move"), ("res_id", "=", bill.id)]
        )
        self.assertEqual(found.state, "open")  # posting looked at once
        self.assertEqual(found.severity, "high")
        self.assertEqual(found.money_at_risk, 300)
        self.assertIn("Do not pay", found.summary)

    def test_a_service_contract_covers_too_and_only_in_its_time(self):
        agreement = self.env["medical.facility.agreement"].create(
            {
                "name": "Full service",
                "company_id": self.company.id,
                "partner_id": self.vendor.id,
                "date_start": "2026-01-01",
                "date_end": "2026-12-31",
                "equipment_ids": [Command.set(self.autoclave.ids)],
            }
        )
        bill = self.bill(300, post=False)
        self.assertIn("Full service", bill.medical_covered_note)
        agreement.date_end = "2026-11-23"
        bill.invalidate_recordset()
        self.assertFalse(bill.medical_covered_note)

    def test_the_figures_of_many_assets_take_as_many_queries_as_of_one(self):
        names = [
            "medical_cost_12m",
            "medical_downtime_hours",
            "medical_failures_12m",
            "medical_mtbf_days",
            "medical_advice",
        ]
        assets = self.env["maintenance.equipment"].create(
            [
                {
                    "name": f"Lamp {index}",
                    "company_id": self.company.id,
                    "equipment_assign_to": "other",
                }
                for index in range(40)
            ]
        )

        def queries(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.with_user(self.users["manager"]).read(names)
            return self.env.cr.sql_log_count - before

        queries(assets[:1])
        self.assertEqual(queries(assets[:2]), queries(assets))
