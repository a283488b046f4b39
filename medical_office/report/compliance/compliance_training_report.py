"""The training matrix, and the sheet on which attendees of a session sign."""

from odoo import fields, models

from ...engine.compliance.training import GOOD
from ...tools.core.sheet import Column, Sheet


class ComplianceTrainingMatrix(models.AbstractModel):
    """People by training, a sheet for each department."""

    _name = "report.medical_office.compliance_training_matrix"
    _inherit = "medical.core.report"
    _description = "Training Matrix, Printed"

    def _period(self, _docs, _data):
        return self._as_text(fields.Date.context_today(self), "day", None)

    def _sheets(self, docs, _data):
        # sudo: names of people whose rows the caller may read (checked by _documents)
        by_department = docs.sudo().grouped("department_id")
        return [
            self._sheet(department, rows)
            for department, rows in sorted(
                by_department.items(), key=lambda pair: pair[0].name or ""
            )
        ] or [self._sheet(self.env["hr.department"], docs)]

    def _sheet(self, department, rows):
        _ = self.env._
        asked = rows.training_id.sorted()
        labels = dict(rows._fields["status"]._description_selection(self.env))
        lines = []
        people = rows.grouped("employee_id")
        for person in sorted(people, key=lambda person: person.name or ""):
            own = people[person]
            held = sum(row.status in GOOD for row in own)
            line = {
                "name": person.name,
                "job": own[0].job_id.name or "",
                "ready": _("%(held)s of %(asked)s", held=held, asked=len(own)),
            }
            for row in own:
                day = self._as_text(row.due or None, "day", None)
                line[f"t{row.training_id.id}"] = " ".join(
                    filter(None, [labels[row.status], day])
                )
            lines.append(line)
        return Sheet(
            name=department.name or _("No department"),
            columns=[
                Column("name", _("Person"), width=22),
                Column("job", _("Job"), width=18),
                Column("ready", _("Done"), width=9),
                *(Column(f"t{one.id}", one.name, width=18) for one in asked),
            ],
            rows=lines,
            empty=_("No training is asked of anybody here."),
        )


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
