"""The month's screening: certificate, signature, and what is missed."""

from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..common import RpcClient
from .exclusion_case import LEIE, ExclusionCase, person

JANE = LEIE + person("QUILLFEATHER", "JANE")
NOBODY = LEIE + person("OTHERBY", "SOLOMON")


@tagged("post_install", "-at_install")
@freeze_time(datetime(2026, 11, 24, 18, 0))
class TestComplianceScreening(ExclusionCase):
    def screening(self):
        return self.env["medical.compliance.exclusion.screening"].search(
            [("company_id", "=", self.company.id)]
        )

    def summaries(self, method):
        model = "screening" if method == "_medical_check_missed" else "match"
        records = self.env[f"medical.compliance.exclusion.{model}"]
        rows = getattr(records, method)().rows
        return [row.summary for row in rows if row.company_id == self.company.id]

    def test_an_import_is_the_screening_of_its_month(self):
        self.import_list(NOBODY)
        one = self.screening()
        self.assertEqual((str(one.month), one.state), ("2026-11-01", "done"))
        self.assertIn("OIG LEIE of 11/10/2026", one.sources)
        self.assertIn("Jane Quillfeather", one.line_ids.mapped("name"))
        self.assertEqual(one.party_count, len(one.line_ids))

    def test_it_is_signed_when_every_match_is_resolved_and_then_stays(self):
        self.import_list(JANE)
        one = self.screening().with_user(self.users["manager"])
        with self.assertRaisesRegex(UserError, "1 matches are still"):
            one.action_sign()
        match = self.env["medical.compliance.exclusion.match"].search(
            [("party_id", "=", self.party(self.nurse).id)]
        )
        self.confirm(match, "other")
        self.env.invalidate_all()
        one.action_sign()
        self.assertEqual(one.signed_by_id, self.users["manager"])
        result = {line.name: line.result for line in one.line_ids}
        self.assertEqual(result["Jane Quillfeather"], "clear")
        self.assertTrue(one._is_unchanged())
        one.action_screen_all()
        self.assertTrue(one._is_unchanged())
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE medical_compliance_exclusion_screened SET name = 'X' WHERE id = %s",
            [one.line_ids[0].id],
        )
        self.env.invalidate_all()
        self.assertFalse(one._is_unchanged())

    def test_hr_and_staff_sign_nothing(self):
        self.import_list(NOBODY)
        for role in ("hr", "staff", "auditor"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.screening().with_user(self.users[role]).action_sign()

    def test_without_a_list_nothing_is_screened_and_the_check_says_so(self):
        with self.assertRaisesRegex(UserError, "No exclusion list"):
            self.env["medical.compliance.exclusion.screening"].with_user(
                self.users["hr"]
            ).action_screen_all()
        self.assertIn("nobody is screened", self.summaries("_medical_check_missed")[0])

    def test_a_missed_month_and_an_old_list_are_found(self):
        self.import_list(NOBODY)
        self.assertEqual(self.summaries("_medical_check_missed"), [])
        with freeze_time(datetime(2026, 12, 10, 18, 0)):
            [unsigned] = self.summaries("_medical_check_missed")
        self.assertIn("November 2026 is not signed", unsigned)
        with freeze_time(datetime(2027, 1, 20, 18, 0)):
            found = " ".join(self.summaries("_medical_check_missed"))
        self.assertIn("The OIG list is of", found)
        self.assertIn("in January 2027", found)

    def test_the_job_screens_each_month_once(self):
        self.import_list(NOBODY)
        with freeze_time(datetime(2026, 12, 1, 18, 0)):
            for _run in range(2):
                self.env["medical.compliance.exclusion.party"]._cron_new()
        months = self.screening().mapped("month")
        self.assertEqual([str(m) for m in months], ["2026-12-01", "2026-11-01"])

    def test_open_matches_are_found_and_lead_to_the_match(self):
        self.import_list(JANE)
        [text] = self.summaries("_medical_check_unresolved")
        self.assertIn("Jane Quillfeather may stand on", text)
        action = self.party(self.nurse)._medical_open_action()
        self.assertEqual(action["res_model"], "medical.compliance.exclusion.match")


@tagged("post_install", "-at_install")
class TestComplianceScreeningDoors(ExclusionCase, RpcClient):
    def test_a_certificate_is_not_typed(self):
        self.import_list(NOBODY)
        one = self.env["medical.compliance.exclusion.screening"].search(
            [("company_id", "=", self.company.id)]
        )
        self.sign_in("director")
        self.call_refused(one._name, "write", one.ids, {"party_count": 9})
        self.call_refused(one._name, "write", one.ids, {"state": "signed"})
        self.call_refused(one._name, "write", one.ids, {"line_ids": [[5, 0, 0]]})
        self.call_refused(one._name, "create", {"month": "2026-01-01"})
