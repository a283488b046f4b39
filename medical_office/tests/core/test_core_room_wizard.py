"""Many rooms at once, by count or from a list: all of them or none."""

import base64

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import PracticeCase


@tagged("post_install", "-at_install")
class TestCoreRoomWizard(PracticeCase):
    def wizard(self, **values):
        return (
            self.env["medical.core.room.wizard"]
            .with_user(self.users["manager"])
            .create({"site_id": self.site.id, **values})
        )

    def by_count(self, *lines):
        return self.wizard(
            line_ids=[Command.clear()]
            + [
                Command.create({"room_type": kind, "count": count, **more})
                for kind, count, more in lines
            ]
        )

    def from_list(self, text, **values):
        file = base64.b64encode(text.encode())
        return self.wizard(source="file", file=file, file_name="rooms.csv", **values)

    def made(self, wizard):
        action = wizard.action_create_rooms()
        return self.env[action["res_model"]].search(action["domain"], order="id")

    # --------------------------------------------------------------------- by count

    def test_so_many_of_each_type(self):
        wizard = self.by_count(
            ("exam", 2, {"floor": "2"}),
            ("lab", 1, {}),
            ("office", 2, {"stem": "Desk"}),
            ("store", 0, {}),
        )
        wizard.manager_id = self.users["head"]
        rooms = self.made(wizard)
        # Exam 1 and 2 are there already
        self.assertEqual(
            rooms.mapped("name"), ["Exam 3", "Exam 4", "Lab", "Desk 1", "Desk 2"]
        )
        self.assertEqual(rooms.mapped("medical_floor"), ["2", "2", False, False, False])
        self.assertEqual(rooms.medical_manager_id, self.users["head"])
        self.assertEqual(rooms.medical_site_id, self.site)
        self.assertTrue(all(rooms.mapped("medical_qr_token")))
        orders = rooms.mapped("medical_sequence")
        self.assertEqual(orders, sorted(set(orders)))
        self.assertGreater(orders[0], max(self.rooms.mapped("medical_sequence")))

    def test_the_same_type_on_two_floors(self):
        rooms = self.made(
            self.by_count(("exam", 1, {"floor": "1"}), ("exam", 1, {"floor": "2"}))
        )
        self.assertEqual(rooms.mapped("name"), ["Exam 3", "Exam 4"])

    def test_a_name_of_a_closed_room_is_taken(self):
        self.rooms[2].active = False  # Exam 2
        rooms = self.made(self.by_count(("exam", 1, {})))
        self.assertEqual(rooms.name, "Exam 3")

    def test_too_many_too_few_or_none(self):
        for lines, message in (
            ([("exam", -1, {})], "Exam room: enter a number between 0 and 500"),
            ([("exam", 501, {})], "Exam room: enter a number between 0 and 500"),
            (
                [("exam", 300, {}), ("lab", 300, {})],
                "600 rooms is too many",
            ),
            ([("exam", 0, {})], "Enter how many rooms of each type"),
            ([], "Enter how many rooms of each type"),
        ):
            with self.subTest(lines), self.assertRaisesRegex(UserError, message):
                self.by_count(*lines).action_create_rooms()

    def test_the_dry_run_makes_nothing(self):
        before = self.env["stock.location"].search_count([])
        wizard = self.by_count(("exam", 2, {"floor": "2"}))
        action = wizard.action_check()
        self.assertEqual(action["res_id"], wizard.id)
        self.assertEqual(wizard.room_count, 2)
        self.assertFalse(wizard.problems)
        self.assertEqual(
            wizard.preview, "Exam 3 · Exam room · 2\nExam 4 · Exam room · 2"
        )
        self.assertEqual(self.env["stock.location"].search_count([]), before)

    # ------------------------------------------------------------------ from a list

    def test_a_list(self):
        login = self.users["staff"].login
        rooms = self.made(
            self.from_list(
                "Room,Type,Floor,Order,Manager,Department\n"
                f"Procedure A,procedure,1,70,{login},nursing\n"
                "Office,Office,2,,,\n",
                manager_id=self.users["head"].id,
            )
        )
        first, second = rooms
        self.assertEqual(first.medical_room_type, "procedure")
        self.assertEqual(first.medical_sequence, 70)
        self.assertEqual(first.medical_manager_id, self.users["staff"])
        self.assertEqual(first.medical_department_id, self.nursing)
        self.assertEqual(second.medical_room_type, "office")
        self.assertEqual(second.medical_manager_id, self.users["head"])
        self.assertFalse(second.medical_department_id)

    def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_made(self):
        before = self.env["stock.location"].search_count([])
        wizard = self.from_list(
            "Room,Type,Manager,Department\n"
            "Exam 1,exam,,\n"
            "New,lab,nobody,\n"
            "new,lab,,Surgery\n"
        )
        wizard.action_check()
        self.assertEqual(wizard.room_count, 0)
        problems = wizard.problems.splitlines()
        self.assertEqual(len(problems), 4, wizard.problems)
        for expected, problem in zip(
            ("Row 2.*“Exam 1”", "Row 4.*“new”", "Row 3, Manager.*“nobody”",
             "Row 4, Department.*“Surgery”"),
            problems,
            strict=True,
        ):  # fmt: skip
            self.assertRegex(problem, expected)
        with self.assertRaisesRegex(UserError, "Row 2"):
            wizard.action_create_rooms()
        self.assertEqual(self.env["stock.location"].search_count([]), before)

    def test_a_list_that_is_none(self):
        for text in ("", "Room,Type\n", "a,b\n1,2\n", "\x00\x01"):
            with self.subTest(text), self.assertRaises(UserError):
                self.from_list(text).action_create_rooms()
        with self.assertRaises(UserError):
            self.wizard(source="file").action_create_rooms()

    def test_the_empty_list_can_be_filled_in_and_read(self):
        wizard = self.wizard(source="file")
        action = wizard.action_template()
        self.assertIn(f"/{wizard.id}/file/rooms.csv", action["url"])
        self.rooms[1].active = False
        self.rooms[1].name = "Old"  # its example is a room that is there
        self.assertEqual(self.made(wizard).name, "Exam 1")

    def test_people_of_another_company_are_unknown(self):
        wizard = self.from_list(
            f"Room,Type,Manager\nNew,lab,{self.users['outsider'].login}\n"
        )
        with self.assertRaisesRegex(UserError, "no user of Test Practice is called"):
            wizard.action_create_rooms()

    # -------------------------------------------------------------------- who, speed

    def test_only_the_manager(self):
        for role in ("staff", "head", "director", "auditor"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.env["medical.core.room.wizard"].with_user(self.users[role]).create(
                    {"site_id": self.site.id}
                )

    def test_the_queries_for_a_check_do_not_grow_with_the_list(self):
        def queries(count):
            lines = "".join(f"Cell {count} {n},exam,1\n" for n in range(count))
            wizard = self.from_list("Room,Type,Floor\n" + lines)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            wizard.action_check()
            self.env.flush_all()
            self.assertEqual(wizard.room_count, count)
            return self.env.cr.sql_log_count - before

        queries(1)
        self.assertLessEqual(queries(100), queries(10))
