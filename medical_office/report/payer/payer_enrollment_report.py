"""Enrollments as a matrix (providers by payers), and the money they hold, ranked."""

from odoo import fields, models

from ...engine.core.labels import labels_of
from ...models.payer.enrollment.matrix import furthest_behind
from ...tools.core.sheet import Column, Sheet


class PayerMatrixReport(models.AbstractModel):
    _name = "report.medical_office.payer_matrix"
    _inherit = "medical.core.report"
    _description = "Enrollment Matrix"

    def _period(self, _docs, _data):
        return self._as_text(fields.Date.context_today(self), "day", None)

    def _sheets(self, docs, _data):
        """A sheet for each site: a row a provider, a column a payer.

        One query for all cells, however many enrollments.
        """
        labels = labels_of(docs, "state")
        groups = docs._read_group(
            [("id", "in", docs.ids)],
            ["site_id", "provider_name", "payer_id", "state"],
            ["__count", "date_effective:max"],
        )
        sites = {}
        for site, provider, payer, state, count, effective in groups:
            row = sites.setdefault(site, {}).setdefault(provider or "", {})
            row.setdefault(payer, {})[state] = (count, effective)
        payers = docs.payer_id.sorted("name")
        return [
            self._sheet(site, rows, payers, labels)
            for site, rows in sorted(
                sites.items(),
                # sudo: a site is named
                key=lambda pair: pair[0].sudo().name or "",
            )
        ] or [self._sheet(self.env["stock.warehouse"], {}, payers, labels)]

    def _sheet(self, site, rows, payers, labels):
        _ = self.env._
        lines = []
        for provider in sorted(rows):
            line = {"name": provider}
            for payer, cells in rows[provider].items():
                line[f"p{payer.id}"] = self._cell(cells, labels)
            lines.append(line)
        return Sheet(
            name=site.sudo().name or _("Enrollments"),  # sudo: a site is named
            columns=[
                Column("name", _("Provider"), width=24),
                *(Column(f"p{payer.id}", payer.name, width=16) for payer in payers),
            ],
            rows=lines,
            empty=_("No enrollment is on record."),
        )

    def _cell(self, states, labels):
        state, live = furthest_behind(states)
        total = sum(states[one][0] for one in live)
        day = states[state][1]
        parts = [labels[state]]
        if state == "effective" and day:
            parts.append(self._as_text(day, "day", None))
        if total > 1:
            parts.append(f"({total})")
        return " ".join(parts)


class PayerMatrixXlsx(models.AbstractModel):
    _name = "report.medical_office.payer_matrix_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Enrollment Matrix as a Spreadsheet"
    _source = "report.medical_office.payer_matrix"


class PayerHeldReport(models.AbstractModel):
    _name = "report.medical_office.payer_held_report"
    _inherit = "medical.core.report"
    _description = "Money Held, Printed"

    def _period(self, _docs, _data):
        return self._as_text(fields.Date.context_today(self), "day", None)

    def _sheets(self, docs, _data):
        _ = self.env._
        labels = labels_of(docs, "state")
        return [
            Sheet(
                _("Money Held"),
                [
                    Column("provider", _("Provider"), width=24),
                    Column("payer", _("Payer"), width=24),
                    Column("site", _("Site"), width=18),
                    Column("line", _("Line of business"), width=18),
                    Column("state", _("Status"), width=12),
                    Column("needed", _("Needed from"), "day"),
                    Column("days", _("Days"), "whole"),
                    Column("day", _("Each day"), "money", total=True),
                    Column("money", _("Money held"), "money", total=True),
                    Column("next", _("Next follow-up"), "day"),
                    Column("who", _("Responsible"), width=20),
                ],
                [
                    {
                        # sudo: names in rows that the caller may read
                        "provider": row.sudo().provider_id.name,
                        "payer": row.payer_id.name,
                        "site": row.sudo().site_id.name,  # sudo: as above
                        "line": row.line_id.name,
                        "state": labels[row.state],
                        "needed": row.date_needed,
                        "days": row.days,
                        "day": row.money_day,
                        "money": row.money,
                        "next": row.next_touch or None,
                        "who": row.sudo().user_id.name or "",  # sudo: as above
                    }
                    for row in docs.sorted(lambda row: (-row.money, row.id))
                ],
                note=_(
                    "Expected visits × payment per visit × days since it was needed, less "
                    "those on which another enrollment was effective. Claims are held "
                    "until the enrollment is effective."
                ),
                empty=_("No pending enrollment holds money."),
            )
        ]


class PayerHeldXlsx(models.AbstractModel):
    _name = "report.medical_office.payer_held_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Money Held as a Spreadsheet"
    _source = "report.medical_office.payer_held_report"
