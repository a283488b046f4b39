"""What the tests of payers share: two payers, a provider with credentials, today."""

from datetime import date
from unittest.mock import patch

from odoo import fields

from ..common import PracticeCase

TODAY = date(2026, 11, 30)
NPI = "1234567893"  # the example of the rule itself


class PayerCase(PracticeCase):
    """``self.badger`` pays, ``self.provider`` is the staff's person with an NPI."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(
            patch.object(fields.Date, "context_today", lambda *_args, **_kw: TODAY)
        )
        ref = cls.env.ref
        cls.commercial = ref("medical_office.payer_line_commercial")
        cls.medicare = ref("medical_office.payer_line_medicare")
        cls.badger = cls.payer(
            "Badger Mutual Health",
            payer_ref="BMH01",
            line_ids=[(6, 0, cls.commercial.ids)],
            visits_week=21,
            payment_visit=120,
        )
        cls.federal = cls.payer(
            "Federal Senior Program",
            line_ids=[(6, 0, cls.medicare.ids)],
            review_days=60,
        )
        cls.provider = cls.employees["staff"]
        cls.npi_type = ref("medical_office.people_credential_type_npi")
        cls.md_type = ref("medical_office.people_credential_type_license_md")
        cls.credential(cls.npi_type, number=NPI)

    @classmethod
    def payer(cls, name, **values):
        partner = cls.env["res.partner"].create({"name": name, "is_company": True})
        return cls.env["medical.payer.payer"].create(
            {
                "partner_id": partner.id,
                "company_id": cls.company.id,
                "user_id": cls.users["hr"].id,
                **values,
            }
        )

    @classmethod
    def credential(cls, kind, person=None, **values):
        credentials = cls.env["medical.core.credential"].with_user(cls.users["hr"])
        return credentials.create(
            {
                "type_id": kind.id,
                "user_id": (person or cls.provider).user_id.id,
                "date_from": "2026-01-01",
                "company_id": cls.company.id,
                **values,
            }
        )

    @classmethod
    def enroll(cls, role="hr", **values):
        enrollments = cls.env["medical.payer.enrollment"].with_user(cls.users[role])
        return enrollments.create(
            {
                "provider_id": cls.provider.id,
                "payer_id": cls.badger.id,
                "site_id": cls.site.id,
                "line_id": cls.commercial.id,
                "date_needed": "2026-11-01",
                "visits_week": 21,
                "payment_visit": 120,
                "user_id": cls.users["hr"].id,
                **values,
            }
        )

    @classmethod
    def make_effective(cls, enrollment, day="2026-11-20"):
        enrollment = enrollment.with_user(cls.users["hr"])
        if enrollment.state == "planned":
            enrollment.action_gather()
        if enrollment.state in ("gathering", "returned"):
            enrollment.action_submit()
        enrollment.date_effective = day
        enrollment.action_effective()
        return enrollment
