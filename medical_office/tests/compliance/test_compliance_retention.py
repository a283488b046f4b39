"""The retention register: what is kept how long, what may go, and how."""

from datetime import date, datetime

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..common import RpcClient
from .incident_case import IncidentCase


@tagged("post_install", "-at_install")
class TestComplianceRetention(IncidentCase):
    def rule(self, code, role="manager"):
        found = self.env["medical.compliance.retention"].with_user(self.users[role])
        return found.with_company(self.company).search([("code", "=", code)])

    def test_each_rule_says_where_it_comes_from(self):
        rules = self.env["medical.compliance.retention"].search([])
        self.assertEqual(len(rules), 20)
        for rule in rules:
            self.assertTrue(rule.citation and rule.rule and rule.held, rule.name)
            if rule.is_checked:
                self.assertTrue(rule.source, rule.name)
        unread = set(rules.filtered(lambda one: not one.is_checked).mapped("code"))
        self.assertEqual(unread, {"sharps", "screening", "hotline"})

    def test_papers_that_may_go_are_counted_with_the_next(self):
        kind = self.env["medical.people.document.type"].create(
            {"name": "Sharps paper", "code": "sharps_paper", "retention": "bbp"}
        )
        papers = self.env["medical.people.document"].create(
            [
                {
                    "employee_id": self.employees["staff"].id,
                    "type_id": kind.id,
                    "date": day,
                }
                for day in (date(2023, 11, 23), date(2023, 11, 24), date(2024, 2, 1))
            ]
        )
        rule = self.rule("bbp")
        self.assertEqual(rule.due_count, 0)
        papers._pen().write({"state": "accepted", "has_file": True})
        rule.invalidate_recordset()
        # three years from November 23: today, the 24th, is one day later
        self.assertEqual((rule.due_count, rule.next_due), (1, date(2026, 11, 24)))
        check = self.env["medical.compliance.retention"]
        mine = [
            row
            for row in check._medical_check_due().rows
            if row.company_id == self.company.id
        ]
        self.assertEqual(len(mine), 1)
        self.assertIn("1", mine[0].summary)

    def test_incidents_are_kept_five_years_after_theirs(self):
        self.incident(kind="needle")
        rule = self.rule("sharps")
        self.assertEqual((rule.due_count, rule.next_due), (0, date(2032, 1, 1)))
        for day, due in (
            (datetime(2031, 12, 31, 18), 0),
            (datetime(2032, 1, 1, 18), 1),
        ):
            with freeze_time(day):
                rule.invalidate_recordset()
                self.assertEqual(rule.due_count, due)

    def test_logged_cases_are_kept_five_years_after_theirs(self):
        incident = self.incident()
        incident.with_user(self.users["officer"]).involved_ids = [
            Command.create({"employee_id": self.employees["hr"].id, "part": "hurt"})
        ]
        incident.with_user(self.users["officer"]).action_osha_cases()
        rule = self.rule("osha_log")
        self.assertEqual((rule.due_count, rule.next_due), (0, date(2032, 1, 1)))
        with freeze_time(datetime(2032, 1, 1, 18)):
            rule.invalidate_recordset()
            self.assertEqual((rule.due_count, rule.next_due), (1, False))

    def test_the_purge_lists_are_those_there_are(self):
        action = self.rule("bbp").action_purges()
        self.assertEqual(action["res_model"], "medical.people.purge")
        action = self.rule("applicants").action_purges()
        self.assertEqual(action["res_model"], "medical.people.applicant.purge")
        with self.assertRaisesRegex(UserError, "nothing here deletes"):
            self.rule("dea").action_purges()

    def test_the_register_costs_a_fixed_number_of_queries(self):
        rules = self.env["medical.compliance.retention"].search([])
        rules.mapped("due_count")
        rules.invalidate_recordset()
        with self.assertQueryCount(25):
            rules.mapped("due_count")

    def test_printed(self):
        report = self.env["report.medical_office.compliance_retention_report"]
        (sheet,) = report._sheets(
            self.env["medical.compliance.retention"].search([]), {}
        )
        self.assertEqual(len(sheet.rows), 20)

    def test_the_manager_keeps_it_and_nobody_deletes(self):
        # rules are shared: whoever works for all companies keeps them
        self.let_work_for_all("manager")
        rule = self.rule("hotline")
        rule.rule = "7 years"
        with self.assertRaisesRegex(AccessError, "given once"):
            rule.code = "other"
        for role in ("hr", "director", "auditor"):
            with self.assertRaises(AccessError):
                rule.with_user(self.users[role]).rule = "1 day"


@tagged("post_install", "-at_install")
class TestComplianceRetentionRpc(IncidentCase, RpcClient):
    def test_others_read_and_change_nothing(self):
        rule = self.env.ref("medical_office.compliance_retention_bbp")
        model = "medical.compliance.retention"
        for role in ("staff", "head", "payroll", "accountant"):
            self.sign_in(role)
            self.call_refused(model, "read", rule.ids, ["rule"])
            self.call_refused(model, "action_purges", rule.ids)
        self.sign_in("manager")
        self.call_refused(model, "unlink", rule.ids)
