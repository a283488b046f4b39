"""A departure of somebody on a pay schedule: its paydays are proposed."""

from datetime import date

from freezegun import freeze_time

from odoo.tests import Form, tagged

from .offer_case import OfferCase


@tagged("post_install", "-at_install")
@freeze_time("2026-06-22 15:00:00")
class TestPayrollDeparture(OfferCase):
    def test_paydays_come_from_the_persons_schedule(self):
        """Periods end June 20, July 4 and 18; pay dates are the Fridays after."""
        person = self.hire("Lena Leaving", 52000, start=date(2025, 1, 6))
        form = Form(self.env["medical.people.leaving"].with_user(self.users["hr"]))
        form.employee_id = person.with_user(self.users["hr"])
        form.last_day = date(2026, 6, 26)
        self.assertEqual(
            (form.payday, form.payday_after, form.period_end),
            (date(2026, 7, 10), date(2026, 7, 24), date(2026, 7, 4)),
        )
        form.last_day = date(2026, 6, 24)
        self.assertEqual(form.payday, date(2026, 6, 26))

    def test_without_a_schedule_nothing_is_proposed(self):
        person = self.hire("Nell Nowhere", 52000, start=date(2025, 1, 6))
        person.version_id.medical_schedule_id = False
        form = Form(self.env["medical.people.leaving"].with_user(self.users["hr"]))
        form.employee_id = person.with_user(self.users["hr"])
        form.last_day = date(2026, 6, 26)
        self.assertFalse(form.payday)

    def test_a_departure_that_no_form_made_has_its_clocks_too(self):
        person = self.hire("Lena Leaving", 52000, start=date(2025, 1, 6))
        person.address_id = self.company.partner_id
        departures = self.env["medical.people.leaving"].with_user(self.users["hr"])
        values = {"employee_id": person.id, "last_day": "2026-06-26", "ended": "fired"}
        self.company.partner_id.state_id = self.env["res.country.state"].search(
            [("code", "=", "WI"), ("country_id.code", "=", "US")]
        )
        plain = departures.create(values)
        self.assertEqual(plain.payday, date(2026, 7, 10))
        self.assertEqual(plain.final_pay_due, date(2026, 7, 10))
        self.assertFalse(plain.has_cobra or plain.cobra_due)
        plain.action_cancel("Stays after all")
        plain.flush_recordset()  # another day, another transaction
        self.env["medical.people.enrollment"].create(
            {
                "employee_id": person.id,
                "plan_id": self.health.id,
                "tier_id": self.health.tier_ids.id,
                "date_from": "2026-01-01",
            }
        )
        covered = departures.create(values)
        self.assertTrue(covered.has_cobra)
        self.assertEqual(covered.cobra_due, date(2026, 7, 26))
        covered.has_cobra = False  # what HR enters stands
        self.assertFalse(covered.cobra_due)
