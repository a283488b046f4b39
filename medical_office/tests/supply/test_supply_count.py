"""The story of a shelf: counted, doubted, counted again, approved, filled from the store."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .supply_case import NOW, SupplyCase


@tagged("post_install", "-at_install")
class TestSupplyCount(SupplyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kit = cls.item("Laceration tray", 9, cls.unit, price=9)
        cls.par(cls.exam_1, cls.gauze, 50, 100, medical_sequence=1)
        cls.par(cls.exam_1, cls.kit, 2, 6, medical_sequence=2)
        cls.stock(cls.exam_1, cls.gauze, 80)
        cls.stock(cls.exam_1, cls.kit, 5)
        cls.stock(cls.store, cls.gauze, 500)
        cls.stock(cls.store, cls.kit, 3)

    def counts(self, user="staff"):
        return self.env["medical.supply.count"].with_user(self.users[user])

    def start(self, user="staff"):
        data = self.counts(user).phone_open(self.exam_1.id)
        return self.counts(user).browse(data["id"])

    def line(self, count, item):
        return count.line_ids.filtered(lambda line: line.product_id == item)

    def enter(self, count, sure=False, **quantities):
        entries = [
            {
                "line_id": self.line(count, getattr(self, name)).id,
                "quantity": quantity,
                "sure": sure,
            }
            for name, quantity in quantities.items()
        ]
        return count.phone_enter(count.id, entries)

    def test_a_count_within_the_limit_is_posted_and_fills_the_shelf(self):
        count = self.start()
        self.assertEqual(
            count.line_ids.mapped("product_id"), self.gauze | self.kit
        )  # in shelf order
        answers = self.enter(count, gauze=30, kit=5)
        self.assertEqual({a["status"] for a in answers.values()}, {"ok"})
        screen = count.phone_submit(count.id)
        self.assertEqual(screen["state"], "posted")
        self.assertEqual(self.on_hand(self.exam_1, self.gauze), 30)
        move = self.env["stock.move"].search([("medical_count_id", "=", count.id)])
        self.assertEqual((move.medical_cause, move.quantity), ("used", 50))
        picking = count.sudo().picking_id
        self.assertEqual(picking.location_id, self.store)
        self.assertEqual(picking.move_ids.product_uom_qty, 70)
        self.assertEqual(screen["fill"]["moves"][0]["quantity"], 70)
        screen = count.action_filled()
        self.assertTrue(screen["fill"]["done"])
        self.assertEqual(self.on_hand(self.exam_1, self.gauze), 100)
        self.assertEqual(self.on_hand(self.store, self.gauze), 430)

    def test_the_pick_list_takes_what_was_really_carried(self):
        count = self.start()
        self.enter(count, gauze=30, kit=5)
        move = count.phone_submit(count.id)["fill"]["moves"][0]
        for wrong in (71, -1, "many", float("nan")):
            with self.assertRaisesRegex(UserError, "what was carried"):
                count.action_filled({str(move["id"]): wrong})
        screen = count.action_filled({str(move["id"]): 60})
        self.assertTrue(screen["fill"]["done"])
        self.assertEqual(self.on_hand(self.exam_1, self.gauze), 90)
        self.assertEqual(self.on_hand(self.store, self.gauze), 440)
        # nothing stays behind that nobody will carry
        self.assertFalse(
            self.env["stock.picking"].search(
                [("backorder_id", "=", count.sudo().picking_id.id)]
            )
        )

    def test_what_the_store_lacks_is_to_be_bought_with_its_arithmetic(self):
        self.kit.standard_price = 1
        count = self.start()
        self.enter(count, gauze=80, kit=1)
        count.phone_submit(count.id)
        line = self.line(count, self.kit)
        self.assertEqual((line.from_store, line.to_buy), (3, 2))
        self.assertIn("From the store room: 3", line.working)
        self.assertIn("Left to buy: 2", line.working)

    def surprising(self):
        count = self.start()
        self.enter(count, gauze=80, kit=1)  # four trays of 9 dollars are gone
        count.phone_submit(count.id)
        return count

    def test_a_surprise_is_counted_again_by_somebody_else(self):
        count = self.surprising()
        self.assertEqual(count.state, "recount")
        self.assertTrue(self.line(count, self.kit).needs_recount)
        self.assertFalse(self.line(count, self.gauze).needs_recount)
        answer = self.enter(count, kit=1)
        self.assertIn("Somebody else", next(iter(answer.values()))["message"])
        second = count.with_user(self.users["hr"])
        self.enter(second, kit=2)
        second.action_submit()
        self.assertEqual(count.state, "review")
        self.assertEqual(self.on_hand(self.exam_1, self.kit), 5)  # nothing posted yet
        count.with_user(self.users["head"]).action_approve()
        self.assertEqual(count.state, "posted")
        self.assertEqual(count.approved_by_id, self.users["head"])
        self.assertEqual(self.on_hand(self.exam_1, self.kit), 2)

    def test_who_counted_does_not_approve(self):
        count = self.surprising()
        second = count.with_user(self.users["head"])
        self.enter(second, kit=1)
        second.action_submit()
        with self.assertRaisesRegex(AccessError, "somebody else"):
            second.action_approve()
        with self.assertRaises(AccessError):
            count.with_user(self.users["staff"]).action_approve()
        count.with_user(self.users["director"]).action_approve()
        self.assertEqual(count.state, "posted")

    def test_a_transfer_between_count_and_approval_stays_right(self):
        count = self.surprising()
        self.stock(self.exam_1, self.kit, 4)  # four more arrive: 9 in the books
        second = count.with_user(self.users["hr"])
        self.enter(second, kit=1)
        second.action_submit()
        count.with_user(self.users["manager"]).action_approve()
        self.assertEqual(self.on_hand(self.exam_1, self.kit), 5)  # 9 less the 4 missing

    def test_any_difference_of_a_controlled_item_is_counted_again(self):
        self.kit.medical_kind = "controlled"
        self.kit.standard_price = 0.01
        count = self.start()
        self.enter(count, gauze=80, kit=4)
        count.phone_submit(count.id)
        self.assertEqual(count.state, "recount")

    def test_the_usual_use_since_the_last_count_surprises_nobody(self):
        pars = self.exam_1.medical_par_ids
        pars.medical_counted_on = NOW.date() - timedelta(days=7)
        pars.filtered(lambda p: p.product_id == self.kit).medical_week_use = 2
        count = self.start()
        self.enter(count, gauze=80, kit=1)  # twice two a week: as expected
        count.phone_submit(count.id)
        self.assertEqual(count.state, "posted")

    def test_bad_figures_are_refused_one_by_one(self):
        count = self.start()
        answers = self.enter(count, gauze=-1, kit=3)
        statuses = [answer["status"] for answer in answers.values()]
        self.assertEqual(statuses, ["refused", "ok"])
        answers = self.enter(count, gauze="many")
        self.assertEqual(next(iter(answers.values()))["status"], "refused")
        answers = self.enter(count, gauze=5000)
        self.assertEqual(next(iter(answers.values()))["status"], "ask")
        self.assertFalse(self.line(count, self.gauze).is_counted)
        self.enter(count, sure=True, gauze=5000)
        self.assertEqual(self.line(count, self.gauze).counted, 5000)
        self.assertEqual(self.line(count, self.kit).counted, 3)

    def test_an_unfinished_sheet_is_not_handed_in(self):
        count = self.start()
        self.enter(count, gauze=3)
        with self.assertRaisesRegex(UserError, "Laceration tray"):
            count.phone_submit(count.id)

    def test_a_sheet_is_posted_once(self):
        count = self.start()
        self.enter(count, gauze=30, kit=5)
        count.phone_submit(count.id)
        with self.assertRaises(UserError):
            count.phone_submit(count.id)
        with self.assertRaises(UserError):
            count._move_to("posted")
        self.assertEqual(self.on_hand(self.exam_1, self.gauze), 30)

    def test_no_button_takes_a_step_that_is_the_programs(self):
        """Sent back while it is counted, a sheet would go past its judgment."""
        count = self.start()
        for user in ("staff", "manager"):
            with self.assertRaisesRegex(UserError, "nobody moves it"):
                count.with_user(self.users[user]).action_count_again("Once more")
        self.assertEqual(count.state, "counting")

    def test_a_posted_line_cannot_be_changed(self):
        count = self.start()
        self.enter(count, gauze=30, kit=5)
        count.phone_submit(count.id)
        with self.assertRaises(UserError):
            self.line(count, self.gauze).write({"counted": 99})
        with self.assertRaises(UserError):
            count.write({"counted_by_id": self.users["hr"].id})
        with self.assertRaises(AccessError):
            self.line(count, self.gauze).write({"book": 99})

    def test_scanning_finds_the_line_or_says_what_to_do(self):
        self.gauze.barcode = "4006381333931"
        count = self.start()
        found = count.phone_scan(count.id, "4006381333931")
        self.assertEqual(found["line_id"], self.line(count, self.gauze).id)
        unknown = count.phone_scan(count.id, "000")
        self.assertEqual((unknown["status"], unknown["may_create"]), ("unknown", False))
        manager = count.with_user(self.users["manager"])
        self.assertTrue(manager.phone_scan(count.id, "000")["may_create"])
        extra = self.item("Emesis bag", 1, self.unit, price=1)
        extra.barcode = "96385074"
        found = count.phone_scan(count.id, "96385074")
        self.assertEqual(self.line(count, extra).id, found["line_id"])

    def test_a_lot_item_is_counted_by_lot(self):
        self.par(self.exam_1, self.vaccine, 5, 10)
        late = self.lot(self.vaccine, "B2", NOW + timedelta(days=90))
        early = self.lot(self.vaccine, "A1", NOW + timedelta(days=10))
        self.stock(self.exam_1, self.vaccine, 4, late)
        self.stock(self.exam_1, self.vaccine, 3, early)
        count = self.start()
        self.assertEqual(
            self.line(count, self.vaccine).lot_id.mapped("name"), ["A1", "B2"]
        )
        for line in count.line_ids:
            line.counted = line._books()[line.id] - (line.lot_id == early)
        self.company.medical_count_limit = 100
        count.phone_submit(count.id)
        self.assertEqual(self.on_hand(self.exam_1, self.vaccine, early), 2)
        self.assertEqual(self.on_hand(self.exam_1, self.vaccine, late), 4)

    def test_a_new_lot_is_named_before_it_is_handed_in(self):
        self.par(self.exam_1, self.vaccine, 5, 10)
        self.company.medical_count_limit = 1000
        count = self.start()
        self.enter(count, gauze=80, kit=5, vaccine=2)
        with self.assertRaisesRegex(UserError, "by lot"):
            count.phone_submit(count.id)
        line = self.line(count, self.vaccine)
        line._pen().is_counted = False
        count.phone_lot(count.id, line.id, "N7", "2027-03-31")
        self.enter(count, vaccine=2)
        count.phone_submit(count.id)
        lot = self.env["stock.lot"].search([("name", "=", "N7")])
        self.assertEqual(self.on_hand(self.exam_1, self.vaccine, lot), 2)
        self.assertEqual(str(lot.expiration_date.date()), "2027-03-31")

    def test_what_a_phone_sends_by_mistake_is_refused_by_itself(self):
        self.par(self.exam_1, self.vaccine, 5, 10)
        count = self.start()
        line, plain = self.line(count, self.vaccine), self.line(count, self.gauze)
        with self.assertRaisesRegex(UserError, "2027-02-30 is not a date"):
            count.phone_lot(count.id, line.id, "N7", "2027-02-30")
        with self.assertRaisesRegex(UserError, "counted without lots"):
            count.phone_lot(count.id, plain.id, "N7")
        entries = ["x", None, {"line_id": plain.id, "quantity": "3"}]
        answers = count.phone_enter(count.id, entries)
        self.assertEqual(answers[str(plain.id)]["status"], "ok")
        for typed in ("1,5", "abc", "", None, True, "1e300", 1e300, -1, [1]):
            entry = {"line_id": plain.id, "quantity": typed}
            with self.subTest(typed):
                answers = count.phone_enter(count.id, [entry])
                self.assertEqual(answers[str(plain.id)]["status"], "refused")
                with self.assertRaises(UserError):
                    plain.write({"counted": typed})
        self.assertFalse(count.phone_enter(count.id, [{"line_id": [1], "quantity": 1}]))
        self.assertEqual(plain.counted, 3)

    def test_one_room_is_counted_once_at_a_time(self):
        first, second = self.start(), self.start("hr")
        self.assertEqual(first, second)

    def test_a_blind_count_shows_no_books(self):
        self.exam_1.medical_count_blind = True
        screen = self.counts().phone_open(self.exam_1.id)
        self.assertEqual({line["book"] for line in screen["lines"]}, {False})

    def test_strangers_see_no_counts(self):
        count = self.start()
        outsider = count.with_user(self.users["outsider"]).with_context(
            allowed_company_ids=self.other_company.ids
        )
        with self.assertRaises(AccessError):
            outsider.phone_count(count.id)
        with self.assertRaises(AccessError):
            count.with_user(self.users["plain"]).read(["state"])
        auditor = count.with_user(self.users["auditor"])
        self.assertEqual(auditor.read(["state"])[0]["state"], "counting")
        with self.assertRaises(AccessError):
            auditor.line_ids[:1].counted = 1

    def test_the_rooms_are_listed_with_what_is_due(self):
        rooms = self.counts().phone_rooms()
        self.assertEqual([room["name"] for room in rooms], ["Exam 1"])
        self.assertTrue(rooms[0]["due"])

    def test_an_approved_count_offers_its_pick_list_to_whoever_comes(self):
        count = self.surprising()
        again = count.with_user(self.users["hr"])
        again.phone_enter(
            count.id, [{"line_id": self.line(count, self.kit).id, "quantity": 1}]
        )
        again.phone_submit(count.id)
        count.with_user(self.users["manager"]).action_approve()
        [room] = self.counts().phone_rooms()
        self.assertEqual(room["state"], "fill")
        screen = self.counts().phone_open(self.exam_1.id)
        self.assertEqual(screen["id"], count.id)
        self.assertTrue(screen["fill"]["open"])
        elsewhere = self.counts("outsider").with_context(
            allowed_company_ids=self.other_company.ids
        )
        self.assertFalse(elsewhere._phone_waiting())
        count.with_user(self.users["staff"]).action_filled()
        self.assertEqual(self.counts().phone_rooms()[0]["state"], "")

    def test_a_shelf_is_counted_anew_though_its_pick_list_waits(self):
        count = self.start()
        self.enter(count, gauze=30, kit=5)
        count.phone_submit(count.id)
        self.assertEqual(self.start(), count)
        anew = self.counts().phone_open(self.exam_1.id, anew=True)
        self.assertNotEqual(anew["id"], count.id)
        self.assertEqual(anew["state"], "counting")

    def test_ten_times_the_lines_cost_no_more_queries_to_show(self):
        counts = []
        for size in (2, 20):
            room = self.env["stock.location"].create(
                {
                    "name": f"Room {size}",
                    "usage": "internal",
                    "location_id": self.site.lot_stock_id.id,
                    "company_id": self.company.id,
                    "medical_room_type": "exam",
                }
            )
            for number in range(size):
                item = self.item(f"Item {size} {number}", 1, self.unit, price=1)
                self.par(room, item, 1, 2)
            data = self.counts().phone_open(room.id)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.counts().phone_count(data["id"])
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)
