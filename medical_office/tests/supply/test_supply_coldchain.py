"""The cold chain: a failed temperature puts a unit's lots away; three persons let go."""

import base64
from datetime import timedelta

from dateutil.tz import UTC

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .coldchain_case import ColdchainCase
from .supply_case import NOW

HEADER = "Date Time,Temperature (°C)\n"


@tagged("post_install", "-at_install")
class TestSupplyColdchain(ColdchainCase):
    def answer(self, one, answer="usable", lot=None, user="head"):
        lines = one.line_ids.filtered(lambda line: not lot or line.lot_id == lot)
        lines.with_user(self.users[user]).write(
            {"answer": answer, "contact": "Dr. Ruiz", "reference": "C-1"}
        )

    def step(self, one, method, user, *args):
        return getattr(one.with_user(self.users[user]), method)(*args)

    # ------------------------------------------------------------------ the reading

    def test_a_reading_inside_does_nothing(self):
        self.enter(46)
        self.assertFalse(self.excursion())
        self.assertEqual(self.on_hand(self.shelf, self.vaccine), 15)

    def test_a_reading_outside_puts_the_unit_into_quarantine_at_once(self):
        line = self.enter(48.2)
        one = self.excursion()
        self.assertEqual(one.state, "quarantined")
        self.assertEqual(one.kind, "warm")
        self.assertAlmostEqual(one.worst, 9.0)
        self.assertEqual(one.reported_by_id, self.users["staff"])
        self.assertEqual(one.round_line_id, line)
        self.assertEqual(self.on_hand(self.shelf, self.vaccine), 0)
        quarantine = self.site.medical_quarantine_id
        self.assertEqual(self.on_hand(quarantine, self.vaccine), 15)
        # only what was in the unit
        self.assertEqual(self.on_hand(self.exam_1, self.vaccine), 2)
        self.assertEqual(one.value_at_risk, 300)
        self.assertEqual(one.unanswered, 2)
        self.assertEqual(one.activity_ids.user_id, self.users["manager"])

    def test_further_readings_join_and_the_worst_counts(self):
        self.enter(48)
        self.enter(52, "high")
        self.enter(50)
        one = self.excursion()
        self.assertEqual(len(one), 1)
        self.assertAlmostEqual(one.worst, 11.11)
        self.assertEqual(len(one.line_ids), 2)

    def test_too_cold_is_another_excursion(self):
        self.enter(30, "low")
        self.assertEqual(self.excursion().kind, "cold")

    def test_back_inside_is_noted(self):
        self.enter(48)
        with freeze_time(NOW + timedelta(hours=1)):
            self.enter(40)
        self.assertEqual(self.excursion().ended_at, NOW + timedelta(hours=1))

    def test_a_unit_without_shelf_stays_open_and_is_in_the_register(self):
        self.fridge.medical_shelf_id = False
        self.enter(48)
        one = self.excursion()
        self.assertEqual(one.state, "open")
        with self.assertRaisesRegex(UserError, "contents of .* are not known"):
            self.step(one, "action_quarantine", "staff")
        found = self.env["medical.supply.excursion"]._medical_check_excursion()
        self.assertIn(one.id, [row.res_id for row in found.rows])

    def test_queries_do_not_grow_with_the_readings(self):
        lines = [self.enter(48, what) for what in ("now", "low", "high")]
        counts = []
        for some in (lines[:1], lines):
            self.env["medical.supply.reading"].search([])._pen().unlink()
            self.env.flush_all()
            self.env.invalidate_all()
            records = lines[0].union(*some).sudo() if len(some) > 1 else some[0].sudo()
            before = self.cr.sql_log_count
            records._medical_keep_seen()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 3)

    def test_what_nobody_can_have_seen_is_not_reported(self):
        excursions = self.env["medical.supply.excursion"].with_user(self.users["staff"])
        warm = {"equipment_id": self.fridge.id, "kind": "warm", "worst": 12}
        for values, reason in (
            ({"started_at": NOW + timedelta(days=1000)}, "still to come"),
            ({"worst": 5}, "5 °C is not “Too warm”: .* between 2 and 8 °C"),
            ({"worst": -4}, "-4 °C is not “Too warm”"),
            ({"kind": "cold"}, "12 °C is not “Too cold”"),
            ({"worst": 400}, "400 °C cannot be: .* warmer than 60"),
            ({"kind": "cold", "worst": -300}, "-300 °C cannot be: no unit is colder"),
            ({"worst": float("nan")}, "."),
            ({"started_at": NOW - timedelta(days=400)}, "more than a year ago"),
        ):
            with self.subTest(reason), self.assertRaisesRegex(UserError, reason):
                excursions.create(warm | values)
        one = excursions.create(warm | {"started_at": NOW - timedelta(hours=2)})
        self.assertEqual((one.state, one.worst), ("open", 12))

    def test_a_unit_that_was_out_of_range_is_not_archived(self):
        self.enter(48)
        self.schedule.active = False
        with self.assertRaisesRegex(UserError, "out of range .*decide about its lots"):
            self.fridge.active = False
        self.excursion()._pen().state = "discarded"
        self.assertNotIn("lots", str(self.fridge._medical_uses()))  # its repair is left

    # ---------------------------------------------------------------- a typing error

    def test_a_typing_error_has_its_own_way_out(self):
        self.enter(8.4)  # °F in place of 38.4
        one = self.excursion()
        self.assertEqual((one.state, len(one.line_ids)), ("quarantined", 2))
        self.step(one, "action_mistaken", "staff", "38.4 was meant")
        self.assertEqual(set(one.line_ids.mapped("answer")), {"unaffected"})
        self.assertIn("38.4 was meant", one.note)
        with self.assertRaises(AccessError):  # whoever typed it signs nothing
            self.step(one, "action_sign", "staff")
        self.step(one, "action_sign", "head")
        # the failed round took the unit out of service: until it is returned, elsewhere
        one.with_user(self.users["head"]).release_shelf_id = self.spare.medical_shelf_id
        self.step(one, "action_release", "manager")
        self.assertEqual(one.state, "released")
        self.assertEqual(self.on_hand(self.spare.medical_shelf_id, self.vaccine), 15)

    def test_what_the_logger_shows_is_no_typing_error(self):
        self.enter(48)
        one = self.excursion()
        row = f"{one.started_at:%Y-%m-%d %H:%M},9\n"
        self.wizard(row, clock="fixed").action_import()
        with self.assertRaisesRegex(UserError, "logger shows"):
            self.step(one, "action_mistaken", "staff", "38 was meant")

    # ------------------------------------------------------------------ two persons

    def test_three_persons_let_the_lots_out(self):
        self.enter(48)
        one = self.excursion()
        with self.assertRaisesRegex(UserError, "needs an answer"):
            self.step(one, "action_sign", "head")
        self.answer(one, "usable", self.lot_a)
        self.answer(one, "discard", self.lot_b)
        with self.assertRaises(AccessError):
            self.step(one, "action_sign", "staff")
        self.step(one, "action_sign", "head")
        with self.assertRaises(AccessError):
            self.step(one, "action_release", "head")
        with self.assertRaises(AccessError):
            self.step(one, "action_release", "staff")
        # the failed check took the unit out of service: not back into it
        with self.assertRaisesRegex(UserError, "out of service"):
            self.step(one, "action_release", "director")
        one.with_user(
            self.users["manager"]
        ).release_shelf_id = self.spare.medical_shelf_id
        self.step(one, "action_release", "director")
        self.assertEqual(one.state, "released")
        self.assertEqual(one.value_lost, 100)
        self.assertEqual(
            self.on_hand(self.spare.medical_shelf_id, self.vaccine, self.lot_a), 10
        )
        self.assertEqual(self.on_hand(self.site.medical_quarantine_id, self.vaccine), 0)
        move = self.env["stock.move"].search([("medical_cause", "=", "excursion")])
        self.assertEqual(move.quantity, 5)
        self.assertFalse(one.activity_ids)

    def test_one_person_carries_nothing_out_that_two_have_to_release(self):
        self.enter(48)
        one = self.excursion()
        quarantine = self.site.medical_quarantine_id
        item = one.line_ids[0].product_id
        for step in ("quarantined", "signed"):
            self.assertEqual(one.state, step)
            with self.assertRaisesRegex(UserError, "Two people release"):
                self.transfer_one(item, quarantine, self.store)
            if step == "quarantined":
                self.answer(one, user="manager")
                self.step(one, "action_sign", "head")

    def test_whoever_saw_it_signs_nothing(self):
        self.enter(48, user="head")
        one = self.excursion()
        self.answer(one, user="manager")
        with self.assertRaises(AccessError):
            self.step(one, "action_sign", "head")
        self.step(one, "action_sign", "manager")
        with self.assertRaises(AccessError):
            self.step(one, "action_release", "head")

    def test_all_discarded(self):
        self.enter(48)
        one = self.excursion()
        self.answer(one, "discard")
        self.step(one, "action_sign", "head")
        self.step(one, "action_release", "manager")
        self.assertEqual(one.state, "discarded")
        self.assertEqual(one.value_lost, 300)

    def test_out_of_range_again_takes_the_signature_back(self):
        self.enter(48)
        one = self.excursion()
        self.answer(one)
        self.step(one, "action_sign", "head")
        self.enter(40)
        self.enter(55)
        self.assertEqual(one.state, "quarantined")
        self.assertFalse(one.first_signed_by_id)

    def test_an_expired_lot_is_not_let_out(self):
        self.lot_b.expiration_date = NOW - timedelta(days=1)
        self.enter(48)
        one = self.excursion()
        self.answer(one)
        with self.assertRaisesRegex(UserError, "expired"):
            self.step(one, "action_sign", "head")

    def test_a_recalled_lot_is_not_let_out(self):
        self.enter(48)
        one = self.excursion()
        recall = self.env["medical.supply.recall"].create({"name": "A1"})
        recall.with_user(self.users["staff"]).action_quarantine()
        self.answer(one)
        with self.assertRaisesRegex(UserError, "recalled"):
            self.step(one, "action_sign", "head")

    def test_what_left_the_quarantine_is_not_moved_twice(self):
        self.enter(48)
        one = self.excursion()
        self.answer(one, "discard")
        self.step(one, "action_sign", "head")
        self.env["stock.quant"].search(
            [
                ("location_id", "=", self.site.medical_quarantine_id.id),
                ("lot_id", "=", self.lot_a.id),
            ]
        )._medical_write_off("lost", "Gone")
        with self.assertRaisesRegex(UserError, "no longer has"):
            self.step(one, "action_release", "manager")

    def test_what_was_seen_is_not_edited(self):
        self.enter(48)
        one = self.excursion()
        with self.assertRaises(AccessError):
            one.with_user(self.users["manager"]).worst = 5
        with self.assertRaises(UserError):
            one.with_user(self.users["director"]).write({"state": "released"})
        with self.assertRaises(UserError):
            one.line_ids.with_user(self.users["manager"]).quantity = 0
        with self.assertRaises(AccessError):
            one.with_user(self.users["auditor"]).note = "x"
        with self.assertRaises(AccessError):
            one.with_user(self.users["plain"]).read(["note"])
        with self.assertRaises(AccessError):
            one.with_user(self.users["outsider"]).read(["note"])

    def test_reported_by_hand_under_the_own_name(self):
        board = self.env["medical.supply.excursion"].with_user(self.users["staff"])
        seen = {"equipment_id": self.fridge.id, "kind": "warm", "worst": 12}
        with self.assertRaises(AccessError):
            board.create({**seen, "reported_by_id": self.users["head"].id})
        one = board.create(seen)
        self.assertEqual(one.reported_by_id, self.users["staff"])
        one.action_quarantine()
        self.assertEqual(self.on_hand(self.shelf, self.vaccine), 0)

    # ----------------------------------------------------------------------- logger

    def wizard(self, rows, user="staff", **values):
        return (
            self.env["medical.supply.logger.wizard"]
            .with_user(self.users[user])
            .create(
                {
                    "equipment_id": self.fridge.id,
                    "file": base64.b64encode((HEADER + rows).encode()),
                    "file_name": "fridge.csv",
                    **values,
                }
            )
        )

    def readings(self):
        return self.env["medical.supply.reading"].search(
            [("equipment_id", "=", self.fridge.id)]
        )

    def test_the_dry_run_changes_nothing(self):
        wizard = self.wizard("2026-11-24 08:00,4.5\n2026-11-24 08:30,9.1\n")
        wizard.action_check()
        self.assertFalse(wizard.problem_count)
        self.assertIn("Too warm", wizard.summary)
        self.assertFalse(self.readings())
        self.assertFalse(self.excursion())

    def test_a_file_opens_the_excursion_that_it_shows(self):
        rows = (
            "2026-11-24 08:00,4.5\n2026-11-24 08:30,9.1\n2026-11-24 09:00,10.2\n"
            "2026-11-24 09:30,7.9\n"
        )
        self.wizard(rows).action_import()
        self.assertEqual(len(self.readings()), 4)
        one = self.excursion()
        self.assertEqual(one.state, "quarantined")
        self.assertEqual(one.worst, 10.2)
        # the logger's clock is the practice's
        self.assertEqual(str(one.ended_at), str(self.readings()[0].at))
        self.assertEqual(one.value_at_risk, 300)
        # the same file once more adds nothing
        self.wizard(rows).action_import()
        self.assertEqual(len(self.readings()), 4)
        self.assertEqual(len(self.excursion()), 1)

    # ------------------------------------------------------------ what lay in the unit

    def carry(self, lot, quantity, origin, goal, day):
        """Carry some of a lot from one place to another, on a day of November 2026."""
        where = {
            "product_id": lot.product_id.id,
            "location_id": origin.id,
            "location_dest_id": goal.id,
            "company_id": self.company.id,
        }
        line = {
            **where,
            "product_uom_id": lot.product_id.uom_id.id,
            "quantity": quantity,
            "lot_id": lot.id,
        }
        move = self.env["stock.move"].create(
            {
                **where,
                "product_uom": lot.product_id.uom_id.id,
                "product_uom_qty": quantity,
                "picked": True,
                "state": "confirmed",
                "move_line_ids": [(0, 0, line)],
            }
        )
        move._action_done()
        move.move_line_ids.date = f"2026-11-{day} 15:00:00"

    WARM_ON_20 = "2026-11-20 08:00,9.5\n2026-11-20 08:30,5\n"

    def test_what_came_in_afterwards_was_not_exposed(self):
        """Whenever it was received: the receipt's date goes along with the stock."""
        lot = self.lot(self.vaccine, "C3", NOW + timedelta(days=300))
        self.stock(self.exam_1, self.vaccine, 7, lot)
        quants = self.env["stock.quant"].search([("lot_id", "=", lot.id)])
        quants.in_date = NOW - timedelta(days=30)
        self.carry(lot, 7, self.exam_1, self.shelf, 23)
        self.wizard(self.WARM_ON_20).action_import()
        self.assertEqual(self.excursion().line_ids.lot_id, self.lot_a | self.lot_b)
        self.assertEqual(self.on_hand(self.shelf, self.vaccine, lot), 7)
        self.assertFalse(self.excursion().left_text)

    def test_what_came_while_it_was_warm_was_exposed(self):
        lot = self.lot(self.vaccine, "C3", NOW + timedelta(days=300))
        self.stock(self.exam_1, self.vaccine, 7, lot)
        self.carry(lot, 7, self.exam_1, self.shelf, 19)
        rows = "2026-11-19 08:00,9.5\n2026-11-19 08:30,9.5\n2026-11-19 12:00,5\n"
        self.wizard(rows, clock="fixed", utc_offset=0).action_import()
        self.assertNotIn(lot, self.excursion().line_ids.lot_id)  # came at 15:00
        rows = "2026-11-19 14:00,9.5\n2026-11-19 15:00,9.5\n2026-11-19 15:30,5\n"
        self.wizard(rows, clock="fixed", utc_offset=0).action_import()
        self.assertIn(lot, self.excursion().line_ids.lot_id)

    def test_what_left_before_the_file_was_read_is_listed_and_can_be_held(self):
        self.carry(self.lot_b, 3, self.shelf, self.exam_1, 22)
        self.wizard(self.WARM_ON_20).action_import()
        one = self.excursion()
        self.assertEqual(one.line_ids.lot_id, self.lot_a | self.lot_b)
        self.assertIn("lot B2: 3 ", one.left_text)
        self.assertIn(self.exam_1.display_name, one.left_text)
        self.assertNotIn("A1", one.left_text)  # it lay in the room all the time
        self.step(one, "action_hold_left", "staff")
        self.assertEqual(self.on_hand(self.exam_1, self.vaccine, self.lot_b), 0)
        held = one.line_ids.filtered(lambda line: line.lot_id == self.lot_b)
        self.assertEqual(sum(held.mapped("quantity")), 5)
        one.invalidate_recordset()
        self.assertFalse(one.left_text)
        with self.assertRaisesRegex(UserError, "No lot"):
            self.step(one, "action_hold_left", "staff")
        with self.assertRaises(AccessError):
            self.step(one, "action_hold_left", "auditor")

    def test_what_was_used_up_since_is_listed(self):
        used = self.vaccine.property_stock_inventory
        self.carry(self.lot_b, 5, self.shelf, used, 22)
        self.wizard(self.WARM_ON_20).action_import()
        self.assertIn("lot B2: no longer in stock", self.excursion().left_text)

    def test_what_left_before_it_was_warm_is_not_listed(self):
        self.carry(self.lot_b, 5, self.shelf, self.exam_1, 18)
        self.wizard(self.WARM_ON_20).action_import()
        self.assertFalse(self.excursion().left_text)
        self.assertEqual(self.excursion().line_ids.lot_id, self.lot_a)

    def test_bad_rows_are_named_and_nothing_is_lost(self):
        rows = "2026-11-24 08:00,4.5\n2026-11-24 08:30,probe off\n"
        wizard = self.wizard(rows)
        wizard.action_check()
        self.assertEqual(wizard.problem_count, 1)
        self.assertIn("Row 3, Temperature", wizard.problems)
        with self.assertRaisesRegex(UserError, "Row 3"):
            wizard.action_import()
        wizard.leave_out = True
        wizard.action_import()
        self.assertEqual(len(self.readings()), 1)

    def test_a_file_of_the_future_or_of_nothing_is_refused(self):
        with self.assertRaisesRegex(UserError, "future"):
            self.wizard("2026-11-30 08:00,4.5\n2026-11-30 08:30,4\n").action_import()
        with self.assertRaises(UserError):
            self.wizard("hello\n").action_import()
        self.assertFalse(self.readings())

    def test_readings_are_nobodys_to_write(self):
        self.wizard("2026-11-24 08:00,4.5\n2026-11-24 08:30,4\n").action_import()
        with self.assertRaises(AccessError):
            self.readings()[0].with_user(self.users["manager"]).celsius = 3
        with self.assertRaises(AccessError):
            self.env["medical.supply.logger.wizard"].with_user(
                self.users["auditor"]
            ).create({})

    def test_the_chart_shows_rounds_and_logger(self):
        self.wizard("2026-11-24 08:00,4.5\n2026-11-24 08:30,5.5\n").action_import()
        self.enter(40)
        chart = self.fridge.with_user(self.users["staff"]).medical_temperature_chart
        self.assertEqual((chart["low"], chart["high"]), (2, 8))
        self.assertEqual(
            [point[1:] for point in chart["points"]],
            [[4.5, 5.5, "logger"], [4.44, 4.44, "round"]],
        )

    # ----------------------------------------------------------------- unit, report

    def test_the_shelf_moves_with_its_unit(self):
        self.fridge.location_id = self.exam_2
        self.assertEqual(self.shelf.location_id, self.exam_2)

    def test_staff_make_no_shelf(self):
        self.fridge.medical_shelf_id = False
        with self.assertRaises(AccessError):
            self.step(self.fridge, "action_medical_contents", "staff")
        self.step(self.fridge, "action_medical_contents", "head")
        self.assertTrue(self.fridge.medical_shelf_id)

    def test_vaccines_outside_a_unit_are_found(self):
        found = self.env["stock.location"]._medical_check_outside_unit()
        self.assertEqual([row.res_id for row in found.rows], self.exam_1.ids)
        self.assertEqual(found.looked_at, 3)

    def test_the_log_sheet(self):
        self.enter(48)
        report = self.env["report.medical_office.supply_coldchain"].with_user(
            self.users["auditor"]
        )
        log, excursions = report._sheets(self.fridge, {})
        self.assertEqual(log.name, "Vaccine Fridge")
        self.assertIn("2 to 8 °C (35.6 to 46.4 °F)", log.note)
        self.assertTrue(any("OUT" in str(row.values()) for row in log.rows))
        self.assertEqual(excursions.rows[0]["worst"], "48.0 °F (8.9 °C)")
        # on the practice's clock, the total below
        currency = self.company.currency_id
        printed = report._printable(excursions, currency)["rows"]
        self.assertEqual(printed[-1]["cells"][0]["text"], "Total")
        zone = self.env.company._medical_zone()
        self.assertEqual(
            report._local(NOW).replace(tzinfo=zone).timestamp(),
            NOW.replace(tzinfo=UTC).timestamp(),
        )
