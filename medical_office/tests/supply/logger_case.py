"""What tests of loggers share: a refrigerator with a lot, files and their import."""

import base64
from datetime import timedelta

from .supply_case import NOW, SupplyCase

HEADER = "Date Time,Temperature (°C)\n"


class LoggerCase(SupplyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "America/Chicago"
        cls.fridge = cls.fridge_named("Vaccine Fridge")
        cls.shelf = cls.fridge.medical_shelf_id
        cls.lot_a = cls.lot(cls.vaccine, "A1", NOW + timedelta(days=200))
        cls.stock(cls.shelf, cls.vaccine, 10, cls.lot_a)

    @classmethod
    def fridge_named(cls, name):
        kind = cls.env.ref("medical_office.facility_kind_vaccine_refrigerator")
        one = cls.env["maintenance.equipment"].create(
            {
                "name": name,
                "medical_kind_id": kind.id,
                "location_id": cls.store.id,
                "company_id": cls.company.id,
                "equipment_assign_to": "other",
            }
        )
        one._medical_make_shelf()
        return one

    def wizard(self, rows, header=HEADER, unit=None, **values):
        return (
            self.env["medical.supply.logger.wizard"]
            .with_user(self.users["staff"])
            .create(
                {
                    "equipment_id": (unit or self.fridge).id,
                    "file": base64.b64encode((header + rows).encode()),
                    "file_name": "fridge.csv",
                    **values,
                }
            )
        )

    def excursions(self, unit=None):
        return self.env["medical.supply.excursion"].search(
            [("equipment_id", "=", (unit or self.fridge).id)], order="started_at"
        )

    def told(self, unit=None):
        """(start, end, worst) of all excursions, in UTC."""
        return [
            (str(one.started_at), str(one.ended_at or ""), one.worst)
            for one in self.excursions(unit)
        ]

    def files(self, unit=None):
        return self.env["medical.supply.logger.file"].search(
            [("equipment_id", "=", (unit or self.fridge).id)], order="id"
        )
