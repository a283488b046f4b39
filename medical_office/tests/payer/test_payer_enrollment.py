"""An enrollment from plan to end, who moves it, and what stops it."""

import base64
from datetime import date
from io import BytesIO

from psycopg2 import IntegrityError
from pypdf import PdfReader, PdfWriter

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import RpcClient
from .payer_case import NPI, TODAY, PayerCase


@tagged("post_install", "-at_install")
class TestPayerEnrollment(PayerCase):
    def test_the_number_comes_from_the_credentials_and_the_plan_from_the_payer(self):
        one = self.enroll(date_needed="2027-06-01")
        self.assertEqual(one.npi, NPI)
        self.assertEqual(one.date_submit, date(2027, 3, 3))
        self.assertEqual(one.date_start, date(2027, 2, 17))
        self.assertEqual(one.state, "planned")
        self.assertIn("Badger Mutual Health", one.display_name)

    def test_from_planned_to_effective_to_terminated(self):
        one = self.enroll()
        one.action_gather()
        one.action_submit()
        self.assertEqual(one.submitted_on, TODAY)
        one.action_review()
        one.action_return("Signature missing on page 4")
        one.action_submit()
        with self.assertRaisesRegex(UserError, "Effective from"):
            one.action_effective()
        one.date_effective = "2026-11-20"
        one.action_effective()
        self.assertEqual((one.state, one.claims), ("effective", "held"))
        one.action_release_claims()
        self.assertEqual(one.claims, "released")
        with self.assertRaisesRegex(UserError, "Terminated on"):
            one.action_terminate("Left the practice")
        one.date_terminated = "2026-11-30"
        one.action_terminate("Left the practice")
        self.assertEqual(one.state, "terminated")

    def test_a_step_needs_the_role(self):
        one = self.enroll()
        for role in ("staff", "head", "accountant", "director", "auditor"):
            with self.subTest(role), self.assertRaises(AccessError):
                one.with_user(self.users[role]).action_gather()
        for role in ("staff", "accountant", "director"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.enroll(role, payer_id=self.federal.id, line_id=self.medicare.id)

    def test_an_effective_one_is_not_rewritten(self):
        one = self.make_effective(self.enroll())
        with self.assertRaisesRegex(UserError, "Effective"):
            one.date_effective = "2026-10-01"
        with self.assertRaises(AccessError):
            one.payer_id = self.federal
        with self.assertRaises(AccessError):
            one.claims = "released"

    def test_dates_never_overlap(self):
        one = self.make_effective(self.enroll(), "2026-03-01")
        again = self.enroll()
        with (
            self.assertRaisesRegex(UserError, "overlaps"),
            self.env.cr.savepoint(),
        ):
            self.make_effective(again, "2026-11-01")
        one.date_terminated = "2026-10-31"
        one.action_terminate("Contract changed")
        self.make_effective(again, "2026-11-01")
        self.assertEqual(again.state, "effective")

    @mute_logger("odoo.sql_db")
    def test_a_termination_before_the_start_is_refused(self):
        one = self.make_effective(self.enroll(), "2026-03-01")
        with self.assertRaises(IntegrityError):
            one.date_terminated = "2026-02-28"
            self.env.flush_all()

    @mute_logger("odoo.sql_db")
    def test_figures_out_of_all_reason_are_refused(self):
        one = self.enroll()
        for values, refusal in (
            ({"visits_week": 1e300}, UserError),
            ({"payment_visit": 1e9}, IntegrityError),
            ({"visits_week": -1}, IntegrityError),
        ):
            with (
                self.assertRaises(refusal),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                one.write(values)
                one.flush_recordset()
            one.invalidate_recordset()
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.badger.review_days = 5_000
            self.env.flush_all()
        self.env.invalidate_all()
        for day, words in (
            ("0001-01-01", "between the years"),
            ("1901-01-01", "long past"),
        ):
            with self.assertRaisesRegex(UserError, words):
                one.date_needed = day
                one.flush_recordset()

    def test_one_pending_at_a_time(self):
        self.enroll()
        with self.assertRaises(IntegrityError):
            self.enroll()

    def test_an_npi_that_fails_its_check_digit_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "check digit"):
            self.enroll(npi="1234567890")

    def test_a_line_that_the_payer_does_not_offer_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "does not offer"):
            self.enroll(line_id=self.medicare.id)

    def test_nobody_is_submitted_without_npi_or_with_an_expired_credential(self):
        bare = self.enroll(provider_id=self.employees["head"].id)
        bare.action_gather()
        with self.assertRaisesRegex(UserError, "has no NPI"):
            bare.action_submit()
        license = self.credential(self.md_type, number="12345-20", date_to="2026-11-29")
        one = self.enroll()
        one.action_gather()
        with self.assertRaisesRegex(UserError, "expired on 11/29/2026"):
            one.action_submit()
        self.credential(
            self.md_type,
            number="12345-20",
            date_from="2026-11-30",
            date_to="2028-11-30",
        )
        self.assertTrue(license)
        one.action_submit()
        self.assertEqual(one.state, "submitted")

    def test_claims_stay_held_until_it_is_effective(self):
        one = self.enroll()
        with self.assertRaisesRegex(UserError, "not effective yet"):
            one.action_release_claims()
        self.make_effective(one, "2026-12-15")
        with self.assertRaisesRegex(UserError, "not effective yet"):
            one.action_release_claims()

    def test_the_accountant_releases_and_changes_nothing_else(self):
        one = self.make_effective(self.enroll())
        own = one.with_user(self.users["accountant"])
        own.action_release_claims()
        self.assertEqual(own.claims, "released")
        with self.assertRaises(AccessError):
            own.note = "Mine"

    # -------------------------------------------------------------------- follow-ups

    def touch(self, one, role="hr", **values):
        return (
            self.env["medical.payer.touch"]
            .with_user(self.users[role])
            .create(
                {
                    "enrollment_id": one.id,
                    "said": "In line, ten days",
                    "next_touch": "2026-12-10",
                    **values,
                }
            )
        )

    def test_a_follow_up_is_not_rewritten(self):
        one = self.enroll()
        entry = self.touch(one)
        self.assertEqual(one.next_touch, date(2026, 12, 10))
        self.assertEqual(entry.user_id, self.users["hr"])
        for values in ({"said": "Nothing"}, {"at": "2026-01-01 00:00:00"}):
            with self.subTest(values), self.assertRaises(AccessError):
                entry.write(values)
        with self.assertRaises(UserError):
            entry.unlink()
        with self.assertRaises(AccessError):
            self.touch(one, "accountant")
        self.touch(one, "manager", next_touch=False)
        self.assertFalse(one.next_touch)

    # ------------------------------------------------------------------------ packet

    def packet(self, one, role="hr"):
        reports = self.env["ir.actions.report"].with_user(self.users[role])
        return reports.with_context(force_report_rendering=True)._render_qweb_pdf(
            "medical_office.payer_packet", one.ids
        )[0]

    def page(self):
        out = BytesIO()
        writer = PdfWriter()
        writer.add_blank_page(200, 200)
        writer.write(out)
        return out.getvalue()

    def test_the_packet_holds_the_papers_and_an_expired_one_stops_it(self):
        one = self.enroll()
        content = base64.b64encode(self.page())
        license = self.credential(
            self.md_type, number="12345-20", date_to="2027-06-30", file=content
        )
        files = self.env["ir.attachment"].with_user(self.users["hr"])
        one.attachment_ids = files.create(
            {
                "name": "W-9.pdf",
                "raw": self.page(),
                "res_model": one._name,
                "res_id": one.id,
            }
        )
        pages = len(PdfReader(BytesIO(self.packet(one))).pages)
        one.attachment_ids = False
        self.assertEqual(len(PdfReader(BytesIO(self.packet(one))).pages), pages - 1)
        license.date_to = "2026-11-29"
        with self.assertRaisesRegex(UserError, "Physician.*expired on 11/29/2026"):
            self.packet(one)

    def test_only_who_keeps_enrollments_prints_the_packet(self):
        one = self.enroll()
        for role in ("accountant", "auditor", "director"):
            with self.subTest(role), self.assertRaises(UserError):
                self.packet(one, role)

    # ------------------------------------------------------------------------ roster

    def test_the_roster_runs_no_formula(self):
        self.provider.name = "=cmd|' /C calc'!A0"
        self.make_effective(self.enroll())
        payer = self.badger.with_user(self.users["hr"])
        payer.action_roster()
        text = base64.b64decode(payer.roster).decode("utf-8-sig")
        self.assertIn("'=cmd", text)
        self.assertIn(NPI, text)
        self.assertIn("2026-11-20", text)

    def test_an_empty_roster_says_so(self):
        with self.assertRaisesRegex(UserError, "no enrollment is effective"):
            self.badger.with_user(self.users["hr"]).action_roster()
        with self.assertRaises(AccessError):
            self.badger.with_user(self.users["accountant"]).action_roster()

    # ------------------------------------------------------------------------ matrix

    def test_the_matrix_is_one_query_for_all_cells(self):
        report = self.env["report.medical_office.payer_matrix"]
        report = report.with_user(self.users["director"])
        docs = self.enroll() | self.make_effective(
            self.enroll(payer_id=self.federal.id, line_id=self.medicare.id)
        )
        [sheet] = report._sheets(docs.with_user(self.users["director"]), {})
        [row] = sheet.rows
        self.assertEqual(row[f"p{self.badger.id}"], "Planned")
        self.assertEqual(row[f"p{self.federal.id}"], "Effective 11/20/2026")


@tagged("post_install", "-at_install")
class TestPayerEnrollmentRpc(RpcClient, PayerCase):
    def test_a_client_writes_no_status_and_no_release(self):
        one = self.enroll()
        self.sign_in("hr")
        for values in ({"state": "effective"}, {"claims": "released"}):
            self.call_refused("medical.payer.enrollment", "write", one.ids, values)
        self.call_refused(
            "medical.payer.enrollment", "action_effective", one.ids, error="UserError"
        )
        self.env.invalidate_all()
        self.assertEqual((one.state, one.claims), ("planned", "held"))

    def test_staff_see_nothing_of_it(self):
        self.enroll()
        self.sign_in("staff")
        for model in ("payer", "enrollment", "touch", "held", "clock"):
            self.call_refused(f"medical.payer.{model}", "search_read", [], ["id"])

    def test_another_company_sees_nothing_of_it(self):
        self.enroll()
        self.sign_in("outsider")
        for model in ("payer", "enrollment", "held"):
            self.assertFalse(self.call(f"medical.payer.{model}", "search", []))
