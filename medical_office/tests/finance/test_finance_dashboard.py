"""Dashboards: who reads which figures there, and that no public link shows them."""

import json

from odoo import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.spreadsheet.utils.validate_data import fields_in_spreadsheet

from ..common import RpcClient
from .finance_case import FinanceCase
from .test_finance_statement import MAY

ALL = ("manager", "accountant", "director", "auditor")
DATA = "/spreadsheet/dashboard/data/%s"


@tagged("post_install", "-at_install")
class TestFinanceDashboard(FinanceCase, RpcClient):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.measures = cls.env.ref("medical_office.finance_dashboard_measures")
        cls.budgets = cls.env.ref("medical_office.finance_dashboard_departments")
        cls.env["spreadsheet.dashboard"]._medical_draw()
        cls.harmless = cls.env["spreadsheet.dashboard"].create(
            {
                "name": "Vendors",
                "dashboard_group_id": cls.measures.dashboard_group_id.id,
                "group_ids": [Command.set(cls.env.ref("base.group_user").ids)],
                "spreadsheet_data": json.dumps(cls.listing("res.partner", "name")),
            }
        )
        cls.users["investor"] = new_test_user(
            cls.env, "test_investor", groups="base.group_portal",
            company_id=cls.company.id, company_ids=[Command.set(cls.company.ids)],
        )  # fmt: skip

    @staticmethod
    def listing(model, field):
        return {
            "version": "18.5.10",
            "sheets": [],
            "lists": {
                "1": {
                    "id": "1",
                    "model": model,
                    "columns": [field],
                    "domain": [],
                    "orderBy": [],
                }
            },
        }

    def measure_a_month(self):
        self.map_account(self.rent, "building")
        self.bill(
            [
                (self.rent, 6000, {str(self.center[self.nursing]): 100}),
                (self.rent, 4000, {str(self.center[self.front_desk]): 100}),
            ],
            MAY,
        )
        self.env["medical.finance.month"].create(
            {
                "month": "2026-05-01", "visits": 2000, "new_patients": 100,
                "charges": 600000, "payments": 350000, "adjustments": 200000,
                "ar_30": 300000, "ar_60": 100000, "ar_90": 50000, "ar_120": 20000,
                "ar_over": 10000, "company_id": self.company.id,
            }
        )  # fmt: skip
        self.env.flush_all()

    def opened(self, dashboard):
        return self.url_open(DATA % dashboard.id)

    # ---------------------------------------------------------------------- readers

    def test_who_opens_which(self):
        self.measure_a_month()
        for role in (*ALL, "head", "staff", "hr", "payroll", "plain", "investor"):
            self.sign_in(role)
            for dashboard, readers in (
                (self.measures, ALL),
                (self.budgets, (*ALL, "head")),
            ):
                answer = self.opened(dashboard)
                if role in readers:
                    self.assertEqual(answer.status_code, 200, (role, dashboard.name))
                    self.assertNotIn("is_sample", answer.json(), (role, dashboard.name))
                else:
                    self.assertIn(
                        answer.status_code, (403, 404), (role, dashboard.name)
                    )
                    self.assertNotIn("snapshot", answer.text)

    def test_what_the_charts_ask_for_is_there(self):
        """The host asks what the pivots say, as the user who looks."""
        self.measure_a_month()
        self.sign_in("accountant")
        book = self.opened(self.measures).json()["snapshot"]
        [pivot] = book["pivots"].values()
        rows = self.call(
            pivot["model"], "formatted_read_group", pivot["domain"],
            ["code", "month:month"], ["value:avg", "before:avg"],
        )  # fmt: skip
        shown = {row["code"]: row["value:avg"] for row in rows}
        # payments / charges x 100, and A/R / (charges / 31 days)
        self.assertEqual(shown["gross_collection"], 58.3)
        self.assertEqual(shown["days_in_ar"], 24.8)
        self.assertEqual(shown["cost_per_visit"], 5.0)

    def test_a_head_sees_the_own_department(self):
        self.measure_a_month()
        self.sign_in("head")
        book = self.opened(self.budgets).json()["snapshot"]
        asked = [(pivot["model"], pivot["domain"]) for pivot in book["pivots"].values()]
        for sheet in book["sheets"]:
            asked += [
                (chart["metaData"]["resModel"], chart["searchParams"]["domain"])
                for chart in (figure["data"] for figure in sheet["figures"])
                if "metaData" in chart
            ]
        self.assertGreaterEqual(len(asked), 5)
        for model, domain in asked:
            # the same without the days: the test's month is not today's
            for this in (domain, []):
                rows = self.call(
                    model, "formatted_read_group", this, ["department_id"],
                    ["actual:sum"],
                )  # fmt: skip
                names = {
                    row["department_id"] and row["department_id"][1] for row in rows
                }
                self.assertLessEqual(names, {self.nursing.display_name}, model)
        [row] = self.call(
            model, "formatted_read_group", [["month", "=", "2026-05-01"]],
            ["department_id"], ["actual:sum"],
        )  # fmt: skip
        self.assertEqual(row["actual:sum"], 6000)
        self.call_refused("medical.finance.measure", "search_read", [], ["value"])

    def test_a_practice_without_numbers_is_taught(self):
        self.sign_in("manager")
        for dashboard, menu in (
            (self.measures, "medical_office.finance_month_menu"),
            (self.budgets, "medical_office.finance_request_menu"),
        ):
            answer = self.opened(dashboard).json()
            self.assertTrue(answer["is_sample"], dashboard.name)
            self.assertIn(menu, json.dumps(answer["snapshot"]))
            self.assertIn("an example", json.dumps(answer["snapshot"]))
            self.assertFalse(fields_in_spreadsheet(answer["snapshot"]))

    # ----------------------------------------------------------------- public links

    def link(self, dashboard, data=None):
        return {
            "dashboard_id": dashboard.id,
            "spreadsheet_data": json.dumps(data or {"sheets": []}),
            "excel_files": [],
        }

    def shares(self):
        return self.env["spreadsheet.dashboard.share"].search_count([])

    def test_no_link_for_measures_and_budgets(self):
        before = self.shares()
        for role in ALL:
            self.sign_in(role)
            for dashboard in (self.measures, self.budgets):
                self.call_refused(
                    "spreadsheet.dashboard.share", "action_get_share_url",
                    self.link(dashboard), error="AccessError",
                )  # fmt: skip
                values = self.link(dashboard)
                del values["excel_files"]
                self.call_refused(
                    "spreadsheet.dashboard.share", "create", [values],
                    error="AccessError",
                )  # fmt: skip
        self.assertEqual(self.shares(), before)

    def test_no_link_by_another_name(self):
        """A copy, another's name over the same figures, a link that is moved there."""
        copy = self.budgets.copy({"name": "Mine"})
        pay = self.env["spreadsheet.dashboard"].create(
            {
                "name": "Wages",
                "dashboard_group_id": self.measures.dashboard_group_id.id,
                "spreadsheet_data": json.dumps(self.listing("hr.payslip", "number")),
            }
        )
        self.sign_in("manager")
        shares = "spreadsheet.dashboard.share"
        for refused in (
            self.link(copy),
            self.link(pay),
            self.link(self.harmless, self.listing("medical.finance.budget", "actual")),
        ):
            self.call_refused(shares, "action_get_share_url", refused)
        url = self.call(shares, "action_get_share_url", self.link(self.harmless))
        self.assertIn("/dashboard/share/", url)
        share = self.env[shares].search([("dashboard_id", "=", self.harmless.id)])
        self.call_refused(
            shares, "write", share.ids, {"dashboard_id": self.measures.id}
        )
        self.assertEqual(share.dashboard_id, self.harmless)

    def test_an_older_link_is_closed(self):
        share = (
            self.env["spreadsheet.dashboard.share"]
            .with_user(self.users["manager"])
            .create({"dashboard_id": self.harmless.id, "spreadsheet_data": "{}"})
        )
        self.env.flush_all()
        routes = [
            f"/dashboard/{door}/{share.id}/{share.access_token}"
            for door in ("data", "share")
        ]
        self.authenticate(None, None)
        for route in routes:
            self.assertEqual(self.url_open(route).status_code, 200, route)
        self.harmless.spreadsheet_data = json.dumps(
            self.listing("medical.finance.measure", "value")
        )
        self.env.flush_all()
        for route in [*routes, routes[0].replace("/data/", "/download/")]:
            self.assertEqual(self.url_open(route).status_code, 403, route)
