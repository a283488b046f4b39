"""Items, vendors, checklists and rooms go when nobody waits for them any more."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .supply_case import TODAY, SupplyCase


@tagged("post_install", "-at_install")
class TestSupplyUsed(SupplyCase):
    def refused(self, record, reason):
        with self.assertRaisesRegex(UserError, f"is still in use: .*{reason}"):
            record.active = False

    def order(self, item):
        return self.env["purchase.order"].create(
            {
                "partner_id": self.vendor.id,
                "company_id": self.company.id,
                "order_line": [
                    Command.create({"product_id": item.id, "product_qty": 1})
                ],
            }
        )

    def test_an_item_on_a_shelf_stays_in_the_catalog(self):
        self.stock(self.exam_1, self.gauze, 3)
        for record in (self.gauze, self.gauze.product_tmpl_id):
            self.refused(record, "on hand in places: 1")
        with self.assertRaises(AccessError):
            self.gauze.with_user(self.users["staff"]).active = False
        self.stock(self.exam_1, self.gauze, -3)
        self.gauze.product_tmpl_id.active = False
        self.assertFalse(self.gauze.active)

    def test_an_open_order_keeps_its_item_and_its_vendor(self):
        order = self.order(self.gauze)
        self.refused(self.gauze, "orders not yet placed")
        self.refused(self.vendor, "open orders: " + order.name)
        order.button_cancel()
        (self.gauze | self.vaccine).active = False  # nothing else is bought there
        self.vendor.active = False

    def test_the_vendor_that_an_item_is_bought_from_stays(self):
        """An archived one is passed over: the item would be bought elsewhere, or
        nowhere, without a word."""
        (self.vaccine | self.gauze)[:1].active = False
        self.refused(self.vendor, "bought there first: 1")
        price = self.gauze.seller_ids
        other = price.copy({"partner_id": self.other_vendor.id, "sequence": 0})
        self.vendor.active = False  # another one is asked before
        self.vendor.active = True
        self.refused(self.other_vendor, "bought there first: 1")
        other.date_end = TODAY - timedelta(days=1)
        self.other_vendor.active = False
        self.refused(self.vendor, "bought there first: 1")
        self.gauze.medical_kind = False  # none of the catalog
        self.vendor.active = False

    def test_what_is_none_of_the_catalog_goes_as_the_host_lets_it(self):
        self.gauze.medical_kind = False
        self.stock(self.exam_1, self.gauze, 3)
        self.gauze.active = False
        self.assertFalse(self.gauze.active)

    def test_a_proposal_keeps_its_item_and_its_vendor(self):
        self.par(self.exam_1, self.gauze, 10, 20)
        self.env["medical.supply.proposal"]._refresh(self.site)
        self.refused(self.gauze, "order proposals")
        self.refused(self.vendor, "order proposals")

    def test_a_kit_keeps_its_item_and_its_room(self):
        kit = self.env["medical.supply.kit"].create(
            {
                "name": "Crash cart",
                "location_id": self.exam_2.id,
                "line_ids": [
                    Command.create({"product_id": self.vaccine.id, "quantity": 1})
                ],
            }
        )
        self.refused(self.vaccine, "kits that hold it: 1")
        self.refused(self.exam_2, "kits in it: Crash cart")
        kit.active = False
        self.vaccine.active = False

    def test_a_transfer_under_way_keeps_its_item_and_its_rooms(self):
        move = self.env["stock.move"].create(
            {
                "product_id": self.gauze.id,
                "product_uom_qty": 5,
                "location_id": self.exam_1.id,
                "location_dest_id": self.exam_2.id,
                "company_id": self.company.id,
            }
        )
        move._action_confirm()
        self.refused(self.gauze, "under way: ")
        for room in (self.exam_1, self.exam_2):
            self.refused(room, "transfers of items under way: ")
        move._action_cancel()
        self.gauze.active = self.exam_2.active = False

    def test_an_open_recall_keeps_its_item(self):
        recall = self.env["medical.supply.recall"].create(
            {"name": "R1", "product_id": self.vaccine.id}
        )
        self.refused(self.vaccine, "open recalls: R1")
        recall.action_search()
        recall.action_quarantine()
        self.refused(self.vaccine, "open recalls: R1")
        recall._pen().state = "closed"
        self.vaccine.active = False

    def test_what_was_carried_stays_within_reason(self):
        """As the manager writes it on the line of a pick list, and on its move."""
        move = self.env["stock.move"].create(
            {
                "product_id": self.gauze.id,
                "product_uom_qty": 5,
                "location_id": self.store.id,
                "location_dest_id": self.exam_2.id,
                "company_id": self.company.id,
            }
        )
        self.stock(self.store, self.gauze, 5)
        move._action_confirm()
        move._action_assign()
        move = move.with_user(self.users["manager"])
        for record in (move, move.move_line_ids):
            for number in (1e9, 1e300, -3):
                words = "enter a number between|negative quantity"  # or the host's
                with self.assertRaisesRegex(UserError, words):
                    record.write({"quantity": number})
        with self.assertRaisesRegex(UserError, "between -1,000,000 and 1,000,000"):
            move.write({"product_uom_qty": 1e9})
        move.quantity = 3
        self.assertEqual(move.quantity, 3)

    def test_an_open_count_keeps_its_room(self):
        self.env["medical.supply.count"].create({"room_id": self.exam_2.id})
        self.refused(self.exam_2, "open counts: ")

    def test_a_scheduled_checklist_and_a_vendor_under_contract_stay(self):
        checklist = self.env["medical.core.checklist"].create(
            {
                "name": "Shelves",
                "company_id": self.company.id,
                "item_ids": [Command.create({"name": "Full"})],
            }
        )
        self.env["medical.core.schedule"].create(
            {
                "name": "Shelves, weekly",
                "checklist_id": checklist.id,
                "company_id": self.company.id,
                "room_ids": self.exam_1.ids,
                "owner_id": self.users["manager"].id,
            }
        )
        self.refused(checklist, "rounds are scheduled by it .Shelves, weekly")
        agreement = self.env["medical.facility.agreement"].create(
            {
                "name": "Chairs",
                "partner_id": self.other_vendor.id,
                "company_id": self.company.id,
                "date_start": "2026-01-01",
                "date_end": "2026-12-31",
            }
        )
        self.refused(self.other_vendor, "agreements that run: Chairs")
        agreement.active = False
        self.other_vendor.active = False
