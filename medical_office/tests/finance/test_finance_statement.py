"""Statements: their totals are those of an independent sum, and who sees what."""

from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import RpcClient
from .finance_case import FinanceCase

MAY, MARCH = date(2026, 5, 12), date(2026, 3, 3)
LAST_MAY = date(2025, 5, 12)


class StatementCase(FinanceCase):
    """A small ledger: a payer's invoice, a rent bill that is split and paid in part."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for account, code in (
            (cls.rent, "building"),
            (cls.fees, "collections"),
            (cls.supplies, "medical_supply"),
        ):
            cls.map_account(account, code)
        split = {
            str(cls.center[cls.nursing]): 60,
            str(cls.center[cls.front_desk]): 40,
        }
        cls.invoice = cls.bill([(cls.fees, 50000, None)], MAY, "out_invoice", cls.payer)
        cls.rent_bill = cls.bill([(cls.rent, 10000, split)], MAY)
        cls.bill([(cls.supplies, 1000, split)], MARCH)
        cls.bill([(cls.rent, 9000, split)], LAST_MAY)
        cls.pay(cls.rent_bill, 4000, MAY)
        cls.misc = cls.account("Miscellaneous Expenses")
        cls.entry([(cls.misc, 77, None), (cls.bank.default_account_id, -77, None)], MAY)
        cls.env.flush_all()


@tagged("post_install", "-at_install")
class TestFinanceStatement(StatementCase, RpcClient):
    def figures(self, role, *args):
        """{KPI: [value of each column]} of a statement, opened as a role."""
        user = self.env["res.users"].browse(self.users[role].id)
        action = (
            self.env["medical.finance.statement"].with_user(user).open_statement(*args)
        )
        report = (
            self.env["mis.report.instance"].with_user(user).browse(action["res_id"])
        )
        matrix = report._compute_matrix()
        names = [column.label for column in matrix.iter_cols()]
        rows = {
            row.kpi.name: [
                cell.val if cell and cell.val is not None else 0
                for cell in row.iter_cells()
            ]
            for row in matrix.iter_rows()
            if not row.account_id
        }
        return names, {
            name: [float(value or 0) for value in values if not isinstance(value, str)]
            for name, values in rows.items()
        }

    def test_the_income_statement_of_the_month_the_year_and_the_year_before(self):
        names, rows = self.figures("director", "income")
        self.assertEqual(names[:2], ["Month", "Year to Date"])
        self.assertEqual(rows["c_building"][:4], [10000, 10000, 9000, 9000])
        self.assertEqual(rows["c_medical_supply"][:4], [0, 1000, 0, 0])
        self.assertEqual(rows["revenue"][:2], [50000, 50000])
        self.assertEqual(rows["unmapped_cost"][:2], [77, 77])
        self.assertEqual(rows["net"][:4], [39923, 38923, -9000, -9000])
        self.assertAlmostEqual(rows["p_overhead"][0], 10077 / 50000, places=6)

    def test_net_income_is_the_ledgers(self):
        _names, rows = self.figures("accountant", "income")
        self.env.cr.execute(
            """
            SELECT -sum(line.balance) FROM account_move_line line
              JOIN account_account account ON account.id = line.account_id
             WHERE line.company_id = %s AND line.parent_state = 'posted'
               AND line.date BETWEEN '2026-01-01' AND '2026-05-31'
               AND (account.account_type LIKE 'income%%'
                    OR account.account_type LIKE 'expense%%')
            """,
            [self.company.id],
        )
        self.assertAlmostEqual(rows["net"][1], float(self.env.cr.fetchone()[0]))

    def test_as_paid_shows_what_was_paid(self):
        _names, rows = self.figures("director", "income", "cash")
        self.assertEqual(rows["c_building"][0], 4000)
        self.assertEqual(rows["revenue"][0], 0)
        self.assertEqual(rows["net"][0], -4077)

    def test_the_balance_sheet_balances(self):
        _names, rows = self.figures("accountant", "balance")
        for column in range(3):
            self.assertAlmostEqual(rows["assets"][column], rows["both"][column], 2)
        self.assertEqual(rows["receivable"][0], 50000)
        self.assertEqual(rows["payable"][0], 16000)
        self.assertEqual(rows["earlier"][0], -9000)
        self.assertEqual(rows["earnings"][0], 38923)

    def test_the_cash_flow_ends_with_the_cash(self):
        _names, rows = self.figures("auditor", "cash")
        for column in range(4):
            self.assertAlmostEqual(
                rows["opening"][column] + rows["change"][column],
                rows["closing"][column],
                2,
            )
        self.assertEqual(rows["net"][0], 39923)

    def test_a_head_runs_it_over_the_own_department_alone(self):
        _names, rows = self.figures("head", "income")
        self.assertEqual(rows["c_building"][0], 6000)
        self.assertEqual(rows["revenue"][0], 0)
        self.assertFalse(
            self.env["account.move.line"]
            .with_user(self.users["head"])
            .has_access("read")
        )

    def test_by_department_a_head_has_one_column_and_the_director_all(self):
        names, rows = self.figures("head", "income", "accrual", "department")
        self.assertEqual(names, ["Nursing"])
        self.assertEqual(rows["c_building"], [6000])
        names, rows = self.figures("director", "income", "accrual", "department")
        self.assertEqual(names, ["Front Desk", "Nursing", "None", "Total"])
        self.assertEqual(rows["c_building"], [4000, 6000, 0, 10000])

    def test_by_site(self):
        names, _rows = self.figures("director", "income", "accrual", "site")
        self.assertEqual(names[-2:], ["None", "Total"])
        self.assertIn("North", names)

    def test_drill_down_leads_to_rows_the_head_may_see(self):
        statements = self.env["medical.finance.statement"].with_user(self.users["head"])
        action = statements.open_statement("income")
        report = self.env["mis.report.instance"].with_user(self.users["head"])
        report = report.browse(action["res_id"])
        period = report.period_ids[0]
        opened = report.drilldown(
            {
                "period_id": period.id,
                "expr": "balp[('medical_category_id.code', '=', 'building')]",
                "kpi_id": report.report_id.kpi_ids[0].id,
            }
        )
        self.assertEqual(opened["res_model"], "medical.finance.accrual")
        rows = self.ledger.with_user(self.users["head"]).search(opened["domain"])
        self.assertEqual(rows.mapped("balance"), [6000])

    def test_a_practice_without_sites_and_departments_gets_its_totals(self):
        company = self.env["res.company"].create({"name": "Empty Practice"})
        accountant = self.users["accountant"]
        accountant.company_ids |= company
        statements = self.env["medical.finance.statement"].with_user(accountant)
        statements = statements.with_company(company)
        for by in ("site", "department"):
            action = statements.open_statement("income", "accrual", by)
            report = self.env["mis.report.instance"].browse(action["res_id"])
            self.assertIn("Total", report.period_ids.mapped("name"))

    def test_a_head_without_a_department_is_told_what_to_do(self):
        head = self.users["head"]
        self.env["hr.department"].search([]).manager_id = False
        self.assertFalse(head.medical_headed_department_ids)
        statements = self.env["medical.finance.statement"].with_user(head)
        said = statements.open_statement("income", "accrual", "department")
        self.assertIn("Ask HR", said["params"]["message"])

    def test_the_second_opening_finds_the_first_report(self):
        statements = self.env["medical.finance.statement"].with_user(
            self.users["director"]
        )
        first = statements.open_statement("income")["res_id"]
        self.assertEqual(statements.open_statement("income")["res_id"], first)
        self.assertNotEqual(
            statements.open_statement("income", "cash")["res_id"], first
        )

    def test_a_head_has_no_balance_sheet_and_staff_nothing(self):
        for role, kind in (("head", "balance"), ("head", "cash"), ("staff", "income")):
            with self.assertRaises(AccessError):
                self.figures(role, kind)

    def test_no_door_shows_a_head_the_balance_sheet_that_others_opened(self):
        opened = self.env["medical.finance.statement"].with_user(self.users["director"])
        for kind in ("balance", "cash"):
            report_id = opened.open_statement(kind)["res_id"]
            for role, may in (("auditor", True), ("head", False), ("staff", False)):
                user = self.users[role]
                mine = self.env["mis.report.instance"].with_user(user).browse(report_id)
                reports = self.env["ir.actions.report"].with_user(user)
                page, sheet = reports._render_qweb_html, reports._render_xlsx
                for door, arguments in (
                    (mine.compute, ()),
                    (page, ("medical_office.finance_statement", [report_id])),
                    (sheet, ("mis_builder.mis_report_instance_xlsx", [report_id], {})),
                ):
                    with self.subTest(f"{kind} {role} {door.__name__}"):
                        if may:
                            self.assertTrue(door(*arguments))
                        else:
                            self.assertRaises(AccessError, door, *arguments)

    def test_the_xlsx_shows_what_the_screen_shows(self):
        action = (
            self.env["medical.finance.statement"]
            .with_user(self.users["director"])
            .open_statement("income")
        )
        data, kind = self.env["ir.actions.report"]._render_xlsx(
            "mis_builder.mis_report_instance_xlsx", [action["res_id"]], {}
        )
        self.assertEqual(kind, "xlsx")
        self.assertGreater(len(data), 3000)

    def test_the_pdf_is_a_table_that_says_which_month(self):
        director = self.users["director"]
        action = (
            self.env["medical.finance.statement"]
            .with_user(director)
            .open_statement("income")
        )
        report = self.env["mis.report.instance"].with_user(director)
        report = report.browse(action["res_id"])
        printed = report.print_pdf()
        self.assertEqual(printed["report_name"], "medical_office.finance_statement")
        page = (
            self.env["ir.actions.report"]
            .with_user(director)
            ._render_qweb_html(printed["report_name"], report.ids)[0]
            .decode()
        )
        self.assertIn("<thead>", page)
        self.assertIn("until 05/31/2026", page)
        self.assertIn("from 05/01/2026 to 05/31/2026", page)
        self.assertIn("39,923", page)
        head = self.env["ir.actions.report"].with_user(self.users["head"])
        page = head._render_qweb_html(printed["report_name"], report.ids)[0].decode()
        self.assertIn("6,000", page)
        self.assertNotIn("39,923", page)
        with self.assertRaises(AccessError):
            self.env["ir.actions.report"].with_user(
                self.users["staff"]
            )._render_qweb_html(printed["report_name"], report.ids)

    def test_menus_open_statements_as_head_and_director_over_rpc(self):
        server_action = self.env.ref(
            "medical_office.finance_statement_income_accrual_action"
        )
        for role in ("head", "director", "auditor"):
            self.sign_in(role)
            answer = self.make_jsonrpc_request(
                "/web/action/run", {"action_id": server_action.id}
            )
            self.assertEqual(answer["res_model"], "mis.report.instance")

    def test_a_share_is_compared_with_a_share_and_not_with_nothing(self):
        """No budget of revenue: its column has no percents, so nothing is off by points."""
        styles = self.env["mis.report.style"]
        lang = self.env["res.lang"]._lang_get("en_US")
        compare = styles.compare_and_render

        def shown(value, base):
            return compare(lang, styles.merge([]), "pct", "diff", value, base)[1]

        self.assertEqual(shown(0.5, None), "")
        self.assertEqual(shown(None, 0.5), "")
        self.assertIn("+50", shown(0.5, 0.0))
        self.assertIn("+25", shown(0.75, 0.5))
        director = self.users["director"]
        self.env["medical.finance.grant"].sudo()._pen()._book(
            self.company,
            [(self.nursing, self.category("building"), self.rent, MAY.replace(day=1),
              7000, "x", {})],
            "grant",
        )  # fmt: skip
        action = (
            self.env["medical.finance.statement"]
            .with_user(director)
            .open_statement("percent")
        )
        report = self.env["mis.report.instance"].with_user(director)
        found = report.browse(action["res_id"]).compute()
        labels = [col["label"] for col in found["header"][0]["cols"]]
        against = labels.index("Month against Budget")
        cells = [
            row["cells"][against]["val_r"]
            for row in found["body"]
            if row["label"] != "Net medical revenue"
        ]
        self.assertFalse([words for words in cells if words and "pp" in words])
