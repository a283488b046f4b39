"""What the tests of the people's part share: jobs, types and credentials."""

from contextlib import contextmanager
from datetime import date

from ..common import PracticeCase

TODAY = date(2026, 11, 30)


class PeopleCase(PracticeCase):
    """Staff is a nurse, head leads; a BLS card and a license are asked of nurses."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["medical.people.requirement"].search([]).active = False
        cls.nurse_job = cls.env["hr.job"].create(
            {"name": "Nurse", "company_id": cls.company.id}
        )
        cls.nurse = cls.employees["staff"]
        cls.nurse.job_id = cls.nurse_job
        ref = cls.env.ref
        cls.bls = ref("medical_office.people_credential_type_bls")
        cls.rn = ref("medical_office.people_credential_type_license_rn")
        cls.lpn = ref("medical_office.people_credential_type_license_lpn")
        cls.dea = ref("medical_office.people_credential_type_dea")
        cls.npi = ref("medical_office.people_credential_type_npi")
        cls.bls_asked, cls.license_asked = cls.env["medical.people.requirement"].create(
            [
                {
                    "type_ids": [(6, 0, types.ids)],
                    "job_ids": [(6, 0, cls.nurse_job.ids)],
                }
                for types in (cls.bls, cls.rn | cls.lpn)
            ]
        )

    def enter(self, kind, person=None, role="hr", **values):
        """A credential entered by a role; of the nurse, where nobody is named."""
        defaults = {
            "type_id": kind.id,
            "user_id": (person or self.nurse).user_id.id,
            "date_from": "2026-01-01",
        }
        if kind.holder_kind != "person":
            del defaults["user_id"]
        credentials = self.env["medical.core.credential"].with_user(self.users[role])
        return credentials.create({**defaults, **values})

    def verify(self, credential, role="manager", **values):
        """Verified by a second person, with proof, through the dialog."""
        wizard = self.env["medical.people.verify.wizard"].with_user(self.users[role])
        wizard.create(
            {
                "credential_id": credential.id,
                "source": "Board's register",
                "proof": b"cHJvb2Y=",
                "proof_name": "register.pdf",
                **values,
            }
        ).action_confirm()
        return credential

    @contextmanager
    def refused(self, error, words):
        """Raises, says so, and leaves nothing half-written."""
        with self.assertRaisesRegex(error, words), self.env.cr.savepoint():
            yield
        self.env.invalidate_all()
