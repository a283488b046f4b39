"""What tests of repair requests start from: rounds over two assets, people, a vendor."""

from datetime import date

from odoo import Command, fields

from ..core.round_case import RoundCase

TODAY = date(2026, 11, 24)


class RequestCase(RoundCase):
    """``self.round``: an open round over an autoclave (critical) and a chair.

    ``staff`` walks, ``head`` of Nursing and the ``manager`` close; ``payroll`` is the
    technician of the rule, ``hr`` the backup.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind = cls.env["medical.facility.kind"].create(
            {
                "name": "Test sterilizer",
                "code": "test_sterilizer",
                "family": "medical_device",
                "is_critical": True,
                "life_years": 10,
            }
        )
        cls.plain_kind = cls.env["medical.facility.kind"].create(
            {"name": "Test chair", "code": "test_chair", "family": "furniture"}
        )
        cls.autoclave, cls.chair = cls.env["maintenance.equipment"].create(
            [
                {
                    "name": name,
                    "medical_kind_id": kind.id,
                    "location_id": cls.exam_1.id,
                    "company_id": cls.company.id,
                    "equipment_assign_to": "other",
                    "medical_replacement_value": value,
                    "medical_purchase_date": "2020-11-24",
                    "effective_date": "2020-11-24",
                }
                for name, kind, value in (
                    ("Autoclave", cls.kind, 5000),
                    ("Chair", cls.plain_kind, 200),
                )
            ]
        )
        cls.team = cls.env["maintenance.team"].create(
            {
                "name": "Facility team",
                "company_id": cls.company.id,
                "medical_hour_cost": 40,
                "member_ids": [
                    Command.set((cls.users["payroll"] | cls.users["hr"]).ids)
                ],
            }
        )
        cls.technician, cls.second = cls.users["payroll"], cls.users["hr"]
        cls.duty = cls.env["medical.facility.duty"].create(
            {
                "company_id": cls.company.id,
                "team_id": cls.team.id,
                "user_id": cls.technician.id,
                "backup_id": cls.second.id,
            }
        )
        cls.asset_list = cls.env["medical.core.checklist"].create(
            {
                "name": "Devices",
                "company_id": cls.company.id,
                "item_ids": [
                    Command.create(
                        {
                            "name": "Works and is clean",
                            "severity": "high",
                            "citation": "Test standard 1.1",
                        }
                    )
                ],
            }
        )
        cls.asset_schedule = cls.new_schedule(
            name="Devices",
            checklist_id=cls.asset_list.id,
            room_ids=False,
            equipment_ids=[Command.set((cls.autoclave | cls.chair).ids)],
        )
        cls.round = cls.new_round(cls.asset_schedule)
        cls.vendor = cls.env["res.partner"].create({"name": "Volt Electric"})

    @classmethod
    def line(cls, asset, one=None):
        one = one or cls.round
        one._ensure_lines()
        return one.line_ids.filtered(lambda line: line.equipment_id == asset)

    def fail_line(self, asset, note="Does not heat", user=None, one=None):
        """The line of ``asset`` fails, entered by staff; the request it opened."""
        line = self.line(asset, one).with_user(user or self.users["staff"])
        line.write({"result": "fail", "note": note})
        return self.env["maintenance.request"].browse(line.sudo().medical_request_id.id)

    def report(self, role="staff", **values):
        """A request by hand."""
        return (
            self.env["maintenance.request"]
            .with_user(self.users[role])
            .create({"name": "Broken", "company_id": self.company.id, **values})
        )

    def repair(self, request, user=None):
        request = request.with_user(user or self.technician)
        request.action_medical_start()
        request.action_medical_repaired()

    def credential_type(self, code):
        return self.env.ref(f"medical_office.core_credential_type_{code}")

    def approve_vendor(self, **values):
        return self.env["medical.facility.vendor.approval"].create(
            {
                "partner_id": self.vendor.id,
                "company_id": self.company.id,
                "insurance_until": fields.Date.add(TODAY, days=60),
                "credential_type_ids": self.credential_type("electrical").ids,
                **values,
            }
        )
