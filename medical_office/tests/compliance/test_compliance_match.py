"""Matches: found, answered by one, confirmed by another, remembered until changed."""

from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import RpcClient
from .exclusion_case import LEIE, ExclusionCase, firm, person

JANE = LEIE + person("QUILLFEATHER", "JANE") + person("OTHERBY", "SOLOMON", "19600202")


@tagged("post_install", "-at_install")
class TestComplianceMatch(ExclusionCase):
    def match(self, record=None):
        party = self.party(record or self.nurse)
        return self.env["medical.compliance.exclusion.match"].search(
            [("party_id", "=", party.id)]
        )

    def screen(self, record=None):
        self.party(record or self.nurse).with_user(self.users["hr"]).action_screen()
        self.env.invalidate_all()

    def test_whoever_is_hired_applies_or_sells_is_a_party_by_itself(self):
        self.assertEqual(self.party(self.nurse).kind, "employee")
        self.assertEqual(self.party(self.nurse).birth_date, date(1970, 1, 31))
        self.assertTrue(self.party(self.vendor).is_business)
        applicant = self.env["hr.applicant"].create(
            {"partner_name": "Odo Applicant", "company_id": self.company.id}
        )
        party = self.env["medical.compliance.exclusion.party"].search(
            [("applicant_id", "=", applicant.id)]
        )
        self.assertEqual((party.name, party.result), ("Odo Applicant", "never"))

    def test_an_import_screens_everybody_and_says_why(self):
        self.import_list(JANE)
        match = self.match()
        self.assertEqual(match.state, "open")
        self.assertGreaterEqual(match.score, 90)
        self.assertIn("same birth date", match.reason)
        self.assertEqual(match.listed_name, "JANE QUILLFEATHER")
        self.assertEqual(self.party(self.nurse).result, "open")
        self.assertEqual(self.party(self.vendor).result, "clear")

    def test_the_job_screens_who_came_after_the_list(self):
        self.import_list(JANE)
        late = self.env["hr.employee"].create(
            {"name": "Solomon Otherby", "company_id": self.company.id}
        )
        self.assertEqual(self.party(late).result, "never")
        self.env["medical.compliance.exclusion.party"]._cron_new()
        self.assertEqual(self.party(late).result, "open")

    def test_a_former_name_is_screened(self):
        self.import_list(LEIE + person("BRANNOCK", "JANE", "00000000"))
        self.assertFalse(self.match())
        party = self.party(self.nurse).with_user(self.users["hr"])
        party.name_ids = [(0, 0, {"name": "Brannock, Jane"})]
        self.env["medical.compliance.exclusion.party"]._cron_new()
        self.assertEqual(self.match().listed_name, "JANE BRANNOCK")

    def test_one_answers_another_confirms_and_it_is_remembered(self):
        self.import_list(JANE)
        match = self.match()
        self.answer(match, "other", "birth")
        with self.assertRaisesRegex(AccessError, "somebody else"):
            match.with_user(self.users["hr"]).action_confirm()
        match.with_user(self.users["director"]).action_confirm()
        self.assertEqual(match.state, "cleared")
        self.assertEqual(match.confirmed_by_id, self.users["director"])
        self.screen()
        self.assertEqual(
            (match.state, self.party(self.nurse).result), ("cleared", "clear")
        )
        self.assertEqual(len(self.match()), 1)

    def test_it_is_asked_anew_when_the_party_changes(self):
        self.import_list(JANE)
        match = self.match()
        self.confirm(match, "other")
        self.nurse.sudo().legal_name = "Jane Q Quillfeather"
        self.screen()
        self.assertEqual(match.state, "open")
        self.assertFalse(match.answer or match.confirmed_by_id)

    def test_it_is_asked_anew_when_the_line_changes_and_the_old_one_ends(self):
        self.import_list(JANE)
        old = self.match()
        self.confirm(old, "other")
        self.import_list(JANE.replace("1 MAIN ST", "9 ELM ST"))
        self.assertEqual(old.state, "gone")
        self.assertEqual((self.match() - old).state, "open")

    def test_a_confirmed_match_stays_when_the_line_goes(self):
        self.import_list(JANE)
        match = self.match()
        self.confirm(match)
        self.import_list(LEIE + person("OTHERBY", "SOLOMON"))
        self.assertEqual((match.state, match.is_listed), ("confirmed", False))
        self.assertEqual(self.party(self.nurse).result, "excluded")
        match.with_user(self.users["manager"]).action_reopen("Reinstated, letter seen")
        self.screen()
        self.assertEqual(match.state, "gone")
        self.assertEqual(self.party(self.nurse).result, "clear")

    def test_confirming_takes_the_look_up_and_never_the_number(self):
        self.import_list(JANE)
        match = self.match().with_user(self.users["hr"])
        match.write({"answer": "same", "how": "birth"})
        with self.assertRaisesRegex(UserError, "look it up by SSN or EIN"):
            match.action_answer()
        for number in ("SSN 123-45-6789", "EIN 12-3456789", "123456789 agrees"):
            with self.subTest(number), self.assertRaisesRegex(UserError, "never the"):
                match.explanation = number

    def test_a_party_without_a_name_is_refused_with_the_remedy(self):
        parties = self.env["medical.compliance.exclusion.party"].with_user(
            self.users["hr"]
        )
        with self.assertRaisesRegex(ValidationError, "machine-readable"):
            parties.create({"kind": "owner", "name": "王小明"})
        with self.assertRaisesRegex(ValidationError, "check digit"):
            parties.create({"kind": "owner", "name": "Ida Vane", "npi": "1234567890"})

    def test_a_vendor_is_matched_by_its_firm_name(self):
        self.import_list(LEIE + firm("HARBOR LANTERN SUPPLY"))
        self.assertEqual(self.match(self.vendor).state, "open")

    def test_screening_many_takes_as_many_queries_as_screening_few(self):
        self.import_list(JANE)
        parties = self.env["medical.compliance.exclusion.party"]
        made = parties.create(
            [{"kind": "contractor", "name": f"Nobody Else{n}"} for n in range(60)]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        counts = []
        for some in (made[:5], made):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            some._screen()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)


@tagged("post_install", "-at_install")
class TestComplianceMatchDoors(ExclusionCase, RpcClient):
    def test_nobody_decides_by_writing_and_staff_sees_nothing(self):
        self.import_list(JANE)
        match = self.env["medical.compliance.exclusion.match"].search([], limit=1)
        name = match._name
        self.sign_in("manager")
        self.call_refused(name, "write", match.ids, {"state": "cleared"})
        self.call_refused(name, "write", match.ids, {"score": 1})
        self.call_refused(name, "unlink", match.ids)
        self.call_refused(name, "action_confirm", match.ids)
        self.sign_in("staff")
        self.call_refused(name, "search_read", [], ["reason"])
        self.call_refused(name, "action_answer", match.ids)
        self.sign_in("auditor")
        self.call_refused(name, "write", match.ids, {"answer": "other"})
        self.call_refused(name, "action_reopen", match.ids, "because")
