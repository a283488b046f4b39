"""The monthly pack: made, issued, frozen, restated, read by an investor alone."""

import base64
import io
from datetime import date

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..common import RpcClient
from .close_case import MAY, CloseCase


@tagged("post_install", "-at_install")
class TestFinancePack(CloseCase, RpcClient):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.investor = new_test_user(
            cls.env,
            "test_investor",
            groups="base.group_portal",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
            email="investor@example.com",
        )
        cls.stranger = new_test_user(
            cls.env,
            "test_stranger",
            groups="base.group_portal",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
            email="stranger@example.com",
        )
        cls.users["investor"], cls.users["stranger"] = cls.investor, cls.stranger
        cls.users["director"].partner_id.email = "director@example.com"
        cls.company.medical_pack_partner_ids = (
            cls.investor.partner_id + cls.users["director"].partner_id
        )

    def pack(self, close=None, role="accountant"):
        close = close or self.closed()
        packs = self.env["medical.finance.pack"].with_user(self.users[role])
        return packs.create({"close_id": close.id})

    def issued(self):
        pack = self.pack()
        pack.action_submit()
        self.as_user(pack, "director").action_issue()
        return pack

    def rows(self, pack, key):
        part = next(part for part in pack.content["sections"] if part["key"] == key)
        return {row["id"]: row for row in part["rows"]}

    def test_only_of_a_closed_month_and_once(self):
        close = self.month()
        with self.assertRaisesRegex(UserError, "is not closed"):
            self.pack(close)
        with self.assertRaises(AccessError):
            self.pack(close, role="payroll")

    def test_its_figures_are_the_ledgers(self):
        pack = self.pack()
        income = self.rows(pack, "income_accrual")
        self.assertEqual(income["c_building"]["month"], 3000)
        self.assertEqual(income["c_building"]["month_before"], 1000)
        self.assertEqual(income["revenue"]["month"], 9100)
        self.env.cr.execute(
            """
            SELECT -sum(line.balance) FROM account_move_line line
              JOIN account_account account ON account.id = line.account_id
             WHERE line.company_id = %s AND line.parent_state = 'posted'
               AND line.date BETWEEN '2026-05-01' AND '2026-05-31'
               AND (account.account_type LIKE 'income%%'
                    OR account.account_type LIKE 'expense%%')
            """,
            [self.company.id],
        )
        self.assertEqual(income["net"]["month"], float(self.env.cr.fetchone()[0]))
        [variance] = self.rows(pack, "variances").values()
        self.assertEqual(variance["cause"], "Price or rate")
        self.assertEqual(len(self.rows(pack, "steps")), 10)
        self.assertTrue(self.rows(pack, "balance_accrual"))
        self.assertLess(pack.seconds, 20)

    def test_issued_by_somebody_else_frozen_sealed_and_sent(self):
        pack = self.pack()
        with self.assertRaises(AccessError):
            self.as_user(pack, "accountant").action_issue()
        pack.comment = "Rent was raised"
        pack.action_submit()
        with self.assertRaises(UserError):
            pack.comment = "Said otherwise"
        with self.assertRaises(UserError):
            pack.action_refresh()
        director = self.as_user(pack, "director")
        director.action_issue()
        self.assertTrue(base64.b64decode(pack.pdf).startswith(b"%PDF"))
        self.assertTrue(
            self.env["medical.core.seal"].search(
                [("res_model", "=", pack._name), ("res_id", "=", pack.id)]
            )
        )
        self.assertTrue(all(reader.sent_at for reader in pack.recipient_ids))
        mails = self.env["mail.mail"].search([("subject", "like", "monthly pack of")])
        mine = mails.filtered(lambda mail: "investor@" in mail.email_to)
        self.assertEqual(len(mine), 1)
        self.assertIn(f"/my/packs/{pack.id}", mine.body_html)
        self.assertNotIn("9,100", mine.body_html)
        director.action_send()
        self.assertEqual(
            len(self.env["mail.mail"].search([("subject", "like", "monthly pack of")])),
            len(mails),
        )
        with self.assertRaises(UserError):
            pack.unlink()
        with self.assertRaisesRegex(UserError, "stays on record"):
            pack.recipient_ids[0].unlink()

    def test_the_spreadsheet_says_what_the_content_says(self):
        pack = self.issued()
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(pack.xlsx)))
        tab = book["Income Statement"]
        cells = {}
        for row in tab.iter_rows(min_row=6, values_only=True):
            cells.setdefault(row[0], row[1])  # ratios of the same name come later
        for row in self.rows(pack, "income_accrual").values():
            if row["style"] in ("", "total"):
                self.assertEqual(cells[row["name"]], row["month"], row["name"])

    def test_a_change_by_sql_is_seen(self):
        pack = self.issued()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE medical_finance_pack SET content = jsonb_set(content, "
            "'{company}', '\"Forged\"') WHERE id = %s",
            [pack.id],
        )
        self.env.invalidate_all()
        found = self.env["medical.core.seal.verification"].sudo()._verify()
        self.assertIn(
            (pack._name, pack.id),
            [(row.res_model, row.res_id) for row in found.difference_ids],
        )

    def test_a_restatement_lists_what_differs(self):
        pack = self.issued()
        close = pack.close_id
        with self.assertRaises(UserError):
            self.as_user(pack, "accountant").action_restate(" ")
        self.as_user(close, "accountant").action_ask_reopen("A bill came late")
        self.as_user(close, "director").action_reopen()
        stale = self.env["medical.finance.pack"]._medical_check_stale
        self.assertIn(pack.id, [row.res_id for row in stale().rows])
        nursing = {str(self.center[self.nursing]): 100}
        bank = self.bank.default_account_id
        self.entry([(self.rent, 400, nursing), (bank, -400, None)], date(2026, 5, 20))
        with self.assertRaisesRegex(UserError, "is not closed"):
            self.as_user(pack, "accountant").action_restate("A bill came late")
        self.as_user(close, "accountant").action_sign()
        self.as_user(close, "manager").action_approve()
        self.as_user(pack, "accountant").action_restate("A bill came late")
        second = self.env["medical.finance.pack"].search(
            [("restates_id", "=", pack.id)]
        )
        self.assertEqual((second.version, second.state), (2, "draft"))
        self.assertEqual(second.recipient_ids.partner_id, pack.recipient_ids.partner_id)
        changed = {
            (row["section"], row["row"], row["column"]): (row["before"], row["after"])
            for row in self.rows(second, "differences").values()
        }
        key = ("Income Statement", "Building and occupancy", "Month")
        before, after = changed[key]
        self.assertIn("3,000.00", before)
        self.assertIn("3,400.00", after)
        self.as_user(second, "accountant").action_submit()
        self.as_user(second, "director").action_issue()
        self.assertEqual((pack.state, second.state), ("superseded", "issued"))
        found = [row.res_id for row in stale().rows]
        self.assertFalse({pack.id, second.id} & set(found))
        self.assertEqual(self.rows(pack, "income_accrual")["c_building"]["month"], 3000)

    def test_the_investor_sees_packs_only_and_each_view_is_noted(self):
        pack = self.issued()
        self.sign_in("investor")
        self.assertIn(pack.display_name, self.url_open("/my/packs").text)
        page = self.url_open(f"/my/packs/{pack.id}")
        self.assertEqual(page.status_code, 200)
        self.assertIn("Building and occupancy", page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        pdf = self.url_open(f"/my/packs/{pack.id}/pdf")
        self.assertTrue(pdf.content.startswith(b"%PDF"))
        xlsx = self.url_open(f"/my/packs/{pack.id}/xlsx")
        self.assertTrue(xlsx.content.startswith(b"PK"))
        seen = self.env["medical.core.opened"].search(
            [("res_model", "=", pack._name), ("res_id", "=", pack.id)]
        )
        self.assertEqual(seen.user_id, self.investor)
        self.assertEqual(len(seen), 3)
        for model in (
            "medical.finance.pack",
            "medical.finance.pack.recipient",
            "medical.finance.close",
            "medical.finance.variance",
            "medical.finance.accrual",
            "medical.core.exception",
            "medical.core.opened",
            "hr.employee",
            "mis.report.instance",
        ):
            self.call_refused(model, "search_read", [], ["id"])
        self.call_refused("medical.finance.pack", "action_acknowledge", [pack.id])
        self.call_refused("medical.finance.statement", "open_statement", "income")

    def test_the_investor_acknowledges(self):
        pack = self.issued()
        self.sign_in("investor")
        page = self.url_open(f"/my/packs/{pack.id}").text
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
        path = f"/my/packs/{pack.id}/acknowledge"
        self.assertEqual(
            self.url_open(path, data={"csrf_token": "no"}).status_code, 400
        )
        self.url_open(path, data={"csrf_token": token})
        pack.invalidate_recordset()
        reader = pack.recipient_ids.filtered(
            lambda one: one.partner_id == self.investor.partner_id
        )
        self.assertTrue(reader.acknowledged_at)
        self.assertEqual(pack.acknowledged_count, 1)
        self.as_user(pack, "director").action_acknowledge()
        self.assertEqual(pack.acknowledged_count, 2)
        with self.assertRaisesRegex(UserError, "not sent to you"):
            self.as_user(pack, "auditor").action_acknowledge()

    def test_a_stranger_and_a_draft_are_not_found(self):
        pack = self.issued()
        self.sign_in("stranger")
        for path in ("", "/pdf", "/xlsx"):
            found = self.url_open(f"/my/packs/{pack.id}{path}")
            self.assertEqual(found.status_code, 404)
        self.assertNotIn(f"/my/packs/{pack.id}", self.url_open("/my/packs").text)
        self.as_user(pack, "accountant").action_restate("Look again at May")
        draft = self.env["medical.finance.pack"].search([("restates_id", "=", pack.id)])
        self.sign_in("investor")
        self.assertEqual(self.url_open(f"/my/packs/{draft.id}").status_code, 404)
        self.investor.write(
            {
                "company_id": self.other_company.id,
                "company_ids": [(6, 0, self.other_company.ids)],
            }
        )
        self.assertFalse(self.env["medical.finance.pack"]._sent_to(self.investor))

    def test_names_of_people_stay_out(self):
        close = self.closed()
        decisions = self.env["medical.core.decision"].sudo()
        decisions._pen().create(
            [
                {
                    "name": name,
                    "domain": area,
                    "res_model": "res.partner",
                    "res_id": number,
                    "waiting_state": "x",
                    "state": "decided",
                    "company_id": self.company.id,
                    "decided_at": "2026-05-20 12:00:00",
                    "decided_by_id": self.users["director"].id,
                    "outcome": "Approved",
                }
                for number, (name, area) in enumerate(
                    [("Raise of Jane Roe", "people"), ("Order P77", "supply")], 1
                )
            ]
        )
        names = [
            row["name"] for row in self.rows(self.pack(close), "decisions").values()
        ]
        self.assertIn("Order P77", names)
        self.assertIn("1 in People", names)
        self.assertNotIn("Raise of Jane Roe", names)

    def test_days_are_the_practices_and_written_as_elsewhere(self):
        """May ends when it ends in Chicago; on paper its last day is 05/31/2026."""
        close = self.closed()
        self.company.resource_calendar_id.tz = "America/Chicago"
        decisions = self.env["medical.core.decision"].sudo()
        decisions._pen().create(
            [
                {
                    "name": name,
                    "domain": "supply",
                    "res_model": "res.partner",
                    "res_id": number,
                    "waiting_state": "x",
                    "state": "decided",
                    "company_id": self.company.id,
                    "decided_at": moment,
                    "outcome": "Approved",
                }
                for number, (name, moment) in enumerate(
                    [
                        ("April, late", "2026-05-01 04:59:59"),
                        ("May, early", "2026-05-01 05:00:00"),
                        ("May, late", "2026-06-01 04:59:59"),
                        ("June, early", "2026-06-01 05:00:00"),
                    ],
                    1,
                )
            ]
        )
        pack = self.pack(close)
        days = {
            row["name"]: row["day"] for row in self.rows(pack, "decisions").values()
        }
        self.assertEqual(days.get("May, early"), "2026-05-01")
        self.assertEqual(days.get("May, late"), "2026-05-31")
        self.assertFalse({"April, late", "June, early"} & set(days))
        self.assertIn("05/31/2026", pack.content_html)
        self.assertNotIn("2026-05-31", pack.content_html)
        pack.action_submit()
        self.as_user(pack, "director").action_issue()
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(pack.xlsx)))
        cells = {
            row[1]: row[0]
            for row in book["Decisions of the Month"].iter_rows(values_only=True)
        }
        self.assertEqual(cells["May, late"].date(), date(2026, 5, 31))

    def test_exceptions_about_a_person_are_counted_alone(self):
        close = self.closed()
        check = self.env["medical.core.check"].search([], limit=1)
        self.env["medical.core.exception"].sudo()._pen().create(
            [
                {
                    "summary": summary,
                    "check_id": check.id,
                    "domain": "core",
                    "res_model": model,
                    "res_id": 1,
                    "company_id": self.company.id,
                    "severity": "high",
                    "date_opened": "2026-06-01 12:00:00",
                    "date_due": "2026-06-30 12:00:00",
                }
                for summary, model in (
                    ("License of Jane Roe ends", "medical.core.credential"),
                    ("The eyewash was missed", "medical.core.round"),
                )
            ]
        )
        names = [
            row["name"] for row in self.rows(self.pack(close), "exceptions").values()
        ]
        self.assertIn("The eyewash was missed", names)
        self.assertIn("1 in Rounds", names)
        self.assertNotIn("License of Jane Roe ends", names)

    def test_the_month_of_the_pack(self):
        self.assertEqual(self.pack().month, MAY)
