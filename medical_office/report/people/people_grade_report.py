"""Pay grades with where the people in them stand."""

from odoo import models

from ...engine.core.labels import labels_of
from ...tools.core.sheet import GROUP, Column, Sheet
from ...tools.money import money
from ...tools.people.pay.position import spread


class PeopleGradeReport(models.AbstractModel):
    _name = "report.medical_office.people_grade_report"
    _inherit = "medical.core.report"
    _description = "Pay Grades, Printed"

    def _currency(self, docs, _data):
        return docs.currency_id[:1] or self.env.company.currency_id

    def _sheets(self, docs, _data):
        """The grades with their spread, then each person by job."""
        return [self._grades(docs), self._people(docs)]

    def _grades(self, docs):
        _ = self.env._
        per = labels_of(docs, "per")
        positions = self._positions(docs).grouped("grade_id")
        columns = [
            Column("name", _("Pay grade"), width=16),
            Column("job", _("Job"), width=28),
            Column("place", _("Work location"), width=20),
            Column("per", _("Per")),
            Column("minimum", _("Minimum"), "money"),
            Column("midpoint", _("Midpoint"), "money"),
            Column("maximum", _("Maximum"), "money"),
            Column("people", _("People"), "whole"),
            Column("lowest", _("Lowest hour"), "money"),
            Column("middle", _("Median hour"), "money"),
            Column("highest", _("Highest hour"), "money"),
            Column("ratio", _("Spread"), "number"),
        ]
        rows = []
        for grade in docs:
            own = positions.get(grade, self.env["medical.people.pay.position"])
            found = spread([money(row.pay_hour) for row in own])
            rows.append(
                {
                    "name": grade.name,
                    "job": grade.job_id.name,
                    "place": grade.work_location_id.name or _("Everywhere"),
                    "per": per[grade.per],
                    "minimum": grade.minimum,
                    "midpoint": grade.midpoint,
                    "maximum": grade.maximum,
                    "people": len(own),
                    "lowest": found and found.lowest,
                    "middle": found and found.middle,
                    "highest": found and found.highest,
                    "ratio": found and found.ratio,
                }
            )
        return Sheet(_("Pay grades"), columns, rows, empty=_("No pay grades."))

    def _people(self, docs):
        _ = self.env._
        columns = [
            Column("who", _("Employee"), width=28),
            Column("years", _("Years here"), "number"),
            Column("hour", _("Pay per hour"), "money"),
            Column("compa", _("Compa-ratio"), "number"),
            Column("position", _("Position in range"), "number"),
            Column("gap", _("Gap to median"), "percent"),
        ]
        rows = []
        for job, positions in self._positions(docs).grouped("job_id").items():
            rows.append({GROUP: job.name})
            rows += [
                {
                    "who": row.employee_id.name,
                    "years": round(row.tenure_years, 1),
                    "hour": row.pay_hour,
                    "compa": row.compa_ratio,
                    "position": row.range_position,
                    "gap": row.job_gap,
                }
                for row in positions
            ]
        return Sheet(_("People"), columns, rows, empty=_("Nobody in these grades."))

    def _positions(self, docs):
        return self.env["medical.people.pay.position"].search(
            [("grade_id", "in", docs.ids)]
        )


class PeopleGradeXlsx(models.AbstractModel):
    _name = "report.medical_office.people_grade_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Pay Grades as a Spreadsheet"

    _source = "report.medical_office.people_grade_report"
