"""A month from its opening to the lock and back; variances and who explains them."""

from datetime import date

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import RpcClient
from .close_case import MAY, MAY_END, CloseCase


@tagged("post_install", "-at_install")
class TestFinanceClose(CloseCase, RpcClient):
    def test_a_month_is_opened_once_and_when_it_is_over(self):
        close = self.month(month=date(2026, 5, 20))
        self.assertEqual((close.month, close.date_end), (MAY, MAY_END))
        self.assertEqual(len(close.step_ids), 10)
        self.assertEqual(self.step(close, "bank").owner_id, self.users["accountant"])
        # Wednesday, June 3, and the weekend's Monday
        self.assertEqual(self.step(close, "bank").date_due, date(2026, 6, 3))
        with self.assertRaisesRegex(UserError, "not over yet"):
            self.month(month=date(2026, 6, 1))
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.month()

    def test_the_night_opens_the_last_month_once(self):
        closes = self.env["medical.finance.close"]
        closes._cron_open()
        closes._cron_open()
        found = closes.search([("company_id", "=", self.company.id)])
        self.assertEqual(found.mapped("month"), [MAY])

    def test_what_is_off_is_worked_out_by_department(self):
        close = self.month()
        rent = close.variance_ids
        self.assertEqual(rent.category_id, self.category("building"))
        self.assertEqual(rent.department_id, self.nursing)
        self.assertEqual(
            (rent.actual, rent.base, rent.difference, rent.percent),
            (3000, 1000, 2000, 200),
        )
        self.assertEqual(rent.base_kind, "prior")
        self.assertFalse(rent.is_favorable)
        self.assertEqual(rent.owner_id, self.users["head"])

    def test_the_tolerance_of_a_department_goes_first(self):
        self.env["medical.core.limit"].create(
            {
                "kind": "variance",
                "role": "head",
                "amount": 2000,
                "company_id": self.company.id,
                "department_id": self.nursing.id,
            }
        )
        self.assertFalse(self.month().variance_ids)

    def test_the_budget_goes_before_the_year_before(self):
        variance = self.env.registry["medical.finance.variance"]
        key = (self.nursing.id, self.category("building").id)
        self.patch(variance, "_budget", lambda model, company, month: {key: 2900})
        self.assertFalse(self.month().variance_ids)

    def test_a_cost_that_is_not_in_the_budget_was_not_expected(self):
        variance = self.env.registry["medical.finance.variance"]
        key = (self.nursing.id, self.category("it").id)
        self.patch(variance, "_budget", lambda model, company, month: {key: 10})
        row = self.month().variance_ids
        self.assertEqual(row.category_id, self.category("building"))
        self.assertEqual(
            (row.base_kind, row.base, row.has_percent), ("budget", 0, False)
        )

    def test_the_head_explains_the_own_department(self):
        close = self.month()
        row = close.variance_ids
        self.sign_in("head")
        model = "medical.finance.variance"
        self.call_refused(model, "write", [row.id], {"actual": 1})
        cause = self.env.ref("medical_office.finance_cause_price").id
        self.call_refused(model, "action_explain", [row.id], cause, "short")
        self.call(
            model, "write", [row.id], {"cause_id": cause, "note": "Rent was raised"}
        )
        row.invalidate_recordset()
        self.assertEqual(row.state, "explained")
        self.assertEqual(row.explained_by_id, self.users["head"])
        self.nursing.manager_id = self.employees["staff"]
        self.call_refused(model, "write", [row.id], {"note": "Something else again"})
        self.assertEqual(self.call(model, "search_count", []), 0)
        self.sign_in("staff")
        self.call_refused(model, "search_read", [], ["actual"])

    def test_an_explanation_is_asked_again_once_the_figure_has_moved(self):
        close = self.month()
        self.explain_all(close)
        bank = self.bank.default_account_id
        nursing = {str(self.center[self.nursing]): 100}
        self.entry([(self.rent, 300, nursing), (bank, -300, None)], MAY_END)
        close.action_refresh()
        self.assertEqual(close.variance_ids.state, "explained")
        self.entry([(self.rent, 400, nursing), (bank, -400, None)], MAY_END)
        close.action_refresh()
        self.assertEqual(close.variance_ids.state, "open")
        self.assertEqual(close.variance_ids.difference, 2700)

    def test_a_step_is_done_by_its_owner_and_verified_by_another(self):
        close = self.month()
        step = self.step(close, "deposits")
        with self.assertRaisesRegex(AccessError, "is done by"):
            self.as_user(step, "manager").action_done()
        self.as_user(step, "accountant").action_done()
        self.assertEqual((step.looked_at, step.found), (0, 0))
        with self.assertRaisesRegex(AccessError, "somebody else"):
            self.as_user(step, "accountant").action_verify()
        self.as_user(step, "manager").action_verify()
        self.assertEqual(step.state, "verified")
        with self.assertRaises(UserError):
            self.as_user(step, "accountant").note = "Changed afterward"

    def test_a_strict_step_must_be_clean_and_another_needs_a_note(self):
        close = self.month()
        deposit = self.env["medical.finance.deposit"].create(
            {"date": MAY, "site_id": self.site.id, "sheet_cash": 5, "count_cash": 5}
        )
        step = self.as_user(self.step(close, "deposits"), "accountant")
        step.note = "I will do it later"
        with self.assertRaisesRegex(UserError, "1 points are open"):
            step.action_done()
        self.assertEqual(step.state, "open")
        deposit.with_user(self.users["staff"]).sudo().action_count()
        self.as_user(deposit, "manager").action_approve()
        step.action_done()
        self.env["medical.finance.bank.line"].create(
            {
                "journal_id": self.bank.id,
                "date": MAY_END,
                "amount": -12,
                "name": "SERVICE FEE",
                "key": "x1",
            }
        )
        lines = self.as_user(self.step(close, "bank"), "accountant")
        with self.assertRaisesRegex(UserError, "enter in the note"):
            lines.action_done()
        self.assertIn("SERVICE FEE", lines.summary or "SERVICE FEE")
        lines.note = "The fee is posted in June"
        lines.action_done()
        self.assertEqual((lines.looked_at, lines.found), (1, 1))
        with self.assertRaisesRegex(UserError, "always applies"):
            step.action_not_applicable("No deposits in May")

    def test_nothing_is_signed_before_its_time(self):
        close = self.month()
        with self.assertRaisesRegex(UserError, "Not verified yet"):
            close.action_sign()
        self.explain_all(close)
        self.verify_all(close)
        row = close.variance_ids
        self.as_user(row, "head").note = ""
        with self.assertRaisesRegex(UserError, "have no cause yet"):
            close.action_sign()

    def test_signed_approved_and_locked(self):
        close = self.signed()
        self.assertFalse(self.company.fiscalyear_lock_date)
        self.assertTrue(
            self.env["medical.core.decision"].search(
                [("res_model", "=", close._name), ("res_id", "=", close.id)]
            )
        )
        with self.assertRaises(AccessError):
            close.action_approve()  # the accountant
        with self.assertRaises(UserError):
            self.as_user(close.variance_ids, "head").note = "Said otherwise now"
        self.as_user(close, "director").action_approve()
        self.assertEqual(self.company.fiscalyear_lock_date, MAY_END)
        self.assertEqual(close.lock_date, MAY_END)
        late = self.entry(
            [(self.rent, 1, None), (self.bank.default_account_id, -1, None)], MAY
        )
        self.assertGreater(late.date, MAY_END)  # the host moves it into the open month
        with self.assertRaises(UserError):
            late.date = MAY
        for what in (close, close.step_ids[0]):
            with self.assertRaises(UserError):
                what.with_user(self.users["accountant"]).note = "x"

    def test_the_manager_who_signed_does_not_approve(self):
        close = self.month()
        self.explain_all(close)
        self.verify_all(close)
        self.as_user(close, "manager").action_sign()
        with self.assertRaisesRegex(AccessError, "somebody else"):
            self.as_user(close, "manager").action_approve()

    def test_reopened_by_a_decision_with_a_reason(self):
        close = self.closed()
        with self.assertRaises(UserError):
            close.action_ask_reopen("")
        with self.assertRaises(AccessError):
            self.as_user(close, "manager").action_reopen()
        close.action_ask_reopen("A bill of May came late")
        self.assertEqual(self.company.fiscalyear_lock_date, MAY_END)
        self.as_user(close, "director").action_keep("Post it in June")
        self.assertEqual(close.state, "closed")
        close.action_ask_reopen("The bill is of $40,000")
        self.as_user(close, "director").action_reopen()
        self.assertEqual((close.state, close.reopen_count), ("open", 1))
        self.assertEqual(self.company.fiscalyear_lock_date, date(2026, 4, 30))
        late = self.entry(
            [(self.rent, 1, None), (self.bank.default_account_id, -1, None)], MAY
        )
        self.assertEqual(late.date, MAY)
        close.action_sign()
        self.as_user(close, "manager").action_approve()
        self.assertEqual(self.company.fiscalyear_lock_date, MAY_END)

    def test_nobody_reopens_what_they_asked_for(self):
        close = self.closed()
        mine = self.as_user(close, "director")
        mine.action_ask_reopen("I want to look at it again")
        with self.assertRaisesRegex(AccessError, "somebody else"):
            mine.action_reopen()

    def test_a_later_month_is_reopened_first(self):
        april = self.month(month=date(2026, 4, 1))
        self.verify_all_but_numbers(april)
        may = self.closed()
        with self.assertRaisesRegex(UserError, "May 2026 is closed, too"):
            april.action_ask_reopen("Look at it again")
        self.assertEqual(may.state, "closed")

    def verify_all_but_numbers(self, close):
        self.env["medical.finance.month"].search([("month", "=", MAY)]).copy(
            {"month": close.month}
        )
        self.verify_all(close)
        if close.variance_ids:
            self.explain_all(close)
        close.action_sign()
        self.as_user(close, "director").action_approve()

    def test_a_change_by_sql_is_seen(self):
        close = self.closed()
        verify = self.env["medical.core.seal.verification"]
        self.env.cr.execute(
            "UPDATE medical_finance_close_step SET note = 'forged' WHERE id = %s",
            [close.step_ids[0].id],
        )
        self.env.invalidate_all()
        found = verify.sudo()._verify()
        self.assertIn(
            (close._name, close.id),
            [(line.res_model, line.res_id) for line in found.difference_ids],
        )

    def test_late_steps_and_open_variances_are_exceptions(self):
        close = self.month()
        late = self.env["medical.finance.close.step"]._medical_check_late()
        mine = [row for row in late.rows if row.res_id in close.step_ids.ids]
        # on June 15 even those of day 10 are late
        self.assertEqual(len(mine), 10)
        self.assertTrue(all(row.user_id for row in mine))
        open_rows = self.env["medical.finance.variance"]._medical_check_unexplained()
        own = [row for row in open_rows.rows if row.res_id in close.variance_ids.ids]
        self.assertEqual([row.money_at_risk for row in own], [2000])
        self.assertEqual(own[0].user_id, self.users["head"].id)
        self.explain_all(close)
        self.verify_all(close)
        self.assertFalse(
            [
                row
                for row in (
                    *self.env["medical.finance.close.step"]._medical_check_late().rows,
                    *self.env["medical.finance.variance"]
                    ._medical_check_unexplained()
                    .rows,
                )
                if row.company_id == self.company.id
            ]
        )

    def test_each_role_through_rpc(self):
        close = self.month()
        model = "medical.finance.close"
        for role in ("staff", "hr"):
            self.sign_in(role)
            self.call_refused(model, "search_read", [], ["state"])
        for role in ("head", "payroll", "auditor"):
            self.sign_in(role)
            self.assertEqual(
                self.call(model, "search_count", [["id", "=", close.id]]), 1
            )
            self.call_refused(model, "create", {"month": "2026-04-01"})
            self.call_refused(model, "action_sign", [close.id])
            self.call_refused(model, "action_refresh", [close.id])
        self.sign_in("accountant")
        self.call_refused(model, "write", [close.id], {"state": "closed"})
        self.call_refused(model, "action_approve", [close.id])
        self.call_refused(model, "unlink", [close.id])
        step = self.step(close, "pay")
        self.call_refused("medical.finance.close.step", "action_done", [step.id])
        self.call_refused(
            "medical.finance.close.step",
            "write",
            [step.id],
            {"found": 0, "summary": ""},
        )
        self.sign_in("payroll")
        self.call("medical.finance.close.step", "action_done", [step.id])
        self.call_refused("medical.finance.close.step", "action_verify", [step.id])
        self.sign_in("outsider")
        self.assertEqual(self.call(model, "search_count", [["id", "=", close.id]]), 0)
