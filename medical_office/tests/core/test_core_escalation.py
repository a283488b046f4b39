"""What stays open too long is told to somebody else, step by step, each step once."""

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .check_case import CheckCase


@tagged("post_install", "-at_install")
class TestEscalation(CheckCase):
    """Opened on Nov 24 at 18:30; the ladder of the data file."""

    def wrong(self, *numbers, severity="high", **values):
        return self.found(
            *(
                self.row(
                    number,
                    severity=severity,
                    **{
                        "user_id": self.staff.id,
                        "backup_id": self.users["hr"].id,
                        **values,
                    },
                )
                for number in numbers or (0,)
            )
        )

    def told(self, exception):
        activities = self.env["mail.activity"].search(
            [
                ("res_model", "=", "medical.core.exception"),
                ("res_id", "=", exception.id),
            ],
            order="id",
        )
        return activities.user_id.ids and [a.user_id for a in activities]

    def at(self, moment, **values):
        with freeze_time(f"2026-{moment}"):
            exception = self.wrong(**values)
        exception.invalidate_recordset()
        return exception

    def test_it_climbs_the_ladder_with_age(self):
        exception = self.wrong()
        self.at("11-26 18:00:00")
        self.assertEqual(exception.escalation_level, 0)
        self.at("11-26 18:30:00")
        self.assertEqual(exception.escalation_level, 1)
        self.assertEqual(self.told(exception), [self.head])
        self.at("11-29 19:00:00")
        self.assertEqual(exception.escalation_level, 2)
        self.assertEqual(self.told(exception), [self.head, self.manager])
        self.at("12-04 19:00:00")
        self.assertEqual(exception.escalation_level, 3)
        self.assertEqual(self.told(exception)[-1], self.users["director"])

    def test_a_step_is_taken_once(self):
        exception = self.wrong()
        for hour in ("08", "09", "10"):
            self.at(f"11-27 {hour}:00:00")
        self.assertEqual(len(self.told(exception)), 1)

    def test_after_a_long_silence_the_highest_step_counts(self):
        exception = self.wrong()
        self.at("12-20 08:00:00")
        self.assertEqual(exception.escalation_level, 3)
        self.assertEqual(self.told(exception), [self.users["director"]])

    def test_a_step_may_make_the_told_one_the_owner(self):
        exception = self.wrong()
        self.at("11-29 19:00:00")
        self.assertEqual(exception.user_id, self.manager)
        self.assertEqual(exception.backup_id, self.staff)
        self.at("11-30 08:00:00")  # the check names staff again
        self.assertEqual(exception.user_id, self.manager)
        self.assertRegex(
            "".join(exception.message_ids.mapped("body")),
            "Escalated to test_manager.* after 5 days .step 2",
        )

    def test_half_a_day_for_what_is_critical(self):
        exception = self.wrong(severity="critical")
        self.at("11-25 06:00:00", severity="critical")
        self.assertEqual(exception.escalation_level, 0)
        self.at("11-25 06:30:00", severity="critical")
        self.assertEqual(self.told(exception), [self.manager])

    def test_getting_worse_is_measured_on_the_steeper_ladder(self):
        exception = self.wrong(severity="low")
        self.at("11-26 20:00:00", severity="critical")
        self.assertEqual(exception.escalation_level, 2)

    def test_without_a_head_the_manager_is_told(self):
        exception = self.wrong(department_id=self.front_desk.id)
        self.at("11-26 19:00:00", department_id=self.front_desk.id)
        self.assertEqual(self.told(exception), [self.manager])

    def test_the_backup_step(self):
        self.env["medical.core.escalation"].search([("severity", "=", "high")]).write(
            {"role": "backup", "reassign": False}
        )
        exception = self.wrong()
        self.at("11-26 19:00:00")
        self.assertEqual(self.told(exception), [self.users["hr"]])

    def test_nobody_is_told_about_what_they_own(self):
        exception = self.wrong(user_id=self.head.id)
        self.at("11-26 19:00:00", user_id=self.head.id)
        self.assertEqual(exception.escalation_level, 1)
        self.assertFalse(self.told(exception))

    def test_each_company_has_its_own_manager(self):
        exception = self.wrong(company_id=self.other_company.id, department_id=False)
        self.at("11-29 19:00:00", company_id=self.other_company.id, department_id=False)
        self.assertEqual(self.told(exception), [self.users["outsider"]])

    def test_what_closes_or_is_waived_asks_nobody_any_more(self):
        exception = self.wrong()
        self.at("11-26 19:00:00")
        self.assertTrue(self.told(exception))
        self.found()
        self.assertFalse(self.told(exception))

    def test_a_switched_off_step_is_not_taken(self):
        self.env["medical.core.escalation"].search([]).active = False
        exception = self.wrong()
        self.at("12-20 08:00:00")
        self.assertEqual(exception.escalation_level, 0)

    def test_queries_do_not_grow_with_what_is_escalated(self):
        things = self.env["res.partner"].create([{"name": f"T{i}"} for i in range(66)])
        counts = []
        for size, some in ((6, things[:6]), (60, things[6:])):
            rows = [self.row()._replace(res_id=i, severity="high") for i in some.ids]
            check = self.new_check(f"supply_late_{size}")
            self.found(*rows, check=check)
            with freeze_time("2026-11-26 19:00:00"):
                counts.append(
                    self.count_queries(
                        lambda: self.env["medical.core.exception"]._escalate()
                    )
                )
            self.assertEqual(set(self.register(check).mapped("escalation_level")), {1})
        self.assertLessEqual(counts[1], counts[0] + 2)


@tagged("post_install", "-at_install")
class TestEscalationSteps(CheckCase):
    def test_the_manager_keeps_the_ladder_others_read_it(self):
        steps = self.env["medical.core.escalation"].search([])
        # the ladder is shared: whoever works for all companies keeps it
        self.let_work_for_all("manager")
        self.as_role(steps[0], "manager").after_days = 3
        for role in ("staff", "head", "director", "auditor"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.as_role(steps[0], role).after_days = 9

    def test_a_step_exists_once_and_counts_from_one(self):
        steps = self.env["medical.core.escalation"]
        for values in (
            {"severity": "high", "level": 1},
            {"severity": "low", "level": 0},
            {"severity": "low", "level": 5, "after_days": -1},
        ):
            with (
                self.subTest(values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
            ):
                steps.create({"role": "manager", **values})
                self.env.flush_all()

    def test_its_name_says_severity_and_level(self):
        step = self.env.ref("medical_office.core_escalation_high_2")
        self.assertEqual(step.display_name, "High 2")

    def test_an_administrator_is_asked_last(self):
        """A system administrator holds every role for the sake of set-up."""
        boss = self.users["manager"].copy({"login": "boss", "name": "Boss"})
        boss.group_ids = [Command.link(self.env.ref("base.group_system").id)]
        self.users["manager"].group_ids += self.env.ref("base.group_system")
        plain = boss.copy({"login": "plain_manager", "name": "Plain Manager"})
        plain.group_ids = [Command.unlink(self.env.ref("base.group_system").id)]
        holders = self.env["medical.core.exception"]._role_holders("manager")
        self.assertEqual(holders[self.company], plain)
