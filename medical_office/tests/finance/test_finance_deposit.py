"""A day's takings: counted by one, approved by another, found at the bank."""

import base64
from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import RpcClient
from .finance_case import TODAY, FinanceCase

BANK = (
    "Date,Description,Amount,Transaction ID\n"
    "2026-06-16,DEPOSIT,300.00,A1\n"
    "2026-06-17,CARD SETTLEMENT,200.00,A2\n"
    "2026-06-17,SERVICE FEE,-15.00,A3\n"
)


@tagged("post_install", "-at_install")
class TestFinanceDeposit(FinanceCase, RpcClient):
    def deposit(self, role="staff", **values):
        deposits = self.env["medical.finance.deposit"].with_user(self.users[role])
        return deposits.create(
            {
                "date": TODAY,
                "site_id": self.site.id,
                "sheet_cash": 100,
                "sheet_check": 200,
                "sheet_card": 200,
                "count_cash": 100,
                "count_check": 200,
                "count_card": 200,
                **values,
            }
        )

    def as_user(self, record, role):
        return record.with_user(self.users[role])

    def bank_file(self, text=BANK, role="accountant"):
        wizard = self.env["medical.finance.bank.wizard"].with_user(self.users[role])
        return wizard.create(
            {
                "journal_id": self.bank_journal().id,
                "file": base64.b64encode(text.encode()),
            }
        )

    def bank_journal(self):
        return self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )

    def test_counted_by_staff_and_approved_by_the_accountant(self):
        row = self.deposit()
        row.action_count()
        self.assertEqual(row.counted_by_id, self.users["staff"])
        self.assertTrue(row.is_within)
        self.as_user(row, "accountant").action_approve()
        self.assertEqual(row.state, "approved")

    def test_nobody_approves_the_own_count(self):
        row = self.deposit("accountant")
        row.action_count()
        with self.assertRaisesRegex(AccessError, "somebody else"):
            row.action_approve()
        with self.assertRaises(AccessError):
            self.as_user(self.deposit(drawer="2"), "staff").action_approve()

    def test_a_difference_needs_a_reason_and_is_an_exception_until_then(self):
        row = self.deposit(count_cash=80)
        row.action_count()
        self.assertEqual(row.over_short, -20)
        check = self.env["medical.finance.deposit"]._medical_check_difference
        mine = [each for each in check().rows if each.res_id == row.id]
        self.assertEqual([each.money_at_risk for each in mine], [20])
        self.assertIn(self.users["staff"].name, mine[0].summary)
        with self.assertRaisesRegex(UserError, "Enter why"):
            self.as_user(row, "accountant").action_approve()
        self.as_user(row, "accountant").reason = "A bill was given out twice"
        self.as_user(row, "accountant").action_approve()
        self.assertFalse([each for each in check().rows if each.res_id == row.id])

    def test_what_was_counted_stays_until_it_is_returned(self):
        row = self.deposit()
        row.action_count()
        with self.assertRaises(UserError):
            row.count_cash = 500
        self.as_user(row, "manager").action_return("Checks are missing")
        row.count_cash = 99
        self.assertEqual(row.over_short, -1)

    def test_staff_sees_the_own_days_alone(self):
        mine, other = self.deposit(), self.deposit("manager", drawer="2")
        self.sign_in("staff")
        found = self.call(
            "medical.finance.deposit", "search", [["id", "in", [mine.id, other.id]]]
        )
        self.assertEqual(found, [mine.id])
        self.call_refused("medical.finance.deposit", "action_approve", [mine.id])
        self.call_refused(
            "medical.finance.deposit", "write", [mine.id], {"is_within": True}
        )
        self.call_refused("medical.finance.bank.line", "search_read", [], ["amount"])

    def test_an_empty_day_is_not_handed_in(self):
        zeros = dict.fromkeys(
            f"{what}_{how}"
            for what in ("sheet", "count")
            for how in ("cash", "check", "card")
        )
        row = self.deposit(**dict.fromkeys(zeros, 0))
        with self.assertRaisesRegex(UserError, "enter the totals"):
            row.action_count()

    def test_a_file_of_the_bank_is_read_once(self):
        wizard = self.bank_file()
        wizard.action_check()
        self.assertEqual((wizard.problems, wizard.new_count), (False, 3))
        wizard.action_import()
        again = self.bank_file(BANK + "2026-06-18,DEPOSIT,10.00,A4\n")
        again.action_check()
        self.assertEqual((again.new_count, again.known_count), (1, 3))
        again.action_import()
        with self.assertRaisesRegex(UserError, "read before"):
            self.bank_file().action_import()
        lines = self.env["medical.finance.bank.line"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(len(lines), 4)
        bad = self.bank_file("Date,Description,Amount\n06/17/2026,x,\n2026-06-18,y,1\n")
        with self.assertRaisesRegex(UserError, "Row 2, Amount"):
            bad.action_import()

    def test_problems_are_told_down_the_file(self):
        """Whatever finds them: a row's own fault comes before a later row's bad cell."""
        wizard = self.bank_file(
            "Date,Description,Amount\n2026-06-17,x,\n06/40/2026,y,1\n"
        )
        wizard.action_check()
        rows = [line.split(",")[0] for line in wizard.problems.splitlines()]
        self.assertEqual(rows, ["Row 2", "Row 3"])

    def test_the_account_read_last_is_proposed(self):
        dialogs = self.env["medical.finance.bank.wizard"].with_user(
            self.users["accountant"]
        )
        self.bank_journal().copy({"name": "Savings", "code": "BNK9"})
        self.assertFalse(dialogs._default_journal())
        self.bank_file().action_import()
        self.assertEqual(dialogs._default_journal(), self.bank_journal())

    def test_from_its_own_list_the_dialog_closes(self):
        """Else the list would stand above itself; from elsewhere it leads there. What was
        opened from where is kept through the dry run."""
        own = self.bank_file()
        again = own.with_context(
            active_model="medical.finance.bank.line"
        ).action_check()
        own = own.with_context(**again["context"])
        answer = own.action_import()["params"]
        self.assertEqual(answer["message"], "Imported: 3.")
        self.assertEqual(answer["next"]["type"], "ir.actions.act_window_close")
        other = self.bank_file(BANK + "2026-06-18,DEPOSIT,10.00,A4\n").action_import()
        self.assertEqual(
            other["params"]["next"]["res_model"], "medical.finance.bank.line"
        )

    def test_deposits_and_card_settlements_are_matched(self):
        row = self.deposit()
        row.action_count()
        self.bank_file().action_import()
        lines = self.env["medical.finance.bank.line"].search(
            [("company_id", "=", self.company.id)], order="id"
        )
        accountant = self.as_user(lines, "accountant")
        self.assertEqual(accountant.mapped("candidate_id"), row)
        with self.assertRaisesRegex(UserError, "SERVICE FEE"):
            accountant.action_match()
        self.assertFalse(row.bank_line_ids)
        accountant[0].action_match()
        self.assertEqual(row.bank_difference, -200)
        self.assertFalse(row.is_within)
        accountant[1].action_match()
        self.assertEqual((row.banked, row.bank_difference), (500, 0))
        self.assertTrue(row.is_within)
        accountant[2].note = "Fee of the bank"
        self.assertEqual(lines.mapped("state"), ["matched", "matched", "other"])
        accountant[1].action_release()
        self.assertEqual(row.banked, 300)
        with self.assertRaises(UserError):
            lines[0].with_user(self.users["accountant"]).amount = 1

    def test_a_deposit_long_before_is_not_proposed(self):
        row = self.deposit(date=TODAY - timedelta(days=30))
        row.action_count()
        self.bank_file().action_import()
        lines = self.env["medical.finance.bank.line"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertFalse(lines.candidate_id)

    # ------------------------------------------------------------------ attacked anew

    def test_who_changed_the_count_does_not_approve_it(self):
        row = self.deposit(count_cash=90)
        self.as_user(row, "accountant").count_cash = 100
        row.action_count()
        with self.assertRaisesRegex(AccessError, "Entered by"):
            self.as_user(row, "accountant").action_approve()
        # who says why it differs has counted nothing
        self.as_user(row, "manager").reason = "Found under the tray"
        self.as_user(row, "manager").action_approve()
        self.assertEqual(row.state, "approved")

    def test_a_day_to_come_and_the_same_drawer_twice_are_refused(self):
        with self.assertRaisesRegex(UserError, "still to come"):
            self.deposit(date=TODAY + timedelta(days=1))
        self.deposit(drawer="Main")
        for drawer in ("main", " Main", "MAIN "):
            with (
                self.subTest(drawer),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.deposit(drawer=drawer)
        with self.assertRaisesRegex(UserError, "nothing but blanks"):
            self.deposit(drawer="  ")

    def test_a_bank_line_is_of_a_bank_and_of_a_day_that_can_be(self):
        """One line of the year 1 ended the list of all lines."""
        general = self.env["account.journal"].search(
            [("type", "=", "general"), ("company_id", "=", self.company.id)], limit=1
        )
        line = {
            "journal_id": self.bank_journal().id,
            "date": "2026-06-16",
            "amount": 5,
            "name": "Deposit",
            "key": "x1",
        }
        model = "medical.finance.bank.line"
        self.sign_in("accountant")
        for wrong, words in (
            ({"journal_id": general.id}, "not a bank account"),
            ({"date": "0001-01-01"}, "between the years"),
            ({"date": "9999-12-31"}, "between the years"),
            ({"date": "2026-13-01"}, "between the years"),
            ({"amount": 1e300}, "enter a number between"),
            ({"amount": "much"}, "enter a number between"),
        ):
            with self.subTest(wrong):
                self.assertIn(
                    words, self.sentence_of(model, "create", [{**line, **wrong}])
                )
        [made] = self.call(model, "create", [line])
        self.call(model, "write", [made], {"note": "   "})
        [read] = self.call(model, "search_read", [["id", "=", made]], ["state"])
        self.assertEqual(read["state"], "open")  # a blank says nothing
