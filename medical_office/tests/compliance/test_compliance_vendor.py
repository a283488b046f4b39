"""Business associates, and what a vendor needs before anything is ordered from it."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..supply.bill_case import BillCase
from ..supply.supply_case import TODAY
from .exclusion_case import LEIE, ExclusionLists, person


@tagged("post_install", "-at_install")
class TestComplianceVendor(ExclusionLists, BillCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vendor.write({"name": "Harbor Lantern Supply", "is_company": True})
        cls.associate = (
            cls.env["medical.compliance.associate"]
            .with_user(cls.users["manager"])
            .create({"partner_id": cls.vendor.id, "services": "Shreds paper charts"})
        )

    def rule(self, role="director", **values):
        return (
            self.env["medical.compliance.vendor.rule"]
            .with_user(self.users[role])
            .create({"date_from": TODAY, "company_id": self.company.id, **values})
        )

    def paper(self, kind, role="hr", verifier="manager", **values):
        paper = (
            self.env["medical.core.credential"]
            .with_user(self.users[role])
            .create(
                {
                    "type_id": self.env.ref(
                        f"medical_office.compliance_credential_type_{kind}"
                    ).id,
                    "partner_id": self.vendor.id,
                    "date_from": TODAY,
                    **values,
                }
            )
        )
        if verifier:
            paper.with_user(self.users[verifier]).action_verify("Seen, signed by both")
        self.env.invalidate_all()
        return paper

    def test_without_a_rule_nothing_is_asked(self):
        self.assertTrue(self.order())

    def test_an_associate_is_not_ordered_from_without_a_verified_agreement(self):
        self.rule(needs_agreement=True)
        with self.assertRaisesRegex(
            UserError, "is missing a business associate agreement in force"
        ):
            self.order()
        paper = self.paper("agreement", verifier=None)
        self.assertEqual(self.associate.agreement_status, "unverified")
        with self.assertRaisesRegex(
            UserError, "is missing a business associate agreement in force"
        ):
            self.order()
        paper.with_user(self.users["manager"]).action_verify("Seen, signed by both")
        self.env.invalidate_all()
        self.assertEqual(self.associate.agreement_status, "in_force")
        self.assertTrue(self.order())

    def test_a_rule_binds_from_its_day_and_only_its_vendors(self):
        self.rule(date_from="2026-12-01", needs_agreement=True)
        self.assertTrue(self.order())
        self.rule(vendor_kind="onsite", needs_insurance=True)
        self.assertTrue(self.order())  # it does not work in the building
        self.env["medical.facility.vendor.approval"].create(
            {
                "partner_id": self.vendor.id,
                "company_id": self.company.id,
                "insurance_until": "2026-01-31",
            }
        )
        with self.assertRaisesRegex(
            UserError, "is missing a certificate of insurance in force"
        ):
            self.order()
        self.paper("insurance", date_to="2027-01-31")
        self.assertTrue(self.order())

    def test_a_vendor_that_nobody_has_screened_is_not_ordered_from(self):
        self.rule(vendor_kind="any", needs_screening=True)
        with self.assertRaisesRegex(UserError, "is missing an exclusion screening"):
            self.order()
        self.vendor.supplier_rank = 1
        self.import_list(LEIE + person("OTHERBY", "SOLOMON"))
        self.assertEqual(self.vendor.medical_exclusion, "clear")
        self.assertTrue(self.order())

    def test_many_vendors_take_no_more_queries_than_one(self):
        self.rule(vendor_kind="any", needs_insurance=True, needs_screening=True)
        firms = self.env["res.partner"].create(
            [{"name": f"Firm {n}", "is_company": True} for n in range(30)]
        )
        rules = self.env["medical.compliance.vendor.rule"]
        self.env.flush_all()
        counts = []
        for some in (firms[:2], firms):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.assertEqual(len(rules._lacking(some, TODAY)), len(some))
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)

    def test_only_the_director_sets_rules(self):
        for role in ("manager", "hr", "accountant", "staff", "auditor"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.rule(role, needs_agreement=True)

    def test_the_check_finds_what_is_missing_and_what_ends(self):
        def found():
            rows = self.env["medical.compliance.associate"]._medical_check_agreements()
            return [r.summary for r in rows.rows if r.company_id == self.company.id]

        self.assertIn("no business associate agreement", found()[0])
        paper = self.paper("agreement", date_to="2026-12-31")
        self.assertIn("ends on 12/31/2026", found()[0])
        paper.with_user(self.users["manager"]).action_void("Replaced")
        self.paper("agreement", date_to="2028-12-31")
        self.assertEqual(found(), [])

    def test_the_report_shows_what_is_on_file(self):
        self.paper("agreement", date_to="2028-12-31")
        report = self.env["report.medical_office.compliance_associate_report"]
        associate = self.associate.with_user(self.users["auditor"])
        [sheet] = report.with_user(self.users["auditor"])._sheets(associate, {})
        [row] = sheet.rows
        self.assertEqual(
            (row["vendor"], row["agreement"]), (self.vendor.name, "In force")
        )
