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
