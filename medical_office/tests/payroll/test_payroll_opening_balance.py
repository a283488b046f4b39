"""Opening balances: prepared, approved by another person, then part of the year."""

import base64
from datetime import date

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .run_case import NOW, RunCase

MARCH, MAY = date(2026, 3, 31), date(2026, 5, 29)
EARLIER = (date(2026, 5, 24), date(2026, 6, 6), date(2026, 6, 12))
NEGATED = {"FIT", "SS", "MED", "ADDMED", "SIT", "SOTH", "LIT", "RET"}
PLAN = {"RET": "PLAN", "ER_BEN": "MATCH"}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPayrollOpening(RunCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        plan = cls.env["medical.people.benefit.plan"].create(
            {
                "name": "Savings plan",
                "kind": "401k",
                "company_id": cls.company.id,
                "match_ids": [Command.create({"rate": 100, "pay_percent": 3})],
            }
        )
        cls.election = cls.env["medical.people.enrollment"].create(
            {
                "employee_id": cls.nurse.id,
                "plan_id": plan.id,
                "percent": 10,
                "date_from": "2026-01-01",
            }
        )

    def opening(self, lines=None, role="payroll", **values):
        """A draft with figures of the nurse's first quarter."""
        if lines is None:
            lines = self.figures()
        return (
            self.env["medical.payroll.opening.balance"]
            .with_user(self.users[role])
            .create(
                {
                    "company_id": self.company.id,
                    "date_start": date(2026, 6, 26),
                    "source": "Old payroll, year to date",
                    "line_ids": [Command.create(line) for line in lines],
                    **values,
                }
            )
        )

    def figures(self, person=None, day=MARCH, pay=20000):
        """Whole figures of one person and quarter, as an old payroll would list them."""
        wisconsin = {"state_id": self.wisconsin.id}
        rows = [
            ("REG", pay, 0, 0, {}),
            ("FIT", 0.1 * pay, pay, pay, {}),
            ("SS", round(0.062 * pay, 2), pay, pay, {}),
            ("MED", round(0.0145 * pay, 2), pay, 0, {}),
            ("FUTA", 42, pay, 7000, {}),
            ("SUTA", 427, pay, 14000, wisconsin),
            ("SIT", 0.05 * pay, pay, 0, wisconsin),
        ]
        return [
            {
                "employee_id": (person or self.nurse).id,
                "date_pay": day,
                "what": what,
                "amount": amount,
                "wages": wages,
                "taxed_wages": taxed,
                **more,
            }
            for what, amount, wages, taxed, more in rows
        ]

    def approved(self, **values):
        opening = self.opening(**values)
        opening.action_submit()
        self.as_role(opening, "director").action_approve()
        return opening

    # ----------------------------------------------------------- who may do what

    def test_payroll_prepares_and_another_person_approves(self):
        opening = self.opening()
        with self.assertRaises(AccessError):
            self.as_role(opening, "director").source = "changed by the approver"
        opening.action_submit()
        with self.assertRaises(AccessError):
            opening.action_approve()
        with self.assertRaisesRegex(UserError, "no longer a draft"):
            opening.source = "changed while it waits"
        with self.assertRaisesRegex(UserError, "no longer a draft"):
            opening.line_ids[0].amount = 1
        self.as_role(opening, "director").action_approve()
        self.assertEqual(opening.state, "approved")
        self.assertEqual(opening.approved_by_id, self.users["director"])
        with self.assertRaisesRegex(UserError, "no longer a draft"):
            opening.line_ids.unlink()
        with self.assertRaisesRegex(UserError, "no longer a draft"):
            opening.unlink()

    def test_others_neither_see_nor_make_them(self):
        opening = self.opening()
        for role in ("staff", "head", "hr", "accountant", "auditor"):
            with self.assertRaises(AccessError):
                self.as_role(opening, role).read(["source"])
            with self.assertRaises(AccessError):
                self.opening(role=role)

    def test_the_approver_returns_it_with_a_reason(self):
        opening = self.opening()
        opening.action_submit()
        director = self.as_role(opening, "director")
        with self.assertRaisesRegex(UserError, "reason"):
            director.action_return("")
        director.action_return("the second quarter is missing")
        opening.source = "Old payroll, second print"
        self.assertEqual(opening.state, "draft")

    def test_another_company_does_not_see_them(self):
        opening = self.opening()
        other = self.env["res.company"].create({"name": "Other practice"})
        user = self.users["payroll"].copy({"login": "payroll-other"})
        user.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        openings = opening.with_user(user).with_context(allowed_company_ids=other.ids)
        found = openings.search([])
        self.assertNotIn(opening, found)

    # ------------------------------------------------------------- what is taken

    def test_every_wrong_figure_is_named(self):
        lines = self.figures()
        lines[1]["date_pay"] = date(2026, 6, 26)
        lines[5]["state_id"] = False
        with self.assertRaises(UserError) as told:
            self.opening(lines).action_submit()
        self.assertIn("has to lie in 2026", str(told.exception))
        self.assertIn("State unemployment needs the state", str(told.exception))

    def test_what_was_paid_here_is_not_entered_again(self):
        self.posted()
        opening = self.opening(
            self.figures(day=date(2026, 6, 26)), date_start=date(2026, 7, 10)
        )
        with self.assertRaisesRegex(UserError, "was paid here on 06/26/2026"):
            opening.action_submit()

    def test_a_quarter_is_entered_once(self):
        self.approved()
        with self.assertRaisesRegex(UserError, "opening balances for quarter 1"):
            self.opening(self.figures(day=date(2026, 2, 27))).action_submit()

    def test_another_persons_plan_is_refused(self):
        line = {
            "employee_id": self.clerk.id,
            "date_pay": MARCH,
            "what": "PLAN",
            "enrollment_id": self.election.id,
            "amount": 100,
        }
        with self.assertRaisesRegex(ValidationError, "does not belong to Hal Hourly"):
            self.opening([line])

    def test_what_does_not_fit_is_shown(self):
        opening = self.opening()
        self.assertFalse(opening.doubts)
        opening.line_ids.filtered(lambda line: line.what == "SS").amount = 1000
        self.assertIn("Social Security of 1000", opening.doubts)

    def test_a_quarter_after_the_start_has_no_row(self):
        with self.assertRaisesRegex(ValidationError, "leave it out"):
            self.opening(quarter_ids=[Command.create({"quarter": "3"})])

    @mute_logger("odoo.sql_db")
    def test_an_item_has_one_origin(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.env["medical.payroll.item"].create(
                {
                    "employee_id": self.nurse.id,
                    "company_id": self.company.id,
                    "date_pay": MARCH,
                    "code": "REG",
                    "name": "Pay",
                }
            )

    # ---------------------------------------------------------- the year with it

    def test_the_year_goes_on_as_if_it_had_been_paid_here(self):
        """The same person, once with an earlier run here, once with opening balances of
        that run's figures: next pay, year to date and returns are the same."""
        first = self.posted(start=EARLIER[0], end=EARLIER[1], day=EARLIER[2])
        items = first.slip_ids.medical_item_ids.filtered(
            lambda item: item.employee_id == self.nurse
        )
        self.assertIn("RET", items.mapped("code"))
        twin = self.hire("Nina Twin", 78000, ssnid="403-23-4567")
        election = self.env["medical.people.enrollment"].create(
            {
                "employee_id": twin.id,
                "plan_id": self.election.plan_id.id,
                "percent": 10,
                "date_from": "2026-01-01",
            }
        )
        lines = []
        for item in items:
            sign = -1 if item.code in NEGATED else 1
            lines.append(
                {
                    "employee_id": twin.id,
                    "date_pay": item.date_pay,
                    "what": PLAN.get(item.code, item.code),
                    "amount": sign * item.amount,
                    "wages": item.wages,
                    "taxed_wages": item.taxed_wages,
                    "hours": item.hours,
                    "state_id": self.wisconsin.id if "state:" in item.key else False,
                    "enrollment_id": election.id if "election:" in item.key else False,
                }
            )
        self.approved(lines=lines)
        run = self.prepared()
        own, other = (
            run.slip_ids.filtered(lambda s, p=person: s.employee_id == p)
            for person in (self.nurse, twin)
        )

        def by_code(slip):
            return {line.code: line.total for line in slip.line_ids}

        self.assertEqual(by_code(own), by_code(other))
        years = (own | other)._medical_year()

        def sums(slip):
            found = {}
            for (code, _key), (amount, _name) in years[slip.id].items():
                found[code] = round(found.get(code, 0) + amount, 2)
            return found

        self.assertEqual(sums(own), sums(other))
        filing = self.env["medical.payroll.tax.return"].create(
            {"kind": "w2", "year": 2026}
        )
        forms = filing._forms_w2()
        self.assertEqual(forms[self.nurse].money, forms[twin].money)
        self.assertEqual(forms[self.nurse].codes, forms[twin].codes)

    def test_the_wage_bases_are_used_up(self):
        self.approved()
        run = self.prepared()
        slip = run.slip_ids.filtered(lambda s: s.employee_id == self.nurse)
        codes = {item.code: item for item in slip.medical_item_ids}
        self.assertEqual(codes["FUTA"].amount, 0)
        self.assertEqual(codes["FUTA"].taxed_wages, 0)
        self.assertEqual(codes["SUTA"].taxed_wages, 0)
        clerk = run.slip_ids.filtered(lambda s: s.employee_id == self.clerk)
        self.assertGreater(
            sum(i.amount for i in clerk.medical_item_ids if i.code == "FUTA"), 0
        )

    def test_the_limit_of_deferrals_counts_what_was_deferred_elsewhere(self):
        plan = {
            "employee_id": self.nurse.id,
            "date_pay": MARCH,
            "what": "PLAN",
            "enrollment_id": self.election.id,
            "amount": 24400,
        }
        self.approved(lines=[*self.figures(), plan])
        slip = self.prepared().slip_ids.filtered(lambda s: s.employee_id == self.nurse)
        # 24,500 in 2026 (IRS Notice 2025-67); 10 % of 3,000 would be 300
        self.assertEqual(self.total(slip, "RET"), -100)

    def test_the_returns_hold_the_quarters_before_the_start(self):
        self.approved(
            quarter_ids=[
                Command.create(
                    {
                        "quarter": "1",
                        "heads": 1,
                        "checks": 6,
                        "federal_deposits": 5060,
                        "futa_deposits": 42,
                    }
                )
            ]
        )
        filing = self.env["medical.payroll.tax.return"].create(
            {"kind": "941", "year": 2026, "quarter": "1"}
        )
        self.as_role(filing, "accountant").action_compute()
        lines = {line.key: line.amount for line in filing.line_ids}
        self.assertEqual(lines["1"], 1)
        self.assertEqual(lines["2"], 20000)
        self.assertEqual(lines["3"], 2000)
        self.assertEqual(lines["5a2"], 2480)
        self.assertEqual(lines["12"], 5060)
        self.assertEqual(lines["13"], 5060)
        self.assertEqual(lines["16.3"], 5060)
        self.assertFalse(filing.problems)
        year = self.env["medical.payroll.tax.return"].create(
            {"kind": "940", "year": 2026}
        )
        self.as_role(year, "accountant").action_compute()
        lines = {line.key: line.amount for line in year.line_ids}
        self.assertEqual((lines["3"], lines["7"], lines["8"]), (20000, 7000, 42))
        self.assertEqual((lines["13"], lines["A WI"]), (42, 7000))

    def test_schedule_a_divides_the_wages_between_the_states(self):
        lines = self.figures()
        lines[5].update({"wages": 15000, "taxed_wages": 14000})
        lines.append(
            {**lines[5], "state_id": self.illinois.id, "wages": 5000, "amount": 0}
        )
        lines[-1]["taxed_wages"] = 5000
        self.approved(lines=lines)
        year = self.env["medical.payroll.tax.return"].create(
            {"kind": "940", "year": 2026}
        )
        self.as_role(year, "accountant").action_compute()
        found = {line.key: line.amount for line in year.line_ids}
        self.assertEqual((found["7"], found["A WI"], found["A IL"]), (7000, 5250, 1750))

    def test_it_is_corrected_by_a_new_record(self):
        opening = self.approved()
        opening.action_correct()
        new = opening.correction_ids
        new.line_ids.filtered(lambda line: line.what == "FIT").amount = 2500
        new.action_submit()
        self.assertEqual(opening.state, "approved")
        self.as_role(new, "director").action_approve()
        self.assertEqual((opening.state, new.state), ("replaced", "approved"))
        items = self.env["medical.payroll.item"].search(
            [("employee_id", "=", self.nurse.id), ("confirmed", "=", True)]
        )
        tax = sum(i.amount for i in items if i.code == "FIT")
        pay = sum(i.amount for i in items if i.code == "REG")
        self.assertEqual((tax, pay), (-2500, 20000))
        with self.assertRaisesRegex(UserError, "Only approved"):
            opening.action_correct()

    def test_people_see_their_own_in_the_year(self):
        self.employees["staff"].user_id = False
        self.env.flush_all()
        self.nurse.user_id = self.users["staff"]
        self.approved(lines=self.figures() + self.figures(self.clerk))
        items = self.env["medical.payroll.item"].with_user(self.users["staff"])
        self.assertEqual(items.search([]).employee_id.ids, self.nurse.ids)

    # ----------------------------------------------------------------- the file

    def wizard(self, opening, content):
        return (
            self.env["medical.payroll.opening.balance.wizard"]
            .with_user(self.users["payroll"])
            .create(
                {
                    "opening_id": opening.id,
                    "file": base64.b64encode(content.encode()),
                    "file_name": "opening.csv",
                }
            )
        )

    def test_a_file_is_looked_through_and_written_whole(self):
        opening = self.opening([])
        wizard = self.wizard(
            opening,
            "Employee,Quarter,What,Of,Plan or order,Amount,Wages,Taxable wages\n"
            "Nora Salary,1,REG,,,20000,,\n"
            "Nora Salary,1,SUTA,WI,,427,20000,14000\n"
            "Nora Salary,1,PLAN,,savings PLAN,2000,,\n"
            "Hal Hourly,1,GARN,,24-CV-17,300,,\n",
        )
        wizard.action_check()
        self.assertFalse(wizard.problems)
        self.assertEqual((wizard.row_count, wizard.people_count), (4, 2))
        self.assertFalse(opening.line_ids)
        wizard.action_import()
        self.assertEqual(len(opening.line_ids), 4)
        by = {line.what: line for line in opening.line_ids}
        self.assertEqual(by["PLAN"].enrollment_id, self.election)
        self.assertEqual(by["GARN"].garnishment_id.name, "24-CV-17")
        self.assertEqual(by["SUTA"].state_id, self.wisconsin)
        wizard.action_import()
        self.assertEqual(len(opening.line_ids), 4)

    def test_a_dry_run_names_every_bad_row(self):
        self.hire("Nora Salary", 50000)
        opening = self.opening([])
        wizard = self.wizard(
            opening,
            "Employee,Quarter,What,Of,Plan or order,Amount,Wages,Taxable wages\n"
            "Nora Salary,1,REG,,,20000,,\n"
            "Nobody,1,REG,,,1,,\n"
            "Hal Hourly,1,SUTA,XX,,1,1,1\n"
            "Hal Hourly,1,PLAN,,Savings plan,1,,\n"
            "Hal Hourly,5,REG,,,1,,\n",
        )
        wizard.action_check()
        told = wizard.problems.split("\n")
        self.assertEqual([line[:5] for line in told], [f"Row {n}" for n in range(2, 7)])
        self.assertIn("2 employees are called", told[0])
        self.assertIn("no employee is called", told[1])
        with self.assertRaises(UserError):
            wizard.action_import()
        self.assertFalse(opening.line_ids)

    def test_many_people_are_looked_up_at_once(self):
        opening = self.opening([])
        row = "{},1,REG,,,20000,,\n"
        head = "Employee,Quarter,What,Of,Plan or order,Amount,Wages,Taxable wages\n"

        def queries(names):
            wizard = self.wizard(opening, head + "".join(map(row.format, names)))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            wizard.action_check()
            return self.cr.sql_log_count - before

        few = queries(["Nora Salary"])
        for number in range(10):
            self.hire(f"Person {number}", 50000)
        many = queries([f"Person {number}" for number in range(10)])
        self.assertLessEqual(many, few + 2)
