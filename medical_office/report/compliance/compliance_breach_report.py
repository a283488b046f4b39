"""The breach assessment as it is kept for six years, with its notices."""

from odoo import models
from odoo.tools import format_date, format_datetime

from ...engine.core.labels import labels_of
from ...tools.compliance.breach import FACTORS
from ...tools.core.sheet import Column, Sheet


class ComplianceBreachReport(models.AbstractModel):
    _name = "report.medical_office.compliance_breach_report"
    _inherit = "medical.core.report"
    _description = "Breach Assessment, Printed"
    _on_practice_clock = True

    def _sheets(self, docs, _data):
        sheets = []
        for one in docs:
            sheets += [self._assessment(one), self._notices(one)]
        return sheets

    def _assessment(self, one):
        _ = self.env._
        labels = {
            name: labels_of(one, name)
            for name in ("outcome", "exception", "rate_nature")
        }
        rows = [
            {"what": _("Happened on"), "value": self._date(one.happened_on)},
            {"what": _("Discovered on"), "value": self._date(one.discovered_on)},
            {
                "what": _("Encrypted or destroyed"),
                "value": _("Yes") if one.is_secured else _("No"),
            },
            {
                "what": _("Exception"),
                "value": labels["exception"].get(one.exception, ""),
            },
        ]
        rows += [
            {
                "what": one._fields[f"why_{name}"]._description_string(self.env),
                "value": ": ".join(
                    filter(
                        None,
                        [
                            labels["rate_nature"].get(one[f"rate_{name}"]),
                            one[f"why_{name}"],
                        ],
                    )
                ),
            }
            for name in FACTORS
        ]
        rows += [
            {"what": _("Outcome"), "value": labels["outcome"].get(one.outcome, "")},
            {"what": _("People affected"), "value": str(one.people_count)},
            {
                "what": _("Signed by"),
                "value": self._signature(one.signed_by_id, one.signed_at),
            },
            {
                "what": _("Approved by"),
                "value": self._signature(one.approved_by_id, one.approved_at),
            },
        ]
        return Sheet(
            one.display_name,
            [Column("what", _("Assessment"), width=30), Column("value", "", width=80)],
            rows,
            note=_("45 CFR 164.402(2): a breach is presumed unless all four are low."),
        )

    def _notices(self, one):
        _ = self.env._
        return Sheet(
            _("Notices"),
            [
                Column("who", _("Who is told"), width=40),
                Column("due", _("Due"), "day"),
                Column("rule", _("Rule"), width=34),
                Column("read", _("Rule read"), "flag"),
                Column("done", _("Done on"), "day"),
                Column("how", _("How"), width=30),
            ],
            [
                {
                    "who": line.display_name,
                    "due": line.due or None,
                    "rule": line.citation or "",
                    "read": line.is_checked,
                    "done": line.done_on or None,
                    "how": line.done_how or "",
                }
                for line in one.notice_ids
            ],
            empty=_("No notice is owed so far."),
        )

    def _date(self, day):
        return format_date(self.env, day) if day else ""

    def _signature(self, user, at):
        if not user:
            return ""
        return self.env._(
            "%(who)s on %(at)s",
            who=user.sudo().name,  # sudo: who signed stands on the paper
            at=format_datetime(self.env, at, tz=self._zone()),
        )


class ComplianceBreachXlsx(models.AbstractModel):
    _name = "report.medical_office.compliance_breach_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Breach Assessment as a Spreadsheet"

    _source = "report.medical_office.compliance_breach_report"
