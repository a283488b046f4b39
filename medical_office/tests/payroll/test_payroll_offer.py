"""Offers: the price of a year to the cent, approval, letter, page, and the hiring."""

from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time
from lxml import html

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged

from ...engine.payroll.offer_pricer import OfferPricer
from ...tools.core.digest import sha256
from ...tools.payroll.law.federal_tables import TaxYearMissing
from ..common import RpcClient
from .offer_case import EXPIRY, START, OfferCase

NOW = "2026-06-22 15:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPayrollOffer(OfferCase):
    def test_the_price_is_what_a_year_of_pay_runs_comes_to(self):
        """The simulated person is hired and paid for a year; every figure is the same."""
        offer = self.offer(line_ids=self.fringe(), filing_status="married_joint")
        self.assertEqual(offer.price_problem, "")
        person = self.hire(
            "Carla Candidate",
            78000,
            start=date(2025, 1, 6),
            w4={"filing_status": "married_joint"},
        )
        self.env["medical.people.enrollment"].create(
            [
                {
                    "employee_id": person.id,
                    "plan_id": line.plan_id.id,
                    "tier_id": line.tier_id.id,
                    "amount": line.amount,
                    "percent": line.percent,
                    "date_from": date(2025, 1, 6),
                }
                for line in offer.line_ids
            ]
        )
        span = self.schedule._period_on(date(2025, 12, 1))
        slips = self.env["hr.payslip"]
        while (day := self.schedule._pay_date(span.end)).year <= 2026:
            if day.year == 2026:
                run = self.run_of(span.start, span.end, day)
                run._medical_generate(person)
                run._medical_compute()
                run._medical_confirm()
                slips += run.slip_ids
            span = self.schedule._period_on(span.end + timedelta(days=1))
        items = slips.medical_item_ids
        self.assertEqual(len(slips), offer.paychecks)

        def paid(*codes):
            return sum(items.filtered(lambda i: i.code in codes).mapped("amount"))

        cents = self.assertAlmostEqual
        cents(offer.year_gross, paid("REG"), 2)
        taxes = ("FIT", "SS", "MED", "ADDMED", "SIT", "SOTH", "LIT")
        cents(offer.year_taxes, -paid(*taxes), 2)
        cents(offer.year_deductions, -paid("S125", "RET"), 2)
        cents(offer.year_employer_taxes, paid("ER_SS", "ER_MED", "FUTA", "SUTA"), 2)
        cents(offer.year_fringe, paid("ER_BEN") + 12 * (480 + 15), 2)
        nets = slips.line_ids.filtered(lambda line: line.code == "NET")
        cents(offer.year_net, sum(nets.mapped("total")), 2)
        cents(offer.first_net, nets.filtered(lambda n: n.slip_id == slips[0]).total, 2)

    def test_a_year_without_tables_is_priced_by_those_of_the_year_before(self):
        offer = self.offer(date_start=date(2040, 2, 6), date_expiry=date(2040, 1, 10))
        self.assertIn("2040", offer.price_problem)  # two years without
        tables = (
            "odoo.addons.medical_office.models.payroll.offer.offer.OfferPricer.price"
        )
        real = OfferPricer.price

        def price(pricer, one):
            if pricer.year == 2027:
                raise TaxYearMissing("The tables of 2027 are not shipped")
            return real(pricer, one)

        with patch(tables, price):
            late = self.offer(date_start=date(2027, 2, 1))
            self.assertEqual(late.price_problem, "")
        self.assertIn("By the tables of 2026: those of 2027", late.price_note)
        self.assertGreater(late.year_net, 0)

    def test_where_it_stands(self):
        for wage in (20, 24):
            self.hire(f"Nurse at {wage}", wage, "hour", job_id=self.job.id)
        offer = self.offer(per="hour", wage=23.1, exempt=False)
        self.assertEqual(offer.grade_id, self.grade)
        self.assertAlmostEqual(offer.compa_ratio, 1.05)
        self.assertAlmostEqual(offer.range_position, 0.64)
        self.assertEqual((offer.staff_count, round(offer.staff_gap, 2)), (2, 0.05))
        self.assertIn("Within pay grade MA-2", offer.standing)
        self.assertFalse(offer.budget_known)

    def test_hours_beyond_forty_cost_the_premium(self):
        plain = self.offer(per="hour", wage=20, exempt=False)
        longer = self.offer(per="hour", wage=20, exempt=False, hours_week=45)
        self.assertAlmostEqual(plain.year_gross, 26 * 80 * 20, 2)
        self.assertAlmostEqual(longer.year_gross, 26 * (90 * 20 + 10 * 10), 2)

    # ------------------------------------------------------------ what is refused

    def test_pay_below_the_minimum_wage_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "minimum wage.*29 USC 206"):
            self.offer(per="hour", wage=7.24, exempt=False)
        offer = self.offer(per="hour", wage=7.25, exempt=False)
        with self.assertRaisesRegex(ValidationError, "minimum wage of Illinois"):
            offer.state_id = self.illinois

    def test_exempt_below_the_salary_threshold_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "684.00"):
            self.offer(wage=35567)
        self.assertTrue(self.offer(wage=35568))
        self.assertTrue(self.offer(wage=30000, salary_test=False))
        california = self.env.ref("base.state_us_5")
        with self.assertRaisesRegex(ValidationError, "1,352.00"):
            self.offer(wage=70000, state_id=california.id)

    def test_an_hourly_offer_is_not_exempt(self):
        with self.assertRaisesRegex(ValidationError, "by the hour"):
            self.offer(per="hour", wage=40, exempt=True)

    def test_a_benefit_without_an_amount_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "amount or a percentage"):
            self.offer(line_ids=[(0, 0, {"plan_id": self.saving.id})])

    def test_an_offer_without_a_schedule_is_not_submitted(self):
        offer = self.offer(schedule_id=False)
        with self.assertRaisesRegex(UserError, "pay schedule"):
            offer.action_submit()

    def test_nobody_approves_the_own_offer(self):
        offer = self.offer("manager", wage=36000)
        offer.action_submit()
        with self.assertRaisesRegex(AccessError, "somebody else"):
            offer.action_approve()

    def test_who_wrote_terms_or_a_benefit_does_not_approve(self):
        manager = self.users["manager"]
        for write in (
            lambda offer: offer.with_user(manager).write({"wage": 50100}),
            lambda offer: offer.line_ids[:1].with_user(manager).write({"amount": 7}),
            lambda offer: offer.line_ids[:1].with_user(manager).unlink(),
        ):
            offer = self.offer(wage=50000, line_ids=self.fringe())
            write(offer)
            offer.action_submit()
            with self.assertRaisesRegex(AccessError, "Written by"):
                offer.with_user(manager).action_approve()
            offer.with_user(self.users["director"]).action_approve()
            self.assertEqual(offer.state, "approved")

    def test_the_manager_approves_up_to_the_limit(self):
        dear = self.offer()
        dear.action_submit()
        with self.assertRaisesRegex(AccessError, "approval limit"):
            dear.with_user(self.users["manager"]).action_approve()
        self.assertEqual(dear.state, "submitted")
        dear.with_user(self.users["director"]).action_approve()
        cheap = self.offer(wage=36000)
        cheap.action_submit()
        cheap.with_user(self.users["manager"]).action_approve()
        self.assertEqual(cheap.approved_by_id, self.users["manager"])

    def test_what_was_approved_stays_as_it_was(self):
        offer = self.offer(line_ids=self.fringe())
        offer.action_submit()
        for values in ({"wage": 90000}, {"line_ids": [(5, 0, 0)]}, {"step3": 500}):
            with self.assertRaises(UserError):
                offer.write(values)

    def test_it_waits_in_the_register_with_its_cost(self):
        offer = self.offer()
        offer.action_submit()
        row = self.env["medical.core.decision"].search(
            [("res_model", "=", offer._name), ("res_id", "=", offer.id)]
        )
        self.assertAlmostEqual(row.amount, offer.year_cost, 2)
        offer.action_return("Too high")
        self.assertEqual((offer.state, row.state), ("draft", "withdrawn"))

    # -------------------------------------------------------------- alternatives

    def test_alternatives_stand_side_by_side(self):
        offer = self.offer(line_ids=self.fringe())
        action = offer.action_alternative()
        other = offer.browse(action["res_id"])
        other.write({"wage": 82000, "hours_week": 36})
        self.assertEqual(offer.alternative_ids, other)
        self.assertEqual(other.alternative_ids, offer)
        self.assertEqual(len(other.line_ids), 3)
        report = self.env["report.medical_office.people_offer_report"]
        rows = report._sheets(offer | other, {})[0].rows
        self.assertEqual([row["pay"] for row in rows], [78000, 82000])
        self.assertGreater(rows[1]["cost"], rows[0]["cost"])

    # -------------------------------------------------------------------- hiring

    def test_an_accepted_offer_is_an_employee_without_retyping(self):
        offer = self.sent()
        candidate = offer._from_token(offer.sudo().token)
        candidate._answer("accepted", " Carla  Candidate ")
        person = offer.employee_id.sudo()
        version = person.version_id
        self.assertEqual(
            (offer.state, offer.answered_name), ("accepted", "Carla Candidate")
        )
        self.assertEqual(
            (version.date_version, version.contract_date_start, version.wage),
            (START, START, 78000),
        )
        self.assertEqual(
            (version.medical_wage_per, version.medical_flsa_exempt, version.job_id),
            ("year", True, self.job),
        )
        self.assertEqual(version.medical_schedule_id, self.schedule)
        enrolled = person.medical_enrollment_ids.sorted("id")
        self.assertEqual(
            [(e.plan_id.name, str(e.date_from), e.event) for e in enrolled],
            [
                ("Health plan", "2026-09-01", "hire"),
                ("401(k)", "2026-07-06", "hire"),
                ("License fees", "2026-07-06", "hire"),
            ],
        )
        self.assertAlmostEqual(enrolled[0].amount, 120 * 12 / 26, 2)
        # what was accepted is not written over unseen before the first pay, either
        officer = self.users["payroll"]
        person.with_user(officer).sudo(False).wage = 88000
        self.assertEqual(person._pay_by_hand(START), version)
        self.assertEqual(version.medical_agreed_wage, 78000)

    def test_nobody_can_answer_what_was_due(self):
        """It is not given to who approves, and not sent."""
        past = EXPIRY - timedelta(days=365)
        offer = self.offer(date_expiry=past)
        with self.assertRaisesRegex(UserError, "was due on .* Set a later day"):
            offer.action_submit()
        self.assertEqual(offer.state, "draft")
        offer.date_expiry = EXPIRY
        offer.action_submit()
        offer.with_user(self.users["director"]).action_approve()
        with (
            freeze_time(EXPIRY + timedelta(days=2)),
            self.assertRaisesRegex(UserError, "Add an alternative with a later day"),
        ):
            offer.action_send()
        self.assertEqual(offer.state, "approved")

    def test_a_letter_needs_somewhere_to_go(self):
        """Without an address nothing is sent; it is entered until then, not later."""
        offer = self.offer(email=False)
        offer.action_submit()
        offer.with_user(self.users["director"]).action_approve()
        with self.assertRaisesRegex(UserError, "enter the candidate's email address"):
            offer.action_send()
        self.assertEqual((offer.state, offer.letter), ("approved", False))
        offer.email = "carla@candidates.example"
        offer.action_send()
        self.assertEqual(offer.state, "sent")
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            offer.email = "somebody@else.example"

    def test_a_second_acceptance_makes_no_second_employee(self):
        offer = self.sent()
        candidate = offer._from_token(offer.sudo().token)
        candidate._answer("accepted", "Carla Candidate")
        before = self.env["hr.employee"].search_count([])
        with self.assertRaisesRegex(UserError, "accepted already"):
            candidate._answer("accepted", "Carla Candidate")
        self.assertEqual(candidate._hire(), offer.employee_id)
        self.assertEqual(self.env["hr.employee"].search_count([]), before)

    def test_the_other_alternative_is_withdrawn(self):
        offer = self.offer(line_ids=self.fringe())
        other = offer.browse(offer.action_alternative()["res_id"])
        for one in (offer, other):
            one.action_submit()
            one.with_user(self.users["director"]).action_approve()
            one.action_send()
        other._from_token(other.sudo().token)._answer("accepted", "Carla Candidate")
        self.assertEqual((offer.state, other.state), ("withdrawn", "accepted"))

    def test_what_a_hire_begins_is_begun_once(self):
        called = []
        self.patch(
            self.env.registry["hr.employee"],
            "_medical_begin_hire",
            lambda person: called.append(person.name),
        )
        offer = self.sent()
        offer._from_token(offer.sudo().token)._answer("accepted", "Carla Candidate")
        offer._hire()
        self.assertEqual(called, ["Carla Candidate"])

    def test_a_version_of_a_taken_date_gets_what_is_given(self):
        person = self.hire("Vera", 60000, start=date(2026, 1, 1))
        same = person._medical_write_version(date(2026, 1, 1), {"wage": 61000})
        self.assertEqual((same, same.wage), (person.version_ids, 61000))
        later = person._medical_write_version(date(2026, 5, 1), {"wage": 63000})
        self.assertEqual(
            (later.wage, later.contract_date_start), (63000, date(2026, 1, 1))
        )
        self.assertEqual(same.wage, 61000)
        with self.assertRaisesRegex(UserError, "not employed"):
            person._medical_write_version(date(2025, 5, 1), {"wage": 1})

    def test_an_offer_without_an_answer_expires(self):
        offer = self.sent()
        check = self.env["medical.people.offer"]
        self.assertFalse(check._medical_check_expiring().rows)
        with freeze_time("2026-06-29 15:00:00"):
            (row,) = check._medical_check_expiring().rows
            self.assertEqual((row.res_id, row.user_id), (offer.id, self.users["hr"].id))
        self.company.resource_calendar_id.tz = "America/Chicago"
        with freeze_time("2026-07-01 03:00:00"):  # still the evening of its last day
            check._expire()
            self.assertEqual(offer.state, "sent")
            self.assertTrue(offer._from_token(offer.sudo().token)._is_open())
        with freeze_time("2026-07-01 15:00:00"):
            check._expire()
            self.assertEqual(offer.state, "expired")
            with self.assertRaisesRegex(UserError, "no longer stands"):
                offer._from_token(offer.sudo().token)._answer("accepted", "Carla C.")


@tagged("post_install", "-at_install")
class TestPayrollOfferRoles(OfferCase, RpcClient):
    def test_offers_and_grades_are_for_hr_and_director(self):
        offer = self.offer(
            date_expiry="2099-01-01", date_start="2099-02-01", exempt=False
        )
        for role in ("staff", "head", "payroll", "accountant", "auditor"):
            self.sign_in(role)
            for model in ("offer", "grade", "pay.position"):
                with self.subTest(role=role, model=model):
                    self.call_refused(
                        f"medical.people.{model}", "search_read", [], ["id"]
                    )
            self.call_refused("medical.people.offer", "action_approve", [offer.id])
        self.sign_in("director")
        found = self.call("medical.people.offer", "read", [offer.id], ["year_cost"])
        self.assertEqual(found[0]["year_cost"], offer.year_cost)
        self.call_refused("medical.people.offer", "write", [offer.id], {"wage": 1})

    def test_nobody_writes_what_the_program_says(self):
        offer = self.offer(
            date_expiry="2099-01-01", date_start="2099-02-01", exempt=False
        )
        self.sign_in("hr")
        for name, value in (
            ("state", "accepted"),
            ("year_cost", 1),
            ("letter", "Another"),
            ("employee_id", self.employees["hr"].id),
        ):
            self.call_refused(
                "medical.people.offer", "write", [offer.id], {name: value}
            )
        self.call_refused("medical.people.offer", "read", [offer.id], ["token"])


@tagged("post_install", "-at_install")
class TestPayrollOfferPage(OfferCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.env["medical.core.hit"].search([]).unlink()
        today = self.env["medical.people.offer"]._fields["date_expiry"].default
        self.letter = self.sent(
            date_expiry=today(self.env["medical.people.offer"]),
            date_start=date(2026, 12, 14),
        )
        self.page = f"/medical_office/offer/{self.letter.sudo().token}"

    def post(self, **values):
        page = html.fromstring(self.url_open(self.page).text)
        csrf = page.xpath("//input[@name='csrf_token']/@value")
        return self.url_open(
            self.page, data={"csrf_token": csrf[0] if csrf else "", **values}
        )

    def test_the_candidate_reads_and_accepts(self):
        answer = self.url_open(self.page)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertIn("78,000", answer.text)
        self.assertIn(sha256(self.letter.letter), answer.text)
        refused = self.post(answer="accept", name="")
        self.assertEqual(refused.status_code, 422)
        self.assertIn("full name", refused.text)
        done = self.post(answer="accept", name="Carla Candidate")
        self.assertIn("accepted already", done.text)
        self.assertNotIn("78,000", done.text)
        self.letter.invalidate_recordset()
        self.assertEqual(self.letter.state, "accepted")
        self.assertEqual(self.letter.employee_id.sudo().name, "Carla Candidate")

    def test_the_candidate_declines(self):
        self.post(answer="decline")
        self.letter.invalidate_recordset()
        self.assertEqual(self.letter.state, "declined")
        self.assertFalse(self.letter.employee_id)

    def test_a_withdrawn_offer_shows_nothing(self):
        self.letter.action_withdraw("The position was cut")
        answer = self.url_open(self.page)
        self.assertIn("no longer stands", answer.text)
        self.assertNotIn("78,000", answer.text)

    def test_who_guesses_has_to_wait(self):
        for _guess in range(30):
            self.assertEqual(self.url_open(self.page + "x").status_code, 404)
        self.assertEqual(self.url_open(self.page + "x").status_code, 429)

    def test_the_mail_has_the_address_and_no_terms(self):
        mail = self.env["mail.mail"].search(
            [("email_to", "=", "carla@candidates.example")], limit=1
        )
        self.assertIn(self.page, mail.body_html)
        self.assertNotIn("78,000", mail.body_html)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPayrollOfferLetter(OfferCase):
    def test_the_letter_is_printed_each_on_a_page_of_its_own(self):
        offer, other = self.sent(), self.offer(name="Dora Draft")
        reports = self.env["ir.actions.report"].with_user(self.users["hr"])
        page, _kind = reports._render_qweb_html(
            "medical_office.people_offer_letter", (offer | other).ids
        )
        # what the printer takes: one body for each record, named by it
        bodies, ids, *_rest = reports._prepare_html(page, report_model=offer._name)
        self.assertEqual(ids, (offer | other).ids)
        self.assertEqual(len(bodies), 2)
        self.assertIn(offer.letter_digest, bodies[0])
        self.assertIn("Dear Carla Candidate", bodies[0])
        self.assertIn("Dear Dora Draft", bodies[1])
        self.assertNotIn("SHA-256", bodies[1])
