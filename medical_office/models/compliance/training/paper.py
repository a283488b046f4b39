"""Trainings and the papers of the personnel file: what is proven here is not asked twice."""

from odoo import fields, models


class ComplianceTrainingRecord(models.Model):
    _inherit = "medical.compliance.training.record"

    def _follow_papers(self):
        """Move the day of papers without a file that an earlier training has settled."""
        kinds = self.training_id.document_type_id
        if not kinds:
            return
        # sudo: noted by the program from records it trusts
        documents = self.env["medical.people.document"].sudo()
        settled = documents.search(
            [
                ("type_id", "in", kinds.ids),
                ("employee_id", "in", self.employee_id.ids),
                ("state", "=", "accepted"),
                ("has_file", "=", False),
            ]
        )
        latest = {}
        for record in self.sorted("done_on"):
            latest[record.employee_id, record.training_id.document_type_id] = (
                record.done_on
            )
        for document in settled:
            day = latest.get((document.employee_id, document.type_id))
            if day and (not document.date or document.date < day):
                document._pen().date = day


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _medical_papers_elsewhere(self):
        """Trainings in force settle the papers that ask for them."""
        found = super()._medical_papers_elsewhere()
        # sudo: that somebody was trained settles a paper, whoever asks for it
        rows = self.env["medical.compliance.training.status"].sudo()
        held = rows.search(
            [
                ("employee_id", "in", self.ids),
                ("status", "in", ("held", "ending")),
                ("record_id", "!=", False),
                ("training_id.document_type_id", "!=", False),
            ]
        )
        for row in held:
            code = row.training_id.document_type_id.code
            found.setdefault(code, {})[row.employee_id.id] = (
                row.done_on or fields.Date.context_today(self)
            )
        return found
