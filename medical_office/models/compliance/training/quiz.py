"""A passed quiz is a training done."""

from odoo import fields, models


class SurveyUserInput(models.Model):
    _inherit = "survey.user_input"

    def _mark_done(self):
        """Note the training of whoever has passed its quiz."""
        result = super()._mark_done()
        self._medical_note_trainings()
        return result

    def _medical_note_trainings(self):
        passed = self.filtered(
            lambda one: one.scoring_success and one.partner_id and not one.test_entry
        )
        if not passed:
            return
        # sudo: noted by the program; who takes a quiz enters no records
        trainings = self.env["medical.compliance.training"].sudo()
        trainings = trainings.search([("survey_id", "in", passed.survey_id.ids)])
        # sudo: whose answer it is
        people = self.env["hr.employee"].sudo()
        people = people.search([("user_id.partner_id", "in", passed.partner_id.ids)])
        records = self.env[
            "medical.compliance.training.record"
        ].sudo()  # sudo: as above
        records._pen().create(
            [
                {
                    "training_id": training.id,
                    "employee_id": person.id,
                    "done_on": fields.Date.context_today(self),
                    "source": "quiz",
                }
                for answer in passed
                for training in trainings.filtered(
                    lambda one, a=answer: one.survey_id == a.survey_id
                )
                for person in people.filtered(
                    lambda one, a=answer, t=training: (
                        one.user_id.partner_id == a.partner_id
                        and t.company_id in (one.company_id, t.company_id.browse())
                    )
                )
            ]
        )
