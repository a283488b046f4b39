"""Of several companies each asks its own of its own people."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import PracticeCase


@tagged("post_install", "-at_install")
class TestPeopleCompany(PracticeCase):
    def test_what_one_company_asks_is_its_own(self):
        requirements = self.env["medical.people.requirement"]
        own = requirements.with_user(self.users["hr"])
        values = own.default_get(["company_id"])
        self.assertEqual(values["company_id"], self.company.id)

    def test_the_name_of_another_companys_applicant_is_not_told(self):
        job = self.env["hr.job"].create(
            {"name": "Nurse", "company_id": self.other_company.id}
        )
        applicant = self.env["hr.applicant"].create(
            {
                "partner_name": "Zebulon Quist",
                "job_id": job.id,
                "company_id": self.other_company.id,
            }
        )
        for model, field in (
            ("medical.people.interview", "applicant_id"),
            ("medical.people.hiring", "chosen_id"),
            ("medical.people.offer", "applicant_id"),
        ):
            own = self.env[model].with_user(self.users["hr"])
            with self.subTest(model), self.assertRaises(AccessError) as caught:
                own.create({field: applicant.id})
            self.assertNotIn("Zebulon", str(caught.exception))
