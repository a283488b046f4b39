"""The sample practice's credentials and files: some end, some are not complete."""

from collections import Counter
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

PARTS = ["company", "people", "people_credentials", "people_files"]


@tagged("post_install", "-at_install")
class TestPeopleSample(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        sample = cls.env["medical.core.sample"]
        cls.startClassPatcher(
            patch.object(type(sample), "_parts", lambda _self: list(PARTS))
        )
        cls.company = cls.env["res.company"].browse(sample.load())
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )

    def person(self, key):
        return self.env.ref(f"medical_office_sample.person_{key}")

    def statuses(self, key):
        rows = self.env["medical.people.readiness"].search(
            [("employee_id", "=", self.person(key).id)]
        )
        return {row.requirement_id.type_ids[0].code: row.status for row in rows}

    def test_most_credentials_are_in_force_and_each_kind_of_gap_is_shown(self):
        rows = self.env["medical.people.readiness"].search(
            [("company_id", "=", self.company.id)]
        )
        counts = Counter(rows.mapped("status"))
        self.assertGreater(counts["held"], 60)
        self.assertEqual(
            set(counts), {"held", "ending", "unverified", "expired", "missing"}
        )
        self.assertEqual(self.statuses("bailey")["bls"], "expired")
        self.assertEqual(self.statuses("kim")["bls"], "missing")
        self.assertEqual(self.statuses("haddad")["dea"], "unverified")
        self.assertEqual(self.statuses("okafor")["dea"], "ending")

    def test_nobody_verified_what_they_hold_themselves_or_entered(self):
        verified = self.env["medical.core.credential"].search(
            [("company_id", "=", self.company.id), ("state", "=", "verified")]
        )
        own = verified.filtered(lambda c: c.user_id == c.verified_by_id)
        self.assertFalse(own.filtered(lambda c: c.create_uid == c.verified_by_id))

    def test_one_hire_is_in_progress_and_three_files_are_in_part(self):
        hire = self.person("whitaker")
        form = self.env["medical.people.i9"].search([("employee_id", "=", hire.id)])
        self.assertEqual(form.state, "section_1")
        self.assertTrue(hire._medical_hire_gaps())
        rows = self.env["medical.people.standing"].search(
            [
                ("company_id", "=", self.company.id),
                ("status", "in", ("missing", "requested")),
            ]
        )
        admin = self.env.ref("base.user_admin").employee_ids
        names = {row.employee_id for row in rows} - set(admin)
        partly = {self.person(key) for key in ("kim", "haddad", "ito", "whitaker")}
        self.assertEqual(names, partly)
