"""The résumé that HR released for an interview: taken by its interviewers, and logged."""

from odoo import models


class PeopleInterview(models.Model):
    _inherit = "medical.people.interview"

    def _taken_resume(self):
        """The file, for who may read this interview; the taking is logged.

        :return: ``ir.attachment`` as superuser, empty where none was released
        :raises AccessError: the caller may not read the interview
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: an attachment of an applicant, whom interviewers do not see
        resume = self.sudo().resume_id
        # it was released as a file of this applicant: one of another never leaves here
        if resume.res_model != "hr.applicant" or resume.res_id != self.applicant_id.id:
            return resume.browse()
        self.env["medical.core.opened"]._log(self, self.env._("Résumé"), resume.name)
        return resume
