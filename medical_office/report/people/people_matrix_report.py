"""The credential matrix: people by credential, a sheet for each department."""

from odoo import fields, models

from ...engine.core.labels import labels_of
from ...tools.core.sheet import Column, Sheet


class PeopleDepartmentReport(models.AbstractModel):
    """Rows about people, a sheet for each department."""

    _name = "medical.people.department.report"
    _inherit = "medical.core.report"
    _description = "People by Department"

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
        """The :class:`Sheet` of one department. Hook."""
        raise NotImplementedError


class PeopleMatrixReport(models.AbstractModel):
    """People by what is asked, of rows with ``medical.people.matrix``; what is not asked
    of a person stays empty."""

    _name = "report.medical_office.people_matrix"
    _inherit = "medical.people.department.report"
    _description = "Credential Matrix"

    # columns of what is asked: their width, and how their keys begin
    _width, _prefix = 16, "r"

    def _words(self):
        """(heading of how many are there, what an empty sheet says)"""
        _ = self.env._
        return _("Ready"), _("Nothing is asked of anybody here.")

    def _sheet(self, department, rows):
        _ = self.env._
        ready, empty = self._words()
        asked = rows[rows._matrix_asked].sorted()
        labels = labels_of(rows, "status")
        lines = []
        people = rows.grouped("employee_id")
        for person in sorted(people, key=lambda person: person.name or ""):
            own = people[person]
            held = sum(row.status in rows._matrix_good for row in own)
            line = {
                "name": person.name,
                "job": own[0].job_id.name or "",
                "ready": _("%(held)s of %(asked)s", held=held, asked=len(own)),
            }
            for row in own:
                day = self._as_text(row[row._matrix_day] or None, "day", None)
                line[f"{self._prefix}{row[row._matrix_asked].id}"] = " ".join(
                    filter(None, [labels[row.status], day])
                )
            lines.append(line)
        return Sheet(
            name=department.name or _("No department"),
            columns=[
                Column("name", _("Person"), width=22),
                Column("job", _("Job"), width=18),
                Column("ready", ready, width=9),
                *(
                    Column(f"{self._prefix}{one.id}", one.name, width=self._width)
                    for one in asked
                ),
            ],
            rows=lines,
            empty=empty,
        )


class PeopleMatrixXlsx(models.AbstractModel):
    _name = "report.medical_office.people_matrix_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Credential Matrix as a Spreadsheet"
    _source = "report.medical_office.people_matrix"
