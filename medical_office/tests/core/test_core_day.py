"""Jobs by night and visitors without a login work in the practice's days."""

from unittest.mock import patch

from odoo.tests import HttpCase, TransactionCase, tagged

from ...controllers import people_offer
from ...controllers.private import stale_page

CHICAGO = "America/Chicago"


def live_in(company, zone):
    company.resource_calendar_id.tz = zone


@tagged("post_install", "-at_install")
class TestCoreDayOfJobs(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("medical_office.core_check_cron")
        cls.cron.user_id.tz = False
        live_in(cls.cron.user_id.company_id, CHICAGO)

    def zone_of(self, cron):
        """The time zone in which the job's work is done."""
        seen = []
        action = cron.ir_actions_server_id
        with (
            patch.object(type(action), "run", lambda work: seen.append(work.env.tz)),
            patch.object(self.env.cr, "commit"),
        ):
            cron._callback(cron.name, action.id)
        [zone] = seen
        return str(zone)

    def test_a_job_works_in_the_practices_days(self):
        job = self.cron.with_user(self.cron.user_id).with_context(tz=False)
        self.assertEqual(self.zone_of(job), CHICAGO)

    def test_whoever_has_a_zone_keeps_it(self):
        self.cron.user_id.tz = "Asia/Tokyo"
        job = self.cron.with_user(self.cron.user_id).with_context(tz=False)
        self.assertEqual(self.zone_of(job), "Asia/Tokyo")


@tagged("post_install", "-at_install")
class TestCoreDayOfPages(HttpCase):
    def test_a_page_tells_the_practices_day(self):
        public = self.env.ref("base.public_user")
        public.tz = False
        live_in(public.company_id, CHICAGO)
        seen = []

        def stale(kind):
            seen.append(str(people_offer.request.env.tz))
            return stale_page(kind)

        with patch.object(people_offer, "stale_page", stale):
            self.url_open("/medical_office/offer/nobody-has-this")
        self.assertEqual(seen, [CHICAGO])
