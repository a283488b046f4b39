"""Sites, rooms and their labels."""

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .round_case import RoundCase


@tagged("post_install", "-at_install")
class TestStockLocation(RoundCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.users["manager"]
        cls.north = cls.env["stock.warehouse"].create(
            {
                "name": "North Side",
                "medical_is_site": True,
                "company_id": cls.company.id,
            }
        )
        cls.reception = cls.rooms[0]
        cls.store = cls.rooms[3]

    @classmethod
    def new_room(cls, user=None, **values):
        return (
            cls.env["stock.location"]
            .with_user(user or cls.env.uid)
            .create(
                {
                    "name": "Lab",
                    "usage": "internal",
                    "medical_room_type": "lab",
                    "medical_site_id": cls.site.id,
                    "company_id": cls.company.id,
                    **values,
                }
            )
        )

    # ------------------------------------------------------------------------ sites

    def test_a_site_gets_a_code_and_the_opening_days_of_the_company(self):
        self.assertEqual(self.north.code, "NS")
        self.assertEqual(
            self.north.resource_calendar_id, self.company.resource_calendar_id
        )
        again, third = self.env["stock.warehouse"].create(
            [
                {"name": name, "medical_is_site": True, "company_id": self.company.id}
                for name in ("North Side 2", "Nice Street")
            ]
        )
        self.assertEqual(again.code, "NS2")
        self.assertEqual(third.code, "NS3")

    def test_a_site_with_rooms_stays_a_site(self):
        with self.assertRaisesRegex(
            UserError, r"still has rooms \(4\). Close them first"
        ):
            self.site.medical_is_site = False
        self.north.medical_is_site = False
        self.assertFalse(self.north.medical_is_site)

    def test_a_site_closes_when_its_rooms_can(self):
        # two of them are in a schedule
        with self.assertRaisesRegex(UserError, "rounds are scheduled for it"):
            self.site.active = False

    def test_numbers_of_a_site(self):
        self.assertEqual(self.site.medical_room_count, 4)
        self.assertEqual(self.north.medical_room_count, 0)
        self.assertEqual(self.site.medical_problem_count, 0)
        self.problem(self.store)
        self.site.invalidate_recordset()
        self.assertEqual(self.site.medical_problem_count, 1)

    # ------------------------------------------------------------------------ rooms

    def test_a_room_is_placed_by_its_site(self):
        room = self.new_room()
        self.assertEqual(room.location_id, self.site.lot_stock_id)
        self.assertEqual(room.medical_site_id, self.site)
        shelf = self.env["stock.location"].create(
            {"name": "Shelf", "location_id": room.id, "company_id": self.company.id}
        )
        self.assertEqual(shelf.medical_site_id, self.site)
        self.assertFalse(shelf.medical_room_type)

    def test_the_form_places_a_new_room_and_a_moved_one(self):
        form = Form(
            self.env["stock.location"].with_user(self.manager),
            "medical_office.stock_location_room_view_form",
        )
        form.name = "Exam 9"
        form.medical_room_type = "exam"
        form.medical_site_id = self.north
        room = form.save()
        self.assertEqual(room.location_id, self.north.lot_stock_id)
        self.assertEqual(room.warehouse_id, self.north)
        with Form(room, "medical_office.stock_location_room_view_form") as form:
            form.medical_site_id = self.site
        self.assertEqual(room.warehouse_id, self.site)

    def test_a_room_lies_in_a_site_and_is_internal(self):
        plain = self.env["stock.warehouse"].create(
            {"name": "Depot", "code": "DEP", "company_id": self.company.id}
        )
        with self.assertRaisesRegex(ValidationError, "does not belong to any site"):
            self.new_room(medical_site_id=False, location_id=plain.lot_stock_id.id)
        with self.assertRaisesRegex(ValidationError, "no company"):
            self.new_room(company_id=False)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(IntegrityError, "medical_room_internal"),
        ):
            self.new_room(usage="inventory")

    def test_a_room_stays_in_its_site_while_something_hangs_on_it(self):
        self.store.medical_site_id = self.north
        self.assertEqual(self.store.warehouse_id, self.north)
        with self.assertRaisesRegex(UserError, "cannot move to another site.*Exam roo"):
            self.exam_1.location_id = self.north.lot_stock_id

    def test_shelves_move_with_their_room(self):
        shelf = self.env["stock.location"].create(
            {"name": "A", "location_id": self.store.id, "company_id": self.company.id}
        )
        self.assertEqual(shelf.medical_site_id, self.site)
        self.store.medical_site_id = self.north
        self.assertEqual(shelf.warehouse_id, self.north)
        self.assertEqual(shelf.medical_site_id, self.north)

    def test_a_room_is_closed_when_nothing_hangs_on_it(self):
        for values in (
            {"active": False},
            {"active": 0},  # as a program may say it
            {"medical_room_type": False},
            {"medical_room_type": ""},
        ):
            with (
                self.subTest(values),
                self.assertRaisesRegex(
                    UserError, "Exam 1.*is still in use.*schedules first"
                ),
            ):
                self.exam_1.write(values)
        with self.assertRaisesRegex(UserError, "is still in use"):
            self.exam_1.unlink()
        fridge = self.equipment(self.store)
        with self.assertRaisesRegex(UserError, "assets in it: 1"):
            self.store.active = False
        fridge.location_id = self.reception
        self.on_hand(self.store, 3)
        with self.assertRaisesRegex(UserError, "lines of stock on hand in it: 1"):
            self.store.active = False
        self.on_hand(self.store, -3)
        self.store.active = False
        self.assertFalse(self.store.active)

    # --------------------------------------------------------------------- the map

    def equipment(self, room):
        return self.env["maintenance.equipment"].create(
            {
                "name": "Fridge",
                "location_id": room.id,
                "company_id": self.company.id,
            }
        )

    def on_hand(self, place, quantity):
        product = self.env["product.product"].search([("name", "=", "Gloves")]) or (
            self.env["product.product"].create({"name": "Gloves", "is_storable": True})
        )
        self.env["stock.quant"]._update_available_quantity(product, place, quantity)

    def problem(self, record, **values):
        return self.env["medical.core.exception"].create(
            {
                "summary": "Wrong",
                "check_id": self.env.ref("medical_office.core_check_failed").id,
                "domain": "core",
                "res_model": record._name,
                "res_id": record.id,
                "company_id": self.company.id,
                "severity": "high",
                "date_opened": "2026-11-24 12:00:00",
                **values,
            }
        )

    def test_the_map_of_a_room(self):
        shelf = self.env["stock.location"].create(
            {"name": "A", "location_id": self.store.id, "company_id": self.company.id}
        )
        self.on_hand(self.store, 2)
        self.on_hand(shelf, 5)
        fridge = self.equipment(self.store)
        here = self.problem(self.store)
        inside = self.problem(fridge, severity="critical")
        self.problem(self.reception)
        self.assertEqual(self.store.medical_stock_count, 1)  # one product, two places
        self.assertEqual(self.store.equipment_count, 1)
        self.assertEqual(self.store.medical_problem_ids, here | inside)
        self.assertEqual(self.store.medical_problem_count, 2)
        self.assertEqual(self.store.medical_problem_rank, 4)
        found = self.env["stock.location"].search([("medical_problem_count", ">", 0)])
        self.assertEqual(found & self.rooms, self.store | self.reception)
        calm = self.rooms.search(
            [("medical_problem_count", "=", 0), ("id", "in", self.rooms.ids)]
        )
        self.assertEqual(calm, self.exam_1 | self.exam_2)

    def test_what_is_due_next_in_a_room(self):
        self.assertFalse(self.exam_1.medical_next_due)
        self.schedule._generate()
        rounds = self.schedule.round_ids.sorted("date_due")
        self.rooms.invalidate_recordset()
        self.assertEqual(self.exam_1.medical_next_due, rounds[0].date_due)
        self.assertEqual(self.exam_1.medical_due_count, len(rounds))
        self.assertEqual(self.exam_1.medical_round_ids, rounds[:8])
        self.assertFalse(self.store.medical_next_due)
        self.assertFalse(self.store.medical_round_ids)
        # what is signed or missed does not come any more
        self.env["medical.core.round"]._miss(rounds[0])
        self.rooms.invalidate_recordset()
        self.assertEqual(self.exam_1.medical_next_due, rounds[1].date_due)

    def test_a_round_of_an_asset_comes_to_its_room(self):
        fridge = self.equipment(self.store)
        schedule = self.new_schedule(
            name="Fridge", room_ids=False, equipment_ids=[Command.set(fridge.ids)]
        )
        schedule._generate()
        self.assertEqual(self.store.medical_due_count, len(schedule.round_ids))
        fridge.location_id = self.reception
        self.rooms.invalidate_recordset()
        self.assertFalse(self.store.medical_due_count)
        self.assertTrue(self.reception.medical_due_count)

    def test_the_map_shows_what_the_user_may_see(self):
        self.problem(self.store, department_id=self.front_desk.id)
        self.assertEqual(self.store.medical_problem_count, 1)
        as_head = self.store.with_user(self.users["head"])
        self.assertEqual(as_head.medical_problem_count, 0)

    def test_the_buttons_open_what_they_count(self):
        fridge = self.equipment(self.store)
        self.on_hand(self.store, 2)
        wrong = self.problem(fridge)
        store = self.store.with_user(self.manager)
        for method, found in (
            ("action_medical_open_equipment", fridge),
            ("action_medical_open_problems", wrong),
            ("action_medical_open_rounds", self.env["medical.core.round"]),
        ):
            action = getattr(store, method)()
            self.assertEqual(
                self.env[action["res_model"]].search(action["domain"]), found
            )
        site = self.site.with_user(self.manager).action_medical_open_problems()
        self.assertEqual(self.env[site["res_model"]].search(site["domain"]), wrong)
        action = store.action_medical_open_stock()
        self.assertEqual(
            self.env["stock.quant"].search(action["domain"]).mapped("quantity"), [2]
        )

    def test_the_list_of_rooms_asks_no_more_for_ten_times_the_rooms(self):
        names = [
            "equipment_count",
            "medical_stock_count",
            "medical_next_due",
            "medical_problem_count",
            "medical_problem_rank",
        ]

        def queries(rooms):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rooms.web_read({name: {} for name in names})
            return self.env.cr.sql_log_count - before

        few = self.new_room(name="Few 1") | self.new_room(name="Few 2")
        many = self.env["stock.location"].union(
            *(self.new_room(name=f"Many {number}") for number in range(20))
        )
        for room in few | many:
            self.problem(room)
            self.on_hand(room, 1)
        for rooms in (few, many):
            self.new_schedule(name="All", room_ids=[Command.set(rooms.ids)])._generate()
        queries(few)  # what is looked up once
        self.assertLessEqual(queries(many), queries(few))

    # -------------------------------------------------------------------- the label

    def test_each_room_has_a_code_of_its_own(self):
        codes = self.rooms.mapped("medical_qr_token")
        self.assertEqual(len(set(codes)), 4)
        self.assertTrue(all(len(code) == 24 for code in codes))
        copy = self.store.copy()
        self.assertTrue(copy.medical_qr_token)
        self.assertNotIn(copy.medical_qr_token, codes)
        shelf = self.env["stock.location"].create(
            {"name": "A", "location_id": self.store.id, "company_id": self.company.id}
        )
        self.assertFalse(shelf.medical_qr_token)
        shelf.medical_room_type = "store"
        self.assertTrue(shelf.medical_qr_token)

    def test_the_code_leads_to_the_room(self):
        staff = self.env["stock.location"].with_user(self.users["staff"])
        code = self.store.medical_qr_token
        self.assertEqual(staff._medical_room_from_token(code), self.store)
        self.assertTrue(
            self.store._medical_label_url().endswith(f"/medical_office/room/{code}")
        )

    def test_a_stale_code_and_a_wrong_one(self):
        code = self.store.medical_qr_token
        self.store.with_user(self.manager).action_medical_renew_token()
        for token in (code, "", False, None, 7, "x" * 100, ["a"], "%"):
            with (
                self.subTest(token),
                self.assertRaisesRegex(UserError, "no longer valid.*print a new label"),
            ):
                self.env["stock.location"]._medical_room_from_token(token)

    def test_the_label_of_a_closed_room(self):
        code = self.store.medical_qr_token
        self.store.active = False
        with self.assertRaisesRegex(UserError, "“Store” is closed. Take the label"):
            self.env["stock.location"]._medical_room_from_token(code)

    def test_only_the_manager_renews_labels(self):
        for role in ("staff", "head", "director", "auditor"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.store.with_user(self.users[role]).action_medical_renew_token()
        action = self.store.with_user(self.manager).action_medical_renew_token()
        self.assertIn("Store", action["params"]["message"])
        with self.assertRaisesRegex(UserError, "at least one room"):
            self.site.lot_stock_id.with_user(self.manager).action_medical_renew_token()

    def test_a_code_is_never_typed(self):
        with self.assertRaisesRegex(UserError, "cannot be typed"):
            self.store.with_user(self.manager).medical_qr_token = "mine"
        with self.assertRaisesRegex(UserError, "cannot be typed"):
            self.new_room(user=self.manager, medical_qr_token="mine")

    # ----------------------------------------------------------------- the companies

    def test_rooms_stay_in_their_company(self):
        outsider = self.env["stock.location"].with_user(self.users["outsider"])
        outsider = outsider.with_context(allowed_company_ids=self.other_company.ids)
        self.assertFalse(outsider.search([("id", "in", self.rooms.ids)]))
        with self.assertRaises(UserError):
            outsider._medical_room_from_token(self.store.medical_qr_token)
        with self.assertRaises(AccessError):
            outsider.browse(self.store.id).medical_floor = "2"
