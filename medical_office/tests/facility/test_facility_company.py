"""Asset types and required checks of one company are the others' business in nothing."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import PracticeCase


@tagged("post_install", "-at_install")
class TestFacilityCompany(PracticeCase):
    def test_what_one_company_makes_is_its_own(self):
        """Who works for one of several companies adds to that one, and never to all."""
        kinds = self.env["medical.facility.kind"].with_user(self.users["manager"])
        own = kinds.create({"name": "Robot", "code": "robot", "family": "it"})
        self.assertEqual(own.company_id, self.company)
        with self.assertRaises(AccessError):  # undone with it
            own.company_id = False
        self.assertFalse(
            self.env["medical.facility.kind"]
            .with_user(self.users["outsider"])
            .with_user(self.users["outsider"])
            .with_context(allowed_company_ids=self.other_company.ids)
            .search([("code", "=", "robot")])
        )

    def test_a_copied_kind_is_changed_for_the_own_company(self):
        shared = self.env.ref("medical_office.facility_kind_vaccine_refrigerator")
        kinds = shared.with_user(self.users["manager"])
        copy = kinds.copy({"company_id": self.company.id})
        copy.life_years = 7
        self.assertEqual((copy.code, copy.life_years), (shared.code, 7))
        self.assertNotEqual(shared.life_years, 7)

    def test_a_rule_of_one_company_asks_nothing_of_the_others(self):
        rules = self.env["medical.facility.rule"].with_user(self.users["manager"])
        own = rules.create(
            {
                "applies_to": "room",
                "checklist_id": self.env["medical.core.checklist"]
                .create({"name": "Look", "company_id": self.company.id})
                .id,
                "citation": "Own rule",
            }
        )
        self.assertEqual(own.company_id, self.company)
        rule = own.with_user(self.env.user)
        both = self.company | self.other_company
        missing = rule.with_company(self.company)._missing(both)
        self.assertEqual(missing[rule].company_id, self.company)
