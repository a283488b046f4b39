"""The grid of par levels: read in one call, saved whole or not at all."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .supply_case import SupplyCase


@tagged("post_install", "-at_install")
class TestSupplyParGrid(SupplyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.one = cls.par(cls.exam_1, cls.gauze, 50, 100)
        cls.front_desk_room = cls.rooms.filtered(lambda room: room.name == "Reception")
        cls.front_desk_room.medical_department_id = cls.front_desk
        cls.stock(cls.exam_1, cls.gauze, 80)

    def grid(self, user="manager"):
        return self.env["stock.warehouse.orderpoint"].with_user(self.users[user])

    def change(self, room, item, low, high, was=None):
        return {
            "item": item.id,
            "room": room.id,
            "low": low,
            "high": high,
            "was": was,
        }

    def save(self, *changes, user="manager"):
        return self.grid(user).par_grid_save(self.site.id, list(changes))

    def levels(self, room, item):
        par = self.env["stock.warehouse.orderpoint"].search(
            [("location_id", "=", room.id), ("product_id", "=", item.id)]
        )
        return [(one.product_min_qty, one.product_max_qty) for one in par]

    # ---------------------------------------------------------------------- reading

    def test_it_shows_rooms_items_and_levels(self):
        self.one.medical_week_use = 12.5
        data = self.grid().par_grid(self.site.id)
        self.assertEqual(data["site"], self.site.id)
        self.assertEqual(
            {room["name"] for room in data["rooms"]},
            {"Reception", "Exam 1", "Exam 2", "Store"},
        )
        self.assertIn(self.vaccine.id, [item["id"] for item in data["items"]])
        cell = data["cells"][f"{self.gauze.id}:{self.exam_1.id}"]
        self.assertEqual(
            (cell["low"], cell["high"], cell["use"], cell["on_hand"]),
            (50, 100, 12.5, 80),
        )

    def test_each_role_edits_what_it_may(self):
        expected = {
            "manager": 4,
            "head": 3,  # nursing's rooms, not the front desk's
            "staff": 0,
            "accountant": 0,
            "auditor": 0,
            "director": 0,
        }
        for role, count in expected.items():
            rooms = self.grid(role).par_grid(self.site.id)["rooms"]
            self.assertEqual(sum(room["editable"] for room in rooms), count, role)
        with self.assertRaises(AccessError):
            self.grid("plain").par_grid(self.site.id)
        elsewhere = self.grid("outsider").with_context(
            allowed_company_ids=self.other_company.ids
        )
        self.assertNotEqual(elsewhere.par_grid(self.site.id)["site"], self.site.id)

    # ----------------------------------------------------------------------- saving

    def test_one_save_changes_creates_and_archives(self):
        two = self.par(self.exam_2, self.gauze, 10, 20)
        answer = self.save(
            self.change(self.exam_1, self.gauze, 60, 120, [50, 100]),
            self.change(self.exam_1, self.vaccine, 2, 6),
            self.change(self.exam_2, self.gauze, None, None, [10, 20]),
        )
        self.assertTrue(answer["saved"])
        self.assertEqual(self.levels(self.exam_1, self.gauze), [(60, 120)])
        self.assertEqual(self.levels(self.exam_1, self.vaccine), [(2, 6)])
        self.assertFalse(two.active)
        self.assertIs(answer["cells"][f"{self.gauze.id}:{self.exam_2.id}"], False)
        new = self.env["stock.warehouse.orderpoint"].search(
            [("product_id", "=", self.vaccine.id)]
        )
        self.assertEqual(new.trigger, "manual")
        self.assertGreater(new.medical_sequence, self.one.medical_sequence)

    def test_a_place_given_up_comes_back_as_it_was(self):
        self.one.medical_shelf = "A-01"
        self.save(self.change(self.exam_1, self.gauze, None, None, [50, 100]))
        self.assertFalse(self.one.active)
        self.save(self.change(self.exam_1, self.gauze, 5, 9))
        self.assertTrue(self.one.active)
        self.assertEqual(self.levels(self.exam_1, self.gauze), [(5, 9)])
        self.assertEqual(self.one.medical_shelf, "A-01")

    def test_one_wrong_cell_keeps_all_from_being_written_and_is_named(self):
        self.one.medical_minimum = 3
        bad = {
            "negative": (self.exam_2, self.gauze, -1, 5, None),
            "the par 4 is below the reorder level 7": (
                self.exam_2, self.vaccine, 7, 4, None),
            "enter both": (self.store, self.gauze, 0, None, None),
            "not numbers": (self.store, self.vaccine, "many", 5, None),
            "3 must always be kept": (self.exam_1, self.gauze, None, None, [50, 100]),
        }  # fmt: skip
        good = self.change(self.exam_1, self.vaccine, 1, 2)
        answer = self.save(good, *(self.change(*row) for row in bad.values()))
        self.assertFalse(answer["saved"])
        self.assertEqual(self.levels(self.exam_1, self.vaccine), [])
        for words, (problem, row) in zip(
            bad, zip(answer["problems"], bad.values(), strict=True), strict=True
        ):
            self.assertIn(words, problem["message"])
            self.assertIn(f"{row[1].name} in {row[0].name}", problem["message"])
            self.assertEqual(problem["key"], f"{row[1].id}:{row[0].id}")

    def test_unknown_places_and_doubles_are_refused(self):
        other = self.env["stock.warehouse"].create(
            {"name": "North", "code": "NOR", "company_id": self.company.id}
        )
        answer = self.save(
            {"item": 0, "room": self.exam_1.id, "low": 1, "high": 2},
            self.change(other.lot_stock_id, self.gauze, 1, 2),
            self.change(self.exam_2, self.gauze, 1, 2),
            self.change(self.exam_2, self.gauze, 3, 4),
        )
        self.assertEqual(len(answer["problems"]), 4)
        self.assertFalse(answer["saved"])

    def test_what_is_no_cell_and_what_is_not_of_the_company_is_refused(self):
        for bad in ([1], {"a": 1}, "1", None):
            change = self.change(self.exam_2, self.gauze, 1, 2)
            with self.assertRaisesRegex(UserError, "no changes"):
                self.save(change | {"item": bad})
            with self.assertRaisesRegex(UserError, "no changes"):
                self.save(change | {"room": bad})
        foreign = self.gauze.copy({"company_id": self.users["outsider"].company_id.id})
        manager = self.users["manager"]
        manager.company_ids |= foreign.company_id
        grid = self.grid().with_context(allowed_company_ids=manager.company_ids.ids)
        answer = grid.par_grid_save(
            self.site.id, [self.change(self.exam_2, foreign, 1, 2)]
        )
        self.assertFalse(answer["saved"])
        self.assertFalse(self.levels(self.exam_2, foreign))

    def test_what_somebody_else_changed_is_not_overwritten(self):
        self.one.write({"product_min_qty": 55, "product_max_qty": 101})
        answer = self.save(self.change(self.exam_1, self.gauze, 60, 120, [50, 100]))
        self.assertFalse(answer["saved"])
        self.assertIn("in the meantime", answer["problems"][0]["message"])
        self.assertEqual(self.levels(self.exam_1, self.gauze), [(55, 101)])
        cell = answer["cells"][f"{self.gauze.id}:{self.exam_1.id}"]
        self.assertEqual((cell["low"], cell["high"]), (55, 101))
        self.assertTrue(
            self.save(self.change(self.exam_1, self.gauze, 60, 120, [55, 101]))["saved"]
        )

    def test_a_head_sets_the_own_rooms_only(self):
        answer = self.save(
            self.change(self.exam_1, self.gauze, 60, 120, [50, 100]),
            self.change(self.exam_1, self.vaccine, 2, 4),
            user="head",
        )
        self.assertTrue(answer["saved"])
        answer = self.save(
            self.change(self.front_desk_room, self.gauze, 1, 2), user="head"
        )
        self.assertIn("own rooms only", answer["problems"][0]["message"])
        self.assertFalse(answer["saved"])
        with self.assertRaises(AccessError):
            self.save(self.change(self.exam_2, self.gauze, 1, 2), user="staff")

    def test_a_head_cannot_go_round_the_grid(self):
        there = self.par(self.front_desk_room, self.gauze, 1, 2)
        par = self.one.with_user(self.users["head"])
        par.product_max_qty = 110
        with self.assertRaisesRegex(AccessError, "Ask the office manager"):
            par.trigger = "auto"
        with self.assertRaises(AccessError):
            there.with_user(self.users["head"]).product_max_qty = 9
        values = {"product_id": self.vaccine.id, "company_id": self.company.id}
        with self.assertRaises(AccessError):
            self.grid("head").create({**values, "location_id": self.front_desk_room.id})
        with self.assertRaises(AccessError):
            self.grid("head").create(
                {**values, "location_id": self.site.lot_stock_id.id}
            )
        with self.assertRaises(AccessError):
            self.grid("staff").create({**values, "location_id": self.exam_1.id})
        with self.assertRaises(AccessError):
            par.unlink()

    # ------------------------------------------------------------------- proposals

    def review_line(self, par, low, high):
        review = self.env["medical.supply.review"].create(
            {
                "site_id": self.site.id,
                "line_ids": [
                    Command.create(
                        {
                            "orderpoint_id": par.id,
                            "product_id": par.product_id.id,
                            "room_id": par.location_id.id,
                            "reorder": low,
                            "par": high,
                            "new_reorder": low,
                            "new_par": high,
                            "reason": "Use fell.",
                        }
                    )
                ],
            }
        )
        return review.line_ids

    def test_levels_set_by_hand_answer_an_open_proposal(self):
        line = self.review_line(self.one, 20, 40)
        key = f"{self.gauze.id}:{self.exam_1.id}"
        cell = self.grid().par_grid(self.site.id)["cells"][key]
        self.assertEqual(cell["proposal"], [20, 40, "Use fell."])
        self.assertFalse(
            self.grid("staff").par_grid(self.site.id)["cells"][key]["proposal"]
        )
        self.save(self.change(self.exam_1, self.gauze, 20, 40, [50, 100]))
        self.assertEqual(line.decision, "accepted")
        self.assertEqual(line.decided_by_id, self.users["manager"])
        line = self.review_line(self.one, 10, 30)
        self.save(self.change(self.exam_1, self.gauze, 25, 40, [20, 40]))
        self.assertEqual((line.decision, line.new_reorder), ("edited", 25))

    # ----------------------------------------------------------- the host's figures

    def test_the_hosts_stored_figures_are_as_the_host_works_them_out(self):
        self.save(
            self.change(self.exam_1, self.gauze, 90, 150, [50, 100]),
            self.change(self.exam_1, self.vaccine, 2, 6),
            self.change(self.exam_2, self.gauze, 0, 20),
            self.change(self.store, self.gauze, 100, 300),
        )
        pars = self.env["stock.warehouse.orderpoint"].search(
            [("location_id", "in", self.rooms.ids)]
        )
        self.assertEqual(len(pars), 4)

        def stored():
            return [(par.qty_to_order_computed, par.deadline_date) for par in pars]

        ours = stored()
        self.assertGreater(ours[0][0], 0)
        pars._compute_qty_to_order_computed()
        pars._compute_deadline_date()
        self.assertEqual(stored(), ours)

    def many(self, size):
        items = self.env["product.product"].union(
            *(self.item(f"Item {size} {n}", 1, self.unit, price=1) for n in range(size))
        )
        for item in items:
            self.par(self.exam_2, item, 1, 2)
        return items

    def test_ten_times_the_cells_cost_no_more_queries(self):
        reading, saving = [], []
        for size in (5, 50):
            items = self.many(size)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.grid().par_grid(self.site.id)
            reading.append(self.cr.sql_log_count - before)
            changes = [
                self.change(self.exam_2, item, n + 1, n + 5, [1, 2])
                for n, item in enumerate(items)
            ] + [
                self.change(self.exam_1, item, n, n + 3) for n, item in enumerate(items)
            ]
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.assertTrue(self.save(*changes)["saved"])
            self.env.flush_all()
            saving.append(self.cr.sql_log_count - before)
        self.assertLessEqual(reading[1], reading[0] + 2)
        self.assertLessEqual(saving[1], saving[0] + 2)
        self.assertLess(saving[1], 100)
