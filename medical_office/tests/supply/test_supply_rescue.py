"""Expiry rescue: a lot that would expire moves to the room that uses it in time."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .supply_case import NOW, SupplyCase

KEPT = {
    "medical_kind": "vaccine",
    "tracking": "lot",
    "use_expiration_date": True,
    "expiration_time": 240,
}


@tagged("post_install", "-at_install")
class TestSupplyRescue(SupplyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # slow here, fast there: four weeks until the lot's end
        cls.slow = cls.par(cls.exam_1, cls.vaccine, 2, 40, medical_week_use=1)
        cls.fast = cls.par(cls.exam_2, cls.vaccine, 2, 40, medical_week_use=10)
        cls.shelf = cls.par(cls.store, cls.vaccine, 2, 40)
        cls.old = cls.lot(cls.vaccine, "OLD", NOW + timedelta(days=28))
        cls.stock(cls.exam_1, cls.vaccine, 24, cls.old)

    def refresh(self):
        return self.env["medical.supply.rescue"]._refresh(self.site)

    def as_role(self, lines, role):
        return lines.with_user(self.users[role])

    def test_what_would_be_left_is_proposed_to_the_fastest_room(self):
        line = self.refresh()
        # four weeks: 4 are used here, the rest fits into the 40 that Exam 2 uses
        self.assertEqual((line.room_id, line.target_id), (self.exam_1, self.exam_2))
        self.assertEqual(line.lot_id, self.old)
        self.assertEqual(line.quantity, 20)
        self.assertEqual(line.saved, 400)
        self.assertEqual((line.room_use, line.week_use), (1, 10))
        self.assertIn(f"{self.exam_2.display_name} uses 10 per week", line.reason)
        self.assertEqual(line.days_left, 28)

    def test_accepted_it_is_reserved_by_lot_and_booked_when_carried(self):
        newer = self.lot(self.vaccine, "NEW", NOW + timedelta(days=300))
        self.stock(self.exam_1, self.vaccine, 30, newer)
        line = self.as_role(self.refresh(), "manager")
        line.action_accept()
        self.assertEqual(line.state, "accepted")
        picking = line.sudo().picking_id
        self.assertEqual(picking.state, "assigned")
        self.assertEqual(picking.move_line_ids.lot_id, self.old)
        quant = self.env["stock.quant"].search(
            [("location_id", "=", self.exam_1.id), ("lot_id", "=", self.old.id)]
        )
        self.assertEqual(quant.reserved_quantity, 20)
        self.as_role(line, "staff").action_moved()
        self.assertEqual(line.state, "moved")
        self.assertEqual(self.on_hand(self.exam_2, self.vaccine, self.old), 20)
        self.assertEqual(self.on_hand(self.exam_1, self.vaccine, self.old), 4)
        self.assertFalse(self.refresh())

    def test_what_is_on_its_way_counts_where_it_goes(self):
        self.as_role(self.refresh(), "manager").action_accept()
        other = self.lot(self.vaccine, "OLD2", NOW + timedelta(days=28))
        self.stock(self.exam_1, self.vaccine, 30, other)
        line = self.refresh()
        self.assertEqual(line.lot_id, other)
        # Exam 2 uses 40 until then, 20 of them are on their way
        self.assertEqual(line.quantity, 20)

    def test_a_rejected_move_keeps_quiet_for_a_week(self):
        line = self.as_role(self.refresh(), "manager")
        with self.assertRaisesRegex(UserError, "reason"):
            line.action_reject("")
        line.action_reject("Exam 2 is closed next week.")
        self.assertEqual(line.rejected_because, "Exam 2 is closed next week.")
        self.assertEqual(line.decided_by_id, self.users["manager"])
        self.assertFalse(self.refresh())
        line._pen().decided_at = NOW - timedelta(days=8)
        self.assertTrue(self.refresh())

    def test_given_up_after_all_the_lot_is_free_again(self):
        line = self.as_role(self.refresh(), "manager")
        line.action_accept()
        line.action_reject("We need it here.")
        self.assertEqual(line.sudo().picking_id.state, "cancel")
        quant = self.env["stock.quant"].search([("lot_id", "=", self.old.id)])
        self.assertEqual(quant.reserved_quantity, 0)

    def test_a_transfer_booked_in_the_hosts_screens_is_followed(self):
        line = self.as_role(self.refresh(), "manager")
        line.action_accept()
        picking = line.sudo().picking_id
        picking.move_ids.picked = True
        picking.button_validate()
        self.refresh()
        self.assertEqual(line.state, "moved")

    def test_used_meanwhile_it_is_not_accepted(self):
        line = self.as_role(self.refresh(), "manager")
        self.stock(self.exam_1, self.vaccine, -10, self.old)
        with self.assertRaisesRegex(UserError, "no longer has 20"):
            line.action_accept()

    def test_used_since_it_was_accepted_it_is_not_booked(self):
        line = self.as_role(self.refresh(), "manager")
        line.action_accept()
        self.stock(self.exam_1, self.vaccine, -20, self.old)
        with self.assertRaisesRegex(UserError, "no longer has 20"):
            self.as_role(line, "staff").action_moved()
        self.assertEqual(self.on_hand(self.exam_1, self.vaccine, self.old), 4)
        self.assertEqual(line.state, "accepted")

    def test_put_away_since_it_was_accepted_it_did_not_move(self):
        line = self.as_role(self.refresh(), "manager")
        line.action_accept()
        quants = self.env["stock.quant"].search([("lot_id", "=", self.old.id)])
        quants._medical_quarantine("Recalled")
        with self.assertRaisesRegex(UserError, "no longer has 20"):
            self.as_role(line, "staff").action_moved()
        line.action_reject("Recalled.")
        self.assertEqual(line.sudo().picking_id.state, "cancel")

    def test_expired_it_is_not_accepted(self):
        line = self.as_role(self.refresh(), "manager")
        line._pen().expires_on = NOW.date() - timedelta(days=1)
        with self.assertRaisesRegex(UserError, "has expired"):
            line.action_accept()

    def test_what_must_stay_stays(self):
        self.slow.medical_minimum = 2
        self.assertFalse(self.refresh())
        self.slow.medical_minimum = 0
        self.vaccine.medical_kind = "controlled"
        self.assertFalse(self.refresh())

    def test_a_store_brings_out_its_last_month_only(self):
        self.stock(self.exam_1, self.vaccine, -24, self.old)
        soon = self.lot(self.vaccine, "SOON", NOW + timedelta(days=20))
        later = self.lot(self.vaccine, "LATER", NOW + timedelta(days=60))
        self.stock(self.store, self.vaccine, 5, soon)
        self.stock(self.store, self.vaccine, 5, later)
        line = self.refresh()
        self.assertEqual((line.lot_id, line.room_id), (soon, self.store))

    def test_a_room_that_does_not_keep_the_item_gets_none(self):
        self.fast.active = False
        self.assertFalse(self.refresh())

    def other_site(self):
        other = self.env["stock.warehouse"].create(
            {
                "name": "North",
                "code": "NOR",
                "company_id": self.company.id,
                "medical_is_site": True,
            }
        )
        room = self.env["stock.location"].create(
            {
                "name": "North 1",
                "usage": "internal",
                "location_id": other.lot_stock_id.id,
                "company_id": self.company.id,
                "medical_room_type": "exam",
            }
        )
        self.par(room, self.vaccine, 2, 40, medical_week_use=50)
        return other, room

    def test_another_site_takes_what_no_room_here_can_use(self):
        other, room = self.other_site()
        self.fast.medical_week_use = 2
        lines = self.env["medical.supply.rescue"]._refresh(self.site | other)
        # kept in a refrigerator, it is not carried across town
        self.assertEqual(lines.mapped("target_id"), self.exam_2)
        self.assertEqual(lines.quantity, 8)
        self.vaccine.medical_storage = "room"
        lines = self.env["medical.supply.rescue"]._refresh(self.site | other)
        self.assertEqual(
            {line.target_id: line.quantity for line in lines},
            {self.exam_2: 8, room: 12},
        )
        self.as_role(lines, "manager").action_accept()
        self.as_role(lines, "staff").action_moved()
        self.assertEqual(self.on_hand(room, self.vaccine, self.old), 12)

    def test_what_is_not_worth_the_walk_is_left(self):
        self.vaccine.standard_price = 0.04  # 20 of them: 80 cents
        self.assertFalse(self.refresh())

    # ----------------------------------------------------------------------- rights

    def test_each_role_does_what_it_may(self):
        line = self.refresh()
        with self.assertRaisesRegex(AccessError, "role may not"):
            self.as_role(line, "staff").action_accept()
        with self.assertRaises(AccessError):
            self.as_role(line, "auditor").action_accept()
        with self.assertRaises(AccessError):
            self.as_role(line, "outsider").with_context(
                allowed_company_ids=self.other_company.ids
            ).action_accept()
        with self.assertRaises(AccessError):
            self.as_role(line, "plain").read(["state"])
        with self.assertRaises(AccessError):
            self.as_role(self.env["medical.supply.rescue"], "staff").action_refresh()
        with self.assertRaisesRegex(UserError, "are calculated"):
            self.as_role(line, "manager").write({"quantity": 1})
        with self.assertRaises(UserError):
            self.as_role(line, "manager").write({"state": "moved"})
        self.as_role(line, "head").action_accept()
        self.assertEqual(line.decided_by_id, self.users["head"])

    def test_a_head_decides_about_own_rooms(self):
        (self.exam_1 | self.exam_2).medical_department_id = self.front_desk
        line = self.as_role(self.refresh(), "head")
        with self.assertRaisesRegex(AccessError, "one of your rooms"):
            line.action_accept()
        self.exam_2.medical_department_id = self.nursing
        line.action_accept()
        self.assertEqual(line.state, "accepted")

    def test_the_button_works_it_out_as_the_head_who_asks(self):
        self.as_role(self.env["medical.supply.rescue"], "head").action_refresh()
        line = self.env["medical.supply.rescue"].search(
            [("site_id", "=", self.site.id)]
        )
        self.assertEqual(line.quantity, 20)

    # ----------------------------------------------------------------------- check

    def test_the_register_tells_what_could_be_saved(self):
        line = self.refresh()
        rows = self.env["medical.supply.rescue"]._medical_check_rescuable().rows
        [row] = [row for row in rows if row.res_id == self.exam_1.id]
        self.assertEqual((row.money_at_risk, row.key), (400, ""))
        self.assertIn("lots that would expire here: 1", row.summary)
        self.as_role(line, "manager").action_accept()
        line._pen().decided_at = NOW - timedelta(days=4)
        rows = self.env["medical.supply.rescue"]._medical_check_rescuable().rows
        self.assertEqual(
            [row.key for row in rows if row.res_id == self.exam_1.id], ["late"]
        )

    def test_ten_times_the_lots_cost_no_more_queries(self):
        counts = []
        for size in (3, 30):
            for number in range(size):
                item = self.item(
                    f"Vaccine {size} {number}", 20, self.unit, price=20, **KEPT
                )
                self.par(self.exam_1, item, 2, 40, medical_week_use=1)
                self.par(self.exam_2, item, 2, 40, medical_week_use=10)
                lot = self.lot(item, f"L{number}", NOW + timedelta(days=28))
                self.stock(self.exam_1, item, 24, lot)
            self.refresh()  # so that both times there are old ones to replace
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            lines = self.refresh()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
            self.assertGreaterEqual(len(lines), size)
        self.assertLessEqual(counts[1], counts[0] + 2)
