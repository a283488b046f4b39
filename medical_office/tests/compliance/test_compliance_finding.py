"""Findings: begun with a cause, corrected with proof, looked at by somebody else."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from ..common import RpcClient
from .audit_case import DUE, PDF, AuditCase

LATER = "2027-01-05 15:00:00"


class FindingCase(AuditCase):
    def in_action(self, doer=None):
        """A finding with a cause and one action, begun by its owner."""
        one = self.finding()
        one.write(
            {
                "cause": "Nobody is told where old charts go",
                "action_ids": [
                    Command.create(
                        {
                            "name": "Put up shelves with a lock",
                            "user_id": (doer or self.reviewer).id,
                            "date_due": "2026-12-01",
                        }
                    )
                ],
            }
        )
        one.action_begin()
        return one

    def corrected(self, doer=None):
        one = self.in_action(doer)
        action = one.action_ids.with_user(doer or self.reviewer)
        action.proof = "Shelves are up; photo in the folder"
        action.action_done()
        one.action_corrected()
        return one

    def closed(self):
        one = self.corrected()
        checker = one.with_user(self.users["head"].browse(self.second_head.id))
        with freeze_time(LATER):
            checker.write(
                {"effect": "Walked through twice, nothing open", "effect_file": PDF}
            )
            checker.action_close()
        return one


@tagged("post_install", "-at_install")
class TestFinding(FindingCase):
    def test_the_way_to_closed(self):
        one = self.closed()
        self.assertEqual(one.state, "closed")
        self.assertEqual(one.checked_by_id, self.second_head)
        self.assertEqual(str(one.look_due), "2026-12-24")

    def test_no_correction_without_cause_and_action(self):
        one = self.finding()
        with self.assertRaisesRegex(UserError, "enter the cause first"):
            one.action_begin()
        one.cause = "Not known"
        with self.assertRaisesRegex(UserError, "at least one corrective action"):
            one.action_begin()
        self.assertEqual(one.state, "open")

    def test_an_action_takes_proof(self):
        one = self.in_action()
        action = one.action_ids.with_user(self.reviewer)
        with self.assertRaisesRegex(UserError, "has no proof"):
            action.action_done()
        with self.assertRaisesRegex(ValidationError, "cannot be kept as proof"):
            action.write({"proof_file": "PHNjcmlwdD4=", "proof_name": "x.pdf"})

    def test_corrected_only_when_all_is_done(self):
        one = self.in_action()
        with self.assertRaisesRegex(UserError, "still has actions.*Put up shelves"):
            one.action_corrected()

    def test_nobody_says_that_the_own_work_works(self):
        one = self.corrected(doer=self.second_head)
        with freeze_time(LATER), self.assertRaisesRegex(AccessError, "somebody else"):
            one.with_user(self.second_head).action_close()

    def test_not_before_it_has_stood_for_some_time(self):
        one = self.corrected()
        with self.assertRaisesRegex(UserError, "looked at from"):
            one.with_user(self.second_head).action_close()

    def test_nothing_is_closed_without_proof(self):
        one = self.corrected().with_user(self.second_head)
        with freeze_time(LATER):
            with self.assertRaisesRegex(UserError, "what the effectiveness check"):
                one.action_close()
            one.effect = "Looked at it"
            with self.assertRaisesRegex(UserError, "not closed without proof"):
                one.action_close()
            one.proof_note = "Folder 3, page 12"
            one.action_close()
        self.assertEqual(one.state, "closed")

    def test_what_does_not_work_needs_another_action(self):
        one = self.corrected()
        with freeze_time(LATER):
            one.with_user(self.second_head).action_not_effective("Still open at noon")
            self.assertEqual(one.state, "action")
            with self.assertRaisesRegex(UserError, "finish another action"):
                one.action_corrected()
            one.action_ids = [
                Command.create(
                    {
                        "name": "Lock the door",
                        "user_id": self.reviewer.id,
                        "date_due": "2027-02-01",
                    }
                )
            ]
            action = one.action_ids.filtered(lambda a: a.state == "todo")
            action.with_user(self.reviewer).proof = "Locked"
        with freeze_time("2027-01-06 15:00:00"):
            action.with_user(self.reviewer).action_done()
            one.action_corrected()
        self.assertEqual(str(one.look_due), "2027-02-05")

    def test_the_director_accepts_a_risk_with_a_reason(self):
        one = self.finding()
        with self.assertRaises(AccessError):
            one.action_accept("Cheaper")
        director = one.with_user(self.users["director"])
        with self.assertRaisesRegex(UserError, "reason"):
            director.action_accept("")
        director.action_accept("The wing is closed in March")
        self.assertEqual((one.state, one.treatment), ("accepted", "accept"))

    def test_a_repeat_links_to_the_earlier_one_by_itself(self):
        first = self.finding()
        second_audit = self.program.round_ids.sorted("date_due")[1]
        with freeze_time("2027-12-01 15:00:00"):
            second = self.signed(second_audit, D_2="fail", D_1="fail").sudo()
        again, fresh = second.finding_ids.sorted(lambda f: f.summary, reverse=True)
        self.assertEqual((again.earlier_id, again.repeat_count), (first, 1))
        # another item of the same rule at the same place is a repeat of the rule
        self.assertTrue(fresh.earlier_id)

    def test_entered_by_hand_it_is_linked_too(self):
        findings = self.env["medical.compliance.audit.finding"].with_user(
            self.users["manager"]
        )
        values = {
            "summary": "Sharps container overfull",
            "program": "osha",
            "citation": "29 CFR 1910.1030(d)(4)(iii)(A)",
            "source": "survey",
            "severity": "critical",
        }
        first, second = findings.create([values, dict(values)])
        self.assertFalse(first.earlier_id)
        self.assertEqual((second.earlier_id, second.repeat_count), (first, 1))
        self.assertEqual(second.date_due - second.date_found, timedelta(days=14))
        self.assertFalse(second.is_risk)

    def test_the_checks_name_what_is_overdue_and_what_to_look_at(self):
        findings = self.env["medical.compliance.audit.finding"]
        one = self.corrected()
        rows = findings._medical_check_effect().rows
        self.assertFalse([row for row in rows if row.res_id == one.id])
        one.checker_id = self.second_head
        with freeze_time(LATER):
            rows = findings._medical_check_effect().rows
        [row] = [row for row in rows if row.res_id == one.id]
        self.assertEqual((row.res_id, row.user_id), (one.id, self.second_head.id))

    def test_overdue_findings_are_said_with_their_risk(self):
        findings = self.env["medical.compliance.audit.finding"]
        one = self.finding()
        ours = findings.search([("company_id", "=", self.company.id)]).ids
        rows = findings._medical_check_overdue().rows
        self.assertFalse([row for row in rows if row.res_id in ours])
        with freeze_time(LATER):
            rows = findings._medical_check_overdue().rows
        [row] = [row for row in rows if row.res_id in ours]
        self.assertEqual((row.res_id, row.severity), (one.id, "high"))

    def test_findings_and_register_on_paper(self):
        one = self.closed()
        reports = self.env["ir.actions.report"].with_user(self.users["manager"])
        for name in ("finding", "risk"):
            html, _kind = reports._render_qweb_html(
                f"medical_office.compliance_{name}_report", one.ids
            )
            self.assertIn(one.name.encode(), html)


@tagged("post_install", "-at_install")
class TestFindingRpc(FindingCase, RpcClient):
    def test_staff_see_their_own_and_write_no_more_than_their_part(self):
        one = self.in_action(doer=self.users["staff"])
        other = self.env["medical.compliance.audit.finding"].create(
            {"summary": "Another", "program": "osha", "user_id": self.users["hr"].id}
        )
        self.sign_in("staff")
        model = "medical.compliance.audit.finding"
        found = self.call(model, "search", [])
        self.assertIn(one.id, found)
        self.assertNotIn(other.id, found)
        for values in ({"date_due": "2030-01-01"}, {"state": "closed"}, {"name": "X"}):
            self.call_refused(model, "write", one.ids, values)
        self.call_refused(model, "create", {"summary": "x", "program": "osha"})
        self.call_refused(model, "action_close", one.ids)
        self.call_refused(model, "action_corrected", one.ids)
        self.call_refused(
            "medical.compliance.audit.action",
            "create",
            {
                "finding_id": other.id,
                "name": "To see it",
                "user_id": self.env.ref("base.user_admin").id,
                "date_due": DUE,
            },
        )

    def test_ratings_outside_the_scale_are_refused(self):
        one = self.finding()
        self.sign_in("manager")
        self.call_refused(
            "medical.compliance.audit.finding",
            "write",
            one.ids,
            {"likelihood": 6},
            error="ValidationError",
        )

    def test_the_auditors_of_an_audit_read_its_findings(self):
        one = self.finding().with_user(self.reviewer)
        self.assertEqual(one.state, "open")
        with self.assertRaises(AccessError):
            one.cause = "Nobody knows"

    def test_the_doer_finishes_the_own_action(self):
        one = self.in_action(doer=self.users["staff"])
        self.sign_in("staff")
        model = "medical.compliance.audit.action"
        self.call(model, "write", one.action_ids.ids, {"proof": "Done and seen"})
        self.call(model, "action_done", one.action_ids.ids)
        self.env.invalidate_all()
        self.assertEqual(one.action_ids.done_by_id, self.users["staff"])
        self.call_refused(model, "write", one.action_ids.ids, {"proof": "Other"})

    def test_the_auditor_reads_and_changes_nothing(self):
        one = self.in_action()
        self.sign_in("auditor")
        model = "medical.compliance.audit.finding"
        [read] = self.call(model, "read", one.ids, ["state"])
        self.assertEqual(read["state"], "action")
        for method in ("action_begin", "action_corrected", "action_close"):
            self.call_refused(model, method, one.ids)
        for method in ("action_accept", "action_withdraw", "action_not_effective"):
            self.call_refused(model, method, one.ids, "Because")
        self.call_refused(
            "medical.compliance.audit.action",
            "write",
            one.action_ids.ids,
            {"proof": "x"},
        )

    def test_a_closed_finding_is_opened_by_manager_or_director_alone(self):
        one = self.closed()
        model = "medical.compliance.audit.finding"
        for role in ("staff", "head", "hr", "auditor"):
            self.sign_in(role)
            self.call_refused(model, "action_reopen", one.ids, "Again")
        self.sign_in("manager")
        self.call_refused(model, "write", one.ids, {"cause": "Other"})
        self.call(model, "action_reopen", one.ids, "The shelf is gone")
        self.env.invalidate_all()
        self.assertEqual(one.state, "action")
        self.assertTrue(one.returned_at <= fields.Datetime.now())
