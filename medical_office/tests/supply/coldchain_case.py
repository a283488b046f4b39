"""What tests of the cold chain share: two refrigerators, lots, a round that is due."""

from datetime import timedelta

from .supply_case import NOW, SupplyCase


class ColdchainCase(SupplyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fridge, cls.spare = cls.env["maintenance.equipment"].create(
            [
                {
                    "name": name,
                    "medical_kind_id": cls.env.ref(
                        "medical_office.facility_kind_vaccine_refrigerator"
                    ).id,
                    "location_id": cls.store.id,
                    "company_id": cls.company.id,
                    "equipment_assign_to": "other",
                }
                for name in ("Vaccine Fridge", "Spare Fridge")
            ]
        )
        (cls.fridge | cls.spare)._medical_make_shelf()
        cls.shelf = cls.fridge.medical_shelf_id
        cls.lot_a = cls.lot(cls.vaccine, "A1", NOW + timedelta(days=200))
        cls.lot_b = cls.lot(cls.vaccine, "B2", NOW + timedelta(days=90))
        cls.stock(cls.shelf, cls.vaccine, 10, cls.lot_a)
        cls.stock(cls.shelf, cls.vaccine, 5, cls.lot_b)
        cls.stock(cls.exam_1, cls.vaccine, 2, cls.lot_a)
        # what has lain there for a while
        quants = cls.env["stock.quant"].search([("location_id", "=", cls.shelf.id)])
        quants.in_date = NOW - timedelta(days=30)
        cls.schedule = cls.env["medical.core.schedule"].create(
            {
                "checklist_id": cls.env.ref(
                    "medical_office.facility_checklist_vaccine_refrigerator"
                ).id,
                "equipment_ids": [(6, 0, cls.fridge.ids)],
                "company_id": cls.company.id,
                "owner_id": cls.users["staff"].id,
                "backup_id": cls.users["head"].id,
                "frequency": "daily",
                "times": "12:00",
                "window_hours": 4,
                "date_start": NOW.date(),
            }
        )
        cls.schedule._generate(NOW.date(), NOW.date())
        cls.round = cls.env["medical.core.round"].search(
            [("schedule_id", "=", cls.schedule.id)]
        )[:1]

    def enter(self, value, what="now", user="staff"):
        """Enter a temperature on the round, as on the phone."""
        one = self.round.with_user(self.users[user])
        if one.state == "planned":
            one.action_start()
        item = self.env.ref(
            f"medical_office.facility_checklist_vaccine_refrigerator_{what}"
        )
        line = one.line_ids.filtered(lambda x: x.item_id == item)
        line._enter({"value_number": value})
        return line

    def excursion(self):
        return self.env["medical.supply.excursion"].search(
            [("equipment_id", "=", self.fridge.id)]
        )
