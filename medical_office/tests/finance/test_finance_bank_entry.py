"""A line of the bank explained by its entry in the books, with one press."""

import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import RpcClient
from .close_case import CloseCase

LINES = (
    "Date,Description,Amount,Transaction ID\n"
    "{month}-10,ACH OWL LAB,-300.00,B1\n"
    "{month}-12,SERVICE FEE,-15.00,B2\n"
)


@tagged("post_install", "-at_install")
class TestFinanceBankEntry(CloseCase, RpcClient):
    def setUp(self):
        super().setUp()
        self.journal = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        self.vendor = self.env["res.partner"].create({"name": "Owl Laboratories"})
        self.close = self.month()
        self.prefix = f"{self.close.month:%Y-%m}"
        self.read(LINES)
        self.paid, self.fee = self.lines().sorted("amount")

    def read(self, text):
        self.env["medical.finance.bank.wizard"].with_user(
            self.users["accountant"]
        ).create(
            {
                "journal_id": self.journal.id,
                "file": base64.b64encode(text.format(month=self.prefix).encode()),
            }
        ).action_import()

    def lines(self, role="accountant"):
        lines = self.env["medical.finance.bank.line"].with_user(self.users[role])
        return lines.search([("company_id", "=", self.company.id)])

    def paying(self, amount=300, day="08", partner=True, post=True):
        """An entry that pays somebody from the account."""
        move = self.env["account.move"].create(
            {
                "journal_id": self.journal.id,
                "date": f"{self.prefix}-{day}",
                "line_ids": [
                    (
                        0,
                        0,
                        {
                            "account_id": account.id,
                            "balance": balance,
                            "partner_id": partner and self.vendor.id,
                        },
                    )
                    for account, balance in (
                        (self.journal.default_account_id, -amount),
                        (self.rent, amount),
                    )
                ],
            }
        )
        if post:
            move.action_post()
        return move

    def test_one_press_explains_a_line(self):
        self.assertFalse(self.paid.proposal)
        with self.assertRaisesRegex(UserError, "Book it first"):
            self.paid.action_match()
        move = self.paying()
        self.env.invalidate_all()
        self.assertIn(move.name, self.paid.proposal)
        self.assertIn("Owl Laboratories", self.paid.proposal)
        self.paid.action_match()
        self.assertEqual(self.paid.state, "booked")
        self.assertEqual(self.paid.explained_by_id, self.users["accountant"])
        self.assertIn(move.name, self.paid.counterpart)
        self.assertEqual(self.paid.action_open_match()["res_id"], move.id)
        self.paid.action_release()
        self.assertEqual(self.paid.state, "open")
        self.assertFalse(self.paid.explained_by_id)

    def test_what_is_no_posted_entry_of_the_account_is_not_proposed(self):
        self.paying(post=False)
        self.paying(amount=300.01)
        self.assertFalse(self.paid.entry_candidate_id)

    def test_an_entry_taken_back_or_changed_explains_nothing(self):
        move = self.paying()
        self.paid.action_match()
        move.button_draft()
        self.assertEqual(self.paid.state, "open")
        move.action_post()
        self.assertEqual(self.paid.state, "booked")
        move.button_draft()
        move.write(
            {
                "line_ids": [
                    (1, line.id, {"balance": line.balance / 3})
                    for line in move.line_ids
                ]
            }
        )
        move.action_post()
        self.assertEqual(self.paid.state, "open")
        # what explains it no longer is proposed for another line again
        self.paid.action_release()
        move.button_draft()
        move.unlink()
        self.assertEqual(self.paid.state, "open")

    def test_an_entry_explains_one_line(self):
        self.paying()
        self.paid.action_match()
        self.read("Date,Description,Amount,Transaction ID\n{month}-11,OWL,-300,B3\n")
        again = self.lines() - self.paid - self.fee
        self.assertFalse(again.entry_candidate_id)
        with self.assertRaises(UserError):
            again.action_match()

    def test_who_explains_a_line_does_not_verify_the_step(self):
        """Neither by a match nor by a note; who did neither does."""
        self.paying()
        self.lines("manager").filtered(lambda line: line.amount < -100).action_match()
        step = self.close.step_ids.filtered(lambda step: step.evidence == "bank")
        step.owner_id = self.users["accountant"]
        self.fee.note = "Fee of the bank"
        step.with_user(self.users["accountant"]).action_done()
        self.assertEqual(step.found, 0)
        with self.assertRaisesRegex(AccessError, "Explained by"):
            step.with_user(self.users["manager"]).action_verify()
        step.with_user(self.users["director"]).action_verify()
        self.assertEqual(step.state, "verified")

    def test_who_enters_a_line_with_its_note_has_explained_it(self):
        values = {
            "journal_id": self.journal.id,
            "date": f"{self.prefix}-14",
            "amount": -5,
            "name": "By hand",
            "key": "B3",
        }
        lines = self.env["medical.finance.bank.line"].with_user(self.users["manager"])
        line = lines.create({**values, "note": "Fee of the bank"})
        self.assertEqual(line.explained_by_id, self.users["manager"])
        self.assertFalse(lines.create({**values, "key": "B4"}).explained_by_id)

    def test_a_client_sets_none_of_it(self):
        entry = self.paying()
        item = entry.line_ids.filtered(lambda line: line.balance < 0)
        model = "medical.finance.bank.line"
        self.sign_in("accountant")
        for values in ({"entry_line_id": item.id}, {"explained_by_id": False}):
            with self.subTest(values):
                self.call_refused(model, "write", [self.paid.id], values)
        for role in ("staff", "head", "payroll", "auditor", "director"):
            with self.subTest(role):
                self.sign_in(role)
                self.call_refused(model, "action_match", [self.paid.id])

    def test_a_hundred_lines_take_no_more_queries_than_one(self):
        self.paying()
        text = "Date,Description,Amount\n" + "".join(
            f"{{month}}-1{number % 9},WIRE {number},-{number + 400}\n"
            for number in range(100)
        )
        self.read(text)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(__system__=40):
            self.lines().mapped("proposal")
