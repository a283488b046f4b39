"""Surveys that are skills tests: their answers are for HR and the director."""

from odoo import api, fields, models


class SurveySurvey(models.Model):
    """Stored, so that the rule of the answers costs no query; guarded, so that nobody
    takes the mark off to read them."""

    _name = "survey.survey"
    _inherit = ["survey.survey", "medical.core.guard"]

    _scope_fields = frozenset()

    medical_round_ids = fields.One2many(
        "medical.people.interview.round",
        "survey_id",
        groups="medical_office.core_group_hr",
    )
    medical_is_skills_test = fields.Boolean(
        "Skills Test",
        compute="_compute_medical_is_skills_test",
        store=True,
        compute_sudo=True,  # whoever may not read plans is kept from the answers
    )

    @api.depends("medical_round_ids")
    def _compute_medical_is_skills_test(self):
        for survey in self:
            survey.medical_is_skills_test = bool(survey.medical_round_ids)
