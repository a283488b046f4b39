"""What to order: our figures from a few queries against the host's, one rule at a time."""

import random
from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .supply_case import NOW, SupplyCase


@tagged("post_install", "-at_install")
class TestSupplyFigures(SupplyCase):
    def host(self, pars):
        """The host's own answer, computed anew."""
        pars.invalidate_recordset()
        pars._compute_qty_to_order_computed()
        return {par.id: par.qty_to_order for par in pars}

    def assert_as_host(self, pars):
        ours = pars._medical_figures()
        host = self.host(pars)
        for par in pars:
            self.assertAlmostEqual(ours[par.id].wanted, host[par.id], 2, par.name)
            self.assertAlmostEqual(ours[par.id].forecast, par.qty_forecast, 2)
            self.assertAlmostEqual(ours[par.id].on_hand, par.qty_on_hand, 2)
        return ours

    def test_below_the_reorder_point_whole_packs_are_ordered(self):
        par = self.par(self.exam_1, self.gauze, 50, 120)
        self.stock(self.exam_1, self.gauze, 30)
        figures = self.assert_as_host(par)[par.id]
        self.assertEqual((figures.on_hand, figures.forecast), (30, 30))
        self.assertEqual(figures.wanted, 100)  # 90 are lacking, sold by the hundred

    def test_the_host_clears_its_own_rules_away_and_keeps_par_levels(self):
        """It takes whatever the system made and wants nothing: an import, the sample."""
        par = self.par(self.exam_1, self.gauze, 0, 0)
        own = self.par(self.site.lot_stock_id, self.gauze, 0, 0, trigger="manual")
        self.assertTrue((par + own).create_uid._is_superuser())
        self.assertEqual(own.trigger, "manual")
        self.env["stock.warehouse.orderpoint"]._unlink_processed_orderpoints()
        self.assertEqual((par + own).exists(), par)
        self.assertFalse(par._unlink_processed_orderpoints())
        self.env["stock.warehouse.orderpoint"].action_open_orderpoints()
        self.assertTrue(par.exists())

    def test_at_the_reorder_point_nothing_is_ordered(self):
        par = self.par(self.exam_1, self.gauze, 50, 120)
        self.stock(self.exam_1, self.gauze, 50)
        self.assertEqual(self.assert_as_host(par)[par.id].wanted, 0)

    def test_stock_that_expires_within_the_lead_time_does_not_count(self):
        par = self.par(self.exam_1, self.vaccine, 10, 20)
        soon = self.lot(self.vaccine, "A1", NOW + timedelta(days=1))
        self.stock(self.exam_1, self.vaccine, 15, soon)
        figures = self.assert_as_host(par)[par.id]
        self.assertEqual((figures.expired, figures.wanted), (15, 20))

    def test_requests_for_quotation_count_as_on_order(self):
        par = self.par(self.store, self.gauze, 50, 120)
        self.env["purchase.order"].create(
            {
                "partner_id": self.vendor.id,
                "company_id": self.company.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.gauze.id,
                            "product_qty": 1,
                            "product_uom_id": self.pack.id,
                            "orderpoint_id": par.id,
                        }
                    )
                ],
            }
        )
        figures = self.assert_as_host(par)[par.id]
        self.assertEqual((figures.on_order, figures.wanted), (100, 0))

    def test_an_item_nobody_sells_is_ordered_by_the_unit(self):
        orphan = self.item("Orphan", 1, self.unit, price=1)
        orphan.seller_ids.unlink()
        par = self.par(self.exam_1, orphan, 3, 7)
        self.assertEqual(self.assert_as_host(par)[par.id].wanted, 7)

    def test_an_item_nobody_sells_looks_as_far_ahead_as_the_host_does(self):
        """The host does not buy it by a site's rules; what is sold beside it, it buys."""
        self.assertTrue(self.gauze.seller_ids)
        unsold = self.item("Orphan", 1, self.unit, price=1)
        unsold.seller_ids.unlink()
        pars = self.par(self.exam_1, self.gauze, 50, 120)
        pars |= self.par(self.exam_1, unsold, 50, 120)
        figures = self.assert_as_host(pars)
        for par in pars:
            days = figures[par.id].horizon.date()
            self.assertEqual(days, par.lead_horizon_date, par.product_id.seller_ids)

    def test_two_hundred_shelves_of_chance_are_as_the_host_says(self):
        dice = random.Random(5)
        items = [self.gauze, self.vaccine]
        for number in range(12):
            item = self.item(
                f"Item {number}",
                1,
                dice.choice([self.pack, self.unit]),
                price=dice.randint(1, 9),
            )
            if number % 3 == 0:
                self.env["product.supplierinfo"].create(
                    {
                        "partner_id": self.other_vendor.id,
                        "product_tmpl_id": item.product_tmpl_id.id,
                        "product_uom_id": dice.choice([self.pack, self.unit]).id,
                        "price": dice.randint(1, 9),
                        "min_qty": dice.choice([0, 1, 2]),
                        "delay": dice.randint(1, 20),
                        "sequence": dice.choice([0, 1, 2]),
                        "date_end": dice.choice([False, NOW.date()]),
                        "company_id": self.company.id,
                    }
                )
            items.append(item)
        rooms = [self.exam_1, self.exam_2, self.store, *self.rooms[:1]]
        shelf = self.env["stock.location"].create(
            {
                "name": "Cabinet",
                "usage": "internal",
                "location_id": self.exam_1.id,
                "company_id": self.company.id,
            }
        )
        pars = self.env["stock.warehouse.orderpoint"]
        for item in items:
            for room in rooms:
                low = dice.randint(0, 60)
                pars |= self.par(room, item, low, low + dice.randint(0, 90))
                if item != self.vaccine:
                    self.stock(
                        dice.choice([room, room, shelf]), item, dice.randint(0, 90)
                    )
                else:
                    expires = NOW + timedelta(days=dice.randint(-5, 30))
                    lot = self.lot(item, f"L{dice.random()}", expires)
                    self.stock(room, item, dice.randint(1, 50), lot)
        moves = self.env["stock.move"].create(
            [
                {
                    "product_id": item.id,
                    "product_uom_qty": dice.randint(1, 30),
                    "location_id": self.store.id,
                    "location_dest_id": dice.choice(
                        [self.exam_1, shelf, self.exam_2]
                    ).id,
                    "date": NOW + timedelta(days=dice.randint(0, 30)),
                    "company_id": self.company.id,
                }
                for item in items
                for _again in range(3)
            ]
        )
        moves._action_confirm(merge=False)
        self.assert_as_host(pars)

    def test_the_practice_looks_ahead_a_week_the_host_a_year(self):
        par = self.par(self.exam_1, self.vaccine, 10, 20)
        lot = self.lot(self.vaccine, "A1", NOW + timedelta(days=60))
        self.stock(self.exam_1, self.vaccine, 15, lot)
        self.assertEqual(self.assert_as_host(par)[par.id].wanted, 20)
        self.assertEqual(par._medical_now()[par.id].wanted, 0)
        self.assert_as_host(par.with_context(global_horizon_days=7))

    def test_ten_times_the_shelves_cost_no_more_queries(self):
        one = self.par(self.exam_1, self.gauze, 5, 10)
        many = one
        for number in range(10):
            item = self.item(f"Item {number}", 1, self.pack, price=1)
            for room in (self.exam_1, self.exam_2, self.store):
                many |= self.par(room, item, 5, 10)
        counts = []
        for pars in (one, many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            pars._medical_figures()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)

    def test_a_closure_of_several_days_closes_them_all(self):
        calendar = self.site.resource_calendar_id or self.company.resource_calendar_id
        calendar.tz = "America/Chicago"
        # a public holiday is entered on the clock of who enters it
        self.env.user.tz = calendar.tz
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Closed over the holidays",
                "calendar_id": calendar.id,
                # local midnight to the last minute: Monday to Wednesday
                "date_from": "2026-12-21 06:00:00",
                "date_to": "2026-12-24 05:59:59",
            }
        )
        first, last = date(2026, 12, 18), date(2026, 12, 24)
        days = self.site._medical_workdays(first, last)
        self.assertEqual(
            [day.day for day in days.dates(first, last)],
            [18, 24],
        )
        self.assertEqual(days.between(first, last), 1)

    def test_levels_that_make_no_sense_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "negative"):
            self.par(self.exam_1, self.gauze, -1, 5)
        with self.assertRaisesRegex(ValidationError, "always be kept"):
            self.par(self.exam_2, self.gauze, 1, 5, medical_minimum=6)

    def test_the_manager_keeps_par_levels_and_staff_read_them(self):
        manager = self.users["manager"]
        par = self.env["stock.warehouse.orderpoint"].with_user(manager)
        par = par.create(
            {
                "location_id": self.exam_1.id,
                "product_id": self.gauze.id,
                "product_min_qty": 2,
                "product_max_qty": 4,
            }
        )
        self.assertEqual(par.trigger, "manual")
        self.assertEqual(par.with_user(self.users["staff"]).product_max_qty, 4)
        self.assertFalse(
            self.env["stock.warehouse.orderpoint"]
            .with_user(self.users["staff"])
            .has_access("write")
        )

    def test_the_par_sheet_goes_along_the_shelf_and_hides_the_books_if_blind(self):
        self.par(self.exam_1, self.gauze, 5, 10, medical_sequence=20)
        self.par(self.exam_1, self.vaccine, 5, 10, medical_sequence=10)
        report = self.env["report.medical_office.supply_par"].with_user(
            self.users["staff"]
        )
        room = self.exam_1.with_user(self.users["staff"])
        sheet = report._sheets(room, {})[0]
        self.assertEqual(
            [row["item"] for row in sheet.rows], ["Influenza vaccine", "Gauze 4x4"]
        )
        self.assertIn("on_hand", sheet.rows[0])
        # by the unit, though the vendor sells gauze by the hundred
        self.assertEqual(sheet.rows[1]["pick"], 10)
        self.exam_1.medical_count_blind = True
        self.assertNotIn("on_hand", report._sheets(room, {})[0].rows[0])
