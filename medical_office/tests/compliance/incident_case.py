"""Incidents on the practice fixture, with a compliance officer."""

from datetime import date, datetime

from odoo import Command
from odoo.tests import freeze_time, new_test_user

from ..common import PracticeCase

NOW = datetime(2026, 11, 24, 18, 5, 17)
TODAY = date(2026, 11, 24)


class IncidentCase(PracticeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NOW))
        cls.users["officer"] = new_test_user(
            cls.env,
            "test_officer",
            groups="medical_office.compliance_group_officer",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            tz="America/Chicago",
        )

    def incident(self, role="staff", **values):
        return (
            self.env["medical.compliance.incident"]
            .with_user(self.users[role])
            .create(
                {
                    "kind": "needle",
                    "what": "Stuck by a needle left in a tray",
                    "room_id": self.rooms[1].id,
                    "happened_on": TODAY,
                    **values,
                }
            )
        )

    def seen(self, role, incident):
        """Whether a role finds an incident."""
        found = self.env["medical.compliance.incident"].with_user(self.users[role])
        return bool(found.search([("id", "=", incident.id)]))
