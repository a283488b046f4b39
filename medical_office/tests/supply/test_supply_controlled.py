"""Controlled items: the log only grows; wastage, counts, differences take two persons."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .supply_case import NOW, SupplyCase


@tagged("post_install", "-at_install")
class TestSupplyControlled(SupplyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.drug = cls.item(
            "Lorazepam vial",
            4.5,
            cls.unit,
            price=5.0,
            medical_kind="controlled",
            tracking="lot",
            use_expiration_date=True,
        )
        cls.batch = cls.lot(cls.drug, "L1", NOW + timedelta(days=300))
        cls.stock(cls.exam_1, cls.drug, 10, cls.batch)

    def enter(self, kind, user="staff", **values):
        return (
            self.env["medical.supply.controlled.log"]
            .with_user(self.users[user])
            .create(
                {
                    "kind": kind,
                    "product_id": self.drug.id,
                    "location_id": self.exam_1.id,
                    "lot_id": self.batch.id,
                    **values,
                }
            )
        )

    def left(self):
        return self.on_hand(self.exam_1, self.drug, self.batch)

    def act(self, record, method, user, *args):
        return getattr(record.with_user(self.users[user]), method)(*args)

    def difference(self, counted=8):
        entry = self.enter("counted", counted=counted)
        self.act(entry, "action_witness", "head")
        return entry.discrepancy_id

    def test_a_use_is_booked_at_once(self):
        entry = self.enter("used", quantity=2, reference="RX-1")
        self.assertEqual(entry.state, "final")
        self.assertEqual(self.left(), 8)
        self.assertEqual((entry.change, entry.balance), (-2, 8))
        move = entry.sudo().move_id
        self.assertEqual((move.medical_cause, move.origin), ("used", "RX-1"))
        # one line, not a second one from the stock
        self.assertEqual(
            self.env["medical.supply.controlled.log"].search_count(
                [("product_id", "=", self.drug.id)]
            ),
            1,
        )

    def test_wastage_waits_for_a_second_person(self):
        entry = self.enter("wasted", quantity=1)
        self.assertEqual(entry.state, "waiting")
        self.assertEqual(self.left(), 10)
        with self.assertRaises(AccessError):
            self.act(entry, "action_witness", "staff")
        with self.assertRaises(AccessError):
            self.act(entry, "action_witness", "auditor")
        with self.assertRaises(AccessError):
            self.act(entry, "action_witness", "plain")
        self.act(entry, "action_witness", "hr")
        self.assertEqual(self.left(), 9)
        self.assertEqual(entry.witness_id, self.users["hr"])
        self.assertEqual(entry.balance, 9)
        with self.assertRaises(UserError):
            self.act(entry, "action_witness", "head")

    def test_handing_in_says_who_comes_next(self):
        waits = self.act(self.enter("wasted", quantity=1), "action_hand_in", "staff")
        self.assertIn("second person", waits["params"]["message"])
        done = self.act(self.enter("used", quantity=1), "action_hand_in", "staff")
        self.assertEqual(done["params"]["type"], "success")

    def test_a_count_that_agrees_opens_nothing(self):
        self.assertFalse(self.difference(counted=10))

    def test_a_difference_takes_two_more_steps_and_two_persons(self):
        one = self.difference()
        self.assertEqual(one.difference, -2)
        self.assertEqual(self.left(), 10)
        with self.assertRaises(UserError):
            self.act(one, "action_explain", "staff")
        one.with_user(self.users["staff"]).write(
            {"cause": "record", "explanation": "Two uses were not entered."}
        )
        self.act(one, "action_explain", "staff")
        with self.assertRaises(AccessError):
            self.act(one, "action_close", "staff")
        # the witness of the count does not close what it found
        with self.assertRaises(AccessError):
            self.act(one, "action_close", "head")
        self.act(one, "action_close", "manager")
        self.assertEqual(one.state, "closed")
        self.assertEqual(self.left(), 8)
        last = self.env["medical.supply.controlled.log"].search(
            [("product_id", "=", self.drug.id)], limit=1
        )
        self.assertEqual((last.kind, last.change, last.balance), ("corrected", -2, 8))
        self.assertFalse(last.discrepancy_id)

    def test_who_explains_does_not_close(self):
        one = self.difference()
        one.with_user(self.users["manager"]).write(
            {"cause": "spill", "explanation": "Broken vial."}
        )
        self.act(one, "action_explain", "manager")
        with self.assertRaises(AccessError):
            self.act(one, "action_close", "manager")
        with self.assertRaises(UserError):
            one.with_user(self.users["manager"]).explanation = "Other words"
        self.act(one, "action_reject", "director", "Which vial?")
        self.assertEqual(one.state, "open")

    def test_a_loss_names_its_report(self):
        one = self.difference()
        one.with_user(self.users["staff"]).write(
            {"cause": "loss", "explanation": "Not found."}
        )
        with self.assertRaisesRegex(UserError, "1301.76"):
            self.act(one, "action_explain", "staff")

    def test_a_miscount_leaves_the_books_alone(self):
        one = self.difference()
        one.with_user(self.users["staff"]).write(
            {"cause": "count", "explanation": "Two stood behind."}
        )
        self.act(one, "action_explain", "staff")
        self.act(one, "action_close", "director")
        self.assertEqual(self.left(), 10)

    def test_what_the_stock_does_enters_by_itself(self):
        quant = self.env["stock.quant"].search(
            [("location_id", "=", self.exam_1.id), ("lot_id", "=", self.batch.id)]
        )
        quant._medical_quarantine("Expired")
        entries = self.env["medical.supply.controlled.log"].search(
            [("product_id", "=", self.drug.id)]
        )
        self.assertEqual(
            {(entry.location_id, entry.kind, entry.balance) for entry in entries},
            {
                (self.exam_1, "moved_out", 0),
                (self.site.medical_quarantine_id, "moved_in", 10),
            },
        )

    def test_books_changed_past_the_log_have_to_be_explained(self):
        quant = (
            self.env["stock.quant"]
            .search(
                [("location_id", "=", self.exam_1.id), ("lot_id", "=", self.batch.id)]
            )
            .with_context(inventory_mode=True)
        )
        quant.inventory_quantity = 7
        quant.action_apply_inventory()
        one = self.env["medical.supply.discrepancy"].search(
            [("product_id", "=", self.drug.id)]
        )
        self.assertEqual((one.state, one.difference), ("open", -3))

    def test_the_log_is_not_changed(self):
        entry = self.enter("used", quantity=1)
        for user in ("staff", "manager", "director"):
            mine = entry.with_user(self.users[user])
            with self.assertRaises(AccessError):
                mine.note = "x"
            with self.assertRaises(AccessError):
                mine.with_context(medical_log_program=True).write({"quantity": 5})
            with self.assertRaises(UserError):
                mine.unlink()
        with self.assertRaises(AccessError):
            entry.sudo().note = "x"

    def test_nobody_enters_in_the_name_of_others(self):
        head = self.users["head"].id
        for name, value in (
            ("user_id", head),
            ("witness_id", head),
            ("witnessed_at", NOW),
            ("at", NOW - timedelta(days=3)),
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                self.enter("counted", counted=10, **{name: value})
        entry = self.enter("counted", counted=10, state="final")
        self.assertEqual(entry.user_id, self.users["staff"])
        self.assertEqual(entry.state, "waiting")
        self.assertFalse(entry.witness_id)
        with self.assertRaises(UserError):
            self.enter("received", quantity=5)

    def test_bad_entries(self):
        with self.assertRaises(ValidationError):
            self.enter("used", quantity=0)
        with self.assertRaises(ValidationError):
            self.enter("used", quantity=1, lot_id=False)
        with self.assertRaises(ValidationError):
            self.enter("used", quantity=1, product_id=self.gauze.id, lot_id=False)
        with self.assertRaisesRegex(UserError, "has 10"):
            self.enter("used", quantity=11)
        with self.assertRaises(AccessError):
            self.enter("used", user="auditor", quantity=1)
        with self.assertRaises(AccessError):
            self.enter("used", user="outsider", quantity=1)
        self.assertEqual(self.left(), 10)

    def test_the_inventory_is_due_and_done(self):
        log = self.env["medical.supply.controlled.log"]
        self.assertEqual(
            [row.res_id for row in log._medical_check_inventory().rows],
            self.exam_1.ids,
        )
        entry = self.enter("counted", counted=10, is_inventory=True)
        self.assertEqual(
            [row.res_id for row in log._medical_check_witness().rows], entry.ids
        )
        self.act(entry, "action_witness", "head")
        self.assertFalse(log._medical_check_inventory().rows)
        entry.sudo()._program().write({"at": NOW - timedelta(days=710)})
        self.assertTrue(log._medical_check_inventory().rows)

    def test_queries_do_not_grow_with_the_moves(self):
        log = self.env["medical.supply.controlled.log"]
        counts = []
        for size in (2, 10):
            entries = log.browse()
            for _number in range(size):
                entries |= self.enter("wasted", quantity=0.1)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.act(entries, "action_witness", "head")
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        # the host itself asks for each move; the log adds a write an entry
        self.assertLess(counts[1], counts[0] * 5)

    def test_the_printed_log(self):
        self.enter("used", quantity=1)
        self.enter("counted", counted=9)
        entries = self.env["medical.supply.controlled.log"].search(
            [("product_id", "=", self.drug.id)]
        )
        report = self.env["report.medical_office.supply_controlled"]
        [sheet] = report.with_user(self.users["auditor"])._sheets(entries, {})
        self.assertEqual([row["balance"] for row in sheet.rows], [9, 9])
        self.assertEqual(sheet.rows[1]["witness"], "not signed")
