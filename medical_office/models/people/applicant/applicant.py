"""Applicants of the host: what is ours beside them, and what a hire waits for."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class HrApplicant(models.Model):
    _inherit = "hr.applicant"

    medical_interview_ids = fields.One2many(
        "medical.people.interview", "applicant_id", "Interviews"
    )
    medical_knockout_ids = fields.One2many(
        "medical.people.knockout", "applicant_id", "Knock-out Criteria"
    )
    medical_reference_ids = fields.One2many(
        "medical.people.reference", "applicant_id", "References"
    )
    medical_hold = fields.Boolean(
        "Legal Hold",
        tracking=True,
        copy=False,
        help="A charge or a lawsuit: the records stay until it is finally disposed of "
        "(29 CFR 1602.14).",
    )

    def write(self, vals):
        """A stage that means hired takes an approved hiring decision."""
        if vals.get("stage_id"):
            self._medical_check_hire(vals["stage_id"])
        return super().write(vals)

    @api.model_create_multi
    def create(self, vals_list):
        applicants = super().create(vals_list)
        for stage, hired in applicants.grouped("stage_id").items():
            hired._medical_check_hire(stage.id)
        return applicants

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        """Records of candidates go by a purge list alone (29 CFR 1602.14).

        :raises UserError: more than somebody's own mistaken entry would be deleted
        """
        if self.env.su:  # the purge that two have approved
            return
        for applicant in self:
            if (
                applicant.create_uid != self.env.user
                or applicant.refuse_date
                or not applicant.active
                or applicant.medical_interview_ids
                or applicant.medical_reference_ids
            ):
                raise UserError(
                    self.env._(
                        "%s: records of candidates are kept a year and deleted by an "
                        "approved purge list alone. Refuse or archive the application.",
                        applicant.partner_name or applicant.display_name,
                    )
                )

    def _medical_check_hire(self, stage_id):
        """:raises UserError: nobody decided to hire one of these applicants"""
        stage = self.env["hr.recruitment.stage"].browse(stage_id)
        if not stage.hired_stage:
            return
        plans = self.env["medical.people.interview.plan"]._of_job(self.job_id)
        # sudo: whether a decision was approved is asked, whoever may read decisions
        decisions = self.env["medical.people.hiring"].sudo()
        approved = decisions.search(
            [("chosen_id", "in", self.ids), ("state", "=", "approved")]
        ).chosen_id
        for applicant in self:
            if applicant.job_id in plans and applicant.id not in approved.ids:
                raise UserError(
                    self.env._(
                        "%(name)s: “%(stage)s” takes an approved hiring decision. "
                        "Request one in People, Recruiting, Hiring Decisions.",
                        name=applicant.partner_name,
                        stage=stage.name,
                    )
                )

    def _medical_hired(self):
        """Those of them who were chosen: by an approved decision, or by their acceptance."""
        # sudo: who was hired is asked, whoever may read decisions and offers
        decisions = self.env["medical.people.hiring"].sudo()
        hired = decisions.search(
            [("chosen_id", "in", self.ids), ("state", "=", "approved")]
        ).chosen_id
        # sudo: as above, without an interview plan the offer alone tells of the hire
        offers = self.env["medical.people.offer"].sudo()
        hired |= offers.search(
            [("applicant_id", "in", self.ids), ("state", "=", "accepted")]
        ).applicant_id
        return self.filtered(lambda one: one.id in hired.ids)

    def _medical_decided(self):
        """Those of them whose outcome is known: hired, refused, or another was chosen."""
        hired = self._medical_hired()
        # sudo: as there
        decisions = self.env["medical.people.hiring"].sudo()
        latest = dict(
            decisions._read_group(
                [
                    ("job_id", "in", self.job_id.ids),
                    ("state", "=", "approved"),
                    ("decided_at", "!=", False),
                ],
                ["job_id"],
                ["decided_at:max"],
            )
        )
        return self.filtered(
            lambda one: (
                one in hired
                or not one.active
                or (one.job_id in latest and latest[one.job_id] >= one.create_date)
            )
        )

    def _medical_exclusion_hits(self):
        """Who of these stands on an exclusion list. Hook.

        :return: {applicant id: what was found in words, "" where nothing was, None where
            nobody has looked}; the compliance domain answers
        """
        return dict.fromkeys(self.ids)

    def _medical_open_knockouts(self, plan):
        """Make the knock-out criteria that a plan asks of these applicants."""
        criteria = [
            name
            for name, needed in (
                ("license", plan.license_type_id),
                ("exclusion", plan.checks_exclusion),
                ("references", plan.references_needed),
            )
            if needed
        ]
        # sudo: the program opens them, with the pen
        knockouts = self.env["medical.people.knockout"].sudo()._pen()
        there = {
            (one.applicant_id.id, one.criterion)
            for one in knockouts.search([("applicant_id", "in", self.ids)])
        }
        knockouts.create(
            [
                {"applicant_id": applicant.id, "criterion": criterion}
                for applicant in self
                for criterion in criteria
                if (applicant.id, criterion) not in there
            ]
        )

    def action_medical_interviews(self):
        """Open the interviews of this applicant."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.people_interview_action"
        )
        return action | {
            "domain": [("applicant_id", "=", self.id)],
            "context": {"default_applicant_id": self.id},
            "path": False,
        }

    def action_medical_add_interviews(self):
        """Add an interview for each round of the job's plan that is still missing.

        :return: action that shows the interviews
        :raises UserError: the job has no plan in use
        """
        self.check_access("write")
        self.ensure_one()
        plan = self.env["medical.people.interview.plan"]._of_job(self.job_id)
        if not plan:
            raise UserError(
                self.env._(
                    "%s has no interview plan in use. Make one in People, Recruiting, "
                    "Interview Plans.",
                    self.job_id.name or self.partner_name,
                )
            )
        rounds = (
            plan[self.job_id].round_ids
            - self.medical_interview_ids.filtered(
                lambda one: one.state != "canceled"
            ).round_id
        )
        self.env["medical.people.interview"].create(
            [{"applicant_id": self.id, "round_id": one.id} for one in rounds]
        )
        return self.action_medical_interviews()
