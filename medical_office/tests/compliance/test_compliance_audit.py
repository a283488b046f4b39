"""Audits: planned, answered on evidence, signed, sealed; who is kept out."""

import random

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import RpcClient
from ..core.test_core_seal import SealCase
from .audit_case import PDF, AuditCase

SEED = 20261129
TRIES = 100


@tagged("post_install", "-at_install")
class TestAudit(AuditCase):
    # ---------------------------------------------------------------- the program

    def test_the_program_plans_the_year(self):
        days = self.program.round_ids.sorted("date_due").mapped("day_due")
        self.assertEqual([str(day) for day in days], ["2026-12-15", "2027-12-15"])
        self.assertEqual(self.audit.auditor_ids, self.reviewer)
        self.assertTrue(self.audit.is_audit)
        self.assertEqual(self.audit.program, "hipaa_privacy")

    def test_new_auditors_go_to_what_is_planned_only(self):
        self.signed()
        self.program.auditor_ids = self.second_head
        first, second = self.program.round_ids.sorted("date_due")
        self.assertEqual(first.auditor_ids, self.reviewer)
        self.assertEqual(second.auditor_ids, self.second_head)

    def test_a_schedule_of_rounds_still_needs_rooms(self):
        with self.assertRaisesRegex(ValidationError, "no rooms or equipment"):
            self.new_schedule(room_ids=False)

    # ----------------------------------------------------------------- the answers

    def test_items_are_set_out_as_they_are_now(self):
        audit = self.begun()
        self.assertEqual(
            audit.line_ids.mapped("section"), ["Desk"] * 2 + ["Logins"] * 2
        )
        self.assertIn("citation not checked", self.line(audit, "D-1").citation)
        self.assertEqual(self.line(audit, "L-1").citation, "45 CFR 164.530(c)")
        self.assertEqual(self.line(audit, "L-1").measure_id, self.departed)

    def test_on_the_phone_its_auditor_sees_it_without_a_room(self):
        rounds = self.env["medical.core.round"].with_user(self.reviewer)
        shown = rounds.phone_rooms()
        self.assertIn(self.audit.id, [one["id"] for one in shown["rounds"]])
        [room] = [one for one in shown["rooms"] if not one["id"]]
        self.assertEqual(room["due"], 4)
        [found] = rounds.phone_room(0)["rounds"]
        self.assertEqual(len(found["lines"]), 4)

    def test_not_signed_with_open_items(self):
        audit = self.begun()
        audit.action_gather_evidence()
        self.answer(audit)
        self.line(audit, "D-2").write({"result": "open"})
        with self.assertRaisesRegex(UserError, "Is D-2 in order"):
            audit.action_sign()
        self.assertEqual(audit.state, "in_progress")

    def test_an_item_that_need_not_be_answered_is_open_all_the_same(self):
        self.library.item_ids.filtered(lambda i: i.code == "D-2").required = False
        audit = self.begun()
        audit.action_gather_evidence()
        self.answer(audit)
        self.line(audit, "D-2").write({"result": "open"})
        with self.assertRaisesRegex(UserError, "with open items: 1"):
            audit.action_sign()

    def test_not_applicable_takes_a_reason(self):
        audit = self.begun()
        audit.action_gather_evidence()
        self.answer(audit, D_1="na")
        self.line(audit, "D-1").write({"note": False})
        with self.assertRaisesRegex(UserError, "enter the reason"):
            audit.action_sign()
        self.line(audit, "D-1").write({"note": "One desk for all"})
        audit.action_sign()
        self.assertEqual(audit.state, "done")

    # ---------------------------------------------------------------- the evidence

    def test_what_names_evidence_is_judged_on_evidence(self):
        audit = self.begun()
        self.answer(audit)
        with self.assertRaisesRegex(UserError, "(?s)name evidence and have none.*L-1"):
            audit.action_sign()
        self.env["medical.core.evidence"].with_user(self.reviewer).create(
            {"line_id": self.line(audit, "L-1").id, "name": "list.pdf", "file": PDF}
        )
        audit.action_sign()
        self.assertEqual(audit.state, "done")

    def test_a_measure_says_how_many_of_how_many(self):
        gone = self.employees["hr"]
        gone.active = False
        audit = self.begun()
        audit.action_gather_evidence()
        [evidence] = audit.evidence_ids
        self.assertEqual((evidence.kind, evidence.standing), ("measure", "0 of 1"))
        self.assertIn("Hr Person (test_hr)", evidence.summary)
        self.assertEqual(self.line(audit, "L-1").evidence_text, "0 of 1")
        audit.action_gather_evidence()
        self.assertEqual(len(audit.evidence_ids), 1)

    def test_a_measure_that_has_nothing_to_count_is_refused_with_the_remedy(self):
        item = self.library.item_ids.filtered(lambda i: i.code == "D-1")
        item.measure_id = self.screening
        audit = self.begun()
        said = audit.action_gather_evidence()["params"]
        self.assertEqual(said["type"], "warning")
        self.assertIn("screen under Compliance, Exclusion Screening", said["message"])
        line = self.line(audit, "D-1")
        with self.assertRaisesRegex(UserError, "Nobody was screened"):
            line.action_ask_measure()
        self.assertFalse(line.evidence_ids)
        self.answer(audit)
        with self.assertRaisesRegex(UserError, "(?s)have none.*D-1"):
            audit.action_sign()

    def test_a_measure_that_is_turned_off_says_so(self):
        self.departed.active = False
        audit = self.begun()
        with self.assertRaisesRegex(UserError, "is turned off"):
            self.line(audit, "L-1").action_ask_measure()

    # --------------------------------------------------------------- the signature

    def test_the_signature_keeps_scores_evidence_and_findings(self):
        audit = self.signed(D_2="fail", L_2="na")
        self.assertEqual(audit.score, 80.0)
        scores = {one.section: one.score for one in audit.score_ids}
        self.assertEqual(scores, {"Desk": 75.0, "Logins": 100.0})
        self.assertTrue(audit.evidence_ids.digest)
        finding = audit.sudo().finding_ids
        self.assertEqual(finding.summary, "Is D-2 in order?")
        self.assertEqual((finding.severity, finding.impact), ("high", 4))
        self.assertEqual(str(finding.date_due), "2026-12-24")
        self.assertTrue(finding.is_risk)
        self.assertRegex(finding.name, r"^AF/2026/\d{4}$")

    def test_a_failed_item_makes_neither_repair_nor_exception(self):
        audit = self.begun()
        self.line(audit, "D-1").write({"result": "fail"})
        self.assertFalse(self.line(audit, "D-1").sudo().medical_request_id)
        lines = self.env["medical.core.round.line"]
        rows = lines._medical_check_failed().rows
        self.assertNotIn(self.line(audit, "D-1").id, [row.res_id for row in rows])

    def test_opened_again_its_scores_go_and_its_finding_stays(self):
        audit = self.signed(D_2="fail")
        audit.with_user(self.second_head).action_reopen("Looked again")
        self.assertFalse(audit.score_ids)
        self.answer(audit, D_2="fail", D_1="fail")
        audit.action_sign()
        found = audit.sudo().finding_ids
        self.assertEqual(sorted(found.mapped("line_id.item_id.code")), ["D-1", "D-2"])

    def test_only_its_auditors_sign(self):
        audit = self.begun()
        audit.action_gather_evidence()
        self.answer(audit)
        with self.assertRaisesRegex(AccessError, "one of its auditors"):
            audit.with_user(self.users["director"]).action_sign()
        audit.with_user(self.users["manager"]).action_sign()
        self.assertEqual(audit.state, "done")

    def test_a_new_version_does_not_change_a_signed_audit(self):
        audit = self.signed()
        before = [(line.name, line.citation, line.weight) for line in audit.line_ids]
        version = self.library.version
        self.library.item_ids[0].write({"name": "Is it all new?", "weight": 9})
        self.library.item_ids[1].active = False
        self.assertEqual(self.library.version, version + 1)
        self.env.invalidate_all()
        after = [(line.name, line.citation, line.weight) for line in audit.line_ids]
        self.assertEqual(before, after)
        self.assertEqual(audit.checklist_version, version)
        following = self.program.round_ids.sorted("date_due")[1]
        following._ensure_lines()
        self.assertEqual(following.line_ids[0].name, "Is it all new?")
        self.assertEqual(len(following.line_ids), 3)

    # ------------------------------------------------------------------- the checks

    def due_rows(self):
        rounds = self.env["medical.core.round"]
        return [
            (row.severity, row.user_id)
            for row in rounds._medical_check_audit_due().rows
            if row.res_id in self.program.round_ids.ids
        ]

    def test_an_audit_that_nears_or_is_late_is_said(self):
        manager = self.users["manager"].id
        self.assertEqual(self.due_rows(), [("medium", manager)])
        self.begun()
        self.assertEqual(self.due_rows(), [])
        self.audit.sudo()._pen().date_due = "2026-11-01 14:00:00"
        self.assertEqual(self.due_rows(), [("high", manager)])

    # --------------------------------------------------------------------- reports

    def test_the_report_has_score_answers_evidence_and_findings(self):
        audit = self.signed(D_2="fail")
        report = self.env["report.medical_office.compliance_audit_report"]
        sheets = report._sheets(audit, {})
        names = [sheet.name for sheet in sheets]
        self.assertEqual(
            names[1:4], ["Score by section", "Trend of this library", "Answers"]
        )
        scores = {row["section"]: row["score"] for row in sheets[1].rows}
        self.assertEqual(scores, {"Desk": 0.75, "Logins": 1.0})
        self.assertEqual(len(sheets[5].rows), 1)
        self.assertIn("Is D-2", sheets[5].rows[0]["summary"])

    def test_paper_and_spreadsheet_are_made(self):
        audit = self.signed(D_2="fail")
        reports = self.env["ir.actions.report"].with_user(self.users["manager"])
        for name in ("audit", "audit_calendar"):
            with self.subTest(name):
                html, _kind = reports._render_qweb_html(
                    f"medical_office.compliance_{name}_report", audit.ids
                )
                self.assertIn(b"Privacy at the desk", html)
                content, kind = reports._render_xlsx(
                    f"medical_office.compliance_{name}_report_xlsx", audit.ids, {}
                )
                self.assertEqual((kind, content[:2]), ("xlsx", b"PK"))

    def test_the_binder_holds_the_program_of_a_period(self):
        self.signed(D_2="fail")
        binder = (
            self.env["medical.compliance.audit.binder"]
            .with_user(self.users["auditor"])
            .create(
                {
                    "program": "hipaa_privacy",
                    "date_from": "2026-01-01",
                    "date_to": "2026-12-31",
                }
            )
        )
        self.assertEqual((binder.audit_count, binder.finding_count), (1, 1))
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.users["auditor"])
            ._render_qweb_html(
                "medical_office.compliance_audit_binder_report", binder.ids
            )
        )
        self.assertIn(b"Is D-2 in order?", html)
        with self.assertRaisesRegex(UserError, "after"):
            binder.date_from = "2027-01-01"


@tagged("post_install", "-at_install")
class TestAuditSeal(AuditCase, SealCase):
    """A change by SQL to a signed audit, its evidence or its scores is found."""

    def places(self, audit):
        evidence, line = audit.evidence_ids, audit.line_ids
        findings = audit.sudo().finding_ids
        table = {
            "medical_core_round": [(audit.id, ("note", "program"))],
            "medical_core_round_line": [
                (one.id, ("name", "citation", "note", "section", "result", "weight"))
                for one in line
            ],
            "medical_core_evidence": [
                (one.id, ("name", "summary", "found", "looked_at", "digest"))
                for one in evidence
            ],
            "medical_compliance_audit_score": [
                (one.id, ("section", "score", "failed")) for one in audit.score_ids
            ],
        }
        self.assertTrue(evidence and findings)
        return [
            (name, record, column)
            for name, records in table.items()
            for record, columns in records
            for column in columns
        ]

    def test_100_of_100_changes_are_found(self):
        audit = self.signed(D_2="fail")
        self.env.flush_all()
        places = self.places(audit)
        luck = random.Random(SEED)
        self.assertEqual(self.verify().state, "intact")
        missed = []
        for number in range(TRIES):
            name, record, column = luck.choice(places)
            value = {
                "found": 900 + number, "looked_at": 900 + number, "failed": 900 + number,
                "weight": 0.5 + number, "score": 0.5 + number, "result": "na",
            }.get(column, f"changed {number}")  # fmt: skip
            self.env.cr.execute("SAVEPOINT tamper")
            self.sql(f"UPDATE {name} SET {column} = %s WHERE id = %s", value, record)
            found = self.verify().difference_ids
            if ("medical.core.round", audit.id) not in {
                (one.res_model, one.res_id) for one in found
            }:
                missed.append((name, record, column))
            self.env.cr.execute("ROLLBACK TO SAVEPOINT tamper")
            self.env.invalidate_all()
        self.assertFalse(missed)

    def test_evidence_taken_away_is_found(self):
        audit = self.signed()
        self.sql("DELETE FROM medical_core_evidence WHERE round_id = %s", audit.id)
        self.assertIn(("missing", "medical.core.round", audit.id), self.differences())


@tagged("post_install", "-at_install")
class TestAuditRpc(AuditCase, RpcClient):
    """What a client could try by calling the server, as each role."""

    def test_staff_who_are_no_auditors_see_nothing_of_it(self):
        self.begun()
        line = self.audit.line_ids[0]
        self.sign_in("staff")
        found = self.call("medical.core.round", "search", [["is_audit", "=", True]])
        self.assertEqual(found, [])
        self.call_refused("medical.core.round", "action_sign", self.audit.ids)
        self.call_refused(
            "medical.core.round.line", "write", line.ids, {"result": "pass"}
        )
        self.call_refused("medical.core.round", "read", self.audit.ids, ["note"])

    def test_an_auditor_of_another_role_reads_and_writes_nothing(self):
        self.begun()
        line = self.audit.line_ids[0]
        self.sign_in("auditor")
        [read] = self.call("medical.core.round", "read", self.audit.ids, ["state"])
        self.assertEqual(read["state"], "in_progress")
        for method in ("action_sign", "action_gather_evidence", "action_start"):
            self.call_refused("medical.core.round", method, self.audit.ids)
        self.call_refused(
            "medical.core.round.line", "write", line.ids, {"result": "pass"}
        )
        self.call_refused("medical.core.round.line", "action_ask_measure", line.ids)

    def test_evidence_of_a_measure_is_not_typed(self):
        self.begun()
        line = self.line(self.audit, "L-1")
        self.sign_in("manager")
        self.call_refused(
            "medical.core.evidence",
            "create",
            {
                "line_id": line.id,
                "kind": "measure",
                "name": "All well",
                "measure_id": self.departed.id,
                "looked_at": 52,
            },
        )
        self.call_refused(
            "medical.core.round", "write", self.audit.ids, {"is_audit": False}
        )
        self.call_refused(
            "medical.compliance.audit.score",
            "create",
            {"round_id": self.audit.id, "date": "2026-11-24", "section": "All"},
        )

    def test_a_signed_audit_stays_as_it_is_for_all(self):
        audit = self.signed()
        line, evidence = self.line(audit, "D-1"), audit.evidence_ids
        for role in ("manager", "director", "head"):
            with self.subTest(role):
                self.sign_in(role)
                self.call_refused(
                    "medical.core.round.line", "write", line.ids, {"note": "x"}
                )
                self.call_refused("medical.core.evidence", "unlink", evidence.ids)
                self.call_refused(
                    "medical.core.evidence",
                    "create",
                    {"line_id": line.id, "name": "late.pdf", "file": PDF.decode()},
                )
