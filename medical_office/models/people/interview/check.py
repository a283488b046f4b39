"""Interviews nobody spoke of again, and interviews without a plan."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_datetime

from ...core.check.answerable import Answerable, finding
from ...core.check.check import CheckResult

LOOK_BACK = timedelta(days=90)


class PeopleInterview(models.Model):
    _inherit = "medical.people.interview"

    @api.model
    def _medical_check_unsaid(self):
        """Interviews that ended, and nobody said whether they took place."""
        planned = self.search([("state", "=", "planned"), ("mode", "!=", "test")])
        now = fields.Datetime.now()
        rows = [
            finding(
                one,
                self.env._(
                    "Nobody has said whether the interview of %(time)s for %(job)s took "
                    "place",
                    time=format_datetime(self.env, one.stop, dt_format="short"),
                    job=one.job_id.name,
                ),
            )
            for one in planned
            if one.stop < now
        ]
        return CheckResult(len(planned), rows)

    def _medical_answerable(self):
        return Answerable(
            user_id=self.plan_id.recruiter_id.id,
            backup_id=self.job_id.department_id.manager_id.user_id.id,
            department_id=False,  # a candidate is nobody's talk but HR's
            company_id=self.company_id.id,
        )


class HrJob(models.Model):
    _inherit = "hr.job"

    # the host compares applicants with it: who reads those has to read it
    expected_degree = fields.Many2one(
        groups="hr_recruitment.group_hr_recruitment_interviewer,"
        "medical_office.core_group_director"
    )

    @api.model
    def _medical_check_unplanned(self):
        """Jobs whose applicants meet people, without an interview plan in use."""
        events = self.env["calendar.event"].search(
            [
                ("applicant_id.job_id", "!=", False),
                ("start", ">", fields.Datetime.now() - LOOK_BACK),
            ]
        )
        jobs = events.applicant_id.job_id
        planned = self.env["medical.people.interview.plan"]._of_job(jobs)
        rows = [
            finding(
                job,
                self.env._(
                    "%s: candidates are interviewed without a plan and scorecards",
                    job.name,
                ),
                user_id=job.user_id.id,
                department_id=job.department_id.id,
                company_id=job.company_id.id,
            )
            for job in jobs
            if job not in planned
        ]
        return CheckResult(len(jobs), rows)
