"""Pay about the turn of a year: the pay date decides the year, a void goes where its
payment was, and each deposit holds one quarter's taxes."""

from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .guard_case import GuardCase
from .test_payroll_law import archive, of_2027

BEFORE = "2026-12-21 18:00:00"
AFTER = "2027-01-05 18:00:00"
# first day, last day, pay date
DECEMBER = date(2026, 12, 6), date(2026, 12, 19), date(2026, 12, 24)
ACROSS = date(2026, 12, 20), date(2027, 1, 2), date(2027, 1, 8)
JANUARY = date(2027, 1, 3), date(2027, 1, 16), date(2027, 1, 22)
LATER = date(2027, 1, 17), date(2027, 1, 30), date(2027, 2, 5)


@tagged("post_install", "-at_install")
@freeze_time(AFTER)
class TestPayrollYearTurn(GuardCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the law is one for all companies: who works for all of them releases it
        cls.let_work_for_all("payroll", "director")
        cls.env["medical.payroll.state.account"].create(
            {
                "company_id": cls.company.id,
                "state_id": cls.wisconsin.id,
                "year": 2027,
                "suta_percent": 3.05,
                "suta_base": 14000,
            }
        )
        package = (
            cls.env["medical.payroll.law.package"]
            .with_user(cls.users["payroll"])
            .create({"file": archive(of_2027())})
        )
        package.action_submit()
        package.with_user(cls.users["director"]).action_release()

    def pay(self, span, **values):
        start, end, day = span
        return self.posted(start=start, end=end, day=day, **values)

    def pay_by_check(self, span):
        """A posted run whose pay date is no day of the banks."""
        self.accounts.write({"active": False})
        start, end, day = span
        run = self.prepared(start=start, end=end, day=day)
        run._medical_preflight()
        run.medical_finding_ids.filtered(
            lambda one: one.level == "blocker" or one.code == "no_hours"
        ).action_waive("Paid by check, by name")
        run.action_medical_submit()
        self.as_role(run, "director").action_medical_approve()
        run.action_medical_post()
        return run

    def bonus(self, day, amount=500):
        """A posted bonus of the nurse."""
        self.env["medical.payroll.earning"].create(
            {
                "employee_id": self.nurse.id,
                "name": "Year-end bonus",
                "kind": "bonus",
                "amount": amount,
                "once": True,
                "date_from": day,
            }
        )
        return self.posted(
            start=day,
            end=day,
            day=day,
            medical_kind="bonus",
            medical_employee_ids=[(6, 0, self.nurse.ids)],
        )

    def of_nurse(self, run):
        return run.slip_ids.filtered(lambda slip: slip.employee_id == self.nurse)

    def filing(self, kind, year, **values):
        filing = (
            self.env["medical.payroll.tax.return"]
            .with_user(self.users["payroll"])
            .create(
                {"company_id": self.company.id, "kind": kind, "year": year, **values}
            )
        )
        filing.action_compute()
        return filing

    def lines(self, filing):
        """{line or box: dollars} of a return, of the nurse alone where it names people."""
        own = filing.line_ids.filtered(
            lambda line: line.employee_id in (line.employee_id.browse(), self.nurse)
        )
        return {line.key: line.amount for line in own}

    def held(self, filing):
        """The lines that are not zero."""
        return {key: amount for key, amount in self.lines(filing).items() if amount}

    def federal(self, *runs):
        """{pay date: (day due, dollars of the deposit)} of federal taxes."""
        self.env.flush_all()
        found = {}
        for run in runs:
            for owed in run.medical_liability_ids.filtered(
                lambda one: one.kind == "federal"
            ):
                deposit = owed.deposit_id
                found[owed.date_pay] = deposit.date_due, round(deposit.amount, 2)
        return found

    def void(self, run):
        void = run.browse(
            self.of_nurse(run).action_medical_void("never cashed")["res_id"]
        )
        void.action_medical_submit()
        self.as_role(void, "director").action_medical_approve()
        void.action_medical_post()
        return void

    # ------------------------------------------------------------------ the pay date

    def test_a_period_of_december_paid_in_january_is_pay_of_the_new_year(self):
        """Wages are of the year in which they are paid (26 CFR 31.3402(a)-1(b))."""
        run = self.pay(ACROSS)
        slip = self.of_nurse(run)
        self.assertEqual(self.lines(self.filing("w2", 2026)), {})
        self.assertEqual(self.lines(self.filing("w2", 2027))["1"], 3000)
        self.assertNotIn("2", self.held(self.filing("941", 2026, quarter="4")))
        self.assertEqual(self.held(self.filing("941", 2027, quarter="1"))["2"], 3000)
        self.assertEqual(self.held(self.filing("940", 2027))["7"], 3000)
        social = slip.medical_item_ids.filtered(lambda item: item.code == "SS")
        self.assertEqual(set(social.mapped("law")), {"2027"})

    def test_bases_begin_anew_with_the_first_pay_date(self):
        with freeze_time(BEFORE):
            old = self.pay(DECEMBER)
        new = self.pay(ACROSS)
        for run in (old, new):
            taxed = {
                item.code: item.taxed_wages
                for item in self.of_nurse(run).medical_item_ids
                if item.code in ("SS", "FUTA", "SUTA")
            }
            self.assertEqual(set(taxed.values()), {3000.0}, run.name)
        year = self.of_nurse(new)._medical_year()[self.of_nurse(new).id]
        self.assertAlmostEqual(year["SS", ""][0], -186.0)

    def test_deposits_of_the_turn_are_due_when_the_law_says(self):
        """Monthly: the 15th is Washington's Birthday. Semiweekly: Friday January 8 is
        due on Wednesday (Pub. 15, section 11)."""
        run = self.pay(ACROSS)
        self.assertEqual(self.federal(run)[ACROSS[2]][0], date(2027, 2, 16))
        self.company.medical_deposit_schedule = "semiweekly"
        run = self.pay(JANUARY)
        due = self.federal(run)[JANUARY[2]][0]
        self.assertEqual(due, date(2027, 1, 27))

    def test_two_years_in_one_semiweekly_period_are_two_deposits(self):
        """Wednesday to Friday hold December 31 and January 1: both are due on January 6,
        each with its own year's return (Pub. 15, section 11)."""
        self.company.medical_deposit_schedule = "semiweekly"
        with freeze_time("2026-12-28 18:00:00"):
            bonus = self.bonus(date(2026, 12, 31))
            # New Year's Day is no banking day: paid by check
            regular = self.pay_by_check((*ACROSS[:2], date(2027, 1, 1)))
        found = self.federal(bonus, regular)
        self.assertEqual({due for due, _amount in found.values()}, {date(2027, 1, 6)})
        self.assertEqual(
            {day: amount for day, (_due, amount) in found.items()},
            {run.medical_date_pay: self.taxes(run) for run in (bonus, regular)},
        )

    def test_two_quarters_in_one_semiweekly_period_are_two_deposits(self):
        self.company.medical_deposit_schedule = "semiweekly"
        with freeze_time("2026-09-28 15:00:00"):
            bonus = self.bonus(date(2026, 9, 30))
            regular = self.pay(
                (date(2026, 9, 13), date(2026, 9, 26), date(2026, 10, 2))
            )
        found = self.federal(bonus, regular)
        self.assertEqual({due for due, _amount in found.values()}, {date(2026, 10, 7)})
        self.assertEqual(
            {day: amount for day, (_due, amount) in found.items()},
            {run.medical_date_pay: self.taxes(run) for run in (bonus, regular)},
        )

    def taxes(self, run):
        """Income tax withheld and both shares of Social Security and Medicare."""
        codes = ("FIT", "SS", "MED", "ADDMED", "ER_SS", "ER_MED")
        items = run.slip_ids.medical_item_ids.filtered(lambda i: i.code in codes)
        return round(sum(abs(item.amount) for item in items), 2)

    # --------------------------------------------------------------------- a bonus

    def test_a_bonus_of_december_31_is_the_old_years(self):
        with freeze_time("2026-12-28 18:00:00"):
            self.pay(DECEMBER)
            bonus = self.bonus(date(2026, 12, 31))
        self.assertEqual(self.total(self.of_nurse(bonus), "FIT"), -110)
        self.pay(ACROSS)
        self.assertEqual(self.lines(self.filing("w2", 2026))["1"], 3500)
        self.assertEqual(self.lines(self.filing("w2", 2027))["1"], 3000)
        last = self.filing("941", 2026, quarter="4")
        self.assertEqual(self.lines(last)["2"], 3500)
        self.assertEqual(self.held(last)["16.3"], self.held(last)["12"])
        self.assertEqual(last.date_due, date(2027, 2, 1))  # January 31 is a Sunday
        for kind in ("940", "w2"):
            self.assertEqual(self.filing(kind, 2025).date_due, date(2026, 2, 2))

    # --------------------------------------------------------------------- a raise

    def raise_of(self, person, day, wage, *runs):
        """A raise that was approved after some runs were confirmed."""
        self.env.flush_all()
        # one transaction has one hour: what was paid, was paid before
        self.env.cr.execute(
            "UPDATE hr_payslip SET create_date = '2020-01-01' WHERE id IN %s",
            [tuple(slip.id for run in runs for slip in run.slip_ids)],
        )
        self.env.cr.execute(
            "UPDATE hr_version SET write_date = '2019-12-01' WHERE employee_id = %s",
            [person.id],
        )
        change = self.env["medical.people.pay.change"].with_user(self.users["hr"])
        change = change.create(
            {
                "employee_id": person.id,
                "date_from": day,
                "wage_after": wage,
                "reason": "Said in December, signed in January",
            }
        )
        change.action_submit()
        change.with_user(self.users["director"]).action_approve()
        self.env.flush_all()

    def retro(self, run, person):
        """{period and code: dollars} that a run pays back; a new rate less the old."""
        slip = run.slip_ids.filtered(lambda slip: slip.employee_id == person)
        items = slip.medical_item_ids.filtered(lambda item: item.code == "RETRO")
        return {
            name: round(sum(own.mapped("amount")), 2)
            for name, own in items.grouped("name").items()
        }

    def test_a_raise_reaches_the_december_period_that_january_paid(self):
        """80,600 - 78,000 = 2,600 a year, 100.00 of each of 26 periods.

        The correction is wages of the day it is paid (26 CFR 31.3121(a)-2): 3,100 + 200
        on February 5, Social Security 6.2 % = 204.60, Medicare 1.45 % = 47.85. Income
        tax by Pub. 15-T, worksheet 1A, single: 3,300 x 26 - 8,600 = 77,200;
        (5,800 + 22 % x (77,200 - 57,900)) / 26 = 386.38.
        """
        with freeze_time(BEFORE):
            old = self.pay(DECEMBER)
        runs = old, self.pay(ACROSS), self.pay(JANUARY)
        self.raise_of(self.nurse, ACROSS[0], 80600, *runs)
        last = self.pay(LATER)
        self.assertEqual(
            self.retro(last, self.nurse),
            {
                "Correction of 2026-12-20 to 2027-01-02: REG": 100.0,
                "Correction of 2027-01-03 to 2027-01-16: REG": 100.0,
            },
        )
        slip = self.of_nurse(last)
        held = {code: self.total(slip, code) for code in ("FIT", "SS", "MED")}
        self.assertEqual(held, {"FIT": -386.38, "SS": -204.6, "MED": -47.85})
        self.assertEqual(self.lines(self.filing("w2", 2026))["1"], 3000)
        boxes = self.lines(self.filing("w2", 2027))
        self.assertEqual((boxes["1"], boxes["4"]), (9300, 576.6))

    def test_a_raise_beyond_the_turn_names_what_the_old_year_paid(self):
        """From December 6 on: what was paid on December 24 is of the old year."""
        with freeze_time(BEFORE):
            old = self.pay(DECEMBER)
        runs = old, self.pay(ACROSS), self.pay(JANUARY)
        self.raise_of(self.nurse, DECEMBER[0], 80600, *runs)
        last = self.prepared(start=LATER[0], end=LATER[1], day=LATER[2])
        self.assertEqual(sum(self.retro(last, self.nurse).values()), 200)
        last._medical_preflight()
        said = " ".join(last.medical_finding_ids.mapped("summary"))
        self.assertIn("The change goes back to 12/06/2026", said)
        self.assertIn("before 12/20/2026", said)

    def test_a_raise_corrects_the_overtime_of_a_week_across_the_turn(self):
        """40 + 10 hours in the week of December 27 at 20, 2 more an hour: 40 hours of
        the first week and 50 of the second at 2.00 = 180.00, and the premium's half
        10 x 1.00 = 10.00 (29 CFR 778.107, 778.303)."""
        # the first week, and five days of ten hours in the second
        self.work(self.clerk, 8, self.days(date(2026, 12, 21), 5), begin=14)
        self.work(self.clerk, 10, self.days(date(2026, 12, 28), 5), begin=14)
        run = self.pay(ACROSS)
        slip = run.slip_ids.filtered(lambda slip: slip.employee_id == self.clerk)
        self.assertEqual(self.total(slip, "OTP"), 100)
        self.raise_of(self.clerk, ACROSS[0], 22, run)
        self.work(self.clerk, 8, self.days(date(2027, 1, 4), 10), begin=14)
        after = self.pay(JANUARY)
        found = self.retro(after, self.clerk)
        self.assertEqual(round(sum(found.values()), 2), 190)
        premium = {name: paid for name, paid in found.items() if name.endswith("OTP")}
        self.assertEqual(list(premium.values()), [10.0])

    # ---------------------------------------------------------------------- a void

    def test_a_void_in_january_of_a_december_slip_is_the_old_years(self):
        with freeze_time(BEFORE):
            old = self.pay(DECEMBER)
        self.pay(ACROSS)
        before = self.held(self.filing("w2", 2027))
        with freeze_time("2027-01-12 18:00:00"):
            void = self.void(old)
        self.assertEqual(void.medical_date_pay, DECEMBER[2])
        self.assertEqual(void.medical_move_id.date, DECEMBER[2])
        self.assertEqual(self.held(self.filing("w2", 2026)), {})
        last = self.filing("941", 2026, quarter="4")
        self.assertFalse(self.held(last).get("2"))
        self.assertEqual(self.lines(self.filing("940", 2026))["7"], 0)
        again = self.env["medical.payroll.tax.return"].search(
            [("kind", "=", "w2"), ("year", "=", 2027)]
        )
        again.action_compute()
        self.assertEqual(self.held(again), before)
        # the year of the next pay knows nothing of it
        third = self.of_nurse(self.pay(JANUARY))
        unemployment = third.medical_item_ids.filtered(lambda i: i.code == "SUTA")
        self.assertEqual(unemployment.taxed_wages, 3000)
        year = third._medical_year()[third.id]
        self.assertAlmostEqual(year["SS", ""][0], -2 * 186.0)
        self.assertEqual(void._tie_out(), ())

    def test_a_new_return_is_of_the_year_that_is_filed_now(self):
        returns = self.env["medical.payroll.tax.return"]
        for day, year in (
            ("2026-12-31", 2026),
            ("2027-01-15", 2026),
            ("2027-03-31", 2026),
            ("2027-04-01", 2027),
        ):
            with self.subTest(day), freeze_time(f"{day} 18:00:00"):
                self.assertEqual(returns.default_get(["year"])["year"], year)

    def test_after_the_return_was_filed_the_void_is_its_correction(self):
        with freeze_time(BEFORE):
            old = self.pay(DECEMBER)
        last = self.filing("941", 2026, quarter="4")
        last.reference = "ACK-4"
        last.action_file()
        with freeze_time("2027-01-12 18:00:00"):
            self.void(old)
            new = last.browse(last.action_correct()["res_id"])
            new.action_compute()
        changed = {line.key: line.difference for line in new.line_ids}
        self.assertEqual(changed["2"], -3000)
        first = self.filing("941", 2027, quarter="1")
        self.assertFalse(self.held(first))
