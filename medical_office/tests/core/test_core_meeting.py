"""Meetings: the agenda that writes itself, what was decided, who does what."""

from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import PracticeCase, RpcClient


@tagged("post_install", "-at_install")
class TestCoreMeeting(PracticeCase, RpcClient):
    def meeting(self, role="manager", **values):
        meetings = self.env["medical.core.meeting"].with_user(self.users[role])
        return meetings.create(
            {
                "company_id": self.company.id,
                "participant_ids": [Command.link(self.users["staff"].id)],
                **values,
            }
        )

    def as_user(self, record, role):
        return record.with_user(self.users[role])

    def exception(self, severity="high"):
        check = self.env["medical.core.check"].search([], limit=1)
        # sudo: as its check would
        return (
            self.env["medical.core.exception"]
            .sudo()
            ._pen()
            .create(
                {
                    "summary": "The eyewash was not tested",
                    "check_id": check.id,
                    "domain": "core",
                    "res_model": "res.company",
                    "res_id": self.company.id,
                    "company_id": self.company.id,
                    "severity": severity,
                    "key": severity,
                    "date_opened": fields.Datetime.now(),
                    "date_due": fields.Datetime.add(fields.Datetime.now(), days=9),
                }
            )
        )

    def task(self, meeting, **values):
        return meeting.task_ids.create(
            {
                "meeting_id": meeting.id,
                "name": "Test the eyewash",
                "owner_id": self.users["staff"].id,
                "date_due": fields.Date.today() + timedelta(days=2),
                **values,
            }
        )

    def test_the_agenda_is_written_from_what_is_open_and_once(self):
        exception, mild = self.exception(), self.exception("low")
        meeting = self.meeting()
        meeting.action_gather()
        self.assertIn(exception, meeting.item_ids.exception_id)
        self.assertNotIn(mild, meeting.item_ids.exception_id)
        count = len(meeting.item_ids)
        meeting.action_gather()
        self.assertEqual(len(meeting.item_ids), count)

    def test_a_head_puts_nothing_on_it_that_the_head_may_not_see(self):
        exception = self.exception()
        meeting = self.meeting("head")
        meeting.action_gather()
        self.assertNotIn(exception, meeting.item_ids.exception_id)

    def test_what_was_put_off_comes_again(self):
        meeting = self.meeting()
        item = meeting.item_ids.create({"meeting_id": meeting.id, "name": "New chairs"})
        meeting.action_hold()
        with self.assertRaisesRegex(UserError, "New chairs"):
            meeting.action_close()
        item.result = "deferred"
        meeting.action_close()
        again = self.meeting()
        again.action_gather()
        self.assertIn(item, again.item_ids.before_id)
        third = self.meeting()
        third.action_gather()
        self.assertNotIn(item, third.item_ids.before_id)

    def test_a_decision_is_said_and_leads_to_what_it_allowed(self):
        meeting = self.meeting()
        item = meeting.item_ids.create(
            {"meeting_id": meeting.id, "name": "A second site"}
        )
        meeting.action_hold()
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            item.result = "decided"
            item.flush_recordset()
        item.write(
            {
                "result": "decided",
                "resolution": "We open on Elm Street",
                "allowed_model": "stock.warehouse",
                "allowed_id": self.site.id,
            }
        )
        self.assertEqual(item.allowed_name, self.site.display_name)
        self.assertEqual(item.action_open()["res_id"], self.site.id)
        with self.assertRaisesRegex(UserError, "there is no record"):
            item.write({"allowed_model": "stock.warehouse", "allowed_id": 999999})

    def test_closed_minutes_stay_and_are_sealed(self):
        meeting = self.meeting()
        item = meeting.item_ids.create({"meeting_id": meeting.id, "name": "Parking"})
        meeting.action_hold()
        item.result = "noted"
        task = self.task(meeting)
        meeting.action_close()
        self.assertTrue(
            self.env["medical.core.seal"].search(
                [("res_model", "=", meeting._name), ("res_id", "=", meeting.id)]
            )
        )
        for record in (meeting, item):
            with self.assertRaises(UserError):
                record.note = "Said otherwise"
        with self.assertRaises(UserError):
            self.task(meeting)
        with self.assertRaises(UserError):
            meeting.unlink()
        self.as_user(task, "staff").action_done("Tested today")
        self.assertEqual((task.state, task.done_note), ("done", "Tested today"))

    def test_an_overdue_action_is_an_exception_and_on_the_next_agenda(self):
        meeting = self.meeting()
        task = self.task(meeting, date_due=fields.Date.today() - timedelta(days=1))
        check = task._medical_check_overdue
        mine = [row for row in check().rows if row.res_id == task.id]
        self.assertEqual(mine[0].user_id, self.users["staff"].id)
        self.assertEqual(mine[0].backup_id, self.users["manager"].id)
        again = self.meeting()
        again.action_gather()
        self.assertIn(task, again.item_ids.task_id)
        self.as_user(task, "staff").action_done("Tested")
        self.assertFalse([row for row in check().rows if row.res_id == task.id])

    def test_only_its_owner_says_that_it_is_done(self):
        task = self.task(self.meeting())
        with self.assertRaisesRegex(AccessError, "only"):
            self.as_user(task, "manager").action_done("I believe so")
        with self.assertRaises(UserError):
            self.as_user(task, "staff").action_done(" ")
        with self.assertRaises(AccessError):
            self.as_user(task, "staff").date_due = "2099-01-01"
        self.as_user(task, "manager").date_due = "2099-01-01"

    def test_through_rpc(self):
        meeting = self.meeting()
        task = self.task(meeting)
        model = "medical.core.meeting"
        self.sign_in("staff")
        self.assertEqual(self.call(model, "search_count", [["id", "=", meeting.id]]), 1)
        self.call_refused(model, "action_gather", [meeting.id])
        self.call_refused(model, "create", {"name": "My own"})
        self.call_refused(model, "write", [meeting.id], {"state": "closed"})
        self.call("medical.core.meeting.task", "action_done", [task.id], "It is done")
        self.sign_in("payroll")
        self.assertEqual(self.call(model, "search_count", [["id", "=", meeting.id]]), 0)
        self.call_refused(
            "medical.core.meeting.task", "action_done", [task.id], "Not mine"
        )
        self.sign_in("outsider")
        self.assertEqual(self.call(model, "search_count", [["id", "=", meeting.id]]), 0)
