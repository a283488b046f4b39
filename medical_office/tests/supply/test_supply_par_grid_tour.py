"""The grid of par levels in a browser: keyboard, clipboard, one save."""

from odoo.tests import HttpCase, tagged

from .supply_case import SupplyCase


@tagged("post_install", "-at_install")
class TestSupplyParGridTour(SupplyCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # two items, so that rows are where the tour looks for them
        others = cls.env["product.product"].search(
            [
                ("medical_kind", "!=", False),
                ("id", "not in", (cls.gauze | cls.vaccine).ids),
            ]
        )
        others.active = False
        cls.rooms.medical_sequence = 0
        for place, room in enumerate(cls.rooms.sorted("name"), start=1):
            room.medical_sequence = place
        cls.rooms.filtered(lambda room: room.name == "Reception").medical_sequence = 0
        cls.par(cls.exam_1, cls.gauze, 50, 100)

    def levels(self):
        pars = self.env["stock.warehouse.orderpoint"].search(
            [("location_id", "in", self.rooms.ids)], order="location_id, product_id"
        )
        return [
            (
                p.location_id.name,
                p.product_id.name,
                p.product_min_qty,
                p.product_max_qty,
            )
            for p in pars
        ]

    def test_the_manager_types_pastes_and_saves(self):
        login = self.users["manager"].login
        self.start_tour("/odoo/par-grid", "medical_office_par_grid", login=login)
        self.assertEqual(
            self.levels(),
            [
                ("Exam 2", "Gauze 4x4", 10, 20),
                ("Exam 2", "Influenza vaccine", 2, 6),
            ],
        )
        archived = self.env["stock.warehouse.orderpoint"].search(
            [("location_id", "=", self.exam_1.id), ("active", "=", False)]
        )
        self.assertEqual(
            (archived.product_min_qty, archived.product_max_qty), (60, 100)
        )

    def test_staff_only_look(self):
        login = self.users["staff"].login
        self.start_tour("/odoo/par-grid", "medical_office_par_grid_staff", login=login)
        self.assertEqual(self.levels(), [("Exam 1", "Gauze 4x4", 50, 100)])
