"""Figures of supplies: value, use, waste and cost per visit, on screen and on paper."""

import base64
from datetime import date, datetime, timedelta

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .supply_case import NOW, TODAY, SupplyCase

KINDS = ("value", "usage", "waste", "visits")
OCTOBER = date(2026, 10, 1)


class FiguresCase(SupplyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.loss = cls.gauze.with_company(cls.company).property_stock_inventory
        cls.exam_2.medical_department_id = cls.front_desk
        for item in (cls.gauze, cls.vaccine):
            item.with_company(cls.company).standard_price = (
                0.02 if item == cls.gauze else 20
            )

    @classmethod
    def leave(cls, room, item, quantity, cause="used", day=None, lot=None):
        """Stock leaves a shelf for a reason (below 0: it is found again)."""
        places = (room, cls.loss) if quantity > 0 else (cls.loss, room)
        values = {
            "product_id": item.id,
            "location_id": places[0].id,
            "location_dest_id": places[1].id,
            "company_id": cls.company.id,
        }
        move = cls.env["stock.move"].create(
            {
                **values,
                "product_uom": item.uom_id.id,
                "product_uom_qty": abs(quantity),
                "medical_cause": cause,
                "picked": True,
                "state": "confirmed",
                "move_line_ids": [
                    Command.create(
                        {
                            **values,
                            "product_uom_id": item.uom_id.id,
                            "quantity": abs(quantity),
                            "lot_id": lot and lot.id,
                        }
                    )
                ],
            }
        )
        move._action_done()
        if day:
            move.date = datetime.combine(day, NOW.time())
        return move

    def as_role(self, model, role):
        """The model as the user of a role, in that user's companies."""
        user = self.users[role]
        context = {"allowed_company_ids": user.company_ids.ids}
        self.env.flush_all()
        self.env.invalidate_all()  # a later request reads the view again
        return self.env(user=user, context=context)[model]

    def wizard(self, kind, role="manager", **values):
        wizards = self.env["medical.supply.report.wizard"]
        return wizards.with_user(self.users[role]).create({"kind": kind, **values})

    def sheets(self, kind, role="manager", **values):
        wizard = self.wizard(kind, role, **values)
        report = self.env[f"report.medical_office.supply_{kind}"]
        return report.with_user(self.users[role])._sheets(wizard, {})

    def enter(self, visits, department=None, month=OCTOBER, role="manager"):
        return (
            self.env["medical.supply.visits"]
            .with_user(self.users[role])
            .create(
                {
                    "site_id": self.site.id,
                    "department_id": (department or self.nursing).id,
                    "month": month,
                    "visits": visits,
                }
            )
        )


@tagged("post_install", "-at_install")
class TestSupplyValue(FiguresCase):
    def setUp(self):
        super().setUp()
        soon = self.lot(self.vaccine, "SOON", NOW + timedelta(days=20))
        later = self.lot(self.vaccine, "LATER", NOW + timedelta(days=300))
        self.stock(self.exam_1, self.gauze, 1000)
        self.stock(self.exam_1, self.vaccine, 3, soon)
        self.stock(self.exam_2, self.vaccine, 7, later)

    def rows(self, role="manager", **domain):
        values = self.as_role("medical.supply.value", role)
        return values.search([(key, "=", value) for key, value in domain.items()])

    def test_equals_the_hosts_valuation(self):
        self.vaccine.categ_id = self.env["product.category"].create(
            {"name": "Average", "property_cost_method": "average"}
        )
        self.vaccine.with_company(self.company).standard_price = 21.37
        quants = self.env["stock.quant"].search(
            [
                ("product_id", "in", (self.gauze | self.vaccine).ids),
                ("location_id.usage", "=", "internal"),
            ]
        )
        ours = {row.id: row.value for row in self.rows()}
        self.assertEqual(len(quants), 3)
        for quant in quants:
            self.assertAlmostEqual(ours[quant.id], quant.value, 2)
        self.assertAlmostEqual(sum(ours.values()), 20 + 10 * 21.37, 2)

    def test_owned_by_others_is_not_ours(self):
        quant = self.env["stock.quant"].search(
            [("location_id", "=", self.exam_2.id), ("product_id", "=", self.vaccine.id)]
        )
        quant.owner_id = self.vendor
        self.assertFalse(self.rows(room_id=self.exam_2.id))

    def test_share_of_a_group_is_the_share_of_its_money(self):
        [(value, soon, share)] = (
            self.env["medical.supply.value"]
            .with_user(self.users["accountant"])
            ._read_group([], [], ["value:sum", "soon_value:sum", "soon_share:avg"])
        )
        self.assertAlmostEqual(value, 220)
        self.assertAlmostEqual(soon, 60)
        self.assertAlmostEqual(share, 60 / 220)
        self.assertEqual(
            sorted(self.rows().mapped("expiry")), ["30", "later", "undated"]
        )

    def test_who_sees_what(self):
        self.assertEqual(len(self.rows("accountant")), 3)
        self.assertEqual(len(self.rows("auditor")), 3)
        self.assertEqual(self.rows("head").room_id, self.exam_1)
        self.assertFalse(self.rows("outsider"))
        for role in ("staff", "plain", "hr"):
            with self.assertRaises(AccessError):
                self.rows(role)

    def test_sheets_add_up(self):
        by_room, matrix, by_kind = self.sheets("value")
        self.assertEqual(float(by_room.totals()["value"]), 220)
        self.assertEqual(float(matrix.totals()["total"]), 220)
        self.assertEqual(float(by_kind.totals()["value"]), 220)
        self.assertEqual(float(by_kind.totals()["soon"]), 60)
        [only] = self.sheets("value", room_ids=self.exam_2.ids)[:1]
        self.assertEqual(float(only.totals()["value"]), 140)


@tagged("post_install", "-at_install")
class TestSupplyUse(FiguresCase):
    def setUp(self):
        super().setUp()
        self.stock(self.exam_1, self.gauze, 10000)
        self.stock(self.exam_2, self.gauze, 10000)

    def rows(self, role="manager", domain=()):
        use = self.as_role("medical.supply.use", role)
        return use.search(list(domain))

    def test_money_is_what_was_booked(self):
        self.leave(self.exam_1, self.gauze, 100, day=OCTOBER)
        self.gauze.with_company(self.company).standard_price = 0.05
        self.leave(self.exam_1, self.gauze, 100, "wasted", day=OCTOBER)
        old = self.leave(self.exam_1, self.gauze, 100, "lost", day=OCTOBER)
        old.value = 0  # imported history, never valued: today's cost
        self.leave(self.exam_1, self.gauze, -20, "found", day=OCTOBER)
        rows = {row.cause: row for row in self.rows()}
        self.assertAlmostEqual(rows["used"].value, 2)
        self.assertAlmostEqual(rows["used"].used_value, 2)
        self.assertAlmostEqual(rows["used"].waste_value, 0)
        self.assertAlmostEqual(rows["wasted"].waste_value, 5)
        self.assertAlmostEqual(rows["lost"].value, 5)
        self.assertAlmostEqual(rows["found"].value, -1)
        self.assertEqual(rows["found"].quantity, -20)
        self.assertEqual(rows["found"].room_id, self.exam_1)

    def test_the_day_is_the_practices_own(self):
        self.company.resource_calendar_id.tz = "America/Chicago"
        move = self.leave(self.exam_1, self.gauze, 1)
        move.date = datetime(2026, 11, 1, 3)  # ten in the evening before
        self.assertEqual(self.rows().day, date(2026, 10, 31))

    def test_a_write_off_is_told_by_the_shelf_it_came_from(self):
        lot = self.lot(self.vaccine, "OLD", NOW - timedelta(days=2))
        self.stock(self.exam_1, self.vaccine, 3, lot)
        self.stock(self.exam_2, self.vaccine, 5, lot)
        quants = self.env["stock.quant"]
        quants._cron_medical_quarantine()
        place = self.site.medical_quarantine_id
        quants = quants.search([("location_id", "=", place.id)])
        self.assertEqual(sum(quants.mapped("quantity")), 8)
        quants.with_user(self.users["manager"])._medical_write_off("expired", "Old")
        rows = self.rows(domain=[("cause", "=", "expired")])
        told = {row.room_id: (row.quantity, row.value) for row in rows}
        self.assertEqual(told, {self.exam_1: (3, 60), self.exam_2: (5, 100)})
        self.assertEqual(self.on_hand(place, self.vaccine), 0)

    def test_who_sees_what(self):
        self.leave(self.exam_1, self.gauze, 100)
        self.leave(self.exam_2, self.gauze, 100)
        self.assertEqual(len(self.rows("director")), 2)
        self.assertEqual(self.rows("head").room_id, self.exam_1)
        self.assertFalse(self.rows("outsider"))
        for role in ("staff", "plain", "payroll"):
            with self.assertRaises(AccessError):
                self.rows(role)

    def test_waste_adds_up(self):
        day = date(2026, 9, 15)
        self.leave(self.exam_1, self.gauze, 1000, day=day)
        self.leave(self.exam_1, self.gauze, 100, "wasted", day)
        self.leave(self.exam_2, self.gauze, 300, "expired", OCTOBER)
        self.leave(self.exam_2, self.gauze, 50, "sample", OCTOBER)
        self.leave(self.exam_2, self.gauze, 50, "wasted", TODAY)  # a month too late
        cause, month, department, room, item = self.sheets("waste")
        for sheet in (cause, month, department, room):
            self.assertEqual(float(sheet.totals()["waste"]), 8, sheet.name)
            self.assertEqual(float(sheet.totals()["sample"]), 1, sheet.name)
        self.assertEqual(float(item.totals()["value"]), 9)
        self.assertEqual([row["waste"] for row in month.rows], [2, 6])
        nursing = next(r for r in department.rows if r["key"] == self.nursing.name)
        self.assertAlmostEqual(float(nursing["of_use"]), 2 / 22)

    def test_trend_compares_twelve_months(self):
        self.leave(self.exam_1, self.gauze, 200, day=date(2025, 6, 10))
        self.leave(self.exam_1, self.gauze, 300, day=date(2026, 6, 10))
        self.leave(self.exam_1, self.gauze, 999, day=date(2024, 6, 10))
        movers, kinds, rooms, items = self.sheets("usage")
        [_heading, mover] = movers.rows
        self.assertEqual((float(mover["now"]), float(mover["before"])), (6, 4))
        self.assertAlmostEqual(float(mover["change"]), 0.5)
        self.assertEqual(float(kinds.totals()["now"]), 6)
        self.assertEqual(float(rooms.totals()["now"]), 6)
        self.assertEqual(float(items.totals()["value"]), 6)
        self.assertEqual(float(items.rows[0]["2026-06-01"]), 300)

    def test_a_period_is_possible(self):
        with self.assertRaisesRegex(UserError, "after"):
            self.wizard("waste", date_from=TODAY, date_to=OCTOBER)
        with self.assertRaisesRegex(UserError, "60 months"):
            self.wizard("waste", date_from=date(2020, 1, 1))


@tagged("post_install", "-at_install")
class TestSupplyVisits(FiguresCase):
    def setUp(self):
        super().setUp()
        self.stock(self.exam_1, self.gauze, 100000)
        self.stock(self.exam_2, self.gauze, 100000)

    def costs(self, role="manager", **domain):
        costs = self.as_role("medical.supply.visit.cost", role)
        return costs.search([(key, "=", value) for key, value in domain.items()])

    def test_cost_of_a_visit(self):
        self.leave(self.exam_1, self.gauze, 5000, day=date(2026, 10, 9))
        self.leave(self.exam_1, self.gauze, 500, "wasted", day=date(2026, 10, 9))
        self.assertEqual(self.costs().status, "missing")
        self.assertFalse(self.costs().per_visit)
        line = self.enter(44)
        cost = self.costs()
        self.assertEqual(cost.visits_id, line)
        self.assertAlmostEqual(cost.value, 110)
        self.assertAlmostEqual(cost.used_value, 100)
        self.assertAlmostEqual(cost.per_visit, 2.5)

    def test_no_visits_is_not_divided_by(self):
        self.leave(self.exam_1, self.gauze, 5000, day=OCTOBER)
        self.enter(0)
        cost = self.costs()
        self.assertEqual((cost.status, cost.per_visit), ("known", 0))
        summary, detail = self.sheets("visits")
        self.assertEqual(summary.rows[0]["now"], "no visits")
        self.assertEqual(detail.rows[1]["now"], None)

    def test_a_group_divides_what_it_knows(self):
        for month, quantity in ((9, 5000), (10, 10000)):
            self.leave(self.exam_1, self.gauze, quantity, day=date(2026, month, 9))
        self.leave(self.exam_2, self.gauze, 1000, day=date(2026, 10, 9))
        self.enter(50)
        groups = self.env["medical.supply.visit.cost"]._read_group(
            [], ["department_id"], ["value:sum", "visits:sum", "per_visit:avg"]
        )
        told = {department: rest for department, *rest in groups}
        self.assertEqual(told[self.nursing], [300, 50, 4])
        self.assertEqual(told[self.front_desk][2], False)
        summary, detail = self.sheets("visits")
        self.assertEqual(float(summary.totals()["cost"]), 320)
        self.assertIn("4.40", summary.note)  # 220 dollars of October by 50 visits
        told = [row["visits"] for row in detail.rows[1:]]  # of nursing alone
        self.assertEqual(told, ["missing", 50])
        self.assertEqual([row["missing"] for row in summary.rows], [1, 1])

    def test_a_number_is_corrected_with_its_trace(self):
        line = self.enter(50)
        with self.assertRaisesRegex(UserError, "enter why 50 becomes 55"):
            line.visits = 55
        line.write({"visits": 55, "reason": "Late charts"})
        self.assertEqual((line.visits, line.corrections), (55, 1))
        self.assertIn("50 → 55: Late charts", line.message_ids[:1].body)
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            line.month = date(2026, 9, 1)
        with self.assertRaisesRegex(UserError, "corrected but not deleted"):
            line.sudo().unlink()
        with self.assertRaises(AccessError):
            line.sudo(False).write({"corrections": 0})
        self.assertEqual(line.corrections, 1)

    def test_one_number_a_month(self):
        self.enter(50, month=date(2026, 10, 17))
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.enter(60)
        with self.assertRaisesRegex(UserError, "not started"):
            self.enter(60, month=date(2026, 12, 1))

    def test_only_the_manager_enters(self):
        line = self.enter(50)
        for role in ("head", "accountant", "director", "auditor"):
            self.assertEqual(line.with_user(self.users[role]).visits, 50)
            with self.assertRaises(AccessError):
                line.with_user(self.users[role]).write({"visits": 1, "reason": "x"})
        for role in ("staff", "plain"):
            with self.assertRaises(AccessError):
                line.with_user(self.users[role]).read(["visits"])
        self.assertFalse(self.as_role("medical.supply.visits", "outsider").search([]))
        other = self.enter(7, self.front_desk)
        heads = other.with_user(self.users["head"]).search([])
        self.assertEqual(heads, line)

    def test_check_asks_for_what_is_missing(self):
        check = self.env["medical.supply.visit.cost"]._medical_check_visits_missing
        self.leave(self.exam_1, self.gauze, 5000, day=date(2026, 9, 9))
        self.leave(self.exam_1, self.gauze, 5000, day=date(2026, 10, 9))
        self.leave(self.exam_1, self.gauze, 5000, day=TODAY)  # not over yet

        def found():
            self.env.invalidate_all()
            return [row for row in check().rows if row.res_id == self.site.id]

        self.assertEqual(found(), [])  # nobody enters visits here
        self.enter(40, month=date(2026, 9, 1))
        [row] = found()
        self.assertIn("October 2026", row.summary)
        self.assertNotIn("September", row.summary)
        self.enter(50)
        self.assertEqual(found(), [])

    # ------------------------------------------------------------------------ import

    def load(self, text, role="manager", **values):
        return (
            self.env["medical.supply.visits.wizard"]
            .with_user(self.users[role])
            .create({"file": base64.b64encode(text.encode()), **values})
        )

    def test_import(self):
        self.enter(50)
        site = self.site.name
        wizard = self.load(
            "Month,Site,Department,Visits\n"
            f"2026-09,{site},Nursing,41\n"
            f"10/2026,{site},nursing,52\n"
        )
        wizard.action_check()
        self.assertEqual((wizard.new_count, wizard.corrected_count), (1, 1))
        self.assertIn("50 → 52", wizard.corrections)
        with self.assertRaisesRegex(UserError, "Enter why"):
            wizard.action_import()
        wizard.reason = "Billing closed the month"
        wizard.action_import()
        lines = self.env["medical.supply.visits"].search(
            [("site_id", "=", self.site.id)], order="month"
        )
        self.assertEqual(lines.mapped("visits"), [41, 52])
        again = self.load(f"Month,Site,Department,Visits\n2026-09,{site},Nursing,41\n")
        again.action_check()
        self.assertEqual((again.new_count, again.corrected_count), (0, 0))

    def test_a_department_that_is_named_twice_counts_in_one_row(self):
        ward = self.env["hr.department"].create(
            {
                "name": "Ward",
                "parent_id": self.nursing.id,
                "company_id": self.company.id,
            }
        )
        wizard = self.load(
            "Month,Site,Department,Visits\n"
            f"2026-09,{self.site.name},Ward,41\n"
            f"2026-09,{self.site.name},{ward.complete_name},42\n"
            f"1026-09,{self.site.name},Ward,41\n"
        )
        wizard.action_check()
        self.assertIn(
            "Row 3, Department: This month, site and department are already in row 2",
            wizard.problems,
        )
        self.assertIn("Row 4, Month", wizard.problems)
        with self.assertRaisesRegex(UserError, "already in row 2"):
            wizard.action_import()

    def test_import_names_what_is_wrong_and_writes_nothing(self):
        wizard = self.load(
            "Month,Site,Department,Visits\n"
            f"2026-09,{self.site.name},Nursing,41\n"
            f"2026-09,{self.site.name},Surgery,3\n"
            "2026-09,Elsewhere,Nursing,3\n"
            f"2027-09,{self.site.name},Nursing,3\n"
            f"2026-08,{self.site.name},Nursing,-3\n"
        )
        wizard.action_check()
        for text in (
            "Row 3, Department",
            "Row 4, Site",
            "Row 5, Month",
            "Row 6, Visits",
        ):
            self.assertIn(text, wizard.problems)
        with self.assertRaises(UserError):
            wizard.action_import()
        lines = self.env["medical.supply.visits"]
        self.assertFalse(lines.search([("site_id", "=", self.site.id)]))

    def test_import_asks_which_of_two_departments_of_one_name_is_meant(self):
        departments = self.env["hr.department"].create(
            [
                {"name": name, "company_id": self.company.id}
                for name in ("Imaging", "Surgery")
            ]
        )
        for parent in departments:
            departments.create(
                {
                    "name": "Front",
                    "parent_id": parent.id,
                    "company_id": self.company.id,
                }
            )
        rows = "Month,Site,Department,Visits\n2026-09,{},{},41\n"
        wizard = self.load(rows.format(self.site.name, "Front"))
        wizard.action_check()
        self.assertIn("Imaging / Front, Surgery / Front", wizard.problems)
        self.load(rows.format(self.site.name, "Surgery / Front")).action_import()
        [line] = self.env["medical.supply.visits"].search(
            [("site_id", "=", self.site.id)]
        )
        self.assertEqual(line.department_id.parent_id.name, "Surgery")

    def test_others_do_not_import(self):
        for role in ("head", "accountant", "staff"):
            with self.assertRaises(AccessError):
                self.load("x", role)


@tagged("post_install", "-at_install")
class TestSupplyReportFiles(FiguresCase):
    def setUp(self):
        super().setUp()
        self.stock(self.exam_1, self.gauze, 100000)
        self.leave(self.exam_1, self.gauze, 10, day=OCTOBER)
        self.leave(self.exam_1, self.gauze, 10, "wasted", day=OCTOBER)

    def test_rendered_for_the_roles(self):
        actions = self.env["ir.actions.report"]
        for role in ("manager", "accountant", "auditor"):
            for kind in KINDS:
                wizard = self.wizard(kind, role)
                as_role = actions.with_user(self.users[role])
                book, ending = as_role._render_xlsx(
                    f"medical_office.supply_{kind}_xlsx", wizard.ids, {}
                )
                self.assertEqual((book[:2], ending), (b"PK", "xlsx"))
                page, _kind = as_role._render_qweb_html(
                    f"medical_office.supply_{kind}", wizard.ids
                )
                self.assertIn(b"<h1", page)

    def test_staff_are_refused(self):
        wizard = self.wizard("value")
        actions = self.env["ir.actions.report"].with_user(self.users["staff"])
        with self.assertRaises(AccessError):
            self.wizard("value", "staff")
        with self.assertRaises(AccessError):
            actions._render_qweb_html("medical_office.supply_value", wizard.ids)
        with self.assertRaises(AccessError):
            actions._render_xlsx("medical_office.supply_value_xlsx", wizard.ids, {})

    def queries(self, kind):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.sheets(kind)
        return self.env.cr.sql_log_count - before

    def warm_queries(self):
        for kind in KINDS:
            self.queries(kind)
        return {kind: self.queries(kind) for kind in KINDS}

    def test_ten_times_the_items_cost_no_more_queries(self):
        def fill(number):
            for one in range(number):
                item = self.item(f"Item {number} {one}", 1, self.unit, price=1.0)
                self.stock(self.exam_1, item, 100)
                self.leave(self.exam_1, item, 1, day=OCTOBER)
                self.leave(self.exam_1, item, 1, "expired", day=OCTOBER)

        fill(3)
        few = self.warm_queries()
        fill(30)
        many = self.warm_queries()
        for kind in KINDS:
            self.assertLessEqual(many[kind], few[kind] + 1, kind)
