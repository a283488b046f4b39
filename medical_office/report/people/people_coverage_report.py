"""Coverage of the days ahead: duties down, days across."""

from odoo import models
from odoo.tools import format_date

from ...engine.core.labels import labels_of
from ...tools.core.sheet import Column, Sheet


class PeopleCoverageReport(models.AbstractModel):
    _name = "report.medical_office.people_coverage"
    _inherit = "medical.core.report"
    _description = "Duty Coverage"

    def _sheets(self, docs, data):
        """One sheet of days, one of duties that hang on a single person."""
        _ = self.env._
        labels = labels_of(docs, "status")
        rows = [
            {
                "day": row.day,
                "duty": row.duty_id.name,
                "needed": row.needed,
                "in": row.in_count,
                "who": row.names,
                "status": labels[row.status],
            }
            for row in docs.sorted(lambda row: (row.day, row.duty_id.name))
        ]
        single = docs.filtered(lambda row: row.able_count <= row.needed).grouped(
            "duty_id"
        )
        return [
            Sheet(
                name=_("Coverage"),
                columns=[
                    Column("day", _("Day"), "day"),
                    Column("duty", _("Duty"), width=26),
                    Column("needed", _("Needed"), "whole"),
                    Column("in", _("In"), "whole"),
                    Column("who", _("Who is in"), width=40),
                    Column("status", _("Status"), width=20),
                ],
                rows=rows,
                empty=_("No duty is asked on these days."),
            ),
            Sheet(
                name=_("Hangs on one person"),
                columns=[
                    Column("duty", _("Duty"), width=26),
                    Column("needed", _("Needed"), "whole"),
                    Column("able", _("Qualified"), "whole"),
                    Column("days", _("Days"), width=40),
                ],
                rows=[
                    {
                        "duty": duty.name,
                        "needed": duty.needed,
                        "able": min(own.mapped("able_count")),
                        "days": ", ".join(
                            format_date(self.env, day, date_format="MMM d")
                            for day in sorted(own.mapped("day"))
                        ),
                    }
                    for duty, own in single.items()
                ],
                empty=_("Somebody could step in for every duty."),
            ),
        ]


class PeopleCoverageXlsx(models.AbstractModel):
    _name = "report.medical_office.people_coverage_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Duty Coverage as a Spreadsheet"
    _source = "report.medical_office.people_coverage"
