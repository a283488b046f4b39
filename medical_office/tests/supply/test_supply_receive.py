"""From an order to the shelf inside the medical office, as those who do it."""

from datetime import UTC, date, timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import RpcClient
from .supply_case import NOW, TODAY, SupplyCase

BEST = TODAY + timedelta(days=200)


class ReceiveCase(SupplyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.site.in_type_id.default_location_dest_id = cls.store
        cls.order = cls.env["purchase.order"].create(
            {
                "partner_id": cls.vendor.id,
                "company_id": cls.company.id,
                "picking_type_id": cls.site.in_type_id.id,
                "date_planned": NOW,
                "order_line": [
                    Command.create(
                        {
                            "product_id": cls.gauze.id,
                            "product_qty": 3,
                            "product_uom_id": cls.pack.id,
                            "price_unit": 2.0,
                        }
                    ),
                    Command.create(
                        {
                            "product_id": cls.vaccine.id,
                            "product_qty": 10,
                            "product_uom_id": cls.unit.id,
                            "price_unit": 20.0,
                        }
                    ),
                ],
            }
        )
        cls.order.button_confirm()
        cls.delivery = cls.order.picking_ids

    def receive(self, role="manager"):
        """The dialog as it opens for that role: (wizard, {item: line})."""
        delivery = self.delivery.with_user(self.users[role])
        action = delivery.action_medical_receive()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.users[role])
            .browse(action["res_id"])
        )
        return wizard, {line.product_id: line for line in wizard.line_ids}


@tagged("post_install", "-at_install")
class TestSupplyReceive(ReceiveCase):
    def test_order_to_shelf(self):
        order = self.order.with_user(self.users["manager"])
        action = order.action_medical_receive()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        with Form(wizard.with_user(self.users["manager"])) as form:
            for number in range(len(form.line_ids)):
                with form.line_ids.edit(number) as line:
                    if line.needs_lot:
                        line.lot_name, line.expires_on = "FLU1", BEST
        said = wizard.with_user(self.users["manager"]).action_receive()
        self.assertEqual(self.on_hand(self.store, self.gauze), 300)
        self.assertEqual(self.on_hand(self.store, self.vaccine), 10)
        self.assertEqual(self.delivery.state, "done")
        self.assertIn("2", said["params"]["message"])
        self.assertTrue(said["params"]["links"])

    def test_the_date_on_the_box_is_the_last_usable_day(self):
        wizard, lines = self.receive()
        lines[self.vaccine].write({"lot_name": "FLU1", "expires_on": BEST})
        wizard.action_receive()
        lot = self.env["stock.lot"].search([("name", "=", "FLU1")])
        local = lot.expiration_date.replace(tzinfo=UTC).astimezone(
            self.company._medical_zone()
        )
        self.assertEqual(local.date(), BEST)

    def test_nothing_is_guessed(self):
        wizard, lines = self.receive()
        self.assertFalse(lines[self.vaccine].expires_on)
        self.assertFalse(lines[self.vaccine].lot_name)
        with self.assertRaisesRegex(UserError, "Influenza.*lot number"):
            wizard.action_receive()
        lines[self.vaccine].lot_name = "FLU1"
        with self.assertRaisesRegex(UserError, "FLU1.*last usable day"):
            wizard.action_receive()
        self.assertEqual(self.delivery.state, "assigned")

    def test_what_is_short_is_still_to_come(self):
        wizard, lines = self.receive()
        # in the packs of 100 in which it was ordered
        self.assertEqual(lines[self.gauze].expected, 3)
        lines[self.gauze].quantity = 1
        lines[self.vaccine].quantity = 0
        said = wizard.action_receive()
        rest = self.delivery.backorder_ids
        self.assertEqual(
            {move.product_id: move.product_uom_qty for move in rest.move_ids},
            {self.gauze: 200, self.vaccine: 10},
        )
        self.assertIn(str(rest.id), said["params"]["links"][0]["url"])
        self.assertEqual(self.on_hand(self.store, self.gauze), 100)

    def test_two_lots_of_one_item(self):
        wizard, lines = self.receive()
        first = lines[self.vaccine]
        first.write({"quantity": 6, "lot_name": "FLU1", "expires_on": BEST})
        first.action_another_lot()
        second = (
            wizard.line_ids.filtered(lambda line: not line.lot_name) - lines[self.gauze]
        )
        second.write({"quantity": 4, "lot_name": "FLU2", "expires_on": BEST})
        wizard.action_receive()
        lots = self.env["stock.lot"].search([("product_id", "=", self.vaccine.id)])
        self.assertEqual(
            {lot.name: self.on_hand(self.store, self.vaccine, lot) for lot in lots},
            {"FLU1": 6, "FLU2": 4},
        )

    def test_a_lot_that_the_books_know_otherwise_is_refused(self):
        self.lot(self.vaccine, "FLU1", NOW + timedelta(days=90))
        wizard, lines = self.receive()
        lines[self.vaccine].write({"lot_name": "FLU1", "expires_on": BEST})
        with self.assertRaisesRegex(UserError, "FLU1.*books say"):
            wizard.action_receive()
        lines[self.vaccine].expires_on = False
        wizard.action_receive()
        self.assertEqual(self.on_hand(self.store, self.vaccine), 10)

    def test_an_expired_lot_is_refused(self):
        wizard, lines = self.receive()
        lines[self.vaccine].write({"lot_name": "OLD", "expires_on": date(2026, 11, 1)})
        with self.assertRaisesRegex(UserError, "expired"):
            wizard.action_receive()

    def test_scanned_cartons_fill_and_count(self):
        self.vaccine.barcode = "00312345678906"
        self.gauze.barcode = "A999GZ1"
        wizard, lines = self.receive("head")
        vaccine, gauze = lines[self.vaccine], lines[self.gauze]
        for code in (
            "(01)00312345678906(17)270630(10)LOT7",
            "0100312345678906" + "17270630" + "306\x1d10LOT7",
            "(01)00312345678906(17)270731(10)LOT8",
        ):
            self.assertFalse(wizard.scan_carton(code)["refused"])
        self.assertEqual(
            (vaccine.lot_name, vaccine.expires_on, vaccine.quantity),
            ("LOT7", date(2027, 6, 30), 7),
        )
        # a second lot has a line of its own, and leaves the first alone
        other = wizard.line_ids - vaccine - gauze
        self.assertEqual((other.lot_name, other.quantity), ("LOT8", 1))
        self.assertEqual(gauze.quantity, 3)  # nothing of it was scanned: as ordered

    def test_a_blank_at_the_end_of_a_code_is_kept(self):
        self.gauze.barcode = "A999AT42"
        wizard, _lines = self.receive()
        # its check character (ANSI/HIBC 2.6, modulo 43) is a blank
        self.assertFalse(wizard.scan_carton("+A999AT421 ")["refused"])

    def test_packs_count_when_they_are_whole(self):
        self.gauze.barcode = "00614141000739"
        wizard, lines = self.receive()
        said = wizard.scan_carton("(01)00614141000739(30)50")
        self.assertIn("50 of 300", said["said"])
        self.assertEqual(lines[self.gauze].quantity, 3)
        wizard.scan_carton("(01)00614141000739(30)50")
        self.assertEqual(lines[self.gauze].quantity, 1)

    def test_a_case_nobody_knows_is_no_success(self):
        """Its item and lot are filled in, but it does not count by itself."""
        self.vaccine.barcode = "00312345678906"
        wizard, lines = self.receive("head")
        answer = wizard.scan_carton("(01)50312345678901(17)270630(10)LOT7")
        self.assertEqual(answer["kind"], "warning")
        self.assertTrue(answer["refused"])  # the low tone
        self.assertIn("Enter how many arrived", answer["said"])
        self.assertEqual(lines[self.vaccine].scanned, 0)

    def test_a_carton_of_another_delivery_says_what_to_do(self):
        self.item("Bandage", 30, self.unit, 30).barcode = "00614141000739"
        wizard, _lines = self.receive("head")
        answer = wizard.scan_carton("(01)00614141000739")
        self.assertTrue(answer["refused"])
        self.assertIn("Set it aside", answer["said"])

    def test_a_carton_that_must_not_be_put_away_is_refused(self):
        self.vaccine.barcode = "00312345678906"
        self.lot(self.vaccine, "KNOWN", NOW + timedelta(days=90))
        recall = self.env["medical.supply.recall"].create(
            {"name": "BAD7", "product_id": self.vaccine.id}
        )
        recall.action_search()
        recall.action_quarantine()
        wizard, lines = self.receive()
        item = "(01)00312345678906"
        for code, why in (
            (f"{item}(17)251130(10)OLD", "expired"),
            (f"{item}(17)270630(10)BAD7", "recalled"),
            (f"{item}(17)270630(10)KNOWN", "books say"),
            ("(01)09521234000174(10)X", "catalog"),
            ("(01)09521234000175(10)X", "check digit"),
            ("", "empty"),
        ):
            with self.subTest(why):
                answer = wizard.scan_carton(code)
                self.assertTrue(answer["refused"])
                self.assertIn(why, answer["said"])
        self.assertFalse(lines[self.vaccine].lot_name)
        self.assertEqual(lines[self.vaccine].scanned, 0)

    def test_a_carton_without_a_lot_contradicts_none(self):
        self.vaccine.barcode = "00312345678906"
        known = self.lot(self.vaccine, "KNOWN", NOW + timedelta(days=90))
        day = self.vaccine._lot_day(self.company, known.name)
        wizard, lines = self.receive()
        item = "(01)00312345678906"
        code = f"{item}(17){day:%y%m%d}(10)KNOWN"
        self.assertFalse(wizard.scan_carton(code)["refused"])
        self.assertEqual(lines[self.vaccine].lot_name, "KNOWN")
        # another carton, with another day and no lot: its lot is typed in
        self.assertFalse(wizard.scan_carton(f"{item}(17)270731")["refused"])
        other = wizard.line_ids - lines[self.vaccine] - lines[self.gauze]
        self.assertEqual((other.lot_name, other.expires_on), (False, date(2027, 7, 31)))

    def test_received_once(self):
        wizard, lines = self.receive()
        lines[self.vaccine].write({"lot_name": "FLU1", "expires_on": BEST})
        wizard.action_receive()
        with self.assertRaisesRegex(UserError, "already"):
            wizard.action_receive()
        with self.assertRaisesRegex(UserError, "no longer on its way"):
            self.delivery.action_medical_receive()

    def test_the_head_receives_and_staff_does_not(self):
        wizard, lines = self.receive("head")
        lines[self.vaccine].with_user(self.users["head"]).write(
            {"lot_name": "FLU1", "expires_on": BEST}
        )
        wizard.action_receive()
        self.assertEqual(self.delivery.state, "done")
        with self.assertRaises(AccessError):
            self.delivery.with_user(self.users["staff"]).action_medical_receive()

    def test_a_line_of_another_delivery_is_not_booked(self):
        other = self.order.copy()
        other.button_confirm()
        wizard, lines = self.receive("head")
        lines[self.gauze].with_user(self.users["head"]).move_id = other.picking_ids[
            0
        ].move_ids[0]
        lines[self.vaccine].quantity = 0
        with self.assertRaisesRegex(UserError, "how many arrived"):
            wizard.action_receive()
        self.assertEqual(other.picking_ids.state, "assigned")

    # ------------------------------------------------------------------- our screens

    def test_links_open_our_forms(self):
        for record, form in (
            (self.order, "supply_order_view_form"),
            (self.delivery, "supply_delivery_view_form"),
            (self.gauze.product_tmpl_id, "supply_item_view_form"),
            (self.gauze, "supply_item_view_form"),
            (self.par(self.exam_1, self.gauze, 1, 2), "stock_orderpoint_view_form"),
        ):
            with self.subTest(form):
                action = record.with_user(self.users["manager"]).get_formview_action()
                self.assertEqual(
                    action["views"][0][0], self.env.ref(f"medical_office.{form}").id
                )

    def test_a_par_level_is_called_by_item_and_room(self):
        par = self.par(self.exam_1, self.gauze, 1, 2)
        self.assertEqual(par.display_name, "Gauze 4x4 in Exam 1")

    def test_a_charts_tax_is_no_default_in_the_us(self):
        """Neither the generic 15 % nor the sales tax of the state (5 % in Wisconsin)."""
        for chart in ("generic_coa", "us"):
            with self.subTest(chart):
                company = self.company_with(chart)
                self.assertFalse(company.account_purchase_tax_id)
                self.assertFalse(company.account_sale_tax_id)
                self.assertTrue(self.taxes_of(company), "they can still be chosen")
                env = self.env(context={"allowed_company_ids": company.ids})
                new = env["product.product"].create({"name": "Tape", "type": "consu"})
                taxes = new.supplier_taxes_id | new.taxes_id
                self.assertNotIn(company, taxes.company_id)
                bill = env["account.move"].create(
                    {
                        "move_type": "in_invoice",
                        "partner_id": self.vendor.id,
                        "invoice_line_ids": [Command.create({"product_id": new.id})],
                    }
                )
                order = env["purchase.order"].create(
                    {
                        "partner_id": self.vendor.id,
                        "order_line": [Command.create({"product_id": new.id})],
                    }
                )
                self.assertFalse(bill.invoice_line_ids.tax_ids)
                self.assertFalse(order.order_line.tax_ids)

    def test_a_tax_that_the_practice_chose_stays(self):
        company = self.company_with("us")
        chosen = self.taxes_of(company)[:1]
        company.account_purchase_tax_id = chosen
        self.env["account.chart.template"].try_loading(
            "us", company, install_demo=False
        )
        self.assertEqual(company.account_purchase_tax_id, chosen)
        self.assertFalse(company.account_sale_tax_id)

    def company_with(self, chart):
        company = self.env["res.company"].create(
            {
                "name": f"Taxed {chart}",
                "country_id": self.env.ref("base.us").id,
                "state_id": self.env.ref("base.state_us_50").id,  # Wisconsin
            }
        )
        self.env.user.company_ids |= company
        self.env["account.chart.template"].try_loading(
            chart, company, install_demo=False
        )
        return company

    def taxes_of(self, company):
        return self.env["account.tax"].search(
            [("company_id", "=", company.id), ("type_tax_use", "=", "purchase")]
        )


@tagged("post_install", "-at_install")
class TestSupplyReceiveRpc(ReceiveCase, RpcClient):
    def test_by_rpc(self):
        self.sign_in("staff")
        self.call_refused("stock.picking", "action_medical_receive", self.delivery.ids)
        self.sign_in("manager")
        action = self.call("stock.picking", "action_medical_receive", self.delivery.ids)
        self.assertEqual(action["res_model"], "medical.supply.receive.wizard")
        self.sign_in("staff")
        self.call_refused(
            "medical.supply.receive.wizard", "action_receive", [action["res_id"]]
        )
        self.call_refused(
            "medical.supply.receive.wizard", "scan_carton", [action["res_id"]], "1"
        )
