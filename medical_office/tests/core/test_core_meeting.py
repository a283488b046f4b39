"""Meetings: the agenda that writes itself, what was decided, who does what."""

from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
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

    def test_what_was_put_off_and_still_waits_comes_once(self):
        exception = self.exception()
        meeting = self.meeting()
        meeting.action_gather()
        meeting.action_hold()
        meeting.item_ids.write({"result": "deferred"})
        meeting.action_close()
        again = self.meeting()
        for _times in range(2):
            again.action_gather()
            points = again.item_ids.filtered(
                lambda item: item.exception_id == exception
            )
            self.assertEqual(len(points), 1)
            self.assertIn(points.before_id, meeting.item_ids)

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

    def test_the_agenda_and_the_minutes_are_printed(self):
        meeting = self.meeting()
        meeting.item_ids = [Command.create({"name": "New fridge"})]
        names = ("core_meeting_report", "core_meeting_report_xlsx")

        def page(role):
            reports = self.env["ir.actions.report"].with_user(self.users[role])
            sheet = reports._render_xlsx(f"medical_office.{names[1]}", meeting.ids, {})
            self.assertEqual(sheet[1], "xlsx")
            html = reports._render_qweb_html(f"medical_office.{names[0]}", meeting.ids)
            return html[0].decode()

        agenda = page("staff")
        self.assertIn("New fridge", agenda)
        self.assertNotIn("Allows", agenda)
        meeting.action_hold()
        meeting.item_ids.write({"result": "decided", "resolution": "Buy the small one"})
        self.task(meeting)
        minutes = page("staff")
        for word in ("Buy the small one", "Decided", "Test the eyewash", "Allows"):
            self.assertIn(word, minutes)
        for role in ("hr", "plain"):
            with self.subTest(role), self.assertRaises(AccessError):
                page(role)

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
        task = self.task(meeting, date_due=fields.Date.today() - timedelta(days=2))
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

    # ------------------------------------------------------------- somebody outside

    def outside(self, role="manager", **values):
        values.setdefault("kind", "landlord")
        values.setdefault(
            "outsider_id", self.env["res.partner"].create({"name": "Elm Street LLC"}).id
        )
        return self.meeting(role, name="Roof", **values)

    def test_a_promise_of_somebody_outside_is_late_for_who_asks_for_it(self):
        meeting = self.outside()
        late = self.task(
            meeting,
            name="Mend the roof",
            promised_by="them",
            date_due=fields.Date.today() - timedelta(days=1),
        )
        ours = self.task(meeting, name="Send the photos", promised_by="us")
        self.assertEqual(late.outsider_id.name, "Elm Street LLC")
        self.assertEqual(ours.outsider_id.name, "Elm Street LLC")
        result = self.env["medical.core.meeting.task"]._medical_check_overdue()
        rows = {row.res_id: row for row in result.rows}
        self.assertIn("Elm Street LLC promised", rows[late.id].summary)
        self.assertIn("ask for it", rows[late.id].summary)
        self.assertEqual(rows[late.id].user_id, self.users["staff"].id)
        self.assertNotIn(ours.id, rows)
        self.as_user(late, "staff").action_done("They mended it")
        result = self.env["medical.core.meeting.task"]._medical_check_overdue()
        self.assertNotIn(late.id, [row.res_id for row in result.rows])

    def test_hr_and_the_accountant_log_their_own_meetings(self):
        for role in ("hr", "accountant", "head", "director"):
            meeting = self.outside(role, kind="payer")
            meeting.action_hold()
            meeting.task_ids.create(
                {
                    "meeting_id": meeting.id,
                    "name": "Send the contract",
                    "owner_id": self.users[role].id,
                    "date_due": fields.Date.today(),
                    "promised_by": "them",
                }
            )
            meeting.action_close()
            self.assertEqual(meeting.state, "closed", role)
        for role in ("staff", "payroll", "auditor"):
            with self.assertRaises(AccessError):
                self.outside(role)

    def test_hr_reads_no_meeting_of_others(self):
        meeting = self.outside("manager")
        for role in ("hr", "accountant"):
            with self.assertRaises(AccessError):
                self.as_user(meeting, role).read(["name"])

    def test_an_outside_meeting_names_whom_it_is_with(self):
        with self.assertRaisesRegex(ValidationError, "name the organization"):
            self.outside(outsider_id=False)
        with self.assertRaisesRegex(ValidationError, "choose under “With”"):
            self.outside(kind="practice")
        with self.assertRaisesRegex(ValidationError, "only somebody outside"):
            self.task(self.meeting(), promised_by="them")

    def test_whom_it_was_with_is_sealed_with_the_minutes(self):
        meeting = self.outside()
        meeting.action_hold()
        meeting.action_close()
        with self.assertRaises(UserError):
            meeting.guests = "Somebody else"
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE medical_core_meeting SET guests = 'Nobody' WHERE id = %s",
            [meeting.id],
        )
        self.env.invalidate_all()
        found = self.env["medical.core.seal.verification"]._verify().difference_ids
        self.assertIn(
            ("medical.core.meeting", meeting.id),
            [(one.res_model, one.res_id) for one in found],
        )

    # -------------------------------------------------------- what one may not see

    def test_a_point_names_nothing_that_its_writer_may_not_see(self):
        """By the name of a point's record a head would read what payroll owes."""
        theirs = self.meeting("accountant", participant_ids=False)
        secret = theirs.item_ids.create({"meeting_id": theirs.id, "name": "Secret"})
        hidden = {
            "exception_id": self.exception().id,
            "decision_id": self.env["medical.core.decision"]
            .sudo()
            ._pen()
            .create(
                {
                    "name": "Raise of Jane Roe",
                    "domain": "people",
                    "res_model": "res.partner",
                    "res_id": 1,
                    "waiting_state": "x",
                    "company_id": self.company.id,
                }
            )
            .id,
            "before_id": secret.id,
            "task_id": self.task(theirs, owner_id=self.users["accountant"].id).id,
        }
        mine = self.meeting("head")
        self.env.flush_all()
        self.sign_in("head")
        item, task = "medical.core.meeting.item", "medical.core.meeting.task"
        for name, number in hidden.items():
            with self.subTest(name):
                values = {"meeting_id": mine.id, "name": "x", name: number}
                self.call_refused(item, "create", values)
                self.call_refused(
                    "medical.core.meeting",
                    "write",
                    [mine.id],
                    {"item_ids": [[0, 0, {"name": "x", name: number}]]},
                )
        given = {
            "name": "x",
            "owner_id": self.users["head"].id,
            "date_due": "2026-12-20",
        }
        self.call_refused(task, "create", {**given, "meeting_id": theirs.id})
        self.call_refused(
            task, "create", {**given, "meeting_id": mine.id, "item_id": secret.id}
        )
        self.assertFalse(mine.item_ids)
        self.assertFalse(mine.task_ids)

    def test_what_was_put_off_comes_again_without_what_the_chair_lost_sight_of(self):
        exception = self.exception()
        exception._pen().user_id = self.users["head"]
        meeting = self.meeting("head")
        item = meeting.item_ids.create(
            {"meeting_id": meeting.id, "name": "x", "exception_id": exception.id}
        )
        meeting.action_hold()
        item.result = "deferred"
        meeting.action_close()
        exception._pen().user_id = self.users["manager"]
        again = self.meeting("head")
        again.action_gather()
        point = again.item_ids.filtered(lambda one: one.before_id == item)
        self.assertTrue(point)
        self.assertFalse(point.sudo().exception_id)

    def test_an_action_is_of_a_point_of_its_meeting_and_of_somebody_inside(self):
        meeting, other = self.meeting(), self.meeting()
        item = other.item_ids.create({"meeting_id": other.id, "name": "Elsewhere"})
        visitor = new_test_user(self.env, "test_visitor", groups="base.group_portal")
        with self.assertRaisesRegex(ValidationError, "of the same meeting"):
            self.task(meeting, item_id=item.id)
        with self.assertRaisesRegex(ValidationError, "works in the practice"):
            self.task(meeting, owner_id=visitor.id)
