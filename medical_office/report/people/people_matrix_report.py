"""The credential matrix: people by credential, a sheet for each department."""

from odoo import fields, models

from ...engine.people.readiness import GOOD
from ...tools.core.sheet import Column, Sheet


class PeopleMatrixReport(models.AbstractModel):
    _name = "report.medical_office.people_matrix"
    _inherit = "medical.core.report"
    _description = "Credential Matrix"

    def _period(self, _docs, _data):
        return self._as_text(fields.Date.context_today(self), "day", None)

    def _sheets(self, docs, data):
        """One sheet a department; what is not asked of a person stays empty."""
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
        asked = rows.requirement_id.sorted()
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
                day = self._as_text(row.date_to or None, "day", None)
                line[f"r{row.requirement_id.id}"] = " ".join(
                    filter(None, [labels[row.status], day])
                )
            lines.append(line)
        return Sheet(
            name=department.name or _("No department"),
            columns=[
                Column("name", _("Person"), width=22),
                Column("job", _("Job"), width=18),
                Column("ready", _("Ready"), width=9),
                *(Column(f"r{one.id}", one.name, width=16) for one in asked),
            ],
            rows=lines,
            empty=_("Nothing is asked of anybody here."),
        )


class PeopleMatrixXlsx(models.AbstractModel):
    _name = "report.medical_office.people_matrix_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Credential Matrix as a Spreadsheet"
    _source = "report.medical_office.people_matrix"
