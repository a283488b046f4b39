"""Scheduled jobs: a bad record stops nothing, a job that stands still is seen."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .check_case import CheckCase
from .round_case import RoundCase

JOB = "count the rooms"


@tagged("post_install", "-at_install")
class TestJobs(CheckCase, RoundCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.faults = cls.env["medical.core.job.fault"]

    def found(self, check):
        return self.env["medical.core.exception"].search(
            [("check_id", "=", check.id), ("is_open", "=", True)]
        )

    def refuse(self, bad, told="This room is closed."):
        """A step that names the rooms it did, and fails where ``bad`` is among them."""

        def step(rooms):
            rooms.barcode = False
            if bad & rooms:
                raise UserError(told)
            for room in rooms:
                room.name = f"{room.name} (done)"

        return step

    def test_one_bad_record_does_not_stop_the_others(self):
        done = self.faults._each(
            JOB, self.exam_1 | self.exam_2, self.refuse(self.exam_1)
        )
        self.assertEqual(done, self.exam_2)
        self.assertTrue(self.exam_2.name.endswith("(done)"))
        self.assertFalse(self.exam_1.name.endswith("(done)"))
        fault = self.faults.search([("job", "=", JOB)])
        self.assertEqual(
            (fault.res_model, fault.res_id, fault.cause),
            ("stock.location", self.exam_1.id, "This room is closed."),
        )

    def test_the_register_says_it_until_the_job_succeeds(self):
        check = self.env.ref("medical_office.core_check_job_fault")
        check.active = True
        self.faults._each(JOB, self.exam_1 | self.exam_2, self.refuse(self.exam_1))
        self.faults._each(
            JOB, self.exam_1 | self.exam_2, self.refuse(self.exam_1, "Still closed.")
        )
        check._run()
        found = self.found(check)
        self.assertEqual(len(found), 1)
        self.assertIn("Still closed.", found.summary)
        self.assertEqual(
            (found.res_model, found.res_id), ("stock.location", self.exam_1.id)
        )
        self.faults._each(
            JOB, self.exam_1 | self.exam_2, self.refuse(self.env["stock.location"])
        )
        check._run()
        self.assertFalse(self.found(check))
        self.assertFalse(self.faults.search([("job", "=", JOB)]))

    def test_what_was_deleted_is_no_fault_any_more(self):
        room = self.exam_1.copy({"name": "Gone"})
        self.faults._each(JOB, room, self.refuse(room))
        room.unlink()
        check = self.env.ref("medical_office.core_check_job_fault")
        check.active = True
        check._run()
        self.assertFalse(check.error)
        self.assertFalse(self.faults.search([("job", "=", JOB)]))

    def test_nobody_types_a_fault(self):
        for role in ("staff", "head", "manager", "director"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.faults.with_user(self.users[role]).create(
                    {
                        "job": JOB,
                        "res_model": "stock.location",
                        "res_id": 1,
                        "cause": "x",
                    }
                )

    def test_a_job_that_stands_still_is_found(self):
        check = self.env.ref("medical_office.core_check_job")
        check.active = True
        crons = self.env["ir.cron"].search(
            [("id", "in", self.env["medical.core.job"].search([]).ids)]
        )
        self.assertGreater(len(crons), 10)
        now = fields.Datetime.now()
        crons.write({"nextcall": now, "active": True})
        check._run()
        self.assertFalse(self.found(check))
        late, off = crons[:2]
        late.nextcall = now - timedelta(days=2)
        off.active = False
        self.env.invalidate_all()  # the jobs were read in this transaction already
        check._run()
        self.assertFalse(check.error)
        found = self.found(check)
        self.assertEqual(set(found.mapped("res_id")), {late.id, off.id})
        # the manager reads what it is without the rights of an administrator
        job = self.env["medical.core.job"].with_user(self.users["manager"])
        self.assertEqual(job.browse(late.id).status, "late")
        self.assertTrue(job.browse(late.id).name)
        with self.assertRaises(AccessError):
            job.with_user(self.users["staff"]).search([])
