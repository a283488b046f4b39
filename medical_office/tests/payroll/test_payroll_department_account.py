"""A department's pay on accounts of its own: physicians apart from staff."""

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...tools.money import cents
from .run_case import NOW, RunCase

BOOK = "medical.payroll.posting"
WAGES = "Wages and salaries"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDepartmentAccount(RunCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.apart = cls.env["account.account"].create(
            {
                "name": "Physician compensation",
                "code": "604100",
                "account_type": "expense",
                "company_ids": [Command.set(cls.company.ids)],
            }
        )
        cls.above = cls.env["hr.department"].create(
            {"name": "Reception", "company_id": cls.company.id}
        )

    def line(self, department, kind="wages", **values):
        return self.env[BOOK].create(
            {
                "company_id": self.company.id,
                "kind": kind,
                "department_id": department.id,
                "account_id": self.apart.id,
                **values,
            }
        )

    def wages(self, run):
        """{account: wages} of the run's entry."""
        book = self.env[BOOK].search([("company_id", "=", self.company.id)])
        accounts = book.filtered(lambda line: line.kind == "wages").account_id
        items = run.sudo().medical_move_id.line_ids
        return {
            account: sum(items.filtered(lambda i, a=account: i.account_id == a)
                         .mapped("balance"))
            for account in accounts
        }  # fmt: skip

    def posted(self):
        run = self.run_of().with_user(self.users["payroll"])
        run.action_medical_compute()
        run.action_medical_submit()
        run.with_user(self.users["director"]).action_medical_approve()
        run.action_medical_post()
        return run

    def void(self, run):
        """Take the whole run back, to the books."""
        action = run.slip_ids.action_medical_void("Paid to nobody")
        void = run.browse(action["res_id"])
        void.action_medical_submit()
        void.with_user(self.users["director"]).action_medical_approve()
        void.action_medical_post()
        return void

    def costs(self, run):
        """{(account, department): cost} of an entry, to compare one with another."""
        sums = {}
        for item in run.sudo().medical_move_id.line_ids:
            if item.account_id.account_type == "expense":
                place = (item.account_id, str(item.analytic_distribution))
                sums[place] = sums.get(place, 0) + cents(item.balance)
        return sums

    def move_everything(self, run):
        """Other accounts, cost centers and shares from now on."""
        for line in self.env[BOOK].search([("company_id", "=", self.company.id)]):
            if line.account_id.account_type == "expense":
                line.account_id = line.account_id.copy()
        self.line(self.front_desk)
        for department in self.front_desk + self.nursing:
            center = department.medical_analytic_account_id
            department.medical_analytic_account_id = center.copy()
        for version in run.slip_ids.contract_id:
            version.sudo().medical_split_ids._pen().unlink()
            version.sudo().medical_split_ids = [
                Command.create({"department_id": self.nursing.id, "percent": 100})
            ]

    def test_a_void_goes_back_to_where_its_pay_was_posted(self):
        """Whatever the accounts, the cost centers and the shares are by then; runs that
        were posted before it was kept tell it by their entry."""
        for kept in (True, False):
            with self.subTest(kept=kept):
                point = self.env.cr.savepoint()
                run = self.posted()
                before = self.costs(run)
                if not kept:
                    run.sudo()._pen().medical_posted = False
                if kept:
                    self.move_everything(run)
                else:
                    self.line(self.front_desk)
                void = self.void(run)
                self.assertEqual(
                    self.costs(void), {key: -cost for key, cost in before.items()}
                )
                self.assertFalse(void._tie_out())
                point.rollback()
                point.close(rollback=True)
                self.env.invalidate_all()

    def test_a_closed_account_takes_no_void(self):
        run = self.posted()
        before = self.costs(run)
        [old] = {account for account, _place in before if account.name == WAGES}
        for line in self.wages_lines():
            line.account_id = self.apart
        old.active = False
        void = self.void(run)
        self.assertIn(self.apart, {account for account, _place in self.costs(void)})

    def test_its_pay_is_posted_there_and_the_books_agree(self):
        self.line(self.front_desk)
        run = self.posted()
        staff = self.env[BOOK]._book(self.company)["wages", ""].account_id
        # 80 hours at $20; a fortnight of $78,000
        self.assertEqual(self.wages(run), {self.apart: 1600, staff: 3000})
        named = run.sudo().medical_move_id.line_ids.filtered(
            lambda item: item.account_id == self.apart
        )
        self.assertEqual(named.name, "Wages and salaries · Front Desk")
        # register, journal and what is owed agree; the file to the bank is the next step
        bank = ("The bank file has not been created yet.",)
        self.assertEqual(run._tie_out(), bank)

    def test_those_below_it_are_with_it_and_the_nearest_is_taken(self):
        self.front_desk.parent_id = self.above
        of_above = self.line(self.above)
        postings, company = self.env[BOOK], self.company
        below = ("wages", "", self.front_desk.id)
        self.assertEqual(postings._of_entry(*below, postings._book(company)), of_above)
        own = self.line(self.front_desk)
        self.assertEqual(postings._of_entry(*below, postings._book(company)), own)
        # other costs and other departments stay where they were
        for kind, department in (("employer_tax", self.front_desk.id), ("wages", 0)):
            found = postings._of_entry(kind, "", department, postings._book(company))
            self.assertFalse(found.department_id, kind)
        # a second set-up makes nothing
        postings._set_up(company)
        self.assertEqual(len(self.wages_lines()), 3)

    def wages_lines(self):
        return self.env[BOOK].search(
            [("company_id", "=", self.company.id), ("kind", "=", "wages")]
        )

    def test_what_the_practice_owes_has_no_department(self):
        for kind in ("federal", "net", "state"):
            with self.assertRaisesRegex(ValidationError, "as a whole"):
                self.line(self.front_desk, kind)

    def test_one_line_for_each_department(self):
        self.line(self.front_desk)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.line(self.front_desk)
            self.env.flush_all()

    def test_a_line_of_a_department_alone_is_not_enough(self):
        """Who stands in none of them is paid, too."""
        lines = self.wages_lines()
        self.line(self.front_desk)
        lines.sudo()._pen().unlink()
        with self.assertRaisesRegex(UserError, "Wages and salaries"):
            self.env[BOOK]._book(self.company)
