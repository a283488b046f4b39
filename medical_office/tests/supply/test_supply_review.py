"""Par from real use: proposed with reasons, decided by the manager, kept on record."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .supply_case import NOW, SupplyCase


@tagged("post_install", "-at_install")
class TestSupplyReview(SupplyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shelf = cls.par(cls.exam_1, cls.gauze, 300, 900)
        cls.shelf_2 = cls.par(cls.exam_2, cls.gauze, 1, 2)
        cls.kept = cls.par(cls.store, cls.gauze, 10, 20)
        cls.loss = cls.gauze.with_company(cls.company).property_stock_inventory
        for room, quantity in ((cls.exam_1, 4), (cls.exam_2, 6)):
            cls.use(room, cls.gauze, quantity)
        cls.env["stock.warehouse.orderpoint"]._cron_medical_use()

    @classmethod
    def use(cls, room, item, quantity, days=300, cause="used"):
        """``quantity`` a day on every working day, written as done moves."""
        day = NOW
        dates = []
        for _number in range(days):
            day -= timedelta(days=1)
            if day.weekday() < 5:
                dates.append(day)
        moves = cls.env["stock.move"].create(
            [
                {
                    "product_id": item.id,
                    "product_uom_qty": quantity,
                    "location_id": room.id,
                    "location_dest_id": cls.loss.id,
                    "company_id": cls.company.id,
                    "medical_cause": cause,
                    "state": "done",
                    "date": moment,
                }
                for moment in dates
            ]
        )
        cls.env["stock.move.line"].create(
            [
                {
                    "move_id": move.id,
                    "product_id": item.id,
                    "product_uom_id": item.uom_id.id,
                    "quantity": quantity,
                    "location_id": room.id,
                    "location_dest_id": cls.loss.id,
                    "company_id": cls.company.id,
                    "state": "done",
                    "date": move.date,
                }
                for move in moves
            ]
        )

    def review(self):
        return self.env["medical.supply.review"]._review(self.site)

    def line(self, review, par):
        return review.line_ids.filtered(lambda line: line.orderpoint_id == par)

    def test_the_use_per_week_is_the_average_of_a_quarter(self):
        self.assertAlmostEqual(self.shelf.medical_week_use, 20, delta=0.5)
        self.assertAlmostEqual(self.shelf_2.medical_week_use, 30, delta=0.5)

    def test_a_shelf_that_cannot_be_worked_out_stops_no_other(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE stock_warehouse_orderpoint SET medical_capacity = 'NaN'"
            " WHERE id = %s",
            [self.shelf.id],
        )
        self.env.invalidate_all()
        reviews = self.env["medical.supply.review"]
        reviews._cron_review()
        review = reviews.search([("site_id", "=", self.site.id)])
        self.assertTrue(self.line(review, self.shelf_2))
        self.assertFalse(self.line(review, self.shelf))
        faults = self.env["medical.core.job.fault"].search([])
        self.assertEqual(
            (faults.res_model, faults.res_id), (self.shelf._name, self.shelf.id)
        )
        self.shelf.medical_capacity = 0
        reviews._cron_review()
        self.assertFalse(faults.exists())

    def test_par_follows_use_lead_time_and_review(self):
        review = self.review()
        self.assertEqual(review.looked_at, 3)
        line = self.line(review, self.shelf)
        # four a day; five days between counts and one to be filled: 24 and some safety
        self.assertTrue(24 <= line.reorder <= 30, line.reorder)
        self.assertLess(line.par, 900)
        self.assertAlmostEqual(line.week_use, 20, delta=0.5)
        self.assertLess(line.money, 0)
        self.assertIn("frees", line.reason)
        more = self.line(review, self.shelf_2)
        self.assertGreaterEqual(more.reorder, 36)
        self.assertGreater(more.money, 0)

    def test_the_store_keeps_for_all_its_rooms_in_packs_of_the_vendor(self):
        line = self.line(self.review(), self.kept)
        self.assertAlmostEqual(line.week_use, 50, delta=1)
        self.assertEqual(line.par % 100, 0)

    def test_what_expired_is_no_use(self):
        before = self.line(self.review(), self.shelf).reorder
        self.use(self.exam_1, self.gauze, 50, days=60, cause="expired")
        self.assertEqual(self.line(self.review(), self.shelf).reorder, before)

    def test_accepting_changes_the_par_level_and_is_on_record(self):
        line = self.line(self.review(), self.shelf)
        manager = self.users["manager"]
        line.with_user(manager).action_accept()
        self.assertEqual(self.shelf.product_max_qty, line.par)
        self.assertEqual((line.decision, line.decided_by_id), ("accepted", manager))
        self.assertEqual(line.old_par, 900)
        with self.assertRaisesRegex(UserError, "already been decided"):
            line.with_user(manager).action_reject()

    def test_edited_levels_are_kept_as_edited(self):
        line = self.line(self.review(), self.shelf).with_user(self.users["manager"])
        line.write({"new_reorder": 40, "new_par": 80})
        line.action_accept()
        self.assertEqual(line.decision, "edited")
        self.assertEqual(self.shelf.product_max_qty, 80)

    def test_levels_upside_down_are_refused(self):
        line = self.line(self.review(), self.shelf).with_user(self.users["manager"])
        line.new_reorder = 1000
        with self.assertRaisesRegex(UserError, "between 0 and the par"):
            line.action_accept()
        self.assertEqual(self.shelf.product_max_qty, 900)

    def test_rejecting_leaves_everything_as_it_is(self):
        line = self.line(self.review(), self.shelf)
        line.with_user(self.users["director"]).action_reject()
        self.assertEqual((line.decision, self.shelf.product_max_qty), ("rejected", 900))

    def test_others_do_not_decide(self):
        line = self.line(self.review(), self.shelf)
        for role in ("staff", "auditor", "accountant"):
            with self.assertRaises(AccessError):
                line.with_user(self.users[role]).action_accept()
        with self.assertRaises(AccessError):
            self.env["medical.supply.review"].with_user(
                self.users["head"]
            ).action_review_now()
        with self.assertRaises(UserError):
            line.with_user(self.users["manager"]).write({"reason": "-"})

    def test_lines_are_written_as_the_orm_would_write_them(self):
        self.gauze.standard_price = 0.0333
        lines = self.review().line_ids
        stored = [
            name
            for name, field in lines._fields.items()
            if field.store and name not in ("id", "create_date", "write_date")
        ]
        self.assertIn("company_id", stored)
        written = lines.read(stored)
        given = [name for name in stored if not lines._fields[name].compute]
        twins = lines.create(
            [
                line._convert_to_write({name: line[name] for name in given})
                for line in lines
            ]
        )
        self.assertEqual(len(written), 3)
        for row, twin in zip(written, twins.read(stored), strict=True):
            self.assertEqual(row | {"id": 0}, twin | {"id": 0})

    def test_ten_times_the_shelves_cost_no_more_queries(self):
        counts = []
        for size in (2, 20):
            for number in range(size):
                item = self.item(f"Item {size} {number}", 1, self.pack, price=1)
                self.par(self.exam_1, item, 5, 10)
                self.par(self.store, item, 5, 10)
                self.use(self.exam_1, item, 3, days=60)
            self.review()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            lines = self.review().line_ids
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
            self.assertGreaterEqual(len(lines), 2 * size)
        self.assertLessEqual(counts[1], counts[0] + 3)

    def test_a_new_review_closes_the_old_one(self):
        old = self.review()
        new = self.review()
        self.assertEqual((old.state, new.state), ("closed", "open"))
        with self.assertRaises(UserError):
            self.line(old, self.shelf).with_user(self.users["manager"]).action_accept()
