"""Offers that cannot be, through RPC as HR and on the candidate's page: nothing is kept."""

from datetime import date

from freezegun import freeze_time
from lxml import html

from odoo.tests import tagged

from ..common import RpcClient
from .offer_case import OfferCase

OFFER = "medical.people.offer"


@tagged("post_install", "-at_install")
@freeze_time("2026-11-30 18:00:00")  # before the days that are offered
class TestPayrollOfferBadInput(OfferCase, RpcClient):
    def values(self, **values):
        """Terms that hold, as the form sends them, until something is changed."""
        return {
            "name": "Carla Candidate",
            "company_id": self.company.id,
            "job_id": self.job.id,
            "department_id": self.nursing.id,
            "date_start": "2026-12-14",
            "date_expiry": "2026-12-10",
            "per": "hour",
            "wage": 20,
            "schedule_id": self.schedule.id,
            **values,
        }

    def refused(self, *words, **values):
        before = self.env[OFFER].search_count([])
        sentence = self.sentence_of(OFFER, "create", [self.values(**values)])
        for word in words:
            self.assertIn(word, sentence)
        self.assertEqual(self.env[OFFER].search_count([]), before)

    def test_an_offer_below_the_minimum_wage_of_the_state(self):
        self.sign_in("hr")
        self.refused("minimum wage", "29 USC 206", wage=7.24)
        self.refused("minimum wage of Illinois", wage=14, state_id=self.illinois.id)
        # where a year's figures are not shipped, those of the year before hold
        self.refused("minimum wage", wage=2, date_start="2027-02-01")
        (made,) = self.call(OFFER, "create", [self.values()])
        sentence = self.sentence_of(
            OFFER, "write", [made], {"wage": 7, "note": "half-written?"}
        )
        self.assertIn("minimum wage", sentence)
        offer = self.env[OFFER].browse(made)
        self.assertEqual((offer.wage, offer.note), (20, False))

    def test_an_exempt_offer_below_the_salary_threshold(self):
        self.sign_in("hr")
        exempt = {"per": "year", "exempt": True}
        self.refused("684.00", wage=35000, **exempt)
        california = self.env.ref("base.state_us_5")
        self.refused("1,352.00", wage=70000, state_id=california.id, **exempt)
        (made,) = self.call(OFFER, "create", [self.values(wage=36000, **exempt)])
        self.sentence_of(OFFER, "write", [made], {"wage": 30000})
        self.assertEqual(self.env[OFFER].browse(made).wage, 36000)

    def test_a_raise_below_the_minimum_wage_or_out_of_an_exemption(self):
        clerk = self.hire("Hal Hourly", 20, "hour", job_id=self.job.id)
        boss = self.hire("Sal Salary", 78000, job_id=self.job.id)
        boss.version_id.medical_flsa_exempt = True
        self.sign_in("hr")
        change = "medical.people.pay.change"

        def values(person, wage):
            return {
                "employee_id": person.id,
                "date_from": "2026-12-14",
                "wage_after": wage,
            }

        sentence = self.sentence_of(change, "create", [values(clerk, 7.24)])
        self.assertIn("less than the minimum wage", sentence)
        self.assertIn("29 USC 206", sentence)
        sentence = self.sentence_of(change, "create", [values(boss, 35000)])
        self.assertIn("684.00 a week from which a position can be exempt", sentence)
        self.assertFalse(self.env[change].search([]))
        (made,) = self.call(change, "create", [values(clerk, 21)])
        self.assertIn(
            "minimum wage", self.sentence_of(change, "write", [made], {"wage_after": 4})
        )
        self.assertEqual(self.env[change].browse(made).wage_after, 21)
        # who is exempt at any salary stays so
        boss.version_id.wage = 30000
        self.assertTrue(self.call(change, "create", [values(boss, 31000)]))

    def test_a_second_acceptance_on_the_page(self):
        self.env["medical.core.hit"].search([]).unlink()
        day = self.env[OFFER]._fields["date_expiry"].default(self.env[OFFER])
        offer = self.sent(date_expiry=day, date_start=date(2026, 12, 14))
        page = f"/medical_office/offer/{offer.sudo().token}"
        form = html.fromstring(self.url_open(page).text)
        (csrf,) = form.xpath("//input[@name='csrf_token']/@value")
        answer = {"csrf_token": csrf, "answer": "accept", "name": "Carla Candidate"}
        before = self.env["hr.employee"].search_count([])
        self.url_open(page, data=answer)
        self.env.invalidate_all()
        first = (offer.employee_id, offer.state)
        again = self.url_open(page, data=answer | {"name": "Somebody Else"})
        self.assertIn("accepted already", again.text)
        self.env.invalidate_all()
        self.assertEqual((offer.employee_id, offer.state), first)
        self.assertEqual(offer.state, "accepted")
        self.assertEqual(offer.employee_id.sudo().name, "Carla Candidate")
        self.assertEqual(self.env["hr.employee"].search_count([]), before + 1)
