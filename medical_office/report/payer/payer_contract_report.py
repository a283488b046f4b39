"""Contracts side by side: what a year brings at each schedule's prices, code by code."""

from odoo import fields, models

from ...engine.core.labels import labels_of
from ...tools.core.sheet import Column, Sheet

TOP = 25


class PayerComparisonReport(models.AbstractModel):
    _name = "report.medical_office.payer_comparison_report"
    _inherit = "medical.core.report"
    _description = "Contract Comparison, Printed"

    def _period(self, _docs, _data):
        return self._as_text(fields.Date.context_today(self), "day", None)

    def _sheets(self, docs, _data):
        """The schedules with their year, then the practice's top codes at each of them.

        :param docs: fee schedules; those that are not in force have no figures
        """
        rows = self.env["medical.payer.comparison"].search_read(
            [("schedule_id", "in", docs.ids)],
            ["code", "modifier", "place", "schedule_id", "units", "price", "medicare"],
        )
        return [self._years(docs), self._codes(docs, rows)]

    def _years(self, docs):
        _ = self.env._
        kinds = labels_of(docs, "kind")
        return Sheet(
            _("A Year at These Prices"),
            [
                Column("schedule", _("Fee schedule"), width=30),
                Column("payer", _("Payer"), width=26),
                Column("kind", _("Type"), width=18),
                Column("since", _("Prices from"), "day"),
                Column("codes", _("Codes"), "whole"),
                Column("money", _("A year"), "money"),
                Column("share", _("Payer's share"), "percent"),
                Column("effect", _("Effect on a year"), "money"),
                Column("percent", _("Percent of Medicare"), "percent"),
            ],
            [
                {
                    "schedule": one.name,
                    "payer": one.payer_id.name or "",
                    "kind": kinds[one.kind],
                    "since": one.date_from,
                    "codes": one.code_count,
                    "money": one.year_money if one.code_count else None,
                    "share": one.claims_share / 100 if one.claims_share else None,
                    "effect": one.payer_effect if one.kind == "proposed" else None,
                    "percent": one.medicare_percent / 100
                    if one.medicare_percent
                    else None,
                }
                for one in docs.sorted(lambda one: (-one.year_money, one.id))
            ],
            note=_(
                "Units of the last twelve months times price. “Effect” compares with the "
                "schedule in force of the same payer, for the codes that both name, times "
                "the payer's share of the claims."
            ),
            empty=_("No fee schedule was chosen."),
        )

    def _heading(self, schedule):
        name = schedule.payer_id.name or schedule.name
        if schedule.kind == "proposed":
            return self.env._("%s (proposed)", name)
        return name

    def _codes(self, docs, rows):
        _ = self.env._
        lines = {}
        for row in rows:
            key = (-row["units"], row["code"], row["modifier"], row["place"])
            line = lines.setdefault(
                key,
                {
                    "code": " ".join(filter(None, [row["code"], row["modifier"]])),
                    "place": row["place"],
                    "units": row["units"],
                    "medicare": row["medicare"] or None,
                },
            )
            line[f"s{row['schedule_id'][0]}"] = row["price"]
        used = {row["schedule_id"][0] for row in rows}
        return Sheet(
            _("Top Codes"),
            [
                Column("code", _("Code"), width=10),
                Column("place", _("Place"), width=7),
                Column("units", _("Units a year"), "whole"),
                Column("medicare", _("Medicare"), "money"),
                *(
                    Column(f"s{one.id}", self._heading(one), "money")
                    for one in docs
                    if one.id in used and one.kind != "medicare"
                ),
            ],
            [lines[key] for key in sorted(lines)[:TOP]],
            note=_("The %s codes that the practice bills most.", TOP),
            empty=_("Import the code volumes and the prices first."),
        )


class PayerComparisonXlsx(models.AbstractModel):
    _name = "report.medical_office.payer_comparison_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Contract Comparison as a Spreadsheet"
    _source = "report.medical_office.payer_comparison_report"
