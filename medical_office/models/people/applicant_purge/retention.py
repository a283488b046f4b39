"""Until when the records of an applicant are kept."""

from odoo import api, fields, models

from ....tools.people.recruit.retention import keep_until


class HrApplicant(models.Model):
    _inherit = "hr.applicant"

    medical_keep_until = fields.Date(
        "Keep Until",
        compute="_compute_medical_keep_until",
        help="29 CFR 1602.14: one year from the last record or the refusal, whichever "
        "is later. A legal hold keeps them longer, a hire moves them to the personnel "
        "file.",
    )

    @api.depends("refuse_date", "medical_interview_ids.write_date")
    def _compute_medical_keep_until(self):
        for applicant in self:
            # the last record there is: the application, a rating, a refusal
            made = [
                applicant.create_date,
                *applicant.sudo().medical_interview_ids.mapped("stop"),  # sudo: a time
                *applicant.sudo().medical_reference_ids.mapped(
                    "asked_at"
                ),  # sudo: same
            ]
            made = max(filter(None, made), default=fields.Datetime.now())
            refused = applicant.refuse_date
            day_of = (applicant.company_id or self.env.company)._medical_day
            applicant.medical_keep_until = keep_until(
                day_of(made), refused and day_of(refused)
            )

    @api.model
    def _medical_due_for_purge(self, company):
        """Refused or archived applicants whose records need not be kept any longer."""
        found = self.with_context(active_test=False).search(
            [
                ("company_id", "=", company.id),
                ("active", "=", False),
                ("employee_id", "=", False),
                ("medical_hold", "=", False),
            ]
        )
        today = fields.Date.context_today(self)
        return (found - found._medical_hired()).filtered(
            lambda one: one.medical_keep_until < today
        )
