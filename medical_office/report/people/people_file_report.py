"""How complete personnel files are: people by document, a sheet for each department."""

from odoo import models

from ...engine.core.labels import labels_of
from ...engine.people.standing import DONE
from ...tools.core.sheet import Column, Sheet


class PeopleFileReport(models.AbstractModel):
    """What is asked of nobody has no column; what is not asked of one stays empty."""

    _name = "report.medical_office.people_file"
    _inherit = "medical.people.department.report"
    _description = "File Completeness"

    def _sheet(self, department, rows):
        _ = self.env._
        kinds = rows.type_id.sorted()
        labels = labels_of(rows, "status")
        people = rows.grouped("employee_id")
        lines = []
        for person in sorted(people, key=lambda one: one.name or ""):
            own = people[person]
            done = sum(row.status in DONE for row in own)
            line = {
                "name": person.name,
                "done": _("%(done)s of %(asked)s", done=done, asked=len(own)),
                "share": done / len(own),
            }
            for row in own:
                line[f"t{row.type_id.id}"] = self._cell(row, labels)
            lines.append(line)
        return Sheet(
            name=department.name or _("No department"),
            columns=[
                Column("name", _("Person"), width=22),
                Column("done", _("On File"), width=9),
                Column("share", _("Complete"), "percent"),
                *(Column(f"t{kind.id}", kind.name, width=15) for kind in kinds),
            ],
            rows=lines,
            empty=_("No document is asked of anybody here."),
        )

    def _cell(self, row, labels):
        """The status, and the day that goes with it: how long it is valid, or due."""
        day = row.date_to if row.status in DONE else row.date_due
        return " ".join(
            filter(None, [labels[row.status], self._as_text(day or None, "day", None)])
        )


class PeopleFileXlsx(models.AbstractModel):
    _name = "report.medical_office.people_file_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "File Completeness as a Spreadsheet"
    _source = "report.medical_office.people_file"
