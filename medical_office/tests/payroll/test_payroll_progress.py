"""A long run: computed step by step for the dialog, stopped, and gone on with."""

from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .run_case import NOW, RunCase

RUN = "odoo.addons.medical_office.models.payroll.run.run"


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestPayrollProgress(RunCase):
    def setUp(self):
        super().setUp()
        self.hire("Third", 52000)
        for name, value in (
            (f"{RUN}.CHUNK", 2),
            # a test cannot commit; the rest of it stays
            (f"{RUN}.HrPayslipRun._end_chunk", lambda run, _commit: None),
        ):
            patcher = patch(name, value)
            patcher.start()
            self.addCleanup(patcher.stop)
        self.run_ = (
            self.env["hr.payslip.run"]
            .with_user(self.users["payroll"])
            .create(
                {
                    "name": "Long",
                    "company_id": self.company.id,
                    "date_start": "2026-06-07",
                    "date_end": "2026-06-20",
                    "medical_schedule_id": self.schedule.id,
                    "medical_date_pay": "2026-06-26",
                }
            )
        )

    def steps(self, *restart):
        return [
            tuple(self.run_.medical_compute_step(restart=again).values())
            for again in restart
        ]

    def test_each_step_computes_a_chunk_and_the_last_one_looks(self):
        action = self.run_.action_medical_compute()
        self.assertEqual(action["tag"], "medical_payroll_steps")
        self.assertTrue(action["params"]["restart"])
        self.assertFalse(self.run_.slip_ids)
        self.assertEqual(
            self.steps(True, False, False),
            [(0, 3, False), (2, 3, False), (3, 3, False)],
        )
        self.assertFalse(self.run_.medical_checked_at)
        self.assertEqual(self.steps(False), [(3, 3, True)])
        self.assertTrue(self.run_.medical_checked_at)
        self.assertEqual(set(self.run_.slip_ids.mapped("state")), {"verify"})

    def test_a_stopped_run_goes_on_where_it_was(self):
        self.steps(True, False)
        first = self.run_.slip_ids.filtered(lambda slip: slip.state == "verify")
        lines = first.line_ids.ids
        self.assertEqual(self.run_.medical_progress, "2 of 3 computed")
        action = self.run_.action_medical_continue()
        self.assertFalse(action["params"]["restart"])
        self.assertEqual(self.steps(False, False), [(3, 3, False), (3, 3, True)])
        self.assertEqual(first.line_ids.ids, lines)
        self.assertEqual(len(self.run_.slip_ids.employee_id), 3)

    def test_a_slip_with_a_problem_has_one_turn(self):
        self.nurse.version_id.medical_work_state_id = self.illinois
        self.env["medical.payroll.state.account"].search(
            [("state_id", "=", self.illinois.id)]
        ).unlink()
        self.assertEqual(self.steps(True, False, False, False)[-1], (3, 3, True))
        self.assertEqual(self.run_.medical_problem_count, 1)
        self.steps(True)
        self.assertEqual(self.run_.medical_problem_count, 0)

    def test_who_may(self):
        for role in ("accountant", "staff"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_role(self.run_, role).medical_compute_step(restart=True)
        self.assertFalse(self.run_.slip_ids)
