"""What one person alone cannot do with a lot that an excursion or a recall holds."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .coldchain_case import ColdchainCase
from .supply_case import NOW


@tagged("post_install", "-at_install")
class TestSupplyHeld(ColdchainCase):
    def setUp(self):
        super().setUp()
        self.supplier = self.env.ref("stock.stock_location_suppliers")
        self.customer = self.env.ref("stock.stock_location_customers")
        self.loss = self.vaccine.with_company(self.company).property_stock_inventory

    def holders(self):
        """Each kind of hold, on ``self.lot_a`` in quarantine, one after the other."""
        for kind in ("excursion", "recall"):
            with self.subTest(kind), self.env.cr.savepoint() as point:
                if kind == "excursion":
                    self.enter(60)
                    self.assertEqual(self.excursion().state, "quarantined")
                else:
                    recall = self.env["medical.supply.recall"].create(
                        {"name": "A1", "company_id": self.company.id}
                    )
                    recall.action_quarantine()
                self.quarantine = self.site.medical_quarantine_id
                yield kind
                point.rollback()
                self.env.invalidate_all()

    def carry(self, start, goal, lot=None, operation=None, **line):
        """A transfer of one vaccine by the manager alone, with its lot."""
        lot = lot or self.lot_a
        where = {"location_id": start.id, "location_dest_id": goal.id}
        transfers = self.env["stock.picking"].with_user(self.users["manager"])
        picking = transfers.create(
            {
                "picking_type_id": (operation or self.site.int_type_id).id,
                **where,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.vaccine.id,
                            "product_uom": self.unit.id,
                            "product_uom_qty": 1,
                            **where,
                        }
                    )
                ],
            }
        )
        picking.action_confirm()
        picking.move_ids.move_line_ids = [
            Command.clear(),
            Command.create(
                {
                    "product_id": self.vaccine.id,
                    "lot_id": lot.id,
                    "quantity": 1,
                    **where,
                    **line,
                }
            ),
        ]
        picking.move_ids.picked = True
        picking._action_done()
        return picking

    def adjust(self, place, quantity, lot=None):
        """The host's own adjustment of a quantity, by the manager."""
        lot = lot or self.lot_a
        quants = self.env["stock.quant"].with_user(self.users["manager"])
        quants = quants.with_context(inventory_mode=True)
        quant = quants.search(
            [("location_id", "=", place.id), ("lot_id", "=", lot.id)]
        ) or quants.create(
            {
                "product_id": self.vaccine.id,
                "lot_id": lot.id,
                "location_id": place.id,
            }
        )
        quant.inventory_quantity = quantity
        quant.action_apply_inventory()

    def test_no_way_out_of_quarantine_but_the_vendor(self):
        for _kind in self.holders():
            others = [self.store, self.exam_1, self.customer, self.loss]
            others += self.env["stock.location"].search(
                [("usage", "=", "production"), ("company_id", "=", self.company.id)]
            )
            for goal in others:
                with (
                    self.subTest(goal=goal.display_name),
                    self.assertRaisesRegex(UserError, "A1 stays in quarantine"),
                ):
                    self.carry(self.quarantine, goal)
            with self.assertRaisesRegex(UserError, "stays in quarantine"):
                self.carry(self.quarantine, self.store, lot=self.env["stock.lot"])
            with self.assertRaisesRegex(UserError, "stays in quarantine"):
                self.adjust(self.quarantine, 0)
            scrap = self.env["stock.scrap"].with_user(self.users["manager"])
            scrap = scrap.create(
                {
                    "product_id": self.vaccine.id,
                    "lot_id": self.lot_a.id,
                    "scrap_qty": 1,
                    "location_id": self.quarantine.id,
                }
            )
            with self.assertRaisesRegex(UserError, "stays in quarantine"):
                scrap.do_scrap()

    def test_what_left_does_not_come_back_onto_a_shelf(self):
        for kind in self.holders():
            out = self.carry(
                self.quarantine, self.supplier, operation=self.site.out_type_id
            )
            back = self.env["stock.return.picking"].with_user(self.users["manager"])
            back = back.create({"picking_id": out.id})
            back.product_return_moves.quantity = 1
            arrival = self.env["stock.picking"].browse(
                back.action_create_returns()["res_id"]
            )
            moves = arrival.move_ids
            moves.location_dest_id = self.store
            moves.move_line_ids.location_dest_id = self.store
            moves.picked = True
            with self.assertRaisesRegex(UserError, "does not come onto a shelf"):
                arrival.with_user(self.users["manager"])._action_done()
            for place in (self.loss, self.customer):
                with self.assertRaisesRegex(UserError, "does not come onto a shelf"):
                    self.carry(place, self.store)
            with self.assertRaisesRegex(UserError, "does not come onto a shelf"):
                self.adjust(self.store, 4)
            # others of the lot may be delivered meanwhile; under a recall they are held
            self.carry(self.supplier, self.store, operation=self.site.in_type_id)
            there = self.on_hand(self.store, self.vaccine, self.lot_a)
            self.assertEqual(there, 1 if kind == "excursion" else 0)

    def test_a_write_off_says_why(self):
        for _kind in self.holders():
            quants = self.env["stock.quant"].search(
                [
                    ("location_id", "=", self.quarantine.id),
                    ("lot_id", "=", self.lot_a.id),
                ]
            )
            quants.with_user(self.users["manager"])._medical_write_off("wasted", "x")
            self.assertEqual(self.on_hand(self.quarantine, self.vaccine, self.lot_a), 0)

    def test_what_a_count_finds_of_a_recalled_lot_is_put_away(self):
        recall = self.env["medical.supply.recall"].create(
            {"name": "A1", "company_id": self.company.id}
        )
        recall.action_quarantine()
        quarantine = self.site.medical_quarantine_id
        before = self.on_hand(quarantine, self.vaccine, self.lot_a)
        count = self.env["medical.supply.count"].create({"room_id": self.exam_2.id})
        self.env["medical.supply.count.line"]._pen().create(
            {
                "count_id": count.id,
                "product_id": self.vaccine.id,
                "lot_id": self.lot_a.id,
                "counted": 3,
                "is_counted": True,
                "cause": "found",
            }
        )
        count._pen()._after_posted()
        self.assertEqual(self.on_hand(self.exam_2, self.vaccine, self.lot_a), 0)
        self.assertEqual(self.on_hand(quarantine, self.vaccine, self.lot_a), before + 3)

    def test_number_and_dates_of_a_held_lot_stay(self):
        lot = self.lot_a.with_user(self.users["manager"])
        last = lot.expiration_date
        refused = {
            "name": "Z9",
            "company_id": False,
            "expiration_date": last + timedelta(days=1),
            "removal_date": NOW + timedelta(days=900),
        }
        for _kind in self.holders():
            for name, value in refused.items():
                with (
                    self.subTest(name),
                    self.assertRaisesRegex(UserError, "is held by"),
                ):
                    lot.write({name: value})
            with self.assertRaisesRegex(UserError, "is held by"):
                lot.expiration_date = False
            # the same again, another text, and what makers do after an excursion
            lot.write({"name": "A1", "expiration_date": last, "ref": "Carton 3"})
            lot.expiration_date = last - timedelta(days=30)
            # who holds nothing back
            self.lot(self.vaccine, "C3", last).with_user(self.users["manager"]).write(
                {"name": "C4", "expiration_date": last + timedelta(days=9)}
            )
        lot.write({"name": "A2", "expiration_date": last + timedelta(days=1)})

    def test_a_quarantine_does_not_become_a_room(self):
        quarantine = self.site._medical_quarantine().with_user(self.users["manager"])
        for name, value in (
            ("medical_room_type", "exam"),
            ("location_id", self.site.lot_stock_id.id),
            ("usage", "transit"),
            ("active", False),
        ):
            with (
                self.subTest(name),
                self.assertRaisesRegex(UserError, "is the quarantine of its site"),
            ):
                quarantine.write({name: value})
        quarantine.name = "Hold"

    def recall(self, number, **values):
        recall = self.env["medical.supply.recall"].create(
            {"name": number, "company_id": self.company.id, **values}
        )
        recall.action_quarantine()
        return recall

    def test_a_recall_holds_its_number_where_nothing_of_it_was_found(self):
        self.recall("q9")
        lot = self.lot(self.vaccine, "Q9", NOW + timedelta(days=100))
        for come in (
            lambda: self.adjust(self.store, 4, lot),
            lambda: self.carry(self.customer, self.store, lot=lot),
        ):
            with self.assertRaisesRegex(UserError, "does not come onto a shelf"):
                come()
        lot = lot.with_user(self.users["manager"])
        for name, value in (
            ("name", "Z9"),
            ("expiration_date", NOW + timedelta(days=900)),
        ):
            with (
                self.subTest(name),
                self.assertRaisesRegex(UserError, "is held by Recall"),
            ):
                lot.write({name: value})

    def test_a_lot_that_gets_a_recalled_number_is_put_away(self):
        recall = self.recall("Z77")
        lot = self.lot(self.vaccine, "Z7", NOW + timedelta(days=100))
        self.stock(self.exam_2, self.vaccine, 3, lot)
        lot.with_user(self.users["manager"]).name = "z77"
        self.assertEqual(self.on_hand(self.exam_2, self.vaccine, lot), 0)
        quarantine = self.site.medical_quarantine_id
        self.assertEqual(self.on_hand(quarantine, self.vaccine, lot), 3)
        self.assertEqual(recall.on_hand, 3)

    def test_the_same_number_in_other_letters_is_the_same_box(self):
        for _kind in self.holders():
            twin = (
                self.env["stock.lot"]
                .with_user(self.users["manager"])
                .create(
                    {
                        "name": "a1 ",
                        "product_id": self.vaccine.id,
                        "company_id": self.company.id,
                    }
                )
            )
            with self.assertRaisesRegex(UserError, "does not come onto a shelf"):
                self.adjust(self.store, 4, twin)

    def test_an_item_without_lots_since_is_held_still(self):
        for _kind in self.holders():
            self.vaccine.with_user(self.users["manager"]).write(
                {"tracking": "none", "medical_kind": False}
            )
            with self.assertRaisesRegex(UserError, "stays in quarantine"):
                self.carry(self.quarantine, self.store, lot=self.env["stock.lot"])

    def test_a_lot_of_two_companies_is_held_by_each(self):
        other = self.env["res.company"].create({"name": "Practice Next Door"})
        lot = self.env["stock.lot"].create(
            {"name": "SH1", "product_id": self.vaccine.id, "company_id": False}
        )
        there = self.env["stock.warehouse"].search([("company_id", "=", other.id)])
        for place in (self.shelf, there.lot_stock_id):
            self.stock(place, self.vaccine, 6, lot)
        quants = self.env["stock.quant"].search([("lot_id", "=", lot.id)])
        quants.in_date = NOW - timedelta(days=30)
        recall = self.recall("SH1", company_id=other.id)
        # each company recalls what is its own
        self.assertEqual(recall.line_ids.location_id, there.lot_stock_id)
        self.assertEqual(self.on_hand(self.shelf, self.vaccine, lot), 6)
        self.enter(60)
        quarantine = self.site.medical_quarantine_id
        self.assertEqual(self.on_hand(quarantine, self.vaccine, lot), 6)
        with self.assertRaisesRegex(UserError, "stays in quarantine: Temperature"):
            self.carry(quarantine, self.store, lot=lot)
        with self.assertRaisesRegex(UserError, "is held by"):
            lot.with_user(self.users["manager"]).name = "SH2"

    def test_a_recall_waits_for_what_is_between_two_sites(self):
        between = self.env["stock.location"].create(
            {
                "name": "Between sites",
                "usage": "transit",
                "company_id": self.company.id,
            }
        )
        self.stock(between, self.vaccine, 2, self.lot_b)
        recall = self.env["medical.supply.recall"].create(
            {"name": "B2", "company_id": self.company.id}
        )
        recall.with_user(self.users["staff"]).action_quarantine()
        quarantine = self.site.medical_quarantine_id
        self.assertEqual(self.on_hand(quarantine, self.vaccine, self.lot_b), 5)
        self.assertEqual(self.on_hand(between, self.vaccine, self.lot_b), 2)
        self.assertEqual(recall.on_hand, 7)
        for left in (1, 0):
            self.carry(between, self.store, lot=self.lot_b)
            self.assertEqual(self.on_hand(self.store, self.vaccine, self.lot_b), 0)
            self.assertEqual(
                self.on_hand(quarantine, self.vaccine, self.lot_b), 7 - left
            )
            self.assertEqual(recall.on_hand, 7)  # none of it counts twice
        self.stock(between, self.vaccine, 1, self.lot_a)
        quant = self.env["stock.quant"].search(
            [("location_id", "=", between.id), ("lot_id", "=", self.lot_a.id)]
        )
        quant = quant.with_user(self.users["manager"])
        self.assertFalse(quant.medical_can_put_away)
        with self.assertRaisesRegex(UserError, "at no site"):
            quant.action_medical_quarantine()

    def test_what_is_in_quarantine_is_in_no_room(self):
        """A place is chosen among rooms, whatever a client sends."""
        item = self.item(
            "Ketamine", 10, self.unit, 10.0, medical_kind="controlled", tracking="lot"
        )
        lot = self.lot(item, "K1", NOW + timedelta(days=100))
        self.stock(self.exam_1, item, 5, lot)
        self.recall("K1")
        quarantine = self.site.medical_quarantine_id
        for role in ("staff", "head", "manager"):
            log = self.env["medical.supply.controlled.log"].with_user(self.users[role])
            for place in (quarantine, self.customer):
                for kind in ("used", "wasted", "counted"):
                    with (
                        self.subTest(role=role, place=place.name, kind=kind),
                        self.assertRaisesRegex(ValidationError, "is not a room"),
                    ):
                        log.create(
                            {
                                "kind": kind,
                                "product_id": item.id,
                                "location_id": place.id,
                                "lot_id": lot.id,
                                "quantity": 2,
                                "counted": 2,
                            }
                        )
        manager = self.users["manager"]
        with self.assertRaisesRegex(ValidationError, "is not a room"):
            self.env["medical.supply.count"].with_user(manager).create(
                {"room_id": quarantine.id}
            )
        with self.assertRaisesRegex(ValidationError, "must be a room"):
            self.site.with_user(manager).medical_store_id = quarantine
        self.assertEqual(self.on_hand(quarantine, item, lot), 5)

    def test_the_store_follows_the_rooms_of_the_site(self):
        room = self.store.copy({"name": "Second Store", "medical_room_type": "store"})
        self.site.medical_store_id = room
        room.medical_room_type = False
        self.assertEqual(self.site.medical_store_id, self.store)
