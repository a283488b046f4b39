"""Sick pay of an insurer and wages of a predecessor: who files what, and by whom."""

from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .run_case import NOW, RunCase

MARCH = date(2026, 3, 31)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPayrollOtherPayers(RunCase):
    def entered(
        self,
        origin,
        rows,
        *,
        role="payroll",
        day=MARCH,
        start=date(2026, 6, 26),
        approve=True,
    ):
        """Opening balances of the nurse from another payer.

        :param rows: (what, amount, wages, taxable wages)
        """
        states = ("SIT", "SUTA")
        opening = (
            self.env["medical.payroll.opening.balance"]
            .with_user(self.users[role])
            .create(
                {
                    "company_id": self.company.id,
                    "origin": origin,
                    "date_start": start,
                    "source": "Statement of the payer",
                    "line_ids": [
                        Command.create(
                            {
                                "employee_id": self.nurse.id,
                                "date_pay": day,
                                "what": what,
                                "amount": amount,
                                "wages": wages,
                                "taxed_wages": taxed,
                                "state_id": self.wisconsin.id if what in states else 0,
                            }
                        )
                        for what, amount, wages, taxed in rows
                    ],
                }
            )
        )
        if approve:
            opening.action_submit()
            opening.with_user(self.users["director"]).action_approve()
        return opening

    def wages(self, pay, futa=None):
        """Whole wages with their taxes, as a report lists them."""
        futa = min(pay, 7000) if futa is None else futa
        return [
            ("REG", pay, 0, 0),
            ("FIT", 0.1 * pay, pay, pay),
            ("SS", round(0.062 * pay, 2), pay, pay),
            ("MED", round(0.0145 * pay, 2), pay, 0),
            ("FUTA", round(0.006 * futa, 2), pay, futa),
            ("SUTA", 0, pay, min(pay, 14000)),
            ("SIT", 0.05 * pay, pay, 0),
        ]

    def sick(self):
        """8,000 of sick pay, 2,000 of it for premiums that the nurse paid herself."""
        return [
            ("SICK", 6000, 0, 0),
            ("SICKX", 2000, 0, 0),
            ("FIT", 600, 6000, 6000),
            ("SS", 372, 6000, 6000),
            ("MED", 87, 6000, 0),
            ("FUTA", 36, 6000, 6000),
            ("SUTA", 93, 6000, 6000),
            ("SIT", 300, 6000, 0),
        ]

    def filing(self, kind, role="payroll", **values):
        filing = (
            self.env["medical.payroll.tax.return"]
            .with_user(self.users[role])
            .create(
                {"kind": kind, "company_id": self.company.id, "year": 2026, **values}
            )
        )
        filing.action_compute()
        return filing

    def lines(self, filing, person=None):
        own = filing.line_ids.filtered(
            lambda line: line.employee_id == (person or line.employee_id.browse())
        )
        return {line.key: line.amount for line in own}

    # ---------------------------------------------------------- sick pay

    def test_sick_pay_is_on_the_form_941_and_what_the_insurer_withheld_on_line_8(self):
        """Instructions for Form 941, lines 2, 3, 5a, 5c and 8."""
        self.entered("sick", self.sick())
        own = self.lines(self.filing("941", quarter="1"))
        self.assertEqual((own["2"], own["3"]), (6000, 0))
        self.assertEqual((own["5a"], own["5c"]), (6000, 6000))
        self.assertEqual((own["5a2"], own["5c2"]), (744, 174))
        self.assertEqual((own["7"], own["8"]), (0, -459))
        self.assertEqual(own["12"], 459)  # the employer's half alone
        self.assertEqual((own["16.1"], own["16.3"]), (0, 459))

    def test_sick_pay_is_on_the_w2_with_code_j_and_box_13(self):
        self.entered("sick", self.sick())
        filing = self.filing("w2")
        own = self.lines(filing, self.nurse)
        self.assertEqual((own["1"], own["2"]), (6000, 600))
        self.assertEqual((own["3"], own["4"]), (6000, 372))
        self.assertEqual(own["12J"], 2000)
        self.assertEqual(own["13 sick"], 1)
        total = self.lines(filing)
        self.assertEqual(total["W-3 14"], 600)
        self.assertNotIn("Forms W-2 say", filing.problems or "")

    def test_sick_pay_is_on_the_form_940(self):
        self.entered("sick", self.sick())
        own = self.lines(self.filing("940"))
        self.assertEqual((own["3"], own["7"], own["8"]), (6000, 6000, 36))

    def owed(self, opening):
        """{(kind, key, pay date): dollars} that the practice owes of its own."""
        return {
            (item.kind, item.key or "", item.date_pay): round(item.amount, 2)
            for item in opening.sudo().liability_ids
        }

    def test_sick_pay_comes_beside_pay_and_its_own_taxes_are_posted(self):
        """26 USC 3111, 3301: 6,000 x 6.2 % + 1.45 %; 36 and 93 as they were entered."""
        day = date(2026, 11, 20)
        opening = self.entered("sick", self.sick(), day=day)
        self.assertEqual(opening.state, "approved")
        self.assertIn("Social Security 372", opening.doubts)
        self.assertIn("Medicare 87", opening.doubts)
        self.assertEqual(
            self.owed(opening),
            {
                ("federal", "", day): 459,
                ("futa", "", day): 36,
                ("suta", "WI", day): 93,
            },
        )
        deposits = opening.sudo().liability_ids.deposit_id
        self.assertEqual(set(deposits.mapped("state")), {"due"})
        federal = deposits.filtered(lambda d: d.kind == "federal")
        self.assertEqual(federal.date_due, date(2026, 12, 15))  # monthly depositor
        lines = self.env["account.move.line"].search(
            [("move_id.ref", "=like", "Employer's tax on sick pay%")]
        )
        self.assertEqual(set(lines.mapped("date")), {day})
        self.assertEqual(set(lines.mapped("parent_state")), {"posted"})
        self.assertEqual(round(sum(lines.mapped("debit")), 2), 588)
        self.assertEqual(lines.filtered("debit").account_id.account_type, "expense")

    def test_the_practices_part_stops_at_the_wage_base_the_insurer_does_not_know(self):
        """184,500 - 180,000: 4,500 x 6.2 % = 279; FUTA's base is used up."""
        self.entered("own", self.wages(180000))
        opening = self.entered(
            "sick",
            [row for row in self.sick() if row[0] not in ("FUTA", "SUTA")],
            day=date(2026, 5, 29),
        )
        own = {item.code: item for item in opening.item_ids}
        self.assertEqual(own["SS"].amount, -372)  # as it was withheld
        self.assertEqual((own["ER_SS"].amount, own["ER_SS"].taxed_wages), (279, 4500))
        self.assertEqual((own["FUTA"].amount, own["FUTA"].wages), (0, 6000))
        self.assertEqual(
            self.owed(opening), {("federal", "", date(2026, 5, 29)): 279 + 87}
        )

    def test_federal_unemployment_is_worked_out_where_it_is_left_out(self):
        """6,000 x 0.6 %; a second payment has 1,000 of the base of 7,000 left."""
        rows = [row for row in self.sick() if row[0] != "FUTA"]
        opening = self.entered("sick", rows, approve=False)
        later = date(2026, 4, 30)
        opening.line_ids = [
            Command.create(
                {
                    "employee_id": self.nurse.id,
                    "date_pay": later,
                    "what": what,
                    "amount": amount,
                    "wages": wages,
                    "taxed_wages": wages if what == "SS" else 0,
                }
            )
            for what, amount, wages in (
                ("SICK", 2000, 0),
                ("SS", 124, 2000),
                ("MED", 29, 2000),
            )
        ]
        opening.action_submit()
        opening.with_user(self.users["director"]).action_approve()
        owed = self.owed(opening)
        self.assertEqual(owed["futa", "", MARCH], 36)
        self.assertEqual(owed["futa", "", later], 6)

    def test_the_first_run_is_not_that_of_an_insurer(self):
        def first():
            runs = self.env["hr.payslip.run"].with_user(self.users["payroll"])
            values = {"medical_schedule_id": self.schedule.id}
            return runs.new(values)._medical_first_open()

        usual = first()
        rows = {"sick": self.sick(), "own": self.wages(6000)}
        for origin in ("sick", "own"):
            opening = self.entered(origin, rows[origin], approve=False)
            opening.date_start = date(2026, 9, 18)
            opening.action_submit()
            opening.with_user(self.users["director"]).action_approve()
            self.assertEqual(first() == usual, origin == "sick")

    def test_a_correction_posts_the_difference(self):
        opening = self.entered("sick", self.sick())
        action = opening.action_correct()
        new = opening.browse(action["res_id"])
        for what, amount in (("SS", 310), ("MED", 72.5)):
            line = new.line_ids.filtered(lambda row, w=what: row.what == w)
            line.write({"amount": amount, "wages": 5000})
            line.taxed_wages = 5000 if what == "SS" else 0
        new.action_submit()
        new.with_user(self.users["director"]).action_approve()
        self.assertEqual(opening.state, "replaced")
        self.assertEqual(self.owed(new), {("federal", "", MARCH): -76.5})
        deposit = (
            (opening | new)
            .sudo()
            .liability_ids.deposit_id.filtered(lambda d: d.kind == "federal")
        )
        self.assertEqual(round(deposit.amount, 2), 382.5)

    def test_nothing_is_approved_that_cannot_be_posted(self):
        opening = self.entered("sick", self.sick(), approve=False)
        opening.action_submit()
        self.env["medical.payroll.posting"].sudo()._pen().search(
            [("company_id", "=", self.company.id), ("kind", "=", "federal")]
        ).unlink()
        with self.assertRaisesRegex(UserError, "no ledger account for"):
            opening.with_user(self.users["director"]).action_approve()

    def test_an_insurer_pays_nothing_but_sick_pay(self):
        opening = self.entered("sick", self.wages(6000), approve=False)
        with self.assertRaisesRegex(UserError, "an insurer pays sick pay only"):
            opening.action_submit()
        other = self.entered("own", self.sick(), approve=False)
        with self.assertRaisesRegex(UserError, "only an insurer's sick pay"):
            other.action_submit()

    # -------------------------------------------------------- predecessor

    def test_the_standard_procedure_leaves_all_returns_to_the_predecessor(self):
        """Rev. Proc. 2004-53, section 4."""
        self.entered("predecessor", self.wages(5000))
        self.assertFalse(self.lines(self.filing("w2"), self.nurse))
        self.assertFalse(any(self.lines(self.filing("941", quarter="1")).values()))
        self.assertFalse(self.lines(self.filing("940")).get("3"))

    def test_the_alternate_procedure_takes_the_w2_over(self):
        """Rev. Proc. 2004-53, section 5, with Schedule D of Form 941."""
        self.entered("predecessor_w2", self.wages(5000))
        filing = self.filing("w2")
        own = self.lines(filing, self.nurse)
        self.assertEqual((own["1"], own["2"]), (5000, 500))
        self.assertEqual((own["3"], own["4"]), (5000, 310))
        total = self.lines(filing)
        self.assertEqual((total["D 3"], total["D 5"], total["D 2"]), (5000, 5000, 500))
        self.assertNotIn("Forms W-2 say", filing.problems or "")
        self.assertFalse(self.lines(self.filing("941", quarter="1"))["2"])

    def test_a_predecessors_wages_use_up_the_base_of_form_940(self):
        """Instructions for Form 940, line 5: 5,000 there, 3,000 here: 1,000 over."""
        self.entered("predecessor", self.wages(5000))
        self.entered("own", self.wages(3000, futa=2000))
        own = self.lines(self.filing("940"))
        self.assertEqual((own["3"], own["5"], own["7"]), (3000, 1000, 2000))

    def test_a_predecessors_wages_use_up_the_base_of_social_security(self):
        self.entered("predecessor", self.wages(184000))
        slips = self.prepared().slip_ids.filtered(lambda s: s.employee_id == self.nurse)
        items = slips.medical_item_ids
        ours = items.filtered(lambda i: i.code == "SS")
        self.assertGreater(ours.wages, 500)
        self.assertEqual(ours.taxed_wages, 500)  # of 184,500
        self.assertEqual(items.filtered(lambda i: i.code == "FUTA").taxed_wages, 0)

    def test_quarters_are_the_practices_own(self):
        opening = self.entered("predecessor", self.wages(5000), approve=False)
        opening.quarter_ids = [Command.create({"quarter": "1", "heads": 3})]
        with self.assertRaisesRegex(UserError, "those of the practice itself"):
            opening.action_submit()

    # --------------------------------------------------------------- roles

    def test_who_may_not_enter_them(self):
        for role in ("hr", "accountant", "staff", "head"):
            with self.assertRaises(AccessError, msg=role):
                self.entered("sick", self.sick(), role=role, approve=False)
        opening = self.entered("sick", self.sick(), approve=False)
        opening.action_submit()
        with self.assertRaises(AccessError):
            opening.action_approve()  # payroll prepares, another person approves
        with self.assertRaises(UserError):
            opening.write({"origin": "predecessor"})

    def test_wages_that_are_missing_are_named_for_every_tax(self):
        """A statement typed in half is no silent zero of the employer's share."""
        opening = self.entered("sick", [("SICK", 3000, 0, 0)], approve=False)
        for words in ("income tax", "Social Security and Medicare", "unemployment"):
            self.assertIn(f"{words} wages are missing", opening.doubts)

    def test_who_worked_for_both_at_one_time_is_refused_with_what_to_do(self):
        """Paid here since June and by the predecessor until July: what each had taxed
        stays; taken as one base, it would come back with the next pay."""
        self.paid_out()
        july, start = date(2026, 7, 10), date(2026, 7, 24)
        for origin, words in (
            ("own", "would count twice"),
            ("predecessor_w2", "Leave this person out"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self.entered(origin, self.wages(20000), day=july, start=start)

    def test_sick_pay_begins_with_this_year(self):
        form = Form(self.env["medical.payroll.opening.balance"])
        form.origin = "sick"
        self.assertEqual(form.date_start, date(2026, 6, 23))
