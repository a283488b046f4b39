"""The practice fixture with a few assets."""

from ..common import PracticeCase


class FacilityCase(PracticeCase):
    """Four rooms with an extinguisher, a vaccine refrigerator and a chair."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reception, cls.exam_1, cls.exam_2, cls.store = cls.rooms
        cls.extinguisher, cls.fridge, cls.chair = cls.env[
            "maintenance.equipment"
        ].create(
            [
                cls._asset_values("Extinguisher 1", "fire_extinguisher", cls.reception),
                cls._asset_values("Vaccine Fridge", "vaccine_refrigerator", cls.store),
                cls._asset_values("Waiting Chair", "waiting_chair", cls.reception),
            ]
        )

    @classmethod
    def kind(cls, code):
        """The kind with this code, as shipped."""
        return cls.env.ref(f"medical_office.facility_kind_{code}")

    @classmethod
    def _asset_values(cls, name, kind, room):
        return {
            "name": name,
            "medical_kind_id": cls.kind(kind).id,
            "location_id": room.id,
            "company_id": cls.company.id,
            "equipment_assign_to": "other",
        }

    def as_outsider(self, records):
        """The same records in the hands of another company's manager."""
        return records.with_user(self.users["outsider"]).with_context(
            allowed_company_ids=self.other_company.ids
        )
