"""What was found about a shelf, a site or a bill opens where it is corrected."""

from datetime import datetime

from odoo.tests import tagged

from ...models.core.mixins.open_action import open_action
from ...models.supply.check.check import FEW
from .bill_case import BillCase


@tagged("post_install", "-at_install")
class TestSupplyOpen(BillCase):
    def opened(self, record, check, role="manager", **values):
        check = self.env["medical.core.check"].search([("code", "=", check)])
        finding = self.env["medical.core.exception"].new(
            {"check_id": check.id, **values}
        )
        own = record.with_user(self.users[role])
        return open_action(own, finding.with_user(self.users[role]))

    def shown(self, action, role="manager"):
        model = self.env[action["res_model"]].with_user(self.users[role])
        return model.search(action["domain"])

    def test_what_is_short_opens_its_order_proposals(self):
        self.par(self.exam_1, self.gauze, 50, 100)
        self.par(self.exam_2, self.vaccine, 5, 10)
        self.env["medical.supply.proposal"].sudo()._pen()._refresh(self.site)
        action = self.opened(self.exam_1, "supply_below_minimum", "head")
        self.assertEqual(action["res_model"], "medical.supply.proposal")
        self.assertEqual(self.shown(action, "head").product_id, self.gauze)

    def test_what_the_store_has_opens_the_par_levels(self):
        par = self.par(self.exam_1, self.gauze, 50, 100)
        self.par(self.exam_1, self.vaccine, 0, 0)
        action = self.opened(self.exam_1, "supply_below_minimum", "staff")
        self.assertEqual(action["res_model"], "stock.warehouse.orderpoint")
        self.assertEqual(self.shown(action, "staff"), par)

    def test_lots_that_end_open_as_lots_of_the_room(self):
        lot = self.lot(self.vaccine, "L1", datetime(2026, 11, 1))
        self.stock(self.exam_1, self.vaccine, 3, lot)
        self.stock(self.exam_2, self.vaccine, 3, lot)
        action = self.opened(self.exam_1, "supply_expiry", "head", key="expired")
        self.assertEqual(action["context"], {"search_default_expired": 1})
        self.assertEqual(self.shown(action, "head").location_id, self.exam_1)
        action = self.opened(self.exam_1, "supply_expiry", "head", key="30")
        self.assertEqual(action["context"], {"search_default_within_30": 1})

    def test_many_shelves_of_one_keeper_are_one_line_with_a_way_in(self):
        rooms = self.env["stock.location"].create(
            [
                {
                    "name": f"Exam {number}",
                    "location_id": self.exam_1.location_id.id,
                    "company_id": self.company.id,
                    "medical_room_type": "exam",
                }
                for number in range(FEW + 2)
            ]
        )
        lot = self.lot(self.vaccine, "L1", datetime(2026, 11, 1))
        for room in rooms:
            self.par(room, self.gauze, 50, 100)
            self.stock(room, self.vaccine, 3, lot)
        for check, shown in (
            ("below_minimum", "stock.warehouse.orderpoint"),
            ("expiry", "stock.quant"),
        ):
            method = getattr(self.env["stock.location"], f"_medical_check_{check}")
            [row] = [row for row in method().rows if row.company_id == self.company.id]
            self.assertEqual(
                (row.res_model, row.res_id), (self.site._name, self.site.id)
            )
            self.assertIn(str(len(rooms)), row.summary)
            action = self.opened(
                self.site,
                f"supply_{check}",
                key=row.key,
                user_id=row.user_id,
                department_id=row.department_id,
            )
            self.assertEqual(action["res_model"], shown)
            self.assertEqual(self.shown(action).location_id, rooms)
        # what must always be there has a line of its own
        vital = self.par(rooms[0], self.vaccine, 50, 100)
        vital.medical_minimum = 5
        found = self.env["stock.location"]._medical_check_below_minimum().rows
        found = {row.res_id: row for row in found if row.company_id == self.company.id}
        self.assertEqual(found[rooms[0].id].severity, "critical")
        self.assertEqual(found[self.site.id].res_model, "stock.warehouse")

    def test_a_shelf_to_count_opens_its_counts(self):
        for check in ("count_overdue", "never_counted", "negative_stock"):
            action = self.opened(self.exam_1, f"supply_{check}", "staff")
            self.assertEqual(action["res_model"], "medical.supply.count")
            self.assertEqual(action["context"], {"default_room_id": self.exam_1.id})

    def test_missing_visits_open_where_they_are_entered(self):
        action = self.opened(
            self.site, "supply_visits_missing", department_id=self.nursing.id
        )
        self.assertEqual(action["res_model"], "medical.supply.visits")
        self.assertEqual(action["context"]["default_department_id"], self.nursing.id)

    def test_everything_else_opens_our_room_and_site(self):
        for record, view in (
            (self.exam_1, "stock_location_room_view_form"),
            (self.site, "stock_warehouse_site_view_form"),
        ):
            action = open_action(record.with_user(self.users["staff"]))
            view = self.env.ref(f"medical_office.{view}")
            self.assertEqual(action["views"], [(view.id, "form")])
            self.assertEqual(action["res_id"], record.id)

    def test_a_bill_opens_in_our_form_for_who_reads_no_payments(self):
        order = self.order(received=6)
        bill = self.bill(order, 10, 2.0)
        view = self.env.ref("medical_office.supply_bill_view_form")
        own = bill.with_user(self.users["manager"])
        for action in (
            self.opened(bill, "supply_over_received"),
            own._decision_action(),
            order.order_id.with_user(self.users["manager"]).action_view_invoice(),
        ):
            self.assertEqual(action["views"], [(view.id, "form")])
            self.assertEqual(action["res_id"], bill.id)
        action = self.opened(bill, "supply_over_received", "accountant")
        self.assertNotEqual(action["views"], [(view.id, "form")])

    def test_several_bills_open_in_our_list(self):
        order = self.order(received=6)
        bills = self.bill(order, 4, 2.0) | self.bill(order, 6, 2.0)
        action = order.order_id.with_user(self.users["manager"]).action_view_invoice()
        self.assertEqual(self.shown(action), bills)
        own = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.supply_bill_action"
        )
        self.assertEqual(action["views"], own["views"])
