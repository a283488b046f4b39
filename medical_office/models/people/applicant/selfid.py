"""Voluntary self-identification: apart from the application, read by nobody."""

from odoo import api, fields, models

from ....engine.core.labels import labels_of
from ....tools.people.recruit.impact import SHOWN_FROM

SEXES = [("female", "Female"), ("male", "Male"), ("not_told", "I do not wish to say")]
# the groups of 29 CFR 1607.4(B)
ORIGINS = [
    ("black", "Black or African American"),
    ("native", "American Indian or Alaska Native"),
    ("asian", "Asian or Pacific Islander"),
    ("hispanic", "Hispanic or Latino"),
    ("white", "White"),
    ("several", "Two or more of these"),
    ("not_told", "I do not wish to say"),
]


class PeopleSelfid(models.Model):
    """Nobody has rights here, HR and the director included.

    The program counts over many candidates (29 CFR 1607.4), and holds back small groups.
    """

    _name = "medical.people.selfid"
    _description = "Voluntary Self-identification"
    _inherit = ["medical.core.guard"]
    _log_access = False  # when somebody answered would tell who it was

    applicant_id = fields.Many2one(
        "hr.applicant", required=True, readonly=True, index=True, ondelete="cascade"
    )
    sex = fields.Selection(SEXES, readonly=True)
    origin = fields.Selection(ORIGINS, readonly=True)

    _once = models.UniqueIndex("(applicant_id)", "This candidate has answered already.")

    @api.model
    def _answer(self, applicant, sex, origin):
        """Keep an answer of the public page; a later one replaces it.

        :param sex: what the page sent, unchecked; what is not offered is not told
        """
        values = {
            "sex": sex if sex in dict(SEXES) else "not_told",
            "origin": origin if origin in dict(ORIGINS) else "not_told",
        }
        # sudo: the candidate answers without an account, nobody else writes
        program = self.sudo()._pen()
        known = program.search([("applicant_id", "=", applicant.id)])
        if known:
            known.write(values)
        else:
            program.create({"applicant_id": applicant.id, **values})

    def _of_enough(self, jobs):
        """Those for the jobs; a job of few answers counts with all others of few alone.

        Figures with and without it would tell by subtraction what its candidates said.
        """
        by_job = self.grouped(lambda one: one.applicant_id.job_id)
        few = {job for job, those in by_job.items() if len(those) < SHOWN_FROM}
        enough = sum(len(by_job[job]) for job in few) >= SHOWN_FROM
        left_out = set() if enough and few <= set(jobs) else few
        return self.browse(
            one.id
            for job, those in by_job.items()
            if job in jobs and job not in left_out
            for one in those
        )

    @api.model
    def _figures(self, jobs, field):
        """How many of each group applied and were chosen, over all of these jobs.

        :param field: ``sex`` or ``origin``
        :return: {label: (applicants, selected)}; who did not tell is not in it
        """
        # sudo: counted by the program; single answers are shown to nobody
        answers = self.sudo().search(
            [
                ("applicant_id.job_id.company_id", "in", [*jobs.company_id.ids, False]),
                (field, "not in", (False, "not_told")),
            ]
        )
        answers = answers._of_enough(jobs)
        hired = self.env["medical.people.hiring"].sudo()  # sudo: as above
        hired = hired.search(
            [("job_id", "in", jobs.ids), ("state", "=", "approved")]
        ).chosen_id
        labels = labels_of(self, field)
        found = {}
        for answer in answers:
            label = labels[answer[field]]
            applied, chosen = found.get(label, (0, 0))
            found[label] = (applied + 1, chosen + (answer.applicant_id in hired))
        return found
