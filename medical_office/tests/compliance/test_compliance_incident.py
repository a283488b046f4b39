"""Incidents: who reports, who reads, who looks into them and who closes them."""

from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..common import RpcClient
from .incident_case import NOW, TODAY, IncidentCase


@tagged("post_install", "-at_install")
class TestComplianceIncident(IncidentCase):
    def test_staff_report_and_read_their_own(self):
        incident = self.incident()
        self.assertEqual(incident.reporter_id, self.users["staff"])
        self.assertEqual(incident.reported_on, TODAY)
        self.assertEqual(incident.site_id, self.site)
        self.assertEqual(incident.sudo().department_id, self.nursing)
        self.assertTrue(self.seen("staff", incident))
        other = self.incident("hr", kind="safety")
        self.assertFalse(self.seen("staff", other))

    def test_who_reads_what_is_confidential(self):
        open_one = self.incident()
        secret = self.incident(kind="complaint")
        self.assertTrue(secret.is_confidential)
        for role, sees in (
            ("head", False), ("hr", False), ("auditor", False), ("payroll", False),
            ("manager", True), ("officer", True), ("director", True),
        ):  # fmt: skip
            self.assertEqual(self.seen(role, secret), sees, role)
        for role in ("head", "hr", "auditor", "manager", "officer", "director"):
            self.assertTrue(self.seen(role, open_one), role)
        with self.assertRaises(AccessError):  # a manager of another company
            open_one.with_user(self.users["outsider"]).with_context(
                allowed_company_ids=self.other_company.ids
            ).read(["what"])

    def test_what_is_kept_from_the_manager(self):
        incident = self.incident(kind="safety", is_about_manager=True)
        self.assertTrue(incident.is_confidential)
        self.assertFalse(self.seen("manager", incident))
        self.assertTrue(self.seen("officer", incident))
        self.assertTrue(self.seen("director", incident))

    def test_it_is_closed_by_somebody_else_with_a_cause(self):
        incident = self.incident("manager")
        manager = incident.with_user(self.users["manager"])
        manager.action_look()
        self.assertEqual(incident.owner_id, self.users["manager"])
        with self.assertRaisesRegex(UserError, "Cause"):
            incident.with_user(self.users["officer"]).action_close()
        manager.write({"cause": "Tray cleared too late", "done": "Trays at each chair"})
        with self.assertRaisesRegex(AccessError, "somebody else"):
            manager.action_close()
        incident.with_user(self.users["officer"]).action_close()
        self.assertEqual(incident.state, "closed")
        self.assertEqual(incident.closed_by_id, self.users["officer"])
        with self.assertRaisesRegex(UserError, "Closed"):
            manager.cause = "Nobody's fault"

    def test_who_is_involved_does_not_close_it(self):
        incident = self.incident()
        manager = incident.with_user(self.users["manager"])
        self.env["medical.compliance.incident.person"].with_user(
            self.users["officer"]
        ).create(
            {
                "incident_id": incident.id,
                "employee_id": self.employees["manager"].id,
                "part": "witness",
            }
        )
        manager.action_look()
        manager.write({"cause": "Tray", "done": "New trays"})
        with self.assertRaisesRegex(AccessError, "involved"):
            manager.action_close()

    def test_reopening_takes_a_reason_and_the_officer(self):
        incident = self.incident()
        manager = incident.with_user(self.users["manager"])
        manager.action_look()
        manager.write({"cause": "Tray", "done": "New trays"})
        manager.action_close()
        with self.assertRaises(AccessError):
            manager.action_reopen("It happened again")
        officer = incident.with_user(self.users["officer"])
        with self.assertRaisesRegex(UserError, "reason"):
            officer.action_reopen(" ")
        officer.action_reopen("It happened again")
        self.assertEqual(incident.state, "looking")
        self.assertFalse(incident.closed_on)

    def test_what_was_reported_is_not_rewritten(self):
        incident = self.incident()
        for role in ("staff", "manager", "officer", "director"):
            with self.assertRaises(AccessError):
                incident.with_user(self.users[role]).what = "Nothing happened"
        with self.assertRaises(AccessError):
            incident.with_user(self.users["officer"]).reporter_id = False

    def test_people_involved_are_seen_by_whom_it_concerns(self):
        incident = self.incident("manager")
        rows = self.env["medical.compliance.incident.person"]
        hurt, named = rows.with_user(self.users["officer"]).create(
            [
                {
                    "incident_id": incident.id,
                    "employee_id": self.employees[role].id,
                    "part": part,
                }
                for role, part in (("staff", "hurt"), ("payroll", "named"))
            ]
        )
        self.assertTrue(self.seen("staff", incident))  # it happened to them
        self.assertFalse(self.seen("payroll", incident))
        for role, sees in (
            ("staff", hurt), ("payroll", rows), ("head", rows), ("accountant", rows),
            ("hr", hurt | named), ("director", hurt | named),
        ):  # fmt: skip
            found = rows.with_user(self.users[role]).search(
                [("incident_id", "=", incident.id)]
            )
            self.assertEqual(found.sudo(), sees.sudo(), role)
        with self.assertRaises(AccessError):
            rows.with_user(self.users["auditor"]).search([])

    def test_a_day_to_come_is_refused(self):
        with self.assertRaisesRegex(UserError, "cannot happen after"):
            self.incident(happened_on=date(2026, 12, 1))

    def test_findings_name_the_number_alone(self):
        incident = self.incident(kind="complaint", what="The secret of the tray")
        check = self.env["medical.compliance.incident"]
        self.assertFalse(check._medical_check_open().rows)
        with freeze_time(NOW + timedelta(days=3)):
            (row,) = check._medical_check_open().rows
        self.assertIn(str(incident.id), row.summary)
        self.assertNotIn("secret", row.summary)
        self.assertEqual(row.user_id, self.users["officer"].id)
        incident.with_user(self.users["officer"]).action_look()
        with freeze_time(NOW + timedelta(days=3)):
            self.assertFalse(check._medical_check_open().rows)
        with freeze_time(NOW + timedelta(days=31)):
            self.assertIn("not closed", check._medical_check_open().rows[0].summary)

    def test_printed_it_names_nobody(self):
        incident = self.incident("manager")
        report = self.env["report.medical_office.compliance_incident_report"]
        (sheet,) = report._sheets(incident, {})
        self.assertEqual(sheet.rows[0]["number"], incident.id)
        self.assertNotIn(self.users["manager"].name, str(sheet.rows))


@tagged("post_install", "-at_install")
class TestComplianceIncidentRpc(IncidentCase, RpcClient):
    def test_staff_change_and_close_nothing(self):
        incident = self.incident()
        self.sign_in("staff")
        model = "medical.compliance.incident"
        for method, args in (
            ("write", [{"cause": "x"}]),
            ("write", [{"state": "closed"}]),
            ("action_look", []),
            ("action_close", []),
            ("action_reopen", ["why"]),
            ("unlink", []),
        ):
            self.call_refused(model, method, incident.ids, *args)
        for method in ("action_poster", "action_renew_poster"):
            self.call_refused(model, method)
        self.call_refused(
            model, "create", [{"what": "I know who", "is_anonymous": True}]
        )
        self.call_refused(
            model, "create", [{"what": "I know", "reporter_id": self.users["hr"].id}]
        )
        self.call_refused("medical.compliance.incident.message", "search_read", [])
        self.assertEqual(incident.state, "reported")

    def test_nobody_reads_the_digest_of_a_key(self):
        incident = self.incident()
        for role in ("manager", "officer", "director"):
            self.sign_in(role)
            self.call_refused(
                "medical.compliance.incident", "read", incident.ids, ["key_digest"]
            )
