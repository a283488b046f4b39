"""The training matrix, and the sheet on which attendees of a session sign."""

from odoo import models

from ...tools.core.sheet import Column, Sheet


class ComplianceTrainingMatrix(models.AbstractModel):
    """People by training, a sheet for each department."""

    _name = "report.medical_office.compliance_training_matrix"
    _inherit = "report.medical_office.people_matrix"
    _description = "Training Matrix, Printed"

    _width, _prefix = 18, "t"

    def _words(self):
        _ = self.env._
        return _("Done"), _("No training is asked of anybody here.")


class ComplianceTrainingMatrixXlsx(models.AbstractModel):
    _name = "report.medical_office.compliance_training_matrix_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Training Matrix as a Spreadsheet"

    _source = "report.medical_office.compliance_training_matrix"


class ComplianceTrainingSessionReport(models.AbstractModel):
    """What 29 CFR 1910.1030(h)(2)(i) asks to be kept of a session."""

    _name = "report.medical_office.compliance_training_session_report"
    _inherit = "medical.core.report"
    _description = "Training Session, Printed"

    def _sheets(self, docs, _data):
        _ = self.env._
        sheets = []
        for one in docs:
            facts = [
                {"what": _("Training"), "value": one.training_id.name},
                {"what": _("Rule"), "value": one.training_id.citation or ""},
                {
                    "what": _("Held on"),
                    "value": self._as_text(one.held_on, "day", None),
                },
                {"what": _("Trainer"), "value": one.trainer},
                {"what": _("Qualification"), "value": one.qualification or ""},
                {"what": _("What was taught"), "value": one.content or ""},
            ]
            people = [
                {"name": person.name, "job": person.job_title or "", "sign": ""}
                # sudo: names and jobs of attendees stand on the sheet
                for person in one.sudo().attendee_ids.sorted("name")
            ]
            sheets += [
                Sheet(
                    one.display_name,
                    [
                        Column("what", _("Session"), width=20),
                        Column("value", "", width=80),
                    ],
                    facts,
                ),
                Sheet(
                    _("Attendees"),
                    [
                        Column("name", _("Name"), width=30),
                        Column("job", _("Job title"), width=26),
                        Column("sign", _("Signature"), width=44),
                    ],
                    people,
                    empty=_("Nobody is entered."),
                ),
            ]
        return sheets


class ComplianceTrainingSessionXlsx(models.AbstractModel):
    _name = "report.medical_office.compliance_training_session_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Training Session as a Spreadsheet"

    _source = "report.medical_office.compliance_training_session_report"
