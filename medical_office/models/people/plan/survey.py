"""Surveys that are skills tests: their answers are for HR and the director."""

from odoo import api, fields, models


class SurveySurvey(models.Model):
    _inherit = "survey.survey"

    medical_is_skills_test = fields.Boolean(
        "Skills Test",
        compute="_compute_medical_is_skills_test",
        compute_sudo=True,  # whoever may not read plans is kept from the answers
        search="_search_medical_is_skills_test",
    )

    def _compute_medical_is_skills_test(self):
        tests = self._medical_skills_tests()
        for survey in self:
            survey.medical_is_skills_test = survey in tests

    def _search_medical_is_skills_test(self, operator, value):
        if operator != "in":
            return NotImplemented
        tests = self._medical_skills_tests()
        return [("id", "in" if True in value else "not in", tests.ids)]

    @api.model
    def _medical_skills_tests(self):
        # sudo: which surveys are tests decides who reads the answers
        rounds = self.env["medical.people.interview.round"].sudo()
        return self.browse(rounds.search([("survey_id", "!=", False)]).survey_id.ids)
