"""Hired by hand: one screen of terms, then the guided one; nothing typed twice."""

from datetime import date
from decimal import Decimal
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ...tools.money import money, to_cents
from ...tools.people.pay.budget import PayBudget
from ..common import RpcClient
from .offer_case import START, OfferCase

WIZARD = "medical.people.new.hire.wizard"


@tagged("post_install", "-at_install")
@freeze_time("2026-06-22 15:00:00")
class TestPayrollNewHire(OfferCase):
    def form(self, role="manager"):
        form = Form(
            self.env[WIZARD]
            .with_user(self.users[role])
            .with_context(default_company_id=self.company.id)
        )
        form.name = "Nora Newhand"
        form.private_email = "nora@people.example"
        form.job_id = self.job
        form.department_id = self.nursing
        form.date_start = START
        return form

    def hired(self, action):
        wizard = self.env["medical.people.hire.wizard"].browse(action["res_id"])
        return wizard.employee_id.sudo(), set(wizard.gap_ids.mapped("code"))

    def test_the_manager_enters_terms_and_pay_on_one_screen(self):
        form = self.form()
        self.assertEqual(form.schedule_id, self.schedule)
        form.wage, form.per = 21.5, "hour"
        person, gaps = self.hired(form.save().action_hire())
        version = person.version_id
        self.assertEqual(
            (
                version.wage,
                version.medical_wage_per,
                version.contract_date_start,
                version.medical_schedule_id,
                version.job_id,
            ),
            (21.5, "hour", START, self.schedule, self.job),
        )
        self.assertEqual(person.private_email, "nora@people.example")
        self.assertEqual(
            self.env["medical.people.i9"]
            .search([("employee_id", "=", person.id)])
            .section_2_due,
            date(2026, 7, 9),
        )
        self.assertFalse(gaps & {"wage", "schedule", "job", "start", "i9"})
        self.assertIn("account", gaps)

    def grant(self, granted):
        """What finance would tell of the department: six months, 60,000 needed."""
        budget = PayBudget(
            date(2026, 7, 1), date(2026, 12, 1), 6, Decimal(granted), Decimal(60000)
        )
        return patch.object(
            type(self.env["hr.department"]),
            "_medical_pay_budget",
            lambda departments, _day: dict.fromkeys(departments.ids, budget),
        )

    def test_the_budget_effect_is_the_one_of_an_offer(self):
        offer = self.offer(
            department_id=self.nursing.id, wage=21.5, per="hour", exempt=False
        )
        with self.grant(100000):
            form = self.form()
            self.assertFalse(form.budget_effect)
            form.wage, form.per = 21.5, "hour"
            added = to_cents(money(offer.year_cost) / 2)
            text = offer.budget_effect.replace("\xa0", "").replace("\ufeff", "")
            self.assertGreater(added, 20000)
            self.assertIn(f"adds ${added:,.2f}; ${40000 - added:,.2f} left", text)
            self.assertIn("Nursing, Jul 2026 to Dec 2026: $100,000.00 granted", text)
            self.assertEqual(form.budget_effect, offer.budget_effect)
            self.assertFalse(form.budget_short or offer.budget_short)
        with self.grant(60001):
            offer.invalidate_recordset(["budget_effect", "budget_short"])
            form.hours_week = 32
            self.assertTrue(form.budget_short and offer.budget_short)

    def test_hr_enters_no_pay_and_is_told_who_does(self):
        form = self.form("hr")
        with self.assertRaises(AssertionError):
            form.wage = 21.5
        person, gaps = self.hired(form.save().action_hire())
        self.assertFalse(person.wage)
        self.assertEqual(person.contract_date_start, START)
        self.assertTrue({"wage", "schedule"} <= gaps)

    def test_pay_that_cannot_be_is_refused_and_nobody_is_made(self):
        before = self.env["hr.employee"].search_count([])
        form = self.form()
        form.wage = 5
        with self.assertRaisesRegex(ValidationError, "minimum wage"):
            form.save().action_hire()
        form = self.form()
        form.wage, form.per, form.exempt = 30000, "year", True
        with self.assertRaisesRegex(ValidationError, "684.00"):
            form.save().action_hire()
        self.assertEqual(self.env["hr.employee"].search_count([]), before)

    def test_the_same_person_twice_is_refused(self):
        form = self.form()
        form.save().action_hire()
        with self.assertRaisesRegex(UserError, "employee already"):
            form.save().action_hire()
        again = self.form()
        again.name = "Nora Newhand-Smith"
        again.private_email = "Nora@People.example"
        with self.assertRaisesRegex(UserError, "employee already"):
            again.save().action_hire()
        again.private_email = "n_ra@people.example"  # no sign stands for another
        again.save()._check_new()

    def test_other_roles_hire_nobody(self):
        for role in ("staff", "head", "payroll", "accountant", "director"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.env[WIZARD].with_user(self.users[role]).create(
                    {
                        "name": "Nora",
                        "job_id": self.job.id,
                        "date_start": START,
                        "company_id": self.company.id,
                    }
                )


@tagged("post_install", "-at_install")
class TestPayrollNewHireRpc(OfferCase, RpcClient):
    def test_hr_sends_pay_past_the_form_and_is_refused(self):
        self.sign_in("hr")
        values = {
            "name": "Nora Newhand",
            "job_id": self.job.id,
            "date_start": "2026-12-14",
            "company_id": self.company.id,
        }
        self.call_refused(WIZARD, "create", [values | {"wage": 99}])
        self.call_refused(WIZARD, "create", [values], context={"default_wage": 99})
        (one,) = self.call(WIZARD, "create", [values])
        action = self.call(
            WIZARD,
            "action_hire",
            [one],
            context={"default_wage": 99, "default_medical_wage_per": "year"},
        )
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self.assertFalse(wizard.employee_id.sudo().wage)
