"""Adverse impact of selection by the four-fifths rule, over the jobs chosen."""

from odoo import models

from ...tools.core.sheet import Column, Sheet
from ...tools.people.recruit.impact import SHOWN_FROM, four_fifths


class PeopleImpactReport(models.AbstractModel):
    _name = "report.medical_office.people_impact"
    _inherit = "medical.core.report"
    _description = "Adverse Impact of Selection"

    def _documents(self, docids):
        self.env["medical.core.guard"]._check_caller(
            "core_group_hr", "core_group_director"
        )
        return super()._documents(docids)

    def _period(self, docs, data):
        return ", ".join(docs.mapped("name"))

    def _sheets(self, docs, data):
        """By sex, and by race or ethnic group; all chosen jobs together."""
        _ = self.env._
        figures = self.env["medical.people.selfid"]._figures
        return [
            self._sheet(_("By sex"), figures(docs, "sex")),
            self._sheet(_("By race or ethnic group"), figures(docs, "origin")),
        ]

    def _sheet(self, name, groups):
        _ = self.env._
        below = _("below four fifths")
        rows = []
        for one in four_fifths(groups):
            if one.applicants is None:
                rows.append({"group": one.group, "remark": _("too few to show")})
                continue
            rows.append(
                {
                    "group": one.group,
                    "applicants": one.applicants,
                    "selected": one.selected,
                    "rate": float(one.rate),
                    "ratio": None if one.ratio is None else float(one.ratio),
                    "remark": below if one.is_below else "",
                }
            )
        return Sheet(
            name=name,
            columns=[
                Column("group", _("Group"), width=34),
                Column("applicants", _("Applicants"), "whole"),
                Column("selected", _("Selected"), "whole"),
                Column("rate", _("Rate"), "percent"),
                Column("ratio", _("Of the Highest"), "percent"),
                Column("remark", _("Remark"), width=20),
            ],
            rows=rows,
            note=_(
                "29 CFR 1607.4(D): a rate below four fifths of the highest is generally "
                "regarded as evidence of adverse impact; with small numbers it may be "
                "chance. Counted are those who answered the voluntary form and whose "
                "outcome is known, %(few)s or more hires at a time, so that no figure "
                "tells what one person said; a job with fewer hires counts only together "
                "with all other such jobs. Groups below %(few)s are not shown.",
                few=SHOWN_FROM,
            ),
            empty=_(
                "No figures for these jobs yet: they begin with %s hires of people who "
                "answered the voluntary form.",
                SHOWN_FROM,
            ),
        )


class PeopleImpactXlsx(models.AbstractModel):
    _name = "report.medical_office.people_impact_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Adverse Impact as a Spreadsheet"
    _source = "report.medical_office.people_impact"
