"""A new practice's accounts, set up by the button as the browser presses it; then a run is
posted on them."""

from freezegun import freeze_time

from odoo.tests import JsonRpcException, tagged

from ..common import RpcClient
from .payroll_case import START, PayrollCase
from .run_case import NOW

BOOK = "medical.payroll.posting"


@tagged("post_install", "-at_install")
class TestFirstRun(PayrollCase, RpcClient):
    def press(self, role, selected=()):
        """The button above the list, which sends the selected lines, even none."""
        self.sign_in(role)
        return self.make_jsonrpc_request(
            f"/web/dataset/call_button/{BOOK}/action_set_up",
            {
                "model": BOOK,
                "method": "action_set_up",
                "args": [list(selected)],
                "kwargs": {},
            },
        )

    def lines(self):
        return self.env[BOOK].search([("company_id", "=", self.company.id)])

    def test_who_does_not_keep_the_accounts_is_refused(self):
        for role in ("staff", "head", "hr", "payroll", "director", "auditor", "plain"):
            with (
                self.subTest(role),
                self.assertRaisesRegex(JsonRpcException, "AccessError"),
            ):
                self.press(role)
        self.assertFalse(self.lines())

    def test_the_accountant_presses_it_and_the_run_is_posted(self):
        self.assertEqual(self.press("accountant")["res_model"], BOOK)
        lines = self.lines()
        self.assertEqual(len(lines), 14)
        self.press("accountant", lines.ids)
        self.assertEqual(self.lines(), lines, "a second time makes nothing")
        with freeze_time(NOW):
            clerk = self.hire("Hal Hourly", 20, "hour", ssnid="402-23-4567")
            self.work(clerk, 8, self.days(START, 10))
            run = self.run_of().with_user(self.users["payroll"])
            run.action_medical_compute()
            self.assertFalse(
                run.medical_finding_ids.filtered(lambda f: f.level == "blocker")
            )
            run.action_medical_submit()
            run.with_user(self.users["director"]).action_medical_approve()
            run.action_medical_post()
        move = run.sudo().medical_move_id
        self.assertEqual((run.state, move.state), ("posted", "posted"))
        self.assertEqual(move.journal_id, self.company.medical_payroll_journal_id)
        wages = lines.filtered(lambda line: line.kind == "wages").account_id
        debit = move.line_ids.filtered(lambda item: item.account_id == wages)
        self.assertEqual(sum(debit.mapped("debit")), 1600)
