"""Evidence of a round: asked of checks, brought as files, sealed by the signature."""

import base64
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ...models.core.check.check import CheckResult, CheckRow
from .round_case import RoundCase

PNG = base64.b64encode(
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
        "YPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
    )
)


@tagged("post_install", "-at_install")
class TestEvidence(RoundCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.answers = CheckResult(12, [])
        cls.thing = cls.env["res.partner"].create({"name": "Autoclave log"})
        cls.startClassPatcher(
            patch.object(
                cls.env.registry["res.partner"],
                "_medical_check_evidence_test",
                lambda _model: cls.answers,
                create=True,
            )
        )
        cls.check = cls.env["medical.core.check"].create(
            {
                "name": "Spore tests",
                "code": "supply_evidence_test",
                "domain": "supply",
                "model_name": "res.partner",
                "method": "_medical_check_evidence_test",
                "sla_days": 3,
            }
        )
        cls.table.write({"evidence_check_id": cls.check.id, "evidence_days": 30})
        cls.table.write({"weight": 3, "na_needs_note": True})
        cls.head = cls.users["head"]

    def run_check(self, *summaries):
        type(self).answers = CheckResult(
            12,
            [
                CheckRow(
                    "res.partner",
                    self.thing.id,
                    summary,
                    key=summary,
                    company_id=self.company.id,
                )
                for summary in summaries
            ],
        )
        self.check._run()

    def started(self):
        one = self.new_round()
        one.with_user(self.owner).action_start()
        self.answer_all(one, self.owner)
        return one

    def bring(self, one, user=None, **values):
        files = self.env["medical.core.evidence"].with_user(user or self.owner)
        return files.create(
            {
                "line_id": self.lines_of(one, self.table)[0].id,
                "name": "photo.png",
                "file": PNG,
                **values,
            }
        )

    # ------------------------------------------------------------------ the checks

    def test_a_check_that_never_ran_is_no_evidence(self):
        one = self.started()
        with self.assertRaisesRegex(UserError, "Spore tests.*has not run.*refresh"):
            one.with_user(self.owner).action_gather_evidence()
        self.assertFalse(one.evidence_ids)

    def test_a_check_that_failed_is_no_evidence(self):
        self.run_check()
        self.check._pen().error = "Boom"
        with self.assertRaisesRegex(UserError, "has not run in this period"):
            self.started().with_user(self.owner).action_gather_evidence()

    def test_what_the_check_found_in_the_period(self):
        self.run_check("Week 3 is missing")
        one = self.started()
        self.assertTrue(one.asks_evidence)
        one.with_user(self.owner).action_gather_evidence()
        lines = self.lines_of(one, self.table)
        self.assertEqual(one.evidence_ids.line_id, lines)
        for evidence in one.evidence_ids:
            self.assertEqual(
                (evidence.kind, evidence.looked_at, evidence.found), ("check", 12, 1)
            )
            self.assertIn("Week 3 is missing (open)", evidence.summary)
            self.assertEqual((evidence.date_to - evidence.date_from).days, 29)
            self.assertEqual(str(evidence.date_to), "2026-11-24")

    def test_asked_again_it_replaces_the_checks_and_keeps_the_files(self):
        self.run_check()
        one = self.started()
        file = self.bring(one)
        one.with_user(self.owner).action_gather_evidence()
        one.with_user(self.owner).action_gather_evidence()
        kinds = one.evidence_ids.mapped("kind")
        self.assertEqual(sorted(kinds), ["check", "check", "file"])
        self.assertTrue(file.exists())

    # ------------------------------------------------------------------- the files

    def test_a_file_is_checked_by_its_bytes(self):
        one = self.started()
        self.assertEqual(self.bring(one).kind, "file")
        with self.assertRaisesRegex(ValidationError, "cannot be kept as evidence"):
            self.bring(one, name="a.pdf", file=base64.b64encode(b"<script>x</script>"))

    def test_nobody_writes_what_a_check_says(self):
        one = self.started()
        with self.assertRaises(AccessError):
            self.bring(one, looked_at=52, found=0)
        evidence = self.bring(one, kind="check")
        self.assertEqual(evidence.kind, "file")
        for name, value in (("digest", "x"), ("summary", "fine"), ("found", 0)):
            with self.subTest(name), self.assertRaises(AccessError):
                evidence.with_user(self.users["manager"]).write({name: value})

    # --------------------------------------------------------------- the signature

    def signed(self):
        self.run_check("Week 3 is missing")
        one = self.started()
        self.bring(one)
        one.with_user(self.owner).action_gather_evidence()
        one.with_user(self.owner).action_sign()
        self.assertEqual(one.state, "done")
        return one

    def test_the_signature_seals_it(self):
        one = self.signed()
        self.assertEqual(len(one.evidence_ids), 3)
        for evidence in one.evidence_ids:
            self.assertRegex(evidence.digest, "^[0-9a-f]{64}$")
            self.assertTrue(evidence.frozen_at)
            self.assertTrue(evidence._is_unchanged())

    def test_a_change_in_the_database_is_seen(self):
        one = self.signed()
        for change in ("found = 0", "summary = 'fine'", "digest = NULL"):
            evidence = one.evidence_ids.filtered(lambda e: e.kind == "check")[0]
            with self.subTest(change):
                self.assertTrue(evidence._is_unchanged())
                with self.env.cr.savepoint() as savepoint:
                    self.env.cr.execute(
                        f"UPDATE medical_core_evidence SET {change} WHERE id = %s",
                        [evidence.id],
                    )
                    self.env.invalidate_all()
                    self.assertFalse(evidence._is_unchanged())
                    savepoint.rollback()
                self.env.invalidate_all()

    def test_a_file_changed_under_the_seal_is_seen(self):
        one = self.signed()
        evidence = one.evidence_ids.filtered(lambda e: e.kind == "file")
        other = base64.b64encode(base64.b64decode(PNG) + b"\0")
        evidence._pen().write({"file": other})
        self.env.invalidate_all()
        self.assertFalse(evidence._is_unchanged())

    def test_nobody_edits_evidence_of_a_signed_round(self):
        one = self.signed()
        file = one.evidence_ids.filtered(lambda e: e.kind == "file")
        for role in ("staff", "head", "manager", "director"):
            user = self.users[role]
            with self.subTest(role):
                with self.assertRaises(UserError):
                    file.with_user(user).write({"name": "better.png"})
                with self.assertRaises(UserError):
                    file.with_user(user).unlink()
                with self.assertRaises(UserError):
                    self.bring(one, user=user)
                with self.assertRaises(UserError):
                    one.with_user(user).action_gather_evidence()
        self.assertTrue(file.exists())

    def test_reopened_it_is_open_until_the_next_signature(self):
        one = self.signed()
        old = one.evidence_ids.mapped("digest")
        one.with_user(self.head).action_reopen("The wrong photo.")
        self.assertFalse(any(one.evidence_ids.mapped("digest")))
        file = one.evidence_ids.filtered(lambda e: e.kind == "file")
        file.with_user(self.owner).write({"name": "right.png"})
        one.with_user(self.owner).action_sign()
        self.assertTrue(all(one.evidence_ids.mapped("digest")))
        self.assertNotEqual(one.evidence_ids.mapped("digest"), old)
        self.assertTrue(all(e._is_unchanged() for e in one.evidence_ids))

    # -------------------------------------------------------- weights and the score

    def test_the_weight_is_frozen_with_the_line(self):
        one = self.started()
        lines = self.lines_of(one, self.table)
        self.assertEqual(set(lines.mapped("weight")), {3})
        self.assertTrue(all(lines.mapped("na_needs_note")))
        self.table.write({"weight": 1, "na_needs_note": False})
        self.assertEqual(set(lines.mapped("weight")), {3})
        self.assertTrue(all(lines.mapped("na_needs_note")))

    def test_the_score_counts_by_weight(self):
        """Two rooms: 2 x (3 + 1 + 1) = 10 points; one table fails: 7 of 10."""
        one = self.started()
        self.assertEqual(one.score, 100)
        self.lines_of(one, self.table)[0].with_user(self.owner).result = "fail"
        self.assertEqual(one.score, 70)

    def test_not_applicable_is_signed_with_a_reason_only(self):
        one = self.started()
        line = self.lines_of(one, self.table)[0].with_user(self.owner)
        line.result = "na"
        with self.assertRaisesRegex(UserError, "enter the reason in its note"):
            one.with_user(self.owner).action_sign()
        line.note = "The table was taken away on Monday."
        one.with_user(self.owner).action_sign()
        self.assertEqual(one.state, "done")
        self.assertEqual(one.score, 100)
