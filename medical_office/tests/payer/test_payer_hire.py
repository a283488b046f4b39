"""A new provider over all payers: from the dialog, and from an accepted offer."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .payer_case import PayerCase


@tagged("post_install", "-at_install")
class TestPayerHire(PayerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls.env["hr.job"].create(
            {"name": "Family Physician", "company_id": cls.company.id}
        )
        cls.env["medical.people.requirement"].create(
            {
                "company_id": cls.company.id,
                "type_ids": [Command.set(cls.npi_type.ids)],
                "job_ids": [Command.set(cls.job.ids)],
            }
        )

    def wizard(self, role="hr", **values):
        return (
            self.env["medical.payer.setup.wizard"]
            .with_user(self.users[role])
            .with_company(self.company)
            .create(
                {
                    "provider_id": self.provider.id,
                    "date_needed": "2027-06-01",
                    **values,
                }
            )
        )

    def of(self, person):
        return self.env["medical.payer.enrollment"].search(
            [("provider_id", "=", person.id)]
        )

    def test_all_payers_at_once_and_nothing_twice(self):
        wizard = self.wizard()
        self.assertEqual(wizard.count, 2)
        self.assertIn("start by 02/17/2027", wizard.summary)
        wizard.action_plan()
        made = self.of(self.provider)
        self.assertEqual(set(made.payer_id), {self.badger, self.federal})
        self.assertEqual(set(made.mapped("date_needed")), {date(2027, 6, 1)})
        with self.assertRaisesRegex(UserError, "already"):
            self.wizard().action_plan()

    def test_only_who_keeps_enrollments_plans(self):
        for role in ("staff", "accountant", "director"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.wizard(role)

    def hire(self, job):
        return self.env["hr.employee"].create(
            {
                "name": "Rosalind Thackeray",
                "company_id": self.company.id,
                "job_id": job.id,
                "date_version": "2027-06-01",
                "contract_date_start": "2027-06-01",
            }
        )

    def test_a_new_provider_is_planned_with_every_payer(self):
        person = self.hire(self.job)
        person._medical_begin_hire()
        made = self.of(person)
        self.assertEqual(set(made.payer_id), {self.badger, self.federal})
        self.assertEqual(set(made.mapped("state")), {"planned"})
        first = made.filtered(lambda one: one.payer_id == self.badger)
        self.assertEqual(first.date_submit, date(2027, 3, 3))
        self.assertEqual((first.visits_week, first.payment_visit), (21, 120))
        person._medical_begin_hire()
        self.assertEqual(self.of(person), made)

    def test_who_is_no_provider_is_planned_with_nobody(self):
        job = self.job.copy({"name": "Receptionist"})
        person = self.hire(job)
        person._medical_begin_hire()
        self.assertFalse(self.of(person))

    def test_an_accepted_offer_plans_the_enrollments(self):
        offer = self.env["medical.people.offer"].create(
            {
                "name": "Rosalind Thackeray",
                "job_id": self.job.id,
                "company_id": self.company.id,
                "date_start": "2027-06-01",
                "wage": 210000,
            }
        )
        public = self.env.ref("base.public_user")
        # sudo: as the offer's page does when the candidate accepts
        employee = offer.with_user(public).sudo()._hire()
        made = self.of(employee)
        self.assertEqual(set(made.payer_id), {self.badger, self.federal})
        self.assertEqual(set(made.mapped("date_needed")), {date(2027, 6, 1)})
