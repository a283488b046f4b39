"""The register follows its checks: opens, updates, closes by itself, opens again."""

from datetime import date, datetime, timedelta, timezone

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .check_case import CheckCase


@tagged("post_install", "-at_install")
class TestExceptionLife(CheckCase):
    def test_a_finding_opens_an_exception(self):
        exception = self.found(
            self.row(
                money_at_risk=120.5,
                user_id=self.staff.id,
                backup_id=self.head.id,
            )
        )
        self.assertRecordValues(
            exception,
            [
                {
                    "summary": "Thing 0 is wrong",
                    "state": "open",
                    "is_open": True,
                    "domain": "supply",
                    "severity": "medium",
                    "severity_rank": 2,
                    "money_at_risk": 120.5,
                    "user_id": self.staff.id,
                    "backup_id": self.head.id,
                    "department_id": self.nursing.id,
                    "company_id": self.company.id,
                    "date_opened": datetime(2026, 11, 24, 18, 30),
                    # the check's days to resolve
                    "date_due": datetime(2026, 11, 27, 18, 30),
                    "reopen_count": 0,
                }
            ],
        )

    def test_a_finding_that_changed_is_updated(self):
        exception = self.found(self.row())
        with freeze_time("2026-11-25 18:30:00"):
            again = self.found(
                self.row(
                    summary="Thing 0 is broken",
                    severity="critical",
                    money_at_risk=7,
                    date_due=datetime(2026, 11, 26, 9),
                )
            )
        self.assertEqual(again, exception)
        self.assertRecordValues(
            exception,
            [
                {
                    "summary": "Thing 0 is broken",
                    "severity": "critical",
                    "severity_rank": 4,
                    "money_at_risk": 7.0,
                    "date_due": datetime(2026, 11, 26, 9),
                    "date_opened": datetime(2026, 11, 24, 18, 30),
                    "reopen_count": 0,
                }
            ],
        )

    def test_a_due_date_that_the_check_leaves_open_does_not_run_away(self):
        exception = self.found(self.row())
        with freeze_time("2026-11-26 18:30:00"):
            self.found(self.row())
        self.assertEqual(exception.date_due, datetime(2026, 11, 27, 18, 30))

    def test_it_closes_by_itself_when_the_cause_is_gone(self):
        first, second = self.found(self.row(0), self.row(1))
        with freeze_time("2026-11-25 08:00:00"):
            self.found(self.row(1))
        self.assertEqual(first.state, "closed")
        self.assertFalse(first.is_open)
        self.assertEqual(first.date_closed, datetime(2026, 11, 25, 8))
        self.assertIn("The cause is gone.", first.message_ids[0].body)
        self.assertEqual(second.state, "open")

    def test_it_comes_back_and_counts_how_often(self):
        exception = self.found(self.row(severity="high"))
        exception.sudo().escalation_level = 2
        for count, day in ((1, "2026-11-25"), (2, "2026-11-27")):
            with freeze_time(f"{day} 08:00:00"):
                self.found()
                self.assertEqual(exception.state, "closed")
                again = self.found(self.row(severity="high"))
            self.assertEqual(again, exception)
            self.assertEqual(exception.state, "open")
            self.assertEqual(exception.reopen_count, count)
        self.assertEqual(exception.date_opened, datetime(2026, 11, 27, 8))
        self.assertEqual(exception.date_due, datetime(2026, 11, 30, 8))
        self.assertEqual(exception.escalation_level, 0)
        self.assertFalse(exception.date_closed)

    def test_a_key_tells_findings_about_one_record_apart(self):
        exceptions = self.found(self.row(key="a"), self.row(key="b"))
        self.assertEqual(exceptions.mapped("key"), ["a", "b"])
        self.found(self.row(key="b"))
        self.assertEqual(exceptions.mapped("state"), ["closed", "open"])

    def test_one_record_in_two_companies_is_two_exceptions(self):
        exceptions = self.found(
            self.row(),
            self.row(company_id=self.other_company.id),
            self.row(company_id=0),
        )
        self.assertEqual(exceptions.company_id, self.company | self.other_company)
        self.assertEqual(len(exceptions), 3)
        self.found(self.row(), self.row(company_id=False))
        self.assertEqual(exceptions.mapped("state"), ["open", "closed", "open"])

    def test_a_date_means_the_end_of_the_companys_day(self):
        exception = self.found(self.row(date_due=date(2026, 11, 25)))
        # Chicago is six hours behind in winter
        self.assertEqual(exception.date_due, datetime(2026, 11, 26, 5, 59, 59))

    def test_a_moment_with_a_zone_is_kept_as_utc(self):
        zone = timezone(timedelta(hours=-6))
        exception = self.found(
            self.row(date_due=datetime(2026, 11, 25, 7, 15, 0, 250, tzinfo=zone))
        )
        self.assertEqual(exception.date_due, datetime(2026, 11, 25, 13, 15))

    def test_overdue_is_what_is_due_and_open(self):
        late, _later = exceptions = self.found(
            self.row(0, date_due=datetime(2026, 11, 24, 18)),
            self.row(1, date_due=datetime(2026, 11, 24, 19)),
        )
        self.assertEqual(exceptions.mapped("is_overdue"), [True, False])
        overdue = self.env["medical.core.exception"].search(
            [("is_overdue", "=", True), ("check_id", "=", self.check.id)]
        )
        self.assertEqual(overdue, late)
        self.found(self.row(1))
        self.assertFalse(late.is_overdue)

    def test_the_backup_takes_over_from_an_owner_who_left(self):
        self.staff.active = False
        exception = self.found(self.row(user_id=self.staff.id, backup_id=self.head.id))
        self.assertEqual(exception.user_id, self.head)
        self.assertFalse(exception.backup_id)
        with self.assertRaisesRegex(UserError, "open exceptions without a backup"):
            self.head.active = False
        exception.with_user(self.manager).action_reassign(self.manager.id)
        self.head.active = False
        exception._pen().assigned_by_id = False
        self.found(self.row(user_id=self.staff.id, backup_id=self.head.id))
        self.assertFalse(exception.user_id)

    def test_who_may_not_begin_what_it_takes_is_owner_only_where_nobody_may(self):
        """A department is managed by somebody without a role as its head, such as the
        accountant: the new record that the cockpit opened ended in a refusal."""
        both = {"user_id": self.staff.id, "backup_id": self.manager.id}
        exception = self.found(self.row(**both, begins="medical.core.schedule"))
        self.assertEqual(exception.user_id, self.manager)
        self.assertEqual(exception.backup_id, self.staff)
        exception = self.found(self.row(**both, begins="maintenance.request"))
        self.assertEqual(exception.user_id, self.staff)
        alone = self.row(user_id=self.staff.id, begins="medical.core.schedule")
        exception = self.found(alone)
        self.assertEqual(exception.user_id, self.staff)

    def test_who_is_owner_is_not_the_backup_too(self):
        row = self.row(user_id=self.manager.id, backup_id=self.manager.id)
        exception = self.found(row)
        self.assertEqual(exception.user_id, self.manager)
        self.assertFalse(exception.backup_id)

    def test_an_owner_set_by_hand_stays(self):
        exception = self.found(self.row(user_id=self.staff.id))
        exception.with_user(self.manager).action_reassign(self.head.id, self.staff.id)
        self.found(self.row(user_id=self.staff.id, summary="Still wrong"))
        self.assertRecordValues(
            exception,
            [
                {
                    "summary": "Still wrong",
                    "user_id": self.head.id,
                    "backup_id": self.staff.id,
                    "assigned_by_id": self.manager.id,
                }
            ],
        )

    def test_rows_come_in_the_register_in_order_of_what_matters(self):
        self.found(
            self.row(0, severity="low"),
            self.row(1, severity="critical", date_due=datetime(2026, 12, 2)),
            self.row(2, severity="critical", date_due=datetime(2026, 12, 1)),
        )
        found = self.env["medical.core.exception"].search(
            [("check_id", "=", self.check.id)]
        )
        self.assertEqual(found.mapped("res_id"), [self.things[i].id for i in (2, 1, 0)])


@tagged("post_install", "-at_install")
class TestExceptionRows(CheckCase):
    """Bad rows are the check's fault: it is told, and nothing in the register moves."""

    def test_malformed_rows_change_nothing(self):
        exception = self.found(self.row())
        bad = {
            "a tuple": (("res.partner", 1, "x"), "not a finding"),
            "no summary": (self.row(1)._replace(summary=""), "not a finding"),
            "no record": (self.row(1)._replace(res_id=0), "not a finding"),
            "no such model": (self.row(1)._replace(res_model="no.model"), "no.model"),
            "a severity of its own": (self.row(1, severity="huge"), "'huge'"),
            "a due date as text": (self.row(1, date_due="soon"), "soon"),
            "money as text": (self.row(1, money_at_risk="much"), "much"),
        }
        for name, (row, words) in bad.items():
            with self.subTest(name), self.quiet():
                self.found(row)
                self.assertEqual(self.register(), exception)
                self.assertEqual(exception.state, "open")
                self.assertIn(words, self.check.error)

    def test_a_row_given_twice_names_the_record_and_the_remedy(self):
        with self.quiet():
            self.assertFalse(self.found(self.row(), self.row()))
        self.assertRegex(
            self.check.error, f"res.partner {self.things[0].id} twice.*CheckRow.key"
        )

    def test_the_next_good_run_mends_it(self):
        self.found(self.row())
        with self.quiet():
            self.found(self.row(), self.row())
        self.assertEqual(self.check.status, "error")
        self.found(self.row(1))
        self.assertEqual(self.check.status, "ok")
        self.assertFalse(self.check.error)
        self.assertEqual(self.register().mapped("state"), ["closed", "open"])


@tagged("post_install", "-at_install")
class TestExceptionQueries(CheckCase):
    def test_queries_do_not_grow_with_the_findings(self):
        """Opening, leaving, changing, closing and reopening 10 or 90 findings."""
        things = self.env["res.partner"].create(
            [{"name": f"Many {number}"} for number in range(100)]
        )
        counts = {}
        for size, some in ((10, things[:10]), (90, things[10:])):
            check = self.new_check(f"supply_many_{size}")
            for step, word, ids in (
                ("open", "wrong", some.ids),
                ("same", "wrong", some.ids),
                ("change", "worse", some.ids),
                ("close", "", []),
                ("reopen", "worse", some.ids),
            ):
                rows = [
                    self.row(summary=f"{number} is {word}")._replace(res_id=number)
                    for number in ids
                ]
                counts.setdefault(step, []).append(
                    self.count_queries(lambda c=check, r=rows: self.found(*r, check=c))
                )
                self.assertEqual(
                    len(self.register(check).filtered("is_open")), len(ids)
                )
        for step, (few, many) in counts.items():
            with self.subTest(step):
                self.assertLessEqual(many, few + 2)


@tagged("post_install", "-at_install")
class TestExceptionOwner(CheckCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.exception = cls.found(
            cls.row(user_id=cls.staff.id, backup_id=cls.users["hr"].id)
        )

    def test_who_takes_it_over_becomes_owner_and_the_owner_backup(self):
        self.exception.with_user(self.head).action_assign_to_me()
        self.assertEqual(self.exception.user_id, self.head)
        self.assertEqual(self.exception.backup_id, self.staff)
        self.assertIn("Owner: test_head", self.exception.message_ids[0].body)

    def test_staff_takes_over_what_they_back_up_and_no_more(self):
        self.exception.with_user(self.users["hr"]).action_assign_to_me()
        self.assertEqual(self.exception.user_id, self.users["hr"])
        with self.assertRaises(AccessError):
            self.exception.with_user(self.users["accountant"]).action_assign_to_me()

    def test_staff_does_not_pass_it_on(self):
        with self.assertRaisesRegex(AccessError, "Department Head"):
            self.exception.with_user(self.staff).action_reassign(self.head.id)

    def test_an_auditor_only_reads(self):
        exception = self.as_role(self.exception, "auditor")
        self.assertEqual(exception.summary, "Thing 0 is wrong")
        for call in (
            exception.action_assign_to_me,
            lambda: exception.action_reassign(self.head.id),
            lambda: exception.action_waive("No.", "2026-12-01"),
            exception.action_approve_waiver,
            lambda: exception.action_refuse_waiver("No."),
            lambda: exception.action_end_waiver("No."),
        ):
            with self.assertRaises(AccessError):
                call()
        self.assertEqual(self.exception.user_id, self.staff)

    def test_the_new_owner_has_to_be_able_to_see_it(self):
        head = self.exception.with_user(self.head)
        for person in ("outsider", "auditor", "plain"):
            with (
                self.subTest(person),
                self.assertRaisesRegex(UserError, "could not see"),
            ):
                head.action_reassign(self.users[person].id)
        with self.assertRaisesRegex(UserError, "Choose the user"):
            head.action_reassign(False)
        with self.assertRaisesRegex(UserError, "Choose the user"):
            head.action_reassign(10**9)

    def test_what_is_closed_is_not_taken_over(self):
        self.found()
        with self.assertRaisesRegex(UserError, "is already closed. Reload"):
            self.exception.with_user(self.head).action_assign_to_me()

    def test_the_dialog_passes_it_on(self):
        action = self.exception.with_user(self.head).action_ask_owner()
        wizard = (
            self.env["medical.core.assign.wizard"]
            .with_user(self.head)
            .with_context(**action["context"])
            .create({"user_id": self.manager.id})
        )
        wizard.action_confirm()
        self.assertEqual(self.exception.user_id, self.manager)

    def test_opening_the_record(self):
        action = self.exception.with_user(self.staff).action_open_record()
        self.assertEqual(action["res_model"], "res.partner")
        self.assertEqual(action["res_id"], self.things[0].id)

    def test_opening_a_record_that_is_gone_says_what_to_do(self):
        self.things[0].unlink()
        with self.assertRaisesRegex(UserError, "press Refresh"):
            self.exception.with_user(self.staff).action_open_record()

    def test_opening_a_record_that_the_role_may_not_read_names_the_owner(self):
        exception = self.found(
            self.row(user_id=self.staff.id)._replace(
                res_model="ir.cron",
                res_id=self.env.ref("medical_office.core_check_cron").id,
            )
        ).filtered("is_open")
        with self.assertRaisesRegex(UserError, "Ask test_staff"):
            exception.with_user(self.staff).action_open_record()
