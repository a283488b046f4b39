"""A head's figures are the own department's, whichever door they come through."""

import csv
import io
import json
from urllib.parse import quote

from odoo.tests import JsonRpcException, tagged

from ..common import RpcClient
from .test_finance_statement import MAY, StatementCase

FIGURES = ("accrual", "cash", "committed", "budget", "grant")


@tagged("post_install", "-at_install")
class TestFinanceAccess(StatementCase, RpcClient):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        category = cls.env.ref("medical_office.finance_category_building")
        cls.env["medical.finance.grant"].sudo()._pen()._book(
            cls.company,
            [
                (department, category, cls.rent, MAY.replace(day=1), amount, "x", {})
                for department, amount in ((cls.nursing, 7000), (cls.front_desk, 4321))
            ],
            "grant",
        )
        cls.env["purchase.order"].create(
            {
                "partner_id": cls.vendor.id,
                "order_line": [
                    (0, 0, {
                        "name": "Chairs", "product_qty": 1, "price_unit": 250,
                        "date_planned": "2026-07-10",
                        "product_id": cls.env["product.product"].create(
                            {"name": "Chair", "type": "consu"}
                        ).id,
                        "analytic_distribution": {
                            str(cls.center[cls.nursing]): 60,
                            str(cls.center[cls.front_desk]): 40,
                        },
                    })
                ],
            }
        ).button_confirm()  # fmt: skip
        cls.env.flush_all()

    def departments(self, model, **more):
        """Departments of all rows that a call answers with, by list and by pivot."""
        rows = self.call(
            model, "search_read", more.get("domain", []), ["department_id"]
        )
        groups = self.call(
            model, "formatted_read_group", more.get("domain", []), ["department_id"],
            ["__count"],
        )  # fmt: skip
        listed = {row["department_id"] and row["department_id"][0] for row in rows}
        grouped = {row["department_id"] and row["department_id"][0] for row in groups}
        self.assertEqual(listed, grouped, model)
        return listed

    def test_list_and_pivot(self):
        for role, expected in (
            ("head", {self.nursing.id}),
            ("director", {self.nursing.id, self.front_desk.id}),
        ):
            self.sign_in(role)
            for figures in FIGURES:
                found = self.departments(f"medical.finance.{figures}")
                self.assertEqual(found - {False}, expected, (role, figures))
                if role == "head":
                    self.assertNotIn(False, found, figures)

    def test_asking_for_another_department_by_name_or_id(self):
        self.sign_in("head")
        for figures in FIGURES:
            model = f"medical.finance.{figures}"
            other = [["department_id", "=", self.front_desk.id]]
            self.assertFalse(self.call(model, "search", other))
            # rights of the program: there is something to hide
            hidden = self.env[model].sudo().search(other, limit=1)
            self.assertTrue(hidden, figures)
            self.call_refused(model, "read", hidden.ids, ["department_id"])

    def test_export(self):
        allowed = self.env.ref("base.group_allow_export")
        for role in ("head", "director"):
            self.users[role].group_ids += allowed
        for role, secret in (("head", False), ("director", True)):
            self.sign_in(role)
            for figures in ("accrual", "budget", "grant"):
                answer = self.url_open(
                    "/web/export/csv",
                    data={
                        "csrf_token": self.csrf_token(),
                        "data": json.dumps(
                            {
                                "model": f"medical.finance.{figures}",
                                "fields": [
                                    {"name": "department_id/name", "label": "Where"}
                                ],
                                "ids": False,
                                "domain": [],
                                "groupby": [],
                                "import_compat": False,
                            }
                        ),
                    },
                )
                self.assertEqual(answer.status_code, 200, answer.text[:300])
                rows = list(csv.reader(io.StringIO(answer.text)))[1:]
                names = {row[0] for row in rows}
                self.assertIn("Nursing", names, (role, figures))
                self.assertEqual("Front Desk" in names, secret, (role, figures))

    def csrf_token(self):
        page = self.url_open("/web").text
        return page.split('csrf_token: "')[1].split('"')[0]

    def test_drill_down_and_figures_of_a_directors_report(self):
        director = self.users["director"]
        statements = self.env["medical.finance.statement"].with_user(director)
        by_department = statements.open_statement("income", "accrual", "department")
        balance = statements.open_statement("balance")
        self.env.flush_all()
        self.sign_in("head")
        # of their own department alone a balance sheet would be none
        self.call_refused("mis.report.instance", "compute", balance["res_id"])
        found = self.call("mis.report.instance", "compute", by_department["res_id"])
        seen = {
            abs(cell["val"])
            for row in found["body"]
            for cell in row["cells"]
            if isinstance(cell.get("val"), (int, float))
        }
        self.assertIn(6600, seen)
        # of the other department, of all, of the ledger
        hidden = {4000, 4400, 10000, 11000, 50000, 39923, 38923, 16000, 9000}
        self.assertFalse(seen & hidden)
        report = self.env["mis.report.instance"].browse(by_department["res_id"])
        for period in report.period_ids:
            opened = self.call(
                "mis.report.instance",
                "drilldown",
                report.id,
                {
                    "period_id": period.id,
                    "expr": "balp[('medical_category_id.code', '=', 'building')]",
                    "kpi_id": report.report_id.kpi_ids[0].id,
                },
            )
            rows = self.call(
                opened["res_model"], "search_read", opened["domain"], ["department_id"]
            )
            for row in rows:
                self.assertEqual(row["department_id"][0], self.nursing.id)

    def test_what_lies_behind_the_figures(self):
        self.sign_in("head")
        for model in (
            "account.move",
            "account.move.line",
            "account.payment",
            "account.bank.statement.line",
            "medical.finance.measure",
            "medical.finance.month",
            "medical.finance.forecast",
            "medical.finance.bank.line",
            "medical.finance.pack",
            "medical.finance.adjusting",
            "medical.finance.close.step",
        ):
            self.call_refused(model, "search_read", [], ["id"])
        for kind in ("balance", "cash"):
            self.call_refused("medical.finance.statement", "open_statement", kind)
        # no report of the own making over the host's ledger
        self.call_refused("mis.report.instance", "create", {"name": "Mine"})
        self.call_refused("mis.report.instance.period", "create", {"name": "Mine"})

    # ------------------------------------------------------------- the OCA's ledger reports

    LEDGERS = (
        ("general.ledger.report.wizard", "general_ledger"),
        ("trial.balance.report.wizard", "trial_balance"),
        ("open.items.report.wizard", "open_items"),
        ("aged.partner.balance.report.wizard", "aged_partner_balance"),
        ("journal.ledger.report.wizard", "journal_ledger"),
        ("vat.report.wizard", "vat_report"),
    )

    def printed(self, wizard, button="button_export_html", company=None):
        """What somebody gets who prints one of these reports by RPC; None where the host
        refuses the dialog already.

        :param company: whose report is asked for with the data of an own dialog
        """
        values = {
            "company_id": self.company.id,
            "date_from": "2026-01-01",
            "date_to": "2026-12-31",
            "date_at": "2026-12-31",
            "target_move": "posted",
        }
        known = self.env[wizard]._fields
        try:
            record = self.call(
                wizard,
                "create",
                {name: value for name, value in values.items() if name in known},
            )
            action = self.call(wizard, button, [record])
        except JsonRpcException as error:
            self.assertRegex(str(error), "AccessError")
            return None
        data = action["data"] | ({"company_id": company.id} if company else {})
        kind = {"qweb-html": "html"}.get(action["report_type"], action["report_type"])
        context = {"active_model": wizard, "active_ids": [record], "active_id": record}
        return self.url_open(
            f"/report/{kind}/{action['report_name']}/{record}"
            f"?options={quote(json.dumps(data))}&context={quote(json.dumps(context))}"
        )

    def test_the_ledger_is_printed_for_those_who_read_it(self):
        for role in ("accountant", "director"):
            self.sign_in(role)
            for wizard, name in self.LEDGERS:
                answer = self.printed(wizard)
                self.assertEqual(answer.status_code, 200, (role, name))
                self.assertIn("act_as_table", answer.text, (role, name))
            trial = self.printed("trial.balance.report.wizard")
            self.assertIn(self.rent.code, trial.text)
            sheet = self.printed("trial.balance.report.wizard", "button_export_xlsx")
            self.assertTrue(sheet.content.startswith(b"PK"), role)

    def test_the_ledger_is_printed_on_wide_letter(self):
        """On A4 upright the dates of an ageing run into the numbers of its entries."""
        names = [f"account_financial_report.{name}" for _wizard, name in self.LEDGERS]
        printed = self.env["ir.actions.report"].search(
            [("report_name", "in", names), ("report_type", "=", "qweb-pdf")]
        )
        self.assertEqual(sorted(printed.mapped("report_name")), sorted(names))
        paper = printed.paperformat_id
        self.assertEqual(
            (paper.mapped("format"), paper.mapped("orientation")),
            (["Letter"], ["Landscape"]),
        )

    def test_the_ledger_is_printed_for_nobody_else(self):
        self.sign_in("manager")  # reads bills, so the host lets the dialog through
        self.assertIsNotNone(self.printed("trial.balance.report.wizard"))
        for role in ("manager", "staff", "auditor"):
            self.sign_in(role)
            for wizard, name in self.LEDGERS:
                for button in ("button_export_html", "button_export_xlsx"):
                    answer = self.printed(wizard, button)
                    if answer is None:
                        continue
                    self.assertNotIn("act_as_table", answer.text, (role, name))
                    self.assertFalse(answer.content.startswith(b"PK"), (role, name))
                    self.assertIn("belong to the accountant", answer.text, (role, name))

    def test_the_ledger_of_another_company_is_not_printed(self):
        self.sign_in("accountant")
        for wizard, name in self.LEDGERS:
            answer = self.printed(wizard, company=self.other_company)
            self.assertIn("do not work for the company", answer.text, name)
