"""Daily overtime by the work state and shift differentials, from check-in to the slip."""

from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .payroll_case import START
from .run_case import NOW, RunCase


class TimeRulesCase(RunCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.states = {}
        for code, number in (("AK", 2), ("CA", 5), ("CO", 6), ("NV", 33)):
            state = cls.env["res.country.state"].search(
                [("code", "=", code), ("country_id.code", "=", "US")]
            )
            cls.states[code] = state
            cls.env["medical.payroll.state.account"].create(
                {
                    "company_id": cls.company.id,
                    "state_id": state.id,
                    "year": 2026,
                    "suta_percent": number,
                    "suta_base": 7000,
                }
            )

    def worker(self, state, wage=20, hours=(10, 10, 10, 10), per="hour", **values):
        person = self.hire(
            f"Wanda {state}",
            wage,
            per,
            medical_work_state_id=self.states[state].id,
            ssnid="405-23-4567",
            **values,
        )
        for index, count in enumerate(hours):
            self.work(person, count, [START + timedelta(days=index + 1)])
        return person

    def slip(self, person, run=None):
        run = run or self.prepared()
        return run.slip_ids.filtered(lambda s: s.employee_id == person)

    def items(self, slip, code):
        return slip.medical_item_ids.filtered(lambda item: item.code == code)

    def evening(self, **values):
        return self.env["medical.payroll.differential"].create(
            {
                "company_id": self.company.id,
                "name": "Evening differential",
                "date_from": "2026-01-01",
                "hour_from": 17,
                "hour_to": 23,
                "amount": 2,
                **values,
            }
        )


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPayrollDailyOvertime(TimeRulesCase):
    def test_ten_hour_days_by_the_work_state(self):
        """Four days of ten hours: 8 hours by the day in CA and AK, none in CO."""
        for state, wage, premium in (
            ("CA", 20, 80),
            ("AK", 20, 80),
            ("CO", 20, 0),
            ("NV", 17, 68),
            ("NV", 18, 0),
        ):
            with self.subTest(state=state, wage=wage):
                person = self.worker(state, wage)
                slip = self.slip(person)
                self.assertFalse(slip.medical_problem)
                self.assertEqual(self.total(slip, "REG"), 40 * wage)
                self.assertAlmostEqual(self.total(slip, "OTS"), premium)
                self.assertEqual(self.total(slip, "OTP"), 0)
                self.assertAlmostEqual(self.total(slip, "GROSS"), 40 * wage + premium)
                slip.payslip_run_id.unlink()
                person.active = False

    def test_no_hour_is_counted_by_the_day_and_by_the_week(self):
        person = self.worker("CA", hours=(10, 10, 10, 10, 12))
        slip = self.slip(person)
        self.assertEqual(self.total(slip, "REG"), 52 * 20)
        self.assertEqual(self.total(slip, "OTP"), 12 * 10)
        self.assertEqual(self.total(slip, "OTS"), 0)
        days = {line.code: line.number_of_hours for line in slip.worked_days_line_ids}
        self.assertEqual((days["REG"], days["OT"]), (40, 12))

    def test_the_seventh_day_and_double_time(self):
        person = self.worker("CA", hours=())
        # the workweek runs from Sunday to Saturday
        for day in range(6):
            self.work(person, 4, [START + timedelta(days=day)])
        self.work(person, 9, [START + timedelta(days=6)])
        slip = self.slip(person)
        self.assertEqual(self.total(slip, "OTS"), 8 * 10 + 1 * 20)
        item = self.items(slip, "OTS")
        self.assertIn("California overtime premium", item.name)
        self.assertIn("Cal. Labor Code 510", str(item.steps))

    def test_overtime_of_a_salary_goes_by_the_salary_of_its_week(self):
        """29 CFR 778.113: ten hours beyond 40 at 1.5 x 1,000 / 40, whatever comes later."""
        person = self.worker("CO", 52000, (10,) * 5, "year", medical_flsa_exempt=False)
        later = START + timedelta(days=7)
        person.create_version({"date_version": later, "wage": 104000})
        slip = self.slip(person)
        self.assertEqual(sum(self.items(slip, "OTP").mapped("amount")), 125)
        beyond = self.items(slip, "REG").filtered(lambda item: item.key)
        self.assertEqual(beyond.amount, 250)

    def test_a_raise_in_the_week_counts_by_its_working_days(self):
        person = self.worker("CO", 52000, (10,) * 5, "year", medical_flsa_exempt=False)
        friday = START + timedelta(days=5)
        person.create_version({"date_version": friday, "wage": 104000})
        slip = self.slip(person)  # 4 days of 1,000 and one of 2,000 a week: 1,200 / 40
        self.assertEqual(sum(self.items(slip, "OTP").mapped("amount")), 150)

    def test_a_change_between_hours_and_salary_within_a_period_is_refused(self):
        """The days of the other kind would not be paid."""
        kinds = (("hour", 20), ("year", 52000))
        people = []
        for (before, wage), (after, new) in (kinds, kinds[::-1]):
            person = self.worker("CO", wage, (8,) * 5, before)
            person.create_version(
                {
                    "date_version": START + timedelta(days=7),
                    "medical_wage_per": after,
                    "wage": new,
                }
            )
            people.append(person)
        run = self.prepared()
        for person in people:
            slip = self.slip(person, run)
            self.assertIn("let the change begin with a pay", slip.medical_problem)

    def test_an_agreed_workday_moves_the_limit(self):
        person = self.worker("CA", medical_daily_hours=10)
        self.assertEqual(self.total(self.slip(person), "OTS"), 0)

    def test_a_salary_pays_no_overtime_hour_in_california(self):
        person = self.worker("CA", 1000 * 52, per="year", medical_flsa_exempt=False)
        slip = self.slip(person)
        self.assertEqual(self.total(slip, "REG"), 2000 + 8 * 25)
        self.assertEqual(self.total(slip, "OTS"), 8 * 12.5)

    def test_a_shift_over_midnight_is_one_day_where_the_state_says_so(self):
        """18 to 8 o'clock in Colorado: two hours over twelve; in California by the day."""
        for state, premium in (("CO", 2 * 10), ("CA", 0)):
            person = self.worker(state, hours=())
            self.work(person, 14, [START + timedelta(days=1)], begin=23)
            slip = self.slip(person)
            with self.subTest(state):
                self.assertEqual(self.total(slip, "REG"), 14 * 20)
                self.assertAlmostEqual(self.total(slip, "OTS"), premium)
            slip.payslip_run_id.unlink()
            person.active = False

    def test_8_and_80_in_such_a_state_is_said(self):
        person = self.worker("CO", medical_overtime_scheme="fortnight")
        self.assertIn("8 and 80 is agreed", self.slip(person).medical_notes)

    def test_the_states_part_is_no_qualified_overtime_and_is_posted_as_wages(self):
        person = self.worker("CA", hours=(12, 12, 12, 12))
        run = self.paid_out()
        self.assertEqual(run.state, "paid", "a run that does not tie out is not paid")
        slip = self.slip(person, run)
        self.assertEqual(self.total(slip, "OTP"), 8 * 10)
        self.assertEqual(self.total(slip, "OTS"), 8 * 10)
        filing = self.env["medical.payroll.tax.return"].create(
            {"company_id": self.company.id, "kind": "w2", "year": 2026}
        )
        self.assertEqual(filing._forms_w2()[person].codes["TT"], 80)
        report = self.env["report.medical_office.payroll_register_report"]
        self.assertEqual(report._slip_sums(run)[slip.id]["hours"], 48)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPayrollDifferential(TimeRulesCase):
    def late(self, wage=20, **values):
        """Five days from 13 to 21 o'clock, then two hours on Saturday at noon."""
        person = self.hire("Eve Late", wage, "hour", ssnid="406-23-4567", **values)
        self.work(person, 8, self.days(START, 5), begin=18)
        return person

    def test_an_evening_is_paid_on_its_own_line_with_its_working(self):
        evening = self.evening()
        slip = self.slip(self.late())
        self.assertEqual(self.total(slip, "REG"), 800)
        self.assertEqual(self.total(slip, "DIFF"), 5 * 4 * 2)
        item = self.items(slip, "DIFF")
        self.assertEqual(item.key, f"shift:{evening.id}")
        self.assertEqual((item.hours, item.rate), (20, 2))
        self.assertEqual(item.name, "Evening differential")
        self.assertEqual(self.total(slip, "GROSS"), 840)

    def test_the_number_of_queries_does_not_grow_with_the_differentials(self):
        def queries(run):
            run._medical_reopen()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            run._medical_compute()
            return self.env.cr.sql_log_count - before

        self.late()
        self.evening(department_ids=self.nursing.ids)
        run = self.prepared()
        small = queries(run)
        for number in range(20):
            self.evening(name=f"Evening {number}", employee_ids=self.clerk.ids)
        self.assertLessEqual(queries(run), small + 2)

    def test_it_raises_the_regular_rate_of_overtime(self):
        self.evening()
        person = self.late()
        self.work(person, 5, [START + timedelta(days=6)], begin=15)  # Saturday at 10
        slip = self.slip(person)
        # (45 x 20 + 20 x 2) / 45, half of it, five hours
        self.assertAlmostEqual(self.total(slip, "OTP"), round(940 / 45 / 2 * 5, 2))

    def test_percent_departments_people_and_dates(self):
        self.evening(kind="percent", amount=0, percent=10)
        self.evening(name="Front", department_ids=self.front_desk.ids)
        self.evening(name="Later", date_from="2026-06-12")
        self.evening(name="Weekend", days="weekend", hour_from=0, hour_to=0)
        self.evening(name="Nora's", employee_ids=self.nurse.ids)
        slip = self.slip(self.late(30))
        found = {i.name: (i.hours, i.amount) for i in self.items(slip, "DIFF")}
        self.assertEqual(found, {"Evening differential": (20, 60), "Later": (4, 8)})

    def test_a_correction_of_the_last_period_pays_it_too(self):
        self.evening()
        person = self.late()
        self.posted()
        self.work(person, 4, [START + timedelta(days=12)], begin=22)  # 17 to 21
        with freeze_time("2026-07-07 15:00:00"):
            run = self.prepared(
                start=date(2026, 6, 21), end=date(2026, 7, 4), day=date(2026, 7, 10)
            )
        slip = self.slip(person, run)
        self.assertEqual(self.total(slip, "RETRO"), 4 * 20 + 4 * 2)

    def test_what_was_paid_by_it_is_ended_not_changed(self):
        evening = self.evening()
        self.late()
        self.posted()
        evening = self.as_role(evening, "payroll")
        with self.assertRaisesRegex(UserError, "was paid on 06/26/2026"):
            evening.amount = 3
        with self.assertRaisesRegex(UserError, "was paid"):
            evening.unlink()
        evening.date_to = "2026-06-30"
        self.assertTrue(self.evening(date_from="2026-07-01", amount=3))

    def test_a_window_outside_the_day_and_nothing_an_hour_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "outside the day"):
            self.evening(hour_from=25)
        with self.assertRaisesRegex(ValidationError, "above zero"):
            self.evening(amount=0)

    def test_payroll_enters_it_others_do_not(self):
        record = (
            self.env["medical.payroll.differential"]
            .with_user(self.users["payroll"])
            .create(
                {
                    "company_id": self.company.id,
                    "name": "Night",
                    "hour_from": 23,
                    "hour_to": 7,
                    "amount": 3,
                }
            )
        )
        for role in ("hr", "director"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.as_role(record, role).write({"amount": 4})
        for role in ("staff", "head", "accountant"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.as_role(record, role).read(["amount"])
        other = self.evening(company_id=self.other_company.id)
        with self.assertRaises(AccessError):
            self.as_role(other, "payroll").read(["amount"])
