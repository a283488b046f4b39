"""Lots near their end, quarantine, the way out of it, recalls; and the checks."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.supply.check.check import FEW
from ...tools.core.sheet import GROUP
from .supply_case import NOW, SupplyCase


@tagged("post_install", "-at_install")
class TestSupplyExpiry(SupplyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.old = cls.lot(cls.vaccine, "OLD1", NOW - timedelta(days=1))
        cls.soon = cls.lot(cls.vaccine, "SOON", NOW + timedelta(days=20))
        cls.late = cls.lot(cls.vaccine, "LATE", NOW + timedelta(days=200))
        cls.stock(cls.exam_1, cls.vaccine, 3, cls.old)
        cls.stock(cls.exam_1, cls.vaccine, 4, cls.soon)
        cls.stock(cls.store, cls.vaccine, 5, cls.soon)
        cls.stock(cls.store, cls.vaccine, 6, cls.late)

    def quants(self, lot, user=None):
        found = self.env["stock.quant"].search(
            [("lot_id", "=", lot.id), ("quantity", ">", 0)]
        )
        return found.with_user(self.users[user]) if user else found

    def test_expired_stock_is_put_into_quarantine_at_night(self):
        self.env["stock.quant"]._cron_medical_quarantine()
        quarantine = self.site.medical_quarantine_id
        self.assertEqual(self.on_hand(self.exam_1, self.vaccine, self.old), 0)
        self.assertEqual(self.on_hand(quarantine, self.vaccine, self.old), 3)
        self.assertEqual(self.on_hand(self.exam_1, self.vaccine, self.soon), 4)
        # what lies there is no longer the shelf's
        par = self.par(self.exam_1, self.vaccine, 5, 10)
        self.assertEqual(par._medical_now()[par.id].on_hand, 4)

    def test_the_night_run_finds_nothing_the_second_time(self):
        self.env["stock.quant"]._cron_medical_quarantine()
        before = self.env["stock.move"].search_count([])
        self.env["stock.quant"]._cron_medical_quarantine()
        self.assertEqual(self.env["stock.move"].search_count([]), before)

    def test_staff_put_away_what_they_find_and_write_nothing_off(self):
        self.quants(self.old, "staff")[:1].action_medical_quarantine()
        quarantine = self.site.medical_quarantine_id
        self.assertTrue(self.on_hand(quarantine, self.vaccine, self.old))
        with self.assertRaises(AccessError):
            self.env["medical.supply.writeoff.wizard"].with_user(
                self.users["staff"]
            ).create({})
        with self.assertRaises(UserError):
            self.quants(self.late, "plain").action_medical_quarantine()

    def test_a_write_off_keeps_its_cause(self):
        self.quants(self.old)._medical_quarantine("Expired")
        wizard = (
            self.env["medical.supply.writeoff.wizard"]
            .with_user(self.users["manager"])
            .create({"quant_ids": [Command.set(self.quants(self.old).ids)]})
        )
        self.assertEqual(wizard.value, 60)
        wizard.action_confirm()
        self.assertFalse(self.quants(self.old).filtered(
            lambda quant: quant.location_id.usage == "internal"
        ))  # fmt: skip
        move = self.env["stock.move"].search(
            [("product_id", "=", self.vaccine.id), ("medical_cause", "=", "expired")]
        )
        self.assertEqual(move.quantity, 3)

    def test_only_quarantined_stock_is_written_off(self):
        wizard = self.env["medical.supply.writeoff.wizard"].create(
            {"quant_ids": [Command.set(self.quants(self.late).ids)]}
        )
        with self.assertRaisesRegex(UserError, "not in quarantine"):
            wizard.action_confirm()

    def test_a_return_waits_for_the_parcel(self):
        self.quants(self.old)._medical_quarantine("Expired")
        wizard = self.env["medical.supply.writeoff.wizard"].create(
            {
                "quant_ids": [Command.set(self.quants(self.old).ids)],
                "way": "back",
                "partner_id": self.vendor.id,
            }
        )
        action = wizard.action_confirm()
        picking = self.env["stock.picking"].search(action["domain"])
        self.assertEqual(picking.location_dest_id.usage, "supplier")
        self.assertEqual(picking.move_line_ids.lot_id, self.old)
        picking.move_ids.picked = True
        picking._action_done()
        self.assertEqual(
            self.on_hand(self.site.medical_quarantine_id, self.vaccine, self.old), 0
        )

    def test_an_expired_lot_is_not_received(self):
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": self.site.in_type_id.id,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": self.store.id,
                "company_id": self.company.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.vaccine.id,
                            "product_uom_qty": 5,
                            "location_id": self.env.ref(
                                "stock.stock_location_suppliers"
                            ).id,
                            "location_dest_id": self.store.id,
                            "company_id": self.company.id,
                        }
                    )
                ],
            }
        )
        picking.action_confirm()
        line = picking.move_ids.move_line_ids or self.env["stock.move.line"].create(
            {"move_id": picking.move_ids.id, "picking_id": picking.id}
        )
        line.write({"lot_id": self.old.id, "quantity": 5, "picked": True})
        with self.assertRaisesRegex(UserError, "OLD1 expired"):
            picking._action_done()
        line.lot_id = self.late
        picking._action_done()
        self.assertEqual(self.on_hand(self.store, self.vaccine, self.late), 11)

    def test_first_expired_first_out(self):
        self.assertEqual(self.store.removal_strategy_id.method, "fefo")
        taken = self.env["stock.quant"]._get_reserve_quantity(
            self.vaccine, self.store, 6
        )
        self.assertEqual(
            [(quant.lot_id.name, quantity) for quant, quantity in taken],
            [("SOON", 5), ("LATE", 1)],
        )

    # ----------------------------------------------------------------------- recall

    def recall(self, user="staff", **values):
        return (
            self.env["medical.supply.recall"]
            .with_user(self.users[user])
            .create({"name": "soon", "company_id": self.company.id, **values})
        )

    def test_a_recall_finds_and_puts_away_every_unit(self):
        recall = self.recall()
        recall.action_search()
        self.assertEqual(recall.on_hand, 9)
        self.assertEqual(recall.line_ids.location_id, self.exam_1 | self.store)
        recall.action_quarantine()
        self.assertEqual(recall.state, "quarantined")
        quarantine = self.site.medical_quarantine_id
        self.assertEqual(self.on_hand(quarantine, self.vaccine, self.soon), 9)
        self.assertEqual(recall.on_hand, 9)  # what was found stays on record
        with self.assertRaises(AccessError):
            recall.action_close()
        recall.with_user(self.users["manager"]).action_close()
        self.assertEqual(recall.state, "closed")

    def test_a_recalled_lot_leaves_quarantine_by_no_transfer(self):
        recall = self.recall()
        recall.action_quarantine()
        quarantine = self.site.medical_quarantine_id
        with self.assertRaisesRegex(UserError, "SOON stays in quarantine: Recall"):
            self.transfer_one(self.vaccine, quarantine, self.store)
        quant = self.quants(self.soon, "manager")
        with self.assertRaisesRegex(UserError, "move it with a transfer"):
            quant.location_id = self.store
        with self.assertRaisesRegex(UserError, "stays in quarantine"):
            quant.move_quants(location_dest_id=self.store)
        recall.with_user(self.users["manager"]).action_close()
        self.quants(self.soon, "manager").move_quants(location_dest_id=self.store)
        self.assertEqual(self.on_hand(self.store, self.vaccine, self.soon), 9)

    def test_a_recall_of_a_day_that_cannot_be_is_refused(self):
        for day in ("1900-01-01", "2099-01-01"):
            with self.assertRaisesRegex(UserError, "enter the day of the notice"):
                self.recall(date=day)
        recall = self.recall()
        with self.assertRaisesRegex(UserError, "at most ten years ago"):
            recall.date = "2001-01-01"

    def test_a_recall_means_the_lot_that_was_typed(self):
        """A lot number may hold any sign of GS1: none stands for another."""
        names = ("A%1", "A1", "AX1", "A_1", "A\\1")
        lots = {
            name: self.lot(self.vaccine, name, NOW + timedelta(days=90))
            for name in names
        }
        for lot in lots.values():
            self.stock(self.exam_1, self.vaccine, 1, lot)
        for name, lot in lots.items():
            with self.subTest(name):
                recall = self.recall(name=f" {name.lower()}")
                recall.action_search()
                self.assertEqual(recall.line_ids.lot_id, lot)

    def test_a_recalled_lot_is_held_when_it_arrives(self):
        recall = self.recall()
        recall.action_quarantine()
        lot = recall.line_ids.lot_id[:1]
        arrival = self.env["stock.picking"].create(
            {
                "picking_type_id": self.site.in_type_id.id,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": self.store.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": lot.product_id.id,
                            "product_uom": lot.product_id.uom_id.id,
                            "product_uom_qty": 4,
                            "location_id": self.env.ref(
                                "stock.stock_location_suppliers"
                            ).id,
                            "location_dest_id": self.store.id,
                        }
                    )
                ],
            }
        )
        arrival.action_confirm()
        arrival.move_ids.move_line_ids = [
            Command.clear(),
            Command.create(
                {
                    "product_id": lot.product_id.id,
                    "lot_id": lot.id,
                    "quantity": 4,
                    "location_id": arrival.location_id.id,
                    "location_dest_id": self.store.id,
                }
            ),
        ]
        arrival.move_ids.picked = True
        arrival._action_done()
        self.assertEqual(arrival.state, "done")
        self.assertEqual(self.on_hand(self.store, lot.product_id, lot), 0)
        self.assertEqual(recall.on_hand, 13)  # 9 found, 4 arrived

    def test_a_recall_reaches_sealed_kits(self):
        recall = self.recall()
        lot = recall._lots()[:1]
        kit = self.env["medical.supply.kit"].create(
            {
                "name": "Crash Cart",
                "location_id": self.exam_1.id,
                "new_seal": "S-1",
                "line_ids": [
                    Command.create(
                        {
                            "product_id": lot.product_id.id,
                            "lot_name": f" {lot.name.lower()}",
                        }
                    )
                ],
            }
        )
        kit.action_seal()
        self.assertEqual(recall.kit_ids, kit)
        kits = self.env["medical.supply.kit"]
        rows = kits._medical_check_kit().rows
        self.assertNotIn("recall", [row.key for row in rows if row.res_id == kit.id])
        recall.action_quarantine()
        rows = kits._medical_check_kit().rows
        told = [row for row in rows if row.res_id == kit.id and row.key == "recall"]
        self.assertEqual(told[0].severity, "critical")
        kit.action_open("Recall")
        kit.new_seal = "S-2"
        with self.assertRaisesRegex(UserError, "take out what is recalled"):
            kit.action_seal()

    def test_a_percent_sign_recalls_nothing(self):
        recall = self.recall(name="%")
        recall.action_search()
        self.assertFalse(recall.line_ids)

    def test_what_was_found_is_not_typed(self):
        recall = self.recall()
        recall.action_search()
        with self.assertRaises(AccessError):
            recall.line_ids[0].quantity = 0
        with self.assertRaises(UserError):
            recall.state = "closed"

    # --------------------------------------------------------------- list on paper

    def test_the_expiry_list_of_a_room_goes_by_windows_of_days(self):
        middle = self.lot(self.vaccine, "MIDDLE", NOW + timedelta(days=45))
        self.stock(self.exam_1, self.vaccine, 2, middle)
        rooms = (self.store | self.exam_1 | self.exam_2).with_user(self.users["staff"])
        report = self.env["report.medical_office.supply_expiry"]
        sheets = {
            sheet.name.partition(" · ")[0]: sheet
            for sheet in report.with_user(self.users["staff"])._sheets(rooms, {})
        }
        sheet = sheets[self.exam_1.name]
        self.assertEqual(
            [row.get(GROUP) or (row["lot"], row["days"]) for row in sheet.rows],
            [
                "Expired",
                ("OLD1", -1),
                "Within 30 days",
                ("SOON", 20),
                "Within 60 days",
                ("MIDDLE", 45),
            ],
        )
        self.assertEqual(sheet.totals()["worth"], 20 * (3 + 4 + 2))
        # what is good for 200 days is on no list
        self.assertEqual(
            [row["lot"] for row in sheets[self.store.name].rows if GROUP not in row],
            ["SOON"],
        )
        self.assertFalse(sheets[self.exam_2.name].rows)
        actions = self.env["ir.actions.report"].with_user(self.users["staff"])
        book, kind = actions._render_xlsx(
            "medical_office.supply_expiry_xlsx", rooms.ids, {}
        )
        self.assertEqual((book[:2], kind), (b"PK", "xlsx"))
        page, _kind = actions._render_qweb_html(
            "medical_office.supply_expiry", rooms.ids
        )
        self.assertIn("MIDDLE", page.decode())
        with self.assertRaisesRegex(AccessError, "takes one of these roles"):
            actions.with_user(self.users["plain"])._render_qweb_html(
                "medical_office.supply_expiry", rooms.ids
            )

    # ----------------------------------------------------------------------- checks

    def rows(self, method, model="stock.location"):
        result = getattr(self.env[model], method)()
        return [row for row in result.rows if row.company_id == self.company.id]

    def test_lots_near_their_end_are_reported_to_the_rooms_manager(self):
        rows = self.rows("_medical_check_expiry")
        found = {(row.res_id, row.key): row for row in rows}
        expired = found[self.exam_1.id, "expired"]
        self.assertEqual((expired.severity, expired.money_at_risk), ("high", 60))
        self.assertEqual(expired.user_id, self.users["manager"].id)
        self.assertIn((self.store.id, "30"), found)
        self.assertNotIn((self.store.id, "90"), found)

    def test_a_shelf_below_its_reorder_point_is_reported_until_filled(self):
        par = self.par(self.exam_2, self.gauze, 50, 100)
        row = self.rows("_medical_check_below_minimum")[0]
        self.assertEqual((row.res_id, row.severity), (self.exam_2.id, "high"))
        par.medical_minimum = 5
        self.assertEqual(
            self.rows("_medical_check_below_minimum")[0].severity, "critical"
        )
        self.stock(self.exam_2, self.gauze, 60)
        self.assertFalse(self.rows("_medical_check_below_minimum"))

    def test_an_overdue_count_is_reported_in_working_days(self):
        par = self.par(self.exam_2, self.gauze, 50, 100)
        par.medical_counted_on = NOW.date() - timedelta(days=7)
        self.assertFalse(self.rows("_medical_check_count_overdue"))
        par.medical_counted_on = NOW.date() - timedelta(days=8)
        self.assertEqual(len(self.rows("_medical_check_count_overdue")), 1)
        self.exam_2.medical_count_days = 0
        self.assertFalse(self.rows("_medical_check_count_overdue"))

    def test_ten_times_the_shelves_cost_the_checks_no_more_queries(self):
        checks = (
            "_medical_check_below_minimum",
            "_medical_check_count_overdue",
            "_medical_check_never_counted",
            "_medical_check_negative_stock",
            "_medical_check_expiry",
        )
        rooms = self.env["stock.location"].create(
            [
                {
                    "name": f"Exam {number}",
                    "location_id": self.exam_1.location_id.id,
                    "company_id": self.company.id,
                    "medical_room_type": "exam",
                }
                for number in range(22)
            ]
        )
        counts = []
        for here in (rooms[:2], rooms[2:]):
            for number, room in enumerate(here):
                lot = self.lot(self.vaccine, f"{room.name}", NOW + timedelta(days=9))
                self.par(room, self.gauze, 50, 100)
                counted = self.par(room, self.vaccine, 50, 100)
                counted.medical_counted_on = NOW.date() - timedelta(days=30 + number)
                self.stock(room, self.vaccine, 1, lot)
                self.stock(room, self.gauze, -1)
            self.env["stock.warehouse.orderpoint"].search([]).flush_recordset()
            self.env.cr.execute(
                "UPDATE stock_warehouse_orderpoint SET create_date = %s",
                (NOW - timedelta(days=90),),
            )
            used = []
            for check in checks:
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                # many rooms of one keeper share a line
                least = len(here) if len(here) <= FEW else 1
                self.assertGreaterEqual(len(self.rows(check)), least)
                used.append(self.cr.sql_log_count - before)
            counts.append(used)
        for check, few, many in zip(checks, *counts, strict=True):
            self.assertLessEqual(many, few + 2, check)

    def test_negative_stock_is_reported(self):
        self.assertFalse(self.rows("_medical_check_negative_stock"))
        self.stock(self.exam_2, self.gauze, -2)
        self.assertEqual(len(self.rows("_medical_check_negative_stock")), 1)

    def test_a_late_order_is_reported_until_it_arrives(self):
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.vendor.id,
                "company_id": self.company.id,
                "picking_type_id": self.site.in_type_id.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.gauze.id,
                            "product_qty": 1,
                            "date_planned": NOW - timedelta(days=3),
                        }
                    )
                ],
            }
        )
        order.button_confirm()
        model = "purchase.order"
        self.assertEqual(
            [row.res_id for row in self.rows("_medical_check_order_late", model)],
            order.ids,
        )
        order.picking_ids.move_ids.picked = True
        order.picking_ids._action_done()
        self.assertFalse(self.rows("_medical_check_order_late", model))

    def books(self):
        """A journal for bills and the accounts it needs."""
        expense, payable = self.env["account.account"].create(
            [
                {
                    "name": name,
                    "code": code,
                    "account_type": kind,
                    "reconcile": kind == "liability_payable",
                    "company_ids": [Command.set(self.company.ids)],
                }
                for name, code, kind in (
                    ("Supplies", "600100", "expense"),
                    ("Payables", "211000", "liability_payable"),
                )
            ]
        )
        self.env["account.journal"].create(
            {
                "name": "Bills",
                "code": "BILL",
                "type": "purchase",
                "company_id": self.company.id,
                "default_account_id": expense.id,
            }
        )
        self.vendor.property_account_payable_id = payable

    def test_a_bill_above_contract_is_reported_before_it_is_paid(self):
        self.books()
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.vendor.id,
                "company_id": self.company.id,
                "invoice_date": NOW.date(),
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": self.gauze.id,
                            "product_uom_id": self.pack.id,
                            "quantity": 10,
                            "price_unit": price,
                        }
                    )
                    for price in (1.85, 2.0)  # 1.80 agreed: 2.8 % and 11.1 % more
                ],
            }
        )
        rows = self.rows("_medical_check_price_creep", "account.move.line")
        self.assertEqual([row.res_id for row in rows], bill.ids)
        self.assertEqual(rows[0].money_at_risk, 2.0)
        self.assertEqual(rows[0].severity, "high")

    def test_all_checks_of_supplies_run(self):
        checks = self.env["medical.core.check"].search([("domain", "=", "supply")])
        checks._run()
        self.assertGreaterEqual(len(checks), 9)
        self.assertFalse([check.name for check in checks if check.sudo().error])
