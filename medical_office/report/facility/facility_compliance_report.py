"""The rate of rounds done in time, by month and checklist."""

from odoo import models
from odoo.tools import format_date

from ...engine.core.months import month_name
from ...tools.core.sheet import GROUP, Column, Sheet


class FacilityComplianceReport(models.AbstractModel):
    _name = "report.medical_office.facility_compliance"
    _inherit = "medical.core.report"
    _description = "Completion Rate, Printed"

    def _period(self, docs, _data):
        return self.env._(
            "%(low)s to %(high)s",
            low=format_date(self.env, docs[:1].date_from),
            high=format_date(self.env, docs[:1].date_to),
        )

    def _sheets(self, docs, _data):
        """A sheet by checklist and one by month; one query feeds both."""
        _ = self.env._
        counts = self._counts(docs[:1])
        by_list, by_month = {}, {}
        for (checklist, month), figures in counts.items():
            for groups, key in ((by_list, checklist), (by_month, month)):
                groups[key] = [
                    a + b
                    for a, b in zip(groups.get(key, (0,) * 4), figures, strict=True)
                ]
        note = _(
            "On time: signed within the window. Done later: missed, then reopened and "
            "signed. Excused rounds count as missed. Retests are not included."
        )
        rows = []
        for month in sorted(by_month):
            rows.append({GROUP: month_name(self.env, month)})
            rows += [
                {"name": checklist.name, **self._figures(counts[checklist, month])}
                for checklist in sorted(by_list, key=lambda c: c.name)
                if (checklist, month) in counts
            ]
        return [
            Sheet(
                _("By checklist"),
                self._columns(_("Checklist"), total=True),
                [
                    {"name": checklist.name, **self._figures(by_list[checklist])}
                    for checklist in sorted(by_list, key=lambda c: c.name)
                ],
                note=note,
            ),
            Sheet(_("By month"), self._columns(_("Checklist")), rows),
        ]

    def _columns(self, title, *, total=False):
        _ = self.env._
        return [
            Column("name", title, width=40),
            Column("due", _("Due"), "whole", total=total),
            Column("in_time", _("On time"), "whole", total=total),
            Column("later", _("Done later"), "whole", total=total),
            Column("missed", _("Missed"), "whole", total=total),
            Column("excused", _("of which excused"), "whole", total=total),
            Column(
                "rate",
                _("On time, %"),
                "percent",
                of_totals=self._rate if total else None,
            ),
        ]

    def _figures(self, counts):
        in_time, later, missed, excused = counts
        due = in_time + later + missed
        return {
            "due": due,
            "in_time": in_time,
            "later": later,
            "missed": missed,
            "excused": excused,
            "rate": self._rate({"in_time": in_time, "due": due}),
        }

    def _rate(self, row):
        return row["in_time"] / row["due"] if row["due"] else None

    def _counts(self, binder):
        """{(checklist, first of the month): (in time, later, missed, excused)}."""
        rounds = self.env["medical.core.round"]
        domain = [*binder._round_domain(), ("medical_request_id", "=", False)]
        counts = {}
        for checklist, month, state, excused, missed, count in rounds._read_group(
            domain,
            ["checklist_id", "date_due:month", "state", "is_excused"],
            ["missed_at:count", "__count"],
        ):
            figures = counts.setdefault((checklist, month), [0, 0, 0, 0])
            if state == "done":
                figures[0] += count - missed
                figures[1] += missed
            else:
                figures[2] += count
                figures[3] += count if excused else 0
        return counts


class FacilityComplianceXlsx(models.AbstractModel):
    _name = "report.medical_office.facility_compliance_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Completion Rate as a Spreadsheet"

    _source = "report.medical_office.facility_compliance"
