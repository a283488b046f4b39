"""Breach assessments: four factors, two people, clocks that run from the discovery."""

from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..common import RpcClient
from .incident_case import NOW, TODAY, IncidentCase

FACTORS = ("nature", "who", "acquired", "mitigated")


class BreachCase(IncidentCase):
    def breach(self, role="officer", rate="high", people=(("OH", 12),), **values):
        states = self.env["res.country.state"].search(
            [("country_id.code", "=", "US"), ("code", "in", [p[0] for p in people])]
        )
        by_code = {state.code: state.id for state in states}
        return (
            self.env["medical.compliance.breach"]
            .with_user(self.users[role])
            .create(
                {
                    "name": "Fax to a wrong number",
                    "discovered_on": TODAY,
                    **{f"rate_{name}": rate for name in FACTORS},
                    **{f"why_{name}": f"Because of {name}" for name in FACTORS},
                    "people_ids": [
                        Command.create(
                            {"state_id": by_code.get(code, False), "people": count}
                        )
                        for code, count in people
                    ],
                    **values,
                }
            )
        )

    def approve(self, breach):
        breach.action_sign()
        breach.with_user(self.users["director"]).action_approve()
        return breach

    def line(self, breach, code):
        return breach.notice_ids.filtered(lambda one: one.code == code)


@tagged("post_install", "-at_install")
class TestComplianceBreach(BreachCase):
    def test_all_four_low_is_no_breach(self):
        low = self.approve(self.breach(rate="low"))
        self.assertEqual(low.outcome, "low")
        self.assertFalse(low.notice_ids or low.due_first)
        low.action_close()
        self.assertEqual(low.state, "closed")

    def test_one_factor_makes_a_breach(self):
        breach = self.breach(rate="low", rate_acquired="high")
        self.assertEqual(breach.outcome, "breach")

    def test_encrypted_information_is_no_breach(self):
        exempt = self.breach(rate=False, is_secured=True)
        self.assertEqual(exempt.outcome, "exempt")
        exempt.action_sign()

    def test_signing_takes_ratings_reasons_and_people(self):
        for values, words in (
            ({"rate_who": False, "rate": "low"}, "all four"),
            ({"why_who": " "}, "Who received it"),
            ({"people": ()}, "how many people"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self.breach(**values).action_sign()

    def test_who_signed_does_not_approve(self):
        breach = self.breach()
        breach.action_sign()
        with self.assertRaisesRegex(AccessError, "somebody else"):
            breach.action_approve()
        breach.with_user(self.users["manager"]).action_approve()
        self.assertEqual(breach.approved_by_id, self.users["manager"])
        with self.assertRaises(UserError):
            breach.why_who = "Nobody"

    def test_notices_are_laid_out_with_their_last_days(self):
        breach = self.approve(self.breach(people=(("OH", 12), ("CA", 3))))
        due = {
            (one.code, one.state_id.code or ""): one.due for one in breach.notice_ids
        }
        self.assertEqual(
            due,
            {
                ("individuals", ""): date(2027, 1, 23),
                ("hhs_year", ""): date(2027, 3, 1),
                ("people_ca", "CA"): date(2026, 12, 24),
                ("unknown", "OH"): False,
            },
        )
        self.assertEqual(breach.due_first, date(2026, 12, 24))
        unknown = self.line(breach, "unknown")
        self.assertIn("not known here", unknown.display_name)
        with self.assertRaisesRegex(UserError, "is not done"):
            breach.action_close()
        breach.notice_ids.write({"done_on": TODAY, "done_how": "First-class mail"})
        breach.action_close()

    def test_a_clock_that_waits_for_another_notice(self):
        breach = self.approve(self.breach(people=(("NY", 600),)))
        ag = self.line(breach, "ag_ny")
        self.assertEqual((ag.due, ag.waits_for), (False, "hhs"))
        self.assertTrue(self.line(breach, "media"))
        with freeze_time(NOW + timedelta(days=10)):
            self.line(breach, "hhs").done_on = date(2026, 12, 1)
        self.assertEqual(ag.due, date(2026, 12, 8))
        self.assertFalse(ag.waits_for)

    def test_a_notice_is_not_done_before_the_discovery_or_tomorrow(self):
        breach = self.approve(self.breach())
        for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
            with self.assertRaisesRegex(UserError, "from the discovery"):
                self.line(breach, "individuals").done_on = day

    def test_clocks_are_found(self):
        check = self.env["medical.compliance.breach"]
        breach = self.breach(people=())
        self.assertFalse(check._medical_check_clocks().rows)
        with freeze_time(NOW + timedelta(days=14)):
            breach.invalidate_recordset()
            (row,) = check._medical_check_clocks().rows
            self.assertEqual(row.date_due, date(2027, 1, 23))
            self.assertNotIn("Fax", row.summary)
        breach.people_ids = [Command.create({"people": 3})]
        self.approve(breach)
        rows = check._medical_check_clocks().rows
        self.assertEqual(len(rows), 1)  # the state that is not known
        with freeze_time(NOW + timedelta(days=41)):
            rows = check._medical_check_clocks().rows
        self.assertEqual(len(rows), 2)
        breach.notice_ids.write({"done_on": TODAY})
        with freeze_time(NOW + timedelta(days=99)):
            self.assertFalse(check._medical_check_clocks().rows)

    def test_a_privacy_incident_begins_it_on_the_day_it_was_reported(self):
        incident = self.incident(kind="privacy", happened_on=TODAY - timedelta(days=3))
        officer = incident.with_user(self.users["officer"])
        action = officer.action_breach()
        breach = self.env["medical.compliance.breach"].browse(action["res_id"])
        self.assertEqual(breach.discovered_on, TODAY)
        self.assertEqual(officer.action_breach()["res_id"], breach.id)

    def test_wrong_days_are_refused(self):
        with self.assertRaisesRegex(UserError, "to come"):
            self.breach(discovered_on=TODAY + timedelta(days=1))
        with self.assertRaisesRegex(UserError, "before it happened"):
            self.breach(happened_on=TODAY, discovered_on=TODAY - timedelta(days=1))

    def test_printed_with_signatures_and_notices(self):
        breach = self.approve(self.breach())
        report = self.env["report.medical_office.compliance_breach_report"]
        assessment, notices = report._sheets(breach, {})
        values = {row["what"]: row["value"] for row in assessment.rows}
        self.assertIn("Not low: Because of nature", values["Which information"])
        self.assertIn(self.users["director"].name, values["Approved by"])
        self.assertEqual(len(notices.rows), 3)


@tagged("post_install", "-at_install")
class TestComplianceBreachRpc(BreachCase, RpcClient):
    def test_others_read_and_change_nothing(self):
        breach = self.breach()
        model = "medical.compliance.breach"
        for role in ("staff", "head", "hr", "payroll", "accountant"):
            self.sign_in(role)
            self.call_refused(model, "read", breach.ids, ["why_who"])
            self.call_refused(model, "action_sign", breach.ids)
        self.sign_in("auditor")
        self.call(model, "read", breach.ids, ["why_who"])
        self.call_refused(model, "write", breach.ids, {"note": "x"})
        self.sign_in("director")
        for values in ({"state": "closed"}, {"outcome": "low"}, {"signed_by_id": 1}):
            self.call_refused(model, "write", breach.ids, values)
        self.call_refused(
            "medical.compliance.breach.notice",
            "create",
            [{"breach_id": breach.id, "code": "individuals"}],
        )
