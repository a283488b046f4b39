"""The morning mail: by role, once a day, at each user's own morning, only with content."""

from datetime import datetime

from dateutil.tz import UTC

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .check_case import CHICAGO, CheckCase

# Wednesday, 7:00 in Chicago
MORNING = "2026-11-25 13:00:00"


@tagged("post_install", "-at_install")
class TestDigest(CheckCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # nobody but the people of the tests
        cls.env["res.users"].search([]).medical_digest = False
        people = ("staff", "head", "manager", "director", "hr")
        for role in people:
            cls.users[role].write(
                {"medical_digest": True, "email": f"{role}@practice.example"}
            )
        cls.exceptions = cls.found(
            cls.row(
                0,
                summary="Own & urgent",
                severity="low",
                user_id=cls.staff.id,
                date_due=datetime(2026, 11, 25, 13, 15),  # 7:15 AM in Chicago
            ),
            cls.row(1, summary="Of nursing", severity="medium"),
            cls.row(2, summary="Severe", severity="critical", department_id=False),
            cls.row(3, summary="Small", severity="low", department_id=False),
        )

    def send(self, moment=MORNING):
        before = self.env["mail.mail"].search([])
        with freeze_time(moment):
            digest = self.env["medical.core.digest"]
            users = digest._due_users(datetime.now(UTC))
            digest._send(users)
        mails = self.env["mail.mail"].search([]) - before
        return {mail.recipient_ids.name.split(" ")[0]: mail for mail in mails}

    def test_each_role_reads_its_own(self):
        mails = self.send()
        bodies = {name: str(mail.body_html) for name, mail in mails.items()}
        self.assertEqual(
            set(bodies), {f"test_{r}" for r in ("staff", "head", "manager", "director")}
        )
        expected = {
            "staff": {"Own &amp; urgent"},
            "head": {"Own &amp; urgent", "Of nursing"},
            "manager": {"Severe"},
            "director": {"Severe"},
        }
        everything = {"Own &amp; urgent", "Of nursing", "Severe", "Small"}
        for role, summaries in expected.items():
            with self.subTest(role):
                body = bodies[f"test_{role}"]
                self.assertEqual({s for s in everything if s in body}, summaries)

    def test_the_due_time_is_on_the_practices_clock(self):
        self.users["staff"].tz = "Asia/Tokyo"
        with freeze_time(MORNING):
            digest = self.env["medical.core.digest"]._digests(self.staff)[self.staff]
        [row] = digest["own"]["rows"]
        self.assertIn("7:15", row["due"])
        self.assertNotIn("1:15", row["due"])

    def test_a_user_without_a_zone_lives_by_the_practices_clock(self):
        self.staff.tz = False
        self.assertIn("test_staff", self.send())
        digest = self.env["medical.core.digest"]
        self.assertEqual(str(digest._user_zone(self.staff)), CHICAGO)

    def test_subjects_say_how_much_there_is(self):
        mails = self.send()
        self.assertEqual(
            mails["test_manager"].subject, "0 for you, 1 more severe or overdue"
        )

    def test_once_a_day(self):
        self.assertTrue(self.send())
        self.assertFalse(self.send("2026-11-25 14:00:00"))
        # Thursday is an open day in the calendar of the tests
        self.assertTrue(self.send("2026-11-26 13:00:00"))

    def test_not_before_the_morning_nor_after_noon_nor_on_closed_days(self):
        for moment in (
            "2026-11-25 12:15:00",  # 6:15
            "2026-11-25 18:30:00",  # 12:30
            "2026-11-28 13:00:00",  # Saturday
        ):
            with self.subTest(moment):
                self.assertFalse(self.send(moment))

    def test_nothing_to_do_no_mail_but_on_mondays(self):
        self.found()
        self.assertFalse(self.send())
        mails = self.send("2026-11-30 13:00:00")
        self.assertIn("Nothing is waiting for you", str(mails["test_staff"].body_html))

    def test_a_failed_check_is_content_for_the_manager(self):
        self.found()
        self.failed(ValueError("no table"))
        self.assertEqual(set(self.send()), {"test_manager", "test_director"})

    def test_who_switched_it_off_gets_none(self):
        self.staff.with_user(self.staff).medical_digest = False
        self.assertNotIn("test_staff", self.send())

    def test_waivers_to_decide_come_first(self):
        self.exceptions[2].with_user(self.users["director"]).action_waive(
            "Wait for parts.", "2026-12-01"
        )
        with freeze_time(MORNING):
            digests = self.env["medical.core.digest"]._digests(
                self.manager | self.users["director"]
            )
        self.assertEqual(digests[self.manager]["waivers"]["count"], 1)
        # who asked does not decide
        self.assertEqual(digests[self.users["director"]]["waivers"]["count"], 0)

    def test_a_long_list_is_cut_and_says_so(self):
        things = self.env["res.partner"].create([{"name": f"T{i}"} for i in range(20)])
        self.found(
            *(self.row(user_id=self.staff.id)._replace(res_id=i) for i in things.ids)
        )
        digest = self.env["medical.core.digest"]._digests(self.staff)[self.staff]
        self.assertEqual(digest["own"]["count"], 20)
        self.assertEqual(len(digest["own"]["rows"]), 15)
        self.assertEqual(digest["own"]["more"], 5)

    def test_a_company_reads_its_own(self):
        outsider = self.users["outsider"]
        self.found(self.row(company_id=self.other_company.id, severity="high"))
        digests = self.env["medical.core.digest"]._digests(outsider | self.manager)
        self.assertEqual(digests[outsider]["others"]["count"], 1)
        self.assertEqual(digests[self.manager]["others"]["count"], 0)

    def test_the_preview_is_ones_own_and_the_managers(self):
        preview = self.as_role(self.env["medical.core.digest"], "staff").create({})
        self.assertTrue(preview.has_content)
        self.assertIn("Own &amp; urgent", preview.body)
        with self.assertRaisesRegex(AccessError, "Only the office manager"):
            self.as_role(self.env["medical.core.digest"], "staff").create(
                {"user_id": self.manager.id}
            )
        with self.assertRaisesRegex(AccessError, "Only the office manager"):
            preview.user_id = self.manager
        others = self.as_role(self.env["medical.core.digest"], "manager").create(
            {"user_id": self.staff.id}
        )
        self.assertIn("Own &amp; urgent", others.body)

    def test_a_preview_shows_no_more_than_its_reader_may_see(self):
        director = self.users["director"]
        director.company_ids |= self.other_company
        self.found(
            self.row(0, "Here", severity="high"),
            self.row(
                1,
                "Elsewhere",
                severity="high",
                company_id=self.other_company.id,
                department_id=False,
            ),
        )
        previews = self.env["medical.core.digest"]
        own = self.as_role(previews, "director").create({"user_id": director.id})
        self.assertIn("Elsewhere", own.body)
        others = self.as_role(previews, "manager").create({"user_id": director.id})
        self.assertIn("Here", others.body)
        self.assertNotIn("Elsewhere", others.body)

    def test_a_preview_that_is_not_saved_asks_the_same(self):
        for role in ("staff", "head", "hr"):
            preview = self.as_role(self.env["medical.core.digest"], role)
            with self.subTest(role), self.assertRaises(AccessError):
                preview.new({"user_id": self.manager.id}).body
            with self.subTest(role), self.assertRaises(AccessError):
                preview.with_context(default_user_id=self.manager.id).create({})

    def test_the_cron_runs_the_checks_first(self):
        ran = []
        check = self.env.registry["medical.core.check"]
        self.patch(check, "_cron_run", lambda _model: ran.append(1) or False)
        with freeze_time(MORNING):
            self.env["medical.core.digest"]._cron_send()
        self.assertEqual(ran, [1])
        # the checks were cut off: the mail waits for the next turn
        self.assertFalse(self.staff.medical_digest_date)
        self.patch(check, "_cron_run", lambda _model: True)
        with freeze_time(MORNING):
            self.env["medical.core.digest"]._cron_send()
        self.assertEqual(self.staff.medical_digest_date.isoformat(), "2026-11-25")
