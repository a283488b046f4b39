"""A practice that makes offers: grades, plans, a candidate."""

from datetime import date

from odoo import Command

from .payroll_case import PayrollCase

START = date(2026, 7, 6)
EXPIRY = date(2026, 6, 30)


class OfferCase(PayrollCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["medical.core.limit"].search([("kind", "=", "offer")]).unlink()
        cls.env["medical.core.limit"].create(
            [
                {"kind": "offer", "role": "manager", "amount": 60000},
                {"kind": "offer", "role": "director", "is_unlimited": True},
            ]
        )
        cls.job = cls.env["hr.job"].create(
            {"name": "Medical Assistant", "company_id": cls.company.id}
        )
        cls.grade = cls.env["medical.people.grade"].create(
            {
                "name": "MA-2",
                "company_id": cls.company.id,
                "job_id": cls.job.id,
                "per": "hour",
                "minimum": 18,
                "midpoint": 22,
                "maximum": 26,
                "date_from": date(2026, 1, 1),
            }
        )
        insurer = cls.partner("Dane Health Plan")
        cls.health, cls.saving, cls.license = cls.env[
            "medical.people.benefit.plan"
        ].create(
            [
                {
                    "name": "Health plan",
                    "company_id": cls.company.id,
                    "benefit": "medical",
                    "payee_id": insurer.id,
                    "waiting_days": 30,
                    "starts_on_first": True,
                    "tier_ids": [
                        Command.create(
                            {
                                "covered": "employee",
                                "employee_month": 120,
                                "employer_month": 480,
                            }
                        )
                    ],
                },
                {
                    "name": "401(k)",
                    "company_id": cls.company.id,
                    "benefit": "retirement",
                    "match_ids": [Command.create({"rate": 100, "pay_percent": 4})],
                },
                {
                    "name": "License fees",
                    "company_id": cls.company.id,
                    "benefit": "license",
                    "employer_month": 15,
                },
            ]
        )

    def offer(self, role="hr", **values):
        """A draft offer of $78,000 a year, made by a role."""
        return (
            self.env["medical.people.offer"]
            .with_user(self.users[role])
            .create(
                {
                    "name": "Carla Candidate",
                    "email": "carla@candidates.example",
                    "company_id": self.company.id,
                    "job_id": self.job.id,
                    "department_id": self.nursing.id,
                    "resource_calendar_id": self.calendar.id,
                    "date_start": START,
                    "date_expiry": EXPIRY,
                    "per": "year",
                    "wage": 78000,
                    "exempt": True,
                    "schedule_id": self.schedule.id,
                    **values,
                }
            )
        )

    def fringe(self):
        """Health for the employee, 6% into the 401(k), license fees."""
        return [
            Command.create(
                {"plan_id": self.health.id, "tier_id": self.health.tier_ids.id}
            ),
            Command.create({"plan_id": self.saving.id, "percent": 6}),
            Command.create({"plan_id": self.license.id}),
        ]

    def sent(self, **values):
        """An offer approved by the director and sent."""
        offer = self.offer(line_ids=self.fringe(), **values)
        offer.action_submit()
        offer.with_user(self.users["director"]).action_approve()
        offer.action_send()
        return offer
