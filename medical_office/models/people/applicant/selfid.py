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
    An answer that is counted belongs to no candidate any more.
    """

    _name = "medical.people.selfid"
    _description = "Voluntary Self-identification"
    _inherit = ["medical.core.guard"]
    _log_access = False  # when somebody answered would tell who it was

    applicant_id = fields.Many2one(
        "hr.applicant", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    sex = fields.Selection(SEXES, readonly=True)
    origin = fields.Selection(ORIGINS, readonly=True)
    job_id = fields.Many2one(
        "hr.job", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    is_chosen = fields.Boolean("Hired", readonly=True)
    is_shared = fields.Boolean("Counted with Other Jobs", readonly=True)

    _once = models.UniqueIndex("(applicant_id)", "This candidate has answered already.")

    @api.model
    def _answer(self, applicant, sex, origin):
        """Keep an answer of the public page; a later one replaces it.

        None is taken once the outcome is known: what is counted stays as it was.

        :param sex: what the page sent, unchecked; what is not offered is not told
        """
        if applicant._medical_decided():
            return
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

    @api.model
    def _cron_count(self):
        """Count the answers whose outcome is known, a few hires never alone.

        Figures change by ``SHOWN_FROM`` hires or more at once, so that before and after
        do not tell what one of them said. A job of fewer hires counts with all others.
        """
        # sudo: counted by the program; single answers are shown to nobody
        waiting = self.sudo()._pen().search([("applicant_id.job_id", "!=", False)])
        hired = waiting.applicant_id._medical_hired()
        decided = waiting.applicant_id._medical_decided()
        ended = waiting.filtered(lambda one: one.applicant_id in decided)
        rest = waiting.browse()
        for those in ended.grouped(lambda one: one.applicant_id.job_id).values():
            if those._are_enough(hired):
                those._count(hired)
            else:
                rest |= those
        for those in rest.grouped(lambda one: one.applicant_id.company_id).values():
            if those._are_enough(hired):
                those._count(hired, is_shared=True)

    def _are_enough(self, hired):
        """Whether so many hired said their sex, and so many their origin."""
        chosen = self.filtered(lambda one: one.applicant_id in hired)
        told = [
            [one for one in chosen if one[field] not in (False, "not_told")]
            for field in ("sex", "origin")
        ]
        return min(map(len, told)) >= SHOWN_FROM

    def _count(self, hired, is_shared=False):
        """Note job and outcome, and forget whose answers these were."""
        for (job, is_chosen), those in self.grouped(
            lambda one: (one.applicant_id.job_id, one.applicant_id in hired)
        ).items():
            those.write(
                {
                    "applicant_id": False,
                    "job_id": job.id,
                    "is_chosen": is_chosen,
                    "is_shared": is_shared,
                }
            )

    @api.model
    def _figures(self, jobs, field):
        """How many of each group applied and were chosen, over all of these jobs.

        What was counted over several jobs is told only of all of them together.

        :param field: ``sex`` or ``origin``
        :return: {label: (applicants, selected)}; who did not tell is not in it
        """
        # sudo: counted by the program; single answers are shown to nobody
        answers = self.sudo().search(
            [
                ("applicant_id", "=", False),
                ("job_id.company_id", "in", [*jobs.company_id.ids, False]),
                (field, "not in", (False, "not_told")),
            ]
        )
        shared = answers.filtered("is_shared")
        if shared.job_id.filtered("active") - jobs:
            shared = shared.browse()
        own = answers.filtered(lambda one: one.job_id in jobs and not one.is_shared)
        labels = labels_of(self, field)
        found = {}
        for answer in own | shared:
            label = labels[answer[field]]
            applied, chosen = found.get(label, (0, 0))
            found[label] = (applied + 1, chosen + answer.is_chosen)
        return found
