"""Minimum wages in the preflight: state by state, by place, and who may enter one."""

from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .payroll_case import END, START
from .run_case import NOW, RunCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPayrollMinimum(RunCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alaska = cls.env.ref("base.state_us_2")
        cls.oregon = cls.env["res.country.state"].search(
            [("code", "=", "OR"), ("country_id.code", "=", "US")]
        )
        cls.office = cls.env["hr.work.location"].create(
            {
                "name": "City Office",
                "company_id": cls.company.id,
                "address_id": cls.company.partner_id.id,
            }
        )

    def minimum(self, amount, **values):
        return self.env["medical.payroll.minimum"].create(
            {
                "company_id": self.company.id,
                "state_id": self.wisconsin.id,
                "date_from": "2026-01-01",
                "amount": amount,
                "citation": "Ordinance 12-3",
                **values,
            }
        )

    def findings(self, run, code="minimum"):
        return run.medical_finding_ids.filtered(lambda f: f.code == code)

    def low(self, wage, state, **values):
        person = self.hire(
            "Lou Low", wage, "hour", medical_work_state_id=state.id, **values
        )
        self.work(person, 8, self.days(START, 5))
        return person

    def test_the_work_states_minimum_counts_and_is_named_with_its_law(self):
        self.low(12, self.illinois)
        found = self.findings(self.prepared())
        self.assertEqual(found.level, "blocker")
        self.assertIn(
            "Lou Low: $\N{NO-BREAK SPACE}12.00 per hour is below the minimum wage of "
            "Illinois on 06/07/2026: "
            "$\N{NO-BREAK SPACE}15.00 since 01/01/2025 (820 ILCS 105/4).",
            found.summary,
        )

    def test_a_rise_within_the_period_is_found_on_its_day(self):
        self.env["medical.payroll.state.account"].create(
            {
                "company_id": self.company.id,
                "state_id": self.alaska.id,
                "year": 2026,
                "suta_percent": 1,
                "suta_base": 54200,
            }
        )
        person = self.low(13.50, self.alaska)
        self.work(person, 8, self.days(END + timedelta(days=1), 5))
        with freeze_time("2026-07-07 15:00:00"):
            run = self.prepared(
                start=date(2026, 6, 21), end=date(2026, 7, 4), day=date(2026, 7, 10)
            )
            self.assertIn(
                "on 07/01/2026: $\N{NO-BREAK SPACE}14.00", self.findings(run).summary
            )
        self.assertFalse(self.findings(self.prepared()))

    def test_a_salary_below_the_minimum_is_found_an_exempt_one_is_not_compared(self):
        for exempt, found in ((False, True), (True, False)):
            person = self.hire(
                "Sal Low", 14000, medical_flsa_exempt=exempt, ssnid="404-23-4567"
            )
            run = self.prepared()
            with self.subTest(exempt=exempt):
                self.assertEqual(person in self.findings(run).employee_id, found)
            run.unlink()
            person.active = False

    def test_a_salary_for_any_hours_sinks_below_it_in_a_long_week(self):
        person = self.hire(
            "Flo Any",
            300 * 52,
            medical_flsa_exempt=False,
            medical_salary_hours=0,
            ssnid="404-23-4567",
        )
        self.work(person, 11, [START + timedelta(days=i) for i in range(1, 6)])
        found = self.findings(self.prepared())
        self.assertIn("5.45 per hour is below", found.summary)

    def test_an_entered_minimum_goes_before_ours_and_a_places_beside_it(self):
        state = self.minimum(21)
        run = self.prepared()
        self.assertIn(
            "Hal Hourly: $\N{NO-BREAK SPACE}20.00 per hour is below the minimum wage of Wisconsin",
            self.findings(run).summary,
        )
        state.amount = 19
        self.minimum(25, work_location_id=self.office.id, date_from="2026-06-10")
        run.action_medical_preflight()
        self.assertFalse(self.findings(run), "nobody works there")
        self.clerk.work_location_id = self.office
        run.action_medical_preflight()
        self.assertIn(
            "City Office on 06/10/2026: $\N{NO-BREAK SPACE}25.00",
            self.findings(run).summary,
        )

    def test_a_figure_of_one_source_says_so(self):
        self.company.state_id = self.oregon
        self.env["medical.payroll.state.account"].create(
            {
                "company_id": self.company.id,
                "state_id": self.company.state_id.id,
                "year": 2026,
                "suta_percent": 1,
                "suta_base": 56700,
            }
        )
        self.work(self.clerk, 8, self.days(date(2026, 7, 5), 5))
        with freeze_time("2026-07-21 15:00:00"):
            run = self.prepared(
                start=date(2026, 7, 5), end=date(2026, 7, 18), day=date(2026, 7, 24)
            )
        self.clerk.wage = 15
        run.action_medical_preflight()
        found = self.findings(run).filtered(lambda f: f.employee_id == self.clerk)
        self.assertIn("15.55 since 07/01/2026", found.summary)
        self.assertIn("only one public source", found.summary)

    def test_a_place_without_a_figure_is_a_note(self):
        run = self.prepared()
        self.assertFalse(self.findings(run, "minimum_unknown"))
        self.clerk.medical_work_state_id = self.env["res.country.state"].search(
            [("code", "=", "PR"), ("country_id.code", "=", "US")]
        )
        run.action_medical_preflight()
        found = self.findings(run, "minimum_unknown")
        self.assertEqual(found.level, "warning")
        self.assertIn("No minimum wage for Puerto Rico is built in", found.summary)

    def test_the_form_shows_what_is_shipped(self):
        new = self.env["medical.payroll.minimum"].new
        self.assertEqual(
            new({"state_id": self.illinois.id, "date_from": "2026-03-01"}).shipped,
            "$\N{NO-BREAK SPACE}15.00 since 01/01/2025 (820 ILCS 105/4)",
        )
        self.assertIn(
            "one public source",
            new(
                {
                    "state_id": self.oregon.id,
                    "date_from": "2026-07-01",
                }
            ).shipped,
        )
        self.assertFalse(
            new({"state_id": self.illinois.id, "date_from": "2035-01-01"}).shipped
        )

    def test_two_figures_for_one_day_are_refused(self):
        self.minimum(9)
        self.minimum(10, work_location_id=self.office.id)
        with self.assertRaisesRegex(ValidationError, "overlap"):
            self.minimum(10, date_from="2026-05-01")

    def test_payroll_and_the_accountant_enter_it_others_do_not(self):
        for role in ("payroll", "accountant"):
            record = (
                self.env["medical.payroll.minimum"]
                .with_user(self.users[role])
                .create(
                    {
                        "company_id": self.company.id,
                        "state_id": self.wisconsin.id,
                        "date_from": "2026-01-01"
                        if role == "payroll"
                        else "2027-01-01",
                        "date_to": "2026-12-31" if role == "payroll" else False,
                        "amount": 9,
                        "citation": "Ordinance",
                    }
                )
            )
            self.assertTrue(record)
        for role in ("hr", "head", "staff", "director"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.as_role(record, role).write({"amount": 8})
        with self.assertRaises(AccessError):
            self.as_role(record, "staff").read(["amount"])
        other = self.minimum(9, company_id=self.other_company.id)
        with self.assertRaises(AccessError):
            self.as_role(other, "payroll").read(["amount"])
